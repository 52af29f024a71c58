/* rubis-store-imports.h: import batches: what came in when, and taking it back. */
#pragma once

#include "rubis-database.h"

G_BEGIN_DECLS

typedef struct {
  gint64 id;
  char *kind;
  gboolean delta;
  char *file_name;
  char *sha256;
  char *fingerprint;
  RubisDate as_of;
  char *imported_at;
  char *imported_by;
  gint64 n_rows;
  gint64 n_new;
  gint64 n_changed;
  gint64 n_cleared;
  gint64 n_unchanged;
  gint64 n_rejected;
  gboolean undone;
} RubisBatchRecord;
void rubis_batch_record_free (RubisBatchRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisBatchRecord, rubis_batch_record_free)

/* Adds a batch with what is known before reading; sets @batch->id. */
gboolean rubis_store_insert_batch (RubisDatabase *db, RubisBatchRecord *batch, GError **error);
gboolean rubis_store_set_batch_hash (RubisDatabase *db, gint64 id, const char *sha256, GError **error);
/* Writes the counters. */
gboolean rubis_store_finish_batch (RubisDatabase *db, const RubisBatchRecord *batch, GError **error);
/* (transfer full) (nullable) NULL without error when there is none. @id 0: the last one not undone. */
RubisBatchRecord *rubis_store_load_batch (RubisDatabase *db, gint64 id, GError **error);
/* The day of which the dossier knows what is open: that of the last import that says something of it, which a
 * list of customers does not. RUBIS_DATE_NONE when there is none.
 */
gboolean rubis_store_get_data_date (RubisDatabase *db, RubisDate *date, GError **error);
/* @found: id of the batch of that very file that stands, or 0. */
gboolean rubis_store_find_batch (RubisDatabase *db, const char *sha256, gint64 *found, GError **error);
gboolean rubis_store_insert_reject (RubisDatabase *db, gint64 batch_id, gint64 line, const char *column,
                                    const char *value, const char *code, GError **error);
gboolean rubis_store_keep_account_field (RubisDatabase *db, gint64 batch_id, gint64 account_id, const char *field,
                                         const char *old_value, GError **error);

/* Whether another import stands on it. */
gboolean rubis_store_has_later_batch (RubisDatabase *db, gint64 batch_id, gboolean *has, GError **error);
/* The numbers of items that came with the batch and that something kept speaks of: reminders, calls, disputes,
 * promises, plans, claims, answers, files. At most @limit. (transfer full) (element-type utf8)
 */
GPtrArray *rubis_store_list_bound_items (RubisDatabase *db, gint64 batch_id, guint limit, GError **error);
/* Takes a batch back: its new items and accounts go, its changes are undone. Inside a transaction. */
gboolean rubis_store_undo_batch (RubisDatabase *db, gint64 batch_id, const char *at, GError **error);

G_END_DECLS
