/* Every tests/data/import/<case>.<ending> is read and written down as text, which must be <case>.expected.
 *
 * With RUBIS_TEST_UPDATE set, the expected files are written instead of compared.
 */
#include <string.h>
#include <glib.h>

#include "rubis-import-file.h"
#include "rubis-test.h"

static void
append_text (GString *out, const char *name, const char *text)
{
  if (text != NULL && text[0] != '\0')
    {
      g_autofree char *escaped
          = g_strescape (text, "\x80\x81\x82\x83\x84\x85\x86\x87\x88\x89\x8a\x8b\x8c\x8d\x8e\x8f"
                               "\x90\x91\x92\x93\x94\x95\x96\x97\x98\x99\x9a\x9b\x9c\x9d\x9e\x9f"
                               "\xa0\xa1\xa2\xa3\xa4\xa5\xa6\xa7\xa8\xa9\xaa\xab\xac\xad\xae\xaf"
                               "\xb0\xb1\xb2\xb3\xb4\xb5\xb6\xb7\xb8\xb9\xba\xbb\xbc\xbd\xbe\xbf"
                               "\xc0\xc1\xc2\xc3\xc4\xc5\xc6\xc7\xc8\xc9\xca\xcb\xcc\xcd\xce\xcf"
                               "\xd0\xd1\xd2\xd3\xd4\xd5\xd6\xd7\xd8\xd9\xda\xdb\xdc\xdd\xde\xdf"
                               "\xe0\xe1\xe2\xe3\xe4\xe5\xe6\xe7\xe8\xe9\xea\xeb\xec\xed\xee\xef"
                               "\xf0\xf1\xf2\xf3\xf4\"");

      g_string_append_printf (out, " %s=\"%s\"", name, escaped);
    }
}

static void
append_date (GString *out, const char *name, RubisDate date)
{
  g_autofree char *iso = rubis_date_to_iso (date);

  if (iso[0] != '\0')
    g_string_append_printf (out, " %s=%s", name, iso);
}

static void
append_amount (GString *out, const char *name, gint64 amount, RubisCurrency currency)
{
  g_autofree char *text = rubis_money_to_string (amount, currency);

  g_string_append_printf (out, " %s=%s", name, text);
}

static void
append_item (GString *out, const RubisImportRow *row)
{
  g_string_append_printf (out, " %s", rubis_item_type_to_code (row->type));
  append_text (out, "number", row->number);
  append_date (out, "issued", row->issue_date);
  append_date (out, row->due_date_computed ? "due~" : "due", row->due_date);
  append_amount (out, "total", row->total, row->currency);
  append_amount (out, row->has_open ? "open" : "open~", row->open, row->currency);
  append_text (out, "currency", row->currency.code);
  append_date (out, "paid", row->paid_date);
  if (row->payment_means != RUBIS_MEANS_UNKNOWN)
    g_string_append_printf (out, " means=%s", rubis_payment_means_to_id (row->payment_means));
  append_text (out, "applies-to", row->applies_to);
  append_text (out, "order", row->order_ref);
  append_text (out, "label", row->label);
  if (row->level >= 0)
    g_string_append_printf (out, " level=%d", row->level);
  append_date (out, "reminded", row->last_reminder);
  if (row->disputed)
    g_string_append (out, " disputed");
}

static gboolean
dump_row (const RubisImportRow *row, gpointer user_data, GError **error)
{
  GString *out = user_data;

  g_string_append_printf (out, "row %" G_GINT64_FORMAT, row->line);
  append_text (out, "code", row->customer_code);
  append_text (out, "name", row->customer_name);
  if (row->has_item)
    append_item (out, row);
  append_text (out, "company", row->company_id);
  append_text (out, "vat", row->vat_id);
  append_text (out, "address", row->address[0]);
  append_text (out, "address2", row->address[1]);
  append_text (out, "address3", row->address[2]);
  append_text (out, "postcode", row->postcode);
  append_text (out, "city", row->city);
  append_text (out, "country", row->country);
  append_text (out, "email", row->email);
  append_text (out, "phone", row->phone);
  append_text (out, "contact", row->contact);
  append_text (out, "groups", row->groups);
  append_text (out, "language", row->language);
  append_text (out, "kind", row->kind);
  append_text (out, "terms", row->terms);
  append_text (out, "rep", row->sales_rep);
  g_string_append_c (out, '\n');
  return TRUE;
}

static void
dump_reject (const RubisImportReject *reject, gpointer user_data)
{
  GString *out = user_data;

  g_string_append_printf (out, "%s %" G_GINT64_FORMAT " %s", reject->kept ? "remark" : "reject", reject->line,
                          reject->code);
  append_text (out, "column", reject->column);
  append_text (out, "value", reject->value);
  g_string_append_printf (out, ": %s\n", reject->message);
}

static void
dump_columns (GString *out, const RubisImportFile *file, const RubisImportMapping *mapping)
{
  static const char *const kinds[] = { "empty", "text", "date", "amount" };
  static const char *const dates[] = { "", " day-first", " month-first", " year-first" };
  static const char *const decimals[] = { "", " comma", " point" };

  for (guint i = 0; i < rubis_import_file_get_n_columns (file); i++)
    {
      const RubisImportColumn *column = rubis_import_file_get_column (file, i);

      g_string_append_printf (out, "column %u %s", i + 1, kinds[column->kind]);
      if (column->kind == RUBIS_IMPORT_COLUMN_DATE)
        g_string_append (out, dates[column->dates]);
      if (column->kind == RUBIS_IMPORT_COLUMN_AMOUNT)
        g_string_append (out, decimals[column->decimal]);
      if (column->ambiguous)
        g_string_append (out, " ambiguous");
      if (rubis_import_file_get_kind (file) != RUBIS_IMPORT_KIND_FEC)
        g_string_append_printf (out, " -> %s",
                                rubis_import_field_to_id (rubis_import_mapping_get_field (mapping, i)));
      append_text (out, "name", column->name);
      g_string_append_c (out, '\n');
    }
}

static void
dump_facts (GString *out, const RubisImportFile *file, const RubisImportFacts *facts)
{
  g_string_append_printf (
      out,
      "facts rows=%" G_GUINT64_FORMAT " items=%" G_GUINT64_FORMAT " customers=%" G_GUINT64_FORMAT
      " invoices=%" G_GUINT64_FORMAT " credits=%" G_GUINT64_FORMAT " payments=%" G_GUINT64_FORMAT
      " rejected=%" G_GUINT64_FORMAT " remarks=%" G_GUINT64_FORMAT " dropped=%" G_GUINT64_FORMAT
      " computed=%" G_GUINT64_FORMAT "\n",
      facts->rows, facts->items, facts->customers, facts->invoices, facts->credits, facts->payments,
      facts->rejected, facts->remarks, facts->dropped, facts->computed_due_dates);
  for (guint i = 0; i < facts->sums->len; i++)
    {
      const RubisImportSum *sum = &g_array_index (facts->sums, RubisImportSum, i);

      g_string_append (out, "sum");
      append_text (out, "currency", sum->currency.code);
      append_amount (out, "total", sum->total, sum->currency);
      append_amount (out, "open", sum->open, sum->currency);
      g_string_append_c (out, '\n');
    }
  if (rubis_import_file_get_kind (file) != RUBIS_IMPORT_KIND_FEC)
    return;
  g_string_append (out, "ledger");
  append_amount (out, "debit", facts->debit, RUBIS_CURRENCY_EUR);
  append_amount (out, "credit", facts->credit, RUBIS_CURRENCY_EUR);
  append_amount (out, "open", facts->open_balance, RUBIS_CURRENCY_EUR);
  append_amount (out, "advances", facts->advances, RUBIS_CURRENCY_EUR);
  append_amount (out, "to-invoice", facts->to_invoice, RUBIS_CURRENCY_EUR);
  g_string_append_printf (out,
                          " lines=%" G_GUINT64_FORMAT " accounts=%" G_GUINT64_FORMAT
                          " open-lines=%" G_GUINT64_FORMAT " unbalanced-entries=%" G_GUINT64_FORMAT
                          " unbalanced-letters=%" G_GUINT64_FORMAT " provisional=%" G_GUINT64_FORMAT " unread-columns=%" G_GUINT64_FORMAT "\n",
                          facts->customer_lines, facts->customer_accounts, facts->open_lines,
                          facts->unbalanced_entries, facts->unbalanced_letters, facts->provisional_lines, facts->unread_columns);
}

static void
dump_file (GString *out, RubisImportFile *file)
{
  static const RubisImportCallbacks callbacks = { dump_row, dump_reject, NULL };
  g_autoptr(RubisImportMapping) mapping = rubis_import_file_guess_mapping (file);
  g_autoptr(GError) error = NULL;
  RubisImportFacts facts;
  char separator = rubis_import_file_get_separator (file);

  g_string_append_printf (
      out, "file %s %s %s separator=%s header=%" G_GINT64_FORMAT " kind=%s mode=%s\n",
      rubis_import_file_get_format (file), rubis_import_file_get_encoding (file),
      rubis_import_file_get_newline (file), separator == '\t' ? "TAB" : (char[]){ separator, '\0' },
      rubis_import_file_get_header_line (file), rubis_import_kind_to_id (rubis_import_file_get_kind (file)),
      rubis_import_mapping_get_mode (mapping) == RUBIS_IMPORT_MODE_STOCK ? "stock" : "delta");
  dump_columns (out, file, mapping);
  rubis_import_facts_init (&facts);
  if (!rubis_import_file_read (file, mapping, rubis_date_from_ymd (2026, 6, 30), &callbacks, out, &facts,
                               NULL, &error))
    g_string_append_printf (out, "error %s: %s\n", g_quark_to_string (error->domain), error->message);
  dump_facts (out, file, &facts);
  rubis_import_facts_clear (&facts);
}

static void
test_case (gconstpointer data)
{
  const char *path = data;
  g_autofree char *stem = g_strndup (path, (gsize) (strrchr (path, '.') - path));
  g_autofree char *expected_path = g_strconcat (stem, ".expected", NULL);
  g_autofree char *expected = NULL;
  g_autoptr(GString) out = g_string_new (NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(RubisImportFile) file = rubis_import_file_open (path, &error);

  if (file == NULL)
    g_string_append_printf (out, "refused %s %d: %s\n", g_quark_to_string (error->domain), error->code,
                            error->message);
  else
    dump_file (out, file);
  g_clear_error (&error);
  if (g_getenv ("RUBIS_TEST_UPDATE") != NULL)
    {
      g_file_set_contents (expected_path, out->str, -1, &error);
      g_assert_no_error (error);
      return;
    }
  g_file_get_contents (expected_path, &expected, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (out->str, ==, expected);
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = NULL;
  g_autoptr(GDir) dir = NULL;
  g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  g_test_init (&argc, &argv, NULL);
  folder = rubis_test_data ("import");
  dir = g_dir_open (folder, 0, NULL);
  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *test = g_strconcat ("/import/cases/", name, NULL);
      char *path;

      if (g_str_has_suffix (name, ".expected") || strchr (name, '.') == NULL)
        continue;
      path = g_build_filename (folder, name, NULL);
      g_ptr_array_add (paths, path);
      g_test_add_data_func (test, path, test_case);
    }
  return g_test_run ();
}
