/* The main window: size, panes and place, remembered between runs. */
#include "rubis-window-private.h"

#define GROUP "window"

void
rubis_window_load_state (RubisWindow *self)
{
  int width = rubis_preferences_get_int (self->preferences, GROUP, "width", 1360);
  int height = rubis_preferences_get_int (self->preferences, GROUP, "height", 820);

  gtk_window_set_default_size (GTK_WINDOW (self), CLAMP (width, 360, 10000), CLAMP (height, 300, 10000));
  if (rubis_preferences_get_boolean (self->preferences, GROUP, "maximized", FALSE))
    gtk_window_maximize (GTK_WINDOW (self));
  adw_flap_set_reveal_flap (self->tree_flap, rubis_preferences_get_boolean (self->preferences, GROUP, "tree", TRUE));
  adw_flap_set_reveal_flap (self->panel_flap, rubis_preferences_get_boolean (self->preferences, GROUP, "panel", TRUE));
}

/* A pane that is folded was hidden by the width of the window, not by the user. */
static void
save_pane (RubisWindow *self, AdwFlap *flap, const RubisWindowPane *pane, const char *key)
{
  if (!adw_flap_get_folded (flap))
    rubis_preferences_set_boolean (self->preferences, GROUP, key,
                                   pane->hidden ? pane->shown : adw_flap_get_reveal_flap (flap));
}

void
rubis_window_save_state (RubisWindow *self)
{
  gboolean maximized = gtk_window_is_maximized (GTK_WINDOW (self));
  const char *place = adw_view_stack_get_visible_child_name (self->places);
  int width, height;

  rubis_preferences_set_boolean (self->preferences, GROUP, "maximized", maximized);
  if (!maximized)
    {
      gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
      rubis_preferences_set_int (self->preferences, GROUP, "width", width);
      rubis_preferences_set_int (self->preferences, GROUP, "height", height);
    }
  if (self->session == NULL)
    return;
  save_pane (self, self->tree_flap, &self->tree, "tree");
  save_pane (self, self->panel_flap, &self->side, "panel");
  if (place != NULL)
    rubis_preferences_set_string (self->preferences, GROUP, "place", place);
}
