/* rubis-sms-message.h: the SMS of an action: to whom, its words, its parts and its price.
 *
 * Private to session. The preview and what is sent are made by the same function.
 */
#pragma once

#include "rubis-agenda-maker.h"
#include "rubis-sender.h"
#include "rubis-sms.h"

G_BEGIN_DECLS

typedef struct
{
  char *phone; /* "+336…" */
  char *text;
  RubisSmsLength length;
  gint64 price; /* minor units of the dossier's currency; -1: not known */
} RubisSmsMessage;
void rubis_sms_message_free (RubisSmsMessage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisSmsMessage, rubis_sms_message_free)

/* Errors name what is missing: a mobile number, a text. */
RubisSmsMessage *rubis_sms_message_new (const RubisActionPaper *paper, const RubisSender *sender,
                                        GError **error);
/* "2 SMS to +33612345678, about 0.11 €" (transfer full) */
char *rubis_sms_message_describe (const RubisSmsMessage *self, RubisCurrency currency);

G_END_DECLS
