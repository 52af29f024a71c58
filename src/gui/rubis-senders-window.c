#include "rubis-senders-window.h"

#include <glib/gi18n-lib.h>

#include "rubis-email-settings.h"
#include "rubis-outbox.h"
#include "rubis-plain.h"
#include "rubis-sender-assistant.h"
#include "rubis-sender-form.h"
#include "rubis-sender-login.h"
#include "rubis-sender-trial.h"
#include "rubis-ui.h"

struct _RubisSendersWindow
{
  AdwWindow parent_instance;

  GtkListBox *list;
  GtkSwitch *hold_switch;
  GtkSwitch *links_switch;
  AdwWindowTitle *window_title;
  GtkStack *stack;
  GtkBox *content;
  GtkLabel *wait_label;
  GtkWidget *wait_box;
  GtkLabel *problem;
  GtkWidget *save_button;

  RubisSession *session;   /* (owned) */
  GPtrArray *senders;      /* (owned) (nullable) (element-type RubisSender) */
  RubisSenderForm *form;   /* (unowned) */
  RubisSenderLogin *login; /* (unowned) */
  RubisSenderTrial *trial; /* (unowned) */
  gint64 shown_id;
  gboolean edited;
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (RubisSendersWindow, rubis_senders_window, ADW_TYPE_WINDOW)

static const RubisSender *
find_shown (RubisSendersWindow *self)
{
  for (guint i = 0; self->senders != NULL && i < self->senders->len; i++)
    {
      const RubisSender *sender = self->senders->pdata[i];

      if (sender->id == self->shown_id)
        return sender;
    }
  return NULL;
}

static void
show_problem (RubisSendersWindow *self, const char *text)
{
  gtk_label_set_label (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
}

static void
set_edited (RubisSendersWindow *self, gboolean edited)
{
  self->edited = edited;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "senders.save", edited);
}

/* The one that each dossier begins with has no name of the user's. */
static const char *
get_name (const RubisSender *sender)
{
  return g_str_equal (sender->name, "folder") ? rubis_transport_to_label (RUBIS_TRANSPORT_FOLDER)
                                              : sender->name;
}

/* --- the list --- */

static char *
describe (const RubisSender *sender)
{
  if (!sender->active)
    return g_strdup (_ ("not in use"));
  if (*sender->wait_reason != '\0')
    return g_strdup (sender->wait_reason);
  if (*sender->actor != '\0')
    return g_strdup_printf (_ ("%s · for %s"), rubis_transport_to_label (sender->transport), sender->actor);
  return g_strdup (rubis_transport_to_label (sender->transport));
}

static GtkWidget *
make_row (const RubisSender *sender)
{
  GtkWidget *row = adw_action_row_new ();
  gboolean trouble = sender->active && *sender->wait_reason != '\0';
  GtkWidget *icon = gtk_image_new_from_icon_name (trouble           ? "dialog-warning-symbolic"
                                                  : !sender->active ? "action-unavailable-symbolic"
                                                  : sender->transport == RUBIS_TRANSPORT_FOLDER
                                                      ? "folder-documents-symbolic"
                                                      : "mail-send-symbolic");
  g_autofree char *subtitle = describe (sender);

  if (trouble)
    gtk_widget_add_css_class (icon, "warning");
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), get_name (sender));
  rubis_plain_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  gtk_widget_set_tooltip_text (row, subtitle);
  g_object_set_data_full (G_OBJECT (row), "rubis-id", g_memdup2 (&sender->id, sizeof sender->id), g_free);
  return row;
}

static void
show_sender (RubisSendersWindow *self)
{
  const RubisSender *sender = find_shown (self);

  gtk_stack_set_visible_child_name (self->stack, sender != NULL ? "sender" : "empty");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "senders.remove",
                                 sender != NULL && sender->transport != RUBIS_TRANSPORT_FOLDER);
  show_problem (self, NULL);
  set_edited (self, FALSE);
  if (sender == NULL)
    return;
  adw_window_title_set_title (self->window_title, get_name (sender));
  adw_window_title_set_subtitle (self->window_title, rubis_transport_to_label (sender->transport));
  self->updating = TRUE;
  rubis_sender_form_set_sender (self->form, sender);
  self->updating = FALSE;
  rubis_sender_login_set_sender (self->login, self->session, sender);
  gtk_widget_set_visible (GTK_WIDGET (self->login), rubis_sender_login_is_needed (sender));
  rubis_sender_trial_set_sender (self->trial, self->session, sender);
  gtk_widget_set_visible (self->wait_box, sender->active && *sender->wait_reason != '\0');
  gtk_label_set_label (self->wait_label, sender->wait_reason);
}

static void
row_selected_cb (RubisSendersWindow *self, GtkListBoxRow *row)
{
  const gint64 *id = row != NULL ? g_object_get_data (G_OBJECT (row), "rubis-id") : NULL;

  if (self->updating || self->list == NULL)
    return;
  self->shown_id = id != NULL ? *id : 0;
  show_sender (self);
}

static void
fill (RubisSendersWindow *self)
{
  GtkWidget *child;
  gboolean found = find_shown (self) != NULL;

  self->updating = TRUE;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  for (guint i = 0; i < self->senders->len; i++)
    {
      const RubisSender *sender = self->senders->pdata[i];
      GtkWidget *row = make_row (sender);

      if (!found && i == 0)
        self->shown_id = sender->id;
      gtk_list_box_append (self->list, row);
      if (sender->id == self->shown_id)
        gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (row));
    }
  self->updating = FALSE;
  /* What is being typed stays. */
  if (!self->edited || !found)
    show_sender (self);
}

/* --- reading --- */

typedef struct
{
  GPtrArray *senders;
  gboolean held;
  gboolean links;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *self = data;

  g_clear_pointer (&self->senders, g_ptr_array_unref);
  g_free (self);
}

static gpointer
read_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  GPtrArray *senders = rubis_session_list_senders (session, error);
  Reading *reading;

  if (senders == NULL)
    return NULL;
  reading = g_new0 (Reading, 1);
  reading->senders = senders;
  reading->held = rubis_session_get_outbox_hold (session);
  reading->links = rubis_session_get_answer_links (session);
  return reading;
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisSendersWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  Reading *reading = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);

  if (self->session == NULL || reading == NULL)
    {
      if (self->session != NULL)
        show_problem (self, error->message);
      g_clear_pointer (&reading, reading_free);
      return;
    }
  g_clear_pointer (&self->senders, g_ptr_array_unref);
  self->senders = g_steal_pointer (&reading->senders);
  self->updating = TRUE;
  gtk_switch_set_active (self->hold_switch, reading->held);
  gtk_switch_set_active (self->links_switch, reading->links);
  self->updating = FALSE;
  reading_free (reading);
  fill (self);
}

static void
refresh (RubisSendersWindow *self)
{
  if (self->session != NULL)
    rubis_ui_read_async (self->session, read_work, NULL, NULL, reading_free, NULL, read_cb,
                         g_object_ref (self));
}

/* --- keeping --- */

typedef enum
{
  WORK_SAVE,
  WORK_REMOVE,
  WORK_HOLD,
  WORK_LINKS,
} Work;

typedef struct
{
  RubisSendersWindow *window; /* (owned) */
  Work work;
  RubisSender *sender; /* (owned) (nullable) */
  gboolean on;
} Order;

static void
order_free (Order *self)
{
  g_object_unref (self->window);
  g_clear_pointer (&self->sender, rubis_sender_free);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Order, order_free)

static gpointer
do_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  Order *order = data;
  gboolean done;

  switch (order->work)
    {
    case WORK_SAVE:
      done = rubis_session_save_sender (session, order->sender, error);
      break;
    case WORK_REMOVE:
      done = rubis_session_remove_sender (session, order->sender->id, error);
      break;
    case WORK_LINKS:
      done = rubis_session_set_answer_links (session, order->on, error);
      break;
    case WORK_HOLD:
    default:
      done = rubis_session_set_outbox_hold (session, order->on, error);
      break;
    }
  return GINT_TO_POINTER (done);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Order) order = user_data;
  g_autoptr (RubisSendersWindow) self = g_object_ref (order->window);
  g_autoptr (GError) error = NULL;

  rubis_session_run_finish (RUBIS_SESSION (source), result, &error);
  if (self->session == NULL)
    return;
  show_problem (self, error != NULL ? error->message : NULL);
  if (error == NULL && order->sender != NULL)
    {
      set_edited (self, FALSE);
      rubis_ui_toast (GTK_WIDGET (self), order->work == WORK_SAVE ? _ ("Sender kept") : _ ("Sender removed"),
                      TRUE);
    }
  refresh (self);
}

/* @sender: (transfer full) (nullable) */
static void
run (RubisSendersWindow *self, Work work, RubisSender *sender, gboolean on)
{
  Order *order = g_new0 (Order, 1);

  order->window = g_object_ref (self);
  order->work = work;
  order->sender = sender;
  order->on = on;
  rubis_session_run_async (self->session, NULL, do_work, order, NULL, NULL, NULL, done_cb, order);
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisSendersWindow *self = RUBIS_SENDERS_WINDOW (widget);
  RubisSender *sender = rubis_sender_form_dup_sender (self->form);

  if (sender != NULL)
    run (self, WORK_SAVE, sender, FALSE);
  rubis_sender_login_store (self->login);
}

static void
remove_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisSendersWindow *self = RUBIS_SENDERS_WINDOW (widget);
  const RubisSender *sender = find_shown (self);

  if (sender != NULL)
    run (self, WORK_REMOVE, rubis_sender_copy (sender), FALSE);
}

static void
add_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rubis_sender_assistant_present (GTK_WINDOW (widget), RUBIS_SENDERS_WINDOW (widget)->session);
}

static gboolean
hold_set_cb (RubisSendersWindow *self, gboolean state)
{
  if (!self->updating && self->session != NULL)
    run (self, WORK_HOLD, NULL, state);
  return FALSE;
}

static gboolean
links_set_cb (RubisSendersWindow *self, gboolean state)
{
  if (!self->updating && self->session != NULL)
    run (self, WORK_LINKS, NULL, state);
  return FALSE;
}

static void
form_changed_cb (RubisSendersWindow *self)
{
  if (!self->updating)
    set_edited (self, TRUE);
}

static void
rubis_senders_window_dispose (GObject *object)
{
  RubisSendersWindow *self = RUBIS_SENDERS_WINDOW (object);

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  g_clear_pointer (&self->senders, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), RUBIS_TYPE_SENDERS_WINDOW);
  G_OBJECT_CLASS (rubis_senders_window_parent_class)->dispose (object);
}

static void
rubis_senders_window_class_init (RubisSendersWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_senders_window_dispose;
  gtk_widget_class_install_action (widget_class, "senders.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "senders.remove", NULL, remove_action);
  gtk_widget_class_install_action (widget_class, "senders.add", NULL, add_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "senders.save", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_n, GDK_CONTROL_MASK, "senders.add", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-senders-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisSendersWindow, list);
  gtk_widget_class_bind_template_child (widget_class, RubisSendersWindow, hold_switch);
  gtk_widget_class_bind_template_child (widget_class, RubisSendersWindow, links_switch);
  gtk_widget_class_bind_template_child (widget_class, RubisSendersWindow, window_title);
  gtk_widget_class_bind_template_child (widget_class, RubisSendersWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, RubisSendersWindow, content);
  gtk_widget_class_bind_template_child (widget_class, RubisSendersWindow, wait_label);
  gtk_widget_class_bind_template_child (widget_class, RubisSendersWindow, wait_box);
  gtk_widget_class_bind_template_child (widget_class, RubisSendersWindow, problem);
  gtk_widget_class_bind_template_child (widget_class, RubisSendersWindow, save_button);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, hold_set_cb);
  gtk_widget_class_bind_template_callback (widget_class, links_set_cb);
}

static void
rubis_senders_window_init (RubisSendersWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->login = RUBIS_SENDER_LOGIN (rubis_sender_login_new ());
  self->form = RUBIS_SENDER_FORM (rubis_sender_form_new (RUBIS_SENDER_PARTS_ALL));
  self->trial = RUBIS_SENDER_TRIAL (rubis_sender_trial_new ());
  gtk_box_append (self->content, GTK_WIDGET (self->form));
  gtk_box_append (self->content, GTK_WIDGET (self->login));
  gtk_box_append (self->content, GTK_WIDGET (self->trial));
  g_signal_connect_object (self->form, "changed", G_CALLBACK (form_changed_cb), self, G_CONNECT_SWAPPED);
}

RubisSendersWindow *
rubis_senders_window_present (GtkWindow *parent, RubisSession *session, gint64 sender_id)
{
  RubisSendersWindow *self;

  g_return_val_if_fail (RUBIS_IS_SESSION (session), NULL);

  self = g_object_new (RUBIS_TYPE_SENDERS_WINDOW, "transient-for", parent, NULL);
  self->session = g_object_ref (session);
  self->shown_id = sender_id;
  g_signal_connect_object (session, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
  gtk_window_present (GTK_WINDOW (self));
  return self;
}
