/* rubis-habit-fill.h: what documents say of how a customer pays, and of its credit limit. Private to session.
 */
#pragma once

#include "rubis-document-context.h"
#include "rubis-store-accounts.h"
#include "rubis-template.h"

G_BEGIN_DECLS

/* Fills #LimiteCredit, and #RetardMoyen and #ProfilPayeur when @template_ uses them and at least three
 * invoices tell. */
gboolean rubis_habit_fill (RubisDocumentContext *context, RubisTemplate *template_, RubisDatabase *db,
                           const RubisAccountRecord *account, RubisCurrency currency, RubisDate today,
                           GError **error);

G_END_DECLS
