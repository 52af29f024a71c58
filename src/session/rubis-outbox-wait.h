/* rubis-outbox-wait.h: when a message that waits may leave, and why not sooner. */
#pragma once

#include "rubis-dispatcher-private.h"

G_BEGIN_DECLS

/* What decides when messages leave, read once for many of them. */
typedef struct _RubisOutboxRules RubisOutboxRules;
/* @db: used as long as the rules are. @now: seconds since 1970 */
RubisOutboxRules *rubis_outbox_rules_new (RubisSession *session, RubisDatabase *db, gint64 now,
                                          GError **error);
void rubis_outbox_rules_free (RubisOutboxRules *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisOutboxRules, rubis_outbox_rules_free)
/* The first moment when @record, approved or queued, may leave; 0: nobody can tell. @why: (out) (transfer
 * full) (nullable) a sentence when something but its own recall window and its next attempt keeps it.
 */
gboolean rubis_outbox_rules_find_moment (RubisOutboxRules *self, const RubisOutboxRecord *record,
                                         gint64 *moment, char **why, GError **error);

G_END_DECLS
