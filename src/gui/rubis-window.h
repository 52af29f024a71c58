/* rubis-window.h: the main window: one dossier, its places, the account tree and the account panel.
 *
 * Actions that any widget inside may activate by gtk_widget_activate_action():
 *   win.show-account (x)   the account panel shows that account
 *   win.show-document (x)  preview of a document kept in the history
 *   win.statement (x)      preview of the statement of that account
 *   win.place (s)          a place, "letters/registered" with the section of it
 *   win.import, win.undo, win.redo, win.new, win.open, win.open-path (s), win.demo, win.company,
 *   win.letterhead, win.check-addresses
 */
#pragma once

#include <adwaita.h>

#include "rubis-preferences.h"
#include "rubis-session.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_WINDOW (rubis_window_get_type ())
G_DECLARE_FINAL_TYPE (RubisWindow, rubis_window, RUBIS, WINDOW, AdwApplicationWindow)

/* @preferences: (unowned) outlives the window. @today: the day to work as. */
RubisWindow *rubis_window_new (GtkApplication *application, RubisPreferences *preferences, RubisDate today);
/* (nullable) NULL while no dossier is open */
RubisSession *rubis_window_get_session (RubisWindow *self);
/* Shows a dossier, in place of the one shown. */
void rubis_window_set_session (RubisWindow *self, RubisSession *session);
/* Opens the dossier at @path in the background; errors are shown. */
void rubis_window_open (RubisWindow *self, const char *path);
/* The day changed. */
void rubis_window_set_today (RubisWindow *self, RubisDate today);
/* Opens what was dropped or given: a dossier is opened, other files are previewed for import.
 * @paths: (element-type utf8)
 */
void rubis_window_take_files (RubisWindow *self, GPtrArray *paths);
void rubis_window_toast (RubisWindow *self, const char *text, gboolean undo);
/* The same with a button of its own. @target: (nullable), floating */
void rubis_window_toast_action (RubisWindow *self, const char *text, const char *label, const char *action,
                                GVariant *target);

G_END_DECLS
