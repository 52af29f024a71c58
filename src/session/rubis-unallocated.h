/* rubis-unallocated.h: payments that came, but are set against no invoice yet.
 *
 * Whether a promise or an instalment was kept is judged by allocations alone; while such a payment waits,
 * nobody can tell, and whoever calls the customer has to know.
 */
#pragma once

#include "rubis-date.h"
#include "rubis-money.h"

G_BEGIN_DECLS

typedef struct
{
  int n;
  gint64 amount;  /* minor units, positive */
  gint64 in_time; /* of it, by the day in question */
  RubisDate last; /* RUBIS_DATE_NONE: none */
} RubisUnallocated;

/* "a payment of €100.00 of 11/11/2026 is not allocated"; NULL: there is none. (transfer full) (nullable) */
char *rubis_unallocated_describe (const RubisUnallocated *waiting, RubisCurrency currency);

G_END_DECLS
