/* The main window: the search over everything, and what its answers open. */
#include "rubis-window-private.h"

static void
search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisWindow *self = RUBIS_WINDOW (widget);

  if (self->session == NULL)
    return;
  if (gtk_widget_get_visible (GTK_WIDGET (self->search_palette)))
    rubis_search_palette_close (self->search_palette);
  else
    rubis_search_palette_open (self->search_palette, self->session, self->places,
                               rubis_account_panel_get_account (self->panel));
}

/* Everything about it where there is such a view, else the panel. */
static void
show_account (RubisWindow *self, gint64 account_id)
{
  GtkWidget *widget = GTK_WIDGET (self);

  if (!gtk_widget_activate_action (widget, "win.show-account-view", "x", account_id))
    gtk_widget_activate_action (widget, "win.show-account", "x", account_id);
}

/* In the grid, which shows all accounts when it showed others. */
static void
show_item (RubisWindow *self, const RubisFound *found)
{
  gint64 account_id = rubis_tree_pane_get_account_id (self->tree_pane);

  if (rubis_tree_pane_get_group_id (self->tree_pane) != 0
      || (account_id != 0 && account_id != found->account_id))
    rubis_tree_pane_select_all_accounts (self->tree_pane);
  rubis_window_leave_view (self);
  rubis_window_leave_view (self);
  adw_view_stack_set_visible_child_name (self->places, "invoices");
  rubis_invoice_grid_show_item (self->invoices, found->id);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-account", "x", found->account_id);
}

void
rubis_window_open_found (RubisWindow *self, RubisFound *found, gboolean call)
{
  GtkWidget *widget = GTK_WIDGET (self);

  if (call)
    {
      if (!gtk_widget_activate_action (widget, "win.call", "x", found->account_id))
        show_account (self, found->account_id);
      return;
    }
  switch (found->kind)
    {
    case RUBIS_FOUND_ITEM:
      show_item (self, found);
      break;
    case RUBIS_FOUND_GROUP:
      gtk_widget_activate_action (widget, "win.show-group-view", "x", found->id);
      break;
    case RUBIS_FOUND_ACTOR:
      gtk_widget_activate_action (widget, "win.actors", NULL);
      break;
    case RUBIS_FOUND_DISPUTE:
      rubis_window_leave_view (self);
      if (!gtk_widget_activate_action (widget, "win.show-dispute", "x", found->id))
        show_account (self, found->account_id);
      break;
    case RUBIS_FOUND_ACCOUNT:
    case RUBIS_FOUND_CONTACT:
    case RUBIS_FOUND_EVENT:
    default:
      /* An import concerns the whole dossier, which has a view as well. */
      if (found->account_id != 0)
        show_account (self, found->account_id);
      else
        gtk_widget_activate_action (widget, "win.show-group-view", "x", (gint64)0);
      break;
    }
}

void
rubis_window_install_search_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_action);
}
