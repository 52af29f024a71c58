#include "rubis-plan-acceleration.h"

#include <glib/gi18n-lib.h>

#include "rubis-format.h"
#include "rubis-judge.h"

/* What forbids to dun the late instalment forbids to claim the whole for it. */
#define BARRING_REASONS                                                                                      \
  (RUBIS_REASON_BIT (RUBIS_REASON_STALE) | RUBIS_REASON_BIT (RUBIS_REASON_INSOLVENCY)                        \
   | RUBIS_REASON_BIT (RUBIS_REASON_ACCOUNT_STOP) | RUBIS_REASON_BIT (RUBIS_REASON_ITEM_STOP)                \
   | RUBIS_REASON_BIT (RUBIS_REASON_WITH_AGENT) | RUBIS_REASON_BIT (RUBIS_REASON_DISPUTE)                    \
   | RUBIS_REASON_BIT (RUBIS_REASON_PROMISE) | RUBIS_REASON_BIT (RUBIS_REASON_COVERED))

static char *
format_day (RubisDate date)
{
  return rubis_format_date_short (date, rubis_format_ui_language ());
}

/* The clause, the late instalment, the notice and its deadline. (transfer full) (nullable) */
static char *
find_missing (const RubisPlanFacts *facts, RubisDate today)
{
  g_autofree char *written = format_day (facts->notice_date);
  g_autofree char *until = format_day (facts->notice_until);

  if (!g_str_equal (facts->record->state, "active"))
    return g_strdup (_ ("This payment plan has ended already."));
  if (!facts->record->accelerates)
    return g_strdup (
        _ ("The agreement has no clause by which the whole falls due: only late instalments can be "
           "claimed."));
  if (facts->verdict.standing != RUBIS_PLAN_LATE)
    return g_strdup (_ ("No instalment of this plan is late: the whole does not fall due."));
  switch (facts->notice)
    {
    case RUBIS_PLAN_NOTICE_WRITTEN:
      return g_strdup_printf (_ ("The formal notice of %s was never posted: note the day on which it is, "
                                 "under registered letters."),
                              written);
    case RUBIS_PLAN_NOTICE_POSTED:
      return g_strdup_printf (_ ("The formal notice of %s was posted, but its deadline runs from its first "
                                 "presentation: note that day under registered letters."),
                              written);
    case RUBIS_PLAN_NOTICE_PRESENTED:
      return today > facts->notice_until
                 ? NULL
                 : g_strdup_printf (_ ("The deadline of the formal notice ends on %s: the whole can fall due "
                                       "from the next day on."),
                                    until);
    case RUBIS_PLAN_NOTICE_NONE:
    default:
      return g_strdup (
          _ ("No formal notice was sent for the late instalment: send it first, it gives the deadline "
             "after which the whole falls due."));
    }
}

static char *
describe_reasons (guint32 mask, const RubisJudgeAccount *taken, RubisCurrency currency)
{
  if (mask & RUBIS_REASON_BIT (RUBIS_REASON_COVERED))
    {
      g_autofree char *credits
          = rubis_format_amount (taken->facts.credits, currency, rubis_format_ui_language ());

      return g_strdup_printf (_ ("%s on the account are not allocated: the late instalment may be paid. "
                                 "Allocate them first."),
                              credits);
    }
  for (int i = 1; i < RUBIS_N_REASONS; i++)
    {
      if (mask & RUBIS_REASON_BIT (i))
        /* Translators: a reason of eligibility and its code. */
        return g_strdup_printf (_ ("The whole cannot be claimed: %s (%s)."),
                                rubis_reason_to_text ((RubisReason)i), rubis_reason_to_code ((RubisReason)i));
    }
  return g_strdup ("");
}

/* The reasons that keep all that is late out of dunning; 0 when something of it can be claimed. */
static guint32
find_reasons (RubisJudge *judge, const RubisJudgeAccount *taken, const RubisFactsGroup *group)
{
  guint32 mask = 0;

  for (guint i = 0; i < group->items->len; i++)
    {
      const RubisItemFacts *item = &g_array_index (group->items, RubisAgendaItem, i).facts;
      RubisVerdict verdict;

      rubis_judge_item (judge, taken, item, &verdict);
      verdict.reasons &= BARRING_REASONS;
      if (verdict.reasons == 0 && rubis_eligibility_claimable (item) > 0)
        return 0;
      mask |= verdict.reasons;
    }
  return mask;
}

gboolean
rubis_plan_find_acceleration_bar (RubisSession *session, RubisDatabase *db, const RubisPlanFacts *facts,
                                  char **bar, GError **error)
{
  const RubisPlanRecord *record = facts->record;
  g_auto (RubisJudge) judge = { 0 };
  g_autoptr (RubisAccountRecord) account = NULL;
  g_autoptr (GPtrArray) groups = NULL;
  const RubisFactsGroup *group;
  RubisJudgeAccount taken;

  *bar = find_missing (facts, rubis_session_get_today (session));
  if (*bar != NULL)
    return TRUE;
  if (!rubis_judge_init (&judge, session, db, error))
    return FALSE;
  account = rubis_store_load_account (db, record->account_id, error);
  groups = account != NULL ? rubis_facts_load_groups (session, db, record->account_id, error) : NULL;
  if (groups == NULL)
    return FALSE;
  group = rubis_facts_find_group (groups, record->currency, record->id);
  if (group == NULL)
    {
      *bar = g_strdup (""); /* ended already: nothing of it is dunned as a plan */
      return TRUE;
    }
  rubis_judge_take_account (&judge, account, groups, group, &taken);
  *bar = describe_reasons (find_reasons (&judge, &taken, group), &taken, record->currency);
  return TRUE;
}
