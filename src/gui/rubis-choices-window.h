/* rubis-choices-window.h: the words of a list that the user may extend: reasons of disputes, results of
 * calls. */
#pragma once

#include "rubis-list-form-window.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_CHOICES_WINDOW (rubis_choices_window_get_type ())
G_DECLARE_FINAL_TYPE (RubisChoicesWindow, rubis_choices_window, RUBIS, CHOICES_WINDOW, RubisListFormWindow)

/* @list: RUBIS_CHOICES_…. @parent: (nullable). (transfer none) */
RubisChoicesWindow *rubis_choices_window_present (GtkWindow *parent, RubisSession *session, const char *list);

G_END_DECLS
