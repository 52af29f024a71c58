/* rubis-moment.h: moments (seconds since 1970) as people read them, in local time. */
#pragma once

#include "rubis-date.h"

G_BEGIN_DECLS

/* Now, by the clock of the machine. */
gint64 rubis_moment_now (void);
/* The local day of a moment. */
RubisDate rubis_moment_get_day (gint64 at);
/* "14:10" on the day of @now, "lundi 23/11 à 08:00" on one to come, "02/11/2026
 * 14:10" on one gone by; "" for 0. (transfer full) */
char *rubis_moment_format (gint64 at, gint64 now);
/* What is left until @at: "8 min", "1 min 12 s", "2 h 05 min"; NULL when it is over. (transfer full) (nullable) */
char *rubis_moment_format_rest (gint64 at, gint64 now);

G_END_DECLS
