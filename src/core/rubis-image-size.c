#include "rubis-image-size.h"

#include <string.h>

const char *
rubis_image_media_type (GBytes *image)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (image, &size);

  if (size > 8 && memcmp (data, "\x89PNG\r\n\x1a\n", 8) == 0)
    return "image/png";
  if (size > 3 && memcmp (data, "\xff\xd8\xff", 3) == 0)
    return "image/jpeg";
  return NULL;
}

static guint
read_16 (const guint8 *p)
{
  return (guint)(p[0] << 8 | p[1]);
}

/* ITU T.81, B.1: the frame header holds the size; all segments before it say how long they are. */
static gboolean
read_jpeg (const guint8 *data, gsize size, guint *width, guint *height)
{
  gsize at = 2;

  while (at + 9 <= size && data[at] == 0xff)
    {
      guint8 marker = data[at + 1];

      if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc)
        {
          *height = read_16 (data + at + 5);
          *width = read_16 (data + at + 7);
          return TRUE;
        }
      /* A fill byte before a marker. */
      at += marker == 0xff ? 1 : 2 + (gsize)read_16 (data + at + 2);
    }
  return FALSE;
}

gboolean
rubis_image_size_read (GBytes *image, guint *width, guint *height)
{
  const char *type = rubis_image_media_type (image);
  gsize size;
  const guint8 *data = g_bytes_get_data (image, &size);

  if (type == NULL)
    return FALSE;
  if (g_str_equal (type, "image/jpeg"))
    return read_jpeg (data, size, width, height);
  /* PNG, 11.2.2: the first chunk is IHDR. */
  if (size < 24 || memcmp (data + 12, "IHDR", 4) != 0)
    return FALSE;
  *width = read_16 (data + 16) << 16 | read_16 (data + 18);
  *height = read_16 (data + 20) << 16 | read_16 (data + 22);
  return TRUE;
}
