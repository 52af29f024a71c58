/* company: who owns the dossier. */
#include "rubis-cli-company.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-account-card.h"
#include "rubis-cli.h"
#include "rubis-company-gaps.h"
#include "rubis-identifiers.h"
#include "rubis-record.h"

void
rubis_cli_print_gaps (GPtrArray *gaps)
{
  if (gaps->len > 0)
    rubis_output_print_line ("%s", _ ("Still missing (“rubisctl company set KEY=VALUE” adds it):"));
  for (guint i = 0; i < gaps->len; i++)
    rubis_output_print_line ("• %s", ((const RubisCompanyGap *)gaps->pdata[i])->message);
}

GVariant *
rubis_cli_make_gaps (GPtrArray *gaps)
{
  GVariantBuilder list;

  rubis_records_init (&list);
  for (guint i = 0; i < gaps->len; i++)
    {
      const RubisCompanyGap *gap = gaps->pdata[i];
      GVariantBuilder record;

      rubis_record_init (&record);
      rubis_record_add_text (&record, "key", gap->code);
      rubis_record_add_text (&record, "text", gap->message);
      rubis_records_add (&list, &record);
    }
  return g_variant_builder_end (&list);
}

/* Looks are settings of the letterhead. */
static gboolean
is_own (const char *key)
{
  return !g_str_equal (key, "accent");
}

static void
show_text (RubisCompany *company, GPtrArray *gaps)
{
  const char *const *keys = rubis_company_list_fields ();

  for (int i = 0; keys[i] != NULL; i++)
    {
      g_auto (GStrv) lines = g_strsplit (*rubis_company_get_field (company, keys[i]), "\n", -1);
      g_autofree char *joined = g_strjoinv ("\\n", lines);

      if (is_own (keys[i]))
        rubis_output_print_line ("%s=%s", keys[i], joined);
    }
  rubis_cli_print_gaps (gaps);
}

static void
show_json (RubisCompany *company, GPtrArray *gaps)
{
  const char *const *keys = rubis_company_list_fields ();
  GVariantBuilder record;

  rubis_record_init (&record);
  for (int i = 0; keys[i] != NULL; i++)
    {
      if (is_own (keys[i]))
        rubis_record_add_text (&record, keys[i], *rubis_company_get_field (company, keys[i]));
    }
  rubis_record_add_value (&record, "missing", rubis_cli_make_gaps (gaps));
  rubis_output_print_json (g_variant_builder_end (&record));
}

static RubisExit
show (RubisCli *cli, RubisSession *session)
{
  g_autoptr (RubisCompany) company = rubis_session_dup_company (session);
  g_autoptr (GPtrArray) gaps = rubis_company_list_gaps (company);

  if (cli->format == RUBIS_OUTPUT_JSON)
    show_json (company, gaps);
  else
    show_text (company, gaps);
  return RUBIS_EXIT_DONE;
}

static gboolean
set_value (RubisCompany *company, const char *pair)
{
  const char *equals = strchr (pair, '=');
  g_autofree char *key = equals != NULL ? g_strndup (pair, (gsize)(equals - pair)) : g_strdup (pair);
  char **field = rubis_company_get_field (company, key);
  static const char *const numbers[] = { "siren", "vat_id", "iban", "bic", NULL };

  if (equals == NULL || field == NULL || !is_own (key))
    {
      g_autofree char *known = g_strjoinv (", ", (char **)rubis_company_list_fields ());

      rubis_cli_say (_ ("“%s”: write details as KEY=VALUE, such as city=Lyon. The keys are: %s."), pair,
                     known);
      return FALSE;
    }
  g_free (*field);
  if (g_strv_contains (numbers, key))
    *field = rubis_identifier_normalise (equals + 1);
  else
    {
      g_auto (GStrv) lines = g_strsplit (equals + 1, "\\n", -1);

      *field = g_strjoinv ("\n", lines);
      g_strstrip (*field);
    }
  return TRUE;
}

/* All of them or none. The French VAT number follows the SIREN while there is none. */
static RubisExit
set_values (RubisCli *cli, RubisSession *session, char **pairs)
{
  g_autoptr (RubisCompany) company = rubis_session_dup_company (session);
  g_autofree char *vat_id = NULL;
  g_autoptr (GError) error = NULL;

  for (int i = 0; pairs[i] != NULL; i++)
    {
      if (!set_value (company, pairs[i]))
        return RUBIS_EXIT_USAGE;
    }
  vat_id = *company->vat_id == '\0' ? rubis_vat_from_siren (company->siren) : NULL;
  if (vat_id != NULL)
    rubis_company_set (company, vat_id, vat_id);
  if (!rubis_session_set_company (session, company, &error))
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  return show (cli, session);
}

RubisExit
rubis_cli_run_company (RubisCli *cli, int argc, char **argv)
{
  const GOptionEntry entries[] = { { 0 } };
  g_autoptr (RubisSession) session = NULL;
  gboolean set;

  if (!rubis_cli_parse (cli, entries, 1, -1, &argv))
    return RUBIS_EXIT_USAGE;
  set = g_str_equal (argv[1], "set") && argv[2] != NULL;
  if (!set && !(g_str_equal (argv[1], "show") && argv[2] == NULL))
    {
      rubis_cli_say (_ ("Say “company show” or “company set KEY=VALUE…”."));
      return RUBIS_EXIT_USAGE;
    }
  session = rubis_cli_open (cli);
  if (session == NULL)
    return cli->dossier != NULL ? RUBIS_EXIT_DOSSIER : RUBIS_EXIT_USAGE;
  return set ? set_values (cli, session, argv + 2) : show (cli, session);
}
