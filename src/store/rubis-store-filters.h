/* rubis-store-filters.h: filters that users named. */
#pragma once

#include "rubis-database.h"

G_BEGIN_DECLS

/* Texts are never NULL. */
typedef struct
{
  gint64 id; /* 0: not in the dossier yet */
  char *place;
  char *name;
  char *body;
  int position; /* 0: last */
} RubisFilterRecord;
void rubis_filter_record_free (RubisFilterRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisFilterRecord, rubis_filter_record_free)

/* Those of a place, in their order. (transfer full) (element-type RubisFilterRecord) */
GPtrArray *rubis_store_list_filters (RubisDatabase *db, const char *place, GError **error);
/* (transfer full) (nullable) NULL without error when there is none */
RubisFilterRecord *rubis_store_load_filter (RubisDatabase *db, gint64 id, GError **error);
/* With the id that it has, or a new one, which is set. A new one is put last. */
gboolean rubis_store_put_filter (RubisDatabase *db, RubisFilterRecord *filter, GError **error);
gboolean rubis_store_delete_filter (RubisDatabase *db, gint64 id, GError **error);

G_END_DECLS
