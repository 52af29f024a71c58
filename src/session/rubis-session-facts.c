/* Facts on the dossier as a whole, and journal lines. */
#include "rubis-session-private.h"

#include <glib/gi18n-lib.h>

#include "rubis-agenda-list.h"
#include "rubis-format.h"
#include "rubis-store-imports.h"
#include "rubis-store-settings.h"

/* Data older than this are not dunned from, unless the user says so; a setting changes it. */
#define DEFAULT_FRESHNESS_DAYS 7

/* The day on which the user said that reminders may leave on old data. */
#define ACCEPTED_ON "dunning.old_data_accepted_on"

static gboolean
load_number (RubisDatabase *db, const char *key, gint64 fallback, gint64 *number, GError **error)
{
  g_autofree char *text = rubis_store_get_setting (db, key, error);

  if (text == NULL)
    return FALSE;
  if (!g_ascii_string_to_signed (text, 10, G_MININT32, G_MAXINT32, number, NULL))
    *number = fallback;
  return TRUE;
}

gboolean
rubis_session_load_dossier_facts (RubisSession *self, RubisDatabase *db, RubisDossierFacts *facts, GError **error)
{
  RubisDate data_date = RUBIS_DATE_NONE;
  gint64 paused = 0;
  gint64 paused_until = 0;
  gint64 freshness = 0;
  gint64 accepted_on = 0;

  if (!rubis_store_get_data_date (db, &data_date, error))
    return FALSE;
  if (!load_number (db, "dunning.paused", 0, &paused, error)
      || !load_number (db, "dunning.paused_until", RUBIS_DATE_NONE, &paused_until, error)
      || !load_number (db, "dunning.freshness_days", DEFAULT_FRESHNESS_DAYS, &freshness, error)
      || !load_number (db, ACCEPTED_ON, RUBIS_DATE_NONE, &accepted_on, error))
    return FALSE;
  /* The user's word holds for the day on which it was given. */
  if (accepted_on == rubis_session_get_today (self))
    freshness = 0;
  *facts = (RubisDossierFacts){
    .paused = paused != 0,
    .paused_until = (RubisDate) paused_until,
    .data_date = data_date,
    .freshness_days = (int) freshness,
  };
  return TRUE;
}

typedef struct {
  RubisSession *session;
  RubisDate data_date;
} Acceptance;

static gboolean
write_acceptance (RubisStore *store, gpointer user_data, GError **error)
{
  const Acceptance *acceptance = user_data;
  RubisDatabase *db = rubis_store_get_database (store);
  RubisDate today = rubis_session_get_today (acceptance->session);
  g_autofree char *day = g_strdup_printf ("%d", today);
  g_autofree char *date = rubis_format_date_long (acceptance->data_date, rubis_format_ui_language ());
  g_autofree char *summary = g_strdup_printf (_("Reminders allowed today on data of %s"), date);
  g_autoptr(RubisEventRecord) event = rubis_session_new_event (acceptance->session, "old-data", 0, summary, NULL);

  return rubis_store_set_setting (db, ACCEPTED_ON, day, error) && rubis_store_append_event (db, event, error);
}

gboolean
rubis_session_accept_old_data (RubisSession *self, GError **error)
{
  RubisStore *store = rubis_session_lock (self);
  Acceptance acceptance = { .session = self };
  RubisDossierFacts facts;
  gboolean ok = FALSE;

  if (store == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED, _("The dossier is closed."));
  else if (rubis_session_load_dossier_facts (self, rubis_store_get_database (store), &facts, error))
    {
      acceptance.data_date = facts.data_date;
      ok = rubis_store_transact (store, write_acceptance, &acceptance, error);
    }
  rubis_session_unlock (self);
  if (ok)
    rubis_session_mark_changed (self);
  return ok;
}

gboolean
rubis_session_is_send_day (const RubisPolicy *policy, RubisDate date)
{
  RubisCalendar calendar;

  if ((rubis_policy_get_send_days (policy) & (1u << rubis_date_weekday (date))) == 0)
    return FALSE;
  return !rubis_calendar_from_id (rubis_policy_get_calendar (policy), &calendar)
         || !rubis_calendar_is_holiday (calendar, date);
}

char *
rubis_session_now (void)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_utc ();

  return g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ");
}

RubisEventRecord *
rubis_session_new_event (RubisSession *self, const char *kind, gint64 account_id, const char *summary,
                         const char *data)
{
  RubisEventRecord *event = g_new0 (RubisEventRecord, 1);

  event->at = rubis_session_now ();
  event->date = rubis_session_get_today (self);
  event->kind = g_strdup (kind);
  event->account_id = account_id;
  event->actor = g_strdup (g_get_user_name ());
  event->summary = g_strdup (summary);
  event->data = g_strdup (data != NULL ? data : "{}");
  return event;
}
