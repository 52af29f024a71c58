/* rubis-store-tasks.h: callbacks and disputes that ask for something on a day. */
#pragma once

#include "rubis-database.h"

G_BEGIN_DECLS

/* A callback or a dispute; texts are borrowed until the next one. */
typedef struct
{
  gint64 id;
  gint64 account_id;
  const char *account_code;
  const char *account_name;
  const char *text;     /* why to call back, or the customer's words */
  const char *person;   /* who is to be called, or who resolves it */
  const char *state;    /* of a dispute */
  const char *currency; /* of a dispute */
  gint64 amount;        /* contested, or the credit note that is still expected */
  RubisDate date;       /* to call on, or to be resolved by: RUBIS_DATE_NONE: none */
  RubisDate opened_on;  /* of a dispute */
  gint64 credited;      /* of a dispute: credit notes came that did not end it */
  gboolean to_judge;    /* of a dispute: an import brought what may end it */
  int minute;           /* of a callback; -1: any hour */
} RubisTaskRecord;
typedef void (*RubisTaskFunc) (const RubisTaskRecord *record, gpointer user_data);

/* Open callbacks up to @today. @group_id, @account_id 0: any */
gboolean rubis_store_each_callback_due (RubisDatabase *db, gint64 group_id, gint64 account_id,
                                        RubisDate today, RubisTaskFunc func, gpointer user_data,
                                        GError **error);
/* Open disputes whose day has passed, or has come with a credit note that is to be judged, or that nobody
 * resolves and were opened before yesterday. */
gboolean rubis_store_each_dispute_waiting (RubisDatabase *db, gint64 group_id, gint64 account_id,
                                           RubisDate today, RubisTaskFunc func, gpointer user_data,
                                           GError **error);

G_END_DECLS
