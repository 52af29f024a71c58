#include "rubis-mark-strip.h"

#include <glib/gi18n-lib.h>

#define ICON_SIZE 16
#define ICON_GAP 2

struct _RubisMarkStrip {
  GtkWidget parent_instance;

  guint marks;
  RubisMarkDetailFunc dispute_func; /* (nullable) */
  gpointer dispute_data;
};

G_DEFINE_FINAL_TYPE (RubisMarkStrip, rubis_mark_strip, GTK_TYPE_WIDGET)

static const struct {
  RubisMark mark;
  const char *icon_name;
  const char *label;
} marks_table[] = {
  { RUBIS_MARK_LEADING, "starred-symbolic", N_("Oldest overdue item: letters are led by it") },
  { RUBIS_MARK_STOP, "rubis-stop-symbolic", N_("Stopped: not dunned") },
  { RUBIS_MARK_DISPUTE, "rubis-dispute-symbolic", N_("Disputed") },
  { RUBIS_MARK_PROMISE, "rubis-promise-symbolic", N_("Payment promised") },
  { RUBIS_MARK_PROMISE_PASSED, "rubis-promise-passed-symbolic", N_("The promised day has passed") },
  { RUBIS_MARK_LEGAL, "rubis-legal-symbolic", N_("Insolvency proceedings or litigation") },
};

static void
rubis_mark_strip_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                          int *minimum_baseline, int *natural_baseline)
{
  int n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (marks_table); i++)
    n += (RUBIS_MARK_STRIP (widget)->marks & marks_table[i].mark) != 0;
  *minimum = orientation == GTK_ORIENTATION_VERTICAL ? ICON_SIZE : 0;
  *natural = orientation == GTK_ORIENTATION_VERTICAL ? ICON_SIZE : MAX (n, 1) * (ICON_SIZE + ICON_GAP) - ICON_GAP;
}

static void
draw_icon (GtkWidget *widget, GtkSnapshot *snapshot, const char *icon_name, int x, int y)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (widget));
  g_autoptr(GtkIconPaintable) icon = NULL;
  GdkRGBA color;

  icon = gtk_icon_theme_lookup_icon (theme, icon_name, NULL, ICON_SIZE, gtk_widget_get_scale_factor (widget),
                                     gtk_widget_get_direction (widget), GTK_ICON_LOOKUP_FORCE_SYMBOLIC);
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (icon), snapshot, ICON_SIZE, ICON_SIZE, &color, 1);
  gtk_snapshot_restore (snapshot);
}

static void
rubis_mark_strip_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  RubisMarkStrip *self = RUBIS_MARK_STRIP (widget);
  int y = (gtk_widget_get_height (widget) - ICON_SIZE) / 2;
  int x = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (marks_table); i++)
    {
      if (!(self->marks & marks_table[i].mark))
        continue;
      draw_icon (widget, snapshot, marks_table[i].icon_name, x, y);
      x += ICON_SIZE + ICON_GAP;
    }
}

static gboolean
rubis_mark_strip_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  RubisMarkStrip *self = RUBIS_MARK_STRIP (widget);
  g_autofree char *dispute = NULL;
  g_autofree char *rest = NULL;
  g_autofree char *text = NULL;

  if (self->marks == 0)
    return FALSE;
  if (self->marks & RUBIS_MARK_DISPUTE && self->dispute_func != NULL)
    dispute = self->dispute_func (widget, self->dispute_data);
  rest = rubis_mark_strip_describe (dispute != NULL ? self->marks & ~(guint) RUBIS_MARK_DISPUTE : self->marks);
  text = dispute != NULL && *rest != '\0' ? g_strdup_printf ("%s\n%s", rest, dispute)
                                          : g_strdup (dispute != NULL ? dispute : rest);
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

static void
rubis_mark_strip_class_init (RubisMarkStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = rubis_mark_strip_measure;
  widget_class->snapshot = rubis_mark_strip_snapshot;
  widget_class->query_tooltip = rubis_mark_strip_query_tooltip;
  gtk_widget_class_set_css_name (widget_class, "marks");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
rubis_mark_strip_init (RubisMarkStrip *self)
{
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
}

GtkWidget *
rubis_mark_strip_new (void)
{
  return g_object_new (RUBIS_TYPE_MARK_STRIP, NULL);
}

void
rubis_mark_strip_set_dispute_func (RubisMarkStrip *self, RubisMarkDetailFunc func, gpointer user_data)
{
  g_return_if_fail (RUBIS_IS_MARK_STRIP (self));

  self->dispute_func = func;
  self->dispute_data = user_data;
}

void
rubis_mark_strip_set_marks (RubisMarkStrip *self, guint marks)
{
  g_autofree char *text = NULL;

  g_return_if_fail (RUBIS_IS_MARK_STRIP (self));

  if (self->marks == marks)
    return;
  self->marks = marks;
  text = rubis_mark_strip_describe (marks);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

char *
rubis_mark_strip_describe (guint marks)
{
  g_autoptr(GPtrArray) words = g_ptr_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (marks_table); i++)
    {
      if (marks & marks_table[i].mark)
        g_ptr_array_add (words, (char *) _(marks_table[i].label));
    }
  g_ptr_array_add (words, NULL);
  return g_strjoinv (", ", (char **) words->pdata);
}
