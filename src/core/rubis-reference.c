#include "rubis-reference.h"

#include <stdlib.h>
#include <string.h>

#include "rubis-checksum.h"
#include "rubis-identifiers.h"

#define RF_MAX 21
#define BE_BASE 10
#define QRR_BASE 26

static gboolean
is_digits (const char *text, gsize length)
{
  return strlen (text) == length && strspn (text, "0123456789") == length;
}

char *
rubis_reference_rf_create (const char *reference)
{
  g_autofree char *clean = NULL;
  g_autofree char *turned = NULL;
  int remainder;

  g_return_val_if_fail (reference != NULL, NULL);

  clean = rubis_identifier_normalise (reference);
  if (clean[0] == '\0' || strlen (clean) > RF_MAX)
    return NULL;
  turned = g_strconcat (clean, "RF00", NULL);
  remainder = rubis_checksum_mod97 (turned);
  return remainder < 0 ? NULL : g_strdup_printf ("RF%02d%s", 98 - remainder, clean);
}

gboolean
rubis_reference_rf_check (const char *text)
{
  g_autofree char *clean = NULL;
  g_autofree char *expected = NULL;

  g_return_val_if_fail (text != NULL, FALSE);

  clean = rubis_identifier_normalise (text);
  if (strlen (clean) < 5 || !g_str_has_prefix (clean, "RF"))
    return FALSE;
  /* Created again, so that 98 is the only form of a remainder of zero. */
  expected = rubis_reference_rf_create (clean + 4);
  return expected != NULL && strcmp (expected, clean) == 0;
}

char *
rubis_reference_rf_format (const char *text)
{
  g_autofree char *clean = NULL;
  GString *out;

  g_return_val_if_fail (text != NULL, NULL);

  clean = rubis_identifier_normalise (text);
  if (!g_str_is_ascii (clean))
    return g_steal_pointer (&clean);
  out = g_string_new (NULL);
  for (gsize i = 0; clean[i] != '\0'; i++)
    {
      if (i > 0 && i % 4 == 0)
        g_string_append_c (out, ' ');
      g_string_append_c (out, clean[i]);
    }
  return g_string_free (out, FALSE);
}

char *
rubis_reference_be_create (const char *base)
{
  int check;

  g_return_val_if_fail (base != NULL, NULL);

  if (!is_digits (base, BE_BASE))
    return NULL;
  check = rubis_checksum_mod97 (base);
  return g_strdup_printf ("+++%.3s/%.4s/%s%02d+++", base, base + 3, base + 7, check == 0 ? 97 : check);
}

gboolean
rubis_reference_be_check (const char *text)
{
  g_autofree char *clean = NULL;
  g_autofree char *base = NULL;
  g_autoptr (GString) digits = g_string_new (NULL);
  int check;

  g_return_val_if_fail (text != NULL, FALSE);

  clean = rubis_identifier_normalise (text);
  for (const char *p = clean; *p != '\0'; p++)
    {
      if (strchr ("+*/", *p) == NULL)
        g_string_append_c (digits, *p);
    }
  if (!is_digits (digits->str, BE_BASE + 2))
    return FALSE;
  base = g_strndup (digits->str, BE_BASE);
  check = rubis_checksum_mod97 (base);
  return atoi (digits->str + BE_BASE) == (check == 0 ? 97 : check);
}

char *
rubis_reference_qrr_create (const char *base)
{
  g_return_val_if_fail (base != NULL, NULL);

  if (!is_digits (base, QRR_BASE))
    return NULL;
  return g_strdup_printf ("%s%d", base, rubis_checksum_recursive_mod10 (base));
}

gboolean
rubis_reference_qrr_check (const char *text)
{
  g_autofree char *clean = NULL;

  g_return_val_if_fail (text != NULL, FALSE);

  clean = rubis_identifier_normalise (text);
  /* With its check digit, a valid number leaves nothing over. */
  return is_digits (clean, QRR_BASE + 1) && rubis_checksum_recursive_mod10 (clean) == 0;
}
