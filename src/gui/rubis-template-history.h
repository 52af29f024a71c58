/* rubis-template-history.h: the versions of a template: who saved them, what changed, and one of them again.
 *
 * Signal "restore" (uint version).
 */
#pragma once

#include <adwaita.h>

#include "rubis-template-list.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_TEMPLATE_HISTORY (rubis_template_history_get_type ())
G_DECLARE_FINAL_TYPE (RubisTemplateHistory, rubis_template_history, RUBIS, TEMPLATE_HISTORY, AdwBin)

/* @versions: (element-type RubisTemplateVersionEntry), the newest first; @text: what is in the editor, which each is
 * compared with.
 */
void rubis_template_history_set_versions (RubisTemplateHistory *self, GPtrArray *versions, const char *text);
/* "Version 3, of 2 November 2026, marie". (transfer full) */
char *rubis_template_history_describe (const RubisTemplateVersionEntry *version);

G_END_DECLS
