/* Setting up a sender: the assistant and the window of senders. Needs a display. */
#include "rubis-sender-assistant.h"
#include "rubis-senders-private.h"
#include "rubis-senders-window.h"
#include "rubis-test-credentials.h"
#include "rubis-test.h"
#include "rubis-ui-test.h"

typedef struct
{
  char *folder;
  RubisSession *session;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (RubisCredentials) credentials = rubis_test_credentials_new (NULL, NULL);

  f->folder = rubis_test_make_folder ();
  f->session = rubis_ui_test_demo (f->folder);
  rubis_session_set_credentials (f->session, credentials);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  rubis_ui_settle ();
  g_assert_finalize_object (f->session);
  rubis_test_remove_tree (f->folder);
  g_free (f->folder);
}

/* The row of that title. */
static gpointer
find_row (gpointer root, const char *title)
{
  gpointer row = rubis_ui_find (root, ADW_TYPE_PREFERENCES_ROW, title);

  g_assert_nonnull (row);
  return row;
}

/* An address that the table knows fills in its servers; another one does not ask the network by itself. */
static void
test_guess (Fixture *f, gconstpointer data)
{
  GtkWidget *assistant = GTK_WIDGET (rubis_sender_assistant_present (NULL, f->session));
  gpointer email = find_row (assistant, "Email address");

  gtk_editable_set_text (GTK_EDITABLE (email), "accounts@gmail.com");
  rubis_ui_wait_text (assistant, "Known:");
  gtk_editable_set_text (GTK_EDITABLE (email), "accounts@corindon.example");
  rubis_ui_wait_text (assistant, "The servers of this address are not known");
  g_assert_nonnull (rubis_ui_find (assistant, GTK_TYPE_BUTTON, "_Ask the Network"));
  gtk_editable_set_text (GTK_EDITABLE (email), "nobody");
  rubis_ui_click (assistant, "_Continue");
  rubis_ui_wait_text (assistant, "Type the email address that customers see");
  rubis_ui_check_names (assistant);
  rubis_ui_destroy (assistant);
}

/* From the address to a sender in use, through a folder: settings, test, trial message. */
static void
test_assistant (Fixture *f, gconstpointer data)
{
  GtkWidget *assistant = GTK_WIDGET (rubis_sender_assistant_present (NULL, f->session));
  g_autofree char *out = g_build_filename (f->folder, "out", NULL);
  g_autoptr (RubisSender) sender = NULL;
  g_autoptr (GError) error = NULL;

  gtk_editable_set_text (GTK_EDITABLE (find_row (assistant, "Email address")), "accounts@corindon.example");
  /* The seventh of those offered. */
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_row (assistant, "Sends by")), 6);
  rubis_ui_click (assistant, "_Continue");
  rubis_ui_wait_text (assistant, "Through which server?");
  gtk_editable_set_text (GTK_EDITABLE (find_row (assistant, "Folder")), out);
  rubis_ui_check_names (assistant);
  rubis_ui_click (assistant, "_Continue");
  rubis_ui_wait_text (assistant, "Does it work?");
  rubis_ui_click (assistant, "_Test");
  rubis_ui_wait_text (assistant, "The folder can be written.");
  rubis_ui_click (assistant, "_Send");
  rubis_ui_wait_text (assistant, "The message was taken.");
  /* Until the user says so, nothing leaves by it. */
  sender = rubis_session_find_sender (f->session, "accounts@corindon.example", &error);
  g_assert_no_error (error);
  g_assert_false (sender->active);
  rubis_ui_click (assistant, "_Use This Sender");
  rubis_ui_wait_text (assistant, "The sender is in use");
  g_clear_pointer (&sender, rubis_sender_free);
  sender = rubis_session_find_sender (f->session, "accounts@corindon.example", &error);
  g_assert_no_error (error);
  g_assert_true (sender->active);
  rubis_ui_destroy (assistant);
}

static gboolean
is_renamed (gpointer data)
{
  Fixture *f = data;
  g_autoptr (RubisSender) sender = rubis_session_find_sender (f->session, "Late shift", NULL);

  return sender != NULL && sender->recall_minutes == 45;
}

/* Settings are changed and kept; what is wrong is said where it is typed. */
static void
test_window (Fixture *f, gconstpointer data)
{
  g_autoptr (RubisSender) sender = rubis_sender_new (RUBIS_TRANSPORT_SMTP);
  g_autoptr (GError) error = NULL;
  GtkWidget *window;

  rubis_sender_set (sender, name, "Accounts");
  rubis_sender_set (sender, email, "accounts@corindon.example");
  rubis_sender_set (sender, server, "smtp.corindon.example");
  rubis_session_save_sender (f->session, sender, &error);
  g_assert_no_error (error);
  window = GTK_WIDGET (rubis_senders_window_present (NULL, f->session, sender->id));
  rubis_ui_wait_text (window, "Accounts");
  rubis_ui_check_names (window);
  gtk_editable_set_text (GTK_EDITABLE (find_row (window, "Hours")), "never");
  rubis_ui_click (window, "_Save");
  rubis_ui_wait_text (window, "08:00-18:30");
  gtk_editable_set_text (GTK_EDITABLE (find_row (window, "Hours")), "08:00-18:30");
  gtk_editable_set_text (GTK_EDITABLE (find_row (window, "Name")), "Late shift");
  gtk_spin_button_set_value (rubis_ui_find (find_row (window, "Recall window"), GTK_TYPE_SPIN_BUTTON, NULL),
                             45);
  rubis_ui_click (window, "_Save");
  rubis_ui_wait (is_renamed, f);
  rubis_ui_destroy (window);
}

int
main (int argc, char **argv)
{
  if (!rubis_ui_test_init (&argc, &argv))
    return 77;
  g_test_add ("/ui/senders/guess", Fixture, NULL, set_up, test_guess, tear_down);
  g_test_add ("/ui/senders/assistant", Fixture, NULL, set_up, test_assistant, tear_down);
  g_test_add ("/ui/senders/window", Fixture, NULL, set_up, test_window, tear_down);
  return g_test_run ();
}
