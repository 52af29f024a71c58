/* rubis-saved-filters-button.h: the filters that the user named for a place: to show one, keep the present
 * one, rename, delete.
 *
 * The place tells what it shows as a dictionary of its own and is given it back; a key that is missing stands
 * for what the place shows at first.
 */
#pragma once

#include <adwaita.h>

#include "rubis-saved-filters.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_SAVED_FILTERS_BUTTON (rubis_saved_filters_button_get_type ())
G_DECLARE_FINAL_TYPE (RubisSavedFiltersButton, rubis_saved_filters_button, RUBIS, SAVED_FILTERS_BUTTON,
                      AdwBin)

/* What is filtered now: a{sv}, empty for nothing. (transfer floating) */
typedef GVariant *(*RubisFilterGetFunc) (gpointer owner);
/* Shows what was told before. @state: a{sv}, borrowed */
typedef void (*RubisFilterSetFunc) (gpointer owner, GVariant *state);

GtkWidget *rubis_saved_filters_button_new (void);
/* @place: RUBIS_FILTERS_…, static. @owner: (unowned) must live as long as the button. */
void rubis_saved_filters_button_bind (RubisSavedFiltersButton *self, const char *place,
                                      RubisFilterGetFunc get, RubisFilterSetFunc set, gpointer owner);
/* The same for a place that is filtered by a text and by which one of some chips is pressed. @chips: (nullable) static as
 * long as the button.
 */
void rubis_saved_filters_button_bind_search (RubisSavedFiltersButton *self, const char *place, GtkEditable *search,
                                             GtkToggleButton **chips, guint n_chips);
/* @session: (nullable) */
void rubis_saved_filters_button_set_session (RubisSavedFiltersButton *self, RubisSession *session);

G_END_DECLS
