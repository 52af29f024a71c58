/* rubis-message-view.h: an email that left, waits or came, as a person reads it. */
#pragma once

#include "rubis-session.h"

G_BEGIN_DECLS

/* Strings are UTF-8 and never NULL; empty when the message does not say. */
typedef struct
{
  char *from;
  char *to;
  char *cc;
  char *subject;
  char *text;
  GPtrArray *attachments; /* (element-type utf8) names with their sizes: "F-1042.pdf (48 kB)" */
  gint64 size;            /* bytes of the whole message */
} RubisMessageView;
void rubis_message_view_free (RubisMessageView *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisMessageView, rubis_message_view_free)

/* Of a document that is an email. Any thread. (transfer full) Errors: G_IO_ERROR_NOT_FOUND, and what keeps it
 * from being read. */
RubisMessageView *rubis_session_view_message (RubisSession *self, gint64 document_id, GError **error);
/* Of the bytes of an email. (transfer full) */
RubisMessageView *rubis_message_view_new (GBytes *message, GError **error);

G_END_DECLS
