#include "rubis-form-rows.h"

#include "rubis-plain.h"

GtkEditable *
rubis_form_rows_add_entry (AdwPreferencesGroup *group, const char *title, GCallback changed, gpointer owner)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  g_signal_connect_object (row, "changed", changed, owner, G_CONNECT_SWAPPED);
  adw_preferences_group_add (group, row);
  return GTK_EDITABLE (row);
}

GtkSwitch *
rubis_form_rows_add_switch (AdwPreferencesGroup *group, const char *title, const char *subtitle,
                            GCallback changed, gpointer owner)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *toggle = gtk_switch_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    rubis_plain_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), toggle);
  g_signal_connect_object (toggle, "notify::active", changed, owner, G_CONNECT_SWAPPED);
  adw_preferences_group_add (group, row);
  return GTK_SWITCH (toggle);
}

AdwComboRow *
rubis_form_rows_add_combo (AdwPreferencesGroup *group, const char *title, const char *const *choices,
                           GCallback changed, gpointer owner)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) list = gtk_string_list_new (choices);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  g_signal_connect_object (row, "notify::selected", changed, owner, G_CONNECT_SWAPPED);
  adw_preferences_group_add (group, row);
  return ADW_COMBO_ROW (row);
}
