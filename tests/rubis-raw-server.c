#include "rubis-raw-server.h"

#include <string.h>
#include <sys/socket.h>

struct _RubisRawServer
{
  RubisRawFault fault;
  const char *answer;
  guint16 port;
  GThread *thread;
  GSocketListener *listener;
  GCancellable *client; /* to be cancelled once it has sent all */
  GCancellable *end;    /* of the server */
};

static void
reset (GSocketConnection *connection)
{
  struct linger at_once = { .l_onoff = 1, .l_linger = 0 };

  setsockopt (g_socket_get_fd (g_socket_connection_get_socket (connection)), SOL_SOCKET, SO_LINGER, &at_once,
              sizeof at_once);
}

/* Reads up to the end of a body of 18 bytes. */
static void
read_request (GInputStream *input)
{
  g_autoptr (GString) request = g_string_new (NULL);
  char buffer[1024];
  const char *body;

  while ((body = strstr (request->str, "\r\n\r\n")) == NULL || strlen (body) < 4 + 18)
    {
      gssize n = g_input_stream_read (input, buffer, sizeof buffer, NULL, NULL);

      if (n <= 0)
        return;
      g_string_append_len (request, buffer, n);
    }
}

static void
drip (RubisRawServer *raw, GOutputStream *output)
{
  const char *headers = "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n";

  g_output_stream_write_all (output, headers, strlen (headers), NULL, NULL, NULL);
  while (!g_cancellable_is_cancelled (raw->end)
         && g_output_stream_write_all (output, "x", 1, NULL, NULL, NULL))
    g_usleep (G_USEC_PER_SEC / 5);
}

/* One answer for all who ask, until the end. */
static void
answer_gets (RubisRawServer *raw, GSocketConnection *first)
{
  g_autoptr (GSocketConnection) connection = g_object_ref (first);

  while (connection != NULL)
    {
      g_autoptr (GDataInputStream) lines
          = g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
      char *line;

      while ((line = g_data_input_stream_read_line (lines, NULL, raw->end, NULL)) != NULL)
        {
          gboolean last = g_str_equal (line, "\r") || line[0] == '\0';

          g_free (line);
          if (last)
            break;
        }
      g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), raw->answer,
                                 strlen (raw->answer), NULL, NULL, NULL);
      g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
      g_clear_object (&connection);
      connection = g_socket_listener_accept (raw->listener, NULL, raw->end, NULL);
    }
}

static gpointer
break_off (gpointer data)
{
  RubisRawServer *raw = data;
  g_autoptr (GSocketConnection) connection = g_socket_listener_accept (raw->listener, NULL, raw->end, NULL);
  GInputStream *input;
  GOutputStream *output;
  char buffer[64 * 1024];

  if (connection == NULL)
    return NULL;
  if (raw->fault == RUBIS_RAW_GET)
    {
      answer_gets (raw, connection);
      return NULL;
    }
  input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  output = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  if (raw->fault == RUBIS_RAW_RESET_IN_BODY)
    g_input_stream_read_all (input, buffer, sizeof buffer, NULL, NULL, NULL);
  else if (raw->fault != RUBIS_RAW_RESET_AT_ONCE)
    read_request (input);
  if (raw->fault <= RUBIS_RAW_RESET_IN_BODY || raw->fault == RUBIS_RAW_RESET_AFTER_REQUEST)
    reset (connection);
  else if (raw->fault == RUBIS_RAW_CANCEL)
    g_cancellable_cancel (raw->client);
  else if (raw->fault == RUBIS_RAW_ANSWER)
    g_output_stream_write_all (output, raw->answer, strlen (raw->answer), NULL, NULL, NULL);
  else if (raw->fault == RUBIS_RAW_DRIP)
    drip (raw, output);
  while ((raw->fault == RUBIS_RAW_SILENCE || raw->fault == RUBIS_RAW_CANCEL)
         && !g_cancellable_is_cancelled (raw->end))
    g_usleep (G_USEC_PER_SEC / 100);
  return NULL;
}

RubisRawServer *
rubis_raw_server_start (RubisRawFault fault, const char *answer, GCancellable *client)
{
  RubisRawServer *self = g_new0 (RubisRawServer, 1);

  self->fault = fault;
  self->answer = answer;
  self->listener = g_socket_listener_new ();
  self->port = g_socket_listener_add_any_inet_port (self->listener, NULL, NULL);
  self->client = client != NULL ? g_object_ref (client) : NULL;
  self->end = g_cancellable_new ();
  self->thread = g_thread_new ("raw", break_off, self);
  return self;
}

guint
rubis_raw_server_get_port (const RubisRawServer *self)
{
  return self->port;
}

void
rubis_raw_server_stop (RubisRawServer *self)
{
  g_cancellable_cancel (self->end);
  g_thread_join (self->thread);
  g_object_unref (self->listener);
  g_clear_object (&self->client);
  g_object_unref (self->end);
  g_free (self);
}
