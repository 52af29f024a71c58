#!/usr/bin/python3
"""The window as a person uses it: test-window.py RUBIS RUBISCTL DRAG-SOURCE.

A file is dropped, the grid filtered and selected, a letter previewed, the day done; then the journal
and the PDF are read with other programs.
"""
import glob
import json
import os
import sqlite3
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import driver  # noqa: E402
from driver import wait_for  # noqa: E402

RUBIS, RUBISCTL, DRAG_SOURCE = sys.argv[1:4]
TODAY = '2026-11-23'  # a Monday

EXPORT = '''Code client;Nom;Adresse;CP;Ville;E-mail;N° facture;Type;Date facture;Date échéance;Montant TTC;Restant dû
C1;Alpha;1 rue A;69001;Lyon;compta@alpha.example;F1;Facture;01/09/2026;01/10/2026;1100,00;1100,00
C1;Alpha;1 rue A;69001;Lyon;compta@alpha.example;F2;Facture;01/10/2026;31/12/2026;200,00;50,00
C2;Bêta & Fils;2 rue B;69002;Lyon;;F3;Facture;05/10/2026;04/11/2026;300,00;300,00
C2;Bêta & Fils;2 rue B;69002;Lyon;;A1;Avoir;06/10/2026;06/10/2026;-40,00;-40,00
'''


def rubisctl(dossier, *arguments):
    done = subprocess.run([RUBISCTL, '-d', dossier, '--date', TODAY, '--format', 'json', *arguments],
                          capture_output=True, text=True, check=False)
    assert done.returncode == 0, f'rubisctl {arguments}: {done.returncode}, {done.stderr}'
    return json.loads(done.stdout) if done.stdout.strip() else None


def new_dossier(folder):
    dossier = os.path.join(folder, 'test.rubis')
    subprocess.run([RUBISCTL, '-d', dossier, '--date', TODAY, 'init', '--name', 'Verrerie Duval', '--iban',
                    'FR7630006000011234567890189'], check=True, stdout=subprocess.DEVNULL)
    with sqlite3.connect(dossier) as db:
        db.execute("UPDATE setting SET value = 'credit@verrerie.example' WHERE key = 'company.email'")
    return dossier


def start(dossier):
    """The window on a dossier, with preferences of its own: the grid remembers its filters."""
    environment = {'LANGUAGE': 'en', 'GDK_BACKEND': 'x11', 'GSK_RENDERER': 'cairo', 'G_DEBUG': '',
                   'XDG_CONFIG_HOME': os.path.join(os.path.dirname(dossier), 'config')}
    return driver.Program(RUBIS, dossier, '--today', TODAY, environment=environment)


def frame(program, name):
    """A further window of the program."""
    return wait_for(name, lambda: next((node for node in driver.children(program.application)
                                        if node.get_name() == name and driver.is_shown(node)), None))


def drop_and_import(program, path):
    driver.drag_files(DRAG_SOURCE, program.window_id(), path)
    program.find('label', contains='separator ;')
    dialog = frame(program, 'RubisImportDialog')
    wait_for('the counter of new items', lambda: '4' in program.texts(dialog))
    program.click('push button', contains='Import Import', below=dialog)
    program.find('panel', 'Imported')
    program.click('push button', contains='Close Close', below=dialog)


def test_first_day():
    """From an empty dossier to printed letters, with the mouse."""
    with tempfile.TemporaryDirectory() as folder:
        dossier = new_dossier(folder)
        export = os.path.join(folder, 'export.csv')
        with open(export, 'w', encoding='utf-8') as file:
            file.write(EXPORT)
        program = start(dossier)
        try:
            program.find('panel', 'No data yet')
            drop_and_import(program, export)

            # The tree and the agenda follow at once.
            program.find('check box', 'Select Alpha, First reminder')
            wait_for('the overdue sum of all accounts', lambda: '1,400' in program.texts(program.find('list', 'Accounts')))

            program.click('push button', 'Preview Bêta & Fils, First reminder')
            preview = frame(program, 'RubisPreviewWindow')
            program.find('image', 'Page 1 / 1', below=preview)
            assert 'First reminder · €260.00 · 2 / 2' in program.texts(preview), program.texts(preview)
            program.key('Escape')
            wait_for('the preview to close', lambda: not program.has('image', 'Page 1 / 1'))

            program.click('check box', 'All')
            wait_for('both to be selected', lambda: program.has('label', contains='2 selected'))
            program.click('push button', contains='_Confirm and do')
            dialog = frame(program, 'RubisDayRun')
            program.click('push button', contains='_Do Do', below=dialog)
            program.find('label', 'Done today')
        finally:
            program.end()
        check_day(folder, dossier)


def check_day(folder, dossier):
    letters = glob.glob(os.path.join(folder, '* letters *', '*-c2-*.pdf'))
    assert len(letters) == 1, letters
    text = subprocess.run(['pdftotext', '-layout', letters[0], '-'], capture_output=True, text=True, check=True).stdout
    for amount in ('300,00', '−40,00', '260,00'):
        assert amount in text, f'{amount} is not in the letter:\n{text}'
    assert 'Bêta & Fils' in text and '69002 LYON' in text, text
    mails = glob.glob(os.path.join(folder, 'test.outgoing', '*.eml'))
    assert len(mails) == 1 and '-c1-' in mails[0], mails
    kinds = [event['kind'] for event in rubisctl(dossier, 'events')]
    assert sorted(kinds) == ['email', 'import', 'letter'], kinds
    levels = {item['number']: item['level'] for item in rubisctl(dossier, 'items')}
    assert levels['F1'] == 1 and levels['F3'] == 1 and levels['F2'] is None, levels
    assert rubisctl(dossier, 'agenda') == []


def grid_dossier(folder):
    """Thirty invoices of ten customers, every other one overdue; and what rubisctl says of them."""
    dossier = new_dossier(folder)
    lines = EXPORT.splitlines()[:1]
    for i in range(30):
        due = f'{i % 28 + 1:02d}/{9 if i % 2 else 12}/2026'
        lines.append(f'C{i % 10};Client {i % 10};{i} rue A;69001;Lyon;c{i % 10}@client.example;FA2609-{i:05d};Facture;'
                     f'01/08/2026;{due};{100 + i},50;{100 + i},50')
    export = os.path.join(folder, 'many.csv')
    with open(export, 'w', encoding='utf-8') as file:
        file.write('\n'.join(lines) + '\n')
    subprocess.run([RUBISCTL, '-d', dossier, '--date', TODAY, 'import', export], check=True, stdout=subprocess.DEVNULL)
    return dossier, rubisctl(dossier, 'items', '--open')


def grid_numbers(program):
    """The invoice numbers that the grid shows, from the top."""
    table = program.find('tree table', 'Invoices and credit notes')
    return [node.get_name() for node in program.find_all('label', below=table, pattern=r'FA\d{4}-\d{5}$')]


def wait_for_lines(program, count):
    """The line below the grid counts what it holds."""
    wait_for(f'{count} lines', lambda: program.has('label', pattern=rf'{count} lines? '))


def open_invoices(program, count):
    program.find('check box', contains='Select ')
    program.key('ctrl+2')
    wait_for_lines(program, count)


def test_grid():
    """Filter, select and search in the grid."""
    with tempfile.TemporaryDirectory() as folder:
        dossier, items = grid_dossier(folder)
        overdue = [item for item in items if item['days_late'] > 0]
        program = start(dossier)
        try:
            open_invoices(program, len(items))
            # By due date: the oldest comes first.
            top = grid_numbers(program)[0]
            first = next(item for item in items if item['number'] == top)
            assert first['due_date'] == min(item['due_date'] for item in items), first

            program.click('push button', 'Overdue')
            wait_for_lines(program, len(overdue))
            check_selection(program)
            check_search(program, overdue[0])
            check_everywhere(program, next(item for item in items if item['days_late'] <= 0), len(items))
        finally:
            program.end()


def check_selection(program):
    """A plain click selects one row, Control adds and removes one."""
    table = program.find('tree table', 'Invoices and credit notes')
    numbers = grid_numbers(program)

    def selected(count):
        return program.has('label', pattern=rf'{count} (lines? )?selected')

    def click(number, *modifiers):
        program.click_at(program.find('label', number, below=table), *modifiers)

    click(numbers[0])
    # The panel follows the line; the sum of a selection is shown from two lines on.
    program.find('label', contains='Client ', below=program.find('filler', 'RubisAccountPanel'))
    click(numbers[2], 'ctrl')
    wait_for('two to be selected', lambda: selected(2))
    click(numbers[2], 'ctrl')
    wait_for('one to be left', lambda: not selected(2))
    program.key('ctrl+a')
    wait_for('all to be selected', lambda: selected(15))


def check_search(program, item):
    program.key('ctrl+f')
    wait_for('the search entry', lambda: any(node.get_role_name() in ('entry', 'text') and 'earch' in node.get_name()
                                             for node in program.find_all()))
    subprocess.run(['xdotool', 'type', '--delay', '10', item['number']], check=True, timeout=20)
    wait_for_lines(program, 1)
    assert grid_numbers(program) == [item['number']], grid_numbers(program)


def check_everywhere(program, item, count):
    """The search over everything finds what the filters of the grid hide, and shows it there."""
    program.key('ctrl+k')
    program.find('list', 'What was found')
    subprocess.run(['xdotool', 'type', '--delay', '10', item['number'][-3:]], check=True, timeout=20)
    program.find(contains=f"{item['number']}, Client", below=program.find('list', 'What was found'))
    program.key('Return')
    wait_for('the search to close', lambda: not program.has('list', 'What was found'))
    wait_for_lines(program, count)
    program.find('label', contains=item['account'], below=program.find('filler', 'RubisAccountPanel'))


def test_wrong_file():
    """A file that is no export says what it is."""
    with tempfile.TemporaryDirectory() as folder:
        dossier = new_dossier(folder)
        wrong = os.path.join(folder, 'export.csv')
        with open(wrong, 'wb') as file:
            file.write(b'%PDF-1.4\n1 0 obj\n<< >>\nendobj\ntrailer << >>\n%%EOF\n')
        program = start(dossier)
        try:
            program.find('panel', 'No data yet')
            driver.drag_files(DRAG_SOURCE, program.window_id(), wrong)
            program.find('label', contains='PDF')
        finally:
            program.end()
        assert rubisctl(dossier, 'items') == []


def is_pressed(program, name):
    return program.find('push button', name).get_state_set().contains(driver.Atspi.StateType.PRESSED)


def test_panels():
    """Tree and panel are shown and hidden by their keys, and an account opens in the panel."""
    with tempfile.TemporaryDirectory() as folder:
        dossier, items = grid_dossier(folder)
        program = start(dossier)
        try:
            open_invoices(program, len(items))
            program.key('F9')
            wait_for('the tree to go', lambda: not is_pressed(program, 'Account tree'))
            program.key('F9')
            wait_for('the tree to come back', lambda: is_pressed(program, 'Account tree'))
            number = grid_numbers(program)[0]
            account = next(item for item in items if item['number'] == number)['account']
            program.click_at(program.find('label', number, below=program.find('tree table')))
            program.find('label', contains=account, below=program.find('filler', 'RubisAccountPanel'))
            program.key('F12')
            wait_for('the panel to go', lambda: not is_pressed(program, 'Account panel'))
        finally:
            program.end()


def test_dispute_card():
    """A card of the board is dragged to the next column with the mouse, and taken back by Undo."""
    with tempfile.TemporaryDirectory() as folder:
        dossier, items = grid_dossier(folder)
        rubisctl(dossier, 'dispute', 'open', '--account', items[0]['account'], '--item', f"{items[0]['number']}=20",
                 '--reason', 'price')
        program = start(dossier)

        def below(column):
            """Whether the card hangs in the list of that column."""
            return any(account in node.get_name() for node in driver.walk(program.find('list', column))
                       if driver.is_shown(node) and node.get_name())

        account = f"Client {items[0]['account'][1:]}"
        try:
            program.find('check box', contains='Select ')
            program.key('ctrl+3')
            wait_for('the card among those that are told', lambda: below('Open'))
            card = program.find('label', account, below=program.find('list', 'Open'))
            x, y, width, height = program.extents(card)
            target = program.extents(program.find('list', 'Being examined'))
            driver.drag((x + width // 2, y + height // 2), (target[0] + target[2] // 2, target[1] + target[3] // 2))
            wait_for('the card among those that are examined', lambda: below('Being examined') and not below('Open'))
            program.key('ctrl+z')
            wait_for('the card to come back', lambda: below('Open') and not below('Being examined'))
        finally:
            program.end()
        assert [dispute['state'] for dispute in rubisctl(dossier, 'dispute', 'list')] == ['open']


def test_second_program():
    """A dossier that the window holds is refused to another program, which says who has it."""
    with tempfile.TemporaryDirectory() as folder:
        dossier = new_dossier(folder)
        program = start(dossier)
        try:
            program.find('panel', 'No data yet')
            done = subprocess.run([RUBISCTL, '-d', dossier, '--date', TODAY, 'items'], capture_output=True, text=True,
                                  check=False)
            assert done.returncode == 3, done
            assert 'rubis' in done.stderr and 'user' in done.stderr, done.stderr
        finally:
            program.end()


TESTS = [test_first_day, test_grid, test_wrong_file, test_panels, test_dispute_card, test_second_program]
driver.run([test for test in TESTS if len(sys.argv) < 5 or test.__name__ in sys.argv[4:]])
