/* rubis-store-timeline.h: everything that happened with accounts: the journal, what came back, what was paid.
 */
#pragma once

#include "rubis-database.h"
#include "rubis-money.h"

G_BEGIN_DECLS

typedef enum
{
  RUBIS_TIMELINE_EVENT,    /* a line of the journal */
  RUBIS_TIMELINE_INCOMING, /* an answer of which the journal of the account has no line of its own */
  RUBIS_TIMELINE_PAYMENT,  /* what was set against invoices of an account on one day */
} RubisTimelineSource;

/* Texts are borrowed and never NULL. */
typedef struct
{
  RubisTimelineSource source;
  gint64 id; /* of the event, of the answer, of the first allocation */
  RubisDate date;
  gint64 at;          /* seconds since 1970 when it was noted; 0: not known */
  const char *kind;   /* of the event; "answer"; "payment" or "credit-note" */
  const char *text;   /* summary, subject, or numbers of the invoices */
  const char *detail; /* JSON of the event; text of the answer; "" */
  const char *actor;
  gint64 account_id;      /* 0: none */
  const char *account;    /* name */
  gint64 document_id;     /* 0: none */
  RubisCurrency currency; /* of a payment */
  gint64 amount;
  int n_items;
} RubisTimelineRecord;
typedef void (*RubisTimelineFunc) (const RubisTimelineRecord *record, gpointer user_data);

typedef struct
{
  gint64 group_id; /* one of both is 0; both: the whole dossier */
  gint64 account_id;
  RubisDate from; /* RUBIS_DATE_NONE: any; in it */
  RubisDate to;
  gboolean with_events;
  gboolean with_answers;
  gboolean with_payments;
} RubisTimelineQuery;
/* In no order. */
gboolean rubis_store_each_timeline_record (RubisDatabase *db, const RubisTimelineQuery *query,
                                           RubisTimelineFunc func, gpointer user_data, GError **error);
/* Calls @func once; not when the record is gone. */
gboolean rubis_store_visit_timeline_record (RubisDatabase *db, RubisTimelineSource source, gint64 id,
                                            RubisTimelineFunc func, gpointer user_data, GError **error);

G_END_DECLS
