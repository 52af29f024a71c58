/* rubis-laposte-tracking.h: where registered letters are, by the tracking of La Poste ("Suivi v2").
 *
 * The API does not tell refused or unclaimed letters from others that come back: the words of the event do.
 */
#pragma once

#include "rubis-date.h"
#include "rubis-http.h"
#include "rubis-registered-state.h"

G_BEGIN_DECLS

typedef struct
{
  char *number;   /* as asked */
  int code;       /* returnCode: 200 known, 104 not known (yet), others are errors */
  gboolean known; /* state and date are set */
  RubisRegisteredState state;
  RubisDate date;         /* of the event that says so */
  RubisDate presented_on; /* RUBIS_DATE_NONE: not said */
  char *label;            /* of the newest event, as La Poste words it; "" */
} RubisTracking;
void rubis_tracking_free (RubisTracking *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisTracking, rubis_tracking_free)

/* Asks for @numbers (element-type utf8), ten at a time. @base: (nullable) another address than La Poste's.
 * (transfer full) (element-type RubisTracking); RUBIS_TRANSPORT_ERROR.
 */
GPtrArray *rubis_laposte_track (RubisHttp *http, const char *base, const char *key, GPtrArray *numbers,
                                GCancellable *cancellable, GError **error);

G_END_DECLS
