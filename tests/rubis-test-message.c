#include "rubis-test-message.h"

#include <gio/gio.h>

JsonObject *
rubis_test_read_message (GBytes *bytes)
{
  g_autofree char *script
      = g_build_filename (g_getenv ("RUBIS_SOURCE_DIR"), "tests", "read-message.py", NULL);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GBytes) output = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                              "python3", script, NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate (process, bytes, NULL, &output, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));
  json_parser_load_from_data (parser, g_bytes_get_data (output, NULL), (gssize)g_bytes_get_size (output),
                              &error);
  g_assert_no_error (error);
  return json_object_ref (json_node_get_object (json_parser_get_root (parser)));
}

void
rubis_test_assert_well_formed (JsonObject *message)
{
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (message, "defects")), ==, 0);
  g_assert_cmpint (json_object_get_int_member (message, "longest_line"), <=, 998);
  g_assert_cmpint (json_object_get_int_member (message, "bare_breaks"), ==, 0);
  g_assert_cmpint (json_object_get_int_member (message, "not_ascii"), ==, 0);
}

const char *
rubis_test_get_header (JsonObject *message, const char *name)
{
  JsonArray *headers = json_object_get_array_member (message, "headers");
  const char *value = NULL;

  for (guint i = 0; i < json_array_get_length (headers); i++)
    {
      JsonArray *pair = json_array_get_array_element (headers, i);

      if (g_ascii_strcasecmp (json_array_get_string_element (pair, 0), name) != 0)
        continue;
      g_assert_null (value);
      value = json_array_get_string_element (pair, 1);
    }
  return value;
}

JsonObject *
rubis_test_get_part (JsonObject *part, guint i)
{
  return json_array_get_object_element (json_object_get_array_member (part, "parts"), i);
}

JsonObject *
rubis_test_find_part (JsonObject *part, const char *type)
{
  JsonArray *parts;

  if (g_str_equal (json_object_get_string_member (part, "type"), type))
    return part;
  if (!json_object_has_member (part, "parts"))
    return NULL;
  parts = json_object_get_array_member (part, "parts");
  for (guint i = 0; i < json_array_get_length (parts); i++)
    {
      JsonObject *found = rubis_test_find_part (json_array_get_object_element (parts, i), type);

      if (found != NULL)
        return found;
    }
  return NULL;
}
