/* rubis-thread-window.h: all that was exchanged with an account by email, as one reads a conversation. */
#pragma once

#include <adwaita.h>

#include "rubis-inbox.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_THREAD_WINDOW (rubis_thread_window_get_type ())
G_DECLARE_FINAL_TYPE (RubisThreadWindow, rubis_thread_window, RUBIS, THREAD_WINDOW, AdwWindow)

/* Shows the exchange with the account; follows what changes. */
RubisThreadWindow *rubis_thread_window_present (GtkWindow *parent, RubisSession *session, gint64 account_id);

G_END_DECLS
