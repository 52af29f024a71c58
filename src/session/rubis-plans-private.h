/* rubis-plans-private.h: what the files of payment plans share. */
#pragma once

#include "rubis-plan-facts.h"
#include "rubis-plans.h"

G_BEGIN_DECLS

/* Errors: G_IO_ERROR_NOT_FOUND. (transfer full) */
RubisPlanFacts *rubis_plans_load (RubisSession *self, gint64 id, GError **error);

/* Fills the items and the currency of @plan; credits that are not lettered are deducted. Errors: RUBIS_SESSION_ERROR_RULE. */
gboolean rubis_plans_gather (RubisSession *self, RubisDatabase *db, const RubisPlanInput *input, RubisPlanRecord *plan,
                             GError **error);
/* The plan that @input describes, not yet in the dossier. Errors: as rubis_session_preview_plan(). (transfer full) */
RubisPlanRecord *rubis_plans_make (RubisSession *self, RubisDatabase *db, const RubisPlanInput *input, GError **error);

G_END_DECLS
