/* rubis-callback-watch.h: which callbacks are to be said now, each once.
 *
 * Pure: the moment is an argument.
 */
#pragma once

#include "rubis-calls.h"

G_BEGIN_DECLS

typedef struct _RubisCallbackWatch RubisCallbackWatch;

RubisCallbackWatch *rubis_callback_watch_new (void);
void rubis_callback_watch_free (RubisCallbackWatch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisCallbackWatch, rubis_callback_watch_free)

/* A callback whose hour has come. */
typedef struct
{
  const RubisCallback *callback; /* (unowned) */
  gboolean passed;               /* its hour had passed when the watch began */
} RubisCallbackRing;

/* Those of @callbacks (element-type RubisCallback) whose hour has come on @today at @minute and that were not
 * said before. What may be called at any hour of its day is not said: it stands under Today. The first look
 * tells since when somebody watches. (transfer full) (element-type RubisCallbackRing)
 */
GArray *rubis_callback_watch_take_due (RubisCallbackWatch *self, GPtrArray *callbacks, RubisDate today,
                                       int minute);

G_END_DECLS
