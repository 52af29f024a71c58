/* rubis-hashtag-row.h: a hashtag in a list: its name, what it stands for, what it prints for the account. */
#pragma once

#include <gtk/gtk.h>

#include "rubis-template-preview.h"

G_BEGIN_DECLS

/* @entry: (unowned) its array outlives the row */
GtkWidget *rubis_hashtag_row_new (const RubisHashtagEntry *entry);
/* (nullable) */
const RubisHashtagEntry *rubis_hashtag_row_get_entry (GtkListBoxRow *row);

/* How well @entry fits what is typed, folded: 3 its name begins so, 2 its name holds it, 1 its alias or
 * description does, 0 not at all. "" fits everything.
 */
int rubis_hashtag_row_match (const RubisHashtagEntry *entry, const char *folded);
/* Lower case without accents. (transfer full) */
char *rubis_hashtag_row_fold (const char *text);

G_END_DECLS
