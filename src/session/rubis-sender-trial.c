/* Whether a sender works: its settings step by step, and a message to try it. */
#include "rubis-senders-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-import-preview.h"
#include "rubis-mailbox.h"
#include "rubis-message.h"
#include "rubis-sender-check.h"
#include "rubis-sender-fields.h"
#include "rubis-sender-needs.h"
#include "rubis-session-edits-private.h"

#define HEX_OF_DOSSIER 8
/* No message came in a week from now: for a test the mailbox is asked, and nothing is fetched. */
#define AFTER_ALL_MESSAGES (7 * 24 * 60 * 60)

/* --- Test ------------------------------------------------------------------------------------- */

static void
report (RubisProgress *progress, double fraction, const char *text)
{
  if (progress != NULL && progress->func != NULL)
    progress->func (fraction, text, progress->user_data);
}

static GCancellable *
get_cancellable (RubisProgress *progress)
{
  return progress != NULL ? progress->cancellable : NULL;
}

/* Whether it is there, when it has to be. */
static gboolean
test_need (RubisCredentials *credentials, const RubisSender *sender, const RubisSenderNeed *need,
           GError **error)
{
  char *secret;

  if (need->optional)
    return TRUE;
  secret = rubis_credentials_lookup (credentials, sender, need->name, error);
  rubis_secret_free (secret);
  return secret != NULL;
}

/* What the sender logs in with is there, and a sign-in still good. */
static gboolean
test_secret (RubisSession *self, const RubisSender *sender, RubisProgress *progress, GError **error)
{
  g_autoptr (RubisCredentials) credentials = rubis_session_get_credentials (self, error);
  g_autoptr (GArray) needs = rubis_sender_list_needs (sender);
  char *bearer = NULL;

  if (credentials == NULL)
    return FALSE;
  for (guint i = 0; i < needs->len; i++)
    {
      if (!test_need (credentials, sender, &g_array_index (needs, RubisSenderNeed, i), error))
        return FALSE;
    }
  if (rubis_sender_signs_in (sender))
    {
      bearer = rubis_credentials_get_bearer (credentials, sender, FALSE, get_cancellable (progress), error);
      if (bearer == NULL)
        return FALSE;
      rubis_secret_free (bearer);
      report (progress, 0.4, _ ("The permission to send is valid."));
    }
  else if (needs->len > 0)
    report (progress, 0.4, _ ("The password or key is in the keyring."));
  return TRUE;
}

static gboolean
test_login (RubisSession *self, const RubisSender *sender, RubisProgress *progress, GError **error)
{
  g_autoptr (RubisTransport) transport = rubis_session_open_transport (self, sender, error);

  if (transport == NULL || !rubis_transport_test (transport, get_cancellable (progress), error))
    return FALSE;
  report (progress, 0.7,
          sender->transport == RUBIS_TRANSPORT_FOLDER ? _ ("The folder can be written.")
                                                      : _ ("The server answers and accepts the login."));
  return TRUE;
}

/* Messages are looked for, and left where they are. */
static gboolean
pass_over (const char *uid, GBytes *message, gpointer user_data, GError **error)
{
  return TRUE;
}

static gboolean
test_mailbox (RubisSession *self, const RubisSender *sender, RubisProgress *progress, GError **error)
{
  g_autoptr (RubisCredentials) credentials = NULL;
  g_autoptr (RubisMailbox) mailbox = NULL;
  g_autofree char *cursor = NULL;

  if (!rubis_sender_has_mailbox (sender))
    {
      report (progress, 1, _ ("Answers are not read: this sender has no mailbox."));
      return TRUE;
    }
  credentials = rubis_session_get_credentials (self, error);
  mailbox = credentials != NULL ? rubis_mailbox_new (sender, credentials, error) : NULL;
  cursor = mailbox != NULL
               ? rubis_mailbox_read (mailbox, "", g_get_real_time () / G_USEC_PER_SEC + AFTER_ALL_MESSAGES,
                                     pass_over, NULL, get_cancellable (progress), error)
               : NULL;
  if (cursor == NULL)
    return FALSE;
  report (progress, 1, _ ("Answers can be read from the mailbox."));
  return TRUE;
}

gboolean
rubis_session_test_sender (RubisSession *self, const RubisSender *sender, RubisProgress *progress,
                           GError **error)
{
  g_return_val_if_fail (RUBIS_IS_SESSION (self) && sender != NULL, FALSE);

  if (!rubis_sender_check (sender, NULL, error) || !rubis_sender_check_complete (sender, NULL, error))
    return FALSE;
  report (progress, 0.2, _ ("The settings are complete."));
  return test_secret (self, sender, progress, error) && test_login (self, sender, progress, error)
         && test_mailbox (self, sender, progress, error);
}

/* --- Trial message ---------------------------------------------------------------------------- */

/* The same name at each attempt is not needed: a trial is never repeated by itself. */
static char *
make_parcel_id (RubisSession *self, GError **error)
{
  g_autofree char *dossier = rubis_session_ensure_dossier_id (self, error);
  g_autofree char *random = g_uuid_string_random ();

  if (dossier == NULL)
    return NULL;
  return g_strdup_printf ("rubis-%.*s-t%.8s", HEX_OF_DOSSIER, dossier, random);
}

static int
get_zone (gint64 now)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (now);

  return (int)(g_date_time_get_utc_offset (time) / G_TIME_SPAN_MINUTE);
}

static char *
make_text (RubisSession *self, const RubisSender *sender)
{
  g_autoptr (RubisCompany) company = rubis_session_dup_company (self);
  g_autofree char *text = g_strdup_printf (
      _ ("This is a trial message of Rubis for %s.\n\nYou received it, so the sender “%s” works. "
         "Accents arrive as they left: éèêàçœ €. There is nothing to answer."),
      company->name, sender->name);

  return *sender->signature != '\0' ? g_strconcat (text, "\n\n-- \n", sender->signature, "\n", NULL)
                                    : g_strconcat (text, "\n", NULL);
}

static RubisParcel *
make_email (RubisSession *self, const RubisSender *sender, const char *recipient, gint64 now, const char *id,
            GError **error)
{
  g_autoptr (RubisMessage) message = rubis_message_new ();
  g_autoptr (RubisCompany) company = rubis_session_dup_company (self);
  g_autoptr (GBytes) content = NULL;
  const char *from = *sender->email != '\0' ? sender->email : company->email;
  const char *at = strchr (from, '@');
  RubisParcel *parcel;

  if (at == NULL)
    {
      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
                   _ ("Nobody would know who writes: give the sender “%s” an email address."), sender->name);
      return NULL;
    }
  g_free (message->id);
  message->id = g_strconcat (id, at, NULL);
  rubis_message_set (message, from_email, from);
  rubis_message_set (message, from_name, *sender->from_name != '\0' ? sender->from_name : company->name);
  rubis_message_set (message, reply_to, sender->reply_to);
  rubis_message_set (message, to_email, recipient);
  rubis_message_set (message, subject, _ ("Trial message of Rubis"));
  message->time = now;
  message->zone = get_zone (now);
  g_free (message->text);
  message->text = make_text (self, sender);
  content = rubis_message_write (message, error);
  if (content == NULL)
    return NULL;
  parcel = rubis_parcel_new (RUBIS_PARCEL_EMAIL, id, content);
  rubis_parcel_set (parcel, message_id, message->id);
  rubis_parcel_set (parcel, from_email, from);
  rubis_parcel_set (parcel, to_email, recipient);
  return parcel;
}

static RubisParcel *
make_sms (RubisSession *self, const RubisSender *sender, const char *recipient, const char *id,
          GError **error)
{
  g_autoptr (RubisCompany) company = rubis_session_dup_company (self);
  g_autofree char *text = g_strdup_printf (_ ("%s: trial message of Rubis."), company->name);
  g_autoptr (GBytes) content = g_bytes_new (text, strlen (text));
  RubisParcel *parcel = rubis_parcel_new (RUBIS_PARCEL_SMS, id, content);

  rubis_parcel_set (parcel, from_email, sender->from_name);
  rubis_parcel_set (parcel, to_phone, recipient);
  return parcel;
}

static RubisParcel *
make_parcel (RubisSession *self, const RubisSender *sender, const char *recipient, gint64 now, GError **error)
{
  g_autofree char *id = NULL;
  gboolean email = rubis_transport_carries (sender->transport, RUBIS_PARCEL_EMAIL);

  if (!email && !rubis_transport_carries (sender->transport, RUBIS_PARCEL_SMS))
    {
      g_set_error (
          error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE,
          _ ("“%s” carries letters, which cost and cannot be taken back: there is no trial letter; test the "
             "sender instead."),
          sender->name);
      return NULL;
    }
  if (*recipient == '\0'
      || !(email ? rubis_session_check_email (recipient, NULL) : rubis_session_check_phone (recipient, NULL)))
    {
      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
                   email ? _ ("“%s” is not an address such as name@company.fr.")
                         : _ ("“%s” is not a phone number such as +33 6 12 34 56 78."),
                   recipient);
      return NULL;
    }
  id = make_parcel_id (self, error);
  if (id == NULL)
    return NULL;
  return email ? make_email (self, sender, recipient, now, id, error)
               : make_sms (self, sender, recipient, id, error);
}

/* What left in the company's name stands in the journal; its recipient, a person, does not. */
static gboolean
journal_trial (RubisSession *self, const RubisSender *sender, GError **error)
{
  g_autofree char *summary = g_strdup_printf (_ ("Trial message sent by %s"), sender->name);
  g_autoptr (RubisEventRecord) event = rubis_session_new_event (self, "sender", 0, summary, NULL);
  RubisStore *store = rubis_session_lock (self);
  gboolean done = FALSE;

  if (store == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED, _ ("The dossier is closed."));
  else if (rubis_store_begin (store, error))
    {
      done = rubis_store_append_event (rubis_store_get_database (store), event, error);
      if (!done)
        rubis_store_rollback (store);
      else
        done = rubis_store_commit (store, error);
    }
  rubis_session_unlock (self);
  if (done)
    rubis_session_mark_changed (self);
  return done;
}

/* Either part may be empty. */
static char *
join_reason (const RubisDelivery *delivery)
{
  if (*delivery->answer == '\0' || strstr (delivery->reason, delivery->answer) != NULL)
    return g_strdup (delivery->reason);
  /* Translators: what happened, what the server answered. */
  return g_strdup_printf (_ ("%s The server said: %s"), delivery->reason, delivery->answer);
}

static char *
judge_trial (RubisSession *self, const RubisSender *sender, const RubisDelivery *delivery, GError **error)
{
  g_autofree char *why = join_reason (delivery);

  switch ((int)delivery->fate)
    {
    case RUBIS_FATE_SENT:
    case RUBIS_FATE_DELIVERED:
      if (!journal_trial (self, sender, error))
        return NULL;
      if (*delivery->answer == '\0')
        return g_strdup (_ ("The message was taken."));
      return g_strdup_printf (_ ("The message was taken. The server said: %s"), delivery->answer);
    case RUBIS_FATE_UNKNOWN:
      g_set_error (error, RUBIS_TRANSPORT_ERROR, RUBIS_TRANSPORT_ERROR_SERVER,
                   _ ("It is not certain whether the message left; look whether it arrives. %s"), why);
      return NULL;
    default:
      g_set_error (error, RUBIS_TRANSPORT_ERROR, RUBIS_TRANSPORT_ERROR_SERVER,
                   _ ("The message did not leave. %s"), why);
      return NULL;
    }
}

char *
rubis_session_send_trial (RubisSession *self, const RubisSender *sender, const char *recipient, gint64 now,
                          GCancellable *cancellable, GError **error)
{
  g_autoptr (RubisParcel) parcel = NULL;
  g_autoptr (RubisTransport) transport = NULL;
  g_autoptr (RubisDelivery) delivery = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && sender != NULL && recipient != NULL, NULL);

  if (!rubis_sender_check (sender, NULL, error) || !rubis_sender_check_complete (sender, NULL, error))
    return NULL;
  parcel = make_parcel (self, sender, recipient, now, error);
  transport = parcel != NULL ? rubis_session_open_transport (self, sender, error) : NULL;
  if (transport == NULL)
    return NULL;
  delivery = rubis_transport_send (transport, parcel, cancellable);
  return judge_trial (self, sender, delivery, error);
}
