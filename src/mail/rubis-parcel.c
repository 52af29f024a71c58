#include "rubis-parcel.h"

RubisParcel *
rubis_parcel_new (RubisParcelKind kind, const char *id, GBytes *content)
{
  RubisParcel *self = g_new0 (RubisParcel, 1);

  self->kind = kind;
  self->id = g_strdup (id);
  self->content = g_bytes_ref (content);
  self->message_id = g_strdup ("");
  self->from_email = g_strdup ("");
  self->to_email = g_strdup ("");
  self->to_phone = g_strdup ("");
  self->to_name = g_strdup ("");
  self->to_company = g_strdup ("");
  self->to_professional = TRUE;
  self->address = g_strdup ("");
  self->return_address = g_strdup ("");
  self->title = g_strdup ("");
  self->reference = g_strdup ("");
  self->provider_id = g_strdup ("");
  self->duplex = TRUE;
  return self;
}

void
rubis_parcel_free (RubisParcel *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_bytes_unref (self->content);
  g_free (self->message_id);
  g_free (self->from_email);
  g_free (self->to_email);
  g_free (self->to_phone);
  g_free (self->to_name);
  g_free (self->to_company);
  g_free (self->address);
  g_free (self->return_address);
  g_free (self->title);
  g_free (self->reference);
  g_free (self->provider_id);
  g_free (self);
}
