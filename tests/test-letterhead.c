#include "rubis-letterhead-check.h"

#include <string.h>

#include "letter-check.h"
#include "rubis-account-card.h"
#include "rubis-agenda-list.h"
#include "rubis-import-preview.h"
#include "rubis-letterhead-preview.h"
#include "rubis-letterhead-probe.h"
#include "rubis-test-session.h"
#include "rubis-test.h"

/* Two pixels by one, PNG. */
static const char png_base64[]
    = "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAAD0lEQVR42mM4IWcjImcDAAbxAZGTlWszAAAAAElFTkSuQmCC";

typedef struct
{
  char *folder;
  RubisSession *session;
  GBytes *picture;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  gsize size;
  guchar *png = g_base64_decode (png_base64, &size);

  fixture->folder = rubis_test_make_folder ();
  fixture->session = rubis_test_session_new (fixture->folder);
  fixture->picture = g_bytes_new_take (png, size);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  rubis_test_check_dossier (fixture->session);
  g_object_unref (fixture->session);
  g_bytes_unref (fixture->picture);
  rubis_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
}

static void
reopen (Fixture *fixture)
{
  g_autofree char *path = g_strdup (rubis_session_get_path (fixture->session));
  g_autoptr (GError) error = NULL;

  g_clear_object (&fixture->session);
  fixture->session = rubis_session_open (path, RUBIS_TEST_TODAY, &error);
  g_assert_no_error (error);
}

static void
set (RubisLetterheadSettings *settings, const char *key, const char *value)
{
  g_autoptr (GError) error = NULL;

  rubis_letterhead_settings_set (settings, key, value, &error);
  g_assert_no_error (error);
}

static void
assert_value (const RubisLetterheadSettings *settings, const char *key, const char *expected)
{
  g_autofree char *value = rubis_letterhead_settings_get (settings, key);

  g_assert_cmpstr (value, ==, expected);
}

static const struct
{
  const char *key;
  const char *first; /* of a new dossier */
  const char *typed;
  const char *kept;
} values[] = {
  { "position", "auto", "din-a", "din-a" },
  { "logo_place", "left", "center", "center" },
  { "logo_height", "16", "12,54", "12.5" },
  { "signature_height", "16", "22", "22" },
  { "accent", "", "#8C1C3C", "#8c1c3c" },
  { "text_colour", "", "#000000", "#000001" },
  { "font", "", "DejaVu  Serif", "DejaVu Serif" },
  { "margin_left", "25", "30", "30" },
  { "margin_right", "20", "10", "10" },
  { "margin_top", "14", "9.5", "9.5" },
  { "margin_bottom", "10", "12", "12" },
  { "fold_marks", "yes", "no", "no" },
  { "footer", "", " Verrerie Duval SAS \n\n Lyon ", "Verrerie Duval SAS\nLyon" },
};

static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RubisLetterheadSettings) settings = rubis_session_dup_letterhead (fixture->session);
  g_autoptr (RubisLetterheadSettings) kept = NULL;
  g_autoptr (RubisLetterheadSettings) undone = NULL;
  g_autoptr (RubisCompany) company = NULL;
  g_autofree char *what = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (g_strv_length ((char **)rubis_letterhead_settings_list_keys ()), ==,
                    G_N_ELEMENTS (values));
  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      assert_value (settings, values[i].key, values[i].first);
      set (settings, values[i].key, values[i].typed);
    }
  rubis_letterhead_settings_set_image (settings, 0, fixture->picture, &error);
  rubis_letterhead_settings_set_image (settings, 9, fixture->picture, &error);
  rubis_letterhead_settings_set_image (settings, RUBIS_LETTERHEAD_SIGNATURE, fixture->picture, &error);
  g_assert_no_error (error);
  g_assert_true (rubis_session_set_letterhead (fixture->session, settings, &error));
  g_assert_no_error (error);

  reopen (fixture);
  kept = rubis_session_dup_letterhead (fixture->session);
  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    assert_value (kept, values[i].key, values[i].kept);
  g_assert_true (rubis_letterhead_settings_equal (kept, settings));
  g_assert_true (g_bytes_equal (kept->images[9], fixture->picture));
  g_assert_null (kept->images[1]);
  /* The company has the same logo, signature and accent. */
  company = rubis_session_dup_company (fixture->session);
  g_assert_cmpstr (company->accent, ==, "#8c1c3c");
  g_assert_true (g_bytes_equal (company->logo, fixture->picture));
  g_assert_true (g_bytes_equal (company->signature, fixture->picture));

  set (kept, "accent", "");
  g_assert_true (rubis_session_set_letterhead (fixture->session, kept, &error));
  what = rubis_session_undo (fixture->session, &error);
  g_assert_cmpstr (what, ==, "Letterhead changed");
  undone = rubis_session_dup_letterhead (fixture->session);
  g_assert_true (rubis_letterhead_settings_equal (undone, settings));
  /* Done, done and undone; the same again is no edit. */
  g_assert_true (rubis_session_set_letterhead (fixture->session, settings, &error));
  g_assert_cmpint (
      rubis_test_query (fixture->session, "SELECT count (*) FROM event WHERE summary LIKE '%Letterhead%'"),
      ==, 3);
}

static void
assert_refused (RubisLetterheadSettings *settings, const char *key, const char *value, const char *text)
{
  g_autofree char *before = rubis_letterhead_settings_get (settings, key);
  g_autoptr (GError) error = NULL;

  g_assert_false (rubis_letterhead_settings_set (settings, key, value, &error));
  g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE);
  g_assert_nonnull (strstr (error->message, text));
  if (before != NULL)
    assert_value (settings, key, before);
}

static void
test_refused (void)
{
  g_autoptr (RubisLetterheadSettings) settings = rubis_letterhead_settings_new ();
  g_autofree char *long_line = g_strnfill (300, 'x');

  assert_refused (settings, "position", "germany", "din-b");
  assert_refused (settings, "logo_place", "top", "left, center, right");
  assert_refused (settings, "margin_left", "9", "12 to 40 mm");
  assert_refused (settings, "margin_right", "41", "10 to 40 mm");
  assert_refused (settings, "margin_top", "nan", "length");
  assert_refused (settings, "margin_bottom", "10 mm", "length");
  assert_refused (settings, "accent", "red", "#8c1c3c");
  assert_refused (settings, "text_colour", "#12345", "colour");
  assert_refused (settings, "fold_marks", "perhaps", "yes, no");
  assert_refused (settings, "font", "A\nB", "at most 1");
  assert_refused (settings, "footer", "1\n2\n3\n4\n5\n6", "at most 5");
  assert_refused (settings, "footer", long_line, "240");
  assert_refused (settings, "colour", "red", "margin_left");
}

static void
test_images (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RubisLetterheadSettings) settings = rubis_letterhead_settings_new ();
  g_autoptr (GBytes) text = g_bytes_new_static ("no picture", 10);
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (fixture->picture, 0, 20);
  g_autoptr (GBytes) large = g_bytes_new_take (g_malloc0 (5 * 1024 * 1024 + 1), 5 * 1024 * 1024 + 1);
  GBytes *wrong[] = { text, cut, large };
  g_autoptr (GError) error = NULL;

  g_assert_true (rubis_letterhead_settings_set_image (settings, 0, fixture->picture, &error));
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_assert_false (rubis_letterhead_settings_set_image (settings, 0, wrong[i], &error));
      g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE);
      g_clear_error (&error);
      g_assert_true (settings->images[0] == fixture->picture);
    }
  g_assert_true (rubis_letterhead_settings_set_image (settings, 0, NULL, &error));
  g_assert_null (settings->images[0]);
}

/* "legal-siren legal-form" */
static char *
join_codes (GPtrArray *problems)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < problems->len; i++)
    {
      const RubisLetterheadProblem *problem = problems->pdata[i];

      g_assert_cmpstr (problem->message, !=, "");
      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", problem->code);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_mentions (void)
{
  static const struct
  {
    const char *country, *name, *form, *capital, *siren, *rcs, *city, *footer;
    const char *problems;
  } cases[] = {
    { "FR", "Duval SAS", "SAS", "50 000 €", "732829320", "Lyon", "Lyon", "", "" },
    { "FR", "Duval", "", "", "", "", "", "", "legal-siren legal-seat legal-form legal-rcs" },
    { "FR", "Duval SARL", "sarl", "", "732829320", "Lyon", "Lyon", "", "legal-capital" },
    { "FR", "Anne Noël", "EI", "", "732829320", "", "Lyon", "", "legal-rcs legal-ei" },
    { "FR", "Anne Noël EI", "EI", "", "732829320", "Lyon", "Lyon", "", "" },
    { "FR", "Les Amis", "Association", "", "732829320", "", "Lyon", "", "" },
    { "FR", "Duval SAS", "SAS", "50 000 €", "732829320", "Lyon", "Lyon",
      "Duval, SAS au capital de 50.000 euros\nSIREN 732 829 320, RCS LYON", "" },
    { "FR", "Duval SAS", "SAS", "50 000 €", "732829320", "Lyon", "Lyon", "Ouvert le lundi", "footer-lacks" },
    { "FR", "Duval SAS", "SAS", "50 000 €", "732829320", "Lyon", "Lyon",
      "Duval, SAS au capital de 50 000 €, SIREN 732829320, 69002 Lyon", "footer-lacks" },
    { "FR", "Seine EI", "EI", "", "732829320", "Paris", "Paris", "Seine, 732829320 R.C.S. Paris",
      "footer-lacks" },
    { "FR", "Seine EI", "EI", "", "732829320", "Paris", "Paris", "Seine, EI, 732829320 R.C.S. Paris", "" },
    { "FR", "Duval", "SARL à capital variable", "", "732829320", "Lyon", "Lyon", "", "legal-capital" },
    { "FR", "Les Amis", "Association loi 1901", "", "732829320", "", "Lyon", "", "" },
    { "DE", "Müller GmbH", "", "", "", "", "", "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RubisCompany) company = rubis_company_new ();
      g_autoptr (GPtrArray) problems = NULL;
      g_autofree char *codes = NULL;

      rubis_company_set (company, country, cases[i].country);
      rubis_company_set (company, name, cases[i].name);
      rubis_company_set (company, legal_form, cases[i].form);
      rubis_company_set (company, capital, cases[i].capital);
      rubis_company_set (company, siren, cases[i].siren);
      rubis_company_set (company, rcs, cases[i].rcs);
      rubis_company_set (company, address, *cases[i].city != '\0' ? "1 rue A" : "");
      rubis_company_set (company, city, cases[i].city);
      problems = rubis_letterhead_check_mentions (company, cases[i].footer);
      codes = join_codes (problems);
      g_assert_cmpstr (codes, ==, cases[i].problems);
    }
}

static void
test_contrast (void)
{
  g_assert_cmpfloat_with_epsilon (rubis_letterhead_get_contrast (0x000000), 21, 0.01);
  g_assert_cmpfloat_with_epsilon (rubis_letterhead_get_contrast (0xffffff), 1, 0.01);
  /* The classic pair around the limit. */
  g_assert_cmpfloat (rubis_letterhead_get_contrast (0x767676), >=, 4.5);
  g_assert_cmpfloat (rubis_letterhead_get_contrast (0x777777), <, 4.5);
}

static char *
check (Fixture *fixture, const RubisLetterheadSettings *settings, gint64 account_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems
      = rubis_session_check_letterhead (fixture->session, settings, account_id, &error);

  g_assert_no_error (error);
  return join_codes (problems);
}

static void
test_problems (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RubisLetterheadSettings) settings = NULL;
  g_autoptr (RubisCompany) company = rubis_session_dup_company (fixture->session);
  gint64 account
      = rubis_test_add_account (fixture->session, "C1", "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW");
  g_autofree char *footer = g_strnfill (200, 'W');
  g_autofree char *none = NULL;
  g_autofree char *all = NULL;

  rubis_company_set (company, legal_form, "SAS");
  rubis_company_set (company, capital, "50 000 €");
  rubis_company_set (company, rcs, "Lyon");
  rubis_company_set (company, address, "1 rue A");
  rubis_company_set (company, city, "Lyon");
  g_assert_true (rubis_session_set_company (fixture->session, company, NULL));
  settings = rubis_session_dup_letterhead (fixture->session);
  none = check (fixture, settings, 0);
  g_assert_cmpstr (none, ==, "");

  rubis_test_exec (fixture->session,
                   "UPDATE account SET address = '1 rue A', postcode = '69001', city = 'Lyon'");
  set (settings, "accent", "#ffdd00");
  set (settings, "text_colour", "#999999");
  set (settings, "font", "No Such Font");
  set (settings, "logo_height", "40");
  set (settings, "footer", footer);
  g_assert_true (rubis_letterhead_settings_set_image (settings, 0, fixture->picture, NULL));
  all = check (fixture, settings, account);
  g_assert_cmpstr (
      all, ==,
      "footer-lacks contrast-accent contrast-text font-missing logo-room logo-resolution footer-cut "
      "too_wide");
}

static void
test_fonts (void)
{
  g_auto (GStrv) fonts = rubis_letterhead_list_fonts ();

  g_assert_true (g_strv_contains ((const char *const *)fonts, "DejaVu Sans")
                 || g_strv_contains ((const char *const *)fonts, "Liberation Sans"));
  /* Names that stand for whatever there is are not fonts. */
  g_assert_false (g_strv_contains ((const char *const *)fonts, "Sans"));
  for (guint i = 0; fonts[i] != NULL; i++)
    g_assert_true (rubis_letterhead_has_font (fonts[i]));
}

/* --- on paper --- */

static GBytes *
preview (Fixture *fixture, const RubisLetterheadSettings *settings, gint64 account_id, gboolean envelope)
{
  g_autoptr (GError) error = NULL;
  GBytes *pdf = rubis_session_preview_letterhead (fixture->session, settings, account_id, envelope, &error);

  g_assert_no_error (error);
  return pdf;
}

static gint64
add_debtor (Fixture *fixture)
{
  gint64 account = rubis_test_add_account (fixture->session, "C1", "Garçon SAS");
  g_autoptr (RubisCompany) company = rubis_session_dup_company (fixture->session);

  rubis_company_set (company, iban, "FR7630006000011234567890189");
  g_assert_true (rubis_session_set_company (fixture->session, company, NULL));
  rubis_test_exec (fixture->session,
                   "UPDATE account SET address = '12 rue de l''Église', postcode = '69003', "
                   "city = 'Lyon'");
  rubis_test_add_item (fixture->session, account, "F-1", RUBIS_ITEM_INVOICE, "2026-10-01", 12345, 12345,
                       NULL);
  return account;
}

/* The zones in which the post looks for the recipient, in millimetres: shared/domain/postal-examples.json. */
static const struct
{
  const char *position;
  const char *country; /* of the own company */
  double x1, y1, x2, y2;
} windows[] = {
  { "france", "FR", 109, 55, 190, 79 }, { "din-b", "FR", 20, 62.7, 105, 90 },
  { "din-a", "FR", 20, 44.7, 105, 72 }, { "swiss", "FR", 118, 45, 193, 80 },
  { "auto", "FR", 109, 55, 190, 79 },   { "auto", "DE", 20, 62.7, 105, 90 },
  { "auto", "CH", 118, 45, 193, 80 },
};

static void
assert_in_window (GBytes *pdf, const char *word, gsize i)
{
  g_autofree char *path = letter_check_save (pdf, "letterhead.pdf");
  g_autoptr (GArray) words = letter_check_read_words (path);
  guint n_found = 0;

  for (guint w = 0; w < words->len; w++)
    {
      const LetterWord *found = &g_array_index (words, LetterWord, w);

      /* Only the address is written so: in capitals, or before any other mention of the name. */
      if (!g_str_equal (found->word, word) || found->page != 0 || n_found++ > 0)
        continue;
      g_assert_cmpfloat (found->x1 * 25.4 / 72, >=, windows[i].x1);
      g_assert_cmpfloat (found->y1 * 25.4 / 72, >=, windows[i].y1);
      g_assert_cmpfloat (found->x2 * 25.4 / 72, <=, windows[i].x2);
      g_assert_cmpfloat (found->y2 * 25.4 / 72, <=, windows[i].y2);
    }
  g_assert_cmpuint (words->len == 0 ? 1 : n_found, ==, 1);
}

static void
test_window (Fixture *fixture, gconstpointer data)
{
  gint64 account = add_debtor (fixture);

  for (gsize i = 0; i < G_N_ELEMENTS (windows); i++)
    {
      g_autoptr (RubisCompany) company = rubis_session_dup_company (fixture->session);
      g_autoptr (RubisLetterheadSettings) settings = rubis_letterhead_settings_new ();
      g_autoptr (GBytes) letter = NULL;
      g_autoptr (GBytes) sample = NULL;

      rubis_company_set (company, country, windows[i].country);
      g_assert_true (rubis_session_set_company (fixture->session, company, NULL));
      set (settings, "position", windows[i].position);
      letter = preview (fixture, settings, account, FALSE);
      assert_in_window (letter, "EGLISE", i);
      assert_in_window (letter, "LYON", i);
      sample = preview (fixture, settings, 0, FALSE);
      assert_in_window (sample, "GAULLE", i);
      assert_in_window (sample, "CEDEX", i);
    }
}

static char *
read_text (GBytes *pdf)
{
  g_autofree char *path = letter_check_save (pdf, "letterhead.pdf");
  g_autofree char *text = letter_check_run ("pdftotext", "-layout", path, "-", NULL);

  return text != NULL ? letter_check_make_plain (text) : NULL;
}

static void
assert_text (const char *text, const char *expected, gboolean there)
{
  if (text != NULL && (strstr (text, expected) != NULL) != there)
    g_error ("“%s” %s in:\n%s", expected, there ? "is not" : "is", text);
}

static void
test_paper (Fixture *fixture, gconstpointer data)
{
  gint64 account = add_debtor (fixture);
  g_autoptr (RubisLetterheadSettings) settings = rubis_letterhead_settings_new ();
  g_autoptr (GBytes) plain = preview (fixture, settings, account, FALSE);
  g_autoptr (GBytes) envelope = preview (fixture, settings, account, TRUE);
  g_autofree char *plain_text = read_text (plain);
  g_autofree char *envelope_text = read_text (envelope);
  g_autoptr (GBytes) own = NULL;
  g_autofree char *own_text = NULL;
  g_autoptr (GBytes) kept = NULL;
  g_autoptr (GError) error = NULL;

  assert_text (plain_text, "123,45", TRUE);
  assert_text (plain_text, "SIREN 732 829 320", TRUE);
  assert_text (plain_text, "kept clear", FALSE);
  assert_text (envelope_text, "kept clear", TRUE);
  set (settings, "footer", "Verrerie Duval, Siren 732829320\nTribunal de Lyon");
  own = preview (fixture, settings, account, FALSE);
  own_text = read_text (own);
  assert_text (own_text, "Verrerie Duval, Siren 732829320", TRUE);
  assert_text (own_text, "Tribunal de Lyon", TRUE);
  assert_text (own_text, "SIREN 732 829 320", FALSE);
  /* A preview changes nothing; saved, every letter is on that paper, byte for byte the previewed one. */
  kept = rubis_session_write_letter (fixture->session, account, "relance-2-courrier", NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (kept, plain));
  g_clear_pointer (&kept, g_bytes_unref);
  g_assert_true (rubis_session_set_letterhead (fixture->session, settings, &error));
  kept = rubis_session_write_letter (fixture->session, account, "relance-2-courrier", NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (kept, own));
}

static guint
count_images (GBytes *pdf)
{
  g_autofree char *path = letter_check_save (pdf, "letterhead.pdf");
  g_autofree char *list = letter_check_run ("pdfimages", "-list", path, NULL);
  g_auto (GStrv) lines = g_strsplit (list != NULL ? list : "", "\n", -1);

  return g_strv_length (lines);
}

static void
test_pictures (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RubisLetterheadSettings) settings = rubis_letterhead_settings_new ();
  g_autoptr (GBytes) bare = preview (fixture, settings, 0, FALSE);
  guint n_bare = count_images (bare);
  static const guint images[] = { 0, RUBIS_LETTERHEAD_SIGNATURE };

  for (gsize i = 0; i < G_N_ELEMENTS (images); i++)
    {
      g_autoptr (GBytes) one = NULL;

      g_assert_true (rubis_letterhead_settings_set_image (settings, images[i], fixture->picture, NULL));
      one = preview (fixture, settings, 0, FALSE);
      g_assert_cmpuint (count_images (one), >, n_bare);
      g_assert_true (rubis_letterhead_settings_set_image (settings, images[i], NULL, NULL));
    }
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/letterhead/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("round-trip", test_round_trip);
  g_test_add_func ("/letterhead/refused", test_refused);
  ADD ("images", test_images);
  g_test_add_func ("/letterhead/mentions", test_mentions);
  g_test_add_func ("/letterhead/contrast", test_contrast);
  ADD ("problems", test_problems);
  g_test_add_func ("/letterhead/fonts", test_fonts);
  ADD ("window", test_window);
  ADD ("paper", test_paper);
  ADD ("pictures", test_pictures);
#undef ADD
  status = g_test_run ();
  letter_check_remove_folder ();
  return status;
}
