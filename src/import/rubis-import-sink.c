#include "rubis-import-sink.h"

#include <glib/gi18n-lib.h>

static gboolean
add_sum (RubisImportFacts *facts, const RubisImportRow *row, GError **error)
{
  RubisImportSum *sum = NULL;

  for (guint i = 0; i < facts->sums->len && sum == NULL; i++)
    {
      RubisImportSum *candidate = &g_array_index (facts->sums, RubisImportSum, i);

      if (rubis_currency_equal (candidate->currency, row->currency))
        sum = candidate;
    }
  if (sum == NULL)
    {
      RubisImportSum empty = { row->currency, 0, 0, 0 };

      g_array_append_val (facts->sums, empty);
      sum = &g_array_index (facts->sums, RubisImportSum, facts->sums->len - 1);
    }
  sum->n_items++;
  if (rubis_money_add (sum->total, row->total, &sum->total)
      && rubis_money_add (sum->open, row->open, &sum->open))
    return TRUE;
  g_set_error (error, RUBIS_IMPORT_ERROR, RUBIS_IMPORT_ERROR_TOO_LARGE,
               _("Line %ld: the sum of the amounts is too large to count; is the amount column right?"),
               (long) row->line);
  return FALSE;
}

gboolean
rubis_import_sink_row (RubisImportSink *sink, const RubisImportRow *row, GError **error)
{
  RubisImportFacts *facts = sink->facts;
  const char *customer
      = row->customer_code != NULL && row->customer_code[0] != '\0' ? row->customer_code : row->customer_name;

  if (customer != NULL)
    rubis_import_distinct_add (&sink->customers, customer);
  facts->customers = sink->customers.n_used;
  if (row->has_item && !add_sum (facts, row, error))
    return FALSE;
  if (!sink->callbacks->row (row, sink->user_data, error))
    return FALSE;
  if (row->has_item)
    {
      facts->items++;
      facts->computed_due_dates += row->due_date_computed;
      facts->invoices += row->type == RUBIS_ITEM_INVOICE;
      facts->credits += row->type == RUBIS_ITEM_CREDIT;
      facts->payments += row->type == RUBIS_ITEM_PAYMENT;
    }
  return TRUE;
}

void
rubis_import_sink_reject (RubisImportSink *sink, const RubisImportReject *reject)
{
  if (reject->kept)
    sink->facts->remarks++;
  else
    sink->facts->rejected++;
  if (sink->callbacks->reject != NULL)
    sink->callbacks->reject (reject, sink->user_data);
}
