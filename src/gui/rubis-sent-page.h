/* rubis-sent-page.h: the section "Sent": everything that left, to be opened, printed again and saved.
 *
 * Follows the tree by the properties "group-id" and "account-id" (gint64). Actions: sent.open, sent.reprint,
 * sent.save, sent.find. Signal "account-activated" (gint64).
 */
#pragma once

#include <adwaita.h>

#include "rubis-session.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_SENT_PAGE (rubis_sent_page_get_type ())
G_DECLARE_FINAL_TYPE (RubisSentPage, rubis_sent_page, RUBIS, SENT_PAGE, AdwBin)

/* @session: (nullable) */
void rubis_sent_page_set_session (RubisSentPage *self, RubisSession *session);
/* How many documents are listed. */
guint rubis_sent_page_get_n_documents (RubisSentPage *self);

G_END_DECLS
