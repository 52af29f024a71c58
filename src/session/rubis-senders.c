#include "rubis-senders-private.h"

#include <glib/gi18n-lib.h>

#include "rubis-import-preview.h"
#include "rubis-sender-check.h"
#include "rubis-sender-fields.h"
#include "rubis-session-edits-private.h"
#include "rubis-store-senders.h"
#include "rubis-types.h"

/* Where the folder stands that the schema puts in: after all others. */
#define LAST_POSITION 1000

/* What saving or removing puts in, then what it took out. */
typedef struct
{
  RubisSender *sender; /* (owned) its id is 0 before it is stored for the first time */
  gboolean removed;
  GArray *moves; /* (owned) (element-type RubisSenderMove) waiting messages that get another sender */
} SenderState;

static SenderState *
sender_state_new (const RubisSender *sender, gboolean removed)
{
  SenderState *state = g_new0 (SenderState, 1);

  state->sender = rubis_sender_copy (sender);
  state->removed = removed;
  state->moves = g_array_new (FALSE, TRUE, sizeof (RubisSenderMove));
  return state;
}

static void
sender_state_free (gpointer data)
{
  SenderState *state = data;

  rubis_sender_free (state->sender);
  g_array_unref (state->moves);
  g_free (state);
}

/* Another box than before is read from its beginning. */
static gboolean
is_same_mailbox (const RubisSender *a, const RubisSender *b)
{
  return a->transport == b->transport && g_str_equal (a->email, b->email) && g_str_equal (a->user, b->user)
         && g_str_equal (a->server, b->server) && g_str_equal (a->imap_server, b->imap_server);
}

/* A sender is never deleted: undone, one that was added is marked as removed, so that its id does not come
 * again and reach the secrets of another.
 */
static gboolean
swap_record (RubisDatabase *db, SenderState *state, GError **error)
{
  g_autoptr (RubisSender) before = NULL;
  gboolean removed = FALSE;

  if (state->sender->id == 0)
    {
      if (!rubis_store_insert_sender (db, state->sender, error))
        return FALSE;
      state->removed = TRUE;
      return TRUE;
    }
  before = rubis_store_load_sender (db, state->sender->id, &removed, error);
  if (before == NULL || !rubis_store_update_sender (db, state->sender, state->removed, error))
    return FALSE;
  if (!is_same_mailbox (before, state->sender)
      && !rubis_store_set_sender_cursor (db, before->id, "", 0, error))
    return FALSE;
  rubis_sender_free (state->sender);
  state->sender = g_steal_pointer (&before);
  state->removed = removed;
  return TRUE;
}

static gboolean
swap_sender (RubisSession *session, RubisStore *store, RubisEdit *edit, GError **error)
{
  RubisJournaledEdit *journaled = edit->data;
  SenderState *state = journaled->state;
  RubisDatabase *db = rubis_store_get_database (store);

  if (!swap_record (db, state, error))
    return FALSE;
  for (guint i = 0; i < state->moves->len; i++)
    {
      if (!rubis_store_swap_outbox_sender (db, &g_array_index (state->moves, RubisSenderMove, i), error))
        return FALSE;
    }
  if (!rubis_journaled_edit_note (session, db, edit, 0, error))
    return FALSE;
  journaled->n_swaps++;
  return TRUE;
}

GPtrArray *
rubis_session_list_senders (RubisSession *self, GError **error)
{
  RubisDatabase *db;
  GPtrArray *senders;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);

  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return NULL;
  senders = rubis_store_list_senders (db, error);
  rubis_session_return_reader (self, db);
  return senders;
}

static RubisSender *
find_in (GPtrArray *senders, gint64 id, const char *name)
{
  for (guint i = 0; i < senders->len; i++)
    {
      const RubisSender *sender = g_ptr_array_index (senders, i);

      if (id != 0 ? sender->id == id : g_str_equal (sender->name, name))
        return rubis_sender_copy (sender);
    }
  return NULL;
}

RubisSender *
rubis_session_find_sender (RubisSession *self, const char *name, GError **error)
{
  g_autoptr (GPtrArray) senders = NULL;
  RubisSender *found;
  gint64 id = 0;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && name != NULL, NULL);

  senders = rubis_session_list_senders (self, error);
  if (senders == NULL)
    return NULL;
  if (!g_ascii_string_to_signed (name, 10, 1, G_MAXINT64, &id, NULL))
    id = 0;
  found = find_in (senders, id, name);
  if (found == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("There is no sender “%s”."), name);
  return found;
}

/* The place after those that the user added, for a new one that has none. */
static void
give_position (RubisSender *sender, GPtrArray *senders)
{
  int last = 0;

  if (sender->id != 0 || sender->position != 0)
    return;
  for (guint i = 0; i < senders->len; i++)
    {
      const RubisSender *other = g_ptr_array_index (senders, i);

      if (other->position < LAST_POSITION)
        last = MAX (last, other->position);
    }
  sender->position = last + 1;
}

static gboolean
check_sender (RubisSender *sender, GPtrArray *senders, GError **error)
{
  g_autoptr (RubisSender) same = NULL;

  if (!rubis_sender_check (sender, NULL, error))
    return FALSE;
  same = find_in (senders, 0, sender->name);
  if (same == NULL || same->id == sender->id)
    return TRUE;
  g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
               _ ("Name: there is already a sender “%s”; choose another name."), sender->name);
  return FALSE;
}

static gboolean
set_edited (RubisSession *self, SenderState *state, const char *label, const char *detail, GError **error)
{
  return rubis_session_do_edit (
      self, rubis_journaled_edit_new (label, "sender", detail, swap_sender, state, sender_state_free), error);
}

/* The id that the sender got. */
static gboolean
add_sender (RubisSession *self, RubisSender *sender, const char *label, GError **error)
{
  g_autoptr (RubisSender) stored = NULL;

  if (!set_edited (self, sender_state_new (sender, FALSE), label, NULL, error))
    return FALSE;
  stored = rubis_session_find_sender (self, sender->name, error);
  if (stored == NULL)
    return FALSE;
  sender->id = stored->id;
  return TRUE;
}

/* Which settings differ, as users call them: "Server, Port". Addresses stay out of the journal. */
static char *
list_changes (const RubisSender *before, const RubisSender *after)
{
  const char *const *fields = rubis_sender_list_fields ();
  GString *changes = g_string_new (NULL);

  for (int i = 0; fields[i] != NULL; i++)
    {
      g_autofree char *old = rubis_sender_dup_field (before, fields[i]);
      g_autofree char *new = rubis_sender_dup_field (after, fields[i]);

      if (!g_str_equal (old, new))
        g_string_append_printf (changes, "%s%s", changes->len > 0 ? ", " : "",
                                rubis_sender_field_to_label (fields[i]));
    }
  return g_string_free (changes, FALSE);
}

/* What the server asked to wait for may be mended now. */
gboolean
rubis_session_save_sender (RubisSession *self, RubisSender *sender, GError **error)
{
  g_autoptr (GPtrArray) senders = NULL;
  g_autoptr (RubisSender) before = NULL;
  g_autofree char *label = NULL;
  g_autofree char *detail = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && sender != NULL, FALSE);

  g_strstrip (sender->name);
  senders = rubis_session_list_senders (self, error);
  if (senders == NULL || !check_sender (sender, senders, error))
    return FALSE;
  give_position (sender, senders);
  sender->wait_until = 0;
  rubis_sender_set (sender, wait_reason, "");
  if (sender->id == 0)
    {
      label = g_strdup_printf (_ ("Sender added: %s"), sender->name);
      return add_sender (self, sender, label, error);
    }
  before = find_in (senders, sender->id, NULL);
  if (before == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("There is no sender “%s”."), sender->name);
      return FALSE;
    }
  label = g_strdup_printf (_ ("Sender changed: %s"), sender->name);
  detail = list_changes (before, sender);
  return set_edited (self, sender_state_new (sender, FALSE), label, detail, error);
}

/* FALSE: such a message leaves by no sender. */
static gboolean
get_parcel_kind (RubisChannel channel, RubisParcelKind *kind)
{
  switch ((int)channel)
    {
    case RUBIS_CHANNEL_EMAIL:
      *kind = RUBIS_PARCEL_EMAIL;
      return TRUE;
    case RUBIS_CHANNEL_SMS:
      *kind = RUBIS_PARCEL_SMS;
      return TRUE;
    case RUBIS_CHANNEL_LETTER:
      *kind = RUBIS_PARCEL_LETTER;
      return TRUE;
    case RUBIS_CHANNEL_REGISTERED:
      *kind = RUBIS_PARCEL_REGISTERED;
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
choose_next (RubisDatabase *db, gint64 without, GArray *moves, GError **error)
{
  for (guint i = 0; i < moves->len; i++)
    {
      RubisSenderMove *move = &g_array_index (moves, RubisSenderMove, i);
      g_autoptr (RubisSender) next = NULL;
      g_autoptr (GError) choose_error = NULL;
      RubisParcelKind kind;

      if (get_parcel_kind ((RubisChannel)move->channel, &kind))
        next = rubis_store_choose_sender (db, kind, g_get_user_name (), without, &choose_error);
      if (choose_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&choose_error));
          return FALSE;
        }
      /* What was to leave through a server waits rather than becoming a file. */
      move->sender_id = next != NULL && next->transport != RUBIS_TRANSPORT_FOLDER ? next->id : 0;
    }
  return TRUE;
}

/* Letters were given to one provider at its price: they do not go to another by themselves. */
static gboolean
has_letters (GArray *moves)
{
  for (guint i = 0; i < moves->len; i++)
    {
      int channel = g_array_index (moves, RubisSenderMove, i).channel;

      if (channel == RUBIS_CHANNEL_LETTER || channel == RUBIS_CHANNEL_REGISTERED)
        return TRUE;
    }
  return FALSE;
}

/* The waiting messages of @sender, with the sender that each gets. NULL while one is being sent. */
static GArray *
plan_moves (RubisSession *self, const RubisSender *sender, GError **error)
{
  g_autoptr (GArray) moves = NULL;
  RubisDatabase *db = rubis_session_take_reader (self, error);
  gboolean sending = FALSE;

  if (db == NULL)
    return NULL;
  if (rubis_store_is_sending_by (db, sender->id, &sending, error))
    moves = rubis_store_list_waiting_of (db, sender->id, error);
  if (moves != NULL && !choose_next (db, sender->id, moves, error))
    g_clear_pointer (&moves, g_array_unref);
  rubis_session_return_reader (self, db);
  if (moves != NULL && !sending && has_letters (moves))
    {
      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE,
                   _ ("Letters wait to be posted by “%s”: take them back in the outbox first, they go to the printer "
                      "again."),
                   sender->name);
      return NULL;
    }
  if (moves == NULL || !sending)
    return g_steal_pointer (&moves);
  g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE,
               _ ("“%s” is sending a message: wait until it is done."), sender->name);
  return NULL;
}

gboolean
rubis_session_remove_sender (RubisSession *self, gint64 id, GError **error)
{
  g_autoptr (GPtrArray) senders = NULL;
  g_autoptr (RubisSender) sender = NULL;
  g_autoptr (GArray) moves = NULL;
  g_autofree char *label = NULL;
  SenderState *state;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), FALSE);

  senders = rubis_session_list_senders (self, error);
  if (senders == NULL)
    return FALSE;
  sender = find_in (senders, id, NULL);
  if (sender == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                   _ ("This sender is not in the dossier any more."));
      return FALSE;
    }
  moves = plan_moves (self, sender, error);
  if (moves == NULL || !rubis_session_forget_secrets (self, sender, error))
    return FALSE;
  state = sender_state_new (sender, TRUE);
  g_array_append_vals (state->moves, moves->data, moves->len);
  label = g_strdup_printf (_ ("Sender removed: %s"), sender->name);
  return set_edited (self, state, label, NULL, error);
}

RubisSender *
rubis_session_choose_sender (RubisSession *self, RubisParcelKind kind, GError **error)
{
  RubisDatabase *db;
  RubisSender *sender;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);

  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return NULL;
  sender = rubis_store_choose_sender (db, kind, g_get_user_name (), 0, error);
  rubis_session_return_reader (self, db);
  return sender;
}
