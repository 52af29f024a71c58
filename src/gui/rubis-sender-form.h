/* rubis-sender-form.h: the settings of a sender, as a form.
 *
 * Only what its way of sending uses is shown. Signal "changed": something was edited.
 */
#pragma once

#include <adwaita.h>

#include "rubis-senders.h"

G_BEGIN_DECLS

typedef enum
{
  RUBIS_SENDER_PARTS_CONNECTION, /* who, through which servers */
  RUBIS_SENDER_PARTS_ALL,        /* hours, limits, signature, for whom, too */
} RubisSenderParts;

#define RUBIS_TYPE_SENDER_FORM (rubis_sender_form_get_type ())
G_DECLARE_FINAL_TYPE (RubisSenderForm, rubis_sender_form, RUBIS, SENDER_FORM, AdwBin)

GtkWidget *rubis_sender_form_new (RubisSenderParts parts);
/* @sender: copied */
void rubis_sender_form_set_sender (RubisSenderForm *self, const RubisSender *sender);
/* As it is typed. NULL after saying in place what is wrong. (transfer full) */
RubisSender *rubis_sender_form_dup_sender (RubisSenderForm *self);

G_END_DECLS
