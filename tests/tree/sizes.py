#!/usr/bin/env python3
"""Checks that files stay under 700 lines and functions under 60, with named exceptions to 120."""
import os
import subprocess
import sys

MAX_FILE = 700
MAX_FUNCTION = 60
LIMIT = 120


def c_files(source):
    for top in ('src', 'tests'):
        for folder, _, names in sorted(os.walk(os.path.join(source, top))):
            for name in sorted(names):
                if name.endswith(('.c', '.h')):
                    yield os.path.join(folder, name)


def exceptions(source):
    """"function lines" by line; # starts a comment."""
    path = os.path.join(source, 'tests', 'tree', 'long-functions.txt')
    allowed = {}
    if os.path.exists(path):
        with open(path, encoding='utf-8') as file:
            for line in file:
                words = line.split('#')[0].split()
                if words:
                    allowed[words[0]] = int(words[1])
    return allowed


def problems(source):
    files = list(c_files(source))
    for path in files:
        with open(path, encoding='utf-8') as file:
            n_lines = sum(1 for _ in file)
        if n_lines > MAX_FILE:
            yield f'{os.path.relpath(path, source)}: {n_lines} lines, at most {MAX_FILE}: split it by concern'
    allowed = exceptions(source)
    seen = set()
    sources = [path for path in files if path.endswith('.c')]
    out = subprocess.run(['pmccabe', *sources], capture_output=True, text=True, check=False).stdout
    for line in out.splitlines():
        fields = line.split('\t')
        lines, place = int(fields[4]), fields[5]
        name = place.split(': ')[-1]
        seen.add(name)
        most = allowed.get(name, MAX_FUNCTION)
        if most > LIMIT:
            yield f'{name}: no function may be allowed more than {LIMIT} lines'
        if lines > most:
            yield f'{os.path.relpath(place, source)}: {lines} lines, at most {most}'
    for name in sorted(set(allowed) - seen):
        yield f'tests/tree/long-functions.txt: there is no function {name} any more'


def main():
    source = sys.argv[1] if len(sys.argv) > 1 else '.'
    failed = False
    for problem in problems(source):
        failed = True
        print(problem)
    sys.exit(1 if failed else 0)


if __name__ == '__main__':
    main()
