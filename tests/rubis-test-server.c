#include "rubis-test-server.h"

#include <string.h>

struct _RubisTestServer
{
  GSubprocess *process;     /* (owned) */
  GDataInputStream *output; /* (owned) */
  JsonObject *ready;        /* (owned) */
};

static JsonObject *
read_object (RubisTestServer *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *line = g_data_input_stream_read_line (self->output, NULL, NULL, &error);
  g_autoptr (JsonParser) parser = json_parser_new ();

  g_assert_no_error (error);
  if (line == NULL)
    g_error ("a server of the test ended by itself");
  json_parser_load_from_data (parser, line, -1, &error);
  g_assert_no_error (error);
  return json_object_ref (json_node_get_object (json_parser_get_root (parser)));
}

RubisTestServer *
rubis_test_server_new (const char *name, ...)
{
  RubisTestServer *self = g_new0 (RubisTestServer, 1);
  g_autoptr (GPtrArray) command = g_ptr_array_new ();
  g_autofree char *path = g_build_filename (g_getenv ("RUBIS_SOURCE_DIR"), "tests", "servers", name, NULL);
  g_autoptr (GError) error = NULL;
  const char *option;
  va_list options;

  /* Debian's own Python: another one does not see the modules of its packages. */
  g_ptr_array_add (command, (gpointer) "/usr/bin/python3");
  g_ptr_array_add (command, path);
  va_start (options, name);
  while ((option = va_arg (options, const char *)) != NULL)
    g_ptr_array_add (command, (gpointer)option);
  va_end (options);
  g_ptr_array_add (command, NULL);
  self->process = g_subprocess_newv ((const char *const *)command->pdata,
                                     G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  self->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  self->ready = read_object (self);
  if (json_object_has_member (self->ready, "skip"))
    {
      g_test_skip (json_object_get_string_member (self->ready, "skip"));
      g_clear_pointer (&self, rubis_test_server_free);
    }
  return self;
}

void
rubis_test_server_free (RubisTestServer *self)
{
  g_autoptr (GError) error = NULL;

  if (self == NULL)
    return;
  g_output_stream_close (g_subprocess_get_stdin_pipe (self->process), NULL, NULL);
  g_subprocess_wait (self->process, NULL, &error);
  g_assert_no_error (error);
  g_object_unref (self->output);
  g_object_unref (self->process);
  json_object_unref (self->ready);
  g_free (self);
}

const char *
rubis_test_server_get_string (RubisTestServer *self, const char *member)
{
  if (!json_object_has_member (self->ready, member))
    g_error ("the server did not say %s", member);
  return json_object_get_string_member (self->ready, member);
}

int
rubis_test_server_get_int (RubisTestServer *self, const char *member)
{
  if (!json_object_has_member (self->ready, member))
    g_error ("the server did not say %s", member);
  return (int)json_object_get_int_member (self->ready, member);
}

JsonObject *
rubis_test_server_command (RubisTestServer *self, const char *format, ...)
{
  g_autofree char *command = NULL;
  g_autofree char *line = NULL;
  g_autoptr (GError) error = NULL;
  va_list arguments;

  va_start (arguments, format);
  command = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  line = g_strconcat (command, "\n", NULL);
  g_output_stream_write_all (g_subprocess_get_stdin_pipe (self->process), line, strlen (line), NULL, NULL,
                             &error);
  g_assert_no_error (error);
  return read_object (self);
}
