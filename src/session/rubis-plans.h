/* rubis-plans.h: payment plans: agreed, followed by instalment, done or broken. Journaled, undoable. */
#pragma once

#include "rubis-instalments.h"
#include "rubis-plan.h"
#include "rubis-session.h"

G_BEGIN_DECLS

typedef enum
{
  RUBIS_PLAN_ACTIVE,
  RUBIS_PLAN_COMPLETED,
  RUBIS_PLAN_BROKEN,    /* the whole fell due: items are dunned by their own dates again */
  RUBIS_PLAN_CANCELLED, /* by agreement */
} RubisPlanState;

/* "suspended" (static) */
const char *rubis_plan_interest_to_id (RubisPlanInterest interest);
gboolean rubis_plan_interest_from_id (const char *id, RubisPlanInterest *interest);
/* In the user's language (static) */
const char *rubis_plan_interest_to_label (RubisPlanInterest interest);

#define RUBIS_TYPE_PLAN_ROW (rubis_plan_row_get_type ())
G_DECLARE_FINAL_TYPE (RubisPlanRow, rubis_plan_row, RUBIS, PLAN_ROW, GObject)

/* Read-only for everybody but session. Strings are never NULL. */
struct _RubisPlanRow
{
  GObject parent_instance;

  gint64 id;
  gint64 account_id;
  char *account_code;
  char *account_name;
  char *name;
  RubisPlanState state;
  RubisPlanVerdict verdict;  /* on the session's day */
  gboolean notice_written;   /* a formal notice for the late instalment, by registered letter */
  RubisDate notice_until;    /* last day of its deadline, which runs from its first presentation; NONE: it does not run */
  char *acceleration_bar;    /* why the whole cannot be claimed now, in the user's language; "": it can be */
  RubisCurrency currency;
  RubisDate agreed_on;
  RubisDate signed_on;       /* RUBIS_DATE_NONE: not yet */
  RubisDate ended_on;
  char *end_note;
  char *given_by;
  RubisPlanInterest interest;
  int grace_days;
  int notice_days;
  gboolean accelerates;
  gboolean insured;          /* the account has a credit insurer */
  RubisDate insurer_told_on; /* RUBIS_DATE_NONE */
  gint64 document_id;        /* the agreement that was kept; 0 */
  GArray *instalments;       /* (element-type RubisInstalment) by date */
  GArray *paid;              /* (element-type gint64) of each instalment */
  GPtrArray *numbers;        /* (element-type utf8) */
  GArray *item_ids;          /* (element-type gint64) */
};

/* "active", "late", "completed", "broken", "cancelled" (static) */
const char *rubis_plan_row_get_state_id (const RubisPlanRow *self);
/* "Respected", "Instalment late"… in the user's language (static) */
const char *rubis_plan_row_get_state_label (const RubisPlanRow *self);

/* @account_id 0: all; @all: ended ones too. Late ones first, then by next instalment. (transfer full) (element-type
 * RubisPlanRow)
 */
GPtrArray *rubis_session_list_plans (RubisSession *self, gint64 group_id, gint64 account_id, gboolean all,
                                     GError **error);
RubisPlanRow *rubis_session_load_plan (RubisSession *self, gint64 id, GError **error);

typedef struct _RubisPlanInput
{
  gint64 account_id;
  GArray *item_ids;      /* (nullable) (element-type gint64) NULL: all that is overdue and not contested; what is
                          * contested of an item stays outside the plan; credits that are not lettered are deducted */
  GArray *instalments;   /* (nullable) (element-type RubisInstalment) the last may leave its amount out: it balances */
  int n_instalments;     /* without @instalments: so many equal ones */
  RubisDate first_date;
  RubisInterval interval;
  RubisPlanInterest interest;
  int grace_days;        /* -1: 5 */
  int notice_days;       /* -1: 8 */
  gboolean no_acceleration;
  const char *given_by;  /* (nullable) */
  gint64 call_id;        /* 0: none */
} RubisPlanInput;
/* The instalments that @input makes of what is open, for a preview; @total: (out) (optional). Errors:
 * RUBIS_INSTALMENT_ERROR, RUBIS_SESSION_ERROR_RULE. (transfer full) (element-type RubisInstalment)
 */
GArray *rubis_session_preview_plan (RubisSession *self, const RubisPlanInput *input, gint64 *total,
                                    RubisCurrency *currency, GError **error);
/* Returns its id, 0 on error. Items that are in another plan, contested in full or paid are refused. */
gint64 rubis_session_add_plan (RubisSession *self, const RubisPlanInput *input, GError **error);
/* The agreement that @input would make, as PDF. (transfer full) */
GBytes *rubis_session_preview_plan_agreement (RubisSession *self, const RubisPlanInput *input, GError **error);
/* The agreement to sign, as PDF; writes nothing. (transfer full) */
GBytes *rubis_session_write_plan_agreement (RubisSession *self, gint64 id, GError **error);
/* The same, kept as a document of the account: when it is printed or saved. (transfer full) */
GBytes *rubis_session_keep_plan_agreement (RubisSession *self, gint64 id, GError **error);
/* It came back signed on @date; @path: (nullable) the scan, kept with the account */
gboolean rubis_session_sign_plan (RubisSession *self, gint64 id, RubisDate date, const char *path, GError **error);
/* The whole falls due. Errors: RUBIS_SESSION_ERROR_RULE when the agreement has no such clause, nothing is late, or no
 * notice with the agreed deadline was presented and has ended, or a rule forbids dunning what is late (a promise, a
 * dispute, a payment that is not allocated).
 */
gboolean rubis_session_accelerate_plan (RubisSession *self, gint64 id, const char *note, GError **error);
gboolean rubis_session_cancel_plan (RubisSession *self, gint64 id, const char *note, GError **error);
gboolean rubis_session_note_insurer_told (RubisSession *self, gint64 id, RubisDate date, GError **error);

G_END_DECLS
