#include "rubis-store-cases.h"

void
rubis_case_file_free (RubisCaseFile *self)
{
  if (self == NULL)
    return;
  g_free (self->kind);
  g_free (self->title);
  g_free (self->file_name);
  g_free (self->media_type);
  g_free (self->template_id);
  g_clear_pointer (&self->content, g_bytes_unref);
  g_free (self);
}

void
rubis_case_letter_free (RubisCaseLetter *self)
{
  g_free (self->number);
  g_free (self->state);
  g_free (self);
}

void
rubis_case_payment_free (RubisCasePayment *self)
{
  g_free (self->credit);
  g_free (self);
}

GPtrArray *
rubis_store_list_case_files (RubisDatabase *db, gint64 account_id, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db,
      "SELECT 0 AS source, d.id AS id, d.kind, d.subject, d.file_name, d.media_type, d.template_id, d.date "
      "AS date, "
      "coalesce (d.event_id, 0), 0, coalesce (r.id, 0), d.content "
      "FROM document d LEFT JOIN registered_letter r ON r.document_id = d.id WHERE d.account_id = $1 "
      /* What was called off never left: it proves nothing. */
      /* What colleagues were asked is no proof against the customer. */
      "AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.document_id = d.id AND o.dispute_id IS NOT NULL) "
      "AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.document_id = d.id AND o.state NOT IN ('sent', "
      "'delivered', 'bounced_soft')) "
      "UNION ALL SELECT 1, a.id, a.kind, a.title, a.file_name, a.media_type, '', a.added_on, 0, "
      "coalesce (a.item_id, 0), coalesce (a.registered_id, 0), a.content FROM attachment a WHERE "
      "a.account_id = $1 AND a.voided = 0 "
      "UNION ALL SELECT 2, l.id, 'deposit_proof', '', 'bordereau-depot.pdf', 'application/pdf', '', l.date, "
      "0, 0, r.id, "
      "l.content FROM registered_letter r JOIN deposit_list l ON l.id = r.deposit_id WHERE r.account_id = $1 "
      "AND l.n_letters = 1 "
      "ORDER BY date, source, id",
      error);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify)rubis_case_file_free);
  RubisRow row;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "i", account_id);
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    {
      RubisCaseFile *file = g_new0 (RubisCaseFile, 1);

      file->source = (RubisCaseSource)rubis_statement_int (statement, 0);
      file->id = rubis_statement_int (statement, 1);
      file->kind = g_strdup (rubis_statement_text (statement, 2));
      file->title = g_strdup (rubis_statement_text (statement, 3));
      file->file_name = g_strdup (rubis_statement_text (statement, 4));
      file->media_type = g_strdup (rubis_statement_text (statement, 5));
      file->template_id = g_strdup (rubis_statement_text (statement, 6));
      file->date = rubis_statement_date (statement, 7);
      file->event_id = rubis_statement_int (statement, 8);
      file->item_id = rubis_statement_int (statement, 9);
      file->registered_id = rubis_statement_int (statement, 10);
      file->content = rubis_statement_blob (statement, 11);
      g_ptr_array_add (files, file);
    }
  return row == RUBIS_STEP_DONE ? g_steal_pointer (&files) : NULL;
}

GPtrArray *
rubis_store_list_case_letters (RubisDatabase *db, gint64 account_id, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db,
      "SELECT r.id, r.document_id, coalesce (d.event_id, 0), r.number, r.state, d.date, r.deposited_on, "
      "r.presented_on, "
      "r.closed_on, coalesce (l.n_letters, 0) FROM registered_letter r JOIN document d ON d.id = "
      "r.document_id "
      "LEFT JOIN deposit_list l ON l.id = r.deposit_id WHERE r.account_id = $1 "
      "ORDER BY d.date, r.id",
      error);
  g_autoptr (GPtrArray) letters = g_ptr_array_new_with_free_func ((GDestroyNotify)rubis_case_letter_free);
  RubisRow row;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "i", account_id);
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    {
      RubisCaseLetter *letter = g_new0 (RubisCaseLetter, 1);

      letter->id = rubis_statement_int (statement, 0);
      letter->document_id = rubis_statement_int (statement, 1);
      letter->event_id = rubis_statement_int (statement, 2);
      letter->number = g_strdup (rubis_statement_text (statement, 3));
      letter->state = g_strdup (rubis_statement_text (statement, 4));
      letter->date = rubis_statement_date (statement, 5);
      letter->deposited_on = rubis_statement_date (statement, 6);
      letter->presented_on = rubis_statement_date (statement, 7);
      letter->closed_on = rubis_statement_date (statement, 8);
      letter->n_deposited = (int)rubis_statement_int (statement, 9);
      g_ptr_array_add (letters, letter);
    }
  return row == RUBIS_STEP_DONE ? g_steal_pointer (&letters) : NULL;
}

static int
compare_payments (gconstpointer a, gconstpointer b)
{
  const RubisCasePayment *first = *(const RubisCasePayment *const *)a;
  const RubisCasePayment *second = *(const RubisCasePayment *const *)b;

  return first->date != second->date
             ? (first->date > second->date) - (first->date < second->date)
             : (first->item_id > second->item_id) - (first->item_id < second->item_id);
}

GPtrArray *
rubis_store_list_case_payments (RubisDatabase *db, GArray *item_ids, GError **error)
{
  /* Types of items: 1 is a credit note. */
  RubisStatement *statement = rubis_database_get (
      db,
      "SELECT x.date, x.amount, coalesce (c.number, ''), coalesce (c.type = 1, 0) FROM allocation x "
      "LEFT JOIN item c ON c.id = x.credit_item_id WHERE x.item_id = $1 ORDER BY x.date, x.id",
      error);
  g_autoptr (GPtrArray) payments = g_ptr_array_new_with_free_func ((GDestroyNotify)rubis_case_payment_free);

  if (statement == NULL)
    return NULL;
  for (guint i = 0; i < item_ids->len; i++)
    {
      gint64 item_id = g_array_index (item_ids, gint64, i);
      RubisRow row;

      rubis_statement_bind (statement, "i", item_id);
      while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
        {
          RubisCasePayment *payment = g_new0 (RubisCasePayment, 1);

          payment->item_id = item_id;
          payment->date = rubis_statement_date (statement, 0);
          payment->amount = rubis_statement_int (statement, 1);
          payment->credit = g_strdup (rubis_statement_text (statement, 2));
          payment->by_credit_note = rubis_statement_int (statement, 3) != 0;
          g_ptr_array_add (payments, payment);
        }
      if (row == RUBIS_STEP_ERROR)
        return NULL;
    }
  g_ptr_array_sort (payments, compare_payments);
  return g_steal_pointer (&payments);
}

GHashTable *
rubis_store_list_case_events (RubisDatabase *db, GArray *item_ids, GError **error)
{
  RubisStatement *statement = rubis_database_get (
      db,
      "SELECT event_id FROM event_item x WHERE item_id = $1 AND NOT EXISTS (SELECT 1 FROM "
      "void_event v WHERE v.event_id = x.event_id) AND NOT EXISTS (SELECT 1 FROM outbox o "
      "WHERE o.event_id = x.event_id AND o.state NOT IN ('sent', 'delivered', 'bounced_soft'))",
      error);
  g_autoptr (GHashTable) events = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  if (statement == NULL)
    return NULL;
  for (guint i = 0; i < item_ids->len; i++)
    {
      RubisRow row;

      rubis_statement_bind (statement, "i", g_array_index (item_ids, gint64, i));
      while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
        {
          gint64 id = rubis_statement_int (statement, 0);

          g_hash_table_add (events, g_memdup2 (&id, sizeof id));
        }
      if (row == RUBIS_STEP_ERROR)
        return NULL;
    }
  return g_steal_pointer (&events);
}

gboolean
rubis_store_set_item_with_agent (RubisDatabase *db, gint64 item_id, gboolean with_agent, gboolean *was,
                                 GError **error)
{
  RubisStatement *statement = rubis_database_get (db, "SELECT with_agent FROM item WHERE id = $1", error);
  RubisRow row;

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "i", item_id);
  row = rubis_statement_step (statement, error);
  if (was != NULL)
    *was = row == RUBIS_STEP_ROW && rubis_statement_int (statement, 0) != 0;
  rubis_statement_reset (statement);
  if (row == RUBIS_STEP_ERROR)
    return FALSE;
  statement = rubis_database_get (db, "UPDATE item SET with_agent = $2 WHERE id = $1", error);
  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "in", item_id, with_agent ? 1 : 0);
  return rubis_statement_run (statement, error);
}
