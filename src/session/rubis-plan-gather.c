/* What a payment plan takes: debts of an account, less the credits that are not lettered. */
#include "rubis-plans-private.h"

#include <glib/gi18n-lib.h>

#include "rubis-eligibility.h"
#include "rubis-facts.h"
#include "rubis-format.h"
#include "rubis-import-preview.h"
#include "rubis-store-items.h"

/* An item of the account that is no debt of the plan. */
typedef struct
{
  RubisPlanItemRecord part; /* amount: a credit, negative, or what is overdue of another debt */
  RubisCurrency currency;
} Besides;

typedef struct
{
  const RubisPlanInput *input;
  const RubisPlanTable *running;
  RubisPlanRecord *plan; /* (unowned) gets its items and currency */
  RubisDate today;
  guint n_found;   /* of the items that were asked for */
  char *refusal;   /* (nullable) why an item cannot be in it */
  GArray *credits; /* (element-type Besides) of which other plans do not dispose */
  GArray *others;  /* (element-type Besides) overdue, and in no plan */
} Gathering;

static void
besides_clear (gpointer data)
{
  g_free (((Besides *)data)->part.number);
}

static GArray *
besides_new (void)
{
  GArray *besides = g_array_new (FALSE, FALSE, sizeof (Besides));

  g_array_set_clear_func (besides, besides_clear);
  return besides;
}

static gboolean
is_asked_for (const RubisPlanInput *input, gint64 id)
{
  for (guint i = 0; i < input->item_ids->len; i++)
    {
      if (g_array_index (input->item_ids, gint64, i) == id)
        return TRUE;
    }
  return FALSE;
}

/* (transfer full) (nullable) */
static char *
find_refusal (const Gathering *gathering, const RubisItemRecord *item, const RubisItemFacts *facts)
{
  if (item->open <= 0 || item->type == RUBIS_ITEM_DOWN_PAYMENT)
    return g_strdup_printf (_ ("%s is no debt that a payment plan could spread."), item->number);
  if (facts->plan)
    return g_strdup_printf (
        _ ("%s is in a payment plan already: cancel that one first, or leave the item out."), item->number);
  if (item->open - item->disputed <= 0)
    return g_strdup_printf (_ ("%s is contested in full: the dispute has to end first."), item->number);
  if (gathering->plan->items->len > 0 && !rubis_currency_equal (gathering->plan->currency, item->currency))
    return g_strdup_printf (_ ("%s is in another currency: a payment plan has one."), item->number);
  return NULL;
}

/* Not contested parts of it; @amount: negative of a credit. */
static RubisPlanItemRecord
make_part (const RubisItemRecord *item, const RubisItemFacts *facts, gint64 amount)
{
  return (RubisPlanItemRecord){
    .item_id = item->id,
    .number = g_strdup (item->number),
    .type = item->type,
    .issue_date = item->issue_date,
    .due_date = item->due_date,
    .total = item->total,
    .disputed = item->disputed,
    .level = facts->level,
    .level_date = RUBIS_DATE_NONE,
    .paid_on = RUBIS_DATE_NONE,
    .part = { .amount = amount, .excluded = MAX (0, item->disputed), .open = item->open },
  };
}

static void
add_besides (GArray *besides, const RubisItemRecord *item, const RubisItemFacts *facts, gint64 amount)
{
  Besides one = { make_part (item, facts, amount), item->currency };

  g_array_append_val (besides, one);
}

static gboolean
is_wanted (const Gathering *gathering, const RubisItemRecord *item)
{
  if (gathering->input->item_ids != NULL)
    return is_asked_for (gathering->input, item->id);
  return item->open > 0 && item->due_date != RUBIS_DATE_NONE && item->due_date < gathering->today;
}

static gboolean
gather (const RubisItemRecord *item, gpointer user_data)
{
  Gathering *gathering = user_data;
  RubisPlanItemRecord part;
  g_autofree char *refusal = NULL;
  RubisItemFacts facts;

  rubis_facts_from_item (item, gathering->running, &facts);
  if (item->open < 0 && facts.open < 0)
    add_besides (gathering->credits, item, &facts, facts.open);
  if (!is_wanted (gathering, item))
    {
      if (!facts.plan && rubis_eligibility_is_overdue (&facts, gathering->today))
        add_besides (gathering->others, item, &facts, rubis_eligibility_claimable (&facts));
      return TRUE;
    }
  gathering->n_found++;
  refusal = find_refusal (gathering, item, &facts);
  if (refusal != NULL && gathering->input->item_ids != NULL)
    {
      gathering->refusal = g_steal_pointer (&refusal);
      return FALSE;
    }
  if (refusal != NULL)
    return TRUE;
  part = make_part (item, &facts, item->open - MAX (0, item->disputed));
  gathering->plan->currency = item->currency;
  g_array_append_val (gathering->plan->items, part);
  return TRUE;
}

/* Saturated */
static gint64
sum_besides (GArray *besides, RubisCurrency currency)
{
  gint64 sum = 0;

  for (guint i = 0; i < besides->len; i++)
    {
      const Besides *one = &g_array_index (besides, Besides, i);

      if (rubis_currency_equal (one->currency, currency)
          && !rubis_money_add (sum, ABS (one->part.part.amount), &sum))
        return G_MAXINT64;
    }
  return sum;
}

/* Nobody acknowledges more than it owes: credits that are not lettered are taken off, as far as what else is
 * overdue leaves of them. */
static gboolean
deduct_credits (Gathering *gathering, GError **error)
{
  RubisPlanRecord *plan = gathering->plan;
  gint64 credits = sum_besides (gathering->credits, plan->currency);
  gint64 left = MAX (0, credits - sum_besides (gathering->others, plan->currency));

  if (left >= rubis_plan_record_get_left (plan))
    {
      g_autofree char *sum = rubis_format_amount (credits, plan->currency, rubis_format_ui_language ());

      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE,
                   _ ("Credits of %s that are not allocated cover these items: there is nothing to spread."),
                   sum);
      return FALSE;
    }
  for (guint i = 0; i < gathering->credits->len && left > 0; i++)
    {
      Besides *one = &g_array_index (gathering->credits, Besides, i);
      RubisPlanItemRecord part = one->part;

      if (!rubis_currency_equal (one->currency, plan->currency))
        continue;
      one->part.number = NULL;
      part.part.amount = MAX (part.part.amount, -left);
      left += part.part.amount;
      g_array_append_val (plan->items, part);
    }
  return TRUE;
}

static gboolean
check_found (const Gathering *gathering, GError **error)
{
  const RubisPlanInput *input = gathering->input;
  const char *message = gathering->refusal;

  if (message == NULL && input->item_ids != NULL && gathering->n_found < input->item_ids->len)
    message = _ ("One of the items is not open any more: choose again.");
  else if (message == NULL && gathering->plan->items->len == 0)
    message = _ ("Nothing is overdue that a payment plan could spread: choose items.");
  if (message != NULL)
    g_set_error_literal (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE, message);
  return message == NULL;
}

gboolean
rubis_plans_gather (RubisSession *self, RubisDatabase *db, const RubisPlanInput *input, RubisPlanRecord *plan,
                    GError **error)
{
  g_autoptr (RubisLibrary) library = rubis_session_get_library (self);
  RubisDate today = rubis_session_get_today (self);
  g_autoptr (RubisPlanTable) running = rubis_plan_table_load (db, library, input->account_id, today, error);
  g_autoptr (GArray) credits = besides_new ();
  g_autoptr (GArray) others = besides_new ();
  Gathering gathering = {
    .input = input, .running = running, .plan = plan, .today = today, .credits = credits, .others = others
  };
  gboolean done = running != NULL
                  && rubis_store_each_item_of (db, input->account_id, FALSE, gather, &gathering, error)
                  && check_found (&gathering, error) && deduct_credits (&gathering, error);

  g_free (gathering.refusal);
  return done;
}
