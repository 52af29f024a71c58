#include "rubis-sms.h"

#include <string.h>

/* 3GPP TS 23.038, 6.2.1: the default alphabet beyond the letters and digits of ASCII. */
static const char basic[] = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./:;<=>?¡ÄÖÑÜ§¿äöñüà";
/* The extension table: an escape comes before each. */
static const char extended[] = "^{}\\[~]|€";

/* Septets of a character; 0 when the alphabet lacks it. */
static guint
count_septets (gunichar c)
{
  if (c < 0x80 && g_ascii_isalnum ((char)c))
    return 1;
  if (g_utf8_strchr (basic, -1, c) != NULL)
    return 1;
  return g_utf8_strchr (extended, -1, c) != NULL ? 2 : 0;
}

static guint
count_segments (guint units, guint alone, guint each)
{
  if (units == 0)
    return 0;
  return units <= alone ? 1 : (units + each - 1) / each;
}

void
rubis_sms_measure (const char *text, RubisSmsLength *length)
{
  guint septets = 0;
  guint utf16 = 0;

  memset (length, 0, sizeof *length);
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      guint n = count_septets (c);

      length->n_characters++;
      septets += n;
      utf16 += c > 0xffff ? 2 : 1;
      if (n == 0 && !length->unicode)
        {
          length->unicode = TRUE;
          length->culprit[g_unichar_to_utf8 (c, length->culprit)] = '\0';
        }
    }
  length->n_segments = length->unicode ? count_segments (utf16, 70, 67) : count_segments (septets, 160, 153);
}
