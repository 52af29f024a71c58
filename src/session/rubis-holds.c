#include "rubis-holds.h"

#include "rubis-agenda-private.h"
#include "rubis-facts.h"

/* Whatever forbids to speak of the debt, not only to write of it today. */
#define HOLDING_REASONS                                                                                      \
  (RUBIS_REASON_BIT (RUBIS_REASON_ACCOUNT_TYPE) | RUBIS_REASON_BIT (RUBIS_REASON_INSOLVENCY)                 \
   | RUBIS_REASON_BIT (RUBIS_REASON_ACCOUNT_STOP) | RUBIS_REASON_BIT (RUBIS_REASON_ITEM_STOP)                \
   | RUBIS_REASON_BIT (RUBIS_REASON_WITH_AGENT) | RUBIS_REASON_BIT (RUBIS_REASON_DISPUTE))

/* @mask: what is known so far. FALSE when an item of the group may be claimed. */
static gboolean
hold_group (RubisSession *session, const RubisAccountRecord *record, const RubisFactsGroup *group,
            const GArray *item_ids, guint32 *mask)
{
  g_autoptr (RubisLibrary) library = rubis_session_get_library (session);
  const RubisDossierFacts dossier = { .data_date = RUBIS_DATE_NONE };
  RubisAccountFacts account;
  const RubisPolicy *policy;

  rubis_facts_from_account (record, 0, &account);
  policy = rubis_facts_choose_policy (library, record->policy_id, &account, group);
  for (guint i = 0; i < group->items->len; i++)
    {
      const RubisAgendaItem *item = &g_array_index (group->items, RubisAgendaItem, i);
      RubisVerdict verdict;

      if (item->facts.open <= 0 || (item_ids != NULL && !rubis_agenda_is_chosen (item_ids, item->id)))
        continue;
      rubis_eligibility_evaluate (policy, &dossier, &account, &item->facts, rubis_session_get_today (session),
                                  TRUE, &verdict);
      if ((verdict.reasons & HOLDING_REASONS) == 0)
        return FALSE;
      *mask |= verdict.reasons & HOLDING_REASONS;
    }
  return TRUE;
}

gboolean
rubis_holds_find (RubisSession *session, RubisDatabase *db, gint64 account_id, const GArray *item_ids,
                  int *reason, GError **error)
{
  g_autoptr (RubisAccountRecord) record = rubis_store_load_account (db, account_id, error);
  g_autoptr (GPtrArray) groups
      = record != NULL ? rubis_facts_load_groups (session, db, account_id, error) : NULL;
  guint32 mask = 0;

  *reason = 0;
  if (groups == NULL)
    return FALSE;
  for (guint i = 0; i < groups->len; i++)
    {
      if (!hold_group (session, record, g_ptr_array_index (groups, i), item_ids, &mask))
        return TRUE;
    }
  if (mask == 0 && item_ids == NULL)
    mask = RUBIS_REASON_BIT (RUBIS_REASON_SETTLED);
  for (int i = 1; i < RUBIS_N_REASONS && *reason == 0; i++)
    *reason = mask & RUBIS_REASON_BIT (i) ? i : 0;
  return TRUE;
}
