/* rubis-post-page.h: the section "To post": the letters that wait, in the order of the post, and printing
 * them.
 *
 * Actions: post.preview, post.print, post.save. Signal "account-activated" (gint64): a line was chosen.
 */
#pragma once

#include <adwaita.h>

#include "rubis-session.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_POST_PAGE (rubis_post_page_get_type ())
G_DECLARE_FINAL_TYPE (RubisPostPage, rubis_post_page, RUBIS, POST_PAGE, AdwBin)

/* @session: (nullable) */
void rubis_post_page_set_session (RubisPostPage *self, RubisSession *session);
/* How many letters are listed. */
guint rubis_post_page_get_n_letters (RubisPostPage *self);
/* Prints on that printer without asking for one; as the button does with the printer chosen in the page. */
void rubis_post_page_print_on (RubisPostPage *self, const char *printer);

G_END_DECLS
