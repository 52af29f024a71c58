/* rubis-plan-letter.h: what a letter about a payment plan claims: instalments, not invoices.
 *
 * Private to session.
 */
#pragma once

#include "rubis-document-context.h"
#include "rubis-plan-facts.h"
#include "rubis-template.h"

G_BEGIN_DECLS

/* The plan by which the first of @item_ids is dunned. (transfer full) (nullable) NULL without error when
 * there is none */
RubisPlanFacts *rubis_plan_letter_find (RubisDatabase *db, RubisLibrary *library, GArray *item_ids,
                                        RubisDate today, GError **error);
/* Adds the instalments of @plan as rows, those that are claimed of @item_ids selected, and sets what letters
 * say of the plan. @level: that the step gives, 0: none.
 */
void rubis_plan_letter_fill (const RubisPlanFacts *plan, GArray *item_ids, int level,
                             RubisDocumentContext *context);
/* Nobody owes an instalment before its date: a reminder of it is refused until then, a formal notice while the days
 * of grace run. @name: of the account. Errors: RUBIS_SESSION_ERROR_RULE.
 */
gboolean rubis_plan_letter_check (const RubisPlanFacts *plan, RubisTemplateKind kind, const char *name,
                                  GError **error);
/* Adds @row, an item of a statement, as the plan that holds it lets it fall due: a row for each date. FALSE when no
 * plan of @plans asks for it: nothing was added.
 */
gboolean rubis_plan_letter_add_row (const RubisPlanTable *plans, gint64 item_id, const RubisDocumentItem *row,
                                    RubisDocumentContext *context);
/* The items of @plan as they were when it was agreed, for its agreement. */
void rubis_plan_letter_add_items (const RubisPlanFacts *plan, RubisDocumentContext *context);
/* Whether the plan holds the item. */
gboolean rubis_plan_letter_holds (const RubisPlanFacts *plan, gint64 item_id);

G_END_DECLS
