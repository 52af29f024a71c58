/* rubis-answers-page.h: the section "Answers": bounces and answers that wait for a person.
 *
 * Properties "group-id" and "account-id" (gint64, 0: all). Signal "account-activated" (gint64).
 * Actions: answers.close, .wait-again, .assign, .open-file, .thread, .add-files, .find. Files of emails can
 * be dropped on it.
 */
#pragma once

#include <adwaita.h>

#include "rubis-inbox.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_ANSWERS_PAGE (rubis_answers_page_get_type ())
G_DECLARE_FINAL_TYPE (RubisAnswersPage, rubis_answers_page, RUBIS, ANSWERS_PAGE, AdwBin)

/* @session: (nullable) */
void rubis_answers_page_set_session (RubisAnswersPage *self, RubisSession *session);
guint rubis_answers_page_get_n_messages (RubisAnswersPage *self);
/* Reads .eml files. @paths: (element-type utf8) */
void rubis_answers_page_take_files (RubisAnswersPage *self, GPtrArray *paths);
/* Says which mailboxes could not be read. */
void rubis_answers_page_show_fetched (RubisAnswersPage *self, const RubisFetchReport *report);
/* Puts the cursor into the search. */
void rubis_answers_page_find (RubisAnswersPage *self);

G_END_DECLS
