/* inbox: what came back: bounces, answers and what they propose. */
#include <glib/gi18n-lib.h>

#include "rubis-cli.h"
#include "rubis-inbox.h"
#include "rubis-paper.h"
#include "rubis-record.h"
#include "rubis-session-lists.h"

typedef struct
{
  char *account;
  char *text;
  char *date;
  char **items;
  gboolean all;
} InboxOptions;

/* A subcommand. @argv[2] is its first argument; there are at least @min. */
typedef RubisExit (*RunFunc) (RubisCli *cli, RubisSession *session, const InboxOptions *options, char **argv);

static const RubisColumn columns[] = {
  { "id", N_ ("Number"), RUBIS_COLUMN_NUMBER },       { "received", N_ ("Date"), RUBIS_COLUMN_DATE },
  { "kind_name", N_ ("Kind"), RUBIS_COLUMN_TEXT },    { "account", N_ ("Account"), RUBIS_COLUMN_TEXT },
  { "from", N_ ("From"), RUBIS_COLUMN_TEXT },         { "subject", N_ ("Subject"), RUBIS_COLUMN_TEXT },
  { "proposes", N_ ("Proposes"), RUBIS_COLUMN_TEXT },
};

static const RubisColumn proposal_columns[] = {
  { "proposal", N_ ("Proposal"), RUBIS_COLUMN_TEXT }, { "kind_name", N_ ("Kind"), RUBIS_COLUMN_TEXT },
  { "date", N_ ("Date"), RUBIS_COLUMN_DATE },         { "currency", N_ ("Currency"), RUBIS_COLUMN_TEXT },
  { "amount", N_ ("Amount"), RUBIS_COLUMN_AMOUNT },   { "items", N_ ("Invoices"), RUBIS_COLUMN_TEXT },
  { "value", N_ ("Value"), RUBIS_COLUMN_TEXT },       { "state", N_ ("State"), RUBIS_COLUMN_TEXT },
  { "sentence", N_ ("Sentence"), RUBIS_COLUMN_TEXT },
};

static gint64
read_clock (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static gboolean
read_id (const char *text, gint64 *id)
{
  if (g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, id, NULL))
    return TRUE;
  rubis_cli_say (_ ("“%s” is not a number of “inbox list”."), text);
  return FALSE;
}

/* "5.2": the second of message 5. Numbers of messages and of proposals cannot be taken for one another.
 * (transfer full) */
static char *
make_name (const RubisInboxRow *row, guint index)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT ".%u", row->id, index + 1);
}

static void
make_proposal (const RubisInboxRow *row, guint index, GVariantBuilder *record)
{
  const RubisProposal *proposal = g_ptr_array_index (row->proposals, index);
  g_autofree char *name = make_name (row, index);

  rubis_record_init (record);
  rubis_record_add_text (record, "proposal", name);
  rubis_record_add_text (record, "kind", rubis_answer_kind_to_id (proposal->kind));
  rubis_record_add_text (record, "kind_name", rubis_answer_kind_to_label (proposal->kind));
  rubis_record_add_text (record, "sentence", proposal->sentence);
  rubis_record_add_bool (record, "by_token", proposal->by_token);
  rubis_record_add_date (record, "date", proposal->date);
  rubis_record_add_text (record, "currency", proposal->currency.code);
  if (proposal->amount != 0)
    rubis_record_add_amount (record, "amount", proposal->amount, proposal->currency);
  else
    rubis_record_add_null (record, "amount");
  rubis_record_add_text (record, "value", proposal->value);
  rubis_record_add_texts (record, "items", proposal->numbers);
  rubis_record_add_text (record, "state", proposal->state);
}

/* (transfer full) */
static GVariant *
make_proposals (const RubisInboxRow *row)
{
  GVariantBuilder records;

  rubis_records_init (&records);
  for (guint i = 0; i < row->proposals->len; i++)
    {
      GVariantBuilder record;

      make_proposal (row, i, &record);
      rubis_records_add (&records, &record);
    }
  return g_variant_ref_sink (g_variant_builder_end (&records));
}

/* (transfer full) */
static GVariant *
make_record (const RubisInboxRow *row)
{
  g_autoptr (GString) proposes = g_string_new (NULL);
  g_autoptr (GVariant) proposals = make_proposals (row);
  GVariantBuilder record;

  for (guint i = 0; i < row->proposals->len; i++)
    {
      const RubisProposal *proposal = g_ptr_array_index (row->proposals, i);

      g_autofree char *name = make_name (row, i);

      if (g_str_equal (proposal->state, "open"))
        g_string_append_printf (proposes, "%s%s %s", proposes->len > 0 ? ", " : "", name,
                                rubis_answer_kind_to_label (proposal->kind));
    }
  rubis_record_init (&record);
  rubis_record_add_int (&record, "id", row->id);
  rubis_record_add_date (&record, "received", row->received);
  rubis_record_add_time (&record, "fetched", row->fetched_at);
  rubis_record_add_text (&record, "kind", rubis_incoming_kind_to_id (row->kind));
  rubis_record_add_text (&record, "kind_name", rubis_incoming_kind_to_label (row->kind));
  rubis_record_add_text (&record, "state", row->state);
  rubis_record_add_text (&record, "account", row->account_code);
  rubis_record_add_text (&record, "name", row->account_name);
  rubis_record_add_int (&record, "outbox", row->outbox_id);
  if (row->dispute_id != 0)
    rubis_record_add_int (&record, "dispute", row->dispute_id);
  else
    rubis_record_add_null (&record, "dispute");
  rubis_record_add_text (&record, "matched_by", row->matched_by);
  rubis_record_add_text (&record, "warning", row->warning);
  rubis_record_add_text (&record, "from", row->from_email);
  rubis_record_add_text (&record, "from_name", row->from_name);
  rubis_record_add_text (&record, "subject", row->subject);
  rubis_record_add_text (&record, "text", row->text);
  rubis_record_add_text (&record, "proposes", proposes->str);
  rubis_record_add_value (&record, "proposals", proposals);
  return g_variant_ref_sink (g_variant_builder_end (&record));
}

static RubisExit
list_messages (RubisCli *cli, RubisSession *session, const InboxOptions *options, char **argv)
{
  g_autoptr (RubisOutput) output = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;
  gint64 account = 0;

  if (options->account != NULL && !rubis_session_find_account (session, options->account, &account, &error))
    return rubis_cli_fail (error, RUBIS_EXIT_USAGE);
  rows = rubis_session_list_inbox (session, !options->all, 0, account, options->text, &error);
  if (rows == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  output = rubis_output_new (cli->format, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr (GVariant) record = make_record (g_ptr_array_index (rows, i));

      rubis_output_add (output, record);
    }
  rubis_output_finish (output, options->all
                                   ? _ ("Nothing came back.")
                                   : _ ("No answer waits. “inbox list --all” shows those dealt with."));
  return RUBIS_EXIT_DONE;
}

static RubisExit
print_message (RubisCli *cli, RubisSession *session, gint64 id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisInboxRow) row = rubis_session_load_inbox (session, id, &error);
  g_autoptr (GVariant) record = NULL;
  g_autoptr (GVariant) proposals = NULL;

  if (row == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_USAGE);
  record = make_record (row);
  if (cli->format == RUBIS_OUTPUT_JSON)
    {
      rubis_output_print_json (record);
      return RUBIS_EXIT_DONE;
    }
  for (gsize i = 0; cli->format == RUBIS_OUTPUT_TEXT && i < G_N_ELEMENTS (columns); i++)
    {
      g_autofree char *value = rubis_output_dup_text (record, columns[i].key, columns[i].kind);

      if (*value != '\0')
        rubis_output_print_line (_ ("%s: %s"), _ (columns[i].title), value);
    }
  if (cli->format == RUBIS_OUTPUT_TEXT)
    rubis_output_print_line ("\n%s\n", row->text);
  if (*row->warning != '\0')
    rubis_cli_say ("%s", row->warning);
  proposals = make_proposals (row);
  rubis_output_print_list (cli->format, proposals, proposal_columns, G_N_ELEMENTS (proposal_columns),
                           _ ("It proposes nothing."));
  return RUBIS_EXIT_DONE;
}

static RubisExit
show_message (RubisCli *cli, RubisSession *session, const InboxOptions *options, char **argv)
{
  gint64 id = 0;

  return read_id (argv[2], &id) ? print_message (cli, session, id) : RUBIS_EXIT_USAGE;
}

/* --- fetch, take -------------------------------------------------------------------------------- */

static RubisExit
print_report (RubisCli *cli, const RubisFetchReport *report, RubisExit failed)
{
  if (cli->format == RUBIS_OUTPUT_JSON)
    {
      g_autoptr (GVariant) value = NULL;
      GVariantBuilder record;

      rubis_record_init (&record);
      rubis_record_add_int (&record, "read", report->n_read);
      rubis_record_add_int (&record, "new", report->n_new);
      rubis_record_add_int (&record, "bounces", report->n_bounces);
      rubis_record_add_int (&record, "replies", report->n_replies);
      rubis_record_add_int (&record, "automatic", report->n_auto);
      rubis_record_add_int (&record, "unmatched", report->n_unmatched);
      rubis_record_add_texts (&record, "problems", report->problems);
      value = g_variant_ref_sink (g_variant_builder_end (&record));
      rubis_output_print_json (value);
    }
  else
    rubis_output_print_line (
        _ ("Messages read: %d; new: %d (answers: %d, returned: %d, automatic: %d, of no known "
           "account: %d)."),
        report->n_read, report->n_new, report->n_replies, report->n_bounces, report->n_auto,
        report->n_unmatched);
  for (guint i = 0; i < report->problems->len; i++)
    rubis_cli_say ("%s", (const char *)g_ptr_array_index (report->problems, i));
  if (report->problems->len == 0)
    return RUBIS_EXIT_DONE;
  return report->n_read > 0 ? RUBIS_EXIT_PARTIAL : failed;
}

static RubisExit
fetch (RubisCli *cli, RubisSession *session, const InboxOptions *options, char **argv)
{
  g_autoptr (RubisFetchReport) report = NULL;
  g_autoptr (GError) error = NULL;
  RubisProgress progress;

  rubis_cli_progress_init (&progress);
  report = rubis_session_fetch_inbox (session, read_clock (), &progress, &error);
  rubis_cli_progress_end (&progress);
  return report != NULL ? print_report (cli, report, RUBIS_EXIT_DEVICE)
                        : rubis_cli_fail (error, RUBIS_EXIT_DEVICE);
}

static RubisExit
take (RubisCli *cli, RubisSession *session, const InboxOptions *options, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisFetchReport) report
      = rubis_session_take_messages (session, (const char *const *)argv + 2, read_clock (), &error);

  return report != NULL ? print_report (cli, report, RUBIS_EXIT_INPUT)
                        : rubis_cli_fail (error, RUBIS_EXIT_INPUT);
}

/* --- what a person decides ------------------------------------------------------------------------ */

/* The only open one, or the only one at all. G_MAXUINT after having said that there are none or several. */
static guint
find_only (const RubisInboxRow *row)
{
  g_autoptr (GString) names = g_string_new (NULL);
  guint found = G_MAXUINT;
  guint n_open = 0;

  for (guint i = 0; i < row->proposals->len; i++)
    {
      const RubisProposal *proposal = g_ptr_array_index (row->proposals, i);
      g_autofree char *name = make_name (row, i);

      if (!g_str_equal (proposal->state, "open"))
        continue;
      found = i;
      n_open++;
      g_string_append_printf (names, "%s%s %s", names->len > 0 ? ", " : "", name,
                              rubis_answer_kind_to_label (proposal->kind));
    }
  if (n_open == 1)
    return found;
  if (n_open == 0 && row->proposals->len == 1)
    return 0;
  if (n_open == 0)
    rubis_cli_say (_ ("Message %d proposes nothing, or nothing more."), (int)row->id);
  else
    rubis_cli_say (_ ("Message %d proposes several things: say which one (%s)."), (int)row->id, names->str);
  return G_MAXUINT;
}

/* The message of "5" or "5.2" and which of its proposals is meant. NULL after having said why not.
 * (transfer full) (nullable) */
static RubisInboxRow *
read_proposal (RubisSession *session, const char *text, guint *index)
{
  g_auto (GStrv) parts = g_strsplit (text, ".", 2);
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisInboxRow) row = NULL;
  gint64 id = 0;
  gint64 n = 0;

  if (!g_ascii_string_to_signed (parts[0] != NULL ? parts[0] : "", 10, 1, G_MAXINT64, &id, NULL)
      || (parts[1] != NULL && !g_ascii_string_to_signed (parts[1], 10, 1, G_MAXINT, &n, NULL)))
    {
      rubis_cli_say (
          _ ("“%s” is no proposal: give the number of the message, or 5.2 for the second proposal of "
             "message 5."),
          text);
      return NULL;
    }
  row = rubis_session_load_inbox (session, id, &error);
  if (row == NULL)
    {
      rubis_cli_say ("%s", error->message);
      return NULL;
    }
  if (n > (gint64)row->proposals->len)
    {
      rubis_cli_say (_ ("Message %d has no proposal %s: “inbox show %d” lists them."), (int)id, text,
                     (int)id);
      return NULL;
    }
  *index = n != 0 ? (guint)n - 1 : find_only (row);
  return *index != G_MAXUINT ? g_steal_pointer (&row) : NULL;
}

static void
print_noted (RubisCli *cli, const RubisInboxRow *row, guint index, const char *noted)
{
  g_autofree char *name = make_name (row, index);
  g_autoptr (GVariant) value = NULL;
  GVariantBuilder record;

  if (cli->format != RUBIS_OUTPUT_JSON)
    {
      rubis_output_print_line ("%s", noted);
      return;
    }
  rubis_record_init (&record);
  rubis_record_add_text (&record, "proposal", name);
  rubis_record_add_text (&record, "account", row->account_code);
  rubis_record_add_text (&record, "noted", noted);
  value = g_variant_ref_sink (g_variant_builder_end (&record));
  rubis_output_print_json (value);
}

/* What the options say in place of what was read. */
static RubisExit
correct (RubisSession *session, const InboxOptions *options, const RubisInboxRow *row, const char *name,
         RubisProposal *proposal)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = NULL;

  if (!rubis_cli_read_date (options->date, "--day", &proposal->date))
    return RUBIS_EXIT_USAGE;
  if (options->items == NULL && proposal->kind <= RUBIS_ANSWER_COPY && proposal->item_ids->len == 0)
    {
      rubis_cli_say (_ ("Say which invoices it is about: “inbox apply %s --item NUMBER”."), name);
      return RUBIS_EXIT_USAGE;
    }
  if (options->items == NULL)
    return RUBIS_EXIT_DONE;
  ids = rubis_session_find_items (session, row->account_id, (const char *const *)options->items, &error);
  if (ids == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_USAGE);
  g_array_unref (proposal->item_ids);
  proposal->item_ids = g_steal_pointer (&ids);
  return RUBIS_EXIT_DONE;
}

static RubisExit
apply (RubisCli *cli, RubisSession *session, const InboxOptions *options, char **argv)
{
  guint index = 0;
  g_autoptr (RubisInboxRow) row = read_proposal (session, argv[2], &index);
  g_autoptr (GError) error = NULL;
  g_autofree char *noted = NULL;
  RubisProposal *proposal;
  RubisExit status;

  if (row == NULL)
    return RUBIS_EXIT_USAGE;
  proposal = g_ptr_array_index (row->proposals, index);
  status = correct (session, options, row, argv[2], proposal);
  if (status != RUBIS_EXIT_DONE)
    return status;
  if (!rubis_session_apply_proposal (session, proposal->id, proposal, &noted, &error))
    return rubis_cli_fail (error, RUBIS_EXIT_PARTIAL);
  print_noted (cli, row, index, noted);
  return RUBIS_EXIT_DONE;
}

static RubisExit
dismiss (RubisCli *cli, RubisSession *session, const InboxOptions *options, char **argv)
{
  guint index = 0;
  g_autoptr (RubisInboxRow) row = read_proposal (session, argv[2], &index);
  g_autoptr (GError) error = NULL;
  g_autofree char *noted = NULL;
  const RubisProposal *proposal;

  if (row == NULL)
    return RUBIS_EXIT_USAGE;
  proposal = g_ptr_array_index (row->proposals, index);
  if (!rubis_session_dismiss_proposal (session, proposal->id, &error))
    return rubis_cli_fail (error, RUBIS_EXIT_PARTIAL);
  noted = g_strdup_printf (_ ("%s %s: “%s” dismissed; nothing was noted, reminders go on."),
                           row->account_code, row->account_name, rubis_answer_kind_to_label (proposal->kind));
  print_noted (cli, row, index, noted);
  return RUBIS_EXIT_DONE;
}

static RubisExit
close_message (RubisCli *cli, RubisSession *session, const InboxOptions *options, char **argv)
{
  g_autoptr (GError) error = NULL;
  gint64 id = 0;

  if (!read_id (argv[2], &id))
    return RUBIS_EXIT_USAGE;
  return rubis_session_close_incoming (session, id, TRUE, &error)
             ? RUBIS_EXIT_DONE
             : rubis_cli_fail (error, RUBIS_EXIT_PARTIAL);
}

static RubisExit
assign (RubisCli *cli, RubisSession *session, const InboxOptions *options, char **argv)
{
  g_autoptr (GError) error = NULL;
  gint64 id = 0;
  gint64 account = 0;

  if (!read_id (argv[2], &id))
    return RUBIS_EXIT_USAGE;
  if (options->account == NULL)
    {
      rubis_cli_say (_ ("Say whose it is: “inbox assign %s --account CODE”."), argv[2]);
      return RUBIS_EXIT_USAGE;
    }
  if (!rubis_session_find_account (session, options->account, &account, &error))
    return rubis_cli_fail (error, RUBIS_EXIT_USAGE);
  if (!rubis_session_assign_incoming (session, id, account, &error))
    return rubis_cli_fail (error, RUBIS_EXIT_PARTIAL);
  return print_message (cli, session, id);
}

static const struct
{
  const char *word;
  int min; /* arguments */
  RunFunc run;
} commands[] = {
  { "list", 0, list_messages },  { "show", 1, show_message }, { "fetch", 0, fetch },
  { "take", 1, take },           { "apply", 1, apply },       { "dismiss", 1, dismiss },
  { "close", 1, close_message }, { "assign", 1, assign },
};

static RubisExit
run_inbox (RubisCli *cli, const InboxOptions *options, char **argv)
{
  static const char *const standard[] = { "inbox", "list", NULL };
  char **words = argv[1] != NULL ? argv : (char **)standard;

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autoptr (RubisSession) session = NULL;

      if (!g_str_equal (commands[i].word, words[1]))
        continue;
      if ((int)g_strv_length (words) - 2 < commands[i].min)
        {
          rubis_cli_say (_ ("“inbox %s” needs more; “rubisctl inbox --help” says what."), words[1]);
          return RUBIS_EXIT_USAGE;
        }
      session = rubis_cli_open (cli);
      if (session == NULL)
        return cli->dossier != NULL ? RUBIS_EXIT_DOSSIER : RUBIS_EXIT_USAGE;
      return commands[i].run (cli, session, options, words);
    }
  rubis_cli_say (_ ("“inbox %s” is not known. Say list, show, fetch, take, apply, dismiss, close or assign."),
                 words[1]);
  return RUBIS_EXIT_USAGE;
}

RubisExit
rubis_cli_run_inbox (RubisCli *cli, int argc, char **argv)
{
  InboxOptions options = { 0 };
  const GOptionEntry entries[] = {
    { "account", 0, 0, G_OPTION_ARG_STRING, &options.account,
      N_ ("list: of this account only; assign: to this account"), N_ ("CODE") },
    { "text", 0, 0, G_OPTION_ARG_STRING, &options.text, N_ ("list: only those with these words"),
      N_ ("TEXT") },
    { "all", 0, 0, G_OPTION_ARG_NONE, &options.all, N_ ("list: also those dealt with"), NULL },
    { "day", 0, 0, G_OPTION_ARG_STRING, &options.date,
      N_ ("apply: another day of payment than the one that was read"), N_ ("DATE") },
    { "item", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.items,
      N_ ("apply: about this invoice in place of those that were read; may be given several times"),
      N_ ("NUMBER") },
    { 0 },
  };
  RubisExit status = RUBIS_EXIT_USAGE;

  if (rubis_cli_parse (cli, entries, 0, -1, &argv))
    status = run_inbox (cli, &options, argv);
  g_free (options.account);
  g_free (options.text);
  g_free (options.date);
  g_strfreev (options.items);
  return status;
}
