#include "rubis-checksum.h"

#include <string.h>

gboolean
rubis_checksum_luhn (const char *digits)
{
  gsize length;
  int sum = 0;

  g_return_val_if_fail (digits != NULL, FALSE);

  length = strlen (digits);
  for (gsize i = 0; i < length; i++)
    {
      int digit = digits[length - 1 - i] - '0';

      if (digit < 0 || digit > 9)
        return FALSE;
      if (i % 2 == 1)
        digit = digit < 5 ? digit * 2 : digit * 2 - 9;
      sum += digit;
    }
  return length > 0 && sum % 10 == 0;
}

int
rubis_checksum_mod97 (const char *text)
{
  int remainder = 0;

  g_return_val_if_fail (text != NULL, -1);

  for (const char *p = text; *p != '\0'; p++)
    {
      if (g_ascii_isdigit (*p))
        remainder = (remainder * 10 + (*p - '0')) % 97;
      else if (g_ascii_isupper (*p))
        remainder = (remainder * 100 + (*p - 'A' + 10)) % 97;
      else
        return -1;
    }
  return remainder;
}

int
rubis_checksum_recursive_mod10 (const char *digits)
{
  static const int table[10] = { 0, 9, 4, 6, 8, 2, 7, 1, 3, 5 };
  int carry = 0;

  g_return_val_if_fail (digits != NULL, -1);

  for (const char *p = digits; *p != '\0'; p++)
    {
      if (!g_ascii_isdigit (*p))
        return -1;
      carry = table[(carry + (*p - '0')) % 10];
    }
  return (10 - carry) % 10;
}
