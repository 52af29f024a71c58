#include "rubis-format.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#define NNBSP "\u202f"
#define NBSP "\u00a0"
#define MINUS "\u2212"

typedef struct {
  const char *language;
  const char *group;
  const char *decimal;
  gboolean symbol_first;
  const char *rate_suffix;
  const char *date_separator;
  const char *months[12];
} Style;

static const Style styles[] = {
  { "en", ",", ".", TRUE, "%", "/",
    { "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
      "December" } },
  { "fr", NNBSP, ",", FALSE, NBSP "%", "/",
    { "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
      "décembre" } },
  { "de", ".", ",", FALSE, NBSP "%", ".",
    { "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
      "Dezember" } },
  { "es", ".", ",", FALSE, NBSP "%", "/",
    { "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre",
      "diciembre" } },
  { "it", ".", ",", FALSE, NBSP "%", "/",
    { "gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre",
      "novembre", "dicembre" } },
  { "nl", ".", ",", TRUE, "%", "-",
    { "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
      "december" } },
};

static const struct {
  const char code[4];
  const char *symbol;
} symbols[] = { { "EUR", "€" }, { "GBP", "£" } };

static const Style *
find_style (const char *language)
{
  for (gsize i = 0; language != NULL && i < G_N_ELEMENTS (styles); i++)
    {
      if (g_ascii_strncasecmp (styles[i].language, language, 2) == 0)
        return &styles[i];
    }
  return &styles[0];
}

static void
append_grouped (GString *out, guint64 value, const Style *style)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GUINT64_FORMAT, value);
  gsize length = strlen (digits);

  for (gsize i = 0; i < length; i++)
    {
      if (i > 0 && (length - i) % 3 == 0)
        g_string_append (out, style->group);
      g_string_append_c (out, digits[i]);
    }
}

static void
append_number (GString *out, gint64 minor, int exponent, const Style *style)
{
  guint64 magnitude = minor < 0 ? (guint64) 0 - (guint64) minor : (guint64) minor;
  guint64 unit = 1;

  for (int i = 0; i < exponent; i++)
    unit *= 10;
  append_grouped (out, magnitude / unit, style);
  if (exponent > 0)
    g_string_append_printf (out, "%s%0*" G_GUINT64_FORMAT, style->decimal, exponent, magnitude % unit);
}

char *
rubis_format_number (gint64 minor, RubisCurrency currency, const char *language)
{
  GString *out = g_string_new (minor < 0 ? MINUS : "");

  append_number (out, minor, rubis_currency_exponent (currency), find_style (language));
  return g_string_free (out, FALSE);
}

char *
rubis_format_amount (gint64 minor, RubisCurrency currency, const char *language)
{
  const Style *style = find_style (language);
  GString *out = g_string_new (minor < 0 ? MINUS : "");
  const char *symbol = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (symbols); i++)
    {
      if (memcmp (symbols[i].code, currency.code, 3) == 0)
        symbol = symbols[i].symbol;
    }
  if (style->symbol_first)
    {
      g_string_append (out, symbol != NULL ? symbol : currency.code);
      if (symbol == NULL || g_str_equal (style->language, "nl"))
        g_string_append (out, NBSP);
    }
  append_number (out, minor, rubis_currency_exponent (currency), style);
  if (!style->symbol_first)
    g_string_append_printf (out, NBSP "%s", symbol != NULL ? symbol : currency.code);
  return g_string_free (out, FALSE);
}

char *
rubis_format_date_short (RubisDate date, const char *language)
{
  const char *separator = find_style (language)->date_separator;
  int year, month, day;

  if (date == RUBIS_DATE_NONE)
    return g_strdup ("");
  rubis_date_to_ymd (date, &year, &month, &day);
  return g_strdup_printf ("%02d%s%02d%s%04d", day, separator, month, separator, year);
}

char *
rubis_format_date_long (RubisDate date, const char *language)
{
  const Style *style = find_style (language);
  int year, month, day;

  if (date == RUBIS_DATE_NONE)
    return g_strdup ("");
  rubis_date_to_ymd (date, &year, &month, &day);
  if (g_str_equal (style->language, "fr"))
    return g_strdup_printf ("%d%s" NBSP "%s %d", day, day == 1 ? "er" : "", style->months[month - 1], year);
  if (g_str_equal (style->language, "de"))
    return g_strdup_printf ("%d." NBSP "%s %d", day, style->months[month - 1], year);
  if (g_str_equal (style->language, "es"))
    return g_strdup_printf ("%d de %s de %d", day, style->months[month - 1], year);
  /* Italian names the first day of a month by its rank. */
  return g_strdup_printf ("%d%s" NBSP "%s %d", day, day == 1 && g_str_equal (style->language, "it") ? "º" : "",
                          style->months[month - 1], year);
}

char *
rubis_format_count (gint64 count, const char *language)
{
  GString *out = g_string_new (count < 0 ? MINUS : "");

  append_number (out, count, 0, find_style (language));
  return g_string_free (out, FALSE);
}

char *
rubis_format_rate (gint64 hundredths, const char *language)
{
  const Style *style = find_style (language);
  GString *out = g_string_new (hundredths < 0 ? MINUS : "");

  append_number (out, hundredths, 2, style);
  g_string_append (out, style->rate_suffix);
  return g_string_free (out, FALSE);
}

const char *
rubis_format_ui_language (void)
{
  /* Translators: the two-letter code of this translation's language, among fr, en, de, es, it, nl. */
  return find_style (C_("language", "en"))->language;
}
