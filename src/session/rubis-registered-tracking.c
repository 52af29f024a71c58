#include "rubis-registered-tracking.h"

#include <glib/gi18n-lib.h>

#include "rubis-laposte-tracking.h"
#include "rubis-senders-private.h"
#include "rubis-import-preview.h"

#define TIMEOUT 30

void
rubis_tracked_letter_free (RubisTrackedLetter *self)
{
  g_free (self->number);
  g_free (self->account_code);
  g_free (self->account_name);
  g_free (self->words);
  g_free (self);
}

/* (transfer full) (nullable) */
static RubisSender *
find_tracker (RubisSession *self, GError **error)
{
  g_autoptr (GPtrArray) senders = rubis_session_list_senders (self, error);

  for (guint i = 0; senders != NULL && i < senders->len; i++)
    {
      const RubisSender *sender = g_ptr_array_index (senders, i);

      if (sender->transport == RUBIS_TRANSPORT_LAPOSTE && sender->active)
        return rubis_sender_copy (sender);
    }
  return NULL;
}

gboolean
rubis_session_can_track (RubisSession *self)
{
  g_autoptr (RubisSender) sender = find_tracker (self, NULL);

  return sender != NULL;
}

static gboolean
is_wanted (const RubisRegisteredLetter *letter, GArray *ids)
{
  if (letter->number[0] == '\0' || rubis_registered_state_is_closed (letter->course.state))
    return FALSE;
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      if (g_array_index (ids, gint64, i) == letter->id)
        return TRUE;
    }
  return ids == NULL
         && (letter->course.state == RUBIS_REGISTERED_DEPOSITED
             || letter->course.state == RUBIS_REGISTERED_PRESENTED);
}

static const RubisTracking *
find_tracking (GPtrArray *found, const char *number)
{
  for (guint i = 0; i < found->len; i++)
    {
      const RubisTracking *tracking = g_ptr_array_index (found, i);

      if (g_str_equal (tracking->number, number))
        return tracking;
    }
  return NULL;
}

static gboolean
advance (RubisSession *self, gint64 id, RubisRegisteredState state, RubisDate date, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_array_append_val (ids, id);
  return rubis_session_advance_registered (self, ids, state, date, error);
}

/* The presentation is noted too when only the end of the course would be seen: the deadline of a notice runs
 * from it. */
static gboolean
note (RubisSession *self, RubisRegisteredLetter *letter, const RubisTracking *tracking, GError **error)
{
  if (letter->course.state < RUBIS_REGISTERED_DEPOSITED && tracking->state > RUBIS_REGISTERED_DEPOSITED
      && !advance (self, letter->id, RUBIS_REGISTERED_DEPOSITED,
                   tracking->presented_on != RUBIS_DATE_NONE ? tracking->presented_on : tracking->date,
                   error))
    return FALSE;
  if (tracking->presented_on != RUBIS_DATE_NONE && tracking->state > RUBIS_REGISTERED_PRESENTED
      && letter->course.state < RUBIS_REGISTERED_PRESENTED
      && !advance (self, letter->id, RUBIS_REGISTERED_PRESENTED, tracking->presented_on, error))
    return FALSE;
  return advance (self, letter->id, tracking->state, tracking->date, error);
}

static RubisTrackedLetter *
learn (RubisSession *self, RubisRegisteredLetter *letter, const RubisTracking *tracking)
{
  RubisTrackedLetter *learned = g_new0 (RubisTrackedLetter, 1);
  g_autoptr (GError) error = NULL;

  learned->id = letter->id;
  learned->number = g_strdup (letter->number);
  learned->account_code = g_strdup (letter->account_code);
  learned->account_name = g_strdup (letter->account_name);
  learned->state = letter->course.state;
  learned->date = rubis_registered_course_get_date (&letter->course);
  if (tracking == NULL || !tracking->known)
    {
      learned->words = g_strdup (_ ("La Poste does not know this number yet."));
      return learned;
    }
  learned->words = g_strdup (tracking->label);
  if (tracking->state == letter->course.state)
    return learned;
  if (!note (self, letter, tracking, &error))
    {
      g_free (learned->words);
      learned->words = g_strdup (error->message);
      return learned;
    }
  learned->changed = TRUE;
  learned->state = tracking->state;
  learned->date = tracking->date;
  return learned;
}

static GPtrArray *
ask (RubisSession *self, GPtrArray *numbers, RubisProgress *progress, GError **error)
{
  g_autoptr (GError) find_error = NULL;
  g_autoptr (RubisSender) sender = find_tracker (self, &find_error);
  g_autoptr (RubisCredentials) credentials = NULL;
  g_autoptr (RubisHttp) http = NULL;
  GPtrArray *found;
  char *key;

  if (sender == NULL)
    {
      if (find_error != NULL)
        g_propagate_error (error, g_steal_pointer (&find_error));
      else
        g_set_error_literal (
            error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE,
            _ ("La Poste can be asked with a key of its tracking: add a sender “Tracking by La Poste”."));
      return NULL;
    }
  credentials = rubis_session_get_credentials (self, error);
  key = credentials != NULL ? rubis_credentials_lookup (credentials, sender, RUBIS_SECRET_PASSWORD, error)
                            : NULL;
  if (key == NULL)
    return NULL;
  http = rubis_http_new (TIMEOUT, NULL);
  found = rubis_laposte_track (http, sender->server, key, numbers,
                               progress != NULL ? progress->cancellable : NULL, error);
  rubis_secret_free (key);
  return found;
}

GPtrArray *
rubis_session_track_registered (RubisSession *self, GArray *ids, RubisProgress *progress, GError **error)
{
  g_autoptr (GPtrArray) letters = rubis_session_list_registered (self, 0, error);
  g_autoptr (GPtrArray) learned = g_ptr_array_new_with_free_func ((GDestroyNotify)rubis_tracked_letter_free);
  g_autoptr (GPtrArray) numbers = g_ptr_array_new ();
  g_autoptr (GPtrArray) found = NULL;

  if (letters == NULL)
    return NULL;
  for (guint i = 0; i < letters->len; i++)
    {
      RubisRegisteredLetter *letter = g_ptr_array_index (letters, i);

      if (is_wanted (letter, ids))
        g_ptr_array_add (numbers, letter->number);
    }
  found = ask (self, numbers, progress, error);
  if (found == NULL)
    return NULL;
  for (guint i = 0; i < letters->len; i++)
    {
      RubisRegisteredLetter *letter = g_ptr_array_index (letters, i);

      if (is_wanted (letter, ids))
        g_ptr_array_add (learned, learn (self, letter, find_tracking (found, letter->number)));
    }
  return g_steal_pointer (&learned);
}
