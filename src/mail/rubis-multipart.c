#include "rubis-multipart.h"

#include <libsoup/soup.h>

struct _RubisMultipart
{
  SoupMultipart *form; /* (owned) */
  char *content_type;  /* (owned) (nullable) once finished */
};

RubisMultipart *
rubis_multipart_new (void)
{
  RubisMultipart *self = g_new0 (RubisMultipart, 1);

  self->form = soup_multipart_new (SOUP_FORM_MIME_TYPE_MULTIPART);
  return self;
}

void
rubis_multipart_free (RubisMultipart *self)
{
  soup_multipart_free (self->form);
  g_free (self->content_type);
  g_free (self);
}

void
rubis_multipart_add (RubisMultipart *self, const char *name, const char *file_name, const char *media_type,
                     GBytes *content)
{
  soup_multipart_append_form_file (self->form, name, file_name, media_type, content);
}

void
rubis_multipart_add_text (RubisMultipart *self, const char *name, const char *value)
{
  soup_multipart_append_form_string (self->form, name, value);
}

GBytes *
rubis_multipart_finish (RubisMultipart *self)
{
  SoupMessageHeaders *headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_MULTIPART);
  GBytes *body = NULL;

  soup_multipart_to_message (self->form, headers, &body);
  g_free (self->content_type);
  self->content_type = g_strdup (soup_message_headers_get_one (headers, "Content-Type"));
  soup_message_headers_unref (headers);
  return body;
}

const char *
rubis_multipart_get_content_type (RubisMultipart *self)
{
  return self->content_type;
}
