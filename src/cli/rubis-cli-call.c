/* call: whom to call, what to know while talking, and what came of it. */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-call-hours.h"
#include "rubis-call-result.h"
#include "rubis-calls.h"
#include "rubis-cli-call.h"
#include "rubis-cli-choices.h"
#include "rubis-record.h"
#include "rubis-session-lists.h"

typedef struct
{
  char *account;
  char *result;
  int minutes;
  char *contact;
  char *note;
  char *callback;
  char *reason;
  char *from;
  char *to;
  char *id;
  char *label;
  char *spoken;
  int days;
  gboolean all;
  gboolean on;
  gboolean off;
} CallOptions;

/* A subcommand. @argv[2] is its first argument. */
typedef RubisExit (*RunFunc) (RubisCli *cli, RubisSession *session, const CallOptions *options, char **argv);

static const RubisColumn queue_columns[] = {
  { "account", N_ ("Account"), RUBIS_COLUMN_TEXT }, { "name", N_ ("Name"), RUBIS_COLUMN_TEXT },
  { "hour", N_ ("Hour"), RUBIS_COLUMN_TEXT },       { "currency", N_ ("Currency"), RUBIS_COLUMN_TEXT },
  { "amount", N_ ("Amount"), RUBIS_COLUMN_AMOUNT }, { "days_late", N_ ("Days late"), RUBIS_COLUMN_NUMBER },
  { "why", N_ ("Why"), RUBIS_COLUMN_TEXT },
};

static const RubisColumn made_columns[] = {
  { "date", N_ ("Date"), RUBIS_COLUMN_DATE },         { "account", N_ ("Account"), RUBIS_COLUMN_TEXT },
  { "name", N_ ("Name"), RUBIS_COLUMN_TEXT },         { "contact", N_ ("Contact"), RUBIS_COLUMN_TEXT },
  { "minutes", N_ ("Minutes"), RUBIS_COLUMN_NUMBER }, { "result_name", N_ ("Result"), RUBIS_COLUMN_TEXT },
  { "note", N_ ("Note"), RUBIS_COLUMN_TEXT },
};

static const RubisColumn total_columns[] = {
  { "account", N_ ("Account"), RUBIS_COLUMN_TEXT },
  { "name", N_ ("Name"), RUBIS_COLUMN_TEXT },
  { "calls", N_ ("Calls"), RUBIS_COLUMN_NUMBER },
  { "minutes", N_ ("Minutes"), RUBIS_COLUMN_NUMBER },
};

static const RubisColumn callback_columns[] = {
  { "id", N_ ("Number"), RUBIS_COLUMN_NUMBER },   { "date", N_ ("Date"), RUBIS_COLUMN_DATE },
  { "hour", N_ ("Hour"), RUBIS_COLUMN_TEXT },     { "account", N_ ("Account"), RUBIS_COLUMN_TEXT },
  { "name", N_ ("Name"), RUBIS_COLUMN_TEXT },     { "contact", N_ ("Contact"), RUBIS_COLUMN_TEXT },
  { "reason", N_ ("Reason"), RUBIS_COLUMN_TEXT },
};

/* --- values --- */

static gboolean
find_account (RubisSession *session, const CallOptions *options, const char *command, gint64 *account)
{
  g_autoptr (GError) error = NULL;

  if (options->account == NULL)
    {
      rubis_cli_say (_ ("Say which account it is about: “call %s --account CODE”."), command);
      return FALSE;
    }
  if (rubis_session_find_account (session, options->account, account, &error))
    return TRUE;
  rubis_cli_say ("%s", error->message);
  return FALSE;
}

/* "2026-11-24" or "2026-11-24T14:30" */
static gboolean
read_moment (const char *text, RubisDate *date, int *minute)
{
  g_auto (GStrv) parts = g_strsplit (text, "T", 2);

  *minute = -1;
  if (!rubis_cli_read_date (parts[0], "--callback", date))
    return FALSE;
  if (parts[1] == NULL || rubis_call_hours_parse_minute (parts[1], minute))
    return TRUE;
  rubis_cli_say (_ ("“%s” is no hour: write 2026-11-24T14:30."), parts[1]);
  return FALSE;
}

static void
add_hour (GVariantBuilder *record, int minute)
{
  g_autofree char *hour = minute >= 0 ? rubis_call_hours_format_minute (minute) : NULL;

  rubis_record_add_text (record, "hour", hour);
}

static int
count_minutes (gint64 seconds)
{
  return (int)((seconds + 59) / 60);
}

/* --- list --- */

static RubisExit
list_queue (RubisCli *cli, RubisSession *session, const CallOptions *options, char **argv)
{
  g_autoptr (RubisOutput) output = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;

  entries = rubis_session_list_calls (session, NULL, NULL, &error);
  if (entries == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  output = rubis_output_new (cli->format, queue_columns, G_N_ELEMENTS (queue_columns));
  for (guint i = 0; i < entries->len; i++)
    {
      const RubisCallEntry *entry = g_ptr_array_index (entries, i);
      g_autoptr (GVariant) value = NULL;
      GVariantBuilder record;

      rubis_record_init (&record);
      rubis_record_add_text (&record, "cause", rubis_cli_call_cause_to_id (entry->cause));
      rubis_record_add_text (&record, "account", entry->account_code);
      rubis_record_add_text (&record, "name", entry->account_name);
      add_hour (&record, entry->minute);
      rubis_record_add_text (&record, "currency", entry->currency.code);
      rubis_record_add_amount (&record, "amount", entry->amount, entry->currency);
      rubis_record_add_int (&record, "days_late", entry->days_late);
      rubis_record_add_text (&record, "why", entry->why);
      rubis_record_add_text (&record, "step", entry->action != NULL ? entry->action->step_name : NULL);
      value = g_variant_ref_sink (g_variant_builder_end (&record));
      rubis_output_add (output, value);
    }
  rubis_output_finish (output, _ ("Nobody is to be called today."));
  return RUBIS_EXIT_DONE;
}

/* --- note --- */

static gboolean
find_contact (RubisSession *session, gint64 account, const char *name, gint64 *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisAccountCard) card = rubis_session_load_account (session, account, &error);
  g_autofree char *wanted = g_utf8_casefold (name, -1);

  if (card == NULL)
    {
      rubis_cli_say ("%s", error->message);
      return FALSE;
    }
  for (guint i = 0; i < card->contacts->len; i++)
    {
      const RubisContactRow *row = g_ptr_array_index (card->contacts, i);
      g_autofree char *known = g_utf8_casefold (row->name, -1);

      if (row->id != 0 && strstr (known, wanted) != NULL)
        {
          *id = row->id;
          return TRUE;
        }
    }
  rubis_cli_say (_ ("Nobody at %s is called “%s”."), card->name, name);
  return FALSE;
}

/* How the call ended, among the results of the dossier. (transfer full) (nullable) */
static char *
find_label (RubisSession *session, const CallOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) choices
      = rubis_session_list_choices (session, RUBIS_CHOICES_CALL_RESULT, FALSE, &error);
  g_autoptr (GString) known = g_string_new (NULL);

  if (choices == NULL)
    {
      rubis_cli_say ("%s", error->message);
      return NULL;
    }
  for (guint i = 0; i < choices->len; i++)
    {
      const RubisChoice *choice = g_ptr_array_index (choices, i);

      if (g_strcmp0 (choice->id, options->result) == 0)
        return g_strdup (choice->label);
      g_string_append_printf (known, "%s%s", i > 0 ? ", " : "", choice->id);
    }
  rubis_cli_say (_ ("Say how the call ended with --result: %s."), known->str);
  return NULL;
}

/* Whether the user is to call again when nothing else was said. */
static gboolean
asks_again (RubisSession *session, const char *id)
{
  return !rubis_session_is_call_contact (session, id)
         || g_str_equal (id, rubis_call_result_to_id (RUBIS_CALL_CALL_BACK));
}

static RubisExit
print_noted (RubisCli *cli, RubisSession *session, const RubisCallEntry *entry, gint64 id,
             const CallOptions *options, const char *label)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *next = rubis_session_describe_next (session, entry->account_id, &error);
  g_autoptr (GVariant) value = NULL;
  GVariantBuilder record;

  if (next == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  if (cli->format != RUBIS_OUTPUT_JSON)
    {
      rubis_output_print_line (_ ("%s %s: %s"), entry->account_code, entry->account_name, label);
      if (*next != '\0')
        rubis_output_print_line (_ ("Next: %s"), next);
      return RUBIS_EXIT_DONE;
    }
  rubis_record_init (&record);
  rubis_record_add_int (&record, "id", id);
  rubis_record_add_text (&record, "account", entry->account_code);
  rubis_record_add_text (&record, "result", options->result);
  rubis_record_add_text (&record, "next", next);
  value = g_variant_ref_sink (g_variant_builder_end (&record));
  rubis_output_print_json (value);
  return RUBIS_EXIT_DONE;
}

static RubisExit
note (RubisCli *cli, RubisSession *session, const CallOptions *options, char **argv)
{
  RubisCallOutcome outcome = { .result = options->result,
                               .note = options->note,
                               .seconds = options->minutes * 60,
                               .callback_date = RUBIS_DATE_NONE,
                               .callback_minute = -1,
                               .callback_reason = options->reason };
  g_autoptr (RubisCallEntry) entry = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *label = find_label (session, options);
  gint64 account = 0;
  gint64 id;

  if (label == NULL || !find_account (session, options, "note", &account)
      || (options->contact != NULL
          && !find_contact (session, account, options->contact, &outcome.contact_id)))
    return RUBIS_EXIT_USAGE;
  if (options->minutes < 0 || options->minutes > 24 * 60)
    {
      rubis_cli_say (_ ("--minutes is between 0 and 1440."));
      return RUBIS_EXIT_USAGE;
    }
  if (options->callback == NULL && asks_again (session, options->result))
    outcome.callback_date = rubis_session_suggest_callback (session, account, options->result);
  else if (options->callback != NULL && !g_str_equal (options->callback, "none")
           && !read_moment (options->callback, &outcome.callback_date, &outcome.callback_minute))
    return RUBIS_EXIT_USAGE;
  entry = rubis_cli_load_call_entry (session, account, &error);
  if (entry == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  id = rubis_session_note_call (session, entry, &outcome, &error);
  return id != 0 ? print_noted (cli, session, entry, id, options, label)
                 : rubis_cli_fail (error, RUBIS_EXIT_PARTIAL);
}

/* --- callbacks --- */

static RubisExit
list_callbacks (RubisCli *cli, RubisSession *session, const CallOptions *options)
{
  g_autoptr (RubisOutput) output = NULL;
  g_autoptr (GPtrArray) callbacks = NULL;
  g_autoptr (GError) error = NULL;
  RubisDate to = RUBIS_DATE_NONE;
  gint64 account = 0;

  if (!rubis_cli_read_date (options->to, "--to", &to)
      || (options->account != NULL && !find_account (session, options, "callback list", &account)))
    return RUBIS_EXIT_USAGE;
  callbacks = rubis_session_list_callbacks (session, account, to, &error);
  if (callbacks == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  output = rubis_output_new (cli->format, callback_columns, G_N_ELEMENTS (callback_columns));
  for (guint i = 0; i < callbacks->len; i++)
    {
      const RubisCallback *callback = g_ptr_array_index (callbacks, i);
      g_autoptr (GVariant) value = NULL;
      GVariantBuilder record;

      rubis_record_init (&record);
      rubis_record_add_int (&record, "id", callback->id);
      rubis_record_add_date (&record, "date", callback->date);
      add_hour (&record, callback->minute);
      rubis_record_add_text (&record, "account", callback->account_code);
      rubis_record_add_text (&record, "name", callback->account_name);
      rubis_record_add_text (&record, "contact", callback->contact);
      rubis_record_add_text (&record, "reason", callback->reason);
      value = g_variant_ref_sink (g_variant_builder_end (&record));
      rubis_output_add (output, value);
    }
  rubis_output_finish (output, _ ("Nobody is to be called back."));
  return RUBIS_EXIT_DONE;
}

static RubisExit
add_callback (RubisCli *cli, RubisSession *session, const CallOptions *options)
{
  g_autoptr (GError) error = NULL;
  RubisDate date = RUBIS_DATE_NONE;
  gint64 account = 0;
  gint64 contact = 0;
  gint64 id;
  int minute = -1;

  if (options->callback == NULL)
    {
      rubis_cli_say (_ ("Say when: “call callback add --account CODE --callback 2026-11-24T14:30”."));
      return RUBIS_EXIT_USAGE;
    }
  if (!read_moment (options->callback, &date, &minute)
      || !find_account (session, options, "callback add", &account)
      || (options->contact != NULL && !find_contact (session, account, options->contact, &contact)))
    return RUBIS_EXIT_USAGE;
  id = rubis_session_add_callback (session, account, contact, date, minute, options->reason, &error);
  if (id == 0)
    return rubis_cli_fail (error, RUBIS_EXIT_PARTIAL);
  return list_callbacks (cli, session, options);
}

static RubisExit
run_callback (RubisCli *cli, RubisSession *session, const CallOptions *options, char **argv)
{
  const char *word = argv[2] != NULL ? argv[2] : "list";
  g_autoptr (GError) error = NULL;
  gint64 id = 0;

  if (g_str_equal (word, "list"))
    return list_callbacks (cli, session, options);
  if (g_str_equal (word, "add"))
    return add_callback (cli, session, options);
  if (!g_str_equal (word, "cancel") || argv[3] == NULL
      || !g_ascii_string_to_signed (argv[3], 10, 1, G_MAXINT64, &id, NULL))
    {
      rubis_cli_say (_ ("Say “call callback list”, “call callback add” or “call callback cancel NUMBER”."));
      return RUBIS_EXIT_USAGE;
    }
  return rubis_session_cancel_callback (session, id, &error) ? rubis_cli_print_done (cli, session)
                                                             : rubis_cli_fail (error, RUBIS_EXIT_PARTIAL);
}

/* --- made --- */

/* What the calls to one account took. */
typedef struct
{
  const RubisCallRecord *first;
  int n;
  gint64 seconds;
} Total;

static GVariant *
make_made (const RubisCallRecord *call)
{
  GVariantBuilder record;

  rubis_record_init (&record);
  rubis_record_add_int (&record, "id", call->id);
  rubis_record_add_date (&record, "date", call->date);
  rubis_record_add_time (&record, "began_at", call->began_at);
  rubis_record_add_text (&record, "account", call->account_code);
  rubis_record_add_text (&record, "name", call->account_name);
  rubis_record_add_text (&record, "contact", call->contact);
  rubis_record_add_int (&record, "seconds", call->seconds);
  rubis_record_add_int (&record, "minutes", count_minutes (call->seconds));
  rubis_record_add_text (&record, "result", call->result);
  rubis_record_add_text (&record, "result_name", call->result_label);
  rubis_record_add_text (&record, "note", call->note);
  return g_variant_builder_end (&record);
}

static GVariant *
make_totals (GArray *totals)
{
  GVariantBuilder records;

  rubis_records_init (&records);
  for (guint i = 0; i < totals->len; i++)
    {
      const Total *total = &g_array_index (totals, Total, i);
      GVariantBuilder record;

      rubis_record_init (&record);
      rubis_record_add_text (&record, "account", total->first->account_code);
      rubis_record_add_text (&record, "name", total->first->account_name);
      rubis_record_add_int (&record, "calls", total->n);
      rubis_record_add_int (&record, "minutes", count_minutes (total->seconds));
      rubis_records_add (&records, &record);
    }
  return g_variant_builder_end (&records);
}

static GArray *
sum_calls (GPtrArray *calls)
{
  GArray *totals = g_array_new (FALSE, TRUE, sizeof (Total));

  for (guint i = 0; i < calls->len; i++)
    {
      const RubisCallRecord *call = g_ptr_array_index (calls, i);
      Total *total = NULL;

      for (guint t = 0; t < totals->len && total == NULL; t++)
        {
          if (g_array_index (totals, Total, t).first->account_id == call->account_id)
            total = &g_array_index (totals, Total, t);
        }
      if (total == NULL)
        {
          g_array_set_size (totals, totals->len + 1);
          total = &g_array_index (totals, Total, totals->len - 1);
          total->first = call;
        }
      total->n++;
      total->seconds += call->seconds;
    }
  return totals;
}

static RubisExit
list_made (RubisCli *cli, RubisSession *session, const CallOptions *options, char **argv)
{
  g_autoptr (GPtrArray) calls = NULL;
  g_autoptr (GArray) totals = NULL;
  g_autoptr (GVariant) list = NULL;
  g_autoptr (GVariant) sums = NULL;
  g_autoptr (GError) error = NULL;
  GVariantBuilder records;
  RubisDate from = RUBIS_DATE_NONE;
  RubisDate to = RUBIS_DATE_NONE;
  gint64 account = 0;

  if (!rubis_cli_read_date (options->from, "--from", &from) || !rubis_cli_read_date (options->to, "--to", &to)
      || (options->account != NULL && !find_account (session, options, "made", &account)))
    return RUBIS_EXIT_USAGE;
  calls = rubis_session_list_calls_made (session, account, from, to, &error);
  if (calls == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  rubis_records_init (&records);
  for (guint i = 0; i < calls->len; i++)
    g_variant_builder_add_value (&records, make_made (g_ptr_array_index (calls, i)));
  list = g_variant_ref_sink (g_variant_builder_end (&records));
  totals = sum_calls (calls);
  sums = g_variant_ref_sink (make_totals (totals));
  if (cli->format == RUBIS_OUTPUT_JSON)
    {
      g_autoptr (GVariant) value = NULL;
      GVariantBuilder record;

      rubis_record_init (&record);
      rubis_record_add_value (&record, "calls", list);
      rubis_record_add_value (&record, "accounts", sums);
      value = g_variant_ref_sink (g_variant_builder_end (&record));
      rubis_output_print_json (value);
      return RUBIS_EXIT_DONE;
    }
  rubis_output_print_list (cli->format, list, made_columns, G_N_ELEMENTS (made_columns),
                           _ ("No call was made."));
  if (cli->format == RUBIS_OUTPUT_TEXT && totals->len > 0)
    {
      rubis_output_print_line ("%s", "");
      rubis_output_print_list (cli->format, sums, total_columns, G_N_ELEMENTS (total_columns), "");
    }
  return RUBIS_EXIT_DONE;
}

static RubisExit
show_sheet (RubisCli *cli, RubisSession *session, const CallOptions *options, char **argv)
{
  gint64 account = 0;

  return find_account (session, options, "sheet", &account)
             ? rubis_cli_show_call_sheet (cli, session, account)
             : RUBIS_EXIT_USAGE;
}

static RubisExit
run_results (RubisCli *cli, RubisSession *session, const CallOptions *options, char **argv)
{
  const RubisCliChoices choices = {
    .list = RUBIS_CHOICES_CALL_RESULT,
    .id = options->id,
    .label = options->label,
    .spoken = options->spoken,
    .days = options->days,
    .all = options->all,
    .on = options->on,
    .off = options->off,
  };

  return rubis_cli_run_choices (cli, session, &choices,
                                _ ("Say which: “call results --id RESULT --off”, or --on to offer it again."));
}

/* --- the command --- */

static const struct
{
  const char *word;
  RunFunc run;
} commands[] = {
  { "list", list_queue }, { "note", note },        { "callback", run_callback },
  { "made", list_made },  { "sheet", show_sheet }, { "results", run_results },
};

static RubisExit
run_call (RubisCli *cli, const CallOptions *options, char **argv)
{
  static const char *const standard[] = { "call", "list", NULL };
  char **words = argv[1] != NULL ? argv : (char **)standard;

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autoptr (RubisSession) session = NULL;

      if (!g_str_equal (commands[i].word, words[1]))
        continue;
      session = rubis_cli_open (cli);
      if (session == NULL)
        return cli->dossier != NULL ? RUBIS_EXIT_DOSSIER : RUBIS_EXIT_USAGE;
      return commands[i].run (cli, session, options, words);
    }
  rubis_cli_say (_ ("“call %s” is not known. Say list, note, callback, made, sheet or results."), words[1]);
  return RUBIS_EXIT_USAGE;
}

RubisExit
rubis_cli_run_call (RubisCli *cli, int argc, char **argv)
{
  CallOptions options = { 0 };
  const GOptionEntry entries[] = {
    { "account", 0, 0, G_OPTION_ARG_STRING, &options.account, N_ ("the account that it is about"),
      N_ ("CODE") },
    { "result", 0, 0, G_OPTION_ARG_STRING, &options.result, N_ ("note: how the call ended"), N_ ("RESULT") },
    { "minutes", 0, 0, G_OPTION_ARG_INT, &options.minutes, N_ ("note: how long it took"), N_ ("N") },
    { "contact", 0, 0, G_OPTION_ARG_STRING, &options.contact,
      N_ ("note, callback add: who was, or is, spoken to"), N_ ("NAME") },
    { "note", 0, 0, G_OPTION_ARG_STRING, &options.note, N_ ("note: what was said"), N_ ("TEXT") },
    { "callback", 0, 0, G_OPTION_ARG_STRING, &options.callback,
      N_ ("note, callback add: when to call again, such as 2026-11-24T14:30; none: not again"),
      N_ ("MOMENT") },
    { "reason", 0, 0, G_OPTION_ARG_STRING, &options.reason, N_ ("note, callback add: why to call again"),
      N_ ("TEXT") },
    { "from", 0, 0, G_OPTION_ARG_STRING, &options.from, N_ ("made: from this day on"), N_ ("DATE") },
    { "to", 0, 0, G_OPTION_ARG_STRING, &options.to, N_ ("made, callback list: up to this day"), N_ ("DATE") },
    { "add", 0, 0, G_OPTION_ARG_STRING, &options.label, N_ ("results: add this one, or name --id so"),
      N_ ("TEXT") },
    { "id", 0, 0, G_OPTION_ARG_STRING, &options.id, N_ ("results: change this one"), N_ ("RESULT") },
    { "days", 0, 0, G_OPTION_ARG_INT, &options.days, N_ ("results: days to the next call"), N_ ("N") },
    { "spoken", 0, 0, G_OPTION_ARG_STRING, &options.spoken,
      N_ ("results: yes: somebody was spoken to; no: the call is still to be made"), N_ ("YES") },
    { "off", 0, 0, G_OPTION_ARG_NONE, &options.off, N_ ("results: not offered any more"), NULL },
    { "on", 0, 0, G_OPTION_ARG_NONE, &options.on, N_ ("results: offered again"), NULL },
    { "all", 0, 0, G_OPTION_ARG_NONE, &options.all, N_ ("results: those switched off too"), NULL },
    { 0 },
  };
  RubisExit status = RUBIS_EXIT_USAGE;

  if (rubis_cli_parse (cli, entries, 0, -1, &argv))
    status = run_call (cli, &options, argv);
  g_free (options.account);
  g_free (options.result);
  g_free (options.contact);
  g_free (options.note);
  g_free (options.callback);
  g_free (options.reason);
  g_free (options.from);
  g_free (options.to);
  g_free (options.id);
  g_free (options.label);
  g_free (options.spoken);
  return status;
}
