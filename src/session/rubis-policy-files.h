/* rubis-policy-files.h: the dunning policies of the dossier as files, "<id>.ini". */
#pragma once

#include "rubis-session.h"

G_BEGIN_DECLS

/* Writes each policy to @folder, which is made. Returns how many, -1 on error. */
int rubis_session_export_policies (RubisSession *self, const char *folder, GError **error);
/* Reads policy files. All are checked first: when one is wrong nothing is changed. Each that differs from what
 * the dossier has takes its place, or is added; all of them are one edit, which can be undone. @dry_run:
 * only checks. Returns how many differ, -1 on error, which names the file, the group and the key.
 */
int rubis_session_import_policies (RubisSession *self, const char *const *paths, gboolean dry_run, GError **error);

G_END_DECLS
