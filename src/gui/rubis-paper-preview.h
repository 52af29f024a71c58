/* rubis-paper-preview.h: a letter on the paper that is being chosen, with what is wrong with it. */
#pragma once

#include <adwaita.h>

#include "rubis-letterhead-settings.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_PAPER_PREVIEW (rubis_paper_preview_get_type ())
G_DECLARE_FINAL_TYPE (RubisPaperPreview, rubis_paper_preview, RUBIS, PAPER_PREVIEW, AdwBin)

/* @account_id: whose letter is shown first (0: that of a made-up customer). Call it once. */
void rubis_paper_preview_set_session (RubisPaperPreview *self, RubisSession *session, gint64 account_id);
/* Draws the letter anew in the background; a copy is taken. Changes that follow fast are drawn once. */
void rubis_paper_preview_show_settings (RubisPaperPreview *self, const RubisLetterheadSettings *settings);
/* TRUE when what was asked last is shown. */
gboolean rubis_paper_preview_is_ready (RubisPaperPreview *self);
/* The letter shown. (transfer none) (nullable) */
GBytes *rubis_paper_preview_get_pdf (RubisPaperPreview *self);

G_END_DECLS
