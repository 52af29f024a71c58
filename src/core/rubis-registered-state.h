/* rubis-registered-state.h: the course of a registered letter, from the printer to its answer.
 *
 * What a course means for the debt: the deadline of a formal notice runs from the day on which the
 * letter was presented; a letter that was refused or not claimed at the right address counts in general as
 * if it had been received (case law on C.civ 1344; some contracts demand receipt).
 */
#pragma once

#include "rubis-date.h"

G_BEGIN_DECLS

typedef enum
{
  RUBIS_REGISTERED_WRITTEN,
  RUBIS_REGISTERED_PRINTED,
  RUBIS_REGISTERED_DEPOSITED,
  RUBIS_REGISTERED_PRESENTED, /* a notice was left: the office holds it */
  RUBIS_REGISTERED_RECEIVED,
  RUBIS_REGISTERED_REFUSED,
  RUBIS_REGISTERED_NOT_CLAIMED,
  RUBIS_REGISTERED_WRONG_ADDRESS, /* returned: nobody of that name there */
} RubisRegisteredState;
#define RUBIS_N_REGISTERED_STATES 8

/* Days for which the post office holds a letter after the first presentation. */
#define RUBIS_REGISTERED_HELD_DAYS 15

/* What is known of a letter. Dates are RUBIS_DATE_NONE when they are not. */
typedef struct
{
  RubisRegisteredState state;
  RubisDate written_on;
  RubisDate printed_on;
  RubisDate deposited_on;
  RubisDate presented_on;
  RubisDate closed_on; /* received, refused, not claimed or returned */
} RubisRegisteredCourse;

typedef enum
{
  RUBIS_COURSE_OK,
  RUBIS_COURSE_FUTURE,     /* the date has not come yet */
  RUBIS_COURSE_EARLIER,    /* before an earlier event of the letter */
  RUBIS_COURSE_NOT_POSTED, /* it was never deposited */
  RUBIS_COURSE_CLOSED,     /* the answer is known */
  RUBIS_COURSE_BACKWARDS,  /* it is further on already */
} RubisCourseProblem;

/* From which day the deadline of a formal notice runs. */
typedef enum
{
  RUBIS_NOTICE_FROM_PRESENTATION, /* else, while that is unknown, from the deposit */
  RUBIS_NOTICE_FROM_DEPOSIT,
} RubisNoticeFrom;

/* "written", "printed", … "wrong_address"; static. */
const char *rubis_registered_state_to_id (RubisRegisteredState state);
gboolean rubis_registered_state_from_id (const char *id, RubisRegisteredState *state);
/* One or two words in the user's language; static. */
const char *rubis_registered_state_to_label (RubisRegisteredState state);
/* What the state means in law, in a sentence; "" for what has no effect. Static. */
const char *rubis_registered_state_to_effect (RubisRegisteredState state);
/* Whether nothing more is expected from the post. */
gboolean rubis_registered_state_is_closed (RubisRegisteredState state);

/* Takes the letter to @state on @date. The state it is in may be given again with another date, which
 * corrects it. On a problem @course stays as it is; @latest (nullable) is then the day that @date may not
 * precede.
 */
RubisCourseProblem rubis_registered_course_advance (RubisRegisteredCourse *course, RubisRegisteredState state,
                                                    RubisDate date, RubisDate today, RubisDate *latest);
/* The day of the present state. */
RubisDate rubis_registered_course_get_date (const RubisRegisteredCourse *course);
/* The state to be expected next and from which day on it is worth asking; FALSE when the course is closed.
 * After a presentation this is NOT_CLAIMED once the office has sent the letter back.
 */
gboolean rubis_registered_course_expect (const RubisRegisteredCourse *course, RubisRegisteredState *state,
                                         RubisDate *date);
/* The last day on which the debtor may pay within the deadline; RUBIS_DATE_NONE when none runs: the letter is
 * not posted, never reached the debtor, or gives no deadline (@deadline_days 0).
 */
RubisDate rubis_registered_course_get_deadline (const RubisRegisteredCourse *course, RubisNoticeFrom from,
                                                int deadline_days);

G_END_DECLS
