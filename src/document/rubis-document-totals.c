/* rubis-document-totals.c: the sums of a context, from the rows that its tables show. */
#include "rubis-document-context.h"

#include <glib/gi18n-lib.h>

/* What of an item goes into a sum. */
typedef gboolean (*PickFunc) (const RubisDocumentItem *item, RubisHashtag set, gint64 *amount);

static gboolean
pick_open (const RubisDocumentItem *item, RubisHashtag list, gint64 *amount)
{
  *amount = item->open;
  return rubis_document_item_is_in (item, list);
}

static gboolean
pick_credit (const RubisDocumentItem *item, RubisHashtag set, gint64 *amount)
{
  *amount = -item->open;
  return item->type == RUBIS_ITEM_CREDIT && item->open < 0;
}

static gboolean
pick_payment (const RubisDocumentItem *item, RubisHashtag set, gint64 *amount)
{
  *amount = -item->open;
  return item->type == RUBIS_ITEM_PAYMENT && item->open < 0;
}

static gboolean
pick_disputed (const RubisDocumentItem *item, RubisHashtag list, gint64 *amount)
{
  *amount = item->disputed;
  return rubis_document_item_is_in (item, list);
}

static gboolean
pick_undisputed (const RubisDocumentItem *item, RubisHashtag list, gint64 *amount)
{
  *amount = item->open - item->disputed;
  return rubis_document_item_is_in (item, list);
}

static gboolean
pick_penalty (const RubisDocumentItem *item, RubisHashtag list, gint64 *amount)
{
  *amount = item->penalty;
  return rubis_document_item_is_in (item, list);
}

static gboolean
pick_indemnity (const RubisDocumentItem *item, RubisHashtag list, gint64 *amount)
{
  *amount = item->indemnity;
  return rubis_document_item_is_in (item, list);
}

static gboolean
pick_to_pay (const RubisDocumentItem *item, RubisHashtag list, gint64 *amount)
{
  *amount = item->open - item->disputed + item->penalty + item->indemnity;
  return rubis_document_item_is_in (item, list);
}

static gboolean
pick_late (const RubisDocumentItem *item, int from, int to, gint64 *amount)
{
  *amount = item->open;
  return item->type != RUBIS_ITEM_DOWN_PAYMENT && item->open > 0 && item->days_late >= from &&
         item->days_late <= to;
}

static gboolean
pick_late_30 (const RubisDocumentItem *item, RubisHashtag set, gint64 *amount)
{
  return pick_late (item, 1, 30, amount);
}

static gboolean
pick_late_60 (const RubisDocumentItem *item, RubisHashtag set, gint64 *amount)
{
  return pick_late (item, 31, 60, amount);
}

static gboolean
pick_late_90 (const RubisDocumentItem *item, RubisHashtag set, gint64 *amount)
{
  return pick_late (item, 61, 90, amount);
}

static gboolean
pick_later (const RubisDocumentItem *item, RubisHashtag set, gint64 *amount)
{
  return pick_late (item, 91, G_MAXINT, amount);
}

/* Whether an earlier row is in the same currency: that row has summed this one already. */
static gboolean
is_currency_done (RubisDocumentContext *self, guint index)
{
  RubisCurrency currency = rubis_document_context_get_item (self, index)->currency;

  for (guint i = 0; i < index; i++)
    {
      if (rubis_currency_equal (rubis_document_context_get_item (self, i)->currency, currency))
        return TRUE;
    }
  return FALSE;
}

static gboolean
sum_currency (RubisDocumentContext *self, RubisCurrency currency, PickFunc pick, RubisHashtag set,
              gint64 *total, guint *n_rows)
{
  *total = 0;
  *n_rows = 0;
  for (guint i = 0; i < rubis_document_context_get_n_items (self); i++)
    {
      const RubisDocumentItem *item = rubis_document_context_get_item (self, i);
      gint64 amount = 0;

      if (!rubis_currency_equal (item->currency, currency) || !pick (item, set, &amount))
        continue;
      if (!rubis_money_add (*total, amount, total))
        return FALSE;
      (*n_rows)++;
    }
  return TRUE;
}

/* Sets the sum per currency, or zero in the currency of the context when no row is in it. */
static gboolean
set_sum (RubisDocumentContext *self, RubisHashtag hashtag, PickFunc pick, RubisHashtag set, GError **error)
{
  gboolean any = FALSE;

  if (rubis_document_context_is_set (self, hashtag))
    return TRUE;
  rubis_document_context_set_text (self, hashtag, NULL);
  for (guint i = 0; i < rubis_document_context_get_n_items (self); i++)
    {
      RubisCurrency currency = rubis_document_context_get_item (self, i)->currency;
      gint64 total;
      guint n_rows;

      if (is_currency_done (self, i))
        continue;
      if (!sum_currency (self, currency, pick, set, &total, &n_rows))
        {
          g_set_error (
            error, RUBIS_MONEY_ERROR, RUBIS_MONEY_ERROR_RANGE,
            _("The items in %s add up to more than an amount can hold: check the amounts imported"),
            currency.code);
          return FALSE;
        }
      if (n_rows == 0)
        continue;
      rubis_document_context_add_amount (self, hashtag, total, currency);
      any = TRUE;
    }
  if (!any)
    rubis_document_context_set_amount (self, hashtag, 0, rubis_document_context_get_currency (self));
  return TRUE;
}

static gboolean
is_concerned (const RubisDocumentItem *item, RubisHashtag set)
{
  return rubis_document_item_is_in (item, set) && item->open > 0;
}

static const RubisDocumentItem *
find_leader (RubisDocumentContext *self, RubisHashtag set)
{
  const RubisDocumentItem *leader = NULL;

  for (guint i = 0; i < rubis_document_context_get_n_items (self); i++)
    {
      const RubisDocumentItem *item = rubis_document_context_get_item (self, i);

      if (item->leader)
        return item;
      if (is_concerned (item, set) && (leader == NULL || item->due_date < leader->due_date ||
                                       (item->due_date == leader->due_date && item->open > leader->open)))
        leader = item;
    }
  return leader;
}

static void
set_leader (RubisDocumentContext *self, const RubisDocumentItem *leader)
{
  if (!rubis_document_context_is_set (self, RUBIS_HASHTAG_INVOICE_NUMBER))
    rubis_document_context_set_text (self, RUBIS_HASHTAG_INVOICE_NUMBER, leader->number);
  if (!rubis_document_context_is_set (self, RUBIS_HASHTAG_INVOICE_DATE))
    rubis_document_context_set_date (self, RUBIS_HASHTAG_INVOICE_DATE, leader->issue_date);
  if (!rubis_document_context_is_set (self, RUBIS_HASHTAG_DUE_DATE))
    rubis_document_context_set_date (self, RUBIS_HASHTAG_DUE_DATE, leader->due_date);
  if (!rubis_document_context_is_set (self, RUBIS_HASHTAG_DAYS_LATE) && leader->days_late > 0)
    rubis_document_context_set_count (self, RUBIS_HASHTAG_DAYS_LATE, leader->days_late);
  if (!rubis_document_context_is_set (self, RUBIS_HASHTAG_INVOICE_AMOUNT))
    rubis_document_context_set_amount (self, RUBIS_HASHTAG_INVOICE_AMOUNT, leader->total, leader->currency);
  if (!rubis_document_context_is_set (self, RUBIS_HASHTAG_OPEN_AMOUNT))
    rubis_document_context_set_amount (self, RUBIS_HASHTAG_OPEN_AMOUNT, leader->open, leader->currency);
  if (!rubis_document_context_is_set (self, RUBIS_HASHTAG_ORDER_REFERENCE))
    rubis_document_context_set_text (self, RUBIS_HASHTAG_ORDER_REFERENCE, leader->order_ref);
}

static void
set_counts (RubisDocumentContext *self, RubisHashtag set)
{
  const RubisDocumentItem *leader = find_leader (self, set);
  RubisDate oldest = RUBIS_DATE_NONE;
  int level = 0;
  gint64 n_invoices = 0;
  gint64 n_indemnities = 0;

  for (guint i = 0; i < rubis_document_context_get_n_items (self); i++)
    {
      const RubisDocumentItem *item = rubis_document_context_get_item (self, i);

      if (!is_concerned (item, set))
        continue;
      n_invoices++;
      n_indemnities += item->indemnity != 0;
      level = MAX (level, item->level);
      if (oldest == RUBIS_DATE_NONE || item->due_date < oldest)
        oldest = item->due_date;
    }
  if (leader != NULL)
    set_leader (self, leader);
  if (!rubis_document_context_is_set (self, RUBIS_HASHTAG_INVOICE_COUNT))
    rubis_document_context_set_count (self, RUBIS_HASHTAG_INVOICE_COUNT, n_invoices);
  if (!rubis_document_context_is_set (self, RUBIS_HASHTAG_INDEMNITY_COUNT))
    rubis_document_context_set_count (self, RUBIS_HASHTAG_INDEMNITY_COUNT, n_indemnities);
  if (!rubis_document_context_is_set (self, RUBIS_HASHTAG_REMINDER_LEVEL) && level > 0)
    rubis_document_context_set_count (self, RUBIS_HASHTAG_REMINDER_LEVEL, level);
  if (!rubis_document_context_is_set (self, RUBIS_HASHTAG_OLDEST_DUE_DATE))
    rubis_document_context_set_date (self, RUBIS_HASHTAG_OLDEST_DUE_DATE, oldest);
}

static gboolean
has_concerned (RubisDocumentContext *self, RubisHashtag list)
{
  for (guint i = 0; i < rubis_document_context_get_n_items (self); i++)
    {
      if (is_concerned (rubis_document_context_get_item (self, i), list))
        return TRUE;
    }
  return FALSE;
}

/* Far from the ends of 64 bits, so that no sum of the amounts of one item overflows. */
static gboolean
check_amounts (RubisDocumentContext *self, GError **error)
{
  const gint64 limit = G_MAXINT64 / 8;

  for (guint i = 0; i < rubis_document_context_get_n_items (self); i++)
    {
      const RubisDocumentItem *item = rubis_document_context_get_item (self, i);
      const gint64 amounts[] = { item->total, item->open, item->disputed, item->penalty, item->indemnity };

      for (gsize j = 0; j < G_N_ELEMENTS (amounts); j++)
        {
          if (amounts[j] <= limit && amounts[j] >= -limit)
            continue;
          g_set_error (error, RUBIS_MONEY_ERROR, RUBIS_MONEY_ERROR_RANGE,
                       _("The amounts of item “%s” are too large: check the amounts imported"),
                       item->number != NULL ? item->number : "");
          return FALSE;
        }
    }
  return TRUE;
}

gboolean
rubis_document_context_complete (RubisDocumentContext *self, GError **error)
{
  static const struct {
    RubisHashtag hashtag;
    PickFunc pick;
    RubisHashtag list;
  } sums[] = {
    { RUBIS_HASHTAG_TOTAL_OPEN, pick_open, RUBIS_HASHTAG_LIST_ITEMS },
    { RUBIS_HASHTAG_BALANCE, pick_open, RUBIS_HASHTAG_LIST_ITEMS },
    { RUBIS_HASHTAG_TOTAL_OVERDUE, pick_open, RUBIS_HASHTAG_LIST_OVERDUE },
    { RUBIS_HASHTAG_TOTAL_SELECTED, pick_open, RUBIS_HASHTAG_LIST_SELECTED },
    { RUBIS_HASHTAG_TOTAL_NOT_DUE, pick_open, RUBIS_HASHTAG_LIST_NOT_DUE },
    { RUBIS_HASHTAG_TOTAL_CREDITS, pick_credit, RUBIS_HASHTAG_LIST_ITEMS },
    { RUBIS_HASHTAG_UNALLOCATED_PAYMENTS, pick_payment, RUBIS_HASHTAG_LIST_ITEMS },
    { RUBIS_HASHTAG_AGING_0_30, pick_late_30, RUBIS_HASHTAG_LIST_ITEMS },
    { RUBIS_HASHTAG_AGING_31_60, pick_late_60, RUBIS_HASHTAG_LIST_ITEMS },
    { RUBIS_HASHTAG_AGING_61_90, pick_late_90, RUBIS_HASHTAG_LIST_ITEMS },
    { RUBIS_HASHTAG_AGING_90_PLUS, pick_later, RUBIS_HASHTAG_LIST_ITEMS },
  };
  RubisHashtag set = RUBIS_HASHTAG_LIST_ITEMS;

  g_return_val_if_fail (self != NULL, FALSE);

  if (!check_amounts (self, error))
    return FALSE;
  if (!has_concerned (self, RUBIS_HASHTAG_LIST_SELECTED))
    rubis_document_context_select_overdue (self);
  if (has_concerned (self, RUBIS_HASHTAG_LIST_SELECTED))
    set = RUBIS_HASHTAG_LIST_SELECTED;
  for (gsize i = 0; i < G_N_ELEMENTS (sums); i++)
    {
      if (!set_sum (self, sums[i].hashtag, sums[i].pick, sums[i].list, error))
        return FALSE;
    }
  set_counts (self, set);
  return set_sum (self, RUBIS_HASHTAG_TOTAL_DISPUTED, pick_disputed, set, error) &&
         set_sum (self, RUBIS_HASHTAG_TOTAL_UNDISPUTED, pick_undisputed, set, error) &&
         set_sum (self, RUBIS_HASHTAG_PENALTY_AMOUNT, pick_penalty, set, error) &&
         set_sum (self, RUBIS_HASHTAG_INDEMNITY_AMOUNT, pick_indemnity, set, error) &&
         set_sum (self, RUBIS_HASHTAG_TOTAL_WITH_PENALTIES, pick_to_pay, set, error);
}

/* The sum that a list with these modifiers asks for; NULL for the plain one. */
static PickFunc
choose_pick (RubisListModifiers modifiers)
{
  if ((modifiers & RUBIS_LIST_WITH_PENALTIES) != 0)
    return pick_to_pay;
  return (modifiers & RUBIS_LIST_WITHOUT_DISPUTES) != 0 ? pick_undisputed : NULL;
}

/* A context that holds nothing but that total; NULL when @self has it under the name of @hashtag. */
static RubisDocumentContext *
make_total (RubisDocumentContext *self, RubisHashtag hashtag, RubisListModifiers modifiers)
{
  PickFunc pick = choose_pick (modifiers);
  RubisDocumentContext *total;
  RubisHashtag list;
  gboolean any = FALSE;

  if (pick == NULL || !rubis_hashtag_get_list (hashtag, &list) || list == hashtag)
    return NULL;
  total = rubis_document_context_new (rubis_document_context_get_language (self),
                                      rubis_document_context_get_date (self),
                                      rubis_document_context_get_currency (self));
  for (guint i = 0; i < rubis_document_context_get_n_items (self); i++)
    {
      RubisCurrency currency = rubis_document_context_get_item (self, i)->currency;
      gint64 sum;
      guint n_rows;

      if (is_currency_done (self, i) || !sum_currency (self, currency, pick, list, &sum, &n_rows) ||
          n_rows == 0)
        continue;
      rubis_document_context_add_amount (total, hashtag, sum, currency);
      any = TRUE;
    }
  if (!any)
    rubis_document_context_set_amount (total, hashtag, 0, rubis_document_context_get_currency (self));
  return total;
}

char *
rubis_document_context_dup_total (RubisDocumentContext *self, RubisHashtag hashtag,
                                  RubisListModifiers modifiers)
{
  g_autoptr(RubisDocumentContext) total = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (hashtag < RUBIS_N_HASHTAGS, NULL);

  total = make_total (self, hashtag, modifiers);
  return rubis_document_context_dup_text (total != NULL ? total : self, hashtag);
}

gint64
rubis_document_context_get_total (RubisDocumentContext *self, RubisHashtag hashtag,
                                  RubisListModifiers modifiers)
{
  g_autoptr(RubisDocumentContext) total = NULL;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (hashtag < RUBIS_N_HASHTAGS, 0);

  total = make_total (self, hashtag, modifiers);
  return rubis_document_context_get_number (total != NULL ? total : self, hashtag);
}

gboolean
rubis_document_context_has_total (RubisDocumentContext *self, RubisHashtag hashtag,
                                  RubisListModifiers modifiers)
{
  g_autoptr(RubisDocumentContext) total = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (hashtag < RUBIS_N_HASHTAGS, FALSE);

  total = make_total (self, hashtag, modifiers);
  return rubis_document_context_has (total != NULL ? total : self, hashtag);
}
