/* outbox: what leaves by senders. */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-cli.h"
#include "rubis-email-settings.h"
#include "rubis-outbox.h"
#include "rubis-record.h"
#include "rubis-session-lists.h"

typedef struct
{
  char *account;
  char *text;
  char *state;
  char *why;
  gboolean now;
  gboolean left;
  gboolean not_left;
} OutboxOptions;

static const RubisColumn message_columns[] = {
  { "id", N_ ("Number"), RUBIS_COLUMN_NUMBER },     { "state_name", N_ ("State"), RUBIS_COLUMN_TEXT },
  { "account", N_ ("Account"), RUBIS_COLUMN_TEXT }, { "recipient", N_ ("To"), RUBIS_COLUMN_TEXT },
  { "subject", N_ ("Subject"), RUBIS_COLUMN_TEXT }, { "currency", N_ ("Currency"), RUBIS_COLUMN_TEXT },
  { "amount", N_ ("Amount"), RUBIS_COLUMN_AMOUNT }, { "sender", N_ ("Sender"), RUBIS_COLUMN_TEXT },
  { "moment", N_ ("When"), RUBIS_COLUMN_TEXT },     { "reason", N_ ("Why"), RUBIS_COLUMN_TEXT },
};

static const RubisColumn attempt_columns[] = {
  { "began_at", N_ ("Began"), RUBIS_COLUMN_TEXT },
  { "ended_at", N_ ("Ended"), RUBIS_COLUMN_TEXT },
  { "transport", N_ ("Through"), RUBIS_COLUMN_TEXT },
  { "fate", N_ ("Outcome"), RUBIS_COLUMN_TEXT },
  { "answer", N_ ("Answer of the server"), RUBIS_COLUMN_TEXT },
  { "reason", N_ ("Why"), RUBIS_COLUMN_TEXT },
};

static gint64
read_clock (gpointer user_data)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

/* For people: local time. */
static char *
dup_moment (gint64 time)
{
  g_autoptr (GDateTime) moment = time != 0 ? g_date_time_new_from_unix_local (time) : NULL;

  return moment != NULL ? g_date_time_format (moment, "%Y-%m-%d %H:%M") : g_strdup ("");
}

static GVariant *
make_record (const RubisOutboxRow *row)
{
  gboolean waits = row->state == RUBIS_OUTBOX_APPROVED || row->state == RUBIS_OUTBOX_QUEUED;
  g_autofree char *moment = dup_moment (waits ? row->leaves_at : row->sent_at);
  GVariantBuilder record;

  rubis_record_init (&record);
  rubis_record_add_int (&record, "id", row->id);
  rubis_record_add_text (&record, "state", rubis_outbox_state_to_id (row->state));
  rubis_record_add_text (&record, "state_name", rubis_outbox_state_to_label (row->state));
  rubis_record_add_text (&record, "account", row->account_code);
  rubis_record_add_text (&record, "name", row->account_name);
  rubis_record_add_text (&record, "channel", rubis_channel_to_id (row->channel));
  rubis_record_add_text (&record, "step", row->step_name);
  rubis_record_add_text (&record, "recipient", row->recipient);
  rubis_record_add_text (&record, "subject", row->subject);
  rubis_record_add_text (&record, "currency", row->currency.code);
  rubis_record_add_amount (&record, "amount", row->amount, row->currency);
  rubis_record_add_int (&record, "n_items", row->n_items);
  rubis_record_add_text (&record, "sender", row->sender_name);
  rubis_record_add_date (&record, "created", row->created);
  rubis_record_add_time (&record, "send_after", waits ? row->send_after : 0);
  rubis_record_add_time (&record, "leaves_at", waits ? row->leaves_at : 0);
  rubis_record_add_time (&record, "sent_at", row->sent_at);
  rubis_record_add_text (&record, "moment", moment);
  rubis_record_add_int (&record, "attempts", row->n_attempts);
  rubis_record_add_text (&record, "message_id", row->message_id);
  rubis_record_add_text (&record, "provider_id", row->provider_id);
  rubis_record_add_text (&record, "reason", row->reason);
  rubis_record_add_int (&record, "document", row->document_id);
  return g_variant_ref_sink (g_variant_builder_end (&record));
}

static void
print_rows (RubisCli *cli, GPtrArray *rows, const char *nothing)
{
  g_autoptr (RubisOutput) output
      = rubis_output_new (cli->format, message_columns, G_N_ELEMENTS (message_columns));

  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr (GVariant) record = make_record (g_ptr_array_index (rows, i));

      rubis_output_add (output, record);
    }
  rubis_output_finish (output, nothing);
}

/* Names those of which nobody knows whether they left, and says the way out. */
static void
say_unknown (GPtrArray *rows)
{
  g_autoptr (GString) ids = g_string_new (NULL);
  gulong n = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      const RubisOutboxRow *row = g_ptr_array_index (rows, i);

      if (row->state != RUBIS_OUTBOX_UNKNOWN)
        continue;
      g_string_append_printf (ids, " %" G_GINT64_FORMAT, row->id);
      n++;
    }
  if (n > 0)
    rubis_cli_say (ngettext ("Nobody knows whether this message left:%s. Find out, then say “outbox settle NUMBER "
                             "--left” or “outbox settle NUMBER --not-left” (it is then sent again).",
                             "Nobody knows whether these messages left:%s. Find out, then say “outbox settle "
                             "NUMBER --left” or “outbox settle NUMBER --not-left” (they are then sent again).",
                             n),
                   ids->str);
}

/* --- list, show --- */

static gboolean
read_state (const char *text, guint *mask)
{
  RubisOutboxState state;
  g_autoptr (GString) known = g_string_new (NULL);

  *mask = 0;
  if (text == NULL)
    return TRUE;
  if (rubis_outbox_state_from_id (text, &state))
    {
      *mask = 1u << state;
      return TRUE;
    }
  for (int i = 0; i < RUBIS_N_OUTBOX_STATES; i++)
    g_string_append_printf (known, "%s%s", i > 0 ? ", " : "", rubis_outbox_state_to_id ((RubisOutboxState)i));
  rubis_cli_say (_ ("There is no state “%s”. There are: %s."), text, known->str);
  return FALSE;
}

static RubisExit
list_messages (RubisCli *cli, RubisSession *session, const OutboxOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  gint64 account = 0;
  guint mask;

  if (!read_state (options->state, &mask))
    return RUBIS_EXIT_USAGE;
  if (options->account != NULL && !rubis_session_find_account (session, options->account, &account, &error))
    return rubis_cli_fail (error, RUBIS_EXIT_USAGE);
  rows = rubis_session_list_outbox (session, mask, 0, account, options->text, 0, &error);
  if (rows == NULL || !rubis_session_explain_outbox (session, rows, read_clock (NULL), &error))
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  print_rows (cli, rows, _ ("The outbox is empty."));
  say_unknown (rows);
  if (rubis_session_get_outbox_hold (session))
    rubis_cli_say (_ ("Everything is held: nothing leaves before “outbox hold off”."));
  return RUBIS_EXIT_DONE;
}

static gboolean
read_id (const char *text, gint64 *id)
{
  if (g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, id, NULL))
    return TRUE;
  rubis_cli_say (_ ("“%s” is not the number of a message: “outbox list” shows them."), text);
  return FALSE;
}

static GVariant *
make_attempt (const RubisOutboxAttempt *attempt)
{
  GVariantBuilder record;

  rubis_record_init (&record);
  rubis_record_add_time (&record, "began_at", attempt->began_at);
  rubis_record_add_time (&record, "ended_at", attempt->ended_at);
  rubis_record_add_text (&record, "transport", attempt->transport);
  rubis_record_add_text (&record, "fate", attempt->fate);
  rubis_record_add_text (&record, "answer", attempt->answer);
  rubis_record_add_text (&record, "reason", attempt->reason);
  return g_variant_builder_end (&record);
}

static void
print_message (RubisCli *cli, const RubisOutboxRow *row, GPtrArray *attempts)
{
  g_autoptr (GVariant) message = make_record (row);
  g_autoptr (GVariant) list = NULL;
  GVariantBuilder records;

  g_variant_builder_init (&records, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < attempts->len; i++)
    g_variant_builder_add_value (&records, make_attempt (g_ptr_array_index (attempts, i)));
  list = g_variant_ref_sink (g_variant_builder_end (&records));
  if (cli->format == RUBIS_OUTPUT_JSON)
    {
      g_autoptr (GVariant) whole = NULL;
      g_auto (GVariantDict) dict;

      g_variant_dict_init (&dict, message);
      g_variant_dict_remove (&dict, "attempts");
      g_variant_dict_insert_value (&dict, "attempts", list);
      whole = g_variant_ref_sink (g_variant_dict_end (&dict));
      rubis_output_print_json (whole);
      return;
    }
  for (gsize i = 0; cli->format == RUBIS_OUTPUT_TEXT && i < G_N_ELEMENTS (message_columns); i++)
    {
      g_autofree char *value
          = rubis_output_dup_text (message, message_columns[i].key, message_columns[i].kind);

      if (*value != '\0')
        rubis_output_print_line (_ ("%s: %s"), _ (message_columns[i].title), value);
    }
  rubis_output_print_list (cli->format, list, attempt_columns, G_N_ELEMENTS (attempt_columns),
                           _ ("Nobody has tried to send it yet."));
}

static RubisExit
show_message (RubisCli *cli, RubisSession *session, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisOutboxRow) row = NULL;
  g_autoptr (GPtrArray) attempts = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  gint64 id = 0;

  if (text == NULL)
    {
      rubis_cli_say (_ ("Which message? Say “outbox %s” with its number: “outbox list” shows them."), "show");
      return RUBIS_EXIT_USAGE;
    }
  if (!read_id (text, &id))
    return RUBIS_EXIT_USAGE;
  row = rubis_session_load_outbox (session, id, &error);
  attempts = row != NULL ? rubis_session_list_attempts (session, id, &error) : NULL;
  if (attempts == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_USAGE);
  rows = g_ptr_array_new ();
  g_ptr_array_add (rows, row);
  if (!rubis_session_explain_outbox (session, rows, read_clock (NULL), &error))
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  print_message (cli, row, attempts);
  say_unknown (rows);
  return RUBIS_EXIT_DONE;
}

/* --- send --- */

static void
print_report (RubisCli *cli, const RubisSendReport *report)
{
  g_autofree char *next = dup_moment (report->next);
  g_autoptr (GVariant) value = NULL;
  GVariantBuilder record;
  GVariantBuilder messages;

  if (cli->format != RUBIS_OUTPUT_JSON)
    {
      print_rows (cli, report->rows, _ ("Nothing left just now."));
      if (report->n_waiting > 0)
        rubis_cli_say (ngettext ("%d message waits.", "%d messages wait.", (gulong)report->n_waiting),
                       report->n_waiting);
      if (*next != '\0')
        rubis_cli_say (_ ("The next may leave at %s."), next);
      return;
    }
  rubis_record_init (&record);
  rubis_record_add_int (&record, "sent", report->n_sent);
  rubis_record_add_int (&record, "waiting", report->n_waiting);
  rubis_record_add_int (&record, "refused", report->n_refused);
  rubis_record_add_int (&record, "unknown", report->n_unknown);
  rubis_record_add_int (&record, "called_off", report->n_called_off);
  rubis_record_add_int (&record, "failed", report->n_failed);
  rubis_record_add_time (&record, "next", report->next);
  g_variant_builder_init (&messages, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < report->rows->len; i++)
    {
      g_autoptr (GVariant) message = make_record (g_ptr_array_index (report->rows, i));

      g_variant_builder_add_value (&messages, message);
    }
  rubis_record_add_value (&record, "messages", g_variant_builder_end (&messages));
  rubis_record_add_texts (&record, "problems", report->problems);
  value = g_variant_ref_sink (g_variant_builder_end (&record));
  rubis_output_print_json (value);
}

static RubisExit
get_exit (const RubisSendReport *report)
{
  if (report->n_failed > 0 && report->n_sent == 0)
    return RUBIS_EXIT_DEVICE;
  return report->n_failed + report->n_refused + report->n_unknown + report->n_called_off > 0
                 || report->problems->len > 0
             ? RUBIS_EXIT_PARTIAL
             : RUBIS_EXIT_DONE;
}

/* Why what waits has to, each reason once, with how many wait for it. What the report's problems say is left out.
 */
static gboolean
say_waiting (RubisSession *session, const RubisSendReport *report, GError **error)
{
  const guint states = 1u << RUBIS_OUTBOX_APPROVED | 1u << RUBIS_OUTBOX_QUEUED;
  g_autoptr (GPtrArray) rows = rubis_session_list_outbox (session, states, 0, 0, NULL, 0, error);
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer reason;
  gpointer count;

  if (rows == NULL || !rubis_session_explain_outbox (session, rows, read_clock (NULL), error))
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      const RubisOutboxRow *row = g_ptr_array_index (rows, i);
      int n = GPOINTER_TO_INT (g_hash_table_lookup (counts, row->reason));

      if (*row->reason != '\0'
          && !g_ptr_array_find_with_equal_func (report->problems, row->reason, g_str_equal, NULL))
        g_hash_table_insert (counts, row->reason, GINT_TO_POINTER (n + 1));
    }
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &reason, &count))
    rubis_cli_say (ngettext ("%d message: %s", "%d messages: %s", (gulong)GPOINTER_TO_INT (count)),
                   GPOINTER_TO_INT (count), (const char *)reason);
  return TRUE;
}

/* @ids: NULL for all */
static RubisExit
send_messages (RubisCli *cli, RubisSession *session, const OutboxOptions *options, GArray *ids)
{
  const RubisSendOptions how = { .clock = read_clock, .hurry = options->now, .ids = ids };
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisSendReport) report = NULL;
  g_autoptr (GPtrArray) unknown = NULL;
  RubisProgress progress;

  rubis_cli_progress_init (&progress);
  report = rubis_session_send_outbox (session, &how, &progress, &error);
  rubis_cli_progress_end (&progress);
  if (report == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_DEVICE);
  unknown = rubis_session_list_outbox (session, 1u << RUBIS_OUTBOX_UNKNOWN, 0, 0, NULL, 0, &error);
  if (unknown == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  print_report (cli, report);
  say_unknown (unknown);
  if (!say_waiting (session, report, &error))
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  for (guint i = 0; i < report->problems->len; i++)
    rubis_cli_say ("%s", (const char *)g_ptr_array_index (report->problems, i));
  return get_exit (report);
}

static RubisExit
follow_messages (RubisSession *session)
{
  g_autoptr (GError) error = NULL;
  RubisProgress progress;
  int n;

  rubis_cli_progress_init (&progress);
  n = rubis_session_follow_outbox (session, read_clock (NULL), &progress, &error);
  rubis_cli_progress_end (&progress);
  if (n < 0)
    return rubis_cli_fail (error, RUBIS_EXIT_DEVICE);
  rubis_output_print_line (ngettext ("%d message has changed.", "%d messages have changed.", (gulong)n), n);
  return RUBIS_EXIT_DONE;
}

/* --- what a person does with messages --- */

static GArray *
read_ids (char **texts)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; texts[i] != NULL; i++)
    {
      gint64 id = 0;

      if (!read_id (texts[i], &id))
        return NULL;
      g_array_append_val (ids, id);
    }
  return g_steal_pointer (&ids);
}

/* -2: said what is wrong with the command; -1: @error. */
static int
change (RubisSession *session, const OutboxOptions *options, const char *verb, GArray *ids, GError **error)
{
  gint64 now = read_clock (NULL);

  if (g_str_equal (verb, "approve"))
    return rubis_session_approve_outbox (session, ids, now, error);
  if (g_str_equal (verb, "cancel"))
    return rubis_session_recall_outbox (session, ids, options->why, error);
  if (g_str_equal (verb, "retry"))
    return rubis_session_retry_outbox (session, ids, now, error);
  if (options->left != options->not_left)
    return rubis_session_settle_outbox (session, ids, options->left, now, error);
  rubis_cli_say (_ ("Say --left when you know that it left, or --not-left when you know that it did not."));
  return -2;
}

/* Each message as it is now. */
static RubisExit
print_changed (RubisCli *cli, RubisSession *session, GArray *ids, int n_changed)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (GError) error = NULL;
      RubisOutboxRow *row = rubis_session_load_outbox (session, g_array_index (ids, gint64, i), &error);

      if (row == NULL)
        rubis_cli_say ("%s", error->message);
      else
        g_ptr_array_add (rows, row);
    }
  print_rows (cli, rows, _ ("Nothing was changed."));
  if (n_changed == (int)ids->len)
    return RUBIS_EXIT_DONE;
  rubis_cli_say (ngettext ("%d message was left as it is: its state does not allow that.",
                           "%d messages were left as they are: their states do not allow that.",
                           (gulong)((int)ids->len - n_changed)),
                 (int)ids->len - n_changed);
  return RUBIS_EXIT_PARTIAL;
}

static RubisExit
change_messages (RubisCli *cli, RubisSession *session, const OutboxOptions *options, const char *verb,
                 char **texts)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = NULL;
  int n;

  if (texts[0] == NULL)
    {
      rubis_cli_say (_ ("Which message? Say “outbox %s” with its number: “outbox list” shows them."), verb);
      return RUBIS_EXIT_USAGE;
    }
  ids = read_ids (texts);
  if (ids == NULL)
    return RUBIS_EXIT_USAGE;
  n = change (session, options, verb, ids, &error);
  if (n < 0)
    return n == -2 ? RUBIS_EXIT_USAGE : rubis_cli_fail (error, RUBIS_EXIT_PARTIAL);
  return print_changed (cli, session, ids, n);
}

static RubisExit
hold (RubisSession *session, const char *what)
{
  g_autoptr (GError) error = NULL;
  gboolean on = g_strcmp0 (what, "on") == 0;

  if (!on && g_strcmp0 (what, "off") != 0)
    {
      rubis_cli_say (_ ("Say “outbox hold on” or “outbox hold off”."));
      return RUBIS_EXIT_USAGE;
    }
  if (!rubis_session_set_outbox_hold (session, on, &error))
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  rubis_output_print_line ("%s", on ? _ ("Everything is held: nothing leaves.") : _ ("Messages leave again"));
  return RUBIS_EXIT_DONE;
}

/* Whether emails carry links for answers; without @what it is said. */
static RubisExit
set_links (RubisSession *session, const char *what)
{
  g_autoptr (GError) error = NULL;
  gboolean on = g_strcmp0 (what, "on") == 0;

  if (what != NULL && !on && !g_str_equal (what, "off"))
    {
      rubis_cli_say (_ ("Say “outbox links on” or “outbox links off”."));
      return RUBIS_EXIT_USAGE;
    }
  if (what != NULL && !rubis_session_set_answer_links (session, on, &error))
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  rubis_output_print_line ("%s", rubis_session_get_answer_links (session)
                                     ? _ ("Emails carry links for answers")
                                     : _ ("Emails carry no links for answers"));
  return RUBIS_EXIT_DONE;
}

static gboolean
is_known (const char *verb)
{
  static const char *const verbs[]
      = { "list", "show", "send", "approve", "cancel", "retry", "settle", "hold", "links", "follow", NULL };

  if (g_strv_contains (verbs, verb))
    return TRUE;
  rubis_cli_say (_ ("“outbox %s” is not known. Say list, show, send, approve, cancel, retry, settle, hold, "
                    "links or follow."),
                 verb);
  return FALSE;
}

static RubisExit
run_outbox (RubisCli *cli, const OutboxOptions *options, char **argv)
{
  const char *verb = argv[1] != NULL ? argv[1] : "list";
  char **rest = argv[1] != NULL ? argv + 2 : argv + 1;
  g_autoptr (RubisSession) session = NULL;
  g_autoptr (GArray) ids = NULL;

  if (!is_known (verb))
    return RUBIS_EXIT_USAGE;
  session = rubis_cli_open (cli);
  if (session == NULL)
    return cli->dossier != NULL ? RUBIS_EXIT_DOSSIER : RUBIS_EXIT_USAGE;
  if (g_str_equal (verb, "list"))
    return list_messages (cli, session, options);
  if (g_str_equal (verb, "hold"))
    return hold (session, rest[0]);
  if (g_str_equal (verb, "links"))
    return set_links (session, rest[0]);
  if (g_str_equal (verb, "follow"))
    return follow_messages (session);
  if (g_str_equal (verb, "show"))
    return show_message (cli, session, rest[0]);
  if (!g_str_equal (verb, "send"))
    return change_messages (cli, session, options, verb, rest);
  ids = read_ids (rest);
  if (ids == NULL)
    return RUBIS_EXIT_USAGE;
  return send_messages (cli, session, options, ids->len > 0 ? ids : NULL);
}

RubisExit
rubis_cli_run_outbox (RubisCli *cli, int argc, char **argv)
{
  OutboxOptions options = { 0 };
  const GOptionEntry entries[] = {
    { "account", 0, 0, G_OPTION_ARG_STRING, &options.account, N_ ("list: only those of this account"),
      N_ ("CODE") },
    { "state", 0, 0, G_OPTION_ARG_STRING, &options.state,
      N_ ("list: only those in this state, such as queued or unknown"), N_ ("STATE") },
    { "text", 0, 0, G_OPTION_ARG_STRING, &options.text,
      N_ ("list: only those with this in account, subject or recipient"), N_ ("TEXT") },
    { "now", 0, 0, G_OPTION_ARG_NONE, &options.now,
      N_ ("send: without waiting for the end of the time in which a message can be taken back"), NULL },
    { "why", 0, 0, G_OPTION_ARG_STRING, &options.why, N_ ("cancel: what the journal says of it"),
      N_ ("TEXT") },
    { "left", 0, 0, G_OPTION_ARG_NONE, &options.left, N_ ("settle: it left"), NULL },
    { "not-left", 0, 0, G_OPTION_ARG_NONE, &options.not_left,
      N_ ("settle: it did not leave; it is sent again"), NULL },
    { 0 },
  };
  RubisExit status = RUBIS_EXIT_USAGE;

  if (rubis_cli_parse (cli, entries, 0, -1, &argv))
    status = run_outbox (cli, &options, argv);
  g_free (options.account);
  g_free (options.state);
  g_free (options.text);
  g_free (options.why);
  return status;
}
