/* rubis-store-habits.h: how accounts pay, what they owe together, what was sold to them.
 *
 * @group_id and @account_id say of whom: one of both, or both 0 for the whole dossier. Groups reach down to
 * all groups below them.
 */
#pragma once

#include "rubis-database.h"
#include "rubis-money.h"

G_BEGIN_DECLS

/* Adds " AND …" to a query in which @column holds an account's id; $1 is the group, $2 the account. */
void rubis_store_append_scope (GString *sql, const char *column, gint64 group_id, gint64 account_id);

/* Invoices of one currency paid on one day. */
typedef struct
{
  const char *currency;
  RubisDate date;
  int n;
  double weight;   /* Σ amounts */
  double weighted; /* Σ amount × days after the due date */
} RubisPaidDay;
typedef void (*RubisPaidDayFunc) (const RubisPaidDay *day, gpointer user_data);
/* Days of payment after @after and up to @until. Only invoices that were paid at least in part (not written
 * off by credit notes alone), that were not carried over, and whose day of payment is known: stated by a file
 * or a person, or between two imports of the same kind at most a month apart. The day on which the first
 * import found something paid already says nothing.
 */
gboolean rubis_store_each_paid_day (RubisDatabase *db, gint64 group_id, gint64 account_id, RubisDate after,
                                    RubisDate until, RubisPaidDayFunc func, gpointer user_data,
                                    GError **error);

/* Open amounts of one currency due on one day. */
typedef struct
{
  const char *currency;
  RubisDate due_date; /* RUBIS_DATE_NONE: none */
  gint64 debits;
  gint64 credits;  /* not positive */
  gint64 disputed; /* of the debits */
} RubisDueDay;
typedef void (*RubisDueDayFunc) (const RubisDueDay *day, gpointer user_data);
/* Down-payment requests are not owed and left out. */
gboolean rubis_store_each_due_day (RubisDatabase *db, gint64 group_id, gint64 account_id,
                                   RubisDueDayFunc func, gpointer user_data, GError **error);

/* What one account owes in one currency. */
typedef struct
{
  gint64 account_id;
  const char *code;
  const char *name;
  const char *currency;
  gint64 balance;
  gint64 overdue;
  gint64 disputed;
  RubisDate oldest_due; /* of what is overdue; RUBIS_DATE_NONE */
} RubisExposureRecord;
typedef void (*RubisExposureFunc) (const RubisExposureRecord *record, gpointer user_data);
/* The accounts of a group that owe something; of an account: the others of its party. Largest first, by
 * currency. */
gboolean rubis_store_each_exposure (RubisDatabase *db, gint64 group_id, gint64 account_id, RubisDate today,
                                    RubisExposureFunc func, gpointer user_data, GError **error);

typedef struct
{
  int n_open_disputes;
  int n_active_plans;
  gint64 revenue;      /* invoices less credit notes issued after @since, in @currency */
  gint64 call_seconds; /* after @since */
} RubisAccountFigures;
gboolean rubis_store_load_account_figures (RubisDatabase *db, gint64 group_id, gint64 account_id,
                                           RubisDate since, const char *currency,
                                           RubisAccountFigures *figures, GError **error);

G_END_DECLS
