/* rubis-habit-chart.h: the average delay of payment by month, as bars around the due date.
 *
 * A bar above the line is late, below it early; each has its days written at its end, an empty month a dot.
 * Read aloud as one sentence with every month.
 */
#pragma once

#include <gtk/gtk.h>

#include "rubis-paying-habit.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_HABIT_CHART (rubis_habit_chart_get_type ())
G_DECLARE_FINAL_TYPE (RubisHabitChart, rubis_habit_chart, RUBIS, HABIT_CHART, GtkWidget)

GtkWidget *rubis_habit_chart_new (void);
void rubis_habit_chart_set_habit (RubisHabitChart *self, const RubisPayingHabit *habit);
/* The month of a bar, "nov. 2026". (transfer full) */
char *rubis_habit_chart_dup_month (const RubisPayingHabit *habit, int index);

G_END_DECLS
