/* rubis-sums.h: adding up amounts of several currencies, for display. */
#pragma once

#include "rubis-money.h"

G_BEGIN_DECLS

/* (element-type RubisSum), in the order of first use. */
typedef struct {
  RubisCurrency currency;
  gint64 amount;
} RubisSum;

GArray *rubis_sums_new (void);
/* An amount that does not fit is left out: display only. */
void rubis_sums_add (GArray *sums, RubisCurrency currency, gint64 amount);
/* "12 040,00 € · USD 3 200,00", in the user's language; "" when there is none. */
char *rubis_sums_to_text (GArray *sums);

G_END_DECLS
