#!/usr/bin/env python3
"""Checks that every text that users read is listed, and that French has all of them."""
import os
import re
import subprocess
import sys
import tempfile

MARKS = re.compile(r'\b(?:_|N_|C_|NC_|ngettext|dngettext|g_dngettext)\s*\("|\b_ \("|\bN_ \("|\bngettext \("')
TYPOGRAPHY = [
    (re.compile(r'[ \u202f](?:[:;?!»](?=[ ").,\\]|$)|%%)'), 'needs a no-break space (U+00A0) before the sign'),
    (re.compile(r'«(?!\u00a0)'), 'needs a no-break space (U+00A0) after «'),
    (re.compile(r"[A-Za-zé]'[A-Za-zÀ-ÿœ%]"), 'needs the apostrophe ’'),
    (re.compile(r'\.\.\.'), 'needs the sign …'),
]
KEYWORDS = ['_', 'N_', 'C_:1c,2', 'NC_:1c,2', 'ngettext:1,2', 'g_dngettext:2,3']


def listed(source):
    with open(os.path.join(source, 'po', 'POTFILES.in'), encoding='utf-8') as file:
        return [line.strip() for line in file if line.strip() and not line.startswith('#')]


def with_text(source):
    """Files that mark a text for translation."""
    for top in ('src', 'ui', 'resources'):
        for folder, _, names in os.walk(os.path.join(source, top)):
            for name in names:
                path = os.path.join(folder, name)
                if name.endswith('.c'):
                    with open(path, encoding='utf-8') as file:
                        if MARKS.search(file.read()):
                            yield os.path.relpath(path, source)
                elif name.endswith('.ui'):
                    with open(path, encoding='utf-8') as file:
                        if 'translatable="yes"' in file.read():
                            yield os.path.relpath(path, source)
                elif name.endswith(('.desktop.in', '.metainfo.xml.in')):
                    yield os.path.relpath(path, source)


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def check_lists(source):
    names = listed(source)
    if names != sorted(names):
        yield 'po/POTFILES.in is not in alphabetical order'
    if len(names) != len(set(names)):
        yield 'po/POTFILES.in names a file twice'
    for name in sorted(set(with_text(source)) - set(names)):
        yield f'po/POTFILES.in misses {name}'
    for name in names:
        if not os.path.exists(os.path.join(source, name)):
            yield f'po/POTFILES.in names {name}, which is not there'


def extract(source, folder):
    pot = os.path.join(folder, 'rubis.pot')
    status, _, error = run('xgettext', '--from-code=UTF-8', '-o', pot, '-D', source,
                           *[f'--keyword={word}' for word in KEYWORDS],
                           *[name for name in listed(source)])
    return pot, error if status else ''


def check_french(source, folder):
    french = os.path.join(source, 'po', 'fr.po')
    status, _, error = run('msgfmt', '-c', '-o', os.devnull, french)
    if status:
        yield error.strip()
        return
    pot, error = extract(source, folder)
    if error:
        yield error.strip()
        return
    merged = os.path.join(folder, 'merged.po')
    status, _, error = run('msgmerge', '-q', '--no-fuzzy-matching', '-o', merged, french, pot)
    if status:
        yield error.strip()
        return
    for option, what in (('--untranslated', 'not translated'), ('--only-fuzzy', 'fuzzy')):
        _, out, _ = run('msgattrib', option, '--no-obsolete', '--no-location', merged)
        for message in re.findall(r'^msgid "(.+)"$|^msgid ""\n"(.+)"$', out, re.M):
            text = message[0] or message[1]
            if not text.startswith(('Project-Id', 'Report-Msgid')):
                yield f'po/fr.po: {what}: {text}'
    _, out, _ = run('msgattrib', '--only-obsolete', '--no-location', merged)
    for text in re.findall(r'^#~ msgid "(.+)"$', out, re.M):
        yield f'po/fr.po: no longer used: {text}'


def check_typography(source):
    """French spaces, quotes and apostrophes, which keyboards do not give."""
    translated = False
    with open(os.path.join(source, 'po', 'fr.po'), encoding='utf-8') as file:
        for number, line in enumerate(file, 1):
            translated = line.startswith('msgstr') or (translated and line.startswith('"'))
            for pattern, what in TYPOGRAPHY:
                if translated and pattern.search(line):
                    yield f'po/fr.po:{number}: {what}: {line.strip()}'


def main():
    source = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else '.')
    with tempfile.TemporaryDirectory() as folder:
        found = list(check_lists(source)) + list(check_french(source, folder)) + list(check_typography(source))
    for problem in found:
        print(problem)
    sys.exit(1 if found else 0)


if __name__ == '__main__':
    main()
