/* rubis-import-preview.h: what an import would change, before it does. */
#pragma once

#include "rubis-import-file.h"
#include "rubis-import-mapping.h"
#include "rubis-session.h"

G_BEGIN_DECLS

typedef enum {
  RUBIS_IMPORT_STOCK, /* the file holds all open items: what is absent was paid */
  RUBIS_IMPORT_DELTA, /* the file holds changes only */
} RubisImportMode;

/* Why an import is held back unless the user insists. */
typedef enum {
  RUBIS_BRAKE_NONE = 0,
  RUBIS_BRAKE_CLEARED = 1 << 0,       /* over 30 % of open items or of their amount would be cleared */
  RUBIS_BRAKE_CONTROL_TOTAL = 1 << 1, /* the open total differs from the one typed by the user */
  RUBIS_BRAKE_SAME_FILE = 1 << 2,     /* this very file was imported before */
  RUBIS_BRAKE_NOTHING = 1 << 3,       /* no line could be read */
} RubisImportBrake;

typedef struct {
  RubisImportMode mode;
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

#define RUBIS_TYPE_IMPORT_PREVIEW (rubis_import_preview_get_type ())
G_DECLARE_FINAL_TYPE (RubisImportPreview, rubis_import_preview, RUBIS, IMPORT_PREVIEW, GObject)

/* Read-only for everybody but session. */
struct _RubisImportPreview {
  GObject parent_instance;

  char *path;
  RubisImportFile *file;        /* (owned) what was sniffed */
  RubisImportMapping *mapping;  /* (owned) used for this preview */
  RubisImportOptions options;
  gint64 n_rows;
  gint64 n_new;
  gint64 n_changed;
  gint64 n_cleared;
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
/* Reads the whole file and compares; the dossier is left as it was. May be called again after the
 * mapping or the options were changed.
 */
gboolean rubis_session_preview_import (RubisSession *self, RubisImportPreview *preview, RubisProgress *progress,
                                       GError **error);
/* Writes it in one transaction. Errors: RUBIS_SESSION_ERROR_BRAKE when a brake holds and
 * options.force is not set.
 */
gboolean rubis_session_apply_import (RubisSession *self, RubisImportPreview *preview, RubisProgress *progress,
                                     GError **error);
/* Takes an import back. Errors: G_IO_ERROR_NOT_FOUND; RUBIS_SESSION_ERROR_LATER when a letter was
 * sent or another import came after it.
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
