#include "rubis-today-entry.h"

#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE (RubisTodayEntry, rubis_today_entry, G_TYPE_OBJECT)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static const struct {
  const char *label;
  const char *icon;
} kinds[RUBIS_N_TODAY_KINDS] = {
  [RUBIS_TODAY_PROMISES] = { N_("Broken promises"), "rubis-promise-symbolic" },
  [RUBIS_TODAY_CALLBACKS] = { N_("To call back"), "alarm-symbolic" },
  [RUBIS_TODAY_PLANS] = { N_("Late payment plans"), "view-list-ordered-symbolic" },
  [RUBIS_TODAY_DISPUTES] = { N_("Disputes to follow up"), "rubis-dispute-symbolic" },
  [RUBIS_TODAY_CREDIT_NOTES] = { N_("Credit notes awaited"), "document-revert-symbolic" },
  [RUBIS_TODAY_INSURERS] = { N_("Credit insurer to be told"), "security-medium-symbolic" },
  [RUBIS_TODAY_CALLS] = { N_("Calls"), "call-start-symbolic" },
  [RUBIS_TODAY_EMAILS] = { N_("Emails to confirm"), "mail-unread-symbolic" },
  [RUBIS_TODAY_LETTERS] = { N_("Letters"), "document-print-symbolic" },
  [RUBIS_TODAY_REGISTERED] = { N_("Registered letters"), "security-high-symbolic" },
  [RUBIS_TODAY_OTHERS] = { N_("Visits and messages"), "mark-location-symbolic" },
  [RUBIS_TODAY_DECISIONS] = { N_("Decisions"), "emblem-important-symbolic" },
  [RUBIS_TODAY_ERRORS] = { N_("To be completed"), "dialog-warning-symbolic" },
  [RUBIS_TODAY_DONE] = { N_("Done today"), "emblem-ok-symbolic" },
  [RUBIS_TODAY_REFUSED] = { N_("Held back"), "action-unavailable-symbolic" },
};

static void
rubis_today_entry_finalize (GObject *object)
{
  RubisTodayEntry *self = RUBIS_TODAY_ENTRY (object);

  g_clear_object (&self->action);
  g_clear_object (&self->task);
  g_free (self->sums);
  G_OBJECT_CLASS (rubis_today_entry_parent_class)->finalize (object);
}

static void
rubis_today_entry_class_init (RubisTodayEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rubis_today_entry_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
rubis_today_entry_init (RubisTodayEntry *self)
{
  self->sums = g_strdup ("");
}

RubisTodayEntry *
rubis_today_entry_new (RubisTodayKind kind, RubisActionRow *action, RubisTask *task)
{
  RubisTodayEntry *self = g_object_new (RUBIS_TYPE_TODAY_ENTRY, NULL);

  self->kind = kind;
  g_set_object (&self->action, action);
  g_set_object (&self->task, task);
  return self;
}

gboolean
rubis_today_entry_is_head (RubisTodayEntry *self)
{
  g_return_val_if_fail (RUBIS_IS_TODAY_ENTRY (self), FALSE);

  return self->action == NULL && self->task == NULL;
}

gint64
rubis_today_entry_get_account (RubisTodayEntry *self)
{
  g_return_val_if_fail (RUBIS_IS_TODAY_ENTRY (self), 0);

  if (self->action != NULL)
    return self->action->account_id;
  return self->task != NULL ? self->task->account_id : 0;
}

void
rubis_today_entry_emit_changed (RubisTodayEntry *self)
{
  g_return_if_fail (RUBIS_IS_TODAY_ENTRY (self));

  g_signal_emit (self, signals[CHANGED], 0);
}

gboolean
rubis_today_entry_can_tick (RubisTodayEntry *self)
{
  g_return_val_if_fail (RUBIS_IS_TODAY_ENTRY (self), FALSE);

  return self->kind >= RUBIS_TODAY_CALLS && self->kind < RUBIS_TODAY_ERRORS;
}

RubisTodayKind
rubis_today_kind_of_action (RubisActionRow *action)
{
  g_return_val_if_fail (RUBIS_IS_ACTION_ROW (action), RUBIS_TODAY_REFUSED);

  if (action->state == RUBIS_ACTION_DONE)
    return RUBIS_TODAY_DONE;
  if (action->state == RUBIS_ACTION_REFUSED)
    return RUBIS_TODAY_REFUSED;
  if (*action->error != '\0')
    return RUBIS_TODAY_ERRORS;
  switch (action->channel)
    {
    case RUBIS_CHANNEL_CALL:
      return RUBIS_TODAY_CALLS;
    case RUBIS_CHANNEL_EMAIL:
      return RUBIS_TODAY_EMAILS;
    case RUBIS_CHANNEL_LETTER:
      return RUBIS_TODAY_LETTERS;
    case RUBIS_CHANNEL_REGISTERED:
      return RUBIS_TODAY_REGISTERED;
    case RUBIS_CHANNEL_DECISION:
      return RUBIS_TODAY_DECISIONS;
    case RUBIS_CHANNEL_VISIT:
    case RUBIS_CHANNEL_SMS:
    default:
      return RUBIS_TODAY_OTHERS;
    }
}

RubisTodayKind
rubis_today_kind_of_task (RubisTask *task)
{
  g_return_val_if_fail (RUBIS_IS_TASK (task), RUBIS_TODAY_PROMISES);

  switch (task->kind)
    {
    case RUBIS_TASK_CALLBACK:
      return RUBIS_TODAY_CALLBACKS;
    case RUBIS_TASK_PLAN_LATE:
    case RUBIS_TASK_PLAN_ACCELERATE:
      return RUBIS_TODAY_PLANS;
    case RUBIS_TASK_DISPUTE_LATE:
    case RUBIS_TASK_DISPUTE_NOBODY:
      return RUBIS_TODAY_DISPUTES;
    case RUBIS_TASK_CREDIT_LATE:
      return RUBIS_TODAY_CREDIT_NOTES;
    case RUBIS_TASK_TELL_INSURER:
      return RUBIS_TODAY_INSURERS;
    case RUBIS_TASK_BROKEN_PROMISE:
    default:
      return RUBIS_TODAY_PROMISES;
    }
}

const char *
rubis_today_kind_to_label (RubisTodayKind kind)
{
  g_return_val_if_fail (kind < RUBIS_N_TODAY_KINDS, "");

  return _(kinds[kind].label);
}

const char *
rubis_today_kind_to_icon (RubisTodayKind kind)
{
  g_return_val_if_fail (kind < RUBIS_N_TODAY_KINDS, NULL);

  return kinds[kind].icon;
}

const char *
rubis_today_channel_to_icon (RubisChannel channel)
{
  switch (channel)
    {
    case RUBIS_CHANNEL_EMAIL:
      return "mail-unread-symbolic";
    case RUBIS_CHANNEL_LETTER:
      return "document-print-symbolic";
    case RUBIS_CHANNEL_REGISTERED:
      return "security-high-symbolic";
    case RUBIS_CHANNEL_CALL:
      return "call-start-symbolic";
    case RUBIS_CHANNEL_VISIT:
      return "mark-location-symbolic";
    case RUBIS_CHANNEL_SMS:
      return "phone-symbolic";
    case RUBIS_CHANNEL_DECISION:
    default:
      return "emblem-important-symbolic";
    }
}
