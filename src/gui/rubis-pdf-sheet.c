#include "rubis-pdf-sheet.h"

#include <math.h>

struct _RubisPdfSheet {
  GtkWidget parent_instance;

  GdkTexture *texture; /* (owned) (nullable) */
  double scale;        /* asked for, 0: none */
};

G_DEFINE_FINAL_TYPE (RubisPdfSheet, rubis_pdf_sheet, GTK_TYPE_WIDGET)

static void
rubis_pdf_sheet_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  RubisPdfSheet *self = RUBIS_PDF_SHEET (widget);
  float width = (float) gtk_widget_get_width (widget);
  float height = (float) gtk_widget_get_height (widget);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, width, height);
  GdkRGBA white = { 1, 1, 1, 1 };

  /* Paper is white in the dark too: it is what will be printed. */
  gtk_snapshot_append_color (snapshot, &white, &bounds);
  if (self->texture != NULL)
    gtk_snapshot_append_texture (snapshot, self->texture, &bounds);
}

static void
rubis_pdf_sheet_dispose (GObject *object)
{
  RubisPdfSheet *self = RUBIS_PDF_SHEET (object);

  g_clear_object (&self->texture);
  G_OBJECT_CLASS (rubis_pdf_sheet_parent_class)->dispose (object);
}

static void
rubis_pdf_sheet_class_init (RubisPdfSheetClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_pdf_sheet_dispose;
  widget_class->snapshot = rubis_pdf_sheet_snapshot;
  gtk_widget_class_set_css_name (widget_class, "sheet");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
rubis_pdf_sheet_init (RubisPdfSheet *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "card");
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

GtkWidget *
rubis_pdf_sheet_new (void)
{
  return g_object_new (RUBIS_TYPE_PDF_SHEET, NULL);
}

gboolean
rubis_pdf_sheet_request (RubisPdfSheet *self, double scale)
{
  g_return_val_if_fail (RUBIS_IS_PDF_SHEET (self), FALSE);

  if (fabs (self->scale - scale) < 0.001)
    return FALSE;
  self->scale = scale;
  return TRUE;
}

void
rubis_pdf_sheet_set_texture (RubisPdfSheet *self, GdkTexture *texture)
{
  g_return_if_fail (RUBIS_IS_PDF_SHEET (self));

  /* Forgotten meanwhile: the page is far away. */
  if (self->scale > 0 && g_set_object (&self->texture, texture))
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
rubis_pdf_sheet_mark_old (RubisPdfSheet *self)
{
  g_return_if_fail (RUBIS_IS_PDF_SHEET (self));

  self->scale = 0;
}

void
rubis_pdf_sheet_forget (RubisPdfSheet *self)
{
  g_return_if_fail (RUBIS_IS_PDF_SHEET (self));

  self->scale = 0;
  if (g_set_object (&self->texture, NULL))
    gtk_widget_queue_draw (GTK_WIDGET (self));
}
