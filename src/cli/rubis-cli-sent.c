/* documents: what left, and copies of it. */
#include <glib/gi18n-lib.h>

#include "rubis-agenda-list.h"
#include "rubis-cli.h"
#include "rubis-document-pages.h"
#include "rubis-record.h"
#include "rubis-sent-list.h"
#include "rubis-session-lists.h"

typedef struct
{
  char *account;
  char *text;
  char *file;
  char *form; /* "pdf": as pages; NULL: as it left */
} SentOptions;

/* Programs that read the output know templates by id, people by name. */
#define TEMPLATE_COLUMN 6

static const RubisColumn sent_columns[] = {
  { "document", N_ ("Document"), RUBIS_COLUMN_NUMBER },
  { "date", N_ ("Date"), RUBIS_COLUMN_DATE },
  { "account", N_ ("Account"), RUBIS_COLUMN_TEXT },
  { "name", N_ ("Name"), RUBIS_COLUMN_TEXT },
  { "channel", N_ ("Channel"), RUBIS_COLUMN_CHANNEL },
  { "subject", N_ ("Subject"), RUBIS_COLUMN_TEXT },
  { "template", N_ ("Template"), RUBIS_COLUMN_TEXT },
  { "version", N_ ("Version"), RUBIS_COLUMN_NUMBER },
  { "currency", N_ ("Currency"), RUBIS_COLUMN_TEXT },
  { "amount", N_ ("Amount"), RUBIS_COLUMN_AMOUNT },
  { "sha256", N_ ("SHA-256"), RUBIS_COLUMN_TEXT },
  { "template_name", N_ ("Template"), RUBIS_COLUMN_TEXT },
};

static void
sent_options_clear (SentOptions *options)
{
  g_free (options->account);
  g_free (options->text);
  g_free (options->file);
  g_free (options->form);
}

static GVariant *
make_record (const RubisSentRow *row)
{
  GVariantBuilder record;

  rubis_record_init (&record);
  rubis_record_add_int (&record, "document", row->id);
  rubis_record_add_date (&record, "date", row->date);
  rubis_record_add_text (&record, "account", row->account_code);
  rubis_record_add_text (&record, "name", row->account_name);
  rubis_record_add_text (&record, "channel", row->kind);
  rubis_record_add_text (&record, "subject", row->subject);
  rubis_record_add_text (&record, "recipient", row->recipient);
  rubis_record_add_text (&record, "template", row->template_id);
  rubis_record_add_text (&record, "template_name", row->template_name);
  rubis_record_add_int (&record, "version", row->template_version);
  rubis_record_add_text (&record, "language", row->language);
  rubis_record_add_text (&record, "currency", row->currency.code);
  rubis_record_add_amount (&record, "amount", row->amount, row->currency);
  rubis_record_add_int (&record, "pages", row->n_pages);
  rubis_record_add_bool (&record, "to_post", row->to_post);
  rubis_record_add_text (&record, "file", row->file_name);
  rubis_record_add_text (&record, "sha256", row->sha256);
  rubis_record_add_int (&record, "event", row->event_id);
  return g_variant_ref_sink (g_variant_builder_end (&record));
}

/* (transfer full) For @format; sets @n_columns. */
static RubisColumn *
dup_columns (RubisOutputFormat format, gsize *n_columns)
{
  RubisColumn *columns = g_memdup2 (sent_columns, sizeof sent_columns);

  *n_columns = G_N_ELEMENTS (sent_columns);
  if (format == RUBIS_OUTPUT_TEXT)
    columns[TEMPLATE_COLUMN] = columns[--*n_columns];
  return columns;
}

static RubisExit
list_documents (RubisCli *cli, RubisSession *session, const SentOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = NULL;
  g_autoptr (RubisOutput) output = NULL;
  g_autofree RubisColumn *columns = NULL;
  gsize n_columns;
  gint64 account = 0;

  if (options->account != NULL && !rubis_session_find_account (session, options->account, &account, &error))
    return rubis_cli_fail (error, RUBIS_EXIT_USAGE);
  ids = rubis_session_find_sent (session, 0, account, options->text, &error);
  if (ids == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  columns = dup_columns (cli->format, &n_columns);
  output = rubis_output_new (cli->format, columns, n_columns);
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (RubisSentRow) row
          = rubis_session_load_sent (session, g_array_index (ids, gint64, i), &error);
      g_autoptr (GVariant) record = NULL;

      if (row == NULL)
        return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
      record = make_record (row);
      rubis_output_add (output, record);
    }
  rubis_output_finish (output, _ ("Nothing was sent yet."));
  return RUBIS_EXIT_DONE;
}

/* documents save ID --out FILE [--as pdf] */
static RubisExit
save_document (RubisSession *session, const char *id, const SentOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (id == NULL || options->file == NULL)
    {
      rubis_cli_say (_ ("Say “documents save” with the number of the document and --out FILE."));
      return RUBIS_EXIT_USAGE;
    }
  if (options->form != NULL && !g_str_equal (options->form, "pdf"))
    {
      rubis_cli_say (_ ("“--as %s” is not known. Say --as pdf, or nothing for the file as it left."),
                     options->form);
      return RUBIS_EXIT_USAGE;
    }
  bytes = options->form != NULL
              ? rubis_session_render_document (session, g_ascii_strtoll (id, NULL, 10), NULL, &error)
              : rubis_session_load_document (session, g_ascii_strtoll (id, NULL, 10), NULL, NULL, &error);
  if (bytes == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_PARTIAL);
  if (!rubis_cli_write_file (options->file, bytes, &error))
    return rubis_cli_fail (error, RUBIS_EXIT_DEVICE);
  rubis_output_print_line ("%s", options->file);
  return RUBIS_EXIT_DONE;
}

static RubisExit
run_documents (RubisCli *cli, const SentOptions *options, char **argv)
{
  g_autoptr (RubisSession) session = NULL;
  gboolean list = g_str_equal (argv[1], "list");

  if (!list && !g_str_equal (argv[1], "save"))
    {
      rubis_cli_say (_ ("“documents %s” is not known. Say list or save."), argv[1]);
      return RUBIS_EXIT_USAGE;
    }
  session = rubis_cli_open (cli);
  if (session == NULL)
    return cli->dossier != NULL ? RUBIS_EXIT_DOSSIER : RUBIS_EXIT_USAGE;
  return list ? list_documents (cli, session, options) : save_document (session, argv[2], options);
}

RubisExit
rubis_cli_run_documents (RubisCli *cli, int argc, char **argv)
{
  SentOptions options = { 0 };
  const GOptionEntry entries[] = {
    { "account", 0, 0, G_OPTION_ARG_STRING, &options.account, N_ ("Only those of this account"),
      N_ ("CODE") },
    { "text", 0, 0, G_OPTION_ARG_STRING, &options.text,
      N_ ("Only those with this in account, subject or recipient"), N_ ("TEXT") },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &options.file, N_ ("save: the file to write"), N_ ("FILE") },
    { "as", 0, 0, G_OPTION_ARG_STRING, &options.form,
      N_ ("save: “pdf” for an email as pages, with the files that left with it"), N_ ("FORM") },
    { 0 },
  };
  RubisExit status = RUBIS_EXIT_USAGE;

  if (rubis_cli_parse (cli, entries, 1, 2, &argv))
    status = run_documents (cli, &options, argv);
  sent_options_clear (&options);
  return status;
}
