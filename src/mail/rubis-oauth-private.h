/* rubis-oauth-private.h: what the files of OAuth share. */
#pragma once

#include "rubis-http.h"
#include "rubis-json-answer.h"
#include "rubis-oauth.h"

G_BEGIN_DECLS

/* Names and values, NULL at the end; values that are NULL are left out. (transfer full) */
char *rubis_oauth_make_form (const char *name, ...) G_GNUC_NULL_TERMINATED;
/* Sends it as the body of a POST and wipes it. @form: (transfer full) */
RubisHttpResponse *rubis_oauth_post (const char *url, char *form, GCancellable *cancellable);
/* Tokens from an answer; NULL with the error that it means (RUBIS_OAUTH_ERROR). @code: (out) (nullable) the
 * provider's own word, such as "authorization_pending". (transfer full)
 */
RubisOauthTokens *rubis_oauth_read_tokens (const RubisOauthProvider *provider,
                                           const RubisHttpResponse *response, char **code, GError **error);
/* FALSE: the sender has no client id; says where to get one. */
gboolean rubis_oauth_check_client (const RubisOauthProvider *provider, const RubisSender *sender,
                                   GError **error);
/* What the provider says, as one short line. (transfer full) */
char *rubis_oauth_dup_line (const char *text);

G_END_DECLS
