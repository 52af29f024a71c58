#!/usr/bin/env python3
"""Checks that no file includes what its layer may not see.

The table of layers is read from src/meson.build, so that there is one. An outside library is named
in one layer only; SQL lies in store; core touches neither files nor the clock.
"""
import os
import re
import sys

# Header (a regular expression on what stands between the brackets) -> layers that may name it.
OUTSIDE = [
    (r'sqlite3\.h', {'store'}),
    (r'libsoup/', {'mail'}),
    (r'gmime/', {'mail'}),
    (r'curl/', {'mail'}),
    (r'poppler\.h', {'pdf'}),
    (r'zbar', {'pdf'}),
    (r'gtk/|gdk/|gsk/|adwaita\.h|gtksourceview/', {'gui'}),
    (r'cmark\.h', {'document'}),
    (r'zint\.h', {'letter'}),
    (r'pango/', {'letter'}),
    (r'cairo[-.a-z]*\.h', {'letter', 'pdf', 'gui'}),
    (r'gdk-pixbuf/', {'letter'}),
    (r'uchardet', {'import'}),
    # Spreadsheets are unpacked by import and legal files packed by report.
    (r'zip\.h', {'import', 'report'}),
    (r'xlsxwriter', {'report'}),
    (r'enchant', {'gui'}),
    (r'libxml/', {'import'}),
    (r'json-glib/', {'session', 'mail'}),
    (r'libsecret/', {'mail'}),
    (r'gcrypt', {'mail'}),
    (r'gio/', {'store', 'import', 'pdf', 'letter', 'mail', 'report', 'session', 'cli', 'gui'}),
]
# What a pure layer may not name.
IMPURE = re.compile(r'\b(g_file_|g_fopen|fopen|g_open|g_getenv|getenv|g_get_real_time|g_get_monotonic_time|'
                    r'g_date_time_new_now|time \(NULL\)|g_print|printf \(|g_random_|sqlite3_)')
SQL = re.compile(r'"[^"]*\b(SELECT\b.*\bFROM|INSERT INTO|DELETE FROM|UPDATE [a-z_]+ SET|CREATE TABLE)\b')


def table_of(source):
    """layer -> layers that it may include, from src/meson.build."""
    with open(os.path.join(source, 'src', 'meson.build'), encoding='utf-8') as build:
        text = build.read()
    block = re.search(r'layer_table = \{(.*?)\n\}', text, re.S).group(1)
    return {layer: set(re.findall(r"'([a-z]+)'", row))
            for layer, row in re.findall(r"'([a-z]+)': \[(.*?)\]", block)}


def sources(source):
    for folder, _, names in sorted(os.walk(os.path.join(source, 'src'))):
        for name in sorted(names):
            if name.endswith(('.c', '.h')):
                path = os.path.join(folder, name)
                yield os.path.relpath(folder, os.path.join(source, 'src')).split(os.sep)[0], name, path


def check_include(layer, include, quoted, table, owner):
    if '..' in include:
        return 'includes go by name, not by path'
    if quoted:
        if include not in owner:
            # Made by the build (resources).
            return None if include.endswith('-resource.h') or include.endswith('-resources.h') else 'no such header'
        if owner[include] != layer and owner[include] not in table[layer]:
            return f'{layer} may not see {owner[include]}'
        return None
    for pattern, layers in OUTSIDE:
        if re.match(pattern, include) and layer not in layers:
            return f'{include} belongs to {", ".join(sorted(layers))}'
    return None


def problems(source):
    table = table_of(source)
    files = list(sources(source))
    owner = {name: layer for layer, name, _ in files if name.endswith('.h')}
    for layer, name, path in files:
        if layer not in table:
            yield path, 0, f'src/{layer} is not in the table of src/meson.build'
            continue
        with open(path, encoding='utf-8') as file:
            for number, line in enumerate(file, 1):
                found = re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', line)
                if found:
                    problem = check_include(layer, found.group(2), found.group(1) == '"', table, owner)
                    if problem:
                        yield path, number, problem
                if layer != 'store' and SQL.search(line):
                    yield path, number, 'SQL belongs to store'
                if layer == 'core' and not line.lstrip().startswith(('*', '/*')) and IMPURE.search(line):
                    yield path, number, 'core has no input, output, clock or chance'


def main():
    source = sys.argv[1] if len(sys.argv) > 1 else '.'
    failed = False
    for path, number, problem in problems(source):
        failed = True
        print(f'{os.path.relpath(path, source)}:{number}: {problem}')
    sys.exit(1 if failed else 0)


if __name__ == '__main__':
    main()
