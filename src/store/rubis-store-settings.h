/* rubis-store-settings.h: settings, images, policies, templates, rates and remembered mappings. */
#pragma once

#include "rubis-database.h"

G_BEGIN_DECLS

/* (transfer full) "" when there is none; NULL on error */
char *rubis_store_get_setting (RubisDatabase *db, const char *key, GError **error);
gboolean rubis_store_set_setting (RubisDatabase *db, const char *key, const char *value, GError **error);
/* The keys that start with @prefix. (transfer full) (element-type utf8 utf8) */
GHashTable *rubis_store_list_settings (RubisDatabase *db, const char *prefix, GError **error);

/* (transfer full) (nullable) NULL without error when there is none */
GBytes *rubis_store_get_image (RubisDatabase *db, const char *name, GError **error);
/* @image NULL removes it. */
gboolean rubis_store_set_image (RubisDatabase *db, const char *name, GBytes *image, GError **error);

/* Bodies of all policies, in order. (transfer full) (element-type utf8) */
GPtrArray *rubis_store_list_policies (RubisDatabase *db, GError **error);
gboolean rubis_store_set_policy (RubisDatabase *db, const char *id, const char *name, int position, const char *body,
                                 GError **error);
/* Accounts that were under it fall under the first one. */
gboolean rubis_store_remove_policy (RubisDatabase *db, const char *id, GError **error);

typedef struct {
  char *id;
  char *language;
  int version;
  char *body;
} RubisTemplateRecord;
void rubis_template_record_free (RubisTemplateRecord *self);

/* The newest version of each template that is not withdrawn. (transfer full) (element-type RubisTemplateRecord) */
GPtrArray *rubis_store_list_templates (RubisDatabase *db, GError **error);
/* Adds a version, or does nothing when the newest one has this very body. */
gboolean rubis_store_add_template (RubisDatabase *db, const char *id, const char *language, const char *body,
                                   GError **error);

/* (transfer full) (nullable) NULL without error when none is remembered */
char *rubis_store_get_mapping (RubisDatabase *db, const char *fingerprint, GError **error);
gboolean rubis_store_set_mapping (RubisDatabase *db, const char *fingerprint, const char *body, GError **error);

G_END_DECLS
