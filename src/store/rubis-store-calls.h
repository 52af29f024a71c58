/* rubis-store-calls.h: calls that were made, and those to make at an hour that the customer named. */
#pragma once

#include "rubis-database.h"
#include "rubis-money.h"

G_BEGIN_DECLS

/* A row of the table call. When inserted, texts may be NULL for "". */
typedef struct
{
  gint64 id; /* set by inserting */
  gint64 account_id;
  char *account_code; /* set by listing */
  char *account_name; /* set by listing */
  gint64 event_id;
  gint64 contact_id;   /* 0: none */
  char *contact;       /* set by listing */
  char *contact_email; /* set by listing */
  char *phone;
  RubisDate date;
  gint64 began_at; /* seconds since 1970; 0: noted afterwards */
  int seconds;
  char *result;
  char *note;
  int rank; /* of the step that asked for it; -1: none */
} RubisCallLine;
void rubis_call_line_free (RubisCallLine *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisCallLine, rubis_call_line_free)

gboolean rubis_store_insert_call (RubisDatabase *db, RubisCallLine *call, GError **error);
/* Undone (@voided), or done again by the event @event_id. */
gboolean rubis_store_set_call_voided (RubisDatabase *db, gint64 id, gboolean voided, gint64 event_id,
                                      GError **error);
/* (transfer full) (nullable) NULL without error when there is none; undone ones are none */
RubisCallLine *rubis_store_load_call (RubisDatabase *db, gint64 id, GError **error);
/* @account_id 0: all; both days included, RUBIS_DATE_NONE: any; newest first. (transfer full) (element-type
 * RubisCallLine)
 */
GPtrArray *rubis_store_list_calls (RubisDatabase *db, gint64 account_id, RubisDate from, RubisDate to,
                                   GError **error);
/* Says in which call a promise, dispute or plan came up. @table: "promise", "dispute" or "plan" */
gboolean rubis_store_set_call_of (RubisDatabase *db, const char *table, gint64 id, gint64 call_id,
                                  GError **error);

/* A plan that was made on @date, in no call that is known, came up in this one. */
gboolean rubis_store_link_plans_to_call (RubisDatabase *db, gint64 account_id, RubisDate date, gint64 call_id,
                                         GError **error);
/* What came of a call. Texts are never NULL. */
typedef struct
{
  char kind; /* 'p' promise, 'd' dispute, 'l' plan */
  gint64 id;
  RubisDate date; /* promised; of a plan its first instalment; of a dispute NONE */
  gint64 amount;
  RubisCurrency currency;
  char *text; /* numbers of its items */
} RubisCallAgreement;
/* Promises, then disputes, then plans. (transfer full) (element-type RubisCallAgreement) */
GPtrArray *rubis_store_list_call_agreements (RubisDatabase *db, gint64 call_id, GError **error);

/* A row of the table callback. When inserted, texts may be NULL for "". */
typedef struct
{
  gint64 id; /* set by inserting */
  gint64 account_id;
  char *account_code; /* set by listing */
  char *account_name; /* set by listing */
  gint64 contact_id;
  char *contact; /* set by listing */
  RubisDate date;
  int minute; /* -1: any hour */
  char *reason;
  char *state;    /* "open", "done", "cancelled" */
  gint64 call_id; /* 0: none */
} RubisCallbackLine;
void rubis_callback_line_free (RubisCallbackLine *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisCallbackLine, rubis_callback_line_free)

gboolean rubis_store_insert_callback (RubisDatabase *db, RubisCallbackLine *callback, GError **error);
gboolean rubis_store_set_callback_state (RubisDatabase *db, gint64 id, const char *state, GError **error);
/* (transfer full) (nullable) NULL without error when there is none */
RubisCallbackLine *rubis_store_load_callback (RubisDatabase *db, gint64 id, GError **error);
/* Open ones up to @to (RUBIS_DATE_NONE: any), soonest first; @account_id 0: all. (transfer full)
 * (element-type RubisCallbackLine)
 */
GPtrArray *rubis_store_list_callbacks (RubisDatabase *db, gint64 account_id, RubisDate to, GError **error);
/* Those that a call agreed. (transfer full) (element-type RubisCallbackLine) */
GPtrArray *rubis_store_list_callbacks_of (RubisDatabase *db, gint64 call_id, GError **error);

/* Where a customer is, and how it pays. */
typedef struct
{
  char *time_zone; /* "": that of its country */
  char *country;
  char *postcode;
  char *payment_process;
} RubisCallPlace;
void rubis_call_place_clear (RubisCallPlace *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RubisCallPlace, rubis_call_place_clear)
/* Errors: G_IO_ERROR_NOT_FOUND. */
gboolean rubis_store_load_call_place (RubisDatabase *db, gint64 account_id, RubisCallPlace *place,
                                      GError **error);

G_END_DECLS
