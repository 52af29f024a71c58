/* rubis-template-expand.c: settles the logic of a template for one customer. */
#include "rubis-template-private.h"
#include "rubis-words.h"

static gboolean
is_plural (const RubisNode *node, RubisDocumentContext *context)
{
  return rubis_words_is_plural (rubis_document_context_get_number (context, node->hashtag),
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
      branch = is_plural (node, context) ? node->second : node->first;
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
