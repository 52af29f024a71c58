/* The commands that make and check a dossier: init, demo, check, template. */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-cli-company.h"
#include "rubis-cli.h"
#include "rubis-company-gaps.h"
#include "rubis-demo.h"
#include "rubis-iban.h"
#include "rubis-session-check.h"
#include "rubis-session-lists.h"

/* --- init ------------------------------------------------------------------------------------ */

typedef struct {
  char *name;
  char *siren;
  char *iban;
  char *country;
  char *currency;
  char *address;
  char *postcode;
  char *city;
  char *email;
  char *phone;
  char *signatory;
} InitOptions;

static void
init_options_clear (InitOptions *options)
{
  g_free (options->name);
  g_free (options->siren);
  g_free (options->iban);
  g_free (options->country);
  g_free (options->currency);
  g_free (options->address);
  g_free (options->postcode);
  g_free (options->city);
  g_free (options->email);
  g_free (options->phone);
  g_free (options->signatory);
}

static gboolean
check_identifier (const char *option, const char *text, RubisIdReason reason)
{
  if (reason == RUBIS_ID_OK)
    return TRUE;
  rubis_cli_say (_("%s: “%s” is wrong. %s."), option, text, rubis_id_reason_to_label (reason));
  return FALSE;
}

/* The upper-case form of a code of @length letters, or of @fallback. (nullable) */
static char *
read_code (const char *option, const char *text, const char *fallback, gsize length)
{
  g_autofree char *code = g_ascii_strup (text != NULL ? text : fallback, -1);
  gboolean letters = strlen (code) == length;

  for (const char *at = code; letters && *at != '\0'; at++)
    letters = g_ascii_isalpha (*at);
  if (letters)
    return g_steal_pointer (&code);
  rubis_cli_say (_("%s: “%s” is not a code of %d letters, such as %s."), option, text, (int) length, fallback);
  return NULL;
}

/* (nullable) NULL: said what is wrong */
static RubisCompany *
make_company (const InitOptions *options)
{
  g_autoptr(RubisCompany) company = rubis_company_new ();
  g_autofree char *country = read_code ("--country", options->country, "FR", 2);
  g_autofree char *currency = read_code ("--currency", options->currency, "EUR", 3);

  if (options->name == NULL || *options->name == '\0')
    {
      rubis_cli_say (_("A dossier needs the name of your company: add --name NAME."));
      return NULL;
    }
  if (country == NULL || currency == NULL
      || (options->siren != NULL && !check_identifier ("--siren", options->siren, rubis_siren_check (options->siren)))
      || (options->iban != NULL && !check_identifier ("--iban", options->iban, rubis_iban_check (options->iban))))
    return NULL;
  rubis_company_set (company, name, options->name);
  rubis_company_set (company, country, country);
  rubis_company_set (company, currency, currency);
  rubis_company_set (company, address, options->address);
  rubis_company_set (company, postcode, options->postcode);
  rubis_company_set (company, city, options->city);
  rubis_company_set (company, email, options->email);
  rubis_company_set (company, phone, options->phone);
  rubis_company_set (company, signatory, options->signatory);
  if (options->siren != NULL)
    {
      g_autofree char *siren = rubis_identifier_normalise (options->siren);
      g_autofree char *vat_id = rubis_vat_from_siren (siren);

      rubis_company_set (company, siren, siren);
      rubis_company_set (company, vat_id, vat_id);
    }
  if (options->iban != NULL)
    {
      g_autofree char *iban = rubis_identifier_normalise (options->iban);

      rubis_company_set (company, iban, iban);
    }
  return g_steal_pointer (&company);
}

/* Says what was made. */
static void
report_created (RubisCli *cli, RubisSession *session)
{
  g_autoptr(RubisCompany) company = rubis_session_dup_company (session);
  g_autoptr(RubisStatus) status = rubis_session_get_status (session, NULL);
  g_autoptr(GPtrArray) gaps = rubis_company_list_gaps (company);
  g_auto(GVariantBuilder) record = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);

  if (cli->format != RUBIS_OUTPUT_JSON)
    {
      rubis_output_print_line (_("%s: dossier of %s, %d accounts, %d open items."), cli->dossier, company->name,
                               status != NULL ? (int) status->n_accounts : 0,
                               status != NULL ? (int) status->n_open_items : 0);
      rubis_cli_print_gaps (gaps);
      return;
    }
  g_variant_builder_add (&record, "{sv}", "dossier", g_variant_new_string (cli->dossier));
  g_variant_builder_add (&record, "{sv}", "name", g_variant_new_string (company->name));
  g_variant_builder_add (&record, "{sv}", "currency", g_variant_new_string (company->currency));
  g_variant_builder_add (&record, "{sv}", "accounts", g_variant_new_int64 (status != NULL ? status->n_accounts : 0));
  g_variant_builder_add (&record, "{sv}", "open_items",
                         g_variant_new_int64 (status != NULL ? status->n_open_items : 0));
  g_variant_builder_add (&record, "{sv}", "missing", rubis_cli_make_gaps (gaps));
  rubis_output_print_json (g_variant_builder_end (&record));
}

static gboolean
has_dossier_name (RubisCli *cli)
{
  if (cli->dossier != NULL)
    return TRUE;
  rubis_cli_say (_("What shall the dossier be called? Name it with -d FILE.rubis."));
  return FALSE;
}

RubisExit
rubis_cli_run_init (RubisCli *cli, int argc, char **argv)
{
  InitOptions options = { 0 };
  const GOptionEntry entries[] = {
    { "name", 0, 0, G_OPTION_ARG_STRING, &options.name, N_("Name of your company (needed)"), N_("NAME") },
    { "siren", 0, 0, G_OPTION_ARG_STRING, &options.siren, N_("Its SIREN"), N_("NUMBER") },
    { "iban", 0, 0, G_OPTION_ARG_STRING, &options.iban, N_("The bank account that customers pay to"), "IBAN" },
    { "country", 0, 0, G_OPTION_ARG_STRING, &options.country, N_("Its country (default: FR)"), "FR" },
    { "currency", 0, 0, G_OPTION_ARG_STRING, &options.currency, N_("The currency of its books (default: EUR)"), "EUR" },
    { "address", 0, 0, G_OPTION_ARG_STRING, &options.address, N_("Its street, for letters"), N_("STREET") },
    { "postcode", 0, 0, G_OPTION_ARG_STRING, &options.postcode, N_("Its postcode"), "69003" },
    { "city", 0, 0, G_OPTION_ARG_STRING, &options.city, N_("Its town"), N_("TOWN") },
    { "email", 0, 0, G_OPTION_ARG_STRING, &options.email, N_("The address that emails come from"), N_("ADDRESS") },
    { "phone", 0, 0, G_OPTION_ARG_STRING, &options.phone, N_("Its telephone"), N_("NUMBER") },
    { "signatory", 0, 0, G_OPTION_ARG_STRING, &options.signatory, N_("Who signs letters"), N_("NAME") },
    { 0 },
  };
  g_autoptr(RubisCompany) company = NULL;
  g_autoptr(RubisSession) session = NULL;
  g_autoptr(GError) error = NULL;
  gboolean ok = rubis_cli_parse (cli, entries, 0, 0, &argv) && has_dossier_name (cli);

  if (ok)
    company = make_company (&options);
  init_options_clear (&options);
  if (company == NULL)
    return RUBIS_EXIT_USAGE;
  session = rubis_session_create (cli->dossier, company, cli->today, &error);
  if (session == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  report_created (cli, session);
  return RUBIS_EXIT_DONE;
}

/* --- demo ------------------------------------------------------------------------------------ */

RubisExit
rubis_cli_run_demo (RubisCli *cli, int argc, char **argv)
{
  const GOptionEntry entries[] = { { 0 } };
  g_autoptr(RubisSession) session = NULL;
  g_autoptr(GError) error = NULL;

  if (!rubis_cli_parse (cli, entries, 0, 0, &argv) || !has_dossier_name (cli))
    return RUBIS_EXIT_USAGE;
  session = rubis_session_create_demo (cli->dossier, cli->today, NULL, &error);
  if (session == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  report_created (cli, session);
  return RUBIS_EXIT_DONE;
}

/* --- check ----------------------------------------------------------------------------------- */

static const RubisColumn check_columns[] = {
  { "ok", N_("OK"), RUBIS_COLUMN_TEXT },
  { "check", N_("Check"), RUBIS_COLUMN_TEXT },
  { "faults", N_("Faults"), RUBIS_COLUMN_NUMBER },
  { "text", N_("Meaning"), RUBIS_COLUMN_TEXT },
};

RubisExit
rubis_cli_run_check (RubisCli *cli, int argc, char **argv)
{
  const GOptionEntry entries[] = { { 0 } };
  g_autoptr(RubisSession) session = NULL;
  g_autoptr(GVariant) record = NULL;
  g_autoptr(GVariant) checks = NULL;
  g_autoptr(GError) error = NULL;
  gboolean sound = FALSE;

  if (!rubis_cli_parse (cli, entries, 0, 0, &argv))
    return RUBIS_EXIT_USAGE;
  session = rubis_cli_open (cli);
  if (session == NULL)
    return cli->dossier != NULL ? RUBIS_EXIT_DOSSIER : RUBIS_EXIT_USAGE;
  record = rubis_session_check (session, &sound, &error);
  if (record == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  if (cli->format == RUBIS_OUTPUT_JSON)
    rubis_output_print_json (record);
  else
    {
      checks = g_variant_lookup_value (record, "checks", NULL);
      rubis_output_print_list (cli->format, checks, check_columns, G_N_ELEMENTS (check_columns), NULL);
    }
  return sound ? RUBIS_EXIT_DONE : RUBIS_EXIT_PARTIAL;
}
