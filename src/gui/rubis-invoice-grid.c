#include "rubis-invoice-grid-private.h"

#include <glib/gi18n-lib.h>

#include "rubis-format.h"
#include "rubis-grid-fields.h"
#include "rubis-ui.h"

#define PREFERENCES_GROUP "invoices"

G_DEFINE_FINAL_TYPE (RubisInvoiceGrid, rubis_invoice_grid, ADW_TYPE_BIN)

enum {
  PROP_0,
  PROP_GROUP_ID,
  PROP_ACCOUNT_ID,
  N_PROPS
};

enum {
  ACCOUNT_ACTIVATED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static gint64
get_id_cb (GListModel *model, guint position)
{
  return rubis_item_list_get_id (RUBIS_ITEM_LIST (model), position);
}

/* "412 300,18 € · 3 200,00 USD" */
static void
append_sums (GString *out, GArray *sums)
{
  for (guint i = 0; i < sums->len; i++)
    {
      RubisItemSum *sum = &g_array_index (sums, RubisItemSum, i);
      g_autofree char *amount = rubis_format_amount (sum->open, sum->currency, rubis_format_ui_language ());

      g_string_append_printf (out, " · %s", amount);
    }
}

static void
update_totals (RubisInvoiceGrid *self)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  g_autofree char *count = rubis_ui_format_count (n_items);
  g_autoptr(GString) text = g_string_new (NULL);

  g_string_printf (text, ngettext ("%s line", "%s lines", n_items), count);
  /* The sums come after the lines: those of before would be wrong. */
  if (rubis_item_list_get_loading (self->list))
    g_string_append (text, " · …");
  else
    append_sums (text, rubis_item_list_get_sums (self->list));
  gtk_label_set_label (self->total_label, text->str);
}

static void
update_empty (RubisInvoiceGrid *self)
{
  gboolean narrowed = rubis_filter_bar_is_narrowed (self->filter_bar);
  gboolean loading = rubis_item_list_get_loading (self->list);

  if (g_list_model_get_n_items (G_LIST_MODEL (self->list)) > 0)
    {
      gtk_stack_set_visible_child_name (self->stack, "grid");
      return;
    }
  /* While the first lines are on their way an empty grid is calmer than a page that goes at once. */
  if (loading)
    return;
  adw_status_page_set_title (self->empty_page, narrowed ? _("No Item Matches") : _("Nothing Is Owed"));
  adw_status_page_set_description (self->empty_page,
                                   narrowed ? _("No invoice or credit note passes the filters above.")
                                            : _("Import the open items of your ERP to see who owes what."));
  gtk_widget_set_visible (self->empty_reset, narrowed);
  gtk_widget_set_visible (self->empty_import, !narrowed);
  gtk_stack_set_visible_child_name (self->stack, "empty");
}

/* Takes the sums @less off @sums; currencies of which nothing is left go. */
static void
subtract_sums (GArray *sums, GArray *less)
{
  for (guint i = sums->len; i-- > 0;)
    {
      RubisItemSum *sum = &g_array_index (sums, RubisItemSum, i);

      for (guint k = 0; k < less->len; k++)
        {
          const RubisItemSum *taken = &g_array_index (less, RubisItemSum, k);

          if (!rubis_currency_equal (sum->currency, taken->currency))
            continue;
          sum->open -= taken->open;
          sum->total -= taken->total;
          sum->n_items -= taken->n_items;
        }
      if (sum->n_items == 0)
        g_array_remove_index (sums, i);
    }
}

/* The sums of the selected lines. Those of all lines are known already: when most are selected, the
 * few others are taken off.
 */
static GArray *
sum_selection (RubisInvoiceGrid *self)
{
  GArray *ids = rubis_grid_selection_get_ids (self->selection);
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  g_autoptr(GArray) others = NULL;
  g_autoptr(GArray) less = NULL;
  GArray *sums;

  if (ids->len <= n_items / 2 || rubis_item_list_get_loading (self->list))
    return rubis_item_list_sum_ids (self->list, ids);
  others = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < n_items; i++)
    {
      gint64 id = rubis_item_list_get_id (self->list, i);

      if (!gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->selection), i))
        g_array_append_val (others, id);
    }
  sums = g_array_copy (rubis_item_list_get_sums (self->list));
  less = rubis_item_list_sum_ids (self->list, others);
  subtract_sums (sums, less);
  return sums;
}

static gboolean
update_selection_cb (gpointer user_data)
{
  RubisInvoiceGrid *self = user_data;
  GArray *ids = rubis_grid_selection_get_ids (self->selection);
  g_autoptr(GString) text = g_string_new (NULL);

  self->selection_timeout = 0;
  if (ids->len > 1)
    {
      g_autoptr(GArray) sums = sum_selection (self);
      g_autofree char *count = rubis_ui_format_count (ids->len);

      g_string_printf (text, ngettext ("%s selected", "%s selected", ids->len), count);
      append_sums (text, sums);
    }
  gtk_label_set_label (self->selection_label, text->str);
  return G_SOURCE_REMOVE;
}

static void
selection_changed_cb (RubisInvoiceGrid *self)
{
  rubis_invoice_grid_update_actions (self);
  /* While a range is drawn over many lines the sums follow at leisure. */
  if (self->selection_timeout == 0)
    self->selection_timeout = g_timeout_add (30, update_selection_cb, self);
}

static void
current_changed_cb (RubisInvoiceGrid *self)
{
  g_autoptr(RubisItemRow) row = rubis_invoice_grid_dup_current (self);

  if (row != NULL)
    g_signal_emit (self, signals[ACCOUNT_ACTIVATED], 0, row->account_id);
}

/* The view has been told before. */
static void
rows_replaced_cb (RubisInvoiceGrid *self)
{
  update_totals (self);
  update_empty (self);
  selection_changed_cb (self);
  rubis_invoice_grid_settle (self);
  rubis_invoice_grid_seek (self);
}

static void
loaded_cb (RubisInvoiceGrid *self)
{
  update_totals (self);
  update_empty (self);
  selection_changed_cb (self);
  rubis_invoice_grid_seek (self);
}

static void
loading_changed_cb (RubisInvoiceGrid *self)
{
  gboolean loading = rubis_item_list_get_loading (self->list);

  gtk_spinner_set_spinning (self->spinner, loading);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), loading);
}

static void
save_filter (RubisInvoiceGrid *self)
{
  g_autofree char *state = NULL;
  int since;

  if (self->preferences == NULL)
    return;
  g_object_get (self->filter_bar, "state", &state, "since", &since, NULL);
  rubis_preferences_set_string (self->preferences, PREFERENCES_GROUP, "state", state);
  rubis_preferences_set_int (self->preferences, PREFERENCES_GROUP, "since", since);
}

/* What is asked for already loads nothing, and moves nothing. */
static void
expect_reorder (RubisInvoiceGrid *self)
{
  self->reorder = self->reorder || rubis_item_list_get_loading (self->list);
}

static void
filter_changed_cb (RubisInvoiceGrid *self)
{
  RubisItemFilter filter;

  rubis_filter_bar_get_filter (self->filter_bar, &filter);
  rubis_item_list_set_filter (self->list, &filter);
  expect_reorder (self);
  save_filter (self);
}

/* The columns of the fields that users added. */
static void
fields_read_cb (RubisInvoiceGrid *self)
{
  g_autoptr(GMenuModel) menu = NULL;

  rubis_grid_fields_update (self->view, rubis_filter_bar_get_fields (self->filter_bar), self->preferences);
  menu = rubis_grid_fields_make_menu (self->view);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->columns_button), menu);
}

static void
sort_changed_cb (RubisInvoiceGrid *self)
{
  gboolean descending;
  int key;

  if (!rubis_grid_sort_read (self->sort, gtk_column_view_get_sorter (self->view), &key, &descending))
    {
      key = RUBIS_ITEM_SORT_DUE_DATE;
      descending = FALSE;
    }
  rubis_item_list_set_sort (self->list, key, descending);
  expect_reorder (self);
  if (self->preferences == NULL)
    return;
  rubis_preferences_set_int (self->preferences, PREFERENCES_GROUP, "sort", key);
  rubis_preferences_set_boolean (self->preferences, PREFERENCES_GROUP, "descending", descending);
}

static void
activate_row_cb (RubisInvoiceGrid *self, guint position)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "grid.open-account", NULL);
}

static void
restore_filter (RubisInvoiceGrid *self)
{
  g_autofree char *state = NULL;
  int since;

  if (self->preferences == NULL)
    return;
  state = rubis_preferences_get_string (self->preferences, PREFERENCES_GROUP, "state");
  since = rubis_preferences_get_int (self->preferences, PREFERENCES_GROUP, "since", 0);
  g_object_set (self->filter_bar, "state", state != NULL ? state : "open", "since", MAX (since, 0), NULL);
}

/* Marks the title of the column by which the list is sorted. */
static void
restore_sort (RubisInvoiceGrid *self)
{
  static const struct {
    RubisItemSort sort;
    RubisGridColumn column;
  } orders[] = {
    { RUBIS_ITEM_SORT_DUE_DATE, RUBIS_GRID_DUE_DATE },     { RUBIS_ITEM_SORT_NUMBER, RUBIS_GRID_NUMBER },
    { RUBIS_ITEM_SORT_ACCOUNT, RUBIS_GRID_ACCOUNT },       { RUBIS_ITEM_SORT_TYPE, RUBIS_GRID_TYPE },
    { RUBIS_ITEM_SORT_ISSUE_DATE, RUBIS_GRID_ISSUE_DATE }, { RUBIS_ITEM_SORT_DAYS_LATE, RUBIS_GRID_DAYS_LATE },
    { RUBIS_ITEM_SORT_TOTAL, RUBIS_GRID_TOTAL },           { RUBIS_ITEM_SORT_OPEN, RUBIS_GRID_OPEN },
    { RUBIS_ITEM_SORT_CURRENCY, RUBIS_GRID_CURRENCY },     { RUBIS_ITEM_SORT_LEVEL, RUBIS_GRID_LEVEL },
    { RUBIS_ITEM_SORT_LEVEL_DATE, RUBIS_GRID_LEVEL_DATE }, { RUBIS_ITEM_SORT_ORDER_REF, RUBIS_GRID_ORDER_REF },
    { RUBIS_ITEM_SORT_SALES_REP, RUBIS_GRID_SALES_REP },
  };
  int sort = RUBIS_ITEM_SORT_DUE_DATE;
  gboolean descending = FALSE;

  if (self->preferences != NULL)
    {
      sort = rubis_preferences_get_int (self->preferences, PREFERENCES_GROUP, "sort", sort);
      descending = rubis_preferences_get_boolean (self->preferences, PREFERENCES_GROUP, "descending", FALSE);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      if ((int) orders[i].sort == sort)
        gtk_column_view_sort_by_column (self->view, rubis_grid_columns_find (self->view, orders[i].column),
                                        descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
    }
}

static void
connect_list (RubisInvoiceGrid *self)
{
  rubis_invoice_grid_watch_scrolling (self);
  self->selection = rubis_grid_selection_new (G_LIST_MODEL (self->list), get_id_cb);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (rows_replaced_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "loaded", G_CALLBACK (loaded_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "notify::loading", G_CALLBACK (loading_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (selection_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "notify::current-id", G_CALLBACK (current_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_column_view_get_sorter (self->view), "changed", G_CALLBACK (sort_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->filter_bar, "changed", G_CALLBACK (filter_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->filter_bar, "fields-read", G_CALLBACK (fields_read_cb), self, G_CONNECT_SWAPPED);
}

static void
set_scope (RubisInvoiceGrid *self, gint64 group_id, gint64 account_id, GParamSpec *pspec)
{
  if (self->group_id == group_id && self->account_id == account_id)
    return;
  self->group_id = group_id;
  self->account_id = account_id;
  rubis_item_list_set_scope (self->list, group_id, account_id);
  expect_reorder (self);
  g_object_notify_by_pspec (G_OBJECT (self), pspec);
}

static void
rubis_invoice_grid_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RubisInvoiceGrid *self = RUBIS_INVOICE_GRID (object);

  switch (id)
    {
    case PROP_GROUP_ID:
      g_value_set_int64 (value, self->group_id);
      break;
    case PROP_ACCOUNT_ID:
      g_value_set_int64 (value, self->account_id);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rubis_invoice_grid_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RubisInvoiceGrid *self = RUBIS_INVOICE_GRID (object);

  switch (id)
    {
    case PROP_GROUP_ID:
      set_scope (self, g_value_get_int64 (value), self->account_id, pspec);
      break;
    case PROP_ACCOUNT_ID:
      set_scope (self, self->group_id, g_value_get_int64 (value), pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static gboolean
rubis_invoice_grid_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (RUBIS_INVOICE_GRID (widget)->view));
}

static void
rubis_invoice_grid_dispose (GObject *object)
{
  RubisInvoiceGrid *self = RUBIS_INVOICE_GRID (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  rubis_invoice_grid_stop_settling (self);
  g_clear_handle_id (&self->selection_timeout, g_source_remove);
  if (self->view != NULL)
    {
      /* Columns that go away change the order once more; nobody is to hear of it. */
      g_signal_handlers_disconnect_by_func (gtk_column_view_get_sorter (self->view), sort_changed_cb, self);
      gtk_column_view_set_model (self->view, NULL);
    }
  g_clear_pointer ((GtkWidget **) &self->menu, gtk_widget_unparent);
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), RUBIS_TYPE_INVOICE_GRID);
  g_clear_object (&self->selection);
  g_clear_object (&self->list);
  g_clear_object (&self->sort);
  g_clear_object (&self->session);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (rubis_invoice_grid_parent_class)->dispose (object);
}

static void
rubis_invoice_grid_class_init (RubisInvoiceGridClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = rubis_invoice_grid_get_property;
  object_class->set_property = rubis_invoice_grid_set_property;
  object_class->dispose = rubis_invoice_grid_dispose;
  widget_class->grab_focus = rubis_invoice_grid_grab_focus;
  properties[PROP_GROUP_ID] = g_param_spec_int64 ("group-id", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_ACCOUNT_ID] = g_param_spec_int64 ("account-id", NULL, NULL, 0, G_MAXINT64, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[ACCOUNT_ACTIVATED] = g_signal_new ("account-activated", RUBIS_TYPE_INVOICE_GRID, G_SIGNAL_RUN_LAST, 0, NULL,
                                             NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  g_type_ensure (RUBIS_TYPE_FILTER_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-invoice-grid.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisInvoiceGrid, filter_bar);
  gtk_widget_class_bind_template_child (widget_class, RubisInvoiceGrid, stack);
  gtk_widget_class_bind_template_child (widget_class, RubisInvoiceGrid, scrolled);
  gtk_widget_class_bind_template_child (widget_class, RubisInvoiceGrid, view);
  gtk_widget_class_bind_template_child (widget_class, RubisInvoiceGrid, empty_page);
  gtk_widget_class_bind_template_child (widget_class, RubisInvoiceGrid, empty_reset);
  gtk_widget_class_bind_template_child (widget_class, RubisInvoiceGrid, empty_import);
  gtk_widget_class_bind_template_child (widget_class, RubisInvoiceGrid, total_label);
  gtk_widget_class_bind_template_child (widget_class, RubisInvoiceGrid, selection_label);
  gtk_widget_class_bind_template_child (widget_class, RubisInvoiceGrid, spinner);
  gtk_widget_class_bind_template_child (widget_class, RubisInvoiceGrid, columns_button);
  gtk_widget_class_bind_template_child (widget_class, RubisInvoiceGrid, menu);
  gtk_widget_class_bind_template_callback (widget_class, activate_row_cb);
  rubis_invoice_grid_install_actions (widget_class);
}

static void
rubis_invoice_grid_init (RubisInvoiceGrid *self)
{
  self->cancellable = g_cancellable_new ();
  self->sort = rubis_grid_sort_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->menu), GTK_WIDGET (self));
}

GtkWidget *
rubis_invoice_grid_new (RubisSession *session, RubisPreferences *preferences)
{
  RubisInvoiceGrid *self;
  g_autoptr(GMenuModel) columns = rubis_grid_columns_make_menu ();

  g_return_val_if_fail (RUBIS_IS_SESSION (session), NULL);

  self = g_object_new (RUBIS_TYPE_INVOICE_GRID, NULL);
  self->session = g_object_ref (session);
  self->preferences = preferences;
  self->list = rubis_item_list_new (session);
  rubis_filter_bar_set_today (self->filter_bar, rubis_session_get_today (session));
  rubis_filter_bar_set_session (self->filter_bar, session);
  rubis_grid_columns_install (self->view, self->sort, rubis_session_get_currency (session), preferences);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->columns_button), columns);
  gtk_widget_insert_action_group (self->columns_button, "columns", rubis_grid_columns_get_actions (self->view));
  connect_list (self);
  restore_filter (self);
  restore_sort (self);
  rubis_invoice_grid_add_shortcuts (self);
  rubis_invoice_grid_update_actions (self);
  return GTK_WIDGET (self);
}

RubisItemRow *
rubis_invoice_grid_dup_current (RubisInvoiceGrid *self)
{
  guint position = rubis_grid_selection_get_current_position (self->selection);

  if (position == GTK_INVALID_LIST_POSITION)
    return NULL;
  return g_list_model_get_item (G_LIST_MODEL (self->list), position);
}

void
rubis_invoice_grid_focus_filter (RubisInvoiceGrid *self)
{
  g_return_if_fail (RUBIS_IS_INVOICE_GRID (self));

  rubis_filter_bar_focus_text (self->filter_bar);
}

void
rubis_invoice_grid_set_today (RubisInvoiceGrid *self, RubisDate today)
{
  g_return_if_fail (RUBIS_IS_INVOICE_GRID (self));

  rubis_filter_bar_set_today (self->filter_bar, today);
  rubis_item_list_refresh (self->list);
}

void
rubis_invoice_grid_refresh (RubisInvoiceGrid *self)
{
  g_return_if_fail (RUBIS_IS_INVOICE_GRID (self));

  rubis_item_list_refresh (self->list);
}
