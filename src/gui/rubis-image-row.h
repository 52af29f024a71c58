/* rubis-image-row.h: a picture of the letterhead: chosen, dropped or pasted; shown small.
 *
 * Signal "image-chosen" (GBytes, nullable): the user gave a file's content, or took the picture away.
 * Whoever listens judges it, and answers by rubis_image_row_set_image() or rubis_image_row_set_error().
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RUBIS_TYPE_IMAGE_ROW (rubis_image_row_get_type ())
G_DECLARE_FINAL_TYPE (RubisImageRow, rubis_image_row, RUBIS, IMAGE_ROW, AdwPreferencesRow)

/* @chooser_title: of the file chooser, and the name of the row for accessibility. */
GtkWidget *rubis_image_row_new (const char *title, const char *chooser_title);
/* What the row is called: the title of the file chooser. */
void rubis_image_row_set_titles (RubisImageRow *self, const char *title, const char *chooser_title);
/* Shows @image (nullable), and no error any more. */
void rubis_image_row_set_image (RubisImageRow *self, GBytes *image);
/* Says in place why the picture was refused. */
void rubis_image_row_set_error (RubisImageRow *self, const char *text);
/* Reads a file as if it had been chosen. */
void rubis_image_row_take_file (RubisImageRow *self, GFile *file);

G_END_DECLS
