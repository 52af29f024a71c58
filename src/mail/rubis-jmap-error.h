/* rubis-jmap-error.h: what the errors of a submission mean (RFC 8621, 7.5; and as Cyrus uses them). */
#pragma once

#include "rubis-delivery.h"
#include "rubis-parcel.h"

G_BEGIN_DECLS

/* An error @type that the server gave for one message, with its @words ("" when it said none). @from: who was
 * to send. @text: its whole answer. (transfer full)
 */
RubisDelivery *rubis_jmap_judge_item (const RubisParcel *parcel, const char *from, const char *type,
                                      const char *words, const char *text);

G_END_DECLS
