/* Whom to call today. */
#include "rubis-calls-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-call-hours.h"
#include "rubis-facts.h"
#include "rubis-format.h"
#include "rubis-holds.h"

G_DEFINE_FINAL_TYPE (RubisCallEntry, rubis_call_entry, G_TYPE_OBJECT)

static void
rubis_call_entry_finalize (GObject *object)
{
  RubisCallEntry *self = RUBIS_CALL_ENTRY (object);

  g_free (self->account_code);
  g_free (self->account_name);
  g_free (self->why);
  g_clear_object (&self->action);
  G_OBJECT_CLASS (rubis_call_entry_parent_class)->finalize (object);
}

static void
rubis_call_entry_class_init (RubisCallEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rubis_call_entry_finalize;
}

static void
rubis_call_entry_init (RubisCallEntry *self)
{
  self->account_code = g_strdup ("");
  self->account_name = g_strdup ("");
  self->why = g_strdup ("");
  self->minute = -1;
}

/* The queue, while it is made. */
typedef struct
{
  RubisSession *session;
  RubisDatabase *db;
  GPtrArray *entries; /* (owned) */
  GHashTable *known;  /* (owned) account id -> (unowned) RubisCallEntry */
} Queue;

static RubisCallEntry *
find_entry (Queue *queue, gint64 account_id)
{
  return g_hash_table_lookup (queue->known, GSIZE_TO_POINTER ((gsize)account_id));
}

static RubisCallEntry *
add_entry (Queue *queue, RubisCallCause cause, gint64 account_id, const char *code, const char *name)
{
  RubisCallEntry *entry = g_object_new (RUBIS_TYPE_CALL_ENTRY, NULL);

  entry->cause = cause;
  entry->account_id = account_id;
  g_free (entry->account_code);
  entry->account_code = g_strdup (code);
  g_free (entry->account_name);
  entry->account_name = g_strdup (name);
  entry->currency = rubis_session_get_currency (queue->session);
  g_ptr_array_add (queue->entries, entry);
  g_hash_table_insert (queue->known, GSIZE_TO_POINTER ((gsize)account_id), entry);
  return entry;
}

static void
add_group (RubisCallEntry *entry, const RubisFactsGroup *group, RubisDate today)
{
  for (guint i = 0; i < group->items->len; i++)
    {
      const RubisItemFacts *item = &g_array_index (group->items, RubisAgendaItem, i).facts;

      if (item->open <= 0 || item->due_date == RUBIS_DATE_NONE || item->due_date >= today)
        continue;
      entry->days_late = MAX (entry->days_late, today - item->due_date);
      if (!rubis_money_add (entry->amount, rubis_eligibility_claimable (item), &entry->amount))
        entry->amount = G_MAXINT64;
    }
}

/* What is overdue and may be claimed, in the dossier's currency when there is anything in it; of payment
 * plans the instalments.
 */
static gboolean
fill_amount (Queue *queue, RubisCallEntry *entry, GError **error)
{
  g_autoptr (GPtrArray) groups
      = rubis_facts_load_groups (queue->session, queue->db, entry->account_id, error);
  RubisDate today = rubis_session_get_today (queue->session);
  gboolean own = FALSE;

  if (groups == NULL)
    return FALSE;
  for (guint i = 0; i < groups->len; i++)
    own = own
          || rubis_currency_equal (((RubisFactsGroup *)g_ptr_array_index (groups, i))->currency,
                                   entry->currency);
  if (!own && groups->len > 0)
    entry->currency = ((RubisFactsGroup *)g_ptr_array_index (groups, 0))->currency;
  for (guint i = 0; i < groups->len; i++)
    {
      const RubisFactsGroup *group = g_ptr_array_index (groups, i);

      if (rubis_currency_equal (group->currency, entry->currency))
        add_group (entry, group, today);
    }
  return TRUE;
}

static char *
describe_callback (const RubisCallbackLine *line, RubisDate today)
{
  g_autofree char *hour = line->minute >= 0 ? rubis_call_hours_format_minute (line->minute) : NULL;
  g_autofree char *day = rubis_format_date_short (line->date, rubis_format_ui_language ());
  g_autofree char *asked = NULL;

  if (line->date < today)
    asked = g_strdup_printf (_ ("To be called back since %s"), day);
  else if (hour != NULL)
    asked = g_strdup_printf (_ ("To be called back today at %s"), hour);
  else
    asked = g_strdup (_ ("To be called back today"));
  if (*line->contact != '\0' && *line->reason != '\0')
    return g_strdup_printf (_ ("%s, %s: %s"), asked, line->contact, line->reason);
  if (*line->contact != '\0' || *line->reason != '\0')
    return g_strdup_printf ("%s, %s", asked, *line->contact != '\0' ? line->contact : line->reason);
  return g_steal_pointer (&asked);
}

/* @rows: of the agenda. The step of an account that is in the queue for another cause is done by the same
 * call. @numberless: also calls that would become a letter since the account has no phone number.
 */
static void
add_steps (Queue *queue, GPtrArray *rows, gboolean numberless)
{
  for (guint i = 0; i < rows->len; i++)
    {
      RubisActionRow *row = g_ptr_array_index (rows, i);
      RubisCallEntry *entry = find_entry (queue, row->account_id);

      if (row->state != RUBIS_ACTION_TO_DO
          || (numberless ? row->step_channel : row->channel) != RUBIS_CHANNEL_CALL)
        continue;
      if (entry == NULL)
        {
          entry
              = add_entry (queue, RUBIS_CALL_FOR_STEP, row->account_id, row->account_code, row->account_name);
          entry->amount = row->amount;
          entry->currency = row->currency;
          entry->days_late = row->days_late;
          g_free (entry->why);
          entry->why = row->reasons->len > 0
                           ? g_strdup_printf (_ ("%s: %s"), row->step_name, (const char *)row->reasons->pdata[0])
                           : g_strdup (row->step_name);
        }
      if (entry->action == NULL)
        entry->action = g_object_ref (row);
    }
}

/* Somebody who is called anyway hears of the step too, although a message was left yesterday, or the number was
 * found elsewhere. */
static gboolean
add_step_of (Queue *queue, gint64 account_id, GError **error)
{
  g_autoptr (GPtrArray) rows = rubis_agenda_compute_for (queue->session, queue->db, account_id, error);

  if (rows == NULL)
    return FALSE;
  add_steps (queue, rows, TRUE);
  return TRUE;
}

/* What the customer must not be asked for, whoever wanted the call. */
static gboolean
add_hold (Queue *queue, RubisCallEntry *entry, GError **error)
{
  g_autofree char *said = NULL;
  int reason = 0;

  if (!rubis_holds_find (queue->session, queue->db, entry->account_id, NULL, &reason, error))
    return FALSE;
  if (reason == 0)
    return TRUE;
  said = g_steal_pointer (&entry->why);
  entry->why = g_strdup_printf ("%s · %s", said, rubis_reason_to_text ((RubisReason)reason));
  return TRUE;
}

static gboolean
add_callbacks (Queue *queue, gint64 account_id, GError **error)
{
  RubisDate today = rubis_session_get_today (queue->session);
  g_autoptr (GPtrArray) lines = rubis_store_list_callbacks (queue->db, account_id, today, error);

  if (lines == NULL)
    return FALSE;
  for (guint i = 0; i < lines->len; i++)
    {
      const RubisCallbackLine *line = g_ptr_array_index (lines, i);
      RubisCallEntry *entry;

      if (find_entry (queue, line->account_id) != NULL)
        continue;
      entry = add_entry (queue, RUBIS_CALL_FOR_CALLBACK, line->account_id, line->account_code,
                         line->account_name);
      entry->callback_id = line->id;
      entry->minute = line->date == today ? line->minute : -1;
      g_free (entry->why);
      entry->why = describe_callback (line, today);
      if (!fill_amount (queue, entry, error) || !add_hold (queue, entry, error) || !add_step_of (queue, line->account_id, error))
        return FALSE;
    }
  return TRUE;
}

static char *
describe_promise (const RubisPromiseRow *row)
{
  const char *language = rubis_format_ui_language ();
  g_autofree char *amount = rubis_format_amount (row->amount, row->currency, language);
  g_autofree char *paid = rubis_format_amount (row->paid, row->currency, language);
  g_autofree char *day = rubis_format_date_short (row->date, language);

  g_autofree char *remark = rubis_unallocated_describe (&row->unallocated, row->currency);

  if (remark != NULL)
    /* Translators: an amount, a day, "a payment of … is not allocated". */
    return g_strdup_printf (_ ("%s promised for %s: %s"), amount, day, remark);
  if (row->state == RUBIS_PROMISE_PARTIAL)
    return g_strdup_printf (_ ("%s promised for %s, only %s came"), amount, day, paid);
  return g_strdup_printf (_ ("%s promised for %s did not come"), amount, day);
}

static gboolean
add_promises (Queue *queue, gint64 account_id, GError **error)
{
  const RubisPromiseFilter filter = { .account_id = account_id };
  g_autoptr (GPtrArray) rows = rubis_session_list_promises (queue->session, &filter, error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      const RubisPromiseRow *row = g_ptr_array_index (rows, i);
      RubisCallEntry *entry = find_entry (queue, row->account_id);
      int hold = 0;

      if (!rubis_call_is_broken (row) || (entry != NULL && entry->promise_id != 0))
        continue;
      /* Nobody reminds of it who must not dun. */
      if (!rubis_holds_find (queue->session, queue->db, row->account_id, row->item_ids, &hold, error))
        return FALSE;
      if (hold != 0)
        continue;
      if (entry == NULL)
        {
          entry = add_entry (queue, RUBIS_CALL_FOR_BROKEN_PROMISE, row->account_id, row->account_code,
                             row->account_name);
          entry->currency = row->currency;
          g_free (entry->why);
          entry->why = describe_promise (row);
          if (!fill_amount (queue, entry, error) || !add_step_of (queue, row->account_id, error))
            return FALSE;
        }
      entry->promise_id = row->id;
    }
  return TRUE;
}

static gboolean
add_by_hand (Queue *queue, gint64 account_id, GError **error)
{
  g_autoptr (RubisAccountRecord) account = NULL;
  RubisCallEntry *entry;

  if (find_entry (queue, account_id) != NULL)
    return TRUE;
  if (!add_callbacks (queue, account_id, error) || !add_promises (queue, account_id, error)
      || !add_step_of (queue, account_id, error))
    return FALSE;
  if (find_entry (queue, account_id) != NULL)
    return TRUE;
  account = rubis_store_load_account (queue->db, account_id, error);
  if (account == NULL)
    return FALSE;
  entry = add_entry (queue, RUBIS_CALL_BY_HAND, account_id, account->code, account->name);
  if (!fill_amount (queue, entry, error))
    return FALSE;
  g_free (entry->why);
  entry->why
      = entry->days_late > 0
            ? g_strdup_printf (ngettext ("The oldest item is overdue by %d day.",
                                         "The oldest item is overdue by %d days.", (gulong)entry->days_late),
                               entry->days_late)
            : g_strdup (_ ("Nothing is overdue."));
  return add_hold (queue, entry, error);
}

static gboolean
fill_queue (Queue *queue, GArray *by_hand, RubisProgress *progress, GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;

  if (by_hand != NULL)
    {
      for (guint i = 0; i < by_hand->len; i++)
        {
          if (!add_by_hand (queue, g_array_index (by_hand, gint64, i), error))
            return FALSE;
        }
      return TRUE;
    }
  rows = rubis_agenda_compute_in (queue->session, queue->db, progress, error);
  if (rows == NULL || !add_callbacks (queue, 0, error) || !add_promises (queue, 0, error))
    return FALSE;
  add_steps (queue, rows, FALSE);
  return TRUE;
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const RubisCallEntry *first = *(const RubisCallEntry *const *)a;
  const RubisCallEntry *second = *(const RubisCallEntry *const *)b;

  if (first->cause != second->cause)
    return (int)first->cause - (int)second->cause;
  /* What is late or has no hour comes before an hour that is still to come. */
  if (first->minute != second->minute)
    return first->minute - second->minute;
  if (first->amount != second->amount)
    return first->amount < second->amount ? 1 : -1;
  return strcmp (first->account_code, second->account_code);
}

GPtrArray *
rubis_session_list_calls (RubisSession *self, GArray *by_hand, RubisProgress *progress, GError **error)
{
  Queue queue = { .session = self };
  gboolean filled;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);

  queue.db = rubis_session_take_reader (self, error);
  if (queue.db == NULL)
    return NULL;
  queue.entries = g_ptr_array_new_with_free_func (g_object_unref);
  queue.known = g_hash_table_new (g_direct_hash, g_direct_equal);
  filled = fill_queue (&queue, by_hand, progress, error);
  rubis_session_return_reader (self, queue.db);
  g_hash_table_unref (queue.known);
  if (!filled)
    {
      g_ptr_array_unref (queue.entries);
      return NULL;
    }
  if (by_hand == NULL)
    g_ptr_array_sort (queue.entries, compare_entries);
  return queue.entries;
}
