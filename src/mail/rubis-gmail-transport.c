#include "rubis-gmail-transport.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-gmail.h"
#include "rubis-mail-fields.h"

/* Above it the message is uploaded as it is, without a thread. */
#define MAX_JSON 3500000
/* Seconds after which a message that was taken is shown for sure. */
#define SHOWN_AFTER 300
/* Seconds by which the provider's clock may differ from ours. */
#define CLOCK_SLACK 300
#define MAX_CANDIDATES 100
/* What ids that Gmail gives in place of ours end with. */
#define GMAIL_DOMAIN "@mail.gmail."
#define HEADERS                                                                                              \
  "?format=metadata&metadataHeaders=Message-ID&metadataHeaders=X-Google-Original-Message-ID"                 \
  "&metadataHeaders=Subject&metadataHeaders=Date&metadataHeaders=To"

struct _RubisGmailTransport
{
  RubisTransport parent_instance;

  RubisApi *api; /* (owned) (nullable) made when first needed */
};

G_DEFINE_FINAL_TYPE (RubisGmailTransport, rubis_gmail_transport, RUBIS_TYPE_TRANSPORT)

static RubisApi *
get_api (RubisTransport *transport)
{
  RubisGmailTransport *self = RUBIS_GMAIL_TRANSPORT (transport);

  if (self->api == NULL)
    self->api = rubis_gmail_api_new (rubis_transport_get_sender (transport),
                                     rubis_transport_get_credentials (transport));
  return self->api;
}

/* NULL when there is no answer, or no success. */
static RubisJsonAnswer *
ask (RubisTransport *transport, const char *path, GCancellable *cancellable)
{
  RubisApi *api = get_api (transport);
  g_autoptr (RubisHttpRequest) request = rubis_api_request_new (api, "GET", path);
  g_autoptr (RubisHttpResponse) response = rubis_api_call (api, request, cancellable, NULL);

  return rubis_api_is_success (response) ? rubis_api_read_json (response) : NULL;
}

/* Messages that @query finds; @page: "" for the first. */
static char *
make_search (const char *query, const char *page)
{
  g_autofree char *escaped = g_uri_escape_string (query, NULL, FALSE);
  g_autofree char *token = g_uri_escape_string (page, NULL, FALSE);

  return g_strconcat (RUBIS_GMAIL_USER "messages?q=", escaped, *token != '\0' ? "&pageToken=" : "", token,
                      NULL);
}

/* The thread in the mailbox of the message that this one follows; "" when there is none, or it may not be
 * asked.
 */
static char *
find_thread (RubisTransport *transport, const RubisParcel *parcel, GCancellable *cancellable)
{
  g_autofree char *earlier = rubis_mail_fields_dup_header (parcel->content, "In-Reply-To");
  g_autofree char *query = NULL;
  g_autofree char *path = NULL;
  g_autoptr (RubisJsonAnswer) json = NULL;
  gsize length = strlen (earlier);

  if (length < 3 || earlier[0] != '<' || earlier[length - 1] != '>')
    return g_strdup ("");
  query = g_strdup_printf ("rfc822msgid:%.*s", (int)length - 2, earlier + 1);
  path = make_search (query, "");
  json = ask (transport, path, cancellable);
  return json != NULL ? rubis_json_answer_dup (json, "messages.0.threadId") : g_strdup ("");
}

static RubisHttpRequest *
make_request (RubisTransport *transport, const RubisParcel *parcel, GCancellable *cancellable)
{
  RubisApi *api = get_api (transport);
  RubisHttpRequest *request;
  g_autoptr (JsonBuilder) builder = NULL;
  g_autofree char *thread = NULL;
  g_autofree char *raw = NULL;

  if (g_bytes_get_size (parcel->content) > MAX_JSON)
    {
      request
          = rubis_api_request_new (api, "POST", "/upload" RUBIS_GMAIL_USER "messages/send?uploadType=media");
      rubis_http_request_set_body (request, "message/rfc822", parcel->content);
      return request;
    }
  thread = find_thread (transport, parcel, cancellable);
  raw = rubis_gmail_encode (parcel->content);
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "raw");
  json_builder_add_string_value (builder, raw);
  if (*thread != '\0')
    {
      json_builder_set_member_name (builder, "threadId");
      json_builder_add_string_value (builder, thread);
    }
  json_builder_end_object (builder);
  request = rubis_api_request_new (api, "POST", RUBIS_GMAIL_USER "messages/send");
  rubis_api_request_take_json (request, rubis_json_build (builder));
  return request;
}

/* A header of the message that @json describes; "" when it has none. */
static char *
dup_header (RubisJsonAnswer *json, const char *name)
{
  guint n = rubis_json_answer_get_length (json, "payload.headers");

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name_path = g_strdup_printf ("payload.headers.%u.name", i);
      g_autofree char *value_path = g_strdup_printf ("payload.headers.%u.value", i);
      g_autofree char *found = rubis_json_answer_dup (json, name_path);

      if (g_ascii_strcasecmp (found, name) == 0)
        return rubis_json_answer_dup (json, value_path);
    }
  return g_strdup ("");
}

/* The same without angle brackets. */
static char *
dup_id (RubisJsonAnswer *json, const char *name)
{
  g_autofree char *value = dup_header (json, name);
  const char *start = value[0] == '<' ? value + 1 : value;

  return g_strndup (start, strcspn (start, ">"));
}

static RubisJsonAnswer *
get_headers (RubisTransport *transport, const char *id, GCancellable *cancellable)
{
  g_autofree char *escaped = g_uri_escape_string (id, NULL, FALSE);
  g_autofree char *path = g_strconcat (RUBIS_GMAIL_USER "messages/", escaped, HEADERS, NULL);

  return ask (transport, path, cancellable);
}

/* SENT, as the message @id. @json: (nullable) its headers */
static RubisDelivery *
make_sent (const RubisParcel *parcel, const char *id, RubisJsonAnswer *json, const char *answer)
{
  RubisDelivery *delivery = rubis_delivery_new (RUBIS_FATE_SENT, NULL, answer);
  g_autofree char *message_id = json != NULL ? dup_id (json, "Message-ID") : g_strdup ("");

  g_free (delivery->provider_id);
  delivery->provider_id = g_strdup (id);
  if (*message_id != '\0' && !g_str_equal (message_id, parcel->message_id))
    {
      g_free (delivery->message_id);
      delivery->message_id = g_steal_pointer (&message_id);
    }
  return delivery;
}

static RubisDelivery *
rubis_gmail_transport_send (RubisTransport *transport, const RubisParcel *parcel, GCancellable *cancellable)
{
  const RubisSender *sender = rubis_transport_get_sender (transport);
  g_autoptr (RubisHttpRequest) request = make_request (transport, parcel, cancellable);
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisHttpResponse) response = rubis_api_call (get_api (transport), request, cancellable, &error);
  g_autoptr (RubisJsonAnswer) json = NULL;
  g_autoptr (RubisJsonAnswer) headers = NULL;
  g_autofree char *id = NULL;

  if (response == NULL)
    return rubis_api_judge_login (g_steal_pointer (&error));
  if (!rubis_api_is_success (response))
    return rubis_gmail_judge (sender, response, TRUE);
  json = rubis_api_read_json (response);
  id = rubis_json_answer_dup (json, "id");
  if (*id == '\0')
    return rubis_api_judge (sender, response, RUBIS_API_FAULT_STRANGE, TRUE, NULL);
  headers = get_headers (transport, id, cancellable);
  return make_sent (parcel, id, headers, response->text);
}

typedef enum
{
  SAME,    /* by its id */
  ALIKE,   /* without an id of ours, to the same recipient, of the same subject and second */
  PERHAPS, /* same subject, to the same recipient, of another moment */
  OTHER,
} Likeness;

/* Whether @id, which is not @ours, is kept from another message of ours. */
static gboolean
is_of_ours (const char *id, const char *ours)
{
  const char *domain = strrchr (ours, '@');

  return domain != NULL && g_str_has_suffix (id, domain);
}

static gboolean
names (const char *header, const char *email)
{
  g_autofree char *folded = g_ascii_strdown (header, -1);
  g_autofree char *part = g_ascii_strdown (email, -1);

  return strstr (folded, part) != NULL;
}

/* Gmail does not always keep our id, but recipient, subject and the date to the second. */
static Likeness
compare (RubisJsonAnswer *json, const RubisParcel *parcel)
{
  g_autofree char *id = dup_id (json, "Message-ID");
  g_autofree char *original = dup_id (json, "X-Google-Original-Message-ID");
  g_autofree char *subject = dup_header (json, "Subject");
  g_autofree char *date = dup_header (json, "Date");
  g_autofree char *to = dup_header (json, "To");
  g_autofree char *our_subject = rubis_mail_fields_dup_header (parcel->content, "Subject");
  g_autofree char *our_date = rubis_mail_fields_dup_header (parcel->content, "Date");

  if (g_str_equal (id, parcel->message_id) || g_str_equal (original, parcel->message_id))
    return SAME;
  if (!g_str_equal (subject, our_subject) || is_of_ours (id, parcel->message_id)
      || is_of_ours (original, parcel->message_id))
    return OTHER;
  return g_str_equal (date, our_date) && names (to, parcel->to_email) && *original == '\0'
                 && strstr (id, GMAIL_DOMAIN) != NULL
             ? ALIKE
             : PERHAPS;
}

/* What the messages of a search say of a parcel. */
typedef struct
{
  RubisDelivery *alike;   /* (owned) (nullable) the one that is like it */
  RubisDelivery *unknown; /* (owned) (nullable) what may be it */
} Verdict;

static void
verdict_clear (Verdict *self)
{
  g_clear_pointer (&self->alike, rubis_delivery_free);
  g_clear_pointer (&self->unknown, rubis_delivery_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Verdict, verdict_clear)

static void
doubt (Verdict *verdict, const char *reason)
{
  g_clear_pointer (&verdict->unknown, rubis_delivery_free);
  verdict->unknown = rubis_delivery_new (RUBIS_FATE_UNKNOWN, reason, NULL);
}

/* What is known when no message is left to look at. (transfer full) (nullable) NULL: it is not there. */
static RubisDelivery *
conclude (Verdict *verdict)
{
  return verdict->alike != NULL ? g_steal_pointer (&verdict->alike) : g_steal_pointer (&verdict->unknown);
}

/* What one message of a search says of @parcel: nothing more has to be asked when something is returned. */
static RubisDelivery *
judge_candidate (RubisTransport *transport, const RubisParcel *parcel, const char *id, Verdict *verdict,
                 GCancellable *cancellable)
{
  g_autoptr (RubisJsonAnswer) headers = get_headers (transport, id, cancellable);

  if (headers == NULL)
    return rubis_delivery_new (RUBIS_FATE_UNKNOWN,
                               _ ("Gmail could not be asked whether it took the message."), NULL);
  switch (compare (headers, parcel))
    {
    case SAME:
      return make_sent (parcel, id, headers, NULL);
    case ALIKE:
      if (verdict->alike != NULL)
        return rubis_delivery_new (RUBIS_FATE_UNKNOWN,
                                   _ ("Gmail has sent several messages that look like this one: look among "
                                      "what was sent."),
                                   NULL);
      verdict->alike = make_sent (parcel, id, headers, NULL);
      verdict->alike->alike = TRUE;
      return NULL;
    case PERHAPS:
      doubt (verdict, _ ("Gmail has sent a message of the same subject to this recipient, which "
                         "may be this one: look at it among what was sent."));
      return NULL;
    case OTHER:
    default:
      return NULL;
    }
}

/* Looks at each message that @query finds. */
static RubisDelivery *
search (RubisTransport *transport, const RubisParcel *parcel, const char *query, gboolean exact,
        GCancellable *cancellable)
{
  const RubisSender *sender = rubis_transport_get_sender (transport);
  g_autofree char *page = g_strdup ("");
  g_auto (Verdict) verdict = { 0 };
  guint seen = 0;

  do
    {
      RubisApi *api = get_api (transport);
      g_autofree char *path = make_search (query, page);
      g_autoptr (RubisHttpRequest) request = rubis_api_request_new (api, "GET", path);
      g_autoptr (GError) error = NULL;
      g_autoptr (RubisHttpResponse) response = rubis_api_call (api, request, cancellable, &error);
      g_autoptr (RubisJsonAnswer) json = NULL;

      if (response == NULL)
        return rubis_api_make_unknown (rubis_api_judge_login (g_steal_pointer (&error)));
      json = rubis_api_read_json (response);
      if (!rubis_api_is_success (response) || !rubis_json_answer_has (json, "resultSizeEstimate"))
        return rubis_api_make_unknown (rubis_gmail_judge (sender, response, FALSE));
      for (guint i = 0; i < rubis_json_answer_get_length (json, "messages"); i++, seen++)
        {
          g_autofree char *id_path = g_strdup_printf ("messages.%u.id", i);
          g_autofree char *id = rubis_json_answer_dup (json, id_path);
          RubisDelivery *delivery = exact ? make_sent (parcel, id, NULL, NULL)
                                          : judge_candidate (transport, parcel, id, &verdict, cancellable);

          if (delivery != NULL)
            return delivery;
        }
      g_free (page);
      page = rubis_json_answer_dup (json, "nextPageToken");
      if (*page == '\0')
        {
          RubisDelivery *found = conclude (&verdict);

          return found != NULL ? found : rubis_api_judge_absent (sender, response, parcel, SHOWN_AFTER);
        }
    }
  while (seen < MAX_CANDIDATES);
  return rubis_delivery_new (RUBIS_FATE_UNKNOWN,
                             _ ("Gmail has sent too many messages to this recipient to find this one: look "
                                "among what was sent."),
                             NULL);
}

static RubisDelivery *
rubis_gmail_transport_look_up (RubisTransport *transport, const RubisParcel *parcel,
                               GCancellable *cancellable)
{
  g_autofree char *by_id = g_strdup_printf ("rfc822msgid:%s", parcel->message_id);
  gint64 since = parcel->first_attempt > 0 ? parcel->first_attempt : parcel->last_attempt;
  g_autofree char *by_recipient = g_strdup_printf ("in:sent to:%s after:%" G_GINT64_FORMAT, parcel->to_email,
                                                   MAX (since - CLOCK_SLACK, 0));
  g_autoptr (RubisDelivery) found = search (transport, parcel, by_id, TRUE, cancellable);

  if (found->fate == RUBIS_FATE_SENT)
    return g_steal_pointer (&found);
  return search (transport, parcel, by_recipient, FALSE, cancellable);
}

static gboolean
rubis_gmail_transport_test (RubisTransport *transport, GCancellable *cancellable, GError **error)
{
  RubisApi *api = get_api (transport);
  g_autoptr (RubisHttpRequest) request = rubis_api_request_new (api, "GET", RUBIS_GMAIL_USER "profile");
  g_autoptr (RubisHttpResponse) response = rubis_api_call (api, request, cancellable, error);
  g_autoptr (RubisJsonAnswer) json = NULL;
  g_autofree char *words = NULL;
  RubisApiFault fault;

  if (response == NULL)
    return FALSE;
  json = rubis_api_read_json (response);
  if (rubis_api_is_success (response) && rubis_json_answer_has (json, "emailAddress"))
    return TRUE;
  fault = rubis_gmail_get_fault (response, &words);
  rubis_api_set_error (rubis_transport_get_sender (transport), response, fault, words, error);
  return FALSE;
}

static void
rubis_gmail_transport_finalize (GObject *object)
{
  rubis_api_free (RUBIS_GMAIL_TRANSPORT (object)->api);
  G_OBJECT_CLASS (rubis_gmail_transport_parent_class)->finalize (object);
}

static void
rubis_gmail_transport_class_init (RubisGmailTransportClass *klass)
{
  RubisTransportClass *transport_class = RUBIS_TRANSPORT_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rubis_gmail_transport_finalize;
  transport_class->send = rubis_gmail_transport_send;
  transport_class->look_up = rubis_gmail_transport_look_up;
  transport_class->test = rubis_gmail_transport_test;
}

static void
rubis_gmail_transport_init (RubisGmailTransport *self)
{
}
