#!/usr/bin/env python3
"""Dovecot as the IMAP server of a company: IMAP with STARTTLS, IMAP over TLS; login by password, XOAUTH2 and
OAUTHBEARER (the token is the password). Runs without root, or as --as USER when root starts it.

The mail of a user lies in the Maildir MAIL/USER/Maildir; a file dropped into its new/ is a new message. The folder
of sent messages is called --sent and has the special use \\Sent unless --no-special-use. Says {"port", "tls_port",
"host", "user", "password", "mail", "maildir", "ca", "log"}. The protocol is in serving.py.
"""
import grp
import os
import pwd
import subprocess

import serving

DOVECOT = '/usr/sbin/dovecot'

CONFIG = '''
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = {ssl}
ssl_cert = <{certificate}
ssl_key = <{key}
disable_plaintext_auth = yes
auth_mechanisms = plain login xoauth2 oauthbearer
auth_failure_delay = 0
mail_location = maildir:~/Maildir
default_internal_user = {owner}
default_internal_group = {group}
default_login_user = {owner}
first_valid_uid = 1
first_valid_gid = 1
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={owner} gid={group} home={mail}/%u
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
namespace inbox {{
  inbox = yes
  separator = /
  mailbox Drafts {{
    auto = subscribe
    special_use = \\Drafts
  }}
  mailbox "{sent}" {{
    auto = subscribe
    {special_use}
  }}
}}
'''


def add_options(parser):
    parser.add_argument('--as', dest='owner', default='nobody', help='the user that root becomes')
    parser.add_argument('--mail', help='folder of the Maildirs (default: FOLDER/mail)')
    parser.add_argument('--sent', default='Sent')
    parser.add_argument('--no-special-use', action='store_true')
    parser.add_argument('--no-tls', action='store_true', help='offers no encryption')


def main():
    options = serving.parse(__doc__, add_options)
    serving.need_program(options, DOVECOT)
    version = subprocess.run([DOVECOT, '--version'], capture_output=True, text=True, check=True).stdout
    if not version.startswith('2.3.'):
        serving.skip(options, f'this is written for Dovecot 2.3, not {version.strip()}')
    root = os.getuid() == 0
    owner = options.owner if root else pwd.getpwuid(os.getuid()).pw_name
    uid, gid = serving.user_id(owner)
    paths = serving.make_certificates(options)
    folder = os.path.join(options.folder, 'dovecot')
    mail = os.path.abspath(options.mail or os.path.join(options.folder, 'mail'))
    maildir = os.path.join(mail, options.user, 'Maildir')
    for name in (folder, *(os.path.join(maildir, part) for part in ('new', 'cur', 'tmp'))):
        os.makedirs(name, exist_ok=True)
    port, tls_port = serving.take_port(), serving.take_port()
    config = os.path.join(folder, 'dovecot.conf')
    with open(config, 'w', encoding='utf-8') as file:
        file.write(CONFIG.format(
            folder=folder, mail=mail, owner=owner, group=grp.getgrgid(gid).gr_name, port=port, tls_port=tls_port, sent=options.sent,
            password=options.password, certificate=paths['certificate'], key=paths['key'],
            ssl='no' if options.no_tls else 'yes',
            special_use='' if options.no_special_use else 'special_use = \\Sent'))
    serving.give(folder, owner)
    serving.give(mail, owner)
    drop = ['setpriv', f'--reuid={uid}', f'--regid={gid}', '--clear-groups'] if root else []
    log = os.path.join(folder, 'dovecot.log')
    child = serving.start([*drop, DOVECOT, '-c', config, '-F'])
    serving.wait_for_port(port, child, log)
    serving.serve(options, {'host': 'localhost', 'port': port, 'tls_port': 0 if options.no_tls else tls_port,
                            'user': options.user, 'password': options.password, 'mail': mail, 'maildir': maildir,
                            'log': log, **paths})


if __name__ == '__main__':
    serving.run(main)
