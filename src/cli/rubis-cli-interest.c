/* interest: what a late payment costs the debtor, without a dossier. */
#include <glib/gi18n-lib.h>

#include "rubis-cli.h"
#include "rubis-session-interest.h"

static const RubisColumn segment_columns[] = {
  { "from", N_("From"), RUBIS_COLUMN_DATE },
  { "to", N_("Up to"), RUBIS_COLUMN_DATE },
  { "days", N_("Days"), RUBIS_COLUMN_NUMBER },
  { "rate", N_("Rate %"), RUBIS_COLUMN_RATE },
  { "interest", N_("Interest"), RUBIS_COLUMN_AMOUNT },
};

typedef struct {
  char *principal;
  char *due;
  char *until;
  char *from;
  char *country;
  char *debtor;
  char *currency;
} InterestOptions;

static void
interest_options_clear (InterestOptions *options)
{
  g_free (options->principal);
  g_free (options->due);
  g_free (options->until);
  g_free (options->from);
  g_free (options->country);
  g_free (options->debtor);
  g_free (options->currency);
}

/* The currency that people of a country use, among those with a rule of their own. */
static const char *
currency_of (const char *country)
{
  if (g_ascii_strcasecmp (country, "GB") == 0 || g_ascii_strcasecmp (country, "UK") == 0)
    return "GBP";
  return g_ascii_strcasecmp (country, "CH") == 0 ? "CHF" : "EUR";
}

static gboolean
read_amounts (const InterestOptions *options, const char *country, RubisInterestInput *input)
{
  const char *code = options->currency != NULL ? options->currency : currency_of (country);

  if (options->principal == NULL || options->due == NULL || options->until == NULL)
    {
      rubis_cli_say (_("Add --principal AMOUNT, --due DATE and --until DATE."));
      return FALSE;
    }
  if (!rubis_currency_parse (code, &input->currency))
    {
      rubis_cli_say (_("--currency: “%s” is not a currency: use three letters such as EUR."), code);
      return FALSE;
    }
  if (!rubis_cli_read_amount (options->principal, "--principal", input->currency, &input->principal))
    return FALSE;
  if (input->principal < 0)
    {
      rubis_cli_say (_("--principal: “%s” is below zero; a debt is a positive amount."), options->principal);
      return FALSE;
    }
  return TRUE;
}

static gboolean
read_regime (const InterestOptions *options, const char *country, RubisInterestInput *input)
{
  const char *debtor = options->debtor != NULL ? options->debtor : "professional";
  RubisPartyKind kind;

  if (!rubis_party_kind_from_id (debtor, &kind) || kind == RUBIS_PARTY_INTRAGROUP)
    {
      rubis_cli_say (_("--debtor: “%s” is not known. Use professional, consumer or public."), debtor);
      return FALSE;
    }
  if (!rubis_interest_regime_pick (country, kind, FALSE, &input->regime))
    {
      rubis_cli_say (_("No rule is known for a debtor “%s” in the country “%s”: nothing may be claimed without a "
                       "contract."),
                     debtor, country);
      return FALSE;
    }
  if (kind == RUBIS_PARTY_CONSUMER && options->from == NULL && g_ascii_strcasecmp (country, "FR") == 0)
    rubis_cli_say (_("A consumer owes interest only from a formal notice: give its day with --from."));
  return TRUE;
}

static gboolean
read_input (const InterestOptions *options, RubisInterestInput *input)
{
  const char *country = options->country != NULL ? options->country : "FR";

  return read_amounts (options, country, input) && rubis_cli_read_date (options->due, "--due", &input->due_date)
         && rubis_cli_read_date (options->until, "--until", &input->end_date)
         && rubis_cli_read_date (options->from, "--from", &input->interest_from)
         && read_regime (options, country, input);
}

static void
print_text (GVariant *record, GVariant *segments)
{
  g_autofree char *interest = rubis_output_dup_text (record, "interest", RUBIS_COLUMN_AMOUNT);
  g_autofree char *indemnity = rubis_output_dup_text (record, "indemnity", RUBIS_COLUMN_AMOUNT);
  g_autofree char *currency = rubis_output_dup_text (record, "currency", RUBIS_COLUMN_TEXT);
  g_autofree char *other = rubis_output_dup_text (record, "indemnity_currency", RUBIS_COLUMN_TEXT);
  g_autofree char *basis = rubis_output_dup_text (record, "legal_basis", RUBIS_COLUMN_TEXT);
  gint64 days = 0;

  g_variant_lookup (record, "days", "x", &days);
  rubis_output_print_list (RUBIS_OUTPUT_TEXT, segments, segment_columns, G_N_ELEMENTS (segment_columns), NULL);
  rubis_output_print_line (ngettext ("Interest: %s %s (%d day)", "Interest: %s %s (%d days)", (gulong) days), interest,
                           currency, (int) days);
  rubis_output_print_line (_("Indemnity: %s %s"), indemnity, other);
  if (*basis != '\0')
    rubis_output_print_line ("%s", basis);
}

RubisExit
rubis_cli_run_interest (RubisCli *cli, int argc, char **argv)
{
  InterestOptions options = { 0 };
  const GOptionEntry entries[] = {
    { "principal", 0, 0, G_OPTION_ARG_STRING, &options.principal, N_("What is owed, tax included"), "1234.56" },
    { "due", 0, 0, G_OPTION_ARG_STRING, &options.due, N_("Due date"), "YYYY-MM-DD" },
    { "until", 0, 0, G_OPTION_ARG_STRING, &options.until, N_("Day of payment, or of the computation"), "YYYY-MM-DD" },
    { "from", 0, 0, G_OPTION_ARG_STRING, &options.from, N_("First day of interest (default: the day after the due date)"),
      "YYYY-MM-DD" },
    { "country", 0, 0, G_OPTION_ARG_STRING, &options.country, N_("Country whose law applies (default: FR)"), "FR" },
    { "debtor", 0, 0, G_OPTION_ARG_STRING, &options.debtor, N_("Who owes (default: professional)"),
      "professional|consumer|public" },
    { "currency", 0, 0, G_OPTION_ARG_STRING, &options.currency, N_("Currency of the debt (default: the country’s)"),
      "EUR" },
    { 0 },
  };
  RubisInterestInput input = RUBIS_INTEREST_INPUT_INIT;
  g_autoptr(GVariant) record = NULL;
  g_autoptr(GVariant) segments = NULL;
  g_autoptr(GError) error = NULL;
  gboolean ok = rubis_cli_parse (cli, entries, 0, 0, &argv) && read_input (&options, &input);

  interest_options_clear (&options);
  if (!ok)
    return RUBIS_EXIT_USAGE;
  record = rubis_interest_compute_record (&input, &error);
  if (record == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_USAGE);
  segments = g_variant_lookup_value (record, "segments", NULL);
  if (cli->format == RUBIS_OUTPUT_JSON)
    rubis_output_print_json (record);
  else if (cli->format == RUBIS_OUTPUT_CSV)
    rubis_output_print_list (cli->format, segments, segment_columns, G_N_ELEMENTS (segment_columns), NULL);
  else
    print_text (record, segments);
  return RUBIS_EXIT_DONE;
}
