/* Whether a message may leave now, and noting that it does. */
#include "rubis-dispatcher-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-agenda-private.h"
#include "rubis-agenda-recheck.h"
#include "rubis-email.h"
#include "rubis-facts.h"
#include "rubis-outbox-parcel.h"
#include "rubis-store-accounts.h"
#include "rubis-store-senders.h"
#include "rubis-store-settings.h"

#define MINUTE 60
#define MINUTES_A_DAY 1440

/* --- hours, days and limits of a sender --- */

gint64
rubis_sender_next_open (const RubisSender *sender, gint64 now)
{
  g_autoptr (GDateTime) start = g_date_time_new_from_unix_local (now);

  for (int day = 0; day <= 7; day++)
    {
      g_autoptr (GDateTime) date = g_date_time_add_days (start, day);
      gboolean today = (sender->days & (1u << (g_date_time_get_day_of_week (date) - 1))) != 0;
      int minute = day > 0 ? 0 : g_date_time_get_hour (date) * 60 + g_date_time_get_minute (date);
      int opens = MAX (minute, sender->from_minute);
      g_autoptr (GDateTime) moment = NULL;

      if (!today || opens >= sender->until_minute)
        continue;
      if (day == 0 && opens == minute)
        return now;
      moment = g_date_time_new_local (g_date_time_get_year (date), g_date_time_get_month (date),
                                      g_date_time_get_day_of_month (date), opens / 60, opens % 60, 0);
      return moment != NULL ? g_date_time_to_unix (moment) : now;
    }
  return 0;
}

static gint64
get_midnight (gint64 now)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (now);
  g_autoptr (GDateTime) midnight
      = g_date_time_new_local (g_date_time_get_year (time), g_date_time_get_month (time),
                               g_date_time_get_day_of_month (time), 0, 0, 0);

  return midnight != NULL ? g_date_time_to_unix (midnight) : now - now % (MINUTES_A_DAY * MINUTE);
}

gboolean
rubis_sender_check_limits (RubisDatabase *db, const RubisSender *sender, gint64 now, gint64 *free_at,
                           GError **error)
{
  gint64 midnight = get_midnight (now);
  gint64 n = 0;
  gint64 oldest = 0;

  *free_at = now;
  if (sender->per_minute > 0)
    {
      if (!rubis_store_count_attempts_since (db, sender->id, now - MINUTE, &n, &oldest, error))
        return FALSE;
      if (n >= sender->per_minute)
        *free_at = MAX (now + 1, oldest + MINUTE);
    }
  if (sender->per_day > 0)
    {
      if (!rubis_store_count_attempts_since (db, sender->id, midnight - 1, &n, &oldest, error))
        return FALSE;
      if (n >= sender->per_day)
        *free_at = midnight + MINUTES_A_DAY * MINUTE;
    }
  return TRUE;
}

/* Whether the sender may send now; when not, its lane is stopped for this run. */
static gboolean
check_lane (RubisDispatch *self, RubisDatabase *db, RubisLane *lane, gboolean *open, GError **error)
{
  const RubisSender *sender = lane->sender;
  gint64 now = rubis_dispatch_now (self);
  g_autoptr (GError) transport_error = NULL;
  gint64 free_at = now;

  *open = FALSE;
  if (lane->stopped)
    return TRUE;
  lane->stopped = TRUE;
  if (self->options->folders_only && sender->transport != RUBIS_TRANSPORT_FOLDER)
    return TRUE;
  if (!sender->active)
    return rubis_dispatch_stop_lane (self, db, lane, 0, _ ("It is switched off: its messages wait."), error);
  if (sender->wait_until > now && !self->options->hurry)
    return rubis_dispatch_stop_lane (self, db, lane, 0, sender->wait_reason, error);
  if (rubis_sender_next_open (sender, now) != now)
    return TRUE;
  if (!rubis_sender_check_limits (db, sender, now, &free_at, error))
    return FALSE;
  if (free_at > now)
    return TRUE;
  if (lane->transport == NULL)
    lane->transport = rubis_dispatch_make_transport (self, sender, &transport_error);
  if (lane->transport == NULL)
    return rubis_dispatch_stop_lane (self, db, lane, 0, transport_error->message, error);
  lane->stopped = FALSE;
  *open = TRUE;
  return TRUE;
}

/* --- the message --- */

/* The lane by which a message leaves; what lost its sender gets another. NULL without error: there is none.
 */
static RubisLane *
choose_lane (RubisDispatch *self, RubisDatabase *db, RubisOutboxRecord *record, GError **error)
{
  g_autoptr (RubisSender) sender = NULL;
  RubisParcelKind kind;
  RubisLane *lane;
  g_autoptr (GError) lane_error = NULL;

  if (record->sender_id != 0)
    {
      lane = rubis_dispatch_get_lane (self, db, record->sender_id, &lane_error);
      if (lane_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&lane_error));
          return NULL;
        }
      if (lane != NULL && rubis_outbox_get_parcel_kind (record, lane->sender, &kind))
        return lane;
    }
  /* A letter was confirmed for one provider at its price. */
  if (rubis_channel_is_letter ((RubisChannel)record->channel))
    return NULL;
  rubis_outbox_get_parcel_kind (record, NULL, &kind);
  sender = rubis_store_choose_sender (db, kind, g_get_user_name (), 0, error);
  /* What was to leave through a server does not become a file unasked. */
  if (sender == NULL || sender->transport == RUBIS_TRANSPORT_FOLDER)
    return NULL;
  record->sender_id = sender->id;
  return rubis_dispatch_get_lane (self, db, sender->id, error);
}

/* What has to go on waiting although its sender is ready: it is not even judged. */
static gboolean
must_wait (RubisDispatch *self, RubisDatabase *db, const RubisOutboxRecord *record, gboolean *waits,
           GError **error)
{
  g_autofree char *hold = rubis_store_get_setting (db, RUBIS_OUTBOX_SETTING_HOLD, error);

  if (hold == NULL)
    return FALSE;
  *waits = g_str_equal (hold, "1");
  if (*waits)
    rubis_dispatch_add_problem (self, _ ("Everything is held: nothing leaves."));
  if (*waits || record->rank == RUBIS_OUTBOX_NO_STEP)
    return TRUE;
  if (!rubis_agenda_is_held (self->session, db, waits, error))
    return FALSE;
  if (*waits)
    rubis_dispatch_add_problem (self, _ ("Reminders are paused, or the data are too old: they wait."));
  return TRUE;
}

/* Whether the account's scenario lets reminders leave today. */
static gboolean
is_send_day (RubisDispatch *self, RubisDatabase *db, const RubisOutboxRecord *record, gboolean *sends,
             GError **error)
{
  g_autoptr (RubisAccountRecord) account = NULL;
  g_autoptr (RubisLibrary) library = NULL;
  RubisAccountFacts facts;

  *sends = TRUE;
  if (record->rank == RUBIS_OUTBOX_NO_STEP)
    return TRUE;
  account = rubis_store_load_account (db, record->account_id, error);
  if (account == NULL)
    return FALSE;
  library = rubis_session_get_library (self->session);
  rubis_facts_from_account (account, 0, &facts);
  *sends = rubis_session_is_send_day (rubis_agenda_choose_policy (library, account->policy_id, &facts),
                                      rubis_session_get_today (self->session));
  return TRUE;
}

static gboolean
is_address (const char *email, const char *recipient)
{
  g_autofree char *ascii = rubis_email_to_ascii (email);

  return g_ascii_strcasecmp (ascii, recipient) == 0;
}

/* Whether the account has the address still, and whether mail to it came back. */
static gboolean
judge_address (RubisDatabase *db, gint64 account_id, const char *recipient, gboolean *known, gboolean *bad,
               GError **error)
{
  g_autoptr (RubisAccountRecord) account = rubis_store_load_account (db, account_id, error);
  g_autoptr (GPtrArray) contacts = account != NULL ? rubis_store_list_contacts (db, account_id, error) : NULL;

  if (contacts == NULL)
    return FALSE;
  *known = is_address (account->email, recipient);
  *bad = *known && account->email_bad;
  for (guint i = 0; i < contacts->len; i++)
    {
      const RubisContactRecord *contact = g_ptr_array_index (contacts, i);

      if (!is_address (contact->email, recipient))
        continue;
      *known = TRUE;
      *bad = *bad || contact->bounced;
    }
  return TRUE;
}

/* Why the message must not leave any more. @why: (out) (nullable); @refused: rather than called off. */
static gboolean
judge (RubisDispatch *self, RubisDatabase *db, const RubisOutboxRecord *record, const RubisLane *lane,
       char **why, gboolean *refused, GError **error)
{
  g_autofree char *from = NULL;
  gboolean bad = FALSE;
  gboolean known = FALSE;

  *why = NULL;
  *refused = FALSE;
  if (record->rank != RUBIS_OUTBOX_NO_STEP && !rubis_agenda_recheck (self->session, db, record, why, error))
    return FALSE;
  if (*why != NULL || record->channel != RUBIS_CHANNEL_EMAIL)
    return TRUE;
  if (!judge_address (db, record->account_id, record->recipient, &known, &bad, error))
    return FALSE;
  if (bad)
    {
      *refused = TRUE;
      *why = g_strdup (_ ("Its address came back as unknown: give the account another one."));
      return TRUE;
    }
  if (!known && record->rank != RUBIS_OUTBOX_NO_STEP)
    {
      *why = g_strdup (_ ("The account has another address now: it is proposed again."));
      return TRUE;
    }
  from = rubis_outbox_dup_from (db, lane->sender, error);
  if (from == NULL)
    return FALSE;
  if (*record->from_email == '\0' || g_ascii_strcasecmp (from, record->from_email) == 0)
    return TRUE;
  /* The agenda proposes reminders anew; what it knows nothing of has to be seen. */
  *refused = record->rank == RUBIS_OUTBOX_NO_STEP;
  *why = g_strdup (*refused ? _ ("It was written for another sender: ask for it once more.")
                            : _ ("It was written for another sender: it is proposed again."));
  return TRUE;
}

/* --- taking it out --- */

/* How often the message has left before and come back. @first: (out) the first attempt since then. What is
 * asked about is the last attempt; what is being handed over is not yet among them. After an unknown outcome
 * that nobody has settled only what came back is tried again.
 */
static guint
count_turns (const RubisOutboxRecord *record, GPtrArray *attempts, guint *first)
{
  guint end = attempts->len;
  guint n = 0;

  if (end > 0 && !g_str_equal (record->state, "sending"))
    end--;
  *first = 0;
  for (guint i = 0; i < end; i++)
    {
      const RubisAttemptRecord *attempt = attempts->pdata[i];

      if (!g_str_equal (attempt->fate, rubis_fate_to_id (RUBIS_FATE_SENT))
          && !g_str_equal (attempt->fate, rubis_fate_to_id (RUBIS_FATE_UNKNOWN)))
        continue;
      *first = i + 1;
      n++;
    }
  return n;
}

RubisParcel *
rubis_dispatch_make_parcel (RubisDispatch *self, RubisDatabase *db, const RubisOutboxRecord *record,
                            const RubisLane *lane, GPtrArray *attempts, GError **error)
{
  g_autoptr (RubisDocumentRecord) document = rubis_store_load_document (db, record->document_id, error);
  RubisParcel *parcel;
  guint first;
  guint turns = count_turns (record, attempts, &first);

  if (document == NULL)
    {
      if (error != NULL && *error == NULL)
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("There is no such document."));
      return NULL;
    }
  parcel = rubis_outbox_make_parcel (self->session, db, record, document, lane->sender, error);
  if (parcel == NULL)
    return NULL;
  g_free (parcel->id);
  parcel->id = g_strdup_printf ("rubis-%.8s-%" G_GINT64_FORMAT, self->dossier_id, record->id);
  if (turns > 0)
    {
      /* For the provider it is another message. */
      g_autofree char *before = g_steal_pointer (&parcel->id);

      parcel->id = g_strdup_printf ("%s-%u", before, turns + 1);
    }
  rubis_parcel_set (parcel, provider_id, record->provider_id);
  if (first < attempts->len)
    {
      parcel->first_attempt = ((RubisAttemptRecord *)g_ptr_array_index (attempts, first))->began_at;
      parcel->last_attempt
          = ((RubisAttemptRecord *)g_ptr_array_index (attempts, attempts->len - 1))->began_at;
    }
  return parcel;
}

static gboolean
take_out (RubisDispatch *self, RubisDatabase *db, RubisOutboxRecord *record, RubisLane *lane,
          RubisFlight **taken, GError **error)
{
  RubisFlight *flight = g_new0 (RubisFlight, 1);
  g_autoptr (GPtrArray) attempts = rubis_store_list_attempts (db, record->id, error);

  flight->outbox_id = record->id;
  flight->lane = lane;
  flight->attempt = g_new0 (RubisAttemptRecord, 1);
  flight->attempt->outbox_id = record->id;
  flight->attempt->sender_id = lane->sender->id;
  flight->attempt->began_at = rubis_dispatch_now (self);
  flight->attempt->transport = g_strdup (rubis_transport_to_id (lane->sender->transport));
  rubis_outbox_set (record, state, "sending");
  rubis_outbox_set (record, reason, "");
  flight->parcel
      = attempts != NULL ? rubis_dispatch_make_parcel (self, db, record, lane, attempts, error) : NULL;
  if (flight->parcel == NULL || !rubis_store_begin_attempt (db, flight->attempt, error)
      || !rubis_outbox_update (self->session, db, record, error))
    {
      rubis_flight_free (flight);
      return FALSE;
    }
  *taken = flight;
  return TRUE;
}

static gboolean
is_due (const RubisDispatch *self, const RubisOutboxRecord *record)
{
  gboolean approved = g_str_equal (record->state, "approved");

  if (!approved && !g_str_equal (record->state, "queued"))
    return FALSE;
  return record->send_after <= rubis_dispatch_now (self) || (approved && self->options->hurry);
}

gboolean
rubis_dispatch_take (RubisDispatch *self, RubisDatabase *db, gint64 outbox_id, gboolean files,
                     RubisTake *take, RubisFlight **flight, GError **error)
{
  g_autoptr (GError) load_error = NULL;
  g_autoptr (RubisOutboxRecord) record = rubis_store_load_outbox (db, outbox_id, &load_error);
  RubisLane *lane = NULL;
  g_autofree char *why = NULL;
  gboolean open = FALSE;
  gboolean waits = FALSE;
  gboolean sends = TRUE;
  gboolean refused = FALSE;

  *take = RUBIS_TAKE_NOT_NOW;
  if (record != NULL && is_due (self, record))
    lane = choose_lane (self, db, record, &load_error);
  if (load_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&load_error));
      return FALSE;
    }
  if (lane == NULL)
    {
      if (record != NULL && is_due (self, record))
        rubis_dispatch_add_problem (self, _ ("No sender carries these messages: add one, or switch one on."));
      return TRUE;
    }
  if (files && lane->sender->transport != RUBIS_TRANSPORT_FOLDER)
    {
      *take = RUBIS_TAKE_NEXT_TURN;
      return TRUE;
    }
  if (!check_lane (self, db, lane, &open, error))
    return FALSE;
  if (!open)
    return TRUE;
  if (!must_wait (self, db, record, &waits, error))
    return FALSE;
  if (waits)
    return TRUE;
  if (!judge (self, db, record, lane, &why, &refused, error)
      || !is_send_day (self, db, record, &sends, error))
    return FALSE;
  if (why == NULL)
    {
      *take = sends ? RUBIS_TAKE_TAKEN : RUBIS_TAKE_NOT_NOW;
      return !sends || take_out (self, db, record, lane, flight, error);
    }
  rubis_dispatch_touch (self, outbox_id);
  if (refused)
    {
      self->report->n_refused++;
      return rubis_outbox_refuse (self->session, db, record, why, error);
    }
  self->report->n_called_off++;
  return rubis_agenda_call_off (self->session, db, record, why, error);
}
