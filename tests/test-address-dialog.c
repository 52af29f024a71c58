#include "rubis-address-dialog.h"

#include "rubis-account-address.h"
#include "rubis-account-panel.h"
#include "rubis-session-lists.h"
#include "rubis-test.h"
#include "rubis-ui-test.h"

typedef struct
{
  char *folder;
  RubisSession *session;
  gint64 account;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  RubisAccountAddress address
      = { .street = (char *)"1 rue A", .postcode = (char *)"69001", .city = (char *)"Lyon" };
  g_autoptr (GError) error = NULL;

  fixture->folder = rubis_test_make_folder ();
  fixture->session = rubis_ui_test_demo (fixture->folder);
  g_assert_true (rubis_session_find_account (fixture->session, "C01001", &fixture->account, &error));
  g_assert_true (rubis_session_set_account_address (fixture->session, fixture->account, &address, &error));
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture->session);
  rubis_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
}

static gboolean
is_gone (gpointer data)
{
  return rubis_ui_find_window (RUBIS_TYPE_ADDRESS_DIALOG) == NULL;
}

static gpointer
find_row (gpointer dialog, const char *title)
{
  gpointer row = rubis_ui_find (dialog, ADW_TYPE_ENTRY_ROW, title);

  g_assert_nonnull (row);
  return row;
}

static GtkWindow *
open_panel (Fixture *fixture)
{
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  GtkWidget *panel = rubis_account_panel_new (fixture->session);

  gtk_window_set_default_size (window, 360, 700);
  gtk_window_set_child (window, panel);
  rubis_account_panel_set_account (RUBIS_ACCOUNT_PANEL (panel), fixture->account);
  gtk_window_present (window);
  return window;
}

/* From the pencil in the panel to the dossier; the panel follows. */
static void
test_correct (Fixture *fixture, gconstpointer data)
{
  GtkWindow *window = open_panel (fixture);
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisAccountAddress) kept = NULL;
  g_autofree char *undone = NULL;
  gpointer dialog;

  rubis_ui_wait_text (window, "1 rue A");
  rubis_ui_click (window, "document-edit-symbolic");
  dialog = rubis_ui_find_window (RUBIS_TYPE_ADDRESS_DIALOG);
  g_assert_nonnull (dialog);
  rubis_ui_wait_text (dialog, "69001 LYON");
  gtk_editable_set_text (find_row (dialog, "Number and street"), "12, rue de l’Église");
  gtk_editable_set_text (find_row (dialog, "Building, entrance, zone"), "Bât. C");
  rubis_ui_wait_text (dialog, "Bât. C\n12 RUE DE L EGLISE\n69001 LYON");
  gtk_editable_set_text (find_row (dialog, "Postcode"), "6900");
  rubis_ui_wait_text (dialog, "The postcode does not have five digits");
  gtk_editable_set_text (find_row (dialog, "Postcode"), "69003");
  gtk_editable_set_text (find_row (dialog, "Country (none: France)"), "Allemagne");
  rubis_ui_wait_text (dialog, "69003 LYON\nALLEMAGNE");
  rubis_ui_click (dialog, "_Save");
  rubis_ui_wait (is_gone, NULL);
  rubis_ui_wait_text (window, "12, rue de l’Église");
  kept = rubis_session_load_account_address (fixture->session, fixture->account, &error);
  g_assert_cmpstr (kept->line2, ==, "Bât. C");
  g_assert_cmpstr (kept->street, ==, "12, rue de l’Église");
  g_assert_cmpstr (kept->postcode, ==, "69003");
  g_assert_cmpstr (kept->country, ==, "DE");
  undone = rubis_session_undo (fixture->session, &error);
  g_assert_no_error (error);
  rubis_ui_wait_text (window, "1 rue A");
  rubis_ui_destroy (window);
}

/* What was typed and not kept changes nothing; warnings do not block. */
static void
test_cancel_and_warnings (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisAccountAddress) before = NULL;
  g_autoptr (RubisAccountAddress) after = NULL;
  GtkWindow *dialog = rubis_address_dialog_present (NULL, fixture->session, fixture->account, "Garçon");

  gtk_editable_set_text (find_row (dialog, "Town"), "");
  rubis_ui_wait_text (dialog, "The address is missing: a letter would not arrive");
  gtk_widget_activate_action (GTK_WIDGET (dialog), "window.close", NULL);
  rubis_ui_wait (is_gone, NULL);
  before = rubis_session_load_account_address (fixture->session, fixture->account, &error);
  g_assert_cmpstr (before->city, ==, "Lyon");
  dialog = rubis_address_dialog_present (NULL, fixture->session, fixture->account, "Garçon");
  gtk_editable_set_text (find_row (dialog, "Town"), "");
  rubis_ui_click (dialog, "_Save");
  rubis_ui_wait (is_gone, NULL);
  after = rubis_session_load_account_address (fixture->session, fixture->account, &error);
  g_assert_cmpstr (after->city, ==, "");
}

int
main (int argc, char *argv[])
{
  if (!rubis_ui_test_init (&argc, &argv))
    return 0;
#define ADD(path, func) g_test_add ("/address-dialog/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("correct", test_correct);
  ADD ("cancel-and-warnings", test_cancel_and_warnings);
#undef ADD
  return g_test_run ();
}
