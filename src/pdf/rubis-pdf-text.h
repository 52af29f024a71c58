/* rubis-pdf-text.h: the text of a PDF file, for those who do not draw it. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The text of the first @max_pages pages in reading order; "" when they have none (a scan). @n_pages: (out)
 * (nullable) of the whole file. NULL and @error when it is damaged, encrypted or no PDF. (transfer full)
 */
char *rubis_pdf_read_text (GBytes *pdf, guint max_pages, guint *n_pages, GError **error);

G_END_DECLS
