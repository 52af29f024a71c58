#include "rubis-graph-draft.h"

#include <string.h>

#include "rubis-mail-fields.h"

/* Graph takes requests of 4 MB; base64 makes 4 bytes of 3. */
#define MAX_WHOLE 2900000
/* From this size on an attachment is sent in pieces. */
#define MIN_SESSION 3000000
#define PIECE (10 * 320 * 1024)
#define MAX_ATTACHMENTS "$select=id&$top=500"
#define NOT_FOUND 404

void
rubis_graph_draft_free (RubisGraphDraft *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->message_id);
  g_free (self);
}

/* @path: of the message in @json */
static RubisGraphDraft *
draft_new (RubisJsonAnswer *json, const char *path)
{
  RubisGraphDraft *draft = g_new0 (RubisGraphDraft, 1);
  g_autofree char *id = g_strconcat (path, "id", NULL);
  g_autofree char *message_id = g_strconcat (path, "internetMessageId", NULL);
  g_autofree char *is_draft = g_strconcat (path, "isDraft", NULL);
  g_autofree char *quoted = rubis_json_answer_dup (json, message_id);

  draft->id = rubis_json_answer_dup (json, id);
  draft->sent = *draft->id != '\0' && !rubis_json_answer_get_boolean (json, is_draft);
  draft->message_id = g_strndup (quoted + (*quoted == '<' ? 1 : 0), strcspn (quoted + (*quoted == '<'), ">"));
  return draft;
}

/* The answer to a request that is no step to be counted on when it fails. @delivery: why it is NULL */
static RubisHttpResponse *
call (RubisApi *api, const RubisSender *sender, RubisHttpRequest *request, GCancellable *cancellable,
      RubisDelivery **delivery)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisHttpResponse) response = rubis_api_call (api, request, cancellable, &error);

  if (response == NULL)
    *delivery = rubis_api_judge_login (g_steal_pointer (&error));
  else if (!rubis_api_is_success (response))
    *delivery = rubis_graph_judge (sender, response, FALSE);
  else
    return g_steal_pointer (&response);
  return NULL;
}

static RubisGraphDraft *
create (RubisApi *api, const RubisSender *sender, GBytes *message, GCancellable *cancellable,
        RubisDelivery **delivery)
{
  g_autoptr (RubisHttpRequest) request = rubis_api_request_new (api, "POST", RUBIS_GRAPH_MESSAGES);
  gsize size;
  gconstpointer data = g_bytes_get_data (message, &size);
  char *coded = g_base64_encode (data, size);
  g_autoptr (GBytes) body = g_bytes_new_take (coded, strlen (coded));
  g_autoptr (RubisHttpResponse) response = NULL;
  g_autoptr (RubisJsonAnswer) json = NULL;
  g_autoptr (RubisGraphDraft) draft = NULL;

  rubis_http_request_set_body (request, "text/plain", body);
  response = call (api, sender, request, cancellable, delivery);
  if (response == NULL)
    return NULL;
  json = rubis_api_read_json (response);
  draft = draft_new (json, "");
  if (*draft->id == '\0')
    {
      *delivery = rubis_api_judge (sender, response, RUBIS_API_FAULT_STRANGE, FALSE, NULL);
      return NULL;
    }
  return g_steal_pointer (&draft);
}

static void
add_string (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static gboolean
attach_whole (RubisApi *api, const RubisSender *sender, const RubisGraphDraft *draft,
              const RubisMailFile *file, GCancellable *cancellable, RubisDelivery **delivery)
{
  g_autofree char *path = rubis_graph_message_path (draft->id, "/attachments");
  g_autoptr (RubisHttpRequest) request = rubis_api_request_new (api, "POST", path);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (RubisHttpResponse) response = NULL;
  gsize size;
  gconstpointer data = g_bytes_get_data (file->content, &size);
  g_autofree char *coded = g_base64_encode (data, size);

  json_builder_begin_object (builder);
  add_string (builder, "@odata.type", "#microsoft.graph.fileAttachment");
  add_string (builder, "name", file->name);
  add_string (builder, "contentType", file->type);
  add_string (builder, "contentBytes", coded);
  json_builder_end_object (builder);
  rubis_api_request_take_json (request, rubis_json_build (builder));
  response = call (api, sender, request, cancellable, delivery);
  return response != NULL;
}

/* Where the pieces of @file go; NULL and @delivery when Graph does not take it. */
static char *
open_session (RubisApi *api, const RubisSender *sender, const RubisGraphDraft *draft,
              const RubisMailFile *file, GCancellable *cancellable, RubisDelivery **delivery)
{
  g_autofree char *path = rubis_graph_message_path (draft->id, "/attachments/createUploadSession");
  g_autoptr (RubisHttpRequest) request = rubis_api_request_new (api, "POST", path);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (RubisHttpResponse) response = NULL;
  g_autoptr (RubisJsonAnswer) json = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "AttachmentItem");
  json_builder_begin_object (builder);
  add_string (builder, "attachmentType", "file");
  add_string (builder, "name", file->name);
  add_string (builder, "contentType", file->type);
  json_builder_set_member_name (builder, "size");
  json_builder_add_int_value (builder, (gint64)g_bytes_get_size (file->content));
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  rubis_api_request_take_json (request, rubis_json_build (builder));
  response = call (api, sender, request, cancellable, delivery);
  if (response == NULL)
    return NULL;
  json = rubis_api_read_json (response);
  return rubis_json_answer_dup (json, "uploadUrl");
}

static gboolean
attach_in_pieces (RubisApi *api, const RubisSender *sender, const RubisGraphDraft *draft,
                  const RubisMailFile *file, GCancellable *cancellable, RubisDelivery **delivery)
{
  g_autofree char *url = open_session (api, sender, draft, file, cancellable, delivery);
  gsize total = g_bytes_get_size (file->content);

  if (url == NULL)
    return FALSE;
  for (gsize start = 0; start < total; start += PIECE)
    {
      g_autoptr (RubisHttpRequest) request = rubis_http_request_new ("PUT", url);
      gsize size = MIN (PIECE, total - start);
      g_autoptr (GBytes) piece = g_bytes_new_from_bytes (file->content, start, size);
      g_autofree char *range = g_strdup_printf (
          "bytes %" G_GSIZE_FORMAT "-%" G_GSIZE_FORMAT "/%" G_GSIZE_FORMAT, start, start + size - 1, total);
      g_autoptr (RubisHttpResponse) response = NULL;

      rubis_http_request_set_header (request, "Content-Range", range);
      rubis_http_request_set_body (request, "application/octet-stream", piece);
      response = rubis_api_call_open (api, request, cancellable);
      if (!rubis_api_is_success (response))
        {
          *delivery = rubis_graph_judge (sender, response, FALSE);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
attach (RubisApi *api, const RubisSender *sender, const RubisGraphDraft *draft, GPtrArray *files,
        GCancellable *cancellable, RubisDelivery **delivery)
{
  for (guint i = 0; i < files->len; i++)
    {
      const RubisMailFile *file = files->pdata[i];
      gboolean big = g_bytes_get_size (file->content) >= MIN_SESSION;

      if (big ? !attach_in_pieces (api, sender, draft, file, cancellable, delivery)
              : !attach_whole (api, sender, draft, file, cancellable, delivery))
        return FALSE;
    }
  return TRUE;
}

RubisGraphDraft *
rubis_graph_draft_new (RubisApi *api, const RubisSender *sender, const RubisParcel *parcel,
                       GCancellable *cancellable, RubisDelivery **delivery)
{
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (GBytes) rest = NULL;
  g_autoptr (RubisGraphDraft) draft = NULL;

  if (g_bytes_get_size (parcel->content) <= MAX_WHOLE)
    return create (api, sender, parcel->content, cancellable, delivery);
  rest = rubis_mail_fields_split (parcel->content, &files);
  draft = create (api, sender, rest, cancellable, delivery);
  if (draft == NULL)
    return NULL;
  if (!attach (api, sender, draft, files, cancellable, delivery))
    {
      rubis_graph_draft_delete (api, draft, cancellable);
      return NULL;
    }
  return g_steal_pointer (&draft);
}

/* "internetMessageId eq '<id>'", as a part of an address */
static char *
make_filter (const RubisParcel *parcel)
{
  g_autoptr (GString) quoted = g_string_new (parcel->message_id);
  g_autofree char *filter = NULL;
  g_autofree char *escaped = NULL;

  g_string_replace (quoted, "'", "''", 0);
  filter = g_strdup_printf ("internetMessageId eq '<%s>'", quoted->str);
  escaped = g_uri_escape_string (filter, NULL, FALSE);
  return g_strconcat (RUBIS_GRAPH_MESSAGES "?$filter=", escaped,
                      "&$select=id,isDraft,internetMessageId&$top=10", NULL);
}

/* Of several, the one that was sent. */
static RubisGraphDraft *
choose (RubisJsonAnswer *json)
{
  RubisGraphDraft *found = draft_new (json, "value.0.");
  guint n = rubis_json_answer_get_length (json, "value");

  for (guint i = 1; i < n && !found->sent; i++)
    {
      g_autofree char *path = g_strdup_printf ("value.%u.", i);

      rubis_graph_draft_free (found);
      found = draft_new (json, path);
    }
  return found;
}

/* One question: by Graph's id or by our Message-ID. */
static RubisGraphDraft *
find (RubisApi *api, const RubisSender *sender, const RubisParcel *parcel, gboolean by_id,
      GCancellable *cancellable, RubisHttpResponse **asked, RubisDelivery **delivery)
{
  g_autofree char *path
      = by_id ? rubis_graph_message_path (parcel->provider_id, "?$select=id,isDraft,internetMessageId")
              : make_filter (parcel);
  g_autoptr (RubisHttpRequest) request = rubis_api_request_new (api, "GET", path);
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisHttpResponse) response = rubis_api_call (api, request, cancellable, &error);
  g_autoptr (RubisJsonAnswer) json = NULL;

  if (response == NULL)
    {
      *delivery = rubis_api_judge_login (g_steal_pointer (&error));
      return NULL;
    }
  json = rubis_api_read_json (response);
  if (by_id && response->outcome == RUBIS_HTTP_ANSWERED && response->status == NOT_FOUND)
    {
      *asked = g_steal_pointer (&response);
      return draft_new (json, "");
    }
  if (!rubis_api_is_success (response) || !rubis_json_answer_has (json, by_id ? "isDraft" : "value"))
    {
      *delivery = rubis_graph_judge (sender, response, FALSE);
      return NULL;
    }
  *asked = g_steal_pointer (&response);
  return by_id ? draft_new (json, "") : choose (json);
}

RubisGraphDraft *
rubis_graph_draft_find (RubisApi *api, const RubisSender *sender, const RubisParcel *parcel,
                        GCancellable *cancellable, RubisHttpResponse **asked, RubisDelivery **delivery)
{
  RubisGraphDraft *draft;

  if (*parcel->provider_id != '\0')
    {
      draft = find (api, sender, parcel, TRUE, cancellable, asked, delivery);
      if (draft == NULL || *draft->id != '\0')
        return draft;
      /* That one is gone; a later attempt may have made another. */
      rubis_graph_draft_free (draft);
      g_clear_pointer (asked, rubis_http_response_free);
    }
  return find (api, sender, parcel, FALSE, cancellable, asked, delivery);
}

gboolean
rubis_graph_draft_is_complete (RubisApi *api, const RubisGraphDraft *self, const RubisParcel *parcel,
                               GCancellable *cancellable)
{
  g_autofree char *path = NULL;
  g_autoptr (RubisHttpRequest) request = NULL;
  g_autoptr (RubisHttpResponse) response = NULL;
  g_autoptr (RubisJsonAnswer) json = NULL;
  g_autoptr (RubisMailFields) fields = NULL;

  if (g_bytes_get_size (parcel->content) <= MAX_WHOLE)
    return TRUE;
  fields = rubis_mail_fields_new (parcel->content);
  path = rubis_graph_message_path (self->id, "/attachments?" MAX_ATTACHMENTS);
  request = rubis_api_request_new (api, "GET", path);
  response = rubis_api_call (api, request, cancellable, NULL);
  if (!rubis_api_is_success (response))
    return FALSE;
  json = rubis_api_read_json (response);
  return fields != NULL && rubis_json_answer_get_length (json, "value") == fields->files->len;
}

void
rubis_graph_draft_delete (RubisApi *api, const RubisGraphDraft *self, GCancellable *cancellable)
{
  g_autofree char *path = rubis_graph_message_path (self->id, "");
  g_autoptr (RubisHttpRequest) request = rubis_api_request_new (api, "DELETE", path);
  g_autoptr (RubisHttpResponse) response = rubis_api_call (api, request, cancellable, NULL);
}
