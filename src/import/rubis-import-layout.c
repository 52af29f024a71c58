#include "rubis-import-file-private.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "rubis-import-header.h"
#include "rubis-import-values.h"

/* The header stands among the first records: titles and dates of the report may come before it. */
#define HEADER_RECORDS 25
/* A larger file is judged by its first records and by samples from all over it. */
#define WHOLE_RECORDS 20000
#define N_WINDOWS 32
#define WINDOW_RECORDS 200

static void
free_column (gpointer data)
{
  RubisImportColumn *column = data;

  g_free (column->name);
  for (int i = 0; i < RUBIS_IMPORT_SAMPLES; i++)
    g_free (column->samples[i]);
  g_free (column);
}

static gboolean
looks_like_value (const RubisImportCell *cell)
{
  RubisImportNumberStats stats = { 0 };
  RubisImportDateStats dates = { 0 };
  RubisImportDateForm form;
  gboolean ambiguous;

  if (cell->kind != RUBIS_IMPORT_CELL_TEXT)
    return TRUE;
  rubis_import_number_observe (&stats, cell->text, cell->length);
  rubis_import_date_observe (&dates, cell->text, cell->length);
  return stats.n_cells > 0 || rubis_import_date_decide (&dates, FALSE, &form, &ambiguous);
}

/* A known name, or a bucket of an aged balance. */
static gboolean
is_name (const RubisImportCell *cell)
{
  g_autofree char *folded = rubis_import_fold (cell->text);
  int from, to;

  return rubis_import_header_is_known (folded)
         || (cell->kind == RUBIS_IMPORT_CELL_TEXT && rubis_import_bucket_days (cell->text, &from, &to));
}

static int
score_header (const RubisImportRecord *record, guint *n_known)
{
  int score = 0;

  *n_known = 0;
  for (guint i = 0; i < record->n_cells; i++)
    {
      if (record->cells[i].length == 0 || record->cells[i].length > 120)
        continue;
      if (is_name (&record->cells[i]))
        {
          score += 10;
          (*n_known)++;
        }
      else if (looks_like_value (&record->cells[i]))
        score -= 10;
    }
  return score;
}

guint
rubis_import_find_header (RubisImportTable *table, gint64 *line, GError **error)
{
  RubisImportRecord record;
  int best = 0;
  guint best_known = 0;

  *line = 0;
  for (guint n = 0; n < HEADER_RECORDS; n++)
    {
      guint n_known;
      int score;

      if (rubis_import_table_next (table, &record, error) != RUBIS_IMPORT_NEXT_RECORD)
        break;
      score = score_header (&record, &n_known);
      if (score > best)
        {
          best = score;
          best_known = n_known;
          *line = record.line;
        }
    }
  return best_known;
}

static void
set_columns (RubisImportFile *file, const RubisImportRecord *record)
{
  g_autoptr(GString) names = g_string_new (NULL);
  guint n = record->n_cells;

  /* Empty names at the end come from one separator too many. */
  while (n > 0 && record->cells[n - 1].length == 0)
    n--;
  for (guint i = 0; i < MIN (n, RUBIS_IMPORT_MAX_COLUMNS); i++)
    {
      RubisImportColumn *column = g_new0 (RubisImportColumn, 1);
      g_autofree char *folded = rubis_import_fold (record->cells[i].text);

      column->name = g_strdup (record->cells[i].text);
      g_ptr_array_add (file->columns, column);
      g_string_append (names, folded);
      g_string_append_c (names, '|');
    }
  g_array_set_size (file->profiles, file->columns->len);
  memset (file->profiles->data, 0, file->profiles->len * sizeof (RubisImportProfile));
  g_free (file->fingerprint);
  file->fingerprint = g_compute_checksum_for_string (G_CHECKSUM_SHA256, names->str, -1);
}

static void
observe_cell (RubisImportProfile *profile, const RubisImportCell *cell)
{
  guint before = profile->numbers.n_cells;

  profile->n_filled++;
  if (cell->kind == RUBIS_IMPORT_CELL_DATE)
    {
      rubis_import_date_observe_typed (&profile->dates);
      return;
    }
  if (cell->kind == RUBIS_IMPORT_CELL_NUMBER)
    {
      /* Its mark is known and says nothing of the text cells beside it. */
      profile->numbers.n_cells++;
      profile->numbers.n_money += strchr (cell->text, '.') != NULL || cell->text[0] == '-';
    }
  else
    rubis_import_number_observe (&profile->numbers, cell->text, cell->length);
  rubis_import_date_observe (&profile->dates, cell->text, cell->length);
  profile->n_text += profile->numbers.n_cells == before;
}

static void
observe_record (RubisImportFile *file, const RubisImportRecord *record)
{
  for (guint i = 0; i < MIN (record->n_cells, file->columns->len); i++)
    {
      RubisImportColumn *column;
      int slot = 0;

      if (record->cells[i].length == 0)
        continue;
      observe_cell (&g_array_index (file->profiles, RubisImportProfile, i), &record->cells[i]);
      column = g_ptr_array_index (file->columns, i);
      while (slot < RUBIS_IMPORT_SAMPLES && column->samples[slot] != NULL)
        slot++;
      if (slot < RUBIS_IMPORT_SAMPLES)
        column->samples[slot] = g_strdup (record->cells[i].text);
    }
}

guint
rubis_import_count_filled (const RubisImportRecord *record, guint *first)
{
  guint n = 0;

  for (guint i = 0; i < record->n_cells; i++)
    {
      if (record->cells[i].length > 0 && n++ == 0)
        *first = i;
    }
  return n;
}

gboolean
rubis_import_is_rule (const RubisImportCell *cell)
{
  return cell->length >= 3 && strspn (cell->text, "-=_") == cell->length;
}

gboolean
rubis_import_repeats_header (const RubisImportFile *file, const RubisImportRecord *record)
{
  guint n_equal = 0;

  for (guint i = 0; i < MIN (record->n_cells, file->columns->len); i++)
    {
      const RubisImportColumn *column = g_ptr_array_index (file->columns, i);

      if (strcmp (column->name, record->cells[i].text) != 0)
        return FALSE;
      n_equal += record->cells[i].length > 0;
    }
  return n_equal >= 2;
}

/* Totals, headings and headers of further pages say nothing of the columns' values. */
static gboolean
is_furniture (const RubisImportFile *file, const RubisImportRecord *record)
{
  guint first = 0;
  guint n = rubis_import_count_filled (record, &first);

  return n == 0 || (n == 1 && file->columns->len > 2)
         || rubis_import_is_rule (&record->cells[first])
         || rubis_import_value_is_total (record->cells[first].text)
         || rubis_import_repeats_header (file, record);
}

static void
keep_head (RubisImportFile *file, const RubisImportRecord *record)
{
  guint n = file->columns->len;
  char **row;

  if (file->head->len >= RUBIS_IMPORT_HEAD_ROWS)
    return;
  row = g_new0 (char *, n + 1);
  for (guint i = 0; i < n; i++)
    row[i] = g_strdup (i < record->n_cells ? record->cells[i].text : "");
  g_ptr_array_add (file->head, row);
}

static void
append_preamble (GString *preamble, const RubisImportRecord *record)
{
  for (guint i = 0; i < record->n_cells; i++)
    {
      g_autofree char *folded = NULL;

      if (record->cells[i].length == 0 || record->cells[i].length > 200)
        continue;
      folded = rubis_import_fold (record->cells[i].text);
      g_string_append_printf (preamble, " %s ", folded);
    }
}

/* Reads on after the header, up to @max records. FALSE on error. */
static gboolean
observe_records (RubisImportFile *file, RubisImportTable *table, guint max, gboolean *at_end, GError **error)
{
  RubisImportRecord record;

  *at_end = FALSE;
  for (guint n = 0; n < max; n++)
    {
      switch (rubis_import_table_next (table, &record, error))
        {
        case RUBIS_IMPORT_NEXT_RECORD:
          break;
        case RUBIS_IMPORT_NEXT_END:
          *at_end = TRUE;
          return TRUE;
        case RUBIS_IMPORT_NEXT_ERROR:
        default:
          return FALSE;
        }
      if (is_furniture (file, &record))
        continue;
      keep_head (file, &record);
      observe_record (file, &record);
    }
  return TRUE;
}

/* Looks at records from all over a large text file. */
static gboolean
observe_windows (RubisImportFile *file, RubisImportTable *table, GError **error)
{
  RubisImportRecord record;

  for (guint64 i = 1; i < N_WINDOWS; i++)
    {
      if (!rubis_import_csv_seek (table, file->scan.size / N_WINDOWS * i, error))
        return FALSE;
      for (guint n = 0; n < WINDOW_RECORDS; n++)
        {
          RubisImportNext next = rubis_import_table_next (table, &record, error);

          if (next == RUBIS_IMPORT_NEXT_ERROR)
            return FALSE;
          if (next == RUBIS_IMPORT_NEXT_END)
            break;
          /* A window may open inside quotes. */
          if (record.n_cells == file->columns->len)
            observe_record (file, &record);
        }
    }
  return TRUE;
}

static gboolean
is_date_name (const char *name)
{
  g_autofree char *folded = rubis_import_fold (name);
  RubisImportMeaning meanings[RUBIS_IMPORT_MAX_MEANINGS];
  guint n = rubis_import_header_meanings (folded, meanings);

  for (guint i = 0; i < n; i++)
    {
      if (meanings[i].field == RUBIS_IMPORT_FIELD_ISSUE_DATE
          || meanings[i].field == RUBIS_IMPORT_FIELD_DUE_DATE
          || meanings[i].field == RUBIS_IMPORT_FIELD_PAID_DATE
          || meanings[i].field == RUBIS_IMPORT_FIELD_LAST_REMINDER)
        return TRUE;
    }
  return strstr (folded, "date") != NULL;
}

static gboolean
is_amount_name (const char *name)
{
  g_autofree char *folded = rubis_import_fold (name);
  RubisImportMeaning meanings[RUBIS_IMPORT_MAX_MEANINGS];
  guint n = rubis_import_header_meanings (folded, meanings);
  int from, to;

  for (guint i = 0; i < n; i++)
    {
      if (meanings[i].field >= RUBIS_IMPORT_FIELD_TOTAL && meanings[i].field <= RUBIS_IMPORT_FIELD_PAID
          && meanings[i].field != RUBIS_IMPORT_FIELD_SIDE)
        return TRUE;
    }
  return rubis_import_bucket_days (name, &from, &to);
}

/* Four cells in five are numbers and some look like money; when the header says amount, every second cell. */
static gboolean
is_amount_column (const char *name, const RubisImportProfile *profile)
{
  guint64 n = profile->numbers.n_cells;

  if (n == 0)
    return FALSE;
  if (is_amount_name (name))
    return n * 2 >= profile->n_filled;
  return n * 5 >= (guint64) profile->n_filled * 4 && profile->numbers.n_money > 0;
}

static void
decide_column (RubisImportColumn *column, const RubisImportProfile *profile)
{
  RubisImportDateForm form;
  gboolean named = is_date_name (column->name);
  gboolean ambiguous = FALSE;

  column->ambiguous = FALSE;
  column->kind = profile->n_filled == 0 ? RUBIS_IMPORT_COLUMN_EMPTY : RUBIS_IMPORT_COLUMN_TEXT;
  if (named && profile->dates.n_cells == 0)
    column->kind = RUBIS_IMPORT_COLUMN_EMPTY;
  else if (rubis_import_date_decide (&profile->dates, named, &form, &ambiguous))
    {
      column->kind = RUBIS_IMPORT_COLUMN_DATE;
      column->dates = rubis_import_date_order (form);
      column->ambiguous = ambiguous;
    }
  else if (is_amount_column (column->name, profile))
    {
      column->kind = RUBIS_IMPORT_COLUMN_AMOUNT;
      column->decimal = rubis_import_number_decide (&profile->numbers, &column->ambiguous);
    }
}

/* Gives the columns that show nothing what the others show (@dates, @decimal), or what is likely (@likely).
 */
static void
borrow (RubisImportFile *file, RubisImportDates dates, RubisImportDates likely, RubisImportDecimal decimal)
{
  for (guint i = 0; i < file->columns->len; i++)
    {
      RubisImportColumn *column = g_ptr_array_index (file->columns, i);

      if (column->kind == RUBIS_IMPORT_COLUMN_DATE && column->ambiguous)
        {
          column->dates = dates != RUBIS_IMPORT_DATES_AUTO ? dates : likely;
          column->ambiguous = dates == RUBIS_IMPORT_DATES_AUTO;
        }
      if (column->kind == RUBIS_IMPORT_COLUMN_AMOUNT && column->decimal == RUBIS_IMPORT_DECIMAL_AUTO)
        {
          column->decimal = decimal;
          column->ambiguous = column->ambiguous && decimal == RUBIS_IMPORT_DECIMAL_AUTO;
        }
    }
}

/* What one column does not show, the others may: a decimal comma goes with the day first. */
static void
decide_together (RubisImportFile *file)
{
  RubisImportDates dates = RUBIS_IMPORT_DATES_AUTO;
  guint n_point = 0;
  guint n_comma = 0;
  gboolean dollar = FALSE;

  for (guint i = 0; i < file->columns->len; i++)
    {
      const RubisImportColumn *column = g_ptr_array_index (file->columns, i);

      if (column->kind == RUBIS_IMPORT_COLUMN_DATE && !column->ambiguous
          && (column->dates == RUBIS_IMPORT_DATES_DAY_FIRST
              || column->dates == RUBIS_IMPORT_DATES_MONTH_FIRST))
        dates = column->dates;
      n_point += column->kind == RUBIS_IMPORT_COLUMN_AMOUNT && column->decimal == RUBIS_IMPORT_DECIMAL_POINT;
      n_comma += column->kind == RUBIS_IMPORT_COLUMN_AMOUNT && column->decimal == RUBIS_IMPORT_DECIMAL_COMMA;
      for (int j = 0; j < RUBIS_IMPORT_SAMPLES && column->samples[j] != NULL; j++)
        dollar = dollar || column->samples[j][0] == '$' || strcmp (column->samples[j], "USD") == 0;
    }
  borrow (file, dates, dollar && n_comma == 0 ? RUBIS_IMPORT_DATES_MONTH_FIRST : RUBIS_IMPORT_DATES_DAY_FIRST,
          n_point > n_comma   ? RUBIS_IMPORT_DECIMAL_POINT
          : n_comma > n_point ? RUBIS_IMPORT_DECIMAL_COMMA
                              : RUBIS_IMPORT_DECIMAL_AUTO);
}

static gboolean
decide_columns (RubisImportFile *file)
{
  gboolean ambiguous = FALSE;

  for (guint i = 0; i < file->columns->len; i++)
    {
      RubisImportColumn *column = g_ptr_array_index (file->columns, i);

      decide_column (column, &g_array_index (file->profiles, RubisImportProfile, i));
      ambiguous = ambiguous || column->ambiguous;
    }
  decide_together (file);
  return ambiguous;
}

static RubisImportTable *
skip_to_header (RubisImportFile *file, GString *preamble, GError **error)
{
  g_autoptr(RubisImportTable) table = rubis_import_file_new_table (file, error);
  RubisImportRecord record;
  RubisImportNext next;

  if (table == NULL)
    return NULL;
  while ((next = rubis_import_table_next (table, &record, error)) == RUBIS_IMPORT_NEXT_RECORD)
    {
      if (record.line >= file->header_line)
        {
          file->header_line = record.line;
          set_columns (file, &record);
          return g_steal_pointer (&table);
        }
      append_preamble (preamble, &record);
    }
  if (next == RUBIS_IMPORT_NEXT_END)
    g_set_error (error, RUBIS_IMPORT_ERROR, RUBIS_IMPORT_ERROR_NO_HEADER, _("The file ends before line %ld"),
                 (long) file->header_line);
  return NULL;
}

static void
reset_layout (RubisImportFile *file)
{
  g_clear_pointer (&file->columns, g_ptr_array_unref);
  g_clear_pointer (&file->profiles, g_array_unref);
  g_clear_pointer (&file->head, g_ptr_array_unref);
  g_clear_pointer (&file->preamble, g_free);
  file->columns = g_ptr_array_new_with_free_func (free_column);
  file->profiles = g_array_new (FALSE, TRUE, sizeof (RubisImportProfile));
  file->head = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
}

/* Everything below the header once more, for a column that the samples left undecided. */
static gboolean
observe_all (RubisImportFile *file, GError **error)
{
  g_autoptr(RubisImportTable) table = rubis_import_file_new_table (file, error);
  RubisImportRecord record;
  gboolean at_end;

  if (table == NULL)
    return FALSE;
  while (rubis_import_table_next (table, &record, error) == RUBIS_IMPORT_NEXT_RECORD
         && record.line < file->header_line)
    ;
  memset (file->profiles->data, 0, file->profiles->len * sizeof (RubisImportProfile));
  return observe_records (file, table, G_MAXUINT, &at_end, error);
}

gboolean
rubis_import_file_lay_out (RubisImportFile *file, GError **error)
{
  g_autoptr(RubisImportTable) search = rubis_import_file_new_table (file, error);
  g_autoptr(RubisImportTable) table = NULL;
  g_autoptr(GString) preamble = g_string_new (NULL);
  g_autoptr(GError) local = NULL;
  g_autofree char *name = g_filename_display_basename (file->path);
  gboolean at_end = FALSE;
  guint n_known;

  if (search == NULL)
    return FALSE;
  n_known = rubis_import_find_header (search, &file->header_line, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (file->forced_header > 0)
    file->header_line = file->forced_header;
  else if (n_known < 2)
    {
      g_set_error (
          error, RUBIS_IMPORT_ERROR, RUBIS_IMPORT_ERROR_NO_HEADER,
          _("“%s”: no line names its columns (customer, invoice, amount…): export with a header line"),
          name);
      return FALSE;
    }
  reset_layout (file);
  table = skip_to_header (file, preamble, error);
  if (table == NULL)
    return FALSE;
  file->preamble = g_string_free (g_steal_pointer (&preamble), FALSE);
  if (!observe_records (file, table, WHOLE_RECORDS, &at_end, error))
    return FALSE;
  if (!at_end && file->format != RUBIS_IMPORT_FORMAT_XLSX && !observe_windows (file, table, error))
    return FALSE;
  if (decide_columns (file) && !at_end)
    {
      if (!observe_all (file, error))
        return FALSE;
      decide_columns (file);
    }
  return TRUE;
}
