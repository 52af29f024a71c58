/* rubis-inbox-effects.h: what applying a proposal changes, so that it can be taken back.
 *
 * Private to session.
 */
#pragma once

#include "rubis-inbox-private.h"

G_BEGIN_DECLS

typedef struct _RubisInboxEffect RubisInboxEffect;

/* What @proposal, as a person corrected it, changes. Nothing is changed yet. NULL with RUBIS_SESSION_ERROR
 * when something is missing: items, a date, an address. Reads by @db. (transfer full)
 */
RubisInboxEffect *rubis_inbox_effect_new (RubisSession *session, RubisDatabase *db,
                                          const RubisProposal *proposal, const RubisIncomingRecord *incoming,
                                          GError **error);
void rubis_inbox_effect_free (RubisInboxEffect *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisInboxEffect, rubis_inbox_effect_free)

/* What it will have noted, for which account, and until when reminders stop: a sentence for people. To be asked
 * before the first swap. Reads by @db. (transfer full) */
char *rubis_inbox_effect_describe (const RubisInboxEffect *self, RubisDatabase *db,
                                   const RubisProposal *proposal, const RubisIncomingRecord *incoming);

/* What the journal says of a colleague's answer on a dispute. (transfer full) (nullable) NULL for others' answers */
char *rubis_inbox_effect_make_label (const RubisInboxEffect *self, RubisDatabase *db,
                                     const RubisIncomingRecord *incoming);
/* Does it the first time, then takes it back and does it again in turn. Within a transaction. */
gboolean rubis_inbox_effect_swap (RubisInboxEffect *self, RubisSession *session, RubisDatabase *db,
                                  GError **error);

G_END_DECLS
