/* rubis-account-terms.h: how an account pays, its limit, insurer and time zone, the fields that users added,
 * the note and the files: all edited where they stand.
 */
#pragma once

#include <adwaita.h>

#include "rubis-account-view.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_ACCOUNT_TERMS (rubis_account_terms_get_type ())
G_DECLARE_FINAL_TYPE (RubisAccountTerms, rubis_account_terms, RUBIS, ACCOUNT_TERMS, AdwBin)

GtkWidget *rubis_account_terms_new (RubisSession *session);
/* Shows an account; what is being typed is left alone. @fields: (element-type RubisFieldValue) */
void rubis_account_terms_show (RubisAccountTerms *self, const RubisAccountView *view, GPtrArray *fields);
/* Keeps what was typed and not yet kept. */
void rubis_account_terms_flush (RubisAccountTerms *self);

G_END_DECLS
