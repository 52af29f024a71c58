/* rubis-import-file.h: opens a file of any supported kind, says what it is, and reads it as rows.
 *
 * Opening looks at the content, never at the name. Nothing here knows the dossier; the file is
 * never written to. An object belongs to one thread at a time.
 */
#pragma once

#include <gio/gio.h>

#include "rubis-import-mapping.h"
#include "rubis-import-row.h"

G_BEGIN_DECLS

#define RUBIS_IMPORT_ERROR (rubis_import_error_quark ())
typedef enum
{
  RUBIS_IMPORT_ERROR_EMPTY,       /* nothing in it */
  RUBIS_IMPORT_ERROR_UNSUPPORTED, /* recognised, and not something to import here */
  RUBIS_IMPORT_ERROR_DAMAGED,     /* recognised, and broken */
  RUBIS_IMPORT_ERROR_TOO_LARGE,   /* beyond the limits that keep a hostile file harmless */
  RUBIS_IMPORT_ERROR_NO_HEADER,   /* a table, but no line with known column names */
  RUBIS_IMPORT_ERROR_MAPPING,     /* a column that is needed is not mapped */
} RubisImportError;
GQuark rubis_import_error_quark (void);

typedef enum
{
  RUBIS_IMPORT_KIND_CUSTOMERS = 0, /* customers only */
  RUBIS_IMPORT_KIND_ITEMS,         /* items, with or without details of their customers */
  RUBIS_IMPORT_KIND_PAYMENTS,      /* payments received: every item is a payment */
  RUBIS_IMPORT_KIND_FEC,           /* a French ledger, from which open items are derived */
  RUBIS_IMPORT_KIND_AGED,          /* one row per customer with balances by age */
} RubisImportKind;
/* "customers", "items", "payments", "fec", "aged" */
const char *rubis_import_kind_to_id (RubisImportKind kind);
const char *rubis_import_kind_to_label (RubisImportKind kind);

typedef enum
{
  RUBIS_IMPORT_COLUMN_EMPTY = 0,
  RUBIS_IMPORT_COLUMN_TEXT,
  RUBIS_IMPORT_COLUMN_DATE,
  RUBIS_IMPORT_COLUMN_AMOUNT,
} RubisImportColumnKind;

#define RUBIS_IMPORT_SAMPLES 5

/* One column as the file has it, and what its values look like. */
typedef struct
{
  char *name;                          /* as in the header, "" when there is none */
  char *samples[RUBIS_IMPORT_SAMPLES]; /* first filled cells; NULL after the last */
  RubisImportColumnKind kind;
  RubisImportDates dates;     /* of a date column */
  RubisImportDecimal decimal; /* of an amount column; AUTO when no cell has decimals */
  gboolean ambiguous;         /* no cell decided the order or the mark: worth showing to the user */
} RubisImportColumn;

/* What was read, for the preview and the summary. */
typedef struct
{
  RubisCurrency currency; /* code[0] == '\0': the currency of the dossier */
  gint64 total;           /* minor units */
  gint64 open;
  guint64 n_items;
} RubisImportSum;

typedef struct
{
  guint64 rows;      /* lines or sheet rows below the header that are not blank */
  guint64 items;     /* rows given to the caller that have an item */
  guint64 customers; /* distinct codes (or names) among the rows given */
  guint64 invoices;
  guint64 credits;
  guint64 payments;
  guint64 rejected; /* lines refused */
  guint64 remarks;  /* values dropped from rows that were kept */
  guint64 dropped;  /* totals, group headings, repeated lines */
  guint64 computed_due_dates;
  GArray *sums; /* (owned) (element-type RubisImportSum) */

  /* FEC only; amounts in hundredths. */
  gint64 debit;
  gint64 credit;
  guint64 customer_lines;     /* lines of customer accounts */
  guint64 customer_accounts;  /* customers with at least one line, open or settled */
  guint64 open_lines;         /* of these, not lettered */
  gint64 open_balance;        /* of these */
  guint64 unbalanced_entries; /* entries whose debit is not their credit */
  guint64 unbalanced_letters; /* lettering groups that do not sum to zero: the rest lies outside the file */
  guint64 provisional_lines;  /* without ValidDate */
  guint64 unread_columns;     /* further columns than the legal ones, the due date and the invoice number */
  gint64 advances;            /* balance of 419: advances received, not mixed with the debts */
  gint64 to_invoice;          /* balance of 418 */
} RubisImportFacts;

void rubis_import_facts_init (RubisImportFacts *facts);
void rubis_import_facts_clear (RubisImportFacts *facts);

typedef struct
{
  /* Each row in file order. FALSE (with @error set) stops the reading. */
  gboolean (*row) (const RubisImportRow *row, gpointer user_data, GError **error);
  /* Each refused line or dropped value. Nullable. */
  void (*reject) (const RubisImportReject *reject, gpointer user_data);
  /* Now and then: bytes read of bytes to read. Nullable. */
  void (*progress) (guint64 done, guint64 total, gpointer user_data);
} RubisImportCallbacks;

typedef struct _RubisImportFile RubisImportFile;

/* Opens and recognises @path. NULL with an error that says what the file is when it cannot be
 * imported (RUBIS_IMPORT_ERROR), or why it cannot be read (G_IO_ERROR, G_FILE_ERROR).
 */
RubisImportFile *rubis_import_file_open (const char *path, GError **error);
void rubis_import_file_free (RubisImportFile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisImportFile, rubis_import_file_free)

const char *rubis_import_file_get_path (const RubisImportFile *file);
guint64 rubis_import_file_get_size (const RubisImportFile *file);
/* "csv", "xlsx" or "fec" */
const char *rubis_import_file_get_format (const RubisImportFile *file);
/* "ascii", "utf-8", "utf-8-bom", "utf-16le", "utf-16be", "windows-1252", "iso-8859-15", "cp850"; "utf-8" for
 * sheets */
const char *rubis_import_file_get_encoding (const RubisImportFile *file);
/* "LF", "CRLF" or "CR"; "" for sheets */
const char *rubis_import_file_get_newline (const RubisImportFile *file);
/* ';', '\t', ',' or '|'; '\0' for sheets */
char rubis_import_file_get_separator (const RubisImportFile *file);
RubisImportKind rubis_import_file_get_kind (const RubisImportFile *file);
/* Reads the file as another kind than the one proposed. FALSE when its content forbids that. */
gboolean rubis_import_file_set_kind (RubisImportFile *file, RubisImportKind kind, GError **error);
/* Lays the file out again as the user sees it: another encoding (an id of above; NULL keeps it), separator
 * ('\0' keeps it) or header line (0 looks for it). Kind, columns and fingerprint follow. On FALSE the file is
 * as it was before.
 */
gboolean rubis_import_file_set_layout (RubisImportFile *file, const char *encoding, char separator, gint64 header_line,
                                       GError **error);
/* The line (row) of the header, counted from 1. */
gint64 rubis_import_file_get_header_line (const RubisImportFile *file);
/* Same for all files with the same columns: the key under which a mapping is remembered. */
const char *rubis_import_file_get_fingerprint (const RubisImportFile *file);

guint rubis_import_file_get_n_columns (const RubisImportFile *file);
const RubisImportColumn *rubis_import_file_get_column (const RubisImportFile *file, guint column);
/* The column names, NULL-terminated; new array of borrowed strings: g_free(). */
const char **rubis_import_file_get_column_names (const RubisImportFile *file);

/* Sheets of a workbook (none for text); the one that looks most like data is chosen at opening. */
guint rubis_import_file_get_n_sheets (const RubisImportFile *file);
const char *rubis_import_file_get_sheet_name (const RubisImportFile *file, guint sheet);
guint rubis_import_file_get_sheet (const RubisImportFile *file);
/* Chooses another sheet: kind, columns and fingerprint change. FALSE when it holds no table. */
gboolean rubis_import_file_set_sheet (RubisImportFile *file, guint sheet, GError **error);

/* A new mapping from the header's names, the values and, for a FEC, its fixed columns. */
RubisImportMapping *rubis_import_file_guess_mapping (const RubisImportFile *file);
/* FALSE with RUBIS_IMPORT_ERROR_MAPPING that names what is missing for this kind of file. */
gboolean rubis_import_file_check_mapping (const RubisImportFile *file, const RubisImportMapping *mapping,
                                          GError **error);

/* Reads all rows in one pass of bounded memory (a FEC keeps its customers' lines). @mapping NULL
 * stands for the guessed one; @today dates the balances of an aged report. @facts (nullable) must
 * have been initialised and is filled as far as the reading went. FALSE when the callback stopped,
 * @cancellable was cancelled, the file broke off, or the mapping lacks a needed column.
 */
gboolean rubis_import_file_read (RubisImportFile *file, const RubisImportMapping *mapping, RubisDate today,
                                 const RubisImportCallbacks *callbacks, gpointer user_data,
                                 RubisImportFacts *facts, GCancellable *cancellable, GError **error);

G_END_DECLS
