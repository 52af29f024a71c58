/* rubis-saved-filters.h: filters that users named, for each place. */
#pragma once

#include "rubis-session.h"

G_BEGIN_DECLS

#define RUBIS_FILTERS_INVOICES "invoices"
#define RUBIS_FILTERS_TODAY "today"
#define RUBIS_FILTERS_OUTBOX "outbox"
#define RUBIS_FILTERS_SENT "sent"
#define RUBIS_FILTERS_ANSWERS "answers"
#define RUBIS_FILTERS_DISPUTES "disputes"
#define RUBIS_FILTERS_TIMELINE "timeline"

/* Texts are never NULL. */
typedef struct
{
  gint64 id;
  char *name;
  char *body; /* what the place wrote, a GVariant a{sv} as text */
} RubisSavedFilter;
void rubis_saved_filter_free (RubisSavedFilter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisSavedFilter, rubis_saved_filter_free)

/* In their order. (transfer full) (element-type RubisSavedFilter) */
GPtrArray *rubis_session_list_filters (RubisSession *self, const char *place, GError **error);
/* By name, whatever the case and the accents. G_IO_ERROR_NOT_FOUND names those there are. (transfer full) */
RubisSavedFilter *rubis_session_find_filter (RubisSession *self, const char *place, const char *name,
                                             GError **error);
/* The same name replaces; undoable. Returns its id, 0 on error. */
gint64 rubis_session_save_filter (RubisSession *self, const char *place, const char *name, const char *body,
                                  GError **error);
/* Undoable; RUBIS_SESSION_ERROR_VALUE when the place has another of that name. */
gboolean rubis_session_rename_filter (RubisSession *self, gint64 id, const char *name, GError **error);
gboolean rubis_session_remove_filter (RubisSession *self, gint64 id, GError **error);

G_END_DECLS
