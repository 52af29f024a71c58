#include "rubis-hand-over-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-agenda-private.h"
#include "rubis-ar24-transport.h"
#include "rubis-facts.h"
#include "rubis-format.h"
#include "rubis-import-preview.h"
#include "rubis-outbox-private.h"
#include "rubis-post-batch.h"
#include "rubis-store-post.h"

/* unit_price counts thousandths of a cent */
#define UNITS_OF_CENT 1000

static void
letter_free (gpointer data)
{
  RubisHandOverLetter *self = data;

  g_free (self->account_code);
  g_free (self->account_name);
  g_free (self->subject);
  g_free (self->to_email);
  g_free (self->refused);
  g_free (self);
}

void
rubis_hand_over_free (RubisHandOver *self)
{
  g_free (self->sender_name);
  g_ptr_array_unref (self->letters);
  g_free (self);
}

/* Countries to which Maileva posts. */
static gboolean
is_served (const char *country)
{
  static const char *const served[]
      = { "", "FR", "MC", "AD", "RE", "YT", "MQ", "GP", "MF", "BL", "GF", "PM", NULL };

  return g_strv_contains (served, country);
}

/* The address by which an electronic letter reaches the account. (transfer full) "" when there is none */
static char *
dup_email (RubisDatabase *db, const RubisAccountRecord *account, GError **error)
{
  g_autoptr (GPtrArray) contacts = rubis_store_list_contacts (db, account->id, error);
  const RubisContactRecord *contact;

  if (contacts == NULL)
    return NULL;
  contact = rubis_facts_choose_contact (contacts, RUBIS_CONTACT_ACCOUNTS_PAYABLE, RUBIS_REACH_EMAIL);
  return g_strdup (contact != NULL ? contact->email : account->email);
}

static char *
judge_electronic (RubisDatabase *db, const RubisPostLetter *letter, RubisHandOverLetter *planned, char **why,
                  GError **error)
{
  g_autoptr (RubisAccountRecord) account = rubis_store_load_account (db, letter->account_id, error);

  *why = NULL;
  if (account == NULL)
    return NULL;
  /* CPCE L100: somebody who is no professional has to have agreed before. */
  if (account->kind == RUBIS_PARTY_CONSUMER)
    *why = g_strdup (
        _ ("A consumer gets electronic registered letters only after having agreed: send it on paper"));
  else if (!letter->registered)
    *why = g_strdup (_ ("This is not a registered letter."));
  planned->to_email = dup_email (db, account, error);
  if (planned->to_email != NULL && planned->to_email[0] == '\0' && *why == NULL)
    *why = g_strdup (_ ("There is no email address for it: add one to the account’s contacts"));
  return planned->to_email;
}

static gint64
get_price (const RubisSender *sender, const RubisPostLetter *letter, gboolean *estimate)
{
  if (sender->unit_price > 0)
    return (sender->unit_price + UNITS_OF_CENT / 2) / UNITS_OF_CENT;
  if (sender->transport == RUBIS_TRANSPORT_AR24)
    return RUBIS_AR24_PRICE;
  *estimate = TRUE;
  return letter->postage.price > 0 ? letter->postage.price : -1;
}

static gboolean
plan_letter (RubisDatabase *db, const RubisSender *sender, const RubisPostLetter *letter, RubisHandOver *plan,
             GError **error)
{
  RubisHandOverLetter *planned = g_new0 (RubisHandOverLetter, 1);
  g_autoptr (RubisPostRecord) record = NULL;
  g_autofree char *why = NULL;

  g_ptr_array_add (plan->letters, planned);
  planned->document_id = letter->document_id;
  planned->account_code = g_strdup (letter->account_code);
  planned->account_name = g_strdup (letter->account_name);
  planned->subject = g_strdup (letter->subject);
  planned->registered = letter->registered;
  planned->n_pages = letter->n_pages;
  planned->price = get_price (sender, letter, &plan->estimate);
  record = rubis_store_load_post (db, letter->document_id, error);
  if (record == NULL)
    return FALSE;
  planned->outbox_id = record->outbox_id;
  if (plan->electronic)
    {
      if (judge_electronic (db, letter, planned, &why, error) == NULL)
        return FALSE;
    }
  else
    {
      planned->to_email = g_strdup ("");
      if (!is_served (letter->country))
        why = g_strdup (_ ("The provider does not post to this country."));
    }
  if (why == NULL && letter->number[0] != '\0')
    why = g_strdup (_ ("The letter has the number of a form: post it yourself"));
  if (letter->refused[0] != '\0')
    {
      g_free (why);
      why = g_strdup (letter->refused);
    }
  else if (letter->job_open || !letter->waits || record->outbox_id == 0)
    {
      g_free (why);
      why = g_strdup (_ ("It went to a printer already."));
    }
  planned->refused = why != NULL ? g_steal_pointer (&why) : g_strdup ("");
  if (planned->refused[0] != '\0')
    return TRUE;
  plan->n_letters++;
  if (planned->price < 0)
    plan->n_unpriced++;
  else
    plan->price += planned->price;
  return TRUE;
}

static gboolean
is_asked (GArray *document_ids, gint64 id)
{
  for (guint i = 0; document_ids != NULL && i < document_ids->len; i++)
    {
      if (g_array_index (document_ids, gint64, i) == id)
        return TRUE;
    }
  return document_ids == NULL;
}

/* (transfer full) */
static RubisSender *
find_sender (RubisSession *self, gint64 id, GError **error)
{
  g_autoptr (GPtrArray) senders = rubis_session_list_senders (self, error);

  if (senders == NULL)
    return NULL;
  for (guint i = 0; i < senders->len; i++)
    {
      const RubisSender *sender = g_ptr_array_index (senders, i);

      if (sender->id != id)
        continue;
      if (sender->transport == RUBIS_TRANSPORT_MAILEVA || sender->transport == RUBIS_TRANSPORT_AR24)
        return rubis_sender_copy (sender);
      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE, _ ("“%s” does not post letters."),
                   sender->name);
      return NULL;
    }
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("There is no such sender."));
  return NULL;
}

RubisHandOver *
rubis_session_plan_hand_over (RubisSession *self, GArray *document_ids, gint64 sender_id, GError **error)
{
  g_autoptr (RubisSender) sender = find_sender (self, sender_id, error);
  g_autoptr (RubisPostBatch) batch = NULL;
  g_autoptr (RubisHandOver) plan = NULL;
  RubisDatabase *db;
  gboolean done = TRUE;

  if (sender == NULL)
    return NULL;
  batch = rubis_session_load_post (self, RUBIS_DATE_NONE, TRUE, NULL, error);
  db = batch != NULL ? rubis_session_take_reader (self, error) : NULL;
  if (db == NULL)
    return NULL;
  plan = g_new0 (RubisHandOver, 1);
  plan->sender_id = sender->id;
  plan->sender_name = g_strdup (sender->name);
  plan->electronic = sender->transport == RUBIS_TRANSPORT_AR24;
  plan->letters = g_ptr_array_new_with_free_func (letter_free);
  plan->currency = rubis_session_get_currency (self);
  plan->recall_minutes = sender->recall_minutes;
  for (guint i = 0; done && i < batch->letters->len; i++)
    {
      const RubisPostLetter *letter = g_ptr_array_index (batch->letters, i);

      if (is_asked (document_ids, letter->document_id))
        done = plan_letter (db, sender, letter, plan, error);
    }
  rubis_session_return_reader (self, db);
  return done ? g_steal_pointer (&plan) : NULL;
}

typedef struct
{
  RubisSession *session;
  const RubisHandOver *plan;
  gint64 now;
  int n_done;
} Work;

static gboolean
hand_over_one (Work *work, RubisDatabase *db, const RubisHandOverLetter *letter, GError **error)
{
  g_autoptr (RubisOutboxRecord) record = rubis_store_load_outbox (db, letter->outbox_id, error);
  g_autoptr (RubisPostRecord) post = NULL;
  g_autoptr (RubisEventRecord) event = NULL;
  g_autofree char *summary = NULL;

  if (record == NULL)
    return FALSE;
  post = rubis_store_load_post (db, letter->document_id, error);
  if (post == NULL)
    return FALSE;
  /* One that was saved as a file counts as sent and goes on waiting for the post. */
  if (!post->to_post || record->sender_id != 0
      || !(g_str_equal (record->state, "queued") || g_str_equal (record->state, "sent")))
    return TRUE;
  rubis_outbox_set (record, state, "approved");
  rubis_outbox_set (record, recipient, letter->to_email);
  rubis_outbox_set (record, subject, letter->subject);
  record->sender_id = work->plan->sender_id;
  record->send_after = work->now + (gint64)work->plan->recall_minutes * 60;
  record->price = MAX (letter->price, 0);
  summary = g_strdup_printf (_ ("%s: given to %s to be posted"), record->step_name, work->plan->sender_name);
  event = rubis_session_new_event (work->session, "outbox", record->account_id, summary, NULL);
  if (!rubis_store_append_event (db, event, error) || !rubis_outbox_update (work->session, db, record, error)
      || !rubis_store_set_to_post (db, letter->document_id, FALSE, error))
    return FALSE;
  work->n_done++;
  return TRUE;
}

static gboolean
do_hand_over (RubisStore *store, gpointer user_data, GError **error)
{
  Work *work = user_data;
  RubisDatabase *db = rubis_store_get_database (store);

  for (guint i = 0; i < work->plan->letters->len; i++)
    {
      const RubisHandOverLetter *letter = g_ptr_array_index (work->plan->letters, i);

      if (letter->refused[0] == '\0' && !hand_over_one (work, db, letter, error))
        return FALSE;
    }
  return TRUE;
}

int
rubis_session_hand_over (RubisSession *self, const RubisHandOver *plan, gint64 now, GError **error)
{
  Work work = { .session = self, .plan = plan, .now = now };
  RubisStore *store = rubis_session_lock (self);
  gboolean done = FALSE;

  if (store == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED, _ ("The dossier is closed."));
  else
    done = rubis_store_transact (store, do_hand_over, &work, error);
  rubis_session_unlock (self);
  if (done && work.n_done > 0)
    {
      rubis_session_forget_edits (self);
      rubis_session_mark_changed (self);
    }
  return done ? work.n_done : -1;
}

gboolean
rubis_hand_over_give_back (RubisSession *session, RubisDatabase *db, RubisOutboxRecord *record,
                           const char *why, GError **error)
{
  g_autofree char *summary
      = g_strdup_printf (_ ("%s waits for the printer again: %s"), record->step_name, why);
  g_autoptr (RubisEventRecord) event
      = rubis_session_new_event (session, "outbox", record->account_id, summary, NULL);

  rubis_outbox_set (record, state, "queued");
  rubis_outbox_set (record, reason, why);
  rubis_outbox_set (record, provider_id, "");
  record->sender_id = 0;
  record->send_after = 0;
  return rubis_store_append_event (db, event, error) && rubis_outbox_update (session, db, record, error)
         && rubis_store_set_to_post (db, record->document_id, TRUE, error);
}
