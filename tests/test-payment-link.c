/* The page where customers pay: nothing but an https: address, with values that cannot break out of it. */
#include "rubis-payment-link.h"

static void
test_check (void)
{
  static const struct
  {
    const char *pattern;
    gboolean valid;
  } cases[] = {
    { "", TRUE },
    { "https://pay.example/", TRUE },
    { "https://pay.example/{reference}?a={amount}&c={currency}", TRUE },
    { "http://pay.example/", FALSE },
    { "javascript:alert(1)", FALSE },
    { "https://", FALSE },
    { "https:///x", FALSE },
    { "https://pay.example/{name}", FALSE },
    { "https://pay.example/a b", FALSE },
    { "https://pay.example/\"onclick=", FALSE },
    { "pay.example", FALSE },
    { " https://pay.example", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      if (rubis_payment_link_check (cases[i].pattern) != cases[i].valid)
        g_error ("“%s” is taken for %s", cases[i].pattern, cases[i].valid ? "wrong" : "right");
    }
}

static void
test_make (void)
{
  g_autofree char *all = rubis_payment_link_make ("https://pay.example/{reference}?a={amount}&c={currency}",
                                                  "C&1/é {amount}", "1234.56", "EUR");
  g_autofree char *open = rubis_payment_link_make ("https://pay.example/?a={amount}", "C1", NULL, "EUR");

  g_assert_cmpstr (all, ==, "https://pay.example/C%261%2F%C3%A9%20%7Bamount%7D?a=1234.56&c=EUR");
  g_assert_cmpstr (open, ==, "https://pay.example/?a=");
  g_assert_null (rubis_payment_link_make ("", "C1", NULL, "EUR"));
  g_assert_null (rubis_payment_link_make ("http://pay.example", "C1", NULL, "EUR"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/payment-link/check", test_check);
  g_test_add_func ("/payment-link/make", test_make);
  return g_test_run ();
}
