#include "rubis-import-decimal.h"

#include <stdlib.h>
#include <string.h>

#define SIGNIFICANT 15
#define MAX_DIGITS 40
/* Powers of ten outside are no amount, date or identifier. */
#define MAX_EXPONENT 30

typedef struct
{
  char digits[MAX_DIGITS];
  int n;     /* digits kept */
  int point; /* the decimal point stands after this many digits */
  gboolean negative;
} Decimal;

static gboolean
read_decimal (const char *text, Decimal *decimal)
{
  const char *p = text;
  gboolean after_point = FALSE;
  gboolean any = FALSE;
  long exponent = 0;

  memset (decimal, 0, sizeof *decimal);
  decimal->negative = *p == '-';
  p += *p == '-' || *p == '+';
  for (; g_ascii_isdigit (*p) || (*p == '.' && !after_point); p++)
    {
      if (*p == '.')
        {
          after_point = TRUE;
          continue;
        }
      any = TRUE;
      /* Zeros before the first digit only move the point. */
      if (decimal->n == 0 && *p == '0')
        {
          decimal->point -= after_point;
          continue;
        }
      if (decimal->n < MAX_DIGITS)
        decimal->digits[decimal->n++] = (char) (*p - '0');
      else if (!after_point)
        return FALSE;
      decimal->point += !after_point;
    }
  if (any && (*p == 'e' || *p == 'E'))
    {
      char *end;

      exponent = strtol (p + 1, &end, 10);
      if (end == p + 1)
        return FALSE;
      p = end;
    }
  if (!any || *p != '\0' || exponent > MAX_EXPONENT || exponent < -MAX_EXPONENT)
    return FALSE;
  decimal->point += (int) exponent;
  return decimal->point <= MAX_EXPONENT && decimal->point >= -MAX_EXPONENT;
}

/* Half up at the last significant digit; a carry may run to the front. */
static void
round_decimal (Decimal *decimal)
{
  int i;

  if (decimal->n > SIGNIFICANT)
    {
      gboolean up = decimal->digits[SIGNIFICANT] >= 5;

      decimal->n = SIGNIFICANT;
      for (i = SIGNIFICANT - 1; up && i >= 0; i--)
        {
          up = decimal->digits[i] == 9;
          decimal->digits[i] = up ? 0 : (char) (decimal->digits[i] + 1);
        }
      if (up)
        {
          memmove (decimal->digits + 1, decimal->digits, SIGNIFICANT - 1);
          decimal->digits[0] = 1;
          decimal->point++;
        }
    }
  while (decimal->n > 0 && decimal->digits[decimal->n - 1] == 0)
    decimal->n--;
}

gboolean
rubis_import_decimal_tidy (const char *text, char out[RUBIS_IMPORT_DECIMAL_SIZE])
{
  Decimal decimal;
  char *to = out;

  if (!read_decimal (text, &decimal))
    return FALSE;
  round_decimal (&decimal);
  if (decimal.n == 0)
    {
      strcpy (out, "0");
      return TRUE;
    }
  /* Fifteen digits may stand this far behind the point; further ones are no number of a person. */
  if (decimal.point < -20)
    {
      strcpy (out, "0");
      return TRUE;
    }
  if (decimal.negative)
    *to++ = '-';
  if (decimal.point <= 0)
    {
      *to++ = '0';
      *to++ = '.';
      for (int i = decimal.point; i < 0; i++)
        *to++ = '0';
    }
  for (int i = 0; i < MAX (decimal.n, decimal.point); i++)
    {
      if (i == decimal.point && i > 0)
        *to++ = '.';
      *to++ = i < decimal.n ? (char) ('0' + decimal.digits[i]) : '0';
    }
  *to = '\0';
  return TRUE;
}
