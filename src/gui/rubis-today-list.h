/* rubis-today-list.h: the tasks and actions of a day gathered in groups, with their ticks, as one flat list. */
#pragma once

#include "rubis-today-entry.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_TODAY_LIST (rubis_today_list_get_type ())
G_DECLARE_FINAL_TYPE (RubisTodayList, rubis_today_list, RUBIS, TODAY_LIST, GObject)

/* Signal "ticks-changed": what is ticked, or what there is to tick, has changed. */
RubisTodayList *rubis_today_list_new (void);
/* (transfer none) (element-type RubisTodayEntry): heads, and the lines of unfolded groups. */
GListModel *rubis_today_list_get_model (RubisTodayList *self);
/* @actions: (element-type RubisActionRow). Ticks and folds are kept for what is still there. */
void rubis_today_list_set_actions (RubisTodayList *self, GPtrArray *actions);
/* @tasks: (element-type RubisTask), in their order; they come before the actions. One that is not there any more counts
 * as done, until @today is another day.
 */
void rubis_today_list_set_tasks (RubisTodayList *self, GPtrArray *tasks, RubisDate today);
/* Only these accounts: (element-type gint64), keys of g_int64_hash(); NULL for all. */
void rubis_today_list_set_accounts (RubisTodayList *self, GHashTable *accounts);

/* A head passes the tick on to its whole group. */
void rubis_today_list_set_ticked (RubisTodayList *self, RubisTodayEntry *entry, gboolean ticked);
void rubis_today_list_set_all_ticked (RubisTodayList *self, gboolean ticked);
void rubis_today_list_set_unfolded (RubisTodayList *self, RubisTodayEntry *entry, gboolean unfolded);

/* In the order of the list: those ticked, or all that can be done. (transfer full) */
GPtrArray *rubis_today_list_dup_ticked (RubisTodayList *self);
GPtrArray *rubis_today_list_dup_to_do (RubisTodayList *self);
guint rubis_today_list_get_n_ticked (RubisTodayList *self);
/* Lines to do, tasks and those to be completed included, and lines done today. */
guint rubis_today_list_get_n_to_do (RubisTodayList *self);
guint rubis_today_list_get_n_done (RubisTodayList *self);
/* Amounts of what is ticked, or of all that is to do, in words. (transfer full) */
char *rubis_today_list_dup_ticked_sums (RubisTodayList *self);
char *rubis_today_list_dup_to_do_sums (RubisTodayList *self);

G_END_DECLS
