#include "rubis-dispute-column.h"

#include <glib/gi18n-lib.h>

#include "rubis-dispute-card.h"
#include "rubis-sums.h"
#include "rubis-ui.h"

/* More cards than this are counted: the list has them all. */
#define MAX_CARDS 60

struct _RubisDisputeColumn
{
  AdwBin parent_instance;

  GtkLabel *count; /* (unowned) as the others */
  GtkLabel *sum;
  GtkListBox *cards;
  GtkLabel *more;

  gboolean filling;
};

G_DEFINE_FINAL_TYPE (RubisDisputeColumn, rubis_dispute_column, ADW_TYPE_BIN)

enum
{
  PICKED,
  OPENED,
  DROPPED,
  MENU,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static RubisDispute *
get_dispute (GtkListBoxRow *row)
{
  return row != NULL ? rubis_dispute_card_get_dispute (RUBIS_DISPUTE_CARD (row)) : NULL;
}

static void
selected_cb (RubisDisputeColumn *self, GtkListBoxRow *row)
{
  if (row != NULL && !self->filling)
    g_signal_emit (self, signals[PICKED], 0, get_dispute (row));
}

static void
activated_cb (RubisDisputeColumn *self, GtkListBoxRow *row)
{
  g_signal_emit (self, signals[OPENED], 0, get_dispute (row));
}

static gboolean
is_here (RubisDisputeColumn *self, RubisDispute *dispute)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->cards, i)) != NULL; i++)
    {
      if (get_dispute (row)->id == dispute->id)
        return TRUE;
    }
  return FALSE;
}

static gboolean
drop_cb (RubisDisputeColumn *self, const GValue *value)
{
  RubisDispute *dispute = g_value_get_object (value);

  if (dispute == NULL || is_here (self, dispute))
    return FALSE;
  g_signal_emit (self, signals[DROPPED], 0, dispute);
  return TRUE;
}

static void
right_click_cb (RubisDisputeColumn *self, int n_press, double x, double y, GtkGesture *gesture)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_y (self->cards, (int)y);

  if (row == NULL)
    return;
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_list_box_select_row (self->cards, row);
  g_signal_emit (self, signals[MENU], 0, get_dispute (row));
}

static void
rubis_dispute_column_class_init (RubisDisputeColumnClass *klass)
{
  static const char *const names[N_SIGNALS] = { "picked", "opened", "dropped", "menu" };

  for (int i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 1, RUBIS_TYPE_DISPUTE);
}

static void
rubis_dispute_column_init (RubisDisputeColumn *self)
{
}

static GtkWidget *
make_head (RubisDisputeColumn *self, const char *title, const char *hint)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (title);
  GtkWidget *count = gtk_label_new (NULL);
  GtkWidget *sum = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_add_css_class (count, "today-count");
  gtk_label_set_xalign (GTK_LABEL (sum), 0);
  gtk_label_set_ellipsize (GTK_LABEL (sum), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (sum, "numeric");
  gtk_widget_add_css_class (sum, "caption");
  gtk_widget_add_css_class (sum, "dim-label");
  gtk_widget_set_tooltip_text (line, hint);
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), count);
  gtk_box_append (GTK_BOX (head), line);
  gtk_box_append (GTK_BOX (head), sum);
  gtk_widget_add_css_class (head, "dispute-head");
  self->count = GTK_LABEL (count);
  self->sum = GTK_LABEL (sum);
  return head;
}

static GtkWidget *
make_cards (RubisDisputeColumn *self, const char *title)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *cards = gtk_list_box_new ();
  GtkWidget *none = gtk_label_new (_ ("None here"));
  GtkWidget *more = gtk_label_new (NULL);
  GtkGesture *click = gtk_gesture_click_new ();

  self->cards = GTK_LIST_BOX (cards);
  self->more = GTK_LABEL (more);
  gtk_list_box_set_activate_on_single_click (self->cards, FALSE);
  gtk_widget_add_css_class (none, "dim-label");
  gtk_widget_add_css_class (none, "dispute-none");
  gtk_list_box_set_placeholder (self->cards, none);
  gtk_widget_add_css_class (cards, "dispute-cards");
  gtk_accessible_update_property (GTK_ACCESSIBLE (cards), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_signal_connect_object (cards, "row-selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (cards, "row-activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (click, "pressed", G_CALLBACK (right_click_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (cards, GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_css_class (more, "caption");
  gtk_widget_add_css_class (more, "dim-label");
  gtk_widget_set_visible (more, FALSE);
  gtk_box_append (GTK_BOX (box), cards);
  gtk_box_append (GTK_BOX (box), more);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), box);
  gtk_widget_set_vexpand (scrolled, TRUE);
  return scrolled;
}

GtkWidget *
rubis_dispute_column_new (const char *title, const char *hint)
{
  RubisDisputeColumn *self;
  GtkWidget *box;
  GtkDropTarget *target;

  g_return_val_if_fail (title != NULL, NULL);

  self = g_object_new (RUBIS_TYPE_DISPUTE_COLUMN, "css-name", "disputecolumn", NULL);
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (box), make_head (self, title, hint));
  gtk_box_append (GTK_BOX (box), make_cards (self, title));
  adw_bin_set_child (ADW_BIN (self), box);
  target = gtk_drop_target_new (RUBIS_TYPE_DISPUTE, GDK_ACTION_MOVE);
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  return GTK_WIDGET (self);
}

void
rubis_dispute_column_set_disputes (RubisDisputeColumn *self, GPtrArray *disputes, RubisCurrency own)
{
  g_autoptr (GArray) sums = rubis_sums_new ();
  g_autofree char *count = NULL;
  g_autofree char *sum = NULL;
  GtkListBoxRow *row;

  g_return_if_fail (RUBIS_IS_DISPUTE_COLUMN (self));
  g_return_if_fail (disputes != NULL);

  self->filling = TRUE;
  while ((row = gtk_list_box_get_row_at_index (self->cards, 0)) != NULL)
    gtk_list_box_remove (self->cards, GTK_WIDGET (row));
  for (guint i = 0; i < disputes->len; i++)
    {
      RubisDispute *dispute = disputes->pdata[i];

      rubis_sums_add (sums, dispute->currency, dispute->amount);
      if (i < MAX_CARDS)
        gtk_list_box_append (self->cards, rubis_dispute_card_new (dispute, own));
    }
  self->filling = FALSE;
  count = rubis_ui_format_count (disputes->len);
  sum = rubis_sums_to_text (sums);
  gtk_label_set_label (self->count, count);
  gtk_label_set_label (self->sum, sum);
  gtk_widget_set_visible (GTK_WIDGET (self->more), disputes->len > MAX_CARDS);
  if (disputes->len > MAX_CARDS)
    {
      g_autofree char *more = g_strdup_printf (
          ngettext ("and %u more", "and %u more", disputes->len - MAX_CARDS), disputes->len - MAX_CARDS);

      gtk_label_set_label (self->more, more);
    }
}

RubisDispute *
rubis_dispute_column_get_selected (RubisDisputeColumn *self)
{
  g_return_val_if_fail (RUBIS_IS_DISPUTE_COLUMN (self), NULL);

  return get_dispute (gtk_list_box_get_selected_row (self->cards));
}

GtkWidget *
rubis_dispute_column_get_card (RubisDisputeColumn *self)
{
  g_return_val_if_fail (RUBIS_IS_DISPUTE_COLUMN (self), NULL);

  return GTK_WIDGET (gtk_list_box_get_selected_row (self->cards));
}

gboolean
rubis_dispute_column_select (RubisDisputeColumn *self, gint64 id, gboolean focus)
{
  GtkListBoxRow *row;

  g_return_val_if_fail (RUBIS_IS_DISPUTE_COLUMN (self), FALSE);

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->cards, i)) != NULL; i++)
    {
      if (get_dispute (row)->id != id)
        continue;
      gtk_list_box_select_row (self->cards, row);
      if (focus)
        gtk_widget_grab_focus (GTK_WIDGET (row));
      return TRUE;
    }
  return FALSE;
}

gboolean
rubis_dispute_column_focus_near (RubisDisputeColumn *self, guint index)
{
  GtkListBoxRow *row = NULL;

  g_return_val_if_fail (RUBIS_IS_DISPUTE_COLUMN (self), FALSE);

  for (int i = (int)index; row == NULL && i >= 0; i--)
    row = gtk_list_box_get_row_at_index (self->cards, i);
  if (row == NULL)
    return FALSE;
  gtk_list_box_select_row (self->cards, row);
  return gtk_widget_grab_focus (GTK_WIDGET (row));
}

int
rubis_dispute_column_get_index (RubisDisputeColumn *self)
{
  GtkListBoxRow *row;

  g_return_val_if_fail (RUBIS_IS_DISPUTE_COLUMN (self), -1);

  row = gtk_list_box_get_selected_row (self->cards);
  return row != NULL ? gtk_list_box_row_get_index (row) : -1;
}

void
rubis_dispute_column_unselect (RubisDisputeColumn *self)
{
  g_return_if_fail (RUBIS_IS_DISPUTE_COLUMN (self));

  gtk_list_box_unselect_all (self->cards);
}
