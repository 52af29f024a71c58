#include "rubis-template-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

G_DEFINE_QUARK (rubis-template-error-quark, rubis_template_error)

RubisTemplate *
rubis_template_new (const char *text, const char *origin, GError **error)
{
  g_autoptr(RubisTemplate) self = NULL;
  const RubisTemplateProblem *problem;
  RubisReading reading;

  g_return_val_if_fail (text != NULL, NULL);

  rubis_reading_init (&reading);
  self = rubis_template_read (text, origin, &reading);
  rubis_reading_locate (&reading, text);
  problem = rubis_reading_get_error (&reading);
  if (problem != NULL)
    {
      /* Translators: file, line number, what is wrong. */
      g_set_error (error, RUBIS_TEMPLATE_ERROR, rubis_template_problem_get_error_code (problem),
                   _("%s, line %u: %s"), self->origin, problem->line, problem->message);
      g_clear_pointer (&self, rubis_template_unref);
    }
  rubis_reading_clear (&reading);
  return g_steal_pointer (&self);
}

RubisTemplate *
rubis_template_ref (RubisTemplate *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
rubis_template_unref (RubisTemplate *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->origin);
  g_free (self->id);
  g_free (self->name);
  g_free (self->language);
  g_clear_pointer (&self->subject, g_ptr_array_unref);
  g_clear_pointer (&self->body, g_ptr_array_unref);
  g_free (self);
}

const char *
rubis_template_get_id (RubisTemplate *self)
{
  g_return_val_if_fail (self != NULL, "");

  return self->id;
}

const char *
rubis_template_get_name (RubisTemplate *self)
{
  g_return_val_if_fail (self != NULL, "");

  return self->name != NULL ? self->name : self->id;
}

const char *
rubis_template_get_language (RubisTemplate *self)
{
  g_return_val_if_fail (self != NULL, "");

  return self->language;
}

RubisChannel
rubis_template_get_channel (RubisTemplate *self)
{
  g_return_val_if_fail (self != NULL, RUBIS_CHANNEL_LETTER);

  return self->channel;
}

RubisTemplateKind
rubis_template_get_kind (RubisTemplate *self)
{
  g_return_val_if_fail (self != NULL, RUBIS_TEMPLATE_REMINDER);

  return self->kind;
}

RubisTemplateTone
rubis_template_get_tone (RubisTemplate *self)
{
  g_return_val_if_fail (self != NULL, RUBIS_TONE_COURTEOUS);

  if (self->has_tone)
    return self->tone;
  if (self->kind == RUBIS_TEMPLATE_FORMAL || self->kind == RUBIS_TEMPLATE_AGREEMENT)
    return RUBIS_TONE_FORMAL;
  if (self->kind == RUBIS_TEMPLATE_REMINDER || self->kind == RUBIS_TEMPLATE_SCRIPT)
    return RUBIS_TONE_FIRM;
  return RUBIS_TONE_COURTEOUS;
}

static gboolean
nodes_use (GPtrArray *nodes, RubisHashtag hashtag)
{
  for (guint i = 0; nodes != NULL && i < nodes->len; i++)
    {
      const RubisNode *node = g_ptr_array_index (nodes, i);

      if ((node->kind == RUBIS_NODE_TAG || node->kind == RUBIS_NODE_DEFAULT) && node->hashtag == hashtag)
        return TRUE;
      if (rubis_condition_uses (node->condition, hashtag) || nodes_use (node->first, hashtag) ||
          nodes_use (node->second, hashtag))
        return TRUE;
    }
  return FALSE;
}

gboolean
rubis_template_uses (RubisTemplate *self, RubisHashtag hashtag)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return nodes_use (self->subject, hashtag) || nodes_use (self->body, hashtag);
}

static gboolean
nodes_use_modifier (GPtrArray *nodes, RubisListModifiers modifier)
{
  for (guint i = 0; nodes != NULL && i < nodes->len; i++)
    {
      const RubisNode *node = g_ptr_array_index (nodes, i);

      if ((node->modifiers & modifier) != 0 || rubis_condition_uses_modifier (node->condition, modifier) ||
          nodes_use_modifier (node->first, modifier) || nodes_use_modifier (node->second, modifier))
        return TRUE;
    }
  return FALSE;
}

gboolean
rubis_template_claims_penalties (RubisTemplate *self)
{
  static const RubisHashtag penalties[] = { RUBIS_HASHTAG_PENALTY_AMOUNT, RUBIS_HASHTAG_INDEMNITY_AMOUNT,
                                            RUBIS_HASHTAG_INDEMNITY_COUNT, RUBIS_HASHTAG_TOTAL_WITH_PENALTIES,
                                            RUBIS_HASHTAG_PENALTY_DETAIL };

  g_return_val_if_fail (self != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (penalties); i++)
    {
      if (rubis_template_uses (self, penalties[i]))
        return TRUE;
    }
  return nodes_use_modifier (self->body, RUBIS_LIST_WITH_PENALTIES);
}

/* The first printed node of that hashtag, or NULL. */
static const RubisNode *
find_printed (GPtrArray *marked, RubisHashtag hashtag)
{
  for (guint i = 0; i < marked->len; i++)
    {
      const RubisNode *node = g_ptr_array_index (marked, i);

      if (node->kind != RUBIS_NODE_PAGE_BREAK && node->hashtag == hashtag)
        return node;
    }
  return NULL;
}

RubisHashtag
rubis_template_get_claim (RubisTemplate *self, RubisDocumentContext *context, RubisListModifiers *modifiers)
{
  /* What is printed, the total that says most first; then the lists, for a text without a total. */
  static const struct {
    RubisHashtag printed;
    RubisHashtag claim;
  } claims[] = {
    { RUBIS_HASHTAG_TOTAL_WITH_PENALTIES, RUBIS_HASHTAG_TOTAL_WITH_PENALTIES },
    { RUBIS_HASHTAG_TOTAL_UNDISPUTED, RUBIS_HASHTAG_TOTAL_UNDISPUTED },
    { RUBIS_HASHTAG_TOTAL_SELECTED, RUBIS_HASHTAG_TOTAL_SELECTED },
    { RUBIS_HASHTAG_TOTAL_OVERDUE, RUBIS_HASHTAG_TOTAL_OVERDUE },
    { RUBIS_HASHTAG_TOTAL_OPEN, RUBIS_HASHTAG_TOTAL_OPEN },
    { RUBIS_HASHTAG_LIST_SELECTED, RUBIS_HASHTAG_TOTAL_UNDISPUTED },
    { RUBIS_HASHTAG_LIST_OVERDUE, RUBIS_HASHTAG_TOTAL_OVERDUE },
    { RUBIS_HASHTAG_LIST_NOT_DUE, RUBIS_HASHTAG_TOTAL_NOT_DUE },
  };
  g_autoptr(GPtrArray) marked = NULL;
  g_autoptr(GString) text = NULL;

  g_return_val_if_fail (self != NULL, RUBIS_HASHTAG_TOTAL_OPEN);
  g_return_val_if_fail (context != NULL, RUBIS_HASHTAG_TOTAL_OPEN);

  if (modifiers != NULL)
    *modifiers = RUBIS_LIST_PLAIN;
  marked = g_ptr_array_new ();
  text = g_string_new (NULL);
  rubis_nodes_expand (self->body, context, text, marked);
  /* A statement shows the whole account, and asks for what is overdue and not contested: a bill that is on its way
   * to the bank, or an invoice not yet due, is not to be paid by transfer today.
   */
  if (self->kind == RUBIS_TEMPLATE_STATEMENT)
    {
      if (modifiers != NULL)
        *modifiers = RUBIS_LIST_WITHOUT_DISPUTES;
      return RUBIS_HASHTAG_TOTAL_OVERDUE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (claims); i++)
    {
      const RubisNode *node = find_printed (marked, claims[i].printed);

      if (node == NULL)
        continue;
      if (modifiers != NULL && claims[i].printed == claims[i].claim)
        *modifiers = node->modifiers;
      return claims[i].claim;
    }
  return RUBIS_HASHTAG_TOTAL_OPEN;
}
