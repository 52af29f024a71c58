#!/usr/bin/env python3
"""A local fake of Microsoft Graph, Gmail, Brevo and Mailjet, after the contracts that they publish.

None of them can be installed, so this stands for them in tests: the requests that Rubis makes, the answers and
errors that the documentation of each provider names. It listens on a free port of this machine, writes
its address as its first line, {"url": …}, and ends when its standard input does.

  /v1.0/…                     Graph     Bearer
  /gmail/v1/…, /upload/gmail  Gmail     Bearer
  /v3/smtp, /v3/account       Brevo     api-key
  /v3.1/send, /v3/REST        Mailjet   Basic
  /control/…                  what a test sets and asks (see Control)
"""
import base64
import binascii
import email
import email.header
import email.policy
import email.utils
import json
import re
import socket
import struct
import sys
import threading
import time
import urllib.parse
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

GRAPH_LIMIT = 4 * 1024 * 1024
SESSION_FROM = 3000000
GMAIL_JSON_LIMIT = 5 * 1024 * 1024
PNG = base64.b64decode('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==')


# What a message holds, in one form for all providers

def file_of(name, kind, content, cid=''):
    return {'name': name, 'type': kind, 'cid': cid, 'base64': base64.b64encode(content).decode()}


def decode(raw):
    """A message as bytes -> its fields."""
    message = email.message_from_bytes(raw, policy=email.policy.default)
    plain = email.message_from_bytes(raw)
    found = {'text': '', 'html': '', 'files': []}
    for part in message.walk():
        if part.is_multipart():
            continue
        kind, cid = part.get_content_type(), (part['Content-ID'] or '').strip('<>')
        if kind in ('text/plain', 'text/html') and not part.get_filename():
            found['text' if kind == 'text/plain' else 'html'] = part.get_content().replace('\r\n', '\n').rstrip('\n')
        else:
            found['files'].append(file_of(part.get_filename() or '', kind, part.get_payload(decode=True), cid))

    def people(name):
        return [{'name': str(email.header.make_header(email.header.decode_header(words))), 'email': address}
                for words, address in email.utils.getaddresses(plain.get_all(name, []))]

    found.update({'from': people('From'), 'to': people('To'), 'cc': people('Cc'), 'reply_to': people('Reply-To'),
                  'subject': str(message['Subject']),
                  'headers': {name: ' '.join(str(message[name]).split()) for name in
                              ('In-Reply-To', 'References', 'Auto-Submitted', 'Content-Language') if message[name]}})
    return found


def make(options):
    """A message with accents, two bodies, a picture in the text, two files; one file of "size" bytes more."""
    message = EmailMessage(policy=email.policy.SMTP)
    message['From'] = email.utils.formataddr(('Société Générale d’Électricité, S.A.', 'compta@exemple.fr'))
    message['To'] = email.utils.formataddr((options.get('name', 'Zoë Müller'), 'zoe.muller@client.example'))
    message['Cc'] = 'Direction <direction@client.example>'
    message['Reply-To'] = 'Relances <relances@exemple.fr>'
    message['Subject'] = options.get('subject', 'Relance n° 2 : votre facture FA-2026-00412 échue')
    message['Date'] = options.get('date', 'Sun, 22 Nov 2026 09:30:00 +0100')
    message['Message-ID'] = f'<{options["id"]}>'
    message['In-Reply-To'] = '<first.1@exemple.fr>'
    message['References'] = '<first.1@exemple.fr> <second.2@exemple.fr>'
    message['Auto-Submitted'] = 'auto-generated'
    message.set_content('Bonjour Zoë,\n\nReste dû : 1 234,56 €.\n.\nFrom here: "guillemets" \\ et <chevrons>.\n')
    message.add_alternative('<!DOCTYPE html><html><body><p>Bonjour Zoë,</p><p>Reste dû&nbsp;: 1 234,56 €</p>'
                            '<p><img src="cid:qr.1@exemple.fr" alt="QR code du virement" width="120"></p></body></html>\n',
                            subtype='html')
    message.get_payload()[1].add_related(PNG, 'image', 'png', cid='<qr.1@exemple.fr>', filename='qr.png',
                                         disposition='inline')
    message.add_attachment(b'%PDF-1.7 \xe9\x00\xff facture', maintype='application', subtype='pdf',
                           filename='Facture échue n° 412.pdf')
    message.add_attachment('Relevé\n'.encode(), maintype='application', subtype='octet-stream', filename='relevé.csv')
    if options.get('size'):
        message.add_attachment(bytes(range(256)) * (options['size'] // 256), maintype='application', subtype='pdf',
                               filename='dossier complet.pdf')
    message['Content-Language'] = 'fr'
    return message.as_bytes()


class Answer(Exception):
    def __init__(self, status, body=None, headers=None):
        super().__init__()
        self.status, self.headers = status, headers or {}
        self.body = b'' if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()


class State:
    def __init__(self):
        self.lock = threading.Lock()
        self.reset()

    def reset(self):
        self.faults, self.sent, self.log = [], [], []
        self.tokens = ['good-token', 'renewed-token']
        self.options = {}
        self.graph, self.gmail, self.uploads = {}, {}, {}
        self.inbox = []           # [(uid, raw, seconds)]
        self.mailbox_start = 0    # messages of the inbox before it are no longer in the history
        self.idempotency, self.events, self.mailjet = {}, [], {}
        self.next = 1

    def new_id(self, prefix):
        self.next += 1
        return f'{prefix}{self.next:04d}'

    def record(self, provider, fields, raw=b'', **more):
        self.sent.append({'provider': provider, 'raw': base64.b64encode(raw).decode(), 'fields': fields, **more})


STATE = State()


# Microsoft Graph

def graph_error(status, code, message='said by the server', **headers):
    return Answer(status, {'error': {'code': code, 'message': message, 'innerError': {'request-id': 'r-1'}}}, headers)


class Graph:
    """https://learn.microsoft.com/graph: messages, attachments, upload sessions, delta."""

    def answer(self, request):
        path, query = request.url.path, request.query
        if path.startswith('/v1.0/upload/'):
            return self.upload(request, path.rsplit('/', 1)[1])
        self.authorise(request)
        if path == '/v1.0/me/mailFolders/drafts':
            raise Answer(200, {'id': 'drafts'})
        if path == '/v1.0/me/messages' and request.method == 'POST':
            return self.create(request)
        if path == '/v1.0/me/messages':
            return self.find(query)
        if path == '/v1.0/me/mailFolders/inbox/messages/delta':
            return self.delta(request, query)
        match = re.fullmatch(r'/v1\.0/me/messages/([^/]+)(/.*)?', path)
        if match:
            return self.message(request, urllib.parse.unquote(match[1]), match[2] or '')
        raise graph_error(400, 'BadRequest', f'no resource {path}')

    def authorise(self, request):
        if request.headers.get('Authorization', '') not in [f'Bearer {token}' for token in STATE.tokens]:
            raise graph_error(401, 'InvalidAuthenticationToken',
                              f'Access token {request.headers.get("Authorization", "")} has expired')
        if 'ImmutableId' not in request.headers.get('Prefer', ''):
            raise graph_error(400, 'ErrorInvalidRequest', 'the tests want immutable ids')

    def create(self, request):
        if len(request.body) > GRAPH_LIMIT:
            raise graph_error(413, 'RequestEntityTooLarge')
        if not request.headers.get('Content-Type', '').startswith('text/plain'):
            raise graph_error(400, 'ErrorInvalidRequest', 'the tests want MIME')
        try:
            raw = base64.b64decode(request.body, validate=True)
        except binascii.Error:
            raise graph_error(400, 'ErrorMimeContentInvalidBase64String')
        message = email.message_from_bytes(raw)
        uid = STATE.new_id('AAMkAD=')
        own = STATE.options.get('graph-replaces-id')
        STATE.graph[uid] = {'raw': raw, 'draft': True, 'files': [],
                            'id': f'<{uid}@outlook.example>' if own else message['Message-ID']}
        raise Answer(201, self.show(uid))

    def show(self, uid):
        held = STATE.graph[uid]
        return {'id': uid, 'internetMessageId': held['id'], 'conversationId': 'C1', 'isDraft': held['draft']}

    def find(self, query):
        match = re.fullmatch(r"internetMessageId eq '(.*)'", query.get('$filter', ''))
        if not match:
            raise graph_error(400, 'ErrorInvalidUrlQueryFilter')
        wanted = match[1].replace("''", "'")
        raise Answer(200, {'value': [self.show(uid) for uid, held in STATE.graph.items() if held['id'] == wanted]})

    def message(self, request, uid, rest):
        for held, raw, _ in STATE.inbox:
            if held == uid and rest == '/$value':
                raise Answer(200, raw, {'Content-Type': 'text/plain'})
        if uid not in STATE.graph:
            raise graph_error(404, 'ErrorItemNotFound', 'The specified object was not found in the store.')
        held = STATE.graph[uid]
        if request.method == 'GET' and rest == '':
            raise Answer(200, self.show(uid))
        if request.method == 'DELETE' and rest == '':
            del STATE.graph[uid]
            raise Answer(204)
        if rest == '/send':
            if not held['draft']:
                raise graph_error(400, 'ErrorInvalidOperation', 'the message is no draft')
            held['draft'] = False
            fields = decode(held['raw'])
            fields['files'] += held['files']
            STATE.record('graph', fields, held['raw'], id=uid)
            raise Answer(202)
        if rest == '/attachments' and request.method == 'GET':
            raise Answer(200, {'value': [{'id': str(number), 'name': file['name'],
                                          'size': len(base64.b64decode(file['base64'])) + 150}
                                         for number, file in enumerate(self.all_files(held))]})
        if rest == '/attachments':
            data = request.json()
            content = base64.b64decode(data['contentBytes'], validate=True)
            if data['@odata.type'] != '#microsoft.graph.fileAttachment':
                raise graph_error(400, 'ErrorInvalidRequest')
            if len(content) >= SESSION_FROM:
                raise graph_error(413, 'RequestEntityTooLarge')
            held['files'].append(file_of(data['name'], data['contentType'], content))
            raise Answer(201, {'id': STATE.new_id('F')})
        if rest == '/attachments/createUploadSession':
            item = request.json()['AttachmentItem']
            if item['attachmentType'] != 'file' or item['size'] < SESSION_FROM:
                raise graph_error(400, 'ErrorAttachmentSizeShouldNotBeLessThanMinimumSize')
            token = STATE.new_id('up')
            STATE.uploads[token] = {'message': uid, 'item': item, 'data': b''}
            raise Answer(201, {'uploadUrl': f'{request.base}/v1.0/upload/{token}', 'nextExpectedRanges': ['0-']})
        raise graph_error(400, 'BadRequest')

    @staticmethod
    def all_files(held):
        return decode(held['raw'])['files'] + held['files']

    def upload(self, request, token):
        if 'Authorization' in request.headers:
            raise graph_error(400, 'ErrorInvalidRequest', 'an upload address takes no authorisation')
        session = STATE.uploads[token]
        match = re.fullmatch(r'bytes (\d+)-(\d+)/(\d+)', request.headers.get('Content-Range', ''))
        first, last, total = map(int, match.groups())
        if first != len(session['data']) or last - first + 1 != len(request.body) or len(request.body) > GRAPH_LIMIT \
                or total != session['item']['size']:
            raise graph_error(416, 'ErrorInvalidRange')
        session['data'] += request.body
        if len(session['data']) < total:
            raise Answer(200, {'nextExpectedRanges': [f'{len(session["data"])}-']})
        STATE.graph[session['message']]['files'].append(
            file_of(session['item']['name'], session['item']['contentType'], session['data']))
        raise Answer(201, headers={'Location': f'{request.base}/v1.0/attachment'})

    def delta(self, request, query):
        if STATE.options.get('graph-forgets') and '$deltatoken' in query:
            STATE.options['graph-forgets'] = False
            raise graph_error(410, 'SyncStateNotFound')
        token = query.get('$deltatoken') or query.get('$skiptoken')
        since = 0
        if token is None:
            match = re.fullmatch(r'receivedDateTime ge (\S+)', query.get('$filter', ''))
            since = time.mktime(time.strptime(match[1], '%Y-%m-%dT%H:%M:%SZ')) - time.timezone if match else 0
        start = int(token or 0)
        page = [(number, uid) for number, (uid, _, at) in enumerate(STATE.inbox) if number >= start and at >= since][:2]
        answer = {'value': [{'id': uid, 'internetMessageId': f'<{uid}@x>'} for _, uid in page]}
        if start == 0 and STATE.options.get('graph-removed'):
            answer['value'].insert(0, {'id': 'gone', '@removed': {'reason': 'deleted'}})
        end = page[-1][0] + 1 if page else len(STATE.inbox)
        more = any(number >= end for number in range(len(STATE.inbox)))
        name, key = ('@odata.nextLink', '$skiptoken') if more else ('@odata.deltaLink', '$deltatoken')
        base = STATE.options.get('graph-link-base', request.base)
        answer[name] = f'{base}{request.url.path}?{key}={end}'
        raise Answer(200, answer)


# Gmail

def gmail_error(status, reason, message='said by the server', name='', **headers):
    return Answer(status, {'error': {'code': status, 'message': message, 'status': name,
                                     'errors': [{'reason': reason, 'domain': 'usageLimits', 'message': message}]}}, headers)


class Gmail:
    """https://developers.google.com/gmail/api: send, search, history."""

    def answer(self, request):
        path, query = request.url.path, request.query
        if request.headers.get('Authorization', '') not in [f'Bearer {token}' for token in STATE.tokens]:
            raise gmail_error(401, 'authError', f'Invalid Credentials {request.headers.get("Authorization", "")}', 'UNAUTHENTICATED')
        users = '/gmail/v1/users/me/'
        if path == f'/upload{users}messages/send' and query.get('uploadType') == 'media':
            if request.headers['Content-Type'] != 'message/rfc822':
                raise gmail_error(400, 'badRequest')
            return self.take(request.body, '')
        if path == f'{users}messages/send':
            data = request.json()
            if len(request.body) > GMAIL_JSON_LIMIT:
                raise gmail_error(413, 'uploadTooLarge')
            if re.search(r'[^A-Za-z0-9_=-]', data['raw']):
                raise gmail_error(400, 'invalidArgument', 'Invalid base64')
            return self.take(base64.urlsafe_b64decode(data['raw'] + '=' * (-len(data['raw']) % 4)), data.get('threadId', ''))
        if STATE.options.get('gmail-send-only'):
            raise gmail_error(403, 'insufficientPermissions', 'Request had insufficient authentication scopes.', 'PERMISSION_DENIED')
        if path == f'{users}profile':
            raise Answer(200, {'emailAddress': 'compta@exemple.fr', 'historyId': str(1000 + len(STATE.inbox))})
        if path == f'{users}history':
            return self.history(query)
        if path == f'{users}messages':
            return self.find(query)
        match = re.fullmatch(users + r'messages/([^/]+)', path)
        if match:
            return self.get(match[1], query)
        raise gmail_error(404, 'notFound')

    def take(self, raw, thread):
        message = email.message_from_bytes(raw)
        uid = STATE.new_id('18f')
        held = {'raw': raw, 'thread': thread or f't{uid}', 'id': message['Message-ID'], 'original': '', 'to': message['To'],
                'subject': message['Subject'], 'date': message['Date'], 'at': int(time.time())}
        how = STATE.options.get('gmail-replaces-id')
        if how:
            held['original'] = held['id'] if how == 'keeps-original' else ''
            held['id'] = f'<{uid}@mail.gmail.example>'
        STATE.gmail[uid] = held
        STATE.record('gmail', decode(raw), raw, id=uid, thread=thread)
        raise Answer(200, {'id': uid, 'threadId': held['thread'], 'labelIds': ['SENT']})

    def find(self, query):
        q = query.get('q', '')
        found = []
        if match := re.fullmatch(r'rfc822msgid:(\S+)', q):
            found = [uid for uid, held in STATE.gmail.items() if held['id'].strip('<>') == match[1]]
        elif match := re.fullmatch(r'in:sent to:(\S+) after:(\d+)', q):
            found = [uid for uid, held in STATE.gmail.items() if match[1] in held['to'] and held['at'] >= int(match[2])]
        elif match := re.fullmatch(r'in:inbox after:(\d+)', q):
            found = [uid for uid, _, at in STATE.inbox if at >= int(match[1])]
        else:
            raise gmail_error(400, 'invalidArgument', q)
        start = int(query.get('pageToken', 0))
        answer = {'messages': [{'id': uid, 'threadId': STATE.gmail.get(uid, {}).get('thread', 't')}
                               for uid in found[start:start + 2]], 'resultSizeEstimate': len(found)}
        if not found:
            del answer['messages']
        if len(found) > start + 2:
            answer['nextPageToken'] = str(start + 2)
        raise Answer(200, answer)

    def get(self, uid, query):
        for held, raw, _ in STATE.inbox:
            if held == uid and query.get('format') == 'raw':
                raise Answer(200, {'id': uid, 'threadId': 't', 'raw': base64.urlsafe_b64encode(raw).decode()})
        if uid not in STATE.gmail or query.get('format') != 'metadata':
            raise gmail_error(404, 'notFound')
        held = STATE.gmail[uid]
        headers = [{'name': 'Message-Id', 'value': held['id']}, {'name': 'Date', 'value': held['date']},
                   {'name': 'To', 'value': held['to']},
                   {'name': 'Subject', 'value': str(email.header.make_header(email.header.decode_header(held['subject'])))}]
        if held['original']:
            headers.append({'name': 'X-Google-Original-Message-ID', 'value': held['original']})
        raise Answer(200, {'id': uid, 'threadId': held['thread'], 'payload': {'headers': headers}})

    def history(self, query):
        start = int(query['startHistoryId']) - 1000
        if start < STATE.mailbox_start:
            raise gmail_error(404, 'notFound', 'Requested entity was not found.', 'NOT_FOUND')
        if query.get('historyTypes') != 'messageAdded' or query.get('labelId') != 'INBOX':
            raise gmail_error(400, 'invalidArgument')
        first = start + int(query.get('pageToken', 0))
        page = STATE.inbox[first:first + 2]
        answer = {'historyId': str(1000 + len(STATE.inbox))}
        if page:
            answer['history'] = [{'id': '1', 'messagesAdded': [{'message': {'id': uid, 'threadId': 't'}}]} for uid, _, _ in page]
        if first + 2 < len(STATE.inbox):
            answer['nextPageToken'] = str(first + 2 - start)
        raise Answer(200, answer)


# Brevo

class Brevo:
    """https://developers.brevo.com: transactional email and its events."""

    def answer(self, request):
        if request.headers.get('api-key') != 'brevo-key':
            raise Answer(401, {'code': 'unauthorized', 'message': f'Key not found {request.headers.get("api-key")}'})
        path = request.url.path
        if path == '/v3/account':
            raise Answer(200, {'email': 'compta@exemple.fr', 'plan': [{'type': 'free', 'credits': 300}]})
        if path == '/v3/smtp/statistics/events':
            query = request.query
            found = [event for event in STATE.events if event['email'] == query.get('email', event['email'])
                     and event['messageId'] == query.get('messageId', event['messageId'])]
            if 'days' in query and not 1 <= int(query['days']) <= 90:
                raise Answer(400, {'code': 'invalid_parameter', 'message': 'days'})
            raise Answer(200, {'events': found} if found else {})
        if path == '/v3/smtp/email' and request.method == 'POST':
            return self.take(request.json())
        raise Answer(404, {'code': 'document_not_found', 'message': path})

    def take(self, data):
        headers = dict(data.get('headers', {}))
        key = headers.pop('idempotencyKey', '')
        if not re.fullmatch(r'[0-9a-f]{8}-[0-9a-f]{4}-[45][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}', key):
            raise Answer(400, {'code': 'invalid_parameter', 'message': 'idempotencyKey is not valid'})
        if key in STATE.idempotency:
            raise Answer(400, {'code': 'duplicate_parameter', 'message': 'idempotencyKey already used'})
        known = {'sender', 'to', 'cc', 'bcc', 'replyTo', 'subject', 'htmlContent', 'textContent', 'headers', 'tags', 'attachment'}
        if set(data) - known or not data['to'] or not all(isinstance(value, str) for value in headers.values()):
            raise Answer(400, {'code': 'invalid_parameter', 'message': f'{sorted(set(data) - known)} is not valid'})
        everybody = [data['sender'], *data['to'], *data.get('cc', []), *([data['replyTo']] if 'replyTo' in data else [])]
        if any(len(one.get('name', '')) > 70 for one in everybody):
            raise Answer(400, {'code': 'invalid_parameter', 'message': 'name must not exceed 70 characters'})
        message_id = f'<2026.{STATE.new_id("")}@smtp-relay.example>'
        STATE.idempotency[key] = message_id
        fields = {'from': [person(data['sender'], 'name', 'email')], 'to': people(data['to'], 'name', 'email'),
                  'cc': people(data.get('cc', []), 'name', 'email'),
                  'reply_to': [person(data['replyTo'], 'name', 'email')] if 'replyTo' in data else [],
                  'subject': data['subject'], 'text': data.get('textContent', '').rstrip('\n'),
                  'html': data.get('htmlContent', '').rstrip('\n'), 'headers': headers,
                  'files': [file_of(file['name'], '', base64.b64decode(file['content'], validate=True))
                            for file in data.get('attachment', [])]}
        STATE.record('brevo', fields, tags=data.get('tags', []), id=message_id)
        if not STATE.options.get('brevo-late'):
            for tag in data.get('tags', ['']):
                STATE.events.append({'email': data['to'][0]['email'], 'messageId': message_id, 'tag': tag,
                                     'event': 'requests', 'date': '2026-11-22T09:30:00.000+01:00', 'subject': data['subject']})
        raise Answer(201, {'messageId': message_id})


def person(data, name, address):
    return {'name': data.get(name, ''), 'email': data[address]}


def people(data, name, address):
    return [person(one, name, address) for one in data]


# Mailjet

class Mailjet:
    """https://dev.mailjet.com: send v3.1, message, messagehistory."""
    FORBIDDEN = {'from', 'sender', 'subject', 'to', 'cc', 'bcc', 'return-path', 'delivered-to', 'reply-to', 'date',
                 'message-id', 'dkim-signature', 'received', 'content-type', 'mime-version'}

    def answer(self, request):
        wanted = 'Basic ' + base64.b64encode(b'mailjet-key:mailjet-secret').decode()
        if request.headers.get('Authorization') != wanted:
            raise Answer(401, {'ErrorIdentifier': 'e', 'StatusCode': 401,
                               'ErrorMessage': f'API key authentication failure {request.headers.get("Authorization")}'})
        path = request.url.path
        if path == '/v3/REST/myprofile':
            raise Answer(200, {'Count': 1, 'Data': [{'ID': 1}], 'Total': 1})
        if path == '/v3.1/send':
            return self.take(request.json())
        if path == '/v3/REST/message':
            found = [uid for uid, held in STATE.mailjet.items() if held['custom'] == request.query.get('CustomID')]
            raise Answer(200, self.data([self.show(uid) for uid in found]))
        match = re.fullmatch(r'/v3/REST/(message|messagehistory)/(\d+)', path)
        if match and match[2] in STATE.mailjet:
            held = STATE.mailjet[match[2]]
            raise Answer(200, self.data([self.show(match[2])] if match[1] == 'message' else held['history']))
        raise Answer(404, {'ErrorInfo': '', 'ErrorMessage': 'Object not found', 'StatusCode': 404})

    @staticmethod
    def data(rows):
        return {'Count': len(rows), 'Data': rows, 'Total': len(rows)}

    @staticmethod
    def show(uid):
        held = STATE.mailjet[uid]
        return {'ID': int(uid), 'CustomID': held['custom'], 'Status': held['status'], 'StatePermanent': held['permanent']}

    def take(self, data):
        [message] = data['Messages']
        bad = [name for name in message.get('Headers', {}) if name.lower() in self.FORBIDDEN]
        if bad:
            raise Answer(400, {'Messages': [{'Status': 'error', 'Errors': [
                {'ErrorCode': 'mj-0013', 'StatusCode': 400, 'ErrorMessage': f'{bad} is forbidden', 'ErrorRelatedTo': ['Headers']}]}]})
        files = [file_of(file['Filename'], file['ContentType'], base64.b64decode(file['Base64Content'], validate=True),
                         file.get('ContentID', ''))
                 for file in message.get('InlinedAttachments', []) + message.get('Attachments', [])]
        fields = {'from': [person(message['From'], 'Name', 'Email')], 'to': people(message['To'], 'Name', 'Email'),
                  'cc': people(message.get('Cc', []), 'Name', 'Email'),
                  'reply_to': [person(message['ReplyTo'], 'Name', 'Email')] if 'ReplyTo' in message else [],
                  'subject': message['Subject'], 'text': message.get('TextPart', '').rstrip('\n'),
                  'html': message.get('HTMLPart', '').rstrip('\n'), 'headers': message.get('Headers', {}), 'files': files}
        uid = str(576460752303420000 + STATE.next)
        STATE.next += 1
        if not data.get('SandboxMode'):
            STATE.record('mailjet', fields, custom=message['CustomID'], id=uid)
            STATE.mailjet[uid] = {'custom': message['CustomID'], 'status': 'queued', 'permanent': False, 'history': []}
        raise Answer(200, {'Messages': [{'Status': 'success', 'CustomID': message['CustomID'], 'To': [
            {'Email': message['To'][0]['Email'], 'MessageUUID': 'uuid-1', 'MessageID': int(uid),
             'MessageHref': f'https://api.mailjet.com/v3/REST/message/{uid}'}]}]})


class Control:
    """What a test asks: POST reset, fault, options, tokens, inbox, event, history, make, decode; GET sent, log."""

    def answer(self, request):
        name = request.url.path.rsplit('/', 1)[1]
        data = request.json() if request.body and name != 'decode' else {}
        if name == 'reset':
            STATE.reset()
        elif name == 'fault':
            STATE.faults.append(data)
        elif name == 'options':
            STATE.options.update(data)
        elif name == 'tokens':
            STATE.tokens = data
        elif name == 'inbox':
            STATE.inbox.append((data['uid'], base64.b64decode(data['raw']), data['at']))
        elif name == 'forget':
            STATE.mailbox_start = len(STATE.inbox)
        elif name == 'event':
            STATE.events.append(data)
        elif name == 'history':
            held = STATE.mailjet[data['id']]
            held['history'].append({'Comment': data.get('comment', ''), 'EventAt': 1, 'EventType': data['event'], 'State': data.get('state', '')})
            held['status'], held['permanent'] = data.get('status', data['event']), data.get('permanent', False)
        elif name == 'make':
            raise Answer(200, make(data))
        elif name == 'decode':
            raise Answer(200, decode(request.body))
        elif name == 'sent':
            raise Answer(200, STATE.sent)
        elif name == 'log':
            raise Answer(200, STATE.log)
        elif name == 'drafts':
            raise Answer(200, [uid for uid, held in STATE.graph.items() if held['draft']])
        raise Answer(200, {})


class Request(BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def log_message(self, *arguments):
        pass

    def json(self):
        try:
            return json.loads(self.body)
        except ValueError:
            raise Answer(400, {'error': {'code': 'BadRequest', 'message': 'not JSON'}})

    def service(self):
        path = self.url.path
        for start, service in (('/control/', Control), ('/v1.0/', Graph), ('/gmail/', Gmail), ('/upload/gmail/', Gmail),
                               ('/v3.1/', Mailjet), ('/v3/REST/', Mailjet), ('/v3/', Brevo)):
            if path.startswith(start):
                return service()
        return Brevo()

    def serve(self):
        """The answer of the right service."""
        try:
            self.service().answer(self)
        except Answer as answer:
            return answer
        return Answer(500)

    def fault(self):
        """The first fault set for this request, used up."""
        if self.path.startswith('/control/'):
            return None
        line = f'{self.command} {self.path}'
        for number, fault in enumerate(STATE.faults):
            if fault.get('match', '') in line:
                if fault.get('skip', 0) > 0:
                    fault['skip'] -= 1
                    return None
                fault['times'] = fault.get('times', 1) - 1
                if fault['times'] <= 0:
                    del STATE.faults[number]
                return fault
        return None

    def cut(self):
        """Ends the connection by a reset."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
        self.connection.close()

    def write(self, answer, slowly=False, shortened=False):
        head = f'HTTP/1.1 {answer.status} Said\r\nDate: {STATE.options.get("date", email.utils.formatdate(usegmt=True))}\r\n'
        for name, value in {'Content-Type': 'application/json', **answer.headers}.items():
            head += f'{name}: {value}\r\n'
        if answer.status not in (204,):
            head += f'Content-Length: {len(answer.body)}\r\n'
        body = answer.body[:len(answer.body) // 2] if shortened else answer.body
        self.wfile.write(head.encode() + b'\r\n')
        if slowly:
            for byte in body:
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
                time.sleep(0.002)
        else:
            self.wfile.write(body)
        self.wfile.flush()

    def handle_request(self):
        self.url = urllib.parse.urlsplit(self.path)
        self.query = dict(urllib.parse.parse_qsl(self.url.query))
        self.method = self.command
        self.base = f'http://{self.headers["Host"]}'
        with STATE.lock:
            fault = self.fault() or {}
        how = fault.get('how', '')
        if how == 'cut-early':
            return self.cut()
        self.body = self.rfile.read(int(self.headers.get('Content-Length', 0)))
        with STATE.lock:
            if not self.path.startswith('/control/'):
                STATE.log.append({'request': f'{self.command} {self.path}', 'fault': how})
            # "status", "wrong": what the provider says in place of doing it; all else is done first.
            answer = None if how in ('status', 'garbage') else self.serve()
        if how in ('status', 'taken-status', 'taken-wrong'):
            answer = Answer(fault.get('status', 200), fault['body'].encode() if isinstance(fault.get('body'), str) else
                            fault.get('body', {}), fault.get('headers'))
        if how == 'garbage':
            self.wfile.write(b'\x00\x01 this is no HTTP\r\n\r\n')
            return self.cut()
        if how == 'taken-cut':
            return self.cut()
        if how == 'taken-hang':
            self.close_connection = True
            self.connection.settimeout(60)
            try:
                self.connection.recv(1)
            except OSError:
                pass
            return None
        self.write(answer, slowly=how == 'slow', shortened=how == 'taken-truncated')
        if how == 'taken-truncated':
            self.close_connection = True
        return None

    def do_GET(self):
        try:
            self.handle_request()
        except OSError:
            self.close_connection = True

    do_POST = do_PUT = do_DELETE = do_PATCH = do_GET


if __name__ == '__main__':
    server = ThreadingHTTPServer(('127.0.0.1', 0), Request)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(json.dumps({'url': f'http://127.0.0.1:{server.server_address[1]}'}), flush=True)
    sys.stdin.buffer.read()
