/* bulk: one change of many accounts or items. */
#include "rubis-cli.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-bulk-edit.h"
#include "rubis-custom-fields.h"
#include "rubis-item-criteria.h"
#include "rubis-record.h"

static const RubisColumn columns[] = {
  { "name", N_ ("Name"), RUBIS_COLUMN_TEXT },
  { "before", N_ ("Before"), RUBIS_COLUMN_TEXT },
  { "after", N_ ("After"), RUBIS_COLUMN_TEXT },
};

typedef struct
{
  char *policy;
  char *stop;
  char *until;
  gboolean unstop;
  char *sales_rep;
  char *language;
  char *insurer;
  char *field;
  char **accounts;
  char **items;
  char *filter;
  gboolean their_accounts;
  gboolean dry_run;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->policy);
  g_free (options->stop);
  g_free (options->until);
  g_free (options->sales_rep);
  g_free (options->language);
  g_free (options->insurer);
  g_free (options->field);
  g_strfreev (options->accounts);
  g_strfreev (options->items);
  g_free (options->filter);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* What is to be changed; FALSE unless just one thing is named. */
static gboolean
read_kind (const Options *options, RubisBulkChange *change)
{
  const struct
  {
    RubisBulkKind kind;
    const char *value;
  } kinds[] = {
    { RUBIS_BULK_POLICY, options->policy },
    { RUBIS_BULK_STOP, options->stop },
    { RUBIS_BULK_UNSTOP, options->unstop ? "" : NULL },
    { RUBIS_BULK_SALES_REP, options->sales_rep },
    { RUBIS_BULK_LANGUAGE, options->language },
    { RUBIS_BULK_INSURER, options->insurer },
    { RUBIS_BULK_FIELD, options->field },
  };
  int n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (kinds[i].value == NULL)
        continue;
      change->kind = kinds[i].kind;
      change->value = kinds[i].value;
      n++;
    }
  return n == 1;
}

/* (transfer full) (nullable) */
static GArray *
find_ids (RubisSession *session, const Options *options, GError **error)
{
  g_autoptr (RubisItemCriteria) criteria = NULL;
  g_autoptr (GArray) items = NULL;

  if (options->accounts != NULL)
    return rubis_session_find_bulk_ids (session, FALSE, (const char *const *)options->accounts, error);
  if (options->items != NULL)
    items = rubis_session_find_bulk_ids (session, TRUE, (const char *const *)options->items, error);
  else
    {
      criteria = rubis_session_load_criteria (session, options->filter, error);
      items = criteria != NULL ? rubis_session_list_matching_items (session, criteria, error) : NULL;
    }
  if (items == NULL || !options->their_accounts)
    return g_steal_pointer (&items);
  return rubis_session_list_accounts_of_items (session, items, error);
}

/* "NAME=VALUE" */
static gboolean
read_field (RubisSession *session, RubisBulkChange *change, char **name, GError **error)
{
  g_autoptr (RubisCustomField) field = NULL;
  const char *equals = strchr (change->value, '=');

  *name = equals != NULL ? g_strndup (change->value, (gsize)(equals - change->value))
                         : g_strdup (change->value);
  field = rubis_session_find_field (session, change->of_items ? RUBIS_FIELD_OF_ITEM : RUBIS_FIELD_OF_ACCOUNT,
                                    *name, error);
  if (field == NULL)
    return FALSE;
  change->field_id = field->id;
  change->value = equals != NULL ? equals + 1 : "";
  return TRUE;
}

static GVariant *
make_lines (const RubisBulkPreview *preview)
{
  GVariantBuilder list;

  rubis_records_init (&list);
  for (guint i = 0; i < preview->lines->len; i++)
    {
      const RubisBulkLine *line = g_ptr_array_index (preview->lines, i);
      GVariantBuilder record;

      rubis_record_init (&record);
      rubis_record_add_text (&record, "name", line->name);
      rubis_record_add_text (&record, "before", line->before);
      rubis_record_add_text (&record, "after", line->after);
      rubis_records_add (&list, &record);
    }
  return g_variant_builder_end (&list);
}

static void
print_preview (RubisCli *cli, const RubisBulkPreview *preview, gboolean done)
{
  g_autoptr (GVariant) lines = g_variant_ref_sink (make_lines (preview));
  GVariantBuilder record;

  if (cli->format == RUBIS_OUTPUT_JSON)
    {
      rubis_record_init (&record);
      rubis_record_add_bool (&record, "done", done);
      rubis_record_add_int (&record, "changed", preview->n_changed);
      rubis_record_add_int (&record, "same", preview->n_same);
      rubis_record_add_value (&record, "lines", lines);
      rubis_output_print_json (g_variant_builder_end (&record));
      return;
    }
  if (!done)
    rubis_output_print_list (cli->format, lines, columns, G_N_ELEMENTS (columns),
                             _ ("Nothing would change."));
  if (cli->format != RUBIS_OUTPUT_TEXT)
    return;
  rubis_output_print_line (done ? ngettext ("%d changed.", "%d changed.", preview->n_changed)
                                : ngettext ("%d would change.", "%d would change.", preview->n_changed),
                           preview->n_changed);
  if (preview->n_same > 0)
    rubis_output_print_line (ngettext ("%d is so already.", "%d are so already.", preview->n_same),
                             preview->n_same);
}

static RubisExit
run (RubisCli *cli, RubisSession *session, const Options *options, RubisBulkChange *change)
{
  g_autoptr (RubisBulkPreview) preview = NULL;
  g_autoptr (GArray) ids = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GError) error = NULL;
  RubisProgress progress;
  int n;

  ids = find_ids (session, options, &error);
  if (ids == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_USAGE);
  change->ids = ids;
  if (change->kind == RUBIS_BULK_FIELD && !read_field (session, change, &name, &error))
    return rubis_cli_fail (error, RUBIS_EXIT_USAGE);
  preview = rubis_session_preview_bulk (session, change, &error);
  if (preview == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  if (!options->dry_run)
    {
      rubis_cli_progress_init (&progress);
      n = rubis_session_do_bulk (session, change, &progress, &error);
      rubis_cli_progress_end (&progress);
      if (n < 0)
        return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
    }
  print_preview (cli, preview, !options->dry_run);
  return RUBIS_EXIT_DONE;
}

RubisExit
rubis_cli_run_bulk (RubisCli *cli, int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "policy", 0, 0, G_OPTION_ARG_STRING, &options.policy, N_ ("Follow this policy"), "ID" },
    { "stop", 0, 0, G_OPTION_ARG_STRING, &options.stop, N_ ("Stop dunning for this reason"), N_ ("REASON") },
    { "until", 0, 0, G_OPTION_ARG_STRING, &options.until, N_ ("Last day of the stop"), "YYYY-MM-DD" },
    { "unstop", 0, 0, G_OPTION_ARG_NONE, &options.unstop, N_ ("Resume dunning"), NULL },
    { "sales-rep", 0, 0, G_OPTION_ARG_STRING, &options.sales_rep, N_ ("Sales representative"), N_ ("NAME") },
    { "language", 0, 0, G_OPTION_ARG_STRING, &options.language, N_ ("Language of documents"),
      "fr|en|de|es|it|nl" },
    { "insurer", 0, 0, G_OPTION_ARG_STRING, &options.insurer, N_ ("Credit insurer"), N_ ("NAME") },
    { "field", 0, 0, G_OPTION_ARG_STRING, &options.field, N_ ("Value of a field of one’s own"),
      N_ ("NAME=VALUE") },
    { "account", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.accounts,
      N_ ("An account to change; may come again"), N_ ("CODE") },
    { "item", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.items, N_ ("An item to change; may come again"),
      N_ ("NUMBER") },
    { "filter", 0, 0, G_OPTION_ARG_STRING, &options.filter, N_ ("The items of a saved filter"), N_ ("NAME") },
    { "their-accounts", 0, 0, G_OPTION_ARG_NONE, &options.their_accounts,
      N_ ("The accounts of these items, not the items"), NULL },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &options.dry_run, N_ ("Only show what would change"), NULL },
    { 0 },
  };
  g_autoptr (RubisSession) session = NULL;
  RubisBulkChange change = { .date = RUBIS_DATE_NONE };
  int n_targets;

  if (!rubis_cli_parse (cli, entries, 0, 0, &argv)
      || !rubis_cli_read_date (options.until, "--until", &change.date))
    return RUBIS_EXIT_USAGE;
  n_targets = (options.accounts != NULL) + (options.items != NULL) + (options.filter != NULL);
  if (!read_kind (&options, &change) || n_targets != 1)
    {
      rubis_cli_say (_ ("Name one thing to change, and whom it concerns by --account, --item or --filter. "
                        "Try “rubisctl bulk --help”."));
      return RUBIS_EXIT_USAGE;
    }
  change.of_items = options.accounts == NULL && !options.their_accounts;
  session = rubis_cli_open (cli);
  if (session == NULL)
    return cli->dossier != NULL ? RUBIS_EXIT_DOSSIER : RUBIS_EXIT_USAGE;
  return run (cli, session, &options, &change);
}
