#include "rubis-disputes-page.h"

#include <glib/gi18n-lib.h>

#include "rubis-dispute-board.h"
#include "rubis-dispute-filter-bar.h"
#include "rubis-dispute-list.h"
#include "rubis-dispute-mover.h"
#include "rubis-dispute-pane.h"
#include "rubis-dispute-stats.h"
#include "rubis-plain.h"
#include "rubis-ui.h"

/* So long a closed dispute stays on the board. */
#define BOARD_DAYS 30

struct _RubisDisputesPage
{
  AdwBin parent_instance;

  GtkToggleButton *board_button;
  GtkToggleButton *list_button;
  GtkToggleButton *statistics_button;
  RubisDisputeFilterBar *filter_bar;
  AdwFlap *flap;
  GtkStack *stack;
  RubisDisputeBoard *board;
  RubisDisputeList *list;
  RubisDisputeStats *stats;
  AdwStatusPage *empty;
  GtkWidget *empty_new;
  GtkWidget *empty_reset;
  RubisDisputePane *pane;
  GtkPopover *menu;

  RubisSession *session;     /* (owned) */
  GCancellable *cancellable; /* (owned) (nullable) of reading */
  const char *view;          /* (static) which one the user chose */
  RubisDispute *target;      /* (owned) (nullable) of the menu */
  gint64 group_id;
  gint64 account_id;
  gboolean wants_focus; /* as soon as there is something to have it */
};

G_DEFINE_FINAL_TYPE (RubisDisputesPage, rubis_disputes_page, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_SESSION,
  PROP_GROUP_ID,
  PROP_ACCOUNT_ID,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];
enum
{
  ACCOUNT_ACTIVATED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static gboolean
is_board (RubisDisputesPage *self)
{
  return g_str_equal (self->view, "board");
}

/* --- reading --- */

/* A question to the dossier, and the answer. */
typedef struct
{
  RubisDisputeFilter filter;
  char *reason; /* (owned) (nullable) these are of @filter */
  char *text;
} Question;

typedef struct
{
  GPtrArray *disputes;
  RubisDisputeLists *lists;
} Answer;

static void
question_free (gpointer data)
{
  Question *self = data;

  g_free (self->reason);
  g_free (self->text);
  g_free (self);
}

static void
answer_free (gpointer data)
{
  Answer *self = data;

  g_clear_pointer (&self->disputes, g_ptr_array_unref);
  g_clear_pointer (&self->lists, rubis_dispute_lists_free);
  g_free (self);
}

static gpointer
read_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  const Question *question = data;
  Answer *answer = g_new0 (Answer, 1);

  answer->lists = rubis_dispute_lists_load (session, error);
  if (answer->lists != NULL)
    answer->disputes = rubis_session_list_disputes (session, &question->filter, error);
  if (answer->disputes != NULL)
    return answer;
  answer_free (answer);
  return NULL;
}

static void
show_empty (RubisDisputesPage *self)
{
  gboolean narrowed = rubis_dispute_filter_bar_is_narrowed (self->filter_bar) || self->account_id != 0
                      || self->group_id != 0;

  adw_status_page_set_title (self->empty, narrowed ? _ ("No dispute here") : _ ("No dispute"));
  rubis_plain_set_description (
      self->empty,
      narrowed ? _ ("No dispute matches the filter and the accounts chosen at the left.")
               : _ ("When a customer contests an invoice, open a dispute: the contested amount leaves "
                    "reminders at once, a colleague resolves it by a day, and the outcome is kept."));
  gtk_widget_set_visible (self->empty_reset, rubis_dispute_filter_bar_is_narrowed (self->filter_bar));
}

static void
show_answer (RubisDisputesPage *self, Answer *answer)
{
  g_autoptr (GPtrArray) matching = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < answer->disputes->len; i++)
    {
      RubisDispute *dispute = answer->disputes->pdata[i];

      if (rubis_dispute_filter_bar_matches (self->filter_bar, dispute))
        g_ptr_array_add (matching, g_object_ref (dispute));
    }
  rubis_dispute_filter_bar_set_lists (self->filter_bar, answer->lists);
  rubis_dispute_list_set_lists (self->list, answer->lists);
  if (is_board (self))
    rubis_dispute_board_set_disputes (self->board, matching, rubis_session_get_currency (self->session));
  else
    rubis_dispute_list_set_disputes (self->list, matching);
  show_empty (self);
  gtk_stack_set_visible_child_name (self->stack, matching->len > 0 ? self->view : "empty");
  if (self->wants_focus)
    gtk_widget_grab_focus (gtk_stack_get_visible_child (self->stack));
  self->wants_focus = FALSE;
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisDisputesPage) self = user_data;
  g_autoptr (GError) error = NULL;
  Answer *answer = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);

  if (rubis_plain_is_abandoned (result))
    {
      g_clear_pointer (&answer, answer_free);
      return;
    }
  if (answer == NULL)
    {
      rubis_ui_show_error (GTK_WIDGET (self), _ ("The disputes cannot be listed"), error, FALSE);
      return;
    }
  if (!g_str_equal (self->view, "statistics"))
    show_answer (self, answer);
  answer_free (answer);
}

static void
load (RubisDisputesPage *self)
{
  Question *question;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (g_str_equal (self->view, "statistics"))
    {
      gtk_stack_set_visible_child_name (self->stack, self->view);
      rubis_dispute_stats_refresh (self->stats);
      return;
    }
  self->cancellable = g_cancellable_new ();
  question = g_new0 (Question, 1);
  rubis_dispute_filter_bar_get (self->filter_bar, &question->filter);
  question->reason = g_strdup (question->filter.reason);
  question->text = g_strdup (question->filter.text);
  question->filter.reason = question->reason;
  question->filter.text = question->text;
  question->filter.group_id = self->group_id;
  question->filter.account_id = self->account_id;
  if (is_board (self))
    question->filter.closed_from = rubis_session_get_today (self->session) - BOARD_DAYS;
  rubis_ui_read_async (self->session, read_work, question, question_free, answer_free, self->cancellable,
                       read_cb, g_object_ref (self));
}

void
rubis_disputes_page_refresh (RubisDisputesPage *self)
{
  g_return_if_fail (RUBIS_IS_DISPUTES_PAGE (self));

  load (self);
  rubis_dispute_pane_refresh (self->pane);
}

/* What is not seen is read when it is. */
static void
changed_cb (RubisDisputesPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    rubis_disputes_page_refresh (self);
}

static void
filter_cb (RubisDisputesPage *self)
{
  load (self);
}

/* --- views --- */

static void
view_cb (RubisDisputesPage *self, GtkToggleButton *button)
{
  const char *view = button == self->board_button  ? "board"
                     : button == self->list_button ? "list"
                                                   : "statistics";

  if (!gtk_toggle_button_get_active (button) || g_str_equal (view, self->view))
    return;
  self->view = view;
  gtk_widget_set_visible (GTK_WIDGET (self->filter_bar), button != self->statistics_button);
  rubis_dispute_filter_bar_set_states_shown (self->filter_bar, button == self->list_button);
  load (self);
}

void
rubis_disputes_page_show_view (RubisDisputesPage *self, const char *name)
{
  g_return_if_fail (RUBIS_IS_DISPUTES_PAGE (self));
  g_return_if_fail (name != NULL);

  gtk_toggle_button_set_active (g_str_equal (name, "list")         ? self->list_button
                                : g_str_equal (name, "statistics") ? self->statistics_button
                                                                   : self->board_button,
                                TRUE);
}

static void
slice_cb (RubisDisputesPage *self, const RubisDisputeSlice *slice)
{
  rubis_disputes_page_show_view (self, "list");
  rubis_dispute_filter_bar_set_slice (self->filter_bar, slice);
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

/* --- one dispute --- */

static void
picked_cb (RubisDisputesPage *self, RubisDispute *dispute)
{
  g_signal_emit (self, signals[ACCOUNT_ACTIVATED], 0, dispute->account_id);
  if (adw_flap_get_reveal_flap (self->flap))
    rubis_dispute_pane_show (self->pane, dispute->id);
}

static void
opened_cb (RubisDisputesPage *self, RubisDispute *dispute)
{
  rubis_disputes_page_show_dispute (self, dispute->id);
  gtk_widget_grab_focus (GTK_WIDGET (self->pane));
}

static void
pane_closed_cb (RubisDisputesPage *self)
{
  adw_flap_set_reveal_flap (self->flap, FALSE);
  gtk_widget_grab_focus (gtk_stack_get_visible_child (self->stack));
}

void
rubis_disputes_page_show_dispute (RubisDisputesPage *self, gint64 id)
{
  g_return_if_fail (RUBIS_IS_DISPUTES_PAGE (self));

  adw_flap_set_reveal_flap (self->flap, TRUE);
  rubis_dispute_pane_show (self->pane, id);
  if (is_board (self))
    rubis_dispute_board_select (self->board, id, FALSE);
}

/* --- moving and its menu --- */

/* Where the card of the board is seen. */
static void
find_area (RubisDisputesPage *self, GdkRectangle *area)
{
  GtkWidget *card = rubis_dispute_board_get_card (self->board);
  graphene_rect_t bounds;

  if (card != NULL && gtk_widget_compute_bounds (card, GTK_WIDGET (self), &bounds))
    *area = (GdkRectangle){ (int)(bounds.origin.x + bounds.size.width / 2), (int)bounds.origin.y, 1,
                            (int)bounds.size.height };
  else
    *area = (GdkRectangle){ gtk_widget_get_width (GTK_WIDGET (self)) / 2, 48, 1, 1 };
}

static void
moved_cb (RubisDisputesPage *self, RubisDispute *dispute, int state)
{
  GdkRectangle area;

  find_area (self, &area);
  rubis_dispute_mover_move (GTK_WIDGET (self), &area, self->session, dispute, (RubisDisputeState)state);
}

static void
menu_cb (RubisDisputesPage *self, RubisDispute *dispute)
{
  GdkRectangle area;
  gboolean open = rubis_dispute_state_is_open (dispute->state);

  g_set_object (&self->target, dispute);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "disputes.close", open);
  find_area (self, &area);
  gtk_popover_set_pointing_to (self->menu, &area);
  gtk_popover_popup (self->menu);
}

static void
move_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisDisputesPage *self = RUBIS_DISPUTES_PAGE (widget);
  RubisDisputeState state;

  if (self->target != NULL && rubis_dispute_state_from_id (g_variant_get_string (parameter, NULL), &state)
      && state != self->target->state)
    moved_cb (self, self->target, (int)state);
}

static void
close_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisDisputesPage *self = RUBIS_DISPUTES_PAGE (widget);

  if (self->target != NULL)
    moved_cb (self, self->target, RUBIS_DISPUTE_FOUNDED);
}

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisDisputesPage *self = RUBIS_DISPUTES_PAGE (widget);

  if (self->target != NULL)
    opened_cb (self, self->target);
}

static void
new_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisDisputesPage *self = RUBIS_DISPUTES_PAGE (widget);
  GVariant *none = g_variant_new_array (G_VARIANT_TYPE_INT64, NULL, 0);

  gtk_widget_activate_action (widget, "win.new-dispute", "(x@ax)", self->account_id, none);
}

static void
reset_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rubis_dispute_filter_bar_reset (RUBIS_DISPUTES_PAGE (widget)->filter_bar);
}

static void
view_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rubis_disputes_page_show_view (RUBIS_DISPUTES_PAGE (widget), g_variant_get_string (parameter, NULL));
}

void
rubis_disputes_page_find (RubisDisputesPage *self)
{
  g_return_if_fail (RUBIS_IS_DISPUTES_PAGE (self));

  if (g_str_equal (self->view, "statistics"))
    rubis_disputes_page_show_view (self, "list");
  rubis_dispute_filter_bar_focus_text (self->filter_bar);
}

void
rubis_disputes_page_flush (RubisDisputesPage *self)
{
  g_return_if_fail (RUBIS_IS_DISPUTES_PAGE (self));

  rubis_dispute_pane_flush (self->pane);
}

/* --- the widget --- */

static gboolean
rubis_disputes_page_grab_focus (GtkWidget *widget)
{
  RubisDisputesPage *self = RUBIS_DISPUTES_PAGE (widget);

  self->wants_focus = g_str_equal (gtk_stack_get_visible_child_name (self->stack), "loading");
  return self->wants_focus || gtk_widget_grab_focus (gtk_stack_get_visible_child (self->stack));
}

static void
rubis_disputes_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RubisDisputesPage *self = RUBIS_DISPUTES_PAGE (object);

  if (id == PROP_SESSION)
    g_value_set_object (value, self->session);
  else if (id == PROP_GROUP_ID)
    g_value_set_int64 (value, self->group_id);
  else if (id == PROP_ACCOUNT_ID)
    g_value_set_int64 (value, self->account_id);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
set_scope (RubisDisputesPage *self, gint64 *field, gint64 id)
{
  if (*field == id)
    return;
  *field = id;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    load (self);
}

static void
rubis_disputes_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RubisDisputesPage *self = RUBIS_DISPUTES_PAGE (object);

  if (id == PROP_SESSION)
    self->session = g_value_dup_object (value);
  else if (id == PROP_GROUP_ID)
    set_scope (self, &self->group_id, g_value_get_int64 (value));
  else if (id == PROP_ACCOUNT_ID)
    set_scope (self, &self->account_id, g_value_get_int64 (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
rubis_disputes_page_constructed (GObject *object)
{
  RubisDisputesPage *self = RUBIS_DISPUTES_PAGE (object);

  G_OBJECT_CLASS (rubis_disputes_page_parent_class)->constructed (object);
  rubis_dispute_filter_bar_set_session (self->filter_bar, self->session);
  rubis_dispute_list_set_session (self->list, self->session);
  rubis_dispute_stats_set_session (self->stats, self->session);
  rubis_dispute_pane_set_session (self->pane, self->session);
  g_signal_connect_object (self->session, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
}

static void
rubis_disputes_page_dispose (GObject *object)
{
  RubisDisputesPage *self = RUBIS_DISPUTES_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  if (self->menu != NULL)
    gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->menu)));
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), RUBIS_TYPE_DISPUTES_PAGE);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->target);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (rubis_disputes_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, RubisDisputesPage, board_button);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputesPage, list_button);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputesPage, statistics_button);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputesPage, filter_bar);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputesPage, flap);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputesPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputesPage, board);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputesPage, list);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputesPage, stats);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputesPage, empty);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputesPage, empty_new);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputesPage, empty_reset);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputesPage, pane);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputesPage, menu);
  gtk_widget_class_bind_template_callback (widget_class, view_cb);
  gtk_widget_class_bind_template_callback (widget_class, filter_cb);
  gtk_widget_class_bind_template_callback (widget_class, picked_cb);
  gtk_widget_class_bind_template_callback (widget_class, opened_cb);
  gtk_widget_class_bind_template_callback (widget_class, moved_cb);
  gtk_widget_class_bind_template_callback (widget_class, menu_cb);
  gtk_widget_class_bind_template_callback (widget_class, slice_cb);
  gtk_widget_class_bind_template_callback (widget_class, pane_closed_cb);
  gtk_widget_class_bind_template_callback (widget_class, rubis_disputes_page_refresh);
}

static void
rubis_disputes_page_class_init (RubisDisputesPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = rubis_disputes_page_get_property;
  object_class->set_property = rubis_disputes_page_set_property;
  object_class->constructed = rubis_disputes_page_constructed;
  object_class->dispose = rubis_disputes_page_dispose;
  widget_class->grab_focus = rubis_disputes_page_grab_focus;
  properties[PROP_SESSION]
      = g_param_spec_object ("session", NULL, NULL, RUBIS_TYPE_SESSION,
                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_GROUP_ID] = g_param_spec_int64 ("group-id", NULL, NULL, 0, G_MAXINT64, 0,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ACCOUNT_ID] = g_param_spec_int64 ("account-id", NULL, NULL, 0, G_MAXINT64, 0,
                                                    G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[ACCOUNT_ACTIVATED]
      = g_signal_new ("account-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 1, G_TYPE_INT64);
  g_type_ensure (RUBIS_TYPE_DISPUTE_BOARD);
  g_type_ensure (RUBIS_TYPE_DISPUTE_FILTER_BAR);
  g_type_ensure (RUBIS_TYPE_DISPUTE_LIST);
  g_type_ensure (RUBIS_TYPE_DISPUTE_PANE);
  g_type_ensure (RUBIS_TYPE_DISPUTE_STATS);
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-disputes-page.ui");
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "disputes.move", "s", move_action);
  gtk_widget_class_install_action (widget_class, "disputes.close", NULL, close_action);
  gtk_widget_class_install_action (widget_class, "disputes.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "disputes.new", NULL, new_action);
  gtk_widget_class_install_action (widget_class, "disputes.reset", NULL, reset_action);
  gtk_widget_class_install_action (widget_class, "disputes.view", "s", view_action);
}

static void
rubis_disputes_page_init (RubisDisputesPage *self)
{
  self->view = "board";
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->menu), GTK_WIDGET (self));
}

GtkWidget *
rubis_disputes_page_new (RubisSession *session)
{
  g_return_val_if_fail (RUBIS_IS_SESSION (session), NULL);

  return g_object_new (RUBIS_TYPE_DISPUTES_PAGE, "session", session, NULL);
}
