#!/usr/bin/env python3
"""Measures Rubis, each figure beside its raw baseline in the same run; nothing is asserted.

Programs alternate and medians are shown, because other work on the machine comes and goes: the ratio of
processor time is steadier than that of the clock.
"""
import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

DAY = '2026-06-30'
PARTS = ['import', 'agenda', 'grid', 'search', 'letters', 'preview', 'outbox', 'window']
# Of clock or processor time against the baseline, or letters a second ("at least").
LIMITS = {'import': 'at most 2.0', 'agenda': 'at most 3.0', 'letters': 'at least 0.70',
          'preview': 'at most 0.050 s', 'search': 'at most 0.050 s', 'window': 'at most 3.5'}


class Result:
    """One run of a program."""

    def __init__(self, wall, cpu, peak, note=''):
        self.wall, self.cpu, self.peak, self.note = wall, cpu, peak, note


def run(arguments, extra=None, complaints=None):
    """Runs a program; the results are its own lines "SECONDS CPU NOTE", else its whole time."""
    environment = dict(os.environ, LC_ALL='C.UTF-8', LANGUAGE='en', **(extra or {}))
    start = time.monotonic()
    environment['BENCH_START'] = str(time.monotonic_ns())
    child = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=complaints, env=environment,
                             text=True)
    output = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    wall = time.monotonic() - start
    if child.returncode != 0:
        sys.exit(f'bench: {" ".join(arguments)} ended with {child.returncode}\n{output}')
    peak = usage.ru_maxrss / 1024
    found = []
    for line in output.splitlines():
        words = line.split(' ', 2)
        try:
            found.append(Result(float(words[0]), float(words[1]), peak, words[2]))
        except (ValueError, IndexError):
            continue
    return found or [Result(wall, usage.ru_utime + usage.ru_stime, peak)]


class Bench:
    def __init__(self, root, build, options):
        self.root, self.build, self.runs = root, build, options.runs
        self.rows, self.customers = (100_000, 5_000) if options.quick else (1_000_000, 50_000)
        self.letters = 200 if options.quick else 1000
        self.batch = 500 if options.quick else 5000
        self.emails = 1000 if options.quick else 10_000
        self.folder = os.path.join(build, 'bench')
        self.csv = os.path.join(self.folder, str(self.rows), 'factures.csv')
        self.dossier = os.path.join(self.folder, f'{self.rows}.rubis')
        self.rubisctl = os.path.join(build, 'src', 'rubisctl')
        os.makedirs(os.path.dirname(self.csv), exist_ok=True)
        os.environ['RUBIS_SOURCE_DIR'] = root

    def program(self, name):
        return os.path.join(self.build, 'tests', 'bench', name)

    def describe_machine(self):
        model = platform.processor() or platform.machine()
        with open('/proc/cpuinfo', encoding='utf-8') as info:
            for line in info:
                if line.startswith('model name'):
                    model = line.split(':', 1)[1].strip()
                    break
        with open('/proc/meminfo', encoding='utf-8') as info:
            memory = int(info.readline().split()[1]) / 1024 / 1024
        load = os.getloadavg()[0]
        print(f'{model}, {os.cpu_count()} processors, {memory:.0f} GB, {platform.release()}, load {load:.1f}')
        print(f'{self.rows:,} open items of {self.customers:,} customers; medians of {self.runs} alternating runs\n')
        print(f'{"":34}{"Rubis":>11}{"baseline":>11}{"ratio":>8}{"of cpu":>8}  {"limit":14}{"peak memory":>16}')

    def generate(self):
        if os.path.exists(self.csv):
            return
        print(f'bench: making {self.csv}', file=sys.stderr)
        shared = os.path.join(self.root, '..', 'shared', 'bench', 'gen.py')
        if os.path.exists(shared):
            subprocess.run([sys.executable, shared, '--customers', str(self.customers), '--invoices', str(self.rows),
                            '--open', '--no-fec', '--out', os.path.dirname(self.csv)], check=True,
                           stdout=subprocess.DEVNULL)
        else:
            part = self.csv + '.part'
            subprocess.run([self.program('bench-generate'), str(self.rows), str(self.customers), part], check=True)
            os.rename(part, self.csv)

    def remove(self, path):
        for end in ('', '-wal', '-shm', '-lock', '.lock'):
            if os.path.exists(path + end):
                os.unlink(path + end)

    def new_dossier(self, path):
        self.remove(path)
        run([self.rubisctl, '-d', path, 'init', '--name', 'Bench'])

    def import_into(self, path):
        return run([self.rubisctl, '-d', path, '--date', DAY, 'import', self.csv])

    def need_dossier(self):
        self.generate()
        if not os.path.exists(self.dossier):
            part = os.path.join(self.folder, 'part.rubis')
            self.new_dossier(part)
            self.import_into(part)
            os.rename(part, self.dossier)

    def show(self, name, ours, raw, unit='s', limit=''):
        """@ours and @raw: a list of results each. For "/s" the time is of one piece."""
        wall = [statistics.median(r.wall for r in results) for results in (ours, raw)]
        cpu = [statistics.median(r.cpu for r in results) for results in (ours, raw)]
        peak = [max(r.peak for r in results) for results in (ours, raw)]
        if unit == '/s':
            figures = [f'{1 / seconds:.0f} /s' for seconds in cpu]
            ratio, of_cpu = wall[1] / wall[0], cpu[1] / cpu[0]
        else:
            figures = [f'{seconds:.3f} s' for seconds in wall]
            ratio, of_cpu = wall[0] / wall[1], cpu[0] / cpu[1]
        memory = f'{peak[0]:.0f} / {peak[1]:.0f} MB'
        print(f'{name:34}{figures[0]:>11}{figures[1]:>11}{ratio:>8.2f}{of_cpu:>8.2f}  {limit:14}{memory:>16}',
              flush=True)

    def alternate(self, *programs):
        """Each program is a function that gives results; one list of runs for each."""
        results = [[] for _ in programs]
        for _ in range(self.runs):
            for index, program in enumerate(programs):
                results[index].append(program())
        return results

    def measure_import(self):
        self.generate()
        mine = os.path.join(self.folder, 'import.rubis')
        theirs = os.path.join(self.folder, 'raw.db')
        schema = [os.path.join(self.root, 'resources', 'schema', name) for name in ('001.sql', 'item-indexes.sql')]

        def ours():
            self.new_dossier(mine)
            return self.import_into(mine)[0]

        def raw():
            self.remove(theirs)
            return run([self.program('raw-import'), self.csv, theirs, *schema])[0]

        self.show(f'import of {self.rows:,} lines', *self.alternate(ours, raw), limit=LIMITS['import'])
        self.remove(mine)
        self.remove(theirs)

    def measure_agenda(self):
        self.need_dossier()
        program = self.program('bench-agenda')
        self.show('agenda', *self.alternate(lambda: run([program, 'rubis', self.dossier, DAY])[0],
                                            lambda: run([program, 'scan', self.dossier, DAY])[0]),
                  limit=LIMITS['agenda'])

    def measure_grid(self):
        self.need_dossier()
        program = self.program('bench-grid')
        ours, raw = self.alternate(lambda: run([program, 'rubis', self.dossier, DAY]),
                                   lambda: run([program, 'raw', self.dossier, DAY]))
        for index, first in enumerate(ours[0]):
            self.show('grid: ' + first.note.split(':')[0], [results[index] for results in ours],
                      [results[index] for results in raw])

    def measure_search(self):
        """Each key typed, beside one row by its key; the first line is what the first search of a session reads."""
        self.need_dossier()
        program = self.program('bench-search')
        ours, raw = self.alternate(lambda: run([program, 'rubis', self.dossier, DAY]),
                                   lambda: run([program, 'point', self.dossier, DAY]))
        for index, first in enumerate(ours[0]):
            self.show(first.note, [results[index] for results in ours], [results[index] for results in raw],
                      limit=LIMITS['search'] if index > 0 else '')

    def measure_letters(self):
        program = self.program('bench-letters')

        def each(kind):
            result = run([program, kind, str(self.letters)])[0]
            return Result(result.wall / self.letters, result.cpu / self.letters, result.peak)

        def batch(kind):
            result = run([program, kind + '-batch', str(self.batch)])[0]
            return Result(result.wall / self.batch, result.cpu / self.batch, result.peak)

        single, raw = self.alternate(lambda: each('rubis'), lambda: each('raw'))
        self.show('letters of ten items, a PDF each', single, raw, unit='/s', limit=LIMITS['letters'])
        self.show(f'the same, {self.batch:,} in one file', *self.alternate(lambda: batch('rubis'), lambda: batch('raw')),
                  unit='/s', limit=LIMITS['letters'])
        self.measure_converters(single)

    def measure_converters(self, single):
        """Programs that make a PDF of a page of HTML, with the body of the same letter: those that are there."""
        with tempfile.TemporaryDirectory(prefix='rubis-bench-') as folder:
            pages = [os.path.join(folder, f'{number}.html') for number in range(20)]
            run([self.program('bench-letters'), 'html', pages[0]])
            for page in pages[1:]:
                shutil.copy(pages[0], page)
            out = os.path.join(folder, 'letter.pdf')
            converters = {
                'libreoffice': (['--headless', f'-env:UserInstallation=file://{folder}/profile', '--convert-to', 'pdf:writer_web_pdf_Export',
                                 '--outdir', folder, *pages], len(pages), f'{len(pages)} files in one start'),
                'weasyprint': ([pages[0], out], 1, 'a start each'),
                'wkhtmltopdf': (['--quiet', pages[0], out], 1, 'a start each'),
            }
            for name, (arguments, count, note) in converters.items():
                if shutil.which(name) is None:
                    continue
                offscreen = {'QT_QPA_PLATFORM': 'offscreen', 'XDG_RUNTIME_DIR': folder}
                results = [run([name, *arguments], offscreen, subprocess.DEVNULL)[0] for _ in range(min(self.runs, 3))]
                for result in results:
                    result.wall, result.cpu = result.wall / count, result.cpu / count
                self.show(f'letters: {name}, {note}', single, results, unit='/s')

    def measure_preview(self):
        program = self.program('bench-preview')
        self.show('preview after a keystroke', *self.alternate(lambda: run([program, 'rubis', '100'])[0],
                                                               lambda: run([program, 'raw', '100'])[0]),
                  limit=LIMITS['preview'])

    def measure_outbox(self):
        """One program makes the dossier, sends it, and sends the same bytes by libcurl."""
        runs = [run([self.program('bench-outbox'), str(self.emails)]) for _ in range(min(self.runs, 3))]
        queued, sent, raw = ([Result(r[index].wall / self.emails, r[index].cpu / self.emails, r[index].peak, r[index].note)
                              for r in runs] for index in range(3))
        self.show(f'{self.emails:,} emails sent over SMTP', sent, raw, unit='/s')
        self.show('emails made and queued', queued, raw, unit='/s')
        rates = ' and '.join(f'{1 / statistics.median(r.wall for r in results):.0f}' for results in (sent, raw))
        print(f'  by the clock {rates} a second; {sent[-1].note.split("; ")[1]}')

    def measure_window(self):
        """Starts itself again inside a display of its own."""
        self.need_dossier()
        display = os.path.join(self.root, 'tests', 'ui', 'with-display.sh')
        status = subprocess.run([display, '--size', '1280x800', sys.executable, os.path.abspath(__file__), self.root,
                                 self.build, '--runs', str(self.runs), '--inside', self.dossier, 'window'],
                                check=False).returncode
        if status == 77:
            print(f'{"window":34}not measured: a program for displays is missing')

    def measure_inside(self, dossier):
        preload = {'LD_PRELOAD': self.program('libfirst-frame.so'), 'GSK_RENDERER': 'cairo', 'GTK_A11Y': 'none'}
        rubis = os.path.join(self.build, 'src', 'rubis')
        empty = self.program('bench-window')
        ours, raw = self.alternate(lambda: run([rubis, dossier], preload)[0], lambda: run([empty], preload)[0])
        # Memory once everything is loaded, not at the first frame.
        linger = dict(preload, BENCH_LINGER='10')
        ours.append(run([rubis, dossier], linger)[0])
        raw.append(run([empty], dict(preload, BENCH_LINGER='1'))[0])
        self.show('window: first frame', ours, raw, limit=LIMITS['window'])


def main():
    parser = argparse.ArgumentParser(prog='./dev bench', description=__doc__)
    parser.add_argument('root', help=argparse.SUPPRESS)
    parser.add_argument('build', help=argparse.SUPPRESS)
    parser.add_argument('--quick', action='store_true', help='a tenth of the items, 3 runs')
    parser.add_argument('--runs', type=int, help='runs of each program (5)')
    parser.add_argument('--inside', metavar='DOSSIER', help=argparse.SUPPRESS)
    parser.add_argument('part', nargs='*', default=[], help=', '.join(PARTS) + ' (all)')
    options = parser.parse_intermixed_args()
    unknown = set(options.part) - set(PARTS)
    if unknown:
        parser.error(f'unknown part: {", ".join(sorted(unknown))}')
    options.runs = options.runs or (3 if options.quick else 5)
    bench = Bench(options.root, options.build, options)
    if options.inside:
        bench.measure_inside(options.inside)
        return
    bench.describe_machine()
    for part in options.part or PARTS:
        getattr(bench, 'measure_' + part)()


main()
