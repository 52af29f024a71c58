/* What rules read in answers of customers: the figures for a set by which they were adjusted and for one that
 * they never saw, and the cases that must hold one by one.
 */
#include "rubis-answer.h"
#include "rubis-test.h"

#include <stdlib.h>
#include <string.h>

#include "rubis-answer-date.h"
#include "rubis-text.h"

/* Wrong readings that are accepted, of a set: a wrong one costs a click, a missing one nothing. */
#define MAX_WRONG_KNOWN 0
#define MAX_WRONG_HELD_OUT 2
/* What has to be found in spite of all caution, in percent. */
#define MIN_RIGHT_KNOWN 98
#define MIN_RIGHT_HELD_OUT 70

#define WRITTEN rubis_date_from_ymd (2026, 11, 20)

typedef struct
{
  int n;
  int right;
  int wrong;
  int undecided;
} Figures;

/* "paid 2026-11-12" is expected, or "dispute quality", or "copy". */
static gboolean
fits (const RubisAnswer *answer, const char *expected)
{
  g_auto (GStrv) words = g_strsplit (expected, " ", 2);
  g_autofree char *date = rubis_date_to_iso (answer->date);

  if (!g_str_equal (words[0], rubis_answer_kind_to_id (answer->kind)))
    return FALSE;
  if (answer->kind == RUBIS_ANSWER_PAID || answer->kind == RUBIS_ANSWER_PROMISE)
    return *date == '\0' || words[1] == NULL || g_str_equal (date, words[1]);
  return TRUE;
}

static gboolean
is_expected (const RubisAnswer *answer, GStrv expected)
{
  for (int i = 0; expected[i] != NULL; i++)
    {
      if (fits (answer, expected[i]))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_found (GPtrArray *answers, const char *expected)
{
  for (guint i = 0; i < answers->len; i++)
    {
      if (fits (g_ptr_array_index (answers, i), expected))
        return TRUE;
    }
  return FALSE;
}

static void
judge (Figures *figures, const char *text, const char *expected_line)
{
  g_autoptr (GPtrArray) answers = rubis_answer_read (text, RUBIS_CURRENCY_EUR, WRITTEN);
  g_auto (GStrv) expected = g_strsplit (g_str_equal (expected_line, "none") ? "" : expected_line, ", ", -1);
  gboolean wrong = FALSE;
  gboolean missing = FALSE;

  for (guint i = 0; i < answers->len; i++)
    wrong = wrong || !is_expected (g_ptr_array_index (answers, i), expected);
  for (int i = 0; expected[i] != NULL; i++)
    missing = missing || !is_found (answers, expected[i]);
  figures->n++;
  if (wrong)
    figures->wrong++;
  else if (missing)
    figures->undecided++;
  else
    figures->right++;
  if (!wrong && !missing)
    return;
  g_test_message ("%s: %s(expected %s)", wrong ? "wrong" : "undecided", text, expected_line);
  for (guint i = 0; i < answers->len; i++)
    {
      const RubisAnswer *answer = g_ptr_array_index (answers, i);
      g_autofree char *date = rubis_date_to_iso (answer->date);

      g_test_message ("    read: %s %s %s", rubis_answer_kind_to_id (answer->kind), date, answer->value);
    }
}

static Figures
read_set (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("RUBIS_TEST_DATA"), "inbox", name, NULL);
  g_autofree char *content = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  Figures figures = { 0 };

  g_file_get_contents (path, &content, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (content, "\n", -1);
  for (int i = 0; lines[i] != NULL; i++)
    {
      if (g_str_has_prefix (lines[i], "== "))
        g_string_truncate (text, 0);
      else if (g_str_has_prefix (lines[i], "=> "))
        judge (&figures, text->str, lines[i] + 3);
      else if (*lines[i] != '#')
        g_string_append_printf (text, "%s\n", lines[i]);
    }
  g_print ("# %s: %d answers, %d right, %d wrong, %d undecided\n", name, figures.n, figures.right,
           figures.wrong, figures.undecided);
  return figures;
}

static void
test_known (void)
{
  Figures figures = read_set ("answers.txt");

  g_assert_cmpint (figures.n, >=, 120);
  g_assert_cmpint (figures.wrong, <=, MAX_WRONG_KNOWN);
  g_assert_cmpint (100 * figures.right, >=, MIN_RIGHT_KNOWN * figures.n);
}

static void
test_held_out (void)
{
  Figures figures = read_set ("answers-held-out.txt");

  g_assert_cmpint (figures.n, >=, 60);
  g_assert_cmpint (figures.wrong, <=, MAX_WRONG_HELD_OUT);
  g_assert_cmpint (100 * figures.right, >=, MIN_RIGHT_HELD_OUT * figures.n);
}

static void
test_dates (void)
{
  static const struct
  {
    const char *text;
    const char *date;
    RubisDateSense sense;
  } cases[] = {
    { "vendredi", "2026-11-27", RUBIS_SENSE_FUTURE },
    { "vendredi", "2026-11-20", RUBIS_SENSE_PAST },
    { "le 12", "2026-12-12", RUBIS_SENSE_FUTURE },
    { "le 12", "2026-11-12", RUBIS_SENSE_PAST },
    { "le 12 novembre", "2026-11-12", RUBIS_SENSE_FUTURE },
    { "le 15 janvier", "2027-01-15", RUBIS_SENSE_FUTURE },
    { "fin de mois", "2026-11-30", RUBIS_SENSE_FUTURE },
    { "fin du mois prochain", "2026-12-31", RUBIS_SENSE_FUTURE },
    { "sous huitaine", "2026-11-28", RUBIS_SENSE_FUTURE },
    { "sous 48h", "2026-11-22", RUBIS_SENSE_FUTURE },
    { "within five business days", "2026-11-27", RUBIS_SENSE_FUTURE },
    { "by the 15th", "2026-12-15", RUBIS_SENSE_FUTURE },
    { "on November 30th", "2026-11-30", RUBIS_SENSE_FUTURE },
    { "early next week", "2026-11-24", RUBIS_SENSE_FUTURE },
    { "lundi en huit", "2026-11-30", RUBIS_SENSE_FUTURE },
    { "3 days ago", "2026-11-17", RUBIS_SENSE_PAST },
    { "facture F-2026-11-12", "", RUBIS_SENSE_PAST },
    { "le 31 fevrier", "", RUBIS_SENSE_FUTURE },
    { "a ce jour", "", RUBIS_SENSE_PAST },
    { "we may pay", "", RUBIS_SENSE_FUTURE },
    { "3 factures de 12 pages", "", RUBIS_SENSE_FUTURE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *folded = rubis_text_fold (cases[i].text);
      g_autofree char *date
          = rubis_date_to_iso (rubis_answer_date_find (folded, WRITTEN, cases[i].sense, NULL, NULL));

      if (!g_str_equal (date, cases[i].date))
        g_error ("%s: %s, not %s", cases[i].text, date, cases[i].date);
    }
}

static void
test_amounts (void)
{
  g_assert_cmpint (rubis_answer_amount_find ("un acompte de 1 234,56 € demain", RUBIS_CURRENCY_EUR), ==,
                   123456);
  g_assert_cmpint (rubis_answer_amount_find ("1.250,00 EUR", RUBIS_CURRENCY_EUR), ==, 125000);
  g_assert_cmpint (rubis_answer_amount_find ("€1,234.56 tomorrow", RUBIS_CURRENCY_EUR), ==, 123456);
  g_assert_cmpint (rubis_answer_amount_find ("500 euros", RUBIS_CURRENCY_EUR), ==, 50000);
  g_assert_cmpint (rubis_answer_amount_find ("£450.00", RUBIS_CURRENCY_EUR), ==, 0);
  g_assert_cmpint (rubis_answer_amount_find ("la facture 1042", RUBIS_CURRENCY_EUR), ==, 0);
  g_assert_cmpint (rubis_answer_amount_find ("99999999999999999999 €", RUBIS_CURRENCY_EUR), ==, 0);
}

/* The sentence that says so is kept as it was written, without line breaks. */
static void
test_sentence (void)
{
  g_autoptr (GPtrArray) answers = rubis_answer_read (
      "Bonjour Madame,\n\nNous avons bien reçu votre relance. La facture n° F-1042 a été\nréglée par "
      "virement le 12. Bonne journée.",
      RUBIS_CURRENCY_EUR, WRITTEN);
  const RubisAnswer *answer;

  g_assert_cmpuint (answers->len, ==, 1);
  answer = g_ptr_array_index (answers, 0);
  g_assert_cmpstr (answer->sentence, ==, "La facture n° F-1042 a été réglée par virement le 12.");
}

/* What was paid and what is promised for the rest do not lend each other day or amount. */
static void
test_part_paid (void)
{
  g_autoptr (GPtrArray) answers = rubis_answer_read (
      "Virement de 4 000 € fait ce jour, le solde sera payé le 15 décembre.", RUBIS_CURRENCY_EUR, WRITTEN);
  const RubisAnswer *paid;
  const RubisAnswer *promise;

  g_assert_cmpuint (answers->len, ==, 2);
  paid = g_ptr_array_index (answers, 0);
  promise = g_ptr_array_index (answers, 1);
  g_assert_cmpint (paid->kind, ==, RUBIS_ANSWER_PAID);
  g_assert_cmpint (paid->date, ==, WRITTEN);
  g_assert_cmpint (paid->amount, ==, 400000);
  g_assert_cmpint (promise->kind, ==, RUBIS_ANSWER_PROMISE);
  g_assert_cmpint (promise->date, ==, rubis_date_from_ymd (2026, 12, 15));
  g_assert_cmpint (promise->amount, ==, 0);
}

static void
test_numbers (void)
{
  g_autoptr (GPtrArray) numbers = g_ptr_array_new ();
  g_autoptr (GArray) found = NULL;

  g_ptr_array_add (numbers, (gpointer) "F-1042");
  g_ptr_array_add (numbers, (gpointer) "F-104");
  g_ptr_array_add (numbers, (gpointer) "12");
  g_ptr_array_add (numbers, (gpointer) "2026/0077");
  found = rubis_answer_find_numbers ("la facture f-1042 et la (2026/0077), le 12", numbers);
  g_assert_cmpuint (found->len, ==, 2);
  g_assert_cmpuint (g_array_index (found, guint, 0), ==, 0);
  g_assert_cmpuint (g_array_index (found, guint, 1), ==, 3);
}

/* What looks like a number of an invoice and is none of them is told; days, sums and other references are
 * not. */
static void
test_unknown (void)
{
  g_autoptr (GPtrArray) numbers = g_ptr_array_new ();
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GPtrArray) none = NULL;

  g_ptr_array_add (numbers, (gpointer) "FA2610-03686");
  g_ptr_array_add (numbers, (gpointer) "202642");
  found = rubis_answer_find_unknown (
      "La facture FA2610-99999, puis fa2610-03686 (et la facture n°202643) sont réglées.", numbers);
  g_assert_cmpuint (found->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (found, 0), ==, "FA2610-99999");
  g_assert_cmpstr (g_ptr_array_index (found, 1), ==, "202643");
  none = rubis_answer_find_unknown ("Facture FA2610-03686 et 202642 : 123456 € virés le 12/11/2026, commande "
                                    "CD2610-03686, tél. 0612345678.",
                                    numbers);
  g_assert_cmpuint (none->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/answer/known-set", test_known);
  g_test_add_func ("/answer/held-out-set", test_held_out);
  g_test_add_func ("/answer/dates", test_dates);
  g_test_add_func ("/answer/amounts", test_amounts);
  g_test_add_func ("/answer/sentence", test_sentence);
  g_test_add_func ("/answer/part-paid", test_part_paid);
  g_test_add_func ("/answer/unknown", test_unknown);
  g_test_add_func ("/answer/numbers", test_numbers);
  return g_test_run ();
}
