/* rubis-jmap.h: one account on a JMAP server (RFC 8620, RFC 8621): finding it, logging in, calling methods.
 *
 * What fails is a delivery: its fate, a sentence, and how long to wait. Used in one thread; calls block.
 */
#pragma once

#include <gio/gio.h>

#include "rubis-credentials.h"
#include "rubis-delivery.h"
#include "rubis-http.h"
#include "rubis-json-answer.h"
#include "rubis-transport.h"

G_BEGIN_DECLS

typedef struct _RubisJmap RubisJmap;

/* @sender, @credentials: outlive it */
RubisJmap *rubis_jmap_new (const RubisSender *sender, RubisCredentials *credentials);
void rubis_jmap_free (RubisJmap *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisJmap, rubis_jmap_free)

/* Finds the session, unless it is open. FALSE with @failure. */
gboolean rubis_jmap_open (RubisJmap *self, GCancellable *cancellable, RubisDelivery **failure);
/* Forgets the session: the next rubis_jmap_open() asks for it again. */
void rubis_jmap_close (RubisJmap *self);
/* Of an open session. */
const char *rubis_jmap_get_account (RubisJmap *self);
/* Whether the server can send at the moment. */
gboolean rubis_jmap_can_submit (RubisJmap *self);
gint64 rubis_jmap_get_max_upload (RubisJmap *self); /* bytes; 0: not said */

/* One call: name, arguments. @arguments: (transfer full) */
void rubis_jmap_add_call (JsonBuilder *calls, const char *name, JsonNode *arguments);
/* Begins a list of calls. (transfer full) */
JsonBuilder *rubis_jmap_begin_calls (void);

/* Calls methods. @calls: (transfer full). @submits: whether the parcel leaves by it. @response: (out)
 * (optional) what the server said. NULL with @failure when the server did not answer all calls; errors of
 * single methods are in the answer (rubis_jmap_check_method()).
 */
RubisJsonAnswer *rubis_jmap_call (RubisJmap *self, JsonBuilder *calls, gboolean submits,
                                  GCancellable *cancellable, RubisHttpResponse **response,
                                  RubisDelivery **failure);
/* FALSE with @failure (NOT_SENT, of the whole sender) when the answer to call @index is an error. */
gboolean rubis_jmap_check_method (RubisJmap *self, RubisJsonAnswer *answer, guint index,
                                  RubisDelivery **failure);
/* Uploads a message. NULL with @failure; else its blob. (transfer full) */
char *rubis_jmap_upload (RubisJmap *self, GBytes *message, GCancellable *cancellable,
                         RubisDelivery **failure);
/* Downloads a message. NULL with @failure; NULL without when it is there no more. (transfer full) */
GBytes *rubis_jmap_download (RubisJmap *self, const char *blob, GCancellable *cancellable,
                             RubisDelivery **failure);
/* The mailbox of a role ("inbox", "sent"…) of the first answer of an earlier "Mailbox/get", or NULL. */
char *rubis_jmap_find_mailbox (RubisJsonAnswer *answer, guint index, const char *role);

/* A failure of the whole sender before anything left. @answer: (nullable). (transfer full) */
RubisDelivery *rubis_jmap_fail (RubisJmap *self, RubisTransportError code, const char *reason,
                                const char *answer);
/* The same as an error (RUBIS_TRANSPORT_ERROR) for those who send nothing. @failure: (transfer full) */
void rubis_jmap_take_failure (RubisJmap *self, RubisDelivery *failure, GError **error);

/* The JSON that the static text @format is, with strings in place of each %s (escaped and quoted) and JSON
 * texts in place of each %j. (transfer full)
 */
JsonNode *rubis_jmap_node (const char *format, ...);

G_END_DECLS
