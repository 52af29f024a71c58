/* rubis-letters-page.h: the place "Letters": templates, what is to be posted, registered mail, outbox,
 * answers, what was sent.
 *
 * Each section is a widget of its own. Properties "session" (construct only), "group-id" and "account-id"
 * (gint64, 0: all), handed to the sections that have them; "roomy" (boolean): the section shown wants the
 * width of the whole window. Signal "account-activated" (gint64).
 */
#pragma once

#include <adwaita.h>

#include "rubis-inbox.h"
#include "rubis-preferences.h"
#include "rubis-session.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_LETTERS_PAGE (rubis_letters_page_get_type ())
G_DECLARE_FINAL_TYPE (RubisLettersPage, rubis_letters_page, RUBIS, LETTERS_PAGE, AdwBin)

/* @preferences: (unowned) (nullable) remembers the section and what sections keep; outlives the page */
GtkWidget *rubis_letters_page_new (RubisSession *session, RubisPreferences *preferences);
/* Shows the section of that name ("templates", "post", "registered", "outbox", "answers", "sent");
 * nothing when it is not there.
 */
void rubis_letters_page_show_section (RubisLettersPage *self, const char *name);
/* Whether that section is what the user sees. */
gboolean rubis_letters_page_shows (RubisLettersPage *self, const char *name);
/* What was read from the mailboxes. */
void rubis_letters_page_show_fetched (RubisLettersPage *self, const RubisFetchReport *report);
gboolean rubis_letters_page_get_roomy (RubisLettersPage *self);
/* Whether the section shown takes dropped files itself. */
gboolean rubis_letters_page_takes_files (RubisLettersPage *self);
/* The account that the window shows: the preview takes it first. 0: none. */
void rubis_letters_page_set_current_account (RubisLettersPage *self, gint64 account_id);
/* Keeps what was being typed, before the window closes. */
void rubis_letters_page_flush (RubisLettersPage *self);
/* Puts the cursor into what filters or searches in the section shown (Ctrl+F). */
void rubis_letters_page_find (RubisLettersPage *self);

G_END_DECLS
