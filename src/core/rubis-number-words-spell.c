/* rubis-number-words-spell.c: the six spellings of whole numbers. */
#include "rubis-number-words-private.h"

#define THOUSAND G_GUINT64_CONSTANT (1000)
#define MILLION G_GUINT64_CONSTANT (1000000)
#define MILLIARD G_GUINT64_CONSTANT (1000000000)

static void
append_space (GString *out)
{
  if (out->len > 0 && out->str[out->len - 1] != ' ')
    g_string_append_c (out, ' ');
}

/* French */

/* @final: the end of the number, where "quatre-vingts" and "cents" take their s */
static void
append_french_tens (GString *out, int n, gboolean final, gboolean female)
{
  static const char *const small[] = { "zéro",   "un",    "deux",     "trois",    "quatre",
                                       "cinq",   "six",   "sept",     "huit",     "neuf",
                                       "dix",    "onze",  "douze",    "treize",   "quatorze",
                                       "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf" };
  static const char *const tens[] = { "",          "",         "vingt",    "trente",       "quarante",
                                      "cinquante", "soixante", "soixante", "quatre-vingt", "quatre-vingt" };
  int rest;

  if (n < 20)
    {
      g_string_append (out, n == 1 && female ? "une" : small[n]);
      return;
    }
  g_string_append (out, tens[n / 10]);
  rest = n / 10 == 7 || n / 10 == 9 ? n % 20 : n % 10;
  if (rest == 0)
    {
      g_string_append (out, n == 80 && final ? "s" : "");
      return;
    }
  g_string_append (out, n < 80 && (rest == 1 || rest == 11) ? " et " : "-");
  g_string_append (out, rest == 1 && female ? "une" : small[rest]);
}

static void
append_french_hundreds (GString *out, int n, gboolean final, gboolean female)
{
  int hundreds = n / 100;

  if (hundreds > 1)
    {
      append_french_tens (out, hundreds, FALSE, FALSE);
      g_string_append_c (out, ' ');
    }
  if (hundreds > 0)
    g_string_append (out, hundreds > 1 && n % 100 == 0 && final ? "cents" : "cent");
  if (hundreds > 0 && n % 100 > 0)
    g_string_append_c (out, ' ');
  if (n % 100 > 0)
    append_french_tens (out, n % 100, final, female);
}

static void
append_french_noun (GString *out, guint64 n, const char *noun)
{
  if (n == 0)
    return;
  append_space (out);
  append_french_hundreds (out, (int)n, TRUE, FALSE);
  g_string_append_printf (out, " %s%s", noun, n > 1 ? "s" : "");
}

void
rubis_number_words_in_french (GString *out, guint64 number, RubisCounted counted)
{
  gboolean female = counted == RUBIS_COUNTED_FEMALE;
  int thousands = (int)(number % MILLION / THOUSAND);
  int rest = (int)(number % THOUSAND);

  if (number == 0)
    append_french_tens (out, 0, TRUE, FALSE);
  append_french_noun (out, number / MILLIARD, "milliard");
  append_french_noun (out, number % MILLIARD / MILLION, "million");
  if (thousands > 0 || rest > 0)
    append_space (out);
  if (thousands > 1)
    {
      append_french_hundreds (out, thousands, FALSE, FALSE);
      g_string_append_c (out, ' ');
    }
  if (thousands > 0)
    g_string_append (out, "mille");
  if (thousands > 0 && rest > 0)
    g_string_append_c (out, ' ');
  if (rest > 0)
    append_french_hundreds (out, rest, TRUE, female);
}

/* English */

static void
append_english_group (GString *out, int n, gboolean after)
{
  static const char *const small[]
      = { "zero",     "one",     "two",     "three",     "four",     "five",    "six",
          "seven",    "eight",   "nine",    "ten",       "eleven",   "twelve",  "thirteen",
          "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen" };
  static const char *const tens[]
      = { "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety" };

  if (n >= 100)
    {
      append_space (out);
      g_string_append_printf (out, "%s hundred", small[n / 100]);
      n %= 100;
      after = TRUE;
      if (n == 0)
        return;
    }
  append_space (out);
  g_string_append (out, after ? "and " : "");
  if (n < 20)
    g_string_append (out, small[n]);
  else if (n % 10 == 0)
    g_string_append (out, tens[n / 10]);
  else
    g_string_append_printf (out, "%s-%s", tens[n / 10], small[n % 10]);
}

static void
append_english_noun (GString *out, guint64 n, const char *noun)
{
  if (n == 0)
    return;
  append_english_group (out, (int)n, FALSE);
  g_string_append_printf (out, " %s", noun);
}

void
rubis_number_words_in_english (GString *out, guint64 number, RubisCounted counted)
{
  append_english_noun (out, number / MILLIARD, "billion");
  append_english_noun (out, number % MILLIARD / MILLION, "million");
  append_english_noun (out, number % MILLION / THOUSAND, "thousand");
  if (number % THOUSAND > 0 || number == 0)
    append_english_group (out, (int)(number % THOUSAND), number >= THOUSAND);
}

/* German */

/* @one: "eins" at the end of a number, "ein" before a noun */
static void
append_german_group (GString *out, int n, const char *one)
{
  static const char *const small[]
      = { "null",     "ein",      "zwei",     "drei",     "vier",     "fünf",    "sechs",
          "sieben",   "acht",     "neun",     "zehn",     "elf",      "zwölf",   "dreizehn",
          "vierzehn", "fünfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn" };
  static const char *const tens[]
      = { "", "", "zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig" };

  if (n >= 100)
    {
      g_string_append_printf (out, "%shundert", small[n / 100]);
      n %= 100;
      if (n == 0)
        return;
    }
  if (n == 1)
    g_string_append (out, one);
  else if (n < 20)
    g_string_append (out, small[n]);
  else
    {
      if (n % 10 > 0)
        g_string_append_printf (out, "%sund", small[n % 10]);
      g_string_append (out, tens[n / 10]);
    }
}

static void
append_german_noun (GString *out, guint64 n, const char *one, const char *many)
{
  if (n == 0)
    return;
  append_space (out);
  append_german_group (out, (int)n, "eine");
  g_string_append_printf (out, " %s", n == 1 ? one : many);
}

void
rubis_number_words_in_german (GString *out, guint64 number, RubisCounted counted)
{
  int thousands = (int)(number % MILLION / THOUSAND);
  int rest = (int)(number % THOUSAND);

  append_german_noun (out, number / MILLIARD, "Milliarde", "Milliarden");
  append_german_noun (out, number % MILLIARD / MILLION, "Million", "Millionen");
  if (thousands > 0 || rest > 0)
    append_space (out);
  if (thousands > 0)
    {
      append_german_group (out, thousands, "ein");
      g_string_append (out, "tausend");
    }
  if (rest > 0 || number == 0)
    append_german_group (out, rest, number == 1 && counted != RUBIS_COUNTED_NOTHING ? "ein" : "eins");
}

/* Spanish */

static void
append_spanish_hundreds (GString *out, int n, RubisCounted counted)
{
  static const char *const hundreds[] = { "",         "ciento",    "doscient",  "trescient", "cuatrocient",
                                          "quinient", "seiscient", "setecient", "ochocient", "novecient" };

  if (n == 100)
    g_string_append (out, "cien");
  else if (n >= 200)
    g_string_append_printf (out, "%s%s", hundreds[n / 100], counted == RUBIS_COUNTED_FEMALE ? "as" : "os");
  else if (n > 100)
    g_string_append (out, hundreds[1]);
}

static void
append_spanish_group (GString *out, int n, RubisCounted counted)
{
  static const char *const small[]
      = { "cero",        "",           "dos",         "tres",       "cuatro",
          "cinco",       "seis",       "siete",       "ocho",       "nueve",
          "diez",        "once",       "doce",        "trece",      "catorce",
          "quince",      "dieciséis",  "diecisiete",  "dieciocho",  "diecinueve",
          "veinte",      "",           "veintidós",   "veintitrés", "veinticuatro",
          "veinticinco", "veintiséis", "veintisiete", "veintiocho", "veintinueve" };
  static const char *const tens[]
      = { "", "", "", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa" };
  static const char *const one[] = { "uno", "un", "una" };
  static const char *const twenty_one[] = { "veintiuno", "veintiún", "veintiuna" };

  append_space (out);
  append_spanish_hundreds (out, n, counted);
  if (n >= 100 && n % 100 == 0)
    return;
  append_space (out);
  n %= 100;
  if (n == 1)
    g_string_append (out, one[counted]);
  else if (n == 21)
    g_string_append (out, twenty_one[counted]);
  else if (n < 30)
    g_string_append (out, small[n]);
  else
    {
      g_string_append (out, tens[n / 10]);
      if (n % 10 > 0)
        g_string_append_printf (out, " y %s", n % 10 == 1 ? one[counted] : small[n % 10]);
    }
}

/* Below a million: what stands before "millones" is one too, for "mil millones" is a thousand of them. */
static void
append_spanish_thousands (GString *out, int n, RubisCounted counted)
{
  if (n >= 2000)
    append_spanish_group (out, n / 1000, counted == RUBIS_COUNTED_FEMALE ? counted : RUBIS_COUNTED_MALE);
  if (n >= 1000)
    {
      append_space (out);
      g_string_append (out, "mil");
    }
  if (n % 1000 > 0)
    append_spanish_group (out, n % 1000, counted);
}

void
rubis_number_words_in_spanish (GString *out, guint64 number, RubisCounted counted)
{
  guint64 millions = number / MILLION;

  if (number == 0)
    g_string_append (out, "cero");
  if (millions > 0)
    {
      append_spanish_thousands (out, (int)millions, RUBIS_COUNTED_MALE);
      g_string_append (out, millions == 1 ? " millón" : " millones");
    }
  append_spanish_thousands (out, (int)(number % MILLION), counted);
}

/* Italian */

static void
append_italian_group (GString *out, int n, gboolean final)
{
  static const char *const small[]
      = { "zero",        "uno",      "due",    "tre",         "quattro",  "cinque",    "sei",
          "sette",       "otto",     "nove",   "dieci",       "undici",   "dodici",    "tredici",
          "quattordici", "quindici", "sedici", "diciassette", "diciotto", "diciannove" };
  static const char *const tens[]
      = { "", "", "venti", "trenta", "quaranta", "cinquanta", "sessanta", "settanta", "ottanta", "novanta" };
  gboolean compound = out->len > 0 && out->str[out->len - 1] != ' ';

  if (n >= 200)
    g_string_append (out, small[n / 100]);
  if (n >= 100)
    {
      g_string_append (out, "cento");
      compound = TRUE;
    }
  n %= 100;
  if (n >= 20)
    {
      g_string_append (out, tens[n / 10]);
      /* "ventuno", "ventotto" */
      if (n % 10 == 1 || n % 10 == 8)
        g_string_truncate (out, out->len - 1);
      n %= 10;
      compound = TRUE;
    }
  if (n > 0)
    g_string_append (out, n == 3 && compound && final ? "tré" : small[n]);
}

static void
append_italian_noun (GString *out, guint64 n, const char *one, const char *many)
{
  if (n == 0)
    return;
  append_space (out);
  if (n == 1)
    g_string_append (out, "un");
  else
    append_italian_group (out, (int)n, TRUE);
  g_string_append_printf (out, " %s", n == 1 ? one : many);
}

void
rubis_number_words_in_italian (GString *out, guint64 number, RubisCounted counted)
{
  int thousands = (int)(number % MILLION / THOUSAND);
  int rest = (int)(number % THOUSAND);

  if (number == 0)
    g_string_append (out, "zero");
  append_italian_noun (out, number / MILLIARD, "miliardo", "miliardi");
  append_italian_noun (out, number % MILLIARD / MILLION, "milione", "milioni");
  if (thousands > 0 || rest > 0)
    append_space (out);
  if (thousands > 1)
    append_italian_group (out, thousands, FALSE);
  if (thousands > 0)
    g_string_append (out, thousands == 1 ? "mille" : "mila");
  if (number == 1 && counted != RUBIS_COUNTED_NOTHING)
    g_string_append (out, counted == RUBIS_COUNTED_FEMALE ? "una" : "un");
  else if (rest > 0)
    append_italian_group (out, rest, TRUE);
}

/* Dutch */

static void
append_dutch_group (GString *out, int n, const char *one)
{
  static const char *const small[]
      = { "nul",      "een",      "twee",    "drie",      "vier",     "vijf",     "zes",
          "zeven",    "acht",     "negen",   "tien",      "elf",      "twaalf",   "dertien",
          "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien" };
  static const char *const tens[]
      = { "", "", "twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig" };
  int unit = n % 10;

  if (n >= 200)
    g_string_append (out, small[n / 100]);
  if (n >= 100)
    {
      g_string_append (out, "honderd");
      n %= 100;
      if (n == 0)
        return;
      one = small[1];
    }
  if (n == 1)
    g_string_append (out, one);
  else if (n < 20)
    g_string_append (out, small[n]);
  else
    {
      /* "tweeëntwintig", but "vierentwintig" */
      if (unit > 0)
        g_string_append_printf (out, "%s%s", small[unit], unit == 2 || unit == 3 ? "ën" : "en");
      g_string_append (out, tens[n / 10]);
    }
}

static void
append_dutch_noun (GString *out, guint64 n, const char *noun)
{
  if (n == 0)
    return;
  append_space (out);
  append_dutch_group (out, (int)n, "één");
  g_string_append_printf (out, " %s", noun);
}

void
rubis_number_words_in_dutch (GString *out, guint64 number, RubisCounted counted)
{
  int thousands = (int)(number % MILLION / THOUSAND);
  int rest = (int)(number % THOUSAND);

  append_dutch_noun (out, number / MILLIARD, "miljard");
  append_dutch_noun (out, number % MILLIARD / MILLION, "miljoen");
  if (thousands > 0)
    {
      append_space (out);
      if (thousands > 1)
        append_dutch_group (out, thousands, "een");
      g_string_append (out, "duizend");
    }
  if (rest > 0 || number == 0)
    {
      append_space (out);
      append_dutch_group (out, rest, number == 1 ? "één" : "een");
    }
}
