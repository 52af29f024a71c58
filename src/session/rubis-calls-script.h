/* rubis-calls-script.h: the script of a call, in parts that can be folded. Private to session. */
#pragma once

#include "rubis-calls.h"
#include "rubis-document.h"

G_BEGIN_DECLS

/* One part a heading; tables and pictures are left out: the screen shows what they would say. (transfer full)
 * (element-type RubisScriptSection)
 */
GPtrArray *rubis_call_script_split (RubisDocument *document);
/* (transfer full) (element-type RubisScriptSection) */
GPtrArray *rubis_call_script_new_empty (void);

G_END_DECLS
