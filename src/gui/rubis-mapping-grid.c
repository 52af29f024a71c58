#include "rubis-mapping-grid.h"

#include <glib/gi18n-lib.h>

/* One of the choices behind a drop-down. */
typedef struct {
  const char *id;
  const char *label;
} Choice;

static const Choice date_choices[] = {
  { "day_first", N_("day/month/year") },
  { "month_first", N_("month/day/year") },
  { "year_first", N_("year-month-day") },
};

static const Choice decimal_choices[] = {
  { "comma", N_("1.234,56") },
  { "point", N_("1,234.56") },
};

struct _RubisMappingGrid {
  AdwBin parent_instance;

  GtkGrid *grid;
  GArray *fields;            /* (owned) (nullable) (element-type RubisImportFieldName) */
  GtkStringList *labels;     /* (owned) (nullable) of the fields, shared by all drop-downs */
};

G_DEFINE_FINAL_TYPE (RubisMappingGrid, rubis_mapping_grid, ADW_TYPE_BIN)

enum { FIELD, DATES, DECIMAL, N_SIGNALS };
static guint signals[N_SIGNALS];

#define COLUMN_KEY "rubis-column"

static guint
get_column (GtkDropDown *drop_down)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (drop_down), COLUMN_KEY));
}

static void
field_cb (RubisMappingGrid *self, GParamSpec *pspec, GtkDropDown *drop_down)
{
  guint selected = gtk_drop_down_get_selected (drop_down);

  if (selected < self->fields->len)
    g_signal_emit (self, signals[FIELD], 0, get_column (drop_down),
                   g_array_index (self->fields, RubisImportFieldName, selected).id);
}

static void
dates_cb (RubisMappingGrid *self, GParamSpec *pspec, GtkDropDown *drop_down)
{
  g_signal_emit (self, signals[DATES], 0, get_column (drop_down),
                 date_choices[gtk_drop_down_get_selected (drop_down)].id);
}

static void
decimal_cb (RubisMappingGrid *self, GParamSpec *pspec, GtkDropDown *drop_down)
{
  g_signal_emit (self, signals[DECIMAL], 0, get_column (drop_down),
                 decimal_choices[gtk_drop_down_get_selected (drop_down)].id);
}

static GtkWidget *
make_label (const char *text, gboolean dim)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (dim)
    gtk_widget_add_css_class (label, "dim-label");
  return label;
}

static GtkWidget *
make_drop_down (RubisMappingGrid *self, GListModel *model, guint selected, guint column, const char *name,
                GCallback callback)
{
  GtkWidget *drop_down = gtk_drop_down_new (g_object_ref (model), NULL);

  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop_down), selected);
  g_object_set_data (G_OBJECT (drop_down), COLUMN_KEY, GUINT_TO_POINTER (column));
  gtk_accessible_update_property (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_valign (drop_down, GTK_ALIGN_CENTER);
  g_signal_connect_object (drop_down, "notify::selected", callback, self, G_CONNECT_SWAPPED);
  return drop_down;
}

static GtkWidget *
make_choice (RubisMappingGrid *self, const Choice *choices, gsize n_choices, const char *id, guint column,
             const char *name, GCallback callback)
{
  g_autoptr(GtkStringList) labels = gtk_string_list_new (NULL);
  guint selected = GTK_INVALID_LIST_POSITION;

  for (gsize i = 0; i < n_choices; i++)
    {
      gtk_string_list_append (labels, _(choices[i].label));
      if (g_str_equal (choices[i].id, id))
        selected = (guint) i;
    }
  return make_drop_down (self, G_LIST_MODEL (labels), selected, column, name, callback);
}

static guint
find_field (RubisMappingGrid *self, const char *id)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      if (g_str_equal (g_array_index (self->fields, RubisImportFieldName, i).id, id))
        return i;
    }
  return 0;
}

static void
add_row (RubisMappingGrid *self, guint column, RubisImportColumnRow *row)
{
  int line = (int) column + 1;
  g_autofree char *field_name = g_strdup_printf (_("Field of the column “%s”"), row->name);
  g_autofree char *format_name = g_strdup_printf (_("How the column “%s” is written"), row->name);
  GtkWidget *name = make_label (row->name, FALSE);
  GtkWidget *samples = make_label (row->samples, TRUE);
  GtkWidget *format = NULL;
  GtkWidget *field = make_drop_down (self, G_LIST_MODEL (self->labels), find_field (self, row->field), column,
                                     field_name, G_CALLBACK (field_cb));

  gtk_widget_set_tooltip_text (name, row->name);
  gtk_widget_set_tooltip_text (samples, row->samples);
  gtk_widget_set_hexpand (samples, TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (name), 24);
  gtk_drop_down_set_enable_search (GTK_DROP_DOWN (field), FALSE);
  gtk_widget_set_size_request (field, 200, -1);
  gtk_grid_attach (self->grid, name, 0, line, 1, 1);
  gtk_grid_attach (self->grid, samples, 1, line, 1, 1);
  gtk_grid_attach (self->grid, field, 2, line, 1, 1);
  if (*row->dates != '\0')
    format = make_choice (self, date_choices, G_N_ELEMENTS (date_choices), row->dates, column, format_name,
                          G_CALLBACK (dates_cb));
  else if (*row->decimal != '\0')
    format = make_choice (self, decimal_choices, G_N_ELEMENTS (decimal_choices), row->decimal, column, format_name,
                          G_CALLBACK (decimal_cb));
  if (format != NULL)
    gtk_grid_attach (self->grid, format, 3, line, 1, 1);
  if (row->ambiguous)
    {
      GtkWidget *mark = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

      gtk_widget_set_tooltip_text (mark, _("The values can be read in two ways: please check."));
      gtk_accessible_update_property (GTK_ACCESSIBLE (mark), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _("The values can be read in two ways: please check."), -1);
      gtk_widget_add_css_class (mark, "warning");
      gtk_grid_attach (self->grid, mark, 4, line, 1, 1);
    }
}

static void
add_titles (RubisMappingGrid *self)
{
  const char *titles[] = { _("Column"), _("Values"), _("Field"), _("Written as") };

  for (int i = 0; i < (int) G_N_ELEMENTS (titles); i++)
    {
      GtkWidget *label = make_label (titles[i], FALSE);

      gtk_widget_add_css_class (label, "heading");
      gtk_grid_attach (self->grid, label, i, 0, 1, 1);
    }
}

static void
rubis_mapping_grid_dispose (GObject *object)
{
  RubisMappingGrid *self = RUBIS_MAPPING_GRID (object);

  g_clear_pointer (&self->fields, g_array_unref);
  g_clear_object (&self->labels);
  G_OBJECT_CLASS (rubis_mapping_grid_parent_class)->dispose (object);
}

static guint
add_signal (RubisMappingGridClass *klass, const char *name)
{
  return g_signal_new (name, G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                       G_TYPE_UINT, G_TYPE_STRING);
}

static void
rubis_mapping_grid_class_init (RubisMappingGridClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rubis_mapping_grid_dispose;
  signals[FIELD] = add_signal (klass, "field");
  signals[DATES] = add_signal (klass, "dates");
  signals[DECIMAL] = add_signal (klass, "decimal");
}

static void
rubis_mapping_grid_init (RubisMappingGrid *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_column_spacing (self->grid, 12);
  gtk_grid_set_row_spacing (self->grid, 6);
  gtk_widget_set_margin_start (GTK_WIDGET (self->grid), 18);
  gtk_widget_set_margin_end (GTK_WIDGET (self->grid), 18);
  gtk_widget_set_margin_top (GTK_WIDGET (self->grid), 12);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->grid), 12);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->grid));
  adw_bin_set_child (ADW_BIN (self), scroller);
}

GtkWidget *
rubis_mapping_grid_new (void)
{
  return g_object_new (RUBIS_TYPE_MAPPING_GRID, NULL);
}

void
rubis_mapping_grid_show (RubisMappingGrid *self, RubisImportPreview *preview)
{
  GtkWidget *child;

  g_return_if_fail (RUBIS_IS_MAPPING_GRID (self));
  g_return_if_fail (RUBIS_IS_IMPORT_PREVIEW (preview));

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))) != NULL)
    gtk_grid_remove (self->grid, child);
  g_clear_pointer (&self->fields, g_array_unref);
  g_clear_object (&self->labels);
  self->fields = rubis_import_preview_list_fields (preview);
  self->labels = gtk_string_list_new (NULL);
  for (guint i = 0; i < self->fields->len; i++)
    gtk_string_list_append (self->labels, g_array_index (self->fields, RubisImportFieldName, i).label);
  add_titles (self);
  for (guint i = 0; i < preview->columns->len; i++)
    add_row (self, i, preview->columns->pdata[i]);
}
