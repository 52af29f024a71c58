#include <string.h>
#include <glib/gi18n-lib.h>

#include "rubis-import-fec-private.h"

static gboolean
has_digit (const char *text)
{
  return strpbrk (text, "0123456789") != NULL;
}

/* A document reference that names the document: not "x", "-", "Anouveau" nor the entry's own number. */
static gboolean
is_reference (const RubisFecLine *line)
{
  return has_digit (line->piece) && strcmp (line->piece, "0") != 0
         && !(line->opening && strcmp (line->piece, line->entry_number) == 0);
}

/* A word of a label that looks like the number of an invoice: "FA2000004", "INV-0042", "20190112". */
static char *
find_in_label (const char *label)
{
  g_auto(GStrv) words = g_strsplit_set (label, " ,;:()", -1);
  const char *found = NULL;

  for (char **word = words; *word != NULL; word++)
    {
      gsize length = strlen (*word);
      gsize digits = 0;

      if (length < 4 || length > 30 || strpbrk (*word, "/%") != NULL)
        continue;
      for (gsize i = 0; i < length; i++)
        digits += g_ascii_isdigit ((*word)[i]) != 0;
      /* Letters before digits are a series; five digits alone may be a number too. */
      if (g_ascii_isalpha ((*word)[0]) && digits >= 3)
        return g_strdup (*word);
      if (found == NULL && digits == length && digits >= 5)
        found = *word;
    }
  return g_strdup (found);
}

static RubisItemType
type_of_line (const RubisFecLine *line, guint sight)
{
  gboolean sale = line->sales || (sight & (RUBIS_FEC_SEES_SALES | RUBIS_FEC_SEES_VAT)) != 0;

  if (line->draft)
    return line->amount > 0 ? RUBIS_ITEM_DRAFT : RUBIS_ITEM_PAYMENT;
  if (line->opening)
    return line->amount > 0 ? RUBIS_ITEM_INVOICE : RUBIS_ITEM_PAYMENT;
  if (line->amount > 0)
    return sale ? RUBIS_ITEM_INVOICE : RUBIS_ITEM_MISC;
  if (line->sales)
    return RUBIS_ITEM_CREDIT;
  if ((sight & RUBIS_FEC_SEES_BANK) != 0)
    return RUBIS_ITEM_PAYMENT;
  return sale ? RUBIS_ITEM_CREDIT : RUBIS_ITEM_MISC;
}

static char *
number_of_line (const RubisFecLine *line, RubisItemType type)
{
  g_autofree char *found = NULL;
  g_autofree char *date = NULL;

  if (line->invoice[0] != '\0')
    return g_strdup (line->invoice);
  if (is_reference (line))
    return g_strdup (line->piece);
  if (type != RUBIS_ITEM_PAYMENT)
    found = find_in_label (line->label);
  if (found != NULL)
    return g_steal_pointer (&found);
  if (line->entry_number[0] != '\0' && strcmp (line->entry_number, "0") != 0)
    return g_strdup_printf ("%s-%s", line->journal, line->entry_number);
  date = rubis_date_to_iso (line->date);
  return g_strdup_printf ("%s-%s", line->journal, date);
}

/* Several lines of one customer may bear one number: the second becomes "F12/2". */
static char *
make_unique (GHashTable *used, const RubisFecLine *line, char *number)
{
  g_autofree char *base = number;
  guint n = 1;

  for (;;)
    {
      g_autofree char *candidate = n == 1 ? g_strdup (base) : g_strdup_printf ("%s/%u", base, n);
      g_autofree char *key = g_strdup_printf ("%s\n%s\n%d", line->customer->code, candidate,
                                              line->due != RUBIS_DATE_NONE ? (int) line->due : 0);

      if (!g_hash_table_contains (used, key))
        {
          g_hash_table_add (used, g_steal_pointer (&key));
          return g_steal_pointer (&candidate);
        }
      n++;
    }
}

static void
set_due_date (RubisImportRow *row, const RubisFecLine *line, const RubisImportMapping *mapping)
{
  row->due_date = line->due;
  if (row->due_date != RUBIS_DATE_NONE || row->issue_date == RUBIS_DATE_NONE)
    return;
  row->due_date = row->issue_date;
  if (row->total > 0 && row->type != RUBIS_ITEM_DRAFT)
    {
      row->due_date += rubis_import_mapping_get_default_days (mapping);
      row->due_date_computed = TRUE;
    }
}

static void
fill_customer (RubisImportRow *row, const RubisFecCustomer *customer)
{
  memset (row, 0, sizeof *row);
  row->level = -1;
  row->issue_date = row->due_date = row->paid_date = row->last_reminder = RUBIS_DATE_NONE;
  row->customer_code = customer->code;
  row->customer_name = customer->name;
}

static gboolean
emit_line (RubisFecBook *book, const RubisFecLine *line, GHashTable *used, const RubisImportMapping *mapping,
           RubisImportSink *sink, GError **error)
{
  const RubisFecEntry *entry = g_hash_table_lookup (book->entries, &line->entry);
  g_autofree char *number = NULL;
  g_autofree char *applies_to = NULL;
  RubisImportRow row;

  fill_customer (&row, line->customer);
  row.line = line->line;
  row.has_item = TRUE;
  row.type = type_of_line (line, entry->sight);
  /* Of what is settled only the invoices tell how a customer pays. */
  if (line->lettered && row.type != RUBIS_ITEM_INVOICE)
    return TRUE;
  number = make_unique (used, line, number_of_line (line, row.type));
  if (row.type == RUBIS_ITEM_PAYMENT)
    applies_to = find_in_label (line->label);
  row.number = number;
  row.applies_to = applies_to;
  row.issue_date = line->date;
  row.currency = rubis_import_mapping_get_currency (mapping);
  row.total = line->amount;
  row.open = line->lettered ? 0 : line->amount;
  row.has_open = TRUE;
  row.paid_date = line->settled_on;
  row.payment_means = line->means;
  row.label = line->label;
  row.opening = line->opening;
  set_due_date (&row, line, mapping);
  if (row.issue_date == RUBIS_DATE_NONE && row.due_date == RUBIS_DATE_NONE)
    {
      const RubisImportReject reject = { .line = line->line, .column = "", .value = number, .code = "missing-date",
                                         .message = _("the line has no date"), .customer = line->customer->code,
                                         .number = number };

      rubis_import_sink_reject (sink, &reject);
      return TRUE;
    }
  return rubis_import_sink_row (sink, &row, error);
}

gboolean
rubis_fec_book_emit (RubisFecBook *book, const RubisImportMapping *mapping, RubisImportSink *sink,
                     GCancellable *cancellable, GError **error)
{
  g_autoptr(GHashTable) used = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < book->order->len; i++)
    {
      RubisImportRow row;

      fill_customer (&row, g_ptr_array_index (book->order, i));
      if (!rubis_import_sink_row (sink, &row, error))
        return FALSE;
    }
  for (guint i = 0; i < book->lines->len; i++)
    {
      if (i % 1024 == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (!emit_line (book, &g_array_index (book->lines, RubisFecLine, i), used, mapping, sink, error))
        return FALSE;
    }
  return TRUE;
}
