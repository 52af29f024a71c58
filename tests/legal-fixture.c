#include "legal-fixture.h"

#include <string.h>

#include "rubis-message.h"
#include "rubis-store-events.h"
#include "rubis-test.h"
#include "rubis-text-pages.h"

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
attach (LegalFixture *f, const char *kind, gint64 item_id, const char *title, const char *file_name,
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
send (LegalFixture *f, RubisDate date, const char *kind, const char *template_id, const char *subject,
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
  message->time = 1778486400; /* 2026-05-11 */
  bytes = rubis_message_write (message, &error);
  g_assert_no_error (error);
  return bytes;
}

void
legal_fixture_set_up (LegalFixture *f, gconstpointer data)
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

void
legal_fixture_add_proofs (LegalFixture *f)
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

void
legal_fixture_tear_down (LegalFixture *f, gconstpointer data)
{
  rubis_session_close (f->session);
  g_assert_finalize_object (f->session);
  rubis_test_remove_tree (f->folder);
  g_free (f->folder);
}

RubisLegalFile *
legal_fixture_prepare (LegalFixture *f, GArray *ids, const char *court, gboolean force)
{
  RubisLegalRequest request = { .account_id = f->account, .item_ids = ids, .court = court, .force = force };
  g_autoptr (GError) error = NULL;
  RubisLegalFile *file = rubis_session_prepare_legal_file (f->session, &request, NULL, &error);

  g_assert_no_error (error);
  return file;
}

char *
legal_fixture_list_codes (const RubisLegalFile *file)
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

void
legal_fixture_assert_code (const RubisLegalFile *file, const char *code, gboolean there)
{
  g_autofree char *codes = legal_fixture_list_codes (file);
  g_auto (GStrv) parts = g_strsplit (codes, " ", -1);

  if (g_strv_contains ((const char *const *)parts, code) != there)
    g_error ("%s %s: %s", code, there ? "is missing" : "is there", codes);
}

char *
legal_fixture_make_plain (const char *raw)
{
  GString *text = g_string_new (NULL);

  for (const char *p = raw; *p != '\0'; p = g_utf8_next_char (p))
    g_string_append_unichar (text, g_unichar_isspace (g_utf8_get_char (p)) ? ' ' : g_utf8_get_char (p));
  return g_string_free (text, FALSE);
}

char *
legal_fixture_page_text (RubisPdf *pdf, guint page)
{
  g_autofree char *raw = rubis_pdf_dup_page_text (pdf, page);

  return legal_fixture_make_plain (raw);
}

void
legal_fixture_assert_has (const char *text, const char *word)
{
  if (strstr (text, word) == NULL)
    g_error ("“%s” is missing in: %s", word, text);
}
