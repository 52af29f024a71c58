#include "rubis-account-page-private.h"

#include <glib/gi18n-lib.h>

#include "rubis-account-sections.h"
#include "rubis-address-dialog.h"
#include "rubis-custom-fields.h"
#include "rubis-disputes.h"
#include "rubis-legal-dialog.h"
#include "rubis-paper-window.h"
#include "rubis-plans.h"
#include "rubis-promises.h"
#include "rubis-sent-list.h"
#include "rubis-stop-dialog.h"
#include "rubis-ui.h"

#define MAX_DOCUMENTS 6

G_DEFINE_FINAL_TYPE (RubisAccountPage, rubis_account_page, ADW_TYPE_BIN)

static void
data_free (gpointer pointer)
{
  RubisAccountPageData *self = pointer;

  g_clear_pointer (&self->view, rubis_account_view_free);
  g_clear_pointer (&self->disputes, g_ptr_array_unref);
  g_clear_pointer (&self->promises, g_ptr_array_unref);
  g_clear_pointer (&self->plans, g_ptr_array_unref);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_clear_pointer (&self->documents, g_ptr_array_unref);
  g_free (self);
}

/* --- loading --- */

static GPtrArray *
load_documents (RubisSession *session, gint64 account_id, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) ids = rubis_session_find_sent (session, 0, account_id, NULL, error);

  if (ids == NULL)
    return NULL;
  for (guint i = 0; i < MIN (ids->len, MAX_DOCUMENTS); i++)
    {
      RubisSentRow *row = rubis_session_load_sent (session, g_array_index (ids, gint64, i), error);

      if (row == NULL)
        return NULL;
      g_ptr_array_add (rows, row);
    }
  return g_steal_pointer (&rows);
}

static gboolean
load_data (RubisAccountPageData *data, RubisSession *session, GError **error)
{
  RubisDisputeFilter disputes = { .group_id = data->group_id, .account_id = data->account_id };
  RubisPromiseFilter promises = { .group_id = data->group_id, .account_id = data->account_id };

  data->view = rubis_session_load_view (session, data->group_id, data->account_id, error);
  if (data->view == NULL)
    return FALSE;
  data->disputes = rubis_session_list_disputes (session, &disputes, error);
  if (data->disputes == NULL)
    return FALSE;
  data->promises = rubis_session_list_promises (session, &promises, error);
  if (data->promises == NULL)
    return FALSE;
  data->plans = rubis_session_list_plans (session, data->group_id, data->account_id, FALSE, error);
  if (data->plans == NULL)
    return FALSE;
  if (data->account_id == 0)
    return TRUE;
  data->fields = rubis_session_list_values (session, RUBIS_FIELD_OF_ACCOUNT, data->account_id, error);
  if (data->fields == NULL)
    return FALSE;
  data->documents = load_documents (session, data->account_id, error);
  return data->documents != NULL;
}

static gpointer
load_work (RubisSession *session, RubisProgress *progress, gpointer asked, GError **error)
{
  RubisAccountPageData *data = g_new0 (RubisAccountPageData, 1);
  const gint64 *ids = asked;

  data->group_id = ids[0];
  data->account_id = ids[1];
  if (load_data (data, session, error))
    return data;
  data_free (data);
  return NULL;
}

static void
load_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisAccountPage) self = user_data;
  g_autoptr (GError) error = NULL;
  RubisAccountPageData *data = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);
  gboolean same;

  if (data == NULL)
    {
      /* An account that an undone import took away is no error to talk about. */
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
        gtk_widget_activate_action (GTK_WIDGET (self), "win.close-view", NULL);
      else
        rubis_ui_show_error (GTK_WIDGET (self), _ ("The account could not be read"), error, FALSE);
      return;
    }
  g_clear_object (&self->loading);
  same = self->data != NULL && self->data->group_id == data->group_id
         && self->data->account_id == data->account_id;
  g_clear_pointer (&self->data, data_free);
  self->data = data;
  rubis_account_page_fill (self);
  if (!same)
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scrolled), 0);
}

static void
cancel_load (RubisAccountPage *self)
{
  if (self->loading != NULL)
    g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
}

static void
load (RubisAccountPage *self)
{
  gint64 ids[] = { self->group_id, self->account_id };

  cancel_load (self);
  self->loading = g_cancellable_new ();
  rubis_ui_read_async (self->session, load_work, g_memdup2 (ids, sizeof ids), g_free, data_free,
                       self->loading, load_done_cb, g_object_ref (self));
}

/* While it is not seen, nothing is read: it is read when it is shown again. */
static void
dossier_changed_cb (RubisAccountPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    load (self);
}

/* --- actions --- */

/* Actions of the window that take an account. */
static void
account_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  static const struct
  {
    const char *own;
    const char *of_window;
  } names[] = { { "page.call", "win.call" }, { "page.thread", "win.thread" } };
  RubisAccountPage *self = RUBIS_ACCOUNT_PAGE (widget);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (g_str_equal (names[i].own, name) && self->account_id != 0)
        gtk_widget_activate_action (widget, names[i].of_window, "x", self->account_id);
    }
}

/* What concerns all that is open, until the dialog says otherwise. */
static void
agreement_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  static const struct
  {
    const char *own;
    const char *of_window;
  } names[] = { { "page.dispute", "win.new-dispute" },
                { "page.promise", "win.new-promise" },
                { "page.plan", "win.new-plan" } };
  RubisAccountPage *self = RUBIS_ACCOUNT_PAGE (widget);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (g_str_equal (names[i].own, name) && self->account_id != 0)
        gtk_widget_activate_action (widget, names[i].of_window, "(x@ax)", self->account_id,
                                    g_variant_new_array (G_VARIANT_TYPE_INT64, NULL, 0));
    }
}

static void
paper_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisAccountPage *self = RUBIS_ACCOUNT_PAGE (widget);

  if (self->data != NULL && self->data->view->card != NULL)
    rubis_paper_window_present (GTK_WINDOW (gtk_widget_get_root (widget)), self->session,
                                self->data->view->card, g_variant_get_string (parameter, NULL));
}

static void
legal_file_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisAccountPage *self = RUBIS_ACCOUNT_PAGE (widget);

  if (self->data != NULL && self->account_id != 0)
    rubis_legal_dialog_present (GTK_WINDOW (gtk_widget_get_root (widget)), self->session, self->account_id,
                                self->data->view->name);
}

static void
address_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisAccountPage *self = RUBIS_ACCOUNT_PAGE (widget);

  if (self->data != NULL && self->account_id != 0)
    rubis_address_dialog_present (GTK_WINDOW (gtk_widget_get_root (widget)), self->session, self->account_id,
                                  self->data->view->name);
}

/* The grid of invoices, of this account or group alone. */
static void
items_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisAccountPage *self = RUBIS_ACCOUNT_PAGE (widget);

  if (self->data != NULL)
    gtk_widget_activate_action (widget, "win.show-items", "(xxs)", self->group_id, self->account_id,
                                self->data->view->name);
}

typedef struct
{
  gint64 account_id;
  gboolean stop;
  char *reason; /* (owned) */
  RubisDate until;
} Stop;

static void
stop_free (gpointer data)
{
  Stop *self = data;

  g_free (self->reason);
  g_free (self);
}

static gpointer
stop_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  const Stop *stop = data;

  return GINT_TO_POINTER (rubis_session_set_account_stop (session, stop->account_id, stop->stop, stop->reason,
                                                          stop->until, error));
}

static void
stop_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisAccountPage) self = user_data;
  g_autoptr (GError) error = NULL;

  rubis_session_run_finish (RUBIS_SESSION (source), result, &error);
  if (error != NULL)
    rubis_ui_show_error (GTK_WIDGET (self), _ ("The change was not kept"), error, FALSE);
}

static void
run_stop (RubisAccountPage *self, gboolean stop, const char *reason, RubisDate until)
{
  Stop *edit = g_new0 (Stop, 1);

  edit->account_id = self->account_id;
  edit->stop = stop;
  edit->reason = g_strdup (reason);
  edit->until = until;
  rubis_session_run_async (self->session, NULL, stop_work, edit, stop_free, NULL, NULL, stop_done_cb,
                           g_object_ref (self));
}

static void
stop_agreed_cb (const char *reason, RubisDate until, gpointer user_data)
{
  run_stop (user_data, TRUE, reason, until);
}

static void
stop_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisAccountPage *self = RUBIS_ACCOUNT_PAGE (widget);
  g_autofree char *heading = NULL;

  if (self->data == NULL || self->account_id == 0)
    return;
  heading = g_strdup_printf (_ ("Stop the reminders of %s?"), self->data->view->name);
  rubis_stop_dialog_present (GTK_WINDOW (gtk_widget_get_root (widget)), heading,
                             rubis_session_get_today (self->session), stop_agreed_cb, g_object_ref (self),
                             g_object_unref);
}

static void
lift_stop_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisAccountPage *self = RUBIS_ACCOUNT_PAGE (widget);

  if (self->account_id != 0)
    run_stop (self, FALSE, NULL, RUBIS_DATE_NONE);
}

static void
find_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rubis_timeline_pane_focus_search (RUBIS_ACCOUNT_PAGE (widget)->timeline);
}

/* --- the widget --- */

static void
rubis_account_page_map (GtkWidget *widget)
{
  RubisAccountPage *self = RUBIS_ACCOUNT_PAGE (widget);

  GTK_WIDGET_CLASS (rubis_account_page_parent_class)->map (widget);
  load (self);
}

static gboolean
rubis_account_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (RUBIS_ACCOUNT_PAGE (widget)->back_button);
}

static void
rubis_account_page_dispose (GObject *object)
{
  RubisAccountPage *self = RUBIS_ACCOUNT_PAGE (object);

  cancel_load (self);
  gtk_widget_dispose_template (GTK_WIDGET (object), RUBIS_TYPE_ACCOUNT_PAGE);
  g_clear_object (&self->terms);
  g_clear_object (&self->contacts_box);
  g_clear_pointer (&self->contacts_shown, g_free);
  g_clear_pointer (&self->data, data_free);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (rubis_account_page_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  rubis_account_install_actions (widget_class);
  gtk_widget_class_install_action (widget_class, "page.call", NULL, account_action);
  gtk_widget_class_install_action (widget_class, "page.thread", NULL, account_action);
  gtk_widget_class_install_action (widget_class, "page.dispute", NULL, agreement_action);
  gtk_widget_class_install_action (widget_class, "page.promise", NULL, agreement_action);
  gtk_widget_class_install_action (widget_class, "page.plan", NULL, agreement_action);
  gtk_widget_class_install_action (widget_class, "page.paper", "s", paper_action);
  gtk_widget_class_install_action (widget_class, "page.legal-file", NULL, legal_file_action);
  gtk_widget_class_install_action (widget_class, "page.address", NULL, address_action);
  gtk_widget_class_install_action (widget_class, "page.items", NULL, items_action);
  gtk_widget_class_install_action (widget_class, "page.stop", NULL, stop_action);
  gtk_widget_class_install_action (widget_class, "page.lift-stop", NULL, lift_stop_action);
  gtk_widget_class_install_action (widget_class, "page.find", NULL, find_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "win.close-view", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "win.close-view", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "page.find", NULL);
}

static void
rubis_account_page_class_init (RubisAccountPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_account_page_dispose;
  widget_class->map = rubis_account_page_map;
  widget_class->grab_focus = rubis_account_page_grab_focus;
  install_actions (widget_class);
  g_type_ensure (RUBIS_TYPE_TIMELINE_PANE);
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-account-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisAccountPage, name_label);
  gtk_widget_class_bind_template_child (widget_class, RubisAccountPage, late_badge);
  gtk_widget_class_bind_template_child (widget_class, RubisAccountPage, code_label);
  gtk_widget_class_bind_template_child (widget_class, RubisAccountPage, account_actions);
  gtk_widget_class_bind_template_child (widget_class, RubisAccountPage, back_button);
  gtk_widget_class_bind_template_child (widget_class, RubisAccountPage, scrolled);
  gtk_widget_class_bind_template_child (widget_class, RubisAccountPage, banner_label);
  gtk_widget_class_bind_template_child (widget_class, RubisAccountPage, figures_box);
  gtk_widget_class_bind_template_child (widget_class, RubisAccountPage, left_box);
  gtk_widget_class_bind_template_child (widget_class, RubisAccountPage, right_box);
  gtk_widget_class_bind_template_child (widget_class, RubisAccountPage, wide_box);
  gtk_widget_class_bind_template_child (widget_class, RubisAccountPage, timeline);
}

static void
rubis_account_page_init (RubisAccountPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->contacts_box = g_object_ref_sink (GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 9)));
}

GtkWidget *
rubis_account_page_new (RubisSession *session)
{
  RubisAccountPage *self;

  g_return_val_if_fail (RUBIS_IS_SESSION (session), NULL);

  self = g_object_new (RUBIS_TYPE_ACCOUNT_PAGE, NULL);
  self->session = g_object_ref (session);
  self->terms = g_object_ref_sink (RUBIS_ACCOUNT_TERMS (rubis_account_terms_new (session)));
  rubis_timeline_pane_set_session (self->timeline, session);
  g_signal_connect_object (session, "changed", G_CALLBACK (dossier_changed_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

void
rubis_account_page_show (RubisAccountPage *self, gint64 group_id, gint64 account_id)
{
  g_return_if_fail (RUBIS_IS_ACCOUNT_PAGE (self));
  g_return_if_fail (group_id == 0 || account_id == 0);

  rubis_account_page_flush (self);
  self->group_id = group_id;
  self->account_id = account_id;
  rubis_timeline_pane_set_scope (self->timeline, group_id, account_id);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    load (self);
}

gint64
rubis_account_page_get_account (RubisAccountPage *self)
{
  g_return_val_if_fail (RUBIS_IS_ACCOUNT_PAGE (self), 0);

  return self->account_id;
}

gboolean
rubis_account_page_is_ready (RubisAccountPage *self)
{
  g_return_val_if_fail (RUBIS_IS_ACCOUNT_PAGE (self), FALSE);

  return self->loading == NULL && self->data != NULL && self->data->group_id == self->group_id
         && self->data->account_id == self->account_id;
}

void
rubis_account_page_flush (RubisAccountPage *self)
{
  g_return_if_fail (RUBIS_IS_ACCOUNT_PAGE (self));

  rubis_account_terms_flush (self->terms);
}
