/* rubis-penalty-detail.h: how the penalties of a letter were computed, line by line. */
#pragma once

#include <glib.h>

#include "rubis-interest.h"

G_BEGIN_DECLS

/* Appends one line for each period of the item @number, in the language of the document and nearly without
 * words: "FA-107: 01/09/2026 – 02/11/2026, 63 j × 12,40 % × 8 450,50 € = 180,86 €". Lines are parted by '\n'.
 */
void rubis_penalty_detail_append (GString *lines, const char *number, const RubisInterestResult *result,
                                  RubisCurrency currency, const char *language);

/* A line on what is claimed of the item although it is contested, and bears no penalties: minor units. */
void rubis_penalty_detail_append_contested (GString *lines, const char *number, gint64 contested,
                                            RubisCurrency currency, const char *language);

G_END_DECLS
