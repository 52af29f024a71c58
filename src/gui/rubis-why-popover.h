/* rubis-why-popover.h: "Why?": the reasons in words why an item is dunned, or is not. */
#pragma once

#include <gtk/gtk.h>

#include "rubis-session.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_WHY_POPOVER (rubis_why_popover_get_type ())
G_DECLARE_FINAL_TYPE (RubisWhyPopover, rubis_why_popover, RUBIS, WHY_POPOVER, GtkPopover)

/* Pops up over @widget, pointing at @rect (nullable: the whole widget), and fills itself in the
 * background. It goes away by itself when closed.
 */
RubisWhyPopover *rubis_why_popover_present_item (GtkWidget *widget, const GdkRectangle *rect, RubisSession *session,
                                                 gint64 item_id, const char *number);

G_END_DECLS
