/* rubis-custom-fields-window.h: the fields that the user adds to accounts and items. */
#pragma once

#include "rubis-list-form-window.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_CUSTOM_FIELDS_WINDOW (rubis_custom_fields_window_get_type ())
G_DECLARE_FINAL_TYPE (RubisCustomFieldsWindow, rubis_custom_fields_window, RUBIS, CUSTOM_FIELDS_WINDOW,
                      RubisListFormWindow)

/* @parent: (nullable). (transfer none) */
RubisCustomFieldsWindow *rubis_custom_fields_window_present (GtkWindow *parent, RubisSession *session);

G_END_DECLS
