/* Printing the letters of the day: run by with-display.sh and with-printers.sh. */
#include <string.h>

#include <gtk/gtkunixprint.h>

#include "rubis-action-sheet.h"
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

typedef struct {
  char *folder;
  RubisSession *session;
  guint n_letters; /* proposed in the morning */
  GtkWidget *run;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr(GPtrArray) letters = NULL;

  f->folder = rubis_test_make_folder ();
  f->session = rubis_ui_test_demo (f->folder);
  letters = find_letters (f->session);
  f->n_letters = letters->len;
  g_assert_cmpuint (f->n_letters, >, 1);
  f->run = rubis_day_run_new (NULL, f->session, letters);
  gtk_window_present (GTK_WINDOW (f->run));
  set_switch (f->run, "Save as PDF", FALSE);
  set_switch (f->run, "Print", TRUE);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (f->run));
  rubis_ui_settle ();
  g_assert_finalize_object (f->session);
  rubis_test_remove_tree (f->folder);
  g_free (f->folder);
}

/* What the next morning would see: letters proposed, letters that wait, and the answers of the print jobs. */
static void
check_dossier (Fixture *f, guint n_proposed, guint n_waiting, const char *job_state)
{
  g_autoptr(GPtrArray) proposed = find_letters (f->session);
  g_autoptr(RubisPostBatch) batch = rubis_session_load_post (f->session, RUBIS_DATE_NONE, FALSE, NULL, NULL);
  g_autoptr(GPtrArray) jobs = rubis_session_list_print_jobs (f->session, 0, NULL);

  g_assert_cmpuint (proposed->len, ==, n_proposed);
  g_assert_cmpuint (batch->letters->len, ==, n_waiting);
  g_assert_cmpuint (jobs->len, ==, job_state != NULL ? 1 : 0);
  for (guint i = 0; i < batch->letters->len; i++)
    g_assert_cmpint (((RubisPostLetter *) batch->letters->pdata[i])->job_open, ==,
                     g_strcmp0 (job_state, "sent") == 0);
  if (job_state != NULL)
    {
      g_assert_cmpstr (((RubisPrintJob *) jobs->pdata[0])->state, ==, job_state);
      g_assert_cmpuint ((guint) ((RubisPrintJob *) jobs->pdata[0])->n_letters, ==, f->n_letters);
    }
}

/* The dialog of the printer is closed again: nothing was done. */
static void
test_cancelled (Fixture *f, gconstpointer data)
{
  char good[] = "Good";

  rubis_ui_click (f->run, "_Do");
  rubis_ui_wait (choose_printer, good);
  gtk_dialog_response (rubis_ui_find_window (GTK_TYPE_PRINT_UNIX_DIALOG), GTK_RESPONSE_CANCEL);
  rubis_ui_settle ();
  check_dossier (f, f->n_letters, 0, NULL);
}

/* All of them are one job. */
static void
test_print (Fixture *f, gconstpointer data)
{
  g_autoptr(GPtrArray) jobs = NULL;
  char good[] = "Good";

  print_on (f->run, good);
  rubis_ui_wait_text (f->run, "printed");
  g_assert_cmpuint (count_printed (), ==, 1);
  check_dossier (f, 0, 0, "printed");
  jobs = rubis_session_list_print_jobs (f->session, 0, NULL);
  g_assert_cmpstr (((RubisPrintJob *) jobs->pdata[0])->printer, ==, "Good");
}

/* The printer gets stuck. While the user is asked, the dossier knows already that the letters are on their way: were
 * the program killed now, none would be printed twice. Nothing is marked as printed; the letters wait.
 */
static void
test_jammed (Fixture *f, gconstpointer data)
{
  char jammed[] = "Jammed";
  guint n_printed = count_printed ();
  gpointer question;

  print_on (f->run, jammed);
  rubis_ui_wait (has_question, NULL);
  question = rubis_ui_find_window (ADW_TYPE_MESSAGE_DIALOG);
  rubis_ui_wait_text (question, "Did the letters come out properly?");
  check_dossier (f, 0, f->n_letters, "sent");
  adw_message_dialog_response (question, "no");
  gtk_window_destroy (question);
  rubis_ui_wait_text (f->run, "Nothing was marked as printed.");
  rubis_ui_wait_text (f->run, "The letters wait under Letters, To post.");
  rubis_ui_wait_text (f->run, "waiting to be posted");
  g_assert_nonnull (rubis_ui_find (f->run, GTK_TYPE_BUTTON, "To post"));
  check_dossier (f, 0, f->n_letters, "failed");
  g_assert_cmpuint (count_printed (), ==, n_printed);
}

/* A printer that has stopped already takes nothing: nobody needs to be asked. */
static void
test_refused (Fixture *f, gconstpointer data)
{
  char jammed[] = "Jammed";

  print_on (f->run, jammed);
  rubis_ui_wait_text (f->run, "The letters are not marked as printed");
  rubis_ui_wait_text (f->run, "paper jam");
  check_dossier (f, 0, f->n_letters, "failed");
}

static gboolean
can_do (gpointer sheet)
{
  GtkWidget *button = rubis_ui_find (sheet, GTK_TYPE_BUTTON, "_Print…");

  return button != NULL && gtk_widget_is_sensitive (button);
}

/* One by one: the letter that the stopped printer did not take waits, the next is printed; neither is proposed again. */
static void
test_sheet (Fixture *f, gconstpointer data)
{
  g_autoptr(GPtrArray) letters = find_letters (f->session);
  g_autoptr(GPtrArray) proposed = NULL;
  g_autoptr(RubisPostBatch) batch = NULL;
  g_autoptr(GPtrArray) jobs = NULL;
  char *printers[] = { (char[]){ "Jammed" }, (char[]){ "Good" } };
  guint n_printed = count_printed ();
  GtkWidget *sheet;

  g_ptr_array_set_size (letters, 2);
  sheet = rubis_action_sheet_new (NULL, f->session, letters);
  gtk_window_present (GTK_WINDOW (sheet));
  for (guint i = 0; i < G_N_ELEMENTS (printers); i++)
    {
      rubis_ui_wait (can_do, sheet);
      gtk_widget_activate_action (sheet, "sheet.do", NULL);
      rubis_ui_wait (choose_printer, printers[i]);
      gtk_dialog_response (rubis_ui_find_window (GTK_TYPE_PRINT_UNIX_DIALOG), GTK_RESPONSE_OK);
      if (i == 0)
        {
          rubis_ui_wait_text (sheet, "The letter waits under Letters, To post.");
          g_assert_true (gtk_widget_get_mapped (rubis_ui_find (sheet, GTK_TYPE_BUTTON, "To post")));
        }
    }
  rubis_ui_wait_text (sheet, "1 letter is written but not marked as printed");
  rubis_ui_wait_text (sheet, "1 done");
  rubis_ui_destroy (sheet);

  g_assert_cmpuint (count_printed (), ==, n_printed + 1);
  proposed = find_letters (f->session);
  g_assert_cmpuint (proposed->len, ==, f->n_letters - 2);
  batch = rubis_session_load_post (f->session, RUBIS_DATE_NONE, FALSE, NULL, NULL);
  g_assert_cmpuint (batch->letters->len, ==, 1);
  jobs = rubis_session_list_print_jobs (f->session, 0, NULL);
  g_assert_cmpuint (jobs->len, ==, 2);
  g_assert_cmpstr (((RubisPrintJob *) jobs->pdata[0])->state, ==, "printed");
  g_assert_cmpstr (((RubisPrintJob *) jobs->pdata[1])->state, ==, "failed");
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
  g_test_add ("/ui/day-print/cancelled", Fixture, NULL, set_up, test_cancelled, tear_down);
  g_test_add ("/ui/day-print/print", Fixture, NULL, set_up, test_print, tear_down);
  g_test_add ("/ui/day-print/jammed", Fixture, NULL, set_up, test_jammed, tear_down);
  g_test_add ("/ui/day-print/refused", Fixture, NULL, set_up, test_refused, tear_down);
  g_test_add ("/ui/day-print/sheet", Fixture, NULL, set_up, test_sheet, tear_down);
  g_test_add_func ("/ui/day-print/keep", test_keep);
  return g_test_run ();
}
