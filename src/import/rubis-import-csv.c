#include "rubis-import-table.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "rubis-import-file.h"

#define BUFFER_SIZE (1024 * 1024)
/* One record: beyond this the file is no table. */
#define MAX_RECORD (16 * 1024 * 1024)
/* A quote that does not close within this many bytes was a character like any other. */
#define MAX_QUOTED (64 * 1024)
#define MAX_CELLS 2048

typedef struct
{
  guint32 offset; /* from the start of the record */
  guint32 length;
  gboolean quoted;
} Span;

typedef struct
{
  RubisImportTable table;
  RubisImportDecoder *decoder;
  char separator;
  char terminator;
  gboolean quotes;
  gboolean at_end;
  gint64 line; /* of the next record */
  char *buffer;
  gsize size;
  gsize start, end; /* what is not yet consumed */
  Span *spans;
  RubisImportCell *cells;
  guint8 stop[256];
} Csv;

typedef enum
{
  SCAN_RECORD,
  SCAN_MORE,
  SCAN_TOO_WIDE
} ScanResult;

/* Finds the quote that closes a field opened before @p; NULL when there is none in reach. */
static const char *
find_closing (const Csv *self, const char *p, const char *end, gboolean *more)
{
  const char *limit = MIN (end, p + MAX_QUOTED);

  *more = FALSE;
  while (p < limit)
    {
      const char *quote = memchr (p, '"', (gsize) (limit - p));

      if (quote == NULL)
        break;
      if (quote + 1 == end && !self->at_end)
        {
          *more = TRUE;
          return NULL;
        }
      if (quote + 1 < end && quote[1] == '"')
        {
          p = quote + 2;
          continue;
        }
      if (!self->quotes && memchr (p, self->terminator, (gsize) (quote - p)) != NULL)
        return NULL;
      return quote;
    }
  *more = limit == end && !self->at_end;
  return NULL;
}

/* One field from @p on: its span, and where it stops (separator, terminator or @end). */
static const char *
scan_field (const Csv *self, const char *record, const char *p, const char *end, Span *span, gboolean *more)
{
  const char *from = p;

  *more = FALSE;
  if (p < end && *p == '"')
    {
      const char *closing = find_closing (self, p + 1, end, more);

      if (*more)
        return NULL;
      if (closing != NULL)
        {
          const char *after = closing + 1;

          while (after < end && (*after == ' ' || *after == '\r'))
            after++;
          if (after == end ? self->at_end : self->stop[(guchar) *after] != 0)
            {
              span->offset = (guint32) (p + 1 - record);
              span->length = (guint32) (closing - p - 1);
              span->quoted = TRUE;
              return after;
            }
          *more = after == end;
          if (*more)
            return NULL;
        }
    }
  while (p < end && !self->stop[(guchar) *p])
    p++;
  if (p == end && !self->at_end)
    {
      *more = TRUE;
      return NULL;
    }
  span->offset = (guint32) (from - record);
  span->length = (guint32) (p - from);
  span->quoted = FALSE;
  return p;
}

static ScanResult
scan_record (Csv *self, guint *n_spans, gsize *consumed)
{
  const char *record = self->buffer + self->start;
  const char *end = self->buffer + self->end;
  const char *p = record;
  guint n = 0;

  for (;;)
    {
      gboolean more;

      if (n == MAX_CELLS)
        return SCAN_TOO_WIDE;
      p = scan_field (self, record, p, end, &self->spans[n], &more);
      if (p == NULL)
        return SCAN_MORE;
      n++;
      if (p == end || *p == self->terminator)
        break;
      p++;
    }
  *n_spans = n;
  *consumed = (gsize) (p - record) + (p < end);
  return SCAN_RECORD;
}

static gboolean
fill (Csv *self, GError **error)
{
  gssize n;

  if (self->start > 0)
    {
      memmove (self->buffer, self->buffer + self->start, self->end - self->start);
      self->end -= self->start;
      self->start = 0;
    }
  if (self->size - self->end < self->size / 4)
    {
      if (self->size >= MAX_RECORD)
        {
          g_set_error (error, RUBIS_IMPORT_ERROR, RUBIS_IMPORT_ERROR_TOO_LARGE,
                       _("Line %ld is longer than 16 MB: this is not a table"), (long) self->line);
          return FALSE;
        }
      self->size *= 2;
      self->buffer = g_realloc (self->buffer, self->size + 1);
    }
  n = rubis_import_decoder_read (self->decoder, self->buffer + self->end, self->size - self->end, error);
  if (n < 0)
    return FALSE;
  self->end += (gsize) n;
  self->at_end = n == 0;
  return TRUE;
}

static gsize
unquote (char *text, gsize length)
{
  char *first = memchr (text, '"', length);
  gsize to;

  if (first == NULL)
    return length;
  to = (gsize) (first - text);
  for (gsize from = to; from < length; from++)
    {
      text[to++] = text[from];
      if (text[from] == '"' && from + 1 < length && text[from + 1] == '"')
        from++;
    }
  return to;
}

static inline gboolean
is_blank (char c)
{
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Cuts blanks, no-break spaces among them, from both ends. */
static inline void
trim (const char **text, gsize *length)
{
  const char *p = *text;
  gsize n = *length;

  for (;;)
    {
      if (n > 0 && is_blank (p[n - 1]))
        n--;
      else if (n >= 2 && p[n - 1] == '\xA0' && p[n - 2] == '\xC2')
        n -= 2;
      else
        break;
    }
  for (;;)
    {
      if (n > 0 && is_blank (p[0]))
        p++, n--;
      else if (n >= 2 && p[0] == '\xC2' && p[1] == '\xA0')
        p += 2, n -= 2;
      else
        break;
    }
  *text = p;
  *length = n;
}

static gint64
count_lines (const Csv *self, const char *record, gsize consumed)
{
  gint64 n = 0;

  for (gsize i = 0; i < consumed; i++)
    n += record[i] == self->terminator;
  return n;
}

/* Cuts the scanned record into NUL-terminated cells, in place. */
static void
cut_record (Csv *self, guint n_spans, gsize consumed, RubisImportRecord *record)
{
  char *base = self->buffer + self->start;
  gboolean spans_lines = FALSE;

  record->line = self->line;
  record->n_cells = n_spans;
  record->cells = self->cells;
  record->start = base;
  record->end = base + consumed + 1;
  for (guint i = 0; i < n_spans; i++)
    spans_lines = spans_lines || self->spans[i].quoted;
  self->line += spans_lines ? MAX (1, count_lines (self, base, consumed)) : 1;
  for (guint i = 0; i < n_spans; i++)
    {
      char *text = base + self->spans[i].offset;
      gsize length = self->spans[i].length;
      RubisImportCell *cell = &self->cells[i];

      if (self->spans[i].quoted)
        length = unquote (text, length);
      cell->text = text;
      trim (&cell->text, &length);
      cell->length = (guint32) length;
      cell->kind = RUBIS_IMPORT_CELL_TEXT;
      ((char *) cell->text)[length] = '\0';
    }
}

static RubisImportNext
csv_next (RubisImportTable *table, RubisImportRecord *record, GError **error)
{
  Csv *self = (Csv *) table;
  guint n_spans = 0;
  gsize consumed = 0;

  for (;;)
    {
      ScanResult result;

      if (self->start == self->end)
        {
          if (self->at_end)
            return RUBIS_IMPORT_NEXT_END;
          if (!fill (self, error))
            return RUBIS_IMPORT_NEXT_ERROR;
          continue;
        }
      result = scan_record (self, &n_spans, &consumed);
      if (result == SCAN_RECORD)
        break;
      if (result == SCAN_TOO_WIDE)
        {
          g_set_error (error, RUBIS_IMPORT_ERROR, RUBIS_IMPORT_ERROR_TOO_LARGE,
                       _("Line %ld has more than %d fields: this is not a table"), (long) self->line,
                       MAX_CELLS);
          return RUBIS_IMPORT_NEXT_ERROR;
        }
      if (!fill (self, error))
        return RUBIS_IMPORT_NEXT_ERROR;
    }
  cut_record (self, n_spans, consumed, record);
  self->start += consumed;
  return RUBIS_IMPORT_NEXT_RECORD;
}

static guint64
csv_tell (RubisImportTable *table)
{
  Csv *self = (Csv *) table;

  return rubis_import_decoder_tell (self->decoder);
}

static void
csv_free (RubisImportTable *table)
{
  Csv *self = (Csv *) table;

  rubis_import_decoder_free (self->decoder);
  g_free (self->buffer);
  g_free (self->spans);
  g_free (self->cells);
  g_free (self);
}

RubisImportTable *
rubis_import_csv_new (const char *path, const RubisImportScan *scan, char separator, gboolean quotes,
                      GError **error)
{
  RubisImportDecoder *decoder = rubis_import_decoder_new (path, scan, error);
  Csv *self;

  if (decoder == NULL)
    return NULL;
  self = g_new0 (Csv, 1);
  self->table.next = csv_next;
  self->table.tell = csv_tell;
  self->table.free = csv_free;
  self->decoder = decoder;
  self->separator = separator;
  self->terminator = scan->n_lf > 0 || scan->n_cr == 0 ? '\n' : '\r';
  self->quotes = quotes;
  self->line = 1;
  /* A small file needs no large buffer; its text may grow threefold as UTF-8. */
  self->size = MIN (BUFFER_SIZE, 4096 + 3 * scan->size);
  self->buffer = g_malloc (self->size + 1);
  self->spans = g_new (Span, MAX_CELLS);
  self->cells = g_new (RubisImportCell, MAX_CELLS);
  self->stop[(guchar) separator] = 1;
  self->stop[(guchar) self->terminator] = 1;
  return &self->table;
}

gboolean
rubis_import_csv_seek (RubisImportTable *table, guint64 offset, GError **error)
{
  Csv *self = (Csv *) table;

  if (!rubis_import_decoder_seek (self->decoder, offset & ~(guint64) 1, error))
    return FALSE;
  self->start = self->end = 0;
  self->at_end = FALSE;
  while (TRUE)
    {
      char *stop;

      if (!fill (self, error))
        return FALSE;
      if (self->at_end)
        return TRUE;
      stop = memchr (self->buffer, self->terminator, self->end);
      if (stop != NULL)
        {
          self->start = (gsize) (stop - self->buffer) + 1;
          return TRUE;
        }
      self->start = self->end;
    }
}
