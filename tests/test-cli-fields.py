#!/usr/bin/env python3
"""rubisctl actor, field, filter and bulk as their users type them. Usage: test-cli-fields.py RUBISCTL"""
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


class Fields(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix='rubis-cli-')
        self.addCleanup(shutil.rmtree, self.folder)
        self.run_ctl('init', '--name', 'Verrerie Noël')
        self.run_ctl('import', os.path.join(DATA, 'cli', 'items.csv'))
        self.item = next(item for item in self.read('items', '--overdue') if float(item['open']) > 0)

    def run_ctl(self, *arguments, status=0):
        environment = {name: value for name, value in os.environ.items() if name != 'RUBIS_DOSSIER'}
        result = subprocess.run([RUBISCTL, '-d', os.path.join(self.folder, 'd.rubis'), '--date', DAY, '--lang', 'en',
                                 *arguments], capture_output=True, text=True, env=environment, timeout=120)
        self.assertEqual(result.returncode, status, result.stdout + result.stderr)
        return result

    def read(self, *arguments, status=0):
        return json.loads(self.run_ctl('--format', 'json', *arguments, status=status).stdout)

    def test_actor(self):
        self.run_ctl('actor', 'add', 'Inès Noël', '--code', 'VS')
        self.assertIn('Inès Noël', self.run_ctl('actor', 'add', 'INES NOEL', status=2).stderr)
        self.run_ctl('actor', 'change', 'vs', '--role', 'Sales', '--off')
        self.assertEqual(self.read('actor', 'list'), [])
        actor, = self.read('actor', 'list', '--all')
        self.assertEqual((actor['name'], actor['role'], actor['active']), ('Inès Noël', 'Sales', False))

    def test_field_and_filter(self):
        self.run_ctl('field', 'add', 'Limit', '--kind', 'amount')
        self.run_ctl('field', 'add', 'Site', '--of', 'item')
        self.assertIn('is not an amount', self.run_ctl('field', 'set', 'Limit', 'much', '--account',
                                                       self.item['account'], status=2).stderr)
        self.run_ctl('field', 'set', 'limit', '1,200.5', '--account', self.item['account'])
        value, = self.read('field', 'list', '--account', self.item['account'])
        self.assertEqual((value['value'], value['text']), ('1200.50', '1,200.50'))
        self.run_ctl('filter', 'save', 'Large', '--state', 'overdue', '--field', 'Limit=1000..2000')
        self.run_ctl('filter', 'save', 'Late', '--since', '60', '--period', 'month', '--text', 'glass')
        large, late = self.read('filter', 'list')
        self.assertEqual((large['place_name'], large['name'], large['words']),
                         ('Invoices', 'Large', 'Overdue, Limit: 1,000.00 – 2,000.00'))
        self.assertEqual(late['words'], 'Late for 60 days, due this month, with “glass”')
        self.assertNotIn('{', self.run_ctl('filter', 'list').stdout)
        self.assertIn('--place', self.run_ctl('filter', 'list', '--place', 'shed', status=2).stderr)
        self.run_ctl('filter', 'remove', 'Late')
        found = self.read('items', '--filter', 'large')
        self.assertEqual({item['account'] for item in found}, {self.item['account']})
        self.assertIn(self.item['number'], [item['number'] for item in found])
        self.assertIn('There are: Large.', self.run_ctl('items', '--filter', 'Small', status=2).stderr)
        self.run_ctl('filter', 'remove', 'Large')
        self.assertEqual(self.read('filter', 'list'), [])
        self.run_ctl('field', 'remove', 'Limit')
        self.assertEqual([field['name'] for field in self.read('field', 'list')], ['Site'])

    def test_bulk(self):
        stop = ('bulk', '--stop', 'Merger', '--until', '2026-12-31', '--item', self.item['number'])
        preview = self.read(*stop, '--dry-run')
        self.assertEqual((preview['done'], preview['changed'], preview['same']), (False, 1, 0))
        self.assertEqual(preview['lines'], [{'name': self.item['number'], 'before': 'Dunned',
                                             'after': 'Stopped: Merger, until 31/12/2026'}])
        self.assertNotIn('stop', [event['kind'] for event in self.read('events')])
        self.assertEqual(self.read(*stop)['changed'], 1)
        self.assertEqual(self.read(*stop)['same'], 1)
        event = self.read('events', '--account', self.item['account'])[-1]
        self.assertEqual((event['kind'], event['summary']), ('stop', 'Dunning of 1 item stopped'))
        self.run_ctl('bulk', '--language', 'en', status=2)
        self.run_ctl('bulk', '--policy', 'none', '--account', self.item['account'], status=2)
        self.run_ctl('bulk', '--unstop', '--account', 'nobody', status=2)


if __name__ == '__main__':
    unittest.main()
