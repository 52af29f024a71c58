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

typedef struct
{
  gint64 account_id;
  char *label; /* "Menuiserie Garçon SAS (C00412)" */
} RubisLetterAccount;

/* Accounts that owe something, by name, some hundreds at most: letters to look at.
 * (transfer full) (element-type RubisLetterAccount)
 */
GPtrArray *rubis_session_list_letter_accounts (RubisSession *self, GError **error);
/* The label of any account; NULL when there is none. (transfer full) */
char *rubis_session_dup_letter_account_label (RubisSession *self, gint64 account_id);

/* The lines of the footer as they are without an own one. (transfer full) */
char *rubis_session_dup_legal_mentions (RubisSession *self);

/* The font families in which letters may be set, by name. Takes a moment. (transfer full) */
char **rubis_session_list_letter_fonts (void);

G_END_DECLS
