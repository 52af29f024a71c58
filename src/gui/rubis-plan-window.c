#include "rubis-plan-window.h"

#include <glib/gi18n-lib.h>

#include "rubis-plans.h"
#include "rubis-print.h"
#include "rubis-ui.h"

#define VALUE_CHARS 36

struct _RubisPlanWindow
{
  AdwWindow parent_instance;

  AdwToastOverlay *toasts;
  AdwWindowTitle *window_title;
  GtkWidget *problem_box;
  GtkLabel *problem;
  GtkLabel *paid;
  GtkLabel *state;
  GtkProgressBar *progress;
  GtkListBox *instalments;
  GtkListBox *facts;

  RubisSession *session; /* (owned) NULL once it is closed */
  RubisPlanRow *plan;    /* (owned) */
  gboolean busy;
};

G_DEFINE_FINAL_TYPE (RubisPlanWindow, rubis_plan_window, ADW_TYPE_WINDOW)

/* --- showing --- */

static void
set_problem (RubisPlanWindow *self, const char *text)
{
  gtk_label_set_label (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (self->problem_box, text != NULL);
}

static char *
format (RubisPlanWindow *self, gint64 amount)
{
  return rubis_ui_format_amount (amount, self->plan->currency, rubis_session_get_currency (self->session));
}

static void
clear (GtkListBox *list)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, row);
}

static void
add_row (GtkListBox *list, const char *title, const char *subtitle, const char *value, const char *css_class)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *label = gtk_label_new (value);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  /* A suffix gets no more than it must have: short values stay on one line. */
  gtk_label_set_width_chars (GTK_LABEL (label), (int) MIN (g_utf8_strlen (value, -1), VALUE_CHARS));
  gtk_label_set_max_width_chars (GTK_LABEL (label), VALUE_CHARS);
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_widget_add_css_class (label, "numeric");
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  gtk_list_box_append (list, row);
}

static void
add_instalment (RubisPlanWindow *self, guint index)
{
  const RubisInstalment *instalment = &g_array_index (self->plan->instalments, RubisInstalment, index);
  gint64 paid = g_array_index (self->plan->paid, gint64, index);
  RubisDate today = rubis_session_get_today (self->session);
  g_autofree char *date = rubis_ui_format_long_date (instalment->date);
  g_autofree char *title = g_strdup_printf (_ ("%u. %s"), index + 1, date);
  g_autofree char *amount = format (self, instalment->amount);
  g_autofree char *left = format (self, instalment->amount - paid);
  g_autofree char *state = NULL;

  if (paid == instalment->amount)
    state = g_strdup (_ ("Paid"));
  else if (instalment->date < today && paid > 0)
    state = g_strdup_printf (
        ngettext ("%d day late, %s left", "%d days late, %s left", today - instalment->date),
        today - instalment->date, left);
  else if (instalment->date < today)
    state = g_strdup_printf (ngettext ("%d day late", "%d days late", today - instalment->date),
                             today - instalment->date);
  else if (paid > 0)
    state = g_strdup_printf (_ ("%s left"), left);
  add_row (self->instalments, title, state, amount, paid == instalment->amount ? "dim-label" : NULL);
}

static void
add_facts (RubisPlanWindow *self)
{
  const RubisPlanRow *plan = self->plan;
  g_autofree char *agreed = rubis_ui_format_long_date (plan->agreed_on);
  g_autofree char *signed_on = plan->signed_on != RUBIS_DATE_NONE
                                   ? rubis_ui_format_long_date (plan->signed_on)
                                   : g_strdup (_ ("Not yet"));
  g_autofree char *grace
      = g_strdup_printf (ngettext ("%d day", "%d days", (gulong)plan->grace_days), plan->grace_days);
  g_autofree char *clause
      = plan->accelerates ? g_strdup_printf (
            ngettext ("After a notice of %d day", "After a notice of %d days", (gulong)plan->notice_days),
            plan->notice_days)
                          : g_strdup (_ ("No such clause"));
  g_autoptr (GString) items = g_string_new (NULL);

  for (guint i = 0; i < plan->numbers->len; i++)
    g_string_append_printf (items, "%s%s", i > 0 ? ", " : "",
                            (const char *)g_ptr_array_index (plan->numbers, i));
  add_row (self->facts, _ ("Agreed on"), plan->given_by, agreed, NULL);
  add_row (self->facts, _ ("Signed on"), NULL, signed_on, NULL);
  add_row (self->facts, _ ("Items"), NULL, items->str, NULL);
  add_row (self->facts, _ ("Late-payment interest"), NULL, rubis_plan_interest_to_label (plan->interest),
           NULL);
  add_row (self->facts, _ ("Days of grace"), NULL, grace, NULL);
  add_row (self->facts, _ ("The whole falls due on default"), NULL, clause, NULL);
  if (plan->notice_written)
    {
      g_autofree char *until = plan->notice_until != RUBIS_DATE_NONE
                                   ? rubis_ui_format_long_date (plan->notice_until)
                                   : g_strdup (_ ("Does not run yet"));

      add_row (self->facts, _ ("Deadline of the formal notice"), plan->acceleration_bar, until, NULL);
    }
  if (plan->insured)
    {
      g_autofree char *told = plan->insurer_told_on != RUBIS_DATE_NONE
                                  ? rubis_ui_format_long_date (plan->insurer_told_on)
                                  : g_strdup (_ ("Not yet: it may refuse to pay"));

      add_row (self->facts, _ ("Credit insurer told on"), NULL, told, NULL);
    }
}

static void
update_actions (RubisPlanWindow *self)
{
  const RubisPlanRow *plan = self->plan;
  gboolean active = plan->state == RUBIS_PLAN_ACTIVE && !self->busy;
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_widget_action_set_enabled (widget, "plan.sign", active && plan->signed_on == RUBIS_DATE_NONE);
  gtk_widget_action_set_enabled (widget, "plan.sign-scan", active && plan->signed_on == RUBIS_DATE_NONE);
  gtk_widget_action_set_enabled (widget, "plan.insurer", plan->insured && !self->busy);
  gtk_widget_action_set_enabled (widget, "plan.accelerate", active && *plan->acceleration_bar == '\0');
  gtk_widget_action_set_enabled (widget, "plan.cancel", active);
}

static void
show_plan (RubisPlanWindow *self)
{
  const RubisPlanVerdict *verdict = &self->plan->verdict;
  gboolean late = self->plan->state == RUBIS_PLAN_ACTIVE && verdict->standing == RUBIS_PLAN_LATE;
  g_autofree char *total
      = rubis_ui_format_amount (verdict->total, self->plan->currency, (RubisCurrency){ "" });
  g_autofree char *paid = format (self, verdict->paid);
  g_autofree char *text = g_strdup_printf (_ ("%s paid of %s"), paid, total);

  adw_window_title_set_subtitle (self->window_title, self->plan->account_name);
  gtk_label_set_label (self->paid, text);
  gtk_label_set_label (self->state, rubis_plan_row_get_state_label (self->plan));
  gtk_widget_remove_css_class (GTK_WIDGET (self->state), "error");
  if (late)
    gtk_widget_add_css_class (GTK_WIDGET (self->state), "error");
  gtk_progress_bar_set_fraction (self->progress,
                                 verdict->total > 0 ? (double)verdict->paid / (double)verdict->total : 0);
  clear (self->instalments);
  clear (self->facts);
  for (guint i = 0; i < self->plan->instalments->len; i++)
    add_instalment (self, i);
  add_facts (self);
  update_actions (self);
}

static void
reload (RubisPlanWindow *self)
{
  g_autoptr (GError) error = NULL;
  RubisPlanRow *plan;

  if (self->session == NULL)
    return;
  plan = rubis_session_load_plan (self->session, self->plan->id, &error);
  /* Its making was undone. */
  if (plan == NULL)
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  g_object_unref (self->plan);
  self->plan = plan;
  show_plan (self);
}

/* --- what becomes of it --- */

typedef enum
{
  DO_SIGN,
  DO_INSURER,
  DO_ACCELERATE,
  DO_CANCEL,
} Deed;

typedef struct
{
  Deed deed;
  gint64 id;
  RubisDate date;
  char *path; /* (nullable) */
} Work;

static void
work_free (gpointer data)
{
  Work *self = data;

  g_free (self->path);
  g_free (self);
}

static gpointer
do_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  const Work *work = data;

  switch (work->deed)
    {
    case DO_SIGN:
      return GINT_TO_POINTER (rubis_session_sign_plan (session, work->id, work->date, work->path, error));
    case DO_INSURER:
      return GINT_TO_POINTER (rubis_session_note_insurer_told (session, work->id, work->date, error));
    case DO_ACCELERATE:
      return GINT_TO_POINTER (rubis_session_accelerate_plan (session, work->id, NULL, error));
    case DO_CANCEL:
    default:
      return GINT_TO_POINTER (rubis_session_cancel_plan (session, work->id, NULL, error));
    }
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisPlanWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  rubis_session_run_finish (RUBIS_SESSION (source), result, &error);
  if (self->session == NULL)
    return;
  self->busy = FALSE;
  set_problem (self, error != NULL ? error->message : NULL);
  if (error == NULL)
    rubis_ui_toast (GTK_WIDGET (self), _ ("Payment plan changed"), TRUE);
  reload (self);
}

static void
run (RubisPlanWindow *self, Deed deed, const char *path)
{
  Work *work;

  if (self->busy || self->session == NULL)
    return;
  work = g_new0 (Work, 1);
  work->deed = deed;
  work->id = self->plan->id;
  work->date = rubis_session_get_today (self->session);
  work->path = g_strdup (path);
  self->busy = TRUE;
  update_actions (self);
  rubis_session_run_async (self->session, NULL, do_work, work, work_free, NULL, NULL, done_cb,
                           g_object_ref (self));
}

static void
sign_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  run (RUBIS_PLAN_WINDOW (widget), DO_SIGN, NULL);
}

static void
insurer_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  run (RUBIS_PLAN_WINDOW (widget), DO_INSURER, NULL);
}

static void
accelerate_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  run (RUBIS_PLAN_WINDOW (widget), DO_ACCELERATE, NULL);
}

static void
cancel_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  run (RUBIS_PLAN_WINDOW (widget), DO_CANCEL, NULL);
}

static void
scan_response_cb (RubisPlanWindow *self, int response, GtkNativeDialog *dialog)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      g_autofree char *path = g_file_get_path (file);

      run (self, DO_SIGN, path);
    }
  g_object_unref (dialog);
}

static void
scan_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkFileChooserNative *dialog
      = gtk_file_chooser_native_new (_ ("Scan of the Signed Agreement"), GTK_WINDOW (widget),
                                     GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Keep"), NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (scan_response_cb), widget, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* --- the agreement --- */

static gpointer
keep_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  return rubis_session_keep_plan_agreement (session, *(gint64 *)data, error);
}

/* Written and kept; then @callback prints or saves it. */
static void
keep (RubisPlanWindow *self, GAsyncReadyCallback callback)
{
  if (self->session != NULL)
    rubis_session_run_async (self->session, NULL, keep_work,
                             g_memdup2 (&self->plan->id, sizeof self->plan->id), g_free,
                             (GDestroyNotify)g_bytes_unref, NULL, callback, g_object_ref (self));
}

static void
toast (RubisPlanWindow *self, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (escaped));
}

static void
printed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisPlanWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  RubisPrintOutcome outcome;

  if (rubis_print_run_dialog_finish (result, &outcome, &error))
    toast (self, _ ("Handed over to the printer, and kept in the history of the account."));
  else if (!g_error_matches (error, RUBIS_PRINT_ERROR, RUBIS_PRINT_ERROR_CANCELLED))
    rubis_ui_show_error (GTK_WIDGET (self), _ ("Not printed"), error, TRUE);
}

static void
print_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisPlanWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);

  if (self->session == NULL)
    return;
  if (pdf == NULL)
    set_problem (self, error->message);
  else
    rubis_print_run_dialog (GTK_WINDOW (self), pdf, _ ("Payment plan"), RUBIS_PRINT_SIDES_CHOSEN, NULL,
                            printed_cb, g_object_ref (self));
}

static void
print_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  keep (RUBIS_PLAN_WINDOW (widget), print_cb);
}

static void
save_response_cb (RubisPlanWindow *self, int response, GtkNativeDialog *dialog)
{
  g_autoptr (GError) error = NULL;
  GBytes *pdf = g_object_get_data (G_OBJECT (dialog), "rubis-pdf");

  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      gsize size;
      const char *data = g_bytes_get_data (pdf, &size);

      if (!g_file_replace_contents (file, data, size, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, NULL, &error))
        rubis_ui_show_error (GTK_WIDGET (self), _ ("Not saved"), error, TRUE);
      else
        toast (self, _ ("Saved, and kept in the history of the account."));
    }
  g_object_unref (dialog);
}

static void
save_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisPlanWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);
  g_autofree char *name = NULL;
  GtkFileChooserNative *dialog;

  if (self->session == NULL)
    return;
  if (pdf == NULL)
    {
      set_problem (self, error->message);
      return;
    }
  dialog = gtk_file_chooser_native_new (_ ("Save as PDF"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE,
                                        _ ("_Save"), NULL);
  name = g_strdup_printf (_ ("Payment plan %s.pdf"), self->plan->account_code);
  g_strdelimit (name, "/", '-');
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  g_object_set_data_full (G_OBJECT (dialog), "rubis-pdf", g_bytes_ref (pdf), (GDestroyNotify)g_bytes_unref);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (save_response_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  keep (RUBIS_PLAN_WINDOW (widget), save_cb);
}

/* --- the window --- */

static void
rubis_plan_window_dispose (GObject *object)
{
  RubisPlanWindow *self = RUBIS_PLAN_WINDOW (object);

  g_clear_object (&self->session);
  g_clear_object (&self->plan);
  gtk_widget_dispose_template (GTK_WIDGET (self), RUBIS_TYPE_PLAN_WINDOW);
  G_OBJECT_CLASS (rubis_plan_window_parent_class)->dispose (object);
}

static void
rubis_plan_window_class_init (RubisPlanWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_plan_window_dispose;
  gtk_widget_class_install_action (widget_class, "plan.sign", NULL, sign_action);
  gtk_widget_class_install_action (widget_class, "plan.sign-scan", NULL, scan_action);
  gtk_widget_class_install_action (widget_class, "plan.insurer", NULL, insurer_action);
  gtk_widget_class_install_action (widget_class, "plan.accelerate", NULL, accelerate_action);
  gtk_widget_class_install_action (widget_class, "plan.cancel", NULL, cancel_action);
  gtk_widget_class_install_action (widget_class, "plan.print", NULL, print_action);
  gtk_widget_class_install_action (widget_class, "plan.save", NULL, save_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "plan.print", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "plan.save", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-plan-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisPlanWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, RubisPlanWindow, window_title);
  gtk_widget_class_bind_template_child (widget_class, RubisPlanWindow, problem_box);
  gtk_widget_class_bind_template_child (widget_class, RubisPlanWindow, problem);
  gtk_widget_class_bind_template_child (widget_class, RubisPlanWindow, paid);
  gtk_widget_class_bind_template_child (widget_class, RubisPlanWindow, state);
  gtk_widget_class_bind_template_child (widget_class, RubisPlanWindow, progress);
  gtk_widget_class_bind_template_child (widget_class, RubisPlanWindow, instalments);
  gtk_widget_class_bind_template_child (widget_class, RubisPlanWindow, facts);
}

static void
rubis_plan_window_init (RubisPlanWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWindow *
rubis_plan_window_present (GtkWindow *parent, RubisSession *session, gint64 plan_id)
{
  g_autoptr (GError) error = NULL;
  RubisPlanRow *plan;
  RubisPlanWindow *self;

  g_return_val_if_fail (RUBIS_IS_SESSION (session), NULL);

  plan = rubis_session_load_plan (session, plan_id, &error);
  if (plan == NULL)
    {
      rubis_ui_show_error (GTK_WIDGET (parent), _ ("The payment plan could not be read"), error, FALSE);
      return NULL;
    }
  self = g_object_new (RUBIS_TYPE_PLAN_WINDOW, "transient-for", parent, NULL);
  self->session = g_object_ref (session);
  self->plan = plan;
  show_plan (self);
  g_signal_connect_object (session, "changed", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (self));
  return GTK_WINDOW (self);
}
