#include "rubis-contrast.h"

#include <math.h>

#define N_STEPS 20

/* WCAG 2.1, relative luminance. */
static double
get_luminance (guint32 colour)
{
  static const double weights[] = { 0.2126, 0.7152, 0.0722 };
  double luminance = 0;

  for (guint i = 0; i < 3; i++)
    {
      double channel = (colour >> (16 - 8 * i) & 0xff) / 255.0;

      luminance += weights[i] * (channel <= 0.04045 ? channel / 12.92 : pow ((channel + 0.055) / 1.055, 2.4));
    }
  return luminance;
}

double
rubis_contrast_ratio (guint32 first, guint32 second)
{
  double a = get_luminance (first);
  double b = get_luminance (second);

  return (MAX (a, b) + 0.05) / (MIN (a, b) + 0.05);
}

/* @step of N_STEPS on the way from @colour to @target. */
static guint32
mix (guint32 colour, guint32 target, guint32 step)
{
  guint32 mixed = 0;

  for (guint shift = 0; shift < 24; shift += 8)
    {
      guint32 from = colour >> shift & 0xff;
      guint32 to = target >> shift & 0xff;

      mixed |= ((from * (N_STEPS - step) + to * step) / N_STEPS) << shift;
    }
  return mixed;
}

guint32
rubis_contrast_adjust (guint32 colour, guint32 background, double ratio)
{
  guint32 target
      = rubis_contrast_ratio (background, 0xffffff) > rubis_contrast_ratio (background, 0) ? 0xffffff : 0;

  colour &= 0xffffff;
  for (guint32 step = 0; step < N_STEPS; step++)
    {
      guint32 mixed = mix (colour, target, step);

      if (rubis_contrast_ratio (mixed, background) >= ratio)
        return mixed;
    }
  return target;
}
