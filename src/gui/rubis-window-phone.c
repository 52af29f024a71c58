/* The main window: calls, and the hours that customers named. */
#include "rubis-window-private.h"

#include <glib/gi18n-lib.h>

#include "rubis-call-hours.h"
#include "rubis-phone-window.h"
#include "rubis-ui.h"

/* --- the phone session --- */

static void
present_calls (RubisWindow *self, GArray *by_hand)
{
  if (self->session == NULL)
    return;
  gtk_window_present (GTK_WINDOW (rubis_phone_window_new (GTK_WINDOW (self), self->session, by_hand)));
}

static void
call_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisWindow *self = RUBIS_WINDOW (widget);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 account_id = g_variant_get_int64 (parameter);

  if (account_id == 0 && self->panel != NULL)
    account_id = rubis_account_panel_get_account (self->panel);
  if (account_id == 0)
    {
      rubis_window_toast (self, _ ("Choose an account first"), FALSE);
      return;
    }
  g_array_append_val (ids, account_id);
  present_calls (self, ids);
}

static void
call_session_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  present_calls (RUBIS_WINDOW (widget), NULL);
}

void
rubis_window_install_phone_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.call", "x", call_action);
  gtk_widget_class_install_action (widget_class, "win.call-session", NULL, call_session_action);
}

/* --- callbacks at their hour --- */

static gpointer
load_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  return rubis_session_list_callbacks (session, 0, rubis_session_get_today (session), error);
}

static void
ring (RubisWindow *self, const RubisCallbackRing *due)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  const RubisCallback *callback = due->callback;
  g_autofree char *hour = rubis_call_hours_format_minute (callback->minute);
  g_autofree char *title = g_strdup_printf (_ ("Call %s back"), callback->account_name);
  g_autofree char *id = g_strdup_printf ("callback-%" G_GINT64_FORMAT, callback->id);
  g_autofree char *who = *callback->contact != '\0' && *callback->reason != '\0'
                             ? g_strdup_printf ("%s: %s", callback->contact, callback->reason)
                             : g_strdup (*callback->contact != '\0' ? callback->contact : callback->reason);
  g_autofree char *when = due->passed
                              ? g_strdup_printf (_ ("It was to be at %s, while Rubis was closed."), hour)
                              : g_strdup_printf (_ ("Agreed for %s."), hour);
  g_autofree char *body = *who != '\0' ? g_strdup_printf ("%s\n%s", when, who) : g_strdup (when);
  g_autoptr (GNotification) notification = g_notification_new (title);

  if (application == NULL)
    return;
  g_notification_set_body (notification, body);
  g_notification_set_priority (notification, G_NOTIFICATION_PRIORITY_HIGH);
  g_notification_set_default_action_and_target (notification, "app.call", "(sx)",
                                                rubis_session_get_path (self->session), callback->account_id);
  g_application_send_notification (G_APPLICATION (application), id, notification);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisWindow) self = user_data;
  g_autoptr (GPtrArray) callbacks = rubis_session_run_finish (RUBIS_SESSION (source), result, NULL);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GArray) rings = NULL;

  if (callbacks == NULL || self->session != RUBIS_SESSION (source) || self->callbacks == NULL)
    return;
  rings = rubis_callback_watch_take_due (self->callbacks, callbacks, rubis_session_get_today (self->session),
                                         g_date_time_get_hour (now) * 60 + g_date_time_get_minute (now));
  for (guint i = 0; i < rings->len; i++)
    ring (self, &g_array_index (rings, RubisCallbackRing, i));
}

static gboolean look_cb (gpointer user_data);

/* Again when the next minute begins. */
static void
look (RubisWindow *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  rubis_ui_read_async (self->session, load_work, NULL, NULL, (GDestroyNotify)g_ptr_array_unref, NULL,
                       loaded_cb, g_object_ref (self));
  self->callback_timeout = g_timeout_add_seconds ((guint)(60 - g_date_time_get_second (now)), look_cb, self);
}

static gboolean
look_cb (gpointer user_data)
{
  look (user_data);
  return G_SOURCE_REMOVE;
}

void
rubis_window_start_callbacks (RubisWindow *self)
{
  self->callbacks = rubis_callback_watch_new ();
  look (self);
}

void
rubis_window_stop_callbacks (RubisWindow *self)
{
  g_clear_handle_id (&self->callback_timeout, g_source_remove);
  g_clear_pointer (&self->callbacks, rubis_callback_watch_free);
}
