/* rubis-calls-private.h: what a call does to the dossier; the same however it is noted. */
#pragma once

#include "rubis-agenda-private.h"
#include "rubis-calls.h"
#include "rubis-store-calls.h"

G_BEGIN_DECLS

/* A call to be noted, or taken back. */
typedef struct
{
  RubisCallLine *call;         /* (owned) */
  gboolean named;              /* whether somebody said how it ended; else it only counts as made */
  RubisActionRow *action;      /* (owned) (nullable) the step that asked for it */
  gint64 outbox_id;            /* of the step that it did; 0: none */
  RubisCallbackLine *callback; /* (owned) (nullable) agreed */
  gint64 settled;              /* callback that caused it and is done by it; 0: none */
  GArray *promises;            /* (owned) ids of what came of it */
  GArray *disputes;            /* (owned) */
  GArray *seen;                /* (owned) ids of broken promises that it deals with */
  GArray *plans;               /* (owned) */
} RubisCallEffect;
RubisCallEffect *rubis_call_effect_new (gint64 account_id, const char *result);
void rubis_call_effect_free (RubisCallEffect *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisCallEffect, rubis_call_effect_free)

/* Writes it within the transaction that is open. @again: it was taken back before. */
gboolean rubis_call_effect_apply (RubisCallEffect *self, RubisSession *session, RubisDatabase *db,
                                  gboolean again, GError **error);
/* Says that it did not happen: the levels and the throttle are as the rest of the journal gives them. */
gboolean rubis_call_effect_revoke (RubisCallEffect *self, RubisSession *session, RubisDatabase *db,
                                   GError **error);

/* "Relance ferme, 1 234,56 €, 3 items — note". @note: (nullable) (transfer full) */
char *rubis_agenda_summarise (const RubisActionRow *action, const char *note);

/* The actions of one account which is going to be spoken to: a contact of the last days does not put them
 * off. (transfer full) (element-type RubisActionRow)
 */
GPtrArray *rubis_agenda_compute_for (RubisSession *self, RubisDatabase *db, gint64 account_id,
                                     GError **error);

/* How a result is called by people. (transfer full) */
char *rubis_call_dup_result_label (RubisSession *session, const char *result);
/* Broken in whole or in part, and nobody has dealt with it. */
gboolean rubis_call_is_broken (const RubisPromiseRow *promise);
/* "24/11/2026" or "24/11/2026 at 14:30". (transfer full) */
char *rubis_call_describe_moment (RubisDate date, int minute);
/* ISO code, "" when not known. (static) */
const char *rubis_call_get_country (const char *typed);

G_END_DECLS
