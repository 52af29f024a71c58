/* rubis-answer.h: what a customer's words propose: paid, a promise, a dispute, a copy, the wrong person.
 *
 * Local rules on text; pure. The sentence that says so is kept as the reason.
 */
#pragma once

#include "rubis-date.h"
#include "rubis-money.h"

G_BEGIN_DECLS

typedef enum
{
  RUBIS_ANSWER_PAID,
  RUBIS_ANSWER_PROMISE,
  RUBIS_ANSWER_DISPUTE,
  RUBIS_ANSWER_COPY,
  RUBIS_ANSWER_WRONG_PERSON,
  RUBIS_ANSWER_NEW_ADDRESS, /* another address is named: value */
  /* of a colleague, about the dispute that he was asked about */
  RUBIS_ANSWER_FOUNDED,
  RUBIS_ANSWER_UNFOUNDED,
  RUBIS_ANSWER_MORE_TIME, /* until date */
  RUBIS_ANSWER_REMARK,
} RubisAnswerKind;
#define RUBIS_N_ANSWERS 10
/* "paid", "promise", "dispute", "copy", "wrong_person", "new_address", "founded"… (static) */
const char *rubis_answer_kind_to_id (RubisAnswerKind kind);
gboolean rubis_answer_kind_from_id (const char *id, RubisAnswerKind *kind);
/* What the letter of a colleague's signed answer says, "FUT"; FALSE for others. */
gboolean rubis_answer_kind_from_letter (char letter, RubisAnswerKind *kind);
/* What a colleague's words say of a dispute; RUBIS_ANSWER_REMARK when it is not certain enough. */
RubisAnswerKind rubis_answer_read_verdict (const char *text);
/* For people, translated. (static) */
const char *rubis_answer_kind_to_label (RubisAnswerKind kind);

typedef struct
{
  RubisAnswerKind kind;
  char *sentence; /* as it was written, without line breaks */
  RubisDate date; /* of payment, RUBIS_DATE_NONE when not said */
  gint64 amount;  /* minor units, 0 when not said */
  char *value;    /* an address or a reason for the dispute (dispute.reason); "" */
} RubisAnswer;
void rubis_answer_free (RubisAnswer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisAnswer, rubis_answer_free)

/* What @text, written on @written, proposes; French, English and, more plainly, German, Spanish, Italian and
 * Dutch are read alike. Empty when nothing is certain enough. "Vendredi" is the next one after @written.
 * (transfer full) (element-type RubisAnswer)
 */
GPtrArray *rubis_answer_read (const char *text, RubisCurrency currency, RubisDate written);

/* Whether @text says that something is not paid yet, or may not be. */
gboolean rubis_answer_denies_payment (const char *text);

/* The numbers among @numbers (element-type utf8) that @text names as words. (transfer full) (element-type
 * guint index) */
GArray *rubis_answer_find_numbers (const char *text, GPtrArray *numbers);

/* The words of @text that look like one of @numbers (element-type utf8) and are none of them: the same
 * letters and signs with other digits; where there are only digits, behind a word such as "facture". As they
 * were written. (transfer full) (element-type utf8)
 */
GPtrArray *rubis_answer_find_unknown (const char *text, GPtrArray *numbers);

G_END_DECLS
