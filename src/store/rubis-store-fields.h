/* rubis-store-fields.h: fields that users added to accounts and items, and their values. */
#pragma once

#include "rubis-custom-field.h"
#include "rubis-database.h"

G_BEGIN_DECLS

/* Those not removed, in their order. (transfer full) (element-type RubisCustomField) */
GPtrArray *rubis_store_list_fields (RubisDatabase *db, RubisFieldOwner owner, GError **error);
/* @removed: (out) (nullable). (transfer full) (nullable) NULL without error when there is none */
RubisCustomField *rubis_store_load_field (RubisDatabase *db, gint64 id, gboolean *removed, GError **error);
/* Puts it last; sets @field->id. */
gboolean rubis_store_insert_field (RubisDatabase *db, RubisCustomField *field, GError **error);
gboolean rubis_store_update_field (RubisDatabase *db, const RubisCustomField *field, gboolean removed,
                                   GError **error);
gboolean rubis_store_set_field_position (RubisDatabase *db, gint64 id, int position, GError **error);

/* The canonical value of an account or item, "" when it has none. (transfer full) NULL on error */
char *rubis_store_get_field_value (RubisDatabase *db, RubisFieldOwner owner, gint64 field_id, gint64 owner_id,
                                   GError **error);
/* "" takes the value away. */
gboolean rubis_store_set_field_value (RubisDatabase *db, RubisFieldOwner owner, gint64 field_id,
                                      gint64 owner_id, const char *value, GError **error);

/* A value; the text is borrowed. */
typedef void (*RubisFieldValueFunc) (gint64 owner_id, gint64 field_id, const char *value, gpointer user_data);
/* All values of a field, by account or item. */
gboolean rubis_store_each_value_of_field (RubisDatabase *db, RubisFieldOwner owner, gint64 field_id,
                                          RubisFieldValueFunc func, gpointer user_data, GError **error);
/* The values that some accounts or items have in fields that are not removed. */
gboolean rubis_store_each_value (RubisDatabase *db, RubisFieldOwner owner, const guint32 *owner_ids,
                                 guint n_ids, RubisFieldValueFunc func, gpointer user_data, GError **error);

G_END_DECLS
