/* addresses: whether letters would arrive. */
#include <glib/gi18n-lib.h>

#include "rubis-address-check.h"
#include "rubis-cli.h"
#include "rubis-record.h"

static const RubisColumn address_columns[] = {
  { "account", N_ ("Account"), RUBIS_COLUMN_TEXT },
  { "name", N_ ("Name"), RUBIS_COLUMN_TEXT },
  { "reasons", N_ ("Problems"), RUBIS_COLUMN_TEXT },
  { "address", N_ ("Address"), RUBIS_COLUMN_TEXT },
};

static GPtrArray *
split_lines (const char *block)
{
  g_auto (GStrv) lines = g_strsplit (block, "\n", -1);
  GPtrArray *list = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; lines[i] != NULL; i++)
    g_ptr_array_add (list, g_strdup (lines[i]));
  return list;
}

static void
add_check (RubisOutput *output, const RubisAddressCheck *check)
{
  g_autoptr (GPtrArray) lines = split_lines (check->block);
  g_autoptr (GPtrArray) codes = g_ptr_array_new ();
  g_autoptr (GPtrArray) reasons = g_ptr_array_new ();
  g_autoptr (GVariant) value = NULL;
  GVariantBuilder record;

  for (guint i = 0; i < check->problems->len; i++)
    {
      const RubisAddressProblem *problem = g_ptr_array_index (check->problems, i);

      g_ptr_array_add (codes, (gpointer)problem->code);
      g_ptr_array_add (reasons, problem->message);
    }
  rubis_record_init (&record);
  rubis_record_add_text (&record, "account", check->account_code);
  rubis_record_add_text (&record, "name", check->name);
  rubis_record_add_texts (&record, "problems", codes);
  rubis_record_add_texts (&record, "reasons", reasons);
  rubis_record_add_texts (&record, "address", lines);
  value = g_variant_ref_sink (g_variant_builder_end (&record));
  rubis_output_add (output, value);
}

RubisExit
rubis_cli_run_addresses (RubisCli *cli, int argc, char **argv)
{
  const GOptionEntry entries[] = { { 0 } };
  g_autoptr (RubisSession) session = NULL;
  g_autoptr (RubisOutput) output = NULL;
  g_autoptr (GPtrArray) checks = NULL;
  g_autoptr (GError) error = NULL;
  RubisProgress progress;

  if (!rubis_cli_parse (cli, entries, 1, 1, &argv))
    return RUBIS_EXIT_USAGE;
  if (!g_str_equal (argv[1], "check"))
    {
      rubis_cli_say (_ ("Say “addresses check”."));
      return RUBIS_EXIT_USAGE;
    }
  session = rubis_cli_open (cli);
  if (session == NULL)
    return cli->dossier != NULL ? RUBIS_EXIT_DOSSIER : RUBIS_EXIT_USAGE;
  rubis_cli_progress_init (&progress);
  checks = rubis_session_check_addresses (session, &progress, NULL, &error);
  rubis_cli_progress_end (&progress);
  if (checks == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  output = rubis_output_new (cli->format, address_columns, G_N_ELEMENTS (address_columns));
  for (guint i = 0; i < checks->len; i++)
    add_check (output, g_ptr_array_index (checks, i));
  rubis_output_finish (output, _ ("The address of every account that owes something is fine."));
  return checks->len == 0 ? RUBIS_EXIT_DONE : RUBIS_EXIT_PARTIAL;
}
