#include "rubis-postal-number.h"

#include <string.h>

#include "rubis-test.h"

static void
test_examples (void)
{
  g_autofree char *path = rubis_test_shared ("domain/laposte-number-examples.json");
  g_autoptr (JsonObject) root = NULL;
  JsonArray *rows;

  if (path == NULL)
    return;
  root = rubis_test_load_json (path);
  rows = json_object_get_array_member (root, "examples");
  g_assert_cmpint (json_array_get_length (rows), >, 0);
  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);
      const char *value = rubis_test_string (row, "value", "");
      g_autofree char *normalised = rubis_identifier_normalise (value);
      g_autofree char *printed = rubis_postal_number_format (value);
      RubisPostalNumberKind kind;
      RubisIdReason reason = rubis_postal_number_check (value, &kind);

      g_test_message ("%s", value);
      g_assert_cmpint (reason == RUBIS_ID_OK, ==, json_object_get_boolean_member (row, "valid"));
      if (reason != RUBIS_ID_OK)
        g_assert_cmpstr (rubis_id_reason_to_id (reason), ==, rubis_test_string (row, "reason", ""));
      g_assert_cmpint (kind == RUBIS_POSTAL_NUMBER_S10, ==,
                       strcmp (rubis_test_string (row, "kind", ""), "s10") == 0);
      g_assert_cmpstr (normalised, ==, rubis_test_string (row, "normalized", normalised));
      g_assert_cmpstr (printed, ==, rubis_test_string (row, "printed", printed));
    }
}

static void
test_numbers (void)
{
  static const struct
  {
    const char *value;
    RubisIdReason reason;
    const char *printed;
  } cases[] = {
    { "1A78778932878", RUBIS_ID_OK, "1A 787 789 3287 8" },
    { "1a 787 789 3287 8", RUBIS_ID_OK, "1A 787 789 3287 8" },
    { "1A78778932879", RUBIS_ID_CHECK, "1A 787 789 3287 9" },
    { "1A7877893287", RUBIS_ID_LENGTH, "1A7877893287" },
    { "AA78778932878", RUBIS_ID_FORMAT, "AA78778932878" },
    { "RR347017466FR", RUBIS_ID_OK, "RR347017466FR" },
    { "RR347017467FR", RUBIS_ID_CHECK, "RR347017467FR" },
    { "RR3470174A6FR", RUBIS_ID_FORMAT, "RR3470174A6FR" },
    { "", RUBIS_ID_LENGTH, "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *printed = rubis_postal_number_format (cases[i].value);

      g_assert_cmpint (rubis_postal_number_check (cases[i].value, NULL), ==, cases[i].reason);
      g_assert_cmpstr (printed, ==, cases[i].printed);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/postal-number/examples", test_examples);
  g_test_add_func ("/core/postal-number/numbers", test_numbers);
  return g_test_run ();
}
