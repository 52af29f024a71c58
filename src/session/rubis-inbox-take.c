/* Taking a message in: whose it is, and what it tells at once. */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-agenda-recheck.h"
#include "rubis-answer-token.h"
#include "rubis-email.h"
#include "rubis-inbox-private.h"
#include "rubis-store-accounts.h"
#include "rubis-store-actors.h"
#include "rubis-store-disputes.h"
#include "rubis-store-events.h"
#include "rubis-store-items.h"
#include "rubis-text.h"

/* Words that may be the number of an invoice. */
#define MAX_WORDS 60
#define MAX_TEXT 20000

typedef struct
{
  RubisSession *session;
  RubisDatabase *db;
  const RubisInboxParcel *parcel;
  RubisIncomingMessage *message;
  RubisIncomingRecord *record;
  GPtrArray *own;
  gint64 event_id; /* of the message that came back */
  gboolean ours;   /* we sent it ourselves */
  gboolean shared; /* several accounts know the address that it is about */
} Take;

static void
set_text (char **field, const char *value)
{
  char *copy = g_strdup (value);

  g_free (*field);
  *field = copy;
}

/* Found: whose, and by what. */
static void
match (Take *take, const RubisReturnAddress *found, const char *by)
{
  take->record->outbox_id = found->outbox_id;
  take->record->account_id = found->account_id;
  take->event_id = found->event_id;
  set_text (&take->record->matched_by, by);
}

static gboolean
is_matched (const Take *take)
{
  return take->record->account_id != 0;
}

static gboolean
is_about_delivery (RubisIncomingKind kind)
{
  return kind == RUBIS_INCOMING_BOUNCE_HARD || kind == RUBIS_INCOMING_BOUNCE_SOFT
         || kind == RUBIS_INCOMING_DELAYED || kind == RUBIS_INCOMING_DELIVERED;
}

/* A report that names another message than ours may quote ours all the same: an earlier copy of what was sent
 * again, or what somebody has forwarded. Servers that give messages an id of their own are believed when only one
 * copy has left, to that address.
 */
static gboolean
check_copy (Take *take, RubisReturnAddress *found, GError **error)
{
  const char *original = take->message->original_id;
  g_autoptr (RubisOutboxRecord) record = NULL;
  g_autoptr (GPtrArray) attempts = NULL;
  guint n_left = 0;

  if (found->outbox_id == 0 || *original == '\0' || !is_about_delivery (take->message->kind))
    return TRUE;
  record = rubis_store_load_outbox (take->db, found->outbox_id, error);
  attempts = record != NULL ? rubis_store_list_attempts (take->db, found->outbox_id, error) : NULL;
  if (attempts == NULL)
    return FALSE;
  for (guint i = 0; i < attempts->len; i++)
    n_left += g_str_equal (((RubisAttemptRecord *)attempts->pdata[i])->fate, "sent") ? 1 : 0;
  if (!g_str_equal (original, record->message_id)
      && (n_left > 1 || g_ascii_strcasecmp (take->message->failed_email, record->recipient) != 0))
    found->outbox_id = found->event_id = 0;
  return TRUE;
}

/* Whether the customer itself wrote: a request that was passed on to it does not make it a colleague. */
static gboolean
is_from_customer (Take *take, gint64 account_id, gboolean *is_customer, GError **error)
{
  const char *email = take->message->from_email;
  g_autoptr (GArray) accounts = NULL;
  gboolean is_actor = FALSE;

  *is_customer = FALSE;
  if (!rubis_store_is_actor_email (take->db, email, &is_actor, error))
    return FALSE;
  if (take->ours || is_actor)
    return TRUE;
  accounts = rubis_store_find_accounts_by_email (take->db, email, error);
  for (guint i = 0; accounts != NULL && i < accounts->len; i++)
    *is_customer = *is_customer || g_array_index (accounts, gint64, i) == account_id;
  if (accounts != NULL && !*is_customer && take->message->kind == RUBIS_INCOMING_REPLY)
    set_text (&take->record->warning, RUBIS_INBOX_STRANGER);
  return accounts != NULL;
}

/* A colleague's answer about a dispute: its account's, and no exchange with the customer. */
static gboolean
match_dispute (Take *take, gint64 dispute_id, const char *by, GError **error)
{
  g_autoptr (GError) load_error = NULL;
  g_autoptr (RubisDisputeRecord) dispute = rubis_store_load_dispute (take->db, dispute_id, FALSE, &load_error);
  RubisReturnAddress found = { 0 };
  gboolean is_customer = FALSE;

  if (load_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&load_error));
      return FALSE;
    }
  if (dispute == NULL)
    return TRUE;
  if (!is_from_customer (take, dispute->account_id, &is_customer, error))
    return FALSE;
  if (is_customer)
    {
      found.account_id = dispute->account_id;
      match (take, &found, "address");
      return TRUE;
    }
  if (!is_matched (take))
    {
      if (!rubis_store_find_request_of_dispute (take->db, dispute_id, &found, error))
        return FALSE;
      found.account_id = dispute->account_id;
      match (take, &found, by);
    }
  take->record->dispute_id = dispute_id;
  return TRUE;
}

/* What answers a request to a colleague, or goes on with his answer. */
static gboolean
match_dispute_thread (Take *take, GError **error)
{
  GPtrArray *references = take->message->references;
  gint64 dispute_id = 0;

  if (take->record->dispute_id != 0)
    return TRUE;
  if (!rubis_store_find_dispute_of_message (take->db, take->message->original_id, &dispute_id, error))
    return FALSE;
  for (guint i = 0; i < references->len && dispute_id == 0; i++)
    {
      if (!rubis_store_find_dispute_of_message (take->db, g_ptr_array_index (references, i), &dispute_id, error))
        return FALSE;
    }
  return dispute_id == 0 || match_dispute (take, dispute_id, "thread", error);
}

/* The reference in a link of ours, first in what was written now, then in what it quotes. */
static gboolean
match_token (Take *take, GError **error)
{
  g_autoptr (GError) key_error = NULL;
  g_autoptr (GBytes) key = rubis_email_load_answer_key (take->db, &key_error);
  g_autofree char *said = g_strdup_printf ("%s\n%s", take->message->subject, take->message->text);
  const char *const texts[] = { said, take->message->whole_text };

  for (gsize i = 0; i < G_N_ELEMENTS (texts) && !is_matched (take); i++)
    {
      RubisTokenAudience audience;
      RubisReturnAddress found = { 0 };
      gint64 subject = 0;
      char letter = '\0';
      gboolean forged = FALSE;

      if (!rubis_answer_token_find (texts[i], key, &audience, &subject, &letter, &forged))
        subject = 0;
      if (subject != 0 && audience == RUBIS_TOKEN_ACTOR && !match_dispute (take, subject, "token", error))
        return FALSE;
      if (subject != 0 && audience == RUBIS_TOKEN_CUSTOMER)
        {
          if (!rubis_store_find_outbox_by_id (take->db, subject, &found, error)
              || !check_copy (take, &found, error))
            return FALSE;
          if (found.account_id != 0)
            match (take, &found, "token");
        }
      if (forged && !is_matched (take))
        set_text (&take->record->warning, "forged");
    }
  return TRUE;
}

static gboolean
match_references (Take *take, GError **error)
{
  GPtrArray *references = take->message->references;
  RubisReturnAddress found = { 0 };
  const char *by = "";

  if (*take->message->original_id != '\0'
      && !rubis_store_find_outbox_by_message_id (take->db, take->message->original_id, &found, &by, error))
    return FALSE;
  for (guint i = 0; i < references->len && found.outbox_id == 0; i++)
    {
      if (!rubis_store_find_outbox_by_message_id (take->db, g_ptr_array_index (references, i), &found, &by,
                                                  error))
        return FALSE;
    }
  if (found.outbox_id != 0)
    {
      /* The thread tells whose it is, not which of its messages came back. */
      if (is_about_delivery (take->message->kind) && g_str_equal (by, "thread"))
        found.outbox_id = found.event_id = 0;
      match (take, &found, by);
      return TRUE;
    }
  for (guint i = 0; i < references->len && !is_matched (take); i++)
    {
      gint64 account_id = 0;

      if (!rubis_store_find_incoming_account (take->db, g_ptr_array_index (references, i), &account_id,
                                              error))
        return FALSE;
      found.account_id = account_id;
      if (account_id != 0)
        match (take, &found, "thread");
    }
  return TRUE;
}

/* The one account that knows the address; several: not guessed. */
static gboolean
match_email (Take *take, const char *email, const char *by, GError **error)
{
  g_autoptr (GArray) accounts = NULL;

  if (*email == '\0')
    return TRUE;
  accounts = rubis_store_find_accounts_by_email (take->db, email, error);
  if (accounts == NULL)
    return FALSE;
  take->shared = accounts->len > 1;
  if (accounts->len == 1)
    {
      const RubisReturnAddress found = { .account_id = g_array_index (accounts, gint64, 0) };

      match (take, &found, by);
    }
  return TRUE;
}

static gboolean
match_failed_address (Take *take, GError **error)
{
  RubisReturnAddress found = { 0 };

  if (*take->message->failed_email == '\0')
    return TRUE;
  /* A bounce that names another message than ours says that the address is bad, and nothing of ours. */
  if (*take->message->original_id == '\0'
      && !rubis_store_find_outbox_by_recipient (take->db, take->message->failed_email, &found, error))
    return FALSE;
  if (found.outbox_id != 0)
    match (take, &found, "failed-address");
  return is_matched (take) || match_email (take, take->message->failed_email, "failed-address", error);
}

/* The account of the invoices that are named, when it is one. */
static gboolean
match_numbers (Take *take, GError **error)
{
  g_autofree char *text
      = g_strdup_printf ("%s\n%.*s", take->message->subject, MAX_TEXT, take->message->whole_text);
  g_auto (GStrv) words = NULL;
  gint64 account = 0;
  int n_tried = 0;

  words = g_strsplit_set (text, " \t\r\n,;:()[]<>\"'", -1);
  for (int i = 0; words[i] != NULL && n_tried < MAX_WORDS; i++)
    {
      gsize length = strlen (words[i]);
      int n_digits = 0;
      g_autoptr (GArray) items = NULL;

      while (length > 0 && strchr (".!?", words[i][length - 1]) != NULL)
        words[i][--length] = '\0';
      for (const char *p = words[i]; *p != '\0'; p++)
        n_digits += g_ascii_isdigit (*p) ? 1 : 0;
      if (length < 4 || length > 40 || n_digits < 3 || strchr (words[i], '@') != NULL)
        continue;
      n_tried++;
      items = rubis_store_find_items (take->db, words[i], error);
      if (items == NULL)
        return FALSE;
      for (guint k = 0; k < items->len; k++)
        {
          g_autofree char *number = NULL;
          gint64 owner = 0;

          if (!rubis_store_get_item_name (take->db, g_array_index (items, gint64, k), &owner, &number, error))
            return FALSE;
          if (account != 0 && owner != account)
            return TRUE;
          account = owner;
        }
    }
  if (account != 0)
    {
      const RubisReturnAddress found = { .account_id = account };

      match (take, &found, "number");
    }
  return TRUE;
}

/* A copy of what we sent, or what we wrote by another program. */
static gboolean
check_own (Take *take, GError **error)
{
  RubisReturnAddress found = { 0 };
  const char *by;

  for (guint i = 0; i < take->own->len; i++)
    take->ours
        = take->ours || g_ascii_strcasecmp (g_ptr_array_index (take->own, i), take->message->from_email) == 0;
  if (!take->ours || is_about_delivery (take->message->kind))
    {
      take->ours = FALSE;
      return TRUE;
    }
  take->message->kind = RUBIS_INCOMING_OTHER;
  if (!rubis_store_find_outbox_by_message_id (take->db, take->message->message_id, &found, &by, error))
    return FALSE;
  return TRUE;
}

static gboolean
match_message (Take *take, GError **error)
{
  if (!match_token (take, error))
    return FALSE;
  if ((!is_matched (take) && !match_references (take, error)) || !match_dispute_thread (take, error))
    return FALSE;
  if (!is_matched (take) && is_about_delivery (take->message->kind))
    return match_failed_address (take, error);
  if (!is_matched (take) && !take->ours && !match_email (take, take->message->from_email, "address", error))
    return FALSE;
  return is_matched (take) || take->ours || match_numbers (take, error);
}

/* Whether it is the dossier's business: a mailbox holds private mail as well. */
static gboolean
is_wanted (const Take *take)
{
  g_autoptr (GPtrArray) answers = NULL;

  if (take->ours)
    return take->parcel->sender_id == 0 && is_matched (take);
  if (take->parcel->sender_id == 0 || is_matched (take) || *take->record->warning != '\0')
    return take->message->kind != RUBIS_INCOMING_OTHER || is_matched (take) || take->parcel->sender_id == 0;
  if (take->shared && (take->message->bad_email || take->message->kind == RUBIS_INCOMING_REPLY))
    return TRUE;
  if (take->message->kind != RUBIS_INCOMING_REPLY)
    return FALSE;
  answers = rubis_answer_read (take->message->text, rubis_session_get_currency (take->session),
                               take->record->received);
  return answers->len > 0;
}

/* What a person reads of it: of a report what the server said. (transfer full) */
static char *
make_text (const RubisIncomingMessage *message)
{
  g_autofree char *report = NULL;

  if (!is_about_delivery (message->kind))
    return g_strdup (message->text);
  if (g_str_has_prefix (message->diagnostic, message->status) || *message->status == '\0')
    report = g_strdup (message->diagnostic);
  else
    report = g_strstrip (g_strdup_printf ("%s %s", message->status, message->diagnostic));
  return *report != '\0' ? g_steal_pointer (&report) : rubis_text_truncate (message->text, 2000);
}

static RubisIncomingRecord *
make_record (RubisSession *session, const RubisInboxParcel *parcel, const RubisIncomingMessage *message)
{
  RubisIncomingRecord *record = g_new0 (RubisIncomingRecord, 1);
  RubisDate today = rubis_session_get_today (session);

  record->sender_id = parcel->sender_id;
  record->uid = g_strdup (parcel->uid);
  record->message_id = g_strdup (message->message_id);
  /* A clock that goes wrong must not put an answer into next year. */
  record->received = message->date == RUBIS_DATE_NONE || message->date > today + 1 ? today : message->date;
  record->fetched_at = parcel->now;
  record->from_email = g_strdup (message->from_email);
  record->from_name = g_strdup (message->from_name);
  record->subject = g_strdup (message->subject);
  record->matched_by = g_strdup ("");
  record->warning = g_strdup ("");
  record->text = make_text (message);
  record->kind = g_strdup (rubis_incoming_kind_to_id (message->kind));
  record->state = g_strdup ("new");
  return record;
}

/* --- What it tells at once ----------------------------------------------------------------------- */

gboolean
rubis_inbox_note_bounce (RubisSession *session, RubisDatabase *db, gint64 outbox_id, gboolean hard,
                         gboolean bad_email, const char *reason, GError **error)
{
  static const char *const left[] = { "sent", "delivered", "unknown", "bounced_soft", NULL };
  g_autoptr (GError) load_error = NULL;
  g_autoptr (RubisOutboxRecord) record = rubis_store_load_outbox (db, outbox_id, &load_error);

  if (load_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&load_error));
      return FALSE;
    }
  if (record == NULL || !g_strv_contains (left, record->state))
    return TRUE;
  rubis_outbox_set (record, state, hard ? "bounced_hard" : "bounced_soft");
  rubis_outbox_set (record, reason, reason);
  if (!rubis_outbox_update (session, db, record, error))
    return FALSE;
  /* Refused for what it is, it would be proposed to the same address day after day: a person decides. */
  return !hard || !bad_email
         || (rubis_agenda_void (session, db, record, _ ("It came back."), error)
             && rubis_store_set_outbox_key_free (db, record->id, TRUE, error));
}

/* It arrived: whoever answers has it. */
static gboolean
note_arrival (Take *take, const char *reason, GError **error)
{
  static const char *const left[] = { "sent", "unknown", "bounced_soft", NULL };
  g_autoptr (RubisOutboxRecord) record = NULL;

  if (take->record->outbox_id == 0)
    return TRUE;
  record = rubis_store_load_outbox (take->db, take->record->outbox_id, error);
  if (record == NULL)
    return FALSE;
  if (!g_strv_contains (left, record->state))
    return TRUE;
  rubis_outbox_set (record, state, "delivered");
  rubis_outbox_set (record, reason, reason);
  return rubis_outbox_update (take->session, take->db, record, error);
}

static gboolean
note_delay (Take *take, GError **error)
{
  g_autoptr (RubisOutboxRecord) record = NULL;

  if (take->record->outbox_id == 0)
    return TRUE;
  record = rubis_store_load_outbox (take->db, take->record->outbox_id, error);
  if (record == NULL)
    return FALSE;
  if (!g_str_equal (record->state, "sent"))
    return TRUE;
  rubis_outbox_set (record, reason, _ ("Delayed: the recipient's server does not take it yet."));
  return rubis_outbox_update (take->session, take->db, record, error);
}

/* @account_id 0: the record's. Addresses stay out of the journal, which is kept for ever. */
static gboolean
journal (Take *take, gint64 account_id, const char *kind, const char *summary, GError **error)
{
  g_autofree char *data = g_strdup_printf ("{\"incoming\":%" G_GINT64_FORMAT "}", take->record->id);
  g_autoptr (RubisEventRecord) event = NULL;

  if (account_id == 0)
    account_id = take->record->account_id;
  if (account_id == 0)
    return TRUE;
  event = rubis_session_new_event (take->session, kind, account_id, summary, data);
  return rubis_store_append_event (take->db, event, error);
}

/* The address is no address any more, for every account that has it. */
static gboolean
mark_one (Take *take, const char *email, GError **error)
{
  g_autoptr (GArray) accounts = NULL;

  if (*email == '\0')
    return TRUE;
  accounts = rubis_store_mark_email_bad (take->db, email, error);
  if (accounts == NULL)
    return FALSE;
  for (guint i = 0; i < accounts->len; i++)
    {
      if (!journal (take, g_array_index (accounts, gint64, i), "bounce",
                    _ ("An email address does not work any more: find another"), error))
        return FALSE;
    }
  return TRUE;
}

/* Mail writes international domains in another way than people do. */
static gboolean
mark_as_written (Take *take, const char *email, const char *recipient, GError **error)
{
  g_autofree char *ascii = rubis_email_to_ascii (email);

  return g_str_equal (ascii, email) || g_ascii_strcasecmp (ascii, recipient) != 0 || mark_one (take, email, error);
}

static gboolean
mark_recipient (Take *take, const RubisOutboxRecord *record, GError **error)
{
  g_autoptr (RubisAccountRecord) account = rubis_store_load_account (take->db, record->account_id, error);
  g_autoptr (GPtrArray) contacts
      = account != NULL ? rubis_store_list_contacts (take->db, record->account_id, error) : NULL;

  if (contacts == NULL || !mark_as_written (take, account->email, record->recipient, error))
    return FALSE;
  for (guint i = 0; i < contacts->len; i++)
    {
      const RubisContactRecord *contact = g_ptr_array_index (contacts, i);

      if (!mark_as_written (take, contact->email, record->recipient, error))
        return FALSE;
    }
  return g_ascii_strcasecmp (record->recipient, take->message->failed_email) == 0
         || mark_one (take, record->recipient, error);
}

/* What we wrote to may forward to what the report names: mail to it does not arrive either. */
static gboolean
mark_address (Take *take, GError **error)
{
  g_autoptr (RubisOutboxRecord) record = NULL;

  if (!take->message->bad_email)
    return TRUE;
  if (!mark_one (take, take->message->failed_email, error))
    return FALSE;
  if (take->record->outbox_id == 0)
    return TRUE;
  record = rubis_store_load_outbox (take->db, take->record->outbox_id, error);
  return record != NULL && mark_recipient (take, record, error);
}

static gboolean
note_bounce (Take *take, gboolean hard, GError **error)
{
  g_autofree char *summary = NULL;
  const char *status = *take->message->status != '\0' ? take->message->status : "?";

  summary = g_strdup_printf (hard ? _ ("An email came back (%s)") : _ ("An email came back for now (%s)"),
                             status);
  return (take->record->outbox_id == 0
          || rubis_inbox_note_bounce (take->session, take->db, take->record->outbox_id, hard,
                                      take->message->bad_email,
                                      take->record->text, error))
         && journal (take, 0, "bounce", summary, error) && mark_address (take, error);
}

static gboolean
note_answer (Take *take, GError **error)
{
  g_autofree char *summary = g_strdup_printf (_ ("Answer: %s"), take->message->subject);

  return note_arrival (take, _ ("It was answered."), error)
         && journal (take, 0, take->record->dispute_id != 0 ? "dispute" : "answer", summary, error);
}

/* What is answered or came back has left, whatever was noted before: it does not leave again. Links and threads are
 * the same in all copies, so that reports are believed by the Message-ID alone.
 */
static gboolean
note_left (Take *take, GError **error)
{
  const char *by = take->record->matched_by;
  gboolean by_token = g_str_equal (by, "token") && !is_about_delivery (take->message->kind);
  g_autoptr (RubisOutboxRecord) record = NULL;
  gint64 began_at = take->parcel->now;

  if (take->record->outbox_id == 0 || !(by_token || g_str_equal (by, "message-id")))
    return TRUE;
  record = rubis_store_load_outbox (take->db, take->record->outbox_id, error);
  if (record == NULL)
    return FALSE;
  if (record->n_attempts == 0
      || !(g_str_equal (record->state, "queued") || g_str_equal (record->state, "unknown")))
    return TRUE;
  if (!rubis_outbox_settle_attempt (take->db, record->id, "sent",
                                    is_about_delivery (take->message->kind) ? _ ("The recipient's server says so.")
                                                                            : _ ("It was answered."),
                                    NULL, &began_at, error))
    return FALSE;
  rubis_outbox_set (record, state, "sent");
  rubis_outbox_set (record, reason, "");
  record->sent_at = began_at;
  return rubis_outbox_update (take->session, take->db, record, error);
}

static gboolean
note_message (Take *take, GError **error)
{
  if (take->message->kind != RUBIS_INCOMING_OTHER && !note_left (take, error))
    return FALSE;
  switch ((int)take->message->kind)
    {
    case RUBIS_INCOMING_BOUNCE_HARD:
      return note_bounce (take, TRUE, error);
    case RUBIS_INCOMING_BOUNCE_SOFT:
      return note_bounce (take, FALSE, error);
    case RUBIS_INCOMING_DELAYED:
      return note_delay (take, error) && journal (take, 0, "delivery", _ ("An email is delayed"), error);
    case RUBIS_INCOMING_DELIVERED:
      return note_arrival (take, _ ("The recipient's server says so."), error)
             && journal (take, 0, "delivery", _ ("An email arrived"), error);
    case RUBIS_INCOMING_AUTO_REPLY:
      return note_arrival (take, _ ("It was answered automatically."), error)
             && journal (take, 0, take->record->dispute_id != 0 ? "dispute" : "auto-reply",
                         _ ("An automatic reply came"), error);
    case RUBIS_INCOMING_REPLY:
      return note_answer (take, error);
    default:
      return TRUE;
    }
}

/* What asks nothing of anybody is put away at once. */
static const char *
first_state (const Take *take)
{
  switch ((int)take->message->kind)
    {
    case RUBIS_INCOMING_DELIVERED:
    case RUBIS_INCOMING_OTHER:
      return "done";
    case RUBIS_INCOMING_DELAYED:
    case RUBIS_INCOMING_AUTO_REPLY:
      return is_matched (take) && !take->message->has_left ? "done" : "new";
    default:
      return "new";
    }
}

static gboolean
keep (Take *take, GError **error)
{
  set_text (&take->record->kind, rubis_incoming_kind_to_id (take->message->kind));
  set_text (&take->record->state, first_state (take));
  return rubis_store_insert_incoming (take->db, take->record, take->parcel->bytes, error)
         && note_message (take, error)
         && rubis_inbox_propose (take->session, take->db, take->message, take->record, error);
}

gboolean
rubis_inbox_take (RubisSession *session, RubisDatabase *db, const RubisInboxParcel *parcel,
                  RubisIncomingRecord **record, GError **parse_error, GError **error)
{
  g_autoptr (RubisIncomingMessage) message = rubis_incoming_message_new (parcel->bytes, parse_error);
  g_autoptr (RubisIncomingRecord) made = NULL;
  g_autoptr (GPtrArray) own = NULL;
  Take take = { .session = session, .db = db, .parcel = parcel, .message = message };
  gboolean known = FALSE;
  gboolean done;

  *record = NULL;
  if (message == NULL)
    return TRUE;
  made = make_record (session, parcel, message);
  own = rubis_store_list_own_emails (db, error);
  take.record = made;
  take.own = own;
  done = own != NULL && rubis_store_has_incoming (db, made, parcel->bytes, &known, error);
  if (done && !known)
    done = check_own (&take, error) && match_message (&take, error)
           && (!is_wanted (&take) || keep (&take, error));
  if (!done)
    return FALSE;
  *record = g_steal_pointer (&made);
  return TRUE;
}
