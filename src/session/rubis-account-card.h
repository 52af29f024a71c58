/* rubis-account-card.h: all that the account panel shows of one account. */
#pragma once

#include "rubis-event-row.h"
#include "rubis-item-row.h"
#include "rubis-policy.h"
#include "rubis-session.h"
#include "rubis-types.h"

G_BEGIN_DECLS

typedef struct {
  gint64 id;         /* 0: the company itself */
  char *name;        /* with title */
  char *role;        /* label of the role */
  RubisContactRole role_id;
  char *salutation;
  char *first_name;
  char *last_name;
  char *job;
  char *email;
  char *phone;
  char *mobile;
  char *note;
} RubisContactRow;

/* Balance in one currency: outstanding = not due + overdue − unapplied. Minor units. */
typedef struct {
  RubisCurrency currency;
  gint64 balance;
  gint64 overdue;
  gint64 not_due;
  gint64 unapplied;    /* credits and payments not allocated, as a positive amount */
  gint64 buckets[5];   /* not due, 1–30, 31–60, 61–90, over 90 days: debits */
  gint64 disputed;
} RubisBalance;

#define RUBIS_TYPE_ACCOUNT_CARD (rubis_account_card_get_type ())
G_DECLARE_FINAL_TYPE (RubisAccountCard, rubis_account_card, RUBIS, ACCOUNT_CARD, GObject)

/* Read-only for everybody but session. Strings are never NULL. */
struct _RubisAccountCard {
  GObject parent_instance;

  gint64 id;
  char *code;
  char *name;
  char *siren;
  char *vat_id;
  char *address;            /* lines separated by newlines, with postcode and town */
  char *email;
  char *phone;
  char *language;           /* "fr" */
  char *payment_terms;      /* in words */
  char *policy_id;
  char *policy_name;
  char *note;
  char *insurer;            /* of credits, that covers its debts; "" */
  char *groups;             /* names, separated by ", " */
  RubisPartyKind kind;
  RubisInsolvency insolvency;
  gboolean stop;
  char *stop_reason;
  RubisDate stop_until;
  int days_late;            /* of the oldest overdue item */
  GArray *balances;         /* (element-type RubisBalance) dossier's currency first */
  GPtrArray *contacts;      /* (element-type RubisContactRow) */
  GPtrArray *items;         /* (element-type RubisItemRow) open items, oldest due first, 50 at most */
  GPtrArray *events;        /* (element-type RubisEventRow) newest first, 100 at most */
  char *next_action;        /* "18/11/2026: relance 2 (email)", "" when there is none */
  GPtrArray *why;           /* (element-type utf8) sentences: why something is proposed, or why not */
};

/* (transfer full) Errors: G_IO_ERROR_NOT_FOUND. */
RubisAccountCard *rubis_session_load_account (RubisSession *self, gint64 account_id, GError **error);

/* Edits; each is journaled and can be undone. What is as it was is no edit. Errors:
 * RUBIS_SESSION_ERROR_VALUE when what was typed is wrong, G_IO_ERROR_NOT_FOUND, those of the store.
 */
gboolean rubis_session_set_note (RubisSession *self, gint64 account_id, const char *note, GError **error);
/* @until: RUBIS_DATE_NONE for no end; @stop FALSE lifts it. */
gboolean rubis_session_set_account_stop (RubisSession *self, gint64 account_id, gboolean stop, const char *reason,
                                         RubisDate until, GError **error);
gboolean rubis_session_set_items_stop (RubisSession *self, GArray *item_ids, gboolean stop, const char *reason,
                                       RubisDate until, GError **error);
/* @policy_id "": back to the one of its kind. */
gboolean rubis_session_set_account_policy (RubisSession *self, gint64 account_id, const char *policy_id,
                                           GError **error);
/* The email or phone that letters and calls use; checked. */
gboolean rubis_session_set_account_email (RubisSession *self, gint64 account_id, const char *email, GError **error);
gboolean rubis_session_set_account_phone (RubisSession *self, gint64 account_id, const char *phone, GError **error);
/* A person at the customer. Texts may be NULL; a name, an email or a phone number is needed. */
typedef struct {
  const char *salutation;   /* "Mme" */
  const char *first_name;
  const char *last_name;
  const char *job;
  RubisContactRole role;
  const char *email;
  const char *phone;
  const char *mobile;
  const char *note;
} RubisContactInput;
gboolean rubis_session_add_contact (RubisSession *self, gint64 account_id, const RubisContactInput *contact,
                                    GError **error);
/* Changes or removes a person at the customer; what names a removed one keeps it. Errors: G_IO_ERROR_NOT_FOUND. */
gboolean rubis_session_change_contact (RubisSession *self, gint64 contact_id, const RubisContactInput *contact,
                                       GError **error);
gboolean rubis_session_remove_contact (RubisSession *self, gint64 contact_id, GError **error);
/* Name and currency are needed; SIREN, VAT number, IBAN, BIC and email are checked when given. */
gboolean rubis_session_set_company (RubisSession *self, const RubisCompany *company, GError **error);
/* (transfer full) (element-type RubisPolicy) those of the dossier, in the order in which users list them */
GPtrArray *rubis_session_list_policies (RubisSession *self, GError **error);

/* Why an item is proposed today, or why not: sentences for "Why?". (transfer full) (element-type utf8) */
GPtrArray *rubis_session_explain_item (RubisSession *self, gint64 item_id, GError **error);

G_END_DECLS
