/* rubis-copy-index.h: which file of the folder of copies is that of which invoice.
 *
 * Private to session. Files are found by the number in their name, else by the numbers in their text, as
 * rubis_session_index_copies() has read them.
 */
#pragma once

#include "rubis-session-private.h"

G_BEGIN_DECLS

typedef struct _RubisCopyIndex RubisCopyIndex;

/* Looks at the names in @folder and at what was read of the texts. A folder that is gone has no files. */
RubisCopyIndex *rubis_copy_index_load (RubisDatabase *db, const char *folder, GError **error);
void rubis_copy_index_free (RubisCopyIndex *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisCopyIndex, rubis_copy_index_free)
guint rubis_copy_index_get_n_files (RubisCopyIndex *self);
/* The path of the copy of an invoice. @by_text: (out) whether only its text has the number. (transfer full)
 * (nullable) */
char *rubis_copy_index_find (RubisCopyIndex *self, const char *number, gboolean *by_text);

/* "FA-2026/0012" -> "fa20260012"; "" when it has no digit or is too short to be told from others. (transfer
 * full) */
char *rubis_copy_key (const char *number);
/* Whether @text speaks of that number, or of that customer. Numbers are found across signs between their
 * parts. */
gboolean rubis_copy_text_names (const char *text, const char *number, const char *customer);
/* The keys of all numbers that @text speaks of; few and long ones only when @is_name is FALSE, as texts are full
 * of amounts and days. (transfer full) (element-type utf8) a set
 */
GHashTable *rubis_copy_collect_keys (const char *text, gboolean is_name);
/* The PDFs in a folder and in those below, by name. (transfer full) (element-type utf8) whole paths */
GPtrArray *rubis_copy_list_folder (const char *folder);
/* Pages of a file that are read: the number of an invoice stands on the first. */
#define RUBIS_COPY_PAGES 3

G_END_DECLS
