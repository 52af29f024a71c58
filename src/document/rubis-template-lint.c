/* rubis-template-lint.c: what is most likely a mistake in a template that can be filled. */
#include "rubis-tone-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

/* Characters of three text messages: longer ones cost as much as a letter, and nobody reads them. */
#define MAX_SMS 459

typedef gboolean (*Matches) (const RubisNode *node, gconstpointer data);

/* The first node that matches, in the order of the text. */
static const RubisNode *
find_node (GPtrArray *nodes, Matches matches, gconstpointer data)
{
  for (guint i = 0; nodes != NULL && i < nodes->len; i++)
    {
      const RubisNode *node = g_ptr_array_index (nodes, i);
      const RubisNode *inner;

      if (matches (node, data))
        return node;
      inner = find_node (node->first, matches, data);
      if (inner == NULL)
        inner = find_node (node->second, matches, data);
      if (inner != NULL)
        return inner;
    }
  return NULL;
}

static gboolean
prints (const RubisNode *node, RubisHashtag hashtag)
{
  return (node->kind == RUBIS_NODE_TAG || node->kind == RUBIS_NODE_DEFAULT) && node->hashtag == hashtag;
}

/* Prints the hashtag or asks for it. */
static gboolean
uses (const RubisNode *node, gconstpointer data)
{
  const RubisHashtag *hashtag = data;

  return prints (node, *hashtag) || rubis_condition_uses (node->condition, *hashtag);
}

static const RubisNode *
find_any (RubisTemplate *self, const RubisHashtag *hashtags, gsize n, RubisHashtag *found)
{
  for (gsize i = 0; i < n; i++)
    {
      const RubisNode *node = find_node (self->subject, uses, &hashtags[i]);

      if (node == NULL)
        node = find_node (self->body, uses, &hashtags[i]);
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

static gboolean
is_claim (RubisTemplate *self)
{
  return self->kind == RUBIS_TEMPLATE_REMINDER || self->kind == RUBIS_TEMPLATE_FORMAL;
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

  if (self->kind != RUBIS_TEMPLATE_NOTICE)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (late); i++)
    {
      RubisHashtag found;
      const RubisNode *node = find_any (self, &late[i], 1, &found);

      if (node != NULL)
        warn (self, reading, node, "late-before-due", _("#%s has no value before the due date"),
              name_of (self, found));
    }
}

static gboolean
asks_for_party (const RubisNode *node)
{
  static const RubisHashtag flags[] = { RUBIS_HASHTAG_IS_PROFESSIONAL, RUBIS_HASHTAG_IS_CONSUMER,
                                        RUBIS_HASHTAG_IS_PUBLIC_BODY };

  for (gsize i = 0; i < G_N_ELEMENTS (flags); i++)
    {
      if (rubis_condition_uses (node->condition, flags[i]))
        return TRUE;
    }
  return FALSE;
}

/* The first node that prints penalties whoever the customer is. */
static const RubisNode *
find_penalty (GPtrArray *nodes)
{
  static const RubisHashtag penalties[] = {
    RUBIS_HASHTAG_PENALTY_AMOUNT,  RUBIS_HASHTAG_PENALTY_RATE,   RUBIS_HASHTAG_INDEMNITY_AMOUNT,
    RUBIS_HASHTAG_INDEMNITY_COUNT, RUBIS_HASHTAG_PENALTY_DETAIL, RUBIS_HASHTAG_TOTAL_WITH_PENALTIES,
  };

  for (guint i = 0; nodes != NULL && i < nodes->len; i++)
    {
      const RubisNode *node = g_ptr_array_index (nodes, i);
      const RubisNode *inner;

      for (gsize j = 0; j < G_N_ELEMENTS (penalties); j++)
        {
          if (prints (node, penalties[j]))
            return node;
        }
      if (node->kind == RUBIS_NODE_TAG && (node->modifiers & RUBIS_LIST_WITH_PENALTIES) != 0)
        return node;
      if (asks_for_party (node))
        continue;
      inner = find_penalty (node->first);
      if (inner == NULL)
        inner = find_penalty (node->second);
      if (inner != NULL)
        return inner;
    }
  return NULL;
}

static void
check_penalties (RubisTemplate *self, RubisReading *reading)
{
  const RubisNode *node = find_penalty (self->subject);

  if (node == NULL)
    node = find_penalty (self->body);
  /* A court is told what is claimed once it has been computed for that party; a statement asks for nothing,
   * and no penalties are ever computed for a consumer.
   */
  if (self->kind == RUBIS_TEMPLATE_LEGAL || self->kind == RUBIS_TEMPLATE_INTERNAL ||
      self->kind == RUBIS_TEMPLATE_STATEMENT)
    return;
  if (node != NULL)
    warn (self, reading, node, "penalties-of-consumer",
          _("penalties and indemnities cannot be asked of a consumer: put them in #SI{#%s}"),
          name_of (self, RUBIS_HASHTAG_IS_PROFESSIONAL));
}

/* A reminder says what is owed and how to pay it. */
static void
check_claim (RubisTemplate *self, RubisReading *reading)
{
  static const RubisHashtag means[] = {
    RUBIS_HASHTAG_COMPANY_IBAN,
    RUBIS_HASHTAG_PAYMENT_QR,
    RUBIS_HASHTAG_PAYMENT_LINK,
  };
  static const RubisHashtag items[] = {
    RUBIS_HASHTAG_LIST_ITEMS,     RUBIS_HASHTAG_LIST_OVERDUE,     RUBIS_HASHTAG_LIST_SELECTED,
    RUBIS_HASHTAG_INVOICE_NUMBER, RUBIS_HASHTAG_TOTAL_OVERDUE,    RUBIS_HASHTAG_TOTAL_SELECTED,
    RUBIS_HASHTAG_TOTAL_OPEN,     RUBIS_HASHTAG_TOTAL_UNDISPUTED,
  };
  RubisHashtag found;

  if (self->kind != RUBIS_TEMPLATE_REMINDER)
    return;
  if (find_any (self, means, G_N_ELEMENTS (means), &found) == NULL)
    warn (self, reading, nowhere, "no-means-of-payment", _("the customer is not told how to pay: #%s"),
          name_of (self, RUBIS_HASHTAG_PAYMENT_QR));
  if (find_any (self, items, G_N_ELEMENTS (items), &found) == NULL)
    warn (self, reading, nowhere, "no-items", _("the customer is not told what is owed: #%s"),
          name_of (self, RUBIS_HASHTAG_LIST_SELECTED));
}

/* The list that is not the one that @total adds up: another, or without the contested parts. */
static gboolean
differs (const RubisNode *node, gconstpointer data)
{
  const RubisNode *total = data;
  RubisHashtag list = 0;

  rubis_hashtag_get_list (total->hashtag, &list);
  return node->kind == RUBIS_NODE_TAG && rubis_hashtag_get_value_type (node->hashtag) == RUBIS_VALUE_TABLE &&
         node->hashtag != RUBIS_HASHTAG_LIST_DISPUTED &&
         (node->hashtag != list || ((node->modifiers ^ total->modifiers) & RUBIS_LIST_WITHOUT_DISPUTES) != 0);
}

static gboolean
agrees (const RubisNode *node, gconstpointer data)
{
  const RubisNode *total = data;
  RubisHashtag list = 0;

  rubis_hashtag_get_list (total->hashtag, &list);
  return node->kind == RUBIS_NODE_TAG && node->hashtag == list && !differs (node, total);
}

static gboolean
is_total (const RubisNode *node, gconstpointer data)
{
  return node->kind == RUBIS_NODE_TAG && rubis_hashtag_get_value_type (node->hashtag) == RUBIS_VALUE_AMOUNT &&
         rubis_hashtag_get_list (node->hashtag, NULL) && !g_ptr_array_find ((GPtrArray *) data, node, NULL);
}

/* The hashtag as its author wrote it, modifiers included. */
static char *
dup_typed (const RubisReading *reading, const RubisNode *node)
{
  return g_strndup (reading->text + node->offset, node->length);
}

/* A total beside a list of other items makes the customer doubt both. */
static void
check_totals (RubisTemplate *self, RubisReading *reading)
{
  g_autoptr(GPtrArray) seen = g_ptr_array_new ();
  const RubisNode *total;

  /* A statement may say how much of its total is overdue. */
  if (self->kind == RUBIS_TEMPLATE_STATEMENT)
    return;
  while ((total = find_node (self->body, is_total, seen)) != NULL)
    {
      const RubisNode *other = find_node (self->body, differs, total);

      g_ptr_array_add (seen, (gpointer) total);
      if (other != NULL && find_node (self->body, agrees, total) == NULL)
        {
          g_autofree char *total_name = dup_typed (reading, total);
          g_autofree char *other_name = dup_typed (reading, other);

          warn (self, reading, total, "total-of-other-list", _("%s is not the total of %s"), total_name,
                other_name);
        }
    }
}

static gboolean
is_blank (GPtrArray *nodes)
{
  for (guint i = 0; i < nodes->len; i++)
    {
      const RubisNode *node = g_ptr_array_index (nodes, i);

      if (node->kind != RUBIS_NODE_TEXT || node->text[strspn (node->text, " \t\n")] != '\0')
        return FALSE;
    }
  return TRUE;
}

static void
check_form (RubisTemplate *self, RubisReading *reading)
{
  RubisChannel channel = self->channel;
  gsize length = strlen (reading->text + self->body_offset);

  if (is_blank (self->body))
    warn (self, reading, nowhere, "empty-body", _("the template has no text"));
  if (is_blank (self->subject) && (channel == RUBIS_CHANNEL_EMAIL || channel == RUBIS_CHANNEL_LETTER ||
                                   channel == RUBIS_CHANNEL_REGISTERED))
    warn (self, reading, nowhere, "no-subject", _("a letter or an email needs a subject: subject: …"));
  if (channel == RUBIS_CHANNEL_SMS && length > MAX_SMS)
    rubis_reading_report (reading, RUBIS_PROBLEM_ADVICE, "long-sms", self->body_offset, length,
                          _("a text message of %d characters at most is read, and paid, as one"), MAX_SMS);
}

/* What the law forbids whatever the text says, once the customer is known. */
static void
check_customer (RubisTemplate *self, RubisDocumentContext *context, RubisReading *reading)
{
  RubisListModifiers modifiers;

  if (is_claim (self) && rubis_document_context_get_total (
                           context, rubis_template_get_claim (self, context, &modifiers), modifiers) <= 0)
    warn (self, reading, nowhere, "nothing-to-claim",
          _("this customer owes nothing that this text could ask for"));
}

void
rubis_template_lint (RubisTemplate *self, RubisDocumentContext *context, RubisReading *reading)
{
  /* Without a description nobody knows what the text is for. */
  if (self->id == NULL && self->language == NULL)
    return;
  check_form (self, reading);
  check_notice (self, reading);
  check_penalties (self, reading);
  check_claim (self, reading);
  check_totals (self, reading);
  rubis_notice_check (self, context, TRUE, reading);
  rubis_tone_check (self, reading);
  if (context != NULL)
    check_customer (self, context, reading);
}
