/* rubis-disputes-page.h: the place "Disputes": board, list and statistics, and one dispute beside them.
 *
 * Properties "session" (construct only), "group-id" and "account-id" (gint64, 0: all). Signal
 * "account-activated" (gint64).
 */
#pragma once

#include <adwaita.h>

#include "rubis-session.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_DISPUTES_PAGE (rubis_disputes_page_get_type ())
G_DECLARE_FINAL_TYPE (RubisDisputesPage, rubis_disputes_page, RUBIS, DISPUTES_PAGE, AdwBin)

GtkWidget *rubis_disputes_page_new (RubisSession *session);
/* Shows one of "board", "list", "statistics". */
void rubis_disputes_page_show_view (RubisDisputesPage *self, const char *name);
/* Opens that dispute beside the view, whatever is filtered. */
void rubis_disputes_page_show_dispute (RubisDisputesPage *self, gint64 id);
/* Puts the cursor into the filter (Ctrl+F). */
void rubis_disputes_page_find (RubisDisputesPage *self);
void rubis_disputes_page_refresh (RubisDisputesPage *self);
/* Keeps what was being typed. */
void rubis_disputes_page_flush (RubisDisputesPage *self);

G_END_DECLS
