#include "rubis-day-run.h"

#include <errno.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "rubis-plain.h"
#include "rubis-post-batch.h"
#include "rubis-print-run.h"
#include "rubis-send-notice.h"
#include "rubis-sums.h"
#include "rubis-today-entry.h"
#include "rubis-ui.h"

/* More refused lines than this are counted, not listed. */
#define MAX_REFUSED_ROWS 50

struct _RubisDayRun {
  AdwWindow parent_instance;

  AdwWindowTitle *window_title;
  GtkWidget *cancel_button;
  GtkWidget *do_button;
  GtkWidget *close_button;
  GtkStack *stack;
  GtkWidget *problem_box;
  GtkLabel *problem;
  AdwPreferencesGroup *letters_group;
  GtkSwitch *print_switch;
  GtkSwitch *save_switch;
  AdwActionRow *save_row;
  AdwPreferencesGroup *emails_group;
  AdwActionRow *emails_row;
  AdwPreferencesGroup *calls_group;
  AdwActionRow *calls_row;
  AdwEntryRow *note_row;
  GtkSpinner *spinner;
  GtkLabel *working_label;
  GtkProgressBar *progress;
  AdwPreferencesGroup *done_group;
  AdwPreferencesGroup *refused_group;

  RubisSession *session;      /* (owned) */
  GPtrArray *documents;       /* (owned) (element-type RubisActionRow) letters and emails */
  GPtrArray *talks;           /* (owned) (element-type RubisActionRow) calls, decisions, visits */
  guint n_letters;
  guint n_emails;
  char *folder;               /* (owned) where PDF files go */
  GCancellable *cancellable;  /* (owned) of the work in progress */
  char *printer;              /* (owned) (nullable) chosen for the letters */
  GtkPrintSettings *settings; /* (owned) (nullable) of it */
  gboolean printed;
  char *trouble;              /* (owned) (nullable) why the letters were not printed, and where they are */
  GPtrArray *left_out;        /* (owned) (nullable) (element-type RubisPostLetter) no longer owed when printing */
  GPtrArray *reports;         /* (owned) (element-type RubisRunReport) */
};

G_DEFINE_FINAL_TYPE (RubisDayRun, rubis_day_run, ADW_TYPE_WINDOW)

/* What one call of rubis_session_perform() needs. */
typedef struct {
  GPtrArray *documents;
  GPtrArray *talks;
  char *folder;  /* (nullable) */
  char *note;    /* (nullable) */
  RubisRunOptions options; /* of what is above */
} Order;

static void
order_free (Order *order)
{
  g_ptr_array_unref (order->documents);
  g_ptr_array_unref (order->talks);
  g_free (order->folder);
  g_free (order->note);
  g_free (order);
}

static gboolean
is_letter (RubisActionRow *action)
{
  return action->channel == RUBIS_CHANNEL_LETTER || action->channel == RUBIS_CHANNEL_REGISTERED;
}

/* Several letters are one file in which they do not begin on sheets of their own. */
static RubisPrintSides
get_sides (RubisDayRun *self)
{
  return self->n_letters == 1 ? RUBIS_PRINT_SIDES_CHOSEN : RUBIS_PRINT_SIDES_ONE;
}

static void
show_ask (RubisDayRun *self, const char *problem)
{
  gtk_spinner_stop (self->spinner);
  gtk_stack_set_visible_child_name (self->stack, "ask");
  gtk_widget_set_visible (self->do_button, TRUE);
  gtk_widget_set_visible (self->problem_box, problem != NULL);
  gtk_label_set_label (self->problem, problem != NULL ? problem : "");
}

static void
show_working (RubisDayRun *self, const char *text)
{
  gtk_label_set_label (self->working_label, text);
  gtk_spinner_start (self->spinner);
  gtk_stack_set_visible_child_name (self->stack, "working");
  gtk_widget_set_visible (self->do_button, FALSE);
}

/* --- summary --- */

static GtkWidget *
add_row (AdwPreferencesGroup *group, const char *icon, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *image = gtk_image_new_from_icon_name (icon);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  rubis_plain_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), image);
  adw_preferences_group_add (group, row);
  return row;
}

static void
open_folder_cb (GtkWidget *button)
{
  g_autofree char *uri = g_filename_to_uri (g_object_get_data (G_OBJECT (button), "rubis-folder"), NULL, NULL);

  if (uri != NULL)
    gtk_show_uri (GTK_WINDOW (gtk_widget_get_root (button)), uri, GDK_CURRENT_TIME);
}

static void
add_folder_button (GtkWidget *row, const char *folder)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("folder-open-symbolic");

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _("Open the folder"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Open the folder"), -1);
  gtk_widget_add_css_class (button, "flat");
  g_object_set_data_full (G_OBJECT (button), "rubis-folder", g_strdup (folder), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (open_folder_cb), NULL);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

/* How many were done by the channels of @mask; their amounts are added to @sums. */
static guint
count_done (RubisDayRun *self, guint mask, GArray *sums)
{
  guint n = 0;

  for (guint i = 0; i < self->reports->len; i++)
    {
      RubisRunReport *report = self->reports->pdata[i];

      for (guint j = 0; j < report->done->len; j++)
        {
          RubisRunEntry *entry = report->done->pdata[j];

          if ((mask & (1u << entry->channel)) == 0)
            continue;
          rubis_sums_add (sums, entry->currency, entry->amount);
          n++;
        }
    }
  return n;
}

static void
add_done_row (RubisDayRun *self, const char *icon, const char *title, GArray *sums, const char *where,
              const char *folder)
{
  GtkWidget *row;
  g_autofree char *amounts = rubis_sums_to_text (sums);
  g_autofree char *text = where != NULL ? g_strdup_printf ("%s · %s", amounts, where) : g_strdup (amounts);

  row = add_row (self->done_group, icon, title, text);
  if (folder != NULL)
    add_folder_button (row, folder);
}

static guint
add_refused (RubisDayRun *self)
{
  guint n = 0;

  for (guint i = 0; i < self->reports->len; i++)
    {
      RubisRunReport *report = self->reports->pdata[i];

      for (guint j = 0; j < report->refused->len; j++, n++)
        {
          RubisActionRow *action = report->refused->pdata[j];
          const char *reason = *action->error != '\0' ? action->error : "";
          g_autofree char *title = g_strdup_printf ("%s · %s", action->account_name, action->step_name);

          if (*reason == '\0' && action->reasons->len > 0)
            reason = action->reasons->pdata[0];
          if (n < MAX_REFUSED_ROWS)
            add_row (self->refused_group, "action-unavailable-symbolic", title, reason);
        }
    }
  for (guint i = 0; self->left_out != NULL && i < self->left_out->len; i++, n++)
    {
      RubisPostLetter *letter = self->left_out->pdata[i];

      add_row (self->refused_group, "action-unavailable-symbolic", letter->account_name, letter->refused);
    }
  if (n > MAX_REFUSED_ROWS)
    {
      guint more = n - MAX_REFUSED_ROWS;
      g_autofree char *text = g_strdup_printf (ngettext ("and %u more", "and %u more", more), more);

      add_row (self->refused_group, "view-more-symbolic", text, "");
    }
  gtk_widget_set_visible (GTK_WIDGET (self->refused_group), n > 0);
  return n;
}

static void
add_done (RubisDayRun *self)
{
  const guint letters = (1u << RUBIS_CHANNEL_LETTER) | (1u << RUBIS_CHANNEL_REGISTERED);
  const guint emails = 1u << RUBIS_CHANNEL_EMAIL;
  g_autoptr(GArray) letter_sums = rubis_sums_new ();
  g_autoptr(GArray) email_sums = rubis_sums_new ();
  g_autoptr(GArray) talk_sums = rubis_sums_new ();
  guint n_letters = count_done (self, letters, letter_sums);
  guint n_emails = count_done (self, emails, email_sums);
  guint n_talks = count_done (self, ~(letters | emails), talk_sums);
  g_autofree char *waiting = rubis_send_notice_describe_waiting (self->reports);
  g_autofree char *outgoing = waiting == NULL ? rubis_session_get_outgoing_folder (self->session) : NULL;
  g_autofree char *letter_text = g_strdup_printf (ngettext ("%u letter", "%u letters", n_letters), n_letters);
  g_autofree char *email_text = g_strdup_printf (ngettext ("%u email", "%u emails", n_emails), n_emails);
  g_autofree char *talk_text
      = g_strdup_printf (ngettext ("%u call or decision noted", "%u calls and decisions noted", n_talks), n_talks);
  g_autofree char *where = NULL;

  if (self->printed && gtk_switch_get_active (self->save_switch))
    where = g_strdup_printf (_("printed and saved in %s"), self->folder);
  else if (self->printed)
    where = g_strdup (_("printed"));
  else if (gtk_switch_get_active (self->save_switch))
    where = g_strdup_printf (_("saved in %s"), self->folder);
  else
    where = g_strdup (_("waiting to be posted"));
  if (n_letters > 0)
    add_done_row (self, "document-print-symbolic", letter_text, letter_sums, where,
                  gtk_switch_get_active (self->save_switch) ? self->folder : NULL);
  if (n_emails > 0)
    add_done_row (self, "mail-unread-symbolic", email_text, email_sums, waiting != NULL ? waiting : outgoing,
                  outgoing);
  if (n_talks > 0)
    add_done_row (self, "call-start-symbolic", talk_text, talk_sums, NULL, NULL);
  if (n_letters + n_emails + n_talks == 0)
    add_row (self->done_group, "action-unavailable-symbolic", _("Nothing was done"), "");
}

static void
to_post_cb (RubisDayRun *self)
{
  rubis_print_run_show_post (gtk_window_get_transient_for (GTK_WINDOW (self)));
  gtk_window_close (GTK_WINDOW (self));
}

/* The letters are neither lost nor done: where they are. */
static void
add_trouble (RubisDayRun *self)
{
  GtkWidget *row = add_row (self->done_group, "dialog-warning-symbolic", _("The letters are not marked as printed"),
                            self->trouble);
  GtkWidget *button = gtk_button_new_with_label (_("To post"));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _("Show the letters that wait to be posted"));
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (to_post_cb), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static void
show_summary (RubisDayRun *self)
{
  guint n_refused;

  if (self->trouble != NULL)
    add_trouble (self);
  add_done (self);
  rubis_send_notice_show (GTK_WIDGET (self), self->reports);
  n_refused = add_refused (self);
  gtk_spinner_stop (self->spinner);
  adw_window_title_set_title (self->window_title, n_refused > 0 || self->trouble != NULL ? _("Done in part") : _("Done"));
  adw_window_title_set_subtitle (self->window_title, "");
  gtk_stack_set_visible_child_name (self->stack, "summary");
  gtk_widget_set_visible (self->cancel_button, FALSE);
  gtk_widget_set_visible (self->do_button, FALSE);
  gtk_widget_set_visible (self->close_button, TRUE);
  gtk_widget_grab_focus (self->close_button);
}

/* --- the work --- */

static gpointer
perform_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  Order *order = data;
  g_autoptr(GPtrArray) reports = g_ptr_array_new_with_free_func ((GDestroyNotify) rubis_run_report_free);
  RubisRunReport *report;

  if (order->folder != NULL && g_mkdir_with_parents (order->folder, 0700) != 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), _("The folder %s cannot be made: %s"),
                   order->folder, g_strerror (errno));
      return NULL;
    }
  if (order->documents->len > 0)
    {
      report = rubis_session_perform_with (session, order->documents, &order->options, progress, error);
      if (report == NULL)
        return NULL;
      g_ptr_array_add (reports, report);
    }
  if (order->talks->len > 0)
    {
      /* What was written cannot be cancelled any more. */
      report = rubis_session_perform (session, order->talks, NULL, order->note,
                                      order->documents->len > 0 ? NULL : progress, error);
      if (report == NULL)
        return NULL;
      g_ptr_array_add (reports, report);
    }
  return g_steal_pointer (&reports);
}

static gboolean
finds (GPtrArray *left_out, gint64 document_id)
{
  for (guint i = 0; i < left_out->len; i++)
    {
      RubisPostLetter *letter = left_out->pdata[i];

      if (letter->document_id == document_id)
        return TRUE;
    }
  return FALSE;
}

/* What was paid in the moment before the printer was not done after all. */
static void
take_back (RubisDayRun *self)
{
  for (guint i = 0; i < self->reports->len; i++)
    {
      RubisRunReport *report = self->reports->pdata[i];

      for (guint j = report->done->len; j > 0; j--)
        {
          RubisRunEntry *entry = report->done->pdata[j - 1];

          if (entry->document_id != 0 && finds (self->left_out, entry->document_id))
            g_ptr_array_remove_index (report->done, j - 1);
        }
    }
}

static void
printed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(RubisDayRun) self = user_data;
  g_autoptr(GError) error = NULL;

  g_clear_pointer (&self->left_out, g_ptr_array_unref);
  self->left_out = rubis_print_run_finish (result, &error);
  self->printed = self->left_out != NULL;
  if (self->printed)
    take_back (self);
  else
    self->trouble = g_strdup (error->message);
  show_summary (self);
}

/* The letters are written and wait: now they may go to the printer. FALSE when there is none. */
static gboolean
print_written (RubisDayRun *self)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *date = rubis_ui_format_date (rubis_session_get_today (self->session));
  g_autofree char *title = g_strdup_printf (_("Letters of %s"), date);
  const RubisPrintOrder order = { .title = title, .printer = self->printer, .settings = self->settings,
                                  .sides = get_sides (self) };

  for (guint i = 0; i < self->reports->len; i++)
    {
      g_autoptr(GArray) more = rubis_print_run_list_letters (self->reports->pdata[i]);

      g_array_append_vals (ids, more->data, more->len);
    }
  if (ids->len == 0)
    return FALSE;
  show_working (self, _("Handing over to the printer"));
  rubis_print_run (GTK_WINDOW (self), self->session, ids, &order, self->cancellable, printed_cb,
                   g_object_ref (self));
  return TRUE;
}

static void
performed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(RubisDayRun) self = user_data;
  g_autoptr(GError) error = NULL;
  GPtrArray *reports = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);

  if (reports == NULL)
    {
      show_ask (self, g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
                          ? _("Cancelled: nothing was marked as done.")
                          : error->message);
      return;
    }
  g_clear_pointer (&self->reports, g_ptr_array_unref);
  self->reports = reports;
  if (self->printer == NULL || !print_written (self))
    show_summary (self);
}

static void
perform (RubisDayRun *self)
{
  Order *order = g_new0 (Order, 1);
  const char *note = gtk_editable_get_text (GTK_EDITABLE (self->note_row));

  order->documents = g_ptr_array_ref (self->documents);
  order->talks = g_ptr_array_ref (self->talks);
  if (self->n_letters > 0 && gtk_switch_get_active (self->save_switch))
    order->folder = g_strdup (self->folder);
  if (*note != '\0')
    order->note = g_strdup (note);
  /* Also what is printed next waits until the printer has done its work. */
  order->options = (RubisRunOptions){ .folder = order->folder, .keep_letters = TRUE };
  show_working (self, _("Noting what is done"));
  rubis_session_run_async (self->session, _("Doing the actions"), perform_work, order, (GDestroyNotify) order_free,
                           (GDestroyNotify) g_ptr_array_unref, self->cancellable, performed_cb, g_object_ref (self));
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(RubisDayRun) self = user_data;
  g_autoptr(GError) error = NULL;

  if (rubis_print_choose_finish (result, &self->printer, &self->settings, &error))
    perform (self);
  else
    show_ask (self, g_error_matches (error, RUBIS_PRINT_ERROR, RUBIS_PRINT_ERROR_CANCELLED) ? NULL : error->message);
}

static void
do_cb (RubisDayRun *self)
{
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_clear_pointer (&self->printer, g_free);
  g_clear_object (&self->settings);
  if (self->n_letters == 0 || !gtk_switch_get_active (self->print_switch))
    {
      perform (self);
      return;
    }
  show_working (self, _("Choosing the printer"));
  rubis_print_choose (GTK_WINDOW (self), get_sides (self), chosen_cb, g_object_ref (self));
}

static void
cancel_cb (RubisDayRun *self)
{
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "working") == 0)
    g_cancellable_cancel (self->cancellable);
  else
    gtk_window_close (GTK_WINDOW (self));
}

/* --- choices --- */

static void
option_cb (RubisDayRun *self)
{
  gboolean print = gtk_switch_get_active (self->print_switch);
  gboolean save = gtk_switch_get_active (self->save_switch);
  gboolean keep = self->n_letters > 0 && !print && !save;

  rubis_plain_set_subtitle (self->save_row, self->folder);
  gtk_widget_set_tooltip_text (self->do_button,
                               keep ? _("The letters are written and wait under Letters, To post.") : NULL);
}

static void
folder_chosen_cb (RubisDayRun *self, int response, GtkNativeDialog *dialog)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr(GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

      g_free (self->folder);
      self->folder = g_file_get_path (file);
      gtk_switch_set_active (self->save_switch, TRUE);
      option_cb (self);
    }
  g_object_unref (dialog);
}

static void
choose_folder_cb (RubisDayRun *self)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (_("Folder for the letters"), GTK_WINDOW (self),
                                                              GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _("_Choose"),
                                                              NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (folder_chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static gboolean
close_request_cb (RubisDayRun *self)
{
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "working") != 0)
    return GDK_EVENT_PROPAGATE;
  g_cancellable_cancel (self->cancellable);
  return GDK_EVENT_STOP;
}

static void
rubis_day_run_dispose (GObject *object)
{
  RubisDayRun *self = RUBIS_DAY_RUN (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->documents, g_ptr_array_unref);
  g_clear_pointer (&self->talks, g_ptr_array_unref);
  g_clear_pointer (&self->reports, g_ptr_array_unref);
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->left_out, g_ptr_array_unref);
  g_clear_pointer (&self->printer, g_free);
  g_clear_pointer (&self->trouble, g_free);
  g_clear_object (&self->settings);
  gtk_widget_dispose_template (GTK_WIDGET (self), RUBIS_TYPE_DAY_RUN);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (rubis_day_run_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, RubisDayRun, window_title);
  gtk_widget_class_bind_template_child (widget_class, RubisDayRun, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, RubisDayRun, do_button);
  gtk_widget_class_bind_template_child (widget_class, RubisDayRun, close_button);
  gtk_widget_class_bind_template_child (widget_class, RubisDayRun, stack);
  gtk_widget_class_bind_template_child (widget_class, RubisDayRun, problem_box);
  gtk_widget_class_bind_template_child (widget_class, RubisDayRun, problem);
  gtk_widget_class_bind_template_child (widget_class, RubisDayRun, letters_group);
  gtk_widget_class_bind_template_child (widget_class, RubisDayRun, print_switch);
  gtk_widget_class_bind_template_child (widget_class, RubisDayRun, save_switch);
  gtk_widget_class_bind_template_child (widget_class, RubisDayRun, save_row);
  gtk_widget_class_bind_template_child (widget_class, RubisDayRun, emails_group);
  gtk_widget_class_bind_template_child (widget_class, RubisDayRun, emails_row);
  gtk_widget_class_bind_template_child (widget_class, RubisDayRun, calls_group);
  gtk_widget_class_bind_template_child (widget_class, RubisDayRun, calls_row);
  gtk_widget_class_bind_template_child (widget_class, RubisDayRun, note_row);
  gtk_widget_class_bind_template_child (widget_class, RubisDayRun, spinner);
  gtk_widget_class_bind_template_child (widget_class, RubisDayRun, working_label);
  gtk_widget_class_bind_template_child (widget_class, RubisDayRun, progress);
  gtk_widget_class_bind_template_child (widget_class, RubisDayRun, done_group);
  gtk_widget_class_bind_template_child (widget_class, RubisDayRun, refused_group);
}

static void
rubis_day_run_class_init (RubisDayRunClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_day_run_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-day-run.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, do_cb);
  gtk_widget_class_bind_template_callback (widget_class, option_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_folder_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
rubis_day_run_init (RubisDayRun *self)
{
  self->documents = g_ptr_array_new_with_free_func (g_object_unref);
  self->talks = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "close-request", G_CALLBACK (close_request_cb), NULL);
}

/* Beside the dossier, one folder for each day. */
static char *
make_folder_name (RubisSession *session)
{
  const char *path = rubis_session_get_path (session);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *day = rubis_date_to_iso (rubis_session_get_today (session));
  g_autofree char *name = NULL;
  char *dot = strrchr (base, '.');

  if (dot != NULL)
    *dot = '\0';
  /* Translators: a folder's name: letters of a dossier and a day. */
  name = g_strdup_printf (_("%s letters %s"), base, day);
  return g_build_filename (folder, name, NULL);
}

static void
describe (RubisDayRun *self, guint n_actions, GArray *sums)
{
  g_autofree char *title = g_strdup_printf (ngettext ("Do %u action", "Do %u actions", n_actions), n_actions);
  g_autofree char *subtitle = rubis_sums_to_text (sums);
  g_autofree char *letters = g_strdup_printf (ngettext ("%u letter", "%u letters", self->n_letters), self->n_letters);
  g_autofree char *emails = g_strdup_printf (ngettext ("%u email", "%u emails", self->n_emails), self->n_emails);
  gboolean server = FALSE;
  g_autofree char *way = rubis_send_notice_describe_way (self->session, &server);
  g_autofree char *talks
      = g_strdup_printf (ngettext ("%u line", "%u lines", self->talks->len), self->talks->len);

  adw_window_title_set_title (self->window_title, title);
  adw_window_title_set_subtitle (self->window_title, subtitle);
  adw_preferences_group_set_title (self->letters_group, letters);
  adw_preferences_group_set_title (self->emails_group, emails);
  if (server)
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->emails_row), _("Put into the outbox"));
  rubis_plain_set_subtitle (self->emails_row, way);
  adw_action_row_set_subtitle (self->calls_row, talks);
  gtk_widget_set_visible (GTK_WIDGET (self->letters_group), self->n_letters > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->emails_group), self->n_emails > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->calls_group), self->talks->len > 0);
}

GtkWidget *
rubis_day_run_new (GtkWindow *parent, RubisSession *session, GPtrArray *actions)
{
  RubisDayRun *self;
  g_autoptr(GArray) sums = rubis_sums_new ();

  g_return_val_if_fail (RUBIS_IS_SESSION (session), NULL);
  g_return_val_if_fail (actions != NULL, NULL);

  self = g_object_new (RUBIS_TYPE_DAY_RUN, "transient-for", parent, NULL);
  self->session = g_object_ref (session);
  self->folder = make_folder_name (session);
  for (guint i = 0; i < actions->len; i++)
    {
      RubisActionRow *action = actions->pdata[i];
      gboolean email = action->channel == RUBIS_CHANNEL_EMAIL;

      g_ptr_array_add (is_letter (action) || email ? self->documents : self->talks, g_object_ref (action));
      self->n_letters += is_letter (action) ? 1 : 0;
      self->n_emails += email ? 1 : 0;
      rubis_sums_add (sums, action->currency, action->amount);
    }
  describe (self, actions->len, sums);
  g_object_bind_property (session, "job-fraction", self->progress, "fraction", G_BINDING_SYNC_CREATE);
  option_cb (self);
  gtk_widget_grab_focus (self->do_button);
  return GTK_WIDGET (self);
}
