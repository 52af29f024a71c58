/* Real exports, with the facts that expected.json tells of them. */
#include <string.h>
#include <glib.h>

#include "rubis-import-file.h"
#include "rubis-test.h"

static JsonObject *
load_facts (const char *file)
{
  g_autofree char *path = rubis_test_shared ("samples/expected.json");
  g_autoptr(JsonObject) all = NULL;
  JsonArray *entries;

  if (path == NULL)
    return NULL;
  all = rubis_test_load_json (path);
  entries = json_object_get_array_member (all, "entries");
  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      JsonObject *entry = json_array_get_object_element (entries, i);

      if (strcmp (json_object_get_string_member (entry, "file"), file) == 0)
        return json_object_ref (json_object_get_object_member (entry, "facts"));
    }
  g_error ("expected.json has no %s", file);
}

/* What the callbacks of one reading saw. */
typedef struct
{
  GPtrArray *lines;     /* one text for each item */
  GHashTable *balances; /* customer -> (owned) gint64 open */
  gint64 positive;      /* sum of |total| */
  guint n_disputed;
  guint n_rejects;
} Seen;

static void
seen_init (Seen *seen)
{
  memset (seen, 0, sizeof *seen);
  seen->lines = g_ptr_array_new_with_free_func (g_free);
  seen->balances = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static void
seen_clear (Seen *seen)
{
  g_ptr_array_unref (seen->lines);
  g_hash_table_unref (seen->balances);
}

static gboolean
see_row (const RubisImportRow *row, gpointer user_data, GError **error)
{
  Seen *seen = user_data;
  const char *customer = row->customer_code != NULL ? row->customer_code : row->customer_name;
  gint64 *balance = g_hash_table_lookup (seen->balances, customer);
  g_autofree char *issued = rubis_date_to_iso (row->issue_date);
  g_autofree char *due = rubis_date_to_iso (row->due_date);
  g_autofree char *total = rubis_money_to_string (row->total, row->currency);
  g_autofree char *open = rubis_money_to_string (row->open, row->currency);

  if (balance == NULL)
    {
      balance = g_new0 (gint64, 1);
      g_hash_table_insert (seen->balances, g_strdup (customer), balance);
    }
  if (!row->has_item)
    return TRUE;
  *balance += row->open;
  seen->positive += ABS (row->total);
  seen->n_disputed += row->disputed;
  g_ptr_array_add (seen->lines, g_strdup_printf ("%" G_GINT64_FORMAT "|%s|%s|%s|%s|%s|%s|%s", row->line,
                                                 row->number != NULL ? row->number : "",
                                                 row->customer_name != NULL ? row->customer_name : "", issued,
                                                 due, row->currency.code, total, open));
  return TRUE;
}

static void
see_reject (const RubisImportReject *reject, gpointer user_data)
{
  Seen *seen = user_data;

  seen->n_rejects++;
}

/* Opens and reads one sample; NULL when it is not there. */
static RubisImportFile *
read_sample (const char *name, Seen *seen, RubisImportFacts *facts)
{
  static const RubisImportCallbacks callbacks = { see_row, see_reject, NULL };
  g_autofree char *shared = g_strconcat ("samples/", name, NULL);
  g_autofree char *path = rubis_test_shared (shared);
  g_autoptr(GError) error = NULL;
  RubisImportFile *file;

  if (path == NULL)
    return NULL;
  file = rubis_import_file_open (path, &error);
  g_assert_no_error (error);
  rubis_import_file_read (file, NULL, rubis_date_from_ymd (2026, 6, 30), &callbacks, seen, facts, NULL,
                          &error);
  g_assert_no_error (error);
  return file;
}

static gint64
member_cents (JsonObject *object, const char *member)
{
  gint64 cents = 0;
  g_autoptr(GError) error = NULL;

  rubis_money_parse (json_object_get_string_member (object, member), RUBIS_CURRENCY_EUR, &cents, &error);
  g_assert_no_error (error);
  return cents;
}

static const char *
separator_name (const RubisImportFile *file)
{
  switch (rubis_import_file_get_separator (file))
    {
    case '\t':
      return "TAB";
    case '|':
      return "PIPE";
    case ',':
      return "comma";
    case ';':
    default:
      return "semicolon";
    }
}

static void
check_fec_facts (const RubisImportFile *file, const RubisImportFacts *facts, JsonObject *expected)
{
  g_assert_cmpstr (rubis_import_file_get_format (file), ==, "fec");
  g_assert_cmpstr (rubis_import_file_get_encoding (file), ==,
                   json_object_get_string_member (expected, "encoding"));
  g_assert_cmpstr (rubis_import_file_get_newline (file), ==,
                   json_object_get_string_member (expected, "newline"));
  g_assert_cmpstr (separator_name (file), ==, json_object_get_string_member (expected, "separator"));
  g_assert_cmpuint (facts->rows, ==, json_object_get_int_member (expected, "lines"));
  g_assert_cmpint (facts->debit, ==, member_cents (expected, "sum_debit"));
  g_assert_cmpint (facts->credit, ==, member_cents (expected, "sum_credit"));
  g_assert_cmpuint (facts->customer_lines, ==, json_object_get_int_member (expected, "customer_lines"));
  g_assert_cmpuint (facts->customer_accounts, ==, json_object_get_int_member (expected, "customer_accounts"));
  g_assert_cmpuint (facts->customers, ==, json_object_get_int_member (expected, "customer_accounts"));
  g_assert_cmpuint (facts->open_lines, ==, json_object_get_int_member (expected, "customers_open_lines"));
  g_assert_cmpint (facts->open_balance, ==, member_cents (expected, "customers_open_balance"));
  g_assert_cmpuint (facts->unbalanced_letters, ==,
                    json_object_get_int_member (expected, "unbalanced_lettered_groups"));
  g_assert_cmpuint (facts->provisional_lines, ==,
                    json_object_get_int_member (expected, "lines_without_valid_date"));
  g_assert_cmpuint (facts->rejected, ==, 0);
}

/* Every open line that the facts list is an item of that line, with its amount. */
static void
check_open_items (const Seen *seen, JsonArray *items)
{
  g_assert_cmpuint (seen->lines->len, ==, json_array_get_length (items));
  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      JsonArray *item = json_array_get_array_element (items, i);
      g_auto(GStrv) parts = g_strsplit (g_ptr_array_index (seen->lines, i), "|", -1);
      gint64 debit, credit, open;

      rubis_money_parse (json_array_get_string_element (item, 7), RUBIS_CURRENCY_EUR, &debit, NULL);
      rubis_money_parse (json_array_get_string_element (item, 8), RUBIS_CURRENCY_EUR, &credit, NULL);
      rubis_money_parse (parts[7], RUBIS_CURRENCY_EUR, &open, NULL);
      g_assert_cmpint (g_ascii_strtoll (parts[0], NULL, 10), ==, json_array_get_int_element (item, 0));
      g_assert_cmpint (open, ==, debit - credit);
    }
}

static void
check_customers (const Seen *seen, JsonArray *customers)
{
  g_assert_cmpuint (g_hash_table_size (seen->balances), ==, json_array_get_length (customers));
  for (guint i = 0; i < json_array_get_length (customers); i++)
    {
      JsonObject *customer = json_array_get_object_element (customers, i);
      const gint64 *balance
          = g_hash_table_lookup (seen->balances, json_object_get_string_member (customer, "code"));

      g_assert_nonnull (balance);
      g_assert_cmpint (*balance, ==, member_cents (customer, "open_balance"));
    }
}

static void
test_fec (gconstpointer data)
{
  const char *name = data;
  g_autoptr(JsonObject) expected = load_facts (name);
  g_autoptr(RubisImportFile) file = NULL;
  RubisImportFacts facts;
  Seen seen;

  seen_init (&seen);
  rubis_import_facts_init (&facts);
  file = expected != NULL ? read_sample (name, &seen, &facts) : NULL;
  if (file != NULL)
    {
      check_fec_facts (file, &facts, expected);
      check_open_items (&seen, json_object_get_array_member (expected, "open_items"));
      check_customers (&seen, json_object_get_array_member (expected, "customers"));
    }
  rubis_import_facts_clear (&facts);
  seen_clear (&seen);
}

/* The invoice lists: the items as text, after the line number. */
typedef struct
{
  const char *name;
  const char *const *items; /* NULL-terminated; NULL: not compared one by one */
  guint n_items;
  guint rows;
  guint customers;
} List;

static void
check_items (const Seen *seen, const char *const *items)
{
  for (guint i = 0; items[i] != NULL; i++)
    g_assert_cmpstr (strchr (g_ptr_array_index (seen->lines, i), '|') + 1, ==, items[i]);
}

static void
test_list (gconstpointer data)
{
  const List *list = data;
  g_autoptr(RubisImportFile) file = NULL;
  RubisImportFacts facts;
  Seen seen;

  seen_init (&seen);
  rubis_import_facts_init (&facts);
  file = read_sample (list->name, &seen, &facts);
  if (file != NULL)
    {
      g_assert_cmpuint (seen.lines->len, ==, list->n_items);
      g_assert_cmpuint (facts.items, ==, list->n_items);
      g_assert_cmpuint (facts.rows, ==, list->rows);
      g_assert_cmpuint (facts.customers, ==, list->customers);
      g_assert_cmpuint (facts.rejected, ==, 0);
      if (list->items != NULL)
        check_items (&seen, list->items);
    }
  rubis_import_facts_clear (&facts);
  seen_clear (&seen);
}

static const char *const zoho_items[] = {
  "INV-000001|Highlander|2021-01-28|2021-01-28|USD|489.75|489.75",
  "INV-000002|Jessica Jones|2021-01-28|2021-01-28|USD|460.00|460.00",
  "INV-000003|Simpsons Baking Co|2021-01-28|2021-02-27|USD|390.00|390.00",
  NULL,
};
static const char *const freshbooks_items[]
    = { "0000001|X-Men|2021-01-28|2021-02-27|USD|7890.00|7890.00", NULL };
static const char *const invoicely_items[]
    = { "INV-1|Bruce Wayne|2021-01-28|2021-01-28||1020.00|1020.00", NULL };
static const char *const saurav_items[] = {
  "INV001|Acme Ltd||2025-01-15||1200.00|1200.00",
  "INV002|Globex Corp||2025-02-10||980.00|980.00",
  "INV003|Demo Company||2024-12-01||450.00|450.00",
  "INV004|Example Inc||2025-03-05||670.00|670.00",
  NULL,
};
static const char *const xero_items[] = {
  "INV-05012025-1001|Acme Marketing Ltd|2025-01-05|2025-02-05||1200.00|1200.00",
  "INV-10022025-1002|Bright Media Group|2025-02-10|2025-03-10||980.00|980.00",
  NULL,
};

static const List lists[] = {
  { "csv-invoices/invoiceninja-fixture_zoho_invoices.csv", zoho_items, 3, 13, 3 },
  { "csv-invoices/invoiceninja-fixture_freshbooks_invoices.csv", freshbooks_items, 1, 3, 1 },
  { "csv-invoices/invoiceninja-fixture_invoicely_invoices.csv", invoicely_items, 1, 1, 1 },
  { "csv-invoices/saurav_invoices_sample.csv", saurav_items, 4, 4, 4 },
  { "csv-invoices/invoiceninja-fixture_payments.csv", NULL, 403, 403, 20 },
  { "spreadsheets/xero-style_AR_aging_detail.xlsx", xero_items, 10, 10, 10 },
};

static void
test_payments (void)
{
  g_autoptr(RubisImportFile) file = NULL;
  RubisImportFacts facts;
  Seen seen;

  seen_init (&seen);
  rubis_import_facts_init (&facts);
  file = read_sample ("csv-invoices/invoiceninja-fixture_payments.csv", &seen, &facts);
  if (file != NULL)
    {
      g_assert_cmpint (rubis_import_file_get_kind (file), ==, RUBIS_IMPORT_KIND_PAYMENTS);
      g_assert_cmpint (rubis_import_file_get_header_line (file), ==, 4);
      g_assert_cmpuint (facts.payments, ==, 403);
      /* The facts leave the parentheses of two refunds of 400.00 out of account. */
      g_assert_cmpint (seen.positive, ==, 1268754);
      g_assert_cmpint (g_array_index (facts.sums, RubisImportSum, 0).total, ==, -(1268754 - 4 * 40000));
    }
  rubis_import_facts_clear (&facts);
  seen_clear (&seen);
}

static void
test_settled (void)
{
  g_autoptr(RubisImportFile) file = NULL;
  RubisImportFacts facts;
  Seen seen;

  seen_init (&seen);
  rubis_import_facts_init (&facts);
  file = read_sample ("datasets/ibm_WA_Fn-UseC_-Accounts-Receivable_2466.csv", &seen, &facts);
  if (file != NULL)
    {
      const RubisImportSum *sum = &g_array_index (facts.sums, RubisImportSum, 0);

      g_assert_cmpuint (facts.items, ==, 2466);
      g_assert_cmpuint (facts.customers, ==, 100);
      g_assert_cmpint (sum->total, ==, 14770318);
      g_assert_cmpint (sum->open, ==, 0);
      g_assert_cmpuint (seen.n_disputed, ==, 561);
      g_assert_cmpstr (g_ptr_array_index (seen.lines, 0), ==, "2|611365||2013-01-02|2013-02-01||55.94|0.00");
    }
  rubis_import_facts_clear (&facts);
  seen_clear (&seen);
}

static const struct
{
  const char *name;
  const char *reason;
} refused[] = {
  { "spreadsheets/oca_sample_statement_en.xlsx", "bank statement" },
  { "spreadsheets/ekylibre_bank_statements.ods", "OpenDocument" },
  { "csv-invoices/ekylibre_sales.csv", "no column holds the amount including VAT" },
  { "csv-ledger/datev_ledermann_EXTF_Buchungsstapel.csv", "DATEV" },
  { "csv-ledger/ebp_export.edi", "EBP" },
  { "bank-cfonb/silarhi_complex-test.txt", "CFONB 120" },
  { "bank-cfonb/akretion_bank_statement.cfo", "CFONB 120" },
  { "bank-mt940/ASNB_mt940.txt", "MT940" },
  { "bank-mt940/jejik_abnamro.sta", "MT940" },
  { "bank-camt/oca_test-camt053.xml", "camt" },
  { "bank-ofx/jseutter_checking.ofx", "OFX" },
  { "bank-csv/oca_balance.csv", "bank statement" },
  { "cii-xml/ce_CII_example1.xml", "electronic invoice" },
  { "ubl-xml/peppol_base-example.xml", "UBL" },
  { "fatturapa-xml/IT01234567890_FPR01.xml", "FatturaPA" },
  { "contacts/outlook-2003.vcf", "vCard" },
  { "plain-pdf/horstoeko_plain.pdf", "PDF" },
};

static void
test_refused (gconstpointer data)
{
  guint index = GPOINTER_TO_UINT (data);
  g_autofree char *shared = g_strconcat ("samples/", refused[index].name, NULL);
  g_autofree char *path = rubis_test_shared (shared);
  g_autofree char *base = g_path_get_basename (refused[index].name);
  g_autoptr(RubisImportFile) file = NULL;
  g_autoptr(GError) error = NULL;

  if (path == NULL)
    return;
  file = rubis_import_file_open (path, &error);
  if (file != NULL)
    {
      g_autoptr(RubisImportMapping) mapping = rubis_import_file_guess_mapping (file);

      g_assert_false (rubis_import_file_check_mapping (file, mapping, &error));
    }
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, refused[index].reason));
  g_assert_nonnull (strstr (error->message, base));
}

int
main (int argc, char **argv)
{
  static const char *const ledgers[]
      = { "fec/odicom_123456789FEC20200331.txt", "fec/quadra_123456789FEC20190731.txt",
          "fec/sagecoala_2020.txt", "fec/tryton_FEC.csv", "fec/tryton_FEC-previous.csv" };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (ledgers); i++)
    {
      g_autofree char *path = g_strconcat ("/import/samples/", ledgers[i], NULL);

      g_test_add_data_func (path, ledgers[i], test_fec);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autofree char *path = g_strconcat ("/import/samples/", lists[i].name, NULL);

      g_test_add_data_func (path, &lists[i], test_list);
    }
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *path = g_strconcat ("/import/samples/refused/", refused[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_refused);
    }
  g_test_add_func ("/import/samples/payments", test_payments);
  g_test_add_func ("/import/samples/settled", test_settled);
  return g_test_run ();
}
