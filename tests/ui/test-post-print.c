/* The section "To post", and printing its letters to a real printing system: run by with-display.sh and
 * with-printers.sh.
 */
#include <string.h>

#include "rubis-agenda-list.h"
#include "rubis-pdf-text.h"
#include "rubis-post-job.h"
#include "rubis-post-page.h"
#include "rubis-test.h"
#include "rubis-ui-test.h"

typedef struct
{
  char *folder;
  RubisSession *session;
  GtkWidget *window;
  RubisPostPage *page;
  guint n_letters;
  int n_pages;
} Fixture;

/* Writes the letters of the demonstration's day; they wait. */
static void
write_letters (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) actions = rubis_session_compute_agenda (f->session, NULL, &error);
  g_autoptr (GPtrArray) letters = g_ptr_array_new ();
  g_autoptr (RubisRunReport) report = NULL;
  const RubisRunOptions keep = { .keep_letters = TRUE };

  for (guint i = 0; i < actions->len; i++)
    {
      RubisActionRow *action = actions->pdata[i];

      if (action->state == RUBIS_ACTION_TO_DO && action->channel == RUBIS_CHANNEL_LETTER
          && *action->error == '\0')
        g_ptr_array_add (letters, action);
    }
  report = rubis_session_perform_with (f->session, letters, &keep, NULL, &error);
  g_assert_no_error (error);
  f->n_letters = report->done->len;
  for (guint i = 0; i < report->done->len; i++)
    f->n_pages += ((RubisRunEntry *)report->done->pdata[i])->n_pages;
  g_assert_cmpuint (f->n_letters, >, 1);
}

static gboolean
is_listed (gpointer data)
{
  Fixture *f = data;

  return rubis_post_page_get_n_letters (f->page) == f->n_letters;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = rubis_test_make_folder ();
  f->session = rubis_ui_test_demo (f->folder);
  write_letters (f);
  f->window = gtk_window_new ();
  f->page = g_object_new (RUBIS_TYPE_POST_PAGE, NULL);
  rubis_post_page_set_session (f->page, f->session);
  gtk_window_set_child (GTK_WINDOW (f->window), GTK_WIDGET (f->page));
  gtk_window_set_default_size (GTK_WINDOW (f->window), 1280, 720);
  gtk_window_present (GTK_WINDOW (f->window));
  rubis_ui_wait (is_listed, f);
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

static gboolean
has_question (gpointer data)
{
  return rubis_ui_find_window (ADW_TYPE_MESSAGE_DIALOG) != NULL;
}

/* Prints on @printer and answers the question how it came out. */
static void
print_on (Fixture *f, const char *printer, const char *response)
{
  gpointer question;

  rubis_post_page_print_on (f->page, printer);
  rubis_ui_wait (has_question, NULL);
  question = rubis_ui_find_window (ADW_TYPE_MESSAGE_DIALOG);
  rubis_ui_wait_text (question, "Did the letters come out properly?");
  adw_message_dialog_response (question, response);
  gtk_window_destroy (question);
}

static char *
find_printed (const char *ending)
{
  const char *folder = g_getenv ("RUBIS_PRINTED");
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      if (g_str_has_suffix (name, ending))
        return g_build_filename (folder, name, NULL);
    }
  return NULL;
}

static gboolean
has_jobs (gpointer data)
{
  Fixture *f = data;
  g_autoptr (GPtrArray) jobs = rubis_session_list_print_jobs (f->session, 1, NULL);

  return jobs->len == 1 && !g_str_equal (((RubisPrintJob *)jobs->pdata[0])->state, "sent");
}

static const char *
get_job_state (Fixture *f, GPtrArray **jobs)
{
  *jobs = rubis_session_list_print_jobs (f->session, 1, NULL);
  return ((RubisPrintJob *)(*jobs)->pdata[0])->state;
}

/* The list shows the totals of the batch. */
static void
test_totals (Fixture *f, gconstpointer data)
{
  g_autofree char *letters = g_strdup_printf ("%u letters", f->n_letters);
  g_autofree char *pages = g_strdup_printf ("%d pages", f->n_pages);

  rubis_ui_wait_text (f->window, letters);
  rubis_ui_wait_text (f->window, pages);
  rubis_ui_wait_text (f->window, "to be checked");
}

/* A printer in trouble: the user is asked, and nothing is marked as printed. */
static void
test_jammed (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) jobs = NULL;

  print_on (f, "Jammed", "no");
  rubis_ui_wait (has_jobs, f);
  rubis_ui_wait (is_listed, f);
  g_assert_cmpstr (get_job_state (f, &jobs), ==, "failed");
  g_assert_null (find_printed (".pdf"));
}

/* Pages, copies and both sides arrive at the printer as asked; then the letters have left. */
static void
test_printed (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) jobs = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *pdf_path = NULL;
  g_autofree char *text_path = NULL;
  g_autofree char *options = NULL;
  g_autofree char *text = NULL;
  char *content = NULL;
  gsize length = 0;
  g_autoptr (GBytes) pdf = NULL;
  guint n_pages = 0;

  gtk_spin_button_set_value (rubis_ui_find (f->page, GTK_TYPE_SPIN_BUTTON, NULL), 3);
  gtk_check_button_set_active (rubis_ui_find (f->page, GTK_TYPE_CHECK_BUTTON, NULL), TRUE);
  rubis_ui_settle ();
  rubis_ui_wait (is_listed, f);
  print_on (f, "Good", "yes");
  f->n_letters = 0;
  rubis_ui_wait (is_listed, f);
  g_assert_cmpstr (get_job_state (f, &jobs), ==, "printed");
  g_assert_cmpint (((RubisPrintJob *)jobs->pdata[0])->copies, ==, 3);
  g_assert_true (((RubisPrintJob *)jobs->pdata[0])->duplex);

  pdf_path = find_printed (".pdf");
  g_assert_nonnull (pdf_path);
  g_assert_true (g_file_get_contents (pdf_path, &content, &length, NULL));
  pdf = g_bytes_new_take (content, length);
  text = rubis_pdf_read_text (pdf, 1000, &n_pages, &error);
  g_assert_no_error (error);
  /* Each letter takes whole sheets. */
  g_assert_cmpuint (n_pages, ==, 2 * (guint)((RubisPrintJob *)jobs->pdata[0])->n_sheets);
  g_assert_nonnull (strstr (text, "IBAN"));
  text_path = find_printed (".txt");
  g_assert_true (g_file_get_contents (text_path, &options, NULL, NULL));
  g_assert_nonnull (strstr (options, "copies=3\n"));
  g_assert_nonnull (strstr (options, "Duplex=DuplexNoTumble"));
  rubis_ui_wait_text (f->window, "No letter waits to be posted");
}

int
main (int argc, char **argv)
{
  if (!rubis_ui_test_init (&argc, &argv) || g_getenv ("RUBIS_PRINTED") == NULL)
    return 77;
  /* Without a system bus the printing backend warns that it misses colord. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  g_test_add ("/ui/post/totals", Fixture, NULL, set_up, test_totals, tear_down);
  g_test_add ("/ui/post/jammed", Fixture, NULL, set_up, test_jammed, tear_down);
  g_test_add ("/ui/post/printed", Fixture, NULL, set_up, test_printed, tear_down);
  return g_test_run ();
}
