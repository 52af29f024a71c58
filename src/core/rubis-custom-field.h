/* rubis-custom-field.h: a field that users add to accounts or items, and the form of its values.
 *
 * A value is stored canonically, so that it does not depend on who typed it: "2026-12-31", "1234.5",
 * "1234.50" (an amount has the decimals of its currency), "1" and "0", a choice as it is spelled in the list.
 */
#pragma once

#include "rubis-money.h"

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
/* "yes_no", as in the dossier (static) */
const char *rubis_field_kind_to_id (RubisFieldKind kind);
gboolean rubis_field_kind_from_id (const char *id, RubisFieldKind *kind);
/* For people, translated. (static) */
const char *rubis_field_kind_to_label (RubisFieldKind kind);

typedef enum
{
  RUBIS_FIELD_OF_ACCOUNT,
  RUBIS_FIELD_OF_ITEM,
} RubisFieldOwner;
/* "account", "item" (static) */
const char *rubis_field_owner_to_id (RubisFieldOwner owner);
gboolean rubis_field_owner_from_id (const char *id, RubisFieldOwner *owner);

/* Texts are never NULL. */
typedef struct
{
  gint64 id; /* 0: not in the dossier yet */
  RubisFieldOwner owner;
  char *name;
  RubisFieldKind kind;
  char *choices; /* a line each; "" for other kinds */
} RubisCustomField;

/* A text field with an empty name. (transfer full) */
RubisCustomField *rubis_custom_field_new (RubisFieldOwner owner);
/* (transfer full) */
RubisCustomField *rubis_custom_field_copy (const RubisCustomField *self);
void rubis_custom_field_free (RubisCustomField *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisCustomField, rubis_custom_field_free)

/* The choices without blanks, empty lines and repetitions. (transfer full) */
char **rubis_custom_field_split_choices (const char *choices);

#define RUBIS_FIELD_ERROR (rubis_field_error_quark ())
typedef enum
{
  RUBIS_FIELD_ERROR_VALUE,
} RubisFieldError;
GQuark rubis_field_error_quark (void);

/* The canonical form of what a person typed: "1 234,50", "31/12/2026", "oui", a choice whatever its case; ""
 * when nothing was typed. @language: that of the user, which tells the decimal mark in "1,234".
 * RUBIS_FIELD_ERROR_VALUE says what is awaited. (transfer full)
 */
char *rubis_custom_field_read (const RubisCustomField *self, RubisCurrency currency, const char *typed,
                               const char *language, GError **error);
/* A canonical value as people of @language read it. (transfer full) */
char *rubis_custom_field_format (const RubisCustomField *self, RubisCurrency currency, const char *value,
                                 const char *language);
/* The value of @from as one of @to. (transfer full) (nullable) NULL when it does not fit */
char *rubis_custom_field_convert (const RubisCustomField *from, const RubisCustomField *to,
                                  RubisCurrency currency, const char *value, const char *language);

G_END_DECLS
