#include "rubis-dispute-pane-private.h"

#include <glib/gi18n-lib.h>

#include "rubis-dispute-mover.h"
#include "rubis-plain.h"
#include "rubis-ui.h"

G_DEFINE_FINAL_TYPE (RubisDisputePane, rubis_dispute_pane, ADW_TYPE_BIN)

enum
{
  CLOSED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

void
rubis_dispute_pane_show_problem (RubisDisputePane *self, const char *text)
{
  gtk_label_set_label (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (self->problem_box, text != NULL);
}

/* --- reading --- */

typedef struct
{
  RubisDispute *dispute;
  RubisDisputeLists *lists;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *self = data;

  g_clear_object (&self->dispute);
  g_clear_pointer (&self->lists, rubis_dispute_lists_free);
  g_free (self);
}

static gpointer
read_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  Reading *reading = g_new0 (Reading, 1);

  reading->dispute = rubis_session_load_dispute (session, *(gint64 *)data, error);
  if (reading->dispute != NULL)
    reading->lists = rubis_dispute_lists_load (session, error);
  if (reading->lists != NULL)
    return reading;
  reading_free (reading);
  return NULL;
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisDisputePane) self = user_data;
  g_autoptr (GError) error = NULL;
  Reading *reading = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);

  if (rubis_plain_is_abandoned (result))
    {
      g_clear_pointer (&reading, reading_free);
      return;
    }
  if (reading == NULL)
    {
      /* Its opening was undone. */
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
        {
          rubis_dispute_pane_show (self, 0);
          g_signal_emit (self, signals[CLOSED], 0);
        }
      else
        rubis_dispute_pane_show_problem (self, error->message);
      return;
    }
  g_set_object (&self->dispute, reading->dispute);
  g_clear_pointer (&self->lists, rubis_dispute_lists_free);
  self->lists = g_steal_pointer (&reading->lists);
  reading_free (reading);
  rubis_dispute_pane_fill (self);
}

void
rubis_dispute_pane_refresh (RubisDisputePane *self)
{
  g_return_if_fail (RUBIS_IS_DISPUTE_PANE (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->session == NULL || self->id == 0)
    return;
  self->cancellable = g_cancellable_new ();
  rubis_ui_read_async (self->session, read_work, g_memdup2 (&self->id, sizeof self->id), g_free, reading_free,
                       self->cancellable, read_cb, g_object_ref (self));
}

/* --- edits --- */

/* A change on its way; the texts are of @input. */
typedef struct
{
  gint64 id;
  RubisDisputeInput input;
  char *reason;
  char *words;
  char *line;
  char *comment; /* (nullable) only this */
} Change;

static void
change_free (gpointer data)
{
  Change *self = data;

  g_clear_pointer (&self->input.items, g_array_unref);
  g_free (self->reason);
  g_free (self->words);
  g_free (self->line);
  g_free (self->comment);
  g_free (self);
}

static gpointer
change_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  Change *change = data;

  if (change->comment != NULL)
    return rubis_session_comment_dispute (session, change->id, change->comment, error) ? session : NULL;
  return rubis_session_change_dispute (session, change->id, &change->input, error) ? session : NULL;
}

static void
changed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisDisputePane) self = user_data;
  g_autoptr (GError) error = NULL;

  rubis_session_run_finish (RUBIS_SESSION (source), result, &error);
  rubis_dispute_pane_show_problem (self, error != NULL ? error->message : NULL);
}

static void
run (RubisDisputePane *self, Change *change)
{
  change->id = self->dispute->id;
  rubis_session_run_async (self->session, NULL, change_work, change, change_free, NULL, NULL, changed_cb,
                           g_object_ref (self));
}

static char *
dup_stripped (GtkTextView *view)
{
  char *text;

  g_object_get (gtk_text_view_get_buffer (view), "text", &text, NULL);
  return g_strstrip (text);
}

/* An empty day leaves it as it is. FALSE when it is none. */
static gboolean
read_due (RubisDisputePane *self, RubisDate *due)
{
  const char *text = gtk_editable_get_text (self->due);

  *due = rubis_ui_parse_date (text);
  if (*due == self->dispute->due_date)
    *due = RUBIS_DATE_NONE;
  if (*text == '\0' || rubis_ui_parse_date (text) != RUBIS_DATE_NONE)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self->due), "error");
      return TRUE;
    }
  gtk_widget_add_css_class (GTK_WIDGET (self->due), "error");
  rubis_dispute_pane_show_problem (self, _ ("This is no day: type it as 20/11/2026."));
  return FALSE;
}

/* Keeps what the fields say, with other parts of the items or (NULL) those there are. */
static void
keep (RubisDisputePane *self, GArray *parts)
{
  Change *change;
  RubisDate due;

  if (self->filling || self->dispute == NULL || !read_due (self, &due))
    {
      g_clear_pointer (&parts, g_array_unref);
      return;
    }
  self->typed = FALSE;
  change = g_new0 (Change, 1);
  change->reason = g_strdup (rubis_choice_drop_get_id (self->reason));
  change->words = dup_stripped (self->words);
  change->line = g_strstrip (g_strdup (gtk_editable_get_text (self->line)));
  change->input = (RubisDisputeInput){ .account_id = self->dispute->account_id,
                                       .items = parts,
                                       .reason = change->reason,
                                       .description = change->words,
                                       .product_line = change->line,
                                       .due_date = due,
                                       .keep_dunning = gtk_switch_get_active (self->keep) };
  change->input.resolver_id = g_ascii_strtoll (rubis_choice_drop_get_id (self->resolver), NULL, 10);
  run (self, change);
}

static void
chosen_cb (RubisDisputePane *self)
{
  keep (self, NULL);
}

static void
typed_cb (RubisDisputePane *self)
{
  if (!self->filling)
    self->typed = TRUE;
}

/* Enter, or the focus left a field that was typed in. */
static void
entered_cb (RubisDisputePane *self)
{
  if (self->typed)
    keep (self, NULL);
}

static void
parts_changed_cb (RubisDisputePane *self)
{
  g_autofree char *text = rubis_contested_items_describe (self->parts);

  gtk_label_set_label (self->parts_label, text);
}

static void
parts_entered_cb (RubisDisputePane *self)
{
  g_autoptr (GError) error = NULL;
  GArray *parts;

  if (self->filling || self->dispute == NULL)
    return;
  parts = rubis_contested_items_read (self->parts, &error);
  rubis_dispute_pane_show_problem (self, error != NULL ? error->message : NULL);
  if (parts != NULL)
    keep (self, parts);
}

/* --- where it goes --- */

static void
find_area (RubisDisputePane *self, GtkWidget *widget, GdkRectangle *area)
{
  graphene_rect_t bounds;

  *area = (GdkRectangle){ 0, 0, 1, 1 };
  if (gtk_widget_compute_bounds (widget, GTK_WIDGET (self), &bounds))
    *area = (GdkRectangle){ (int)bounds.origin.x, (int)bounds.origin.y, (int)bounds.size.width,
                            (int)bounds.size.height };
}

static void
move (RubisDisputePane *self, GtkWidget *from, RubisDisputeState state)
{
  GdkRectangle area;

  find_area (self, from, &area);
  rubis_dispute_mover_move (GTK_WIDGET (self), &area, self->session, self->dispute, state);
}

static void
state_chosen_cb (RubisDisputePane *self)
{
  g_autofree char *id = g_strdup (rubis_choice_drop_get_id (self->state));
  RubisDisputeState state = RUBIS_DISPUTE_FOUNDED;

  if (self->dispute == NULL)
    return;
  rubis_dispute_state_from_id (id, &state);
  /* It shows where the dispute is until it is there. */
  rubis_choice_drop_set_id (self->state, rubis_dispute_state_to_id (self->dispute->state), NULL);
  move (self, GTK_WIDGET (self->state), state);
}

static void
close_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisDisputePane *self = RUBIS_DISPUTE_PANE (widget);

  if (self->dispute != NULL)
    move (self, GTK_WIDGET (self->state), RUBIS_DISPUTE_FOUNDED);
}

static void
hide_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rubis_dispute_pane_show (RUBIS_DISPUTE_PANE (widget), 0);
  g_signal_emit (widget, signals[CLOSED], 0);
}

static void
account_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisDisputePane *self = RUBIS_DISPUTE_PANE (widget);

  if (self->dispute != NULL)
    gtk_widget_activate_action (widget, "win.show-account", "x", self->dispute->account_id);
}

/* --- comments --- */

static void
comment_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisDisputePane *self = RUBIS_DISPUTE_PANE (widget);
  g_autofree char *text = dup_stripped (self->comment);
  Change *change;

  if (self->dispute == NULL || *text == '\0')
    return;
  change = g_new0 (Change, 1);
  change->comment = g_steal_pointer (&text);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->comment), "", -1);
  run (self, change);
}

static gboolean
comment_key_cb (RubisDisputePane *self, guint key, guint code, GdkModifierType state)
{
  if ((key != GDK_KEY_Return && key != GDK_KEY_KP_Enter) || !(state & GDK_CONTROL_MASK))
    return FALSE;
  gtk_widget_activate_action (GTK_WIDGET (self), "dispute.comment", NULL);
  return TRUE;
}

/* --- asking the colleague --- */

typedef struct
{
  gint64 id;
  char *text; /* "" for the words of the template */
} Request;

static void
request_free (gpointer data)
{
  Request *self = data;

  g_free (self->text);
  g_free (self);
}

static gpointer
ask_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  Request *request = data;

  return rubis_session_ask_resolver (session, request->id, *request->text != '\0' ? request->text : NULL,
                                     error)
                 != 0
             ? session
             : NULL;
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisDisputePane) self = user_data;
  g_autoptr (GError) error = NULL;

  rubis_session_run_finish (RUBIS_SESSION (source), result, &error);
  gtk_label_set_label (self->ask_problem, error != NULL ? error->message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->ask_problem), error != NULL);
  if (error != NULL)
    return;
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->ask_text), "", -1);
  gtk_popover_popdown (self->ask_popover);
  rubis_ui_toast_action (GTK_WIDGET (self), _ ("The request waits as a draft in the outbox"), _ ("_Show"),
                         "win.place", g_variant_new_string ("letters/outbox"));
}

static void
ask_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisDisputePane *self = RUBIS_DISPUTE_PANE (widget);
  Request *request;

  if (self->dispute == NULL)
    return;
  request = g_new0 (Request, 1);
  request->id = self->dispute->id;
  request->text = dup_stripped (self->ask_text);
  rubis_session_run_async (self->session, NULL, ask_work, request, request_free, NULL, NULL, asked_cb,
                           g_object_ref (self));
}

/* --- the widget --- */

static gboolean
drop_cb (RubisDisputePane *self, const GValue *value)
{
  if (self->dispute == NULL)
    return FALSE;
  rubis_attachment_box_add_files (self->files, g_value_get_boxed (value));
  return TRUE;
}

static gboolean
rubis_dispute_pane_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (RUBIS_DISPUTE_PANE (widget)->state));
}

static void
rubis_dispute_pane_dispose (GObject *object)
{
  RubisDisputePane *self = RUBIS_DISPUTE_PANE (object);

  g_cancellable_cancel (self->cancellable);
  self->filling = TRUE;
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), RUBIS_TYPE_DISPUTE_PANE);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->dispute);
  g_clear_pointer (&self->lists, rubis_dispute_lists_free);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (rubis_dispute_pane_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, RubisDisputePane, stack);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputePane, account);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputePane, facts);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputePane, problem_box);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputePane, problem);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputePane, state);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputePane, outcome);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputePane, parts_label);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputePane, parts);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputePane, reason);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputePane, resolver);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputePane, due);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputePane, line);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputePane, words);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputePane, comment);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputePane, history);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputePane, files);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputePane, ask_button);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputePane, ask_popover);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputePane, ask_label);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputePane, ask_text);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputePane, ask_problem);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputePane, keep_box);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputePane, keep);
}

static void
rubis_dispute_pane_class_init (RubisDisputePaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_dispute_pane_dispose;
  widget_class->grab_focus = rubis_dispute_pane_grab_focus;
  signals[CLOSED] = g_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
  g_type_ensure (RUBIS_TYPE_ATTACHMENT_BOX);
  g_type_ensure (RUBIS_TYPE_CHOICE_DROP);
  g_type_ensure (RUBIS_TYPE_CONTESTED_ITEMS);
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-dispute-pane.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, entered_cb);
  gtk_widget_class_bind_template_callback (widget_class, parts_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, parts_entered_cb);
  gtk_widget_class_bind_template_callback (widget_class, state_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, comment_key_cb);
  gtk_widget_class_install_action (widget_class, "dispute.close", NULL, close_action);
  gtk_widget_class_install_action (widget_class, "dispute.hide", NULL, hide_action);
  gtk_widget_class_install_action (widget_class, "dispute.account", NULL, account_action);
  gtk_widget_class_install_action (widget_class, "dispute.comment", NULL, comment_action);
  gtk_widget_class_install_action (widget_class, "dispute.ask", NULL, ask_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "dispute.hide", NULL);
}

static void
rubis_dispute_pane_init (RubisDisputePane *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

void
rubis_dispute_pane_set_session (RubisDisputePane *self, RubisSession *session)
{
  g_return_if_fail (RUBIS_IS_DISPUTE_PANE (self));

  g_set_object (&self->session, session);
}

void
rubis_dispute_pane_flush (RubisDisputePane *self)
{
  g_return_if_fail (RUBIS_IS_DISPUTE_PANE (self));

  entered_cb (self);
}

void
rubis_dispute_pane_show (RubisDisputePane *self, gint64 id)
{
  g_return_if_fail (RUBIS_IS_DISPUTE_PANE (self));

  if (id == self->id)
    return;
  rubis_dispute_pane_flush (self);
  self->id = id;
  self->typed = FALSE;
  g_clear_object (&self->dispute);
  rubis_dispute_pane_show_problem (self, NULL);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->comment), "", -1);
  gtk_stack_set_visible_child_name (self->stack, "none");
  rubis_dispute_pane_refresh (self);
}

gint64
rubis_dispute_pane_get_id (RubisDisputePane *self)
{
  g_return_val_if_fail (RUBIS_IS_DISPUTE_PANE (self), 0);

  return self->id;
}
