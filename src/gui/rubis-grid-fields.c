#include "rubis-grid-fields.h"

#include "rubis-item-row.h"

#define PREFERENCES_GROUP "invoice-columns"
#define WIDTH 120

/* What a factory needs to fill its cells. */
typedef struct
{
  gint64 field_id;
  gboolean number;
} CellContext;

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, CellContext *context)
{
  GtkWidget *cell = g_object_new (GTK_TYPE_INSCRIPTION, "xalign", context->number ? 1.0 : 0.0,
                                  "text-overflow", GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END, "valign",
                                  GTK_ALIGN_CENTER, "min-lines", 1, "nat-lines", 1, NULL);

  if (context->number)
    gtk_widget_add_css_class (cell, "numeric");
  g_object_set_data (G_OBJECT (cell), "rubis-list-item", item);
  gtk_list_item_set_child (item, cell);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, CellContext *context)
{
  GtkWidget *cell = gtk_list_item_get_child (item);
  const char *text = rubis_item_row_get_value (gtk_list_item_get_item (item), context->field_id);

  gtk_inscription_set_text (GTK_INSCRIPTION (cell), text);
  /* A long text is cut in its cell. */
  gtk_widget_set_tooltip_text (cell, *text != '\0' ? text : NULL);
}

static void
free_context (gpointer data, GClosure *closure)
{
  g_free (data);
}

static GtkListItemFactory *
make_factory (const RubisCustomField *field)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  CellContext *context = g_new0 (CellContext, 1);

  context->field_id = field->id;
  context->number = field->kind == RUBIS_FIELD_NUMBER || field->kind == RUBIS_FIELD_AMOUNT;
  g_signal_connect_data (factory, "setup", G_CALLBACK (setup_cb), context, free_context, 0);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), context);
  return factory;
}

/* "field-12"; NULL for a column of the grid's own. */
static const char *
get_id (GtkColumnViewColumn *column)
{
  return g_object_get_data (G_OBJECT (column), "rubis-field-column");
}

static void
save_visible_cb (GtkColumnViewColumn *column, GParamSpec *pspec, RubisPreferences *preferences)
{
  g_autofree char *key = g_strconcat (get_id (column), "-visible", NULL);

  rubis_preferences_set_boolean (preferences, PREFERENCES_GROUP, key,
                                 gtk_column_view_column_get_visible (column));
}

/* GTK 4.8 takes the width of hidden columns off the room to share: they keep none while hidden. */
static void
visible_changed_cb (GtkColumnViewColumn *column)
{
  gtk_column_view_column_set_fixed_width (column, gtk_column_view_column_get_visible (column) ? WIDTH : 0);
}

static void
add_column (GtkColumnView *view, const RubisCustomField *field, RubisPreferences *preferences)
{
  g_autoptr (GtkColumnViewColumn) column = gtk_column_view_column_new (field->name, make_factory (field));
  g_autofree char *id = g_strdup_printf ("field-%" G_GINT64_FORMAT, field->id);
  g_autofree char *key = g_strconcat (id, "-visible", NULL);
  g_autoptr (GPropertyAction) action = g_property_action_new (id, column, "visible");
  gboolean visible
      = preferences != NULL && rubis_preferences_get_boolean (preferences, PREFERENCES_GROUP, key, FALSE);

  g_object_set_data (G_OBJECT (column), "rubis-column", GINT_TO_POINTER (RUBIS_N_GRID_COLUMNS));
  g_object_set_data_full (G_OBJECT (column), "rubis-field-column", g_strdup (id), g_free);
  gtk_column_view_column_set_resizable (column, TRUE);
  gtk_column_view_column_set_visible (column, visible);
  visible_changed_cb (column);
  g_signal_connect (column, "notify::visible", G_CALLBACK (visible_changed_cb), NULL);
  if (preferences != NULL)
    g_signal_connect (column, "notify::visible", G_CALLBACK (save_visible_cb), preferences);
  g_action_map_add_action (G_ACTION_MAP (rubis_grid_columns_get_actions (view)), G_ACTION (action));
  gtk_column_view_append_column (view, column);
}

/* "field-12=Chantier/text\n…": what the columns are made of. (transfer full) */
static char *
make_signature (GPtrArray *fields)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < fields->len; i++)
    {
      const RubisCustomField *field = g_ptr_array_index (fields, i);

      if (field->owner == RUBIS_FIELD_OF_ITEM)
        g_string_append_printf (text, "%" G_GINT64_FORMAT "=%s/%d\n", field->id, field->name,
                                (int)field->kind);
    }
  return g_string_free (text, FALSE);
}

static void
remove_columns (GtkColumnView *view)
{
  GListModel *columns = gtk_column_view_get_columns (view);

  for (guint i = g_list_model_get_n_items (columns); i-- > 0;)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      if (get_id (column) == NULL)
        continue;
      g_action_map_remove_action (G_ACTION_MAP (rubis_grid_columns_get_actions (view)), get_id (column));
      gtk_column_view_remove_column (view, column);
    }
}

void
rubis_grid_fields_update (GtkColumnView *view, GPtrArray *fields, RubisPreferences *preferences)
{
  g_autofree char *signature = NULL;
  g_autoptr (GMenuModel) menu = NULL;
  GListModel *columns;

  g_return_if_fail (GTK_IS_COLUMN_VIEW (view) && fields != NULL);

  /* Most changes of a dossier are of something else. */
  signature = make_signature (fields);
  if (g_strcmp0 (signature, g_object_get_data (G_OBJECT (view), "rubis-fields")) == 0)
    return;
  g_object_set_data_full (G_OBJECT (view), "rubis-fields", g_strdup (signature), g_free);
  remove_columns (view);
  for (guint i = 0; i < fields->len; i++)
    {
      const RubisCustomField *field = g_ptr_array_index (fields, i);

      if (field->owner == RUBIS_FIELD_OF_ITEM)
        add_column (view, field, preferences);
    }
  menu = rubis_grid_fields_make_menu (view);
  columns = gtk_column_view_get_columns (view);
  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      gtk_column_view_column_set_header_menu (column, menu);
    }
}

GMenuModel *
rubis_grid_fields_make_menu (GtkColumnView *view)
{
  g_autoptr (GMenuModel) own = rubis_grid_columns_make_menu ();
  g_autoptr (GMenu) of_fields = g_menu_new ();
  GMenu *menu = g_menu_new ();
  GListModel *columns = gtk_column_view_get_columns (view);

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
      g_autofree char *action = NULL;

      if (get_id (column) == NULL)
        continue;
      action = g_strconcat ("columns.", get_id (column), NULL);
      g_menu_append (of_fields, gtk_column_view_column_get_title (column), action);
    }
  g_menu_append_section (menu, NULL, own);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (of_fields));
  return G_MENU_MODEL (menu);
}
