/* rubis-hand-over-button.h: gives the letters that wait to a provider: the price is shown, and asked for
 * once.
 *
 * Hidden while no sender carries letters.
 */
#pragma once

#include <adwaita.h>

#include "rubis-session.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_HAND_OVER_BUTTON (rubis_hand_over_button_get_type ())
G_DECLARE_FINAL_TYPE (RubisHandOverButton, rubis_hand_over_button, RUBIS, HAND_OVER_BUTTON, AdwBin)

/* @session: (nullable) */
void rubis_hand_over_button_set_session (RubisHandOverButton *self, RubisSession *session);

G_END_DECLS
