/* rubis-graph.h: what sending and reading through Microsoft Graph share. */
#pragma once

#include "rubis-api-fault.h"
#include "rubis-api.h"

G_BEGIN_DECLS

#define RUBIS_GRAPH_MESSAGES "/v1.0/me/messages"

/* Ids are immutable: a message keeps its own when it moves from the drafts to what was sent. */
RubisApi *rubis_graph_api_new (const RubisSender *sender, RubisCredentials *credentials);
/* RUBIS_GRAPH_MESSAGES "/id" @rest. (transfer full) */
char *rubis_graph_message_path (const char *id, const char *rest);
/* What an answer that is no success means; @words: (out) Graph's own. */
RubisApiFault rubis_graph_get_fault (const RubisHttpResponse *response, char **words);
/* rubis_api_judge() */
RubisDelivery *rubis_graph_judge (const RubisSender *sender, const RubisHttpResponse *response,
                                  gboolean submits);

G_END_DECLS
