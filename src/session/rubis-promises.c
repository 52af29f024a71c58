/* Promises as rows, judged; their counts. */
#include "rubis-promises.h"

#include <glib/gi18n-lib.h>

#include "rubis-agenda-private.h"
#include "rubis-facts.h"
#include "rubis-format.h"
#include "rubis-promises-private.h"
#include "rubis-store-imports.h"

G_DEFINE_FINAL_TYPE (RubisPromiseRow, rubis_promise_row, G_TYPE_OBJECT)

#define WAITING_STATES (1u << RUBIS_PROMISE_OPEN | 1u << RUBIS_PROMISE_PARTIAL | 1u << RUBIS_PROMISE_BROKEN)

static void
rubis_promise_row_finalize (GObject *object)
{
  RubisPromiseRow *self = RUBIS_PROMISE_ROW (object);

  g_free (self->account_code);
  g_free (self->account_name);
  g_free (self->given_by);
  g_free (self->quote);
  g_free (self->note);
  g_clear_pointer (&self->numbers, g_ptr_array_unref);
  g_clear_pointer (&self->item_ids, g_array_unref);
  G_OBJECT_CLASS (rubis_promise_row_parent_class)->finalize (object);
}

static void
rubis_promise_row_class_init (RubisPromiseRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rubis_promise_row_finalize;
}

static void
rubis_promise_row_init (RubisPromiseRow *self)
{
  self->date = RUBIS_DATE_NONE;
  self->until = RUBIS_DATE_NONE;
  self->given_on = RUBIS_DATE_NONE;
}

gboolean
rubis_promise_row_is_broken (const RubisPromiseRow *self)
{
  return self->state == RUBIS_PROMISE_BROKEN || self->state == RUBIS_PROMISE_PARTIAL;
}

static const char *
say_channel (RubisChannel channel)
{
  static const char *const words[RUBIS_N_CHANNELS] = {
    [RUBIS_CHANNEL_EMAIL] = N_ ("by email"),       [RUBIS_CHANNEL_LETTER] = N_ ("by letter"),
    [RUBIS_CHANNEL_REGISTERED] = N_ ("by letter"), [RUBIS_CHANNEL_CALL] = N_ ("on the phone"),
    [RUBIS_CHANNEL_VISIT] = N_ ("face to face"),   [RUBIS_CHANNEL_SMS] = N_ ("by SMS"),
    [RUBIS_CHANNEL_DECISION] = N_ ("in writing"),
  };

  return _ (words[channel]);
}

char *
rubis_promise_row_quote (const RubisPromiseRow *self, const char *given_on)
{
  const char *channel;

  g_return_val_if_fail (self != NULL && given_on != NULL, NULL);

  channel = say_channel (self->channel);
  if (*self->quote != '\0' && *self->given_by != '\0')
    /* Translators: the customer's words, who said them, the day, "on the phone". */
    return g_strdup_printf (_ ("“%s” said %s on %s, %s"), self->quote, self->given_by, given_on, channel);
  if (*self->quote != '\0')
    return g_strdup_printf (_ ("“%s” said on %s, %s"), self->quote, given_on, channel);
  if (*self->given_by != '\0')
    return g_strdup_printf (_ ("Promised by %s on %s, %s"), self->given_by, given_on, channel);
  return g_strdup_printf (_ ("Promised on %s, %s"), given_on, channel);
}

char *
rubis_promise_row_describe (const RubisPromiseRow *self)
{
  g_autofree char *waiting = rubis_unallocated_describe (&self->unallocated, self->currency);
  g_autofree char *given = NULL;
  g_autofree char *reduced = NULL;

  if (self->given == self->amount)
    return g_steal_pointer (&waiting);
  given = rubis_format_amount (self->given, self->currency, rubis_format_ui_language ());
  /* Translators: an amount: a later promise or plan took over a part of this one. */
  reduced = g_strdup_printf (_ ("%s at first, the rest was agreed anew"), given);
  return waiting != NULL ? g_strdup_printf ("%s · %s", reduced, waiting) : g_steal_pointer (&reduced);
}

gboolean
rubis_promises_get_grace (RubisSession *session, RubisDatabase *db, gint64 account_id, int *grace,
                          GError **error)
{
  g_autoptr (RubisLibrary) library = rubis_session_get_library (session);
  g_autoptr (GError) load_error = NULL;
  g_autoptr (RubisAccountRecord) account = rubis_store_load_account (db, account_id, &load_error);
  RubisAccountFacts facts;

  if (account == NULL)
    {
      if (load_error != NULL)
        g_propagate_error (error, g_steal_pointer (&load_error));
      else
        g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                             _ ("This account is not in the dossier any more."));
      return FALSE;
    }
  rubis_facts_from_account (account, 0, &facts);
  *grace = rubis_policy_get_promise_grace (rubis_agenda_choose_policy (library, account->policy_id, &facts));
  return TRUE;
}

/* An invoice that was reduced since can bring no more than is left of it. */
static gint64
find_expected (const RubisPromiseRecord *record)
{
  gint64 expected = record->open;

  for (guint i = 0; i < record->payments->len; i++)
    {
      if (!rubis_money_add (expected, g_array_index (record->payments, RubisPromisePayment, i).amount,
                            &expected))
        return record->amount;
    }
  return CLAMP (expected, 0, record->amount);
}

static gboolean
judge_record (RubisSession *session, RubisDatabase *db, const RubisPromiseRecord *record,
              RubisPromiseVerdict *verdict, GError **error)
{
  RubisDate data_date;
  RubisDate first_after;
  int grace;

  if (!rubis_promises_get_grace (session, db, record->account_id, &grace, error)
      || !rubis_store_get_data_date (db, &data_date, error)
      || !rubis_store_get_data_after (db, rubis_promise_until (record->date, grace), &first_after, error))
    return FALSE;
  rubis_promise_judge (find_expected (record), record->date, grace, (gpointer)record->payments->data,
                       record->payments->len, data_date, first_after, rubis_session_get_today (session),
                       verdict);
  /* What was credited in full nobody has to pay: neither kept nor broken. */
  if (record->withdrawn_on != RUBIS_DATE_NONE
      || (verdict->state == RUBIS_PROMISE_KEPT && find_expected (record) == 0))
    verdict->state = RUBIS_PROMISE_WITHDRAWN;
  else if (record->replaced)
    verdict->state = RUBIS_PROMISE_REPLACED;
  return TRUE;
}

/* Whoever broke it was spoken to since, promised anew, or has paid meanwhile. */
static gboolean
was_dealt_with (const RubisPromiseRecord *record, const RubisPromiseVerdict *verdict)
{
  return record->seen || record->replaced_by != 0 || record->open <= 0
         || (record->last_call != RUBIS_DATE_NONE && record->last_call > verdict->until)
         || verdict->paid + verdict->paid_later >= find_expected (record);
}

/* A payment that is set against nothing may be the promised one. */
static gboolean
look_for_payments (RubisPromiseRow *row, RubisDatabase *db, GError **error)
{
  if (!rubis_promise_row_is_broken (row))
    return TRUE;
  if (!rubis_unallocated_read (db, row->account_id, row->currency, row->given_on, row->until, &row->unallocated,
                               error))
    return FALSE;
  row->verified = row->verified && row->unallocated.in_time == 0;
  return TRUE;
}

RubisPromiseRow *
rubis_promises_judge (RubisSession *session, RubisDatabase *db, RubisPromiseRecord *record, gint64 *later,
                      GError **error)
{
  RubisPromiseVerdict verdict;
  g_autoptr (RubisPromiseRow) row = NULL;

  if (!judge_record (session, db, record, &verdict, error))
    return NULL;
  row = g_object_new (RUBIS_TYPE_PROMISE_ROW, NULL);
  row->id = record->id;
  row->account_id = record->account_id;
  row->account_code = g_strdup (record->account_code);
  row->account_name = g_strdup (record->account_name);
  row->state = verdict.state;
  row->date = record->date;
  row->until = verdict.until;
  row->currency = record->currency;
  row->given = record->amount;
  row->amount = record->reduced ? find_expected (record) : record->amount;
  row->paid = verdict.paid;
  row->open = record->open;
  row->verified = verdict.verified;
  row->seen = rubis_promise_row_is_broken (row) && was_dealt_with (record, &verdict);
  row->channel = record->channel;
  row->given_by = g_strdup (record->given_by);
  row->given_on = record->given_on;
  row->quote = g_strdup (record->quote);
  row->note = g_strdup (record->note);
  row->numbers = g_ptr_array_ref (record->numbers);
  row->item_ids = g_array_ref (record->item_ids);
  if (later != NULL)
    *later = verdict.paid_later;
  return look_for_payments (row, db, error) ? g_steal_pointer (&row) : NULL;
}

RubisPromiseRow *
rubis_promises_find_latest (RubisSession *session, RubisDatabase *db, gint64 account_id, RubisCurrency currency,
                            GError **error)
{
  RubisPromiseQuery query = { .account_id = account_id };
  g_autoptr(GPtrArray) records = rubis_store_list_promises (db, &query, error);
  g_autoptr(RubisPromiseRow) latest = NULL;

  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      RubisPromiseRecord *record = g_ptr_array_index (records, i);
      g_autoptr(RubisPromiseRow) row = NULL;

      if (record->replaced_by != 0 || !rubis_currency_equal (record->currency, currency)
          || (latest != NULL && record->id < latest->id))
        continue;
      row = rubis_promises_judge (session, db, record, NULL, error);
      if (row == NULL)
        return NULL;
      if ((WAITING_STATES & 1u << row->state) != 0)
        g_set_object (&latest, row);
    }
  return g_steal_pointer (&latest);
}

gboolean
rubis_promises_fill (RubisSession *session, RubisDatabase *db, gint64 account_id,
                     RubisDocumentContext *context, GError **error)
{
  g_autoptr (GError) read_error = NULL;
  RubisCurrency currency = rubis_document_context_get_currency (context);
  g_autoptr (RubisPromiseRow) promise
      = rubis_promises_find_latest (session, db, account_id, currency, &read_error);

  if (read_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&read_error));
      return FALSE;
    }
  if (promise == NULL)
    return TRUE;
  rubis_document_context_set_date (context, RUBIS_HASHTAG_PROMISE_DATE, promise->date);
  rubis_document_context_set_amount (context, RUBIS_HASHTAG_PROMISE_AMOUNT, promise->amount, currency);
  rubis_document_context_set_amount (context, RUBIS_HASHTAG_PROMISE_PAID, promise->paid, currency);
  rubis_document_context_set_amount (context, RUBIS_HASHTAG_PROMISE_MISSING,
                                     MIN (promise->amount - promise->paid, promise->open), currency);
  rubis_document_context_set_text (context, RUBIS_HASHTAG_PROMISE_WORDS, promise->quote);
  return TRUE;
}

static gboolean
is_wanted (const RubisPromiseRow *row, guint states)
{
  if (states == 0)
    return (WAITING_STATES & 1u << row->state) != 0 && !row->seen;
  return (states & 1u << row->state) != 0;
}

static GPtrArray *
list_from (RubisSession *self, RubisDatabase *db, const RubisPromiseQuery *query, guint states,
           GError **error)
{
  g_autoptr (GPtrArray) records = rubis_store_list_promises (db, query, error);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);

  if (records == NULL)
    return NULL;
  for (guint i = 0; i < records->len; i++)
    {
      g_autoptr (RubisPromiseRow) row
          = rubis_promises_judge (self, db, g_ptr_array_index (records, i), NULL, error);

      if (row == NULL)
        return NULL;
      if (is_wanted (row, states))
        g_ptr_array_add (rows, g_steal_pointer (&row));
    }
  return g_steal_pointer (&rows);
}

static GPtrArray *
list_committed (RubisSession *self, const RubisPromiseQuery *query, guint states, GError **error)
{
  RubisDatabase *db = rubis_session_take_reader (self, error);
  GPtrArray *rows = NULL;

  if (db == NULL)
    return NULL;
  if (rubis_database_begin_read (db, error))
    rows = list_from (self, db, query, states, error);
  rubis_session_return_reader (self, db);
  return rows;
}

GPtrArray *
rubis_session_list_promises (RubisSession *self, const RubisPromiseFilter *filter, GError **error)
{
  RubisPromiseQuery query = {
    .account_id = filter->account_id,
    .group_id = filter->group_id,
    .from = filter->from,
    .to = filter->to,
    .unsettled = filter->states == 0,
  };

  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);

  return list_committed (self, &query, filter->states, error);
}

RubisPromiseRow *
rubis_session_load_promise (RubisSession *self, gint64 id, GError **error)
{
  RubisPromiseQuery query = { .id = id };
  g_autoptr (GPtrArray) rows = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);

  rows = id > 0 ? list_committed (self, &query, G_MAXUINT, error) : g_ptr_array_new ();
  if (rows == NULL)
    return NULL;
  if (rows->len == 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                           _ ("There is no such promise in the dossier."));
      return NULL;
    }
  return g_object_ref (g_ptr_array_index (rows, 0));
}

void
rubis_promise_counts_add (RubisPromiseCounts *self, const RubisPromiseRow *row)
{
  RubisPromiseState state = row->state;

  /* Whether it was broken shows when the payment is allocated. */
  if (row->unallocated.in_time > 0)
    return;
  self->n_kept += state == RUBIS_PROMISE_KEPT;
  self->n_partial += state == RUBIS_PROMISE_PARTIAL;
  self->n_broken += state == RUBIS_PROMISE_BROKEN;
  self->n_open += state == RUBIS_PROMISE_OPEN;
}

/* @said: (transfer full) */
static void
append_count (GString *text, int n, char *said)
{
  if (n > 0)
    g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", said);
  g_free (said);
}

char *
rubis_promise_counts_describe (const RubisPromiseCounts *self)
{
  g_autoptr(GString) text = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, NULL);

  append_count (text, self->n_kept,
                g_strdup_printf (ngettext ("%d kept", "%d kept", (gulong) self->n_kept), self->n_kept));
  append_count (text, self->n_partial,
                g_strdup_printf (ngettext ("%d kept in part", "%d kept in part", (gulong) self->n_partial),
                                 self->n_partial));
  append_count (text, self->n_broken,
                g_strdup_printf (ngettext ("%d broken", "%d broken", (gulong) self->n_broken), self->n_broken));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

gboolean
rubis_session_count_promises (RubisSession *self, gint64 account_id, RubisPromiseCounts *counts,
                              GError **error)
{
  RubisPromiseQuery query = { .account_id = account_id };
  g_autoptr (GPtrArray) rows = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && counts != NULL, FALSE);

  *counts = (RubisPromiseCounts){ 0 };
  rows = list_committed (self, &query, G_MAXUINT, error);
  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      const RubisPromiseRow *row = g_ptr_array_index (rows, i);

      rubis_promise_counts_add (counts, row);
    }
  return TRUE;
}
