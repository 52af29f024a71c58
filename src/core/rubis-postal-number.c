#include "rubis-postal-number.h"

#include <string.h>

#define LENGTH 13

static int
national_check_digit (const char *digits)
{
  int sum = 0;

  for (int i = 0; i < 10; i++)
    sum += (digits[i] - '0') * (i % 2 == 1 ? 3 : 1);
  return (10 - sum % 10) % 10;
}

static int
s10_check_digit (const char *digits)
{
  static const int weights[] = { 8, 6, 4, 2, 3, 5, 9, 7 };
  int sum = 0;
  int check;

  for (int i = 0; i < 8; i++)
    sum += (digits[i] - '0') * weights[i];
  check = 11 - sum % 11;
  return check == 10 ? 0 : check == 11 ? 5 : check;
}

static gboolean
two_letters (const char *text)
{
  return g_ascii_isupper (text[0]) && g_ascii_isupper (text[1]);
}

RubisIdReason
rubis_postal_number_check (const char *number, RubisPostalNumberKind *kind)
{
  g_autofree char *clean = NULL;
  gsize length;
  gboolean s10;
  gsize n_digits;

  g_return_val_if_fail (number != NULL, RUBIS_ID_FORMAT);

  clean = rubis_identifier_normalise (number);
  length = strlen (clean);
  s10 = length >= 4 && two_letters (clean) && two_letters (clean + length - 2);
  if (kind != NULL)
    *kind = s10 ? RUBIS_POSTAL_NUMBER_S10 : RUBIS_POSTAL_NUMBER_NATIONAL;
  if (length != LENGTH)
    return RUBIS_ID_LENGTH;
  n_digits = strspn (clean + 2, "0123456789");
  if (s10)
    {
      if (n_digits != 9)
        return RUBIS_ID_FORMAT;
      return s10_check_digit (clean + 2) == clean[10] - '0' ? RUBIS_ID_OK : RUBIS_ID_CHECK;
    }
  if (!g_ascii_isdigit (clean[0]) || !g_ascii_isupper (clean[1]) || n_digits != 11)
    return RUBIS_ID_FORMAT;
  return national_check_digit (clean + 2) == clean[12] - '0' ? RUBIS_ID_OK : RUBIS_ID_CHECK;
}

char *
rubis_postal_number_follow (const char *number, guint offset)
{
  g_autofree char *clean = NULL;
  g_autofree char *serial = NULL;
  RubisPostalNumberKind kind;
  guint64 value;
  guint n_digits;
  char *next;

  g_return_val_if_fail (number != NULL, NULL);

  if (rubis_postal_number_check (number, &kind) != RUBIS_ID_OK)
    return NULL;
  clean = rubis_identifier_normalise (number);
  n_digits = kind == RUBIS_POSTAL_NUMBER_S10 ? 8 : 10;
  serial = g_strndup (clean + 2, n_digits);
  value = g_ascii_strtoull (serial, NULL, 10) + offset;
  g_free (serial);
  serial = g_strdup_printf ("%0*" G_GUINT64_FORMAT, (int)n_digits, value);
  if (strlen (serial) > n_digits)
    return NULL;
  next = g_strdup (clean);
  memcpy (next + 2, serial, n_digits);
  next[2 + n_digits] = (char)('0'
                              + (kind == RUBIS_POSTAL_NUMBER_S10 ? s10_check_digit (serial)
                                                                 : national_check_digit (serial)));
  return next;
}

char *
rubis_postal_number_format (const char *number)
{
  g_autofree char *clean = NULL;
  RubisPostalNumberKind kind;
  RubisIdReason reason;

  g_return_val_if_fail (number != NULL, NULL);

  reason = rubis_postal_number_check (number, &kind);
  clean = rubis_identifier_normalise (number);
  if (kind != RUBIS_POSTAL_NUMBER_NATIONAL || (reason != RUBIS_ID_OK && reason != RUBIS_ID_CHECK))
    return g_steal_pointer (&clean);
  return g_strdup_printf ("%.2s %.3s %.3s %.4s %s", clean, clean + 2, clean + 5, clean + 8, clean + 12);
}
