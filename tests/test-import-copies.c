/* Copies of invoices that come with an import: recognised by name or text, kept once, undone. */
#include <string.h>

#include <cairo-pdf.h>
#include <glib/gstdio.h>

#include "rubis-attachments.h"
#include "rubis-import-copies.h"
#include "rubis-test-session.h"
#include "rubis-test.h"

typedef struct
{
  char *folder;
  char *scans;
  RubisSession *session;
  gint64 alpha;
  gint64 beta;
  gint64 invoice; /* FA-2026/0012 of alpha */
  GPtrArray *pdfs;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = rubis_test_make_folder ();
  f->scans = g_build_filename (f->folder, "scans", NULL);
  g_assert_cmpint (g_mkdir (f->scans, 0700), ==, 0);
  f->pdfs = g_ptr_array_new_with_free_func (g_free);
  f->session = rubis_test_session_new (f->folder);
  f->alpha = rubis_test_add_account (f->session, "C1", "Menuiserie Garçon SAS");
  f->beta = rubis_test_add_account (f->session, "C2", "Verrerie Lambda");
  f->invoice = rubis_test_add_item (f->session, f->alpha, "FA-2026/0012", RUBIS_ITEM_INVOICE, "2026-11-10",
                                    120000, 120000, NULL);
  rubis_test_add_item (f->session, f->alpha, "FA-2026/0013", RUBIS_ITEM_INVOICE, "2026-11-10", 50000, 50000,
                       NULL);
  rubis_test_add_item (f->session, f->beta, "FA-2026/0014", RUBIS_ITEM_INVOICE, "2026-11-10", 80000, 80000,
                       NULL);
  rubis_test_add_item (f->session, f->beta, "AV-2026/0003", RUBIS_ITEM_CREDIT, "2026-11-10", -5000, -5000,
                       NULL);
  /* Both customers have a 7001. */
  rubis_test_add_item (f->session, f->alpha, "7001", RUBIS_ITEM_INVOICE, "2026-11-10", 100, 100, NULL);
  rubis_test_add_item (f->session, f->beta, "7001", RUBIS_ITEM_INVOICE, "2026-11-10", 200, 200, NULL);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  rubis_test_check_dossier (f->session);
  g_object_unref (f->session);
  g_ptr_array_unref (f->pdfs);
  rubis_test_remove_tree (f->folder);
  g_free (f->folder);
  g_free (f->scans);
}

/* A page with @text, "" for one without; the file is one of the import. (unowned) its path */
static const char *
add_pdf (Fixture *f, const char *name, const char *text)
{
  char *path = g_build_filename (f->scans, name, NULL);
  cairo_surface_t *surface = cairo_pdf_surface_create (path, 595, 842);
  cairo_t *cr = cairo_create (surface);

  cairo_select_font_face (cr, "Liberation Sans", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
  cairo_set_font_size (cr, 12);
  cairo_move_to (cr, 60, 100);
  cairo_show_text (cr, text);
  cairo_rectangle (cr, 60, 200, 40, 40);
  cairo_fill (cr);
  cairo_show_page (cr);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  g_ptr_array_add (f->pdfs, path);
  return path;
}

static GPtrArray *
match (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *copies = rubis_session_match_copies (f->session, f->pdfs, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (copies->len, ==, f->pdfs->len);
  return copies;
}

static guint
keep (Fixture *f, GPtrArray *copies)
{
  g_autoptr (GError) error = NULL;
  guint n = 0;

  rubis_session_keep_copies (f->session, copies, NULL, &n, &error);
  g_assert_no_error (error);
  return n;
}

static void
assert_found (GPtrArray *copies, guint i, const char *number, const char *customer, gboolean by_text)
{
  const RubisImportCopy *copy = g_ptr_array_index (copies, i);

  g_assert_cmpstr (rubis_copy_state_get_name (copy->state), ==, "recognised");
  g_assert_cmpstr (copy->number, ==, number);
  g_assert_cmpstr (copy->customer, ==, customer);
  g_assert_cmpint (copy->by_text, ==, by_text);
  g_assert_false (rubis_copy_is_left (copy));
}

static void
assert_left (GPtrArray *copies, guint i, const char *state, const char *reason)
{
  const RubisImportCopy *copy = g_ptr_array_index (copies, i);

  g_assert_cmpstr (rubis_copy_state_get_name (copy->state), ==, state);
  g_assert_nonnull (strstr (copy->reason, reason));
  g_assert_true (rubis_copy_is_left (copy));
  g_assert_cmpint (copy->item_id, ==, 0);
}

static GPtrArray *
list (Fixture *f, gint64 account)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *files = rubis_session_list_attachments (f->session, account, 0, &error);

  g_assert_no_error (error);
  return files;
}

static void
test_recognised (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) copies = NULL;

  add_pdf (f, "Facture FA-2026-0012.pdf", "Menuiserie Garçon - Facture FA-2026/0012");
  add_pdf (f, "FA20260013.PDF", "");
  add_pdf (f, "scan-a.pdf", "Verrerie Lambda, facture FA-2026/0014 du 10/10/2026, 800,00 EUR");
  add_pdf (f, "AV 2026 0003.pdf", "Verrerie Lambda Avoir AV-2026/0003 sur la facture FA-2026/0014");
  add_pdf (f, "7001.pdf", "Facture 7001 pour Verrerie Lambda");
  copies = match (f);
  assert_found (copies, 0, "FA-2026/0012", "Menuiserie Garçon SAS", FALSE);
  assert_found (copies, 1, "FA-2026/0013", "Menuiserie Garçon SAS", FALSE);
  assert_found (copies, 2, "FA-2026/0014", "Verrerie Lambda", TRUE);
  assert_found (copies, 3, "AV-2026/0003", "Verrerie Lambda", FALSE);
  assert_found (copies, 4, "7001", "Verrerie Lambda", FALSE);
  g_assert_cmpint (((RubisImportCopy *)g_ptr_array_index (copies, 0))->item_id, ==, f->invoice);
}

/* Nothing is guessed, and nothing of it is kept. */
static void
test_left (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) copies = NULL;
  g_autoptr (GPtrArray) alpha = NULL;
  g_autoptr (GPtrArray) beta = NULL;
  const char *path;

  add_pdf (f, "7001.pdf", "");
  add_pdf (f, "scan.pdf", "");
  add_pdf (f, "FA-2026-0012.pdf", "Catalogue of garden chairs");
  add_pdf (f, "mail.pdf", "FA-2026/0014 but nobody is named");
  add_pdf (f, "list.pdf", "Menuiserie Garçon : FA-2026/0012, FA-2026/0013");
  path = add_pdf (f, "FA-2026-0013.pdf", "Menuiserie Garçon FA-2026/0013");
  g_assert_true (g_file_set_contents (path, "%PDF-1.5\nbroken", -1, NULL));
  path = add_pdf (f, "FA-2026-0014.pdf", "");
  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  copies = match (f);
  assert_left (copies, 0, "ambiguous", "7001 (Menuiserie Garçon SAS), 7001 (Verrerie Lambda)");
  assert_left (copies, 1, "unknown", "scan without text");
  assert_left (copies, 2, "unknown", "FA-2026/0012");
  assert_left (copies, 3, "unknown", "Neither its name nor its text");
  assert_left (copies, 4, "ambiguous", "FA-2026/0012");
  assert_left (copies, 5, "unreadable", "damaged or protected");
  assert_left (copies, 6, "unreadable", "FA-2026-0014.pdf");
  g_assert_cmpuint (keep (f, copies), ==, 0);
  alpha = list (f, f->alpha);
  beta = list (f, f->beta);
  g_assert_cmpuint (alpha->len + beta->len, ==, 0);
}

/* A payment with the number of its invoice, and two instalments of one, are no doubt. */
static void
test_same_number (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) copies = NULL;

  rubis_test_add_item (f->session, f->alpha, "FA-2026/0012", RUBIS_ITEM_PAYMENT, "2026-11-10", -1000, -1000,
                       NULL);
  add_pdf (f, "FA-2026-0012.pdf", "");
  copies = match (f);
  assert_found (copies, 0, "FA-2026/0012", "Menuiserie Garçon SAS", FALSE);
  g_assert_cmpint (((RubisImportCopy *)g_ptr_array_index (copies, 0))->item_id, ==, f->invoice);
}

/* The invoice has one copy, byte for byte. */
static void
assert_kept (Fixture *f, const char *content, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = list (f, f->alpha);
  RubisAttachment *file = g_ptr_array_index (files, 0);
  g_autoptr (GBytes) kept = rubis_session_load_attachment (f->session, file->id, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (files->len, ==, 1);
  g_assert_cmpint (file->item_id, ==, f->invoice);
  g_assert_cmpstr (file->kind, ==, "invoice");
  g_assert_cmpstr (file->file_name, ==, "FA-2026-0012.pdf");
  g_assert_cmpint (file->n_pages, ==, 1);
  g_assert_cmpstr (file->warning, ==, "");
  g_assert_cmpmem (g_bytes_get_data (kept, NULL), g_bytes_get_size (kept), content, length);
}

static void
test_kept_once_and_undone (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) copies = NULL;
  g_autoptr (GPtrArray) again = NULL;
  g_autofree char *content = NULL;
  g_autofree char *label = NULL;
  g_autofree char *redone = NULL;
  gsize length = 0;
  const char *path = add_pdf (f, "FA-2026-0012.pdf", "Menuiserie Garçon FA-2026/0012");

  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  path = add_pdf (f, "FA-2026-0012 (1).pdf", "");
  g_assert_true (g_file_set_contents (path, content, (gssize)length, NULL));
  add_pdf (f, "FA-2026-0014.pdf", "Verrerie Lambda FA-2026/0014");
  copies = match (f);
  g_assert_cmpstr (rubis_copy_state_get_name (((RubisImportCopy *)copies->pdata[1])->state), ==,
                   "kept-before");
  g_assert_cmpuint (keep (f, copies), ==, 2);
  g_assert_true (((RubisImportCopy *)copies->pdata[0])->kept);
  g_assert_false (((RubisImportCopy *)copies->pdata[1])->kept);
  again = match (f);
  for (guint i = 0; i < again->len; i++)
    g_assert_cmpint (((RubisImportCopy *)again->pdata[i])->state, ==, RUBIS_COPY_KEPT_BEFORE);
  g_assert_cmpuint (keep (f, again), ==, 0);
  assert_kept (f, content, length);
  /* One undo takes all back; they come back without the files. */
  label = rubis_session_undo (f->session, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (label, ==, "2 copies of invoices kept");
  {
    g_autoptr (GPtrArray) alpha = list (f, f->alpha);
    g_autoptr (GPtrArray) beta = list (f, f->beta);

    g_assert_cmpuint (alpha->len + beta->len, ==, 0);
  }
  rubis_test_remove_tree (f->scans);
  redone = rubis_session_redo (f->session, &error);
  g_assert_no_error (error);
  assert_kept (f, content, length);
}

/* Between the list and the click the file was written anew: neither it nor the others are kept. */
static void
test_changed_meanwhile (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) copies = NULL;
  g_autoptr (GPtrArray) files = NULL;

  add_pdf (f, "FA-2026-0012.pdf", "Menuiserie Garçon FA-2026/0012");
  add_pdf (f, "FA-2026-0013.pdf", "Menuiserie Garçon FA-2026/0013");
  copies = match (f);
  g_assert_true (g_file_set_contents (g_ptr_array_index (f->pdfs, 1), "%PDF-1.5\nother", -1, NULL));
  g_assert_false (rubis_session_keep_copies (f->session, copies, NULL, NULL, &error));
  g_assert_nonnull (strstr (error->message, "FA-2026-0013.pdf"));
  files = list (f, f->alpha);
  g_assert_cmpuint (files->len, ==, 0);
}

static void
test_sort_paths (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();
  g_autoptr (GPtrArray) tables = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) pdfs = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *empty = g_build_filename (f->folder, "empty", NULL);

  add_pdf (f, "b.pdf", "");
  add_pdf (f, "a.PDF", "");
  g_assert_cmpint (g_mkdir (empty, 0700), ==, 0);
  g_ptr_array_add (paths, (gpointer) "one.csv");
  g_ptr_array_add (paths, f->scans);
  g_ptr_array_add (paths, (gpointer) "two.Pdf");
  g_ptr_array_add (paths, empty);
  rubis_import_sort_paths (paths, tables, pdfs);
  g_assert_cmpuint (tables->len, ==, 2);
  g_assert_cmpstr (tables->pdata[0], ==, "one.csv");
  g_assert_cmpstr (tables->pdata[1], ==, empty);
  g_assert_cmpuint (pdfs->len, ==, 3);
  g_assert_true (g_str_has_suffix (pdfs->pdata[0], "/scans/a.PDF"));
  g_assert_true (g_str_has_suffix (pdfs->pdata[1], "/scans/b.pdf"));
  g_assert_cmpstr (pdfs->pdata[2], ==, "two.Pdf");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/import-copies/recognised", Fixture, NULL, set_up, test_recognised, tear_down);
  g_test_add ("/import-copies/left", Fixture, NULL, set_up, test_left, tear_down);
  g_test_add ("/import-copies/same-number", Fixture, NULL, set_up, test_same_number, tear_down);
  g_test_add ("/import-copies/kept-once-and-undone", Fixture, NULL, set_up, test_kept_once_and_undone,
              tear_down);
  g_test_add ("/import-copies/changed-meanwhile", Fixture, NULL, set_up, test_changed_meanwhile, tear_down);
  g_test_add ("/import-copies/sort-paths", Fixture, NULL, set_up, test_sort_paths, tear_down);
  return g_test_run ();
}
