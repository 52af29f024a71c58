#include "rubis-mail-fields.h"

#include <string.h>

#include <gmime/gmime.h>

/* GMime has no g_autoptr support of its own. */
typedef GMimeStream Stream;
typedef GMimeParser Parser;
typedef GMimeMessage Message;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Stream, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Parser, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Message, g_object_unref)

static void
person_free (gpointer data)
{
  RubisMailPerson *self = data;

  g_free (self->name);
  g_free (self->email);
  g_free (self);
}

static void
file_free (gpointer data)
{
  RubisMailFile *self = data;

  g_free (self->name);
  g_free (self->type);
  g_free (self->cid);
  g_bytes_unref (self->content);
  g_free (self);
}

static void
header_free (gpointer data)
{
  RubisMailHeader *self = data;

  g_free (self->name);
  g_free (self->value);
  g_free (self);
}

void
rubis_mail_fields_free (RubisMailFields *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->from);
  g_ptr_array_unref (self->to);
  g_ptr_array_unref (self->cc);
  g_ptr_array_unref (self->reply_to);
  g_free (self->subject);
  g_free (self->text);
  g_free (self->html);
  g_ptr_array_unref (self->headers);
  g_ptr_array_unref (self->files);
  g_free (self);
}

/* (transfer full) (nullable) */
static GMimeMessage *
parse (GBytes *bytes)
{
  g_autoptr (Stream) stream = NULL;
  g_autoptr (Parser) parser = NULL;
  GMimeMessage *message;
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  g_mime_init ();
  if (size == 0)
    return NULL;
  stream = g_mime_stream_mem_new_with_buffer (data, size);
  parser = g_mime_parser_new_with_stream (stream);
  message = g_mime_parser_construct_message (parser, NULL);
  if (message != NULL && g_mime_message_get_mime_part (message) == NULL)
    g_clear_object (&message);
  return message;
}

static void
add_people (GPtrArray *people, InternetAddressList *list)
{
  for (int i = 0; list != NULL && i < internet_address_list_length (list); i++)
    {
      InternetAddress *address = internet_address_list_get_address (list, i);
      const char *name = internet_address_get_name (address);
      RubisMailPerson *person;

      if (!INTERNET_ADDRESS_IS_MAILBOX (address))
        continue;
      person = g_new0 (RubisMailPerson, 1);
      person->name = g_utf8_make_valid (name != NULL ? name : "", -1);
      person->email
          = g_utf8_make_valid (internet_address_mailbox_get_addr (INTERNET_ADDRESS_MAILBOX (address)), -1);
      g_ptr_array_add (people, person);
    }
}

static char *
dup_header_value (const char *raw)
{
  g_autofree char *line = g_mime_utils_header_unfold (raw);
  g_autofree char *text = g_mime_utils_header_decode_text (NULL, line);

  return g_utf8_make_valid (g_strstrip (text), -1);
}

/* Whether a header is given to the provider as it is. */
static gboolean
is_free_header (const char *name)
{
  static const char *const own[] = {
    "from",         "sender",         "reply-to",   "to",           "cc",       "bcc",
    "subject",      "date",           "message-id", "mime-version", "received", "return-path",
    "delivered-to", "dkim-signature", NULL,
  };
  g_autofree char *lower = g_ascii_strdown (name, -1);

  if (g_str_has_prefix (lower, "content-"))
    return g_str_equal (lower, "content-language");
  return !g_strv_contains (own, lower);
}

static void
add_headers (GPtrArray *headers, GMimeHeaderList *list)
{
  for (int i = 0; i < g_mime_header_list_get_count (list); i++)
    {
      GMimeHeader *header = g_mime_header_list_get_header_at (list, i);
      const char *name = g_mime_header_get_name (header);
      RubisMailHeader *found;

      if (!is_free_header (name))
        continue;
      found = g_new0 (RubisMailHeader, 1);
      found->name = g_strdup (name);
      found->value = dup_header_value (g_mime_header_get_raw_value (header));
      g_ptr_array_add (headers, found);
    }
}

static RubisMailFile *
file_new (GMimePart *part)
{
  RubisMailFile *file = g_new0 (RubisMailFile, 1);
  g_autoptr (Stream) stream = g_mime_stream_mem_new ();
  GByteArray *bytes = g_mime_stream_mem_get_byte_array (GMIME_STREAM_MEM (stream));
  GMimeDataWrapper *content = g_mime_part_get_content (part);
  GMimeContentType *type = g_mime_object_get_content_type (GMIME_OBJECT (part));
  GMimeContentDisposition *disposition = g_mime_object_get_content_disposition (GMIME_OBJECT (part));
  const char *name = g_mime_part_get_filename (part);
  const char *cid = g_mime_part_get_content_id (part);
  gboolean attached = disposition != NULL && g_mime_content_disposition_is_attachment (disposition);

  if (content != NULL)
    g_mime_data_wrapper_write_to_stream (content, stream);
  file->content = g_bytes_new (bytes->data, bytes->len);
  file->name = g_utf8_make_valid (name != NULL ? name : "", -1);
  file->type = g_mime_content_type_get_mime_type (type);
  file->cid = g_utf8_make_valid (cid != NULL && !attached ? cid : "", -1);
  return file;
}

/* Lines end by CR LF in messages, by LF elsewhere. */
static char *
dup_lines (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *lines = g_string_new (valid);

  g_string_replace (lines, "\r\n", "\n", 0);
  return g_string_free (lines, FALSE);
}

static gboolean
take_text (GMimeObject *part, const char *subtype, char **text)
{
  g_autofree char *found = NULL;

  if (**text != '\0' || !GMIME_IS_TEXT_PART (part)
      || !g_mime_content_type_is_type (g_mime_object_get_content_type (part), "text", subtype))
    return FALSE;
  found = g_mime_text_part_get_text (GMIME_TEXT_PART (part));
  if (found == NULL)
    return FALSE;
  g_free (*text);
  *text = dup_lines (found);
  return TRUE;
}

static void
visit_part (GMimeObject *parent, GMimeObject *part, gpointer user_data)
{
  RubisMailFields *self = user_data;

  if (!GMIME_IS_PART (part))
    return;
  if (g_mime_part_get_filename (GMIME_PART (part)) == NULL
      && (take_text (part, "plain", &self->text) || take_text (part, "html", &self->html)))
    return;
  g_ptr_array_add (self->files, file_new (GMIME_PART (part)));
}

RubisMailFields *
rubis_mail_fields_new (GBytes *bytes)
{
  g_autoptr (Message) message = parse (bytes);
  g_autoptr (RubisMailFields) self = NULL;
  const char *subject;

  if (message == NULL)
    return NULL;
  self = g_new0 (RubisMailFields, 1);
  subject = g_mime_message_get_subject (message);
  self->from = g_ptr_array_new_with_free_func (person_free);
  self->to = g_ptr_array_new_with_free_func (person_free);
  self->cc = g_ptr_array_new_with_free_func (person_free);
  self->reply_to = g_ptr_array_new_with_free_func (person_free);
  self->subject = g_utf8_make_valid (subject != NULL ? subject : "", -1);
  self->text = g_strdup ("");
  self->html = g_strdup ("");
  self->headers = g_ptr_array_new_with_free_func (header_free);
  self->files = g_ptr_array_new_with_free_func (file_free);
  add_people (self->from, g_mime_message_get_from (message));
  add_people (self->to, g_mime_message_get_to (message));
  add_people (self->cc, g_mime_message_get_cc (message));
  add_people (self->reply_to, g_mime_message_get_reply_to (message));
  add_headers (self->headers, g_mime_object_get_header_list (GMIME_OBJECT (message)));
  /* Content-Language is among those of its body. */
  add_headers (self->headers, g_mime_object_get_header_list (g_mime_message_get_mime_part (message)));
  g_mime_message_foreach (message, visit_part, self);
  if (self->from->len == 0 || self->to->len == 0)
    return NULL;
  return g_steal_pointer (&self);
}

/* The value of the attribute @name of the tag from @tag to @end, still written as in HTML. (transfer full) */
static char *
dup_attribute (const char *tag, const char *end, const char *name)
{
  g_autofree char *text = g_strndup (tag, (gsize)(end - tag));
  g_autofree char *start = g_strdup_printf (" %s=\"", name);
  char *found = strstr (text, start);
  char *stop;

  if (found == NULL)
    return g_strdup ("");
  found += strlen (start);
  stop = strchr (found, '"');
  return g_strndup (found, stop != NULL ? (gsize)(stop - found) : strlen (found));
}

void
rubis_mail_fields_take_pictures_out (RubisMailFields *self)
{
  GString *html = g_string_new (NULL);
  const char *rest = self->html;
  const char *tag;

  while ((tag = strstr (rest, "<img ")) != NULL)
    {
      const char *end = strchr (tag, '>');
      g_autofree char *source = end != NULL ? dup_attribute (tag, end, "src") : NULL;
      g_autofree char *instead = NULL;

      if (end == NULL)
        break;
      if (g_str_has_prefix (source, "cid:"))
        instead = dup_attribute (tag, end, "alt");
      else
        instead = g_strndup (tag, (gsize)(end + 1 - tag));
      g_string_append_len (html, rest, tag - rest);
      g_string_append (html, instead);
      rest = end + 1;
    }
  g_string_append (html, rest);
  g_free (self->html);
  self->html = g_string_free (html, FALSE);
  for (guint i = 0; i < self->files->len; i++)
    {
      RubisMailFile *file = self->files->pdata[i];

      g_free (file->cid);
      file->cid = g_strdup ("");
    }
}

GBytes *
rubis_mail_fields_split (GBytes *bytes, GPtrArray **files)
{
  g_autoptr (Message) message = parse (bytes);
  GMimeObject *body = message != NULL ? g_mime_message_get_mime_part (message) : NULL;
  g_autoptr (Stream) stream = NULL;
  GByteArray *written;

  *files = g_ptr_array_new_with_free_func (file_free);
  if (!GMIME_IS_MULTIPART (body))
    return g_bytes_ref (bytes);
  for (int i = g_mime_multipart_get_count (GMIME_MULTIPART (body)) - 1; i >= 0; i--)
    {
      GMimeObject *part = g_mime_multipart_get_part (GMIME_MULTIPART (body), i);

      if (!GMIME_IS_PART (part) || !g_mime_part_is_attachment (GMIME_PART (part)))
        continue;
      g_ptr_array_insert (*files, 0, file_new (GMIME_PART (part)));
      g_mime_multipart_remove (GMIME_MULTIPART (body), part);
    }
  stream = g_mime_stream_mem_new ();
  g_mime_object_write_to_stream (GMIME_OBJECT (message), NULL, stream);
  written = g_mime_stream_mem_get_byte_array (GMIME_STREAM_MEM (stream));
  return g_bytes_new (written->data, written->len);
}

char *
rubis_mail_fields_dup_header (GBytes *bytes, const char *name)
{
  g_autoptr (Message) message = parse (bytes);
  const char *raw = NULL;
  GMimeHeader *header;

  if (message != NULL)
    {
      header = g_mime_header_list_get_header (g_mime_object_get_header_list (GMIME_OBJECT (message)), name);
      raw = header != NULL ? g_mime_header_get_raw_value (header) : NULL;
    }
  return raw != NULL ? dup_header_value (raw) : g_strdup ("");
}
