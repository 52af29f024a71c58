#include "plan-fixture.h"

#include <string.h>

#include "rubis-agenda-list.h"
#include "rubis-import-preview.h"
#include "rubis-test-session.h"
#include "rubis-test.h"

void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = rubis_test_make_folder ();
  f->session = rubis_test_session_new (f->folder);
  f->journal = g_string_new (NULL);
  rubis_test_exec (f->session,
                   "UPDATE setting SET value = 'credit@verrerie.example' WHERE key = 'company.email';"
                   "UPDATE setting SET value = 'FR7630006000011234567890189' WHERE key = 'company.iban';"
                   "UPDATE setting SET value = 'Claire Noël' WHERE key = 'company.signatory';"
                   "UPDATE setting SET value = '3 quai Perrache' WHERE key = 'company.address';"
                   "UPDATE setting SET value = '69002' WHERE key = 'company.postcode';"
                   "UPDATE setting SET value = '04 72 00 00 00' WHERE key = 'company.phone';"
                   "UPDATE setting SET value = 'Lyon' WHERE key = 'company.city'");
  f->account = rubis_test_add_account (f->session, "C1", "Garçon SAS");
  rubis_test_exec (f->session,
                   "UPDATE account SET address = '4 rue des Lilas', postcode = '69003', city = 'Lyon', "
                   "language = 'fr', email = 'compta@garcon.example'");
  f->items[0] = rubis_test_add_item (f->session, f->account, "F-1", RUBIS_ITEM_INVOICE, "2026-08-31", 60000,
                                     60000, NULL);
  f->items[1] = rubis_test_add_item (f->session, f->account, "F-2", RUBIS_ITEM_INVOICE, "2026-09-30", 50000,
                                     50000, NULL);
  rubis_test_exec (f->session, "UPDATE item SET disputed = 20000, contested = 20000 WHERE number = 'F-2';"
                               "UPDATE item SET level = 3, level_date = due_date + 40");
}

void
tear_down (Fixture *f, gconstpointer data)
{
  rubis_test_check_dossier (f->session);
  rubis_session_close (f->session);
  g_assert_finalize_object (f->session);
  g_string_free (f->journal, TRUE);
  rubis_test_remove_tree (f->folder);
  g_free (f->folder);
}

RubisPlanInput
usual_input (Fixture *f)
{
  return (RubisPlanInput){ .account_id = f->account,
                           .n_instalments = 3,
                           .first_date = rubis_date_from_ymd (2026, 12, 1),
                           .interval = RUBIS_INTERVAL_MONTH,
                           .interest = RUBIS_PLAN_INTEREST_SUSPENDED,
                           .grace_days = -1,
                           .notice_days = -1,
                           .given_by = "Paul Garçon" };
}

gint64
agree (Fixture *f)
{
  RubisPlanInput input = usual_input (f);
  g_autoptr (GError) error = NULL;
  gint64 id = rubis_session_add_plan (f->session, &input, &error);

  g_assert_no_error (error);
  return id;
}

RubisPlanRow *
load (Fixture *f, gint64 id)
{
  g_autoptr (GError) error = NULL;
  RubisPlanRow *plan = rubis_session_load_plan (f->session, id, &error);

  g_assert_no_error (error);
  return plan;
}

void
assert_state (Fixture *f, gint64 id, const char *expected)
{
  g_autoptr (RubisPlanRow) plan = load (f, id);

  g_assert_cmpstr (rubis_plan_row_get_state_id (plan), ==, expected);
}

void
assert_levels (Fixture *f, gint64 first, gint64 second)
{
  g_assert_cmpint (rubis_test_query (f->session, "SELECT level FROM item WHERE number = 'F-1'"), ==, first);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT level FROM item WHERE number = 'F-2'"), ==, second);
}

void
undo (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *what = rubis_session_undo (f->session, &error);

  g_assert_no_error (error);
  g_assert_nonnull (what);
}

void
redo (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *what = rubis_session_redo (f->session, &error);

  g_assert_no_error (error);
  g_assert_nonnull (what);
}

void
pay (Fixture *f, int item, gint64 amount)
{
  g_autofree char *sql = g_strdup_printf (
      "INSERT INTO allocation (item_id, amount, date, source) VALUES (%" G_GINT64_FORMAT ", %" G_GINT64_FORMAT
      ", %d, 'user'); UPDATE item SET open = open - %" G_GINT64_FORMAT " WHERE id = %" G_GINT64_FORMAT,
      f->items[item], amount, rubis_session_get_today (f->session), amount, f->items[item]);

  rubis_test_exec (f->session, sql);
}

void
go_to (Fixture *f, RubisDate date)
{
  g_autofree char *sql = g_strdup_printf ("UPDATE import_batch SET as_of = %d", date);

  rubis_session_set_today (f->session, date);
  rubis_test_exec (f->session, sql);
}

void
live (Fixture *f, const char *from, const char *to)
{
  for (RubisDate date = rubis_date_parse_iso (from); date <= rubis_date_parse_iso (to); date++)
    {
      g_autoptr (GPtrArray) rows = NULL;
      g_autoptr (GPtrArray) todo = g_ptr_array_new ();
      g_autoptr (RubisRunReport) report = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *day = rubis_date_to_iso (date);

      go_to (f, date);
      rows = rubis_session_compute_agenda (f->session, NULL, &error);
      g_assert_no_error (error);
      for (guint i = 0; i < rows->len; i++)
        {
          RubisActionRow *row = g_ptr_array_index (rows, i);
          g_autofree char *amount = rubis_money_to_string (row->amount, row->currency);

          if (row->state != RUBIS_ACTION_TO_DO)
            continue;
          g_assert_cmpstr (row->error, ==, "");
          g_string_append_printf (f->journal, "%s %d %s %s\n", day, row->rank,
                                  rubis_channel_to_id (row->channel), amount);
          g_ptr_array_add (todo, row);
        }
      if (todo->len == 0)
        continue;
      report = rubis_session_perform (f->session, todo, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (report->refused->len, ==, 0);
    }
}

void
assert_rule (gboolean done, GError **error, const char *word)
{
  g_assert_false (done);
  g_assert_error (*error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE);
  g_assert_nonnull (strstr ((*error)->message, word));
  g_clear_error (error);
}
