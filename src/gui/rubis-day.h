/* rubis-day.h: what the background finds out about the day, for the place "Today". */
#pragma once

#include <gio/gio.h>

#include "rubis-account-tree.h"
#include "rubis-agenda-list.h"
#include "rubis-tasks.h"

G_BEGIN_DECLS

typedef struct {
  GPtrArray *actions;      /* (owned) (element-type RubisActionRow) */
  GPtrArray *tasks;        /* (owned) (element-type RubisTask) */
  gboolean no_data;        /* nothing was imported yet */
  RubisDate data_date;     /* of the last import */
  RubisDate next_open;     /* when documents leave again; NONE: they do today */
  char *registered;        /* what registered letters ask for, in words; "" for nothing */
  guint n_at_printer;      /* letters of which nobody said how they came out of the printer */
} RubisDay;

/* A RubisWorkFunc: (transfer full) a RubisDay. */
gpointer rubis_day_compute (RubisSession *session, RubisProgress *progress, gpointer data, GError **error);
void rubis_day_free (RubisDay *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisDay, rubis_day_free)

/* TRUE when actions are held back because the data are too old. */
gboolean rubis_day_is_stale (RubisDay *self);
/* What keeps the whole day back, in words; "" when nothing does. (transfer full) */
char *rubis_day_describe_obstacle (RubisDay *self);

/* Adds the accounts of a group below @nodes (element-type RubisAccountNode) to @accounts, a set of
 * gint64; FALSE when the group is not there.
 */
gboolean rubis_day_collect_group (GListModel *nodes, gint64 group_id, GHashTable *accounts);

G_END_DECLS
