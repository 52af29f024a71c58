/* The section "Outbox": states, recalling by keys, settling, holding. Needs a display. */
#include <string.h>

#include "rubis-agenda-list.h"
#include "rubis-outbox-page.h"
#include "rubis-test-session.h"
#include "rubis-test.h"
#include "rubis-ui-test.h"

typedef struct
{
  char *folder;
  RubisSession *session;
  GtkWidget *window;
  RubisOutboxPage *page;
  gint64 expected; /* for waits */
  RubisOutboxState state;
} Fixture;

static gint64
count_state (Fixture *f, RubisOutboxState state)
{
  gint64 counts[RUBIS_N_OUTBOX_STATES];
  g_autoptr (GError) error = NULL;

  rubis_session_count_outbox (f->session, counts, &error);
  g_assert_no_error (error);
  return counts[state];
}

static gboolean
has_state (gpointer data)
{
  Fixture *f = data;

  return count_state (f, f->state) == f->expected;
}

static void
wait_state (Fixture *f, RubisOutboxState state, gint64 n)
{
  f->state = state;
  f->expected = n;
  rubis_ui_wait (has_state, f);
}

/* A server that nobody listens on: nothing can leave by accident. */
static void
add_sender (Fixture *f)
{
  g_autoptr (RubisSender) sender = rubis_sender_new (RUBIS_TRANSPORT_SMTP);
  g_autoptr (GError) error = NULL;

  rubis_sender_set (sender, name, "Accounts");
  rubis_sender_set (sender, email, "accounts@corindon.example");
  rubis_sender_set (sender, server, "localhost");
  sender->port = 1;
  sender->security = RUBIS_SECURITY_NONE;
  sender->auth = RUBIS_AUTH_NONE;
  rubis_session_save_sender (f->session, sender, &error);
  g_assert_no_error (error);
}

static void
perform_emails (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) all = rubis_session_compute_agenda (f->session, NULL, &error);
  g_autoptr (GPtrArray) emails = g_ptr_array_new ();
  g_autoptr (RubisRunReport) report = NULL;

  g_assert_no_error (error);
  for (guint i = 0; i < all->len; i++)
    {
      RubisActionRow *action = all->pdata[i];

      if (action->channel == RUBIS_CHANNEL_EMAIL)
        g_ptr_array_add (emails, action);
    }
  report = rubis_session_perform (f->session, emails, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *f, gconstpointer with_sender)
{
  f->folder = rubis_test_make_folder ();
  f->session = rubis_ui_test_demo (f->folder);
  if (with_sender != NULL)
    {
      add_sender (f);
      perform_emails (f);
      g_assert_cmpint (count_state (f, RUBIS_OUTBOX_APPROVED), >, 5);
    }
  f->window = gtk_window_new ();
  f->page = g_object_new (RUBIS_TYPE_OUTBOX_PAGE, NULL);
  rubis_outbox_page_set_session (f->page, f->session);
  gtk_window_set_child (GTK_WINDOW (f->window), GTK_WIDGET (f->page));
  gtk_window_set_default_size (GTK_WINDOW (f->window), 620, 640);
  gtk_window_present (GTK_WINDOW (f->window));
  rubis_ui_settle ();
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  rubis_ui_destroy (f->window);
  rubis_ui_settle ();
  g_assert_finalize_object (f->session);
  rubis_test_remove_tree (f->folder);
  g_free (f->folder);
}

static GtkWidget *
get_list (Fixture *f)
{
  return rubis_ui_find (f->page, GTK_TYPE_LIST_VIEW, NULL);
}

/* Puts the newest message into @state, as if it had come so far, and chooses it. */
static void
choose_in_state (Fixture *f, const char *state, const char *chip)
{
  g_autofree char *sql = g_strdup_printf ("UPDATE outbox SET state = '%s', reason = 'because of a test' "
                                          "WHERE id = (SELECT max(id) FROM outbox)",
                                          state);

  rubis_test_exec (f->session, sql);
  rubis_session_mark_changed (f->session);
  rubis_ui_wait_text (f->window, chip);
  rubis_ui_click (f->page, chip);
  rubis_ui_settle ();
  g_assert_cmpuint (rubis_outbox_page_get_n_messages (f->page), ==, 1);
  gtk_widget_grab_focus (get_list (f));
  rubis_ui_settle ();
}

/* Each state is named, counted and explained; the message is shown as it leaves. */
static void
test_states (Fixture *f, gconstpointer data)
{
  gint64 n = count_state (f, RUBIS_OUTBOX_APPROVED);
  g_autofree char *chip = g_strdup_printf ("Can be recalled %d", (int)n);

  rubis_ui_wait_text (f->window, chip);
  rubis_ui_wait_text (f->window, "can be recalled for");
  rubis_ui_wait_text (f->window, "accounts@corindon.example");
  choose_in_state (f, "bounced_hard", "Returned 1");
  rubis_ui_wait_text (f->window, "because of a test");
  rubis_ui_check_names (f->page);
}

/* Escape belongs to the search while one types there; in the list it takes everything back. */
static void
test_escape (Fixture *f, gconstpointer data)
{
  gint64 n = count_state (f, RUBIS_OUTBOX_APPROVED);
  GtkWidget *search = rubis_ui_find (f->page, GTK_TYPE_SEARCH_ENTRY, NULL);

  rubis_ui_wait_text (f->window, "can be recalled for");
  gtk_widget_grab_focus (search);
  rubis_ui_settle ();
  rubis_ui_press ("Escape");
  g_assert_cmpint (count_state (f, RUBIS_OUTBOX_APPROVED), ==, n);
  gtk_widget_grab_focus (get_list (f));
  rubis_ui_settle ();
  rubis_ui_press ("Escape");
  wait_state (f, RUBIS_OUTBOX_APPROVED, 0);
  g_assert_cmpint (count_state (f, RUBIS_OUTBOX_CANCELLED), ==, n);
}

/* One message is taken back by its key, the others leave. */
static void
test_recall_one (Fixture *f, gconstpointer data)
{
  gint64 n = count_state (f, RUBIS_OUTBOX_APPROVED);

  rubis_ui_wait_text (f->window, "can be recalled for");
  gtk_widget_grab_focus (get_list (f));
  rubis_ui_settle ();
  rubis_ui_press ("r");
  wait_state (f, RUBIS_OUTBOX_APPROVED, n - 1);
}

/* What Rubis prepared waits for a person. */
static void
test_approve (Fixture *f, gconstpointer data)
{
  gint64 n = count_state (f, RUBIS_OUTBOX_APPROVED);
  const RubisDraftRequest request = {
    .account_id = rubis_test_query (f->session, "SELECT account_id FROM outbox ORDER BY id DESC LIMIT 1"),
    .channel = RUBIS_CHANNEL_EMAIL,
    .key = "test-copies",
    .title = "Copies",
    .subject = "The copies you asked for",
    .text = "Here they are.",
  };
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (rubis_session_add_draft (f->session, &request, &error), >, 0);
  g_assert_no_error (error);
  rubis_ui_wait_text (f->window, "To approve 1");
  rubis_ui_click (f->page, "To approve 1");
  rubis_ui_wait_text (f->window, "Here they are.");
  gtk_widget_grab_focus (get_list (f));
  rubis_ui_settle ();
  rubis_ui_press ("a");
  wait_state (f, RUBIS_OUTBOX_DRAFT, 0);
  g_assert_cmpint (count_state (f, RUBIS_OUTBOX_APPROVED), ==, n + 1);
}

/* What nobody knows is settled by a person, who is told what each answer means. */
static void
test_left (Fixture *f, gconstpointer data)
{
  choose_in_state (f, "unknown", "Unknown 1");
  rubis_ui_wait_text (f->window, "nobody knows whether it left");
  rubis_ui_press ("l");
  wait_state (f, RUBIS_OUTBOX_UNKNOWN, 0);
  g_assert_cmpint (count_state (f, RUBIS_OUTBOX_SENT), ==, 1);
}

static void
test_not_left (Fixture *f, gconstpointer data)
{
  choose_in_state (f, "unknown", "Unknown 1");
  rubis_ui_click (f->page, "It Did _Not Leave");
  wait_state (f, RUBIS_OUTBOX_UNKNOWN, 0);
  g_assert_cmpint (count_state (f, RUBIS_OUTBOX_QUEUED), ==, 1);
}

static gboolean
is_held (gpointer data)
{
  return rubis_session_get_outbox_hold (((Fixture *)data)->session);
}

static void
test_hold (Fixture *f, gconstpointer data)
{
  GtkSwitch *hold = rubis_ui_find (f->page, GTK_TYPE_SWITCH, NULL);

  rubis_ui_wait_text (f->window, "can be recalled for");
  g_assert_false (is_held (f));
  gtk_switch_set_active (hold, TRUE);
  rubis_ui_wait (is_held, f);
  rubis_ui_wait_text (f->window, "Everything is held");
  rubis_ui_wait_text (f->window, "held: everything is held");
}

/* Without a server it is said that nothing leaves, with the way out. */
static void
test_folder (Fixture *f, gconstpointer data)
{
  rubis_ui_wait_text (f->window, "No email leaves by itself");
  g_assert_nonnull (rubis_ui_find (f->page, GTK_TYPE_BUTTON, "Set _Up Sending…"));
}

int
main (int argc, char **argv)
{
  const char *sender = "sender";

  if (!rubis_ui_test_init (&argc, &argv))
    return 77;
  g_test_add ("/ui/outbox/states", Fixture, sender, set_up, test_states, tear_down);
  g_test_add ("/ui/outbox/escape", Fixture, sender, set_up, test_escape, tear_down);
  g_test_add ("/ui/outbox/recall-one", Fixture, sender, set_up, test_recall_one, tear_down);
  g_test_add ("/ui/outbox/approve", Fixture, sender, set_up, test_approve, tear_down);
  g_test_add ("/ui/outbox/left", Fixture, sender, set_up, test_left, tear_down);
  g_test_add ("/ui/outbox/not-left", Fixture, sender, set_up, test_not_left, tear_down);
  g_test_add ("/ui/outbox/folder", Fixture, NULL, set_up, test_folder, tear_down);
  g_test_add ("/ui/outbox/hold", Fixture, sender, set_up, test_hold, tear_down);
  return g_test_run ();
}
