#include <string.h>
#include <glib/gi18n-lib.h>

#include "rubis-import-file-private.h"
#include "rubis-import-header.h"

typedef struct
{
  guint column;
  RubisImportField field;
  int score;
} Candidate;

static const RubisImportColumn *
column_at (const RubisImportFile *file, guint index)
{
  return g_ptr_array_index (file->columns, index);
}

static gboolean
is_amount_field (RubisImportField field)
{
  return field == RUBIS_IMPORT_FIELD_TOTAL || field == RUBIS_IMPORT_FIELD_LINE_TOTAL
         || field == RUBIS_IMPORT_FIELD_DEBIT || field == RUBIS_IMPORT_FIELD_CREDIT
         || field == RUBIS_IMPORT_FIELD_OPEN || field == RUBIS_IMPORT_FIELD_PAID;
}

static gboolean
is_date_field (RubisImportField field)
{
  return field == RUBIS_IMPORT_FIELD_ISSUE_DATE || field == RUBIS_IMPORT_FIELD_DUE_DATE
         || field == RUBIS_IMPORT_FIELD_PAID_DATE || field == RUBIS_IMPORT_FIELD_LAST_REMINDER;
}

/* Whether the values of a column can be what its name says. */
static gboolean
fits_values (const RubisImportColumn *column, RubisImportField field)
{
  if (column->kind == RUBIS_IMPORT_COLUMN_EMPTY)
    return TRUE;
  if (is_amount_field (field))
    return column->kind == RUBIS_IMPORT_COLUMN_AMOUNT;
  if (is_date_field (field))
    return column->kind == RUBIS_IMPORT_COLUMN_DATE;
  if (field == RUBIS_IMPORT_FIELD_SIDE)
    {
      for (int i = 0; i < RUBIS_IMPORT_SAMPLES && column->samples[i] != NULL; i++)
        {
          if (strlen (column->samples[i]) > 6)
            return FALSE;
        }
      return TRUE;
    }
  return column->kind != RUBIS_IMPORT_COLUMN_DATE;
}

static int
compare_candidates (gconstpointer a, gconstpointer b)
{
  const Candidate *left = a;
  const Candidate *right = b;

  if (left->score != right->score)
    return right->score - left->score;
  return left->column < right->column ? -1 : left->column > right->column;
}

static GArray *
collect_candidates (const RubisImportFile *file)
{
  GArray *candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));

  for (guint i = 0; i < file->columns->len; i++)
    {
      const RubisImportColumn *column = column_at (file, i);
      g_autofree char *folded = rubis_import_fold (column->name);
      RubisImportMeaning meanings[RUBIS_IMPORT_MAX_MEANINGS];
      guint n = rubis_import_header_meanings (folded, meanings);

      for (guint j = 0; j < n; j++)
        {
          Candidate candidate = { i, meanings[j].field, meanings[j].score };

          /* An empty column proves nothing: a filled one of the same name is better. */
          if (column->kind == RUBIS_IMPORT_COLUMN_EMPTY)
            candidate.score -= 3;
          if (fits_values (column, candidate.field))
            g_array_append_val (candidates, candidate);
        }
    }
  g_array_sort (candidates, compare_candidates);
  return candidates;
}

static void
assign_candidates (const RubisImportFile *file, RubisImportMapping *mapping)
{
  g_autoptr(GArray) candidates = collect_candidates (file);

  for (guint i = 0; i < candidates->len; i++)
    {
      const Candidate *candidate = &g_array_index (candidates, Candidate, i);

      if (rubis_import_mapping_get_field (mapping, candidate->column) == RUBIS_IMPORT_FIELD_IGNORE
          && rubis_import_mapping_get_column (mapping, candidate->field) < 0)
        rubis_import_mapping_set_field (mapping, candidate->column, candidate->field);
    }
}

static gboolean
has_field (const RubisImportMapping *mapping, RubisImportField field)
{
  return rubis_import_mapping_get_column (mapping, field) >= 0;
}

static const char *
head_cell (const RubisImportFile *file, guint row, int column)
{
  char **cells = g_ptr_array_index (file->head, row);

  return cells[column];
}

/* The share of different values among the first rows, in percent. */
static guint
count_distinct (const RubisImportFile *file, int column)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  if (file->head->len == 0)
    return 100;
  for (guint i = 0; i < file->head->len; i++)
    g_hash_table_add (seen, (gpointer) head_cell (file, i, column));
  return g_hash_table_size (seen) * 100 / file->head->len;
}

/* "numero" is the invoice's only when it differs from row to row. */
static void
check_number (const RubisImportFile *file, RubisImportMapping *mapping)
{
  int number = rubis_import_mapping_get_column (mapping, RUBIS_IMPORT_FIELD_NUMBER);
  g_autofree char *folded = NULL;

  if (number < 0 || has_field (mapping, RUBIS_IMPORT_FIELD_CUSTOMER_CODE) || file->head->len < 5)
    return;
  folded = rubis_import_fold (column_at (file, (guint) number)->name);
  if (strcmp (folded, "no") == 0 && count_distinct (file, number) < 50)
    rubis_import_mapping_set_field (mapping, (guint) number, RUBIS_IMPORT_FIELD_CUSTOMER_CODE);
}

static gboolean
means (const RubisImportColumn *column, RubisImportField field, int min_score)
{
  g_autofree char *folded = rubis_import_fold (column->name);
  RubisImportMeaning meanings[RUBIS_IMPORT_MAX_MEANINGS];
  guint n = rubis_import_header_meanings (folded, meanings);

  for (guint i = 0; i < n; i++)
    {
      if (meanings[i].field == field && meanings[i].score >= min_score)
        return TRUE;
    }
  return FALSE;
}

/* "Customer" beside "Name" is the code; alone it is the name. */
static void
check_name (const RubisImportFile *file, RubisImportMapping *mapping)
{
  int name = rubis_import_mapping_get_column (mapping, RUBIS_IMPORT_FIELD_CUSTOMER_NAME);

  if (name < 0 || has_field (mapping, RUBIS_IMPORT_FIELD_CUSTOMER_CODE)
      || !means (column_at (file, (guint) name), RUBIS_IMPORT_FIELD_CUSTOMER_CODE, 1))
    return;
  for (guint i = 0; i < file->columns->len; i++)
    {
      if (rubis_import_mapping_get_field (mapping, i) != RUBIS_IMPORT_FIELD_IGNORE
          || !means (column_at (file, i), RUBIS_IMPORT_FIELD_CUSTOMER_NAME, 70))
        continue;
      rubis_import_mapping_set_field (mapping, i, RUBIS_IMPORT_FIELD_CUSTOMER_NAME);
      rubis_import_mapping_set_field (mapping, (guint) name, RUBIS_IMPORT_FIELD_CUSTOMER_CODE);
      return;
    }
}

/* Beside an invoice number, a bare "id" or "numero" is the software's own number of the line. */
static void
check_code (const RubisImportFile *file, RubisImportMapping *mapping)
{
  int code = rubis_import_mapping_get_column (mapping, RUBIS_IMPORT_FIELD_CUSTOMER_CODE);
  g_autofree char *folded = NULL;

  if (code < 0 || !has_field (mapping, RUBIS_IMPORT_FIELD_NUMBER)
      || !has_field (mapping, RUBIS_IMPORT_FIELD_CUSTOMER_NAME))
    return;
  folded = rubis_import_fold (column_at (file, (guint) code)->name);
  if (strcmp (folded, "id") == 0 || strcmp (folded, "no") == 0)
    rubis_import_mapping_set_field (mapping, (guint) code, RUBIS_IMPORT_FIELD_IGNORE);
}

/* A ledger's running balance moves by debit − credit from line to line: it is nobody's open amount. */
static void
check_running_balance (const RubisImportFile *file, RubisImportMapping *mapping)
{
  int open = rubis_import_mapping_get_column (mapping, RUBIS_IMPORT_FIELD_OPEN);
  int debit = rubis_import_mapping_get_column (mapping, RUBIS_IMPORT_FIELD_DEBIT);
  int credit = rubis_import_mapping_get_column (mapping, RUBIS_IMPORT_FIELD_CREDIT);
  guint n_running = 0;
  guint n_own = 0;
  gint64 before = 0;

  if (open < 0 || debit < 0 || credit < 0)
    return;
  for (guint i = 0; i < file->head->len; i++)
    {
      gint64 value[3] = { 0, 0, 0 };
      int columns[3] = { open, debit, credit };

      for (int j = 0; j < 3; j++)
        {
          const char *text = head_cell (file, i, columns[j]);

          rubis_import_number_parse (text, strlen (text), column_at (file, (guint) columns[j])->decimal, 2,
                                     &value[j]);
        }
      n_running += i > 0 && value[0] - before == value[1] - value[2];
      n_own += i > 0 && value[0] == value[1] - value[2];
      before = value[0];
    }
  if (n_running > n_own)
    rubis_import_mapping_set_field (mapping, (guint) open, RUBIS_IMPORT_FIELD_IGNORE);
}

static gboolean
is_bucket_column (const RubisImportFile *file, guint index)
{
  const RubisImportColumn *column = column_at (file, index);
  int from, to;

  return rubis_import_bucket_days (column->name, &from, &to)
         && (column->kind == RUBIS_IMPORT_COLUMN_AMOUNT || column->kind == RUBIS_IMPORT_COLUMN_EMPTY);
}

static guint
assign_buckets (const RubisImportFile *file, RubisImportMapping *mapping)
{
  guint n = 0;

  for (guint i = 0; i < file->columns->len; i++)
    n += is_bucket_column (file, i);
  if (n < 2)
    return 0;
  for (guint i = 0; i < file->columns->len; i++)
    {
      if (is_bucket_column (file, i))
        rubis_import_mapping_set_field (mapping, i, RUBIS_IMPORT_FIELD_AGING_BUCKET);
    }
  return n;
}

static gboolean
has_amount (const RubisImportMapping *mapping)
{
  return has_field (mapping, RUBIS_IMPORT_FIELD_TOTAL) || has_field (mapping, RUBIS_IMPORT_FIELD_OPEN)
         || has_field (mapping, RUBIS_IMPORT_FIELD_DEBIT) || has_field (mapping, RUBIS_IMPORT_FIELD_CREDIT)
         || has_field (mapping, RUBIS_IMPORT_FIELD_LINE_TOTAL);
}

static gboolean
has_customer (const RubisImportMapping *mapping)
{
  return has_field (mapping, RUBIS_IMPORT_FIELD_CUSTOMER_CODE)
         || has_field (mapping, RUBIS_IMPORT_FIELD_CUSTOMER_NAME);
}

/* A sign beside the amounts names the currency of a file that has no column for it. */
static void
guess_currency (const RubisImportFile *file, RubisImportMapping *mapping)
{
  static const RubisImportField amounts[] = { RUBIS_IMPORT_FIELD_TOTAL, RUBIS_IMPORT_FIELD_OPEN, RUBIS_IMPORT_FIELD_PAID };
  static const struct
  {
    const char *sign;
    const char *code;
  } signs[] = { { "$", "USD" }, { "€", "EUR" }, { "£", "GBP" } };

  if (has_field (mapping, RUBIS_IMPORT_FIELD_CURRENCY))
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (amounts); i++)
    {
      int column = rubis_import_mapping_get_column (mapping, amounts[i]);
      const char *sample = column >= 0 ? column_at (file, (guint) column)->samples[0] : NULL;

      for (gsize j = 0; sample != NULL && j < G_N_ELEMENTS (signs); j++)
        {
          RubisCurrency currency;

          if (strstr (sample, signs[j].sign) != NULL && rubis_currency_parse (signs[j].code, &currency))
            rubis_import_mapping_set_currency (mapping, currency);
        }
    }
}

RubisImportMapping *
rubis_import_file_guess_mapping (const RubisImportFile *file)
{
  g_autoptr(RubisImportMapping) mapping = rubis_import_mapping_new ();

  g_return_val_if_fail (file != NULL, NULL);

  if (file->format == RUBIS_IMPORT_FORMAT_FEC)
    {
      rubis_import_mapping_set_settled (mapping, FALSE);
      return g_steal_pointer (&mapping);
    }
  assign_candidates (file, mapping);
  check_number (file, mapping);
  check_code (file, mapping);
  check_name (file, mapping);
  check_running_balance (file, mapping);
  if (has_field (mapping, RUBIS_IMPORT_FIELD_TOTAL) && has_field (mapping, RUBIS_IMPORT_FIELD_DEBIT)
      && has_field (mapping, RUBIS_IMPORT_FIELD_CREDIT))
    rubis_import_mapping_set_field (
        mapping, (guint) rubis_import_mapping_get_column (mapping, RUBIS_IMPORT_FIELD_TOTAL),
        RUBIS_IMPORT_FIELD_IGNORE);
  guess_currency (file, mapping);
  if (assign_buckets (file, mapping) == 0 && !has_field (mapping, RUBIS_IMPORT_FIELD_OPEN))
    rubis_import_mapping_set_mode (mapping, RUBIS_IMPORT_MODE_DELTA);
  return g_steal_pointer (&mapping);
}

/* A list of receipts: customer, amount and date, and nothing that only a debt has. */
static gboolean
is_payments (const RubisImportFile *file, const RubisImportMapping *mapping)
{
  static const char *const words[] = { " payments ",      " payment ",  " paiements ", " reglements ",
                                       " encaissements ", " receipts ", " zahlungen ", " cobros " };

  if (has_field (mapping, RUBIS_IMPORT_FIELD_DUE_DATE) || has_field (mapping, RUBIS_IMPORT_FIELD_OPEN)
      || has_field (mapping, RUBIS_IMPORT_FIELD_TYPE) || has_field (mapping, RUBIS_IMPORT_FIELD_STATUS)
      || has_field (mapping, RUBIS_IMPORT_FIELD_LINE_TOTAL) || has_field (mapping, RUBIS_IMPORT_FIELD_DEBIT))
    return FALSE;
  if (!has_field (mapping, RUBIS_IMPORT_FIELD_ISSUE_DATE))
    return has_field (mapping, RUBIS_IMPORT_FIELD_PAID_DATE)
           && (has_field (mapping, RUBIS_IMPORT_FIELD_TOTAL) || has_field (mapping, RUBIS_IMPORT_FIELD_PAID));
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (strstr (file->preamble, words[i]) != NULL)
        return TRUE;
    }
  return has_field (mapping, RUBIS_IMPORT_FIELD_PAYMENT_MEANS)
         && has_field (mapping, RUBIS_IMPORT_FIELD_TOTAL);
}

static gboolean
refuse_without_customer (const RubisImportFile *file, const RubisImportMapping *mapping, GError **error)
{
  g_autofree char *name = g_filename_display_basename (file->path);

  if (has_field (mapping, RUBIS_IMPORT_FIELD_ISSUE_DATE) && has_amount (mapping)
      && !has_field (mapping, RUBIS_IMPORT_FIELD_NUMBER))
    g_set_error (error, RUBIS_IMPORT_ERROR, RUBIS_IMPORT_ERROR_UNSUPPORTED,
                 _("“%s”: this looks like a bank statement (dates, labels and amounts, but no customer and "
                    "no invoice), "
                    "not a list of items"),
                 name);
  else
    g_set_error (error, RUBIS_IMPORT_ERROR, RUBIS_IMPORT_ERROR_NO_HEADER,
                 _("“%s”: no column names the customer; add the customer's code or name to the export"),
                 name);
  return FALSE;
}

gboolean
rubis_import_file_classify (RubisImportFile *file, GError **error)
{
  g_autoptr(RubisImportMapping) mapping = rubis_import_file_guess_mapping (file);

  if (file->format == RUBIS_IMPORT_FORMAT_FEC)
    {
      file->kind = RUBIS_IMPORT_KIND_FEC;
      return TRUE;
    }
  if (!has_customer (mapping))
    return refuse_without_customer (file, mapping, error);
  if (has_field (mapping, RUBIS_IMPORT_FIELD_AGING_BUCKET) && !has_field (mapping, RUBIS_IMPORT_FIELD_NUMBER))
    file->kind = RUBIS_IMPORT_KIND_AGED;
  else if (is_payments (file, mapping))
    file->kind = RUBIS_IMPORT_KIND_PAYMENTS;
  else if (has_amount (mapping)
           || (has_field (mapping, RUBIS_IMPORT_FIELD_NUMBER)
               && has_field (mapping, RUBIS_IMPORT_FIELD_ISSUE_DATE)))
    file->kind = RUBIS_IMPORT_KIND_ITEMS;
  else
    file->kind = RUBIS_IMPORT_KIND_CUSTOMERS;
  return TRUE;
}

gboolean
rubis_import_file_check_mapping (const RubisImportFile *file, const RubisImportMapping *mapping,
                                 GError **error)
{
  const char *missing = NULL;
  g_autofree char *name = NULL;

  g_return_val_if_fail (file != NULL && mapping != NULL, FALSE);

  if (file->kind == RUBIS_IMPORT_KIND_FEC)
    return TRUE;
  if (!has_customer (mapping))
    missing = _("no column holds the customer's code or name");
  else if ((file->kind == RUBIS_IMPORT_KIND_ITEMS || file->kind == RUBIS_IMPORT_KIND_PAYMENTS)
           && !has_amount (mapping) && !has_field (mapping, RUBIS_IMPORT_FIELD_PAID))
    missing = _("no column holds the amount including VAT");
  else if (file->kind == RUBIS_IMPORT_KIND_ITEMS && !has_field (mapping, RUBIS_IMPORT_FIELD_NUMBER))
    missing = _("no column holds the invoice number");
  else if (file->kind == RUBIS_IMPORT_KIND_AGED && !has_field (mapping, RUBIS_IMPORT_FIELD_AGING_BUCKET))
    missing = _("no column holds a balance by age");
  if (missing == NULL)
    return TRUE;
  name = g_filename_display_basename (file->path);
  g_set_error (error, RUBIS_IMPORT_ERROR, RUBIS_IMPORT_ERROR_MAPPING,
               _("“%s”: %s; choose it in the list of columns or add it to the export"), name, missing);
  return FALSE;
}
