/* rubis-composer-preview.h: what a template prints for an account and a day, as it is typed.
 *
 * Signal "previewed" (RubisTemplatePreview *): what was found in the text given last.
 */
#pragma once

#include <adwaita.h>

#include "rubis-template-preview.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_COMPOSER_PREVIEW (rubis_composer_preview_get_type ())
G_DECLARE_FINAL_TYPE (RubisComposerPreview, rubis_composer_preview, RUBIS, COMPOSER_PREVIEW, AdwBin)

/* @session: (nullable) */
void rubis_composer_preview_set_session (RubisComposerPreview *self, RubisSession *session);
/* Previews another text; the answer comes by the signal. @id: of the template. */
void rubis_composer_preview_set_text (RubisComposerPreview *self, const char *id, const char *text);
/* The account whose document is shown; 0: none is preferred. */
void rubis_composer_preview_set_account (RubisComposerPreview *self, gint64 account_id);
void rubis_composer_preview_set_form (RubisComposerPreview *self, RubisPreviewForm form);
/* Shows the letter with the window of the envelope over it, or without. */
void rubis_composer_preview_toggle_envelope (RubisComposerPreview *self);
RubisPreviewForm rubis_composer_preview_get_form (RubisComposerPreview *self);
/* What is shown. (nullable) (transfer none) */
RubisTemplatePreview *rubis_composer_preview_get_preview (RubisComposerPreview *self);
/* TRUE when what was typed last is what is shown. */
gboolean rubis_composer_preview_is_ready (RubisComposerPreview *self);

G_END_DECLS
