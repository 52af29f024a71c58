/* rubis-today-entry.h: one line of the list of the day: the head of a group, a task or an action. */
#pragma once

#include "rubis-agenda-list.h"
#include "rubis-tasks.h"

G_BEGIN_DECLS

/* The groups, in the order in which they are shown. */
typedef enum {
  RUBIS_TODAY_PROMISES,  /* broken; the tasks come first */
  RUBIS_TODAY_CALLBACKS,
  RUBIS_TODAY_PLANS,
  RUBIS_TODAY_DISPUTES,
  RUBIS_TODAY_CREDIT_NOTES,
  RUBIS_TODAY_INSURERS,
  RUBIS_TODAY_CALLS,     /* the first of the actions */
  RUBIS_TODAY_EMAILS,
  RUBIS_TODAY_LETTERS,
  RUBIS_TODAY_REGISTERED,
  RUBIS_TODAY_OTHERS,    /* visits, text messages */
  RUBIS_TODAY_DECISIONS,
  RUBIS_TODAY_ERRORS,    /* due, but the document cannot be made */
  RUBIS_TODAY_DONE,
  RUBIS_TODAY_REFUSED,
} RubisTodayKind;
#define RUBIS_N_TODAY_KINDS 15

#define RUBIS_TYPE_TODAY_ENTRY (rubis_today_entry_get_type ())
G_DECLARE_FINAL_TYPE (RubisTodayEntry, rubis_today_entry, RUBIS, TODAY_ENTRY, GObject)

/* Written by RubisTodayList alone. Signal "changed": a field is not what it was. */
struct _RubisTodayEntry {
  GObject parent_instance;

  RubisTodayKind kind;
  RubisActionRow *action;  /* (owned) (nullable) */
  RubisTask *task;         /* (owned) (nullable) neither it nor @action: the head of a group */
  gboolean ticked;         /* an action */
  gboolean unfolded;       /* an action: its reasons are shown; a head: its actions are shown */
  guint n_actions;         /* a head */
  guint n_ticked;          /* a head */
  char *sums;              /* a head: amounts in words, "" for none */
};

RubisTodayEntry *rubis_today_entry_new (RubisTodayKind kind, RubisActionRow *action, RubisTask *task);
gboolean rubis_today_entry_is_head (RubisTodayEntry *self);
/* Whose line it is; 0 for a head. */
gint64 rubis_today_entry_get_account (RubisTodayEntry *self);
void rubis_today_entry_emit_changed (RubisTodayEntry *self);
/* May it be ticked? */
gboolean rubis_today_entry_can_tick (RubisTodayEntry *self);

/* To which group an action or a task belongs. */
RubisTodayKind rubis_today_kind_of_action (RubisActionRow *action);
RubisTodayKind rubis_today_kind_of_task (RubisTask *task);
/* The heading of a group; static. */
const char *rubis_today_kind_to_label (RubisTodayKind kind);
/* The symbolic icon of a group, and of a channel; static. */
const char *rubis_today_kind_to_icon (RubisTodayKind kind);
const char *rubis_today_channel_to_icon (RubisChannel channel);

G_END_DECLS
