#include "rubis-import-preview.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-import-preview-private.h"

G_DEFINE_FINAL_TYPE (RubisImportPreview, rubis_import_preview, G_TYPE_OBJECT)

static void
column_free (gpointer data)
{
  RubisImportColumnRow *column = data;

  g_free (column->name);
  g_free (column->samples);
  g_free (column->field);
  g_free (column->dates);
  g_free (column->decimal);
  g_free (column);
}

static void
change_free (gpointer data)
{
  RubisImportChange *change = data;

  g_free (change->account);
  g_free (change->number);
  g_free (change);
}

static void
reject_free (gpointer data)
{
  RubisImportRejectRow *reject = data;

  g_free (reject->column);
  g_free (reject->value);
  g_free (reject->code);
  g_free (reject->message);
  g_free (reject);
}

static void
rubis_import_preview_finalize (GObject *object)
{
  RubisImportPreview *self = RUBIS_IMPORT_PREVIEW (object);

  g_clear_pointer (&self->file, rubis_import_file_free);
  g_clear_pointer (&self->mapping, rubis_import_mapping_free);
  g_free (self->path);
  g_free (self->format);
  g_free (self->kind);
  g_free (self->kind_label);
  g_free (self->encoding);
  g_free (self->separator);
  g_ptr_array_unref (self->sheets);
  g_ptr_array_unref (self->columns);
  g_array_unref (self->amounts);
  g_ptr_array_unref (self->changes);
  g_ptr_array_unref (self->rejects);
  g_ptr_array_unref (self->notes);
  g_free (self->brake_text);
  G_OBJECT_CLASS (rubis_import_preview_parent_class)->finalize (object);
}

static void
rubis_import_preview_class_init (RubisImportPreviewClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rubis_import_preview_finalize;
}

static void
rubis_import_preview_init (RubisImportPreview *self)
{
  self->sheets = g_ptr_array_new_with_free_func (g_free);
  self->columns = g_ptr_array_new_with_free_func (column_free);
  self->amounts = g_array_new (FALSE, TRUE, sizeof (RubisImportAmount));
  self->changes = g_ptr_array_new_with_free_func (change_free);
  self->rejects = g_ptr_array_new_with_free_func (reject_free);
  self->notes = g_ptr_array_new_with_free_func (g_free);
  self->brake_text = g_strdup ("");
}

void
rubis_import_preview_reset (RubisImportPreview *self)
{
  self->n_rows = 0;
  self->n_new = 0;
  self->n_changed = 0;
  self->n_cleared = 0;
  self->cleared_amount = 0;
  self->n_unchanged = 0;
  self->n_rejected = 0;
  self->n_accounts_new = 0;
  self->n_accounts_changed = 0;
  self->cleared_percent = 0;
  self->brakes = 0;
  g_array_set_size (self->amounts, 0);
  g_ptr_array_set_size (self->changes, 0);
  g_ptr_array_set_size (self->rejects, 0);
  g_ptr_array_set_size (self->notes, 0);
  g_free (self->brake_text);
  self->brake_text = g_strdup ("");
}

static const char *
dates_to_id (RubisImportDates dates)
{
  switch (dates)
    {
    case RUBIS_IMPORT_DATES_DAY_FIRST:
      return "day_first";
    case RUBIS_IMPORT_DATES_MONTH_FIRST:
      return "month_first";
    case RUBIS_IMPORT_DATES_YEAR_FIRST:
      return "year_first";
    case RUBIS_IMPORT_DATES_AUTO:
    default:
      return "";
    }
}

static const char *
decimal_to_id (RubisImportDecimal decimal)
{
  switch (decimal)
    {
    case RUBIS_IMPORT_DECIMAL_COMMA:
      return "comma";
    case RUBIS_IMPORT_DECIMAL_POINT:
      return "point";
    case RUBIS_IMPORT_DECIMAL_AUTO:
    default:
      return "";
    }
}

static char *
join_samples (const RubisImportColumn *column)
{
  GString *samples = g_string_new (NULL);

  for (int i = 0; i < RUBIS_IMPORT_SAMPLES && column->samples[i] != NULL; i++)
    g_string_append_printf (samples, "%s%s", i > 0 ? " · " : "", column->samples[i]);
  return g_string_free (samples, FALSE);
}

/* What a column says in its mapping, else as detected. */
static void
describe_column (RubisImportPreview *self, guint index)
{
  const RubisImportColumn *column = rubis_import_file_get_column (self->file, index);
  RubisImportColumnRow *row = g_new0 (RubisImportColumnRow, 1);
  RubisImportDates dates = rubis_import_mapping_get_dates (self->mapping, index);
  RubisImportDecimal decimal = rubis_import_mapping_get_decimal (self->mapping, index);

  row->name = g_strdup (column->name);
  row->samples = join_samples (column);
  row->field = g_strdup (rubis_import_field_to_id (rubis_import_mapping_get_field (self->mapping, index)));
  row->ambiguous = column->ambiguous;
  row->dates = g_strdup (column->kind == RUBIS_IMPORT_COLUMN_DATE
                           ? dates_to_id (dates != RUBIS_IMPORT_DATES_AUTO ? dates : column->dates)
                           : "");
  row->decimal = g_strdup (column->kind == RUBIS_IMPORT_COLUMN_AMOUNT
                             ? decimal_to_id (decimal != RUBIS_IMPORT_DECIMAL_AUTO ? decimal : column->decimal)
                             : "");
  g_ptr_array_add (self->columns, row);
}

static char *
describe_separator (char separator)
{
  if (separator == '\0')
    return g_strdup ("");
  return separator == '\t' ? g_strdup ("TAB") : g_strdup_printf ("%c", separator);
}

void
rubis_import_preview_describe (RubisImportPreview *self)
{
  RubisImportKind kind = rubis_import_file_get_kind (self->file);

  g_free (self->format);
  g_free (self->kind);
  g_free (self->kind_label);
  g_free (self->encoding);
  g_free (self->separator);
  self->format = g_strdup (rubis_import_file_get_format (self->file));
  self->kind = g_strdup (rubis_import_kind_to_id (kind));
  self->kind_label = g_strdup (rubis_import_kind_to_label (kind));
  self->encoding = g_strdup (rubis_import_file_get_encoding (self->file));
  self->separator = describe_separator (rubis_import_file_get_separator (self->file));
  self->header_line = rubis_import_file_get_header_line (self->file);
  self->sheet = rubis_import_file_get_sheet (self->file);
  g_ptr_array_set_size (self->sheets, 0);
  for (guint i = 0; i < rubis_import_file_get_n_sheets (self->file); i++)
    g_ptr_array_add (self->sheets, g_strdup (rubis_import_file_get_sheet_name (self->file, i)));
  g_ptr_array_set_size (self->columns, 0);
  for (guint i = 0; i < rubis_import_file_get_n_columns (self->file); i++)
    describe_column (self, i);
}

RubisImportPreview *
rubis_import_preview_new (RubisImportFile *file, RubisImportMapping *mapping)
{
  RubisImportPreview *self = g_object_new (RUBIS_TYPE_IMPORT_PREVIEW, NULL);

  self->file = file;
  self->mapping = mapping;
  self->path = g_strdup (rubis_import_file_get_path (file));
  self->options.delta = rubis_import_mapping_get_mode (mapping) == RUBIS_IMPORT_MODE_DELTA;
  rubis_import_preview_describe (self);
  return self;
}

GArray *
rubis_import_preview_list_fields (RubisImportPreview *self)
{
  GArray *fields = g_array_new (FALSE, FALSE, sizeof (RubisImportFieldName));

  for (int i = 0; i < RUBIS_N_IMPORT_FIELDS; i++)
    {
      RubisImportFieldName name = {
        .id = rubis_import_field_to_id ((RubisImportField) i),
        .label = rubis_import_field_to_label ((RubisImportField) i),
      };

      g_array_append_val (fields, name);
    }
  return fields;
}

void
rubis_import_preview_set_field (RubisImportPreview *self, guint column, const char *field)
{
  RubisImportField parsed;

  g_return_if_fail (rubis_import_field_from_id (field, &parsed));

  rubis_import_mapping_set_field (self->mapping, column, parsed);
  rubis_import_preview_describe (self);
}

void
rubis_import_preview_set_dates (RubisImportPreview *self, guint column, const char *dates)
{
  for (int i = RUBIS_IMPORT_DATES_AUTO; i <= RUBIS_IMPORT_DATES_YEAR_FIRST; i++)
    {
      if (g_str_equal (dates_to_id ((RubisImportDates) i), dates))
        rubis_import_mapping_set_dates (self->mapping, column, (RubisImportDates) i);
    }
  rubis_import_preview_describe (self);
}

void
rubis_import_preview_set_decimal (RubisImportPreview *self, guint column, const char *decimal)
{
  for (int i = RUBIS_IMPORT_DECIMAL_AUTO; i <= RUBIS_IMPORT_DECIMAL_POINT; i++)
    {
      if (g_str_equal (decimal_to_id ((RubisImportDecimal) i), decimal))
        rubis_import_mapping_set_decimal (self->mapping, column, (RubisImportDecimal) i);
    }
  rubis_import_preview_describe (self);
}

gboolean
rubis_import_preview_set_kind (RubisImportPreview *self, const char *kind, GError **error)
{
  for (int i = RUBIS_IMPORT_KIND_CUSTOMERS; i <= RUBIS_IMPORT_KIND_AGED; i++)
    {
      if (!g_str_equal (rubis_import_kind_to_id ((RubisImportKind) i), kind))
        continue;
      if (!rubis_import_file_set_kind (self->file, (RubisImportKind) i, error))
        return FALSE;
      rubis_import_preview_describe (self);
      return TRUE;
    }
  g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
               _("“%s” is not a kind of file: use customers, items, payments, fec or aged."), kind);
  return FALSE;
}

gboolean
rubis_import_preview_set_sheet (RubisImportPreview *self, guint sheet, GError **error)
{
  if (!rubis_import_file_set_sheet (self->file, sheet, error))
    return FALSE;
  rubis_import_mapping_free (self->mapping);
  self->mapping = rubis_import_file_guess_mapping (self->file);
  rubis_import_preview_describe (self);
  return TRUE;
}

char *
rubis_import_preview_get_mapping (RubisImportPreview *self)
{
  g_autofree const char **names = rubis_import_file_get_column_names (self->file);

  return rubis_import_mapping_to_text (self->mapping, names, rubis_import_file_get_n_columns (self->file));
}

gboolean
rubis_import_preview_set_mapping (RubisImportPreview *self, const char *text, GError **error)
{
  g_autofree const char **names = rubis_import_file_get_column_names (self->file);
  RubisImportMapping *mapping = rubis_import_mapping_from_text (text, names, rubis_import_file_get_n_columns (self->file),
                                                                error);

  if (mapping == NULL)
    return FALSE;
  rubis_import_mapping_free (self->mapping);
  self->mapping = mapping;
  self->options.delta = rubis_import_mapping_get_mode (mapping) == RUBIS_IMPORT_MODE_DELTA;
  rubis_import_preview_describe (self);
  return TRUE;
}

/* A cell of a CSV file: quoted when it has to be; a formula is made harmless. */
static void
append_cell (GString *line, const char *text)
{
  gboolean formula = *text != '\0' && strchr ("=+-@", *text) != NULL && !g_ascii_isdigit (text[1]);

  if (line->len > 0 && line->str[line->len - 1] != '\n')
    g_string_append_c (line, ';');
  if (!formula && strpbrk (text, ";\"\r\n") == NULL)
    {
      g_string_append (line, text);
      return;
    }
  g_string_append_c (line, '"');
  if (formula)
    g_string_append_c (line, '\'');
  for (; *text != '\0'; text++)
    g_string_append_printf (line, "%s%c", *text == '"' ? "\"" : "", *text);
  g_string_append_c (line, '"');
}

gboolean
rubis_import_preview_save_rejects (RubisImportPreview *self, const char *path, GError **error)
{
  /* A byte-order mark, so that spreadsheets read the accents. */
  g_autoptr(GString) csv = g_string_new ("\xef\xbb\xbf");

  g_string_append_printf (csv, "%s;%s;%s;%s\n", _("Line"), _("Column"), _("Value"), _("Reason"));
  for (guint i = 0; i < self->rejects->len; i++)
    {
      const RubisImportRejectRow *reject = g_ptr_array_index (self->rejects, i);

      g_string_append_printf (csv, "%" G_GINT64_FORMAT, reject->line);
      append_cell (csv, reject->column);
      append_cell (csv, reject->value);
      append_cell (csv, reject->message);
      g_string_append_c (csv, '\n');
    }
  return g_file_set_contents (path, csv->str, (gssize) csv->len, error);
}
