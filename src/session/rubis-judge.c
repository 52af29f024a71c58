#include "rubis-judge.h"

#include "rubis-agenda-private.h"

gboolean
rubis_judge_init (RubisJudge *self, RubisSession *session, RubisDatabase *db, GError **error)
{
  self->library = rubis_session_get_library (session);
  self->today = rubis_session_get_today (session);
  self->reach = rubis_facts_load_reach (db, error);
  return self->reach != NULL && rubis_session_load_dossier_facts (session, db, &self->dossier, error);
}

void
rubis_judge_clear (RubisJudge *self)
{
  g_clear_pointer (&self->library, rubis_library_unref);
  g_clear_pointer (&self->reach, g_hash_table_unref);
}

void
rubis_judge_take_account (RubisJudge *self, const RubisAccountRecord *account, GPtrArray *groups,
                          const RubisFactsGroup *group, RubisJudgeAccount *taken)
{
  *taken = (RubisJudgeAccount){ .policy = NULL };
  rubis_facts_from_account (account, rubis_facts_get_reach (self->reach, account->id), &taken->facts);
  taken->policy = rubis_facts_choose_policy (self->library, account->policy_id, &taken->facts, group);
  if (group != NULL)
    rubis_facts_sum (groups, group, self->today, &taken->facts);
  taken->business_day = rubis_session_is_send_day (taken->policy, self->today);
}

void
rubis_judge_item (RubisJudge *self, const RubisJudgeAccount *taken, const RubisItemFacts *item, RubisVerdict *verdict)
{
  rubis_eligibility_evaluate (taken->policy, &self->dossier, &taken->facts, item, self->today, taken->business_day,
                              verdict);
}

static gboolean
is_open_day (RubisDate date, gpointer user_data)
{
  return rubis_session_is_send_day (user_data, date);
}

RubisDate
rubis_judge_next_date (RubisJudge *self, const RubisJudgeAccount *taken, const RubisItemFacts *item)
{
  return rubis_agenda_next_date (taken->policy, &self->dossier, &taken->facts, item, self->today, is_open_day,
                                 (gpointer) taken->policy);
}
