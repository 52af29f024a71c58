/* The search over everything. */
#include <glib/gi18n-lib.h>

#include "rubis-cli.h"
#include "rubis-record.h"
#include "rubis-search.h"

#define DEFAULT_LIMIT 10

static const RubisColumn columns[] = {
  { "kind", N_ ("Kind"), RUBIS_COLUMN_TEXT },       { "account", N_ ("Account"), RUBIS_COLUMN_TEXT },
  { "title", N_ ("Found"), RUBIS_COLUMN_TEXT },     { "detail", N_ ("Detail"), RUBIS_COLUMN_TEXT },
  { "amount", N_ ("Amount"), RUBIS_COLUMN_AMOUNT }, { "currency", N_ ("Currency"), RUBIS_COLUMN_TEXT },
};

/* In the order of RubisFoundKind. */
static const struct
{
  const char *id;
  const char *label;
} kinds[] = {
  { "account", N_ ("account") }, { "group", N_ ("group") }, { "item", N_ ("item") },
  { "contact", N_ ("contact") }, { "event", N_ ("event") }, { "dispute", N_ ("dispute") },
  { "colleague", N_ ("colleague") },
};

static GVariant *
make_record (const RubisFound *found, RubisOutputFormat format)
{
  GVariantBuilder record;

  rubis_record_init (&record);
  rubis_record_add_text (&record, "kind",
                         format == RUBIS_OUTPUT_TEXT ? _ (kinds[found->kind].label) : kinds[found->kind].id);
  rubis_record_add_int (&record, "id", found->id);
  rubis_record_add_text (&record, "account", found->account_code);
  rubis_record_add_text (&record, "title", found->title);
  rubis_record_add_text (&record, "detail", found->detail);
  if (found->has_amount)
    {
      rubis_record_add_amount (&record, "amount", found->amount, found->currency);
      rubis_record_add_text (&record, "currency", found->currency.code);
    }
  else
    {
      rubis_record_add_null (&record, "amount");
      rubis_record_add_null (&record, "currency");
    }
  rubis_record_add_int (&record, "score", found->score);
  return g_variant_ref_sink (g_variant_builder_end (&record));
}

RubisExit
rubis_cli_run_search (RubisCli *cli, int argc, char **argv)
{
  int limit = DEFAULT_LIMIT;
  const GOptionEntry entries[] = {
    { "limit", 0, 0, G_OPTION_ARG_INT, &limit, N_ ("Show at most so many of each kind (10)"), N_ ("N") },
    { 0 },
  };
  g_autoptr (RubisSession) session = NULL;
  g_autoptr (RubisOutput) output = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (!rubis_cli_parse (cli, entries, 1, -1, &argv))
    return RUBIS_EXIT_USAGE;
  if (limit < 1)
    {
      rubis_cli_say (_ ("“%d” is no number of results: give 1 or more."), limit);
      return RUBIS_EXIT_USAGE;
    }
  session = rubis_cli_open (cli);
  if (session == NULL)
    return cli->dossier != NULL ? RUBIS_EXIT_DOSSIER : RUBIS_EXIT_USAGE;
  text = g_strjoinv (" ", argv + 1);
  found = rubis_session_search (session, text, limit, NULL, &error);
  if (found == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  output = rubis_output_new (cli->format, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < found->len; i++)
    {
      g_autoptr (GVariant) record = make_record (g_ptr_array_index (found, i), cli->format);

      rubis_output_add (output, record);
    }
  rubis_output_finish (output,
                       _ ("Nothing was found. You can search for names, codes, towns, emails, telephones, "
                          "numbers of invoices and orders, amounts, and words of the history."));
  return RUBIS_EXIT_DONE;
}
