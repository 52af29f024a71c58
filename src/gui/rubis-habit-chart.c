#include "rubis-habit-chart.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "rubis-ui.h"

#define CHART_HEIGHT 108
#define LABEL_HEIGHT 16
#define BAR_GAP 4.0f

struct _RubisHabitChart
{
  GtkWidget parent_instance;

  RubisPayingHabit habit;
};

G_DEFINE_FINAL_TYPE (RubisHabitChart, rubis_habit_chart, GTK_TYPE_WIDGET)

/* The month @index of the habit in words of strftime. (transfer full) */
static char *
format_month (const RubisPayingHabit *habit, int index, const char *format)
{
  RubisDate date = rubis_date_add_months (habit->first_month, index);
  g_autoptr (GDateTime) moment = NULL;
  int year, month, day;

  rubis_date_to_ymd (date, &year, &month, &day);
  moment = g_date_time_new_utc (year, month, 1, 0, 0, 0);
  return g_date_time_format (moment, format);
}

char *
rubis_habit_chart_dup_month (const RubisPayingHabit *habit, int index)
{
  g_return_val_if_fail (habit != NULL && index >= 0 && index < RUBIS_HABIT_MONTHS, NULL);

  return format_month (habit, index, "%b %Y");
}

static void
rubis_habit_chart_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                           int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_VERTICAL ? CHART_HEIGHT : 240;
  *natural = orientation == GTK_ORIENTATION_VERTICAL ? CHART_HEIGHT : 320;
}

static void
draw_text (RubisHabitChart *self, GtkSnapshot *snapshot, const char *text, float center, float y,
           const GdkRGBA *color)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (roundf (center - (float)width / 2.0f), y));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
}

static void
look_up (GtkWidget *widget, const char *name, GdkRGBA *color)
{
  GtkStyleContext *context = gtk_widget_get_style_context (widget);

  if (!gtk_style_context_lookup_color (context, name, color))
    gtk_style_context_get_color (context, color);
}

/* "late_30" for the class "late-30". */
static void
get_bar_color (GtkWidget *widget, double delay, GdkRGBA *color)
{
  g_autofree char *name
      = g_strdup (delay > 0.5 ? rubis_ui_late_class ((int)lround (delay)) : "success_color");

  look_up (widget, g_strdelimit (name, "-", '_'), color);
}

/* The extent of the bars above and below the due date, at least a month's worth of days in all. */
static void
find_range (RubisHabitChart *self, double *above, double *below)
{
  *above = 10;
  *below = 0;
  for (int i = 0; i < RUBIS_HABIT_MONTHS; i++)
    {
      if (self->habit.n_months[i] == 0)
        continue;
      *above = MAX (*above, self->habit.months[i]);
      *below = MAX (*below, -self->habit.months[i]);
    }
}

static void
draw_month (RubisHabitChart *self, GtkSnapshot *snapshot, int index, float width, float line, float scale,
            const GdkRGBA *text_color)
{
  GtkWidget *widget = GTK_WIDGET (self);
  float x = (float)index * width;
  float center = x + width / 2.0f;
  double delay = self->habit.months[index];
  g_autofree char *month = format_month (&self->habit, index, "%b");
  g_autofree char *letter = g_utf8_substring (month, 0, 1);
  g_autofree char *upper = g_utf8_strup (letter, -1);
  g_autofree char *days = NULL;
  float length;
  GdkRGBA color;

  draw_text (self, snapshot, upper, center, (float)gtk_widget_get_height (widget) - LABEL_HEIGHT, text_color);
  if (self->habit.n_months[index] == 0)
    {
      draw_text (self, snapshot, "·", center, line - LABEL_HEIGHT, text_color);
      return;
    }
  length = MAX ((float)fabs (delay) * scale, 2.0f);
  get_bar_color (widget, delay, &color);
  gtk_snapshot_append_color (
      snapshot, &color,
      &GRAPHENE_RECT_INIT (x + BAR_GAP / 2.0f, delay > 0 ? line - length : line, width - BAR_GAP, length));
  days = g_strdup_printf ("%s%ld", lround (delay) < 0 ? "−" : "", labs (lround (delay)));
  draw_text (self, snapshot, days, center, delay > 0 ? line - length - LABEL_HEIGHT : line - LABEL_HEIGHT,
             text_color);
}

static void
rubis_habit_chart_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  RubisHabitChart *self = RUBIS_HABIT_CHART (widget);
  float month = (float)gtk_widget_get_width (widget) / RUBIS_HABIT_MONTHS;
  float room = (float)gtk_widget_get_height (widget) - 2.0f * LABEL_HEIGHT;
  double above, below;
  float scale, line;
  GdkRGBA color, axis;

  find_range (self, &above, &below);
  scale = room / (float)(above + below);
  line = roundf (LABEL_HEIGHT + (float)above * scale);
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  axis = color;
  axis.alpha *= 0.35f;
  gtk_snapshot_append_color (snapshot, &axis,
                             &GRAPHENE_RECT_INIT (0, line, (float)gtk_widget_get_width (widget), 1));
  for (int i = 0; i < RUBIS_HABIT_MONTHS; i++)
    draw_month (self, snapshot, i, month, line, scale, &color);
}

/* "nov. 2026: 12 days after the due date (3)", one line for each month with payments. (transfer full) */
static char *
describe (RubisHabitChart *self)
{
  GString *text = g_string_new (NULL);

  for (int i = 0; i < RUBIS_HABIT_MONTHS; i++)
    {
      g_autofree char *month = NULL;
      g_autofree char *delay = NULL;

      if (self->habit.n_months[i] == 0)
        continue;
      month = rubis_habit_chart_dup_month (&self->habit, i);
      delay = rubis_paying_habit_describe_delay (self->habit.months[i]);
      g_string_append_printf (text, "%s", text->len > 0 ? "\n" : "");
      g_string_append_printf (text, _ ("%s: %s"), month, delay);
      g_string_append_printf (text, " (%d)", self->habit.n_months[i]);
    }
  if (text->len == 0)
    g_string_append (text, _ ("No invoice was paid in these months"));
  return g_string_free (text, FALSE);
}

static void
rubis_habit_chart_class_init (RubisHabitChartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = rubis_habit_chart_measure;
  widget_class->snapshot = rubis_habit_chart_snapshot;
  gtk_widget_class_set_css_name (widget_class, "habitchart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
rubis_habit_chart_init (RubisHabitChart *self)
{
}

GtkWidget *
rubis_habit_chart_new (void)
{
  return g_object_new (RUBIS_TYPE_HABIT_CHART, NULL);
}

void
rubis_habit_chart_set_habit (RubisHabitChart *self, const RubisPayingHabit *habit)
{
  g_autofree char *text = NULL;

  g_return_if_fail (RUBIS_IS_HABIT_CHART (self) && habit != NULL);

  self->habit = *habit;
  text = describe (self);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
