#include "rubis-test-registered.h"

#include "rubis-agenda-list.h"

RubisSession *
rubis_test_registered_new (const char *folder)
{
  RubisSession *session = rubis_test_session_new (folder);

  rubis_test_exec (session,
                   "UPDATE setting SET value = 'credit@verrerie.example' WHERE key = 'company.email';"
                   "UPDATE setting SET value = 'FR7630006000011234567890189' WHERE key = 'company.iban';"
                   "UPDATE setting SET value = 'Claire Noël' WHERE key = 'company.signatory';"
                   "UPDATE setting SET value = '3 quai Perrache' WHERE key = 'company.address';"
                   "UPDATE setting SET value = '69002' WHERE key = 'company.postcode';"
                   "UPDATE setting SET value = '04 72 00 00 00' WHERE key = 'company.phone';"
                   "UPDATE setting SET value = 'Lyon' WHERE key = 'company.city'");
  return session;
}

gint64
rubis_test_add_debtor (RubisSession *session, const char *code, const char *name, const char *number)
{
  gint64 account = rubis_test_add_account (session, code, name);
  gint64 item = rubis_test_add_item (session, account, number, RUBIS_ITEM_INVOICE, "2026-10-20", 120000, 120000, NULL);
  g_autofree char *sql = g_strdup_printf (
    "UPDATE account SET address = '12 rue des Lilas', postcode = '69003', city = 'LYON' WHERE id = %d;"
    "UPDATE item SET level = 4, level_date = %d, first_batch = 1 WHERE id = %d",
    (int) account, RUBIS_TEST_TODAY - 10, (int) item);

  rubis_test_exec (session, sql);
  return account;
}

guint
rubis_test_write_notices (RubisSession *session, const char *folder)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) agenda = rubis_session_compute_agenda (session, NULL, &error);
  g_autoptr(GPtrArray) actions = g_ptr_array_new ();
  g_autoptr(RubisRunReport) report = NULL;

  g_assert_no_error (error);
  for (guint i = 0; i < agenda->len; i++)
    {
      RubisActionRow *row = g_ptr_array_index (agenda, i);

      if (row->state == RUBIS_ACTION_TO_DO && row->channel == RUBIS_CHANNEL_REGISTERED)
        g_ptr_array_add (actions, row);
    }
  report = rubis_session_perform (session, actions, folder, NULL, NULL, &error);
  g_assert_no_error (error);
  if (report->refused->len > 0)
    g_error ("%s", ((RubisActionRow *) report->refused->pdata[0])->error);
  return report->done->len;
}

RubisRegisteredLetter *
rubis_test_get_registered (RubisSession *session, gint64 account_id)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) letters = rubis_session_list_registered (session, account_id, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (letters->len, >, 0);
  return g_object_ref (g_ptr_array_index (letters, 0));
}

void
rubis_test_advance (RubisSession *session, gint64 id, RubisRegisteredState state, RubisDate date)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GError) error = NULL;

  g_array_append_val (ids, id);
  rubis_session_advance_registered (session, ids, state, date, &error);
  g_assert_no_error (error);
}
