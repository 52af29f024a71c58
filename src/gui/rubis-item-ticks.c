#include "rubis-item-ticks.h"

#include <glib/gi18n-lib.h>

#include "rubis-item-row.h"
#include "rubis-ui.h"

struct _RubisItemTicks
{
  GtkWidget parent_instance;

  GtkWidget *list;  /* (owned) */
  GPtrArray *ticks; /* (owned) (element-type GtkCheckButton) (unowned elements) */
  GArray *ids;      /* (owned) (element-type gint64) one a tick */
  GArray *unseen;   /* (owned) (element-type gint64) chosen beyond the list */
};

G_DEFINE_FINAL_TYPE (RubisItemTicks, rubis_item_ticks, GTK_TYPE_WIDGET)

static guint changed_signal;

static void
rubis_item_ticks_dispose (GObject *object)
{
  RubisItemTicks *self = RUBIS_ITEM_TICKS (object);

  g_clear_pointer (&self->list, gtk_widget_unparent);
  G_OBJECT_CLASS (rubis_item_ticks_parent_class)->dispose (object);
}

static void
rubis_item_ticks_finalize (GObject *object)
{
  RubisItemTicks *self = RUBIS_ITEM_TICKS (object);

  g_ptr_array_unref (self->ticks);
  g_array_unref (self->ids);
  g_array_unref (self->unseen);
  G_OBJECT_CLASS (rubis_item_ticks_parent_class)->finalize (object);
}

static void
rubis_item_ticks_class_init (RubisItemTicksClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_item_ticks_dispose;
  G_OBJECT_CLASS (klass)->finalize = rubis_item_ticks_finalize;
  changed_signal = g_signal_new ("changed", RUBIS_TYPE_ITEM_TICKS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "item-ticks");
}

static void
rubis_item_ticks_init (RubisItemTicks *self)
{
  self->ticks = g_ptr_array_new ();
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->unseen = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_widget_set_parent (self->list, GTK_WIDGET (self));
}

static void
toggled_cb (RubisItemTicks *self)
{
  g_signal_emit (self, changed_signal, 0);
}

static char *
describe (const RubisItemRow *item)
{
  g_autofree char *due = rubis_ui_format_date (item->due_date);

  if (item->due_date == RUBIS_DATE_NONE)
    return g_strdup ("");
  if (item->days_late > 0)
    return g_strdup_printf (
        ngettext ("Due on %s, %d day late", "Due on %s, %d days late", (gulong)item->days_late), due,
        item->days_late);
  return g_strdup_printf (_ ("Due on %s"), due);
}

static void
add_row (RubisItemTicks *self, RubisItemRow *item, gboolean chosen, RubisCurrency own)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *tick = gtk_check_button_new ();
  g_autofree char *amount = rubis_ui_format_amount (item->open, item->currency, own);
  g_autofree char *text = describe (item);
  GtkWidget *label = gtk_label_new (amount);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), item->number);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_set_valign (tick, GTK_ALIGN_CENTER);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (tick), chosen);
  gtk_accessible_update_property (GTK_ACCESSIBLE (tick), GTK_ACCESSIBLE_PROPERTY_LABEL, item->number, -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), tick);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), tick);
  g_signal_connect_object (tick, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
  g_ptr_array_add (self->ticks, tick);
  g_array_append_val (self->ids, item->id);
}

static gboolean
holds (const GArray *ids, gint64 id)
{
  for (guint i = 0; i < ids->len; i++)
    {
      if (g_array_index (ids, gint64, i) == id)
        return TRUE;
    }
  return FALSE;
}

void
rubis_item_ticks_set_items (RubisItemTicks *self, GPtrArray *items, GArray *chosen, RubisCurrency own)
{
  GtkWidget *row;

  g_return_if_fail (RUBIS_IS_ITEM_TICKS (self));
  g_return_if_fail (items != NULL);

  while ((row = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), row);
  g_ptr_array_set_size (self->ticks, 0);
  g_array_set_size (self->ids, 0);
  g_array_set_size (self->unseen, 0);
  for (guint i = 0; i < items->len; i++)
    {
      RubisItemRow *item = g_ptr_array_index (items, i);

      if (item->open > 0 && item->type != RUBIS_ITEM_DOWN_PAYMENT)
        add_row (self, item, chosen != NULL ? holds (chosen, item->id) : item->days_late > 0, own);
    }
  for (guint i = 0; chosen != NULL && i < chosen->len; i++)
    {
      gint64 id = g_array_index (chosen, gint64, i);

      if (!holds (self->ids, id))
        g_array_append_val (self->unseen, id);
    }
}

GArray *
rubis_item_ticks_list_ids (RubisItemTicks *self)
{
  GArray *ids;

  g_return_val_if_fail (RUBIS_IS_ITEM_TICKS (self), NULL);

  ids = g_array_copy (self->unseen);
  for (guint i = 0; i < self->ticks->len; i++)
    {
      if (gtk_check_button_get_active (g_ptr_array_index (self->ticks, i)))
        g_array_append_val (ids, g_array_index (self->ids, gint64, i));
    }
  return ids;
}
