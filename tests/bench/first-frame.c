/* Preloaded into a GTK program: prints the seconds from its start to the first frame of its first window
 * and ends it. The start is given by BENCH_START, nanoseconds of the monotonic clock; BENCH_LINGER are
 * seconds that the program then goes on, so that its memory can be looked at.
 */
#include <dlfcn.h>
#include <gtk/gtk.h>
#include <stdlib.h>
#include <unistd.h>

#include "bench.h"

/* GTK's own, which is called in place of it. */
typedef void (*PresentFunc) (GtkWindow *window);

static gboolean
end (gpointer data)
{
  fflush (stdout);
  _exit (0);
}

static void
first_frame (GdkFrameClock *frame_clock, gpointer window)
{
  const char *start = g_getenv ("BENCH_START");
  const char *linger = g_getenv ("BENCH_LINGER");
  BenchClock clock = { 0 };

  if (!gtk_widget_get_mapped (window))
    return;
  g_signal_handlers_disconnect_by_func (frame_clock, first_frame, window);
  clock.wall = bench_now (CLOCK_MONOTONIC) - (start != NULL ? g_ascii_strtod (start, NULL) / 1e9 : 0);
  clock.cpu = bench_now (CLOCK_PROCESS_CPUTIME_ID);
  bench_print (&clock, "%s, %d × %d", G_OBJECT_TYPE_NAME (window), gtk_widget_get_width (window),
               gtk_widget_get_height (window));
  if (linger == NULL)
    end (NULL);
  g_timeout_add_seconds ((guint)atoi (linger), end, NULL);
}

G_MODULE_EXPORT void
gtk_window_present (GtkWindow *window)
{
  static gboolean seen = FALSE;
  PresentFunc present = (PresentFunc)dlsym (RTLD_NEXT, "gtk_window_present");
  GdkFrameClock *frame_clock;

  present (window);
  frame_clock = gtk_widget_get_frame_clock (GTK_WIDGET (window));
  if (seen || frame_clock == NULL)
    return;
  seen = TRUE;
  g_signal_connect (frame_clock, "after-paint", G_CALLBACK (first_frame), window);
}
