#include "rubis-letterhead-check.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-address-check.h"
#include "rubis-country.h"
#include "rubis-format.h"
#include "rubis-letterhead-probe.h"
#include "rubis-letterhead-settings-private.h"
#include "rubis-text.h"

#define LEAST_CONTRAST 4.5
/* Dots per inch under which edges look blurred on paper. */
#define LEAST_RESOLUTION 150

/* Forms with a share capital, as typed in capitals. */
static const char *const with_capital[] = {
  "SA", "SAS", "SASU", "SARL", "EURL", "SCA", "SCS", "SNC", "SELARL", "SELAS", "SCOP", "SCI", NULL,
};
static const char *const sole_traders[] = {
  "EI", "EIRL", "ENTREPRENEUR INDIVIDUEL", "MICRO-ENTREPRENEUR", "AUTO-ENTREPRENEUR", "MICRO-ENTREPRISE", NULL
};
/* In no register of trade. */
static const char *const unregistered[] = { "ASSOCIATION", "FONDATION", "SYNDICAT", NULL };

void
rubis_letterhead_problem_free (RubisLetterheadProblem *self)
{
  g_free (self->message);
  g_free (self);
}

G_GNUC_PRINTF (4, 5)
static RubisLetterheadProblem *
add_problem (GPtrArray *problems, RubisLetterheadSeverity severity, const char *code, const char *format, ...)
{
  RubisLetterheadProblem *problem = g_new0 (RubisLetterheadProblem, 1);
  va_list args;

  problem->severity = severity;
  problem->code = code;
  va_start (args, format);
  problem->message = g_strdup_vprintf (format, args);
  va_end (args);
  g_ptr_array_add (problems, problem);
  return problem;
}

/* --- mentions --- */

/* The digits alone: "Capital de 50.000 €, SIREN 732 829 320" → "50000732829320". */
static char *
keep_digits (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    {
      if (g_ascii_isdigit (*p))
        g_string_append_c (out, *p);
    }
  return g_string_free (out, FALSE);
}

/* Words, folded, each between blanks: "R.C.S. Lyon" → " r c s lyon ". */
static char *
keep_words (const char *text)
{
  g_autofree char *folded = rubis_text_fold (text);
  g_autoptr (GString) out = g_string_new (" ");
  g_autofree char *single = NULL;

  for (const char *p = folded; *p != '\0'; p++)
    g_string_append_c (out, g_ascii_isalnum (*p) ? g_ascii_tolower (*p) : ' ');
  single = rubis_text_normalise_spaces (out->str);
  return g_strdup_printf (" %s ", single);
}

static gboolean
holds_number (const char *text, const char *number)
{
  g_autofree char *there = keep_digits (text);
  g_autofree char *wanted = keep_digits (number);

  return strstr (there, wanted) != NULL;
}

static gboolean
holds_words (const char *text, const char *words)
{
  g_autofree char *there = keep_words (text);
  g_autofree char *wanted = keep_words (words);

  return strstr (there, wanted) != NULL;
}

/* "RCS" and the town of the register, in any order. */
static gboolean
holds_register (const char *text, const char *rcs)
{
  g_autofree char *town = keep_words (g_str_has_prefix (rcs, "RCS") ? rcs + strlen ("RCS") : rcs);

  return (holds_words (text, "RCS") || holds_words (text, "R.C.S.")) && holds_words (text, town);
}

/* "SAS à capital variable" is a SAS, "SASU" is none. */
static gboolean
is_one_of (const char *const *forms, const char *form)
{
  g_autofree char *plain = rubis_text_normalise_spaces (form);

  for (int i = 0; forms[i] != NULL; i++)
    {
      gsize length = strlen (forms[i]);

      if (g_ascii_strncasecmp (forms[i], plain, length) == 0 && !g_ascii_isalnum (plain[length]))
        return TRUE;
    }
  return FALSE;
}

/* What the user's own footer leaves out, as "SIREN, RCS". (transfer full) (nullable) */
static char *
find_left_out (const RubisCompany *company, const char *footer)
{
  const struct
  {
    const char *label;
    const char *value;
    gboolean (*holds) (const char *text, const char *mention);
  } mentions[] = {
    { _ ("legal form"), company->legal_form, holds_words },
    { _ ("capital"), company->capital, holds_number },
    { "SIREN", company->siren, holds_number },
    { "RCS", company->rcs, holds_register },
  };
  g_autoptr (GString) list = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (mentions); i++)
    {
      if (*mentions[i].value != '\0' && !mentions[i].holds (footer, mentions[i].value))
        g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", mentions[i].label);
    }
  return list->len > 0 ? g_string_free (g_steal_pointer (&list), FALSE) : NULL;
}

static void
check_identity (GPtrArray *problems, const RubisCompany *company)
{
  gboolean sole = is_one_of (sole_traders, company->legal_form);
  gboolean registered = !is_one_of (unregistered, company->legal_form);
  gboolean form_known = *company->legal_form != '\0';

  if (*company->siren == '\0')
    add_problem (
        problems, RUBIS_LETTERHEAD_WARNING, "legal-siren",
        _ ("SIREN: business papers must bear it (C. com. R123-237). Add it to your company’s details."));
  if (*company->address == '\0' || *company->city == '\0')
    add_problem (problems, RUBIS_LETTERHEAD_WARNING, "legal-seat",
                 _ ("Seat: business papers must bear its address (C. com. R123-237). Add it to your "
                    "company’s details."));
  if (!form_known)
    add_problem (
        problems, RUBIS_LETTERHEAD_WARNING, "legal-form",
        _ ("Legal form: the papers of a company must bear it (C. com. R123-238). Add it to your company’s "
           "details: “SAS”, “SARL”, “EI”…"));
  if (*company->capital == '\0' && is_one_of (with_capital, company->legal_form))
    add_problem (problems, RUBIS_LETTERHEAD_WARNING, "legal-capital",
                 _ ("Capital: the papers of a company must bear it (C. com. R123-238). Add it to your "
                    "company’s details."));
  if (*company->rcs == '\0' && registered && !sole)
    add_problem (problems, RUBIS_LETTERHEAD_WARNING, "legal-rcs",
                 _ ("RCS: the papers of a registered company bear “RCS” and the town of the register "
                    "(C. com. R123-237). Add the town to your company’s details."));
  if (*company->rcs == '\0' && sole)
    add_problem (problems, RUBIS_LETTERHEAD_ADVICE, "legal-rcs",
                 _ ("RCS: if you are in the register of trade, your papers bear “RCS” and its town "
                    "(C. com. R123-237)."));
  if (sole && !holds_words (company->name, "EI") && !holds_words (company->name, "entrepreneur individuel"))
    add_problem (problems, RUBIS_LETTERHEAD_WARNING, "legal-ei",
                 _ ("EI: the name of a sole trader is written with “EI” before or after it (C. com. "
                    "R526-27). Write it "
                    "so in your company’s details."));
}

GPtrArray *
rubis_letterhead_check_mentions (const RubisCompany *company, const char *footer)
{
  GPtrArray *problems = g_ptr_array_new_with_free_func ((GDestroyNotify)rubis_letterhead_problem_free);
  const char *country = rubis_country_from_text (company->country);
  g_autofree char *left_out = NULL;

  if (country == NULL || !rubis_country_is_french_post (country))
    return problems;
  check_identity (problems, company);
  left_out = *footer != '\0' ? find_left_out (company, footer) : NULL;
  if (left_out != NULL)
    add_problem (problems, RUBIS_LETTERHEAD_WARNING, "footer-lacks",
                 _ ("Your own footer leaves out what the law asks for: %s."), left_out);
  return problems;
}

/* --- looks --- */

static double
to_linear (guint32 channel)
{
  double value = channel / 255.0;

  return value <= 0.04045 ? value / 12.92 : pow ((value + 0.055) / 1.055, 2.4);
}

double
rubis_letterhead_get_contrast (guint32 colour)
{
  double luminance = 0.2126 * to_linear (colour >> 16 & 0xff) + 0.7152 * to_linear (colour >> 8 & 0xff)
                     + 0.0722 * to_linear (colour & 0xff);

  return 1.05 / (luminance + 0.05);
}

/* "2.3", with the decimal sign of the user. */
static char *
format_tenths (double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  char *text = g_strdup (g_ascii_formatd (buffer, sizeof buffer, "%.1f", floor (value * 10) / 10));

  return g_str_has_prefix (rubis_format_ui_language (), "fr") ? g_strdelimit (text, ".", ',') : text;
}

static void
check_colour (GPtrArray *problems, guint32 colour, const char *code, const char *format)
{
  double contrast = rubis_letterhead_get_contrast (colour);
  g_autofree char *text = format_tenths (contrast);

  if (colour != 0 && contrast < LEAST_CONTRAST)
    {
      g_auto (GStrv) parts = g_strsplit (format, "%s", 2);
      g_autofree char *message = g_strjoinv (text, parts);

      add_problem (problems, RUBIS_LETTERHEAD_WARNING, code, "%s", message);
    }
}

static void
check_looks (GPtrArray *problems, const RubisLetterheadSettings *settings, const RubisLetterheadProbe *probe)
{
  check_colour (
      problems, settings->accent, "contrast-accent",
      _ ("The accent colour is hard to read on white paper: its contrast is %s, text needs 4.5. Choose a "
         "darker one."));
  check_colour (problems, settings->text_colour, "contrast-text",
                _ ("The colour of the text is hard to read on white paper: its contrast is %s, text needs "
                   "4.5. Choose a "
                   "darker one."));
  if (*settings->font != '\0' && !rubis_letterhead_has_font (settings->font))
    add_problem (
        problems, RUBIS_LETTERHEAD_WARNING, "font-missing",
        _ ("The font “%s” is not installed on this computer, or not fit for letters: another one is used."),
        settings->font);
  if (settings->images[0] != NULL && settings->logo_height > probe->logo_room + 0.05)
    {
      g_autofree char *room = format_tenths (probe->logo_room);

      add_problem (
          problems, RUBIS_LETTERHEAD_WARNING, "logo-room",
          _ ("The zone around the address must stay clear: it leaves %s mm for the logo, which is drawn "
             "smaller than asked."),
          room);
    }
  if (settings->images[0] != NULL && probe->logo_resolution < LEAST_RESOLUTION)
    add_problem (problems, RUBIS_LETTERHEAD_ADVICE, "logo-resolution",
                 _ ("The logo has %d dots per inch at this height: on paper it looks blurred. Choose a "
                    "larger picture."),
                 (int)probe->logo_resolution);
  if (probe->n_footer_cut > 0)
    add_problem (problems, RUBIS_LETTERHEAD_WARNING, "footer-cut",
                 g_dngettext (GETTEXT_PACKAGE, "%u line of the footer is too long: its end is not printed.",
                              "%u lines of the footer are too long: their ends are not printed.",
                              probe->n_footer_cut),
                 probe->n_footer_cut);
}

/* --- the address of an account --- */

static void
check_address (GPtrArray *problems, const RubisAddressCheck *address)
{
  for (guint i = 0; i < address->problems->len; i++)
    {
      const RubisAddressProblem *problem = g_ptr_array_index (address->problems, i);

      /* Translators: name of an account, what is wrong with its address. */
      add_problem (problems, RUBIS_LETTERHEAD_WARNING, problem->code, _ ("%s: %s."), address->name,
                   problem->message)
          ->account_id
          = address->account_id;
    }
}

GPtrArray *
rubis_session_check_letterhead (RubisSession *self, const RubisLetterheadSettings *settings,
                                gint64 account_id, GError **error)
{
  g_autoptr (RubisCompany) company = rubis_session_dup_company (self);
  g_autoptr (RubisAddressCheck) address = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  RubisLetterheadFacts facts;
  g_autofree char *sender = NULL;
  RubisLetterheadProbe probe;

  g_return_val_if_fail (settings != NULL, NULL);

  if (account_id != 0)
    {
      g_autoptr (RubisAddressChecker) checker = rubis_address_checker_new (self, settings);

      address = rubis_address_checker_check (checker, account_id, error);
      if (address == NULL)
        return NULL;
    }
  sender = rubis_letterhead_settings_fill_facts (settings, company, NULL, &facts);
  if (!rubis_letterhead_probe (&facts, &probe, error))
    return NULL;
  problems = rubis_letterhead_check_mentions (company, settings->footer);
  check_looks (problems, settings, &probe);
  if (address != NULL)
    check_address (problems, address);
  return g_steal_pointer (&problems);
}
