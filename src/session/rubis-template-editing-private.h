/* rubis-template-editing-private.h: what the files about changing templates share. */
#pragma once

#include "rubis-store-templates.h"
#include "rubis-template-editing.h"

G_BEGIN_DECLS

/* A version of now by the user. @note: (nullable) */
RubisTemplateVersion *rubis_template_version_new (const char *id, const char *language, int version,
                                                  const char *text, const char *note);
/* The newest version there is. (transfer full) (nullable) NULL without error when there is none. */
RubisTemplateVersion *rubis_template_version_load_newest (RubisSession *self, const char *id,
                                                          const char *language, GError **error);
/* Adds versions as one edit. @versions: (transfer full) (element-type RubisTemplateVersion); @detail:
 * (nullable) */
gboolean rubis_template_versions_add (RubisSession *self, GPtrArray *versions, const char *label,
                                      const char *detail, GError **error);

G_END_DECLS
