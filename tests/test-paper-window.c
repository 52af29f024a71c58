/* The window of statements, payment plans, receipts and write-off sheets: what is typed, and what follows. */
#include <string.h>

#include "rubis-paper-window.h"
#include "rubis-paper.h"
#include "rubis-session-lists.h"
#include "rubis-test.h"
#include "rubis-ui-test.h"

typedef struct
{
  char *folder;
  RubisSession *session;
  RubisAccountCard *card;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 account = 0;

  f->folder = rubis_test_make_folder ();
  f->session = rubis_ui_test_demo (f->folder);
  rubis_session_find_account (f->session, "C01003", &account, &error);
  g_assert_no_error (error);
  f->card = rubis_session_load_account (f->session, account, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_object_unref (f->card);
  rubis_session_close (f->session);
  g_object_unref (f->session);
  rubis_test_remove_tree (f->folder);
  g_free (f->folder);
}

static gboolean
is_ready (gpointer data)
{
  return rubis_paper_window_is_ready (data);
}

static GtkWindow *
present (Fixture *f, const char *template_id)
{
  return rubis_paper_window_present (NULL, f->session, f->card, template_id);
}

/* The row of that title below @window. */
static void
type (GtkWindow *window, const char *title, const char *text)
{
  AdwEntryRow *row = rubis_ui_find (window, ADW_TYPE_ENTRY_ROW, title);

  g_assert_nonnull (row);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

static gboolean
can_print (GtkWindow *window)
{
  GtkWidget *button = rubis_ui_find (window, GTK_TYPE_BUTTON, "document-print-symbolic");

  g_assert_nonnull (button);
  return gtk_widget_is_sensitive (button);
}

static void
test_statement (Fixture *f, gconstpointer data)
{
  GtkWindow *window = present (f, RUBIS_PAPER_STATEMENT_OVERDUE);
  g_autofree char *text = NULL;

  rubis_ui_wait (is_ready, window);
  text = rubis_ui_collect_text (window);
  g_assert_nonnull (strstr (text, "Relevé des échus"));
  g_assert_nonnull (strstr (text, "Garage Marchal"));
  /* No form of another document is shown. */
  g_assert_null (strstr (text, "First instalment on"));
  g_assert_null (strstr (text, "VAT rate"));
  g_assert_true (can_print (window));
  rubis_ui_destroy (window);
}

static void
test_period (Fixture *f, gconstpointer data)
{
  GtkWindow *window = present (f, RUBIS_PAPER_STATEMENT_PERIOD);

  rubis_ui_wait (is_ready, window);
  type (window, "Last day", "03/11/2026");
  rubis_ui_wait_text (window, "The period ends after today");
  g_assert_false (can_print (window));
  type (window, "Last day", "31/10/2026");
  rubis_ui_wait (is_ready, window);
  g_assert_true (can_print (window));
  rubis_ui_destroy (window);
}

static void
test_agreement (Fixture *f, gconstpointer data)
{
  GtkWindow *window = present (f, RUBIS_PAPER_AGREEMENT);
  AdwComboRow *language;

  rubis_ui_wait (is_ready, window);
  type (window, "First instalment on", "01/11/2026");
  rubis_ui_wait_text (window, "The first instalment is in the past");
  type (window, "First instalment on", "02/11/2026");
  rubis_ui_wait (is_ready, window);
  language = rubis_ui_find (window, ADW_TYPE_COMBO_ROW, "Language");
  adw_combo_row_set_selected (language, 3);
  rubis_ui_wait_text (window, "Ratenzahlungsvereinbarung");
  rubis_ui_wait (is_ready, window);
  rubis_ui_destroy (window);
}

static void
test_receipt (Fixture *f, gconstpointer data)
{
  GtkWindow *window = present (f, RUBIS_PAPER_RECEIPT);
  AdwComboRow *payment = rubis_ui_find (window, ADW_TYPE_COMBO_ROW, "Payment");
  guint n = g_list_model_get_n_items (adw_combo_row_get_model (payment));

  /* At least one payment, and another amount. */
  g_assert_cmpuint (n, >=, 2);
  rubis_ui_wait (is_ready, window);
  adw_combo_row_set_selected (payment, n - 1);
  rubis_ui_wait_text (window, "A receipt needs a payment");
  type (window, "Amount", "250.00");
  rubis_ui_wait (is_ready, window);
  g_assert_true (can_print (window));
  rubis_ui_destroy (window);
}

static void
test_write_off (Fixture *f, gconstpointer data)
{
  GtkWindow *window = present (f, RUBIS_PAPER_WRITE_OFF);
  GtkCheckButton *check;

  rubis_ui_wait_text (window, "A write-off needs a reason");
  g_assert_false (can_print (window));
  type (window, "Reason", "Winding-up");
  rubis_ui_wait (is_ready, window);
  rubis_ui_wait_text (window, "Write-off sheet");
  g_assert_true (can_print (window));
  /* Without an item there is nothing to write off. */
  check = rubis_ui_find (window, GTK_TYPE_CHECK_BUTTON, NULL);
  g_assert_true (gtk_check_button_get_active (check));
  gtk_check_button_set_active (check, FALSE);
  rubis_ui_wait_text (window, "None of the chosen items");
  g_assert_false (can_print (window));
  gtk_check_button_set_active (check, TRUE);
  rubis_ui_wait (is_ready, window);
  rubis_ui_destroy (window);
}

#define ADD(name, func) g_test_add ("/paper-window/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  if (!rubis_ui_test_init (&argc, &argv))
    return 0;
  ADD ("statement", test_statement);
  ADD ("period", test_period);
  ADD ("agreement", test_agreement);
  ADD ("receipt", test_receipt);
  ADD ("write-off", test_write_off);
  return g_test_run ();
}
