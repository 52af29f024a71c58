/* rubis-letterhead-settings-private.h: from the settings to the paper. */
#pragma once

#include "rubis-document-context.h"
#include "rubis-letterhead-settings.h"
#include "rubis-letterhead.h"
#include "rubis-session-private.h"

G_BEGIN_DECLS

/* Of a new dossier: the paper decides, which has less room above a high address. */
#define RUBIS_LETTERHEAD_MARGIN_TOP 14.0

/* As @db sees them. @with_images: FALSE leaves the images out, which may be large. (transfer full) NULL on
 * error
 */
RubisLetterheadSettings *rubis_letterhead_settings_read (RubisDatabase *db, gboolean with_images,
                                                         GError **error);

/* What the letter layer asks. @facts borrows from its arguments and from the text that is returned:
 * free that (g_free) when @facts is no longer needed.
 */
char *rubis_letterhead_settings_fill_facts (const RubisLetterheadSettings *self, const RubisCompany *company,
                                            const char *language, RubisLetterheadFacts *facts);

/* "logo", "logo2" … "logo10", "signature": the names in the store. (transfer full) */
char *rubis_letterhead_settings_name_image (guint image);

/* Puts logos and signature into @context, of the further logos those that @template_ names: from
 * @settings, or from the dossier when it is NULL.
 */
gboolean rubis_letterhead_fill_images (RubisDocumentContext *context, RubisTemplate *template_,
                                       RubisDatabase *db, const RubisLetterheadSettings *settings,
                                       GError **error);

G_END_DECLS
