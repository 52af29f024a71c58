/* rubis-pdf-scan.h: what can be read on a paper that was scanned or photographed: its text and its bar codes. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Whether this build can read bar codes (it was made with zbar). */
gboolean rubis_pdf_scan_reads_barcodes (void);

/* The text of the first @max_pages pages of a PDF, "" where it has none. @n_pages: (out) of the whole file. NULL and
 * @error when it is no PDF that can be read.
 */
char *rubis_pdf_scan_text (GBytes *pdf, guint max_pages, guint *n_pages, GError **error);

/* What the bar codes (Code 128, Code 39) on the first @max_pages pages say, page by page; none when there is no code
 * that can be read. A page may lie on its side or upside down. (transfer full) (element-type utf8)
 */
GPtrArray *rubis_pdf_scan_barcodes (GBytes *pdf, guint max_pages, GError **error);

G_END_DECLS
