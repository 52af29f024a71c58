#include "rubis-import-merge.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-import-accounts.h"
#include "rubis-payment-terms.h"
#include "rubis-policy.h"
#include "rubis-store-items.h"

/* Changes kept for the list of the preview. */
#define MAX_CHANGES 1000

struct _RubisImportMerge {
  RubisDatabase *db;            /* (unowned) */
  gint64 batch_id;              /* 0: preview */
  RubisDate as_of;
  RubisCurrency currency;
  RubisImportPreview *preview;  /* (unowned) */
  RubisImportAccounts *accounts; /* (owned) */
  gboolean fresh;               /* the dossier had no item: nothing to look up */
  GHashTable *keys;             /* (owned) fresh: hash of an item's key -> how often it came */
  guint8 *seen;                 /* (owned) bit per item id met in the file */
  gint64 n_seen_bits;
  GHashTable *unread;           /* (owned) what rejected lines speak of: see make_unread_key() */
  gint64 n_unread;              /* items that only a rejected line may speak of */
  GArray *moved;                /* (owned) (element-type RubisImportMove) */
  GArray *returned;             /* (owned) (element-type gint64) items that were settled and are open again */
};

RubisImportMerge *
rubis_import_merge_new (RubisDatabase *db, gint64 batch_id, RubisDate as_of, RubisCurrency currency,
                        RubisImportPreview *preview)
{
  RubisImportMerge *self = g_new0 (RubisImportMerge, 1);

  self->db = db;
  self->batch_id = batch_id;
  self->as_of = as_of;
  self->currency = currency;
  self->preview = preview;
  self->accounts = rubis_import_accounts_new (db, batch_id, preview);
  self->keys = g_hash_table_new (g_direct_hash, g_direct_equal);
  self->unread = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->moved = g_array_new (FALSE, FALSE, sizeof (RubisImportMove));
  self->returned = g_array_new (FALSE, FALSE, sizeof (gint64));
  return self;
}

void
rubis_import_merge_free (RubisImportMerge *self)
{
  rubis_import_accounts_free (self->accounts);
  g_hash_table_unref (self->keys);
  g_hash_table_unref (self->unread);
  g_array_unref (self->moved);
  g_array_unref (self->returned);
  g_free (self->seen);
  g_free (self);
}

gboolean
rubis_import_merge_prepare (RubisImportMerge *self, GError **error)
{
  gint64 last_id = 0;

  if (!rubis_import_accounts_load (self->accounts, error)
      || !rubis_store_last_item (self->db, &last_id, error))
    return FALSE;
  self->fresh = last_id == 0;
  self->n_seen_bits = last_id + 1;
  self->seen = g_malloc0 ((gsize) (self->n_seen_bits / 8 + 1));
  return TRUE;
}

static void
mark_seen (RubisImportMerge *self, gint64 id)
{
  if (id < self->n_seen_bits)
    self->seen[id / 8] |= (guint8) (1u << (id % 8));
}

static gboolean
was_seen (RubisImportMerge *self, gint64 id)
{
  /* Items past the last known id came with this very import. */
  return id >= self->n_seen_bits || (self->seen[id / 8] & (1u << (id % 8))) != 0;
}

static void
add_delta (RubisImportMerge *self, RubisCurrency currency, gint64 delta)
{
  GArray *amounts = self->preview->amounts;
  RubisImportAmount fresh = { .currency = currency, .after = delta };

  for (guint i = 0; i < amounts->len; i++)
    {
      RubisImportAmount *amount = &g_array_index (amounts, RubisImportAmount, i);

      if (rubis_currency_equal (amount->currency, currency))
        {
          amount->after += delta;
          return;
        }
    }
  g_array_append_val (amounts, fresh);
}

static void
note_change (RubisImportMerge *self, char kind, const char *account, const RubisItemRecord *item, gint64 before,
             gint64 after)
{
  RubisImportChange *change;

  add_delta (self, item->currency, after - before);
  if (self->preview->changes->len >= MAX_CHANGES)
    return;
  change = g_new0 (RubisImportChange, 1);
  change->kind = kind;
  change->account = g_strdup (account);
  change->number = g_strdup (item->number);
  change->currency = item->currency;
  change->due_date = item->due_date;
  change->before = before;
  change->after = after;
  g_ptr_array_add (self->preview->changes, change);
}

static int
year_of (RubisDate date)
{
  int year = 0, month, day;

  if (date != RUBIS_DATE_NONE)
    rubis_date_to_ymd (date, &year, &month, &day);
  return year;
}

/* The due date that the customer's own terms give, where the file only had a guess. */
static void
apply_terms (RubisItemRecord *item, const char *terms_id)
{
  RubisPaymentTerms terms;
  RubisDate due;

  if (!item->due_computed || item->issue_date == RUBIS_DATE_NONE || !rubis_payment_terms_from_id (terms_id, &terms))
    return;
  due = rubis_payment_terms_due_date (&terms, item->issue_date);
  if (due != RUBIS_DATE_NONE)
    item->due_date = due;
}

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

/* The row as the dossier would hold it. */
static void
fill_item (RubisImportMerge *self, const RubisImportRow *row, const RubisImportAccount *account, RubisItemRecord *item)
{
  *item = (RubisItemRecord){
    .account_id = account->id,
    .type = row->type,
    .number = row->number != NULL ? row->number : or_empty (row->applies_to),
    .issue_date = row->issue_date,
    .due_date = row->due_date,
    .due_computed = row->due_date_computed,
    .currency = row->currency.code[0] != '\0' ? row->currency : self->currency,
    .total = row->total,
    .open = row->open,
    .means = row->payment_means,
    .order_ref = or_empty (row->order_ref),
    .sales_rep = or_empty (row->sales_rep),
    .label = or_empty (row->label),
    .stop_until = RUBIS_DATE_NONE,
    .promise_date = RUBIS_DATE_NONE,
    .level = row->level >= 0 ? row->level : -1,
    .level_date = row->level >= 0 ? row->last_reminder : RUBIS_DATE_NONE,
    .cleared_date = row->open == 0 ? row->paid_date : RUBIS_DATE_NONE,
  };
  if (item->level >= 0 && item->level_date == RUBIS_DATE_NONE)
    item->level_date = self->as_of;
  item->fiscal_year = year_of (row->issue_date != RUBIS_DATE_NONE ? row->issue_date : row->due_date);
  apply_terms (item, account->terms);
}

static guint64
hash_key (const RubisItemRecord *item)
{
  guint64 hash = 14695981039346656037u;
  const guint64 numbers[] = { (guint64) item->account_id, (guint64) item->fiscal_year, (guint64) item->type };

  for (const char *p = item->number; *p != '\0'; p++)
    hash = (hash ^ (guint8) *p) * 1099511628211u;
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    hash = (hash ^ numbers[i]) * 1099511628211u;
  return hash ^ (hash >> 29);
}

/* How often this key came in the file before: the number of the instalment in a new dossier. */
static int
count_key (RubisImportMerge *self, const RubisItemRecord *item)
{
  gpointer key = GSIZE_TO_POINTER ((gsize) hash_key (item));
  int count = GPOINTER_TO_INT (g_hash_table_lookup (self->keys, key));

  g_hash_table_insert (self->keys, key, GINT_TO_POINTER (count + 1));
  return count;
}

/* Whether @candidate, of the same number, may be what the row speaks of. A payment without a number of
 * its own bears that of the invoice: it is the same one when it came on the same day with the same amount.
 */
static gboolean
may_be (const RubisImportRow *row, const RubisItemRecord *item, const RubisItemRecord *candidate)
{
  if (!rubis_currency_equal (candidate->currency, item->currency))
    return FALSE;
  return row->type != RUBIS_ITEM_PAYMENT || (row->number != NULL && *row->number != '\0')
         || (candidate->due_date == item->due_date && candidate->total == item->total);
}

/* How little @candidate looks like the row, whose due date it has not: a settled instalment does not come
 * back while an open one is there, then the amount says more than the date.
 */
static gint64
measure_distance (const RubisItemRecord *item, const RubisItemRecord *candidate)
{
  gint64 days = item->due_date != RUBIS_DATE_NONE && candidate->due_date != RUBIS_DATE_NONE
                  ? ABS ((gint64) item->due_date - candidate->due_date) : 0;

  if (candidate->total != item->total)
    days += G_GINT64_CONSTANT (1) << 40;
  if (candidate->open == 0 && item->open != 0)
    days += G_GINT64_CONSTANT (1) << 41;
  return days;
}

/* The item of the dossier that a row speaks of: among the instalments of that number that the file has not
 * named yet, the one with the same due date, else the most alike. @found->id is 0 when the row is new;
 * @instalment is then the one to give it.
 */
static gboolean
match_item (RubisImportMerge *self, const RubisImportRow *row, const RubisItemRecord *item, RubisItemRecord *found,
            int *instalment, GError **error)
{
  RubisItemRecord candidate;
  gint64 nearest = G_MAXINT64;
  int chosen = -1;

  *instalment = 0;
  found->id = 0;
  for (int n = 0;; n++)
    {
      if (!rubis_store_find_item (self->db, item->account_id, item->number, item->fiscal_year, item->type, n, &candidate,
                                  error))
        return FALSE;
      if (candidate.id == 0)
        {
          *instalment = n;
          break;
        }
      if (was_seen (self, candidate.id) || !may_be (row, item, &candidate))
        continue;
      if (candidate.due_date == item->due_date)
        {
          *found = candidate;
          return TRUE;
        }
      if (measure_distance (item, &candidate) < nearest)
        {
          nearest = measure_distance (item, &candidate);
          chosen = n;
        }
    }
  if (chosen >= 0)
    return rubis_store_find_item (self->db, item->account_id, item->number, item->fiscal_year, item->type, chosen,
                                  found, error);
  return TRUE;
}

typedef struct {
  RubisImportMerge *merge;
  const RubisItemRecord *opening;
  gboolean found;
  RubisItemType type;
  int fiscal_year;
  int instalment;
} Opening;

static gboolean
compare_opening (const RubisItemRecord *candidate, gpointer user_data)
{
  Opening *closure = user_data;
  const RubisItemRecord *opening = closure->opening;

  if (was_seen (closure->merge, candidate->id) || !g_str_equal (candidate->number, opening->number)
      || !rubis_currency_equal (candidate->currency, opening->currency)
      || (candidate->total != opening->total && candidate->open != opening->total))
    return TRUE;
  closure->found = TRUE;
  closure->type = candidate->type;
  closure->fiscal_year = candidate->fiscal_year;
  closure->instalment = candidate->instalment;
  return FALSE;
}

/* The item of an earlier year that an opening entry repeats: the same customer, number and amount. It
 * keeps what it had; the entry only says what is still open.
 */
static gboolean
match_opening (RubisImportMerge *self, RubisItemRecord *item, RubisItemRecord *found, GError **error)
{
  Opening closure = { .merge = self, .opening = item };
  gint64 open = item->open;
  RubisDate cleared_date = item->cleared_date;

  if (!rubis_store_each_item_of (self->db, item->account_id, FALSE, compare_opening, &closure, error))
    return FALSE;
  if (!closure.found)
    return TRUE;
  if (!rubis_store_find_item (self->db, item->account_id, item->number, closure.fiscal_year, closure.type,
                              closure.instalment, found, error))
    return FALSE;
  *item = *found;
  item->open = open;
  item->cleared_date = cleared_date;
  return TRUE;
}

/* The open invoice or instalment that a payment names; @found->id is 0 when there is none. */
static gboolean
find_paid (RubisImportMerge *self, const RubisItemRecord *payment, const char *number, RubisItemRecord *found,
           GError **error)
{
  found->id = 0;
  for (int year = payment->fiscal_year; year >= payment->fiscal_year - 1; year--)
    {
      for (int n = 0;; n++)
        {
          if (!rubis_store_find_item (self->db, payment->account_id, number, year, RUBIS_ITEM_INVOICE, n, found, error))
            return FALSE;
          if (found->id == 0)
            break;
          if (found->open > 0 && rubis_currency_equal (found->currency, payment->currency))
            return TRUE;
        }
    }
  found->id = 0;
  return TRUE;
}

/* A payment or credit note that says which invoice it is for is set against it; the rest stays unallocated. A file that
 * says what is open of each item, as a ledger does, has done so itself or not at all.
 */
static gboolean
apply_payment (RubisImportMerge *self, const RubisImportRow *row, const RubisItemRecord *payment, GError **error)
{
  RubisItemRecord paid;
  gint64 amount;

  if ((payment->type != RUBIS_ITEM_PAYMENT && payment->type != RUBIS_ITEM_CREDIT) || payment->open >= 0 || row->has_open || row->applies_to == NULL || *row->applies_to == '\0')
    return TRUE;
  if (!find_paid (self, payment, row->applies_to, &paid, error))
    return FALSE;
  if (paid.id == 0)
    return TRUE;
  amount = MIN (-payment->open, paid.open);
  return rubis_store_keep_item (self->db, paid.id, self->batch_id, error)
         && rubis_store_allocate (self->db, paid.id, payment->id, amount, self->batch_id,
                                  payment->issue_date != RUBIS_DATE_NONE ? payment->issue_date : self->as_of, error);
}

static gboolean
take_new (RubisImportMerge *self, const RubisImportRow *row, const RubisImportAccount *account, RubisItemRecord *item,
          GError **error)
{
  self->preview->n_new++;
  note_change (self, 'n', account->code, item, 0, item->open);
  if (self->batch_id == 0)
    return TRUE;
  if (!rubis_store_insert_item (self->db, item, self->batch_id, self->as_of, error))
    return FALSE;
  if (row->opening && !rubis_store_mark_opening (self->db, item->id, error))
    return FALSE;
  if (!self->fresh && !apply_payment (self, row, item, error))
    return FALSE;
  return !row->disputed
         || rubis_store_set_item_stop (self->db, item->id, TRUE, _("Disputed, according to the import"),
                                       RUBIS_DATE_NONE, error);
}

/* What the file does not say stays as it was. */
static void
keep_known (const RubisImportRow *row, const RubisItemRecord *old, RubisItemRecord *item)
{
  item->id = old->id;
  item->instalment = old->instalment;
  if (!row->has_open)
    item->open = old->open + (item->total - old->total);
  if (row->order_ref == NULL)
    item->order_ref = old->order_ref;
  if (row->sales_rep == NULL)
    item->sales_rep = old->sales_rep;
  if (row->label == NULL)
    item->label = old->label;
  if (row->payment_means == RUBIS_MEANS_UNKNOWN)
    item->means = old->means;
  if (item->issue_date == RUBIS_DATE_NONE)
    item->issue_date = old->issue_date;
  /* A computed due date never replaces one that was stated. */
  if (item->due_date == RUBIS_DATE_NONE || (item->due_computed && !old->due_computed))
    {
      item->due_date = old->due_date;
      item->due_computed = old->due_computed;
    }
}

static gboolean
same_item (const RubisItemRecord *a, const RubisItemRecord *b)
{
  return a->total == b->total && a->open == b->open && a->issue_date == b->issue_date && a->due_date == b->due_date
         && a->due_computed == b->due_computed && a->means == b->means && g_str_equal (a->order_ref, b->order_ref)
         && g_str_equal (a->sales_rep, b->sales_rep) && g_str_equal (a->label, b->label);
}

static gboolean
take_known (RubisImportMerge *self, const RubisImportRow *row, const RubisImportAccount *account,
            const RubisItemRecord *old, RubisItemRecord *item, GError **error)
{
  gint64 old_total = old->total;
  gint64 old_open = old->open;
  gint64 id = old->id;

  mark_seen (self, id);
  keep_known (row, old, item);
  /* Settled for being absent, and here again: what was taken off then is due. */
  if (!row->has_open && old_open == 0 && old->cleared_batch != 0)
    {
      gint64 absence = 0;

      if (!rubis_store_get_absence (self->db, id, &absence, error))
        return FALSE;
      item->open += absence;
    }
  if (same_item (old, item))
    {
      self->preview->n_unchanged++;
      return TRUE;
    }
  self->preview->n_changed++;
  note_change (self, 'c', account->code, item, old_open, item->open);
  if (self->batch_id == 0)
    return TRUE;
  if (old_open == 0 && item->open != 0)
    g_array_append_val (self->returned, id);
  if (old->level != RUBIS_LEVEL_NONE && old->due_date != item->due_date)
    {
      RubisImportMove move = { .item_id = id, .from = old->due_date, .to = item->due_date };

      g_array_append_val (self->moved, move);
    }
  return rubis_store_keep_item (self->db, id, self->batch_id, error)
         && rubis_store_update_item (self->db, item, old_total, old_open, self->batch_id, self->as_of, error);
}

gboolean
rubis_import_merge_row (RubisImportMerge *self, const RubisImportRow *row, GError **error)
{
  RubisImportAccount *account = rubis_import_accounts_take (self->accounts, row, error);
  RubisItemRecord item;
  RubisItemRecord found = { 0 };

  if (account == NULL)
    return FALSE;
  if (!row->has_item)
    return TRUE;
  fill_item (self, row, account, &item);
  if (self->fresh)
    {
      item.instalment = count_key (self, &item);
      return take_new (self, row, account, &item, error);
    }
  /* Without a place in the dossier yet, an item of a new account is new. */
  if (account->is_new)
    {
      item.instalment = count_key (self, &item);
      return take_new (self, row, account, &item, error);
    }
  if (!match_item (self, row, &item, &found, &item.instalment, error)
      || (found.id == 0 && row->opening && !match_opening (self, &item, &found, error)))
    return FALSE;
  if (found.id != 0)
    return take_known (self, row, account, &found, &item, error);
  if (self->batch_id == 0)
    item.instalment = count_key (self, &item);
  return take_new (self, row, account, &item, error);
}

/* An item of an account; NULL for @number: all of its items, 0 for @account_id: of any account. */
static char *
make_unread_key (gint64 account_id, const char *number)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT "%s%s", account_id, number != NULL ? "/" : "",
                          number != NULL ? number : "");
}

void
rubis_import_merge_reject (RubisImportMerge *self, const RubisImportReject *reject)
{
  RubisImportAccount *account = NULL;

  /* Without a number it never was an item; without a known customer and number it may be any. */
  if (reject->number != NULL && *reject->number == '\0')
    return;
  if (reject->customer != NULL)
    account = rubis_import_accounts_find (self->accounts, reject->customer);
  if (account == NULL && reject->number == NULL && !g_str_equal (reject->code, "extra-fields"))
    return;
  g_hash_table_add (self->unread, make_unread_key (account != NULL ? account->id : 0, reject->number));
}

static gboolean
is_unread (RubisImportMerge *self, const RubisItemRecord *item)
{
  for (int i = 0; i < 4 && g_hash_table_size (self->unread) > 0; i++)
    {
      g_autofree char *key = make_unread_key (i < 2 ? item->account_id : 0, i % 2 == 0 ? item->number : NULL);

      if (g_hash_table_contains (self->unread, key))
        return TRUE;
    }
  return FALSE;
}

typedef struct {
  RubisImportMerge *merge;
  GArray *absent;      /* (element-type RubisItemRecord) only id, open, currency, due date */
} Absent;

static gboolean
collect_absent (const RubisItemRecord *item, gpointer user_data)
{
  Absent *absent = user_data;

  if (was_seen (absent->merge, item->id))
    return TRUE;
  if (is_unread (absent->merge, item))
    absent->merge->n_unread++;
  else
    {
      absent->merge->preview->n_cleared++;
      absent->merge->preview->cleared_amount += ABS (item->open);
      note_change (absent->merge, 'x', rubis_import_accounts_get_code (absent->merge->accounts, item->account_id), item,
                   item->open, 0);
      g_array_append_vals (absent->absent, item, 1);
    }
  return TRUE;
}

static gboolean
clear_absent (RubisImportMerge *self, GError **error)
{
  g_autoptr(GArray) absent = g_array_new (FALSE, FALSE, sizeof (RubisItemRecord));
  Absent closure = { .merge = self, .absent = absent };

  if (!rubis_store_each_open_item (self->db, collect_absent, &closure, error))
    return FALSE;
  for (guint i = 0; self->batch_id != 0 && i < absent->len; i++)
    {
      const RubisItemRecord *item = &g_array_index (absent, RubisItemRecord, i);

      if (!rubis_store_keep_item (self->db, item->id, self->batch_id, error)
          || !rubis_store_clear_item (self->db, item->id, item->open, self->batch_id, self->as_of, "absent", error))
        return FALSE;
    }
  return TRUE;
}

gint64
rubis_import_merge_count_unread (RubisImportMerge *self)
{
  return self->n_unread;
}

GArray *
rubis_import_merge_get_returned (RubisImportMerge *self)
{
  return self->returned;
}

GArray *
rubis_import_merge_get_moved (RubisImportMerge *self)
{
  return self->moved;
}

gboolean
rubis_import_merge_is_fresh (RubisImportMerge *self)
{
  return self->fresh;
}

gboolean
rubis_import_merge_finish (RubisImportMerge *self, gboolean clear, GError **error)
{
  self->preview->n_accounts_new = rubis_import_accounts_count_new (self->accounts);
  self->preview->n_accounts_changed = rubis_import_accounts_count_changed (self->accounts);
  return !clear || self->fresh || clear_absent (self, error);
}
