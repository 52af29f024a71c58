#include "rubis-json.h"

#include <json-glib/json-glib.h>

/* Lists of records may be long: they are written straight from their values, which takes a tenth of
 * the time of building a tree of nodes first.
 */
static void write_value (GString *text, GVariant *value, int indent);

static void
write_string (GString *text, const char *string)
{
  g_string_append_c (text, '"');
  for (const char *at = string; *at != '\0'; at++)
    {
      if (*at == '"' || *at == '\\')
        g_string_append_c (text, '\\');
      if ((guchar) *at >= 0x20)
        g_string_append_c (text, *at);
      else if (*at == '\n')
        g_string_append (text, "\\n");
      else if (*at == '\t')
        g_string_append (text, "\\t");
      else
        g_string_append_printf (text, "\\u%04x", (guint) (guchar) *at);
    }
  g_string_append_c (text, '"');
}

/* A new line at @indent levels; nothing when everything is on one line (below 0). */
static void
break_line (GString *text, int indent)
{
  if (indent < 0)
    return;
  g_string_append_c (text, '\n');
  for (int i = 0; i < indent; i++)
    g_string_append (text, "  ");
}

static int
deeper (int indent)
{
  return indent < 0 ? indent : indent + 1;
}

static void
write_record (GString *text, GVariant *record, int indent)
{
  GVariantIter iter;
  const char *key;
  GVariant *value;
  gboolean first = TRUE;

  g_string_append_c (text, '{');
  g_variant_iter_init (&iter, record);
  while (g_variant_iter_next (&iter, "{&sv}", &key, &value))
    {
      if (!first)
        g_string_append (text, indent < 0 ? ", " : ",");
      first = FALSE;
      break_line (text, deeper (indent));
      write_string (text, key);
      g_string_append (text, ": ");
      write_value (text, value, deeper (indent));
      g_variant_unref (value);
    }
  if (!first)
    break_line (text, indent);
  g_string_append_c (text, '}');
}

static void
write_list (GString *text, GVariant *list, int indent)
{
  /* Lists of words stay on their line. */
  int inner = g_variant_is_of_type (list, G_VARIANT_TYPE_STRING_ARRAY) ? -1 : indent;
  GVariantIter iter;
  GVariant *value;
  gboolean first = TRUE;

  g_string_append_c (text, '[');
  g_variant_iter_init (&iter, list);
  while ((value = g_variant_iter_next_value (&iter)) != NULL)
    {
      if (!first)
        g_string_append (text, inner < 0 ? ", " : ",");
      first = FALSE;
      break_line (text, deeper (inner));
      write_value (text, value, deeper (inner));
      g_variant_unref (value);
    }
  if (!first)
    break_line (text, inner);
  g_string_append_c (text, ']');
}

/* What is in a maybe (null when it is empty) or in a variant. */
static void
write_inner (GString *text, GVariant *value, int indent)
{
  g_autoptr(GVariant) inner = g_variant_is_of_type (value, G_VARIANT_TYPE_MAYBE) ? g_variant_get_maybe (value)
                                                                                 : g_variant_get_variant (value);

  if (inner != NULL)
    write_value (text, inner, indent);
  else
    g_string_append (text, "null");
}

static void
write_value (GString *text, GVariant *value, int indent)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  switch (g_variant_classify (value))
    {
    case G_VARIANT_CLASS_STRING:
      write_string (text, g_variant_get_string (value, NULL));
      break;
    case G_VARIANT_CLASS_INT64:
      g_string_append_printf (text, "%" G_GINT64_FORMAT, g_variant_get_int64 (value));
      break;
    case G_VARIANT_CLASS_BOOLEAN:
      g_string_append (text, g_variant_get_boolean (value) ? "true" : "false");
      break;
    case G_VARIANT_CLASS_DOUBLE:
      g_string_append (text, g_ascii_dtostr (number, sizeof number, g_variant_get_double (value)));
      break;
    case G_VARIANT_CLASS_MAYBE:
    case G_VARIANT_CLASS_VARIANT:
      write_inner (text, value, indent);
      break;
    default:
      if (g_variant_is_of_type (value, G_VARIANT_TYPE_VARDICT))
        write_record (text, value, indent);
      else
        write_list (text, value, indent);
      break;
    }
}

char *
rubis_json_write (GVariant *value)
{
  g_autoptr(GVariant) owned = NULL;
  GString *text;

  g_return_val_if_fail (value != NULL, NULL);

  owned = g_variant_ref_sink (value);
  text = g_string_new (NULL);
  write_value (text, owned, 0);
  g_string_append_c (text, '\n');
  return g_string_free (text, FALSE);
}

char *
rubis_json_write_line (GVariant *value)
{
  g_autoptr(GVariant) owned = NULL;
  GString *text;

  g_return_val_if_fail (value != NULL, NULL);

  owned = g_variant_ref_sink (value);
  text = g_string_new (NULL);
  write_value (text, owned, -1);
  return g_string_free (text, FALSE);
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
