/* rubis-account-view.h: the figures of an account or of a group of accounts: how it pays, what it owes. */
#pragma once

#include "rubis-account-card.h"
#include "rubis-promises.h"

G_BEGIN_DECLS

/* How an account pays: invoices that were paid within the last six months, weighted by amount; nothing is said of items
 * whose day of payment is not known. kpi-examples.json.
 */
typedef struct
{
  int n;               /* invoices that it is computed from; 0: nothing is known */
  double average_delay; /* days after the due date */
  int n_before;        /* the six months before, for the trend */
  double delay_before;
  double months[12];   /* average delay by month of payment, oldest first; NAN: none */
} RubisPayingHabit;

typedef struct
{
  gint64 account_id;
  char *code;
  char *name;
  gint64 balance;      /* dossier's currency */
  gint64 overdue;
  gint64 disputed;
  int days_late;
} RubisExposureLine;

typedef struct
{
  gint64 group_id;           /* 0 for an account */
  gint64 account_id;
  char *name;
  RubisAccountCard *card;    /* (nullable) (owned) of an account */
  GArray *balances;          /* (element-type RubisBalance) consolidated, dossier's currency first */
  RubisPayingHabit habit;
  RubisPromiseCounts promises;
  int n_open_disputes;
  gint64 disputed;           /* dossier's currency */
  int n_active_plans;
  gint64 credit_limit;       /* minor units of the dossier's currency; -1: none */
  char *insurer;
  char *payment_process;
  char *time_zone;
  char *sales_rep;
  gint64 revenue;            /* invoices issued in the last twelve months, dossier's currency */
  int call_minutes;          /* of the last twelve months */
  GPtrArray *lines;          /* (element-type RubisExposureLine) accounts of the group, or the other accounts of the party */
} RubisAccountView;
void rubis_account_view_free (RubisAccountView *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisAccountView, rubis_account_view_free)

/* One of both is 0. Errors: G_IO_ERROR_NOT_FOUND. (transfer full) */
RubisAccountView *rubis_session_load_view (RubisSession *self, gint64 group_id, gint64 account_id, GError **error);
/* Sentences on how it pays, "" when nothing is known; for the panel, the call and the view. (transfer full) */
char *rubis_paying_habit_describe (const RubisPayingHabit *self, const RubisPromiseCounts *promises);
gboolean rubis_session_load_paying_habit (RubisSession *self, gint64 account_id, RubisPayingHabit *habit,
                                          GError **error);

/* Edits: journaled, undoable. */
gboolean rubis_session_set_payment_process (RubisSession *self, gint64 account_id, const char *text, GError **error);
gboolean rubis_session_set_insurer (RubisSession *self, gint64 account_id, const char *insurer, GError **error);
/* @limit: minor units, -1 for none */
gboolean rubis_session_set_credit_limit (RubisSession *self, gint64 account_id, gint64 limit, GError **error);
gboolean rubis_session_set_time_zone (RubisSession *self, gint64 account_id, const char *zone, GError **error);
/* Changes or removes a person at the customer. */
gboolean rubis_session_change_contact (RubisSession *self, gint64 contact_id, const RubisContactInput *contact,
                                       GError **error);
gboolean rubis_session_remove_contact (RubisSession *self, gint64 contact_id, GError **error);

G_END_DECLS
