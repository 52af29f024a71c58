#include "rubis-json.h"

#include <json-glib/json-glib.h>

static char *
write_json (GVariant *value, gboolean pretty)
{
  g_autoptr(GVariant) owned = g_variant_ref_sink (value);
  g_autoptr(JsonNode) node = json_gvariant_serialize (owned);

  return json_to_string (node, pretty);
}

char *
rubis_json_write (GVariant *value)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (value != NULL, NULL);

  text = write_json (value, TRUE);
  return g_strconcat (text, "\n", NULL);
}

char *
rubis_json_write_line (GVariant *value)
{
  g_return_val_if_fail (value != NULL, NULL);

  return write_json (value, FALSE);
}

GVariant *
rubis_json_read (const char *text)
{
  g_autoptr(GVariant) value = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  value = json_gvariant_deserialize_data (text, -1, NULL, NULL);
  if (value == NULL)
    return NULL;
  g_variant_ref_sink (value);
  return g_variant_is_of_type (value, G_VARIANT_TYPE_VARDICT) ? g_steal_pointer (&value) : NULL;
}
