/* rubis-message.h: one email as the bytes that leave: RFC 5322 and MIME.
 *
 * The same message gives the same bytes, whatever the day and machine, so that what was sent can be
 * kept and compared. Nothing here sends.
 *
 * multipart/mixed of multipart/alternative (plain text; multipart/related of the HTML page and its pictures)
 * and the attachments; a level that would have one part is left out.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define RUBIS_MESSAGE_ERROR (rubis_message_error_quark ())
typedef enum
{
  RUBIS_MESSAGE_ERROR_ADDRESS, /* a sender or recipient that no mail can have */
  RUBIS_MESSAGE_ERROR_ID,      /* a message id that is not left@right */
  RUBIS_MESSAGE_ERROR_FIELD,   /* something else that a message must have is missing or unreadable */
} RubisMessageError;
GQuark rubis_message_error_quark (void);

/* All strings are UTF-8 and never NULL; empty when unknown. Line breaks in names, in the subject and in
 * names of attachments become spaces: they never start a header of their own.
 */
typedef struct
{
  char *from_name;  /* the company */
  char *from_email; /* mandatory */
  char *reply_to;   /* where answers go, when that is not @from_email */
  char *to_name;
  char *to_email; /* mandatory */
  char *subject;
  char *id;                /* mandatory: "left@right", without angle brackets, unique to this message */
  char *in_reply_to;       /* Message-ID of what it answers or continues, without angle brackets */
  char *references;        /* the thread before it, oldest first: Message-IDs separated by spaces */
  gint64 time;             /* mandatory: seconds since 1970 */
  int zone;                /* of the sender: minutes east of UTC */
  char *language;          /* of the text, "fr"; empty: not stated */
  gboolean auto_submitted; /* leaves without a person reading it (RFC 3834) */
  char *text;              /* the plain text, mandatory */
  char *html;              /* the same as an HTML page; empty: the message is plain text only */
  GPtrArray *images;       /* filled by rubis_message_embed() */
  GPtrArray *attachments;  /* filled by rubis_message_attach() */
} RubisMessage;

/* All fields empty, no time. */
RubisMessage *rubis_message_new (void);
void rubis_message_free (RubisMessage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisMessage, rubis_message_free)

/* Puts a copy of @value in place of a field. */
#define rubis_message_set(self, field, value)                                                                \
  G_STMT_START                                                                                               \
  {                                                                                                          \
    char *rubis_new_value = g_strdup ((value) != NULL ? (value) : "");                                       \
    g_free ((self)->field);                                                                                  \
    (self)->field = rubis_new_value;                                                                         \
  }                                                                                                          \
  G_STMT_END

/* Adds a file under the name @name, which may have accents; the order of calls is kept. @media_type:
 * "application/pdf"; what is no such thing, or would be a message of its own, travels as plain bytes
 * (application/octet-stream). @content is referenced.
 */
void rubis_message_attach (RubisMessage *self, const char *name, const char *media_type, GBytes *content);
/* Adds a picture that the HTML page shows as "cid:@cid". @cid: "left@right", unique within the message. */
void rubis_message_embed (RubisMessage *self, const char *cid, const char *name, const char *media_type,
                          GBytes *content);

/* The bytes of the message: lines end by CRLF, none is longer than 998 bytes. NULL, with an error that
 * names the field and its value, when the message has none of what it must have.
 */
GBytes *rubis_message_write (const RubisMessage *self, GError **error);

G_END_DECLS
