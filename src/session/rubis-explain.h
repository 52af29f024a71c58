/* rubis-explain.h: one account with all that eligibility asks, and its answers in words.
 *
 * Private to session. Sentences are in the language of the interface.
 */
#pragma once

#include "rubis-facts.h"

G_BEGIN_DECLS

typedef struct {
  RubisDate today;
  RubisLibrary *library;       /* (owned) */
  RubisDossierFacts dossier;
  RubisAccountRecord *account; /* (owned) */
  GPtrArray *contacts;         /* (owned) (element-type RubisContactRecord) */
  GPtrArray *groups;           /* (owned) (element-type RubisFactsGroup) open items */
  const RubisPolicy *policy;   /* (unowned) the account's, or the one of the group that was summed last */
  gboolean business_day;       /* whether documents leave today under @policy */
  RubisAccountFacts facts;     /* without sums: see rubis_account_case_sum() */
} RubisAccountCase;

/* (transfer full) Errors: G_IO_ERROR_NOT_FOUND when there is no such account. */
RubisAccountCase *rubis_account_case_load (RubisSession *session, RubisDatabase *db, gint64 account_id,
                                           GError **error);
void rubis_account_case_free (RubisAccountCase *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisAccountCase, rubis_account_case_free)

/* The account's facts for @group, by whose policy the next answers are given. */
void rubis_account_case_sum (RubisAccountCase *self, const RubisFactsGroup *group, RubisAccountFacts *facts);

/* Adds to @sentences why @item is proposed today or why not, and the first day on which it will be.
 * @facts: of the item's currency.
 */
void rubis_explain_item (const RubisAccountCase *self, const RubisAccountFacts *facts, const RubisItemFacts *item,
                         GPtrArray *sentences);
/* Adds to @sentences what is proposed today for the items of a currency, or why nothing is.
 * Returns: the day of the next action, RUBIS_DATE_NONE when there is none; then @step and @channel are
 * set to it.
 */
RubisDate rubis_explain_group (RubisAccountCase *self, const RubisFactsGroup *group, GPtrArray *sentences,
                               const RubisStep **step, RubisChannel *channel);
/* The name of @step, and the channel where the name does not begin with it already. (transfer full) */
char *rubis_explain_dup_step (const RubisStep *step, RubisChannel channel, gboolean quoted);

G_END_DECLS
