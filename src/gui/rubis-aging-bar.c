#include "rubis-aging-bar.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-format.h"

#define BAR_HEIGHT 12
#define MIN_PART 3

struct _RubisAgingBar {
  GtkWidget parent_instance;

  gint64 buckets[RUBIS_N_AGES];
  RubisCurrency currency;
};

G_DEFINE_FINAL_TYPE (RubisAgingBar, rubis_aging_bar, GTK_TYPE_WIDGET)

static const char *const colors[RUBIS_N_AGES] = { "not_due", "late_30", "late_60", "late_90", "late_over" };

static const char *
get_label (int age)
{
  switch (age)
    {
    case 0:
      return _("Not due");
    case 1:
      return _("1 to 30 days");
    case 2:
      return _("31 to 60 days");
    case 3:
      return _("61 to 90 days");
    default:
      return _("Over 90 days");
    }
}

static gint64
sum_buckets (RubisAgingBar *self)
{
  gint64 total = 0;

  for (int i = 0; i < RUBIS_N_AGES; i++)
    {
      if (!rubis_money_add (total, self->buckets[i], &total))
        return G_MAXINT64;
    }
  return total;
}

/* "Not due: 4 100,00 €", one line for each part. */
static char *
describe (RubisAgingBar *self)
{
  GString *text = g_string_new (NULL);

  for (int i = 0; i < RUBIS_N_AGES; i++)
    {
      g_autofree char *amount = NULL;

      if (self->buckets[i] == 0)
        continue;
      amount = rubis_format_amount (self->buckets[i], self->currency, rubis_format_ui_language ());
      /* Translators: an age and its amount, "Not due: 4 100,00 €" */
      g_string_append_printf (text, _("%s: %s"), get_label (i), amount);
      g_string_append_c (text, '\n');
    }
  if (text->len == 0)
    g_string_append (text, _("Nothing is owed"));
  else
    g_string_truncate (text, text->len - 1);
  return g_string_free (text, FALSE);
}

static void
rubis_aging_bar_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                         int *minimum_baseline, int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_VERTICAL ? BAR_HEIGHT : 60;
  *natural = orientation == GTK_ORIENTATION_VERTICAL ? BAR_HEIGHT : 240;
}

static void
get_color (GtkWidget *widget, const char *name, GdkRGBA *color)
{
  GtkStyleContext *context = gtk_widget_get_style_context (widget);

  if (!gtk_style_context_lookup_color (context, name, color))
    gtk_style_context_get_color (context, color);
}

static void
rubis_aging_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  RubisAgingBar *self = RUBIS_AGING_BAR (widget);
  float width = (float) gtk_widget_get_width (widget);
  float y = (float) (gtk_widget_get_height (widget) - BAR_HEIGHT) / 2.0f;
  gint64 total = sum_buckets (self);
  GskRoundedRect outline;
  float x = 0;

  gsk_rounded_rect_init_from_rect (&outline, &GRAPHENE_RECT_INIT (0, y, width, BAR_HEIGHT), BAR_HEIGHT / 2.0f);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  for (int i = 0; i < RUBIS_N_AGES && total > 0; i++)
    {
      float part = (float) ((double) self->buckets[i] / (double) total) * width;
      GdkRGBA color;

      if (self->buckets[i] == 0)
        continue;
      /* A small but old debt must be seen. */
      part = MAX (part, MIN_PART);
      get_color (widget, colors[i], &color);
      gtk_snapshot_append_color (snapshot, &color, &GRAPHENE_RECT_INIT (x, y, part - 1.0f, BAR_HEIGHT));
      x += part;
    }
  if (total == 0)
    {
      GdkRGBA color;

      get_color (widget, "not_due", &color);
      color.alpha *= 0.4f;
      gtk_snapshot_append_color (snapshot, &color, &GRAPHENE_RECT_INIT (0, y, width, BAR_HEIGHT));
    }
  gtk_snapshot_pop (snapshot);
}

static void
rubis_aging_bar_class_init (RubisAgingBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = rubis_aging_bar_measure;
  widget_class->snapshot = rubis_aging_bar_snapshot;
  gtk_widget_class_set_css_name (widget_class, "agingbar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
rubis_aging_bar_init (RubisAgingBar *self)
{
  self->currency = RUBIS_CURRENCY_EUR;
}

GtkWidget *
rubis_aging_bar_new (void)
{
  return g_object_new (RUBIS_TYPE_AGING_BAR, NULL);
}

void
rubis_aging_bar_set_buckets (RubisAgingBar *self, const gint64 *buckets, RubisCurrency currency)
{
  g_autofree char *text = NULL;

  g_return_if_fail (RUBIS_IS_AGING_BAR (self));
  g_return_if_fail (buckets != NULL);

  for (int i = 0; i < RUBIS_N_AGES; i++)
    self->buckets[i] = MAX (buckets[i], 0);
  self->currency = currency;
  text = describe (self);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
