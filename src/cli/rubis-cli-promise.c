/* promise: what customers promised to pay; tasks: what the day asks for besides the actions. */
#include <glib/gi18n-lib.h>

#include "rubis-cli.h"
#include "rubis-paper.h"
#include "rubis-promises.h"
#include "rubis-record.h"
#include "rubis-session-lists.h"
#include "rubis-tasks.h"

typedef struct
{
  char *account;
  char **items;
  char *date;
  char *amount;
  char *currency;
  char *by;
  char *channel;
  char *quote;
  char *note;
  char *state;
  char *from;
  char *to;
} PromiseOptions;

static const RubisColumn promise_columns[] = {
  { "id", N_ ("No."), RUBIS_COLUMN_NUMBER },          { "account", N_ ("Account"), RUBIS_COLUMN_TEXT },
  { "name", N_ ("Name"), RUBIS_COLUMN_TEXT },         { "date", N_ ("Promised for"), RUBIS_COLUMN_DATE },
  { "currency", N_ ("Currency"), RUBIS_COLUMN_TEXT }, { "amount", N_ ("Amount"), RUBIS_COLUMN_AMOUNT },
  { "paid", N_ ("Paid"), RUBIS_COLUMN_AMOUNT },       { "state_label", N_ ("State"), RUBIS_COLUMN_TEXT },
  { "items", N_ ("Items"), RUBIS_COLUMN_TEXT },       { "given_by", N_ ("By"), RUBIS_COLUMN_TEXT },
  { "remark", N_ ("Remark"), RUBIS_COLUMN_TEXT },
};

static const RubisColumn task_columns[] = {
  { "kind_label", N_ ("Kind"), RUBIS_COLUMN_TEXT },   { "account", N_ ("Account"), RUBIS_COLUMN_TEXT },
  { "name", N_ ("Name"), RUBIS_COLUMN_TEXT },         { "title", N_ ("What"), RUBIS_COLUMN_TEXT },
  { "currency", N_ ("Currency"), RUBIS_COLUMN_TEXT }, { "amount", N_ ("Amount"), RUBIS_COLUMN_AMOUNT },
  { "days_late", N_ ("Days late"), RUBIS_COLUMN_NUMBER },  { "detail", N_ ("Detail"), RUBIS_COLUMN_TEXT },
};

static void
promise_options_clear (PromiseOptions *options)
{
  g_free (options->account);
  g_strfreev (options->items);
  g_free (options->date);
  g_free (options->amount);
  g_free (options->currency);
  g_free (options->by);
  g_free (options->channel);
  g_free (options->quote);
  g_free (options->note);
  g_free (options->state);
  g_free (options->from);
  g_free (options->to);
}

static GVariant *
make_promise (const RubisPromiseRow *row)
{
  g_autofree char *remark = rubis_promise_row_describe (row);
  GVariantBuilder record;

  rubis_record_init (&record);
  rubis_record_add_int (&record, "id", row->id);
  rubis_record_add_text (&record, "account", row->account_code);
  rubis_record_add_text (&record, "name", row->account_name);
  rubis_record_add_text (&record, "state", rubis_promise_state_to_id (row->state));
  rubis_record_add_text (&record, "state_label", rubis_promise_state_to_label (row->state));
  rubis_record_add_date (&record, "date", row->date);
  rubis_record_add_date (&record, "until", row->until);
  rubis_record_add_text (&record, "currency", row->currency.code);
  rubis_record_add_amount (&record, "amount", row->amount, row->currency);
  rubis_record_add_amount (&record, "given", row->given, row->currency);
  rubis_record_add_amount (&record, "paid", row->paid, row->currency);
  rubis_record_add_amount (&record, "open", row->open, row->currency);
  rubis_record_add_bool (&record, "verified", row->verified);
  rubis_record_add_amount (&record, "unallocated", row->unallocated.amount, row->currency);
  rubis_record_add_bool (&record, "seen", row->seen);
  rubis_record_add_text (&record, "channel", rubis_channel_to_id (row->channel));
  rubis_record_add_text (&record, "given_by", row->given_by);
  rubis_record_add_date (&record, "given_on", row->given_on);
  rubis_record_add_text (&record, "quote", row->quote);
  rubis_record_add_text (&record, "note", row->note);
  rubis_record_add_texts (&record, "items", row->numbers);
  rubis_record_add_text (&record, "remark", remark != NULL ? remark : "");
  return g_variant_ref_sink (g_variant_builder_end (&record));
}

static RubisExit
say_usage (const char *text)
{
  rubis_cli_say ("%s", text);
  return RUBIS_EXIT_USAGE;
}

/* --account; @account stays 0 without it. */
static gboolean
find_account (RubisSession *session, const PromiseOptions *options, gint64 *account, RubisExit *status)
{
  g_autoptr (GError) error = NULL;

  if (options->account == NULL || rubis_session_find_account (session, options->account, account, &error))
    return TRUE;
  *status = rubis_cli_fail (error, RUBIS_EXIT_USAGE);
  return FALSE;
}

static RubisExit
print_promises (RubisCli *cli, RubisSession *session, const RubisPromiseFilter *filter)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = rubis_session_list_promises (session, filter, &error);
  g_autoptr (RubisOutput) output = NULL;

  if (rows == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  output = rubis_output_new (cli->format, promise_columns, G_N_ELEMENTS (promise_columns));
  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr (GVariant) record = make_promise (g_ptr_array_index (rows, i));

      rubis_output_add (output, record);
    }
  rubis_output_finish (output, _ ("No promise to pay."));
  return RUBIS_EXIT_DONE;
}

/* "broken,partial", "all"; 0 by default: those that wait. */
static gboolean
read_states (const char *text, guint *states)
{
  g_auto (GStrv) words = g_strsplit (text != NULL ? text : "", ",", -1);

  *states = 0;
  for (int i = 0; words[i] != NULL; i++)
    {
      RubisPromiseState state;

      if (g_str_equal (words[i], "all"))
        *states = (1u << RUBIS_N_PROMISE_STATES) - 1;
      else if (rubis_promise_state_from_id (words[i], &state))
        *states |= 1u << state;
      else
        {
          rubis_cli_say (
              _ ("--state: “%s” is none of open, kept, partial, broken, replaced, withdrawn, all."),
              words[i]);
          return FALSE;
        }
    }
  return TRUE;
}

static RubisExit
list_promises (RubisCli *cli, RubisSession *session, const PromiseOptions *options, gint64 account)
{
  RubisPromiseFilter filter = { .account_id = account };

  if (!read_states (options->state, &filter.states)
      || !rubis_cli_read_date (options->from, "--from", &filter.from)
      || !rubis_cli_read_date (options->to, "--to", &filter.to))
    return RUBIS_EXIT_USAGE;
  return print_promises (cli, session, &filter);
}

static gboolean
read_input (RubisSession *session, const PromiseOptions *options, RubisPromiseInput *input)
{
  input->date = RUBIS_DATE_NONE;
  input->channel = RUBIS_CHANNEL_CALL;
  input->given_by = options->by;
  input->quote = options->quote;
  input->note = options->note;
  if (!rubis_cli_read_date (options->date, "--date", &input->date))
    return FALSE;
  if (options->channel != NULL && !rubis_channel_from_id (options->channel, &input->channel))
    {
      rubis_cli_say (_ ("--channel: “%s” is none of email, letter, registered, call, visit, sms."),
                     options->channel);
      return FALSE;
    }
  if (options->currency != NULL && !rubis_currency_parse (options->currency, &input->currency))
    {
      rubis_cli_say (_ ("--currency: “%s” is no currency. Write its three letters, such as EUR."),
                     options->currency);
      return FALSE;
    }
  if (!rubis_cli_read_amount (options->amount, "--amount",
                              input->currency.code[0] != '\0' ? input->currency
                                                              : rubis_session_get_currency (session),
                              &input->amount))
    return FALSE;
  if (options->amount == NULL || input->amount > 0)
    return TRUE;
  rubis_cli_say (_ ("--amount: what is promised is more than zero."));
  return FALSE;
}

/* promise add --account C [--item N]… --date D */
static RubisExit
add_promise (RubisCli *cli, RubisSession *session, const PromiseOptions *options, gint64 account)
{
  RubisPromiseInput input = { .account_id = account };
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) items = NULL;
  g_autoptr (RubisPromiseRow) row = NULL;
  g_autoptr (GVariant) record = NULL;
  gint64 id;

  if (account == 0)
    return say_usage (_ ("Whose? Add --account CODE."));
  if (options->date == NULL)
    return say_usage (_ ("For when? Add --date YYYY-MM-DD after “promise add”."));
  if (!read_input (session, options, &input))
    return RUBIS_EXIT_USAGE;
  if (options->items != NULL)
    {
      items = rubis_session_find_items (session, account, (const char *const *)options->items, &error);
      if (items == NULL)
        return rubis_cli_fail (error, RUBIS_EXIT_USAGE);
      input.item_ids = items;
    }
  id = rubis_session_add_promise (session, &input, &error);
  row = id != 0 ? rubis_session_load_promise (session, id, &error) : NULL;
  if (row == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  record = make_promise (row);
  if (cli->format == RUBIS_OUTPUT_JSON)
    rubis_output_print_json (record);
  else
    {
      g_autofree char *amount = rubis_output_dup_text (record, "amount", RUBIS_COLUMN_AMOUNT);
      g_autofree char *date = rubis_output_dup_text (record, "date", RUBIS_COLUMN_DATE);
      g_autofree char *until = rubis_output_dup_text (record, "until", RUBIS_COLUMN_DATE);

      rubis_output_print_line (_ ("Promise %d: %s %s for %s; no reminder until %s."), (int)row->id, amount,
                               row->currency.code, date, until);
    }
  return RUBIS_EXIT_DONE;
}

/* promise withdraw|seen ID */
static RubisExit
change_promise (RubisCli *cli, RubisSession *session, const PromiseOptions *options, const char *verb,
                const char *word)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 id = 0;
  gboolean done;

  if (word == NULL || !g_ascii_string_to_signed (word, 10, 1, G_MAXINT64, &id, NULL))
    return say_usage (_ ("Which promise? Give the number that “promise list” shows."));
  g_array_append_val (ids, id);
  done = g_str_equal (verb, "seen") ? rubis_session_mark_promises_seen (session, ids, &error)
                                    : rubis_session_withdraw_promise (session, id, options->note, &error);
  return done ? rubis_cli_print_done (cli, session) : rubis_cli_fail (error, RUBIS_EXIT_USAGE);
}

static RubisExit
run_promise (RubisCli *cli, const PromiseOptions *options, char **words)
{
  g_autoptr (RubisSession) session = NULL;
  const char *verb = words[0] != NULL ? words[0] : "list";
  RubisExit status = RUBIS_EXIT_DONE;
  gint64 account = 0;

  /* Only “add” has a day of its own. */
  if (!g_str_equal (verb, "add") && !rubis_cli_read_date (options->date, "--date", &cli->today))
    return RUBIS_EXIT_USAGE;
  session = rubis_cli_open (cli);
  if (session == NULL)
    return cli->dossier != NULL ? RUBIS_EXIT_DOSSIER : RUBIS_EXIT_USAGE;
  if (!find_account (session, options, &account, &status))
    return status;
  if (g_str_equal (verb, "list"))
    return list_promises (cli, session, options, account);
  if (g_str_equal (verb, "add"))
    return add_promise (cli, session, options, account);
  if (g_str_equal (verb, "withdraw") || g_str_equal (verb, "seen"))
    return change_promise (cli, session, options, verb, words[1]);
  rubis_cli_say (_ ("“promise %s” is unknown: say list, add, withdraw or seen."), verb);
  return RUBIS_EXIT_USAGE;
}

RubisExit
rubis_cli_run_promise (RubisCli *cli, int argc, char **argv)
{
  PromiseOptions options = { 0 };
  const GOptionEntry entries[] = {
    { "account", 0, 0, G_OPTION_ARG_STRING, &options.account, N_ ("The account that promises"), N_ ("CODE") },
    { "item", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.items,
      N_ ("An item that is promised, several times for several (default: all that is overdue)"),
      N_ ("NUMBER") },
    { "date", 0, 0, G_OPTION_ARG_STRING, &options.date,
      N_ ("The promised day, for “add”; the day to work as comes before the command"), "YYYY-MM-DD" },
    { "amount", 0, 0, G_OPTION_ARG_STRING, &options.amount,
      N_ ("The promised amount (default: all that is open)"), N_ ("AMOUNT") },
    { "currency", 0, 0, G_OPTION_ARG_STRING, &options.currency,
      N_ ("Its currency (default: that of the items)"), "EUR" },
    { "by", 0, 0, G_OPTION_ARG_STRING, &options.by, N_ ("Who said so"), N_ ("NAME") },
    { "channel", 0, 0, G_OPTION_ARG_STRING, &options.channel, N_ ("How (default: call)"),
      "email|letter|call|visit|sms" },
    { "quote", 0, 0, G_OPTION_ARG_STRING, &options.quote, N_ ("The customer’s words"), N_ ("TEXT") },
    { "note", 0, 0, G_OPTION_ARG_STRING, &options.note, N_ ("What else is to be known"), N_ ("TEXT") },
    { "state", 0, 0, G_OPTION_ARG_STRING, &options.state,
      N_ ("Only these, separated by commas (default: those that wait)"),
      "open|kept|partial|broken|replaced|withdrawn|all" },
    { "from", 0, 0, G_OPTION_ARG_STRING, &options.from, N_ ("Promised for that day or later"), "YYYY-MM-DD" },
    { "to", 0, 0, G_OPTION_ARG_STRING, &options.to, N_ ("Promised for that day or earlier"), "YYYY-MM-DD" },
    { NULL },
  };
  RubisExit status = RUBIS_EXIT_USAGE;

  if (rubis_cli_parse (cli, entries, 0, 2, &argv))
    status = run_promise (cli, &options, argv + 1);
  promise_options_clear (&options);
  return status;
}

/* --- tasks -------------------------------------------------------------------------------------------- */

static GVariant *
make_task (const RubisTask *task)
{
  GVariantBuilder record;
  g_autofree char *hour
      = task->minute >= 0 ? g_strdup_printf ("%02d:%02d", task->minute / 60, task->minute % 60) : NULL;

  rubis_record_init (&record);
  rubis_record_add_text (&record, "kind", rubis_task_kind_to_id (task->kind));
  rubis_record_add_text (&record, "kind_label", rubis_task_kind_to_label (task->kind));
  rubis_record_add_int (&record, "id", task->object_id);
  rubis_record_add_text (&record, "account", task->account_code);
  rubis_record_add_text (&record, "name", task->account_name);
  rubis_record_add_text (&record, "title", task->title);
  rubis_record_add_text (&record, "detail", task->detail);
  if (task->currency.code[0] != '\0')
    {
      rubis_record_add_text (&record, "currency", task->currency.code);
      rubis_record_add_amount (&record, "amount", task->amount, task->currency);
    }
  rubis_record_add_date (&record, "date", task->date);
  if (hour != NULL)
    rubis_record_add_text (&record, "time", hour);
  else
    rubis_record_add_null (&record, "time");
  rubis_record_add_int (&record, "days_late", task->days);
  return g_variant_ref_sink (g_variant_builder_end (&record));
}

static RubisExit
run_tasks (RubisCli *cli, const PromiseOptions *options)
{
  g_autoptr (RubisSession) session = rubis_cli_open (cli);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tasks = NULL;
  g_autoptr (RubisOutput) output = NULL;
  RubisExit status = RUBIS_EXIT_DONE;
  gint64 account = 0;

  if (session == NULL)
    return cli->dossier != NULL ? RUBIS_EXIT_DOSSIER : RUBIS_EXIT_USAGE;
  if (!find_account (session, options, &account, &status))
    return status;
  tasks = rubis_session_list_tasks (session, 0, account, &error);
  if (tasks == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  output = rubis_output_new (cli->format, task_columns, G_N_ELEMENTS (task_columns));
  for (guint i = 0; i < tasks->len; i++)
    {
      g_autoptr (GVariant) record = make_task (g_ptr_array_index (tasks, i));

      rubis_output_add (output, record);
    }
  rubis_output_finish (output, _ ("Nothing else waits today."));
  return RUBIS_EXIT_DONE;
}

RubisExit
rubis_cli_run_tasks (RubisCli *cli, int argc, char **argv)
{
  PromiseOptions options = { 0 };
  const GOptionEntry entries[] = {
    { "account", 0, 0, G_OPTION_ARG_STRING, &options.account, N_ ("Only this account"), N_ ("CODE") },
    { NULL },
  };
  RubisExit status = RUBIS_EXIT_USAGE;

  if (rubis_cli_parse (cli, entries, 0, 0, &argv))
    status = run_tasks (cli, &options);
  promise_options_clear (&options);
  return status;
}
