/* rubis-sender-assistant.h: from an address to a sender that works: settings, login, test, trial.
 *
 * The network is asked only for what the user says.
 */
#pragma once

#include <adwaita.h>

#include "rubis-senders.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_SENDER_ASSISTANT (rubis_sender_assistant_get_type ())
G_DECLARE_FINAL_TYPE (RubisSenderAssistant, rubis_sender_assistant, RUBIS, SENDER_ASSISTANT, AdwWindow)

RubisSenderAssistant *rubis_sender_assistant_present (GtkWindow *parent, RubisSession *session);

G_END_DECLS
