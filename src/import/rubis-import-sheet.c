#include <string.h>
#include <glib/gi18n-lib.h>

#include "rubis-date.h"
#include "rubis-import-decimal.h"
#include "rubis-import-file.h"
#include "rubis-import-workbook-private.h"

/* The largest sheet a spreadsheet makes unpacks to less than this; it is streamed, never kept. */
#define MAX_SHEET (G_GUINT64_CONSTANT (8) * 1024 * 1024 * 1024)
#define MAX_ROW (16u * 1024 * 1024)
/* From 1900-03-01 on; the days before carry a day that never was. */
#define EPOCH_1900 (-25569)
#define FIRST_SOUND_SERIAL 61
#define SHIFT_1904 1462

typedef struct
{
  guint32 offset;
  guint32 length;
  RubisImportCellKind kind;
} Stored;

typedef struct
{
  RubisImportTable table;
  const RubisImportWorkbook *book; /* (unowned) */
  RubisImportPart part;
  GString *text; /* of the current row, NUL-terminated cells */
  GString *value;
  GArray *stored; /* (owned) (element-type Stored) */
  RubisImportCell *cells;
  gint64 row;
} Sheet;

/* "BC12" -> 54; −1 when there are no letters. */
static int
column_of_reference (const char *reference)
{
  int column = 0;
  const char *p = reference;

  for (; g_ascii_isalpha (*p) && column < 1000000; p++)
    column = column * 26 + (g_ascii_toupper (*p) - 'A' + 1);
  return column - 1;
}

static void
trim_into (GString *text, const char *value, Stored *stored)
{
  const char *start = value;
  const char *end = value + strlen (value);

  while (*start == ' ' || *start == '\t' || *start == '\n' || *start == '\r'
         || g_str_has_prefix (start, "\xC2\xA0"))
    start += *start == '\xC2' ? 2 : 1;
  for (;;)
    {
      if (end > start && strchr (" \t\n\r", end[-1]) != NULL)
        end--;
      else if (end > start + 1 && end[-1] == '\xA0' && end[-2] == '\xC2')
        end -= 2;
      else
        break;
    }
  stored->offset = (guint32) text->len;
  stored->length = (guint32) (end - start);
  g_string_append_len (text, start, end - start);
  g_string_append_c (text, '\0');
}

static gboolean
is_date_style (const Sheet *self, const char *style)
{
  guint64 index = style != NULL ? g_ascii_strtoull (style, NULL, 10) : 0;

  return index < self->book->dates->len && self->book->dates->data[index];
}

/* A serial day as an ISO date; FALSE when it is out of reach (times of day are below 1). */
static gboolean
date_of_serial (const Sheet *self, const char *number, char out[RUBIS_IMPORT_DECIMAL_SIZE])
{
  gint64 serial = g_ascii_strtoll (number, NULL, 10);
  RubisDate date;
  int year, month, day;

  if (self->book->since_1904)
    serial += SHIFT_1904;
  if (serial < 1 || serial > 100000)
    return FALSE;
  date = (RubisDate) serial + EPOCH_1900 + (serial < FIRST_SOUND_SERIAL ? 1 : 0);
  if (date < RUBIS_DATE_MIN || date > RUBIS_DATE_MAX)
    return FALSE;
  rubis_date_to_ymd (date, &year, &month, &day);
  g_snprintf (out, RUBIS_IMPORT_DECIMAL_SIZE, "%04d-%02d-%02d", year, month, day);
  return TRUE;
}

static void
store_number (Sheet *self, const char *style, Stored *stored)
{
  char number[RUBIS_IMPORT_DECIMAL_SIZE];
  char date[RUBIS_IMPORT_DECIMAL_SIZE];

  if (!rubis_import_decimal_tidy (self->value->str, number))
    {
      trim_into (self->text, self->value->str, stored);
      return;
    }
  if (is_date_style (self, style) && date_of_serial (self, number, date))
    {
      stored->kind = RUBIS_IMPORT_CELL_DATE;
      trim_into (self->text, date, stored);
      return;
    }
  stored->kind = RUBIS_IMPORT_CELL_NUMBER;
  trim_into (self->text, number, stored);
}

static void
store_value (Sheet *self, const char *type, const char *style, guint column)
{
  Stored stored = { 0, 0, RUBIS_IMPORT_CELL_TEXT };

  if (g_strcmp0 (type, "s") == 0)
    {
      guint64 index = g_ascii_strtoull (self->value->str, NULL, 10);
      const char *shared = "";

      if (self->value->len > 0 && index < self->book->offsets->len)
        shared = self->book->strings->str + g_array_index (self->book->offsets, guint32, index);
      trim_into (self->text, shared, &stored);
    }
  else if (g_strcmp0 (type, "d") == 0 && self->value->len >= 10)
    {
      g_string_truncate (self->value, 10);
      stored.kind = RUBIS_IMPORT_CELL_DATE;
      trim_into (self->text, self->value->str, &stored);
    }
  else if (self->value->len > 0 && (type == NULL || strcmp (type, "n") == 0))
    store_number (self, style, &stored);
  else
    trim_into (self->text, self->value->str, &stored);
  if (column >= self->stored->len)
    g_array_set_size (self->stored, column + 1);
  g_array_index (self->stored, Stored, column) = stored;
}

/* Gathers the value of a cell whose start was just read: <v>, or the texts of <is>. */
static gboolean
read_value (Sheet *self, GError **error)
{
  gboolean in_value = FALSE;
  guint phonetic = 0;

  g_string_truncate (self->value, 0);
  if (xmlTextReaderIsEmptyElement (self->part.reader))
    return TRUE;
  for (;;)
    {
      int type;

      if (rubis_import_part_read (&self->part, self->book->path, error) != 1)
        return FALSE;
      if (rubis_import_part_is_end (&self->part, "c"))
        return TRUE;
      type = xmlTextReaderNodeType (self->part.reader);
      if (type == XML_READER_TYPE_ELEMENT && !xmlTextReaderIsEmptyElement (self->part.reader))
        {
          in_value = rubis_import_part_is (&self->part, "v") || rubis_import_part_is (&self->part, "t");
          phonetic += rubis_import_part_is (&self->part, "rPh");
        }
      else if (type == XML_READER_TYPE_END_ELEMENT)
        {
          in_value = FALSE;
          phonetic -= phonetic > 0 && rubis_import_part_is_end (&self->part, "rPh");
        }
      else if (in_value && phonetic == 0
               && (type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_SIGNIFICANT_WHITESPACE))
        g_string_append (self->value, (const char *) xmlTextReaderConstValue (self->part.reader));
    }
}

static gboolean
read_cell (Sheet *self, guint *column, GError **error)
{
  g_autofree char *reference = rubis_import_part_dup_attribute (&self->part, "r");
  g_autofree char *type = rubis_import_part_dup_attribute (&self->part, "t");
  g_autofree char *style = rubis_import_part_dup_attribute (&self->part, "s");
  int at = reference != NULL ? column_of_reference (reference) : -1;

  if (at >= 0)
    *column = (guint) at;
  if (!read_value (self, error))
    return FALSE;
  if (*column < RUBIS_IMPORT_MAX_COLUMNS && self->text->len < MAX_ROW)
    store_value (self, type, style, *column);
  (*column)++;
  return TRUE;
}

static gboolean
read_row (Sheet *self, GError **error)
{
  g_autofree char *number = rubis_import_part_dup_attribute (&self->part, "r");
  guint column = 0;

  self->row = number != NULL ? (gint64) g_ascii_strtoull (number, NULL, 10) : self->row + 1;
  g_string_truncate (self->text, 0);
  /* What a row has not is the empty text at the start of its buffer. */
  g_string_append_c (self->text, '\0');
  g_array_set_size (self->stored, 0);
  if (xmlTextReaderIsEmptyElement (self->part.reader))
    return TRUE;
  for (;;)
    {
      if (rubis_import_part_read (&self->part, self->book->path, error) != 1)
        return FALSE;
      if (rubis_import_part_is_end (&self->part, "row"))
        return TRUE;
      if (rubis_import_part_is (&self->part, "c") && !read_cell (self, &column, error))
        return FALSE;
    }
}

static RubisImportNext
sheet_next (RubisImportTable *table, RubisImportRecord *record, GError **error)
{
  Sheet *self = (Sheet *) table;
  int result;

  while ((result = rubis_import_part_read (&self->part, self->book->path, error)) == 1)
    {
      if (!rubis_import_part_is (&self->part, "row"))
        continue;
      if (!read_row (self, error))
        {
          if (error != NULL && *error == NULL)
            g_set_error (error, RUBIS_IMPORT_ERROR, RUBIS_IMPORT_ERROR_DAMAGED,
                         _("The sheet breaks off in row %ld"), (long) self->row);
          return RUBIS_IMPORT_NEXT_ERROR;
        }
      for (guint i = 0; i < self->stored->len; i++)
        {
          const Stored *stored = &g_array_index (self->stored, Stored, i);

          self->cells[i].text = self->text->str + stored->offset;
          self->cells[i].length = stored->length;
          self->cells[i].kind = stored->kind;
        }
      record->line = self->row;
      record->n_cells = self->stored->len;
      record->cells = self->cells;
      record->start = self->text->str;
      record->end = self->text->str + self->text->len;
      return RUBIS_IMPORT_NEXT_RECORD;
    }
  return result == 0 ? RUBIS_IMPORT_NEXT_END : RUBIS_IMPORT_NEXT_ERROR;
}

/* What was unpacked, on the scale of the packed file. */
static guint64
sheet_tell (RubisImportTable *table)
{
  Sheet *self = (Sheet *) table;

  if (self->part.size == 0)
    return 0;
  return (guint64) ((__uint128_t) MIN (self->part.done, self->part.size) * self->book->file_size
                   / self->part.size);
}

static void
sheet_free (RubisImportTable *table)
{
  Sheet *self = (Sheet *) table;

  rubis_import_part_close (&self->part);
  g_string_free (self->text, TRUE);
  g_string_free (self->value, TRUE);
  g_array_unref (self->stored);
  g_free (self->cells);
  g_free (self);
}

RubisImportTable *
rubis_import_workbook_read_sheet (const RubisImportWorkbook *book, guint sheet, GError **error)
{
  const RubisImportSheet *known = g_ptr_array_index (book->sheets, sheet);
  Sheet *self = g_new0 (Sheet, 1);

  self->table.next = sheet_next;
  self->table.tell = sheet_tell;
  self->table.free = sheet_free;
  self->book = book;
  self->text = g_string_new (NULL);
  self->value = g_string_new (NULL);
  self->stored = g_array_new (FALSE, TRUE, sizeof (Stored));
  self->cells = g_new0 (RubisImportCell, RUBIS_IMPORT_MAX_COLUMNS);
  if (!rubis_import_part_open (&self->part, book->archive, known->part, MAX_SHEET, error))
    {
      sheet_free (&self->table);
      return NULL;
    }
  return &self->table;
}
