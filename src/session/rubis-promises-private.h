/* rubis-promises-private.h: giving a promise within another edit. */
#pragma once

#include "rubis-document-context.h"
#include "rubis-promises.h"
#include "rubis-session-private.h"
#include "rubis-store-promises.h"

G_BEGIN_DECLS

/* A promise that is to be given, or was. */
typedef struct
{
  RubisPromiseRecord *promise; /* (owned) its id is 0 until it is given */
  RubisDate until;             /* with the grace days */
  GArray *running;             /* (element-type gint64) promises whose items it takes over */
  GArray *broken;              /* (element-type gint64) that it follows */
  gboolean given;
} RubisPromiseGift;
void rubis_promise_gift_free (RubisPromiseGift *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisPromiseGift, rubis_promise_gift_free)

/* What @input would give, as @db stands: items with something to claim, one currency. Errors are those of
 * rubis_session_add_promise(). (transfer full)
 */
RubisPromiseGift *rubis_promise_gift_new (RubisSession *session, RubisDatabase *db,
                                          const RubisPromiseInput *input, GError **error);
/* Gives it, takes it back or gives it again; within a transaction. Journals nothing. */
gboolean rubis_promise_gift_swap (RubisPromiseGift *self, RubisDatabase *db, GError **error);

/* Of the promises on any of the items: those that run, and those that were broken and not followed. @running, @broken:
 * (element-type gint64)
 */
gboolean rubis_promises_find_on (RubisSession *session, RubisDatabase *db, gint64 account_id, GArray *item_ids,
                                 GArray *running, GArray *broken, GError **error);
/* The bank days after a promise that the policy of an account grants. */
gboolean rubis_promises_get_grace (RubisSession *session, RubisDatabase *db, gint64 account_id, int *grace,
                                   GError **error);
/* A record as rows show it, judged on the session's day. @later: (out) (optional) what came too late.
 * (transfer full) */
RubisPromiseRow *rubis_promises_judge (RubisSession *session, RubisDatabase *db, RubisPromiseRecord *record,
                                       gint64 *later, GError **error);
/* The one that was given last among those that run or were broken; NULL without error: none. (transfer full) */
RubisPromiseRow *rubis_promises_find_latest (RubisSession *session, RubisDatabase *db, gint64 account_id,
                                             RubisCurrency currency, GError **error);

/* The facts of that one for a text. */
gboolean rubis_promises_fill (RubisSession *session, RubisDatabase *db, gint64 account_id,
                              RubisDocumentContext *context, GError **error);

/* Open payments of the account, dated from @from on; in time up to @until. */
gboolean rubis_unallocated_read (RubisDatabase *db, gint64 account_id, RubisCurrency currency, RubisDate from,
                                 RubisDate until, RubisUnallocated *waiting, GError **error);

G_END_DECLS
