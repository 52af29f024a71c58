/* rubis-pdf-binder.h: binds PDFs and pictures into one PDF with bookmarks, stamps and page numbers.
 *
 * Parts are added in their order; the file is drawn at the end, when the number of pages is known.
 * Pages keep their size and their text stays text. The same parts and facts give the same bytes.
 * One thread.
 */
#pragma once

#include "rubis-date.h"

G_BEGIN_DECLS

#define RUBIS_PDF_BINDER_ERROR (rubis_pdf_binder_error_quark ())
typedef enum
{
  RUBIS_PDF_BINDER_ERROR_PART, /* a part is damaged, protected or of no known kind; it is named */
  RUBIS_PDF_BINDER_ERROR_DRAW, /* the file could not be made */
} RubisPdfBinderError;
GQuark rubis_pdf_binder_error_quark (void);

/* What the file says of itself. */
typedef struct
{
  const char *title;
  const char *author;    /* NULL: none */
  const char *subject;   /* NULL: none */
  const char *language;  /* of the whole: "fr" */
  RubisDate date;        /* of the file: never the clock */
  gboolean number_pages; /* "12/57" at the foot of every page */
} RubisPdfBinderFacts;

/* One file to bind. */
typedef struct
{
  const char *title; /* of the bookmark; NULL: no bookmark */
  guint level;       /* of the bookmark: 0 at the top, 1 under the last one of level 0… */
  GBytes *content;   /* PDF, PNG or JPEG; kept */
  const char *stamp; /* "Pièce n° 3", in a box at the head of every page; NULL: none */
} RubisPdfBinderPart;

typedef struct _RubisPdfBinder RubisPdfBinder;

/* Everything is copied. */
RubisPdfBinder *rubis_pdf_binder_new (const RubisPdfBinderFacts *facts);
void rubis_pdf_binder_free (RubisPdfBinder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisPdfBinder, rubis_pdf_binder_free)

/* A bookmark that points to the first page of the next part. */
void rubis_pdf_binder_add_heading (RubisPdfBinder *self, const char *title, guint level);
/* Adds the pages of a file; a picture becomes one A4 page. @first (from 1) and @n_pages may be NULL. FALSE
 * and
 * @error, which names the part, when it cannot be read; the binder is then as before.
 */
gboolean rubis_pdf_binder_add_part (RubisPdfBinder *self, const RubisPdfBinderPart *part, guint *first,
                                    guint *n_pages, GError **error);
guint rubis_pdf_binder_get_n_pages (RubisPdfBinder *self);
/* How many pages a file would add; 0 when it cannot be bound. */
guint rubis_pdf_binder_count_pages (GBytes *content);
/* Draws the file; NULL and @error when there is no page or it cannot be made. */
GBytes *rubis_pdf_binder_finish (RubisPdfBinder *self, GError **error);

G_END_DECLS
