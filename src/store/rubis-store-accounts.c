#include "rubis-store-accounts.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-text.h"

#define ACCOUNT_COLUMNS                                                                                                \
  "a.id, a.party_id, a.code, a.name, p.legal_form, p.siren, p.vat_id, p.kind, p.insolvency, a.address, a.postcode, "   \
  "a.city, a.country, a.email, a.phone, a.language, a.terms, a.means, a.sales_rep, coalesce (a.policy_id, ''), "       \
  "a.note, a.stop, a.stop_reason, a.stop_until, a.with_agent, a.address_bad, a.email_bad, "                            \
  "a.file_address, a.file_postcode, a.file_city, a.file_country, "                                                     \
  "a.insurer, a.time_zone, a.payment_process, coalesce (a.credit_limit, -1), "                                         \
  "(SELECT max (s.last_contact) FROM account s WHERE s.party_id = a.party_id)"

/* Where the text fields of a record lie, by the name of their column. */
static const struct {
  const char *field;
  gboolean of_party;
  gboolean number; /* stored as an integer; "" is NULL */
} fields[] = {
  { "name", FALSE, FALSE },       { "address", FALSE, FALSE },     { "postcode", FALSE, FALSE },
  { "city", FALSE, FALSE },       { "country", FALSE, FALSE },     { "email", FALSE, FALSE },
  { "phone", FALSE, FALSE },      { "language", FALSE, FALSE },    { "terms", FALSE, FALSE },
  { "means", FALSE, TRUE },       { "sales_rep", FALSE, FALSE },   { "policy_id", FALSE, FALSE },
  { "note", FALSE, FALSE },       { "stop", FALSE, TRUE },         { "stop_reason", FALSE, FALSE },
  { "stop_until", FALSE, TRUE },  { "with_agent", FALSE, TRUE },   { "last_contact", FALSE, TRUE },
  { "address_bad", FALSE, TRUE }, { "file_address", FALSE, FALSE }, { "file_postcode", FALSE, FALSE },
  { "file_city", FALSE, FALSE },  { "file_country", FALSE, FALSE }, { "siren", TRUE, FALSE },
  { "vat_id", TRUE, FALSE },      { "legal_form", TRUE, FALSE },    { "kind", TRUE, TRUE },
  { "insolvency", TRUE, TRUE },   { "insurer", FALSE, FALSE },      { "time_zone", FALSE, FALSE },
  { "payment_process", FALSE, FALSE }, { "credit_limit", FALSE, TRUE },
};

RubisAccountRecord *
rubis_account_record_new (void)
{
  RubisAccountRecord *self = g_new0 (RubisAccountRecord, 1);

  self->code = g_strdup ("");
  self->name = g_strdup ("");
  self->legal_form = g_strdup ("");
  self->siren = g_strdup ("");
  self->vat_id = g_strdup ("");
  self->address = g_strdup ("");
  self->postcode = g_strdup ("");
  self->city = g_strdup ("");
  self->country = g_strdup ("");
  self->email = g_strdup ("");
  self->phone = g_strdup ("");
  self->language = g_strdup ("");
  self->terms = g_strdup ("");
  self->sales_rep = g_strdup ("");
  self->policy_id = g_strdup ("");
  self->note = g_strdup ("");
  self->stop_reason = g_strdup ("");
  self->file_address = g_strdup ("");
  self->file_postcode = g_strdup ("");
  self->file_city = g_strdup ("");
  self->file_country = g_strdup ("");
  self->insurer = g_strdup ("");
  self->time_zone = g_strdup ("");
  self->payment_process = g_strdup ("");
  self->credit_limit = -1;
  self->stop_until = RUBIS_DATE_NONE;
  self->last_contact = RUBIS_DATE_NONE;
  return self;
}

void
rubis_account_record_free (RubisAccountRecord *self)
{
  g_free (self->code);
  g_free (self->name);
  g_free (self->legal_form);
  g_free (self->siren);
  g_free (self->vat_id);
  g_free (self->address);
  g_free (self->postcode);
  g_free (self->city);
  g_free (self->country);
  g_free (self->email);
  g_free (self->phone);
  g_free (self->language);
  g_free (self->terms);
  g_free (self->sales_rep);
  g_free (self->policy_id);
  g_free (self->note);
  g_free (self->stop_reason);
  g_free (self->file_address);
  g_free (self->file_postcode);
  g_free (self->file_city);
  g_free (self->file_country);
  g_free (self->insurer);
  g_free (self->time_zone);
  g_free (self->payment_process);
  g_free (self);
}

void
rubis_group_record_free (RubisGroupRecord *self)
{
  g_free (self->name);
  g_free (self);
}

static RubisAccountRecord *
read_account (RubisStatement *row)
{
  RubisAccountRecord *self = g_new0 (RubisAccountRecord, 1);
  int c = 0;

  self->id = rubis_statement_int (row, c++);
  self->party_id = rubis_statement_int (row, c++);
  self->code = g_strdup (rubis_statement_text (row, c++));
  self->name = g_strdup (rubis_statement_text (row, c++));
  self->legal_form = g_strdup (rubis_statement_text (row, c++));
  self->siren = g_strdup (rubis_statement_text (row, c++));
  self->vat_id = g_strdup (rubis_statement_text (row, c++));
  self->kind = (RubisPartyKind) rubis_statement_int (row, c++);
  self->insolvency = (RubisInsolvency) rubis_statement_int (row, c++);
  self->address = g_strdup (rubis_statement_text (row, c++));
  self->postcode = g_strdup (rubis_statement_text (row, c++));
  self->city = g_strdup (rubis_statement_text (row, c++));
  self->country = g_strdup (rubis_statement_text (row, c++));
  self->email = g_strdup (rubis_statement_text (row, c++));
  self->phone = g_strdup (rubis_statement_text (row, c++));
  self->language = g_strdup (rubis_statement_text (row, c++));
  self->terms = g_strdup (rubis_statement_text (row, c++));
  self->means = (RubisPaymentMeans) rubis_statement_int (row, c++);
  self->sales_rep = g_strdup (rubis_statement_text (row, c++));
  self->policy_id = g_strdup (rubis_statement_text (row, c++));
  self->note = g_strdup (rubis_statement_text (row, c++));
  self->stop = rubis_statement_int (row, c++) != 0;
  self->stop_reason = g_strdup (rubis_statement_text (row, c++));
  self->stop_until = rubis_statement_date (row, c++);
  self->with_agent = rubis_statement_int (row, c++) != 0;
  self->address_bad = rubis_statement_int (row, c++) != 0;
  self->email_bad = rubis_statement_int (row, c++) != 0;
  self->file_address = g_strdup (rubis_statement_text (row, c++));
  self->file_postcode = g_strdup (rubis_statement_text (row, c++));
  self->file_city = g_strdup (rubis_statement_text (row, c++));
  self->file_country = g_strdup (rubis_statement_text (row, c++));
  self->insurer = g_strdup (rubis_statement_text (row, c++));
  self->time_zone = g_strdup (rubis_statement_text (row, c++));
  self->payment_process = g_strdup (rubis_statement_text (row, c++));
  self->credit_limit = rubis_statement_int (row, c++);
  self->last_contact = rubis_statement_date (row, c++);
  return self;
}

RubisAccountRecord *
rubis_store_load_account (RubisDatabase *db, gint64 id, GError **error)
{
  RubisStatement *statement = rubis_database_get (
    db, "SELECT " ACCOUNT_COLUMNS " FROM account a JOIN party p ON p.id = a.party_id WHERE a.id = $1", error);
  RubisAccountRecord *account = NULL;

  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "i", id);
  if (rubis_statement_step (statement, error) == RUBIS_STEP_ROW)
    account = read_account (statement);
  rubis_statement_reset (statement);
  return account;
}

gboolean
rubis_store_find_account (RubisDatabase *db, const char *code, gint64 *id, GError **error)
{
  RubisStatement *statement = rubis_database_get (db, "SELECT id FROM account WHERE code = $1", error);
  RubisRow row;

  *id = 0;
  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "t", code);
  row = rubis_statement_step (statement, error);
  if (row == RUBIS_STEP_ROW)
    *id = rubis_statement_int (statement, 0);
  rubis_statement_reset (statement);
  return row != RUBIS_STEP_ERROR;
}

static GPtrArray *
list_accounts (RubisDatabase *db, const char *sql, GError **error)
{
  g_autoptr(GPtrArray) accounts = g_ptr_array_new_with_free_func ((GDestroyNotify) rubis_account_record_free);
  RubisStatement *statement = rubis_database_get (db, sql, error);
  RubisRow row = RUBIS_STEP_ERROR;

  if (statement == NULL)
    return NULL;
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    g_ptr_array_add (accounts, read_account (statement));
  return row == RUBIS_STEP_DONE ? g_steal_pointer (&accounts) : NULL;
}

GPtrArray *
rubis_store_list_accounts (RubisDatabase *db, GError **error)
{
  return list_accounts (db, "SELECT " ACCOUNT_COLUMNS " FROM account a JOIN party p ON p.id = a.party_id ORDER BY a.code",
                        error);
}

gboolean
rubis_store_count_accounts (RubisDatabase *db, gint64 *n_accounts, GError **error)
{
  return rubis_database_query_int (db, "SELECT count (*) FROM account", n_accounts, error);
}

gboolean
rubis_store_each_account (RubisDatabase *db, RubisAccountFunc func, gpointer user_data, GError **error)
{
  g_autoptr(RubisStatement) statement = rubis_database_prepare (
    db, "SELECT " ACCOUNT_COLUMNS " FROM account a JOIN party p ON p.id = a.party_id ORDER BY a.id", error);
  RubisRow row = RUBIS_STEP_ERROR;

  if (statement == NULL)
    return FALSE;
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    {
      g_autoptr(RubisAccountRecord) account = read_account (statement);

      if (!func (account, user_data, error))
        return FALSE;
    }
  return row == RUBIS_STEP_DONE;
}

static gboolean
find_party (RubisDatabase *db, const char *siren, gint64 *id, GError **error)
{
  RubisStatement *statement;
  RubisRow row;

  *id = 0;
  if (*siren == '\0')
    return TRUE;
  statement = rubis_database_get (db, "SELECT id FROM party WHERE siren = $1 AND siren <> '' ORDER BY id", error);
  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "t", siren);
  row = rubis_statement_step (statement, error);
  if (row == RUBIS_STEP_ROW)
    *id = rubis_statement_int (statement, 0);
  rubis_statement_reset (statement);
  return row != RUBIS_STEP_ERROR;
}

static gboolean
insert_party (RubisDatabase *db, RubisAccountRecord *account, GError **error)
{
  RubisStatement *statement = rubis_database_get (db,
                                                  "INSERT INTO party (name, legal_form, siren, vat_id, kind, insolvency) "
                                                  "VALUES ($1, $2, $3, $4, $5, $6)",
                                                  error);

  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "ssssnn", account->name, account->legal_form, account->siren, account->vat_id,
                        (int) account->kind, (int) account->insolvency);
  if (!rubis_statement_run (statement, error))
    return FALSE;
  account->party_id = rubis_database_last_id (db);
  return TRUE;
}

/* The name first: lists by account are in this order. */
static char *
make_search_key (const char *code, const char *name)
{
  g_autofree char *both = g_strconcat (name, " ", code, NULL);

  return rubis_text_fold (both);
}

gboolean
rubis_store_insert_account (RubisDatabase *db, RubisAccountRecord *account, gint64 batch_id, GError **error)
{
  g_autofree char *key = make_search_key (account->code, account->name);
  RubisStatement *statement;

  if (!find_party (db, account->siren, &account->party_id, error))
    return FALSE;
  if (account->party_id == 0 && !insert_party (db, account, error))
    return FALSE;
  statement = rubis_database_get (
    db,
    "INSERT INTO account (party_id, code, name, search_key, address, postcode, city, country, email, phone, language, "
    "terms, means, sales_rep, policy_id, note, stop, stop_reason, stop_until, with_agent, first_batch) VALUES "
    "($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, nullif ($15, ''), $16, $17, $18, $19, $20, $21)",
    error);
  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "isssssssssssnsssnsdnz", account->party_id, account->code, account->name, key,
                        account->address, account->postcode, account->city, account->country, account->email,
                        account->phone, account->language, account->terms, (int) account->means, account->sales_rep,
                        account->policy_id, account->note, (int) account->stop, account->stop_reason,
                        account->stop_until, (int) account->with_agent, (int) batch_id);
  if (!rubis_statement_run (statement, error))
    return FALSE;
  account->id = rubis_database_last_id (db);
  return TRUE;
}

static int
find_field (const char *field)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      if (g_str_equal (fields[i].field, field))
        return (int) i;
    }
  return -1;
}

gboolean
rubis_store_account_field_exists (const char *field)
{
  return find_field (field) >= 0;
}

char *
rubis_store_get_account_field (RubisDatabase *db, gint64 id, const char *field, GError **error)
{
  int index = find_field (field);
  g_autofree char *sql = NULL;
  g_autoptr(RubisStatement) statement = NULL;
  RubisRow row;

  g_return_val_if_fail (index >= 0, NULL);

  sql = g_strdup_printf ("SELECT %s.%s FROM account a JOIN party p ON p.id = a.party_id WHERE a.id = $1",
                         fields[index].of_party ? "p" : "a", fields[index].field);
  statement = rubis_database_prepare (db, sql, error);
  if (statement == NULL)
    return NULL;
  rubis_statement_bind (statement, "i", id);
  row = rubis_statement_step (statement, error);
  if (row == RUBIS_STEP_ROW)
    return g_strdup (rubis_statement_text (statement, 0));
  if (row == RUBIS_STEP_DONE)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("This account is not in the dossier any more."));
  return NULL;
}

gboolean
rubis_store_set_account_field (RubisDatabase *db, gint64 id, const char *field, const char *value, GError **error)
{
  int index = find_field (field);
  g_autofree char *sql = NULL;
  g_autoptr(RubisStatement) statement = NULL;
  const char *expression;

  g_return_val_if_fail (index >= 0, FALSE);

  if (fields[index].number)
    expression = "CAST (nullif ($2, '') AS INTEGER)";
  else
    expression = g_str_equal (field, "policy_id") ? "nullif ($2, '')" : "$2";
  if (fields[index].of_party)
    sql = g_strdup_printf ("UPDATE party SET %s = %s WHERE id = (SELECT party_id FROM account WHERE id = $1)",
                           fields[index].field, expression);
  else
    sql = g_strdup_printf ("UPDATE account SET %s = %s WHERE id = $1", fields[index].field, expression);
  statement = rubis_database_prepare (db, sql, error);
  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "it", id, value);
  if (!rubis_statement_run (statement, error))
    return FALSE;
  if (g_str_equal (field, "name"))
    {
      g_autoptr(RubisAccountRecord) account = rubis_store_load_account (db, id, error);
      g_autofree char *key = NULL;
      RubisStatement *update = rubis_database_get (db, "UPDATE account SET search_key = $2 WHERE id = $1", error);

      if (account == NULL || update == NULL)
        return FALSE;
      key = make_search_key (account->code, value);
      rubis_statement_bind (update, "it", id, key);
      return rubis_statement_run (update, error);
    }
  return TRUE;
}
