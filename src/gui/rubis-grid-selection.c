#include "rubis-grid-selection.h"

struct _RubisGridSelection {
  GObject parent_instance;

  GListModel *model;       /* (owned) */
  RubisRowIdFunc get_id;
  GtkBitset *selected;     /* (owned) positions */
  GArray *ids;             /* (owned) (element-type gint64) of the selected positions */
  gint64 current_id;
  guint current_position;

  guint click_position;    /* of the last change of one row, and the time of its dispatch */
  gint64 click_time;
};

enum {
  PROP_0,
  PROP_CURRENT_ID,
  PROP_ITEM_TYPE,
  PROP_N_ITEMS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static GType
get_item_type (GListModel *list)
{
  return g_list_model_get_item_type (RUBIS_GRID_SELECTION (list)->model);
}

static guint
get_n_items (GListModel *list)
{
  return g_list_model_get_n_items (RUBIS_GRID_SELECTION (list)->model);
}

static gpointer
get_item (GListModel *list, guint position)
{
  return g_list_model_get_item (RUBIS_GRID_SELECTION (list)->model, position);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static gboolean
is_selected (GtkSelectionModel *model, guint position)
{
  return gtk_bitset_contains (RUBIS_GRID_SELECTION (model)->selected, position);
}

static GtkBitset *
get_selection_in_range (GtkSelectionModel *model, guint position, guint n_items)
{
  return gtk_bitset_ref (RUBIS_GRID_SELECTION (model)->selected);
}

/* The column view of GTK before 4.10.2 hands each click on twice, in one dispatch: a Ctrl-click
 * would select and at once unselect. The second of two such calls is left aside.
 */
static gboolean
is_echo (RubisGridSelection *self, GtkBitset *mask)
{
  GSource *source = g_main_current_source ();
  guint position;
  gint64 now;

  if (source == NULL || gtk_bitset_get_size (mask) != 1)
    return FALSE;
  position = gtk_bitset_get_minimum (mask);
  now = g_source_get_time (source);
  if (position == self->click_position && now == self->click_time)
    return TRUE;
  self->click_position = position;
  self->click_time = now;
  return FALSE;
}

static void
read_ids (RubisGridSelection *self)
{
  GtkBitsetIter iter;
  guint position;

  g_array_set_size (self->ids, 0);
  if (!gtk_bitset_iter_init_first (&iter, self->selected, &position))
    return;
  do
    {
      gint64 id = self->get_id (self->model, position);

      g_array_append_val (self->ids, id);
    }
  while (gtk_bitset_iter_next (&iter, &position));
}

static void
set_current (RubisGridSelection *self, guint position)
{
  gint64 id = position == GTK_INVALID_LIST_POSITION ? 0 : self->get_id (self->model, position);

  self->current_position = position;
  if (id == self->current_id)
    return;
  self->current_id = id;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CURRENT_ID]);
}

/* The row that a change of the selection from @before to @after was about. */
static guint
find_touched (RubisGridSelection *self, GtkBitset *before, GtkBitset *after, GtkBitset *mask)
{
  guint first = gtk_bitset_get_minimum (after);
  guint last = gtk_bitset_get_maximum (after);

  if (gtk_bitset_get_size (mask) == 1)
    return gtk_bitset_get_minimum (mask);
  if (gtk_bitset_is_empty (after) || gtk_bitset_get_size (after) == get_n_items (G_LIST_MODEL (self)))
    return self->current_position;
  if (gtk_bitset_is_empty (before))
    return last;
  /* A range grows and shrinks at the end that is not anchored. */
  if (last != gtk_bitset_get_maximum (before))
    return last;
  if (first != gtk_bitset_get_minimum (before))
    return first;
  return gtk_bitset_get_size (after) == 1 ? first : self->current_position;
}

static gboolean
set_selection (GtkSelectionModel *model, GtkBitset *selected, GtkBitset *mask)
{
  RubisGridSelection *self = RUBIS_GRID_SELECTION (model);
  g_autoptr(GtkBitset) before = NULL;
  g_autoptr(GtkBitset) wanted = gtk_bitset_copy (selected);
  g_autoptr(GtkBitset) changed = NULL;
  guint touched;
  guint n_items = get_n_items (G_LIST_MODEL (self));

  if (is_echo (self, mask))
    return TRUE;
  gtk_bitset_intersect (wanted, mask);
  if (n_items < G_MAXUINT)
    gtk_bitset_remove_range_closed (wanted, n_items, G_MAXUINT);
  before = self->selected;
  self->selected = gtk_bitset_copy (before);
  gtk_bitset_subtract (self->selected, mask);
  gtk_bitset_union (self->selected, wanted);
  changed = gtk_bitset_copy (self->selected);
  gtk_bitset_difference (changed, before);
  touched = find_touched (self, before, self->selected, mask);
  if (!gtk_bitset_is_empty (changed))
    {
      guint first = gtk_bitset_get_minimum (changed);

      read_ids (self);
      gtk_selection_model_selection_changed (model, first, gtk_bitset_get_maximum (changed) - first + 1);
    }
  if (touched != GTK_INVALID_LIST_POSITION && touched < n_items)
    set_current (self, touched);
  return TRUE;
}

static void
selection_model_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = is_selected;
  iface->get_selection_in_range = get_selection_in_range;
  iface->set_selection = set_selection;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (RubisGridSelection, rubis_grid_selection, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init)
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL, selection_model_init))

/* Finds the rows that were selected, and the current one, in the new order: one pass over the ids. */
static void
find_again (RubisGridSelection *self)
{
  g_autoptr(GHashTable) wanted = NULL;
  guint n_items = get_n_items (G_LIST_MODEL (self));
  guint n_found = 0;

  gtk_bitset_remove_all (self->selected);
  self->current_position = GTK_INVALID_LIST_POSITION;
  if (self->ids->len == 0 && self->current_id == 0)
    return;
  wanted = g_hash_table_new (g_int64_hash, g_int64_equal);
  for (guint i = 0; i < self->ids->len; i++)
    g_hash_table_add (wanted, &g_array_index (self->ids, gint64, i));
  for (guint i = 0; i < n_items; i++)
    {
      gint64 id = self->get_id (self->model, i);

      if (id == self->current_id)
        self->current_position = i;
      if (n_found < self->ids->len && g_hash_table_contains (wanted, &id))
        {
          gtk_bitset_add (self->selected, i);
          n_found++;
        }
      else if (n_found == self->ids->len && self->current_position != GTK_INVALID_LIST_POSITION)
        break;
    }
}

static void
items_changed_cb (RubisGridSelection *self, guint position, guint removed, guint added)
{
  find_again (self);
  read_ids (self);
  self->click_position = GTK_INVALID_LIST_POSITION;
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
  if (removed != added)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ITEMS]);
}

static void
rubis_grid_selection_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RubisGridSelection *self = RUBIS_GRID_SELECTION (object);

  switch (id)
    {
    case PROP_CURRENT_ID:
      g_value_set_int64 (value, self->current_id);
      break;
    case PROP_ITEM_TYPE:
      g_value_set_gtype (value, get_item_type (G_LIST_MODEL (self)));
      break;
    case PROP_N_ITEMS:
      g_value_set_uint (value, get_n_items (G_LIST_MODEL (self)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rubis_grid_selection_dispose (GObject *object)
{
  RubisGridSelection *self = RUBIS_GRID_SELECTION (object);

  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (rubis_grid_selection_parent_class)->dispose (object);
}

static void
rubis_grid_selection_finalize (GObject *object)
{
  RubisGridSelection *self = RUBIS_GRID_SELECTION (object);

  g_clear_pointer (&self->selected, gtk_bitset_unref);
  g_clear_pointer (&self->ids, g_array_unref);
  G_OBJECT_CLASS (rubis_grid_selection_parent_class)->finalize (object);
}

static void
rubis_grid_selection_class_init (RubisGridSelectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rubis_grid_selection_get_property;
  object_class->dispose = rubis_grid_selection_dispose;
  object_class->finalize = rubis_grid_selection_finalize;
  properties[PROP_CURRENT_ID] = g_param_spec_int64 ("current-id", NULL, NULL, 0, G_MAXINT64, 0,
                                                    G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ITEM_TYPE] = g_param_spec_gtype ("item-type", NULL, NULL, G_TYPE_OBJECT,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_N_ITEMS] = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rubis_grid_selection_init (RubisGridSelection *self)
{
  self->selected = gtk_bitset_new_empty ();
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->current_position = GTK_INVALID_LIST_POSITION;
  self->click_position = GTK_INVALID_LIST_POSITION;
}

RubisGridSelection *
rubis_grid_selection_new (GListModel *model, RubisRowIdFunc get_id)
{
  RubisGridSelection *self;

  g_return_val_if_fail (G_IS_LIST_MODEL (model), NULL);
  g_return_val_if_fail (get_id != NULL, NULL);

  self = g_object_new (RUBIS_TYPE_GRID_SELECTION, NULL);
  self->model = g_object_ref (model);
  self->get_id = get_id;
  g_signal_connect_swapped (model, "items-changed", G_CALLBACK (items_changed_cb), self);
  return self;
}

GArray *
rubis_grid_selection_get_ids (RubisGridSelection *self)
{
  g_return_val_if_fail (RUBIS_IS_GRID_SELECTION (self), NULL);

  return self->ids;
}

gint64
rubis_grid_selection_get_current_id (RubisGridSelection *self)
{
  g_return_val_if_fail (RUBIS_IS_GRID_SELECTION (self), 0);

  return self->current_id;
}

guint
rubis_grid_selection_get_current_position (RubisGridSelection *self)
{
  g_return_val_if_fail (RUBIS_IS_GRID_SELECTION (self), GTK_INVALID_LIST_POSITION);

  return self->current_position;
}

guint64
rubis_grid_selection_get_n_selected (RubisGridSelection *self)
{
  g_return_val_if_fail (RUBIS_IS_GRID_SELECTION (self), 0);

  return gtk_bitset_get_size (self->selected);
}
