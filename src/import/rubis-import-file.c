#include "rubis-import-file.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "rubis-import-fec.h"
#include "rubis-import-file-private.h"
#include "rubis-import-reader.h"
#include "rubis-import-sniff.h"

G_DEFINE_QUARK (rubis-import-error-quark, rubis_import_error)

/* This many of the eighteen legal names make a FEC. */
#define MIN_FEC_NAMES 12
#define SEPARATOR_RECORDS 50

static const char separators[] = { ';', '\t', ',', '|' };

const char *
rubis_import_kind_to_id (RubisImportKind kind)
{
  static const char *const ids[] = { "customers", "items", "payments", "fec", "aged" };

  g_return_val_if_fail ((gsize) kind < G_N_ELEMENTS (ids), NULL);

  return ids[kind];
}

const char *
rubis_import_kind_to_label (RubisImportKind kind)
{
  static const char *const labels[]
      = { N_ ("Customers"), N_ ("Items"), N_ ("Payments"), N_ ("Ledger (FEC)"), N_ ("Aged balance") };

  g_return_val_if_fail ((gsize) kind < G_N_ELEMENTS (labels), NULL);

  return _(labels[kind]);
}

RubisImportTable *
rubis_import_file_new_table (const RubisImportFile *file, GError **error)
{
  if (file->format == RUBIS_IMPORT_FORMAT_XLSX)
    return rubis_import_workbook_read_sheet (file->book, file->sheet, error);
  return rubis_import_csv_new (file->path, &file->scan, file->separator, file->quotes, error);
}

/* How well one separator cuts the first records. */
typedef struct
{
  guint n_known; /* known names in the best line */
  guint n_equal; /* records with the most frequent number of fields, if that is more than one */
  gboolean fec;
} Cut;

static gboolean
try_separator (RubisImportFile *file, Cut *cut, GError **error)
{
  g_autoptr(RubisImportTable) table = NULL;
  g_autoptr(GError) local = NULL;
  g_autoptr(RubisImportTable) headers = NULL;
  RubisImportRecord record;
  guint counts[64] = { 0 };
  gint64 line;

  memset (cut, 0, sizeof *cut);
  table = rubis_import_file_new_table (file, error);
  headers = table != NULL ? rubis_import_file_new_table (file, error) : NULL;
  if (headers == NULL)
    return FALSE;
  for (guint n = 0; n < SEPARATOR_RECORDS; n++)
    {
      /* A wrong separator may make records of absurd size: then it is the wrong one. */
      if (rubis_import_table_next (table, &record, NULL) != RUBIS_IMPORT_NEXT_RECORD)
        break;
      counts[MIN (record.n_cells, G_N_ELEMENTS (counts) - 1)]++;
      cut->fec = cut->fec || rubis_import_fec_match (&record, NULL) >= MIN_FEC_NAMES;
    }
  for (gsize i = 2; i < G_N_ELEMENTS (counts); i++)
    cut->n_equal = MAX (cut->n_equal, counts[i]);
  cut->n_known = rubis_import_find_header (headers, &line, &local);
  return TRUE;
}

gboolean
rubis_import_file_find_separator (RubisImportFile *file, GError **error)
{
  char best = ';';
  Cut best_cut = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (separators); i++)
    {
      Cut cut;

      file->separator = separators[i];
      if (!try_separator (file, &cut, error))
        return FALSE;
      if (cut.fec)
        {
          file->format = RUBIS_IMPORT_FORMAT_FEC;
          file->kind = RUBIS_IMPORT_KIND_FEC;
          return TRUE;
        }
      if (cut.n_known > best_cut.n_known
          || (cut.n_known == best_cut.n_known && cut.n_equal > best_cut.n_equal))
        {
          best = separators[i];
          best_cut = cut;
        }
    }
  file->separator = best;
  return TRUE;
}

/* "sep=;" as first line, which spreadsheets write and read. */
static gboolean
find_hint (RubisImportFile *file)
{
  g_autoptr(RubisImportDecoder) decoder = rubis_import_decoder_new (file->path, &file->scan, NULL);
  char head[65];
  gssize n = decoder != NULL ? rubis_import_decoder_read (decoder, head, 64, NULL) : 0;

  if (n < 6 || g_ascii_strncasecmp (head, "sep=", 4) != 0
      || memchr (separators, head[4], sizeof separators) == NULL || strchr ("\r\n", head[5]) == NULL)
    return FALSE;
  file->separator = head[4];
  return TRUE;
}

static gboolean
open_text (RubisImportFile *file, GError **error)
{
  file->format = RUBIS_IMPORT_FORMAT_CSV;
  file->quotes = FALSE;
  /* Quotes that span lines would hide the header of a FEC: it is looked for without them. */
  if (!find_hint (file))
    {
      if (!rubis_import_file_find_separator (file, error))
        return FALSE;
      if (file->format != RUBIS_IMPORT_FORMAT_FEC)
        {
          file->quotes = TRUE;
          if (!rubis_import_file_find_separator (file, error))
            return FALSE;
        }
    }
  else
    file->quotes = TRUE;
  if (file->format == RUBIS_IMPORT_FORMAT_FEC && file->scan.encoding == RUBIS_IMPORT_ENCODING_WINDOWS_1252
      && !file->scan.has_c1)
    file->scan.encoding = RUBIS_IMPORT_ENCODING_ISO_8859_15;
  return rubis_import_file_lay_out (file, error) && rubis_import_file_classify (file, error);
}

/* The sheet whose header has the most known names; a visible one wins. */
static gboolean
choose_sheet (RubisImportFile *file, GError **error)
{
  guint n_sheets = rubis_import_workbook_get_n_sheets (file->book);
  guint best_score = 0;

  for (guint i = 0; i < n_sheets; i++)
    {
      g_autoptr(GError) local = NULL;
      g_autoptr(RubisImportTable) table = rubis_import_workbook_read_sheet (file->book, i, error);
      gint64 line;
      guint score;

      if (table == NULL)
        return FALSE;
      score = 2 * rubis_import_find_header (table, &line, &local);
      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (score > 0)
        score += !rubis_import_workbook_is_hidden (file->book, i);
      if (score > best_score)
        {
          best_score = score;
          file->sheet = i;
        }
    }
  return TRUE;
}

static gboolean
open_workbook (RubisImportFile *file, GError **error)
{
  file->format = RUBIS_IMPORT_FORMAT_XLSX;
  file->book = rubis_import_workbook_open (file->path, error);
  return file->book != NULL && choose_sheet (file, error) && rubis_import_file_lay_out (file, error)
         && rubis_import_file_classify (file, error);
}

RubisImportFile *
rubis_import_file_open (const char *path, GError **error)
{
  g_autoptr(RubisImportFile) file = g_new0 (RubisImportFile, 1);
  RubisImportContainer container;

  g_return_val_if_fail (path != NULL, NULL);

  file->path = g_strdup (path);
  if (!rubis_import_scan_file (path, &file->scan, error)
      || !rubis_import_sniff (path, &file->scan, &container, error))
    return NULL;
  if (container == RUBIS_IMPORT_CONTAINER_XLSX ? !open_workbook (file, error) : !open_text (file, error))
    return NULL;
  return g_steal_pointer (&file);
}

void
rubis_import_file_free (RubisImportFile *file)
{
  if (file == NULL)
    return;
  g_free (file->path);
  g_clear_pointer (&file->columns, g_ptr_array_unref);
  g_clear_pointer (&file->profiles, g_array_unref);
  g_clear_pointer (&file->head, g_ptr_array_unref);
  g_free (file->preamble);
  g_free (file->fingerprint);
  rubis_import_workbook_free (file->book);
  g_free (file);
}

const char *
rubis_import_file_get_path (const RubisImportFile *file)
{
  g_return_val_if_fail (file != NULL, NULL);

  return file->path;
}

guint64
rubis_import_file_get_size (const RubisImportFile *file)
{
  g_return_val_if_fail (file != NULL, 0);

  return file->scan.size;
}

const char *
rubis_import_file_get_format (const RubisImportFile *file)
{
  static const char *const ids[] = { "csv", "xlsx", "fec" };

  g_return_val_if_fail (file != NULL, NULL);

  return ids[file->format];
}

const char *
rubis_import_file_get_encoding (const RubisImportFile *file)
{
  g_return_val_if_fail (file != NULL, NULL);

  return file->book != NULL ? "utf-8" : rubis_import_encoding_to_id (file->scan.encoding);
}

const char *
rubis_import_file_get_newline (const RubisImportFile *file)
{
  g_return_val_if_fail (file != NULL, NULL);

  return file->book != NULL ? "" : rubis_import_scan_newline (&file->scan);
}

char
rubis_import_file_get_separator (const RubisImportFile *file)
{
  g_return_val_if_fail (file != NULL, '\0');

  return file->book != NULL ? '\0' : file->separator;
}

RubisImportKind
rubis_import_file_get_kind (const RubisImportFile *file)
{
  g_return_val_if_fail (file != NULL, RUBIS_IMPORT_KIND_ITEMS);

  return file->kind;
}

gboolean
rubis_import_file_set_kind (RubisImportFile *file, RubisImportKind kind, GError **error)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (file != NULL, FALSE);

  if ((kind == RUBIS_IMPORT_KIND_FEC) == (file->format == RUBIS_IMPORT_FORMAT_FEC))
    {
      file->kind = kind;
      return TRUE;
    }
  name = g_filename_display_basename (file->path);
  if (kind == RUBIS_IMPORT_KIND_FEC)
    g_set_error (error, RUBIS_IMPORT_ERROR, RUBIS_IMPORT_ERROR_MAPPING,
                 _("“%s”: this is no FEC, its columns have other names"), name);
  else
    g_set_error (error, RUBIS_IMPORT_ERROR, RUBIS_IMPORT_ERROR_MAPPING,
                 _("“%s”: a FEC is read as a ledger only"), name);
  return FALSE;
}

gint64
rubis_import_file_get_header_line (const RubisImportFile *file)
{
  g_return_val_if_fail (file != NULL, 0);

  return file->header_line;
}

const char *
rubis_import_file_get_fingerprint (const RubisImportFile *file)
{
  g_return_val_if_fail (file != NULL, NULL);

  return file->fingerprint;
}

guint
rubis_import_file_get_n_columns (const RubisImportFile *file)
{
  g_return_val_if_fail (file != NULL, 0);

  return file->columns->len;
}

const RubisImportColumn *
rubis_import_file_get_column (const RubisImportFile *file, guint column)
{
  g_return_val_if_fail (file != NULL && column < file->columns->len, NULL);

  return g_ptr_array_index (file->columns, column);
}

const char **
rubis_import_file_get_column_names (const RubisImportFile *file)
{
  const char **names;

  g_return_val_if_fail (file != NULL, NULL);

  names = g_new0 (const char *, file->columns->len + 1);
  for (guint i = 0; i < file->columns->len; i++)
    names[i] = ((const RubisImportColumn *) g_ptr_array_index (file->columns, i))->name;
  return names;
}

guint
rubis_import_file_get_n_sheets (const RubisImportFile *file)
{
  g_return_val_if_fail (file != NULL, 0);

  return file->book != NULL ? rubis_import_workbook_get_n_sheets (file->book) : 0;
}

const char *
rubis_import_file_get_sheet_name (const RubisImportFile *file, guint sheet)
{
  g_return_val_if_fail (file != NULL && file->book != NULL, NULL);

  return rubis_import_workbook_get_sheet_name (file->book, sheet);
}

guint
rubis_import_file_get_sheet (const RubisImportFile *file)
{
  g_return_val_if_fail (file != NULL, 0);

  return file->sheet;
}

/* Lays out and classifies; when that fails, the file is put back as it was. */
static gboolean
lay_out_again (RubisImportFile *file, const RubisImportFile *before, GError **error)
{
  if (rubis_import_file_lay_out (file, error) && rubis_import_file_classify (file, error))
    return TRUE;
  file->scan = before->scan;
  file->separator = before->separator;
  file->forced_header = before->forced_header;
  file->sheet = before->sheet;
  /* What could be laid out once can be again. */
  if (rubis_import_file_lay_out (file, NULL))
    rubis_import_file_classify (file, NULL);
  return FALSE;
}

gboolean
rubis_import_file_set_sheet (RubisImportFile *file, guint sheet, GError **error)
{
  RubisImportFile before;

  g_return_val_if_fail (file != NULL && file->book != NULL, FALSE);
  g_return_val_if_fail (sheet < rubis_import_file_get_n_sheets (file), FALSE);

  before = *file;
  file->sheet = sheet;
  file->forced_header = 0;
  return lay_out_again (file, &before, error);
}

gboolean
rubis_import_file_set_layout (RubisImportFile *file, const char *encoding, char separator, gint64 header_line,
                              GError **error)
{
  RubisImportFile before;
  RubisImportEncoding known;

  g_return_val_if_fail (file != NULL && header_line >= 0, FALSE);

  before = *file;
  if (encoding != NULL && file->book == NULL)
    {
      if (!rubis_import_encoding_from_id (encoding, &known))
        {
          g_set_error (error, RUBIS_IMPORT_ERROR, RUBIS_IMPORT_ERROR_UNSUPPORTED, _("“%s” is no known encoding"), encoding);
          return FALSE;
        }
      if (known <= RUBIS_IMPORT_ENCODING_UTF8_BOM && !file->scan.utf8)
        {
          g_set_error_literal (error, RUBIS_IMPORT_ERROR, RUBIS_IMPORT_ERROR_UNSUPPORTED,
                               _("The file is not valid UTF-8"));
          return FALSE;
        }
      file->scan.encoding = known;
    }
  if (separator != '\0' && file->book == NULL)
    file->separator = separator;
  file->forced_header = header_line;
  return lay_out_again (file, &before, error);
}

void
rubis_import_facts_init (RubisImportFacts *facts)
{
  g_return_if_fail (facts != NULL);

  memset (facts, 0, sizeof *facts);
  facts->sums = g_array_new (FALSE, TRUE, sizeof (RubisImportSum));
}

void
rubis_import_facts_clear (RubisImportFacts *facts)
{
  g_return_if_fail (facts != NULL);

  g_clear_pointer (&facts->sums, g_array_unref);
}

gboolean
rubis_import_file_read (RubisImportFile *file, const RubisImportMapping *mapping, RubisDate today,
                        const RubisImportCallbacks *callbacks, gpointer user_data, RubisImportFacts *facts,
                        GCancellable *cancellable, GError **error)
{
  g_autoptr(RubisImportMapping) guessed = NULL;
  RubisImportFacts own_facts;
  gboolean done;

  g_return_val_if_fail (file != NULL && callbacks != NULL && callbacks->row != NULL, FALSE);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), FALSE);

  if (mapping == NULL)
    mapping = guessed = rubis_import_file_guess_mapping (file);
  if (!rubis_import_file_check_mapping (file, mapping, error))
    return FALSE;
  rubis_import_facts_init (&own_facts);
  if (file->format == RUBIS_IMPORT_FORMAT_FEC)
    done = rubis_import_fec_read (file, mapping, callbacks, user_data, facts != NULL ? facts : &own_facts,
                                  cancellable, error);
  else
    done = rubis_import_rows_read (file, mapping, today, callbacks, user_data,
                                   facts != NULL ? facts : &own_facts, cancellable, error);
  rubis_import_facts_clear (&own_facts);
  return done;
}
