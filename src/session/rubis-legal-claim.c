/* What a legal file claims: invoices, interest, indemnities, limitation. */
#include "rubis-legal-file-private.h"

#include <glib/gi18n-lib.h>

#include "rubis-import-preview.h"
#include "rubis-limitation.h"
#include "rubis-store-items.h"
#include "rubis-plan-facts.h"

gint64
rubis_legal_item_get_interest (const RubisLegalItem *item)
{
  return item->interest != NULL ? item->interest->interest : 0;
}

const RubisLegalItem *
rubis_legal_file_find_item (const RubisLegalFile *self, gint64 id)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      const RubisLegalItem *item = g_ptr_array_index (self->items, i);

      if (item->id == id)
        return item;
    }
  return NULL;
}

static gboolean
is_asked_for (const RubisLegalCase *self, const RubisItemRecord *record)
{
  GArray *ids = self->request->item_ids;

  if (ids == NULL)
    return record->due_date != RUBIS_DATE_NONE && record->due_date < self->file->date;
  for (guint i = 0; i < ids->len; i++)
    {
      if (g_array_index (ids, gint64, i) == record->id)
        return TRUE;
    }
  return FALSE;
}

static gboolean
choose_currency (const RubisItemRecord *record, gpointer user_data)
{
  RubisLegalCase *self = user_data;

  if (self->file->currency.code[0] == '\0' && record->open > 0 && is_asked_for (self, record))
    self->file->currency = record->currency;
  return TRUE;
}

/* Invoices that are asked for, and the credits that lower what they leave to claim. */
static gboolean
add_item (const RubisItemRecord *record, gpointer user_data)
{
  RubisLegalCase *self = user_data;
  RubisLegalFile *file = self->file;
  RubisLegalItem *item;

  if (record->type == RUBIS_ITEM_DOWN_PAYMENT || (record->open > 0 && !is_asked_for (self, record)))
    return TRUE;
  if (!rubis_currency_equal (record->currency, file->currency))
    {
      self->n_other_currencies += record->open > 0 ? 1 : 0;
      return TRUE;
    }
  item = g_new0 (RubisLegalItem, 1);
  item->id = record->id;
  item->type = record->type;
  item->number = g_strdup (record->number);
  item->order_ref = g_strdup (record->order_ref);
  item->issue_date = record->issue_date;
  item->due_date = record->due_date;
  item->total = record->total;
  item->open = record->open;
  item->disputed = record->open > 0 ? CLAMP (record->contested, 0, record->open) : 0;
  item->principal = item->open - item->disputed;
  item->limitation = RUBIS_DATE_NONE;
  item->interrupted = RUBIS_DATE_NONE;
  item->with_agent = record->with_agent;
  item->in_plan = record->in_plan;
  item->promise_date = record->promise_date;
  g_ptr_array_add (file->items, item);
  if (record->open > 0)
    g_array_append_val (self->ids, record->id);
  else
    rubis_penalty_credits_add (self->credits, record);
  return TRUE;
}

static int
compare_items (gconstpointer a, gconstpointer b)
{
  const RubisLegalItem *first = *(const RubisLegalItem *const *)a;
  const RubisLegalItem *second = *(const RubisLegalItem *const *)b;

  if ((first->open < 0) != (second->open < 0))
    return first->open < 0 ? 1 : -1;
  if (first->due_date != second->due_date)
    return (first->due_date > second->due_date) - (first->due_date < second->due_date);
  return (first->id > second->id) - (first->id < second->id);
}

/* What was carried out or has ended stands against nothing. */
static gboolean
note_plans (RubisLegalCase *self, GError **error)
{
  g_autoptr (RubisPlanTable) plans
      = rubis_plan_table_load (self->db, self->library, self->file->account_id, self->file->date, error);

  for (guint i = 0; plans != NULL && i < self->file->items->len; i++)
    {
      RubisLegalItem *item = g_ptr_array_index (self->file->items, i);
      guint index = 0;
      const RubisPlanFacts *plan = item->in_plan ? rubis_plan_table_find (plans, item->id, &index) : NULL;

      item->plan_late = plan != NULL && plan->verdict.standing == RUBIS_PLAN_LATE;
      item->plan_kept = plan != NULL && !item->plan_late;
    }
  return plans != NULL;
}

gboolean
rubis_legal_case_add_items (RubisLegalCase *self, GError **error)
{
  if (!rubis_store_each_item_of (self->db, self->file->account_id, FALSE, choose_currency, self, error))
    return FALSE;
  if (self->file->currency.code[0] == '\0')
    self->file->currency = rubis_session_get_currency (self->session);
  if (!rubis_store_each_item_of (self->db, self->file->account_id, FALSE, add_item, self, error))
    return FALSE;
  g_ptr_array_sort (self->file->items, compare_items);
  return note_plans (self, error);
}

/* The day from which a registered letter put the debtor on notice, NONE when it did not: it was never posted,
 * or came back from a wrong address.
 */
static RubisDate
get_notice_day (const RubisCaseLetter *letter, RubisDate written)
{
  if (letter->deposited_on == RUBIS_DATE_NONE || g_str_equal (letter->state, "wrong_address"))
    return RUBIS_DATE_NONE;
  return letter->presented_on != RUBIS_DATE_NONE ? letter->presented_on + 1 : written;
}

/* A consumer owes interest from a formal notice only (C. civ. 1231-6, 1344-1): from the day after its first
 * presentation, else from the day of the letter.
 */
static RubisDate
find_notice_start (RubisLegalCase *self)
{
  RubisDate start = RUBIS_DATE_NONE;

  for (guint i = 0; i < self->files->len; i++)
    {
      const RubisCaseFile *document = g_ptr_array_index (self->files, i);
      RubisDate from = document->date;

      if (!rubis_legal_case_is_notice (self, document) || !rubis_legal_case_concerns (self, document))
        continue;
      for (guint j = 0; j < self->letters->len; j++)
        {
          const RubisCaseLetter *letter = g_ptr_array_index (self->letters, j);

          if (letter->document_id == document->id)
            from = get_notice_day (letter, document->date);
        }
      if (from != RUBIS_DATE_NONE && (start == RUBIS_DATE_NONE || from < start))
        start = from;
    }
  return start;
}

static void
choose_regime (RubisLegalCase *self)
{
  RubisLegalFile *file = self->file;

  file->interest_from = RUBIS_DATE_NONE;
  file->has_regime
      = rubis_interest_regime_pick (self->company->country, self->account->kind, FALSE, &file->regime)
        && self->account->insolvency == RUBIS_INSOLVENCY_NONE;
  if (file->has_regime && self->account->kind == RUBIS_PARTY_CONSUMER)
    {
      file->interest_from = find_notice_start (self);
      file->has_regime = file->interest_from != RUBIS_DATE_NONE;
    }
}

/* The indemnity is due once for each late invoice (C. com. D441-5), whatever the number of its instalments.
 */
static gboolean
bears_indemnity (const RubisLegalFile *file, guint index)
{
  const RubisLegalItem *item = g_ptr_array_index (file->items, index);

  for (guint i = 0; i < index; i++)
    {
      const RubisLegalItem *other = g_ptr_array_index (file->items, i);

      if (other->indemnity > 0 && other->type == item->type && g_str_equal (other->number, item->number)
          && other->issue_date == item->issue_date)
        return FALSE;
    }
  return TRUE;
}

/* On what is still owed and not contested less the credits that the claim deducts (rubis-penalty-credits.h),
 * as letters compute it: what was paid late bears nothing here, so that the day of a payment, which imports
 * know only roughly, never makes the claim too high.
 */
static gboolean
compute_interest (RubisLegalCase *self, guint index, GError **error)
{
  RubisLegalFile *file = self->file;
  RubisLegalItem *item = g_ptr_array_index (file->items, index);
  RubisInterestInput input = RUBIS_INTEREST_INPUT_INIT;
  g_autoptr (GArray) credits = NULL;

  if (!file->has_regime || item->principal <= 0 || item->due_date == RUBIS_DATE_NONE
      || item->due_date >= file->date)
    return TRUE;
  input.principal = item->principal;
  credits = rubis_penalty_credits_take (self->credits, file->currency, input.principal);
  input.events = (const RubisInterestEvent *)(gpointer)credits->data;
  input.n_events = credits->len;
  input.currency = file->currency;
  input.due_date = item->due_date;
  input.interest_from = file->interest_from != RUBIS_DATE_NONE ? MAX (file->interest_from, item->due_date + 1)
                                                               : RUBIS_DATE_NONE;
  input.end_date = file->date;
  if (item->in_plan && !rubis_plan_find_interest_end (self->db, item->id, file->date, &input.end_date, error))
    return FALSE;
  if (input.end_date == RUBIS_DATE_NONE || input.end_date <= item->due_date)
    return TRUE;
  input.regime = file->regime;
  item->interest = rubis_interest_compute (&input, self->library->rates, error);
  if (item->interest == NULL)
    return FALSE;
  if (rubis_currency_equal (item->interest->indemnity_currency, file->currency)
      && bears_indemnity (file, index))
    item->indemnity = item->interest->indemnity;
  return TRUE;
}

static RubisLimitationKind
limitation_kind (RubisPartyKind kind)
{
  switch (kind)
    {
    case RUBIS_PARTY_CONSUMER:
      return RUBIS_LIMITATION_B2C;
    case RUBIS_PARTY_PUBLIC:
      return RUBIS_LIMITATION_PUBLIC;
    case RUBIS_PARTY_PROFESSIONAL:
    case RUBIS_PARTY_INTRAGROUP:
    default:
      return RUBIS_LIMITATION_B2B;
    }
}

static void
compute_limitation (RubisLegalCase *self, RubisLegalItem *item)
{
  g_autoptr (GArray) events = g_array_new (FALSE, TRUE, sizeof (RubisLimitationEvent));
  RubisLimitationKind kind = limitation_kind (self->account->kind);

  if (item->open < 0 || item->due_date == RUBIS_DATE_NONE)
    return;
  for (guint i = 0; i < self->payments->len; i++)
    {
      const RubisCasePayment *payment = g_ptr_array_index (self->payments, i);
      RubisLimitationEvent event = { RUBIS_LIMITATION_PARTIAL_PAYMENT, payment->date, RUBIS_DATE_NONE };

      if (payment->item_id == item->id && !payment->by_credit_note)
        g_array_append_val (events, event);
    }
  item->limitation = rubis_limitation_compute (kind, item->due_date, NULL, 0, NULL);
  item->interrupted = rubis_limitation_compute (
      kind, item->due_date, (const RubisLimitationEvent *)(void *)events->data, events->len, NULL);
}

static gboolean
add_up (RubisLegalFile *file, const RubisLegalItem *item)
{
  return rubis_money_add (file->principal, item->principal, &file->principal)
         && rubis_money_add (file->interest, rubis_legal_item_get_interest (item), &file->interest)
         && rubis_money_add (file->indemnity, item->indemnity, &file->indemnity);
}

gboolean
rubis_legal_case_compute (RubisLegalCase *self, GError **error)
{
  RubisLegalFile *file = self->file;
  gboolean fits = TRUE;

  choose_regime (self);
  for (guint i = 0; i < file->items->len && fits; i++)
    {
      RubisLegalItem *item = g_ptr_array_index (file->items, i);

      if (!compute_interest (self, i, error))
        return FALSE;
      compute_limitation (self, item);
      file->n_indemnities += item->indemnity > 0 ? 1 : 0;
      fits = add_up (file, item);
    }
  fits = fits && rubis_money_add (file->principal, file->interest, &file->total)
         && rubis_money_add (file->total, file->indemnity, &file->total);
  if (!fits)
    g_set_error (error, RUBIS_MONEY_ERROR, RUBIS_MONEY_ERROR_RANGE, "%s", file->account_name);
  return fits;
}

/* Finds an open invoice by its number. */
typedef struct
{
  const char *number;
  gint64 id;
} Search;

static gboolean
match_number (const RubisItemRecord *record, gpointer user_data)
{
  Search *search = user_data;

  if (record->open > 0 && g_str_equal (record->number, search->number))
    search->id = record->id;
  return search->id == 0;
}

static gboolean
find_numbers (RubisDatabase *db, gint64 account_id, char **numbers, GArray *ids, GError **error)
{
  for (int i = 0; numbers[i] != NULL; i++)
    {
      Search search = { .number = g_strstrip (numbers[i]) };

      if (!rubis_store_each_item_of (db, account_id, FALSE, match_number, &search, error))
        return FALSE;
      if (search.id == 0)
        {
          g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
                       _ ("The account has no open invoice “%s”."), search.number);
          return FALSE;
        }
      g_array_append_val (ids, search.id);
    }
  return TRUE;
}

GArray *
rubis_session_find_claimed_items (RubisSession *self, gint64 account_id, char **numbers, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  RubisDatabase *db;
  gboolean found;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);
  g_return_val_if_fail (numbers != NULL, NULL);

  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return NULL;
  found = find_numbers (db, account_id, numbers, ids, error);
  rubis_session_return_reader (self, db);
  return found ? g_steal_pointer (&ids) : NULL;
}
