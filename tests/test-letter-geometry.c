/* Where things stand on the paper: the address in the windows of envelopes, the clear zone, the marks at
 * the edge; for every position of the address, whatever the letterhead asks for.
 */
#include "letter-check.h"
#include "rubis-pdf.h"

#include <string.h>

#define POINTS(mm) ((mm)*72.0 / 25.4)
#define MILLIMETRES(points) ((points)*25.4 / 72.0)

/* All in millimetres. */
typedef struct
{
  double x1, y1, x2, y2;
} Area;

typedef struct
{
  double width, height; /* of the envelope */
  double left, bottom;  /* of its window, from the left and the bottom edge */
  double window_width, window_height;
} Envelope;

/* A standard, as its text and the sizes of envelopes have it. */
typedef struct
{
  const char *name;
  RubisAddressPosition position;
  Area clear;  /* nothing but the address */
  double from; /* of the address: above are the sender's line and the notes of the post */
  double fold[2];
  double punch; /* 0: none */
  Envelope envelopes[3];
  guint n_envelopes;
} Standard;

static const Standard standards[] = {
  { "france",
    RUBIS_ADDRESS_FRANCE,
    { 100, 45, 200, 85 },
    45,
    { 99, 198 },
    0,
    { { 220, 110, 100, 20, 100, 35 }, { 220, 110, 100, 20, 100, 45 }, { 229, 114, 109, 20, 100, 45 } },
    3 },
  { "din-b",
    RUBIS_ADDRESS_DIN_B,
    { 10, 45, 110, 90 },
    62.7,
    { 105, 210 },
    148.5,
    { { 220, 110, 20, 15, 90, 45 }, { 229, 114, 20, 15, 90, 45 } },
    2 },
  { "din-a",
    RUBIS_ADDRESS_DIN_A,
    { 10, 27, 110, 72 },
    44.7,
    { 87, 192 },
    148.5,
    { { 220, 110, 20, 15, 90, 45 }, { 229, 114, 20, 15, 90, 45 } },
    2 },
  { "swiss",
    RUBIS_ADDRESS_SWISS,
    { 113, 45, 200, 85 },
    45,
    { 99, 198 },
    0,
    { { 229, 114, 117, 20, 100, 45 } },
    1 },
};

static const char *const usual
    = "SAS Éclairage & Œuvres\nService comptabilité fournisseurs\nBâtiment C, 2e étage\n"
      "145 BIS BD DU GENERAL DE GAULLE\nBP 20345\n92100 BOULOGNE BILLANCOURT CEDEX";

/* What of the sheet shows in the window wherever it slid: it stands on its first fold, in an envelope that
 * is a little wider and higher than the folded sheet.
 */
static Area
find_visible (const Standard *standard, const Envelope *envelope)
{
  double folded = MAX (standard->fold[0], standard->fold[1] - standard->fold[0]);
  double bottom = standard->fold[0] - envelope->bottom;
  Area area = { envelope->left, bottom - envelope->window_height + (envelope->height - folded),
                envelope->left + envelope->window_width - (envelope->width - 210), bottom };

  return area;
}

static gboolean
is_inside (const LetterWord *word, const Area *area)
{
  /* The boxes of pdftotext are a little higher than the letters. */
  return MILLIMETRES (word->x1) >= area->x1 - 0.1 && MILLIMETRES (word->x2) <= area->x2 + 0.1
         && MILLIMETRES (word->y1) >= area->y1 - 0.6 && MILLIMETRES (word->y2) <= area->y2 + 0.1;
}

static gboolean
touches (const LetterWord *word, const Area *area)
{
  return MILLIMETRES (word->x2) > area->x1 && MILLIMETRES (word->x1) < area->x2
         && MILLIMETRES (word->y2) > area->y1 && MILLIMETRES (word->y1) < area->y2;
}

static RubisDocument *
make_letter (const char *address)
{
  g_autoptr (RubisDocumentContext) context = letter_fixture_context ("fr");

  rubis_document_context_set_text (context, RUBIS_HASHTAG_CUSTOMER_ADDRESS, address);
  letter_fixture_add_items (context, 2);
  return letter_fixture_render ("fr/mise-en-demeure.md", context);
}

/* Every word of the clear zone belongs to the address, all of the address shows in every window. With
 * @n_words 0 the address is so long that it is cut.
 */
static void
check_words (const Standard *standard, GBytes *pdf, guint n_words)
{
  g_autofree char *path = letter_check_save (pdf, "geometry.pdf");
  g_autoptr (GArray) words = letter_check_read_words (path);
  guint n_found = 0;

  if (words->len == 0)
    return;
  letter_check_layout_of (words);
  for (guint i = 0; i < words->len; i++)
    {
      const LetterWord *word = &g_array_index (words, LetterWord, i);
      const Area sheet = { 0, 0, 210, 297 };

      if (!is_inside (word, &sheet))
        g_test_message ("%s leaves the sheet", word->word);
      g_assert_true (is_inside (word, &sheet));
      if (word->page > 0 || !touches (word, &standard->clear)
          || MILLIMETRES (word->y2) < standard->from + 0.5)
        continue;
      g_test_message ("%s %s %.1f-%.1f %.1f-%.1f mm", standard->name, word->word, MILLIMETRES (word->x1),
                      MILLIMETRES (word->x2), MILLIMETRES (word->y1), MILLIMETRES (word->y2));
      for (guint e = 0; e < standard->n_envelopes; e++)
        {
          Area visible = find_visible (standard, &standard->envelopes[e]);

          g_assert_true (is_inside (word, &visible));
        }
      n_found++;
    }
  if (n_words > 0)
    g_assert_cmpuint (n_found, ==, n_words);
  else
    g_assert_cmpuint (n_found, >, 3);
}

static guint
count_words (const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, " \n", -1);

  return g_strv_length (words);
}

static void
test_addresses (gconstpointer data)
{
  const Standard *standard = data;
  g_autofree char *long_name = g_strnfill (180, 'M');
  g_autofree char *endless = g_strconcat (long_name, "\n12 RUE A\n75001 PARIS", NULL);
  const struct
  {
    const char *address;
    gboolean is_cut;
  } cases[] = {
    { "SARL Boulangerie du Marché\n12 RUE DE L EGLISE\n69003 LYON", FALSE },
    { usual, FALSE },
    /* seven lines, abroad */
    { "Müller Verwaltungs GmbH\nBuchhaltung\nGebäude 4\nEingang B\nHauptstraße 7\n77652 OFFENBURG\nALLEMAGNE",
      FALSE },
    { "a\nb\nc\nd\ne\nf\ng\nh\ni", FALSE },
    /* one word that must be broken */
    { "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW\nb\nc\nd\ne\nf\nALLEMAGNE", TRUE },
    { endless, TRUE },
    { "Société dont la raison sociale est vraiment beaucoup trop longue pour tenir sur une seule ligne "
      "d’enveloppe\nשלום בניה\n建設会社 😀\n75001 PARIS",
      TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RubisDocument) document = make_letter (cases[i].address);
      RubisLetterheadFacts facts;
      g_autoptr (GBytes) pdf = NULL;

      letter_fixture_fill_facts (&facts);
      facts.position = standard->position;
      pdf = letter_check_draw_on (document, &facts, NULL);
      check_words (standard, pdf, cases[i].is_cut ? 0 : count_words (cases[i].address));
    }
}

/* The first page in grey, four pixels a point. */
static cairo_surface_t *
render (GBytes *pdf, double scale)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisPdf) document = rubis_pdf_new (pdf, &error);

  g_assert_no_error (error);
  return rubis_pdf_render_page (document, 0, scale, NULL);
}

static gboolean
is_dark (cairo_surface_t *surface, double x, double y, double scale)
{
  const guchar *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);

  return data[(int)(POINTS (y) * scale) * stride + (int)(POINTS (x) * scale) * 4 + 1] < 200;
}

/* No logo, line or code in the clear zone beside the address: its field is blank all around. */
static void
check_blank (const Standard *standard, GBytes *pdf)
{
  double scale = 2;
  cairo_surface_t *surface = render (pdf, scale);
  Area field = standard->clear;

  /* The sheet's words are judged by check_words(); here the frame of the field, half a millimetre inside. */
  for (double x = field.x1 + 0.5; x < field.x2; x += 0.25)
    {
      g_assert_false (is_dark (surface, x, field.y1 + 0.5, scale));
      g_assert_false (is_dark (surface, x, field.y2 - 0.5, scale));
    }
  for (double y = field.y1 + 0.5; y < field.y2; y += 0.25)
    {
      g_assert_false (is_dark (surface, field.x1 + 0.5, y, scale));
      g_assert_false (is_dark (surface, field.x2 - 0.5, y, scale));
    }
  cairo_surface_destroy (surface);
}

/* Whatever logo, margins and mentions are asked for, the field stays free. */
static void
test_letterheads (gconstpointer data)
{
  const Standard *standard = data;
  g_autoptr (GBytes) logo = letter_fixture_make_logo ();
  g_autoptr (RubisDocument) document = make_letter (usual);
  static const double margins[] = { 0, 3, 60 };
  static const double heights[] = { 0, 200 };

  for (int place = RUBIS_LOGO_LEFT; place <= RUBIS_LOGO_RIGHT; place++)
    {
      for (gsize m = 0; m < G_N_ELEMENTS (margins) * G_N_ELEMENTS (heights); m++)
        {
          RubisLetterheadFacts facts;
          g_autoptr (GBytes) pdf = NULL;

          letter_fixture_fill_facts (&facts);
          facts.name
              = "Société lyonnaise des Ateliers de menuiserie et d’ébénisterie Vasseur, Fils et Associés";
          facts.address = "Bâtiment des Tanneurs\nParc d’activités de la Saône\n12 quai des Tanneurs\n"
                          "BP 4412\n69009 Lyon Cedex 09";
          facts.position = standard->position;
          facts.logo = logo;
          facts.logo_place = place;
          facts.logo_height = heights[m % G_N_ELEMENTS (heights)];
          facts.margin_left = facts.margin_right = facts.margin_top = facts.margin_bottom
              = margins[m / G_N_ELEMENTS (heights)];
          g_test_message ("%s, logo %d of %g mm, margins %g mm", standard->name, place, facts.logo_height,
                          facts.margin_left);
          pdf = letter_check_draw_on (document, &facts, NULL);
          check_words (standard, pdf, count_words (usual));
          check_blank (standard, pdf);
        }
    }
}

/* The dark places along a line down the left edge of the sheet. */
static guint
find_marks (cairo_surface_t *surface, double x, double scale, double found[8])
{
  guint n = 0;
  gboolean dark = FALSE;

  for (double y = 0; y < 296.9; y += MILLIMETRES (1) / scale)
    {
      gboolean now = is_dark (surface, x, y, scale);

      if (now && !dark && n < 8)
        found[n++] = y;
      dark = now;
    }
  return n;
}

static void
test_marks (gconstpointer data)
{
  const Standard *standard = data;
  g_autoptr (RubisDocument) document = make_letter (usual);
  g_autoptr (GBytes) pdf = NULL;
  RubisLetterheadFacts facts;
  double scale = 4;
  cairo_surface_t *surface;
  double found[8];

  letter_fixture_fill_facts (&facts);
  facts.position = standard->position;
  pdf = letter_check_draw_on (document, &facts, NULL);
  surface = render (pdf, scale);
  if (standard->punch > 0)
    {
      g_assert_cmpuint (find_marks (surface, 7, scale, found), ==, 3);
      g_assert_cmpfloat_with_epsilon (found[0], standard->fold[0], 0.3);
      g_assert_cmpfloat_with_epsilon (found[1], standard->punch, 0.3);
      g_assert_cmpfloat_with_epsilon (found[2], standard->fold[1], 0.3);
      /* The mark for the punch is the longer one. */
      g_assert_cmpuint (find_marks (surface, 10, scale, found), ==, 1);
      g_assert_cmpfloat_with_epsilon (found[0], standard->punch, 0.3);
    }
  else
    {
      g_assert_cmpuint (find_marks (surface, 7, scale, found), ==, 2);
      g_assert_cmpfloat_with_epsilon (found[0], standard->fold[0], 0.3);
      g_assert_cmpfloat_with_epsilon (found[1], standard->fold[1], 0.3);
    }
  cairo_surface_destroy (surface);
}

/* The sender's line of DIN 5008 stands in the first 5 mm of the field, the kind of posting under it. */
static void
test_din_field (void)
{
  g_autoptr (RubisDocument) document = make_letter (usual);
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GArray) words = NULL;
  RubisLetterheadFacts facts;
  const Area sender = { 20, 45, 105, 50 };
  const Area notes = { 20, 50, 105, 62.7 };
  gboolean has_street = FALSE;
  gboolean has_posting = FALSE;

  letter_fixture_fill_facts (&facts);
  facts.position = RUBIS_ADDRESS_DIN_B;
  pdf = letter_check_draw_on (document, &facts, NULL);
  path = letter_check_save (pdf, "din.pdf");
  words = letter_check_read_words (path);
  if (words->len == 0)
    return;
  for (guint i = 0; i < words->len; i++)
    {
      const LetterWord *word = &g_array_index (words, LetterWord, i);

      if (word->page > 0)
        continue;
      has_street = has_street || (strcmp (word->word, "Tanneurs") == 0 && is_inside (word, &sender));
      has_posting = has_posting || (strcmp (word->word, "recommandée") == 0 && is_inside (word, &notes));
    }
  g_assert_true (has_street);
  g_assert_true (has_posting);
}

/* The tints of the envelope are for the eye: the text is where it was. */
static void
test_envelope (gconstpointer data)
{
  const Standard *standard = data;
  g_autoptr (RubisLetterWriter) writer = rubis_letter_writer_new ();
  g_autoptr (RubisDocument) document = make_letter (usual);
  RubisLetterOptions options = { .envelope = TRUE };
  RubisLetterheadFacts facts;
  g_autoptr (RubisLetterhead) letterhead = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autoptr (GBytes) plain = NULL;
  g_autofree char *path = NULL;
  cairo_surface_t *tinted;
  cairo_surface_t *untinted;
  double x = standard->clear.x1 + 2;
  double y = standard->clear.y2 - 2;
  const guchar *pixel;

  letter_fixture_fill_facts (&facts);
  facts.position = standard->position;
  letterhead = rubis_letterhead_new (&facts, NULL);
  plain = rubis_letter_writer_write (writer, document, letterhead, NULL, NULL, NULL);
  pdf = rubis_letter_writer_write (writer, document, letterhead, &options, NULL, NULL);
  path = letter_check_save (pdf, "envelope.pdf");
  letter_check_layout (path);
  tinted = render (pdf, 1);
  untinted = render (plain, 1);
  pixel = cairo_image_surface_get_data (untinted)
          + (int)POINTS (y) * cairo_image_surface_get_stride (untinted) + (int)POINTS (x) * 4;
  g_assert_cmpint (pixel[0], ==, 255);
  pixel = cairo_image_surface_get_data (tinted) + (int)POINTS (y) * cairo_image_surface_get_stride (tinted)
          + (int)POINTS (x) * 4;
  /* Some blue is gone, most of the light is left. */
  g_assert_cmpint (pixel[0], <, 245);
  g_assert_cmpint (pixel[2], >, 225);
  cairo_surface_destroy (tinted);
  cairo_surface_destroy (untinted);
}

/* A page keeps the margins and the footer that are asked for. */
static void
test_margins (void)
{
  g_autoptr (RubisDocument) document = letter_check_make_document ("fr/releve.md", 60);
  RubisLetterheadFacts facts;
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GArray) words = NULL;
  guint n_footers = 0;

  letter_fixture_fill_facts (&facts);
  facts.margin_left = 40;
  facts.margin_right = 30;
  facts.margin_bottom = 20;
  facts.footer = "Entreprise certifiée\n\nAssurance décennale n° 4471\nMédiateur : CM2C";
  pdf = letter_check_draw_on (document, &facts, NULL);
  path = letter_check_save (pdf, "margins.pdf");
  words = letter_check_read_words (path);
  for (guint i = 0; i < words->len; i++)
    {
      const LetterWord *word = &g_array_index (words, LetterWord, i);

      g_assert_cmpfloat (MILLIMETRES (word->x1), >=, 39.5);
      g_assert_cmpfloat (MILLIMETRES (word->x2), <=, 180.5);
      g_assert_cmpfloat (MILLIMETRES (word->y2), <=, 278.5);
      g_assert_cmpstr (word->word, !=, "SIREN");
      n_footers += strcmp (word->word, "décennale") == 0;
    }
  if (words->len > 0)
    g_assert_cmpuint (n_footers, ==, 3);
}

/* Another font is used and embedded; one that is not there leaves the default. */
static void
test_font (void)
{
  static const struct
  {
    const char *asked;
    const char *found;
  } cases[] = { { NULL, "LiberationSans" },
                { "DejaVu Serif", "DejaVuSerif" },
                { "No Such Face", "LiberationSans" } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RubisDocument) document = letter_check_make_document ("fr/relance-1-courrier.md", 2);
      RubisLetterheadFacts facts;
      g_autoptr (GBytes) pdf = NULL;
      g_autofree char *path = NULL;
      g_autofree char *fonts = NULL;

      letter_fixture_fill_facts (&facts);
      facts.font = cases[i].asked;
      pdf = letter_check_draw_on (document, &facts, NULL);
      path = letter_check_save (pdf, "font.pdf");
      fonts = letter_check_run ("pdffonts", path, NULL);
      if (fonts != NULL)
        g_assert_nonnull (strstr (fonts, cases[i].found));
    }
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (standards); i++)
    {
      const struct
      {
        const char *name;
        GTestDataFunc test;
      } tests[] = { { "addresses", test_addresses },
                    { "letterheads", test_letterheads },
                    { "marks", test_marks },
                    { "envelope", test_envelope } };

      for (gsize t = 0; t < G_N_ELEMENTS (tests); t++)
        {
          g_autofree char *path
              = g_strdup_printf ("/letter-geometry/%s/%s", standards[i].name, tests[t].name);

          g_test_add_data_func (path, &standards[i], tests[t].test);
        }
    }
  g_test_add_func ("/letter-geometry/din-field", test_din_field);
  g_test_add_func ("/letter-geometry/margins", test_margins);
  g_test_add_func ("/letter-geometry/font", test_font);
  status = g_test_run ();
  letter_check_remove_folder ();
  return status;
}
