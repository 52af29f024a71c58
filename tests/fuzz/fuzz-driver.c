/* Runs a fuzz target over files without a fuzzing engine: each file as it is, cut off at many places, and
 * with bytes changed. What changes is the same in every run.
 *
 * usage: fuzz-NAME FILE-OR-FOLDER…
 */
#include <string.h>
#include <glib.h>

#include "fuzz.h"

/* Larger inputs teach nothing more here and cost time. */
#define MAX_BYTES (64 * 1024)
#define N_CUTS 12
#define N_CHANGES 24

static void
run_input (const char *bytes, gsize length)
{
  /* A copy of the exact size, so that a sanitizer sees the first byte read beyond it. */
  g_autofree uint8_t *copy = g_memdup2 (bytes, MAX (length, 1));

  LLVMFuzzerTestOneInput (copy, length);
}

static void
run_file (const char *path)
{
  static const char hostile[] = { '\0', '"', ';', '\n', '\t', '|', '\xFF', '<', '9', '-', '\x1A', ',' };
  g_autofree char *bytes = NULL;
  gsize length = 0;
  guint32 state = 2463534242u;

  if (!g_file_get_contents (path, &bytes, &length, NULL))
    g_error ("%s cannot be read", path);
  length = MIN (length, MAX_BYTES);
  run_input (bytes, length);
  for (gsize i = 1; i <= N_CUTS && length > 0; i++)
    run_input (bytes, length * i / (N_CUTS + 1));
  for (gsize i = 0; i < N_CHANGES && length > 0; i++)
    {
      g_autofree char *changed = g_memdup2 (bytes, length);

      for (int j = 0; j < 4; j++)
        {
          /* Xorshift: the same numbers everywhere. */
          state ^= state << 13;
          state ^= state >> 17;
          state ^= state << 5;
          changed[state % length] = hostile[(state >> 8) % sizeof hostile];
        }
      run_input (changed, length);
    }
}

static void
run_path (const char *path)
{
  g_autoptr(GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  if (folder == NULL)
    {
      run_file (path);
      return;
    }
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (!g_str_has_suffix (name, ".expected") && g_file_test (child, G_FILE_TEST_IS_REGULAR))
        run_file (child);
    }
}

int
main (int argc, char **argv)
{
  for (int i = 1; i < argc; i++)
    run_path (argv[i]);
  return argc > 1 ? 0 : 2;
}
