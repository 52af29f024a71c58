/* rubis-letterhead-preview.h: a letter on paper that is still being chosen. */
#pragma once

#include "rubis-letterhead-settings.h"

G_BEGIN_DECLS

/* A letter to an account (a reminder, or a statement when there is nothing to claim; 0: to a made-up
 * customer) on the paper of @settings, as PDF. @envelope: shows the windows of envelopes over the
 * first page, and the zone to be kept clear. Writes nothing. Errors: G_IO_ERROR_NOT_FOUND, those of
 * templates and of the store.
 */
GBytes *rubis_session_preview_letterhead (RubisSession *self, const RubisLetterheadSettings *settings,
                                          gint64 account_id, gboolean envelope, GError **error);

/* The font families in which letters may be set, by name. Takes a moment. (transfer full) */
char **rubis_session_list_letter_fonts (void);

G_END_DECLS
