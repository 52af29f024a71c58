/* rubis-import-copies.h: PDF files that are imported: copies of invoices and credit notes, recognised by
 * number.
 *
 * An item is recognised by the number in the file's name, else by the number in its text together with the
 * name of its customer. What fits nothing, or several items, is left to the user with the reason.
 */
#pragma once

#include "rubis-session.h"

G_BEGIN_DECLS

typedef enum
{
  RUBIS_COPY_RECOGNISED,
  RUBIS_COPY_KEPT_BEFORE, /* the same content is in the dossier, or among these files */
  RUBIS_COPY_UNKNOWN,
  RUBIS_COPY_AMBIGUOUS,
  RUBIS_COPY_UNREADABLE, /* damaged, protected, too large… */
} RubisCopyState;

/* Texts are never NULL. */
typedef struct
{
  char *path;
  RubisCopyState state;
  gboolean by_text; /* recognised by its text, not by its name */
  gboolean kept;    /* rubis_session_keep_copies() put it into the dossier */
  gint64 account_id;
  gint64 item_id;
  char *number;   /* of the item, "" unless recognised or kept before */
  char *customer; /* "" unless recognised */
  char *reason;   /* why it is left, and the way out; "" when it is recognised */
  char *sha256;   /* of the content that was recognised */
  int n_pages;
} RubisImportCopy;
void rubis_import_copy_free (RubisImportCopy *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisImportCopy, rubis_import_copy_free)

/* "recognised", "kept-before", "unknown", "ambiguous", "unreadable" (static) */
const char *rubis_copy_state_get_name (RubisCopyState state);
/* Whether the user has to do something with it. */
gboolean rubis_copy_is_left (const RubisImportCopy *copy);

/* Sorts what is to be imported into tables and PDFs. A folder stands for the PDFs in it; one without any
 * stays with the tables, where it is refused. @paths, @tables, @pdfs: (element-type utf8) both get copies.
 */
void rubis_import_sort_paths (GPtrArray *paths, GPtrArray *tables, GPtrArray *pdfs);

/* Finds the items of @pdfs; writes nothing. Long: run it in the background. (transfer full)
 * (element-type RubisImportCopy) in the order of @pdfs. @progress: (nullable)
 */
GPtrArray *rubis_session_match_copies (RubisSession *self, GPtrArray *pdfs, RubisProgress *progress,
                                       GError **error);
/* Keeps the recognised ones with their items: one edit, which can be undone. A file that has changed since
 * is an error, and nothing is kept. @progress: (nullable) @n_kept: (out) (nullable)
 */
gboolean rubis_session_keep_copies (RubisSession *self, GPtrArray *copies, RubisProgress *progress,
                                    guint *n_kept, GError **error);

G_END_DECLS
