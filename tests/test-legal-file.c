/* The file for the court: amounts to the cent, exhibits with their numbers, what is missing, what refuses it.
 */
#include <string.h>

#include "rubis-account-card.h"
#include "rubis-agenda-list.h"
#include "rubis-courts.h"
#include "rubis-import-preview.h"
#include "rubis-import-workbook.h"
#include "rubis-legal-file.h"
#include "rubis-message.h"
#include "rubis-pdf.h"
#include "rubis-store-events.h"
#include "rubis-test-session.h"
#include "rubis-test.h"
#include "rubis-text-pages.h"

#define COURT "tribunal de commerce de Dijon"

typedef struct
{
  char *folder;
  RubisSession *session;
  gint64 account;
  gint64 first;  /* 10,000.00 due on 31 March 2026 */
  gint64 second; /* 6,000.00 due on 30 June 2026, of which 2,500.00 were paid */
} Fixture;

static GBytes *
print (const char *title, const char *body)
{
  RubisTextPages text = { .title = title, .body = body, .date = RUBIS_TEST_TODAY, .language = "fr" };
  g_autoptr (GError) error = NULL;
  GBytes *pdf = rubis_text_pages_draw (&text, NULL, &error);

  g_assert_no_error (error);
  return pdf;
}

/* Within a transaction of its own. */
static void
attach (Fixture *f, const char *kind, gint64 item_id, const char *title, const char *file_name,
        const char *media_type, GBytes *content)
{
  g_autoptr (GString) hex = g_string_new (NULL);
  g_autofree char *item = item_id != 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, item_id) : g_strdup ("NULL");
  g_autofree char *sql = NULL;
  gsize size;
  const guchar *data = g_bytes_get_data (content, &size);

  for (gsize i = 0; i < size; i++)
    g_string_append_printf (hex, "%02x", data[i]);
  sql = g_strdup_printf (
      "INSERT INTO attachment (account_id, item_id, kind, title, file_name, media_type, added_on, "
      "added_by, sha256, content) VALUES (%" G_GINT64_FORMAT ", %s, '%s', '%s', '%s', '%s', %d, "
      "'test', '', x'%s')",
      f->account, item, kind, title, file_name, media_type, RUBIS_TEST_TODAY - 100, hex->str);
  rubis_test_exec (f->session, sql);
}

/* A reminder that left: its event, the items that it reached, and the document. The id of the document. */
static gint64
send (Fixture *f, RubisDate date, const char *kind, const char *template_id, const char *subject,
      const char *media_type, GBytes *content)
{
  RubisStore *store = rubis_session_lock (f->session);
  RubisDatabase *db = rubis_store_get_database (store);
  g_autoptr (RubisEventRecord) event = rubis_session_new_event (f->session, kind, f->account, subject, NULL);
  RubisDocumentRecord document = {
    .account_id = f->account,
    .kind = (char *)kind,
    .template_id = (char *)template_id,
    .template_version = 1,
    .language = (char *)"fr",
    .currency = (char *)"EUR",
    .amount = 1300000,
    .date = date,
    .subject = (char *)subject,
    .recipient = (char *)"Menuiserie Garçon",
    .file_name = (char *)(g_str_equal (media_type, "message/rfc822") ? "relance.eml" : "lettre.pdf"),
    .media_type = (char *)media_type,
    .n_pages = 1,
    .content = content,
  };
  g_autoptr (GError) error = NULL;

  event->date = date;
  rubis_store_begin (store, &error);
  rubis_store_append_event (db, event, &error);
  rubis_store_link_event_item (db, event->id, f->first, 1, date, &error);
  rubis_store_link_event_item (db, event->id, f->second, 1, date, &error);
  document.event_id = event->id;
  rubis_store_insert_document (db, &document, &error);
  rubis_store_commit (store, &error);
  rubis_session_unlock (f->session);
  g_assert_no_error (error);
  return document.id;
}

static GBytes *
write_email (void)
{
  g_autoptr (RubisMessage) message = rubis_message_new ();
  g_autoptr (GError) error = NULL;
  GBytes *bytes;

  rubis_message_set (message, from_email, "credit@verrerie.example");
  rubis_message_set (message, to_email, "compta@garcon.example");
  rubis_message_set (message, subject, "Votre facture échue");
  rubis_message_set (message, id, "un@verrerie.example");
  rubis_message_set (message, text, "Bonjour,\n\nSauf erreur, la facture F-1 reste à régler.\n");
  message->date = rubis_date_from_ymd (2026, 5, 11);
  bytes = rubis_message_write (message, &error);
  g_assert_no_error (error);
  return bytes;
}

/* Two late invoices, a credit, a copy of each invoice, an email and a formal notice that was received. */
static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = rubis_test_make_folder ();
  f->session = rubis_test_session_new (f->folder);
  rubis_test_exec (
      f->session,
      "INSERT OR REPLACE INTO setting (key, value) VALUES ('company.legal_form', 'SAS'), "
      "('company.capital', '50 000 €'), ('company.siren', '732829320'), ('company.rcs', 'Lyon'), "
      "('company.address', '3 quai Perrache'), ('company.postcode', '69002'), ('company.city', 'Lyon'), "
      "('company.signatory', 'Claire Noël'), ('company.signatory_title', 'Présidente')");
  f->account = rubis_test_add_account (f->session, "C1", "Menuiserie Garçon");
  rubis_test_exec (f->session,
                   "UPDATE account SET address = '4 rue des Lilas', postcode = '21000', city = 'Dijon', "
                   "language = 'fr', country = 'FR';"
                   "UPDATE party SET siren = '404833048', legal_form = 'SARL'");
  f->first = rubis_test_add_item (f->session, f->account, "F-1", RUBIS_ITEM_INVOICE, "2026-03-31", 1000000,
                                  1000000, NULL);
  f->second = rubis_test_add_item (f->session, f->account, "F-2", RUBIS_ITEM_INVOICE, "2026-06-30", 600000,
                                   350000, NULL);
  rubis_test_add_item (f->session, f->account, "A-1", RUBIS_ITEM_CREDIT, "2026-07-15", -50000, -50000, NULL);
  rubis_test_add_item (f->session, f->account, "F-3", RUBIS_ITEM_INVOICE, "2026-12-31", 70000, 70000, NULL);
  rubis_test_exec (f->session, "UPDATE item SET issue_date = due_date - 30");
}

static void
add_proofs (Fixture *f)
{
  g_autoptr (GBytes) one = print ("Facture F-1", "Copie de la facture numéro un.");
  g_autoptr (GBytes) two = print ("Facture F-2", "Copie de la facture numéro deux.");
  g_autoptr (GBytes) order = print ("Bon de commande", "Commande 4471.");
  g_autoptr (GBytes) broken = g_bytes_new_static ("%PDF-1.4 cassé", 15);
  g_autoptr (GBytes) notice = print ("Mise en demeure", "Veuillez payer.");
  g_autoptr (GBytes) receipt = print ("Avis", "Distribué le 12 octobre.");
  g_autoptr (GBytes) email = write_email ();
  gint64 document;
  g_autofree char *sql = NULL;

  attach (f, "receipt", 0, "", "avis.pdf", "application/pdf", receipt);
  attach (f, "invoice", f->second, "Copie", "F-2.pdf", "application/pdf", two);
  attach (f, "invoice", f->first, "Copie", "F-1.pdf", "application/pdf", one);
  attach (f, "order", f->first, "Bon de commande 4471", "BC/4471.pdf", "application/pdf", order);
  attach (f, "other", 0, "Plan abîmé", "plan.pdf", "application/pdf", broken);
  send (f, rubis_date_from_ymd (2026, 5, 11), "email", "relance-1", "Votre facture échue", "message/rfc822",
        email);
  document = send (f, rubis_date_from_ymd (2026, 10, 9), "registered", "mise-en-demeure",
                   "Mise en demeure de payer", "application/pdf", notice);
  sql = g_strdup_printf (
      "INSERT INTO registered_letter (id, account_id, document_id, number, state, deposited_on, "
      "presented_on, closed_on) VALUES (7, %" G_GINT64_FORMAT ", %" G_GINT64_FORMAT
      ", '2C92174218091', 'received', 20736, 20738, 20738);"
      "UPDATE attachment SET registered_id = 7 WHERE kind = 'receipt'",
      f->account, document);
  rubis_test_exec (f->session, sql);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  rubis_session_close (f->session);
  g_assert_finalize_object (f->session);
  rubis_test_remove_tree (f->folder);
  g_free (f->folder);
}

static RubisLegalFile *
prepare (Fixture *f, GArray *ids, const char *court, gboolean force)
{
  RubisLegalRequest request = { .account_id = f->account, .item_ids = ids, .court = court, .force = force };
  g_autoptr (GError) error = NULL;
  RubisLegalFile *file = rubis_session_prepare_legal_file (f->session, &request, NULL, &error);

  g_assert_no_error (error);
  return file;
}

/* "blocking:insolvency", once for each problem, separated by spaces. */
static char *
list_codes (const RubisLegalFile *file)
{
  GString *codes = g_string_new (NULL);

  for (guint i = 0; i < file->problems->len; i++)
    {
      const RubisLegalProblem *problem = g_ptr_array_index (file->problems, i);

      g_string_append_printf (codes, "%s%s:%s", i > 0 ? " " : "",
                              rubis_legal_severity_to_id (problem->severity), problem->code);
      g_assert_cmpstr (problem->message, !=, "");
    }
  return g_string_free (codes, FALSE);
}

static void
assert_code (const RubisLegalFile *file, const char *code, gboolean there)
{
  g_autofree char *codes = list_codes (file);
  g_auto (GStrv) parts = g_strsplit (codes, " ", -1);

  if (g_strv_contains ((const char *const *)parts, code) != there)
    g_error ("%s %s: %s", code, there ? "is missing" : "is there", codes);
}

/* What the law gives for one invoice. */
static gint64
compute (gint64 principal, const char *due)
{
  g_autoptr (RubisInterestResult) result = NULL;
  g_autofree char *path
      = g_build_filename (g_getenv ("RUBIS_SOURCE_DIR"), "resources", "data", "rates.ini", NULL);
  g_autofree char *text = NULL;
  g_autoptr (RubisRates) rates = NULL;
  RubisInterestInput input = RUBIS_INTEREST_INPUT_INIT;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  rates = rubis_rates_new_from_data (text, -1, NULL);
  input.principal = principal;
  input.due_date = rubis_date_parse_iso (due);
  input.end_date = RUBIS_TEST_TODAY;
  result = rubis_interest_compute (&input, rates, NULL);
  return result->interest;
}

static void
test_amounts (Fixture *f, gconstpointer data)
{
  g_autoptr (RubisLegalFile) file = prepare (f, NULL, NULL, FALSE);
  const RubisLegalItem *first = g_ptr_array_index (file->items, 0);
  const RubisLegalItem *second = g_ptr_array_index (file->items, 1);
  const RubisLegalItem *credit = g_ptr_array_index (file->items, 2);

  g_assert_cmpuint (file->items->len, ==, 3);
  g_assert_cmpstr (first->number, ==, "F-1");
  g_assert_cmpint (rubis_legal_item_get_interest (first), ==, 78873);
  g_assert_cmpint (rubis_legal_item_get_interest (first), ==, compute (1000000, "2026-03-31"));
  g_assert_cmpint (first->interest->days, ==, 234);
  g_assert_cmpint (rubis_legal_item_get_interest (second), ==, 17003);
  g_assert_cmpint (rubis_legal_item_get_interest (second), ==, compute (350000, "2026-06-30"));
  g_assert_cmpint (credit->principal, ==, -50000);
  g_assert_cmpint (credit->indemnity, ==, 0);
  g_assert_cmpint (file->principal, ==, 1300000);
  g_assert_cmpint (file->interest, ==, 95876);
  g_assert_cmpint (file->indemnity, ==, 8000);
  g_assert_cmpint (file->total, ==, 1403876);
  g_assert_cmpstr (file->court, ==, COURT);
  g_assert_cmpstr (file->form, ==, "12946");
  g_assert_cmpint (first->limitation, ==, rubis_date_from_ymd (2031, 3, 31));
}

/* Only what is chosen; what is contested stays out. */
static void
test_selection (Fixture *f, gconstpointer data)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (RubisLegalFile) file = NULL;

  rubis_test_exec (f->session, "UPDATE item SET disputed = 200000 WHERE number = 'F-1'");
  g_array_append_val (ids, f->first);
  file = prepare (f, ids, "tribunal judiciaire de Dijon", FALSE);
  g_assert_cmpuint (file->items->len, ==, 2);
  g_assert_cmpint (file->principal, ==, 1000000 - 200000 - 50000);
  g_assert_cmpint (file->interest, ==, compute (800000, "2026-03-31"));
  g_assert_cmpint (file->indemnity, ==, 4000);
  g_assert_cmpstr (file->form, ==, "12948");
  assert_code (file, "warning:dispute-open", TRUE);
  assert_code (file, "warning:unapplied-credits", TRUE);
}

/* Every kind of blank as a space. */
static char *
make_plain (const char *raw)
{
  GString *text = g_string_new (NULL);

  for (const char *p = raw; *p != '\0'; p = g_utf8_next_char (p))
    g_string_append_unichar (text, g_unichar_isspace (g_utf8_get_char (p)) ? ' ' : g_utf8_get_char (p));
  return g_string_free (text, FALSE);
}

static char *
page_text (RubisPdf *pdf, guint page)
{
  g_autofree char *raw = rubis_pdf_dup_page_text (pdf, page);

  return make_plain (raw);
}

static void
assert_has (const char *text, const char *word)
{
  if (strstr (text, word) == NULL)
    g_error ("“%s” is missing in: %s", word, text);
}

static void
test_pdf (Fixture *f, gconstpointer data)
{
  static const char *const titles[] = {
    "Bon de commande 4471 (facture F-1)",
    "Facture F-1",
    "Facture F-2",
    "Relevé de compte au 20 novembre 2026",
    "Courriel du 11 mai 2026 : Votre facture échue",
    "Mise en demeure du 9 octobre 2026",
    "Avis de réception (lettre du 9 octobre 2026)",
    "Plan abîmé",
    "Décompte des intérêts arrêté au 20 novembre 2026",
  };
  static const char *const contents[]
      = { "Commande 4471",  "numéro un",       "numéro deux", "Total", "reste à régler",
          "Veuillez payer", "Distribué le 12", "plan.pdf",    "788,73" };
  g_autoptr (RubisLegalFile) file = NULL;
  g_autoptr (RubisLegalFile) same = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) again = NULL;
  g_autoptr (RubisPdf) pdf = NULL;
  g_autofree char *request = NULL;
  g_autofree char *whole = NULL;
  g_autoptr (GString) front = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  guint n_pages = 0, n_exhibit_pages = 0, page;

  add_proofs (f);
  file = prepare (f, NULL, NULL, FALSE);
  same = prepare (f, NULL, NULL, FALSE);
  bytes = rubis_session_make_legal_pdf (f->session, file, &n_pages, &error);
  g_assert_no_error (error);
  again = rubis_session_make_legal_pdf (f->session, same, NULL, &error);
  g_assert_true (g_bytes_equal (bytes, again));
  pdf = rubis_pdf_new (bytes, NULL);
  g_assert_cmpuint (rubis_pdf_get_n_pages (pdf), ==, n_pages);
  g_assert_cmpuint (file->exhibits->len, ==, G_N_ELEMENTS (titles));
  for (guint i = 0; i < file->exhibits->len; i++)
    n_exhibit_pages += ((RubisLegalExhibit *)g_ptr_array_index (file->exhibits, i))->n_pages;
  for (page = 0; page < n_pages - n_exhibit_pages; page++)
    {
      g_autofree char *text = page_text (pdf, page);

      g_assert_null (strstr (text, "Pièce n° 1 "));
      g_string_append (front, text);
    }
  /* every exhibit: its stamp and the number of the page, its content, its line in the list */
  for (guint i = 0; i < file->exhibits->len; i++)
    {
      const RubisLegalExhibit *exhibit = g_ptr_array_index (file->exhibits, i);
      g_autofree char *title = make_plain (exhibit->title);
      g_autofree char *stamp = g_strdup_printf ("Pièce n° %u", i + 1);
      g_autofree char *listed = g_strdup_printf ("p. %u", page + 1);

      g_assert_cmpstr (title, ==, titles[i]);
      g_assert_cmpuint (exhibit->number, ==, i + 1);
      assert_has (front->str, listed);
      for (guint j = 0; j < exhibit->n_pages; j++, page++)
        {
          g_autofree char *text = page_text (pdf, page);
          g_autofree char *number = g_strdup_printf ("%u/%u", page + 1, n_pages);

          assert_has (text, stamp);
          assert_has (text, number);
          if (j == 0)
            assert_has (text, contents[i]);
        }
    }
  g_assert_cmpuint (page, ==, n_pages);
  request = page_text (pdf, 0);
  assert_has (request, "tribunal de commerce de Dijon");
  assert_has (request, "12946");
  assert_has (request, "SAS au capital de 50 000 €");
  assert_has (request, "SIREN 732 829 320, RCS Lyon");
  assert_has (request, "SARL");
  assert_has (request, "SIREN 404 833 048");
  assert_has (request, "14 038,76 €");
  assert_has (request, "[à compléter : représentant légal]");
  assert_has (front->str, "Lettre recommandée n° 2C92174218091 déposée à La Poste");
  assert_has (front->str, "Lettre recommandée reçue par le débiteur");
  assert_has (front->str, "Règlement partiel, 2 500,00 €");
  assert_code (file, "warning:exhibit-unreadable", TRUE);
  assert_code (file, "warning:invoice-missing", FALSE);
  assert_code (file, "warning:no-formal-notice", FALSE);
  assert_code (file, "warning:notice-not-received", FALSE);
}

static void
test_bookmarks (Fixture *f, gconstpointer data)
{
  g_autofree char *qpdf = g_find_program_in_path ("qpdf");
  g_autofree char *path = g_build_filename (f->folder, "file.pdf", NULL);
  const char *arguments[] = { "qpdf", "--json", "--json-key=outlines", path, NULL };
  g_autoptr (RubisLegalFile) file = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree char *json = NULL;
  g_autofree char *title = NULL;
  JsonArray *outlines, *kids;
  int status;

  if (qpdf == NULL)
    {
      g_test_skip ("qpdf is not installed");
      return;
    }
  add_proofs (f);
  file = prepare (f, NULL, NULL, FALSE);
  bytes = rubis_session_make_legal_pdf (f->session, file, NULL, NULL);
  g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize)g_bytes_get_size (bytes), NULL);
  g_assert_true (g_spawn_sync (NULL, (char **)arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &json, NULL,
                               &status, NULL));
  g_assert_cmpint (status, ==, 0);
  g_assert_true (json_parser_load_from_data (parser, json, -1, NULL));
  outlines = json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)), "outlines");
  g_assert_cmpuint (json_array_get_length (outlines), ==, 4);
  kids = json_object_get_array_member (json_array_get_object_element (outlines, 3), "kids");
  g_assert_cmpuint (json_array_get_length (kids), ==, file->exhibits->len);
  title = make_plain (json_object_get_string_member (json_array_get_object_element (kids, 1), "title"));
  g_assert_cmpstr (title, ==, "Pièce n° 2 — Facture F-1");
}

/* The cells of a sheet as lines, a letter before each: its type. */
static char *
dump (RubisImportWorkbook *book, guint sheet)
{
  g_autoptr (RubisImportTable) table = rubis_import_workbook_read_sheet (book, sheet, NULL);
  GString *out = g_string_new (NULL);
  RubisImportRecord record;

  while (rubis_import_table_next (table, &record, NULL) == RUBIS_IMPORT_NEXT_RECORD)
    {
      for (guint i = 0; i < record.n_cells; i++)
        g_string_append_printf (out, "%s%c:%s", i > 0 ? "|" : "", "tnd"[record.cells[i].kind],
                                record.cells[i].text);
      g_string_append_c (out, '\n');
    }
  return g_string_free (out, FALSE);
}

static void
test_workbook (Fixture *f, gconstpointer data)
{
  static const char *const names[]
      = { "Client", "Pièces", "Relances", "Règlements", "Intérêts", "Chronologie", "Bordereau" };
  g_autofree char *path = g_build_filename (f->folder, "book.xlsx", NULL);
  g_autoptr (RubisLegalFile) file = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (RubisImportWorkbook) book = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *customer = NULL;
  g_autofree char *items = NULL;
  g_autofree char *payments = NULL;
  g_autofree char *interest = NULL;
  g_autofree char *reminders = NULL;

  add_proofs (f);
  file = prepare (f, NULL, NULL, FALSE);
  bytes = rubis_session_make_legal_workbook (f->session, file, &error);
  g_assert_no_error (error);
  g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize)g_bytes_get_size (bytes), NULL);
  book = rubis_import_workbook_open (path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rubis_import_workbook_get_n_sheets (book), ==, G_N_ELEMENTS (names));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_cmpstr (rubis_import_workbook_get_sheet_name (book, i), ==, names[i]);
  customer = dump (book, 0);
  items = dump (book, 1);
  reminders = dump (book, 2);
  payments = dump (book, 3);
  interest = dump (book, 4);
  assert_has (customer, "t:Total|t:|n:14038.76\n");
  assert_has (items, "t:F-1|t:FAC|t:|d:2026-03-01|d:2026-03-31|n:10000|n:10000|n:0|n:10000|n:788.73|n:40|d:"
                     "2031-03-31|n:2\n");
  assert_has (items, "t:Total|t:|t:|t:|t:|n:15500|n:13000|n:0|n:13000|n:958.76|n:80|t:|t:\n");
  assert_has (reminders, "d:2026-10-09|t:Mise en demeure|t:F-1, F-2|n:6\n");
  assert_has (payments, "|n:2500");
  assert_has (interest, "t:F-1|d:2026-04-01|d:2026-06-30|n:91|n:10000|n:0.1215|n:302.92\n");
  assert_has (interest, "t:F-1|d:2026-07-01|d:2026-11-20|n:143|n:10000|n:0.124|n:485.81|n:788.73\n");
}

static void
test_zip (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->folder, "file.zip", NULL);
  const char *listing[] = { "python3", "-c",
                            "import sys, zipfile\n"
                            "z = zipfile.ZipFile (sys.argv[1])\n"
                            "assert z.testzip () is None\n"
                            "print (*sorted (i.filename for i in z.infolist ()), sep='\\n')\n",
                            path, NULL };
  g_autoptr (RubisLegalFile) file = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) again = NULL;
  g_autofree char *names = NULL;
  g_autoptr (GError) error = NULL;
  guint n_pages = 0;
  int status;

  add_proofs (f);
  file = prepare (f, NULL, NULL, FALSE);
  bytes = rubis_session_make_legal_zip (f->session, file, &n_pages, &error);
  g_assert_no_error (error);
  again = rubis_session_make_legal_zip (f->session, file, NULL, &error);
  g_assert_true (g_bytes_equal (bytes, again));
  g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize)g_bytes_get_size (bytes), NULL);
  g_spawn_sync (NULL, (char **)listing, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &names, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  assert_has (names, "Dossier contentieux C1.pdf\n");
  assert_has (names, "Dossier contentieux C1.xlsx\n");
  assert_has (names, "Pièces/01 - Bon de commande 4471 (facture F-1).pdf\n");
  assert_has (names, "Pièces/02 - Facture F-1.pdf\n");
  assert_has (names, "Pièces/05 - Courriel du 11 mai 2026 - Votre facture échue.eml\n");
  assert_has (names, "Pièces/05 - Courriel du 11 mai 2026 - Votre facture échue.pdf\n");
  assert_has (names, "Pièces/08 - Plan abîmé.pdf\n");
}

static void
test_missing (Fixture *f, gconstpointer data)
{
  g_autoptr (RubisLegalFile) file = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (RubisPdf) pdf = NULL;
  g_autofree char *codes = NULL;
  g_autofree char *request = NULL;

  rubis_test_exec (f->session,
                   "UPDATE setting SET value = '' WHERE key IN ('company.capital', 'company.rcs');"
                   "UPDATE account SET postcode = '69003', address = '';"
                   "UPDATE party SET siren = '', legal_form = ''");
  rubis_test_exec (f->session, "UPDATE item SET promise_date = 20800, in_plan = 1 WHERE number = 'F-2'");
  file = prepare (f, NULL, NULL, FALSE);
  codes = list_codes (file);
  g_assert_cmpstr (
      codes, ==,
      "warning:company-capital warning:company-rcs warning:debtor-siren warning:debtor-address "
      "warning:court-choice warning:invoice-missing warning:invoice-missing warning:promise-running "
      "warning:plan-running warning:unapplied-credits warning:no-formal-notice advice:debtor-form "
      "advice:debtor-representative advice:order-missing");
  g_assert_cmpuint (file->courts->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (file->courts, 0), ==, "tribunal des activités économiques de Lyon");
  g_assert_false (rubis_legal_file_is_blocked (file));
  bytes = rubis_session_make_legal_pdf (f->session, file, NULL, NULL);
  pdf = rubis_pdf_new (bytes, NULL);
  request = page_text (pdf, 0);
  assert_has (request, "[à compléter : tribunal compétent]");
  assert_has (request, "[à compléter : capital]");
  assert_has (request, "[à compléter : SIREN]");
}

static void
test_limitation (Fixture *f, gconstpointer data)
{
  g_autoptr (RubisLegalFile) file = NULL;
  g_autoptr (RubisLegalFile) near = NULL;

  /* due on 14 March and 9 November 2021; the second was paid in part since */
  rubis_test_exec (f->session, "UPDATE item SET due_date = 18700 WHERE number = 'F-1';"
                               "UPDATE item SET due_date = 18940 WHERE number = 'F-2'");
  file = prepare (f, NULL, NULL, FALSE);
  assert_code (file, "blocking:limitation-passed", TRUE);
  assert_code (file, "warning:limitation-interrupted", TRUE);
  assert_code (file, "warning:limitation-near", FALSE);
  g_assert_true (rubis_legal_file_is_blocked (file));
  /* due on 31 January 2022: two months are left */
  rubis_test_exec (f->session, "UPDATE item SET due_date = 19023 WHERE number = 'F-1'");
  near = prepare (f, NULL, NULL, FALSE);
  assert_code (near, "warning:limitation-near", TRUE);
  g_assert_false (rubis_legal_file_is_blocked (near));
}

static void
test_insolvency (Fixture *f, gconstpointer data)
{
  g_autoptr (RubisLegalFile) file = NULL;
  g_autoptr (RubisLegalFile) forced = NULL;
  g_autoptr (GBytes) refused = NULL;
  g_autoptr (GBytes) made = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) forced_error = NULL;

  rubis_test_exec (f->session, "UPDATE party SET insolvency = 2");
  file = prepare (f, NULL, NULL, FALSE);
  assert_code (file, "blocking:insolvency", TRUE);
  g_assert_cmpint (file->interest, ==, 0);
  g_assert_cmpint (file->indemnity, ==, 0);
  refused = rubis_session_make_legal_pdf (f->session, file, NULL, &error);
  g_assert_null (refused);
  g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE);
  assert_has (error->message, "BODACC");
  forced = prepare (f, NULL, NULL, TRUE);
  made = rubis_session_make_legal_pdf (f->session, forced, NULL, &forced_error);
  g_assert_no_error (forced_error);
  g_assert_nonnull (made);
}

/* No indemnity, another court; interest at the legal rate from the formal notice only. */
static void
test_consumer (Fixture *f, gconstpointer data)
{
  g_autoptr (RubisLegalFile) before = NULL;
  g_autoptr (RubisLegalFile) after = NULL;
  const RubisLegalItem *item;

  rubis_test_exec (f->session, "UPDATE party SET kind = 1");
  before = prepare (f, NULL, NULL, FALSE);
  g_assert_cmpstr (before->form, ==, "12948");
  g_assert_cmpint (before->interest, ==, 0);
  g_assert_cmpint (before->indemnity, ==, 0);
  assert_code (before, "warning:consumer", TRUE);
  assert_code (before, "advice:no-interest", TRUE);
  add_proofs (f);
  after = prepare (f, NULL, NULL, FALSE);
  item = g_ptr_array_index (after->items, 0);
  /* presented on 12 October 2026 (20738): from the 13th to 20 November, 39 days at 2.75 % */
  g_assert_cmpint (item->interest->days, ==, 39);
  g_assert_cmpint (rubis_legal_item_get_interest (item), ==, 2938);
  g_assert_cmpint (after->indemnity, ==, 0);
  g_assert_cmpint (item->limitation, ==, rubis_date_from_ymd (2028, 3, 31));
}

static void
test_transmit (Fixture *f, gconstpointer data)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) agenda = NULL;
  g_autoptr (RubisLegalFile) file = NULL;
  g_autofree char *undone = NULL;
  g_autoptr (GError) error = NULL;

  g_array_append_val (ids, f->first);
  g_array_append_val (ids, f->second);
  g_assert_true (rubis_session_transmit_items (f->session, ids, "Maître Roux", &error));
  g_assert_no_error (error);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT sum (with_agent) FROM item"), ==, 2);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM event WHERE kind = 'transmitted'"),
                   ==, 1);
  /* From then on nothing leaves for them. */
  agenda = rubis_session_compute_agenda (f->session, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < agenda->len; i++)
    {
      const RubisActionRow *row = g_ptr_array_index (agenda, i);

      g_assert_cmpint (row->state, ==, RUBIS_ACTION_REFUSED);
    }
  file = prepare (f, NULL, NULL, FALSE);
  assert_code (file, "advice:with-agent", TRUE);
  /* Once more is no edit. */
  g_assert_true (rubis_session_transmit_items (f->session, ids, "", &error));
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM event WHERE kind = 'transmitted'"),
                   ==, 1);
  undone = rubis_session_undo (f->session, &error);
  g_assert_no_error (error);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT sum (with_agent) FROM item"), ==, 0);
  rubis_test_check_dossier (f->session);
}

static void
test_keep (Fixture *f, gconstpointer data)
{
  g_autoptr (RubisLegalFile) file = prepare (f, NULL, NULL, FALSE);
  g_autoptr (GError) error = NULL;
  guint n_pages = 0;
  g_autoptr (GBytes) bytes = rubis_session_make_legal_pdf (f->session, file, &n_pages, &error);
  g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  g_autofree char *sql
      = g_strdup_printf ("SELECT count (*) FROM event WHERE kind = 'legal-file' AND data LIKE '%%%s%%' "
                         "AND data LIKE '%%14038.76%%'",
                         sha256);

  g_assert_no_error (error);
  g_assert_true (rubis_session_keep_legal_file (f->session, file, "dossier.pdf", bytes, n_pages, &error));
  g_assert_no_error (error);
  g_assert_cmpint (rubis_test_query (f->session, sql), ==, 1);
  rubis_test_check_dossier (f->session);
}

static void
assert_courts (const char *postcode, const char *expected)
{
  g_autoptr (GPtrArray) courts = rubis_courts_list_commercial (postcode, NULL);
  g_autofree char *joined = NULL;

  g_ptr_array_add (courts, NULL);
  joined = g_strjoinv (" | ", (char **)courts->pdata);
  g_assert_cmpstr (joined, ==, expected);
}

static void
test_courts (void)
{
  assert_courts ("75011", "tribunal des activités économiques de Paris");
  assert_courts ("72000", "tribunal des activités économiques du Mans");
  assert_courts ("84000", "tribunal des activités économiques d’Avignon");
  assert_courts ("43000", "tribunal de commerce du Puy-en-Velay");
  assert_courts ("17000", "tribunal de commerce de La Rochelle | tribunal de commerce de Saintes");
  assert_courts ("67000",
                 "chambre commerciale du tribunal judiciaire de Saverne | chambre commerciale du tribunal "
                 "judiciaire de Strasbourg");
  assert_courts ("20000", "tribunal de commerce d’Ajaccio");
  assert_courts ("20200", "tribunal de commerce de Bastia");
  assert_courts ("97400",
                 "tribunal mixte de commerce de Saint-Denis | tribunal mixte de commerce de Saint-Pierre");
  assert_courts ("98800", "");
  assert_courts ("M1 1AE", "");
  assert_courts ("", "");
}

#define ADD(name, func) g_test_add ("/legal-file/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("amounts", test_amounts);
  ADD ("selection", test_selection);
  ADD ("pdf", test_pdf);
  ADD ("bookmarks", test_bookmarks);
  ADD ("workbook", test_workbook);
  ADD ("zip", test_zip);
  ADD ("missing", test_missing);
  ADD ("limitation", test_limitation);
  ADD ("insolvency", test_insolvency);
  ADD ("consumer", test_consumer);
  ADD ("transmit", test_transmit);
  ADD ("keep", test_keep);
  g_test_add_func ("/legal-file/courts", test_courts);
  return g_test_run ();
}
