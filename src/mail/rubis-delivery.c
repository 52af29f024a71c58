#include "rubis-delivery.h"

static const char *const ids[] = {
  [RUBIS_FATE_NOT_SENT] = "not-sent",         [RUBIS_FATE_REFUSED] = "refused",
  [RUBIS_FATE_UNKNOWN] = "unknown",           [RUBIS_FATE_SENT] = "sent",
  [RUBIS_FATE_DELIVERED] = "delivered",       [RUBIS_FATE_BOUNCED_SOFT] = "bounced-soft",
  [RUBIS_FATE_BOUNCED_HARD] = "bounced-hard",
};

const char *
rubis_fate_to_id (RubisFate fate)
{
  return ids[fate];
}

RubisDelivery *
rubis_delivery_new (RubisFate fate, const char *reason, const char *answer)
{
  RubisDelivery *self = g_new0 (RubisDelivery, 1);

  self->fate = fate;
  self->retry_after = -1;
  self->provider_id = g_strdup ("");
  self->message_id = g_strdup ("");
  self->answer = g_strdup (answer != NULL ? answer : "");
  self->reason = g_strdup (reason != NULL ? reason : "");
  self->tracking = g_strdup ("");
  self->course = g_strdup ("");
  self->price = -1;
  return self;
}

void
rubis_delivery_free (RubisDelivery *self)
{
  if (self == NULL)
    return;
  g_free (self->provider_id);
  g_free (self->message_id);
  g_free (self->answer);
  g_free (self->reason);
  g_free (self->tracking);
  g_free (self->course);
  g_free (self);
}
