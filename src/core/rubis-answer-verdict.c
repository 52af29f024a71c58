/* What colleagues answer about disputes. */
#include "rubis-answer.h"

#include <string.h>

#include "rubis-text.h"

gboolean
rubis_answer_kind_from_letter (char letter, RubisAnswerKind *kind)
{
  switch (letter)
    {
    case 'F':
      *kind = RUBIS_ANSWER_FOUNDED;
      return TRUE;
    case 'U':
      *kind = RUBIS_ANSWER_UNFOUNDED;
      return TRUE;
    case 'T':
      *kind = RUBIS_ANSWER_MORE_TIME;
      return TRUE;
    default:
      return FALSE;
    }
}

/* Folded; what denies stands before what it denies. */
static const struct
{
  const char *words;
  RubisAnswerKind kind;
} verdicts[] = {
  { "infonde", RUBIS_ANSWER_UNFOUNDED },
  { "non fonde", RUBIS_ANSWER_UNFOUNDED },
  { "pas fonde", RUBIS_ANSWER_UNFOUNDED },
  { "pas justifie", RUBIS_ANSWER_UNFOUNDED },
  { "injustifie", RUBIS_ANSWER_UNFOUNDED },
  { "unfounded", RUBIS_ANSWER_UNFOUNDED },
  { "not founded", RUBIS_ANSWER_UNFOUNDED },
  { "not justified", RUBIS_ANSWER_UNFOUNDED },
  { "unbegrundet", RUBIS_ANSWER_UNFOUNDED },
  { "pas d'avoir", RUBIS_ANSWER_UNFOUNDED },
  { "aucun avoir", RUBIS_ANSWER_UNFOUNDED },
  { "no credit note", RUBIS_ANSWER_UNFOUNDED },
  { "plus de temps", RUBIS_ANSWER_MORE_TIME },
  { "delai supplementaire", RUBIS_ANSWER_MORE_TIME },
  { "encore quelques jours", RUBIS_ANSWER_MORE_TIME },
  { "more time", RUBIS_ANSWER_MORE_TIME },
  { "a few more days", RUBIS_ANSWER_MORE_TIME },
  { "mehr zeit", RUBIS_ANSWER_MORE_TIME },
  { "fonde", RUBIS_ANSWER_FOUNDED },
  { "justifie", RUBIS_ANSWER_FOUNDED },
  { "faire un avoir", RUBIS_ANSWER_FOUNDED },
  { "etablir un avoir", RUBIS_ANSWER_FOUNDED },
  { "emettre un avoir", RUBIS_ANSWER_FOUNDED },
  { "founded", RUBIS_ANSWER_FOUNDED },
  { "justified", RUBIS_ANSWER_FOUNDED },
  { "issue a credit note", RUBIS_ANSWER_FOUNDED },
  { "send a credit note", RUBIS_ANSWER_FOUNDED },
  { "berechtigt", RUBIS_ANSWER_FOUNDED },
};

RubisAnswerKind
rubis_answer_read_verdict (const char *text)
{
  g_autofree char *plain = rubis_text_normalise_spaces (text);
  g_autofree char *folded = rubis_text_fold (plain);
  RubisAnswerKind found = RUBIS_ANSWER_REMARK;

  for (gsize i = 0; i < G_N_ELEMENTS (verdicts); i++)
    {
      if (strstr (folded, verdicts[i].words) == NULL)
        continue;
      /* "unfounded" holds "founded": only what denies counts then. */
      if (found == RUBIS_ANSWER_REMARK)
        found = verdicts[i].kind;
      else if (found == RUBIS_ANSWER_MORE_TIME && verdicts[i].kind == RUBIS_ANSWER_FOUNDED)
        return RUBIS_ANSWER_REMARK;
    }
  return found;
}
