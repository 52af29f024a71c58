/* plan: payment plans, their instalments and what becomes of them. */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-cli.h"
#include "rubis-format.h"
#include "rubis-paper.h"
#include "rubis-plans.h"
#include "rubis-record.h"
#include "rubis-session-lists.h"

/* Nothing was typed. */
#define USUAL_DAYS G_MININT

typedef struct
{
  char *account;
  char **items;
  char **instalments;
  char *first;
  char *every;
  char *interest;
  char *by;
  char *note;
  char *on;
  char *file;
  char *out;
  int count;
  int grace;
  int notice;
  gboolean no_acceleration;
  gboolean dry_run;
  gboolean keep;
  gboolean all;
} PlanOptions;

static const RubisColumn plan_columns[] = {
  { "id", N_ ("No."), RUBIS_COLUMN_NUMBER },           { "account", N_ ("Account"), RUBIS_COLUMN_TEXT },
  { "name", N_ ("Name"), RUBIS_COLUMN_TEXT },          { "state_label", N_ ("State"), RUBIS_COLUMN_TEXT },
  { "currency", N_ ("Currency"), RUBIS_COLUMN_TEXT },  { "total", N_ ("Total"), RUBIS_COLUMN_AMOUNT },
  { "paid", N_ ("Paid"), RUBIS_COLUMN_AMOUNT },        { "next_date", N_ ("Next"), RUBIS_COLUMN_DATE },
  { "next_open", N_ ("To pay"), RUBIS_COLUMN_AMOUNT }, { "due", N_ ("Overdue"), RUBIS_COLUMN_AMOUNT },
};

static const RubisColumn instalment_columns[] = {
  { "number", N_ ("No."), RUBIS_COLUMN_NUMBER },       { "date", N_ ("Date"), RUBIS_COLUMN_DATE },
  { "amount", N_ ("Amount"), RUBIS_COLUMN_AMOUNT },    { "paid", N_ ("Paid"), RUBIS_COLUMN_AMOUNT },
  { "open", N_ ("Open amount"), RUBIS_COLUMN_AMOUNT },
};

static void
plan_options_clear (PlanOptions *options)
{
  g_free (options->account);
  g_strfreev (options->items);
  g_strfreev (options->instalments);
  g_free (options->first);
  g_free (options->every);
  g_free (options->interest);
  g_free (options->by);
  g_free (options->note);
  g_free (options->on);
  g_free (options->file);
  g_free (options->out);
}

/* --- Showing ------------------------------------------------------------------------------- */

static void
add_instalment (GVariantBuilder *list, guint index, const RubisInstalment *instalment, gint64 paid,
                RubisCurrency currency)
{
  GVariantBuilder record;

  rubis_record_init (&record);
  rubis_record_add_int (&record, "number", index + 1);
  rubis_record_add_date (&record, "date", instalment->date);
  rubis_record_add_text (&record, "currency", currency.code);
  rubis_record_add_amount (&record, "amount", instalment->amount, currency);
  rubis_record_add_amount (&record, "paid", paid, currency);
  rubis_record_add_amount (&record, "open", instalment->amount - paid, currency);
  rubis_records_add (list, &record);
}

static GVariant *
make_instalments (GArray *instalments, GArray *paid, RubisCurrency currency)
{
  GVariantBuilder list;

  rubis_records_init (&list);
  for (guint i = 0; i < instalments->len; i++)
    add_instalment (&list, i, &g_array_index (instalments, RubisInstalment, i),
                    paid != NULL ? g_array_index (paid, gint64, i) : 0, currency);
  return g_variant_builder_end (&list);
}

static GVariant *
make_plan (const RubisPlanRow *row)
{
  GVariantBuilder record;

  rubis_record_init (&record);
  rubis_record_add_int (&record, "id", row->id);
  rubis_record_add_text (&record, "account", row->account_code);
  rubis_record_add_text (&record, "name", row->account_name);
  rubis_record_add_text (&record, "state", rubis_plan_row_get_state_id (row));
  rubis_record_add_text (&record, "state_label", rubis_plan_row_get_state_label (row));
  rubis_record_add_text (&record, "currency", row->currency.code);
  rubis_record_add_amount (&record, "total", row->verdict.total, row->currency);
  rubis_record_add_amount (&record, "paid", row->verdict.paid, row->currency);
  rubis_record_add_amount (&record, "credited", row->verdict.credited, row->currency);
  rubis_record_add_amount (&record, "due", row->verdict.due, row->currency);
  rubis_record_add_date (&record, "next_date", row->verdict.next_date);
  rubis_record_add_amount (&record, "next_open", row->verdict.next_open, row->currency);
  rubis_record_add_date (&record, "agreed_on", row->agreed_on);
  rubis_record_add_date (&record, "signed_on", row->signed_on);
  rubis_record_add_date (&record, "ended_on", row->ended_on);
  rubis_record_add_text (&record, "end_note", row->end_note);
  rubis_record_add_text (&record, "given_by", row->given_by);
  rubis_record_add_text (&record, "interest", rubis_plan_interest_to_id (row->interest));
  rubis_record_add_int (&record, "grace_days", row->grace_days);
  rubis_record_add_int (&record, "notice_days", row->notice_days);
  rubis_record_add_bool (&record, "acceleration", row->accelerates);
  rubis_record_add_date (&record, "notice_until", row->notice_until);
  rubis_record_add_text (&record, "acceleration_bar", row->acceleration_bar);
  rubis_record_add_bool (&record, "insured", row->insured);
  rubis_record_add_date (&record, "insurer_told_on", row->insurer_told_on);
  rubis_record_add_texts (&record, "items", row->numbers);
  rubis_record_add_value (&record, "instalments",
                          make_instalments (row->instalments, row->paid, row->currency));
  return g_variant_ref_sink (g_variant_builder_end (&record));
}

static RubisExit
list_plans (RubisCli *cli, RubisSession *session, const PlanOptions *options, gint64 account)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = rubis_session_list_plans (session, 0, account, options->all, &error);
  g_autoptr (RubisOutput) output = NULL;

  if (rows == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  output = rubis_output_new (cli->format, plan_columns, G_N_ELEMENTS (plan_columns));
  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr (GVariant) record = make_plan (g_ptr_array_index (rows, i));

      rubis_output_add (output, record);
    }
  rubis_output_finish (output, _ ("No payment plan."));
  return RUBIS_EXIT_DONE;
}

static void
print_instalments (RubisCli *cli, GVariant *list)
{
  g_autoptr (RubisOutput) output
      = rubis_output_new (cli->format, instalment_columns, G_N_ELEMENTS (instalment_columns));

  for (gsize i = 0; i < g_variant_n_children (list); i++)
    {
      g_autoptr (GVariant) record = g_variant_get_child_value (list, i);

      rubis_output_add (output, record);
    }
  rubis_output_finish (output, NULL);
}

static RubisExit
show_plan (RubisCli *cli, RubisSession *session, gint64 id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisPlanRow) row = rubis_session_load_plan (session, id, &error);
  g_autoptr (GVariant) record = NULL;
  g_autoptr (GVariant) list = NULL;
  g_autofree char *items = NULL;

  if (row == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_USAGE);
  record = make_plan (row);
  if (cli->format == RUBIS_OUTPUT_JSON)
    {
      rubis_output_print_json (record);
      return RUBIS_EXIT_DONE;
    }
  g_ptr_array_add (row->numbers, NULL);
  items = g_strjoinv (", ", (char **)row->numbers->pdata);
  rubis_output_print_line (_ ("%s, plan %d (%s): %s"), row->account_name, (int)row->id,
                           rubis_plan_row_get_state_label (row), items);
  list = g_variant_ref_sink (make_instalments (row->instalments, row->paid, row->currency));
  print_instalments (cli, list);
  if (row->verdict.credited > 0)
    {
      g_autofree char *credited
          = rubis_format_amount (row->verdict.credited, row->currency, rubis_format_ui_language ());

      rubis_output_print_line (_ ("Of what is paid, %s are credit notes: they come off the last instalments."),
                               credited);
    }
  return RUBIS_EXIT_DONE;
}

/* --- Adding -------------------------------------------------------------------------------- */

/* DATE=AMOUNT, the last one perhaps DATE alone. */
static GArray *
read_instalments (char **texts, RubisCurrency currency)
{
  g_autoptr (GArray) instalments = g_array_new (FALSE, FALSE, sizeof (RubisInstalment));

  for (int i = 0; texts[i] != NULL; i++)
    {
      g_auto (GStrv) halves = g_strsplit (texts[i], "=", 2);
      RubisInstalment instalment = { rubis_date_parse_iso (halves[0] != NULL ? halves[0] : ""), 0 };
      gboolean last = texts[i + 1] == NULL;

      if (instalment.date == RUBIS_DATE_NONE || (halves[1] == NULL && !last))
        {
          rubis_cli_say (
              _ ("--instalment: “%s” is none: write DATE=AMOUNT, such as 2026-12-15=500.00; the last one may "
                 "leave its amount out."),
              texts[i]);
          return NULL;
        }
      if (!rubis_cli_read_amount (halves[1], "--instalment", currency, &instalment.amount))
        return NULL;
      g_array_append_val (instalments, instalment);
    }
  return g_steal_pointer (&instalments);
}

static gboolean
read_input (RubisSession *session, const PlanOptions *options, RubisPlanInput *input)
{
  input->first_date = RUBIS_DATE_NONE;
  input->given_by = options->by;
  input->grace_days = options->grace == USUAL_DAYS ? -1 : options->grace;
  input->notice_days = options->notice == USUAL_DAYS ? -1 : options->notice;
  input->no_acceleration = options->no_acceleration;
  input->n_instalments = options->count;
  if (!rubis_cli_read_date (options->first, "--first", &input->first_date))
    return FALSE;
  if ((options->grace < 0 && options->grace != USUAL_DAYS)
      || (options->notice < 0 && options->notice != USUAL_DAYS))
    {
      rubis_cli_say (_ ("The days of grace and of notice cannot be negative."));
      return FALSE;
    }
  if (options->every != NULL && !rubis_interval_from_id (options->every, &input->interval))
    {
      rubis_cli_say (_ ("--every: “%s” is none of month, week, fortnight, quarter."), options->every);
      return FALSE;
    }
  if (options->interest != NULL && !rubis_plan_interest_from_id (options->interest, &input->interest))
    {
      rubis_cli_say (_ ("--interest: “%s” is none of runs, suspended, waived."), options->interest);
      return FALSE;
    }
  if (options->instalments == NULL)
    {
      if (options->count > 0 && options->first != NULL)
        return TRUE;
      rubis_cli_say (
          _ ("In which instalments? Add --instalment DATE=AMOUNT for each, or --count N --first DATE."));
      return FALSE;
    }
  input->instalments = read_instalments (options->instalments, rubis_session_get_currency (session));
  return input->instalments != NULL;
}

static RubisExit
preview_plan (RubisCli *cli, RubisSession *session, const RubisPlanInput *input)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) instalments = NULL;
  g_autoptr (GVariant) list = NULL;
  RubisCurrency currency;
  gint64 total = 0;

  instalments = rubis_session_preview_plan (session, input, &total, &currency, &error);
  if (instalments == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_PARTIAL);
  list = g_variant_ref_sink (make_instalments (instalments, NULL, currency));
  print_instalments (cli, list);
  return RUBIS_EXIT_DONE;
}

static RubisExit
add_plan (RubisCli *cli, RubisSession *session, const PlanOptions *options, gint64 account)
{
  RubisPlanInput input = { .account_id = account };
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) items = NULL;
  g_autoptr (GArray) instalments = NULL;
  gboolean read;
  gint64 id;

  if (account == 0)
    {
      rubis_cli_say (_ ("Whose? Add --account CODE."));
      return RUBIS_EXIT_USAGE;
    }
  read = read_input (session, options, &input);
  instalments = input.instalments;
  if (!read)
    return RUBIS_EXIT_USAGE;
  if (options->items != NULL)
    {
      items = rubis_session_find_items (session, account, (const char *const *)options->items, &error);
      if (items == NULL)
        return rubis_cli_fail (error, RUBIS_EXIT_USAGE);
      input.item_ids = items;
    }
  if (options->dry_run)
    return preview_plan (cli, session, &input);
  id = rubis_session_add_plan (session, &input, &error);
  return id != 0 ? show_plan (cli, session, id) : rubis_cli_fail (error, RUBIS_EXIT_PARTIAL);
}

/* --- What becomes of one ------------------------------------------------------------------- */

static RubisExit
write_agreement (RubisSession *session, const PlanOptions *options, gint64 id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = NULL;

  if (options->out == NULL)
    {
      rubis_cli_say (_ ("Where to? Add --out FILE.pdf."));
      return RUBIS_EXIT_USAGE;
    }
  pdf = options->keep ? rubis_session_keep_plan_agreement (session, id, &error)
                      : rubis_session_write_plan_agreement (session, id, &error);
  if (pdf == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_PARTIAL);
  if (rubis_cli_write_file (options->out, pdf, &error))
    return RUBIS_EXIT_DONE;
  rubis_cli_say ("%s", error->message);
  return RUBIS_EXIT_DEVICE;
}

/* Why the whole cannot be claimed, and what writes the notice that is missing. */
static RubisExit
say_acceleration (RubisSession *session, gint64 id, const GError *error)
{
  g_autoptr (RubisPlanRow) row = rubis_session_load_plan (session, id, NULL);
  RubisExit status = rubis_cli_fail (error, RUBIS_EXIT_PARTIAL);

  if (row != NULL && row->accelerates && !row->notice_written)
    rubis_cli_say (_ ("Once an instalment is late: “rubisctl registered write %s” writes the notice."),
                   row->account_code);
  return status;
}

static RubisExit
change_plan (RubisCli *cli, RubisSession *session, const PlanOptions *options, const char *verb, gint64 id)
{
  g_autoptr (GError) error = NULL;
  RubisDate date = cli->today;
  gboolean done;

  if (!rubis_cli_read_date (options->on, "--on", &date))
    return RUBIS_EXIT_USAGE;
  if (g_str_equal (verb, "sign"))
    done = rubis_session_sign_plan (session, id, date, options->file, &error);
  else if (g_str_equal (verb, "accelerate"))
    done = rubis_session_accelerate_plan (session, id, options->note, &error);
  else if (g_str_equal (verb, "cancel"))
    done = rubis_session_cancel_plan (session, id, options->note, &error);
  else
    done = rubis_session_note_insurer_told (session, id, date, &error);
  if (!done && g_str_equal (verb, "accelerate"))
    return say_acceleration (session, id, error);
  if (!done)
    return rubis_cli_fail (error, options->file != NULL ? RUBIS_EXIT_INPUT : RUBIS_EXIT_PARTIAL);
  return show_plan (cli, session, id);
}

static gboolean
is_verb (const char *verb)
{
  static const char *const verbs[]
      = { "show", "sign", "accelerate", "cancel", "agreement", "insurer-told", NULL };

  return g_strv_contains (verbs, verb);
}

static RubisExit
run_plan (RubisCli *cli, const PlanOptions *options, char **words)
{
  g_autoptr (RubisSession) session = NULL;
  g_autoptr (GError) error = NULL;
  const char *verb = words[0] != NULL ? words[0] : "list";
  gint64 account = 0;
  gint64 id = 0;

  session = rubis_cli_open (cli);
  if (session == NULL)
    return cli->dossier != NULL ? RUBIS_EXIT_DOSSIER : RUBIS_EXIT_USAGE;
  if (options->account != NULL && !rubis_session_find_account (session, options->account, &account, &error))
    return rubis_cli_fail (error, RUBIS_EXIT_USAGE);
  if (g_str_equal (verb, "list"))
    return list_plans (cli, session, options, account);
  if (g_str_equal (verb, "add"))
    return add_plan (cli, session, options, account);
  if (!is_verb (verb))
    {
      rubis_cli_say (_ ("“plan %s” is unknown: say list, add, show, sign, accelerate, cancel, agreement or "
                        "insurer-told."),
                     verb);
      return RUBIS_EXIT_USAGE;
    }
  if (words[1] == NULL || !g_ascii_string_to_signed (words[1], 10, 1, G_MAXINT64, &id, NULL))
    {
      rubis_cli_say (_ ("Which plan? Give the number that “plan list” shows."));
      return RUBIS_EXIT_USAGE;
    }
  if (g_str_equal (verb, "show"))
    return show_plan (cli, session, id);
  if (g_str_equal (verb, "agreement"))
    return write_agreement (session, options, id);
  return change_plan (cli, session, options, verb, id);
}

RubisExit
rubis_cli_run_plan (RubisCli *cli, int argc, char **argv)
{
  PlanOptions options = { .grace = USUAL_DAYS, .notice = USUAL_DAYS };
  const GOptionEntry entries[] = {
    { "account", 0, 0, G_OPTION_ARG_STRING, &options.account, N_ ("The account that pays by instalments"),
      N_ ("CODE") },
    { "item", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.items,
      N_ ("An item to spread, several times for several (default: all that is overdue and not contested)"),
      N_ ("NUMBER") },
    { "instalment", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.instalments,
      N_ ("An instalment, once for each; the last one may leave its amount out: it balances"),
      N_ ("DATE=AMOUNT") },
    { "count", 0, 0, G_OPTION_ARG_INT, &options.count, N_ ("So many equal instalments"), "N" },
    { "first", 0, 0, G_OPTION_ARG_STRING, &options.first, N_ ("The date of the first of them"),
      "YYYY-MM-DD" },
    { "every", 0, 0, G_OPTION_ARG_STRING, &options.every, N_ ("How far apart (default: month)"),
      "month|week|fortnight|quarter" },
    { "interest", 0, 0, G_OPTION_ARG_STRING, &options.interest,
      N_ ("What becomes of late-payment interest (default: runs)"), "runs|suspended|waived" },
    { "grace", 0, 0, G_OPTION_ARG_INT, &options.grace,
      N_ ("Days after an instalment before it is late (default: 5)"), N_ ("DAYS") },
    { "notice", 0, 0, G_OPTION_ARG_INT, &options.notice,
      N_ ("Days of the notice before the whole falls due (default: 8)"), N_ ("DAYS") },
    { "no-acceleration", 0, 0, G_OPTION_ARG_NONE, &options.no_acceleration,
      N_ ("The agreement has no clause by which the whole falls due"), NULL },
    { "by", 0, 0, G_OPTION_ARG_STRING, &options.by, N_ ("Who signs for the customer"), N_ ("NAME") },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &options.dry_run, N_ ("Only show the instalments"), NULL },
    { "all", 0, 0, G_OPTION_ARG_NONE, &options.all, N_ ("List plans that ended too"), NULL },
    { "note", 0, 0, G_OPTION_ARG_STRING, &options.note, N_ ("Why it ends"), N_ ("TEXT") },
    { "on", 0, 0, G_OPTION_ARG_STRING, &options.on,
      N_ ("The day of the signature, or on which the insurer was told"), "YYYY-MM-DD" },
    { "file", 0, 0, G_OPTION_ARG_FILENAME, &options.file, N_ ("The scan of the signed agreement"),
      N_ ("FILE") },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &options.out, N_ ("Where to write the agreement"), "FILE.pdf" },
    { "keep", 0, 0, G_OPTION_ARG_NONE, &options.keep, N_ ("Keep the agreement with the account as well"),
      NULL },
    { NULL },
  };
  RubisExit status = RUBIS_EXIT_USAGE;

  if (rubis_cli_parse (cli, entries, 0, 2, &argv))
    status = run_plan (cli, &options, argv + 1);
  plan_options_clear (&options);
  return status;
}
