/* rubis-account-page.h: everything of an account, or of a group of accounts, on one page.
 *
 * A group is consolidated: what its accounts owe together, how they pay, all that happened; it is no demand,
 * and nothing is sent from it.
 */
#pragma once

#include <adwaita.h>

#include "rubis-session.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_ACCOUNT_PAGE (rubis_account_page_get_type ())
G_DECLARE_FINAL_TYPE (RubisAccountPage, rubis_account_page, RUBIS, ACCOUNT_PAGE, AdwBin)

GtkWidget *rubis_account_page_new (RubisSession *session);
/* One of both is 0, or both for the whole dossier. */
void rubis_account_page_show (RubisAccountPage *self, gint64 group_id, gint64 account_id);
/* 0: a group is shown. */
gint64 rubis_account_page_get_account (RubisAccountPage *self);
/* Whether all is there that was asked for: for tests. */
gboolean rubis_account_page_is_ready (RubisAccountPage *self);
/* Keeps what was typed and not yet kept. */
void rubis_account_page_flush (RubisAccountPage *self);

G_END_DECLS
