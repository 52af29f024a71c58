#include "rubis-thread-window.h"

#include <glib/gi18n-lib.h>

#include "rubis-account-card.h"
#include "rubis-moment.h"
#include "rubis-outbox.h"
#include "rubis-outbox-line.h"
#include "rubis-plain.h"
#include "rubis-ui.h"

/* Older ones are counted: "Sent" has them all. */
#define MAX_BUBBLES 200

struct _RubisThreadWindow
{
  AdwWindow parent_instance;

  AdwWindowTitle *window_title;
  GtkStack *stack;
  GtkScrolledWindow *scrolled;
  GtkBox *bubbles;

  RubisSession *session; /* (owned) */
  gint64 account_id;
  GCancellable *cancellable; /* (owned) (nullable) */
  gboolean shown;            /* the newest was scrolled to */
};

G_DEFINE_FINAL_TYPE (RubisThreadWindow, rubis_thread_window, ADW_TYPE_WINDOW)

typedef struct
{
  RubisAccountCard *card;
  GPtrArray *entries;
} Exchange;

static void
exchange_free (gpointer data)
{
  Exchange *self = data;

  g_clear_object (&self->card);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_free (self);
}

static gpointer
read_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  gint64 account_id = *(gint64 *)data;
  Exchange *exchange = g_new0 (Exchange, 1);

  exchange->card = rubis_session_load_account (session, account_id, error);
  if (exchange->card != NULL)
    exchange->entries = rubis_session_load_thread (session, account_id, error);
  if (exchange->entries != NULL)
    return exchange;
  exchange_free (exchange);
  return NULL;
}

static GtkWidget *
make_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_can_focus (label, FALSE);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

/* What became of a message, or what kind of answer it is; "" when that goes without saying. (static) */
static const char *
describe_state (const RubisThreadEntry *entry)
{
  RubisOutboxState state;
  RubisIncomingKind kind;

  if (!entry->incoming && rubis_outbox_state_from_id (entry->state, &state))
    return rubis_outbox_state_to_label (state);
  if (!entry->incoming || !rubis_incoming_kind_from_id (entry->state, &kind))
    return "";
  switch (kind)
    {
    case RUBIS_INCOMING_BOUNCE_HARD:
    case RUBIS_INCOMING_BOUNCE_SOFT:
      return _ ("returned");
    case RUBIS_INCOMING_DELAYED:
      return _ ("delayed");
    case RUBIS_INCOMING_DELIVERED:
      return _ ("delivered");
    case RUBIS_INCOMING_AUTO_REPLY:
      return _ ("automatic reply");
    case RUBIS_INCOMING_REPLY:
    case RUBIS_INCOMING_OTHER:
    default:
      return "";
    }
}

static GtkWidget *
make_foot (const RubisThreadEntry *entry)
{
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *button = gtk_button_new_from_icon_name ("document-open-symbolic");
  g_autofree char *moment
      = entry->at != 0 ? rubis_moment_format (entry->at, 0) : rubis_ui_format_date (entry->date);
  const char *state = describe_state (entry);
  g_autofree char *text = *state != '\0' ? g_strdup_printf ("%s · %s", moment, state) : g_strdup (moment);
  GtkWidget *label = make_label (text, "caption");
  RubisOutboxState outbox_state;

  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "numeric");
  if (!entry->incoming && rubis_outbox_state_from_id (entry->state, &outbox_state)
      && rubis_outbox_line_get_class (outbox_state) != NULL)
    gtk_widget_add_css_class (label, rubis_outbox_line_get_class (outbox_state));
  else
    gtk_widget_add_css_class (label, "dim-label");
  gtk_box_append (GTK_BOX (foot), label);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _ ("Show the whole message"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Show the whole message"), -1);
  if (entry->incoming)
    {
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "thread.open-incoming");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", entry->id);
    }
  else
    {
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "thread.open");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", entry->document_id);
      gtk_widget_set_visible (button, entry->document_id != 0);
    }
  gtk_box_append (GTK_BOX (foot), button);
  return foot;
}

/* What left at the right, what came at the left. */
static GtkWidget *
make_bubble (const RubisThreadEntry *entry)
{
  GtkWidget *bubble = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_widget_add_css_class (bubble, "bubble");
  gtk_widget_add_css_class (bubble, entry->incoming ? "incoming" : "outgoing");
  gtk_widget_set_margin_start (bubble, entry->incoming ? 0 : 60);
  gtk_widget_set_margin_end (bubble, entry->incoming ? 60 : 0);
  gtk_box_append (GTK_BOX (bubble), make_label (entry->who, "caption-heading"));
  if (*entry->subject != '\0')
    gtk_box_append (GTK_BOX (bubble), make_label (entry->subject, "heading"));
  if (*entry->text != '\0')
    gtk_box_append (GTK_BOX (bubble), make_label (entry->text, entry->incoming ? NULL : "message-text"));
  gtk_box_append (GTK_BOX (bubble), make_foot (entry));
  return bubble;
}

static gboolean
scroll_cb (gpointer user_data)
{
  g_autoptr (RubisThreadWindow) self = user_data;
  GtkAdjustment *adjustment;

  if (self->scrolled == NULL)
    return G_SOURCE_REMOVE;
  adjustment = gtk_scrolled_window_get_vadjustment (self->scrolled);
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  return G_SOURCE_REMOVE;
}

static void
show (RubisThreadWindow *self, const Exchange *exchange)
{
  guint n = exchange->entries->len;
  GtkWidget *child;

  adw_window_title_set_subtitle (self->window_title, exchange->card->name);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->bubbles))) != NULL)
    gtk_box_remove (self->bubbles, child);
  if (n > MAX_BUBBLES)
    {
      guint more = n - MAX_BUBBLES;
      g_autofree char *text
          = g_strdup_printf (ngettext ("%u older message", "%u older messages", more), more);

      gtk_box_append (self->bubbles, make_label (text, "dim-label"));
    }
  for (guint i = n > MAX_BUBBLES ? n - MAX_BUBBLES : 0; i < n; i++)
    gtk_box_append (self->bubbles, make_bubble (exchange->entries->pdata[i]));
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "thread" : "empty");
  /* The newest is at the bottom, once it is laid out. */
  if (!self->shown)
    g_timeout_add (60, scroll_cb, g_object_ref (self));
  self->shown = TRUE;
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisThreadWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  Exchange *exchange = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);

  if (rubis_plain_is_abandoned (result) || self->session == NULL)
    {
      g_clear_pointer (&exchange, exchange_free);
      return;
    }
  if (exchange == NULL)
    {
      rubis_ui_show_error (GTK_WIDGET (self), _ ("The exchange cannot be read"), error, FALSE);
      return;
    }
  show (self, exchange);
  exchange_free (exchange);
}

static void
refresh (RubisThreadWindow *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  rubis_ui_read_async (self->session, read_work, g_memdup2 (&self->account_id, sizeof (gint64)), g_free,
                       exchange_free, self->cancellable, read_cb, g_object_ref (self));
}

/* Messages are shown by the main window. */
static void
pass_on (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (widget));

  if (parent != NULL)
    gtk_widget_activate_action (GTK_WIDGET (parent), action, "x", g_variant_get_int64 (parameter));
}

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  pass_on (widget, "win.show-document", parameter);
}

static void
open_incoming_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  pass_on (widget, "win.open-incoming", parameter);
}

static void
rubis_thread_window_dispose (GObject *object)
{
  RubisThreadWindow *self = RUBIS_THREAD_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), RUBIS_TYPE_THREAD_WINDOW);
  G_OBJECT_CLASS (rubis_thread_window_parent_class)->dispose (object);
}

static void
rubis_thread_window_class_init (RubisThreadWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_thread_window_dispose;
  gtk_widget_class_install_action (widget_class, "thread.open", "x", open_action);
  gtk_widget_class_install_action (widget_class, "thread.open-incoming", "x", open_incoming_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-thread-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisThreadWindow, window_title);
  gtk_widget_class_bind_template_child (widget_class, RubisThreadWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, RubisThreadWindow, scrolled);
  gtk_widget_class_bind_template_child (widget_class, RubisThreadWindow, bubbles);
}

static void
rubis_thread_window_init (RubisThreadWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

RubisThreadWindow *
rubis_thread_window_present (GtkWindow *parent, RubisSession *session, gint64 account_id)
{
  RubisThreadWindow *self;

  g_return_val_if_fail (RUBIS_IS_SESSION (session), NULL);

  self = g_object_new (RUBIS_TYPE_THREAD_WINDOW, "transient-for", parent, NULL);
  self->session = g_object_ref (session);
  self->account_id = account_id;
  g_signal_connect_object (session, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
  gtk_window_present (GTK_WINDOW (self));
  return self;
}
