/* rubis-session-interest.h: interest and indemnity of one debt, with the shipped rates. */
#pragma once

#include "rubis-interest.h"

G_BEGIN_DECLS

/* Needs no dossier. (transfer full) a record {"principal", "currency", "from", "until", "days", "interest",
 * "indemnity", "segments": [{"from", "to", "days", "rate", "interest"}], …}. Errors: as
 * rubis_interest_compute().
 */
GVariant *rubis_interest_compute_record (const RubisInterestInput *input, GError **error);

G_END_DECLS
