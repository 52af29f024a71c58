#include "rubis-template-private.h"

#include <glib/gi18n-lib.h>

static void
report_missing (RubisTemplate *template, RubisDocumentContext *context, RubisReading *reading)
{
  g_autoptr(GArray) missing = rubis_template_find_missing (template, context);

  for (guint i = 0; i < missing->len; i++)
    {
      const RubisMissingValue *value = &g_array_index (missing, RubisMissingValue, i);
      const RubisNode *node = value->node;

      rubis_reading_report (reading, RUBIS_PROBLEM_WARNING, "missing-value", node != NULL ? node->offset : 0,
                            node != NULL ? node->length : 0, _("#%s has no value for this customer (%s)"),
                            rubis_hashtag_get_name (value->hashtag, template->language),
                            rubis_hashtag_get_description (value->hashtag));
    }
}

GPtrArray *
rubis_template_check (const char *text, const char *origin, RubisDocumentContext *context)
{
  g_autoptr(RubisTemplate) template = NULL;
  RubisReading reading;
  GPtrArray *problems;

  g_return_val_if_fail (text != NULL, NULL);

  rubis_reading_init (&reading);
  template = rubis_template_read (text, origin, &reading);
  /* A text with an error cannot be filled. */
  if (rubis_reading_get_error (&reading) != NULL)
    context = NULL;
  if (context != NULL)
    report_missing (template, context, &reading);
  rubis_template_lint (template, context, &reading);
  rubis_reading_locate (&reading, text);
  problems = g_steal_pointer (&reading.problems);
  rubis_reading_clear (&reading);
  return problems;
}

GArray *
rubis_template_scan (const char *text)
{
  g_autoptr(RubisTemplate) template = NULL;
  RubisReading reading;
  GArray *spans;

  g_return_val_if_fail (text != NULL, NULL);

  rubis_reading_init (&reading);
  template = rubis_template_read (text, NULL, &reading);
  rubis_reading_locate (&reading, text);
  spans = g_steal_pointer (&reading.spans);
  rubis_reading_clear (&reading);
  return spans;
}

gboolean
rubis_template_has_value (RubisHashtag hashtag, RubisDocumentContext *context)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (hashtag < RUBIS_N_HASHTAGS, FALSE);
  g_return_val_if_fail (context != NULL, FALSE);

  switch (rubis_hashtag_get_value_type (hashtag))
    {
    case RUBIS_VALUE_FLAG:
      return rubis_document_context_is_set (context, hashtag);
    case RUBIS_VALUE_IMAGE:
    case RUBIS_VALUE_TABLE:
    case RUBIS_VALUE_GRID:
      return rubis_document_context_has (context, hashtag);
    case RUBIS_VALUE_PAYMENT:
      return rubis_document_context_has (context, RUBIS_HASHTAG_COMPANY_IBAN) ||
             rubis_document_context_has (context, RUBIS_HASHTAG_PAYMENT_LINK);
    case RUBIS_VALUE_SIGNATURE:
      return rubis_document_context_has (context, RUBIS_HASHTAG_USER_NAME);
    case RUBIS_VALUE_TEXT:
    case RUBIS_VALUE_LINES:
    case RUBIS_VALUE_AMOUNT:
    case RUBIS_VALUE_DATE:
    case RUBIS_VALUE_COUNT:
    case RUBIS_VALUE_RATE:
    default:
      text = rubis_template_dup_value (hashtag, context, RUBIS_CHANNEL_LETTER);
      return text != NULL;
    }
}
