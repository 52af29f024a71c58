/* rubis-answer-private.h: the rules by which sentences are read, as data.
 *
 * Patterns are for text folded by rubis_text_fold(): lower case, no accents, plain quotes. Private to core.
 */
#pragma once

#include "rubis-answer.h"

G_BEGIN_DECLS

/* What a pattern tells when it is found in a clause. */
typedef enum
{
  RUBIS_RULE_DISPUTE, /* value: the reason */
  RUBIS_RULE_NO_DISPUTE,
  RUBIS_RULE_COPY,
  RUBIS_RULE_NO_COPY,
  RUBIS_RULE_WRONG_PERSON,
  RUBIS_RULE_NEW_ADDRESS, /* the address in the sentence is to be used from now on */
  RUBIS_RULE_PAID,
  RUBIS_RULE_PAID_QUESTION, /* a question that takes the payment for granted */
  RUBIS_RULE_NOT_PAID,      /* takes PAID back: negation, doubt, habit */
  RUBIS_RULE_PROMISE,
  RUBIS_RULE_PROMISE_SHORT, /* a clause without a verb: only when it is short */
  RUBIS_RULE_NO_PROMISE,    /* takes PROMISE back: negation, doubt, past, habit */
  RUBIS_RULE_CONDITION,     /* takes back both */
} RubisRuleKind;

typedef struct
{
  RubisRuleKind kind;
  const char *value; /* (nullable) */
  const char *pattern;
} RubisAnswerRule;

extern const RubisAnswerRule rubis_answer_rules[];
extern const gsize rubis_answer_n_rules;

/* The first rule of @kind from the table's top that is found in @folded; NULL: none. (unowned) */
const RubisAnswerRule *rubis_answer_rule_find (RubisRuleKind kind, const char *folded);

G_END_DECLS
