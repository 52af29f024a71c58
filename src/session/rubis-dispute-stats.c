/* What disputes were about, who resolved them, and how long that took. */
#include "rubis-disputes.h"

#include <glib/gi18n-lib.h>

void
rubis_dispute_stat_free (RubisDisputeStat *self)
{
  g_free (self->id);
  g_free (self->label);
  g_free (self);
}

/* What a dispute is counted under. @label: (out) (transfer full); (transfer full) */
static char *
make_key (const RubisDispute *dispute, RubisDisputeGrouping by, char **label)
{
  switch (by)
    {
    case RUBIS_DISPUTES_BY_RESOLVER:
      *label = g_strdup (dispute->resolver_id != 0 ? dispute->resolver : _ ("Nobody yet"));
      return g_strdup_printf ("%" G_GINT64_FORMAT, dispute->resolver_id);
    case RUBIS_DISPUTES_BY_ACCOUNT:
      *label = g_strdup (dispute->account_name);
      return g_strdup (dispute->account_code);
    case RUBIS_DISPUTES_BY_PRODUCT_LINE:
      *label = g_strdup (*dispute->product_line != '\0' ? dispute->product_line : _ ("Not said"));
      return g_strdup (dispute->product_line);
    case RUBIS_DISPUTES_BY_REASON:
    default:
      *label = g_strdup (dispute->reason_label);
      return g_strdup (dispute->reason);
    }
}

/* The line of @dispute, made when it is the first one. (unowned) */
static RubisDisputeStat *
find_stat (GPtrArray *stats, const RubisDispute *dispute, RubisDisputeGrouping by)
{
  g_autofree char *label = NULL;
  g_autofree char *key = make_key (dispute, by, &label);
  RubisDisputeStat *stat;

  for (guint i = 0; i < stats->len; i++)
    {
      stat = g_ptr_array_index (stats, i);
      if (g_str_equal (stat->id, key) && rubis_currency_equal (stat->currency, dispute->currency))
        return stat;
    }
  stat = g_new0 (RubisDisputeStat, 1);
  stat->id = g_steal_pointer (&key);
  stat->label = g_steal_pointer (&label);
  stat->currency = dispute->currency;
  g_ptr_array_add (stats, stat);
  return stat;
}

/* The days of the closed are summed in average_days until all are counted. */
static void
count (RubisDisputeStat *stat, const RubisDispute *dispute, RubisDate from, RubisDate to)
{
  if (dispute->opened_on >= from && dispute->opened_on <= to)
    {
      stat->n_opened++;
      stat->amount += dispute->amount;
    }
  if (rubis_dispute_state_is_open (dispute->state))
    {
      stat->n_open++;
      stat->open_amount += dispute->amount;
      return;
    }
  if (dispute->closed_on < from || dispute->closed_on > to)
    return;
  stat->n_closed++;
  stat->average_days += dispute->days;
  if (dispute->state == RUBIS_DISPUTE_FOUNDED)
    {
      stat->n_founded++;
      stat->credited += dispute->outcome_amount;
    }
}

static int
compare_stats (gconstpointer a, gconstpointer b)
{
  const RubisDisputeStat *one = *(RubisDisputeStat *const *)a;
  const RubisDisputeStat *two = *(RubisDisputeStat *const *)b;

  if (one->amount != two->amount)
    return one->amount < two->amount ? 1 : -1;
  if (one->open_amount != two->open_amount)
    return one->open_amount < two->open_amount ? 1 : -1;
  return g_utf8_collate (one->label, two->label);
}

GPtrArray *
rubis_session_list_dispute_stats (RubisSession *self, RubisDisputeGrouping by, RubisDate from, RubisDate to,
                                  GError **error)
{
  RubisDisputeFilter all = { .states = (1u << RUBIS_N_DISPUTE_STATES) - 1 };
  g_autoptr (GPtrArray) disputes = NULL;
  g_autoptr (GPtrArray) stats = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);

  disputes = rubis_session_list_disputes (self, &all, error);
  if (disputes == NULL)
    return NULL;
  stats = g_ptr_array_new_with_free_func ((GDestroyNotify)rubis_dispute_stat_free);
  for (guint i = 0; i < disputes->len; i++)
    {
      const RubisDispute *dispute = g_ptr_array_index (disputes, i);

      if (rubis_dispute_state_is_open (dispute->state) || dispute->closed_on >= from)
        count (find_stat (stats, dispute, by), dispute, from, to);
    }
  for (guint i = stats->len; i > 0; i--)
    {
      RubisDisputeStat *stat = g_ptr_array_index (stats, i - 1);

      if (stat->n_closed > 0)
        stat->average_days /= stat->n_closed;
      if (stat->n_opened + stat->n_open + stat->n_closed == 0)
        g_ptr_array_remove_index (stats, i - 1);
    }
  g_ptr_array_sort (stats, compare_stats);
  return g_steal_pointer (&stats);
}
