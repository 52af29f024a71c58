#include "rubis-pdf.h"

#include <math.h>

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>
#include <poppler.h>

/* Pixels: beyond this a picture is a mistake, not a preview. */
#define MAX_SIDE 16000

/* Poppler has its own g_autoptr support in newer versions only. */
typedef PopplerPage Page;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Page, g_object_unref)

struct _RubisPdf
{
  PopplerDocument *document; /* (owned) */
  GBytes *bytes;             /* (owned); Poppler reads from them as long as it lives */
};

static void
set_open_error (const char *name, const GError *cause, GError **error)
{
  if (g_error_matches (cause, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                 _ ("%s is protected by a password: save a copy without it"), name);
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("%s is not a readable PDF file"), name);
}

static RubisPdf *
open_bytes (GBytes *bytes, const char *name, GError **error)
{
  g_autoptr (GError) cause = NULL;
  PopplerDocument *document;
  RubisPdf *self;

  document = poppler_document_new_from_bytes (bytes, NULL, &cause);
  if (document == NULL)
    {
      set_open_error (name, cause, error);
      return NULL;
    }
  self = g_new0 (RubisPdf, 1);
  self->document = document;
  self->bytes = g_bytes_ref (bytes);
  return self;
}

RubisPdf *
rubis_pdf_new (GBytes *bytes, GError **error)
{
  g_return_val_if_fail (bytes != NULL, NULL);

  return open_bytes (bytes, _ ("this document"), error);
}

RubisPdf *
rubis_pdf_new_from_file (const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *name = NULL;
  char *contents;
  gsize length;

  g_return_val_if_fail (path != NULL, NULL);

  if (!g_file_get_contents (path, &contents, &length, error))
    return NULL;
  bytes = g_bytes_new_take (contents, length);
  name = g_filename_display_basename (path);
  return open_bytes (bytes, name, error);
}

void
rubis_pdf_free (RubisPdf *self)
{
  if (self == NULL)
    return;
  g_object_unref (self->document);
  g_bytes_unref (self->bytes);
  g_free (self);
}

guint
rubis_pdf_get_n_pages (RubisPdf *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return (guint)MAX (poppler_document_get_n_pages (self->document), 0);
}

char *
rubis_pdf_dup_title (RubisPdf *self)
{
  char *title;

  g_return_val_if_fail (self != NULL, NULL);

  title = poppler_document_get_title (self->document);
  return title != NULL ? title : g_strdup ("");
}

static PopplerPage *
get_page (RubisPdf *self, guint page)
{
  return page < rubis_pdf_get_n_pages (self) ? poppler_document_get_page (self->document, (int)page) : NULL;
}

gboolean
rubis_pdf_get_page_size (RubisPdf *self, guint page, double *width, double *height)
{
  g_autoptr (Page) found = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  found = get_page (self, page);
  if (found == NULL)
    return FALSE;
  poppler_page_get_size (found, width, height);
  return TRUE;
}

cairo_surface_t *
rubis_pdf_render_page (RubisPdf *self, guint page, double scale, GError **error)
{
  g_autoptr (Page) found = NULL;
  cairo_surface_t *surface;
  double width, height;
  cairo_t *cr;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (scale > 0, NULL);

  found = get_page (self, page);
  if (found == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("There is no page %u"), page + 1);
      return NULL;
    }
  poppler_page_get_size (found, &width, &height);
  width = ceil (width * scale);
  height = ceil (height * scale);
  if (width > MAX_SIDE || height > MAX_SIDE)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, _ ("Page %u is too large to be shown"), page + 1);
      return NULL;
    }
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, MAX ((int)width, 1), MAX ((int)height, 1));
  cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, scale, scale);
  poppler_page_render (found, cr);
  if (cairo_status (cr) != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("Page %u cannot be drawn: %s"), page + 1,
                   cairo_status_to_string (cairo_status (cr)));
      g_clear_pointer (&surface, cairo_surface_destroy);
    }
  cairo_destroy (cr);
  return surface;
}

char *
rubis_pdf_dup_page_text (RubisPdf *self, guint page)
{
  g_autoptr (Page) found = NULL;
  char *text = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  found = get_page (self, page);
  if (found != NULL)
    text = poppler_page_get_text (found);
  return text != NULL ? text : g_strdup ("");
}

GArray *
rubis_pdf_find (RubisPdf *self, guint page, const char *text)
{
  g_autoptr (Page) found = NULL;
  GArray *boxes;
  GList *rectangles;
  double width, height;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);

  boxes = g_array_new (FALSE, FALSE, sizeof (RubisPdfBox));
  found = get_page (self, page);
  if (found == NULL)
    return boxes;
  poppler_page_get_size (found, &width, &height);
  rectangles = poppler_page_find_text (found, text);
  for (GList *l = rectangles; l != NULL; l = l->next)
    {
      const PopplerRectangle *r = l->data;
      /* Poppler counts from the bottom. */
      RubisPdfBox box = { r->x1, height - r->y2, r->x2 - r->x1, r->y2 - r->y1 };

      g_array_append_val (boxes, box);
      poppler_rectangle_free (l->data);
    }
  g_list_free (rectangles);
  return boxes;
}

gboolean
rubis_pdf_draw_page (RubisPdf *self, guint page, cairo_t *cr)
{
  g_autoptr (Page) found = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  found = get_page (self, page);
  if (found == NULL)
    return FALSE;
  cairo_save (cr);
  poppler_page_render_for_printing (found, cr);
  cairo_restore (cr);
  return TRUE;
}

guint
rubis_pdf_draw_pages (RubisPdf *self, cairo_t *cr)
{
  cairo_surface_t *surface = cairo_get_target (cr);
  guint n_pages;

  g_return_val_if_fail (self != NULL, 0);

  n_pages = rubis_pdf_get_n_pages (self);
  for (guint i = 0; i < n_pages; i++)
    {
      double width, height;

      if (!rubis_pdf_get_page_size (self, i, &width, &height))
        return i;
      if (cairo_surface_get_type (surface) == CAIRO_SURFACE_TYPE_PDF)
        cairo_pdf_surface_set_size (surface, width, height);
      if (!rubis_pdf_draw_page (self, i, cr))
        return i;
      cairo_show_page (cr);
    }
  return n_pages;
}
