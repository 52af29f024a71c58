/* rubis-timeline.h: everything that happened with an account, or with a group, in one list.
 *
 * Holds ids and a small cache of pages; filtering and searching are done in the background.
 */
#pragma once

#include "rubis-event-row.h"
#include "rubis-session.h"

G_BEGIN_DECLS

/* What a line is about, to filter by; bits. */
typedef enum
{
  RUBIS_TIMELINE_REMINDERS = 1 << 0, /* emails, letters, SMS, visits of the scenario, statements, papers */
  RUBIS_TIMELINE_CALLS = 1 << 1,
  RUBIS_TIMELINE_ANSWERS = 1 << 2,    /* what came back */
  RUBIS_TIMELINE_PAYMENTS = 1 << 3,   /* payments and credit notes set against invoices, imports */
  RUBIS_TIMELINE_AGREEMENTS = 1 << 4, /* promises, plans, disputes */
  RUBIS_TIMELINE_NOTES = 1 << 5,
  RUBIS_TIMELINE_CHANGES = 1 << 6, /* stops, policies, addresses, fields, undo */
} RubisTimelineSubject;
#define RUBIS_N_TIMELINE_SUBJECTS 7

/* "reminders", "calls"… (static) */
const char *rubis_timeline_subject_to_id (RubisTimelineSubject subject);
gboolean rubis_timeline_subject_from_id (const char *id, RubisTimelineSubject *subject);
/* For people, translated. (static) */
const char *rubis_timeline_subject_to_label (RubisTimelineSubject subject);
/* The subject of an event of that kind. */
RubisTimelineSubject rubis_timeline_subject_of (const char *kind);

/* What to show: one of both ids is 0, both for the whole dossier. */
typedef struct
{
  gint64 group_id;
  gint64 account_id;
  guint subjects; /* bits; 0: all */
  const char
      *text;      /* (nullable) words, all of them wanted, accents and case set aside, in title and detail */
  RubisDate from; /* RUBIS_DATE_NONE: any; in it */
  RubisDate to;
} RubisTimelineFilter;
#define RUBIS_TIMELINE_FILTER_INIT                                                                           \
  {                                                                                                          \
    .from = RUBIS_DATE_NONE, .to = RUBIS_DATE_NONE                                                           \
  }

/* Newest first. @limit 0: all. (transfer full) (element-type RubisEventRow) */
GPtrArray *rubis_session_list_timeline (RubisSession *self, const RubisTimelineFilter *filter, guint limit,
                                        GError **error);

#define RUBIS_TYPE_TIMELINE (rubis_timeline_get_type ())
G_DECLARE_FINAL_TYPE (RubisTimeline, rubis_timeline, RUBIS, TIMELINE, GObject)

/* A GListModel of RubisEventRow, newest first; empty until a filter is set, and anew after each change of the
 * dossier. Signal "loaded": what was asked for is there. Main thread only.
 */
RubisTimeline *rubis_timeline_new (RubisSession *session);
void rubis_timeline_set_filter (RubisTimeline *self, const RubisTimelineFilter *filter);

G_END_DECLS
