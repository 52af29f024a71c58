/* rubis-registered-page.h: the section "Registered" of the letters: every registered letter, its number,
 * where it is, what to do next.
 *
 * Properties "group-id" is not taken; "account-id" (gint64, 0: all) narrows the list. Signal
 * "account-activated" (gint64): the account of the line that has the focus.
 */
#pragma once

#include <adwaita.h>

#include "rubis-registered-letter.h"
#include "rubis-session.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_REGISTERED_PAGE (rubis_registered_page_get_type ())
G_DECLARE_FINAL_TYPE (RubisRegisteredPage, rubis_registered_page, RUBIS, REGISTERED_PAGE, AdwBin)

/* Once, before it is shown. */
void rubis_registered_page_set_session (RubisRegisteredPage *self, RubisSession *session);
/* Shows the letters of one stage. */
void rubis_registered_page_show_stage (RubisRegisteredPage *self, RubisRegisteredStage stage);
/* Looks at scans that were dropped or chosen, and proposes what to do with each. @paths: (element-type utf8).
 * @only: id of the letter on which they were dropped, 0 for none.
 */
void rubis_registered_page_take_files (RubisRegisteredPage *self, GPtrArray *paths, gint64 only);

G_END_DECLS
