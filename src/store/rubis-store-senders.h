/* rubis-store-senders.h: senders, and the waiting messages that are theirs. */
#pragma once

#include "rubis-database.h"
#include "rubis-sender.h"

G_BEGIN_DECLS

/* Those that were not removed, by position. (transfer full) (element-type RubisSender) */
GPtrArray *rubis_store_list_senders (RubisDatabase *db, GError **error);
/* Also a removed one. @removed: (out) (nullable). (transfer full) (nullable) NULL without error: no such id
 */
RubisSender *rubis_store_load_sender (RubisDatabase *db, gint64 id, gboolean *removed, GError **error);
/* The active sender that carries @kind for @actor: one of the user's own before everybody's, then by
 * position. @without: id of one that is left out, or 0. (transfer full) (nullable) NULL without error: none
 */
RubisSender *rubis_store_choose_sender (RubisDatabase *db, RubisParcelKind kind, const char *actor,
                                        gint64 without, GError **error);

/* Sets @sender's id. */
gboolean rubis_store_insert_sender (RubisDatabase *db, RubisSender *sender, GError **error);
/* Everything but the cursor of the mailbox. */
gboolean rubis_store_update_sender (RubisDatabase *db, const RubisSender *sender, gboolean removed,
                                    GError **error);
/* Up to where its mailbox was read, and when. */
gboolean rubis_store_set_sender_cursor (RubisDatabase *db, gint64 id, const char *cursor, gint64 fetched,
                                        GError **error);
/* It sends nothing before @until (seconds since 1970; 0: it does), @reason says why. */
gboolean rubis_store_set_sender_wait (RubisDatabase *db, gint64 id, gint64 until, const char *reason,
                                      GError **error);

/* A message that has not left and whose sender can still change. */
typedef struct
{
  gint64 outbox_id;
  gint64 sender_id; /* 0: none */
  int channel;      /* RubisChannel */
} RubisSenderMove;
/* Drafts, approved and queued messages of a sender. (transfer full) (element-type RubisSenderMove) */
GArray *rubis_store_list_waiting_of (RubisDatabase *db, gint64 sender_id, GError **error);
/* Whether a server is being asked for one of its messages. */
gboolean rubis_store_is_sending_by (RubisDatabase *db, gint64 sender_id, gboolean *sending, GError **error);
/* Gives the message, if it still waits, the sender in @move, which then holds the one before. */
gboolean rubis_store_swap_outbox_sender (RubisDatabase *db, RubisSenderMove *move, GError **error);

G_END_DECLS
