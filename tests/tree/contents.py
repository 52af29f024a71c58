#!/usr/bin/env python3
"""Checks what lies in the tree: the agreed places, no large files, no promises instead of work."""
import os
import re
import shutil
import subprocess
import sys

TOP = {'src', 'ui', 'resources', 'po', 'tests', 'meson.build', 'meson_options.txt', 'README.md', 'COPYING', 'dev', '.ci'}
MAX_SIZE = 1 << 20
PROMISES = re.compile(r'\b(TODO|FIXME|XXX|HACK)\b|not (yet )?implemented|coming soon|lorem ipsum', re.I)
# Paths of one machine do not belong in what everybody builds.
MACHINE = re.compile(r'["\'\s](/home/\w|/work/|/root/|/tmp/wt)')
TEXT = ('.c', '.h', '.py', '.sh', '.md', '.ui', '.css', '.ini', '.sql', '.xml', '.build', '.txt', '.po', '.in')
RUNNABLE = re.compile(r'^(dev|\.ci/run|.*\.(py|sh))$')


def tracked(source):
    if shutil.which('git') is None:
        return None
    done = subprocess.run(['git', '-C', source, 'ls-files', '-s', '-z'], capture_output=True, text=True, check=False)
    if done.returncode:
        return None
    return [(entry.split()[0], entry.split('\t', 1)[1]) for entry in done.stdout.split('\0') if entry]


def check_text(source, name):
    with open(os.path.join(source, name), encoding='utf-8', errors='replace') as file:
        for number, line in enumerate(file, 1):
            if name.startswith(('src/', 'ui/', 'resources/')) and PROMISES.search(line):
                yield f'{name}:{number}: promises work instead of doing it'
            if not name.startswith('tests/tree/') and MACHINE.search(line):
                yield f'{name}:{number}: names a path of one machine'


def problems(source, files):
    for mode, name in files:
        path = os.path.join(source, name)
        top = name.split('/')[0]
        if top not in TOP and not top.startswith('.'):
            yield f'{name}: outside the agreed layout'
        if not os.path.exists(path):
            continue
        if os.path.getsize(path) > MAX_SIZE:
            yield f'{name}: over one megabyte'
        if mode == '100755' and not RUNNABLE.match(name):
            yield f'{name}: is marked as a program'
        if name.endswith(TEXT) or name == 'dev':
            yield from check_text(source, name)


def main():
    source = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else '.')
    files = tracked(source)
    if files is None:
        print('not a git checkout: nothing to compare with')
        sys.exit(77)
    found = list(problems(source, files))
    for problem in found:
        print(problem)
    sys.exit(1 if found else 0)


if __name__ == '__main__':
    main()
