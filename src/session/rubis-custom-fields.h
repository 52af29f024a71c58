/* rubis-custom-fields.h: fields that users add to accounts and items. */
#pragma once

#include "rubis-session.h"

G_BEGIN_DECLS

typedef enum
{
  RUBIS_FIELD_TEXT,
  RUBIS_FIELD_NUMBER,
  RUBIS_FIELD_AMOUNT, /* of the dossier's currency */
  RUBIS_FIELD_DATE,
  RUBIS_FIELD_YES_NO,
  RUBIS_FIELD_CHOICE,
} RubisFieldKind;
#define RUBIS_N_FIELD_KINDS 6
const char *rubis_field_kind_to_id (RubisFieldKind kind);
gboolean rubis_field_kind_from_id (const char *id, RubisFieldKind *kind);
const char *rubis_field_kind_to_label (RubisFieldKind kind);

typedef enum
{
  RUBIS_FIELD_OF_ACCOUNT,
  RUBIS_FIELD_OF_ITEM,
} RubisFieldOwner;

typedef struct
{
  gint64 id;
  RubisFieldOwner owner;
  char *name;
  RubisFieldKind kind;
  char *choices; /* a line each */
} RubisCustomField;
void rubis_custom_field_free (RubisCustomField *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisCustomField, rubis_custom_field_free)

typedef struct
{
  RubisCustomField *field; /* (owned) */
  char *value;             /* canonical, "" when not set */
  char *text;              /* for people, by the locale */
} RubisFieldValue;
void rubis_field_value_free (RubisFieldValue *self);

/* In their order. (transfer full) (element-type RubisCustomField) */
GPtrArray *rubis_session_list_fields (RubisSession *self, RubisFieldOwner owner, GError **error);
/* Adds (@field->id 0), changes, or moves to @position (-1: last); undoable. Returns its id, 0 on error. */
gint64 rubis_session_set_field (RubisSession *self, const RubisCustomField *field, int position, GError **error);
gboolean rubis_session_remove_field (RubisSession *self, gint64 id, GError **error);
/* All fields with the values of an account or item. (transfer full) (element-type RubisFieldValue) */
GPtrArray *rubis_session_list_values (RubisSession *self, RubisFieldOwner owner, gint64 owner_id, GError **error);
/* @typed: as people write it ("1 234,50", "31/12/2026", "oui"); "" takes it away; undoable. RUBIS_SESSION_ERROR_VALUE
 * says what is awaited.
 */
gboolean rubis_session_set_value (RubisSession *self, gint64 field_id, gint64 owner_id, const char *typed,
                                  GError **error);

G_END_DECLS
