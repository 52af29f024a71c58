#include "rubis-inbox-effects.h"

#include <glib/gi18n-lib.h>

#include "rubis-agenda-private.h"
#include "rubis-disputes-private.h"
#include "rubis-facts.h"
#include "rubis-format.h"
#include "rubis-import-preview.h"
#include "rubis-session-edits-private.h"
#include "rubis-promises-private.h"
#include "rubis-store-items.h"

/* The address of a contact (id 0: of the account) with its mark, that the next swap puts in. */
typedef struct
{
  gint64 contact_id;
  char *email; /* (nullable) stays */
  int mark;
} AddressChange;

/* The stop of an item that the next swap puts in. */
typedef struct
{
  gint64 item_id;
  RubisItemStop stop;
} StopChange;

struct _RubisInboxEffect
{
  RubisAnswerKind kind;
  gint64 account_id;
  gboolean done;
  GArray *stops;               /* (element-type StopChange) paid */
  RubisDisputeChange *dispute; /* (nullable) */
  RubisDisputeCommentRecord *comment; /* (nullable) a colleague's words */
  GArray *addresses;           /* (element-type AddressChange) */
  RubisPromiseGift *gift;      /* (nullable) promise */
  RubisContactRecord *contact; /* (nullable) new one */
  RubisDate date;
  RubisDate until; /* reminders stop: paid, promise */
  gint64 amount;
  RubisCurrency currency;
};

static void
clear_address (gpointer data)
{
  AddressChange *change = data;

  g_free (change->email);
}

static void
clear_stop (gpointer data)
{
  StopChange *change = data;

  rubis_item_stop_clear (&change->stop);
}

void
rubis_inbox_effect_free (RubisInboxEffect *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->stops);
  rubis_dispute_change_free (self->dispute);
  g_clear_pointer (&self->comment, rubis_dispute_comment_record_free);
  g_array_unref (self->addresses);
  g_clear_pointer (&self->gift, rubis_promise_gift_free);
  g_clear_pointer (&self->contact, rubis_contact_record_free);
  g_free (self);
}

/* --- What will be done ---------------------------------------------------------------------------- */

static gboolean
set_value_error (GError **error, const char *text)
{
  g_set_error_literal (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE, text);
  return FALSE;
}

/* Its items wait for the money, so that no reminder crosses it; a longer stop stays. */
static gboolean
plan_paid (RubisInboxEffect *self, RubisSession *session, RubisDatabase *db, const RubisProposal *proposal,
           GError **error)
{
  RubisDate today = rubis_session_get_today (session);
  RubisDate date = proposal->date != RUBIS_DATE_NONE ? proposal->date : today;
  RubisDate until;
  int grace;
  g_autofree char *day = rubis_format_date_short (date, rubis_format_ui_language ());
  g_autofree char *reason = g_strdup_printf (_ ("Paid on %s, says the customer"), day);

  if (date > today)
    {
      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
                   _ ("Nobody can have paid on %s already: that day is still to come. Give the day of the "
                      "payment, or note a promise."),
                   day);
      return FALSE;
    }
  if (!rubis_promises_get_grace (session, db, self->account_id, &grace, error))
    return FALSE;
  until = rubis_promise_until (today, grace);
  self->date = date;
  self->until = until;
  for (guint i = 0; i < proposal->item_ids->len; i++)
    {
      StopChange change = { .item_id = g_array_index (proposal->item_ids, gint64, i) };

      if (!rubis_store_load_item_stop (db, change.item_id, &change.stop, error))
        {
          if (error != NULL && *error != NULL)
            return FALSE;
          continue;
        }
      if (change.stop.stop && (change.stop.until == RUBIS_DATE_NONE || change.stop.until >= until))
        {
          rubis_item_stop_clear (&change.stop);
          continue;
        }
      change.stop.stop = TRUE;
      change.stop.until = until;
      g_free (change.stop.reason);
      change.stop.reason = g_strdup (reason);
      g_array_append_val (self->stops, change);
    }
  return TRUE;
}

typedef struct
{
  gint64 open;
  gint64 contested;
  RubisCurrency currency;
} ItemSum;

static gboolean
note_item (const RubisItemRecord *item, gpointer user_data)
{
  ItemSum *sum = user_data;

  sum->open = item->open;
  sum->contested = item->contested;
  sum->currency = item->currency;
  return FALSE;
}

/* More than is open cannot be promised: then it is all that is open, of one currency. */
static gboolean
plan_promise (RubisInboxEffect *self, RubisSession *session, RubisDatabase *db, const RubisProposal *proposal,
              const RubisIncomingRecord *incoming, GError **error)
{
  RubisPromiseInput input = {
    .account_id = self->account_id,
    .item_ids = proposal->item_ids,
    .date = proposal->date,
    .channel = RUBIS_CHANNEL_EMAIL,
    .given_by = *incoming->from_name != '\0' ? incoming->from_name : incoming->from_email,
    .quote = proposal->sentence,
  };
  gint64 total = 0;

  for (guint i = 0; i < proposal->item_ids->len; i++)
    {
      ItemSum sum = { 0 };
      gboolean found = FALSE;

      if (!rubis_store_visit_item (db, g_array_index (proposal->item_ids, gint64, i), note_item, &sum, &found, error))
        return FALSE;
      if (!found || sum.open <= 0)
        continue;
      if (input.currency.code[0] == '\0')
        input.currency = sum.currency;
      if (rubis_currency_equal (sum.currency, input.currency) && !rubis_money_add (total, sum.open, &total))
        total = G_MAXINT64;
    }
  input.amount = proposal->amount != 0 ? MIN (proposal->amount, total) : total;
  self->gift = rubis_promise_gift_new (session, db, &input, error);
  if (self->gift == NULL)
    return FALSE;
  self->date = proposal->date;
  self->until = self->gift->until;
  self->amount = self->gift->promise->amount;
  self->currency = self->gift->promise->currency;
  return TRUE;
}

/* What is open and not contested yet of the items that are in the currency of the first. */
static gboolean
plan_dispute (RubisInboxEffect *self, RubisSession *session, RubisDatabase *db, const RubisProposal *proposal,
              const RubisIncomingRecord *incoming, GError **error)
{
  g_autoptr (GArray) parts = g_array_new (FALSE, TRUE, sizeof (RubisDisputePart));
  RubisDisputeInput input = { .account_id = self->account_id,
                              .items = parts,
                              .reason = *proposal->value != '\0' ? proposal->value : "other",
                              .description = proposal->sentence,
                              .due_date = RUBIS_DATE_NONE,
                              .incoming_id = incoming->id };
  RubisDisputeRecord *record;

  for (guint i = 0; i < proposal->item_ids->len; i++)
    {
      RubisDisputePart part = { .item_id = g_array_index (proposal->item_ids, gint64, i) };
      ItemSum sum = { 0 };
      gboolean found = FALSE;

      if (!rubis_store_visit_item (db, part.item_id, note_item, &sum, &found, error))
        return FALSE;
      if (!found || sum.open - sum.contested <= 0)
        continue;
      if (parts->len == 0)
        self->currency = sum.currency;
      if (proposal->amount > 0 && proposal->item_ids->len == 1)
        part.amount = MIN (sum.open - sum.contested, proposal->amount);
      if (rubis_currency_equal (sum.currency, self->currency))
        g_array_append_val (parts, part);
    }
  if (parts->len == 0)
    return set_value_error (error, _ ("Nothing is open on these invoices, or it is contested already."));
  record = rubis_dispute_plan (session, db, &input, error);
  if (record == NULL)
    return FALSE;
  self->dispute = rubis_dispute_change_new (record, RUBIS_DISPUTE_PART_EXISTS);
  return TRUE;
}

/* What a colleague says ends the dispute, or moves its day; his words are kept with it. */
static gboolean
plan_verdict (RubisInboxEffect *self, RubisSession *session, RubisDatabase *db, const RubisProposal *proposal,
              const RubisIncomingRecord *incoming, GError **error)
{
  const char *author = *incoming->from_name != '\0' ? incoming->from_name : incoming->from_email;
  g_autoptr (RubisDisputeRecord) record = NULL;
  RubisDisputeMove move = { .note = proposal->sentence };

  record = rubis_dispute_load (db, incoming->dispute_id, error);
  if (record == NULL)
    return FALSE;
  self->comment = rubis_dispute_comment_new (session, record->id, author, incoming->text);
  self->comment->incoming_id = incoming->id;
  self->currency = record->currency;
  if (proposal->kind != RUBIS_ANSWER_REMARK && record->closed_on != RUBIS_DATE_NONE)
    {
      g_autofree char *numbers = rubis_dispute_dup_numbers (db, record);

      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE,
                   _ ("The dispute on %s is closed: open it again first if this answer changes that."), numbers);
      return FALSE;
    }
  if (proposal->kind == RUBIS_ANSWER_FOUNDED || proposal->kind == RUBIS_ANSWER_UNFOUNDED)
    {
      self->amount = proposal->amount > 0 ? proposal->amount : rubis_dispute_sum (record);
      move.state = proposal->kind == RUBIS_ANSWER_FOUNDED ? RUBIS_DISPUTE_CREDIT_AWAITED : RUBIS_DISPUTE_UNFOUNDED;
      move.credit = proposal->kind == RUBIS_ANSWER_FOUNDED ? self->amount : 0;
      self->dispute = rubis_dispute_plan_move (session, db, record, &move, error);
      return self->dispute != NULL;
    }
  if (proposal->kind != RUBIS_ANSWER_MORE_TIME)
    return TRUE;
  self->date = proposal->date != RUBIS_DATE_NONE ? proposal->date
                                                 : rubis_session_get_today (session) + RUBIS_DISPUTE_MORE_DAYS;
  if (self->date < rubis_session_get_today (session))
    return set_value_error (error, _ ("That day has passed already: give a later one."));
  record->due_date = self->date;
  self->dispute = rubis_dispute_change_new (g_steal_pointer (&record), RUBIS_DISPUTE_PART_CARE);
  return TRUE;
}

/* The contacts that have the address of the message, and the account's own address when it is that one.
 * @found: (out) whether there was any. */
static gboolean
add_owners (RubisInboxEffect *self, RubisDatabase *db, const char *from, const char *email, int mark,
            GError **error)
{
  g_autoptr (GPtrArray) contacts = rubis_store_list_contacts (db, self->account_id, error);
  g_autoptr (RubisAccountRecord) account
      = contacts != NULL ? rubis_store_load_account (db, self->account_id, error) : NULL;

  if (account == NULL)
    return FALSE;
  for (guint i = 0; i < contacts->len; i++)
    {
      const RubisContactRecord *contact = g_ptr_array_index (contacts, i);
      AddressChange change = { .contact_id = contact->id, .email = g_strdup (email), .mark = mark };

      if (*from != '\0' && g_ascii_strcasecmp (contact->email, from) == 0)
        g_array_append_val (self->addresses, change);
      else
        clear_address (&change);
    }
  if (*from != '\0' && g_ascii_strcasecmp (account->email, from) == 0)
    {
      AddressChange change = { .email = g_strdup (email), .mark = mark };

      g_array_append_val (self->addresses, change);
    }
  return TRUE;
}

/* Nobody is written to there any more. */
static gboolean
plan_wrong_person (RubisInboxEffect *self, RubisDatabase *db, const RubisIncomingRecord *incoming,
                   GError **error)
{
  return add_owners (self, db, incoming->from_email, NULL, 2, error);
}

/* Changed where the old one was; an address that nobody of the account had becomes a contact. */
static gboolean
plan_new_address (RubisInboxEffect *self, RubisDatabase *db, const RubisProposal *proposal,
                  const RubisIncomingRecord *incoming, GError **error)
{
  g_autofree char *email = g_strstrip (g_strdup (proposal->value));
  RubisContactRecord *contact;

  if (*email == '\0')
    return set_value_error (error, _ ("Give the new email address."));
  if (!rubis_session_check_email (email, error)
      || !add_owners (self, db, incoming->from_email, email, 0, error))
    return FALSE;
  if (self->addresses->len > 0)
    return TRUE;
  contact = g_new0 (RubisContactRecord, 1);
  contact->account_id = self->account_id;
  contact->salutation = g_strdup ("");
  contact->first_name = g_strdup ("");
  contact->last_name = g_strdup ("");
  contact->job = g_strdup ("");
  contact->role = g_strdup (rubis_contact_role_to_id (RUBIS_CONTACT_ACCOUNTS_PAYABLE));
  contact->email = g_steal_pointer (&email);
  contact->phone = g_strdup ("");
  self->contact = contact;
  return TRUE;
}

RubisInboxEffect *
rubis_inbox_effect_new (RubisSession *session, RubisDatabase *db, const RubisProposal *proposal,
                        const RubisIncomingRecord *incoming, GError **error)
{
  g_autoptr (RubisInboxEffect) self = g_new0 (RubisInboxEffect, 1);
  gboolean planned = TRUE;

  self->kind = proposal->kind;
  self->account_id = incoming->account_id;
  self->stops = g_array_new (FALSE, TRUE, sizeof (StopChange));
  g_array_set_clear_func (self->stops, clear_stop);
  self->addresses = g_array_new (FALSE, TRUE, sizeof (AddressChange));
  g_array_set_clear_func (self->addresses, clear_address);
  self->date = RUBIS_DATE_NONE;
  self->until = RUBIS_DATE_NONE;
  if (proposal->kind <= RUBIS_ANSWER_COPY && proposal->item_ids->len == 0)
    {
      set_value_error (error, _ ("Say which invoices it is about."));
      return NULL;
    }
  switch (proposal->kind)
    {
    case RUBIS_ANSWER_PAID:
      planned = plan_paid (self, session, db, proposal, error);
      break;
    case RUBIS_ANSWER_PROMISE:
      planned = plan_promise (self, session, db, proposal, incoming, error);
      break;
    case RUBIS_ANSWER_DISPUTE:
      planned = plan_dispute (self, session, db, proposal, incoming, error);
      break;
    case RUBIS_ANSWER_WRONG_PERSON:
      planned = plan_wrong_person (self, db, incoming, error);
      break;
    case RUBIS_ANSWER_NEW_ADDRESS:
      planned = plan_new_address (self, db, proposal, incoming, error);
      break;
    case RUBIS_ANSWER_FOUNDED:
    case RUBIS_ANSWER_UNFOUNDED:
    case RUBIS_ANSWER_MORE_TIME:
    case RUBIS_ANSWER_REMARK:
      planned = plan_verdict (self, session, db, proposal, incoming, error);
      break;
    case RUBIS_ANSWER_COPY:
    default:
      break;
    }
  return planned ? g_steal_pointer (&self) : NULL;
}

/* --- Telling it ------------------------------------------------------------------------------------ */

/* "F-1042, F-1043". (transfer full) */
static char *
join_numbers (RubisDatabase *db, GArray *item_ids)
{
  g_autoptr (GString) joined = g_string_new (NULL);

  for (guint i = 0; i < item_ids->len; i++)
    {
      g_autofree char *number = NULL;
      gint64 owner = 0;

      if (rubis_store_get_item_name (db, g_array_index (item_ids, gint64, i), &owner, &number, NULL))
        g_string_append_printf (joined, "%s%s", joined->len > 0 ? ", " : "", number);
    }
  return g_string_free (g_steal_pointer (&joined), FALSE);
}

/* (transfer full) */
static char *
describe_items (const RubisInboxEffect *self, const char *account, const char *numbers)
{
  const char *language = rubis_format_ui_language ();
  g_autofree char *day = rubis_format_date_short (self->date, language);
  g_autofree char *until = rubis_format_date_short (self->until, language);
  g_autofree char *amount = rubis_format_amount (self->amount, self->currency, language);

  switch ((int)self->kind)
    {
    case RUBIS_ANSWER_PAID:
      if (self->stops->len == 0)
        return g_strdup_printf (
            _ ("%s: payment of %s noted for %s; reminders were stopped for longer already."), account, day,
            numbers);
      return g_strdup_printf (_ ("%s: payment of %s noted for %s; no reminder until %s."), account, day,
                              numbers, until);
    case RUBIS_ANSWER_PROMISE:
      return g_strdup_printf (_ ("%s: promise of %s by %s noted for %s; no reminder until %s."), account,
                              amount, day, numbers, until);
    case RUBIS_ANSWER_DISPUTE:
      return g_strdup_printf (_ ("%s: dispute opened on %s; no reminder until it is closed."), account,
                              numbers);
    default:
      return g_strdup_printf (_ ("%s: the copies of %s wait in the outbox for your approval."), account,
                              numbers);
    }
}

/* (transfer full) */
static char *
describe_verdict (const RubisInboxEffect *self, const char *account)
{
  g_autofree char *amount = rubis_format_amount (self->amount, self->currency, rubis_format_ui_language ());
  g_autofree char *day = rubis_format_date_short (self->date, rubis_format_ui_language ());

  switch ((int)self->kind)
    {
    case RUBIS_ANSWER_FOUNDED:
      return g_strdup_printf (_ ("%s: dispute founded, credit note of %s awaited."), account, amount);
    case RUBIS_ANSWER_UNFOUNDED:
      return g_strdup_printf (_ ("%s: dispute closed as unfounded; its items are dunned again after a fresh delay."),
                              account);
    case RUBIS_ANSWER_MORE_TIME:
      return g_strdup_printf (_ ("%s: the dispute is to be resolved by %s."), account, day);
    default:
      return g_strdup_printf (_ ("%s: comment kept with the dispute."), account);
    }
}

char *
rubis_inbox_effect_describe (const RubisInboxEffect *self, RubisDatabase *db, const RubisProposal *proposal,
                             const RubisIncomingRecord *incoming)
{
  g_autofree char *account = g_strdup_printf ("%s %s", incoming->account_code, incoming->account_name);
  g_autofree char *numbers = NULL;

  if (self->comment != NULL)
    return describe_verdict (self, account);
  if (self->kind == RUBIS_ANSWER_WRONG_PERSON)
    return self->addresses->len > 0
               ? g_strdup_printf (_ ("%s: nothing more is written to %s."), account, incoming->from_email)
               : g_strdup_printf (_ ("%s: wrong person noted; %s was no address of this account."), account,
                                  incoming->from_email);
  if (self->kind == RUBIS_ANSWER_NEW_ADDRESS)
    return self->contact == NULL
               ? g_strdup_printf (_ ("%s: %s takes the place of %s."), account, proposal->value,
                                  incoming->from_email)
               : g_strdup_printf (_ ("%s: %s added as a contact."), account, proposal->value);
  numbers = join_numbers (db, self->gift != NULL ? self->gift->promise->item_ids : proposal->item_ids);
  return describe_items (self, account, numbers);
}

char *
rubis_inbox_effect_make_label (const RubisInboxEffect *self, RubisDatabase *db,
                               const RubisIncomingRecord *incoming)
{
  g_autoptr (RubisDisputeRecord) record = NULL;
  g_autofree char *numbers = NULL;
  g_autofree char *day = NULL;

  if (self->comment == NULL)
    return NULL;
  if (self->kind == RUBIS_ANSWER_FOUNDED || self->kind == RUBIS_ANSWER_UNFOUNDED)
    return rubis_dispute_describe_move (db, self->dispute->record);
  record = rubis_store_load_dispute (db, incoming->dispute_id, FALSE, NULL);
  numbers = record != NULL ? rubis_dispute_dup_numbers (db, record) : g_strdup ("");
  if (self->kind == RUBIS_ANSWER_REMARK)
    return g_strdup_printf (_ ("Comment on the dispute on %s: %s"), numbers, incoming->account_name);
  day = rubis_format_date_short (self->date, rubis_format_ui_language ());
  return g_strdup_printf (_ ("Dispute on %s to be resolved by %s: %s"), numbers, day, incoming->account_name);
}

/* --- Doing it and taking it back -------------------------------------------------------------------- */

static gboolean
swap_stop (StopChange *change, RubisDatabase *db, GError **error)
{
  StopChange before = { .item_id = change->item_id };

  if (!rubis_store_load_item_stop (db, change->item_id, &before.stop, error))
    {
      if (error != NULL && *error == NULL)
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                     _ ("This item is not in the dossier any more."));
      return FALSE;
    }
  if (!rubis_store_set_item_stop (db, change->item_id, change->stop.stop, change->stop.reason,
                                  change->stop.until, error))
    {
      clear_stop (&before);
      return FALSE;
    }
  clear_stop (change);
  *change = before;
  return TRUE;
}

static gboolean
swap_address (RubisInboxEffect *self, AddressChange *change, RubisDatabase *db, GError **error)
{
  g_autofree char *before = NULL;
  int mark = 0;
  int ignored = 0;

  /* The mark first: changing an address takes it away. */
  if (!rubis_store_swap_email_mark (db, self->account_id, change->contact_id, change->mark, &mark, error))
    return FALSE;
  if (change->email != NULL && change->contact_id != 0
      && !rubis_store_swap_contact_email (db, change->contact_id, change->email, &before, error))
    return FALSE;
  if (change->email != NULL && change->contact_id == 0)
    {
      before = rubis_store_get_account_field (db, self->account_id, "email", error);
      if (before == NULL
          || !rubis_store_set_account_field (db, self->account_id, "email", change->email, error))
        return FALSE;
    }
  if (change->email != NULL
      && !rubis_store_swap_email_mark (db, self->account_id, change->contact_id, change->mark, &ignored,
                                       error))
    return FALSE;
  change->mark = mark;
  if (before != NULL)
    {
      g_free (change->email);
      change->email = g_steal_pointer (&before);
    }
  return TRUE;
}

static gboolean
swap_contact (RubisContactRecord *contact, gboolean removed, RubisDatabase *db, GError **error)
{
  if (contact->id == 0)
    return rubis_store_insert_contact (db, contact, error);
  return rubis_store_set_contact_removed (db, contact->id, removed, error);
}

gboolean
rubis_inbox_effect_swap (RubisInboxEffect *self, RubisSession *session, RubisDatabase *db, GError **error)
{
  gboolean done = TRUE;

  for (guint i = 0; done && i < self->stops->len; i++)
    done = swap_stop (&g_array_index (self->stops, StopChange, i), db, error);
  if (done && self->dispute != NULL)
    done = rubis_dispute_change_swap (self->dispute, session, db, error);
  if (done && self->comment != NULL)
    done = rubis_dispute_comment_swap (self->comment, self->done, db, error);
  for (guint i = 0; done && i < self->addresses->len; i++)
    done = swap_address (self, &g_array_index (self->addresses, AddressChange, i), db, error);
  if (done && self->contact != NULL)
    done = swap_contact (self->contact, self->done, db, error);
  if (done && self->gift != NULL)
    done = rubis_promise_gift_swap (self->gift, db, error);
  if (done)
    self->done = !self->done;
  return done;
}
