/* rubis-judge.h: the answer of eligibility for the items of a dossier on the session's day.
 *
 * Private to session: what the lists and "why" of the command line judge by.
 */
#pragma once

#include "rubis-facts.h"
#include "rubis-session-private.h"

G_BEGIN_DECLS

typedef struct {
  RubisLibrary *library;     /* (owned) */
  RubisDossierFacts dossier;
  GHashTable *reach;         /* (owned) */
  RubisDate today;
} RubisJudge;

gboolean rubis_judge_init (RubisJudge *self, RubisSession *session, RubisDatabase *db, GError **error);
void rubis_judge_clear (RubisJudge *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RubisJudge, rubis_judge_clear)

/* One account and its items of one currency, or of one payment plan. */
typedef struct {
  const RubisPolicy *policy; /* (unowned) */
  RubisAccountFacts facts;
  gboolean business_day;
} RubisJudgeAccount;

/* @groups: of the account; @group: one of them, (nullable) NULL when the account has no item in the currency */
void rubis_judge_take_account (RubisJudge *self, const RubisAccountRecord *account, GPtrArray *groups,
                               const RubisFactsGroup *group, RubisJudgeAccount *taken);
void rubis_judge_item (RubisJudge *self, const RubisJudgeAccount *taken, const RubisItemFacts *item,
                       RubisVerdict *verdict);
/* The first day on which the item becomes eligible, or RUBIS_DATE_NONE. */
RubisDate rubis_judge_next_date (RubisJudge *self, const RubisJudgeAccount *taken, const RubisItemFacts *item);

G_END_DECLS
