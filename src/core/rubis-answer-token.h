/* rubis-answer-token.h: the signed reference in a mailto: link, which tells what an answer is about.
 *
 * "RBS-C1042-P-7QK2M9XWDA": audience and subject, answer, and the first 50 bits of HMAC-SHA256 (RFC 2104) of
 * all that stands before them, in Crockford's base 32. Whoever has no key cannot make one for another
 * message; whoever has a link can use it again: what it says is a proposal, never more.
 */
#pragma once

#include "rubis-answer.h"

G_BEGIN_DECLS

/* Whom a link is for. */
typedef enum
{
  RUBIS_TOKEN_CUSTOMER, /* of an email to a customer: subject is the outbox id */
  RUBIS_TOKEN_ACTOR,    /* of a request to a colleague: subject is the dispute's id */
} RubisTokenAudience;

/* The answers of an audience, in the order in which they are offered: "PDLCW" for customers (paid, will pay,
 * dispute, copy, wrong person), "FUT" for actors (founded, unfounded, more time). (static)
 */
const char *rubis_answer_token_letters (RubisTokenAudience audience);
/* @subject: over 0; @answer: a letter of that audience. (transfer full) */
char *rubis_answer_token_make (GBytes *key, RubisTokenAudience audience, gint64 subject, char answer);
/* The first valid token in @text, whatever mail programs, people and forwarding made of it: in another case,
 * with spaces, line breaks, quote marks or other dashes in it, with remains of quoted-printable, of
 * percent-encoding or of HTML, with O for 0 and I for 1. @key: (nullable) no key: nothing is valid. @answer:
 * '\0' when links of several answers to the same subject stand there: our email is quoted, and nothing was
 * chosen. @forged: something has the form of a token and is not signed by @key. The other results are set
 * when TRUE is returned; each may be NULL.
 */
gboolean rubis_answer_token_find (const char *text, GBytes *key, RubisTokenAudience *audience,
                                  gint64 *subject, char *answer, gboolean *forged);
/* What the letter of a customer's answer proposes; FALSE for those of actors and others. */
gboolean rubis_answer_token_kind (char answer, RubisAnswerKind *kind);

G_END_DECLS
