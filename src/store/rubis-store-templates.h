/* rubis-store-templates.h: every version of every template. */
#pragma once

#include "rubis-database.h"

G_BEGIN_DECLS

typedef struct
{
  char *id;
  char *language;
  int version;
  char *body;
  char *saved_at; /* "2026-11-21T08:12:03Z"; "" as shipped */
  char *saved_by; /* "" as shipped */
  char *note;
  gboolean withdrawn; /* not offered any more; kept on the newest version */
} RubisTemplateVersion;
void rubis_template_version_free (RubisTemplateVersion *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisTemplateVersion, rubis_template_version_free)

/* The newest version of each template, withdrawn ones included. (transfer full) (element-type
 * RubisTemplateVersion) */
GPtrArray *rubis_store_list_newest_templates (RubisDatabase *db, GError **error);
/* All versions of one template, the newest first. (transfer full) (element-type RubisTemplateVersion) */
GPtrArray *rubis_store_list_template_versions (RubisDatabase *db, const char *id, const char *language,
                                               GError **error);
/* Writes a version as it is given. */
gboolean rubis_store_insert_template_version (RubisDatabase *db, const RubisTemplateVersion *version,
                                              GError **error);
/* Takes a version away unless a document was made by it: @removed says which. */
gboolean rubis_store_remove_template_version (RubisDatabase *db, const char *id, const char *language,
                                              int version, gboolean *removed, GError **error);
/* Marks the newest version. */
gboolean rubis_store_set_template_withdrawn (RubisDatabase *db, const char *id, const char *language,
                                             gboolean withdrawn, GError **error);
/* Documents made by each version. (transfer full) (element-type int by int version) */
GHashTable *rubis_store_count_template_documents (RubisDatabase *db, const char *id, const char *language,
                                                  GError **error);

G_END_DECLS
