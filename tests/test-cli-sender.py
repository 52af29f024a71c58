#!/usr/bin/env python3
"""rubisctl sender, with a real keyring, a real mail server and an authorization server; and that no secret stands
anywhere afterwards. Usage: test-cli-sender.py RUBISCTL"""
import base64
import email
import email.policy
import glob
import json
import os
import pty
import resource
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.request

RUBISCTL = os.path.abspath(sys.argv.pop(1))
SERVERS = os.path.join(os.environ['RUBIS_SOURCE_DIR'], 'tests', 'servers')
NOBODY = 65534

with open(RUBISCTL, 'rb') as program:
    WATCHED = b'__asan_init' in program.read()


class Server:
    """A server of tests/servers; skips the test when it cannot run here."""

    def __init__(self, name, *arguments):
        # Debian's own Python: another one does not see the modules of its packages.
        self.process = subprocess.Popen(['/usr/bin/python3', os.path.join(SERVERS, name), *arguments],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.ready = json.loads(self.process.stdout.readline())
        if 'skip' in self.ready:
            self.stop()
            raise unittest.SkipTest(self.ready['skip'])

    def __getitem__(self, name):
        return self.ready[name]

    def command(self, text):
        self.process.stdin.write(text + '\n')
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def stop(self):
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix='rubis-cli-sender-')
        self.addCleanup(shutil.rmtree, self.folder)
        self.said = []  # all that the program wrote
        self.keyring = self.start('keyring.py')
        self.dossier = os.path.join(self.folder, 'dossier.rubis')
        self.environment = dict(os.environ, RUBIS_DOSSIER=self.dossier, HOME=self.folder,
                                XDG_CONFIG_HOME=os.path.join(self.folder, 'config'),
                                XDG_CACHE_HOME=os.path.join(self.folder, 'cache'),
                                DBUS_SESSION_BUS_ADDRESS=self.keyring['address'])
        for name in ('DISPLAY', 'WAYLAND_DISPLAY'):
            self.environment.pop(name, None)
        self.call('init', '--name', 'Dupont SARL')

    def start(self, name, *arguments):
        server = Server(name, *arguments)
        self.addCleanup(server.stop)
        return server

    def start_mail(self, *arguments):
        mail = self.start('exim.py', *arguments)
        self.environment['RUBIS_CA_FILE'] = mail['ca']
        return mail

    def call(self, *arguments, given='', status=0, **more):
        result = subprocess.run([RUBISCTL, '--date', '2026-11-20', *arguments], input=given, capture_output=True,
                                text=True, encoding='utf-8', env=dict(self.environment, **more), timeout=60)
        self.said += [result.stdout, result.stderr]
        self.assertEqual(result.returncode, status, result.stdout + result.stderr)
        return result

    def add(self, mail, given, status=0, **settings):
        settings = {'server': 'localhost', 'port': mail['port'], 'security': 'starttls', 'user': mail['user'],
                    **settings}
        return self.call('sender', 'add', '--transport', 'smtp', '--email', 'relances@dupont.fr', '--name', 'Relances',
                         *[f'{key}={value}' for key, value in settings.items()], given=given, status=status)

    def received(self, mail, n=0):
        """The messages in all mailboxes, when @n have been delivered."""
        end = time.monotonic() + 30
        while len(self.paths(mail)) < n and time.monotonic() < end:
            time.sleep(0.05)
        found = []
        for path in self.paths(mail):
            with open(path, 'rb') as file:
                found.append(email.message_from_binary_file(file, policy=email.policy.default))
        return found


    @staticmethod
    def paths(mail):
        return glob.glob(mail['mail'] + '/*/Maildir/new/*')


class Sending(Case):
    def test_password_test_trial(self):
        mail = self.start_mail()
        self.add(mail, mail['password'] + '\n')
        self.assertIn('“Relances” works.', self.call('sender', 'test', 'Relances').stdout)
        answer = self.call('sender', 'trial', 'Relances', '--to', 'bob@example.test').stdout
        self.assertIn('250', answer)
        message, = self.received(mail, 1)
        self.assertEqual(message['From'].addresses[0].addr_spec, 'relances@dupont.fr')
        self.assertEqual(message['From'].addresses[0].display_name, 'Dupont SARL')
        self.assertEqual(message['To'].addresses[0].addr_spec, 'bob@example.test')
        self.assertTrue(message['Message-ID'].rstrip('>').endswith('@dupont.fr'))
        self.assertIn('éèêàçœ €', message.get_content())
        self.assertIn('Trial message sent by Relances', self.call('events').stdout)

    def test_what_fails_is_said(self):
        mail = self.start_mail()
        self.add(mail, 'Wrong-5c1e\n')
        self.assertIn('refuses the password', self.call('sender', 'test', 'Relances', status=5).stderr)
        self.call('sender', 'secret', 'Relances', given=mail['password'] + '\n')
        self.assertIn('550', self.call('sender', 'trial', 'Relances', '--to', 'refused@example.org', status=5).stderr)
        self.call('sender', 'trial', 'Relances', '--to', 'nobody', status=2)
        self.call('sender', 'trial', 'Relances', status=2)
        self.assertEqual(self.received(mail), [])
        answer = json.loads(self.call('--format', 'json', 'sender', 'test', 'Relances').stdout)
        self.assertTrue(answer['works'])
        self.assertGreaterEqual(len(answer['steps']), 3)

    def test_certificate(self):
        mail = self.start_mail('--certificate', 'expired')
        self.add(mail, mail['password'] + '\n')
        answer = json.loads(self.call('--format', 'json', 'sender', 'test', 'Relances', status=5).stdout)
        self.assertFalse(answer['works'])
        self.assertIn('certificate', answer['problem'])
        self.call('sender', 'trial', 'Relances', '--to', 'bob@example.test', status=5)
        self.assertEqual(self.received(mail), [])

    def test_removed(self):
        mail = self.start_mail()
        self.add(mail, mail['password'] + '\n')
        self.assertEqual(len(self.keyring.command('list')['items']), 1)
        self.call('sender', 'remove', 'Relances')
        self.assertEqual(self.keyring.command('list')['items'], [])
        self.call('sender', 'show', 'Relances', status=2)


class Typing(Case):
    MAIL = {'port': 587, 'user': 'alice'}

    def test_never_an_argument(self):
        for name in ('password', 'key', 'token', 'client_secret'):
            result = self.call('sender', 'add', '--transport', 'smtp', '--email', 'a@b.fr', 'server=smtp.b.fr',
                               name + '=x', status=2)
            self.assertIn('standard input', result.stderr)
        self.assertNotIn('a@b.fr', self.call('sender', 'list').stdout)

    def test_wrong_settings(self):
        wrong = [('port=abc', 'Port'), ('port=99999', 'Port'), ('colour=red', 'colour'), ('server', 'KEY=VALUE'),
                 ('security=none', 'Encryption'), ('hours=18:00-08:00', 'Hours'), ('server=a b', 'Server'),
                 ('reply_to=x', 'Answers'), ('recall_minutes=2000', 'Recall')]
        for setting, word in wrong:
            result = self.call('sender', 'add', '--transport', 'smtp', '--email', 'a@b.fr', 'server=smtp.b.fr',
                               setting, status=2)
            self.assertIn(word, result.stderr)
        self.assertEqual(len(json.loads(self.call('--format', 'json', 'sender', 'list').stdout)), 1)

    def test_incomplete(self):
        """What a provider needs is named by its key when it is missing: at once, when tested, when shown."""
        add = self.call('sender', 'add', '--transport', 'sms-ovh', given='secret\nkey\n')
        test = self.call('sender', 'test', 'sms-ovh', status=2)
        self.assertNotIn('complete', test.stdout)
        for text in (add.stderr, test.stderr, self.call('sender', 'show', 'sms-ovh').stderr):
            for key in ('service=', 'client_id=', 'from_name='):
                self.assertIn(key, text)
        some = self.call('sender', 'set', 'sms-ovh', 'service=sms-ab12345-1', 'from_name=DUPONT').stderr
        self.assertIn('client_id=', some)
        self.assertNotIn('service=', some)
        self.assertEqual(self.call('sender', 'set', 'sms-ovh', 'client_id=7kbG').stderr, '')
        self.assertIn('SMS account', self.call('sender', 'show', 'sms-ovh').stderr)

    def test_guessed(self):
        shown = json.loads(self.call('--format', 'json', 'sender', 'guess', 'compta@free.fr').stdout)
        self.assertEqual((shown['server'], shown['user'], shown['transport']), ('smtp.free.fr', 'compta', 'smtp'))
        self.call('sender', 'guess', 'compta@dupont.fr', status=1)
        self.call('sender', 'guess', 'compta', status=2)

    def test_not_given(self):
        result = self.add(self.MAIL, '', status=1)
        self.assertIn('sender secret Relances', result.stderr)
        self.assertIn('Relances', self.call('sender', 'list').stdout)

    def test_two_secrets(self):
        self.call('sender', 'add', '--transport', 'mailjet', '--email', 'a@b.fr', given='first\nsecond\n')
        names = sorted(item['attributes']['name'] for item in self.keyring.command('list')['items'])
        self.assertEqual(names, ['key', 'password'])

    def test_no_echo(self):
        """On a terminal the password is asked for and not shown."""
        self.add(self.MAIL, '', status=1)
        child, terminal = pty.fork()
        if child == 0:
            os.execve(RUBISCTL, [RUBISCTL, 'sender', 'secret', 'Relances'], self.environment)
        shown = b''
        while b'Password:' not in shown:
            shown += os.read(terminal, 4096)
        os.write(terminal, b'Typed-9b2d\n')
        try:
            while select.select([terminal], [], [], 30)[0]:
                shown += os.read(terminal, 4096)
        except OSError:
            pass
        self.assertEqual(os.waitpid(child, 0)[1], 0)
        os.close(terminal)
        self.assertNotIn(b'Typed-9b2d', shown)
        self.assertEqual(len(self.keyring.command('list')['items']), 1)

    def test_no_keyring(self):
        self.keyring.command('stop')
        self.assertIn('gnome-keyring', self.add(self.MAIL, 'x\n', status=5).stderr)
        self.assertIn('Relances', self.call('sender', 'list').stdout)
        self.assertIn('gnome-keyring', self.call('sender', 'test', 'Relances', status=5).stderr)
        self.call('sender', 'secret', 'Relances', given='x\n', status=5,
                  DBUS_SESSION_BUS_ADDRESS='unix:path=/nonexistent')
        self.call('sender', 'remove', 'Relances')

    def test_locked_keyring(self):
        self.add(self.MAIL, 'x\n')
        self.keyring.command('lock')
        self.assertIn('locked', self.call('sender', 'test', 'Relances', status=5).stderr)
        self.call('sender', 'remove', 'Relances', status=5)
        self.assertIn('Relances', self.call('sender', 'list').stdout)


class SigningIn(Case):
    def begin(self, oauth, *arguments):
        self.call('sender', 'add', '--transport', 'smtp', '--email', 'relances@dupont.fr', '--name', 'Relances',
                  'server=smtp.dupont.fr', 'auth=oauth', 'service=' + oauth['issuer'], 'client_id=' + oauth['client'])
        return subprocess.Popen([RUBISCTL, 'sender', 'authorize', 'Relances', *arguments], env=self.environment,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding='utf-8')

    def end(self, process, status):
        said = process.communicate(timeout=60)
        self.said += said
        self.assertEqual(process.returncode, status, said)
        return said

    def test_browser(self):
        oauth = self.start('oauth.py')
        process = self.begin(oauth)
        page = urllib.request.urlopen(process.stdout.readline().strip()).read().decode()
        self.assertIn('You are signed in', page)
        self.assertIn('may send now', self.end(process, 0)[0])
        names = sorted(item['attributes']['name'] for item in self.keyring.command('list')['items'])
        self.assertEqual(names, ['access-token', 'refresh-token'])

    def test_denied(self):
        oauth = self.start('oauth.py')
        oauth.command('user deny')
        process = self.begin(oauth)
        urllib.request.urlopen(process.stdout.readline().strip()).read()
        self.assertIn('said no', self.end(process, 5)[1])

    def test_code(self):
        oauth = self.start('oauth.py')
        self.assertIn('BDWP-HQPK', self.end(self.begin(oauth, '--code'), 0)[1])

    def test_without_application(self):
        self.call('sender', 'add', '--email', 'relances@outlook.fr')
        self.assertIn('client_id', self.call('sender', 'authorize', 'relances@outlook.fr', status=2).stderr)


class Secrecy(Case):
    def test_no_secret_anywhere(self):
        """After a whole round, failures too, and with all that the libraries can be made to say."""
        mail = self.start_mail()
        oauth = self.start('oauth.py')
        loud = {'G_MESSAGES_DEBUG': 'all', 'LIBSECRET_DEBUG': 'all'}
        self.add(mail, 'Wrong-5c1e\n', **{})
        self.call('sender', 'test', 'Relances', status=5, **loud)
        self.call('sender', 'trial', 'Relances', '--to', 'bob@example.test', status=5, **loud)
        self.call('sender', 'secret', 'Relances', given=mail['password'] + '\n', **loud)
        self.call('sender', 'test', 'Relances', **loud)
        self.call('sender', 'trial', 'Relances', '--to', 'bob@example.test', **loud)
        self.sign_in(oauth, loud)
        self.keyring.command('lock')
        self.call('sender', 'test', 'Relances', status=5, **loud)
        self.keyring.command('stop')
        self.call('sender', 'secret', 'Relances', given='Lost-77aa\n', status=5, **loud)
        self.keyring.command('start')
        self.said.append(self.call('--format', 'json', 'events').stdout)
        log = oauth.command('log')
        secrets = ['Wrong-5c1e', 'Lost-77aa', mail['password'], oauth['secret'], *log['access'], *log['refresh']]
        self.assertGreaterEqual(len(log['access']), 3)
        self.look_for(secrets)

    def test_no_secret_after_a_day(self):
        """A day's emails: refused for the password, then sent, all of them; the server's answers are kept."""
        mail = self.start_mail()
        os.remove(self.dossier)
        self.call('demo')
        self.add(mail, 'Wrong-5c1e\n')
        self.call('run', '--confirm-all', '--out', os.path.join(self.folder, 'letters'))
        self.assertIn('refuses the password', self.call('outbox', 'send', '--now', status=5).stderr)
        self.assertIn('refuses the password', self.call('sender', 'list').stdout)
        self.call('sender', 'secret', 'Relances', given=mail['password'] + '\n')
        self.call('outbox', 'send', '--now')
        states = {row['state'] for row in json.loads(self.call('--format', 'json', 'outbox', 'list').stdout)}
        self.assertEqual(states, {'sent'})
        encoded = base64.b64encode(f"\0{mail['user']}\0{mail['password']}".encode()).decode()
        self.look_for(['Wrong-5c1e', mail['password'], encoded])

    def sign_in(self, oauth, loud):
        """Signs in, renews with good and bad answers, and is revoked."""
        oauth.command('secret on')
        oauth.command('life 1')
        self.call('sender', 'add', '--transport', 'smtp', '--email', 'b@dupont.fr', '--name', 'Token',
                  'server=localhost', 'port=1', 'auth=oauth', 'service=' + oauth['issuer'],
                  'client_id=' + oauth['client'])
        self.call('sender', 'secret', 'Token', 'client-secret', given=oauth['secret'] + '\n', **loud)
        process = subprocess.Popen([RUBISCTL, 'sender', 'authorize', 'Token'], stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, text=True, encoding='utf-8', env=self.environment)
        urllib.request.urlopen(process.stdout.readline().strip()).read()
        self.said += process.communicate(timeout=60)
        self.assertEqual(process.returncode, 0, self.said[-2:])
        for answer in ('ok', '503', 'garbage', 'ok'):
            oauth.command('token ' + answer)
            self.call('sender', 'test', 'Token', status=5, **loud)
        oauth.command('revoke')
        self.call('sender', 'test', 'Token', status=5, **loud)

    def look_for(self, secrets):
        seen = ''.join(self.said).encode()
        # The dossier with all that lies beside it, and whatever the program left at home.
        for root, _, names in os.walk(self.folder):
            for name in names:
                with open(os.path.join(root, name), 'rb') as file:
                    seen += file.read()
        self.assertIn(b'relances@dupont.fr', seen)
        for secret in secrets:
            for form in (secret.encode(), secret.encode('utf-16-le'), secret.encode().hex().encode()):
                self.assertNotIn(form, seen)

    def wait_for_input(self, program, user=None):
        """A process that waits for a password."""
        def prepare():
            hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
            resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))

        process = subprocess.Popen([program, 'sender', 'secret', 'Relances'], stdin=subprocess.PIPE,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=self.environment,
                                   cwd=self.folder, preexec_fn=prepare, user=user)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        self.addCleanup(process.stdin.close)
        while not self.reads_input(process.pid):
            self.assertIsNone(process.poll())
            time.sleep(0.02)
        return process

    @staticmethod
    def reads_input(pid):
        with open(f'/proc/{pid}/syscall', encoding='ascii') as file:
            return file.read().split()[:2] == ['0', '0x0']

    def test_no_core_dump(self):
        self.add(Typing.MAIL, '', status=1)
        process = self.wait_for_input(RUBISCTL)
        with open(f'/proc/{process.pid}/limits', encoding='ascii') as file:
            line, = [line for line in file if line.startswith('Max core file size')]
        self.assertEqual(line.split()[4], '0')
        process.send_signal(signal.SIGABRT)
        _, status = os.waitpid(process.pid, 0)
        process.returncode = -signal.SIGABRT
        self.assertFalse(os.WCOREDUMP(status))

    @unittest.skipIf(WATCHED, 'the search for leaks needs to read the program')
    @unittest.skipIf(os.getuid() != 0, 'becomes another user')
    def test_not_readable(self):
        """Another program of the same user, who is not root, does not read what the program holds."""
        self.add(Typing.MAIL, '', status=1)
        program = shutil.copy(RUBISCTL, self.folder)
        for root, folders, files in os.walk(self.folder):
            for name in [root, *[os.path.join(root, entry) for entry in folders + files]]:
                os.chown(name, NOBODY, NOBODY)
        process = self.wait_for_input(program, NOBODY)
        other = subprocess.Popen(['cat'], stdin=subprocess.PIPE, user=NOBODY)
        self.addCleanup(other.wait)
        self.addCleanup(other.stdin.close)
        self.assertTrue(self.can_read(other))
        self.assertFalse(self.can_read(process))

    @staticmethod
    def can_read(process):
        return subprocess.run(['cat', f'/proc/{process.pid}/environ'], user=NOBODY, stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL, check=False).returncode == 0


if __name__ == '__main__':
    unittest.main()
