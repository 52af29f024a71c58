/* rubis-aging-bar.h: a balance by age as one bar, with its figures.
 *
 * The five parts are those of RubisBalance: not due, 1–30, 31–60, 61–90, over 90 days. Read aloud as
 * one sentence with every amount.
 */
#pragma once

#include <gtk/gtk.h>

#include "rubis-money.h"

G_BEGIN_DECLS

#define RUBIS_N_AGES 5

#define RUBIS_TYPE_AGING_BAR (rubis_aging_bar_get_type ())
G_DECLARE_FINAL_TYPE (RubisAgingBar, rubis_aging_bar, RUBIS, AGING_BAR, GtkWidget)

GtkWidget *rubis_aging_bar_new (void);
/* @buckets: RUBIS_N_AGES amounts in minor units, copied; what is below zero counts as zero */
void rubis_aging_bar_set_buckets (RubisAgingBar *self, const gint64 *buckets, RubisCurrency currency);

G_END_DECLS
