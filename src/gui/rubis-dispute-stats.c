#include "rubis-dispute-stats.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "rubis-plain.h"
#include "rubis-share-bar.h"
#include "rubis-ui.h"

/* A line of the table: the list model wants objects. */
#define RUBIS_TYPE_STAT_LINE (rubis_stat_line_get_type ())
G_DECLARE_FINAL_TYPE (RubisStatLine, rubis_stat_line, RUBIS, STAT_LINE, GObject)

struct _RubisStatLine
{
  GObject parent_instance;

  GPtrArray *all; /* (owned) (element-type RubisDisputeStat) keeps @stat */
  const RubisDisputeStat *stat;
  double share; /* of the largest amount of its currency */
};

G_DEFINE_FINAL_TYPE (RubisStatLine, rubis_stat_line, G_TYPE_OBJECT)

static void
rubis_stat_line_finalize (GObject *object)
{
  g_clear_pointer (&RUBIS_STAT_LINE (object)->all, g_ptr_array_unref);
  G_OBJECT_CLASS (rubis_stat_line_parent_class)->finalize (object);
}

static void
rubis_stat_line_class_init (RubisStatLineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rubis_stat_line_finalize;
}

static void
rubis_stat_line_init (RubisStatLine *self)
{
}

struct _RubisDisputeStats
{
  AdwBin parent_instance;

  GtkDropDown *by;
  GtkDropDown *period;
  GtkStack *stack;
  GtkColumnView *view;

  RubisSession *session;     /* (owned) (nullable) */
  GListStore *lines;         /* (owned) (element-type RubisStatLine) */
  GCancellable *cancellable; /* (owned) (nullable) of reading */
  RubisDate from;            /* of what is shown */
  RubisDate to;
};

G_DEFINE_FINAL_TYPE (RubisDisputeStats, rubis_dispute_stats, ADW_TYPE_BIN)

enum
{
  SLICE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

typedef enum
{
  COLUMN_LABEL,
  COLUMN_OPENED,
  COLUMN_AMOUNT,
  COLUMN_BAR,
  COLUMN_OPEN,
  COLUMN_FOUNDED,
  COLUMN_DAYS,
} Column;

static const struct
{
  const char *title; /* untranslated */
  int width;         /* 0: what the others leave */
  gboolean numeric;
} columns[] = {
  [COLUMN_LABEL] = { N_ ("What"), 0, FALSE },
  [COLUMN_OPENED] = { N_ ("Disputes"), 62, TRUE },
  [COLUMN_AMOUNT] = { N_ ("Contested"), 92, TRUE },
  [COLUMN_BAR] = { N_ ("Share, still open darker"), 0, FALSE },
  [COLUMN_OPEN] = { N_ ("Still open"), 92, TRUE },
  [COLUMN_FOUNDED] = { N_ ("Founded"), 66, TRUE },
  [COLUMN_DAYS] = { N_ ("Days"), 52, TRUE },
};

static char *
make_label (const RubisDisputeStat *stat)
{
  return g_strdup (*stat->label != '\0' ? stat->label : _ ("Not named"));
}

static char *
make_text (RubisDisputeStats *self, const RubisDisputeStat *stat, Column column)
{
  RubisCurrency own = rubis_session_get_currency (self->session);

  switch (column)
    {
    case COLUMN_OPENED:
      return rubis_ui_format_count (stat->n_opened);
    case COLUMN_AMOUNT:
      return rubis_ui_format_amount (stat->amount, stat->currency, own);
    case COLUMN_OPEN:
      return rubis_ui_format_amount (stat->open_amount, stat->currency, own);
    case COLUMN_FOUNDED:
      if (stat->n_closed == 0)
        return g_strdup ("–");
      /* Translators: a percentage. */
      return g_strdup_printf (_ ("%d %%"), (int)lround (100.0 * stat->n_founded / stat->n_closed));
    case COLUMN_DAYS:
      return stat->n_closed > 0 ? g_strdup_printf ("%d", (int)lround (stat->average_days)) : g_strdup ("–");
    case COLUMN_LABEL:
    case COLUMN_BAR:
    default:
      return make_label (stat);
    }
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  guint column = GPOINTER_TO_UINT (data);
  GtkWidget *cell;

  if (column == COLUMN_BAR)
    {
      gtk_list_item_set_child (item, rubis_share_bar_new ());
      return;
    }
  cell = gtk_inscription_new (NULL);
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (cell), column == COLUMN_LABEL ? 12 : 0);
  gtk_inscription_set_min_lines (GTK_INSCRIPTION (cell), 1);
  gtk_inscription_set_nat_lines (GTK_INSCRIPTION (cell), 1);
  gtk_widget_set_valign (cell, GTK_ALIGN_CENTER);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (cell), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_xalign (GTK_INSCRIPTION (cell), columns[column].numeric ? 1 : 0);
  if (columns[column].numeric)
    gtk_widget_add_css_class (cell, "numeric");
  gtk_list_item_set_child (item, cell);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  RubisDisputeStats *self = g_object_get_data (G_OBJECT (factory), "rubis-stats");
  RubisStatLine *line = gtk_list_item_get_item (item);
  Column column = GPOINTER_TO_UINT (data);
  GtkWidget *cell = gtk_list_item_get_child (item);
  g_autofree char *text = make_text (self, line->stat, column);

  if (column == COLUMN_BAR)
    {
      double part = line->stat->amount > 0 ? (double)line->stat->open_amount / (double)line->stat->amount : 0;
      g_autofree char *amount = make_text (self, line->stat, COLUMN_AMOUNT);
      g_autofree char *open = make_text (self, line->stat, COLUMN_OPEN);
      g_autofree char *said
          = g_strdup_printf (_ ("%s: %s contested, %s of it still open"), text, amount, open);

      rubis_share_bar_set (RUBIS_SHARE_BAR (cell), line->share, part, said);
      return;
    }
  gtk_inscription_set_text (GTK_INSCRIPTION (cell), text);
  if (column == COLUMN_LABEL)
    gtk_widget_set_tooltip_text (cell, text);
}

static void
add_columns (RubisDisputeStats *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      GtkColumnViewColumn *column = gtk_column_view_column_new (_ (columns[i].title), factory);

      g_object_set_data (G_OBJECT (factory), "rubis-stats", self);
      g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), GUINT_TO_POINTER (i));
      g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), GUINT_TO_POINTER (i));
      if (columns[i].width > 0)
        gtk_column_view_column_set_fixed_width (column, columns[i].width);
      gtk_column_view_column_set_expand (column, columns[i].width == 0);
      gtk_column_view_column_set_resizable (column, TRUE);
      gtk_column_view_append_column (self->view, column);
      g_object_unref (column);
    }
}

/* --- reading --- */

typedef struct
{
  RubisDisputeGrouping by;
  RubisDate from;
  RubisDate to;
} Question;

static gpointer
read_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  const Question *question = data;

  return rubis_session_list_dispute_stats (session, question->by, question->from, question->to, error);
}

static double
find_share (GPtrArray *stats, const RubisDisputeStat *stat)
{
  gint64 largest = 0;

  for (guint i = 0; i < stats->len; i++)
    {
      const RubisDisputeStat *other = stats->pdata[i];

      if (rubis_currency_equal (other->currency, stat->currency))
        largest = MAX (largest, other->amount);
    }
  return largest > 0 ? (double)stat->amount / (double)largest : 0;
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisDisputeStats) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) stats = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);

  if (rubis_plain_is_abandoned (result))
    return;
  if (stats == NULL)
    {
      rubis_ui_show_error (GTK_WIDGET (self), _ ("The statistics cannot be read"), error, FALSE);
      return;
    }
  for (guint i = 0; i < stats->len; i++)
    {
      RubisStatLine *line = g_object_new (RUBIS_TYPE_STAT_LINE, NULL);

      line->all = g_ptr_array_ref (stats);
      line->stat = stats->pdata[i];
      line->share = find_share (stats, line->stat);
      g_ptr_array_add (lines, line);
    }
  g_list_store_splice (self->lines, 0, g_list_model_get_n_items (G_LIST_MODEL (self->lines)), lines->pdata,
                       lines->len);
  gtk_stack_set_visible_child_name (self->stack, lines->len > 0 ? "table" : "empty");
}

/* The periods of the drop-down, up to today. */
static RubisDate
find_start (RubisDate today, guint period)
{
  int year, month, day;

  rubis_date_to_ymd (today, &year, &month, &day);
  if (period == 0)
    return today - 364;
  if (period == 1)
    return rubis_date_from_ymd (year, 1, 1);
  if (period == 2)
    return rubis_date_from_ymd (year, month - (month - 1) % 3, 1);
  if (period == 3)
    return rubis_date_from_ymd (year, month, 1);
  return rubis_date_from_ymd (1970, 1, 1);
}

void
rubis_dispute_stats_refresh (RubisDisputeStats *self)
{
  Question *question;

  g_return_if_fail (RUBIS_IS_DISPUTE_STATS (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->session == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  self->to = rubis_session_get_today (self->session);
  self->from = find_start (self->to, gtk_drop_down_get_selected (self->period));
  question = g_new0 (Question, 1);
  *question = (Question){ (RubisDisputeGrouping)gtk_drop_down_get_selected (self->by), self->from, self->to };
  rubis_ui_read_async (self->session, read_work, question, g_free, (GDestroyNotify)g_ptr_array_unref,
                       self->cancellable, read_cb, g_object_ref (self));
}

static void
activate_cb (RubisDisputeStats *self, guint position)
{
  g_autoptr (RubisStatLine) line = g_list_model_get_item (G_LIST_MODEL (self->lines), position);
  g_autofree char *label = line != NULL ? make_label (line->stat) : NULL;
  RubisDisputeSlice slice;

  if (line == NULL)
    return;
  slice = (RubisDisputeSlice){ (RubisDisputeGrouping)gtk_drop_down_get_selected (self->by), line->stat->id,
                               label, self->from, self->to };
  g_signal_emit (self, signals[SLICE], 0, &slice);
}

static gboolean
rubis_dispute_stats_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (RUBIS_DISPUTE_STATS (widget)->view));
}

static void
rubis_dispute_stats_dispose (GObject *object)
{
  RubisDisputeStats *self = RUBIS_DISPUTE_STATS (object);

  g_cancellable_cancel (self->cancellable);
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), RUBIS_TYPE_DISPUTE_STATS);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->lines);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (rubis_dispute_stats_parent_class)->dispose (object);
}

static void
rubis_dispute_stats_class_init (RubisDisputeStatsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_dispute_stats_dispose;
  widget_class->grab_focus = rubis_dispute_stats_grab_focus;
  signals[SLICE] = g_signal_new ("slice", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_POINTER);
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-dispute-stats.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisDisputeStats, by);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputeStats, period);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputeStats, stack);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputeStats, view);
  gtk_widget_class_bind_template_callback (widget_class, rubis_dispute_stats_refresh);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
rubis_dispute_stats_init (RubisDisputeStats *self)
{
  g_autoptr (GtkSingleSelection) selection = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  add_columns (self);
  self->lines = g_list_store_new (RUBIS_TYPE_STAT_LINE);
  selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->lines)));
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
}

void
rubis_dispute_stats_set_session (RubisDisputeStats *self, RubisSession *session)
{
  g_return_if_fail (RUBIS_IS_DISPUTE_STATS (self));

  g_set_object (&self->session, session);
}
