/* letter-check.h: drawing a letter and having another program look at it. */
#pragma once

#include "letter-fixture.h"

G_BEGIN_DECLS

/* The folder of this test program's files; removed by letter_check_remove_folder(). */
const char *letter_check_folder (void);
void letter_check_remove_folder (void);

/* Runs a program (arguments end with NULL) and returns what it prints; NULL and the test skipped when it
 * is not installed.
 */
char *letter_check_run (const char *program, ...) G_GNUC_NULL_TERMINATED;
/* Writes @pdf into the folder and returns its path. */
char *letter_check_save (GBytes *pdf, const char *name);
/* A letter with logo by a new writer. */
GBytes *letter_check_draw (RubisDocument *document, guint *n_pages);
/* The same, on paper of those facts. */
GBytes *letter_check_draw_on (RubisDocument *document, const RubisLetterheadFacts *facts, guint *n_pages);

/* A word where pdftotext finds it, in points from the top left corner. */
typedef struct
{
  guint page; /* from 0 */
  double x1, y1, x2, y2;
  char *word;
} LetterWord;
/* (element-type LetterWord); empty when pdftotext is not installed. */
GArray *letter_check_read_words (const char *path);

/* Asserts that no word leaves the sheet and that no two words lie on each other; how many words there are. */
guint letter_check_layout (const char *path);
void letter_check_layout_of (GArray *words);
/* The text of a template that is only @body, as a letter in @language. */
RubisDocument *letter_check_render (const char *body, const char *language, RubisDocumentContext *context);

/* @text with every kind of blank as a space: fonts share one glyph for them. */
char *letter_check_make_plain (const char *text);
/* A shipped template with @n_items invoices; 0: the awkward ones. */
RubisDocument *letter_check_make_document (const char *name, guint n_items);

G_END_DECLS
