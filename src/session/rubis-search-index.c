#include "rubis-search-index.h"

#include "rubis-session-private.h"
#include "rubis-typed-number.h"
#include "rubis-word-index.h"

/* Of a number that is found in a part. */
#define DIGITS_RATING 700

/* Words, and whose they are. */
typedef struct
{
  RubisWordIndex *words; /* (owned) (nullable) */
  GArray *ids;           /* (owned) (nullable) (element-type gint64) */
} Names;

struct _RubisSearchIndex
{
  GMutex mutex;
  RubisDatabase *reader; /* (owned) (nullable) the one that tells whether something was written */
  gint64 version;
  Names names[RUBIS_N_SEARCH_TABLES];
  Names numbers[RUBIS_N_SEARCH_TABLES];
};

RubisSearchIndex *
rubis_search_index_new (void)
{
  RubisSearchIndex *self = g_new0 (RubisSearchIndex, 1);

  g_mutex_init (&self->mutex);
  return self;
}

static void
clear_names (Names *names)
{
  g_clear_pointer (&names->words, rubis_word_index_free);
  g_clear_pointer (&names->ids, g_array_unref);
}

static void
forget (RubisSearchIndex *self)
{
  for (guint i = 0; i < RUBIS_N_SEARCH_TABLES; i++)
    {
      clear_names (&self->names[i]);
      clear_names (&self->numbers[i]);
    }
}

void
rubis_search_index_clear (RubisSearchIndex *self)
{
  g_mutex_lock (&self->mutex);
  forget (self);
  g_clear_pointer (&self->reader, rubis_database_free);
  g_mutex_unlock (&self->mutex);
}

void
rubis_search_index_free (RubisSearchIndex *self)
{
  rubis_search_index_clear (self);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

static void
add_name (Names *names, gint64 id, const char *text, const char *context)
{
  rubis_word_index_add (names->words, text, context);
  g_array_append_val (names->ids, id);
}

typedef struct
{
  Names *names;
  Names *numbers;
} Load;

static void
add_text (const RubisSearchText *text, gpointer user_data)
{
  Load *load = user_data;

  add_name (load->names, text->id, text->text, text->context);
  for (gsize i = 0; i < G_N_ELEMENTS (text->phones); i++)
    {
      g_autofree char *digits = text->phones[i][0] != '\0' ? rubis_typed_digits (text->phones[i]) : NULL;

      if (digits != NULL && digits[0] != '\0')
        add_name (load->numbers, text->id, digits, "");
    }
}

static gboolean
load_all (RubisSearchIndex *self, GCancellable *cancellable, GError **error)
{
  forget (self);
  for (guint i = 0; i < RUBIS_N_SEARCH_TABLES; i++)
    {
      Load load = { &self->names[i], &self->numbers[i] };

      self->names[i] = (Names){ rubis_word_index_new (), g_array_new (FALSE, FALSE, sizeof (gint64)) };
      self->numbers[i] = (Names){ rubis_word_index_new (), g_array_new (FALSE, FALSE, sizeof (gint64)) };
      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !rubis_store_each_search_text (self->reader, i, add_text, &load, error))
        {
          forget (self);
          return FALSE;
        }
    }
  return TRUE;
}

gboolean
rubis_search_index_prepare (RubisSearchIndex *self, RubisSession *session, GCancellable *cancellable,
                            GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  gint64 version = 0;

  if (self->reader == NULL)
    self->reader = rubis_session_take_reader (session, error);
  /* Asked before reading: what is written meanwhile is read again the next time. */
  if (self->reader == NULL || !rubis_store_get_data_version (self->reader, &version, error))
    return FALSE;
  if (self->names[0].words != NULL && self->version == version)
    return TRUE;
  self->version = version;
  return load_all (self, cancellable, error);
}

static gboolean
has_hit (GArray *hits, gint64 id)
{
  for (guint i = 0; i < hits->len; i++)
    {
      if (g_array_index (hits, RubisSearchHit, i).id == id)
        return TRUE;
    }
  return FALSE;
}

/* @rating: 0 for that of the words. */
static GArray *
find (const Names *names, const RubisFuzzy *typed, guint limit, int rating)
{
  GArray *hits = g_array_new (FALSE, FALSE, sizeof (RubisSearchHit));
  g_autoptr (GArray) found = NULL;

  if (names->words == NULL)
    return hits;
  found = rubis_word_index_find (names->words, typed, limit);
  for (guint i = 0; i < found->len; i++)
    {
      const RubisWordHit *hit = &g_array_index (found, RubisWordHit, i);
      RubisSearchHit row
          = { g_array_index (names->ids, gint64, hit->number), rating != 0 ? rating : hit->rating };

      if (limit > 100 || !has_hit (hits, row.id))
        g_array_append_val (hits, row);
    }
  return hits;
}

GArray *
rubis_search_index_find (RubisSearchIndex *self, RubisSearchTable table, const RubisFuzzy *typed, guint limit)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return find (&self->names[table], typed, limit, 0);
}

GArray *
rubis_search_index_find_digits (RubisSearchIndex *self, RubisSearchTable table, const char *digits,
                                guint limit)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  g_autoptr (RubisFuzzy) typed = rubis_fuzzy_new (digits);

  return find (&self->numbers[table], typed, limit, DIGITS_RATING);
}
