/* Printing the letters of the day: run by with-display.sh and with-printers.sh. */
#include <string.h>

#include <gtk/gtkunixprint.h>

#include "rubis-agenda-list.h"
#include "rubis-day-run.h"
#include "rubis-post-job.h"
#include "rubis-test.h"
#include "rubis-ui-test.h"

static GPtrArray *
find_letters (RubisSession *session)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) actions = rubis_session_compute_agenda (session, NULL, &error);
  GPtrArray *letters = g_ptr_array_new_with_free_func (g_object_unref);

  g_assert_no_error (error);
  for (guint i = 0; i < actions->len; i++)
    {
      RubisActionRow *action = actions->pdata[i];

      if (action->state == RUBIS_ACTION_TO_DO && action->channel == RUBIS_CHANNEL_LETTER && *action->error == '\0')
        g_ptr_array_add (letters, g_object_ref (action));
    }
  return letters;
}

static guint
count_printed (void)
{
  g_autoptr(GDir) dir = g_dir_open (g_getenv ("RUBIS_PRINTED"), 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    n += g_str_has_suffix (name, ".pdf") ? 1 : 0;
  return n;
}

/* Chooses the printer in the dialog of GTK, as soon as it is listed; TRUE when all of it is known. */
static gboolean
choose_printer (gpointer name)
{
  gpointer dialog = rubis_ui_find_window (GTK_TYPE_PRINT_UNIX_DIALOG);
  GtkColumnView *view = dialog != NULL ? rubis_ui_find (dialog, GTK_TYPE_COLUMN_VIEW, NULL) : NULL;
  GtkSelectionModel *printers = view != NULL ? gtk_column_view_get_model (view) : NULL;

  for (guint i = 0; printers != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (printers)); i++)
    {
      g_autoptr(GtkPrinter) printer = g_list_model_get_item (G_LIST_MODEL (printers), i);

      if (!g_str_equal (gtk_printer_get_name (printer), name))
        continue;
      if (!gtk_selection_model_is_selected (printers, i))
        gtk_selection_model_select_item (printers, i, TRUE);
      return gtk_print_unix_dialog_get_selected_printer (dialog) == printer && gtk_printer_has_details (printer);
    }
  return FALSE;
}

/* Presses "Do" and answers the dialog of GTK with a printer. */
static void
print_on (GtkWidget *run, char *name)
{
  rubis_ui_click (run, "_Do");
  rubis_ui_wait (choose_printer, name);
  gtk_dialog_response (rubis_ui_find_window (GTK_TYPE_PRINT_UNIX_DIALOG), GTK_RESPONSE_OK);
}

static gboolean
has_question (gpointer data)
{
  return rubis_ui_find_window (ADW_TYPE_MESSAGE_DIALOG) != NULL;
}

static void
set_switch (GtkWidget *run, const char *row, gboolean active)
{
  gtk_switch_set_active (rubis_ui_find (rubis_ui_find (run, ADW_TYPE_ACTION_ROW, row), GTK_TYPE_SWITCH, NULL), active);
}

static void
test_print (void)
{
  g_autofree char *folder = rubis_test_make_folder ();
  RubisSession *session = rubis_ui_test_demo (folder);
  g_autoptr(GPtrArray) before = find_letters (session);
  g_autoptr(GPtrArray) between = NULL;
  g_autoptr(GPtrArray) after = NULL;
  char jammed[] = "Jammed";
  char good[] = "Good";
  gpointer question;
  GtkWidget *run;

  g_assert_cmpuint (before->len, >, 1);
  run = rubis_day_run_new (NULL, session, before);
  gtk_window_present (GTK_WINDOW (run));
  set_switch (run, "Save as PDF", FALSE);
  set_switch (run, "Print", TRUE);

  /* The printer gets stuck: the user is asked, and nothing is marked. */
  print_on (run, jammed);
  rubis_ui_wait (has_question, NULL);
  question = rubis_ui_find_window (ADW_TYPE_MESSAGE_DIALOG);
  rubis_ui_wait_text (question, "Did the letters come out properly?");
  adw_message_dialog_response (question, "no");
  gtk_window_destroy (question);
  rubis_ui_wait_text (run, "Nothing was marked as done.");
  between = find_letters (session);
  g_assert_cmpuint (between->len, ==, before->len);

  /* Another printer takes them all as one job. */
  print_on (run, good);
  rubis_ui_wait_text (run, "printed");
  g_assert_cmpuint (count_printed (), ==, 1);
  after = find_letters (session);
  g_assert_cmpuint (after->len, ==, 0);

  gtk_window_destroy (GTK_WINDOW (run));
  rubis_ui_settle ();
  g_object_unref (session);
  rubis_test_remove_tree (folder);
}

/* Neither printed nor saved: the letters are written and wait to be posted; nothing has left. */
static void
test_keep (void)
{
  g_autofree char *folder = rubis_test_make_folder ();
  RubisSession *session = rubis_ui_test_demo (folder);
  g_autoptr(GPtrArray) before = find_letters (session);
  g_autoptr(RubisPostBatch) batch = NULL;
  g_autoptr(GPtrArray) jobs = NULL;
  GtkWidget *run = rubis_day_run_new (NULL, session, before);

  gtk_window_present (GTK_WINDOW (run));
  set_switch (run, "Print", FALSE);
  set_switch (run, "Save as PDF", FALSE);
  rubis_ui_click (run, "_Do");
  rubis_ui_wait_text (run, "waiting to be posted");
  batch = rubis_session_load_post (session, RUBIS_DATE_NONE, FALSE, NULL, NULL);
  g_assert_cmpuint (batch->letters->len, ==, before->len);
  jobs = rubis_session_list_print_jobs (session, 0, NULL);
  g_assert_cmpuint (jobs->len, ==, 0);

  gtk_window_destroy (GTK_WINDOW (run));
  rubis_ui_settle ();
  g_object_unref (session);
  rubis_test_remove_tree (folder);
}

int
main (int argc, char **argv)
{
  if (!rubis_ui_test_init (&argc, &argv) || g_getenv ("RUBIS_PRINTED") == NULL)
    return 77;
  /* Without a system bus the printing backend warns that it misses colord. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  g_test_add_func ("/ui/day-print/print", test_print);
  g_test_add_func ("/ui/day-print/keep", test_keep);
  return g_test_run ();
}
