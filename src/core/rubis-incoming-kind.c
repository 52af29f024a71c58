#include "rubis-incoming-kind.h"

static const char *const ids[] = {
  [RUBIS_INCOMING_BOUNCE_HARD] = "bounce_hard",
  [RUBIS_INCOMING_BOUNCE_SOFT] = "bounce_soft",
  [RUBIS_INCOMING_DELAYED] = "delayed",
  [RUBIS_INCOMING_DELIVERED] = "delivered",
  [RUBIS_INCOMING_AUTO_REPLY] = "auto_reply",
  [RUBIS_INCOMING_REPLY] = "reply",
  [RUBIS_INCOMING_OTHER] = "other",
};

const char *
rubis_incoming_kind_to_id (RubisIncomingKind kind)
{
  return ids[kind];
}

gboolean
rubis_incoming_kind_from_id (const char *id, RubisIncomingKind *kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      if (g_str_equal (ids[i], id))
        {
          *kind = (RubisIncomingKind)i;
          return TRUE;
        }
    }
  return FALSE;
}
