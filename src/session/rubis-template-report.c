#include "rubis-template-report.h"

#include <string.h>

#include "rubis-agenda-private.h"
#include "rubis-record.h"
#include "rubis-template-check.h"
#include "rubis-template-sample.h"

static GVariant *
lint (const char *text, const char *name, RubisDocumentContext *context, gboolean *has_errors)
{
  g_autoptr(GPtrArray) problems = rubis_template_check (text, name, context);
  GVariantBuilder records;

  rubis_records_init (&records);
  for (guint i = 0; i < problems->len; i++)
    {
      const RubisTemplateProblem *problem = g_ptr_array_index (problems, i);
      GVariantBuilder record;

      rubis_record_init (&record);
      rubis_record_add_text (&record, "template", name);
      rubis_record_add_int (&record, "line", problem->line);
      rubis_record_add_int (&record, "column", problem->column);
      rubis_record_add_int (&record, "offset", (gint64) problem->offset);
      rubis_record_add_int (&record, "length", (gint64) problem->length);
      rubis_record_add_text (&record, "severity", rubis_problem_severity_to_id (problem->severity));
      rubis_record_add_text (&record, "code", problem->code);
      rubis_record_add_text (&record, "message", problem->message);
      rubis_records_add (&records, &record);
    }
  if (has_errors != NULL)
    *has_errors = rubis_template_has_errors (problems);
  return g_variant_ref_sink (g_variant_builder_end (&records));
}

/* The values of a customer, with the deadline and the penalties of the step that uses the template. */
static RubisDocumentContext *
fill (RubisSession *session, gint64 account_id, const char *id, RubisTemplate *template_, GError **error)
{
  RubisDatabase *db = rubis_session_take_reader (session, error);
  g_autoptr(RubisLibrary) library = rubis_session_get_library (session);
  RubisDocumentRequest request = { .account_id = account_id, .template_id = id, .template_ = template_ };
  g_autoptr(RubisFilledContext) filled = NULL;

  if (db == NULL)
    return NULL;
  request.step = rubis_agenda_find_step_of_template (library, db, account_id, id);
  filled = rubis_agenda_fill_context (session, db, &request, error);
  rubis_session_return_reader (session, db);
  return filled != NULL ? rubis_document_context_ref (filled->context) : NULL;
}

GVariant *
rubis_template_lint_text (const char *text, const char *name, gboolean *has_errors)
{
  g_return_val_if_fail (text != NULL, NULL);

  return lint (text, name, NULL, has_errors);
}

GVariant *
rubis_session_lint_template_text (RubisSession *self, gint64 account_id, const char *id, const char *text,
                                  const char *name, gboolean *has_errors, GError **error)
{
  g_autoptr(RubisTemplate) template_ = NULL;
  g_autoptr(RubisDocumentContext) context = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);
  g_return_val_if_fail (text != NULL, NULL);

  template_ = rubis_template_new (text, name, NULL);
  /* What cannot be read is said without a customer. */
  if (template_ == NULL)
    return lint (text, name, NULL, has_errors);
  context = fill (self, account_id, id, template_, error);
  return context != NULL ? lint (text, name, context, has_errors) : NULL;
}

static const char *
get_type_id (RubisHashtag hashtag)
{
  static const char *const ids[] = {
    [RUBIS_VALUE_TEXT] = "text",      [RUBIS_VALUE_LINES] = "list",      [RUBIS_VALUE_AMOUNT] = "amount",
    [RUBIS_VALUE_DATE] = "date",      [RUBIS_VALUE_COUNT] = "number",    [RUBIS_VALUE_RATE] = "rate",
    [RUBIS_VALUE_FLAG] = "condition", [RUBIS_VALUE_IMAGE] = "image",     [RUBIS_VALUE_TABLE] = "table",
    [RUBIS_VALUE_GRID] = "table",     [RUBIS_VALUE_PAYMENT] = "payment", [RUBIS_VALUE_SIGNATURE] = "signature",
  };

  return ids[rubis_hashtag_get_value_type (hashtag)];
}

GVariant *
rubis_template_list_hashtags (RubisSession *session, gint64 account_id, const char *language, GError **error)
{
  g_autoptr(RubisDocumentContext) context = NULL;
  GVariantBuilder records;

  g_return_val_if_fail (language != NULL, NULL);

  context = session != NULL ? fill (session, account_id, "relance-2", NULL, error)
                            : rubis_template_sample_new (RUBIS_SAMPLE_USUAL, language);
  if (context == NULL)
    return NULL;
  rubis_records_init (&records);
  for (int i = 0; i < RUBIS_N_HASHTAGS; i++)
    {
      g_autofree char *value = rubis_template_dup_value (i, context, RUBIS_CHANNEL_LETTER);
      GVariantBuilder record;

      rubis_record_init (&record);
      rubis_record_add_text (&record, "name", rubis_hashtag_get_name (i, language));
      rubis_record_add_text (&record, "alias",
                             rubis_hashtag_get_name (i, strncmp (language, "fr", 2) == 0 ? "en" : "fr"));
      rubis_record_add_text (&record, "family", rubis_hashtag_family_to_label (rubis_hashtag_get_family (i)));
      rubis_record_add_text (&record, "type", get_type_id (i));
      rubis_record_add_text (&record, "description", rubis_hashtag_get_description (i));
      if (value != NULL)
        rubis_record_add_text (&record, "example", g_strdelimit (value, "\n", ' '));
      else
        rubis_record_add_null (&record, "example");
      rubis_records_add (&records, &record);
    }
  return g_variant_ref_sink (g_variant_builder_end (&records));
}
