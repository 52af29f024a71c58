/* rubis-image-size.h: how many pixels a PNG or JPEG picture has, by its head. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* FALSE when @image is neither. */
gboolean rubis_image_size_read (GBytes *image, guint *width, guint *height);
/* "image/png" or "image/jpeg"; NULL when @image is neither. (static) */
const char *rubis_image_media_type (GBytes *image);

G_END_DECLS
