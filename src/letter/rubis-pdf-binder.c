#include "rubis-pdf-binder.h"

#include "rubis-letter-private.h"
#include "rubis-letterhead-private.h"
#include "rubis-pdf-finish.h"
#include "rubis-pdf.h"

#include <math.h>
#include <string.h>

#include <cairo-pdf.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gi18n-lib.h>

G_DEFINE_QUARK (rubis - pdf - binder - error - quark, rubis_pdf_binder_error)

/* Pixels per point at which a page is looked at to find where it is blank. */
#define PROBE 0.5
/* A pixel this bright is paper. */
#define PAPER 240
#define MARGIN RUBIS_MM (7)
#define PICTURE_MARGIN RUBIS_MM (12)
#define JPEG_MAGIC "\xff\xd8\xff"
#define PNG_MAGIC "\x89PNG"
/* Pixels: rubis_letterhead_load_image() makes larger ones smaller. */
#define LARGE_PICTURE 1600
#define BOX_HEIGHT 16.0
#define BOX_PADDING 5.0

typedef struct
{
  char *title; /* (owned) (nullable) */
  guint level;
  GBytes *content;          /* (owned); NULL of a heading */
  RubisPdf *pdf;            /* (owned) (nullable) */
  cairo_surface_t *picture; /* (owned) (nullable) */
  char *stamp;              /* (owned) (nullable) */
  guint first;              /* page of the whole, from 1 */
  guint n_pages;
} Part;

struct _RubisPdfBinder
{
  char *title;
  char *author;
  char *subject;
  char *language;
  RubisDate date;
  gboolean number_pages;
  GPtrArray *parts; /* (element-type Part) */
  guint n_pages;
  RubisTypesetter *type;
};

/* Where a stamp may stand: its box on the page. */
typedef struct
{
  double x, y, width, height;
} Place;

static void
part_free (Part *part)
{
  g_free (part->title);
  g_free (part->stamp);
  rubis_pdf_free (part->pdf);
  g_clear_pointer (&part->picture, cairo_surface_destroy);
  g_clear_pointer (&part->content, g_bytes_unref);
  g_free (part);
}

RubisPdfBinder *
rubis_pdf_binder_new (const RubisPdfBinderFacts *facts)
{
  RubisPdfBinder *self;

  g_return_val_if_fail (facts != NULL, NULL);
  g_return_val_if_fail (facts->title != NULL, NULL);

  self = g_new0 (RubisPdfBinder, 1);
  self->title = g_strdup (facts->title);
  self->author = g_strdup (facts->author);
  self->subject = g_strdup (facts->subject);
  self->language = g_strdup (facts->language != NULL ? facts->language : "fr");
  self->date = facts->date;
  self->number_pages = facts->number_pages;
  self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify)part_free);
  self->type = rubis_typesetter_new (NULL);
  return self;
}

void
rubis_pdf_binder_free (RubisPdfBinder *self)
{
  if (self == NULL)
    return;
  g_free (self->title);
  g_free (self->author);
  g_free (self->subject);
  g_free (self->language);
  g_ptr_array_unref (self->parts);
  rubis_typesetter_free (self->type);
  g_free (self);
}

guint
rubis_pdf_binder_get_n_pages (RubisPdfBinder *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_pages;
}

static Part *
append_part (RubisPdfBinder *self, const char *title, guint level)
{
  Part *part = g_new0 (Part, 1);

  part->title = g_strdup (title);
  part->level = level;
  part->first = self->n_pages + 1;
  g_ptr_array_add (self->parts, part);
  return part;
}

void
rubis_pdf_binder_add_heading (RubisPdfBinder *self, const char *title, guint level)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (title != NULL);

  append_part (self, title, level);
}

static gboolean
starts_with (GBytes *bytes, const char *magic, gsize length)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  return size >= length && memcmp (data, magic, length) == 0;
}

/* A photograph says how it was held: @content upright, as a new JPEG when it has to be turned. A large
 * drawing becomes a JPEG too, which keeps its resolution.
 */
static GBytes *
make_upright (GBytes *content)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new ();
  g_autoptr (GdkPixbuf) upright = NULL;
  GdkPixbuf *pixbuf;
  const char *orientation;
  gboolean is_large;
  gboolean read;
  char *bytes;
  gsize size;

  read = gdk_pixbuf_loader_write_bytes (loader, content, NULL);
  read = gdk_pixbuf_loader_close (loader, NULL) && read;
  pixbuf = read ? gdk_pixbuf_loader_get_pixbuf (loader) : NULL;
  orientation = pixbuf != NULL ? gdk_pixbuf_get_option (pixbuf, "orientation") : NULL;
  if (pixbuf == NULL)
    return g_bytes_ref (content);
  is_large = MAX (gdk_pixbuf_get_width (pixbuf), gdk_pixbuf_get_height (pixbuf)) > LARGE_PICTURE;
  if ((orientation == NULL || strcmp (orientation, "1") == 0)
      && (!is_large || gdk_pixbuf_get_has_alpha (pixbuf) || starts_with (content, JPEG_MAGIC, 3)))
    return g_bytes_ref (content);
  upright = gdk_pixbuf_apply_embedded_orientation (pixbuf);
  if (!gdk_pixbuf_save_to_buffer (upright, &bytes, &size, "jpeg", NULL, "quality", "90", NULL))
    return g_bytes_ref (content);
  return g_bytes_new_take (bytes, size);
}

/* The picture with its compressed bytes beside it, which the PDF takes as they are. */
static cairo_surface_t *
load_picture (GBytes *content, GError **error)
{
  g_autoptr (GBytes) upright = make_upright (content);
  cairo_surface_t *surface = rubis_letterhead_load_image (upright, error);

  if (surface == NULL)
    return NULL;
  if (starts_with (upright, JPEG_MAGIC, 3))
    {
      gsize size;
      const guchar *data = g_bytes_get_data (upright, &size);

      if (cairo_surface_set_mime_data (surface, CAIRO_MIME_TYPE_JPEG, data, size,
                                       (cairo_destroy_func_t)g_bytes_unref, upright)
          == CAIRO_STATUS_SUCCESS)
        g_bytes_ref (upright);
    }
  return surface;
}

static gboolean
open_part (Part *part, const char *name, GError **error)
{
  g_autoptr (GError) cause = NULL;

  if (starts_with (part->content, PNG_MAGIC, 4) || starts_with (part->content, JPEG_MAGIC, 3))
    {
      part->picture = load_picture (part->content, &cause);
      part->n_pages = 1;
      if (part->picture != NULL)
        return TRUE;
    }
  else
    {
      part->pdf = rubis_pdf_new (part->content, &cause);
      part->n_pages = part->pdf != NULL ? rubis_pdf_get_n_pages (part->pdf) : 0;
      if (part->n_pages > 0)
        return TRUE;
    }
  if (cause != NULL)
    g_set_error (error, RUBIS_PDF_BINDER_ERROR, RUBIS_PDF_BINDER_ERROR_PART, _ ("%s: %s"), name,
                 cause->message);
  else
    g_set_error (error, RUBIS_PDF_BINDER_ERROR, RUBIS_PDF_BINDER_ERROR_PART, _ ("%s: the file has no page"),
                 name);
  return FALSE;
}

gboolean
rubis_pdf_binder_add_part (RubisPdfBinder *self, const RubisPdfBinderPart *part, guint *first, guint *n_pages,
                           GError **error)
{
  Part *added;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (part != NULL && part->content != NULL, FALSE);

  added = append_part (self, part->title, part->level);
  added->content = g_bytes_ref (part->content);
  added->stamp = g_strdup (part->stamp);
  if (!open_part (added, part->title != NULL ? part->title : _ ("This document"), error))
    {
      g_ptr_array_set_size (self->parts, (int)self->parts->len - 1);
      return FALSE;
    }
  if (first != NULL)
    *first = added->first;
  if (n_pages != NULL)
    *n_pages = added->n_pages;
  self->n_pages += added->n_pages;
  return TRUE;
}

guint
rubis_pdf_binder_count_pages (GBytes *content)
{
  Part part = { .content = content };
  guint n_pages;

  g_return_val_if_fail (content != NULL, 0);

  n_pages = open_part (&part, "", NULL) ? part.n_pages : 0;
  rubis_pdf_free (part.pdf);
  g_clear_pointer (&part.picture, cairo_surface_destroy);
  return n_pages;
}

static gboolean
is_blank (cairo_surface_t *probe, const Place *place)
{
  const guchar *data = cairo_image_surface_get_data (probe);
  int stride = cairo_image_surface_get_stride (probe);
  int left = MAX ((int)floor (place->x * PROBE), 0);
  int top = MAX ((int)floor (place->y * PROBE), 0);
  int right = MIN ((int)ceil ((place->x + place->width) * PROBE), cairo_image_surface_get_width (probe));
  int bottom = MIN ((int)ceil ((place->y + place->height) * PROBE), cairo_image_surface_get_height (probe));

  for (int y = top; y < bottom; y++)
    {
      for (int x = left; x < right; x++)
        {
          guint32 pixel;

          memcpy (&pixel, data + (gsize)y * (gsize)stride + (gsize)x * 4, sizeof pixel);
          if ((pixel & 0xff) < PAPER || (pixel >> 8 & 0xff) < PAPER || (pixel >> 16 & 0xff) < PAPER)
            return FALSE;
        }
    }
  return TRUE;
}

/* Looks for a blank place of the size of @place along the edge at @place->y: right, middle, left. */
static gboolean
find_place (cairo_surface_t *probe, double page_width, Place *place)
{
  const double xs[] = { page_width - MARGIN - place->width, (page_width - place->width) / 2, MARGIN };

  if (place->width > page_width - 2 * MARGIN)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (xs); i++)
    {
      place->x = xs[i];
      if (is_blank (probe, place))
        return TRUE;
    }
  return FALSE;
}

static void
draw_box_text (RubisPdfBinder *self, cairo_t *cr, RubisTypeStyle style, const char *text, const Place *place,
               gboolean framed)
{
  cairo_rectangle (cr, place->x, place->y, place->width, place->height);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_fill (cr);
  if (framed)
    {
      cairo_rectangle (cr, place->x + 0.4, place->y + 0.4, place->width - 0.8, place->height - 0.8);
      cairo_set_line_width (cr, 0.8);
      rubis_letter_set_colour (cr, RUBIS_INK);
      cairo_stroke (cr);
    }
  rubis_letter_set_colour (cr, RUBIS_INK);
  rubis_typesetter_show (self->type, cr, style, text, place->x + place->width / 2,
                         place->y + place->height - 5, RUBIS_ALIGN_CENTER, 0, FALSE);
}

static void
draw_picture (Part *part, cairo_t *cr, double width, double height)
{
  double w = cairo_image_surface_get_width (part->picture);
  double h = cairo_image_surface_get_height (part->picture);
  double scale = MIN ((width - 2 * PICTURE_MARGIN) / w, (height - 2 * PICTURE_MARGIN) / h);

  cairo_save (cr);
  cairo_translate (cr, (width - w * scale) / 2, (height - h * scale) / 2);
  cairo_scale (cr, scale, scale);
  cairo_set_source_surface (cr, part->picture, 0, 0);
  cairo_paint (cr);
  cairo_restore (cr);
}

static void
draw_content (Part *part, guint page, cairo_t *cr, double width, double height)
{
  if (part->pdf != NULL)
    rubis_pdf_draw_page (part->pdf, page, cr);
  else
    draw_picture (part, cr, width, height);
}

static void
get_size (Part *part, guint page, double *width, double *height)
{
  *width = RUBIS_PAGE_WIDTH;
  *height = RUBIS_PAGE_HEIGHT;
  if (part->pdf != NULL)
    rubis_pdf_get_page_size (part->pdf, page, width, height);
  else if (cairo_image_surface_get_width (part->picture) > cairo_image_surface_get_height (part->picture))
    {
      *width = RUBIS_PAGE_HEIGHT;
      *height = RUBIS_PAGE_WIDTH;
    }
}

/* The page in grey dots, to see where it is blank; NULL for a picture, whose margins are. */
static cairo_surface_t *
make_probe (Part *part, guint page)
{
  return part->pdf != NULL ? rubis_pdf_render_page (part->pdf, page, PROBE, NULL) : NULL;
}

/* Draws one page with its stamp and number on blank paper. Where neither edge has room the page is
 * drawn a little smaller, so that nothing of it is covered.
 */
static void
draw_page (RubisPdfBinder *self, Part *part, guint page, cairo_t *cr)
{
  g_autofree char *number = g_strdup_printf ("%u/%u", part->first + page, self->n_pages);
  cairo_surface_t *probe;
  Place head = { 0, MARGIN, 0, BOX_HEIGHT };
  Place foot = { 0, 0, 0, BOX_HEIGHT - 3 };
  double width, height, room;
  gboolean fits = TRUE;

  get_size (part, page, &width, &height);
  foot.y = height - MARGIN - foot.height;
  foot.width = rubis_typesetter_measure (self->type, RUBIS_TYPE_SMALL, number) + 2 * BOX_PADDING;
  if (part->stamp != NULL)
    head.width = rubis_typesetter_measure (self->type, RUBIS_TYPE_SMALL_BOLD, part->stamp) + 2 * BOX_PADDING;
  probe = make_probe (part, page);
  head.x = width - MARGIN - head.width;
  foot.x = width - MARGIN - foot.width;
  if (probe != NULL && part->stamp != NULL)
    fits = find_place (probe, width, &head);
  if (probe != NULL && self->number_pages)
    fits = find_place (probe, width, &foot) && fits;
  if (!fits)
    {
      head.x = width - MARGIN - head.width;
      foot.x = width - MARGIN - foot.width;
    }
  g_clear_pointer (&probe, cairo_surface_destroy);
  cairo_save (cr);
  if (!fits)
    {
      room = MARGIN + BOX_HEIGHT + 2;
      cairo_translate (cr, width * room / height, room);
      cairo_scale (cr, (height - 2 * room) / height, (height - 2 * room) / height);
    }
  draw_content (part, page, cr, width, height);
  cairo_restore (cr);
  if (part->stamp != NULL)
    draw_box_text (self, cr, RUBIS_TYPE_SMALL_BOLD, part->stamp, &head, TRUE);
  if (self->number_pages)
    draw_box_text (self, cr, RUBIS_TYPE_SMALL, number, &foot, FALSE);
}

/* Bookmarks are nested by level: each hangs under the last one of the level above. */
static void
add_outline (RubisPdfBinder *self, cairo_surface_t *surface)
{
  int parents[8] = { CAIRO_PDF_OUTLINE_ROOT };

  for (guint i = 0; i < self->parts->len; i++)
    {
      Part *part = g_ptr_array_index (self->parts, i);
      guint level = MIN (part->level, G_N_ELEMENTS (parents) - 2);
      g_autofree char *link = NULL;
      int id;

      if (part->title == NULL || part->first > self->n_pages)
        continue;
      link = g_strdup_printf ("page=%u pos=[0 0]", part->first);
      id = cairo_pdf_surface_add_outline (surface, parents[level], part->title, link,
                                          level == 0 ? CAIRO_PDF_OUTLINE_FLAG_OPEN : 0);
      for (guint deeper = level + 1; deeper < G_N_ELEMENTS (parents); deeper++)
        parents[deeper] = id;
    }
}

static cairo_status_t
write_bytes (void *data, const unsigned char *bytes, unsigned int length)
{
  g_byte_array_append (data, bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

static cairo_status_t
draw_all (RubisPdfBinder *self, cairo_surface_t *surface)
{
  cairo_t *cr = cairo_create (surface);
  cairo_status_t status;

  for (guint i = 0; i < self->parts->len; i++)
    {
      Part *part = g_ptr_array_index (self->parts, i);

      for (guint page = 0; page < part->n_pages; page++)
        {
          double width, height;

          get_size (part, page, &width, &height);
          cairo_pdf_surface_set_size (surface, width, height);
          draw_page (self, part, page, cr);
          cairo_show_page (cr);
        }
    }
  /* When all pages exist: a bookmark names its page. */
  add_outline (self, surface);
  cairo_surface_finish (surface);
  status = cairo_status (cr);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_destroy (cr);
  return status;
}

GBytes *
rubis_pdf_binder_finish (RubisPdfBinder *self, GError **error)
{
  /* Copies of other files are what they are: no claim to ISO 19005. */
  const RubisPdfFacts facts = { .title = self->title,
                                .author = self->author,
                                .subject = self->subject,
                                .language = self->language,
                                .date = self->date };
  g_autoptr (GByteArray) bytes = NULL;
  cairo_surface_t *surface;
  cairo_status_t status;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->n_pages == 0)
    {
      g_set_error (error, RUBIS_PDF_BINDER_ERROR, RUBIS_PDF_BINDER_ERROR_DRAW,
                   _ ("There is no page to bind"));
      return NULL;
    }
  bytes = g_byte_array_sized_new (256 * 1024);
  surface = cairo_pdf_surface_create_for_stream (write_bytes, bytes, RUBIS_PAGE_WIDTH, RUBIS_PAGE_HEIGHT);
  rubis_pdf_prepare (surface, &facts);
  status = draw_all (self, surface);
  cairo_surface_destroy (surface);
  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, RUBIS_PDF_BINDER_ERROR, RUBIS_PDF_BINDER_ERROR_DRAW,
                   _ ("The file cannot be bound: %s"), cairo_status_to_string (status));
      return NULL;
    }
  rubis_pdf_finish (bytes, &facts);
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}
