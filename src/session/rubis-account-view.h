/* rubis-account-view.h: the figures of an account or of a group of accounts: how it pays, what it owes. */
#pragma once

#include "rubis-account-card.h"
#include "rubis-paying-habit.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 account_id;
  char *code;
  char *name;
  RubisCurrency currency;
  gint64 balance;
  gint64 overdue;
  gint64 disputed;
  int days_late; /* of the oldest overdue item */
} RubisExposureLine;

typedef struct
{
  gint64 group_id; /* both 0: the whole dossier */
  gint64 account_id;
  char *name;             /* of a group with those above it: "Agences › Lyon" */
  RubisAccountCard *card; /* (nullable) (owned) of an account */
  GArray *balances;       /* (element-type RubisBalance) consolidated, dossier's currency first */
  RubisPayingHabit habit;
  RubisPromiseCounts promises;
  int n_open_disputes;
  gint64 disputed; /* dossier's currency */
  int n_active_plans;
  gint64 credit_limit; /* minor units of the dossier's currency; -1: none */
  char *insurer;
  char *payment_process;
  char *time_zone;
  char *sales_rep;
  gint64 revenue;   /* invoices less credit notes of the last twelve months, dossier's currency */
  int call_minutes; /* of the last twelve months, rounded up */
  GPtrArray *lines; /* (element-type RubisExposureLine) an account and currency each, the dossier's currency
                       and the largest first: accounts of the group, or the others of the party */
} RubisAccountView;
void rubis_account_view_free (RubisAccountView *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisAccountView, rubis_account_view_free)

/* One of both is 0; both: the whole dossier. Errors: G_IO_ERROR_NOT_FOUND. (transfer full) */
RubisAccountView *rubis_session_load_view (RubisSession *self, gint64 group_id, gint64 account_id,
                                           GError **error);
/* The group of that name, or of those above it too ("Agences › Lyon"), whatever the case and the accents. Errors:
 * G_IO_ERROR_NOT_FOUND names those there are.
 */
gboolean rubis_session_find_group (RubisSession *self, const char *name, gint64 *id, GError **error);
/* Edits: journaled, undoable. */
gboolean rubis_session_set_payment_process (RubisSession *self, gint64 account_id, const char *text,
                                            GError **error);
gboolean rubis_session_set_insurer (RubisSession *self, gint64 account_id, const char *insurer,
                                    GError **error);
/* @limit: minor units, -1 for none */
gboolean rubis_session_set_credit_limit (RubisSession *self, gint64 account_id, gint64 limit, GError **error);
gboolean rubis_session_set_time_zone (RubisSession *self, gint64 account_id, const char *zone,
                                      GError **error);

G_END_DECLS
