#include "rubis-ui.h"

#include <glib/gi18n-lib.h>

#include "rubis-date-entry.h"
#include "rubis-format.h"
#include "rubis-resources.h"
#include "rubis-window.h"

void
rubis_ui_init (void)
{
  g_resources_register (rubis_get_resource ());
}

char *
rubis_ui_format_amount (gint64 minor, RubisCurrency currency, RubisCurrency own)
{
  const char *language = rubis_format_ui_language ();

  if (rubis_currency_equal (currency, own))
    return minor == 0 ? g_strdup ("–") : rubis_format_number (minor, currency, language);
  return rubis_format_amount (minor, currency, language);
}

char *
rubis_ui_format_short_amount (gint64 minor, RubisCurrency currency)
{
  gint64 unit = 1;
  gint64 whole;

  if (minor == 0)
    return g_strdup ("");
  for (int i = rubis_currency_exponent (currency); i > 0; i--)
    unit *= 10;
  if (!rubis_money_scale (minor, 1, unit, &whole))
    return rubis_format_number (minor, currency, rubis_format_ui_language ());
  /* A debt of a few cents must not read as none. */
  if (whole == 0)
    whole = minor < 0 ? -1 : 1;
  return rubis_format_count (whole, rubis_format_ui_language ());
}

char *
rubis_ui_format_count (gint64 count)
{
  return rubis_format_count (count, rubis_format_ui_language ());
}

char *
rubis_ui_format_date (RubisDate date)
{
  return rubis_format_date_short (date, rubis_format_ui_language ());
}

char *
rubis_ui_format_long_date (RubisDate date)
{
  return rubis_format_date_long (date, rubis_format_ui_language ());
}

RubisDate
rubis_ui_parse_date (const char *text)
{
  return rubis_date_entry_parse (text);
}

const char *
rubis_ui_late_class (int days_late)
{
  if (days_late <= 0)
    return "late-0";
  if (days_late <= 30)
    return "late-30";
  if (days_late <= 60)
    return "late-60";
  if (days_late <= 90)
    return "late-90";
  return "late-over";
}

/* The main window under @widget, also from a dialog over it. */
static RubisWindow *
find_window (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  while (GTK_IS_WINDOW (root) && !RUBIS_IS_WINDOW (root))
    root = (GtkRoot *) gtk_window_get_transient_for (GTK_WINDOW (root));
  return RUBIS_IS_WINDOW (root) ? RUBIS_WINDOW (root) : NULL;
}

void
rubis_ui_toast (GtkWidget *widget, const char *text, gboolean undo)
{
  RubisWindow *window;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (text != NULL);

  window = find_window (widget);
  if (window != NULL)
    rubis_window_toast (window, text, undo);
}

void
rubis_ui_toast_action (GtkWidget *widget, const char *text, const char *label, const char *action, GVariant *target)
{
  RubisWindow *window;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (text != NULL && label != NULL && action != NULL);

  window = find_window (widget);
  if (window != NULL)
    rubis_window_toast_action (window, text, label, action, target);
}

void
rubis_ui_show_error (GtkWidget *widget, const char *title, const GError *error, gboolean blocking)
{
  GtkRoot *root;
  GtkWidget *dialog;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (error != NULL);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (!blocking)
    {
      rubis_ui_toast (widget, error->message, FALSE);
      return;
    }
  root = gtk_widget_get_root (widget);
  dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, title, error->message);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "close");
  gtk_window_present (GTK_WINDOW (dialog));
}

typedef struct {
  RubisWorkFunc func;
  gpointer data;
  GDestroyNotify destroy_data;
  GDestroyNotify destroy_result;
} ReadWork;

static void
read_work_free (gpointer data)
{
  ReadWork *self = data;

  if (self->destroy_data != NULL)
    self->destroy_data (self->data);
  g_free (self);
}

static void
read_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  ReadWork *work = data;
  RubisProgress progress = { .cancellable = cancellable };
  g_autoptr(GError) error = NULL;
  gpointer result;

  if (g_task_return_error_if_cancelled (task))
    return;
  result = work->func (RUBIS_SESSION (source), &progress, work->data, &error);
  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, result, work->destroy_result);
}

void
rubis_ui_read_async (RubisSession *session, RubisWorkFunc func, gpointer data, GDestroyNotify destroy_data,
                     GDestroyNotify destroy_result, GCancellable *cancellable, GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_autoptr(GTask) task = NULL;
  ReadWork *work;

  g_return_if_fail (RUBIS_IS_SESSION (session));
  g_return_if_fail (func != NULL);

  work = g_new0 (ReadWork, 1);
  work->func = func;
  work->data = data;
  work->destroy_data = destroy_data;
  work->destroy_result = destroy_result;
  task = g_task_new (session, cancellable, callback, user_data);
  g_task_set_source_tag (task, rubis_ui_read_async);
  g_task_set_task_data (task, work, read_work_free);
  g_task_run_in_thread (task, read_thread);
}
