#include "rubis-account-panel-private.h"

#include <glib/gi18n-lib.h>

#include "rubis-account-sections.h"
#include "rubis-address-dialog.h"
#include "rubis-legal-dialog.h"
#include "rubis-paper-window.h"
#include "rubis-stop-dialog.h"
#include "rubis-ui.h"

/* While one walks down a list with the arrow key, accounts passed by are not loaded. */
#define LOAD_DELAY_MS 40

G_DEFINE_FINAL_TYPE (RubisAccountPanel, rubis_account_panel, ADW_TYPE_BIN)

/* What a load brings. */
typedef struct {
  RubisAccountCard *card;
  GPtrArray *policies;
} Loaded;

static void
loaded_free (gpointer data)
{
  Loaded *self = data;

  g_clear_object (&self->card);
  g_clear_pointer (&self->policies, g_ptr_array_unref);
  g_free (self);
}

static gpointer
load_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  gint64 account_id = *(gint64 *) data;
  Loaded *loaded = g_new0 (Loaded, 1);

  loaded->card = rubis_session_load_account (session, account_id, error);
  if (loaded->card != NULL)
    loaded->policies = rubis_session_list_policies (session, error);
  if (loaded->policies != NULL)
    return loaded;
  loaded_free (loaded);
  return NULL;
}

static void
load_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(RubisAccountPanel) self = user_data;
  g_autoptr(GError) error = NULL;
  Loaded *loaded = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);

  if (loaded == NULL)
    {
      /* An account that an undone import took away is no error to talk about. */
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
        rubis_account_panel_set_account (self, 0);
      else
        rubis_ui_show_error (GTK_WIDGET (self), _("The account could not be read"), error, FALSE);
      return;
    }
  if (self->session != NULL && loaded->card->id == self->account_id)
    {
      gboolean same = self->card != NULL && self->card->id == loaded->card->id;

      /* A note typed meanwhile belongs to the account that was still shown. */
      if (!same)
        rubis_account_panel_flush (self);
      g_set_object (&self->card, loaded->card);
      g_clear_pointer (&self->policies, g_ptr_array_unref);
      self->policies = g_ptr_array_ref (loaded->policies);
      rubis_account_panel_fill (self);
      if (!same)
        gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scrolled), 0);
    }
  loaded_free (loaded);
}

static void
cancel_load (RubisAccountPanel *self)
{
  g_clear_handle_id (&self->load_timeout, g_source_remove);
  if (self->loading != NULL)
    g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
}

static gboolean
load_cb (gpointer user_data)
{
  RubisAccountPanel *self = user_data;

  self->load_timeout = 0;
  self->loading = g_cancellable_new ();
  rubis_ui_read_async (self->session, load_work, g_memdup2 (&self->account_id, sizeof (gint64)), g_free, loaded_free,
                       self->loading, load_done_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
load (RubisAccountPanel *self)
{
  cancel_load (self);
  if (self->account_id != 0)
    self->load_timeout = g_timeout_add (LOAD_DELAY_MS, load_cb, self);
}

/* An edit of the account for the thread of the session. */
typedef struct {
  gint64 account_id;
  char *text;        /* (owned) */
  RubisDate until;
  gboolean (*apply) (RubisSession *session, gint64 account_id, const char *text, GError **error);
  gboolean stop;
  gboolean is_stop;
} Edit;

static void
edit_free (gpointer data)
{
  Edit *self = data;

  g_free (self->text);
  g_free (self);
}

static gpointer
edit_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  Edit *edit = data;
  gboolean done;

  if (edit->is_stop)
    done = rubis_session_set_account_stop (session, edit->account_id, edit->stop, edit->text, edit->until, error);
  else
    done = edit->apply (session, edit->account_id, edit->text, error);
  return GINT_TO_POINTER (done);
}

static void
edit_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(RubisAccountPanel) self = user_data;
  g_autoptr(GError) error = NULL;

  rubis_session_run_finish (RUBIS_SESSION (source), result, &error);
  if (error == NULL)
    return;
  rubis_ui_show_error (GTK_WIDGET (self), _("The change was not kept"), error, FALSE);
  /* What is shown goes back to what is so. */
  load (self);
}

static void
run_edit (RubisAccountPanel *self, Edit *edit)
{
  rubis_session_run_async (self->session, NULL, edit_work, edit, edit_free, NULL, NULL, edit_done_cb,
                           g_object_ref (self));
}

static void
edit_text (RubisAccountPanel *self, const char *text,
           gboolean (*apply) (RubisSession *session, gint64 account_id, const char *text, GError **error))
{
  Edit *edit = g_new0 (Edit, 1);

  edit->account_id = self->card->id;
  edit->text = g_strdup (text);
  edit->apply = apply;
  run_edit (self, edit);
}

void
rubis_account_panel_flush (RubisAccountPanel *self)
{
  g_return_if_fail (RUBIS_IS_ACCOUNT_PANEL (self));

  rubis_saved_text_flush (self->note_view);
}

static void
note_save_cb (RubisAccountPanel *self, const char *text)
{
  if (self->card != NULL)
    edit_text (self, text, rubis_session_set_note);
}

static void
email_apply_cb (RubisAccountPanel *self)
{
  if (self->card != NULL)
    edit_text (self, gtk_editable_get_text (GTK_EDITABLE (self->email_row)), rubis_session_set_account_email);
}

static void
phone_apply_cb (RubisAccountPanel *self)
{
  if (self->card != NULL)
    edit_text (self, gtk_editable_get_text (GTK_EDITABLE (self->phone_row)), rubis_session_set_account_phone);
}

static void
policy_selected_cb (RubisAccountPanel *self)
{
  guint selected = gtk_drop_down_get_selected (self->policy_drop);
  const char *id;

  if (self->filling || self->policies == NULL || selected >= self->policies->len)
    return;
  id = rubis_policy_get_id (self->policies->pdata[selected]);
  if (!g_str_equal (id, self->card->policy_id))
    edit_text (self, id, rubis_session_set_account_policy);
}

static void
run_stop (RubisAccountPanel *self, gboolean stop, const char *reason, RubisDate until)
{
  Edit *edit = g_new0 (Edit, 1);

  edit->account_id = self->card->id;
  edit->is_stop = TRUE;
  edit->stop = stop;
  edit->text = g_strdup (reason);
  edit->until = until;
  run_edit (self, edit);
}

static void
stop_agreed_cb (const char *reason, RubisDate until, gpointer user_data)
{
  run_stop (user_data, TRUE, reason, until);
}

static void
stop_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisAccountPanel *self = RUBIS_ACCOUNT_PANEL (widget);
  g_autofree char *heading = NULL;

  if (self->card == NULL)
    return;
  heading = g_strdup_printf (_("Stop the reminders of %s?"), self->card->name);
  rubis_stop_dialog_present (GTK_WINDOW (gtk_widget_get_root (widget)), heading,
                             rubis_session_get_today (self->session), stop_agreed_cb, g_object_ref (self),
                             g_object_unref);
}

static void
lift_stop_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisAccountPanel *self = RUBIS_ACCOUNT_PANEL (widget);

  if (self->card != NULL)
    run_stop (self, FALSE, NULL, RUBIS_DATE_NONE);
}

static void
statement_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisAccountPanel *self = RUBIS_ACCOUNT_PANEL (widget);

  if (self->card != NULL)
    gtk_widget_activate_action (widget, "win.statement", "x", self->card->id);
}

static void
view_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisAccountPanel *self = RUBIS_ACCOUNT_PANEL (widget);

  if (self->card != NULL)
    gtk_widget_activate_action (widget, "win.show-account-view", "x", self->card->id);
}

/* What is agreed about all that is overdue. */
static void
activate_for_account (RubisAccountPanel *self, const char *action)
{
  if (self->card != NULL)
    gtk_widget_activate_action_variant (GTK_WIDGET (self), action,
                                        g_variant_new ("(x@ax)", self->card->id,
                                                       g_variant_new_array (G_VARIANT_TYPE_INT64, NULL, 0)));
}

static void
promise_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  activate_for_account (RUBIS_ACCOUNT_PANEL (widget), "win.new-promise");
}

static void
plan_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  activate_for_account (RUBIS_ACCOUNT_PANEL (widget), "win.new-plan");
}

static void
paper_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisAccountPanel *self = RUBIS_ACCOUNT_PANEL (widget);

  if (self->card != NULL)
    rubis_paper_window_present (GTK_WINDOW (gtk_widget_get_root (widget)), self->session, self->card,
                                g_variant_get_string (parameter, NULL));
}

static void
legal_file_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisAccountPanel *self = RUBIS_ACCOUNT_PANEL (widget);

  if (self->card != NULL)
    rubis_legal_dialog_present (GTK_WINDOW (gtk_widget_get_root (widget)), self->session, self->card->id,
                                self->card->name);
}

static void
address_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisAccountPanel *self = RUBIS_ACCOUNT_PANEL (widget);

  if (self->card != NULL)
    rubis_address_dialog_present (GTK_WINDOW (gtk_widget_get_root (widget)), self->session, self->card->id,
                                  self->card->name);
}

static void
dossier_changed_cb (RubisAccountPanel *self)
{
  load (self);
}

static void
rubis_account_panel_dispose (GObject *object)
{
  RubisAccountPanel *self = RUBIS_ACCOUNT_PANEL (object);

  cancel_load (self);
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), RUBIS_TYPE_ACCOUNT_PANEL);
  g_clear_object (&self->card);
  g_clear_pointer (&self->policies, g_ptr_array_unref);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (rubis_account_panel_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (RUBIS_TYPE_ATTACHMENT_BOX);
  g_type_ensure (RUBIS_TYPE_ACCOUNT_DISPUTES);
  g_type_ensure (RUBIS_TYPE_SAVED_TEXT);
  g_type_ensure (RUBIS_TYPE_PROMISE_BOX);
  g_type_ensure (RUBIS_TYPE_PLAN_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-account-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisAccountPanel, stack);
  gtk_widget_class_bind_template_child (widget_class, RubisAccountPanel, scrolled);
  gtk_widget_class_bind_template_child (widget_class, RubisAccountPanel, name_label);
  gtk_widget_class_bind_template_child (widget_class, RubisAccountPanel, code_label);
  gtk_widget_class_bind_template_child (widget_class, RubisAccountPanel, address_label);
  gtk_widget_class_bind_template_child (widget_class, RubisAccountPanel, insolvency_box);
  gtk_widget_class_bind_template_child (widget_class, RubisAccountPanel, insolvency_label);
  gtk_widget_class_bind_template_child (widget_class, RubisAccountPanel, stop_box);
  gtk_widget_class_bind_template_child (widget_class, RubisAccountPanel, stop_label);
  gtk_widget_class_bind_template_child (widget_class, RubisAccountPanel, balance_box);
  gtk_widget_class_bind_template_child (widget_class, RubisAccountPanel, next_label);
  gtk_widget_class_bind_template_child (widget_class, RubisAccountPanel, why_expander);
  gtk_widget_class_bind_template_child (widget_class, RubisAccountPanel, why_box);
  gtk_widget_class_bind_template_child (widget_class, RubisAccountPanel, policy_drop);
  gtk_widget_class_bind_template_child (widget_class, RubisAccountPanel, attachments);
  gtk_widget_class_bind_template_child (widget_class, RubisAccountPanel, disputes);
  gtk_widget_class_bind_template_child (widget_class, RubisAccountPanel, promises);
  gtk_widget_class_bind_template_child (widget_class, RubisAccountPanel, plans);
  gtk_widget_class_bind_template_child (widget_class, RubisAccountPanel, contact_box);
  gtk_widget_class_bind_template_child (widget_class, RubisAccountPanel, email_row);
  gtk_widget_class_bind_template_child (widget_class, RubisAccountPanel, phone_row);
  gtk_widget_class_bind_template_child (widget_class, RubisAccountPanel, items_expander);
  gtk_widget_class_bind_template_child (widget_class, RubisAccountPanel, items_box);
  gtk_widget_class_bind_template_child (widget_class, RubisAccountPanel, history_expander);
  gtk_widget_class_bind_template_child (widget_class, RubisAccountPanel, history_list);
  gtk_widget_class_bind_template_child (widget_class, RubisAccountPanel, note_view);
  gtk_widget_class_bind_template_callback (widget_class, note_save_cb);
  gtk_widget_class_bind_template_callback (widget_class, email_apply_cb);
  gtk_widget_class_bind_template_callback (widget_class, phone_apply_cb);
  gtk_widget_class_bind_template_callback (widget_class, policy_selected_cb);
}

static void
rubis_account_panel_class_init (RubisAccountPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_account_panel_dispose;
  gtk_widget_class_install_action (widget_class, "account.stop", NULL, stop_action);
  gtk_widget_class_install_action (widget_class, "account.lift-stop", NULL, lift_stop_action);
  gtk_widget_class_install_action (widget_class, "account.statement", NULL, statement_action);
  gtk_widget_class_install_action (widget_class, "account.view", NULL, view_action);
  gtk_widget_class_install_action (widget_class, "account.legal-file", NULL, legal_file_action);
  gtk_widget_class_install_action (widget_class, "account.promise", NULL, promise_action);
  gtk_widget_class_install_action (widget_class, "account.plan", NULL, plan_action);
  gtk_widget_class_install_action (widget_class, "account.paper", "s", paper_action);
  gtk_widget_class_install_action (widget_class, "account.address", NULL, address_action);
  rubis_account_install_actions (widget_class);
  bind_template (widget_class);
}

static void
rubis_account_panel_init (RubisAccountPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
rubis_account_panel_new (RubisSession *session)
{
  RubisAccountPanel *self;

  g_return_val_if_fail (RUBIS_IS_SESSION (session), NULL);

  self = g_object_new (RUBIS_TYPE_ACCOUNT_PANEL, NULL);
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (dossier_changed_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

void
rubis_account_panel_set_account (RubisAccountPanel *self, gint64 account_id)
{
  g_return_if_fail (RUBIS_IS_ACCOUNT_PANEL (self));

  if (self->account_id == account_id)
    return;
  rubis_account_panel_flush (self);
  self->account_id = account_id;
  if (account_id == 0)
    {
      g_clear_object (&self->card);
      gtk_stack_set_visible_child_name (self->stack, "none");
    }
  load (self);
}

gint64
rubis_account_panel_get_account (RubisAccountPanel *self)
{
  g_return_val_if_fail (RUBIS_IS_ACCOUNT_PANEL (self), 0);

  return self->account_id;
}

void
rubis_account_panel_edit_note (RubisAccountPanel *self)
{
  g_return_if_fail (RUBIS_IS_ACCOUNT_PANEL (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->note_view));
}
