/* rubis-limitation.h: until when a claim can be sued for (prescription).
 *
 * A period of n years ends at the end of the day with the same number in the last year, or of the
 * last day of that month; it is not moved to a working day. An interruption restarts the whole
 * period from its day, a suspension adds its days, and nothing revives an expired claim.
 */
#pragma once

#include "rubis-date.h"

G_BEGIN_DECLS

typedef enum
{
  RUBIS_LIMITATION_B2B = 0,       /* 5 years: C. com. L110-4 */
  RUBIS_LIMITATION_B2C = 1,       /* 2 years: C. conso. L218-2, public order */
  RUBIS_LIMITATION_TRANSPORT = 2, /* 1 year from delivery: C. com. L133-6 */
  RUBIS_LIMITATION_TELECOM = 3,   /* 1 year: CPCE L34-2 */
  RUBIS_LIMITATION_CIVIL = 4,     /* 5 years: C. civ. 2224 */
  RUBIS_LIMITATION_RENT = 5,      /* 3 years: loi 89-462, art. 7-1 */
  RUBIS_LIMITATION_PUBLIC = 6,    /* 31 December of the 4th year after the right arose: loi 68-1250 */
  RUBIS_LIMITATION_JUDGMENT = 7,  /* 10 years: CPC exéc. L111-4 */
} RubisLimitationKind;
#define RUBIS_N_LIMITATION_KINDS 8

typedef enum
{
  RUBIS_LIMITATION_REMINDER = 0,      /* letter, email or call: nothing */
  RUBIS_LIMITATION_FORMAL_NOTICE = 1, /* mise en demeure, even registered: nothing (Cass. com. 18 May 2022) */
  RUBIS_LIMITATION_UNSERVED_ORDER = 2, /* payment order not served: nothing */
  RUBIS_LIMITATION_ACKNOWLEDGMENT = 3, /* by the debtor, or a request for time: C. civ. 2240 */
  RUBIS_LIMITATION_PARTIAL_PAYMENT = 4,
  RUBIS_LIMITATION_LAWSUIT = 5,     /* even interim: C. civ. 2241 */
  RUBIS_LIMITATION_ENFORCEMENT = 6, /* or a conservatory measure: C. civ. 2244 */
  RUBIS_LIMITATION_SERVED_ORDER = 7,
  RUBIS_LIMITATION_SUSPENSION = 8, /* agreed mediation, expert inquiry: C. civ. 2238, 2239 */
} RubisLimitationEventKind;
#define RUBIS_N_LIMITATION_EVENT_KINDS 9

typedef struct
{
  RubisLimitationEventKind kind;
  RubisDate date;
  RubisDate until; /* of a suspension: the day it ends */
} RubisLimitationEvent;

typedef enum
{
  RUBIS_LIMITATION_NO_EFFECT = 0,
  RUBIS_LIMITATION_INTERRUPTED = 1,
  RUBIS_LIMITATION_SUSPENDED = 2,
  RUBIS_LIMITATION_TOO_LATE = 3, /* it would have counted, but the claim had expired */
} RubisLimitationEffect;

typedef struct
{
  RubisLimitationEvent event;
  RubisLimitationEffect effect;
  int suspended_days;
  RubisDate expires; /* last day to sue, as known after the event */
} RubisLimitationStep;

/* The last day on which the claim can be sued for, from its due date (or delivery, for transport).
 * @events may be in any order, NULL when @n_events is 0. When @trace is not NULL it is set to a new
 * array of RubisLimitationStep, one for each event, by date.
 */
RubisDate rubis_limitation_compute (RubisLimitationKind kind, RubisDate start,
                                    const RubisLimitationEvent *events, gsize n_events, GArray **trace);

/* "b2b", "b2c", "transport"…; "mise_en_demeure", "partial_payment", "served_payment_order"… */
const char *rubis_limitation_kind_to_id (RubisLimitationKind kind);
gboolean rubis_limitation_kind_from_id (const char *id, RubisLimitationKind *kind);
const char *rubis_limitation_event_kind_to_id (RubisLimitationEventKind kind);
gboolean rubis_limitation_event_kind_from_id (const char *id, RubisLimitationEventKind *kind);

G_END_DECLS
