/* legal-file: the file for the court. */
#include <glib/gi18n-lib.h>

#include "rubis-cli.h"
#include "rubis-format.h"
#include "rubis-legal-file.h"
#include "rubis-record.h"
#include "rubis-session-lists.h"

typedef struct
{
  char *account;
  char *file;
  char *items;
  char *court;
  char *without;
  gboolean force;
} LegalOptions;

static void
legal_options_clear (LegalOptions *options)
{
  g_free (options->account);
  g_free (options->file);
  g_free (options->items);
  g_free (options->court);
  g_free (options->without);
}

static gboolean
check_options (const LegalOptions *options)
{
  if (options->account == NULL)
    rubis_cli_say (_ ("Whose? Add --account CODE."));
  else if (options->file == NULL)
    rubis_cli_say (_ ("Where shall it be written? Add --out FILE.zip or --out FILE.pdf."));
  else if (!g_str_has_suffix (options->file, ".zip") && !g_str_has_suffix (options->file, ".pdf"))
    rubis_cli_say (_ ("--out: “%s” is neither a .zip nor a .pdf."), options->file);
  else
    return TRUE;
  return FALSE;
}

static void
print_problems (const RubisLegalFile *file)
{
  static const char *const labels[] = { N_ ("Blocking"), N_ ("Warning"), N_ ("Advice") };

  for (guint i = 0; i < file->problems->len; i++)
    {
      const RubisLegalProblem *problem = g_ptr_array_index (file->problems, i);

      rubis_output_print_line ("%s [%s] %s %s", _ (labels[problem->severity]), problem->code,
                               problem->message, problem->way_out);
    }
}

static void
print_text (const RubisLegalFile *file, const char *path, guint n_pages)
{
  const char *language = rubis_format_ui_language ();
  g_autofree char *total = rubis_format_amount (file->total, file->currency, language);
  g_autofree char *principal = rubis_format_amount (file->principal, file->currency, language);
  g_autofree char *interest = rubis_format_amount (file->interest, file->currency, language);
  g_autofree char *indemnity = rubis_format_amount (file->indemnity, file->currency, language);

  if (n_pages > 0)
    rubis_output_print_line (_ ("%s: %u pages"), path, n_pages);
  rubis_output_print_line (_ ("Claimed: %s (principal %s, interest %s, indemnities %s)"), total, principal,
                           interest, indemnity);
  rubis_output_print_line (_ ("Court: %s (Cerfa form %s)"),
                           *file->court != '\0' ? file->court : _ ("to be named"), file->form);
  for (guint i = 0; i < file->exhibits->len; i++)
    {
      const RubisLegalExhibit *exhibit = g_ptr_array_index (file->exhibits, i);

      rubis_output_print_line (_ ("Exhibit %u: %s"), exhibit->number, exhibit->title);
    }
  print_problems (file);
}

/* @content: (nullable) NULL when the file was refused. */
static void
print_result (RubisCli *cli, const RubisLegalFile *file, const char *path, GBytes *content, guint n_pages)
{
  g_autoptr (GVariant) facts = NULL;
  GVariantDict dict;

  if (cli->format != RUBIS_OUTPUT_JSON)
    {
      print_text (file, path, n_pages);
      return;
    }
  facts = g_variant_ref_sink (rubis_legal_file_to_record (file));
  g_variant_dict_init (&dict, facts);
  g_variant_dict_insert (&dict, "made", "b", content != NULL);
  if (content != NULL)
    {
      g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, content);

      g_variant_dict_insert (&dict, "file", "s", path);
      g_variant_dict_insert (&dict, "pages", "x", (gint64)n_pages);
      g_variant_dict_insert (&dict, "sha256", "s", sha256);
    }
  rubis_output_print_json (g_variant_dict_end (&dict));
}

static RubisExit
make (RubisCli *cli, RubisSession *session, RubisLegalFile *file, const LegalOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) content = NULL;
  g_autofree char *name = g_path_get_basename (options->file);
  guint n_pages = 0;

  if (rubis_legal_file_is_blocked (file) && !options->force)
    {
      print_result (cli, file, options->file, NULL, 0);
      rubis_cli_say (_ ("Refused. Add --force to make the file all the same."));
      return RUBIS_EXIT_PARTIAL;
    }
  if (g_str_has_suffix (options->file, ".zip"))
    content = rubis_session_make_legal_zip (session, file, &n_pages, &error);
  else
    content = rubis_session_make_legal_pdf (session, file, &n_pages, &error);
  if (content == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_PARTIAL);
  if (!rubis_cli_write_file (options->file, content, &error))
    {
      rubis_cli_say ("%s", error->message);
      return RUBIS_EXIT_DEVICE;
    }
  if (!rubis_session_keep_legal_file (session, file, name, content, n_pages, &error))
    return rubis_cli_fail (error, RUBIS_EXIT_PARTIAL);
  print_result (cli, file, options->file, content, n_pages);
  return RUBIS_EXIT_DONE;
}

static RubisExit
write_legal_file (RubisCli *cli, const LegalOptions *options)
{
  g_autoptr (RubisSession) session = rubis_cli_open (cli);
  g_autoptr (RubisLegalFile) file = NULL;
  g_autoptr (GArray) ids = NULL;
  g_auto (GStrv) without = options->without != NULL ? g_strsplit (options->without, ",", -1) : NULL;
  g_autoptr (GError) error = NULL;
  RubisLegalRequest request
      = { .court = options->court, .force = options->force, .without = (const char *const *)without };

  if (session == NULL)
    return cli->dossier != NULL ? RUBIS_EXIT_DOSSIER : RUBIS_EXIT_USAGE;
  if (!rubis_session_find_account (session, options->account, &request.account_id, &error))
    return rubis_cli_fail (error, RUBIS_EXIT_USAGE);
  if (options->items != NULL)
    {
      g_auto (GStrv) numbers = g_strsplit (options->items, ",", -1);

      ids = rubis_session_find_claimed_items (session, request.account_id, numbers, &error);
      if (ids == NULL)
        return rubis_cli_fail (error, RUBIS_EXIT_USAGE);
      request.item_ids = ids;
    }
  file = rubis_session_prepare_legal_file (session, &request, NULL, &error);
  if (file == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_PARTIAL);
  return make (cli, session, file, options);
}

RubisExit
rubis_cli_run_legal_file (RubisCli *cli, int argc, char **argv)
{
  LegalOptions options = { 0 };
  const GOptionEntry entries[] = {
    { "account", 0, 0, G_OPTION_ARG_STRING, &options.account, N_ ("The account whose invoices are claimed"),
      N_ ("CODE") },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &options.file, N_ ("The ZIP or PDF to write"),
      N_ ("FILE.(zip|pdf)") },
    { "items", 0, 0, G_OPTION_ARG_STRING, &options.items,
      N_ ("Numbers of the invoices, separated by commas (default: all overdue ones)"), N_ ("NUMBER,…") },
    { "court", 0, 0, G_OPTION_ARG_STRING, &options.court, N_ ("The court to name in the request"),
      N_ ("NAME") },
    { "without", 0, 0, G_OPTION_ARG_STRING, &options.without,
      N_ ("Keys of the exhibits to leave out, separated by commas"), N_ ("KEY,…") },
    { "force", 0, 0, G_OPTION_ARG_NONE, &options.force,
      N_ ("Make the file in spite of what blocks it, with blanks"), NULL },
    { 0 },
  };
  RubisExit status = RUBIS_EXIT_USAGE;

  if (rubis_cli_parse (cli, entries, 0, 0, &argv) && check_options (&options))
    status = write_legal_file (cli, &options);
  legal_options_clear (&options);
  return status;
}
