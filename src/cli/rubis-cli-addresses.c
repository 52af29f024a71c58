/* addresses: whether letters would arrive, and correcting them. */
#include <glib/gi18n-lib.h>

#include "rubis-address-check.h"
#include "rubis-cli.h"
#include "rubis-record.h"
#include "rubis-session-lists.h"

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

static RubisExit
check_addresses (RubisCli *cli, RubisSession *session)
{
  g_autoptr (RubisOutput) output = NULL;
  g_autoptr (GPtrArray) checks = NULL;
  g_autoptr (GError) error = NULL;
  RubisProgress progress;

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

static void
take_option (char **field, const char *option)
{
  if (option == NULL)
    return;
  g_free (*field);
  *field = g_strdup (option);
}

/* Changes the lines that were given, then says how the address stands in the window of the envelope. */
static RubisExit
set_address (RubisCli *cli, RubisSession *session, const char *code, const RubisAccountAddress *typed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisAccountAddress) address = NULL;
  g_autoptr (RubisAddressCheck) check = NULL;
  g_autoptr (RubisOutput) output = NULL;
  gint64 id = 0;

  if (!rubis_session_find_account (session, code, &id, &error))
    return rubis_cli_fail (error, RUBIS_EXIT_USAGE);
  address = rubis_session_load_account_address (session, id, &error);
  if (address == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  take_option (&address->line2, typed->line2);
  take_option (&address->line3, typed->line3);
  take_option (&address->street, typed->street);
  take_option (&address->postcode, typed->postcode);
  take_option (&address->city, typed->city);
  take_option (&address->country, typed->country);
  if (!rubis_session_set_account_address (session, id, address, &error))
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  check = rubis_session_check_address (session, id, &error);
  if (check == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  output = rubis_output_new (cli->format, address_columns, G_N_ELEMENTS (address_columns));
  add_check (output, check);
  rubis_output_finish (output, "");
  return check->problems->len == 0 ? RUBIS_EXIT_DONE : RUBIS_EXIT_PARTIAL;
}

static RubisExit
run_addresses (RubisCli *cli, const char *what, const char *account, const RubisAccountAddress *typed)
{
  g_autoptr (RubisSession) session = NULL;
  gboolean set = g_str_equal (what, "set");

  if (!set && !g_str_equal (what, "check"))
    {
      rubis_cli_say (_ ("Say “addresses check” or “addresses set”."));
      return RUBIS_EXIT_USAGE;
    }
  if (set && account == NULL)
    {
      rubis_cli_say (_ ("Whose address is it? Add --account CODE."));
      return RUBIS_EXIT_USAGE;
    }
  session = rubis_cli_open (cli);
  if (session == NULL)
    return cli->dossier != NULL ? RUBIS_EXIT_DOSSIER : RUBIS_EXIT_USAGE;
  return set ? set_address (cli, session, account, typed) : check_addresses (cli, session);
}

RubisExit
rubis_cli_run_addresses (RubisCli *cli, int argc, char **argv)
{
  RubisAccountAddress typed = { 0 };
  g_autofree char *account = NULL;
  const GOptionEntry entries[] = {
    { "account", 0, 0, G_OPTION_ARG_STRING, &account, N_ ("set: the account"), N_ ("CODE") },
    { "line2", 0, 0, G_OPTION_ARG_STRING, &typed.line2, N_ ("set: department, flat"), N_ ("TEXT") },
    { "line3", 0, 0, G_OPTION_ARG_STRING, &typed.line3, N_ ("set: building, entrance, zone"), N_ ("TEXT") },
    { "street", 0, 0, G_OPTION_ARG_STRING, &typed.street, N_ ("set: number and street"), N_ ("TEXT") },
    { "postcode", 0, 0, G_OPTION_ARG_STRING, &typed.postcode, N_ ("set: postcode"), N_ ("TEXT") },
    { "city", 0, 0, G_OPTION_ARG_STRING, &typed.city, N_ ("set: town"), N_ ("TEXT") },
    { "country", 0, 0, G_OPTION_ARG_STRING, &typed.country, N_ ("set: country, none for France"),
      N_ ("TEXT") },
    { 0 },
  };
  RubisExit status = RUBIS_EXIT_USAGE;

  if (rubis_cli_parse (cli, entries, 1, 1, &argv))
    status = run_addresses (cli, argv[1], account, &typed);
  g_free (typed.line2);
  g_free (typed.line3);
  g_free (typed.street);
  g_free (typed.postcode);
  g_free (typed.city);
  g_free (typed.country);
  return status;
}
