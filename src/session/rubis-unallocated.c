#include "rubis-unallocated.h"

#include <glib/gi18n-lib.h>

#include "rubis-format.h"
#include "rubis-promises-private.h"

typedef struct
{
  RubisDate until;
  RubisUnallocated *waiting;
} Sum;

static void
add_payment (RubisDate date, gint64 amount, gpointer user_data)
{
  Sum *sum = user_data;
  RubisUnallocated *waiting = sum->waiting;

  waiting->n++;
  if (!rubis_money_add (waiting->amount, amount, &waiting->amount))
    waiting->amount = G_MAXINT64;
  if (date <= sum->until && !rubis_money_add (waiting->in_time, amount, &waiting->in_time))
    waiting->in_time = G_MAXINT64;
  waiting->last = date;
}

gboolean
rubis_unallocated_read (RubisDatabase *db, gint64 account_id, RubisCurrency currency, RubisDate from,
                        RubisDate until, RubisUnallocated *waiting, GError **error)
{
  Sum sum = { until, waiting };

  *waiting = (RubisUnallocated){ .last = RUBIS_DATE_NONE };
  return rubis_store_each_unallocated (db, account_id, currency, from, add_payment, &sum, error);
}

char *
rubis_unallocated_describe (const RubisUnallocated *waiting, RubisCurrency currency)
{
  const char *language = rubis_format_ui_language ();
  g_autofree char *amount = NULL;
  g_autofree char *day = NULL;

  if (waiting->n == 0)
    return NULL;
  amount = rubis_format_amount (waiting->amount, currency, language);
  day = rubis_format_date_short (waiting->last, language);
  if (waiting->n == 1)
    /* Translators: an amount, and the day of the payment. */
    return g_strdup_printf (_ ("a payment of %s of %s is not allocated"), amount, day);
  /* Translators: how many payments, their sum, the day of the last one. */
  return g_strdup_printf (ngettext ("%d payment, %s in all, the last of %s, is not allocated",
                                    "%d payments, %s in all, the last of %s, are not allocated",
                                    (gulong)waiting->n),
                          waiting->n, amount, day);
}
