/* rubis-store-plans.h: payment plans as people agreed them; what was paid of them is found in their items.
 *
 * Each function also brings the items' projection in_plan up to date. All that write are called inside a
 * transaction.
 */
#pragma once

#include "rubis-database.h"
#include "rubis-instalments.h"
#include "rubis-money.h"
#include "rubis-plan.h"
#include "rubis-registered-state.h"
#include "rubis-types.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 item_id;
  char *number; /* "" in a record to insert */
  RubisItemType type;
  RubisDate issue_date;
  RubisDate due_date; /* of the item itself */
  gint64 total;
  gint64 disputed;
  RubisPlanPart part;
  RubisDate paid_on; /* on which nothing was left of @part; RUBIS_DATE_NONE: something is */
  int level; /* the item's when the plan was agreed */
  int current_level;
  RubisDate level_date; /* of @current_level */
} RubisPlanItemRecord;

/* A registered letter about the items of a plan. */
typedef struct
{
  int level; /* that its step gave */
  RubisRegisteredCourse course;
} RubisPlanLetter;

/* Texts are never NULL. */
typedef struct
{
  gint64 id;
  gint64 account_id;
  char *account_code;
  char *account_name;
  char *insurer; /* of the account; "" */
  RubisCurrency currency;
  RubisDate agreed_on;
  char *state; /* "active", "done", "broken", "cancelled" */
  char *name;
  char *given_by;
  char *interest; /* "runs", "suspended", "waived" */
  int grace_days;
  int notice_days;
  gboolean accelerates;
  RubisDate signed_on;
  RubisDate ended_on;
  char *end_note;
  RubisDate insurer_told_on;
  gint64 document_id;  /* 0: none */
  gint64 call_id;      /* 0: none */
  GArray *instalments; /* (element-type RubisInstalment) by date */
  GArray *items;       /* (element-type RubisPlanItemRecord) oldest due first */
  GArray *letters;     /* (element-type RubisPlanLetter) written since it was agreed, oldest first */
} RubisPlanRecord;
/* Empty, with the defaults of a new plan. */
RubisPlanRecord *rubis_plan_record_new (void);
void rubis_plan_record_free (RubisPlanRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisPlanRecord, rubis_plan_record_free)

/* What was paid of the plan so far, credit notes with it. */
gint64 rubis_plan_record_get_paid (const RubisPlanRecord *self);
/* Of that: by credit notes for the plan's own part. */
gint64 rubis_plan_record_get_credited (const RubisPlanRecord *self);
/* What is left of its items that is part of the plan. */
gint64 rubis_plan_record_get_left (const RubisPlanRecord *self);

/* Inserts the plan with its instalments and items; sets @plan->id. */
gboolean rubis_store_add_plan (RubisDatabase *db, RubisPlanRecord *plan, GError **error);
/* Its making was undone: it is shown nowhere. */
gboolean rubis_store_void_plan (RubisDatabase *db, gint64 id, gboolean voided, GError **error);
/* After the event of its making was said void: items whose level came from a file have it again. */
gboolean rubis_store_restore_plan_levels (RubisDatabase *db, gint64 id, GError **error);
/* @state: "active" again with RUBIS_DATE_NONE and "", or "broken", "cancelled": its items are dunned by their
 * own dates again.
 */
/* The plan whose step the event did, 0: one of the account's own policy, -1: the event is of no step. */
gboolean rubis_store_find_event_plan (RubisDatabase *db, gint64 event_id, gint64 *plan_id, GError **error);
/* The level that an item of the plan had before it was agreed on; what never left counts for nothing. */
gboolean rubis_store_find_former_level (RubisDatabase *db, gint64 id, gint64 item_id, int *level, GError **error);
gboolean rubis_store_set_plan_state (RubisDatabase *db, gint64 id, const char *state, RubisDate ended_on,
                                     const char *note, GError **error);
/* RUBIS_DATE_NONE: not signed */
gboolean rubis_store_set_plan_signed (RubisDatabase *db, gint64 id, RubisDate date, GError **error);
gboolean rubis_store_set_plan_insurer_told (RubisDatabase *db, gint64 id, RubisDate date, GError **error);
/* The agreement that was kept; 0: none */
gboolean rubis_store_set_plan_document (RubisDatabase *db, gint64 id, gint64 document_id, GError **error);

/* @account_id, @group_id 0: any. @all: ended ones too, and those of which nothing is open any more. (transfer full) (element-type RubisPlanRecord) */
GPtrArray *rubis_store_list_plans (RubisDatabase *db, gint64 group_id, gint64 account_id, gboolean all,
                                   GError **error);
/* (transfer full) (nullable) NULL without error when there is none */
RubisPlanRecord *rubis_store_load_plan (RubisDatabase *db, gint64 id, GError **error);
/* The active plan that holds the item, 0 for none. */
gboolean rubis_store_find_plan_of (RubisDatabase *db, gint64 item_id, gint64 *plan_id, GError **error);

G_END_DECLS
