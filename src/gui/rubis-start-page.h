/* rubis-start-page.h: what is seen before a dossier is open: new, open, demonstration, recent ones.
 *
 * It acts through the actions of the window: win.new, win.open, win.demo, win.open-path (s).
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RUBIS_TYPE_START_PAGE (rubis_start_page_get_type ())
G_DECLARE_FINAL_TYPE (RubisStartPage, rubis_start_page, RUBIS, START_PAGE, AdwBin)

GtkWidget *rubis_start_page_new (void);
/* The dossiers opened lately, newest first; hidden when there are none. */
void rubis_start_page_set_recent (RubisStartPage *self, const char *const *paths);

G_END_DECLS
