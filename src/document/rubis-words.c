#include "rubis-words-private.h"

#include <string.h>

#include "rubis-format.h"

#define NBSP "\u00a0"

RubisWordsLanguage
rubis_words_find_language (const char *language)
{
  static const char codes[RUBIS_N_WORDS_LANGUAGES][3] = { "fr", "en", "de", "es", "it", "nl" };

  for (int i = 0; language != NULL && i < RUBIS_N_WORDS_LANGUAGES; i++)
    {
      if (g_ascii_strncasecmp (language, codes[i], 2) == 0)
        return i;
    }
  return RUBIS_WORDS_ENGLISH;
}

const char *
rubis_words_get (RubisWord word, const char *language)
{
  const char *text;

  g_return_val_if_fail (word < RUBIS_N_WORDS, "");

  text = rubis_words_table[word][rubis_words_find_language (language)];
  return text != NULL ? text : rubis_words_table[word][RUBIS_WORDS_ENGLISH];
}

gboolean
rubis_words_is_plural (gint64 count, const char *language)
{
  /* "0 facture", but "0 invoices", "0 Rechnungen", "0 facturas", "0 fatture", "0 facturen". */
  if (rubis_words_find_language (language) == RUBIS_WORDS_FRENCH)
    return count > 1;
  return count != 1;
}

char *
rubis_words_make_reminder (RubisChannel channel, RubisDate date, const char *language)
{
  g_autofree char *day = rubis_format_date_long (date, language);
  const char *of_date = rubis_words_get (RUBIS_WORD_OF_DATE, language);
  int year, month, day_of_month = 0;

  g_return_val_if_fail (channel < RUBIS_N_CHANNELS, NULL);

  if (date != RUBIS_DATE_NONE)
    rubis_date_to_ymd (date, &year, &month, &day_of_month);
  /* "del 2 ottobre", but "dell’8 ottobre", "dell’11 ottobre" */
  if (rubis_words_find_language (language) == RUBIS_WORDS_ITALIAN
      && (day_of_month == 8 || day_of_month == 11))
    return g_strdup_printf ("%s dell’%s", rubis_words_get (RUBIS_WORD_REMINDED_BY_EMAIL + channel, language),
                            day);
  return g_strdup_printf ("%s %s %s", rubis_words_get (RUBIS_WORD_REMINDED_BY_EMAIL + channel, language),
                          of_date, day);
}

/* One word of a title. */
static gboolean
read_title_word (const char *word, RubisPerson *person)
{
  static const struct
  {
    const char *typed;
    RubisPerson person;
  } titles[] = {
    { "mme", { RUBIS_GENDER_WOMAN } },
    { "madame", { RUBIS_GENDER_WOMAN } },
    { "mlle", { RUBIS_GENDER_WOMAN } },
    { "mademoiselle", { RUBIS_GENDER_WOMAN } },
    { "m", { RUBIS_GENDER_MAN } },
    { "mr", { RUBIS_GENDER_MAN } },
    { "monsieur", { RUBIS_GENDER_MAN } },
    { "mrs", { RUBIS_GENDER_WOMAN } },
    { "ms", { RUBIS_GENDER_WOMAN } },
    { "miss", { RUBIS_GENDER_WOMAN } },
    { "herr", { RUBIS_GENDER_MAN } },
    { "herrn", { RUBIS_GENDER_MAN } },
    { "frau", { RUBIS_GENDER_WOMAN } },
    { "sr", { RUBIS_GENDER_MAN } },
    { "sra", { RUBIS_GENDER_WOMAN } },
    { "señor", { RUBIS_GENDER_MAN } },
    { "señora", { RUBIS_GENDER_WOMAN } },
    { "don", { RUBIS_GENDER_MAN } },
    { "doña", { RUBIS_GENDER_WOMAN } },
    { "sig", { RUBIS_GENDER_MAN } },
    { "sig.ra", { RUBIS_GENDER_WOMAN } },
    { "signor", { RUBIS_GENDER_MAN } },
    { "signore", { RUBIS_GENDER_MAN } },
    { "signora", { RUBIS_GENDER_WOMAN } },
    { "dhr", { RUBIS_GENDER_MAN } },
    { "heer", { RUBIS_GENDER_MAN } },
    { "mevr", { RUBIS_GENDER_WOMAN } },
    { "mw", { RUBIS_GENDER_WOMAN } },
    { "mevrouw", { RUBIS_GENDER_WOMAN } },
    { "me", { RUBIS_GENDER_UNKNOWN, RUBIS_STYLE_LAWYER } },
    { "maître", { RUBIS_GENDER_UNKNOWN, RUBIS_STYLE_LAWYER } },
    { "avv", { RUBIS_GENDER_UNKNOWN, RUBIS_STYLE_LAWYER } },
    { "avvocato", { RUBIS_GENDER_UNKNOWN, RUBIS_STYLE_LAWYER } },
    { "dr", { RUBIS_GENDER_UNKNOWN, RUBIS_STYLE_DOCTOR } },
    { "docteur", { RUBIS_GENDER_UNKNOWN, RUBIS_STYLE_DOCTOR } },
    { "dott", { RUBIS_GENDER_MAN, RUBIS_STYLE_DOCTOR } },
    { "dott.ssa", { RUBIS_GENDER_WOMAN, RUBIS_STYLE_DOCTOR } },
    { "dra", { RUBIS_GENDER_WOMAN, RUBIS_STYLE_DOCTOR } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      if (!g_str_equal (word, titles[i].typed))
        continue;
      if (titles[i].person.gender != RUBIS_GENDER_UNKNOWN)
        person->gender = titles[i].person.gender;
      if (titles[i].person.style != RUBIS_STYLE_PLAIN)
        person->style = titles[i].person.style;
      return TRUE;
    }
  return g_str_equal (word, "de") || *word == '\0';
}

RubisPerson
rubis_words_read_title (const char *title)
{
  static const RubisPerson nobody = { RUBIS_GENDER_UNKNOWN, RUBIS_STYLE_PLAIN };
  g_autofree char *folded = title != NULL ? g_utf8_strdown (title, -1) : g_strdup ("");
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);
  RubisPerson person = nobody;

  for (int i = 0; words[i] != NULL; i++)
    {
      gsize length = strlen (words[i]);

      if (length > 0 && words[i][length - 1] == '.')
        words[i][length - 1] = '\0';
      if (!read_title_word (words[i], &person))
        return nobody;
    }
  return person;
}

static const char *
by_gender (RubisPerson person, const char *woman, const char *man)
{
  return person.gender == RUBIS_GENDER_WOMAN ? woman : person.gender == RUBIS_GENDER_MAN ? man : NULL;
}

char *
rubis_words_make_title (const char *title, gboolean address, const char *language)
{
  RubisPerson person = rubis_words_read_title (title);
  const char *word = NULL;

  switch (rubis_words_find_language (language))
    {
    case RUBIS_WORDS_GERMAN:
      word = by_gender (person, "Frau", address ? "Herrn" : "Herr");
      if (word != NULL && person.style == RUBIS_STYLE_DOCTOR)
        return g_strconcat (word, " Dr.", NULL);
      break;
    case RUBIS_WORDS_ENGLISH:
      word = person.style == RUBIS_STYLE_DOCTOR ? "Dr" : by_gender (person, "Ms", "Mr");
      break;
    case RUBIS_WORDS_SPANISH:
      word = by_gender (person, "Sra.", "Sr.");
      break;
    case RUBIS_WORDS_ITALIAN:
      if (person.style == RUBIS_STYLE_DOCTOR)
        word = by_gender (person, "Dott.ssa", "Dott.");
      else
        word = by_gender (person, "Sig.ra", "Sig.");
      break;
    case RUBIS_WORDS_DUTCH:
      word = by_gender (person, "Mevrouw", address ? "De heer" : "de heer");
      break;
    case RUBIS_WORDS_FRENCH:
    case RUBIS_N_WORDS_LANGUAGES:
    default:
      /* French titles are mostly typed in French: they stay as typed, "Mme" as well as "Madame". */
      break;
    }
  return g_strdup (word != NULL ? word : title);
}

/* The words after which the name of a person stands; NULL where the person is not known well enough, and
 * where a language does not name the person at all. @bare is set to the words to use without a name.
 */
static const char *
find_opening (RubisPerson person, RubisWordsLanguage language, const char **bare)
{
  gboolean doctor = person.style == RUBIS_STYLE_DOCTOR;

  *bare = NULL;
  switch (language)
    {
    case RUBIS_WORDS_FRENCH:
      *bare = person.style == RUBIS_STYLE_LAWYER ? "Maître"
              : doctor                           ? "Docteur"
                                                 : by_gender (person, "Madame", "Monsieur");
      return NULL;
    case RUBIS_WORDS_GERMAN:
      return doctor ? by_gender (person, "Sehr geehrte Frau Dr.", "Sehr geehrter Herr Dr.")
                    : by_gender (person, "Sehr geehrte Frau", "Sehr geehrter Herr");
    case RUBIS_WORDS_SPANISH:
      *bare = by_gender (person, "Estimada señora", "Estimado señor");
      return by_gender (person, "Estimada Sra.", "Estimado Sr.");
    case RUBIS_WORDS_ITALIAN:
      if (person.style == RUBIS_STYLE_LAWYER)
        return *bare = "Gentile Avvocato";
      *bare = by_gender (person, "Gentile Signora", "Gentile Signore");
      return doctor ? by_gender (person, "Gentile Dott.ssa", "Gentile Dott.")
                    : by_gender (person, "Gentile Signora", "Gentile Signor");
    case RUBIS_WORDS_DUTCH:
      *bare = by_gender (person, "Geachte mevrouw", "Geachte heer");
      return *bare;
    case RUBIS_WORDS_ENGLISH:
    case RUBIS_N_WORDS_LANGUAGES:
    default:
      *bare = by_gender (person, "Dear Madam", "Dear Sir");
      return person.style == RUBIS_STYLE_LAWYER ? "Dear Maître"
             : doctor                           ? "Dear Dr"
                                                : by_gender (person, "Dear Ms", "Dear Mr");
    }
}

char *
rubis_words_make_salutation (const char *title, const char *name, const char *language)
{
  RubisWordsLanguage spoken = rubis_words_find_language (language);
  const char *stop = spoken == RUBIS_WORDS_SPANISH ? ":" : ",";
  const char *bare;
  const char *named = find_opening (rubis_words_read_title (title), spoken, &bare);

  if (named != NULL && name != NULL && *name != '\0')
    return g_strconcat (named, " ", name, stop, NULL);
  return g_strconcat (bare != NULL ? bare : rubis_words_get (RUBIS_WORD_DEFAULT_SALUTATION, language), stop,
                      NULL);
}

static char *
make_french_closing (const char *salutation)
{
  g_autofree char *bare = g_strstrip (g_strdup (salutation));
  gsize length = strlen (bare);

  if (length > 0 && bare[length - 1] == ',')
    bare[length - 1] = '\0';
  return g_strdup_printf ("Nous vous prions d’agréer, %s, nos salutations distinguées.", bare);
}

char *
rubis_words_make_closing (const char *salutation, gboolean formal, const char *language)
{
  g_return_val_if_fail (salutation != NULL, NULL);

  switch (rubis_words_find_language (language))
    {
    case RUBIS_WORDS_FRENCH:
      return formal ? make_french_closing (salutation) : g_strdup ("Bien cordialement,");
    case RUBIS_WORDS_GERMAN:
      return g_strdup (formal ? "Mit freundlichen Grüßen" : "Freundliche Grüße");
    case RUBIS_WORDS_SPANISH:
      return g_strdup (formal ? "Atentamente," : "Un cordial saludo,");
    case RUBIS_WORDS_ITALIAN:
      return g_strdup (formal ? "Distinti saluti" : "Cordiali saluti");
    case RUBIS_WORDS_DUTCH:
      return g_strdup (formal ? "Hoogachtend," : "Met vriendelijke groet,");
    case RUBIS_WORDS_ENGLISH:
    case RUBIS_N_WORDS_LANGUAGES:
    default:
      if (!formal)
        return g_strdup ("Kind regards,");
      /* A letter to an unnamed person ends "faithfully", to a named one "sincerely". */
      return g_strdup (g_str_has_prefix (salutation, "Dear Sir")
                               || g_str_has_prefix (salutation, "Dear Madam")
                           ? "Yours faithfully,"
                           : "Yours sincerely,");
    }
}
