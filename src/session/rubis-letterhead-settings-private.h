/* rubis-letterhead-settings-private.h: from the settings to the paper. */
#pragma once

#include "rubis-letterhead-settings.h"
#include "rubis-letterhead.h"
#include "rubis-session-private.h"

G_BEGIN_DECLS

/* Of a new dossier: the paper decides, which has less room above a high address. */
#define RUBIS_LETTERHEAD_MARGIN_TOP 14.0

/* As @db sees them. (transfer full) NULL on error */
RubisLetterheadSettings *rubis_letterhead_settings_read (RubisDatabase *db, GError **error);

/* What the letter layer asks. @facts borrows from its arguments and from the text that is returned:
 * free that (g_free) when @facts is no longer needed.
 */
char *rubis_letterhead_settings_fill_facts (const RubisLetterheadSettings *self, const RubisCompany *company,
                                            const char *language, RubisLetterheadFacts *facts);

G_END_DECLS
