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

static gboolean
has_modifier (GPtrArray *nodes, RubisListModifiers modifier)
{
  for (guint i = 0; nodes != NULL && i < nodes->len; i++)
    {
      const RubisNode *node = g_ptr_array_index (nodes, i);

      if (node->kind == RUBIS_NODE_TAG && (node->modifiers & modifier) != 0)
        return TRUE;
      if (has_modifier (node->first, modifier) || has_modifier (node->second, modifier))
        return TRUE;
    }
  return FALSE;
}

static gboolean
uses_any (RubisTemplate *self, const RubisHashtag *hashtags, gsize n, RubisHashtag *found)
{
  for (gsize i = 0; i < n; i++)
    {
      if (rubis_template_uses (self, hashtags[i]))
        {
          *found = hashtags[i];
          return TRUE;
        }
    }
  return FALSE;
}

static const char *
name_of (RubisTemplate *self, RubisHashtag hashtag)
{
  return rubis_hashtag_get_name (hashtag, self->language);
}

/* Before the due date nothing is late: these would be zero or empty. */
static void
check_notice (RubisTemplate *self, GPtrArray *warnings)
{
  static const RubisHashtag late[] = {
    RUBIS_HASHTAG_DAYS_LATE,     RUBIS_HASHTAG_TOTAL_OVERDUE,  RUBIS_HASHTAG_LIST_OVERDUE,
    RUBIS_HASHTAG_AGING_0_30,    RUBIS_HASHTAG_AGING_31_60,    RUBIS_HASHTAG_AGING_61_90,
    RUBIS_HASHTAG_AGING_90_PLUS, RUBIS_HASHTAG_PENALTY_AMOUNT, RUBIS_HASHTAG_INDEMNITY_AMOUNT,
  };
  RubisHashtag found;

  if (self->kind == RUBIS_TEMPLATE_NOTICE && uses_any (self, late, G_N_ELEMENTS (late), &found))
    g_ptr_array_add (warnings,
                     g_strdup_printf (_("#%s has no value before the due date"), name_of (self, found)));
}

static void
check_formal (RubisTemplate *self, GPtrArray *warnings)
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
    g_ptr_array_add (warnings, g_strdup_printf (_("a formal notice needs a date by which to pay: #%s"),
                                                name_of (self, RUBIS_HASHTAG_DEADLINE)));
  if (!uses_any (self, references, G_N_ELEMENTS (references), &found))
    g_ptr_array_add (warnings, g_strdup_printf (_("a formal notice must name the invoices: #%s"),
                                                name_of (self, RUBIS_HASHTAG_LIST_SELECTED)));
  if (!contains_words (self->body, "mise en demeure"))
    g_ptr_array_add (warnings, g_strdup (_("a formal notice must say “mise en demeure”")));
}

static void
check_penalties (RubisTemplate *self, GPtrArray *warnings)
{
  static const RubisHashtag penalties[] = {
    RUBIS_HASHTAG_PENALTY_AMOUNT,  RUBIS_HASHTAG_PENALTY_RATE,         RUBIS_HASHTAG_INDEMNITY_AMOUNT,
    RUBIS_HASHTAG_INDEMNITY_COUNT, RUBIS_HASHTAG_TOTAL_WITH_PENALTIES,
  };
  RubisHashtag found;

  if (!uses_any (self, penalties, G_N_ELEMENTS (penalties), &found) &&
      !has_modifier (self->body, RUBIS_LIST_WITH_PENALTIES))
    return;
  if (!rubis_template_uses (self, RUBIS_HASHTAG_IS_CONSUMER) &&
      !rubis_template_uses (self, RUBIS_HASHTAG_IS_PROFESSIONAL))
    g_ptr_array_add (
      warnings,
      g_strdup_printf (_("penalties and indemnities cannot be asked of a consumer: put them in #SI{#%s}"),
                       name_of (self, RUBIS_HASHTAG_IS_PROFESSIONAL)));
}

static void
check_means (RubisTemplate *self, GPtrArray *warnings)
{
  static const RubisHashtag means[] = {
    RUBIS_HASHTAG_COMPANY_IBAN,
    RUBIS_HASHTAG_PAYMENT_QR,
    RUBIS_HASHTAG_PAYMENT_LINK,
  };
  RubisHashtag found;

  if ((self->kind == RUBIS_TEMPLATE_REMINDER || self->kind == RUBIS_TEMPLATE_FORMAL) &&
      !uses_any (self, means, G_N_ELEMENTS (means), &found))
    g_ptr_array_add (warnings, g_strdup_printf (_("the customer is not told how to pay: #%s"),
                                                name_of (self, RUBIS_HASHTAG_PAYMENT_QR)));
}

/* A total beside a list of other items makes the customer doubt both. */
static void
check_totals (RubisTemplate *self, GPtrArray *warnings)
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
  if (self->kind == RUBIS_TEMPLATE_STATEMENT || !uses_any (self, lists, G_N_ELEMENTS (lists), &found))
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      if (rubis_template_uses (self, pairs[i].total) && !rubis_template_uses (self, pairs[i].list))
        g_ptr_array_add (warnings, g_strdup_printf (_("#%s is not the total of #%s"),
                                                    name_of (self, pairs[i].total), name_of (self, found)));
    }
}

GPtrArray *
rubis_template_lint (RubisTemplate *self)
{
  GPtrArray *warnings;

  g_return_val_if_fail (self != NULL, NULL);

  warnings = g_ptr_array_new_with_free_func (g_free);
  check_notice (self, warnings);
  check_formal (self, warnings);
  check_penalties (self, warnings);
  check_means (self, warnings);
  check_totals (self, warnings);
  return warnings;
}
