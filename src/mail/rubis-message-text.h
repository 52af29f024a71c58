/* rubis-message-text.h: an email as a person reads it: who, when, about what, and its text. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Strings are UTF-8 and never NULL; empty when the message does not say. */
typedef struct
{
  char *from;
  char *to;
  char *cc;
  char *subject;
  char *date;             /* as its header says it */
  char *text;             /* its plain text; empty when it has none */
  GPtrArray *attachments; /* (element-type utf8) names of the files with it */
  GPtrArray *contents;    /* (element-type GBytes) the files themselves, in the same order */
} RubisMessageText;

/* Reads the bytes of a message. NULL and @error when they are none. */
RubisMessageText *rubis_message_text_new (GBytes *message, GError **error);
void rubis_message_text_free (RubisMessageText *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisMessageText, rubis_message_text_free)

G_END_DECLS
