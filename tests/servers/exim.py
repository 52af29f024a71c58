#!/usr/bin/env python3
"""Exim as the mail server of a company: STARTTLS, or --tls implicit or none; AUTH PLAIN and LOGIN, only over TLS.

The mail of USER and of bob is delivered into Maildirs FOLDER/mail/NAME/Maildir, each address refused@… is refused
with 550, later@… with 451, and nobody may send to another domain than example.test without logging in. Needs root, as
Exim does. Says {"port", "host", "user", "password", "mail", "mail_user", "ca", "log", "size"}; mail_user owns the
Maildirs (dovecot.py --mail MAIL --as MAIL_USER shows them by IMAP). The protocol is in serving.py.
"""
import os

import serving

EXIM = '/usr/sbin/exim4'
OWNER = 'Debian-exim'

CONFIG = '''
primary_hostname = mail.example.test
domainlist local_domains = example.test
spool_directory = {folder}/spool
log_file_path = {folder}/log/%slog
pid_file_path = {folder}/exim.pid
local_interfaces = 127.0.0.1
daemon_smtp_ports = {port}
daemon_startup_retries = 0
{implicit}
tls_advertise_hosts = {tls}
tls_certificate = {certificate}
tls_privatekey = {key}
auth_advertise_hosts = {auth}
message_size_limit = {size}
never_users = root
keep_environment =
acl_smtp_rcpt = check_rcpt
acl_smtp_data = accept
smtp_accept_max = 100
rfc1413_query_timeout = 0s
host_lookup =

begin acl
check_rcpt:
  deny    local_parts = refused
          message = 5.1.1 The mailbox of $local_part is unknown here
  defer   local_parts = later
          message = 4.2.1 The mailbox of $local_part is busy, try again later
  accept  authenticated = *
  accept  domains = +local_domains
          condition = {open}
  deny    message = 5.7.1 relay not permitted, log in first

begin routers
local:
  driver = accept
  domains = +local_domains
  local_parts = lsearch;{folder}/users
  transport = maildir
elsewhere:
  driver = redirect
  domains = ! +local_domains
  data = :blackhole:

begin transports
maildir:
  driver = appendfile
  directory = {mail}/${{lookup{{$local_part}}lsearch,ret=key{{{folder}/users}}}}/Maildir
  maildir_format
  create_directory
  delivery_date_add
  envelope_to_add
  return_path_add
  user = {owner}

begin retry
* * F,1m,1s

begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${{if and{{{{eq{{$auth2}}{{{user}}}}}{{eq{{$auth3}}{{{password}}}}}}}}}
  server_set_id = $auth2
login:
  driver = plaintext
  public_name = LOGIN
  server_prompts = Username:: : Password::
  server_condition = ${{if and{{{{eq{{$auth1}}{{{user}}}}}{{eq{{$auth2}}{{{password}}}}}}}}}
  server_set_id = $auth1
'''


def add_options(parser):
    parser.add_argument('--tls', choices=('starttls', 'implicit', 'none'), default='starttls')
    parser.add_argument('--size', default='20M', help='the largest message that it takes')
    parser.add_argument('--no-login', action='store_true', help='takes mail for its own domain without a login')


def main():
    options = serving.parse(__doc__, add_options)
    serving.need_program(options, EXIM)
    if os.getuid() != 0:
        serving.skip(options, 'Exim needs root')
    port = serving.take_port()
    paths = serving.make_certificates(options)
    folder = os.path.join(options.folder, 'exim')
    mail = os.path.join(options.folder, 'mail')
    for name in (folder, os.path.join(folder, 'spool'), os.path.join(folder, 'log'), mail):
        os.makedirs(name)
    with open(os.path.join(folder, 'users'), 'w', encoding='ascii') as file:
        file.write(f'{options.user}\nbob\n')
    serving.give(folder, OWNER)
    serving.give(mail, OWNER)
    config = os.path.join(options.folder, 'exim.conf')
    with open(config, 'w', encoding='ascii') as file:
        file.write(CONFIG.format(
            folder=folder, port=port, mail=mail, owner=OWNER, size=options.size,
            user=options.user, password=options.password, certificate=paths['certificate'], key=paths['key'],
            implicit=f'tls_on_connect_ports = {port}' if options.tls == 'implicit' else '',
            tls='' if options.tls == 'none' else '*',
            auth='${if eq{$tls_in_cipher}{}{}{*}}', open='yes' if options.no_login else 'no'))
    # Exim takes a configuration only from root.
    os.chmod(config, 0o644)
    log = os.path.join(folder, 'log', 'mainlog')
    with open(os.path.join(folder, 'stderr'), 'wb') as words:
        child = serving.start([EXIM, '-C', config, '-bdf', '-q1m'], stderr=words)
    serving.wait_for_port(port, child, log)
    serving.serve(options, {'host': 'localhost', 'port': port, 'user': options.user, 'password': options.password,
                            'mail': mail, 'mail_user': OWNER, 'log': log, 'size': options.size, 'folder': folder,
                            **paths})


if __name__ == '__main__':
    serving.run(main)
