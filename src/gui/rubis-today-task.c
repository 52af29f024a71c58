#include "rubis-today-task.h"

#include <glib/gi18n-lib.h>

#include "rubis-calls.h"
#include "rubis-plans.h"
#include "rubis-promises.h"
#include "rubis-ui.h"

static gboolean
is_of_dispute (RubisTask *task)
{
  return task->kind == RUBIS_TASK_DISPUTE_LATE || task->kind == RUBIS_TASK_DISPUTE_NOBODY
         || task->kind == RUBIS_TASK_CREDIT_LATE;
}

static gboolean
is_of_plan (RubisTask *task)
{
  return task->kind == RUBIS_TASK_PLAN_LATE || task->kind == RUBIS_TASK_PLAN_ACCELERATE
         || task->kind == RUBIS_TASK_TELL_INSURER;
}

gboolean
rubis_today_task_can (RubisTask *task, RubisTodayVerb verb)
{
  g_return_val_if_fail (RUBIS_IS_TASK (task), FALSE);

  switch (verb)
    {
    case RUBIS_TODAY_VERB_CALL:
      return task->held == 0
             && (task->kind == RUBIS_TASK_BROKEN_PROMISE || task->kind == RUBIS_TASK_CALLBACK
                 || task->kind == RUBIS_TASK_PLAN_LATE || task->kind == RUBIS_TASK_PLAN_ACCELERATE);
    case RUBIS_TODAY_VERB_PROMISE:
      return task->held == 0 && task->kind == RUBIS_TASK_BROKEN_PROMISE;
    case RUBIS_TODAY_VERB_OPEN:
      return is_of_dispute (task) || is_of_plan (task);
    case RUBIS_TODAY_VERB_SETTLE:
    default:
      return task->kind == RUBIS_TASK_BROKEN_PROMISE || task->kind == RUBIS_TASK_CALLBACK
             || task->kind == RUBIS_TASK_TELL_INSURER;
    }
}

RubisTodayVerb
rubis_today_task_get_main_verb (RubisTask *task)
{
  if (rubis_today_task_can (task, RUBIS_TODAY_VERB_OPEN))
    return RUBIS_TODAY_VERB_OPEN;
  return rubis_today_task_can (task, RUBIS_TODAY_VERB_CALL) ? RUBIS_TODAY_VERB_CALL : RUBIS_TODAY_VERB_SETTLE;
}

const char *
rubis_today_task_get_verb_label (RubisTask *task, RubisTodayVerb verb)
{
  g_return_val_if_fail (RUBIS_IS_TASK (task), "");

  switch (verb)
    {
    case RUBIS_TODAY_VERB_CALL:
      return _ ("Call (T)");
    case RUBIS_TODAY_VERB_PROMISE:
      return _ ("New promise (P)");
    case RUBIS_TODAY_VERB_OPEN:
      return is_of_dispute (task) ? _ ("Open the dispute (Enter)") : _ ("Open the payment plan (Enter)");
    case RUBIS_TODAY_VERB_SETTLE:
    default:
      if (task->kind == RUBIS_TASK_CALLBACK)
        return _ ("Not to be called back any more (V)");
      return task->kind == RUBIS_TASK_TELL_INSURER ? _ ("The insurer was told (V)") : _ ("Seen (V)");
    }
}

/* --- Settling --- */

typedef struct
{
  GtkWidget *widget; /* (owned) */
  RubisTask *task;   /* (owned) */
} Settling;

static void
settling_free (Settling *settling)
{
  g_object_unref (settling->widget);
  g_object_unref (settling->task);
  g_free (settling);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Settling, settling_free)

static gpointer
settle_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  const RubisTask *task = data;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (task->kind == RUBIS_TASK_CALLBACK)
    return GINT_TO_POINTER (rubis_session_cancel_callback (session, task->object_id, error));
  if (task->kind == RUBIS_TASK_TELL_INSURER)
    return GINT_TO_POINTER (
        rubis_session_note_insurer_told (session, task->object_id, rubis_session_get_today (session), error));
  g_array_append_val (ids, task->object_id);
  return GINT_TO_POINTER (rubis_session_mark_promises_seen (session, ids, error));
}

static void
settled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Settling) settling = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  RubisTask *task = settling->task;

  rubis_session_run_finish (RUBIS_SESSION (source), result, &error);
  if (error != NULL)
    {
      rubis_ui_show_error (settling->widget, _ ("Not noted"), error, FALSE);
      return;
    }
  if (task->kind == RUBIS_TASK_CALLBACK)
    text = g_strdup_printf (_ ("%s is not to be called back any more"), task->account_name);
  else if (task->kind == RUBIS_TASK_TELL_INSURER)
    text = g_strdup_printf (_ ("%s: the insurer was told"), task->account_name);
  else
    text = g_strdup_printf (_ ("Broken promise of %s seen"), task->account_name);
  rubis_ui_toast (settling->widget, text, TRUE);
}

static void
settle (GtkWidget *widget, RubisSession *session, RubisTask *task)
{
  Settling *settling = g_new0 (Settling, 1);

  settling->widget = g_object_ref (widget);
  settling->task = g_object_ref (task);
  rubis_session_run_async (session, NULL, settle_work, g_object_ref (task), g_object_unref, NULL, NULL,
                           settled_cb, settling);
}

/* --- Doing --- */

void
rubis_today_call (GtkWidget *widget, gint64 account_id)
{
  gtk_widget_activate_action (widget, "win.call", "x", account_id);
}

void
rubis_today_promise (GtkWidget *widget, gint64 account_id, GArray *item_ids)
{
  GVariant *ids
      = g_variant_new_fixed_array (G_VARIANT_TYPE_INT64, item_ids->data, item_ids->len, sizeof (gint64));

  gtk_widget_activate_action_variant (widget, "win.new-promise", g_variant_new ("(x@ax)", account_id, ids));
}

void
rubis_today_task_do (GtkWidget *widget, RubisSession *session, RubisTask *task, RubisTodayVerb verb)
{
  g_return_if_fail (GTK_IS_WIDGET (widget) && RUBIS_IS_SESSION (session) && RUBIS_IS_TASK (task));

  if (!rubis_today_task_can (task, verb))
    return;
  if (verb == RUBIS_TODAY_VERB_CALL)
    rubis_today_call (widget, task->account_id);
  else if (verb == RUBIS_TODAY_VERB_PROMISE)
    rubis_today_promise (widget, task->account_id, task->item_ids);
  else if (verb == RUBIS_TODAY_VERB_OPEN)
    gtk_widget_activate_action (widget, is_of_dispute (task) ? "win.show-dispute" : "win.show-plan", "x",
                                task->object_id);
  else
    settle (widget, session, task);
}
