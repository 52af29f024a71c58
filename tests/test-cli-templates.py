#!/usr/bin/env python3
"""rubisctl template: checking, writing and reading templates and policies. Usage: test-cli-templates.py RUBISCTL"""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

RUBISCTL = sys.argv.pop(1)
DATA = os.path.join(os.environ["RUBIS_TEST_DATA"], "template-check")


def call(*arguments):
    environment = dict(os.environ)
    environment.pop("RUBIS_DOSSIER", None)
    return subprocess.run([RUBISCTL, "--date", "2026-11-20", *arguments], capture_output=True, text=True,
                          encoding="utf-8", env=environment, timeout=60)


def case(name):
    return os.path.join(DATA, name)


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def replace(path, old, new):
    text = read(path)
    assert old in text, (path, old)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text.replace(old, new))


class Checking(unittest.TestCase):
    """Files are checked without a dossier."""

    def test_problems_have_places(self):
        result = call("template", "lint", case("unknown.md"))
        self.assertEqual(result.returncode, 1, result.stderr)
        lines = result.stdout.splitlines()
        self.assertEqual(lines[0], case("unknown.md") + ":6:16: error: unknown hashtag #NomCleint, did you mean "
                                                        "#NomClient? [unknown-hashtag]")
        self.assertEqual(len(lines), 8)

    def test_warnings_do_not_fail(self):
        self.assertEqual(call("template", "lint", case("totals.md")).returncode, 0)
        self.assertIn("total-of-other-list", call("template", "lint", case("totals.md")).stdout)
        self.assertIn("nothing to say", call("template", "lint", case("ok.md")).stdout)

    def test_records(self):
        result = call("--format", "json", "template", "lint", case("unknown.md"), case("ok.md"))
        problems = json.loads(result.stdout)
        self.assertEqual(result.returncode, 1)
        self.assertEqual(problems[0]["line"], 6)
        self.assertEqual(problems[0]["column"], 16)
        self.assertEqual(problems[0]["severity"], "error")
        self.assertEqual(problems[0]["code"], "unknown-hashtag")
        text = read(case("unknown.md")).encode()
        place = text[problems[0]["offset"]:problems[0]["offset"] + problems[0]["length"]]
        self.assertEqual(place.decode(), "#NomCleint")

    def test_guide(self):
        guide = call("help", "templates")
        self.assertEqual(guide.returncode, 0, guide.stderr)
        self.assertIn("  | Your 2 invoices are overdue: please pay them.", guide.stdout)
        self.assertEqual(call("template", "reference", "--guide").stdout, guide.stdout)
        self.assertIn("Vos 2 factures sont échues", call("template", "reference", "--guide", "--language", "fr").stdout)

    def test_reference_without_dossier(self):
        hashtags = json.loads(call("--format", "json", "template", "reference", "--language", "fr").stdout)
        names = {h["name"]: h for h in hashtags}
        self.assertEqual(names["NomClient"]["example"], "Menuiserie Garçon")
        self.assertEqual(names["NomClient"]["alias"], "CustomerName")
        self.assertEqual(names["ListeEchues"]["type"], "table")
        for hashtag in hashtags:
            self.assertTrue(hashtag["description"] and hashtag["family"], hashtag)


class Exchanging(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="rubis-cli-")
        self.addCleanup(shutil.rmtree, self.folder)
        self.path = os.path.join(self.folder, "test.rubis")
        self.out = os.path.join(self.folder, "out")
        self.run_ctl("init", "--name", "Verrerie", "--siren", "732829320")

    def run_ctl(self, *arguments, status=0):
        result = call("-d", self.path, *arguments)
        self.assertEqual(result.returncode, status, result.stdout + result.stderr)
        return result

    def test_shipped_templates_are_sound(self):
        self.assertIn("nothing to say", self.run_ctl("template", "lint").stdout)
        self.run_ctl("template", "lint", "sonnet", status=2)

    def test_round_trip(self):
        self.run_ctl("template", "export", self.out)
        self.assertTrue(os.path.exists(os.path.join(self.out, "fr", "mise-en-demeure.md")))
        self.assertTrue(os.path.exists(os.path.join(self.out, "policies", "consumer.ini")))
        self.assertIn("0 templates and 0 policies", self.run_ctl("template", "import", self.out).stdout)
        thanks = os.path.join(self.out, "fr", "remerciement.md")
        replace(thanks, "#FormulePolitesse", "À bientôt.\n\n#FormulePolitesse")
        replace(os.path.join(self.out, "policies", "consumer.ini"), "delay=5\n", "delay=6\n")
        self.run_ctl("template", "import", "--dry-run", self.out)
        self.assertNotIn("À bientôt", self.run_ctl("template", "show", "remerciement", "--language", "fr").stdout)
        self.assertIn("1 templates and 1 policies", self.run_ctl("template", "import", self.out).stdout)
        self.assertIn("À bientôt", self.run_ctl("template", "show", "remerciement", "--language", "fr").stdout)
        again = os.path.join(self.folder, "again")
        self.run_ctl("template", "export", again)
        self.assertEqual(read(os.path.join(again, "fr", "remerciement.md")), read(thanks))
        self.assertIn("delay=6\n", read(os.path.join(again, "policies", "consumer.ini")))
        self.run_ctl("check")

    def test_wrong_files_change_nothing(self):
        one = os.path.join(self.folder, "one.md")
        self.run_ctl("template", "export", one, "relance-1", status=2)
        self.run_ctl("template", "export", one, "relance-1", "--language", "fr")
        replace(one, "#FormuleAppel", "#FormulAppel\n\nBonjour")
        result = self.run_ctl("template", "import", one, status=4)
        self.assertIn(one + ":10:1: error: unknown hashtag #FormulAppel", result.stdout)
        self.assertNotIn("Bonjour", self.run_ctl("template", "show", "relance-1", "--language", "fr").stdout)
        policy = os.path.join(self.folder, "p.ini")
        with open(policy, "w", encoding="utf-8") as file:
            file.write("[policy]\nid=p\nname=P\n[step 1]\nchannel=pigeon\n")
        self.assertIn("p.ini", self.run_ctl("template", "import", policy, status=4).stderr)
        self.run_ctl("template", "import", os.path.join(self.folder, "nothing.md"), status=4)


class Notices(unittest.TestCase):
    """An incomplete formal notice leaves only when the code of the account was typed."""

    def test_confirmation(self):
        folder = tempfile.mkdtemp(prefix="rubis-cli-")
        self.addCleanup(shutil.rmtree, folder)
        path = os.path.join(folder, "demo.rubis")
        out = os.path.join(folder, "out")

        def run(*arguments, status=0):
            result = call("--date", "2026-11-02", "-d", path, *arguments)
            self.assertEqual(result.returncode, status, result.stdout + result.stderr)
            return result

        run("demo")
        notice = os.path.join(folder, "notice.md")
        run("template", "export", notice, "mise-en-demeure", "--language", "fr")
        replace(notice, "saisir, sans autre avis, la juridiction compétente", "agir")
        self.assertIn("notice-consequences", run("template", "import", notice).stdout)
        due = [a for a in json.loads(run("--format", "json", "agenda").stdout)
               if a["channel"] == "registered" and a["language"] == "fr"]
        code = due[0]["account"]
        refused = run("registered", "write", code, status=1)
        self.assertIn("competent court", refused.stderr)
        self.assertIn(code, refused.stderr)
        run("registered", "write", code, "--confirm-notice", "oui", status=2)
        self.assertIn("nothing to say", run("template", "lint", "relance-1", "--language", "fr", "--account", code).stdout)
        replace(notice, "#FormulePolitesse", "#Siret\n\n#FormulePolitesse")
        self.assertIn("[missing-value]", run("template", "lint", notice, "--account", code).stdout)
        self.assertNotIn("[missing-value]", run("template", "lint", notice).stdout)
        run("run", "--out", out, "--confirm-notice", "NOBODY", status=2)
        report = json.loads(run("--format", "json", "run", "--out", out, "--confirm-notice", code).stdout)
        self.assertIn(code, [letter["account"] for letter in report["letters"]])
        self.assertNotIn(due[1]["account"], [letter["account"] for letter in report["letters"]])
        events = json.loads(run("--format", "json", "events", "--account", code).stdout)
        self.assertIn("notice-confirmed", [event["kind"] for event in events])
        run("check")


if __name__ == "__main__":
    unittest.main(argv=sys.argv)
