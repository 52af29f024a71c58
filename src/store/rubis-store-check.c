#include "rubis-store-check.h"

#include "rubis-store-events.h"

void
rubis_check_result_free (RubisCheckResult *self)
{
  g_free (self->first);
  g_free (self);
}

/* Each statement gives one row with a text per fault. */
static const struct {
  const char *id;
  const char *sql;
} questions[] = {
  { "pages", "SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'" },
  { "references", "SELECT \"table\" || ' ' || coalesce (rowid, 0) FROM pragma_foreign_key_check" },
  { "open",
    "SELECT i.number FROM item i LEFT JOIN (SELECT item_id, sum (amount) AS paid FROM allocation GROUP BY item_id) s "
    "ON s.item_id = i.id WHERE i.open <> i.total - coalesce (s.paid, 0) ORDER BY i.id" },
  { "levels",
    "SELECT i.number FROM item i LEFT JOIN (SELECT item_id, level, max (event_id) AS event_id FROM event_item "
    "WHERE level IS NOT NULL AND event_id NOT IN (SELECT event_id FROM void_event) GROUP BY item_id) x ON x.item_id = i.id LEFT JOIN event e ON e.id = x.event_id "
    /* The level that a file brought is that of another program's journal. */
    "WHERE (x.level IS NOT NULL OR i.first_batch IS NULL) "
    "AND (i.level <> coalesce (x.level, -1) OR coalesce (i.level_date, 0) <> coalesce (e.date, 0)) ORDER BY i.id" },
  { "agreements",
    "SELECT i.number FROM item i WHERE i.disputed <> coalesce ((SELECT sum (x.amount) FROM dispute_item x "
    "JOIN dispute d ON d.id = x.dispute_id WHERE x.item_id = i.id AND d.voided = 0 AND d.keep_dunning = 0 "
    "AND d.state IN ('open', 'examined', 'credit_awaited')), 0) "
    "OR i.contested <> coalesce ((SELECT sum (x.amount) FROM dispute_item x JOIN dispute d ON d.id = x.dispute_id "
    "WHERE x.item_id = i.id AND d.voided = 0 AND d.state IN ('open', 'examined', 'credit_awaited')), 0) "
    "OR coalesce (i.resumed_date, 0) <> coalesce ((SELECT max (d.closed_on) FROM dispute_item x "
    "JOIN dispute d ON d.id = x.dispute_id WHERE x.item_id = i.id AND d.voided = 0 AND d.keep_dunning = 0), 0) "
    "OR coalesce (i.promise_date, 0) <> coalesce ((SELECT max (p.date) FROM promise_item x "
    "JOIN promise p ON p.id = x.promise_id WHERE x.item_id = i.id AND x.replaced_by IS NULL AND p.state = 'open' "
    "AND p.withdrawn_on IS NULL AND p.voided = 0), 0) "
    "OR i.in_plan <> EXISTS (SELECT 1 FROM plan_item x JOIN plan p ON p.id = x.plan_id WHERE x.item_id = i.id "
    "AND p.state = 'active' AND p.voided = 0) ORDER BY i.id" },
  { "notices",
    "SELECT i.number FROM item i WHERE coalesce (i.notice_until, 0) <> coalesce ((SELECT max (r.notice_until) "
    "FROM event_item x JOIN document d ON d.event_id = x.event_id JOIN registered_letter r ON r.document_id = d.id "
    "WHERE x.item_id = i.id), 0) ORDER BY i.id" },
  { "contacts",
    "SELECT a.code FROM account a LEFT JOIN (SELECT account_id, max (date) AS date FROM event WHERE kind IN "
    "('email', 'letter', 'registered', 'call', 'visit', 'sms') AND id NOT IN (SELECT event_id FROM void_event) "
    "GROUP BY account_id) e ON e.account_id = a.id "
    "WHERE coalesce (a.last_contact, 0) <> coalesce (e.date, 0) ORDER BY a.id" },
  { "outbox",
    "SELECT o.send_key FROM outbox o LEFT JOIN document d ON d.id = o.document_id WHERE (o.event_id IS NULL AND o.state NOT IN ('draft', 'cancelled')) "
    "OR (o.document_id IS NOT NULL AND d.id IS NULL) ORDER BY o.id" },
  /* What left by a sender has its bytes and the attempt that took it out; an attempt is open while it goes on only;
   * and nothing is tried again that may have left. */
  { "attempts",
    "SELECT o.send_key FROM outbox o WHERE "
    "(o.sent_at > 0 AND (o.document_id IS NULL OR NOT EXISTS (SELECT 1 FROM outbox_attempt x WHERE x.outbox_id = o.id "
    "AND x.fate = 'sent'))) "
    "OR (o.state = 'sending' AND NOT EXISTS (SELECT 1 FROM outbox_attempt x WHERE x.outbox_id = o.id AND x.fate = '')) "
    "OR (o.state <> 'sending' AND EXISTS (SELECT 1 FROM outbox_attempt x WHERE x.outbox_id = o.id AND x.fate = '')) "
    "OR (o.state IN ('approved', 'queued', 'refused', 'cancelled') AND EXISTS (SELECT 1 FROM outbox_attempt x "
    "WHERE x.outbox_id = o.id AND x.fate = 'unknown')) "
    "OR o.n_attempts <> (SELECT count (*) FROM outbox_attempt x WHERE x.outbox_id = o.id) ORDER BY o.id" },
  /* Nothing reached the customer: his items do not have the level of it. */
  { "not-left",
    "SELECT o.send_key FROM outbox o WHERE o.state IN ('refused', 'cancelled') AND o.event_id IS NOT NULL "
    "AND NOT EXISTS (SELECT 1 FROM void_event v WHERE v.event_id = o.event_id) ORDER BY o.id" },
};

static RubisCheckResult *
ask (RubisDatabase *db, const char *id, const char *sql, GError **error)
{
  g_autoptr(RubisStatement) statement = rubis_database_prepare (db, sql, error);
  RubisCheckResult *result;
  RubisRow row;

  if (statement == NULL)
    return NULL;
  result = g_new0 (RubisCheckResult, 1);
  result->id = id;
  result->first = g_strdup ("");
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    {
      if (result->n_faults++ == 0)
        {
          g_free (result->first);
          result->first = g_strdup (rubis_statement_text (statement, 0));
        }
    }
  if (row == RUBIS_STEP_DONE)
    return result;
  rubis_check_result_free (result);
  return NULL;
}

static RubisCheckResult *
check_documents (RubisDatabase *db, GError **error)
{
  g_autoptr(RubisStatement) statement = rubis_database_prepare (
    db,
    "SELECT id, file_name, sha256, content FROM document UNION ALL "
    "SELECT id, file_name, sha256, content FROM attachment UNION ALL "
    "SELECT id, 'bordereau-depot-' || id || '.pdf', sha256, content FROM deposit_list UNION ALL "
    "SELECT id, 'message-' || id || '.eml', sha256, content FROM incoming",
    error);
  RubisCheckResult *result;
  RubisRow row;

  if (statement == NULL)
    return NULL;
  result = g_new0 (RubisCheckResult, 1);
  result->id = "documents";
  result->first = g_strdup ("");
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    {
      g_autoptr(GBytes) content = rubis_statement_blob (statement, 3);
      g_autofree char *sum = content != NULL ? g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, content)
                                             : g_compute_checksum_for_string (G_CHECKSUM_SHA256, "", 0);

      if (!g_str_equal (sum, rubis_statement_text (statement, 2)) && result->n_faults++ == 0)
        {
          g_free (result->first);
          result->first = g_strdup (rubis_statement_text (statement, 1));
        }
    }
  if (row == RUBIS_STEP_DONE)
    return result;
  rubis_check_result_free (result);
  return NULL;
}

static RubisCheckResult *
check_journal (RubisDatabase *db, GError **error)
{
  RubisCheckResult *result;
  gint64 n_events = 0;
  gint64 broken = 0;

  if (!rubis_store_verify_journal (db, &n_events, &broken, error))
    return NULL;
  result = g_new0 (RubisCheckResult, 1);
  result->id = "journal";
  result->n_faults = broken != 0 ? 1 : 0;
  result->first = broken != 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, broken) : g_strdup ("");
  return result;
}

GPtrArray *
rubis_store_check (RubisDatabase *db, GError **error)
{
  g_autoptr(GPtrArray) results = g_ptr_array_new_with_free_func ((GDestroyNotify) rubis_check_result_free);
  RubisCheckResult *last;

  for (gsize i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      RubisCheckResult *result = ask (db, questions[i].id, questions[i].sql, error);

      if (result == NULL)
        return NULL;
      g_ptr_array_add (results, result);
    }
  last = check_documents (db, error);
  if (last == NULL)
    return NULL;
  g_ptr_array_add (results, last);
  last = check_journal (db, error);
  if (last == NULL)
    return NULL;
  g_ptr_array_add (results, last);
  return g_steal_pointer (&results);
}
