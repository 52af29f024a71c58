#include "rubis-address-dialog.h"

#include <glib/gi18n-lib.h>

#include "rubis-address-check.h"
#include "rubis-country.h"
#include "rubis-ui.h"

struct _RubisAddressDialog
{
  AdwWindow parent_instance;

  AdwWindowTitle *window_title;
  GtkWidget *problem_box;
  GtkLabel *problem;
  GtkEditable *line2;
  GtkEditable *line3;
  GtkEditable *street;
  GtkEditable *postcode;
  GtkEditable *city;
  GtkEditable *country;
  GtkLabel *block;
  GtkLabel *warnings;
  GtkWidget *warning_box;

  RubisSession *session;  /* (owned) */
  GCancellable *checking; /* (owned) (nullable) of the check under way */
  gint64 account_id;
  gboolean busy;
};

G_DEFINE_FINAL_TYPE (RubisAddressDialog, rubis_address_dialog, ADW_TYPE_WINDOW)

/* An address of an account, for a thread. */
typedef struct
{
  gint64 account_id;
  RubisAccountAddress *address; /* (owned) */
} Request;

static void
request_free (gpointer data)
{
  Request *self = data;

  rubis_account_address_free (self->address);
  g_free (self);
}

static Request *
request_new (RubisAddressDialog *self)
{
  Request *request = g_new0 (Request, 1);

  request->account_id = self->account_id;
  request->address = g_new0 (RubisAccountAddress, 1);
  request->address->line2 = g_strdup (gtk_editable_get_text (self->line2));
  request->address->line3 = g_strdup (gtk_editable_get_text (self->line3));
  request->address->street = g_strdup (gtk_editable_get_text (self->street));
  request->address->postcode = g_strdup (gtk_editable_get_text (self->postcode));
  request->address->city = g_strdup (gtk_editable_get_text (self->city));
  request->address->country = g_strdup (gtk_editable_get_text (self->country));
  return request;
}

/* --- how it would be printed --- */

static gpointer
check_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  Request *request = data;
  g_autoptr (RubisAddressChecker) checker = rubis_address_checker_new (session, NULL);

  return rubis_address_checker_check_typed (checker, request->account_id, request->address, error);
}

static void
show_check (RubisAddressDialog *self, const RubisAddressCheck *check)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < check->problems->len; i++)
    {
      const RubisAddressProblem *problem = check->problems->pdata[i];

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", problem->message);
    }
  gtk_label_set_label (self->block, check->block);
  gtk_label_set_label (self->warnings, text->str);
  gtk_widget_set_visible (self->warning_box, text->len > 0);
}

static void
set_problem (RubisAddressDialog *self, const char *text)
{
  gtk_label_set_label (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (self->problem_box, text != NULL);
}

static void
check_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisAddressDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisAddressCheck) check = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);

  if (self->session == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (check != NULL)
    show_check (self, check);
  else
    set_problem (self, error->message);
}

static void
cancel_check (RubisAddressDialog *self)
{
  if (self->checking != NULL)
    g_cancellable_cancel (self->checking);
  g_clear_object (&self->checking);
}

static void
changed_cb (RubisAddressDialog *self)
{
  if (self->session == NULL)
    return;
  set_problem (self, NULL);
  cancel_check (self);
  self->checking = g_cancellable_new ();
  rubis_ui_read_async (self->session, check_work, request_new (self), request_free,
                       (GDestroyNotify)rubis_address_check_free, self->checking, check_done_cb,
                       g_object_ref (self));
}

/* --- keeping it --- */

static gpointer
save_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  Request *request = data;

  return GINT_TO_POINTER (
      rubis_session_set_account_address (session, request->account_id, request->address, error));
}

static void
save_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisAddressDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  rubis_session_run_finish (RUBIS_SESSION (source), result, &error);
  if (self->session == NULL)
    return;
  self->busy = FALSE;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "address.save", TRUE);
  if (error != NULL)
    set_problem (self, error->message);
  else
    gtk_window_destroy (GTK_WINDOW (self));
}

static void
save (RubisAddressDialog *self)
{
  if (self->busy || self->session == NULL)
    return;
  self->busy = TRUE;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "address.save", FALSE);
  rubis_session_run_async (self->session, NULL, save_work, request_new (self), request_free, NULL, NULL,
                           save_done_cb, g_object_ref (self));
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  save (RUBIS_ADDRESS_DIALOG (widget));
}

static void
rubis_address_dialog_dispose (GObject *object)
{
  RubisAddressDialog *self = RUBIS_ADDRESS_DIALOG (object);

  cancel_check (self);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), RUBIS_TYPE_ADDRESS_DIALOG);
  G_OBJECT_CLASS (rubis_address_dialog_parent_class)->dispose (object);
}

static void
rubis_address_dialog_class_init (RubisAddressDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_address_dialog_dispose;
  gtk_widget_class_install_action (widget_class, "address.save", NULL, save_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "address.save", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-address-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisAddressDialog, window_title);
  gtk_widget_class_bind_template_child (widget_class, RubisAddressDialog, problem_box);
  gtk_widget_class_bind_template_child (widget_class, RubisAddressDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, RubisAddressDialog, line2);
  gtk_widget_class_bind_template_child (widget_class, RubisAddressDialog, line3);
  gtk_widget_class_bind_template_child (widget_class, RubisAddressDialog, street);
  gtk_widget_class_bind_template_child (widget_class, RubisAddressDialog, postcode);
  gtk_widget_class_bind_template_child (widget_class, RubisAddressDialog, city);
  gtk_widget_class_bind_template_child (widget_class, RubisAddressDialog, country);
  gtk_widget_class_bind_template_child (widget_class, RubisAddressDialog, block);
  gtk_widget_class_bind_template_child (widget_class, RubisAddressDialog, warnings);
  gtk_widget_class_bind_template_child (widget_class, RubisAddressDialog, warning_box);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, save);
}

static void
rubis_address_dialog_init (RubisAddressDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
fill (RubisAddressDialog *self, const RubisAccountAddress *address)
{
  const char *country = rubis_country_postal_name (address->country);

  gtk_editable_set_text (self->line2, address->line2);
  gtk_editable_set_text (self->line3, address->line3);
  gtk_editable_set_text (self->street, address->street);
  gtk_editable_set_text (self->postcode, address->postcode);
  gtk_editable_set_text (self->city, address->city);
  gtk_editable_set_text (self->country, country != NULL ? country : address->country);
}

GtkWindow *
rubis_address_dialog_present (GtkWindow *parent, RubisSession *session, gint64 account_id, const char *name)
{
  g_autoptr (RubisAccountAddress) address = NULL;
  g_autoptr (GError) error = NULL;
  RubisAddressDialog *self;

  g_return_val_if_fail (RUBIS_IS_SESSION (session), NULL);

  address = rubis_session_load_account_address (session, account_id, &error);
  if (address == NULL)
    {
      if (parent != NULL)
        rubis_ui_show_error (GTK_WIDGET (parent), _ ("The account could not be read"), error, FALSE);
      return NULL;
    }
  self = g_object_new (RUBIS_TYPE_ADDRESS_DIALOG, "transient-for", parent, NULL);
  adw_window_title_set_subtitle (self->window_title, name);
  self->account_id = account_id;
  fill (self, address);
  self->session = g_object_ref (session);
  changed_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->street));
  gtk_window_present (GTK_WINDOW (self));
  return GTK_WINDOW (self);
}
