/* rubis-plan-acceleration.h: whether the whole of a payment plan falls due.
 *
 * Private to session.
 */
#pragma once

#include "rubis-plan-facts.h"

G_BEGIN_DECLS

/* Why the whole of @facts cannot be claimed on the session's day: no clause, nothing late, no notice whose deadline
 * ran out (C. civ. 1305-4, 1231-5; Cass. civ. 1, 22 June 2017, 16-18.418), or what keeps the late instalment out of
 * dunning. @bar: (out) (transfer full) a sentence in the user's language, "" when it can be. FALSE on error only.
 */
gboolean rubis_plan_find_acceleration_bar (RubisSession *session, RubisDatabase *db, const RubisPlanFacts *facts,
                                           char **bar, GError **error);

G_END_DECLS
