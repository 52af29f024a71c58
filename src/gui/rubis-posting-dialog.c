#include "rubis-posting-dialog.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "rubis-attachments.h"
#include "rubis-post-batch.h"
#include "rubis-ui.h"

#define MEGABYTE 1000000

struct _RubisPostingDialog
{
  AdwWindow parent_instance;

  GtkWidget *problem_box;
  GtkLabel *problem;
  GtkAdjustment *limit;
  GtkSwitch *merged;
  GtkAdjustment *paper;
  GtkEditable *date;
  GtkSwitch *checked;
  GtkWidget *unchecked_box;
  GtkGrid *grid;

  RubisSession *session; /* (owned) */
  GKeyFile *prices;      /* (owned) as the dossier has them */
  GPtrArray *cells;      /* (owned) (element-type Cell) */
  gboolean limit_changed;
  gboolean busy;
};

G_DEFINE_FINAL_TYPE (RubisPostingDialog, rubis_posting_dialog, ADW_TYPE_WINDOW)

/* One price of the table. */
typedef struct
{
  const char *group;  /* (static) */
  char *key;          /* grams, or the kind of a receipt */
  GtkEditable *entry; /* (unowned) */
} Cell;

static void
cell_free (gpointer data)
{
  Cell *self = data;

  g_free (self->key);
  g_free (self);
}

static void
set_problem (RubisPostingDialog *self, const char *text)
{
  gtk_label_set_label (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (self->problem_box, text != NULL);
}

/* "1,52" -> "1.52"; NULL when it is no price. (transfer full) */
static char *
read_price (RubisPostingDialog *self, const char *typed)
{
  g_autofree char *code = g_key_file_get_string (self->prices, "table", "currency", NULL);
  g_autofree char *text = g_strstrip (g_strdup (typed));
  RubisCurrency currency;
  gint64 price;

  g_strdelimit (text, ",", '.');
  if (!rubis_currency_parse (code, &currency) || !rubis_money_parse (text, currency, &price, NULL)
      || price < 0)
    return NULL;
  return rubis_money_to_string (price, currency);
}

static void
mark (GtkEditable *editable, gboolean good)
{
  if (good)
    gtk_widget_remove_css_class (GTK_WIDGET (editable), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (editable), "error");
}

static gboolean
check_all (RubisPostingDialog *self)
{
  RubisDate date = rubis_ui_parse_date (gtk_editable_get_text (self->date));
  gboolean good = date != RUBIS_DATE_NONE;

  mark (self->date, good);
  for (guint i = 0; i < self->cells->len; i++)
    {
      const Cell *cell = self->cells->pdata[i];
      g_autofree char *price = read_price (self, gtk_editable_get_text (cell->entry));

      mark (cell->entry, price != NULL);
      good = good && price != NULL;
    }
  return good;
}

static void
changed_cb (RubisPostingDialog *self)
{
  gboolean good;

  if (self->session == NULL)
    return;
  good = check_all (self);
  set_problem (self, good ? NULL : _ ("What is marked is no price, or no date: write 1,52 and 01/01/2026."));
  gtk_widget_set_visible (self->unchecked_box, !gtk_switch_get_active (self->checked));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "posting.save", good && !self->busy);
}

/* Other prices than those that were confirmed are to be compared again. */
static void
price_changed_cb (RubisPostingDialog *self)
{
  if (self->session == NULL)
    return;
  gtk_switch_set_active (self->checked, FALSE);
  changed_cb (self);
}

static void
limit_changed_cb (RubisPostingDialog *self)
{
  self->limit_changed = self->session != NULL;
}

/* --- keeping it --- */

typedef struct
{
  char *prices; /* (owned) (nullable) NULL: as they were */
  gint64 limit; /* bytes; -1: as it was */
  gboolean merged;
} Order;

static void
order_free (gpointer data)
{
  Order *self = data;

  g_free (self->prices);
  g_free (self);
}

static gpointer
save_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  Order *order = data;
  gboolean done = TRUE;

  if (order->prices != NULL)
    done = rubis_session_set_postage_text (session, order->prices, error);
  if (done && order->limit >= 0)
    done = rubis_session_set_attachment_limit (session, order->limit, error);
  if (done && order->merged != rubis_session_get_attachments_merged (session))
    done = rubis_session_set_attachments_merged (session, order->merged, error);
  return GINT_TO_POINTER (done);
}

static void
save_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisPostingDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  rubis_session_run_finish (RUBIS_SESSION (source), result, &error);
  if (self->session == NULL)
    return;
  self->busy = FALSE;
  if (error == NULL)
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  set_problem (self, error->message);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "posting.save", TRUE);
}

/* The prices as they are typed. (transfer full) (nullable) NULL when they are as they were */
static char *
make_prices (RubisPostingDialog *self)
{
  g_autofree char *before = g_key_file_to_data (self->prices, NULL, NULL);
  g_autofree char *after = NULL;
  g_autofree char *date = rubis_date_to_iso (rubis_ui_parse_date (gtk_editable_get_text (self->date)));

  g_key_file_set_string (self->prices, "table", "as-of", date);
  g_key_file_set_boolean (self->prices, "table", "checked", gtk_switch_get_active (self->checked));
  g_key_file_set_integer (self->prices, "weight", "paper",
                          (int)lround (gtk_adjustment_get_value (self->paper)));
  for (guint i = 0; i < self->cells->len; i++)
    {
      const Cell *cell = self->cells->pdata[i];
      g_autofree char *price = read_price (self, gtk_editable_get_text (cell->entry));

      g_key_file_set_string (self->prices, cell->group, cell->key, price);
    }
  after = g_key_file_to_data (self->prices, NULL, NULL);
  return g_str_equal (before, after) ? NULL : g_steal_pointer (&after);
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisPostingDialog *self = RUBIS_POSTING_DIALOG (widget);
  Order *order;

  if (self->busy || !check_all (self))
    return;
  order = g_new0 (Order, 1);
  order->prices = make_prices (self);
  order->limit
      = self->limit_changed ? (gint64)lround (gtk_adjustment_get_value (self->limit) * MEGABYTE) : -1;
  order->merged = gtk_switch_get_active (self->merged);
  self->busy = TRUE;
  gtk_widget_action_set_enabled (widget, "posting.save", FALSE);
  rubis_session_run_async (self->session, NULL, save_work, order, order_free, NULL, NULL, save_done_cb,
                           g_object_ref (self));
}

/* --- the table --- */

static GtkWidget *
make_label (const char *text, float xalign)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 16);
  gtk_widget_add_css_class (label, "caption");
  return label;
}

static void
add_cell (RubisPostingDialog *self, const char *group, const char *key, const char *name, int column, int row)
{
  g_autofree char *price = g_key_file_get_string (self->prices, group, key, NULL);
  GtkWidget *entry;
  Cell *cell;

  if (price == NULL)
    return;
  entry = gtk_entry_new ();
  g_strdelimit (price, ".", ',');
  gtk_editable_set_text (GTK_EDITABLE (entry), price);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 5);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (entry), 5);
  gtk_entry_set_alignment (GTK_ENTRY (entry), 1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (entry, "changed", G_CALLBACK (price_changed_cb), self, G_CONNECT_SWAPPED);
  gtk_grid_attach (self->grid, entry, column, row, 1, 1);
  cell = g_new0 (Cell, 1);
  cell->group = group;
  cell->key = g_strdup (key);
  cell->entry = GTK_EDITABLE (entry);
  g_ptr_array_add (self->cells, cell);
}

static int
compare_grams (gconstpointer a, gconstpointer b)
{
  return *(const int *)a - *(const int *)b;
}

/* Every weight class of any service, the lightest first. */
static GArray *
list_grams (RubisPostingDialog *self)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (int));

  for (int s = 0; s < RUBIS_N_POSTAGE_SERVICES; s++)
    {
      g_auto (GStrv) keys = g_key_file_get_keys (
          self->prices, rubis_postage_service_to_id ((RubisPostageService)s), NULL, NULL);

      for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
        {
          int grams = (int)g_ascii_strtoll (keys[i], NULL, 10);
          gboolean known = FALSE;

          for (guint k = 0; k < all->len; k++)
            known = known || g_array_index (all, int, k) == grams;
          if (!known)
            g_array_append_val (all, grams);
        }
    }
  g_array_sort (all, compare_grams);
  return all;
}

/* A row a service, a column a weight class. */
static void
fill_grid (RubisPostingDialog *self)
{
  g_autoptr (GArray) grams = list_grams (self);
  int last = RUBIS_N_POSTAGE_SERVICES + 1;

  for (guint i = 0; i < grams->len; i++)
    {
      g_autofree char *title = g_strdup_printf (_ ("%d g"), g_array_index (grams, int, i));

      gtk_grid_attach (self->grid, make_label (title, 1), (int)i + 1, 0, 1, 1);
    }
  for (int s = 0; s < RUBIS_N_POSTAGE_SERVICES; s++)
    {
      const char *id = rubis_postage_service_to_id ((RubisPostageService)s);
      const char *label = rubis_postage_service_to_label ((RubisPostageService)s);

      gtk_grid_attach (self->grid, make_label (label, 0), 0, s + 1, 1, 1);
      for (guint i = 0; i < grams->len; i++)
        {
          int weight = g_array_index (grams, int, i);
          g_autofree char *key = g_strdup_printf ("%d", weight);
          g_autofree char *name = g_strdup_printf (_ ("%s, up to %d g"), label, weight);

          add_cell (self, id, key, name, (int)i + 1, s + 1);
        }
    }
  gtk_grid_attach (self->grid, make_label (_ ("Receipt, in France"), 0), 0, last, 1, 1);
  add_cell (self, "receipt", "national", _ ("Receipt, in France"), 1, last);
  gtk_grid_attach (self->grid, make_label (_ ("Receipt, abroad"), 0), 0, last + 1, 1, 1);
  add_cell (self, "receipt", "international", _ ("Receipt, abroad"), 1, last + 1);
}

static void
fill (RubisPostingDialog *self, RubisSession *session, const char *prices)
{
  g_autofree char *iso = NULL;
  g_autofree char *date = NULL;

  g_key_file_load_from_data (self->prices, prices, (gsize)-1, G_KEY_FILE_KEEP_COMMENTS, NULL);
  iso = g_key_file_get_string (self->prices, "table", "as-of", NULL);
  date = rubis_ui_format_date (rubis_date_parse_iso (iso));
  gtk_editable_set_text (self->date, date);
  gtk_switch_set_active (self->checked, g_key_file_get_boolean (self->prices, "table", "checked", NULL));
  gtk_adjustment_set_value (self->paper, g_key_file_get_integer (self->prices, "weight", "paper", NULL));
  gtk_adjustment_set_value (self->limit, (double)rubis_session_get_attachment_limit (session) / MEGABYTE);
  gtk_switch_set_active (self->merged, rubis_session_get_attachments_merged (session));
  fill_grid (self);
}

static void
rubis_posting_dialog_dispose (GObject *object)
{
  RubisPostingDialog *self = RUBIS_POSTING_DIALOG (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->prices, g_key_file_unref);
  g_clear_pointer (&self->cells, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), RUBIS_TYPE_POSTING_DIALOG);
  G_OBJECT_CLASS (rubis_posting_dialog_parent_class)->dispose (object);
}

static void
rubis_posting_dialog_class_init (RubisPostingDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_posting_dialog_dispose;
  gtk_widget_class_install_action (widget_class, "posting.save", NULL, save_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "posting.save", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-posting-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisPostingDialog, problem_box);
  gtk_widget_class_bind_template_child (widget_class, RubisPostingDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, RubisPostingDialog, limit);
  gtk_widget_class_bind_template_child (widget_class, RubisPostingDialog, merged);
  gtk_widget_class_bind_template_child (widget_class, RubisPostingDialog, paper);
  gtk_widget_class_bind_template_child (widget_class, RubisPostingDialog, date);
  gtk_widget_class_bind_template_child (widget_class, RubisPostingDialog, checked);
  gtk_widget_class_bind_template_child (widget_class, RubisPostingDialog, unchecked_box);
  gtk_widget_class_bind_template_child (widget_class, RubisPostingDialog, grid);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, price_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, limit_changed_cb);
}

static void
rubis_posting_dialog_init (RubisPostingDialog *self)
{
  self->prices = g_key_file_new ();
  self->cells = g_ptr_array_new_with_free_func (cell_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWindow *
rubis_posting_dialog_present (GtkWindow *parent, RubisSession *session)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *prices = NULL;
  RubisPostingDialog *self;

  g_return_val_if_fail (RUBIS_IS_SESSION (session), NULL);

  prices = rubis_session_get_postage_text (session, &error);
  if (prices == NULL)
    {
      if (parent != NULL)
        rubis_ui_show_error (GTK_WIDGET (parent), _ ("The postal prices cannot be read"), error, FALSE);
      return NULL;
    }
  self = g_object_new (RUBIS_TYPE_POSTING_DIALOG, "transient-for", parent, NULL);
  fill (self, session, prices);
  self->session = g_object_ref (session);
  changed_cb (self);
  gtk_window_present (GTK_WINDOW (self));
  return GTK_WINDOW (self);
}
