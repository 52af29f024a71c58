/* rubis-pdf-language.c: Cairo ends a file with its catalogue, the cross-reference table, the trailer
 * and the place of the table. The catalogue being the last object, a word put into it moves only
 * the table: its place is written anew, nothing else.
 */
#include "rubis-pdf-language.h"

#include <string.h>

#define CATALOGUE "/Type /Catalog"
/* The catalogue lies at most this far before the table. */
#define REACH 1024

static const char *
find_last (const char *text, gsize length, const char *word)
{
  return g_strrstr_len (text, (gssize) length, word);
}

gboolean
rubis_pdf_language_find_tail (const guint8 *end, gsize length, guint64 *offset)
{
  const char *text = (const char *) end;
  const char *place = find_last (text, length, "startxref");
  guint64 table;

  if (place == NULL || length - (gsize) (place - text) < strlen ("startxref\n0\n"))
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
  const char *text = (const char *) tail->data;
  const char *catalogue;
  const char *start;
  guint64 table;
  gsize at;
  gsize table_at;

  start = find_last (text, tail->len, "startxref");
  if (start == NULL)
    return FALSE;
  table = g_ascii_strtoull (start + strlen ("startxref"), NULL, 10);
  if (table < offset || table - offset >= tail->len)
    return FALSE;
  table_at = (gsize) (table - offset);
  catalogue = find_last (text, table_at, CATALOGUE);
  if (catalogue == NULL || strncmp (text + table_at, "xref", 4) != 0 ||
      g_strstr_len (catalogue, text + table_at - catalogue, "endobj") !=
        find_last (catalogue, (gsize) (text + table_at - catalogue), "endobj"))
    return FALSE;
  for (const char *p = language; *p != '\0'; p++)
    {
      if (!g_ascii_isalnum (*p) && *p != '-')
        return FALSE;
    }
  entry = g_strdup_printf (" /Lang (%s)", language);
  place = g_strdup_printf ("startxref\n%" G_GUINT64_FORMAT "\n%%%%EOF\n", table + strlen (entry));
  at = (gsize) (catalogue - text) + strlen (CATALOGUE);
  g_byte_array_set_size (tail, (guint) (start - text));
  g_byte_array_append (tail, (const guint8 *) place, (guint) strlen (place));
  g_byte_array_set_size (tail, tail->len + (guint) strlen (entry));
  memmove (tail->data + at + strlen (entry), tail->data + at, tail->len - at - strlen (entry));
  memcpy (tail->data + at, entry, strlen (entry));
  return TRUE;
}
