#include "rubis-post-page.h"

#include <glib/gi18n-lib.h>

#include "rubis-plain.h"
#include "rubis-hand-over-button.h"
#include "rubis-post-columns.h"
#include "rubis-post-job.h"
#include "rubis-preview-window.h"
#include "rubis-print-letters.h"
#include "rubis-ui.h"

struct _RubisPostPage
{
  AdwBin parent_instance;

  GtkWidget *job_box;
  GtkLabel *job_label;
  GtkWidget *problem_box;
  GtkLabel *problem;
  GtkStack *stack;
  GtkColumnView *view;
  GtkLabel *totals;
  GtkLabel *tariff;
  GtkDropDown *scope;
  GtkDropDown *service;
  GtkCheckButton *duplex;
  GtkDropDown *printer;
  GtkSpinButton *copies;
  RubisHandOverButton *hand_over;

  RubisSession *session;     /* (owned) (nullable) */
  GListStore *letters;       /* (owned) (element-type RubisPostLetter) */
  RubisPostBatch *batch;     /* (owned) (nullable) what is listed */
  GtkStringList *printers;   /* (owned) the first asks each time */
  GCancellable *cancellable; /* (owned) (nullable) of loading */
  gint64 open_job;           /* nobody said yet how it came out; 0: none */
  gboolean busy;             /* joining, printing or noting */
  gboolean filling;          /* the widgets are being set, not the user's doing */
};

G_DEFINE_FINAL_TYPE (RubisPostPage, rubis_post_page, ADW_TYPE_BIN)

enum
{
  ACCOUNT_ACTIVATED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* What is to be done with the joined letters. */
typedef enum
{
  TASK_PREVIEW,
  TASK_SAVE,
  TASK_PRINT,
} Task;

/* A batch on its way. */
typedef struct
{
  RubisPostPage *page; /* (owned) */
  Task task;
  GPtrArray *letters; /* (owned) */
  gboolean duplex;
  int copies;
  char *printer;     /* (nullable) NULL: to be asked for */
  RubisPostJob *job; /* (owned) (nullable) once joined */
  gint64 job_id;
  gboolean printed;
} Errand;

static void load (RubisPostPage *self);

static void
errand_free (Errand *errand)
{
  g_object_unref (errand->page);
  g_ptr_array_unref (errand->letters);
  g_clear_pointer (&errand->job, rubis_post_job_free);
  g_free (errand->printer);
  g_free (errand);
}

static GtkWindow *
get_window (RubisPostPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static void
set_problem (RubisPostPage *self, const char *text)
{
  gtk_label_set_label (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (self->problem_box, text != NULL);
}

static void
update_actions (RubisPostPage *self)
{
  RubisPostTotals totals = { 0 };
  gboolean ready;

  if (self->batch != NULL)
    rubis_post_batch_sum (self->batch, &totals);
  ready = !self->busy && totals.n_letters > 0;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "post.preview", ready);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "post.save", ready);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "post.print", ready);
}

/* --- what is shown --- */

static void
show_totals (RubisPostPage *self)
{
  RubisPostTotals totals;
  RubisCurrency none = { "" };
  g_autofree char *postage = NULL;
  g_autofree char *letters = NULL;
  g_autofree char *pages = NULL;
  g_autofree char *sheets = NULL;
  g_autofree char *day = rubis_ui_format_date (self->batch->tariff_date);
  g_autofree char *tariff = g_strdup_printf (self->batch->tariff_checked
                                                 ? _ ("Estimate by the postal prices of %s")
                                                 : _ ("Estimate by the postal prices of %s, to be checked"),
                                             day);
  g_autoptr (GString) text = NULL;

  rubis_post_batch_sum (self->batch, &totals);
  postage = rubis_ui_format_amount (totals.postage, self->batch->currency, none);
  letters
      = g_strdup_printf (ngettext ("%d letter", "%d letters", (gulong)totals.n_letters), totals.n_letters);
  pages = g_strdup_printf (ngettext ("%d page", "%d pages", (gulong)totals.n_pages), totals.n_pages);
  sheets = g_strdup_printf (ngettext ("%d sheet", "%d sheets", (gulong)totals.n_sheets), totals.n_sheets);
  text = g_string_new (NULL);
  /* Translators: letters, pages, sheets, weight in grams, postage. */
  g_string_append_printf (text, _ ("%s · %s · %s · %d g · postage about %s"), letters, pages, sheets,
                          totals.grams, postage);
  if (totals.n_registered > 0)
    g_string_append_printf (text, " · %d %s", totals.n_registered,
                            ngettext ("registered", "registered", (gulong)totals.n_registered));
  if (totals.n_warnings > 0)
    g_string_append_printf (
        text, " · %d %s", totals.n_warnings,
        ngettext ("address to look at", "addresses to look at", (gulong)totals.n_warnings));
  if (totals.n_refused > 0)
    g_string_append_printf (
        text, " · %d %s", totals.n_refused,
        ngettext ("does not leave any more", "do not leave any more", (gulong)totals.n_refused));
  gtk_label_set_label (self->totals, text->str);
  gtk_label_set_label (self->tariff, tariff);
}

/* A job that was interrupted between the printer and the answer. */
static void
show_open_job (RubisPostPage *self)
{
  guint n = 0;

  self->open_job = 0;
  for (guint i = 0; i < self->batch->letters->len; i++)
    {
      RubisPostLetter *letter = self->batch->letters->pdata[i];

      if (!letter->job_open)
        continue;
      if (self->open_job == 0)
        self->open_job = letter->job_id;
      n += letter->job_id == self->open_job ? 1 : 0;
    }
  gtk_widget_set_visible (self->job_box, self->open_job != 0 && !self->busy);
  if (self->open_job != 0)
    {
      g_autofree char *text = g_strdup_printf (
          ngettext ("%u letter went to the printer, and nobody has said how it came out.",
                    "%u letters went to the printer, and nobody has said how they came out.", n),
          n);

      gtk_label_set_label (self->job_label, text);
    }
}

static void
show_batch (RubisPostPage *self)
{
  guint n = self->batch->letters->len;

  g_list_store_splice (self->letters, 0, g_list_model_get_n_items (G_LIST_MODEL (self->letters)),
                       self->batch->letters->pdata, n);
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list" : "empty");
  show_totals (self);
  show_open_job (self);
  update_actions (self);
}

/* --- loading --- */

typedef struct
{
  RubisDate date;
  gboolean duplex;
} Request;

static gpointer
load_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  Request *request = data;

  return rubis_session_load_post (session, request->date, request->duplex, progress, error);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisPostPage) self = user_data;
  g_autoptr (GError) error = NULL;
  RubisPostBatch *batch = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);

  if (rubis_plain_is_abandoned (result))
    {
      g_clear_pointer (&batch, rubis_post_batch_free);
      return;
    }
  if (batch == NULL)
    {
      set_problem (self, error->message);
      return;
    }
  g_clear_pointer (&self->batch, rubis_post_batch_free);
  self->batch = batch;
  show_batch (self);
}

static void
load (RubisPostPage *self)
{
  Request *request;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->session == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  request = g_new0 (Request, 1);
  request->date = gtk_drop_down_get_selected (self->scope) == 1 ? rubis_session_get_today (self->session)
                                                                : RUBIS_DATE_NONE;
  request->duplex = gtk_check_button_get_active (self->duplex);
  rubis_ui_read_async (self->session, load_work, request, g_free, (GDestroyNotify)rubis_post_batch_free,
                       self->cancellable, loaded_cb, g_object_ref (self));
}

static void
reload_cb (RubisPostPage *self)
{
  if (!self->filling)
    load (self);
}

static void
service_cb (RubisPostPage *self)
{
  g_autoptr (GError) error = NULL;
  RubisPostageService service
      = gtk_drop_down_get_selected (self->service) == 1 ? RUBIS_POSTAGE_TRACKED : RUBIS_POSTAGE_GREEN;

  if (self->filling || self->session == NULL || service == rubis_session_get_post_service (self->session))
    return;
  if (!rubis_session_set_post_service (self->session, service, &error))
    set_problem (self, error->message);
}

static void
row_activated_cb (RubisPostPage *self, guint position)
{
  g_autoptr (RubisPostLetter) letter = g_list_model_get_item (G_LIST_MODEL (self->letters), position);

  if (letter != NULL)
    g_signal_emit (self, signals[ACCOUNT_ACTIVATED], 0, letter->account_id);
}

/* --- printing --- */

static void
end_errand (Errand *errand, const char *problem)
{
  RubisPostPage *self = errand->page;

  self->busy = FALSE;
  set_problem (self, problem);
  update_actions (self);
  load (self);
  errand_free (errand);
}

static gpointer
answer_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  Errand *errand = data;

  return rubis_session_end_print_job (session, errand->job_id, errand->printed, error) ? session : NULL;
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Errand *errand = user_data;
  g_autoptr (GError) error = NULL;

  rubis_session_run_finish (RUBIS_SESSION (source), result, &error);
  if (error == NULL && errand->printed)
    {
      g_autofree char *text = g_strdup_printf (
          ngettext ("%d letter printed", "%d letters printed", (gulong)errand->job->n_letters),
          errand->job->n_letters);

      rubis_ui_toast (GTK_WIDGET (errand->page), text, FALSE);
    }
  end_errand (errand, error != NULL ? error->message : NULL);
}

static void
answer (Errand *errand, gboolean printed)
{
  errand->printed = printed;
  rubis_session_run_async (errand->page->session, NULL, answer_work, errand, NULL, NULL, NULL, answered_cb,
                           errand);
}

static void
printed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Errand *errand = user_data;
  g_autoptr (GError) error = NULL;
  gboolean printed = rubis_print_letters_finish (result, NULL, &error);

  if (!printed && !g_error_matches (error, RUBIS_PRINT_ERROR, RUBIS_PRINT_ERROR_CANCELLED))
    rubis_ui_show_error (GTK_WIDGET (errand->page), _ ("The letters were not printed"), error, FALSE);
  answer (errand, printed);
}

static gpointer
begin_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  Errand *errand = data;

  errand->job_id = rubis_session_begin_print_job (
      session, errand->job, errand->printer != NULL ? errand->printer : "", errand->copies, error);
  return errand->job_id != 0 ? session : NULL;
}

static void
begun_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Errand *errand = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GtkPrintSettings) settings = gtk_print_settings_new ();
  g_autofree char *date = rubis_ui_format_date (rubis_session_get_today (errand->page->session));
  g_autofree char *title = g_strdup_printf (_ ("Letters of %s"), date);
  const RubisPrintOrder order = { .title = title,
                                  .printer = errand->printer,
                                  .settings = settings,
                                  .sides = errand->duplex ? RUBIS_PRINT_SIDES_TWO : RUBIS_PRINT_SIDES_ONE,
                                  .one = errand->job->n_letters == 1,
                                  .ask_always = TRUE };

  rubis_session_run_finish (RUBIS_SESSION (source), result, &error);
  if (error != NULL)
    {
      end_errand (errand, error->message);
      return;
    }
  gtk_print_settings_set_n_copies (settings, errand->copies);
  rubis_print_letters (get_window (errand->page), errand->job->pdf, &order, NULL, printed_cb, errand);
}

static void
saved_cb (Errand *errand, int response, GtkNativeDialog *dialog)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = NULL;
  gsize size;
  const char *data = g_bytes_get_data (errand->job->pdf, &size);

  if (response == GTK_RESPONSE_ACCEPT)
    {
      file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      g_file_replace_contents (file, data, size, NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL, &error);
    }
  g_object_unref (dialog);
  end_errand (errand, error != NULL ? error->message : NULL);
}

static void
save (Errand *errand)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
      _ ("Save the letters"), get_window (errand->page), GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), NULL);
  g_autofree char *date = rubis_date_to_iso (rubis_session_get_today (errand->page->session));
  g_autofree char *name = g_strdup_printf ("%s-%s.pdf", date, _ ("to-print"));

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_swapped (dialog, "response", G_CALLBACK (saved_cb), errand);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static gpointer
join_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  Errand *errand = data;

  errand->job = rubis_session_join_post (session, errand->letters, errand->duplex, progress, error);
  return errand->job != NULL ? session : NULL;
}

static void
joined_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Errand *errand = user_data;
  g_autoptr (GError) error = NULL;

  rubis_session_run_finish (RUBIS_SESSION (source), result, &error);
  if (error != NULL)
    {
      end_errand (errand, error->message);
      return;
    }
  if (errand->task == TASK_PRINT)
    rubis_session_run_async (errand->page->session, NULL, begin_work, errand, NULL, NULL, NULL, begun_cb,
                             errand);
  else if (errand->task == TASK_SAVE)
    save (errand);
  else
    {
      GtkWidget *window = rubis_preview_window_new_for_pdf (get_window (errand->page), _ ("Letters to post"),
                                                            "", errand->job->pdf);

      gtk_window_present (GTK_WINDOW (window));
      end_errand (errand, NULL);
    }
}

/* @printer: (nullable) */
static void
run_errand (RubisPostPage *self, Task task, const char *printer)
{
  Errand *errand;

  if (self->busy || self->batch == NULL)
    return;
  errand = g_new0 (Errand, 1);
  errand->page = g_object_ref (self);
  errand->task = task;
  errand->letters = g_ptr_array_ref (self->batch->letters);
  errand->duplex = self->batch->duplex;
  errand->copies = gtk_spin_button_get_value_as_int (self->copies);
  errand->printer = g_strdup (printer);
  self->busy = TRUE;
  set_problem (self, NULL);
  update_actions (self);
  rubis_session_run_async (self->session, _ ("Joining the letters"), join_work, errand, NULL, NULL, NULL,
                           joined_cb, errand);
}

void
rubis_post_page_print_on (RubisPostPage *self, const char *printer)
{
  g_return_if_fail (RUBIS_IS_POST_PAGE (self));

  run_errand (self, TASK_PRINT, printer);
}

static void
print_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisPostPage *self = RUBIS_POST_PAGE (widget);
  guint position = gtk_drop_down_get_selected (self->printer);

  run_errand (self, TASK_PRINT,
              position > 0 && position != GTK_INVALID_LIST_POSITION
                  ? gtk_string_list_get_string (self->printers, position)
                  : NULL);
}

static void
preview_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  run_errand (RUBIS_POST_PAGE (widget), TASK_PREVIEW, NULL);
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  run_errand (RUBIS_POST_PAGE (widget), TASK_SAVE, NULL);
}

/* The answer about a job of before. */
static void
answer_open_job (RubisPostPage *self, gboolean printed)
{
  g_autoptr (GError) error = NULL;

  if (!rubis_session_end_print_job (self->session, self->open_job, printed, &error))
    set_problem (self, error->message);
  load (self);
}

static void
job_failed_cb (RubisPostPage *self)
{
  answer_open_job (self, FALSE);
}

static void
job_printed_cb (RubisPostPage *self)
{
  answer_open_job (self, TRUE);
}

static void
printers_cb (GPtrArray *names, gpointer user_data)
{
  RubisPostPage *self = user_data;

  if (self->printers == NULL)
    return;
  for (guint i = 0; i < names->len; i++)
    gtk_string_list_append (self->printers, names->pdata[i]);
}

static void
rubis_post_page_dispose (GObject *object)
{
  RubisPostPage *self = RUBIS_POST_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), RUBIS_TYPE_POST_PAGE);
  g_clear_object (&self->letters);
  g_clear_object (&self->printers);
  g_clear_object (&self->session);
  g_clear_pointer (&self->batch, rubis_post_batch_free);
  G_OBJECT_CLASS (rubis_post_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, RubisPostPage, hand_over);
  gtk_widget_class_bind_template_child (widget_class, RubisPostPage, job_box);
  gtk_widget_class_bind_template_child (widget_class, RubisPostPage, job_label);
  gtk_widget_class_bind_template_child (widget_class, RubisPostPage, problem_box);
  gtk_widget_class_bind_template_child (widget_class, RubisPostPage, problem);
  gtk_widget_class_bind_template_child (widget_class, RubisPostPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RubisPostPage, view);
  gtk_widget_class_bind_template_child (widget_class, RubisPostPage, totals);
  gtk_widget_class_bind_template_child (widget_class, RubisPostPage, tariff);
  gtk_widget_class_bind_template_child (widget_class, RubisPostPage, scope);
  gtk_widget_class_bind_template_child (widget_class, RubisPostPage, service);
  gtk_widget_class_bind_template_child (widget_class, RubisPostPage, duplex);
  gtk_widget_class_bind_template_child (widget_class, RubisPostPage, printer);
  gtk_widget_class_bind_template_child (widget_class, RubisPostPage, copies);
  gtk_widget_class_bind_template_callback (widget_class, reload_cb);
  gtk_widget_class_bind_template_callback (widget_class, service_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, job_failed_cb);
  gtk_widget_class_bind_template_callback (widget_class, job_printed_cb);
}

static void
rubis_post_page_class_init (RubisPostPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_post_page_dispose;
  signals[ACCOUNT_ACTIVATED] = g_signal_new ("account-activated", RUBIS_TYPE_POST_PAGE, G_SIGNAL_RUN_LAST, 0,
                                             NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  gtk_widget_class_install_action (widget_class, "post.preview", NULL, preview_action);
  gtk_widget_class_install_action (widget_class, "post.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "post.print", NULL, print_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "post.print", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "post.save", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "post.preview", NULL);
  g_type_ensure (RUBIS_TYPE_HAND_OVER_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-post-page.ui");
  bind_children (widget_class);
}

static void
rubis_post_page_init (RubisPostPage *self)
{
  g_autoptr (GtkStringList) services = gtk_string_list_new (NULL);
  GtkSingleSelection *selection;

  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->letters = g_list_store_new (RUBIS_TYPE_POST_LETTER);
  selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->letters)));
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
  g_object_unref (selection);
  rubis_post_columns_add (self->view);
  gtk_string_list_append (services, rubis_postage_service_to_label (RUBIS_POSTAGE_GREEN));
  gtk_string_list_append (services, rubis_postage_service_to_label (RUBIS_POSTAGE_TRACKED));
  gtk_drop_down_set_model (self->service, G_LIST_MODEL (services));
  self->printers = gtk_string_list_new (NULL);
  gtk_string_list_append (self->printers, _ ("Choose when printing"));
  gtk_drop_down_set_model (self->printer, G_LIST_MODEL (self->printers));
  gtk_stack_set_visible_child_name (self->stack, "empty");
  update_actions (self);
  self->filling = FALSE;
  rubis_print_list_printers (printers_cb, g_object_ref (self), g_object_unref);
}

void
rubis_post_page_set_session (RubisPostPage *self, RubisSession *session)
{
  g_return_if_fail (RUBIS_IS_POST_PAGE (self));

  if (self->session == session)
    return;
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_set_object (&self->session, session);
  rubis_hand_over_button_set_session (self->hand_over, session);
  if (session == NULL)
    return;
  self->filling = TRUE;
  gtk_drop_down_set_selected (self->service,
                              rubis_session_get_post_service (session) == RUBIS_POSTAGE_TRACKED ? 1 : 0);
  self->filling = FALSE;
  g_signal_connect_object (session, "changed", G_CALLBACK (reload_cb), self, G_CONNECT_SWAPPED);
  load (self);
}

guint
rubis_post_page_get_n_letters (RubisPostPage *self)
{
  g_return_val_if_fail (RUBIS_IS_POST_PAGE (self), 0);

  return g_list_model_get_n_items (G_LIST_MODEL (self->letters));
}
