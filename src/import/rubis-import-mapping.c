#include "rubis-import-mapping.h"

#include <string.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#define DEFAULT_DAYS 30

typedef struct
{
  RubisImportField field;
  RubisImportDates dates;
  RubisImportDecimal decimal;
} Column;

struct _RubisImportMapping
{
  Column columns[RUBIS_IMPORT_MAX_COLUMNS];
  RubisCurrency currency;
  GHashTable *type_codes; /* (owned) (element-type utf8 RubisItemType), keys in lower case */
  gboolean negated;
  gboolean settled;
  int default_days;
  RubisImportMode mode;
};

static const char *const dates_ids[] = { "auto", "day-first", "month-first", "year-first" };
static const char *const decimal_ids[] = { "auto", "comma", "point" };
static const char *const mode_ids[] = { "stock", "delta" };

RubisImportMapping *
rubis_import_mapping_new (void)
{
  RubisImportMapping *mapping = g_new0 (RubisImportMapping, 1);

  mapping->type_codes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  mapping->settled = TRUE;
  mapping->default_days = DEFAULT_DAYS;
  return mapping;
}

RubisImportMapping *
rubis_import_mapping_copy (const RubisImportMapping *mapping)
{
  RubisImportMapping *copy = rubis_import_mapping_new ();
  GHashTable *codes = copy->type_codes;
  GHashTableIter iter;
  gpointer key, value;

  g_return_val_if_fail (mapping != NULL, copy);

  memcpy (copy, mapping, sizeof *copy);
  copy->type_codes = codes;
  g_hash_table_iter_init (&iter, mapping->type_codes);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_hash_table_insert (codes, g_strdup (key), value);
  return copy;
}

void
rubis_import_mapping_free (RubisImportMapping *mapping)
{
  if (mapping == NULL)
    return;
  g_hash_table_unref (mapping->type_codes);
  g_free (mapping);
}

void
rubis_import_mapping_set_field (RubisImportMapping *mapping, guint column, RubisImportField field)
{
  g_return_if_fail (mapping != NULL && column < RUBIS_IMPORT_MAX_COLUMNS);

  if (field != RUBIS_IMPORT_FIELD_IGNORE && field != RUBIS_IMPORT_FIELD_AGING_BUCKET)
    {
      int before = rubis_import_mapping_get_column (mapping, field);

      if (before >= 0)
        mapping->columns[before].field = RUBIS_IMPORT_FIELD_IGNORE;
    }
  mapping->columns[column].field = field;
}

RubisImportField
rubis_import_mapping_get_field (const RubisImportMapping *mapping, guint column)
{
  g_return_val_if_fail (mapping != NULL, RUBIS_IMPORT_FIELD_IGNORE);

  return column < RUBIS_IMPORT_MAX_COLUMNS ? mapping->columns[column].field : RUBIS_IMPORT_FIELD_IGNORE;
}

int
rubis_import_mapping_get_column (const RubisImportMapping *mapping, RubisImportField field)
{
  g_return_val_if_fail (mapping != NULL, -1);

  for (int i = 0; i < RUBIS_IMPORT_MAX_COLUMNS; i++)
    {
      if (mapping->columns[i].field == field)
        return i;
    }
  return -1;
}

void
rubis_import_mapping_set_dates (RubisImportMapping *mapping, guint column, RubisImportDates dates)
{
  g_return_if_fail (mapping != NULL && column < RUBIS_IMPORT_MAX_COLUMNS);

  mapping->columns[column].dates = dates;
}

RubisImportDates
rubis_import_mapping_get_dates (const RubisImportMapping *mapping, guint column)
{
  g_return_val_if_fail (mapping != NULL && column < RUBIS_IMPORT_MAX_COLUMNS, RUBIS_IMPORT_DATES_AUTO);

  return mapping->columns[column].dates;
}

void
rubis_import_mapping_set_decimal (RubisImportMapping *mapping, guint column, RubisImportDecimal decimal)
{
  g_return_if_fail (mapping != NULL && column < RUBIS_IMPORT_MAX_COLUMNS);

  mapping->columns[column].decimal = decimal;
}

RubisImportDecimal
rubis_import_mapping_get_decimal (const RubisImportMapping *mapping, guint column)
{
  g_return_val_if_fail (mapping != NULL && column < RUBIS_IMPORT_MAX_COLUMNS, RUBIS_IMPORT_DECIMAL_AUTO);

  return mapping->columns[column].decimal;
}

void
rubis_import_mapping_set_currency (RubisImportMapping *mapping, RubisCurrency currency)
{
  g_return_if_fail (mapping != NULL);

  mapping->currency = currency;
}

RubisCurrency
rubis_import_mapping_get_currency (const RubisImportMapping *mapping)
{
  g_return_val_if_fail (mapping != NULL, (RubisCurrency){ "" });

  return mapping->currency;
}

void
rubis_import_mapping_set_type_code (RubisImportMapping *mapping, const char *code, RubisItemType type)
{
  g_return_if_fail (mapping != NULL && code != NULL);

  g_hash_table_insert (mapping->type_codes, g_utf8_strdown (code, -1), GINT_TO_POINTER (type));
}

gboolean
rubis_import_mapping_get_type_code (const RubisImportMapping *mapping, const char *code, RubisItemType *type)
{
  g_autofree char *key = NULL;
  gpointer value;

  g_return_val_if_fail (mapping != NULL && code != NULL, FALSE);

  key = g_utf8_strdown (code, -1);
  if (!g_hash_table_lookup_extended (mapping->type_codes, key, NULL, &value))
    return FALSE;
  *type = (RubisItemType) GPOINTER_TO_INT (value);
  return TRUE;
}

void
rubis_import_mapping_set_negated (RubisImportMapping *mapping, gboolean negated)
{
  g_return_if_fail (mapping != NULL);

  mapping->negated = negated;
}

gboolean
rubis_import_mapping_get_negated (const RubisImportMapping *mapping)
{
  g_return_val_if_fail (mapping != NULL, FALSE);

  return mapping->negated;
}

void
rubis_import_mapping_set_default_days (RubisImportMapping *mapping, int days)
{
  g_return_if_fail (mapping != NULL && days >= 0);

  mapping->default_days = days;
}

int
rubis_import_mapping_get_default_days (const RubisImportMapping *mapping)
{
  g_return_val_if_fail (mapping != NULL, DEFAULT_DAYS);

  return mapping->default_days;
}

void
rubis_import_mapping_set_settled (RubisImportMapping *mapping, gboolean settled)
{
  g_return_if_fail (mapping != NULL);

  mapping->settled = settled;
}

gboolean
rubis_import_mapping_get_settled (const RubisImportMapping *mapping)
{
  g_return_val_if_fail (mapping != NULL, TRUE);

  return mapping->settled;
}

void
rubis_import_mapping_set_mode (RubisImportMapping *mapping, RubisImportMode mode)
{
  g_return_if_fail (mapping != NULL);

  mapping->mode = mode;
}

RubisImportMode
rubis_import_mapping_get_mode (const RubisImportMapping *mapping)
{
  g_return_val_if_fail (mapping != NULL, RUBIS_IMPORT_MODE_STOCK);

  return mapping->mode;
}

/* One group for each column, so that a header may hold any character. */
static void
write_column (GKeyFile *file, const Column *column, guint index, const char *name)
{
  g_autofree char *group = g_strdup_printf ("column %u", index + 1);

  if (name != NULL && name[0] != '\0')
    g_key_file_set_string (file, group, "name", name);
  g_key_file_set_string (file, group, "field", rubis_import_field_to_id (column->field));
  if (column->dates != RUBIS_IMPORT_DATES_AUTO)
    g_key_file_set_string (file, group, "dates", dates_ids[column->dates]);
  if (column->decimal != RUBIS_IMPORT_DECIMAL_AUTO)
    g_key_file_set_string (file, group, "decimal", decimal_ids[column->decimal]);
}

char *
rubis_import_mapping_to_text (const RubisImportMapping *mapping, const char *const *names, guint n_names)
{
  g_autoptr(GKeyFile) file = g_key_file_new ();
  g_autoptr(GList) codes = NULL;

  g_return_val_if_fail (mapping != NULL, NULL);

  g_key_file_set_string (file, "import", "mode", mode_ids[mapping->mode]);
  if (mapping->currency.code[0] != '\0')
    g_key_file_set_string (file, "import", "currency", mapping->currency.code);
  g_key_file_set_integer (file, "import", "days", mapping->default_days);
  g_key_file_set_boolean (file, "import", "negated", mapping->negated);
  g_key_file_set_boolean (file, "import", "settled", mapping->settled);
  for (guint i = 0; i < RUBIS_IMPORT_MAX_COLUMNS; i++)
    {
      const Column *column = &mapping->columns[i];

      if (column->field != RUBIS_IMPORT_FIELD_IGNORE)
        write_column (file, column, i, i < n_names && names != NULL ? names[i] : NULL);
    }
  codes = g_list_sort (g_hash_table_get_keys (mapping->type_codes), (GCompareFunc) strcmp);
  for (GList *link = codes; link != NULL; link = link->next)
    {
      RubisItemType type
          = (RubisItemType) GPOINTER_TO_INT (g_hash_table_lookup (mapping->type_codes, link->data));

      g_key_file_set_string (file, "types", link->data, rubis_item_type_to_code (type));
    }
  return g_key_file_to_data (file, NULL, NULL);
}

static gboolean
find_id (const char *id, const char *const *ids, guint n_ids, guint *index)
{
  for (guint i = 0; i < n_ids; i++)
    {
      if (g_strcmp0 (id, ids[i]) == 0)
        {
          *index = i;
          return TRUE;
        }
    }
  return FALSE;
}

/* An optional key with one of @ids; FALSE with @error when it has another value. */
static gboolean
read_choice (GKeyFile *file, const char *group, const char *key, const char *const *ids, guint n_ids,
             guint *index, GError **error)
{
  g_autofree char *id = g_key_file_get_string (file, group, key, NULL);

  if (id == NULL || find_id (id, ids, n_ids, index))
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
               _("Import mapping, [%s]: “%s” is no value of “%s”"), group, id, key);
  return FALSE;
}

static gboolean
read_import_group (RubisImportMapping *mapping, GKeyFile *file, GError **error)
{
  g_autofree char *currency = g_key_file_get_string (file, "import", "currency", NULL);
  guint mode = RUBIS_IMPORT_MODE_STOCK;

  if (!read_choice (file, "import", "mode", mode_ids, G_N_ELEMENTS (mode_ids), &mode, error))
    return FALSE;
  mapping->mode = (RubisImportMode) mode;
  if (currency != NULL && !rubis_currency_parse (currency, &mapping->currency))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("Import mapping: “%s” is no currency code"),
                   currency);
      return FALSE;
    }
  if (g_key_file_has_key (file, "import", "days", NULL))
    mapping->default_days = CLAMP (g_key_file_get_integer (file, "import", "days", NULL), 0, 3650);
  mapping->negated = g_key_file_get_boolean (file, "import", "negated", NULL);
  if (g_key_file_has_key (file, "import", "settled", NULL))
    mapping->settled = g_key_file_get_boolean (file, "import", "settled", NULL);
  return TRUE;
}

static gboolean
read_column_index (GKeyFile *file, const char *group, const char *const *names, guint n_names, guint *index,
                   GError **error)
{
  g_autofree char *name = g_key_file_get_string (file, group, "name", NULL);
  guint64 number = g_ascii_strtoull (group + strlen ("column "), NULL, 10);

  if (name == NULL)
    {
      *index = (guint) (number - 1);
      if (number >= 1 && number <= MIN (n_names, RUBIS_IMPORT_MAX_COLUMNS))
        return TRUE;
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   _("Import mapping, [%s]: the file has %u columns"), group, n_names);
      return FALSE;
    }
  /* Two columns may bear one name: the number tells them apart. */
  if (number >= 1 && number <= n_names && g_strcmp0 (names[number - 1], name) == 0)
    *index = (guint) (number - 1);
  else if (!find_id (name, names, n_names, index))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   _("Import mapping: the file has no column “%s”"), name);
      return FALSE;
    }
  return *index < RUBIS_IMPORT_MAX_COLUMNS;
}

static gboolean
read_column (RubisImportMapping *mapping, GKeyFile *file, const char *group, const char *const *names,
             guint n_names, GError **error)
{
  g_autofree char *id = g_key_file_get_string (file, group, "field", NULL);
  RubisImportField field;
  guint index = 0;
  guint dates = 0;
  guint decimal = 0;

  if (id == NULL || !rubis_import_field_from_id (id, &field))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("Import mapping, [%s]: “%s” is no field"),
                   group, id != NULL ? id : "");
      return FALSE;
    }
  if (!read_column_index (file, group, names, n_names, &index, error)
      || !read_choice (file, group, "dates", dates_ids, G_N_ELEMENTS (dates_ids), &dates, error)
      || !read_choice (file, group, "decimal", decimal_ids, G_N_ELEMENTS (decimal_ids), &decimal, error))
    return FALSE;
  rubis_import_mapping_set_field (mapping, index, field);
  mapping->columns[index].dates = (RubisImportDates) dates;
  mapping->columns[index].decimal = (RubisImportDecimal) decimal;
  return TRUE;
}

static gboolean
read_types (RubisImportMapping *mapping, GKeyFile *file, GError **error)
{
  g_auto(GStrv) codes = g_key_file_get_keys (file, "types", NULL, NULL);

  for (char **code = codes; code != NULL && *code != NULL; code++)
    {
      g_autofree char *value = g_key_file_get_string (file, "types", *code, NULL);
      RubisItemType type;

      if (value == NULL || !rubis_item_type_from_code (value, &type))
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                       _("Import mapping, [types]: “%s” is none of FAC, AVO, RGL, ODI, TRT, DPA"),
                       value != NULL ? value : "");
          return FALSE;
        }
      rubis_import_mapping_set_type_code (mapping, *code, type);
    }
  return TRUE;
}

RubisImportMapping *
rubis_import_mapping_from_text (const char *text, const char *const *names, guint n_names, GError **error)
{
  g_autoptr(GKeyFile) file = g_key_file_new ();
  g_autoptr(RubisImportMapping) mapping = rubis_import_mapping_new ();
  g_auto(GStrv) groups = NULL;

  g_return_val_if_fail (text != NULL && (names != NULL || n_names == 0), NULL);

  if (!g_key_file_load_from_data (file, text, strlen (text), G_KEY_FILE_NONE, error)
      || !read_import_group (mapping, file, error) || !read_types (mapping, file, error))
    return NULL;
  groups = g_key_file_get_groups (file, NULL);
  for (char **group = groups; *group != NULL; group++)
    {
      if (g_str_has_prefix (*group, "column ") && !read_column (mapping, file, *group, names, n_names, error))
        return NULL;
    }
  return g_steal_pointer (&mapping);
}
