/* rubis-timeline.h: everything that happened with an account, or with a group, in one list.
 *
 * Holds ids and a small cache of pages; filtering and searching are done by the store in the background.
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
  RUBIS_TIMELINE_ANSWERS = 1 << 2,   /* what came back */
  RUBIS_TIMELINE_PAYMENTS = 1 << 3,  /* allocations, imports */
  RUBIS_TIMELINE_AGREEMENTS = 1 << 4, /* promises, plans, disputes */
  RUBIS_TIMELINE_NOTES = 1 << 5,
  RUBIS_TIMELINE_CHANGES = 1 << 6,   /* stops, policies, addresses, fields, undo */
} RubisTimelineSubject;

#define RUBIS_TYPE_TIMELINE (rubis_timeline_get_type ())
G_DECLARE_FINAL_TYPE (RubisTimeline, rubis_timeline, RUBIS, TIMELINE, GObject)

/* A GListModel of RubisEventRow, newest first. Signal "loaded". Main thread only. */
RubisTimeline *rubis_timeline_new (RubisSession *session);
/* One of both is 0. */
void rubis_timeline_set_scope (RubisTimeline *self, gint64 group_id, gint64 account_id);
/* @subjects 0: all; @text: (nullable) words, accents and case set aside; days RUBIS_DATE_NONE: any */
void rubis_timeline_set_filter (RubisTimeline *self, guint subjects, const char *text, RubisDate from, RubisDate to);
void rubis_timeline_refresh (RubisTimeline *self);

G_END_DECLS
