#include "rubis-callback-watch.h"

struct _RubisCallbackWatch
{
  GHashTable *said; /* (owned) ids */
  RubisDate since;  /* RUBIS_DATE_NONE: nobody looked yet */
  int since_minute;
};

RubisCallbackWatch *
rubis_callback_watch_new (void)
{
  RubisCallbackWatch *self = g_new0 (RubisCallbackWatch, 1);

  self->said = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->since = RUBIS_DATE_NONE;
  return self;
}

void
rubis_callback_watch_free (RubisCallbackWatch *self)
{
  g_hash_table_unref (self->said);
  g_free (self);
}

static gboolean
is_before (const RubisCallback *callback, RubisDate date, int minute)
{
  return callback->date < date || (callback->date == date && callback->minute < minute);
}

GArray *
rubis_callback_watch_take_due (RubisCallbackWatch *self, GPtrArray *callbacks, RubisDate today, int minute)
{
  GArray *rings = g_array_new (FALSE, FALSE, sizeof (RubisCallbackRing));

  g_return_val_if_fail (self != NULL && callbacks != NULL, rings);

  if (self->since == RUBIS_DATE_NONE)
    {
      self->since = today;
      self->since_minute = minute;
    }
  for (guint i = 0; i < callbacks->len; i++)
    {
      const RubisCallback *callback = g_ptr_array_index (callbacks, i);
      RubisCallbackRing ring = { callback, is_before (callback, self->since, self->since_minute) };

      if (callback->minute < 0 || !is_before (callback, today, minute + 1)
          || !g_hash_table_add (self->said, g_memdup2 (&callback->id, sizeof callback->id)))
        continue;
      g_array_append_val (rings, ring);
    }
  return rings;
}
