/* agenda and run: what is to be done today, and doing it. */
#include <errno.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "rubis-agenda-list.h"
#include "rubis-cli.h"
#include "rubis-notice.h"
#include "rubis-record.h"
#include "rubis-session-lists.h"
#include "rubis-tasks.h"

/* Refusals that make a run one that was done in part; the others are the ordinary state of a dossier. */
#define HINDRANCES                                                                                           \
  (RUBIS_REASON_BIT (RUBIS_REASON_PAUSED) | RUBIS_REASON_BIT (RUBIS_REASON_STALE)                            \
   | RUBIS_REASON_BIT (RUBIS_REASON_NO_ADDRESS))

static const RubisColumn action_columns[] = {
  { "account", N_ ("Account"), RUBIS_COLUMN_TEXT },
  { "name", N_ ("Name"), RUBIS_COLUMN_TEXT },
  { "policy", N_ ("Policy"), RUBIS_COLUMN_TEXT },
  { "step", N_ ("Step"), RUBIS_COLUMN_TEXT },
  { "level", N_ ("Level"), RUBIS_COLUMN_NUMBER },
  { "channel", N_ ("Channel"), RUBIS_COLUMN_CHANNEL },
  { "validation", N_ ("Validation"), RUBIS_COLUMN_VALIDATION },
  { "language", N_ ("Language"), RUBIS_COLUMN_TEXT },
  { "currency", N_ ("Currency"), RUBIS_COLUMN_TEXT },
  { "amount", N_ ("Amount"), RUBIS_COLUMN_AMOUNT },
  { "items", N_ ("Items"), RUBIS_COLUMN_TEXT },
};

static const RubisColumn entry_columns[] = {
  { "result", N_ ("Result"), RUBIS_COLUMN_TEXT },     { "account", N_ ("Account"), RUBIS_COLUMN_TEXT },
  { "step", N_ ("Step"), RUBIS_COLUMN_TEXT },         { "channel", N_ ("Channel"), RUBIS_COLUMN_CHANNEL },
  { "currency", N_ ("Currency"), RUBIS_COLUMN_TEXT }, { "amount", N_ ("Amount"), RUBIS_COLUMN_AMOUNT },
  { "items", N_ ("Items"), RUBIS_COLUMN_TEXT },       { "file", N_ ("File"), RUBIS_COLUMN_TEXT },
  { "texts", N_ ("Why not"), RUBIS_COLUMN_TEXT },
};

/* --- agenda ---------------------------------------------------------------------------------- */

/* Keys that the lists of agenda and run share. */
static void
add_action (GVariantBuilder *record, const RubisActionRow *row)
{
  rubis_record_add_text (record, "account", row->account_code);
  rubis_record_add_text (record, "name", row->account_name);
  rubis_record_add_text (record, "policy", row->policy_id);
  rubis_record_add_text (record, "step", row->step_name);
  rubis_record_add_int (record, "level", row->rank);
  rubis_record_add_text (record, "channel", rubis_channel_to_id (row->channel));
  rubis_record_add_text (record, "validation", rubis_validation_to_id (row->validation));
  rubis_record_add_text (record, "language", row->language);
  rubis_record_add_text (record, "currency", row->currency.code);
  rubis_record_add_amount (record, "amount", row->amount, row->currency);
  rubis_record_add_texts (record, "items", row->numbers);
  rubis_record_add_texts (record, "reasons", row->reasons);
  if (*row->error != '\0')
    rubis_record_add_text (record, "error", row->error);
}

/* What waits besides the actions is listed by a command of its own. */
static void
say_tasks (RubisSession *session)
{
  g_autoptr (GPtrArray) tasks = rubis_session_list_tasks (session, 0, 0, NULL);

  if (tasks != NULL && tasks->len > 0)
    rubis_cli_say (ngettext ("%u task waits besides (broken promises, callbacks, disputes, plans): “rubisctl tasks” "
                             "lists it.",
                             "%u tasks wait besides (broken promises, callbacks, disputes, plans): “rubisctl tasks” "
                             "lists them.",
                             tasks->len),
                   tasks->len);
}

RubisExit
rubis_cli_run_agenda (RubisCli *cli, int argc, char **argv)
{
  const GOptionEntry entries[] = { { 0 } };
  g_autoptr (RubisSession) session = NULL;
  g_autoptr (RubisOutput) output = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;
  int n_refused = 0;

  if (!rubis_cli_parse (cli, entries, 0, 0, &argv))
    return RUBIS_EXIT_USAGE;
  session = rubis_cli_open (cli);
  if (session == NULL)
    return cli->dossier != NULL ? RUBIS_EXIT_DOSSIER : RUBIS_EXIT_USAGE;
  rows = rubis_session_compute_agenda (session, NULL, &error);
  if (rows == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  output = rubis_output_new (cli->format, action_columns, G_N_ELEMENTS (action_columns));
  for (guint i = 0; i < rows->len; i++)
    {
      const RubisActionRow *row = g_ptr_array_index (rows, i);
      g_autoptr (GVariant) value = NULL;
      GVariantBuilder record;

      if (row->state == RUBIS_ACTION_REFUSED)
        n_refused++;
      if (row->state != RUBIS_ACTION_TO_DO)
        continue;
      rubis_record_init (&record);
      add_action (&record, row);
      value = g_variant_ref_sink (g_variant_builder_end (&record));
      rubis_output_add (output, value);
    }
  rubis_output_finish (output, _ ("Nothing is to be done today."));
  if (n_refused > 0)
    rubis_cli_say (
        ngettext ("%d overdue account is held back by a rule: “rubisctl run --dry-run” says why.",
                  "%d overdue accounts are held back by a rule: “rubisctl run --dry-run” says why.",
                  (gulong)n_refused),
        n_refused);
  say_tasks (session);
  return RUBIS_EXIT_DONE;
}

/* --- run ------------------------------------------------------------------------------------- */

typedef struct
{
  char *folder;
  gboolean keep_letters;
  gboolean dry_run;
  gboolean confirm_all;
  gboolean accept_old_data;
  gboolean sends_sms;
  char **notices; /* (nullable) accounts whose incomplete formal notices leave all the same */
} RunOptions;

/* The lists of the report, while they are built. */
typedef struct
{
  GVariantBuilder letters;
  GVariantBuilder emails;
  GVariantBuilder calls;
  GVariantBuilder waiting;
  GVariantBuilder refused;
  char *joined; /* (nullable) */
  int n_waiting; /* emails that were left in the outbox */
  gboolean hindered;
} RunReport;

/* Whether a person has typed the code of the account for its formal notice. */
static gboolean
is_named (const RubisActionRow *row, const RunOptions *options)
{
  for (guint i = 0; options->notices != NULL && options->notices[i] != NULL; i++)
    {
      if (g_ascii_strcasecmp (options->notices[i], row->account_code) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Only what a machine can do: paper, email, and SMS where a sender carries them, when nobody has to look at it first. */
static gboolean
is_automatic (const RubisActionRow *row, const RunOptions *options)
{
  gboolean sends = row->channel == RUBIS_CHANNEL_EMAIL || row->channel == RUBIS_CHANNEL_LETTER
                   || row->channel == RUBIS_CHANNEL_REGISTERED
                   || (row->channel == RUBIS_CHANNEL_SMS && options->sends_sms);

  return sends
         && (row->validation == RUBIS_VALIDATION_AUTO || is_named (row, options)
             || (options->confirm_all && row->validation == RUBIS_VALIDATION_CONFIRM));
}

static void
add_refused (RunReport *report, const RubisActionRow *row)
{
  GVariantBuilder record;

  rubis_record_init (&record);
  rubis_record_add_text (&record, "result", _ ("refused"));
  rubis_record_add_text (&record, "account", row->account_code);
  rubis_record_add_text (&record, "name", row->account_name);
  rubis_record_add_text (&record, "currency", row->currency.code);
  rubis_record_add_amount (&record, "amount", row->amount, row->currency);
  rubis_record_add_texts (&record, "items", row->numbers);
  rubis_record_add_value (&record, "reasons", rubis_record_reason_codes (row->reason_mask));
  if (row->reason_mask != 0)
    rubis_record_add_texts (&record, "texts", row->reasons);
  else
    {
      const char *const texts[] = { row->error, NULL };

      rubis_record_add_value (&record, "texts", g_variant_new_strv (texts, 1));
    }
  rubis_records_add (&report->refused, &record);
  if (row->reason_mask == 0 || (row->reason_mask & HINDRANCES) != 0)
    report->hindered = TRUE;
}

/* What is not automatic: calls, and what a person has to decide or to confirm. */
static void
add_waiting (RunReport *report, const RubisActionRow *row)
{
  gboolean call = row->channel == RUBIS_CHANNEL_CALL;
  GVariantBuilder record;

  rubis_record_init (&record);
  rubis_record_add_text (&record, "result", call ? _ ("to call") : _ ("for you"));
  add_action (&record, row);
  rubis_records_add (call ? &report->calls : &report->waiting, &record);
}

static void
add_done (RunReport *report, const RubisRunEntry *entry)
{
  gboolean email = entry->channel == RUBIS_CHANNEL_EMAIL || entry->channel == RUBIS_CHANNEL_SMS;
  GVariantBuilder record;

  rubis_record_init (&record);
  rubis_record_add_text (&record, "result", email && entry->state != RUBIS_OUTBOX_SENT ? _ ("in the outbox") : _ ("done"));
  rubis_record_add_text (&record, "account", entry->account_code);
  rubis_record_add_text (&record, "step", entry->step_name);
  rubis_record_add_int (&record, "level", entry->rank);
  rubis_record_add_text (&record, "channel", rubis_channel_to_id (entry->channel));
  rubis_record_add_text (&record, "file", entry->file);
  rubis_record_add_int (&record, "pages", entry->n_pages);
  rubis_record_add_text (&record, "currency", entry->currency.code);
  rubis_record_add_amount (&record, "amount", entry->amount, entry->currency);
  rubis_record_add_texts (&record, "items", entry->numbers);
  if (email)
    {
      rubis_record_add_text (&record, "state", rubis_outbox_state_to_id (entry->state));
      rubis_record_add_time (&record, "send_after", entry->send_after);
      report->n_waiting += entry->state == RUBIS_OUTBOX_APPROVED || entry->state == RUBIS_OUTBOX_QUEUED;
    }
  rubis_records_add (email ? &report->emails : &report->letters, &record);
}

/* A dry run lists what would leave, without files. */
static void
add_planned (RunReport *report, const RubisActionRow *row)
{
  GVariantBuilder record;

  rubis_record_init (&record);
  rubis_record_add_text (&record, "result", _ ("would leave"));
  add_action (&record, row);
  rubis_record_add_null (&record, "file");
  rubis_record_add_null (&record, "pages");
  rubis_records_add (row->channel == RUBIS_CHANNEL_EMAIL || row->channel == RUBIS_CHANNEL_SMS ? &report->emails : &report->letters, &record);
}

static void
report_init (RunReport *report)
{
  *report = (RunReport){ 0 };
  rubis_records_init (&report->letters);
  rubis_records_init (&report->emails);
  rubis_records_init (&report->calls);
  rubis_records_init (&report->waiting);
  rubis_records_init (&report->refused);
}

static void
report_clear (RunReport *report)
{
  g_variant_builder_clear (&report->letters);
  g_variant_builder_clear (&report->emails);
  g_variant_builder_clear (&report->calls);
  g_variant_builder_clear (&report->waiting);
  g_variant_builder_clear (&report->refused);
  g_free (report->joined);
}

/* Sorts the agenda: what is automatic is returned, the rest goes to the report. */
static GPtrArray *
sort_agenda (GPtrArray *agenda, const RunOptions *options, RunReport *report)
{
  GPtrArray *automatic = g_ptr_array_new ();

  for (guint i = 0; i < agenda->len; i++)
    {
      RubisActionRow *row = g_ptr_array_index (agenda, i);

      if (row->state == RUBIS_ACTION_REFUSED)
        add_refused (report, row);
      else if (row->state == RUBIS_ACTION_TO_DO && !is_automatic (row, options))
        add_waiting (report, row);
      else if (row->state == RUBIS_ACTION_TO_DO && options->dry_run)
        add_planned (report, row);
      else if (row->state == RUBIS_ACTION_TO_DO)
        g_ptr_array_add (automatic, row);
    }
  return automatic;
}

static gboolean
do_run (RubisSession *session, RunOptions *options, RunReport *report, GError **error)
{
  g_autoptr (GPtrArray) agenda = rubis_session_compute_agenda (session, NULL, error);
  g_autoptr (RubisSender) sms = rubis_session_choose_sender (session, RUBIS_PARCEL_SMS, NULL);
  g_autoptr (GPtrArray) automatic = NULL;
  g_autoptr (RubisRunReport) done = NULL;
  const RubisRunOptions how = { .folder = options->folder, .keep_letters = options->keep_letters, .unattended = TRUE };
  RubisProgress progress;

  if (agenda == NULL)
    return FALSE;
  options->sends_sms = sms != NULL;
  automatic = sort_agenda (agenda, options, report);
  if (options->dry_run)
    return TRUE;
  for (guint i = 0; i < automatic->len; i++)
    {
      RubisActionRow *row = g_ptr_array_index (automatic, i);

      if (is_named (row, options))
        rubis_session_confirm_notice (session, row, row->account_code, NULL);
    }
  /* Also with nothing to do: what a run that was cut off left behind is delivered now. */
  rubis_cli_progress_init (&progress);
  done = rubis_session_perform_with (session, automatic, &how, &progress, error);
  rubis_cli_progress_end (&progress);
  if (done == NULL)
    return FALSE;
  for (guint i = 0; i < done->done->len; i++)
    add_done (report, g_ptr_array_index (done->done, i));
  for (guint i = 0; i < done->refused->len; i++)
    add_refused (report, g_ptr_array_index (done->refused, i));
  report->joined = g_strdup (done->joined_file);
  return TRUE;
}

/* All entries in one list, for text and CSV. */
static void
print_lists (RubisCli *cli, GVariant *record, const char *const *keys)
{
  g_autoptr (RubisOutput) output
      = rubis_output_new (cli->format, entry_columns, G_N_ELEMENTS (entry_columns));

  for (int i = 0; keys[i] != NULL; i++)
    {
      g_autoptr (GVariant) list = g_variant_lookup_value (record, keys[i], NULL);
      GVariantIter iter;
      GVariant *entry;

      g_variant_iter_init (&iter, list);
      while ((entry = g_variant_iter_next_value (&iter)) != NULL)
        {
          rubis_output_add (output, entry);
          g_variant_unref (entry);
        }
    }
  rubis_output_finish (output, _ ("Nothing is to be done today."));
}

static void
print_report (RubisCli *cli, RunReport *report)
{
  static const char *const keys[] = { "letters", "emails", "calls", "waiting", "refused", NULL };
  g_autoptr (GVariant) value = NULL;
  GVariantBuilder record;

  rubis_record_init (&record);
  rubis_record_add_date (&record, "date", cli->today);
  rubis_record_add_value (&record, "letters", g_variant_builder_end (&report->letters));
  rubis_record_add_value (&record, "emails", g_variant_builder_end (&report->emails));
  rubis_record_add_value (&record, "calls", g_variant_builder_end (&report->calls));
  rubis_record_add_value (&record, "waiting", g_variant_builder_end (&report->waiting));
  rubis_record_add_value (&record, "refused", g_variant_builder_end (&report->refused));
  if (report->joined != NULL)
    rubis_record_add_text (&record, "joined_file", report->joined);
  else
    rubis_record_add_null (&record, "joined_file");
  value = g_variant_ref_sink (g_variant_builder_end (&record));
  if (cli->format == RUBIS_OUTPUT_JSON)
    rubis_output_print_json (value);
  else
    print_lists (cli, value, keys);
  if (cli->format == RUBIS_OUTPUT_TEXT && report->joined != NULL)
    rubis_output_print_line (_ ("All letters for the printer: %s"), report->joined);
  if (report->n_waiting > 0)
    rubis_cli_say (ngettext ("%d email waits in the outbox: “outbox send” sends what is due, “outbox cancel” takes it back.",
                             "%d emails wait in the outbox: “outbox send” sends what is due, “outbox cancel” takes them back.",
                             (gulong)report->n_waiting),
                   report->n_waiting);
  if (report->joined != NULL)
    rubis_cli_say (_ ("Until they are noted as printed, by “post print --mark-printed” or in the window, “post list” goes "
                      "on naming these letters."));
}

/* Before anything is done: where the letters go can be written to. */
static gboolean
make_folder (const char *folder)
{
  if (g_mkdir_with_parents (folder, 0700) == 0 && g_access (folder, W_OK | X_OK) == 0)
    return TRUE;
  rubis_cli_say (_ ("The letters cannot be put in “%s”: %s. Nothing was done; choose another folder."),
                 folder, g_strerror (errno));
  return FALSE;
}

/* A code that was mistyped must not be taken for a day without that notice. */
static gboolean
check_notices (RubisSession *session, char **notices)
{
  g_autoptr (GError) error = NULL;
  gint64 account = 0;

  for (guint i = 0; notices != NULL && notices[i] != NULL; i++)
    {
      if (!rubis_session_find_account (session, notices[i], &account, &error))
        {
          rubis_cli_say ("%s", error->message);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
check_place (const RunOptions *options)
{
  if (options->folder != NULL || options->dry_run || options->keep_letters)
    return TRUE;
  rubis_cli_say (_ ("Where shall the letters go? Add --out FOLDER, or --dry-run to only look."));
  return FALSE;
}

RubisExit
rubis_cli_run_run (RubisCli *cli, int argc, char **argv)
{
  RunOptions options = { 0 };
  const GOptionEntry entries[] = {
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &options.folder,
      N_ ("Where the letters are put, one PDF each and one for the "
          "printer"),
      N_ ("FOLDER") },
    { "keep-letters", 0, 0, G_OPTION_ARG_NONE, &options.keep_letters,
      N_ ("Put no letters into a folder: like all letters they wait for “post print” until they are printed"),
      NULL },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &options.dry_run, N_ ("Show what would be done, and do nothing"),
      NULL },
    { "confirm-all", 0, 0, G_OPTION_ARG_NONE, &options.confirm_all,
      N_ ("Do also what waits for a confirmation; manual steps are only listed"), NULL },
    { "accept-old-data", 0, 0, G_OPTION_ARG_NONE, &options.accept_old_data,
      N_ ("Let reminders leave today although the last import is old; this is journaled"), NULL },
    { "confirm-notice", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.notices,
      N_ ("Send the formal notice of this account, even when it lacks what it must hold; this is journaled"),
      N_ ("CODE") },
    { 0 },
  };
  g_auto (GStrv) notices = NULL;
  g_autofree char *folder = NULL;
  g_autoptr (RubisSession) session = NULL;
  g_autoptr (GError) error = NULL;
  RunReport report;
  RubisExit status = RUBIS_EXIT_DONE;
  gboolean parsed = rubis_cli_parse (cli, entries, 0, 0, &argv);

  folder = options.folder;
  notices = options.notices;
  if (!parsed)
    return RUBIS_EXIT_USAGE;
  if (!check_place (&options))
    return RUBIS_EXIT_USAGE;
  session = rubis_cli_open (cli);
  if (session == NULL)
    return cli->dossier != NULL ? RUBIS_EXIT_DOSSIER : RUBIS_EXIT_USAGE;
  if (!check_notices (session, options.notices))
    return RUBIS_EXIT_USAGE;
  if (!options.dry_run && folder != NULL && !make_folder (folder))
    return RUBIS_EXIT_DEVICE;
  if (!options.dry_run
      && (!rubis_session_check_run_date (session, &error)
          || (options.accept_old_data && !rubis_session_accept_old_data (session, &error))))
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  report_init (&report);
  if (!do_run (session, &options, &report, &error))
    status = rubis_cli_fail (error, RUBIS_EXIT_DEVICE);
  else
    {
      print_report (cli, &report);
      status = report.hindered ? RUBIS_EXIT_PARTIAL : RUBIS_EXIT_DONE;
    }
  report_clear (&report);
  return status;
}
