/* rubis-answer-token.h: the signed reference in a mailto: link, which tells what an answer is about. */
#pragma once

#include "rubis-answer.h"

G_BEGIN_DECLS

/* Whom a link is for. */
typedef enum
{
  RUBIS_TOKEN_CUSTOMER, /* of an email to a customer: subject is the outbox id */
  RUBIS_TOKEN_ACTOR,    /* of a request to a colleague: subject is the dispute's id */
} RubisTokenAudience;

/* "RBS-C1042-P-7QK2M9XWDA": audience, subject, answer and the first 50 bits of HMAC-SHA256 under @key;
 * letters that cannot be taken for each other. (transfer full)
 */
char *rubis_answer_token_make (GBytes *key, RubisTokenAudience audience, gint64 subject, char answer);
/* The first valid token in @text, in whatever case, with spaces or line breaks that mail programs put in.
 * @forged: (out) (nullable) something looked like a token of ours and is not signed.
 */
gboolean rubis_answer_token_find (const char *text, GBytes *key, RubisTokenAudience *audience,
                                  gint64 *subject, char *answer, gboolean *forged);
/* Letters of answers. Customers: P paid, D will pay, L dispute, C copy, W wrong person. Actors: F founded, U
 * unfounded, T more time. */
gboolean rubis_answer_token_kind (char answer, RubisAnswerKind *kind);

G_END_DECLS
