/* rubis-phone-window.h: the phone session: account after account, all in view, all by keys.
 *
 * What was noted stays noted whenever the window is closed.
 */
#pragma once

#include <adwaita.h>

#include "rubis-session.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_PHONE_WINDOW (rubis_phone_window_get_type ())
G_DECLARE_FINAL_TYPE (RubisPhoneWindow, rubis_phone_window, RUBIS, PHONE_WINDOW, AdwWindow)

/* @by_hand: (nullable) (element-type gint64) accounts to call instead of the queue of the day. */
GtkWidget *rubis_phone_window_new (GtkWindow *parent, RubisSession *session, GArray *by_hand);

G_END_DECLS
