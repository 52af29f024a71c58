#include "rubis-store-sent.h"

#include "rubis-text.h"

/* What was called off, or waits in the outbox, has not left; letters wait for the printer with "to_post". */
#define HAS_LEFT                                                                                             \
  "NOT EXISTS (SELECT 1 FROM outbox o WHERE o.document_id = d.id AND o.state NOT IN ('sent', 'delivered', "  \
  "'bounced_soft', 'bounced_hard', 'unknown')) "
#define IN_GROUP                                                                                             \
  "($1 = 0 OR d.account_id IN (SELECT m.account_id FROM account_group_member m JOIN account_group_closure "  \
  "c "                                                                                                       \
  "ON c.descendant_id = m.group_id WHERE c.ancestor_id = $1)) "
#define NEWEST_FIRST "ORDER BY d.date DESC, d.id DESC"

void
rubis_sent_record_free (RubisSentRecord *self)
{
  g_free (self->account_code);
  g_free (self->account_name);
  g_free (self->kind);
  g_free (self->template_id);
  g_free (self->language);
  g_free (self->subject);
  g_free (self->recipient);
  g_free (self->file_name);
  g_free (self->media_type);
  g_free (self->sha256);
  g_free (self->event_at);
  g_free (self->event_hash);
  g_free (self);
}

/* "%text%" with the signs of LIKE taken as they are. */
static char *
make_pattern (const char *text)
{
  g_autoptr (GString) pattern = g_string_new ("%");

  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '%' || *p == '_' || *p == '\\')
        g_string_append_c (pattern, '\\');
      g_string_append_c (pattern, *p);
    }
  g_string_append_c (pattern, '%');
  return g_string_free (g_steal_pointer (&pattern), FALSE);
}

static RubisStatement *
choose_statement (RubisDatabase *db, gint64 account_id, const char *text, GError **error)
{
  if (*text != '\0')
    return rubis_database_get (
        db,
        "SELECT d.id FROM document d JOIN account a ON a.id = d.account_id WHERE " HAS_LEFT "AND " IN_GROUP
        "AND ($2 = 0 OR d.account_id = $2) "
        "AND (a.search_key LIKE $3 ESCAPE '\\' OR d.subject LIKE $4 ESCAPE '\\' "
        "OR d.recipient LIKE $4 ESCAPE '\\') " NEWEST_FIRST,
        error);
  if (account_id != 0)
    return rubis_database_get (
        db, "SELECT d.id FROM document d WHERE d.account_id = $2 AND " HAS_LEFT "AND " IN_GROUP NEWEST_FIRST,
        error);
  return rubis_database_get (db, "SELECT d.id FROM document d WHERE " HAS_LEFT "AND " IN_GROUP NEWEST_FIRST,
                             error);
}

GArray *
rubis_store_find_sent (RubisDatabase *db, gint64 group_id, gint64 account_id, const char *text,
                       GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *folded = rubis_text_fold (text);
  g_autofree char *key = make_pattern (folded);
  g_autofree char *plain = make_pattern (text);
  RubisStatement *statement = choose_statement (db, account_id, text, error);
  RubisRow row;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "iitt", group_id, account_id, key, plain);
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    {
      gint64 id = rubis_statement_int (statement, 0);

      g_array_append_val (ids, id);
    }
  return row == RUBIS_STEP_DONE ? g_steal_pointer (&ids) : NULL;
}

static RubisSentRecord *
read_sent (RubisStatement *row)
{
  RubisSentRecord *record = g_new0 (RubisSentRecord, 1);

  record->id = rubis_statement_int (row, 0);
  record->event_id = rubis_statement_int (row, 1);
  record->account_id = rubis_statement_int (row, 2);
  record->account_code = g_strdup (rubis_statement_text (row, 3));
  record->account_name = g_strdup (rubis_statement_text (row, 4));
  record->kind = g_strdup (rubis_statement_text (row, 5));
  record->template_id = g_strdup (rubis_statement_text (row, 6));
  record->template_version = (int)rubis_statement_int (row, 7);
  record->language = g_strdup (rubis_statement_text (row, 8));
  g_strlcpy (record->currency.code, rubis_statement_text (row, 9), sizeof record->currency.code);
  record->amount = rubis_statement_int (row, 10);
  record->date = rubis_statement_date (row, 11);
  record->subject = g_strdup (rubis_statement_text (row, 12));
  record->recipient = g_strdup (rubis_statement_text (row, 13));
  record->file_name = g_strdup (rubis_statement_text (row, 14));
  record->media_type = g_strdup (rubis_statement_text (row, 15));
  record->n_pages = (int)rubis_statement_int (row, 16);
  record->to_post = rubis_statement_int (row, 17) != 0;
  record->sha256 = g_strdup (rubis_statement_text (row, 18));
  record->event_at = g_strdup (rubis_statement_text (row, 19));
  record->event_hash = g_strdup (rubis_statement_text (row, 20));
  return record;
}

RubisSentRecord *
rubis_store_load_sent (RubisDatabase *db, gint64 id, GError **error)
{
  RubisStatement *statement
      = rubis_database_get (db,
                            "SELECT d.id, coalesce (d.event_id, 0), d.account_id, a.code, a.name, d.kind, "
                            "d.template_id, d.template_version, "
                            "d.language, d.currency, d.amount, d.date, d.subject, d.recipient, d.file_name, "
                            "d.media_type, d.n_pages, d.to_post, "
                            "d.sha256, e.at, e.hash FROM document d JOIN account a ON a.id = d.account_id "
                            "LEFT JOIN event e ON e.id = d.event_id WHERE d.id = $1",
                            error);
  RubisSentRecord *record = NULL;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "i", id);
  if (rubis_statement_step (statement, error) == RUBIS_STEP_ROW)
    record = read_sent (statement);
  rubis_statement_reset (statement);
  return record;
}
