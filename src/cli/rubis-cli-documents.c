/* letter and statement: one document, outside the agenda. */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-cli.h"
#include "rubis-money-entry.h"
#include "rubis-paper.h"
#include "rubis-record.h"
#include "rubis-session-lists.h"
#include "rubis-session-why.h"
#include "rubis-template-list.h"

typedef struct
{
  char *account;
  char *template_id;
  char *file;
  char *language;
  char *items;
  char *form;
  char *from;
  char *to;
  gboolean overdue;
  char *instalments;
  char *first_date;
  char *every;
  char *interest;
  char *payment;
  char *amount;
  char *payment_date;
  char *reason;
  char *vat_rate;
  gboolean keep;
} DocumentOptions;

static void
document_options_clear (DocumentOptions *options)
{
  g_free (options->account);
  g_free (options->template_id);
  g_free (options->file);
  g_free (options->language);
  g_free (options->items);
  g_free (options->form);
  g_free (options->from);
  g_free (options->to);
  g_free (options->instalments);
  g_free (options->first_date);
  g_free (options->every);
  g_free (options->interest);
  g_free (options->payment);
  g_free (options->amount);
  g_free (options->payment_date);
  g_free (options->reason);
  g_free (options->vat_rate);
}

static RubisExit
save (RubisCli *cli, const DocumentOptions *options, const RubisPaper *paper)
{
  g_autoptr (GError) error = NULL;

  if (options->file == NULL)
    {
      g_autofree char *text
          = g_strndup (g_bytes_get_data (paper->content, NULL), g_bytes_get_size (paper->content));

      rubis_output_print_line ("%s", text);
      return RUBIS_EXIT_DONE;
    }
  if (!rubis_cli_write_file (options->file, paper->content, &error))
    {
      rubis_cli_say ("%s", error->message);
      return RUBIS_EXIT_DEVICE;
    }
  if (cli->format == RUBIS_OUTPUT_JSON)
    {
      GVariantBuilder record;

      rubis_record_init (&record);
      rubis_record_add_text (&record, "account", options->account);
      rubis_record_add_text (&record, "template", paper->template_id);
      rubis_record_add_text (&record, "language", paper->language);
      rubis_record_add_amount (&record, "amount", paper->amount, paper->currency);
      rubis_record_add_text (&record, "currency", paper->currency.code);
      rubis_record_add_text (&record, "file", options->file);
      rubis_record_add_int (&record, "pages", paper->n_pages);
      rubis_record_add_int (&record, "bytes", (gint64)g_bytes_get_size (paper->content));
      rubis_output_print_json (g_variant_builder_end (&record));
    }
  else
    rubis_output_print_line ("%s", options->file);
  return RUBIS_EXIT_DONE;
}

static gboolean
read_form (const char *text, RubisPaperForm *form)
{
  static const struct
  {
    const char *id;
    RubisPaperForm form;
  } forms[] = {
    { "letter", RUBIS_PAPER_FORM_LETTER },
    { "email", RUBIS_PAPER_FORM_EMAIL },
    { "text", RUBIS_PAPER_FORM_TEXT },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      if (text == NULL || g_str_equal (forms[i].id, text))
        {
          *form = forms[i].form;
          return TRUE;
        }
    }
  rubis_cli_say (_ ("“%s” is no form: --as letter, email or text."), text);
  return FALSE;
}

/* "4", or "2026-12-15:500.00,2027-01-15:500,00,2027-02-15" */
static gboolean
read_instalments (const char *text, RubisCurrency currency, RubisPaperOptions *paper)
{
  g_auto (GStrv) parts = NULL;
  guint64 n = 0;

  if (text == NULL)
    return TRUE;
  if (g_ascii_string_to_unsigned (text, 10, 1, RUBIS_INSTALMENTS_MAX, &n, NULL))
    {
      paper->n_instalments = (int)n;
      return TRUE;
    }
  /* A comma before a date parts instalments, others belong to amounts. */
  parts = g_regex_split_simple (",(?=\\s*\\d{4}-)", text, 0, 0);
  paper->instalments = g_array_new (FALSE, FALSE, sizeof (RubisInstalment));
  for (int i = 0; parts[i] != NULL; i++)
    {
      g_auto (GStrv) halves = g_strsplit (parts[i], ":", 2);
      RubisInstalment instalment = { rubis_date_parse_iso (halves[0] != NULL ? g_strstrip (halves[0]) : ""), 0 };

      if (instalment.date == RUBIS_DATE_NONE)
        {
          rubis_cli_say (
              _ ("“%s” is no instalment: give their number (1 to %d), or DATE:AMOUNT,DATE:AMOUNT,…,DATE."),
              parts[i], RUBIS_INSTALMENTS_MAX);
          return FALSE;
        }
      if (!rubis_cli_read_amount (halves[1], "--instalments", currency, &instalment.amount))
        return FALSE;
      g_array_append_val (paper->instalments, instalment);
    }
  return TRUE;
}

/* "20" or "5.5" per cent, in hundredths. */
static gboolean
read_vat_rate (const char *text, int *rate)
{
  gint64 hundredths = 0;

  if (text == NULL)
    return TRUE;
  if (!rubis_money_entry_parse (text, RUBIS_CURRENCY_EUR, &hundredths, NULL) || hundredths < 0 || hundredths > 10000)
    {
      rubis_cli_say (_ ("“%s” is no VAT rate: give a percentage such as 20 or 5.5."), text);
      return FALSE;
    }
  *rate = (int)hundredths;
  return TRUE;
}

static gboolean
read_language (const char *language)
{
  if (language == NULL || g_strv_contains (rubis_template_get_languages (), language))
    return TRUE;
  rubis_cli_say (_ ("“%s” is no language of documents: --language fr, en, de, es, it or nl."), language);
  return FALSE;
}

/* What needs no dossier. */
static gboolean
read_options (const DocumentOptions *options, RubisCurrency currency, RubisPaperOptions *paper)
{
  if (options->every != NULL && !rubis_interval_from_id (options->every, &paper->interval))
    {
      rubis_cli_say (_ ("“%s” is no interval: --every week, fortnight, month or quarter."), options->every);
      return FALSE;
    }
  if (!rubis_cli_read_amount (options->amount, "--amount", currency, &paper->amount))
    return FALSE;
  paper->template_id = options->template_id;
  paper->language = options->language;
  paper->interest = options->interest;
  paper->reason = options->reason;
  return read_form (options->form, &paper->form) && read_language (options->language)
         && read_vat_rate (options->vat_rate, &paper->vat_rate)
         && rubis_cli_read_date (options->from, "--from", &paper->from)
         && rubis_cli_read_date (options->to, "--to", &paper->to)
         && rubis_cli_read_date (options->first_date, "--first-date", &paper->first_date)
         && rubis_cli_read_date (options->payment_date, "--payment-date", &paper->date)
         && read_instalments (options->instalments, currency, paper);
}

/* What names things of the account. */
static gboolean
find_things (RubisSession *session, gint64 account, const DocumentOptions *options, RubisPaperOptions *paper,
             GError **error)
{
  if (options->items != NULL)
    {
      g_auto (GStrv) numbers = g_strsplit (options->items, ",", -1);

      paper->item_ids = rubis_session_find_items (session, account, (const char *const *)numbers, error);
      if (paper->item_ids == NULL)
        return FALSE;
    }
  return options->payment == NULL
         || rubis_session_find_payment (session, account, options->payment, &paper->payment_id, error);
}

/* A letter by hand is the user's decision; what the rules would say is said beside it. */
static void
say_rules (RubisSession *session, const char *code)
{
  g_autoptr (GVariant) record = rubis_session_explain_account_record (session, code, NULL);
  g_autoptr (GVariant) reasons = NULL;
  gboolean eligible = TRUE;

  if (record == NULL || !g_variant_lookup (record, "eligible", "b", &eligible) || eligible)
    return;
  reasons = g_variant_lookup_value (record, "reasons", NULL);
  for (gsize i = 0; reasons != NULL && i < g_variant_n_children (reasons); i++)
    {
      g_autoptr (GVariant) child = g_variant_get_child_value (reasons, i);
      g_autoptr (GVariant) reason
          = g_variant_is_of_type (child, G_VARIANT_TYPE_VARIANT) ? g_variant_get_variant (child) : g_variant_ref (child);
      const char *text = NULL;

      if (g_variant_lookup (reason, "text", "&s", &text))
        rubis_cli_say (_ ("By the rules, account %s would not be dunned today: %s"), code, text);
    }
}

static RubisExit
write_document (RubisCli *cli, const DocumentOptions *options)
{
  g_autoptr (RubisSession) session = rubis_cli_open (cli);
  g_autoptr (RubisPaper) paper = NULL;
  g_autoptr (GArray) item_ids = NULL;
  g_autoptr (GArray) instalments = NULL;
  g_autoptr (GError) error = NULL;
  RubisPaperOptions wanted = RUBIS_PAPER_OPTIONS_INIT;
  gboolean found;
  gint64 account = 0;

  if (session == NULL)
    return cli->dossier != NULL ? RUBIS_EXIT_DOSSIER : RUBIS_EXIT_USAGE;
  if (!rubis_session_find_account (session, options->account, &account, &error))
    return rubis_cli_fail (error, RUBIS_EXIT_USAGE);
  found = read_options (options, rubis_session_get_currency (session), &wanted);
  instalments = wanted.instalments;
  if (!found)
    return RUBIS_EXIT_USAGE;
  found = find_things (session, account, options, &wanted, &error);
  item_ids = wanted.item_ids;
  if (!found)
    return rubis_cli_fail (error, RUBIS_EXIT_USAGE);
  paper = rubis_session_write_paper (session, account, &wanted, &error);
  if (paper == NULL)
    return rubis_cli_fail (error, g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND)
                                          || error->domain == RUBIS_INSTALMENT_ERROR
                                      ? RUBIS_EXIT_USAGE
                                      : RUBIS_EXIT_PARTIAL);
  if (options->keep && !rubis_session_keep_paper (session, account, paper, NULL, &error))
    return rubis_cli_fail (error, RUBIS_EXIT_PARTIAL);
  if (g_str_equal (paper->kind, "letter"))
    say_rules (session, options->account);
  return save (cli, options, paper);
}

static gboolean
check_options (const DocumentOptions *options)
{
  gboolean printable = options->form != NULL && !g_str_equal (options->form, "letter");

  if (options->account == NULL)
    rubis_cli_say (_ ("Whose? Add --account CODE."));
  else if (options->template_id == NULL)
    rubis_cli_say (_ ("By which template? Add --template ID; “rubisctl template list” lists them."));
  else if (options->file == NULL && !printable)
    rubis_cli_say (_ ("Where shall it be written? Add --out FILE.pdf."));
  else
    return TRUE;
  return FALSE;
}

RubisExit
rubis_cli_run_letter (RubisCli *cli, int argc, char **argv)
{
  DocumentOptions options = { 0 };
  const GOptionEntry entries[] = {
    { "account", 0, 0, G_OPTION_ARG_STRING, &options.account, N_ ("The account to write to"), N_ ("CODE") },
    { "template", 0, 0, G_OPTION_ARG_STRING, &options.template_id, N_ ("The template to write by"),
      N_ ("ID") },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &options.file, N_ ("The file to write"), N_ ("FILE.pdf") },
    { "language", 0, 0, G_OPTION_ARG_STRING, &options.language,
      N_ ("The language of the document: fr, en, de, es, it or nl (default: the account’s)"),
      N_ ("LANGUAGE") },
    { "items", 0, 0, G_OPTION_ARG_STRING, &options.items,
      N_ ("Only these items (default: all that is overdue)"), N_ ("NUMBER,NUMBER…") },
    { "as", 0, 0, G_OPTION_ARG_STRING, &options.form, N_ ("letter (PDF), email (HTML) or text"),
      N_ ("FORM") },
    { "from", 0, 0, G_OPTION_ARG_STRING, &options.from, N_ ("First day of the period"), N_ ("DATE") },
    { "to", 0, 0, G_OPTION_ARG_STRING, &options.to, N_ ("Last day of the period"), N_ ("DATE") },
    { "instalments", 0, 0, G_OPTION_ARG_STRING, &options.instalments,
      N_ ("Payment plan: their number, or DATE:AMOUNT,…,DATE; the last one makes the total"), N_ ("N") },
    { "first-date", 0, 0, G_OPTION_ARG_STRING, &options.first_date,
      N_ ("Payment plan: date of the first instalment"), N_ ("DATE") },
    { "every", 0, 0, G_OPTION_ARG_STRING, &options.every,
      N_ ("Payment plan: week, fortnight, month or quarter"), N_ ("INTERVAL") },
    { "interest-clause", 0, 0, G_OPTION_ARG_STRING, &options.interest,
      N_ ("Payment plan: what it says of interest"), N_ ("TEXT") },
    { "payment", 0, 0, G_OPTION_ARG_STRING, &options.payment, N_ ("Receipt: the payment received"),
      N_ ("NUMBER") },
    { "amount", 0, 0, G_OPTION_ARG_STRING, &options.amount, N_ ("Receipt: the amount received"),
      N_ ("AMOUNT") },
    { "payment-date", 0, 0, G_OPTION_ARG_STRING, &options.payment_date,
      N_ ("Receipt: the day it was received"), N_ ("DATE") },
    { "reason", 0, 0, G_OPTION_ARG_STRING, &options.reason, N_ ("Write-off sheet: why"), N_ ("TEXT") },
    { "vat-rate", 0, 0, G_OPTION_ARG_STRING, &options.vat_rate, N_ ("Write-off sheet: VAT rate of the items"),
      N_ ("PERCENT") },
    { "keep", 0, 0, G_OPTION_ARG_NONE, &options.keep,
      N_ ("Keep it in the dossier as a document of the account"), NULL },
    { 0 },
  };
  RubisExit status = RUBIS_EXIT_USAGE;

  if (rubis_cli_parse (cli, entries, 0, 0, &argv) && check_options (&options))
    status = write_document (cli, &options);
  document_options_clear (&options);
  return status;
}

/* Whole, overdue only, or of a period. */
static gboolean
choose_statement (DocumentOptions *options)
{
  gboolean period = options->from != NULL || options->to != NULL;

  if (period && options->overdue)
    {
      rubis_cli_say (_ ("A statement is of what is overdue or of a period: --overdue, or --from and --to."));
      return FALSE;
    }
  if (period && (options->from == NULL || options->to == NULL))
    {
      rubis_cli_say (_ ("A period has two ends: add both --from DATE and --to DATE."));
      return FALSE;
    }
  options->template_id = g_strdup (period             ? RUBIS_PAPER_STATEMENT_PERIOD
                                   : options->overdue ? RUBIS_PAPER_STATEMENT_OVERDUE
                                                      : RUBIS_PAPER_STATEMENT);
  return TRUE;
}

RubisExit
rubis_cli_run_statement (RubisCli *cli, int argc, char **argv)
{
  DocumentOptions options = { 0 };
  const GOptionEntry entries[] = {
    { "account", 0, 0, G_OPTION_ARG_STRING, &options.account, N_ ("The account to write to"), N_ ("CODE") },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &options.file, N_ ("The file to write"), N_ ("FILE.pdf") },
    { "overdue", 0, 0, G_OPTION_ARG_NONE, &options.overdue, N_ ("Only what is overdue"), NULL },
    { "from", 0, 0, G_OPTION_ARG_STRING, &options.from, N_ ("First day of the period"), N_ ("DATE") },
    { "to", 0, 0, G_OPTION_ARG_STRING, &options.to, N_ ("Last day of the period"), N_ ("DATE") },
    { "language", 0, 0, G_OPTION_ARG_STRING, &options.language,
      N_ ("The language of the document: fr, en, de, es, it or nl (default: the account’s)"),
      N_ ("LANGUAGE") },
    { "as", 0, 0, G_OPTION_ARG_STRING, &options.form, N_ ("letter (PDF), email (HTML) or text"),
      N_ ("FORM") },
    { "keep", 0, 0, G_OPTION_ARG_NONE, &options.keep,
      N_ ("Keep it in the dossier as a document of the account"), NULL },
    { 0 },
  };
  RubisExit status = RUBIS_EXIT_USAGE;

  if (rubis_cli_parse (cli, entries, 0, 0, &argv) && choose_statement (&options) && check_options (&options))
    status = write_document (cli, &options);
  document_options_clear (&options);
  return status;
}
