/* Giving promises, withdrawing them, dealing with broken ones. */
#include <glib/gi18n-lib.h>

#include "rubis-eligibility.h"
#include "rubis-facts.h"
#include "rubis-format.h"
#include "rubis-import-preview.h"
#include "rubis-promises-private.h"
#include "rubis-session-edits-private.h"

/* Later than that is a slip of the year. */
#define MAX_DAYS 366

void
rubis_promise_gift_free (RubisPromiseGift *self)
{
  if (self == NULL)
    return;
  rubis_promise_record_free (self->promise);
  g_array_unref (self->running);
  g_array_unref (self->broken);
  g_free (self);
}

static gboolean
check_date (RubisSession *session, RubisDate date, GError **error)
{
  RubisDate today = rubis_session_get_today (session);
  g_autofree char *day = NULL;

  if (date != RUBIS_DATE_NONE && date >= today && date <= today + MAX_DAYS)
    return TRUE;
  if (date == RUBIS_DATE_NONE)
    g_set_error_literal (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
                         _ ("A promise needs a day: give the one on which the customer pays."));
  else if (date < today)
    g_set_error_literal (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
                         _ ("The promised day has passed already: give a later one, or note the payment."));
  else
    {
      day = rubis_format_date_long (date, rubis_format_ui_language ());
      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
                   _ ("%s is more than a year away: check the year, or agree a payment plan."), day);
    }
  return FALSE;
}

typedef struct
{
  const RubisPromiseInput *input;
  const RubisPlanTable *plans; /* of an item in one, its late instalments are promised */
  RubisDate today;
  RubisCurrency currency; /* code "": not known yet */
  gint64 open;
  gint64 claimable;
  GArray *item_ids;
  gboolean mixed;
} Choice;

static gboolean
is_chosen (const Choice *choice, const RubisItemRecord *item, const RubisItemFacts *facts)
{
  const GArray *ids = choice->input->item_ids;

  if (ids == NULL)
    return rubis_eligibility_is_overdue (facts, choice->today) && rubis_eligibility_claimable (facts) > 0
           && !facts->plan && rubis_currency_equal (item->currency, choice->currency);
  for (guint i = 0; i < ids->len; i++)
    {
      if (g_array_index (ids, gint64, i) == item->id)
        return TRUE;
    }
  return FALSE;
}

static gboolean
choose_item (const RubisItemRecord *item, gpointer user_data)
{
  Choice *choice = user_data;
  RubisItemFacts facts;

  rubis_facts_from_item (item, choice->plans, &facts);
  if (item->open <= 0 || !is_chosen (choice, item, &facts))
    return TRUE;
  if (choice->currency.code[0] == '\0')
    choice->currency = item->currency;
  if (!rubis_currency_equal (choice->currency, item->currency))
    {
      choice->mixed = choice->mixed || choice->input->currency.code[0] == '\0';
      return TRUE;
    }
  if (!rubis_money_add (choice->open, item->open, &choice->open)
      || !rubis_money_add (choice->claimable, rubis_eligibility_claimable (&facts), &choice->claimable))
    choice->open = choice->claimable = G_MAXINT64;
  g_array_append_val (choice->item_ids, item->id);
  return TRUE;
}

/* Fills @gift->promise with its items and amount. */
static gboolean
choose_items (RubisPromiseGift *gift, RubisSession *session, RubisDatabase *db,
              const RubisPromiseInput *input, GError **error)
{
  g_autoptr (RubisLibrary) library = rubis_session_get_library (session);
  RubisPromiseRecord *promise = gift->promise;
  g_autoptr (RubisPlanTable) plans
      = rubis_plan_table_load (db, library, input->account_id, rubis_session_get_today (session), error);
  Choice choice = {
    .input = input,
    .plans = plans,
    .today = rubis_session_get_today (session),
    .currency = input->currency,
    .item_ids = promise->item_ids,
  };

  if (input->item_ids == NULL && choice.currency.code[0] == '\0')
    choice.currency = rubis_session_get_currency (session);
  if (plans == NULL || !rubis_store_each_item_of (db, input->account_id, FALSE, choose_item, &choice, error))
    return FALSE;
  if (choice.mixed)
    g_set_error_literal (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
                         _ ("These invoices are in several currencies: note one promise for each."));
  else if (promise->item_ids->len == 0)
    g_set_error_literal (
        error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE,
        input->item_ids != NULL
            ? _ ("These invoices are paid already: there is nothing to promise.")
            : _ ("Nothing is overdue on this account: choose the invoices that are promised."));
  else if (input->amount < 0 || input->amount > choice.open)
    {
      g_autofree char *open = rubis_format_amount (choice.open, choice.currency, rubis_format_ui_language ());

      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
                   _ ("Only %s is open on these invoices: promise that or less."), open);
    }
  else
    {
      promise->currency = choice.currency;
      promise->amount = input->amount != 0     ? input->amount
                        : choice.claimable > 0 ? choice.claimable
                                               : choice.open;
      return TRUE;
    }
  return FALSE;
}

static gboolean
shares_item (const RubisPromiseRow *row, GArray *item_ids)
{
  for (guint i = 0; i < row->item_ids->len; i++)
    {
      for (guint k = 0; k < item_ids->len; k++)
        {
          if (g_array_index (row->item_ids, gint64, i) == g_array_index (item_ids, gint64, k))
            return TRUE;
        }
    }
  return FALSE;
}

gboolean
rubis_promises_find_on (RubisSession *session, RubisDatabase *db, gint64 account_id, GArray *item_ids,
                        GArray *running, GArray *broken, GError **error)
{
  RubisPromiseQuery query = { .account_id = account_id };
  g_autoptr (GPtrArray) records = rubis_store_list_promises (db, &query, error);

  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      RubisPromiseRecord *record = g_ptr_array_index (records, i);
      g_autoptr (RubisPromiseRow) row = rubis_promises_judge (session, db, record, NULL, error);

      if (row == NULL)
        return FALSE;
      if (record->replaced_by != 0 || !shares_item (row, item_ids))
        continue;
      if (row->state == RUBIS_PROMISE_OPEN)
        g_array_append_val (running, row->id);
      else if (row->state == RUBIS_PROMISE_BROKEN || row->state == RUBIS_PROMISE_PARTIAL)
        g_array_append_val (broken, row->id);
    }
  return records != NULL;
}

/* Those that run are replaced; one that was broken stays so, but is followed up by the new one; what was kept
 * is. */
static gboolean
find_replaced (RubisPromiseGift *gift, RubisSession *session, RubisDatabase *db, GError **error)
{
  return rubis_promises_find_on (session, db, gift->promise->account_id, gift->promise->item_ids,
                                 gift->running, gift->broken, error);
}

static char *
strip (const char *text)
{
  return g_strstrip (g_strdup (text != NULL ? text : ""));
}

RubisPromiseGift *
rubis_promise_gift_new (RubisSession *session, RubisDatabase *db, const RubisPromiseInput *input,
                        GError **error)
{
  g_autoptr (RubisPromiseGift) self = g_new0 (RubisPromiseGift, 1);
  RubisPromiseRecord *promise = rubis_promise_record_new ();
  int grace;

  self->promise = promise;
  self->running = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->broken = g_array_new (FALSE, FALSE, sizeof (gint64));
  promise->account_id = input->account_id;
  promise->date = input->date;
  promise->channel = input->channel;
  promise->given_by = strip (input->given_by);
  promise->given_on = rubis_session_get_today (session);
  promise->quote = strip (input->quote);
  promise->note = strip (input->note);
  promise->contact_id = input->contact_id;
  promise->call_id = input->call_id;
  if (!check_date (session, input->date, error)
      || !rubis_promises_get_grace (session, db, input->account_id, &grace, error)
      || !choose_items (self, session, db, input, error) || !find_replaced (self, session, db, error))
    return NULL;
  self->until = rubis_promise_until (input->date, grace);
  return g_steal_pointer (&self);
}

gboolean
rubis_promise_gift_swap (RubisPromiseGift *self, RubisDatabase *db, GError **error)
{
  gboolean done;

  if (self->given)
    done = rubis_store_set_promise_voided (db, self->promise->id, TRUE, error);
  else
    done = (self->promise->id == 0 ? rubis_store_add_promise (db, self->promise, error)
                                   : rubis_store_set_promise_voided (db, self->promise->id, FALSE, error))
           && rubis_store_replace_promises (db, self->promise->id, self->running, self->broken, error);
  if (done)
    self->given = !self->given;
  return done;
}

static gboolean
swap_gift (RubisSession *session, RubisStore *store, RubisEdit *edit, GError **error)
{
  RubisJournaledEdit *journaled = edit->data;
  RubisPromiseGift *gift = journaled->state;
  RubisDatabase *db = rubis_store_get_database (store);

  if (!rubis_promise_gift_swap (gift, db, error)
      || !rubis_journaled_edit_note (session, db, edit, gift->promise->account_id, error))
    return FALSE;
  journaled->n_swaps++;
  return TRUE;
}

/* "« We pay on Thursday », Mme Noël", or either, or NULL */
static char *
describe_source (const char *quote, const char *given_by)
{
  if (*quote == '\0')
    return *given_by != '\0' ? g_strdup (given_by) : NULL;
  /* Translators: the words of a customer. */
  return *given_by == '\0' ? g_strdup_printf (_ ("“%s”"), quote)
                           /* Translators: the words of a customer, and who said them. */
                           : g_strdup_printf (_ ("“%s”, %s"), quote, given_by);
}

static gint64
give (RubisSession *self, RubisPromiseGift *gift, const char *account_name, GError **error)
{
  const RubisPromiseRecord *promise = gift->promise;
  const char *language = rubis_format_ui_language ();
  g_autofree char *amount = rubis_format_amount (promise->amount, promise->currency, language);
  g_autofree char *day = rubis_format_date_short (promise->date, language);
  /* Translators: a customer, an amount, a day. */
  g_autofree char *label = g_strdup_printf (_ ("Promise to pay: %s, %s for %s"), account_name, amount, day);
  g_autofree char *detail = describe_source (promise->quote, promise->given_by);
  RubisEdit *edit = rubis_journaled_edit_new (label, "promise", detail, swap_gift, gift,
                                              (GDestroyNotify)rubis_promise_gift_free);

  return rubis_session_do_edit (self, edit, error) ? promise->id : 0;
}

gint64
rubis_session_add_promise (RubisSession *self, const RubisPromiseInput *input, GError **error)
{
  g_autoptr (RubisAccountRecord) account = NULL;
  g_autoptr (RubisPromiseGift) gift = NULL;
  RubisDatabase *db;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && input != NULL, 0);

  account = rubis_edits_load_account (self, input->account_id, error);
  db = account != NULL ? rubis_session_take_reader (self, error) : NULL;
  if (db == NULL)
    return 0;
  gift = rubis_promise_gift_new (self, db, input, error);
  rubis_session_return_reader (self, db);
  return gift != NULL ? give (self, g_steal_pointer (&gift), account->name, error) : 0;
}

/* --- Withdrawing ------------------------------------------------------------------------------------- */

typedef struct
{
  gint64 id;
  gint64 account_id;
  RubisDate date; /* what the next swap puts in */
  char *note;
  GArray *taken; /* (element-type RubisPromiseTaken) what it gave back */
} Withdrawal;

static void
withdrawal_free (gpointer data)
{
  Withdrawal *self = data;

  g_array_unref (self->taken);
  g_free (self->note);
  g_free (self);
}

static gboolean
swap_withdrawal (RubisSession *session, RubisStore *store, RubisEdit *edit, GError **error)
{
  RubisJournaledEdit *journaled = edit->data;
  Withdrawal *state = journaled->state;
  RubisDatabase *db = rubis_store_get_database (store);
  RubisPromiseQuery query = { .id = state->id };
  g_autoptr (GPtrArray) records = rubis_store_list_promises (db, &query, error);
  RubisPromiseRecord *before = records != NULL && records->len > 0 ? g_ptr_array_index (records, 0) : NULL;

  if (before == NULL)
    {
      if (records != NULL)
        g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                             _ ("There is no such promise in the dossier."));
      return FALSE;
    }
  if (!rubis_store_set_promise_withdrawn (db, state->id, state->date, state->note, state->taken, error)
      || !rubis_journaled_edit_note (session, db, edit, state->account_id, error))
    return FALSE;
  state->date = before->withdrawn_on;
  g_free (state->note);
  state->note = g_steal_pointer (&before->note);
  journaled->n_swaps++;
  return TRUE;
}

static gboolean
check_withdrawable (const RubisPromiseRow *row, GError **error)
{
  const char *text = row->state == RUBIS_PROMISE_REPLACED
                         ? _ ("This promise was replaced by a later one: withdraw that one.")
                     : row->state == RUBIS_PROMISE_KEPT
                         ? _ ("This promise was kept: there is nothing to withdraw.")
                         : _ ("This promise was withdrawn already.");

  if (row->state == RUBIS_PROMISE_OPEN || row->state == RUBIS_PROMISE_PARTIAL
      || row->state == RUBIS_PROMISE_BROKEN)
    return TRUE;
  g_set_error_literal (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE, text);
  return FALSE;
}

gboolean
rubis_session_withdraw_promise (RubisSession *self, gint64 id, const char *note, GError **error)
{
  g_autoptr (RubisPromiseRow) row = NULL;
  g_autofree char *amount = NULL;
  g_autofree char *day = NULL;
  g_autofree char *label = NULL;
  Withdrawal *state;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), FALSE);

  row = rubis_session_load_promise (self, id, error);
  if (row == NULL)
    return FALSE;
  if (!check_withdrawable (row, error))
    return FALSE;
  amount = rubis_format_amount (row->amount, row->currency, rubis_format_ui_language ());
  day = rubis_format_date_short (row->date, rubis_format_ui_language ());
  /* Translators: a customer, an amount, a day. */
  label = g_strdup_printf (_ ("Promise withdrawn: %s, %s for %s"), row->account_name, amount, day);
  state = g_new0 (Withdrawal, 1);
  state->taken = g_array_new (FALSE, FALSE, sizeof (RubisPromiseTaken));
  state->id = id;
  state->account_id = row->account_id;
  state->date = rubis_session_get_today (self);
  state->note = note != NULL && *note != '\0' ? strip (note) : g_strdup (row->note);
  return rubis_session_do_edit (
      self,
      rubis_journaled_edit_new (label, "promise-withdrawn", note, swap_withdrawal, state, withdrawal_free),
      error);
}

/* --- Dealt with ------------------------------------------------------------------------------------- */

typedef struct
{
  gint64 id;
  gint64 account_id;
  gboolean seen; /* what the next swap puts in */
} SeenMark;

static gboolean
swap_seen (RubisSession *session, RubisStore *store, RubisEdit *edit, GError **error)
{
  RubisJournaledEdit *journaled = edit->data;
  GArray *marks = journaled->state;
  RubisDatabase *db = rubis_store_get_database (store);

  for (guint i = 0; i < marks->len; i++)
    {
      const SeenMark *mark = &g_array_index (marks, SeenMark, i);

      if (!rubis_store_set_promise_seen (db, mark->id, mark->seen, error)
          || !rubis_journaled_edit_note (session, db, edit, mark->account_id, error))
        return FALSE;
    }
  for (guint i = 0; i < marks->len; i++)
    g_array_index (marks, SeenMark, i).seen = !g_array_index (marks, SeenMark, i).seen;
  journaled->n_swaps++;
  return TRUE;
}

gboolean
rubis_session_mark_promises_seen (RubisSession *self, GArray *ids, GError **error)
{
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (SeenMark));
  g_autofree char *name = NULL;
  g_autofree char *label = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && ids != NULL, FALSE);

  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (RubisPromiseRow) row
          = rubis_session_load_promise (self, g_array_index (ids, gint64, i), error);
      SeenMark mark;

      if (row == NULL)
        return FALSE;
      if (row->state != RUBIS_PROMISE_BROKEN && row->state != RUBIS_PROMISE_PARTIAL)
        {
          g_set_error_literal (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE,
                               _ ("This promise was not broken: there is nothing to deal with."));
          return FALSE;
        }
      mark = (SeenMark){ .id = row->id, .account_id = row->account_id, .seen = TRUE };
      if (!row->seen)
        g_array_append_val (marks, mark);
      if (name == NULL)
        name = g_strdup (row->account_name);
    }
  if (marks->len == 0)
    return TRUE;
  label = marks->len == 1 ? g_strdup_printf (_ ("Broken promise dealt with: %s"), name)
                          : g_strdup_printf (ngettext ("%u broken promise dealt with",
                                                       "%u broken promises dealt with", marks->len),
                                             marks->len);
  return rubis_session_do_edit (self,
                                rubis_journaled_edit_new (label, "promise-seen", NULL, swap_seen,
                                                          g_steal_pointer (&marks),
                                                          (GDestroyNotify)g_array_unref),
                                error);
}
