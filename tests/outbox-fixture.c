#include "outbox-fixture.h"

#include "rubis-agenda-list.h"
#include "rubis-senders-private.h"
#include "rubis-store-check.h"
#include "rubis-test-credentials.h"
#include "rubis-test-session.h"
#include "rubis-test.h"

gint64
outbox_get_now (gpointer user_data)
{
  return ((Fixture *)user_data)->now;
}

/* Three customers who are to be written to, and a sender with a recall window of ten minutes. */
void
outbox_set_up (Fixture *f, gconstpointer data)
{
  static const char *const names[] = { "Alpha", "Beta", "Gamma" };
  g_autoptr (RubisCredentials) credentials = rubis_test_credentials_new (RUBIS_SECRET_PASSWORD, "x", NULL);
  g_autoptr (GError) error = NULL;

  f->folder = rubis_test_make_folder ();
  f->session = rubis_test_session_new (f->folder);
  f->now = NOW;
  rubis_test_exec (f->session,
                   "UPDATE setting SET value = 'credit@verrerie.example' WHERE key = 'company.email';"
                   "UPDATE setting SET value = 'FR7630006000011234567890189' WHERE key = 'company.iban';"
                   "UPDATE setting SET value = 'Claire Noël' WHERE key = 'company.signatory';"
                   "UPDATE setting SET value = '3 quai Perrache' WHERE key = 'company.address';"
                   "UPDATE setting SET value = '69002' WHERE key = 'company.postcode';"
                   "UPDATE setting SET value = 'Lyon' WHERE key = 'company.city'");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *code = g_strdup_printf ("C%u", i + 1);
      g_autofree char *number = g_strdup_printf ("F%u", i + 1);
      gint64 id = rubis_test_add_account (f->session, code, names[i]);

      rubis_test_add_item (f->session, id, number, RUBIS_ITEM_INVOICE, "2026-11-10", 120000, 120000, NULL);
    }
  rubis_test_exec (f->session, "UPDATE account SET email = lower (name) || '@client.example'");
  f->sender = rubis_sender_new (RUBIS_TRANSPORT_SMTP);
  rubis_sender_set (f->sender, name, "Mail");
  rubis_sender_set (f->sender, email, "credit@verrerie.example");
  rubis_sender_set (f->sender, server, "localhost");
  f->sender->security = RUBIS_SECURITY_NONE;
  f->sender->auth = RUBIS_AUTH_NONE;
  f->sender->recall_minutes = 10;
  g_assert_true (rubis_session_save_sender (f->session, f->sender, &error));
  g_assert_no_error (error);
  rubis_session_set_credentials (f->session, credentials);
  rubis_test_end_init (&f->end);
  rubis_session_set_transport_factory (f->session, rubis_test_transport_make, &f->end);
}

/* Everything that the check of dossiers asks holds after each test. */
void
outbox_tear_down (Fixture *f, gconstpointer data)
{
  RubisStore *store = rubis_session_lock (f->session);
  g_autoptr (GPtrArray) results = rubis_store_check (rubis_store_get_database (store), NULL);

  rubis_session_unlock (f->session);
  for (guint i = 0; i < results->len; i++)
    {
      const RubisCheckResult *result = g_ptr_array_index (results, i);

      /* The invoices of these dossiers came by no import. */
      if (result->n_faults > 0)
        g_error ("%s: %s", result->id, result->first);
    }
  rubis_session_close (f->session);
  g_assert_finalize_object (f->session);
  rubis_sender_free (f->sender);
  rubis_test_end_clear (&f->end);
  rubis_test_remove_tree (f->folder);
  g_free (f->folder);
}

void
outbox_confirm_all (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = rubis_session_compute_agenda (f->session, NULL, &error);
  const RubisRunOptions options = { .now = f->now };
  g_autoptr (RubisRunReport) report = NULL;

  g_assert_no_error (error);
  report = rubis_session_perform_with (f->session, rows, &options, NULL, &error);
  g_assert_no_error (error);
}

RubisSendReport *
outbox_send_with (Fixture *f, RubisSendOptions options)
{
  g_autoptr (GError) error = NULL;
  RubisSendReport *report;

  options.clock = outbox_get_now;
  options.clock_data = f;
  report = rubis_session_send_outbox (f->session, &options, NULL, &error);
  g_assert_no_error (error);
  return report;
}

RubisSendReport *
outbox_send_due (Fixture *f)
{
  return outbox_send_with (f, (RubisSendOptions){ .hurry = FALSE });
}

void
outbox_send_later (Fixture *f, gint64 seconds)
{
  g_autoptr (RubisSendReport) report = NULL;

  f->now += seconds;
  report = outbox_send_due (f);
}

gint64
outbox_count (Fixture *f, const char *state)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM outbox WHERE state = '%s'", state);

  return rubis_test_query (f->session, sql);
}

GArray *
outbox_all_ids (Fixture *f)
{
  g_autoptr (GPtrArray) rows = rubis_session_list_outbox (f->session, 0, 0, 0, NULL, 0, NULL);
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < rows->len; i++)
    g_array_append_val (ids, ((RubisOutboxRow *)g_ptr_array_index (rows, i))->id);
  return ids;
}

guint
outbox_count_proposed (Fixture *f)
{
  g_autoptr (GPtrArray) rows = rubis_session_compute_agenda (f->session, NULL, NULL);
  guint n = 0;

  for (guint i = 0; i < rows->len; i++)
    n += ((RubisActionRow *)g_ptr_array_index (rows, i))->state == RUBIS_ACTION_TO_DO;
  return n;
}

void
outbox_keep_one (Fixture *f)
{
  g_autoptr (GArray) ids = outbox_all_ids (f);

  g_array_remove_index (ids, 0);
  g_assert_cmpint (rubis_session_recall_outbox (f->session, ids, NULL, NULL), ==, 2);
}
