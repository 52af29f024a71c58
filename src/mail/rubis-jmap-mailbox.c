#include "rubis-jmap-mailbox.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <string.h>

#include "rubis-jmap.h"

/* Messages that are asked for at once. */
#define PAGE 50
/* How often a list that changes while it is read is begun again. */
#define MAX_LISTS 5
#define DAY (24 * 60 * 60)
/* When the server does not know the state any more, what came since the last reading is read, and somewhat
 * before: its clock, and the time of receipt of messages that took long. */
#define OVERLAP (2 * DAY)
/* A message that is moved to the inbox, as out of the junk mail, shows as changed. Older ones are only read
 * or flagged. */
#define CHANGED_AGE (30 * DAY)
/* Larger messages are no answers. */
#define MAX_SIZE (40 * 1024 * 1024)

struct _RubisJmapMailbox
{
  RubisMailbox parent_instance;
};

G_DEFINE_FINAL_TYPE (RubisJmapMailbox, rubis_jmap_mailbox, RUBIS_TYPE_MAILBOX)

/* One reading. */
typedef struct
{
  RubisJmap *jmap; /* (owned) */
  char *inbox;     /* (owned) (nullable) */
  char *state;     /* (owned) (nullable) of the emails */
  gint64 now;      /* the server's */
  RubisMailboxFunc func;
  gpointer user_data;
  GCancellable *cancellable;
} Reading;

static void
reading_clear (Reading *reading)
{
  g_clear_pointer (&reading->jmap, rubis_jmap_free);
  g_free (reading->inbox);
  g_free (reading->state);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, reading_clear)

/* Calls one method. */
static RubisJsonAnswer *
call (Reading *reading, const char *name, JsonNode *arguments, GError **error)
{
  JsonBuilder *calls = rubis_jmap_begin_calls ();
  RubisDelivery *failure = NULL;
  RubisJsonAnswer *answer;

  rubis_jmap_add_call (calls, name, arguments);
  answer = rubis_jmap_call (reading->jmap, calls, FALSE, reading->cancellable, NULL, &failure);
  if (failure != NULL)
    rubis_jmap_take_failure (reading->jmap, failure, error);
  return answer;
}

static gboolean
check (Reading *reading, RubisJsonAnswer *answer, guint index, GError **error)
{
  RubisDelivery *failure = NULL;

  if (rubis_jmap_check_method (reading->jmap, answer, index, &failure))
    return TRUE;
  rubis_jmap_take_failure (reading->jmap, failure, error);
  return FALSE;
}

/* Finds the inbox, the server's time and the state of its emails before anything is read. */
static gboolean
begin (Reading *reading, GError **error)
{
  RubisDelivery *failure = NULL;
  JsonBuilder *calls;
  g_autoptr (RubisHttpResponse) response = NULL;
  g_autoptr (RubisJsonAnswer) answer = NULL;
  g_autoptr (GDateTime) date = NULL;
  const char *account;
  const char *date_text;

  if (rubis_jmap_open (reading->jmap, reading->cancellable, &failure))
    {
      account = rubis_jmap_get_account (reading->jmap);
      calls = rubis_jmap_begin_calls ();
      rubis_jmap_add_call (
          calls, "Mailbox/get",
          rubis_jmap_node ("{\"accountId\":%s,\"ids\":null,\"properties\":[\"id\",\"role\"]}", account));
      rubis_jmap_add_call (calls, "Email/get", rubis_jmap_node ("{\"accountId\":%s,\"ids\":[]}", account));
      answer = rubis_jmap_call (reading->jmap, calls, FALSE, reading->cancellable, &response, &failure);
    }
  if (failure != NULL)
    {
      rubis_jmap_take_failure (reading->jmap, failure, error);
      return FALSE;
    }
  if (!check (reading, answer, 0, error) || !check (reading, answer, 1, error))
    return FALSE;
  reading->inbox = rubis_jmap_find_mailbox (answer, 0, "inbox");
  reading->state = rubis_json_answer_dup (answer, "methodResponses.1.1.state");
  date_text = g_hash_table_lookup (response->headers, "date");
  date = date_text != NULL ? soup_date_time_new_from_http_string (date_text) : NULL;
  reading->now = date != NULL ? g_date_time_to_unix (date) : 0;
  if (reading->inbox != NULL)
    return TRUE;
  g_set_error (error, RUBIS_TRANSPORT_ERROR, RUBIS_TRANSPORT_ERROR_SERVER,
               _ ("The JMAP server shows no inbox."));
  return FALSE;
}

/* Gives one message to the reader. @path: of an Email. */
static gboolean
give (Reading *reading, RubisJsonAnswer *answer, const char *path, GError **error)
{
  g_autofree char *id_path = g_strconcat (path, ".id", NULL);
  g_autofree char *blob_path = g_strconcat (path, ".blobId", NULL);
  g_autofree char *id = rubis_json_answer_dup (answer, id_path);
  g_autofree char *blob = rubis_json_answer_dup (answer, blob_path);
  RubisDelivery *failure = NULL;
  g_autoptr (GBytes) message = rubis_jmap_download (reading->jmap, blob, reading->cancellable, &failure);

  if (message != NULL)
    return reading->func (id, message, reading->user_data, error);
  /* It may have been removed in the meantime. */
  if (failure == NULL)
    return TRUE;
  rubis_jmap_take_failure (reading->jmap, failure, error);
  return FALSE;
}

static gboolean
is_wanted (Reading *reading, RubisJsonAnswer *answer, const char *path, gint64 since)
{
  g_autofree char *mailbox_path = g_strconcat (path, ".mailboxIds.", reading->inbox, NULL);
  g_autofree char *size_path = g_strconcat (path, ".size", NULL);
  g_autofree char *received_path = g_strconcat (path, ".receivedAt", NULL);
  g_autofree char *received = rubis_json_answer_dup (answer, received_path);
  g_autoptr (GDateTime) moment = g_date_time_new_from_iso8601 (received, NULL);

  if (!rubis_json_answer_get_boolean (answer, mailbox_path)
      || rubis_json_answer_get_int (answer, size_path) > MAX_SIZE)
    return FALSE;
  return moment == NULL || g_date_time_to_unix (moment) >= since;
}

/* Gives those of the messages that lie in the inbox and came since then. @ids: a JSON array */
static gboolean
give_page (Reading *reading, const char *ids, gint64 since, GError **error)
{
  g_autoptr (RubisJsonAnswer) answer
      = call (reading, "Email/get",
              rubis_jmap_node ("{\"accountId\":%s,\"ids\":%j,\"properties\":"
                               "[\"id\",\"blobId\",\"mailboxIds\",\"size\",\"receivedAt\"]}",
                               rubis_jmap_get_account (reading->jmap), ids),
              error);
  guint n;

  if (answer == NULL || !check (reading, answer, 0, error))
    return FALSE;
  n = rubis_json_answer_get_length (answer, "methodResponses.0.1.list");
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("methodResponses.0.1.list.%u", i);

      if (is_wanted (reading, answer, path, since) && !give (reading, answer, path, error))
        return FALSE;
    }
  return TRUE;
}

/* The same for any number of messages. */
static gboolean
give_all (Reading *reading, GPtrArray *ids, gint64 since, GError **error)
{
  for (guint first = 0; first < ids->len; first += PAGE)
    {
      g_autoptr (JsonArray) page = json_array_new ();
      g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
      g_autofree char *text = NULL;

      for (guint i = first; i < MIN (ids->len, first + PAGE); i++)
        json_array_add_string_element (page, g_ptr_array_index (ids, i));
      json_node_set_array (node, page);
      text = json_to_string (node, FALSE);
      if (!give_page (reading, text, since, error))
        return FALSE;
    }
  return TRUE;
}

/* Adds the ids of an array at @path; their number. */
static guint
add_ids (GPtrArray *ids, RubisJsonAnswer *answer, const char *path)
{
  guint n = rubis_json_answer_get_length (answer, path);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id_path = g_strdup_printf ("%s.%u", path, i);

      g_ptr_array_add (ids, rubis_json_answer_dup (answer, id_path));
    }
  return n;
}

/* Lists what came to the inbox since a time. @moved: it changed in between, so that something may be missing.
 */
static gboolean
list_since (Reading *reading, const char *after, GPtrArray *ids, gboolean *moved, GError **error)
{
  g_autofree char *state = NULL;
  guint n;

  *moved = FALSE;
  do
    {
      g_autofree char *position = g_strdup_printf ("%u", ids->len);
      g_autofree char *now = NULL;
      g_autoptr (RubisJsonAnswer) answer
          = call (reading, "Email/query",
                  rubis_jmap_node ("{\"accountId\":%s,\"filter\":{\"inMailbox\":%s,\"after\":%s},\"sort\":"
                                   "[{\"property\":\"receivedAt\",\"isAscending\":true}],\"position\":%j}",
                                   rubis_jmap_get_account (reading->jmap), reading->inbox, after, position),
                  error);

      if (answer == NULL || !check (reading, answer, 0, error))
        return FALSE;
      now = rubis_json_answer_dup (answer, "methodResponses.0.1.queryState");
      *moved = state != NULL && !g_str_equal (state, now);
      g_free (state);
      state = g_steal_pointer (&now);
      /* A server gives as many at once as it likes. */
      n = add_ids (ids, answer, "methodResponses.0.1.ids");
    }
  while (n > 0 && !*moved);
  return TRUE;
}

/* All that came to the inbox since a time. */
static gboolean
read_since (Reading *reading, gint64 since, GError **error)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_utc (since);
  g_autofree char *after = g_date_time_format (moment, "%Y-%m-%dT%H:%M:%SZ");
  gboolean moved = TRUE;

  for (guint i = 0; moved && i < MAX_LISTS; i++)
    {
      g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

      if (!list_since (reading, after, ids, &moved, error))
        return FALSE;
      if (!moved)
        return give_all (reading, ids, since, error);
    }
  g_set_error (error, RUBIS_TRANSPORT_ERROR, RUBIS_TRANSPORT_ERROR_SERVER,
               _ ("The inbox changes all the time: it is read again later."));
  return FALSE;
}

static gboolean
is_lost_state (RubisJsonAnswer *answer)
{
  g_autofree char *name = rubis_json_answer_dup (answer, "methodResponses.0.0");
  g_autofree char *type = rubis_json_answer_dup (answer, "methodResponses.0.1.type");

  return g_str_equal (name, "error")
         && (g_str_equal (type, "cannotCalculateChanges") || g_str_equal (type, "invalidArguments"));
}

/* What changed since a state; @lost: the server does not know it any more. */
static gboolean
read_changes (Reading *reading, const char *state, gboolean *lost, GError **error)
{
  g_autofree char *from = g_strdup (state);
  gboolean more = TRUE;

  while (more)
    {
      g_autoptr (RubisJsonAnswer) answer
          = call (reading, "Email/changes",
                  rubis_jmap_node ("{\"accountId\":%s,\"sinceState\":%s}",
                                   rubis_jmap_get_account (reading->jmap), from),
                  error);
      g_autoptr (GPtrArray) created = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (GPtrArray) updated = g_ptr_array_new_with_free_func (g_free);
      g_autofree char *next = NULL;

      if (answer == NULL)
        return FALSE;
      *lost = is_lost_state (answer);
      if (*lost)
        return TRUE;
      if (!check (reading, answer, 0, error))
        return FALSE;
      add_ids (created, answer, "methodResponses.0.1.created");
      add_ids (updated, answer, "methodResponses.0.1.updated");
      if (!give_all (reading, created, G_MININT64, error)
          || !give_all (reading, updated, reading->now - CHANGED_AGE, error))
        return FALSE;
      next = rubis_json_answer_dup (answer, "methodResponses.0.1.newState");
      /* A server that stays where it is would be asked for ever. */
      more = rubis_json_answer_get_boolean (answer, "methodResponses.0.1.hasMoreChanges")
             && !g_str_equal (next, from);
      g_free (from);
      from = g_steal_pointer (&next);
    }
  return TRUE;
}

static char *
jmap_read (RubisMailbox *mailbox, const char *cursor, gint64 since, RubisMailboxFunc func, gpointer user_data,
           GCancellable *cancellable, GError **error)
{
  g_auto (Reading) reading = { .func = func, .user_data = user_data, .cancellable = cancellable };
  const char *space = strchr (cursor, ' ');
  gint64 last = space != NULL ? g_ascii_strtoll (cursor, NULL, 10) : 0;
  gboolean lost = space == NULL;

  reading.jmap = rubis_jmap_new (rubis_mailbox_get_sender (mailbox), rubis_mailbox_get_credentials (mailbox));
  if (!begin (&reading, error) || (!lost && !read_changes (&reading, space + 1, &lost, error)))
    return NULL;
  if (lost && !read_since (&reading, last > 0 ? last - OVERLAP : since, error))
    return NULL;
  return g_strdup_printf ("%" G_GINT64_FORMAT " %s", reading.now, reading.state);
}

static void
rubis_jmap_mailbox_class_init (RubisJmapMailboxClass *klass)
{
  RUBIS_MAILBOX_CLASS (klass)->read = jmap_read;
}

static void
rubis_jmap_mailbox_init (RubisJmapMailbox *self)
{
}
