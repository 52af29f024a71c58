/* rubis-incoming-message.h: a message that came back: a bounce, an automatic reply or an answer.
 *
 * Pure reading of bytes: whatever they are, the result is safe UTF-8. Matching it to the dossier is the
 * session's.
 */
#pragma once

#include <glib.h>

#include "rubis-date.h"
#include "rubis-incoming-kind.h"

G_BEGIN_DECLS

/* Strings are never NULL. */
typedef struct
{
  RubisIncomingKind kind;
  char *message_id;      /* ids without angle brackets */
  GPtrArray *references; /* (element-type utf8) In-Reply-To first, then References, newest first */
  char *original_id;     /* of a bounce: Message-ID of what came back; "" */
  char *from_email;
  char *from_name;
  char *to_email;
  char *subject;
  RubisDate date;     /* RUBIS_DATE_NONE when it does not say */
  char *text;         /* what its writer wrote: without quoted text and signature */
  char *whole_text;   /* with them */
  char *failed_email; /* of a bounce: the address; "" */
  char *status;       /* of a bounce: "5.1.1"; "" */
  char *diagnostic;   /* of a bounce: what the server said; "" */
  char *new_address;  /* named by a "has left, write to" reply; "" */
  RubisDate back_on;  /* of an automatic reply, RUBIS_DATE_NONE */
  gboolean has_left;  /* an automatic reply says that nobody reads there any more */
  gboolean bad_email; /* of a hard bounce: the address is at fault, not what was sent to it */
} RubisIncomingMessage;

/* NULL and @error when the bytes are no message at all. */
RubisIncomingMessage *rubis_incoming_message_new (GBytes *message, GError **error);
void rubis_incoming_message_free (RubisIncomingMessage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisIncomingMessage, rubis_incoming_message_free)

G_END_DECLS
