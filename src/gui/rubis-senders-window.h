/* rubis-senders-window.h: who sends, through what: the senders of the dossier and their settings. */
#pragma once

#include <adwaita.h>

#include "rubis-senders.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_SENDERS_WINDOW (rubis_senders_window_get_type ())
G_DECLARE_FINAL_TYPE (RubisSendersWindow, rubis_senders_window, RUBIS, SENDERS_WINDOW, AdwWindow)

/* @sender_id: the one shown first; 0 for the first one. */
RubisSendersWindow *rubis_senders_window_present (GtkWindow *parent, RubisSession *session, gint64 sender_id);

G_END_DECLS
