#include "rubis-registered-state.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char *id;
  const char *label;  /* untranslated */
  const char *effect; /* untranslated */
} states[RUBIS_N_REGISTERED_STATES] = {
  [RUBIS_REGISTERED_WRITTEN] = { "written", NC_ ("registered letter", "Written"), "" },
  [RUBIS_REGISTERED_PRINTED] = { "printed", NC_ ("registered letter", "Printed"), "" },
  [RUBIS_REGISTERED_DEPOSITED] = { "deposited", NC_ ("registered letter", "Posted"),
                                   N_ ("The proof of posting fixes the day on which you sent the notice.") },
  [RUBIS_REGISTERED_PRESENTED]
  = { "presented", NC_ ("registered letter", "Presented"),
      N_ ("The deadline runs from the first presentation; the office holds the letter for 15 days.") },
  [RUBIS_REGISTERED_RECEIVED]
  = { "received", NC_ ("registered letter", "Received"),
      N_ ("The debtor was put on notice: the signed receipt proves it. Keep it with the file.") },
  [RUBIS_REGISTERED_REFUSED] = { "refused", NC_ ("registered letter", "Refused"),
                                 N_ ("A notice refused at the right address still counts in general. Keep "
                                     "the envelope closed: it is the "
                                     "proof.") },
  [RUBIS_REGISTERED_NOT_CLAIMED] = { "not_claimed", NC_ ("registered letter", "Not claimed"),
                                     N_ ("A notice not claimed at the right address still counts in general, "
                                         "unless the contract demands receipt. "
                                         "Keep the envelope closed: it is the proof.") },
  [RUBIS_REGISTERED_WRONG_ADDRESS]
  = { "wrong_address", NC_ ("registered letter", "Wrong address"),
      N_ ("The notice did not reach the debtor and proves nothing: check the address and send it again.") },
};

const char *
rubis_registered_state_to_id (RubisRegisteredState state)
{
  g_return_val_if_fail (state < RUBIS_N_REGISTERED_STATES, "");

  return states[state].id;
}

gboolean
rubis_registered_state_from_id (const char *id, RubisRegisteredState *state)
{
  g_return_val_if_fail (id != NULL && state != NULL, FALSE);

  for (int i = 0; i < RUBIS_N_REGISTERED_STATES; i++)
    {
      if (g_str_equal (states[i].id, id))
        {
          *state = (RubisRegisteredState)i;
          return TRUE;
        }
    }
  return FALSE;
}

const char *
rubis_registered_state_to_label (RubisRegisteredState state)
{
  g_return_val_if_fail (state < RUBIS_N_REGISTERED_STATES, "");

  return g_dpgettext2 (GETTEXT_PACKAGE, "registered letter", states[state].label);
}

const char *
rubis_registered_state_to_effect (RubisRegisteredState state)
{
  g_return_val_if_fail (state < RUBIS_N_REGISTERED_STATES, "");

  return *states[state].effect != '\0' ? _ (states[state].effect) : "";
}

gboolean
rubis_registered_state_is_closed (RubisRegisteredState state)
{
  return state >= RUBIS_REGISTERED_RECEIVED;
}

/* The four answers stand at the same place of the course. */
static int
rank_of (RubisRegisteredState state)
{
  return MIN ((int)state, (int)RUBIS_REGISTERED_RECEIVED);
}

/* Where the day of a state is kept; NULL for the day on which the letter was written. */
static RubisDate *
date_of (RubisRegisteredCourse *course, RubisRegisteredState state)
{
  switch (state)
    {
    case RUBIS_REGISTERED_WRITTEN:
      return &course->written_on;
    case RUBIS_REGISTERED_PRINTED:
      return &course->printed_on;
    case RUBIS_REGISTERED_DEPOSITED:
      return &course->deposited_on;
    case RUBIS_REGISTERED_PRESENTED:
      return &course->presented_on;
    case RUBIS_REGISTERED_RECEIVED:
    case RUBIS_REGISTERED_REFUSED:
    case RUBIS_REGISTERED_NOT_CLAIMED:
    case RUBIS_REGISTERED_WRONG_ADDRESS:
    default:
      return &course->closed_on;
    }
}

/* The latest day known of the states before @rank. */
static RubisDate
latest_before (const RubisRegisteredCourse *course, int rank)
{
  const RubisDate dates[]
      = { course->written_on, course->printed_on, course->deposited_on, course->presented_on };
  RubisDate latest = RUBIS_DATE_NONE;

  for (int i = 0; i < MIN (rank, (int)G_N_ELEMENTS (dates)); i++)
    {
      if (dates[i] != RUBIS_DATE_NONE)
        latest = MAX (latest, dates[i]);
    }
  return latest;
}

RubisCourseProblem
rubis_registered_course_advance (RubisRegisteredCourse *course, RubisRegisteredState state, RubisDate date,
                                 RubisDate today, RubisDate *latest)
{
  RubisDate limit;

  g_return_val_if_fail (course != NULL && state < RUBIS_N_REGISTERED_STATES && date != RUBIS_DATE_NONE,
                        RUBIS_COURSE_BACKWARDS);

  limit = latest_before (course, rank_of (state));
  if (latest != NULL)
    *latest = limit;
  if (state != course->state && rubis_registered_state_is_closed (course->state))
    return RUBIS_COURSE_CLOSED;
  if (state == RUBIS_REGISTERED_WRITTEN || rank_of (state) < rank_of (course->state))
    return RUBIS_COURSE_BACKWARDS;
  if (rank_of (state) > RUBIS_REGISTERED_DEPOSITED && course->deposited_on == RUBIS_DATE_NONE)
    return RUBIS_COURSE_NOT_POSTED;
  if (date > today)
    return RUBIS_COURSE_FUTURE;
  if (limit != RUBIS_DATE_NONE && date < limit)
    return RUBIS_COURSE_EARLIER;
  *date_of (course, state) = date;
  course->state = state;
  return RUBIS_COURSE_OK;
}

RubisDate
rubis_registered_course_get_date (const RubisRegisteredCourse *course)
{
  RubisRegisteredCourse copy = *course;

  return *date_of (&copy, course->state);
}

gboolean
rubis_registered_course_expect (const RubisRegisteredCourse *course, RubisRegisteredState *state,
                                RubisDate *date)
{
  if (rubis_registered_state_is_closed (course->state))
    return FALSE;
  switch (course->state)
    {
    case RUBIS_REGISTERED_PRESENTED:
      *state = RUBIS_REGISTERED_NOT_CLAIMED;
      *date = course->presented_on + RUBIS_REGISTERED_HELD_DAYS;
      break;
    case RUBIS_REGISTERED_DEPOSITED:
      *state = RUBIS_REGISTERED_PRESENTED;
      *date = course->deposited_on + 1;
      break;
    case RUBIS_REGISTERED_WRITTEN:
    case RUBIS_REGISTERED_PRINTED:
    case RUBIS_REGISTERED_RECEIVED:
    case RUBIS_REGISTERED_REFUSED:
    case RUBIS_REGISTERED_NOT_CLAIMED:
    case RUBIS_REGISTERED_WRONG_ADDRESS:
    default:
      *state = RUBIS_REGISTERED_DEPOSITED;
      *date = rubis_registered_course_get_date (course);
      break;
    }
  return TRUE;
}

RubisDate
rubis_registered_course_get_deadline (const RubisRegisteredCourse *course, RubisNoticeFrom from,
                                      int deadline_days)
{
  RubisDate start = course->deposited_on;

  if (deadline_days <= 0 || start == RUBIS_DATE_NONE || course->state == RUBIS_REGISTERED_WRONG_ADDRESS)
    return RUBIS_DATE_NONE;
  if (from == RUBIS_NOTICE_FROM_PRESENTATION)
    {
      if (course->presented_on != RUBIS_DATE_NONE)
        start = course->presented_on;
      /* What was handed over or refused was presented that day at the latest; what was not claimed, before.
       */
      else if (course->state == RUBIS_REGISTERED_RECEIVED || course->state == RUBIS_REGISTERED_REFUSED)
        start = course->closed_on;
    }
  return start + deadline_days;
}
