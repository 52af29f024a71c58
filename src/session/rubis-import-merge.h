/* rubis-import-merge.h: lays the rows of an import file over the dossier.
 *
 * One pass for the preview, which writes nothing, and for the real thing, which writes inside the
 * caller's transaction: both walk the same code, so that what was shown is what is done.
 */
#pragma once

#include "rubis-import-file.h"
#include "rubis-import-preview.h"
#include "rubis-store.h"

G_BEGIN_DECLS

typedef struct _RubisImportMerge RubisImportMerge;

/* @db: the writing connection inside a transaction when @batch_id is not 0; any connection for a
 * preview (@batch_id 0). @currency: of rows that name none. Both borrowed.
 */
RubisImportMerge *rubis_import_merge_new (RubisDatabase *db, gint64 batch_id, RubisDate as_of, RubisCurrency currency,
                                          RubisImportPreview *preview);
void rubis_import_merge_free (RubisImportMerge *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisImportMerge, rubis_import_merge_free)

/* Loads what is known of accounts; to be called before the first row. */
gboolean rubis_import_merge_prepare (RubisImportMerge *self, GError **error);
/* Takes one row; counts it in the preview. */
gboolean rubis_import_merge_row (RubisImportMerge *self, const RubisImportRow *row, GError **error);
/* Takes a line that could not be read: what it speaks of is in the file, and is not cleared as absent. */
void rubis_import_merge_reject (RubisImportMerge *self, const RubisImportReject *reject);
/* After the last row: clears what a STOCK file no longer has. @clear: FALSE for DELTA. */
gboolean rubis_import_merge_finish (RubisImportMerge *self, gboolean clear, GError **error);

/* Items that stay as they were because only a line that could not be read may speak of them; after the last row. */
gint64 rubis_import_merge_count_unread (RubisImportMerge *self);
/* Items that were settled and are open again, after the last row. (unowned) (element-type gint64) */
GArray *rubis_import_merge_get_returned (RubisImportMerge *self);
/* A dunned item whose due date was changed: its level is kept, its next steps follow the new date. */
typedef struct {
  gint64 item_id;
  RubisDate from;
  RubisDate to;
} RubisImportMove;
/* Those of the import, after the last row. (unowned) (element-type RubisImportMove) */
GArray *rubis_import_merge_get_moved (RubisImportMerge *self);
/* Whether the dossier had no item when the import began; after prepare(). */
gboolean rubis_import_merge_is_fresh (RubisImportMerge *self);

G_END_DECLS
