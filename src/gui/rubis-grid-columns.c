#include "rubis-grid-columns.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-account-disputes.h"
#include "rubis-mark-strip.h"
#include "rubis-policy.h"
#include "rubis-ui.h"
#include "rubis-window.h"

#define PREFERENCES_GROUP "invoice-columns"

/* No sort order in SQL for this column. */
#define UNSORTED -1
/* Not a fixed width: the column takes what the others leave. */
#define TAKES_THE_REST -1
#define MIN_REST_CHARS 18

typedef struct {
  const char *id;
  const char *title;
  const char *long_title;  /* (nullable) in menus, where the title is an abbreviation */
  int width;
  int sort;                /* RubisItemSort */
  gboolean number;
  gboolean shown;          /* unless the user chose otherwise */
} ColumnInfo;

/* In the order of RubisGridColumn, which is that of a fresh grid: what fits a small screen first. */
static const ColumnInfo columns_table[RUBIS_N_GRID_COLUMNS] = {
  { "marks", "", N_("Marks"), 50, UNSORTED, FALSE, TRUE },
  { "number", N_("Number"), NULL, 106, RUBIS_ITEM_SORT_NUMBER, FALSE, TRUE },
  { "account", N_("Account"), NULL, TAKES_THE_REST, RUBIS_ITEM_SORT_ACCOUNT, FALSE, TRUE },
  { "due-date", N_("Due"), N_("Due date"), 100, RUBIS_ITEM_SORT_DUE_DATE, FALSE, TRUE },
  { "days-late", N_("Late"), N_("Days late"), 68, RUBIS_ITEM_SORT_DAYS_LATE, TRUE, TRUE },
  { "open-amount", N_("Open amount"), NULL, 108, RUBIS_ITEM_SORT_OPEN, TRUE, TRUE },
  { "level", N_("Lvl"), N_("Level"), 50, RUBIS_ITEM_SORT_LEVEL, TRUE, TRUE },
  { "level-date", N_("Reminded"), N_("Last reminder"), 92, RUBIS_ITEM_SORT_LEVEL_DATE, FALSE, TRUE },
  { "type", N_("Type"), NULL, 92, RUBIS_ITEM_SORT_TYPE, FALSE, TRUE },
  { "issue-date", N_("Issued"), N_("Issue date"), 92, RUBIS_ITEM_SORT_ISSUE_DATE, FALSE, TRUE },
  { "total", N_("Total"), NULL, 112, RUBIS_ITEM_SORT_TOTAL, TRUE, TRUE },
  { "currency", N_("Currency"), NULL, 76, RUBIS_ITEM_SORT_CURRENCY, FALSE, FALSE },
  { "account-code", N_("Code"), N_("Account code"), 92, UNSORTED, FALSE, FALSE },
  { "order-ref", N_("Order"), N_("Order reference"), 106, RUBIS_ITEM_SORT_ORDER_REF, FALSE, FALSE },
  { "label", N_("Label"), NULL, 180, UNSORTED, FALSE, FALSE },
  { "means", N_("Means"), N_("Means of payment"), 106, UNSORTED, FALSE, FALSE },
  { "sales-rep", N_("Sales rep"), NULL, 120, RUBIS_ITEM_SORT_SALES_REP, FALSE, FALSE },
};

/* What a factory needs to fill its cells. */
typedef struct {
  RubisGridColumn column;
  RubisCurrency own;
} CellContext;

static guint
list_marks (RubisItemRow *row)
{
  return (row->leading ? RUBIS_MARK_LEADING : 0) | (row->stop ? RUBIS_MARK_STOP : 0)
         | (row->disputed ? RUBIS_MARK_DISPUTE : 0) | (row->promised ? RUBIS_MARK_PROMISE : 0)
         | (row->promise_passed ? RUBIS_MARK_PROMISE_PASSED : 0);
}

static char *
format_due_date (RubisItemRow *row)
{
  g_autofree char *date = rubis_ui_format_date (row->due_date);

  /* A due date that was computed from the terms is not a fact of the ERP: it is marked. */
  return row->due_date_computed ? g_strconcat (date, " *", NULL) : g_steal_pointer (&date);
}

/* A settled item is not late any more; what is not due shows how long remains as nothing at all. */
static char *
format_days_late (RubisItemRow *row)
{
  if (row->due_date == RUBIS_DATE_NONE || row->days_late <= 0 || row->open == 0)
    return g_strdup ("");
  /* Translators: days late, in a narrow column */
  return g_strdup_printf (_("%d d"), row->days_late);
}

const char *
rubis_grid_column_get_id (RubisGridColumn column)
{
  g_return_val_if_fail (column < RUBIS_N_GRID_COLUMNS, NULL);

  return columns_table[column].id;
}

const char *
rubis_grid_column_get_title (RubisGridColumn column)
{
  const ColumnInfo *info;

  g_return_val_if_fail (column < RUBIS_N_GRID_COLUMNS, NULL);

  info = &columns_table[column];
  return _(info->long_title != NULL ? info->long_title : info->title);
}

gboolean
rubis_grid_column_is_text (RubisGridColumn column)
{
  g_return_val_if_fail (column < RUBIS_N_GRID_COLUMNS, TRUE);

  return !columns_table[column].number;
}

char *
rubis_grid_column_format (RubisGridColumn column, RubisItemRow *row, RubisCurrency own)
{
  g_return_val_if_fail (RUBIS_IS_ITEM_ROW (row), NULL);

  switch (column)
    {
    case RUBIS_GRID_MARKS:
      return rubis_mark_strip_describe (list_marks (row));
    case RUBIS_GRID_NUMBER:
      return g_strdup (row->number);
    case RUBIS_GRID_ACCOUNT:
      return g_strdup (row->account_name[0] != '\0' ? row->account_name : row->account_code);
    case RUBIS_GRID_DUE_DATE:
      return format_due_date (row);
    case RUBIS_GRID_DAYS_LATE:
      return format_days_late (row);
    case RUBIS_GRID_OPEN:
      return rubis_ui_format_amount (row->open, row->currency, own);
    case RUBIS_GRID_LEVEL:
      return row->level == RUBIS_LEVEL_NONE ? g_strdup ("") : g_strdup_printf ("%d", row->level);
    case RUBIS_GRID_LEVEL_DATE:
      return rubis_ui_format_date (row->level_date);
    case RUBIS_GRID_TYPE:
      return g_strdup (rubis_item_type_to_label (row->type));
    case RUBIS_GRID_ISSUE_DATE:
      return rubis_ui_format_date (row->issue_date);
    case RUBIS_GRID_TOTAL:
      return rubis_ui_format_amount (row->total, row->currency, own);
    case RUBIS_GRID_CURRENCY:
      return g_strdup (row->currency.code);
    case RUBIS_GRID_ACCOUNT_CODE:
      return g_strdup (row->account_code);
    case RUBIS_GRID_ORDER_REF:
      return g_strdup (row->order_ref);
    case RUBIS_GRID_LABEL:
      return g_strdup (row->label);
    case RUBIS_GRID_MEANS:
      return g_strdup (row->means == RUBIS_MEANS_UNKNOWN ? "" : rubis_payment_means_to_label (row->means));
    case RUBIS_GRID_SALES_REP:
      return g_strdup (row->sales_rep);
    default:
      g_return_val_if_reached (NULL);
    }
}

static void
setup_text_cb (GtkSignalListItemFactory *factory, GtkListItem *item, CellContext *context)
{
  gboolean number = columns_table[context->column].number;
  GtkWidget *cell = g_object_new (GTK_TYPE_INSCRIPTION,
                                  "xalign", number ? 1.0 : 0.0,
                                  "text-overflow", GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END,
                                  "valign", GTK_ALIGN_CENTER,
                                  "min-lines", 1,
                                  "nat-lines", 1,
                                  NULL);

  if (number || strstr (columns_table[context->column].id, "date") != NULL)
    gtk_widget_add_css_class (cell, "numeric");
  if (columns_table[context->column].width == TAKES_THE_REST)
    {
      gtk_inscription_set_min_chars (GTK_INSCRIPTION (cell), MIN_REST_CHARS);
      gtk_inscription_set_nat_chars (GTK_INSCRIPTION (cell), MIN_REST_CHARS);
    }
  g_object_set_data (G_OBJECT (cell), "rubis-list-item", item);
  gtk_list_item_set_child (item, cell);
}

static void
style_cell (GtkWidget *cell, RubisGridColumn column, RubisItemRow *row)
{
  gboolean late = row->open > 0 && row->days_late > 0 && row->due_date != RUBIS_DATE_NONE;
  const char *lateness[] = { "numeric", "lateness", rubis_ui_late_class (late ? row->days_late : 0), NULL };
  const char *amount[] = { "numeric", row->open < 0 ? "credit" : "amount", NULL };

  if (column == RUBIS_GRID_DAYS_LATE)
    gtk_widget_set_css_classes (cell, lateness);
  else if (column == RUBIS_GRID_OPEN)
    gtk_widget_set_css_classes (cell, amount);
  else if (column == RUBIS_GRID_DUE_DATE)
    gtk_widget_set_tooltip_text (cell, row->due_date_computed ? _("Computed from the payment terms") : NULL);
  else if (column == RUBIS_GRID_ACCOUNT)
    {
      /* A long name is cut in its cell. */
      g_autofree char *text = g_strdup_printf ("%s (%s)", row->account_name, row->account_code);

      gtk_widget_set_tooltip_text (cell, text);
    }
}

static void
bind_text_cb (GtkSignalListItemFactory *factory, GtkListItem *item, CellContext *context)
{
  RubisItemRow *row = gtk_list_item_get_item (item);
  GtkWidget *cell = gtk_list_item_get_child (item);
  g_autofree char *text = rubis_grid_column_format (context->column, row, context->own);

  gtk_inscription_set_text (GTK_INSCRIPTION (cell), text);
  style_cell (cell, context->column, row);
}

/* Asked for when the tooltip is shown: the reason and the colleague are not in the rows of the list. */
static char *
describe_dispute (GtkWidget *strip, gpointer data)
{
  GtkListItem *item = g_object_get_data (G_OBJECT (strip), "rubis-list-item");
  RubisItemRow *row = gtk_list_item_get_item (item);
  GtkRoot *root = gtk_widget_get_root (strip);
  RubisSession *session = RUBIS_IS_WINDOW (root) ? rubis_window_get_session (RUBIS_WINDOW (root)) : NULL;
  g_autoptr(GPtrArray) disputes = NULL;

  if (session == NULL || row == NULL)
    return NULL;
  disputes = rubis_session_list_disputes (session, &(RubisDisputeFilter){ .item_id = row->id }, NULL);
  return disputes != NULL && disputes->len > 0 ? rubis_account_disputes_describe (disputes->pdata[0]) : NULL;
}

static void
setup_marks_cb (GtkSignalListItemFactory *factory, GtkListItem *item, CellContext *context)
{
  GtkWidget *cell = rubis_mark_strip_new ();

  rubis_mark_strip_set_dispute_func (RUBIS_MARK_STRIP (cell), describe_dispute, NULL);
  g_object_set_data (G_OBJECT (cell), "rubis-list-item", item);
  gtk_list_item_set_child (item, cell);
}

static void
bind_marks_cb (GtkSignalListItemFactory *factory, GtkListItem *item, CellContext *context)
{
  rubis_mark_strip_set_marks (RUBIS_MARK_STRIP (gtk_list_item_get_child (item)),
                              list_marks (gtk_list_item_get_item (item)));
}

static void
free_context (gpointer data, GClosure *closure)
{
  g_free (data);
}

static GtkListItemFactory *
make_factory (RubisGridColumn column, RubisCurrency own)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  CellContext *context = g_new0 (CellContext, 1);

  context->column = column;
  context->own = own;
  g_signal_connect_data (factory, "setup", G_CALLBACK (column == RUBIS_GRID_MARKS ? setup_marks_cb : setup_text_cb),
                         context, free_context, 0);
  g_signal_connect (factory, "bind", G_CALLBACK (column == RUBIS_GRID_MARKS ? bind_marks_cb : bind_text_cb), context);
  return factory;
}

GMenuModel *
rubis_grid_columns_make_menu (void)
{
  GMenu *menu = g_menu_new ();

  for (int i = 0; i < RUBIS_N_GRID_COLUMNS; i++)
    {
      g_autofree char *action = g_strconcat ("columns.", columns_table[i].id, NULL);

      g_menu_append (menu, rubis_grid_column_get_title (i), action);
    }
  return G_MENU_MODEL (menu);
}

static RubisGridColumn
get_column (GtkColumnViewColumn *column)
{
  return GPOINTER_TO_INT (g_object_get_data (G_OBJECT (column), "rubis-column"));
}

/* Columns of fields that users added are no RubisGridColumn. */
static gboolean
is_own (GtkColumnViewColumn *column)
{
  return get_column (column) < RUBIS_N_GRID_COLUMNS;
}

/* GTK 4.8 takes the width of hidden columns off the room to share: they keep none while hidden. */
static void
visible_changed_cb (GtkColumnViewColumn *column)
{
  int width = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (column), "rubis-width"));

  if (gtk_column_view_column_get_visible (column))
    gtk_column_view_column_set_fixed_width (column, width);
  else
    {
      width = gtk_column_view_column_get_fixed_width (column);
      g_object_set_data (G_OBJECT (column), "rubis-width", GINT_TO_POINTER (width));
      gtk_column_view_column_set_fixed_width (column, 0);
    }
}

static GtkColumnViewColumn *
make_column (RubisGridColumn id, RubisGridSort *sort, RubisCurrency own, RubisPreferences *preferences)
{
  const ColumnInfo *info = &columns_table[id];
  GtkColumnViewColumn *column = gtk_column_view_column_new (info->title[0] != '\0' ? _(info->title) : "",
                                                            make_factory (id, own));
  g_autofree char *visible_key = g_strconcat (info->id, "-visible", NULL);
  g_autofree char *width_key = g_strconcat (info->id, "-width", NULL);
  int width = info->width;
  gboolean visible = info->shown;

  if (preferences != NULL)
    {
      width = rubis_preferences_get_int (preferences, PREFERENCES_GROUP, width_key, info->width);
      visible = rubis_preferences_get_boolean (preferences, PREFERENCES_GROUP, visible_key, info->shown);
    }
  g_object_set_data (G_OBJECT (column), "rubis-column", GINT_TO_POINTER (id));
  gtk_column_view_column_set_fixed_width (column, width == TAKES_THE_REST ? width : CLAMP (width, 24, 1200));
  gtk_column_view_column_set_resizable (column, TRUE);
  g_signal_connect (column, "notify::visible", G_CALLBACK (visible_changed_cb), NULL);
  gtk_column_view_column_set_visible (column, visible);
  gtk_column_view_column_set_expand (column, info->width == TAKES_THE_REST);
  if (info->sort != UNSORTED)
    {
      g_autoptr(GtkSorter) sorter = rubis_grid_sort_make_sorter (sort, info->sort);

      gtk_column_view_column_set_sorter (column, sorter);
    }
  return column;
}

static void
save_column_cb (GtkColumnViewColumn *column, GParamSpec *pspec, RubisPreferences *preferences)
{
  const ColumnInfo *info = &columns_table[get_column (column)];
  g_autofree char *visible_key = g_strconcat (info->id, "-visible", NULL);
  g_autofree char *width_key = g_strconcat (info->id, "-width", NULL);

  if (g_str_equal (pspec->name, "visible"))
    rubis_preferences_set_boolean (preferences, PREFERENCES_GROUP, visible_key,
                                   gtk_column_view_column_get_visible (column));
  else if (gtk_column_view_column_get_visible (column))
    rubis_preferences_set_int (preferences, PREFERENCES_GROUP, width_key,
                               gtk_column_view_column_get_fixed_width (column));
}

static void
save_order_cb (GListModel *columns, guint position, guint removed, guint added, RubisPreferences *preferences)
{
  g_autoptr(GString) order = g_string_new (NULL);
  guint n_own = 0;

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      if (!is_own (column))
        continue;
      g_string_append_printf (order, "%s%s", n_own > 0 ? " " : "", columns_table[get_column (column)].id);
      n_own++;
    }
  /* A column that is moved is taken out first: half an order is not kept. */
  if (n_own == RUBIS_N_GRID_COLUMNS)
    rubis_preferences_set_string (preferences, PREFERENCES_GROUP, "order", order->str);
}

/* All columns: first those that the preferences name, in their order, then the others. */
static void
read_order (RubisPreferences *preferences, RubisGridColumn *order)
{
  g_autofree char *text = NULL;
  g_auto(GStrv) names = NULL;
  gboolean seen[RUBIS_N_GRID_COLUMNS] = { FALSE };
  int n = 0;

  text = preferences != NULL ? rubis_preferences_get_string (preferences, PREFERENCES_GROUP, "order") : NULL;
  names = g_strsplit (text != NULL ? text : "", " ", -1);
  for (int i = 0; names[i] != NULL; i++)
    {
      for (int id = 0; id < RUBIS_N_GRID_COLUMNS; id++)
        {
          if (seen[id] || !g_str_equal (names[i], columns_table[id].id))
            continue;
          seen[id] = TRUE;
          order[n++] = id;
        }
    }
  for (int id = 0; id < RUBIS_N_GRID_COLUMNS; id++)
    {
      if (!seen[id])
        order[n++] = id;
    }
}

/* Titles of numbers are aligned as the numbers; the view has no property for it. */
static void
align_titles (GtkColumnView *view)
{
  GtkWidget *title = gtk_widget_get_first_child (gtk_widget_get_first_child (GTK_WIDGET (view)));
  GListModel *columns = gtk_column_view_get_columns (view);

  for (guint i = 0; title != NULL && i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
      GtkWidget *box = gtk_widget_get_first_child (title);

      if (box != NULL && is_own (column) && columns_table[get_column (column)].number)
        gtk_widget_set_halign (box, GTK_ALIGN_END);
      title = gtk_widget_get_next_sibling (title);
    }
}

void
rubis_grid_columns_install (GtkColumnView *view, RubisGridSort *sort, RubisCurrency own,
                            RubisPreferences *preferences)
{
  g_autoptr(GSimpleActionGroup) actions = g_simple_action_group_new ();
  g_autoptr(GMenuModel) menu = rubis_grid_columns_make_menu ();
  RubisGridColumn order[RUBIS_N_GRID_COLUMNS];

  g_return_if_fail (GTK_IS_COLUMN_VIEW (view));
  g_return_if_fail (RUBIS_IS_GRID_SORT (sort));

  read_order (preferences, order);
  for (int i = 0; i < RUBIS_N_GRID_COLUMNS; i++)
    {
      g_autoptr(GtkColumnViewColumn) column = make_column (order[i], sort, own, preferences);
      g_autoptr(GPropertyAction) action = g_property_action_new (columns_table[order[i]].id, column, "visible");

      g_action_map_add_action (G_ACTION_MAP (actions), G_ACTION (action));
      gtk_column_view_column_set_header_menu (column, menu);
      gtk_column_view_append_column (view, column);
      if (preferences == NULL)
        continue;
      g_signal_connect (column, "notify::visible", G_CALLBACK (save_column_cb), preferences);
      g_signal_connect (column, "notify::fixed-width", G_CALLBACK (save_column_cb), preferences);
    }
  gtk_widget_insert_action_group (GTK_WIDGET (view), "columns", G_ACTION_GROUP (actions));
  g_object_set_data_full (G_OBJECT (view), "rubis-column-actions", g_object_ref (actions), g_object_unref);
  if (preferences != NULL)
    g_signal_connect (gtk_column_view_get_columns (view), "items-changed", G_CALLBACK (save_order_cb), preferences);
  align_titles (view);
}

GActionGroup *
rubis_grid_columns_get_actions (GtkColumnView *view)
{
  g_return_val_if_fail (GTK_IS_COLUMN_VIEW (view), NULL);

  return g_object_get_data (G_OBJECT (view), "rubis-column-actions");
}

GtkColumnViewColumn *
rubis_grid_columns_find (GtkColumnView *view, RubisGridColumn column)
{
  GListModel *columns;

  g_return_val_if_fail (GTK_IS_COLUMN_VIEW (view), NULL);

  columns = gtk_column_view_get_columns (view);
  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr(GtkColumnViewColumn) candidate = g_list_model_get_item (columns, i);

      if (get_column (candidate) == column)
        return candidate;
    }
  return NULL;
}

GArray *
rubis_grid_columns_list_visible (GtkColumnView *view)
{
  GArray *visible = g_array_new (FALSE, FALSE, sizeof (RubisGridColumn));
  GListModel *columns;

  g_return_val_if_fail (GTK_IS_COLUMN_VIEW (view), visible);

  columns = gtk_column_view_get_columns (view);
  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
      RubisGridColumn id = get_column (column);

      if (is_own (column) && gtk_column_view_column_get_visible (column))
        g_array_append_val (visible, id);
    }
  return visible;
}

GtkListItem *
rubis_grid_columns_get_list_item (GtkWidget *widget)
{
  /* A cell of the view has the cell of the factory as its child; a row has cells. */
  for (; widget != NULL && !GTK_IS_COLUMN_VIEW (widget); widget = gtk_widget_get_parent (widget))
    {
      GtkWidget *child = widget;

      while (child != NULL)
        {
          GtkListItem *item = g_object_get_data (G_OBJECT (child), "rubis-list-item");

          if (item != NULL)
            return item;
          child = gtk_widget_get_first_child (child);
        }
    }
  return NULL;
}
