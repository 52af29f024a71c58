#include "rubis-gmail-mailbox.h"

#include "rubis-gmail.h"

#define NOT_FOUND 404

struct _RubisGmailMailbox
{
  RubisMailbox parent_instance;

  RubisApi *api; /* (owned) (nullable) made when first needed */
};

G_DEFINE_FINAL_TYPE (RubisGmailMailbox, rubis_gmail_mailbox, RUBIS_TYPE_MAILBOX)

/* One reading. */
typedef struct
{
  RubisApi *api;
  const RubisSender *sender;
  RubisMailboxFunc func;
  gpointer user_data;
  GCancellable *cancellable;
} Reading;

static RubisApi *
get_api (RubisMailbox *mailbox)
{
  RubisGmailMailbox *self = RUBIS_GMAIL_MAILBOX (mailbox);

  if (self->api == NULL)
    self->api
        = rubis_gmail_api_new (rubis_mailbox_get_sender (mailbox), rubis_mailbox_get_credentials (mailbox));
  return self->api;
}

/* The JSON at @path, which has the member @need; NULL with @error, or without one when @missing (nullable)
 * says that there is none.
 */
static RubisJsonAnswer *
ask (const Reading *reading, const char *path, const char *need, gboolean *missing, GError **error)
{
  g_autoptr (RubisHttpRequest) request = rubis_api_request_new (reading->api, "GET", path);
  g_autoptr (RubisHttpResponse) response
      = rubis_api_call (reading->api, request, reading->cancellable, error);
  g_autoptr (RubisJsonAnswer) json = NULL;
  g_autofree char *words = NULL;
  RubisApiFault fault;

  if (response == NULL)
    return NULL;
  if (missing != NULL && response->outcome == RUBIS_HTTP_ANSWERED && response->status == NOT_FOUND)
    {
      *missing = TRUE;
      return NULL;
    }
  json = rubis_api_read_json (response);
  if (rubis_api_is_success (response) && rubis_json_answer_has (json, need))
    return g_steal_pointer (&json);
  fault = rubis_gmail_get_fault (response, &words);
  rubis_api_set_error (reading->sender, response, fault, words, error);
  return NULL;
}

/* Hands on one message; one that was deleted meanwhile is passed over. */
static gboolean
read_message (const Reading *reading, const char *id, GError **error)
{
  g_autofree char *escaped = g_uri_escape_string (id, NULL, FALSE);
  g_autofree char *path = g_strconcat (RUBIS_GMAIL_USER "messages/", escaped, "?format=raw", NULL);
  gboolean missing = FALSE;
  g_autoptr (RubisJsonAnswer) json = ask (reading, path, "raw", &missing, error);
  g_autofree char *raw = NULL;
  g_autoptr (GBytes) message = NULL;

  if (json == NULL)
    return missing;
  raw = rubis_json_answer_dup (json, "raw");
  message = rubis_gmail_decode (raw);
  return reading->func (id, message, reading->user_data, error);
}

static gboolean
read_list (const Reading *reading, RubisJsonAnswer *json, GError **error)
{
  for (guint i = 0; i < rubis_json_answer_get_length (json, "messages"); i++)
    {
      g_autofree char *path = g_strdup_printf ("messages.%u.id", i);
      g_autofree char *id = rubis_json_answer_dup (json, path);

      if (*id != '\0' && !read_message (reading, id, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_history (const Reading *reading, RubisJsonAnswer *json, GError **error)
{
  for (guint i = 0; i < rubis_json_answer_get_length (json, "history"); i++)
    {
      g_autofree char *list = g_strdup_printf ("history.%u.messagesAdded", i);

      for (guint j = 0; j < rubis_json_answer_get_length (json, list); j++)
        {
          g_autofree char *path = g_strdup_printf ("%s.%u.message.id", list, j);
          g_autofree char *id = rubis_json_answer_dup (json, path);

          if (*id != '\0' && !read_message (reading, id, error))
            return FALSE;
        }
    }
  return TRUE;
}

/* A kind of pages that list messages. */
typedef struct
{
  const char *need; /* member that each page has */
  gboolean (*read_page) (const Reading *reading, RubisJsonAnswer *json, GError **error);
} Listing;

static const Listing message_list = { "resultSizeEstimate", read_list };
static const Listing history_list = { "historyId", read_history };

/* Hands on the messages that the pages at @path name. @cursor: (out) (nullable) where Gmail is; @missing:
 * (out) (nullable) Gmail does not know any more what @path asks.
 */
static gboolean
read_pages (const Reading *reading, const char *path, const Listing *kind, char **cursor, gboolean *missing,
            GError **error)
{
  g_autofree char *page = g_strdup ("");

  do
    {
      g_autofree char *token = g_uri_escape_string (page, NULL, FALSE);
      g_autofree char *full = g_strconcat (path, *token != '\0' ? "&pageToken=" : "", token, NULL);
      g_autoptr (RubisJsonAnswer) json = ask (reading, full, kind->need, missing, error);

      if (json == NULL || !kind->read_page (reading, json, error))
        return FALSE;
      if (cursor != NULL)
        {
          g_free (*cursor);
          *cursor = rubis_json_answer_dup (json, "historyId");
        }
      g_free (page);
      page = rubis_json_answer_dup (json, "nextPageToken");
    }
  while (*page != '\0');
  return TRUE;
}

/* Everything since @since. The cursor is taken first: what comes in meanwhile is read twice rather than
 * never. */
static char *
read_all (const Reading *reading, gint64 since, GError **error)
{
  g_autoptr (RubisJsonAnswer) profile = ask (reading, RUBIS_GMAIL_USER "profile", "historyId", NULL, error);
  g_autofree char *path = g_strdup_printf (
      RUBIS_GMAIL_USER "messages?q=in%%3Ainbox%%20after%%3A%" G_GINT64_FORMAT, MAX (since, 0));

  if (profile == NULL || !read_pages (reading, path, &message_list, NULL, NULL, error))
    return NULL;
  return rubis_json_answer_dup (profile, "historyId");
}

static char *
rubis_gmail_mailbox_read (RubisMailbox *mailbox, const char *cursor, gint64 since, RubisMailboxFunc func,
                          gpointer user_data, GCancellable *cancellable, GError **error)
{
  Reading reading = { get_api (mailbox), rubis_mailbox_get_sender (mailbox), func, user_data, cancellable };
  g_autofree char *escaped = g_uri_escape_string (cursor, NULL, FALSE);
  g_autofree char *path = g_strconcat (
      RUBIS_GMAIL_USER "history?historyTypes=messageAdded&labelId=INBOX&startHistoryId=", escaped, NULL);
  g_autofree char *next = NULL;
  gboolean missing = FALSE;

  if (*cursor == '\0')
    return read_all (&reading, since, error);
  if (read_pages (&reading, path, &history_list, &next, &missing, error))
    return g_steal_pointer (&next);
  /* Gmail keeps its history for some days only. */
  return missing ? read_all (&reading, since, error) : NULL;
}

static void
rubis_gmail_mailbox_finalize (GObject *object)
{
  rubis_api_free (RUBIS_GMAIL_MAILBOX (object)->api);
  G_OBJECT_CLASS (rubis_gmail_mailbox_parent_class)->finalize (object);
}

static void
rubis_gmail_mailbox_class_init (RubisGmailMailboxClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rubis_gmail_mailbox_finalize;
  RUBIS_MAILBOX_CLASS (klass)->read = rubis_gmail_mailbox_read;
}

static void
rubis_gmail_mailbox_init (RubisGmailMailbox *self)
{
}
