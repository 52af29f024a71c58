/* The paper of letters, from the own company and the settings of its letterhead. */
#include "rubis-letterhead-settings-private.h"

#include <string.h>

#include "rubis-agenda-private.h"
#include "rubis-country.h"
#include "rubis-store-settings.h"

guint32
rubis_agenda_parse_accent (const char *text)
{
  guint64 value = 0;

  if (*text == '#' && strlen (text) == 7
      && g_ascii_string_to_unsigned (text + 1, 16, 0, 0xffffff, &value, NULL))
    return (guint32)value;
  return 0;
}

/* What is not known is not there: an empty text would leave its label on the paper. */
static const char *
or_null (const char *text)
{
  return text[0] != '\0' ? text : NULL;
}

/* Companies buy the window envelopes of their country. */
static RubisAddressPosition
find_position (const RubisLetterheadSettings *settings, const RubisCompany *company)
{
  const char *country = rubis_country_from_text (company->country);

  switch (settings->position)
    {
    case RUBIS_LETTERHEAD_FRANCE:
      return RUBIS_ADDRESS_FRANCE;
    case RUBIS_LETTERHEAD_DIN_B:
      return RUBIS_ADDRESS_DIN_B;
    case RUBIS_LETTERHEAD_DIN_A:
      return RUBIS_ADDRESS_DIN_A;
    case RUBIS_LETTERHEAD_SWISS:
      return RUBIS_ADDRESS_SWISS;
    case RUBIS_LETTERHEAD_AUTO:
    default:
      if (g_strcmp0 (country, "DE") == 0 || g_strcmp0 (country, "AT") == 0)
        return RUBIS_ADDRESS_DIN_B;
      return g_strcmp0 (country, "CH") == 0 || g_strcmp0 (country, "LI") == 0 ? RUBIS_ADDRESS_SWISS
                                                                              : RUBIS_ADDRESS_FRANCE;
    }
}

char *
rubis_letterhead_settings_fill_facts (const RubisLetterheadSettings *self, const RubisCompany *company,
                                      const char *language, RubisLetterheadFacts *facts)
{
  g_autofree char *town = g_strjoin (" ", company->postcode, company->city, NULL);
  char *address
      = g_strjoin (company->address[0] != '\0' ? "\n" : "", company->address, g_strstrip (town), NULL);

  *facts = (RubisLetterheadFacts){
    .name = company->name,
    .address = or_null (address),
    .phone = or_null (company->phone),
    .email = or_null (company->email),
    .website = or_null (company->website),
    .legal_form = or_null (company->legal_form),
    .capital = or_null (company->capital),
    .siren = or_null (company->siren),
    .rcs = or_null (company->rcs),
    .vat = or_null (company->vat_id),
    .language = language,
    .logo = self->images[0],
    .accent = self->accent,
    .font = or_null (self->font),
    .text_colour = self->text_colour,
    .margin_left = self->margin_left,
    .margin_right = self->margin_right,
    .margin_top = self->margin_top != RUBIS_LETTERHEAD_MARGIN_TOP ? self->margin_top : 0,
    .margin_bottom = self->margin_bottom,
    .footer = or_null (self->footer),
    .position = find_position (self, company),
    .logo_place = (RubisLogoPlace)self->logo_place,
    .logo_height = self->logo_height,
    .signature_height = self->signature_height,
    .without_folds = !self->fold_marks,
  };
  return address;
}

static gboolean
fill_image (RubisDocumentContext *context, RubisHashtag hashtag, guint image, RubisDatabase *db,
            const RubisLetterheadSettings *settings, GError **error)
{
  g_autofree char *name = rubis_letterhead_settings_name_image (image);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) load_error = NULL;

  if (settings == NULL)
    bytes = rubis_store_get_image (db, name, &load_error);
  else if (settings->images[image] != NULL)
    bytes = g_bytes_ref (settings->images[image]);
  if (load_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&load_error));
      return FALSE;
    }
  if (bytes != NULL)
    rubis_document_context_set_image (context, hashtag, bytes);
  return TRUE;
}

gboolean
rubis_letterhead_fill_images (RubisDocumentContext *context, RubisTemplate *template_, RubisDatabase *db,
                              const RubisLetterheadSettings *settings, GError **error)
{
  for (guint i = 0; i < RUBIS_LETTERHEAD_N_LOGOS; i++)
    {
      RubisHashtag hashtag = (RubisHashtag)(RUBIS_HASHTAG_LOGO + i);

      if ((i == 0 || rubis_template_uses (template_, hashtag))
          && !fill_image (context, hashtag, i, db, settings, error))
        return FALSE;
    }
  return fill_image (context, RUBIS_HASHTAG_USER_SIGNATURE, RUBIS_LETTERHEAD_SIGNATURE, db, settings, error);
}

RubisLetterhead *
rubis_agenda_make_letterhead (RubisSession *self, const char *language, GError **error)
{
  g_autoptr (RubisCompany) company = rubis_session_dup_company (self);
  g_autoptr (RubisLetterheadSettings) settings = NULL;
  RubisDatabase *db = rubis_session_take_reader (self, error);
  RubisLetterheadFacts facts;
  g_autofree char *address = NULL;

  if (db == NULL)
    return NULL;
  settings = rubis_letterhead_settings_read (db, FALSE, error);
  rubis_session_return_reader (self, db);
  if (settings == NULL)
    return NULL;
  settings->images[0] = g_steal_pointer (&company->logo);
  address = rubis_letterhead_settings_fill_facts (settings, company, language, &facts);
  return rubis_letterhead_new (&facts, error);
}
