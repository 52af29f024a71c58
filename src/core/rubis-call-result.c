#include "rubis-call-result.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char *id;
  const char *label; /* untranslated */
  gboolean contact;
  int days;
} results[RUBIS_N_CALL_RESULTS] = {
  [RUBIS_CALL_PROMISED] = { "promised", NC_ ("call", "Payment promised"), TRUE, 0 },
  [RUBIS_CALL_NO_COMMITMENT] = { "no_commitment", NC_ ("call", "Spoken to, no commitment"), TRUE, 3 },
  [RUBIS_CALL_PAYMENT_SENT] = { "payment_sent", NC_ ("call", "Payment already sent"), TRUE, 5 },
  [RUBIS_CALL_INVOICE_MISSING] = { "invoice_missing", NC_ ("call", "Invoice not received"), TRUE, 3 },
  [RUBIS_CALL_WAITING_APPROVAL] = { "waiting_approval", NC_ ("call", "Invoice waits for approval"), TRUE, 5 },
  [RUBIS_CALL_DISPUTED] = { "disputed", NC_ ("call", "Dispute"), TRUE, 0 },
  [RUBIS_CALL_PLAN_ASKED] = { "plan_asked", NC_ ("call", "Payment plan asked for"), TRUE, 2 },
  [RUBIS_CALL_CALL_BACK] = { "call_back", NC_ ("call", "To be called back"), TRUE, 1 },
  [RUBIS_CALL_VOICEMAIL] = { "voicemail", NC_ ("call", "Message left"), FALSE, 1 },
  [RUBIS_CALL_NO_ANSWER] = { "no_answer", NC_ ("call", "No answer"), FALSE, 1 },
  [RUBIS_CALL_WRONG_NUMBER] = { "wrong_number", NC_ ("call", "Wrong number"), FALSE, 0 },
};

const char *
rubis_call_result_to_id (RubisCallResult result)
{
  g_return_val_if_fail (result < RUBIS_N_CALL_RESULTS, "");

  return results[result].id;
}

gboolean
rubis_call_result_from_id (const char *id, RubisCallResult *result)
{
  g_return_val_if_fail (id != NULL && result != NULL, FALSE);

  for (int i = 0; i < RUBIS_N_CALL_RESULTS; i++)
    {
      if (g_str_equal (results[i].id, id))
        {
          *result = (RubisCallResult)i;
          return TRUE;
        }
    }
  return FALSE;
}

const char *
rubis_call_result_to_label (RubisCallResult result)
{
  g_return_val_if_fail (result < RUBIS_N_CALL_RESULTS, "");

  return g_dpgettext2 (GETTEXT_PACKAGE, "call", results[result].label);
}

gboolean
rubis_call_result_is_contact (RubisCallResult result)
{
  g_return_val_if_fail (result < RUBIS_N_CALL_RESULTS, FALSE);

  return results[result].contact;
}

int
rubis_call_result_get_days (RubisCallResult result)
{
  g_return_val_if_fail (result < RUBIS_N_CALL_RESULTS, 0);

  return results[result].days;
}
