#include "rubis-contested-items.h"

#include <glib/gi18n-lib.h>

#include "rubis-money-entry.h"
#include "rubis-ui.h"

/* One item. */
typedef struct
{
  gint64 item_id;
  gint64 open;
  GtkCheckButton *check; /* (unowned) */
  GtkEditable *entry;    /* (unowned) */
} Line;

struct _RubisContestedItems
{
  AdwBin parent_instance;

  GtkGrid *grid; /* (unowned) */
  GArray *lines; /* (owned) (element-type Line) */
  RubisCurrency currency;
  gboolean filling;
  gboolean touched; /* something was typed or ticked since it was entered */
};

G_DEFINE_FINAL_TYPE (RubisContestedItems, rubis_contested_items, ADW_TYPE_BIN)

enum
{
  CHANGED,
  ENTERED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static Line *
get_line (RubisContestedItems *self, guint index)
{
  return &g_array_index (self->lines, Line, index);
}

static void
enter (RubisContestedItems *self)
{
  if (!self->touched || self->filling)
    return;
  self->touched = FALSE;
  g_signal_emit (self, signals[ENTERED], 0);
}

static void
typed_cb (RubisContestedItems *self)
{
  if (self->filling)
    return;
  self->touched = TRUE;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
ticked_cb (RubisContestedItems *self, GtkCheckButton *check)
{
  for (guint i = 0; i < self->lines->len; i++)
    {
      if (get_line (self, i)->check == check)
        gtk_widget_set_sensitive (GTK_WIDGET (get_line (self, i)->entry),
                                  gtk_check_button_get_active (check));
    }
  typed_cb (self);
  enter (self);
}

static void
rubis_contested_items_finalize (GObject *object)
{
  g_array_unref (RUBIS_CONTESTED_ITEMS (object)->lines);
  G_OBJECT_CLASS (rubis_contested_items_parent_class)->finalize (object);
}

static void
rubis_contested_items_class_init (RubisContestedItemsClass *klass)
{
  static const char *const names[N_SIGNALS] = { "changed", "entered" };

  G_OBJECT_CLASS (klass)->finalize = rubis_contested_items_finalize;
  for (int i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 0);
}

static void
rubis_contested_items_init (RubisContestedItems *self)
{
  GtkWidget *grid = gtk_grid_new ();

  self->lines = g_array_new (FALSE, FALSE, sizeof (Line));
  self->grid = GTK_GRID (grid);
  gtk_grid_set_row_spacing (self->grid, 6);
  gtk_grid_set_column_spacing (self->grid, 12);
  adw_bin_set_child (ADW_BIN (self), grid);
}

GtkWidget *
rubis_contested_items_new (void)
{
  return g_object_new (RUBIS_TYPE_CONTESTED_ITEMS, NULL);
}

void
rubis_contested_items_clear (RubisContestedItems *self)
{
  GtkWidget *child;

  g_return_if_fail (RUBIS_IS_CONTESTED_ITEMS (self));

  self->filling = TRUE;
  g_array_set_size (self->lines, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))) != NULL)
    gtk_grid_remove (self->grid, child);
  self->filling = FALSE;
  self->touched = FALSE;
}

static GtkWidget *
make_texts (const RubisDisputeItem *item, RubisCurrency currency)
{
  g_autofree char *open = rubis_ui_format_amount (item->open, currency, (RubisCurrency){ "" });
  g_autofree char *due = rubis_ui_format_date (item->due_date);
  /* Translators: what is open of an item, and when it falls due. */
  g_autofree char *detail = g_strdup_printf (_ ("%s open, due %s"), open, due);
  GtkWidget *label = gtk_label_new (detail);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_tooltip_text (label, detail);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  return label;
}

static GtkWidget *
make_entry (RubisContestedItems *self, const RubisDisputeItem *item, RubisCurrency currency)
{
  GtkWidget *entry = gtk_entry_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  g_autofree char *amount = rubis_ui_format_amount (item->amount, currency, currency);
  g_autofree char *name = g_strdup_printf (_ ("Contested amount of %s"), item->number);

  gtk_editable_set_text (GTK_EDITABLE (entry), amount);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 10);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (entry), 10);
  gtk_editable_set_alignment (GTK_EDITABLE (entry), 1);
  gtk_widget_add_css_class (entry, "numeric");
  gtk_widget_set_tooltip_text (entry, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (entry, "changed", G_CALLBACK (typed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (entry, "activate", G_CALLBACK (enter), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "leave", G_CALLBACK (enter), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (entry, focus);
  return entry;
}

gboolean
rubis_contested_items_add (RubisContestedItems *self, const RubisDisputeItem *item, RubisCurrency currency,
                           gboolean ticked)
{
  Line line = { item->item_id, item->open, NULL, NULL };
  GtkWidget *check = gtk_check_button_new_with_label (item->number);
  GtkWidget *entry;
  int row = (int)self->lines->len;

  g_return_val_if_fail (RUBIS_IS_CONTESTED_ITEMS (self), FALSE);

  if (self->lines->len > 0 && !rubis_currency_equal (currency, self->currency))
    {
      g_object_ref_sink (check);
      g_object_unref (check);
      return FALSE;
    }
  self->filling = TRUE;
  self->currency = currency;
  entry = make_entry (self, item, currency);
  line.check = GTK_CHECK_BUTTON (check);
  line.entry = GTK_EDITABLE (entry);
  g_array_append_val (self->lines, line);
  gtk_check_button_set_active (line.check, ticked);
  gtk_widget_set_sensitive (entry, ticked);
  g_signal_connect_object (check, "toggled", G_CALLBACK (ticked_cb), self, G_CONNECT_SWAPPED);
  gtk_grid_attach (self->grid, check, 0, row, 1, 1);
  gtk_grid_attach (self->grid, make_texts (item, currency), 1, row, 1, 1);
  gtk_grid_attach (self->grid, entry, 2, row, 1, 1);
  self->filling = FALSE;
  return TRUE;
}

/* FALSE when it is no amount, or more than there is. */
static gboolean
read_line (RubisContestedItems *self, const Line *line, gint64 *amount, GError **error)
{
  const char *text = gtk_editable_get_text (line->entry);

  if (!rubis_money_entry_parse (text, self->currency, amount, error))
    return FALSE;
  if (*amount > 0 && *amount <= line->open)
    return TRUE;
  g_set_error (error, RUBIS_MONEY_ERROR, RUBIS_MONEY_ERROR_RANGE,
               _ ("Of %s, between nothing and what is open can be contested."),
               gtk_check_button_get_label (line->check));
  return FALSE;
}

GArray *
rubis_contested_items_read (RubisContestedItems *self, GError **error)
{
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (RubisDisputePart));

  g_return_val_if_fail (RUBIS_IS_CONTESTED_ITEMS (self), NULL);

  for (guint i = 0; i < self->lines->len; i++)
    {
      const Line *line = get_line (self, i);
      RubisDisputePart part = { .item_id = line->item_id };

      gtk_widget_remove_css_class (GTK_WIDGET (line->entry), "error");
      if (!gtk_check_button_get_active (line->check))
        continue;
      if (!read_line (self, line, &part.amount, error))
        {
          gtk_widget_add_css_class (GTK_WIDGET (line->entry), "error");
          return NULL;
        }
      g_array_append_val (parts, part);
    }
  if (parts->len > 0)
    return g_steal_pointer (&parts);
  g_set_error (error, RUBIS_MONEY_ERROR, RUBIS_MONEY_ERROR_RANGE, _ ("Tick the items that are contested."));
  return NULL;
}

char *
rubis_contested_items_describe (RubisContestedItems *self)
{
  guint n = 0;
  gint64 total = 0;
  g_autofree char *sum = NULL;

  g_return_val_if_fail (RUBIS_IS_CONTESTED_ITEMS (self), NULL);

  for (guint i = 0; i < self->lines->len; i++)
    {
      gint64 amount = 0;

      if (!gtk_check_button_get_active (get_line (self, i)->check))
        continue;
      n++;
      if (read_line (self, get_line (self, i), &amount, NULL) && !rubis_money_add (total, amount, &total))
        total = G_MAXINT64;
    }
  sum = rubis_ui_format_amount (total, self->currency, (RubisCurrency){ "" });
  return g_strdup_printf (ngettext ("%u item, %s contested", "%u items, %s contested", n), n, sum);
}

guint
rubis_contested_items_get_n_lines (RubisContestedItems *self)
{
  g_return_val_if_fail (RUBIS_IS_CONTESTED_ITEMS (self), 0);

  return self->lines->len;
}

gboolean
rubis_contested_items_get_touched (RubisContestedItems *self)
{
  g_return_val_if_fail (RUBIS_IS_CONTESTED_ITEMS (self), FALSE);

  return self->touched;
}
