/* dispute: open, change, move, close, comment, ask, attach. */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-actors.h"
#include "rubis-choices.h"
#include "rubis-cli-dispute.h"
#include "rubis-format.h"
#include "rubis-paper.h"
#include "rubis-session-lists.h"
#include "rubis-text.h"

/* --- what is typed --- */

/* "F-1042" or "F-1042=120.50": the item and how much of it. */
static gboolean
read_part (RubisSession *session, gint64 account, const char *text, RubisDisputePart *part, RubisExit *status)
{
  const char *sign = strrchr (text, '=');
  g_autofree char *number = sign != NULL ? g_strndup (text, (gsize)(sign - text)) : g_strdup (text);
  const char *const numbers[] = { number, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = rubis_session_find_items (session, account, numbers, &error);
  RubisCurrency currency;

  *status = RUBIS_EXIT_USAGE;
  if (ids == NULL)
    {
      *status = rubis_cli_fail (error, RUBIS_EXIT_USAGE);
      return FALSE;
    }
  part->item_id = g_array_index (ids, gint64, 0);
  part->amount = 0;
  if (sign == NULL)
    return TRUE;
  if (!rubis_session_get_contestable (session, part->item_id, NULL, &currency, &error))
    {
      *status = rubis_cli_fail (error, RUBIS_EXIT_USAGE);
      return FALSE;
    }
  if (!rubis_cli_read_amount (sign + 1, "--item", currency, &part->amount))
    return FALSE;
  if (part->amount > 0)
    return TRUE;
  rubis_cli_say (_ ("--item: what is contested of %s is more than zero."), number);
  return FALSE;
}

/* (transfer full) NULL: said what is wrong */
static GArray *
read_parts (RubisSession *session, gint64 account, char **items, RubisExit *status)
{
  g_autoptr (GArray) parts = g_array_new (FALSE, TRUE, sizeof (RubisDisputePart));

  for (int i = 0; items != NULL && items[i] != NULL; i++)
    {
      RubisDisputePart part;

      if (!read_part (session, account, items[i], &part, status))
        return NULL;
      g_array_append_val (parts, part);
    }
  return g_steal_pointer (&parts);
}

/* @id stays as it is when nobody is named; "" is nobody. */
static gboolean
read_resolver (RubisSession *session, const char *name, gint64 *id, RubisExit *status)
{
  g_autoptr (GError) error = NULL;

  if (name == NULL)
    return TRUE;
  *id = *name != '\0' ? rubis_session_find_actor (session, name, &error) : 0;
  if (error == NULL)
    return TRUE;
  *status = rubis_cli_fail (error, RUBIS_EXIT_USAGE);
  return FALSE;
}

/* --- open, change --- */

static RubisExit
open_dispute (RubisCli *cli, RubisSession *session, const RubisCliDispute *options, char **argv)
{
  RubisDisputeInput input = { .reason = options->reason,
                              .description = options->text,
                              .product_line = options->line,
                              .due_date = RUBIS_DATE_NONE,
                              .keep_dunning = options->keep_dunning };
  RubisExit status = RUBIS_EXIT_USAGE;
  g_autoptr (GArray) parts = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id;

  if (options->account == NULL || options->items == NULL || options->reason == NULL)
    {
      rubis_cli_say (_ ("Say what is contested and why: “dispute open --account CODE --item NUMBER[=AMOUNT] "
                        "--reason REASON”."));
      return RUBIS_EXIT_USAGE;
    }
  if (!rubis_cli_read_date (options->due, "--due", &input.due_date))
    return RUBIS_EXIT_USAGE;
  if (!rubis_session_find_account (session, options->account, &input.account_id, &error))
    return rubis_cli_fail (error, RUBIS_EXIT_USAGE);
  parts = read_parts (session, input.account_id, options->items, &status);
  if (parts == NULL || !read_resolver (session, options->resolver, &input.resolver_id, &status))
    return status;
  input.items = parts;
  id = rubis_session_open_dispute (session, &input, &error);
  return id != 0 ? rubis_cli_dispute_print (cli, session, id) : rubis_cli_fail (error, RUBIS_EXIT_PARTIAL);
}

static RubisExit
change (RubisCli *cli, RubisSession *session, const RubisCliDispute *options, char **argv)
{
  RubisDisputeInput input = { .reason = options->reason,
                              .description = options->text,
                              .product_line = options->line,
                              .resolver_id = -1,
                              .due_date = RUBIS_DATE_NONE };
  RubisExit status = RUBIS_EXIT_USAGE;
  g_autoptr (RubisDispute) before = NULL;
  g_autoptr (GArray) parts = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id = 0;

  if (!rubis_cli_dispute_read_id (argv[2], &id)
      || !rubis_cli_read_date (options->due, "--due", &input.due_date))
    return RUBIS_EXIT_USAGE;
  if (options->keep_dunning && options->stop_dunning)
    {
      rubis_cli_say (_ ("--keep-dunning and --stop-dunning contradict each other: give one of them."));
      return RUBIS_EXIT_USAGE;
    }
  before = rubis_session_load_dispute (session, id, &error);
  if (before == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_USAGE);
  if (!read_resolver (session, options->resolver, &input.resolver_id, &status))
    return status;
  if (options->items != NULL)
    {
      parts = read_parts (session, before->account_id, options->items, &status);
      if (parts == NULL)
        return status;
    }
  input.items = parts;
  input.keep_dunning = options->keep_dunning || (before->keep_dunning && !options->stop_dunning);
  return rubis_session_change_dispute (session, id, &input, &error)
             ? rubis_cli_dispute_print (cli, session, id)
             : rubis_cli_fail (error, RUBIS_EXIT_PARTIAL);
}

/* --- move, close --- */

/* What was conceded is not claimed again because nobody said what becomes of it. @credit: (inout) */
static gboolean
expect_credit (const RubisDispute *before, const RubisCliDispute *options, gint64 *credit)
{
  g_autofree char *amount = NULL;

  if (options->credit != NULL || before->nothing_open || !rubis_dispute_state_is_open (before->state))
    return TRUE;
  if (before->state != RUBIS_DISPUTE_CREDIT_AWAITED)
    {
      *credit = before->amount;
      return TRUE;
    }
  amount = rubis_format_amount (before->outcome_amount, before->currency, rubis_format_ui_language ());
  rubis_cli_say (_ ("The credit note of %s has not come: it closes the dispute when it is imported. To close it now "
                    "and claim what is open again, say --credit 0."),
                 amount);
  return FALSE;
}

static RubisExit
do_move (RubisCli *cli, RubisSession *session, const RubisCliDispute *options, gint64 id,
         RubisDisputeState state)
{
  RubisDisputeMove move = { .state = state, .restart = options->restart, .note = options->note };
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisDispute) before = rubis_session_load_dispute (session, id, &error);

  if (before == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_USAGE);
  if (options->restart && state != RUBIS_DISPUTE_UNFOUNDED && state != RUBIS_DISPUTE_ABANDONED)
    {
      rubis_cli_say (_ ("--restart goes with unfounded and abandoned: otherwise nothing is dunned again."));
      return RUBIS_EXIT_USAGE;
    }
  if (!rubis_cli_read_amount (options->credit, "--credit", before->currency, &move.credit))
    return RUBIS_EXIT_USAGE;
  if (move.credit < 0)
    {
      rubis_cli_say (_ ("--credit: write the amount of the credit note without a sign."));
      return RUBIS_EXIT_USAGE;
    }
  if (move.credit > 0 && state != RUBIS_DISPUTE_FOUNDED && state != RUBIS_DISPUTE_CREDIT_AWAITED)
    {
      rubis_cli_say (_ ("--credit goes with founded and credit_awaited."));
      return RUBIS_EXIT_USAGE;
    }
  if (state == RUBIS_DISPUTE_FOUNDED && !expect_credit (before, options, &move.credit))
    return RUBIS_EXIT_PARTIAL;
  return rubis_session_move_dispute (session, id, &move, &error) ? rubis_cli_dispute_print (cli, session, id)
                                                                 : rubis_cli_fail (error, RUBIS_EXIT_PARTIAL);
}

static RubisExit
move_dispute (RubisCli *cli, RubisSession *session, const RubisCliDispute *options, char **argv)
{
  RubisDisputeState state = RUBIS_DISPUTE_OPEN;
  gint64 id = 0;

  if (!rubis_cli_dispute_read_id (argv[2], &id))
    return RUBIS_EXIT_USAGE;
  if (options->to == NULL)
    {
      rubis_cli_say (_ ("Say where: “dispute move %s --to STATE”."), argv[2]);
      return RUBIS_EXIT_USAGE;
    }
  return rubis_cli_dispute_read_state (options->to, FALSE, &state)
             ? do_move (cli, session, options, id, state)
             : RUBIS_EXIT_USAGE;
}

static RubisExit
close_dispute (RubisCli *cli, RubisSession *session, const RubisCliDispute *options, char **argv)
{
  RubisDisputeState state = RUBIS_DISPUTE_OPEN;
  gint64 id = 0;

  if (!rubis_cli_dispute_read_id (argv[2], &id))
    return RUBIS_EXIT_USAGE;
  if (options->outcome == NULL)
    {
      rubis_cli_say (_ ("Say how it ended: “dispute close %s --outcome founded|unfounded|abandoned”."),
                     argv[2]);
      return RUBIS_EXIT_USAGE;
    }
  return rubis_cli_dispute_read_state (options->outcome, TRUE, &state)
             ? do_move (cli, session, options, id, state)
             : RUBIS_EXIT_USAGE;
}

/* --- comment, attach, ask --- */

static RubisExit
comment (RubisCli *cli, RubisSession *session, const RubisCliDispute *options, char **argv)
{
  g_autofree char *text = options->text != NULL ? g_strdup (options->text) : g_strjoinv (" ", argv + 3);
  g_autoptr (GError) error = NULL;
  gint64 id = 0;

  if (!rubis_cli_dispute_read_id (argv[2], &id))
    return RUBIS_EXIT_USAGE;
  return rubis_session_comment_dispute (session, id, text, &error)
             ? rubis_cli_dispute_print (cli, session, id)
             : rubis_cli_fail (error, RUBIS_EXIT_USAGE);
}

static RubisExit
attach (RubisCli *cli, RubisSession *session, const RubisCliDispute *options, char **argv)
{
  g_autoptr (GError) error = NULL;
  gint64 id = 0;

  if (!rubis_cli_dispute_read_id (argv[2], &id))
    return RUBIS_EXIT_USAGE;
  for (int i = 3; argv[i] != NULL; i++)
    {
      if (rubis_session_attach_to_dispute (session, id, argv[i], &error) == 0)
        return rubis_cli_fail (error, RUBIS_EXIT_INPUT);
    }
  return rubis_cli_dispute_print (cli, session, id);
}

static RubisExit
ask (RubisCli *cli, RubisSession *session, const RubisCliDispute *options, char **argv)
{
  g_autoptr (GError) error = NULL;
  gint64 id = 0;

  if (!rubis_cli_dispute_read_id (argv[2], &id))
    return RUBIS_EXIT_USAGE;
  if (rubis_session_ask_resolver (session, id, options->text, &error) == 0)
    return rubis_cli_fail (error, RUBIS_EXIT_PARTIAL);
  if (cli->format == RUBIS_OUTPUT_TEXT)
    rubis_output_print_line ("%s", _ ("The request waits in the outbox for your approval."));
  return rubis_cli_dispute_print (cli, session, id);
}

/* --- the command --- */

static const struct
{
  const char *word;
  int min; /* arguments */
  RubisCliDisputeFunc run;
} commands[] = {
  { "list", 0, rubis_cli_dispute_list },
  { "show", 1, rubis_cli_dispute_show },
  { "open", 0, open_dispute },
  { "change", 1, change },
  { "move", 1, move_dispute },
  { "close", 1, close_dispute },
  { "comment", 1, comment },
  { "attach", 2, attach },
  { "ask", 1, ask },
  { "stats", 0, rubis_cli_dispute_stats },
  { "reasons", 0, rubis_cli_dispute_reasons },
};

/* --reason by its id or its name, whatever the case: the id. FALSE: said that there is none. */
static gboolean
read_reason (RubisSession *session, RubisCliDispute *options)
{
  g_autoptr (GPtrArray) choices
      = rubis_session_list_choices (session, RUBIS_CHOICES_DISPUTE_REASON, TRUE, NULL);
  g_autofree char *typed = options->reason != NULL ? rubis_text_fold (options->reason) : NULL;

  if (typed == NULL || choices == NULL)
    return TRUE;
  for (guint i = 0; i < choices->len; i++)
    {
      const RubisChoice *choice = g_ptr_array_index (choices, i);
      g_autofree char *label = rubis_text_fold (choice->label);

      if (!g_str_equal (choice->id, options->reason) && !g_str_equal (label, typed))
        continue;
      g_free (options->reason);
      options->reason = g_strdup (choice->id);
      return TRUE;
    }
  rubis_cli_say (_ ("There is no reason “%s”: “dispute reasons” lists them."), options->reason);
  return FALSE;
}

static RubisExit
run_dispute (RubisCli *cli, RubisCliDispute *options, char **argv)
{
  static const char *const standard[] = { "dispute", "list", NULL };
  char **words = argv[1] != NULL ? argv : (char **)standard;

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autoptr (RubisSession) session = NULL;

      if (!g_str_equal (commands[i].word, words[1]))
        continue;
      if ((int)g_strv_length (words) - 2 < commands[i].min)
        {
          rubis_cli_say (_ ("“dispute %s” needs more; “rubisctl dispute --help” says what."), words[1]);
          return RUBIS_EXIT_USAGE;
        }
      session = rubis_cli_open (cli);
      if (session == NULL)
        return cli->dossier != NULL ? RUBIS_EXIT_DOSSIER : RUBIS_EXIT_USAGE;
      return read_reason (session, options) ? commands[i].run (cli, session, options, words)
                                            : RUBIS_EXIT_USAGE;
    }
  rubis_cli_say (
      _ ("“dispute %s” is not known. Say list, show, open, change, move, close, comment, ask, attach, stats "
         "or reasons."),
      words[1]);
  return RUBIS_EXIT_USAGE;
}

static void
options_clear (RubisCliDispute *options)
{
  char *const texts[]
      = { options->account, options->reason, options->text,    options->line,   options->resolver,
          options->due,     options->to,     options->outcome, options->credit, options->note,
          options->by,      options->from,   options->id,      options->label };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_strfreev (options->items);
  g_strfreev (options->states);
}

RubisExit
rubis_cli_run_dispute (RubisCli *cli, int argc, char **argv)
{
  RubisCliDispute o = { 0 };
  const GOptionEntry entries[] = {
    { "account", 0, 0, G_OPTION_ARG_STRING, &o.account, N_ ("list, open: of this account"), N_ ("CODE") },
    { "item", 0, 0, G_OPTION_ARG_STRING_ARRAY, &o.items,
      N_ ("open, change: an invoice, or that much of it; may be given several times"),
      N_ ("NUMBER[=AMOUNT]") },
    { "reason", 0, 0, G_OPTION_ARG_STRING, &o.reason, N_ ("list, open, change: “dispute reasons” lists them"),
      N_ ("REASON") },
    { "text", 0, 0, G_OPTION_ARG_STRING, &o.text,
      N_ ("open, change: the customer’s words; list: only those with these words; comment, ask: what is "
          "written"),
      N_ ("TEXT") },
    { "line", 0, 0, G_OPTION_ARG_STRING, &o.line, N_ ("open, change: the product line"), N_ ("NAME") },
    { "resolver", 0, 0, G_OPTION_ARG_STRING, &o.resolver,
      N_ ("list, open, change: the colleague who resolves it; an empty name for nobody"), N_ ("NAME") },
    { "due", 0, 0, G_OPTION_ARG_STRING, &o.due, N_ ("open, change: the day by which it is to be resolved"),
      N_ ("DATE") },
    { "keep-dunning", 0, 0, G_OPTION_ARG_NONE, &o.keep_dunning, N_ ("open, change: reminders go on"), NULL },
    { "stop-dunning", 0, 0, G_OPTION_ARG_NONE, &o.stop_dunning, N_ ("change: reminders stop"), NULL },
    { "state", 0, 0, G_OPTION_ARG_STRING_ARRAY, &o.states,
      N_ ("list: in this state; may be given several times"), N_ ("STATE") },
    { "late", 0, 0, G_OPTION_ARG_NONE, &o.late, N_ ("list: only those after their day"), NULL },
    { "all", 0, 0, G_OPTION_ARG_NONE, &o.all, N_ ("list: closed ones too; reasons: those switched off too"),
      NULL },
    { "to", 0, 0, G_OPTION_ARG_STRING, &o.to, N_ ("move: to this state; stats: last day, today"),
      N_ ("STATE|DATE") },
    { "outcome", 0, 0, G_OPTION_ARG_STRING, &o.outcome, N_ ("close: founded, unfounded or abandoned"),
      N_ ("OUTCOME") },
    { "credit", 0, 0, G_OPTION_ARG_STRING, &o.credit,
      N_ ("move, close: the credit note that is to come (0: none is, what is open is claimed again); without it all "
          "that is contested"),
      N_ ("AMOUNT") },
    { "restart", 0, 0, G_OPTION_ARG_NONE, &o.restart,
      N_ ("move, close: dunning begins again at the first step"), NULL },
    { "note", 0, 0, G_OPTION_ARG_STRING, &o.note, N_ ("move, close: why"), N_ ("TEXT") },
    { "by", 0, 0, G_OPTION_ARG_STRING, &o.by, N_ ("stats: reason, resolver, account or line"), N_ ("WHAT") },
    { "from", 0, 0, G_OPTION_ARG_STRING, &o.from, N_ ("stats: first day; a year ago"), N_ ("DATE") },
    { "add", 0, 0, G_OPTION_ARG_STRING, &o.label, N_ ("reasons: add this one, or name --id so"),
      N_ ("NAME") },
    { "id", 0, 0, G_OPTION_ARG_STRING, &o.id, N_ ("reasons: change this one"), N_ ("REASON") },
    { "days", 0, 0, G_OPTION_ARG_INT, &o.days, N_ ("reasons: days in which it is resolved"), N_ ("N") },
    { "off", 0, 0, G_OPTION_ARG_NONE, &o.off, N_ ("reasons: not offered any more"), NULL },
    { "on", 0, 0, G_OPTION_ARG_NONE, &o.on, N_ ("reasons: offered again"), NULL },
    { 0 },
  };
  RubisExit status = RUBIS_EXIT_USAGE;

  if (rubis_cli_parse (cli, entries, 0, -1, &argv))
    status = run_dispute (cli, &o, argv);
  options_clear (&o);
  return status;
}
