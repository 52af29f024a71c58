/* bench.h: measuring a piece of work inside a program. */
#pragma once

#include <glib.h>
#include <stdarg.h>
#include <stdio.h>
#include <time.h>

typedef struct
{
  double wall;
  double cpu;
} BenchClock;

static inline double
bench_now (clockid_t id)
{
  struct timespec now;

  clock_gettime (id, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static inline void
bench_start (BenchClock *clock)
{
  clock->cpu = bench_now (CLOCK_PROCESS_CPUTIME_ID);
  clock->wall = bench_now (CLOCK_MONOTONIC);
}

static inline void
bench_stop (BenchClock *clock)
{
  clock->wall = bench_now (CLOCK_MONOTONIC) - clock->wall;
  clock->cpu = bench_now (CLOCK_PROCESS_CPUTIME_ID) - clock->cpu;
}

/* One line: "SECONDS CPU-SECONDS NOTE", which bench.py reads. */
static inline void G_GNUC_PRINTF (2, 3) bench_print (const BenchClock *clock, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  printf ("%.6f %.6f ", clock->wall, clock->cpu);
  vprintf (format, arguments);
  printf ("\n");
  va_end (arguments);
}
