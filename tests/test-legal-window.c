/* The legal file in the window: figures, what is missing, the court, preview, handing over. */
#include <string.h>

#include "rubis-legal-dialog.h"
#include "rubis-preview-window.h"
#include "rubis-session-lists.h"
#include "rubis-session-private.h"
#include "rubis-test.h"
#include "rubis-ui-test.h"

typedef struct
{
  char *folder;
  RubisSession *session;
  GtkWindow *dialog;
} Fixture;

/* A customer of Grenoble with four late invoices. */
static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 account = 0;

  f->folder = rubis_test_make_folder ();
  f->session = rubis_ui_test_demo (f->folder);
  rubis_session_find_account (f->session, "C01264", &account, &error);
  g_assert_no_error (error);
  f->dialog = rubis_legal_dialog_present (NULL, f->session, account, "Ébénisterie Chevallier");
  rubis_ui_wait_text (f->dialog, "12,308.10");
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  rubis_ui_destroy (f->dialog);
  rubis_session_close (f->session);
  g_object_unref (f->session);
  rubis_test_remove_tree (f->folder);
  g_free (f->folder);
}

static gboolean
names_no_court (gpointer data)
{
  g_autofree char *text = rubis_ui_collect_text (data);

  return strstr (text, "2 courts share") == NULL;
}

static void
test_figures (Fixture *f, gconstpointer data)
{
  g_autofree char *text = rubis_ui_collect_text (f->dialog);
  GtkCheckButton *first = rubis_ui_find (f->dialog, GTK_TYPE_CHECK_BUTTON, NULL);

  g_assert_nonnull (strstr (text, "11,634.70"));
  g_assert_nonnull (strstr (text, "513.40"));
  g_assert_nonnull (strstr (text, "160.00"));
  g_assert_nonnull (strstr (text, "The copy of invoice FA2603-00943 is missing."));
  g_assert_nonnull (strstr (text, "No formal notice for these invoices is in the dossier."));
  g_assert_nonnull (strstr (text, "Décompte des intérêts"));
  /* Without the oldest invoice: 7,637.40, its interest of 479.41 and its indemnity of 40.00 less. */
  gtk_check_button_set_active (first, FALSE);
  rubis_ui_wait_text (f->dialog, "4,151.29");
  gtk_check_button_set_active (first, TRUE);
  rubis_ui_wait_text (f->dialog, "12,308.10");
}

static void
test_court (Fixture *f, gconstpointer data)
{
  AdwComboRow *combo = rubis_ui_find (f->dialog, ADW_TYPE_COMBO_ROW, NULL);
  AdwEntryRow *entry = rubis_ui_find (f->dialog, ADW_TYPE_ENTRY_ROW, NULL);

  rubis_ui_wait_text (f->dialog, "2 courts share");
  adw_combo_row_set_selected (combo, 1);
  rubis_ui_wait (names_no_court, f->dialog);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "tribunal de commerce de Grenoble");
}

/* An exhibit that is not ticked stays in sight, without a number. */
static void
test_exhibits (Fixture *f, gconstpointer data)
{
  GtkWidget *row = rubis_ui_find (f->dialog, ADW_TYPE_ACTION_ROW, "Relevé de compte au 2\u00a0novembre 2026");
  GtkCheckButton *check = rubis_ui_find (row, GTK_TYPE_CHECK_BUTTON, NULL);

  gtk_check_button_set_active (check, FALSE);
  rubis_ui_wait_text (f->dialog, "left out");
  row = rubis_ui_find (f->dialog, ADW_TYPE_ACTION_ROW, "Relevé de compte au 2\u00a0novembre 2026");
  check = rubis_ui_find (row, GTK_TYPE_CHECK_BUTTON, NULL);
  g_assert_false (gtk_check_button_get_active (check));
}

static gboolean
is_blocked (gpointer data)
{
  GtkWidget *save = rubis_ui_find (data, GTK_TYPE_BUTTON, "Save _ZIP…");
  GtkWidget *force = rubis_ui_find (data, GTK_TYPE_CHECK_BUTTON, "Make it _all the same");

  return force != NULL && gtk_widget_get_visible (force) && !gtk_widget_get_sensitive (save);
}

/* What a rule forbids is saved only when the user says so. */
static void
test_blocked (Fixture *f, gconstpointer data)
{
  RubisStore *store = rubis_session_lock (f->session);
  g_autoptr (GError) error = NULL;

  g_assert_false (is_blocked (f->dialog));
  rubis_database_exec (rubis_store_get_database (store), "UPDATE party SET insolvency = 2", &error);
  rubis_session_unlock (f->session);
  g_assert_no_error (error);
  rubis_session_mark_changed (f->session);
  rubis_ui_wait_text (f->dialog, "is in collective proceedings");
  rubis_ui_wait (is_blocked, f->dialog);
  gtk_check_button_set_active (rubis_ui_find (f->dialog, GTK_TYPE_CHECK_BUTTON, "Make it _all the same"),
                               TRUE);
  g_assert_true (gtk_widget_get_sensitive (rubis_ui_find (f->dialog, GTK_TYPE_BUTTON, "Save _ZIP…")));
}

static gboolean
has_preview (gpointer data)
{
  return rubis_ui_find_window (RUBIS_TYPE_PREVIEW_WINDOW) != NULL;
}

static void
test_preview (Fixture *f, gconstpointer data)
{
  rubis_ui_click (f->dialog, "P_review");
  rubis_ui_wait (has_preview, NULL);
  rubis_ui_destroy (rubis_ui_find_window (RUBIS_TYPE_PREVIEW_WINDOW));
}

static gint64
count_handed_over (Fixture *f)
{
  RubisStore *store = rubis_session_lock (f->session);
  RubisStatement *statement = rubis_database_get (rubis_store_get_database (store),
                                                  "SELECT count (*) FROM item WHERE with_agent", NULL);
  gint64 n
      = rubis_statement_step (statement, NULL) == RUBIS_STEP_ROW ? rubis_statement_int (statement, 0) : -1;

  rubis_statement_reset (statement);
  rubis_session_unlock (f->session);
  return n;
}

static void
test_hand_over (Fixture *f, gconstpointer data)
{
  gint64 before = count_handed_over (f);
  g_autofree char *undone = NULL;

  rubis_ui_click (f->dialog, "_Mark as Handed Over");
  rubis_ui_wait_text (f->dialog, "FA2603-00943 was handed over already.");
  g_assert_cmpint (count_handed_over (f), ==, before + 4);
  undone = rubis_session_undo (f->session, NULL);
  g_assert_nonnull (undone);
  g_assert_cmpint (count_handed_over (f), ==, before);
}

#define ADD(name, func) g_test_add ("/legal-window/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  if (!rubis_ui_test_init (&argc, &argv))
    return 0;
  ADD ("figures", test_figures);
  ADD ("court", test_court);
  ADD ("exhibits", test_exhibits);
  ADD ("blocked", test_blocked);
  ADD ("preview", test_preview);
  ADD ("hand-over", test_hand_over);
  return g_test_run ();
}
