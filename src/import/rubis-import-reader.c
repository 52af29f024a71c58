#include "rubis-import-reader.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "rubis-import-header.h"
#include "rubis-import-plan.h"

/* Progress and cancellation are looked at this often. */
#define PACE 2048
/* A guess at the number of rows, so that the table of items seen need not grow. */
#define BYTES_OF_ROW 150
#define MAX_RESERVE (4 * 1024 * 1024)

/* A row waits here until the next one shows whether it belongs to the same invoice. */
typedef struct
{
  gboolean active;
  guint64 hash;
  RubisImportRow row;
  char *text; /* the row's own copy of its record */
  gsize size;
} Pending;

typedef struct
{
  RubisImportFile *file;
  RubisImportPlan plan;
  RubisImportSink sink;
  RubisDate today;
  Pending pending;
  RubisImportDistinct seen; /* items that were told, to find repeated ones */
  GString *carried;         /* the customer of a grouped report, from the line above its invoices */
} Reader;

/* The borrowed strings of a row, to be moved when its record is copied. */
static const gsize string_offsets[] = {
  G_STRUCT_OFFSET (RubisImportRow, customer_code), G_STRUCT_OFFSET (RubisImportRow, customer_name),
  G_STRUCT_OFFSET (RubisImportRow, company_id),    G_STRUCT_OFFSET (RubisImportRow, vat_id),
  G_STRUCT_OFFSET (RubisImportRow, address[0]),    G_STRUCT_OFFSET (RubisImportRow, address[1]),
  G_STRUCT_OFFSET (RubisImportRow, address[2]),    G_STRUCT_OFFSET (RubisImportRow, postcode),
  G_STRUCT_OFFSET (RubisImportRow, city),          G_STRUCT_OFFSET (RubisImportRow, country),
  G_STRUCT_OFFSET (RubisImportRow, email),         G_STRUCT_OFFSET (RubisImportRow, phone),
  G_STRUCT_OFFSET (RubisImportRow, contact),       G_STRUCT_OFFSET (RubisImportRow, groups),
  G_STRUCT_OFFSET (RubisImportRow, language),      G_STRUCT_OFFSET (RubisImportRow, kind),
  G_STRUCT_OFFSET (RubisImportRow, terms),         G_STRUCT_OFFSET (RubisImportRow, sales_rep),
  G_STRUCT_OFFSET (RubisImportRow, number),        G_STRUCT_OFFSET (RubisImportRow, applies_to),
  G_STRUCT_OFFSET (RubisImportRow, order_ref),     G_STRUCT_OFFSET (RubisImportRow, label),
};

static void
hold (Reader *self, const RubisImportRow *row, const RubisImportRecord *record)
{
  Pending *pending = &self->pending;
  gsize size = (gsize) (record->end - record->start);

  if (size > pending->size)
    {
      pending->size = MAX (size, 2 * pending->size);
      g_free (pending->text);
      pending->text = g_malloc (pending->size);
    }
  memcpy (pending->text, record->start, size);
  pending->row = *row;
  for (gsize i = 0; i < G_N_ELEMENTS (string_offsets); i++)
    {
      const char **string = G_STRUCT_MEMBER_P (&pending->row, string_offsets[i]);

      if (*string >= record->start && *string < record->end)
        *string = pending->text + (*string - record->start);
    }
  pending->active = TRUE;
  self->plan.turn ^= 1;
}

static guint64
hash_string (guint64 seed, const char *text)
{
  return text != NULL ? rubis_import_hash (seed, text, strlen (text)) : rubis_import_hash (seed, "", 0);
}

/* What makes an item: 0 for those that may well be equal, payments and the lines of a ledger. */
static guint64
hash_item (const Reader *self, const RubisImportRow *row)
{
  gint64 values[] = { row->total, row->open, row->issue_date, row->due_date, row->type };
  guint64 hash;

  if (!row->has_item || row->type == RUBIS_ITEM_PAYMENT || row->number == NULL
      || (self->plan.column[RUBIS_IMPORT_FIELD_TOTAL] < 0 && self->plan.column[RUBIS_IMPORT_FIELD_OPEN] < 0))
    return 0;
  hash = hash_string (hash_string (0, row->number), row->customer_code);
  if (row->customer_code == NULL || row->customer_code[0] == '\0')
    hash = hash_string (hash, row->customer_name);
  hash = rubis_import_hash (hash, row->currency.code, sizeof row->currency.code);
  return rubis_import_hash (hash, values, sizeof values);
}

/* An item that stood further up already, the same in every respect, is not owed twice. */
static gboolean
is_repeated (Reader *self, const RubisImportRow *row, guint64 hash)
{
  int column = self->plan.column[RUBIS_IMPORT_FIELD_NUMBER];
  RubisImportReject reject = { .line = row->line, .value = row->number, .code = "repeated-line",
                               .customer = row->customer_code, .number = row->number };

  if (hash == 0 || column < 0 || rubis_import_distinct_add_hash (&self->seen, hash))
    return FALSE;
  if (self->plan.column[RUBIS_IMPORT_FIELD_LINE_TOTAL] >= 0)
    self->sink.facts->dropped++;
  else
    {
      reject.column = ((const RubisImportColumn *) g_ptr_array_index (self->file->columns, column))->name;
      reject.message = _("the same item stands further up already");
      rubis_import_sink_reject (&self->sink, &reject);
    }
  return TRUE;
}

static gboolean
emit (Reader *self, RubisImportRow *row, guint64 hash, GError **error)
{
  if (is_repeated (self, row, hash))
    return TRUE;
  if (row->open == 0 && row->has_open && !rubis_import_mapping_get_settled (self->plan.mapping))
    return TRUE;
  /* Payment terms are for debts: a credit is there from its own day. */
  if (row->due_date_computed && row->total < 0 && row->issue_date != RUBIS_DATE_NONE)
    {
      row->due_date = row->issue_date;
      row->due_date_computed = FALSE;
    }
  return rubis_import_sink_row (&self->sink, row, error);
}

static gboolean
flush (Reader *self, GError **error)
{
  if (!self->pending.active)
    return TRUE;
  self->pending.active = FALSE;
  return emit (self, &self->pending.row, self->pending.hash, error);
}

/* Whether @row is one more line of the invoice that waits; other due dates are instalments. */
static gboolean
is_same_invoice (const RubisImportRow *waiting, const RubisImportRow *row)
{
  return waiting->number != NULL && row->number != NULL && row->type != RUBIS_ITEM_PAYMENT
         && strcmp (waiting->number, row->number) == 0 && waiting->due_date == row->due_date
         && waiting->issue_date == row->issue_date
         && (waiting->type == row->type || waiting->type == RUBIS_ITEM_CREDIT
             || row->type == RUBIS_ITEM_CREDIT)
         && rubis_currency_equal (waiting->currency, row->currency)
         && g_strcmp0 (waiting->customer_code, row->customer_code) == 0
         && g_strcmp0 (waiting->customer_name, row->customer_name) == 0;
}

/* One more line of an invoice: a total that repeats counts once, the amounts of lines add up. */
static gboolean
merge (Reader *self, const RubisImportRow *row, const RubisImportRecord *record)
{
  RubisImportRow *waiting = &self->pending.row;
  gboolean by_line = self->plan.column[RUBIS_IMPORT_FIELD_TOTAL] < 0;
  gint64 total, open;

  self->sink.facts->dropped++;
  if (!by_line && waiting->total == row->total)
    return TRUE;
  if (!rubis_money_add (waiting->total, row->total, &total)
      || !rubis_money_add (waiting->open, row->open, &open))
    return rubis_import_plan_reject (&self->plan, record, -1, "amount-range", _("the amount is too large"));
  waiting->total = total;
  waiting->open = open;
  if (waiting->type == RUBIS_ITEM_INVOICE || waiting->type == RUBIS_ITEM_CREDIT)
    waiting->type = total < 0 ? RUBIS_ITEM_CREDIT : RUBIS_ITEM_INVOICE;
  return TRUE;
}

static gboolean
has_extra_fields (Reader *self, const RubisImportRecord *record)
{
  g_autofree char *message = NULL;

  for (guint i = self->file->columns->len; i < record->n_cells; i++)
    {
      if (record->cells[i].length == 0)
        continue;
      message = g_strdup_printf (
          _("the line has %u fields, the header %u; is a separator inside a text without quotes?"),
          record->n_cells, self->file->columns->len);
      rubis_import_plan_reject (&self->plan, record, (int) i, "extra-fields", message);
      return TRUE;
    }
  return FALSE;
}

/* Lines that are no data: blank ones, totals, repeated headers, a customer's name above its invoices. */
static gboolean
is_furniture (Reader *self, const RubisImportRecord *record)
{
  const RubisImportCell *number = rubis_import_plan_cell (&self->plan, record, RUBIS_IMPORT_FIELD_NUMBER);
  const RubisImportCell *name
      = rubis_import_plan_cell (&self->plan, record, RUBIS_IMPORT_FIELD_CUSTOMER_NAME);
  const RubisImportCell *code
      = rubis_import_plan_cell (&self->plan, record, RUBIS_IMPORT_FIELD_CUSTOMER_CODE);
  guint first = 0;
  guint n;

  /* Nearly all lines have both, and are data. */
  if (number != NULL && number->length > 0
      && ((name != NULL && name->length > 0) || (code != NULL && code->length > 0)))
    return rubis_import_is_rule (number) || rubis_import_repeats_header (self->file, record);
  n = rubis_import_count_filled (record, &first);
  if (n == 0)
    {
      self->sink.facts->rows--;
      return TRUE;
    }
  if (rubis_import_is_rule (&record->cells[first]) || rubis_import_repeats_header (self->file, record))
    return TRUE;
  if (self->file->kind == RUBIS_IMPORT_KIND_CUSTOMERS)
    return n <= 3 && rubis_import_value_is_total (record->cells[first].text);
  if ((number == NULL || number->length == 0) && rubis_import_value_is_total (record->cells[first].text))
    return TRUE;
  if (self->file->kind != RUBIS_IMPORT_KIND_AGED && n == 1
      && record->cells[first].kind == RUBIS_IMPORT_CELL_TEXT)
    {
      g_string_assign (self->carried, record->cells[first].text);
      return TRUE;
    }
  return FALSE;
}

static gboolean
check_customer (Reader *self, const RubisImportRecord *record, RubisImportRow *row)
{
  if ((row->customer_code != NULL && row->customer_code[0] != '\0')
      || (row->customer_name != NULL && row->customer_name[0] != '\0'))
    return TRUE;
  if (self->carried->len == 0 || self->file->kind == RUBIS_IMPORT_KIND_CUSTOMERS)
    return rubis_import_plan_reject (&self->plan, record,
                                     MAX (self->plan.column[RUBIS_IMPORT_FIELD_CUSTOMER_CODE],
                                          self->plan.column[RUBIS_IMPORT_FIELD_CUSTOMER_NAME]),
                                     "missing-customer", _("the line names no customer"));
  row->customer_name = self->carried->str;
  return TRUE;
}

static gboolean
take_item (Reader *self, const RubisImportRecord *record, GError **error)
{
  RubisImportRow row;

  if (!rubis_import_plan_build (&self->plan, record, &row) || !check_customer (self, record, &row))
    return TRUE;
  if (self->pending.active && is_same_invoice (&self->pending.row, &row))
    {
      merge (self, &row, record);
      return TRUE;
    }
  /* A carried name changes with the next heading: such a row cannot wait. */
  if (row.customer_name == self->carried->str)
    return flush (self, error) && emit (self, &row, hash_item (self, &row), error);
  if (!flush (self, error))
    return FALSE;
  hold (self, &row, record);
  self->pending.hash = hash_item (self, &row);
  rubis_import_distinct_expect (&self->seen, self->pending.hash);
  return TRUE;
}

static gboolean
take_customer (Reader *self, const RubisImportRecord *record, GError **error)
{
  RubisImportRow row;

  rubis_import_plan_build_customer (&self->plan, record, &row);
  if (!check_customer (self, record, &row))
    return TRUE;
  return rubis_import_sink_row (&self->sink, &row, error);
}

/* The day in the middle of a bucket: the best that an aged balance can say of a due date. */
static RubisDate
middle_of_bucket (const char *name, RubisDate today)
{
  int from = 0;
  int to = 0;

  rubis_import_bucket_days (name, &from, &to);
  if (to == G_MAXINT)
    to = from + 30;
  return today - (from + to) / 2;
}

/* An aged balance has one row for each customer: each bucket becomes an opening balance, whose number is
 * the name of its column.
 */
static gboolean
take_aged (Reader *self, const RubisImportRecord *record, GError **error)
{
  for (guint i = 0; i < MIN (record->n_cells, self->file->columns->len); i++)
    {
      const RubisImportColumn *column = g_ptr_array_index (self->file->columns, i);
      RubisImportRow row;
      gboolean filled;

      if (rubis_import_mapping_get_field (self->plan.mapping, i) != RUBIS_IMPORT_FIELD_AGING_BUCKET)
        continue;
      rubis_import_plan_build_customer (&self->plan, record, &row);
      row.currency = rubis_import_mapping_get_currency (self->plan.mapping);
      if (!check_customer (self, record, &row)
          || !rubis_import_plan_amount (&self->plan, record, (int) i, row.currency, &row.total, &filled))
        return TRUE;
      if (row.total == 0)
        continue;
      row.has_item = TRUE;
      row.number = column->name;
      row.type = RUBIS_ITEM_MISC;
      row.open = row.total;
      row.has_open = TRUE;
      row.due_date = middle_of_bucket (column->name, self->today);
      row.issue_date = row.due_date - rubis_import_mapping_get_default_days (self->plan.mapping);
      row.due_date_computed = TRUE;
      if (!rubis_import_sink_row (&self->sink, &row, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
take_record (Reader *self, const RubisImportRecord *record, GError **error)
{
  self->sink.facts->rows++;
  if (is_furniture (self, record))
    {
      guint first;

      self->sink.facts->dropped += rubis_import_count_filled (record, &first) > 0;
      return TRUE;
    }
  if (record->n_cells > self->file->columns->len && has_extra_fields (self, record))
    return TRUE;
  switch (self->file->kind)
    {
    case RUBIS_IMPORT_KIND_CUSTOMERS:
      return take_customer (self, record, error);
    case RUBIS_IMPORT_KIND_AGED:
      return take_aged (self, record, error);
    case RUBIS_IMPORT_KIND_ITEMS:
    case RUBIS_IMPORT_KIND_PAYMENTS:
    case RUBIS_IMPORT_KIND_FEC:
    default:
      return take_item (self, record, error);
    }
}

static gboolean
read_records (Reader *self, RubisImportTable *table, GCancellable *cancellable, GError **error)
{
  const RubisImportCallbacks *callbacks = self->sink.callbacks;
  RubisImportRecord record;

  for (guint64 n = 0;; n++)
    {
      RubisImportNext next;

      if (n % PACE == 0)
        {
          if (g_cancellable_set_error_if_cancelled (cancellable, error))
            return FALSE;
          if (callbacks->progress != NULL)
            callbacks->progress (MIN (table->tell (table), self->file->scan.size), self->file->scan.size,
                                 self->sink.user_data);
        }
      next = rubis_import_table_next (table, &record, error);
      if (next == RUBIS_IMPORT_NEXT_ERROR)
        return FALSE;
      if (next == RUBIS_IMPORT_NEXT_END)
        break;
      if (record.line > self->file->header_line && !take_record (self, &record, error))
        return FALSE;
    }
  if (!flush (self, error))
    return FALSE;
  if (callbacks->progress != NULL)
    callbacks->progress (self->file->scan.size, self->file->scan.size, self->sink.user_data);
  return TRUE;
}

gboolean
rubis_import_rows_read (RubisImportFile *file, const RubisImportMapping *mapping, RubisDate today,
                        const RubisImportCallbacks *callbacks, gpointer user_data, RubisImportFacts *facts,
                        GCancellable *cancellable, GError **error)
{
  g_autoptr(RubisImportTable) table = rubis_import_file_new_table (file, error);
  g_autofree Reader *self = NULL;
  gboolean done;

  if (table == NULL)
    return FALSE;
  self = g_new0 (Reader, 1);
  self->file = file;
  self->today = today;
  self->sink.callbacks = callbacks;
  self->sink.user_data = user_data;
  self->sink.facts = facts;
  self->carried = g_string_new (NULL);
  rubis_import_plan_init (&self->plan, file, mapping, &self->sink);
  if (file->kind == RUBIS_IMPORT_KIND_ITEMS)
    rubis_import_distinct_reserve (&self->seen, MIN (file->scan.size / BYTES_OF_ROW, MAX_RESERVE));
  done = read_records (self, table, cancellable, error);
  rubis_import_plan_clear (&self->plan);
  rubis_import_distinct_clear (&self->sink.customers);
  rubis_import_distinct_clear (&self->seen);
  g_string_free (self->carried, TRUE);
  g_free (self->pending.text);
  return done;
}
