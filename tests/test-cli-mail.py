#!/usr/bin/env python3
"""rubisctl as its users type it, with real servers: a keyring, Cyrus (JMAP over HTTPS) and an SMTP server behind it.

Usage: test-cli-mail.py RUBISCTL. Whoever gets the messages reads them with Python's parser.
"""
import base64
import email
import email.policy
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

RUBISCTL = sys.argv.pop(1)
SERVERS = os.path.join(os.environ['RUBIS_SOURCE_DIR'], 'tests', 'servers')
DATA = os.path.join(os.environ['RUBIS_TEST_DATA'], 'cli')
DAY = '2026-11-20'
PASSWORD = 'Secret-de-boîte-93c1'
SKIP = 77


class Server:
    """A child of tests/servers/; Debian's Python, which has the modules of its packages."""

    def __init__(self, name, *options):
        self.process = subprocess.Popen(['/usr/bin/python3', os.path.join(SERVERS, name), *options],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.ready = json.loads(self.process.stdout.readline())
        if 'skip' in self.ready:
            print(f'1..0 # SKIP {self.ready["skip"]}')
            stop_all()
            sys.exit(SKIP)
        servers.append(self)

    def tell(self, command):
        self.process.stdin.write(command + '\n')
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def stop(self):
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()


servers = []


def stop_all():
    while servers:
        servers.pop().stop()


class Mail(unittest.TestCase):
    """A dossier with three reminders to send by email, and a mailbox that nobody used."""

    @classmethod
    def setUpClass(cls):
        cls.sink = Server('faulty-smtp.py', '--tls', 'none', '--no-login', '--mechanisms', 'none')
        cls.cyrus = Server('cyrus.py', '--smtp-port', str(cls.sink.ready['port']), '--password', PASSWORD)
        cls.keyring = Server('keyring.py')
        cls.environment = dict(os.environ, RUBIS_CA_FILE=cls.cyrus.ready['ca'], RUBIS_NETWORK_TIMEOUT='20',
                               DBUS_SESSION_BUS_ADDRESS=cls.keyring.ready['address'])
        cls.environment.pop('RUBIS_DOSSIER', None)

    @classmethod
    def tearDownClass(cls):
        stop_all()

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix='rubis-mail-')
        self.addCleanup(shutil.rmtree, self.folder)
        self.path = os.path.join(self.folder, 'test.rubis')
        self.said = ''
        self.n_before = len(self.stored())
        self.ctl('init', '--name', 'Verrerie Noël', '--siren', '732829320', '--iban',
                 'FR76 3000 6000 0112 3456 7890 189', '--email', 'credit@example.test', '--signatory', 'Claire Noël')
        self.ctl('import', os.path.join(DATA, 'items.csv'))

    def ctl(self, *arguments, status=0, answer=None):
        done = subprocess.run([RUBISCTL, '-d', self.path, '--date', DAY, *arguments], capture_output=True, text=True,
                              encoding='utf-8', env=self.environment, input=answer, timeout=120)
        self.said += done.stdout + done.stderr
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        return done

    def json(self, *arguments, status=0):
        return json.loads(self.ctl('--format', 'json', *arguments, status=status).stdout)

    def add_sender(self, server, password=PASSWORD):
        self.ctl('sender', 'add', '--transport', 'jmap', '--email', 'alice@example.test', '--name', 'Compta',
                 'server=' + server, 'user=alice', 'from_name=Verrerie Noël', answer=password + '\n')

    def stored(self):
        """What the SMTP server took."""
        path = self.sink.ready['stored']
        if not os.path.exists(path):
            return []
        with open(path, encoding='ascii') as file:
            return [json.loads(line) for line in file]

    def new_ones(self):
        return self.stored()[self.n_before:]

    def assert_no_secret(self):
        """Neither in what was said nor in the folder of the dossier."""
        self.assertNotIn(PASSWORD, self.said)
        forms = [PASSWORD.encode(), base64.b64encode(f'alice:{PASSWORD}'.encode())]
        for root, _, names in os.walk(self.folder):
            for name in names:
                with open(os.path.join(root, name), 'rb') as file:
                    content = file.read()
                for form in forms:
                    self.assertNotIn(form, content, name)


class Sending(Mail):
    def test_reminders_leave_once(self):
        self.add_sender(self.cyrus.ready['url'])
        self.ctl('sender', 'test', 'Compta')
        report = self.json('run', '--confirm-all', '--out', os.path.join(self.folder, 'out'))
        self.assertEqual([line['state'] for line in report['emails']], ['approved'] * 3)
        # They can still be taken back.
        self.assertEqual(self.json('outbox', 'send')['sent'], 0)
        self.assertEqual(self.new_ones(), [])
        self.assertEqual(self.json('outbox', 'send', '--now')['sent'], 3)
        messages = self.json('outbox', 'list')
        self.assertEqual({line['state'] for line in messages}, {'sent'})
        arrived = self.new_ones()
        self.assertEqual(sorted(line['to'][0] for line in arrived), sorted(line['recipient'] for line in messages))
        for line in messages:
            self.check_message(line, next(one for one in arrived if one['to'] == [line['recipient']]))
        # Nothing is left to do, however often it is asked for.
        self.assertEqual(self.json('outbox', 'send', '--now')['sent'], 0)
        self.assertEqual(len(self.new_ones()), 3)
        self.assert_no_secret()

    def check_message(self, line, arrived):
        """What arrived is what the dossier keeps, byte for byte, and says what the list says."""
        content = base64.b64decode(arrived['content'])
        kept = os.path.join(self.folder, f'{line["id"]}.eml')
        self.ctl('documents', 'save', str(line['document']), '--out', kept)
        with open(kept, 'rb') as file:
            self.assertEqual(file.read(), content)
        message = email.message_from_bytes(content, policy=email.policy.default)
        self.assertEqual(message['Subject'], line['subject'])
        self.assertEqual(message['Message-ID'], f'<{line["message_id"]}>')
        [sender] = message['From'].addresses
        self.assertEqual((sender.display_name, sender.addr_spec), ('Verrerie Noël', 'alice@example.test'))
        self.assertEqual(arrived['from'], 'alice@example.test')
        number = line['subject'].split()[2]
        for kind in ('plain', 'html'):
            text = message.get_body((kind,)).get_content()
            self.assertIn(number, text)
            self.assertIn('échue', text + line['subject'])
        self.assertFalse([part for part in message.walk() if part.defects])

    def test_lost_answer_is_asked_for(self):
        """The server sends the first message, and nobody hears of it."""
        self.add_sender(self.cyrus.ready['proxy'])
        self.json('run', '--confirm-all', '--out', os.path.join(self.folder, 'out'))
        self.cyrus.tell('cut after EmailSubmission/set')
        report = self.json('outbox', 'send', '--now', status=1)
        self.cyrus.tell('cut none')
        self.assertEqual((report['sent'], report['unknown']), (2, 1))
        [doubt] = [line for line in self.json('outbox', 'list') if line['state'] == 'unknown']
        self.assertIn('It is not known whether', doubt['reason'])
        # The server is asked before anything is sent again.
        self.ctl('outbox', 'send', '--now')
        self.assertEqual({line['state'] for line in self.json('outbox', 'list')}, {'sent'})
        self.assertEqual(len(self.new_ones()), 3)
        self.assertEqual(len({line['message_id'] for line in self.new_ones()}), 3)
        self.assert_no_secret()

    def test_wrong_password(self):
        self.add_sender(self.cyrus.ready['url'], 'wrong')
        self.assertIn('refuses the login', self.ctl('sender', 'test', 'Compta', status=5).stderr)
        self.json('run', '--confirm-all', '--out', os.path.join(self.folder, 'out'))
        self.json('outbox', 'send', '--now', status=5)
        self.assertEqual(self.new_ones(), [])
        self.assertNotIn('sent', {line['state'] for line in self.json('outbox', 'list')})
        # The right one: what waited leaves.
        self.ctl('sender', 'secret', 'Compta', answer=PASSWORD + '\n')
        self.assertEqual(self.json('outbox', 'send', '--now')['sent'], 3)
        self.assert_no_secret()


class Answers(Mail):
    """What customers write back, delivered to the real mailbox."""

    def deliver(self, sent, sender, text, *headers):
        path = os.path.join(self.folder, 'answer.eml')
        with open(path, 'w', encoding='utf-8', newline='') as file:
            file.write('\r\n'.join([
                f'From: {sender}', 'To: alice@example.test', f'Subject: Re: {sent["subject"]}'.encode('ascii', 'ignore').decode(),
                f'Message-ID: <answer-{sent["id"]}@client.example>', f'In-Reply-To: <{sent["message_id"]}>',
                'Date: Sun, 22 Nov 2026 09:00:00 +0100', 'Content-Type: text/plain; charset=utf-8', *headers, '', text, '']))
        self.cyrus.tell('deliver ' + path)

    def test_answer_becomes_a_promise(self):
        self.add_sender(self.cyrus.ready['url'])
        self.json('run', '--confirm-all', '--out', os.path.join(self.folder, 'out'))
        self.json('outbox', 'send', '--now')
        self.json('inbox', 'fetch')
        before = {line['id'] for line in self.json('inbox', 'list', '--all')}
        sent = next(line for line in self.json('outbox', 'list') if line['account'] == 'C001')
        self.deliver(sent, sent['recipient'], 'Bonjour,\r\nNous vous paierons le 30 novembre 2026.\r\nCordialement')
        report = self.json('inbox', 'fetch')
        self.assertEqual((report['new'], report['replies'], report['problems']), (1, 1, []))
        # Read once only.
        self.assertEqual(self.json('inbox', 'fetch')['new'], 0)
        [answer] = [line for line in self.json('inbox', 'list') if line['id'] not in before]
        self.assertEqual((answer['account'], answer['outbox'], answer['kind']), ('C001', sent['id'], 'reply'))
        [proposal] = answer['proposals']
        self.assertEqual((proposal['kind'], proposal['date'], proposal['state']), ('promise', '2026-11-30', 'open'))
        self.assertIn('paierons', proposal['sentence'])
        self.assertIn('Promises to pay', self.ctl('inbox', 'list').stdout)
        self.ctl('inbox', 'apply', proposal['proposal'])
        [answer] = [line for line in self.json('inbox', 'list', '--all') if line['id'] == answer['id']]
        self.assertEqual(answer['proposals'][0]['state'], 'applied')
        self.assert_no_secret()


if __name__ == '__main__':
    unittest.main()
