/* rubis-document-pages.h: what was sent, as pages to be read on the screen or printed.
 *
 * What is kept stays what left, byte for byte: the pages are made for reading.
 */
#pragma once

#include "rubis-session.h"

G_BEGIN_DECLS

/* A PDF: the document itself when it is one; of an email its headers and text, and after them the pages of
 * the files that left with it. @file_name: (out) (optional) (transfer full) a name for the PDF. Any thread.
 * Errors: G_IO_ERROR_NOT_FOUND; G_IO_ERROR_NOT_SUPPORTED when it cannot be shown as pages.
 */
GBytes *rubis_session_render_document (RubisSession *self, gint64 document_id, char **file_name,
                                       GError **error);

G_END_DECLS
