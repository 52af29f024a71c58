/* rubis-find-bar.h: find, and find and replace, in a text.
 *
 * Actions: find.next, find.previous, find.replace, find.replace-all, find.close.
 */
#pragma once

#include <adwaita.h>
#include <gtksourceview/gtksource.h>

G_BEGIN_DECLS

#define RUBIS_TYPE_FIND_BAR (rubis_find_bar_get_type ())
G_DECLARE_FINAL_TYPE (RubisFindBar, rubis_find_bar, RUBIS, FIND_BAR, AdwBin)

/* @view: (unowned) lives as long as the bar */
void rubis_find_bar_set_view (RubisFindBar *self, GtkSourceView *view);
/* Shows the bar with what is selected in the text; @replace: with what to put in its place. */
void rubis_find_bar_open (RubisFindBar *self, gboolean replace);
void rubis_find_bar_close (RubisFindBar *self);

G_END_DECLS
