/* rubis-store-outbox.h: the outbox, which everything that leaves has to pass, and the attempts to send it. */
#pragma once

#include "rubis-database.h"
#include "rubis-money.h"

G_BEGIN_DECLS

/* A line of the outbox. When inserted, texts may be NULL for "". Times are seconds since 1970. */
typedef struct
{
  gint64 id; /* set by inserting */
  char *key;
  gint64 account_id;
  char *account_code; /* set by listing */
  char *account_name; /* set by listing */
  RubisCurrency currency;
  int rank; /* of the step; RUBIS_OUTBOX_NO_STEP for a message of no scenario */
  char *step_name;
  int channel;
  gint64 amount;
  int n_items;
  gint64 document_id; /* 0: none */
  gint64 event_id;    /* 0: none */
  char *state;
  RubisDate date;    /* created on */
  gint64 sender_id;  /* 0: none yet, or a printer */
  char *sender_name; /* set by listing */
  char *recipient;
  char *from_email; /* that its bytes name */
  char *subject;
  char *message_id;
  char *provider_id;
  char *thread_id;
  gint64 send_after;
  int n_attempts;
  gint64 sent_at;
  gint64 polled_at;
  char *reason;
  gint64 price;
  char *draft; /* of a message of no scenario: what is asked for, as JSON */
  gint64 dispute_id; /* of a request to a colleague; 0: it is for the customer */
} RubisOutboxRecord;
#define RUBIS_OUTBOX_NO_STEP (-1000)
void rubis_outbox_record_free (RubisOutboxRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisOutboxRecord, rubis_outbox_record_free)

/* The thread of the requests about a dispute, and how many there are; those taken back count as well, for their keys.
 * @waiting: (out) whether one waits for its approval. @thread_id: (out) (transfer full) "" when a new one begins
 */
gboolean rubis_store_find_dispute_requests (RubisDatabase *db, gint64 dispute_id, char **thread_id, int *n,
                                            gboolean *waiting, GError **error);
/* FALSE with RUBIS_DATABASE_ERROR_CONSTRAINT when the key was used before. Sets @record's id. */
gboolean rubis_store_insert_outbox (RubisDatabase *db, RubisOutboxRecord *record, GError **error);
/* The id that the next line inserted in this transaction gets; 0 on error. */
gint64 rubis_store_next_outbox_id (RubisDatabase *db, GError **error);
/* The thread of emails that goes on with @account_id: that of the last one that left, while an item that the
 * thread spoke of is unpaid. @thread_id: (out) (transfer full) its first Message-ID, "" when a new one
 * begins.
 */
gboolean rubis_store_find_thread (RubisDatabase *db, gint64 account_id, char **thread_id, GError **error);
/* What passed on a day and was not taken back or refused, oldest first. (transfer full) (element-type
 * RubisOutboxRecord) */
GPtrArray *rubis_store_list_outbox_on (RubisDatabase *db, RubisDate date, GError **error);
/* Letters for the printer that wait, oldest first. (transfer full) (element-type RubisOutboxRecord) */
GPtrArray *rubis_store_list_letters_queued (RubisDatabase *db, GError **error);
/* What a sender carries, newest first. @states: (nullable) of them only. @group_id, @account_id: 0 for all.
 * @text: (nullable) in account, subject or recipient. @limit: 0 for all. (transfer full) (element-type
 * RubisOutboxRecord)
 */
GPtrArray *rubis_store_search_outbox (RubisDatabase *db, const char *const *states, gint64 group_id,
                                      gint64 account_id, const char *text, int limit, GError **error);
/* (transfer full) (nullable) NULL without error when there is no such line */
RubisOutboxRecord *rubis_store_load_outbox (RubisDatabase *db, gint64 id, GError **error);
gboolean rubis_store_outbox_has (RubisDatabase *db, const char *key, gboolean *found, GError **error);
/* How many messages of senders are in each state: name -> GINT_TO_POINTER. (transfer full) */
GHashTable *rubis_store_count_outbox_states (RubisDatabase *db, GError **error);
/* Ids of what may leave by @now, in the order in which it leaves. @any_time: also what is approved and whose
 * recall window still runs. (transfer full) (element-type gint64)
 */
GArray *rubis_store_list_outbox_due (RubisDatabase *db, gint64 now, gboolean any_time, GError **error);
/* What is approved and whose recall window is over by @now waits for its turn. */
gboolean rubis_store_queue_approved (RubisDatabase *db, gint64 now, GError **error);
/* Ids of the messages of senders in @state, oldest first. (transfer full) (element-type gint64) */
GArray *rubis_store_list_outbox_ids (RubisDatabase *db, const char *state, GError **error);
gboolean rubis_store_set_outbox_state (RubisDatabase *db, gint64 id, const char *state, RubisDate date,
                                       GError **error);
/* Writes state, sender, event, document, recipient, from_email, subject, message_id, provider_id, send_after,
 * sent_at, polled_at, reason and price as they are in @record. */
gboolean rubis_store_update_outbox (RubisDatabase *db, const RubisOutboxRecord *record, RubisDate date,
                                    GError **error);
/* Frees the key for what replaces the message, or takes it again. FALSE with RUBIS_DATABASE_ERROR_CONSTRAINT
 * when another has it. */
gboolean rubis_store_set_outbox_key_free (RubisDatabase *db, gint64 id, gboolean free, GError **error);
/* Takes out what has not left; its key is free again for what replaces it. */
gboolean rubis_store_cancel_outbox (RubisDatabase *db, gint64 id, RubisDate date, const char *why,
                                    GError **error);
/* Letters that were marked sent on a day. */
gboolean rubis_store_count_letters_sent_on (RubisDatabase *db, RubisDate date, gint64 *n_letters,
                                            GError **error);
/* Whether another message to the same recipient with the same subject is the one that the provider knows as
 * @provider_id or @message_id (neither ""), or may be it, since nobody knows whether it left. */
gboolean rubis_store_has_twin (RubisDatabase *db, const RubisOutboxRecord *record, const char *provider_id,
                               const char *message_id, gboolean *twin, GError **error);
/* Nothing more is written to that address of the account or its contacts. */
gboolean rubis_store_set_email_bad (RubisDatabase *db, gint64 account_id, const char *email, GError **error);
/* Ids of what was sent after @since by a provider that can say what became of it, and was not asked about for
 * a while. (transfer full) (element-type gint64)
 */
GArray *rubis_store_list_outbox_to_follow (RubisDatabase *db, gint64 now, gint64 since, GError **error);

/* An attempt to hand a message over. Texts may be NULL for "" when written. */
typedef struct
{
  gint64 id; /* set by beginning */
  gint64 outbox_id;
  gint64 sender_id;
  gint64 began_at;
  gint64 ended_at; /* 0: nobody knows how it ended */
  char *transport;
  char *fate; /* "" while it goes on */
  gboolean sender_wide;
  char *answer;
  char *reason;
} RubisAttemptRecord;
void rubis_attempt_record_free (RubisAttemptRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisAttemptRecord, rubis_attempt_record_free)
/* Counts it in its message. */
gboolean rubis_store_begin_attempt (RubisDatabase *db, RubisAttemptRecord *attempt, GError **error);
/* Writes how it ended. */
gboolean rubis_store_end_attempt (RubisDatabase *db, const RubisAttemptRecord *attempt, GError **error);
/* Oldest first. (transfer full) (element-type RubisAttemptRecord) */
GPtrArray *rubis_store_list_attempts (RubisDatabase *db, gint64 outbox_id, GError **error);
/* Attempts through a sender that began after @since. @oldest: (out) when the first of them began. */
gboolean rubis_store_count_attempts_since (RubisDatabase *db, gint64 sender_id, gint64 since, gint64 *n,
                                           gint64 *oldest, GError **error);
/* How often in a row a sender failed for a reason of its own. */
gboolean rubis_store_count_sender_failures (RubisDatabase *db, gint64 sender_id, gint64 *n, GError **error);

G_END_DECLS
