#include "rubis-fuzzy.h"

#include <string.h>

#include "rubis-text.h"

/* Longer words are compared without slips. */
#define MAX_LETTERS 48
/* Words that are rated; what is typed after them is ignored. */
#define MAX_WORDS 12

typedef struct
{
  char *text;
  gsize length;
  guint32 letters;
  gboolean has_digits;
  gboolean required;
} Word;

struct _RubisFuzzy
{
  GArray *words; /* (element-type Word) */
};

/* Forms of companies and little words, which lists of customers have or leave out as they like. */
static const char *const fillers[] = {
  "ag",  "and",  "bv",  "cie",     "company", "de",  "des",  "du",  "ei",  "et",      "etablissements",
  "ets", "eurl", "gie", "gmbh",    "inc",     "kg",  "la",   "le",  "les", "limited", "llc",
  "ltd", "nv",   "plc", "sa",      "sarl",    "sas", "sasu", "sc",  "sca", "sci",     "scop",
  "scp", "sl",   "snc", "societe", "spa",     "srl", "st",   "ste", "und",
};

static void
word_clear (gpointer data)
{
  g_free (((Word *)data)->text);
}

static gboolean
is_filler (const char *word)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fillers); i++)
    {
      if (g_str_equal (word, fillers[i]))
        return TRUE;
    }
  return FALSE;
}

gboolean
rubis_fuzzy_next_word (const char **cursor, const char **word, gsize *length)
{
  const char *p = *cursor;

  while (*p != '\0' && !g_unichar_isalnum (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);
  *word = p;
  while (*p != '\0' && (g_ascii_isalnum (*p) || g_unichar_isalnum (g_utf8_get_char (p))))
    p = g_utf8_next_char (p);
  *length = (gsize)(p - *word);
  *cursor = p;
  return *length > 0;
}

guint32
rubis_fuzzy_letters (const char *word, gsize length)
{
  guint32 letters = 0;

  /* The same bit for a few bytes does no harm: it only lets a word through to the comparison. */
  for (gsize i = 0; i < length; i++)
    letters |= 1u << ((guchar)word[i] & 31);
  return letters;
}

static gboolean
has_digits (const char *word, gsize length)
{
  for (gsize i = 0; i < length; i++)
    {
      if (g_ascii_isdigit (word[i]))
        return TRUE;
    }
  return FALSE;
}

RubisFuzzy *
rubis_fuzzy_new (const char *typed)
{
  RubisFuzzy *self = g_new0 (RubisFuzzy, 1);
  g_autofree char *folded = rubis_text_fold (typed);
  const char *cursor = folded;
  const char *start;
  gsize length;
  gboolean any_required = FALSE;

  self->words = g_array_new (FALSE, FALSE, sizeof (Word));
  g_array_set_clear_func (self->words, word_clear);
  while (self->words->len < MAX_WORDS && rubis_fuzzy_next_word (&cursor, &start, &length))
    {
      Word word = { g_strndup (start, length), length, rubis_fuzzy_letters (start, length),
                    has_digits (start, length), FALSE };

      word.required = !is_filler (word.text);
      any_required |= word.required;
      g_array_append_val (self->words, word);
    }
  for (guint i = 0; i < self->words->len && !any_required; i++)
    g_array_index (self->words, Word, i).required = TRUE;
  return self;
}

void
rubis_fuzzy_free (RubisFuzzy *self)
{
  g_array_unref (self->words);
  g_free (self);
}

guint
rubis_fuzzy_n_words (const RubisFuzzy *self)
{
  return self->words->len;
}

const char *
rubis_fuzzy_get_word (const RubisFuzzy *self, guint index)
{
  g_return_val_if_fail (index < self->words->len, NULL);

  return g_array_index (self->words, Word, index).text;
}

gboolean
rubis_fuzzy_is_required (const RubisFuzzy *self, guint index)
{
  g_return_val_if_fail (index < self->words->len, FALSE);

  return g_array_index (self->words, Word, index).required;
}

/* How many slips lie between @typed and the whole of @word, and (@of_prefix) between @typed and the beginning
 * of @word that fits it best. Slips next to each other are told apart by one swap at most. Gives up (FALSE)
 * when both are more than @limit.
 */
static gboolean
count_slips (const Word *typed, const char *word, gsize length, guint limit, guint *of_word, guint *of_prefix)
{
  guint8 rows[3][MAX_LETTERS + 1];

  for (gsize j = 0; j <= length; j++)
    rows[0][j] = (guint8)j;
  for (gsize i = 1; i <= typed->length; i++)
    {
      guint8 *row = rows[i % 3];
      const guint8 *above = rows[(i + 2) % 3];
      const guint8 *before = rows[(i + 1) % 3];
      guint8 least = row[0] = (guint8)i;

      for (gsize j = 1; j <= length; j++)
        {
          gboolean same = typed->text[i - 1] == word[j - 1];
          guint8 value = MIN (above[j - 1] + (same ? 0 : 1), MIN (above[j], row[j - 1]) + 1);

          if (i > 1 && j > 1 && typed->text[i - 1] == word[j - 2] && typed->text[i - 2] == word[j - 1])
            value = MIN (value, before[j - 2] + 1);
          row[j] = value;
          least = MIN (least, value);
        }
      if (least > limit)
        return FALSE;
    }
  *of_word = rows[typed->length % 3][length];
  *of_prefix = *of_word;
  for (gsize j = 0; j < length; j++)
    *of_prefix = MIN (*of_prefix, rows[typed->length % 3][j]);
  return TRUE;
}

static guint
count_bits (guint32 bits)
{
  guint count = 0;

  for (; bits != 0; bits &= bits - 1)
    count++;
  return count;
}

static int
rate_with_slips (const Word *typed, const char *word, gsize length, guint32 letters)
{
  guint limit = typed->length >= 8 ? 2 : typed->length >= 4 ? 1 : 0;
  guint of_word;
  guint of_prefix;

  if (limit == 0 || typed->has_digits || length > MAX_LETTERS || typed->length > MAX_LETTERS
      || length + limit < typed->length || count_bits (typed->letters & ~letters) > limit
      || has_digits (word, length) || !count_slips (typed, word, length, limit, &of_word, &of_prefix))
    return 0;
  if (of_word <= limit)
    return (typed->text[0] == word[0] ? 62 : 56) - 14 * (int)of_word;
  /* A beginning with a slip is a guess: it needs some letters, and the first one. */
  if (of_prefix <= limit && typed->length >= 5 && typed->text[0] == word[0])
    return 44 - 12 * (int)of_prefix;
  return 0;
}

int
rubis_fuzzy_rate_word (const RubisFuzzy *self, guint index, const char *word, gsize length, guint32 letters,
                       int *at)
{
  const Word *typed = &g_array_index (self->words, Word, index);
  const char *found;

  if (at != NULL)
    *at = -1;
  if (length >= typed->length && (typed->letters & ~letters) == 0)
    {
      found = memmem (word, length, typed->text, typed->length);
      if (found != NULL && (found == word || typed->length > 1))
        {
          if (at != NULL)
            *at = (int)(found - word);
          if (found != word)
            return RUBIS_FUZZY_INSIDE + (int)(8 * typed->length / length);
          return length == typed->length ? RUBIS_FUZZY_EQUAL : 80 + (int)(15 * typed->length / length);
        }
    }
  return rate_with_slips (typed, word, length, letters);
}

int
rubis_fuzzy_join_ratings (const RubisFuzzy *self, const int *ratings, guint n_words)
{
  int sum = 0;
  int bonus = 0;
  guint n_required = 0;
  guint n_found = 0;

  for (guint i = 0; i < self->words->len; i++)
    {
      gboolean required = g_array_index (self->words, Word, i).required;

      if (ratings[i] == 0 && required)
        return 0;
      n_found += ratings[i] > 0;
      if (required)
        {
          sum += ratings[i];
          n_required++;
        }
      else if (ratings[i] > 0)
        bonus += 4;
    }
  if (n_required == 0)
    return 0;
  /* Of two that have all the words, the one that has little else is meant. */
  return MAX (1, MIN (1000, 10 * sum / (int)n_required + bonus
                                - (int)MIN (9, n_words > n_found ? n_words - n_found : 0)));
}

int
rubis_fuzzy_rate (const RubisFuzzy *self, const char *text)
{
  g_autofree char *folded = rubis_text_fold (text);
  const char *cursor = folded;
  const char *word;
  gsize length;
  int ratings[MAX_WORDS] = { 0 };
  guint n_words = 0;

  while (rubis_fuzzy_next_word (&cursor, &word, &length))
    {
      guint32 letters = rubis_fuzzy_letters (word, length);

      n_words++;
      for (guint i = 0; i < self->words->len; i++)
        ratings[i] = MAX (ratings[i], rubis_fuzzy_rate_word (self, i, word, length, letters, NULL));
    }
  return rubis_fuzzy_join_ratings (self, ratings, n_words);
}

/* The end of the word that begins at @p, with the accents that stand behind their letters. */
static const char *
end_of_word (const char *p)
{
  while (*p != '\0' && (g_unichar_isalnum (g_utf8_get_char (p)) || g_unichar_ismark (g_utf8_get_char (p))))
    p = g_utf8_next_char (p);
  return p;
}

/* Marks what was typed of the word from @start to @end of @text. */
static void
mark_word (const RubisFuzzy *self, const char *text, const char *start, const char *end, GArray *ranges)
{
  g_autofree char *word = g_strndup (start, (gsize)(end - start));
  g_autofree char *folded = rubis_text_fold (word);
  gsize length = strlen (folded);
  guint32 letters = rubis_fuzzy_letters (folded, length);
  RubisFuzzyRange range = { (guint)(start - text), (guint)(end - text) };
  const Word *best = NULL;
  int best_rating = 0;
  int best_at = -1;

  for (guint i = 0; i < self->words->len; i++)
    {
      int at;
      int rating = rubis_fuzzy_rate_word (self, i, folded, length, letters, &at);

      if (rating > best_rating)
        {
          best_rating = rating;
          best_at = at;
          best = &g_array_index (self->words, Word, i);
        }
    }
  if (best == NULL)
    return;
  /* Letter by letter only where folding keeps their number: "œ" is two letters afterwards. */
  if (best_at >= 0 && g_utf8_strlen (word, -1) == g_utf8_strlen (folded, -1))
    {
      glong before = g_utf8_strlen (folded, best_at);
      glong typed = g_utf8_strlen (best->text, -1);
      const char *first = g_utf8_offset_to_pointer (start, before);

      range.start = (guint)(first - text);
      range.end = (guint)(g_utf8_offset_to_pointer (first, typed) - text);
    }
  g_array_append_val (ranges, range);
}

GArray *
rubis_fuzzy_mark (const RubisFuzzy *self, const char *text)
{
  GArray *ranges = g_array_new (FALSE, FALSE, sizeof (RubisFuzzyRange));
  const char *p = text;

  g_return_val_if_fail (g_utf8_validate (text, -1, NULL), ranges);

  while (*p != '\0')
    {
      const char *end = end_of_word (p);

      if (end == p)
        {
          p = g_utf8_next_char (p);
          continue;
        }
      mark_word (self, text, p, end, ranges);
      p = end;
    }
  return ranges;
}
