#include "rubis-money-entry.h"

#include <string.h>

#include <glib/gi18n-lib.h>

/* The last comma or point, if it parts the decimals from the rest. */
static const char *
find_decimal_mark (const char *text, RubisCurrency currency)
{
  const char *mark = strpbrk (text, ",.");
  int digits = 0;

  if (mark == NULL)
    return NULL;
  for (const char *p = mark; p != NULL; p = strpbrk (p + 1, ",."))
    mark = p;
  for (const char *p = mark + 1; *p != '\0'; p++)
    digits += g_ascii_isdigit (*p) ? 1 : 0;
  return digits <= rubis_currency_exponent (currency) ? mark : NULL;
}

gboolean
rubis_money_entry_parse (const char *text, RubisCurrency currency, gint64 *minor, GError **error)
{
  g_autoptr(GString) plain = g_string_new (NULL);
  const char *mark;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (minor != NULL, FALSE);

  mark = find_decimal_mark (text, currency);
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (p == mark)
        g_string_append_c (plain, '.');
      else if (c == '-' || c == 0x2212)
        g_string_append_c (plain, '-');
      else if (c < 128 && g_ascii_isdigit ((char) c))
        g_string_append_c (plain, (char) c);
      else if (!g_unichar_isspace (c) && c != 0x202f && c != ',' && c != '.' && c != '\''
               && g_unichar_type (c) != G_UNICODE_CURRENCY_SYMBOL)
        {
          g_set_error (error, RUBIS_MONEY_ERROR, RUBIS_MONEY_ERROR_FORMAT, _("“%s” is not an amount"), text);
          return FALSE;
        }
    }
  return rubis_money_parse (plain->str, currency, minor, error);
}
