#include "rubis-progress-ring.h"

#include <glib/gi18n-lib.h>

#define SIZE 48
#define THICKNESS 5.0

struct _RubisProgressRing {
  GtkWidget parent_instance;

  guint done;
  guint total;
};

G_DEFINE_FINAL_TYPE (RubisProgressRing, rubis_progress_ring, GTK_TYPE_WIDGET)

static void
rubis_progress_ring_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                             int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = SIZE;
}

static void
draw_text (RubisProgressRing *self, cairo_t *cr, double width, double height)
{
  g_autofree char *text = g_strdup_printf ("%u", self->total - self->done);
  g_autoptr(PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  int text_width;
  int text_height;

  pango_layout_get_pixel_size (layout, &text_width, &text_height);
  cairo_move_to (cr, (width - text_width) / 2, (height - text_height) / 2);
  pango_cairo_show_layout (cr, layout);
}

static void
rubis_progress_ring_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  RubisProgressRing *self = RUBIS_PROGRESS_RING (widget);
  float width = (float) gtk_widget_get_width (widget);
  float height = (float) gtk_widget_get_height (widget);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, width, height);
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  double radius = ((double) MIN (width, height) - THICKNESS) / 2;
  GdkRGBA colour;
  GdkRGBA accent;

  gtk_style_context_get_color (style, &colour);
  if (!gtk_style_context_lookup_color (style, "accent_color", &accent))
    accent = colour;
  gdk_cairo_set_source_rgba (cr, &colour);
  draw_text (self, cr, width, height);
  colour.alpha *= 0.15f;
  gdk_cairo_set_source_rgba (cr, &colour);
  cairo_set_line_width (cr, THICKNESS);
  cairo_new_path (cr);
  cairo_arc (cr, width / 2, height / 2, radius, 0, 2 * G_PI);
  cairo_stroke (cr);
  if (self->total > 0 && self->done > 0)
    {
      gdk_cairo_set_source_rgba (cr, &accent);
      cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
      cairo_new_path (cr);
      cairo_arc (cr, width / 2, height / 2, radius, -G_PI / 2,
                 -G_PI / 2 + 2 * G_PI * self->done / (double) self->total);
      cairo_stroke (cr);
    }
  cairo_destroy (cr);
}

static void
rubis_progress_ring_class_init (RubisProgressRingClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = rubis_progress_ring_measure;
  widget_class->snapshot = rubis_progress_ring_snapshot;
  gtk_widget_class_set_css_name (widget_class, "progressring");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_METER);
}

static void
rubis_progress_ring_init (RubisProgressRing *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "numeric");
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  rubis_progress_ring_set (self, 0, 0);
}

void
rubis_progress_ring_set (RubisProgressRing *self, guint done, guint total)
{
  g_autofree char *text = NULL;

  g_return_if_fail (RUBIS_IS_PROGRESS_RING (self));
  g_return_if_fail (done <= total);

  self->done = done;
  self->total = total;
  text = g_strdup_printf (_("%u of %u done today"), done, total);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, (double) done,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, (double) total, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
