#!/usr/bin/env python3
"""Plants faults in a copy of the tree: a check that cannot fail is no check."""
import os
import shutil
import subprocess
import sys
import tempfile

# check, file to add to, what to add, part of the complaint
FAULTS = [
    ('layers.py', 'src/core/rubis-date.c', '#include "rubis-store.h"\n', 'may not see store'),
    ('layers.py', 'src/store/rubis-store.c', '#include "../gui/rubis-window.h"\n', 'not by path'),
    ('layers.py', 'src/session/rubis-session.c', '#include <sqlite3.h>\n', 'belongs to store'),
    ('layers.py', 'src/cli/main.c', 'const char *q = "SELECT id FROM item";\n', 'SQL belongs to store'),
    ('layers.py', 'src/core/rubis-money.c', 'char *h (void) { return g_getenv ("HOME"); }\n', 'no input'),
    ('sizes.py', 'src/core/rubis-date.c', '\n' * 800, 'split it by concern'),
    ('sizes.py', 'src/core/rubis-date.c', 'int planted (int a)\n{\n' + '  a++;\n' * 70 + '  return a;\n}\n', 'at most 60'),
    ('translations.py', 'src/core/rubis-money.c', 'const char *p = _("A planted text");\n', 'not translated'),
    ('translations.py', 'src/core/rubis-date.c', 'const char *p = _("A planted text");\n', 'POTFILES.in misses'),
    ('translations.py', 'po/fr.po', '\nmsgid "planted"\nmsgstr "planté : ici"\n', 'no-break space'),
    ('contents.py', 'src/core/rubis-date.c', '/* TO' + 'DO */\n', 'promises work'),
    ('contents.py', 'README.md', 'see "/ho' + 'me/someone"\n', 'path of one machine'),
]


def main():
    source = os.path.abspath(sys.argv[1])
    here = os.path.dirname(os.path.abspath(__file__))
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        copy = os.path.join(folder, 'tree')
        shutil.copytree(source, copy, ignore=shutil.ignore_patterns('build*', '.git'))
        subprocess.run(['git', 'init', '-q', copy], check=True)
        subprocess.run(['git', '-C', copy, 'add', '-A'], check=True)
        for check, name, text, complaint in FAULTS:
            path = os.path.join(copy, name)
            with open(path, encoding='utf-8') as file:
                before = file.read()
            with open(path, 'w', encoding='utf-8') as file:
                file.write(before + text)
            done = subprocess.run([sys.executable, os.path.join(here, check), copy], capture_output=True, text=True,
                                  check=False)
            with open(path, 'w', encoding='utf-8') as file:
                file.write(before)
            if done.returncode != 1 or complaint not in done.stdout:
                failed += 1
                print(f'{check} does not see a fault in {name} ({complaint}): {done.stdout[:400]}')
    sys.exit(1 if failed else 0)


if __name__ == '__main__':
    main()
