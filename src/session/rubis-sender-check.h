/* rubis-sender-check.h: whether the settings of a sender can work, before any server is asked. */
#pragma once

#include "rubis-session.h"

#include "rubis-sender.h"

G_BEGIN_DECLS

/* How users call a field of RubisSender ("from_name"), translated. (static) */
const char *rubis_sender_field_to_label (const char *field);
/* Looks at each field and at what one means for another. @field: (out) (nullable) (static) name of the
 * member that is wrong, for the form. RUBIS_SESSION_ERROR_VALUE, beginning with its label.
 */
gboolean rubis_sender_check (const RubisSender *sender, const char **field, GError **error);
/* Whether @host is this machine: "localhost", 127.x.y.z, ::1. */
gboolean rubis_sender_is_local (const char *host);

G_END_DECLS
