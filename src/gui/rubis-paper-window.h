/* rubis-paper-window.h: statements, payment plans, receipts and write-off sheets of an account: what they ask for at
 * the left, the document as it will be at the right, written anew as one types.
 *
 * What is printed or saved is kept as a document of the account.
 */
#pragma once

#include <adwaita.h>

#include "rubis-account-card.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_PAPER_WINDOW (rubis_paper_window_get_type ())
G_DECLARE_FINAL_TYPE (RubisPaperWindow, rubis_paper_window, RUBIS, PAPER_WINDOW, AdwWindow)

/* @template_id: one of the RUBIS_PAPER_… of rubis-paper.h; @parent: (nullable); @card: the account as it is shown, whose
 * items can be chosen
 */
GtkWindow *rubis_paper_window_present (GtkWindow *parent, RubisSession *session, RubisAccountCard *card,
                                       const char *template_id);
/* Whether the document shown is that of what is typed: for tests. */
gboolean rubis_paper_window_is_ready (RubisPaperWindow *self);

G_END_DECLS
