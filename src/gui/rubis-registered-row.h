/* rubis-registered-row.h: a registered letter in the list: to whom, how much, its number, where it is.
 *
 * Signals: "ticked"; "number-entered" (string) when the user or a scanner has typed a number; "view";
 * "proofs".
 */
#pragma once

#include <gtk/gtk.h>

#include "rubis-registered-letter.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_REGISTERED_ROW (rubis_registered_row_get_type ())
G_DECLARE_FINAL_TYPE (RubisRegisteredRow, rubis_registered_row, RUBIS, REGISTERED_ROW, GtkListBoxRow)

/* @own: currency of the dossier, which amounts do not name. */
GtkWidget *rubis_registered_row_new (RubisRegisteredLetter *letter, RubisDate today, RubisCurrency own);
/* Amount, number, proofs: columns that are as wide in every line. */
#define RUBIS_N_REGISTERED_COLUMNS 3
void rubis_registered_row_join_columns (RubisRegisteredRow *self, GtkSizeGroup *const *columns);
/* (transfer none) */
RubisRegisteredLetter *rubis_registered_row_get_letter (RubisRegisteredRow *self);
gboolean rubis_registered_row_get_ticked (RubisRegisteredRow *self);
void rubis_registered_row_set_ticked (RubisRegisteredRow *self, gboolean ticked);
/* What is typed in the number and not kept yet; "" when nothing is. */
const char *rubis_registered_row_get_typed (RubisRegisteredRow *self);
void rubis_registered_row_set_typed (RubisRegisteredRow *self, const char *text);
/* Puts the cursor into the number; FALSE when it cannot be typed. */
gboolean rubis_registered_row_edit_number (RubisRegisteredRow *self);
/* Whether the cursor is in the number. */
gboolean rubis_registered_row_is_editing (RubisRegisteredRow *self);
/* A sentence on the number, under the line; @error: it was not kept. NULL takes it away. */
void rubis_registered_row_set_message (RubisRegisteredRow *self, const char *text, gboolean error);

G_END_DECLS
