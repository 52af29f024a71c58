/* rubis-dispute-reason.h: why an item is contested, as dispute.reason and proposals name it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  RUBIS_DISPUTE_ADMINISTRATIVE,
  RUBIS_DISPUTE_PRICE,
  RUBIS_DISPUTE_QUALITY,
  RUBIS_DISPUTE_QUANTITY,
  RUBIS_DISPUTE_DELIVERY,
  RUBIS_DISPUTE_NOT_ORDERED,
  RUBIS_DISPUTE_INVOICING_ERROR,
  RUBIS_DISPUTE_DOCUMENTS,
  RUBIS_DISPUTE_PAYMENT_APPLICATION,
  RUBIS_DISPUTE_OTHER,
} RubisDisputeReason;
#define RUBIS_N_DISPUTE_REASONS 10

/* "not_ordered", as in the dossier (static) */
const char *rubis_dispute_reason_to_id (RubisDisputeReason reason);
/* FALSE, and RUBIS_DISPUTE_OTHER, when it is none of these. */
gboolean rubis_dispute_reason_from_id (const char *id, RubisDisputeReason *reason);
/* For people, translated. (static) */
const char *rubis_dispute_reason_to_label (RubisDisputeReason reason);
/* Days in which it is usually resolved: when its answer is due. */
int rubis_dispute_reason_get_days (RubisDisputeReason reason);

G_END_DECLS
