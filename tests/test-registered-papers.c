/* Papers of registered letters: slips, deposit lists, scans that come back. Read by other programs. */
#include <string.h>

#include <cairo.h>

#include "rubis-import-preview.h"
#include "rubis-pdf-scan.h"
#include "rubis-pdf.h"
#include "rubis-registered-papers.h"
#include "rubis-test-registered.h"
#include "rubis-test.h"

#define NUMBER "1A78778932878"

typedef struct {
  char *folder;
  RubisSession *session;
  gint64 account;
  gint64 id;       /* of the letter to Garçon */
} Fixture;

static void
number (Fixture *fixture, gint64 id, const char *text)
{
  g_autoptr(GError) error = NULL;

  rubis_session_number_registered (fixture->session, id, text, NULL, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr(RubisRegisteredLetter) letter = NULL;

  fixture->folder = rubis_test_make_folder ();
  fixture->session = rubis_test_registered_new (fixture->folder);
  fixture->account = rubis_test_add_debtor (fixture->session, "C001", "Menuiserie Garçon", "F-1");
  rubis_test_write_notices (fixture->session, NULL);
  letter = rubis_test_get_registered (fixture->session, fixture->account);
  fixture->id = letter->id;
  number (fixture, fixture->id, NUMBER);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  rubis_test_check_dossier (fixture->session);
  g_assert_finalize_object (fixture->session);
  rubis_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
}

static char *
save (Fixture *fixture, const char *name, GBytes *content)
{
  char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr(GError) error = NULL;
  gsize size;
  const char *data = g_bytes_get_data (content, &size);

  g_file_set_contents (path, data, (gssize) size, &error);
  g_assert_no_error (error);
  return path;
}

/* What a program prints on standard output. */
static char *
run (const char *program, const char *first, const char *second, const char *third)
{
  const char *argv[] = { program, first, second, third, NULL };
  g_autoptr(GError) error = NULL;
  char *output = NULL;
  int status = 0;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &output, NULL,
                &status, &error);
  g_assert_no_error (error);
  return output;
}

/* Page @page as a picture, and what zbarimg reads on it. */
static char *
read_codes (Fixture *fixture, GBytes *pdf_bytes, guint page)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(RubisPdf) pdf = rubis_pdf_new (pdf_bytes, &error);
  g_autofree char *path = g_build_filename (fixture->folder, "page.png", NULL);
  cairo_surface_t *surface = rubis_pdf_render_page (pdf, page, 3.0, &error);

  g_assert_no_error (error);
  cairo_surface_write_to_png (surface, path);
  cairo_surface_destroy (surface);
  return run ("zbarimg", "-q", path, NULL);
}

static void
assert_text (const char *text, const char *words)
{
  if (strstr (text, words) == NULL)
    g_error ("“%s” is not in:\n%s", words, text);
}

static void
keep_picture (GBytes *pdf, const char *name)
{
  const char *folder = g_getenv ("RUBIS_TEST_PICTURES");
  g_autofree char *path = NULL;
  gsize size;
  const char *data = g_bytes_get_data (pdf, &size);

  if (folder == NULL)
    return;
  path = g_build_filename (folder, name, NULL);
  g_assert_true (g_file_set_contents (path, data, (gssize) size, NULL));
}

static void
test_slip (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) pdf = NULL;
  g_autoptr(GBytes) again = NULL;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_autofree char *codes = NULL;

  rubis_test_advance (fixture->session, fixture->id, RUBIS_REGISTERED_DEPOSITED, RUBIS_TEST_TODAY);
  pdf = rubis_session_write_registered_slip (fixture->session, fixture->id, &error);
  g_assert_no_error (error);
  again = rubis_session_write_registered_slip (fixture->session, fixture->id, &error);
  g_assert_true (g_bytes_equal (pdf, again));
  keep_picture (pdf, "slip.pdf");
  path = save (fixture, "slip.pdf", pdf);
  text = run ("pdftotext", "-layout", path, "-");
  assert_text (text, "1A 787 789 3287 8");
  assert_text (text, "Verrerie Duval");
  assert_text (text, "12 RUE DES LILAS");
  assert_text (text, "69003 LYON");
  assert_text (text, "R1 (indemnisation 16 €)");
  assert_text (text, "Déposée le");
  assert_text (text, "20/11/2026");
  codes = read_codes (fixture, pdf, 0);
  g_assert_cmpstr (codes, ==, "CODE-128:" NUMBER "\n");
}

/* Adds @n letters with the numbers 2C…10001, 2C…10002 and so on; their ids go to @ids. */
static void
add_numbered (Fixture *fixture, guint n, GArray *ids)
{
  gint64 accounts[64];

  g_assert_cmpuint (n, <=, G_N_ELEMENTS (accounts));
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *code = g_strdup_printf ("D%03u", i + 1);
      g_autofree char *name = g_strdup_printf ("Établissements de la rive gauche numéro %u, société anonyme", i + 1);
      g_autofree char *item = g_strdup_printf ("G-%u", i + 1);

      accounts[i] = rubis_test_add_debtor (fixture->session, code, name, item);
    }
  rubis_test_write_notices (fixture->session, NULL);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr(RubisRegisteredLetter) letter = rubis_test_get_registered (fixture->session, accounts[i]);
      g_autofree char *form = g_strdup_printf ("2C%011u", 10001 + i);

      number (fixture, letter->id, form);
      g_array_append_val (ids, letter->id);
    }
}

static void
test_deposit_list (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) pdf = NULL;
  g_autoptr(GBytes) kept = NULL;
  g_autoptr(RubisRegisteredLetter) letter = NULL;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_autofree char *codes = NULL;
  gint64 list = 0;

  g_array_append_val (ids, fixture->id);
  add_numbered (fixture, 2, ids);
  pdf = rubis_session_make_deposit_list (fixture->session, ids, RUBIS_TEST_TODAY, &list, &error);
  g_assert_no_error (error);
  keep_picture (pdf, "deposit-list.pdf");
  path = save (fixture, "list.pdf", pdf);
  text = run ("pdftotext", "-layout", path, "-");
  assert_text (text, "Bordereau de dépôt");
  assert_text (text, "Dépôt du 20 novembre 2026");
  assert_text (text, "Verrerie Duval");
  assert_text (text, "1A 787 789 3287 8");
  assert_text (text, "2C 000 000 1000 1");
  assert_text (text, "Menuiserie Garçon");
  assert_text (text, "69003");
  assert_text (text, "LYON");
  assert_text (text, "R1      AR");
  assert_text (text, "3 lettres recommandées, dont 3 avec avis de réception");
  assert_text (text, "Cachet et signature du bureau de poste");
  codes = read_codes (fixture, pdf, 0);
  assert_text (codes, "CODE-128:" NUMBER "\n");
  assert_text (codes, "CODE-128:2C00000010002\n");

  /* Handing the list out posts nothing; it is kept as it is, even when the letters are taken off it. */
  letter = rubis_session_get_registered (fixture->session, fixture->id, &error);
  g_assert_cmpint (letter->course.state, ==, RUBIS_REGISTERED_PRINTED);
  g_assert_cmpint (letter->deposit_id, ==, list);
  g_free (rubis_session_undo (fixture->session, &error));
  g_assert_no_error (error);
  g_assert_cmpint (rubis_test_query (fixture->session,
                                     "SELECT count (*) FROM registered_letter WHERE deposit_id IS NOT NULL"), ==, 0);
  kept = rubis_session_load_deposit_list (fixture->session, list, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (kept, pdf));
}

static void
test_long_list (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) pdf = NULL;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  guint n_boxes = 0;

  add_numbered (fixture, 45, ids);
  pdf = rubis_session_make_deposit_list (fixture->session, ids, RUBIS_TEST_TODAY, NULL, &error);
  g_assert_no_error (error);
  keep_picture (pdf, "deposit-list-long.pdf");
  path = save (fixture, "list.pdf", pdf);
  text = run ("pdftotext", "-layout", path, "-");
  assert_text (text, "Page 1/3");
  assert_text (text, "Page 3/3");
  for (guint i = 1; i <= 45; i++)
    {
      g_autofree char *form = g_strdup_printf ("2C 000 000 %04u %u", (10000 + i) / 10, (10000 + i) % 10);

      assert_text (text, form);
    }
  for (const char *p = text; (p = strstr (p, "Cachet et signature")) != NULL; p++)
    n_boxes++;
  g_assert_cmpuint (n_boxes, ==, 1);
}

static void
test_list_rules (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GError) error = NULL;

  g_assert_null (rubis_session_make_deposit_list (fixture->session, ids, RUBIS_TEST_TODAY, NULL, &error));
  g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE);
  g_clear_error (&error);
  number (fixture, fixture->id, "");
  g_array_append_val (ids, fixture->id);
  g_assert_null (rubis_session_make_deposit_list (fixture->session, ids, RUBIS_TEST_TODAY, NULL, &error));
  g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE);
  assert_text (error->message, "Menuiserie Garçon");
  g_clear_error (&error);
  number (fixture, fixture->id, NUMBER);
  rubis_test_advance (fixture->session, fixture->id, RUBIS_REGISTERED_DEPOSITED, RUBIS_TEST_TODAY);
  g_assert_null (rubis_session_make_deposit_list (fixture->session, ids, RUBIS_TEST_TODAY, NULL, &error));
  g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE);
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT count (*) FROM deposit_list"), ==, 0);
}

/* --- Scans ------------------------------------------------------------------------------------ */

static RubisProofGuess *
recognise (Fixture *fixture, const char *name, GBytes *content, gint64 only)
{
  g_autoptr(GError) error = NULL;
  RubisProofGuess *guess = rubis_session_recognise_proof (fixture->session, name, content, only, &error);

  g_assert_no_error (error);
  return guess;
}

/* The slip as a scanner gives it: a picture turned by @turn quarters, without text. */
static GBytes *
make_scan (Fixture *fixture, int turn)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) slip = rubis_session_write_registered_slip (fixture->session, fixture->id, &error);
  g_autoptr(RubisPdf) pdf = rubis_pdf_new (slip, &error);
  g_autofree char *path = g_build_filename (fixture->folder, "scan.png", NULL);
  cairo_surface_t *page = rubis_pdf_render_page (pdf, 0, 2.5, &error);
  cairo_surface_t *scan = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 2200, 2200);
  cairo_t *cr = cairo_create (scan);
  char *content = NULL;
  gsize length = 0;

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_translate (cr, 1100, 1100);
  cairo_rotate (cr, turn * G_PI / 2);
  cairo_set_source_surface (cr, page, -cairo_image_surface_get_width (page) / 2.0,
                            -cairo_image_surface_get_height (page) / 2.0);
  cairo_paint (cr);
  cairo_destroy (cr);
  cairo_surface_write_to_png (scan, path);
  cairo_surface_destroy (scan);
  cairo_surface_destroy (page);
  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  return g_bytes_new_take (content, length);
}

static void
test_by_text (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) slip = rubis_session_write_registered_slip (fixture->session, fixture->id, &error);
  g_autoptr(RubisProofGuess) guess = recognise (fixture, "/tmp/scan 0001.pdf", slip, 0);

  g_assert_cmpint (guess->source, ==, RUBIS_PROOF_BY_TEXT);
  g_assert_cmpint (guess->letter->id, ==, fixture->id);
  g_assert_cmpstr (guess->file_name, ==, "scan 0001.pdf");
  /* Nothing was posted yet: whatever comes from the post says that it was. */
  g_assert_true (guess->proposes);
  g_assert_cmpint (guess->state, ==, RUBIS_REGISTERED_DEPOSITED);
}

static void
test_by_barcode (Fixture *fixture, gconstpointer data)
{
  if (!rubis_pdf_scan_reads_barcodes ())
    {
      g_test_skip ("built without zbar");
      return;
    }
  rubis_test_advance (fixture->session, fixture->id, RUBIS_REGISTERED_DEPOSITED, RUBIS_TEST_TODAY);
  for (int turn = 0; turn < 3; turn++)
    {
      g_autoptr(GBytes) scan = make_scan (fixture, turn);
      g_autoptr(RubisProofGuess) guess = recognise (fixture, "IMG_0042.png", scan, 0);

      g_assert_cmpint (guess->source, ==, RUBIS_PROOF_BY_BARCODE);
      g_assert_cmpint (guess->letter->id, ==, fixture->id);
      g_assert_cmpint (guess->kind, ==, RUBIS_PROOF_RECEIPT);
      g_assert_true (guess->proposes);
      g_assert_cmpint (guess->state, ==, RUBIS_REGISTERED_RECEIVED);
    }
}

/* A blank page, as a scan that nothing can be read on. */
static GBytes *
make_blank (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->folder, "blank.png", NULL);
  cairo_surface_t *blank = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 300, 400);
  char *content = NULL;
  gsize length = 0;

  cairo_surface_write_to_png (blank, path);
  cairo_surface_destroy (blank);
  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  return g_bytes_new_take (content, length);
}

static void
test_by_name (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *name;
    RubisProofKind kind;
    RubisRegisteredState state;
  } cases[] = {
    { "AR 1A 787 789 3287 8.png", RUBIS_PROOF_RECEIPT, RUBIS_REGISTERED_RECEIVED },
    { "1a78778932878-npai.png", RUBIS_PROOF_ENVELOPE, RUBIS_REGISTERED_WRONG_ADDRESS },
    { "Garçon 1A78778932878 refusé.png", RUBIS_PROOF_ENVELOPE, RUBIS_REGISTERED_REFUSED },
    { "enveloppe_1A78778932878.png", RUBIS_PROOF_ENVELOPE, RUBIS_REGISTERED_NOT_CLAIMED },
  };
  g_autoptr(GBytes) blank = make_blank (fixture);

  rubis_test_advance (fixture->session, fixture->id, RUBIS_REGISTERED_DEPOSITED, RUBIS_TEST_TODAY);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(RubisProofGuess) guess = recognise (fixture, cases[i].name, blank, 0);

      g_assert_cmpint (guess->source, ==, RUBIS_PROOF_BY_FILE_NAME);
      g_assert_cmpint (guess->letter->id, ==, fixture->id);
      g_assert_cmpint (guess->kind, ==, cases[i].kind);
      g_assert_true (guess->proposes);
      g_assert_cmpint (guess->state, ==, cases[i].state);
    }
}

static void
test_unknown (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GBytes) blank = make_blank (fixture);
  g_autoptr(GBytes) words = g_bytes_new_static ("no scan", 7);
  g_autoptr(RubisProofGuess) nobody = recognise (fixture, "scan.png", blank, 0);
  g_autoptr(RubisProofGuess) dropped = recognise (fixture, "scan.png", blank, fixture->id);
  g_autoptr(GError) error = NULL;

  g_assert_null (nobody->letter);
  g_assert_false (nobody->proposes);
  /* Dropped on a letter, it is that letter's, though nothing on it says so. */
  g_assert_cmpint (dropped->letter->id, ==, fixture->id);
  g_assert_cmpint (dropped->source, ==, RUBIS_PROOF_BY_NOTHING);
  g_assert_null (rubis_session_recognise_proof (fixture->session, "notes.txt", words, 0, &error));
  g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE);
  assert_text (error->message, "notes.txt");
}

static void
test_kept (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GBytes) blank = make_blank (fixture);
  g_autoptr(RubisProofGuess) guess = recognise (fixture, "AR.png", blank, fixture->id);
  g_autoptr(GPtrArray) proofs = NULL;
  g_autoptr(GBytes) pdf = NULL;
  g_autoptr(RubisPdf) page = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_true (rubis_session_add_proof (fixture->session, fixture->id, RUBIS_PROOF_RECEIPT, guess, &error));
  g_assert_no_error (error);
  g_assert_false (rubis_session_add_proof (fixture->session, fixture->id, RUBIS_PROOF_RECEIPT, guess, &error));
  g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE);
  g_clear_error (&error);
  proofs = rubis_session_list_proofs (fixture->session, fixture->id, &error);
  g_assert_cmpuint (proofs->len, ==, 1);
  g_assert_cmpint (((RubisProof *) proofs->pdata[0])->kind, ==, RUBIS_PROOF_RECEIPT);
  pdf = rubis_session_load_proof_pdf (fixture->session, ((RubisProof *) proofs->pdata[0])->id, &error);
  g_assert_no_error (error);
  page = rubis_pdf_new (pdf, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rubis_pdf_get_n_pages (page), ==, 1);

  g_free (rubis_session_undo (fixture->session, &error));
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT count (*) FROM attachment"), ==, 0);
  g_free (rubis_session_redo (fixture->session, &error));
  g_assert_no_error (error);
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT count (*) FROM attachment"), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/registered-papers/slip", test_slip);
  ADD ("/registered-papers/deposit-list", test_deposit_list);
  ADD ("/registered-papers/long-list", test_long_list);
  ADD ("/registered-papers/list-rules", test_list_rules);
  ADD ("/registered-papers/by-text", test_by_text);
  ADD ("/registered-papers/by-barcode", test_by_barcode);
  ADD ("/registered-papers/by-name", test_by_name);
  ADD ("/registered-papers/unknown", test_unknown);
  ADD ("/registered-papers/kept", test_kept);
  return g_test_run ();
}
