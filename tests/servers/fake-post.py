#!/usr/bin/python3
"""A local fake of the providers of SMS, of printed letters and of tracking: OVHcloud, Brevo, Twilio, smsmode, Maileva,
AR24, La Poste. No server of theirs can be had here; this follows what they publish of their HTTP interfaces.

Commands on stdin: "fault KIND": the next request that submits something fails so (401, 403, 429, 500, 503, "taken": it
is taken and the connection is cut, "lost": cut before it is taken, "broken": taken, half an answer); "taken": how much
each provider took; "course CODE": the delivery code that Maileva gives from then on.
"""
import base64
import hashlib
import http.server
import json
import re
import subprocess
import threading
import time
import urllib.parse

import serving

OVH = {'application': 'ovh-application', 'secret': 'ovh-application-secret', 'consumer': 'ovh-consumer-key'}
KEYS = {'brevo': 'brevo-api-key', 'twilio': 'twilio-token', 'smsmode': 'smsmode-key', 'laposte': 'laposte-key'}
MAILEVA = {'client': 'maileva-client', 'secret': 'maileva-client-secret', 'user': 'compta', 'password': 'Maileva-mdp'}
AR24 = {'token': 'ar24-token', 'key': '7X9gx9E3Qx4EiUdB63nc', 'user': '4242'}
TWILIO_SID = 'AC0123456789'
CLOCK_OFFSET = 7200  # its clock goes two hours ahead of ours: requests have to be signed by it

lock = threading.Lock()
state = {'fault': None, 'taken': {}, 'brevo': [], 'twilio': [], 'sendings': [], 'course': 'A06', 'ar24': [], 'files': 0,
         'ar24-status': 'sent'}

SHIPMENTS = {
    '2C92174218091': [('DI1', '2026-11-04T11:02:00+01:00', 'Votre courrier a été distribué'),
                      ('AG1', '2026-11-03T10:00:00+01:00', 'Votre courrier est disponible au bureau de poste'),
                      ('PC1', '2026-11-02T16:10:00+01:00', 'Pris en charge')],
    '2C92174218107': [('RE1', '2026-11-20T09:00:00+01:00', 'Pli refusé par le destinataire : retour à l’expéditeur'),
                      ('ND1', '2026-11-05T10:00:00+01:00', 'Votre courrier n’a pas pu être distribué'),
                      ('PC1', '2026-11-02T16:10:00+01:00', 'Pris en charge')],
    '2C92174218114': [('ET1', '2026-11-03T02:00:00+01:00', 'Votre courrier est en cours d’acheminement'),
                      ('PC1', '2026-11-02T16:10:00+01:00', 'Pris en charge')],
}


def openssl(mode, data, key, iv):
    return subprocess.run(['openssl', 'enc', mode, '-aes-256-cbc', '-K', key.encode().hex(), '-iv', iv.encode().hex()],
                          input=data, capture_output=True, check=True).stdout


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def parts_of(body, content_type):
    boundary = re.search('boundary="?([^";]+)', content_type).group(1).encode()
    found = {}
    for part in body.split(b'--' + boundary)[1:-1]:
        head, _, content = part.partition(b'\r\n\r\n')
        name = re.search(b'name="?([^";\r]+)', head).group(1).decode()
        found[name] = content[:-2]
    return found


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def log_message(self, *_):
        pass

    def answer(self, status, value, headers=()):
        body = value if isinstance(value, bytes) else json.dumps(value).encode()
        self.send_response(status)
        self.send_header('Content-Type', 'application/json')
        self.send_header('Content-Length', str(len(body)))
        for name, text in headers:
            self.send_header(name, text)
        self.end_headers()
        if self.broken:
            self.wfile.write(body[:len(body) // 2])
            self.cut()
        else:
            self.wfile.write(body)

    def cut(self):
        self.close_connection = True
        self.wfile.flush()
        self.connection.close()

    def take_fault(self, provider):
        """Whether the request goes on. Called once its sender is known to be allowed."""
        with lock:
            fault, state['fault'] = state['fault'], None
        if fault == 'lost':
            self.cut()
            return False
        if fault in ('taken', 'broken'):
            self.fault = fault
            self.broken = fault == 'broken'
            return True
        if fault is not None:
            status = int(fault)
            headers = [('Retry-After', '120')] if status in (429, 503) else []
            self.answer(status, {'message': 'on purpose', 'code': 'on_purpose',
                                 'errors': [{'code': 'ON_PURPOSE', 'message': 'on purpose'}]}, headers)
            return False
        return True

    def taken(self, provider, status, value):
        with lock:
            state['taken'][provider] = state['taken'].get(provider, 0) + 1
        if self.fault == 'taken':
            self.cut()
        else:
            self.answer(status, value)

    def do_GET(self):
        self.handle_request(b'')

    def do_POST(self):
        self.handle_request(self.rfile.read(int(self.headers.get('Content-Length', 0))))

    def handle_request(self, body):
        self.fault = None
        self.broken = False
        url = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(url.query))
        for prefix, handler in (('/ovh', self.ovh), ('/brevo', self.brevo), ('/twilio', self.twilio),
                                ('/smsmode', self.smsmode), ('/maileva', self.maileva), ('/ar24', self.ar24),
                                ('/laposte', self.laposte)):
            if url.path.startswith(prefix + '/'):
                handler(url.path[len(prefix):], query, body)
                return
        self.answer(404, {})

    # --- SMS

    def ovh(self, path, _query, body):
        if path == '/auth/time':
            self.answer(200, str(int(time.time()) + CLOCK_OFFSET).encode())
            return
        stamp = self.headers.get('X-Ovh-Timestamp', '0')
        url = f'http://{self.headers["Host"]}{self.path}'
        text = '+'.join([OVH['secret'], OVH['consumer'], self.command, url, body.decode(), stamp])
        good = (self.headers.get('X-Ovh-Application') == OVH['application']
                and self.headers.get('X-Ovh-Consumer') == OVH['consumer']
                and abs(int(stamp) - time.time() - CLOCK_OFFSET) < 60
                and self.headers.get('X-Ovh-Signature') == '$1$' + hashlib.sha1(text.encode()).hexdigest())
        if not good:
            self.answer(403, {'message': 'Invalid signature', 'errorCode': 'INVALID_SIGNATURE', 'httpCode': '403 Forbidden'})
        elif self.command == 'GET':
            self.answer(200, {'name': 'sms-ab1', 'creditsLeft': 100})
        elif self.take_fault('ovh'):
            sms = json.loads(body)
            wrong = [number for number in sms['receivers'] if not re.fullmatch(r'\+\d{8,15}', number)]
            assert sms['coding'] == '7bit' and sms['charset'] == 'UTF-8' and sms['noStopClause'] is True
            if wrong:
                self.answer(200, {'ids': [], 'invalidReceivers': wrong, 'totalCreditsRemoved': 0, 'validReceivers': []})
            else:
                self.taken('ovh', 200, {'ids': [1723], 'invalidReceivers': [], 'totalCreditsRemoved': 1,
                                        'validReceivers': sms['receivers']})

    def brevo(self, path, query, body):
        if self.headers.get('api-key') != KEYS['brevo']:
            self.answer(401, {'code': 'unauthorized', 'message': 'Key not found'})
        elif path == '/v3/account':
            self.answer(200, {'email': 'compta@example.fr'})
        elif self.command == 'GET':
            self.answer(200, {'events': [{'event': event, 'messageId': number, 'tag': tag} for tag, number in state['brevo']
                                         if tag == query.get('tags') for event in ('delivered', 'accepted', 'sent')]})
        elif self.take_fault('brevo'):
            sms = json.loads(body)
            with lock:
                state['brevo'].append((sms['tag'], 1511))
            self.taken('brevo', 201, {'reference': 'ab1', 'messageId': 1511, 'smsCount': 1, 'usedCredits': 4.5,
                                      'remainingCredits': 100})

    def twilio(self, path, query, body):
        login = base64.b64encode(f'{TWILIO_SID}:{KEYS["twilio"]}'.encode()).decode()
        if self.headers.get('Authorization') != 'Basic ' + login:
            self.answer(401, {'code': 20003, 'message': 'Authenticate', 'status': 401})
            return
        root = f'/2010-04-01/Accounts/{TWILIO_SID}'
        if path == root + '.json':
            self.answer(200, {'sid': TWILIO_SID, 'status': 'active'})
        elif self.command == 'GET' and path == root + '/Messages.json':
            self.answer(200, {'messages': [sms for sms in state['twilio'] if sms['to'] == query.get('To')]})
        elif self.command == 'GET':
            for sms in state['twilio']:
                if path == f'{root}/Messages/{sms["sid"]}.json':
                    self.answer(200, dict(sms, status='delivered'))
                    return
            self.answer(404, {'code': 20404, 'message': 'not found', 'status': 404})
        elif self.take_fault('twilio'):
            form = dict(urllib.parse.parse_qsl(body.decode()))
            if not form['To'].startswith('+336'):
                self.answer(400, {'code': 21211, 'message': "The 'To' number is not valid", 'status': 400})
                return
            sms = {'sid': f'SM{len(state["twilio"]):04}', 'to': form['To'], 'body': form['Body'], 'status': 'queued',
                   'error_code': None}
            with lock:
                state['twilio'].append(sms)
            self.taken('twilio', 201, sms)

    def smsmode(self, path, _query, body):
        if self.headers.get('X-Api-Key') != KEYS['smsmode']:
            self.answer(401, {'message': 'unauthorized'})
        elif self.command == 'GET':
            self.answer(200, {'messageId': path.rsplit('/', 1)[1], 'status': {'value': 'UNDELIVERABLE'}})
        elif self.take_fault('smsmode'):
            sms = json.loads(body)
            self.taken('smsmode', 201, {'messageId': 'm-1', 'status': {'value': 'ENROUTE'}, 'body': sms['body']})

    # --- letters

    def maileva(self, path, query, body):
        if path.endswith('/token'):
            login = base64.b64encode(f'{MAILEVA["client"]}:{MAILEVA["secret"]}'.encode()).decode()
            form = dict(urllib.parse.parse_qsl(body.decode()))
            if (self.headers.get('Authorization') == 'Basic ' + login and form['username'] == MAILEVA['user']
                    and form['password'] == MAILEVA['password']):
                self.answer(200, {'access_token': 'maileva-token', 'token_type': 'bearer', 'expires_in': 3600})
            else:
                self.answer(401, {'error': 'invalid_grant'})
            return
        if self.headers.get('Authorization') != 'Bearer maileva-token':
            self.answer(401, {'errors': [{'code': 'UNAUTHORIZED', 'message': 'no'}]})
            return
        match = re.fullmatch(r'/(registered_mail|mail)/v2/sendings(?:/(\d+))?(?:/(\w+))?', path)
        product, number, what = match.groups()
        if self.command == 'GET':
            self.maileva_get(number, what, query)
        elif number is None:
            sending = dict(json.loads(body), id=str(len(state['sendings']) + 1), status='DRAFT', product=product)
            if 'notification_email' not in sending or len(sending['custom_id']) > 38:
                self.answer(400, {'errors': [{'code': 'MISSING', 'message': 'missing'}]})
                return
            with lock:
                state['sendings'].append(sending)
            self.answer(201, {'id': sending['id'], 'status': 'DRAFT'})
        else:
            self.maileva_post(state['sendings'][int(number) - 1], what, body)

    def maileva_get(self, number, what, query):
        if number is None:
            start = int(query['start_index']) - 1
            self.answer(200, {'sendings': state['sendings'][start:start + int(query['count'])],
                              'paging': {'total_results': len(state['sendings'])}})
        elif what is None:
            self.answer(200, state['sendings'][int(number) - 1])
        else:
            recipient = dict(state['sendings'][int(number) - 1]['recipient'], status='PROCESSED', postage_price=7.31,
                             registered_number='1E00232062142', last_delivery_status=state['course'])
            self.answer(200, {'recipients': [recipient]})

    def maileva_post(self, sending, what, body):
        if what == 'documents':
            parts = parts_of(body, self.headers['Content-Type'])
            sending['document'] = hashlib.sha256(parts['document']).hexdigest()
            assert json.loads(parts['metadata'])['priority'] == 1
            self.answer(201, {'id': 'd1'})
        elif what == 'recipients':
            recipient = json.loads(body)
            if not re.match(r'\d{5} ', recipient.get('address_line_6', '')):
                self.answer(400, {'errors': [{'code': 'ADDRESS_LINE_6_WRONG_FORMAT', 'message': 'Postcode and town'}]})
                return
            sending['recipient'] = recipient
            self.answer(201, {'id': 'r1'})
        elif self.take_fault('maileva'):
            if sending['status'] != 'DRAFT':
                self.answer(400, {'errors': [{'code': 'SENDING_STATUS_IS_NOT_DRAFT', 'message': 'not a draft'}]})
                return
            sending['status'] = 'PENDING'
            self.taken('maileva', 200, {})

    def ar24_say(self, date, value):
        key = sha256(date + AR24['key'])[:32]
        iv = sha256(sha256(AR24['key']))[:16]
        self.answer(200, base64.b64encode(openssl('-e', json.dumps(value).encode(), key, iv)))

    def ar24(self, path, query, body):
        if self.command == 'POST':
            parts = parts_of(body, self.headers['Content-Type'])
            fields = {name: content.decode() for name, content in parts.items() if name != 'file'}
        else:
            fields = query
        date = fields.get('date', '')
        expected = openssl('-e', date.encode(), sha256(AR24['key'])[:32], sha256(sha256(AR24['key']))[:16])
        if fields.get('token') != AR24['token'] or base64.b64encode(expected).decode() != self.headers.get('signature'):
            self.answer(200, {'status': 'ERROR', 'message': 'Authentication failed'})
        elif path == '/user':
            self.ar24_say(date, {'status': 'SUCCESS', 'result': {'id': AR24['user']}})
        elif path == '/attachment':
            self.ar24_say(date, {'status': 'SUCCESS', 'result': {'file_id': hashlib.sha256(parts['file']).hexdigest()}})
        elif self.command == 'GET':
            self.ar24_say(date, {'status': 'SUCCESS', 'result': {'id': query['id'], 'status': state['ar24-status']}})
        elif self.take_fault('ar24'):
            if '@' not in fields['to_email']:
                self.answer(200, {'status': 'ERROR', 'message': 'Recipient email is not valid'})
                return
            with lock:
                state['ar24'].append(fields)
                state['taken']['ar24'] = state['taken'].get('ar24', 0) + 1
            if self.fault == 'taken':
                self.cut()
            else:
                self.ar24_say(date, {'status': 'SUCCESS', 'result': {'id': '9001'}})

    # --- tracking

    def laposte(self, path, _query, _body):
        if self.headers.get('X-Okapi-Key') != KEYS['laposte']:
            self.answer(401, {'code': 'UNAUTHORIZED', 'message': 'This action requires an authorization'})
            return
        numbers = path.rsplit('/', 1)[1].split(',')
        assert len(numbers) <= 10
        found = []
        for number in numbers:
            if number in SHIPMENTS:
                events = [{'order': len(SHIPMENTS[number]) - i, 'code': code, 'date': date, 'label': label}
                          for i, (code, date, label) in enumerate(SHIPMENTS[number])]
                found.append({'lang': 'fr_FR', 'scope': 'open', 'returnCode': 200,
                              'shipment': {'idShip': number, 'holder': 1, 'product': 'Lettre recommandée', 'event': events}})
            else:
                found.append({'lang': 'fr_FR', 'scope': 'open', 'returnCode': 104, 'returnMessage': 'inconnu', 'idShip': number})
        if len(numbers) == 1:
            self.answer(200 if found[0]['returnCode'] == 200 else 404, found[0])
        else:
            self.answer(207, list(reversed(found)))


def command(words):
    if words[0] == 'fault':
        state['fault'] = words[1]
    elif words[0] == 'course':
        state['course'] = words[1]
    elif words[0] == 'ar24-status':
        state['ar24-status'] = words[1]
    return {'taken': state['taken'], 'sendings': state['sendings'],
            'ar24': [{name: text for name, text in fields.items() if name != 'token'} for fields in state['ar24']]}


def main():
    options = serving.parse(__doc__.split('\n', 1)[0])
    port = serving.take_port()
    server = http.server.ThreadingHTTPServer(('127.0.0.1', port), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    serving.serve(options, {'port': port, 'url': f'http://127.0.0.1:{port}'}, command)


serving.run(main)
