/* import and undo-import. */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-cli-import-copies.h"
#include "rubis-import-copies.h"
#include "rubis-import-preview.h"
#include "rubis-record.h"

/* Rejected lines shown in a text report. */
#define MAX_LINES 20

typedef struct {
  char *kind;
  char *mode;
  char *mapping;      /* the path, then its text */
  char *control_total;
  gboolean dry_run;
  gboolean force;
} ImportOptions;

static void
import_options_clear (ImportOptions *options)
{
  g_free (options->kind);
  g_free (options->mode);
  g_free (options->mapping);
  g_free (options->control_total);
}

static const RubisColumn file_columns[] = {
  { "file", N_("File"), RUBIS_COLUMN_TEXT },
  { "format", N_("Format"), RUBIS_COLUMN_TEXT },
  { "kind", N_("Kind"), RUBIS_COLUMN_TEXT },
  { "encoding", N_("Encoding"), RUBIS_COLUMN_TEXT },
  { "rows", N_("Rows"), RUBIS_COLUMN_NUMBER },
  { "new", N_("New"), RUBIS_COLUMN_NUMBER },
  { "changed", N_("Changed"), RUBIS_COLUMN_NUMBER },
  { "cleared", N_("Settled"), RUBIS_COLUMN_NUMBER },
  { "unchanged", N_("Unchanged"), RUBIS_COLUMN_NUMBER },
  { "n_rejected", N_("Rejected"), RUBIS_COLUMN_NUMBER },
  { "batch", N_("Batch"), RUBIS_COLUMN_NUMBER },
};

static const RubisColumn reject_columns[] = {
  { "line", N_("Line"), RUBIS_COLUMN_NUMBER },
  { "column", N_("Column"), RUBIS_COLUMN_TEXT },
  { "value", N_("Value"), RUBIS_COLUMN_TEXT },
  { "message", N_("Reason"), RUBIS_COLUMN_TEXT },
};

/* --- Reading what the user wants -------------------------------------------------------------- */

/* The mapping's path is replaced by what is in it. */
static RubisExit
read_mapping (ImportOptions *options)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = g_steal_pointer (&options->mapping);

  if (path == NULL)
    return RUBIS_EXIT_DONE;
  if (!g_file_get_contents (path, &options->mapping, NULL, &error))
    {
      rubis_cli_say (_("--mapping: %s"), error->message);
      return RUBIS_EXIT_INPUT;
    }
  if (!g_utf8_validate (options->mapping, -1, NULL))
    {
      rubis_cli_say (_("--mapping: “%s” is not a text in UTF-8."), path);
      return RUBIS_EXIT_INPUT;
    }
  return RUBIS_EXIT_DONE;
}

static gboolean
check_mode (const ImportOptions *options)
{
  if (options->mode == NULL || g_str_equal (options->mode, "stock") || g_str_equal (options->mode, "delta"))
    return TRUE;
  rubis_cli_say (_("--mode: “%s” is not known. Use stock (all open items: what is absent was paid) or delta (changes "
                   "only)."),
                 options->mode);
  return FALSE;
}

/* --- One file --------------------------------------------------------------------------------- */

/* @error is not set when it was said what is wrong. */
static gboolean
apply_options (RubisImportPreview *preview, const ImportOptions *options, RubisCurrency currency, GError **error)
{
  if (options->kind != NULL && !rubis_import_preview_set_kind (preview, options->kind, error))
    return FALSE;
  if (options->mapping != NULL && !rubis_import_preview_set_mapping (preview, options->mapping, error))
    return FALSE;
  if (options->mode != NULL)
    preview->options.delta = g_str_equal (options->mode, "delta");
  if (options->control_total != NULL)
    {
      preview->options.has_control_total = TRUE;
      if (!rubis_cli_read_amount (options->control_total, "--control-total", currency,
                                  &preview->options.control_total))
        return FALSE;
    }
  preview->options.force = options->force;
  return TRUE;
}

/* The refused lines, or the values that were left out of lines that were read. */
static GVariant *
describe_rejects (RubisImportPreview *preview, gboolean kept)
{
  GVariantBuilder rejects;

  rubis_records_init (&rejects);
  for (guint i = 0; i < preview->rejects->len; i++)
    {
      const RubisImportRejectRow *row = g_ptr_array_index (preview->rejects, i);
      GVariantBuilder record;

      if (row->kept != kept)
        continue;
      rubis_record_init (&record);
      rubis_record_add_int (&record, "line", row->line);
      rubis_record_add_text (&record, "column", row->column);
      rubis_record_add_text (&record, "value", row->value);
      rubis_record_add_text (&record, "code", row->code);
      rubis_record_add_text (&record, "message", row->message);
      rubis_records_add (&rejects, &record);
    }
  return g_variant_builder_end (&rejects);
}

static void
add_amounts (GVariantBuilder *record, RubisImportPreview *preview)
{
  GVariantBuilder amounts;

  rubis_records_init (&amounts);
  for (guint i = 0; i < preview->amounts->len; i++)
    {
      const RubisImportAmount *amount = &g_array_index (preview->amounts, RubisImportAmount, i);
      GVariantBuilder one;

      rubis_record_init (&one);
      rubis_record_add_text (&one, "currency", amount->currency.code);
      rubis_record_add_amount (&one, "before", amount->before, amount->currency);
      rubis_record_add_amount (&one, "after", amount->after, amount->currency);
      rubis_records_add (&amounts, &one);
    }
  rubis_record_add_value (record, "amounts", g_variant_builder_end (&amounts));
}

/* @refused: the brake's sentence, or "" */
static GVariant *
describe_file (RubisImportPreview *preview, const char *refused)
{
  GVariantBuilder record;

  rubis_record_init (&record);
  rubis_record_add_text (&record, "file", preview->path);
  rubis_record_add_text (&record, "format", preview->format);
  rubis_record_add_text (&record, "kind", preview->kind);
  rubis_record_add_text (&record, "encoding", preview->encoding);
  rubis_record_add_int (&record, "rows", preview->n_rows);
  rubis_record_add_int (&record, "new", preview->n_new);
  rubis_record_add_int (&record, "changed", preview->n_changed);
  rubis_record_add_int (&record, "cleared", preview->n_cleared);
  rubis_record_add_int (&record, "unchanged", preview->n_unchanged);
  rubis_record_add_int (&record, "n_rejected", preview->n_rejected);
  rubis_record_add_value (&record, "rejected", describe_rejects (preview, FALSE));
  rubis_record_add_value (&record, "remarks", describe_rejects (preview, TRUE));
  if (preview->batch_id != 0)
    rubis_record_add_int (&record, "batch", preview->batch_id);
  else
    rubis_record_add_null (&record, "batch");
  rubis_record_add_int (&record, "accounts_new", preview->n_accounts_new);
  rubis_record_add_int (&record, "accounts_changed", preview->n_accounts_changed);
  add_amounts (&record, preview);
  rubis_record_add_texts (&record, "notes", preview->notes);
  rubis_record_add_text (&record, "refused", refused);
  return g_variant_builder_end (&record);
}

/* Imports one opened file and adds its record to @files. */
static RubisExit
import_file (RubisSession *session, RubisImportPreview *preview, const ImportOptions *options, GVariantBuilder *files)
{
  RubisCurrency currency = rubis_session_get_currency (session);
  g_autoptr(GError) error = NULL;
  const char *refused = "";
  RubisExit status = RUBIS_EXIT_DONE;
  RubisProgress progress;
  gboolean done;

  if (!apply_options (preview, options, currency, &error))
    {
      if (error != NULL)
        rubis_cli_say (_("%s: %s"), preview->path, error->message);
      return RUBIS_EXIT_USAGE;
    }
  /* The import itself counts what the preview would, and undoes everything when a brake holds: the file
   * is read once.
   */
  rubis_cli_progress_init (&progress);
  done = options->dry_run ? rubis_session_preview_import (session, preview, &progress, &error)
                          : rubis_session_apply_import (session, preview, &progress, &error);
  rubis_cli_progress_end (&progress);
  if (!done && !g_error_matches (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_BRAKE))
    {
      g_prefix_error (&error, _("%s: "), preview->path);
      return rubis_cli_fail (error, RUBIS_EXIT_INPUT);
    }
  if (preview->brakes != 0 && !options->force)
    {
      refused = preview->brake_text;
      status = RUBIS_EXIT_PARTIAL;
      rubis_cli_say (_("%s: not imported. %s (--mode delta: changes only; --force: import all the same.)"), preview->path,
                     preview->brake_text);
    }
  if (preview->n_rejected > 0)
    status = RUBIS_EXIT_PARTIAL;
  g_variant_builder_add_value (files, describe_file (preview, refused));
  return status;
}

/* Customers come first, so that their items find them. */
static int
compare_previews (gconstpointer a, gconstpointer b)
{
  const RubisImportPreview *first = *(RubisImportPreview *const *) a;
  const RubisImportPreview *second = *(RubisImportPreview *const *) b;

  return g_str_equal (second->kind, "customers") - g_str_equal (first->kind, "customers");
}

/* Opens all files before anything is written. (nullable) NULL: said which cannot be read, and why */
static GPtrArray *
open_files (RubisSession *session, GPtrArray *paths)
{
  g_autoptr(GPtrArray) previews = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean readable = TRUE;

  for (guint i = 0; i < paths->len; i++)
    {
      const char *path = g_ptr_array_index (paths, i);
      g_autoptr(GError) error = NULL;
      RubisImportPreview *preview = rubis_session_open_import (session, path, &error);

      if (preview != NULL)
        g_ptr_array_add (previews, preview);
      else
        rubis_cli_say (_("%s: %s"), path, error->message);
      readable = readable && preview != NULL;
    }
  if (!readable)
    return NULL;
  g_ptr_array_sort (previews, compare_previews);
  return g_steal_pointer (&previews);
}

/* --- The report ------------------------------------------------------------------------------- */

/* The first of a list of lines, so that a terminal keeps what was there. */
static void
print_lines (GVariant *file, const char *key, const char *title)
{
  g_autoptr(GVariant) lines = g_variant_lookup_value (file, key, NULL);
  g_autofree char *path = rubis_output_dup_text (file, "file", RUBIS_COLUMN_TEXT);
  gsize n_lines = g_variant_n_children (lines);
  gsize n_shown = MIN (n_lines, MAX_LINES);
  GVariantBuilder shown;
  g_autoptr(GVariant) list = NULL;

  if (n_lines == 0)
    return;
  rubis_records_init (&shown);
  for (gsize i = 0; i < n_shown; i++)
    {
      g_autoptr(GVariant) line = g_variant_get_child_value (lines, i);

      g_variant_builder_add_value (&shown, line);
    }
  list = g_variant_ref_sink (g_variant_builder_end (&shown));
  rubis_output_print_line (_("%s: %s"), path, title);
  rubis_output_print_list (RUBIS_OUTPUT_TEXT, list, reject_columns, G_N_ELEMENTS (reject_columns), NULL);
  if (n_lines > n_shown)
    rubis_output_print_line (_("… and %d more; --format json lists them all."), (int) (n_lines - n_shown));
}

static void
print_details (GVariant *file)
{
  g_autoptr(GVariant) notes = g_variant_lookup_value (file, "notes", NULL);
  g_autofree char *path = rubis_output_dup_text (file, "file", RUBIS_COLUMN_TEXT);
  g_autofree const char **sentences = g_variant_get_strv (notes, NULL);

  for (int i = 0; sentences[i] != NULL; i++)
    rubis_output_print_line (_("%s: %s"), path, sentences[i]);
  print_lines (file, "rejected", _("rejected lines"));
  print_lines (file, "remarks", _("values left out of lines that were read"));
}

/* The tables and the copies have different columns: people get two lists. */
static void
print_files (RubisCli *cli, GVariant *files, GVariant *copies, gboolean dry_run)
{
  GVariantIter iter;
  GVariant *file;

  if (g_variant_n_children (files) > 0)
    rubis_output_print_list (cli->format, files, file_columns, G_N_ELEMENTS (file_columns), NULL);
  if (g_variant_n_children (copies) > 0)
    rubis_cli_print_copies (cli, copies);
  if (cli->format == RUBIS_OUTPUT_CSV)
    return;
  g_variant_iter_init (&iter, files);
  while ((file = g_variant_iter_next_value (&iter)) != NULL)
    {
      print_details (file);
      g_variant_unref (file);
    }
  if (dry_run)
    rubis_output_print_line (_("Nothing was written (--dry-run)."));
}

static void
print_json (GVariant *files, GVariant *copies)
{
  GVariantBuilder record;
  GVariantBuilder all;
  GVariant *lists[] = { files, copies };

  rubis_records_init (&all);
  for (gsize list = 0; list < G_N_ELEMENTS (lists); list++)
    {
      for (gsize i = 0; i < g_variant_n_children (lists[list]); i++)
        {
          g_autoptr(GVariant) file = g_variant_get_child_value (lists[list], i);

          g_variant_builder_add_value (&all, file);
        }
    }
  rubis_record_init (&record);
  rubis_record_add_value (&record, "files", g_variant_builder_end (&all));
  rubis_output_print_json (g_variant_builder_end (&record));
}

/* Tables first: then the copies find the items that these bring. */
static RubisExit
import_files (RubisCli *cli, RubisSession *session, char **paths, const ImportOptions *options)
{
  g_autoptr(GPtrArray) all = g_ptr_array_new ();
  g_autoptr(GPtrArray) tables = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) pdfs = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) previews = NULL;
  g_autoptr(GVariant) file_list = NULL;
  g_autoptr(GVariant) copy_list = NULL;
  GVariantBuilder files;
  GVariantBuilder copies;
  RubisExit status = RUBIS_EXIT_DONE;

  for (int i = 0; paths[i] != NULL; i++)
    g_ptr_array_add (all, paths[i]);
  rubis_import_sort_paths (all, tables, pdfs);
  previews = open_files (session, tables);
  if (previews == NULL)
    return RUBIS_EXIT_INPUT;
  rubis_records_init (&files);
  rubis_records_init (&copies);
  for (guint i = 0; i < previews->len; i++)
    {
      /* Not inside MAX(), which would do it twice. */
      RubisExit one = import_file (session, g_ptr_array_index (previews, i), options, &files);

      status = MAX (status, one);
    }
  if (pdfs->len > 0)
    {
      RubisExit one = rubis_cli_import_copies (session, pdfs, options->dry_run, &copies);

      status = MAX (status, one);
    }
  file_list = g_variant_ref_sink (g_variant_builder_end (&files));
  copy_list = g_variant_ref_sink (g_variant_builder_end (&copies));
  if (g_variant_n_children (file_list) + g_variant_n_children (copy_list) == 0)
    return status;
  if (cli->format == RUBIS_OUTPUT_JSON)
    print_json (file_list, copy_list);
  else
    print_files (cli, file_list, copy_list, options->dry_run);
  return status;
}

RubisExit
rubis_cli_run_import (RubisCli *cli, int argc, char **argv)
{
  ImportOptions options = { 0 };
  const GOptionEntry entries[] = {
    { "as", 0, 0, G_OPTION_ARG_STRING, &options.kind, N_("Read the files as this kind (default: by their content)"),
      "customers|items|payments|fec|aged" },
    { "mode", 0, 0, G_OPTION_ARG_STRING, &options.mode,
      N_("stock: all open items, what is absent was paid; delta: changes only"), "stock|delta" },
    { "mapping", 0, 0, G_OPTION_ARG_FILENAME, &options.mapping, N_("Which column feeds which field"), N_("FILE") },
    { "control-total", 0, 0, G_OPTION_ARG_STRING, &options.control_total,
      N_("Import only if the open total becomes this"), "1234.56" },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &options.dry_run, N_("Show what would change, and write nothing"), NULL },
    { "force", 0, 0, G_OPTION_ARG_NONE, &options.force, N_("Import even when a brake holds"), NULL },
    { 0 },
  };
  g_autoptr(RubisSession) session = NULL;
  RubisExit status = RUBIS_EXIT_USAGE;

  if (rubis_cli_parse (cli, entries, 1, -1, &argv) && check_mode (&options))
    status = read_mapping (&options);
  if (status == RUBIS_EXIT_DONE)
    {
      session = rubis_cli_open (cli);
      if (session != NULL)
        status = import_files (cli, session, argv + 1, &options);
      else
        status = cli->dossier != NULL ? RUBIS_EXIT_DOSSIER : RUBIS_EXIT_USAGE;
    }
  import_options_clear (&options);
  return status;
}

RubisExit
rubis_cli_run_undo_import (RubisCli *cli, int argc, char **argv)
{
  const GOptionEntry entries[] = { { 0 } };
  g_autoptr(RubisSession) session = NULL;
  g_autoptr(GError) error = NULL;
  gint64 batch = 0;

  if (!rubis_cli_parse (cli, entries, 1, 1, &argv))
    return RUBIS_EXIT_USAGE;
  if (!g_ascii_string_to_signed (argv[1], 10, 1, G_MAXINT32, &batch, NULL))
    {
      rubis_cli_say (_("“%s” is not the number of an import. The output of import says it under “batch”."), argv[1]);
      return RUBIS_EXIT_USAGE;
    }
  session = rubis_cli_open (cli);
  if (session == NULL)
    return cli->dossier != NULL ? RUBIS_EXIT_DOSSIER : RUBIS_EXIT_USAGE;
  if (!rubis_session_undo_import (session, batch, &error))
    return rubis_cli_fail (error, RUBIS_EXIT_USAGE);
  if (cli->format == RUBIS_OUTPUT_JSON)
    {
      GVariantBuilder record;

      rubis_record_init (&record);
      rubis_record_add_int (&record, "undone", batch);
      rubis_output_print_json (g_variant_builder_end (&record));
    }
  else
    rubis_output_print_line (_("Import %d was taken back."), (int) batch);
  return RUBIS_EXIT_DONE;
}
