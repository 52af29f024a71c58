/* rubis-facts.h: rows of the store as the facts that eligibility judges.
 *
 * Private to session. The agenda, the account card and "Why?" take their facts from here, so that
 * they cannot give different answers.
 */
#pragma once

#include "rubis-agenda.h"
#include "rubis-plan-facts.h"
#include "rubis-policy.h"
#include "rubis-session-private.h"
#include "rubis-store-accounts.h"
#include "rubis-store-items.h"

G_BEGIN_DECLS

/* What the contacts of an account can be reached by, beside the account's own email and phone. */
typedef enum {
  RUBIS_REACH_EMAIL = 1 << 0,
  RUBIS_REACH_PHONE = 1 << 1,
} RubisReach;

/* Contacts whose email came back do not count. @contacts: (element-type RubisContactRecord) */
guint rubis_facts_reach_of (GPtrArray *contacts);
/* The same for all accounts at once: (transfer full) account id (as gsize) -> RubisReach; accounts that
 * no contact helps to reach are absent. Look up with rubis_facts_get_reach().
 */
GHashTable *rubis_facts_load_reach (RubisDatabase *db, GError **error);
guint rubis_facts_get_reach (GHashTable *reach, gint64 account_id);

/* Fills all but due_debits and credits, which rubis_agenda_sum_account() computes per currency. */
void rubis_facts_from_account (const RubisAccountRecord *account, guint reach, RubisAccountFacts *facts);
/* @plans: (nullable) of the item's account at least; NULL: as if it were in none. */
void rubis_facts_from_item (const RubisItemRecord *record, const RubisPlanTable *plans, RubisItemFacts *facts);

/* Whether a letter would arrive: a street and a town, or an address of two lines at least. */
gboolean rubis_facts_has_postal_address (const RubisAccountRecord *account);

/* The contact to write to by email, or to call: of @role, else accounts payable, else the first one
 * that can be reached so. (nullable) (transfer none): NULL means the account's own address or number.
 */
/* The number to call: the direct one, else the mobile one; "" without any. (unowned) */
const char *rubis_facts_get_phone (const RubisContactRecord *contact);
const RubisContactRecord *rubis_facts_choose_contact (GPtrArray *contacts, RubisContactRole role, RubisReach by);

/* The items of one account in one currency; those of a payment plan are a group of their own. */
typedef struct {
  RubisCurrency currency;
  gint64 plan_id;          /* 0: none */
  GArray *items;           /* (owned) (element-type RubisAgendaItem) */
} RubisFactsGroup;

/* (transfer full) (element-type RubisFactsGroup), empty */
GPtrArray *rubis_facts_groups_new (void);
/* Adds an item to the group of its currency and plan; groups come in the order of their first item. */
RubisFactsGroup *rubis_facts_add_item (GPtrArray *groups, const RubisPlanTable *plans, const RubisItemRecord *record);
/* The open items of an account by currency and plan, oldest due first. (transfer full) */
GPtrArray *rubis_facts_load_groups (RubisSession *session, RubisDatabase *db, gint64 account_id, GError **error);
/* @plan_id 0: what is in no plan. (nullable) (transfer none) */
RubisFactsGroup *rubis_facts_find_group (GPtrArray *groups, RubisCurrency currency, gint64 plan_id);
/* The group and the facts of an item. @group: (out) (optional). (nullable) (transfer none) NULL when it is in none */
const RubisItemFacts *rubis_facts_find_item (GPtrArray *groups, gint64 item_id, const RubisFactsGroup **group);
/* Sets @facts->due_debits and @facts->credits for @group; credits of the account count for its plans too. */
void rubis_facts_sum (GPtrArray *groups, const RubisFactsGroup *group, RubisDate today, RubisAccountFacts *facts);
/* The policy by which the items of @group (nullable) are dunned: the account's, for a payment plan the shipped one
 * unless the account is never dunned. (unowned)
 */
RubisPolicy *rubis_facts_choose_policy (RubisLibrary *library, const char *policy_id, const RubisAccountFacts *facts,
                                        const RubisFactsGroup *group);

G_END_DECLS
