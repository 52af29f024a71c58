/* rubis-actors-window.h: the colleagues who resolve disputes and receive copies. */
#pragma once

#include "rubis-list-form-window.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_ACTORS_WINDOW (rubis_actors_window_get_type ())
G_DECLARE_FINAL_TYPE (RubisActorsWindow, rubis_actors_window, RUBIS, ACTORS_WINDOW, RubisListFormWindow)

/* @parent: (nullable). (transfer none) */
RubisActorsWindow *rubis_actors_window_present (GtkWindow *parent, RubisSession *session);

G_END_DECLS
