/* rubis-pdf-language.c: Cairo ends a file with its catalogue, the cross-reference table, the trailer
 * and the place of the table. The catalogue being the last object, a word put into it moves only
 * the table: its place is written anew, nothing else.
 */
#include "rubis-pdf-language.h"

#include <string.h>

#define CATALOGUE "/Type /Catalog"
/* The catalogue lies at most this far before the table. */
#define REACH 1024

/* Files are full of NUL bytes, at which the functions for strings stop. */
static const char *
find_last (const char *text, gsize length, const char *word)
{
  gsize n = strlen (word);

  for (gsize i = length >= n ? length - n + 1 : 0; i > 0; i--)
    {
      if (memcmp (text + i - 1, word, n) == 0)
        return text + i - 1;
    }
  return NULL;
}

gboolean
rubis_pdf_language_find_tail (const guint8 *end, gsize length, guint64 *offset)
{
  const char *text = (const char *)end;
  const char *place = find_last (text, length, "startxref");
  guint64 table;

  if (place == NULL || length - (gsize)(place - text) < strlen ("startxref\n0\n"))
    return FALSE;
  table = g_ascii_strtoull (place + strlen ("startxref"), NULL, 10);
  *offset = table > REACH ? table - REACH : 0;
  return table > 0;
}

gboolean
rubis_pdf_language_add (GByteArray *tail, guint64 offset, const char *language)
{
  g_autofree char *entry = NULL;
  g_autofree char *place = NULL;
  const char *text = (const char *)tail->data;
  const char *catalogue;
  const char *start;
  const char *end;
  guint64 table;
  gsize to_table;
  gsize at;
  gsize table_at;

  start = find_last (text, tail->len, "startxref");
  if (start == NULL)
    return FALSE;
  table = g_ascii_strtoull (start + strlen ("startxref"), NULL, 10);
  if (table < offset || table - offset >= tail->len)
    return FALSE;
  table_at = (gsize)(table - offset);
  catalogue = find_last (text, table_at, CATALOGUE);
  if (catalogue == NULL || strncmp (text + table_at, "xref", 4) != 0)
    return FALSE;
  to_table = (gsize)(text + table_at - catalogue);
  end = find_last (catalogue, to_table, "endobj");
  if (end == NULL || end != memmem (catalogue, to_table, "endobj", strlen ("endobj")))
    return FALSE;
  for (const char *p = language; *p != '\0'; p++)
    {
      if (!g_ascii_isalnum (*p) && *p != '-')
        return FALSE;
    }
  entry = g_strdup_printf (" /Lang (%s)", language);
  place = g_strdup_printf ("startxref\n%" G_GUINT64_FORMAT "\n%%%%EOF\n", table + strlen (entry));
  at = (gsize)(catalogue - text) + strlen (CATALOGUE);
  g_byte_array_set_size (tail, (guint)(start - text));
  g_byte_array_append (tail, (const guint8 *)place, (guint)strlen (place));
  g_byte_array_set_size (tail, tail->len + (guint)strlen (entry));
  memmove (tail->data + at + strlen (entry), tail->data + at, tail->len - at - strlen (entry));
  memcpy (tail->data + at, entry, strlen (entry));
  return TRUE;
}
