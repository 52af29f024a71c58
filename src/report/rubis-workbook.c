#include "rubis-workbook.h"

#include <string.h>

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <xlsxwriter.h>

#define MAX_COLUMNS 32
#define MAX_SHEET_NAME 31
/* What a cell can hold at most. */
#define MAX_TEXT 32000
#define HEAD_COLOUR 0xE8EBEF

typedef struct
{
  RubisCellKind kind;
  gint64 sum;
  RubisCurrency currency; /* code "": no amount yet */
  gboolean mixed;         /* several currencies, or more than 64 bits: no sum */
} Column;

struct _RubisWorkbook
{
  char *folder; /* (owned) temporary */
  char *path;   /* (owned) */
  lxw_workbook *book;
  lxw_worksheet *sheet; /* (unowned) */
  lxw_format *head;     /* (unowned), and the others */
  lxw_format *date;
  lxw_format *rate;
  lxw_format *text;
  lxw_format *bold;
  GHashTable
      *money; /* (element-type utf8 lxw_format) (unowned formats) by currency, "*" before those of totals */
  Column columns[MAX_COLUMNS];
  lxw_col_t n_columns;
  lxw_row_t row;
  lxw_col_t column; /* of the next cell */
};

static lxw_format *
make_format (RubisWorkbook *self, const char *number)
{
  lxw_format *format = workbook_add_format (self->book);

  format_set_align (format, LXW_ALIGN_VERTICAL_TOP);
  if (number != NULL)
    format_set_num_format (format, number);
  return format;
}

static void
set_properties (RubisWorkbook *self, const char *title, const char *author, RubisDate date)
{
  lxw_doc_properties properties = { 0 };
  g_autofree char *title_copy = g_strdup (title);
  g_autofree char *author_copy = g_strdup (author);

  properties.title = title_copy;
  properties.author = author_copy;
  properties.created = (time_t)date * 24 * 60 * 60;
  workbook_set_properties (self->book, &properties);
}

RubisWorkbook *
rubis_workbook_new (const char *title, const char *author, RubisDate date, GError **error)
{
  RubisWorkbook *self;
  lxw_workbook_options options = { 0 };
  char *folder;

  g_return_val_if_fail (title != NULL, NULL);

  folder = g_dir_make_tmp ("rubis-XXXXXX", error);
  if (folder == NULL)
    return NULL;
  self = g_new0 (RubisWorkbook, 1);
  self->folder = folder;
  self->path = g_build_filename (folder, "book.xlsx", NULL);
  options.tmpdir = self->folder;
  self->book = workbook_new_opt (self->path, &options);
  set_properties (self, title, author, date);
  self->head = make_format (self, NULL);
  format_set_bold (self->head);
  format_set_text_wrap (self->head);
  format_set_bg_color (self->head, HEAD_COLOUR);
  format_set_bottom (self->head, LXW_BORDER_THIN);
  self->date = make_format (self, "dd/mm/yyyy");
  self->rate = make_format (self, "0.00%");
  self->text = make_format (self, NULL);
  format_set_text_wrap (self->text);
  self->bold = make_format (self, NULL);
  format_set_bold (self->bold);
  format_set_top (self->bold, LXW_BORDER_THIN);
  self->money = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
rubis_workbook_free (RubisWorkbook *self)
{
  if (self == NULL)
    return;
  if (self->book != NULL)
    lxw_workbook_free (self->book);
  g_unlink (self->path);
  g_rmdir (self->folder);
  g_hash_table_unref (self->money);
  g_free (self->path);
  g_free (self->folder);
  g_free (self);
}

void
rubis_workbook_add_sheet (RubisWorkbook *self, const char *name)
{
  g_autoptr (GString) safe = g_string_new (NULL);

  g_return_if_fail (self != NULL && self->book != NULL);
  g_return_if_fail (name != NULL);

  for (const char *p = name; *p != '\0' && g_utf8_strlen (safe->str, -1) < MAX_SHEET_NAME;
       p = g_utf8_next_char (p))
    {
      if (strchr ("[]:*?/\\'", *p) == NULL)
        g_string_append_unichar (safe, g_utf8_get_char (p));
    }
  self->sheet = workbook_add_worksheet (self->book, safe->str);
  self->n_columns = 0;
  self->row = 0;
  self->column = 0;
  worksheet_freeze_panes (self->sheet, 1, 0);
  worksheet_set_landscape (self->sheet);
  worksheet_set_paper (self->sheet, 9);
  worksheet_fit_to_pages (self->sheet, 1, 0);
  worksheet_repeat_rows (self->sheet, 0, 0);
}

void
rubis_workbook_add_column (RubisWorkbook *self, const char *title, RubisCellKind kind, int width)
{
  g_return_if_fail (self != NULL && self->sheet != NULL);
  g_return_if_fail (self->row == 0 && self->n_columns < MAX_COLUMNS);

  self->columns[self->n_columns] = (Column){ .kind = kind };
  worksheet_set_column (self->sheet, self->n_columns, self->n_columns, width, NULL);
  worksheet_write_string (self->sheet, 0, self->n_columns, title, self->head);
  self->n_columns++;
}

void
rubis_workbook_add_row (RubisWorkbook *self)
{
  g_return_if_fail (self != NULL && self->sheet != NULL);

  self->row++;
  self->column = 0;
}

/* The column of the next cell, which must be of @kind; NULL beyond the last one. */
static Column *
next_cell (RubisWorkbook *self, RubisCellKind kind)
{
  g_return_val_if_fail (self != NULL && self->sheet != NULL, NULL);
  g_return_val_if_fail (self->row > 0 && self->column < self->n_columns, NULL);
  g_return_val_if_fail (self->columns[self->column].kind == kind, NULL);

  return &self->columns[self->column++];
}

void
rubis_workbook_add_text (RubisWorkbook *self, const char *text)
{
  g_autofree char *valid = NULL;

  if (next_cell (self, RUBIS_CELL_TEXT) == NULL || text == NULL || *text == '\0')
    return;
  valid = g_utf8_make_valid (text, -1);
  if (g_utf8_strlen (valid, -1) > MAX_TEXT)
    *g_utf8_offset_to_pointer (valid, MAX_TEXT) = '\0';
  worksheet_write_string (self->sheet, self->row, (lxw_col_t)(self->column - 1), valid, self->text);
}

void
rubis_workbook_add_count (RubisWorkbook *self, gint64 count)
{
  if (next_cell (self, RUBIS_CELL_COUNT) != NULL)
    worksheet_write_number (self->sheet, self->row, (lxw_col_t)(self->column - 1), (double)count, NULL);
}

/* The number that a cell holds: the file format has no other than floating ones. */
static double
to_number (gint64 minor, RubisCurrency currency)
{
  g_autofree char *decimal = rubis_money_to_string (minor, currency);

  return g_ascii_strtod (decimal, NULL);
}

static lxw_format *
get_money_format (RubisWorkbook *self, RubisCurrency currency, gboolean total)
{
  g_autofree char *key = g_strconcat (total ? "*" : "", currency.code, NULL);
  lxw_format *format = g_hash_table_lookup (self->money, key);

  if (format == NULL)
    {
      g_autoptr (GString) number = g_string_new ("#,##0");
      int exponent = rubis_currency_exponent (currency);

      if (exponent > 0)
        g_string_append_c (number, '.');
      for (int i = 0; i < exponent; i++)
        g_string_append_c (number, '0');
      if (rubis_currency_equal (currency, RUBIS_CURRENCY_EUR))
        g_string_append (number, "\\ [$€-40C]");
      else
        g_string_append_printf (number, "\\ \"%s\"", currency.code);
      format = make_format (self, number->str);
      if (total)
        {
          format_set_bold (format);
          format_set_top (format, LXW_BORDER_THIN);
        }
      g_hash_table_insert (self->money, g_steal_pointer (&key), format);
    }
  return format;
}

void
rubis_workbook_add_money (RubisWorkbook *self, gint64 minor, RubisCurrency currency)
{
  Column *column = next_cell (self, RUBIS_CELL_MONEY);

  if (column == NULL)
    return;
  if (column->currency.code[0] == '\0')
    column->currency = currency;
  if (!rubis_currency_equal (column->currency, currency)
      || !rubis_money_add (column->sum, minor, &column->sum))
    column->mixed = TRUE;
  worksheet_write_number (self->sheet, self->row, (lxw_col_t)(self->column - 1), to_number (minor, currency),
                          get_money_format (self, currency, FALSE));
}

void
rubis_workbook_add_date (RubisWorkbook *self, RubisDate date)
{
  lxw_datetime value = { 0 };

  if (next_cell (self, RUBIS_CELL_DATE) == NULL || date == RUBIS_DATE_NONE)
    return;
  rubis_date_to_ymd (date, &value.year, &value.month, &value.day);
  worksheet_write_datetime (self->sheet, self->row, (lxw_col_t)(self->column - 1), &value, self->date);
}

void
rubis_workbook_add_rate (RubisWorkbook *self, gint64 ten_thousandths)
{
  if (next_cell (self, RUBIS_CELL_RATE) != NULL)
    worksheet_write_number (self->sheet, self->row, (lxw_col_t)(self->column - 1),
                            (double)ten_thousandths / 1e6, self->rate);
}

void
rubis_workbook_add_empty (RubisWorkbook *self)
{
  g_return_if_fail (self != NULL && self->column < self->n_columns);

  self->column++;
}

void
rubis_workbook_add_totals (RubisWorkbook *self, const char *label)
{
  lxw_row_t last;

  g_return_if_fail (self != NULL && self->sheet != NULL);

  last = self->row;
  if (last == 0)
    return;
  self->row++;
  for (lxw_col_t i = 0; i < self->n_columns; i++)
    {
      const Column *column = &self->columns[i];
      g_autofree char *formula = NULL;
      char first_cell[LXW_MAX_CELL_NAME_LENGTH];
      char last_cell[LXW_MAX_CELL_NAME_LENGTH];

      if (i == 0 && column->kind == RUBIS_CELL_TEXT)
        worksheet_write_string (self->sheet, self->row, i, label, self->bold);
      else if (column->kind != RUBIS_CELL_MONEY || column->mixed || column->currency.code[0] == '\0')
        worksheet_write_blank (self->sheet, self->row, i, self->bold);
      else
        {
          lxw_rowcol_to_cell (first_cell, 1, i);
          lxw_rowcol_to_cell (last_cell, last, i);
          formula = g_strdup_printf ("=SUM(%s:%s)", first_cell, last_cell);
          worksheet_write_formula_num (self->sheet, self->row, i, formula,
                                       get_money_format (self, column->currency, TRUE),
                                       to_number (column->sum, column->currency));
        }
    }
}

GBytes *
rubis_workbook_finish (RubisWorkbook *self, GError **error)
{
  lxw_error status;
  char *contents;
  gsize length;

  g_return_val_if_fail (self != NULL && self->book != NULL, NULL);

  status = workbook_close (g_steal_pointer (&self->book));
  if (status != LXW_NO_ERROR)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("The spreadsheet cannot be made: %s"),
                   lxw_strerror (status));
      return NULL;
    }
  if (!g_file_get_contents (self->path, &contents, &length, error))
    return NULL;
  return g_bytes_new_take (contents, length);
}
