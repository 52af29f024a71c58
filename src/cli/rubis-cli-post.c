/* post and reprint: the letters that wait, printing them together, and copies of what was printed. */
#include <glib/gi18n-lib.h>

#include "rubis-cli-provider.h"
#include "rubis-cli.h"
#include "rubis-format.h"
#include "rubis-post-job.h"
#include "rubis-record.h"

typedef struct
{
  char *file;
  char *import;
  gboolean all_of_day;
  gboolean duplex;
  gboolean mark_printed;
  gboolean confirm;
} PostOptions;

static void
post_options_clear (PostOptions *options)
{
  g_free (options->file);
  g_free (options->import);
}

static const RubisColumn letter_columns[] = {
  { "document", N_ ("Document"), RUBIS_COLUMN_NUMBER },
  { "country", N_ ("Country"), RUBIS_COLUMN_TEXT },
  { "postcode", N_ ("Postcode"), RUBIS_COLUMN_TEXT },
  { "city", N_ ("City"), RUBIS_COLUMN_TEXT },
  { "account", N_ ("Account"), RUBIS_COLUMN_TEXT },
  { "name", N_ ("Name"), RUBIS_COLUMN_TEXT },
  { "service_name", N_ ("Postage"), RUBIS_COLUMN_TEXT },
  { "pages", N_ ("Pages"), RUBIS_COLUMN_NUMBER },
  { "sheets", N_ ("Sheets"), RUBIS_COLUMN_NUMBER },
  { "weight_class", N_ ("Grams"), RUBIS_COLUMN_NUMBER },
  { "postage", N_ ("Price"), RUBIS_COLUMN_AMOUNT },
  { "warnings", N_ ("Warnings"), RUBIS_COLUMN_TEXT },
  { "refused", N_ ("Why not"), RUBIS_COLUMN_TEXT },
};

static const RubisColumn job_columns[] = {
  { "job", N_ ("Job"), RUBIS_COLUMN_NUMBER },       { "date", N_ ("Date"), RUBIS_COLUMN_DATE },
  { "printer", N_ ("Printer"), RUBIS_COLUMN_TEXT }, { "letters", N_ ("Letters"), RUBIS_COLUMN_NUMBER },
  { "pages", N_ ("Pages"), RUBIS_COLUMN_NUMBER },   { "sheets", N_ ("Sheets"), RUBIS_COLUMN_NUMBER },
  { "copies", N_ ("Copies"), RUBIS_COLUMN_NUMBER }, { "state", N_ ("State"), RUBIS_COLUMN_TEXT },
};

static void
make_letter (GVariantBuilder *record, const RubisPostLetter *letter, RubisCurrency currency)
{
  rubis_record_init (record);
  rubis_record_add_int (record, "document", letter->document_id);
  rubis_record_add_text (record, "account", letter->account_code);
  rubis_record_add_text (record, "name", letter->account_name);
  rubis_record_add_text (record, "postcode", letter->postcode);
  rubis_record_add_text (record, "city", letter->city);
  rubis_record_add_text (record, "country", letter->country);
  rubis_record_add_date (record, "date", letter->date);
  rubis_record_add_text (record, "subject", letter->subject);
  rubis_record_add_text (record, "service", rubis_postage_service_to_id (letter->service));
  rubis_record_add_text (record, "service_name", rubis_postage_service_to_label (letter->service));
  rubis_record_add_bool (record, "receipt", letter->receipt);
  rubis_record_add_bool (record, "waits", letter->waits);
  rubis_record_add_int (record, "pages", letter->n_pages);
  rubis_record_add_int (record, "sheets", letter->postage.n_sheets);
  rubis_record_add_int (record, "grams", letter->postage.grams);
  rubis_record_add_text (record, "envelope", letter->postage.envelope);
  rubis_record_add_int (record, "weight_class", letter->postage.weight_class);
  rubis_record_add_text (record, "currency", currency.code);
  rubis_record_add_amount (record, "postage", letter->postage.price, currency);
  rubis_record_add_texts (record, "warnings", letter->warnings);
  if (*letter->refused != '\0')
    rubis_record_add_text (record, "refused", letter->refused);
}

static void
make_totals (GVariantBuilder *record, RubisPostBatch *batch)
{
  RubisPostTotals totals;

  rubis_post_batch_sum (batch, &totals);
  rubis_record_init (record);
  rubis_record_add_int (record, "letters", totals.n_letters);
  rubis_record_add_int (record, "registered", totals.n_registered);
  rubis_record_add_int (record, "pages", totals.n_pages);
  rubis_record_add_int (record, "sheets", totals.n_sheets);
  rubis_record_add_int (record, "grams", totals.grams);
  rubis_record_add_text (record, "currency", batch->currency.code);
  rubis_record_add_amount (record, "postage", totals.postage, batch->currency);
  rubis_record_add_int (record, "with_warnings", totals.n_warnings);
  rubis_record_add_int (record, "refused", totals.n_refused);
  rubis_record_add_date (record, "prices_of", batch->tariff_date);
  rubis_record_add_bool (record, "prices_checked", batch->tariff_checked);
}

static GVariant *
make_letters (GPtrArray *letters, RubisCurrency currency)
{
  GVariantBuilder list;

  rubis_records_init (&list);
  for (guint i = 0; i < letters->len; i++)
    {
      GVariantBuilder record;

      make_letter (&record, g_ptr_array_index (letters, i), currency);
      rubis_records_add (&list, &record);
    }
  return g_variant_ref_sink (g_variant_builder_end (&list));
}

static void
print_totals (RubisPostBatch *batch)
{
  RubisPostTotals totals;
  g_autofree char *postage = NULL;
  g_autofree char *day = NULL;

  rubis_post_batch_sum (batch, &totals);
  postage = rubis_format_amount (totals.postage, batch->currency, rubis_format_ui_language ());
  day = rubis_format_date_short (batch->tariff_date, rubis_format_ui_language ());
  rubis_output_print_line (_ ("%d letters, %d pages, %d sheets, %d g, postage about %s (prices of %s%s)"),
                           totals.n_letters, totals.n_pages, totals.n_sheets, totals.grams, postage, day,
                           batch->tariff_checked ? "" : _ (", to be checked"));
}

static RubisPostBatch *
load (RubisSession *session, const PostOptions *options, GError **error)
{
  RubisDate date = options->all_of_day ? rubis_session_get_today (session) : RUBIS_DATE_NONE;
  RubisProgress progress;
  RubisPostBatch *batch;

  rubis_cli_progress_init (&progress);
  batch = rubis_session_load_post (session, date, options->duplex, &progress, error);
  rubis_cli_progress_end (&progress);
  return batch;
}

static RubisExit
list_letters (RubisCli *cli, RubisSession *session, const PostOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisPostBatch) batch = load (session, options, &error);
  g_autoptr (GVariant) letters = NULL;

  if (batch == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  letters = make_letters (batch->letters, batch->currency);
  if (cli->format == RUBIS_OUTPUT_JSON)
    {
      GVariantBuilder record, totals;

      rubis_record_init (&record);
      rubis_record_add_value (&record, "letters", letters);
      make_totals (&totals, batch);
      rubis_record_add_value (&record, "totals", g_variant_builder_end (&totals));
      rubis_output_print_json (g_variant_builder_end (&record));
      return RUBIS_EXIT_DONE;
    }
  rubis_output_print_list (cli->format, letters, letter_columns, G_N_ELEMENTS (letter_columns),
                           _ ("No letter waits to be posted."));
  if (cli->format == RUBIS_OUTPUT_TEXT && batch->letters->len > 0)
    print_totals (batch);
  return RUBIS_EXIT_DONE;
}

static void
report_job (RubisCli *cli, const RubisPostJob *job, const char *file, gint64 id, RubisCurrency currency)
{
  GVariantBuilder record;
  g_autoptr (GVariant) left_out = make_letters (job->left_out, currency);

  for (guint i = 0; i < job->left_out->len; i++)
    {
      const RubisPostLetter *letter = g_ptr_array_index (job->left_out, i);

      rubis_cli_say (_ ("%s: not printed. %s"), letter->account_name, letter->refused);
    }
  if (cli->format != RUBIS_OUTPUT_JSON)
    {
      rubis_output_print_line ("%s", file);
      return;
    }
  rubis_record_init (&record);
  rubis_record_add_text (&record, "file", file);
  rubis_record_add_int (&record, "job", id);
  rubis_record_add_bool (&record, "printed", id != 0);
  rubis_record_add_int (&record, "letters", job->n_letters);
  rubis_record_add_int (&record, "pages", job->n_pages);
  rubis_record_add_int (&record, "sheets", job->n_sheets);
  rubis_record_add_bool (&record, "duplex", job->duplex);
  rubis_record_add_value (&record, "left_out", left_out);
  rubis_output_print_json (g_variant_builder_end (&record));
}

static RubisExit
print_letters (RubisCli *cli, RubisSession *session, const PostOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisPostBatch) batch = NULL;
  g_autoptr (RubisPostJob) job = NULL;
  gint64 id = 0;

  if (options->file == NULL)
    {
      rubis_cli_say (_ ("Where shall it be written? Add --out FILE.pdf."));
      return RUBIS_EXIT_USAGE;
    }
  batch = load (session, options, &error);
  if (batch == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  job = rubis_session_join_post (session, batch->letters, options->duplex, NULL, &error);
  if (job == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_PARTIAL);
  if (!rubis_cli_write_file (options->file, job->pdf, &error))
    return rubis_cli_fail (error, RUBIS_EXIT_DEVICE);
  if (options->mark_printed)
    {
      id = rubis_session_begin_print_job (session, job, options->file, 1, &error);
      if (id == 0 || !rubis_session_end_print_job (session, id, TRUE, &error))
        return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
    }
  report_job (cli, job, options->file, id, batch->currency);
  return job->left_out->len > 0 ? RUBIS_EXIT_PARTIAL : RUBIS_EXIT_DONE;
}

static RubisExit
list_jobs (RubisCli *cli, RubisSession *session)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) jobs = rubis_session_list_print_jobs (session, 0, &error);
  g_autoptr (RubisOutput) output = NULL;
  RubisCurrency currency = rubis_session_get_currency (session);

  if (jobs == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  output = rubis_output_new (cli->format, job_columns, G_N_ELEMENTS (job_columns));
  for (guint i = 0; i < jobs->len; i++)
    {
      const RubisPrintJob *job = g_ptr_array_index (jobs, i);
      g_autoptr (GVariant) value = NULL;
      GVariantBuilder record;

      rubis_record_init (&record);
      rubis_record_add_int (&record, "job", job->id);
      rubis_record_add_text (&record, "at", job->at);
      rubis_record_add_date (&record, "date", job->date);
      rubis_record_add_text (&record, "printer", job->printer);
      rubis_record_add_bool (&record, "duplex", job->duplex);
      rubis_record_add_int (&record, "copies", job->copies);
      rubis_record_add_int (&record, "letters", job->n_letters);
      rubis_record_add_int (&record, "pages", job->n_pages);
      rubis_record_add_int (&record, "sheets", job->n_sheets);
      rubis_record_add_text (&record, "currency", currency.code);
      rubis_record_add_amount (&record, "postage", job->postage, currency);
      rubis_record_add_text (&record, "state", job->state);
      value = g_variant_ref_sink (g_variant_builder_end (&record));
      rubis_output_add (output, value);
    }
  rubis_output_finish (output, _ ("Nothing was printed yet."));
  return RUBIS_EXIT_DONE;
}

/* post answer JOB printed|failed */
static RubisExit
answer_job (RubisSession *session, char **argv)
{
  g_autoptr (GError) error = NULL;
  gboolean printed;

  if (argv[2] == NULL || argv[3] == NULL
      || (!g_str_equal (argv[3], "printed") && !g_str_equal (argv[3], "failed")))
    {
      rubis_cli_say (
          _ ("How did the job come out? Say “post answer JOB printed” or “post answer JOB failed”."));
      return RUBIS_EXIT_USAGE;
    }
  printed = g_str_equal (argv[3], "printed");
  if (!rubis_session_end_print_job (session, g_ascii_strtoll (argv[2], NULL, 10), printed, &error))
    return rubis_cli_fail (error, RUBIS_EXIT_PARTIAL);
  return RUBIS_EXIT_DONE;
}

/* post prices [--import FILE] */
static RubisExit
show_prices (RubisSession *session, const PostOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (options->import != NULL)
    {
      if (!g_file_get_contents (options->import, &text, NULL, &error))
        return rubis_cli_fail (error, RUBIS_EXIT_INPUT);
      if (!rubis_session_set_postage_text (session, text, &error))
        return rubis_cli_fail (error, RUBIS_EXIT_INPUT);
      return RUBIS_EXIT_DONE;
    }
  text = rubis_session_get_postage_text (session, &error);
  if (text == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  rubis_output_print (text);
  return RUBIS_EXIT_DONE;
}

static RubisExit
run_post (RubisCli *cli, const PostOptions *options, char **argv)
{
  g_autoptr (RubisSession) session = NULL;
  const char *what = argv[1];
  static const char *const words[] = { "list", "print", "jobs", "answer", "prices", "hand-over", NULL };

  if (!g_strv_contains (words, what))
    {
      rubis_cli_say (_ ("“post %s” is not known. Say list, print, jobs, answer, prices or hand-over."), what);
      return RUBIS_EXIT_USAGE;
    }
  if (g_str_equal (what, "hand-over") && argv[2] == NULL)
    {
      rubis_cli_say (_ ("To which sender? Say “post hand-over SENDER”; “sender list” shows them."));
      return RUBIS_EXIT_USAGE;
    }
  session = rubis_cli_open (cli);
  if (session == NULL)
    return cli->dossier != NULL ? RUBIS_EXIT_DOSSIER : RUBIS_EXIT_USAGE;
  if (g_str_equal (what, "hand-over"))
    return rubis_cli_hand_over (cli, session, argv[2], argv + 3, options->confirm);
  if (g_str_equal (what, "list"))
    return list_letters (cli, session, options);
  if (g_str_equal (what, "print"))
    return print_letters (cli, session, options);
  if (g_str_equal (what, "jobs"))
    return list_jobs (cli, session);
  return g_str_equal (what, "answer") ? answer_job (session, argv) : show_prices (session, options);
}

RubisExit
rubis_cli_run_post (RubisCli *cli, int argc, char **argv)
{
  PostOptions options = { 0 };
  const GOptionEntry entries[] = {
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &options.file, N_ ("print: the PDF for the printer"),
      N_ ("FILE.pdf") },
    { "duplex", 0, 0, G_OPTION_ARG_NONE, &options.duplex,
      N_ ("Both sides of a sheet are used; each letter starts on a new one"), NULL },
    { "all-of-day", 0, 0, G_OPTION_ARG_NONE, &options.all_of_day,
      N_ ("All letters of the day, also those that were printed"), NULL },
    { "mark-printed", 0, 0, G_OPTION_ARG_NONE, &options.mark_printed,
      N_ ("print: note that the letters have left"), NULL },
    { "import", 0, 0, G_OPTION_ARG_FILENAME, &options.import, N_ ("prices: keep the postal prices of a file"),
      N_ ("FILE") },
    { "confirm", 0, 0, G_OPTION_ARG_NONE, &options.confirm,
      N_ ("hand-over: give the letters to the provider at the price shown"), NULL },
    { 0 },
  };
  RubisExit status = RUBIS_EXIT_USAGE;

  if (rubis_cli_parse (cli, entries, 1, -1, &argv))
    status = run_post (cli, &options, argv);
  post_options_clear (&options);
  return status;
}

/* --- reprint --------------------------------------------------------------------------------- */

static RubisExit
reprint (RubisCli *cli, const char *what, gboolean job, const char *file)
{
  g_autoptr (RubisSession) session = rubis_cli_open (cli);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gint64 id = g_ascii_strtoll (what, NULL, 10);

  if (session == NULL)
    return cli->dossier != NULL ? RUBIS_EXIT_DOSSIER : RUBIS_EXIT_USAGE;
  bytes = job ? rubis_session_reprint_job (session, id, &error)
              : rubis_session_reprint_document (session, id, NULL, &error);
  if (bytes == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_PARTIAL);
  if (!rubis_cli_write_file (file, bytes, &error))
    return rubis_cli_fail (error, RUBIS_EXIT_DEVICE);
  rubis_output_print_line ("%s", file);
  return RUBIS_EXIT_DONE;
}

RubisExit
rubis_cli_run_reprint (RubisCli *cli, int argc, char **argv)
{
  g_autofree char *file = NULL;
  gboolean job = FALSE;
  const GOptionEntry entries[] = {
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &file, N_ ("The file to write"), N_ ("FILE") },
    { "job", 0, 0, G_OPTION_ARG_NONE, &job, N_ ("The number is that of a print job: all its letters"), NULL },
    { 0 },
  };

  if (!rubis_cli_parse (cli, entries, 1, 1, &argv))
    return RUBIS_EXIT_USAGE;
  if (file == NULL)
    {
      rubis_cli_say (_ ("Where shall it be written? Add --out FILE.pdf."));
      return RUBIS_EXIT_USAGE;
    }
  return reprint (cli, argv[1], job, file);
}
