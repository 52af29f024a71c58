/* rubis-import-preview.h: what an import would change, before it does. */
#pragma once

#include "rubis-session.h"

G_BEGIN_DECLS

/* Of the import layer, which windows do not see. */
typedef struct _RubisImportFile RubisImportFile;
typedef struct _RubisImportMapping RubisImportMapping;

/* Why an import is held back unless the user insists. */
typedef enum {
  RUBIS_BRAKE_NONE = 0,
  RUBIS_BRAKE_CLEARED = 1 << 0,       /* over 30 % of open items or of their amount would be cleared */
  RUBIS_BRAKE_CONTROL_TOTAL = 1 << 1, /* the open total differs from the one typed by the user */
  RUBIS_BRAKE_SAME_FILE = 1 << 2,     /* this very file was imported before */
  RUBIS_BRAKE_NOTHING = 1 << 3,       /* no line could be read */
} RubisImportBrake;

typedef struct {
  gboolean delta;           /* FALSE: STOCK, all open items: what is absent was paid; TRUE: changes only */
  gboolean has_control_total;
  gint64 control_total;     /* minor units of the dossier's currency */
  gboolean force;           /* go past the brakes */
} RubisImportOptions;

typedef struct {
  gint64 line;
  char *column;
  char *value;
  char *code;
  char *message;
  gboolean kept;            /* the row was imported without this value: a remark, not a rejection */
} RubisImportRejectRow;

/* Amounts of one currency before and after. */
typedef struct {
  RubisCurrency currency;
  gint64 before;
  gint64 after;
} RubisImportAmount;

/* What one item would become, for the list of the preview (1,000 lines at most). */
typedef struct {
  char kind;                /* 'n' new, 'c' changed, 'x' cleared */
  char *account;
  char *number;
  RubisCurrency currency;
  RubisDate due_date;
  gint64 before;            /* open amount */
  gint64 after;
} RubisImportChange;

/* One column of the file and what it feeds. */
typedef struct {
  char *name;
  char *samples;                /* a few values, separated by " · " */
  char *field;                  /* id of the field, "ignore" for none */
  gboolean ambiguous;           /* date order or decimal mark could not be told from the values */
  char *dates;                  /* of date columns: "day_first", "month_first", "year_first"; else "" */
  char *decimal;                /* of amount columns: "comma", "point"; else "" */
} RubisImportColumnRow;

/* What a column may feed. */
typedef struct {
  const char *id;               /* static */
  const char *label;            /* static, in the user's language */
} RubisImportFieldName;

#define RUBIS_TYPE_IMPORT_PREVIEW (rubis_import_preview_get_type ())
G_DECLARE_FINAL_TYPE (RubisImportPreview, rubis_import_preview, RUBIS, IMPORT_PREVIEW, GObject)

/* Read-only for everybody but session. */
struct _RubisImportPreview {
  GObject parent_instance;

  RubisImportFile *file;        /* (owned) */
  RubisImportMapping *mapping;  /* (owned) */
  char *path;
  char *format;                 /* "csv", "xlsx", "fec" */
  char *kind;                   /* "customers", "items", "payments", "fec", "aged" */
  char *kind_label;             /* in the user's language */
  char *encoding;
  char *separator;              /* ";" "," "|" "TAB", "" for sheets */
  gint64 header_line;
  GPtrArray *sheets;            /* (element-type utf8) names; empty for text files */
  guint sheet;                  /* the one that is read */
  GPtrArray *columns;           /* (element-type RubisImportColumnRow) */
  RubisImportOptions options;   /* the caller may set these before previewing again */
  gint64 n_rows;
  gint64 n_new;
  gint64 n_changed;
  gint64 n_cleared;
  gint64 cleared_amount;        /* absolute open amounts that would be settled, all currencies */
  gint64 n_unchanged;
  gint64 n_rejected;
  gint64 n_accounts_new;
  gint64 n_accounts_changed;
  gint64 cleared_percent;       /* of open items before, by the larger of number and amount */
  GArray *amounts;              /* (element-type RubisImportAmount) */
  GPtrArray *changes;           /* (element-type RubisImportChange) */
  GPtrArray *rejects;           /* (element-type RubisImportRejectRow) 10,000 at most */
  GPtrArray *notes;             /* (element-type utf8) what the user should know (computed due dates…) */
  guint brakes;                 /* RubisImportBrake */
  char *brake_text;             /* "" or the sentence that explains them */
  gint64 batch_id;              /* after applying */
};

/* Opens a file and finds its mapping: the one remembered for its header, else the automatic one.
 * (transfer full) Errors say what the file is and the way out.
 */
RubisImportPreview *rubis_session_open_import (RubisSession *self, const char *path, GError **error);
/* (transfer full) (element-type RubisImportFieldName) "ignore" first */
GArray *rubis_import_preview_list_fields (RubisImportPreview *self);
/* Changes what a column feeds (taken from the column that had it), how it writes dates or amounts
 * (ids as in RubisImportColumnRow), or which sheet is read. Preview again afterwards.
 */
void rubis_import_preview_set_field (RubisImportPreview *self, guint column, const char *field);
void rubis_import_preview_set_dates (RubisImportPreview *self, guint column, const char *dates);
void rubis_import_preview_set_decimal (RubisImportPreview *self, guint column, const char *decimal);
/* Reads the file as another kind ("customers", "items"…) than the one found. Errors: no such kind, or its
 * content forbids that.
 */
gboolean rubis_import_preview_set_kind (RubisImportPreview *self, const char *kind, GError **error);
gboolean rubis_import_preview_set_sheet (RubisImportPreview *self, guint sheet, GError **error);
/* The mapping as text, and from a text given by hand; errors name the column that is not there. */
char *rubis_import_preview_get_mapping (RubisImportPreview *self);
gboolean rubis_import_preview_set_mapping (RubisImportPreview *self, const char *text, GError **error);
/* Reads the whole file and compares; the dossier is left as it was. May be called again after the
 * mapping or the options were changed. Errors: a needed column is not mapped; the text names it.
 */
gboolean rubis_session_preview_import (RubisSession *self, RubisImportPreview *preview, RubisProgress *progress,
                                       GError **error);
/* Writes it in one transaction. Errors: RUBIS_SESSION_ERROR_BRAKE when a brake holds and
 * options.force is not set.
 */
gboolean rubis_session_apply_import (RubisSession *self, RubisImportPreview *preview, RubisProgress *progress,
                                     GError **error);
/* Takes an import back. Errors: G_IO_ERROR_NOT_FOUND; RUBIS_SESSION_ERROR_LATER when another
 * import came after it, or when something that is kept (reminders, disputes, promises, plans, files…) speaks of items
 * that came with it.
 */
gboolean rubis_session_undo_import (RubisSession *self, gint64 batch_id, GError **error);
/* Writes the rejected lines with their reasons as a CSV file. */
gboolean rubis_import_preview_save_rejects (RubisImportPreview *self, const char *path, GError **error);

#define RUBIS_SESSION_ERROR (rubis_session_error_quark ())
typedef enum {
  RUBIS_SESSION_ERROR_BRAKE,
  RUBIS_SESSION_ERROR_LATER,
  RUBIS_SESSION_ERROR_RULE,    /* a rule forbids it; the text says which */
  RUBIS_SESSION_ERROR_VALUE,   /* what was typed is wrong; the text says why */
} RubisSessionError;
GQuark rubis_session_error_quark (void);

G_END_DECLS
