/* HTML mail as text: tolerant of anything, since mail programs write anything. */
#include "rubis-incoming-text.h"

#include <string.h>

/* Deeper quotes are all the same. */
#define MAX_QUOTES 20

typedef struct
{
  GString *out;
  int quotes;
  gboolean line_empty; /* nothing on the current line yet */
  gboolean pending_space;
  gboolean preformatted;
} Writer;

static const struct
{
  const char *name;
  const char *text;
} entities[] = {
  { "amp", "&" },    { "lt", "<" },     { "gt", ">" },     { "quot", "\"" },  { "apos", "'" },
  { "nbsp", " " },   { "euro", "€" },   { "pound", "£" },  { "eacute", "é" }, { "egrave", "è" },
  { "ecirc", "ê" },  { "euml", "ë" },   { "agrave", "à" }, { "acirc", "â" },  { "aacute", "á" },
  { "auml", "ä" },   { "ccedil", "ç" }, { "icirc", "î" },  { "iuml", "ï" },   { "iacute", "í" },
  { "ocirc", "ô" },  { "ouml", "ö" },   { "oacute", "ó" }, { "ugrave", "ù" }, { "ucirc", "û" },
  { "uuml", "ü" },   { "uacute", "ú" }, { "oelig", "œ" },  { "aelig", "æ" },  { "Eacute", "É" },
  { "Egrave", "È" }, { "Agrave", "À" }, { "Ccedil", "Ç" }, { "ntilde", "ñ" }, { "szlig", "ß" },
  { "deg", "°" },    { "rsquo", "’" },  { "lsquo", "‘" },  { "ldquo", "“" },  { "rdquo", "”" },
  { "laquo", "«" },  { "raquo", "»" },  { "ndash", "–" },  { "mdash", "—" },  { "hellip", "…" },
  { "middot", "·" }, { "bull", "•" },   { "copy", "©" },   { "reg", "®" },    { "shy", "" },
  { "zwnj", "" },
};

static void
begin_line (Writer *writer)
{
  for (int i = 0; i < writer->quotes; i++)
    g_string_append (writer->out, "> ");
  writer->line_empty = FALSE;
}

static void
end_line (Writer *writer)
{
  writer->pending_space = FALSE;
  if (!writer->line_empty)
    g_string_append_c (writer->out, '\n');
  writer->line_empty = TRUE;
}

/* An empty line, at most one after the other. */
static void
end_paragraph (Writer *writer)
{
  end_line (writer);
  if (writer->out->len > 0 && !g_str_has_suffix (writer->out->str, "\n\n"))
    g_string_append_c (writer->out, '\n');
}

static void
write_char (Writer *writer, const char *text, gsize length)
{
  if (length == 0)
    return;
  if (writer->preformatted && *text == '\n')
    {
      if (writer->line_empty)
        g_string_append_c (writer->out, '\n');
      end_line (writer);
      return;
    }
  if (length == 1 && g_ascii_isspace (*text))
    {
      writer->pending_space = TRUE;
      return;
    }
  if (writer->line_empty)
    begin_line (writer);
  else if (writer->pending_space)
    g_string_append_c (writer->out, ' ');
  writer->pending_space = FALSE;
  g_string_append_len (writer->out, text, (gssize)length);
}

static void
write_unichar (Writer *writer, gunichar c)
{
  char buffer[6];

  if (c == 0xA0 || c == 0x202F || c == 0x200B || c == 0xFEFF)
    write_char (writer, " ", 1);
  else if (c >= 0x20 && g_unichar_validate (c))
    write_char (writer, buffer, (gsize)g_unichar_to_utf8 (c, buffer));
}

/* "&eacute;", "&#233;", "&#xe9;": returns what follows. */
static const char *
write_entity (Writer *writer, const char *p)
{
  const char *end = p + 1;
  gsize length;

  while (*end != '\0' && end - p < 12 && (g_ascii_isalnum (*end) || *end == '#'))
    end++;
  length = (gsize)(end - p - 1);
  if (p[1] == '#' && length > 1)
    {
      gboolean hex = p[2] == 'x' || p[2] == 'X';
      guint64 code = g_ascii_strtoull (p + (hex ? 3 : 2), NULL, hex ? 16 : 10);

      write_unichar (writer, code <= 0x10FFFF ? (gunichar)code : 0xFFFD);
      return *end == ';' ? end + 1 : end;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (entities); i++)
    {
      if (strlen (entities[i].name) == length && strncmp (p + 1, entities[i].name, length) == 0)
        {
          write_char (writer, entities[i].text, strlen (entities[i].text));
          return *end == ';' ? end + 1 : end;
        }
    }
  write_char (writer, "&", 1);
  return p + 1;
}

/* The first place of @needle in @text whatever its case; NULL: none. */
static const char *
find_ignoring_case (const char *text, const char *needle)
{
  gsize length = strlen (needle);

  for (const char *p = text; *p != '\0'; p++)
    {
      if (g_ascii_strncasecmp (p, needle, length) == 0)
        return p;
    }
  return NULL;
}

/* Where mail programs begin the message that they answer, and nothing of the writer's follows. */
static gboolean
begins_original (const char *tag)
{
  static const char *const marks[]
      = { "divrplyfwdmsg",        "appendonsend", "yahoo_quoted",
          "olk_src_body_section", "zwchr",        "ms-outlook-mobile-reference-message",
          "ydpyahoo_quoted" };
  g_autofree char *lower = g_ascii_strdown (tag, -1);

  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      if (strstr (lower, marks[i]) != NULL)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_one_of (const char *name, const char *names)
{
  g_autofree char *padded = g_strdup_printf (" %s ", name);

  return strstr (names, padded) != NULL;
}

static void
apply_tag (Writer *writer, const char *name, gboolean closing, const char *tag)
{
  if (!closing && begins_original (tag))
    {
      end_line (writer);
      write_char (writer, "-----Original Message-----", 26);
      end_line (writer);
    }
  if (g_str_equal (name, "br"))
    {
      if (writer->line_empty)
        g_string_append_c (writer->out, '\n');
      end_line (writer);
    }
  else if (g_str_equal (name, "blockquote"))
    {
      end_line (writer);
      writer->quotes = CLAMP (writer->quotes + (closing ? -1 : 1), 0, MAX_QUOTES);
    }
  else if (is_one_of (name, " p h1 h2 h3 h4 h5 h6 ul ol table pre "))
    end_paragraph (writer);
  else if (is_one_of (name, " div tr li section article header footer center hr dd dt title "))
    end_line (writer);
  else if (is_one_of (name, " td th "))
    write_char (writer, " ", 1);
  if (g_str_equal (name, "li") && !closing)
    write_char (writer, "- ", 2);
  if (g_str_equal (name, "pre"))
    writer->preformatted = !closing;
}

/* The end of a tag, quoted attributes passed over. */
static const char *
find_tag_end (const char *p)
{
  char quote = '\0';

  for (; *p != '\0'; p++)
    {
      if (quote != '\0')
        quote = *p == quote ? '\0' : quote;
      else if (*p == '"' || *p == '\'')
        quote = *p;
      else if (*p == '>')
        return p;
    }
  return NULL;
}

/* A tag, comment or lone "<": returns what follows. */
static const char *
read_tag (Writer *writer, const char *p)
{
  gboolean closing = p[1] == '/';
  const char *name_start = p + (closing ? 2 : 1);
  const char *name_end = name_start;
  const char *end;
  g_autofree char *name = NULL;
  g_autofree char *tag = NULL;

  if (g_str_has_prefix (p, "<!--"))
    {
      end = strstr (p + 4, "-->");
      return end != NULL ? end + 3 : p + strlen (p);
    }
  if (!g_ascii_isalpha (*name_start) && *name_start != '!' && *name_start != '?')
    {
      write_char (writer, "<", 1);
      return p + 1;
    }
  /* A quote that never ends must not swallow the text. */
  end = find_tag_end (name_start);
  if (end == NULL)
    end = strchr (name_start, '>');
  if (end == NULL)
    return p + strlen (p);
  while (g_ascii_isalnum (*name_end))
    name_end++;
  name = g_ascii_strdown (name_start, name_end - name_start);
  tag = g_strndup (p, MIN ((gsize)(end - p), 2000));
  apply_tag (writer, name, closing, tag);
  if (!closing && is_one_of (name, " script style head "))
    {
      g_autofree char *closer = g_strconcat ("</", name, NULL);
      const char *close = find_ignoring_case (end, closer);
      const char *close_end = close != NULL ? strchr (close, '>') : NULL;

      return close_end != NULL ? close_end + 1 : (close != NULL ? p + strlen (p) : end + 1);
    }
  return end + 1;
}

char *
rubis_incoming_text_from_html (const char *html)
{
  g_autofree char *valid = g_utf8_make_valid (html, -1);
  Writer writer = { .out = g_string_new (NULL), .line_empty = TRUE };
  const char *p = valid;

  while (*p != '\0')
    {
      if (*p == '<')
        p = read_tag (&writer, p);
      else if (*p == '&')
        p = write_entity (&writer, p);
      else
        {
          gunichar c = g_utf8_get_char (p);

          if (c < 0x80)
            write_char (&writer, p, 1);
          else
            write_unichar (&writer, c);
          p = g_utf8_next_char (p);
        }
    }
  end_line (&writer);
  return g_string_free (writer.out, FALSE);
}
