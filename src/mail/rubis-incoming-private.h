/* rubis-incoming-private.h: what the files that read messages share.
 *
 * Private to mail.
 */
#pragma once

#include <gmime/gmime.h>

#include "rubis-incoming-message.h"

G_BEGIN_DECLS

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeMessage, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeParser, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeStream, g_object_unref)

/* A message while it is read. */
typedef struct
{
  GMimeMessage *message;        /* (unowned) */
  RubisIncomingMessage *result; /* (unowned) filled up to the text */
  char *folded_subject;
  char *folded_text;     /* of the whole text */
  GMimeObject *report;   /* (unowned) (nullable) message/delivery-status or disposition-notification */
  GMimeObject *original; /* (unowned) (nullable) the message or the headers that came back */
} RubisIncomingReader;

/* The value of a header as UTF-8; "" when there is none. (transfer full) */
char *rubis_incoming_get_header (GMimeObject *object, const char *name);
/* The content of a part as UTF-8, at most @max bytes of it; "" for none. (transfer full) */
char *rubis_incoming_get_part_text (GMimeObject *part, gsize max);
/* The same without reading its charset: for reports, which are ASCII. */
char *rubis_incoming_get_part_bytes (GMimeObject *part, gsize max);
/* A message id as others name it: without blanks and angle brackets. (transfer full) */
char *rubis_incoming_clean_id (const char *text);
/* The first address in @text that is none of the message's own and no robot's. (transfer full) (nullable) */
char *rubis_incoming_find_address (const RubisIncomingReader *reader, const char *text);
/* Whether a pattern for folded text is found. @pattern: static, compiled once */
gboolean rubis_incoming_matches (const char *pattern, const char *folded);

/* Whether it is about the delivery of another message; fills @reader->result. */
gboolean rubis_incoming_read_bounce (RubisIncomingReader *reader);
/* Whether nobody wrote it by hand in answer; fills what it says of absence. */
gboolean rubis_incoming_read_auto (RubisIncomingReader *reader);
/* A newsletter, a list, an invitation: nothing that answers us. */
gboolean rubis_incoming_is_other (const RubisIncomingReader *reader);

G_END_DECLS
