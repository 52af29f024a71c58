#!/usr/bin/env python3
"""An authorization server for tests, since none can be had from packages. It follows what is published: metadata of
RFC 8414, the authorization code of RFC 6749 with PKCE S256 (RFC 7636, required here), loopback redirects of RFC 8252,
the issuer in the answer (RFC 9207), device codes of RFC 8628, and refresh tokens that serve once (RFC 9700 4.14).
The user is a browser that opens the address and follows the redirect; what he answers is set by commands.

Says {"issuer", "client", "secret", "port"}. Commands on stdin:
  user grant|deny|wrong-state|wrong-issuer   what the user, or somebody in his place, answers
  device N|slow|deny|expire                  a device code is granted after N questions, or not
  life SECONDS                               expires_in of the next tokens
  rotate on|off                              whether a renewal gives another refresh token
  token ok|503|garbage|hang-up               how the token endpoint answers
  revoke                                     ends all refresh tokens
  spent SECONDS                              how long the refusal of a used refresh token takes
  secret on|off                              whether the client has to show its secret
  log                                        gives {"log": [{"endpoint", "grant_type", …}], "access", "refresh"}
The protocol is in serving.py.
"""
import base64
import hashlib
import http.server
import json
import secrets
import threading
import time
import urllib.parse

import serving

CLIENT = 'rubis-desktop'
SECRET = 'Client-4d1f-geheim'
DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code'


class State:
    def __init__(self, issuer):
        self.issuer = issuer
        self.user = 'grant'
        self.device = '1'
        self.life = 3600
        self.rotate = True
        self.token = 'ok'
        self.spent = 0.0
        self.secret = False
        self.codes = {}      # code -> what it was asked with
        self.refresh = set()
        self.access = []
        self.device_codes = {}  # code -> questions so far
        self.log = []
        self.lock = threading.Lock()


class Refused(Exception):
    def __init__(self, code, description=''):
        super().__init__(code)
        self.code = code
        self.description = description


def challenge_of(verifier):
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b'=').decode()


class Handler(http.server.BaseHTTPRequestHandler):
    state = None
    protocol_version = 'HTTP/1.1'

    def log_message(self, *_):
        pass

    def reply(self, status, body, kind='application/json', **headers):
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header('Content-Type', kind)
        self.send_header('Content-Length', str(len(data)))
        self.send_header('Cache-Control', 'no-store')
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self):
        url = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(url.query))
        issuer = self.state.issuer
        if url.path == '/.well-known/oauth-authorization-server':
            self.reply(200, {'issuer': issuer, 'authorization_endpoint': issuer + '/authorize',
                             'token_endpoint': issuer + '/token', 'device_authorization_endpoint': issuer + '/device',
                             'scopes_supported': ['offline_access', 'mail', 'admin'],
                             'response_types_supported': ['code'], 'code_challenge_methods_supported': ['S256']})
        elif url.path == '/authorize':
            self.authorize(query)
        else:
            self.reply(404, {'error': 'not_found'})

    def authorize(self, query):
        self.state.log.append({'endpoint': 'authorize', **query})
        redirect = urllib.parse.urlsplit(query.get('redirect_uri', ''))
        if query.get('client_id') != CLIENT or redirect.hostname not in ('127.0.0.1', 'localhost') \
                or redirect.scheme != 'http' or redirect.port is None:
            self.reply(400, {'error': 'invalid_request', 'error_description': 'client or redirect address'})
            return
        answer = {'state': query.get('state', ''), 'iss': self.state.issuer}
        if query.get('response_type') != 'code' or query.get('code_challenge_method') != 'S256' \
                or len(query.get('code_challenge', '')) != 43 or len(query.get('state', '')) < 16:
            answer['error'] = 'invalid_request'
        elif self.state.user == 'deny':
            answer['error'] = 'access_denied'
            answer['error_description'] = 'The administrator said no\nTrace: 17'
        else:
            answer['code'] = secrets.token_urlsafe(24)
            self.state.codes[answer['code']] = query
        if self.state.user == 'wrong-state':
            answer['state'] = 'somebody-elses-state'
        if self.state.user == 'wrong-issuer':
            answer['iss'] = 'https://mixed.example'
        self.reply(302, b'', 'text/plain', Location=query['redirect_uri'] + '/?' + urllib.parse.urlencode(answer))

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get('Content-Length', 0))).decode()
        form = dict(urllib.parse.parse_qsl(body))
        path = urllib.parse.urlsplit(self.path).path
        self.state.log.append({'endpoint': path.strip('/'), 'grant_type': form.get('grant_type', ''),
                               'scope': form.get('scope', '')})
        if path == '/token' and self.state.token != 'ok':
            self.fail()
            return
        try:
            if path not in ('/token', '/device'):
                raise Refused('not_found')
            if form.get('client_id') != CLIENT or (self.state.secret and form.get('client_secret') != SECRET):
                raise Refused('invalid_client', 'unknown application')
            self.reply(200, self.token(form) if path == '/token' else self.device())
        except Refused as refusal:
            self.reply(400, {'error': refusal.code, 'error_description': refusal.description})

    def fail(self):
        if self.state.token == '503':
            self.reply(503, b'busy', 'text/plain')
        elif self.state.token == 'garbage':
            self.reply(200, b'<html>', 'text/html')
        else:
            self.close_connection = True
            self.connection.close()

    def token(self, form):
        grant = form.get('grant_type')
        if grant == 'authorization_code':
            self.check_code(form)
        elif grant == 'refresh_token':
            self.check_refresh(form)
        elif grant == DEVICE_GRANT:
            self.check_device(form)
        else:
            raise Refused('unsupported_grant_type')
        return self.issue(renewal=grant == 'refresh_token')

    def check_code(self, form):
        asked = self.state.codes.pop(form.get('code'), None)
        if asked is None or asked['redirect_uri'] != form.get('redirect_uri'):
            raise Refused('invalid_grant', 'code')
        verifier = form.get('code_verifier', '')
        if not 43 <= len(verifier) <= 128 or challenge_of(verifier) != asked['code_challenge']:
            raise Refused('invalid_grant', 'PKCE')

    def check_refresh(self, form):
        with self.state.lock:
            known = form.get('refresh_token') in self.state.refresh
            if known and self.state.rotate:
                self.state.refresh.remove(form['refresh_token'])
        if not known:
            time.sleep(self.state.spent)
            raise Refused('invalid_grant', 'the refresh token has been used or revoked')

    def check_device(self, form):
        code = form.get('device_code')
        if code not in self.state.device_codes:
            raise Refused('invalid_grant')
        self.state.device_codes[code] += 1
        asked = self.state.device_codes[code]
        if self.state.device == 'deny':
            raise Refused('access_denied')
        if self.state.device == 'expire':
            raise Refused('expired_token')
        if self.state.device == 'slow' and asked == 1:
            raise Refused('slow_down')
        if self.state.device.isdigit() and asked < int(self.state.device):
            raise Refused('authorization_pending')

    def issue(self, renewal):
        access = 'access-' + secrets.token_urlsafe(32)
        self.state.access.append(access)
        answer = {'access_token': access, 'token_type': 'Bearer', 'expires_in': self.state.life}
        if not renewal or self.state.rotate:
            answer['refresh_token'] = 'refresh-' + secrets.token_urlsafe(32)
            self.state.refresh.add(answer['refresh_token'])
        return answer

    def device(self):
        code = secrets.token_urlsafe(24)
        self.state.device_codes[code] = 0
        return {'device_code': code, 'user_code': 'BDWP-HQPK', 'verification_uri': self.state.issuer + '/code',
                'expires_in': 600, 'interval': 1}


def make_answer(state):
    texts = {'user': 'user', 'device': 'device', 'token': 'token'}
    flags = {'rotate': 'rotate', 'secret': 'secret'}

    def answer(words):
        if words[0] in texts:
            setattr(state, texts[words[0]], words[1])
        elif words[0] in flags:
            setattr(state, flags[words[0]], words[1] == 'on')
        elif words[0] == 'life':
            state.life = int(words[1])
        elif words[0] == 'spent':
            state.spent = float(words[1])
        elif words[0] == 'revoke':
            state.refresh.clear()
        elif words[0] == 'log':
            return {'log': state.log, 'access': state.access, 'refresh': sorted(state.refresh)}
        else:
            return {'error': 'no such command'}
        return {'done': words[0]}

    return answer


def main():
    options = serving.parse(__doc__)
    port = serving.take_port()
    state = State(f'http://127.0.0.1:{port}')
    Handler.state = state
    server = http.server.ThreadingHTTPServer(('127.0.0.1', port), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    serving.serve(options, {'issuer': state.issuer, 'client': CLIENT, 'secret': SECRET, 'port': port},
                  make_answer(state))


if __name__ == '__main__':
    serving.run(main)
