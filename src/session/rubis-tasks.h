/* rubis-tasks.h: what Today asks for besides the actions of the scenarios.
 *
 * Tasks are computed from facts: one goes when its cause goes.
 */
#pragma once

#include "rubis-session.h"

G_BEGIN_DECLS

typedef enum
{
  RUBIS_TASK_BROKEN_PROMISE,  /* in part or in full */
  RUBIS_TASK_CALLBACK,        /* the customer named this hour */
  RUBIS_TASK_PLAN_LATE,       /* an instalment of a plan was not paid */
  RUBIS_TASK_PLAN_ACCELERATE, /* the notice has ended: the whole may be claimed */
  RUBIS_TASK_DISPUTE_LATE,
  RUBIS_TASK_DISPUTE_NOBODY,  /* opened before yesterday, with no resolver */
  RUBIS_TASK_CREDIT_LATE,     /* the credit note of a founded dispute has not come */
  RUBIS_TASK_TELL_INSURER,    /* a plan was agreed with an insured customer */
} RubisTaskKind;
#define RUBIS_N_TASK_KINDS 8

#define RUBIS_TYPE_TASK (rubis_task_get_type ())
G_DECLARE_FINAL_TYPE (RubisTask, rubis_task, RUBIS, TASK, GObject)

/* Read-only for everybody but session. Strings are never NULL. */
struct _RubisTask
{
  GObject parent_instance;

  RubisTaskKind kind;
  gint64 object_id;      /* of the callback, promise, plan or dispute */
  gint64 account_id;
  char *account_code;
  char *account_name;
  char *title;           /* "Promesse rompue : 3 280,00 € pour le 12 novembre" */
  char *subject;         /* the same below a heading of its kind: "3 280,00 € pour le 12 novembre" */
  char *detail;          /* the promise quoted, who resolves… */
  RubisCurrency currency;
  gint64 amount;         /* 0: none */
  RubisDate date;        /* of the promise, the deadline… */
  int minute;            /* of a callback; -1 */
  int days;              /* late by; 0 */
  int held;              /* RubisReason for which the customer must not be asked for it (in @detail too); 0: none */
  GArray *item_ids;      /* (element-type gint64) of a broken promise or a plan; may be empty */
};

/* "broken_promise" (static) */
const char *rubis_task_kind_to_id (RubisTaskKind kind);
const char *rubis_task_kind_to_label (RubisTaskKind kind);

/* In the order in which Today shows them: by kind, then amount (callbacks by hour). (transfer full) (element-type RubisTask) */
GPtrArray *rubis_session_list_tasks (RubisSession *self, gint64 group_id, gint64 account_id, GError **error);

G_END_DECLS
