#include "rubis-imap.h"

#include <errno.h>
#include <poll.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-curl-error.h"

#define MAX_LINE (1 << 20)
#define MAX_LITERAL (64u << 20)
#define BLOCK 65536
#define SECONDS_OF_DAY (24 * 60 * 60)
/* How often a cancellation is looked for. */
#define STEP_MILLISECONDS 200

struct _RubisImap
{
  RubisCurl *curl;           /* (owned) */
  GCancellable *cancellable; /* (owned) (nullable) */
  curl_socket_t socket;
  GByteArray *buffer; /* (owned) read and not used */
  gsize used;         /* of it */
  guint tag;
  gboolean broken;
};

/* An untagged response: its text, where each literal is "{}", and the literals. */
typedef struct
{
  GString *text;
  GPtrArray *literals; /* (element-type GBytes) */
} Response;

static Response *
response_new (void)
{
  Response *self = g_new0 (Response, 1);

  self->text = g_string_new (NULL);
  self->literals = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  return self;
}

static void
response_free (Response *self)
{
  g_string_free (self->text, TRUE);
  g_ptr_array_unref (self->literals);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Response, response_free)

static gboolean
fail (RubisImap *self, CURLcode result, GError **error)
{
  const char *host = rubis_curl_get_host (self->curl);

  self->broken = TRUE;
  if (g_cancellable_is_cancelled (self->cancellable))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("It was stopped."));
  else if (result == CURLE_OPERATION_TIMEDOUT)
    g_set_error (error, RUBIS_TRANSPORT_ERROR, RUBIS_TRANSPORT_ERROR_UNREACHABLE,
                 _ ("“%s” did not answer in time: it is tried again later."), host);
  else if (result == CURLE_WEIRD_SERVER_REPLY)
    g_set_error (error, RUBIS_TRANSPORT_ERROR, RUBIS_TRANSPORT_ERROR_SERVER,
                 _ ("“%s” does not answer as a mailbox (IMAP) does: check the server and the port."), host);
  else
    g_set_error (error, RUBIS_TRANSPORT_ERROR, RUBIS_TRANSPORT_ERROR_UNREACHABLE,
                 _ ("“%s” cut the connection: it is tried again later."), host);
  return FALSE;
}

/* Waits until the socket can be read or written; @until: monotonic microseconds. */
static gboolean
wait_for (RubisImap *self, short events, gint64 until, GError **error)
{
  for (;;)
    {
      struct pollfd waited = { .fd = self->socket, .events = events };
      int ready;

      if (g_cancellable_is_cancelled (self->cancellable) || g_get_monotonic_time () > until)
        return fail (self, CURLE_OPERATION_TIMEDOUT, error);
      ready = poll (&waited, 1, STEP_MILLISECONDS);
      if (ready > 0)
        return TRUE;
      if (ready < 0 && errno != EINTR)
        return fail (self, CURLE_RECV_ERROR, error);
    }
}

static gint64
get_end (RubisImap *self)
{
  return g_get_monotonic_time () + (gint64)rubis_curl_get_patience (self->curl) * G_USEC_PER_SEC;
}

static gboolean
write_all (RubisImap *self, const void *data, gsize length, GError **error)
{
  CURL *handle = rubis_curl_get_handle (self->curl);
  const char *rest = data;
  gint64 until = get_end (self);

  while (length > 0)
    {
      size_t written = 0;
      CURLcode result = curl_easy_send (handle, rest, MIN (length, BLOCK), &written);

      if (result == CURLE_AGAIN)
        {
          if (!wait_for (self, POLLOUT, until, error))
            return FALSE;
          continue;
        }
      if (result != CURLE_OK)
        return fail (self, result, error);
      rest += written;
      length -= written;
      until = get_end (self);
    }
  return TRUE;
}

/* Adds what came to the buffer, at least a byte. */
static gboolean
read_more (RubisImap *self, GError **error)
{
  CURL *handle = rubis_curl_get_handle (self->curl);
  gint64 until = get_end (self);
  gsize length;

  if (self->used == self->buffer->len)
    {
      g_byte_array_set_size (self->buffer, 0);
      self->used = 0;
    }
  length = self->buffer->len;
  for (;;)
    {
      size_t count = 0;
      CURLcode result;

      g_byte_array_set_size (self->buffer, (guint)(length + BLOCK));
      result = curl_easy_recv (handle, self->buffer->data + length, BLOCK, &count);
      g_byte_array_set_size (self->buffer, (guint)(length + (result == CURLE_OK ? count : 0)));
      if (result == CURLE_OK && count > 0)
        return TRUE;
      if (result != CURLE_AGAIN)
        return fail (self, CURLE_RECV_ERROR, error);
      if (!wait_for (self, POLLIN, until, error))
        return FALSE;
    }
}

/* A line without its end. (transfer full) */
static char *
read_line (RubisImap *self, GError **error)
{
  gsize seen = 0;

  for (;;)
    {
      const char *start = (const char *)self->buffer->data + self->used;
      gsize length = self->buffer->len - self->used;
      const char *end = length > seen ? memchr (start + seen, '\n', length - seen) : NULL;
      gsize count;

      if (end != NULL)
        {
          count = (gsize)(end - start);
          self->used += count + 1;
          if (count > 0 && start[count - 1] == '\r')
            count--;
          return g_strndup (start, count);
        }
      seen = length;
      if (seen > MAX_LINE)
        {
          fail (self, CURLE_WEIRD_SERVER_REPLY, error);
          return NULL;
        }
      if (!read_more (self, error))
        return NULL;
    }
}

static GBytes *
read_literal (RubisImap *self, gsize length, GError **error)
{
  g_autofree guint8 *data = g_malloc (MAX (length, 1));
  gsize done = 0;

  while (done < length)
    {
      gsize count = MIN (length - done, self->buffer->len - self->used);

      if (count == 0)
        {
          if (!read_more (self, error))
            return NULL;
          continue;
        }
      memcpy (data + done, self->buffer->data + self->used, count);
      self->used += count;
      done += count;
    }
  return g_bytes_new_take (g_steal_pointer (&data), length);
}

/* Whether a line ends with the announcement of a literal: "{123}". */
static gboolean
announces_literal (const char *line, gsize *start, guint64 *length)
{
  const char *brace = strrchr (line, '{');
  char *end;

  if (brace == NULL || !g_ascii_isdigit (brace[1]))
    return FALSE;
  *length = g_ascii_strtoull (brace + 1, &end, 10);
  *start = (gsize)(brace - line);
  return strcmp (end, "}") == 0;
}

/* Whatever the server says next, its literals with it. */
static Response *
read_response (RubisImap *self, GError **error)
{
  g_autoptr (Response) response = response_new ();

  for (;;)
    {
      g_autofree char *line = read_line (self, error);
      g_autoptr (GBytes) literal = NULL;
      guint64 length;
      gsize start;

      if (line == NULL)
        return NULL;
      if (!announces_literal (line, &start, &length))
        {
          g_string_append (response->text, line);
          return g_steal_pointer (&response);
        }
      if (length > MAX_LITERAL)
        {
          fail (self, CURLE_WEIRD_SERVER_REPLY, error);
          return NULL;
        }
      literal = read_literal (self, length, error);
      if (literal == NULL)
        return NULL;
      g_string_append_len (response->text, line, (gssize)start);
      g_string_append (response->text, "{}");
      g_ptr_array_add (response->literals, g_steal_pointer (&literal));
    }
}

/* Reads until the command of @tag is done. */
static GPtrArray *
read_responses (RubisImap *self, const char *tag, GError **error)
{
  g_autoptr (GPtrArray) responses = g_ptr_array_new_with_free_func ((GDestroyNotify)response_free);

  for (;;)
    {
      g_autoptr (Response) response = read_response (self, error);
      g_autofree char *words = NULL;

      if (response == NULL)
        return NULL;
      if (g_str_has_prefix (response->text->str, "* "))
        {
          g_ptr_array_add (responses, g_steal_pointer (&response));
          continue;
        }
      /* What belongs to no command of ours is not said by a mailbox. */
      if (!g_str_has_prefix (response->text->str, tag) || response->text->str[strlen (tag)] != ' ')
        {
          fail (self, CURLE_WEIRD_SERVER_REPLY, error);
          return NULL;
        }
      if (g_ascii_strncasecmp (response->text->str + strlen (tag) + 1, "OK", 2) == 0)
        return g_steal_pointer (&responses);
      words = rubis_curl_error_dup_words (response->text->str + strlen (tag) + 1);
      g_set_error (error, RUBIS_TRANSPORT_ERROR, RUBIS_TRANSPORT_ERROR_SERVER,
                   _ ("“%s” answers with an error: %s"), rubis_curl_get_host (self->curl), words);
      return NULL;
    }
}

/* Gives a command; what the server said before it was done. (element-type Response) */
static GPtrArray *
talk (RubisImap *self, const char *command, GError **error)
{
  g_autofree char *tag = g_strdup_printf ("R%u", ++self->tag);
  g_autofree char *line = g_strdup_printf ("%s %s\r\n", tag, command);

  if (!write_all (self, line, strlen (line), error))
    return NULL;
  return read_responses (self, tag, error);
}

RubisImap *
rubis_imap_new (const RubisSender *sender, RubisCredentials *credentials, guint patience,
                GCancellable *cancellable, GError **error)
{
  g_autoptr (RubisCurl) curl = rubis_curl_new (RUBIS_CURL_IMAP, sender, credentials);
  curl_socket_t opened = CURL_SOCKET_BAD;
  RubisImap *self;

  if (patience > 0 && patience < rubis_curl_get_patience (curl))
    rubis_curl_set_patience (curl, patience);
  curl_easy_setopt (rubis_curl_get_handle (curl), CURLOPT_CONNECT_ONLY, 1L);
  if (rubis_curl_perform (curl, cancellable, error) != CURLE_OK)
    return NULL;
  curl_easy_getinfo (rubis_curl_get_handle (curl), CURLINFO_ACTIVESOCKET, &opened);
  self = g_new0 (RubisImap, 1);
  self->curl = g_steal_pointer (&curl);
  self->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  self->socket = opened;
  self->buffer = g_byte_array_new ();
  return self;
}

void
rubis_imap_free (RubisImap *self)
{
  if (self == NULL)
    return;
  if (!self->broken)
    write_all (self, "R0 LOGOUT\r\n", strlen ("R0 LOGOUT\r\n"), NULL);
  rubis_curl_free (self->curl);
  g_clear_object (&self->cancellable);
  g_byte_array_unref (self->buffer);
  g_free (self);
}

static char *
quote (const char *text)
{
  GString *quoted = g_string_new ("\"");

  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == '"' || *c == '\\')
        g_string_append_c (quoted, '\\');
      g_string_append_c (quoted, *c);
    }
  g_string_append_c (quoted, '"');
  return g_string_free (quoted, FALSE);
}

char *
rubis_imap_make_day (gint64 since)
{
  static const char *const months[]
      = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
  g_autoptr (GDateTime) day = g_date_time_new_from_unix_utc (MAX (since - SECONDS_OF_DAY, 0));

  return g_strdup_printf ("%d-%s-%d", g_date_time_get_day_of_month (day),
                          months[g_date_time_get_month (day) - 1], g_date_time_get_year (day));
}

char *
rubis_imap_quote_id (const char *message_id)
{
  for (const char *c = message_id; *c != '\0'; c++)
    {
      if (!g_ascii_isgraph (*c))
        return NULL;
    }
  return message_id[0] != '\0' ? quote (message_id) : NULL;
}

/* "* OK [UIDNEXT 12] …" */
static guint32
find_number (GPtrArray *responses, const char *name)
{
  g_autofree char *wanted = g_strconcat ("[", name, " ", NULL);

  for (guint i = 0; i < responses->len; i++)
    {
      const Response *response = g_ptr_array_index (responses, i);
      const char *found = strstr (response->text->str, wanted);

      if (found != NULL)
        return (guint32)g_ascii_strtoull (found + strlen (wanted), NULL, 10);
    }
  return 0;
}

gboolean
rubis_imap_examine (RubisImap *self, const char *folder, guint32 *validity, guint32 *next, GError **error)
{
  g_autofree char *quoted = quote (folder);
  g_autofree char *command = g_strconcat ("EXAMINE ", quoted, NULL);
  g_autoptr (GPtrArray) responses = talk (self, command, error);

  if (responses == NULL)
    return FALSE;
  if (validity != NULL)
    *validity = find_number (responses, "UIDVALIDITY");
  if (next != NULL)
    *next = find_number (responses, "UIDNEXT");
  return TRUE;
}

static int
compare_uids (gconstpointer a, gconstpointer b)
{
  const guint32 *first = a;
  const guint32 *second = b;

  return *first < *second ? -1 : *first > *second;
}

GArray *
rubis_imap_search (RubisImap *self, const char *criteria, GError **error)
{
  g_autofree char *command = g_strconcat ("UID SEARCH ", criteria, NULL);
  g_autoptr (GPtrArray) responses = talk (self, command, error);
  g_autoptr (GArray) uids = g_array_new (FALSE, FALSE, sizeof (guint32));

  if (responses == NULL)
    return NULL;
  for (guint i = 0; i < responses->len; i++)
    {
      const Response *response = g_ptr_array_index (responses, i);
      char *rest = response->text->str + strlen ("* SEARCH");

      if (g_ascii_strncasecmp (response->text->str, "* SEARCH", strlen ("* SEARCH")) != 0)
        continue;
      while (*rest != '\0')
        {
          guint32 uid = (guint32)g_ascii_strtoull (rest, &rest, 10);

          if (uid == 0)
            break;
          g_array_append_val (uids, uid);
        }
    }
  g_array_sort (uids, compare_uids);
  return g_steal_pointer (&uids);
}

/* "* 3 FETCH (UID 7 RFC822.SIZE 99)": 0 when it is not there. */
static guint32
get_item (const Response *response, const char *name)
{
  const char *found = response->text->str;

  if (strstr (found, " FETCH ") == NULL)
    return 0;
  while ((found = strstr (found, name)) != NULL)
    {
      gsize length = strlen (name);

      if ((found[-1] == ' ' || found[-1] == '(') && found[length] == ' ')
        return (guint32)g_ascii_strtoull (found + length + 1, NULL, 10);
      found += length;
    }
  return 0;
}

GHashTable *
rubis_imap_fetch_sizes (RubisImap *self, const guint32 *uids, gsize n_uids, GError **error)
{
  g_autoptr (GHashTable) sizes = g_hash_table_new (NULL, NULL);
  g_autoptr (GString) command = g_string_new ("UID FETCH ");
  g_autoptr (GPtrArray) responses = NULL;

  for (gsize i = 0; i < n_uids; i++)
    g_string_append_printf (command, "%s%u", i > 0 ? "," : "", uids[i]);
  g_string_append (command, " (UID RFC822.SIZE)");
  responses = talk (self, command->str, error);
  if (responses == NULL)
    return NULL;
  for (guint i = 0; i < responses->len; i++)
    {
      guint32 uid = get_item (g_ptr_array_index (responses, i), "UID");

      if (uid != 0)
        g_hash_table_insert (sizes, GUINT_TO_POINTER (uid),
                             GUINT_TO_POINTER (get_item (g_ptr_array_index (responses, i), "RFC822.SIZE")));
    }
  return g_steal_pointer (&sizes);
}

GBytes *
rubis_imap_fetch (RubisImap *self, guint32 uid, guint32 most, GError **error)
{
  g_autofree char *part = most > 0 ? g_strdup_printf ("<0.%u>", most) : g_strdup ("");
  g_autofree char *command = g_strdup_printf ("UID FETCH %u (UID BODY.PEEK[]%s)", uid, part);
  g_autoptr (GPtrArray) responses = talk (self, command, error);

  if (responses == NULL)
    return NULL;
  for (guint i = 0; i < responses->len; i++)
    {
      const Response *response = g_ptr_array_index (responses, i);

      if (get_item (response, "UID") == uid && response->literals->len == 1)
        return g_bytes_ref (g_ptr_array_index (response->literals, 0));
    }
  return NULL;
}

/* The name at the end of "* LIST (\Sent) "/" "Sent"". (transfer full) */
static char *
get_folder (const Response *response)
{
  const char *text = response->text->str;
  g_autoptr (GString) name = g_string_new (NULL);
  const char *rest;

  if (response->literals->len == 1)
    {
      gsize length;
      const char *data = g_bytes_get_data (g_ptr_array_index (response->literals, 0), &length);

      return g_strndup (data, length);
    }
  rest = strchr (text, ')');
  rest = rest != NULL ? strchr (rest + 2, ' ') : NULL;
  if (rest == NULL)
    return NULL;
  rest++;
  if (*rest != '"')
    return g_strdup (rest);
  for (rest++; *rest != '\0' && *rest != '"'; rest++)
    {
      if (*rest == '\\' && rest[1] != '\0')
        rest++;
      g_string_append_c (name, *rest);
    }
  return g_strdup (name->str);
}

static gboolean
has_usual_name (const char *folder)
{
  /* The last two in the server's own writing (modified UTF-7). */
  static const char *const names[] = { "Sent",
                                       "Sent Items",
                                       "Sent Messages",
                                       "Sent Mail",
                                       "Gesendet",
                                       "&AMk-l&AOk-ments envoy&AOk-s",
                                       "Messages envoy&AOk-s" };
  const char *slash = strpbrk (folder, "/.");
  const char *name = slash != NULL && g_ascii_strncasecmp (folder, "INBOX", 5) == 0 ? slash + 1 : folder;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (g_ascii_strcasecmp (name, names[i]) == 0)
        return TRUE;
    }
  return FALSE;
}

char *
rubis_imap_find_sent (RubisImap *self, GError **error)
{
  g_autoptr (GPtrArray) responses = talk (self, "LIST \"\" \"*\"", error);
  g_autofree char *usual = NULL;

  if (responses == NULL)
    return NULL;
  for (guint i = 0; i < responses->len; i++)
    {
      const Response *response = g_ptr_array_index (responses, i);
      g_autofree char *folder = NULL;
      g_autofree char *attributes = NULL;

      if (g_ascii_strncasecmp (response->text->str, "* LIST (", strlen ("* LIST (")) != 0)
        continue;
      folder = get_folder (response);
      attributes = g_ascii_strdown (response->text->str, -1);
      if (folder == NULL || strstr (attributes, "\\noselect") != NULL)
        continue;
      if (strstr (attributes, "\\sent)") != NULL || strstr (attributes, "\\sent ") != NULL)
        return g_steal_pointer (&folder);
      if (usual == NULL && has_usual_name (folder))
        usual = g_steal_pointer (&folder);
    }
  return g_steal_pointer (&usual);
}

gboolean
rubis_imap_append (RubisImap *self, const char *folder, GBytes *message, GError **error)
{
  g_autofree char *tag = g_strdup_printf ("R%u", ++self->tag);
  g_autofree char *quoted = quote (folder);
  gsize length;
  const void *data = g_bytes_get_data (message, &length);
  g_autofree char *command
      = g_strdup_printf ("%s APPEND %s (\\Seen) {%" G_GSIZE_FORMAT "}\r\n", tag, quoted, length);
  g_autoptr (GPtrArray) responses = NULL;

  if (!write_all (self, command, strlen (command), error))
    return FALSE;
  for (;;)
    {
      g_autofree char *line = read_line (self, error);

      if (line == NULL)
        return FALSE;
      if (line[0] == '+')
        break;
      if (line[0] != '*')
        {
          g_autofree char *words = rubis_curl_error_dup_words (line);

          g_set_error (error, RUBIS_TRANSPORT_ERROR, RUBIS_TRANSPORT_ERROR_SERVER,
                       _ ("“%s” answers with an error: %s"), rubis_curl_get_host (self->curl), words);
          return FALSE;
        }
    }
  if (!write_all (self, data, length, error) || !write_all (self, "\r\n", 2, error))
    return FALSE;
  responses = read_responses (self, tag, error);
  return responses != NULL;
}
