#include "rubis-window-private.h"

#include <glib/gi18n-lib.h>

#include "rubis-ui.h"

/* Panes are a little wider where there is room. */
#define WIDE_WINDOW 1600

G_DEFINE_FINAL_TYPE (RubisWindow, rubis_window, ADW_TYPE_APPLICATION_WINDOW)

static void
scope_changed_cb (RubisWindow *self)
{
  gint64 group_id = rubis_tree_pane_get_group_id (self->tree_pane);
  gint64 account_id = rubis_tree_pane_get_account_id (self->tree_pane);
  GObject *pages[] = { G_OBJECT (self->today_page), G_OBJECT (self->invoices), G_OBJECT (self->disputes),
                       G_OBJECT (self->letters) };

  /* The narrower one first, so that a place never loads everything on the way. */
  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      if (account_id != 0)
        g_object_set (pages[i], "account-id", account_id, "group-id", group_id, NULL);
      else
        g_object_set (pages[i], "group-id", group_id, "account-id", account_id, NULL);
    }
  rubis_window_view_scope (self, group_id, account_id);
}

static void
account_activated_cb (RubisWindow *self, gint64 account_id)
{
  if (self->panel == NULL)
    return;
  rubis_account_panel_set_account (self->panel, account_id);
  rubis_letters_page_set_current_account (self->letters, account_id);
}

static void
hide_pane (AdwFlap *flap, gboolean hide, RubisWindowPane *pane)
{
  if (hide == pane->hidden)
    return;
  if (hide)
    pane->shown = adw_flap_get_reveal_flap (flap);
  pane->hidden = hide;
  adw_flap_set_reveal_flap (flap, !hide && pane->shown);
}

/* The composer has the whole width, the board of disputes that of the panel when there is little: the panes come back
 * with the next place. Who wants them there too shows them by their keys.
 */
static void
arrange_panes (RubisWindow *self)
{
  GtkWidget *place = adw_view_stack_get_visible_child (self->places);
  gboolean roomy = self->letters != NULL && place == GTK_WIDGET (self->letters)
                   && rubis_letters_page_get_roomy (self->letters);
  gboolean crowded = self->disputes != NULL && place == GTK_WIDGET (self->disputes) && !self->wide;

  hide_pane (self->tree_flap, roomy, &self->tree);
  hide_pane (self->panel_flap, roomy || crowded, &self->side);
}

static void
place_changed_cb (RubisWindow *self)
{
  rubis_window_leave_view (self);
  arrange_panes (self);
}

static void
add_place (RubisWindow *self, GtkWidget *page, const char *name, const char *title, const char *icon_name)
{
  adw_view_stack_add_titled_with_icon (self->places, page, name, title, icon_name);
  g_signal_connect_object (page, "account-activated", G_CALLBACK (account_activated_cb), self, G_CONNECT_SWAPPED);
}

static void
remove_places (RubisWindow *self)
{
  rubis_window_drop_view (self);
  adw_bin_set_child (self->tree_bin, NULL);
  adw_clamp_set_child (self->panel_clamp, NULL);
  if (self->today_page != NULL)
    adw_view_stack_remove (self->places, GTK_WIDGET (self->today_page));
  if (self->invoices != NULL)
    adw_view_stack_remove (self->places, GTK_WIDGET (self->invoices));
  if (self->disputes != NULL)
    adw_view_stack_remove (self->places, GTK_WIDGET (g_steal_pointer (&self->disputes)));
  if (self->letters != NULL)
    {
      RubisLettersPage *letters = g_steal_pointer (&self->letters);

      place_changed_cb (self);
      adw_view_stack_remove (self->places, GTK_WIDGET (letters));
    }
  self->tree_pane = NULL;
  self->panel = NULL;
  self->today_page = NULL;
  self->invoices = NULL;
}

static void
build_places (RubisWindow *self)
{
  g_autofree char *place = rubis_preferences_get_string (self->preferences, "window", "place");

  self->tree_pane = RUBIS_TREE_PANE (rubis_tree_pane_new (self->session));
  self->panel = RUBIS_ACCOUNT_PANEL (rubis_account_panel_new (self->session));
  self->today_page = RUBIS_TODAY_PAGE (rubis_today_page_new (self->session));
  self->invoices = RUBIS_INVOICE_GRID (rubis_invoice_grid_new (self->session, self->preferences));
  self->disputes = RUBIS_DISPUTES_PAGE (rubis_disputes_page_new (self->session));
  self->letters = RUBIS_LETTERS_PAGE (rubis_letters_page_new (self->session, self->preferences));
  adw_bin_set_child (self->tree_bin, GTK_WIDGET (self->tree_pane));
  adw_clamp_set_child (self->panel_clamp, GTK_WIDGET (self->panel));
  add_place (self, GTK_WIDGET (self->today_page), "today", _("Today"), "x-office-calendar-symbolic");
  add_place (self, GTK_WIDGET (self->invoices), "invoices", _("Invoices"), "view-list-symbolic");
  add_place (self, GTK_WIDGET (self->disputes), "disputes", _("Disputes"), "rubis-dispute-symbolic");
  add_place (self, GTK_WIDGET (self->letters), "letters", _("Correspondence"), "mail-unread-symbolic");
  g_signal_connect_object (self->letters, "notify::roomy", G_CALLBACK (place_changed_cb), self, G_CONNECT_SWAPPED);
  if (place != NULL && adw_view_stack_get_child_by_name (self->places, place) != NULL)
    adw_view_stack_set_visible_child_name (self->places, place);
  g_signal_connect_object (self->tree_pane, "scope-changed", G_CALLBACK (scope_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->tree_pane, "account-activated", G_CALLBACK (account_activated_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
drop_session (RubisWindow *self)
{
  if (self->session == NULL)
    return;
  if (self->panel != NULL)
    rubis_account_panel_flush (self->panel);
  if (self->disputes != NULL)
    rubis_disputes_page_flush (self->disputes);
  if (self->letters != NULL)
    rubis_letters_page_flush (self->letters);
  g_signal_handlers_disconnect_by_data (self->session, self);
  rubis_window_stop_courier (self);
  rubis_window_stop_callbacks (self);
  rubis_status_line_set_session (self->status_line, NULL);
  rubis_search_palette_forget (self->search_palette);
  remove_places (self);
  g_clear_object (&self->session);
}

static void
update_title (RubisWindow *self)
{
  g_autoptr(RubisCompany) company = self->session != NULL ? rubis_session_dup_company (self->session) : NULL;
  g_autofree char *title = NULL;

  if (company != NULL && company->name[0] != '\0')
    title = g_strdup_printf ("%s – Rubis", company->name);
  gtk_window_set_title (GTK_WINDOW (self), title != NULL ? title : "Rubis");
}

static gboolean
close_request_cb (RubisWindow *self)
{
  rubis_window_leave_view (self);
  rubis_window_save_state (self);
  if (self->panel != NULL)
    rubis_account_panel_flush (self->panel);
  if (self->disputes != NULL)
    rubis_disputes_page_flush (self->disputes);
  if (self->letters != NULL)
    rubis_letters_page_flush (self->letters);
  return FALSE;
}

static void
width_changed_cb (RubisWindow *self, int width)
{
  gboolean wide = width >= WIDE_WINDOW;
  int panel_width = wide ? 400 : 340;

  if (wide != self->wide)
    {
      self->wide = wide;
      arrange_panes (self);
    }
  gtk_widget_set_size_request (GTK_WIDGET (self->tree_bin), wide ? 320 : 260, -1);
  gtk_widget_set_size_request (GTK_WIDGET (self->panel_clamp), panel_width, -1);
  adw_clamp_set_maximum_size (self->panel_clamp, panel_width);
  adw_clamp_set_tightening_threshold (self->panel_clamp, panel_width);
}

static void
surface_layout_cb (RubisWindow *self, int width, int height)
{
  width_changed_cb (self, width);
}

static void
rubis_window_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (rubis_window_parent_class)->realize (widget);
  g_signal_connect_object (gtk_native_get_surface (GTK_NATIVE (widget)), "layout", G_CALLBACK (surface_layout_cb),
                           widget, G_CONNECT_SWAPPED);
}

static void
rubis_window_dispose (GObject *object)
{
  RubisWindow *self = RUBIS_WINDOW (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  if (self->status_line != NULL)
    drop_session (self);
  gtk_widget_dispose_template (GTK_WIDGET (object), RUBIS_TYPE_WINDOW);
  g_clear_object (&self->cancellable);
  g_clear_weak_pointer (&self->focus_before);
  g_clear_pointer (&self->pending_paths, g_ptr_array_unref);
  G_OBJECT_CLASS (rubis_window_parent_class)->dispose (object);
}

static void
rubis_window_class_init (RubisWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_window_dispose;
  widget_class->realize = rubis_window_realize;
  g_type_ensure (RUBIS_TYPE_SEARCH_PALETTE);
  g_type_ensure (RUBIS_TYPE_START_PAGE);
  g_type_ensure (RUBIS_TYPE_STATUS_LINE);
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, RubisWindow, drop_area);
  gtk_widget_class_bind_template_child (widget_class, RubisWindow, search_palette);
  gtk_widget_class_bind_template_child (widget_class, RubisWindow, title_stack);
  gtk_widget_class_bind_template_child (widget_class, RubisWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, RubisWindow, start_page);
  gtk_widget_class_bind_template_child (widget_class, RubisWindow, opening_page);
  gtk_widget_class_bind_template_child (widget_class, RubisWindow, tree_flap);
  gtk_widget_class_bind_template_child (widget_class, RubisWindow, panel_flap);
  gtk_widget_class_bind_template_child (widget_class, RubisWindow, tree_bin);
  gtk_widget_class_bind_template_child (widget_class, RubisWindow, panel_clamp);
  gtk_widget_class_bind_template_child (widget_class, RubisWindow, views);
  gtk_widget_class_bind_template_child (widget_class, RubisWindow, view_bin);
  gtk_widget_class_bind_template_child (widget_class, RubisWindow, places);
  gtk_widget_class_bind_template_child (widget_class, RubisWindow, status_line);
  gtk_widget_class_bind_template_child (widget_class, RubisWindow, tree_button);
  gtk_widget_class_bind_template_child (widget_class, RubisWindow, import_button);
  gtk_widget_class_bind_template_child (widget_class, RubisWindow, search_button);
  gtk_widget_class_bind_template_child (widget_class, RubisWindow, panel_button);
  gtk_widget_class_bind_template_child (widget_class, RubisWindow, undo_button);
  gtk_widget_class_bind_template_child (widget_class, RubisWindow, redo_button);
  gtk_widget_class_bind_template_child (widget_class, RubisWindow, recent_menu);
  gtk_widget_class_bind_template_callback (widget_class, close_request_cb);
  gtk_widget_class_bind_template_callback (widget_class, place_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, rubis_window_open_found);
  rubis_window_install_actions (widget_class);
  rubis_window_install_mail_actions (widget_class);
  rubis_window_install_field_actions (widget_class);
  rubis_window_install_account_actions (widget_class);
  rubis_window_install_phone_actions (widget_class);
  rubis_window_install_agreement_actions (widget_class);
  rubis_window_install_search_actions (widget_class);
  rubis_window_install_dispute_actions (widget_class);
}

static void
rubis_window_init (RubisWindow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  rubis_window_add_actions (self);
  rubis_window_add_drop_target (self);
  rubis_window_update_actions (self);
}

RubisWindow *
rubis_window_new (GtkApplication *application, RubisPreferences *preferences, RubisDate today)
{
  RubisWindow *self;

  g_return_val_if_fail (preferences != NULL, NULL);

  self = g_object_new (RUBIS_TYPE_WINDOW, "application", application, NULL);
  self->preferences = preferences;
  self->today = today;
  rubis_window_load_state (self);
  rubis_window_update_recent (self);
  return self;
}

RubisSession *
rubis_window_get_session (RubisWindow *self)
{
  g_return_val_if_fail (RUBIS_IS_WINDOW (self), NULL);

  return self->session;
}

void
rubis_window_set_session (RubisWindow *self, RubisSession *session)
{
  g_return_if_fail (RUBIS_IS_WINDOW (self));
  g_return_if_fail (RUBIS_IS_SESSION (session));

  if (self->session == session)
    return;
  drop_session (self);
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::can-undo", G_CALLBACK (rubis_window_update_actions), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::undo-label", G_CALLBACK (rubis_window_update_actions), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::can-redo", G_CALLBACK (rubis_window_update_actions), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "changed", G_CALLBACK (update_title), self, G_CONNECT_SWAPPED);
  build_places (self);
  rubis_status_line_set_session (self->status_line, session);
  rubis_window_start_courier (self);
  rubis_window_start_callbacks (self);
  rubis_preferences_add_recent (self->preferences, rubis_session_get_path (session));
  rubis_window_update_recent (self);
  rubis_window_update_actions (self);
  update_title (self);
  gtk_stack_set_visible_child_name (self->stack, "dossier");
  gtk_stack_set_visible_child_name (self->title_stack, "places");
  if (self->pending_paths != NULL)
    {
      g_autoptr(GPtrArray) paths = g_steal_pointer (&self->pending_paths);

      rubis_window_import_paths (self, paths);
    }
}

void
rubis_window_set_today (RubisWindow *self, RubisDate today)
{
  g_return_if_fail (RUBIS_IS_WINDOW (self));

  if (self->today == today)
    return;
  self->today = today;
  if (self->session == NULL)
    return;
  rubis_session_set_today (self->session, today);
  rubis_invoice_grid_set_today (self->invoices, today);
  rubis_today_page_refresh (self->today_page);
  rubis_status_line_refresh (self->status_line);
}

void
rubis_window_toast (RubisWindow *self, const char *text, gboolean undo)
{
  AdwToast *toast;
  g_autofree char *escaped = NULL;

  g_return_if_fail (RUBIS_IS_WINDOW (self));
  g_return_if_fail (text != NULL);

  /* The title of a toast is markup. */
  escaped = g_markup_escape_text (text, -1);
  toast = adw_toast_new (escaped);
  if (undo)
    {
      adw_toast_set_button_label (toast, _("_Undo"));
      adw_toast_set_action_name (toast, "win.undo");
    }
  adw_toast_overlay_add_toast (self->toasts, toast);
}

void
rubis_window_toast_action (RubisWindow *self, const char *text, const char *label, const char *action,
                           GVariant *target)
{
  AdwToast *toast;
  g_autofree char *escaped = NULL;

  g_return_if_fail (RUBIS_IS_WINDOW (self));
  g_return_if_fail (text != NULL && label != NULL && action != NULL);

  /* The title of a toast is markup. */
  escaped = g_markup_escape_text (text, -1);
  toast = adw_toast_new (escaped);
  adw_toast_set_button_label (toast, label);
  adw_toast_set_action_name (toast, action);
  if (target != NULL)
    adw_toast_set_action_target_value (toast, target);
  adw_toast_overlay_add_toast (self->toasts, toast);
}
