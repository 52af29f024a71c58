/* rubis-progress-ring.h: how much of the day is done, as a ring with its figures inside. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RUBIS_TYPE_PROGRESS_RING (rubis_progress_ring_get_type ())
G_DECLARE_FINAL_TYPE (RubisProgressRing, rubis_progress_ring, RUBIS, PROGRESS_RING, GtkWidget)

/* @done of @total. */
void rubis_progress_ring_set (RubisProgressRing *self, guint done, guint total);

G_END_DECLS
