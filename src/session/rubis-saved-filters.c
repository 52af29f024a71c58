#include "rubis-saved-filters.h"

#include <glib/gi18n-lib.h>

#include "rubis-import-preview.h"
#include "rubis-session-edits-private.h"
#include "rubis-store-filters.h"
#include "rubis-text.h"

#define MAX_NAME 60

/* What an edit puts in, then what it took out. */
typedef struct
{
  RubisFilterRecord *filter; /* (owned) its id is 0 before it is stored for the first time */
  gboolean gone;             /* there shall be no such filter */
} FilterState;

static void
filter_state_free (gpointer data)
{
  FilterState *state = data;

  rubis_filter_record_free (state->filter);
  g_free (state);
}

void
rubis_saved_filter_free (RubisSavedFilter *self)
{
  g_free (self->name);
  g_free (self->body);
  g_free (self);
}

static gboolean
swap_filter (RubisSession *session, RubisStore *store, RubisEdit *edit, GError **error)
{
  RubisJournaledEdit *journaled = edit->data;
  FilterState *state = journaled->state;
  RubisDatabase *db = rubis_store_get_database (store);
  g_autoptr (GError) load_error = NULL;
  g_autoptr (RubisFilterRecord) before = rubis_store_load_filter (db, state->filter->id, &load_error);
  gint64 id = state->filter->id;

  if (load_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&load_error));
      return FALSE;
    }
  if ((state->gone ? !rubis_store_delete_filter (db, id, error)
                   : !rubis_store_put_filter (db, state->filter, error))
      || !rubis_journaled_edit_note (session, db, edit, 0, error))
    {
      state->filter->id = id;
      return FALSE;
    }
  state->gone = before == NULL;
  if (before != NULL)
    {
      rubis_filter_record_free (state->filter);
      state->filter = g_steal_pointer (&before);
    }
  journaled->n_swaps++;
  return TRUE;
}

/* (transfer full) (element-type RubisFilterRecord) */
static GPtrArray *
list_records (RubisSession *self, const char *place, GError **error)
{
  RubisDatabase *db = rubis_session_take_reader (self, error);
  GPtrArray *records;

  if (db == NULL)
    return NULL;
  records = rubis_store_list_filters (db, place, error);
  rubis_session_return_reader (self, db);
  return records;
}

static RubisSavedFilter *
saved_filter_new (const RubisFilterRecord *record)
{
  RubisSavedFilter *filter = g_new0 (RubisSavedFilter, 1);

  filter->id = record->id;
  filter->name = g_strdup (record->name);
  filter->body = g_strdup (record->body);
  return filter;
}

GPtrArray *
rubis_session_list_filters (RubisSession *self, const char *place, GError **error)
{
  g_autoptr (GPtrArray) records = NULL;
  GPtrArray *filters;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && place != NULL, NULL);

  records = list_records (self, place, error);
  if (records == NULL)
    return NULL;
  filters = g_ptr_array_new_with_free_func ((GDestroyNotify)rubis_saved_filter_free);
  for (guint i = 0; i < records->len; i++)
    g_ptr_array_add (filters, saved_filter_new (g_ptr_array_index (records, i)));
  return filters;
}

static RubisFilterRecord *
find_by_name (GPtrArray *records, const char *name)
{
  g_autofree char *wanted = rubis_text_fold (name);

  for (guint i = 0; i < records->len; i++)
    {
      RubisFilterRecord *record = g_ptr_array_index (records, i);
      g_autofree char *folded = rubis_text_fold (record->name);

      if (g_str_equal (folded, wanted))
        return record;
    }
  return NULL;
}

RubisSavedFilter *
rubis_session_find_filter (RubisSession *self, const char *place, const char *name, GError **error)
{
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GString) names = g_string_new (NULL);
  const RubisFilterRecord *found;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && place != NULL && name != NULL, NULL);

  records = list_records (self, place, error);
  if (records == NULL)
    return NULL;
  found = find_by_name (records, name);
  if (found != NULL)
    return saved_filter_new (found);
  for (guint i = 0; i < records->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "",
                            ((const RubisFilterRecord *)g_ptr_array_index (records, i))->name);
  if (records->len == 0)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                 _ ("There is no filter “%s”: none was saved for this place yet."), name);
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("There is no filter “%s”. There are: %s."), name,
                 names->str);
  return NULL;
}

/* Without blanks at the ends. (transfer full) (nullable) */
static char *
read_name (const char *name, GError **error)
{
  g_autofree char *plain = rubis_text_normalise_spaces (name);

  if (*plain == '\0')
    g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE, _ ("A filter needs a name."));
  else if (g_utf8_strlen (plain, -1) > MAX_NAME)
    g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
                 _ ("The name of a filter has %d letters at most: shorten “%s”."), MAX_NAME, plain);
  else
    return g_steal_pointer (&plain);
  return NULL;
}

/* @record: (transfer full) */
static gboolean
do_filter (RubisSession *self, RubisFilterRecord *record, gboolean gone, const char *label, GError **error)
{
  FilterState *state = g_new0 (FilterState, 1);

  state->filter = record;
  state->gone = gone;
  return rubis_session_do_edit (
      self, rubis_journaled_edit_new (label, "filter", NULL, swap_filter, state, filter_state_free), error);
}

gint64
rubis_session_save_filter (RubisSession *self, const char *place, const char *name, const char *body,
                           GError **error)
{
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (RubisSavedFilter) saved = NULL;
  g_autofree char *plain = NULL;
  g_autofree char *label = NULL;
  const RubisFilterRecord *same;
  RubisFilterRecord *record;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && place != NULL && name != NULL && body != NULL, 0);

  plain = read_name (name, error);
  records = plain != NULL ? list_records (self, place, error) : NULL;
  if (records == NULL)
    return 0;
  same = find_by_name (records, plain);
  if (same != NULL && g_str_equal (same->body, body) && g_str_equal (same->name, plain))
    return same->id;
  record = g_new0 (RubisFilterRecord, 1);
  record->id = same != NULL ? same->id : 0;
  record->place = g_strdup (place);
  record->name = g_strdup (plain);
  record->body = g_strdup (body);
  label = g_strdup_printf (_ ("Filter saved: %s"), plain);
  if (!do_filter (self, record, FALSE, label, error))
    return 0;
  saved = rubis_session_find_filter (self, place, plain, error);
  return saved != NULL ? saved->id : 0;
}

/* (transfer full) Errors: G_IO_ERROR_NOT_FOUND. */
static RubisFilterRecord *
load_record (RubisSession *self, gint64 id, GError **error)
{
  RubisDatabase *db = rubis_session_take_reader (self, error);
  g_autoptr (GError) load_error = NULL;
  RubisFilterRecord *record;

  if (db == NULL)
    return NULL;
  record = rubis_store_load_filter (db, id, &load_error);
  rubis_session_return_reader (self, db);
  if (load_error != NULL)
    g_propagate_error (error, g_steal_pointer (&load_error));
  else if (record == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("This filter is not in the dossier any more."));
  return record;
}

gboolean
rubis_session_rename_filter (RubisSession *self, gint64 id, const char *name, GError **error)
{
  g_autoptr (RubisFilterRecord) record = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autofree char *plain = NULL;
  g_autofree char *label = NULL;
  const RubisFilterRecord *same;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && name != NULL, FALSE);

  plain = read_name (name, error);
  record = plain != NULL ? load_record (self, id, error) : NULL;
  records = record != NULL ? list_records (self, record->place, error) : NULL;
  if (records == NULL)
    return FALSE;
  same = find_by_name (records, plain);
  if (same != NULL && same->id != id)
    {
      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
                   _ ("There is already a filter “%s”: choose another name."), same->name);
      return FALSE;
    }
  if (g_str_equal (record->name, plain))
    return TRUE;
  g_free (record->name);
  record->name = g_strdup (plain);
  label = g_strdup_printf (_ ("Filter renamed: %s"), plain);
  return do_filter (self, g_steal_pointer (&record), FALSE, label, error);
}

gboolean
rubis_session_remove_filter (RubisSession *self, gint64 id, GError **error)
{
  g_autoptr (RubisFilterRecord) record = NULL;
  g_autofree char *label = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), FALSE);

  record = load_record (self, id, error);
  if (record == NULL)
    return FALSE;
  label = g_strdup_printf (_ ("Filter removed: %s"), record->name);
  return do_filter (self, g_steal_pointer (&record), TRUE, label, error);
}
