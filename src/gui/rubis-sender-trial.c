#include "rubis-sender-trial.h"

#include <glib/gi18n-lib.h>

#include "rubis-moment.h"
#include "rubis-plain.h"
#include "rubis-ui.h"

struct _RubisSenderTrial
{
  AdwBin parent_instance;

  GtkListBox *steps;
  GtkWidget *test_button;
  GtkSpinner *spinner;
  AdwEntryRow *recipient;
  GtkWidget *trial_group;
  GtkWidget *trial_button;
  GtkLabel *answer;

  RubisSession *session;     /* (owned) (nullable) */
  RubisSender *sender;       /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (RubisSenderTrial, rubis_sender_trial, ADW_TYPE_BIN)

enum
{
  TESTED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* --- the test --- */

static void
add_step (RubisSenderTrial *self, const char *icon_name, const char *css_class, const char *text)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *icon = gtk_image_new_from_icon_name (icon_name);
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 60);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_can_focus (label, FALSE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_add_css_class (icon, css_class);
  gtk_widget_add_css_class (box, "sender-step");
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_append (self->steps, row);
  gtk_widget_set_visible (GTK_WIDGET (self->steps), TRUE);
}

static void
clear_steps (RubisSenderTrial *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->steps))) != NULL)
    gtk_list_box_remove (self->steps, row);
  gtk_widget_set_visible (GTK_WIDGET (self->steps), FALSE);
}

/* A step that went well, said by another thread. */
typedef struct
{
  RubisSenderTrial *trial;   /* (owned) */
  GCancellable *cancellable; /* (owned) of the run that it is of */
  char *text;
} Step;

static gboolean
step_cb (gpointer user_data)
{
  Step *step = user_data;

  if (step->trial->session != NULL && step->trial->cancellable == step->cancellable)
    add_step (step->trial, "emblem-ok-symbolic", "success", step->text);
  g_object_unref (step->trial);
  g_object_unref (step->cancellable);
  g_free (step->text);
  g_free (step);
  return G_SOURCE_REMOVE;
}

typedef struct
{
  RubisSenderTrial *trial; /* (owned) */
  RubisSender *sender;     /* (owned) */
  char *recipient;
  GCancellable *cancellable; /* (owned) */
} Order;

static Order *
order_new (RubisSenderTrial *self)
{
  Order *order = g_new0 (Order, 1);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  order->trial = g_object_ref (self);
  order->sender = rubis_sender_copy (self->sender);
  order->cancellable = g_object_ref (self->cancellable);
  return order;
}

static void
order_free (gpointer data)
{
  Order *order = data;

  g_object_unref (order->trial);
  rubis_sender_free (order->sender);
  g_free (order->recipient);
  g_object_unref (order->cancellable);
  g_free (order);
}

static void
progress_func (double fraction, const char *text, gpointer user_data)
{
  Order *order = user_data;
  Step *step;

  if (text == NULL)
    return;
  step = g_new0 (Step, 1);
  step->trial = g_object_ref (order->trial);
  step->cancellable = g_object_ref (order->cancellable);
  step->text = g_strdup (text);
  /* In front of the end of the work. */
  g_idle_add_full (G_PRIORITY_DEFAULT - 1, step_cb, step, NULL);
}

static gpointer
test_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  Order *order = data;
  RubisProgress steps = { progress_func, order, progress->cancellable };

  return GINT_TO_POINTER (rubis_session_test_sender (session, order->sender, &steps, error));
}

static void
show_busy (RubisSenderTrial *self, gboolean busy)
{
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
  gtk_widget_set_sensitive (self->test_button, !busy);
  gtk_widget_set_sensitive (self->trial_button, !busy);
}

static void
tested_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisSenderTrial) self = user_data;
  g_autoptr (GError) error = NULL;

  rubis_session_run_finish (RUBIS_SESSION (source), result, &error);
  if (self->session == NULL || rubis_plain_is_abandoned (result))
    return;
  show_busy (self, FALSE);
  if (error != NULL)
    add_step (self, "dialog-error-symbolic", "error", error->message);
  g_signal_emit (self, signals[TESTED], 0, error == NULL);
}

void
rubis_sender_trial_run (RubisSenderTrial *self)
{
  g_return_if_fail (RUBIS_IS_SENDER_TRIAL (self));

  if (self->session == NULL || self->sender == NULL)
    return;
  clear_steps (self);
  show_busy (self, TRUE);
  {
    Order *order = order_new (self);

    rubis_ui_read_async (self->session, test_work, order, order_free, NULL, self->cancellable, tested_cb,
                         g_object_ref (self));
  }
}

static void
test_cb (RubisSenderTrial *self)
{
  rubis_sender_trial_run (self);
}

/* --- a trial message --- */

static gpointer
trial_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  Order *order = data;

  return rubis_session_send_trial (session, order->sender, order->recipient, rubis_moment_now (),
                                   progress->cancellable, error);
}

static void
tried_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisSenderTrial) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *answer = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);

  if (self->session == NULL || rubis_plain_is_abandoned (result))
    return;
  show_busy (self, FALSE);
  gtk_widget_remove_css_class (GTK_WIDGET (self->answer), error != NULL ? "success" : "error");
  gtk_widget_add_css_class (GTK_WIDGET (self->answer), error != NULL ? "error" : "success");
  gtk_label_set_label (self->answer, error != NULL ? error->message : answer);
  gtk_widget_set_visible (GTK_WIDGET (self->answer), TRUE);
}

static void
trial_cb (RubisSenderTrial *self)
{
  Order *order;

  if (self->session == NULL || self->sender == NULL)
    return;
  order = order_new (self);
  order->recipient = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->recipient))));
  gtk_widget_set_visible (GTK_WIDGET (self->answer), FALSE);
  show_busy (self, TRUE);
  rubis_ui_read_async (self->session, trial_work, order, order_free, g_free, self->cancellable, tried_cb,
                       g_object_ref (self));
}

void
rubis_sender_trial_set_sender (RubisSenderTrial *self, RubisSession *session, const RubisSender *sender)
{
  gboolean other;

  g_return_if_fail (RUBIS_IS_SENDER_TRIAL (self));

  other = sender == NULL || self->sender == NULL || self->sender->id != sender->id;
  g_set_object (&self->session, session);
  g_clear_pointer (&self->sender, rubis_sender_free);
  self->sender = sender != NULL ? rubis_sender_copy (sender) : NULL;
  if (!other)
    return;
  g_cancellable_cancel (self->cancellable);
  clear_steps (self);
  show_busy (self, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->answer), FALSE);
  if (sender == NULL)
    return;
  /* Paper cannot be tried: it would be printed and paid. */
  gtk_widget_set_visible (self->trial_group,
                          rubis_transport_carries (sender->transport, RUBIS_PARCEL_EMAIL)
                              || rubis_transport_carries (sender->transport, RUBIS_PARCEL_SMS));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->recipient),
                                 rubis_transport_carries (sender->transport, RUBIS_PARCEL_SMS)
                                     ? _ ("Telephone number")
                                     : _ ("To this address"));
  gtk_editable_set_text (GTK_EDITABLE (self->recipient),
                         rubis_transport_carries (sender->transport, RUBIS_PARCEL_EMAIL) ? sender->email
                                                                                         : "");
}

static void
rubis_sender_trial_dispose (GObject *object)
{
  RubisSenderTrial *self = RUBIS_SENDER_TRIAL (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  g_clear_pointer (&self->sender, rubis_sender_free);
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), RUBIS_TYPE_SENDER_TRIAL);
  G_OBJECT_CLASS (rubis_sender_trial_parent_class)->dispose (object);
}

static void
rubis_sender_trial_class_init (RubisSenderTrialClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_sender_trial_dispose;
  signals[TESTED] = g_signal_new ("tested", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-sender-trial.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisSenderTrial, steps);
  gtk_widget_class_bind_template_child (widget_class, RubisSenderTrial, test_button);
  gtk_widget_class_bind_template_child (widget_class, RubisSenderTrial, spinner);
  gtk_widget_class_bind_template_child (widget_class, RubisSenderTrial, recipient);
  gtk_widget_class_bind_template_child (widget_class, RubisSenderTrial, trial_group);
  gtk_widget_class_bind_template_child (widget_class, RubisSenderTrial, trial_button);
  gtk_widget_class_bind_template_child (widget_class, RubisSenderTrial, answer);
  gtk_widget_class_bind_template_callback (widget_class, test_cb);
  gtk_widget_class_bind_template_callback (widget_class, trial_cb);
}

static void
rubis_sender_trial_init (RubisSenderTrial *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
rubis_sender_trial_new (void)
{
  return g_object_new (RUBIS_TYPE_SENDER_TRIAL, NULL);
}
