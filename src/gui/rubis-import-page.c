#include "rubis-import-page.h"

#include <glib/gi18n-lib.h>

#include "rubis-mapping-grid.h"
#include "rubis-money-entry.h"
#include "rubis-text-table.h"
#include "rubis-ui.h"

struct _RubisImportPage {
  AdwBin parent_instance;

  GtkLabel *kind;
  GtkLabel *facts;
  GtkWidget *sheet_label;
  GtkDropDown *sheet;
  GtkLabel *n_new;
  GtkLabel *n_changed;
  GtkLabel *n_cleared;
  GtkLabel *n_unchanged;
  GtkLabel *n_rejected;
  GtkWidget *brake_box;
  GtkLabel *brake;
  GtkCheckButton *force;
  GtkWidget *problem_box;
  GtkLabel *problem;
  GtkWidget *mode_box;
  GtkCheckButton *stock;
  GtkCheckButton *delta;
  GtkWidget *control_box;
  GtkEntry *control;
  GtkLabel *control_state;
  GtkGrid *amounts;
  GtkLabel *notes;
  GtkStack *tabs;
  GtkStackPage *changes_page;
  GtkStackPage *rejects_page;
  RubisTextTable *changes;
  GtkLabel *changes_more;
  RubisTextTable *rejects;
  RubisMappingGrid *mapping;

  RubisImportPreview *preview; /* (owned) (nullable) */
  RubisCurrency currency;
  gboolean updating;           /* the page follows the preview, not the user */
};

G_DEFINE_FINAL_TYPE (RubisImportPage, rubis_import_page, ADW_TYPE_BIN)

enum { CHANGED, READY, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
emit_changed (RubisImportPage *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

/* --- what is shown --- */

static void
show_facts (RubisImportPage *self)
{
  RubisImportPreview *preview = self->preview;
  g_autofree char *format = g_ascii_strup (preview->format, -1);
  g_autofree char *rows = rubis_ui_format_count (preview->n_rows);
  g_autoptr(GString) text = g_string_new (format);

  gtk_label_set_label (self->kind, preview->kind_label);
  if (*preview->encoding != '\0')
    g_string_append_printf (text, " · %s", preview->encoding);
  if (*preview->separator != '\0')
    g_string_append_printf (text, _(" · separator %s"), preview->separator);
  if (preview->header_line > 0)
    {
      g_autofree char *line = rubis_ui_format_count (preview->header_line);

      g_string_append_printf (text, _(" · header on line %s"), line);
    }
  g_string_append_printf (text, _(" · %s lines"), rows);
  gtk_label_set_label (self->facts, text->str);
}

static void
show_sheets (RubisImportPage *self)
{
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);
  gboolean several = self->preview->sheets->len > 1;

  for (guint i = 0; i < self->preview->sheets->len; i++)
    gtk_string_list_append (names, self->preview->sheets->pdata[i]);
  gtk_drop_down_set_model (self->sheet, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->sheet, self->preview->sheet);
  gtk_widget_set_visible (GTK_WIDGET (self->sheet), several);
  gtk_widget_set_visible (self->sheet_label, several);
}

static void
set_count (GtkLabel *label, gint64 count, const char *css_class)
{
  g_autofree char *text = rubis_ui_format_count (count);

  gtk_label_set_label (label, text);
  gtk_widget_remove_css_class (GTK_WIDGET (label), "warning");
  gtk_widget_remove_css_class (GTK_WIDGET (label), "error");
  gtk_widget_remove_css_class (GTK_WIDGET (label), "dim-label");
  if (count == 0)
    gtk_widget_add_css_class (GTK_WIDGET (label), "dim-label");
  else if (css_class != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (label), css_class);
}

static void
show_counters (RubisImportPage *self)
{
  RubisImportPreview *preview = self->preview;
  gboolean brake = (preview->brakes & RUBIS_BRAKE_CLEARED) != 0;

  set_count (self->n_new, preview->n_new, NULL);
  set_count (self->n_changed, preview->n_changed, NULL);
  set_count (self->n_cleared, preview->n_cleared, brake ? "warning" : NULL);
  set_count (self->n_unchanged, preview->n_unchanged, NULL);
  set_count (self->n_rejected, preview->n_rejected, "error");
}

static void
add_amount (RubisImportPage *self, int row, const char *title, const char *text, gboolean dim)
{
  GtkWidget *left = gtk_label_new (title);
  GtkWidget *right = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (left), 0);
  gtk_label_set_xalign (GTK_LABEL (right), 1);
  gtk_widget_set_hexpand (right, TRUE);
  if (dim)
    {
      gtk_widget_add_css_class (left, "dim-label");
      gtk_widget_add_css_class (right, "dim-label");
    }
  gtk_grid_attach (self->amounts, left, 0, row, 1, 1);
  gtk_grid_attach (self->amounts, right, 1, row, 1, 1);
}

static void
show_amounts (RubisImportPage *self)
{
  RubisCurrency none = { "" };
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->amounts))) != NULL)
    gtk_grid_remove (self->amounts, child);
  for (guint i = 0; i < self->preview->amounts->len; i++)
    {
      RubisImportAmount *amount = &g_array_index (self->preview->amounts, RubisImportAmount, i);
      g_autofree char *before = rubis_ui_format_amount (amount->before, amount->currency, none);
      g_autofree char *after = rubis_ui_format_amount (amount->after, amount->currency, none);

      add_amount (self, (int) i * 2, _("before"), before, TRUE);
      add_amount (self, (int) i * 2 + 1, _("after"), after, FALSE);
    }
}

static void
show_notes (RubisImportPage *self)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->preview->notes->len; i++)
    g_string_append_printf (text, "%s• %s", i > 0 ? "\n" : "", (char *) self->preview->notes->pdata[i]);
  gtk_label_set_label (self->notes, text->str);
}

static void
show_changes (RubisImportPage *self)
{
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  RubisImportPreview *preview = self->preview;
  gint64 n = preview->n_new + preview->n_changed + preview->n_cleared;
  g_autofree char *count = rubis_ui_format_count (n);
  g_autofree char *title = g_strdup_printf (_("Changes (%s)"), count);

  for (guint i = 0; i < preview->changes->len; i++)
    {
      RubisImportChange *change = preview->changes->pdata[i];
      GStrv cells = g_new0 (char *, 7);

      cells[0] = g_strdup (change->kind == 'n' ? _("new item")
                           : change->kind == 'x' ? _("cleared item")
                                                 : _("changed item"));
      cells[1] = g_strdup (change->account);
      cells[2] = g_strdup (change->number);
      cells[3] = rubis_ui_format_date (change->due_date);
      cells[4] = rubis_ui_format_amount (change->before, change->currency, self->currency);
      cells[5] = rubis_ui_format_amount (change->after, change->currency, self->currency);
      g_ptr_array_add (rows, cells);
    }
  rubis_text_table_set_rows (self->changes, rows);
  if (n > rows->len)
    {
      g_autofree char *shown = rubis_ui_format_count (rows->len);
      g_autofree char *more = g_strdup_printf (_("The first %s of %s are listed; all are imported."), shown, count);

      gtk_label_set_label (self->changes_more, more);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->changes_more), n > rows->len);
  gtk_stack_page_set_title (self->changes_page, title);
}

static void
show_rejects (RubisImportPage *self)
{
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_autofree char *count = rubis_ui_format_count (self->preview->n_rejected);
  g_autofree char *title = g_strdup_printf (_("Rejected (%s)"), count);

  for (guint i = 0; i < self->preview->rejects->len; i++)
    {
      RubisImportRejectRow *reject = self->preview->rejects->pdata[i];
      GStrv cells = g_new0 (char *, 5);

      cells[0] = g_strdup_printf ("%" G_GINT64_FORMAT, reject->line);
      cells[1] = g_strdup (reject->column != NULL ? reject->column : "");
      cells[2] = g_strdup (reject->value != NULL ? reject->value : "");
      cells[3] = g_strdup (reject->message);
      g_ptr_array_add (rows, cells);
    }
  rubis_text_table_set_rows (self->rejects, rows);
  gtk_stack_page_set_title (self->rejects_page, title);
  gtk_stack_page_set_visible (self->rejects_page, rows->len > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.save-rejects", rows->len > 0);
}

static gboolean
has_ambiguous_column (RubisImportPreview *preview)
{
  for (guint i = 0; i < preview->columns->len; i++)
    {
      RubisImportColumnRow *row = preview->columns->pdata[i];

      if (row->ambiguous && !g_str_equal (row->field, "ignore"))
        return TRUE;
    }
  return FALSE;
}

/* --- what the user changes --- */

static void
sheet_cb (RubisImportPage *self)
{
  g_autoptr(GError) error = NULL;

  if (self->updating || self->preview == NULL)
    return;
  if (!rubis_import_preview_set_sheet (self->preview, gtk_drop_down_get_selected (self->sheet), &error))
    {
      gtk_label_set_label (self->problem, error->message);
      gtk_widget_set_visible (self->problem_box, TRUE);
      return;
    }
  emit_changed (self);
}

static void
mode_cb (RubisImportPage *self)
{
  if (self->updating)
    return;
  self->preview->options.delta = !gtk_check_button_get_active (self->stock);
  emit_changed (self);
}

static void
force_cb (RubisImportPage *self)
{
  if (self->updating)
    return;
  self->preview->options.force = gtk_check_button_get_active (self->force);
  g_signal_emit (self, signals[READY], 0);
}

static void
control_cb (RubisImportPage *self)
{
  RubisImportOptions *options = &self->preview->options;
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->control));
  g_autoptr(GError) error = NULL;
  gint64 total = 0;

  if (self->updating)
    return;
  if (*text != '\0' && !rubis_money_entry_parse (text, self->currency, &total, &error))
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->control), "error");
      gtk_label_set_label (self->control_state, error->message);
      return;
    }
  gtk_widget_remove_css_class (GTK_WIDGET (self->control), "error");
  gtk_label_set_label (self->control_state, "");
  if (options->has_control_total == (*text != '\0') && options->control_total == total)
    return;
  options->has_control_total = *text != '\0';
  options->control_total = total;
  emit_changed (self);
}

static void
field_cb (RubisImportPage *self, guint column, const char *field)
{
  rubis_import_preview_set_field (self->preview, column, field);
  emit_changed (self);
}

static void
dates_cb (RubisImportPage *self, guint column, const char *dates)
{
  rubis_import_preview_set_dates (self->preview, column, dates);
  emit_changed (self);
}

static void
decimal_cb (RubisImportPage *self, guint column, const char *decimal)
{
  rubis_import_preview_set_decimal (self->preview, column, decimal);
  emit_changed (self);
}

static void
save_response_cb (RubisImportPage *self, int response, GtkNativeDialog *dialog)
{
  g_autoptr(GError) error = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr(GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      g_autofree char *path = g_file_get_path (file);

      if (!rubis_import_preview_save_rejects (self->preview, path, &error))
        rubis_ui_show_error (GTK_WIDGET (self), _("Not saved"), error, TRUE);
    }
  g_object_unref (dialog);
}

static void
save_rejects_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisImportPage *self = RUBIS_IMPORT_PAGE (widget);
  GtkFileChooserNative *dialog
      = gtk_file_chooser_native_new (_("Save the rejected lines"), GTK_WINDOW (gtk_widget_get_root (widget)),
                                     GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), NULL);
  g_autofree char *base = g_path_get_basename (self->preview->path);
  g_autofree char *name_text = g_strdup_printf (_("%s rejected.csv"), base);

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name_text);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (save_response_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
rubis_import_page_dispose (GObject *object)
{
  RubisImportPage *self = RUBIS_IMPORT_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), RUBIS_TYPE_IMPORT_PAGE);
  g_clear_object (&self->preview);
  G_OBJECT_CLASS (rubis_import_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, RubisImportPage, kind);
  gtk_widget_class_bind_template_child (widget_class, RubisImportPage, facts);
  gtk_widget_class_bind_template_child (widget_class, RubisImportPage, sheet_label);
  gtk_widget_class_bind_template_child (widget_class, RubisImportPage, sheet);
  gtk_widget_class_bind_template_child (widget_class, RubisImportPage, n_new);
  gtk_widget_class_bind_template_child (widget_class, RubisImportPage, n_changed);
  gtk_widget_class_bind_template_child (widget_class, RubisImportPage, n_cleared);
  gtk_widget_class_bind_template_child (widget_class, RubisImportPage, n_unchanged);
  gtk_widget_class_bind_template_child (widget_class, RubisImportPage, n_rejected);
  gtk_widget_class_bind_template_child (widget_class, RubisImportPage, brake_box);
  gtk_widget_class_bind_template_child (widget_class, RubisImportPage, brake);
  gtk_widget_class_bind_template_child (widget_class, RubisImportPage, force);
  gtk_widget_class_bind_template_child (widget_class, RubisImportPage, problem_box);
  gtk_widget_class_bind_template_child (widget_class, RubisImportPage, problem);
  gtk_widget_class_bind_template_child (widget_class, RubisImportPage, mode_box);
  gtk_widget_class_bind_template_child (widget_class, RubisImportPage, stock);
  gtk_widget_class_bind_template_child (widget_class, RubisImportPage, delta);
  gtk_widget_class_bind_template_child (widget_class, RubisImportPage, control_box);
  gtk_widget_class_bind_template_child (widget_class, RubisImportPage, control);
  gtk_widget_class_bind_template_child (widget_class, RubisImportPage, control_state);
  gtk_widget_class_bind_template_child (widget_class, RubisImportPage, amounts);
  gtk_widget_class_bind_template_child (widget_class, RubisImportPage, notes);
  gtk_widget_class_bind_template_child (widget_class, RubisImportPage, tabs);
  gtk_widget_class_bind_template_child (widget_class, RubisImportPage, changes_page);
  gtk_widget_class_bind_template_child (widget_class, RubisImportPage, rejects_page);
  gtk_widget_class_bind_template_child (widget_class, RubisImportPage, changes);
  gtk_widget_class_bind_template_child (widget_class, RubisImportPage, changes_more);
  gtk_widget_class_bind_template_child (widget_class, RubisImportPage, rejects);
  gtk_widget_class_bind_template_child (widget_class, RubisImportPage, mapping);
  gtk_widget_class_bind_template_callback (widget_class, force_cb);
  gtk_widget_class_bind_template_callback (widget_class, mode_cb);
  gtk_widget_class_bind_template_callback (widget_class, control_cb);
}

static void
rubis_import_page_class_init (RubisImportPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_import_page_dispose;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  signals[READY] = g_signal_new ("ready", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "import.save-rejects", NULL, save_rejects_action);
  g_type_ensure (RUBIS_TYPE_TEXT_TABLE);
  g_type_ensure (RUBIS_TYPE_MAPPING_GRID);
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-import-page.ui");
  bind_children (widget_class);
}

static void
rubis_import_page_init (RubisImportPage *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();
  const RubisTextColumn change_columns[] = {
    { _("Change"), 100, FALSE }, { _("Account"), 0, FALSE },  { _("Number"), 0, FALSE },
    { _("Due"), 100, TRUE },    { _("Before"), 120, TRUE },  { _("After"), 120, TRUE },
  };
  const RubisTextColumn reject_columns[] = {
    { _("Line"), 70, TRUE },
    { _("Column"), 120, FALSE },
    { _("Value"), 140, FALSE },
    { _("Reason"), 0, FALSE },
  };

  gtk_widget_init_template (GTK_WIDGET (self));
  rubis_text_table_set_columns (self->changes, change_columns, G_N_ELEMENTS (change_columns),
                                _("Changes of the import"));
  rubis_text_table_set_columns (self->rejects, reject_columns, G_N_ELEMENTS (reject_columns), _("Rejected lines"));
  g_signal_connect_object (self->sheet, "notify::selected", G_CALLBACK (sheet_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->mapping, "field", G_CALLBACK (field_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->mapping, "dates", G_CALLBACK (dates_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->mapping, "decimal", G_CALLBACK (decimal_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (control_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->control), focus);
}

GtkWidget *
rubis_import_page_new (void)
{
  return g_object_new (RUBIS_TYPE_IMPORT_PAGE, NULL);
}

static void
show_options (RubisImportPage *self)
{
  RubisImportOptions *options = &self->preview->options;
  gboolean items = !g_str_equal (self->preview->kind, "customers");

  gtk_check_button_set_active (options->delta ? self->delta : self->stock, TRUE);
  gtk_check_button_set_active (self->force, options->force);
  gtk_widget_set_visible (self->mode_box, items);
  gtk_widget_set_visible (self->control_box, items);
  gtk_label_set_label (self->brake, self->preview->brake_text);
  gtk_widget_set_visible (self->brake_box, self->preview->brakes != 0);
  if (options->has_control_total)
    gtk_label_set_label (self->control_state, (self->preview->brakes & RUBIS_BRAKE_CONTROL_TOTAL) != 0
                                                  ? _("The total after the import differs.")
                                                  : _("The total after the import is exact."));
}

void
rubis_import_page_show (RubisImportPage *self, RubisImportPreview *preview, RubisCurrency currency,
                        const char *problem)
{
  gboolean first;

  g_return_if_fail (RUBIS_IS_IMPORT_PAGE (self));
  g_return_if_fail (RUBIS_IS_IMPORT_PREVIEW (preview));

  self->updating = TRUE;
  first = g_set_object (&self->preview, preview);
  self->currency = currency;
  if (first)
    {
      show_sheets (self);
      gtk_editable_set_text (GTK_EDITABLE (self->control), "");
      gtk_label_set_label (self->control_state, "");
    }
  show_facts (self);
  show_counters (self);
  show_amounts (self);
  show_notes (self);
  show_changes (self);
  show_rejects (self);
  show_options (self);
  rubis_mapping_grid_show (self->mapping, preview);
  gtk_label_set_label (self->problem, problem != NULL ? problem : "");
  gtk_widget_set_visible (self->problem_box, problem != NULL);
  if (problem != NULL || (first && has_ambiguous_column (preview)))
    gtk_stack_set_visible_child_name (self->tabs, "mapping");
  else if (first)
    gtk_stack_set_visible_child_name (self->tabs, "changes");
  self->updating = FALSE;
}

gboolean
rubis_import_page_is_ready (RubisImportPage *self)
{
  g_return_val_if_fail (RUBIS_IS_IMPORT_PAGE (self), FALSE);

  return self->preview != NULL && !gtk_widget_get_visible (self->problem_box)
         && (self->preview->brakes == 0 || self->preview->options.force)
         && (self->preview->brakes & RUBIS_BRAKE_NOTHING) == 0;
}
