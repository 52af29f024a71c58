/* rubis-demo-private.h: what the files of the demo dossier share. */
#pragma once

#include "rubis-agenda-private.h"
#include "rubis-demo.h"
#include "rubis-payment-terms.h"
#include "rubis-store-accounts.h"
#include "rubis-store-items.h"

G_BEGIN_DECLS

/* How a customer pays. */
typedef enum {
  RUBIS_DEMO_PROMPT,
  RUBIS_DEMO_SLOW,
  RUBIS_DEMO_LATE,
  RUBIS_DEMO_BAD,
  RUBIS_DEMO_STOPPED_PAYING,
} RubisDemoProfile;

typedef struct {
  RubisAccountRecord *record;  /* (owned) */
  RubisDemoProfile profile;
  RubisCurrency currency;
  RubisPaymentTerms terms;
  const char *agency;          /* static */
  const char *typology;        /* static */
  gboolean special;            /* its items are made by a case, not drawn */
  guint first_item;            /* its items lie together, once sorted */
  guint n_items;
  RubisDate last_contact;
} RubisDemoAccount;

typedef struct {
  guint account;               /* index */
  RubisItemType type;
  char *number;                /* (owned) */
  int instalment;
  RubisDate issue;
  RubisDate due;
  RubisCurrency currency;
  gint64 total;
  gint64 paid;                 /* of the same sign */
  RubisDate paid_on;           /* NONE: nothing was paid */
  RubisPaymentMeans means;
  const char *label;           /* static */
  gint64 disputed;
  RubisDate promise_date;
  gboolean in_plan;
  RubisDate planned_on;        /* of one in a plan */
  gboolean debit_returned;
  gint64 id;
  int level;
  RubisDate level_date;
} RubisDemoItem;

/* A line of the journal besides imports and reminders. */
typedef struct {
  RubisDate date;
  guint account;
  const char *kind;            /* static */
  char *summary;               /* (owned) */
} RubisDemoNote;

/* What was said about paying an item. */
typedef struct {
  guint account;
  const char *number;          /* (unowned) of the item */
  RubisDate given_on;
  RubisDate date;
  gint64 amount;
  const char *by;              /* static */
  const char *words;           /* static */
  RubisChannel channel;
  gboolean replaces;           /* the one before it on the item */
} RubisDemoPromise;

typedef struct {
  RubisSession *session;       /* (unowned) */
  RubisDatabase *db;           /* (unowned) */
  RubisLibrary *library;       /* (owned) */
  RubisProgress *progress;     /* (nullable) */
  RubisDate today;
  guint64 state;               /* of the generator of numbers */
  GPtrArray *accounts;         /* (owned) (element-type RubisDemoAccount) */
  GArray *items;               /* (owned) (element-type RubisDemoItem) */
  GPtrArray *notes;            /* (owned) (element-type RubisDemoNote) */
  GArray *promises;            /* (owned) (element-type RubisDemoPromise) */
  GArray *contested;           /* (owned) (nullable) (element-type guint) index of the item of each dispute */
  guint n_numbers;             /* invoice numbers given */
} RubisDemo;

#define RUBIS_DEMO_ACCOUNTS 300
#define RUBIS_DEMO_ITEMS 4000
#define RUBIS_DEMO_ACTOR "Claire Fontanel"

/* A number from 0 to @n − 1, the same at every run. */
guint rubis_demo_pick (RubisDemo *demo, guint n);
/* A number from @from to @to. */
int rubis_demo_between (RubisDemo *demo, int from, int to);

/* Adds an account with a name, an address and means to reach it that are drawn. (unowned) */
RubisDemoAccount *rubis_demo_add_account (RubisDemo *demo, RubisPartyKind kind);
void rubis_demo_add_ordinary_accounts (RubisDemo *demo);
/* Adds the accounts that show each awkward case, with their items and notes. */
void rubis_demo_add_cases (RubisDemo *demo);
/* Adds those that came later, behind all that is drawn: it stays as it was. */
void rubis_demo_add_last_cases (RubisDemo *demo);

/* Adds an item with days counted from today (negative: past). (unowned) until the next one is added */
RubisDemoItem *rubis_demo_add_item (RubisDemo *demo, guint account, RubisItemType type, int issue, int due,
                                    gint64 total);
void rubis_demo_add_ordinary_items (RubisDemo *demo);
void rubis_demo_add_note (RubisDemo *demo, guint account, int day, const char *kind, const char *summary);

/* Writes accounts, contacts and groups. */
gboolean rubis_demo_write_accounts (RubisDemo *demo, GError **error);
/* Lives through the year: imports, reminders and notes, day by day. */
gboolean rubis_demo_replay (RubisDemo *demo, GError **error);
/* Disputes, promises and plans that stand today. */
gboolean rubis_demo_write_agreements (RubisDemo *demo, GError **error);

/* Chooses what is contested, before the journal is written. */
void rubis_demo_choose_disputes (RubisDemo *demo);
/* Colleagues and disputes. */
gboolean rubis_demo_write_disputes (RubisDemo *demo, GError **error);

G_END_DECLS
