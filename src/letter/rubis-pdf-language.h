/* rubis-pdf-language.h: states the language of a finished PDF, which Cairo cannot do. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Adds /Lang to the catalogue of the PDF whose last bytes are @tail. @tail starts at byte @offset of
 * the file and must hold the catalogue and everything after it. A file of another build than
 * Cairo's classic one is left as it is; TRUE when the language is in.
 */
gboolean rubis_pdf_language_add (GByteArray *tail, guint64 offset, const char *language);
/* Where the tail of a file must start, found in its last bytes; FALSE when it is not of that build. */
gboolean rubis_pdf_language_find_tail (const guint8 *end, gsize length, guint64 *offset);

G_END_DECLS
