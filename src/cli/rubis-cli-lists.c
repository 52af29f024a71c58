/* The lists: accounts, items, events; and why. */
#include <glib/gi18n-lib.h>

#include "rubis-cli.h"
#include "rubis-item-criteria.h"
#include "rubis-session-lists.h"
#include "rubis-session-why.h"

static const RubisColumn account_columns[] = {
  { "code", N_("Account"), RUBIS_COLUMN_TEXT },
  { "name", N_("Name"), RUBIS_COLUMN_TEXT },
  { "siren", N_("SIREN"), RUBIS_COLUMN_TEXT },
  { "kind", N_("Kind"), RUBIS_COLUMN_PARTY_KIND },
  { "group", N_("Groups"), RUBIS_COLUMN_TEXT },
  { "currency", N_("Currency"), RUBIS_COLUMN_TEXT },
  { "balance", N_("Balance"), RUBIS_COLUMN_AMOUNT },
  { "overdue", N_("Overdue"), RUBIS_COLUMN_AMOUNT },
  { "not_due", N_("Not due"), RUBIS_COLUMN_AMOUNT },
  { "unapplied", N_("Unapplied"), RUBIS_COLUMN_AMOUNT },
  { "days_late", N_("Days late"), RUBIS_COLUMN_NUMBER },
};

static const RubisColumn item_columns[] = {
  { "account", N_("Account"), RUBIS_COLUMN_TEXT },
  { "number", N_("Number"), RUBIS_COLUMN_TEXT },
  { "type", N_("Type"), RUBIS_COLUMN_TEXT },
  { "issue_date", N_("Issued"), RUBIS_COLUMN_DATE },
  { "due_date", N_("Due"), RUBIS_COLUMN_DATE },
  { "due_date_computed", N_("Computed"), RUBIS_COLUMN_TEXT },
  { "currency", N_("Currency"), RUBIS_COLUMN_TEXT },
  { "total", N_("Total"), RUBIS_COLUMN_AMOUNT },
  { "open", N_("Open"), RUBIS_COLUMN_AMOUNT },
  { "days_late", N_("Days late"), RUBIS_COLUMN_NUMBER },
  { "level", N_("Level"), RUBIS_COLUMN_NUMBER },
  { "eligible", N_("Eligible"), RUBIS_COLUMN_TEXT },
  { "reasons", N_("Reasons"), RUBIS_COLUMN_TEXT },
};

static const RubisColumn event_columns[] = {
  { "id", N_("No."), RUBIS_COLUMN_NUMBER },
  { "date", N_("Date"), RUBIS_COLUMN_DATE },
  { "kind", N_("Kind"), RUBIS_COLUMN_EVENT },
  { "account", N_("Account"), RUBIS_COLUMN_TEXT },
  { "summary", N_("What happened"), RUBIS_COLUMN_TEXT },
  { "items", N_("Items"), RUBIS_COLUMN_TEXT },
  { "actor", N_("By"), RUBIS_COLUMN_TEXT },
};

static const RubisColumn reason_columns[] = {
  { "code", N_("Code"), RUBIS_COLUMN_TEXT },
  { "text", N_("Reason"), RUBIS_COLUMN_TEXT },
  { "until", N_("Until"), RUBIS_COLUMN_DATE },
};

static void
add_record (GVariant *record, gpointer user_data)
{
  rubis_output_add (user_data, record);
}

static RubisExit
cannot_open (RubisCli *cli)
{
  return cli->dossier != NULL ? RUBIS_EXIT_DOSSIER : RUBIS_EXIT_USAGE;
}

RubisExit
rubis_cli_run_accounts (RubisCli *cli, int argc, char **argv)
{
  const GOptionEntry entries[] = { { 0 } };
  g_autoptr(RubisSession) session = NULL;
  g_autoptr(RubisOutput) output = NULL;
  g_autoptr(GError) error = NULL;

  if (!rubis_cli_parse (cli, entries, 0, 0, &argv))
    return RUBIS_EXIT_USAGE;
  session = rubis_cli_open (cli);
  if (session == NULL)
    return cannot_open (cli);
  output = rubis_output_new (cli->format, account_columns, G_N_ELEMENTS (account_columns));
  if (!rubis_session_each_account_record (session, add_record, output, &error))
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  rubis_output_finish (output, _("There is no account yet: import an export of the accounting software."));
  return RUBIS_EXIT_DONE;
}

/* Whether the account exists; it is looked up before anything is written. (nullable) @account */
static gboolean
check_account (RubisSession *session, const char *account, GError **error)
{
  gint64 id;

  return account == NULL || rubis_session_find_account (session, account, &id, error);
}

RubisExit
rubis_cli_run_items (RubisCli *cli, int argc, char **argv)
{
  g_autofree char *account = NULL;
  g_autofree char *filter = NULL;
  gboolean open = FALSE;
  gboolean overdue = FALSE;
  const GOptionEntry entries[] = {
    { "account", 0, 0, G_OPTION_ARG_STRING, &account, N_("Only those of this account"), N_("CODE") },
    { "open", 0, 0, G_OPTION_ARG_NONE, &open, N_("Only those with something open"), NULL },
    { "overdue", 0, 0, G_OPTION_ARG_NONE, &overdue, N_("Only debts past their due date"), NULL },
    { "filter", 0, 0, G_OPTION_ARG_STRING, &filter, N_("Only those of a saved filter"), N_("NAME") },
    { 0 },
  };
  g_autoptr(RubisSession) session = NULL;
  g_autoptr(RubisOutput) output = NULL;
  g_autoptr(RubisItemCriteria) criteria = NULL;
  g_autoptr(GError) error = NULL;
  RubisItemRecords which;

  if (!rubis_cli_parse (cli, entries, 0, 0, &argv))
    return RUBIS_EXIT_USAGE;
  session = rubis_cli_open (cli);
  if (session == NULL)
    return cannot_open (cli);
  if (!check_account (session, account, &error))
    return rubis_cli_fail (error, RUBIS_EXIT_USAGE);
  which = overdue ? RUBIS_ITEM_RECORDS_OVERDUE : open ? RUBIS_ITEM_RECORDS_OPEN : RUBIS_ITEM_RECORDS_ALL;
  output = rubis_output_new (cli->format, item_columns, G_N_ELEMENTS (item_columns));
  if (filter != NULL && (criteria = rubis_session_load_criteria (session, filter, &error)) == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_USAGE);
  if (!rubis_session_each_item_record (session, account, which, criteria, add_record, output, &error))
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  rubis_output_finish (output, _("There is no such item."));
  return RUBIS_EXIT_DONE;
}

RubisExit
rubis_cli_run_events (RubisCli *cli, int argc, char **argv)
{
  g_autofree char *account = NULL;
  const GOptionEntry entries[] = {
    { "account", 0, 0, G_OPTION_ARG_STRING, &account, N_("Only those of this account"), N_("CODE") },
    { 0 },
  };
  g_autoptr(RubisSession) session = NULL;
  g_autoptr(RubisOutput) output = NULL;
  g_autoptr(GError) error = NULL;

  if (!rubis_cli_parse (cli, entries, 0, 0, &argv))
    return RUBIS_EXIT_USAGE;
  session = rubis_cli_open (cli);
  if (session == NULL)
    return cannot_open (cli);
  if (!check_account (session, account, &error))
    return rubis_cli_fail (error, RUBIS_EXIT_USAGE);
  output = rubis_output_new (cli->format, event_columns, G_N_ELEMENTS (event_columns));
  if (!rubis_session_each_event_record (session, account, add_record, output, &error))
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  rubis_output_finish (output, _("Nothing has happened yet."));
  return RUBIS_EXIT_DONE;
}

/* --- why ------------------------------------------------------------------------------------- */

/* The answer as sentences. */
static void
print_answer (GVariant *record)
{
  g_autofree char *subject = rubis_output_dup_text (record, "item", RUBIS_COLUMN_TEXT);
  g_autofree char *account = rubis_output_dup_text (record, "account", RUBIS_COLUMN_TEXT);
  g_autofree char *date = rubis_output_dup_text (record, "date", RUBIS_COLUMN_DATE);
  g_autofree char *next = rubis_output_dup_text (record, "next_date", RUBIS_COLUMN_DATE);
  g_autofree char *step = rubis_output_dup_text (record, "step", RUBIS_COLUMN_TEXT);
  const char *what = *subject != '\0' ? subject : account;
  g_autoptr(GVariant) reasons = g_variant_lookup_value (record, "reasons", NULL);
  g_autoptr(GVariant) notes = g_variant_lookup_value (record, "notes", NULL);
  gboolean eligible = FALSE;

  g_variant_lookup (record, "eligible", "b", &eligible);
  if (eligible && *step != '\0')
    rubis_output_print_line (_("%s: yes on %s, step “%s”."), what, date, step);
  else if (eligible)
    rubis_output_print_line (_("%s: yes on %s."), what, date);
  else
    rubis_output_print_line (_("%s: no on %s."), what, date);
  if (g_variant_n_children (reasons) > 0)
    rubis_output_print_list (RUBIS_OUTPUT_TEXT, reasons, reason_columns, G_N_ELEMENTS (reason_columns), NULL);
  if (g_variant_n_children (notes) > 0)
    rubis_output_print_list (RUBIS_OUTPUT_TEXT, notes, reason_columns, G_N_ELEMENTS (reason_columns), NULL);
  if (eligible)
    return;
  if (*next != '\0')
    rubis_output_print_line (_("If nothing but time changes: yes on %s."), next);
  else
    rubis_output_print_line (_("If nothing but time changes, it stays no."));
}

RubisExit
rubis_cli_run_why (RubisCli *cli, int argc, char **argv)
{
  g_autofree char *account = NULL;
  g_autofree char *item = NULL;
  const GOptionEntry entries[] = {
    { "account", 0, 0, G_OPTION_ARG_STRING, &account, N_("The account asked about, or that of the item"), N_("CODE") },
    { "item", 0, 0, G_OPTION_ARG_STRING, &item, N_("The item asked about (NUMBER/2: its second instalment)"),
      N_("NUMBER") },
    { 0 },
  };
  g_autoptr(RubisSession) session = NULL;
  g_autoptr(GVariant) record = NULL;
  g_autoptr(GVariant) reasons = NULL;
  g_autoptr(GError) error = NULL;

  if (!rubis_cli_parse (cli, entries, 0, 0, &argv))
    return RUBIS_EXIT_USAGE;
  if (account == NULL && item == NULL)
    {
      rubis_cli_say (_("Why what? Add --account CODE or --item NUMBER."));
      return RUBIS_EXIT_USAGE;
    }
  session = rubis_cli_open (cli);
  if (session == NULL)
    return cannot_open (cli);
  record = item != NULL ? rubis_session_explain_item_record (session, item, account, &error)
                        : rubis_session_explain_account_record (session, account, &error);
  if (record == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_USAGE);
  if (cli->format == RUBIS_OUTPUT_JSON)
    rubis_output_print_json (record);
  else if (cli->format == RUBIS_OUTPUT_TEXT)
    print_answer (record);
  else
    {
      reasons = g_variant_lookup_value (record, "reasons", NULL);
      rubis_output_print_list (cli->format, reasons, reason_columns, G_N_ELEMENTS (reason_columns), NULL);
    }
  return RUBIS_EXIT_DONE;
}
