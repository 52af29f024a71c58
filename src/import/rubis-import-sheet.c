#include <string.h>
#include <glib/gi18n-lib.h>
#include <libxml/parser.h>

#include "rubis-date.h"
#include "rubis-import-decimal.h"
#include "rubis-import-file.h"
#include "rubis-import-workbook-private.h"

/* The largest sheet a spreadsheet makes unpacks to less than this; it is streamed, never kept. */
#define MAX_SHEET (G_GUINT64_CONSTANT (8) * 1024 * 1024 * 1024)
#define MAX_ROW (16u * 1024 * 1024)
#define MAX_VALUE (1024u * 1024)
#define CHUNK 32768
/* From 1900-03-01 on; the days before carry a day that never was. */
#define EPOCH_1900 (-25569)
#define FIRST_SOUND_SERIAL 61
#define SHIFT_1904 1462

/* A cell of a row; its offset counts from the start of the row's text. */
typedef struct
{
  guint32 offset;
  guint32 length;
  RubisImportCellKind kind;
} Stored;

/* A row that was parsed and waits to be asked for; the last one may still be growing. */
typedef struct
{
  gint64 number;
  gsize text;  /* where its text starts */
  guint first; /* its first cell */
} Row;

typedef struct
{
  RubisImportTable table;
  const RubisImportWorkbook *book; /* (unowned) */
  zip_file_t *file;
  guint64 size; /* as the archive says */
  guint64 done;
  xmlParserCtxtPtr parser;
  gboolean at_end;
  gboolean refused; /* a document type, or more than Rubis accepts */

  GArray *rows;  /* (owned) (element-type Row) */
  GArray *cells; /* (owned) (element-type Stored), of all rows that wait */
  GString *text; /* of all rows that wait */
  guint next;    /* the row to be told next */
  gboolean row_open;
  gint64 number; /* of the last row */
  RubisImportCell *told;

  /* The cell being parsed. */
  gboolean in_cell;
  gboolean in_value;
  guint phonetic;
  guint column;
  char type[8];
  guint64 style;
  GString *value;
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

static Row *
current_row (const Sheet *self)
{
  return &g_array_index (self->rows, Row, self->rows->len - 1);
}

static void
trim_into (Sheet *self, const char *value, Stored *stored)
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
  stored->offset = (guint32) (self->text->len - current_row (self)->text);
  stored->length = (guint32) (end - start);
  g_string_append_len (self->text, start, end - start);
  g_string_append_c (self->text, '\0');
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
store_number (Sheet *self, Stored *stored)
{
  char number[RUBIS_IMPORT_DECIMAL_SIZE];
  char date[RUBIS_IMPORT_DECIMAL_SIZE];

  if (!rubis_import_decimal_tidy (self->value->str, number))
    {
      trim_into (self, self->value->str, stored);
      return;
    }
  if (self->style < self->book->dates->len && self->book->dates->data[self->style]
      && date_of_serial (self, number, date))
    {
      stored->kind = RUBIS_IMPORT_CELL_DATE;
      trim_into (self, date, stored);
      return;
    }
  stored->kind = RUBIS_IMPORT_CELL_NUMBER;
  trim_into (self, number, stored);
}

static const char *
shared_string (const Sheet *self)
{
  guint64 index = g_ascii_strtoull (self->value->str, NULL, 10);

  if (self->value->len == 0 || index >= self->book->offsets->len)
    return "";
  return self->book->strings->str + g_array_index (self->book->offsets, guint32, index);
}

static void
store_cell (Sheet *self)
{
  Stored stored = { 0, 0, RUBIS_IMPORT_CELL_TEXT };
  const Row *row = current_row (self);

  if (self->column >= RUBIS_IMPORT_MAX_COLUMNS || self->text->len - row->text > MAX_ROW)
    return;
  if (strcmp (self->type, "s") == 0)
    trim_into (self, shared_string (self), &stored);
  else if (strcmp (self->type, "d") == 0 && self->value->len >= 10)
    {
      g_string_truncate (self->value, 10);
      stored.kind = RUBIS_IMPORT_CELL_DATE;
      trim_into (self, self->value->str, &stored);
    }
  else if (self->value->len > 0 && (self->type[0] == '\0' || strcmp (self->type, "n") == 0))
    store_number (self, &stored);
  else
    trim_into (self, self->value->str, &stored);
  if (row->first + self->column >= self->cells->len)
    g_array_set_size (self->cells, row->first + self->column + 1);
  g_array_index (self->cells, Stored, row->first + self->column) = stored;
}

static void
open_row (Sheet *self, const char *number)
{
  Row row = { 0, self->text->len, self->cells->len };

  row.number = number != NULL ? (gint64) g_ascii_strtoull (number, NULL, 10) : self->number + 1;
  self->number = row.number;
  g_array_append_val (self->rows, row);
  /* What a row has not is the empty text at its start. */
  g_string_append_c (self->text, '\0');
  self->row_open = TRUE;
  self->column = 0;
}

static void
open_cell (Sheet *self, const char *reference, const char *type, const char *style)
{
  int at = reference != NULL ? column_of_reference (reference) : -1;

  if (at >= 0)
    self->column = (guint) at;
  g_strlcpy (self->type, type != NULL ? type : "", sizeof self->type);
  self->style = style != NULL ? g_ascii_strtoull (style, NULL, 10) : 0;
  g_string_truncate (self->value, 0);
  self->in_cell = TRUE;
  self->in_value = FALSE;
  self->phonetic = 0;
}

/* Long enough for any number or name in an attribute; a longer value is none. */
#define ATTRIBUTE_SIZE 32

static void
read_attributes (const xmlChar **attributes, int n, const char *names, char values[][ATTRIBUTE_SIZE])
{
  for (int i = 0; i < n; i++, attributes += 5)
    {
      const char *slot = attributes[0][1] == '\0' ? strchr (names, attributes[0][0]) : NULL;
      gsize length = (gsize) (attributes[4] - attributes[3]);

      if (slot == NULL || attributes[1] != NULL || length >= ATTRIBUTE_SIZE)
        continue;
      memcpy (values[slot - names], attributes[3], length);
      values[slot - names][length] = '\0';
    }
}

static const char *
or_null (const char *text)
{
  return text[0] != '\0' ? text : NULL;
}

static void
start_element (void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int n_namespaces,
               const xmlChar **namespaces, int n_attributes, int n_defaulted, const xmlChar **attributes)
{
  Sheet *self = context;
  const char *local = (const char *) name;
  char values[3][ATTRIBUTE_SIZE] = { "", "", "" };

  if (self->in_cell)
    {
      self->in_value = strcmp (local, "v") == 0 || strcmp (local, "t") == 0;
      self->phonetic += strcmp (local, "rPh") == 0;
    }
  else if (self->row_open && strcmp (local, "c") == 0)
    {
      read_attributes (attributes, n_attributes, "rts", values);
      open_cell (self, or_null (values[0]), values[1], values[2]);
    }
  else if (!self->row_open && strcmp (local, "row") == 0)
    {
      read_attributes (attributes, n_attributes, "r", values);
      open_row (self, or_null (values[0]));
    }
}

static void
end_element (void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
  Sheet *self = context;
  const char *local = (const char *) name;

  if (self->in_cell)
    {
      self->in_value = FALSE;
      if (strcmp (local, "rPh") == 0)
        self->phonetic -= self->phonetic > 0;
      else if (strcmp (local, "c") == 0)
        {
          store_cell (self);
          self->column++;
          self->in_cell = FALSE;
        }
    }
  else if (strcmp (local, "row") == 0)
    self->row_open = FALSE;
}

static void
add_characters (void *context, const xmlChar *text, int length)
{
  Sheet *self = context;

  if (self->in_value && self->phonetic == 0 && self->value->len < MAX_VALUE)
    g_string_append_len (self->value, (const char *) text, length);
}

/* With a document type come entities, which can grow without end: no sheet has one. */
static void
refuse_document_type (void *context, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
  Sheet *self = context;

  self->refused = TRUE;
  xmlStopParser (self->parser);
}

/* Forgets the rows that were told, but not the one that is growing. */
static void
forget_rows (Sheet *self)
{
  Row open = { 0, self->text->len, self->cells->len };

  if (self->row_open)
    open = *current_row (self);
  g_array_set_size (self->rows, 0);
  g_string_erase (self->text, 0, (gssize) open.text);
  if (open.first > 0)
    g_array_remove_range (self->cells, 0, open.first);
  open.text = 0;
  open.first = 0;
  if (self->row_open)
    g_array_append_val (self->rows, open);
  self->next = 0;
}

static guint
count_ready (const Sheet *self)
{
  return self->rows->len - (self->row_open ? 1 : 0);
}

/* Parses on until a row is ready. FALSE on broken input. */
static gboolean
parse_on (Sheet *self, GError **error)
{
  char chunk[CHUNK];

  forget_rows (self);
  while (count_ready (self) == 0 && !self->at_end)
    {
      zip_int64_t n = zip_fread (self->file, chunk, sizeof chunk);
      gboolean sound = n >= 0;

      self->at_end = n <= 0;
      self->done += n > 0 ? (guint64) n : 0;
      self->refused = self->refused || self->done > MAX_SHEET;
      if (sound)
        sound = xmlParseChunk (self->parser, chunk, (int) n, n == 0) == 0;
      if (!sound || self->refused)
        {
          g_autofree char *name = g_filename_display_basename (self->book->path);

          g_set_error (error, RUBIS_IMPORT_ERROR, RUBIS_IMPORT_ERROR_DAMAGED,
                       _("“%s”: the workbook is damaged; open it in a spreadsheet and save it again"), name);
          return FALSE;
        }
    }
  return TRUE;
}

static RubisImportNext
sheet_next (RubisImportTable *table, RubisImportRecord *record, GError **error)
{
  Sheet *self = (Sheet *) table;
  const Row *row;
  guint end;
  gsize text_end;

  if (self->next >= count_ready (self) && !parse_on (self, error))
    return RUBIS_IMPORT_NEXT_ERROR;
  if (self->next >= count_ready (self))
    return RUBIS_IMPORT_NEXT_END;
  row = &g_array_index (self->rows, Row, self->next);
  self->next++;
  end = self->next < self->rows->len ? row[1].first : self->cells->len;
  text_end = self->next < self->rows->len ? row[1].text : self->text->len;
  for (guint i = row->first; i < end; i++)
    {
      const Stored *stored = &g_array_index (self->cells, Stored, i);
      RubisImportCell *cell = &self->told[i - row->first];

      cell->text = self->text->str + row->text + stored->offset;
      cell->length = stored->length;
      cell->kind = stored->kind;
    }
  record->line = row->number;
  record->n_cells = end - row->first;
  record->cells = self->told;
  record->start = self->text->str + row->text;
  record->end = self->text->str + text_end;
  return RUBIS_IMPORT_NEXT_RECORD;
}

/* What was unpacked, on the scale of the packed file. */
static guint64
sheet_tell (RubisImportTable *table)
{
  Sheet *self = (Sheet *) table;

  if (self->size == 0)
    return 0;
  return (guint64) ((__uint128_t) MIN (self->done, self->size) * self->book->file_size / self->size);
}

static void
sheet_free (RubisImportTable *table)
{
  Sheet *self = (Sheet *) table;

  if (self->parser != NULL)
    xmlFreeParserCtxt (self->parser);
  if (self->file != NULL)
    zip_fclose (self->file);
  g_array_unref (self->rows);
  g_array_unref (self->cells);
  g_string_free (self->text, TRUE);
  g_string_free (self->value, TRUE);
  g_free (self->told);
  g_free (self);
}

RubisImportTable *
rubis_import_workbook_read_sheet (const RubisImportWorkbook *book, guint sheet, GError **error)
{
  const RubisImportSheet *known = g_ptr_array_index (book->sheets, sheet);
  xmlSAXHandler handler = { 0 };
  Sheet *self = g_new0 (Sheet, 1);
  zip_stat_t stat;

  self->table.next = sheet_next;
  self->table.tell = sheet_tell;
  self->table.free = sheet_free;
  self->book = book;
  self->rows = g_array_new (FALSE, TRUE, sizeof (Row));
  self->cells = g_array_new (FALSE, TRUE, sizeof (Stored));
  self->text = g_string_new (NULL);
  self->value = g_string_new (NULL);
  self->told = g_new0 (RubisImportCell, RUBIS_IMPORT_MAX_COLUMNS);
  handler.initialized = XML_SAX2_MAGIC;
  handler.startElementNs = start_element;
  handler.endElementNs = end_element;
  handler.characters = add_characters;
  handler.cdataBlock = add_characters;
  handler.internalSubset = refuse_document_type;
  if (zip_stat (book->archive, known->part, ZIP_FL_NOCASE, &stat) == 0)
    self->file = zip_fopen (book->archive, known->part, ZIP_FL_NOCASE);
  self->parser = xmlCreatePushParserCtxt (&handler, self, NULL, 0, NULL);
  if (self->file == NULL || self->parser == NULL)
    {
      g_set_error (error, RUBIS_IMPORT_ERROR, RUBIS_IMPORT_ERROR_DAMAGED,
                   _("The workbook is damaged or protected: its part “%s” cannot be read"), known->part);
      sheet_free (&self->table);
      return NULL;
    }
  xmlCtxtUseOptions (self->parser, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
  self->size = (stat.valid & ZIP_STAT_SIZE) != 0 ? stat.size : 0;
  return &self->table;
}
