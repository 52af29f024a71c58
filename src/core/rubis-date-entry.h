/* rubis-date-entry.h: dates as people type them. */
#pragma once

#include "rubis-date.h"

G_BEGIN_DECLS

/* Reads "2/11/2026", "02.11.26", "2-11-2026", "2026-11-02": the day first unless the year is. RUBIS_DATE_NONE
 * when
 * @text is something else or such a day does not exist.
 */
RubisDate rubis_date_entry_parse (const char *text);

G_END_DECLS
