#include "rubis-graph-mailbox.h"

#include "rubis-graph.h"

#define DELTA "/v1.0/me/mailFolders/inbox/messages/delta?changeType=created&$select=id"
#define NOT_FOUND 404
#define GONE 410

struct _RubisGraphMailbox
{
  RubisMailbox parent_instance;

  RubisApi *api; /* (owned) (nullable) made when first needed */
};

G_DEFINE_FINAL_TYPE (RubisGraphMailbox, rubis_graph_mailbox, RUBIS_TYPE_MAILBOX)

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
  RubisGraphMailbox *self = RUBIS_GRAPH_MAILBOX (mailbox);

  if (self->api == NULL)
    self->api
        = rubis_graph_api_new (rubis_mailbox_get_sender (mailbox), rubis_mailbox_get_credentials (mailbox));
  return self->api;
}

static void
set_error (const Reading *reading, const RubisHttpResponse *response, GError **error)
{
  g_autofree char *words = NULL;
  RubisApiFault fault = rubis_graph_get_fault (response, &words);

  rubis_api_set_error (reading->sender, response, fault, words, error);
}

/* Hands on one message; one that was deleted meanwhile is passed over. */
static gboolean
read_message (const Reading *reading, const char *id, GError **error)
{
  g_autofree char *path = rubis_graph_message_path (id, "/$value");
  g_autoptr (RubisHttpRequest) request = rubis_api_request_new (reading->api, "GET", path);
  g_autoptr (RubisHttpResponse) response
      = rubis_api_call (reading->api, request, reading->cancellable, error);

  if (response == NULL)
    return FALSE;
  if (response->outcome == RUBIS_HTTP_ANSWERED && response->status == NOT_FOUND)
    return TRUE;
  if (!rubis_api_is_success (response))
    {
      set_error (reading, response, error);
      return FALSE;
    }
  return reading->func (id, response->body, reading->user_data, error);
}

static gboolean
read_page (const Reading *reading, RubisJsonAnswer *json, GError **error)
{
  for (guint i = 0; i < rubis_json_answer_get_length (json, "value"); i++)
    {
      g_autofree char *id_path = g_strdup_printf ("value.%u.id", i);
      g_autofree char *removed_path = g_strdup_printf ("value.%u.@removed", i);
      g_autofree char *id = rubis_json_answer_dup (json, id_path);

      if (*id == '\0' || rubis_json_answer_has (json, removed_path))
        continue;
      if (!read_message (reading, id, error))
        return FALSE;
    }
  return TRUE;
}

/* Where to begin without a cursor. (transfer full) */
static RubisHttpRequest *
begin (RubisApi *api, gint64 since)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_utc (MAX (since, 0));
  g_autofree char *text = g_date_time_format (moment, "%Y-%m-%dT%H:%M:%SZ");
  g_autofree char *path = g_strconcat (DELTA "&$filter=receivedDateTime%20ge%20", text, NULL);

  return rubis_api_request_new (api, "GET", path);
}

/* The page that @link names, which only Graph itself may be. */
static RubisHttpRequest *
follow (const Reading *reading, const char *link, GError **error)
{
  RubisHttpRequest *request = rubis_api_request_new_for_url (reading->api, "GET", link);
  g_autofree char *reason = NULL;

  if (request != NULL)
    return request;
  reason = rubis_api_fault_explain (RUBIS_API_FAULT_STRANGE, reading->sender, NULL);
  g_set_error_literal (error, RUBIS_TRANSPORT_ERROR, RUBIS_TRANSPORT_ERROR_SERVER, reason);
  return NULL;
}

static char *
rubis_graph_mailbox_read (RubisMailbox *mailbox, const char *cursor, gint64 since, RubisMailboxFunc func,
                          gpointer user_data, GCancellable *cancellable, GError **error)
{
  Reading reading = { get_api (mailbox), rubis_mailbox_get_sender (mailbox), func, user_data, cancellable };
  g_autofree char *next = g_strdup (cursor);

  for (;;)
    {
      g_autoptr (RubisHttpRequest) request
          = *next != '\0' ? follow (&reading, next, error) : begin (reading.api, since);
      g_autoptr (RubisHttpResponse) response
          = request != NULL ? rubis_api_call (reading.api, request, cancellable, error) : NULL;
      g_autoptr (RubisJsonAnswer) json = NULL;
      char *end;

      if (response == NULL)
        return NULL;
      if (response->outcome == RUBIS_HTTP_ANSWERED && response->status == GONE && *next != '\0')
        {
          /* Graph has forgotten where we were. */
          *next = '\0';
          continue;
        }
      json = rubis_api_read_json (response);
      if (!rubis_api_is_success (response) || !rubis_json_answer_has (json, "value"))
        {
          set_error (&reading, response, error);
          return NULL;
        }
      if (!read_page (&reading, json, error))
        return NULL;
      end = rubis_json_answer_dup (json, "@odata.deltaLink");
      if (*end != '\0')
        return end;
      g_free (end);
      g_free (next);
      next = rubis_json_answer_dup (json, "@odata.nextLink");
      if (*next == '\0')
        {
          set_error (&reading, response, error);
          return NULL;
        }
    }
}

static void
rubis_graph_mailbox_finalize (GObject *object)
{
  rubis_api_free (RUBIS_GRAPH_MAILBOX (object)->api);
  G_OBJECT_CLASS (rubis_graph_mailbox_parent_class)->finalize (object);
}

static void
rubis_graph_mailbox_class_init (RubisGraphMailboxClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rubis_graph_mailbox_finalize;
  RUBIS_MAILBOX_CLASS (klass)->read = rubis_graph_mailbox_read;
}

static void
rubis_graph_mailbox_init (RubisGraphMailbox *self)
{
}
