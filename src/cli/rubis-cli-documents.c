/* letter and statement: one document as PDF, outside the agenda. */
#include <glib/gi18n-lib.h>

#include "rubis-agenda-list.h"
#include "rubis-cli.h"
#include "rubis-record.h"
#include "rubis-session-lists.h"

typedef struct {
  char *account;
  char *template_id;
  char *file;
} DocumentOptions;

static void
document_options_clear (DocumentOptions *options)
{
  g_free (options->account);
  g_free (options->template_id);
  g_free (options->file);
}

static RubisExit
save (RubisCli *cli, const DocumentOptions *options, GBytes *pdf)
{
  g_autoptr(GError) error = NULL;

  if (!rubis_cli_write_file (options->file, pdf, &error))
    {
      rubis_cli_say ("%s", error->message);
      return RUBIS_EXIT_DEVICE;
    }
  if (cli->format == RUBIS_OUTPUT_JSON)
    {
      GVariantBuilder record;

      rubis_record_init (&record);
      rubis_record_add_text (&record, "account", options->account);
      rubis_record_add_text (&record, "template", options->template_id);
      rubis_record_add_text (&record, "file", options->file);
      rubis_record_add_int (&record, "bytes", (gint64) g_bytes_get_size (pdf));
      rubis_output_print_json (g_variant_builder_end (&record));
    }
  else
    rubis_output_print_line ("%s", options->file);
  return RUBIS_EXIT_DONE;
}

static RubisExit
write_document (RubisCli *cli, const DocumentOptions *options)
{
  g_autoptr(RubisSession) session = rubis_cli_open (cli);
  g_autofree char *text = NULL;
  g_autoptr(GBytes) pdf = NULL;
  g_autoptr(GError) error = NULL;
  gint64 account = 0;

  if (session == NULL)
    return cli->dossier != NULL ? RUBIS_EXIT_DOSSIER : RUBIS_EXIT_USAGE;
  if (!rubis_session_find_account (session, options->account, &account, &error))
    return rubis_cli_fail (error, RUBIS_EXIT_USAGE);
  text = rubis_session_get_template_text (session, options->template_id, NULL, &error);
  if (text == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_USAGE);
  pdf = rubis_session_write_letter (session, account, options->template_id, NULL, &error);
  if (pdf == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_PARTIAL);
  return save (cli, options, pdf);
}

static gboolean
check_options (const DocumentOptions *options)
{
  if (options->account == NULL)
    rubis_cli_say (_("Whose? Add --account CODE."));
  else if (options->template_id == NULL)
    rubis_cli_say (_("By which template? Add --template ID; “rubisctl template list” lists them."));
  else if (options->file == NULL)
    rubis_cli_say (_("Where shall it be written? Add --out FILE.pdf."));
  return options->account != NULL && options->template_id != NULL && options->file != NULL;
}

RubisExit
rubis_cli_run_letter (RubisCli *cli, int argc, char **argv)
{
  DocumentOptions options = { 0 };
  const GOptionEntry entries[] = {
    { "account", 0, 0, G_OPTION_ARG_STRING, &options.account, N_("The account to write to"), N_("CODE") },
    { "template", 0, 0, G_OPTION_ARG_STRING, &options.template_id, N_("The template to write by"), N_("ID") },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &options.file, N_("The PDF to write"), N_("FILE.pdf") },
    { 0 },
  };
  RubisExit status = RUBIS_EXIT_USAGE;

  if (rubis_cli_parse (cli, entries, 0, 0, &argv) && check_options (&options))
    status = write_document (cli, &options);
  document_options_clear (&options);
  return status;
}

RubisExit
rubis_cli_run_statement (RubisCli *cli, int argc, char **argv)
{
  DocumentOptions options = { 0 };
  const GOptionEntry entries[] = {
    { "account", 0, 0, G_OPTION_ARG_STRING, &options.account, N_("The account to write to"), N_("CODE") },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &options.file, N_("The PDF to write"), N_("FILE.pdf") },
    { 0 },
  };
  RubisExit status = RUBIS_EXIT_USAGE;

  options.template_id = g_strdup ("releve");
  if (rubis_cli_parse (cli, entries, 0, 0, &argv) && check_options (&options))
    status = write_document (cli, &options);
  document_options_clear (&options);
  return status;
}
