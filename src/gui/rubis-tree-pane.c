#include "rubis-tree-pane.h"

#include <glib/gi18n-lib.h>

#include "rubis-ui.h"

struct _RubisTreePane {
  AdwBin parent_instance;

  GtkWidget *search_entry;
  GtkListView *view;
  GtkStack *stack;

  RubisSession *session;          /* (owned) */
  RubisAccountTree *tree;         /* (owned) */
  GtkTreeListModel *rows;         /* (owned) */
  GtkSingleSelection *selection;  /* (owned) */
  GtkPopover *menu;               /* (owned by its parent, this pane) */
  GHashTable *open_groups;        /* (owned) keys of expanded nodes */
  char *title;                    /* (owned) */
  gint64 group_id;
  gint64 account_id;
  RubisNodeKind kind;             /* of the chosen node */
  gboolean restoring;             /* the selection is being put back: nothing was chosen */
};

G_DEFINE_FINAL_TYPE (RubisTreePane, rubis_tree_pane, ADW_TYPE_BIN)

enum {
  SCOPE_CHANGED,
  ACCOUNT_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* The same node after the tree was loaded again. */
static gint64 *
make_key (RubisAccountNode *node)
{
  gint64 *key = g_new (gint64, 1);

  *key = node->id * 8 + node->kind;
  return key;
}

static gboolean
is_open_group (RubisTreePane *self, RubisAccountNode *node)
{
  g_autofree gint64 *key = make_key (node);

  return g_hash_table_contains (self->open_groups, key);
}

static const char *
describe_state (RubisNodeState state)
{
  switch (state)
    {
    case RUBIS_NODE_STATE_NOT_DUE:
      return _("Nothing overdue");
    case RUBIS_NODE_STATE_LATE_30:
      return _("1 to 30 days late");
    case RUBIS_NODE_STATE_LATE_60:
      return _("31 to 60 days late");
    case RUBIS_NODE_STATE_LATE_90:
      return _("61 to 90 days late");
    case RUBIS_NODE_STATE_LATE_OVER:
      return _("More than 90 days late");
    case RUBIS_NODE_STATE_STOP:
      return _("Reminders are stopped");
    case RUBIS_NODE_STATE_LEGAL:
      return _("Insolvency proceedings or litigation");
    case RUBIS_NODE_STATE_NONE:
    default:
      return _("Nothing is owed");
    }
}

static const char *
get_name (RubisAccountNode *node)
{
  return node->kind == RUBIS_NODE_ALL ? C_("accounts", "All") : node->name;
}

/* "GARÇON SAS (C00412)\n3 open items · 120 days late" */
static char *
describe_node (RubisAccountNode *node)
{
  GString *text = g_string_new (get_name (node));
  g_autofree char *accounts = rubis_ui_format_count (node->n_accounts);
  g_autofree char *items = rubis_ui_format_count (node->n_items);

  if (node->code[0] != '\0')
    g_string_append_printf (text, " (%s)", node->code);
  g_string_append_c (text, '\n');
  if (node->kind != RUBIS_NODE_ACCOUNT)
    {
      g_string_append_printf (text, ngettext ("%s account", "%s accounts", node->n_accounts), accounts);
      g_string_append (text, " · ");
    }
  g_string_append_printf (text, ngettext ("%s open item", "%s open items", node->n_items), items);
  g_string_append_printf (text, "\n%s", describe_state (node->state));
  if (node->other_currencies)
    g_string_append_printf (text, "\n%s", _("Amounts in other currencies come on top"));
  return g_string_free (text, FALSE);
}

static const char *const *
list_mark_classes (RubisNodeState state)
{
  static const char *const classes[][3] = {
    { "state-mark", "none", NULL },    { "state-mark", "late-0", NULL },    { "state-mark", "late-30", NULL },
    { "state-mark", "late-60", NULL }, { "state-mark", "late-90", NULL },   { "state-mark", "late-over", NULL },
    { "state-mark", "stop", NULL },    { "state-mark", "late-over", NULL },
  };

  return classes[MIN ((gsize) state, G_N_ELEMENTS (classes) - 1)];
}

/* Not colour alone: the older, the fuller the mark; stop and proceedings have signs of their own. */
static const char *
get_mark_icon (RubisNodeState state)
{
  switch (state)
    {
    case RUBIS_NODE_STATE_LATE_30:
      return "rubis-age-1-symbolic";
    case RUBIS_NODE_STATE_LATE_60:
      return "rubis-age-2-symbolic";
    case RUBIS_NODE_STATE_LATE_90:
      return "rubis-age-3-symbolic";
    case RUBIS_NODE_STATE_LATE_OVER:
      return "rubis-age-4-symbolic";
    case RUBIS_NODE_STATE_STOP:
      return "rubis-stop-symbolic";
    case RUBIS_NODE_STATE_LEGAL:
      return "rubis-legal-symbolic";
    case RUBIS_NODE_STATE_NONE:
    case RUBIS_NODE_STATE_NOT_DUE:
    default:
      return NULL;
    }
}

static void
setup_row_cb (RubisTreePane *self, GtkListItem *item)
{
  GtkWidget *expander = gtk_tree_expander_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *name = gtk_inscription_new (NULL);
  GtkWidget *amount = gtk_label_new (NULL);
  GtkWidget *mark = gtk_image_new ();

  gtk_widget_set_hexpand (name, TRUE);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (name), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (name), 0);
  gtk_inscription_set_min_lines (GTK_INSCRIPTION (name), 1);
  gtk_inscription_set_nat_lines (GTK_INSCRIPTION (name), 1);
  gtk_widget_set_valign (name, GTK_ALIGN_CENTER);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (name), 12);
  gtk_widget_add_css_class (amount, "numeric");
  gtk_image_set_pixel_size (GTK_IMAGE (mark), 14);
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), amount);
  gtk_box_append (GTK_BOX (box), mark);
  gtk_tree_expander_set_child (GTK_TREE_EXPANDER (expander), box);
  gtk_list_item_set_child (item, expander);
  g_object_set_data (G_OBJECT (expander), "rubis-item", item);
  g_object_set_data (G_OBJECT (item), "rubis-name", name);
  g_object_set_data (G_OBJECT (item), "rubis-amount", amount);
  g_object_set_data (G_OBJECT (item), "rubis-mark", mark);
}

static void
row_expanded_cb (RubisTreePane *self, GParamSpec *pspec, GtkTreeListRow *row)
{
  g_autoptr(RubisAccountNode) node = gtk_tree_list_row_get_item (row);
  g_autofree gint64 *key = NULL;

  if (node == NULL || self->restoring)
    return;
  key = make_key (node);
  if (gtk_tree_list_row_get_expanded (row))
    g_hash_table_add (self->open_groups, g_steal_pointer (&key));
  else
    g_hash_table_remove (self->open_groups, key);
}

static void
show_node (RubisTreePane *self, GtkListItem *item, RubisAccountNode *node)
{
  GtkWidget *expander = gtk_list_item_get_child (item);
  GtkWidget *mark = g_object_get_data (G_OBJECT (item), "rubis-mark");
  GtkWidget *name = g_object_get_data (G_OBJECT (item), "rubis-name");
  g_autofree char *tooltip = describe_node (node);
  g_autofree char *amount = rubis_ui_format_short_amount (node->overdue, rubis_session_get_currency (self->session));

  gtk_inscription_set_text (GTK_INSCRIPTION (name), get_name (node));
  if (node->kind == RUBIS_NODE_ACCOUNT)
    gtk_widget_remove_css_class (name, "group-name");
  else
    gtk_widget_add_css_class (name, "group-name");
  gtk_label_set_label (GTK_LABEL (g_object_get_data (G_OBJECT (item), "rubis-amount")), amount);
  gtk_image_set_from_icon_name (GTK_IMAGE (mark), get_mark_icon (node->state));
  gtk_widget_set_css_classes (mark, (const char **) list_mark_classes (node->state));
  gtk_accessible_update_property (GTK_ACCESSIBLE (mark), GTK_ACCESSIBLE_PROPERTY_LABEL, describe_state (node->state),
                                  -1);
  gtk_widget_set_tooltip_text (expander, tooltip);
}

/* The node keeps its row when its amounts change. */
static void
node_changed_cb (RubisAccountNode *node, GtkListItem *item)
{
  GtkWidget *pane = gtk_widget_get_ancestor (gtk_list_item_get_child (item), RUBIS_TYPE_TREE_PANE);

  if (pane != NULL)
    show_node (RUBIS_TREE_PANE (pane), item, node);
}

static void
bind_row_cb (RubisTreePane *self, GtkListItem *item)
{
  GtkTreeListRow *row = gtk_list_item_get_item (item);
  g_autoptr(RubisAccountNode) node = gtk_tree_list_row_get_item (row);

  gtk_tree_expander_set_list_row (GTK_TREE_EXPANDER (gtk_list_item_get_child (item)), row);
  show_node (self, item, node);
  g_signal_connect_object (node, "changed", G_CALLBACK (node_changed_cb), item, 0);
  g_signal_connect_object (row, "notify::expanded", G_CALLBACK (row_expanded_cb), self, G_CONNECT_SWAPPED);
  g_object_set_data_full (G_OBJECT (item), "rubis-node", g_steal_pointer (&node), g_object_unref);
}

static void
unbind_row_cb (RubisTreePane *self, GtkListItem *item)
{
  GtkTreeListRow *row = gtk_list_item_get_item (item);
  RubisAccountNode *node = g_object_get_data (G_OBJECT (item), "rubis-node");

  gtk_tree_expander_set_list_row (GTK_TREE_EXPANDER (gtk_list_item_get_child (item)), NULL);
  if (row != NULL)
    g_signal_handlers_disconnect_by_func (row, row_expanded_cb, self);
  if (node != NULL)
    g_signal_handlers_disconnect_by_func (node, node_changed_cb, item);
  g_object_set_data (G_OBJECT (item), "rubis-node", NULL);
}

static GListModel *
list_children_cb (gpointer item, gpointer user_data)
{
  RubisAccountNode *node = item;

  return node->children != NULL ? g_object_ref (G_LIST_MODEL (node->children)) : NULL;
}

static void
set_scope (RubisTreePane *self, RubisNodeKind kind, gint64 group_id, gint64 account_id, const char *title)
{
  if (self->kind == kind && self->group_id == group_id && self->account_id == account_id)
    return;
  g_free (self->title);
  self->title = g_strdup (title);
  self->kind = kind;
  self->group_id = group_id;
  self->account_id = account_id;
  g_signal_emit (self, signals[SCOPE_CHANGED], 0);
}

static void
choose (RubisTreePane *self, RubisAccountNode *node)
{
  gint64 group_id = node->kind == RUBIS_NODE_GROUP ? node->id : 0;
  gint64 account_id = node->kind == RUBIS_NODE_ACCOUNT ? node->id : 0;

  set_scope (self, node->kind, group_id, account_id, get_name (node));
  if (account_id != 0)
    g_signal_emit (self, signals[ACCOUNT_ACTIVATED], 0, account_id);
}

static void
selected_cb (RubisTreePane *self)
{
  GtkTreeListRow *row = gtk_single_selection_get_selected_item (self->selection);
  g_autoptr(RubisAccountNode) node = row != NULL ? gtk_tree_list_row_get_item (row) : NULL;

  if (node != NULL && !self->restoring)
    choose (self, node);
}

static void
activate_cb (RubisTreePane *self, guint position)
{
  g_autoptr(GtkTreeListRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), position);
  g_autoptr(RubisAccountNode) node = row != NULL ? gtk_tree_list_row_get_item (row) : NULL;

  if (node == NULL)
    return;
  if (node->kind == RUBIS_NODE_ACCOUNT)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-account-view", "x", node->id);
  else
    gtk_tree_list_row_set_expanded (row, !gtk_tree_list_row_get_expanded (row));
}

/* The menu is about what is chosen: the row that is clicked is chosen first. */
static void
right_click_cb (RubisTreePane *self, int n_press, double x, double y, GtkGesture *gesture)
{
  GtkWidget *target = gtk_widget_pick (GTK_WIDGET (self->view), x, y, GTK_PICK_DEFAULT);
  double menu_x, menu_y;

  while (target != NULL && target != GTK_WIDGET (self->view) && g_object_get_data (G_OBJECT (target), "rubis-item") == NULL)
    target = gtk_widget_get_parent (target);
  if (target == NULL || target == GTK_WIDGET (self->view))
    return;
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_single_selection_set_selected (
    self->selection, gtk_list_item_get_position (g_object_get_data (G_OBJECT (target), "rubis-item")));
  gtk_widget_translate_coordinates (GTK_WIDGET (self->view), GTK_WIDGET (self), x, y, &menu_x, &menu_y);
  gtk_popover_set_pointing_to (self->menu, &(GdkRectangle){ (int) menu_x, (int) menu_y, 1, 1 });
  gtk_popover_popup (self->menu);
}

static gboolean
is_chosen (RubisTreePane *self, guint position)
{
  g_autoptr(GtkTreeListRow) row = gtk_tree_list_model_get_row (self->rows, position);
  g_autoptr(RubisAccountNode) node = row != NULL ? gtk_tree_list_row_get_item (row) : NULL;

  return node != NULL && node->kind == self->kind && node->id == MAX (self->group_id, self->account_id);
}

/* Looks through the nodes that are unfolded, without unfolding others: position of the chosen node. */
static guint
find_chosen (RubisTreePane *self)
{
  guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->rows));
  guint present = gtk_single_selection_get_selected (self->selection);

  if (present != GTK_INVALID_LIST_POSITION && is_chosen (self, present))
    return present;
  for (guint i = 0; i < n_rows; i++)
    {
      if (is_chosen (self, i))
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}

static void
unfold_again (RubisTreePane *self)
{
  guint n_left = g_hash_table_size (self->open_groups);

  /* Unfolding adds rows behind the one unfolded: the count grows on the way. */
  for (guint i = 0; n_left > 0 && i < g_list_model_get_n_items (G_LIST_MODEL (self->rows)); i++)
    {
      g_autoptr(GtkTreeListRow) row = gtk_tree_list_model_get_row (self->rows, i);
      g_autoptr(RubisAccountNode) node = gtk_tree_list_row_get_item (row);

      if (node->children == NULL || !is_open_group (self, node))
        continue;
      gtk_tree_list_row_set_expanded (row, TRUE);
      n_left--;
    }
}

static void
loaded_cb (RubisTreePane *self)
{
  guint position;

  self->restoring = TRUE;
  unfold_again (self);
  position = find_chosen (self);
  gtk_single_selection_set_selected (self->selection, position);
  self->restoring = FALSE;
  gtk_stack_set_visible_child_name (self->stack,
                                    g_list_model_get_n_items (G_LIST_MODEL (self->rows)) > 0 ? "tree" : "empty");
}

static void
search_changed_cb (RubisTreePane *self)
{
  rubis_account_tree_set_search (self->tree, gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
}

/* Enter in the search takes the first match. */
static void
search_activate_cb (RubisTreePane *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->rows)) == 0)
    return;
  gtk_single_selection_set_selected (self->selection, 0);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
search_stop_cb (RubisTreePane *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static gboolean
search_key_cb (RubisTreePane *self, guint keyval)
{
  if (keyval != GDK_KEY_Down)
    return FALSE;
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
  return TRUE;
}

static void
dossier_changed_cb (RubisTreePane *self)
{
  rubis_account_tree_refresh (self->tree);
}

static void
rubis_tree_pane_dispose (GObject *object)
{
  RubisTreePane *self = RUBIS_TREE_PANE (object);

  if (self->view != NULL)
    gtk_list_view_set_model (self->view, NULL);
  adw_bin_set_child (ADW_BIN (object), NULL);
  g_clear_pointer ((GtkWidget **) &self->menu, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (object), RUBIS_TYPE_TREE_PANE);
  g_clear_object (&self->selection);
  g_clear_object (&self->rows);
  g_clear_object (&self->tree);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (rubis_tree_pane_parent_class)->dispose (object);
}

static void
rubis_tree_pane_finalize (GObject *object)
{
  RubisTreePane *self = RUBIS_TREE_PANE (object);

  g_hash_table_unref (self->open_groups);
  g_free (self->title);
  G_OBJECT_CLASS (rubis_tree_pane_parent_class)->finalize (object);
}

static void
rubis_tree_pane_class_init (RubisTreePaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rubis_tree_pane_dispose;
  object_class->finalize = rubis_tree_pane_finalize;
  signals[SCOPE_CHANGED] = g_signal_new ("scope-changed", RUBIS_TYPE_TREE_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 0);
  signals[ACCOUNT_ACTIVATED] = g_signal_new ("account-activated", RUBIS_TYPE_TREE_PANE, G_SIGNAL_RUN_LAST, 0, NULL,
                                             NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-tree-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisTreePane, menu);
  gtk_widget_class_bind_template_child (widget_class, RubisTreePane, search_entry);
  gtk_widget_class_bind_template_child (widget_class, RubisTreePane, view);
  gtk_widget_class_bind_template_child (widget_class, RubisTreePane, stack);
  gtk_widget_class_bind_template_callback (widget_class, right_click_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_stop_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_key_cb);
}

static void
rubis_tree_pane_init (RubisTreePane *self)
{
  self->open_groups = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->kind = RUBIS_NODE_ALL;
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->menu), GTK_WIDGET (self));
}

static GtkListItemFactory *
make_factory (RubisTreePane *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_row_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_row_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_row_cb), self, G_CONNECT_SWAPPED);
  return factory;
}

GtkWidget *
rubis_tree_pane_new (RubisSession *session)
{
  RubisTreePane *self;
  g_autoptr(GtkListItemFactory) factory = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (session), NULL);

  self = g_object_new (RUBIS_TYPE_TREE_PANE, NULL);
  self->session = g_object_ref (session);
  self->tree = rubis_account_tree_new (session);
  self->rows = gtk_tree_list_model_new (g_object_ref (rubis_account_tree_get_roots (self->tree)), FALSE, FALSE,
                                        list_children_cb, NULL, NULL);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->rows)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  factory = make_factory (self);
  gtk_list_view_set_factory (self->view, factory);
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->tree, "loaded", G_CALLBACK (loaded_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "changed", G_CALLBACK (dossier_changed_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

gint64
rubis_tree_pane_get_group_id (RubisTreePane *self)
{
  g_return_val_if_fail (RUBIS_IS_TREE_PANE (self), 0);

  return self->group_id;
}

gint64
rubis_tree_pane_get_account_id (RubisTreePane *self)
{
  g_return_val_if_fail (RUBIS_IS_TREE_PANE (self), 0);

  return self->account_id;
}

const char *
rubis_tree_pane_get_title (RubisTreePane *self)
{
  g_return_val_if_fail (RUBIS_IS_TREE_PANE (self), NULL);

  return self->title;
}

void
rubis_tree_pane_focus_search (RubisTreePane *self)
{
  g_return_if_fail (RUBIS_IS_TREE_PANE (self));

  gtk_widget_grab_focus (self->search_entry);
}

void
rubis_tree_pane_choose (RubisTreePane *self, gint64 group_id, gint64 account_id, const char *title)
{
  RubisNodeKind kind = account_id != 0 ? RUBIS_NODE_ACCOUNT : group_id != 0 ? RUBIS_NODE_GROUP : RUBIS_NODE_ALL;

  g_return_if_fail (RUBIS_IS_TREE_PANE (self) && title != NULL);

  set_scope (self, kind, group_id, account_id, title);
  self->restoring = TRUE;
  gtk_single_selection_set_selected (self->selection, find_chosen (self));
  self->restoring = FALSE;
}

void
rubis_tree_pane_select_all_accounts (RubisTreePane *self)
{
  g_return_if_fail (RUBIS_IS_TREE_PANE (self));

  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  if (g_list_model_get_n_items (G_LIST_MODEL (self->rows)) > 0)
    gtk_single_selection_set_selected (self->selection, 0);
}
