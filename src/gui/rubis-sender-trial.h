/* rubis-sender-trial.h: the test of a stored sender step by step, and a trial message.
 *
 * Signal "tested" (boolean): the test ended.
 */
#pragma once

#include <adwaita.h>

#include "rubis-senders.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_SENDER_TRIAL (rubis_sender_trial_get_type ())
G_DECLARE_FINAL_TYPE (RubisSenderTrial, rubis_sender_trial, RUBIS, SENDER_TRIAL, AdwBin)

GtkWidget *rubis_sender_trial_new (void);
/* @sender: (nullable) copied */
void rubis_sender_trial_set_sender (RubisSenderTrial *self, RubisSession *session, const RubisSender *sender);
void rubis_sender_trial_run (RubisSenderTrial *self);

G_END_DECLS
