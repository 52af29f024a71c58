/* rubis-saved-filters.h: filters that users named, for each place. */
#pragma once

#include "rubis-session.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 id;
  char *name;
  char *body; /* what the place wrote, a GVariant a{sv} as text */
} RubisSavedFilter;
void rubis_saved_filter_free (RubisSavedFilter *self);

/* In their order. (transfer full) (element-type RubisSavedFilter) */
GPtrArray *rubis_session_list_filters (RubisSession *self, const char *place, GError **error);
/* The same name replaces; undoable. Returns its id, 0 on error. */
gint64 rubis_session_save_filter (RubisSession *self, const char *place, const char *name, const char *body,
                                  GError **error);
gboolean rubis_session_remove_filter (RubisSession *self, gint64 id, GError **error);

G_END_DECLS
