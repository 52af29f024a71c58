/* rubis-import-accounts.h: the accounts that an import meets: known, changed or new.
 *
 * Private to session. Codes are kept in memory for the length of an import.
 */
#pragma once

#include "rubis-database.h"
#include "rubis-import-preview.h"
#include "rubis-import-row.h"

G_BEGIN_DECLS

typedef struct {
  gint64 id;            /* negative in a preview when the account is new */
  char *code;
  char *name;
  char *terms;          /* canonical payment terms, "" when unknown */
  gboolean is_new;      /* came with this import */
  gboolean changed;
  guint64 last_fields;  /* hash of the row's fields that were compared last */
} RubisImportAccount;

typedef struct _RubisImportAccounts RubisImportAccounts;

/* @batch_id 0: preview, nothing is written. */
RubisImportAccounts *rubis_import_accounts_new (RubisDatabase *db, gint64 batch_id, RubisImportPreview *preview);
void rubis_import_accounts_free (RubisImportAccounts *self);
gboolean rubis_import_accounts_load (RubisImportAccounts *self, GError **error);
/* The account of a row, made or brought up to date first. (unowned) */
RubisImportAccount *rubis_import_accounts_take (RubisImportAccounts *self, const RubisImportRow *row, GError **error);
/* The account of that code or, when there is only one, of that name. (unowned) (nullable) */
RubisImportAccount *rubis_import_accounts_find (RubisImportAccounts *self, const char *customer);
/* "" when there is none */
const char *rubis_import_accounts_get_code (RubisImportAccounts *self, gint64 id);
gint64 rubis_import_accounts_count_new (RubisImportAccounts *self);
gint64 rubis_import_accounts_count_changed (RubisImportAccounts *self);

G_END_DECLS
