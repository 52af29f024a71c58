/* rubis-promise.h: was a promise to pay kept?
 *
 * Judged by allocations alone, after the grace days, which are bank days (TARGET): a promise for the Friday
 * before a holiday weekend is not broken on the Monday.
 */
#pragma once

#include "rubis-date.h"

G_BEGIN_DECLS

typedef enum
{
  RUBIS_PROMISE_OPEN,
  RUBIS_PROMISE_KEPT,
  RUBIS_PROMISE_PARTIAL, /* less than was promised came in time */
  RUBIS_PROMISE_BROKEN,  /* nothing came in time */
  RUBIS_PROMISE_REPLACED,
  RUBIS_PROMISE_WITHDRAWN, /* by the user: neither kept nor broken */
} RubisPromiseState;
#define RUBIS_N_PROMISE_STATES 6

/* "kept" (static) */
const char *rubis_promise_state_to_id (RubisPromiseState state);
gboolean rubis_promise_state_from_id (const char *id, RubisPromiseState *state);
const char *rubis_promise_state_to_label (RubisPromiseState state);

/* Something that was paid on the items of a promise. */
typedef struct
{
  RubisDate date;
  gint64 amount; /* minor units; negative: taken back, a returned debit for one */
} RubisPromisePayment;

/* The last day on which the promise may still be kept: @grace bank days after @date; without grace @date, or the next
 * bank day.
 */
RubisDate rubis_promise_until (RubisDate date, int grace);

typedef struct
{
  RubisPromiseState state;
  gint64 paid;        /* of @amount, in time */
  gint64 paid_later;  /* after @until: does not keep it, but need not be claimed again */
  RubisDate until;
  gboolean verified;  /* FALSE: broken or partial by data that are older than @until */
} RubisPromiseVerdict;

/* @payments: those from the day on which it was given. @data_date: of the last import, RUBIS_DATE_NONE: none.
 * @first_data_after: of the first import on or after @until: what is dated of that day counts as in time, since it may
 * be all that is known of the payment; RUBIS_DATE_NONE: there is none yet. @amount is what may still be expected: no
 * more than was paid and is open, when an invoice was reduced since.
 */
void rubis_promise_judge (gint64 amount, RubisDate date, int grace, const RubisPromisePayment *payments, gsize n,
                          RubisDate data_date, RubisDate first_data_after, RubisDate today,
                          RubisPromiseVerdict *verdict);

G_END_DECLS
