/* rubis-test-store.h: an empty dossier for the tests of store. */
#pragma once

#include "rubis-store.h"

G_BEGIN_DECLS

/* A dossier in a folder of its own; @db is borrowed from @store. */
typedef struct
{
  char *folder;
  char *path;
  RubisStore *store;
  RubisDatabase *db;
} RubisTestStore;

/* As the set-up and tear-down of g_test_add(). */
void rubis_test_store_set_up (RubisTestStore *fixture, gconstpointer data);
void rubis_test_store_tear_down (RubisTestStore *fixture, gconstpointer data);

/* Run @sql, which must succeed. */
void rubis_test_store_exec (RubisDatabase *db, const char *sql);
/* The integer that @sql answers. */
gint64 rubis_test_store_query (RubisDatabase *db, const char *sql);

G_END_DECLS
