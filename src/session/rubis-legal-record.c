/* What the journal keeps of a legal file, and handing invoices over. */
#include "rubis-legal-file-private.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

#include "rubis-format.h"
#include "rubis-session-edits-private.h"
#include "rubis-store-items.h"

typedef struct
{
  RubisSession *session;
  const RubisLegalFile *file;
  const char *summary;
  const char *data;
} Keeping;

static gboolean
write_event (RubisStore *store, gpointer user_data, GError **error)
{
  const Keeping *keeping = user_data;
  RubisDatabase *db = rubis_store_get_database (store);
  g_autoptr (RubisEventRecord) event = rubis_session_new_event (
      keeping->session, "legal-file", keeping->file->account_id, keeping->summary, keeping->data);

  if (!rubis_store_append_event (db, event, error))
    return FALSE;
  for (guint i = 0; i < keeping->file->items->len; i++)
    {
      const RubisLegalItem *item = g_ptr_array_index (keeping->file->items, i);

      if (!rubis_store_link_event_item (db, event->id, item->id, RUBIS_EVENT_NO_LEVEL, event->date, error))
        return FALSE;
    }
  return TRUE;
}

/* The fingerprint by which a file on paper or disk is known again. */
static char *
make_data (const RubisLegalFile *file, const char *file_name, GBytes *content, guint n_pages)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) root = json_node_alloc ();
  g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, content);
  g_autofree char *total = rubis_money_to_string (file->total, file->currency);

  json_object_set_string_member (object, "file", file_name);
  json_object_set_string_member (object, "sha256", sha256);
  json_object_set_int_member (object, "pages", n_pages);
  json_object_set_int_member (object, "exhibits", file->exhibits->len);
  json_object_set_string_member (object, "court", file->court);
  json_object_set_string_member (object, "amount", total);
  json_object_set_string_member (object, "currency", file->currency.code);
  json_node_init_object (root, object);
  return json_to_string (root, FALSE);
}

gboolean
rubis_session_keep_legal_file (RubisSession *self, const RubisLegalFile *file, const char *file_name,
                               GBytes *content, guint n_pages, GError **error)
{
  g_autofree char *amount = NULL;
  g_autofree char *summary = NULL;
  g_autofree char *data = NULL;
  Keeping keeping = { .session = self, .file = file };
  RubisStore *store;
  gboolean done = FALSE;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), FALSE);
  g_return_val_if_fail (file != NULL && file_name != NULL && content != NULL, FALSE);

  amount = rubis_format_amount (file->total, file->currency, rubis_format_ui_language ());
  summary = g_strdup_printf (_ ("Legal file made: %s, %u exhibits, %u pages"), amount, file->exhibits->len,
                             n_pages);
  data = make_data (file, file_name, content, n_pages);
  keeping.summary = summary;
  keeping.data = data;
  store = rubis_session_lock (self);
  if (store == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED, _ ("The dossier is closed."));
  else
    done = rubis_store_transact (store, write_event, &keeping, error);
  rubis_session_unlock (self);
  if (done)
    rubis_session_mark_changed (self);
  return done;
}

/* An item that is handed over, or taken back by undo. */
typedef struct
{
  gint64 item_id;
  gint64 account_id;
  gboolean with_agent;
} HandOver;

static gboolean
swap_hand_over (RubisSession *session, RubisStore *store, RubisEdit *edit, GError **error)
{
  RubisJournaledEdit *journaled = edit->data;
  GArray *states = journaled->state;
  RubisDatabase *db = rubis_store_get_database (store);
  gint64 account_id = 0;

  for (guint i = 0; i < states->len; i++)
    {
      HandOver *state = &g_array_index (states, HandOver, i);

      if (!rubis_store_set_item_with_agent (db, state->item_id, state->with_agent, NULL, error))
        return FALSE;
    }
  for (guint i = 0; i < states->len; i++)
    {
      const HandOver *state = &g_array_index (states, HandOver, i);

      if (state->account_id != account_id
          && !rubis_journaled_edit_note (session, db, edit, state->account_id, error))
        return FALSE;
      account_id = state->account_id;
    }
  for (guint i = 0; i < states->len; i++)
    g_array_index (states, HandOver, i).with_agent = !g_array_index (states, HandOver, i).with_agent;
  journaled->n_swaps++;
  return TRUE;
}

static gboolean
read_state (const RubisItemRecord *item, gpointer user_data)
{
  HandOver *state = user_data;

  state->account_id = item->account_id;
  state->with_agent = item->with_agent;
  return TRUE;
}

/* Those that are not handed over yet. */
static GArray *
list_states (RubisSession *self, GArray *item_ids, GError **error)
{
  g_autoptr (GArray) states = g_array_new (FALSE, TRUE, sizeof (HandOver));
  RubisDatabase *db = rubis_session_take_reader (self, error);
  gboolean done = db != NULL;

  for (guint i = 0; i < item_ids->len && done; i++)
    {
      HandOver state = { .item_id = g_array_index (item_ids, gint64, i) };
      gboolean found = FALSE;

      done = rubis_store_visit_item (db, state.item_id, read_state, &state, &found, error);
      if (!done || !found || state.with_agent)
        continue;
      state.with_agent = TRUE;
      g_array_append_val (states, state);
    }
  if (db != NULL)
    rubis_session_return_reader (self, db);
  return done ? g_steal_pointer (&states) : NULL;
}

gboolean
rubis_session_transmit_items (RubisSession *self, GArray *item_ids, const char *to, GError **error)
{
  g_autoptr (GArray) states = NULL;
  g_autofree char *label = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), FALSE);
  g_return_val_if_fail (item_ids != NULL, FALSE);

  states = list_states (self, item_ids, error);
  if (states == NULL)
    return FALSE;
  if (states->len == 0)
    return TRUE;
  label = g_strdup_printf (ngettext ("%u invoice handed over", "%u invoices handed over", states->len),
                           states->len);
  return rubis_session_do_edit (self,
                                rubis_journaled_edit_new (label, "transmitted", to, swap_hand_over,
                                                          g_steal_pointer (&states),
                                                          (GDestroyNotify)g_array_unref),
                                error);
}
