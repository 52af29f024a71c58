/* The past year of the demo, day by day: weekly imports, reminders by the policies, notes. */
#include "rubis-demo-private.h"

#include <glib/gi18n-lib.h>

#include "rubis-call-result.h"
#include "rubis-facts.h"
#include "rubis-format.h"
#include "rubis-store-calls.h"
#include "rubis-store-events.h"
#include "rubis-store-imports.h"
#include "rubis-store-plans.h"
#include "rubis-store-promises.h"

/* Reminders begin this many days ago; before, the company had no Rubis. */
#define JOURNAL_DAYS 240
/* The last days' work is left for the user to do. */
#define LEFT_DAYS 2

/* --- Events ----------------------------------------------------------------------------------- */

static RubisEventRecord *
new_event (RubisDemo *demo, RubisDate date, const char *kind, gint64 account_id, char *summary, char *data)
{
  RubisEventRecord *event = g_new0 (RubisEventRecord, 1);
  g_autofree char *day = rubis_date_to_iso (date);

  event->at = g_strdup_printf ("%sT09:00:00Z", day);
  event->date = date;
  event->kind = g_strdup (kind);
  event->account_id = account_id;
  event->actor = g_strdup (RUBIS_DEMO_ACTOR);
  event->summary = summary;
  event->data = data != NULL ? data : g_strdup ("{}");
  return event;
}

static gboolean
write_notes_of (RubisDemo *demo, RubisDate date, GError **error)
{
  for (guint i = 0; i < demo->notes->len; i++)
    {
      const RubisDemoNote *note = g_ptr_array_index (demo->notes, i);
      const RubisDemoAccount *account = g_ptr_array_index (demo->accounts, note->account);
      g_autoptr(RubisEventRecord) event = NULL;

      if (note->date != date)
        continue;
      event = new_event (demo, date, note->kind, account->record->id, g_strdup (note->summary), NULL);
      if (!rubis_store_append_event (demo->db, event, error))
        return FALSE;
    }
  return TRUE;
}

/* --- Imports ---------------------------------------------------------------------------------- */

static gboolean
write_item (RubisDemo *demo, RubisDemoItem *item, RubisDate as_of, gint64 batch_id, GError **error)
{
  const RubisDemoAccount *account = g_ptr_array_index (demo->accounts, item->account);
  gboolean paid = item->paid_on != RUBIS_DATE_NONE;
  RubisItemRecord record = {
    .account_id = account->record->id,
    .type = item->type,
    .number = item->number,
    .instalment = item->instalment,
    .issue_date = item->issue,
    .due_date = item->due,
    .currency = item->currency,
    .total = item->total,
    .open = paid ? item->total - item->paid : item->total,
    .means = item->means,
    .order_ref = "",
    .sales_rep = account->record->sales_rep,
    .label = item->type == RUBIS_ITEM_INVOICE ? item->label : "",
    .level = RUBIS_LEVEL_NONE,
    .level_date = RUBIS_DATE_NONE,
    .cleared_date = paid ? item->paid_on : RUBIS_DATE_NONE,
  };
  int year, month, day;

  rubis_date_to_ymd (item->issue, &year, &month, &day);
  record.fiscal_year = year;
  if (!rubis_store_insert_item (demo->db, &record, batch_id, as_of, error))
    return FALSE;
  item->id = record.id;
  return !item->debit_returned || rubis_store_set_debit_returned (demo->db, item->id, TRUE, error);
}

/* The items issued since the last import, from after @since up to @as_of. */
static gboolean
write_import (RubisDemo *demo, RubisDate since, RubisDate as_of, GError **error)
{
  g_autofree char *day = rubis_date_to_iso (as_of);
  g_autofree char *name = g_strdup_printf ("encours-%s.csv", day);
  g_autofree char *at = g_strdup_printf ("%sT08:30:00Z", day);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, name, -1);
  RubisBatchRecord batch = {
    .kind = (char *) "items", .file_name = name, .sha256 = sum, .fingerprint = (char *) "demo", .as_of = as_of,
    .imported_at = at, .imported_by = (char *) RUBIS_DEMO_ACTOR,
  };
  g_autoptr(RubisEventRecord) event = NULL;

  if (!rubis_store_insert_batch (demo->db, &batch, error))
    return FALSE;
  for (guint i = 0; i < demo->items->len; i++)
    {
      RubisDemoItem *item = &g_array_index (demo->items, RubisDemoItem, i);

      if (item->issue <= since || item->issue > as_of)
        continue;
      if (!write_item (demo, item, as_of, batch.id, error))
        return FALSE;
      batch.n_new++;
    }
  batch.n_rows = batch.n_new;
  event = new_event (demo, as_of, "import", 0,
                     g_strdup_printf (_("Import of “%s”: %d new, %d changed, %d settled, %d unchanged, %d rejected"),
                                      name, (int) batch.n_new, 0, 0, 0, 0),
                     g_strdup_printf ("{\"batch\":%" G_GINT64_FORMAT ",\"sha256\":\"%s\"}", batch.id, sum));
  event->batch_id = batch.id;
  return rubis_store_finish_batch (demo->db, &batch, error) && rubis_store_append_event (demo->db, event, error);
}

/* --- Reminders -------------------------------------------------------------------------------- */

/* What was open of an item on a past day. */
static gint64
open_on (const RubisDemoItem *item, RubisDate date)
{
  return item->paid_on != RUBIS_DATE_NONE && item->paid_on <= date ? item->total - item->paid : item->total;
}

/* The facts of one account and currency on a past day; @items get the index of the item as id. */
static void
gather (RubisDemo *demo, const RubisDemoAccount *account, RubisCurrency currency, RubisDate date, GArray *items,
        RubisAccountFacts *facts)
{
  g_array_set_size (items, 0);
  for (guint i = account->first_item; i < account->first_item + account->n_items; i++)
    {
      const RubisDemoItem *item = &g_array_index (demo->items, RubisDemoItem, i);
      RubisAgendaItem one = { .id = i };

      if (item->id == 0 || open_on (item, date) == 0 || !rubis_currency_equal (item->currency, currency))
        continue;
      one.facts = (RubisItemFacts){
        .type = item->type,
        .due_date = item->due,
        .total = item->total,
        .open = open_on (item, date),
        .disputed = date >= item->due + 4 ? item->disputed : 0,
        .direct_debit = item->means == RUBIS_MEANS_DIRECT_DEBIT,
        .debit_returned = item->debit_returned && date >= item->due + 4,
        .draft = item->type == RUBIS_ITEM_DRAFT,
        .promise_date = item->promise_date != RUBIS_DATE_NONE && date >= item->promise_date - 7 ? item->promise_date
                                                                                                  : RUBIS_DATE_NONE,
        .plan = item->in_plan && date >= item->planned_on,
        .plan_until = RUBIS_DATE_NONE,
        .first_seen = item->issue,
        .level = item->level,
        .level_date = item->level_date,
      };
      g_array_append_val (items, one);
    }
  rubis_facts_from_account (account->record, 0, facts);
  facts->last_contact = account->last_contact;
  /* A file that is with the lawyer today, or a customer in receivership, was dunned before. */
  if (date < demo->today - 80)
    {
      facts->with_agent = FALSE;
      facts->insolvency = RUBIS_INSOLVENCY_NONE;
      facts->stop = FALSE;
    }
  rubis_agenda_sum_account (facts, (const RubisAgendaItem *) (gpointer) items->data, items->len, date);
}

/* How the calls of the year ended. */
static const RubisCallResult call_results[] = { RUBIS_CALL_NO_COMMITMENT, RUBIS_CALL_WAITING_APPROVAL,
                                                RUBIS_CALL_PAYMENT_SENT, RUBIS_CALL_INVOICE_MISSING };

/* One to seven minutes, the same in each demonstration. */
static gboolean
write_call (RubisDemo *demo, const RubisDemoAccount *account, const RubisEventRecord *event,
            const RubisAgendaAction *action, RubisCallResult result, GError **error)
{
  RubisCallLine call = { .account_id = account->record->id,
                         .event_id = event->id,
                         .date = event->date,
                         .seconds = 60 + (int) (event->id * 37 % 360),
                         .result = (char *) rubis_call_result_to_id (result),
                         .rank = action->step->rank };

  return rubis_store_insert_call (demo->db, &call, error);
}

static gboolean
write_action (RubisDemo *demo, RubisDemoAccount *account, RubisCurrency currency, RubisDate date,
              const RubisAgendaAction *action, GError **error)
{
  g_autofree char *amount = rubis_format_amount (action->amount, currency, rubis_format_ui_language ());
  g_autofree char *plain = rubis_money_to_string (action->amount, currency);
  g_autofree char *items = g_strdup_printf (ngettext ("%d item", "%d items", (gulong) action->items->len),
                                            (int) action->items->len);
  RubisCallResult result = action->channel == RUBIS_CHANNEL_CALL
                             ? call_results[rubis_demo_pick (demo, G_N_ELEMENTS (call_results))]
                             : RUBIS_CALL_NO_COMMITMENT;
  const char *note = action->channel == RUBIS_CHANNEL_CALL ? rubis_call_result_to_label (result) : NULL;
  g_autoptr(RubisEventRecord) event = new_event (
    demo, date, rubis_channel_to_id (action->channel), account->record->id,
    g_strdup_printf ("%s, %s, %s%s%s", action->step->name, amount, items, note != NULL ? " — " : "",
                     note != NULL ? note : ""),
    g_strdup_printf ("{\"step\":%d,\"channel\":\"%s\",\"amount\":\"%s\",\"currency\":\"%s\"}", action->step->rank,
                     rubis_channel_to_id (action->channel), plain, currency.code));

  if (!rubis_store_append_event (demo->db, event, error))
    return FALSE;
  for (guint i = 0; i < action->items->len; i++)
    {
      RubisDemoItem *item = &g_array_index (demo->items, RubisDemoItem, g_array_index (action->items, gint64, i));

      item->level = g_array_index (action->levels, int, i);
      item->level_date = date;
      if (!rubis_store_link_event_item (demo->db, event->id, item->id, item->level, date, error))
        return FALSE;
    }
  if (action->channel == RUBIS_CHANNEL_DECISION)
    return TRUE;
  if (action->channel == RUBIS_CHANNEL_CALL && !write_call (demo, account, event, action, result, error))
    return FALSE;
  account->last_contact = date;
  return rubis_store_touch_account (demo->db, account->record->id, date, error);
}

/* Whether somebody found the time: now and then a thing waits, and the last days' work does. */
static gboolean
is_done (RubisDemo *demo, RubisDate date, const RubisAgendaAction *action)
{
  if (action->unallocated)
    return FALSE;
  if (date > demo->today - LEFT_DAYS)
    return rubis_demo_pick (demo, 4) == 0;
  return rubis_demo_pick (demo, 12) != 0;
}

/* The currencies of an account's items, each once. */
static void
list_currencies (RubisDemo *demo, const RubisDemoAccount *account, GArray *currencies)
{
  g_array_set_size (currencies, 0);
  for (guint i = account->first_item; i < account->first_item + account->n_items; i++)
    {
      RubisCurrency currency = g_array_index (demo->items, RubisDemoItem, i).currency;
      gboolean known = FALSE;

      for (guint c = 0; c < currencies->len; c++)
        known = known || rubis_currency_equal (g_array_index (currencies, RubisCurrency, c), currency);
      if (!known)
        g_array_append_val (currencies, currency);
    }
}

static gboolean
remind (RubisDemo *demo, RubisDate date, GError **error)
{
  const RubisDossierFacts dossier = { .paused_until = RUBIS_DATE_NONE, .data_date = date };
  g_autoptr(GArray) items = g_array_new (FALSE, FALSE, sizeof (RubisAgendaItem));
  g_autoptr(GArray) currencies = g_array_new (FALSE, FALSE, sizeof (RubisCurrency));

  for (guint a = 0; a < demo->accounts->len; a++)
    {
      RubisDemoAccount *account = g_ptr_array_index (demo->accounts, a);

      list_currencies (demo, account, currencies);
      for (guint c = 0; c < currencies->len; c++)
        {
          RubisCurrency currency = g_array_index (currencies, RubisCurrency, c);
          g_autoptr(RubisAgendaAction) action = NULL;
          RubisAccountFacts facts;
          RubisPolicy *policy;

          gather (demo, account, currency, date, items, &facts);
          policy = rubis_agenda_choose_policy (demo->library, account->record->policy_id, &facts);
          if (items->len == 0 || !rubis_session_is_send_day (policy, date))
            continue;
          action = rubis_agenda_build (policy, &dossier, &facts, (const RubisAgendaItem *) (gpointer) items->data,
                                       items->len, date, TRUE, NULL);
          if (action != NULL && is_done (demo, date, action)
              && !write_action (demo, account, currency, date, action, error))
            return FALSE;
        }
    }
  return TRUE;
}

gboolean
rubis_demo_replay (RubisDemo *demo, GError **error)
{
  RubisDate imported = demo->today - 400;

  for (RubisDate date = demo->today - 371; date <= demo->today; date++)
    {
      if (demo->progress != NULL && demo->progress->func != NULL)
        demo->progress->func (1 - (demo->today - date) / 371.0, NULL, demo->progress->user_data);
      if (demo->progress != NULL && g_cancellable_set_error_if_cancelled (demo->progress->cancellable, error))
        return FALSE;
      if ((demo->today - date) % 7 == 0)
        {
          if (!write_import (demo, imported, date, error))
            return FALSE;
          imported = date;
        }
      if (!write_notes_of (demo, date, error))
        return FALSE;
      if (date < demo->today && date > demo->today - JOURNAL_DAYS && !remind (demo, date, error))
        return FALSE;
    }
  return TRUE;
}

/* --- What stands today ------------------------------------------------------------------------ */

/* Three equal instalments, agreed two months ago; the item says what was paid since. */
static gboolean
write_plan (RubisDemo *demo, const RubisDemoItem *item, GError **error)
{
  const RubisDemoAccount *account = g_ptr_array_index (demo->accounts, item->account);
  g_autoptr(RubisPlanRecord) plan = rubis_plan_record_new ();
  RubisPlanItemRecord part = { .item_id = item->id, .part = { .amount = item->total }, .level = item->level };

  plan->account_id = account->record->id;
  plan->currency = item->currency;
  plan->agreed_on = item->planned_on;
  plan->given_by = g_strdup (account->record->name);
  plan->interest = g_strdup ("suspended");
  plan->grace_days = 5;
  plan->notice_days = 8;
  plan->accelerates = TRUE;
  g_array_append_val (plan->items, part);
  for (int i = 0; i < 3; i++)
    {
      RubisInstalment instalment = { item->planned_on + 30 + i * 30, item->total / 3 };

      g_array_append_val (plan->instalments, instalment);
    }
  return rubis_store_add_plan (demo->db, plan, error);
}

static const RubisDemoItem *
find_item (RubisDemo *demo, const RubisDemoPromise *said)
{
  for (guint i = 0; i < demo->items->len; i++)
    {
      const RubisDemoItem *item = &g_array_index (demo->items, RubisDemoItem, i);

      if (item->account == said->account && g_str_equal (item->number, said->number))
        return item;
    }
  return NULL;
}

/* @last: (inout) the promise before this one */
static gboolean
write_promise (RubisDemo *demo, const RubisDemoPromise *said, gint64 *last, GError **error)
{
  const RubisDemoAccount *account = g_ptr_array_index (demo->accounts, said->account);
  const RubisDemoItem *item = find_item (demo, said);
  g_autoptr(RubisPromiseRecord) promise = rubis_promise_record_new ();
  g_autoptr(GArray) replaced = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GArray) broken = g_array_new (FALSE, FALSE, sizeof (gint64));

  promise->account_id = account->record->id;
  promise->date = said->date;
  promise->amount = said->amount;
  promise->currency = item->currency;
  promise->channel = said->channel;
  promise->given_by = g_strdup (said->by);
  promise->given_on = said->given_on;
  promise->quote = g_strdup (said->words);
  promise->note = g_strdup ("");
  g_array_append_val (promise->item_ids, item->id);
  if (said->replaces)
    g_array_append_val (replaced, *last);
  if (!rubis_store_add_promise (demo->db, promise, error)
      || !rubis_store_replace_promises (demo->db, promise->id, replaced, broken, error))
    return FALSE;
  *last = promise->id;
  return TRUE;
}

gboolean
rubis_demo_write_agreements (RubisDemo *demo, GError **error)
{
  gint64 last = 0;

  for (guint i = 0; i < demo->items->len; i++)
    {
      const RubisDemoItem *item = &g_array_index (demo->items, RubisDemoItem, i);

      if (item->in_plan && !write_plan (demo, item, error))
        return FALSE;
    }
  for (guint i = 0; i < demo->promises->len; i++)
    {
      if (!write_promise (demo, &g_array_index (demo->promises, RubisDemoPromise, i), &last, error))
        return FALSE;
    }
  return TRUE;
}
