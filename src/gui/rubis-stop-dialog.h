/* rubis-stop-dialog.h: asks why, and until when, reminders are to stop. */
#pragma once

#include <adwaita.h>

#include "rubis-date.h"

G_BEGIN_DECLS

/* @until: RUBIS_DATE_NONE for no end */
typedef void (*RubisStopFunc) (const char *reason, RubisDate until, gpointer user_data);

/* Asks over @parent; @heading says what is stopped. @stop is called when the user agrees;
 * @destroy always, at the end.
 */
GtkWindow *rubis_stop_dialog_present (GtkWindow *parent, const char *heading, RubisDate today, RubisStopFunc stop,
                                      gpointer user_data, GDestroyNotify destroy);

G_END_DECLS
