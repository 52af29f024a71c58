/* rubis-instalments.h: a sum spread over dates, the last instalment making the total. */
#pragma once

#include "rubis-date.h"

G_BEGIN_DECLS

typedef struct {
  RubisDate date;
  gint64 amount; /* minor units; 0 in a request, for the last one only: what is left */
} RubisInstalment;

typedef enum {
  RUBIS_INTERVAL_MONTH,
  RUBIS_INTERVAL_WEEK,
  RUBIS_INTERVAL_FORTNIGHT,
  RUBIS_INTERVAL_QUARTER,
} RubisInterval;
#define RUBIS_N_INTERVALS 4

/* "month", "week", "fortnight", "quarter". FALSE for anything else. */
gboolean rubis_interval_from_id (const char *id, RubisInterval *interval);
const char *rubis_interval_to_label (RubisInterval interval);

/* The most that an agreement holds: a table of one page. */
#define RUBIS_INSTALMENTS_MAX 60

/* @n equal instalments of @total, the first on @first; the last one takes what does not divide. A month after the 31st
 * is the end of the month. (transfer full) (element-type RubisInstalment).
 */
GArray *rubis_instalments_spread (gint64 total, int n, RubisDate first, RubisInterval interval, GError **error);
/* The instalments that the user gives: each with a date and an amount; the last may leave its amount out. Checks that
 * dates follow each other and that the sum is @total. (transfer full) (element-type RubisInstalment)
 */
GArray *rubis_instalments_complete (gint64 total, const RubisInstalment *given, guint n, GError **error);

#define RUBIS_INSTALMENT_ERROR (rubis_instalment_error_quark ())
typedef enum {
  RUBIS_INSTALMENT_ERROR_COUNT,  /* none, too many, or more than there are minor units */
  RUBIS_INSTALMENT_ERROR_DATE,   /* missing, or not after the one before */
  RUBIS_INSTALMENT_ERROR_AMOUNT, /* not positive, or they do not make the total */
} RubisInstalmentError;
GQuark rubis_instalment_error_quark (void);

G_END_DECLS
