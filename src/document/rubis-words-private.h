/* rubis-words-private.h: the table of words, and what a title typed in any language says of a person. */
#pragma once

#include "rubis-words.h"

G_BEGIN_DECLS

typedef enum {
  RUBIS_WORDS_FRENCH,
  RUBIS_WORDS_ENGLISH,
  RUBIS_WORDS_GERMAN,
  RUBIS_WORDS_SPANISH,
  RUBIS_WORDS_ITALIAN,
  RUBIS_WORDS_DUTCH,
  RUBIS_N_WORDS_LANGUAGES
} RubisWordsLanguage;

/* NULL where a language has no word yet: it reads as English. */
extern const char *const rubis_words_table[RUBIS_N_WORDS][RUBIS_N_WORDS_LANGUAGES];

/* English for a language without words. */
RubisWordsLanguage rubis_words_find_language (const char *language);

typedef enum {
  RUBIS_GENDER_UNKNOWN,
  RUBIS_GENDER_WOMAN,
  RUBIS_GENDER_MAN,
} RubisGender;

typedef enum {
  RUBIS_STYLE_PLAIN,
  RUBIS_STYLE_LAWYER, /* Maître, Avvocato */
  RUBIS_STYLE_DOCTOR,
} RubisStyle;

typedef struct {
  RubisGender gender;
  RubisStyle style;
} RubisPerson;

/* What "Mme", "Herr Dr.", "Sig.ra", "mevrouw"… say, whatever the language of the document; unknown and plain for what
 * is no form of address ("SARL") or NULL.
 */
RubisPerson rubis_words_read_title (const char *title);

G_END_DECLS
