#include "rubis-import-fec.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "rubis-import-fec-private.h"
#include "rubis-import-header.h"

#define PACE 2048

/* The legal names and what exporters add, without case, accents and blanks; the word "Num" in a name
 * of several words folds to "no".
 */
static const struct
{
  const char *name;
  RubisFecColumn column;
} names[] = {
  { "journalcode", RUBIS_FEC_JOURNAL_CODE },
  { "journallib", RUBIS_FEC_JOURNAL_LIB },
  { "ecriturenum", RUBIS_FEC_ECRITURE_NUM },
  { "ecrituredate", RUBIS_FEC_ECRITURE_DATE },
  { "comptenum", RUBIS_FEC_COMPTE_NUM },
  { "comptelib", RUBIS_FEC_COMPTE_LIB },
  { "compauxnum", RUBIS_FEC_COMP_AUX_NUM },
  { "compauxlib", RUBIS_FEC_COMP_AUX_LIB },
  { "pieceref", RUBIS_FEC_PIECE_REF },
  { "piecedate", RUBIS_FEC_PIECE_DATE },
  { "ecriturelib", RUBIS_FEC_ECRITURE_LIB },
  { "debit", RUBIS_FEC_DEBIT },
  { "credit", RUBIS_FEC_CREDIT },
  { "ecriturelet", RUBIS_FEC_ECRITURE_LET },
  { "datelet", RUBIS_FEC_DATE_LET },
  { "validdate", RUBIS_FEC_VALID_DATE },
  { "montantdevise", RUBIS_FEC_MONTANT_DEVISE },
  { "idevise", RUBIS_FEC_IDEVISE },
  { "iddevise", RUBIS_FEC_IDEVISE },
  { "montant", RUBIS_FEC_MONTANT },
  { "sens", RUBIS_FEC_SENS },
  { "moderglt", RUBIS_FEC_MODE_RGLT },
  { "daterglt", RUBIS_FEC_DATE_RGLT },
  { "datelimitreglmt", RUBIS_FEC_DUE_DATE },
  { "echeancedate", RUBIS_FEC_DUE_DATE },
  { "dateecheance", RUBIS_FEC_DUE_DATE },
  { "numfacture", RUBIS_FEC_INVOICE_NUMBER },
  { "nofacture", RUBIS_FEC_INVOICE_NUMBER },
  { "ecritureno", RUBIS_FEC_ECRITURE_NUM },
  { "compteno", RUBIS_FEC_COMPTE_NUM },
  { "compauxno", RUBIS_FEC_COMP_AUX_NUM },
};

typedef struct
{
  RubisImportFile *file;
  const RubisImportMapping *mapping;
  RubisImportSink sink;
  RubisFecBook book;
  int index[RUBIS_N_FEC_COLUMNS];
  RubisImportDateForm forms[RUBIS_N_FEC_COLUMNS];
  RubisImportDecimal decimals[RUBIS_N_FEC_COLUMNS];
  GString *joined; /* a label that was cut at separators inside it */
  guint extra;     /* fields too many in the current record */
} Reader;

/* "Écriture Date " and "EcritureDate" are one name. */
static gboolean
find_name (const char *cell, RubisFecColumn *column)
{
  g_autofree char *folded = rubis_import_fold (cell);
  char *to = folded;

  for (const char *from = folded; *from != '\0'; from++)
    {
      if (*from != ' ')
        *to++ = *from;
    }
  *to = '\0';
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (strcmp (folded, names[i].name) == 0)
        {
          *column = names[i].column;
          return TRUE;
        }
    }
  return FALSE;
}

guint
rubis_import_fec_match (const RubisImportRecord *record, int *index)
{
  gboolean seen[RUBIS_N_FEC_COLUMNS] = { FALSE };
  guint n = 0;

  for (int i = 0; index != NULL && i < RUBIS_N_FEC_COLUMNS; i++)
    index[i] = -1;
  for (guint i = 0; i < record->n_cells; i++)
    {
      RubisFecColumn column;

      if (record->cells[i].length > 40 || !find_name (record->cells[i].text, &column) || seen[column])
        continue;
      seen[column] = TRUE;
      n++;
      if (index != NULL)
        index[column] = (int) i;
    }
  return n;
}

/* The cell of a legal column; a label with separators inside pushed the ones behind it. */
static const RubisImportCell *
cell_of (const Reader *self, const RubisImportRecord *record, RubisFecColumn column)
{
  static const RubisImportCell none = { "", 0, RUBIS_IMPORT_CELL_TEXT };
  int index = self->index[column];

  if (index < 0)
    return &none;
  if (self->extra > 0 && index > self->index[RUBIS_FEC_ECRITURE_LIB])
    index += (int) self->extra;
  return (guint) index < record->n_cells ? &record->cells[index] : &none;
}

static const char *
text_of (const Reader *self, const RubisImportRecord *record, RubisFecColumn column)
{
  if (column == RUBIS_FEC_ECRITURE_LIB && self->extra > 0)
    return self->joined->str;
  return cell_of (self, record, column)->text;
}

/* Too many fields: those that are not blank at the end were one label. */
static void
rejoin (Reader *self, const RubisImportRecord *record)
{
  guint n_columns = self->file->columns->len;
  guint n_cells = record->n_cells;
  int label = self->index[RUBIS_FEC_ECRITURE_LIB];

  self->extra = 0;
  if (n_cells <= n_columns || label < 0)
    return;
  /* One separator too many at the end is allowed. */
  if (n_cells == n_columns + 1 && record->cells[n_columns].length == 0)
    {
      const RubisImportCell *debit = &record->cells[MAX (self->index[RUBIS_FEC_DEBIT], 0)];
      RubisImportNumberStats stats = { 0 };

      rubis_import_number_observe (&stats, debit->text, debit->length);
      if (debit->length == 0 || stats.n_other == 0)
        return;
    }
  self->extra = n_cells - n_columns;
  g_string_truncate (self->joined, 0);
  for (guint i = 0; i <= self->extra; i++)
    {
      if (i > 0)
        g_string_append_c (self->joined, self->file->separator);
      g_string_append (self->joined, record->cells[(guint) label + i].text);
    }
}

static gboolean
is_customer_account (const char *account)
{
  return g_str_has_prefix (account, "411") || g_str_has_prefix (account, "413") || g_str_has_prefix (account, "416");
}

static void
report (Reader *self, const RubisImportRecord *record, RubisFecColumn column, const char *code,
        const char *message, gboolean kept)
{
  const RubisImportColumn *known = NULL;
  const char *account = text_of (self, record, RUBIS_FEC_COMPTE_NUM);
  const char *auxiliary = text_of (self, record, RUBIS_FEC_COMP_AUX_NUM);
  RubisImportReject reject = { .line = record->line, .code = code, .message = message, .kept = kept };

  if (self->index[column] >= 0)
    known = g_ptr_array_index (self->file->columns, self->index[column]);
  reject.column = known != NULL ? known->name : "";
  reject.value = cell_of (self, record, column)->text;
  /* The number may come from a label or from the entry: any item of the customer may be meant. */
  if (account[0] == '\0' || is_customer_account (account))
    reject.customer = auxiliary[0] != '\0' ? auxiliary : account;
  if (reject.customer == NULL || reject.customer[0] == '\0')
    reject.number = "";
  rubis_import_sink_reject (&self->sink, &reject);
}

static gboolean
read_amount (Reader *self, const RubisImportRecord *record, RubisFecColumn column, gint64 *amount)
{
  const RubisImportCell *cell = cell_of (self, record, column);
  RubisImportNumberResult result;
  g_autofree char *message = NULL;

  *amount = 0;
  result = rubis_import_number_parse (cell->text, cell->length, self->decimals[column], 2, amount);
  if (result == RUBIS_IMPORT_NUMBER_OK || result == RUBIS_IMPORT_NUMBER_EMPTY)
    return TRUE;
  message = g_strdup_printf (_("“%s” is not an amount"), cell->text);
  report (self, record, column, "bad-amount", message, FALSE);
  return FALSE;
}

static gboolean
read_balance (Reader *self, const RubisImportRecord *record, gint64 *debit, gint64 *credit)
{
  gint64 amount;

  if (self->index[RUBIS_FEC_DEBIT] >= 0 && self->index[RUBIS_FEC_CREDIT] >= 0)
    return read_amount (self, record, RUBIS_FEC_DEBIT, debit)
           && read_amount (self, record, RUBIS_FEC_CREDIT, credit);
  if (!read_amount (self, record, RUBIS_FEC_MONTANT, &amount))
    return FALSE;
  *debit = *credit = 0;
  if (rubis_import_value_side (text_of (self, record, RUBIS_FEC_SENS)) < 0)
    *credit = amount;
  else
    *debit = amount;
  return TRUE;
}

static RubisDate
read_date (Reader *self, const RubisImportRecord *record, RubisFecColumn column)
{
  const RubisImportCell *cell = cell_of (self, record, column);
  RubisDate date;
  g_autofree char *message = NULL;

  if (rubis_import_date_is_none (cell->text, cell->length))
    return RUBIS_DATE_NONE;
  date = rubis_import_date_parse (cell->text, cell->length, self->forms[column]);
  if (date != RUBIS_DATE_NONE || column == RUBIS_FEC_DATE_LET)
    return date;
  message = g_strdup_printf (_("the date “%s” does not exist; the line was kept without it"), cell->text);
  report (self, record, column, "bad-date", message, TRUE);
  return RUBIS_DATE_NONE;
}

static guint64
hash_parts (const char *const *parts, guint n)
{
  guint64 hash = 0xCBF29CE484222325u;

  for (guint i = 0; i < n; i++)
    {
      for (const guchar *p = (const guchar *) parts[i]; *p != '\0'; p++)
        hash = (hash ^ *p) * 0x100000001B3u;
      hash = (hash ^ 0xFF) * 0x100000001B3u;
    }
  return hash;
}

/* Entries that are not validated may all bear the number 0: then the document tells them apart. */
static RubisFecEntry *
find_entry (Reader *self, const RubisImportRecord *record)
{
  const char *number = text_of (self, record, RUBIS_FEC_ECRITURE_NUM);
  gboolean numbered = number[0] != '\0' && strcmp (number, "0") != 0;
  const char *parts[] = { text_of (self, record, RUBIS_FEC_JOURNAL_CODE), number,
                          text_of (self, record, RUBIS_FEC_ECRITURE_DATE),
                          numbered ? "" : text_of (self, record, RUBIS_FEC_PIECE_REF) };
  guint64 key = hash_parts (parts, G_N_ELEMENTS (parts));
  RubisFecEntry *entry = g_hash_table_lookup (self->book.entries, &key);

  if (entry == NULL)
    {
      entry = g_new0 (RubisFecEntry, 1);
      entry->key = key;
      g_hash_table_insert (self->book.entries, &entry->key, entry);
    }
  return entry;
}

static void
look_at_account (RubisFecEntry *entry, const char *account)
{
  if (g_str_has_prefix (account, "70"))
    entry->sight |= RUBIS_FEC_SEES_SALES;
  else if (g_str_has_prefix (account, "445"))
    entry->sight |= RUBIS_FEC_SEES_VAT;
  else if (g_str_has_prefix (account, "51") || g_str_has_prefix (account, "53"))
    entry->sight |= RUBIS_FEC_SEES_BANK;
}

static RubisFecCustomer *
find_customer (Reader *self, const RubisImportRecord *record)
{
  const char *auxiliary = text_of (self, record, RUBIS_FEC_COMP_AUX_NUM);
  gboolean has_auxiliary = auxiliary[0] != '\0';
  const char *code = has_auxiliary ? auxiliary : text_of (self, record, RUBIS_FEC_COMPTE_NUM);
  const char *name = has_auxiliary ? text_of (self, record, RUBIS_FEC_COMP_AUX_LIB) : "";
  RubisFecCustomer *customer = g_hash_table_lookup (self->book.customers, code);

  if (name[0] == '\0')
    name = text_of (self, record, RUBIS_FEC_COMPTE_LIB);
  if (customer != NULL)
    return customer;
  customer = g_new0 (RubisFecCustomer, 1);
  customer->code = g_string_chunk_insert (self->book.strings, code);
  customer->name = g_string_chunk_insert (self->book.strings, name);
  g_hash_table_insert (self->book.customers, customer->code, customer);
  g_ptr_array_add (self->book.order, customer);
  return customer;
}

/* A lettering code means something within one customer only. */
static void
add_to_letter (Reader *self, const RubisFecCustomer *customer, const char *letter, gint64 amount)
{
  g_autofree char *key = g_strconcat (customer->code, "\n", letter, NULL);
  gint64 *sum = g_hash_table_lookup (self->book.letters, key);

  if (sum == NULL)
    {
      sum = g_new0 (gint64, 1);
      g_hash_table_insert (self->book.letters, g_steal_pointer (&key), sum);
    }
  *sum += amount;
}

static gboolean
is_sales_journal (const char *code, const char *label)
{
  static const char *const codes[] = { "VE", "VT", "V", "VTE", "VEN", "70", "FAC", "FA" };
  g_autofree char *folded = rubis_import_fold (label);

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      if (g_ascii_strcasecmp (code, codes[i]) == 0)
        return TRUE;
    }
  return strstr (folded, "vente") != NULL || strstr (folded, "factur") != NULL
         || strstr (folded, "sales") != NULL || strstr (folded, "revenue") != NULL;
}

static gboolean
is_opening_journal (const char *code, const char *label)
{
  static const char *const codes[] = { "AN", "AD", "RAN", "OUV", "ANO", "RN" };
  g_autofree char *folded = rubis_import_fold (label);

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      if (g_ascii_strcasecmp (code, codes[i]) == 0)
        return TRUE;
    }
  return strstr (folded, "nouveau") != NULL || strstr (folded, "ouverture") != NULL
         || strstr (folded, "opening") != NULL || strstr (folded, "balance initiale") != NULL;
}

static const char *
keep (Reader *self, const RubisImportRecord *record, RubisFecColumn column)
{
  const char *text = text_of (self, record, column);

  return text[0] != '\0' ? g_string_chunk_insert_const (self->book.strings, text) : "";
}

static void
keep_line (Reader *self, const RubisImportRecord *record, RubisFecCustomer *customer,
           const RubisFecEntry *entry, gint64 amount, gboolean lettered)
{
  RubisFecLine line = { 0 };
  const char *journal_label = text_of (self, record, RUBIS_FEC_JOURNAL_LIB);

  line.line = record->line;
  line.customer = customer;
  line.entry = entry->key;
  line.amount = amount;
  line.lettered = lettered;
  line.date = read_date (self, record, RUBIS_FEC_PIECE_DATE);
  if (line.date == RUBIS_DATE_NONE)
    line.date = read_date (self, record, RUBIS_FEC_ECRITURE_DATE);
  line.due = read_date (self, record, RUBIS_FEC_DUE_DATE);
  line.settled_on = lettered ? read_date (self, record, RUBIS_FEC_DATE_LET) : RUBIS_DATE_NONE;
  line.journal = keep (self, record, RUBIS_FEC_JOURNAL_CODE);
  line.entry_number = keep (self, record, RUBIS_FEC_ECRITURE_NUM);
  line.piece = keep (self, record, RUBIS_FEC_PIECE_REF);
  line.invoice = keep (self, record, RUBIS_FEC_INVOICE_NUMBER);
  line.label = keep (self, record, RUBIS_FEC_ECRITURE_LIB);
  line.means = rubis_import_value_means (text_of (self, record, RUBIS_FEC_MODE_RGLT));
  line.sales = is_sales_journal (line.journal, journal_label);
  line.opening = is_opening_journal (line.journal, journal_label);
  line.draft = g_str_has_prefix (text_of (self, record, RUBIS_FEC_COMPTE_NUM), "413");
  g_array_append_val (self->book.lines, line);
}

static void
take_customer_line (Reader *self, const RubisImportRecord *record, const RubisFecEntry *entry, gint64 amount)
{
  RubisImportFacts *facts = self->sink.facts;
  RubisFecCustomer *customer = find_customer (self, record);
  const char *letter = text_of (self, record, RUBIS_FEC_ECRITURE_LET);

  facts->customer_lines++;
  if (letter[0] != '\0')
    add_to_letter (self, customer, letter, amount);
  else
    {
      facts->open_lines++;
      facts->open_balance += amount;
    }
  if (amount != 0 && (letter[0] == '\0' || rubis_import_mapping_get_settled (self->mapping)))
    keep_line (self, record, customer, entry, amount, letter[0] != '\0');
}

static void
take_record (Reader *self, const RubisImportRecord *record)
{
  RubisImportFacts *facts = self->sink.facts;
  const char *account;
  RubisFecEntry *entry;
  gint64 debit, credit, amount;

  rejoin (self, record);
  account = text_of (self, record, RUBIS_FEC_COMPTE_NUM);
  if (account[0] == '\0')
    {
      gboolean filled = FALSE;

      for (guint i = 0; i < record->n_cells; i++)
        filled = filled || record->cells[i].length > 0;
      facts->rows += filled;
      if (filled)
        report (self, record, RUBIS_FEC_COMPTE_NUM, "missing-account", _("the line has no account"), FALSE);
      return;
    }
  facts->rows++;
  if (!read_balance (self, record, &debit, &credit))
    return;
  if (!rubis_money_subtract (debit, credit, &amount) || !rubis_money_add (facts->debit, debit, &facts->debit)
      || !rubis_money_add (facts->credit, credit, &facts->credit))
    {
      report (self, record, RUBIS_FEC_DEBIT, "amount-range", _("the amount is too large"), FALSE);
      return;
    }
  entry = find_entry (self, record);
  entry->balance += amount;
  look_at_account (entry, account);
  facts->provisional_lines += text_of (self, record, RUBIS_FEC_VALID_DATE)[0] == '\0';
  if (is_customer_account (account))
    take_customer_line (self, record, entry, amount);
  else if (g_str_has_prefix (account, "418"))
    facts->to_invoice += amount;
  else if (g_str_has_prefix (account, "419"))
    facts->advances += amount;
}

static void
conclude (Reader *self)
{
  RubisImportFacts *facts = self->sink.facts;
  GHashTableIter iter;
  gpointer value;

  facts->customer_accounts = self->book.order->len;
  g_hash_table_iter_init (&iter, self->book.entries);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    facts->unbalanced_entries += ((RubisFecEntry *) value)->balance != 0;
  g_hash_table_iter_init (&iter, self->book.letters);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    facts->unbalanced_letters += *(gint64 *) value != 0;
}

static gboolean
read_header (Reader *self, const RubisImportRecord *record, GError **error)
{
  gboolean amounts;

  self->sink.facts->unread_columns = self->file->columns->len - rubis_import_fec_match (record, self->index);
  amounts = (self->index[RUBIS_FEC_DEBIT] >= 0 && self->index[RUBIS_FEC_CREDIT] >= 0)
            || (self->index[RUBIS_FEC_MONTANT] >= 0 && self->index[RUBIS_FEC_SENS] >= 0);
  if (self->index[RUBIS_FEC_COMPTE_NUM] < 0 || !amounts)
    {
      g_set_error_literal (
          error, RUBIS_IMPORT_ERROR, RUBIS_IMPORT_ERROR_DAMAGED,
          _("This FEC has no column CompteNum, or neither Debit and Credit nor Montant and Sens"));
      return FALSE;
    }
  for (int i = 0; i < RUBIS_N_FEC_COLUMNS; i++)
    {
      int column = self->index[i];
      gboolean ambiguous;

      self->forms[i] = RUBIS_IMPORT_DATE_YMD8;
      if (column < 0 || (guint) column >= self->file->columns->len)
        continue;
      rubis_import_date_decide (&g_array_index (self->file->profiles, RubisImportProfile, column).dates, TRUE,
                                &self->forms[i], &ambiguous);
      self->decimals[i] = ((RubisImportColumn *) g_ptr_array_index (self->file->columns, column))->decimal;
    }
  return TRUE;
}

static gboolean
read_lines (Reader *self, RubisImportTable *table, GCancellable *cancellable, GError **error)
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
            callbacks->progress (table->tell (table), self->file->scan.size, self->sink.user_data);
        }
      next = rubis_import_table_next (table, &record, error);
      if (next == RUBIS_IMPORT_NEXT_END)
        break;
      if (next == RUBIS_IMPORT_NEXT_ERROR)
        return FALSE;
      if (record.line == self->file->header_line && !read_header (self, &record, error))
        return FALSE;
      if (record.line > self->file->header_line)
        take_record (self, &record);
    }
  if (callbacks->progress != NULL)
    callbacks->progress (self->file->scan.size, self->file->scan.size, self->sink.user_data);
  return TRUE;
}

gboolean
rubis_import_fec_read (RubisImportFile *file, const RubisImportMapping *mapping,
                       const RubisImportCallbacks *callbacks, gpointer user_data, RubisImportFacts *facts,
                       GCancellable *cancellable, GError **error)
{
  g_autoptr(RubisImportTable) table = rubis_import_file_new_table (file, error);
  g_autofree Reader *self = g_new0 (Reader, 1);
  RubisFecBook *book = &self->book;
  gboolean done;

  if (table == NULL)
    return FALSE;
  self->file = file;
  self->mapping = mapping;
  self->sink.callbacks = callbacks;
  self->sink.user_data = user_data;
  self->sink.facts = facts;
  self->joined = g_string_new (NULL);
  book->strings = g_string_chunk_new (64 * 1024);
  book->entries = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
  book->customers = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  book->order = g_ptr_array_new ();
  book->letters = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  book->lines = g_array_new (FALSE, FALSE, sizeof (RubisFecLine));
  done = read_lines (self, table, cancellable, error);
  if (done)
    {
      conclude (self);
      done = rubis_fec_book_emit (book, mapping, &self->sink, cancellable, error);
    }
  g_array_unref (book->lines);
  g_hash_table_unref (book->letters);
  g_ptr_array_unref (book->order);
  g_hash_table_unref (book->customers);
  g_hash_table_unref (book->entries);
  g_string_chunk_free (book->strings);
  rubis_import_distinct_clear (&self->sink.customers);
  g_string_free (self->joined, TRUE);
  return done;
}
