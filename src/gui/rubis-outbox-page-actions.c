/* The section "Outbox": what is done with messages. */
#include <glib/gi18n-lib.h>

#include "rubis-moment.h"
#include "rubis-open-document.h"
#include "rubis-outbox-page-private.h"
#include "rubis-ui.h"

#define BIT(state) (1u << RUBIS_OUTBOX_##state)
#define CAN_APPROVE BIT (DRAFT)
#define CAN_RECALL (BIT (DRAFT) | BIT (APPROVED) | BIT (QUEUED))
#define CAN_HURRY (BIT (APPROVED) | BIT (QUEUED))
#define CAN_RETRY (BIT (REFUSED) | BIT (BOUNCED_SOFT) | BIT (BOUNCED_HARD))
#define CAN_SETTLE BIT (UNKNOWN)

typedef enum
{
  WORK_APPROVE,
  WORK_RECALL,
  WORK_RECALL_ALL,
  WORK_HURRY,
  WORK_RETRY,
  WORK_LEFT,
  WORK_NOT_LEFT,
  WORK_HOLD,
  WORK_RELEASE,
} Work;

typedef struct
{
  RubisOutboxPage *page; /* (owned) */
  Work work;
  GArray *ids; /* (owned) (nullable) (element-type gint64) */
  gint64 now;
  int n; /* done */
} Job;

static void
job_free (Job *job)
{
  g_object_unref (job->page);
  g_clear_pointer (&job->ids, g_array_unref);
  g_free (job);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, job_free)

static gpointer
do_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  Job *job = data;

  switch (job->work)
    {
    case WORK_APPROVE:
      job->n = rubis_session_approve_outbox (session, job->ids, job->now, error);
      break;
    case WORK_RECALL:
      job->n = rubis_session_recall_outbox (session, job->ids, NULL, error);
      break;
    case WORK_RECALL_ALL:
      job->n = rubis_session_recall_all (session, job->now, error);
      break;
    case WORK_HURRY:
      job->n = rubis_session_hurry_outbox (session, job->ids, job->now, error);
      break;
    case WORK_RETRY:
      job->n = rubis_session_retry_outbox (session, job->ids, job->now, error);
      break;
    case WORK_LEFT:
    case WORK_NOT_LEFT:
      job->n = rubis_session_settle_outbox (session, job->ids, job->work == WORK_LEFT, job->now, error);
      break;
    case WORK_HOLD:
    case WORK_RELEASE:
    default:
      job->n = rubis_session_set_outbox_hold (session, job->work == WORK_HOLD, error) ? 1 : -1;
      break;
    }
  return job->n >= 0 ? GINT_TO_POINTER (1) : NULL;
}

/* What was done, in words; NULL when it is seen without them. (transfer full) */
static char *
describe (const Job *job)
{
  guint n = (guint)MAX (job->n, 0);

  switch (job->work)
    {
    case WORK_APPROVE:
      return g_strdup_printf (ngettext ("%u message approved", "%u messages approved", n), n);
    case WORK_RECALL:
    case WORK_RECALL_ALL:
      return g_strdup_printf (ngettext ("%u message recalled", "%u messages recalled", n), n);
    case WORK_HURRY:
      return g_strdup_printf (ngettext ("%u message leaves now", "%u messages leave now", n), n);
    case WORK_RETRY:
      return g_strdup_printf (
          ngettext ("%u message waits for its turn again", "%u messages wait for their turn again", n), n);
    case WORK_LEFT:
      return g_strdup_printf (ngettext ("%u message kept as sent", "%u messages kept as sent", n), n);
    case WORK_NOT_LEFT:
      return g_strdup_printf (ngettext ("%u message leaves once more", "%u messages leave once more", n), n);
    case WORK_HOLD:
    case WORK_RELEASE:
    default:
      return NULL;
    }
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Job) job = user_data;
  g_autoptr (RubisOutboxPage) self = g_object_ref (job->page);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  rubis_session_run_finish (RUBIS_SESSION (source), result, &error);
  if (self->session == NULL)
    return;
  if (error != NULL)
    rubis_ui_show_error (GTK_WIDGET (self), _ ("The messages were not changed"), error, FALSE);
  text = error == NULL ? describe (job) : NULL;
  if (text != NULL)
    rubis_ui_toast (GTK_WIDGET (self), text, FALSE);
  rubis_outbox_page_refresh (self);
}

/* @ids: (transfer full) (nullable) */
static void
run (RubisOutboxPage *self, Work work, GArray *ids)
{
  Job *job = g_new0 (Job, 1);

  job->page = g_object_ref (self);
  job->work = work;
  job->ids = ids;
  job->now = rubis_moment_now ();
  rubis_session_run_async (self->session, NULL, do_work, job, NULL, NULL, NULL, done_cb, job);
}

static void
run_on_selected (GtkWidget *widget, Work work, guint states)
{
  RubisOutboxPage *self = RUBIS_OUTBOX_PAGE (widget);
  g_autoptr (GArray) ids = rubis_outbox_page_dup_targets (self, states);

  if (self->session != NULL && ids->len > 0)
    run (self, work, g_steal_pointer (&ids));
}

static void
approve_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  run_on_selected (widget, WORK_APPROVE, CAN_APPROVE);
}

static void
recall_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  run_on_selected (widget, WORK_RECALL, CAN_RECALL);
}

static void
recall_all_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisOutboxPage *self = RUBIS_OUTBOX_PAGE (widget);

  if (self->session != NULL)
    run (self, WORK_RECALL_ALL, NULL);
}

static void
hurry_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  run_on_selected (widget, WORK_HURRY, CAN_HURRY);
}

static void
retry_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  run_on_selected (widget, WORK_RETRY, CAN_RETRY);
}

static void
it_left_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  run_on_selected (widget, WORK_LEFT, CAN_SETTLE);
}

static void
it_did_not_leave_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  run_on_selected (widget, WORK_NOT_LEFT, CAN_SETTLE);
}

void
rubis_outbox_page_set_hold (RubisOutboxPage *self, gboolean hold)
{
  run (self, hold ? WORK_HOLD : WORK_RELEASE, NULL);
}

/* --- reading a message --- */

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisOutboxPage *self = RUBIS_OUTBOX_PAGE (widget);
  RubisOutboxRow *row = rubis_outbox_page_get_current (self);
  g_autofree char *title = NULL;

  if (row == NULL || row->document_id == 0)
    return;
  title = g_strdup_printf ("%s · %s", row->account_name, row->subject);
  rubis_open_document (widget, self->session, row->document_id, title, _ ("The message cannot be shown"));
}

static void
open_file_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisOutboxRow *row = rubis_outbox_page_get_current (RUBIS_OUTBOX_PAGE (widget));

  if (row != NULL && row->document_id != 0)
    gtk_widget_activate_action (widget, "win.open-original", "x", row->document_id);
}

static void
find_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rubis_outbox_page_find (RUBIS_OUTBOX_PAGE (widget));
}

/* --- which are possible --- */

static guint
list_selected_states (RubisOutboxPage *self)
{
  GListModel *model = G_LIST_MODEL (self->store);
  guint states = 0;

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (RubisOutboxRow) row = NULL;

      if (!gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->selection), i))
        continue;
      row = g_list_model_get_item (model, i);
      states |= 1u << row->state;
    }
  return states;
}

void
rubis_outbox_page_update_actions (RubisOutboxPage *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  guint states = list_selected_states (self);
  RubisOutboxRow *row = rubis_outbox_page_get_current (self);
  gboolean readable = row != NULL && row->document_id != 0;

  gtk_widget_action_set_enabled (widget, "outbox.approve", (states & CAN_APPROVE) != 0);
  gtk_widget_action_set_enabled (widget, "outbox.recall", (states & CAN_RECALL) != 0);
  gtk_widget_action_set_enabled (widget, "outbox.hurry", (states & CAN_HURRY) != 0 && !self->held);
  gtk_widget_action_set_enabled (widget, "outbox.retry", (states & CAN_RETRY) != 0);
  gtk_widget_action_set_enabled (widget, "outbox.it-left", (states & CAN_SETTLE) != 0);
  gtk_widget_action_set_enabled (widget, "outbox.it-did-not-leave", (states & CAN_SETTLE) != 0);
  gtk_widget_action_set_enabled (widget, "outbox.open", readable);
  gtk_widget_action_set_enabled (widget, "outbox.open-file", readable);
}

/* Keys of the list, not of the search beside it. */
static void
add_key (RubisOutboxPage *self, guint keyval, GdkModifierType modifiers, const char *action)
{
  GtkEventController *controller = g_object_get_data (G_OBJECT (self->view), "rubis-keys");

  if (controller == NULL)
    {
      controller = gtk_shortcut_controller_new ();
      gtk_widget_add_controller (GTK_WIDGET (self->view), controller);
      g_object_set_data (G_OBJECT (self->view), "rubis-keys", controller);
    }
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_keyval_trigger_new (keyval, modifiers), gtk_named_action_new (action)));
}

void
rubis_outbox_page_add_keys (RubisOutboxPage *self)
{
  add_key (self, GDK_KEY_a, 0, "outbox.approve");
  add_key (self, GDK_KEY_r, 0, "outbox.recall");
  add_key (self, GDK_KEY_Delete, 0, "outbox.recall");
  add_key (self, GDK_KEY_s, 0, "outbox.hurry");
  add_key (self, GDK_KEY_t, 0, "outbox.retry");
  add_key (self, GDK_KEY_l, 0, "outbox.it-left");
  add_key (self, GDK_KEY_n, 0, "outbox.it-did-not-leave");
  add_key (self, GDK_KEY_Return, GDK_CONTROL_MASK, "outbox.open-file");
  add_key (self, GDK_KEY_Escape, 0, "outbox.recall-all");
}

void
rubis_outbox_page_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "outbox.approve", NULL, approve_action);
  gtk_widget_class_install_action (widget_class, "outbox.recall", NULL, recall_action);
  gtk_widget_class_install_action (widget_class, "outbox.recall-all", NULL, recall_all_action);
  gtk_widget_class_install_action (widget_class, "outbox.hurry", NULL, hurry_action);
  gtk_widget_class_install_action (widget_class, "outbox.retry", NULL, retry_action);
  gtk_widget_class_install_action (widget_class, "outbox.it-left", NULL, it_left_action);
  gtk_widget_class_install_action (widget_class, "outbox.it-did-not-leave", NULL, it_did_not_leave_action);
  gtk_widget_class_install_action (widget_class, "outbox.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "outbox.open-file", NULL, open_file_action);
  gtk_widget_class_install_action (widget_class, "outbox.find", NULL, find_action);
}
