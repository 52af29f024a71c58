#include "rubis-json-answer.h"

#include <string.h>

struct _RubisJsonAnswer
{
  JsonNode *root; /* (owned) (nullable) */
};

RubisJsonAnswer *
rubis_json_answer_new (GBytes *body)
{
  RubisJsonAnswer *self = g_new0 (RubisJsonAnswer, 1);
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  gsize size;
  const char *data = g_bytes_get_data (body, &size);

  if (data != NULL && g_utf8_validate_len (data, size, NULL)
      && json_parser_load_from_data (parser, data, (gssize)size, NULL))
    self->root = json_parser_steal_root (parser);
  return self;
}

void
rubis_json_answer_free (RubisJsonAnswer *self)
{
  g_clear_pointer (&self->root, json_node_unref);
  g_free (self);
}

gboolean
rubis_json_answer_is_valid (RubisJsonAnswer *self)
{
  return self->root != NULL;
}

static JsonNode *
step (JsonNode *node, const char *name)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_object_get_member (json_node_get_object (node), name);
  if (JSON_NODE_HOLDS_ARRAY (node) && g_ascii_isdigit (name[0]))
    {
      JsonArray *array = json_node_get_array (node);
      guint64 index = g_ascii_strtoull (name, NULL, 10);

      return index < json_array_get_length (array) ? json_array_get_element (array, (guint)index) : NULL;
    }
  return NULL;
}

/* What the rest of a path names in @node. Names may hold points themselves: "@odata.nextLink". */
static JsonNode *
walk (JsonNode *node, const char *path)
{
  const char *point;
  g_autofree char *name = NULL;

  if (node == NULL || *path == '\0')
    return node;
  if (JSON_NODE_HOLDS_OBJECT (node) && json_object_has_member (json_node_get_object (node), path))
    return step (node, path);
  point = strchr (path, '.');
  if (point == NULL)
    return step (node, path);
  name = g_strndup (path, (gsize)(point - path));
  return walk (step (node, name), point + 1);
}

JsonNode *
rubis_json_answer_get_node (RubisJsonAnswer *self, const char *path)
{
  return walk (self->root, path);
}

gboolean
rubis_json_answer_has (RubisJsonAnswer *self, const char *path)
{
  return rubis_json_answer_get_node (self, path) != NULL;
}

char *
rubis_json_answer_dup (RubisJsonAnswer *self, const char *path)
{
  JsonNode *node = rubis_json_answer_get_node (self, path);
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return g_strdup ("");
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return g_strdup (json_node_get_string (node));
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  if (json_node_get_value_type (node) == G_TYPE_DOUBLE)
    return g_strdup (g_ascii_formatd (number, sizeof number, "%.12g", json_node_get_double (node)));
  return g_strdup ("");
}

gint64
rubis_json_answer_get_int (RubisJsonAnswer *self, const char *path)
{
  JsonNode *node = rubis_json_answer_get_node (self, path);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return 0;
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return g_ascii_strtoll (json_node_get_string (node), NULL, 10);
  return json_node_get_int (node);
}

gboolean
rubis_json_answer_get_boolean (RubisJsonAnswer *self, const char *path)
{
  JsonNode *node = rubis_json_answer_get_node (self, path);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_boolean (node);
}

guint
rubis_json_answer_get_length (RubisJsonAnswer *self, const char *path)
{
  JsonNode *node = *path != '\0' ? rubis_json_answer_get_node (self, path) : self->root;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_array_get_length (json_node_get_array (node))
                                                      : 0;
}

GBytes *
rubis_json_build (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  char *text = json_to_string (root, FALSE);

  return g_bytes_new_take (text, strlen (text));
}
