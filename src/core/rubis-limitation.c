#include "rubis-limitation.h"

#include <string.h>

static const struct
{
  const char *id;
  int years;
} kinds[RUBIS_N_LIMITATION_KINDS] = {
  { "b2b", 5 },   { "b2c", 2 },  { "transport", 1 }, { "telecom", 1 },
  { "civil", 5 }, { "rent", 3 }, { "public", 4 },    { "judgment", 10 },
};

static const struct
{
  const char *id;
  RubisLimitationEffect effect;
} event_kinds[RUBIS_N_LIMITATION_EVENT_KINDS] = {
  { "reminder", RUBIS_LIMITATION_NO_EFFECT },
  { "mise_en_demeure", RUBIS_LIMITATION_NO_EFFECT },
  { "payment_order_not_served", RUBIS_LIMITATION_NO_EFFECT },
  { "acknowledgment", RUBIS_LIMITATION_INTERRUPTED },
  { "partial_payment", RUBIS_LIMITATION_INTERRUPTED },
  { "lawsuit", RUBIS_LIMITATION_INTERRUPTED },
  { "enforcement", RUBIS_LIMITATION_INTERRUPTED },
  { "served_payment_order", RUBIS_LIMITATION_INTERRUPTED },
  { "suspension", RUBIS_LIMITATION_SUSPENDED },
};

typedef struct
{
  RubisLimitationKind kind;
  RubisDate start;
  RubisDate expires;
  RubisDate suspended_until;
} Clock;

const char *
rubis_limitation_kind_to_id (RubisLimitationKind kind)
{
  g_return_val_if_fail ((guint)kind < RUBIS_N_LIMITATION_KINDS, NULL);

  return kinds[kind].id;
}

gboolean
rubis_limitation_kind_from_id (const char *id, RubisLimitationKind *kind)
{
  g_return_val_if_fail (kind != NULL, FALSE);

  for (guint i = 0; id != NULL && i < RUBIS_N_LIMITATION_KINDS; i++)
    {
      if (strcmp (kinds[i].id, id) == 0)
        {
          *kind = (RubisLimitationKind)i;
          return TRUE;
        }
    }
  return FALSE;
}

const char *
rubis_limitation_event_kind_to_id (RubisLimitationEventKind kind)
{
  g_return_val_if_fail ((guint)kind < RUBIS_N_LIMITATION_EVENT_KINDS, NULL);

  return event_kinds[kind].id;
}

gboolean
rubis_limitation_event_kind_from_id (const char *id, RubisLimitationEventKind *kind)
{
  g_return_val_if_fail (kind != NULL, FALSE);

  for (guint i = 0; id != NULL && i < RUBIS_N_LIMITATION_EVENT_KINDS; i++)
    {
      if (strcmp (event_kinds[i].id, id) == 0)
        {
          *kind = (RubisLimitationEventKind)i;
          return TRUE;
        }
    }
  return FALSE;
}

static RubisDate
period_end (RubisLimitationKind kind, RubisDate start)
{
  int year, month, day;

  if (kind != RUBIS_LIMITATION_PUBLIC)
    return rubis_date_add_months (start, 12 * kinds[kind].years);
  rubis_date_to_ymd (start, &year, &month, &day);
  return rubis_date_from_ymd (year + kinds[kind].years, 12, 31);
}

static RubisLimitationStep
apply_event (Clock *clock, const RubisLimitationEvent *event)
{
  RubisLimitationStep step = { .event = *event };
  RubisDate from = MAX (event->date, MAX (clock->start, clock->suspended_until));

  step.effect = event_kinds[event->kind].effect;
  if (step.effect != RUBIS_LIMITATION_NO_EFFECT && event->date > clock->expires)
    step.effect = RUBIS_LIMITATION_TOO_LATE;
  /* Before the claim is due nothing runs yet: there is nothing to interrupt or to suspend. */
  if (step.effect == RUBIS_LIMITATION_INTERRUPTED && event->date <= clock->start)
    step.effect = RUBIS_LIMITATION_NO_EFFECT;
  if (step.effect == RUBIS_LIMITATION_SUSPENDED && event->until <= from)
    step.effect = RUBIS_LIMITATION_NO_EFFECT;

  if (step.effect == RUBIS_LIMITATION_INTERRUPTED)
    clock->expires = period_end (clock->kind, from);
  else if (step.effect == RUBIS_LIMITATION_SUSPENDED)
    {
      step.suspended_days = event->until - from;
      clock->expires += step.suspended_days;
      clock->suspended_until = event->until;
    }
  step.expires = clock->expires;
  return step;
}

static int
compare_events (gconstpointer a, gconstpointer b)
{
  RubisDate first = ((const RubisLimitationEvent *)a)->date;
  RubisDate second = ((const RubisLimitationEvent *)b)->date;

  return (first > second) - (first < second);
}

RubisDate
rubis_limitation_compute (RubisLimitationKind kind, RubisDate start, const RubisLimitationEvent *events,
                          gsize n_events, GArray **trace)
{
  g_autoptr (GArray) sorted = g_array_new (FALSE, FALSE, sizeof (RubisLimitationEvent));
  g_autoptr (GArray) steps = g_array_new (FALSE, FALSE, sizeof (RubisLimitationStep));
  Clock clock = { .kind = kind, .start = start, .suspended_until = RUBIS_DATE_NONE };

  g_return_val_if_fail ((guint)kind < RUBIS_N_LIMITATION_KINDS, RUBIS_DATE_NONE);
  g_return_val_if_fail (start >= RUBIS_DATE_MIN && start <= RUBIS_DATE_MAX, RUBIS_DATE_NONE);
  g_return_val_if_fail (events != NULL || n_events == 0, RUBIS_DATE_NONE);

  clock.expires = period_end (kind, start);
  if (n_events > 0)
    g_array_append_vals (sorted, events, (guint)n_events);
  g_array_sort (sorted, compare_events);
  for (guint i = 0; i < sorted->len; i++)
    {
      RubisLimitationStep step = apply_event (&clock, &g_array_index (sorted, RubisLimitationEvent, i));

      g_array_append_val (steps, step);
    }
  if (trace != NULL)
    *trace = g_steal_pointer (&steps);
  return clock.expires;
}
