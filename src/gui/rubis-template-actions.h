/* rubis-template-actions.h: what is done with whole templates: files, withdrawing, copies.
 *
 * Each asks what it has to ask, works in the background and says what came of it over @widget.
 */
#pragma once

#include <gtk/gtk.h>

#include "rubis-session.h"

G_BEGIN_DECLS

void rubis_template_actions_export (GtkWidget *widget, RubisSession *session, const char *id, const char *language);
void rubis_template_actions_export_all (GtkWidget *widget, RubisSession *session);
void rubis_template_actions_import (GtkWidget *widget, RubisSession *session);
void rubis_template_actions_withdraw (GtkWidget *widget, RubisSession *session, const char *id, const char *language,
                                      gboolean withdrawn);

/* A copy with another name or language. @created (nullable) is called with the new template. */
typedef void (*RubisTemplateCreated) (GtkWidget *widget, const char *id, const char *language);
void rubis_template_actions_copy (GtkWidget *widget, RubisSession *session, const char *id, const char *language,
                                  const char *name, const char *new_language, RubisTemplateCreated created);

G_END_DECLS
