/* rubis-aging.h: what is owed, by age of its due date (balance âgée).
 *
 * Every open amount is in exactly one place: its bucket, or the credits when negative. Their sum is
 * the balance. One sum for one currency.
 */
#pragma once

#include "rubis-date.h"

G_BEGIN_DECLS

typedef enum
{
  RUBIS_AGING_NOT_DUE = 0, /* due today or later, or without a due date */
  RUBIS_AGING_1_30 = 1,    /* 1 to 30 days late */
  RUBIS_AGING_31_60 = 2,
  RUBIS_AGING_61_90 = 3,
  RUBIS_AGING_OVER_90 = 4,
} RubisAgingBucket;
#define RUBIS_N_AGING_BUCKETS 5

/* Start from all zeros. Minor units. */
typedef struct
{
  gint64 amounts[RUBIS_N_AGING_BUCKETS];
  guint counts[RUBIS_N_AGING_BUCKETS];
  gint64 credits; /* not positive: credit notes and payments not yet allocated */
  guint n_credits;
  gint64 balance; /* amounts + credits */
} RubisAging;

/* The bucket of a due date, as of @today (days late = @today − @due). */
RubisAgingBucket rubis_aging_bucket (RubisDate due, RubisDate today);

/* Adds an open amount; nothing for zero. FALSE, with @aging untouched, on overflow. */
gboolean rubis_aging_add (RubisAging *aging, gint64 open, RubisDate due, RubisDate today);

/* What is late: the buckets but the first, without credits. */
gint64 rubis_aging_overdue (const RubisAging *aging);

/* "not_due", "1_30", "31_60", "61_90", "over_90". */
const char *rubis_aging_bucket_to_id (RubisAgingBucket bucket);
/* "Not due", "1–30 days"…, in the language of the interface. */
const char *rubis_aging_bucket_to_label (RubisAgingBucket bucket);

G_END_DECLS
