/* Colleagues, fields of one's own, extendable lists and bulk edits: what opens their windows. */
#include "rubis-window-private.h"

#include "rubis-actors-window.h"
#include "rubis-bulk-dialog.h"
#include "rubis-choices-window.h"
#include "rubis-custom-fields-window.h"

static const char *const names[] = { "win.actors", "win.custom-fields", "win.choices", "win.bulk-edit" };

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

void
rubis_window_install_field_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, names[0], NULL, actors_action);
  gtk_widget_class_install_action (widget_class, names[1], NULL, custom_fields_action);
  gtk_widget_class_install_action (widget_class, names[2], "s", choices_action);
  gtk_widget_class_install_action (widget_class, names[3], "(bax)", bulk_edit_action);
}

void
rubis_window_update_field_actions (RubisWindow *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), names[i], self->session != NULL);
}
