#include "rubis-incoming-kind.h"

#include <glib/gi18n-lib.h>

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

const char *
rubis_incoming_kind_to_label (RubisIncomingKind kind)
{
  static const char *const labels[] = {
    [RUBIS_INCOMING_BOUNCE_HARD] = N_ ("Returned for good"),
    [RUBIS_INCOMING_BOUNCE_SOFT] = N_ ("Returned for now"),
    [RUBIS_INCOMING_DELAYED] = N_ ("Delayed on its way"),
    [RUBIS_INCOMING_DELIVERED] = N_ ("Delivered"),
    [RUBIS_INCOMING_AUTO_REPLY] = N_ ("Automatic reply"),
    [RUBIS_INCOMING_REPLY] = N_ ("Answer"),
    [RUBIS_INCOMING_OTHER] = N_ ("Other message"),
  };

  return _ (labels[kind]);
}
