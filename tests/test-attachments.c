/* Copies of invoices: kept, found, joined behind letters and attached to emails. */
#include <string.h>

#include <cairo-pdf.h>
#include <glib/gstdio.h>

#include "rubis-agenda-list.h"
#include "rubis-attachments.h"
#include "rubis-copy-index.h"
#include "rubis-document-pages.h"
#include "rubis-pdf-text.h"
#include "rubis-post-batch.h"
#include "rubis-session-check.h"
#include "rubis-test-session.h"
#include "rubis-test.h"

typedef struct
{
  char *folder;
  char *copies; /* the folder of copies */
  RubisSession *session;
  gint64 paper; /* account by letter */
  gint64 email; /* account by email */
  gint64 item;  /* of the account by letter */
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = rubis_test_make_folder ();
  f->copies = g_build_filename (f->folder, "copies", NULL);
  g_assert_cmpint (g_mkdir (f->copies, 0700), ==, 0);
  f->session = rubis_test_session_new (f->folder);
  rubis_test_exec (f->session,
                   "UPDATE setting SET value = 'credit@verrerie.example' WHERE key = 'company.email';"
                   "UPDATE setting SET value = 'FR7630006000011234567890189' WHERE key = 'company.iban';"
                   "UPDATE setting SET value = 'Claire Noël' WHERE key = 'company.signatory';"
                   "UPDATE setting SET value = '3 quai Perrache' WHERE key = 'company.address';"
                   "UPDATE setting SET value = '69002' WHERE key = 'company.postcode';"
                   "UPDATE setting SET value = '04 72 00 00 00' WHERE key = 'company.phone';"
                   "UPDATE setting SET value = 'Lyon' WHERE key = 'company.city'");
  f->paper = rubis_test_add_account (f->session, "C1", "Menuiserie Garçon SAS");
  f->email = rubis_test_add_account (f->session, "C2", "Bêta & Fils");
  rubis_test_exec (
      f->session,
      "UPDATE account SET address = '4 rue des Lilas', postcode = '69003', city = 'Lyon', language = 'fr';"
      "UPDATE account SET email = 'compta@beta.example' WHERE code = 'C2'");
  f->item = rubis_test_add_item (f->session, f->paper, "FA-2026/0012", RUBIS_ITEM_INVOICE, "2026-11-10",
                                 120000, 120000, NULL);
  rubis_test_add_item (f->session, f->paper, "FA-2026/0013", RUBIS_ITEM_INVOICE, "2026-11-11", 50000, 50000,
                       NULL);
  rubis_test_add_item (f->session, f->paper, "FA-2026/0099", RUBIS_ITEM_INVOICE, "2026-12-31", 70000, 70000,
                       NULL);
  rubis_test_add_item (f->session, f->email, "FA-2026/0014", RUBIS_ITEM_INVOICE, "2026-11-10", 80000, 80000,
                       NULL);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  rubis_test_check_dossier (f->session);
  g_object_unref (f->session);
  rubis_test_remove_tree (f->folder);
  g_free (f->folder);
  g_free (f->copies);
}

/* A PDF of @n_pages with @text on each page. (transfer full) its path */
static char *
write_pdf (const char *folder, const char *name, const char *text, int n_pages)
{
  char *path = g_build_filename (folder, name, NULL);
  cairo_surface_t *surface = cairo_pdf_surface_create (path, 595, 842);
  cairo_t *cr = cairo_create (surface);

  for (int i = 0; i < n_pages; i++)
    {
      cairo_select_font_face (cr, "Liberation Sans", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
      cairo_set_font_size (cr, 16);
      cairo_move_to (cr, 80, 100);
      cairo_show_text (cr, text);
      cairo_show_page (cr);
    }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return path;
}

static void
encrypt (const char *path)
{
  g_autofree char *plain = g_strconcat (path, ".plain", NULL);
  const char *const argv[] = { "qpdf", "--encrypt", "secret", "owner", "256", "--", plain, path, NULL };
  g_autoptr (GError) error = NULL;
  int status = 0;

  g_assert_cmpint (g_rename (path, plain), ==, 0);
  g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  g_unlink (plain);
}

/* Cuts a file off in the middle. */
static void
damage (const char *path)
{
  g_autofree char *content = NULL;
  gsize length = 0;

  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  g_assert_true (g_file_set_contents (path, content, 40, NULL));
}

static RubisActionRow *
find_action (GPtrArray *rows, const char *code)
{
  for (guint i = 0; i < rows->len; i++)
    {
      RubisActionRow *row = g_ptr_array_index (rows, i);

      if (g_str_equal (row->account_code, code) && row->state == RUBIS_ACTION_TO_DO)
        return row;
    }
  g_assert_not_reached ();
}

static RubisActionPreview *
preview (Fixture *f, const char *code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = rubis_session_compute_agenda (f->session, NULL, &error);
  RubisActionPreview *shown;

  g_assert_no_error (error);
  shown = rubis_session_preview_action (f->session, find_action (rows, code), &error);
  g_assert_no_error (error);
  return shown;
}

static char *
text_of (GBytes *pdf, guint *n_pages)
{
  g_autoptr (GError) error = NULL;
  char *text = rubis_pdf_read_text (pdf, 100, n_pages, &error);

  g_assert_no_error (error);
  return text;
}

static gint64
attach (Fixture *f, gint64 account, gint64 item, const char *path)
{
  g_autoptr (GError) error = NULL;
  gint64 id = rubis_session_attach (f->session, account, item, NULL, path, &error);

  g_assert_no_error (error);
  g_assert_cmpint (id, >, 0);
  return id;
}

/* What the check of the dossier says of its files. */
static void
assert_sound (Fixture *f, gboolean expected)
{
  g_autoptr (GError) error = NULL;
  gboolean sound = !expected;
  g_autoptr (GVariant) result = rubis_session_check (f->session, &sound, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = g_variant_print (result, FALSE);
  g_assert_cmpint (sound, ==, expected);
  g_assert_true (expected || strstr (text, "scan.pdf") != NULL);
}

/* Kept byte for byte, listed, removed, and each of it undone and done again. */
static void
test_kept (Fixture *f, gconstpointer data)
{
  g_autofree char *path = write_pdf (f->folder, "scan.pdf", "Facture FA-2026/0012 Menuiserie Garçon", 2);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) kept = NULL;
  g_autofree char *content = NULL;
  g_autofree char *name = NULL;
  g_autofree char *undone = NULL;
  g_autofree char *redone = NULL;
  gsize length = 0;
  gint64 id = attach (f, f->paper, f->item, path);

  {
    g_autoptr (GPtrArray) list = rubis_session_list_attachments (f->session, f->paper, 0, &error);
    RubisAttachment *attachment = g_ptr_array_index (list, 0);

    g_assert_cmpuint (list->len, ==, 1);
    g_assert_cmpstr (attachment->number, ==, "FA-2026/0012");
    g_assert_cmpstr (attachment->kind, ==, "invoice");
    g_assert_cmpint (attachment->n_pages, ==, 2);
    g_assert_cmpstr (attachment->warning, ==, "");
  }
  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  kept = rubis_session_load_attachment (f->session, id, &name, &error);
  g_assert_cmpmem (g_bytes_get_data (kept, NULL), g_bytes_get_size (kept), content, length);
  g_assert_cmpstr (name, ==, "scan.pdf");
  g_assert_true (rubis_session_remove_attachment (f->session, id, &error));
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM attachment"), ==, 0);
  undone = rubis_session_undo (f->session, &error);
  g_assert_no_error (error);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM attachment"), ==, 1);
  g_clear_pointer (&undone, g_free);
  undone = rubis_session_undo (f->session, &error);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM attachment"), ==, 0);
  redone = rubis_session_redo (f->session, &error);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT length (content) FROM attachment"), ==,
                   (gint64)length);
  g_assert_cmpint (rubis_test_query (f->session,
                                     "SELECT count (*) FROM event WHERE kind IN ('attachment', 'undo', "
                                     "'redo')"),
                   ==, 5);
  g_assert_false (rubis_session_remove_attachment (f->session, 4711, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  assert_sound (f, TRUE);
  rubis_test_exec (f->session, "UPDATE attachment SET content = x'00'");
  assert_sound (f, FALSE);
}

static void
test_refused (Fixture *f, gconstpointer data)
{
  g_autofree char *empty = g_build_filename (f->folder, "empty.pdf", NULL);
  g_autofree char *good = write_pdf (f->folder, "good.pdf", "FA-2026/0014", 1);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (empty, "", 0, NULL));
  g_assert_cmpint (rubis_session_attach (f->session, f->paper, 0, NULL, empty, &error), ==, 0);
  g_assert_nonnull (strstr (error->message, "empty.pdf"));
  g_clear_error (&error);
  g_assert_cmpint (rubis_session_attach (f->session, f->paper, 0, NULL, "/nowhere.pdf", &error), ==, 0);
  g_assert_nonnull (error);
  g_clear_error (&error);
  /* An item of another account. */
  g_assert_cmpint (rubis_session_attach (f->session, f->email, f->item, NULL, good, &error), ==, 0);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM attachment"), ==, 0);
}

/* field.md, trap 5.54: what names neither the invoice nor the customer is told of, and not kept back. */
static void
test_wrong_file (Fixture *f, gconstpointer data)
{
  g_autofree char *other = write_pdf (f->folder, "other.pdf", "Facture 778 de Quelqu'un d'autre", 1);
  g_autofree char *by_name = write_pdf (f->folder, "name.pdf", "Relevé de MENUISERIE GARCON", 1);
  g_autofree char *scan = write_pdf (f->folder, "scan.pdf", "", 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (RubisActionPreview) shown = NULL;

  attach (f, f->paper, f->item, other);
  attach (f, f->paper, f->item, by_name);
  attach (f, f->paper, f->item, scan);
  list = rubis_session_list_attachments (f->session, f->paper, f->item, &error);
  g_assert_cmpuint (list->len, ==, 3);
  g_assert_cmpstr (((RubisAttachment *)g_ptr_array_index (list, 0))->warning, !=, "");
  g_assert_cmpstr (((RubisAttachment *)g_ptr_array_index (list, 1))->warning, ==, "");
  /* A picture without text cannot be judged. */
  g_assert_cmpstr (((RubisAttachment *)g_ptr_array_index (list, 2))->warning, ==, "");
  shown = preview (f, "C1");
  g_assert_cmpuint (shown->warnings->len, ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (shown->warnings, 0), "other.pdf"));
  g_assert_cmpint (shown->n_pages, ==, 4);
}

/* The copies of this letter's items are behind it, counted and listed; those of other items are not. */
static void
test_letter (Fixture *f, gconstpointer data)
{
  g_autofree char *first = write_pdf (f->copies, "FA-2026-0012.pdf", "Copie-douze FA-2026/0012", 2);
  g_autofree char *second
      = write_pdf (f->copies, "Facture 2026 FA_2026_0013 Garcon.pdf", "Copie-treize FA-2026/0013", 1);
  g_autofree char *later = write_pdf (f->copies, "FA-2026-0099.pdf", "Copie-nonante FA-2026/0099", 1);
  g_autofree char *foreign = write_pdf (f->copies, "FA-2026-0014.pdf", "Copie-quatorze FA-2026/0014", 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (RubisActionPreview) shown = NULL;
  g_autoptr (RubisRunReport) report = NULL;
  g_autoptr (RubisPostBatch) batch = NULL;
  g_autoptr (GBytes) stored = NULL;
  g_autofree char *text = NULL;
  g_autofree char *stored_text = NULL;
  const RubisRunOptions keep = { .keep_letters = TRUE };
  guint n_pages = 0;

  g_assert_true (rubis_session_set_copies_folder (f->session, f->copies, &error));
  shown = preview (f, "C1");
  g_assert_cmpuint (shown->warnings->len, ==, 0);
  g_assert_cmpint (shown->n_pages, ==, 4);
  text = text_of (shown->pdf, &n_pages);
  g_assert_cmpuint (n_pages, ==, 4);
  g_assert_nonnull (strstr (text, "Copie-douze"));
  g_assert_nonnull (strstr (text, "Copie-treize"));
  g_assert_null (strstr (text, "Copie-nonante"));
  g_assert_null (strstr (text, "Copie-quatorze"));
  /* In the order of the items. */
  g_assert_true (strstr (text, "Copie-douze") < strstr (text, "Copie-treize"));

  rows = rubis_session_compute_agenda (f->session, NULL, &error);
  report = rubis_session_perform_with (f->session, rows, &keep, NULL, &error);
  g_assert_no_error (error);
  batch = rubis_session_load_post (f->session, RUBIS_DATE_NONE, FALSE, NULL, &error);
  g_assert_cmpuint (batch->letters->len, ==, 1);
  g_assert_cmpint (((RubisPostLetter *)g_ptr_array_index (batch->letters, 0))->n_pages, ==, 4);
  stored = rubis_session_load_document (
      f->session, ((RubisPostLetter *)g_ptr_array_index (batch->letters, 0))->document_id, NULL, NULL,
      &error);
  stored_text = text_of (stored, NULL);
  g_assert_cmpstr (stored_text, ==, text);
}

/* A file of the folder that has the number in its name only, and speaks of somebody else, goes to nobody. */
static void
test_foreign_copy (Fixture *f, gconstpointer data)
{
  g_autofree char *foreign = write_pdf (f->copies, "FA-2026-0012.pdf", "Devis 778 de Quelqu'un d'autre", 1);
  g_autofree char *scan = write_pdf (f->copies, "FA-2026-0013.pdf", "", 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisActionPreview) shown = NULL;
  g_autofree char *text = NULL;

  g_assert_true (rubis_session_set_copies_folder (f->session, f->copies, &error));
  shown = preview (f, "C1");
  text = text_of (shown->pdf, NULL);
  g_assert_null (strstr (text, "Quelqu"));
  /* The scan cannot be judged. */
  g_assert_cmpint (shown->n_pages, ==, 2);
  g_assert_cmpuint (shown->warnings->len, ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (shown->warnings, 0), "FA-2026-0012.pdf"));
}

/* A firm reminder lists what is behind it, with the pages. */
static void
test_listed (Fixture *f, gconstpointer data)
{
  g_autofree char *first = write_pdf (f->copies, "FA-2026-0012.pdf", "Copie-douze FA-2026/0012", 2);
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisActionPreview) shown = NULL;
  g_autofree char *text = NULL;

  g_assert_true (rubis_session_set_copies_folder (f->session, f->copies, &error));
  rubis_test_exec (f->session, "UPDATE item SET due_date = due_date - 5, level = 1, level_date = 20770 "
                               "WHERE number IN ('FA-2026/0012', 'FA-2026/0013')");
  shown = preview (f, "C1");
  text = text_of (shown->pdf, NULL);
  g_assert_nonnull (strstr (text, "Copie de la facture FA-2026/0012 (2 pages)"));
}

/* Damaged and protected copies are left out by name; everything else leaves. */
static void
test_unreadable (Fixture *f, gconstpointer data)
{
  g_autofree char *locked = write_pdf (f->copies, "FA-2026-0012.pdf", "Copie-douze FA-2026/0012", 1);
  g_autofree char *broken = write_pdf (f->copies, "FA-2026-0013.pdf", "Copie-treize FA-2026/0013", 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (RubisRunReport) report = NULL;
  g_autoptr (RubisActionPreview) shown = NULL;
  RubisRunEntry *entry;
  g_autofree char *out = g_build_filename (f->folder, "out", NULL);

  encrypt (locked);
  damage (broken);
  g_assert_true (rubis_session_set_copies_folder (f->session, f->copies, &error));
  shown = preview (f, "C1");
  g_assert_cmpint (shown->n_pages, ==, 1);
  g_assert_cmpuint (shown->warnings->len, ==, 2);
  g_assert_nonnull (strstr (g_ptr_array_index (shown->warnings, 0), "FA-2026-0012.pdf"));
  g_assert_nonnull (strstr (g_ptr_array_index (shown->warnings, 1), "FA-2026-0013.pdf"));
  rows = rubis_session_compute_agenda (f->session, NULL, &error);
  report = rubis_session_perform (f->session, rows, out, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->done->len, ==, 2);
  entry = g_ptr_array_index (report->done, 0);
  if (!g_str_equal (entry->account_code, "C1"))
    entry = g_ptr_array_index (report->done, 1);
  g_assert_cmpuint (entry->warnings->len, ==, 2);
}

static void
test_limit (Fixture *f, gconstpointer data)
{
  g_autofree char *first = write_pdf (f->copies, "FA-2026-0012.pdf", "Copie-douze FA-2026/0012", 1);
  g_autofree char *second = write_pdf (f->copies, "FA-2026-0013.pdf", "Copie-treize FA-2026/0013", 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisActionPreview) shown = NULL;
  g_autofree char *text = NULL;
  GStatBuf info;

  g_assert_cmpint (g_stat (first, &info), ==, 0);
  g_assert_cmpint (rubis_session_get_attachment_limit (f->session), ==, 5 * 1024 * 1024);
  g_assert_true (rubis_session_set_copies_folder (f->session, f->copies, &error));
  g_assert_true (rubis_session_set_attachment_limit (f->session, info.st_size + 10, &error));
  shown = preview (f, "C1");
  text = text_of (shown->pdf, NULL);
  g_assert_nonnull (strstr (text, "Copie-douze"));
  g_assert_null (strstr (text, "Copie-treize"));
  g_assert_cmpuint (shown->warnings->len, ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (shown->warnings, 0), "FA-2026-0013.pdf"));
  g_assert_false (rubis_session_set_attachment_limit (f->session, -1, &error));
}

/* The number stands in the text only; a text that merely has such a number is not taken. */
static void
test_by_text (Fixture *f, gconstpointer data)
{
  g_autofree char *right
      = write_pdf (f->copies, "doc-a.pdf", "Facture FA-2026/0012 pour Menuiserie Garçon", 1);
  g_autofree char *wrong = write_pdf (f->copies, "doc-b.pdf", "Bon FA-2026/0013 pour Quelqu'un d'autre", 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisActionPreview) before = NULL;
  g_autoptr (RubisActionPreview) after = NULL;
  g_autofree char *text = NULL;
  int n_read = 0;

  g_assert_true (rubis_session_set_copies_folder (f->session, f->copies, &error));
  before = preview (f, "C1");
  g_assert_cmpint (before->n_pages, ==, 1);
  g_assert_true (rubis_session_index_copies (f->session, NULL, &n_read, &error));
  g_assert_cmpint (n_read, ==, 2);
  after = preview (f, "C1");
  g_assert_cmpint (after->n_pages, ==, 2);
  text = text_of (after->pdf, NULL);
  g_assert_nonnull (strstr (text, "pour Menuiserie"));
  g_assert_null (strstr (text, "Quelqu"));
  /* Read once; again only what changed; what is gone is forgotten. */
  g_assert_true (rubis_session_index_copies (f->session, NULL, &n_read, &error));
  g_assert_cmpint (n_read, ==, 0);
  g_unlink (right);
  g_assert_true (rubis_session_index_copies (f->session, NULL, &n_read, &error));
  g_assert_cmpint (n_read, ==, 0);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM copy_file"), ==, 1);
}

/* How numbers are found in names of files and in texts. */
static void
test_names (void)
{
  static const struct
  {
    const char *text;
    const char *number;
    const char *customer;
    gboolean named;
  } cases[] = {
    { "FA-2026/0012", "FA-2026/0012", NULL, TRUE },
    { "Facture FA 2026 0012 Garçon", "FA-2026/0012", NULL, TRUE },
    { "fa20260012", "FA-2026/0012", NULL, TRUE },
    /* Part of a longer number. */
    { "FA-2026/00123", "FA-2026/0012", NULL, FALSE },
    { "1FA-2026/0012", "FA-2026/0012", NULL, FALSE },
    { "AVOIR 12", "12", NULL, FALSE },
    { "Facture 4512 du 02/11", "4512", NULL, TRUE },
    { "Facture 45120", "4512", NULL, FALSE },
    { "", "FA-1", NULL, FALSE },
    { "Menuiserie\nGARCON", "X-9", "Menuiserie Garçon SAS", TRUE },
    { "Menuiserie Dupont", "X-9", "Menuiserie Garçon SAS", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s in %s", cases[i].number, cases[i].text);
      g_assert_cmpint (rubis_copy_text_names (cases[i].text, cases[i].number, cases[i].customer), ==,
                       cases[i].named);
    }
}

/* How many attachments the only email has. */
static int
count_attachments (Fixture *f, GString *names)
{
  g_autofree char *outgoing = rubis_session_get_outgoing_folder (f->session);
  g_autoptr (GDir) dir = g_dir_open (outgoing, 0, NULL);
  g_autofree char *path = g_build_filename (outgoing, g_dir_read_name (dir), NULL);
  g_autofree char *text = NULL;
  int n = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  for (const char *p = text; (p = strstr (p, "Content-Disposition: attachment")) != NULL; p++)
    n++;
  g_string_append (names, text);
  return n;
}

/* The only email is read as pages: its head and text, then the files that left with it; it stays as it left.
 */
static void
assert_read_as_pages (Fixture *f, gboolean merged)
{
  gint64 id = rubis_test_query (f->session, "SELECT id FROM document WHERE media_type = 'message/rfc822'");
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GBytes) before = rubis_session_load_document (f->session, id, NULL, NULL, &error);
  g_autoptr (GBytes) pages = rubis_session_render_document (f->session, id, &name, &error);
  g_autoptr (GBytes) again = rubis_session_render_document (f->session, id, NULL, &error);
  g_autoptr (GBytes) after = rubis_session_load_document (f->session, id, NULL, NULL, &error);
  const char *copy;
  const char *statement;
  guint n_pages;

  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (before, after));
  g_assert_true (g_bytes_equal (pages, again));
  g_assert_true (g_str_has_suffix (name, ".pdf"));
  text = text_of (pages, &n_pages);
  g_assert_cmpuint (n_pages, ==, 3);
  g_assert_nonnull (strstr (text, "Sender"));
  g_assert_nonnull (strstr (text, "@"));
  g_assert_nonnull (strstr (text, merged ? "Pièces jointes C2.pdf" : "Copie de la facture FA-2026-0014.pdf"));
  g_assert_null (strstr (text, "Not shown here"));
  statement = strstr (text, "Relevé de compte");
  copy = strstr (text, "Copie FA-2026/0014");
  g_assert_nonnull (statement);
  g_assert_nonnull (copy);
  g_assert_true (strstr (text, "Sender") < copy);
}

static gint64
keep_document (Fixture *f, const char *media_type, const char *file_name, GBytes *content)
{
  RubisStore *store = rubis_session_lock (f->session);
  RubisDocumentRecord record = {
    .account_id = f->email,
    .kind = (char *)"email",
    .template_id = (char *)"",
    .language = (char *)"fr",
    .currency = (char *)"EUR",
    .date = RUBIS_TEST_TODAY,
    .subject = (char *)"Rappel",
    .recipient = (char *)"a@b.example",
    .file_name = (char *)file_name,
    .media_type = (char *)media_type,
    .content = content,
  };
  g_autoptr (GError) error = NULL;
  gint64 id;

  rubis_store_begin (store, &error);
  rubis_store_insert_document (rubis_store_get_database (store), &record, &error);
  id = record.id;
  rubis_store_commit (store, &error);
  g_assert_no_error (error);
  rubis_session_unlock (f->session);
  return id;
}

/* What cannot be bound is named on the first page; what cannot be shown at all is an error with a way out. */
static void
test_pages (Fixture *f, gconstpointer data)
{
  static const char mail[]
      = "From: compta@exemple.fr\r\nTo: a@b.example\r\nSubject: Rappel\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/mixed; boundary=\"x\"\r\n\r\n--x\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n\r\nMerci de payer 12,50 EUR.\r\n--x\r\n"
        "Content-Type: application/pdf; name=\"abime.pdf\"\r\n"
        "Content-Disposition: attachment; filename=\"abime.pdf\"\r\n\r\n%PDF-1.4 no\r\n--x--\r\n";
  static const char html[]
      = "From: compta@exemple.fr\r\nTo: a@b.example\r\nSubject: Rappel\r\nMIME-Version: 1.0\r\n"
        "Content-Type: text/html; charset=utf-8\r\n\r\n<p>Merci</p>\r\n";
  g_autoptr (GBytes) damaged = g_bytes_new_static (mail, strlen (mail));
  g_autoptr (GBytes) textless = g_bytes_new_static (html, strlen (html));
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pages = NULL;
  g_autofree char *text = NULL;
  guint n_pages;

  pages = rubis_session_render_document (f->session, keep_document (f, "message/rfc822", "a.eml", damaged),
                                         NULL, &error);
  g_assert_no_error (error);
  text = text_of (pages, &n_pages);
  g_assert_cmpuint (n_pages, ==, 1);
  g_assert_nonnull (strstr (text, "Merci de payer 12,50 EUR."));
  g_assert_nonnull (strstr (text, "Not shown here"));
  g_assert_nonnull (strstr (text, "abime.pdf"));

  g_assert_null (rubis_session_render_document (
      f->session, keep_document (f, "message/rfc822", "b.eml", textless), NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
  g_clear_error (&error);
  g_assert_null (rubis_session_render_document (f->session, keep_document (f, "text/csv", "c.csv", textless),
                                                NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
  g_clear_error (&error);
  g_assert_null (rubis_session_render_document (f->session, 4711, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void
test_email (Fixture *f, gconstpointer data)
{
  gboolean merged = GPOINTER_TO_INT (data) != 0;
  g_autofree char *copy = write_pdf (f->copies, "FA-2026-0014.pdf", "Copie FA-2026/0014", 1);
  g_autofree char *out = g_build_filename (f->folder, "out", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (RubisRunReport) report = NULL;
  g_autoptr (RubisActionPreview) shown = NULL;
  g_autoptr (GString) message = g_string_new (NULL);
  g_autofree char *text = NULL;

  g_assert_true (rubis_session_set_copies_folder (f->session, f->copies, &error));
  g_assert_true (rubis_session_get_attachments_merged (f->session));
  g_assert_true (rubis_session_set_attachments_merged (f->session, merged, &error));
  /* The second reminder carries statement and copies. */
  rubis_test_exec (f->session, "UPDATE item SET due_date = due_date - 5, level = 1, level_date = 20770 "
                               "WHERE number = 'FA-2026/0014'");
  shown = preview (f, "C2");
  g_assert_cmpint (shown->n_pages, ==, 2);
  text = text_of (shown->pdf, NULL);
  g_assert_nonnull (strstr (text, "Copie FA-2026/0014"));
  rows = rubis_session_compute_agenda (f->session, NULL, &error);
  report = rubis_session_perform (f->session, rows, out, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (count_attachments (f, message), ==, merged ? 1 : 2);
  assert_read_as_pages (f, merged);
}

/* The account of interest, in the language of the letter; the sums are those of the letter. */
static void
test_annex (Fixture *f, gconstpointer data)
{
  const char *language = data;
  g_autofree char *sql
      = g_strdup_printf ("UPDATE account SET language = '%s'; UPDATE policy SET body = replace (body, "
                         "'attach=invoices', 'attach=annex')",
                         language);
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisActionPreview) shown = NULL;
  g_autofree char *text = NULL;

  rubis_test_exec (f->session, sql);
  g_assert_true (rubis_session_reload_library (f->session, &error));
  shown = preview (f, "C1");
  g_assert_cmpint (shown->n_pages, ==, 2);
  text = text_of (shown->pdf, NULL);
  /* 1,200.00 for 10 days at 12.40 % is 4.0767…, 500.00 for 9 days 1.5287…. */
  g_assert_nonnull (strstr (text, g_str_equal (language, "fr") ? "4,08" : "4.08"));
  g_assert_nonnull (strstr (text, g_str_equal (language, "fr") ? "1,53" : "1.53"));
  g_assert_nonnull (
      strstr (text, g_str_equal (language, "fr") ? "Décompte des pénalités" : "Account of penalties"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/attachments/names", test_names);
  g_test_add ("/attachments/kept", Fixture, NULL, set_up, test_kept, tear_down);
  g_test_add ("/attachments/refused", Fixture, NULL, set_up, test_refused, tear_down);
  g_test_add ("/attachments/wrong-file", Fixture, NULL, set_up, test_wrong_file, tear_down);
  g_test_add ("/attachments/foreign-copy", Fixture, NULL, set_up, test_foreign_copy, tear_down);
  g_test_add ("/attachments/letter", Fixture, NULL, set_up, test_letter, tear_down);
  g_test_add ("/attachments/listed", Fixture, NULL, set_up, test_listed, tear_down);
  g_test_add ("/attachments/unreadable", Fixture, NULL, set_up, test_unreadable, tear_down);
  g_test_add ("/attachments/limit", Fixture, NULL, set_up, test_limit, tear_down);
  g_test_add ("/attachments/by-text", Fixture, NULL, set_up, test_by_text, tear_down);
  g_test_add ("/attachments/email-merged", Fixture, GINT_TO_POINTER (1), set_up, test_email, tear_down);
  g_test_add ("/attachments/email-apart", Fixture, GINT_TO_POINTER (0), set_up, test_email, tear_down);
  g_test_add ("/attachments/email-pages", Fixture, NULL, set_up, test_pages, tear_down);
  g_test_add ("/attachments/annex-fr", Fixture, "fr", set_up, test_annex, tear_down);
  g_test_add ("/attachments/annex-en", Fixture, "en", set_up, test_annex, tear_down);
  return g_test_run ();
}
