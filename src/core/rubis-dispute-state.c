#include "rubis-dispute-state.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char *id;
  const char *label; /* untranslated */
} states[RUBIS_N_DISPUTE_STATES] = {
  [RUBIS_DISPUTE_OPEN] = { "open", NC_ ("dispute", "Open") },
  [RUBIS_DISPUTE_EXAMINED] = { "examined", NC_ ("dispute", "Being examined") },
  [RUBIS_DISPUTE_CREDIT_AWAITED] = { "credit_awaited", NC_ ("dispute", "Credit note awaited") },
  [RUBIS_DISPUTE_FOUNDED] = { "founded", NC_ ("dispute", "Founded") },
  [RUBIS_DISPUTE_UNFOUNDED] = { "unfounded", NC_ ("dispute", "Unfounded") },
  [RUBIS_DISPUTE_ABANDONED] = { "abandoned", NC_ ("dispute", "Abandoned") },
};

const char *
rubis_dispute_state_to_id (RubisDisputeState state)
{
  g_return_val_if_fail (state < RUBIS_N_DISPUTE_STATES, "open");

  return states[state].id;
}

gboolean
rubis_dispute_state_from_id (const char *id, RubisDisputeState *state)
{
  g_return_val_if_fail (id != NULL && state != NULL, FALSE);

  for (int i = 0; i < RUBIS_N_DISPUTE_STATES; i++)
    {
      if (g_str_equal (states[i].id, id))
        {
          *state = (RubisDisputeState)i;
          return TRUE;
        }
    }
  *state = RUBIS_DISPUTE_OPEN;
  return FALSE;
}

const char *
rubis_dispute_state_to_label (RubisDisputeState state)
{
  g_return_val_if_fail (state < RUBIS_N_DISPUTE_STATES, "");

  return g_dpgettext2 (GETTEXT_PACKAGE, "dispute", states[state].label);
}

gboolean
rubis_dispute_state_is_open (RubisDisputeState state)
{
  return state <= RUBIS_DISPUTE_CREDIT_AWAITED;
}

gboolean
rubis_dispute_state_can_follow (RubisDisputeState from, RubisDisputeState to)
{
  if (from >= RUBIS_N_DISPUTE_STATES || to >= RUBIS_N_DISPUTE_STATES || from == to)
    return FALSE;
  /* How a closed one ended may be corrected, by opening it again first. */
  return rubis_dispute_state_is_open (from) || rubis_dispute_state_is_open (to);
}
