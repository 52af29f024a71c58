#include "rubis-date-entry.h"

#include <string.h>

RubisDate
rubis_date_entry_parse (const char *text)
{
  int parts[3];
  int n = 0;

  g_return_val_if_fail (text != NULL, RUBIS_DATE_NONE);

  for (const char *p = text; *p != '\0';)
    {
      char *end;
      gint64 value;

      if (g_ascii_isspace (*p) || (n > 0 && strchr ("/.-", *p) != NULL && p[1] != '\0'))
        {
          p++;
          continue;
        }
      value = g_ascii_isdigit (*p) ? g_ascii_strtoll (p, &end, 10) : -1;
      if (value < 0 || value > 9999 || n == 3)
        return RUBIS_DATE_NONE;
      parts[n++] = (int)value;
      p = end;
    }
  if (n != 3)
    return RUBIS_DATE_NONE;
  if (parts[0] > 31)
    return rubis_date_from_ymd (parts[0], parts[1], parts[2]);
  return rubis_date_from_ymd (parts[2] < 100 ? 2000 + parts[2] : parts[2], parts[1], parts[0]);
}
