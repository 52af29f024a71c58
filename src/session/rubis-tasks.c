#include "rubis-tasks.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-format.h"
#include "rubis-holds.h"
#include "rubis-plans.h"
#include "rubis-promises-private.h"
#include "rubis-store-imports.h"
#include "rubis-store-tasks.h"

G_DEFINE_FINAL_TYPE (RubisTask, rubis_task, G_TYPE_OBJECT)

static const struct
{
  const char *id;
  const char *label; /* untranslated */
} kinds[RUBIS_N_TASK_KINDS] = {
  [RUBIS_TASK_BROKEN_PROMISE] = { "broken_promise", N_ ("Broken promises") },
  [RUBIS_TASK_CALLBACK] = { "callback", N_ ("To call back") },
  [RUBIS_TASK_PLAN_LATE] = { "plan_late", N_ ("Late instalments of plans") },
  [RUBIS_TASK_PLAN_ACCELERATE] = { "plan_accelerate", N_ ("Plans to be claimed as a whole") },
  [RUBIS_TASK_DISPUTE_LATE] = { "dispute_late", N_ ("Late disputes") },
  [RUBIS_TASK_DISPUTE_NOBODY] = { "dispute_nobody", N_ ("Disputes that nobody resolves") },
  [RUBIS_TASK_CREDIT_LATE] = { "credit_late", N_ ("Credit notes awaited") },
  [RUBIS_TASK_TELL_INSURER] = { "tell_insurer", N_ ("Credit insurer to be told") },
};

static void
rubis_task_finalize (GObject *object)
{
  RubisTask *self = RUBIS_TASK (object);

  g_free (self->account_code);
  g_free (self->account_name);
  g_free (self->title);
  g_free (self->subject);
  g_free (self->detail);
  g_array_unref (self->item_ids);
  G_OBJECT_CLASS (rubis_task_parent_class)->finalize (object);
}

static void
rubis_task_class_init (RubisTaskClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rubis_task_finalize;
}

static void
rubis_task_init (RubisTask *self)
{
  self->date = RUBIS_DATE_NONE;
  self->minute = -1;
  self->item_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
}

const char *
rubis_task_kind_to_id (RubisTaskKind kind)
{
  g_return_val_if_fail ((int)kind >= 0 && kind < RUBIS_N_TASK_KINDS, "");

  return kinds[kind].id;
}

const char *
rubis_task_kind_to_label (RubisTaskKind kind)
{
  g_return_val_if_fail ((int)kind >= 0 && kind < RUBIS_N_TASK_KINDS, "");

  return _ (kinds[kind].label);
}

/* What is gathered. */
typedef struct
{
  RubisSession *session;
  RubisDate today;
  const char *language;
  GPtrArray *tasks; /* (element-type RubisTask) */
} Collector;

static RubisTask *
add_task (Collector *self, RubisTaskKind kind, gint64 object_id, gint64 account_id, const char *code,
          const char *name)
{
  RubisTask *task = g_object_new (RUBIS_TYPE_TASK, NULL);

  task->kind = kind;
  task->object_id = object_id;
  task->account_id = account_id;
  task->account_code = g_strdup (code);
  task->account_name = g_strdup (name);
  g_ptr_array_add (self->tasks, task);
  return task;
}

/* "12 November"; with the year when it is another one than today's. */
static char *
format_day (Collector *self, RubisDate date)
{
  char *text = rubis_format_date_long (date, self->language);
  int year, this_year, month, day;

  rubis_date_to_ymd (self->today, &this_year, &month, &day);
  if (date == RUBIS_DATE_NONE)
    return text;
  rubis_date_to_ymd (date, &year, &month, &day);
  if (year == this_year)
    {
      g_autofree char *with_of = g_strdup_printf (" de %d", year);
      g_autofree char *plain = g_strdup_printf (" %d", year);

      if (g_str_has_suffix (text, with_of))
        text[strlen (text) - strlen (with_of)] = '\0';
      else if (g_str_has_suffix (text, plain))
        text[strlen (text) - strlen (plain)] = '\0';
    }
  return text;
}

static char *
format_amount (Collector *self, gint64 amount, RubisCurrency currency)
{
  return rubis_format_amount (amount, currency, self->language);
}

/* --- Broken promises -------------------------------------------------------------------------------- */

static void
name_promise (Collector *self, RubisTask *task, const RubisPromiseRow *row)
{
  g_autofree char *amount = format_amount (self, row->amount, row->currency);
  g_autofree char *paid = format_amount (self, row->paid, row->currency);
  g_autofree char *day = format_day (self, row->date);

  if (row->state == RUBIS_PROMISE_PARTIAL)
    {
      /* Translators: what was paid, of what, the day. */
      task->title = g_strdup_printf (_ ("Promise kept in part: %s of %s for %s"), paid, amount, day);
      task->subject = g_strdup_printf (_ ("%s of %s for %s"), paid, amount, day);
      return;
    }
  task->title = g_strdup_printf (_ ("Broken promise: %s for %s"), amount, day);
  task->subject = g_strdup_printf (_ ("%s for %s"), amount, day);
}

/* Why nobody asks for the items of the task, where that is so. */
static gboolean
append_hold (Collector *self, RubisTask *task, RubisDatabase *db, GError **error)
{
  g_autofree char *said = NULL;

  if (!rubis_holds_find (self->session, db, task->account_id, task->item_ids, &task->held, error))
    return FALSE;
  if (task->held == 0)
    return TRUE;
  said = g_steal_pointer (&task->detail);
  task->detail = g_strdup_printf ("%s · %s", rubis_reason_to_text ((RubisReason)task->held), said);
  return TRUE;
}

/* What has to be looked at before somebody calls. */
static void
append_doubt (Collector *self, RubisTask *task, const RubisPromiseRow *row, RubisDate data_date)
{
  g_autofree char *said = g_steal_pointer (&task->detail);
  g_autofree char *remark = rubis_unallocated_describe (&row->unallocated, row->currency);
  g_autofree char *day = data_date != RUBIS_DATE_NONE ? format_day (self, data_date) : NULL;

  if (row->unallocated.in_time > 0)
    /* Translators: what was promised, and why nobody can tell whether it was kept. */
    task->detail = g_strdup_printf (_ ("%s · not verified: %s"), said, remark);
  else if (!row->verified && day != NULL)
    task->detail
        = g_strdup_printf (_ ("%s · not verified: the data are of %s, import before you call"), said, day);
  else if (!row->verified)
    task->detail = g_strdup_printf (_ ("%s · not verified: nothing was imported yet"), said);
  else if (remark != NULL)
    task->detail = g_strdup_printf ("%s · %s", said, remark);
  else
    task->detail = g_steal_pointer (&said);
}

static gboolean
collect_promises (Collector *self, RubisDatabase *db, gint64 group_id, gint64 account_id, GError **error)
{
  RubisPromiseQuery query
      = { .group_id = group_id, .account_id = account_id, .to = self->today - 1, .unsettled = TRUE };
  g_autoptr (GPtrArray) records = rubis_store_list_promises (db, &query, error);
  RubisDate data_date;

  if (records == NULL || !rubis_store_get_data_date (db, &data_date, error))
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    {
      gint64 later = 0;
      g_autoptr (RubisPromiseRow) row
          = rubis_promises_judge (self->session, db, g_ptr_array_index (records, i), &later, error);
      g_autofree char *given_on = row != NULL ? format_day (self, row->given_on) : NULL;
      RubisTask *task;

      if (row == NULL)
        return FALSE;
      if (!rubis_promise_row_is_broken (row) || row->seen)
        continue;
      task = add_task (self, RUBIS_TASK_BROKEN_PROMISE, row->id, row->account_id, row->account_code,
                       row->account_name);
      name_promise (self, task, row);
      task->detail = rubis_promise_row_quote (row, given_on);
      append_doubt (self, task, row, data_date);
      task->currency = row->currency;
      task->amount = MIN (row->amount - row->paid - later, row->open);
      task->date = row->date;
      task->days = self->today - row->until;
      g_array_append_vals (task->item_ids, row->item_ids->data, row->item_ids->len);
      if (!append_hold (self, task, db, error))
        return FALSE;
    }
  return TRUE;
}

/* --- Callbacks and disputes -------------------------------------------------------------------------- */

static void
collect_callback (const RubisTaskRecord *record, gpointer user_data)
{
  Collector *self = user_data;
  RubisTask *task = add_task (self, RUBIS_TASK_CALLBACK, record->id, record->account_id, record->account_code,
                              record->account_name);
  g_autofree char *day = format_day (self, record->date);
  const char *separator = *record->person != '\0' && *record->text != '\0' ? " · " : "";

  task->date = record->date;
  task->minute = record->minute;
  task->days = self->today - record->date;
  if (task->days > 0 && record->minute < 0)
    task->subject = g_strdup_printf (_ ("since %s"), day);
  else if (task->days > 0)
    task->subject
        = g_strdup_printf (_ ("since %s, %02d:%02d"), day, record->minute / 60, record->minute % 60);
  else if (record->minute >= 0)
    task->subject = g_strdup_printf (_ ("at %02d:%02d"), record->minute / 60, record->minute % 60);
  else
    task->subject = g_strdup (_ ("today"));
  /* Translators: "today", "at 14:30", "since 3 November". */
  task->title = g_strdup_printf (_ ("Call back: %s"), task->subject);
  task->detail = g_strconcat (record->person, separator, record->text, NULL);
}

static RubisTaskKind
find_dispute_kind (Collector *self, const RubisTaskRecord *record)
{
  if (g_str_equal (record->state, "credit_awaited"))
    return RUBIS_TASK_CREDIT_LATE;
  return record->date != RUBIS_DATE_NONE && record->date < self->today + (record->to_judge ? 1 : 0)
             ? RUBIS_TASK_DISPUTE_LATE
             : RUBIS_TASK_DISPUTE_NOBODY;
}

static void
collect_dispute (const RubisTaskRecord *record, gpointer user_data)
{
  Collector *self = user_data;
  RubisTaskKind kind = find_dispute_kind (self, record);
  RubisTask *task
      = add_task (self, kind, record->id, record->account_id, record->account_code, record->account_name);
  RubisDate since = kind == RUBIS_TASK_DISPUTE_NOBODY ? record->opened_on : record->date;
  g_autofree char *day = format_day (self, since);
  const char *who = *record->person != '\0' ? record->person : _ ("nobody resolves it yet");
  g_autofree char *amount = NULL;

  if (!rubis_currency_parse (record->currency, &task->currency))
    task->currency = rubis_session_get_currency (self->session);
  amount = format_amount (self, record->amount, task->currency);
  task->amount = record->amount;
  task->date = record->date;
  task->days = self->today - since;
  if (kind == RUBIS_TASK_CREDIT_LATE)
    {
      task->title = g_strdup_printf (_ ("Credit note of %s awaited since %s"), amount, day);
      task->subject = g_strdup_printf (_ ("awaited since %s"), day);
    }
  else if (kind == RUBIS_TASK_DISPUTE_LATE)
    {
      task->title = g_strdup_printf (_ ("Dispute of %s, to be resolved by %s"), amount, day);
      task->subject = g_strdup_printf (_ ("to be resolved by %s"), day);
    }
  else
    {
      task->title = g_strdup_printf (_ ("Dispute of %s, opened on %s"), amount, day);
      task->subject = g_strdup_printf (_ ("opened on %s"), day);
    }
  task->detail = *record->text != '\0'
                     /* Translators: who resolves a dispute, and the customer's words. */
                     ? g_strdup_printf (_ ("%s · “%s”"), who, record->text)
                     : g_strdup (who);
  if (record->credited != 0)
    {
      g_autofree char *credited = format_amount (self, record->credited, task->currency);
      g_autofree char *said = task->detail;

      /* Translators: what credit notes came to, and what is known of the dispute. */
      task->detail = g_strdup_printf (_ ("%s credited: does it end the dispute? · %s"), credited, said);
    }
  else if (record->to_judge)
    {
      g_autofree char *said = task->detail;

      /* Translators: what is known of the dispute. */
      task->detail = g_strdup_printf (_ ("less is open since the import: is it the credit note? · %s"), said);
    }
}

/* --- Plans ------------------------------------------------------------------------------------------- */

/* A payment that is set against nothing may be the instalment. */
static gboolean
append_payments (RubisTask *task, RubisDatabase *db, const RubisPlanRow *plan, GError **error)
{
  RubisUnallocated waiting;
  g_autofree char *said = NULL;
  g_autofree char *remark = NULL;

  if (!rubis_unallocated_read (db, plan->account_id, plan->currency, plan->agreed_on, RUBIS_DATE_MAX, &waiting,
                               error))
    return FALSE;
  remark = rubis_unallocated_describe (&waiting, plan->currency);
  if (remark == NULL)
    return TRUE;
  said = g_steal_pointer (&task->detail);
  task->detail = g_strdup_printf (_ ("%s · not verified: %s"), said, remark);
  return TRUE;
}

static RubisTask *
collect_late_plan (Collector *self, const RubisPlanRow *plan)
{
  gboolean whole = *plan->acceleration_bar == '\0';
  RubisTask *task = add_task (self, whole ? RUBIS_TASK_PLAN_ACCELERATE : RUBIS_TASK_PLAN_LATE, plan->id,
                              plan->account_id, plan->account_code, plan->account_name);
  gint64 amount = whole ? plan->verdict.total - plan->verdict.paid : plan->verdict.due;
  g_autofree char *sum = format_amount (self, amount, plan->currency);
  g_autofree char *due = format_day (self, plan->verdict.next_date);
  g_autofree char *notice = format_day (self, plan->notice_until);

  task->currency = plan->currency;
  task->amount = amount;
  task->date = plan->verdict.next_date;
  task->days = self->today - plan->verdict.next_date;
  g_array_append_vals (task->item_ids, plan->item_ids->data, plan->item_ids->len);
  if (whole)
    {
      task->title = g_strdup_printf (_ ("The whole may be claimed: %s"), sum);
      task->subject = g_strdup (task->title);
      task->detail
          = g_strdup_printf (_ ("The notice ended on %s, the instalment of %s is not paid"), notice, due);
      return task;
    }
  task->title = g_strdup_printf (_ ("Instalment of %s not paid: %s"), due, sum);
  task->subject = g_strdup_printf (_ ("instalment of %s not paid"), due);
  if (plan->notice_until != RUBIS_DATE_NONE && self->today <= plan->notice_until)
    task->detail = g_strdup_printf (_ ("The notice that was sent ends on %s"), notice);
  else if (plan->accelerates && plan->notice_written)
    task->detail = g_strdup (plan->acceleration_bar);
  else
    task->detail = g_strdup_printf (ngettext ("%d of %u instalments paid", "%d of %u instalments paid",
                                                  (gulong) plan->verdict.n_paid),
                                        plan->verdict.n_paid, plan->instalments->len);
  return task;
}

static gboolean
add_late_plan (Collector *self, RubisDatabase *db, const RubisPlanRow *plan, GError **error)
{
  RubisTask *task = collect_late_plan (self, plan);

  return append_payments (task, db, plan, error) && append_hold (self, task, db, error);
}

static void
collect_insurer (Collector *self, const RubisPlanRow *plan)
{
  RubisTask *task = add_task (self, RUBIS_TASK_TELL_INSURER, plan->id, plan->account_id, plan->account_code,
                              plan->account_name);
  g_autofree char *amount = format_amount (self, plan->verdict.total, plan->currency);
  g_autofree char *day = format_day (self, plan->agreed_on);

  task->currency = plan->currency;
  task->amount = plan->verdict.total;
  task->date = plan->agreed_on;
  task->days = self->today - plan->agreed_on;
  g_array_append_vals (task->item_ids, plan->item_ids->data, plan->item_ids->len);
  task->title = g_strdup_printf (_ ("Tell the credit insurer: payment plan of %s"), amount);
  task->subject = g_strdup_printf (_ ("payment plan of %s"), amount);
  task->detail = g_strdup_printf (_ ("Agreed on %s; an insurer that is not told may refuse to pay"), day);
}

static gboolean
collect_plans (Collector *self, RubisDatabase *db, gint64 group_id, gint64 account_id, GError **error)
{
  g_autoptr (GPtrArray) plans = rubis_session_list_plans (self->session, group_id, account_id, FALSE, error);

  for (guint i = 0; plans != NULL && i < plans->len; i++)
    {
      const RubisPlanRow *plan = g_ptr_array_index (plans, i);

      if (plan->state != RUBIS_PLAN_ACTIVE)
        continue;
      if (plan->verdict.standing == RUBIS_PLAN_LATE && !add_late_plan (self, db, plan, error))
        return FALSE;
      if (plan->insured && plan->insurer_told_on == RUBIS_DATE_NONE)
        collect_insurer (self, plan);
    }
  return plans != NULL;
}

/* --- All --------------------------------------------------------------------------------------------- */

/* Callbacks by their hour, those of any hour last; the others by amount. */
static int
compare_tasks (gconstpointer a, gconstpointer b)
{
  const RubisTask *first = *(RubisTask *const *)a;
  const RubisTask *second = *(RubisTask *const *)b;
  int minutes[2]
      = { first->minute >= 0 ? first->minute : G_MAXINT, second->minute >= 0 ? second->minute : G_MAXINT };

  if (first->kind != second->kind)
    return first->kind < second->kind ? -1 : 1;
  if (first->kind == RUBIS_TASK_CALLBACK && first->date != second->date)
    return first->date < second->date ? -1 : 1;
  if (first->kind == RUBIS_TASK_CALLBACK && minutes[0] != minutes[1])
    return minutes[0] < minutes[1] ? -1 : 1;
  if (first->amount != second->amount)
    return first->amount > second->amount ? -1 : 1;
  return first->object_id < second->object_id ? -1 : first->object_id > second->object_id;
}

GPtrArray *
rubis_session_list_tasks (RubisSession *self, gint64 group_id, gint64 account_id, GError **error)
{
  g_autoptr (GPtrArray) tasks = g_ptr_array_new_with_free_func (g_object_unref);
  Collector collector = { self, rubis_session_get_today (self), rubis_format_ui_language (), tasks };
  RubisDatabase *db;
  gboolean done;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);

  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return NULL;
  done = rubis_database_begin_read (db, error)
         && collect_promises (&collector, db, group_id, account_id, error)
         && rubis_store_each_callback_due (db, group_id, account_id, collector.today, collect_callback,
                                           &collector, error)
         && rubis_store_each_dispute_waiting (db, group_id, account_id, collector.today, collect_dispute,
                                              &collector, error)
         && collect_plans (&collector, db, group_id, account_id, error);
  rubis_session_return_reader (self, db);
  if (!done)
    return NULL;
  g_ptr_array_sort (tasks, compare_tasks);
  return g_steal_pointer (&tasks);
}
