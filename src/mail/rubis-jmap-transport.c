#include "rubis-jmap-transport.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "rubis-http-private.h"
#include "rubis-jmap-error.h"
#include "rubis-jmap.h"

#define KEYWORD "rubis-sending"

struct _RubisJmapTransport
{
  RubisTransport parent_instance;

  RubisJmap *jmap; /* (owned) (nullable) until it is first used */
  char *drafts;    /* (owned) (nullable) ids of mailboxes and of the identity of the last look */
  char *sent;
  char *identity;
  char *identity_email;
};

G_DEFINE_FINAL_TYPE (RubisJmapTransport, rubis_jmap_transport, RUBIS_TYPE_TRANSPORT)

/* A message on the server, by its Message-ID. */
typedef struct
{
  gboolean left;  /* it is no draft any more */
  char *draft;    /* (owned) (nullable) id of the draft */
  gboolean begun; /* whose submission began once */
  char *state;    /* (owned) of the mailbox then */
} Trace;

static void
trace_clear (Trace *trace)
{
  g_free (trace->draft);
  g_free (trace->state);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Trace, trace_clear)

static const char *
get_from (RubisJmapTransport *self, const RubisParcel *parcel)
{
  return parcel->from_email[0] != '\0' ? parcel->from_email
                                       : rubis_transport_get_sender (RUBIS_TRANSPORT (self))->email;
}

static RubisJmap *
get_jmap (RubisJmapTransport *self)
{
  RubisTransport *transport = RUBIS_TRANSPORT (self);

  if (self->jmap == NULL)
    self->jmap = rubis_jmap_new (rubis_transport_get_sender (transport),
                                 rubis_transport_get_credentials (transport));
  return self->jmap;
}

static void
forget_places (RubisJmapTransport *self)
{
  g_clear_pointer (&self->drafts, g_free);
  g_clear_pointer (&self->sent, g_free);
  g_clear_pointer (&self->identity, g_free);
  g_clear_pointer (&self->identity_email, g_free);
}

/* How well an identity suits an address: its own, one for all, one of its domain, any. */
static int
rank_identity (const char *identity, const char *email)
{
  const char *domain = strchr (email, '@');

  if (g_ascii_strcasecmp (identity, email) == 0)
    return 3;
  if (identity[0] == '*' && domain != NULL && g_ascii_strcasecmp (identity + 1, domain) == 0)
    return 2;
  return identity[0] == '\0' ? 1 : 0;
}

static void
choose_identity (RubisJmapTransport *self, RubisJsonAnswer *answer, guint index, const char *email)
{
  g_autofree char *path = g_strdup_printf ("methodResponses.%u.1.list", index);
  guint n = rubis_json_answer_get_length (answer, path);
  int best = -1;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *email_path = g_strdup_printf ("%s.%u.email", path, i);
      g_autofree char *id_path = g_strdup_printf ("%s.%u.id", path, i);
      g_autofree char *found = rubis_json_answer_dup (answer, email_path);
      int rank = rank_identity (found, email);

      if (rank <= best)
        continue;
      best = rank;
      g_free (self->identity);
      self->identity = rubis_json_answer_dup (answer, id_path);
    }
}

/* A server that cannot send at the moment does not show the capability: it is asked again each time. */
static gboolean
open_to_submit (RubisJmapTransport *self, GCancellable *cancellable, RubisDelivery **failure)
{
  RubisJmap *jmap = get_jmap (self);

  if (!rubis_jmap_open (jmap, cancellable, failure))
    return FALSE;
  if (rubis_jmap_can_submit (jmap))
    return TRUE;
  rubis_jmap_close (jmap);
  if (!rubis_jmap_open (jmap, cancellable, failure))
    return FALSE;
  if (rubis_jmap_can_submit (jmap))
    return TRUE;
  *failure = rubis_jmap_fail (
      jmap, RUBIS_TRANSPORT_ERROR_SERVER,
      _ ("The JMAP server cannot send messages at the moment, or not with this login: it is tried "
         "again later. Ask its administrator if it lasts."),
      NULL);
  return FALSE;
}

/* Opens the session and finds drafts, sent messages and the identity of @email. */
static gboolean
find_places (RubisJmapTransport *self, const char *email, GCancellable *cancellable, RubisDelivery **failure)
{
  RubisJmap *jmap = get_jmap (self);
  JsonBuilder *calls;
  g_autoptr (RubisJsonAnswer) answer = NULL;

  if (!open_to_submit (self, cancellable, failure))
    return FALSE;
  if (self->identity != NULL && g_strcmp0 (self->identity_email, email) == 0)
    return TRUE;
  forget_places (self);
  calls = rubis_jmap_begin_calls ();
  rubis_jmap_add_call (calls, "Mailbox/get",
                       rubis_jmap_node ("{\"accountId\":%s,\"ids\":null,\"properties\":[\"id\",\"role\"]}",
                                        rubis_jmap_get_account (jmap)));
  rubis_jmap_add_call (calls, "Identity/get",
                       rubis_jmap_node ("{\"accountId\":%s,\"ids\":null}", rubis_jmap_get_account (jmap)));
  answer = rubis_jmap_call (jmap, calls, FALSE, cancellable, NULL, failure);
  if (answer == NULL || !rubis_jmap_check_method (jmap, answer, 0, failure)
      || !rubis_jmap_check_method (jmap, answer, 1, failure))
    return FALSE;
  self->drafts = rubis_jmap_find_mailbox (answer, 0, "drafts");
  self->sent = rubis_jmap_find_mailbox (answer, 0, "sent");
  choose_identity (self, answer, 1, email);
  if (self->drafts == NULL || self->sent == NULL)
    *failure = rubis_jmap_fail (
        jmap, RUBIS_TRANSPORT_ERROR_SERVER,
        _ ("The mailbox has no folders for drafts and for messages sent: make them on the server."), NULL);
  else if (self->identity == NULL)
    *failure = rubis_jmap_fail (
        jmap, RUBIS_TRANSPORT_ERROR_SERVER,
        _ ("The JMAP server lets this login send in nobody’s name: ask its administrator."), NULL);
  else
    self->identity_email = g_strdup (email);
  return self->identity_email != NULL;
}

static gboolean
has_message_id (RubisJsonAnswer *answer, const char *path, const char *id)
{
  g_autofree char *ids = g_strconcat (path, ".messageId", NULL);
  guint n = rubis_json_answer_get_length (answer, ids);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *at = g_strdup_printf ("%s.%u", ids, i);
      g_autofree char *found = rubis_json_answer_dup (answer, at);

      if (g_str_equal (found, id))
        return TRUE;
    }
  return FALSE;
}

/* What the answer @index to an Email/get says of the message. */
static void
read_trace (RubisJsonAnswer *answer, guint index, const char *message_id, Trace *trace)
{
  g_autofree char *state = g_strdup_printf ("methodResponses.%u.1.state", index);
  g_autofree char *list = g_strdup_printf ("methodResponses.%u.1.list", index);
  guint n = rubis_json_answer_get_length (answer, list);

  trace->state = rubis_json_answer_dup (answer, state);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *email = g_strdup_printf ("%s.%u", list, i);
      g_autofree char *id = g_strconcat (email, ".id", NULL);
      g_autofree char *draft = g_strconcat (email, ".keywords.$draft", NULL);
      g_autofree char *begun = g_strconcat (email, ".keywords." KEYWORD, NULL);

      /* The search is for a part of a header. */
      if (message_id != NULL && !has_message_id (answer, email, message_id))
        continue;
      if (!rubis_json_answer_get_boolean (answer, draft))
        {
          trace->left = TRUE;
          continue;
        }
      g_free (trace->draft);
      trace->draft = rubis_json_answer_dup (answer, id);
      trace->begun = trace->begun || rubis_json_answer_get_boolean (answer, begun);
    }
}

#define TRACE_PROPERTIES "\"properties\":[\"id\",\"messageId\",\"keywords\"]"

/* Looks for the message of @parcel, wherever it lies. */
static gboolean
search (RubisJmapTransport *self, const RubisParcel *parcel, Trace *trace, GCancellable *cancellable,
        RubisDelivery **failure)
{
  RubisJmap *jmap = get_jmap (self);
  const char *account = rubis_jmap_get_account (jmap);
  JsonBuilder *calls = rubis_jmap_begin_calls ();
  g_autoptr (RubisJsonAnswer) answer = NULL;

  rubis_jmap_add_call (calls, "Email/query",
                       rubis_jmap_node ("{\"accountId\":%s,\"filter\":{\"header\":[\"Message-ID\",%s]}}",
                                        account, parcel->message_id));
  rubis_jmap_add_call (calls, "Email/get",
                       rubis_jmap_node ("{\"accountId\":%s,\"#ids\":{\"resultOf\":\"Email/query\",\"name\":"
                                        "\"Email/query\",\"path\":\"/ids\"}," TRACE_PROPERTIES "}",
                                        account));
  answer = rubis_jmap_call (jmap, calls, FALSE, cancellable, NULL, failure);
  if (answer == NULL || !rubis_jmap_check_method (jmap, answer, 0, failure)
      || !rubis_jmap_check_method (jmap, answer, 1, failure))
    return FALSE;
  read_trace (answer, 1, parcel->message_id, trace);
  return TRUE;
}

/* The same of a message whose id is known. */
static gboolean
inspect (RubisJmapTransport *self, const char *id, Trace *trace, GCancellable *cancellable,
         RubisDelivery **failure)
{
  RubisJmap *jmap = get_jmap (self);
  JsonBuilder *calls = rubis_jmap_begin_calls ();
  g_autoptr (RubisJsonAnswer) answer = NULL;

  rubis_jmap_add_call (calls, "Email/get",
                       rubis_jmap_node ("{\"accountId\":%s,\"ids\":[%s]," TRACE_PROPERTIES "}",
                                        rubis_jmap_get_account (jmap), id));
  answer = rubis_jmap_call (jmap, calls, FALSE, cancellable, NULL, failure);
  if (answer == NULL || !rubis_jmap_check_method (jmap, answer, 0, failure))
    return FALSE;
  read_trace (answer, 0, NULL, trace);
  return TRUE;
}

/* Removes a draft. @state: (nullable) only while the mailbox is as it was then */
static gboolean
destroy (RubisJmapTransport *self, const char *draft, const char *state, GCancellable *cancellable)
{
  RubisJmap *jmap = get_jmap (self);
  JsonBuilder *calls = rubis_jmap_begin_calls ();
  RubisDelivery *failure = NULL;
  g_autoptr (RubisJsonAnswer) answer = NULL;

  rubis_jmap_add_call (calls, "Email/set",
                       rubis_jmap_node (state != NULL ? "{\"accountId\":%s,\"destroy\":[%s],\"ifInState\":%s}"
                                                      : "{\"accountId\":%s,\"destroy\":[%s]}",
                                        rubis_jmap_get_account (jmap), draft, state));
  answer = rubis_jmap_call (jmap, calls, FALSE, cancellable, NULL, &failure);
  if (answer == NULL || !rubis_jmap_check_method (jmap, answer, 0, &failure))
    {
      rubis_delivery_free (failure);
      return FALSE;
    }
  return rubis_json_answer_get_length (answer, "methodResponses.0.1.destroyed") == 1;
}

static RubisDelivery *
judge_import (RubisJmapTransport *self, RubisJsonAnswer *answer)
{
  g_autofree char *type = rubis_json_answer_dup (answer, "methodResponses.0.1.notCreated.m.type");
  g_autofree char *words = rubis_json_answer_dup (answer, "methodResponses.0.1.notCreated.m.description");
  gboolean bad = g_str_equal (type, "invalidEmail") || g_str_equal (type, "tooLarge");
  const char *sentence = g_str_equal (type, "overQuota")
                             ? _ ("The mailbox on the server is full: make room in it.")
                             : _ ("The server does not take the message among the drafts.");
  g_autofree char *reason = rubis_http_with_words (sentence, words[0] != '\0' ? words : type);
  RubisDelivery *delivery = rubis_delivery_new (bad ? RUBIS_FATE_REFUSED : RUBIS_FATE_NOT_SENT, reason, type);

  delivery->sender_wide = g_str_equal (type, "overQuota");
  /* The folders may have changed. */
  forget_places (self);
  return delivery;
}

/* Puts the message among the drafts, or finds it where an earlier attempt put it. NULL with @failure, which
 * may be that it has left already. (transfer full) */
static char *
import (RubisJmapTransport *self, const RubisParcel *parcel, GCancellable *cancellable,
        RubisDelivery **failure)
{
  RubisJmap *jmap = get_jmap (self);
  g_autofree char *blob = rubis_jmap_upload (jmap, parcel->content, cancellable, failure);
  JsonBuilder *calls;
  g_autoptr (RubisJsonAnswer) answer = NULL;
  g_autofree char *id = NULL;
  g_autofree char *existing = NULL;
  g_auto (Trace) trace = { 0 };

  if (blob == NULL)
    return NULL;
  calls = rubis_jmap_begin_calls ();
  rubis_jmap_add_call (
      calls, "Email/import",
      rubis_jmap_node ("{\"accountId\":%s,\"emails\":{\"m\":{\"blobId\":%s,\"mailboxIds\":{%s:true},"
                       "\"keywords\":{\"$draft\":true,\"$seen\":true}}}}",
                       rubis_jmap_get_account (jmap), blob, self->drafts));
  answer = rubis_jmap_call (jmap, calls, FALSE, cancellable, NULL, failure);
  if (answer == NULL || !rubis_jmap_check_method (jmap, answer, 0, failure))
    return NULL;
  id = rubis_json_answer_dup (answer, "methodResponses.0.1.created.m.id");
  if (id[0] != '\0')
    return g_steal_pointer (&id);
  existing = rubis_json_answer_dup (answer, "methodResponses.0.1.notCreated.m.existingId");
  if (existing[0] == '\0')
    {
      *failure = judge_import (self, answer);
      return NULL;
    }
  if (!inspect (self, existing, &trace, cancellable, failure))
    return NULL;
  if (!trace.left)
    return g_steal_pointer (&existing);
  *failure = rubis_delivery_new (RUBIS_FATE_SENT, NULL, _ ("It was among the messages sent already."));
  return NULL;
}

/* An error of the whole submission: the state of the draft tells when its type does not. */
static RubisDelivery *
judge_method (RubisJmapTransport *self, const char *draft, const char *type, const char *text,
              GCancellable *cancellable)
{
  static const char *const without_effect[] = { "accountNotFound",
                                                "accountNotSupportedByMethod",
                                                "accountReadOnly",
                                                "forbidden",
                                                "invalidArguments",
                                                "invalidResultReference",
                                                "requestTooLarge",
                                                "serverUnavailable",
                                                "stateMismatch",
                                                "unknownMethod",
                                                NULL };
  g_auto (Trace) trace = { 0 };
  g_autofree char *reason = NULL;
  RubisDelivery *failure = NULL;

  if (g_strv_contains (without_effect, type))
    {
      reason = rubis_http_with_words (
          _ ("The JMAP server does not send at the moment: it is tried again later."), type);
      failure = rubis_delivery_new (RUBIS_FATE_NOT_SENT, reason, text);
      failure->sender_wide = TRUE;
      return failure;
    }
  if (inspect (self, draft, &trace, cancellable, &failure) && trace.left)
    return rubis_delivery_new (RUBIS_FATE_SENT, NULL, text);
  rubis_delivery_free (failure);
  reason = rubis_http_with_words (
      _ ("The server could not finish sending, and it is not known whether the message left."), type);
  return rubis_delivery_new (RUBIS_FATE_UNKNOWN, reason, text);
}

static char *
write_recipients (const char *text)
{
  g_auto (GStrv) parts = g_strsplit_set (text, ",;", -1);
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_array (builder);
  for (char **part = parts; *part != NULL; part++)
    {
      if (g_strstrip (*part)[0] == '\0')
        continue;
      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "email");
      json_builder_add_string_value (builder, *part);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

/* Marks the draft, submits it, and moves it among the messages sent. */
static JsonBuilder *
make_submission (RubisJmapTransport *self, const RubisParcel *parcel, const char *draft)
{
  const char *account = rubis_jmap_get_account (get_jmap (self));
  JsonBuilder *calls = rubis_jmap_begin_calls ();
  g_autofree char *recipients = write_recipients (parcel->to_email);
  g_autofree char *from_drafts = g_strconcat ("mailboxIds/", self->drafts, NULL);
  g_autofree char *to_sent = g_strconcat ("mailboxIds/", self->sent, NULL);

  rubis_jmap_add_call (
      calls, "Email/set",
      rubis_jmap_node ("{\"accountId\":%s,\"update\":{%s:{\"keywords/" KEYWORD "\":true}}}", account, draft));
  rubis_jmap_add_call (
      calls, "EmailSubmission/set",
      rubis_jmap_node ("{\"accountId\":%s,\"create\":{\"s\":{\"identityId\":%s,\"emailId\":%s,\"envelope\":"
                       "{\"mailFrom\":{\"email\":%s},\"rcptTo\":%j}}},\"onSuccessUpdateEmail\":{\"#s\":"
                       "{%s:null,%s:true,\"keywords/$draft\":null,\"keywords/" KEYWORD "\":null}}}",
                       account, self->identity, draft, get_from (self, parcel), recipients, from_drafts,
                       to_sent));
  return calls;
}

static RubisDelivery *
submit (RubisJmapTransport *self, const RubisParcel *parcel, const char *draft, GCancellable *cancellable)
{
  g_autoptr (RubisHttpResponse) response = NULL;
  RubisDelivery *delivery = NULL;
  g_autoptr (RubisJsonAnswer) answer = rubis_jmap_call (
      get_jmap (self), make_submission (self, parcel, draft), TRUE, cancellable, &response, &delivery);
  g_autofree char *name = NULL;
  g_autofree char *id = NULL;
  g_autofree char *type = NULL;
  g_autofree char *words = NULL;

  if (answer == NULL)
    return delivery;
  name = rubis_json_answer_dup (answer, "methodResponses.1.0");
  id = rubis_json_answer_dup (answer, "methodResponses.1.1.created.s.id");
  if (id[0] != '\0')
    {
      delivery = rubis_delivery_new (RUBIS_FATE_SENT, NULL, response->text);
      g_free (delivery->provider_id);
      delivery->provider_id = g_steal_pointer (&id);
      return delivery;
    }
  if (g_str_equal (name, "EmailSubmission/set"))
    {
      type = rubis_json_answer_dup (answer, "methodResponses.1.1.notCreated.s.type");
      words = rubis_json_answer_dup (answer, "methodResponses.1.1.notCreated.s.description");
      delivery = rubis_jmap_judge_item (parcel, get_from (self, parcel), type, words, response->text);
    }
  else
    {
      type = rubis_json_answer_dup (answer, "methodResponses.1.1.type");
      delivery = judge_method (self, draft, type, response->text, cancellable);
    }
  /* What certainly did not leave leaves nothing behind. */
  if (delivery->fate == RUBIS_FATE_NOT_SENT || delivery->fate == RUBIS_FATE_REFUSED)
    destroy (self, draft, NULL, cancellable);
  /* What it said of its session may no longer hold. */
  if (delivery->sender_wide)
    rubis_jmap_close (get_jmap (self));
  return delivery;
}

/* Whether the message of an earlier attempt is on the server: SENT, or the draft that it left. */
static gboolean
find_earlier (RubisJmapTransport *self, const RubisParcel *parcel, char **draft, GCancellable *cancellable,
              RubisDelivery **delivery)
{
  g_auto (Trace) trace = { 0 };

  if (parcel->first_attempt == 0 || parcel->message_id[0] == '\0')
    return TRUE;
  if (!search (self, parcel, &trace, cancellable, delivery))
    return FALSE;
  if (trace.left)
    {
      *delivery = rubis_delivery_new (RUBIS_FATE_SENT, NULL, _ ("It was among the messages sent already."));
      return FALSE;
    }
  *draft = g_steal_pointer (&trace.draft);
  return TRUE;
}

static RubisDelivery *
jmap_send (RubisTransport *transport, const RubisParcel *parcel, GCancellable *cancellable)
{
  RubisJmapTransport *self = RUBIS_JMAP_TRANSPORT (transport);
  const gsize size = g_bytes_get_size (parcel->content);
  RubisDelivery *failure = NULL;
  g_autofree char *draft = NULL;
  g_autofree char *reason = NULL;
  gint64 most;

  if (!find_places (self, get_from (self, parcel), cancellable, &failure)
      || !find_earlier (self, parcel, &draft, cancellable, &failure))
    return failure;
  most = rubis_jmap_get_max_upload (get_jmap (self));
  if (most > 0 && size > (guint64)most)
    {
      g_autofree char *limit = g_format_size ((guint64)most);

      reason = g_strdup_printf (_ ("The message is larger than the server takes (%s): send fewer or smaller "
                                   "attachments."),
                                limit);
      return rubis_delivery_new (RUBIS_FATE_REFUSED, reason, NULL);
    }
  if (draft == NULL)
    draft = import (self, parcel, cancellable, &failure);
  return draft != NULL ? submit (self, parcel, draft, cancellable) : failure;
}

static RubisDelivery *
jmap_look_up (RubisTransport *transport, const RubisParcel *parcel, GCancellable *cancellable)
{
  RubisJmapTransport *self = RUBIS_JMAP_TRANSPORT (transport);
  RubisDelivery *failure = NULL;
  g_auto (Trace) trace = { 0 };

  if (parcel->message_id[0] == '\0')
    return rubis_delivery_new (RUBIS_FATE_UNKNOWN,
                               _ ("A message without an identifier cannot be looked for."), NULL);
  if (!rubis_jmap_open (get_jmap (self), cancellable, &failure)
      || !search (self, parcel, &trace, cancellable, &failure))
    {
      failure->fate = RUBIS_FATE_UNKNOWN;
      return failure;
    }
  if (trace.left)
    return rubis_delivery_new (RUBIS_FATE_SENT, NULL, _ ("It is among the messages sent."));
  /* It is taken away, so that no late request can make it leave; not if one just has begun. */
  if (trace.draft == NULL || (!trace.begun && destroy (self, trace.draft, trace.state, cancellable)))
    return rubis_delivery_new (RUBIS_FATE_NOT_SENT,
                               _ ("The server did not begin to send it: it is not among the messages sent."),
                               NULL);
  return rubis_delivery_new (
      RUBIS_FATE_UNKNOWN,
      _ ("The server began to send it and did not note that it left: it is still among the "
         "drafts. Ask the recipient, or the server’s administrator."),
      NULL);
}

/* A member that is a text; "" for anything else. (unowned) */
static const char *
get_text (JsonNode *node, const char *name)
{
  JsonNode *member
      = JSON_NODE_HOLDS_OBJECT (node) ? json_object_get_member (json_node_get_object (node), name) : NULL;
  const char *text = member != NULL && JSON_NODE_HOLDS_VALUE (member) ? json_node_get_string (member) : NULL;

  return text != NULL ? text : "";
}

/* What the server says of one recipient, and its words. */
static RubisFate
read_recipient (JsonNode *status, const char **reply)
{
  const char *delivered = get_text (status, "delivered");

  *reply = get_text (status, "smtpReply");
  if (g_str_equal (delivered, "yes"))
    return RUBIS_FATE_DELIVERED;
  if (g_str_equal (delivered, "no"))
    return (*reply)[0] == '4' ? RUBIS_FATE_BOUNCED_SOFT : RUBIS_FATE_BOUNCED_HARD;
  return g_str_equal (delivered, "queued") ? RUBIS_FATE_SENT : RUBIS_FATE_UNKNOWN;
}

static RubisDelivery *
read_status (RubisJsonAnswer *answer)
{
  static const int badness[] = {
    [RUBIS_FATE_UNKNOWN] = 0,      [RUBIS_FATE_DELIVERED] = 1,    [RUBIS_FATE_SENT] = 2,
    [RUBIS_FATE_BOUNCED_SOFT] = 3, [RUBIS_FATE_BOUNCED_HARD] = 4,
  };
  JsonNode *node = rubis_json_answer_get_node (answer, "methodResponses.0.1.list.0.deliveryStatus");
  RubisFate worst = RUBIS_FATE_UNKNOWN;
  const char *words = NULL;
  JsonObjectIter iter;
  const char *email;
  JsonNode *status;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return rubis_delivery_new (RUBIS_FATE_UNKNOWN, NULL, NULL);
  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &email, &status))
    {
      const char *reply;
      RubisFate fate = read_recipient (status, &reply);

      if (badness[fate] <= badness[worst])
        continue;
      worst = fate;
      words = reply;
    }
  return rubis_delivery_new (worst, NULL, words);
}

static RubisDelivery *
jmap_follow (RubisTransport *transport, const RubisParcel *parcel, GCancellable *cancellable)
{
  RubisJmapTransport *self = RUBIS_JMAP_TRANSPORT (transport);
  RubisJmap *jmap = get_jmap (self);
  JsonBuilder *calls;
  RubisDelivery *failure = NULL;
  g_autoptr (RubisJsonAnswer) answer = NULL;

  if (parcel->provider_id[0] == '\0')
    return rubis_delivery_new (RUBIS_FATE_UNKNOWN, NULL, NULL);
  if (open_to_submit (self, cancellable, &failure))
    {
      calls = rubis_jmap_begin_calls ();
      rubis_jmap_add_call (
          calls, "EmailSubmission/get",
          rubis_jmap_node ("{\"accountId\":%s,\"ids\":[%s],\"properties\":[\"deliveryStatus\"]}",
                           rubis_jmap_get_account (jmap), parcel->provider_id));
      answer = rubis_jmap_call (jmap, calls, FALSE, cancellable, NULL, &failure);
    }
  if (answer != NULL && rubis_jmap_check_method (jmap, answer, 0, &failure))
    return read_status (answer);
  failure->fate = RUBIS_FATE_UNKNOWN;
  return failure;
}

static gboolean
jmap_test (RubisTransport *transport, GCancellable *cancellable, GError **error)
{
  RubisJmapTransport *self = RUBIS_JMAP_TRANSPORT (transport);
  RubisDelivery *failure = NULL;

  rubis_jmap_close (get_jmap (self));
  forget_places (self);
  if (find_places (self, rubis_transport_get_sender (transport)->email, cancellable, &failure))
    return TRUE;
  rubis_jmap_take_failure (get_jmap (self), failure, error);
  return FALSE;
}

static void
rubis_jmap_transport_finalize (GObject *object)
{
  RubisJmapTransport *self = RUBIS_JMAP_TRANSPORT (object);

  g_clear_pointer (&self->jmap, rubis_jmap_free);
  forget_places (self);
  G_OBJECT_CLASS (rubis_jmap_transport_parent_class)->finalize (object);
}

static void
rubis_jmap_transport_class_init (RubisJmapTransportClass *klass)
{
  RubisTransportClass *transport_class = RUBIS_TRANSPORT_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rubis_jmap_transport_finalize;
  transport_class->send = jmap_send;
  transport_class->look_up = jmap_look_up;
  transport_class->follow = jmap_follow;
  transport_class->test = jmap_test;
}

static void
rubis_jmap_transport_init (RubisJmapTransport *self)
{
}
