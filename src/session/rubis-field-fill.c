#include "rubis-field-fill.h"

#include "rubis-hashtag.h"
#include "rubis-store-fields.h"

#define N_FIELDS (RUBIS_HASHTAG_CUSTOMER_FIELD_12 - RUBIS_HASHTAG_CUSTOMER_FIELD_1 + 1)

/* A letter does not speak the language of the window. */
static const char *
say_yes_no (gboolean yes, const char *language)
{
  static const struct
  {
    const char *language, *yes, *no;
  } words[] = {
    { "en", "yes", "no" }, { "fr", "oui", "non" }, { "de", "ja", "nein" },
    { "es", "sí", "no" },  { "it", "sì", "no" },   { "nl", "ja", "nee" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (g_str_has_prefix (language, words[i].language))
        return yes ? words[i].yes : words[i].no;
    }
  return yes ? words[0].yes : words[0].no;
}

static char *
format (RubisSession *session, const RubisCustomField *field, const char *value, const char *language)
{
  if (field->kind == RUBIS_FIELD_YES_NO)
    return g_strdup (say_yes_no (g_str_equal (value, "1"), language));
  return rubis_custom_field_format (field, rubis_session_get_currency (session), value, language);
}

gboolean
rubis_field_fill (RubisSession *session, RubisDatabase *db, gint64 account_id, const char *language,
                  RubisDocumentContext *context, GError **error)
{
  g_autoptr (GPtrArray) fields = rubis_store_list_fields (db, RUBIS_FIELD_OF_ACCOUNT, error);

  if (fields == NULL)
    return FALSE;
  for (guint i = 0; i < MIN (fields->len, N_FIELDS); i++)
    {
      const RubisCustomField *field = g_ptr_array_index (fields, i);
      g_autofree char *value
          = rubis_store_get_field_value (db, RUBIS_FIELD_OF_ACCOUNT, field->id, account_id, error);
      g_autofree char *text = NULL;

      if (value == NULL)
        return FALSE;
      if (*value == '\0')
        continue;
      text = format (session, field, value, language);
      rubis_document_context_set_text (context, (RubisHashtag)(RUBIS_HASHTAG_CUSTOMER_FIELD_1 + i), text);
    }
  return TRUE;
}
