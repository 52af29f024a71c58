#include "rubis-dispute-list.h"

#include <glib/gi18n-lib.h>

#include "rubis-grid-selection.h"
#include "rubis-sums.h"
#include "rubis-ui.h"

struct _RubisDisputeList
{
  AdwBin parent_instance;

  GtkColumnView *view;
  GtkLabel *total;
  GtkWidget *several;
  RubisChoiceDrop *resolver;
  GtkEditable *due;
  GtkWidget *assign_button;
  GtkLabel *problem;

  RubisSession *session;         /* (owned) (nullable) */
  GListStore *store;             /* (owned) (element-type RubisDispute) */
  GListModel *sorted;            /* (owned) */
  RubisGridSelection *selection; /* (owned) */
};

G_DEFINE_FINAL_TYPE (RubisDisputeList, rubis_dispute_list, ADW_TYPE_BIN)

enum
{
  PICKED,
  OPENED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

typedef enum
{
  COLUMN_ACCOUNT,
  COLUMN_AMOUNT,
  COLUMN_REASON,
  COLUMN_RESOLVER,
  COLUMN_DUE,
  COLUMN_DAYS,
  COLUMN_STATE,
  COLUMN_OPENED,
  COLUMN_LINE,
} Column;

static const struct
{
  const char *title; /* untranslated */
  int width;         /* 0: what the others leave, and so much at least: */
  guint min_chars;
  gboolean numeric;
} columns[] = {
  [COLUMN_ACCOUNT] = { N_ ("Account"), 0, 12, FALSE },
  [COLUMN_AMOUNT] = { N_ ("Contested"), 92, 0, TRUE },
  [COLUMN_REASON] = { N_ ("Reason"), 136, 0, FALSE },
  [COLUMN_RESOLVER] = { N_ ("Resolved by"), 120, 0, FALSE },
  [COLUMN_DUE] = { N_ ("To resolve by"), 136, 0, FALSE },
  [COLUMN_DAYS] = { N_ ("Days"), 50, 0, TRUE },
  [COLUMN_STATE] = { N_ ("State"), 116, 0, FALSE },
  [COLUMN_OPENED] = { N_ ("Opened"), 92, 0, FALSE },
  [COLUMN_LINE] = { N_ ("Product line"), 130, 0, FALSE },
};

static RubisCurrency
get_own (RubisDisputeList *self)
{
  return self->session != NULL ? rubis_session_get_currency (self->session) : RUBIS_CURRENCY_EUR;
}

static char *
make_text (RubisDisputeList *self, RubisDispute *dispute, Column column)
{
  switch (column)
    {
    case COLUMN_ACCOUNT:
      return g_strdup (dispute->account_name);
    case COLUMN_AMOUNT:
      return rubis_ui_format_amount (dispute->amount, dispute->currency, get_own (self));
    case COLUMN_REASON:
      return g_strdup (dispute->reason_label);
    case COLUMN_RESOLVER:
      return g_strdup (dispute->resolver);
    case COLUMN_DUE:
      return rubis_ui_format_date (dispute->due_date);
    case COLUMN_DAYS:
      return g_strdup_printf ("%d", dispute->days);
    case COLUMN_STATE:
      return g_strdup (rubis_dispute_state_to_label (dispute->state));
    case COLUMN_OPENED:
      return rubis_ui_format_date (dispute->opened_on);
    case COLUMN_LINE:
    default:
      return g_strdup (dispute->product_line);
    }
}

static int
compare_numbers (gint64 a, gint64 b)
{
  return a < b ? GTK_ORDERING_SMALLER : a > b ? GTK_ORDERING_LARGER : GTK_ORDERING_EQUAL;
}

static int
compare_texts (const char *a, const char *b)
{
  return compare_numbers (g_utf8_collate (a, b), 0);
}

static int
compare (gconstpointer first, gconstpointer second, gpointer data)
{
  const RubisDispute *a = first;
  const RubisDispute *b = second;

  switch (GPOINTER_TO_UINT (data))
    {
    case COLUMN_AMOUNT:
      return compare_numbers (a->amount, b->amount);
    case COLUMN_REASON:
      return compare_texts (a->reason_label, b->reason_label);
    case COLUMN_RESOLVER:
      return compare_texts (a->resolver, b->resolver);
    case COLUMN_DUE:
      return compare_numbers (a->due_date, b->due_date);
    case COLUMN_DAYS:
      return compare_numbers (a->days, b->days);
    case COLUMN_STATE:
      return compare_numbers (a->state, b->state);
    case COLUMN_OPENED:
      return compare_numbers (a->opened_on, b->opened_on);
    case COLUMN_LINE:
      return compare_texts (a->product_line, b->product_line);
    case COLUMN_ACCOUNT:
    default:
      return compare_texts (a->account_name, b->account_name);
    }
}

/* --- cells --- */

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  guint column = GPOINTER_TO_UINT (data);
  GtkWidget *cell = gtk_inscription_new (NULL);

  gtk_inscription_set_min_chars (GTK_INSCRIPTION (cell), columns[column].min_chars);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (cell), columns[column].min_chars);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (cell), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_min_lines (GTK_INSCRIPTION (cell), 1);
  gtk_inscription_set_nat_lines (GTK_INSCRIPTION (cell), 1);
  gtk_widget_set_valign (cell, GTK_ALIGN_CENTER);
  gtk_inscription_set_xalign (GTK_INSCRIPTION (cell), columns[column].numeric ? 1 : 0);
  gtk_list_item_set_child (item, cell);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  RubisDisputeList *self = g_object_get_data (G_OBJECT (factory), "rubis-list");
  RubisDispute *dispute = gtk_list_item_get_item (item);
  Column column = GPOINTER_TO_UINT (data);
  GtkWidget *cell = gtk_list_item_get_child (item);
  g_autofree char *text = make_text (self, dispute, column);
  g_autofree char *late = NULL;
  const char *plain[] = { columns[column].numeric || column == COLUMN_OPENED ? "numeric" : "plain", NULL };
  const char *lateness[] = { "numeric", "lateness", rubis_ui_late_class (dispute->days_late), NULL };

  if (column == COLUMN_DUE && dispute->days_late > 0)
    late = g_strdup_printf (ngettext ("%s: %d day late", "%s: %d days late", (gulong)dispute->days_late),
                            text, dispute->days_late);
  gtk_inscription_set_text (GTK_INSCRIPTION (cell), text);
  gtk_widget_set_tooltip_text (cell, late != NULL ? late : *text != '\0' ? text : NULL);
  gtk_widget_set_css_classes (cell, column == COLUMN_DUE && dispute->days_late > 0 ? lateness : plain);
}

static void
add_columns (RubisDisputeList *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      GtkColumnViewColumn *column = gtk_column_view_column_new (_ (columns[i].title), factory);
      g_autoptr (GtkSorter) sorter = GTK_SORTER (gtk_custom_sorter_new (compare, GUINT_TO_POINTER (i), NULL));

      g_object_set_data (G_OBJECT (factory), "rubis-list", self);
      g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), GUINT_TO_POINTER (i));
      g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), GUINT_TO_POINTER (i));
      if (columns[i].width > 0)
        gtk_column_view_column_set_fixed_width (column, columns[i].width);
      gtk_column_view_column_set_expand (column, columns[i].width == 0);
      gtk_column_view_column_set_resizable (column, TRUE);
      gtk_column_view_column_set_sorter (column, sorter);
      gtk_column_view_append_column (self->view, column);
      g_object_unref (column);
    }
}

/* --- what is selected --- */

static gint64
get_id (GListModel *model, guint position)
{
  g_autoptr (RubisDispute) dispute = g_list_model_get_item (model, position);

  return dispute != NULL ? dispute->id : 0;
}

RubisDispute *
rubis_dispute_list_dup_current (RubisDisputeList *self)
{
  guint position;

  g_return_val_if_fail (RUBIS_IS_DISPUTE_LIST (self), NULL);

  position = rubis_grid_selection_get_current_position (self->selection);
  return position != GTK_INVALID_LIST_POSITION ? g_list_model_get_item (self->sorted, position) : NULL;
}

static void
current_cb (RubisDisputeList *self)
{
  g_autoptr (RubisDispute) dispute = rubis_dispute_list_dup_current (self);

  if (dispute != NULL)
    g_signal_emit (self, signals[PICKED], 0, dispute);
}

static char *
describe (GListModel *model, GtkBitset *only)
{
  g_autoptr (GArray) sums = rubis_sums_new ();
  guint n = g_list_model_get_n_items (model);
  guint n_counted = 0;
  g_autofree char *count = NULL;
  g_autofree char *sum = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (RubisDispute) dispute = g_list_model_get_item (model, i);

      if (only != NULL && !gtk_bitset_contains (only, i))
        continue;
      n_counted++;
      rubis_sums_add (sums, dispute->currency, dispute->amount);
    }
  count = rubis_ui_format_count (n_counted);
  sum = rubis_sums_to_text (sums);
  if (only != NULL)
    return g_strdup_printf (ngettext ("%s selected · %s", "%s selected · %s", n_counted), count, sum);
  return g_strdup_printf (ngettext ("%s dispute · %s", "%s disputes · %s", n_counted), count, sum);
}

static void
selection_cb (RubisDisputeList *self)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  gboolean several = gtk_bitset_get_size (selected) > 1;
  g_autofree char *text = describe (self->sorted, several ? selected : NULL);

  gtk_label_set_label (self->total, text);
  gtk_widget_set_visible (self->several, several);
}

static void
activate_cb (RubisDisputeList *self, guint position)
{
  g_autoptr (RubisDispute) dispute = g_list_model_get_item (self->sorted, position);

  if (dispute != NULL)
    g_signal_emit (self, signals[OPENED], 0, dispute);
}

/* --- several at once --- */

typedef struct
{
  GArray *ids; /* (owned) (element-type gint64) */
  gint64 resolver_id;
  RubisDate due_date;
} Assignment;

static void
assignment_free (gpointer data)
{
  Assignment *self = data;

  g_array_unref (self->ids);
  g_free (self);
}

static gpointer
assign_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  Assignment *work = data;

  return rubis_session_assign_disputes (session, work->ids, work->resolver_id, work->due_date, error)
             ? session
             : NULL;
}

static void
show_problem (RubisDisputeList *self, const char *text)
{
  gtk_label_set_label (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
}

static void
assigned_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisDisputeList) self = user_data;
  g_autoptr (GError) error = NULL;

  rubis_session_run_finish (RUBIS_SESSION (source), result, &error);
  gtk_widget_set_sensitive (self->assign_button, TRUE);
  show_problem (self, error != NULL ? error->message : NULL);
  if (error != NULL)
    return;
  rubis_choice_drop_set_id (self->resolver, "", NULL);
  gtk_editable_set_text (self->due, "");
  rubis_ui_toast (GTK_WIDGET (self), _ ("Disputes assigned"), TRUE);
}

static void
assign_cb (RubisDisputeList *self)
{
  const char *resolver = rubis_choice_drop_get_id (self->resolver);
  const char *typed = gtk_editable_get_text (self->due);
  GArray *ids = rubis_grid_selection_get_ids (self->selection);
  RubisDate due = rubis_ui_parse_date (typed);
  Assignment *work;

  show_problem (self, NULL);
  gtk_widget_remove_css_class (GTK_WIDGET (self->due), "error");
  if (*typed != '\0' && due == RUBIS_DATE_NONE)
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->due), "error");
      show_problem (self, _ ("This is no day: type it as 20/11/2026."));
      return;
    }
  if (*resolver == '\0' && due == RUBIS_DATE_NONE)
    {
      show_problem (self, _ ("Choose a colleague or a day for the disputes that are selected."));
      return;
    }
  work = g_new0 (Assignment, 1);
  work->ids = g_array_copy (ids);
  work->resolver_id = *resolver != '\0' ? g_ascii_strtoll (resolver, NULL, 10) : -1;
  work->due_date = due;
  gtk_widget_set_sensitive (self->assign_button, FALSE);
  rubis_session_run_async (self->session, NULL, assign_work, work, assignment_free, NULL, NULL, assigned_cb,
                           g_object_ref (self));
}

/* --- the widget --- */

static gboolean
rubis_dispute_list_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (RUBIS_DISPUTE_LIST (widget)->view));
}

static void
rubis_dispute_list_dispose (GObject *object)
{
  RubisDisputeList *self = RUBIS_DISPUTE_LIST (object);

  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), RUBIS_TYPE_DISPUTE_LIST);
  g_clear_object (&self->selection);
  g_clear_object (&self->sorted);
  g_clear_object (&self->store);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (rubis_dispute_list_parent_class)->dispose (object);
}

static void
rubis_dispute_list_class_init (RubisDisputeListClass *klass)
{
  static const char *const names[N_SIGNALS] = { "picked", "opened" };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_dispute_list_dispose;
  widget_class->grab_focus = rubis_dispute_list_grab_focus;
  for (int i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 1, RUBIS_TYPE_DISPUTE);
  g_type_ensure (RUBIS_TYPE_CHOICE_DROP);
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-dispute-list.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisDisputeList, view);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputeList, total);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputeList, several);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputeList, resolver);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputeList, due);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputeList, assign_button);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputeList, problem);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, assign_cb);
}

static void
rubis_dispute_list_init (RubisDisputeList *self)
{
  GtkSorter *sorter;

  gtk_widget_init_template (GTK_WIDGET (self));
  add_columns (self);
  self->store = g_list_store_new (RUBIS_TYPE_DISPUTE);
  sorter = gtk_column_view_get_sorter (self->view);
  self->sorted = G_LIST_MODEL (
      gtk_sort_list_model_new (G_LIST_MODEL (g_object_ref (self->store)), g_object_ref (sorter)));
  self->selection = rubis_grid_selection_new (self->sorted, get_id);
  g_signal_connect_object (self->selection, "notify::current-id", G_CALLBACK (current_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (selection_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
}

void
rubis_dispute_list_set_session (RubisDisputeList *self, RubisSession *session)
{
  g_return_if_fail (RUBIS_IS_DISPUTE_LIST (self));

  g_set_object (&self->session, session);
}

void
rubis_dispute_list_set_lists (RubisDisputeList *self, const RubisDisputeLists *lists)
{
  g_return_if_fail (RUBIS_IS_DISPUTE_LIST (self));

  rubis_dispute_lists_fill_resolvers (lists, self->resolver, _ ("Same Colleague"), TRUE);
}

void
rubis_dispute_list_set_disputes (RubisDisputeList *self, GPtrArray *disputes)
{
  g_return_if_fail (RUBIS_IS_DISPUTE_LIST (self));
  g_return_if_fail (disputes != NULL);

  g_list_store_splice (self->store, 0, g_list_model_get_n_items (G_LIST_MODEL (self->store)), disputes->pdata,
                       disputes->len);
  selection_cb (self);
}
