/* rubis-call-result.h: how calls end; users change and add to these by the list "call_result" of the dossier. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  RUBIS_CALL_PROMISED,
  RUBIS_CALL_NO_COMMITMENT,
  RUBIS_CALL_PAYMENT_SENT,
  RUBIS_CALL_INVOICE_MISSING,
  RUBIS_CALL_WAITING_APPROVAL,
  RUBIS_CALL_DISPUTED,
  RUBIS_CALL_PLAN_ASKED,
  RUBIS_CALL_CALL_BACK,
  RUBIS_CALL_VOICEMAIL,
  RUBIS_CALL_NO_ANSWER,
  RUBIS_CALL_WRONG_NUMBER,
} RubisCallResult;
#define RUBIS_N_CALL_RESULTS 11

/* "promised" (static) */
const char *rubis_call_result_to_id (RubisCallResult result);
gboolean rubis_call_result_from_id (const char *id, RubisCallResult *result);
/* For people, translated. (static) */
const char *rubis_call_result_to_label (RubisCallResult result);
/* Whether somebody was spoken to: then it counts as a contact, otherwise the call is to be made again. */
gboolean rubis_call_result_is_contact (RubisCallResult result);
/* Days after which the account is to be called again; 0: as its policy says. */
int rubis_call_result_get_days (RubisCallResult result);

G_END_DECLS
