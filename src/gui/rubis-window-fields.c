/* Colleagues, fields of one's own, extendable lists and bulk edits: what opens their windows. */
#include "rubis-window-private.h"

#include "rubis-actors-window.h"
#include "rubis-bulk-dialog.h"
#include "rubis-bulk-edit.h"
#include "rubis-choices-window.h"
#include "rubis-custom-fields-window.h"
#include "rubis-ui.h"

static const char *const names[]
    = { "win.actors", "win.custom-fields", "win.choices", "win.bulk-edit", "win.bulk-edit-node" };

static void
actors_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisWindow *self = RUBIS_WINDOW (widget);

  if (self->session != NULL)
    rubis_actors_window_present (GTK_WINDOW (self), self->session);
}

static void
custom_fields_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisWindow *self = RUBIS_WINDOW (widget);

  if (self->session != NULL)
    rubis_custom_fields_window_present (GTK_WINDOW (self), self->session);
}

static void
choices_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisWindow *self = RUBIS_WINDOW (widget);

  if (self->session != NULL)
    rubis_choices_window_present (GTK_WINDOW (self), self->session, g_variant_get_string (parameter, NULL));
}

/* Whether the ids are of items, and the ids. */
static void
bulk_edit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisWindow *self = RUBIS_WINDOW (widget);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GVariant) list = NULL;
  const gint64 *values;
  gboolean of_items;
  gsize n;

  g_variant_get (parameter, "(b@ax)", &of_items, &list);
  values = g_variant_get_fixed_array (list, &n, sizeof (gint64));
  g_array_append_vals (ids, values, (guint)n);
  if (self->session != NULL && ids->len > 0)
    rubis_bulk_dialog_present (GTK_WINDOW (self), self->session, of_items, ids);
}

static gpointer
list_node_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  return rubis_session_list_accounts_of_group (session, *(const gint64 *)data, error);
}

static void
node_listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);

  if (self->session != RUBIS_SESSION (source))
    return;
  if (ids == NULL)
    rubis_ui_show_error (GTK_WIDGET (self), "", error, FALSE);
  else if (ids->len > 0)
    rubis_bulk_dialog_present (GTK_WINDOW (self), self->session, FALSE, ids);
}

/* The accounts of the node chosen in the tree. */
static void
bulk_edit_node_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisWindow *self = RUBIS_WINDOW (widget);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 account_id;
  gint64 group_id;

  if (self->session == NULL)
    return;
  g_object_get (self->invoices, "account-id", &account_id, "group-id", &group_id, NULL);
  if (account_id == 0)
    {
      rubis_ui_read_async (self->session, list_node_work, g_memdup2 (&group_id, sizeof group_id), g_free,
                           (GDestroyNotify)g_array_unref, self->cancellable, node_listed_cb,
                           g_object_ref (self));
      return;
    }
  g_array_append_val (ids, account_id);
  rubis_bulk_dialog_present (GTK_WINDOW (self), self->session, FALSE, ids);
}

void
rubis_window_install_field_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, names[0], NULL, actors_action);
  gtk_widget_class_install_action (widget_class, names[1], NULL, custom_fields_action);
  gtk_widget_class_install_action (widget_class, names[2], "s", choices_action);
  gtk_widget_class_install_action (widget_class, names[3], "(bax)", bulk_edit_action);
  gtk_widget_class_install_action (widget_class, names[4], NULL, bulk_edit_node_action);
}

void
rubis_window_update_field_actions (RubisWindow *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), names[i], self->session != NULL);
}
