/* The main window: the view of an account or a group, over the places. */
#include "rubis-window-private.h"

#include "rubis-account-page.h"

/* Views that "back" comes back to. */
typedef struct
{
  gint64 group_id;
  gint64 account_id;
} Step;

static RubisAccountPage *
get_page (RubisWindow *self)
{
  GtkWidget *page = adw_bin_get_child (self->view_bin);

  return page != NULL ? RUBIS_ACCOUNT_PAGE (page) : NULL;
}

gboolean
rubis_window_shows_view (RubisWindow *self)
{
  return get_page (self) != NULL
         && g_strcmp0 (gtk_stack_get_visible_child_name (self->views), "account") == 0;
}

/* The view says all that the panel says: the panel comes back with the places. */
static void
begin_view (RubisWindow *self)
{
  if (get_page (self) == NULL)
    adw_bin_set_child (self->view_bin, rubis_account_page_new (self->session));
  if (rubis_window_shows_view (self))
    return;
  g_set_weak_pointer (&self->focus_before, gtk_window_get_focus (GTK_WINDOW (self)));
  self->panel_before = adw_flap_get_reveal_flap (self->panel_flap);
  adw_flap_set_reveal_flap (self->panel_flap, FALSE);
  gtk_stack_set_visible_child_name (self->views, "account");
}

static void
show_step (RubisWindow *self, gint64 group_id, gint64 account_id)
{
  rubis_account_page_show (get_page (self), group_id, account_id);
  if (account_id != 0)
    rubis_account_panel_set_account (self->panel, account_id);
}

static void
show_view (RubisWindow *self, gint64 group_id, gint64 account_id)
{
  Step step = { group_id, account_id };

  if (self->session == NULL)
    return;
  if (self->view_trail == NULL)
    self->view_trail = g_array_new (FALSE, FALSE, sizeof (Step));
  if (!rubis_window_shows_view (self))
    g_array_set_size (self->view_trail, 0);
  begin_view (self);
  g_array_append_val (self->view_trail, step);
  show_step (self, group_id, account_id);
  gtk_widget_grab_focus (GTK_WIDGET (get_page (self)));
}

void
rubis_window_leave_view (RubisWindow *self)
{
  if (!rubis_window_shows_view (self))
    return;
  rubis_account_page_flush (get_page (self));
  gtk_stack_set_visible_child_name (self->views, "places");
  adw_flap_set_reveal_flap (self->panel_flap, self->panel_before);
  if (self->focus_before != NULL && gtk_widget_get_root (self->focus_before) == GTK_ROOT (self))
    gtk_widget_grab_focus (self->focus_before);
  else
    gtk_widget_child_focus (adw_view_stack_get_visible_child (self->places), GTK_DIR_TAB_FORWARD);
  g_clear_weak_pointer (&self->focus_before);
}

void
rubis_window_drop_view (RubisWindow *self)
{
  rubis_window_leave_view (self);
  adw_bin_set_child (self->view_bin, NULL);
  g_clear_pointer (&self->view_trail, g_array_unref);
}

/* What is chosen in the tree is what is to be seen. */
void
rubis_window_view_scope (RubisWindow *self, gint64 group_id, gint64 account_id)
{
  Step *last;

  if (!rubis_window_shows_view (self))
    return;
  last = &g_array_index (self->view_trail, Step, self->view_trail->len - 1);
  *last = (Step){ group_id, account_id };
  show_step (self, group_id, account_id);
}

static void
account_view_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  show_view (RUBIS_WINDOW (widget), 0, g_variant_get_int64 (parameter));
}

static void
group_view_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  show_view (RUBIS_WINDOW (widget), g_variant_get_int64 (parameter), 0);
}

/* Of what is chosen in the tree. */
static void
scope_view_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisWindow *self = RUBIS_WINDOW (widget);

  if (self->tree_pane == NULL)
    return;
  if (rubis_tree_pane_get_account_id (self->tree_pane) != 0)
    show_view (self, 0, rubis_tree_pane_get_account_id (self->tree_pane));
  else
    show_view (self, rubis_tree_pane_get_group_id (self->tree_pane), 0);
}

/* Back to the view before, or to the place. */
static void
close_view_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisWindow *self = RUBIS_WINDOW (widget);

  if (!rubis_window_shows_view (self))
    return;
  if (self->view_trail->len > 1)
    {
      Step step;

      g_array_set_size (self->view_trail, self->view_trail->len - 1);
      step = g_array_index (self->view_trail, Step, self->view_trail->len - 1);
      show_step (self, step.group_id, step.account_id);
      return;
    }
  rubis_window_leave_view (self);
}

/* The grid, of one account or group alone. */
static void
show_items_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisWindow *self = RUBIS_WINDOW (widget);
  const char *title;
  gint64 group_id, account_id;

  g_variant_get (parameter, "(xx&s)", &group_id, &account_id, &title);
  if (self->tree_pane == NULL)
    return;
  rubis_window_leave_view (self);
  rubis_tree_pane_choose (self->tree_pane, group_id, account_id, title);
  gtk_widget_activate_action (widget, "win.place", "s", "invoices");
}

void
rubis_window_install_account_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.show-account-view", "x", account_view_action);
  gtk_widget_class_install_action (widget_class, "win.show-group-view", "x", group_view_action);
  gtk_widget_class_install_action (widget_class, "win.show-scope-view", NULL, scope_view_action);
  gtk_widget_class_install_action (widget_class, "win.close-view", NULL, close_view_action);
  gtk_widget_class_install_action (widget_class, "win.show-items", "(xxs)", show_items_action);
}
