/* rubis-mail-fields.h: a message taken apart, for providers that want fields in place of the message itself.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *name; /* "" when it has none */
  char *email;
} RubisMailPerson;

typedef struct
{
  char *name;
  char *type; /* "application/pdf" */
  char *cid;  /* of a picture in the HTML text, without angle brackets; "" of an attachment */
  GBytes *content;
} RubisMailFile;

typedef struct
{
  char *name;
  char *value; /* as text, on one line */
} RubisMailHeader;

/* Strings are UTF-8 and never NULL. */
typedef struct
{
  GPtrArray *from; /* (element-type RubisMailPerson); to @reply_to too */
  GPtrArray *to;
  GPtrArray *cc;
  GPtrArray *reply_to;
  char *subject;
  char *text;
  char *html;
  GPtrArray *headers; /* (element-type RubisMailHeader) those that have no field of their own and do not speak
                         of the message's form or identity: References, Auto-Submitted… */
  GPtrArray *files;   /* (element-type RubisMailFile) */
} RubisMailFields;

/* NULL when the bytes are no message with a sender and a recipient. */
RubisMailFields *rubis_mail_fields_new (GBytes *message);
void rubis_mail_fields_free (RubisMailFields *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisMailFields, rubis_mail_fields_free)

/* The HTML text with the pictures of @files that it shows replaced by their alternative text, for providers
 * that carry no pictures in a text; they become attachments (their cid is emptied).
 */
void rubis_mail_fields_take_pictures_out (RubisMailFields *self);

/* The message without its attachments, which are given in @files (element-type RubisMailFile); pictures in
 * its text stay.
 */
GBytes *rubis_mail_fields_split (GBytes *message, GPtrArray **files);

/* A header of the message, decoded, on one line; "" when it has none. (transfer full) */
char *rubis_mail_fields_dup_header (GBytes *message, const char *name);

G_END_DECLS
