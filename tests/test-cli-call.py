#!/usr/bin/env python3
"""Calls from the command line: whom to call, what came of it, when to call again."""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

RUBISCTL = os.path.abspath(sys.argv.pop(1))


class Call(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp()
        cls.demo = os.path.join(cls.folder, 'demo.rubis')
        subprocess.run([RUBISCTL, '-d', cls.demo, '--date', '2026-11-02', 'demo'], check=True, capture_output=True)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    def setUp(self):
        self.dossier = os.path.join(self.folder, f'{self.id()}.rubis')
        shutil.copy(self.demo, self.dossier)

    def run_ctl(self, *arguments, day='2026-11-02', status=0):
        done = subprocess.run([RUBISCTL, '-d', self.dossier, '--date', day, *arguments], capture_output=True,
                              text=True, check=False)
        self.assertEqual(done.returncode, status, done.stderr)
        return done

    def read(self, *arguments, day='2026-11-02'):
        return json.loads(self.run_ctl('--format', 'json', 'call', *arguments, day=day).stdout)

    def test_morning(self):
        queue = self.read('list')
        self.assertEqual(queue[0]['cause'], 'broken_promise')
        step = next(entry for entry in queue if entry['cause'] == 'step')
        account = step['account']
        noted = self.read('note', '--account', account, '--result', 'waiting_approval', '--minutes', '4',
                          '--note', 'le directeur signe', '--callback', '2026-11-05T14h30')
        self.assertEqual(noted['next'], 'To call back on 05/11/2026 at 14:30')
        self.assertNotIn(account, [entry['account'] for entry in self.read('list')])
        self.run_ctl('call', 'note', '--account', queue[0]['account'], '--result', 'voicemail', '--minutes', '1')
        made = self.read('made', '--from', '2026-11-02')
        self.assertEqual({(line['account'], line['minutes']) for line in made['accounts']},
                         {(account, 4), (queue[0]['account'], 1)})
        again = next(entry for entry in self.read('list', day='2026-11-05') if entry['account'] == account)
        self.assertEqual((again['cause'], again['hour']), ('callback', '14:30'))
        self.assertEqual(self.run_ctl('check').returncode, 0)

    def test_callbacks(self):
        account = self.read('list')[0]['account']
        line, = self.read('callback', 'add', '--account', account, '--callback', '2026-11-09T9', '--reason', 'retour')
        self.assertEqual((line['date'], line['hour'], line['reason']), ('2026-11-09', '09:00', 'retour'))
        self.run_ctl('call', 'callback', 'cancel', str(line['id']))
        self.assertEqual(self.read('callback', 'list'), [])

    def test_results(self):
        own = self.read('results', '--add', 'Standard fermé', '--spoken', 'no', '--days', '2')[-1]
        self.assertEqual((own['label'], own['spoken'], own['days']), ('Standard fermé', False, 2))
        account = self.read('list')[0]['account']
        self.assertIn('05/11/2026', self.read('note', '--account', account, '--result', own['id'],
                                              day='2026-11-03')['next'])
        changed = self.read('results', '--id', own['id'], '--spoken', 'yes', '--off')[-1]
        self.assertEqual((changed['spoken'], changed['days'], changed['active']), (True, 2, False))
        self.assertNotIn(own['id'], [line['id'] for line in self.read('results')])
        self.run_ctl('call', 'results', '--id', own['id'], '--spoken', 'maybe', status=2)

    def test_sheet(self):
        broken = self.read('list')[0]
        sheet = self.read('sheet', '--account', broken['account'])
        self.assertTrue(sheet['contacts'][0]['uri'].startswith('tel:+33'))
        self.assertEqual(sheet['time_zone'], 'Europe/Paris')
        self.assertTrue(any(item['promise_date'] for item in sheet['items']))
        self.assertGreaterEqual(sum(part['level'] == 3 for part in sheet['script']), 5)
        text = self.run_ctl('call', 'sheet', '--account', broken['account']).stdout
        self.assertIn('\n' + sheet['promised'] + '\n', text)
        self.assertIn('promise', sheet['promised'].lower())
        self.assertTrue(any(item['promise_broken'] for item in sheet['items']))

    def test_wrong_input(self):
        account = self.read('list')[0]['account']
        for arguments, words in [
                (('foo',), 'foo'), (('note',), '--result'), (('note', '--account', account, '--result', 'x'), 'voicemail'),
                (('note', '--result', 'promised'), '--account'), (('sheet', '--account', 'nobody'), 'nobody'),
                (('note', '--account', account, '--result', 'call_back', '--callback', '2026-11-01'), 'passed'),
                (('note', '--account', account, '--result', 'call_back', '--callback', '2026-11-05T25'), '25'),
                (('note', '--account', account, '--result', 'promised', '--contact', 'Zorro'), 'Zorro'),
                (('callback', 'add', '--account', account), '--callback'), (('callback', 'cancel'), 'cancel')]:
            with self.subTest(arguments=arguments):
                self.assertIn(words, self.run_ctl('call', *arguments, status=2).stderr)
        self.assertEqual(self.read('made', '--from', '2026-11-02')['calls'], [])


if __name__ == '__main__':
    unittest.main()
