/* rubis-template-files.h: templates as files, "<language>/<id>.md" in a folder, or one alone. */
#pragma once

#include "rubis-template-list.h"

G_BEGIN_DECLS

/* Writes the newest version of each template below @folder. Returns how many, -1 on error. */
int rubis_session_export_templates (RubisSession *self, const char *folder, GError **error);
/* Writes one template to the file @path. */
gboolean rubis_session_export_template (RubisSession *self, const char *id, const char *language,
                                        const char *path, GError **error);
/* Reads template files, and folders of them (".md" and ".txt"). All are checked first: when one is wrong
 * nothing is changed. Each that differs from what the dossier has becomes a new version, all of them one
 * edit. Returns how many, -1 on error, which names the file.
 */
int rubis_session_import_templates (RubisSession *self, const char *const *paths, GError **error);

G_END_DECLS
