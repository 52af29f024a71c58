#include "rubis-share-bar.h"

#define BAR_HEIGHT 12
/* What is not nothing is seen. */
#define MIN_LENGTH 3

struct _RubisShareBar
{
  GtkWidget parent_instance;

  double share;
  double part;
};

G_DEFINE_FINAL_TYPE (RubisShareBar, rubis_share_bar, GTK_TYPE_WIDGET)

static void
rubis_share_bar_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                         int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_VERTICAL ? BAR_HEIGHT : 40;
  *natural = orientation == GTK_ORIENTATION_VERTICAL ? BAR_HEIGHT : 160;
}

static void
rubis_share_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  RubisShareBar *self = RUBIS_SHARE_BAR (widget);
  float width = (float)gtk_widget_get_width (widget);
  float y = (float)(gtk_widget_get_height (widget) - BAR_HEIGHT) / 2.0f;
  float length = (float)self->share * width;
  GdkRGBA color;
  GskRoundedRect outline;

  if (self->share <= 0)
    return;
  length = CLAMP (length, MIN_LENGTH, width);
  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), "accent_bg_color", &color))
    gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  gsk_rounded_rect_init_from_rect (&outline, &GRAPHENE_RECT_INIT (0, y, length, BAR_HEIGHT), 3);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &color,
                             &GRAPHENE_RECT_INIT (0, y, length * (float)self->part, BAR_HEIGHT));
  color.alpha *= 0.45f;
  gtk_snapshot_append_color (
      snapshot, &color,
      &GRAPHENE_RECT_INIT (length * (float)self->part, y, length * (float)(1 - self->part), BAR_HEIGHT));
  gtk_snapshot_pop (snapshot);
}

static void
rubis_share_bar_class_init (RubisShareBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = rubis_share_bar_measure;
  widget_class->snapshot = rubis_share_bar_snapshot;
  gtk_widget_class_set_css_name (widget_class, "sharebar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
rubis_share_bar_init (RubisShareBar *self)
{
}

GtkWidget *
rubis_share_bar_new (void)
{
  return g_object_new (RUBIS_TYPE_SHARE_BAR, NULL);
}

void
rubis_share_bar_set (RubisShareBar *self, double share, double part, const char *text)
{
  g_return_if_fail (RUBIS_IS_SHARE_BAR (self));
  g_return_if_fail (text != NULL);

  self->share = CLAMP (share, 0, 1);
  self->part = CLAMP (part, 0, 1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
