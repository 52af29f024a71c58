#include "rubis-hand-over-button.h"

#include <glib/gi18n-lib.h>

#include "rubis-hand-over.h"
#include "rubis-ui.h"

struct _RubisHandOverButton
{
  AdwBin parent_instance;

  GtkWidget *button;         /* (unowned) */
  RubisSession *session;     /* (owned) (nullable) */
  GPtrArray *senders;        /* (owned) (nullable) (element-type RubisSender) that carry letters */
  RubisHandOver *plan;       /* (owned) (nullable) what the question is about */
  GCancellable *cancellable; /* (owned) of reads */
};

G_DEFINE_FINAL_TYPE (RubisHandOverButton, rubis_hand_over_button, ADW_TYPE_BIN)

/* --- who carries letters --- */

static void
fill_menu (RubisHandOverButton *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  for (guint i = 0; i < self->senders->len; i++)
    {
      const RubisSender *sender = g_ptr_array_index (self->senders, i);
      g_autofree char *label = g_strdup_printf ("%s…", sender->name);
      g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

      g_menu_item_set_action_and_target (item, "hand-over.plan", "x", sender->id);
      g_menu_append_item (menu, item);
    }
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->button), G_MENU_MODEL (menu));
  gtk_widget_set_visible (GTK_WIDGET (self), self->senders->len > 0);
}

static gpointer
list_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  return rubis_session_list_senders (session, error);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) senders = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);
  RubisHandOverButton *self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_pointer (&self->senders, g_ptr_array_unref);
  self->senders = g_ptr_array_new_with_free_func ((GDestroyNotify)rubis_sender_free);
  for (guint i = 0; senders != NULL && i < senders->len; i++)
    {
      const RubisSender *sender = g_ptr_array_index (senders, i);

      if (sender->active
          && (rubis_transport_carries (sender->transport, RUBIS_PARCEL_LETTER)
              || rubis_transport_carries (sender->transport, RUBIS_PARCEL_ELECTRONIC_REGISTERED)))
        g_ptr_array_add (self->senders, rubis_sender_copy (sender));
    }
  fill_menu (self);
}

static void
reload_cb (RubisHandOverButton *self)
{
  rubis_ui_read_async (self->session, list_work, NULL, NULL, (GDestroyNotify)g_ptr_array_unref,
                       self->cancellable, listed_cb, self);
}

/* --- doing it --- */

typedef struct
{
  RubisHandOver *plan; /* (owned) */
  gint64 now;
} Errand;

static void
errand_free (gpointer data)
{
  Errand *errand = data;

  rubis_hand_over_free (errand->plan);
  g_free (errand);
}

static gpointer
hand_over_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  const Errand *errand = data;
  int n_done = rubis_session_hand_over (session, errand->plan, errand->now, error);

  return n_done >= 0 ? GINT_TO_POINTER (n_done) : NULL;
}

static void
handed_over_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisHandOverButton) self = user_data;
  g_autoptr (GError) error = NULL;
  int n_done = GPOINTER_TO_INT (rubis_session_run_finish (RUBIS_SESSION (source), result, &error));
  g_autofree char *text = NULL;

  if (error != NULL)
    {
      rubis_ui_show_error (GTK_WIDGET (self), _ ("The letters were not handed over"), error, TRUE);
      return;
    }
  text = g_strdup_printf (
      ngettext ("%d letter waits in the outbox", "%d letters wait in the outbox", (gulong)n_done), n_done);
  rubis_ui_toast (GTK_WIDGET (self), text, FALSE);
}

static void
response_cb (RubisHandOverButton *self, const char *response)
{
  Errand *errand;

  if (self->plan == NULL || self->session == NULL || !g_str_equal (response, "hand-over"))
    {
      g_clear_pointer (&self->plan, rubis_hand_over_free);
      return;
    }
  errand = g_new0 (Errand, 1);
  errand->plan = g_steal_pointer (&self->plan);
  errand->now = g_get_real_time () / G_USEC_PER_SEC;
  rubis_session_run_async (self->session, NULL, hand_over_work, errand, errand_free, NULL, NULL,
                           handed_over_cb, g_object_ref (self));
}

/* --- the question --- */

static void
add_line (GString *text, char *line)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? "\n\n" : "", line);
  g_free (line);
}

static char *
describe_price (const RubisHandOver *plan)
{
  RubisCurrency none = { "" };
  g_autofree char *price = rubis_ui_format_amount (plan->price, plan->currency, none);

  if (plan->n_unpriced == plan->n_letters)
    return g_strdup (_ ("The provider says the price only afterwards."));
  if (plan->n_unpriced > 0)
    return g_strdup_printf (ngettext ("About %s, and %d letter of unknown price.",
                                      "About %s, and %d letters of unknown price.", (gulong)plan->n_unpriced),
                            price, plan->n_unpriced);
  return g_strdup_printf (plan->estimate ? _ ("About %s by the postal prices; your contract counts.")
                                         : _ ("%s by the prices of your contract."),
                          price);
}

static char *
describe_refused (const RubisHandOver *plan)
{
  const RubisHandOverLetter *first = NULL;
  int n = (int)plan->letters->len - plan->n_letters;

  for (guint i = 0; i < plan->letters->len && first == NULL; i++)
    {
      const RubisHandOverLetter *letter = g_ptr_array_index (plan->letters, i);

      if (letter->refused[0] != '\0')
        first = letter;
    }
  if (first == NULL)
    return NULL;
  return g_strdup_printf (ngettext ("%d letter cannot go this way. %s: %s",
                                    "%d letters cannot go this way. The first, %s: %s", (gulong)n),
                          n, first->account_name, first->refused);
}

static void
ask (RubisHandOverButton *self)
{
  const RubisHandOver *plan = self->plan;
  GtkWidget *dialog
      = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL, NULL);
  g_autoptr (GString) body = g_string_new (NULL);
  char *refused = describe_refused (plan);

  adw_message_dialog_format_heading (
      ADW_MESSAGE_DIALOG (dialog),
      ngettext ("Give %d letter to %s?", "Give %d letters to %s?", (gulong)plan->n_letters), plan->n_letters,
      plan->sender_name);
  if (plan->n_letters > 0)
    {
      add_line (body, describe_price (plan));
      add_line (body, plan->recall_minutes > 0
                          ? g_strdup_printf (
                              ngettext ("They leave in %d minute; until then they can be taken back "
                                        "in the outbox. After that it is paid for and final.",
                                        "They leave in %d minutes; until then they can be taken back "
                                        "in the outbox. After that it is paid for and final.",
                                        (gulong)plan->recall_minutes),
                              plan->recall_minutes)
                          : g_strdup (_ ("They leave at once: it is paid for and final.")));
    }
  if (refused != NULL)
    add_line (body, refused);
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog), body->str);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"));
  if (plan->n_letters > 0)
    {
      adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "hand-over", _ ("_Hand Over"));
      adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "hand-over",
                                                  ADW_RESPONSE_SUGGESTED);
    }
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static gpointer
plan_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  return rubis_session_plan_hand_over (session, NULL, *(gint64 *)data, error);
}

static void
planned_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  RubisHandOver *plan = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);
  RubisHandOverButton *self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (plan == NULL)
    {
      rubis_ui_show_error (GTK_WIDGET (self), _ ("The letters were not handed over"), error, TRUE);
      return;
    }
  g_clear_pointer (&self->plan, rubis_hand_over_free);
  self->plan = plan;
  ask (self);
}

static void
plan_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisHandOverButton *self = RUBIS_HAND_OVER_BUTTON (widget);
  gint64 id = g_variant_get_int64 (parameter);

  rubis_ui_read_async (self->session, plan_work, g_memdup2 (&id, sizeof id), g_free,
                       (GDestroyNotify)rubis_hand_over_free, self->cancellable, planned_cb, self);
}

/* --- the widget --- */

static void
rubis_hand_over_button_dispose (GObject *object)
{
  RubisHandOverButton *self = RUBIS_HAND_OVER_BUTTON (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  rubis_hand_over_button_set_session (self, NULL);
  g_clear_pointer (&self->plan, rubis_hand_over_free);
  g_clear_pointer (&self->senders, g_ptr_array_unref);
  G_OBJECT_CLASS (rubis_hand_over_button_parent_class)->dispose (object);
}

static void
rubis_hand_over_button_class_init (RubisHandOverButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_hand_over_button_dispose;
  gtk_widget_class_install_action (widget_class, "hand-over.plan", "x", plan_action);
}

static void
rubis_hand_over_button_init (RubisHandOverButton *self)
{
  self->cancellable = g_cancellable_new ();
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->button), _ ("_By a Provider"));
  gtk_menu_button_set_use_underline (GTK_MENU_BUTTON (self->button), TRUE);
  gtk_widget_set_tooltip_text (self->button, _ ("Have the letters printed and posted by a provider"));
  adw_bin_set_child (ADW_BIN (self), self->button);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
rubis_hand_over_button_set_session (RubisHandOverButton *self, RubisSession *session)
{
  if (self->session == session)
    return;
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_set_object (&self->session, session);
  if (session == NULL)
    return;
  g_signal_connect_object (session, "changed", G_CALLBACK (reload_cb), self, G_CONNECT_SWAPPED);
  reload_cb (self);
}
