#include "rubis-phone-window-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-choices.h"
#include "rubis-plain.h"
#include "rubis-ui.h"

/* The ten keys of digits, as they lie on the keyboard: their signs differ from country to country. */
#define FIRST_DIGIT_CODE 10
#define N_DIGITS 10
/* Minutes before an hour that was named. */
#define SOON 5

G_DEFINE_FINAL_TYPE (RubisPhoneWindow, rubis_phone_window, ADW_TYPE_WINDOW)

static void show_current (RubisPhoneWindow *self);

static RubisCallEntry *
get_current (RubisPhoneWindow *self)
{
  return self->queue != NULL && self->position < self->queue->len
             ? g_ptr_array_index (self->queue, self->position)
             : NULL;
}

static gboolean
is_shown (RubisPhoneWindow *self, const char *page)
{
  return g_str_equal (gtk_stack_get_visible_child_name (self->stack), page);
}

static void
set_problem (RubisPhoneWindow *self, const char *text)
{
  gtk_label_set_label (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (self->problem_box, text != NULL);
}

static void
show_page (RubisPhoneWindow *self, const char *page)
{
  gboolean call = g_str_equal (page, "call");
  gboolean end = g_str_equal (page, "end") || g_str_equal (page, "error");

  gtk_stack_set_visible_child_name (self->stack, page);
  gtk_widget_set_visible (GTK_WIDGET (self->timer_button), call);
  gtk_widget_set_visible (self->next_button, call);
  gtk_widget_set_visible (self->skip_button, call);
  gtk_widget_set_visible (self->stop_button, !end);
}

/* --- showing an account --- */

static void
show_end (RubisPhoneWindow *self)
{
  g_autofree char *noted
      = g_strdup_printf (ngettext ("%u call noted", "%u calls noted", self->n_noted), self->n_noted);
  g_autofree char *text = NULL;

  text = self->n_skipped > 0
             ? g_strdup_printf (ngettext ("%s, %u skipped: it stays to be called.",
                                          "%s, %u skipped: they stay to be called.", self->n_skipped),
                                noted, self->n_skipped)
             : g_strdup_printf ("%s.", noted);
  adw_status_page_set_title (self->end, self->queue->len > 0
                                            ? _ ("All calls of the day have been gone through")
                                            : _ ("Nobody is to be called today"));
  adw_status_page_set_description (self->end, self->queue->len > 0 ? text : NULL);
  adw_window_title_set_subtitle (self->window_title, "");
  show_page (self, "end");
  gtk_widget_grab_focus (self->end_button);
}

static gpointer
sheet_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  return rubis_session_load_call_sheet (session, data, error);
}

static void
sheet_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisPhoneWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  RubisCallSheet *sheet = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);

  if (rubis_plain_is_abandoned (result) || self->session == NULL)
    {
      g_clear_pointer (&sheet, rubis_call_sheet_free);
      return;
    }
  if (sheet == NULL)
    {
      rubis_plain_set_description (self->error, error->message);
      show_page (self, "error");
      return;
    }
  g_clear_pointer (&self->sheet, rubis_call_sheet_free);
  self->sheet = sheet;
  rubis_phone_window_show_customer (self, get_current (self));
  rubis_phone_owed_set_items (self->owed, sheet->items, rubis_session_get_currency (self->session));
  rubis_phone_script_set (self->script, sheet->script);
  if (is_shown (self, "call"))
    return;
  show_page (self, "call");
  rubis_phone_outcome_focus_results (self->outcome);
}

static void
load_sheet (RubisPhoneWindow *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  rubis_ui_read_async (self->session, sheet_work, g_object_ref (get_current (self)), g_object_unref,
                       (GDestroyNotify)rubis_call_sheet_free, self->cancellable, sheet_cb,
                       g_object_ref (self));
}

static void
show_current (RubisPhoneWindow *self)
{
  RubisCallEntry *entry = get_current (self);
  g_autofree char *subtitle = NULL;

  gtk_progress_bar_set_fraction (self->progress,
                                 self->queue->len > 0 ? (double)self->position / self->queue->len : 1);
  set_problem (self, NULL);
  self->warned = FALSE;
  self->began_at = 0;
  self->ended_at = 0;
  g_clear_pointer (&self->dialled, g_free);
  g_free (self->email);
  self->email = g_strdup ("");
  if (entry == NULL)
    {
      show_end (self);
      return;
    }
  subtitle = g_strdup_printf ("%u / %u · %s", self->position + 1, self->queue->len, entry->account_name);
  adw_window_title_set_subtitle (self->window_title, subtitle);
  rubis_phone_outcome_start (self->outcome, entry->account_id);
  show_page (self, "loading");
  load_sheet (self);
}

/* What was agreed is seen in the table at once. */
static void
agreed_cb (RubisPhoneWindow *self)
{
  if (get_current (self) != NULL)
    load_sheet (self);
}

/* --- the queue --- */

/* Who is to be called at an hour that is still to come is called after the others. */
static void
put_off_later_hours (GPtrArray *queue)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  int minute = g_date_time_get_hour (now) * 60 + g_date_time_get_minute (now);
  g_autoptr (GPtrArray) later = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < queue->len;)
    {
      RubisCallEntry *entry = g_ptr_array_index (queue, i);

      if (entry->minute <= minute + SOON)
        i++;
      else
        g_ptr_array_add (later, g_ptr_array_steal_index (queue, i));
    }
  g_ptr_array_extend (queue, later, (GCopyFunc)(gpointer)g_object_ref, NULL);
}

static gpointer
queue_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  return rubis_session_list_calls (session, data, progress, error);
}

static void
queue_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisPhoneWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *queue = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);

  if (rubis_plain_is_abandoned (result) || self->session == NULL)
    {
      g_clear_pointer (&queue, g_ptr_array_unref);
      return;
    }
  if (queue == NULL)
    {
      rubis_plain_set_description (self->error, error->message);
      show_page (self, "error");
      return;
    }
  put_off_later_hours (queue);
  self->queue = queue;
  show_current (self);
}

/* --- noting --- */

/* A call on its way to the dossier. */
typedef struct
{
  RubisPhoneWindow *window; /* (owned) */
  RubisCallEntry *entry;    /* (owned) */
  RubisCallOutcome outcome;
  char *result;
  char *note;
  char *phone;
  char *reason;
} Order;

static void
order_free (Order *order)
{
  g_clear_object (&order->entry);
  g_clear_object (&order->window);
  g_clear_pointer (&order->outcome.promise_ids, g_array_unref);
  g_clear_pointer (&order->outcome.dispute_ids, g_array_unref);
  g_clear_pointer (&order->outcome.plan_ids, g_array_unref);
  g_free (order->result);
  g_free (order->note);
  g_free (order->phone);
  g_free (order->reason);
  g_free (order);
}

static gpointer
note_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  const Order *order = data;
  gint64 id = rubis_session_note_call (session, order->entry, &order->outcome, error);

  return id != 0 ? g_memdup2 (&id, sizeof id) : NULL;
}

static void
go_on (RubisPhoneWindow *self)
{
  self->position++;
  show_current (self);
}

static void
noted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Order *order = user_data;
  RubisPhoneWindow *self = order->window;
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *id = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);

  self->busy = FALSE;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "phone.next", TRUE);
  if (id == NULL && self->session != NULL)
    set_problem (self, error->message);
  else if (self->session != NULL)
    {
      self->n_noted++;
      rubis_phone_outcome_clear_note (self->outcome);
      if (rubis_session_is_call_contact (self->session, order->result))
        {
          show_page (self, "summary");
          rubis_phone_summary_show (self->summary, self->session, order->entry, *id, self->email);
        }
      else
        go_on (self);
    }
  order_free (order);
}

/* Texts and ids of the outcome are the panes': the order has its own. */
static Order *
make_order (RubisPhoneWindow *self, const RubisCallOutcome *outcome)
{
  Order *order = g_new0 (Order, 1);

  order->window = g_object_ref (self);
  order->entry = g_object_ref (get_current (self));
  order->outcome = *outcome;
  order->outcome.promise_ids = g_array_copy (outcome->promise_ids);
  order->outcome.dispute_ids = g_array_copy (outcome->dispute_ids);
  order->outcome.plan_ids = g_array_copy (outcome->plan_ids);
  order->outcome.result = order->result = g_strdup (outcome->result);
  order->outcome.note = order->note = g_strdup (outcome->note);
  order->outcome.phone = order->phone = g_strdup (self->dialled);
  order->outcome.callback_reason = order->reason = g_strdup (outcome->callback_reason);
  order->outcome.began_at = self->began_at;
  order->outcome.seconds = self->began_at != 0 ? (int)MAX (self->ended_at - self->began_at, 0) : 0;
  return order;
}

static void
next_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisPhoneWindow *self = RUBIS_PHONE_WINDOW (widget);
  RubisCallOutcome outcome = { 0 };

  if (is_shown (self, "summary"))
    {
      rubis_phone_summary_accept (self->summary);
      return;
    }
  if (self->busy || !is_shown (self, "call") || !rubis_phone_outcome_fill (self->outcome, &outcome))
    return;
  rubis_phone_window_run_timer (self, FALSE);
  self->busy = TRUE;
  gtk_widget_action_set_enabled (widget, "phone.next", FALSE);
  {
    Order *order = make_order (self, &outcome);

    rubis_session_run_async (self->session, NULL, note_work, order, NULL, g_free, NULL, noted_cb, order);
  }
}

static void
skip_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisPhoneWindow *self = RUBIS_PHONE_WINDOW (widget);

  if (self->busy || !is_shown (self, "call"))
    return;
  self->n_skipped++;
  rubis_phone_outcome_keep_note (self->outcome);
  go_on (self);
}

static void
dial_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisPhoneWindow *self = RUBIS_PHONE_WINDOW (widget);

  if (is_shown (self, "call") && !rubis_phone_window_dial (self, 0))
    rubis_phone_window_run_timer (self, TRUE);
}

static void
timer_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisPhoneWindow *self = RUBIS_PHONE_WINDOW (widget);

  if (is_shown (self, "call"))
    rubis_phone_window_run_timer (self, self->began_at == 0 || self->ended_at != 0);
}

static void
undo_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisPhoneWindow *self = RUBIS_PHONE_WINDOW (widget);

  if (is_shown (self, "call") && !rubis_phone_outcome_undo (self->outcome))
    set_problem (self, _ ("Nothing was agreed in this call that could be taken back."));
}

static void
timer_toggled_cb (RubisPhoneWindow *self)
{
  if (!self->updating)
    rubis_phone_window_run_timer (self, gtk_toggle_button_get_active (self->timer_button));
}

/* --- keys --- */

/* Escape leaves the summary or a form first, then the session. */
static gboolean
escape (RubisPhoneWindow *self)
{
  if (is_shown (self, "summary"))
    go_on (self);
  else if (!is_shown (self, "call") || !rubis_phone_outcome_fold (self->outcome))
    gtk_window_close (GTK_WINDOW (self));
  return GDK_EVENT_STOP;
}

/* The key of a result, by its place in the list; G_MAXUINT for others. */
static guint
find_position (guint key, guint code)
{
  static const guint letters[] = { GDK_KEY_m, GDK_KEY_q, GDK_KEY_x };

  if (key >= GDK_KEY_KP_0 && key <= GDK_KEY_KP_9)
    return (key - GDK_KEY_KP_0 + N_DIGITS - 1) % N_DIGITS;
  if (code >= FIRST_DIGIT_CODE && code < FIRST_DIGIT_CODE + N_DIGITS)
    return code - FIRST_DIGIT_CODE;
  for (guint i = 0; i < G_N_ELEMENTS (letters); i++)
    {
      if (gdk_keyval_to_lower (key) == letters[i])
        return N_DIGITS + i;
    }
  return G_MAXUINT;
}

static gboolean
is_typing (RubisPhoneWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  return GTK_IS_TEXT (focus) || GTK_IS_TEXT_VIEW (focus);
}

static void
focus_cb (RubisPhoneWindow *self)
{
  if (self->session != NULL)
    rubis_phone_outcome_show_typing (self->outcome, is_typing (self));
}

static gboolean
key_cb (RubisPhoneWindow *self, guint key, guint code, GdkModifierType state)
{
  guint position = find_position (key, code);

  if (key == GDK_KEY_Escape)
    return escape (self);
  /* The note would take it for a line break. */
  if ((key == GDK_KEY_Return || key == GDK_KEY_KP_Enter) && (state & GDK_CONTROL_MASK) != 0)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "phone.next", NULL);
      return GDK_EVENT_STOP;
    }
  if (!is_shown (self, "call") || (state & GDK_CONTROL_MASK) != 0)
    return GDK_EVENT_PROPAGATE;
  if (position == G_MAXUINT)
    return GDK_EVENT_PROPAGATE;
  if (is_typing (self) && (state & GDK_ALT_MASK) == 0)
    return GDK_EVENT_PROPAGATE;
  return rubis_phone_outcome_choose (self->outcome, position) ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
}

static gboolean
tick_cb (gpointer user_data)
{
  rubis_phone_window_update_clocks (user_data);
  return G_SOURCE_CONTINUE;
}

/* --- the window --- */

/* What was chosen or written is not lost without a word. */
static gboolean
close_request_cb (RubisPhoneWindow *self)
{
  gboolean anything
      = is_shown (self, "call") && (self->began_at != 0 || rubis_phone_outcome_has_anything (self->outcome));

  if (self->busy)
    return GDK_EVENT_STOP;
  if (!anything || self->warned)
    {
      rubis_phone_outcome_keep_note (self->outcome);
      return GDK_EVENT_PROPAGATE;
    }
  self->warned = TRUE;
  set_problem (self, _ ("This call is not noted yet: Ctrl+Enter notes it. Closing once more leaves it out; what you "
                        "wrote is kept for the next call to this customer."));
  return GDK_EVENT_STOP;
}

static void
rubis_phone_window_dispose (GObject *object)
{
  RubisPhoneWindow *self = RUBIS_PHONE_WINDOW (object);

  g_clear_handle_id (&self->tick, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->session != NULL)
    {
      /* Closed with the window of the dossier. */
      if (!self->busy)
        rubis_phone_outcome_keep_note (self->outcome);
      rubis_phone_outcome_set_session (self->outcome, NULL, NULL);
      rubis_phone_summary_clear (self->summary);
    }
  gtk_widget_dispose_template (GTK_WIDGET (self), RUBIS_TYPE_PHONE_WINDOW);
  g_clear_pointer (&self->sheet, rubis_call_sheet_free);
  g_clear_pointer (&self->queue, g_ptr_array_unref);
  g_clear_pointer (&self->by_hand, g_array_unref);
  g_clear_pointer (&self->dialled, g_free);
  g_clear_pointer (&self->email, g_free);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (rubis_phone_window_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, RubisPhoneWindow, window_title);
  gtk_widget_class_bind_template_child (widget_class, RubisPhoneWindow, stop_button);
  gtk_widget_class_bind_template_child (widget_class, RubisPhoneWindow, timer_button);
  gtk_widget_class_bind_template_child (widget_class, RubisPhoneWindow, next_button);
  gtk_widget_class_bind_template_child (widget_class, RubisPhoneWindow, skip_button);
  gtk_widget_class_bind_template_child (widget_class, RubisPhoneWindow, progress);
  gtk_widget_class_bind_template_child (widget_class, RubisPhoneWindow, problem_box);
  gtk_widget_class_bind_template_child (widget_class, RubisPhoneWindow, problem);
  gtk_widget_class_bind_template_child (widget_class, RubisPhoneWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, RubisPhoneWindow, name);
  gtk_widget_class_bind_template_child (widget_class, RubisPhoneWindow, facts);
  gtk_widget_class_bind_template_child (widget_class, RubisPhoneWindow, why);
  gtk_widget_class_bind_template_child (widget_class, RubisPhoneWindow, promised);
  gtk_widget_class_bind_template_child (widget_class, RubisPhoneWindow, clock);
  gtk_widget_class_bind_template_child (widget_class, RubisPhoneWindow, hours_box);
  gtk_widget_class_bind_template_child (widget_class, RubisPhoneWindow, hours);
  gtk_widget_class_bind_template_child (widget_class, RubisPhoneWindow, contacts);
  gtk_widget_class_bind_template_child (widget_class, RubisPhoneWindow, dial_problem_box);
  gtk_widget_class_bind_template_child (widget_class, RubisPhoneWindow, dial_problem);
  gtk_widget_class_bind_template_child (widget_class, RubisPhoneWindow, habits_box);
  gtk_widget_class_bind_template_child (widget_class, RubisPhoneWindow, habits);
  gtk_widget_class_bind_template_child (widget_class, RubisPhoneWindow, process_box);
  gtk_widget_class_bind_template_child (widget_class, RubisPhoneWindow, process);
  gtk_widget_class_bind_template_child (widget_class, RubisPhoneWindow, note_box);
  gtk_widget_class_bind_template_child (widget_class, RubisPhoneWindow, account_note);
  gtk_widget_class_bind_template_child (widget_class, RubisPhoneWindow, history_box);
  gtk_widget_class_bind_template_child (widget_class, RubisPhoneWindow, history);
  gtk_widget_class_bind_template_child (widget_class, RubisPhoneWindow, owed);
  gtk_widget_class_bind_template_child (widget_class, RubisPhoneWindow, script);
  gtk_widget_class_bind_template_child (widget_class, RubisPhoneWindow, outcome);
  gtk_widget_class_bind_template_child (widget_class, RubisPhoneWindow, summary);
  gtk_widget_class_bind_template_child (widget_class, RubisPhoneWindow, end);
  gtk_widget_class_bind_template_child (widget_class, RubisPhoneWindow, end_button);
  gtk_widget_class_bind_template_child (widget_class, RubisPhoneWindow, error);
}

static void
rubis_phone_window_class_init (RubisPhoneWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_phone_window_dispose;
  gtk_widget_class_install_action (widget_class, "phone.next", NULL, next_action);
  gtk_widget_class_install_action (widget_class, "phone.skip", NULL, skip_action);
  gtk_widget_class_install_action (widget_class, "phone.dial", NULL, dial_action);
  gtk_widget_class_install_action (widget_class, "phone.timer", NULL, timer_action);
  gtk_widget_class_install_action (widget_class, "phone.undo", NULL, undo_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_n, GDK_CONTROL_MASK, "phone.skip", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_d, GDK_CONTROL_MASK, "phone.dial", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_t, GDK_CONTROL_MASK, "phone.timer", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "phone.undo", NULL);
  g_type_ensure (RUBIS_TYPE_PHONE_OWED);
  g_type_ensure (RUBIS_TYPE_PHONE_SCRIPT);
  g_type_ensure (RUBIS_TYPE_PHONE_OUTCOME);
  g_type_ensure (RUBIS_TYPE_PHONE_SUMMARY);
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-phone-window.ui");
  bind_children (widget_class);
}

static void
rubis_phone_window_init (RubisPhoneWindow *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->email = g_strdup ("");
  adw_window_title_set_title (self->window_title, _ ("Phone session"));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect (self, "notify::focus-widget", G_CALLBACK (focus_cb), NULL);
  g_signal_connect (self, "close-request", G_CALLBACK (close_request_cb), NULL);
  g_signal_connect_object (self->timer_button, "toggled", G_CALLBACK (timer_toggled_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->outcome, "agreed", G_CALLBACK (agreed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->outcome, "problem", G_CALLBACK (set_problem), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->summary, "done", G_CALLBACK (go_on), self, G_CONNECT_SWAPPED);
  show_page (self, "loading");
  rubis_phone_window_update_clocks (self);
  self->tick = g_timeout_add_seconds (1, tick_cb, self);
}

/* The queue of the day names no accounts. */
static void
release_ids (gpointer ids)
{
  if (ids != NULL)
    g_array_unref (ids);
}

GtkWidget *
rubis_phone_window_new (GtkWindow *parent, RubisSession *session, GArray *by_hand)
{
  RubisPhoneWindow *self;

  g_return_val_if_fail (RUBIS_IS_SESSION (session), NULL);

  self = g_object_new (RUBIS_TYPE_PHONE_WINDOW, "transient-for", parent, "destroy-with-parent", TRUE, NULL);
  self->session = g_object_ref (session);
  self->by_hand = by_hand != NULL ? g_array_ref (by_hand) : NULL;
  rubis_phone_outcome_set_session (self->outcome, session, self->owed);
  self->cancellable = g_cancellable_new ();
  rubis_ui_read_async (session, queue_work, self->by_hand != NULL ? g_array_ref (self->by_hand) : NULL,
                       release_ids, (GDestroyNotify)g_ptr_array_unref, self->cancellable, queue_cb,
                       g_object_ref (self));
  return GTK_WIDGET (self);
}
