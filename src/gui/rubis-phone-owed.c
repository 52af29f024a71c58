#include "rubis-phone-owed.h"

#include <glib/gi18n-lib.h>

#include "rubis-mark-strip.h"
#include "rubis-sums.h"
#include "rubis-ui.h"

/* More than these are scrolled. */
#define MAX_HEIGHT 236

struct _RubisPhoneOwed
{
  AdwBin parent_instance;

  GtkGrid *grid;
  GtkLabel *sums;

  GPtrArray *items;  /* (owned) (nullable) (element-type RubisCallItem) */
  GPtrArray *checks; /* (owned) (element-type GtkCheckButton) (unowned elements) one an item */
  RubisCurrency own;
};

G_DEFINE_FINAL_TYPE (RubisPhoneOwed, rubis_phone_owed, ADW_TYPE_BIN)

enum
{
  TICKS_CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static gboolean
is_ticked (RubisPhoneOwed *self, guint i)
{
  return gtk_check_button_get_active (g_ptr_array_index (self->checks, i));
}

static gint64
get_claimable (const RubisCallItem *item)
{
  return item->open - CLAMP (item->disputed, 0, MAX (item->open, 0));
}

static void
update_sums (RubisPhoneOwed *self)
{
  g_autoptr (GArray) owed = rubis_sums_new ();
  g_autoptr (GArray) ticked = rubis_sums_new ();
  g_autofree char *owed_text = NULL;
  g_autofree char *ticked_text = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < self->checks->len; i++)
    {
      const RubisCallItem *item = g_ptr_array_index (self->items, i);

      if (item->days_late > 0)
        rubis_sums_add (owed, item->currency, item->open);
      if (is_ticked (self, i))
        rubis_sums_add (ticked, item->currency, get_claimable (item));
    }
  owed_text = rubis_sums_to_text (owed);
  ticked_text = rubis_sums_to_text (ticked);
  text = *ticked_text != '\0' ? g_strdup_printf (_ ("Overdue %s · ticked %s"), owed_text, ticked_text)
                              : g_strdup_printf (_ ("Overdue %s"), *owed_text != '\0' ? owed_text : "–");
  gtk_label_set_label (self->sums, text);
}

static void
toggled_cb (RubisPhoneOwed *self)
{
  update_sums (self);
  g_signal_emit (self, signals[TICKS_CHANGED], 0);
}

static GtkWidget *
make_label (const char *text, float xalign, const char *class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  if (class != NULL)
    gtk_widget_add_css_class (label, class);
  return label;
}

static GtkWidget *
make_late (const RubisCallItem *item)
{
  g_autofree char *days = NULL;
  GtkWidget *label;

  if (item->open <= 0 || item->days_late <= 0)
    return make_label (item->open <= 0 ? _ ("credit") : _ ("not due"), 1, "dim-label");
  days = g_strdup_printf (_ ("%d d"), item->days_late);
  label = make_label (days, 1, "lateness");
  gtk_widget_add_css_class (label, rubis_ui_late_class (item->days_late));
  return label;
}

/* "contested €120.00", "promised for 12/11/2026", "promise for 12/11/2026 broken", "in a plan". (transfer full) */
static char *
describe_marks (RubisPhoneOwed *self, const RubisCallItem *item)
{
  if (item->disputed > 0)
    {
      g_autofree char *amount = rubis_ui_format_amount (item->disputed, item->currency, self->own);

      return g_strdup_printf (_ ("contested %s"), amount);
    }
  if (item->in_plan)
    return g_strdup (_ ("in a plan"));
  if (item->promise_date != RUBIS_DATE_NONE)
    {
      g_autofree char *day = rubis_ui_format_date (item->promise_date);

      return item->promise_broken ? g_strdup_printf (_ ("promise for %s broken"), day)
                                  : g_strdup_printf (_ ("promised for %s"), day);
    }
  return g_strdup ("");
}

static GtkWidget *
make_marks (RubisPhoneOwed *self, const RubisCallItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *strip = rubis_mark_strip_new ();
  g_autofree char *text = describe_marks (self, item);
  GtkWidget *label = make_label (text, 0, "dim-label");
  guint marks = item->disputed > 0 ? RUBIS_MARK_DISPUTE : 0;

  if (item->disputed == 0 && item->promise_date != RUBIS_DATE_NONE)
    marks |= item->promise_broken ? RUBIS_MARK_PROMISE_PASSED : RUBIS_MARK_PROMISE;
  rubis_mark_strip_set_marks (RUBIS_MARK_STRIP (strip), marks);
  gtk_widget_set_visible (strip, marks != 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), strip);
  gtk_box_append (GTK_BOX (box), label);
  gtk_widget_set_hexpand (box, TRUE);
  return box;
}

static void
add_row (RubisPhoneOwed *self, int row, const RubisCallItem *item)
{
  GtkWidget *check = gtk_check_button_new_with_label (item->number);
  g_autofree char *due = rubis_ui_format_date (item->due_date);
  g_autofree char *open = rubis_ui_format_amount (item->open, item->currency, self->own);
  GtkWidget *amount = make_label (open, 1, "numeric");
  gboolean free_to_claim = item->open > 0 && item->days_late > 0 && item->disputed == 0 && !item->in_plan
                           && (item->promise_date == RUBIS_DATE_NONE || item->promise_broken);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), free_to_claim);
  gtk_widget_set_sensitive (check, item->open > 0);
  g_signal_connect_object (check, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->checks, check);
  gtk_grid_attach (self->grid, check, 0, row, 1, 1);
  gtk_grid_attach (self->grid, make_label (due, 0, "numeric"), 1, row, 1, 1);
  gtk_grid_attach (self->grid, make_late (item), 2, row, 1, 1);
  gtk_grid_attach (self->grid, amount, 3, row, 1, 1);
  gtk_grid_attach (self->grid, make_marks (self, item), 4, row, 1, 1);
}

void
rubis_phone_owed_set_items (RubisPhoneOwed *self, GPtrArray *items, RubisCurrency own)
{
  GtkWidget *child;

  g_return_if_fail (RUBIS_IS_PHONE_OWED (self) && items != NULL);

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))) != NULL)
    gtk_grid_remove (self->grid, child);
  g_ptr_array_set_size (self->checks, 0);
  g_ptr_array_ref (items);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  self->items = items;
  self->own = own;
  for (guint i = 0; i < items->len; i++)
    add_row (self, (int)i, g_ptr_array_index (items, i));
  if (items->len == 0)
    gtk_grid_attach (self->grid, make_label (_ ("Nothing is open."), 0, "dim-label"), 0, 0, 5, 1);
  update_sums (self);
}

GArray *
rubis_phone_owed_dup_ticked (RubisPhoneOwed *self)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < self->checks->len; i++)
    {
      const RubisCallItem *item = g_ptr_array_index (self->items, i);

      if (is_ticked (self, i))
        g_array_append_val (ids, item->item_id);
    }
  return ids;
}

gint64
rubis_phone_owed_get_amount (RubisPhoneOwed *self, RubisCurrency *currency)
{
  gint64 amount = 0;
  gboolean first = TRUE;

  *currency = self->own;
  for (guint i = 0; i < self->checks->len; i++)
    {
      const RubisCallItem *item = g_ptr_array_index (self->items, i);

      if (!is_ticked (self, i))
        continue;
      if (first)
        *currency = item->currency;
      first = FALSE;
      if (rubis_currency_equal (*currency, item->currency)
          && !rubis_money_add (amount, get_claimable (item), &amount))
        amount = G_MAXINT64;
    }
  return amount;
}

gint64
rubis_phone_owed_get_contestable (RubisPhoneOwed *self, gint64 item_id)
{
  for (guint i = 0; self->items != NULL && i < self->items->len; i++)
    {
      const RubisCallItem *item = g_ptr_array_index (self->items, i);

      if (item->item_id == item_id)
        return get_claimable (item);
    }
  return 0;
}

static void
rubis_phone_owed_dispose (GObject *object)
{
  RubisPhoneOwed *self = RUBIS_PHONE_OWED (object);

  g_clear_pointer (&self->checks, g_ptr_array_unref);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  G_OBJECT_CLASS (rubis_phone_owed_parent_class)->dispose (object);
}

static void
rubis_phone_owed_class_init (RubisPhoneOwedClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rubis_phone_owed_dispose;
  signals[TICKS_CHANGED] = g_signal_new ("ticks-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rubis_phone_owed_init (RubisPhoneOwed *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->checks = g_ptr_array_new ();
  self->sums = GTK_LABEL (make_label ("", 0, "heading"));
  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_column_spacing (self->grid, 12);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->grid));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), MAX_HEIGHT);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->sums));
  gtk_box_append (GTK_BOX (box), scrolled);
  gtk_widget_add_css_class (box, "phone-owed");
  adw_bin_set_child (ADW_BIN (self), box);
}
