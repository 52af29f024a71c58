/* rubis-paying-habit-private.h: habits of groups and of the whole dossier. */
#pragma once

#include "rubis-paying-habit.h"
#include "rubis-session-private.h"

G_BEGIN_DECLS

/* One of both ids is 0, or both for the whole dossier. */
gboolean rubis_paying_habit_read (RubisDatabase *db, gint64 group_id, gint64 account_id, RubisDate today,
                                  RubisPayingHabit *habit, GError **error);

G_END_DECLS
