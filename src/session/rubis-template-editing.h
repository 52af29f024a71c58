/* rubis-template-editing.h: changing the templates of the dossier.
 *
 * A template is never written over: each save adds a version, and what was sent keeps the version
 * that it was made by. Every change here can be undone and is journaled.
 */
#pragma once

#include "rubis-template-list.h"

G_BEGIN_DECLS

/* Settings that hold what was typed and not saved: this, then "id/language". */
#define RUBIS_TEMPLATE_DRAFT_PREFIX "template-draft."

/* Adds a version with the text given, head included, unless the newest one is the same. @note: (nullable)
 * why. Errors: RUBIS_SESSION_ERROR_VALUE with what is wrong in the text, G_IO_ERROR_NOT_FOUND, those of the
 * store.
 */
gboolean rubis_session_save_template (RubisSession *self, const char *id, const char *language,
                                      const char *text, const char *note, GError **error);
/* Makes the text of an older version the newest one again. */
gboolean rubis_session_restore_template (RubisSession *self, const char *id, const char *language,
                                         int version, GError **error);
/* A new template with the text of another: @name names it in lists, @language is its own (the same as the
 * other's for a variant, another one for a translation, which keeps the id). Returns the new id. (transfer
 * full)
 */
char *rubis_session_copy_template (RubisSession *self, const char *id, const char *language, const char *name,
                                   const char *new_language, GError **error);
/* A template that is not offered any more, or offered again. Refused (RUBIS_SESSION_ERROR_RULE) while a step
 * of a policy uses it and no other language is left.
 */
gboolean rubis_session_withdraw_template (RubisSession *self, const char *id, const char *language,
                                          gboolean withdrawn, GError **error);

/* What was typed and not saved yet survives the program. @text NULL: nothing is left. Not journaled: a draft
 * changes no document.
 */
gboolean rubis_session_keep_template_draft (RubisSession *self, const char *id, const char *language,
                                            const char *text, GError **error);
/* (transfer full) (nullable) NULL without error when there is none */
char *rubis_session_load_template_draft (RubisSession *self, const char *id, const char *language,
                                         GError **error);

G_END_DECLS
