#include "rubis-agenda-recheck.h"

#include <glib/gi18n-lib.h>

#include "rubis-agenda.h"
#include "rubis-facts.h"
#include "rubis-money.h"
#include "rubis-store-plans.h"
#include "rubis-store-post.h"
#include "rubis-store-registered.h"

/* A letter that waited longer names a deadline that has nearly passed. */
#define MAX_WAIT_DAYS 7

gboolean
rubis_agenda_is_held (RubisSession *session, RubisDatabase *db, gboolean *held, GError **error)
{
  g_autoptr(RubisLibrary) library = rubis_session_get_library (session);
  const RubisAccountFacts account = { .stop_until = RUBIS_DATE_NONE };
  const RubisItemFacts item = { .due_date = RUBIS_DATE_NONE };
  RubisDossierFacts dossier;
  RubisVerdict verdict;

  if (!rubis_session_load_dossier_facts (session, db, &dossier, error))
    return FALSE;
  rubis_eligibility_evaluate (rubis_library_get_policy (library, ""), &dossier, &account, &item,
                              rubis_session_get_today (session), TRUE, &verdict);
  *held = (verdict.reasons & (RUBIS_REASON_BIT (RUBIS_REASON_PAUSED) | RUBIS_REASON_BIT (RUBIS_REASON_STALE))) != 0;
  return TRUE;
}

/* Reasons that arose since the document was made; its own reminder explains the others. */
static guint32
reasons_of (RubisSession *session, RubisPolicy *policy, const RubisAccountFacts *account, const RubisItemFacts *item)
{
  static const guint32 grave
    = RUBIS_REASON_BIT (RUBIS_REASON_ACCOUNT_TYPE) | RUBIS_REASON_BIT (RUBIS_REASON_INSOLVENCY)
      | RUBIS_REASON_BIT (RUBIS_REASON_ACCOUNT_STOP) | RUBIS_REASON_BIT (RUBIS_REASON_ITEM_STOP)
      | RUBIS_REASON_BIT (RUBIS_REASON_SETTLED) | RUBIS_REASON_BIT (RUBIS_REASON_DRAFT)
      | RUBIS_REASON_BIT (RUBIS_REASON_WITH_AGENT) | RUBIS_REASON_BIT (RUBIS_REASON_DISPUTE)
      | RUBIS_REASON_BIT (RUBIS_REASON_PROMISE) | RUBIS_REASON_BIT (RUBIS_REASON_PLAN);
  RubisDossierFacts dossier = { .data_date = RUBIS_DATE_NONE };
  RubisVerdict verdict;

  rubis_eligibility_evaluate (policy, &dossier, account, item, rubis_session_get_today (session), TRUE, &verdict);
  return verdict.reasons & grave;
}

/* What was said of the document's age, amount and plan is true no more. @why: (out) (nullable) */
static gboolean
find_staleness (RubisDatabase *db, const RubisOutboxRecord *queued, RubisDate today, gint64 plan_id, gint64 amount,
                char **why, GError **error)
{
  gint64 former = -1;

  if (!rubis_store_find_event_plan (db, queued->event_id, &former, error))
    return FALSE;
  if (former >= 0 && former != plan_id)
    *why = g_strdup (_("A payment plan for its items was agreed, or ended, since it was written."));
  else if (today - queued->date > MAX_WAIT_DAYS)
    *why = g_strdup (_("It waited too long: the deadline in it has nearly passed."));
  else if (amount != queued->amount)
    *why = g_strdup (_("The amount due has changed since it was written."));
  return TRUE;
}

gboolean
rubis_agenda_recheck (RubisSession *session, RubisDatabase *db, const RubisOutboxRecord *queued, char **why,
                      GError **error)
{
  g_autoptr(RubisLibrary) library = rubis_session_get_library (session);
  g_autoptr(RubisAccountRecord) record = rubis_store_load_account (db, queued->account_id, error);
  g_autoptr(GPtrArray) groups = rubis_facts_load_groups (session, db, queued->account_id, error);
  g_autoptr(GArray) ids = rubis_store_list_event_items (db, queued->event_id, error);
  const RubisFactsGroup *group = NULL;
  RubisAccountFacts account;
  RubisPolicy *policy;
  const RubisStep *step;
  gint64 amount = 0;
  guint32 reasons = 0;

  *why = NULL;
  if (record == NULL || groups == NULL || ids == NULL)
    return FALSE;
  rubis_facts_from_account (record, 0, &account);
  /* All items of a document are of one group: its first one says which. */
  if (ids->len == 0 || rubis_facts_find_item (groups, g_array_index (ids, gint64, 0), &group) == NULL)
    group = rubis_facts_find_group (groups, queued->currency, 0);
  policy = rubis_facts_choose_policy (library, record->policy_id, &account, group);
  step = rubis_policy_get_step_by_rank (policy, queued->rank);
  if (group != NULL)
    rubis_facts_sum (groups, group, rubis_session_get_today (session), &account);
  for (guint i = 0; i < ids->len; i++)
    {
      const RubisItemFacts *item = rubis_facts_find_item (groups, g_array_index (ids, gint64, i), NULL);

      if (item == NULL)
        reasons |= RUBIS_REASON_BIT (RUBIS_REASON_SETTLED);
      else if (!rubis_money_add (amount, rubis_eligibility_claimable (item), &amount))
        amount = G_MAXINT64;
      if (item != NULL)
        reasons |= reasons_of (session, policy, &account, item);
    }
  /* A notice before an instalment is for a plan that is respected. */
  if (group != NULL && group->plan_id != 0 && step != NULL && step->delay < 0)
    reasons &= ~RUBIS_REASON_BIT (RUBIS_REASON_PLAN);
  if (step == NULL || step->delay >= 0)
    amount -= account.credits;
  for (int i = 1; i < RUBIS_N_REASONS && *why == NULL; i++)
    {
      if (reasons & RUBIS_REASON_BIT (i))
        *why = g_strdup (rubis_reason_to_text ((RubisReason) i));
    }
  return *why != NULL
         || find_staleness (db, queued, rubis_session_get_today (session), group != NULL ? group->plan_id : 0, amount,
                            why, error);
}

gboolean
rubis_agenda_void (RubisSession *session, RubisDatabase *db, const RubisOutboxRecord *queued, const char *why,
                   GError **error)
{
  g_autofree char *summary = g_strdup_printf (_("%s: not sent. %s"), queued->step_name, why);
  g_autoptr(RubisEventRecord) event = rubis_session_new_event (session, "not-sent", queued->account_id, summary, NULL);
  g_autoptr(GArray) ids = rubis_store_list_event_items (db, queued->event_id, error);

  if (ids == NULL || !rubis_store_append_event (db, event, error))
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      if (!rubis_store_link_event_item (db, event->id, g_array_index (ids, gint64, i), RUBIS_EVENT_NO_LEVEL,
                                        event->date, error))
        return FALSE;
    }
  return queued->event_id == 0 || rubis_store_void_event (db, queued->event_id, queued->account_id, error);
}

gboolean
rubis_agenda_call_off (RubisSession *session, RubisDatabase *db, const RubisOutboxRecord *queued, const char *why,
                       GError **error)
{
  return rubis_agenda_void (session, db, queued, why, error)
         && rubis_store_cancel_outbox (db, queued->id, rubis_session_get_today (session), why, error)
         && rubis_store_delete_registered (db, queued->document_id, error)
         && (queued->document_id == 0 || rubis_store_set_to_post (db, queued->document_id, FALSE, error));
}
