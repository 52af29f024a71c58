/* rubis-event-row-private.h: lines of the history from what the dossier holds. */
#pragma once

#include "rubis-event-row.h"
#include "rubis-store-timeline.h"

G_BEGIN_DECLS

/* What an event says besides its title: "detail" of its JSON, else "note", else "". @incoming: (out)
 * (optional) the answer that it tells of, 0: none. (transfer full)
 */
char *rubis_event_read_detail (const char *data, gint64 *incoming);
RubisEventRow *rubis_event_row_new_from_record (const RubisTimelineRecord *record);

G_END_DECLS
