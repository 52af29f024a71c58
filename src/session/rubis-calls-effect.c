/* What a call does to levels, to the throttle and to what was agreed. */
#include "rubis-calls-private.h"

#include <glib/gi18n-lib.h>

#include "rubis-call-result.h"
#include "rubis-choices.h"
#include "rubis-facts.h"
#include "rubis-format.h"
#include "rubis-store-promises.h"

RubisCallEffect *
rubis_call_effect_new (gint64 account_id, const char *result)
{
  RubisCallEffect *self = g_new0 (RubisCallEffect, 1);

  self->call = g_new0 (RubisCallLine, 1);
  self->call->account_id = account_id;
  self->call->result = g_strdup (result);
  self->call->rank = -1;
  self->named = TRUE;
  self->promises = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->disputes = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->plans = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->seen = g_array_new (FALSE, FALSE, sizeof (gint64));
  return self;
}

void
rubis_call_effect_free (RubisCallEffect *self)
{
  rubis_call_line_free (self->call);
  g_clear_object (&self->action);
  g_clear_pointer (&self->callback, rubis_callback_line_free);
  g_array_unref (self->promises);
  g_array_unref (self->disputes);
  g_array_unref (self->plans);
  g_array_unref (self->seen);
  g_free (self);
}

gboolean
rubis_call_is_broken (const RubisPromiseRow *promise)
{
  return rubis_promise_row_is_broken (promise) && !promise->seen;
}

static char *
summarise (const RubisCallEffect *self, RubisSession *session)
{
  g_autofree char *label = rubis_call_dup_result_label (session, self->call->result);
  const char *note = self->call->note != NULL ? self->call->note : "";
  g_autofree char *said = !self->named    ? g_strdup (note)
                          : *note != '\0' ? g_strdup_printf ("%s. %s", label, note)
                                          : g_strdup (label);

  if (self->action != NULL)
    return rubis_agenda_summarise (self->action, said);
  return g_strdup_printf (_ ("Call: %s"), said);
}

static char *
make_data (const RubisCallEffect *self)
{
  const RubisActionRow *action = self->action;
  g_autofree char *amount = NULL;

  if (action == NULL)
    return g_strdup_printf ("{\"channel\":\"call\",\"result\":\"%s\",\"seconds\":%d}", self->call->result,
                            self->call->seconds);
  amount = rubis_money_to_string (action->amount, action->currency);
  return g_strdup_printf (
      "{\"step\":%d,\"channel\":\"call\",\"amount\":\"%s\",\"currency\":\"%s\",\"result\":\"%s\","
      "\"seconds\":%d}",
      action->rank, amount, action->currency.code, self->call->result, self->call->seconds);
}

/* What an item reached in another way meanwhile stays. */
static int
get_level (GPtrArray *groups, gint64 item_id)
{
  for (guint g = 0; g < groups->len; g++)
    {
      const RubisFactsGroup *group = g_ptr_array_index (groups, g);

      for (guint i = 0; i < group->items->len; i++)
        {
          const RubisAgendaItem *item = &g_array_index (group->items, RubisAgendaItem, i);

          if (item->id == item_id)
            return item->facts.level;
        }
    }
  return RUBIS_LEVEL_NONE;
}

static gboolean
link_items (RubisCallEffect *self, RubisSession *session, RubisDatabase *db, const RubisEventRecord *event,
            gboolean step_done, GError **error)
{
  g_autoptr (GPtrArray) groups = rubis_facts_load_groups (session, db, self->call->account_id, error);

  if (groups == NULL)
    return FALSE;
  for (guint i = 0; self->action != NULL && i < self->action->item_ids->len; i++)
    {
      gint64 id = g_array_index (self->action->item_ids, gint64, i);
      int level = g_array_index (self->action->levels, int, i);
      gboolean reaches = step_done && get_level (groups, id) <= level;

      if (!rubis_store_link_event_item (db, event->id, id, reaches ? level : RUBIS_EVENT_NO_LEVEL,
                                        event->date, error))
        return FALSE;
    }
  return TRUE;
}

/* The step passes the outbox like all others, so that it is done once only. */
static gboolean
pass_outbox (RubisCallEffect *self, RubisSession *session, RubisDatabase *db, GError **error)
{
  const RubisActionRow *action = self->action;
  RubisOutboxRecord outbox = {
    .key = action->key,
    .account_id = action->account_id,
    .currency = action->currency,
    .rank = action->rank,
    .step_name = action->step_name,
    .channel = (int)RUBIS_CHANNEL_CALL,
    .amount = action->amount,
    .n_items = action->n_items,
    .event_id = self->call->event_id,
    .state = (char *)"sent",
    .date = rubis_session_get_today (session),
  };

  if (!rubis_store_insert_outbox (db, &outbox, error))
    return FALSE;
  self->outbox_id = outbox.id;
  return TRUE;
}

static gboolean
mark_call_of (RubisDatabase *db, const char *table, GArray *ids, gint64 call_id, GError **error)
{
  for (guint i = 0; i < ids->len; i++)
    {
      if (!rubis_store_set_call_of (db, table, g_array_index (ids, gint64, i), call_id, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
set_seen (RubisCallEffect *self, RubisDatabase *db, gboolean seen, GError **error)
{
  for (guint i = 0; i < self->seen->len; i++)
    {
      if (!rubis_store_set_promise_seen (db, g_array_index (self->seen, gint64, i), seen, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
store_call (RubisCallEffect *self, RubisDatabase *db, GError **error)
{
  if (self->call->id != 0)
    return rubis_store_set_call_voided (db, self->call->id, FALSE, self->call->event_id, error);
  return rubis_store_insert_call (db, self->call, error)
         && mark_call_of (db, "promise", self->promises, self->call->id, error)
         && mark_call_of (db, "dispute", self->disputes, self->call->id, error)
         && mark_call_of (db, "plan", self->plans, self->call->id, error)
         && (!g_str_equal (self->call->result, rubis_call_result_to_id (RUBIS_CALL_PLAN_ASKED))
             || rubis_store_link_plans_to_call (db, self->call->account_id, self->call->date, self->call->id,
                                                error));
}

static gboolean
store_callbacks (RubisCallEffect *self, RubisDatabase *db, GError **error)
{
  if (self->settled != 0 && !rubis_store_set_callback_state (db, self->settled, "done", error))
    return FALSE;
  if (self->callback == NULL)
    return TRUE;
  if (self->callback->id != 0)
    return rubis_store_set_callback_state (db, self->callback->id, "open", error);
  self->callback->call_id = self->call->id;
  return rubis_store_insert_callback (db, self->callback, error);
}

gboolean
rubis_call_effect_apply (RubisCallEffect *self, RubisSession *session, RubisDatabase *db, gboolean again,
                         GError **error)
{
  g_autofree char *said = summarise (self, session);
  g_autofree char *summary = again ? g_strdup_printf (_ ("Done again: %s"), said) : g_strdup (said);
  g_autofree char *data = make_data (self);
  g_autoptr (RubisEventRecord) event
      = rubis_session_new_event (session, "call", self->call->account_id, summary, data);
  gboolean step_done = self->action != NULL && rubis_session_is_call_contact (session, self->call->result);
  gboolean done_before = FALSE;

  if (step_done && !rubis_store_outbox_has (db, self->action->key, &done_before, error))
    return FALSE;
  step_done = step_done && !done_before;
  self->outbox_id = 0;
  if (!rubis_store_append_event (db, event, error) || !link_items (self, session, db, event, step_done, error)
      || !rubis_store_touch_account (db, self->call->account_id, event->date, error))
    return FALSE;
  self->call->event_id = event->id;
  self->call->date = event->date;
  self->call->rank = self->action != NULL ? self->action->rank : -1;
  return store_call (self, db, error) && (!step_done || pass_outbox (self, session, db, error))
         && store_callbacks (self, db, error) && set_seen (self, db, TRUE, error);
}

gboolean
rubis_call_effect_revoke (RubisCallEffect *self, RubisSession *session, RubisDatabase *db, GError **error)
{
  if (self->outbox_id != 0
      && !rubis_store_cancel_outbox (db, self->outbox_id, rubis_session_get_today (session),
                                     _ ("Taken back."), error))
    return FALSE;
  if (self->settled != 0 && !rubis_store_set_callback_state (db, self->settled, "open", error))
    return FALSE;
  if (self->callback != NULL && !rubis_store_set_callback_state (db, self->callback->id, "cancelled", error))
    return FALSE;
  return rubis_store_void_event (db, self->call->event_id, self->call->account_id, error)
         && rubis_store_set_call_voided (db, self->call->id, TRUE, 0, error)
         && set_seen (self, db, FALSE, error);
}
