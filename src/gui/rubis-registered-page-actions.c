/* What is done with registered letters in their section. */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-agenda-list.h"
#include "rubis-registered-page-private.h"
#include "rubis-registered-tracking.h"
#include "rubis-ui.h"

typedef enum
{
  WORK_NUMBER,
  WORK_STATE,
  WORK_DEPOSIT_LIST,
  WORK_SLIP,
  WORK_LETTER,
  WORK_STOCK_ADD,
  WORK_STOCK_LIST,
  WORK_CONFIRM_ADDRESS,
  WORK_ASK_POST,
} Work;

/* One piece of work: what it needs, then what came of it. */
typedef struct
{
  RubisRegisteredPage *page; /* (owned) */
  Work work;
  GArray *ids;    /* (owned) (nullable) */
  gint64 id;      /* of a letter, a document or an account */
  gint64 next_id; /* WORK_NUMBER: letter that gets the cursor afterwards */
  RubisRegisteredState state;
  RubisDate date;
  char *text;
  guint count;
  char *file_name;
  char *warning;
  GBytes *pdf;
  GPtrArray *stock;
} Job;

static Job *
job_new (RubisRegisteredPage *page, Work work)
{
  Job *job = g_new0 (Job, 1);

  job->page = g_object_ref (page);
  job->work = work;
  return job;
}

static void
job_free (gpointer data)
{
  Job *job = data;

  g_object_unref (job->page);
  g_clear_pointer (&job->ids, g_array_unref);
  g_clear_pointer (&job->pdf, g_bytes_unref);
  g_clear_pointer (&job->stock, g_ptr_array_unref);
  g_free (job->text);
  g_free (job->file_name);
  g_free (job->warning);
  g_free (job);
}

static gboolean
ask_post (RubisSession *session, RubisProgress *progress, Job *job, GError **error)
{
  g_autoptr (GPtrArray) letters = rubis_session_track_registered (session, NULL, progress, error);

  for (guint i = 0; letters != NULL && i < letters->len; i++)
    {
      const RubisTrackedLetter *letter = g_ptr_array_index (letters, i);

      job->count += letter->changed ? 1 : 0;
    }
  return letters != NULL;
}

static gpointer
do_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  Job *job = data;
  gboolean done = FALSE;

  switch (job->work)
    {
    case WORK_NUMBER:
      done = rubis_session_number_registered (session, job->id, job->text, &job->warning, error);
      break;
    case WORK_STATE:
      done = rubis_session_advance_registered (session, job->ids, job->state, job->date, error);
      break;
    case WORK_DEPOSIT_LIST:
      job->pdf = rubis_session_make_deposit_list (session, job->ids, job->date, NULL, error);
      done = job->pdf != NULL;
      break;
    case WORK_SLIP:
      job->pdf = rubis_session_write_registered_slip (session, job->id, error);
      done = job->pdf != NULL;
      break;
    case WORK_LETTER:
      job->pdf = rubis_session_load_document (session, job->id, NULL, &job->file_name, error);
      done = job->pdf != NULL;
      break;
    case WORK_STOCK_ADD:
      done = rubis_session_add_registered_stock (session, job->text, job->count, error);
      break;
    case WORK_CONFIRM_ADDRESS:
      done = rubis_session_confirm_address (session, job->id, error);
      break;
    case WORK_ASK_POST:
      done = ask_post (session, progress, job, error);
      break;
    case WORK_STOCK_LIST:
    default:
      done = TRUE;
      break;
    }
  if (done && (job->work == WORK_STOCK_ADD || job->work == WORK_STOCK_LIST))
    job->stock = rubis_session_list_registered_stock (session, error);
  return done ? GINT_TO_POINTER (1) : NULL;
}

static RubisRegisteredRow *
find_row (RubisRegisteredPage *self, gint64 id)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    {
      if (rubis_registered_row_get_letter (RUBIS_REGISTERED_ROW (row))->id == id)
        return RUBIS_REGISTERED_ROW (row);
    }
  return NULL;
}

static void
show_stock (RubisRegisteredPage *self, GPtrArray *stock)
{
  g_autofree char *text = NULL;

  if (stock == NULL)
    return;
  if (stock->len == 0)
    text = g_strdup (_ ("No forms are noted. With their numbers, letters are printed ready to be posted."));
  else
    text = g_strdup_printf (
        ngettext ("%u form left, the next one is %s.", "%u forms left, the next one is %s.", stock->len),
        stock->len, (char *)stock->pdata[0]);
  gtk_label_set_label (self->stock_label, text);
}

/* Says it where the user looks: beside the number, in the popover, or above the list. */
static void
show_failure (Job *job, const GError *error)
{
  RubisRegisteredRow *row = job->work == WORK_NUMBER ? find_row (job->page, job->id) : NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (row != NULL)
    rubis_registered_row_set_message (row, error->message, TRUE);
  else if (job->work == WORK_STOCK_ADD)
    {
      gtk_label_set_label (job->page->stock_problem, error->message);
      gtk_widget_set_visible (GTK_WIDGET (job->page->stock_problem), TRUE);
    }
  else
    rubis_registered_page_show_problem (job->page, error->message);
}

static void
numbered (Job *job)
{
  RubisRegisteredPage *self = job->page;
  gpointer key = GSIZE_TO_POINTER ((gsize)job->id);

  if (job->warning != NULL)
    g_hash_table_replace (self->warnings, key, g_steal_pointer (&job->warning));
  else
    g_hash_table_remove (self->warnings, key);
  self->focus_id = job->next_id;
}

static void
show_asked (RubisRegisteredPage *self, guint n_changed)
{
  g_autofree char *text
      = n_changed == 0
            ? g_strdup (_ ("La Poste has nothing new to tell"))
            : g_strdup_printf (ngettext ("La Poste had something new to tell of %u letter",
                                         "La Poste had something new to tell of %u letters", n_changed),
                               n_changed);

  rubis_ui_toast (GTK_WIDGET (self), text, FALSE);
}

static void
show_success (Job *job)
{
  RubisRegisteredPage *self = job->page;

  rubis_registered_page_show_problem (self, NULL);
  switch (job->work)
    {
    case WORK_NUMBER:
      numbered (job);
      break;
    case WORK_STATE:
      rubis_ui_toast (GTK_WIDGET (self), rubis_registered_state_to_label (job->state), TRUE);
      break;
    case WORK_DEPOSIT_LIST:
      rubis_registered_page_show_pdf (self, _ ("Deposit List"), _ ("deposit-list.pdf"), job->pdf);
      break;
    case WORK_SLIP:
      rubis_registered_page_show_pdf (self, _ ("Slip of the Registered Letter"), _ ("registered-slip.pdf"),
                                      job->pdf);
      break;
    case WORK_LETTER:
      rubis_registered_page_show_pdf (self, _ ("Registered Letter"), job->file_name, job->pdf);
      break;
    case WORK_CONFIRM_ADDRESS:
      rubis_ui_toast (GTK_WIDGET (self), _ ("Address checked: the notice can be sent again"), TRUE);
      break;
    case WORK_ASK_POST:
      show_asked (self, job->count);
      break;
    case WORK_STOCK_ADD:
      gtk_editable_set_text (GTK_EDITABLE (self->stock_entry), "");
      gtk_widget_set_visible (GTK_WIDGET (self->stock_problem), FALSE);
      show_stock (self, job->stock);
      break;
    case WORK_STOCK_LIST:
    default:
      show_stock (self, job->stock);
      break;
    }
}

static void
worked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Job *job = user_data;
  g_autoptr (GError) error = NULL;

  gboolean done = rubis_session_run_finish (RUBIS_SESSION (source), result, &error) != NULL;

  /* The page may have gone meanwhile. */
  if (job->page->list != NULL && done)
    show_success (job);
  else if (job->page->list != NULL)
    show_failure (job, error);
  job_free (job);
}

static void
start (Job *job)
{
  rubis_session_run_async (job->page->session, NULL, do_work, job, NULL, NULL, NULL, worked_cb, job);
}

/* The first letter after @id in the list that waits for a number. */
static gint64
find_next_to_number (RubisRegisteredPage *self, gint64 id)
{
  gboolean passed = FALSE;
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    {
      RubisRegisteredLetter *letter = rubis_registered_row_get_letter (RUBIS_REGISTERED_ROW (row));

      if (passed && rubis_registered_letter_get_stage (letter) == RUBIS_REGISTERED_TO_NUMBER)
        return letter->id;
      passed = passed || letter->id == id;
    }
  return 0;
}

void
rubis_registered_page_keep_number (RubisRegisteredPage *self, RubisRegisteredLetter *letter,
                                   const char *number)
{
  Job *job = job_new (self, WORK_NUMBER);

  job->id = letter->id;
  job->next_id = find_next_to_number (self, letter->id);
  job->text = g_strdup (number);
  start (job);
}

void
rubis_registered_page_view_letter (RubisRegisteredPage *self, RubisRegisteredLetter *letter)
{
  Job *job = job_new (self, WORK_LETTER);

  job->id = letter->document_id;
  start (job);
}

static void
state_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisRegisteredPage *self = RUBIS_REGISTERED_PAGE (widget);
  RubisDate date = rubis_registered_page_read_date (self);
  RubisRegisteredState state;
  Job *job;

  if (date == RUBIS_DATE_NONE
      || !rubis_registered_state_from_id (g_variant_get_string (parameter, NULL), &state))
    return;
  job = job_new (self, WORK_STATE);
  job->ids = rubis_registered_page_dup_targets (self);
  job->state = state;
  job->date = date;
  start (job);
}

static void
deposit_list_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisRegisteredPage *self = RUBIS_REGISTERED_PAGE (widget);
  RubisDate date = rubis_registered_page_read_date (self);
  Job *job;

  if (date == RUBIS_DATE_NONE)
    return;
  job = job_new (self, WORK_DEPOSIT_LIST);
  job->ids = rubis_registered_page_dup_targets (self);
  job->date = date;
  start (job);
}

static void
slip_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisRegisteredPage *self = RUBIS_REGISTERED_PAGE (widget);
  RubisRegisteredLetter *letter = rubis_registered_page_get_target (self);
  Job *job;

  if (letter == NULL)
    return;
  job = job_new (self, WORK_SLIP);
  job->id = letter->id;
  start (job);
}

static void
view_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisRegisteredLetter *letter = rubis_registered_page_get_target (RUBIS_REGISTERED_PAGE (widget));

  if (letter != NULL)
    rubis_registered_page_view_letter (RUBIS_REGISTERED_PAGE (widget), letter);
}

static void
number_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisRegisteredPage *self = RUBIS_REGISTERED_PAGE (widget);
  RubisRegisteredLetter *letter = rubis_registered_page_get_target (self);
  RubisRegisteredRow *row = letter != NULL ? find_row (self, letter->id) : NULL;

  if (row != NULL && !rubis_registered_row_edit_number (row))
    rubis_registered_row_set_message (row, _ ("The number is printed in the letter: post it with that form."),
                                      TRUE);
}

static void
track_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisRegisteredPage *self = RUBIS_REGISTERED_PAGE (widget);
  RubisRegisteredLetter *letter = rubis_registered_page_get_target (self);
  g_autofree char *link = letter != NULL ? rubis_registered_letter_get_tracking_link (letter) : NULL;

  if (link != NULL)
    gtk_show_uri (GTK_WINDOW (gtk_widget_get_root (widget)), link, GDK_CURRENT_TIME);
  else if (letter != NULL)
    rubis_registered_page_show_problem (self, _ ("This letter has no number yet."));
}

static void
ask_post_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  start (job_new (RUBIS_REGISTERED_PAGE (widget), WORK_ASK_POST));
}

static void
confirm_address_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisRegisteredPage *self = RUBIS_REGISTERED_PAGE (widget);
  RubisRegisteredLetter *letter = rubis_registered_page_get_target (self);
  Job *job;

  if (letter == NULL)
    return;
  job = job_new (self, WORK_CONFIRM_ADDRESS);
  job->id = letter->account_id;
  start (job);
}

static void
stock_add_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisRegisteredPage *self = RUBIS_REGISTERED_PAGE (widget);
  Job *job = job_new (self, WORK_STOCK_ADD);

  job->text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->stock_entry)));
  job->count = (guint)gtk_spin_button_get_value_as_int (self->stock_count);
  start (job);
}

static void
stock_show_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  start (job_new (RUBIS_REGISTERED_PAGE (widget), WORK_STOCK_LIST));
}

static void
add_proof_response_cb (RubisRegisteredPage *self, int response, GtkNativeDialog *dialog)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GListModel) files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));
      g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

      for (guint i = 0; i < g_list_model_get_n_items (files); i++)
        {
          g_autoptr (GFile) file = g_list_model_get_item (files, i);
          char *path = g_file_get_path (file);

          if (path != NULL)
            g_ptr_array_add (paths, path);
        }
      rubis_registered_page_take_files (self, paths, 0);
    }
  g_object_unref (dialog);
}

static void
add_proof_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkFileChooserNative *dialog
      = gtk_file_chooser_native_new (_ ("Scans from the Post"), GTK_WINDOW (gtk_widget_get_root (widget)),
                                     GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Add"), NULL);
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _ ("PDF, PNG or JPEG"));
  gtk_file_filter_add_mime_type (filter, "application/pdf");
  gtk_file_filter_add_mime_type (filter, "image/png");
  gtk_file_filter_add_mime_type (filter, "image/jpeg");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (dialog), TRUE);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (add_proof_response_cb), widget, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
tick_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (RUBIS_REGISTERED_PAGE (widget)->list);

  if (row != NULL)
    rubis_registered_row_set_ticked (RUBIS_REGISTERED_ROW (row),
                                     !rubis_registered_row_get_ticked (RUBIS_REGISTERED_ROW (row)));
}

void
rubis_registered_page_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "registered.state", "s", state_action);
  gtk_widget_class_install_action (widget_class, "registered.deposit-list", NULL, deposit_list_action);
  gtk_widget_class_install_action (widget_class, "registered.slip", NULL, slip_action);
  gtk_widget_class_install_action (widget_class, "registered.view", NULL, view_action);
  gtk_widget_class_install_action (widget_class, "registered.number", NULL, number_action);
  gtk_widget_class_install_action (widget_class, "registered.track", NULL, track_action);
  gtk_widget_class_install_action (widget_class, "registered.ask-post", NULL, ask_post_action);
  gtk_widget_class_install_action (widget_class, "registered.confirm-address", NULL, confirm_address_action);
  gtk_widget_class_install_action (widget_class, "registered.stock-add", NULL, stock_add_action);
  gtk_widget_class_install_action (widget_class, "registered.stock-show", NULL, stock_show_action);
  gtk_widget_class_install_action (widget_class, "registered.add-proof", NULL, add_proof_action);
  gtk_widget_class_install_action (widget_class, "registered.tick", NULL, tick_action);
}
