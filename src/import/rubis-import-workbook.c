#include "rubis-import-workbook.h"

#include <stdlib.h>
#include <string.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "rubis-import-file.h"
#include "rubis-import-workbook-private.h"

/* The parts that are kept in memory. */
#define MAX_PART (64u * 1024 * 1024)
#define MAX_STRINGS (512u * 1024 * 1024)
#define MAX_SHEETS 1000
#define MAX_STYLES 65536

static void
free_sheet (gpointer data)
{
  RubisImportSheet *sheet = data;

  g_free (sheet->name);
  g_free (sheet->part);
  g_free (sheet);
}

/* Formats 14 to 22 and 45 to 47 are dates and times in every language. */
static gboolean
is_builtin_date (guint64 id)
{
  return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
}

/* A format shows a date when d, m or y stands outside quotes, brackets and escapes. */
static gboolean
is_date_format (const char *code)
{
  gboolean quoted = FALSE;

  if (g_ascii_strcasecmp (code, "General") == 0 || strcmp (code, "@") == 0)
    return FALSE;
  for (const char *p = code; *p != '\0' && *p != ';'; p++)
    {
      if (*p == '"')
        quoted = !quoted;
      else if (quoted)
        continue;
      else if (*p == '\\' || *p == '_' || *p == '*')
        p += p[1] != '\0';
      else if (*p == '[')
        p += strcspn (p, "]") - (strchr (p, ']') == NULL);
      else if (strchr ("dDyYmM", *p) != NULL)
        return TRUE;
      else if (strchr ("0#?", *p) != NULL)
        return FALSE;
    }
  return FALSE;
}

static gboolean
read_styles (RubisImportWorkbook *book, GError **error)
{
  RubisImportPart part;
  g_autoptr(GHashTable) custom = g_hash_table_new (g_direct_hash, g_direct_equal);
  gboolean in_cells = FALSE;
  int result;

  if (zip_name_locate (book->archive, "xl/styles.xml", ZIP_FL_NOCASE) < 0)
    return TRUE;
  if (!rubis_import_part_open (&part, book->archive, "xl/styles.xml", MAX_PART, error))
    return FALSE;
  while ((result = rubis_import_part_read (&part, book->path, error)) == 1)
    {
      if (rubis_import_part_is (&part, "numFmt"))
        {
          g_autofree char *id = rubis_import_part_dup_attribute (&part, "numFmtId");
          g_autofree char *code = rubis_import_part_dup_attribute (&part, "formatCode");

          if (id != NULL && code != NULL && is_date_format (code))
            g_hash_table_add (custom, GUINT_TO_POINTER ((guint) g_ascii_strtoull (id, NULL, 10)));
        }
      else if (rubis_import_part_is (&part, "cellXfs"))
        in_cells = TRUE;
      else if (rubis_import_part_is_end (&part, "cellXfs"))
        in_cells = FALSE;
      else if (in_cells && rubis_import_part_is (&part, "xf") && book->dates->len < MAX_STYLES)
        {
          g_autofree char *id = rubis_import_part_dup_attribute (&part, "numFmtId");
          guint64 number = id != NULL ? g_ascii_strtoull (id, NULL, 10) : 0;
          guint8 date
              = is_builtin_date (number) || g_hash_table_contains (custom, GUINT_TO_POINTER ((guint) number));

          g_byte_array_append (book->dates, &date, 1);
        }
    }
  rubis_import_part_close (&part);
  return result == 0;
}

static gboolean
read_strings (RubisImportWorkbook *book, GError **error)
{
  RubisImportPart part;
  guint phonetic = 0;
  int result;

  if (zip_name_locate (book->archive, "xl/sharedStrings.xml", ZIP_FL_NOCASE) < 0)
    return TRUE;
  if (!rubis_import_part_open (&part, book->archive, "xl/sharedStrings.xml", MAX_STRINGS, error))
    return FALSE;
  while ((result = rubis_import_part_read (&part, book->path, error)) == 1)
    {
      int type = xmlTextReaderNodeType (part.reader);

      if (rubis_import_part_is (&part, "si"))
        {
          guint32 offset = (guint32) book->strings->len;

          g_array_append_val (book->offsets, offset);
          if (xmlTextReaderIsEmptyElement (part.reader))
            g_string_append_c (book->strings, '\0');
        }
      else if (rubis_import_part_is_end (&part, "si"))
        g_string_append_c (book->strings, '\0');
      else if (rubis_import_part_is (&part, "rPh"))
        phonetic++;
      else if (rubis_import_part_is_end (&part, "rPh"))
        phonetic -= phonetic > 0;
      else if ((type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_SIGNIFICANT_WHITESPACE)
               && phonetic == 0 && book->offsets->len > 0)
        g_string_append (book->strings, (const char *) xmlTextReaderConstValue (part.reader));
    }
  rubis_import_part_close (&part);
  return result == 0;
}

/* Relation id -> path of the part. */
static GHashTable *
read_relations (RubisImportWorkbook *book, GError **error)
{
  g_autoptr(GHashTable) targets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  RubisImportPart part;
  int result;

  if (!rubis_import_part_open (&part, book->archive, "xl/_rels/workbook.xml.rels", MAX_PART, error))
    return NULL;
  while ((result = rubis_import_part_read (&part, book->path, error)) == 1)
    {
      g_autofree char *id = NULL;
      g_autofree char *target = NULL;

      if (!rubis_import_part_is (&part, "Relationship"))
        continue;
      id = rubis_import_part_dup_attribute (&part, "Id");
      target = rubis_import_part_dup_attribute (&part, "Target");
      if (id != NULL && target != NULL)
        g_hash_table_insert (targets, g_steal_pointer (&id),
                             target[0] == '/' ? g_strdup (target + 1) : g_strconcat ("xl/", target, NULL));
    }
  rubis_import_part_close (&part);
  return result == 0 ? g_steal_pointer (&targets) : NULL;
}

static void
add_sheet (RubisImportWorkbook *book, const RubisImportPart *part, GHashTable *targets)
{
  g_autofree char *name = rubis_import_part_dup_attribute (part, "name");
  g_autofree char *id = rubis_import_part_dup_attribute (part, "id");
  g_autofree char *state = rubis_import_part_dup_attribute (part, "state");
  const char *target = id != NULL ? g_hash_table_lookup (targets, id) : NULL;
  RubisImportSheet *sheet;

  /* Charts and macros are sheets too, but no worksheets. */
  if (name == NULL || target == NULL || strstr (target, "worksheets/") == NULL
      || book->sheets->len >= MAX_SHEETS)
    return;
  sheet = g_new0 (RubisImportSheet, 1);
  sheet->name = g_steal_pointer (&name);
  sheet->part = g_strdup (target);
  sheet->hidden = g_strcmp0 (state, "hidden") == 0 || g_strcmp0 (state, "veryHidden") == 0;
  g_ptr_array_add (book->sheets, sheet);
}

static gboolean
read_directory (RubisImportWorkbook *book, GError **error)
{
  g_autoptr(GHashTable) targets = read_relations (book, error);
  RubisImportPart part;
  int result;

  if (targets == NULL || !rubis_import_part_open (&part, book->archive, "xl/workbook.xml", MAX_PART, error))
    return FALSE;
  while ((result = rubis_import_part_read (&part, book->path, error)) == 1)
    {
      if (rubis_import_part_is (&part, "workbookPr"))
        {
          g_autofree char *flag = rubis_import_part_dup_attribute (&part, "date1904");

          book->since_1904 = flag != NULL && (strcmp (flag, "1") == 0 || strcmp (flag, "true") == 0);
        }
      else if (rubis_import_part_is (&part, "sheet"))
        add_sheet (book, &part, targets);
    }
  rubis_import_part_close (&part);
  if (result == 0 && book->sheets->len == 0)
    {
      g_autofree char *name = g_filename_display_basename (book->path);

      g_set_error (error, RUBIS_IMPORT_ERROR, RUBIS_IMPORT_ERROR_EMPTY,
                   _("“%s”: the workbook has no sheet with cells"), name);
      return FALSE;
    }
  return result == 0;
}

RubisImportWorkbook *
rubis_import_workbook_open (const char *path, GError **error)
{
  g_autoptr(RubisImportWorkbook) book = g_new0 (RubisImportWorkbook, 1);
  GStatBuf info;
  int code = 0;

  book->path = g_strdup (path);
  book->sheets = g_ptr_array_new_with_free_func (free_sheet);
  book->strings = g_string_new (NULL);
  book->offsets = g_array_new (FALSE, FALSE, sizeof (guint32));
  book->dates = g_byte_array_new ();
  book->file_size = g_stat (path, &info) == 0 ? (guint64) info.st_size : 0;
  book->archive = zip_open (path, ZIP_RDONLY, &code);
  if (book->archive == NULL)
    {
      g_autofree char *name = g_filename_display_basename (path);

      g_set_error (error, RUBIS_IMPORT_ERROR, RUBIS_IMPORT_ERROR_DAMAGED,
                   _("“%s”: the workbook is damaged; open it in a spreadsheet and save it again"), name);
      return NULL;
    }
  if (!read_directory (book, error) || !read_styles (book, error) || !read_strings (book, error))
    return NULL;
  return g_steal_pointer (&book);
}

void
rubis_import_workbook_free (RubisImportWorkbook *book)
{
  if (book == NULL)
    return;
  if (book->archive != NULL)
    zip_discard (book->archive);
  g_ptr_array_unref (book->sheets);
  g_string_free (book->strings, TRUE);
  g_array_unref (book->offsets);
  g_byte_array_unref (book->dates);
  g_free (book->path);
  g_free (book);
}

guint
rubis_import_workbook_get_n_sheets (const RubisImportWorkbook *book)
{
  return book->sheets->len;
}

const char *
rubis_import_workbook_get_sheet_name (const RubisImportWorkbook *book, guint sheet)
{
  g_return_val_if_fail (sheet < book->sheets->len, NULL);

  return ((const RubisImportSheet *) g_ptr_array_index (book->sheets, sheet))->name;
}

gboolean
rubis_import_workbook_is_hidden (const RubisImportWorkbook *book, guint sheet)
{
  g_return_val_if_fail (sheet < book->sheets->len, FALSE);

  return ((const RubisImportSheet *) g_ptr_array_index (book->sheets, sheet))->hidden;
}
