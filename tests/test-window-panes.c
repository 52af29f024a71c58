/* The panes at the sides of the main window: the composer takes their width and gives it back; what they open. */
#include <adwaita.h>

#include "rubis-account-panel.h"
#include "rubis-agenda-list.h"
#include "rubis-letters-page.h"
#include "rubis-preview-window.h"
#include "rubis-sent-list.h"
#include "rubis-test.h"
#include "rubis-tree-pane.h"
#include "rubis-ui-test.h"
#include "rubis-ui.h"
#include "rubis-window.h"

typedef struct {
  char *folder;
  RubisPreferences *preferences;
  RubisSession *session;
  RubisWindow *window;
} Fixture;

/* One for all tests: a process registers itself once. */
static GtkApplication *application;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = rubis_test_make_folder ();
  fixture->session = rubis_ui_test_demo (fixture->folder);
  fixture->preferences = rubis_preferences_new ();
  fixture->window = rubis_window_new (application, fixture->preferences, RUBIS_UI_TODAY);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1500, 800);
  gtk_window_present (GTK_WINDOW (fixture->window));
  rubis_window_set_session (fixture->window, fixture->session);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  rubis_ui_destroy (fixture->window);
  g_clear_pointer (&fixture->preferences, rubis_preferences_free);
  g_object_unref (fixture->session);
  rubis_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
}

static void
go_to (Fixture *fixture, const char *place)
{
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.place", "s", place);
}

static gboolean
is_shown (Fixture *fixture, GType type)
{
  return gtk_widget_get_mapped (rubis_ui_find (fixture->window, type, NULL));
}

static gboolean
shows_panes (gpointer data)
{
  return is_shown (data, RUBIS_TYPE_TREE_PANE) && is_shown (data, RUBIS_TYPE_ACCOUNT_PANEL);
}

static gboolean
hides_panes (gpointer data)
{
  return !is_shown (data, RUBIS_TYPE_TREE_PANE) && !is_shown (data, RUBIS_TYPE_ACCOUNT_PANEL);
}

static gboolean
shows_panel_alone (gpointer data)
{
  return !is_shown (data, RUBIS_TYPE_TREE_PANE) && is_shown (data, RUBIS_TYPE_ACCOUNT_PANEL);
}

static void
show_templates (Fixture *fixture)
{
  go_to (fixture, "letters");
  rubis_letters_page_show_section (rubis_ui_find (fixture->window, RUBIS_TYPE_LETTERS_PAGE, NULL), "templates");
}

static void
test_come_back (Fixture *fixture, gconstpointer data)
{
  go_to (fixture, "invoices");
  rubis_ui_wait (shows_panes, fixture);
  show_templates (fixture);
  rubis_ui_wait (hides_panes, fixture);
  go_to (fixture, "invoices");
  rubis_ui_wait (shows_panes, fixture);
  /* One that the user hid stays hidden. */
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.toggle-tree", NULL);
  rubis_ui_wait (shows_panel_alone, fixture);
  show_templates (fixture);
  rubis_ui_wait (hides_panes, fixture);
  go_to (fixture, "today");
  rubis_ui_wait (shows_panel_alone, fixture);
}

static gboolean
has_preview (gpointer data)
{
  return rubis_ui_find_window (RUBIS_TYPE_PREVIEW_WINDOW) != NULL;
}

/* An email of the history is read in the program itself. */
static void
test_email (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GPtrArray) actions = rubis_session_compute_agenda (fixture->session, NULL, NULL);
  g_autoptr(RubisRunReport) report = rubis_session_perform (fixture->session, actions, NULL, NULL, NULL, NULL);
  g_autoptr(GArray) ids = rubis_session_find_sent (fixture->session, 0, 0, NULL, NULL);
  gint64 id = 0;

  for (guint i = 0; i < ids->len && id == 0; i++)
    {
      g_autoptr(RubisSentRow) row
        = rubis_session_load_sent (fixture->session, g_array_index (ids, gint64, i), NULL);

      if (g_str_equal (row->media_type, "message/rfc822"))
        id = row->id;
    }
  g_assert_cmpint (id, !=, 0);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.show-document", "x", id);
  rubis_ui_wait (has_preview, NULL);
  rubis_ui_destroy (rubis_ui_find_window (RUBIS_TYPE_PREVIEW_WINDOW));
}

int
main (int argc, char *argv[])
{
  int status;

  if (!rubis_ui_test_init (&argc, &argv))
    return 0;
  application = gtk_application_new ("fr.rubis.TestPanes", G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (application), NULL, NULL);
  g_test_add ("/ui/panes/email", Fixture, NULL, set_up, test_email, tear_down);
  g_test_add ("/ui/window-panes/come-back", Fixture, NULL, set_up, test_come_back, tear_down);
  status = g_test_run ();
  g_object_unref (application);
  return status;
}
