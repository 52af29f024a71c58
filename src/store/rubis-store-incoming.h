/* rubis-store-incoming.h: what came back, byte for byte, and what it proposes. */
#pragma once

#include "rubis-database.h"
#include "rubis-money.h"

G_BEGIN_DECLS

/* A message that came back. Texts are never NULL once loaded. */
typedef struct
{
  gint64 id;
  gint64 sender_id; /* 0: a file */
  char *uid;
  char *message_id;
  RubisDate received;
  gint64 fetched_at;
  char *from_email;
  char *from_name;
  char *subject;
  char *kind;
  gint64 account_id;  /* 0: not known whose */
  char *account_code; /* set by listing */
  char *account_name; /* set by listing */
  gint64 outbox_id;   /* 0: of no message in particular */
  gint64 dispute_id;  /* of a colleague's answer; 0: it is the customer's */
  char *matched_by;
  char *warning; /* "forged": a link that is not ours; "unknown-number:F-1, F-2": it names these; "" */
  char *text;
  char *state;
} RubisIncomingRecord;
void rubis_incoming_record_free (RubisIncomingRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisIncomingRecord, rubis_incoming_record_free)

/* Sets @record->id. */
gboolean rubis_store_insert_incoming (RubisDatabase *db, RubisIncomingRecord *record, GBytes *content,
                                      GError **error);
/* Whether the message is there already: the same uid of that mailbox, the same bytes, or the same Message-ID
 * from the same address with the same text. */
gboolean rubis_store_has_incoming (RubisDatabase *db, const RubisIncomingRecord *record, GBytes *content,
                                   gboolean *found, GError **error);
/* Newest first. @account_id, @group_id 0: all; @only_new: those that wait for a person.
 * (transfer full) (element-type RubisIncomingRecord)
 */
GPtrArray *rubis_store_list_incoming (RubisDatabase *db, gboolean only_new, gint64 group_id,
                                      gint64 account_id, GError **error);
/* (transfer full) (nullable) NULL without error when there is none */
RubisIncomingRecord *rubis_store_load_incoming (RubisDatabase *db, gint64 id, GError **error);
/* (transfer full) (nullable) NULL without error when there is none */
GBytes *rubis_store_load_incoming_content (RubisDatabase *db, gint64 id, GError **error);
gboolean rubis_store_set_incoming_state (RubisDatabase *db, gint64 id, const char *state, GError **error);
gboolean rubis_store_set_incoming_warning (RubisDatabase *db, gint64 id, const char *warning, GError **error);
gboolean rubis_store_set_incoming_account (RubisDatabase *db, gint64 id, gint64 account_id,
                                           const char *matched_by, GError **error);

/* What an answer proposes. Texts are never NULL once loaded. */
typedef struct
{
  gint64 id;
  gint64 incoming_id;
  char *kind;
  char *sentence;
  gboolean by_token;
  RubisDate date;
  gint64 amount; /* 0: not said */
  RubisCurrency currency;
  char *value;
  char *state;
  gint64 event_id;
  GArray *item_ids;   /* (element-type gint64) */
  GPtrArray *numbers; /* (element-type utf8) of those items; set by listing */
} RubisProposalRecord;
RubisProposalRecord *rubis_proposal_record_new (void);
void rubis_proposal_record_free (RubisProposalRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisProposalRecord, rubis_proposal_record_free)

/* Sets @record->id. */
gboolean rubis_store_insert_proposal (RubisDatabase *db, RubisProposalRecord *record, GError **error);
/* In the order in which they were written. (transfer full) (element-type RubisProposalRecord) */
GPtrArray *rubis_store_list_proposals (RubisDatabase *db, gint64 incoming_id, GError **error);
/* (transfer full) (nullable) NULL without error when there is none */
RubisProposalRecord *rubis_store_load_proposal (RubisDatabase *db, gint64 id, GError **error);
gboolean rubis_store_set_proposal_state (RubisDatabase *db, gint64 id, const char *state, GError **error);
gboolean rubis_store_delete_proposals (RubisDatabase *db, gint64 incoming_id, GError **error);

/* A message of the outbox, as far as what comes back concerns it. */
typedef struct
{
  gint64 outbox_id;
  gint64 account_id;
  gint64 event_id; /* 0: none */
} RubisReturnAddress;

/* The newest message of the outbox with that Message-ID, provider's id or thread; outbox_id 0: none. @by:
 * (out) "message-id" or "thread" (static) */
gboolean rubis_store_find_outbox_by_message_id (RubisDatabase *db, const char *message_id,
                                                RubisReturnAddress *found, const char **by, GError **error);
/* The dispute that a message of ours or of a colleague was about, by its Message-ID, provider's id or thread; 0: none */
gboolean rubis_store_find_dispute_of_message (RubisDatabase *db, const char *message_id, gint64 *dispute_id,
                                              GError **error);
/* The last request about a dispute that left; outbox_id 0: none */
gboolean rubis_store_find_request_of_dispute (RubisDatabase *db, gint64 dispute_id, RubisReturnAddress *found,
                                              GError **error);
/* What came back for that very message, by its Message-ID or a signed answer. @incoming_id: (out) 0: nothing. */
gboolean rubis_store_find_answer_to (RubisDatabase *db, gint64 outbox_id, gint64 *incoming_id, GError **error);
/* The newest email that left for @email; outbox_id 0: none, or several accounts got one. */
gboolean rubis_store_find_outbox_by_recipient (RubisDatabase *db, const char *email,
                                               RubisReturnAddress *found, GError **error);
gboolean rubis_store_find_outbox_by_id (RubisDatabase *db, gint64 id, RubisReturnAddress *found,
                                        GError **error);
/* The account of an earlier message with that id that came; 0: none */
gboolean rubis_store_find_incoming_account (RubisDatabase *db, const char *message_id, gint64 *account_id,
                                            GError **error);
/* Accounts that have @email as theirs or a contact's. (transfer full) (element-type gint64) */
GArray *rubis_store_find_accounts_by_email (RubisDatabase *db, const char *email, GError **error);
/* An invoice that is open. */
typedef struct
{
  gint64 item_id;
  const char *number;
  RubisCurrency currency;
  gint64 open;
  RubisDate due_date;
} RubisOpenItem;
typedef void (*RubisOpenItemFunc) (const RubisOpenItem *item, gpointer user_data);
/* Open invoices of an account, oldest first. */
gboolean rubis_store_each_invoice_of (RubisDatabase *db, gint64 account_id, RubisOpenItemFunc func,
                                      gpointer user_data, GError **error);

/* Addresses that are ours: of the company and its senders. (transfer full) (element-type utf8) */
GPtrArray *rubis_store_list_own_emails (RubisDatabase *db, GError **error);

/* Nothing more is written to @email: it came back. Returns the accounts concerned. (transfer full)
 * (element-type gint64) */
GArray *rubis_store_mark_email_bad (RubisDatabase *db, const char *email, GError **error);
/* Accounts all of whose email addresses came back or were the wrong person's: ids as keys. (transfer full) */
GHashTable *rubis_store_list_lost_emails (RubisDatabase *db, GError **error);
/* Sets or lifts the mark of a contact's address, or of the account's own (@contact_id 0). @mark: 0 none, 1 it
 * came back, 2 the wrong person. @before: (out) */
gboolean rubis_store_swap_email_mark (RubisDatabase *db, gint64 account_id, gint64 contact_id, int mark,
                                      int *before, GError **error);
/* Changes the address of a contact; @before: (out) (transfer full) */
gboolean rubis_store_swap_contact_email (RubisDatabase *db, gint64 contact_id, const char *email,
                                         char **before, GError **error);

/* What left for and came from an account by email, oldest first. */
typedef struct
{
  gboolean incoming;
  gint64 id;
  gint64 document_id;
  gint64 at; /* seconds since 1970; 0: only the day is known */
  RubisDate date;
  const char *who;
  const char *subject;
  const char *text;
  const char *state;
} RubisExchangeRecord;
typedef void (*RubisExchangeFunc) (const RubisExchangeRecord *record, gpointer user_data);
gboolean rubis_store_each_exchange (RubisDatabase *db, gint64 account_id, RubisExchangeFunc func,
                                    gpointer user_data, GError **error);

G_END_DECLS
