/* attach: copies of invoices and other files of an account. */
#include <glib/gi18n-lib.h>

#include "rubis-attachments.h"
#include "rubis-cli.h"
#include "rubis-record.h"
#include "rubis-session-lists.h"

typedef struct
{
  char *account;
  char *item;
  char *kind;
  char *limit;
} AttachOptions;

static const RubisColumn attachment_columns[] = {
  { "id", N_ ("File"), RUBIS_COLUMN_NUMBER },        { "item", N_ ("Item"), RUBIS_COLUMN_TEXT },
  { "kind", N_ ("Kind"), RUBIS_COLUMN_TEXT },        { "file", N_ ("Name"), RUBIS_COLUMN_TEXT },
  { "pages", N_ ("Pages"), RUBIS_COLUMN_NUMBER },    { "added", N_ ("Added"), RUBIS_COLUMN_DATE },
  { "warning", N_ ("Warnings"), RUBIS_COLUMN_TEXT },
};

static void
attach_options_clear (AttachOptions *options)
{
  g_free (options->account);
  g_free (options->item);
  g_free (options->kind);
  g_free (options->limit);
}

static GVariant *
make_record (const RubisAttachment *attachment)
{
  GVariantBuilder record;

  rubis_record_init (&record);
  rubis_record_add_int (&record, "id", attachment->id);
  rubis_record_add_text (&record, "item", attachment->number);
  rubis_record_add_text (&record, "kind", attachment->kind);
  rubis_record_add_text (&record, "file", attachment->file_name);
  rubis_record_add_text (&record, "media_type", attachment->media_type);
  rubis_record_add_int (&record, "pages", attachment->n_pages);
  rubis_record_add_int (&record, "bytes", attachment->size);
  rubis_record_add_date (&record, "added", attachment->added_on);
  rubis_record_add_text (&record, "added_by", attachment->added_by);
  rubis_record_add_text (&record, "warning", attachment->warning);
  return g_variant_ref_sink (g_variant_builder_end (&record));
}

static gboolean
find_account (RubisSession *session, const AttachOptions *options, gint64 *account, RubisExit *status)
{
  g_autoptr (GError) error = NULL;

  if (options->account == NULL)
    {
      rubis_cli_say (_ ("Whose? Add --account CODE."));
      *status = RUBIS_EXIT_USAGE;
      return FALSE;
    }
  if (rubis_session_find_account (session, options->account, account, &error))
    return TRUE;
  *status = rubis_cli_fail (error, RUBIS_EXIT_USAGE);
  return FALSE;
}

static RubisExit
list_files (RubisCli *cli, RubisSession *session, gint64 account)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = rubis_session_list_attachments (session, account, 0, &error);
  g_autoptr (RubisOutput) output = NULL;

  if (list == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  output = rubis_output_new (cli->format, attachment_columns, G_N_ELEMENTS (attachment_columns));
  for (guint i = 0; i < list->len; i++)
    {
      g_autoptr (GVariant) record = make_record (g_ptr_array_index (list, i));

      rubis_output_add (output, record);
    }
  rubis_output_finish (output, _ ("No file is kept with this account."));
  return RUBIS_EXIT_DONE;
}

/* The item named by --item, else the one that the file's name speaks of. */
static gboolean
find_item (RubisSession *session, const AttachOptions *options, gint64 account, const char *path,
           gint64 *item)
{
  *item = rubis_session_guess_item (session, account, options->item != NULL ? options->item : path);
  if (options->item == NULL || *item != 0)
    return TRUE;
  rubis_cli_say (_ ("The account has no item “%s”."), options->item);
  return FALSE;
}

static RubisExit
add_files (RubisCli *cli, RubisSession *session, const AttachOptions *options, gint64 account, char **files)
{
  for (int i = 0; files[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 item = 0;

      if (!find_item (session, options, account, files[i], &item))
        return RUBIS_EXIT_USAGE;
      if (rubis_session_attach (session, account, item, options->kind, files[i], &error) == 0)
        return rubis_cli_fail (error, RUBIS_EXIT_INPUT);
    }
  return list_files (cli, session, account);
}

/* attach remove ID… */
static RubisExit
remove_files (RubisSession *session, char **ids)
{
  if (ids[0] == NULL)
    {
      rubis_cli_say (_ ("Which file? Say “attach remove” with the number that “attach list” shows."));
      return RUBIS_EXIT_USAGE;
    }
  for (int i = 0; ids[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;

      if (!rubis_session_remove_attachment (session, g_ascii_strtoll (ids[i], NULL, 10), &error))
        return rubis_cli_fail (error, RUBIS_EXIT_PARTIAL);
    }
  return RUBIS_EXIT_DONE;
}

/* attach folder [FOLDER]: sets the folder of copies and reads its files. */
static RubisExit
use_folder (RubisCli *cli, RubisSession *session, const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *current = NULL;
  RubisProgress progress;
  gboolean done;
  int n = 0;

  if (folder != NULL && !rubis_session_set_copies_folder (session, folder, &error))
    return rubis_cli_fail (error, RUBIS_EXIT_INPUT);
  rubis_cli_progress_init (&progress);
  done = rubis_session_index_copies (session, &progress, &n, &error);
  rubis_cli_progress_end (&progress);
  if (!done)
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  current = rubis_session_get_copies_folder (session);
  if (cli->format == RUBIS_OUTPUT_JSON)
    {
      GVariantBuilder record;

      rubis_record_init (&record);
      rubis_record_add_text (&record, "folder", current);
      rubis_record_add_int (&record, "read", n);
      rubis_output_print_json (g_variant_builder_end (&record));
    }
  else
    rubis_output_print_line (ngettext ("%s: %d file read", "%s: %d files read", (gulong)n),
                             *current != '\0' ? current : _ ("none"), n);
  return RUBIS_EXIT_DONE;
}

static RubisExit
set_limit (RubisSession *session, const char *text)
{
  g_autoptr (GError) error = NULL;
  gint64 megabytes = 0;

  if (!g_ascii_string_to_signed (text, 10, 0, 1000, &megabytes, NULL))
    {
      rubis_cli_say (_ ("--limit: “%s” is no number of megabytes from 0 to 1000."), text);
      return RUBIS_EXIT_USAGE;
    }
  return rubis_session_set_attachment_limit (session, megabytes * 1024 * 1024, &error)
             ? RUBIS_EXIT_DONE
             : rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
}

static RubisExit
run_attach (RubisCli *cli, const AttachOptions *options, char **words)
{
  g_autoptr (RubisSession) session = rubis_cli_open (cli);
  RubisExit status = RUBIS_EXIT_DONE;
  gint64 account = 0;

  if (session == NULL)
    return cli->dossier != NULL ? RUBIS_EXIT_DOSSIER : RUBIS_EXIT_USAGE;
  if (options->limit != NULL)
    status = set_limit (session, options->limit);
  if (status != RUBIS_EXIT_DONE || (words[0] == NULL && options->limit != NULL))
    return status;
  if (words[0] != NULL && g_str_equal (words[0], "remove"))
    return remove_files (session, words + 1);
  if (words[0] != NULL && g_str_equal (words[0], "folder"))
    return use_folder (cli, session, words[1]);
  if (!find_account (session, options, &account, &status))
    return status;
  if (words[0] == NULL || g_str_equal (words[0], "list"))
    return list_files (cli, session, account);
  return add_files (cli, session, options, account, words);
}

RubisExit
rubis_cli_run_attach (RubisCli *cli, int argc, char **argv)
{
  AttachOptions options = { 0 };
  const GOptionEntry entries[] = {
    { "account", 0, 0, G_OPTION_ARG_STRING, &options.account, N_ ("The account that the files belong to"),
      N_ ("CODE") },
    { "item", 0, 0, G_OPTION_ARG_STRING, &options.item,
      N_ ("The number of their item (default: the one in the name of the file)"), N_ ("NUMBER") },
    { "kind", 0, 0, G_OPTION_ARG_STRING, &options.kind, N_ ("What they are (default: invoice or other)"),
      "invoice|order|delivery|terms|contract|other" },
    { "limit", 0, 0, G_OPTION_ARG_STRING, &options.limit,
      N_ ("How much may go with one letter or email, in MB"), "MB" },
    { 0 },
  };
  static const char *const kinds[] = { "invoice", "order", "delivery", "terms", "contract", "other", NULL };
  RubisExit status = RUBIS_EXIT_USAGE;

  if (rubis_cli_parse (cli, entries, 0, -1, &argv))
    {
      if (options.kind != NULL && !g_strv_contains (kinds, options.kind))
        rubis_cli_say (
            _ ("--kind: “%s” is not known. Use invoice, order, delivery, terms, contract or other."),
            options.kind);
      else
        status = run_attach (cli, &options, argv + 1);
    }
  attach_options_clear (&options);
  return status;
}
