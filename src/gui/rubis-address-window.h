/* rubis-address-window.h: the accounts whose address a letter would not reach, with the reasons. Clicking one
 * shows it in the main window; the list follows what is changed there.
 */
#pragma once

#include <adwaita.h>

#include "rubis-session.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_ADDRESS_WINDOW (rubis_address_window_get_type ())
G_DECLARE_FINAL_TYPE (RubisAddressWindow, rubis_address_window, RUBIS, ADDRESS_WINDOW, AdwWindow)

/* @parent: the main window, whose action win.show-account is called. */
GtkWindow *rubis_address_window_present (GtkWindow *parent, RubisSession *session);
/* TRUE when the addresses have been checked. */
gboolean rubis_address_window_is_ready (RubisAddressWindow *self);

G_END_DECLS
