#include "rubis-cli-import-copies.h"

#include <glib/gi18n-lib.h>

#include "rubis-import-copies.h"
#include "rubis-record.h"

static const RubisColumn copy_columns[] = {
  { "file", N_ ("File"), RUBIS_COLUMN_TEXT },         { "item", N_ ("Item"), RUBIS_COLUMN_TEXT },
  { "customer", N_ ("Customer"), RUBIS_COLUMN_TEXT }, { "state", N_ ("State"), RUBIS_COLUMN_TEXT },
  { "kept", N_ ("Kept"), RUBIS_COLUMN_TEXT },         { "reason", N_ ("Reason"), RUBIS_COLUMN_TEXT },
};

static GVariant *
describe_copy (const RubisImportCopy *copy)
{
  g_autofree char *path = g_filename_display_name (copy->path);
  GVariantBuilder record;

  rubis_record_init (&record);
  rubis_record_add_text (&record, "file", path);
  rubis_record_add_text (&record, "format", "pdf");
  rubis_record_add_text (&record, "kind", "invoice");
  rubis_record_add_text (&record, "item", copy->number);
  rubis_record_add_text (&record, "customer", copy->customer);
  rubis_record_add_text (&record, "state", rubis_copy_state_get_name (copy->state));
  rubis_record_add_text (&record, "by",
                         copy->state != RUBIS_COPY_RECOGNISED ? ""
                         : copy->by_text                      ? "text"
                                                              : "name");
  rubis_record_add_int (&record, "pages", copy->n_pages);
  rubis_record_add_bool (&record, "kept", copy->kept);
  rubis_record_add_text (&record, "reason", copy->reason);
  return g_variant_builder_end (&record);
}

RubisExit
rubis_cli_import_copies (RubisSession *session, GPtrArray *pdfs, gboolean dry_run, GVariantBuilder *files)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) copies = NULL;
  RubisExit status = RUBIS_EXIT_DONE;
  RubisProgress progress;

  rubis_cli_progress_init (&progress);
  copies = rubis_session_match_copies (session, pdfs, &progress, &error);
  if (copies != NULL && !dry_run)
    rubis_session_keep_copies (session, copies, &progress, NULL, &error);
  rubis_cli_progress_end (&progress);
  if (error != NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_INPUT);
  for (guint i = 0; i < copies->len; i++)
    {
      const RubisImportCopy *copy = g_ptr_array_index (copies, i);

      g_variant_builder_add_value (files, describe_copy (copy));
      if (rubis_copy_is_left (copy))
        status = RUBIS_EXIT_PARTIAL;
    }
  return status;
}

void
rubis_cli_print_copies (RubisCli *cli, GVariant *files)
{
  rubis_output_print_list (cli->format, files, copy_columns, G_N_ELEMENTS (copy_columns), NULL);
}
