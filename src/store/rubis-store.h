/* rubis-store.h: an open dossier: the file, its lock, its schema.
 *
 * The store has two connections: one that writes, for one thread at a time, and as many reading
 * ones as are asked for. The functions on tables are in rubis-store-<family>.h.
 */
#pragma once

#include "rubis-database.h"

G_BEGIN_DECLS

#define RUBIS_STORE_ERROR (rubis_store_error_quark ())
typedef enum {
  RUBIS_STORE_ERROR_MISSING,
  RUBIS_STORE_ERROR_NOT_A_DOSSIER,
  RUBIS_STORE_ERROR_NEWER,
  RUBIS_STORE_ERROR_LOCKED,
  RUBIS_STORE_ERROR_DAMAGED,
  RUBIS_STORE_ERROR_READ_ONLY,
} RubisStoreError;
GQuark rubis_store_error_quark (void);

/* In the header of the file: tells a dossier from other databases ("RUBI"). */
#define RUBIS_STORE_APPLICATION_ID 0x52554249

typedef struct _RubisStore RubisStore;

/* Creates an empty dossier at @path, readable by its owner only, with the whole schema. */
RubisStore *rubis_store_create (const char *path, GError **error);
/* Opens a dossier, bringing an older one up to date after keeping a copy beside it
 * ("<name>.v<N>.bak"). On error nothing was changed.
 */
RubisStore *rubis_store_open (const char *path, GError **error);
void rubis_store_free (RubisStore *self);
/* Frees a dossier that was just created and could not be filled, and removes its files. */
void rubis_store_discard (RubisStore *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisStore, rubis_store_free)

const char *rubis_store_get_path (RubisStore *self);
/* The writing connection. (unowned) */
RubisDatabase *rubis_store_get_database (RubisStore *self);
/* A new connection that cannot write, for another thread. (transfer full) */
RubisDatabase *rubis_store_open_reader (RubisStore *self, GError **error);

/* One user action: begin, then commit or roll back. */
gboolean rubis_store_begin (RubisStore *self, GError **error);
gboolean rubis_store_commit (RubisStore *self, GError **error);
void rubis_store_rollback (RubisStore *self);

/* Runs @func within one transaction; rolls back when it fails. */
typedef gboolean (*RubisStoreFunc) (RubisStore *self, gpointer user_data, GError **error);
gboolean rubis_store_transact (RubisStore *self, RubisStoreFunc func, gpointer user_data, GError **error);

/* Drops the indexes of the item table, or makes those that are missing; inside a transaction. */
gboolean rubis_store_drop_item_indexes (RubisStore *self, GError **error);
gboolean rubis_store_make_item_indexes (RubisStore *self, GError **error);

/* The number of the schema that this program writes. */
int rubis_store_schema_version (void);

G_END_DECLS
