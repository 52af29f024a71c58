#!/usr/bin/env python3
"""Kills import and run at many moments: afterwards the dossier holds all of the action or nothing.

Usage: test-kill.py RUBISCTL
"""
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest

RUBISCTL = sys.argv.pop(1)
DAY = "2026-11-23"
N_KILLS = 24
# Trials stop here, so that a slow machine does not run into the limit of the test.
SECONDS = 14


def call(dossier, *arguments):
    return subprocess.run([RUBISCTL, "-d", dossier, "--date", DAY, *arguments], capture_output=True, text=True,
                          timeout=60)


def state_of(dossier):
    """What an action changes, as numbers."""
    queries = ("SELECT count(*) FROM import_batch", "SELECT count(*), total(open), total(total) FROM item",
               "SELECT count(*), total(amount) FROM allocation", "SELECT count(*) FROM event",
               "SELECT count(*) FROM event_item", "SELECT count(*) FROM document", "SELECT count(*) FROM outbox",
               "SELECT count(last_contact), total(last_contact) FROM account", "SELECT total(level) FROM item")
    connection = sqlite3.connect(dossier)
    try:
        return [connection.execute(query).fetchone() for query in queries]
    finally:
        connection.close()


class Killing(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="rubis-kill-")
        self.addCleanup(shutil.rmtree, self.folder)
        self.base = os.path.join(self.folder, "base.rubis")
        self.assertEqual(call(self.base, "demo").returncode, 0)
        self.random = random.Random(20261123)

    def copy(self, name):
        folder = os.path.join(self.folder, name)
        os.mkdir(folder)
        dossier = os.path.join(folder, "copy.rubis")
        shutil.copy(self.base, dossier)
        return dossier

    def kill_at_many_moments(self, arguments_for, after_each):
        """arguments_for(dossier): the command; after_each(dossier): it is done again, and must be whole."""
        before = state_of(self.base)
        whole = self.copy("whole")
        start = time.monotonic()
        self.assertEqual(call(whole, *arguments_for(whole)).returncode, 0)
        duration = time.monotonic() - start
        after = state_of(whole)
        self.assertNotEqual(before, after)
        seen = set()
        deadline = time.monotonic() + SECONDS
        for i in range(N_KILLS):
            if time.monotonic() > deadline:
                break
            dossier = self.copy(f"kill{i}")
            process = subprocess.Popen([RUBISCTL, "-d", dossier, "--date", DAY, *arguments_for(dossier)],
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep((i + self.random.random()) / N_KILLS * duration * 1.1)
            process.kill()
            process.wait()
            check = call(dossier, "check")
            self.assertEqual(check.returncode, 0, check.stdout + check.stderr)
            state = state_of(dossier)
            self.assertIn(state, (before, after), f"half done after kill {i}")
            seen.add(state == after)
            after_each(dossier)
            self.assertEqual(state_of(dossier), after)
            shutil.rmtree(os.path.dirname(dossier))
        self.assertIn(False, seen)

    def test_import(self):
        path = os.path.join(self.folder, "new.csv")
        with open(path, "w", encoding="utf-8") as file:
            file.write("Code client;Nom client;N° pièce;Date pièce;Échéance;Montant TTC;Reste dû;Devise\n")
            for i in range(3000):
                file.write(f"K{i % 200:04};Client {i % 200};K-{i};01/10/2026;31/10/2026;{100 + i},50;{100 + i},50;EUR\n")

        def arguments(dossier):
            return ("import", "--mode", "delta", path)

        def again(dossier):
            # A second import of what is already there would only add a batch: do it only when nothing was done.
            connection = sqlite3.connect(dossier)
            n_batches = connection.execute("SELECT count(*) FROM import_batch WHERE file_name = 'new.csv'").fetchone()[0]
            connection.close()
            if n_batches == 0:
                self.assertEqual(call(dossier, *arguments(dossier)).returncode, 0)

        self.kill_at_many_moments(arguments, again)

    def test_run(self):
        def out(dossier):
            return os.path.join(os.path.dirname(dossier), "out")

        def arguments(dossier):
            return ("run", "--confirm-all", "--out", out(dossier))

        def again(dossier):
            # The next run does what was not done, and brings the files that are missing.
            self.assertEqual(call(dossier, *arguments(dossier)).returncode, 0)
            connection = sqlite3.connect(dossier)
            names = {row[0] for row in connection.execute("SELECT file_name FROM document")}
            unsent = connection.execute("SELECT count(*) FROM outbox WHERE state <> 'sent'").fetchone()[0]
            connection.close()
            folder = os.path.dirname(dossier)
            written = set(os.listdir(out(dossier))) | set(os.listdir(os.path.join(folder, "copy.outgoing")))
            self.assertTrue(names)
            self.assertEqual(names - written, set())
            self.assertEqual(unsent, 0)

        self.kill_at_many_moments(arguments, again)


if __name__ == "__main__":
    unittest.main()
