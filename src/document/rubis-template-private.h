/* rubis-template-private.h: what reading and filling a template share. */
#pragma once

#include "rubis-condition.h"
#include "rubis-template.h"

G_BEGIN_DECLS

typedef enum {
  RUBIS_NODE_TEXT,       /* text: CommonMark */
  RUBIS_NODE_TAG,        /* hashtag, modifiers */
  RUBIS_NODE_PAGE_BREAK,
  RUBIS_NODE_IF,         /* condition, first, second */
  RUBIS_NODE_PLURAL,     /* first: singular, second: plural */
  RUBIS_NODE_DEFAULT,    /* hashtag, first: what to say when it has no value */
} RubisNodeKind;

/* A piece of a template, before CommonMark. */
typedef struct {
  RubisNodeKind kind;
  guint line;
  char *text;
  RubisHashtag hashtag;
  RubisListModifiers modifiers;
  RubisCondition *condition;
  GPtrArray *first;  /* (owned) (element-type RubisNode) (nullable) */
  GPtrArray *second; /* (owned) (element-type RubisNode) (nullable) */
} RubisNode;

struct _RubisTemplate {
  gatomicrefcount ref_count;
  char *origin;
  char *id;
  char *name;
  char *language;
  RubisChannel channel;
  RubisTemplateKind kind;
  GPtrArray *subject; /* (owned) (element-type RubisNode) */
  GPtrArray *body;    /* (owned) (element-type RubisNode) */
};

/* Cuts @text, which starts at @line of @origin, into nodes. @language "fr" gets its no-break spaces. */
GPtrArray *rubis_nodes_parse (const char *text, const char *origin, guint line, const char *language,
                              GError **error);

/* Stands for the @n-th printed hashtag in the CommonMark text: a character of the last private
 * planes, which no author types and which CommonMark takes for a letter.
 */
#define RUBIS_NODE_MARK(n) ((gunichar) 0xF0000 + (n))
#define RUBIS_NODE_MARK_MAX 0xFFFD
#define RUBIS_NODE_IS_MARK(c) ((c) >= 0xF0000 && (c) <= 0xF0000 + RUBIS_NODE_MARK_MAX)

/* Settles the logic of @nodes and appends CommonMark to @text, with marks; the nodes they stand for
 * go to @marked (element-type RubisNode, unowned). FALSE when there are too many.
 */
gboolean rubis_nodes_expand (GPtrArray *nodes, RubisDocumentContext *context, GString *text,
                             GPtrArray *marked);

G_END_DECLS
