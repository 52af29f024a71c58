/* rubis-message-renewal.h: a message that came back, as it leaves once more. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The same message byte for byte, but for its Message-ID, which becomes @id (without angle brackets), and its
 * date, which becomes @time, seconds since 1970, in the zone that it had: for servers it is another message.
 * (transfer full)
 */
GBytes *rubis_message_renew (GBytes *message, const char *id, gint64 time);

G_END_DECLS
