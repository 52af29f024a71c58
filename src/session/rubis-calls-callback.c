/* To call again, on the day and at the hour that the customer named. */
#include "rubis-calls-private.h"

#include <glib/gi18n-lib.h>

#include "rubis-import-preview.h"
#include "rubis-session-edits-private.h"

void
rubis_callback_free (RubisCallback *self)
{
  g_free (self->account_code);
  g_free (self->account_name);
  g_free (self->contact);
  g_free (self->reason);
  g_free (self);
}

GPtrArray *
rubis_session_list_callbacks (RubisSession *self, gint64 account_id, RubisDate to, GError **error)
{
  RubisDatabase *db;
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (GPtrArray) callbacks = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);

  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return NULL;
  lines = rubis_store_list_callbacks (db, account_id, to, error);
  rubis_session_return_reader (self, db);
  if (lines == NULL)
    return NULL;
  callbacks = g_ptr_array_new_with_free_func ((GDestroyNotify)rubis_callback_free);
  for (guint i = 0; i < lines->len; i++)
    {
      const RubisCallbackLine *line = g_ptr_array_index (lines, i);
      RubisCallback *callback = g_new0 (RubisCallback, 1);

      callback->id = line->id;
      callback->account_id = line->account_id;
      callback->account_code = g_strdup (line->account_code);
      callback->account_name = g_strdup (line->account_name);
      callback->contact_id = line->contact_id;
      callback->contact = g_strdup (line->contact);
      callback->date = line->date;
      callback->minute = line->minute;
      callback->reason = g_strdup (line->reason);
      g_ptr_array_add (callbacks, callback);
    }
  return g_steal_pointer (&callbacks);
}

/* --- edits --- */

/* A callback, and the state that the next swap gives it. */
typedef struct
{
  RubisCallbackLine *line; /* (owned) id 0: not there yet */
  const char *state;       /* (static) */
} CallbackState;

static void
callback_state_free (gpointer data)
{
  CallbackState *state = data;

  rubis_callback_line_free (state->line);
  g_free (state);
}

static gboolean
swap_callback (RubisSession *session, RubisStore *store, RubisEdit *edit, GError **error)
{
  RubisJournaledEdit *journaled = edit->data;
  CallbackState *state = journaled->state;
  RubisDatabase *db = rubis_store_get_database (store);
  gboolean done;

  if (state->line->id == 0)
    done = rubis_store_insert_callback (db, state->line, error);
  else
    done = rubis_store_set_callback_state (db, state->line->id, state->state, error);
  if (!done || !rubis_journaled_edit_note (session, db, edit, state->line->account_id, error))
    return FALSE;
  state->state = g_str_equal (state->state, "open") ? "cancelled" : "open";
  journaled->n_swaps++;
  return TRUE;
}

static gboolean
edit_callback (RubisSession *self, const char *label, RubisCallbackLine *line, const char *state, gint64 *id,
               GError **error)
{
  CallbackState *edited = g_new0 (CallbackState, 1);
  RubisEdit *edit;
  g_autofree char *reason = g_strdup (line->reason);

  edited->line = line;
  edited->state = state;
  edit = rubis_journaled_edit_new (label, "callback", reason, swap_callback, edited, callback_state_free);
  if (!rubis_session_do_edit (self, edit, error))
    return FALSE;
  if (id != NULL)
    *id = edited->line->id;
  return TRUE;
}

gint64
rubis_session_add_callback (RubisSession *self, gint64 account_id, gint64 contact_id, RubisDate date,
                            int minute, const char *reason, GError **error)
{
  g_autoptr (RubisAccountRecord) account = NULL;
  g_autofree char *label = NULL;
  g_autofree char *moment = NULL;
  RubisCallbackLine *line;
  gint64 id = 0;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), 0);

  if (date == RUBIS_DATE_NONE || date < rubis_session_get_today (self) || minute < -1 || minute >= 24 * 60)
    {
      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
                   _ ("To call back on a day that has passed is not possible: choose today or a later day."));
      return 0;
    }
  account = rubis_edits_load_account (self, account_id, error);
  if (account == NULL)
    return 0;
  moment = rubis_call_describe_moment (date, minute);
  label = g_strdup_printf (_ ("To call back on %s: %s"), moment, account->name);
  line = g_new0 (RubisCallbackLine, 1);
  line->account_id = account_id;
  line->contact_id = contact_id;
  line->date = date;
  line->minute = minute;
  line->reason = g_strdup (reason != NULL ? reason : "");
  return edit_callback (self, label, line, "open", &id, error) ? id : 0;
}

gboolean
rubis_session_cancel_callback (RubisSession *self, gint64 id, GError **error)
{
  RubisDatabase *db;
  RubisCallbackLine *line;
  g_autoptr (GError) load_error = NULL;
  g_autofree char *label = NULL;
  g_autofree char *moment = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), FALSE);

  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return FALSE;
  line = rubis_store_load_callback (db, id, &load_error);
  rubis_session_return_reader (self, db);
  if (line == NULL || !g_str_equal (line->state, "open"))
    {
      if (load_error == NULL)
        g_set_error (&load_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                     _ ("There is no such call to make again: it was made or cancelled before."));
      g_propagate_error (error, g_steal_pointer (&load_error));
      g_clear_pointer (&line, rubis_callback_line_free);
      return FALSE;
    }
  moment = rubis_call_describe_moment (line->date, line->minute);
  label = g_strdup_printf (_ ("Not to be called back on %s: %s"), moment, line->account_name);
  return edit_callback (self, label, line, "cancelled", NULL, error);
}
