/* rubis-plan-facts.h: the active plans of the dossier as dunning follows them.
 *
 * Private to session. Loaded once before items are read; facts, letters and the plans' own lists take their
 * answers from here, so that they cannot differ.
 */
#pragma once

#include "rubis-session-private.h"
#include "rubis-store-plans.h"

G_BEGIN_DECLS

/* The shipped policy by which instalments are followed. */
#define RUBIS_PLAN_POLICY "payment-plan"
/* (nullable) NULL when the dossier has it no more: the account's own policy is followed then */
RubisPolicy *rubis_plan_policy (RubisLibrary *library);
/* The step of @policy whose letter announces that the whole will fall due. (nullable) (unowned) */
const RubisStep *rubis_plan_notice_step (const RubisPolicy *policy);

/* How far the formal notice for the oldest unpaid instalment is. */
typedef enum
{
  RUBIS_PLAN_NOTICE_NONE,
  RUBIS_PLAN_NOTICE_WRITTEN,   /* not posted: there is none in law */
  RUBIS_PLAN_NOTICE_POSTED,    /* no first presentation is known */
  RUBIS_PLAN_NOTICE_PRESENTED, /* its deadline runs, or ran out */
} RubisPlanNotice;

/* A plan on a day. */
typedef struct
{
  RubisPlanRecord *record; /* (owned) */
  RubisPlanVerdict verdict;
  /* What was done about the oldest unpaid instalment: what was sent for an instalment that was paid since
   * counts for nothing.
   */
  int level;
  RubisDate level_date;
  gboolean notice_done; /* the step of the formal notice was reached for it */
  RubisPlanNotice notice;
  RubisDate notice_date;  /* day on which it was written; RUBIS_DATE_NONE */
  RubisDate notice_until; /* last day of its deadline; RUBIS_DATE_NONE while that does not run */
  GArray *shares;         /* (owned) (element-type gint64) what the claim asks of each item of @record */
} RubisPlanFacts;
void rubis_plan_facts_free (RubisPlanFacts *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisPlanFacts, rubis_plan_facts_free)
/* @record: (transfer full). @policy: (nullable) */
RubisPlanFacts *rubis_plan_facts_new (RubisPlanRecord *record, const RubisPolicy *policy, RubisDate today);
/* (transfer full) (nullable) NULL without error when there is no such plan */
RubisPlanFacts *rubis_plan_facts_load (RubisDatabase *db, RubisLibrary *library, gint64 id, RubisDate today,
                                       GError **error);

/* The last day to which interest is computed of an item that an active plan holds, @until without it;
 * RUBIS_DATE_NONE: none is claimed. What letters, the annex of penalties and the legal file ask.
 */
gboolean rubis_plan_find_interest_end (RubisDatabase *db, gint64 item_id, RubisDate until, RubisDate *end,
                                       GError **error);

/* Active plans by the items that they hold. */
typedef struct _RubisPlanTable RubisPlanTable;
/* @account_id 0: of the whole dossier */
RubisPlanTable *rubis_plan_table_load (RubisDatabase *db, RubisLibrary *library, gint64 account_id,
                                       RubisDate today, GError **error);
void rubis_plan_table_free (RubisPlanTable *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisPlanTable, rubis_plan_table_free)
/* The plan that asks for the item, and its index in the plan; NULL when none does: not in a plan, or the
 * plan's part of it is paid. (nullable) (unowned)
 */
const RubisPlanFacts *rubis_plan_table_find (const RubisPlanTable *self, gint64 item_id, guint *index);
/* Whether a late instalment asks for a part of the item now. @self: (nullable) */
gboolean rubis_plan_table_is_late (const RubisPlanTable *self, gint64 item_id);
/* An item whose part was paid, and whose level is still one of the plan's: what is open besides goes on from
 * the level that it had before. (nullable) (unowned)
 */
const RubisPlanItemRecord *rubis_plan_table_find_former (const RubisPlanTable *self, gint64 item_id);

G_END_DECLS
