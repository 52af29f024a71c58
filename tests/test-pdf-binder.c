/* Files bound into one: stamps, numbers, bookmarks and pages as other programs see them. */
#include "letter-check.h"
#include "rubis-pdf-binder.h"
#include "rubis-pdf.h"
#include "rubis-test.h"

#include <string.h>

#include <cairo-pdf.h>
#include <gdk-pixbuf/gdk-pixbuf.h>

static cairo_status_t
append (void *data, const unsigned char *bytes, unsigned int length)
{
  g_byte_array_append (data, bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

/* Pages of @width × @height points: a word in the middle, or text from edge to edge. */
static GBytes *
make_pdf (double width, double height, guint n_pages, gboolean full)
{
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (append, bytes, width, height);
  cairo_t *cr = cairo_create (surface);

  cairo_select_font_face (cr, "sans", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
  cairo_set_font_size (cr, 10);
  for (guint i = 0; i < n_pages; i++)
    {
      g_autofree char *word = g_strdup_printf ("contenu%u", i + 1);

      cairo_move_to (cr, width / 2 - 30, height / 2);
      cairo_show_text (cr, word);
      for (double y = 10; full && y < height; y += 10)
        {
          for (double x = 0; x < width; x += 40)
            {
              cairo_move_to (cr, x, y);
              cairo_show_text (cr, "bordbord");
            }
        }
      cairo_show_page (cr);
    }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (bytes);
}

static GBytes *
make_picture (const char *kind, int width, int height)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  char *bytes;
  gsize size;

  gdk_pixbuf_fill (pixbuf, 0x2a4a6bff);
  g_assert_true (gdk_pixbuf_save_to_buffer (pixbuf, &bytes, &size, kind, NULL, NULL));
  return g_bytes_new_take (bytes, size);
}

static RubisPdfBinder *
make_binder (void)
{
  RubisPdfBinderFacts facts
      = { "Dossier", "Ateliers", "Essai", "fr", rubis_date_from_ymd (2026, 11, 2), TRUE };

  return rubis_pdf_binder_new (&facts);
}

/* A part; its first page. */
static guint
add (RubisPdfBinder *binder, const char *title, guint level, GBytes *content, const char *stamp)
{
  RubisPdfBinderPart part = { title, level, content, stamp };
  g_autoptr (GError) error = NULL;
  guint first = 0;

  g_assert_true (rubis_pdf_binder_add_part (binder, &part, &first, NULL, &error));
  g_assert_no_error (error);
  return first;
}

static GBytes *
bind_all (void)
{
  g_autoptr (RubisPdfBinder) binder = make_binder ();
  g_autoptr (RubisDocument) letter = letter_check_make_document ("fr/mise-en-demeure.md", 0);
  g_autoptr (GBytes) notice = letter_check_draw (letter, NULL);
  g_autoptr (GBytes) small = make_pdf (300, 200, 2, FALSE);
  g_autoptr (GBytes) full = make_pdf (420, 595, 1, TRUE);
  g_autoptr (GBytes) png = make_picture ("png", 2000, 900);
  g_autoptr (GBytes) jpeg = make_picture ("jpeg", 300, 900);
  g_autoptr (GError) error = NULL;
  GBytes *bytes;

  g_assert_cmpuint (add (binder, "Requête", 0, notice, NULL), ==, 1);
  rubis_pdf_binder_add_heading (binder, "Pièces", 0);
  g_assert_cmpuint (add (binder, "Pièce n° 1 — Commande", 1, small, "Pièce n° 1"), ==, 3);
  g_assert_cmpuint (add (binder, "Pièce n° 2 — Facture", 1, full, "Pièce n° 2"), ==, 5);
  g_assert_cmpuint (add (binder, "Pièce n° 3 — Scan", 1, png, "Pièce n° 3"), ==, 6);
  g_assert_cmpuint (add (binder, "Pièce n° 4 — Avis", 1, jpeg, "Pièce n° 4"), ==, 7);
  g_assert_cmpuint (rubis_pdf_binder_get_n_pages (binder), ==, 7);
  bytes = rubis_pdf_binder_finish (binder, &error);
  g_assert_no_error (error);
  return bytes;
}

static void
assert_page (RubisPdf *pdf, guint page, double width, double height, const char *const *texts)
{
  g_autofree char *raw = rubis_pdf_dup_page_text (pdf, page);
  g_autofree char *text = letter_check_make_plain (raw);
  double w, h;

  g_assert_true (rubis_pdf_get_page_size (pdf, page, &w, &h));
  g_assert_cmpfloat_with_epsilon (w, width, 0.5);
  g_assert_cmpfloat_with_epsilon (h, height, 0.5);
  for (; *texts != NULL; texts++)
    {
      if (strstr (text, *texts) == NULL)
        g_error ("page %u lacks “%s”: %s", page + 1, *texts, text);
    }
}

static void
test_pages (void)
{
  g_autoptr (GBytes) bytes = bind_all ();
  g_autoptr (GBytes) again = bind_all ();
  g_autoptr (RubisPdf) pdf = rubis_pdf_new (bytes, NULL);
  g_autofree char *path = letter_check_save (bytes, "bound.pdf");
  g_autofree char *checked = letter_check_run ("qpdf", "--check", path, NULL);
  g_autofree char *title = rubis_pdf_dup_title (pdf);

  g_assert_cmpuint (rubis_pdf_get_n_pages (pdf), ==, 7);
  g_assert_cmpstr (title, ==, "Dossier");
  assert_page (pdf, 0, 595.3, 841.9, (const char *const[]){ "1/7", "14 253,04", NULL });
  assert_page (pdf, 1, 595.3, 841.9, (const char *const[]){ "2/7", NULL });
  assert_page (pdf, 2, 300, 200, (const char *const[]){ "3/7", "Pièce n° 1", "contenu1", NULL });
  assert_page (pdf, 3, 300, 200, (const char *const[]){ "4/7", "Pièce n° 1", "contenu2", NULL });
  assert_page (pdf, 4, 420, 595, (const char *const[]){ "5/7", "Pièce n° 2", "contenu1", NULL });
  assert_page (pdf, 5, 841.9, 595.3, (const char *const[]){ "6/7", "Pièce n° 3", NULL });
  assert_page (pdf, 6, 595.3, 841.9, (const char *const[]){ "7/7", "Pièce n° 4", NULL });
  g_assert_true (g_bytes_equal (bytes, again));
}

/* No stamp on what is written: its box meets no text of the page. */
static void
test_nothing_hidden (void)
{
  g_autoptr (GBytes) bytes = bind_all ();
  g_autoptr (RubisPdf) pdf = rubis_pdf_new (bytes, NULL);
  g_autoptr (GArray) stamps = rubis_pdf_find (pdf, 4, "Pièce");
  g_autoptr (GArray) words = rubis_pdf_find (pdf, 4, "bord");
  const RubisPdfBox *stamp;

  g_assert_cmpuint (stamps->len, ==, 1);
  g_assert_cmpuint (words->len, >, 100);
  stamp = &g_array_index (stamps, RubisPdfBox, 0);
  for (guint i = 0; i < words->len; i++)
    {
      const RubisPdfBox *word = &g_array_index (words, RubisPdfBox, i);

      g_assert_true (word->y >= stamp->y + stamp->height || word->y + word->height <= stamp->y);
    }
}

static void
test_bookmarks (void)
{
  g_autoptr (GBytes) bytes = bind_all ();
  g_autofree char *path = letter_check_save (bytes, "bookmarks.pdf");
  g_autofree char *json = letter_check_run ("qpdf", "--json", "--json-key=outlines", path, NULL);
  g_autofree char *info = letter_check_run ("pdfinfo", path, NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonArray *outlines, *kids;
  JsonObject *exhibits;

  if (json == NULL || info == NULL)
    return;
  g_assert_true (json_parser_load_from_data (parser, json, -1, NULL));
  outlines = json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)), "outlines");
  g_assert_cmpuint (json_array_get_length (outlines), ==, 2);
  exhibits = json_array_get_object_element (outlines, 1);
  g_assert_cmpstr (json_object_get_string_member (exhibits, "title"), ==, "Pièces");
  g_assert_cmpint (json_object_get_int_member (exhibits, "destpageposfrom1"), ==, 3);
  kids = json_object_get_array_member (exhibits, "kids");
  g_assert_cmpuint (json_array_get_length (kids), ==, 4);
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (kids, 1), "title"), ==,
                   "Pièce n° 2 — Facture");
  g_assert_cmpint (json_object_get_int_member (json_array_get_object_element (kids, 1), "destpageposfrom1"),
                   ==, 5);
  g_assert_nonnull (strstr (info, "Ateliers"));
  g_assert_nonnull (memmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "/Lang (fr)", 10));
}

/* A page that is kept upright by /Rotate is bound upright. */
static void
test_rotated (void)
{
  g_autoptr (GBytes) plain = make_pdf (300, 200, 1, FALSE);
  g_autofree char *from = letter_check_save (plain, "plain.pdf");
  g_autofree char *to = g_build_filename (letter_check_folder (), "rotated.pdf", NULL);
  g_autofree char *done = letter_check_run ("qpdf", "--rotate=90", from, to, NULL);
  g_autoptr (RubisPdfBinder) binder = make_binder ();
  g_autoptr (GBytes) rotated = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (RubisPdf) pdf = NULL;
  char *contents;
  gsize length;

  if (done == NULL)
    return;
  g_assert_true (g_file_get_contents (to, &contents, &length, NULL));
  rotated = g_bytes_new_take (contents, length);
  add (binder, "Tournée", 0, rotated, "Pièce n° 1");
  bytes = rubis_pdf_binder_finish (binder, NULL);
  pdf = rubis_pdf_new (bytes, NULL);
  assert_page (pdf, 0, 200, 300, (const char *const[]){ "Pièce n° 1", "contenu1", NULL });
}

/* What cannot be read is named, and the binder goes on without it. */
static void
test_bad_parts (void)
{
  g_autoptr (RubisPdfBinder) binder = make_binder ();
  g_autoptr (GBytes) plain = make_pdf (300, 200, 1, FALSE);
  g_autoptr (GBytes) garbage = g_bytes_new_static ("%PDF-1.4 nothing", 16);
  g_autofree char *from = letter_check_save (plain, "open.pdf");
  g_autofree char *to = g_build_filename (letter_check_folder (), "closed.pdf", NULL);
  g_autofree char *done
      = letter_check_run ("qpdf", "--encrypt", "user", "owner", "256", "--", from, to, NULL);
  g_autoptr (GBytes) encrypted = NULL;
  g_autoptr (GError) damaged_error = NULL;
  g_autoptr (GError) encrypted_error = NULL;
  g_autoptr (GError) empty_error = NULL;
  char *contents;
  gsize length;

  if (done == NULL)
    return;
  g_assert_true (g_file_get_contents (to, &contents, &length, NULL));
  encrypted = g_bytes_new_take (contents, length);
  g_assert_null (rubis_pdf_binder_finish (binder, &empty_error));
  g_assert_error (empty_error, RUBIS_PDF_BINDER_ERROR, RUBIS_PDF_BINDER_ERROR_DRAW);
  g_assert_false (rubis_pdf_binder_add_part (binder, &(RubisPdfBinderPart){ "Bon 12", 0, garbage, NULL },
                                             NULL, NULL, &damaged_error));
  g_assert_error (damaged_error, RUBIS_PDF_BINDER_ERROR, RUBIS_PDF_BINDER_ERROR_PART);
  g_assert_nonnull (strstr (damaged_error->message, "Bon 12"));
  g_assert_false (rubis_pdf_binder_add_part (binder, &(RubisPdfBinderPart){ "Facture 7", 0, encrypted, NULL },
                                             NULL, NULL, &encrypted_error));
  g_assert_nonnull (strstr (encrypted_error->message, "Facture 7"));
  g_assert_nonnull (strstr (encrypted_error->message, "password"));
  g_assert_cmpuint (add (binder, "Reste", 0, plain, NULL), ==, 1);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pdf-binder/pages", test_pages);
  g_test_add_func ("/pdf-binder/nothing-hidden", test_nothing_hidden);
  g_test_add_func ("/pdf-binder/bookmarks", test_bookmarks);
  g_test_add_func ("/pdf-binder/rotated", test_rotated);
  g_test_add_func ("/pdf-binder/bad-parts", test_bad_parts);
  status = g_test_run ();
  letter_check_remove_folder ();
  return status;
}
