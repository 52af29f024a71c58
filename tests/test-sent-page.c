/* The section "Sent" on the demonstration: what is listed, found and shown. Needs a display. */
#include <string.h>

#include "rubis-agenda-list.h"
#include "rubis-attachment-box.h"
#include "rubis-attachments.h"
#include "rubis-preview-window.h"
#include "rubis-sent-list.h"
#include "rubis-sent-page.h"
#include "rubis-test.h"
#include "rubis-ui-test.h"

typedef struct
{
  char *folder;
  RubisSession *session;
  GtkWidget *window;
  RubisSentPage *page;
  guint expected;
} Fixture;

static guint
count_all (Fixture *f, gint64 account_id, const char *text)
{
  g_autoptr (GArray) ids = rubis_session_find_sent (f->session, 0, account_id, text, NULL);

  return ids->len;
}

static gboolean
shows_expected (gpointer data)
{
  Fixture *f = data;

  return rubis_sent_page_get_n_documents (f->page) == f->expected;
}

static void
wait_for (Fixture *f, guint n)
{
  f->expected = n;
  rubis_ui_wait (shows_expected, f);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) actions = NULL;
  g_autoptr (RubisRunReport) report = NULL;

  f->folder = rubis_test_make_folder ();
  f->session = rubis_ui_test_demo (f->folder);
  actions = rubis_session_compute_agenda (f->session, NULL, &error);
  report = rubis_session_perform (f->session, actions, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  f->window = gtk_window_new ();
  f->page = g_object_new (RUBIS_TYPE_SENT_PAGE, NULL);
  rubis_sent_page_set_session (f->page, f->session);
  gtk_window_set_child (GTK_WINDOW (f->window), GTK_WIDGET (f->page));
  /* What a window of 1280 leaves beside the tree and the account. */
  gtk_window_set_default_size (GTK_WINDOW (f->window), 600, 640);
  gtk_window_present (GTK_WINDOW (f->window));
  wait_for (f, count_all (f, 0, NULL));
  g_assert_cmpuint (f->expected, >, 5);
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

/* The newest document. */
static RubisSentRow *
load_first (Fixture *f)
{
  g_autoptr (GArray) ids = rubis_session_find_sent (f->session, 0, 0, NULL, NULL);
  RubisSentRow *row = rubis_session_load_sent (f->session, g_array_index (ids, gint64, 0), NULL);

  g_assert_nonnull (row);
  return row;
}

/* People read the name of a template, and every column is in the window beside the tree. */
static void
test_columns (Fixture *f, gconstpointer data)
{
  GtkColumnView *view = rubis_ui_find (f->page, GTK_TYPE_COLUMN_VIEW, NULL);
  GtkScrolledWindow *scrolled
      = GTK_SCROLLED_WINDOW (gtk_widget_get_ancestor (GTK_WIDGET (view), GTK_TYPE_SCROLLED_WINDOW));
  GtkAdjustment *across = gtk_scrolled_window_get_hadjustment (scrolled);
  g_autoptr (RubisSentRow) row = load_first (f);
  g_autofree char *shown = g_strdup_printf ("%s, v%d", row->template_name, row->template_version);

  g_assert_cmpstr (row->template_name, !=, row->template_id);
  rubis_ui_wait_text (f->window, shown);
  g_assert_cmpfloat (gtk_adjustment_get_upper (across), <=, gtk_adjustment_get_page_size (across));
}

static void
test_search (Fixture *f, gconstpointer data)
{
  g_autoptr (RubisSentRow) row = load_first (f);
  guint all = f->expected;
  GtkEditable *search = rubis_ui_find (f->page, GTK_TYPE_SEARCH_ENTRY, NULL);
  guint found = count_all (f, 0, row->account_code);

  g_assert_cmpuint (found, >, 0);
  g_assert_cmpuint (found, <, all);
  gtk_editable_set_text (search, row->account_code);
  wait_for (f, found);
  /* Signs of the search itself are plain letters. */
  gtk_editable_set_text (search, "%");
  wait_for (f, count_all (f, 0, "%"));
  gtk_editable_set_text (search, "no document says so");
  wait_for (f, 0);
  rubis_ui_wait_text (f->window, "Nothing was sent");
  gtk_editable_set_text (search, "");
  wait_for (f, all);
}

/* The tree narrows the list to an account. */
static void
test_account (Fixture *f, gconstpointer data)
{
  g_autoptr (RubisSentRow) row = load_first (f);
  guint of_account = count_all (f, row->account_id, NULL);

  g_assert_cmpuint (of_account, <, f->expected);
  g_object_set (f->page, "account-id", row->account_id, NULL);
  wait_for (f, of_account);
}

/* The document's bytes have the fingerprint that is shown, and the journal's line is named. */
static void
test_proof (Fixture *f, gconstpointer data)
{
  g_autoptr (RubisSentRow) row = load_first (f);
  g_autoptr (GBytes) bytes = rubis_session_load_document (f->session, row->id, NULL, NULL, NULL);
  g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  g_autofree char *event = g_strdup_printf ("journal %d", (int)row->event_id);

  g_assert_cmpstr (sha256, ==, row->sha256);
  rubis_ui_wait_text (f->window, sha256);
  rubis_ui_wait_text (f->window, event);
}

static gboolean
has_preview (gpointer data)
{
  return rubis_ui_find_window (RUBIS_TYPE_PREVIEW_WINDOW) != NULL;
}

/* A letter is shown as it is, an email as pages; the template by its name. */
static void
test_open (Fixture *f, gconstpointer data)
{
  const char *media_type = data;
  GtkColumnView *view = rubis_ui_find (f->page, GTK_TYPE_COLUMN_VIEW, NULL);
  GListModel *model = G_LIST_MODEL (gtk_column_view_get_model (view));

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (RubisSentRow) row = g_list_model_get_item (model, i);

      if (!g_str_equal (row->media_type, media_type))
        continue;
      g_assert_cmpstr (row->template_name, !=, row->template_id);
      gtk_selection_model_select_item (GTK_SELECTION_MODEL (model), i, TRUE);
      rubis_ui_settle ();
      rubis_ui_click (f->page, "_Open");
      rubis_ui_wait (has_preview, NULL);
      rubis_ui_wait_text (rubis_ui_find_window (RUBIS_TYPE_PREVIEW_WINDOW), row->subject);
      rubis_ui_destroy (rubis_ui_find_window (RUBIS_TYPE_PREVIEW_WINDOW));
      return;
    }
  g_assert_not_reached ();
}

/* A file dropped on the account's section is kept, listed with its warning, and removed. */
static void
test_drop (Fixture *f, gconstpointer data)
{
  g_autoptr (RubisSentRow) row = load_first (f);
  g_autofree char *path = g_build_filename (f->folder, "note.txt", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GtkWidget *window = gtk_window_new ();
  RubisAttachmentBox *box = g_object_new (RUBIS_TYPE_ATTACHMENT_BOX, NULL);
  g_autoptr (GPtrArray) kept = NULL;
  g_autoptr (GPtrArray) left = NULL;
  GSList *files = g_slist_append (NULL, file);

  g_assert_true (g_file_set_contents (path, "Bonjour", -1, NULL));
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (box));
  gtk_window_present (GTK_WINDOW (window));
  rubis_attachment_box_set_account (box, f->session, row->account_id);
  rubis_attachment_box_add_files (box, files);
  rubis_ui_wait_text (window, "note.txt");
  rubis_ui_wait_text (window, "not sent with letters");
  kept = rubis_session_list_attachments (f->session, row->account_id, 0, NULL);
  g_assert_cmpuint (kept->len, ==, 1);
  rubis_ui_click (box, "user-trash-symbolic");
  left = rubis_session_list_attachments (f->session, row->account_id, 0, NULL);
  g_assert_cmpuint (left->len, ==, 0);
  g_slist_free (files);
  rubis_ui_destroy (window);
}

int
main (int argc, char **argv)
{
  if (!rubis_ui_test_init (&argc, &argv))
    return 77;
  g_test_add ("/ui/sent/columns", Fixture, NULL, set_up, test_columns, tear_down);
  g_test_add ("/ui/sent/search", Fixture, NULL, set_up, test_search, tear_down);
  g_test_add ("/ui/sent/account", Fixture, NULL, set_up, test_account, tear_down);
  g_test_add ("/ui/sent/proof", Fixture, NULL, set_up, test_proof, tear_down);
  g_test_add ("/ui/sent/open-letter", Fixture, "application/pdf", set_up, test_open, tear_down);
  g_test_add ("/ui/sent/open-email", Fixture, "message/rfc822", set_up, test_open, tear_down);
  g_test_add ("/ui/sent/drop", Fixture, NULL, set_up, test_drop, tear_down);
  return g_test_run ();
}
