/* Scroll position and focus of the invoice grid, kept by row id when the list is replaced. */
#include "rubis-invoice-grid-private.h"

static GtkAdjustment *
get_adjustment (RubisInvoiceGrid *self)
{
  return gtk_scrolled_window_get_vadjustment (self->scrolled);
}

static double
get_row_height (RubisInvoiceGrid *self)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->list));

  return n_items == 0 ? 0 : gtk_adjustment_get_upper (get_adjustment (self)) / n_items;
}

static void
scrolled_cb (RubisInvoiceGrid *self)
{
  double height = get_row_height (self);

  /* While an old position is being brought back, the view's own movements say nothing. */
  if (height <= 0 || (self->settle_tick != 0 && !self->settle_anew))
    return;
  self->top_id = rubis_item_list_get_id (self->list,
                                         (guint) (gtk_adjustment_get_value (get_adjustment (self)) / height));
}

/* Runs before the view hears of the replacement. */
static void
before_replaced_cb (RubisInvoiceGrid *self)
{
  if (self->settle_tick == 0 || self->settle_anew)
    self->restore_id = self->top_id;
  self->had_focus = self->had_focus || gtk_widget_get_focus_child (GTK_WIDGET (self->view)) != NULL;
}

void
rubis_invoice_grid_watch_scrolling (RubisInvoiceGrid *self)
{
  g_signal_connect_object (get_adjustment (self), "value-changed", G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "items-changed", G_CALLBACK (before_replaced_cb), self, G_CONNECT_SWAPPED);
}

static void
scroll_to (RubisInvoiceGrid *self, guint position)
{
  /* The list inside the column view knows how to; the view has no function for it before GTK 4.12. */
  gtk_widget_activate_action (gtk_widget_get_last_child (GTK_WIDGET (self->view)), "list.scroll-to-item", "u",
                              position);
}

static void
restore_top (RubisInvoiceGrid *self)
{
  guint position = rubis_item_list_find (self->list, self->restore_id);

  if (position != G_MAXUINT)
    gtk_adjustment_set_value (get_adjustment (self), position * get_row_height (self));
}

static gboolean
is_in_sight (RubisInvoiceGrid *self, guint position)
{
  double top = position * get_row_height (self);
  double value = gtk_adjustment_get_value (get_adjustment (self));

  return top >= value && top + get_row_height (self) <= value + gtk_adjustment_get_page_size (get_adjustment (self));
}

/* The view lays its new rows out in the frame after the replacement; only then can it be scrolled. */
static gboolean
settle_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  RubisInvoiceGrid *self = RUBIS_INVOICE_GRID (widget);
  guint current = rubis_grid_selection_get_current_position (self->selection);

  switch (self->settle_step++)
    {
    case 0:
      return G_SOURCE_CONTINUE;
    case 1:
      if (!self->settle_anew)
        restore_top (self);
      return G_SOURCE_CONTINUE;
    default:
      break;
    }
  if (current != GTK_INVALID_LIST_POSITION && (self->settle_anew || is_in_sight (self, current)))
    scroll_to (self, current);
  if (self->had_focus)
    gtk_widget_grab_focus (GTK_WIDGET (self->view));
  self->had_focus = FALSE;
  self->settle_tick = 0;
  scrolled_cb (self);
  return G_SOURCE_REMOVE;
}

void
rubis_invoice_grid_settle (RubisInvoiceGrid *self)
{
  self->settle_anew = self->reorder;
  self->reorder = FALSE;
  self->settle_step = 0;
  if (self->settle_tick == 0)
    self->settle_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), settle_cb, NULL, NULL);
}

void
rubis_invoice_grid_stop_settling (RubisInvoiceGrid *self)
{
  if (self->settle_tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->settle_tick);
  self->settle_tick = 0;
}

/* Takes off what may hide the line: first the filters that were narrowed, then that of the open items. FALSE when
 * nothing is left.
 */
static gboolean
widen (RubisInvoiceGrid *self)
{
  self->wanted_step++;
  if (self->wanted_step == 1 && rubis_filter_bar_is_narrowed (self->filter_bar))
    {
      rubis_filter_bar_reset (self->filter_bar);
      return TRUE;
    }
  if (self->wanted_step > 2)
    return FALSE;
  self->wanted_step = 2;
  g_object_set (self->filter_bar, "state", "all", NULL);
  return TRUE;
}

void
rubis_invoice_grid_seek (RubisInvoiceGrid *self)
{
  guint position = self->wanted_id != 0 ? rubis_item_list_find (self->list, self->wanted_id) : G_MAXUINT;

  if (self->wanted_id == 0)
    return;
  if (position == G_MAXUINT)
    {
      /* What is on its way may have it. */
      if (!rubis_item_list_get_loading (self->list) && !widen (self))
        self->wanted_id = 0;
      return;
    }
  self->wanted_id = 0;
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
  self->reorder = TRUE;
  self->had_focus = TRUE;
  rubis_invoice_grid_settle (self);
}

void
rubis_invoice_grid_show_item (RubisInvoiceGrid *self, gint64 item_id)
{
  g_return_if_fail (RUBIS_IS_INVOICE_GRID (self));

  self->wanted_id = item_id;
  self->wanted_step = 0;
  rubis_invoice_grid_seek (self);
}
