#include "rubis-epc.h"

#include <string.h>

#include "rubis-test.h"

static char *
to_hex (GBytes *bytes)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  GString *out = g_string_sized_new (length * 2);

  for (gsize i = 0; i < length; i++)
    g_string_append_printf (out, "%02x", data[i]);
  return g_string_free (out, FALSE);
}

static void
check_example (JsonObject *example)
{
  JsonObject *input = json_object_get_object_member (example, "input");
  RubisEpcPayment payment = RUBIS_EPC_PAYMENT_INIT;
  g_autoptr (GBytes) payload = NULL;
  RubisEpcReason reason;

  payment.version = strcmp (rubis_test_string (input, "version", "002"), "001") == 0 ? 1 : 2;
  if (json_object_has_member (input, "charset"))
    payment.charset = (int)json_object_get_int_member (input, "charset");
  payment.name = rubis_test_string (input, "name", NULL);
  payment.iban = rubis_test_string (input, "iban", NULL);
  payment.bic = rubis_test_string (input, "bic", NULL);
  payment.amount = rubis_test_string (input, "amount", NULL);
  payment.purpose = rubis_test_string (input, "purpose", NULL);
  payment.reference = rubis_test_string (input, "reference", NULL);
  payment.text = rubis_test_string (input, "text", NULL);
  payment.info = rubis_test_string (input, "info", NULL);

  g_test_message ("%s: %s", rubis_test_string (example, "id", ""),
                  rubis_test_string (example, "comment", ""));
  payload = rubis_epc_payload_new (&payment, &reason);
  if (json_object_get_boolean_member (example, "valid"))
    {
      g_autofree char *hex = NULL;

      g_assert_cmpstr (rubis_epc_reason_to_id (reason), ==, "ok");
      hex = to_hex (payload);
      g_assert_cmpstr (hex, ==, rubis_test_string (example, "payload_hex", ""));
      g_assert_cmpint (g_bytes_get_size (payload), ==, json_object_get_int_member (example, "bytes"));
    }
  else
    {
      g_assert_null (payload);
      g_assert_cmpstr (rubis_epc_reason_to_id (reason), ==, rubis_test_string (example, "reason", ""));
    }
}

static void
test_examples (void)
{
  g_autofree char *path = rubis_test_shared ("domain/epc-qr-examples.json");
  g_autoptr (JsonObject) root = NULL;
  JsonArray *examples;

  if (path == NULL)
    return;
  root = rubis_test_load_json (path);
  examples = json_object_get_array_member (root, "examples");
  g_assert_cmpint (json_array_get_length (examples), >=, 22);
  for (guint i = 0; i < json_array_get_length (examples); i++)
    check_example (json_array_get_object_element (examples, i));
}

static RubisEpcPayment
plain_payment (void)
{
  RubisEpcPayment payment = RUBIS_EPC_PAYMENT_INIT;

  payment.name = "Cabinet Martin";
  payment.iban = "FR76 3000 6000 0112 3456 7890 189";
  payment.amount = "1257.98";
  payment.text = "FA-2026-0042";
  return payment;
}

static void
test_payload (void)
{
  RubisEpcPayment payment = plain_payment ();
  g_autoptr (GBytes) payload = rubis_epc_payload_new (&payment, NULL);
  g_autofree char *text = g_strndup (g_bytes_get_data (payload, NULL), g_bytes_get_size (payload));

  g_assert_cmpstr (
      text, ==,
      "BCD\n002\n1\nSCT\n\nCabinet Martin\nFR7630006000011234567890189\nEUR1257.98\n\n\nFA-2026-0042");
}

static void
assert_reason (const RubisEpcPayment *payment, RubisEpcReason expected)
{
  RubisEpcReason reason;
  g_autoptr (GBytes) payload = rubis_epc_payload_new (payment, &reason);

  g_assert_cmpstr (rubis_epc_reason_to_id (reason), ==, rubis_epc_reason_to_id (expected));
  g_assert_cmpint (payload != NULL, ==, expected == RUBIS_EPC_OK);
}

static void
test_reasons (void)
{
  RubisEpcPayment payment = plain_payment ();

  payment.version = 3;
  assert_reason (&payment, RUBIS_EPC_VERSION);
  payment = plain_payment ();
  payment.charset = 9;
  assert_reason (&payment, RUBIS_EPC_CHARSET);
  payment = plain_payment ();
  payment.name = " \u00a0";
  assert_reason (&payment, RUBIS_EPC_NAME_MISSING);
  payment.name = "X\rY";
  assert_reason (&payment, RUBIS_EPC_LINE_BREAK);
  payment.name = "caf\xe9";
  assert_reason (&payment, RUBIS_EPC_CHARSET);
  payment = plain_payment ();
  payment.iban = NULL;
  assert_reason (&payment, RUBIS_EPC_IBAN);
  /* A Swiss account needs its bank's code. */
  payment.iban = "CH9300762011623852957";
  assert_reason (&payment, RUBIS_EPC_BIC_MISSING);
  payment.bic = "POFICHBEXXX";
  assert_reason (&payment, RUBIS_EPC_OK);
  payment.bic = "POFI";
  assert_reason (&payment, RUBIS_EPC_BIC);
  payment = plain_payment ();
  payment.amount = "12,50";
  assert_reason (&payment, RUBIS_EPC_AMOUNT);
  payment.amount = "-5.00";
  assert_reason (&payment, RUBIS_EPC_AMOUNT_RANGE);
  payment.amount = "99999999999999999999";
  assert_reason (&payment, RUBIS_EPC_AMOUNT_RANGE);
  payment = plain_payment ();
  payment.purpose = "GOODS";
  assert_reason (&payment, RUBIS_EPC_PURPOSE);
  payment = plain_payment ();
  payment.text = NULL;
  payment.reference = "RF19539007547034";
  assert_reason (&payment, RUBIS_EPC_REFERENCE);
  payment.reference = "RF18 5390 0754 7034";
  assert_reason (&payment, RUBIS_EPC_OK);
  payment = plain_payment ();
  payment.info = "0123456789012345678901234567890123456789012345678901234567890123456789+";
  assert_reason (&payment, RUBIS_EPC_INFO_TOO_LONG);
}

/* 331 bytes pass, 332 do not, though every field is short enough. */
static void
test_longest (void)
{
  RubisEpcPayment payment = plain_payment ();
  g_autoptr (GString) text = g_string_new (NULL);
  RubisEpcReason reason = RUBIS_EPC_OK;
  gsize longest = 0;

  payment.name = "éééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééé";
  for (int i = 0; i < 140 && reason == RUBIS_EPC_OK; i++)
    {
      g_autoptr (GBytes) payload = NULL;

      g_string_append_c (text, 'e');
      payment.text = text->str;
      payload = rubis_epc_payload_new (&payment, &reason);
      if (payload != NULL)
        longest = g_bytes_get_size (payload);
    }
  g_assert_cmpint (longest, ==, 331);
  g_assert_cmpstr (rubis_epc_reason_to_id (reason), ==, "payload_too_long");
}

/* What a bank would refuse or change on its own. */
static void
test_safe_text (void)
{
  static const struct
  {
    const char *text;
    const char *safe;
  } cases[] = {
    { "Verrerie du Rhône", "Verrerie du Rhone" },
    { "Œuvres & Cie, L’Été", "OEuvres + Cie, L'Ete" },
    { "C_001/42", "C-001/42" },
    { "/C//42/", "C/42" },
    { "Müller Straße 100%", "Muller Strasse 100." },
    { "line\nbreak\ttab", "line break tab" },
    { "a  b ", "a b" },
    { "F#1;2", "F.1,2" },
    { "Ελλάδα", "Ελλάδα" },
    { "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *safe = rubis_epc_dup_safe_text (cases[i].text);

      g_assert_cmpstr (safe, ==, cases[i].safe);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/epc/examples", test_examples);
  g_test_add_func ("/core/epc/payload", test_payload);
  g_test_add_func ("/core/epc/reasons", test_reasons);
  g_test_add_func ("/core/epc/longest", test_longest);
  g_test_add_func ("/core/epc/safe-text", test_safe_text);
  return g_test_run ();
}
