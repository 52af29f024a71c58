/* rubis-number-words-private.h: how each language spells a whole number. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the number counts, for the languages whose numbers agree with it. */
typedef enum {
  RUBIS_COUNTED_NOTHING, /* "veintiuno", "eins" */
  RUBIS_COUNTED_MALE,    /* "veintiún", "ein" */
  RUBIS_COUNTED_FEMALE,  /* "veintiuna" */
} RubisCounted;

/* Each appends @number, at most RUBIS_NUMBER_WORDS_MAX. */
typedef void (*RubisSpeller) (GString *out, guint64 number, RubisCounted counted);

void rubis_number_words_in_french (GString *out, guint64 number, RubisCounted counted);
void rubis_number_words_in_english (GString *out, guint64 number, RubisCounted counted);
void rubis_number_words_in_german (GString *out, guint64 number, RubisCounted counted);
void rubis_number_words_in_spanish (GString *out, guint64 number, RubisCounted counted);
void rubis_number_words_in_italian (GString *out, guint64 number, RubisCounted counted);
void rubis_number_words_in_dutch (GString *out, guint64 number, RubisCounted counted);

G_END_DECLS
