/* The dialogs of promises and payment plans, by keys alone. */
#include "rubis-money-entry.h"
#include "rubis-pdf-view.h"
#include "rubis-plan-dialog.h"
#include "rubis-plan-window.h"
#include "rubis-plans.h"
#include "rubis-promise-dialog.h"
#include "rubis-promises.h"
#include "rubis-test-session.h"
#include "rubis-test.h"
#include "rubis-ui-test.h"

typedef struct
{
  char *folder;
  RubisSession *session;
  gint64 account;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = rubis_test_make_folder ();
  f->session = rubis_test_session_new (f->folder);
  f->account = rubis_test_add_account (f->session, "C1", "Garçon SAS");
  rubis_test_exec (f->session, "UPDATE account SET insurer = 'Coface', address = '1 rue A', city = 'Lyon'");
  rubis_test_add_item (f->session, f->account, "F-1", RUBIS_ITEM_INVOICE, "2026-10-01", 60000, 60000, NULL);
  rubis_test_add_item (f->session, f->account, "F-2", RUBIS_ITEM_INVOICE, "2026-10-31", 30000, 30000, NULL);
  rubis_test_add_item (f->session, f->account, "F-3", RUBIS_ITEM_INVOICE, "2026-12-31", 7000, 7000, NULL);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  rubis_session_close (f->session);
  g_object_unref (f->session);
  rubis_test_remove_tree (f->folder);
  g_free (f->folder);
}

static gboolean
promise_is_gone (gpointer data)
{
  return rubis_ui_find_window (RUBIS_TYPE_PROMISE_DIALOG) == NULL;
}

static gboolean
plan_is_gone (gpointer data)
{
  return rubis_ui_find_window (RUBIS_TYPE_PLAN_DIALOG) == NULL;
}

static gpointer
find_row (gpointer dialog, const char *title)
{
  gpointer row = rubis_ui_find (dialog, ADW_TYPE_ENTRY_ROW, title);

  g_assert_nonnull (row);
  return row;
}

static void
test_promise (Fixture *f, gconstpointer data)
{
  GtkWindow *dialog = rubis_promise_dialog_present (NULL, f->session, f->account, NULL);
  g_autoptr (GPtrArray) promises = NULL;
  RubisPromiseFilter filter = { .account_id = f->account };
  RubisPromiseRow *promise;

  rubis_ui_check_names (dialog);
  gtk_editable_set_text (find_row (dialog, "Promised for (Friday, end of month, +10, 12/11)"),
                         "end of month");
  rubis_ui_wait_text (dialog, "November");
  gtk_editable_set_text (find_row (dialog, "Amount (empty: all that is claimed)"), "450,50");
  gtk_editable_set_text (find_row (dialog, "Who said it"), "Mme Noël");
  gtk_editable_set_text (find_row (dialog, "In the customer’s words"), "Promis, fin du mois");
  rubis_ui_press ("ctrl+Return");
  rubis_ui_wait (promise_is_gone, NULL);
  promises = rubis_session_list_promises (f->session, &filter, NULL);
  g_assert_cmpuint (promises->len, ==, 1);
  promise = g_ptr_array_index (promises, 0);
  g_assert_cmpint (promise->amount, ==, 45050);
  g_assert_cmpint (promise->date, ==, rubis_date_from_ymd (2026, 11, 30));
  g_assert_cmpstr (promise->given_by, ==, "Mme Noël");
  g_assert_cmpstr (promise->quote, ==, "Promis, fin du mois");
  /* What is not due yet was not ticked. */
  g_assert_cmpuint (promise->item_ids->len, ==, 2);
}

static gboolean
has_pages (gpointer data)
{
  return rubis_pdf_view_get_n_pages (data) > 0;
}

static void
test_plan (Fixture *f, gconstpointer data)
{
  GtkWindow *dialog = rubis_plan_dialog_present (NULL, f->session, f->account, NULL);
  g_autoptr (GPtrArray) plans = NULL;
  RubisPlanRow *plan;

  rubis_ui_check_names (dialog);
  rubis_ui_wait_text (dialog, "Coface insures this customer");
  gtk_editable_set_text (find_row (dialog, "First on (Friday, end of month, +10, 12/11)"), "+10");
  rubis_ui_wait_text (dialog, "November");
  gtk_editable_set_text (rubis_ui_find_named (dialog, GTK_TYPE_ENTRY, "Amount of instalment 1"), "100,01");
  /* The last one makes the total: 900.00 less 100.01 and 300.00. */
  {
    const char *text
        = gtk_editable_get_text (rubis_ui_find_named (dialog, GTK_TYPE_ENTRY, "Amount of instalment 3"));
    gint64 last = 0;

    g_assert_true (rubis_money_entry_parse (text, RUBIS_CURRENCY_EUR, &last, NULL));
    g_assert_cmpint (last, ==, 49999);
  }
  rubis_ui_wait (has_pages, rubis_ui_find (dialog, RUBIS_TYPE_PDF_VIEW, NULL));
  rubis_ui_press ("ctrl+Return");
  rubis_ui_wait (plan_is_gone, NULL);
  plans = rubis_session_list_plans (f->session, 0, f->account, FALSE, NULL);
  g_assert_cmpuint (plans->len, ==, 1);
  plan = g_ptr_array_index (plans, 0);
  g_assert_cmpint (plan->verdict.total, ==, 90000);
  g_assert_cmpint (g_array_index (plan->instalments, RubisInstalment, 0).amount, ==, 10001);
  g_assert_cmpint (g_array_index (plan->instalments, RubisInstalment, 2).amount, ==, 49999);
}

static gboolean
is_signed (gpointer data)
{
  return rubis_test_query (data, "SELECT count (*) FROM plan WHERE signed_on IS NOT NULL") == 1;
}

static void
test_plan_window (Fixture *f, gconstpointer data)
{
  RubisPlanInput input = { .account_id = f->account,
                           .n_instalments = 3,
                           .first_date = rubis_date_from_ymd (2026, 12, 1),
                           .grace_days = -1,
                           .notice_days = -1 };
  gint64 id = rubis_session_add_plan (f->session, &input, NULL);
  GtkWindow *window = rubis_plan_window_present (NULL, f->session, id);

  rubis_ui_check_names (window);
  rubis_ui_wait_text (window, "December");
  rubis_ui_wait_text (window, "Not yet: it may refuse to pay");
  gtk_widget_activate_action (GTK_WIDGET (window), "plan.sign", NULL);
  rubis_ui_wait (is_signed, f->session);
  rubis_ui_destroy (window);
}

int
main (int argc, char **argv)
{
  if (!rubis_ui_test_init (&argc, &argv))
    return 0;
  g_test_add ("/agreements/promise", Fixture, NULL, set_up, test_promise, tear_down);
  g_test_add ("/agreements/plan", Fixture, NULL, set_up, test_plan, tear_down);
  g_test_add ("/agreements/plan-window", Fixture, NULL, set_up, test_plan_window, tear_down);
  return g_test_run ();
}
