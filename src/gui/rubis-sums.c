#include "rubis-sums.h"

#include "rubis-format.h"

GArray *
rubis_sums_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (RubisSum));
}

void
rubis_sums_add (GArray *sums, RubisCurrency currency, gint64 amount)
{
  RubisSum sum = { currency, amount };

  g_return_if_fail (sums != NULL);

  for (guint i = 0; i < sums->len; i++)
    {
      RubisSum *other = &g_array_index (sums, RubisSum, i);

      if (rubis_currency_equal (other->currency, currency))
        {
          (void) rubis_money_add (other->amount, amount, &other->amount);
          return;
        }
    }
  g_array_append_val (sums, sum);
}

char *
rubis_sums_to_text (GArray *sums)
{
  g_autoptr(GString) text = g_string_new (NULL);

  g_return_val_if_fail (sums != NULL, NULL);

  for (guint i = 0; i < sums->len; i++)
    {
      RubisSum *sum = &g_array_index (sums, RubisSum, i);
      g_autofree char *amount = rubis_format_amount (sum->amount, sum->currency, rubis_format_ui_language ());

      if (i > 0)
        g_string_append (text, " · ");
      g_string_append (text, amount);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
