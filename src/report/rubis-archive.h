/* rubis-archive.h: writes a ZIP file in memory.
 *
 * The same members and date give the same bytes. Names are made safe for every file system.
 */
#pragma once

#include "rubis-date.h"

G_BEGIN_DECLS

typedef struct _RubisArchive RubisArchive;

/* Every member bears @date, never the clock. */
RubisArchive *rubis_archive_new (RubisDate date);
void rubis_archive_free (RubisArchive *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisArchive, rubis_archive_free)

/* @folder: (nullable) one level, such as "Pièces". A name that is taken gets " (2)"; returns the name in the
 * archive, owned by it. @content is kept.
 */
const char *rubis_archive_add (RubisArchive *self, const char *folder, const char *name, GBytes *content);
/* The file; NULL and @error when it cannot be made. */
GBytes *rubis_archive_finish (RubisArchive *self, GError **error);

/* @name without what Windows, macOS or Linux refuse in a file's name, 100 characters at most; the
 * extension is kept. "_" when nothing is left. (transfer full)
 */
char *rubis_archive_make_safe_name (const char *name);

G_END_DECLS
