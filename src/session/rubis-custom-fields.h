/* rubis-custom-fields.h: fields that users add to accounts and items, and their values. */
#pragma once

#include "rubis-custom-field.h"
#include "rubis-session.h"

G_BEGIN_DECLS

/* Texts are never NULL. */
typedef struct
{
  RubisCustomField *field; /* (owned) */
  char *value;             /* canonical, "" when not set */
  char *text;              /* for people, by the locale */
} RubisFieldValue;
void rubis_field_value_free (RubisFieldValue *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisFieldValue, rubis_field_value_free)

/* In their order. (transfer full) (element-type RubisCustomField) */
GPtrArray *rubis_session_list_fields (RubisSession *self, RubisFieldOwner owner, GError **error);
/* Errors: G_IO_ERROR_NOT_FOUND, also when it was removed. (transfer full) */
RubisCustomField *rubis_session_load_field (RubisSession *self, gint64 id, GError **error);
/* By name, whatever the case and the accents. G_IO_ERROR_NOT_FOUND names those there are. (transfer full) */
RubisCustomField *rubis_session_find_field (RubisSession *self, RubisFieldOwner owner, const char *name,
                                            GError **error);
/* Adds (@field->id 0), changes, or moves to @position (0: first; -1: last, or where it stands); undoable.
 * When the kind or the choices change, the values are written anew; RUBIS_SESSION_ERROR_VALUE names those
 * that do not fit. Returns its id, 0 on error.
 */
gint64 rubis_session_set_field (RubisSession *self, const RubisCustomField *field, int position,
                                GError **error);
/* It is not shown any more; its values come back with undo. */
gboolean rubis_session_remove_field (RubisSession *self, gint64 id, GError **error);

/* All fields with the values of an account or item. (transfer full) (element-type RubisFieldValue) */
GPtrArray *rubis_session_list_values (RubisSession *self, RubisFieldOwner owner, gint64 owner_id,
                                      GError **error);
/* @typed: as people write it ("1 234,50", "31/12/2026", "oui"); "" takes it away; undoable.
 * RUBIS_SESSION_ERROR_VALUE says what is awaited.
 */
gboolean rubis_session_set_value (RubisSession *self, gint64 field_id, gint64 owner_id, const char *typed,
                                  GError **error);

G_END_DECLS
