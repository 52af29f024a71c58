#include "rubis-print.h"

#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

/* How often a waiting job's printer is asked how it is, and for how long. */
#define POLL_SECONDS 2
#define PATIENCE_SECONDS 60
/* A printing system that does not answer at all is given up after this. */
#define SEARCH_SECONDS 15
/* A printer that does not say what it can do gets the job all the same. */
#define DETAILS_SECONDS 5

G_DEFINE_QUARK (rubis-print-error-quark, rubis_print_error)

/* One job on its way; owned by its task. */
typedef struct {
  char *printer_name;
  char *title;
  GBytes *pdf;
  GtkPrintSettings *settings;  /* (owned) */
  RubisPrintSides sides;
  GtkPageSetup *page_setup;    /* (owned) */
  GtkPrinter *printer;         /* (owned) (nullable) */
  GtkPrintJob *job;            /* (owned) (nullable) */
  guint poll_id;
  guint search_id;             /* ends the waiting for the printing system */
  gint64 sent_at;              /* monotonic time; 0: not handed over yet */
} PrintRun;

/* A search for a printer by name. */
typedef void (*FoundFunc) (GtkPrinter *printer, GTask *task);
typedef struct {
  GTask *task;
  char *name;
  GtkPrinter *found;
  FoundFunc func;
} Search;

static void
print_run_free (PrintRun *run)
{
  g_clear_handle_id (&run->poll_id, g_source_remove);
  g_clear_handle_id (&run->search_id, g_source_remove);
  g_clear_object (&run->job);
  g_clear_object (&run->printer);
  g_clear_object (&run->settings);
  g_clear_object (&run->page_setup);
  g_clear_pointer (&run->pdf, g_bytes_unref);
  g_free (run->printer_name);
  g_free (run->title);
  g_free (run);
}

static void
finish (GTask *task, RubisPrintOutcome outcome)
{
  PrintRun *run = g_task_get_task_data (task);

  g_clear_handle_id (&run->poll_id, g_source_remove);
  g_clear_handle_id (&run->search_id, g_source_remove);
  if (!g_task_get_completed (task))
    g_task_return_int (task, outcome);
}

static void
fail (GTask *task, RubisPrintError code, const char *text)
{
  PrintRun *run = g_task_get_task_data (task);

  g_clear_handle_id (&run->poll_id, g_source_remove);
  g_clear_handle_id (&run->search_id, g_source_remove);
  if (!g_task_get_completed (task))
    g_task_return_new_error (task, RUBIS_PRINT_ERROR, code, "%s", text);
}

static gboolean
search_printer_cb (GtkPrinter *printer, gpointer user_data)
{
  Search *search = user_data;

  if (g_strcmp0 (gtk_printer_get_name (printer), search->name) != 0)
    return FALSE;
  g_set_object (&search->found, printer);
  return TRUE;
}

/* The list is complete, or the printer was found. */
static void
search_done_cb (gpointer user_data)
{
  Search *search = user_data;

  if (!g_task_get_completed (search->task))
    search->func (search->found, search->task);
  g_clear_object (&search->found);
  g_object_unref (search->task);
  g_free (search->name);
  g_free (search);
}

static void
search (GTask *task, FoundFunc func)
{
  PrintRun *run = g_task_get_task_data (task);
  Search *data = g_new0 (Search, 1);

  data->task = g_object_ref (task);
  data->name = g_strdup (run->printer_name);
  data->func = func;
  gtk_enumerate_printers (search_printer_cb, data, search_done_cb, FALSE);
}

/* What keeps a printer from printing, in words, or NULL. */
static char *
describe_trouble (GtkPrinter *printer)
{
  const char *message = gtk_printer_get_state_message (printer);
  const char *name = gtk_printer_get_name (printer);

  if (!gtk_printer_is_accepting_jobs (printer))
    return g_strdup_printf (_("The printer “%s” does not take any jobs."), name);
  if (!gtk_printer_is_paused (printer))
    return NULL;
  if (message != NULL && *message != '\0')
    return g_strdup_printf (_("The printer “%s” has stopped: %s."), name, message);
  return g_strdup_printf (_("The printer “%s” has stopped."), name);
}

static void
polled_cb (GtkPrinter *printer, GTask *task)
{
  PrintRun *run = g_task_get_task_data (task);
  g_autofree char *trouble = NULL;

  if (printer == NULL)
    trouble = g_strdup_printf (_("The printer “%s” has disappeared."), run->printer_name);
  else
    trouble = describe_trouble (printer);
  if (trouble != NULL)
    fail (task, RUBIS_PRINT_ERROR_TROUBLE, trouble);
  else if (g_get_monotonic_time () - run->sent_at > PATIENCE_SECONDS * G_USEC_PER_SEC)
    finish (task, RUBIS_PRINT_QUEUED);
}

static gboolean
poll_cb (gpointer user_data)
{
  GTask *task = user_data;

  if (g_task_return_error_if_cancelled (task))
    {
      PrintRun *run = g_task_get_task_data (task);

      run->poll_id = 0;
      return G_SOURCE_REMOVE;
    }
  search (task, polled_cb);
  return G_SOURCE_CONTINUE;
}

/* How the job stands; with the printing system's word the waiting ends. */
static void
check_status (GTask *task)
{
  PrintRun *run = g_task_get_task_data (task);
  g_autofree char *text = NULL;

  switch (gtk_print_job_get_status (run->job))
    {
    case GTK_PRINT_STATUS_FINISHED:
      finish (task, RUBIS_PRINT_PRINTED);
      break;
    case GTK_PRINT_STATUS_FINISHED_ABORTED:
      text = g_strdup_printf (_("The printing system gave up the job “%s”."), run->title);
      fail (task, RUBIS_PRINT_ERROR_TROUBLE, text);
      break;
    case GTK_PRINT_STATUS_PENDING_ISSUE:
      text = g_strdup_printf (_("The job “%s” is held back on the printer “%s”."), run->title, run->printer_name);
      fail (task, RUBIS_PRINT_ERROR_TROUBLE, text);
      break;
    case GTK_PRINT_STATUS_INITIAL:
    case GTK_PRINT_STATUS_PREPARING:
    case GTK_PRINT_STATUS_GENERATING_DATA:
    case GTK_PRINT_STATUS_SENDING_DATA:
    case GTK_PRINT_STATUS_PENDING:
    case GTK_PRINT_STATUS_PRINTING:
    default:
      break;
    }
}

static void
status_changed_cb (GtkPrintJob *job, GTask *task)
{
  PrintRun *run = g_task_get_task_data (task);

  /* Until the job is handed over, the answer belongs to sent_cb(). */
  if (run->sent_at != 0 && !g_task_get_completed (task))
    check_status (task);
}

static void
sent_cb (GtkPrintJob *job, gpointer user_data, const GError *error)
{
  GTask *task = user_data;
  PrintRun *run = g_task_get_task_data (task);

  if (g_task_get_completed (task))
    return;
  if (error != NULL)
    {
      g_autofree char *text = g_strdup_printf (_("The printer “%s” did not take the job: %s."), run->printer_name,
                                               error->message);

      fail (task, RUBIS_PRINT_ERROR_REFUSED, text);
      return;
    }
  run->sent_at = g_get_monotonic_time ();
  if (gtk_printer_is_virtual (run->printer))
    {
      finish (task, RUBIS_PRINT_PRINTED);
      return;
    }
  check_status (task);
  if (!g_task_get_completed (task))
    run->poll_id = g_timeout_add_seconds_full (G_PRIORITY_DEFAULT, POLL_SECONDS, poll_cb, g_object_ref (task),
                                               g_object_unref);
}

void
rubis_print_settings_set_sides (GtkPrintSettings *settings, RubisPrintSides sides)
{
  /* As the dialog and CUPS call them: they would go before. */
  static const char *const others[] = { "cups-Duplex", "cups-sides", "cups-EFDuplex", "cups-EFDuplexing",
                                        "cups-KD03Duplex", "cups-JCLDuplex", "cups-ARDuplex" };

  if (sides == RUBIS_PRINT_SIDES_CHOSEN)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    gtk_print_settings_unset (settings, others[i]);
  gtk_print_settings_set_duplex (settings, sides == RUBIS_PRINT_SIDES_ONE ? GTK_PRINT_DUPLEX_SIMPLEX
                                                                          : GTK_PRINT_DUPLEX_HORIZONTAL);
}

/* GTK writes these for its own drawing only; a finished file needs them said in the words of CUPS. */
static void
translate_settings (GtkPrintSettings *settings)
{
  GtkPageRange *ranges;
  int n_ranges = 0;
  GtkPrintDuplex duplex = gtk_print_settings_get_duplex (settings);

  if (gtk_print_settings_has_key (settings, GTK_PRINT_SETTINGS_DUPLEX)
      && !gtk_print_settings_has_key (settings, "cups-Duplex"))
    {
      gboolean one = duplex == GTK_PRINT_DUPLEX_SIMPLEX;
      gboolean vertical = duplex == GTK_PRINT_DUPLEX_VERTICAL;

      gtk_print_settings_set (settings, "cups-Duplex", one ? "None" : vertical ? "DuplexTumble" : "DuplexNoTumble");
      gtk_print_settings_set (settings, "cups-sides",
                              one ? "one-sided" : vertical ? "two-sided-short-edge" : "two-sided-long-edge");
    }
  if (gtk_print_settings_get_print_pages (settings) != GTK_PRINT_PAGES_RANGES)
    return;
  ranges = gtk_print_settings_get_page_ranges (settings, &n_ranges);
  if (n_ranges > 0)
    {
      g_autoptr(GString) text = g_string_new (NULL);

      for (int i = 0; i < n_ranges; i++)
        g_string_append_printf (text, "%s%d-%d", i > 0 ? "," : "", ranges[i].start + 1, ranges[i].end + 1);
      gtk_print_settings_set (settings, "cups-page-ranges", text->str);
    }
  g_free (ranges);
}

/* Gives the job the file to print; the job keeps it open, so that its name may go at once. */
static gboolean
set_source (GtkPrintJob *job, GBytes *pdf, GError **error)
{
  g_autofree char *path = NULL;
  gsize size;
  const char *data = g_bytes_get_data (pdf, &size);
  int fd = g_file_open_tmp ("rubis-print-XXXXXX", &path, error);
  gboolean done;

  if (fd < 0)
    return FALSE;
  close (fd);
  done = g_file_set_contents_full (path, data, (gssize) size, G_FILE_SET_CONTENTS_NONE, 0600, error)
         && gtk_print_job_set_source_file (job, path, error);
  g_unlink (path);
  return done;
}

static void
send_job (GTask *task)
{
  PrintRun *run = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autofree char *trouble = describe_trouble (run->printer);

  if (trouble != NULL)
    {
      fail (task, RUBIS_PRINT_ERROR_REFUSED, trouble);
      return;
    }
  translate_settings (run->settings);
  run->job = gtk_print_job_new (run->title, run->printer, run->settings, run->page_setup);
  if (!set_source (run->job, run->pdf, &error))
    {
      fail (task, RUBIS_PRINT_ERROR_REFUSED, error->message);
      return;
    }
  gtk_print_job_set_track_print_status (run->job, TRUE);
  g_signal_connect_object (run->job, "status-changed", G_CALLBACK (status_changed_cb), task, 0);
  gtk_print_job_send (run->job, sent_cb, g_object_ref (task), g_object_unref);
}

static void
details_acquired_cb (GtkPrinter *printer, gboolean success, GTask *task)
{
  PrintRun *run = g_task_get_task_data (task);

  g_signal_handlers_disconnect_by_func (printer, details_acquired_cb, task);
  g_clear_handle_id (&run->search_id, g_source_remove);
  if (run->job == NULL && !g_task_get_completed (task))
    send_job (task);
}

static gboolean
details_timeout_cb (gpointer user_data)
{
  GTask *task = user_data;
  PrintRun *run = g_task_get_task_data (task);

  run->search_id = 0;
  details_acquired_cb (run->printer, FALSE, task);
  return G_SOURCE_REMOVE;
}

static void
prepare_printer (GTask *task)
{
  PrintRun *run = g_task_get_task_data (task);

  g_clear_handle_id (&run->search_id, g_source_remove);
  if (gtk_printer_has_details (run->printer))
    {
      send_job (task);
      return;
    }
  g_signal_connect_object (run->printer, "details-acquired", G_CALLBACK (details_acquired_cb), task, 0);
  run->search_id = g_timeout_add_seconds_full (G_PRIORITY_DEFAULT, DETAILS_SECONDS, details_timeout_cb,
                                               g_object_ref (task), g_object_unref);
  gtk_printer_request_details (run->printer);
}

static void
found_cb (GtkPrinter *printer, GTask *task)
{
  PrintRun *run = g_task_get_task_data (task);

  if (printer == NULL)
    {
      g_autofree char *text = g_strdup_printf (_("There is no printer called “%s”."), run->printer_name);

      fail (task, RUBIS_PRINT_ERROR_NO_PRINTER, text);
      return;
    }
  run->printer = g_object_ref (printer);
  prepare_printer (task);
}

static gboolean
search_timeout_cb (gpointer user_data)
{
  GTask *task = user_data;
  PrintRun *run = g_task_get_task_data (task);

  run->search_id = 0;
  fail (task, RUBIS_PRINT_ERROR_NO_PRINTER, _("The printing system does not answer."));
  return G_SOURCE_REMOVE;
}

/* @pdf: (nullable) NULL: nothing is to be printed yet */
static GTask *
print_task_new (GBytes *pdf, const char *title, GCancellable *cancellable, GAsyncReadyCallback callback,
                gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  PrintRun *run = g_new0 (PrintRun, 1);
  GtkPaperSize *paper = gtk_paper_size_new (GTK_PAPER_NAME_A4);

  run->pdf = pdf != NULL ? g_bytes_ref (pdf) : NULL;
  run->title = g_strdup (title);
  run->page_setup = gtk_page_setup_new ();
  gtk_page_setup_set_paper_size_and_default_margins (run->page_setup, paper);
  gtk_paper_size_free (paper);
  g_task_set_task_data (task, run, (GDestroyNotify) print_run_free);
  return task;
}

void
rubis_print_send (const char *printer, GBytes *pdf, const char *title, GtkPrintSettings *settings,
                  GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr(GTask) task = NULL;
  PrintRun *run;

  g_return_if_fail (printer != NULL);
  g_return_if_fail (pdf != NULL);

  task = print_task_new (pdf, title, cancellable, callback, user_data);
  g_task_set_source_tag (task, rubis_print_send);
  run = g_task_get_task_data (task);
  run->printer_name = g_strdup (printer);
  run->settings = settings != NULL ? gtk_print_settings_copy (settings) : gtk_print_settings_new ();
  run->search_id = g_timeout_add_seconds_full (G_PRIORITY_DEFAULT, SEARCH_SECONDS, search_timeout_cb,
                                               g_object_ref (task), g_object_unref);
  search (task, found_cb);
}

gboolean
rubis_print_send_finish (GAsyncResult *result, RubisPrintOutcome *outcome, GError **error)
{
  g_autoptr(GError) local = NULL;
  gssize value;

  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  value = g_task_propagate_int (G_TASK (result), &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (outcome != NULL)
    *outcome = (RubisPrintOutcome) value;
  return TRUE;
}

/* What was chosen last, for the life of the program: the next letters go to the same printer. */
static GtkPrintSettings *
get_last_settings (GtkPrintSettings *chosen)
{
  static GtkPrintSettings *last = NULL;

  if (chosen != NULL)
    g_set_object (&last, chosen);
  return last;
}

static void
dialog_response_cb (GtkPrintUnixDialog *dialog, int response, gpointer user_data)
{
  g_autoptr(GTask) task = user_data;
  PrintRun *run = g_task_get_task_data (task);
  GtkPrinter *printer = gtk_print_unix_dialog_get_selected_printer (dialog);
  g_autoptr(GtkPrintSettings) chosen = NULL;

  if (response != GTK_RESPONSE_OK || printer == NULL)
    {
      gtk_window_destroy (GTK_WINDOW (dialog));
      fail (task, RUBIS_PRINT_ERROR_CANCELLED, _("Printing was cancelled."));
      return;
    }
  run->printer = g_object_ref (printer);
  run->printer_name = g_strdup (gtk_printer_get_name (printer));
  chosen = gtk_print_unix_dialog_get_settings (dialog);
  g_set_object (&run->page_setup, gtk_print_unix_dialog_get_page_setup (dialog));
  get_last_settings (chosen);
  run->settings = gtk_print_settings_copy (chosen);
  rubis_print_settings_set_sides (run->settings, run->sides);
  gtk_window_destroy (GTK_WINDOW (dialog));
  if (run->pdf != NULL)
    prepare_printer (task);
  else
    finish (task, RUBIS_PRINT_QUEUED);
}

/* @task: (transfer full) */
static void
show_dialog (GtkWindow *parent, GTask *task, RubisPrintSides sides)
{
  PrintRun *run = g_task_get_task_data (task);
  g_autoptr(GtkPrintSettings) settings = NULL;
  GtkPrintUnixDialog *dialog;

  run->sides = sides;
  dialog = GTK_PRINT_UNIX_DIALOG (gtk_print_unix_dialog_new (_("Print letters"), parent));
  gtk_window_set_modal (GTK_WINDOW (dialog), TRUE);
  gtk_print_unix_dialog_set_page_setup (dialog, run->page_setup);
  gtk_print_unix_dialog_set_manual_capabilities (dialog, GTK_PRINT_CAPABILITY_GENERATE_PDF);
  settings = get_last_settings (NULL) != NULL ? gtk_print_settings_copy (get_last_settings (NULL))
                                              : gtk_print_settings_new ();
  rubis_print_settings_set_sides (settings, sides);
  if (get_last_settings (NULL) != NULL || sides != RUBIS_PRINT_SIDES_CHOSEN)
    gtk_print_unix_dialog_set_settings (dialog, settings);
  g_signal_connect (dialog, "response", G_CALLBACK (dialog_response_cb), task);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
rubis_print_choose (GtkWindow *parent, RubisPrintSides sides, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = print_task_new (NULL, "", NULL, callback, user_data);

  g_task_set_source_tag (task, rubis_print_choose);
  show_dialog (parent, task, sides);
}

gboolean
rubis_print_choose_finish (GAsyncResult *result, char **printer, GtkPrintSettings **settings, GError **error)
{
  PrintRun *run;

  if (!rubis_print_send_finish (result, NULL, error))
    return FALSE;
  run = g_task_get_task_data (G_TASK (result));
  *printer = g_strdup (run->printer_name);
  *settings = gtk_print_settings_copy (run->settings);
  return TRUE;
}

void
rubis_print_run_dialog (GtkWindow *parent, GBytes *pdf, const char *title, RubisPrintSides sides,
                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;

  g_return_if_fail (pdf != NULL);

  task = print_task_new (pdf, title, cancellable, callback, user_data);
  g_task_set_source_tag (task, rubis_print_run_dialog);
  show_dialog (parent, task, sides);
}

gboolean
rubis_print_run_dialog_finish (GAsyncResult *result, RubisPrintOutcome *outcome, GError **error)
{
  return rubis_print_send_finish (result, outcome, error);
}

void
rubis_print_take_facts (GAsyncResult *result, RubisPrintFacts *facts)
{
  PrintRun *run;

  g_return_if_fail (G_IS_TASK (result) && facts != NULL);

  run = g_task_get_task_data (G_TASK (result));
  facts->printer = g_strdup (run->printer_name != NULL ? run->printer_name : "");
  facts->copies = run->settings != NULL ? gtk_print_settings_get_n_copies (run->settings) : 1;
  facts->duplex = run->settings != NULL
                  && gtk_print_settings_get_duplex (run->settings) != GTK_PRINT_DUPLEX_SIMPLEX;
}

/* A list of printers that is being asked for. */
typedef struct {
  GPtrArray *names;
  RubisPrintersFunc func;
  gpointer user_data;
  GDestroyNotify destroy;
} Listing;

static gboolean
note_printer_cb (GtkPrinter *printer, gpointer user_data)
{
  Listing *listing = user_data;

  /* A printer to a file is what saving is for. */
  if (!gtk_printer_is_virtual (printer))
    g_ptr_array_add (listing->names, g_strdup (gtk_printer_get_name (printer)));
  return FALSE;
}

static void
listed_cb (gpointer user_data)
{
  Listing *listing = user_data;

  listing->func (listing->names, listing->user_data);
  if (listing->destroy != NULL)
    listing->destroy (listing->user_data);
  g_ptr_array_unref (listing->names);
  g_free (listing);
}

void
rubis_print_list_printers (RubisPrintersFunc func, gpointer user_data, GDestroyNotify destroy)
{
  Listing *listing = g_new0 (Listing, 1);

  listing->names = g_ptr_array_new_with_free_func (g_free);
  listing->func = func;
  listing->user_data = user_data;
  listing->destroy = destroy;
  gtk_enumerate_printers (note_printer_cb, listing, listed_cb, FALSE);
}
