#include "rubis-typed-number.h"

#include <string.h>

#include "rubis-money.h"
#include "rubis-text.h"

/* Digits of a whole part that surely fit, decimals added. */
#define MAX_DIGITS 15

/* The text without what stands around an amount: its sign, its currency, the spaces and apostrophes between
 * thousands. NULL when anything else is left than digits, commas and points. (transfer full)
 */
static char *
strip_amount (const char *text)
{
  g_autofree char *folded = rubis_text_fold (text);
  GString *out = g_string_new (NULL);
  g_auto (GStrv) words = NULL;
  RubisCurrency currency;

  g_strdelimit (folded, "'_", ' ');
  words = g_strsplit (folded, " ", -1);
  for (gsize i = 0; words[i] != NULL; i++)
    {
      /* A code of a currency stands at an end, a sign of one anywhere. */
      if ((i == 0 || words[i + 1] == NULL) && rubis_currency_parse (words[i], &currency))
        continue;
      g_string_append (out, words[i]);
    }
  g_string_replace (out, "€", "", 0);
  g_string_replace (out, "$", "", 0);
  g_string_replace (out, "£", "", 0);
  if (out->str[0] == '-' || out->str[0] == '+')
    g_string_erase (out, 0, 1);
  /* "04 72" is a telephone or the end of a number. */
  if (out->len == 0 || strspn (out->str, "0123456789.,") != out->len || !g_ascii_isdigit (out->str[0])
      || (out->str[0] == '0' && g_ascii_isdigit (out->str[1])))
    {
      g_string_free (out, TRUE);
      return NULL;
    }
  return g_string_free (out, FALSE);
}

/* Whether the separators of @text stand before groups of three digits each, as those of thousands do. */
static gboolean
is_grouped (const char *text, char separator)
{
  g_auto (GStrv) groups = g_strsplit (text, separator == ',' ? "," : ".", -1);

  if (groups[0] == NULL || strlen (groups[0]) > 3)
    return FALSE;
  for (gsize i = 1; groups[i] != NULL; i++)
    {
      if (strlen (groups[i]) != 3)
        return FALSE;
    }
  return TRUE;
}

/* @whole may hold separators of thousands. */
static gboolean
set_amount (RubisTypedAmount *amount, const char *whole, const char *decimals)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  for (const char *p = whole; *p != '\0'; p++)
    {
      if (g_ascii_isdigit (*p))
        g_string_append_c (digits, *p);
    }
  if (digits->len == 0 || digits->len > MAX_DIGITS || strlen (decimals) > 3
      || strspn (decimals, "0123456789") != strlen (decimals))
    return FALSE;
  amount->whole = g_ascii_strtoll (digits->str, NULL, 10);
  amount->decimals = g_ascii_strtoll (decimals, NULL, 10);
  amount->n_decimals = (int)strlen (decimals);
  return TRUE;
}

guint
rubis_typed_amount_read (const char *text, RubisTypedAmount amounts[2])
{
  g_autofree char *stripped = strip_amount (text);
  const char *comma;
  const char *point;
  char *last;
  char separator;
  guint n_amounts = 0;

  if (stripped == NULL)
    return 0;
  comma = strrchr (stripped, ',');
  point = strrchr (stripped, '.');
  last = (char *)(comma == NULL || (point != NULL && point > comma) ? point : comma);
  if (last == NULL)
    return set_amount (&amounts[0], stripped, "") ? 1 : 0;
  separator = *last;
  /* One kind of separator, before three digits: thousands, or decimals of a dinar. */
  if ((comma == NULL || point == NULL) && is_grouped (stripped, separator)
      && set_amount (&amounts[n_amounts], stripped, ""))
    n_amounts++;
  *last = '\0';
  if (strchr (stripped, separator) == NULL && set_amount (&amounts[n_amounts], stripped, last + 1))
    n_amounts++;
  return n_amounts;
}

gboolean
rubis_typed_amount_range (const RubisTypedAmount *typed, int exponent, gint64 *low, gint64 *high)
{
  gint64 unit = 1;

  if (typed->n_decimals > exponent)
    return FALSE;
  *low = typed->whole;
  for (int i = 0; i < typed->n_decimals; i++)
    *low *= 10;
  *low += typed->decimals;
  for (int i = typed->n_decimals; i < exponent; i++)
    unit *= 10;
  *low *= unit;
  *high = *low + unit - 1;
  return TRUE;
}

/* The runs of letters and of digits of @typed ("F 2026-1042": f, 2026, 1042) stand in @key in their order,
 * the last one at the end. A run of digits may lack zeros in front.
 */
static gboolean
has_parts (const char *typed, const char *key)
{
  g_autofree char *folded = rubis_text_fold (typed);
  const char *p = folded;
  const char *from = key;

  while (*p != '\0')
    {
      gboolean digit = g_ascii_isdigit (*p);
      const char *end = p;
      g_autofree char *part = NULL;
      const char *found;

      while (g_ascii_isalnum (*end) && g_ascii_isdigit (*end) == digit)
        end++;
      if (end == p)
        {
          p = g_utf8_next_char (p);
          continue;
        }
      part = g_strndup (p, (gsize)(end - p));
      found = *end == '\0' && g_str_has_suffix (from, part) ? from + strlen (from) - strlen (part)
                                                            : strstr (from, part);
      if (found == NULL)
        return FALSE;
      from = found + strlen (part);
      p = end;
    }
  return from > key && *from == '\0';
}

/* The digits at the end, without zeros in front of them. */
static const char *
running_number (const char *text)
{
  const char *run = text + strlen (text);

  while (run > text && g_ascii_isdigit (run[-1]))
    run--;
  while (*run == '0')
    run++;
  return run;
}

int
rubis_typed_number_rate (const char *typed, const char *number)
{
  g_autofree char *typed_key = rubis_text_key (typed);
  g_autofree char *key = rubis_text_key (number);
  gsize typed_length = strlen (typed_key);
  gsize length = strlen (key);
  gboolean same_run;

  if (typed_length == 0 || typed_length > length)
    return 0;
  if (g_str_equal (typed_key, key))
    return strcmp (typed, number) == 0 ? 1000 : 990;
  same_run
      = *running_number (number) != '\0' && g_str_equal (running_number (number), running_number (typed));
  if (same_run && strspn (typed_key, "0123456789") == typed_length && strpbrk (typed, " -/.") == NULL)
    return 950;
  if (g_str_has_suffix (key, typed_key))
    return 850;
  if (has_parts (typed, key))
    return same_run ? 880 : 860;
  if (g_str_has_prefix (key, typed_key))
    return 800;
  return strstr (key, typed_key) != NULL ? 600 : 0;
}

char *
rubis_typed_digits (const char *text)
{
  g_autofree char *folded = rubis_text_fold (text);
  GString *digits = g_string_new (NULL);
  const char *p;

  if (folded[strspn (folded, "0123456789 .-+()/")] != '\0')
    return g_string_free (digits, FALSE);
  /* "+33 (0)4": the country and the zero that it replaces. */
  p = folded;
  if (*p == '+' || g_str_has_prefix (p, "00"))
    {
      const char *zero = strstr (p, "(0)");

      p += *p == '+' ? 1 : 2;
      if (zero != NULL)
        p = zero + 3;
      else if (g_str_has_prefix (p, "33"))
        p += 2;
    }
  for (; *p != '\0'; p++)
    {
      if (g_ascii_isdigit (*p) && (digits->len > 0 || *p != '0'))
        g_string_append_c (digits, *p);
    }
  return g_string_free (digits, FALSE);
}
