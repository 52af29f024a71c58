/* registered: registered letters, their numbers, their course at the post, their proofs. */
#include <glib/gi18n-lib.h>

#include "rubis-agenda-list.h"
#include "rubis-cli-provider.h"
#include "rubis-cli.h"
#include "rubis-postal-number.h"
#include "rubis-notice.h"
#include "rubis-record.h"
#include "rubis-registered-papers.h"
#include "rubis-registered.h"
#include "rubis-session-lists.h"

typedef struct {
  char *account;
  char *stage;
  char *on;
  char *file;
  char *kind;
  int count;
  gboolean without_receipt;
  char *notice; /* (nullable) the account whose incomplete notice leaves all the same */
} Options;

/* A subcommand. @argv[2] is its first argument; there are at least @min. */
typedef RubisExit (*RunFunc) (RubisCli *cli, RubisSession *session, const Options *options, char **argv);

static void
options_clear (Options *options)
{
  g_free (options->account);
  g_free (options->stage);
  g_free (options->on);
  g_free (options->file);
  g_free (options->kind);
  g_free (options->notice);
}

static gboolean
read_id (const char *text, gint64 *id)
{
  guint64 value;

  if (!g_ascii_string_to_unsigned (text, 10, 1, G_MAXINT32, &value, NULL))
    {
      rubis_cli_say (_("“%s” is not the id of a registered letter; “rubisctl registered list” shows them."), text);
      return FALSE;
    }
  *id = (gint64) value;
  return TRUE;
}

static const RubisColumn columns[] = {
  { "id", N_("Id"), RUBIS_COLUMN_NUMBER },          { "account", N_("Account"), RUBIS_COLUMN_TEXT },
  { "name", N_("Name"), RUBIS_COLUMN_TEXT },        { "written", N_("Date"), RUBIS_COLUMN_DATE },
  { "amount", N_("Amount"), RUBIS_COLUMN_AMOUNT },  { "currency", N_("Currency"), RUBIS_COLUMN_TEXT },
  { "printed_number", N_("Number"), RUBIS_COLUMN_TEXT }, { "state_text", N_("State"), RUBIS_COLUMN_TEXT },
  { "next", N_("Next"), RUBIS_COLUMN_TEXT },
};

/* (transfer full) */
static GVariant *
make_record (RubisRegisteredLetter *letter, RubisDate today)
{
  g_autofree char *printed = rubis_postal_number_format (letter->number);
  g_autofree char *state = rubis_registered_letter_describe_state (letter, today);
  g_autofree char *next = rubis_registered_letter_describe_next (letter, today);
  g_autofree char *link = rubis_registered_letter_get_tracking_link (letter);
  GVariantBuilder record;

  rubis_record_init (&record);
  rubis_record_add_int (&record, "id", letter->id);
  rubis_record_add_text (&record, "account", letter->account_code);
  rubis_record_add_text (&record, "name", letter->account_name);
  rubis_record_add_text (&record, "subject", letter->subject);
  rubis_record_add_amount (&record, "amount", letter->amount, letter->currency);
  rubis_record_add_text (&record, "currency", letter->currency.code);
  rubis_record_add_int (&record, "document", letter->document_id);
  rubis_record_add_text (&record, "number", letter->number);
  rubis_record_add_text (&record, "printed_number", printed);
  rubis_record_add_bool (&record, "number_in_letter", letter->number_printed);
  rubis_record_add_text (&record, "guarantee", letter->guarantee);
  rubis_record_add_bool (&record, "receipt", letter->with_receipt);
  rubis_record_add_text (&record, "stage",
                         rubis_registered_stage_to_id (rubis_registered_letter_get_stage (letter)));
  rubis_record_add_text (&record, "state", rubis_registered_state_to_id (letter->course.state));
  rubis_record_add_date (&record, "written", letter->course.written_on);
  rubis_record_add_date (&record, "printed", letter->course.printed_on);
  rubis_record_add_date (&record, "deposited", letter->course.deposited_on);
  rubis_record_add_date (&record, "presented", letter->course.presented_on);
  rubis_record_add_date (&record, "closed", letter->course.closed_on);
  rubis_record_add_date (&record, "deadline", letter->notice_until);
  rubis_record_add_int (&record, "proofs", letter->n_proofs);
  rubis_record_add_bool (&record, "address_bad", letter->address_bad);
  rubis_record_add_text (&record, "provider", letter->by_provider);
  rubis_record_add_text (&record, "state_text", state);
  rubis_record_add_text (&record, "effect", rubis_registered_state_to_effect (letter->course.state));
  rubis_record_add_text (&record, "next", next);
  rubis_record_add_text (&record, "tracking", link != NULL ? link : "");
  return g_variant_ref_sink (g_variant_builder_end (&record));
}

static RubisExit
list_letters (RubisCli *cli, RubisSession *session, const Options *options, char **argv)
{
  g_autoptr(RubisOutput) output = NULL;
  g_autoptr(GPtrArray) letters = NULL;
  g_autoptr(GError) error = NULL;
  RubisRegisteredStage stage = RUBIS_REGISTERED_DONE;
  gint64 account = 0;

  if (options->stage != NULL && !rubis_registered_stage_from_id (options->stage, &stage))
    {
      rubis_cli_say (_("“%s” is no stage: it is to_number, to_post, under_way, returned or done."), options->stage);
      return RUBIS_EXIT_USAGE;
    }
  if (options->account != NULL && !rubis_session_find_account (session, options->account, &account, &error))
    return rubis_cli_fail (error, RUBIS_EXIT_USAGE);
  letters = rubis_session_list_registered (session, account, &error);
  if (letters == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  output = rubis_output_new (cli->format, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < letters->len; i++)
    {
      RubisRegisteredLetter *letter = g_ptr_array_index (letters, i);

      if (options->stage == NULL || rubis_registered_letter_get_stage (letter) == stage)
        {
          g_autoptr(GVariant) record = make_record (letter, cli->today);

          rubis_output_add (output, record);
        }
    }
  rubis_output_finish (output, _("There is no registered letter."));
  return RUBIS_EXIT_DONE;
}

/* The letter after a change. */
static RubisExit
show_letter (RubisCli *cli, RubisSession *session, gint64 id)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(RubisRegisteredLetter) letter = rubis_session_get_registered (session, id, &error);
  g_autoptr(GVariant) record = NULL;
  g_autoptr(RubisOutput) output = NULL;

  if (letter == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_PARTIAL);
  record = make_record (letter, cli->today);
  if (cli->format == RUBIS_OUTPUT_JSON)
    {
      rubis_output_print_json (record);
      return RUBIS_EXIT_DONE;
    }
  output = rubis_output_new (cli->format, columns, G_N_ELEMENTS (columns));
  rubis_output_add (output, record);
  rubis_output_finish (output, "");
  if (*rubis_registered_state_to_effect (letter->course.state) != '\0')
    rubis_cli_say ("%s", rubis_registered_state_to_effect (letter->course.state));
  return RUBIS_EXIT_DONE;
}

/* The registered letter that is due for an account today. (unowned) (nullable) */
static RubisActionRow *
find_due (GPtrArray *agenda, gint64 account)
{
  for (guint i = 0; i < agenda->len; i++)
    {
      RubisActionRow *action = g_ptr_array_index (agenda, i);

      if (action->account_id == account && action->state == RUBIS_ACTION_TO_DO
          && action->channel == RUBIS_CHANNEL_REGISTERED)
        return action;
    }
  return NULL;
}

/* write CODE: the registered letter that the agenda has for an account; it then waits in “post list”. */
static RubisExit
write_letter (RubisCli *cli, RubisSession *session, const Options *options, char **argv)
{
  const RubisRunOptions run = { .keep_letters = TRUE };
  g_autoptr(GPtrArray) agenda = NULL;
  g_autoptr(GPtrArray) actions = g_ptr_array_new ();
  g_autoptr(GPtrArray) letters = NULL;
  g_autoptr(RubisRunReport) report = NULL;
  g_autoptr(GError) error = NULL;
  gint64 account = 0;

  if (!rubis_session_find_account (session, argv[2], &account, &error))
    return rubis_cli_fail (error, RUBIS_EXIT_USAGE);
  agenda = rubis_session_compute_agenda (session, NULL, &error);
  if (agenda == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  if (find_due (agenda, account) == NULL)
    {
      rubis_cli_say (_("No registered letter is due for %s today; “rubisctl why --account %s” says why."), argv[2],
                     argv[2]);
      return RUBIS_EXIT_PARTIAL;
    }
  g_ptr_array_add (actions, find_due (agenda, account));
  if (options->notice != NULL
      && !rubis_session_confirm_notice (session, find_due (agenda, account), options->notice, &error))
    return rubis_cli_fail (error, RUBIS_EXIT_USAGE);
  report = rubis_session_perform_with (session, actions, &run, NULL, &error);
  letters = report != NULL ? rubis_session_list_registered (session, account, &error) : NULL;
  if (letters == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_PARTIAL);
  if (report->done->len == 0)
    {
      rubis_cli_say ("%s", ((RubisActionRow *) g_ptr_array_index (report->refused, 0))->error);
      return RUBIS_EXIT_PARTIAL;
    }
  return show_letter (cli, session, ((RubisRegisteredLetter *) g_ptr_array_index (letters, 0))->id);
}

/* number ID NUMBER */
static RubisExit
set_number (RubisCli *cli, RubisSession *session, const Options *options, char **argv)
{
  g_autofree char *number = g_strjoinv (" ", argv + 3);
  g_autofree char *warning = NULL;
  g_autoptr(GError) error = NULL;
  gint64 id;

  if (!read_id (argv[2], &id))
    return RUBIS_EXIT_USAGE;
  if (!rubis_session_number_registered (session, id, number, &warning, &error))
    return rubis_cli_fail (error, RUBIS_EXIT_PARTIAL);
  if (warning != NULL)
    rubis_cli_say ("%s", warning);
  return show_letter (cli, session, id);
}

/* form ID LEVEL */
static RubisExit
set_form (RubisCli *cli, RubisSession *session, const Options *options, char **argv)
{
  g_autoptr(GError) error = NULL;
  gint64 id;

  if (!read_id (argv[2], &id))
    return RUBIS_EXIT_USAGE;
  if (!rubis_session_set_registered_form (session, id, argv[3], !options->without_receipt, &error))
    return rubis_cli_fail (error, RUBIS_EXIT_PARTIAL);
  return show_letter (cli, session, id);
}

/* The ids from @argv on, up to @end (nullable). */
static GArray *
read_ids (char **argv, char **end)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (; *argv != NULL && argv != end; argv++)
    {
      gint64 id;

      if (!read_id (*argv, &id))
        return NULL;
      g_array_append_val (ids, id);
    }
  return g_steal_pointer (&ids);
}

static gboolean
read_day (RubisCli *cli, const Options *options, RubisDate *date)
{
  *date = cli->today;
  return rubis_cli_read_date (options->on, "--on", date);
}

static RubisExit
save_pdf (RubisCli *cli, const Options *options, GBytes *pdf, gint64 list_id)
{
  g_autoptr(GError) error = NULL;
  GVariantBuilder record;

  if (!rubis_cli_write_file (options->file, pdf, &error))
    return rubis_cli_fail (error, RUBIS_EXIT_DEVICE);
  if (cli->format != RUBIS_OUTPUT_JSON)
    {
      rubis_output_print_line ("%s", options->file);
      return RUBIS_EXIT_DONE;
    }
  rubis_record_init (&record);
  rubis_record_add_text (&record, "file", options->file);
  rubis_record_add_int (&record, "bytes", (gint64) g_bytes_get_size (pdf));
  if (list_id != 0)
    rubis_record_add_int (&record, "deposit_list", list_id);
  rubis_output_print_json (g_variant_builder_end (&record));
  return RUBIS_EXIT_DONE;
}

static gboolean
check_file (const Options *options)
{
  if (options->file == NULL)
    rubis_cli_say (_("Where shall it be written? Add --out FILE.pdf."));
  return options->file != NULL;
}

/* deposit ID… --out FILE.pdf */
static RubisExit
make_list (RubisCli *cli, RubisSession *session, const Options *options, char **argv)
{
  g_autoptr(GArray) ids = read_ids (argv + 2, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) pdf = NULL;
  gint64 list_id = 0;
  RubisDate date;

  if (ids == NULL || !check_file (options) || !read_day (cli, options, &date))
    return RUBIS_EXIT_USAGE;
  pdf = rubis_session_make_deposit_list (session, ids, date, &list_id, &error);
  return pdf != NULL ? save_pdf (cli, options, pdf, list_id) : rubis_cli_fail (error, RUBIS_EXIT_PARTIAL);
}

/* state ID… STATE */
static RubisExit
set_state (RubisCli *cli, RubisSession *session, const Options *options, char **argv)
{
  char **last = argv + g_strv_length (argv) - 1;
  g_autoptr(GArray) ids = read_ids (argv + 2, last);
  g_autoptr(GError) error = NULL;
  RubisRegisteredState state;
  RubisDate date;

  if (ids == NULL || !read_day (cli, options, &date))
    return RUBIS_EXIT_USAGE;
  if (!rubis_registered_state_from_id (*last, &state))
    {
      rubis_cli_say (_("“%s” is no state: it is printed, deposited, presented, received, refused, not_claimed or "
                       "wrong_address."),
                     *last);
      return RUBIS_EXIT_USAGE;
    }
  if (!rubis_session_advance_registered (session, ids, state, date, &error))
    return rubis_cli_fail (error, RUBIS_EXIT_PARTIAL);
  return ids->len == 1 ? show_letter (cli, session, g_array_index (ids, gint64, 0)) : RUBIS_EXIT_DONE;
}

static GBytes *
load_file (const char *path, GError **error)
{
  char *content = NULL;
  gsize length = 0;

  return g_file_get_contents (path, &content, &length, error) ? g_bytes_new_take (content, length) : NULL;
}

static RubisExit
print_guess (RubisCli *cli, const RubisProofGuess *guess, RubisProofKind kind)
{
  GVariantBuilder record;

  if (cli->format != RUBIS_OUTPUT_JSON)
    {
      rubis_output_print_line (_("%s: %s, letter %d to %s"), guess->file_name, rubis_proof_kind_to_label (kind),
                               (int) guess->letter->id, guess->letter->account_name);
      if (guess->proposes)
        rubis_output_print_line (_("It says: %s. Note it with “registered state %d %s --on DATE”."),
                                 rubis_registered_state_to_label (guess->state), (int) guess->letter->id,
                                 rubis_registered_state_to_id (guess->state));
      return RUBIS_EXIT_DONE;
    }
  rubis_record_init (&record);
  rubis_record_add_int (&record, "id", guess->letter->id);
  rubis_record_add_text (&record, "file", guess->file_name);
  rubis_record_add_text (&record, "kind", rubis_proof_kind_to_id (kind));
  rubis_record_add_text (&record, "recognised_by", rubis_proof_source_to_id (guess->source));
  rubis_record_add_text (&record, "proposed_state",
                         guess->proposes ? rubis_registered_state_to_id (guess->state) : "");
  rubis_output_print_json (g_variant_builder_end (&record));
  return RUBIS_EXIT_DONE;
}

/* proof [ID] FILE: without id the letter is found by the number on the scan. */
static RubisExit
add_proof (RubisCli *cli, RubisSession *session, const Options *options, char **argv)
{
  const char *path = argv[3] != NULL ? argv[3] : argv[2];
  g_autoptr(RubisProofGuess) guess = NULL;
  g_autoptr(GBytes) content = NULL;
  g_autoptr(GError) error = NULL;
  RubisProofKind kind;
  gint64 id = 0;

  if (argv[3] != NULL && !read_id (argv[2], &id))
    return RUBIS_EXIT_USAGE;
  if (options->kind != NULL && !rubis_proof_kind_from_id (options->kind, &kind))
    {
      rubis_cli_say (_("“%s” is no kind of proof: it is deposit_proof, receipt or returned_envelope."), options->kind);
      return RUBIS_EXIT_USAGE;
    }
  content = load_file (path, &error);
  if (content != NULL)
    guess = rubis_session_recognise_proof (session, path, content, id, &error);
  if (guess == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_INPUT);
  if (guess->letter == NULL || (id != 0 && guess->letter->id != id))
    {
      if (guess->letter == NULL)
        rubis_cli_say (_("No number of a letter was found on “%s”. Say whose it is: “registered proof ID FILE”."), path);
      else
        rubis_cli_say (_("“%s” bears the number of letter %d, not of letter %d."), path, (int) guess->letter->id,
                       (int) id);
      return RUBIS_EXIT_PARTIAL;
    }
  if (options->kind == NULL)
    kind = guess->kind;
  if (!rubis_session_add_proof (session, guess->letter->id, kind, guess, &error))
    return rubis_cli_fail (error, RUBIS_EXIT_PARTIAL);
  return print_guess (cli, guess, kind);
}

/* slip ID --out FILE.pdf */
static RubisExit
write_slip (RubisCli *cli, RubisSession *session, const Options *options, char **argv)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) pdf = NULL;
  gint64 id;

  if (!read_id (argv[2], &id) || !check_file (options))
    return RUBIS_EXIT_USAGE;
  pdf = rubis_session_write_registered_slip (session, id, &error);
  return pdf != NULL ? save_pdf (cli, options, pdf, 0) : rubis_cli_fail (error, RUBIS_EXIT_PARTIAL);
}

/* address CODE: letters may go there again. */
static RubisExit
confirm_address (RubisCli *cli, RubisSession *session, const Options *options, char **argv)
{
  g_autoptr(GError) error = NULL;
  gint64 account = 0;

  if (!rubis_session_find_account (session, argv[2], &account, &error))
    return rubis_cli_fail (error, RUBIS_EXIT_USAGE);
  return rubis_session_confirm_address (session, account, &error) ? RUBIS_EXIT_DONE
                                                                  : rubis_cli_fail (error, RUBIS_EXIT_PARTIAL);
}

static RubisExit
list_stock (RubisCli *cli, RubisSession *session)
{
  static const RubisColumn stock_columns[] = { { "number", N_("Number"), RUBIS_COLUMN_TEXT } };
  g_autoptr(RubisOutput) output = rubis_output_new (cli->format, stock_columns, G_N_ELEMENTS (stock_columns));
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) stock = rubis_session_list_registered_stock (session, &error);

  if (stock == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  for (guint i = 0; i < stock->len; i++)
    {
      GVariantBuilder record;
      g_autoptr(GVariant) value = NULL;

      rubis_record_init (&record);
      rubis_record_add_text (&record, "number", g_ptr_array_index (stock, i));
      value = g_variant_ref_sink (g_variant_builder_end (&record));
      rubis_output_add (output, value);
    }
  rubis_output_finish (output, _("There are no forms in the stock."));
  return RUBIS_EXIT_DONE;
}

/* stock list | add FIRST --count N | remove NUMBER */
static RubisExit
run_stock (RubisCli *cli, RubisSession *session, const Options *options, char **argv)
{
  g_autoptr(GError) error = NULL;
  gboolean add = g_str_equal (argv[2], "add");
  g_autofree char *number = argv[3] != NULL ? g_strjoinv (" ", argv + 3) : NULL;
  gboolean done;

  if (g_str_equal (argv[2], "list"))
    return list_stock (cli, session);
  if ((!add && !g_str_equal (argv[2], "remove")) || number == NULL)
    {
      rubis_cli_say (_("Say “stock list”, “stock add FIRST --count N” or “stock remove NUMBER”."));
      return RUBIS_EXIT_USAGE;
    }
  done = add ? rubis_session_add_registered_stock (session, number, (guint) MAX (options->count, 0), &error)
             : rubis_session_remove_registered_stock (session, number, &error);
  return done ? list_stock (cli, session) : rubis_cli_fail (error, RUBIS_EXIT_PARTIAL);
}

static RubisExit
track (RubisCli *cli, RubisSession *session, const Options *options, char **argv)
{
  return rubis_cli_track (cli, session, argv + 2);
}

static const struct {
  const char *word;
  int min; /* arguments */
  RunFunc run;
} commands[] = {
  { "list", 0, list_letters },  { "write", 1, write_letter },  { "number", 2, set_number }, { "form", 2, set_form },
  { "deposit", 1, make_list },  { "state", 2, set_state },   { "proof", 1, add_proof },
  { "slip", 1, write_slip },    { "address", 1, confirm_address }, { "stock", 1, run_stock },
  { "track", 0, track },
};

static RubisExit
run_registered (RubisCli *cli, const Options *options, char **argv)
{
  int n_arguments = (int) g_strv_length (argv) - 2;

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autoptr(RubisSession) session = NULL;

      if (!g_str_equal (commands[i].word, argv[1]))
        continue;
      if (n_arguments < commands[i].min)
        {
          rubis_cli_say (_("“registered %s” needs more; “rubisctl registered --help” says what."), argv[1]);
          return RUBIS_EXIT_USAGE;
        }
      session = rubis_cli_open (cli);
      if (session == NULL)
        return cli->dossier != NULL ? RUBIS_EXIT_DOSSIER : RUBIS_EXIT_USAGE;
      return commands[i].run (cli, session, options, argv);
    }
  rubis_cli_say (_("“registered %s” is not known. Say list, write, number, form, deposit, state, proof, slip, address, "
                   "stock or track."),
                 argv[1]);
  return RUBIS_EXIT_USAGE;
}

RubisExit
rubis_cli_run_registered (RubisCli *cli, int argc, char **argv)
{
  Options options = { .count = 1 };
  const GOptionEntry entries[] = {
    { "account", 0, 0, G_OPTION_ARG_STRING, &options.account, N_("list: of this account only"), N_("CODE") },
    { "stage", 0, 0, G_OPTION_ARG_STRING, &options.stage,
      N_("list: only those to_number, to_post, under_way, returned or done"), N_("STAGE") },
    { "on", 0, 0, G_OPTION_ARG_STRING, &options.on, N_("The day on which it happened (today)"), N_("DATE") },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &options.file, N_("deposit, slip: the PDF to write"), N_("FILE.pdf") },
    { "kind", 0, 0, G_OPTION_ARG_STRING, &options.kind,
      N_("proof: what it is: deposit_proof, receipt or returned_envelope"), N_("KIND") },
    { "confirm-notice", 0, 0, G_OPTION_ARG_STRING, &options.notice,
      N_("write: even when the notice lacks what it must hold; this is journaled"), N_("CODE") },
    { "count", 0, 0, G_OPTION_ARG_INT, &options.count, N_("stock add: how many forms"), N_("N") },
    { "without-receipt", 0, 0, G_OPTION_ARG_NONE, &options.without_receipt, N_("form: no receipt comes back"), NULL },
    { 0 },
  };
  RubisExit status = RUBIS_EXIT_USAGE;

  if (rubis_cli_parse (cli, entries, 1, -1, &argv))
    status = run_registered (cli, &options, argv);
  options_clear (&options);
  return status;
}
