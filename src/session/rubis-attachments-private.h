/* rubis-attachments-private.h: reading files that are kept, for the other files of session. */
#pragma once

#include "rubis-attachments.h"
#include "rubis-store-attachments.h"

G_BEGIN_DECLS

/* The content of a file that may be kept. Errors: G_IO_ERROR_* or G_FILE_ERROR_* of the file,
 * RUBIS_SESSION_ERROR_VALUE when it is empty or too large. (transfer full)
 */
GBytes *rubis_attachment_read_file (const char *path, GError **error);
/* The record of a file to keep with an account, for an edit that inserts it; writes nothing. As
 * rubis_session_attach(). (transfer full)
 */
RubisAttachmentRecord *rubis_attachment_prepare (RubisSession *self, gint64 account_id, gint64 item_id, const char *kind,
                                                 const char *path, GError **error);

/* Keeps a file as rubis_session_attach() does, with a dispute as well (@dispute_id 0: none). */
gint64 rubis_attachment_keep (RubisSession *self, gint64 account_id, gint64 item_id, gint64 dispute_id,
                              const char *kind, const char *path, GError **error);

G_END_DECLS
