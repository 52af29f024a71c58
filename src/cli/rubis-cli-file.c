/* Files that commands write. */
#include <errno.h>
#include <stdio.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "rubis-cli.h"

/* A file is replaced as a whole; a device or a pipe is written to, never replaced. */
gboolean
rubis_cli_write_file (const char *path, GBytes *content, GError **error)
{
  gsize size;
  const void *data = g_bytes_get_data (content, &size);
  gboolean written;
  FILE *file;

  if (!g_file_test (path, G_FILE_TEST_EXISTS) || g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return g_file_set_contents (path, data, (gssize)size, error);
  file = g_fopen (path, "wb");
  written = file != NULL && fwrite (data, 1, size, file) == size;
  if (file != NULL && fclose (file) != 0)
    written = FALSE;
  if (!written)
    g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), _ ("“%s” cannot be written: %s"), path,
                 g_strerror (errno));
  return written;
}
