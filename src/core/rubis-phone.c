#include "rubis-phone.h"

#include <string.h>

#define MIN_DIGITS 8
#define MAX_DIGITS 15

/* Countries and their prefixes; @trunk: the digit before national numbers, which is left out abroad. */
static const struct
{
  const char *country;
  const char *prefix;
  const char *trunk;
} countries[] = {
  { "FR", "33", "0" },  { "BE", "32", "0" },  { "CH", "41", "0" },  { "LU", "352", "" },
  { "DE", "49", "0" },  { "GB", "44", "0" },  { "IE", "353", "0" }, { "NL", "31", "0" },
  { "AT", "43", "0" },  { "ES", "34", "" },   { "PT", "351", "" },  { "IT", "39", "" },
  { "MC", "377", "" },  { "RE", "262", "0" }, { "GP", "590", "0" }, { "MQ", "596", "0" },
  { "GF", "594", "0" }, { "YT", "262", "0" }, { "PM", "508", "0" },
};

/* Digits only, with a "+" in front when there is one; "(0)" is the trunk digit that nobody dials from abroad.
 */
static char *
strip (const char *typed)
{
  g_auto (GStrv) parts = g_strsplit (typed, "(0)", -1);
  g_autofree char *joined = g_strjoinv (parts[0] != NULL && strchr (parts[0], '+') != NULL ? "" : "0", parts);
  GString *digits = g_string_new (NULL);

  for (const char *p = joined; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_ascii_isdigit (*p) || (c == '+' && digits->len == 0))
        g_string_append_c (digits, *p);
      else if (c != ' ' && c != '.' && c != '-' && c != '/' && c != '(' && c != ')' && c != 0xa0
               && c != 0x202f)
        {
          g_string_free (digits, TRUE);
          return NULL;
        }
    }
  return g_string_free (digits, FALSE);
}

static char *
check (char *number)
{
  gsize n = strlen (number) - 1;

  if (n >= MIN_DIGITS && n <= MAX_DIGITS && number[1] != '0')
    return number;
  g_free (number);
  return NULL;
}

char *
rubis_phone_to_international (const char *typed, const char *country)
{
  g_autofree char *digits = strip (typed);

  if (digits == NULL)
    return NULL;
  if (digits[0] == '+')
    return check (g_strdup (digits));
  if (g_str_has_prefix (digits, "00"))
    return check (g_strconcat ("+", digits + 2, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (countries); i++)
    {
      const char *national = digits;

      if (!g_str_equal (countries[i].country, *country != '\0' ? country : "FR"))
        continue;
      if (countries[i].trunk[0] != '\0')
        {
          if (!g_str_has_prefix (national, countries[i].trunk))
            return NULL;
          national += strlen (countries[i].trunk);
        }
      return check (g_strconcat ("+", countries[i].prefix, national, NULL));
    }
  return NULL;
}

gboolean
rubis_phone_takes_sms (const char *international)
{
  if (!g_str_has_prefix (international, "+33"))
    return TRUE;
  return strlen (international) == strlen ("+33612345678")
         && (international[3] == '6' || international[3] == '7');
}
