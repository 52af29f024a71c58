#include "rubis-payment-link.h"

#include <string.h>

#define SCHEME "https://"

static void
put (GString *address, const char *place, const char *value)
{
  g_autofree char *encoded = g_uri_escape_string (value, NULL, FALSE);

  g_string_replace (address, place, encoded, 0);
}

static GString *
fill (const char *pattern, const char *reference, const char *amount, const char *currency)
{
  GString *address = g_string_new (pattern);

  put (address, "{reference}", reference);
  put (address, "{amount}", amount != NULL ? amount : "");
  put (address, "{currency}", currency);
  return address;
}

gboolean
rubis_payment_link_check (const char *pattern)
{
  g_autoptr (GString) address = fill (pattern, "C1", "1.00", "EUR");

  if (*pattern == '\0')
    return TRUE;
  /* A place that is not known would reach the customer with its braces. */
  if (!g_str_has_prefix (address->str, SCHEME) || strpbrk (address->str, "{}\"'<> \t\r\n") != NULL)
    return FALSE;
  return g_uri_is_valid (address->str, G_URI_FLAGS_NONE, NULL) && address->str[strlen (SCHEME)] != '\0'
         && address->str[strlen (SCHEME)] != '/';
}

char *
rubis_payment_link_make (const char *pattern, const char *reference, const char *amount, const char *currency)
{
  if (*pattern == '\0' || !rubis_payment_link_check (pattern))
    return NULL;
  return g_string_free (fill (pattern, reference, amount, currency), FALSE);
}
