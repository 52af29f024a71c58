#include "rubis-outbox-pane.h"

#include <glib/gi18n-lib.h>

#include "rubis-message-view.h"
#include "rubis-moment.h"
#include "rubis-outbox-line.h"
#include "rubis-plain.h"
#include "rubis-ui.h"

struct _RubisOutboxPane
{
  AdwBin parent_instance;

  GtkStack *stack;
  AdwStatusPage *empty;
  GtkScrolledWindow *scrolled;
  GtkLabel *subject;
  GtkLabel *head;
  GtkWidget *reason_box;
  GtkImage *reason_icon;
  GtkLabel *reason;
  GtkWidget *unknown_box;
  GtkLabel *files;
  GtkLabel *text;
  GtkWidget *attempts_title;
  GtkBox *attempts;
  GtkWidget *approve_button;
  GtkWidget *hurry_button;
  GtkWidget *recall_button;
  GtkWidget *retry_button;

  RubisSession *session;     /* (owned) (nullable) */
  RubisOutboxRow *row;       /* (owned) (nullable) */
  gint64 shown_id;           /* whose text is shown */
  GCancellable *cancellable; /* (owned) (nullable) of the reading */
};

G_DEFINE_FINAL_TYPE (RubisOutboxPane, rubis_outbox_pane, ADW_TYPE_BIN)

/* What is read of a message. */
typedef struct
{
  gint64 outbox_id;
  gint64 document_id;
  RubisMessageView *view; /* (nullable) */
  GPtrArray *attempts;    /* (nullable) */
  char *problem;          /* (nullable) why it cannot be shown */
} Message;

static void
message_free (gpointer data)
{
  Message *self = data;

  g_clear_pointer (&self->view, rubis_message_view_free);
  g_clear_pointer (&self->attempts, g_ptr_array_unref);
  g_free (self->problem);
  g_free (self);
}

static gpointer
read_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  const Message *wanted = data;
  Message *message = g_new0 (Message, 1);
  g_autoptr (GError) view_error = NULL;

  message->outbox_id = wanted->outbox_id;
  message->attempts = rubis_session_list_attempts (session, wanted->outbox_id, error);
  if (message->attempts == NULL)
    {
      message_free (message);
      return NULL;
    }
  if (wanted->document_id != 0)
    message->view = rubis_session_view_message (session, wanted->document_id, &view_error);
  if (view_error != NULL)
    message->problem = g_strdup (view_error->message);
  return message;
}

static void
show_head (RubisOutboxPane *self, const RubisMessageView *view)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean read = view != NULL;
  const char *to = read && *view->to != '\0' ? view->to : self->row->recipient;

  if (read && *view->from != '\0')
    g_string_append_printf (text, _ ("From %s"), view->from);
  g_string_append_printf (text, "%s", text->len > 0 ? "\n" : "");
  g_string_append_printf (text, _ ("To %s"), to);
  if (read && *view->cc != '\0')
    {
      g_string_append (text, " · ");
      g_string_append_printf (text, _ ("copy to %s"), view->cc);
    }
  if (*self->row->sender_name != '\0')
    {
      g_string_append (text, "\n");
      /* The one that each dossier begins with has no name of the user's. */
      g_string_append_printf (text, _ ("By %s"),
                              g_str_equal (self->row->sender_name, "folder")
                                  ? rubis_transport_to_label (RUBIS_TRANSPORT_FOLDER)
                                  : self->row->sender_name);
    }
  if (*self->row->message_id != '\0')
    g_string_append_printf (text, " · <%s>", self->row->message_id);
  gtk_label_set_label (self->head, text->str);
}

static void
show_files (RubisOutboxPane *self, const RubisMessageView *view)
{
  g_autofree char *names = NULL;

  if (view != NULL && view->attachments->len > 0)
    {
      g_ptr_array_add (view->attachments, NULL);
      names = g_strjoinv (" · ", (char **)view->attachments->pdata);
      g_ptr_array_remove_index (view->attachments, view->attachments->len - 1);
    }
  gtk_label_set_label (self->files, names != NULL ? names : "");
  gtk_widget_set_visible (gtk_widget_get_parent (GTK_WIDGET (self->files)), names != NULL);
}

/* "02/11/2026 14:02 · SMTP · 250 2.0.0 OK" */
static char *
describe_attempt (const RubisOutboxAttempt *attempt, gint64 now)
{
  g_autofree char *began = rubis_moment_format (attempt->began_at, now);
  GString *text = g_string_new (began);
  RubisTransportKind transport;

  if (rubis_transport_from_id (attempt->transport, &transport))
    g_string_append_printf (text, " · %s", rubis_transport_to_label (transport));
  if (attempt->ended_at == 0)
    g_string_append_printf (text, " · %s", _ ("nobody knows how it ended"));
  if (*attempt->answer != '\0')
    g_string_append_printf (text, " · %s", attempt->answer);
  if (*attempt->reason != '\0')
    g_string_append_printf (text, "\n%s", attempt->reason);
  return g_string_free (text, FALSE);
}

static void
show_attempts (RubisOutboxPane *self, GPtrArray *attempts)
{
  gint64 now = rubis_moment_now ();
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->attempts))) != NULL)
    gtk_box_remove (self->attempts, child);
  for (guint i = 0; i < attempts->len; i++)
    {
      g_autofree char *text = describe_attempt (attempts->pdata[i], now);
      GtkWidget *label = gtk_label_new (text);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
      gtk_label_set_selectable (GTK_LABEL (label), TRUE);
      gtk_widget_set_can_focus (label, FALSE);
      gtk_widget_add_css_class (label, "caption");
      gtk_widget_add_css_class (label, "numeric");
      gtk_box_append (self->attempts, label);
    }
  gtk_widget_set_visible (self->attempts_title, attempts->len > 0);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisOutboxPane) self = user_data;
  g_autoptr (GError) error = NULL;
  Message *message = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);
  gboolean other;

  if (rubis_plain_is_abandoned (result) || self->row == NULL)
    {
      g_clear_pointer (&message, message_free);
      return;
    }
  if (message == NULL)
    {
      gtk_label_set_label (self->text, error->message);
      return;
    }
  other = self->shown_id != message->outbox_id;
  self->shown_id = message->outbox_id;
  show_head (self, message->view);
  show_files (self, message->view);
  show_attempts (self, message->attempts);
  if (message->view != NULL)
    gtk_label_set_label (self->text, message->view->text);
  else
    gtk_label_set_label (self->text, message->problem != NULL ? message->problem : "");
  if (other)
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scrolled), 0);
  message_free (message);
}

static void
read_message (RubisOutboxPane *self)
{
  Message *wanted;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->row == NULL || self->session == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  wanted = g_new0 (Message, 1);
  wanted->outbox_id = self->row->id;
  wanted->document_id = self->row->document_id;
  rubis_ui_read_async (self->session, read_work, wanted, message_free, message_free, self->cancellable,
                       read_cb, g_object_ref (self));
}

/* --- what one can do --- */

static void
show_reason (RubisOutboxPane *self)
{
  RubisOutboxState state = self->row->state;
  gboolean bad = state == RUBIS_OUTBOX_BOUNCED_SOFT || state == RUBIS_OUTBOX_BOUNCED_HARD
                 || state == RUBIS_OUTBOX_REFUSED || state == RUBIS_OUTBOX_QUEUED
                 || state == RUBIS_OUTBOX_CANCELLED;

  gtk_widget_set_visible (self->reason_box, bad && *self->row->reason != '\0');
  gtk_image_set_from_icon_name (self->reason_icon, rubis_outbox_line_get_icon (state));
  gtk_label_set_label (self->reason, self->row->reason);
  gtk_widget_set_visible (self->unknown_box, state == RUBIS_OUTBOX_UNKNOWN);
}

static void
show_buttons (RubisOutboxPane *self)
{
  RubisOutboxState state = self->row->state;
  gboolean waits = state == RUBIS_OUTBOX_APPROVED || state == RUBIS_OUTBOX_QUEUED;

  gtk_widget_set_visible (self->approve_button, state == RUBIS_OUTBOX_DRAFT);
  gtk_widget_set_visible (self->recall_button, waits || state == RUBIS_OUTBOX_DRAFT);
  gtk_widget_set_visible (self->hurry_button, waits);
  gtk_widget_set_visible (self->retry_button, state == RUBIS_OUTBOX_REFUSED
                                                  || state == RUBIS_OUTBOX_BOUNCED_SOFT
                                                  || state == RUBIS_OUTBOX_BOUNCED_HARD);
}

void
rubis_outbox_pane_set_row (RubisOutboxPane *self, RubisOutboxRow *row, guint n_selected)
{
  g_autofree char *text = NULL;

  g_return_if_fail (RUBIS_IS_OUTBOX_PANE (self));

  g_set_object (&self->row, row);
  text = g_strdup_printf (ngettext ("%u message selected", "%u messages selected", n_selected), n_selected);
  adw_status_page_set_title (self->empty, n_selected > 1 ? text : _ ("Choose a message"));
  if (row == NULL)
    {
      read_message (self);
      gtk_stack_set_visible_child_name (self->stack, "empty");
      return;
    }
  gtk_label_set_label (self->subject, *row->subject != '\0' ? row->subject : row->step_name);
  show_reason (self);
  show_buttons (self);
  if (self->shown_id != row->id)
    {
      show_head (self, NULL);
      show_files (self, NULL);
      gtk_label_set_label (self->text, "");
    }
  gtk_stack_set_visible_child_name (self->stack, "message");
  read_message (self);
}

void
rubis_outbox_pane_set_session (RubisOutboxPane *self, RubisSession *session)
{
  g_return_if_fail (RUBIS_IS_OUTBOX_PANE (self));

  g_set_object (&self->session, session);
  self->shown_id = 0;
  rubis_outbox_pane_set_row (self, NULL, 0);
}

static void
rubis_outbox_pane_dispose (GObject *object)
{
  RubisOutboxPane *self = RUBIS_OUTBOX_PANE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->row);
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), RUBIS_TYPE_OUTBOX_PANE);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (rubis_outbox_pane_parent_class)->dispose (object);
}

static void
rubis_outbox_pane_class_init (RubisOutboxPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_outbox_pane_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-outbox-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisOutboxPane, stack);
  gtk_widget_class_bind_template_child (widget_class, RubisOutboxPane, empty);
  gtk_widget_class_bind_template_child (widget_class, RubisOutboxPane, scrolled);
  gtk_widget_class_bind_template_child (widget_class, RubisOutboxPane, subject);
  gtk_widget_class_bind_template_child (widget_class, RubisOutboxPane, head);
  gtk_widget_class_bind_template_child (widget_class, RubisOutboxPane, reason_box);
  gtk_widget_class_bind_template_child (widget_class, RubisOutboxPane, reason_icon);
  gtk_widget_class_bind_template_child (widget_class, RubisOutboxPane, reason);
  gtk_widget_class_bind_template_child (widget_class, RubisOutboxPane, unknown_box);
  gtk_widget_class_bind_template_child (widget_class, RubisOutboxPane, files);
  gtk_widget_class_bind_template_child (widget_class, RubisOutboxPane, text);
  gtk_widget_class_bind_template_child (widget_class, RubisOutboxPane, attempts_title);
  gtk_widget_class_bind_template_child (widget_class, RubisOutboxPane, attempts);
  gtk_widget_class_bind_template_child (widget_class, RubisOutboxPane, approve_button);
  gtk_widget_class_bind_template_child (widget_class, RubisOutboxPane, hurry_button);
  gtk_widget_class_bind_template_child (widget_class, RubisOutboxPane, recall_button);
  gtk_widget_class_bind_template_child (widget_class, RubisOutboxPane, retry_button);
}

static void
rubis_outbox_pane_init (RubisOutboxPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
