/* rubis-help-window.h: the help: following what is unpaid, and how templates are written, with examples: what is typed,
 * and what it becomes.
 */
#pragma once

#include <adwaita.h>

#include "rubis-guide.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_HELP_WINDOW (rubis_help_window_get_type ())
G_DECLARE_FINAL_TYPE (RubisHelpWindow, rubis_help_window, RUBIS, HELP_WINDOW, AdwWindow)

/* @parent: (nullable) the window that it stands beside. It is not modal: one reads it while writing. */
GtkWidget *rubis_help_window_new (GtkWindow *parent);
/* Goes to that part of it. */
void rubis_help_window_show_topic (RubisHelpWindow *self, RubisGuideTopic topic);
/* How many of its parts are shown, headings included: all, or those that match what is searched for. */
guint rubis_help_window_count_shown (RubisHelpWindow *self);

G_END_DECLS
