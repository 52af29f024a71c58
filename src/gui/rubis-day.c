#include "rubis-day.h"

#include <glib/gi18n-lib.h>

#include "rubis-account-card.h"
#include "rubis-calendar.h"
#include "rubis-eligibility.h"
#include "rubis-post-job.h"
#include "rubis-registered.h"
#include "rubis-ui.h"

static gboolean
sends_on (const RubisPolicy *policy, RubisDate date)
{
  RubisCalendar calendar;

  if ((rubis_policy_get_send_days (policy) & (1u << rubis_date_weekday (date))) == 0)
    return FALSE;
  return !rubis_calendar_from_id (rubis_policy_get_calendar (policy), &calendar)
         || !rubis_calendar_is_holiday (calendar, date);
}

/* The first day from @today on when documents of any policy leave; NONE when that is today. */
static RubisDate
find_next_open (GPtrArray *policies, RubisDate today)
{
  for (RubisDate date = today; date < today + 31; date++)
    {
      for (guint i = 0; i < policies->len; i++)
        {
          if (sends_on (policies->pdata[i], date))
            return date == today ? RUBIS_DATE_NONE : date;
        }
    }
  return RUBIS_DATE_NONE;
}

static gboolean
is_held_back_for (GPtrArray *actions, RubisReason reason)
{
  for (guint i = 0; i < actions->len; i++)
    {
      RubisActionRow *action = actions->pdata[i];

      if (action->state == RUBIS_ACTION_REFUSED && (action->reason_mask & RUBIS_REASON_BIT (reason)) != 0)
        return TRUE;
    }
  return FALSE;
}

static void
collect_accounts (RubisAccountNode *node, GHashTable *accounts)
{
  if (node->kind == RUBIS_NODE_ACCOUNT)
    {
      gint64 *key = g_new (gint64, 1);

      *key = node->id;
      g_hash_table_add (accounts, key);
    }
  for (guint i = 0; node->children != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (node->children)); i++)
    {
      g_autoptr(RubisAccountNode) child = g_list_model_get_item (G_LIST_MODEL (node->children), i);

      collect_accounts (child, accounts);
    }
}

gboolean
rubis_day_collect_group (GListModel *nodes, gint64 group_id, GHashTable *accounts)
{
  for (guint i = 0; nodes != NULL && i < g_list_model_get_n_items (nodes); i++)
    {
      g_autoptr(RubisAccountNode) node = g_list_model_get_item (nodes, i);

      if (node->kind == RUBIS_NODE_GROUP && node->id == group_id)
        {
          collect_accounts (node, accounts);
          return TRUE;
        }
      if (rubis_day_collect_group (G_LIST_MODEL (node->children), group_id, accounts))
        return TRUE;
    }
  return FALSE;
}

void
rubis_day_free (RubisDay *self)
{
  g_free (self->registered);
  g_clear_pointer (&self->actions, g_ptr_array_unref);
  g_clear_pointer (&self->tasks, g_ptr_array_unref);
  g_free (self);
}

/* @task: (transfer full) (nullable) */
static void
add_task (GString *text, char *task)
{
  if (task != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", task);
  g_free (task);
}

/* Letters to be numbered and posted, answers to be asked for, addresses to be checked. (transfer full) */
static char *
describe_registered (RubisSession *session, GError **error)
{
  g_autoptr(RubisRegisteredTasks) tasks = rubis_session_list_registered_tasks (session, error);
  GString *text;
  guint n;

  if (tasks == NULL)
    return NULL;
  text = g_string_new (NULL);
  n = tasks->n_to_number + tasks->n_to_post;
  add_task (text, n == 0 ? NULL
                         : g_strdup_printf (ngettext ("%u registered letter to post", "%u registered letters to post",
                                                      n), n));
  n = tasks->n_to_ask;
  add_task (text, n == 0 ? NULL
                         : g_strdup_printf (ngettext ("%u perhaps not claimed", "%u perhaps not claimed", n), n));
  n = tasks->returned->len;
  if (n == 1)
    add_task (text, g_strdup_printf (_("Address to check: %s"),
                                     ((RubisRegisteredLetter *) tasks->returned->pdata[0])->account_name));
  else if (n > 1)
    add_task (text, g_strdup_printf (ngettext ("%u address to check", "%u addresses to check", n), n));
  return g_string_free (text, FALSE);
}

gpointer
rubis_day_compute (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  g_autoptr(RubisDay) day = g_new0 (RubisDay, 1);
  g_autoptr(RubisStatus) status = rubis_session_get_status (session, error);
  g_autoptr(GPtrArray) policies = NULL;

  if (status == NULL)
    return NULL;
  policies = rubis_session_list_policies (session, error);
  if (policies == NULL)
    return NULL;
  day->data_date = status->data_date;
  day->next_open = find_next_open (policies, rubis_session_get_today (session));
  day->actions = rubis_session_compute_agenda (session, progress, error);
  if (day->actions == NULL)
    return NULL;
  day->tasks = rubis_session_list_tasks (session, 0, 0, error);
  if (day->tasks == NULL)
    return NULL;
  day->registered = describe_registered (session, error);
  if (day->registered == NULL || !rubis_session_count_at_printer (session, &day->n_at_printer, error))
    return NULL;
  day->no_data = status->n_accounts == 0 && day->actions->len == 0;
  return g_steal_pointer (&day);
}

gboolean
rubis_day_is_stale (RubisDay *self)
{
  return is_held_back_for (self->actions, RUBIS_REASON_STALE);
}

char *
rubis_day_describe_obstacle (RubisDay *self)
{
  if (self->no_data)
    return g_strdup ("");
  if (rubis_day_is_stale (self))
    {
      g_autofree char *date = rubis_ui_format_long_date (self->data_date);

      return g_strdup_printf (_("The data are of %s: nothing leaves on data that old. Import a recent export."), date);
    }
  if (self->next_open != RUBIS_DATE_NONE)
    {
      g_autofree char *date = rubis_ui_format_long_date (self->next_open);

      return g_strdup_printf (_("Nothing leaves today, a weekend or a holiday. Documents leave again on %s."), date);
    }
  return g_strdup ("");
}
