/* The main window: promises and payment plans. */
#include "rubis-window-private.h"

#include "rubis-plan-dialog.h"
#include "rubis-plan-window.h"
#include "rubis-promise-dialog.h"

/* @parameter: (xax). (transfer full) (element-type gint64) */
static GArray *
read_items (GVariant *parameter, gint64 *account_id)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GVariantIter) items = NULL;
  gint64 id;

  g_variant_get (parameter, "(xax)", account_id, &items);
  while (g_variant_iter_next (items, "x", &id))
    g_array_append_val (ids, id);
  return ids;
}

static void
new_promise_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisWindow *self = RUBIS_WINDOW (widget);
  gint64 account_id;
  g_autoptr (GArray) ids = read_items (parameter, &account_id);

  if (self->session != NULL)
    rubis_promise_dialog_present (GTK_WINDOW (self), self->session, account_id, ids);
}

static void
new_plan_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisWindow *self = RUBIS_WINDOW (widget);
  gint64 account_id;
  g_autoptr (GArray) ids = read_items (parameter, &account_id);

  if (self->session != NULL)
    rubis_plan_dialog_present (GTK_WINDOW (self), self->session, account_id, ids);
}

static void
show_plan_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisWindow *self = RUBIS_WINDOW (widget);

  if (self->session != NULL)
    rubis_plan_window_present (GTK_WINDOW (self), self->session, g_variant_get_int64 (parameter));
}

void
rubis_window_install_agreement_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.new-promise", "(xax)", new_promise_action);
  gtk_widget_class_install_action (widget_class, "win.new-plan", "(xax)", new_plan_action);
  gtk_widget_class_install_action (widget_class, "win.show-plan", "x", show_plan_action);
}
