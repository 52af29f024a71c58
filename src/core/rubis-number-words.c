#include "rubis-number-words.h"

#include <string.h>

#include "rubis-format.h"
#include "rubis-number-words-private.h"

typedef struct
{
  const char *one;
  const char *many;
  const char *cent;
  const char *cents;
  RubisCounted counted;
} CurrencyName;

typedef enum
{
  EURO,
  DOLLAR,
  POUND,
  FRANC,
  N_NAMED
} Named;

typedef struct
{
  char language[3];
  RubisSpeller spell;
  const char *and; /* between the currency and its cents */
  const char *of;  /* "deux millions d’euros"; NULL: no word */
  CurrencyName names[N_NAMED];
} Spelling;

static const char named_codes[N_NAMED][4] = { "EUR", "USD", "GBP", "CHF" };

static const Spelling spellings[] = {
  { "en",
    rubis_number_words_in_english,
    "and",
    NULL,
    { [EURO] = { "euro", "euros", "cent", "cents", RUBIS_COUNTED_MALE },
      [DOLLAR] = { "US dollar", "US dollars", "cent", "cents", RUBIS_COUNTED_MALE },
      [POUND] = { "pound sterling", "pounds sterling", "penny", "pence", RUBIS_COUNTED_MALE },
      [FRANC] = { "Swiss franc", "Swiss francs", "centime", "centimes", RUBIS_COUNTED_MALE } } },
  { "fr",
    rubis_number_words_in_french,
    "et",
    "de",
    { [EURO] = { "euro", "euros", "centime", "centimes", RUBIS_COUNTED_MALE },
      [DOLLAR] = { "dollar des États-Unis", "dollars des États-Unis", "cent", "cents", RUBIS_COUNTED_MALE },
      [POUND] = { "livre sterling", "livres sterling", "penny", "pence", RUBIS_COUNTED_FEMALE },
      [FRANC] = { "franc suisse", "francs suisses", "centime", "centimes", RUBIS_COUNTED_MALE } } },
  { "de",
    rubis_number_words_in_german,
    "und",
    NULL,
    { [EURO] = { "Euro", "Euro", "Cent", "Cent", RUBIS_COUNTED_MALE },
      [DOLLAR] = { "US-Dollar", "US-Dollar", "Cent", "Cent", RUBIS_COUNTED_MALE },
      [POUND] = { "Pfund Sterling", "Pfund Sterling", "Penny", "Pence", RUBIS_COUNTED_MALE },
      [FRANC] = { "Schweizer Franken", "Schweizer Franken", "Rappen", "Rappen", RUBIS_COUNTED_MALE } } },
  { "es",
    rubis_number_words_in_spanish,
    "con",
    "de",
    { [EURO] = { "euro", "euros", "céntimo", "céntimos", RUBIS_COUNTED_MALE },
      [DOLLAR]
      = { "dólar estadounidense", "dólares estadounidenses", "centavo", "centavos", RUBIS_COUNTED_MALE },
      [POUND] = { "libra esterlina", "libras esterlinas", "penique", "peniques", RUBIS_COUNTED_FEMALE },
      [FRANC] = { "franco suizo", "francos suizos", "céntimo", "céntimos", RUBIS_COUNTED_MALE } } },
  { "it",
    rubis_number_words_in_italian,
    "e",
    "di",
    { [EURO] = { "euro", "euro", "centesimo", "centesimi", RUBIS_COUNTED_MALE },
      [DOLLAR]
      = { "dollaro statunitense", "dollari statunitensi", "centesimo", "centesimi", RUBIS_COUNTED_MALE },
      [POUND] = { "sterlina", "sterline", "penny", "pence", RUBIS_COUNTED_FEMALE },
      [FRANC] = { "franco svizzero", "franchi svizzeri", "centesimo", "centesimi", RUBIS_COUNTED_MALE } } },
  { "nl",
    rubis_number_words_in_dutch,
    "en",
    NULL,
    { [EURO] = { "euro", "euro", "cent", "cent", RUBIS_COUNTED_MALE },
      [DOLLAR] = { "Amerikaanse dollar", "Amerikaanse dollar", "cent", "cent", RUBIS_COUNTED_MALE },
      [POUND] = { "pond sterling", "pond sterling", "penny", "pence", RUBIS_COUNTED_MALE },
      [FRANC] = { "Zwitserse frank", "Zwitserse frank", "rappen", "rappen", RUBIS_COUNTED_MALE } } },
};

static const Spelling *
find_spelling (const char *language)
{
  for (gsize i = 0; language != NULL && i < G_N_ELEMENTS (spellings); i++)
    {
      if (g_ascii_strncasecmp (spellings[i].language, language, 2) == 0)
        return &spellings[i];
    }
  return &spellings[0];
}

static char *
spell (const Spelling *spelling, guint64 number, RubisCounted counted)
{
  g_autoptr (GString) out = g_string_new (NULL);

  if (number > RUBIS_NUMBER_WORDS_MAX)
    return rubis_format_count ((gint64)MIN (number, (guint64)G_MAXINT64), spelling->language);
  spelling->spell (out, number, counted);
  return g_strdup (out->str);
}

char *
rubis_number_words_spell (guint64 number, const char *language)
{
  return spell (find_spelling (language), number, RUBIS_COUNTED_NOTHING);
}

/* French counts in the singular up to 1.99; the others say one of exactly one. */
static gboolean
is_singular (const Spelling *spelling, guint64 number)
{
  return number == 1 || (number == 0 && g_str_equal (spelling->language, "fr"));
}

static void
append_counted (GString *out, const Spelling *spelling, guint64 number, const char *one, const char *many,
                RubisCounted counted)
{
  g_autofree char *words = spell (spelling, number, counted);
  const char *noun = is_singular (spelling, number) ? one : many;

  g_string_append (out, words);
  /* Millions are nouns: "un million d’euros". */
  if (spelling->of != NULL && number >= 1000000 && number % 1000000 == 0 && number <= RUBIS_NUMBER_WORDS_MAX)
    {
      gboolean elided = g_str_equal (spelling->language, "fr") && *noun == 'e';

      g_string_append_printf (out, elided ? " d’%s" : " %s ", elided ? noun : spelling->of);
      if (elided)
        return;
    }
  else
    g_string_append_c (out, ' ');
  g_string_append (out, noun);
}

static void
append_code (GString *out, const Spelling *spelling, guint64 whole, guint64 rest, guint64 unit,
             const char *code)
{
  g_autofree char *words = spell (spelling, whole, RUBIS_COUNTED_NOTHING);

  g_string_append_printf (out, "%s %s", words, code);
  if (rest > 0)
    g_string_append_printf (out, " %s %" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT, spelling->and, rest, unit);
}

char *
rubis_number_words_spell_amount (gint64 minor, RubisCurrency currency, const char *language)
{
  const Spelling *spelling = find_spelling (language);
  g_autoptr (GString) out = g_string_new (NULL);
  const CurrencyName *name = NULL;
  guint64 unit = 1;
  guint64 whole, rest;

  g_return_val_if_fail (minor >= 0, NULL);

  for (int i = 0; i < rubis_currency_exponent (currency); i++)
    unit *= 10;
  whole = (guint64)minor / unit;
  rest = (guint64)minor % unit;
  for (int i = 0; i < N_NAMED; i++)
    {
      if (memcmp (named_codes[i], currency.code, 3) == 0)
        name = &spelling->names[i];
    }
  if (name == NULL)
    append_code (out, spelling, whole, rest, unit, currency.code);
  else if (whole > 0 || rest == 0)
    append_counted (out, spelling, whole, name->one, name->many, name->counted);
  if (name != NULL && rest > 0)
    {
      if (whole > 0)
        g_string_append_printf (out, " %s ", spelling->and);
      append_counted (out, spelling, rest, name->cent, name->cents, RUBIS_COUNTED_MALE);
    }
  return g_strdup (out->str);
}
