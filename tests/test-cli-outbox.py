#!/usr/bin/env python3
"""rubisctl outbox as its users type it, with a mail server on this machine. Usage: test-cli-outbox.py RUBISCTL"""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

RUBISCTL = sys.argv.pop(1)
TESTS = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.join(os.environ['RUBIS_TEST_DATA'], 'cli')
DAY = '2026-11-20'


class Server:
    """A mail server that fails where it is told to; one connection is open for as long as it is used."""

    def __init__(self):
        self.process = subprocess.Popen(
            ['/usr/bin/python3', os.path.join(TESTS, 'servers', 'faulty-smtp.py'), '--tls', 'none', '--no-login',
             '--mechanisms', 'none'], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.facts = json.loads(self.process.stdout.readline())

    def tell(self, command):
        self.process.stdin.write(command + '\n')
        self.process.stdin.flush()
        return self.process.stdout.readline()

    def recipients(self):
        if not os.path.exists(self.facts['stored']):
            return []
        with open(self.facts['stored'], encoding='utf-8') as file:
            return [json.loads(line)['to'][0] for line in file]

    def stop(self):
        self.process.stdin.close()
        self.process.wait(30)
        self.process.stdout.close()


class Outbox(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix='rubis-cli-')
        self.addCleanup(shutil.rmtree, self.folder)
        self.server = Server()
        self.addCleanup(self.server.stop)
        if 'skip' in self.server.facts:
            self.skipTest(self.server.facts['skip'])
        self.run_ctl('init', '--name', 'Verrerie Noël', '--iban', 'FR76 3000 6000 0112 3456 7890 189', '--address',
                     '3 quai Perrache', '--postcode', '69002', '--city', 'LYON', '--email',
                     'credit@verrerie.example', '--phone', '04 65 71 00 10', '--signatory', 'Claire Noël')
        self.run_ctl('sender', 'add', '--transport', 'smtp', 'name=Courrier', 'email=credit@verrerie.example',
                     'server=127.0.0.1', f'port={self.server.facts["port"]}', 'security=none', 'auth=none')
        self.run_ctl('import', os.path.join(DATA, 'items.csv'))

    def run_ctl(self, *arguments, status=0):
        environment = {name: value for name, value in os.environ.items() if name != 'RUBIS_DOSSIER'}
        environment['RUBIS_NETWORK_TIMEOUT'] = '5'
        # No keyring is asked for: this sender has no password.
        result = subprocess.run([RUBISCTL, '-d', os.path.join(self.folder, 'test.rubis'), '--date', DAY, *arguments],
                                capture_output=True, text=True, env=environment, timeout=60, check=False)
        self.assertEqual(result.returncode, status, result.stdout + result.stderr)
        return result

    def json(self, *arguments, status=0):
        return json.loads(self.run_ctl('--format', 'json', *arguments, status=status).stdout)

    def confirm(self):
        result = self.run_ctl('--format', 'json', 'run', '--confirm-all', '--out', os.path.join(self.folder, 'out'))
        self.assertIn('3 emails wait in the outbox', result.stderr)
        return json.loads(result.stdout)

    def states(self):
        return {row['id']: row['state'] for row in self.json('outbox', 'list')}

    def test_sent_once(self):
        emails = self.confirm()['emails']
        self.assertEqual({email['state'] for email in emails}, {'approved'})
        self.assertTrue(all(email['send_after'].endswith('Z') for email in emails))
        early = self.json('outbox', 'send')
        self.assertEqual([early['sent'], early['waiting']], [0, 3])
        report = self.json('outbox', 'send', '--now')
        self.assertEqual([report['sent'], report['waiting'], report['problems']], [3, 0, []])
        self.assertEqual({message['state'] for message in report['messages']}, {'sent'})
        self.assertEqual(len(self.server.recipients()), 3)
        self.assertEqual(self.json('outbox', 'send', '--now')['sent'], 0)
        self.assertEqual(len(self.server.recipients()), 3)
        shown = self.json('outbox', 'show', '1')
        self.assertEqual([attempt['fate'] for attempt in shown['attempts']], ['sent'])
        self.assertTrue(self.json('check')['ok'])

    def test_payment_within_the_window(self):
        """A stock file without the invoice: the customer has paid, and is left alone."""
        self.confirm()
        with open(os.path.join(DATA, 'items.csv'), encoding='utf-8') as file:
            lines = [line for line in file if 'F-1001' not in line]
        paid = os.path.join(self.folder, 'paid.csv')
        with open(paid, 'w', encoding='utf-8') as file:
            file.writelines(lines)
        self.run_ctl('import', '--mode', 'stock', '--force', paid)
        report = self.json('outbox', 'send', '--now', status=1)
        self.assertEqual([report['sent'], report['called_off']], [2, 1])
        [called_off] = [message for message in report['messages'] if message['state'] == 'cancelled']
        self.assertNotIn(called_off['recipient'], self.server.recipients())
        self.assertIn('Not sent', self.run_ctl('events', '--account', called_off['account']).stdout)
        self.assertTrue(self.json('check')['ok'])

    def test_taken_back(self):
        self.confirm()
        self.run_ctl('outbox', 'cancel', '1', '--why', 'He is a friend.')
        self.assertEqual(self.json('outbox', 'show', '1')['reason'], 'He is a friend.')
        # Also one that does not exist, and one that was taken back before.
        self.run_ctl('outbox', 'cancel', '1', '2', '99', status=1)
        self.assertEqual(self.states(), {1: 'cancelled', 2: 'cancelled', 3: 'approved'})
        self.json('outbox', 'send', '--now')
        self.assertEqual(len(self.server.recipients()), 1)
        # It can be proposed again.
        self.assertEqual(len([row for row in self.json('agenda') if row['channel'] == 'email']), 2)

    def test_unknown(self):
        self.confirm()
        self.server.tell('fault cut-stored 1')
        report = self.json('outbox', 'send', '--now', status=1)
        self.assertEqual([report['sent'], report['unknown']], [2, 1])
        [unknown] = [number for number, state in self.states().items() if state == 'unknown']
        # Each says which it is, and the way out.
        for arguments in (['send', '--now'], ['show', str(unknown)], ['list', '--state', 'unknown']):
            with self.subTest(arguments):
                said = self.run_ctl('outbox', *arguments).stderr
                self.assertIn(f': {unknown}.', said)
                self.assertIn('outbox settle NUMBER --left', said)
        self.assertEqual(self.json('outbox', 'send', '--now')['sent'], 0)
        self.assertNotIn('settle', self.run_ctl('outbox', 'list', '--state', 'sent').stderr)
        [before] = self.json('outbox', 'show', str(unknown))['attempts']
        self.run_ctl('outbox', 'retry', str(unknown), status=1)
        self.run_ctl('outbox', 'settle', str(unknown), status=2)
        self.run_ctl('outbox', 'settle', str(unknown), '--left')
        # How it ended stays beside who settled it.
        [after] = self.json('outbox', 'show', str(unknown))['attempts']
        self.assertIn(before['reason'], after['reason'])
        self.assertIn('Noted as having left by', after['reason'])
        self.assertEqual(after['fate'], 'sent')
        self.json('outbox', 'send', '--now')
        self.assertEqual(len(self.server.recipients()), 3)
        self.assertEqual(set(self.states().values()), {'sent'})
        self.assertTrue(self.json('check')['ok'])

    def test_server_refuses(self):
        self.confirm()
        self.server.tell('fault 550-rcpt 1')
        report = self.json('outbox', 'send', '--now', status=1)
        self.assertEqual([report['sent'], report['refused']], [2, 1])
        [refused] = [message for message in report['messages'] if message['state'] == 'refused']
        self.assertTrue(refused['reason'])
        self.run_ctl('outbox', 'retry', str(refused['id']))
        self.json('outbox', 'send')
        self.assertEqual(set(self.states().values()), {'sent'})

    def test_links(self):
        self.assertIn('carry links', self.run_ctl('outbox', 'links').stdout)
        self.assertIn('no links', self.run_ctl('outbox', 'links', 'off').stdout)
        self.assertIn('no links', self.run_ctl('outbox', 'links').stdout)
        self.assertIn('carry links', self.run_ctl('outbox', 'links', 'on').stdout)

    def test_weekend(self):
        self.confirm()
        saturday = ['--date', '2026-11-21', 'outbox']
        said = self.run_ctl(*saturday, 'send', '--now').stderr
        self.assertIn('3 messages: No reminders leave on that day', said)
        self.assertIn('23/11/2026', said)
        self.assertIn('23/11/2026', self.json(*saturday, 'show', '1')['reason'])
        self.assertIn('23/11/2026', self.run_ctl(*saturday, 'list').stdout)
        self.assertEqual(self.server.recipients(), [])

    def test_hold(self):
        self.confirm()
        self.run_ctl('outbox', 'hold', 'on')
        report = self.json('outbox', 'send', '--now', status=1)
        self.assertEqual([report['sent'], report['waiting']], [0, 3])
        self.assertIn('held', self.run_ctl('outbox', 'list').stderr)
        self.run_ctl('outbox', 'hold', 'off')
        self.assertEqual(self.json('outbox', 'send', '--now')['sent'], 3)

    def test_no_server(self):
        self.confirm()
        self.server.stop()
        report = self.json('outbox', 'send', '--now', status=5)
        self.assertEqual([report['sent'], report['waiting'], report['failed']], [0, 3, 1])
        self.assertIn('127.0.0.1', report['problems'][0])
        self.assertIsNotNone(report['next'])

    def test_wrong_input(self):
        for arguments in (['frobnicate'], ['cancel'], ['show'], ['show', 'x'], ['cancel', '0'], ['hold'],
                          ['hold', 'maybe'], ['links', 'maybe'], ['list', '--state', 'lost'], ['settle', '1', '--left', '--not-left'],
                          ['list', '--account', 'NOBODY']):
            with self.subTest(arguments):
                self.assertTrue(self.run_ctl('outbox', *arguments, status=2).stderr)


unittest.main(verbosity=2)
