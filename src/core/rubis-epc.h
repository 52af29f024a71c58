/* rubis-epc.h: the content of a SEPA credit transfer QR code (EPC069-12).
 *
 * What is drawn is made elsewhere: byte mode, error correction M, no ECI header.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  RUBIS_EPC_OK = 0,
  RUBIS_EPC_VERSION = 1,    /* neither 1 nor 2 */
  RUBIS_EPC_LINE_BREAK = 2, /* inside a field */
  RUBIS_EPC_NAME_MISSING = 3,
  RUBIS_EPC_NAME_TOO_LONG = 4, /* over 70 characters */
  RUBIS_EPC_IBAN = 5,
  RUBIS_EPC_BIC = 6,
  RUBIS_EPC_BIC_MISSING = 7, /* version 001, or an account outside the European Economic Area */
  RUBIS_EPC_AMOUNT = 8,      /* not a number */
  RUBIS_EPC_AMOUNT_DECIMALS = 9,
  RUBIS_EPC_AMOUNT_RANGE = 10, /* not within 0.01 to 999999999.99 */
  RUBIS_EPC_PURPOSE = 11,      /* over 4 characters */
  RUBIS_EPC_REFERENCE = 12,    /* over 35 characters, or an RF reference with wrong check digits */
  RUBIS_EPC_REFERENCE_AND_TEXT = 13,
  RUBIS_EPC_TEXT_TOO_LONG = 14,    /* over 140 characters */
  RUBIS_EPC_INFO_TOO_LONG = 15,    /* over 70 characters */
  RUBIS_EPC_CHARSET = 16,          /* not known, or without a character that is needed */
  RUBIS_EPC_PAYLOAD_TOO_LONG = 17, /* over 331 bytes */
} RubisEpcReason;
#define RUBIS_N_EPC_REASONS 18

/* Strings may be NULL, but for the name and the IBAN. Start from RUBIS_EPC_PAYMENT_INIT. */
typedef struct
{
  int version; /* 1 or 2 */
  int charset; /* 1: UTF-8, 2: ISO 8859-1, 3: -2, 4: -4, 5: -5, 6: -7, 7: -10, 8: -15 */
  const char *name;
  const char *iban;
  const char *bic;
  const char *amount; /* plain decimal of euros as rubis_money_to_string() writes it; NULL: the payer
                         fills it in */
  const char *purpose;
  const char *reference; /* structured, such as RF… (rubis-reference.h); excludes @text */
  const char *text;
  const char *info; /* shown to the payer, not sent */
} RubisEpcPayment;
#define RUBIS_EPC_PAYMENT_INIT ((RubisEpcPayment){ .version = 2, .charset = 1 })

/* The bytes to encode, or NULL and @reason. @reason is RUBIS_EPC_OK on success and may be NULL. */
GBytes *rubis_epc_payload_new (const RubisEpcPayment *payment, RubisEpcReason *reason);

/* @text in the characters that every bank takes in a SEPA transfer (EPC217-08: letters and digits without accents, space
 * and / - ? : ( ) . , ' +), never with // in it nor / at an end. What has no letter or digit in them comes back as it is:
 * a name in Greek is better than none. (transfer full)
 */
char *rubis_epc_dup_safe_text (const char *text);

/* "name_too_long", "bic_missing"… */
const char *rubis_epc_reason_to_id (RubisEpcReason reason);

G_END_DECLS
