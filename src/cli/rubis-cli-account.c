/* account: all of one account, its terms and its people; group: what its accounts owe together. */
#include <glib/gi18n-lib.h>

#include "rubis-account-view.h"
#include "rubis-aging.h"
#include "rubis-cli.h"
#include "rubis-custom-fields.h"
#include "rubis-format.h"
#include "rubis-money-entry.h"
#include "rubis-record.h"
#include "rubis-session-lists.h"

static const RubisColumn exposure_columns[] = {
  { "account", N_ ("Account"), RUBIS_COLUMN_TEXT },
  { "name", N_ ("Name"), RUBIS_COLUMN_TEXT },
  { "currency", N_ ("Currency"), RUBIS_COLUMN_TEXT },
  { "balance", N_ ("Balance"), RUBIS_COLUMN_AMOUNT },
  { "overdue", N_ ("Overdue"), RUBIS_COLUMN_AMOUNT },
  { "disputed", N_ ("Contested"), RUBIS_COLUMN_AMOUNT },
  { "days_late", N_ ("Days late"), RUBIS_COLUMN_NUMBER },
};

static const RubisColumn balance_columns[] = {
  { "currency", N_ ("Currency"), RUBIS_COLUMN_TEXT },
  { "balance", N_ ("Balance"), RUBIS_COLUMN_AMOUNT },
  { "overdue", N_ ("Overdue"), RUBIS_COLUMN_AMOUNT },
  { "not_due", N_ ("Not due"), RUBIS_COLUMN_AMOUNT },
  { "unapplied", N_ ("Unapplied"), RUBIS_COLUMN_AMOUNT },
  { "disputed", N_ ("Contested"), RUBIS_COLUMN_AMOUNT },
};

static const RubisColumn contact_columns[] = {
  { "id", N_ ("No."), RUBIS_COLUMN_NUMBER },        { "name", N_ ("Name"), RUBIS_COLUMN_TEXT },
  { "role_label", N_ ("Role"), RUBIS_COLUMN_TEXT }, { "email", N_ ("Email"), RUBIS_COLUMN_TEXT },
  { "phone", N_ ("Phone"), RUBIS_COLUMN_TEXT },     { "mobile", N_ ("Mobile"), RUBIS_COLUMN_TEXT },
};

/* --- records --- */

static GVariant *
make_balances (const RubisAccountView *view)
{
  GVariantBuilder records;

  rubis_records_init (&records);
  for (guint i = 0; i < view->balances->len; i++)
    {
      const RubisBalance *balance = &g_array_index (view->balances, RubisBalance, i);
      GVariantBuilder record;

      rubis_record_init (&record);
      rubis_record_add_text (&record, "currency", balance->currency.code);
      rubis_record_add_amount (&record, "balance", balance->balance, balance->currency);
      rubis_record_add_amount (&record, "overdue", balance->overdue, balance->currency);
      rubis_record_add_amount (&record, "not_due", balance->not_due, balance->currency);
      rubis_record_add_amount (&record, "unapplied", balance->unapplied, balance->currency);
      rubis_record_add_amount (&record, "disputed", balance->disputed, balance->currency);
      for (int bucket = 0; bucket < RUBIS_N_AGING_BUCKETS; bucket++)
        {
          g_autofree char *key
              = g_strdup_printf ("age_%s", rubis_aging_bucket_to_id ((RubisAgingBucket)bucket));

          rubis_record_add_amount (&record, key, balance->buckets[bucket], balance->currency);
        }
      rubis_records_add (&records, &record);
    }
  return g_variant_builder_end (&records);
}

/* Days with one decimal, as a decimal string; null when nothing is known. */
static void
add_days (GVariantBuilder *record, const char *key, double days, int n)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (n > 0)
    rubis_record_add_text (record, key, g_ascii_formatd (text, sizeof text, "%.1f", days));
  else
    rubis_record_add_null (record, key);
}

static GVariant *
make_habit (const RubisPayingHabit *habit)
{
  GVariantBuilder record, months;

  rubis_records_init (&months);
  for (int i = 0; i < RUBIS_HABIT_MONTHS; i++)
    {
      GVariantBuilder month;

      rubis_record_init (&month);
      rubis_record_add_date (&month, "month", rubis_date_add_months (habit->first_month, i));
      rubis_record_add_int (&month, "invoices", habit->n_months[i]);
      add_days (&month, "average_delay", habit->months[i], habit->n_months[i]);
      rubis_records_add (&months, &month);
    }
  rubis_record_init (&record);
  rubis_record_add_int (&record, "invoices", habit->n);
  add_days (&record, "average_delay", habit->average_delay, habit->n);
  rubis_record_add_int (&record, "invoices_before", habit->n_before);
  add_days (&record, "average_delay_before", habit->delay_before, habit->n_before);
  rubis_record_add_value (&record, "months", g_variant_builder_end (&months));
  return g_variant_builder_end (&record);
}

static GVariant *
make_promises (const RubisPromiseCounts *promises)
{
  GVariantBuilder record;

  rubis_record_init (&record);
  rubis_record_add_int (&record, "kept", promises->n_kept);
  rubis_record_add_int (&record, "partial", promises->n_partial);
  rubis_record_add_int (&record, "broken", promises->n_broken);
  rubis_record_add_int (&record, "open", promises->n_open);
  return g_variant_builder_end (&record);
}

static GVariant *
make_lines (const RubisAccountView *view)
{
  GVariantBuilder records;

  rubis_records_init (&records);
  for (guint i = 0; i < view->lines->len; i++)
    {
      const RubisExposureLine *line = g_ptr_array_index (view->lines, i);
      GVariantBuilder record;

      rubis_record_init (&record);
      rubis_record_add_text (&record, "account", line->code);
      rubis_record_add_text (&record, "name", line->name);
      rubis_record_add_text (&record, "currency", line->currency.code);
      rubis_record_add_amount (&record, "balance", line->balance, line->currency);
      rubis_record_add_amount (&record, "overdue", line->overdue, line->currency);
      rubis_record_add_amount (&record, "disputed", line->disputed, line->currency);
      rubis_record_add_int (&record, "days_late", line->days_late);
      rubis_records_add (&records, &record);
    }
  return g_variant_builder_end (&records);
}

static GVariant *
make_contacts (GPtrArray *contacts)
{
  GVariantBuilder records;

  rubis_records_init (&records);
  for (guint i = 0; i < contacts->len; i++)
    {
      const RubisContactRow *row = g_ptr_array_index (contacts, i);
      GVariantBuilder record;

      rubis_record_init (&record);
      rubis_record_add_int (&record, "id", row->id);
      rubis_record_add_text (&record, "name", row->name);
      rubis_record_add_text (&record, "role", rubis_contact_role_to_id (row->role_id));
      rubis_record_add_text (&record, "role_label", row->role);
      rubis_record_add_text (&record, "job", row->job);
      rubis_record_add_text (&record, "email", row->email);
      rubis_record_add_text (&record, "phone", row->phone);
      rubis_record_add_text (&record, "mobile", row->mobile);
      rubis_record_add_text (&record, "note", row->note);
      rubis_records_add (&records, &record);
    }
  return g_variant_builder_end (&records);
}

static GVariant *
make_fields (GPtrArray *fields)
{
  GVariantBuilder record;

  rubis_record_init (&record);
  for (guint i = 0; i < fields->len; i++)
    {
      const RubisFieldValue *value = g_ptr_array_index (fields, i);

      rubis_record_add_text (&record, value->field->name, value->value);
    }
  return g_variant_builder_end (&record);
}

/* What accounts and groups have in common. */
static void
add_common (GVariantBuilder *record, const RubisAccountView *view, RubisCurrency own)
{
  g_autofree char *habit = rubis_paying_habit_describe (&view->habit, &view->promises);

  rubis_record_add_value (record, "balances", make_balances (view));
  rubis_record_add_text (record, "currency", own.code);
  rubis_record_add_amount (record, "sales_12_months", view->revenue, own);
  rubis_record_add_value (record, "paying_habit", make_habit (&view->habit));
  rubis_record_add_text (record, "paying_habit_text", habit);
  rubis_record_add_value (record, "promises", make_promises (&view->promises));
  rubis_record_add_int (record, "open_disputes", view->n_open_disputes);
  rubis_record_add_amount (record, "disputed", view->disputed, own);
  rubis_record_add_int (record, "active_plans", view->n_active_plans);
  rubis_record_add_int (record, "call_minutes", view->call_minutes);
}

static GVariant *
make_account (const RubisAccountView *view, GPtrArray *fields, RubisCurrency own)
{
  const RubisAccountCard *card = view->card;
  GVariantBuilder record;

  rubis_record_init (&record);
  rubis_record_add_text (&record, "account", card->code);
  rubis_record_add_text (&record, "name", card->name);
  rubis_record_add_text (&record, "siren", card->siren);
  rubis_record_add_text (&record, "kind", rubis_party_kind_to_id (card->kind));
  rubis_record_add_text (&record, "group", card->groups);
  rubis_record_add_text (&record, "policy", card->policy_id);
  rubis_record_add_bool (&record, "stop", card->stop);
  rubis_record_add_int (&record, "days_late", card->days_late);
  rubis_record_add_text (&record, "next_action", card->next_action);
  add_common (&record, view, own);
  if (view->credit_limit >= 0)
    rubis_record_add_amount (&record, "credit_limit", view->credit_limit, own);
  else
    rubis_record_add_null (&record, "credit_limit");
  rubis_record_add_text (&record, "insurer", view->insurer);
  rubis_record_add_text (&record, "payment_process", view->payment_process);
  rubis_record_add_text (&record, "time_zone", view->time_zone);
  rubis_record_add_text (&record, "sales_rep", view->sales_rep);
  rubis_record_add_text (&record, "note", card->note);
  rubis_record_add_value (&record, "contacts", make_contacts (card->contacts));
  rubis_record_add_value (&record, "fields", make_fields (fields));
  rubis_record_add_value (&record, "same_company", make_lines (view));
  return g_variant_ref_sink (g_variant_builder_end (&record));
}

/* --- for people --- */

static void
print_line (const char *label, const char *text)
{
  if (text[0] != '\0')
    rubis_output_print_line (_ ("%s: %s"), label, text);
}

static void
print_common (const RubisAccountView *view, RubisCurrency own)
{
  const char *language = rubis_format_ui_language ();
  g_autofree char *habit = rubis_paying_habit_describe (&view->habit, &view->promises);
  g_autofree char *sales = rubis_format_amount (view->revenue, own, language);
  g_autoptr (GVariant) balances = g_variant_ref_sink (make_balances (view));

  rubis_output_print_list (RUBIS_OUTPUT_TEXT, balances, balance_columns, G_N_ELEMENTS (balance_columns),
                           _ ("Nothing is owed"));
  print_line (_ ("Sales, 12 months"), sales);
  print_line (_ ("How it has paid"), habit);
  if (view->n_open_disputes > 0)
    rubis_output_print_line (ngettext ("%d open dispute", "%d open disputes", (gulong)view->n_open_disputes),
                             view->n_open_disputes);
  if (view->n_active_plans > 0)
    rubis_output_print_line (ngettext ("%d payment plan", "%d payment plans", (gulong)view->n_active_plans),
                             view->n_active_plans);
}

static void
print_account (const RubisAccountView *view, GPtrArray *fields, RubisCurrency own)
{
  const RubisAccountCard *card = view->card;
  g_autofree char *limit = view->credit_limit >= 0
                               ? rubis_format_amount (view->credit_limit, own, rubis_format_ui_language ())
                               : g_strdup ("");
  g_autoptr (GVariant) contacts = g_variant_ref_sink (make_contacts (card->contacts));

  rubis_output_print_line ("%s %s", card->code, card->name);
  print_line (_ ("Groups"), card->groups);
  print_common (view, own);
  print_line (_ ("Next action"), card->next_action);
  print_line (_ ("Credit limit"), limit);
  print_line (_ ("Credit insurer"), view->insurer);
  print_line (_ ("How it pays"), view->payment_process);
  print_line (_ ("Time zone"), view->time_zone);
  for (guint i = 0; i < fields->len; i++)
    {
      const RubisFieldValue *value = g_ptr_array_index (fields, i);

      print_line (value->field->name, value->text);
    }
  print_line (_ ("Note"), card->note);
  if (card->contacts->len > 0)
    rubis_output_print_list (RUBIS_OUTPUT_TEXT, contacts, contact_columns, G_N_ELEMENTS (contact_columns),
                             "");
}

static RubisExit
show_account (RubisCli *cli, RubisSession *session, gint64 account_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisAccountView) view = rubis_session_load_view (session, 0, account_id, &error);
  RubisCurrency own = rubis_session_get_currency (session);
  g_autoptr (GPtrArray) fields = NULL;

  if (view != NULL)
    fields = rubis_session_list_values (session, RUBIS_FIELD_OF_ACCOUNT, account_id, &error);
  if (fields == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  if (cli->format == RUBIS_OUTPUT_JSON)
    {
      g_autoptr (GVariant) record = make_account (view, fields, own);

      rubis_output_print_json (record);
    }
  else
    print_account (view, fields, own);
  return RUBIS_EXIT_DONE;
}

/* --- account change, account contact --- */

typedef struct
{
  char *process;
  char *insurer;
  char *limit;
  char *zone;
  char *title;
  char *first_name;
  char *name;
  char *job;
  char *role;
  char *email;
  char *phone;
  char *mobile;
  char *note;
  char *id;
} AccountOptions;

static void
account_options_clear (AccountOptions *options)
{
  char **texts[]
      = { &options->process,    &options->insurer, &options->limit, &options->zone, &options->title,
          &options->first_name, &options->name,    &options->job,   &options->role, &options->email,
          &options->phone,      &options->mobile,  &options->note,  &options->id };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (*texts[i]);
}

/* "" and "none": no limit any more. */
static gboolean
set_limit (RubisSession *session, gint64 account_id, const char *text, GError **error)
{
  gint64 limit = -1;

  if (*text != '\0' && !g_str_equal (text, "none")
      && !rubis_money_entry_parse (text, rubis_session_get_currency (session), &limit, error))
    return FALSE;
  return rubis_session_set_credit_limit (session, account_id, limit, error);
}

static RubisExit
change_account (RubisCli *cli, RubisSession *session, gint64 account_id, const AccountOptions *options)
{
  g_autoptr (GError) error = NULL;

  if (options->process == NULL && options->insurer == NULL && options->limit == NULL && options->zone == NULL)
    {
      rubis_cli_say ("%s",
                     _ ("Say what to change: --payment-process, --insurer, --credit-limit or --time-zone."));
      return RUBIS_EXIT_USAGE;
    }
  if ((options->process != NULL
       && !rubis_session_set_payment_process (session, account_id, options->process, &error))
      || (options->insurer != NULL
          && !rubis_session_set_insurer (session, account_id, options->insurer, &error))
      || (options->limit != NULL && !set_limit (session, account_id, options->limit, &error))
      || (options->zone != NULL && !rubis_session_set_time_zone (session, account_id, options->zone, &error)))
    return rubis_cli_fail (error, RUBIS_EXIT_USAGE);
  return rubis_cli_print_done (cli, session);
}

/* The contact of that number among those of the account; @input gets what it is now. */
static gboolean
find_contact (GPtrArray *contacts, const AccountOptions *options, RubisContactInput *input, gint64 *id)
{
  *id = options->id != NULL ? g_ascii_strtoll (options->id, NULL, 10) : 0;
  for (guint i = 0; *id > 0 && i < contacts->len; i++)
    {
      const RubisContactRow *row = g_ptr_array_index (contacts, i);

      if (row->id != *id)
        continue;
      *input = (RubisContactInput){ row->salutation, row->first_name, row->last_name, row->job, row->role_id,
                                    row->email,      row->phone,      row->mobile,    row->note };
      return TRUE;
    }
  rubis_cli_say ("%s", _ ("Name a contact of this account by its number: --id N, see “account show”."));
  return FALSE;
}

static gboolean
read_contact (const AccountOptions *options, RubisContactInput *input)
{
  const struct
  {
    const char *typed;
    const char **field;
  } texts[] = {
    { options->title, &input->salutation }, { options->first_name, &input->first_name },
    { options->name, &input->last_name },   { options->job, &input->job },
    { options->email, &input->email },      { options->phone, &input->phone },
    { options->mobile, &input->mobile },    { options->note, &input->note },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      if (texts[i].typed != NULL)
        *texts[i].field = texts[i].typed;
    }
  if (options->role == NULL || rubis_contact_role_from_id (options->role, &input->role))
    return TRUE;
  rubis_cli_say (_ ("--role: “%s” is none of accounts_payable, approver, buyer, director, legal."),
                 options->role);
  return FALSE;
}

static RubisExit
edit_contact (RubisCli *cli, RubisSession *session, gint64 account_id, const char *verb,
              const AccountOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisAccountCard) card = rubis_session_load_account (session, account_id, &error);
  RubisContactInput input = { .role = RUBIS_CONTACT_ACCOUNTS_PAYABLE };
  gint64 id = 0;
  gboolean done;

  if (card == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  if (!g_str_equal (verb, "add") && !find_contact (card->contacts, options, &input, &id))
    return RUBIS_EXIT_USAGE;
  if (!read_contact (options, &input))
    return RUBIS_EXIT_USAGE;
  if (g_str_equal (verb, "add"))
    done = rubis_session_add_contact (session, account_id, &input, &error);
  else if (g_str_equal (verb, "change"))
    done = rubis_session_change_contact (session, id, &input, &error);
  else
    done = rubis_session_remove_contact (session, id, &error);
  return done ? rubis_cli_print_done (cli, session) : rubis_cli_fail (error, RUBIS_EXIT_USAGE);
}

static RubisExit
run_account (RubisCli *cli, char **words, const AccountOptions *options)
{
  gboolean of_contact = g_strcmp0 (words[1], "contact") == 0;
  const char *verb = of_contact ? words[2] : words[1];
  const char *code = verb != NULL ? (of_contact ? words[3] : words[2]) : NULL;
  g_autoptr (RubisSession) session = NULL;
  g_autoptr (GError) error = NULL;
  const char *const verbs[] = { "show", "change", NULL };
  const char *const contact_verbs[] = { "add", "change", "remove", NULL };
  gint64 account_id;

  if (verb == NULL || code == NULL || !g_strv_contains (of_contact ? contact_verbs : verbs, verb))
    {
      rubis_cli_say ("%s", _ ("Write “account show CODE”, “account change CODE” or “account contact "
                              "add|change|remove CODE”."));
      return RUBIS_EXIT_USAGE;
    }
  session = rubis_cli_open (cli);
  if (session == NULL)
    return cli->dossier != NULL ? RUBIS_EXIT_DOSSIER : RUBIS_EXIT_USAGE;
  if (!rubis_session_find_account (session, code, &account_id, &error))
    return rubis_cli_fail (error, RUBIS_EXIT_USAGE);
  if (of_contact)
    return edit_contact (cli, session, account_id, verb, options);
  return g_str_equal (verb, "show") ? show_account (cli, session, account_id)
                                    : change_account (cli, session, account_id, options);
}

RubisExit
rubis_cli_run_account (RubisCli *cli, int argc, char **argv)
{
  AccountOptions options = { 0 };
  const GOptionEntry entries[] = {
    { "payment-process", 0, 0, G_OPTION_ARG_STRING, &options.process, N_ ("How it pays"), N_ ("TEXT") },
    { "insurer", 0, 0, G_OPTION_ARG_STRING, &options.insurer, N_ ("Credit insurer, “” for none"),
      N_ ("NAME") },
    { "credit-limit", 0, 0, G_OPTION_ARG_STRING, &options.limit, N_ ("Credit limit, “none” for none"),
      N_ ("AMOUNT") },
    { "time-zone", 0, 0, G_OPTION_ARG_STRING, &options.zone, N_ ("Such as Europe/Paris"), N_ ("ZONE") },
    { "id", 0, 0, G_OPTION_ARG_STRING, &options.id, N_ ("Number of the contact"), N_ ("N") },
    { "title", 0, 0, G_OPTION_ARG_STRING, &options.title, N_ ("Title of the contact"), N_ ("TEXT") },
    { "first-name", 0, 0, G_OPTION_ARG_STRING, &options.first_name, N_ ("First name of the contact"),
      N_ ("NAME") },
    { "name", 0, 0, G_OPTION_ARG_STRING, &options.name, N_ ("Name of the contact"), N_ ("NAME") },
    { "job", 0, 0, G_OPTION_ARG_STRING, &options.job, N_ ("Job of the contact"), N_ ("TEXT") },
    { "role", 0, 0, G_OPTION_ARG_STRING, &options.role,
      N_ ("accounts_payable, approver, buyer, director or legal"), N_ ("ROLE") },
    { "email", 0, 0, G_OPTION_ARG_STRING, &options.email, N_ ("Email address of the contact"),
      N_ ("ADDRESS") },
    { "phone", 0, 0, G_OPTION_ARG_STRING, &options.phone, N_ ("Phone number of the contact"), N_ ("NUMBER") },
    { "mobile", 0, 0, G_OPTION_ARG_STRING, &options.mobile, N_ ("Mobile number of the contact"),
      N_ ("NUMBER") },
    { "note", 0, 0, G_OPTION_ARG_STRING, &options.note, N_ ("Note on the contact"), N_ ("TEXT") },
    { 0 },
  };
  RubisExit status = RUBIS_EXIT_USAGE;

  if (rubis_cli_parse (cli, entries, 2, 3, &argv))
    status = run_account (cli, argv, &options);
  account_options_clear (&options);
  return status;
}

/* --- group --- */

static void
print_group_json (const RubisAccountView *view, RubisCurrency own)
{
  g_autoptr (GVariant) done = NULL;
  GVariantBuilder record;

  rubis_record_init (&record);
  rubis_record_add_text (&record, "group", view->name);
  add_common (&record, view, own);
  rubis_record_add_value (&record, "accounts", make_lines (view));
  done = g_variant_ref_sink (g_variant_builder_end (&record));
  rubis_output_print_json (done);
}

static void
print_group (RubisCli *cli, const RubisAccountView *view, RubisCurrency own)
{
  g_autoptr (GVariant) lines = g_variant_ref_sink (make_lines (view));

  if (cli->format == RUBIS_OUTPUT_TEXT)
    {
      rubis_output_print_line (_ ("%s (consolidated: to be read, not a demand)"), view->name);
      print_common (view, own);
    }
  rubis_output_print_list (cli->format, lines, exposure_columns, G_N_ELEMENTS (exposure_columns),
                           _ ("Nothing is owed"));
}

RubisExit
rubis_cli_run_group (RubisCli *cli, int argc, char **argv)
{
  const GOptionEntry entries[] = { { 0 } };
  g_autoptr (RubisSession) session = NULL;
  g_autoptr (RubisAccountView) view = NULL;
  g_autoptr (GError) error = NULL;
  gint64 group_id;

  if (!rubis_cli_parse (cli, entries, 2, 2, &argv))
    return RUBIS_EXIT_USAGE;
  if (!g_str_equal (argv[1], "show"))
    {
      rubis_cli_say ("%s", _ ("Write “group show NAME”."));
      return RUBIS_EXIT_USAGE;
    }
  session = rubis_cli_open (cli);
  if (session == NULL)
    return cli->dossier != NULL ? RUBIS_EXIT_DOSSIER : RUBIS_EXIT_USAGE;
  if (!rubis_session_find_group (session, argv[2], &group_id, &error))
    return rubis_cli_fail (error, RUBIS_EXIT_USAGE);
  view = rubis_session_load_view (session, group_id, 0, &error);
  if (view == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  if (cli->format == RUBIS_OUTPUT_JSON)
    print_group_json (view, rubis_session_get_currency (session));
  else
    print_group (cli, view, rubis_session_get_currency (session));
  return RUBIS_EXIT_DONE;
}
