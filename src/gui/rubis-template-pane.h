/* rubis-template-pane.h: the templates of a dossier as a list, by what they are for.
 *
 * Signal "chosen" (const char *id, const char *language): a template is to be shown.
 * Actions: templates.withdraw, templates.offer, templates.show-withdrawn, templates.import, templates.export,
 * templates.export-all. Enter on a line activates composer.write.
 */
#pragma once

#include <adwaita.h>

#include "rubis-preferences.h"
#include "rubis-template-list.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_TEMPLATE_PANE (rubis_template_pane_get_type ())
G_DECLARE_FINAL_TYPE (RubisTemplatePane, rubis_template_pane, RUBIS, TEMPLATE_PANE, AdwBin)

/* @preferences: (unowned) (nullable) remembers the language listed; outlives the pane. Before the session. */
void rubis_template_pane_set_preferences (RubisTemplatePane *self, RubisPreferences *preferences);
/* @session: (nullable) */
void rubis_template_pane_set_session (RubisTemplatePane *self, RubisSession *session);
/* Marks a template as the one shown, without a signal, and brings it into view. */
void rubis_template_pane_select (RubisTemplatePane *self, const char *id, const char *language);
/* The entry marked. Borrowed until the list is read again. (nullable) */
const RubisTemplateEntry *rubis_template_pane_get_selected (RubisTemplatePane *self);
/* Puts the keyboard on the template shown. */
void rubis_template_pane_focus (RubisTemplatePane *self);
/* Opens what asks for the name and the language of a new template. */
void rubis_template_pane_ask_new (RubisTemplatePane *self);
/* Marks that the template shown has changes that are not saved. */
void rubis_template_pane_set_has_draft (RubisTemplatePane *self, gboolean has_draft);

G_END_DECLS
