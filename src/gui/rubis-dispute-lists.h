/* rubis-dispute-lists.h: what disputes are described with: reasons and colleagues, read at once. */
#pragma once

#include "rubis-choice-drop.h"
#include "rubis-session.h"

G_BEGIN_DECLS

typedef struct
{
  GPtrArray *reasons; /* (element-type RubisChoice) those that are offered */
  GPtrArray *actors;  /* (element-type RubisActor) */
} RubisDisputeLists;

/* Reads only. (transfer full) */
RubisDisputeLists *rubis_dispute_lists_load (RubisSession *session, GError **error);
void rubis_dispute_lists_free (RubisDisputeLists *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisDisputeLists, rubis_dispute_lists_free)

/* @any: (nullable) a first line with the id "". @manage: a last line leads to the list itself. */
void rubis_dispute_lists_fill_reasons (const RubisDisputeLists *self, RubisChoiceDrop *drop, const char *any,
                                       gboolean manage);
/* The same for colleagues; their ids are numbers, "0" is nobody yet. */
void rubis_dispute_lists_fill_resolvers (const RubisDisputeLists *self, RubisChoiceDrop *drop,
                                         const char *any, gboolean manage);

G_END_DECLS
