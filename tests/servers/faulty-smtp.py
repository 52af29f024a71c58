#!/usr/bin/env python3
"""An SMTP server that fails where it is told to, and keeps a list of what it took.

STARTTLS (or --tls implicit or none), AUTH by --mechanisms (PLAIN, LOGIN, XOAUTH2, OAUTHBEARER) with USER, PASSWORD
and --token. Each message that it stored is appended to the file "stored" as one line of JSON before the server
answers: {"from", "to": [], "message_id", "sha256", "content"} (content is base64, left out with --no-content).

A fault is ACTION-STEP. ACTION: "cut" (the connection is dropped), "hang" (no answer ever comes), or a code as 550,
451, 421 (that answer, and 421 also hangs up). STEP: connect, ehlo, starttls, auth, mail, rcpt, rcpt2 (the second
recipient), data, body (after some of the message came; cut and hang only), message (the whole message came and is
not stored), stored (it is stored; cut and hang only), quit. "slow" answers each command after 0.2 s, "none" does all
well. Commands on stdin, each answered by a line: "fault NAME [COUNT]" (for the next COUNT times that it strikes),
"token TOKEN", "count" (of stored messages and connections). --fault is the one it begins with.

Says {"port", "host", "user", "password", "token", "stored", "ca"}. The protocol is in serving.py.
"""
import asyncio
import base64
import email
import hashlib
import json
import logging
import os
import re
import ssl
import threading
import warnings

import serving

try:
    from aiosmtpd.smtp import SMTP, AuthResult, MISSING
except ImportError:
    SMTP = None

STEPS = ('connect', 'ehlo', 'starttls', 'auth', 'mail', 'rcpt', 'rcpt2', 'data', 'body', 'message', 'stored', 'quit')
FOREVER = -1
NEVER = 1 << 20


class State:
    """What the commands change and the connections look at."""

    def __init__(self, options):
        self.options = options
        self.token = options.token
        self.stored = os.path.join(options.folder, 'stored')
        self.n_stored = 0
        self.n_connections = 0
        self.set_fault(options.fault, FOREVER)

    def set_fault(self, name, count):
        action, _, step = name.partition('-')
        if name not in ('none', 'slow') and (step not in STEPS or not (action in ('cut', 'hang') or action.isdigit())):
            raise ValueError(f'no such fault: {name}')
        self.fault, self.action, self.step, self.left = name, action, step, count

    def take(self, step):
        """The action to do at @step now, or None."""
        if self.step != step or self.left == 0:
            return None
        if self.left != FOREVER:
            self.left -= 1
        return self.action

    def store(self, envelope):
        content = envelope.original_content
        record = {'from': envelope.mail_from, 'to': envelope.rcpt_tos,
                  'message_id': email.message_from_bytes(content)['Message-ID'] or '',
                  'sha256': hashlib.sha256(content).hexdigest()}
        if not self.options.no_content:
            record['content'] = base64.b64encode(content).decode()
        file = os.open(self.stored, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        os.write(file, json.dumps(record).encode() + b'\n')
        os.close(file)
        self.n_stored += 1

    def answer(self, words):
        if words[0] == 'fault':
            self.set_fault(words[1], int(words[2]) if len(words) > 2 else FOREVER)
        elif words[0] == 'token':
            self.token = words[1]
        return {'fault': self.fault, 'left': self.left, 'stored': self.n_stored, 'connections': self.n_connections}


def make_server_class(state):
    """The protocol of one connection; made late, because its base may be missing."""

    class Connection(SMTP):
        async def fail(self, step):
            """The answer that a fault gives at @step; None when there is none."""
            if state.fault == 'slow':
                await asyncio.sleep(0.2)
            action = state.take(step)
            if action is None:
                return None
            if action == 'cut':
                self.transport.abort()
                await asyncio.sleep(NEVER)
            if action == 'hang':
                await asyncio.sleep(NEVER)
            answer = f'{action} {action[0]}.7.1 fault {action} at {step}'
            if action == '421':
                await self.push(answer)
                self.transport.close()
                await asyncio.sleep(NEVER)
            return answer

        async def strike(self, step):
            """Whether the command of @step was answered by a fault."""
            answer = await self.fail(step)
            if answer is not None:
                await self.push(answer)
            return answer is not None

        async def _handle_client(self):
            if not self.session.ssl:
                state.n_connections += 1
            if not self.session.ssl and await self.strike('connect'):
                self.transport.close()
                return
            await super()._handle_client()

        async def smtp_EHLO(self, arg):
            if not await self.strike('ehlo'):
                await super().smtp_EHLO(arg)

        async def smtp_STARTTLS(self, arg):
            if not await self.strike('starttls'):
                await super().smtp_STARTTLS(arg)

        async def smtp_AUTH(self, arg):
            if not await self.strike('auth'):
                await super().smtp_AUTH(arg)

        async def smtp_MAIL(self, arg):
            # A server that sends on says who wrote (RFC 4954); aiosmtpd does not know the parameter.
            arg = arg and re.sub(r' AUTH=\S+', '', arg, flags=re.I)
            if not await self.strike('mail'):
                await super().smtp_MAIL(arg)

        async def smtp_RCPT(self, arg):
            step = 'rcpt' if not self.envelope.rcpt_tos else 'rcpt2'
            if not await self.strike(step):
                await super().smtp_RCPT(arg)

        async def smtp_DATA(self, arg):
            if await self.strike('data'):
                return
            if state.step == 'body' and state.left != 0:
                await self.push('354 go on')
                await self._reader.readuntil(b'\r\n')
                await self.fail('body')
            await super().smtp_DATA(arg)

        async def smtp_QUIT(self, arg):
            if not await self.strike('quit'):
                await super().smtp_QUIT(arg)

    return Connection


class Handler:
    def __init__(self, state):
        self.state = state
        self.connection = None

    # Called by the name of the SMTP command.
    async def handle_DATA(self, server, session, envelope):
        answer = await server.fail('message')
        if answer is not None:
            return answer
        self.state.store(envelope)
        await server.fail('stored')
        return f'250 2.0.0 OK stored as {self.state.n_stored}'

    async def auth_XOAUTH2(self, server, args):
        return await self.check(server, args, f'user={self.state.options.user}\1auth=Bearer {self.state.token}\1\1')

    async def auth_OAUTHBEARER(self, server, args):
        return await self.check(server, args, f'\1auth=Bearer {self.state.token}\1\1')

    async def check(self, server, args, end):
        data = base64.b64decode(args[1]) if len(args) > 1 else await server.challenge_auth('')
        if data is MISSING:
            return AuthResult(success=False, handled=True)
        ok = data.decode().endswith(end)
        if not ok:
            await server.challenge_auth('{"status":"401","schemes":"bearer"}')
        return AuthResult(success=ok, handled=False)


def add_options(parser):
    parser.add_argument('--tls', choices=('starttls', 'implicit', 'none'), default='starttls')
    parser.add_argument('--mechanisms', default='PLAIN,LOGIN')
    parser.add_argument('--token', default='jeton-bon-41c9')
    parser.add_argument('--fault', default='none')
    parser.add_argument('--size', type=int, default=20 << 20)
    parser.add_argument('--no-login', action='store_true', help='asks for no login')
    parser.add_argument('--no-content', action='store_true')


def main():
    options = serving.parse(__doc__, add_options)
    if SMTP is None:
        serving.skip(options, 'aiosmtpd is not installed')
    # aiosmtpd warns of what it does itself.
    warnings.simplefilter('ignore')
    logging.disable()
    paths = serving.make_certificates(options)
    state = State(options)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(paths['certificate'], paths['key'])
    mechanisms = options.mechanisms.split(',')
    excluded = [name for name in ('PLAIN', 'LOGIN', 'XOAUTH2', 'OAUTHBEARER') if name not in mechanisms]
    connection = make_server_class(state)
    loop = asyncio.new_event_loop()

    def authenticate(server, session, envelope, mechanism, data):
        ok = (data.login.decode(), data.password.decode()) == (options.user, options.password)
        return AuthResult(success=ok, handled=False)

    def make_connection():
        return connection(Handler(state), hostname='faulty.example.test', data_size_limit=options.size,
                          tls_context=context if options.tls == 'starttls' else None,
                          require_starttls=options.tls == 'starttls', auth_require_tls=options.tls == 'starttls',
                          auth_required=not options.no_login, auth_exclude_mechanism=excluded,
                          authenticator=authenticate, loop=loop, timeout=600)

    server = loop.run_until_complete(loop.create_server(
        make_connection, '127.0.0.1', 0, ssl=context if options.tls == 'implicit' else None))
    threading.Thread(target=loop.run_forever, daemon=True).start()
    serving.serve(options, {'host': 'localhost', 'port': server.sockets[0].getsockname()[1], 'user': options.user,
                            'password': options.password, 'token': options.token, 'stored': state.stored, **paths},
                  state.answer)


if __name__ == '__main__':
    serving.run(main)
