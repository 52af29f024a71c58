#include "rubis-message-text.h"

#include "rubis-message.h"

#include <glib/gi18n-lib.h>
#include <gmime/gmime.h>

/* GMime has no g_autoptr support of its own. */
typedef GMimeStream Stream;
typedef GMimeParser Parser;
typedef GMimeMessage Message;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Stream, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Parser, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Message, g_object_unref)

void
rubis_message_text_free (RubisMessageText *self)
{
  if (self == NULL)
    return;
  g_free (self->from);
  g_free (self->to);
  g_free (self->cc);
  g_free (self->subject);
  g_free (self->date);
  g_free (self->text);
  g_ptr_array_unref (self->attachments);
  g_ptr_array_unref (self->contents);
  g_free (self);
}

static char *
dup_addresses (InternetAddressList *list)
{
  char *text = list != NULL ? internet_address_list_to_string (list, NULL, FALSE) : NULL;

  return text != NULL ? text : g_strdup ("");
}

static char *
dup_date (GMimeMessage *message)
{
  const char *raw = g_mime_object_get_header (GMIME_OBJECT (message), "Date");

  return g_strdup (raw != NULL ? raw : "");
}

/* (transfer full) The bytes of a file, decoded; none when it has no content. */
static GBytes *
dup_content (GMimePart *part)
{
  GMimeDataWrapper *content = g_mime_part_get_content (part);
  g_autoptr (Stream) stream = g_mime_stream_mem_new ();
  GByteArray *bytes = g_mime_stream_mem_get_byte_array (GMIME_STREAM_MEM (stream));

  if (content != NULL)
    g_mime_data_wrapper_write_to_stream (content, stream);
  return g_bytes_new (bytes->data, bytes->len);
}

/* A picture that the page shows is no file that came with the message. */
static gboolean
is_shown_inside (GMimeObject *parent, GMimeObject *part)
{
  return g_mime_object_get_content_id (part) != NULL && GMIME_IS_MULTIPART (parent)
         && g_mime_content_type_is_type (g_mime_object_get_content_type (parent), "multipart", "related");
}

/* Takes the first plain text and all files. */
static void
visit_part (GMimeObject *parent, GMimeObject *part, gpointer user_data)
{
  RubisMessageText *self = user_data;
  const char *name;

  if (!GMIME_IS_PART (part) || is_shown_inside (parent, part))
    return;
  name = g_mime_part_get_filename (GMIME_PART (part));
  if (name != NULL)
    {
      g_ptr_array_add (self->attachments, g_utf8_make_valid (name, -1));
      g_ptr_array_add (self->contents, dup_content (GMIME_PART (part)));
    }
  else if (GMIME_IS_TEXT_PART (part) && *self->text == '\0'
           && g_mime_content_type_is_type (g_mime_object_get_content_type (part), "text", "plain"))
    {
      g_autofree char *text = g_mime_text_part_get_text (GMIME_TEXT_PART (part));

      if (text == NULL)
        return;
      g_free (self->text);
      self->text = g_utf8_make_valid (text, -1);
    }
}

RubisMessageText *
rubis_message_text_new (GBytes *bytes, GError **error)
{
  g_autoptr (Stream) stream = NULL;
  g_autoptr (Parser) parser = NULL;
  g_autoptr (Message) message = NULL;
  RubisMessageText *self;
  const char *subject;
  const char *data;
  gsize size;

  g_return_val_if_fail (bytes != NULL, NULL);

  g_mime_init ();
  data = g_bytes_get_data (bytes, &size);
  stream = g_mime_stream_mem_new_with_buffer (data, size);
  parser = g_mime_parser_new_with_stream (stream);
  message = size > 0 ? g_mime_parser_construct_message (parser, NULL) : NULL;
  if (message == NULL || g_mime_message_get_mime_part (message) == NULL)
    {
      g_set_error (error, RUBIS_MESSAGE_ERROR, RUBIS_MESSAGE_ERROR_FIELD, _ ("This is not a readable email"));
      return NULL;
    }
  self = g_new0 (RubisMessageText, 1);
  subject = g_mime_message_get_subject (message);
  self->from = dup_addresses (g_mime_message_get_from (message));
  self->to = dup_addresses (g_mime_message_get_to (message));
  self->cc = dup_addresses (g_mime_message_get_cc (message));
  self->subject = g_utf8_make_valid (subject != NULL ? subject : "", -1);
  self->date = dup_date (message);
  self->text = g_strdup ("");
  self->attachments = g_ptr_array_new_with_free_func (g_free);
  self->contents = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  g_mime_message_foreach (message, visit_part, self);
  return self;
}
