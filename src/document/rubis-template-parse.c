/* rubis-template-parse.c: cuts the text of a template at its hashtags. */
#include "rubis-template-private.h"
#include "rubis-words.h"

#include <string.h>

#include <glib/gi18n-lib.h>

/* Nested logic deeper than this is a mistake, and would exhaust the stack. */
#define MAX_DEPTH 32

typedef enum { STOP_END, STOP_LOGIC, STOP_BRACE } Stop;

typedef enum { WORD_NONE, WORD_IF, WORD_ELSE, WORD_END, WORD_PLURAL, WORD_DEFAULT, WORD_PAGE_BREAK } Word;

typedef struct {
  const char *text;
  const char *p;
  const char *origin;
  guint first_line;
  gboolean french;
  int depth;
  Word closer; /* WORD_ELSE or WORD_END when logic has just been closed */
  char brace;  /* '|' or '}' when an argument has just been closed */
} Parser;

static GPtrArray *parse_nodes (Parser *parser, Stop stop, GError **error);

static void
node_free (gpointer data)
{
  RubisNode *node = data;

  g_free (node->text);
  rubis_condition_free (node->condition);
  g_clear_pointer (&node->first, g_ptr_array_unref);
  g_clear_pointer (&node->second, g_ptr_array_unref);
  g_free (node);
}

static guint
line_of (const Parser *parser, const char *p)
{
  guint line = parser->first_line;

  for (const char *q = parser->text; q < p; q++)
    line += *q == '\n';
  return line;
}

static RubisNode *
add_node (GPtrArray *nodes, RubisNodeKind kind, guint line)
{
  RubisNode *node = g_new0 (RubisNode, 1);

  node->kind = kind;
  node->line = line;
  g_ptr_array_add (nodes, node);
  return node;
}

G_GNUC_PRINTF (5, 6)
static void
set_error (const Parser *parser, const char *p, RubisTemplateError code, GError **error, const char *format,
           ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  /* Translators: file, line number, what is wrong. */
  g_set_error (error, RUBIS_TEMPLATE_ERROR, code, _("%s, line %u: %s"), parser->origin,
               line_of (parser, p), message);
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

static gboolean
is_block (RubisHashtag hashtag)
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

static gboolean
look_up (Parser *parser, const char *start, const char *name, RubisNode *node, GError **error)
{
  const char *near;

  if (rubis_hashtag_lookup (name, &node->hashtag, &node->modifiers))
    return TRUE;
  near = rubis_hashtag_suggest (name);
  if (near != NULL)
    set_error (parser, start, RUBIS_TEMPLATE_ERROR_UNKNOWN, error,
               _("unknown hashtag #%s, did you mean #%s?"), name, near);
  else
    set_error (parser, start, RUBIS_TEMPLATE_ERROR_UNKNOWN, error,
               _("unknown hashtag #%s; write ## for a plain # sign"), name);
  return FALSE;
}

static gboolean
parse_value (Parser *parser, const char *start, const char *name, GPtrArray *nodes, GError **error)
{
  RubisNode *node = add_node (nodes, RUBIS_NODE_TAG, line_of (parser, start));

  if (!look_up (parser, start, name, node, error))
    return FALSE;
  if (rubis_hashtag_get_value_type (node->hashtag) == RUBIS_VALUE_FLAG)
    {
      set_error (parser, start, RUBIS_TEMPLATE_ERROR_LOGIC, error,
                 _("#%s is true or false and cannot be printed: use it in #SI{#%s}"), name, name);
      return FALSE;
    }
  if (is_block (node->hashtag) && !is_alone (parser, start, parser->p))
    {
      set_error (parser, start, RUBIS_TEMPLATE_ERROR_FORMAT, error, _("#%s must stand alone on its line"),
                 name);
      return FALSE;
    }
  return TRUE;
}

static gboolean
parse_if (Parser *parser, const char *start, GPtrArray *nodes, GString *pending, GError **error)
{
  RubisNode *node = add_node (nodes, RUBIS_NODE_IF, line_of (parser, start));
  const char *end = *parser->p == '{' ? strchr (parser->p, '}') : NULL;
  g_autofree char *condition = NULL;
  g_autoptr(GError) reason = NULL;

  if (end == NULL)
    {
      set_error (parser, start, RUBIS_TEMPLATE_ERROR_LOGIC, error,
                 _("#SI needs a condition: #SI{#Hashtag}"));
      return FALSE;
    }
  condition = g_strndup (parser->p + 1, (gsize) (end - parser->p - 1));
  node->condition = rubis_condition_new (condition, &reason);
  if (node->condition == NULL)
    {
      set_error (parser, start, reason->code, error, "%s", reason->message);
      return FALSE;
    }
  parser->p = end + 1;
  swallow_line (parser, start, pending);
  node->first = parse_nodes (parser, STOP_LOGIC, error);
  if (node->first == NULL || parser->closer == WORD_END)
    return node->first != NULL;
  node->second = parse_nodes (parser, STOP_LOGIC, error);
  if (node->second != NULL && parser->closer != WORD_END)
    {
      set_error (parser, start, RUBIS_TEMPLATE_ERROR_LOGIC, error, _("this #SI has two #SINON"));
      return FALSE;
    }
  return node->second != NULL;
}

static gboolean
parse_plural (Parser *parser, const char *start, GPtrArray *nodes, GError **error)
{
  RubisNode *node = add_node (nodes, RUBIS_NODE_PLURAL, line_of (parser, start));

  if (*parser->p == '{')
    {
      parser->p++;
      node->first = parse_nodes (parser, STOP_BRACE, error);
      if (node->first == NULL)
        return FALSE;
      if (parser->brace == '|')
        {
          node->second = parse_nodes (parser, STOP_BRACE, error);
          if (node->second == NULL)
            return FALSE;
          if (parser->brace == '}')
            return TRUE;
        }
    }
  set_error (parser, start, RUBIS_TEMPLATE_ERROR_LOGIC, error,
             _("write #PLURIEL{facture|factures}: the singular, then the plural"));
  return FALSE;
}

static gboolean
parse_default (Parser *parser, const char *start, GPtrArray *nodes, GError **error)
{
  RubisNode *node = add_node (nodes, RUBIS_NODE_DEFAULT, line_of (parser, start));

  if (g_str_has_prefix (parser->p, "{#"))
    {
      g_autofree char *name = NULL;

      parser->p += 2;
      name = read_name (parser);
      if (!look_up (parser, start, name, node, error))
        return FALSE;
      if (*parser->p == '|' && !is_block (node->hashtag) &&
          rubis_hashtag_get_value_type (node->hashtag) != RUBIS_VALUE_FLAG)
        {
          parser->p++;
          node->first = parse_nodes (parser, STOP_BRACE, error);
          if (node->first == NULL)
            return FALSE;
          if (parser->brace == '}')
            return TRUE;
        }
    }
  set_error (parser, start, RUBIS_TEMPLATE_ERROR_LOGIC, error,
             _("write #DEFAUT{#Hashtag|text}: a hashtag, then what to say when it has no value"));
  return FALSE;
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

static void
flush_text (Parser *parser, GPtrArray *nodes, GString *pending)
{
  RubisNode *node;

  if (pending->len == 0)
    return;
  node = add_node (nodes, RUBIS_NODE_TEXT, 0);
  node->text = g_strndup (pending->str, pending->len);
  g_string_truncate (pending, 0);
}

/* A hashtag at the parser. TRUE and @closed when it ends the nodes being read. */
static gboolean
parse_hashtag (Parser *parser, Stop stop, GPtrArray *nodes, GString *pending, gboolean *closed,
               GError **error)
{
  const char *start = parser->p++;
  g_autofree char *name = read_name (parser);
  Word word = find_word (name);

  if (word == WORD_END || word == WORD_ELSE)
    {
      if (stop != STOP_LOGIC)
        {
          set_error (parser, start, RUBIS_TEMPLATE_ERROR_LOGIC, error, _("#%s without #SI"), name);
          return FALSE;
        }
      swallow_line (parser, start, pending);
      parser->closer = word;
      *closed = TRUE;
      return TRUE;
    }
  if (word == WORD_IF)
    {
      const char *end = strchr (parser->p, '}');

      if (end != NULL && is_alone (parser, start, end + 1))
        trim_blanks (pending);
      flush_text (parser, nodes, pending);
      return parse_if (parser, start, nodes, pending, error);
    }
  flush_text (parser, nodes, pending);
  switch (word)
    {
    case WORD_PLURAL:
      return parse_plural (parser, start, nodes, error);
    case WORD_DEFAULT:
      return parse_default (parser, start, nodes, error);
    case WORD_PAGE_BREAK:
      add_node (nodes, RUBIS_NODE_PAGE_BREAK, line_of (parser, start));
      return TRUE;
    case WORD_NONE:
    case WORD_IF:
    case WORD_ELSE:
    case WORD_END:
    default:
      return parse_value (parser, start, name, nodes, error);
    }
}

static gboolean
check_character (Parser *parser, gunichar c, GError **error)
{
  if (c != (gunichar) -1 && c != (gunichar) -2 && !RUBIS_NODE_IS_MARK (c))
    return TRUE;
  set_error (parser, parser->p, RUBIS_TEMPLATE_ERROR_FORMAT, error,
             _("this character cannot be read: save the template as UTF-8 text"));
  return FALSE;
}

static gboolean
parse_piece (Parser *parser, Stop stop, GPtrArray *nodes, GString *pending, gboolean *closed,
             GError **error)
{
  gunichar next = 0;

  if (stop == STOP_BRACE && (*parser->p == '|' || *parser->p == '}'))
    {
      parser->brace = *parser->p++;
      *closed = TRUE;
      return TRUE;
    }
  if (*parser->p == '#')
    next = g_utf8_get_char_validated (parser->p + 1, -1);
  if (*parser->p == '#' && next == '#')
    append_double (parser, pending);
  else if (*parser->p == '#' && next != (gunichar) -1 && next != (gunichar) -2 && g_unichar_isalpha (next))
    return parse_hashtag (parser, stop, nodes, pending, closed, error);
  else if (!append_no_break (parser, pending))
    {
      gunichar c = g_utf8_get_char_validated (parser->p, -1);

      if (!check_character (parser, c, error))
        return FALSE;
      g_string_append_unichar (pending, c);
      parser->p = g_utf8_next_char (parser->p);
    }
  return TRUE;
}

static GPtrArray *
parse_nodes (Parser *parser, Stop stop, GError **error)
{
  g_autoptr(GPtrArray) nodes = g_ptr_array_new_with_free_func (node_free);
  g_autoptr(GString) pending = g_string_new (NULL);
  const char *start = parser->p;
  gboolean closed = FALSE;

  if (++parser->depth > MAX_DEPTH)
    {
      set_error (parser, start, RUBIS_TEMPLATE_ERROR_LOGIC, error, _("conditions are nested too deeply"));
      return NULL;
    }
  while (!closed && *parser->p != '\0')
    {
      if (!parse_piece (parser, stop, nodes, pending, &closed, error))
        return NULL;
    }
  if (!closed && stop == STOP_LOGIC)
    {
      set_error (parser, start, RUBIS_TEMPLATE_ERROR_LOGIC, error,
                 _("#SI is never closed: #FIN is missing"));
      return NULL;
    }
  if (!closed && stop == STOP_BRACE)
    {
      set_error (parser, start, RUBIS_TEMPLATE_ERROR_LOGIC, error,
                 _("a brace is never closed: } is missing"));
      return NULL;
    }
  flush_text (parser, nodes, pending);
  parser->depth--;
  return g_steal_pointer (&nodes);
}

GPtrArray *
rubis_nodes_parse (const char *text, const char *origin, guint line, const char *language, GError **error)
{
  Parser parser = { text, text, origin, line, FALSE, 0, WORD_NONE, '\0' };

  g_return_val_if_fail (text != NULL, NULL);

  parser.french = language != NULL && g_ascii_strncasecmp (language, "fr", 2) == 0;
  return parse_nodes (&parser, STOP_END, error);
}

static gboolean
is_plural (RubisDocumentContext *context)
{
  return rubis_words_is_plural (rubis_document_context_get_number (context, RUBIS_HASHTAG_INVOICE_COUNT),
                                rubis_document_context_get_language (context));
}

static gboolean
append_mark (const RubisNode *node, GString *text, GPtrArray *marked)
{
  if (marked->len > RUBIS_NODE_MARK_MAX)
    return FALSE;
  g_string_append_unichar (text, RUBIS_NODE_MARK (marked->len));
  g_ptr_array_add (marked, (gpointer) node);
  return TRUE;
}

static gboolean
expand_node (const RubisNode *node, RubisDocumentContext *context, GString *text, GPtrArray *marked)
{
  GPtrArray *branch = NULL;

  switch (node->kind)
    {
    case RUBIS_NODE_TEXT:
      g_string_append (text, node->text);
      return TRUE;
    case RUBIS_NODE_IF:
      branch = rubis_condition_holds (node->condition, context) ? node->first : node->second;
      break;
    case RUBIS_NODE_PLURAL:
      branch = is_plural (context) ? node->second : node->first;
      break;
    case RUBIS_NODE_DEFAULT:
      if (rubis_document_context_is_set (context, node->hashtag))
        return append_mark (node, text, marked);
      branch = node->first;
      break;
    case RUBIS_NODE_TAG:
    case RUBIS_NODE_PAGE_BREAK:
    default:
      return append_mark (node, text, marked);
    }
  return branch == NULL || rubis_nodes_expand (branch, context, text, marked);
}

gboolean
rubis_nodes_expand (GPtrArray *nodes, RubisDocumentContext *context, GString *text, GPtrArray *marked)
{
  for (guint i = 0; i < nodes->len; i++)
    {
      if (!expand_node (g_ptr_array_index (nodes, i), context, text, marked))
        return FALSE;
    }
  return TRUE;
}
