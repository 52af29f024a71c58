/* rubis-template-parse.c: cuts the text of a template at its hashtags.
 *
 * A mistake is reported and reading goes on after it, so that an editor shows them all at once.
 */
#include "rubis-template-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

/* Nested logic deeper than this is a mistake, and would exhaust the stack. */
#define MAX_DEPTH 32

typedef enum { STOP_END, STOP_LOGIC, STOP_BRACE } Stop;

typedef enum { WORD_NONE, WORD_IF, WORD_ELSE, WORD_END, WORD_PLURAL, WORD_DEFAULT, WORD_PAGE_BREAK } Word;

typedef struct {
  const char *text;
  const char *p;
  gsize offset; /* of the text in what is read */
  gboolean french;
  RubisReading *reading;
  GHashTable *closed; /* (owned) (element-type gsize); the opening braces that have a closing one */
  int depth;
  gboolean given_up;
  const char *counted; /* where @line was counted to */
  guint line;
  Word closer; /* WORD_ELSE or WORD_END when logic has just been closed, WORD_NONE at the end of text */
  char brace;  /* '|' or '}' when an argument has just been closed, '\0' at the end of text */
} Parser;

static GPtrArray *parse_nodes (Parser *parser, Stop stop);

void
rubis_node_free (RubisNode *node)
{
  if (node == NULL)
    return;
  g_free (node->text);
  rubis_condition_free (node->condition);
  g_clear_pointer (&node->first, g_ptr_array_unref);
  g_clear_pointer (&node->second, g_ptr_array_unref);
  g_free (node);
}

static guint
line_of (Parser *parser, const char *p)
{
  for (; parser->counted < p; parser->counted++)
    parser->line += *parser->counted == '\n';
  return parser->line;
}

static gsize
offset_of (const Parser *parser, const char *p)
{
  return parser->offset + (gsize) (p - parser->text);
}

/* A node written by what stands at @start and ends where the parser is. */
static RubisNode *
add_node (Parser *parser, GPtrArray *nodes, RubisNodeKind kind, const char *start)
{
  RubisNode *node = g_new0 (RubisNode, 1);

  node->kind = kind;
  node->line = line_of (parser, start);
  node->offset = offset_of (parser, start);
  node->length = (gsize) (parser->p - start);
  g_ptr_array_add (nodes, node);
  return node;
}

#define report(parser, start, end, code, ...)                                                                \
  rubis_reading_report ((parser)->reading, RUBIS_PROBLEM_ERROR, (code), offset_of ((parser), (start)),       \
                        (gsize) ((end) - (start)), __VA_ARGS__)

static void
add_span (Parser *parser, RubisTemplateSpanKind kind, const char *start, const char *end)
{
  rubis_reading_add_span (parser->reading, kind, offset_of (parser, start), (gsize) (end - start), 0);
}

/* Whether [start, end) is all that its line holds. */
static gboolean
is_alone (const Parser *parser, const char *start, const char *end)
{
  while (start > parser->text && (start[-1] == ' ' || start[-1] == '\t'))
    start--;
  end += strspn (end, " \t");
  return (start == parser->text || start[-1] == '\n') && (*end == '\n' || *end == '\0');
}

static void
trim_blanks (GString *text)
{
  while (text->len > 0 && (text->str[text->len - 1] == ' ' || text->str[text->len - 1] == '\t'))
    g_string_truncate (text, text->len - 1);
}

/* A directive alone on its line leaves no empty line behind. */
static void
swallow_line (Parser *parser, const char *start, GString *pending)
{
  if (!is_alone (parser, start, parser->p))
    return;
  trim_blanks (pending);
  parser->p += strspn (parser->p, " \t");
  if (*parser->p == '\n')
    parser->p++;
}

static Word
find_word (const char *name)
{
  static const struct {
    const char *name;
    Word word;
  } words[] = {
    { "si", WORD_IF },
    { "if", WORD_IF },
    { "sinon", WORD_ELSE },
    { "else", WORD_ELSE },
    { "fin", WORD_END },
    { "end", WORD_END },
    { "pluriel", WORD_PLURAL },
    { "plural", WORD_PLURAL },
    { "defaut", WORD_DEFAULT },
    { "default", WORD_DEFAULT },
    { "sautdepage", WORD_PAGE_BREAK },
    { "pagebreak", WORD_PAGE_BREAK },
  };
  g_autofree char *folded = rubis_hashtag_fold (name);

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (g_str_equal (words[i].name, folded))
        return words[i].word;
    }
  return WORD_NONE;
}

/* Reads the name after a '#'. #SINON and #FIN in capitals may touch the text that follows, so a name
 * that starts with one of them is cut after it when nothing longer is known.
 */
static char *
read_name (Parser *parser)
{
  static const char *const closers[] = { "SINON", "FIN", "ELSE", "END" };
  const char *end = parser->p;
  g_autofree char *name = NULL;
  RubisHashtag hashtag;

  while (*end != '\0')
    {
      gunichar c = g_utf8_get_char (end);

      if (!g_unichar_isalnum (c) && c != '_' && !g_unichar_ismark (c))
        break;
      end = g_utf8_next_char (end);
    }
  /* An underscore at the end is emphasis. */
  while (end > parser->p && end[-1] == '_')
    end--;
  name = g_strndup (parser->p, (gsize) (end - parser->p));
  if (find_word (name) == WORD_NONE && !rubis_hashtag_lookup (name, &hashtag, NULL))
    {
      for (gsize i = 0; i < G_N_ELEMENTS (closers); i++)
        {
          if (g_str_has_prefix (name, closers[i]))
            {
              parser->p += strlen (closers[i]);
              return g_strdup (closers[i]);
            }
        }
    }
  parser->p = end;
  return g_steal_pointer (&name);
}

gboolean
rubis_hashtag_is_block (RubisHashtag hashtag)
{
  switch (rubis_hashtag_get_value_type (hashtag))
    {
    case RUBIS_VALUE_LINES:
    case RUBIS_VALUE_IMAGE:
    case RUBIS_VALUE_TABLE:
    case RUBIS_VALUE_GRID:
    case RUBIS_VALUE_PAYMENT:
    case RUBIS_VALUE_SIGNATURE:
      return TRUE;
    case RUBIS_VALUE_TEXT:
    case RUBIS_VALUE_AMOUNT:
    case RUBIS_VALUE_DATE:
    case RUBIS_VALUE_COUNT:
    case RUBIS_VALUE_RATE:
    case RUBIS_VALUE_FLAG:
    default:
      return FALSE;
    }
}

/* The hashtag of that name, or the one that was most likely meant, which is reported. FALSE when there is
 * none. */
static gboolean
look_up (Parser *parser, const char *start, const char *end, const char *name, RubisHashtag *hashtag,
         RubisListModifiers *modifiers)
{
  g_autofree char *near = NULL;

  if (rubis_hashtag_lookup (name, hashtag, modifiers))
    {
      rubis_reading_add_span (parser->reading, RUBIS_SPAN_HASHTAG, offset_of (parser, start),
                              (gsize) (end - start), *hashtag);
      return TRUE;
    }
  add_span (parser, RUBIS_SPAN_UNKNOWN, start, end);
  near = rubis_hashtag_suggest (name);
  if (near == NULL)
    {
      report (parser, start, end, "unknown-hashtag", _("unknown hashtag #%s; write ## for a plain # sign"),
              name);
      return FALSE;
    }
  report (parser, start, end, "unknown-hashtag", _("unknown hashtag #%s, did you mean #%s?"), name, near);
  return rubis_hashtag_lookup (near, hashtag, modifiers);
}

static void
parse_value (Parser *parser, const char *start, const char *name, GPtrArray *nodes)
{
  RubisHashtag hashtag = 0;
  RubisListModifiers modifiers = RUBIS_LIST_PLAIN;
  RubisNode *node;

  if (!look_up (parser, start, parser->p, name, &hashtag, &modifiers))
    return;
  if (rubis_hashtag_get_value_type (hashtag) == RUBIS_VALUE_FLAG)
    report (parser, start, parser->p, "flag-printed",
            _("#%s is true or false and cannot be printed: use it in #SI{#%s}"), name, name);
  else if (rubis_hashtag_is_block (hashtag) && !is_alone (parser, start, parser->p))
    report (parser, start, parser->p, "not-alone", _("#%s must stand alone on its line"), name);
  node = add_node (parser, nodes, RUBIS_NODE_TAG, start);
  node->hashtag = hashtag;
  node->modifiers = modifiers;
}

/* The hashtags of a condition that starts at @text. FALSE when one is unknown, which is reported. */
static gboolean
look_up_condition (Parser *parser, const char *text, const char *end)
{
  gboolean known = TRUE;

  for (const char *p = text; p < end; p++)
    {
      const char *q = p + 1;
      g_autofree char *name = NULL;
      RubisHashtag hashtag;

      if (*p == '"')
        p = memchr (q, '"', (gsize) (end - q)) != NULL ? strchr (q, '"') : p;
      if (*p != '#')
        continue;
      while (q < end && (g_unichar_isalnum (g_utf8_get_char (q)) || *q == '_'))
        q = g_utf8_next_char (q);
      name = g_strndup (p + 1, (gsize) (q - p - 1));
      if (*name != '\0' && !rubis_hashtag_lookup (name, &hashtag, NULL))
        known = FALSE;
      if (*name != '\0')
        look_up (parser, p, q, name, &hashtag, NULL);
      p = q - 1;
    }
  return known;
}

/* What stands between the braces at the parser. NULL when it is wrong, which is reported. */
static RubisCondition *
parse_condition (Parser *parser, const char *start)
{
  const char *open = parser->p;
  const char *end = *open == '{' ? strchr (open, '}') : NULL;
  g_autofree char *text = NULL;
  g_autoptr(GError) reason = NULL;
  RubisCondition *condition;
  gsize at = 0;

  if (end == NULL || !g_hash_table_contains (parser->closed, open))
    {
      if (*open == '{')
        parser->p += strcspn (open, "\n");
      report (parser, start, parser->p, "missing-condition", _("#SI needs a condition: #SI{#Hashtag}"));
      return NULL;
    }
  parser->p = end + 1;
  add_span (parser, RUBIS_SPAN_LOGIC, open, open + 1);
  add_span (parser, RUBIS_SPAN_LOGIC, end, end + 1);
  text = g_strndup (open + 1, (gsize) (end - open - 1));
  condition = look_up_condition (parser, open + 1, end) ? rubis_condition_new (text, &at, &reason) : NULL;
  if (condition == NULL && reason != NULL)
    {
      const char *from = open + 1 + at;

      /* At its end something is missing: the brace is where to write it. */
      report (parser, from, from < end ? end : end + 1, "bad-condition", "%s", reason->message);
    }
  return condition;
}

static void
parse_if (Parser *parser, const char *start, GPtrArray *nodes, GString *pending)
{
  RubisNode *node = add_node (parser, nodes, RUBIS_NODE_IF, start);
  const char *name_end = parser->p;

  node->condition = parse_condition (parser, start);
  swallow_line (parser, start, pending);
  node->first = parse_nodes (parser, STOP_LOGIC);
  while (parser->closer == WORD_ELSE)
    {
      if (node->second == NULL)
        {
          node->second = parse_nodes (parser, STOP_LOGIC);
          continue;
        }
      report (parser, start, name_end, "two-else", _("this #SI has two #SINON"));
      g_ptr_array_extend_and_steal (node->second, parse_nodes (parser, STOP_LOGIC));
    }
  if (parser->closer == WORD_NONE && !parser->given_up)
    report (parser, start, name_end, "unclosed-if", _("#SI is never closed: #FIN is missing"));
}

/* Whether an argument can be read at the parser: a brace that is closed. Goes past it. */
static gboolean
open_brace (Parser *parser, const char *start)
{
  if (*parser->p != '{')
    return FALSE;
  if (!g_hash_table_contains (parser->closed, parser->p))
    {
      report (parser, start, parser->p + 1, "unclosed-brace", _("a brace is never closed: } is missing"));
      return FALSE;
    }
  add_span (parser, RUBIS_SPAN_LOGIC, parser->p, parser->p + 1);
  parser->p++;
  return TRUE;
}

/* The next argument. What it holds is read even when there should be none. */
static GPtrArray *
parse_argument (Parser *parser, const char *start)
{
  GPtrArray *nodes = parse_nodes (parser, STOP_BRACE);

  if (parser->brace == '\0' && !parser->given_up)
    report (parser, start, parser->p, "unclosed-brace", _("a brace is never closed: } is missing"));
  return nodes;
}

/* Whether the nodes are one hashtag that counts. */
static gboolean
is_count (const GPtrArray *nodes)
{
  const RubisNode *node = nodes->len == 1 ? g_ptr_array_index (nodes, 0) : NULL;

  return node != NULL && node->kind == RUBIS_NODE_TAG &&
         rubis_hashtag_get_value_type (node->hashtag) == RUBIS_VALUE_COUNT;
}

static void
parse_plural (Parser *parser, const char *start, GPtrArray *nodes)
{
  RubisNode *node = add_node (parser, nodes, RUBIS_NODE_PLURAL, start);
  g_autoptr(GPtrArray) arguments = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  gboolean braced = *parser->p == '{';

  node->hashtag = RUBIS_HASHTAG_INVOICE_COUNT;
  if (open_brace (parser, start))
    {
      do
        g_ptr_array_add (arguments, parse_argument (parser, start));
      while (parser->brace == '|');
    }
  else if (braced)
    return;
  if (arguments->len == 3 && is_count (g_ptr_array_index (arguments, 0)))
    {
      const GPtrArray *number = g_ptr_array_index (arguments, 0);

      node->hashtag = ((const RubisNode *) g_ptr_array_index (number, 0))->hashtag;
      g_ptr_array_remove_index (arguments, 0);
    }
  if (arguments->len == 2)
    {
      node->second = g_ptr_array_steal_index (arguments, 1);
      node->first = g_ptr_array_steal_index (arguments, 0);
    }
  else if (!parser->given_up)
    report (parser, start, parser->p, "bad-plural",
            _("write #PLURIEL{facture|factures}: the singular, then the plural"));
}

static void
parse_default (Parser *parser, const char *start, GPtrArray *nodes)
{
  RubisNode *node = add_node (parser, nodes, RUBIS_NODE_DEFAULT, start);
  const char *brace = parser->p;
  gboolean good = FALSE;
  gboolean reported = FALSE;

  if (open_brace (parser, start))
    {
      guint n_arguments = 0;

      if (*parser->p == '#')
        {
          const char *tag = parser->p++;
          g_autofree char *name = read_name (parser);

          reported = !look_up (parser, tag, parser->p, name, &node->hashtag, &node->modifiers);
          good = !reported && *parser->p == '|' && !rubis_hashtag_is_block (node->hashtag) &&
                 rubis_hashtag_get_value_type (node->hashtag) != RUBIS_VALUE_FLAG;
        }
      if (good)
        {
          add_span (parser, RUBIS_SPAN_LOGIC, parser->p, parser->p + 1);
          parser->p++;
        }
      do
        {
          GPtrArray *argument = parse_argument (parser, start);

          if (node->first == NULL)
            node->first = argument;
          else
            g_ptr_array_unref (argument);
          n_arguments++;
        }
      while (parser->brace == '|');
      good = good && n_arguments == 1;
    }
  else if (*brace == '{')
    return;
  if (!good && !reported && !parser->given_up)
    report (parser, start, parser->p, "bad-default",
            _("write #DEFAUT{#Hashtag|text}: a hashtag, then what to say when it has no value"));
}

/* "##": a plain # unless it starts a Markdown heading. */
static void
append_double (Parser *parser, GString *pending)
{
  gsize n = strspn (parser->p, "#");
  const char *line = parser->p;

  while (line > parser->text && line[-1] == ' ')
    line--;
  if ((line == parser->text || line[-1] == '\n') && parser->p[n] == ' ')
    {
      g_string_append_len (pending, parser->p, (gssize) n);
      parser->p += n;
      return;
    }
  add_span (parser, RUBIS_SPAN_ESCAPE, parser->p, parser->p + 2);
  g_string_append (pending, "\\#");
  parser->p += 2;
}

/* French typography: the space before : ; ! ? » % € and after « never breaks. */
static gboolean
append_no_break (Parser *parser, GString *pending)
{
  static const char *const after[] = { ":", ";", "!", "?", "»", "%", "€" };
  const char *p = parser->p;

  if (!parser->french)
    return FALSE;
  if (g_str_has_prefix (p, "« "))
    {
      g_string_append (pending, "«\u00a0");
      parser->p += strlen ("« ");
      return TRUE;
    }
  if (*p != ' ' || p == parser->text || p[-1] == '\n' || p[-1] == ' ')
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (after); i++)
    {
      if (g_str_has_prefix (p + 1, after[i]) && strchr (" \n\r*_).,#", p[1 + strlen (after[i])]) != NULL)
        {
          g_string_append (pending, "\u00a0");
          parser->p++;
          return TRUE;
        }
    }
  return FALSE;
}

/* What was read as text since @start. */
static void
flush_text (Parser *parser, const char *start, const char *end, GPtrArray *nodes, GString *pending)
{
  RubisNode *node;

  if (pending->len == 0)
    return;
  node = add_node (parser, nodes, RUBIS_NODE_TEXT, start);
  node->length = (gsize) (end - start);
  node->text = g_strndup (pending->str, pending->len);
  g_string_truncate (pending, 0);
}

/* A hashtag at the parser, which follows the text read since @text. TRUE when it ends the nodes being read.
 */
static gboolean
parse_hashtag (Parser *parser, Stop stop, const char *text, GPtrArray *nodes, GString *pending)
{
  const char *start = parser->p++;
  g_autofree char *name = read_name (parser);
  Word word = find_word (name);

  if (word != WORD_NONE)
    add_span (parser, RUBIS_SPAN_LOGIC, start, parser->p);
  if (word == WORD_END || word == WORD_ELSE)
    {
      if (stop != STOP_LOGIC)
        {
          report (parser, start, parser->p, "stray-directive", _("#%s without #SI"), name);
          flush_text (parser, text, start, nodes, pending);
          return FALSE;
        }
      swallow_line (parser, start, pending);
      flush_text (parser, text, start, nodes, pending);
      parser->closer = word;
      return TRUE;
    }
  if (word == WORD_IF)
    {
      const char *end = strchr (parser->p, '}');

      if (end != NULL && is_alone (parser, start, end + 1))
        trim_blanks (pending);
    }
  flush_text (parser, text, start, nodes, pending);
  switch (word)
    {
    case WORD_IF:
      parse_if (parser, start, nodes, pending);
      break;
    case WORD_PLURAL:
      parse_plural (parser, start, nodes);
      break;
    case WORD_DEFAULT:
      parse_default (parser, start, nodes);
      break;
    case WORD_PAGE_BREAK:
      add_node (parser, nodes, RUBIS_NODE_PAGE_BREAK, start);
      break;
    case WORD_NONE:
    case WORD_ELSE:
    case WORD_END:
    default:
      parse_value (parser, start, name, nodes);
      break;
    }
  return FALSE;
}

static void
append_character (Parser *parser, GString *pending)
{
  const char *start = parser->p;
  gunichar c = g_utf8_get_char (start);

  parser->p = g_utf8_next_char (start);
  if (RUBIS_NODE_IS_MARK (c))
    report (parser, start, parser->p, "bad-character",
            _("this character cannot be read: save the template as UTF-8 text"));
  else
    g_string_append_unichar (pending, c);
}

static GPtrArray *
parse_nodes (Parser *parser, Stop stop)
{
  GPtrArray *nodes = g_ptr_array_new_with_free_func ((GDestroyNotify) rubis_node_free);
  g_autoptr(GString) pending = g_string_new (NULL);
  const char *text = parser->p;
  gboolean closed = FALSE;

  parser->closer = WORD_NONE;
  parser->brace = '\0';
  if (parser->depth >= MAX_DEPTH)
    {
      if (!parser->given_up)
        report (parser, text, text, "too-deep", _("conditions are nested too deeply"));
      parser->given_up = TRUE;
      parser->p += strlen (parser->p);
      return nodes;
    }
  parser->depth++;
  while (!closed && *parser->p != '\0')
    {
      if (stop == STOP_BRACE && (*parser->p == '|' || *parser->p == '}'))
        {
          add_span (parser, RUBIS_SPAN_LOGIC, parser->p, parser->p + 1);
          flush_text (parser, text, parser->p, nodes, pending);
          parser->brace = *parser->p++;
          closed = TRUE;
        }
      else if (parser->p[0] == '#' && parser->p[1] == '#')
        append_double (parser, pending);
      else if (parser->p[0] == '#' && g_unichar_isalpha (g_utf8_get_char (parser->p + 1)))
        {
          closed = parse_hashtag (parser, stop, text, nodes, pending);
          text = parser->p;
          if (!closed)
            {
              parser->closer = WORD_NONE;
              parser->brace = '\0';
            }
        }
      else if (!append_no_break (parser, pending))
        append_character (parser, pending);
    }
  flush_text (parser, text, parser->p, nodes, pending);
  parser->depth--;
  return nodes;
}

/* The braces of directives that are closed, so that one which is not spoils no more than itself. */
static GHashTable *
find_closed_braces (const char *text)
{
  GHashTable *closed = g_hash_table_new (NULL, NULL);
  g_autoptr(GPtrArray) open = g_ptr_array_new ();
  const char *name = NULL;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (*p == '{' && name != NULL)
        {
          g_autofree char *word = g_strndup (name, (gsize) (p - name));

          if (find_word (word) != WORD_NONE)
            g_ptr_array_add (open, (gpointer) p);
        }
      else if (*p == '}' && open->len > 0)
        g_hash_table_add (closed, g_ptr_array_steal_index (open, open->len - 1));
      if (*p == '#')
        name = p + 1;
      else if (name != NULL && !g_unichar_isalnum (g_utf8_get_char (p)) &&
               !g_unichar_ismark (g_utf8_get_char (p)))
        name = NULL;
    }
  return closed;
}

GPtrArray *
rubis_nodes_parse (const char *text, gsize offset, guint line, const char *language, RubisReading *reading)
{
  Parser parser = { text, text, offset };
  g_autoptr(GHashTable) closed = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  parser.closed = closed = find_closed_braces (text);
  parser.french = language != NULL && g_ascii_strncasecmp (language, "fr", 2) == 0;
  parser.reading = reading;
  parser.counted = text;
  parser.line = line;
  return parse_nodes (&parser, STOP_END);
}
