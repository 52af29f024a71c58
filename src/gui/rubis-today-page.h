/* rubis-today-page.h: the place "Today": what to do now, why, and doing it.
 *
 * The actions of the day are computed in the background, gathered by kind, ticked, previewed and
 * done. Properties: "session" (construct only), "group-id" and "account-id" (gint64, 0: all), which
 * narrow the list to a group or an account. Signal "account-activated" (gint64): the account of the
 * line that has the focus.
 */
#pragma once

#include <adwaita.h>

#include "rubis-session.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_TODAY_PAGE (rubis_today_page_get_type ())
G_DECLARE_FINAL_TYPE (RubisTodayPage, rubis_today_page, RUBIS, TODAY_PAGE, AdwBin)

/* Starts computing at once, and again whenever the dossier changed. */
GtkWidget *rubis_today_page_new (RubisSession *session);
/* Computes the day again (F5). */
void rubis_today_page_refresh (RubisTodayPage *self);
/* Lines that wait to be done in the present scope; for the mark on the place's button. */
guint rubis_today_page_get_n_to_do (RubisTodayPage *self);

G_END_DECLS
