#include "rubis-condition.h"

#include "rubis-template.h"

#include <string.h>

#include <glib/gi18n-lib.h>

typedef enum {
  OP_HAS,
  OP_EQUAL,
  OP_DIFFERENT,
  OP_LESS,
  OP_AT_MOST,
  OP_MORE,
  OP_AT_LEAST,
  OP_NOT,
  OP_AND,
  OP_OR,
} Operator;

struct _RubisCondition {
  Operator op;
  RubisHashtag hashtag;  /* of OP_HAS and the comparisons */
  RubisListModifiers modifiers;
  char *literal;         /* (owned); of the comparisons */
  RubisCondition *first; /* (owned) */
  RubisCondition *second;
};

typedef struct {
  const char *text;
  const char *p;
  const char *wrong; /* where the error stands */
  int n_terms;
} Scanner;

#define MAX_TERMS 16

static RubisCondition *parse_or (Scanner *scanner, GError **error);

void
rubis_condition_free (RubisCondition *self)
{
  if (self == NULL)
    return;
  rubis_condition_free (self->first);
  rubis_condition_free (self->second);
  g_free (self->literal);
  g_free (self);
}

static RubisCondition *
combine (Operator op, RubisCondition *first, RubisCondition *second)
{
  RubisCondition *self = g_new0 (RubisCondition, 1);

  self->op = op;
  self->first = first;
  self->second = second;
  return self;
}

static void
skip_blanks (Scanner *scanner)
{
  while (*scanner->p != '\0' && g_unichar_isspace (g_utf8_get_char (scanner->p)))
    scanner->p = g_utf8_next_char (scanner->p);
}

/* A run of letters, digits and underscores at the scanner; "" when there is none. */
static char *
peek_word (Scanner *scanner)
{
  const char *end = scanner->p;

  while (*end != '\0')
    {
      gunichar c = g_utf8_get_char (end);

      if (!g_unichar_isalnum (c) && c != '_')
        break;
      end = g_utf8_next_char (end);
    }
  return g_strndup (scanner->p, (gsize) (end - scanner->p));
}

static gboolean
accept_word (Scanner *scanner, const char *french, const char *english)
{
  g_autofree char *word = NULL;

  skip_blanks (scanner);
  word = peek_word (scanner);
  if (g_ascii_strcasecmp (word, french) != 0 && g_ascii_strcasecmp (word, english) != 0)
    return FALSE;
  scanner->p += strlen (word);
  return TRUE;
}

static gboolean
parse_operator (Scanner *scanner, Operator *op)
{
  static const struct {
    const char *sign;
    Operator op;
  } signs[] = {
    { "!=", OP_DIFFERENT }, { "≠", OP_DIFFERENT }, { "<=", OP_AT_MOST },
    { "≤", OP_AT_MOST },    { ">=", OP_AT_LEAST }, { "≥", OP_AT_LEAST },
    { "=", OP_EQUAL },      { "<", OP_LESS },      { ">", OP_MORE },
  };

  skip_blanks (scanner);
  for (gsize i = 0; i < G_N_ELEMENTS (signs); i++)
    {
      if (g_str_has_prefix (scanner->p, signs[i].sign))
        {
          scanner->p += strlen (signs[i].sign);
          *op = signs[i].op;
          return TRUE;
        }
    }
  return FALSE;
}

static char *
parse_literal (Scanner *scanner)
{
  const char *start;
  const char *closing = "\"";
  const char *end;
  char *literal;

  skip_blanks (scanner);
  start = scanner->p;
  if (*start == '"' || g_str_has_prefix (start, "“"))
    {
      if (*start != '"')
        closing = "”";
      start += strlen (closing);
      end = strstr (start, closing);
      if (end == NULL)
        return NULL;
      scanner->p = end + strlen (closing);
      return g_strndup (start, (gsize) (end - start));
    }
  end = start + strspn (start, "0123456789.,-");
  if (end == start)
    return NULL;
  scanner->p = end;
  literal = g_strndup (start, (gsize) (end - start));
  return g_strdelimit (literal, ",", '.');
}

static gboolean
check_literal (RubisHashtag hashtag, const char *literal, GError **error)
{
  RubisValueType type = rubis_hashtag_get_value_type (hashtag);
  /* Any currency with the most decimals there are: only the form of the number counts. */
  RubisCurrency widest = { "CLF" };
  gint64 number;

  if (type == RUBIS_VALUE_DATE && rubis_date_parse_iso (literal) == RUBIS_DATE_NONE)
    {
      g_set_error (error, RUBIS_TEMPLATE_ERROR, RUBIS_TEMPLATE_ERROR_LOGIC,
                   _("“%s” is not a date: write it as \"2026-12-31\""), literal);
      return FALSE;
    }
  if ((type == RUBIS_VALUE_AMOUNT || type == RUBIS_VALUE_COUNT || type == RUBIS_VALUE_RATE) &&
      !rubis_money_parse (literal, widest, &number, NULL))
    {
      g_set_error (error, RUBIS_TEMPLATE_ERROR, RUBIS_TEMPLATE_ERROR_LOGIC, _("“%s” is not a number"),
                   literal);
      return FALSE;
    }
  return TRUE;
}

static RubisCondition *
parse_comparison (Scanner *scanner, GError **error)
{
  g_autofree char *name = NULL;
  g_autoptr(RubisCondition) self = NULL;

  scanner->wrong = scanner->p++;
  name = peek_word (scanner);
  scanner->p += strlen (name);
  self = combine (OP_HAS, NULL, NULL);
  if (!rubis_hashtag_lookup (name, &self->hashtag, &self->modifiers))
    {
      g_autofree char *near = rubis_hashtag_suggest (name);

      if (near != NULL)
        g_set_error (error, RUBIS_TEMPLATE_ERROR, RUBIS_TEMPLATE_ERROR_UNKNOWN,
                     _("unknown hashtag #%s, did you mean #%s?"), name, near);
      else
        g_set_error (error, RUBIS_TEMPLATE_ERROR, RUBIS_TEMPLATE_ERROR_UNKNOWN, _("unknown hashtag #%s"),
                     name);
      return NULL;
    }
  if (!parse_operator (scanner, &self->op))
    return g_steal_pointer (&self);
  skip_blanks (scanner);
  scanner->wrong = scanner->p;
  self->literal = parse_literal (scanner);
  if (self->literal == NULL)
    {
      g_set_error (error, RUBIS_TEMPLATE_ERROR, RUBIS_TEMPLATE_ERROR_LOGIC,
                   _("#%s must be compared with a number or a \"text\""), name);
      return NULL;
    }
  if (!check_literal (self->hashtag, self->literal, error))
    return NULL;
  return g_steal_pointer (&self);
}

static RubisCondition *
parse_factor (Scanner *scanner, GError **error)
{
  g_autoptr(RubisCondition) inner = NULL;

  scanner->wrong = scanner->p;
  if (scanner->n_terms++ > MAX_TERMS)
    {
      g_set_error (error, RUBIS_TEMPLATE_ERROR, RUBIS_TEMPLATE_ERROR_LOGIC,
                   _("the condition “%s” is too long"), scanner->text);
      return NULL;
    }
  if (accept_word (scanner, "non", "not") || (*scanner->p == '!' && scanner->p++ != NULL))
    {
      inner = parse_factor (scanner, error);
      return inner != NULL ? combine (OP_NOT, g_steal_pointer (&inner), NULL) : NULL;
    }
  if (*scanner->p == '#')
    return parse_comparison (scanner, error);
  if (*scanner->p == '(')
    {
      scanner->p++;
      inner = parse_or (scanner, error);
      if (inner == NULL)
        return NULL;
      skip_blanks (scanner);
      if (*scanner->p == ')')
        {
          scanner->p++;
          return g_steal_pointer (&inner);
        }
    }
  scanner->wrong = scanner->p;
  g_set_error (
    error, RUBIS_TEMPLATE_ERROR, RUBIS_TEMPLATE_ERROR_LOGIC,
    _("the condition “%s” is not understood at “%s”: write #SI{#Hashtag} or #SI{#Hashtag > 10}"),
    scanner->text, scanner->p);
  return NULL;
}

static RubisCondition *
parse_and (Scanner *scanner, GError **error)
{
  g_autoptr(RubisCondition) self = parse_factor (scanner, error);

  while (self != NULL && accept_word (scanner, "et", "and"))
    {
      RubisCondition *next = parse_factor (scanner, error);

      if (next == NULL)
        return NULL;
      self = combine (OP_AND, g_steal_pointer (&self), next);
    }
  return g_steal_pointer (&self);
}

static RubisCondition *
parse_or (Scanner *scanner, GError **error)
{
  g_autoptr(RubisCondition) self = parse_and (scanner, error);

  while (self != NULL && accept_word (scanner, "ou", "or"))
    {
      RubisCondition *next = parse_and (scanner, error);

      if (next == NULL)
        return NULL;
      self = combine (OP_OR, g_steal_pointer (&self), next);
    }
  return g_steal_pointer (&self);
}

RubisCondition *
rubis_condition_new (const char *text, gsize *offset, GError **error)
{
  Scanner scanner = { text, text, text, 0 };
  g_autoptr(RubisCondition) self = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  self = parse_or (&scanner, error);
  if (offset != NULL)
    *offset = (gsize) (scanner.wrong - text);
  if (self == NULL)
    return NULL;
  skip_blanks (&scanner);
  if (*scanner.p != '\0')
    {
      if (offset != NULL)
        *offset = (gsize) (scanner.p - text);
      g_set_error (
        error, RUBIS_TEMPLATE_ERROR, RUBIS_TEMPLATE_ERROR_LOGIC,
        _("the condition “%s” is not understood at “%s”: write #SI{#Hashtag} or #SI{#Hashtag > 10}"), text,
        scanner.p);
      return NULL;
    }
  return g_steal_pointer (&self);
}

static int
compare_number (RubisCondition *self, RubisDocumentContext *context, RubisCurrency scale)
{
  gint64 left = rubis_document_context_get_total (context, self->hashtag, self->modifiers);
  gint64 right = 0;

  /* More decimals than the currency has: the limit lies between two amounts, the lower one is it. */
  if (!rubis_money_parse (self->literal, scale, &right, NULL))
    {
      g_autofree char *whole = g_strndup (self->literal, strcspn (self->literal, "."));

      rubis_money_parse (whole, scale, &right, NULL);
    }
  return left < right ? -1 : left > right;
}

static int
compare (RubisCondition *self, RubisDocumentContext *context)
{
  g_autofree char *text = NULL;
  g_autofree char *left = NULL;
  g_autofree char *right = NULL;
  RubisCurrency count = { "JPY" };

  switch (rubis_hashtag_get_value_type (self->hashtag))
    {
    case RUBIS_VALUE_AMOUNT:
      return compare_number (self, context, rubis_document_context_get_currency (context));
    case RUBIS_VALUE_COUNT:
      return compare_number (self, context, count);
    case RUBIS_VALUE_RATE:
      return compare_number (self, context, RUBIS_CURRENCY_EUR);
    case RUBIS_VALUE_DATE:
      {
        gint64 date = rubis_document_context_get_number (context, self->hashtag);
        RubisDate limit = rubis_date_parse_iso (self->literal);

        return date < limit ? -1 : date > limit;
      }
    case RUBIS_VALUE_TEXT:
    case RUBIS_VALUE_LINES:
    case RUBIS_VALUE_FLAG:
    case RUBIS_VALUE_IMAGE:
    case RUBIS_VALUE_TABLE:
    case RUBIS_VALUE_GRID:
    case RUBIS_VALUE_PAYMENT:
    case RUBIS_VALUE_SIGNATURE:
    default:
      text = rubis_document_context_dup_text (context, self->hashtag);
      left = g_utf8_casefold (text != NULL ? text : "", -1);
      right = g_utf8_casefold (self->literal, -1);
      return g_utf8_collate (left, right);
    }
}

gboolean
rubis_condition_holds (RubisCondition *self, RubisDocumentContext *context)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (context != NULL, FALSE);

  switch (self->op)
    {
    case OP_NOT:
      return !rubis_condition_holds (self->first, context);
    case OP_AND:
      return rubis_condition_holds (self->first, context) && rubis_condition_holds (self->second, context);
    case OP_OR:
      return rubis_condition_holds (self->first, context) || rubis_condition_holds (self->second, context);
    case OP_EQUAL:
      return compare (self, context) == 0;
    case OP_DIFFERENT:
      return compare (self, context) != 0;
    case OP_LESS:
      return compare (self, context) < 0;
    case OP_AT_MOST:
      return compare (self, context) <= 0;
    case OP_MORE:
      return compare (self, context) > 0;
    case OP_AT_LEAST:
      return compare (self, context) >= 0;
    case OP_HAS:
    default:
      return self->modifiers == RUBIS_LIST_PLAIN
               ? rubis_document_context_has (context, self->hashtag)
               : rubis_document_context_has_total (context, self->hashtag, self->modifiers);
    }
}

gboolean
rubis_condition_uses (RubisCondition *self, RubisHashtag hashtag)
{
  if (self == NULL)
    return FALSE;
  if (self->op != OP_NOT && self->op != OP_AND && self->op != OP_OR && self->hashtag == hashtag)
    return TRUE;
  return rubis_condition_uses (self->first, hashtag) || rubis_condition_uses (self->second, hashtag);
}

gboolean
rubis_condition_uses_modifier (RubisCondition *self, RubisListModifiers modifier)
{
  return self != NULL &&
         ((self->modifiers & modifier) != 0 || rubis_condition_uses_modifier (self->first, modifier) ||
          rubis_condition_uses_modifier (self->second, modifier));
}
