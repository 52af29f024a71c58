#include "rubis-habit-fill.h"

#include <math.h>

#include "rubis-paying-habit-private.h"
#include "rubis-words.h"

/* Fewer say more of chance than of a habit. */
#define MIN_INVOICES 3

/* By average days after the due date, rounded. */
static RubisWord
choose_profile (long delay)
{
  static const struct
  {
    long up_to;
    RubisWord word;
  } profiles[] = { { 0, RUBIS_WORD_PAYS_ON_TIME },
                   { 5, RUBIS_WORD_PAYS_NEARLY_ON_TIME },
                   { 15, RUBIS_WORD_PAYS_LATE },
                   { 30, RUBIS_WORD_PAYS_VERY_LATE } };

  for (gsize i = 0; i < G_N_ELEMENTS (profiles); i++)
    {
      if (delay <= profiles[i].up_to)
        return profiles[i].word;
    }
  return RUBIS_WORD_PAYS_EXTREMELY_LATE;
}

gboolean
rubis_habit_fill (RubisDocumentContext *context, RubisTemplate *template_, RubisDatabase *db,
                  const RubisAccountRecord *account, RubisCurrency currency, RubisDate today, GError **error)
{
  RubisPayingHabit habit;
  long delay;

  if (account->credit_limit >= 0)
    rubis_document_context_set_amount (context, RUBIS_HASHTAG_CREDIT_LIMIT, account->credit_limit, currency);
  if (!rubis_template_uses (template_, RUBIS_HASHTAG_AVERAGE_DELAY)
      && !rubis_template_uses (template_, RUBIS_HASHTAG_PAYER_PROFILE))
    return TRUE;
  if (!rubis_paying_habit_read (db, 0, account->id, today, &habit, error))
    return FALSE;
  if (habit.n < MIN_INVOICES)
    return TRUE;
  delay = lround (habit.average_delay);
  rubis_document_context_set_count (context, RUBIS_HASHTAG_AVERAGE_DELAY, delay);
  rubis_document_context_set_text (
      context, RUBIS_HASHTAG_PAYER_PROFILE,
      rubis_words_get (choose_profile (delay), rubis_template_get_language (template_)));
  return TRUE;
}
