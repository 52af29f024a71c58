/* rubis-hashtag.h: the words that a template may contain, and what each stands for.
 *
 * Every hashtag has a French name and an English alias; both are found whatever the case and the
 * accents. The enumeration is internal: nothing stores its numbers.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  /* the customer */
  RUBIS_HASHTAG_CUSTOMER_NAME,
  RUBIS_HASHTAG_CUSTOMER_CODE,
  RUBIS_HASHTAG_LEGAL_FORM,
  RUBIS_HASHTAG_SIREN,
  RUBIS_HASHTAG_SIRET,
  RUBIS_HASHTAG_CUSTOMER_VAT,
  RUBIS_HASHTAG_CUSTOMER_ADDRESS, /* the postal lines, name included, one per line */
  RUBIS_HASHTAG_CUSTOMER_STREET,  /* the address lines before the postcode */
  RUBIS_HASHTAG_POSTCODE,
  RUBIS_HASHTAG_CITY,
  RUBIS_HASHTAG_COUNTRY,
  RUBIS_HASHTAG_DEBTOR, /* identity as a court wants it, over several lines */
  RUBIS_HASHTAG_CUSTOMER_GROUP,
  RUBIS_HASHTAG_PAYMENT_TERM,
  RUBIS_HASHTAG_PAYMENT_MEANS,
  RUBIS_HASHTAG_PAYER_PROFILE,
  RUBIS_HASHTAG_AVERAGE_DELAY,
  RUBIS_HASHTAG_CREDIT_LIMIT,
  RUBIS_HASHTAG_CUSTOMER_FIELD_1, /* … to 12, in a row */
  RUBIS_HASHTAG_CUSTOMER_FIELD_12 = RUBIS_HASHTAG_CUSTOMER_FIELD_1 + 11,
  RUBIS_HASHTAG_IS_PROFESSIONAL, /* flags: exactly one of the three is set */
  RUBIS_HASHTAG_IS_CONSUMER,
  RUBIS_HASHTAG_IS_PUBLIC_BODY,
  /* the contact the document is addressed to */
  RUBIS_HASHTAG_CONTACT_TITLE,
  RUBIS_HASHTAG_CONTACT_FIRST_NAME,
  RUBIS_HASHTAG_CONTACT_NAME,
  RUBIS_HASHTAG_CONTACT_ROLE,
  RUBIS_HASHTAG_CONTACT_EMAIL,
  RUBIS_HASHTAG_CONTACT_PHONE,
  RUBIS_HASHTAG_SALUTATION, /* made from the title when nobody sets it */
  RUBIS_HASHTAG_CLOSING,    /* made from the salutation and the channel when nobody sets it */
  /* the leading item: the oldest overdue one, unless an item is marked as leader */
  RUBIS_HASHTAG_INVOICE_NUMBER,
  RUBIS_HASHTAG_INVOICE_DATE,
  RUBIS_HASHTAG_DUE_DATE,
  RUBIS_HASHTAG_DAYS_LATE,
  RUBIS_HASHTAG_INVOICE_AMOUNT,
  RUBIS_HASHTAG_OPEN_AMOUNT,
  RUBIS_HASHTAG_ORDER_REFERENCE,
  RUBIS_HASHTAG_INVOICE_LINK,
  /* the account: sums over the items of the context, see rubis_document_context_complete() */
  RUBIS_HASHTAG_TOTAL_OPEN,
  RUBIS_HASHTAG_TOTAL_OVERDUE,
  RUBIS_HASHTAG_TOTAL_SELECTED,
  RUBIS_HASHTAG_TOTAL_NOT_DUE,
  RUBIS_HASHTAG_TOTAL_CREDITS,
  RUBIS_HASHTAG_UNALLOCATED_PAYMENTS,
  RUBIS_HASHTAG_BALANCE,
  RUBIS_HASHTAG_TOTAL_DISPUTED,
  RUBIS_HASHTAG_TOTAL_UNDISPUTED,
  RUBIS_HASHTAG_INVOICE_COUNT,
  RUBIS_HASHTAG_OLDEST_DUE_DATE,
  RUBIS_HASHTAG_AGING_0_30,
  RUBIS_HASHTAG_AGING_31_60,
  RUBIS_HASHTAG_AGING_61_90,
  RUBIS_HASHTAG_AGING_90_PLUS,
  /* lists: tables of items */
  RUBIS_HASHTAG_LIST_ITEMS,
  RUBIS_HASHTAG_LIST_OVERDUE,
  RUBIS_HASHTAG_LIST_NOT_DUE,
  RUBIS_HASHTAG_LIST_SELECTED,
  RUBIS_HASHTAG_LIST_DISPUTED,
  /* grids: filled by whoever makes the document */
  RUBIS_HASHTAG_INSTALMENTS_GRID, /* of a payment plan */
  RUBIS_HASHTAG_EXHIBITS,
  RUBIS_HASHTAG_CHRONOLOGY,
  RUBIS_HASHTAG_INTEREST_ACCOUNT,
  RUBIS_HASHTAG_CLAIM_ACCOUNT, /* what a court is asked for, invoice by invoice */
  /* statements, agreements, receipts and write-off sheets: set by whoever makes them */
  RUBIS_HASHTAG_PERIOD_START,
  RUBIS_HASHTAG_PERIOD_END,
  RUBIS_HASHTAG_OPENING_BALANCE, /* at the start of the first day */
  RUBIS_HASHTAG_CLOSING_BALANCE, /* at the end of the last day */
  RUBIS_HASHTAG_MOVEMENTS,
  RUBIS_HASHTAG_AMOUNT_IN_WORDS, /* of the agreement or receipt */
  RUBIS_HASHTAG_PLAN_AMOUNT,
  RUBIS_HASHTAG_INSTALMENT_COUNT,
  RUBIS_HASHTAG_FIRST_INSTALMENT,
  RUBIS_HASHTAG_LAST_INSTALMENT,
  RUBIS_HASHTAG_PLAN_DATE,           /* day on which a payment plan was agreed */
  RUBIS_HASHTAG_PLAN_LEFT,           /* what is left of it, due or not */
  RUBIS_HASHTAG_CLAIMED_INSTALMENTS, /* those that a letter is about, with what was paid of them */
  RUBIS_HASHTAG_ACCELERATION_NOTICE, /* days of notice before the whole falls due; unset: no such clause */
  RUBIS_HASHTAG_GRACE_DAYS,          /* after an instalment, before it is late */
  RUBIS_HASHTAG_INTEREST_CLAUSE,
  RUBIS_HASHTAG_PARTY_SIGNATURES, /* room for both parties to sign */
  RUBIS_HASHTAG_PAYMENT_NUMBER,
  RUBIS_HASHTAG_PAID_ITEMS,
  RUBIS_HASHTAG_WRITE_OFF_ITEMS,
  RUBIS_HASHTAG_WRITE_OFF_REASON,
  RUBIS_HASHTAG_WRITE_OFF_AMOUNT, /* VAT included */
  RUBIS_HASHTAG_WRITE_OFF_NET,
  RUBIS_HASHTAG_DECISION_BOX,
  RUBIS_HASHTAG_DISPUTE_ITEMS, /* a line each: number, what is open, what is contested */
  RUBIS_HASHTAG_DISPUTE_REASON,
  RUBIS_HASHTAG_DISPUTE_AMOUNT,
  RUBIS_HASHTAG_DISPUTE_WORDS, /* the customer's */
  RUBIS_HASHTAG_DISPUTE_DUE_DATE,
  RUBIS_HASHTAG_DISPUTE_OPENED,
  RUBIS_HASHTAG_DISPUTE_RESOLVER,
  /* penalties */
  RUBIS_HASHTAG_PENALTY_RATE,
  RUBIS_HASHTAG_PENALTY_AMOUNT,
  RUBIS_HASHTAG_INDEMNITY_AMOUNT,
  RUBIS_HASHTAG_INDEMNITY_COUNT,
  RUBIS_HASHTAG_TOTAL_WITH_PENALTIES,
  RUBIS_HASHTAG_PENALTY_DETAIL,
  RUBIS_HASHTAG_PENALTY_DATE,         /* the day the penalties are computed to */
  RUBIS_HASHTAG_CONTRACTUAL_RATE,     /* flag: the rate comes from the contract, not from the law */
  /* the step */
  RUBIS_HASHTAG_REMINDER_NUMBER,
  RUBIS_HASHTAG_REMINDER_LEVEL,
  RUBIS_HASHTAG_REMINDER_DATE,
  RUBIS_HASHTAG_PREVIOUS_REMINDER_DATE,
  RUBIS_HASHTAG_REMINDER_HISTORY, /* one reminder per line, drawn as a list */
  RUBIS_HASHTAG_DAYS_BEFORE_NEXT,
  RUBIS_HASHTAG_DEADLINE,
  RUBIS_HASHTAG_PROMISE_DATE,
  RUBIS_HASHTAG_PROMISE_AMOUNT,
  RUBIS_HASHTAG_PROMISE_PAID,    /* of it, in time */
  RUBIS_HASHTAG_PROMISE_MISSING, /* of it, still open */
  RUBIS_HASHTAG_PROMISE_WORDS,   /* the customer's */
  RUBIS_HASHTAG_PAYMENT_DATE,   /* of the payment that a thank-you answers */
  RUBIS_HASHTAG_PAYMENT_AMOUNT,
  RUBIS_HASHTAG_REGISTERED_NUMBER,
  RUBIS_HASHTAG_COURT,      /* the court that is seized */
  RUBIS_HASHTAG_COURT_FORM, /* the number of its official form */
  RUBIS_HASHTAG_ENCLOSURES, /* one per line, drawn as a list */
  /* the own company */
  RUBIS_HASHTAG_COMPANY_NAME,
  RUBIS_HASHTAG_CREDITOR, /* identity as a court wants it, over several lines */
  RUBIS_HASHTAG_COMPANY_ADDRESS,
  RUBIS_HASHTAG_COMPANY_CITY,
  RUBIS_HASHTAG_COMPANY_SIREN,
  RUBIS_HASHTAG_COMPANY_CAPITAL,
  RUBIS_HASHTAG_COMPANY_RCS,
  RUBIS_HASHTAG_COMPANY_IBAN,
  RUBIS_HASHTAG_COMPANY_BIC,
  RUBIS_HASHTAG_COMPANY_PHONE,
  RUBIS_HASHTAG_COMPANY_EMAIL,
  RUBIS_HASHTAG_LOGO,   /* … to 10, in a row */
  RUBIS_HASHTAG_LOGO_10 = RUBIS_HASHTAG_LOGO + 9,
  RUBIS_HASHTAG_PAYMENT_QR,        /* its text is the payload of the code; drawn with the bank details */
  RUBIS_HASHTAG_PAYMENT_REFERENCE, /* what the customer should write on the transfer */
  RUBIS_HASHTAG_PAYMENT_LINK,
  RUBIS_HASHTAG_RETENTION_OF_TITLE,  /* flag: the contract has such a clause */
  RUBIS_HASHTAG_DELIVERY_SUSPENSION, /* flag: the company does suspend deliveries */
  /* the user who signs */
  RUBIS_HASHTAG_USER_NAME,
  RUBIS_HASHTAG_USER_ROLE,
  RUBIS_HASHTAG_USER_SIGNATURE, /* drawn as signature block: role, image when there is one, name */
  RUBIS_HASHTAG_USER_PHOTO,
  RUBIS_HASHTAG_USER_PHONE,
  RUBIS_N_HASHTAGS
} RubisHashtag;

typedef enum {
  RUBIS_HASHTAG_FAMILY_CUSTOMER,
  RUBIS_HASHTAG_FAMILY_CONTACT,
  RUBIS_HASHTAG_FAMILY_ITEM,
  RUBIS_HASHTAG_FAMILY_ACCOUNT,
  RUBIS_HASHTAG_FAMILY_LISTS,
  RUBIS_HASHTAG_FAMILY_PAPERS, /* statements, agreements, receipts, write-off sheets */
  RUBIS_HASHTAG_FAMILY_PENALTIES,
  RUBIS_HASHTAG_FAMILY_STEP,
  RUBIS_HASHTAG_FAMILY_COMPANY,
  RUBIS_HASHTAG_FAMILY_USER,
} RubisHashtagFamily;
#define RUBIS_N_HASHTAG_FAMILIES 10

/* What a value is made of. */
typedef enum {
  RUBIS_VALUE_TEXT,      /* one or several lines */
  RUBIS_VALUE_LINES,     /* text whose lines are the entries of a list */
  RUBIS_VALUE_AMOUNT,    /* one amount per currency */
  RUBIS_VALUE_DATE,
  RUBIS_VALUE_COUNT,
  RUBIS_VALUE_RATE,      /* hundredths of a percent a year */
  RUBIS_VALUE_FLAG,      /* for conditions; cannot be printed */
  RUBIS_VALUE_IMAGE,
  RUBIS_VALUE_TABLE,     /* items of the context */
  RUBIS_VALUE_GRID,      /* cells made by the caller, see rubis-grid.h */
  RUBIS_VALUE_PAYMENT,   /* QR code with bank details */
  RUBIS_VALUE_SIGNATURE,
} RubisValueType;

/* What may follow a list or its total: #ListeEchues_AvecPenalites, #TotalEchu_AvecPenalites. */
typedef enum {
  RUBIS_LIST_PLAIN = 0,
  RUBIS_LIST_WITH_PENALTIES = 1 << 0,
  RUBIS_LIST_WITHOUT_PENALTIES = 1 << 1, /* the default, said aloud */
  RUBIS_LIST_WITHOUT_DISPUTES = 1 << 2,  /* only the undisputed part of each item */
  RUBIS_LIST_BY_CURRENCY = 1 << 3,       /* the default, said aloud: currencies are never mixed */
  RUBIS_LIST_BY_COMPANY = 1 << 4,        /* a dossier has one creditor: the same as without */
} RubisListModifiers;
#define RUBIS_N_LIST_MODIFIERS 5

/* Whether @hashtag is a list, or the total of one: then it takes modifiers. @list (nullable) becomes the
 * list that the total adds up, or the hashtag itself.
 */
gboolean rubis_hashtag_get_list (RubisHashtag hashtag, RubisHashtag *list);
/* "SansPenalites" in French, "WithoutPenalties" in any other language; @index below
 * RUBIS_N_LIST_MODIFIERS. Static.
 */
const char *rubis_list_modifier_get_name (guint index, const char *language);
/* What it does, in the language of the user. Static. */
const char *rubis_list_modifier_get_description (guint index);

/* The hashtag of that name ("NomClient", "nomclient", "CustomerName"; without '#'), or FALSE.
 * The whole name must match. A list or its total may carry modifiers, which go to @modifiers (nullable).
 */
gboolean rubis_hashtag_lookup (const char *name, RubisHashtag *hashtag, RubisListModifiers *modifiers);
/* Lower case without accents, the form in which names are compared: "DÉFAUT" -> "defaut". */
char *rubis_hashtag_fold (const char *name);
/* The known name nearest to @name (in the language in which @name was nearest), with its modifier, or
 * NULL when nothing is near.
 */
char *rubis_hashtag_suggest (const char *name);

/* "NomClient", without '#'; @language "fr" gives the French name, any other the English alias. Static. */
const char *rubis_hashtag_get_name (RubisHashtag hashtag, const char *language);
RubisHashtagFamily rubis_hashtag_get_family (RubisHashtag hashtag);
RubisValueType rubis_hashtag_get_value_type (RubisHashtag hashtag);
/* Whether a document that prints this hashtag without a value must not be produced. */
gboolean rubis_hashtag_is_mandatory (RubisHashtag hashtag);
/* What it stands for, in the language of the user. Static. */
const char *rubis_hashtag_get_description (RubisHashtag hashtag);
const char *rubis_hashtag_family_to_label (RubisHashtagFamily family);

G_END_DECLS
