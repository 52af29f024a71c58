/* rubis-inbox-private.h: what the files of the inbox share.
 *
 * Private to session and its tests.
 */
#pragma once

#include "rubis-inbox.h"
#include "rubis-incoming-message.h"
#include "rubis-outbox-private.h"
#include "rubis-store-incoming.h"

G_BEGIN_DECLS

RubisFetchReport *rubis_fetch_report_new (void);

/* The warning of a message that names invoices which are none of the account's open ones; their numbers
 * follow. */
#define RUBIS_INBOX_UNKNOWN_NUMBER "unknown-number:"
#define RUBIS_INBOX_STRANGER "stranger"

/* A message as it is taken. */
typedef struct
{
  gint64 sender_id; /* 0: a file */
  const char *uid;
  GBytes *bytes;
  gint64 now;
} RubisInboxParcel;

/* Takes one message within a transaction: matches it, notes what it tells, writes what it proposes. What is
 * not the dossier's business is left where it is: @record's id is 0 then, and also when it was known. Fails
 * only when the store does; what is no message is an error of @parse_error. @record: (out) (transfer full)
 * (nullable)
 */
gboolean rubis_inbox_take (RubisSession *session, RubisDatabase *db, const RubisInboxParcel *parcel,
                           RubisIncomingRecord **record, GError **parse_error, GError **error);
/* Counts it in @report. @record: (nullable) */
void rubis_inbox_count (RubisFetchReport *report, const RubisIncomingRecord *record);

/* Writes what @message proposes for the record's account; nothing while it has none. */
gboolean rubis_inbox_propose (RubisSession *session, RubisDatabase *db, const RubisIncomingMessage *message,
                              const RubisIncomingRecord *record, GError **error);

/* An email of the outbox came back: its state and the reason. Where the address is at fault its items get the
 * level back that they had, and its key is free: it is proposed again for another address. What was refused
 * for another reason (size, content) stays among what came back until a person sends it once more. Within a
 * transaction. Nothing happens to what has not left.
 */
gboolean rubis_inbox_note_bounce (RubisSession *session, RubisDatabase *db, gint64 outbox_id, gboolean hard,
                                  gboolean bad_email, const char *reason, GError **error);

/* A proposal as windows see it. (transfer full) */
RubisProposal *rubis_proposal_from_record (const RubisProposalRecord *record);

G_END_DECLS
