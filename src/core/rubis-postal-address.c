#include "rubis-postal-address.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-country.h"
#include "rubis-text.h"

#define MAX_CHARS 38
#define MAX_STREET 32

static const struct
{
  RubisPostalWarning warning;
  const char *id;
  const char *label;
} warnings[RUBIS_N_POSTAL_WARNINGS] = {
  { RUBIS_POSTAL_LINE1_OVER_38, "line1_over_38", N_ ("The name is longer than 38 characters") },
  { RUBIS_POSTAL_LINE2_OVER_38, "line2_over_38", N_ ("The second line is longer than 38 characters") },
  { RUBIS_POSTAL_LINE3_OVER_38, "line3_over_38", N_ ("The third line is longer than 38 characters") },
  { RUBIS_POSTAL_STREET_OVER_38, "street_over_38", N_ ("The street is longer than 38 characters") },
  { RUBIS_POSTAL_SPECIAL_OVER_38, "special_over_38", N_ ("The PO box line is longer than 38 characters") },
  { RUBIS_POSTAL_CITY_OVER_38, "city_over_38", N_ ("The city line is longer than 38 characters") },
  { RUBIS_POSTAL_POSTCODE, "postcode", N_ ("The postcode does not have five digits") },
  { RUBIS_POSTAL_NO_NAME, "no_name", N_ ("The address has no name") },
  { RUBIS_POSTAL_NO_CITY, "no_city", N_ ("The address has no city") },
  { RUBIS_POSTAL_COUNTRY, "country", N_ ("The country is not known") },
};

/* In the order in which they are tried. */
static const struct
{
  const char *word;
  const char *abbreviation;
} abbreviations[] = {
  { "AVENUE", "AV" },       { "BOULEVARD", "BD" }, { "RESIDENCE", "RES" },      { "BATIMENT", "BAT" },
  { "IMPASSE", "IMP" },     { "CHEMIN", "CHE" },   { "ROUTE", "RTE" },          { "PLACE", "PL" },
  { "LOTISSEMENT", "LOT" }, { "ALLEE", "ALL" },    { "SQUARE", "SQ" },          { "APPARTEMENT", "APP" },
  { "ESCALIER", "ESC" },    { "SAINTE", "STE" },   { "SAINT", "ST" },           { "GENERAL", "GAL" },
  { "MARECHAL", "MAL" },    { "DOCTEUR", "DR" },   { "ZONE ARTISANALE", "ZA" }, { "ZONE INDUSTRIELLE", "ZI" },
  { "FAUBOURG", "FG" },     { "COLONEL", "CNL" },  { "PRESIDENT", "PDT" },      { "PROFESSEUR", "PR" },
};

static int
warning_index (RubisPostalWarning warning)
{
  for (int i = 0; i < RUBIS_N_POSTAL_WARNINGS; i++)
    {
      if (warnings[i].warning == warning)
        return i;
    }
  return -1;
}

const char *
rubis_postal_warning_to_id (RubisPostalWarning warning)
{
  int i = warning_index (warning);

  g_return_val_if_fail (i >= 0, NULL);

  return warnings[i].id;
}

const char *
rubis_postal_warning_to_label (RubisPostalWarning warning)
{
  int i = warning_index (warning);

  g_return_val_if_fail (i >= 0, NULL);

  return _ (warnings[i].label);
}

/* Capitals, digits, slashes and single spaces. */
static char *
capitals (const char *text)
{
  g_autofree char *folded = rubis_text_fold (text);
  g_autoptr (GString) out = g_string_sized_new (strlen (folded));

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (g_ascii_isalnum (*p) || *p == '/')
        g_string_append_c (out, g_ascii_toupper (*p));
      else
        g_string_append_c (out, ' ');
    }
  return rubis_text_normalise_spaces (out->str);
}

/* Abroad the letters keep their accents. */
static char *
foreign_capitals (const char *text)
{
  g_autofree char *clean = rubis_text_normalise_spaces (text);
  GString *out = g_string_sized_new (strlen (clean));

  for (const char *p = clean; *p != '\0'; p = g_utf8_next_char (p))
    g_string_append_unichar (out, g_unichar_toupper (g_utf8_get_char (p)));
  return g_string_free (out, FALSE);
}

static char *
abbreviate (const char *street)
{
  g_autoptr (GString) line = g_string_new (NULL);

  /* Words are found by the spaces around them. */
  g_string_printf (line, " %s ", street);
  for (gsize i = 0; i < G_N_ELEMENTS (abbreviations) && line->len - 2 > MAX_STREET; i++)
    {
      g_autofree char *word = g_strdup_printf (" %s ", abbreviations[i].word);
      g_autofree char *abbreviation = g_strdup_printf (" %s ", abbreviations[i].abbreviation);

      g_string_replace (line, word, abbreviation, 0);
    }
  return g_strndup (line->str + 1, line->len - 2);
}

static void
add_line (GStrvBuilder *lines, guint *found, const char *line, RubisPostalWarning too_long)
{
  if (line[0] == '\0')
    return;
  if (g_utf8_strlen (line, -1) > MAX_CHARS)
    *found |= (guint)too_long;
  g_strv_builder_add (lines, line);
}

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

static void
add_name (GStrvBuilder *lines, guint *found, const char *text, RubisPostalWarning too_long)
{
  g_autofree char *clean = rubis_text_normalise_spaces (or_empty (text));

  add_line (lines, found, clean, too_long);
}

static void
add_french_place (GStrvBuilder *lines, guint *found, const RubisPostalAddress *address)
{
  g_autofree char *capital_street = capitals (or_empty (address->street));
  g_autofree char *street = abbreviate (capital_street);
  g_autofree char *special = capitals (or_empty (address->special));
  g_autofree char *postcode = capitals (or_empty (address->postcode));
  g_autofree char *city = capitals (or_empty (address->city));
  g_autofree char *joined = g_strdup_printf ("%s %s", postcode, city);
  g_autofree char *last = rubis_text_normalise_spaces (joined);

  if (strlen (postcode) != 5 || strspn (postcode, "0123456789") != 5)
    *found |= RUBIS_POSTAL_POSTCODE;
  if (city[0] == '\0')
    *found |= RUBIS_POSTAL_NO_CITY;
  add_line (lines, found, street, RUBIS_POSTAL_STREET_OVER_38);
  add_line (lines, found, special, RUBIS_POSTAL_SPECIAL_OVER_38);
  add_line (lines, found, last, RUBIS_POSTAL_CITY_OVER_38);
}

static void
add_foreign_place (GStrvBuilder *lines, guint *found, const RubisPostalAddress *address, const char *code)
{
  g_autofree char *city = foreign_capitals (or_empty (address->city));
  g_autofree char *postcode = foreign_capitals (or_empty (address->postcode));
  g_autofree char *joined = g_strdup_printf ("%s %s", postcode, city);
  g_autofree char *last = rubis_text_normalise_spaces (joined);
  g_autofree char *typed = foreign_capitals (address->country);

  add_name (lines, found, address->street, RUBIS_POSTAL_STREET_OVER_38);
  add_name (lines, found, address->special, RUBIS_POSTAL_SPECIAL_OVER_38);
  if (city[0] == '\0')
    *found |= RUBIS_POSTAL_NO_CITY;
  add_line (lines, found, last, RUBIS_POSTAL_CITY_OVER_38);
  if (code == NULL)
    *found |= RUBIS_POSTAL_COUNTRY;
  g_strv_builder_add (lines, code != NULL ? rubis_country_postal_name (code) : typed);
}

RubisPostalBlock *
rubis_postal_block_new (const RubisPostalAddress *address)
{
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();
  g_autofree char *name = NULL;
  RubisPostalBlock *block;
  g_autofree char *country = NULL;
  const char *code;

  g_return_val_if_fail (address != NULL, NULL);

  block = g_new0 (RubisPostalBlock, 1);
  name = rubis_text_normalise_spaces (or_empty (address->line1));
  if (name[0] == '\0')
    block->warnings |= RUBIS_POSTAL_NO_NAME;
  add_line (lines, &block->warnings, name, RUBIS_POSTAL_LINE1_OVER_38);
  add_name (lines, &block->warnings, address->line2, RUBIS_POSTAL_LINE2_OVER_38);
  add_name (lines, &block->warnings, address->line3, RUBIS_POSTAL_LINE3_OVER_38);
  country = rubis_text_normalise_spaces (or_empty (address->country));
  code = country[0] == '\0' ? "FR" : rubis_country_from_text (country);
  if (code != NULL && rubis_country_is_french_post (code))
    add_french_place (lines, &block->warnings, address);
  else
    add_foreign_place (lines, &block->warnings, address, code);
  block->lines = g_strv_builder_end (lines);
  return block;
}

void
rubis_postal_block_free (RubisPostalBlock *block)
{
  if (block == NULL)
    return;
  g_strfreev (block->lines);
  g_free (block);
}
