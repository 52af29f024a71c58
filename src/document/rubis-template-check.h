/* rubis-template-check.h: what is wrong with the text of a template, and where.
 *
 * Offsets and lengths are bytes of the text that was given, whatever its line ends, so that an
 * editor can mark and jump; nothing ever lies outside it. Thread-safe.
 */
#pragma once

#include "rubis-template.h"

G_BEGIN_DECLS

typedef enum {
  RUBIS_PROBLEM_ERROR,   /* the template cannot be used */
  RUBIS_PROBLEM_WARNING, /* most likely a mistake, or the document cannot leave for this customer */
  RUBIS_PROBLEM_ADVICE,  /* could be said better */
} RubisProblemSeverity;
#define RUBIS_N_PROBLEM_SEVERITIES 3

/* "error", "warning", "advice": stable, for files and scripts. Static. */
const char *rubis_problem_severity_to_id (RubisProblemSeverity severity);
/* The same for users. Static. */
const char *rubis_problem_severity_to_label (RubisProblemSeverity severity);

typedef struct {
  RubisProblemSeverity severity;
  char *code;    /* stable: "unknown-hashtag" */
  char *message; /* in the language of the user, with the way out; without place */
  guint line;    /* from 1 */
  guint column;  /* from 1, in characters */
  gsize offset;
  gsize length; /* 0: the place between two characters */
} RubisTemplateProblem;

void rubis_template_problem_free (RubisTemplateProblem *problem);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisTemplateProblem, rubis_template_problem_free)

/* Everything that can be said about @text, in the order of the text: what keeps it from being used,
 * what is most likely a mistake, what is better said otherwise. Empty when there is nothing to say.
 * @origin (nullable): its name in messages. @context (nullable): a customer; then also the values
 * that this customer lacks. (transfer full) (element-type RubisTemplateProblem)
 */
GPtrArray *rubis_template_check (const char *text, const char *origin, RubisDocumentContext *context);
/* Whether @problems has one of severity RUBIS_PROBLEM_ERROR. */
gboolean rubis_template_has_errors (GPtrArray *problems);

/* What a formal notice of this template lacks of the elements that it needs to put a debtor in default
 * and to be proved: the words of the notice, the invoices, a total, a date by which to pay, how to pay,
 * consequences, an invitation to contest, the signature; where penalties are claimed, their rate, basis
 * and the day they are computed to (C. civ. 1344, 1231-6; C. com. L441-10, R123-237). With @context
 * (nullable), as the text reads for that customer, and with the identity of the sender and the recipient.
 * Empty for a template of another kind. (transfer full) (element-type RubisTemplateProblem): each with
 * a code that starts with "notice-", without place.
 */
GPtrArray *rubis_template_missing_elements (RubisTemplate *template, RubisDocumentContext *context);

typedef enum {
  RUBIS_SPAN_HASHTAG, /* a hashtag that prints or is asked for */
  RUBIS_SPAN_LOGIC,   /* #SI, #SINON, #FIN, #PLURIEL, #DEFAUT, #SAUTDEPAGE, and their braces and bars */
  RUBIS_SPAN_UNKNOWN, /* a name that no hashtag has */
  RUBIS_SPAN_ESCAPE,  /* ## */
} RubisTemplateSpanKind;

typedef struct {
  gsize offset;
  gsize length;
  RubisTemplateSpanKind kind;
  RubisHashtag hashtag; /* of RUBIS_SPAN_HASHTAG only */
} RubisTemplateSpan;

/* The hashtags of @text and what surrounds them, in the order of the text and without overlap, for
 * highlighting. A text without front matter is taken for a body. Never fails: what cannot be read
 * has no span. (transfer full) (element-type RubisTemplateSpan)
 */
GArray *rubis_template_scan (const char *text);

/* What @hashtag prints for the customer of @context in a document of @channel, or NULL when it has
 * no value or draws a table, an image or a block.
 */
char *rubis_template_dup_value (RubisHashtag hashtag, RubisDocumentContext *context, RubisChannel channel);
/* Whether a document filled with @context has something for @hashtag, tables and blocks included. */
gboolean rubis_template_has_value (RubisHashtag hashtag, RubisDocumentContext *context);

G_END_DECLS
