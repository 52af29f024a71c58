/* Telephone numbers as networks take them. */
#include "rubis-phone.h"

static void
test_international (void)
{
  static const struct
  {
    const char *typed;
    const char *country;
    const char *expected; /* NULL: no number */
  } cases[] = {
    { "06 12 34 56 78", "", "+33612345678" },
    { "06.12.34.56.78", "FR", "+33612345678" },
    { "+33 6 12 34 56 78", "FR", "+33612345678" },
    { "+33 (0)6 12 34 56 78", "DE", "+33612345678" },
    { "0033612345678", "BE", "+33612345678" },
    { "06\302\240"
      "12\302\240"
      "34\302\240"
      "56\302\240"
      "78",
      "FR", "+33612345678" },
    { "0470 12 34 56", "BE", "+32470123456" },
    { "(0)6 12 34 56 78", "FR", "+33612345678" },
    { "612 345 678", "ES", "+34612345678" },
    { "612345678", "FR", NULL },
    { "06 12", "FR", NULL },
    { "demander Paul", "FR", NULL },
    { "06 12 34 56 78", "ZZ", NULL },
    { "", "FR", NULL },
    { "+", "FR", NULL },
    { "+0612345678", "FR", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *number = rubis_phone_to_international (cases[i].typed, cases[i].country);

      g_test_message ("%s", cases[i].typed);
      g_assert_cmpstr (number, ==, cases[i].expected);
    }
}

static void
test_takes_sms (void)
{
  g_assert_true (rubis_phone_takes_sms ("+33612345678"));
  g_assert_true (rubis_phone_takes_sms ("+33712345678"));
  g_assert_false (rubis_phone_takes_sms ("+33472345678"));
  g_assert_false (rubis_phone_takes_sms ("+3361234567"));
  g_assert_true (rubis_phone_takes_sms ("+32470123456"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/phone/international", test_international);
  g_test_add_func ("/phone/takes-sms", test_takes_sms);
  return g_test_run ();
}
