/* rubis-pdf-finish.h: completes a PDF of Cairo with what Cairo does not write: language, XMP metadata,
 * colour profile, identifier; by writing its end anew. Used by this layer only.
 */
#pragma once

#include "rubis-date.h"

#include <cairo.h>
#include <stdio.h>

G_BEGIN_DECLS

/* The file is ISO 19005-3, level B, when @archival; that holds for pages drawn by this layer only, not
 * for copies of other files. Texts are nullable but for the language.
 */
typedef struct
{
  const char *title;
  const char *author;
  const char *subject;
  const char *language;
  RubisDate date;
  gboolean archival;
} RubisPdfFacts;

/* Makes Cairo end the file in the way that rubis_pdf_finish() reads, whatever the version of Cairo, and
 * gives it what it can write itself. Before the first page.
 */
void rubis_pdf_prepare (cairo_surface_t *surface, const RubisPdfFacts *facts);

/* Completes the file in @bytes. A file of another build stays as it is: FALSE. */
gboolean rubis_pdf_finish (GByteArray *bytes, const RubisPdfFacts *facts);
/* The same for a file on disk, opened for reading and writing. @digest: its bytes so far (nullable).
 * FALSE with errno set when it cannot be read or written; a file of another build stays as it is.
 */
gboolean rubis_pdf_finish_file (FILE *file, GChecksum *digest, const RubisPdfFacts *facts);

G_END_DECLS
