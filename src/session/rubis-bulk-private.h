/* rubis-bulk-private.h: what a bulk edit finds at an account or item, and puts there. */
#pragma once

#include "rubis-bulk-edit.h"
#include "rubis-custom-fields-private.h"

G_BEGIN_DECLS

#define RUBIS_BULK_MAX_VALUES 3

/* One account or item with the values that the edit is about; those of a stop are whether, why and until
 * when. */
typedef struct
{
  gint64 id;
  gint64 account_id;
  char *name;
  char *values[RUBIS_BULK_MAX_VALUES]; /* (nullable) */
} RubisBulkTarget;
void rubis_bulk_target_clear (RubisBulkTarget *self);

/* What is edited. */
typedef struct
{
  RubisBulkKind kind;
  gboolean of_items;
  RubisCustomField *field; /* (owned) (nullable) */
} RubisBulkSubject;

/* Sets all of @target but its id; FALSE without error when there is no such account or item. */
gboolean rubis_bulk_target_load (RubisDatabase *db, const RubisBulkSubject *subject, RubisBulkTarget *target,
                                 GError **error);
/* Puts the values of @target into the dossier. */
gboolean rubis_bulk_target_store (RubisDatabase *db, const RubisBulkSubject *subject,
                                  const RubisBulkTarget *target, GError **error);
gboolean rubis_bulk_target_has_values (const RubisBulkTarget *self, char *const *values);
/* The values for people. (transfer full) */
char *rubis_bulk_describe (RubisSession *session, const RubisBulkSubject *subject, char *const *values);

G_END_DECLS
