#include "rubis-word-index.h"

#include <string.h>

#include "rubis-text.h"

/* In a reference: the word is of the context. */
#define OF_CONTEXT 0x80000000u
#define CONTEXT_PERCENT 60
/* What the beginning of a word is rated at least. */
#define BEGINNING 80

/* A different word: where its letters lie in the pool. */
typedef struct
{
  guint32 start;
  guint32 length;
  guint32 letters;
  guint32 hash;
} Entry;

struct _RubisWordIndex
{
  GString *pool;      /* the letters of all words, one after the other */
  GArray *entries;    /* (element-type Entry) */
  guint32 *slots;     /* open addressing: entry + 1, 0 is free */
  gsize n_slots;      /* a power of two */
  GArray *references; /* (element-type guint32) the entries of the texts, one text after the other */
  GArray *ends;       /* (element-type guint32) where the references of each text end */
};

RubisWordIndex *
rubis_word_index_new (void)
{
  RubisWordIndex *self = g_new0 (RubisWordIndex, 1);

  self->pool = g_string_new (NULL);
  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  self->n_slots = 1024;
  self->slots = g_new0 (guint32, self->n_slots);
  self->references = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->ends = g_array_new (FALSE, FALSE, sizeof (guint32));
  return self;
}

void
rubis_word_index_free (RubisWordIndex *self)
{
  g_string_free (self->pool, TRUE);
  g_array_unref (self->entries);
  g_array_unref (self->references);
  g_array_unref (self->ends);
  g_free (self->slots);
  g_free (self);
}

static guint32
hash_word (const char *word, gsize length)
{
  guint32 hash = 2166136261u;

  for (gsize i = 0; i < length; i++)
    hash = (hash ^ (guchar)word[i]) * 16777619u;
  return hash;
}

static void
grow (RubisWordIndex *self)
{
  g_free (self->slots);
  self->n_slots *= 2;
  self->slots = g_new0 (guint32, self->n_slots);
  for (guint i = 0; i < self->entries->len; i++)
    {
      gsize slot = g_array_index (self->entries, Entry, i).hash & (self->n_slots - 1);

      while (self->slots[slot] != 0)
        slot = (slot + 1) & (self->n_slots - 1);
      self->slots[slot] = i + 1;
    }
}

static guint32
take_entry (RubisWordIndex *self, const char *word, gsize length)
{
  guint32 hash = hash_word (word, length);
  gsize slot = hash & (self->n_slots - 1);
  Entry entry;

  for (; self->slots[slot] != 0; slot = (slot + 1) & (self->n_slots - 1))
    {
      const Entry *known = &g_array_index (self->entries, Entry, self->slots[slot] - 1);

      if (known->hash == hash && known->length == length
          && memcmp (self->pool->str + known->start, word, length) == 0)
        return self->slots[slot] - 1;
    }
  entry = (Entry){ (guint32)self->pool->len, (guint32)length, rubis_fuzzy_letters (word, length), hash };
  g_string_append_len (self->pool, word, (gssize)length);
  g_array_append_val (self->entries, entry);
  self->slots[slot] = self->entries->len;
  if (self->entries->len * 2 > self->n_slots)
    grow (self);
  return self->entries->len - 1;
}

static void
add_words (RubisWordIndex *self, const char *text, guint32 flag)
{
  g_autofree char *folded = rubis_text_fold (text);
  const char *cursor = folded;
  const char *word;
  gsize length;

  while (rubis_fuzzy_next_word (&cursor, &word, &length))
    {
      guint32 reference = take_entry (self, word, length) | flag;

      g_array_append_val (self->references, reference);
    }
}

guint
rubis_word_index_add (RubisWordIndex *self, const char *text, const char *context)
{
  guint32 end;

  add_words (self, text, 0);
  add_words (self, context, OF_CONTEXT);
  end = self->references->len;
  g_array_append_val (self->ends, end);
  return self->ends->len - 1;
}

guint
rubis_word_index_get_size (const RubisWordIndex *self)
{
  return self->ends->len;
}

/* How well one typed word is found in each different word; (transfer full). Where it is found as it is, slips
 * are not meant.
 */
static guint8 *
rate_entries (const RubisWordIndex *self, const RubisFuzzy *typed, guint index)
{
  guint8 *ratings = g_new (guint8, MAX (self->entries->len, 1));
  guint8 best = 0;

  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *entry = &g_array_index (self->entries, Entry, i);

      ratings[i] = (guint8)rubis_fuzzy_rate_word (typed, index, self->pool->str + entry->start, entry->length,
                                                  entry->letters, NULL);
      best = MAX (best, ratings[i]);
    }
  for (guint i = 0; i < self->entries->len && best == RUBIS_FUZZY_EQUAL; i++)
    {
      if (ratings[i] < RUBIS_FUZZY_INSIDE)
        ratings[i] = 0;
    }
  return ratings;
}

static int
rate_text (const RubisWordIndex *self, const RubisFuzzy *typed, GPtrArray *entry_ratings, guint number,
           int *ratings)
{
  guint32 end = g_array_index (self->ends, guint32, number);
  guint32 start = number > 0 ? g_array_index (self->ends, guint32, number - 1) : 0;
  guint n_own = 0;

  for (guint i = 0; i < entry_ratings->len; i++)
    {
      const guint8 *of_entry = g_ptr_array_index (entry_ratings, i);
      gboolean digits = g_ascii_isdigit (rubis_fuzzy_get_word (typed, i)[0]);
      int best = 0;

      for (guint32 r = start; r < end; r++)
        {
          guint32 reference = g_array_index (self->references, guint32, r);
          int rating = of_entry[reference & ~OF_CONTEXT];

          /* Digits in the middle of a VAT number say nothing. */
          if ((reference & OF_CONTEXT) != 0)
            rating = digits && rating < BEGINNING ? 0 : rating * CONTEXT_PERCENT / 100;
          best = MAX (best, rating);
        }
      ratings[i] = best;
      if (best == 0 && rubis_fuzzy_is_required (typed, i))
        return 0;
    }
  for (guint32 r = start; r < end; r++)
    n_own += (g_array_index (self->references, guint32, r) & OF_CONTEXT) == 0;
  return rubis_fuzzy_join_ratings (typed, ratings, n_own);
}

static int
compare_hits (gconstpointer a, gconstpointer b)
{
  const RubisWordHit *first = a;
  const RubisWordHit *second = b;

  if (first->rating != second->rating)
    return first->rating > second->rating ? -1 : 1;
  return (first->number > second->number) - (first->number < second->number);
}

GArray *
rubis_word_index_find (const RubisWordIndex *self, const RubisFuzzy *typed, guint limit)
{
  GArray *hits = g_array_new (FALSE, FALSE, sizeof (RubisWordHit));
  g_autoptr (GPtrArray) entry_ratings = g_ptr_array_new_with_free_func (g_free);
  g_autofree int *ratings = g_new0 (int, MAX (rubis_fuzzy_n_words (typed), 1));

  for (guint i = 0; i < rubis_fuzzy_n_words (typed); i++)
    g_ptr_array_add (entry_ratings, rate_entries (self, typed, i));
  for (guint number = 0; number < self->ends->len && entry_ratings->len > 0; number++)
    {
      RubisWordHit hit = { number, rate_text (self, typed, entry_ratings, number, ratings) };

      if (hit.rating > 0)
        g_array_append_val (hits, hit);
    }
  g_array_sort (hits, compare_hits);
  if (hits->len > limit)
    g_array_set_size (hits, limit);
  return hits;
}
