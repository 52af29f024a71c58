/* rubis-template-private.h: what reading and filling a template share. */
#pragma once

#include "rubis-condition.h"
#include "rubis-template-check.h"

G_BEGIN_DECLS

typedef enum {
  RUBIS_NODE_TEXT, /* text: CommonMark */
  RUBIS_NODE_TAG,  /* hashtag, modifiers */
  RUBIS_NODE_PAGE_BREAK,
  RUBIS_NODE_IF,      /* condition, first, second */
  RUBIS_NODE_PLURAL,  /* hashtag: the number, first: singular, second: plural */
  RUBIS_NODE_DEFAULT, /* hashtag, first: what to say when it has no value */
} RubisNodeKind;

/* A piece of a template, before CommonMark. */
typedef struct {
  RubisNodeKind kind;
  guint line;
  gsize offset; /* of what wrote it, in the text that was read */
  gsize length; /* of its name with the sign, or of the text */
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
  gboolean has_tone;
  RubisTemplateTone tone;
  gsize subject_offset; /* of the subject and of the body in the text that was read */
  gsize body_offset;
  GPtrArray *subject; /* (owned) (element-type RubisNode) */
  GPtrArray *body;    /* (owned) (element-type RubisNode) */
};

/* What reading a text brings besides its nodes. Offsets are those of the text that was read, until
 * rubis_reading_locate().
 */
typedef struct {
  char *text;          /* (owned); what was read: the text that was given with LF for CR LF */
  GPtrArray *problems; /* (owned) (element-type RubisTemplateProblem) */
  GArray *spans;       /* (owned) (element-type RubisTemplateSpan) */
} RubisReading;

void rubis_reading_init (RubisReading *self);
void rubis_reading_clear (RubisReading *self);
void rubis_reading_report (RubisReading *self, RubisProblemSeverity severity, const char *code, gsize offset,
                           gsize length, const char *format, ...) G_GNUC_PRINTF (6, 7);
void rubis_reading_add_span (RubisReading *self, RubisTemplateSpanKind kind, gsize offset, gsize length,
                             RubisHashtag hashtag);
/* Sorts everything, gives lines and columns, and turns offsets into those of @text. Once, at the end. */
void rubis_reading_locate (RubisReading *self, const char *text);
/* The first error, or NULL. Borrowed. */
const RubisTemplateProblem *rubis_reading_get_error (const RubisReading *self);
RubisTemplateError rubis_template_problem_get_error_code (const RubisTemplateProblem *problem);

/* Reads @text, errors included, as far as it can be understood. The template is fit for filling only
 * when @reading has no error; it always has a subject and a body, and may lack its id and language.
 */
RubisTemplate *rubis_template_read (const char *text, const char *origin, RubisReading *reading);

/* Cuts @text, which starts at @line and @offset of what is read, into nodes. @language "fr" gets its
 * no-break spaces. What cannot be understood is reported and left out. Never NULL.
 */
GPtrArray *rubis_nodes_parse (const char *text, gsize offset, guint line, const char *language,
                              RubisReading *reading);
void rubis_node_free (RubisNode *node);
/* Whether the hashtag draws something that stands alone on its line. */
gboolean rubis_hashtag_is_block (RubisHashtag hashtag);

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

/* A value that a document asks for and that its customer lacks. */
typedef struct {
  RubisHashtag hashtag;  /* what has to be filled in */
  const RubisNode *node; /* where it is asked for; NULL for what every letter needs */
} RubisMissingValue;

/* The values that @context lacks for this template. (element-type RubisMissingValue) */
GArray *rubis_template_find_missing (RubisTemplate *self, RubisDocumentContext *context);

/* Reports what is most likely a mistake in a template that could be read; with @context (nullable) also
 * what is one for that customer.
 */
void rubis_template_lint (RubisTemplate *self, RubisDocumentContext *context, RubisReading *reading);
/* Reports what a formal notice lacks; @advise: also what would only make it better. */
void rubis_notice_check (RubisTemplate *template, RubisDocumentContext *context, gboolean advise,
                         RubisReading *reading);

G_END_DECLS
