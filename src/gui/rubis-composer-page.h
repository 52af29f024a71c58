/* rubis-composer-page.h: the section "Templates": the list, the editor and the preview of a letter.
 *
 * What is typed is kept as a draft in the dossier until it is saved or discarded. Actions: composer.save,
 * composer.discard, composer.find, composer.replace, composer.next-problem, composer.previous-problem,
 * composer.history, composer.new, composer.write, composer.envelope, composer.form (RubisPreviewForm as int32; Alt+1 to 4).
 */
#pragma once

#include <adwaita.h>

#include "rubis-preferences.h"
#include "rubis-session.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_COMPOSER_PAGE (rubis_composer_page_get_type ())
G_DECLARE_FINAL_TYPE (RubisComposerPage, rubis_composer_page, RUBIS, COMPOSER_PAGE, AdwBin)

/* @preferences: (unowned) (nullable) remembers what is listed; outlives the page. Before the session. */
void rubis_composer_page_set_preferences (RubisComposerPage *self, RubisPreferences *preferences);
/* @session: (nullable) */
void rubis_composer_page_set_session (RubisComposerPage *self, RubisSession *session);
/* The account that previews show first. 0: none. */
void rubis_composer_page_set_current_account (RubisComposerPage *self, gint64 account_id);
/* Writes the draft now. */
void rubis_composer_page_flush (RubisComposerPage *self);
/* Opens find, or find and replace. */
void rubis_composer_page_find (RubisComposerPage *self, gboolean replace);

G_END_DECLS
