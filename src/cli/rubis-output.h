/* rubis-output.h: results on standard output, as text, JSON or CSV.
 *
 * JSON gives whole records; text and CSV give the columns that a command names. Text is for people:
 * dates and amounts in the language of the user, columns aligned.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  RUBIS_OUTPUT_TEXT,
  RUBIS_OUTPUT_JSON,
  RUBIS_OUTPUT_CSV,
} RubisOutputFormat;

typedef enum {
  RUBIS_COLUMN_TEXT,
  RUBIS_COLUMN_NUMBER,
  RUBIS_COLUMN_AMOUNT, /* in the currency of the record's key "currency" */
  RUBIS_COLUMN_DATE,
  RUBIS_COLUMN_RATE,       /* percent */
  RUBIS_COLUMN_CHANNEL,    /* stable ids, which people read as words */
  RUBIS_COLUMN_VALIDATION,
  RUBIS_COLUMN_PARTY_KIND,
  RUBIS_COLUMN_EVENT,
} RubisColumnKind;

typedef struct {
  const char *key;
  const char *title;   /* untranslated */
  RubisColumnKind kind;
} RubisColumn;

typedef struct _RubisOutput RubisOutput;

/* A list of records of which these columns are shown. @columns must live as long. */
RubisOutput *rubis_output_new (RubisOutputFormat format, const RubisColumn *columns, gsize n_columns);
/* @record: a{sv}, borrowed. JSON and CSV are written at once, text when the list is complete. */
void rubis_output_add (RubisOutput *self, GVariant *record);
/* Ends the list. @nothing: sentence for people when it was empty. */
void rubis_output_finish (RubisOutput *self, const char *nothing);
void rubis_output_free (RubisOutput *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisOutput, rubis_output_free)

/* All records of a list aa{sv} at once. */
void rubis_output_print_list (RubisOutputFormat format, GVariant *list, const RubisColumn *columns, gsize n_columns,
                              const char *nothing);
/* One record as JSON. */
void rubis_output_print_json (GVariant *record);
/* A text as it is. */
void rubis_output_print (const char *text);
/* A line for people. */
void rubis_output_print_line (const char *format, ...) G_GNUC_PRINTF (1, 2);

/* A value of a record for people: "" when it is absent or null. (transfer full) */
char *rubis_output_dup_text (GVariant *record, const char *key, RubisColumnKind kind);

G_END_DECLS
