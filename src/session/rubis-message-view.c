#include "rubis-message-view.h"

#include "rubis-agenda-list.h"
#include "rubis-message-text.h"

void
rubis_message_view_free (RubisMessageView *self)
{
  if (self == NULL)
    return;
  g_free (self->from);
  g_free (self->to);
  g_free (self->cc);
  g_free (self->subject);
  g_free (self->text);
  g_clear_pointer (&self->attachments, g_ptr_array_unref);
  g_free (self);
}

/* With the line ends of the screen. (transfer full) */
static char *
dup_lines (const char *text)
{
  g_autoptr (GString) lines = g_string_new (text);

  g_string_replace (lines, "\r\n", "\n", 0);
  return g_string_free (g_steal_pointer (&lines), FALSE);
}

RubisMessageView *
rubis_message_view_new (GBytes *message, GError **error)
{
  g_autoptr (RubisMessageText) read = NULL;
  RubisMessageView *self;

  g_return_val_if_fail (message != NULL, NULL);

  read = rubis_message_text_new (message, error);
  if (read == NULL)
    return NULL;
  self = g_new0 (RubisMessageView, 1);
  self->from = g_strdup (read->from);
  self->to = g_strdup (read->to);
  self->cc = g_strdup (read->cc);
  self->subject = g_strdup (read->subject);
  self->text = dup_lines (read->text);
  self->size = (gint64)g_bytes_get_size (message);
  self->attachments = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < read->attachments->len; i++)
    {
      g_autofree char *size = g_format_size (g_bytes_get_size (read->contents->pdata[i]));

      g_ptr_array_add (self->attachments,
                       g_strdup_printf ("%s (%s)", (const char *)read->attachments->pdata[i], size));
    }
  return self;
}

RubisMessageView *
rubis_session_view_message (RubisSession *self, gint64 document_id, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);

  bytes = rubis_session_load_document (self, document_id, NULL, NULL, error);
  return bytes != NULL ? rubis_message_view_new (bytes, error) : NULL;
}
