/* rubis-letter-writer.h: draws documents as A4 letters in PDF.
 *
 * A writer is made once and used for many letters: its fonts and layouts are what makes a letter
 * fast. It belongs to one thread; several threads take a writer each (they share nothing).
 * The same document, letterhead and options give the same bytes: dates in the file are the
 * document's.
 */
#pragma once

#include "rubis-document.h"
#include "rubis-letterhead.h"

G_BEGIN_DECLS

#define RUBIS_LETTER_ERROR (rubis_letter_error_quark ())
typedef enum
{
  RUBIS_LETTER_ERROR_DRAW,  /* the PDF could not be made or written */
  RUBIS_LETTER_ERROR_QR,    /* the QR code could not be made */
  RUBIS_LETTER_ERROR_IMAGE, /* an image cannot be read */
} RubisLetterError;
GQuark rubis_letter_error_quark (void);

typedef enum
{
  RUBIS_LETTER_FORM_LETTER,  /* letterhead, window address, fold marks */
  RUBIS_LETTER_FORM_PREVIEW, /* subject and body only: how an email or a call script is shown */
  RUBIS_LETTER_FORM_PAPER,   /* a paper for a court or the files: the subject is its title, in the middle; the
                                first   line of the recipient heads the next pages */
} RubisLetterForm;

/* All zero is a letter as it is posted. */
typedef struct
{
  RubisLetterForm form;
  gboolean without_folds; /* no fold marks: for letters sent by email */
  gboolean duplex;        /* in a batch, every letter starts on a new sheet */
  gboolean envelope;      /* for a preview: tints what the windows of envelopes show */
} RubisLetterOptions;

typedef struct _RubisLetterWriter RubisLetterWriter;

RubisLetterWriter *rubis_letter_writer_new (void);
void rubis_letter_writer_free (RubisLetterWriter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisLetterWriter, rubis_letter_writer_free)

/* Draws one letter. @letterhead may be NULL unless the form is a letter, @options and @n_pages may be
 * NULL. Returns the PDF, or NULL and @error.
 */
GBytes *rubis_letter_writer_write (RubisLetterWriter *self, RubisDocument *document,
                                   RubisLetterhead *letterhead, const RubisLetterOptions *options,
                                   guint *n_pages, GError **error);

/* One file for the printer: begin, append each letter, end. Between begin and end the writer may
 * still write single letters. @date goes into the file's metadata.
 */
gboolean rubis_letter_writer_begin_batch (RubisLetterWriter *self, const char *path, const char *title,
                                          RubisDate date, GError **error);
/* Adds a letter to the batch; its own pages are numbered from 1. */
gboolean rubis_letter_writer_append (RubisLetterWriter *self, RubisDocument *document,
                                     RubisLetterhead *letterhead, const RubisLetterOptions *options,
                                     guint *n_pages, GError **error);
/* Adds the pages of a PDF file (a copy of an invoice) to the batch. */
gboolean rubis_letter_writer_append_pdf (RubisLetterWriter *self, GBytes *pdf, guint *n_pages,
                                         GError **error);
/* Adds an empty page to the batch: the back of a last sheet. */
gboolean rubis_letter_writer_append_blank (RubisLetterWriter *self, GError **error);
/* Closes the file. FALSE when it could not be written whole; it is then removed. */
gboolean rubis_letter_writer_end_batch (RubisLetterWriter *self, GError **error);

G_END_DECLS
