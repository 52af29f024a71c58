/* rubis-today-task.h: what can be done with a task of the day. */
#pragma once

#include <gtk/gtk.h>

#include "rubis-tasks.h"

G_BEGIN_DECLS

typedef enum
{
  RUBIS_TODAY_VERB_CALL,
  RUBIS_TODAY_VERB_PROMISE, /* a new promise */
  RUBIS_TODAY_VERB_OPEN,    /* its dispute or plan */
  RUBIS_TODAY_VERB_SETTLE,  /* seen, not to be called back, insurer told */
} RubisTodayVerb;
#define RUBIS_N_TODAY_VERBS 4

gboolean rubis_today_task_can (RubisTask *task, RubisTodayVerb verb);
/* What Enter does. */
RubisTodayVerb rubis_today_task_get_main_verb (RubisTask *task);
/* "Call (T)"; static. */
const char *rubis_today_task_get_verb_label (RubisTask *task, RubisTodayVerb verb);
/* Does it, on behalf of @widget in the main window; settling is an edit, whose toast offers to undo it. */
void rubis_today_task_do (GtkWidget *widget, RubisSession *session, RubisTask *task, RubisTodayVerb verb);

/* win.call and win.new-promise for a line of any kind. @item_ids: (element-type gint64) */
void rubis_today_call (GtkWidget *widget, gint64 account_id);
void rubis_today_promise (GtkWidget *widget, gint64 account_id, GArray *item_ids);

G_END_DECLS
