/* dispute list, show, stats, reasons: what is read. */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-actors.h"
#include "rubis-cli-choices.h"
#include "rubis-cli-dispute.h"
#include "rubis-record.h"
#include "rubis-session-lists.h"

static const RubisColumn columns[] = {
  { "id", N_ ("Number"), RUBIS_COLUMN_NUMBER },
  { "account", N_ ("Account"), RUBIS_COLUMN_TEXT },
  { "name", N_ ("Name"), RUBIS_COLUMN_TEXT },
  { "items", N_ ("Invoices"), RUBIS_COLUMN_TEXT },
  { "state_name", N_ ("State"), RUBIS_COLUMN_TEXT },
  { "reason_name", N_ ("Reason"), RUBIS_COLUMN_TEXT },
  { "currency", N_ ("Currency"), RUBIS_COLUMN_TEXT },
  { "amount", N_ ("Contested"), RUBIS_COLUMN_AMOUNT },
  { "resolver", N_ ("Resolver"), RUBIS_COLUMN_TEXT },
  { "due_date", N_ ("Resolve by"), RUBIS_COLUMN_DATE },
  { "days_late", N_ ("Days late"), RUBIS_COLUMN_NUMBER },
};

static const RubisColumn item_columns[] = {
  { "number", N_ ("Invoice"), RUBIS_COLUMN_TEXT },        { "due_date", N_ ("Due date"), RUBIS_COLUMN_DATE },
  { "currency", N_ ("Currency"), RUBIS_COLUMN_TEXT },     { "open", N_ ("Open"), RUBIS_COLUMN_AMOUNT },
  { "contested", N_ ("Contested"), RUBIS_COLUMN_AMOUNT },
};

static const RubisColumn stat_columns[] = {
  { "label", N_ ("Name"), RUBIS_COLUMN_TEXT },
  { "currency", N_ ("Currency"), RUBIS_COLUMN_TEXT },
  { "opened", N_ ("Opened"), RUBIS_COLUMN_NUMBER },
  { "amount", N_ ("Contested"), RUBIS_COLUMN_AMOUNT },
  { "open", N_ ("Still open"), RUBIS_COLUMN_NUMBER },
  { "open_amount", N_ ("Open amount"), RUBIS_COLUMN_AMOUNT },
  { "closed", N_ ("Closed"), RUBIS_COLUMN_NUMBER },
  { "founded", N_ ("Founded"), RUBIS_COLUMN_NUMBER },
  { "credited", N_ ("Credited"), RUBIS_COLUMN_AMOUNT },
  { "average_days", N_ ("Days to resolve"), RUBIS_COLUMN_TEXT },
};

gboolean
rubis_cli_dispute_read_id (const char *text, gint64 *id)
{
  if (g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, id, NULL))
    return TRUE;
  rubis_cli_say (_ ("“%s” is not a number of “dispute list”."), text);
  return FALSE;
}

gboolean
rubis_cli_dispute_read_state (const char *text, gboolean ends, RubisDisputeState *state)
{
  if (rubis_dispute_state_from_id (text, state) && !(ends && rubis_dispute_state_is_open (*state)))
    return TRUE;
  rubis_cli_say (
      ends ? _ ("“%s” is no outcome: say founded, unfounded or abandoned.")
           : _ ("“%s” is no state: say open, examined, credit_awaited, founded, unfounded or abandoned."),
      text);
  return FALSE;
}

/* --- records --- */

static void
add_items (GVariantBuilder *record, const RubisDispute *dispute)
{
  g_autoptr (GVariant) list = NULL;
  GVariantBuilder items;

  rubis_records_init (&items);
  for (guint i = 0; i < dispute->items->len; i++)
    {
      const RubisDisputeItem *item = g_ptr_array_index (dispute->items, i);
      GVariantBuilder line;

      rubis_record_init (&line);
      rubis_record_add_text (&line, "number", item->number);
      rubis_record_add_date (&line, "due_date", item->due_date);
      rubis_record_add_text (&line, "currency", dispute->currency.code);
      rubis_record_add_amount (&line, "total", item->total, dispute->currency);
      rubis_record_add_amount (&line, "open", item->open, dispute->currency);
      rubis_record_add_amount (&line, "contested", item->amount, dispute->currency);
      rubis_records_add (&items, &line);
    }
  list = g_variant_ref_sink (g_variant_builder_end (&items));
  rubis_record_add_value (record, "parts", list);
}

static void
add_comments (GVariantBuilder *record, const RubisDispute *dispute)
{
  g_autoptr (GVariant) list = NULL;
  GVariantBuilder comments;

  rubis_records_init (&comments);
  for (guint i = 0; i < dispute->comments->len; i++)
    {
      const RubisDisputeComment *comment = g_ptr_array_index (dispute->comments, i);
      GVariantBuilder line;

      rubis_record_init (&line);
      rubis_record_add_date (&line, "date", comment->date);
      rubis_record_add_text (&line, "author", comment->author);
      rubis_record_add_text (&line, "text", comment->text);
      rubis_records_add (&comments, &line);
    }
  list = g_variant_ref_sink (g_variant_builder_end (&comments));
  rubis_record_add_value (record, "comments", list);
}

/* (transfer full) */
static GVariant *
make_record (const RubisDispute *dispute)
{
  GVariantBuilder record;

  rubis_record_init (&record);
  rubis_record_add_int (&record, "id", dispute->id);
  rubis_record_add_text (&record, "account", dispute->account_code);
  rubis_record_add_text (&record, "name", dispute->account_name);
  rubis_record_add_text (&record, "state", rubis_dispute_state_to_id (dispute->state));
  rubis_record_add_text (&record, "state_name", rubis_dispute_state_to_label (dispute->state));
  rubis_record_add_text (&record, "reason", dispute->reason);
  rubis_record_add_text (&record, "reason_name", dispute->reason_label);
  rubis_record_add_text (&record, "description", dispute->description);
  rubis_record_add_text (&record, "product_line", dispute->product_line);
  rubis_record_add_texts (&record, "items", dispute->numbers);
  rubis_record_add_text (&record, "currency", dispute->currency.code);
  rubis_record_add_amount (&record, "amount", dispute->amount, dispute->currency);
  rubis_record_add_amount (&record, "outcome_amount", dispute->outcome_amount, dispute->currency);
  rubis_record_add_text (&record, "resolver", dispute->resolver);
  rubis_record_add_date (&record, "opened_on", dispute->opened_on);
  rubis_record_add_text (&record, "opened_by", dispute->opened_by);
  rubis_record_add_date (&record, "due_date", dispute->due_date);
  rubis_record_add_date (&record, "asked_on", dispute->asked_on);
  rubis_record_add_date (&record, "expected_on", dispute->expected_on);
  rubis_record_add_date (&record, "closed_on", dispute->closed_on);
  rubis_record_add_text (&record, "closed_by", dispute->closed_by);
  rubis_record_add_text (&record, "close_note", dispute->close_note);
  rubis_record_add_bool (&record, "keep_dunning", dispute->keep_dunning);
  rubis_record_add_int (&record, "days", dispute->days);
  rubis_record_add_int (&record, "days_late", dispute->days_late);
  rubis_record_add_int (&record, "attachments", dispute->n_attachments);
  if (dispute->items != NULL)
    add_items (&record, dispute);
  if (dispute->comments != NULL)
    add_comments (&record, dispute);
  return g_variant_ref_sink (g_variant_builder_end (&record));
}

/* --- list --- */

static gboolean
read_filter (RubisSession *session, const RubisCliDispute *options, RubisDisputeFilter *filter,
             GError **error)
{
  for (int i = 0; options->states != NULL && options->states[i] != NULL; i++)
    {
      RubisDisputeState state;

      if (!rubis_cli_dispute_read_state (options->states[i], FALSE, &state))
        return FALSE;
      filter->states |= 1u << state;
    }
  if (options->all)
    filter->states = (1u << RUBIS_N_DISPUTE_STATES) - 1;
  filter->late = options->late;
  filter->reason = options->reason;
  filter->text = options->text;
  if (options->account != NULL
      && !rubis_session_find_account (session, options->account, &filter->account_id, error))
    return FALSE;
  if (options->resolver == NULL)
    return TRUE;
  filter->resolver_id
      = *options->resolver == '\0' ? -1 : rubis_session_find_actor (session, options->resolver, error);
  return filter->resolver_id != 0;
}

RubisExit
rubis_cli_dispute_list (RubisCli *cli, RubisSession *session, const RubisCliDispute *options, char **argv)
{
  RubisDisputeFilter filter = { 0 };
  g_autoptr (RubisOutput) output = NULL;
  g_autoptr (GPtrArray) disputes = NULL;
  g_autoptr (GError) error = NULL;

  if (!read_filter (session, options, &filter, &error))
    return error != NULL ? rubis_cli_fail (error, RUBIS_EXIT_USAGE) : RUBIS_EXIT_USAGE;
  disputes = rubis_session_list_disputes (session, &filter, &error);
  if (disputes == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  output = rubis_output_new (cli->format, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < disputes->len; i++)
    {
      g_autoptr (GVariant) record = make_record (g_ptr_array_index (disputes, i));

      rubis_output_add (output, record);
    }
  rubis_output_finish (output, _ ("No such dispute. “dispute list --all” shows the closed ones too."));
  return RUBIS_EXIT_DONE;
}

/* --- show --- */

/* The names of the files with it, joined by commas. (transfer full) (nullable) NULL on error */
static char *
join_attachments (RubisSession *session, gint64 id, GError **error)
{
  g_autoptr (GPtrArray) attachments = rubis_session_list_dispute_attachments (session, id, error);
  g_autoptr (GString) names = g_string_new (NULL);

  if (attachments == NULL)
    return NULL;
  for (guint i = 0; i < attachments->len; i++)
    {
      const RubisAttachment *attachment = g_ptr_array_index (attachments, i);

      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", attachment->file_name);
    }
  return g_strdup (names->str);
}

static void
print_text (GVariant *record, const RubisDispute *dispute, const char *attachments)
{
  static const RubisColumn more[] = {
    { "description", N_ ("Description"), RUBIS_COLUMN_TEXT },
    { "product_line", N_ ("Product line"), RUBIS_COLUMN_TEXT },
    { "opened_on", N_ ("Opened"), RUBIS_COLUMN_DATE },
    { "asked_on", N_ ("Resolver asked"), RUBIS_COLUMN_DATE },
    { "expected_on", N_ ("Expected to be resolved on"), RUBIS_COLUMN_DATE },
    { "closed_on", N_ ("Closed"), RUBIS_COLUMN_DATE },
    { "close_note", N_ ("Why"), RUBIS_COLUMN_TEXT },
    { "outcome_amount", N_ ("Credit note"), RUBIS_COLUMN_AMOUNT },
  };
  g_autoptr (GVariant) parts = g_variant_lookup_value (record, "parts", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (columns) + G_N_ELEMENTS (more); i++)
    {
      const RubisColumn *column
          = i < G_N_ELEMENTS (columns) ? &columns[i] : &more[i - G_N_ELEMENTS (columns)];
      g_autofree char *value = rubis_output_dup_text (record, column->key, column->kind);

      if (*value != '\0' && !(g_str_equal (column->key, "days_late") && dispute->days_late == 0)
          && !(g_str_equal (column->key, "outcome_amount") && dispute->outcome_amount == 0))
        rubis_output_print_line (_ ("%s: %s"), _ (column->title), value);
    }
  if (*attachments != '\0')
    rubis_output_print_line (_ ("Attached: %s"), attachments);
  if (dispute->keep_dunning)
    rubis_output_print_line ("%s", _ ("Reminders go on."));
  if (dispute->nothing_open && rubis_dispute_state_is_open (dispute->state))
    rubis_output_print_line ("%s", _ ("Nothing is open any more on its invoices: close it."));
  rubis_output_print_line ("%s", "");
  rubis_output_print_list (RUBIS_OUTPUT_TEXT, parts, item_columns, G_N_ELEMENTS (item_columns), "");
  for (guint i = 0; i < dispute->comments->len; i++)
    {
      const RubisDisputeComment *comment = g_ptr_array_index (dispute->comments, i);
      g_autofree char *date = rubis_date_to_iso (comment->date);

      rubis_output_print_line ("\n%s %s\n%s", date, comment->author, comment->text);
    }
}

RubisExit
rubis_cli_dispute_print (RubisCli *cli, RubisSession *session, gint64 id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisDispute) dispute = rubis_session_load_dispute (session, id, &error);
  g_autoptr (GVariant) record = NULL;
  g_autofree char *attachments = NULL;

  if (dispute == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_USAGE);
  attachments = join_attachments (session, id, &error);
  if (attachments == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  record = make_record (dispute);
  if (cli->format == RUBIS_OUTPUT_JSON)
    rubis_output_print_json (record);
  else if (cli->format == RUBIS_OUTPUT_TEXT)
    print_text (record, dispute, attachments);
  else
    {
      g_autoptr (GVariant) parts = g_variant_lookup_value (record, "parts", NULL);

      rubis_output_print_list (cli->format, parts, item_columns, G_N_ELEMENTS (item_columns), "");
    }
  return RUBIS_EXIT_DONE;
}

RubisExit
rubis_cli_dispute_show (RubisCli *cli, RubisSession *session, const RubisCliDispute *options, char **argv)
{
  gint64 id = 0;

  return rubis_cli_dispute_read_id (argv[2], &id) ? rubis_cli_dispute_print (cli, session, id)
                                                  : RUBIS_EXIT_USAGE;
}

/* --- stats --- */

static GVariant *
make_stat (const RubisDisputeStat *stat)
{
  char days[G_ASCII_DTOSTR_BUF_SIZE];
  GVariantBuilder record;

  g_ascii_formatd (days, sizeof days, "%.1f", stat->average_days);
  rubis_record_init (&record);
  rubis_record_add_text (&record, "id", stat->id);
  rubis_record_add_text (&record, "label", stat->label);
  rubis_record_add_text (&record, "currency", stat->currency.code);
  rubis_record_add_int (&record, "opened", stat->n_opened);
  rubis_record_add_amount (&record, "amount", stat->amount, stat->currency);
  rubis_record_add_int (&record, "open", stat->n_open);
  rubis_record_add_amount (&record, "open_amount", stat->open_amount, stat->currency);
  rubis_record_add_int (&record, "closed", stat->n_closed);
  rubis_record_add_int (&record, "founded", stat->n_founded);
  rubis_record_add_amount (&record, "credited", stat->credited, stat->currency);
  if (stat->n_closed > 0)
    rubis_record_add_text (&record, "average_days", days);
  else
    rubis_record_add_null (&record, "average_days");
  return g_variant_ref_sink (g_variant_builder_end (&record));
}

RubisExit
rubis_cli_dispute_stats (RubisCli *cli, RubisSession *session, const RubisCliDispute *options, char **argv)
{
  static const char *const groupings[] = { "reason", "resolver", "account", "line" };
  RubisDate to = cli->today;
  RubisDate from = cli->today - 364;
  RubisDisputeGrouping by = RUBIS_DISPUTES_BY_REASON;
  g_autoptr (RubisOutput) output = NULL;
  g_autoptr (GPtrArray) stats = NULL;
  g_autoptr (GError) error = NULL;
  gboolean known = options->by == NULL;

  if (!rubis_cli_read_date (options->from, "--from", &from)
      || !rubis_cli_read_date (options->to, "--to", &to))
    return RUBIS_EXIT_USAGE;
  if (from > to)
    {
      rubis_cli_say (_ ("--from is after --to: give the earlier day first."));
      return RUBIS_EXIT_USAGE;
    }
  for (gsize i = 0; !known && i < G_N_ELEMENTS (groupings); i++)
    {
      known = g_str_equal (groupings[i], options->by);
      by = known ? (RubisDisputeGrouping)i : by;
    }
  if (!known)
    {
      rubis_cli_say (_ ("“%s” cannot be counted by: say reason, resolver, account or line."), options->by);
      return RUBIS_EXIT_USAGE;
    }
  stats = rubis_session_list_dispute_stats (session, by, from, to, &error);
  if (stats == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  output = rubis_output_new (cli->format, stat_columns, G_N_ELEMENTS (stat_columns));
  for (guint i = 0; i < stats->len; i++)
    {
      g_autoptr (GVariant) record = make_stat (g_ptr_array_index (stats, i));

      rubis_output_add (output, record);
    }
  rubis_output_finish (output, _ ("No disputes in that time."));
  return RUBIS_EXIT_DONE;
}

/* --- reasons --- */

RubisExit
rubis_cli_dispute_reasons (RubisCli *cli, RubisSession *session, const RubisCliDispute *options, char **argv)
{
  const RubisCliChoices choices = {
    .list = RUBIS_CHOICES_DISPUTE_REASON,
    .id = options->id,
    .label = options->label,
    .days = options->days,
    .all = options->all,
    .on = options->on,
    .off = options->off,
  };

  return rubis_cli_run_choices (cli, session, &choices,
                                _ ("Say which: “dispute reasons --id REASON --off”, or --on to offer it again."));
}
