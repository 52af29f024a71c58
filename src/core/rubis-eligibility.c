#include "rubis-eligibility.h"

#include <glib/gi18n-lib.h>

#include "rubis-promise.h"

/* Days after its due date within which the bank returns an unpaid draft; an ERP that has heard nothing
 * by then would have cleared it.
 */
#define DRAFT_RETURN_DAYS 5

static const struct
{
  const char *code;
  const char *text; /* untranslated */
} reasons[RUBIS_N_REASONS] = {
  [0] = { "", "" },
  [RUBIS_REASON_PAUSED] = { "E01", N_ ("All dunning is paused") },
  [RUBIS_REASON_STALE] = { "E02", N_ ("The data are too old: import the latest export first") },
  [RUBIS_REASON_ACCOUNT_TYPE]
  = { "E03", N_ ("This account is never dunned (own group, or policy without dunning)") },
  [RUBIS_REASON_INSOLVENCY]
  = { "E04", N_ ("The customer is in insolvency proceedings: declare the claim instead") },
  [RUBIS_REASON_ACCOUNT_STOP] = { "E05", N_ ("Dunning of this account is stopped") },
  [RUBIS_REASON_ITEM_STOP] = { "E06", N_ ("Dunning of this item is stopped") },
  [RUBIS_REASON_NOT_A_DEBIT] = { "E07", N_ ("Not a debt: credit, payment or down-payment request") },
  [RUBIS_REASON_SETTLED] = { "E08", N_ ("Nothing is left to pay") },
  [RUBIS_REASON_SMALL_ITEM] = { "E09", N_ ("The open amount is below the minimum for an item") },
  [RUBIS_REASON_DIRECT_DEBIT] = { "E10", N_ ("Paid by direct debit, and no debit was returned") },
  [RUBIS_REASON_DRAFT] = { "E11", N_ ("A draft for it is in transit") },
  [RUBIS_REASON_WITH_AGENT] = { "E12", N_ ("The file is with a lawyer, an agency or the insurer") },
  [RUBIS_REASON_DISPUTE] = { "E13", N_ ("The whole open amount is disputed") },
  [RUBIS_REASON_PROMISE] = { "E14", N_ ("Payment was promised and the date has not passed") },
  [RUBIS_REASON_PLAN] = { "E15", N_ ("A payment plan covers it and is respected") },
  [RUBIS_REASON_NOT_DUE] = { "E16", N_ ("Not due yet") },
  [RUBIS_REASON_TRANSIT] = { "E17", N_ ("The invoice is too recent, it may still be in the post") },
  [RUBIS_REASON_DONE]
  = { "E18", N_ ("No step to do: the last one is done, or the next one is not reached yet") },
  [RUBIS_REASON_THROTTLE] = { "E19", N_ ("The account was contacted a few days ago") },
  [RUBIS_REASON_COVERED] = { "E20", N_ ("The account's credits cover what is due, or too little remains") },
  [RUBIS_REASON_CEILING] = { "E21", N_ ("The amount is above the automatic ceiling: you decide") },
  [RUBIS_REASON_NO_ADDRESS] = { "E22", N_ ("No usable address for any allowed channel") },
  [RUBIS_REASON_CLOSED_DAY]
  = { "E23", N_ ("Nothing is sent today (weekend or holiday): the next open day takes it") },
  [RUBIS_REASON_NOTICE] = { "E24", N_ ("A registered letter gave a deadline that has not passed") },
};

const char *
rubis_reason_to_code (RubisReason reason)
{
  g_return_val_if_fail (reason > 0 && reason < RUBIS_N_REASONS, "");

  return reasons[reason].code;
}

const char *
rubis_reason_to_text (RubisReason reason)
{
  g_return_val_if_fail (reason > 0 && reason < RUBIS_N_REASONS, "");

  return _ (reasons[reason].text);
}

gint64
rubis_eligibility_claimable (const RubisItemFacts *item)
{
  gint64 undisputed = MAX (0, item->open - MAX (0, item->disputed));

  return item->plan ? MIN (undisputed, item->plan_share) : undisputed;
}

/* A stop, pause or promise without an end holds for ever; with one, up to and including that day. */
static gboolean
holds_on (RubisDate until, RubisDate today)
{
  return until == RUBIS_DATE_NONE || today <= until;
}

/* Days from one fact to another, safe when a date is unknown. */
static gboolean
closer_than (RubisDate earlier, RubisDate later, int days)
{
  return earlier != RUBIS_DATE_NONE && later - earlier < days;
}

static gboolean
is_debit (const RubisItemFacts *item)
{
  switch (item->type)
    {
    case RUBIS_ITEM_INVOICE:
    case RUBIS_ITEM_DRAFT:
      return TRUE;
    case RUBIS_ITEM_MISC:
      return item->total > 0;
    case RUBIS_ITEM_CREDIT:
    case RUBIS_ITEM_PAYMENT:
    case RUBIS_ITEM_DOWN_PAYMENT:
    default:
      return FALSE;
    }
}

static gboolean
in_transit (const RubisItemFacts *item, RubisDate today)
{
  return (item->draft || item->type == RUBIS_ITEM_DRAFT) && !item->debit_returned
         && item->due_date != RUBIS_DATE_NONE && today <= item->due_date + DRAFT_RETURN_DAYS;
}

gboolean
rubis_eligibility_is_overdue (const RubisItemFacts *item, RubisDate today)
{
  return item->due_date != RUBIS_DATE_NONE && today > item->due_date && is_debit (item)
         && !in_transit (item, today);
}

/* What the customer would be told to owe if @item were dunned on the day: what is due, and the item. */
static gint64
claimed_with (const RubisAccountFacts *account, const RubisItemFacts *item, RubisDate today)
{
  gint64 claimed = account->due_debits;

  if (!rubis_eligibility_is_overdue (item, today)
      && !rubis_money_add (claimed, rubis_eligibility_claimable (item), &claimed))
    claimed = G_MAXINT64;
  return claimed;
}

/* The first day on which @step is reached for @item. After a step, and after a dispute, some days
 * pass before the next one.
 */
static RubisDate
date_of_step (const RubisStep *step, const RubisItemFacts *item)
{
  RubisDate date = item->due_date + step->delay;

  if (item->level != RUBIS_LEVEL_NONE && item->level_date != RUBIS_DATE_NONE)
    date = MAX (date, item->level_date + step->min_gap);
  if (item->resumed_date != RUBIS_DATE_NONE)
    date = MAX (date, item->resumed_date + step->min_gap);
  return date;
}

/* The step that comes next for @item: the lowest one above its level, so that no step is ever left
 * out, except by late entry "jump", where an item that was already late when it became known starts at
 * the step of its age; one that a person set back to the first step (no level, but its day) does not. A notice before the due date has no sense once that date is past. @claimed is
 * the account's amount that the step would claim.
 */
static const RubisStep *
next_step (const RubisPolicy *policy, const RubisItemFacts *item, RubisDate today, gint64 claimed)
{
  gboolean jump = item->level == RUBIS_LEVEL_NONE && item->level_date == RUBIS_DATE_NONE
                  && item->first_seen > item->due_date
                  && rubis_policy_get_late_entry (policy) == RUBIS_LATE_ENTRY_JUMP;
  const RubisStep *found = NULL;

  for (int i = 0; i < rubis_policy_get_n_steps (policy); i++)
    {
      const RubisStep *step = rubis_policy_get_step (policy, i);

      if (step->rank <= item->level)
        continue;
      if (step->delay < 0 && today > item->due_date)
        continue;
      if ((step->delay < 0 ? rubis_eligibility_claimable (item) : claimed) < step->min_amount)
        continue;
      if (found == NULL || (jump && item->due_date + step->delay <= today))
        found = step;
      if (!jump)
        break;
    }
  return found;
}

/* The channel the account can be reached by for @step; FALSE when there is none. */
static gboolean
choose_channel (const RubisStep *step, const RubisAccountFacts *account, RubisChannel *channel)
{
  const RubisChannel candidates[2] = { step->channel, step->fallback };

  for (int i = 0; i < 2; i++)
    {
      gboolean reachable;

      switch (candidates[i])
        {
        case RUBIS_CHANNEL_EMAIL:
          reachable = account->has_email;
          break;
        case RUBIS_CHANNEL_LETTER:
        case RUBIS_CHANNEL_REGISTERED:
        case RUBIS_CHANNEL_VISIT:
          reachable = account->has_address;
          break;
        case RUBIS_CHANNEL_CALL:
        case RUBIS_CHANNEL_SMS:
          reachable = account->has_phone;
          break;
        case RUBIS_CHANNEL_DECISION:
        default:
          reachable = TRUE;
          break;
        }
      if (reachable)
        {
          *channel = candidates[i];
          return TRUE;
        }
    }
  *channel = step->channel;
  return FALSE;
}

/* Reasons that lie in the dossier and the account. */
static guint32
account_reasons (const RubisPolicy *policy, const RubisDossierFacts *dossier,
                 const RubisAccountFacts *account, RubisDate today)
{
  guint32 mask = 0;

  if (dossier->paused && holds_on (dossier->paused_until, today))
    mask |= RUBIS_REASON_BIT (RUBIS_REASON_PAUSED);
  if (dossier->freshness_days > 0
      && (dossier->data_date == RUBIS_DATE_NONE || today - dossier->data_date > dossier->freshness_days))
    mask |= RUBIS_REASON_BIT (RUBIS_REASON_STALE);
  if (account->kind == RUBIS_PARTY_INTRAGROUP || !rubis_policy_get_active (policy))
    mask |= RUBIS_REASON_BIT (RUBIS_REASON_ACCOUNT_TYPE);
  if (account->insolvency != RUBIS_INSOLVENCY_NONE)
    mask |= RUBIS_REASON_BIT (RUBIS_REASON_INSOLVENCY);
  if (account->stop && holds_on (account->stop_until, today))
    mask |= RUBIS_REASON_BIT (RUBIS_REASON_ACCOUNT_STOP);
  if (account->with_agent)
    mask |= RUBIS_REASON_BIT (RUBIS_REASON_WITH_AGENT);
  return mask;
}

/* Reasons that lie in the item, whatever step comes next. */
static guint32
item_reasons (const RubisPolicy *policy, const RubisAccountFacts *account, const RubisItemFacts *item,
              RubisDate today)
{
  guint32 mask = 0;
  gint64 claimable = rubis_eligibility_claimable (item);
  gboolean direct_debit = item->direct_debit || (account->direct_debit && !item->other_means);

  if (item->stop && holds_on (item->stop_until, today))
    mask |= RUBIS_REASON_BIT (RUBIS_REASON_ITEM_STOP);
  if (!is_debit (item))
    mask |= RUBIS_REASON_BIT (RUBIS_REASON_NOT_A_DEBIT);
  if (item->open <= 0 && is_debit (item))
    mask |= RUBIS_REASON_BIT (RUBIS_REASON_SETTLED);
  if (item->open > 0 && (claimable > 0 ? claimable : item->open) < rubis_policy_get_min_item_amount (policy))
    mask |= RUBIS_REASON_BIT (RUBIS_REASON_SMALL_ITEM);
  if (rubis_policy_get_exclude_direct_debit (policy) && direct_debit && !item->debit_returned)
    mask |= RUBIS_REASON_BIT (RUBIS_REASON_DIRECT_DEBIT);
  if (in_transit (item, today))
    mask |= RUBIS_REASON_BIT (RUBIS_REASON_DRAFT);
  if (item->with_agent)
    mask |= RUBIS_REASON_BIT (RUBIS_REASON_WITH_AGENT);
  if (item->disputed > 0 && item->disputed >= item->open && item->open > 0)
    mask |= RUBIS_REASON_BIT (RUBIS_REASON_DISPUTE);
  if (item->promise_date != RUBIS_DATE_NONE
      && today <= rubis_promise_until (item->promise_date, rubis_policy_get_promise_grace (policy)))
    mask |= RUBIS_REASON_BIT (RUBIS_REASON_PROMISE);
  if (item->plan && holds_on (item->plan_until, today))
    mask |= RUBIS_REASON_BIT (RUBIS_REASON_PLAN);
  if (item->notice_pending || (item->notice_until != RUBIS_DATE_NONE && today <= item->notice_until))
    mask |= RUBIS_REASON_BIT (RUBIS_REASON_NOTICE);
  if (closer_than (item->first_seen, today, rubis_policy_get_transit_days (policy)))
    mask |= RUBIS_REASON_BIT (RUBIS_REASON_TRANSIT);
  return mask;
}

/* Reasons that lie in the account's money and contacts, as @step would use them. */
static guint32
contact_reasons (const RubisPolicy *policy, const RubisAccountFacts *account, const RubisStep *step,
                 gint64 claimed, RubisDate today)
{
  guint32 mask = 0;
  gint64 net = claimed;

  if (!rubis_money_subtract (claimed, account->credits, &net))
    net = 0;
  /* A decision is taken in the house: the customer does not hear of it. */
  if ((step == NULL || step->channel != RUBIS_CHANNEL_DECISION)
      && closer_than (account->last_contact, today, rubis_policy_get_min_contact_days (policy)))
    mask |= RUBIS_REASON_BIT (RUBIS_REASON_THROTTLE);
  if (claimed > 0 && (net <= 0 || net < rubis_policy_get_min_account_amount (policy)))
    mask |= RUBIS_REASON_BIT (RUBIS_REASON_COVERED);
  return mask;
}

/* Reasons that lie in the step that comes next; completes @verdict. */
static guint32
step_reasons (const RubisPolicy *policy, const RubisAccountFacts *account, const RubisItemFacts *item,
              RubisDate today, RubisVerdict *verdict)
{
  gint64 claimed = claimed_with (account, item, today);
  gint64 ceiling = rubis_policy_get_max_auto_amount (policy);
  guint32 mask;

  if (item->due_date != RUBIS_DATE_NONE)
    verdict->step = next_step (policy, item, today, claimed);
  mask = contact_reasons (policy, account, verdict->step, claimed, today);
  if (item->due_date == RUBIS_DATE_NONE)
    return mask | RUBIS_REASON_BIT (RUBIS_REASON_NOT_DUE);
  if (verdict->step == NULL)
    return mask | RUBIS_REASON_BIT (today <= item->due_date ? RUBIS_REASON_NOT_DUE : RUBIS_REASON_DONE);
  verdict->step_date = date_of_step (verdict->step, item);
  verdict->validation = verdict->step->validation;
  if (!choose_channel (verdict->step, account, &verdict->channel))
    mask |= RUBIS_REASON_BIT (RUBIS_REASON_NO_ADDRESS);
  if (today < verdict->step_date)
    mask |= RUBIS_REASON_BIT (today <= item->due_date ? RUBIS_REASON_NOT_DUE : RUBIS_REASON_DONE);
  if (ceiling > 0 && claimed > ceiling)
    {
      verdict->notes |= RUBIS_REASON_BIT (RUBIS_REASON_CEILING);
      verdict->validation = RUBIS_VALIDATION_MANUAL;
    }
  return mask;
}

void
rubis_eligibility_evaluate (const RubisPolicy *policy, const RubisDossierFacts *dossier,
                            const RubisAccountFacts *account, const RubisItemFacts *item, RubisDate today,
                            gboolean business_day, RubisVerdict *verdict)
{
  g_return_if_fail (policy != NULL && dossier != NULL && account != NULL && item != NULL && verdict != NULL);

  *verdict = (RubisVerdict){ .step_date = RUBIS_DATE_NONE };
  verdict->reasons
      = account_reasons (policy, dossier, account, today) | item_reasons (policy, account, item, today);
  /* A step for what is no debt, is settled or never dunned would only confuse. */
  if ((verdict->reasons
       & (RUBIS_REASON_BIT (RUBIS_REASON_NOT_A_DEBIT) | RUBIS_REASON_BIT (RUBIS_REASON_SETTLED)
          | RUBIS_REASON_BIT (RUBIS_REASON_ACCOUNT_TYPE)))
      == 0)
    verdict->reasons |= step_reasons (policy, account, item, today, verdict);
  /* A notice before an instalment is for a plan that is respected. */
  if (item->plan && verdict->step != NULL && verdict->step->delay < 0 && today >= verdict->step_date
      && rubis_eligibility_claimable (item) > 0)
    verdict->reasons &= ~RUBIS_REASON_BIT (RUBIS_REASON_PLAN);
  if (!business_day && verdict->reasons == 0)
    verdict->reasons |= RUBIS_REASON_BIT (RUBIS_REASON_CLOSED_DAY);
  verdict->eligible = verdict->reasons == 0;
}

RubisDate
rubis_eligibility_reason_until (RubisReason reason, const RubisPolicy *policy,
                                const RubisDossierFacts *dossier, const RubisAccountFacts *account,
                                const RubisItemFacts *item, const RubisVerdict *verdict, RubisDate today)
{
  switch (reason)
    {
    case RUBIS_REASON_PAUSED:
      return dossier->paused_until;
    case RUBIS_REASON_ACCOUNT_STOP:
      return account->stop_until;
    case RUBIS_REASON_ITEM_STOP:
      return item->stop_until;
    case RUBIS_REASON_DRAFT:
      return item->due_date + DRAFT_RETURN_DAYS;
    case RUBIS_REASON_PROMISE:
      return rubis_promise_until (item->promise_date, rubis_policy_get_promise_grace (policy));
    case RUBIS_REASON_PLAN:
      return item->plan_until;
    case RUBIS_REASON_NOTICE:
      return item->notice_until;
    case RUBIS_REASON_TRANSIT:
      return item->first_seen + rubis_policy_get_transit_days (policy) - 1;
    case RUBIS_REASON_THROTTLE:
      return account->last_contact + rubis_policy_get_min_contact_days (policy) - 1;
    case RUBIS_REASON_NOT_DUE:
    case RUBIS_REASON_DONE:
      return verdict->step_date != RUBIS_DATE_NONE ? verdict->step_date - 1 : RUBIS_DATE_NONE;
    case RUBIS_REASON_CLOSED_DAY:
      return today;
    case RUBIS_REASON_STALE:
    case RUBIS_REASON_ACCOUNT_TYPE:
    case RUBIS_REASON_INSOLVENCY:
    case RUBIS_REASON_NOT_A_DEBIT:
    case RUBIS_REASON_SETTLED:
    case RUBIS_REASON_SMALL_ITEM:
    case RUBIS_REASON_DIRECT_DEBIT:
    case RUBIS_REASON_WITH_AGENT:
    case RUBIS_REASON_DISPUTE:
    case RUBIS_REASON_COVERED:
    case RUBIS_REASON_CEILING:
    case RUBIS_REASON_NO_ADDRESS:
    default:
      return RUBIS_DATE_NONE;
    }
}
