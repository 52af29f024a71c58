/* rubis-tone-private.h: words that do not belong into a letter, and the folding in which words are found. */
#pragma once

#include "rubis-template-private.h"
#include "rubis-words-private.h"

G_BEGIN_DECLS

/* What is wrong with a word. */
typedef enum {
  RUBIS_TONE_IMPOSTURE, /* poses as an officer of justice or a court, or announces one (C. pén. 433-13) */
  RUBIS_TONE_BLACKMAIL, /* third parties, police, public shaming (C. conso. L121-6, C. pén. 312-10) */
  RUBIS_TONE_INSULT,
  RUBIS_TONE_MEASURE,    /* court, seizure, collection agency: for formal notices only */
  RUBIS_TONE_LAST,       /* "last warning": not in a first reminder */
  RUBIS_TONE_IMPATIENCE, /* "immediately": not in a first reminder */
  RUBIS_TONE_REPROACH,   /* says what the customer thinks or wants, which nobody knows */
} RubisToneFault;
#define RUBIS_N_TONE_FAULTS 7

typedef struct {
  RubisWordsLanguage language;
  RubisToneFault fault;
  const char *words; /* a '*' at the end: any ending */
} RubisToneWord;

extern const RubisToneWord rubis_tone_table[];
extern const gsize rubis_tone_table_size;

/* A text in which words are looked for: small letters without accents, any blank a space, typographic
 * apostrophes plain.
 */
typedef struct {
  GString *text;  /* (owned) */
  GArray *places; /* (owned) (element-type gsize); for each byte of @text, the offset in the source */
} RubisFolded;

void rubis_folded_init (RubisFolded *self);
void rubis_folded_clear (RubisFolded *self);
/* Appends @length bytes of @source, which start at @offset of what is read. */
void rubis_folded_append (RubisFolded *self, const char *source, gsize offset, gsize length);
/* The next place at or after @from where @words stand as whole words, or -1. @end becomes the end. */
gssize rubis_folded_find (const RubisFolded *self, const char *words, gsize from, gsize *end);

/* Whether words of that language are known at all: "fr-BE", but not "pt". */
gboolean rubis_tone_speaks (const char *language);

/* Reports threats, rudeness, shouting and haste in the text of @template. */
void rubis_tone_check (RubisTemplate *template, RubisReading *reading);

G_END_DECLS
