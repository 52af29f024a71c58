#!/usr/bin/env python3
"""Writes CTestTestfile.cmake in the build folder from what Meson knows of the tests.

Meson runs this after each configuration, so that "ctest --test-dir build" builds
and runs what meson.build declares; nothing about a test is said twice.
"""
import collections
import json
import os
import shutil
import sys

BUILD_TEST = 'build'
BUILD_FIXTURE = 'built'
BUILD_TIMEOUT = 3600
SKIP_CODE = 77
WINDOW_COST = 100


def quote(text):
    """A CMake bracket argument: no character inside has a meaning."""
    level = '='
    while ']' + level + ']' in text or text.endswith(']' + level):
        level += '='
    # CMake drops a line break right after the opening bracket.
    lead = '\n' if text.startswith('\n') else ''
    return '[%s[%s%s]%s]' % (level, lead, text, level)


def quote_list(values):
    """Several values as one CMake list; a semicolon inside a value must not part it."""
    return quote(';'.join(value.replace(';', '\\;') for value in values))


def names_of(tests):
    """CTest needs each name once; Meson allows one name in several suites."""
    counts = collections.Counter([BUILD_TEST] + [test['name'] for test in tests])
    taken = set()
    for test in tests:
        name = test['name']
        if counts[name] > 1:
            name = '%s-%s' % ((labels_of(test) or ['test'])[0], name)
        base, number = name, 1
        while name in taken:
            number += 1
            name = '%s-%d' % (base, number)
        taken.add(name)
        yield name


def labels_of(test):
    """Suites read "project:suite"; the project alone says nothing."""
    return [suite.split(':', 1)[1] for suite in test['suite'] if ':' in suite]


def properties_of(test, build_root):
    yield 'FIXTURES_REQUIRED', quote(BUILD_FIXTURE)
    yield 'SKIP_RETURN_CODE', str(SKIP_CODE)
    yield 'WORKING_DIRECTORY', quote(test.get('workdir') or build_root)
    if test.get('timeout', 0) > 0:
        yield 'TIMEOUT', str(test['timeout'])
    if test.get('env'):
        yield 'ENVIRONMENT', quote_list('%s=%s' % pair for pair in sorted(test['env'].items()))
    if labels_of(test):
        yield 'LABELS', quote_list(labels_of(test))
    if not test.get('is_parallel', True):
        # One window test at a time, beside the others, and first, so that the end does not wait for them.
        yield 'RESOURCE_LOCK', 'display'
        yield 'COST', str(WINDOW_COST)
    elif test.get('priority', 0) != 0:
        yield 'COST', str(test['priority'])
    if test.get('protocol') == 'tap':
        yield 'SKIP_REGULAR_EXPRESSION', quote('(^|\n)1\\.\\.0 # [Ss][Kk][Ii][Pp]')
        yield 'FAIL_REGULAR_EXPRESSION', quote('(^|\n)(not ok|Bail out!)')


def write_test(out, name, command, properties):
    out.append('add_test(%s %s)' % (quote(name), ' '.join(quote(word) for word in command)))
    out.append('set_tests_properties(%s PROPERTIES' % quote(name))
    out.extend('  %s %s' % pair for pair in properties)
    out.append(')')


def build_command(build_root):
    """Everything, and what tests need that is not built by default."""
    with open(os.path.join(build_root, 'build.ninja'), encoding='utf-8') as ninja_file:
        prerequisite = any(line.startswith('build meson-test-prereq:') for line in ninja_file)
    ninja = os.environ.get('NINJA') or shutil.which('ninja') or shutil.which('ninja-build') or 'ninja'
    return [ninja, '-C', build_root, 'all'] + (['meson-test-prereq'] if prerequisite else [])


def text_of(tests, build_root):
    out = ['# Written by %s after each configuration by Meson; changes are lost.' % os.path.basename(__file__)]
    write_test(out, BUILD_TEST, build_command(build_root), [
        ('FIXTURES_SETUP', quote(BUILD_FIXTURE)),
        ('RUN_SERIAL', 'TRUE'),
        ('TIMEOUT', str(BUILD_TIMEOUT)),
    ])
    for name, test in zip(names_of(tests), tests):
        write_test(out, name, test['cmd'], properties_of(test, build_root))
    return '\n'.join(out) + '\n'


def main():
    build_root = os.environ.get('MESON_BUILD_ROOT') or (sys.argv[1] if len(sys.argv) > 1 else None)
    if build_root is None:
        sys.exit('usage: write-ctest-file.py BUILD-FOLDER')
    build_root = os.path.abspath(build_root)
    with open(os.path.join(build_root, 'meson-info', 'intro-tests.json'), encoding='utf-8') as tests_file:
        tests = json.load(tests_file)
    path = os.path.join(build_root, 'CTestTestfile.cmake')
    with open(path + '.new', 'w', encoding='utf-8') as ctest_file:
        ctest_file.write(text_of(tests, build_root))
    os.replace(path + '.new', path)


if __name__ == '__main__':
    main()
