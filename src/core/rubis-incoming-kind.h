/* rubis-incoming-kind.h: what a message that came back is. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  RUBIS_INCOMING_BOUNCE_HARD,
  RUBIS_INCOMING_BOUNCE_SOFT,
  RUBIS_INCOMING_DELAYED,
  RUBIS_INCOMING_DELIVERED,
  RUBIS_INCOMING_AUTO_REPLY,
  RUBIS_INCOMING_REPLY,
  RUBIS_INCOMING_OTHER, /* a newsletter, a list, something of ours */
} RubisIncomingKind;
/* "bounce_hard"…, as in the dossier (static) */
const char *rubis_incoming_kind_to_id (RubisIncomingKind kind);
gboolean rubis_incoming_kind_from_id (const char *id, RubisIncomingKind *kind);

/* For people, translated. (static) */
const char *rubis_incoming_kind_to_label (RubisIncomingKind kind);

G_END_DECLS
