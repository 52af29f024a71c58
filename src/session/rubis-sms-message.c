#include "rubis-sms-message.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-format.h"
#include "rubis-import-preview.h"
#include "rubis-phone.h"

/* unit_price counts thousandths of a cent */
#define UNITS_OF_CENT 1000

void
rubis_sms_message_free (RubisSmsMessage *self)
{
  g_free (self->phone);
  g_free (self->text);
  g_free (self);
}

RubisSmsMessage *
rubis_sms_message_new (const RubisActionPaper *paper, const RubisSender *sender, GError **error)
{
  const RubisFilledDocument *filled = paper->filled;
  const char *number = *filled->mobile != '\0' ? filled->mobile : filled->phone;
  g_autofree char *phone = rubis_phone_to_international (number, filled->account->country);
  g_autofree char *text = NULL;
  RubisSmsMessage *self;

  if (phone == NULL || !rubis_phone_takes_sms (phone))
    {
      g_set_error (
          error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
          *number != '\0'
              ? _ ("“%s” is not a number that texts can be sent to: correct it in the account’s contacts")
              : _ ("There is no mobile number%s: add one to the account’s contacts"),
          number);
      return NULL;
    }
  text = rubis_document_to_text (filled->document, 0);
  g_strstrip (text);
  self = g_new0 (RubisSmsMessage, 1);
  self->phone = g_steal_pointer (&phone);
  self->text = g_steal_pointer (&text);
  rubis_sms_measure (self->text, &self->length);
  self->price = sender->unit_price > 0
                    ? (sender->unit_price * self->length.n_segments + UNITS_OF_CENT / 2) / UNITS_OF_CENT
                    : -1;
  return self;
}

char *
rubis_sms_message_describe (const RubisSmsMessage *self, RubisCurrency currency)
{
  g_autofree char *price
      = self->price >= 0 ? rubis_format_amount (self->price, currency, rubis_format_ui_language ()) : NULL;
  g_autofree char *parts
      = g_strdup_printf (ngettext ("%u SMS to %s", "%u SMS to %s", self->length.n_segments),
                         self->length.n_segments, self->phone);

  if (price != NULL)
    return g_strdup_printf (_ ("%s, %s by the price of your contract"), parts, price);
  return g_strdup_printf (_ ("%s, of unknown price: your contract says it"), parts);
}
