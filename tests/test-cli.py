#!/usr/bin/env python3
"""rubisctl as its users type it, with wrong input too. Usage: test-cli.py RUBISCTL"""
import base64
import csv
import hashlib
import decimal
import hashlib
import io
import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import unittest
import zipfile

RUBISCTL = sys.argv.pop(1)
DATA = os.path.join(os.environ["RUBIS_TEST_DATA"], "cli")
DAY = "2026-11-20"
# Two pixels by one.
PNG = ("iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAAD0lEQVR42mM4"
       "IWcjImcDAAbxAZGTlWszAAAAAElFTkSuQmCC")


def call(*arguments, env=None):
    environment = dict(os.environ)
    environment.pop("RUBIS_DOSSIER", None)
    environment.update(env or {})
    return subprocess.run([RUBISCTL, *arguments], capture_output=True, text=True, encoding="utf-8",
                          env=environment, timeout=60)


class Dossier(unittest.TestCase):
    """A new dossier in a folder of its own."""

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="rubis-cli-")
        self.addCleanup(shutil.rmtree, self.folder)
        self.path = os.path.join(self.folder, "test.rubis")
        self.out = os.path.join(self.folder, "out")
        result = call("-d", self.path, "--date", DAY, "init", "--name", "Verrerie Noël", "--siren", "732829320",
                      "--iban", "FR76 3000 6000 0112 3456 7890 189", "--address", "3 quai Perrache", "--postcode",
                      "69002", "--city", "LYON", "--email", "credit@verrerie.example", "--phone", "04 65 71 00 10",
                      "--signatory", "Claire Noël")
        self.assertEqual(result.returncode, 0, result.stderr)

    def run_ctl(self, *arguments, status=0, date=DAY):
        result = call("-d", self.path, "--date", date, *arguments)
        self.assertEqual(result.returncode, status, result.stdout + result.stderr)
        return result

    def json(self, *arguments, status=0, date=DAY):
        return json.loads(self.run_ctl("--format", "json", *arguments, status=status, date=date).stdout)

    def load(self):
        return self.json("import", os.path.join(DATA, "items.csv"))


class Importing(Dossier):
    def test_counts(self):
        report = self.load()
        self.assertEqual(list(report), ["files"])
        [file] = report["files"]
        self.assertEqual(file["format"], "csv")
        self.assertEqual(file["encoding"], "utf-8")
        self.assertEqual([file["rows"], file["new"], file["changed"], file["cleared"], file["unchanged"]],
                         [8, 8, 0, 0, 0])
        self.assertEqual(file["rejected"], [])
        self.assertEqual(file["batch"], 1)

    def test_again_changes_nothing(self):
        self.load()
        before = self.json("items")
        [file] = self.load()["files"]
        self.assertEqual([file["new"], file["changed"], file["cleared"], file["unchanged"]], [0, 0, 0, 8])
        self.assertEqual(self.json("items"), before)

    def test_imported_levels_are_no_fault(self):
        path = os.path.join(self.folder, "levels.csv")
        with open(path, "w", encoding="utf-8") as file:
            file.write("Code client;Nom;N° facture;Date facture;Date échéance;Montant TTC;Restant dû;Niveau relance\n"
                       "C1;Alpha;F1;01/09/2026;01/10/2026;100,00;100,00;2\n")
        self.json("import", path)
        [item] = self.json("items")
        self.assertEqual(item["level"], 2)
        self.run_ctl("check")

    def test_dry_run_writes_nothing(self):
        [file] = self.json("import", "--dry-run", os.path.join(DATA, "items.csv"))["files"]
        self.assertEqual(file["new"], 8)
        self.assertIsNone(file["batch"])
        self.assertEqual(self.json("accounts"), [])

    def test_copies_beside_a_table(self):
        pages = b"".join((b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n", b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n",
                          b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"))
        scans = os.path.join(self.folder, "scans")
        os.mkdir(scans)
        for name, content in (("F-7001.pdf", b"scan"), ("holiday.pdf", b"other"), ("F-7002.pdf", None)):
            with open(os.path.join(scans, name), "wb") as file:
                file.write(b"%PDF-1.4\n%" + content + b"\n" + pages + b"trailer<</Root 1 0 R>>\n%%EOF\n" if content
                           else b"%PDF-1.4\nbroken")
        table = os.path.join(self.folder, "copies.csv")
        with open(table, "w", encoding="utf-8") as file:
            file.write("Code client;Nom;N° facture;Date facture;Date échéance;Montant TTC;Restant dû\n"
                       "C1;Alpha;F-7001;01/09/2026;01/10/2026;100,00;100,00\n")
        # The folder is named first, and its copies still find what the table brings.
        dry = self.json("import", "--dry-run", scans, table, status=1)["files"]
        self.assertEqual([f["kept"] for f in dry[1:]], [False] * 3)
        files = self.json("import", scans, table, status=1)["files"]
        self.assertEqual([files[0]["format"], files[0]["new"]], ["csv", 1])
        self.assertEqual([(os.path.basename(f["file"]), f["format"], f["item"], f["state"], f["kept"]) for f in files[1:]],
                         [("F-7001.pdf", "pdf", "F-7001", "recognised", True),
                          ("F-7002.pdf", "pdf", "", "unreadable", False),
                          ("holiday.pdf", "pdf", "", "unknown", False)])
        self.assertEqual([files[1]["customer"], files[1]["by"], files[1]["pages"], files[1]["reason"]], ["Alpha", "name", 1, ""])
        self.assertTrue(files[2]["reason"] and files[3]["reason"])
        [kept] = self.json("attach", "--account", "C1", "list")
        self.assertEqual([kept["item"], kept["kind"], kept["file"]], ["F-7001", "invoice", "F-7001.pdf"])
        # The same once more: nothing is left to do, and nothing is kept twice.
        [again] = self.json("import", os.path.join(scans, "F-7001.pdf"))["files"]
        self.assertEqual([again["state"], again["kept"]], ["kept-before", False])
        self.assertEqual(len(self.json("attach", "--account", "C1", "list")), 1)
        self.assertIn("holiday.pdf", self.run_ctl("import", scans, status=1).stdout)
        os.mkdir(os.path.join(self.folder, "empty"))
        self.assertIn("“empty” is a folder", self.run_ctl("import", os.path.join(self.folder, "empty"), status=4).stderr)
        self.run_ctl("check")

    def test_rejected_lines_are_named(self):
        report = self.json("import", os.path.join(DATA, "rejects.csv"), status=1)
        [rejected] = report["files"][0]["rejected"]
        self.assertEqual(sorted(rejected), ["code", "column", "line", "message", "value"])
        self.assertEqual([rejected["line"], rejected["column"], rejected["value"]], [4, "Montant TTC", "abc"])
        self.assertTrue(rejected["message"])
        # A date that does not exist is left out, and the line is read.
        [remark] = report["files"][0]["remarks"]
        self.assertEqual([remark["line"], remark["value"]], [3, "31/02/2026"])
        self.assertEqual(report["files"][0]["new"], 3)

    def test_brake_and_force(self):
        self.load()
        part = os.path.join(self.folder, "part.csv")
        with open(os.path.join(DATA, "items.csv"), encoding="utf-8") as whole, open(part, "w", encoding="utf-8") as out:
            out.writelines(whole.readlines()[:3])
        result = self.run_ctl("import", part, status=1)
        self.assertIn("--force", result.stderr)
        self.assertEqual(len(self.json("items", "--open")), 8)
        self.assertEqual(self.json("import", "--mode", "delta", part)["files"][0]["cleared"], 0)
        self.assertEqual(self.json("import", "--force", part)["files"][0]["cleared"], 6)
        self.assertEqual(len(self.json("items", "--open")), 2)

    def test_control_total(self):
        path = os.path.join(DATA, "items.csv")
        self.run_ctl("import", "--control-total", "1.00", path, status=1)
        self.run_ctl("import", "--control-total", "1234x", path, status=2)
        self.run_ctl("import", "--control-total", "4.036,50", path)

    def test_undo(self):
        self.load()
        self.assertEqual(self.json("undo-import", "1"), {"undone": 1})
        self.assertEqual(self.json("items"), [])
        self.run_ctl("undo-import", "1", status=2)
        self.run_ctl("undo-import", "first", status=2)

    def test_files_that_cannot_be_read(self):
        for name, content in (("empty.csv", b""), ("picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(200))):
            path = os.path.join(self.folder, name)
            with open(path, "wb") as file:
                file.write(content)
            self.assertIn(name, self.run_ctl("import", path, status=4).stderr)
        self.run_ctl("import", os.path.join(self.folder, "absent.csv"), status=4)
        self.run_ctl("import", "--mapping", os.path.join(self.folder, "absent"), os.path.join(DATA, "items.csv"), status=4)
        self.run_ctl("import", "--as", "poems", os.path.join(DATA, "items.csv"), status=2)
        self.run_ctl("import", "--mode", "all", os.path.join(DATA, "items.csv"), status=2)
        self.assertEqual(self.json("items"), [])


class Lists(Dossier):
    def setUp(self):
        super().setUp()
        self.load()

    def test_accounts(self):
        accounts = self.json("accounts")
        self.assertEqual([(a["code"], a["currency"]) for a in accounts],
                         [("C001", "EUR"), ("C002", "EUR"), ("C003", "EUR"), ("C004", "EUR"), ("C004", "USD"),
                          ("C005", "EUR")])
        first = accounts[0]
        self.assertEqual(list(first), ["code", "name", "siren", "kind", "group", "currency", "balance", "overdue",
                                       "not_due", "unapplied", "days_late"])
        self.assertEqual([first["balance"], first["overdue"], first["not_due"], first["unapplied"], first["days_late"]],
                         ["1300.50", "1300.50", "0.00", "0.00", 50])
        self.assertEqual([accounts[2]["balance"], accounts[2]["unapplied"]], ["-200.00", "700.00"])
        self.assertEqual([accounts[3]["overdue"], accounts[3]["not_due"]], ["0.00", "2000.00"])

    def test_items(self):
        items = {item["number"]: item for item in self.json("items", "--account", "C001")}
        self.assertEqual(sorted(items), ["F-1001", "F-1002"])
        item = items["F-1002"]
        self.assertEqual([item["type"], item["issue_date"], item["due_date"], item["total"], item["open"],
                          item["days_late"], item["due_date_computed"]],
                         ["FAC", "2026-10-20", "2026-11-19", "300.50", "100.50", 1, False])
        self.assertEqual([items["F-1001"]["eligible"], items["F-1001"]["reasons"], items["F-1001"]["level"]],
                         [True, [], None])
        self.assertEqual([item["eligible"], item["reasons"]], [False, ["E18"]])
        self.assertEqual(len(self.json("items", "--overdue")), 6)

    def test_account(self):
        self.run_ctl("account", "change", "C001", "--credit-limit", "20 000,50", "--insurer", "Coface",
                     "--payment-process", "Chorus", "--time-zone", "Europe/Lisbon")
        self.run_ctl("account", "contact", "add", "C001", "--name", "Noël", "--role", "approver", "--mobile", "0612345678")
        shown = self.json("account", "show", "C001")
        self.assertEqual([shown["name"], shown["balances"][0]["balance"], shown["credit_limit"], shown["insurer"],
                          shown["payment_process"], shown["time_zone"], shown["paying_habit"]["invoices"],
                          shown["paying_habit"]["average_delay"], shown["promises"]["broken"]],
                         ["Étoile Martin", "1300.50", "20000.50", "Coface", "Chorus", "Europe/Lisbon", 0, None, 0])
        contact = shown["contacts"][0]
        self.assertEqual([contact["name"], contact["role"], contact["mobile"]], ["Noël", "approver", "0612345678"])
        self.run_ctl("account", "contact", "change", "C001", "--id", str(contact["id"]), "--role", "director")
        self.assertEqual(self.json("account", "show", "C001")["contacts"][0]["role"], "director")
        self.run_ctl("account", "contact", "remove", "C001", "--id", str(contact["id"]))
        self.assertNotIn("Noël", [c["name"] for c in self.json("account", "show", "C001")["contacts"]])
        changes = self.json("timeline", "--account", "C001", "--subject", "changes")
        self.assertEqual(changes[0]["title"], "Contact removed: Étoile Martin")
        self.assertEqual([e["detail"] for e in self.json("timeline", "--account", "C001", "--text", "INSURER")],
                         ["Coface"])
        self.run_ctl("account", "change", "C001", status=2)
        self.run_ctl("account", "change", "C001", "--time-zone", "Mars/Olympus", status=2)
        self.run_ctl("account", "erase", "C001", status=2)
        self.run_ctl("account", "contact", "remove", "C001", "--id", "999", status=2)
        self.run_ctl("timeline", "--subject", "weather", status=2)
        self.run_ctl("group", "show", "Nowhere", status=2)

    def test_search(self):
        found = self.json("search", "etoile", "martn")
        self.assertEqual([(f["kind"], f["account"], f["title"], f["amount"], f["currency"]) for f in found],
                         [("account", "C001", "Étoile Martin", "1300.50", "EUR")])
        found = self.json("search", "1002", "--limit", "1")
        self.assertEqual([(f["kind"], f["title"], f["amount"]) for f in found], [("item", "F-1002", "100.50")])
        self.assertEqual(self.json("search", "300,50")[0]["title"], "F-1002")
        self.assertEqual(self.json("search", "xyzzy"), [])
        self.assertIn("You can search for names", self.run_ctl("search", "xyzzy").stdout)
        self.run_ctl("search", status=2)
        self.run_ctl("search", "a", "--limit", "0", status=2)

    def test_agenda(self):
        actions = {(a["account"], a["currency"]): a for a in self.json("agenda")}
        self.assertEqual(sorted(actions), [("C001", "EUR"), ("C002", "EUR"), ("C004", "USD"), ("C005", "EUR")])
        action = actions["C001", "EUR"]
        self.assertEqual([action["level"], action["channel"], action["validation"], action["amount"], action["items"]],
                         [1, "email", "confirm", "1200.00", ["F-1001"]])
        self.assertEqual(actions["C002", "EUR"]["channel"], "letter")

    def test_why(self):
        answer = self.json("why", "--account", "C003")
        self.assertEqual([answer["account"], answer["date"], answer["eligible"]], ["C003", DAY, False])
        self.assertEqual([reason["code"] for reason in answer["reasons"]], ["E20"])
        self.assertIsNone(answer["next_date"])
        answer = self.json("why", "--item", "F-1005")
        # Due on 10 December; the notice comes five days before, which is a Saturday: on Monday.
        self.assertEqual([reason["code"] for reason in answer["reasons"]], ["E16"])
        self.assertEqual([answer["reasons"][0]["until"], answer["next_date"]], ["2026-12-04", "2026-12-07"])
        self.assertTrue(self.json("why", "--item", "F-1001")["eligible"])

    def test_why_with_two_items_of_a_number(self):
        result = self.run_ctl("why", "--item", "F-77", status=2)
        self.assertIn("C004", result.stderr)
        self.assertIn("C005", result.stderr)
        self.assertEqual(self.json("why", "--item", "F-77", "--account", "C005")["account"], "C005")

    def test_unknown_names(self):
        for arguments in (("items", "--account", "C999"), ("events", "--account", "C999"), ("why", "--account", "C999"),
                          ("why", "--item", "F-999")):
            self.assertIn("999", self.run_ctl(*arguments, status=2).stderr)
        self.run_ctl("why", status=2)

    def test_csv_and_text(self):
        rows = list(csv.DictReader(io.StringIO(self.run_ctl("--format", "csv", "items").stdout)))
        self.assertEqual(len(rows), 8)
        self.assertEqual(rows[0]["number"], "F-1001")
        self.assertEqual(rows[0]["open"], "1200.00")
        french = self.run_ctl("--lang", "fr", "accounts").stdout
        self.assertIn("1 300,50", french.replace("\u202f", " ").replace("\u00a0", " "))
        self.assertIn("Échu", french)
        self.assertIn("Balance", self.run_ctl("--lang", "en", "accounts").stdout)

    def test_stale_data(self):
        answer = self.json("why", "--item", "F-1001", date="2026-12-15")
        self.assertIn("E02", [reason["code"] for reason in answer["reasons"]])
        report = self.json("run", "--confirm-all", "--out", self.out, status=1, date="2026-12-15")
        self.assertEqual([report["letters"], report["emails"]], [[], []])
        self.assertIn("E02", report["refused"][0]["reasons"])


class Running(Dossier):
    def setUp(self):
        super().setUp()
        self.load()

    def test_dry_run(self):
        report = self.json("run", "--dry-run", "--confirm-all")
        self.assertEqual(len(report["emails"]), 3)
        self.assertEqual(len(report["letters"]), 1)
        self.assertEqual([event["kind"] for event in self.json("events")], ["import"])

    def test_confirm_steps_wait(self):
        report = self.json("run", "--out", self.out)
        self.assertEqual([report["letters"], report["emails"]], [[], []])
        self.assertEqual(len(report["waiting"]), 4)

    def test_run_once(self):
        report = self.json("run", "--confirm-all", "--out", self.out)
        self.assertEqual(report["date"], DAY)
        [letter] = report["letters"]
        self.assertEqual([letter["account"], letter["amount"], letter["currency"], letter["items"], letter["pages"]],
                         ["C002", "845.00", "EUR", ["F-1003"], 1])
        self.assertTrue(os.path.exists(letter["file"]))
        self.assertTrue(os.path.exists(report["joined_file"]))
        for email in report["emails"]:
            self.assertTrue(email["file"].endswith(".eml"))
            self.assertTrue(os.path.exists(email["file"]))
        levels = {item["number"]: item["level"] for item in self.json("items")}
        self.assertEqual([levels["F-1001"], levels["F-1003"], levels["F-1005"]], [1, 1, None])

        again = self.json("run", "--confirm-all", "--out", self.out)
        self.assertEqual([again["letters"], again["emails"]], [[], []])
        events = self.json("events", "--account", "C002")
        self.assertEqual([event["kind"] for event in events], ["letter"])
        self.assertEqual(events[0]["items"], ["F-1003"])
        self.assertEqual(events[0]["data"]["step"], 1)
        self.assertTrue(self.json("check")["ok"])

    def test_earlier_day_is_refused(self):
        self.run_ctl("run", "--confirm-all", "--out", self.out)
        self.run_ctl("run", "--confirm-all", "--out", self.out, status=1, date="2026-11-19")

    def test_run_needs_a_folder(self):
        self.run_ctl("run", status=2)
        # One that cannot be made: nothing is done.
        self.run_ctl("run", "--confirm-all", "--out", os.path.join(self.path, "out"), status=5)
        self.assertEqual([event["kind"] for event in self.json("events")], ["import"])

    def test_documents(self):
        letter = os.path.join(self.folder, "letter.pdf")
        statement = os.path.join(self.folder, "statement.pdf")
        self.run_ctl("letter", "--account", "C002", "--template", "relance-1-courrier", "--out", letter)
        self.run_ctl("statement", "--account", "C004", "--out", statement)
        for path in (letter, statement):
            with open(path, "rb") as file:
                self.assertEqual(file.read(5), b"%PDF-")
        if shutil.which("pdftotext"):
            text = subprocess.run(["pdftotext", letter, "-"], capture_output=True, text=True, check=True).stdout
            self.assertIn("F-1003", text)
            self.assertIn("845,00", text)
        self.run_ctl("letter", "--account", "C002", "--template", "sonnet", "--out", letter, status=2)
        self.run_ctl("letter", "--account", "C002", "--out", letter, status=2)
        self.run_ctl("statement", "--account", "C002", "--out", os.path.join(self.folder, "no", "x.pdf"), status=5)
        # A device is written to, never replaced by a file.
        link = os.path.join(self.folder, "full")
        os.symlink("/dev/full", link)
        self.run_ctl("statement", "--account", "C002", "--out", link, status=5)
        self.assertTrue(os.path.islink(link))
        self.assertEqual([event["kind"] for event in self.json("events")], ["import"])

    def pages(self, path):
        out = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
        return out.split("\f")[:-1]

    def test_post(self):
        self.json("run", "--confirm-all", "--keep-letters")
        listed = self.json("post", "list")
        self.assertGreater(len(listed["letters"]), 0)
        postcodes = [letter["postcode"] for letter in listed["letters"]]
        self.assertEqual(postcodes, sorted(postcodes))
        self.assertEqual(listed["totals"]["letters"], len(listed["letters"]))
        self.assertEqual(listed["totals"]["pages"], sum(letter["pages"] for letter in listed["letters"]))
        self.assertFalse(listed["totals"]["prices_checked"])
        pdf = os.path.join(self.folder, "post.pdf")
        job = self.json("post", "print", "--out", pdf, "--duplex")
        self.assertFalse(job["printed"])
        self.assertEqual(len(self.pages(pdf)), 2 * job["sheets"])
        # Writing the file alone marks nothing.
        self.assertEqual(len(self.json("post", "list")["letters"]), len(listed["letters"]))
        job = self.json("post", "print", "--out", pdf, "--mark-printed")
        self.assertTrue(job["printed"])
        pages = self.pages(pdf)
        self.assertEqual(len(pages), job["pages"])
        self.assertIn(listed["letters"][0]["name"], pages[0])
        self.assertEqual(self.json("post", "list")["letters"], [])
        self.assertEqual(len(self.json("post", "list", "--all-of-day")["letters"]), len(listed["letters"]))
        [noted] = self.json("post", "jobs")
        self.assertEqual([noted["state"], noted["printer"]], ["printed", pdf])
        again = os.path.join(self.folder, "again.pdf")
        sent = self.json("documents", "list")
        self.assertGreaterEqual(len(sent), len(listed["letters"]))
        self.assertFalse(any(document["to_post"] for document in sent))
        first = next(d for d in sent if d["document"] == listed["letters"][0]["document"])
        self.run_ctl("documents", "save", str(first["document"]), "--out", again)
        with open(again, "rb") as file:
            self.assertEqual(hashlib.sha256(file.read()).hexdigest(), first["sha256"])
        self.assertEqual([d["document"] for d in self.json("documents", "list", "--account", first["account"])
                          if d["account"] != first["account"]], [])
        self.assertEqual(self.json("documents", "list", "--text", "no such subject"), [])
        self.assertEqual([d["template_name"] for d in sent if d["template_name"] == d["template"]], [])
        table = self.run_ctl("documents", "list").stdout
        self.assertIn(first["template_name"], table)
        self.assertNotIn(first["template"], table)
        email = next(d for d in sent if d["channel"] == "email")
        self.run_ctl("documents", "save", str(email["document"]), "--as", "pdf", "--out", again)
        self.assertIn(email["subject"].split()[0], self.pages(again)[0])
        self.run_ctl("documents", "save", str(email["document"]), "--as", "odt", "--out", again, status=2)
        self.run_ctl("documents", "save", "4711", "--out", again, status=1)
        self.run_ctl("reprint", "--job", str(noted["job"]), "--out", again)
        self.assertEqual(self.pages(again), pages)
        self.run_ctl("reprint", str(listed["letters"][0]["document"]), "--out", again)
        self.assertIn(listed["letters"][0]["name"], self.pages(again)[0])
        self.assertIn("reprint", [event["kind"] for event in self.json("events")])
        # Nothing left to print, no such document, wrong words.
        self.run_ctl("post", "print", "--out", pdf, status=1)
        self.run_ctl("reprint", "4711", "--out", again, status=1)
        self.run_ctl("post", "burn", status=2)
        self.run_ctl("post", "answer", str(noted["job"]), "printed", status=1)

    def test_attach(self):
        [account, *_] = [a["code"] for a in self.json("accounts")]
        number = self.json("items", "--account", account)[0]["number"]
        name = number.replace("/", "-") + ".txt"
        copy = os.path.join(self.folder, name)
        with open(copy, "w", encoding="utf-8") as file:
            file.write("no PDF")
        [kept] = self.json("attach", "--account", account, copy)
        self.assertEqual([kept["item"], kept["kind"], kept["file"]], [number, "invoice", name])
        self.assertNotEqual(kept["warning"], "")
        self.assertEqual(self.json("attach", "--account", account, "list"), [kept])
        self.run_ctl("attach", "--account", account, "--item", "no such", copy, status=2)
        self.run_ctl("attach", "--account", account, os.path.join(self.folder, "nowhere.pdf"), status=4)
        self.run_ctl("attach", "--account", account, "--kind", "picture", copy, status=2)
        self.run_ctl("attach", "remove", str(kept["id"]))
        self.assertEqual(self.json("attach", "--account", account, "list"), [])
        self.run_ctl("attach", "remove", "4711", status=1)
        self.assertEqual(self.json("attach", "folder", self.folder), {"folder": self.folder, "read": 0})
        self.run_ctl("attach", "folder", "/no/such/folder", status=4)
        self.run_ctl("attach", "--limit", "many", status=2)
        self.run_ctl("attach", "--limit", "8")

    def test_postal_prices(self):
        prices = os.path.join(self.folder, "prices.ini")
        text = self.run_ctl("post", "prices").stdout
        with open(prices, "w", encoding="utf-8") as file:
            file.write(text.replace("checked=false", "checked=true"))
        self.run_ctl("post", "prices", "--import", prices)
        self.assertTrue(self.json("post", "list")["totals"]["prices_checked"])
        with open(prices, "w", encoding="utf-8") as file:
            file.write(text.replace("20=1.52", "20=much"))
        self.assertIn("[verte] 20", self.run_ctl("post", "prices", "--import", prices, status=4).stderr)

    def test_templates(self):
        templates = {(t["id"], t["language"]) for t in self.json("template", "list")}
        self.assertIn(("mise-en-demeure", "fr"), templates)
        self.assertIn("#", self.run_ctl("template", "show", "mise-en-demeure", "--language", "fr").stdout)
        self.run_ctl("template", "show", "sonnet", status=2)
        self.run_ctl("template", "erase", status=2)


class Promises(Dossier):
    def setUp(self):
        super().setUp()
        self.load()
        self.item = next(item for item in self.json("items", "--overdue") if item["type"] == "FAC"
                         and item["currency"] == "EUR" and not item["reasons"])

    def add(self, *arguments, status=0):
        return self.run_ctl("--format", "json", "promise", "add", "--account", self.item["account"], "--item",
                            self.item["number"], *arguments, status=status)

    def test_promise(self):
        amount = self.item["open"]
        given = json.loads(self.add("--date", "2026-11-24", "--by", "Mme Noël", "--quote", "Mardi.").stdout)
        self.assertEqual((given["state"], given["date"], given["until"]), ("open", "2026-11-24", "2026-11-26"))
        self.assertEqual((given["amount"], given["currency"], given["paid"]), (amount, "EUR", "0.00"))
        self.assertEqual((given["items"], given["given_by"], given["channel"], given["quote"]),
                         ([self.item["number"]], "Mme Noël", "call", "Mardi."))
        why = self.json("why", "--account", self.item["account"], "--item", self.item["number"])
        self.assertEqual([(r["code"], r["until"]) for r in (why if isinstance(why, dict) else why[0])["reasons"]
                          if r["code"] == "E14"], [("E14", "2026-11-26")])
        self.assertEqual(self.json("tasks"), [])

        later = self.json("tasks", date="2026-11-27")
        self.assertEqual([(t["kind"], t["account"], t["amount"], t["currency"], t["date"], t["time"], t["days_late"])
                          for t in later],
                         [("broken_promise", self.item["account"], amount, "EUR", "2026-11-24", None, 1)])
        self.assertIn("“Mardi.” said Mme Noël on 20\u00a0November, on the phone", later[0]["detail"])
        self.assertIn("1 task waits besides", self.run_ctl("agenda", date="2026-11-27").stderr)
        listed = self.json("promise", "list", "--state", "broken", date="2026-11-27")
        self.assertEqual([(p["id"], p["verified"], p["seen"]) for p in listed], [(given["id"], False, False)])
        path = os.path.join(self.folder, "reminder.pdf")
        self.run_ctl("letter", "--account", self.item["account"], "--template", "relance-promesse", "--out", path,
                     date="2026-11-27")
        out = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
        self.assertIn("Vous nous aviez annoncé pour le 24 novembre 2026 un règlement de",
                      " ".join(out.split()))
        self.run_ctl("promise", "seen", str(given["id"]), date="2026-11-27")
        self.assertEqual(self.json("tasks", date="2026-11-27"), [])

        second = json.loads(self.add("--date", "2026-11-30", "--amount", "1,00").stdout)
        states = [(p["id"], p["state"]) for p in self.json("promise", "list", "--state", "all")]
        self.assertEqual(states, [(given["id"], "replaced"), (second["id"], "open")])
        self.assertIn("withdrawn", self.run_ctl("promise", "withdraw", str(second["id"]), "--note", "misheard").stdout)
        self.assertEqual(self.json("promise", "list"), [])
        withdrawn = self.json("promise", "list", "--account", self.item["account"], "--state", "withdrawn", "--from",
                              "2026-11-30", "--to", "2026-11-30")
        self.assertEqual([(p["amount"], p["note"]) for p in withdrawn], [("1.00", "misheard")])
        self.run_ctl("promise", "withdraw", str(second["id"]), status=1)

    def test_wrong(self):
        self.assertIn("passed already", self.add("--date", "2026-11-19", status=2).stderr)
        self.assertIn("is open on these", self.add("--date", "2026-11-24", "--amount", "9999999", status=2).stderr)
        self.assertIn("1 234,56", self.add("--date", "2026-11-24", "--amount", "much", status=2).stderr)
        self.assertIn("two ways", self.add("--date", "2026-11-24", "--amount", "1.000", status=2).stderr)
        self.assertIn("more than zero", self.add("--date", "2026-11-24", "--amount", "0", status=2).stderr)
        self.assertIn("not a date", self.add("--date", "tomorrow", status=2).stderr)
        self.assertIn("--channel", self.add("--date", "2026-11-24", "--channel", "fax", status=2).stderr)
        self.assertIn("For when?", self.add(status=2).stderr)
        self.assertIn("--state", self.run_ctl("promise", "list", "--state", "late", status=2).stderr)
        self.run_ctl("promise", "withdraw", "1", status=2)
        self.run_ctl("promise", "withdraw", status=2)


class Opening(Dossier):
    def test_missing_and_wrong_files(self):
        self.assertEqual(call("-d", os.path.join(self.folder, "absent.rubis"), "accounts").returncode, 3)
        self.assertFalse(os.path.exists(os.path.join(self.folder, "absent.rubis")))
        text = os.path.join(self.folder, "text.rubis")
        with open(text, "w", encoding="utf-8") as file:
            file.write("not a dossier\n" * 100)
        result = call("-d", text, "accounts")
        self.assertEqual(result.returncode, 3)
        self.assertIn("text.rubis", result.stderr)

    def test_existing_file_is_not_overwritten(self):
        self.run_ctl("init", "--name", "Autre", status=3)
        self.run_ctl("demo", status=3)
        self.assertEqual(stat.S_IMODE(os.stat(self.path).st_mode), 0o600)

    def test_locked(self):
        import fcntl
        with open(self.path + ".lock", "a+", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            fcntl.lockf(lock, fcntl.LOCK_EX)
            self.assertEqual(call("-d", self.path, "accounts").returncode, 3)
        self.run_ctl("accounts")

    def test_environment(self):
        self.assertEqual(call("accounts").returncode, 2)
        self.assertEqual(call("accounts", env={"RUBIS_DOSSIER": self.path}).returncode, 0)

    def test_wrong_usage(self):
        for arguments in ((), ("dance",), ("accounts", "extra"), ("items", "--sort", "x"), ("--date", "20/11/2026", "accounts"),
                          ("--date", "2026-02-30", "accounts"), ("--format", "xml", "accounts"),
                          ("--lang", "tlh", "accounts"), ("import",)):
            result = call("-d", self.path, *arguments)
            self.assertEqual(result.returncode, 2, arguments)
            self.assertTrue(result.stderr.startswith("rubisctl: "), arguments)
            self.assertEqual(result.stdout, "")
        fresh = os.path.join(self.folder, "fresh.rubis")
        for arguments in (("init",), ("init", "--name", "X", "--siren", "123456789"),
                          ("init", "--name", "X", "--iban", "FR00"), ("init", "--name", "X", "--currency", "EURO")):
            self.assertEqual(call("-d", fresh, *arguments).returncode, 2, arguments)
            self.assertFalse(os.path.exists(fresh))

    def test_help(self):
        for arguments in (("help",), ("--help",)):
            result = call(*arguments)
            self.assertEqual(result.returncode, 0)
            for command in ("init", "demo", "import", "undo-import", "accounts", "items", "agenda", "why", "run", "letter",
                            "statement", "interest", "events", "check", "template"):
                self.assertIn(command, result.stdout)
                self.assertEqual(call(command, "--help").returncode, 0)
        self.assertIn("--control-total", call("help", "import").stdout)
        self.assertIn("Commandes", call("--lang", "fr", "help").stdout)

    def test_check_finds_a_changed_amount(self):
        self.load()
        self.assertTrue(self.json("check")["ok"])
        if shutil.which("sqlite3"):
            subprocess.run(["sqlite3", self.path, "UPDATE item SET open = open + 1 WHERE number = 'F-1001'"], check=True)
            report = self.json("check", status=1)
            self.assertFalse(report["ok"])
            self.assertEqual([check["check"] for check in report["checks"] if not check["ok"]], ["open"])


class Company(Dossier):
    def test_what_is_missing(self):
        path = os.path.join(self.folder, "bare.rubis")
        made = call("-d", path, "--date", DAY, "--format", "json", "init", "--name", "Noël")
        self.assertEqual([gap["key"] for gap in json.loads(made.stdout)["missing"]],
                         ["legal_form", "siren", "rcs", "address", "iban", "email", "signatory"])
        os.remove(path)
        made = call("-d", path, "--date", DAY, "init", "--name", "Noël")
        self.assertIn("IBAN: reminders that ask for payment cannot be written", made.stdout)

    def test_set(self):
        after = self.json("company", "set", "legal_form=SAS", "capital=50 000 €", "rcs=Lyon",
                          "address=Bâtiment C\\n3 quai Perrache")
        self.assertEqual([after["legal_form"], after["address"]], ["SAS", "Bâtiment C\n3 quai Perrache"])
        self.assertEqual(after["missing"], [])
        self.assertEqual(self.json("letterhead", "show")["problems"], [])
        self.assertEqual(self.json("company", "show"), after)
        self.run_ctl("company", "set", "siren=123456789", status=2)
        self.run_ctl("company", "set", "colour=red", status=2)
        self.run_ctl("company", "sell", status=2)
        self.assertEqual(self.json("company", "show"), after)


class Letterhead(Dossier):
    def test_set_and_preview(self):
        before = self.json("letterhead", "show")
        self.assertEqual([before["position"], before["margin_left"], before["logo"]], ["auto", "25", False])
        self.assertIn("legal-rcs", [problem["code"] for problem in before["problems"]])
        after = self.json("letterhead", "set", "position=din-b", "footer=Verrerie Noël\\nSIREN 732829320")
        self.assertEqual([after["position"], after["footer"]], ["din-b", "Verrerie Noël\nSIREN 732829320"])
        self.assertEqual(self.json("letterhead", "show"), after)
        out = os.path.join(self.folder, "preview.pdf")
        self.run_ctl("letterhead", "preview", "--envelope", "--out", out)
        with open(out, "rb") as file:
            self.assertTrue(file.read().startswith(b"%PDF"))
        self.assertIn("position=din-b", self.run_ctl("letterhead", "show").stdout)

    def test_wrong(self):
        self.assertIn("din-b", self.run_ctl("letterhead", "set", "position=germany", status=2).stderr)
        # All or nothing.
        self.run_ctl("letterhead", "set", "position=swiss", "margin_left=99", status=2)
        self.assertEqual(self.json("letterhead", "show")["position"], "auto")
        self.run_ctl("letterhead", "set", "position", status=2)
        self.run_ctl("letterhead", "paint", status=2)
        self.run_ctl("letterhead", "preview", status=2)
        self.run_ctl("letterhead", "preview", "--out", "x.pdf", "--account", "none", status=2)
        text = os.path.join(self.folder, "logo.png")
        with open(text, "w", encoding="utf-8") as file:
            file.write("no picture")
        self.assertIn("PNG or JPEG", self.run_ctl("letterhead", "logo", text, status=4).stderr)
        self.run_ctl("letterhead", "logo", os.path.join(self.folder, "missing.png"), status=4)

    def test_images(self):
        picture = os.path.join(self.folder, "logo.png")
        with open(picture, "wb") as file:
            file.write(base64.b64decode(PNG))
        self.assertTrue(self.json("letterhead", "logo", picture)["logo"])
        self.assertTrue(self.json("letterhead", "logo", picture, "3")["logo3"])
        self.run_ctl("letterhead", "logo", picture, "11", status=2)
        self.assertTrue(self.json("letterhead", "signature", picture)["signature"])
        self.assertFalse(self.json("letterhead", "logo", "none")["logo"])


class Addresses(Dossier):
    def test_check(self):
        path = os.path.join(self.folder, "items.csv")
        with open(path, "w", encoding="utf-8") as file:
            file.write("Code client;Nom;Adresse;Code postal;Ville;N° facture;Date facture;Date échéance;Montant TTC\n"
                       "C1;Garçon SAS;12 rue de l'Église;69003;Lyon;F1;01/09/2026;01/10/2026;100,00\n"
                       "C2;Société dont la raison sociale est beaucoup trop longue;1 rue A;7500;Paris;"
                       "F2;01/09/2026;01/10/2026;50,00\n")
        self.json("import", path)
        [found] = self.json("addresses", "check", status=1)
        self.assertEqual(found["account"], "C2")
        self.assertEqual(found["problems"], ["line1_over_38", "postcode"])
        self.assertEqual(found["reasons"], ["The name is longer than 38 characters",
                                            "The postcode does not have five digits"])
        self.assertEqual(found["address"], ["Société dont la raison sociale est beaucoup trop longue", "1 RUE A",
                                            "7500 PARIS"])
        self.assertIn("The name is longer", self.run_ctl("addresses", "check", status=1).stdout)
        self.run_ctl("addresses", "list", status=2)
        self.run_ctl("addresses", "set", "--street", "2 rue B", status=2)
        [found] = self.json("addresses", "set", "--account", "C2", "--line2", "Bât. 3", "--postcode", "75011", status=1)
        self.assertEqual(found["problems"], ["line1_over_38"])
        self.assertEqual(found["address"][1:], ["Bât. 3", "1 RUE A", "75011 PARIS"])
        [found] = self.json("addresses", "set", "--account", "C1", "--city", "Köln", "--country", "Allemagne")
        self.assertEqual(found["address"][-2:], ["69003 KÖLN", "ALLEMAGNE"])

    def test_nothing_to_say(self):
        self.assertEqual(self.json("addresses", "check"), [])
        self.assertIn("is fine", self.run_ctl("addresses", "check").stdout)


class LegalFile(Dossier):
    def setUp(self):
        super().setUp()
        self.load()

    def test_made(self):
        out = os.path.join(self.folder, "file.zip")
        result = self.json("legal-file", "--account", "C002", "--court", "tribunal de commerce de Dijon", "--out", out)
        with open(out, "rb") as file:
            content = file.read()
        self.assertEqual(result["sha256"], hashlib.sha256(content).hexdigest())
        self.assertTrue(result["made"])
        self.assertFalse(result["blocked"])
        self.assertEqual([result["court"], result["form"], result["currency"]],
                         ["tribunal de commerce de Dijon", "12946", "EUR"])
        parts = [decimal.Decimal(result[part]) for part in ("principal", "interest", "indemnity")]
        self.assertEqual(sum(parts), decimal.Decimal(result["total"]))
        for item in result["items"]:
            owed = self.json("interest", "--principal", item["principal"], "--due", item["due_date"], "--until", DAY)
            self.assertEqual(owed["interest"], item["interest"])
        codes = [problem["code"] for problem in result["problems"]]
        self.assertIn("no-formal-notice", codes)
        self.assertIn("company-capital", codes)
        names = zipfile.ZipFile(out).namelist()
        self.assertEqual(names[:2], ["Dossier contentieux C002.pdf", "Dossier contentieux C002.xlsx"])
        self.assertEqual(len(names), 2 + len(result["exhibits"]))
        self.assertEqual([event["kind"] for event in self.json("events")], ["import", "legal-file"])
        # The same day gives the same bytes.
        again = os.path.join(self.folder, "again.zip")
        self.run_ctl("legal-file", "--account", "C002", "--court", "tribunal de commerce de Dijon", "--out", again)
        with open(again, "rb") as file:
            self.assertEqual(file.read(), content)
        text = self.run_ctl("legal-file", "--account", "C002", "--out", os.path.join(self.folder, "file.pdf")).stdout
        self.assertIn("[no-formal-notice]", text)

    def test_refused(self):
        out = os.path.join(self.folder, "file.pdf")
        # More credits than invoices.
        refused = self.json("legal-file", "--account", "C003", "--out", out, status=1)
        self.assertFalse(refused["made"])
        self.assertEqual([refused["problems"][0][key] for key in ("severity", "code")], ["blocking", "nothing-due"])
        self.assertFalse(os.path.exists(out))
        self.assertEqual([event["kind"] for event in self.json("events")], ["import"])
        self.assertTrue(self.json("legal-file", "--account", "C003", "--force", "--out", out)["made"])
        self.assertTrue(os.path.exists(out))

    def test_wrong_usage(self):
        out = os.path.join(self.folder, "file.pdf")
        self.run_ctl("legal-file", "--out", out, status=2)
        self.run_ctl("legal-file", "--account", "C002", status=2)
        self.run_ctl("legal-file", "--account", "C002", "--out", os.path.join(self.folder, "file.txt"), status=2)
        self.run_ctl("legal-file", "--account", "C002", "--items", "F-9999", "--out", out, status=2)
        self.run_ctl("legal-file", "--account", "C002", "--out", os.path.join(self.folder, "no", "x.pdf"), status=5)


class Registered(Dossier):
    """The demonstration, in which formal notices are due."""

    def setUp(self):
        super().setUp()
        self.path = os.path.join(self.folder, "demo.rubis")
        self.run_ctl("demo")

    def pages(self, path):
        out = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
        return out.split("\f")[:-1]

    def test_registered(self):
        due = [action["account"] for action in self.json("agenda") if action["channel"] == "registered"]
        self.assertGreater(len(due), 2)
        self.assertEqual(len(self.json("registered", "stock", "add", "2C 921 742 1809 1", "--count", "3")), 3)
        first = self.json("registered", "write", due[0])
        self.assertEqual([first["state"], first["stage"], first["number"]], ["written", "to_post", "2C92174218091"])
        self.assertTrue(first["number_in_letter"])
        self.run_ctl("registered", "stock", "remove", "2C92174218107")
        self.run_ctl("registered", "stock", "remove", "2C92174218114")
        second = self.json("registered", "write", due[1])
        self.assertEqual([second["stage"], second["number"]], ["to_number", ""])
        self.run_ctl("registered", "write", due[1], status=1)
        ids = [str(first["id"]), str(second["id"])]
        pdf = os.path.join(self.folder, "list.pdf")
        # A number serves once, a letter without one comes on no list.
        self.assertIn(first["name"], self.run_ctl("registered", "number", ids[1], "2c92174218091", status=2).stderr)
        self.assertIn(second["name"], self.run_ctl("registered", "deposit", *ids, "--out", pdf, status=1).stderr)
        self.assertIn("check digit", self.run_ctl("registered", "number", ids[1], "1A78778932870").stderr)
        self.json("registered", "number", ids[1], "1a", "787", "789", "3287", "8")
        self.json("registered", "form", ids[1], "R2", "--without-receipt")
        self.json("registered", "deposit", *ids, "--out", pdf)
        [page] = self.pages(pdf)
        for words in ("2C 921 742 1809 1", "1A 787 789 3287 8", "2 lettres recommandées, dont 1 avec"):
            self.assertIn(words, page)
        self.assertEqual({letter["state"] for letter in self.json("registered", "list")}, {"written"})
        self.run_ctl("registered", "state", *ids, "deposited")
        self.assertEqual(len(self.json("registered", "list", "--stage", "under_way")), 2)
        self.assertEqual(len(self.json("registered", "list", "--account", due[0])), 1)
        self.run_ctl("registered", "state", ids[0], "received", "--on", "2031-01-01", status=2)
        # The slip, dropped as a scan, is recognised by the number on it.
        self.json("registered", "slip", ids[0], "--out", pdf)
        proof = self.json("registered", "proof", pdf)
        self.assertEqual([proof["id"], proof["recognised_by"]], [first["id"], "text"])
        self.assertIn("list.pdf", self.run_ctl("registered", "proof", pdf, status=2).stderr)
        after = self.json("registered", "state", ids[0], "wrong_address")
        self.assertEqual([after["stage"], after["proofs"], after["address_bad"]], ["returned", 1, True])
        self.run_ctl("registered", "address", due[0])
        self.assertFalse(self.json("registered", "list", "--account", due[0])[0]["address_bad"])
        self.run_ctl("registered", "state", ids[0], "lost", status=2)
        self.run_ctl("registered", "burn", status=2)
        self.run_ctl("registered", "slip", "4711", "--out", pdf, status=1)
        self.assertTrue(self.json("check")["ok"])


class WithoutDossier(unittest.TestCase):
    def test_interest(self):
        result = call("--format", "json", "interest", "--principal", "10\u202f000,00", "--due", "2026-03-31", "--until",
                      "2026-09-30")
        self.assertEqual(result.returncode, 0, result.stderr)
        record = json.loads(result.stdout)
        self.assertEqual([record["principal"], record["from"], record["until"], record["days"], record["interest"],
                          record["indemnity"]],
                         ["10000.00", "2026-04-01", "2026-09-30", 183, "615.47", "40.00"])
        self.assertEqual([(s["from"], s["to"], s["days"], s["rate"]) for s in record["segments"]],
                         [("2026-04-01", "2026-06-30", 91, "12.15"), ("2026-07-01", "2026-09-30", 92, "12.40")])

    def test_interest_wrong_input(self):
        good = {"--principal": "100", "--due": "2026-03-31", "--until": "2026-04-30"}
        for option, value in (("--principal", "1.234"), ("--principal", "-5"), ("--due", "31/03/2026"),
                              ("--debtor", "king"), ("--country", "XX"), ("--currency", "EURO")):
            options = dict(good)
            options[option] = value
            arguments = [part for pair in options.items() for part in pair]
            self.assertEqual(call("interest", *arguments).returncode, 2, option)
        self.assertEqual(call("interest").returncode, 2)

    def test_demo_is_the_same_each_time(self):
        with tempfile.TemporaryDirectory(prefix="rubis-cli-") as folder:
            seen = []
            for name in ("a.rubis", "b.rubis"):
                path = os.path.join(folder, name)
                self.assertEqual(call("-d", path, "--date", DAY, "demo").returncode, 0)
                seen.append([call("-d", path, "--date", DAY, "--format", "json", command).stdout
                             for command in ("accounts", "items", "events", "agenda")])
            self.assertEqual(seen[0], seen[1])
            accounts, items, events, agenda = map(json.loads, seen[0])
            self.assertEqual(len({account["code"] for account in accounts}), 301)
            self.assertGreaterEqual(len(items), 4000)
            self.assertEqual({account["currency"] for account in accounts}, {"EUR", "USD", "GBP", "CHF"})
            self.assertTrue(agenda)
            self.assertGreater(len(events), 500)
            self.assertEqual(call("-d", path, "--date", DAY, "check").returncode, 0)


class Papers(Dossier):
    """Statements, payment plans, receipts, write-off sheets, in the language that is asked for."""

    def setUp(self):
        super().setUp()
        self.load()
        self.file = os.path.join(self.folder, "paper.pdf")

    def paper(self, *arguments, status=0):
        result = self.run_ctl("--format", "json", *arguments, "--account", "C002", "--out", self.file, status=status)
        return json.loads(result.stdout) if status == 0 else result.stderr

    def text(self):
        text = subprocess.run(["pdftotext", "-layout", self.file, "-"], capture_output=True, text=True, check=True)
        return " ".join(text.stdout.split())

    def test_statements(self):
        overdue = self.paper("statement", "--overdue")
        self.assertEqual([overdue["template"], overdue["language"], overdue["currency"]], ["releve-echu", "fr", "EUR"])
        period = self.paper("statement", "--from", "2026-01-01", "--to", DAY, "--language", "nl")
        self.assertEqual([period["template"], period["language"]], ["releve-periode", "nl"])
        self.assertIn("1 januari 2026 tot en met 20 november 2026", self.text())
        self.assertIn("Beginsaldo", self.text())
        self.assertIn("Add", self.paper("statement", "--from", "2026-01-01", status=2).replace("add", "Add"))
        self.paper("statement", "--from", "2026-01-01", "--to", DAY, "--overdue", status=2)
        self.paper("statement", "--from", DAY, "--to", "2026-01-01", status=2)
        self.paper("statement", "--language", "xx", status=2)

    def test_plan(self):
        plan = self.paper("letter", "--template", "echeancier", "--instalments", "4", "--first-date", "2026-12-15",
                          "--language", "en")
        amount = plan["amount"]
        self.assertIn("15 March 2027", self.text())
        self.assertIn("Acknowledgement of debt", self.text())
        self.paper("letter", "--template", "echeancier", "--instalments", "2026-12-15:10,00,2027-01-15",
                   "--language", "en")
        self.assertIn("15 December 2026 €10.00", self.text())
        self.paper("letter", "--template", "echeancier", "--instalments", "0", status=2)
        self.paper("letter", "--template", "echeancier", "--instalments", "2026-12-15:1000000", status=2)
        self.paper("letter", "--template", "echeancier", "--instalments", "2", "--every", "year", status=2)
        self.paper("letter", "--template", "echeancier", "--instalments", "2", "--first-date", "2026-01-01", status=2)
        self.assertGreater(float(amount), 0)

    def test_receipt_and_write_off(self):
        receipt = self.paper("letter", "--template", "recu", "--amount", "71.80", "--payment-date", DAY)
        self.assertEqual(receipt["amount"], "71.80")
        self.assertIn("(soixante et onze euros et quatre-vingts centimes)", self.text())
        self.assertIn("NOPE", self.paper("letter", "--template", "recu", "--payment", "NOPE", status=2))
        self.paper("letter", "--template", "recu", status=2)
        self.paper("letter", "--template", "passage-en-perte", status=2)
        self.paper("letter", "--template", "passage-en-perte", "--reason", "x", "--vat-rate", "abc", status=2)
        self.paper("letter", "--template", "passage-en-perte", "--reason", "Liquidation", "--vat-rate", "20",
                   "--language", "fr", "--keep")
        self.assertIn("Liquidation", self.text())
        events = self.json("events", "--account", "C002")
        self.assertEqual([event["kind"] for event in events], ["document"])

    def test_forms_and_items(self):
        result = self.run_ctl("letter", "--account", "C002", "--template", "relance-1", "--language", "de", "--as", "text")
        self.assertIn("Sehr geehrte Damen und Herren,", result.stdout)
        result = self.run_ctl("letter", "--account", "C002", "--template", "relance-1", "--language", "it", "--as", "email")
        self.assertIn('<html lang="it">', result.stdout)
        self.run_ctl("letter", "--account", "C002", "--template", "relance-1", "--as", "telegram", status=2)
        self.paper("letter", "--template", "relance-1", "--items", "NOPE", status=2)


if __name__ == "__main__":
    unittest.main()
