#include "rubis-colour-profile.h"

#include <math.h>
#include <string.h>

#define HEADER_SIZE 128
#define N_BLOCKS 7 /* numbered from 0 to this; the three curves are one */

/* The primaries and the white of sRGB as XYZ under D50 (Bradford). */
static const double colorants[4][3] = {
  { 0.43607, 0.22249, 0.01392 },
  { 0.38515, 0.71687, 0.09708 },
  { 0.14306, 0.06061, 0.71393 },
  { 0.96420, 1.00000, 0.82491 },
};
/* From D65 to D50 (Bradford). */
static const double adaptation[9]
    = { 1.04788, 0.02292, -0.05022, 0.02959, 0.99048, -0.01707, -0.00925, 0.01508, 0.75168 };
/* Y = ((X + 0.055) / 1.055) ^ 2.4, linear below 0.04045 */
static const double curve[5] = { 2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045 };

static void
add_32 (GByteArray *bytes, guint32 value)
{
  guint32 big = GUINT32_TO_BE (value);

  g_byte_array_append (bytes, (const guint8 *)&big, sizeof big);
}

static void
add_16 (GByteArray *bytes, guint16 value)
{
  guint16 big = GUINT16_TO_BE (value);

  g_byte_array_append (bytes, (const guint8 *)&big, sizeof big);
}

static void
add_name (GByteArray *bytes, const char *name)
{
  g_byte_array_append (bytes, (const guint8 *)name, 4);
}

/* s15Fixed16Number */
static void
add_fixed (GByteArray *bytes, const double *values, guint n)
{
  for (guint i = 0; i < n; i++)
    add_32 (bytes, (guint32)(gint32)lround (values[i] * 65536));
}

/* multiLocalizedUnicodeType with one English text of ASCII */
static void
add_text (GByteArray *bytes, const char *text)
{
  add_name (bytes, "mluc");
  add_32 (bytes, 0);
  add_32 (bytes, 1);
  add_32 (bytes, 12);
  add_name (bytes, "enUS");
  add_32 (bytes, (guint32)strlen (text) * 2);
  add_32 (bytes, 28);
  for (const char *p = text; *p != '\0'; p++)
    add_16 (bytes, (guint16)*p);
}

static void
add_block (GByteArray *bytes, guint block)
{
  switch (block)
    {
    case 0:
      add_text (bytes, RUBIS_COLOUR_PROFILE_NAME);
      break;
    case 1:
      add_text (bytes, "No copyright");
      break;
    case 2:
    case 3:
    case 4:
    case 5:
      add_name (bytes, "XYZ ");
      add_32 (bytes, 0);
      add_fixed (bytes, colorants[block - 2], 3);
      break;
    case 6:
      add_name (bytes, "para");
      add_32 (bytes, 0);
      add_16 (bytes, 3);
      add_16 (bytes, 0);
      add_fixed (bytes, curve, G_N_ELEMENTS (curve));
      break;
    default:
      add_name (bytes, "sf32");
      add_32 (bytes, 0);
      add_fixed (bytes, adaptation, G_N_ELEMENTS (adaptation));
      break;
    }
  while (bytes->len % 4 != 0)
    g_byte_array_append (bytes, (const guint8 *)"", 1);
}

static void
add_header (GByteArray *bytes, guint32 size)
{
  static const guint8 zeros[44] = { 0 };

  add_32 (bytes, size);
  add_32 (bytes, 0);
  add_32 (bytes, 0x04200000);
  add_name (bytes, "mntr");
  add_name (bytes, "RGB ");
  add_name (bytes, "XYZ ");
  /* The date of the standard: the same profile for every file. */
  add_16 (bytes, 1999);
  add_16 (bytes, 10);
  add_16 (bytes, 18);
  add_16 (bytes, 0);
  add_16 (bytes, 0);
  add_16 (bytes, 0);
  add_name (bytes, "acsp");
  g_byte_array_append (bytes, zeros, 28);
  add_fixed (bytes, colorants[3], 3);
  g_byte_array_append (bytes, zeros, sizeof zeros);
  g_byte_array_append (bytes, zeros, 4);
}

GBytes *
rubis_colour_profile_new (void)
{
  static const struct
  {
    const char *name;
    guint block;
  } tags[] = { { "desc", 0 }, { "cprt", 1 }, { "rXYZ", 2 }, { "gXYZ", 3 }, { "bXYZ", 4 },
               { "wtpt", 5 }, { "rTRC", 6 }, { "gTRC", 6 }, { "bTRC", 6 }, { "chad", 7 } };
  g_autoptr (GByteArray) blocks = g_byte_array_new ();
  GByteArray *bytes = g_byte_array_new ();
  guint32 offsets[N_BLOCKS + 2];
  guint32 base = HEADER_SIZE + 4 + 12 * G_N_ELEMENTS (tags);

  for (guint i = 0; i <= N_BLOCKS; i++)
    {
      offsets[i] = base + blocks->len;
      add_block (blocks, i);
    }
  offsets[N_BLOCKS + 1] = base + blocks->len;
  add_header (bytes, offsets[N_BLOCKS + 1]);
  add_32 (bytes, G_N_ELEMENTS (tags));
  for (gsize i = 0; i < G_N_ELEMENTS (tags); i++)
    {
      add_name (bytes, tags[i].name);
      add_32 (bytes, offsets[tags[i].block]);
      add_32 (bytes, offsets[tags[i].block + 1] - offsets[tags[i].block]);
    }
  g_byte_array_append (bytes, blocks->data, blocks->len);
  return g_byte_array_free_to_bytes (bytes);
}
