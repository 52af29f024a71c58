#include "rubis-identifiers.h"

#include <string.h>

#include "rubis-iban.h"
#include "rubis-reference.h"
#include "rubis-test.h"

#define NBSP "\u00a0"

typedef RubisIdReason (*CheckFunc) (const char *value);

static JsonObject *
load (void)
{
  g_autofree char *path = rubis_test_shared ("domain/iban-vat-siren-examples.json");

  return path != NULL ? rubis_test_load_json (path) : NULL;
}

/* Rows of { value, valid, reason }. */
static void
check_rows (JsonObject *root, const char *member, CheckFunc check)
{
  JsonArray *rows = json_object_get_array_member (root, member);

  g_assert_cmpint (json_array_get_length (rows), >, 0);
  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);
      const char *reason = rubis_test_string (row, "reason", NULL);
      RubisIdReason found = check (rubis_test_string (row, "value", ""));

      g_test_message ("%s %s", member, rubis_test_string (row, "value", ""));
      g_assert_cmpint (found == RUBIS_ID_OK, ==, json_object_get_boolean_member (row, "valid"));
      if (reason != NULL)
        g_assert_cmpstr (rubis_id_reason_to_id (found), ==, reason);
    }
}

static void
check_answers (JsonObject *root, const char *member, gboolean (*check) (const char *text))
{
  JsonArray *rows = json_object_get_array_member (root, member);

  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);

      g_test_message ("%s %s", member, rubis_test_string (row, "value", ""));
      g_assert_cmpint (check (rubis_test_string (row, "value", "")), ==,
                       json_object_get_boolean_member (row, "valid"));
    }
}

static void
check_made (JsonObject *root, const char *member, const char *from, const char *to,
            char *(*make) (const char *text))
{
  JsonArray *rows = json_object_get_array_member (root, member);

  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);
      g_autofree char *made = make (rubis_test_string (row, from, ""));

      g_assert_cmpstr (made, ==, rubis_test_string (row, to, ""));
    }
}

static void
test_examples (void)
{
  g_autoptr (JsonObject) root = load ();

  if (root == NULL)
    return;
  check_rows (root, "iban", rubis_iban_check);
  check_rows (root, "bic", rubis_bic_check);
  check_rows (root, "siren", rubis_siren_check);
  check_rows (root, "siret", rubis_siret_check);
  check_rows (root, "vat_fr", rubis_vat_check);
  check_rows (root, "vat_eu", rubis_vat_check);
  check_answers (root, "iso11649_check", rubis_reference_rf_check);
  check_answers (root, "be_structured_check", rubis_reference_be_check);
  check_made (root, "vat_fr_from_siren", "siren", "vat", rubis_vat_from_siren);
  check_made (root, "iso11649", "reference", "rf", rubis_reference_rf_create);
  check_made (root, "iso11649", "rf", "printed", rubis_reference_rf_format);
  check_made (root, "be_structured", "base", "structured", rubis_reference_be_create);
  check_made (root, "ch_qrr", "base26", "qrr", rubis_reference_qrr_create);
}

static void
test_shared_iban_lengths (void)
{
  g_autoptr (JsonObject) root = load ();
  g_autoptr (GList) countries = NULL;
  JsonObject *lengths;

  if (root == NULL)
    return;
  lengths = json_object_get_object_member (root, "iban_lengths");
  countries = json_object_get_members (lengths);
  for (GList *c = countries; c != NULL; c = c->next)
    {
      int length = (int)json_object_get_int_member (lengths, c->data);
      g_autofree char *tail = g_strnfill ((gsize)length - 4, '0');
      g_autofree char *right = g_strdup_printf ("%s00%s", (char *)c->data, tail);
      g_autofree char *longer = g_strconcat (right, "0", NULL);

      g_assert_cmpint (rubis_iban_check (right), ==, RUBIS_ID_CHECK);
      g_assert_cmpint (rubis_iban_check (longer), ==, RUBIS_ID_LENGTH);
    }
}

static void
test_company_numbers (void)
{
  static const struct
  {
    CheckFunc check;
    const char *value;
    RubisIdReason reason;
  } cases[] = {
    { rubis_siren_check, "732829320", RUBIS_ID_OK },
    { rubis_siren_check, "732" NBSP "829.320", RUBIS_ID_OK },
    { rubis_siren_check, "732829321", RUBIS_ID_LUHN },
    { rubis_siren_check, "", RUBIS_ID_LENGTH },
    { rubis_siren_check, "73282932O", RUBIS_ID_FORMAT },
    { rubis_siret_check, "732 829 320 00074", RUBIS_ID_OK },
    { rubis_siret_check, "35600000047104", RUBIS_ID_OK },
    { rubis_siret_check, "35600000033461", RUBIS_ID_LA_POSTE },
    { rubis_siret_check, "732829320", RUBIS_ID_LENGTH },
    { rubis_vat_check, "fr 44 732 829 320", RUBIS_ID_OK },
    { rubis_vat_check, "FR45732829320", RUBIS_ID_KEY },
    { rubis_vat_check, "FR83000034567", RUBIS_ID_KEY },
    { rubis_vat_check, "FR K7 399859412", RUBIS_ID_OK },
    { rubis_vat_check, "FR K8 399859412", RUBIS_ID_KEY },
    { rubis_vat_check, "FR 4Z 123456782", RUBIS_ID_OK },
    { rubis_vat_check, "FR 4Y 123456782", RUBIS_ID_KEY },
    { rubis_vat_check, "BE 0428.759.497", RUBIS_ID_OK },
    { rubis_vat_check, "CHE-116.281.710 TVA", RUBIS_ID_OK },
    { rubis_vat_check, "CHE-116.281.711 TVA", RUBIS_ID_CHECK },
    { rubis_vat_check, "SE556036079301", RUBIS_ID_OK },
    { rubis_vat_check, "DE13669597", RUBIS_ID_LENGTH },
    { rubis_vat_check, "US123", RUBIS_ID_COUNTRY },
    { rubis_vat_check, "F", RUBIS_ID_FORMAT },
    { rubis_vat_check, "", RUBIS_ID_FORMAT },
    { rubis_vat_check, "NL00449544XB01", RUBIS_ID_FORMAT },
    { rubis_vat_check, "ESé", RUBIS_ID_FORMAT },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("“%s”", cases[i].value);
      g_assert_cmpstr (rubis_id_reason_to_id (cases[i].check (cases[i].value)), ==,
                       rubis_id_reason_to_id (cases[i].reason));
    }
}

static void
test_siren_from_any (void)
{
  static const char *const same[] = { "732829320", "732 829 320 00074", "FR44732829320", "fr44 732 829 320" };
  static const char *const none[] = { "", "732829321", "FR45732829320", "DE136695976", "hello" };

  for (gsize i = 0; i < G_N_ELEMENTS (same); i++)
    {
      g_autofree char *siren = rubis_siren_from_any (same[i]);

      g_assert_cmpstr (siren, ==, "732829320");
    }
  for (gsize i = 0; i < G_N_ELEMENTS (none); i++)
    g_assert_null (rubis_siren_from_any (none[i]));
}

static void
test_display (void)
{
  g_autofree char *siren = rubis_siren_format ("732829320");
  g_autofree char *siret = rubis_siret_format ("73282932000074");
  g_autofree char *odd = rubis_siren_format ("12 34");
  g_autofree char *iban = rubis_iban_format ("fr7630006000011234567890189");
  g_autofree char *mask = rubis_iban_mask ("FR76 3000 6000 0112 3456 7890 189");
  g_autofree char *no_mask = rubis_iban_mask ("FR76");

  g_assert_cmpstr (siren, ==, "732" NBSP "829" NBSP "320");
  g_assert_cmpstr (siret, ==, "732" NBSP "829" NBSP "320" NBSP "00074");
  g_assert_cmpstr (odd, ==, "1234");
  g_assert_cmpstr (iban, ==, "FR76" NBSP "3000" NBSP "6000" NBSP "0112" NBSP "3456" NBSP "7890" NBSP "189");
  g_assert_cmpstr (mask, ==, "FR76" NBSP "••••" NBSP "0189");
  g_assert_cmpstr (no_mask, ==, "••••");
}

static void
test_iban (void)
{
  static const struct
  {
    const char *value;
    RubisIdReason reason;
  } cases[] = {
    { "FR7630006000011234567890189", RUBIS_ID_OK },
    { "FR7630006000011234567890188", RUBIS_ID_CHECK },
    { "FR4913617152133505860339267", RUBIS_ID_RIB_KEY },
    { "FR76", RUBIS_ID_LENGTH },
    { "FR", RUBIS_ID_LENGTH },
    { "F", RUBIS_ID_FORMAT },
    { "", RUBIS_ID_FORMAT },
    { "7630006000011234567890189", RUBIS_ID_FORMAT },
    { "XX7630006000011234567890189", RUBIS_ID_COUNTRY },
    { "FR76 3000 6000 0112 3456 7890 18é", RUBIS_ID_FORMAT },
    { "TN5910006035183598478831", RUBIS_ID_OK },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("“%s”", cases[i].value);
      g_assert_cmpstr (rubis_id_reason_to_id (rubis_iban_check (cases[i].value)), ==,
                       rubis_id_reason_to_id (cases[i].reason));
    }
}

/* Any one wrong digit of a French IBAN is found. */
static void
test_iban_one_wrong_digit (void)
{
  const char *right = "FR7630006000011234567890189";

  for (gsize i = 2; right[i] != '\0'; i++)
    {
      for (char digit = '0'; digit <= '9'; digit++)
        {
          g_autofree char *typed = g_strdup (right);

          typed[i] = digit;
          g_assert_cmpint (rubis_iban_check (typed) == RUBIS_ID_OK, ==, digit == right[i]);
        }
    }
}

static void
test_references (void)
{
  g_autofree char *rf = rubis_reference_rf_create ("FA-2026 0042");
  g_autofree char *longest = rubis_reference_rf_create ("123456789012345678901");
  g_autofree char *be = rubis_reference_be_create ("0909337554");

  g_assert_true (rubis_reference_rf_check (rf));
  g_assert_true (g_str_has_suffix (rf, "FA20260042"));
  g_assert_true (rubis_reference_rf_check (longest));
  g_assert_null (rubis_reference_rf_create ("1234567890123456789012"));
  g_assert_null (rubis_reference_rf_create (" - "));
  g_assert_null (rubis_reference_rf_create ("FA/2026"));
  g_assert_null (rubis_reference_rf_create ("ÉTÉ"));
  g_assert_false (rubis_reference_rf_check ("RF"));
  g_assert_cmpstr (be, ==, "+++090/9337/55493+++");
  g_assert_null (rubis_reference_be_create ("123"));
  g_assert_false (rubis_reference_be_check (""));
  g_assert_true (rubis_reference_qrr_check ("21 00000 00003 13947 14300 09017"));
  g_assert_false (rubis_reference_qrr_check ("210000000003139471430009018"));
}

/* Random bytes never do more than be refused. */
static void
test_random_bytes (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (26);

  for (int i = 0; i < 5000; i++)
    {
      char text[40];
      int n = g_rand_int_range (rand, 0, 39);
      g_autofree char *formatted = NULL;
      g_autofree char *mask = NULL;

      for (int c = 0; c < n; c++)
        text[c] = g_rand_boolean (rand) ? (char)g_rand_int_range (rand, '0', '[')
                                        : (char)g_rand_int_range (rand, 1, 256);
      text[n] = '\0';
      if (i % 4 == 0 && n > 4)
        memcpy (text, i % 8 == 0 ? "FR" : "ES", 2);
      rubis_iban_check (text);
      rubis_vat_check (text);
      rubis_siret_check (text);
      rubis_reference_rf_check (text);
      rubis_reference_be_check (text);
      formatted = rubis_iban_format (text);
      mask = rubis_iban_mask (text);
      g_assert_true (g_utf8_validate (mask, -1, NULL));
      g_assert_true (g_utf8_validate (formatted, -1, NULL));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/identifiers/examples", test_examples);
  g_test_add_func ("/core/identifiers/shared-iban-lengths", test_shared_iban_lengths);
  g_test_add_func ("/core/identifiers/company-numbers", test_company_numbers);
  g_test_add_func ("/core/identifiers/siren-from-any", test_siren_from_any);
  g_test_add_func ("/core/identifiers/display", test_display);
  g_test_add_func ("/core/identifiers/iban", test_iban);
  g_test_add_func ("/core/identifiers/iban-one-wrong-digit", test_iban_one_wrong_digit);
  g_test_add_func ("/core/identifiers/references", test_references);
  g_test_add_func ("/core/identifiers/random-bytes", test_random_bytes);
  return g_test_run ();
}
