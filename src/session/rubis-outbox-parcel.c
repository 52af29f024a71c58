#include "rubis-outbox-parcel.h"

#include "rubis-email.h"
#include "rubis-hand-over-private.h"
#include "rubis-types.h"

gboolean
rubis_outbox_get_parcel_kind (const RubisOutboxRecord *record, const RubisSender *sender,
                              RubisParcelKind *kind)
{
  switch ((int)record->channel)
    {
    case RUBIS_CHANNEL_EMAIL:
      *kind = RUBIS_PARCEL_EMAIL;
      break;
    case RUBIS_CHANNEL_SMS:
      *kind = RUBIS_PARCEL_SMS;
      break;
    case RUBIS_CHANNEL_LETTER:
      *kind = RUBIS_PARCEL_LETTER;
      break;
    default:
      *kind = sender != NULL && sender->transport == RUBIS_TRANSPORT_AR24 ? RUBIS_PARCEL_ELECTRONIC_REGISTERED
                                                                          : RUBIS_PARCEL_REGISTERED;
      break;
    }
  return sender == NULL || rubis_transport_carries (sender->transport, *kind);
}

char *
rubis_outbox_dup_from (RubisDatabase *db, const RubisSender *sender, GError **error)
{
  g_autoptr (RubisCompany) company = NULL;

  if (*sender->email != '\0')
    return rubis_email_to_ascii (sender->email);
  company = rubis_session_read_company (db, error);
  return company != NULL ? rubis_email_to_ascii (company->email) : NULL;
}

RubisParcel *
rubis_outbox_make_parcel (RubisSession *session, RubisDatabase *db, const RubisOutboxRecord *record,
                          const RubisDocumentRecord *document, const RubisSender *sender, GError **error)
{
  g_autofree char *from = rubis_outbox_dup_from (db, sender, error);
  RubisParcelKind kind;
  RubisParcel *parcel;

  if (from == NULL)
    return NULL;
  rubis_outbox_get_parcel_kind (record, sender, &kind);
  parcel = rubis_parcel_new (kind, "", document->content);
  if (kind != RUBIS_PARCEL_EMAIL && kind != RUBIS_PARCEL_SMS)
    {
      if (rubis_hand_over_fill_parcel (session, db, record, parcel, error))
        return parcel;
      rubis_parcel_free (parcel);
      return NULL;
    }
  rubis_parcel_set (parcel, message_id, record->message_id);
  rubis_parcel_set (parcel, from_email, kind == RUBIS_PARCEL_SMS ? sender->from_name : from);
  rubis_parcel_set (parcel, to_phone, kind == RUBIS_PARCEL_SMS ? record->recipient : "");
  rubis_parcel_set (parcel, to_email, *record->recipient != '\0' ? record->recipient : document->recipient);
  rubis_parcel_set (parcel, to_company, record->account_name);
  rubis_parcel_set (parcel, title, document->file_name);
  rubis_parcel_set (parcel, reference, record->account_code);
  return parcel;
}

gboolean
rubis_outbox_note_delivery (RubisSession *session, RubisDatabase *db, RubisOutboxRecord *record,
                            const RubisDelivery *delivery, GError **error)
{
  if (delivery->price >= 0)
    record->price = delivery->price;
  return TRUE;
}
