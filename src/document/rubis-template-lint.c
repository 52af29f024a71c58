/* rubis-template-lint.c: what is most likely a mistake in a template that can be filled. */
#include "rubis-template-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

static gboolean
contains_words (GPtrArray *nodes, const char *words)
{
  for (guint i = 0; nodes != NULL && i < nodes->len; i++)
    {
      const RubisNode *node = g_ptr_array_index (nodes, i);

      if (node->text != NULL)
        {
          g_autofree char *folded = g_utf8_casefold (node->text, -1);

          if (strstr (folded, words) != NULL)
            return TRUE;
        }
      if (contains_words (node->first, words) || contains_words (node->second, words))
        return TRUE;
    }
  return FALSE;
}

/* The first node that prints @hashtag or asks for it, in the order of the text. */
static const RubisNode *
find_use (GPtrArray *nodes, RubisHashtag hashtag)
{
  for (guint i = 0; nodes != NULL && i < nodes->len; i++)
    {
      const RubisNode *node = g_ptr_array_index (nodes, i);
      const RubisNode *inner;

      if ((node->kind == RUBIS_NODE_TAG || node->kind == RUBIS_NODE_DEFAULT) && node->hashtag == hashtag)
        return node;
      if (rubis_condition_uses (node->condition, hashtag))
        return node;
      inner = find_use (node->first, hashtag);
      if (inner == NULL)
        inner = find_use (node->second, hashtag);
      if (inner != NULL)
        return inner;
    }
  return NULL;
}

static const RubisNode *
find_modifier (GPtrArray *nodes, RubisListModifiers modifier)
{
  for (guint i = 0; nodes != NULL && i < nodes->len; i++)
    {
      const RubisNode *node = g_ptr_array_index (nodes, i);
      const RubisNode *inner;

      if (node->kind == RUBIS_NODE_TAG && (node->modifiers & modifier) != 0)
        return node;
      inner = find_modifier (node->first, modifier);
      if (inner == NULL)
        inner = find_modifier (node->second, modifier);
      if (inner != NULL)
        return inner;
    }
  return NULL;
}

static const RubisNode *
find_any (RubisTemplate *self, const RubisHashtag *hashtags, gsize n, RubisHashtag *found)
{
  for (gsize i = 0; i < n; i++)
    {
      const RubisNode *node = find_use (self->subject, hashtags[i]);

      if (node == NULL)
        node = find_use (self->body, hashtags[i]);
      if (node != NULL)
        {
          *found = hashtags[i];
          return node;
        }
    }
  return NULL;
}

/* A warning at @node, or at the start of the body when something is missing. */
#define warn(self, reading, node, code, ...)                                                                 \
  rubis_reading_report ((reading), RUBIS_PROBLEM_WARNING, (code),                                            \
                        (node) != NULL ? (node)->offset : (self)->body_offset,                               \
                        (node) != NULL ? (node)->length : 0, __VA_ARGS__)

static const RubisNode *const nowhere = NULL;

static const char *
name_of (RubisTemplate *self, RubisHashtag hashtag)
{
  return rubis_hashtag_get_name (hashtag, self->language);
}

/* Before the due date nothing is late: these would be zero or empty. */
static void
check_notice (RubisTemplate *self, RubisReading *reading)
{
  static const RubisHashtag late[] = {
    RUBIS_HASHTAG_DAYS_LATE,     RUBIS_HASHTAG_TOTAL_OVERDUE,  RUBIS_HASHTAG_LIST_OVERDUE,
    RUBIS_HASHTAG_AGING_0_30,    RUBIS_HASHTAG_AGING_31_60,    RUBIS_HASHTAG_AGING_61_90,
    RUBIS_HASHTAG_AGING_90_PLUS, RUBIS_HASHTAG_PENALTY_AMOUNT, RUBIS_HASHTAG_INDEMNITY_AMOUNT,
  };
  RubisHashtag found;
  const RubisNode *node;

  if (self->kind != RUBIS_TEMPLATE_NOTICE)
    return;
  node = find_any (self, late, G_N_ELEMENTS (late), &found);
  if (node != NULL)
    warn (self, reading, node, "late-before-due", _("#%s has no value before the due date"),
          name_of (self, found));
}

static void
check_formal (RubisTemplate *self, RubisReading *reading)
{
  static const RubisHashtag references[] = {
    RUBIS_HASHTAG_INVOICE_NUMBER,
    RUBIS_HASHTAG_LIST_ITEMS,
    RUBIS_HASHTAG_LIST_OVERDUE,
    RUBIS_HASHTAG_LIST_SELECTED,
  };
  RubisHashtag found;

  if (self->kind != RUBIS_TEMPLATE_FORMAL)
    return;
  if (!rubis_template_uses (self, RUBIS_HASHTAG_DEADLINE))
    warn (self, reading, nowhere, "formal-deadline", _("a formal notice needs a date by which to pay: #%s"),
          name_of (self, RUBIS_HASHTAG_DEADLINE));
  if (find_any (self, references, G_N_ELEMENTS (references), &found) == NULL)
    warn (self, reading, nowhere, "formal-invoices", _("a formal notice must name the invoices: #%s"),
          name_of (self, RUBIS_HASHTAG_LIST_SELECTED));
  if (!contains_words (self->body, "mise en demeure"))
    warn (self, reading, nowhere, "formal-words", _("a formal notice must say “mise en demeure”"));
}

static void
check_penalties (RubisTemplate *self, RubisReading *reading)
{
  static const RubisHashtag penalties[] = {
    RUBIS_HASHTAG_PENALTY_AMOUNT,  RUBIS_HASHTAG_PENALTY_RATE,         RUBIS_HASHTAG_INDEMNITY_AMOUNT,
    RUBIS_HASHTAG_INDEMNITY_COUNT, RUBIS_HASHTAG_TOTAL_WITH_PENALTIES,
  };
  RubisHashtag found;
  const RubisNode *node = find_any (self, penalties, G_N_ELEMENTS (penalties), &found);

  if (node == NULL)
    node = find_modifier (self->body, RUBIS_LIST_WITH_PENALTIES);
  if (node == NULL)
    return;
  if (!rubis_template_uses (self, RUBIS_HASHTAG_IS_CONSUMER) &&
      !rubis_template_uses (self, RUBIS_HASHTAG_IS_PROFESSIONAL))
    warn (self, reading, node, "penalties-of-consumer",
          _("penalties and indemnities cannot be asked of a consumer: put them in #SI{#%s}"),
          name_of (self, RUBIS_HASHTAG_IS_PROFESSIONAL));
}

static void
check_means (RubisTemplate *self, RubisReading *reading)
{
  static const RubisHashtag means[] = {
    RUBIS_HASHTAG_COMPANY_IBAN,
    RUBIS_HASHTAG_PAYMENT_QR,
    RUBIS_HASHTAG_PAYMENT_LINK,
  };
  RubisHashtag found;

  if ((self->kind == RUBIS_TEMPLATE_REMINDER || self->kind == RUBIS_TEMPLATE_FORMAL) &&
      find_any (self, means, G_N_ELEMENTS (means), &found) == NULL)
    warn (self, reading, nowhere, "no-means-of-payment", _("the customer is not told how to pay: #%s"),
          name_of (self, RUBIS_HASHTAG_PAYMENT_QR));
}

/* A total beside a list of other items makes the customer doubt both. */
static void
check_totals (RubisTemplate *self, RubisReading *reading)
{
  static const struct {
    RubisHashtag total;
    RubisHashtag list;
  } pairs[] = {
    { RUBIS_HASHTAG_TOTAL_OVERDUE, RUBIS_HASHTAG_LIST_OVERDUE },
    { RUBIS_HASHTAG_TOTAL_OPEN, RUBIS_HASHTAG_LIST_ITEMS },
    { RUBIS_HASHTAG_BALANCE, RUBIS_HASHTAG_LIST_ITEMS },
    { RUBIS_HASHTAG_TOTAL_NOT_DUE, RUBIS_HASHTAG_LIST_NOT_DUE },
    { RUBIS_HASHTAG_TOTAL_SELECTED, RUBIS_HASHTAG_LIST_SELECTED },
  };
  static const RubisHashtag lists[] = {
    RUBIS_HASHTAG_LIST_ITEMS,
    RUBIS_HASHTAG_LIST_OVERDUE,
    RUBIS_HASHTAG_LIST_NOT_DUE,
    RUBIS_HASHTAG_LIST_SELECTED,
  };
  RubisHashtag found;

  /* A statement may say how much of its total is overdue. */
  if (self->kind == RUBIS_TEMPLATE_STATEMENT || find_any (self, lists, G_N_ELEMENTS (lists), &found) == NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      const RubisNode *node = find_use (self->body, pairs[i].total);

      if (node != NULL && !rubis_template_uses (self, pairs[i].list))
        warn (self, reading, node, "total-of-other-list", _("#%s is not the total of #%s"),
              name_of (self, pairs[i].total), name_of (self, found));
    }
}

void
rubis_template_lint (RubisTemplate *self, RubisReading *reading)
{
  check_notice (self, reading);
  check_formal (self, reading);
  check_penalties (self, reading);
  check_means (self, reading);
  check_totals (self, reading);
}
