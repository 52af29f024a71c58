#include "rubis-letter-private.h"

#include "rubis-pdf-finish.h"
#include "rubis-pdf.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cairo-pdf.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

G_DEFINE_QUARK (rubis - letter - error - quark, rubis_letter_error)

#define ACCENT 0x2a4a6b
#define BASELINE 10.4 /* of the text in its line */
/* A last page with less than this on it is worth setting the letter tighter. */
#define NEARLY_EMPTY RUBIS_MM (85)
/* Images kept between letters: logos and signatures of a few users. */
#define MAX_IMAGES 16

/* Where a letter begins in a batch. */
typedef struct
{
  char *title; /* (owned) */
  guint page;  /* from 1 */
} BatchLetter;

struct _RubisLetterWriter
{
  RubisTypesetter *type;  /* (owned); of the default font */
  RubisTypesetter *other; /* (owned) (nullable); of the last other font */
  char *other_font;       /* (owned) (nullable) */
  GHashTable *images;     /* (owned) (element-type GBytes cairo_surface_t) */
  /* the batch, when there is one */
  FILE *file;
  char *path;  /* (owned) */
  char *part;  /* (owned); written first, then renamed to path */
  char *title; /* (owned) (nullable) */
  RubisDate date;
  char *language;    /* (owned); of the first letter */
  GChecksum *digest; /* (owned); of what is written */
  GArray *letters;   /* (owned) (element-type BatchLetter) */
  guint n_pages;
  gboolean has_copies;      /* pages of other files */
  cairo_surface_t *surface; /* (owned) */
  cairo_t *cr;              /* (owned) */
};

RubisLetterWriter *
rubis_letter_writer_new (void)
{
  RubisLetterWriter *self = g_new0 (RubisLetterWriter, 1);

  self->type = rubis_typesetter_new (NULL);
  self->images = g_hash_table_new_full (g_direct_hash, g_direct_equal, (GDestroyNotify)g_bytes_unref,
                                        (GDestroyNotify)cairo_surface_destroy);
  return self;
}

static void
batch_letter_clear (gpointer data)
{
  g_free (((BatchLetter *)data)->title);
}

static void
drop_batch (RubisLetterWriter *self)
{
  g_clear_pointer (&self->cr, cairo_destroy);
  g_clear_pointer (&self->surface, cairo_surface_destroy);
  if (self->file != NULL)
    fclose (self->file);
  self->file = NULL;
  if (self->part != NULL)
    g_unlink (self->part);
  g_clear_pointer (&self->part, g_free);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->language, g_free);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->digest, g_checksum_free);
  g_clear_pointer (&self->letters, g_array_unref);
  self->n_pages = 0;
  self->has_copies = FALSE;
}

void
rubis_letter_writer_free (RubisLetterWriter *self)
{
  if (self == NULL)
    return;
  drop_batch (self);
  g_hash_table_unref (self->images);
  rubis_typesetter_free (self->type);
  rubis_typesetter_free (self->other);
  g_free (self->other_font);
  g_free (self);
}

static void
draw_line (RubisLetter *letter, const RubisBox *box, cairo_t *cr)
{
  PangoLayoutLine *line = pango_layout_get_line_readonly (box->layout, box->line);
  double baseline = box->y + BASELINE * letter->squeeze;

  rubis_letter_set_colour (cr, letter->ink);
  if (box->mark != NULL)
    rubis_typesetter_show (letter->type, cr, RUBIS_TYPE_BODY, box->mark,
                           letter->sheet.left + box->indent - 12, baseline, RUBIS_ALIGN_LEFT, 0, TRUE);
  cairo_move_to (cr, letter->sheet.left + box->indent, baseline);
  pango_cairo_show_layout_line (cr, line);
}

static gboolean
draw_box (RubisLetter *letter, const RubisBox *box, cairo_t *cr, GError **error)
{
  switch (box->kind)
    {
    case RUBIS_BOX_LINE:
      draw_line (letter, box, cr);
      return TRUE;
    case RUBIS_BOX_PAYMENT:
      return rubis_letter_draw_payment (letter, box, cr, error);
    case RUBIS_BOX_SIGNATURE:
      return rubis_letter_draw_signature (letter, box, cr, error);
    case RUBIS_BOX_IMAGE:
      return rubis_letter_draw_image (letter, box, cr, error);
    case RUBIS_BOX_RULE:
      rubis_letter_draw_line (cr, letter->sheet.left, letter->sheet.right, box->y, 0.4, RUBIS_HAIRLINE);
      return TRUE;
    case RUBIS_BOX_BREAK:
      return TRUE;
    case RUBIS_BOX_GRID_HEAD:
    case RUBIS_BOX_GRID_ROW:
      rubis_letter_draw_grid_box (letter, box, cr);
      return TRUE;
    case RUBIS_BOX_TABLE_HEAD:
    case RUBIS_BOX_TABLE_ROW:
    case RUBIS_BOX_TABLE_TOTAL:
    case RUBIS_BOX_GRAND_TOTAL:
    case RUBIS_BOX_CARRIED:
    case RUBIS_BOX_BROUGHT:
    default:
      rubis_letter_draw_table_box (letter, box, cr);
      return TRUE;
    }
}

static gboolean
draw_pages (RubisLetter *letter, cairo_t *cr, GError **error)
{
  guint next = 0;

  for (guint page = 0; page < letter->n_pages; page++)
    {
      RubisStructure structure = { NULL };

      if (!rubis_letter_draw_page_frame (letter, page, cr, error))
        return FALSE;
      for (; next < letter->placed->len && g_array_index (letter->placed, RubisBox, next).page == page;
           next++)
        {
          const RubisBox *box = &g_array_index (letter->placed, RubisBox, next);

          rubis_letter_enter_box (letter, cr, &structure, box);
          if (!draw_box (letter, box, cr, error))
            return FALSE;
        }
      rubis_letter_enter_box (letter, cr, &structure, NULL);
      cairo_show_page (cr);
    }
  return TRUE;
}

/* Sets the letter a little tighter when that spares a last page with a few lines on it. */
static void
paginate_well (RubisLetter *letter)
{
  static const double factors[] = { 0.93, 0.86 };
  const RubisBox *last;
  guint n_pages;

  letter->squeeze = 1;
  rubis_letter_paginate (letter);
  n_pages = letter->n_pages;
  if (n_pages < 2 || letter->placed->len == 0)
    return;
  last = &g_array_index (letter->placed, RubisBox, letter->placed->len - 1);
  if (last->y + last->height > letter->sheet.top_next + NEARLY_EMPTY)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (factors) && letter->n_pages == n_pages; i++)
    {
      letter->squeeze = factors[i];
      rubis_letter_paginate (letter);
    }
  if (letter->n_pages == n_pages)
    {
      letter->squeeze = 1;
      rubis_letter_paginate (letter);
    }
}

static void
clear_letter (RubisLetter *letter)
{
  for (guint i = 0; i < letter->boxes->len; i++)
    g_free (g_array_index (letter->boxes, RubisBox, i).mark);
  g_array_unref (letter->boxes);
  g_array_unref (letter->placed);
  g_ptr_array_unref (letter->grids);
  g_ptr_array_unref (letter->cells);
}

static RubisTypesetter *
get_typesetter (RubisLetterWriter *self, RubisLetterhead *letterhead)
{
  if (letterhead == NULL || letterhead->font == NULL || *letterhead->font == '\0')
    return self->type;
  if (g_strcmp0 (letterhead->font, self->other_font) != 0)
    {
      rubis_typesetter_free (self->other);
      g_free (self->other_font);
      self->other = rubis_typesetter_new (letterhead->font);
      self->other_font = g_strdup (letterhead->font);
    }
  return self->other;
}

/* What a letter takes from its letterhead, or from the default one. */
static void
set_style (RubisLetter *letter, RubisLetterhead *letterhead)
{
  static const RubisLetterheadFacts plain = { .name = "" };

  letter->accent = letterhead != NULL ? letterhead->accent : ACCENT;
  letter->ink = letterhead != NULL ? letterhead->ink : RUBIS_INK;
  if (letterhead != NULL)
    letter->sheet = letterhead->sheet;
  else
    rubis_sheet_init (&letter->sheet, &plain, 1);
}

/* Lays the document out and draws its pages on @cr. */
static gboolean
draw_letter (RubisLetterWriter *self, RubisDocument *document, RubisLetterhead *letterhead,
             const RubisLetterOptions *options, cairo_t *cr, guint *n_pages, GError **error)
{
  RubisLetter letter = { get_typesetter (self, letterhead), document, letterhead };
  gboolean done;

  if (options != NULL)
    letter.options = *options;
  letter.language = rubis_document_get_language (document);
  set_style (&letter, letterhead);
  letter.images = self->images;
  /* Paper needs no structure, and in a file of thousands of letters it would be most of the file. */
  letter.tagged = cr != self->cr;
  letter.boxes = g_array_new (FALSE, FALSE, sizeof (RubisBox));
  letter.placed = g_array_new (FALSE, FALSE, sizeof (RubisBox));
  letter.grids = g_ptr_array_new_with_free_func (g_free);
  letter.cells = g_ptr_array_new_with_free_func ((GDestroyNotify)rubis_grid_layout_free);
  if (g_hash_table_size (self->images) > MAX_IMAGES)
    g_hash_table_remove_all (self->images);
  rubis_typesetter_reset (letter.type);
  letter.top = rubis_letter_measure_head (&letter);
  rubis_letter_flow (&letter);
  paginate_well (&letter);
  rubis_letter_begin (&letter, cr, "Document");
  done = draw_pages (&letter, cr, error);
  rubis_letter_end (&letter, cr, "Document");
  if (n_pages != NULL)
    *n_pages = letter.n_pages;
  clear_letter (&letter);
  return done;
}

static cairo_status_t
write_bytes (void *data, const unsigned char *bytes, unsigned int length)
{
  g_byte_array_append (data, bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

static gboolean
check_status (cairo_status_t status, GError **error)
{
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;
  g_set_error (error, RUBIS_LETTER_ERROR, RUBIS_LETTER_ERROR_DRAW, _ ("The letter cannot be drawn: %s"),
               cairo_status_to_string (status));
  return FALSE;
}

GBytes *
rubis_letter_writer_write (RubisLetterWriter *self, RubisDocument *document, RubisLetterhead *letterhead,
                           const RubisLetterOptions *options, guint *n_pages, GError **error)
{
  g_autoptr (GByteArray) bytes = NULL;
  RubisPdfFacts facts = { .archival = TRUE };
  cairo_surface_t *surface;
  cairo_t *cr;
  gboolean done;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (document != NULL, NULL);

  facts.title = rubis_document_get_subject (document);
  facts.author = rubis_document_get_author (document);
  facts.language = rubis_document_get_language (document);
  facts.date = rubis_document_get_date (document);
  bytes = g_byte_array_sized_new (64 * 1024);
  surface = cairo_pdf_surface_create_for_stream (write_bytes, bytes, RUBIS_PAGE_WIDTH, RUBIS_PAGE_HEIGHT);
  rubis_pdf_prepare (surface, &facts);
  cr = cairo_create (surface);
  done = draw_letter (self, document, letterhead, options, cr, n_pages, error);
  cairo_surface_finish (surface);
  if (done)
    done = check_status (cairo_status (cr), error) && check_status (cairo_surface_status (surface), error);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  if (!done)
    return NULL;
  rubis_pdf_finish (bytes, &facts);
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

static void
set_file_error (const char *path, GError **error)
{
  int code = errno;
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, RUBIS_LETTER_ERROR, RUBIS_LETTER_ERROR_DRAW, _ ("%s cannot be written: %s"), name,
               g_strerror (code));
}

static cairo_status_t
write_file (void *data, const unsigned char *bytes, unsigned int length)
{
  RubisLetterWriter *self = data;

  g_checksum_update (self->digest, bytes, length);
  return fwrite (bytes, 1, length, self->file) == length ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

gboolean
rubis_letter_writer_begin_batch (RubisLetterWriter *self, const char *path, const char *title, RubisDate date,
                                 GError **error)
{
  const RubisPdfFacts facts = { .title = title, .date = date };

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (self->file == NULL, FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  self->path = g_strdup (path);
  self->part = g_strconcat (path, ".part", NULL);
  self->file = g_fopen (self->part, "w+b");
  if (self->file == NULL)
    {
      set_file_error (path, error);
      g_clear_pointer (&self->part, g_free);
      drop_batch (self);
      return FALSE;
    }
  self->surface = cairo_pdf_surface_create_for_stream (write_file, self, RUBIS_PAGE_WIDTH, RUBIS_PAGE_HEIGHT);
  self->title = g_strdup (title);
  self->date = date;
  self->digest = g_checksum_new (G_CHECKSUM_MD5);
  self->letters = g_array_new (FALSE, FALSE, sizeof (BatchLetter));
  g_array_set_clear_func (self->letters, batch_letter_clear);
  rubis_pdf_prepare (self->surface, &facts);
  self->cr = cairo_create (self->surface);
  return TRUE;
}

/* "Menuiserie Garçon & Cie — Vos factures échues" */
static void
note_letter (RubisLetterWriter *self, RubisDocument *document)
{
  g_auto (GStrv) recipient = g_strsplit (rubis_document_get_recipient (document), "\n", 2);
  const char *subject = rubis_document_get_subject (document);
  const char *name = recipient[0] != NULL ? recipient[0] : "";
  BatchLetter letter = { g_strjoin (*name != '\0' && *subject != '\0' ? " — " : "", name, subject, NULL),
                         self->n_pages + 1 };

  g_array_append_val (self->letters, letter);
}

gboolean
rubis_letter_writer_append (RubisLetterWriter *self, RubisDocument *document, RubisLetterhead *letterhead,
                            const RubisLetterOptions *options, guint *n_pages, GError **error)
{
  guint drawn = 0;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (self->file != NULL, FALSE);
  g_return_val_if_fail (document != NULL, FALSE);

  if (self->language == NULL)
    self->language = g_strdup (rubis_document_get_language (document));
  cairo_pdf_surface_set_size (self->surface, RUBIS_PAGE_WIDTH, RUBIS_PAGE_HEIGHT);
  if (!draw_letter (self, document, letterhead, options, self->cr, &drawn, error))
    return FALSE;
  note_letter (self, document);
  self->n_pages += drawn;
  if (options != NULL && options->duplex && drawn % 2 == 1)
    {
      cairo_show_page (self->cr);
      self->n_pages++;
    }
  if (n_pages != NULL)
    *n_pages = drawn;
  return check_status (cairo_status (self->cr), error);
}

gboolean
rubis_letter_writer_append_pdf (RubisLetterWriter *self, GBytes *pdf, guint *n_pages, GError **error)
{
  g_autoptr (RubisPdf) document = NULL;
  guint drawn;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (self->file != NULL, FALSE);
  g_return_val_if_fail (pdf != NULL, FALSE);

  document = rubis_pdf_new (pdf, error);
  if (document == NULL)
    return FALSE;
  drawn = rubis_pdf_draw_pages (document, self->cr);
  self->n_pages += drawn;
  self->has_copies = TRUE;
  if (n_pages != NULL)
    *n_pages = drawn;
  return check_status (cairo_status (self->cr), error);
}

gboolean
rubis_letter_writer_append_blank (RubisLetterWriter *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (self->file != NULL, FALSE);

  cairo_pdf_surface_set_size (self->surface, RUBIS_PAGE_WIDTH, RUBIS_PAGE_HEIGHT);
  cairo_show_page (self->cr);
  self->n_pages++;
  return check_status (cairo_status (self->cr), error);
}

/* A bookmark for each letter. */
static void
add_outline (RubisLetterWriter *self)
{
  for (guint i = 0; i < self->letters->len; i++)
    {
      const BatchLetter *letter = &g_array_index (self->letters, BatchLetter, i);
      g_autofree char *place = g_strdup_printf ("page=%u pos=[0 0]", letter->page);

      cairo_pdf_surface_add_outline (self->surface, CAIRO_PDF_OUTLINE_ROOT, letter->title, place, 0);
    }
}

static gboolean
finish_file (RubisLetterWriter *self, FILE *file)
{
  const RubisPdfFacts facts = { .title = self->title,
                                .language = self->language != NULL ? self->language : "fr",
                                .date = self->date,
                                .archival = !self->has_copies };

  return rubis_pdf_finish_file (file, self->digest, &facts);
}

gboolean
rubis_letter_writer_end_batch (RubisLetterWriter *self, GError **error)
{
  gboolean done;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (self->file != NULL, FALSE);

  /* A bookmark names a page that exists. */
  if (self->letters->len > 1)
    add_outline (self);
  cairo_surface_finish (self->surface);
  done = check_status (cairo_status (self->cr), error)
         && check_status (cairo_surface_status (self->surface), error);
  if (done)
    {
      FILE *file = g_steal_pointer (&self->file);

      done = finish_file (self, file) && fsync (fileno (file)) == 0;
      done = fclose (file) == 0 && done && g_rename (self->part, self->path) == 0;
      if (!done)
        set_file_error (self->path, error);
    }
  if (done)
    g_clear_pointer (&self->part, g_free);
  drop_batch (self);
  return done;
}
