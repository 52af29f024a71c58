/* rubis-types.h: the enumerations that every layer speaks.
 *
 * Each has a stable text form for files and the command line; the numbers are what the dossier
 * stores and must never be renumbered.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The kind of an item; the short codes are those of the import files. */
typedef enum {
  RUBIS_ITEM_INVOICE = 0,      /* FAC */
  RUBIS_ITEM_CREDIT = 1,       /* AVO: credit note */
  RUBIS_ITEM_PAYMENT = 2,      /* RGL: payment not yet allocated */
  RUBIS_ITEM_MISC = 3,         /* ODI: miscellaneous entry, either sign */
  RUBIS_ITEM_DRAFT = 4,        /* TRT: draft (LCR) in transit */
  RUBIS_ITEM_DOWN_PAYMENT = 5, /* DPA: down-payment request, memo only, not owed */
} RubisItemType;
#define RUBIS_N_ITEM_TYPES 6

typedef enum {
  RUBIS_PARTY_PROFESSIONAL = 0,
  RUBIS_PARTY_CONSUMER = 1,
  RUBIS_PARTY_PUBLIC = 2,
  RUBIS_PARTY_INTRAGROUP = 3,
} RubisPartyKind;
#define RUBIS_N_PARTY_KINDS 4

typedef enum {
  RUBIS_INSOLVENCY_NONE = 0,
  RUBIS_INSOLVENCY_SAFEGUARD = 1,    /* sauvegarde */
  RUBIS_INSOLVENCY_RECEIVERSHIP = 2, /* redressement judiciaire */
  RUBIS_INSOLVENCY_LIQUIDATION = 3,  /* liquidation judiciaire */
} RubisInsolvency;
#define RUBIS_N_INSOLVENCIES 4

typedef enum {
  RUBIS_CHANNEL_EMAIL = 0,
  RUBIS_CHANNEL_LETTER = 1,
  RUBIS_CHANNEL_REGISTERED = 2,
  RUBIS_CHANNEL_CALL = 3,
  RUBIS_CHANNEL_VISIT = 4,
  RUBIS_CHANNEL_SMS = 5,
  RUBIS_CHANNEL_DECISION = 6,
} RubisChannel;
#define RUBIS_N_CHANNELS 7

/* How far a person has to agree before a step leaves. */
typedef enum {
  RUBIS_VALIDATION_AUTO = 0,
  RUBIS_VALIDATION_CONFIRM = 1,
  RUBIS_VALIDATION_MANUAL = 2,
} RubisValidation;
#define RUBIS_N_VALIDATIONS 3

typedef enum {
  RUBIS_MEANS_UNKNOWN = 0,
  RUBIS_MEANS_TRANSFER = 1,
  RUBIS_MEANS_CHEQUE = 2,
  RUBIS_MEANS_CARD = 3,
  RUBIS_MEANS_CASH = 4,
  RUBIS_MEANS_DIRECT_DEBIT = 5, /* automatic: not dunned until a debit was returned */
  RUBIS_MEANS_DRAFT = 6,        /* lettre de change relevé */
} RubisPaymentMeans;
#define RUBIS_N_PAYMENT_MEANS 7

const char *rubis_item_type_to_code (RubisItemType type);
gboolean rubis_item_type_from_code (const char *code, RubisItemType *type);
const char *rubis_item_type_to_label (RubisItemType type);
const char *rubis_party_kind_to_id (RubisPartyKind kind);
gboolean rubis_party_kind_from_id (const char *id, RubisPartyKind *kind);
const char *rubis_party_kind_to_label (RubisPartyKind kind);
const char *rubis_insolvency_to_id (RubisInsolvency insolvency);
gboolean rubis_insolvency_from_id (const char *id, RubisInsolvency *insolvency);
const char *rubis_insolvency_to_label (RubisInsolvency insolvency);
const char *rubis_channel_to_id (RubisChannel channel);
gboolean rubis_channel_from_id (const char *id, RubisChannel *channel);
const char *rubis_channel_to_label (RubisChannel channel);
const char *rubis_validation_to_id (RubisValidation validation);
gboolean rubis_validation_from_id (const char *id, RubisValidation *validation);
const char *rubis_payment_means_to_id (RubisPaymentMeans means);
gboolean rubis_payment_means_from_id (const char *id, RubisPaymentMeans *means);
const char *rubis_payment_means_to_label (RubisPaymentMeans means);

G_END_DECLS
