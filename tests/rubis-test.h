/* rubis-test.h: what tests share: where data lies, and JSON cases. */
#pragma once

#include <glib.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* tests/data/@name */
char *rubis_test_data (const char *name);

/* The path of ../shared/@name, or NULL (and the test is marked as skipped) when it is not there. */
char *rubis_test_shared (const char *name);

/* The object at the top of a JSON file; aborts when it cannot be read. */
JsonObject *rubis_test_load_json (const char *path);

/* A member that must be a string; @fallback when it is absent or null. */
const char *rubis_test_string (JsonObject *object, const char *member, const char *fallback);

/* A new private folder, removed by rubis_test_remove_tree(). */
char *rubis_test_make_folder (void);
void rubis_test_remove_tree (const char *path);

G_END_DECLS
