/* rubis-template-report.h: what is wrong with templates, and what they may contain, as records. */
#pragma once

#include "rubis-session.h"

G_BEGIN_DECLS

/* The problems of @text: an aa{sv} with template, line, column, offset, length, severity ("error", "warning",
 * "advice"), code and message. @name: what messages and records call it. @has_errors: (out) (nullable) whether
 * it cannot be used. (transfer full)
 */
GVariant *rubis_template_lint_text (const char *text, const char *name, gboolean *has_errors);
/* The same for one customer of the dossier: also what the text asks for and this customer lacks. @id: of the
 * template whose step decides the deadline.
 */
GVariant *rubis_session_lint_template_text (RubisSession *self, gint64 account_id, const char *id, const char *text,
                                            const char *name, gboolean *has_errors, GError **error);

/* Every hashtag: an aa{sv} with name, alias, family, type, description and example. @session: (nullable) the
 * example is that of @account_id in it; else that of an invented customer. @language: in which names and
 * examples are given. (transfer full)
 */
GVariant *rubis_template_list_hashtags (RubisSession *session, gint64 account_id, const char *language, GError **error);

G_END_DECLS
