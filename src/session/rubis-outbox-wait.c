/* Whether something but its own time keeps a message. */
#include "rubis-outbox-wait.h"

#include <glib/gi18n-lib.h>

#include "rubis-agenda-private.h"
#include "rubis-agenda-recheck.h"
#include "rubis-facts.h"
#include "rubis-format.h"
#include "rubis-outbox-parcel.h"
#include "rubis-store-accounts.h"
#include "rubis-store-senders.h"
#include "rubis-store-settings.h"

/* Days on which nothing leaves in a row, before nobody looks further. */
#define MAX_CLOSED 62
/* A sender's days and a scenario's are looked through in turn so often. */
#define MAX_TURNS 14

struct _RubisOutboxRules
{
  RubisSession *session; /* (unowned) */
  RubisDatabase *db;     /* (unowned) */
  gint64 now;
  RubisDate today;    /* of the session */
  RubisDate calendar; /* of the clock */
  gboolean all_held;
  gboolean reminders_held;
  RubisLibrary *library;
  GPtrArray *senders; /* (element-type RubisSender) */
  GArray *free_at;    /* (element-type gint64) of each sender: when its limits let it send again */
};

static RubisDate
get_day (gint64 time)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_local (time);

  return rubis_date_from_ymd (g_date_time_get_year (moment), g_date_time_get_month (moment),
                              g_date_time_get_day_of_month (moment));
}

static gint64
get_start (RubisDate day)
{
  g_autoptr (GDateTime) midnight = NULL;
  int year;
  int month;
  int of_month;

  rubis_date_to_ymd (day, &year, &month, &of_month);
  midnight = g_date_time_new_local (year, month, of_month, 0, 0, 0);
  return midnight != NULL ? g_date_time_to_unix (midnight) : 0;
}

void
rubis_outbox_rules_free (RubisOutboxRules *self)
{
  g_clear_pointer (&self->library, rubis_library_unref);
  g_clear_pointer (&self->senders, g_ptr_array_unref);
  g_clear_pointer (&self->free_at, g_array_unref);
  g_free (self);
}

static gboolean
read_senders (RubisOutboxRules *self, GError **error)
{
  self->senders = rubis_store_list_senders (self->db, error);
  for (guint i = 0; self->senders != NULL && i < self->senders->len; i++)
    {
      gint64 free_at = self->now;

      if (!rubis_sender_check_limits (self->db, g_ptr_array_index (self->senders, i), self->now, &free_at,
                                      error))
        return FALSE;
      g_array_append_val (self->free_at, free_at);
    }
  return self->senders != NULL;
}

RubisOutboxRules *
rubis_outbox_rules_new (RubisSession *session, RubisDatabase *db, gint64 now, GError **error)
{
  g_autoptr (RubisOutboxRules) self = g_new0 (RubisOutboxRules, 1);
  g_autofree char *hold = rubis_store_get_setting (db, RUBIS_OUTBOX_SETTING_HOLD, error);

  self->session = session;
  self->db = db;
  self->now = now;
  self->today = rubis_session_get_today (session);
  self->calendar = get_day (now);
  self->library = rubis_session_get_library (session);
  self->free_at = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (hold == NULL || !read_senders (self, error)
      || !rubis_agenda_is_held (session, db, &self->reminders_held, error))
    return NULL;
  self->all_held = g_str_equal (hold, "1");
  return g_steal_pointer (&self);
}

/* The day of the session at @time: a session may live in another day than the clock. */
static RubisDate
to_session_day (const RubisOutboxRules *self, gint64 time)
{
  RubisDate day = get_day (time);

  return self->today >= self->calendar ? MAX (self->today, day) : self->today + (day - self->calendar);
}

static gint64
from_session_day (const RubisOutboxRules *self, RubisDate day)
{
  return get_start (self->today >= self->calendar ? day : self->calendar + (day - self->today));
}

/* The sender that takes @record, as sending chooses it. (unowned) (nullable) */
static const RubisSender *
find_sender (const RubisOutboxRules *self, const RubisOutboxRecord *record, guint *index)
{
  RubisParcelKind kind;

  for (guint i = 0; i < self->senders->len; i++)
    {
      const RubisSender *sender = g_ptr_array_index (self->senders, i);

      *index = i;
      if (sender->id == record->sender_id)
        return sender;
    }
  rubis_outbox_get_parcel_kind (record, NULL, &kind);
  for (guint i = 0; i < self->senders->len; i++)
    {
      const RubisSender *sender = g_ptr_array_index (self->senders, i);

      *index = i;
      if (sender->active && sender->transport != RUBIS_TRANSPORT_FOLDER
          && rubis_transport_carries (sender->transport, kind))
        return sender;
    }
  return NULL;
}

/* The scenario whose days count. @policy: (out) (unowned) (nullable) none does */
static gboolean
find_policy (const RubisOutboxRules *self, const RubisOutboxRecord *record, const RubisPolicy **policy,
             GError **error)
{
  g_autoptr (RubisAccountRecord) account = NULL;
  RubisAccountFacts facts;

  *policy = NULL;
  if (record->rank == RUBIS_OUTBOX_NO_STEP)
    return TRUE;
  account = rubis_store_load_account (self->db, record->account_id, error);
  if (account == NULL)
    return FALSE;
  rubis_facts_from_account (account, 0, &facts);
  *policy = rubis_agenda_choose_policy (self->library, account->policy_id, &facts);
  return TRUE;
}

/* From @from on, when a day of @policy has come. @day: (out) which; 0: none in sight. */
static gint64
find_send_day (const RubisOutboxRules *self, const RubisPolicy *policy, gint64 from, RubisDate *day)
{
  RubisDate first = to_session_day (self, from);

  *day = first;
  if (policy == NULL)
    return from;
  while (!rubis_session_is_send_day (policy, *day))
    {
      if (*day - first > MAX_CLOSED)
        return 0;
      (*day)++;
    }
  return *day == first ? from : from_session_day (self, *day);
}

/* The first moment from @from on at which scenario and sender both let it leave; 0: never. */
static gint64
find_open (const RubisOutboxRules *self, const RubisPolicy *policy, const RubisSender *sender, gint64 from)
{
  gint64 moment = from;

  for (int turn = 0; turn < MAX_TURNS && moment != 0; turn++)
    {
      RubisDate day;
      gint64 allowed = find_send_day (self, policy, moment, &day);
      gint64 open = allowed != 0 ? rubis_sender_next_open (sender, allowed) : 0;

      if (open == allowed || open == 0)
        return open;
      moment = open;
    }
  return 0;
}

/* Why @record does not leave although its own time has come at @start. */
static char *
explain (const RubisOutboxRules *self, const RubisPolicy *policy, const RubisSender *sender, gint64 start,
         gint64 free_at)
{
  RubisDate day = RUBIS_DATE_NONE;
  gint64 allowed = find_send_day (self, policy, start, &day);

  if (allowed == 0)
    return g_strdup (_ ("Its scenario has no day on which anything leaves."));
  if (allowed != start)
    {
      g_autofree char *date = rubis_format_date_short (day, rubis_format_ui_language ());

      return g_strdup_printf (_ ("No reminders leave on that day (weekend or holiday): the next day is %s."),
                              date);
    }
  if (sender->wait_until > start)
    return g_strdup_printf (_ ("%s: %s"), sender->name, sender->wait_reason);
  if (free_at > start)
    return g_strdup_printf (_ ("%s has sent as many messages as its limit allows."), sender->name);
  if (rubis_sender_next_open (sender, start) != start)
    return g_strdup_printf (_ ("%s does not send on that day or at that hour."), sender->name);
  return NULL;
}

gboolean
rubis_outbox_rules_find_moment (RubisOutboxRules *self, const RubisOutboxRecord *record, gint64 *moment,
                                char **why, GError **error)
{
  gint64 start = MAX (record->send_after, self->now);
  const RubisPolicy *policy = NULL;
  const RubisSender *sender;
  gint64 free_at;
  guint index = 0;

  *moment = 0;
  *why = NULL;
  sender = find_sender (self, record, &index);
  if (self->all_held)
    *why = g_strdup (_ ("Everything is held: nothing leaves."));
  else if (sender == NULL)
    *why = g_strdup (_ ("No sender carries these messages: add one, or switch one on."));
  else if (!sender->active)
    *why = g_strdup_printf (_ ("%s: %s"), sender->name, _ ("It is switched off: its messages wait."));
  else if (self->reminders_held && record->rank != RUBIS_OUTBOX_NO_STEP)
    *why = g_strdup (_ ("Reminders are paused, or the data are too old: they wait."));
  if (*why != NULL)
    return TRUE;
  if (!find_policy (self, record, &policy, error))
    return FALSE;
  free_at = g_array_index (self->free_at, gint64, index);
  *why = explain (self, policy, sender, start, free_at);
  *moment = find_open (self, policy, sender, MAX (MAX (start, sender->wait_until), free_at));
  return TRUE;
}
