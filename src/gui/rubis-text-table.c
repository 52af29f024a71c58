#include "rubis-text-table.h"

/* One line: its texts. */
#define RUBIS_TYPE_TEXT_LINE (rubis_text_line_get_type ())
G_DECLARE_FINAL_TYPE (RubisTextLine, rubis_text_line, RUBIS, TEXT_LINE, GObject)

struct _RubisTextLine {
  GObject parent_instance;

  GStrv cells;
};

G_DEFINE_FINAL_TYPE (RubisTextLine, rubis_text_line, G_TYPE_OBJECT)

struct _RubisTextTable {
  AdwBin parent_instance;

  GtkColumnView *view;
  GListStore *lines;    /* (owned) (element-type RubisTextLine) */
  guint n_columns;
};

G_DEFINE_FINAL_TYPE (RubisTextTable, rubis_text_table, ADW_TYPE_BIN)

static void
rubis_text_line_finalize (GObject *object)
{
  g_strfreev (RUBIS_TEXT_LINE (object)->cells);
  G_OBJECT_CLASS (rubis_text_line_parent_class)->finalize (object);
}

static void
rubis_text_line_class_init (RubisTextLineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rubis_text_line_finalize;
}

static void
rubis_text_line_init (RubisTextLine *self)
{
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer numeric)
{
  GtkWidget *cell = gtk_inscription_new (NULL);

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (cell), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_xalign (GTK_INSCRIPTION (cell), GPOINTER_TO_INT (numeric) ? 1 : 0);
  if (GPOINTER_TO_INT (numeric))
    gtk_widget_add_css_class (cell, "numeric");
  gtk_list_item_set_child (item, cell);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer column)
{
  RubisTextLine *line = gtk_list_item_get_item (item);
  GtkWidget *cell = gtk_list_item_get_child (item);
  const char *text = line->cells[GPOINTER_TO_UINT (column)];

  gtk_inscription_set_text (GTK_INSCRIPTION (cell), text);
  gtk_widget_set_tooltip_text (cell, text);
}

/* Puts the last column's title over its figures: GTK has no call for it. */
static void
align_title (RubisTextTable *self)
{
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (self->view));
  GtkWidget *title = header != NULL ? gtk_widget_get_last_child (header) : NULL;
  GtkWidget *box = title != NULL ? gtk_widget_get_first_child (title) : NULL;

  if (box != NULL)
    gtk_widget_set_halign (box, GTK_ALIGN_END);
}

static void
rubis_text_table_dispose (GObject *object)
{
  g_clear_object (&RUBIS_TEXT_TABLE (object)->lines);
  G_OBJECT_CLASS (rubis_text_table_parent_class)->dispose (object);
}

static void
rubis_text_table_class_init (RubisTextTableClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rubis_text_table_dispose;
}

static void
rubis_text_table_init (RubisTextTable *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkSingleSelection *selection;

  self->lines = g_list_store_new (RUBIS_TYPE_TEXT_LINE);
  selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->lines)));
  gtk_single_selection_set_autoselect (selection, FALSE);
  gtk_single_selection_set_can_unselect (selection, TRUE);
  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (GTK_SELECTION_MODEL (selection)));
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "data-table");
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->view));
  gtk_widget_set_vexpand (scroller, TRUE);
  adw_bin_set_child (ADW_BIN (self), scroller);
}

void
rubis_text_table_set_columns (RubisTextTable *self, const RubisTextColumn *columns, guint n_columns,
                              const char *accessible_name)
{
  g_return_if_fail (RUBIS_IS_TEXT_TABLE (self));
  g_return_if_fail (self->n_columns == 0);

  self->n_columns = n_columns;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, accessible_name, -1);
  /* The rows lie in a list within the view, which is what the keyboard meets. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_last_child (GTK_WIDGET (self->view))),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, accessible_name, -1);
  for (guint i = 0; i < n_columns; i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      GtkColumnViewColumn *column = gtk_column_view_column_new (columns[i].title, factory);

      g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), GINT_TO_POINTER (columns[i].numeric));
      g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), GUINT_TO_POINTER (i));
      if (columns[i].width > 0)
        gtk_column_view_column_set_fixed_width (column, columns[i].width);
      else
        gtk_column_view_column_set_expand (column, TRUE);
      gtk_column_view_column_set_resizable (column, TRUE);
      gtk_column_view_append_column (self->view, column);
      if (columns[i].numeric)
        align_title (self);
      g_object_unref (column);
    }
}

void
rubis_text_table_set_rows (RubisTextTable *self, GPtrArray *rows)
{
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_if_fail (RUBIS_IS_TEXT_TABLE (self));
  g_return_if_fail (rows != NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      RubisTextLine *line = g_object_new (RUBIS_TYPE_TEXT_LINE, NULL);

      line->cells = g_strdupv (rows->pdata[i]);
      g_assert (g_strv_length (line->cells) == self->n_columns);
      g_ptr_array_add (lines, line);
    }
  g_list_store_splice (self->lines, 0, g_list_model_get_n_items (G_LIST_MODEL (self->lines)), lines->pdata,
                       lines->len);
}
