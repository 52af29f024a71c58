#include "rubis-import-plan.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#define F(name) RUBIS_IMPORT_FIELD_##name

static const RubisImportCell empty_cell = { "", 0, RUBIS_IMPORT_CELL_TEXT };

static int
memo_type (const char *text, gpointer data)
{
  RubisImportPlan *plan = data;
  RubisItemType type;

  if (rubis_import_mapping_get_type_code (plan->mapping, text, &type)
      || rubis_import_value_type (text, &type))
    return (int) type;
  return -1;
}

static int
memo_status (const char *text, gpointer data)
{
  return (int) rubis_import_value_status (text);
}

static int
memo_means (const char *text, gpointer data)
{
  return (int) rubis_import_value_means (text);
}

static int
memo_side (const char *text, gpointer data)
{
  return rubis_import_value_side (text);
}

static int
memo_flag (const char *text, gpointer data)
{
  return rubis_import_value_flag (text);
}

static int
memo_currency (const char *text, gpointer data)
{
  RubisImportPlan *plan = data;
  RubisCurrency currency;

  if (!rubis_import_value_currency (text, &currency))
    return -1;
  g_ptr_array_add (plan->currency_list, g_memdup2 (&currency, sizeof currency));
  return (int) plan->currency_list->len - 1;
}

/* The way a column writes its dates, as detected or as the user said. */
static RubisImportDateForm
choose_form (const RubisImportFile *file, const RubisImportMapping *mapping, guint column)
{
  const RubisImportProfile *profile = &g_array_index (file->profiles, RubisImportProfile, column);
  const RubisImportColumn *detected = g_ptr_array_index (file->columns, column);
  RubisImportDates dates = rubis_import_mapping_get_dates (mapping, column);
  RubisImportDateForm form = RUBIS_IMPORT_DATE_DMY;
  gboolean ambiguous;

  rubis_import_date_decide (&profile->dates, TRUE, &form, &ambiguous);
  if (dates == RUBIS_IMPORT_DATES_AUTO && detected->kind == RUBIS_IMPORT_COLUMN_DATE)
    dates = detected->dates;
  return rubis_import_date_reorder (form, dates);
}

void
rubis_import_plan_init (RubisImportPlan *plan, const RubisImportFile *file, const RubisImportMapping *mapping,
                        RubisImportSink *sink)
{
  memset (plan, 0, sizeof *plan);
  plan->file = file;
  plan->mapping = mapping;
  plan->sink = sink;
  for (int i = 0; i < RUBIS_N_IMPORT_FIELDS; i++)
    {
      int column = i == F (IGNORE) ? -1 : rubis_import_mapping_get_column (mapping, (RubisImportField) i);

      plan->column[i] = column < (int) file->columns->len ? column : -1;
    }
  for (guint i = 0; i < file->columns->len; i++)
    {
      const RubisImportColumn *column = g_ptr_array_index (file->columns, i);
      RubisImportDecimal decimal = rubis_import_mapping_get_decimal (mapping, i);

      plan->forms[i] = choose_form (file, mapping, i);
      plan->decimals[i] = decimal != RUBIS_IMPORT_DECIMAL_AUTO ? decimal : column->decimal;
    }
  plan->types = rubis_import_memo_new (memo_type, plan);
  plan->statuses = rubis_import_memo_new (memo_status, plan);
  plan->means = rubis_import_memo_new (memo_means, plan);
  plan->sides = rubis_import_memo_new (memo_side, plan);
  plan->flags = rubis_import_memo_new (memo_flag, plan);
  plan->currencies = rubis_import_memo_new (memo_currency, plan);
  plan->currency_list = g_ptr_array_new_with_free_func (g_free);
  plan->terms = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

void
rubis_import_plan_clear (RubisImportPlan *plan)
{
  rubis_import_memo_free (plan->types);
  rubis_import_memo_free (plan->statuses);
  rubis_import_memo_free (plan->means);
  rubis_import_memo_free (plan->sides);
  rubis_import_memo_free (plan->flags);
  rubis_import_memo_free (plan->currencies);
  g_ptr_array_unref (plan->currency_list);
  g_hash_table_unref (plan->terms);
}

const RubisImportCell *
rubis_import_plan_cell (const RubisImportPlan *plan, const RubisImportRecord *record, RubisImportField field)
{
  int column = plan->column[field];

  if (column < 0)
    return NULL;
  return (guint) column < record->n_cells ? &record->cells[column] : &empty_cell;
}

static const char *
text_of (const RubisImportPlan *plan, const RubisImportRecord *record, RubisImportField field)
{
  const RubisImportCell *cell = rubis_import_plan_cell (plan, record, field);

  return cell != NULL ? cell->text : NULL;
}

static void
report (RubisImportPlan *plan, const RubisImportRecord *record, int column, const char *code,
        const char *message, gboolean kept)
{
  const RubisImportColumn *known = NULL;
  const char *customer = text_of (plan, record, F (CUSTOMER_CODE));
  RubisImportReject reject = { .line = record->line, .code = code, .message = message, .kept = kept };

  if (column >= 0 && (guint) column < plan->file->columns->len)
    known = g_ptr_array_index (plan->file->columns, column);
  if (customer == NULL || customer[0] == '\0')
    customer = text_of (plan, record, F (CUSTOMER_NAME));
  reject.column = known != NULL ? known->name : "";
  reject.value = column >= 0 && (guint) column < record->n_cells ? record->cells[column].text : "";
  reject.customer = customer != NULL && customer[0] != '\0' ? customer : NULL;
  /* In a line with too many fields the number may stand anywhere. */
  if (record->n_cells <= plan->file->columns->len)
    reject.number = text_of (plan, record, F (NUMBER));
  rubis_import_sink_reject (plan->sink, &reject);
}

gboolean
rubis_import_plan_reject (RubisImportPlan *plan, const RubisImportRecord *record, int column,
                          const char *code, const char *message)
{
  report (plan, record, column, code, message, FALSE);
  return FALSE;
}

/* Cuts blanks, points and dashes out of an identifier, in place. */
static const char *
strip_identifier (const char *text)
{
  char *to = (char *) text;

  if (text == NULL || strpbrk (text, " .-\xC2") == NULL)
    return text;
  for (const char *from = text; *from != '\0'; from++)
    {
      if (*from == '\xC2' && from[1] == '\xA0')
        from++;
      else if (strchr (" .-", *from) == NULL)
        *to++ = *from;
    }
  *to = '\0';
  return text;
}

/* Leading zeros that a sheet lost because it took digits for a number. */
static const char *
restore_zeros (RubisImportPlan *plan, const RubisImportCell *cell, guint slot, const gsize *widths,
               guint n_widths)
{
  char *scratch = plan->scratch[plan->turn][slot];

  if (cell == NULL || cell->kind != RUBIS_IMPORT_CELL_NUMBER)
    return cell != NULL ? cell->text : NULL;
  for (guint i = 0; i < n_widths; i++)
    {
      /* One lost zero is likely, two are possible in a postcode only. */
      if (cell->length < widths[i] && cell->length + 1 >= widths[i]
          && strspn (cell->text, "0123456789") == cell->length)
        {
          gsize pad = widths[i] - cell->length;

          memset (scratch, '0', pad);
          memcpy (scratch + pad, cell->text, cell->length + 1);
          return scratch;
        }
    }
  return cell->text;
}

/* "33612345678" and "612345678" are French numbers that a sheet took for integers. */
static const char *
restore_phone (RubisImportPlan *plan, const RubisImportCell *cell)
{
  char *scratch = plan->scratch[plan->turn][2];

  if (cell == NULL || cell->kind != RUBIS_IMPORT_CELL_NUMBER || cell->length > 20)
    return cell != NULL ? cell->text : NULL;
  if (cell->length == 11 && g_str_has_prefix (cell->text, "33"))
    scratch[0] = '+';
  else if (cell->length == 9)
    scratch[0] = '0';
  else
    return cell->text;
  memcpy (scratch + 1, cell->text, cell->length + 1);
  return scratch;
}

static gboolean
is_french (const char *country)
{
  return country == NULL || country[0] == '\0' || g_ascii_strcasecmp (country, "FR") == 0
         || g_ascii_strcasecmp (country, "FRA") == 0 || g_ascii_strcasecmp (country, "France") == 0;
}

void
rubis_import_plan_build_customer (RubisImportPlan *plan, const RubisImportRecord *record, RubisImportRow *row)
{
  static const gsize company_widths[] = { 9, 14 };
  static const gsize postcode_widths[] = { 5 };

  memset (row, 0, sizeof *row);
  row->line = record->line;
  row->level = -1;
  row->issue_date = row->due_date = row->paid_date = row->last_reminder = RUBIS_DATE_NONE;
  row->customer_code = text_of (plan, record, F (CUSTOMER_CODE));
  row->customer_name = text_of (plan, record, F (CUSTOMER_NAME));
  row->company_id
      = strip_identifier (restore_zeros (plan, rubis_import_plan_cell (plan, record, F (COMPANY_ID)), 0,
                                         company_widths, G_N_ELEMENTS (company_widths)));
  row->vat_id = strip_identifier (text_of (plan, record, F (VAT_ID)));
  row->address[0] = text_of (plan, record, F (ADDRESS_1));
  row->address[1] = text_of (plan, record, F (ADDRESS_2));
  row->address[2] = text_of (plan, record, F (ADDRESS_3));
  row->city = text_of (plan, record, F (CITY));
  row->country = text_of (plan, record, F (COUNTRY));
  row->postcode = text_of (plan, record, F (POSTCODE));
  if (is_french (row->country))
    row->postcode
        = restore_zeros (plan, rubis_import_plan_cell (plan, record, F (POSTCODE)), 1, postcode_widths, 1);
  row->email = text_of (plan, record, F (EMAIL));
  row->phone = restore_phone (plan, rubis_import_plan_cell (plan, record, F (PHONE)));
  row->contact = text_of (plan, record, F (CONTACT));
  row->groups = text_of (plan, record, F (GROUPS));
  row->language = text_of (plan, record, F (LANGUAGE));
  row->kind = text_of (plan, record, F (CUSTOMER_KIND));
  row->terms = text_of (plan, record, F (TERMS));
  row->sales_rep = text_of (plan, record, F (SALES_REP));
}

gboolean
rubis_import_plan_amount (RubisImportPlan *plan, const RubisImportRecord *record, int column,
                          RubisCurrency currency, gint64 *amount, gboolean *filled)
{
  const RubisImportCell *cell = &record->cells[column];
  int exponent = currency.code[0] != '\0' ? rubis_currency_exponent (currency) : 2;
  RubisImportDecimal decimal;
  g_autofree char *message = NULL;

  *amount = 0;
  *filled = FALSE;
  if ((guint) column >= record->n_cells || cell->length == 0)
    return TRUE;
  decimal = cell->kind == RUBIS_IMPORT_CELL_NUMBER ? RUBIS_IMPORT_DECIMAL_POINT : plan->decimals[column];
  switch (rubis_import_number_parse (cell->text, cell->length, decimal, exponent, amount))
    {
    case RUBIS_IMPORT_NUMBER_OK:
      *filled = TRUE;
      return TRUE;
    case RUBIS_IMPORT_NUMBER_EMPTY:
      return TRUE;
    case RUBIS_IMPORT_NUMBER_RANGE:
      message = g_strdup_printf (_("“%s” is too large for an amount"), cell->text);
      return rubis_import_plan_reject (plan, record, column, "amount-range", message);
    case RUBIS_IMPORT_NUMBER_BAD:
    default:
      message = g_strdup_printf (_("“%s” is not an amount"), cell->text);
      return rubis_import_plan_reject (plan, record, column, "bad-amount", message);
    }
}

/* A date that does not exist is a remark: the row is kept without it. */
static RubisDate
read_date (RubisImportPlan *plan, const RubisImportRecord *record, RubisImportField field)
{
  int column = plan->column[field];
  const RubisImportCell *cell;
  RubisDate date;
  g_autofree char *message = NULL;

  if (column < 0 || (guint) column >= record->n_cells)
    return RUBIS_DATE_NONE;
  cell = &record->cells[column];
  if (cell->length == 0)
    return RUBIS_DATE_NONE;
  if (cell->kind == RUBIS_IMPORT_CELL_DATE)
    return rubis_import_date_parse (cell->text, cell->length, RUBIS_IMPORT_DATE_YMD);
  if (cell->kind == RUBIS_IMPORT_CELL_NUMBER && plan->forms[column] < RUBIS_IMPORT_DATE_YMD8)
    date = rubis_import_date_parse (cell->text, cell->length, RUBIS_IMPORT_DATE_SERIAL);
  else
    date = rubis_import_date_parse (cell->text, cell->length, plan->forms[column]);
  if (date != RUBIS_DATE_NONE || rubis_import_date_is_none (cell->text, cell->length))
    return date;
  /* A form that cannot be mistaken for the column's: a year first, a month by name. */
  date = rubis_import_date_parse (cell->text, cell->length, RUBIS_IMPORT_DATE_YMD);
  if (date == RUBIS_DATE_NONE)
    date = rubis_import_date_parse (cell->text, cell->length, RUBIS_IMPORT_DATE_NAMED);
  if (date != RUBIS_DATE_NONE)
    return date;
  message = g_strdup_printf (_("the date “%s” does not exist; the line was kept without it"), cell->text);
  report (plan, record, column, "bad-date", message, TRUE);
  return RUBIS_DATE_NONE;
}

static gboolean
read_currency (RubisImportPlan *plan, const RubisImportRecord *record, RubisImportRow *row)
{
  const RubisImportCell *cell = rubis_import_plan_cell (plan, record, F (CURRENCY));
  g_autofree char *message = NULL;
  int index;

  row->currency = rubis_import_mapping_get_currency (plan->mapping);
  if (cell == NULL || cell->length == 0)
    return TRUE;
  index = rubis_import_memo_get (plan->currencies, cell->text, cell->length);
  if (index >= 0)
    {
      row->currency = *(const RubisCurrency *) g_ptr_array_index (plan->currency_list, index);
      return TRUE;
    }
  message = g_strdup_printf (_("“%s” is not a currency; write its three letters, as EUR"), cell->text);
  return rubis_import_plan_reject (plan, record, plan->column[F (CURRENCY)], "bad-currency", message);
}

/* The amounts of one record as they stand in the file. */
typedef struct
{
  gint64 total, line, debit, credit, open, paid;
  gboolean has_total, has_line, has_debit, has_credit, has_open, has_paid;
} Amounts;

static gboolean
read_amounts (RubisImportPlan *plan, const RubisImportRecord *record, RubisCurrency currency,
              Amounts *amounts)
{
  struct
  {
    RubisImportField field;
    gint64 *amount;
    gboolean *filled;
  } wanted[] = {
    { F (TOTAL), &amounts->total, &amounts->has_total },
    { F (LINE_TOTAL), &amounts->line, &amounts->has_line },
    { F (DEBIT), &amounts->debit, &amounts->has_debit },
    { F (CREDIT), &amounts->credit, &amounts->has_credit },
    { F (OPEN), &amounts->open, &amounts->has_open },
    { F (PAID), &amounts->paid, &amounts->has_paid },
  };

  memset (amounts, 0, sizeof *amounts);
  for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      int column = plan->column[wanted[i].field];

      if (column >= 0
          && !rubis_import_plan_amount (plan, record, column, currency, wanted[i].amount, wanted[i].filled))
        return FALSE;
    }
  return TRUE;
}

/* One signed total out of the columns that the file has. */
static gboolean
choose_total (RubisImportPlan *plan, const RubisImportRecord *record, const Amounts *amounts,
              RubisImportRow *row)
{
  const RubisImportCell *side = rubis_import_plan_cell (plan, record, F (SIDE));

  if (amounts->has_total)
    row->total = amounts->total;
  else if (amounts->has_line)
    row->total = amounts->line;
  else if (amounts->has_debit || amounts->has_credit)
    {
      /* Some exports write credits negative already: the column says which side they are on. */
      gint64 credit = amounts->credit < 0 && !amounts->has_debit ? -amounts->credit : amounts->credit;

      if (!rubis_money_subtract (amounts->debit, credit, &row->total))
        return rubis_import_plan_reject (plan, record, plan->column[F (DEBIT)], "amount-range",
                                         _("the amount is too large"));
    }
  else if (amounts->has_open)
    row->total = amounts->open;
  else if (plan->file->kind == RUBIS_IMPORT_KIND_PAYMENTS && amounts->has_paid)
    row->total = amounts->paid;
  else
    return rubis_import_plan_reject (plan, record, MAX (plan->column[F (TOTAL)], plan->column[F (OPEN)]),
                                     "missing-amount", _("the line has no amount"));
  if (side != NULL && side->length > 0 && row->total > 0
      && rubis_import_memo_get (plan->sides, side->text, side->length) < 0)
    row->total = -row->total;
  if (rubis_import_mapping_get_negated (plan->mapping))
    row->total = -row->total;
  return TRUE;
}

/* The type column and the sign, never both: a credit note of −100 is not an invoice of 100. */
static void
choose_type (RubisImportPlan *plan, const RubisImportRecord *record, const Amounts *amounts,
             RubisImportRow *row)
{
  const RubisImportCell *cell = rubis_import_plan_cell (plan, record, F (TYPE));
  int type = -1;

  if (cell != NULL && cell->length > 0)
    type = rubis_import_memo_get (plan->types, cell->text, cell->length);
  if (type < 0)
    {
      /* A credit column and a side are a ledger's: what stands there without a type is a payment. */
      gboolean ledger = amounts->has_debit || amounts->has_credit || plan->column[F (SIDE)] >= 0;

      type = row->total >= 0 ? RUBIS_ITEM_INVOICE : ledger ? RUBIS_ITEM_PAYMENT : RUBIS_ITEM_CREDIT;
    }
  else if (type == RUBIS_ITEM_INVOICE && row->total < 0)
    type = RUBIS_ITEM_CREDIT;
  else if ((type == RUBIS_ITEM_CREDIT || type == RUBIS_ITEM_PAYMENT) && row->total > 0)
    row->total = -row->total;
  row->type = (RubisItemType) type;
}

/* The open amount has the sign of the total, however the file writes it. */
static gint64
with_sign_of (gint64 amount, gint64 total)
{
  return total < 0 && amount > 0 ? -amount : amount;
}

static void
choose_open (RubisImportPlan *plan, const RubisImportRecord *record, const Amounts *amounts,
             RubisImportRow *row)
{
  const RubisImportCell *status = rubis_import_plan_cell (plan, record, F (STATUS));
  const RubisImportCell *letter = rubis_import_plan_cell (plan, record, F (LETTER));
  int known = RUBIS_IMPORT_STATUS_UNKNOWN;

  row->open = row->total;
  row->has_open = TRUE;
  if (status != NULL && status->length > 0)
    known = rubis_import_memo_get (plan->statuses, status->text, status->length);
  if (amounts->has_open)
    row->open = with_sign_of (
        rubis_import_mapping_get_negated (plan->mapping) ? -amounts->open : amounts->open, row->total);
  else if (amounts->has_paid && plan->file->kind == RUBIS_IMPORT_KIND_ITEMS
           && rubis_money_subtract (row->total, with_sign_of (amounts->paid, row->total), &row->open))
    ;
  else if (known == RUBIS_IMPORT_STATUS_PAID || known == RUBIS_IMPORT_STATUS_VOID)
    row->open = 0;
  else if (known == RUBIS_IMPORT_STATUS_OPEN)
    ;
  else if ((letter != NULL && letter->length > 0) || row->paid_date != RUBIS_DATE_NONE)
    row->open = 0;
  else
    row->has_open = plan->column[F (AGING_BUCKET)] >= 0 || letter != NULL || plan->column[F (PAID_DATE)] >= 0
                    || plan->column[F (PAID)] >= 0 || plan->column[F (OPEN)] >= 0;
}

static RubisDate
compute_due_date (RubisImportPlan *plan, const RubisImportRow *row)
{
  gpointer known = NULL;
  const RubisPaymentTerms *terms;

  if (row->issue_date == RUBIS_DATE_NONE)
    return RUBIS_DATE_NONE;
  if (row->terms == NULL || row->terms[0] == '\0')
    return row->issue_date + rubis_import_mapping_get_default_days (plan->mapping);
  if (!g_hash_table_lookup_extended (plan->terms, row->terms, NULL, &known))
    {
      RubisPaymentTerms parsed;

      if (rubis_payment_terms_parse (row->terms, RUBIS_TERMS_DAYS_EOM, &parsed, NULL))
        known = g_memdup2 (&parsed, sizeof parsed);
      g_hash_table_insert (plan->terms, g_strdup (row->terms), known);
    }
  terms = known;
  if (terms == NULL)
    return row->issue_date + rubis_import_mapping_get_default_days (plan->mapping);
  return rubis_payment_terms_due_date (terms, row->issue_date);
}

static void
read_dates (RubisImportPlan *plan, const RubisImportRecord *record, RubisImportRow *row)
{
  row->issue_date = read_date (plan, record, F (ISSUE_DATE));
  row->due_date = read_date (plan, record, F (DUE_DATE));
  row->paid_date = read_date (plan, record, F (PAID_DATE));
  row->last_reminder = read_date (plan, record, F (LAST_REMINDER));
  if (plan->file->kind == RUBIS_IMPORT_KIND_PAYMENTS)
    {
      if (row->issue_date == RUBIS_DATE_NONE)
        row->issue_date = row->paid_date;
      row->paid_date = RUBIS_DATE_NONE;
      row->due_date = row->issue_date;
      return;
    }
  if (row->due_date == RUBIS_DATE_NONE)
    {
      row->due_date = compute_due_date (plan, row);
      row->due_date_computed = row->due_date != RUBIS_DATE_NONE;
    }
  else if (row->issue_date != RUBIS_DATE_NONE && row->due_date < row->issue_date)
    report (plan, record, plan->column[F (DUE_DATE)], "due-before-issue",
            _("the due date is before the invoice date"), TRUE);
}

static void
read_details (RubisImportPlan *plan, const RubisImportRecord *record, RubisImportRow *row)
{
  const RubisImportCell *cell = rubis_import_plan_cell (plan, record, F (PAYMENT_MEANS));

  if (cell != NULL && cell->length > 0)
    row->payment_means = (RubisPaymentMeans) rubis_import_memo_get (plan->means, cell->text, cell->length);
  row->order_ref = text_of (plan, record, F (ORDER_REF));
  row->label = text_of (plan, record, F (LABEL));
  cell = rubis_import_plan_cell (plan, record, F (LEVEL));
  if (cell != NULL && cell->length > 0 && g_ascii_isdigit (cell->text[0]))
    row->level = (int) MIN (g_ascii_strtoull (cell->text, NULL, 10), 99);
  cell = rubis_import_plan_cell (plan, record, F (DISPUTED));
  row->disputed
      = cell != NULL && cell->length > 0 && rubis_import_memo_get (plan->flags, cell->text, cell->length);
}

gboolean
rubis_import_plan_build (RubisImportPlan *plan, const RubisImportRecord *record, RubisImportRow *row)
{
  Amounts amounts;

  rubis_import_plan_build_customer (plan, record, row);
  row->has_item = TRUE;
  row->number = text_of (plan, record, F (NUMBER));
  if (!read_currency (plan, record, row) || !read_amounts (plan, record, row->currency, &amounts)
      || !choose_total (plan, record, &amounts, row))
    return FALSE;
  read_dates (plan, record, row);
  read_details (plan, record, row);
  if (plan->file->kind == RUBIS_IMPORT_KIND_PAYMENTS)
    {
      row->type = RUBIS_ITEM_PAYMENT;
      row->total = -row->total;
      row->open = row->total;
      row->applies_to = row->number;
      row->number = NULL;
      return TRUE;
    }
  choose_type (plan, record, &amounts, row);
  choose_open (plan, record, &amounts, row);
  if ((row->number == NULL || row->number[0] == '\0') && row->type != RUBIS_ITEM_PAYMENT)
    return rubis_import_plan_reject (plan, record, plan->column[F (NUMBER)], "missing-number",
                                     _("the line has no invoice number"));
  if (row->due_date == RUBIS_DATE_NONE && row->issue_date == RUBIS_DATE_NONE)
    return rubis_import_plan_reject (
        plan, record, MAX (plan->column[F (ISSUE_DATE)], plan->column[F (DUE_DATE)]), "missing-date",
        _("the line has neither an invoice date nor a due date"));
  return TRUE;
}
