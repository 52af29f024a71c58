#include "rubis-text.h"

#include <string.h>

#include "rubis-test.h"

#define NNBSP "\u202f"
#define NBSP "\u00a0"
#define ZWSP "\u200b"
#define BOM "\ufeff"

static void
test_fold (void)
{
  static const struct
  {
    const char *text;
    const char *folded;
  } cases[] = {
    { "", "" },
    { "  Éclairage " NBSP "&\tŒUVRES ", "eclairage & oeuvres" },
    { "Straße", "strasse" },
    { "STRASSE", "strasse" },
    { "L’Haÿ-les-Roses", "l'hay-les-roses" },
    { "Cæsar — Łódź, Ærø", "caesar - lodz, aero" },
    { "e\u0301te\u0301", "ete" },
    { "Noe\u0308l", "noel" },
    { "ﬁnance", "finance" },
    { "soft\u00adhyphen", "softhyphen" },
    { BOM "Compte", "compte" },
    { "1" NNBSP "234", "1 234" },
    { "İstanbul", "istanbul" },
    { "Ελλάδα", "ελλαδα" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *folded = rubis_text_fold (cases[i].text);
      g_autofree char *again = rubis_text_fold (folded);

      g_assert_cmpstr (folded, ==, cases[i].folded);
      g_assert_cmpstr (again, ==, folded);
    }
}

/* Folding a second time changes nothing, for every character there is, alone or between letters. */
static void
test_fold_is_stable (void)
{
  for (gunichar c = 1; c <= 0x1FFFF; c++)
    {
      char text[16];
      g_autofree char *once = NULL;
      g_autofree char *twice = NULL;
      int length = 1;

      if (!g_unichar_validate (c))
        continue;
      text[0] = 'a';
      length += g_unichar_to_utf8 (c, text + 1);
      text[length] = 'b';
      text[length + 1] = '\0';
      once = rubis_text_fold (text);
      twice = rubis_text_fold (once);
      if (strcmp (once, twice) != 0)
        g_error ("U+%04X: “%s” then “%s”", c, once, twice);
      g_assert_true (g_utf8_validate (once, -1, NULL));
    }
}

static void
test_fold_bad_bytes (void)
{
  g_autofree char *folded = rubis_text_fold ("caf\xe9 cr\xc3");

  g_assert_true (g_utf8_validate (folded, -1, NULL));
  g_assert_true (g_str_has_prefix (folded, "caf"));
}

static void
test_key (void)
{
  g_autofree char *piece = rubis_text_key ("N° de pièce");
  g_autofree char *date = rubis_text_key ("Date d'échéance");
  g_autofree char *dashes = rubis_text_key ("- _ . /");

  g_assert_cmpstr (piece, ==, "ndepiece");
  g_assert_cmpstr (date, ==, "datedecheance");
  g_assert_cmpstr (dashes, ==, "");
}

static void
test_matches (void)
{
  g_autofree char *folded = rubis_text_fold ("Établissements Œuvrard & Lefèvre");

  g_assert_true (rubis_text_matches (folded, "lefevre etab"));
  g_assert_true (rubis_text_matches (folded, "LEFÈVRE"));
  g_assert_true (rubis_text_matches (folded, "oeuv"));
  g_assert_true (rubis_text_matches (folded, "  "));
  g_assert_false (rubis_text_matches (folded, "lefevre dupont"));
}

static void
test_spaces (void)
{
  g_autofree char *text = rubis_text_normalise_spaces (BOM NBSP " Été" NNBSP "\r\n" ZWSP "2026 \t");

  g_assert_cmpstr (text, ==, "Été 2026");
}

static void
test_truncate (void)
{
  static const struct
  {
    const char *text;
    gsize max;
    const char *cut;
  } cases[] = {
    { "échéance", 8, "échéance" },
    { "échéance", 7, "échéan…" },
    { "échéance", 1, "…" },
    { "ab cd", 4, "ab…" },
    { "", 3, "" },
    { "ae\u0301b", 3, "a…" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *cut = rubis_text_truncate (cases[i].text, cases[i].max);

      g_assert_cmpstr (cut, ==, cases[i].cut);
      g_assert_cmpint (g_utf8_strlen (cut, -1), <=, cases[i].max);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/text/fold", test_fold);
  g_test_add_func ("/core/text/fold-is-stable", test_fold_is_stable);
  g_test_add_func ("/core/text/fold-bad-bytes", test_fold_bad_bytes);
  g_test_add_func ("/core/text/key", test_key);
  g_test_add_func ("/core/text/matches", test_matches);
  g_test_add_func ("/core/text/spaces", test_spaces);
  g_test_add_func ("/core/text/truncate", test_truncate);
  return g_test_run ();
}
