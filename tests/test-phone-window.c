/* A phone session by keyboard only, and what the dossier says of it. */
#include <adwaita.h>
#include <string.h>

#include "rubis-calls.h"
#include "rubis-phone-window.h"
#include "rubis-test-session.h"
#include "rubis-test.h"
#include "rubis-ui-test.h"
#include "rubis-ui.h"

typedef struct
{
  char *folder;
  RubisSession *session;
  GtkWidget *window;
  gint64 first;  /* owes three invoices */
  gint64 second; /* owes one */
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  f->folder = rubis_test_make_folder ();
  f->session = rubis_test_session_new (f->folder);
  f->first = rubis_test_add_account (f->session, "C1", "Garçon SAS");
  f->second = rubis_test_add_account (f->session, "C2", "Lefèvre");
  rubis_test_add_item (f->session, f->first, "F-1", RUBIS_ITEM_INVOICE, "2026-10-01", 100000, 100000, NULL);
  rubis_test_add_item (f->session, f->first, "F-2", RUBIS_ITEM_INVOICE, "2026-10-12", 50000, 50000, NULL);
  rubis_test_add_item (f->session, f->first, "F-3", RUBIS_ITEM_INVOICE, "2026-12-01", 70000, 70000, NULL);
  rubis_test_add_item (f->session, f->second, "F-4", RUBIS_ITEM_INVOICE, "2026-10-20", 30000, 30000, NULL);
  rubis_test_exec (f->session,
                   "UPDATE account SET phone = '04 72 00 00 00', email = 'compta@client.example'");
  rubis_test_exec (f->session,
                   "INSERT INTO contact (account_id, last_name, role, phone, email) "
                   "SELECT id, 'Roux', 'accounts_payable', '06 12 34 56 78', 'roux@client.example' "
                   "FROM account WHERE code = 'C1'");
  rubis_test_exec (f->session, "INSERT OR REPLACE INTO setting (key, value) VALUES ('company.email', "
                               "'credit@verrerie.example')");
  g_array_append_val (ids, f->first);
  g_array_append_val (ids, f->second);
  f->window = rubis_phone_window_new (NULL, f->session, ids);
  gtk_window_set_default_size (GTK_WINDOW (f->window), 1280, 720);
  gtk_window_present (GTK_WINDOW (f->window));
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  if (f->window != NULL)
    rubis_ui_destroy (f->window);
  rubis_test_check_dossier (f->session);
  g_object_unref (f->session);
  rubis_test_remove_tree (f->folder);
  g_free (f->folder);
}

static void
type_text (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    {
      char key[2] = { *p, '\0' };

      rubis_ui_press (*p == '/' ? "slash" : *p == ':' ? "colon" : *p == ' ' ? "space" : key);
    }
}

typedef struct
{
  Fixture *fixture;
  const char *sql;
  gint64 wanted;
} Fact;

static gboolean
holds (gpointer data)
{
  const Fact *fact = data;

  return rubis_test_query (fact->fixture->session, fact->sql) == fact->wanted;
}

static void
wait_for (Fixture *f, const char *sql, gint64 wanted)
{
  Fact fact = { f, sql, wanted };

  rubis_ui_wait (holds, &fact);
}

static gboolean
is_closed (gpointer data)
{
  return rubis_ui_find_window (RUBIS_TYPE_PHONE_WINDOW) == NULL;
}

/* The first account promises, and gets an email that says so. */
static void
call_first (Fixture *f)
{
  rubis_ui_wait_text (f->window, "Garçon SAS");
  rubis_ui_wait_text (f->window, "Overdue €1,500.00");
  rubis_ui_check_names (f->window);
  /* Nobody answers for a number that no program dials; the clock runs. */
  rubis_ui_press ("ctrl+d");
  rubis_ui_wait_text (f->window, "0:0");
  /* A promise: the amount is there, Enter goes on to the day. */
  rubis_ui_press ("alt+p");
  rubis_ui_press ("Return");
  type_text ("27/11/2026");
  rubis_ui_press ("Return");
  rubis_ui_wait_text (f->window, "Promise: €1,500.00 for 27/11/2026");
  g_assert_cmpint (rubis_test_query (f->session, "SELECT amount FROM promise WHERE voided = 0"), ==, 150000);
  rubis_ui_wait_text (f->window, "promised for 27/11/2026");
  /* The note has the focus again. */
  type_text ("vu avec roux");
  rubis_ui_press ("ctrl+Return");
  rubis_ui_wait_text (f->window, "What comes next:");
  wait_for (f, "SELECT count (*) FROM call WHERE result = 'promised' AND note = 'vu avec roux'", 1);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM call WHERE phone = '06 12 34 56 78' "
                                                 "AND contact_id IS NOT NULL AND began_at > 0"),
                   ==, 1);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT call_id FROM promise"), ==, 1);
  /* The email that confirms it, as it is proposed. */
  rubis_ui_press ("ctrl+Return");
  rubis_ui_wait_text (f->window, "Lefèvre");
  g_assert_cmpint (rubis_test_query (f->session,
                                     "SELECT count (*) FROM outbox WHERE state = 'draft' AND recipient = "
                                     "'roux@client.example'"),
                   ==, 1);
}

/* The second one contests a part, and names an hour. */
static void
call_second (Fixture *f)
{
  rubis_ui_wait_text (f->window, "Overdue €300.00");
  rubis_ui_press ("ctrl+t");
  /* Something is contested: a part of it, then a day and an hour for the next call. */
  rubis_ui_press ("alt+d");
  rubis_ui_press ("Tab");
  type_text ("120");
  rubis_ui_press ("Return");
  rubis_ui_wait_text (f->window, "Choose the reason why it is contested.");
  gtk_drop_down_set_selected (rubis_ui_find_named (f->window, GTK_TYPE_DROP_DOWN, "Reason of the dispute"),
                              1);
  rubis_ui_press ("Tab");
  rubis_ui_press ("Return");
  rubis_ui_wait_text (f->window, "Dispute: €120.00");
  g_assert_cmpint (rubis_test_query (f->session, "SELECT sum (amount) FROM dispute_item"), ==, 12000);
  rubis_ui_press ("alt+b");
  type_text ("25/11/2026");
  rubis_ui_press ("Tab");
  type_text ("14:30");
  rubis_ui_press ("Return");
  rubis_ui_press ("ctrl+Return");
  rubis_ui_wait_text (f->window, "What comes next: To call back on 25/11/2026 at 14:30");
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM call WHERE result = 'disputed'"), ==,
                   1);
  g_assert_cmpint (
      rubis_test_query (f->session, "SELECT count (*) FROM callback WHERE minute = 870 AND state = 'open'"),
      ==, 1);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT call_id FROM dispute"), ==, 2);
}

/* Two accounts, from the first key to the last. */
static void
test_session (Fixture *f, gconstpointer data)
{
  call_first (f);
  call_second (f);
  rubis_ui_press ("Escape");
  rubis_ui_wait_text (f->window, "2 calls noted.");
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM outbox"), ==, 1);
  rubis_ui_press ("Return");
  rubis_ui_wait (is_closed, NULL);
  f->window = NULL;
}

/* (nullable) */
static GtkFlowBoxChild *
get_chosen (Fixture *f)
{
  GtkWidget *outcome = rubis_ui_find (f->window, g_type_from_name ("RubisPhoneOutcome"), NULL);
  GtkFlowBox *results = rubis_ui_find (outcome, GTK_TYPE_FLOW_BOX, NULL);
  g_autoptr (GList) selected = gtk_flow_box_get_selected_children (results);

  return selected != NULL ? selected->data : NULL;
}

/* What is missing is said, digits choose, what was agreed is taken back, Escape keeps what was noted. */
static void
test_keys (Fixture *f, gconstpointer data)
{
  rubis_ui_wait_text (f->window, "Overdue €1,500.00");
  /* The keys that stand beside the results choose them until something is typed. */
  rubis_ui_wait_text (f->window, "Its key chooses it");
  rubis_ui_press ("ctrl+Return");
  rubis_ui_wait_text (f->window, "Say how the call ended");
  rubis_ui_press ("3");
  g_assert_cmpint (gtk_flow_box_child_get_index (get_chosen (f)), ==, 2);
  rubis_ui_press ("2");
  g_assert_cmpint (gtk_flow_box_child_get_index (get_chosen (f)), ==, 1);
  /* Escape folds a form, and the session goes on. */
  rubis_ui_press ("alt+d");
  rubis_ui_press ("Escape");
  rubis_ui_press ("alt+p");
  rubis_ui_press ("Return");
  type_text ("xyz");
  rubis_ui_press ("Return");
  rubis_ui_wait_text (f->window, "“xyz” is no day");
  rubis_ui_press ("ctrl+a");
  type_text ("27/11/2026");
  rubis_ui_press ("Return");
  rubis_ui_wait_text (f->window, "Promise: €1,500.00");
  rubis_ui_press ("ctrl+z");
  rubis_ui_wait_text (f->window, "Undone: ");
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM promise WHERE voided = 0"), ==, 0);
  type_text ("27 euros");
  rubis_ui_wait_text (f->window, "While you type: Alt and its key");
  g_assert_cmpint (gtk_flow_box_child_get_index (get_chosen (f)), ==, 1);
  /* The ninth result: a message was left; the day after is there already. */
  rubis_ui_press ("alt+9");
  rubis_ui_press ("ctrl+Return");
  rubis_ui_wait_text (f->window, "Lefèvre");
  wait_for (f, "SELECT count (*) FROM call WHERE result = 'voicemail' AND note = '27 euros'", 1);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT date FROM callback"), ==,
                   rubis_date_from_ymd (2026, 11, 23));
  rubis_ui_wait_text (f->window, "Overdue €300.00");
  /* What was typed is not lost without a word; the eleventh result has a letter. */
  rubis_ui_press ("alt+n");
  type_text ("rappeler");
  rubis_ui_press ("alt+m");
  rubis_ui_press ("Escape");
  rubis_ui_wait_text (f->window, "This call is not noted yet");
  rubis_ui_press ("ctrl+n");
  rubis_ui_wait_text (f->window, "1 call noted, 1 skipped");
  rubis_ui_press ("Escape");
  rubis_ui_wait (is_closed, NULL);
  f->window = NULL;
}

/* The summary writes nothing that nobody asked for: Enter goes on without it, digits are not its text. */
static void
test_no_summary (Fixture *f, gconstpointer data)
{
  rubis_ui_wait_text (f->window, "Overdue €1,500.00");
  rubis_ui_press ("alt+n");
  type_text ("27 euros");
  g_assert_null (get_chosen (f));
  /* As it says then, a digit chooses. */
  rubis_ui_press ("ctrl+Return");
  rubis_ui_wait_text (f->window, "Say how the call ended");
  rubis_ui_press ("2");
  rubis_ui_press ("ctrl+Return");
  rubis_ui_wait_text (f->window, "What comes next:");
  rubis_ui_press ("9");
  rubis_ui_press ("Return");
  rubis_ui_wait_text (f->window, "Overdue €300.00");
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM outbox"), ==, 0);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM call WHERE note = '27 euros'"), ==,
                   1);
}

static GtkWidget *
call_again (Fixture *f)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GtkWidget *window;

  g_array_append_val (ids, f->first);
  window = rubis_phone_window_new (NULL, f->session, ids);
  gtk_window_present (GTK_WINDOW (window));
  rubis_ui_wait_text (window, "Overdue €1,500.00");
  return window;
}

static char *
dup_note (GtkWidget *window)
{
  GtkWidget *outcome = rubis_ui_find (window, g_type_from_name ("RubisPhoneOutcome"), NULL);
  GtkTextBuffer *buffer
      = gtk_text_view_get_buffer (GTK_TEXT_VIEW (rubis_ui_find (outcome, GTK_TYPE_TEXT_VIEW, NULL)));
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

/* A note that was typed and not saved is there when the customer is called again, until it is noted. */
static void
test_kept_note (Fixture *f, gconstpointer data)
{
  g_autofree char *kept = NULL;
  g_autofree char *after = NULL;

  rubis_ui_wait_text (f->window, "Overdue €1,500.00");
  rubis_ui_press ("alt+n");
  type_text ("rappeler");
  gtk_window_close (GTK_WINDOW (f->window));
  rubis_ui_wait_text (f->window, "This call is not noted yet");
  gtk_window_close (GTK_WINDOW (f->window));
  rubis_ui_wait (is_closed, NULL);
  f->window = call_again (f);
  kept = dup_note (f->window);
  g_assert_cmpstr (kept, ==, "rappeler");
  rubis_ui_press ("alt+9");
  rubis_ui_press ("ctrl+Return");
  wait_for (f, "SELECT count (*) FROM call WHERE result = 'voicemail' AND note = 'rappeler'", 1);
  rubis_ui_wait_text (f->window, "1 call noted.");
  rubis_ui_destroy (f->window);
  f->window = call_again (f);
  after = dup_note (f->window);
  g_assert_cmpstr (after, ==, "");
}

/* The queue of the day: who is called by hand in the other tests is not in it. */
static void
test_queue (Fixture *f, gconstpointer data)
{
  GtkWidget *window;
  g_autoptr (GError) error = NULL;

  rubis_ui_destroy (g_steal_pointer (&f->window));
  window = rubis_phone_window_new (NULL, f->session, NULL);
  gtk_window_present (GTK_WINDOW (window));
  rubis_ui_wait_text (window, "Nobody is to be called today");
  rubis_ui_destroy (window);
  g_assert_cmpint (
      rubis_session_add_callback (f->session, f->second, 0, RUBIS_TEST_TODAY, 900, "Mme Roux", &error), >, 0);
  g_assert_no_error (error);
  window = rubis_phone_window_new (NULL, f->session, NULL);
  gtk_window_present (GTK_WINDOW (window));
  rubis_ui_wait_text (window, "To be called back today at 15:00, Mme Roux");
  rubis_ui_destroy (window);
}

/* All that matters is in view on a small screen. */
static void
test_small_screen (Fixture *f, gconstpointer data)
{
  GtkWidget *outcome;
  GtkAdjustment *adjustment;
  int minimum;

  rubis_ui_wait_text (f->window, "Overdue €1,500.00");
  gtk_widget_measure (f->window, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 1280);
  gtk_widget_measure (f->window, GTK_ORIENTATION_VERTICAL, 1280, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 720);
  rubis_ui_settle ();
  outcome = rubis_ui_find (f->window, g_type_from_name ("RubisPhoneOutcome"), NULL);
  adjustment = gtk_scrolled_window_get_vadjustment (rubis_ui_find (outcome, GTK_TYPE_SCROLLED_WINDOW, NULL));
  g_assert_cmpfloat (gtk_adjustment_get_upper (adjustment), <=, gtk_adjustment_get_page_size (adjustment));
  /* The note stays in view while a promise is entered: Enter, Enter notes what is proposed. */
  rubis_ui_press ("alt+p");
  rubis_ui_wait_text (f->window, "Note the promise");
  rubis_ui_settle ();
  g_assert_cmpfloat (gtk_adjustment_get_upper (adjustment), <=, gtk_adjustment_get_page_size (adjustment));
  rubis_ui_press ("Return");
  rubis_ui_press ("Return");
  rubis_ui_wait_text (f->window, "Promise: €1,500.00 for 27/11/2026");
}

#define ADD(name, func) g_test_add ("/phone-window/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  if (!rubis_ui_test_init (&argc, &argv))
    return 0;
  ADD ("session", test_session);
  ADD ("keys", test_keys);
  ADD ("no-summary", test_no_summary);
  ADD ("kept-note", test_kept_note);
  ADD ("queue", test_queue);
  ADD ("small-screen", test_small_screen);
  return g_test_run ();
}
