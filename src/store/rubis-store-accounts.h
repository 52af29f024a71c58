/* rubis-store-accounts.h: parties, accounts, their groups and contacts. */
#pragma once

#include "rubis-database.h"
#include "rubis-types.h"

G_BEGIN_DECLS

/* An account with its party. Strings are never NULL once loaded. */
typedef struct {
  gint64 id;
  gint64 party_id;
  char *code;
  char *name;
  char *legal_form;
  char *siren;
  char *vat_id;
  RubisPartyKind kind;
  RubisInsolvency insolvency;
  char *address;       /* street lines, separated by newlines */
  char *postcode;
  char *city;
  char *country;
  char *file_address;  /* what files said last where the user wrote over it; "" in all four: he did not */
  char *file_postcode;
  char *file_city;
  char *file_country;
  gboolean address_bad;   /* a registered letter came back from it; ends when the address changes */
  char *email;
  gboolean email_bad;     /* mail to it came back, or reached the wrong person; ends when it changes */
  char *phone;
  char *language;      /* "" for the dossier's */
  char *terms;         /* canonical payment terms, "" when unknown */
  RubisPaymentMeans means;
  char *sales_rep;
  char *policy_id;     /* "" for the default policy */
  char *note;
  gboolean stop;
  char *stop_reason;
  RubisDate stop_until;
  gboolean with_agent;
  char *insurer;         /* that covers its debts, "": none */
  char *time_zone;       /* "": that of its country */
  char *payment_process; /* how it pays */
  gint64 credit_limit;   /* minor units of the dossier's currency, -1: none */
  RubisDate last_contact; /* of any account of the party: one company, one patience */
} RubisAccountRecord;

RubisAccountRecord *rubis_account_record_new (void);
void rubis_account_record_free (RubisAccountRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisAccountRecord, rubis_account_record_free)

/* (transfer full) (nullable) NULL without error when there is no such account */
RubisAccountRecord *rubis_store_load_account (RubisDatabase *db, gint64 id, GError **error);
/* @id: 0 when there is none */
gboolean rubis_store_find_account (RubisDatabase *db, const char *code, gint64 *id, GError **error);
/* All accounts by code. (transfer full) (element-type RubisAccountRecord) */
GPtrArray *rubis_store_list_accounts (RubisDatabase *db, GError **error);

gboolean rubis_store_count_accounts (RubisDatabase *db, gint64 *n_accounts, GError **error);

/* Calls @func for each account, in order of id; the record is borrowed. */
typedef gboolean (*RubisAccountFunc) (const RubisAccountRecord *account, gpointer user_data, GError **error);
gboolean rubis_store_each_account (RubisDatabase *db, RubisAccountFunc func, gpointer user_data, GError **error);

/* Adds an account; with a SIREN that is known it joins that party. Sets @account->id and party_id. */
gboolean rubis_store_insert_account (RubisDatabase *db, RubisAccountRecord *account, gint64 batch_id, GError **error);

/* The fields that edits and imports may change, by column name. */
gboolean rubis_store_account_field_exists (const char *field);
/* Reads one field as text; numbers in decimal, "" for NULL. (transfer full) Errors: G_IO_ERROR_NOT_FOUND. */
char *rubis_store_get_account_field (RubisDatabase *db, gint64 id, const char *field, GError **error);
gboolean rubis_store_set_account_field (RubisDatabase *db, gint64 id, const char *field, const char *value,
                                        GError **error);

typedef struct {
  gint64 id;
  gint64 account_id;
  char *salutation;
  char *first_name;
  char *last_name;
  char *job;
  char *role;
  char *email;
  char *phone;
  char *mobile;
  char *note;
  gboolean bounced;
} RubisContactRecord;
void rubis_contact_record_free (RubisContactRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisContactRecord, rubis_contact_record_free)
/* (transfer full) (element-type RubisContactRecord) */
GPtrArray *rubis_store_list_contacts (RubisDatabase *db, gint64 account_id, GError **error);
gboolean rubis_store_insert_contact (RubisDatabase *db, RubisContactRecord *contact, GError **error);
/* Writes its fields, but not whether mail to it came back. */
gboolean rubis_store_update_contact (RubisDatabase *db, const RubisContactRecord *contact, GError **error);
/* A removed contact is listed no more; what names it keeps it. */
gboolean rubis_store_set_contact_removed (RubisDatabase *db, gint64 id, gboolean removed, GError **error);
/* (transfer full) (nullable) NULL without error when there is none, or it was removed */
RubisContactRecord *rubis_store_load_contact (RubisDatabase *db, gint64 id, GError **error);
/* Calls @func once for each account that has contacts: whether one of them has an email that did not
 * come back, and whether one has a phone number.
 */
typedef void (*RubisContactReachFunc) (gint64 account_id, gboolean by_email, gboolean by_phone, gpointer user_data);
gboolean rubis_store_each_contact_reach (RubisDatabase *db, RubisContactReachFunc func, gpointer user_data,
                                         GError **error);

/* Puts an account in the group of that path ("Agence Lyon", "Grands comptes"…) of a tree, making the
 * group when needed.
 */
gboolean rubis_store_join_group (RubisDatabase *db, const char *tree, const char *name, gint64 account_id,
                                 GError **error);

typedef struct {
  gint64 id;
  gint64 parent_id;    /* 0: root */
  char *name;
} RubisGroupRecord;
void rubis_group_record_free (RubisGroupRecord *self);
/* By name. (transfer full) (element-type RubisGroupRecord) */
GPtrArray *rubis_store_list_groups (RubisDatabase *db, GError **error);
/* Names of the groups of an account, separated by ", ". (transfer full) */
char *rubis_store_get_group_names (RubisDatabase *db, gint64 account_id, GError **error);

/* What the account tree shows of an account in one currency; by folded name. */
typedef struct {
  gint64 account_id;
  gint64 group_id;     /* of the first tree, 0: none */
  const char *code;
  const char *name;
  const char *currency;  /* "" when the account has no open item */
  gint64 balance;
  gint64 overdue;
  int n_items;
  RubisDate oldest_due;  /* oldest due date among overdue debits; NONE: nothing overdue */
  gboolean stop;         /* in force on the day */
  gboolean with_agent;
  const char *search_key; /* name and code, folded */
} RubisTreeRecord;
typedef void (*RubisTreeFunc) (const RubisTreeRecord *record, gpointer user_data);
/* Calls @func for each account and currency; accounts in several groups come once a group. */
gboolean rubis_store_each_tree_record (RubisDatabase *db, RubisDate today, RubisTreeFunc func, gpointer user_data,
                                       GError **error);

/* What an account owes in one currency: balance = overdue + not due − unapplied. */
typedef struct {
  gint64 account_id;
  const char *code;
  const char *name;
  const char *siren;
  RubisPartyKind kind;
  const char *groups;    /* names, separated by ", " */
  const char *currency;  /* "" when the account has no open item */
  gint64 balance;
  gint64 overdue;
  gint64 not_due;
  gint64 unapplied;      /* credits and payments not allocated, positive */
  RubisDate oldest_due;  /* oldest due date among overdue debits; NONE: nothing overdue */
} RubisBalanceRecord;
typedef void (*RubisBalanceFunc) (const RubisBalanceRecord *record, gpointer user_data);
/* Calls @func for each account (@account_id 0: all) and currency, by code; the record is borrowed. */
gboolean rubis_store_each_balance (RubisDatabase *db, gint64 account_id, RubisDate today, RubisBalanceFunc func,
                                   gpointer user_data, GError **error);

/* The day of the last contact with any account; @date is left as it is when there was none. */
gboolean rubis_store_get_last_contact (RubisDatabase *db, gint64 *date, GError **error);

G_END_DECLS
