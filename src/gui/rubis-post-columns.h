/* rubis-post-columns.h: the columns of the letters to post. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Adds the columns to a view whose model holds RubisPostLetter. */
void rubis_post_columns_add (GtkColumnView *view);

G_END_DECLS
