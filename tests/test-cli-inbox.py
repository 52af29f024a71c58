#!/usr/bin/env python3
"""rubisctl inbox as its users type it, with messages from files. Usage: test-cli-inbox.py RUBISCTL"""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

RUBISCTL = sys.argv.pop(1)
DATA = os.environ['RUBIS_TEST_DATA']
DAY = '2026-11-20'


class Inbox(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix='rubis-cli-')
        self.addCleanup(shutil.rmtree, self.folder)
        self.run_ctl('init', '--name', 'Verrerie Noël')
        self.run_ctl('import', os.path.join(DATA, 'cli', 'items.csv'))
        self.account, self.number = next((item['account'], item['number']) for item in self.read('items', '--overdue')
                                         if float(item['open']) > 0)

    def run_ctl(self, *arguments, status=0):
        environment = {name: value for name, value in os.environ.items() if name != 'RUBIS_DOSSIER'}
        result = subprocess.run([RUBISCTL, '-d', os.path.join(self.folder, 'd.rubis'), '--date', DAY, '--lang', 'en',
                                 *arguments], capture_output=True, text=True, env=environment, timeout=120)
        self.assertEqual(result.returncode, status, result.stdout + result.stderr)
        return result

    def read(self, *arguments, status=0):
        return json.loads(self.run_ctl('--format', 'json', *arguments, status=status).stdout)

    def take(self, text, sender='somebody@elsewhere.example'):
        path = os.path.join(self.folder, 'answer.eml')
        with open(path, 'w', encoding='utf-8') as file:
            file.write(f'From: {sender}\nTo: credit@verrerie.example\nSubject: Re: {self.number}\n'
                       'Date: Fri, 20 Nov 2026 10:00:00 +0100\nMessage-ID: <a1@elsewhere.example>\n'
                       f'Content-Type: text/plain; charset=utf-8\n\n{text}\n')
        return self.read('inbox', 'take', path)

    def test_promise(self):
        report = self.take('Nous réglerons vendredi.')
        self.assertEqual((report['read'], report['new'], report['replies'], report['problems']), (1, 1, 1, []))
        message, = self.read('inbox')
        self.assertEqual((message['account'], message['matched_by'], message['kind']), (self.account, 'number', 'reply'))
        proposal, = message['proposals']
        self.assertEqual((proposal['kind'], proposal['date'], proposal['items']), ('promise', '2026-11-27', [self.number]))
        self.assertEqual(proposal['sentence'], 'Nous réglerons vendredi.')
        self.assertEqual(proposal['proposal'], f"{message['id']}.1")
        noted = self.run_ctl('inbox', 'apply', str(message['id']), '--day', '2026-11-30').stdout
        self.assertIn(f'{self.account} ', noted)
        self.assertIn(f'noted for {self.number}; no reminder until ', noted)
        self.assertIn('already', self.run_ctl('inbox', 'apply', proposal['proposal'], status=1).stderr)
        self.assertEqual(self.read('inbox', 'list'), [])
        self.assertEqual(self.read('inbox', 'list', '--all')[0]['state'], 'done')
        self.assertIn('E14', self.read('why', '--item', self.number)['reasons'][0]['code'])

    def test_taken_once(self):
        self.take('Payment was made yesterday.')
        self.assertEqual(self.take('Payment was made yesterday.')['new'], 0)
        message, = self.read('inbox')
        noted = self.read('inbox', 'dismiss', str(message['id']))
        self.assertEqual((noted['account'], noted['proposal']), (self.account, f"{message['id']}.1"))
        self.assertIn('dismissed', noted['noted'])
        self.run_ctl('inbox', 'close', str(message['id']))
        self.assertEqual(self.read('inbox'), [])

    def test_several(self):
        """Which proposal is meant is never guessed, and a message's number is never taken for a proposal's."""
        self.take('Virement de 40 € fait ce jour, le solde sera payé le 15 décembre.')
        message, = self.read('inbox')
        self.assertEqual([proposal['kind'] for proposal in message['proposals']], ['paid', 'promise'])
        number = str(message['id'])
        self.assertIn(f'{number}.2', self.run_ctl('inbox', 'apply', number, status=2).stderr)
        self.assertIn(f'{number}.3', self.run_ctl('inbox', 'apply', f'{number}.3', status=2).stderr)
        shown = self.run_ctl('inbox', 'show', number).stdout
        self.assertIn(f'{number}.2', shown)
        self.assertIn('Proposal', shown)
        self.assertIn('promise of', self.run_ctl('inbox', 'apply', f'{number}.2').stdout)
        self.assertIn('still to come', self.run_ctl('inbox', 'apply', number, '--day', '2026-11-21', status=2).stderr)
        self.assertIn('XX', self.run_ctl('inbox', 'apply', number, '--item', 'XX', status=2).stderr)
        self.assertIn('payment of', self.run_ctl('inbox', 'apply', number, '--item', self.number).stdout)
        self.assertEqual(self.read('inbox'), [])

    def test_unknown_number(self):
        other = ''.join(sign if not sign.isdigit() else str((int(sign) + 5) % 10) for sign in self.number)
        self.take(f'La facture {other} a été réglée hier.')
        message, = self.read('inbox')
        self.assertEqual(message['proposals'][0]['items'], [])
        self.assertIn(other, message['warning'])
        number = str(message['id'])
        self.assertIn(other, self.run_ctl('inbox', 'show', number).stderr)
        self.assertIn('--item', self.run_ctl('inbox', 'apply', number, status=2).stderr)
        self.assertIn(self.number, self.run_ctl('inbox', 'apply', number, '--item', self.number).stdout)

    def test_assign(self):
        self.run_ctl('inbox', 'take', os.path.join(DATA, 'inbox', 'reply-original-message.eml'))
        message, = self.read('inbox')
        self.assertEqual((message['account'], message['proposals']), ('', []))
        shown = self.read('inbox', 'assign', str(message['id']), '--account', self.account)
        self.assertEqual((shown['account'], shown['proposals'][0]['kind']), (self.account, 'paid'))

    def test_wrong_input(self):
        for arguments, status, words in [
                (('foo',), 2, 'foo'), (('apply',), 2, 'inbox apply'), (('apply', 'x'), 2, '“x”'),
                (('apply', '99'), 2, '99'), (('apply', '9.x'), 2, '9.x'), (('show', '99'), 2, '99'), (('assign', '1'), 2, '--account'),
                (('assign', '1', '--account', 'nobody'), 2, 'nobody'),
                (('take', os.path.join(self.folder, 'missing.eml')), 4, 'missing.eml'),
                (('take', os.path.join(DATA, 'cli', 'items.csv')), 4, 'no email message')]:
            with self.subTest(arguments=arguments):
                self.assertIn(words, self.run_ctl('inbox', *arguments, status=status).stderr)


if __name__ == '__main__':
    unittest.main()
