/* The main window: disputes. */
#include "rubis-window-private.h"

#include <glib/gi18n-lib.h>

#include "rubis-attachments.h"
#include "rubis-dispute-dialog.h"
#include "rubis-disputes.h"
#include "rubis-ui.h"

static void
new_dispute_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisWindow *self = RUBIS_WINDOW (widget);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GVariantIter) iter = NULL;
  gint64 account_id;
  gint64 id;

  if (self->session == NULL)
    return;
  g_variant_get (parameter, "(xax)", &account_id, &iter);
  while (g_variant_iter_next (iter, "x", &id))
    g_array_append_val (ids, id);
  rubis_dispute_dialog_present (GTK_WINDOW (self), self->session, account_id, ids);
}

static void
show_dispute_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisWindow *self = RUBIS_WINDOW (widget);

  if (self->disputes == NULL)
    return;
  rubis_disputes_page_show_dispute (self->disputes, g_variant_get_int64 (parameter));
  adw_view_stack_set_visible_child_name (self->places, "disputes");
}

static gpointer
find_item_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  RubisDisputeFilter filter = { .item_id = *(gint64 *)data };
  GPtrArray *disputes = rubis_session_list_disputes (session, &filter, error);

  if (disputes == NULL || disputes->len > 0)
    return disputes;
  g_ptr_array_unref (disputes);
  filter.states = (1u << RUBIS_N_DISPUTE_STATES) - 1;
  return rubis_session_list_disputes (session, &filter, error);
}

static void
item_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) disputes = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);

  if (disputes == NULL)
    rubis_ui_show_error (GTK_WIDGET (self), _ ("The disputes cannot be listed"), error, FALSE);
  else if (disputes->len > 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-dispute", "x",
                                ((RubisDispute *)disputes->pdata[0])->id);
}

/* The dispute on an item: the open one, else one that is closed. */
static void
show_item_dispute_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisWindow *self = RUBIS_WINDOW (widget);
  gint64 id = g_variant_get_int64 (parameter);

  if (self->session != NULL)
    rubis_ui_read_async (self->session, find_item_work, g_memdup2 (&id, sizeof id), g_free,
                         (GDestroyNotify)g_ptr_array_unref, self->cancellable, item_found_cb,
                         g_object_ref (self));
}

/* A file read for the window. */
typedef struct
{
  GBytes *bytes;
  char *name;
} File;

static void
file_free (gpointer data)
{
  File *self = data;

  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self->name);
  g_free (self);
}

static gpointer
load_file_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  File *file = g_new0 (File, 1);

  file->bytes = rubis_session_load_attachment (session, *(gint64 *)data, &file->name, error);
  if (file->bytes != NULL)
    return file;
  file_free (file);
  return NULL;
}

static void
file_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  File *file = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);

  if (file == NULL)
    {
      rubis_ui_show_error (GTK_WIDGET (self), _ ("The file cannot be opened"), error, FALSE);
      return;
    }
  rubis_window_open_elsewhere (self, file->bytes, file->name);
  file_free (file);
}

static void
open_attachment_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisWindow *self = RUBIS_WINDOW (widget);
  gint64 id = g_variant_get_int64 (parameter);

  if (self->session != NULL)
    rubis_ui_read_async (self->session, load_file_work, g_memdup2 (&id, sizeof id), g_free, file_free,
                         self->cancellable, file_loaded_cb, g_object_ref (self));
}

void
rubis_window_install_dispute_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.new-dispute", "(xax)", new_dispute_action);
  gtk_widget_class_install_action (widget_class, "win.show-dispute", "x", show_dispute_action);
  gtk_widget_class_install_action (widget_class, "win.show-item-dispute", "x", show_item_dispute_action);
  gtk_widget_class_install_action (widget_class, "win.open-attachment", "x", open_attachment_action);
}
