/* rubis-share-bar.h: a bar as long as its share of the largest, a part of it darker. The values stand beside
 * it. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RUBIS_TYPE_SHARE_BAR (rubis_share_bar_get_type ())
G_DECLARE_FINAL_TYPE (RubisShareBar, rubis_share_bar, RUBIS, SHARE_BAR, GtkWidget)

GtkWidget *rubis_share_bar_new (void);
/* Both from 0 to 1: @share of the width, @part of the share. @text: what it says, for those who do not see it
 */
void rubis_share_bar_set (RubisShareBar *self, double share, double part, const char *text);

G_END_DECLS
