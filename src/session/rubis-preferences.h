/* rubis-preferences.h: what the program remembers outside dossiers: window sizes, columns, recent
 * files. A key file in the user's configuration folder, written atomically; a missing or broken
 * one reads as the defaults.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _RubisPreferences RubisPreferences;

RubisPreferences *rubis_preferences_new (void);
void rubis_preferences_free (RubisPreferences *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisPreferences, rubis_preferences_free)

/* (transfer full) (nullable) */
char *rubis_preferences_get_string (RubisPreferences *self, const char *group, const char *key);
int rubis_preferences_get_int (RubisPreferences *self, const char *group, const char *key, int fallback);
gboolean rubis_preferences_get_boolean (RubisPreferences *self, const char *group, const char *key, gboolean fallback);
/* Setters write at once; @value NULL removes the key. */
void rubis_preferences_set_string (RubisPreferences *self, const char *group, const char *key, const char *value);
void rubis_preferences_set_int (RubisPreferences *self, const char *group, const char *key, int value);
void rubis_preferences_set_boolean (RubisPreferences *self, const char *group, const char *key, gboolean value);

/* Paths of dossiers opened lately, newest first, existing ones only. (transfer full) (array zero-terminated=1) */
char **rubis_preferences_get_recent (RubisPreferences *self);
void rubis_preferences_add_recent (RubisPreferences *self, const char *path);

G_END_DECLS
