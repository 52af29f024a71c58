#include "rubis-store-calls.h"

#include <glib/gi18n-lib.h>

#define CONTACT_NAME "coalesce (trim (c.first_name || ' ' || c.last_name), ''), coalesce (c.email, '')"

#define CALL_COLUMNS                                                                                         \
  "k.id, k.account_id, a.code, a.name, coalesce (k.event_id, 0), coalesce (k.contact_id, 0), " CONTACT_NAME  \
  ", k.phone, k.date, k.began_at, k.seconds, k.result, k.note, k.rank "                                      \
  "FROM call k JOIN account a ON a.id = k.account_id LEFT JOIN contact c ON c.id = k.contact_id "

#define CALLBACK_COLUMNS                                                                                     \
  "k.id, k.account_id, a.code, a.name, coalesce (k.contact_id, 0), " CONTACT_NAME ", k.date, k.minute, "     \
  "k.reason, k.state, coalesce (k.call_id, 0) "                                                              \
  "FROM callback k JOIN account a ON a.id = k.account_id LEFT JOIN contact c ON c.id = k.contact_id "

void
rubis_call_line_free (RubisCallLine *self)
{
  g_free (self->account_code);
  g_free (self->account_name);
  g_free (self->contact);
  g_free (self->contact_email);
  g_free (self->phone);
  g_free (self->result);
  g_free (self->note);
  g_free (self);
}

void
rubis_callback_line_free (RubisCallbackLine *self)
{
  g_free (self->account_code);
  g_free (self->account_name);
  g_free (self->contact);
  g_free (self->reason);
  g_free (self->state);
  g_free (self);
}

void
rubis_call_place_clear (RubisCallPlace *self)
{
  g_clear_pointer (&self->time_zone, g_free);
  g_clear_pointer (&self->country, g_free);
  g_clear_pointer (&self->postcode, g_free);
  g_clear_pointer (&self->payment_process, g_free);
}

/* --- calls --- */

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

gboolean
rubis_store_insert_call (RubisDatabase *db, RubisCallLine *call, GError **error)
{
  RubisStatement *statement
      = rubis_database_get (db,
                            "INSERT INTO call (account_id, event_id, contact_id, phone, date, began_at, "
                            "seconds, result, note, rank) "
                            "VALUES ($1, nullif ($2, 0), nullif ($3, 0), $4, $5, $6, $7, $8, $9, $10)",
                            error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "iiitdinttn", call->account_id, call->event_id, call->contact_id,
                        or_empty (call->phone), call->date, call->began_at, call->seconds, call->result,
                        or_empty (call->note), call->rank);
  if (!rubis_statement_run (statement, error))
    return FALSE;
  call->id = rubis_database_last_id (db);
  return TRUE;
}

gboolean
rubis_store_set_call_voided (RubisDatabase *db, gint64 id, gboolean voided, gint64 event_id, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db, "UPDATE call SET voided = $2, event_id = coalesce (nullif ($3, 0), event_id) WHERE id = $1", error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "ini", id, voided ? 1 : 0, event_id);
  return rubis_statement_run (statement, error);
}

static RubisCallLine *
read_call (RubisStatement *row)
{
  RubisCallLine *call = g_new0 (RubisCallLine, 1);

  call->id = rubis_statement_int (row, 0);
  call->account_id = rubis_statement_int (row, 1);
  call->account_code = g_strdup (rubis_statement_text (row, 2));
  call->account_name = g_strdup (rubis_statement_text (row, 3));
  call->event_id = rubis_statement_int (row, 4);
  call->contact_id = rubis_statement_int (row, 5);
  call->contact = g_strdup (rubis_statement_text (row, 6));
  call->contact_email = g_strdup (rubis_statement_text (row, 7));
  call->phone = g_strdup (rubis_statement_text (row, 8));
  call->date = rubis_statement_date (row, 9);
  call->began_at = rubis_statement_int (row, 10);
  call->seconds = (int)rubis_statement_int (row, 11);
  call->result = g_strdup (rubis_statement_text (row, 12));
  call->note = g_strdup (rubis_statement_text (row, 13));
  call->rank = (int)rubis_statement_int (row, 14);
  return call;
}

RubisCallLine *
rubis_store_load_call (RubisDatabase *db, gint64 id, GError **error)
{
  RubisStatement *statement
      = rubis_database_get (db, "SELECT " CALL_COLUMNS "WHERE k.id = $1 AND k.voided = 0", error);
  RubisCallLine *call = NULL;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "i", id);
  if (rubis_statement_step (statement, error) == RUBIS_STEP_ROW)
    call = read_call (statement);
  rubis_statement_reset (statement);
  return call;
}

GPtrArray *
rubis_store_list_calls (RubisDatabase *db, gint64 account_id, RubisDate from, RubisDate to, GError **error)
{
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func ((GDestroyNotify)rubis_call_line_free);
  RubisStatement *statement
      = rubis_database_get (db,
                            "SELECT " CALL_COLUMNS "WHERE k.voided = 0 AND ($1 = 0 OR k.account_id = $1) "
                            "AND k.date >= coalesce ($2, k.date) AND k.date <= coalesce ($3, k.date) "
                            "ORDER BY k.date DESC, k.id DESC",
                            error);
  RubisRow row = RUBIS_STEP_ERROR;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "idd", account_id, from, to);
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    g_ptr_array_add (calls, read_call (statement));
  return row == RUBIS_STEP_DONE ? g_steal_pointer (&calls) : NULL;
}

gboolean
rubis_store_set_call_of (RubisDatabase *db, const char *table, gint64 id, gint64 call_id, GError **error)
{
  static const char *const tables[] = { "promise", "dispute", "plan" };
  static const char *const statements[] = {
    "UPDATE promise SET call_id = $2 WHERE id = $1",
    "UPDATE dispute SET call_id = $2 WHERE id = $1",
    "UPDATE plan SET call_id = $2 WHERE id = $1",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      RubisStatement *statement;

      if (!g_str_equal (tables[i], table))
        continue;
      statement = rubis_database_get (db, statements[i], error);
      if (statement == NULL)
        return FALSE;
      rubis_statement_bind (statement, "ii", id, call_id);
      return rubis_statement_run (statement, error);
    }
  g_return_val_if_reached (FALSE);
}

gboolean
rubis_store_link_plans_to_call (RubisDatabase *db, gint64 account_id, RubisDate date, gint64 call_id,
                                GError **error)
{
  RubisStatement *statement
      = rubis_database_get (db,
                            "UPDATE plan SET call_id = $3 WHERE account_id = $1 AND agreed_on = $2 "
                            "AND call_id IS NULL AND voided = 0",
                            error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "idi", account_id, date, call_id);
  return rubis_statement_run (statement, error);
}

#define NUMBERS_OF(table, key)                                                                               \
  "coalesce ((SELECT group_concat (i.number, ', ') FROM " table " x JOIN item i ON i.id = x.item_id "        \
  "WHERE x." key " = o.id), '')"

static void
agreement_free (gpointer data)
{
  RubisCallAgreement *agreement = data;

  g_free (agreement->text);
  g_free (agreement);
}

GPtrArray *
rubis_store_list_call_agreements (RubisDatabase *db, gint64 call_id, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db,
      "SELECT 'p', o.id, o.date, o.amount, o.currency, " NUMBERS_OF (
          "promise_item",
          "promise_id") " FROM promise o WHERE o.call_id = $1 AND o.voided = 0 "
                        "UNION ALL SELECT 'd', o.id, NULL, (SELECT coalesce (sum (x.amount), 0) FROM "
                        "dispute_item x "
                        "WHERE x.dispute_id = o.id), o.currency, " NUMBERS_OF (
                            "dispute_item",
                            "dispute_id") " FROM dispute o WHERE o.call_id = $1 AND o.voided = 0 "
                                          "UNION ALL SELECT 'l', o.id, (SELECT min (n.due_date) FROM "
                                          "plan_instalment n WHERE n.plan_id = o.id), "
                                          "(SELECT coalesce (sum (n.amount), 0) FROM plan_instalment n WHERE "
                                          "n.plan_id = o.id), o.currency, " NUMBERS_OF (
                                              "plan_item",
                                              "plan_id") " FROM plan o WHERE o.call_id = $1 AND o.voided = 0",
      error);
  g_autoptr (GPtrArray) agreements = g_ptr_array_new_with_free_func (agreement_free);
  RubisRow row = RUBIS_STEP_ERROR;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "i", call_id);
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    {
      RubisCallAgreement *agreement = g_new0 (RubisCallAgreement, 1);

      agreement->kind = rubis_statement_text (statement, 0)[0];
      agreement->id = rubis_statement_int (statement, 1);
      agreement->date = rubis_statement_date (statement, 2);
      agreement->amount = rubis_statement_int (statement, 3);
      rubis_currency_parse (rubis_statement_text (statement, 4), &agreement->currency);
      agreement->text = g_strdup (rubis_statement_text (statement, 5));
      g_ptr_array_add (agreements, agreement);
    }
  return row == RUBIS_STEP_DONE ? g_steal_pointer (&agreements) : NULL;
}

/* --- callbacks --- */

gboolean
rubis_store_insert_callback (RubisDatabase *db, RubisCallbackLine *callback, GError **error)
{
  RubisStatement *statement
      = rubis_database_get (db,
                            "INSERT INTO callback (account_id, contact_id, date, minute, reason, call_id) "
                            "VALUES ($1, nullif ($2, 0), $3, $4, $5, nullif ($6, 0))",
                            error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "iidnti", callback->account_id, callback->contact_id, callback->date,
                        callback->minute, or_empty (callback->reason), callback->call_id);
  if (!rubis_statement_run (statement, error))
    return FALSE;
  callback->id = rubis_database_last_id (db);
  return TRUE;
}

gboolean
rubis_store_set_callback_state (RubisDatabase *db, gint64 id, const char *state, GError **error)
{
  RubisStatement *statement = rubis_database_get (db, "UPDATE callback SET state = $2 WHERE id = $1", error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "it", id, state);
  return rubis_statement_run (statement, error);
}

static RubisCallbackLine *
read_callback (RubisStatement *row)
{
  RubisCallbackLine *callback = g_new0 (RubisCallbackLine, 1);

  callback->id = rubis_statement_int (row, 0);
  callback->account_id = rubis_statement_int (row, 1);
  callback->account_code = g_strdup (rubis_statement_text (row, 2));
  callback->account_name = g_strdup (rubis_statement_text (row, 3));
  callback->contact_id = rubis_statement_int (row, 4);
  callback->contact = g_strdup (rubis_statement_text (row, 5));
  callback->date = rubis_statement_date (row, 7);
  callback->minute = (int)rubis_statement_int (row, 8);
  callback->reason = g_strdup (rubis_statement_text (row, 9));
  callback->state = g_strdup (rubis_statement_text (row, 10));
  callback->call_id = rubis_statement_int (row, 11);
  return callback;
}

RubisCallbackLine *
rubis_store_load_callback (RubisDatabase *db, gint64 id, GError **error)
{
  RubisStatement *statement = rubis_database_get (db, "SELECT " CALLBACK_COLUMNS "WHERE k.id = $1", error);
  RubisCallbackLine *callback = NULL;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "i", id);
  if (rubis_statement_step (statement, error) == RUBIS_STEP_ROW)
    callback = read_callback (statement);
  rubis_statement_reset (statement);
  return callback;
}

static GPtrArray *
read_callbacks (RubisStatement *statement, GError **error)
{
  g_autoptr (GPtrArray) callbacks = g_ptr_array_new_with_free_func ((GDestroyNotify)rubis_callback_line_free);
  RubisRow row;

  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    g_ptr_array_add (callbacks, read_callback (statement));
  return row == RUBIS_STEP_DONE ? g_steal_pointer (&callbacks) : NULL;
}

GPtrArray *
rubis_store_list_callbacks (RubisDatabase *db, gint64 account_id, RubisDate to, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db,
      "SELECT " CALLBACK_COLUMNS "WHERE k.state = 'open' AND ($1 = 0 OR k.account_id = $1) "
      "AND k.date <= coalesce ($2, k.date) "
      "ORDER BY k.date, CASE WHEN k.minute < 0 THEN 1440 ELSE k.minute END, k.id",
      error);

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "id", account_id, to);
  return read_callbacks (statement, error);
}

GPtrArray *
rubis_store_list_callbacks_of (RubisDatabase *db, gint64 call_id, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db, "SELECT " CALLBACK_COLUMNS "WHERE k.call_id = $1 AND k.state <> 'cancelled' ORDER BY k.id", error);

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "i", call_id);
  return read_callbacks (statement, error);
}

/* --- the customer --- */

gboolean
rubis_store_load_call_place (RubisDatabase *db, gint64 account_id, RubisCallPlace *place, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db, "SELECT time_zone, country, postcode, payment_process FROM account WHERE id = $1", error);
  RubisRow row;

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "i", account_id);
  row = rubis_statement_step (statement, error);
  if (row == RUBIS_STEP_ROW)
    {
      place->time_zone = g_strdup (rubis_statement_text (statement, 0));
      place->country = g_strdup (rubis_statement_text (statement, 1));
      place->postcode = g_strdup (rubis_statement_text (statement, 2));
      place->payment_process = g_strdup (rubis_statement_text (statement, 3));
    }
  else if (row == RUBIS_STEP_DONE)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("This account is not in the dossier any more."));
  rubis_statement_reset (statement);
  return row == RUBIS_STEP_ROW;
}
