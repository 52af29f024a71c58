#!/usr/bin/env python3
"""Cyrus as the JMAP server of a company: over HTTPS, and in the clear for this machine; login by password or by bearer.

It sends through the SMTP server at --smtp-port (faulty-smtp.py --tls none --no-login --mechanisms none). USER's mailbox has an inbox,
Drafts and Sent, and holds one message. --uid USER runs it as that user of the system when root starts it. Commands on
stdin, each answered by a line: "deliver FILE" (by LMTP, to USER), "cut WHEN WORD [COUNT]": the proxy breaks the
connection of the next COUNT requests that hold WORD; WHEN is before (the server never gets the request), after (it
answers to nobody), half (half of the answer comes) or hang (the answer never comes); "cut none"; "reply FILE WORD [COUNT]":
instead of Cyrus, FILE answers; "requests WORD": how many requests of the proxy held WORD; "forget": Cyrus forgets what
was deleted, so that it cannot calculate what changed since.

Says {"url" (HTTPS), "proxy" (in the clear, through the proxy), "user", "password", "good", "expired", "forged" (bearer
tokens), "ca", "log"}. The protocol is in serving.py.
"""
import base64
import hashlib
import hmac
import json
import os
import re
import secrets
import shutil
import smtplib
import socket
import subprocess
import threading
import time

import serving

PROGRAMS = '/usr/lib/cyrus/bin'
HOST = 'jmap.example.test'
DOMAIN = 'example.test'

IMAPD = '''
configdirectory: {folder}/conf
defaultpartition: default
partition-default: {folder}/spool
proc_path: {folder}/run/proc
mboxname_lockpath: {folder}/run/lock
sievedir: {folder}/sieve
lmtpsocket: {folder}/run/socket/lmtp
idlesocket: {folder}/run/socket/idle
notifysocket: {folder}/run/socket/notify
servername: {host}
virtdomains: userid
defaultdomain: {domain}
unixhierarchysep: yes
conversations: yes
conversations_db: twoskip
httpmodules: jmap
httpallowcompress: no
allowplaintext: yes
sasl_mech_list: PLAIN LOGIN
sasl_pwcheck_method: auxprop
sasl_auxprop_plugin: sasldb
sasl_sasldb_path: {folder}/sasldb2
autocreate_quota: 0
autocreate_post: yes
autocreate_inbox_folders: Sent | Drafts | Trash | Junk | Archive
xlist-sent: Sent
xlist-drafts: Drafts
xlist-trash: Trash
xlist-junk: Junk
xlist-archive: Archive
smtp_backend: host
smtp_host: 127.0.0.1:{smtp}
http_jwt_key_dir: {folder}/jwt
http_jwt_max_age: 1h
tls_server_cert: {certificate}
tls_server_key: {key}
cyrus_user: {owner}
cyrus_group: {group}
jmap_max_size_upload: {upload}
'''

CYRUS = '''
START {{
  recover cmd="{programs}/ctl_cyrusdb -C {folder}/imapd.conf -r"
}}
SERVICES {{
  https cmd="{programs}/httpd -s -C {folder}/imapd.conf" listen="127.0.0.1:{https}" proto="tcp4" prefork=0
  http cmd="{programs}/httpd -C {folder}/imapd.conf" listen="127.0.0.1:{http}" proto="tcp4" prefork=0
  lmtp cmd="{programs}/lmtpd -C {folder}/imapd.conf -a" listen="127.0.0.1:{lmtp}" proto="tcp4" prefork=0
}}
EVENTS {{
}}
'''

WELCOME = b'''From: postmaster@example.test\r
To: alice@example.test\r
Subject: Welcome\r
Message-ID: <welcome@example.test>\r
Date: Sat, 21 Nov 2026 10:00:00 +0100\r
\r
Your mailbox is ready.\r
'''


def encode(data):
    return base64.urlsafe_b64encode(data).rstrip(b'=').decode()


def make_token(user, key, issued):
    head = encode(b'{"alg":"HS256","typ":"JWT"}') + '.' + encode(json.dumps({'sub': user, 'iat': issued}).encode())
    return head + '.' + encode(hmac.new(key, head.encode(), hashlib.sha256).digest())


def read_http(stream):
    """One request or answer; empty when the other side has hung up."""
    head = b''
    while not head.endswith(b'\r\n\r\n'):
        line = stream.readline()
        if not line:
            return b''
        head += line
    length = re.search(rb'\r\ncontent-length: *(\d+)', head, re.I)
    if length:
        return head + stream.read(int(length.group(1)))
    if not re.search(rb'\r\ntransfer-encoding: *chunked', head, re.I):
        return head
    while True:
        line = stream.readline()
        size = int(line.split(b';')[0], 16)
        head += line + stream.read(size + 2)
        if size == 0:
            return head


class Proxy:
    """Carries requests to Cyrus, but breaks off where it is told to."""

    def __init__(self, port):
        self.server = port
        self.when, self.word, self.left, self.reply = 'none', b'', 0, b''
        self.requests = []
        self.listener = socket.create_server(('127.0.0.1', 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            client, _ = self.listener.accept()
            threading.Thread(target=self.carry, args=(client,), daemon=True).start()

    def strike(self, request):
        self.requests.append(request)
        if self.left == 0 or self.word not in request:
            return None
        self.left -= 1
        return self.when

    def carry(self, client):
        with client, socket.create_connection(('127.0.0.1', self.server)) as server:
            requests, answers = client.makefile('rb'), server.makefile('rb')
            while request := read_http(requests):
                when = self.strike(request)
                if when == 'before':
                    break
                if when == 'reply':
                    client.sendall(self.reply)
                    break
                server.sendall(request)
                answer = read_http(answers)
                if when == 'after' or not answer:
                    break
                if when == 'hang':
                    requests.read()
                    break
                if when == 'half':
                    client.sendall(answer[:len(answer) // 2])
                    break
                client.sendall(answer)
            try:
                client.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass


def answer_command(words, options, folder, lmtp, proxy):
    if words[0] == 'deliver':
        with open(words[1], 'rb') as file, smtplib.LMTP('127.0.0.1', lmtp) as client:
            client.sendmail('sender@elsewhere.example', [f'{options.user}@{DOMAIN}'], file.read())
    elif words[0] == 'cut':
        proxy.left = 0
        if words[1] != 'none':
            proxy.when, proxy.word = words[1], words[2].encode()
            proxy.left = int(words[3]) if len(words) > 3 else 1
    elif words[0] == 'reply':
        with open(words[1], 'rb') as file:
            proxy.when, proxy.word, proxy.reply = 'reply', words[2].encode(), file.read()
        proxy.left = int(words[3]) if len(words) > 3 else 1
    elif words[0] == 'forget':
        subprocess.run([f'{PROGRAMS}/cyr_expire', '-C', f'{folder}/imapd.conf', '-E', '1', '-X', '0', '-D', '0'], check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    elif words[0] == 'requests':
        return {'requests': sum(words[1].encode() in request for request in proxy.requests)}
    return {'left': proxy.left}


def add_options(parser):
    parser.add_argument('--smtp-port', type=int, default=1)
    parser.add_argument('--uid', default='cyrus')
    parser.add_argument('--upload', default='20480', help='the largest upload, kilobytes')


def write(path, text):
    with open(path, 'w', encoding='ascii') as file:
        file.write(text)


def set_up(options, ports):
    """Writes the configuration into a folder; returns it and the key of tokens."""
    folder = os.path.join(options.folder, 'cyrus')
    owner = options.uid if os.getuid() == 0 else serving.pwd.getpwuid(os.getuid()).pw_name
    group = subprocess.run(['id', '-gn', owner], capture_output=True, text=True, check=True).stdout.strip()
    paths = serving.make_certificates(options)
    for name in ('conf', 'spool', 'sieve', 'run/proc', 'run/lock', 'run/socket', 'jwt', 'tls'):
        os.makedirs(os.path.join(folder, name))
    for name in ('certificate', 'key'):
        shutil.copy(paths[name], os.path.join(folder, 'tls', name))
    write(os.path.join(folder, 'imapd.conf'), IMAPD.format(
        folder=folder, host=HOST, domain=DOMAIN, smtp=options.smtp_port, owner=owner, group=group, upload=options.upload,
        certificate=os.path.join(folder, 'tls', 'certificate'), key=os.path.join(folder, 'tls', 'key')))
    write(os.path.join(folder, 'cyrus.conf'), CYRUS.format(programs=PROGRAMS, folder=folder, **ports))
    key = secrets.token_bytes(32)
    write(os.path.join(folder, 'jwt', 'key.pem'),
          f'-----BEGIN HMAC KEY-----\n{base64.b64encode(key).decode()}\n-----END HMAC KEY-----\n')
    subprocess.run(['saslpasswd2', '-p', '-c', '-f', os.path.join(folder, 'sasldb2'), '-u', HOST, options.user],
                   input=options.password.encode(), check=True)
    serving.give(folder, owner)
    return folder, key, paths


def main():
    options = serving.parse(__doc__, add_options)
    serving.need_program(options, f'{PROGRAMS}/httpd')
    serving.need_program(options, '/usr/sbin/saslpasswd2')
    ports = {name: serving.take_port() for name in ('https', 'http', 'lmtp')}
    folder, key, paths = set_up(options, ports)
    log = os.path.join(folder, 'master.log')
    with open(os.path.join(folder, 'stderr'), 'wb') as words:
        child = serving.start([f'{PROGRAMS}/master', '-C', f'{folder}/imapd.conf', '-M', f'{folder}/cyrus.conf', '-p',
                               f'{folder}/run/master.pid', '-L', log, '-D'], stdout=words, stderr=words)
    for port in ports.values():
        serving.wait_for_port(port, child, log)
    with smtplib.LMTP('127.0.0.1', ports['lmtp']) as client:
        client.sendmail('postmaster@example.test', [f'{options.user}@{DOMAIN}'], WELCOME)
    proxy = Proxy(ports['http'])
    now = int(time.time())
    serving.serve(options, {'url': f'https://127.0.0.1:{ports["https"]}', 'proxy': f'http://127.0.0.1:{proxy.port}',
                            'user': options.user, 'password': options.password,
                            'good': make_token(options.user, key, now - 10),
                            'expired': make_token(options.user, key, now - 7200),
                            'forged': make_token(options.user, b'x' * 32, now - 10), 'log': log, **paths},
                  lambda words: answer_command(words, options, folder, ports['lmtp'], proxy))


if __name__ == '__main__':
    serving.run(main)
