/* Stopping and resuming the dunning of items. */
#include "rubis-session-edits-private.h"

#include <glib/gi18n-lib.h>

#include "rubis-account-card.h"
#include "rubis-store-items.h"

typedef struct {
  gint64 item_id;
  RubisItemStop item_stop;
} StopState;

static void
stop_state_clear (gpointer data)
{
  StopState *state = data;

  rubis_item_stop_clear (&state->item_stop);
}

/* One line for each account whose items are concerned. */
static gboolean
note_accounts (RubisSession *session, RubisDatabase *db, RubisEdit *edit, GArray *states, GError **error)
{
  for (guint i = 0; i < states->len; i++)
    {
      gint64 account_id = g_array_index (states, StopState, i).item_stop.account_id;
      gboolean noted = FALSE;

      for (guint j = 0; j < i && !noted; j++)
        noted = g_array_index (states, StopState, j).item_stop.account_id == account_id;
      if (!noted && !rubis_journaled_edit_note (session, db, edit, account_id, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
swap_stops (RubisSession *session, RubisStore *store, RubisEdit *edit, GError **error)
{
  RubisJournaledEdit *journaled = edit->data;
  GArray *states = journaled->state;
  RubisDatabase *db = rubis_store_get_database (store);
  g_autoptr(GArray) before = g_array_new (FALSE, TRUE, sizeof (StopState));

  g_array_set_clear_func (before, stop_state_clear);
  g_array_set_size (before, states->len);
  for (guint i = 0; i < states->len; i++)
    {
      const StopState *wanted = &g_array_index (states, StopState, i);
      StopState *old = &g_array_index (before, StopState, i);

      old->item_id = wanted->item_id;
      if (!rubis_store_load_item_stop (db, wanted->item_id, &old->item_stop, error))
        {
          if (error != NULL && *error == NULL)
            g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("This item is not in the dossier any more."));
          return FALSE;
        }
      if (!rubis_store_set_item_stop (db, wanted->item_id, wanted->item_stop.stop, wanted->item_stop.reason,
                                      wanted->item_stop.until, error))
        return FALSE;
    }
  if (!note_accounts (session, db, edit, before, error))
    return FALSE;
  g_array_unref (states);
  journaled->state = g_steal_pointer (&before);
  journaled->n_swaps++;
  return TRUE;
}

/* "F-1042, F-1043, … (12)" and why. */
static char *
describe_items (GArray *states, const char *reason)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < states->len && i < 20; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", g_array_index (states, StopState, i).item_stop.number);
  if (states->len > 20)
    g_string_append_printf (text, ", … (%u)", states->len);
  if (*reason != '\0')
    g_string_append_printf (text, " · %s", reason);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* The items whose stop is not yet as wanted. (transfer full) (nullable) */
static GArray *
collect_stops (RubisSession *self, GArray *item_ids, const RubisItemStop *wanted, GError **error)
{
  RubisDatabase *db = rubis_session_take_reader (self, error);
  g_autoptr(GArray) states = g_array_new (FALSE, TRUE, sizeof (StopState));
  g_autoptr(GError) load_error = NULL;

  if (db == NULL)
    return NULL;
  g_array_set_clear_func (states, stop_state_clear);
  for (guint i = 0; i < item_ids->len && load_error == NULL; i++)
    {
      StopState state = { .item_id = g_array_index (item_ids, gint64, i) };

      /* An item that went meanwhile needs no stop. */
      if (!rubis_store_load_item_stop (db, state.item_id, &state.item_stop, &load_error))
        continue;
      if (state.item_stop.stop == wanted->stop && state.item_stop.until == wanted->until
          && g_str_equal (state.item_stop.reason, wanted->reason))
        {
          rubis_item_stop_clear (&state.item_stop);
          continue;
        }
      state.item_stop.stop = wanted->stop;
      state.item_stop.until = wanted->until;
      g_free (state.item_stop.reason);
      state.item_stop.reason = g_strdup (wanted->reason);
      g_array_append_val (states, state);
    }
  rubis_session_return_reader (self, db);
  if (load_error == NULL)
    return g_steal_pointer (&states);
  g_propagate_error (error, g_steal_pointer (&load_error));
  return NULL;
}

gboolean
rubis_session_set_items_stop (RubisSession *self, GArray *item_ids, gboolean stop, const char *reason,
                              RubisDate until, GError **error)
{
  RubisItemStop wanted = { .stop = stop, .reason = (char *) (stop && reason != NULL ? reason : ""),
                           .until = stop ? until : RUBIS_DATE_NONE };
  g_autoptr(GArray) states = NULL;
  g_autofree char *label = NULL;
  g_autofree char *why = NULL;
  g_autofree char *detail = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && item_ids != NULL, FALSE);

  if (!rubis_edits_check_until (self, stop, until, error))
    return FALSE;
  states = collect_stops (self, item_ids, &wanted, error);
  if (states == NULL)
    return FALSE;
  if (states->len == 0)
    return TRUE;
  label = g_strdup_printf (stop ? ngettext ("Dunning of %u item stopped", "Dunning of %u items stopped", states->len)
                                : ngettext ("Dunning of %u item resumed", "Dunning of %u items resumed", states->len),
                           states->len);
  why = rubis_edits_describe_stop (wanted.reason, wanted.until);
  detail = describe_items (states, why);
  return rubis_session_do_edit (self,
                                rubis_journaled_edit_new (label, stop ? "stop" : "unstop", detail, swap_stops,
                                                          g_steal_pointer (&states), (GDestroyNotify) g_array_unref),
                                error);
}
