/* rubis-outbox-private.h: what the files of the outbox share.
 *
 * Private to session and its tests.
 */
#pragma once

#include "rubis-outbox.h"
#include "rubis-session-private.h"
#include "rubis-store-outbox.h"

G_BEGIN_DECLS

/* Settings of the dossier. */
#define RUBIS_OUTBOX_SETTING_HOLD "outbox.hold"

/* (transfer full) */
RubisOutboxRow *rubis_outbox_row_new (const RubisOutboxRecord *record);

/* Nothing of it reached the customer, and nothing will as it is: the message is refused, its items get their
 * level back, and its key is free for what the agenda proposes next; a letter waits for the printer again.
 * Within a transaction. @record: its state and reason are set.
 */
gboolean rubis_outbox_refuse (RubisSession *session, RubisDatabase *db, RubisOutboxRecord *record,
                              const char *why, GError **error);
/* A draft becomes what leaves, made anew for the sender of the day. Within a transaction. @record: changed.
 */
gboolean rubis_outbox_approve (RubisSession *session, RubisDatabase *db, RubisOutboxRecord *record,
                               gint64 now, GError **error);
/* Writes how the last attempt ended after all: @fate "sent" or "not-sent". Within a transaction. */
gboolean rubis_outbox_settle_attempt (RubisDatabase *db, gint64 outbox_id, const char *fate,
                                      const char *reason, const char *answer, gint64 *began_at,
                                      GError **error);
/* Writes @record as it is now. */
gboolean rubis_outbox_update (RubisSession *session, RubisDatabase *db, const RubisOutboxRecord *record,
                              GError **error);
/* Puts a copy of @value in place of a text field. */
#define rubis_outbox_set(record, field, value)                                                               \
  G_STMT_START                                                                                               \
  {                                                                                                          \
    char *rubis_new_value = g_strdup (value);                                                                \
    g_free ((record)->field);                                                                                \
    (record)->field = rubis_new_value;                                                                       \
  }                                                                                                          \
  G_STMT_END

G_END_DECLS
