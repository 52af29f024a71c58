#include "rubis-dispute-board.h"

#include <glib/gi18n-lib.h>

#include "rubis-dispute-column.h"

#define N_COLUMNS 4
#define CLOSED (N_COLUMNS - 1)

struct _RubisDisputeBoard
{
  AdwBin parent_instance;

  RubisDisputeColumn *columns[N_COLUMNS]; /* (unowned) */
  gint64 selected_id;
  gboolean filling; /* what is selected is not the user's doing */
};

G_DEFINE_FINAL_TYPE (RubisDisputeBoard, rubis_dispute_board, ADW_TYPE_BIN)

enum
{
  PICKED,
  OPENED,
  MOVED,
  MENU,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* What the columns are for, in the order of the states: every end is in the last one. */
static const char *const hints[N_COLUMNS] = {
  N_ ("Nobody has looked into it yet"),
  N_ ("With the colleague who resolves it"),
  N_ ("Founded: the credit note, when imported, closes it"),
  N_ ("Founded, unfounded or abandoned, in the last 30 days"),
};

static int
find_column (RubisDisputeState state)
{
  return MIN ((int)state, CLOSED);
}

static int
find_selected_column (RubisDisputeBoard *self)
{
  for (int i = 0; i < N_COLUMNS; i++)
    {
      if (rubis_dispute_column_get_selected (self->columns[i]) != NULL)
        return i;
    }
  return -1;
}

static void
picked_cb (RubisDisputeBoard *self, RubisDispute *dispute, RubisDisputeColumn *column)
{
  for (int i = 0; i < N_COLUMNS; i++)
    {
      if (self->columns[i] != column)
        rubis_dispute_column_unselect (self->columns[i]);
    }
  self->selected_id = dispute->id;
  if (!self->filling)
    g_signal_emit (self, signals[PICKED], 0, dispute);
}

static void
opened_cb (RubisDisputeBoard *self, RubisDispute *dispute)
{
  g_signal_emit (self, signals[OPENED], 0, dispute);
}

static void
menu_cb (RubisDisputeBoard *self, RubisDispute *dispute)
{
  g_signal_emit (self, signals[MENU], 0, dispute);
}

static void
ask_move (RubisDisputeBoard *self, RubisDispute *dispute, int column)
{
  if (column < 0 || column >= N_COLUMNS || column == find_column (dispute->state))
    return;
  rubis_dispute_board_select (self, dispute->id, TRUE);
  g_signal_emit (self, signals[MOVED], 0, dispute, column);
}

static void
dropped_cb (RubisDisputeBoard *self, RubisDispute *dispute, RubisDisputeColumn *column)
{
  for (int i = 0; i < N_COLUMNS; i++)
    {
      if (self->columns[i] == column)
        ask_move (self, dispute, i);
    }
}

/* --- keys --- */

static gboolean
step_cb (GtkWidget *widget, GVariant *way, gpointer data)
{
  RubisDisputeBoard *self = RUBIS_DISPUTE_BOARD (widget);
  int from = find_selected_column (self);
  int step = g_variant_get_int32 (way);
  guint index = from >= 0 ? (guint)MAX (0, rubis_dispute_column_get_index (self->columns[from])) : 0;

  /* Past empty columns. */
  for (int i = from + step; i >= 0 && i < N_COLUMNS; i += step)
    {
      if (rubis_dispute_column_focus_near (self->columns[i], index))
        return TRUE;
    }
  return TRUE;
}

static gboolean
move_cb (GtkWidget *widget, GVariant *way, gpointer data)
{
  RubisDisputeBoard *self = RUBIS_DISPUTE_BOARD (widget);
  RubisDispute *dispute = rubis_dispute_board_get_selected (self);

  if (dispute != NULL)
    ask_move (self, dispute, find_column (dispute->state) + g_variant_get_int32 (way));
  return TRUE;
}

static gboolean
menu_key_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  RubisDispute *dispute = rubis_dispute_board_get_selected (RUBIS_DISPUTE_BOARD (widget));

  if (dispute != NULL)
    g_signal_emit (widget, signals[MENU], 0, dispute);
  return TRUE;
}

/* Before the scrolled windows, which would scroll. */
static void
add_keys (RubisDisputeBoard *self)
{
  static const struct
  {
    guint key;
    GdkModifierType modifiers;
    GtkShortcutFunc func;
    int way;
  } keys[] = {
    { GDK_KEY_Left, 0, step_cb, -1 },
    { GDK_KEY_Right, 0, step_cb, 1 },
    { GDK_KEY_Left, GDK_CONTROL_MASK, move_cb, -1 },
    { GDK_KEY_Right, GDK_CONTROL_MASK, move_cb, 1 },
    { GDK_KEY_m, 0, menu_key_cb, 0 },
    { GDK_KEY_Menu, 0, menu_key_cb, 0 },
    { GDK_KEY_F10, GDK_SHIFT_MASK, menu_key_cb, 0 },
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      GtkShortcut *shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (keys[i].key, keys[i].modifiers),
                                                gtk_callback_action_new (keys[i].func, NULL, NULL));

      gtk_shortcut_set_arguments (shortcut, g_variant_new_int32 (keys[i].way));
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
    }
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static gboolean
rubis_dispute_board_grab_focus (GtkWidget *widget)
{
  RubisDisputeBoard *self = RUBIS_DISPUTE_BOARD (widget);

  if (self->selected_id != 0 && rubis_dispute_board_select (self, self->selected_id, TRUE))
    return TRUE;
  for (int i = 0; i < N_COLUMNS; i++)
    {
      if (rubis_dispute_column_focus_near (self->columns[i], 0))
        return TRUE;
    }
  return gtk_widget_child_focus (widget, GTK_DIR_TAB_FORWARD);
}

static void
rubis_dispute_board_class_init (RubisDisputeBoardClass *klass)
{
  static const char *const names[N_SIGNALS] = { "picked", "opened", "moved", "menu" };

  GTK_WIDGET_CLASS (klass)->grab_focus = rubis_dispute_board_grab_focus;
  for (int i = 0; i < N_SIGNALS; i++)
    {
      if (i == MOVED)
        signals[i] = g_signal_new (names[i], G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 2, RUBIS_TYPE_DISPUTE, G_TYPE_INT);
      else
        signals[i] = g_signal_new (names[i], G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, RUBIS_TYPE_DISPUTE);
    }
}

static void
rubis_dispute_board_init (RubisDisputeBoard *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  gtk_box_set_homogeneous (GTK_BOX (box), TRUE);
  gtk_widget_add_css_class (box, "dispute-board");
  for (int i = 0; i < N_COLUMNS; i++)
    {
      GtkWidget *column = rubis_dispute_column_new (
          i == CLOSED ? C_ ("disputes", "Closed") : rubis_dispute_state_to_label ((RubisDisputeState)i),
          _ (hints[i]));

      self->columns[i] = RUBIS_DISPUTE_COLUMN (column);
      gtk_widget_set_size_request (column, 150, -1);
      g_signal_connect_object (column, "picked", G_CALLBACK (picked_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (column, "opened", G_CALLBACK (opened_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (column, "dropped", G_CALLBACK (dropped_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (column, "menu", G_CALLBACK (menu_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (box), column);
    }
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_AUTOMATIC, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), box);
  adw_bin_set_child (ADW_BIN (self), scrolled);
  add_keys (self);
}

GtkWidget *
rubis_dispute_board_new (void)
{
  return g_object_new (RUBIS_TYPE_DISPUTE_BOARD, NULL);
}

void
rubis_dispute_board_set_disputes (RubisDisputeBoard *self, GPtrArray *disputes, RubisCurrency own)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean focused = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self));

  g_return_if_fail (RUBIS_IS_DISPUTE_BOARD (self));
  g_return_if_fail (disputes != NULL);

  for (int i = 0; i < N_COLUMNS; i++)
    {
      g_autoptr (GPtrArray) of_column = g_ptr_array_new ();

      for (guint n = 0; n < disputes->len; n++)
        {
          RubisDispute *dispute = disputes->pdata[n];

          if (find_column (dispute->state) == i)
            g_ptr_array_add (of_column, dispute);
        }
      rubis_dispute_column_set_disputes (self->columns[i], of_column, own);
    }
  self->filling = TRUE;
  if (self->selected_id != 0 && !rubis_dispute_board_select (self, self->selected_id, focused))
    self->selected_id = 0;
  self->filling = FALSE;
}

RubisDispute *
rubis_dispute_board_get_selected (RubisDisputeBoard *self)
{
  int column;

  g_return_val_if_fail (RUBIS_IS_DISPUTE_BOARD (self), NULL);

  column = find_selected_column (self);
  return column >= 0 ? rubis_dispute_column_get_selected (self->columns[column]) : NULL;
}

gboolean
rubis_dispute_board_select (RubisDisputeBoard *self, gint64 id, gboolean focus)
{
  g_return_val_if_fail (RUBIS_IS_DISPUTE_BOARD (self), FALSE);

  for (int i = 0; i < N_COLUMNS; i++)
    {
      if (rubis_dispute_column_select (self->columns[i], id, focus))
        return TRUE;
    }
  /* It may be among those that are being read. */
  self->selected_id = id;
  return FALSE;
}

GtkWidget *
rubis_dispute_board_get_card (RubisDisputeBoard *self)
{
  int column;

  g_return_val_if_fail (RUBIS_IS_DISPUTE_BOARD (self), NULL);

  column = find_selected_column (self);
  return column >= 0 ? rubis_dispute_column_get_card (self->columns[column]) : NULL;
}
