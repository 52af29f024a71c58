#include "rubis-message-renewal.h"

#include <string.h>

#include <gmime/gmime.h>

/* Where the header that begins at @line ends: it goes on in lines that begin with a blank. */
static const char *
skip_header (const char *line, const char *end)
{
  const char *next = line;

  do
    {
      const char *stop = memchr (next, '\n', (gsize)(end - next));

      next = stop != NULL ? stop + 1 : end;
    }
  while (next < end && (*next == ' ' || *next == '\t'));
  return next;
}

/* @value: of the Date that it has; its zone is kept. (transfer full) */
static char *
make_date (const char *value, gsize length, gint64 time)
{
  g_autofree char *text = g_strndup (value, length);
  g_autoptr (GDateTime) before = g_mime_utils_header_decode_date (text);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time);
  g_autoptr (GDateTime) then = before != NULL
                                   ? g_date_time_to_timezone (utc, g_date_time_get_timezone (before))
                                   : g_date_time_ref (utc);

  return g_mime_utils_header_format_date (then);
}

GBytes *
rubis_message_renew (GBytes *message, const char *id, gint64 time)
{
  gsize size;
  const char *data = g_bytes_get_data (message, &size);
  const char *end = data + size;
  GByteArray *renewed = g_byte_array_sized_new ((guint)size + 128);
  const char *line = data;

  g_mime_init ();
  while (line < end && *line != '\r' && *line != '\n')
    {
      const char *next = skip_header (line, end);
      g_autofree char *header = NULL;

      if (g_ascii_strncasecmp (line, "Message-ID:", 11) == 0)
        header = g_strdup_printf ("Message-ID: <%s>\r\n", id);
      else if (g_ascii_strncasecmp (line, "Date:", 5) == 0)
        {
          g_autofree char *date = make_date (line + 5, (gsize)(next - line - 5), time);

          header = g_strdup_printf ("Date: %s\r\n", date);
        }
      if (header != NULL)
        g_byte_array_append (renewed, (const guint8 *)header, (guint)strlen (header));
      else
        g_byte_array_append (renewed, (const guint8 *)line, (guint)(next - line));
      line = next;
    }
  g_byte_array_append (renewed, (const guint8 *)line, (guint)(end - line));
  return g_byte_array_free_to_bytes (renewed);
}
