/* rubis-form-rows.h: the rows of small forms. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A new row at the end of @group whose text is edited; @changed is called with @owner first. (transfer none)
 */
GtkEditable *rubis_form_rows_add_entry (AdwPreferencesGroup *group, const char *title, GCallback changed,
                                        gpointer owner);
/* One with a switch. @subtitle: (nullable). (transfer none) */
GtkSwitch *rubis_form_rows_add_switch (AdwPreferencesGroup *group, const char *title, const char *subtitle,
                                       GCallback changed, gpointer owner);
/* One with a list to choose from. @choices: NULL-terminated. (transfer none) */
AdwComboRow *rubis_form_rows_add_combo (AdwPreferencesGroup *group, const char *title,
                                        const char *const *choices, GCallback changed, gpointer owner);

G_END_DECLS
