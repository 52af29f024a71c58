#!/usr/bin/env python3
"""rubisctl dispute as its users type it. Usage: test-cli-disputes.py RUBISCTL"""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

RUBISCTL = sys.argv.pop(1)
DATA = os.environ['RUBIS_TEST_DATA']


class Disputes(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix='rubis-cli-')
        self.addCleanup(shutil.rmtree, self.folder)
        self.run_ctl('init', '--name', 'Verrerie Noël')
        self.run_ctl('import', os.path.join(DATA, 'cli', 'items.csv'))
        self.item = max((item for item in self.read('items', '--overdue')), key=lambda item: float(item['open']))
        self.account, self.number = self.item['account'], self.item['number']

    def run_ctl(self, *arguments, status=0, day='2026-11-20'):
        environment = {name: value for name, value in os.environ.items() if name != 'RUBIS_DOSSIER'}
        result = subprocess.run([RUBISCTL, '-d', os.path.join(self.folder, 'd.rubis'), '--date', day, '--lang', 'en',
                                 *arguments], capture_output=True, text=True, env=environment, timeout=120)
        self.assertEqual(result.returncode, status, result.stdout + result.stderr)
        return result

    def read(self, *arguments, **options):
        return json.loads(self.run_ctl('--format', 'json', *arguments, **options).stdout)

    def open(self, *more, **options):
        return self.read('dispute', 'open', '--account', self.account, '--item', self.number, *more, '--reason', 'price',
                         **options)

    def why(self):
        return [reason['code'] for reason in self.read('why', '--item', self.number)['reasons']]

    def test_from_opening_to_outcome(self):
        opened = self.open('--text', 'Remise oubliée', '--due', '2026-11-25')
        self.assertEqual((opened['state'], opened['amount'], opened['currency'], opened['items'], opened['due_date']),
                         ('open', self.item['open'], 'EUR', [self.number], '2026-11-25'))
        self.assertEqual(opened['parts'][0]['contested'], self.item['open'])
        self.assertIn('E13', self.why())
        number = str(opened['id'])
        self.assertIn('in full', self.run_ctl('dispute', 'open', '--account', self.account, '--item', self.number,
                                              '--reason', 'quality', status=1).stderr)
        self.assertEqual(self.read('dispute', 'list', '--late'), [])
        self.assertEqual(self.read('dispute', 'list', '--late', day='2026-11-27')[0]['days_late'], 2)
        commented = self.read('dispute', 'comment', number, 'Vu', 'avec', 'Paul')
        self.assertEqual(commented['comments'][0]['text'], 'Vu avec Paul')
        self.assertEqual(self.read('dispute', 'move', number, '--to', 'examined')['state'], 'examined')
        awaited = self.read('dispute', 'close', number, '--outcome', 'founded', '--credit', '1.50')
        self.assertEqual((awaited['state'], awaited['outcome_amount']), ('credit_awaited', '1.50'))
        closed = self.read('dispute', 'close', number, '--outcome', 'unfounded', '--note', 'Devis signé',
                           day='2026-11-30')
        self.assertEqual((closed['state'], closed['closed_on'], closed['days'], closed['close_note']),
                         ('unfounded', '2026-11-30', 10, 'Devis signé'))
        self.assertNotIn('E13', self.why())
        self.assertEqual(self.read('dispute', 'list'), [])
        line, = self.read('dispute', 'stats', '--by', 'reason', '--from', '2026-11-01', '--to', '2026-11-30',
                          day='2026-11-30')
        self.assertEqual((line['id'], line['opened'], line['amount'], line['closed'], line['founded'],
                          line['average_days']), ('price', 1, self.item['open'], 1, 0, '10.0'))

    def test_founded_waits_for_its_credit_note(self):
        number = str(self.open()['id'])
        awaited = self.read('dispute', 'close', number, '--outcome', 'founded')
        self.assertEqual((awaited['state'], awaited['outcome_amount']), ('credit_awaited', self.item['open']))
        self.assertIn('E13', self.why())
        self.assertIn('--credit 0', self.run_ctl('dispute', 'move', number, '--to', 'founded', status=1).stderr)
        self.assertIn('E13', self.why())
        closed = self.read('dispute', 'close', number, '--outcome', 'founded', '--credit', '0')
        self.assertEqual(closed['state'], 'founded')
        self.assertNotIn('E13', self.why())

    def test_awaited_credit_and_attachments_are_shown(self):
        opened = self.open()
        moved = self.run_ctl('dispute', 'move', str(opened['id']), '--to', 'credit_awaited', '--credit', '1,25').stdout
        self.assertIn('Credit note: 1.25', moved)
        path = os.path.join(self.folder, 'bon.txt')
        with open(path, 'w', encoding='utf-8') as file:
            file.write('bon de livraison')
        self.assertIn('Attached: bon.txt', self.run_ctl('dispute', 'attach', str(opened['id']), path).stdout)
        self.assertIn('Attached: bon.txt', self.run_ctl('dispute', 'show', str(opened['id'])).stdout)

    def test_part_and_change(self):
        opened = self.read('dispute', 'open', '--account', self.account, '--item', f'{self.number}=2,50 €', '--reason',
                           'quality', '--keep-dunning')
        self.assertEqual((opened['amount'], opened['keep_dunning']), ('2.50', True))
        changed = self.read('dispute', 'change', str(opened['id']), '--item', f'{self.number}=3', '--stop-dunning',
                            '--reason', 'price', '--line', 'Verres')
        self.assertEqual((changed['amount'], changed['keep_dunning'], changed['reason'], changed['product_line']),
                         ('3.00', False, 'price', 'Verres'))
        self.assertNotIn('E13', self.why())
        path = os.path.join(self.folder, 'bon.txt')
        with open(path, 'w', encoding='utf-8') as file:
            file.write('bon de livraison')
        self.assertEqual(self.read('dispute', 'attach', str(opened['id']), path)['attachments'], 1)
        self.assertIn('colleague', self.run_ctl('dispute', 'ask', str(opened['id']), status=1).stderr)
        self.run_ctl('actor', 'add', 'Inès Noël', '--email', 'ines@verrerie.example')
        self.run_ctl('dispute', 'change', str(opened['id']), '--resolver', 'inès noël')
        self.assertEqual(self.read('dispute', 'list', '--resolver', 'Inès Noël')[0]['resolver'], 'Inès Noël')
        self.run_ctl('actor', 'add', 'Luc Petit')
        self.run_ctl('actor', 'change', 'Luc Petit', '--off')
        self.assertIn('switched off', self.run_ctl('dispute', 'change', str(opened['id']), '--resolver', 'Luc Petit',
                                                   status=2).stderr)
        self.run_ctl('company', 'set', 'email=credit@verrerie.example')
        self.assertIn('outbox', self.run_ctl('dispute', 'ask', str(opened['id'])).stdout)
        draft, = [row for row in self.read('outbox', 'list') if row['state'] == 'draft']
        self.assertEqual(draft['recipient'], 'ines@verrerie.example')

    def test_reasons(self):
        self.run_ctl('dispute', 'reasons', '--add', 'Écart de poids', '--days', '4')
        own = self.read('dispute', 'reasons')[-1]
        self.assertEqual((own['id'], own['days'], own['own']), ('ecart_de_poids', 4, True))
        opened = self.read('dispute', 'open', '--account', self.account, '--item', self.number, '--reason',
                           'ecart_de_poids')
        self.assertEqual((opened['reason_name'], opened['due_date']), ('Écart de poids', '2026-11-24'))
        self.run_ctl('dispute', 'reasons', '--id', 'price', '--off')
        self.assertNotIn('price', [reason['id'] for reason in self.read('dispute', 'reasons')])
        off, = [line for line in self.run_ctl('dispute', 'reasons', '--all').stdout.splitlines() if 'price' in line]
        self.assertTrue(off.rstrip().endswith('no'), off)
        refused = self.run_ctl('dispute', 'open', '--account', self.account, '--item', self.number, '--reason', 'price',
                               status=2).stderr
        self.assertIn('switched off', refused)
        self.run_ctl('dispute', 'change', str(opened['id']), '--reason', 'price', status=2)
        self.run_ctl('dispute', 'change', str(opened['id']), '--reason', 'ecart_de_poids', '--line', 'Verres')
        self.run_ctl('dispute', 'reasons', '--id', 'price', '--on', '--off', status=2)
        self.run_ctl('dispute', 'reasons', '--id', 'price', '--on')
        on, = [reason for reason in self.read('dispute', 'reasons') if reason['id'] == 'price']
        self.assertTrue(on['active'])
        self.assertEqual([row['id'] for row in self.read('dispute', 'list', '--reason', 'ecart de POIDS')], [opened['id']])
        self.run_ctl('dispute', 'reasons', '--id', 'ecart_de_poids', '--off')
        own = self.read('dispute', 'reasons', '--all')[-1]
        self.assertEqual((own['label'], own['days'], own['active']), ('Écart de poids', 4, False))

    def test_wrong_usage(self):
        for words, said in ((('dispute', 'open'), 'why'), (('dispute', 'show'), 'needs more'),
                            (('dispute', 'show', 'x'), 'not a number'), (('dispute', 'shout'), 'not known'),
                            (('dispute', 'show', '99'), '99'), (('dispute', 'stats', '--by', 'colour'), 'colour'),
                            (('dispute', 'list', '--state', 'blue'), 'blue'),
                            (('dispute', 'stats', '--from', '2026-11-10', '--to', '2026-11-01'), 'earlier day'),
                            (('dispute', 'change', '1', '--keep-dunning', '--stop-dunning'), 'contradict'),
                            (('dispute', 'list', '--reason', 'zut'), 'dispute reasons')):
            self.assertIn(said, self.run_ctl(*words, status=2).stderr)
        number = str(self.open()['id'])
        for words, said in ((('move', number), '--to'), (('close', number), '--outcome'),
                            (('close', number, '--outcome', 'open'), 'outcome'),
                            (('move', number, '--to', 'examined', '--restart'), '--restart'),
                            (('close', number, '--outcome', 'abandoned', '--credit', '5'), '--credit'),
                            (('close', number, '--outcome', 'founded', '--credit', '999999'), 'between'),
                            (('close', number, '--outcome', 'founded', '--credit', 'much'), '1 234,56'),
                            (('close', number, '--outcome', 'founded', '--credit', '-5'), 'without a sign'),
                            (('change', number, '--due', '2026-11-19'), 'passed')):
            self.assertIn(said, self.run_ctl('dispute', *words, status=2).stderr)


if __name__ == '__main__':
    unittest.main()
