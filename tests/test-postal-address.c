#include "rubis-postal-address.h"

#include <string.h>

#include "rubis-country.h"
#include "rubis-test.h"

/* The ids of the warnings, separated by commas. */
static char *
warning_ids (guint warnings)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < RUBIS_N_POSTAL_WARNINGS; i++)
    {
      if ((warnings & (1u << i)) == 0)
        continue;
      if (out->len > 0)
        g_string_append_c (out, ',');
      g_string_append (out, rubis_postal_warning_to_id ((RubisPostalWarning)(1u << i)));
      g_assert_nonnull (rubis_postal_warning_to_label ((RubisPostalWarning)(1u << i)));
    }
  return g_string_free (out, FALSE);
}

static void
check_example (JsonObject *example)
{
  JsonObject *input = json_object_get_object_member (example, "input");
  JsonArray *lines = json_object_get_array_member (example, "lines");
  JsonArray *warnings = json_object_get_array_member (example, "warnings");
  RubisPostalAddress address = {
    .line1 = rubis_test_string (input, "line1", NULL),
    .line2 = rubis_test_string (input, "line2", NULL),
    .line3 = rubis_test_string (input, "line3", NULL),
    .street = rubis_test_string (input, "street", NULL),
    .special = rubis_test_string (input, "special", NULL),
    .postcode = rubis_test_string (input, "postcode", NULL),
    .city = rubis_test_string (input, "city", NULL),
    .country = rubis_test_string (input, "country", NULL),
  };
  g_autoptr (RubisPostalBlock) block = rubis_postal_block_new (&address);
  g_autofree char *found = warning_ids (block->warnings);
  g_autoptr (GString) expected = g_string_new (NULL);

  g_test_message ("%s", address.line1);
  g_assert_cmpint (g_strv_length (block->lines), ==, json_array_get_length (lines));
  for (guint i = 0; i < json_array_get_length (lines); i++)
    g_assert_cmpstr (block->lines[i], ==, json_array_get_string_element (lines, i));
  for (guint i = 0; i < json_array_get_length (warnings); i++)
    g_string_append_printf (expected, "%s%s", i > 0 ? "," : "", json_array_get_string_element (warnings, i));
  g_assert_cmpstr (found, ==, expected->str);
}

static void
test_examples (void)
{
  g_autofree char *path = rubis_test_shared ("domain/postal-examples.json");
  g_autoptr (JsonObject) root = NULL;
  JsonArray *examples, *abbreviations;

  if (path == NULL)
    return;
  root = rubis_test_load_json (path);
  examples = json_object_get_array_member (root, "examples");
  g_assert_cmpint (json_array_get_length (examples), >, 0);
  for (guint i = 0; i < json_array_get_length (examples); i++)
    check_example (json_array_get_object_element (examples, i));

  abbreviations = json_object_get_array_member (root, "abbreviations");
  for (guint i = 0; i < json_array_get_length (abbreviations); i++)
    {
      JsonObject *row = json_array_get_object_element (abbreviations, i);
      g_autofree char *street
          = g_strdup_printf ("1 %s XXXXXXXXXXXXXXXXXXXXXXXXXXXXXX", rubis_test_string (row, "word", ""));
      g_autofree char *expected
          = g_strdup_printf ("1 %s XXXXXXXXXXXXXXXXXXXXXXXXXXXXXX", rubis_test_string (row, "short", ""));
      RubisPostalAddress address = { .line1 = "X", .street = street, .postcode = "75001", .city = "Paris" };
      g_autoptr (RubisPostalBlock) block = rubis_postal_block_new (&address);

      g_assert_cmpstr (block->lines[1], ==, expected);
    }
}

static void
assert_block (const RubisPostalAddress *address, const char *lines, const char *warnings)
{
  g_autoptr (RubisPostalBlock) block = rubis_postal_block_new (address);
  g_autofree char *joined = g_strjoinv ("|", block->lines);
  g_autofree char *ids = warning_ids (block->warnings);

  g_assert_cmpstr (joined, ==, lines);
  g_assert_cmpstr (ids, ==, warnings);
}

static void
test_france (void)
{
  const RubisPostalAddress plain = {
    .line1 = " Éts\u00a0Œuvrard ", .street = "12 ter, rue de l’Œuvre", .postcode = "69003", .city = "Lyon"
  };
  const RubisPostalAddress empty = { .country = "FR" };
  const RubisPostalAddress island
      = { .line1 = "X", .street = "1 rue A", .postcode = "97400", .city = "Saint-Denis", .country = "RE" };
  const RubisPostalAddress lines
      = { .line1 = "X", .street = "Bât. C\n5 rue A", .postcode = "1000", .city = "" };
  const RubisPostalAddress lengthy = { .line1 = "X",
                                       .street = "125 avenue du Général Leclerc de Hauteclocque prolongée",
                                       .postcode = "75014",
                                       .city = "Paris" };

  assert_block (&plain, "Éts Œuvrard|12 TER RUE DE L OEUVRE|69003 LYON", "");
  assert_block (&empty, "", "postcode,no_name,no_city");
  assert_block (&island, "X|1 RUE A|97400 SAINT DENIS", "");
  assert_block (&lines, "X|BAT C 5 RUE A|1000", "postcode,no_city");
  assert_block (&lengthy, "X|125 AV DU GAL LECLERC DE HAUTECLOCQUE PROLONGEE|75014 PARIS", "street_over_38");
}

/* 32 characters stay as they are, 33 are shortened. */
static void
test_street_limit (void)
{
  const RubisPostalAddress fits
      = { .line1 = "X", .street = "12 avenue de la Grande Armee ABC", .postcode = "75016", .city = "Paris" };
  const RubisPostalAddress over
      = { .line1 = "X", .street = "12 avenue de la Grande Armee ABCD", .postcode = "75016", .city = "Paris" };
  const RubisPostalAddress part = {
    .line1 = "X", .street = "12 rue de la Placette du Placement AB", .postcode = "75016", .city = "Paris"
  };

  assert_block (&fits, "X|12 AVENUE DE LA GRANDE ARMEE ABC|75016 PARIS", "");
  assert_block (&over, "X|12 AV DE LA GRANDE ARMEE ABCD|75016 PARIS", "");
  assert_block (&part, "X|12 RUE DE LA PLACETTE DU PLACEMENT AB|75016 PARIS", "");
}

static void
test_abroad (void)
{
  const RubisPostalAddress german = { .line1 = "Müller GmbH",
                                      .street = "Hauptstraße 7",
                                      .postcode = "77652",
                                      .city = "Offenburg",
                                      .country = "DE" };
  const RubisPostalAddress british = { .line1 = "Smith & Co",
                                       .street = "1 High Street",
                                       .postcode = "sw1a 1aa",
                                       .city = "London",
                                       .country = "United Kingdom" };
  const RubisPostalAddress unknown
      = { .line1 = "X", .street = "1 Street", .postcode = "", .city = "Élan-Ville", .country = "Atlantide" };

  assert_block (&german, "Müller GmbH|Hauptstraße 7|77652 OFFENBURG|ALLEMAGNE", "");
  assert_block (&british, "Smith & Co|1 High Street|SW1A 1AA LONDON|ROYAUME-UNI", "");
  assert_block (&unknown, "X|1 Street|ÉLAN-VILLE|ATLANTIDE", "country");
}

static void
test_countries (void)
{
  static const struct
  {
    const char *text;
    const char *code;
  } cases[] = {
    { "FR", "FR" },
    { " france ", "FR" },
    { "Allemagne", "DE" },
    { "DEUTSCHLAND", "DE" },
    { "belgië", "BE" },
    { "Österreich", "AT" },
    { "Côte d’Ivoire", "CI" },
    { "États-Unis", "US" },
    { "La Réunion", "RE" },
    { "UK", "GB" },
    { "Pays-Bas", "NL" },
    { "EL", "GR" },
    { "", NULL },
    { "Atlantide", NULL },
    { "ZZ", NULL },
    { "|", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpstr (rubis_country_from_text (cases[i].text), ==, cases[i].code);
  g_assert_cmpstr (rubis_country_postal_name ("us"), ==, "ÉTATS-UNIS");
  g_assert_null (rubis_country_postal_name ("ZZ"));
  g_assert_true (rubis_country_is_french_post ("MC"));
  g_assert_false (rubis_country_is_french_post ("BE"));
}

/* A name or a code stands for one country only. */
static void
test_countries_are_distinct (void)
{
  for (char first = 'A'; first <= 'Z'; first++)
    {
      for (char second = 'A'; second <= 'Z'; second++)
        {
          const char code[] = { first, second, '\0' };
          const char *name = rubis_country_postal_name (code);

          if (name != NULL)
            g_assert_cmpstr (rubis_country_from_text (name), ==, code);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/postal-address/examples", test_examples);
  g_test_add_func ("/core/postal-address/france", test_france);
  g_test_add_func ("/core/postal-address/street-limit", test_street_limit);
  g_test_add_func ("/core/postal-address/abroad", test_abroad);
  g_test_add_func ("/core/postal-address/countries", test_countries);
  g_test_add_func ("/core/postal-address/countries-are-distinct", test_countries_are_distinct);
  return g_test_run ();
}
