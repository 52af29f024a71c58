#include "rubis-store-post.h"

#define POST_SELECT                                                                                          \
  "SELECT d.id, d.account_id, coalesce (o.id, 0), coalesce (o.state, ''), d.kind, d.date, d.subject, "       \
  "d.currency, "                                                                                             \
  "d.amount, d.n_pages, d.to_post, coalesce (r.guarantee, ''), coalesce (r.with_receipt, 1), "               \
  "coalesce (r.number, ''), coalesce (j.id, 0), coalesce (j.state, '') FROM document d "                     \
  "LEFT JOIN outbox o ON o.document_id = d.id LEFT JOIN registered_letter r ON r.document_id = d.id "        \
  "LEFT JOIN print_job j ON j.id = (SELECT max (p.job_id) FROM print_job_document p WHERE p.document_id = "  \
  "d.id) "                                                                                                   \
  "WHERE coalesce (o.state, '') <> 'cancelled' AND d.kind IN ('letter', 'registered') AND "

#define JOB_COLUMNS "id, at, date, printer, duplex, copies, n_letters, n_pages, n_sheets, postage, state"

void
rubis_post_record_free (RubisPostRecord *self)
{
  g_free (self->outbox_state);
  g_free (self->kind);
  g_free (self->subject);
  g_free (self->guarantee);
  g_free (self->number);
  g_free (self->job_state);
  g_free (self);
}

static RubisPostRecord *
read_post (RubisStatement *row)
{
  RubisPostRecord *record = g_new0 (RubisPostRecord, 1);

  record->document_id = rubis_statement_int (row, 0);
  record->account_id = rubis_statement_int (row, 1);
  record->outbox_id = rubis_statement_int (row, 2);
  record->outbox_state = g_strdup (rubis_statement_text (row, 3));
  record->kind = g_strdup (rubis_statement_text (row, 4));
  record->date = rubis_statement_date (row, 5);
  record->subject = g_strdup (rubis_statement_text (row, 6));
  g_strlcpy (record->currency.code, rubis_statement_text (row, 7), sizeof record->currency.code);
  record->amount = rubis_statement_int (row, 8);
  record->n_pages = (int)rubis_statement_int (row, 9);
  record->to_post = rubis_statement_int (row, 10) != 0;
  record->guarantee = g_strdup (rubis_statement_text (row, 11));
  record->with_receipt = rubis_statement_int (row, 12) != 0;
  record->number = g_strdup (rubis_statement_text (row, 13));
  record->job_id = rubis_statement_int (row, 14);
  record->job_state = g_strdup (rubis_statement_text (row, 15));
  return record;
}

GPtrArray *
rubis_store_list_post (RubisDatabase *db, RubisDate date, GError **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify)rubis_post_record_free);
  RubisStatement *statement = date == RUBIS_DATE_NONE
                                  ? rubis_database_get (db, POST_SELECT "d.to_post = 1 ORDER BY d.id", error)
                                  : rubis_database_get (db, POST_SELECT "d.date = $1 ORDER BY d.id", error);
  RubisRow row;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "d", date);
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    g_ptr_array_add (records, read_post (statement));
  return row == RUBIS_STEP_DONE ? g_steal_pointer (&records) : NULL;
}

RubisPostRecord *
rubis_store_load_post (RubisDatabase *db, gint64 document_id, GError **error)
{
  RubisStatement *statement = rubis_database_get (db, POST_SELECT "d.id = $1", error);
  RubisPostRecord *record = NULL;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "i", document_id);
  if (rubis_statement_step (statement, error) == RUBIS_STEP_ROW)
    record = read_post (statement);
  rubis_statement_reset (statement);
  return record;
}

gboolean
rubis_store_set_to_post (RubisDatabase *db, gint64 document_id, gboolean to_post, GError **error)
{
  RubisStatement *statement
      = rubis_database_get (db, "UPDATE document SET to_post = $2 WHERE id = $1", error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "in", document_id, to_post ? 1 : 0);
  return rubis_statement_run (statement, error);
}

gboolean
rubis_store_count_to_post (RubisDatabase *db, gint64 *n_letters, GError **error)
{
  *n_letters = 0;
  return rubis_database_query_int (db, "SELECT count (*) FROM document WHERE to_post = 1", n_letters, error);
}

void
rubis_print_job_record_free (RubisPrintJobRecord *self)
{
  g_free (self->at);
  g_free (self->printer);
  g_free (self->state);
  g_free (self);
}

gboolean
rubis_store_insert_print_job (RubisDatabase *db, RubisPrintJobRecord *job, GArray *document_ids,
                              GError **error)
{
  RubisStatement *statement = rubis_database_get (db,
                                                  "INSERT INTO print_job (at, date, printer, duplex, copies, "
                                                  "n_letters, n_pages, n_sheets, postage, state) "
                                                  "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                                                  error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "sdsnnnnnis", job->at, job->date, job->printer, job->duplex ? 1 : 0,
                        job->copies, job->n_letters, job->n_pages, job->n_sheets, job->postage, job->state);
  if (!rubis_statement_run (statement, error))
    return FALSE;
  job->id = rubis_database_last_id (db);
  statement = rubis_database_get (
      db, "INSERT INTO print_job_document (job_id, position, document_id) VALUES ($1, $2, $3)", error);
  for (guint i = 0; statement != NULL && i < document_ids->len; i++)
    {
      rubis_statement_bind (statement, "ini", job->id, (int)i, g_array_index (document_ids, gint64, i));
      if (!rubis_statement_run (statement, error))
        return FALSE;
    }
  return statement != NULL;
}

gboolean
rubis_store_set_print_job_state (RubisDatabase *db, gint64 id, const char *state, GError **error)
{
  RubisStatement *statement = rubis_database_get (db, "UPDATE print_job SET state = $2 WHERE id = $1", error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "it", id, state);
  return rubis_statement_run (statement, error);
}

static RubisPrintJobRecord *
read_job (RubisStatement *row)
{
  RubisPrintJobRecord *job = g_new0 (RubisPrintJobRecord, 1);

  job->id = rubis_statement_int (row, 0);
  job->at = g_strdup (rubis_statement_text (row, 1));
  job->date = rubis_statement_date (row, 2);
  job->printer = g_strdup (rubis_statement_text (row, 3));
  job->duplex = rubis_statement_int (row, 4) != 0;
  job->copies = (int)rubis_statement_int (row, 5);
  job->n_letters = (int)rubis_statement_int (row, 6);
  job->n_pages = (int)rubis_statement_int (row, 7);
  job->n_sheets = (int)rubis_statement_int (row, 8);
  job->postage = rubis_statement_int (row, 9);
  job->state = g_strdup (rubis_statement_text (row, 10));
  return job;
}

GPtrArray *
rubis_store_list_print_jobs (RubisDatabase *db, int limit, GError **error)
{
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func ((GDestroyNotify)rubis_print_job_record_free);
  RubisStatement *statement
      = rubis_database_get (db, "SELECT " JOB_COLUMNS " FROM print_job ORDER BY id DESC LIMIT $1", error);
  RubisRow row;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "n", limit > 0 ? limit : -1);
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    g_ptr_array_add (jobs, read_job (statement));
  return row == RUBIS_STEP_DONE ? g_steal_pointer (&jobs) : NULL;
}

RubisPrintJobRecord *
rubis_store_load_print_job (RubisDatabase *db, gint64 id, GError **error)
{
  RubisStatement *statement
      = rubis_database_get (db, "SELECT " JOB_COLUMNS " FROM print_job WHERE id = $1", error);
  RubisPrintJobRecord *job = NULL;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "i", id);
  if (rubis_statement_step (statement, error) == RUBIS_STEP_ROW)
    job = read_job (statement);
  rubis_statement_reset (statement);
  return job;
}

GArray *
rubis_store_list_print_job_documents (RubisDatabase *db, gint64 id, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  RubisStatement *statement = rubis_database_get (
      db, "SELECT document_id FROM print_job_document WHERE job_id = $1 ORDER BY position", error);
  RubisRow row;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "i", id);
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    {
      gint64 document_id = rubis_statement_int (statement, 0);

      g_array_append_val (ids, document_id);
    }
  return row == RUBIS_STEP_DONE ? g_steal_pointer (&ids) : NULL;
}
