/* The section "Answers" and the exchange with an account: what is proposed, corrected, applied and undone.
 * Needs a display.
 */
#include <string.h>

#include "rubis-account-chooser.h"
#include "rubis-answers-page.h"
#include "rubis-disputes.h"
#include "rubis-outbox.h"
#include "rubis-proposal-card.h"
#include "rubis-test-session.h"
#include "rubis-test.h"
#include "rubis-thread-window.h"
#include "rubis-ui-test.h"

/* Of the machine's clock only the order matters. */
#define NOW 1793606400

typedef struct
{
  char *folder;
  RubisSession *session;
  GtkWidget *window;
  RubisAnswersPage *page;
  gint64 account_id;
  const char *sql; /* for waits */
  gint64 expected;
} Fixture;

static gboolean
has_count (gpointer data)
{
  Fixture *f = data;

  return rubis_test_query (f->session, f->sql) == f->expected;
}

static void
wait_count (Fixture *f, const char *sql, gint64 n)
{
  f->sql = sql;
  f->expected = n;
  rubis_ui_wait (has_count, f);
}

/* An answer from @from, as a mail program writes it. @headers: "" or lines with their ends */
static void
receive_with (Fixture *f, const char *from, const char *headers, const char *text)
{
  static int n;
  g_autofree char *message
      = g_strdup_printf ("From: Anne Roy <%s>\r\nTo: us@corindon.example\r\nSubject: Re: invoice\r\n"
                         "Date: Mon, 02 Nov 2026 10:00:00 +0100\r\nMessage-ID: <%d@client.example>\r\n%s"
                         "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=UTF-8\r\n"
                         "Content-Transfer-Encoding: 8bit\r\n\r\n%s\r\n",
                         from, ++n, headers, text);
  g_autoptr (GBytes) bytes = g_bytes_new (message, strlen (message));
  g_autofree char *uid = g_strdup_printf ("test-%d", n);
  g_autoptr (GError) error = NULL;
  gint64 id = 0;

  rubis_session_take_message (f->session, 0, uid, bytes, NOW, &id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (id, >, 0);
}

static void
receive (Fixture *f, const char *from, const char *text)
{
  receive_with (f, from, "", text);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = rubis_test_make_folder ();
  f->session = rubis_ui_test_demo (f->folder);
  f->account_id
      = rubis_test_query (f->session, "SELECT account_id FROM item JOIN account a ON a.id = account_id "
                                      "WHERE open > 0 AND type = 0 AND a.email <> '' LIMIT 1");
  rubis_test_exec (f->session, "UPDATE account SET email = 'anne@client.example' WHERE id = "
                               "(SELECT account_id FROM item JOIN account a ON a.id = account_id "
                               "WHERE open > 0 AND type = 0 AND a.email <> '' LIMIT 1)");
  f->window = gtk_window_new ();
  f->page = g_object_new (RUBIS_TYPE_ANSWERS_PAGE, NULL);
  rubis_answers_page_set_session (f->page, f->session);
  gtk_window_set_child (GTK_WINDOW (f->window), GTK_WIDGET (f->page));
  gtk_window_set_default_size (GTK_WINDOW (f->window), 960, 640);
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

/* A promise is read with its sentence, corrected, recorded, and taken back by Undo. */
static void
test_promise (Fixture *f, gconstpointer data)
{
  GtkWidget *card;
  g_autofree char *undone = NULL;
  g_autoptr (GError) error = NULL;

  rubis_ui_wait_text (f->window, "No answer waits");
  receive (f, "anne@client.example", "Bonjour,\r\n\r\nNous paierons le 20 novembre 2026.\r\n\r\nAnne Roy");
  rubis_ui_wait_text (f->window, "Promises to pay");
  rubis_ui_wait_text (f->window, "Nous paierons le 20 novembre 2026.");
  rubis_ui_check_names (f->page);
  rubis_ui_wait_text (f->window, "Will pay on");
  card = rubis_ui_find (f->page, RUBIS_TYPE_PROPOSAL_CARD, NULL);
  /* What is no day is said in place, and nothing is noted. */
  gtk_editable_set_text (GTK_EDITABLE (rubis_ui_find (card, GTK_TYPE_ENTRY, NULL)), "soon");
  rubis_ui_click (card, "Record the _Promise");
  rubis_ui_wait_text (f->window, "This is no day");
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count(*) FROM proposal WHERE state = 'applied'"), ==,
                   0);
  card = rubis_ui_find (f->page, RUBIS_TYPE_PROPOSAL_CARD, NULL);
  gtk_editable_set_text (GTK_EDITABLE (rubis_ui_find (card, GTK_TYPE_ENTRY, NULL)), "25/11/2026");
  rubis_ui_click (card, "Record the _Promise");
  wait_count (f, "SELECT count(*) FROM proposal WHERE state = 'applied'", 1);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT max(date) FROM promise"), ==,
                   rubis_date_from_ymd (2026, 11, 25));
  undone = rubis_session_undo (f->session, &error);
  g_assert_no_error (error);
  wait_count (f, "SELECT count(*) FROM proposal WHERE state = 'open'", 1);
}

/* Whose answer it is when nothing says so: a person does. */
static void
test_unmatched (Fixture *f, gconstpointer data)
{
  receive (f, "somebody@elsewhere.example", "Bonjour, nous avons tout réglé hier. Merci.");
  rubis_ui_wait_text (f->window, "Whose is it? 1");
  rubis_ui_wait_text (f->window, "Nothing says whose answer this is");
  /* Nobody is proposed: the wrong customer would be one click away. */
  rubis_ui_wait_text (f->window, "Choose an account…");
  g_assert_false (gtk_widget_is_sensitive (rubis_ui_find (f->page, GTK_TYPE_BUTTON, "It Is _Theirs")));
  rubis_account_chooser_set_account (rubis_ui_find (f->page, RUBIS_TYPE_ACCOUNT_CHOOSER, NULL),
                                     f->account_id);
  rubis_ui_click (f->page, "It Is _Theirs");
  wait_count (f, "SELECT count(*) FROM incoming WHERE account_id IS NOT NULL AND matched_by = 'user'", 1);
}

/* Filed by its key, found again among all, and waiting again. */
static void
test_file (Fixture *f, gconstpointer data)
{
  receive (f, "anne@client.example", "Bien reçu, merci.");
  rubis_ui_wait_text (f->window, "Waiting 1");
  gtk_widget_grab_focus (rubis_ui_find (f->page, GTK_TYPE_LIST_VIEW, NULL));
  rubis_ui_settle ();
  rubis_ui_press ("d");
  wait_count (f, "SELECT count(*) FROM incoming WHERE state = 'new'", 0);
  rubis_ui_wait_text (f->window, "No answer waits");
  rubis_ui_click (f->page, "All that was received 1");
  rubis_ui_click (f->page, "_Wait Again");
  wait_count (f, "SELECT count(*) FROM incoming WHERE state = 'new'", 1);
}

/* A file that is dropped is read; dropped again it is known. */
static void
test_drop (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->folder, "answer.eml", NULL);
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();

  g_assert_true (
      g_file_set_contents (path,
                           "From: anne@client.example\r\nSubject: Bonjour\r\n"
                           "Date: Mon, 02 Nov 2026 10:00:00 +0100\r\nMessage-ID: <d@client.example>\r\n"
                           "Content-Type: text/plain\r\n\r\nNous payons demain.\r\n",
                           -1, NULL));
  g_ptr_array_add (paths, path);
  rubis_answers_page_take_files (f->page, paths);
  wait_count (f, "SELECT count(*) FROM incoming", 1);
  rubis_answers_page_take_files (f->page, paths);
  rubis_ui_settle ();
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count(*) FROM incoming"), ==, 1);
}

/* What was written by an account is read as a conversation. */
static void
test_thread (Fixture *f, gconstpointer data)
{
  GtkWidget *thread;

  receive (f, "anne@client.example", "Premier message.");
  receive (f, "anne@client.example", "Second message.");
  thread = GTK_WIDGET (rubis_thread_window_present (GTK_WINDOW (f->window), f->session, f->account_id));
  rubis_ui_wait_text (thread, "Premier message.");
  rubis_ui_wait_text (thread, "Second message.");
  rubis_ui_check_names (thread);
  rubis_ui_destroy (thread);
}

/* The reference of the request about a dispute, as it is approved. (transfer full) */
static char *
ask_colleague (Fixture *f, gint64 dispute)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisOutboxRecord) record = NULL;
  gint64 id = rubis_session_ask_resolver (f->session, dispute, NULL, &error);
  RubisStore *store;

  g_assert_no_error (error);
  g_array_append_val (ids, id);
  g_assert_cmpint (rubis_session_approve_outbox (f->session, ids, NOW, &error), ==, 1);
  store = rubis_session_lock (f->session);
  record = rubis_store_load_outbox (rubis_store_get_database (store), id, &error);
  rubis_session_unlock (f->session);
  g_assert_no_error (error);
  return g_strdup_printf ("In-Reply-To: <%s>\r\n", record->message_id);
}

/* What a colleague answers moves the dispute, and is no answer of the customer. */
static void
test_colleague (Fixture *f, gconstpointer data)
{
  gint64 dispute = rubis_test_query (f->session, "SELECT id FROM dispute WHERE state = 'examined'");
  g_autofree char *reference = ask_colleague (f, dispute);
  g_autofree char *undone = NULL;
  g_autoptr (GError) error = NULL;
  GtkWidget *card;

  receive_with (f, "n.brun@atelier-corindon.example", reference, "C'est bien fondé, je demande l'avoir.");
  rubis_ui_wait_text (f->window, "Says that the dispute is founded");
  rubis_ui_wait_text (f->window, "Await the");
  rubis_ui_check_names (f->page);
  card = rubis_ui_find (f->page, RUBIS_TYPE_PROPOSAL_CARD, NULL);
  rubis_ui_click (card, "Await the _Credit Note");
  wait_count (f, "SELECT count(*) FROM dispute WHERE state = 'credit_awaited' AND reason = 'not_ordered'", 1);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count(*) FROM dispute_comment WHERE text LIKE '%avoir.%'"), ==,
                   1);
  undone = rubis_session_undo (f->session, &error);
  g_assert_no_error (error);
  wait_count (f, "SELECT count(*) FROM dispute WHERE state = 'examined' AND reason = 'not_ordered'", 1);
}

int
main (int argc, char **argv)
{
  if (!rubis_ui_test_init (&argc, &argv))
    return 77;
  g_test_add ("/ui/answers/promise", Fixture, NULL, set_up, test_promise, tear_down);
  g_test_add ("/ui/answers/unmatched", Fixture, NULL, set_up, test_unmatched, tear_down);
  g_test_add ("/ui/answers/file", Fixture, NULL, set_up, test_file, tear_down);
  g_test_add ("/ui/answers/drop", Fixture, NULL, set_up, test_drop, tear_down);
  g_test_add ("/ui/answers/thread", Fixture, NULL, set_up, test_thread, tear_down);
  g_test_add ("/ui/answers/colleague", Fixture, NULL, set_up, test_colleague, tear_down);
  return g_test_run ();
}
