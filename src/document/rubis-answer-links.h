/* rubis-answer-links.h: the links of an email by which one answers without writing: mailto: addresses (RFC
 * 6068) with a prepared subject and body, a line to fill in, and a signed token (rubis-answer-token.h).
 */
#pragma once

#include "rubis-answer-token.h"

G_BEGIN_DECLS

typedef struct
{
  char answer;     /* of the token */
  char *label;     /* "Payé le…" */
  char *url;       /* mailto: with subject and body */
  char *short_url; /* with the token for subject only: where addresses are read by people */
} RubisAnswerLink;

typedef struct
{
  GBytes *key;
  RubisTokenAudience audience;
  gint64 subject;       /* outbox id, or dispute id */
  const char *email;    /* where answers go */
  GPtrArray *numbers;   /* (element-type utf8) of the items spoken of */
  const char *language; /* of the email; English for one without words */
} RubisAnswerLinkRequest;

/* In the order in which they are shown. (transfer full) (element-type RubisAnswerLink) */
GPtrArray *rubis_answer_links_make (const RubisAnswerLinkRequest *request);
/* What heads them: "Pour nous répondre" (static) */
const char *rubis_answer_links_get_title (const char *language);

G_END_DECLS
