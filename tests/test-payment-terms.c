#include "rubis-payment-terms.h"

#include <libintl.h>
#include <locale.h>
#include <string.h>

#include "rubis-test.h"

static RubisDate
date (JsonObject *object, const char *member)
{
  return rubis_date_parse_iso (rubis_test_string (object, member, ""));
}

static int
number (JsonObject *object, const char *member)
{
  return json_object_has_member (object, member) ? (int)json_object_get_int_member (object, member) : 0;
}

static RubisPaymentTerms
read_term (JsonObject *term)
{
  static const struct
  {
    const char *id;
    RubisTermsKind kind;
  } kinds[] = {
    { "receipt", RUBIS_TERMS_RECEIPT },        { "net", RUBIS_TERMS_NET },
    { "days_then_eom", RUBIS_TERMS_DAYS_EOM }, { "days_then_eom_then_day", RUBIS_TERMS_DAYS_EOM },
    { "eom_then_days", RUBIS_TERMS_EOM_DAYS }, { "months_then_eom", RUBIS_TERMS_MONTHS_EOM },
  };
  const char *id = rubis_test_string (term, "kind", "");

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (strcmp (kinds[i].id, id) == 0)
        return (RubisPaymentTerms){ kinds[i].kind, number (term, "days") + number (term, "months"),
                                    number (term, "day") };
    }
  g_error ("unknown kind %s", id);
}

static void
check_example (JsonObject *example)
{
  RubisPaymentTerms terms = read_term (json_object_get_object_member (example, "term"));
  JsonObject *expected = json_object_get_object_member (example, "fr_limits");
  RubisDate issue = date (example, "invoice_date");
  RubisDate due = rubis_payment_terms_due_date (&terms, issue);
  RubisTermsLimits limits;

  g_test_message ("%s", rubis_test_string (example, "id", ""));
  g_assert_cmpint (due, ==, date (example, "due_date"));
  rubis_payment_terms_check_fr (issue, due, &limits);
  g_assert_cmpint (limits.max_60_days, ==, date (expected, "max_60_days"));
  g_assert_cmpint (limits.max_45_eom_a, ==, date (expected, "max_45_eom_reading_A"));
  g_assert_cmpint (limits.max_45_eom_b, ==, date (expected, "max_45_eom_reading_B"));
  g_assert_cmpint (limits.within_60_days, ==, json_object_get_boolean_member (expected, "within_60_days"));
  g_assert_cmpint (limits.within_45_eom, ==,
                   json_object_get_boolean_member (expected, "within_45_eom_either_reading"));
}

static void
test_examples (void)
{
  g_autofree char *path = rubis_test_shared ("domain/terms-limitation-examples.json");
  g_autoptr (JsonObject) root = NULL;
  JsonArray *examples;

  if (path == NULL)
    return;
  root = rubis_test_load_json (path);
  examples = json_object_get_array_member (root, "payment_terms");
  g_assert_cmpint (json_array_get_length (examples), >=, 20);
  for (guint i = 0; i < json_array_get_length (examples); i++)
    check_example (json_array_get_object_element (examples, i));
}

static void
test_due_date (void)
{
  static const struct
  {
    const char *id;
    const char *issue;
    const char *due;
  } cases[] = {
    { "receipt", "2026-06-15", "2026-06-15" },         { "net:30", "2026-01-31", "2026-03-02" },
    { "days-eom:45", "2026-03-10", "2026-04-30" },     { "eom-days:45", "2026-03-10", "2026-05-15" },
    { "days-eom:30:10", "2026-04-05", "2026-06-10" },  { "days-eom:0:31", "2026-01-31", "2026-02-28" },
    { "months:1", "2026-01-31", "2026-02-28" },        { "months-eom:1", "2024-01-31", "2024-02-29" },
    { "months-eom:1:10", "2026-01-20", "2026-03-10" }, { "net:30:10", "2026-03-11", "2026-04-10" },
    { "net:30:10", "2026-03-12", "2026-05-10" },       { "eom-days:30:10", "2026-03-10", "2026-05-10" },
    { "days-eom:0", "2028-02-10", "2028-02-29" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RubisPaymentTerms terms;
      g_autofree char *due = NULL;

      g_assert_true (rubis_payment_terms_from_id (cases[i].id, &terms));
      due = rubis_date_to_iso (rubis_payment_terms_due_date (&terms, rubis_date_parse_iso (cases[i].issue)));
      g_test_message ("%s from %s", cases[i].id, cases[i].issue);
      g_assert_cmpstr (due, ==, cases[i].due);
    }
}

static void
test_end_of_time (void)
{
  const RubisPaymentTerms terms = { RUBIS_TERMS_MONTHS_EOM, 24, 31 };

  g_assert_cmpint (rubis_payment_terms_due_date (&terms, RUBIS_DATE_MAX), ==, RUBIS_DATE_NONE);
  g_assert_cmpint (rubis_payment_terms_due_date (&terms, RUBIS_DATE_MAX - 900), !=, RUBIS_DATE_NONE);
}

static void
test_parse (void)
{
  static const struct
  {
    const char *text;
    const char *id;
  } cases[] = {
    { "30 jours", "net:30" },
    { "30J", "net:30" },
    { "30 j.", "net:30" },
    { "30", "net:30" },
    { "0", "receipt" },
    { "À 30 jours nets", "net:30" },
    { "30 jours net date de facture", "net:30" },
    { "60 jours date de facture", "net:60" },
    { "60 j d.f.", "net:60" },
    { "30 jours d'émission de la facture", "net:30" },
    { "30 jours à réception de facture", "net:30" },
    { "Virement à 30 jours", "net:30" },
    { "LCR 60 jours fin de mois", "days-eom:60" },
    { "45 jours fin de mois", "days-eom:45" },
    { "45\u00a0jours\u202ffin  de mois", "days-eom:45" },
    { "45 JOURS FIN DE MOIS", "days-eom:45" },
    { "45JFM", "days-eom:45" },
    { "45 j FDM", "days-eom:45" },
    { "30 fin de mois", "days-eom:30" },
    { "fin de mois", "days-eom:0" },
    { "Fin de mois + 45 jours", "eom-days:45" },
    { "30 jours fin de mois le 10", "days-eom:30:10" },
    { "30J FDM LE 15", "days-eom:30:15" },
    { "30 FDM 10", "days-eom:30:10" },
    { "30 jours fin de mois, le 10 du mois suivant", "days-eom:30:10" },
    { "le 10 du mois suivant", "days-eom:0:10" },
    { "30 jours le 10", "net:30:10" },
    { "fin de mois + 1 mois", "months-eom:1" },
    { "1 mois fin de mois", "months-eom:1" },
    { "fin du mois suivant", "months-eom:1" },
    { "2 mois", "months:2" },
    { "comptant", "receipt" },
    { "Paiement comptant", "receipt" },
    { "à réception", "receipt" },
    { "Payable à réception de la facture", "receipt" },
    { "Net 30", "net:30" },
    { "net 30 days", "net:30" },
    { "30D", "net:30" },
    { "30 days EOM", "days-eom:30" },
    { "30 days end of month", "days-eom:30" },
    { "Due on receipt", "receipt" },
    { "within 14 days of the invoice date", "net:14" },
    { "30 Tage", "net:30" },
    { "30 Tage netto", "net:30" },
    { "Zahlbar innerhalb von 14 Tagen nach Rechnungsdatum", "net:14" },
    { "zahlbar innerhalb 14 Tagen nach Rechnungsdatum", "net:14" },
    { "sofort fällig", "receipt" },
    { "30 Tage zum Monatsende", "days-eom:30" },
    { "days-eom:30:10", "days-eom:30:10" },
    /* Nothing is guessed. */
    { "", NULL },
    { "   ", NULL },
    { "facture", NULL },
    { "mois", NULL },
    { "fin de mois 10", NULL },
    { "fin de mois 30 le 10", NULL },
    { "30 FDM 10 jours", NULL },
    { "30 fin de mois 10 mois", NULL },
    { "30 jours fin de mois 15 jours", NULL },
    { "30 jours ou comptant", NULL },
    { "1er du mois suivant", NULL },
    { "30 jours ouvrés", NULL },
    { "2% 10 net 30", NULL },
    { "2/10 net 30", NULL },
    { "30 % à la commande, solde 60 jours", NULL },
    { "30 ou 60 jours", NULL },
    { "30 jours 60 jours", NULL },
    { "9999 jours", NULL },
    { "99999999999999999999 jours", NULL },
    { "-30 jours", "net:30" },
    { "30 jours fin de mois le 32", NULL },
    { "30 jours fin de mois le 0", NULL },
    { "48 mois", NULL },
    { "selon contrat", NULL },
    { "net:30:0", NULL },
    { "fin de mois fin de mois", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      RubisPaymentTerms terms;
      gboolean ok = rubis_payment_terms_parse (cases[i].text, RUBIS_TERMS_DAYS_EOM, &terms, &error);

      g_test_message ("“%s”", cases[i].text);
      if (cases[i].id == NULL)
        {
          g_assert_false (ok);
          g_assert_error (error, RUBIS_TERMS_ERROR, RUBIS_TERMS_ERROR_FORMAT);
          g_assert_nonnull (strstr (error->message, cases[i].text));
        }
      else
        {
          g_autofree char *id = NULL;

          g_assert_no_error (error);
          g_assert_true (ok);
          id = rubis_payment_terms_to_id (&terms);
          g_assert_cmpstr (id, ==, cases[i].id);
        }
    }
}

static void
test_readings (void)
{
  static const char *const texts[] = { "45 jours fin de mois", "45 FDM", "45 days EOM" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      RubisPaymentTerms terms;

      g_assert_true (rubis_payment_terms_parse (texts[i], RUBIS_TERMS_EOM_DAYS, &terms, NULL));
      g_assert_cmpint (terms.kind, ==, RUBIS_TERMS_EOM_DAYS);
      g_assert_cmpint (terms.count, ==, 45);
    }
}

static void
test_ids (void)
{
  static const char *const bad[]
      = { "",        "net",       "net:",      "net:-1",    "net:30:32", "net:30:10:1",
          "net:731", "months:25", "receipt:0", "eom-days:", "NET:30",    "net: 30" };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      RubisPaymentTerms terms;

      g_test_message ("“%s”", bad[i]);
      g_assert_false (rubis_payment_terms_from_id (bad[i], &terms));
    }
  for (int kind = RUBIS_TERMS_NET; kind <= RUBIS_TERMS_MONTHS_EOM; kind++)
    {
      for (int day = 0; day <= 31; day++)
        {
          const RubisPaymentTerms terms = { (RubisTermsKind)kind, 12, day };
          g_autofree char *id = rubis_payment_terms_to_id (&terms);
          RubisPaymentTerms back;

          g_assert_true (rubis_payment_terms_from_id (id, &back));
          g_assert_cmpint (back.kind, ==, terms.kind);
          g_assert_cmpint (back.count, ==, terms.count);
          g_assert_cmpint (back.day, ==, terms.day);
        }
    }
}

static void
test_label (void)
{
  static const struct
  {
    RubisPaymentTerms terms;
    const char *label;
  } cases[] = {
    { { RUBIS_TERMS_RECEIPT, 0, 0 }, "on receipt" },
    { { RUBIS_TERMS_NET, 1, 0 }, "1 day" },
    { { RUBIS_TERMS_DAYS_EOM, 45, 0 }, "45 days, then end of month" },
    { { RUBIS_TERMS_DAYS_EOM, 0, 0 }, "end of month" },
    { { RUBIS_TERMS_EOM_DAYS, 45, 0 }, "end of month, then 45 days" },
    { { RUBIS_TERMS_DAYS_EOM, 30, 10 }, "30 days, then end of month, on day 10" },
    { { RUBIS_TERMS_MONTHS_EOM, 1, 0 }, "1 month, end of month" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *label = rubis_payment_terms_to_label (&cases[i].terms);

      g_assert_cmpstr (label, ==, cases[i].label);
    }
}

static void
test_label_in_french (void)
{
  if (g_test_subprocess ())
    {
      const RubisPaymentTerms terms = { RUBIS_TERMS_DAYS_EOM, 45, 10 };
      g_autofree char *label = NULL;

      setlocale (LC_ALL, "");
      bindtextdomain (GETTEXT_PACKAGE, g_getenv ("RUBIS_LOCALE_DIR"));
      bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
      g_setenv ("LANGUAGE", "fr", TRUE);
      label = rubis_payment_terms_to_label (&terms);
      g_assert_cmpstr (label, ==, "45 jours, puis fin de mois, le 10");
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

/* Whatever people type, the answer is a term that can be stored, or a refusal. */
static void
test_random_words (void)
{
  static const char *const words[] = { "30",
                                       "45",
                                       "10",
                                       "jours",
                                       "j",
                                       "fin de mois",
                                       "le",
                                       "mois",
                                       "eom",
                                       "net",
                                       "+",
                                       "0",
                                       "999",
                                       "days",
                                       "comptant",
                                       "à",
                                       "%",
                                       "é",
                                       "\xff",
                                       ":",
                                       "net:",
                                       "1",
                                       "du mois suivant",
                                       "on",
                                       "12345678901" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (2026);

  for (int i = 0; i < 20000; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      RubisPaymentTerms terms;

      for (int n = g_rand_int_range (rand, 0, 7); n > 0; n--)
        {
          g_string_append (text, words[g_rand_int_range (rand, 0, G_N_ELEMENTS (words))]);
          if (g_rand_boolean (rand))
            g_string_append_c (text, ' ');
        }
      if (rubis_payment_terms_parse (text->str, RUBIS_TERMS_DAYS_EOM, &terms, NULL))
        {
          g_autofree char *id = rubis_payment_terms_to_id (&terms);
          RubisDate issue = rubis_date_from_ymd (2026, 1, 1) + i % 366;
          RubisPaymentTerms back;

          g_assert_true (rubis_payment_terms_from_id (id, &back));
          g_assert_cmpint (rubis_payment_terms_due_date (&terms, issue), >=, issue);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/payment-terms/examples", test_examples);
  g_test_add_func ("/core/payment-terms/due-date", test_due_date);
  g_test_add_func ("/core/payment-terms/end-of-time", test_end_of_time);
  g_test_add_func ("/core/payment-terms/parse", test_parse);
  g_test_add_func ("/core/payment-terms/readings", test_readings);
  g_test_add_func ("/core/payment-terms/ids", test_ids);
  g_test_add_func ("/core/payment-terms/label", test_label);
  g_test_add_func ("/core/payment-terms/label-in-french", test_label_in_french);
  g_test_add_func ("/core/payment-terms/random-words", test_random_words);
  return g_test_run ();
}
