#include "rubis-text.h"

#include <string.h>

/* Letters that have no decomposition to a plain one, and signs that people type in ASCII. */
static const struct
{
  gunichar from;
  const char *to;
} spelled[] = {
  { 0x00C6, "ae" }, { 0x00D0, "d" }, { 0x00D8, "o" },  { 0x00DE, "th" }, { 0x00DF, "ss" }, { 0x00E6, "ae" },
  { 0x00F0, "d" },  { 0x00F8, "o" }, { 0x00FE, "th" }, { 0x0110, "d" },  { 0x0111, "d" },  { 0x0126, "h" },
  { 0x0127, "h" },  { 0x0131, "i" }, { 0x0141, "l" },  { 0x0142, "l" },  { 0x0152, "oe" }, { 0x0153, "oe" },
  { 0x1E9E, "ss" }, { 0x2010, "-" }, { 0x2011, "-" },  { 0x2012, "-" },  { 0x2013, "-" },  { 0x2014, "-" },
  { 0x2018, "'" },  { 0x2019, "'" }, { 0x201C, "\"" }, { 0x201D, "\"" }, { 0x2212, "-" },
};

static gboolean
is_space (gunichar c)
{
  return c == 0x200B || c == 0x2060 || c == 0xFEFF || g_unichar_isspace (c);
}

static const char *
spell (gunichar c)
{
  if (c < 0x80)
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (spelled); i++)
    {
      if (spelled[i].from == c)
        return spelled[i].to;
    }
  return NULL;
}

/* One space for each run between words. */
static void
append_pending_space (GString *out, gboolean *pending)
{
  if (*pending && out->len > 0)
    g_string_append_c (out, ' ');
  *pending = FALSE;
}

/* The fold of a text of ASCII only, NULL for others: most of a million numbers, codes and names. */
static char *
fold_ascii (const char *text)
{
  gsize length = strlen (text);
  char *out = g_malloc (length + 1);
  gsize n = 0;

  for (gsize i = 0; i < length; i++)
    {
      if ((guchar)text[i] >= 0x80)
        {
          g_free (out);
          return NULL;
        }
      if (!g_ascii_isspace (text[i]))
        out[n++] = g_ascii_tolower (text[i]);
      else if (n > 0 && out[n - 1] != ' ')
        out[n++] = ' ';
    }
  if (n > 0 && out[n - 1] == ' ')
    n--;
  out[n] = '\0';
  return out;
}

char *
rubis_text_fold (const char *text)
{
  g_autofree char *plain = NULL;
  g_autofree char *valid = NULL;
  g_autofree char *decomposed = NULL;
  GString *out;
  gboolean pending = FALSE;

  g_return_val_if_fail (text != NULL, NULL);

  plain = fold_ascii (text);
  if (plain != NULL)
    return g_steal_pointer (&plain);
  valid = g_utf8_make_valid (text, -1);
  decomposed = g_utf8_normalize (valid, -1, G_NORMALIZE_ALL);
  out = g_string_sized_new (strlen (decomposed));
  for (const char *p = decomposed; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      const char *spelling;

      if (g_unichar_ismark (c) || c == 0x00AD)
        continue;
      if (is_space (c))
        {
          pending = TRUE;
          continue;
        }
      append_pending_space (out, &pending);
      spelling = spell (c);
      if (spelling != NULL)
        g_string_append (out, spelling);
      else
        g_string_append_unichar (out, g_unichar_tolower (c));
    }
  return g_string_free (out, FALSE);
}

char *
rubis_text_key (const char *text)
{
  g_autofree char *folded = NULL;
  GString *out;

  g_return_val_if_fail (text != NULL, NULL);

  folded = rubis_text_fold (text);
  out = g_string_sized_new (strlen (folded));
  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isalnum (c))
        g_string_append_unichar (out, c);
    }
  return g_string_free (out, FALSE);
}

gboolean
rubis_text_matches (const char *folded, const char *needle)
{
  g_autofree char *folded_needle = NULL;
  g_auto (GStrv) words = NULL;

  g_return_val_if_fail (folded != NULL, FALSE);
  g_return_val_if_fail (needle != NULL, FALSE);

  folded_needle = rubis_text_fold (needle);
  words = g_strsplit (folded_needle, " ", -1);
  for (gsize i = 0; words[i] != NULL; i++)
    {
      if (strstr (folded, words[i]) == NULL)
        return FALSE;
    }
  return TRUE;
}

char *
rubis_text_normalise_spaces (const char *text)
{
  g_autofree char *valid = NULL;
  GString *out;
  gboolean pending = FALSE;

  g_return_val_if_fail (text != NULL, NULL);

  valid = g_utf8_make_valid (text, -1);
  out = g_string_sized_new (strlen (valid));
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_space (c))
        {
          pending = TRUE;
          continue;
        }
      append_pending_space (out, &pending);
      g_string_append_unichar (out, c);
    }
  return g_string_free (out, FALSE);
}

char *
rubis_text_truncate (const char *text, gsize max_chars)
{
  g_autofree char *valid = NULL;
  const char *end;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (max_chars > 0, NULL);

  valid = g_utf8_make_valid (text, -1);
  if ((gsize)g_utf8_strlen (valid, -1) <= max_chars)
    return g_steal_pointer (&valid);
  end = g_utf8_offset_to_pointer (valid, (glong)max_chars - 1);
  /* A mark belongs to the letter before it: cut both or none. */
  while (end > valid && g_unichar_ismark (g_utf8_get_char (end)))
    end = g_utf8_prev_char (end);
  while (end > valid && is_space (g_utf8_get_char (g_utf8_prev_char (end))))
    end = g_utf8_prev_char (end);
  return g_strdup_printf ("%.*s…", (int)(end - valid), valid);
}
