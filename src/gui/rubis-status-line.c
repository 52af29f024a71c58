#include "rubis-status-line.h"

#include <glib/gi18n-lib.h>

#include "rubis-ui.h"

/* A short job says nothing: its line would only flash. */
#define JOB_DELAY_MS 250
/* From this age on, the figures of the ERP are no ground for a reminder. */
#define STALE_DAYS 7

struct _RubisStatusLine {
  AdwBin parent_instance;

  GtkLabel *company_label;
  GtkLabel *status_label;
  GtkWidget *waiting_box;
  GtkLabel *waiting_label;
  GtkWidget *recall_button;
  GtkWidget *courier_box;
  GtkLabel *courier_label;
  GtkProgressBar *courier_bar;
  GtkWidget *job_box;
  GtkLabel *job_label;
  GtkProgressBar *job_bar;

  RubisSession *session;      /* (owned) (nullable) */
  GCancellable *cancellable;  /* (owned) */
  guint job_timeout;
  guint pulse_timeout;
};

G_DEFINE_FINAL_TYPE (RubisStatusLine, rubis_status_line, ADW_TYPE_BIN)

static gpointer
status_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  return rubis_session_get_status (session, error);
}

static void
append_count (GString *text, const char *format, gint64 count)
{
  g_autofree char *number = rubis_ui_format_count (count);
  g_auto(GStrv) parts = g_strsplit (format, "%s", 2);

  g_string_append (text, " · ");
  g_string_append (text, parts[0]);
  if (parts[0] != NULL && parts[1] != NULL)
    g_string_append_printf (text, "%s%s", number, parts[1]);
}

static void
show_status (RubisStatusLine *self, RubisStatus *status)
{
  g_autoptr(GString) text = g_string_new (NULL);
  gboolean stale = FALSE;

  if (status->data_date == RUBIS_DATE_NONE)
    g_string_append (text, _("Nothing imported yet"));
  else
    {
      g_autofree char *date = rubis_ui_format_long_date (status->data_date);

      g_string_append_printf (text, _("Data of %s"), date);
      stale = rubis_session_get_today (self->session) - status->data_date >= STALE_DAYS;
    }
  append_count (text, ngettext ("%s account", "%s accounts", status->n_accounts), status->n_accounts);
  append_count (text, ngettext ("%s open item", "%s open items", status->n_open_items), status->n_open_items);
  if (status->n_to_print > 0)
    append_count (text, ngettext ("%s letter to print", "%s letters to print", status->n_to_print),
                  status->n_to_print);
  if (status->n_outgoing > 0)
    append_count (text, ngettext ("%s email waiting", "%s emails waiting", status->n_outgoing), status->n_outgoing);
  if (status->n_to_print == 0 && status->n_outgoing == 0)
    g_string_append_printf (text, " · %s", _("nothing to send"));
  gtk_label_set_label (self->status_label, text->str);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->status_label), status->last_import);
  if (stale)
    gtk_widget_add_css_class (GTK_WIDGET (self->status_label), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->status_label), "warning");
}

static void
status_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(RubisStatusLine) self = user_data;
  g_autoptr(RubisStatus) status = rubis_session_run_finish (RUBIS_SESSION (source), result, NULL);

  /* Without figures the line stays as it was; what went wrong is said where it happened. */
  if (status != NULL && self->session == RUBIS_SESSION (source))
    show_status (self, status);
}

void
rubis_status_line_refresh (RubisStatusLine *self)
{
  g_autoptr(RubisCompany) company = NULL;

  g_return_if_fail (RUBIS_IS_STATUS_LINE (self));

  if (self->session == NULL)
    return;
  company = rubis_session_dup_company (self->session);
  gtk_label_set_label (self->company_label, company->name);
  rubis_ui_read_async (self->session, status_work, NULL, NULL, (GDestroyNotify) rubis_status_free, self->cancellable,
                       status_done_cb, g_object_ref (self));
}

static gboolean
pulse_cb (gpointer user_data)
{
  gtk_progress_bar_pulse (RUBIS_STATUS_LINE (user_data)->job_bar);
  return G_SOURCE_CONTINUE;
}

static void
show_fraction (RubisStatusLine *self)
{
  double fraction;

  g_object_get (self->session, "job-fraction", &fraction, NULL);
  if (fraction >= 0)
    {
      g_clear_handle_id (&self->pulse_timeout, g_source_remove);
      gtk_progress_bar_set_fraction (self->job_bar, MIN (fraction, 1));
    }
  else if (self->pulse_timeout == 0)
    self->pulse_timeout = g_timeout_add (150, pulse_cb, self);
}

static gboolean
show_job_cb (gpointer user_data)
{
  RubisStatusLine *self = user_data;

  self->job_timeout = 0;
  show_fraction (self);
  gtk_widget_set_visible (self->job_box, TRUE);
  return G_SOURCE_REMOVE;
}

static void
job_changed_cb (RubisStatusLine *self)
{
  g_autofree char *title = NULL;

  g_object_get (self->session, "job-title", &title, NULL);
  if (title == NULL)
    {
      g_clear_handle_id (&self->job_timeout, g_source_remove);
      g_clear_handle_id (&self->pulse_timeout, g_source_remove);
      gtk_widget_set_visible (self->job_box, FALSE);
      return;
    }
  gtk_label_set_label (self->job_label, title);
  if (self->job_timeout == 0 && !gtk_widget_get_visible (self->job_box))
    self->job_timeout = g_timeout_add (JOB_DELAY_MS, show_job_cb, self);
}

static void
fraction_changed_cb (RubisStatusLine *self)
{
  if (gtk_widget_get_visible (self->job_box))
    show_fraction (self);
}

static void
cancel_clicked_cb (RubisStatusLine *self)
{
  if (self->session != NULL)
    rubis_session_cancel_job (self->session);
}

static void
drop_session (RubisStatusLine *self)
{
  g_clear_handle_id (&self->job_timeout, g_source_remove);
  g_clear_handle_id (&self->pulse_timeout, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
}

static void
rubis_status_line_dispose (GObject *object)
{
  drop_session (RUBIS_STATUS_LINE (object));
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), RUBIS_TYPE_STATUS_LINE);
  G_OBJECT_CLASS (rubis_status_line_parent_class)->dispose (object);
}

static void
rubis_status_line_class_init (RubisStatusLineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_status_line_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-status-line.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisStatusLine, company_label);
  gtk_widget_class_bind_template_child (widget_class, RubisStatusLine, status_label);
  gtk_widget_class_bind_template_child (widget_class, RubisStatusLine, waiting_box);
  gtk_widget_class_bind_template_child (widget_class, RubisStatusLine, waiting_label);
  gtk_widget_class_bind_template_child (widget_class, RubisStatusLine, recall_button);
  gtk_widget_class_bind_template_child (widget_class, RubisStatusLine, courier_box);
  gtk_widget_class_bind_template_child (widget_class, RubisStatusLine, courier_label);
  gtk_widget_class_bind_template_child (widget_class, RubisStatusLine, courier_bar);
  gtk_widget_class_bind_template_child (widget_class, RubisStatusLine, job_box);
  gtk_widget_class_bind_template_child (widget_class, RubisStatusLine, job_label);
  gtk_widget_class_bind_template_child (widget_class, RubisStatusLine, job_bar);
  gtk_widget_class_bind_template_callback (widget_class, cancel_clicked_cb);
}

static void
rubis_status_line_init (RubisStatusLine *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
rubis_status_line_new (void)
{
  return g_object_new (RUBIS_TYPE_STATUS_LINE, NULL);
}

void
rubis_status_line_set_session (RubisStatusLine *self, RubisSession *session)
{
  g_return_if_fail (RUBIS_IS_STATUS_LINE (self));

  drop_session (self);
  gtk_label_set_label (self->status_label, "");
  if (session == NULL)
    return;
  self->session = g_object_ref (session);
  self->cancellable = g_cancellable_new ();
  g_signal_connect_swapped (session, "changed", G_CALLBACK (rubis_status_line_refresh), self);
  g_signal_connect_swapped (session, "notify::job-title", G_CALLBACK (job_changed_cb), self);
  g_signal_connect_swapped (session, "notify::job-fraction", G_CALLBACK (fraction_changed_cb), self);
  rubis_status_line_refresh (self);
  job_changed_cb (self);
}

void
rubis_status_line_set_waiting (RubisStatusLine *self, const char *text, gboolean recall)
{
  g_return_if_fail (RUBIS_IS_STATUS_LINE (self));

  gtk_label_set_label (self->waiting_label, text != NULL ? text : "");
  gtk_widget_set_visible (self->waiting_box, text != NULL);
  gtk_widget_set_visible (self->recall_button, recall);
}

void
rubis_status_line_set_courier (RubisStatusLine *self, double fraction, const char *text)
{
  g_return_if_fail (RUBIS_IS_STATUS_LINE (self));

  gtk_widget_set_visible (self->courier_box, text != NULL);
  gtk_label_set_label (self->courier_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->courier_bar), fraction >= 0);
  gtk_progress_bar_set_fraction (self->courier_bar, CLAMP (fraction, 0, 1));
}
