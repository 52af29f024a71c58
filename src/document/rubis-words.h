/* rubis-words.h: the words that documents add by themselves, in the language of the document.
 *
 * They do not go through gettext: a French window may write an English letter. French, English, German, Spanish,
 * Italian and Dutch have words of their own; other languages read as English.
 */
#pragma once

#include "rubis-date.h"
#include "rubis-types.h"

G_BEGIN_DECLS

typedef enum {
  RUBIS_WORD_INVOICE, /* the item types, in the order of RubisItemType */
  RUBIS_WORD_CREDIT,
  RUBIS_WORD_PAYMENT,
  RUBIS_WORD_MISC,
  RUBIS_WORD_DRAFT,
  RUBIS_WORD_DOWN_PAYMENT,
  RUBIS_WORD_COLUMN_NUMBER, /* the columns, in the order of RubisColumn */
  RUBIS_WORD_COLUMN_ORDER_REF,
  RUBIS_WORD_COLUMN_ISSUE_DATE,
  RUBIS_WORD_COLUMN_DUE_DATE,
  RUBIS_WORD_COLUMN_DAYS_LATE,
  RUBIS_WORD_COLUMN_LEVEL,
  RUBIS_WORD_COLUMN_TOTAL,
  RUBIS_WORD_COLUMN_DISPUTED,
  RUBIS_WORD_COLUMN_OPEN,
  RUBIS_WORD_COLUMN_PENALTY,
  RUBIS_WORD_COLUMN_INDEMNITY,
  RUBIS_WORD_ARREARS, /* heads the column of penalties for public bodies */
  RUBIS_WORD_TOTAL,
  RUBIS_WORD_TOTAL_TO_PAY,
  RUBIS_WORD_CARRIED_FORWARD,
  RUBIS_WORD_BROUGHT_FORWARD,
  RUBIS_WORD_PAGE,
  RUBIS_WORD_SUBJECT,
  RUBIS_WORD_AND,
  RUBIS_WORD_COLON,
  RUBIS_WORD_DATE_ON, /* between place and date: "Lyon, le …" */
  RUBIS_WORD_BENEFICIARY,
  RUBIS_WORD_REFERENCE,
  RUBIS_WORD_AMOUNT,
  RUBIS_WORD_PAY_BY_TRANSFER,
  RUBIS_WORD_PAY_ONLINE,
  RUBIS_WORD_SCAN,
  RUBIS_WORD_REGISTERED,
  RUBIS_WORD_YOUR_ACCOUNT,
  RUBIS_WORD_YOUR_REFERENCE,
  RUBIS_WORD_CONTACT,
  RUBIS_WORD_CAPITAL,
  RUBIS_WORD_VAT,
  RUBIS_WORD_PHONE,
  RUBIS_WORD_DEFAULT_SALUTATION,
  RUBIS_WORD_NUMBER_SIGN,
  RUBIS_WORD_OF_DATE,
  RUBIS_WORD_REMINDED_BY_EMAIL, /* the channels, in the order of RubisChannel */
  RUBIS_WORD_REMINDED_BY_LETTER,
  RUBIS_WORD_REMINDED_BY_REGISTERED,
  RUBIS_WORD_REMINDED_BY_CALL,
  RUBIS_WORD_REMINDED_BY_VISIT,
  RUBIS_WORD_REMINDED_BY_SMS,
  RUBIS_WORD_REMINDED_BY_DECISION,
  RUBIS_WORD_DAYS_UNIT, /* after a number of days in a table: "12 j" */
  RUBIS_WORD_WITHOUT_CONTESTED, /* on what no penalties are asked */
  RUBIS_WORD_MOVEMENT, /* statements of a period, payment plans, write-off sheets */
  RUBIS_WORD_DEBIT,
  RUBIS_WORD_CREDIT_SIDE,
  RUBIS_WORD_BALANCE,
  RUBIS_WORD_OPENING_BALANCE,
  RUBIS_WORD_CLOSING_BALANCE,
  RUBIS_WORD_PAYMENT_OF,
  RUBIS_WORD_APPLICATION_OF,
  RUBIS_WORD_PAYMENTS,
  RUBIS_WORD_INSTALMENT,
  RUBIS_WORD_LEFT_AFTER,
  RUBIS_WORD_INTEREST_RUNS, /* what the agreement of a payment plan says of interest */
  RUBIS_WORD_INTEREST_SUSPENDED,
  RUBIS_WORD_INTEREST_WAIVED,
  RUBIS_WORD_FOR_CREDITOR,
  RUBIS_WORD_FOR_DEBTOR,
  RUBIS_WORD_DATE,
  RUBIS_WORD_SIGNATURE,
  RUBIS_WORD_NAME,
  RUBIS_WORD_ASKED_BY,
  RUBIS_WORD_DECIDED_BY,
  RUBIS_WORD_AMOUNT_NET,
  RUBIS_WORD_AMOUNT_GROSS,
  RUBIS_WORD_PAYS_ON_TIME, /* payer profiles */
  RUBIS_WORD_PAYS_NEARLY_ON_TIME,
  RUBIS_WORD_PAYS_LATE,
  RUBIS_WORD_PAYS_VERY_LATE,
  RUBIS_WORD_PAYS_EXTREMELY_LATE,
  RUBIS_N_WORDS
} RubisWord;

/* Static. */
const char *rubis_words_get (RubisWord word, const char *language);
/* Whether the language says "factures" for @count of them: French from 2, the others for all but 1. */
gboolean rubis_words_is_plural (gint64 count, const char *language);
/* A title typed in any of the languages, as this one writes it before a name: "Mme" is "Frau", "Ms", "Sra.", "Sig.ra",
 * "Mevrouw"; in an @address "Herrn". What is no known title comes back as it is; French titles stay as typed.
 */
char *rubis_words_make_title (const char *title, gboolean address, const char *language);
/* The opening of a letter: "Madame," for a known title, "Madame, Monsieur," otherwise; "Sehr geehrte Frau Weber,". */
char *rubis_words_make_salutation (const char *title, const char *name, const char *language);
/* An earlier reminder as a letter names it: "courriel du 2 octobre 2026". */
char *rubis_words_make_reminder (RubisChannel channel, RubisDate date, const char *language);
/* The closing that repeats the opening; @formal for paper, otherwise the short form of emails. */
char *rubis_words_make_closing (const char *salutation, gboolean formal, const char *language);

G_END_DECLS
