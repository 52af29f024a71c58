/* rubis-policy.h: a dunning policy (scénario de relance) and its ordered steps.
 *
 * A policy is data: it is read from a text in key-file form (resources/policies/ has the shipped
 * ones) and never changes once parsed, so it may be shared between threads.
 */
#pragma once

#include "rubis-money.h"
#include "rubis-registered-state.h"
#include "rubis-types.h"

G_BEGIN_DECLS

/* The level of an item that no step has reached. Step 0 is the notice before the due date. */
#define RUBIS_LEVEL_NONE (-1)

/* Where an item goes that becomes known when it is already late. */
typedef enum {
  RUBIS_LATE_ENTRY_FIRST, /* the first step, whatever the age */
  RUBIS_LATE_ENTRY_JUMP,  /* the step that matches the age */
} RubisLateEntry;

typedef enum {
  RUBIS_PENALTIES_HIDDEN,
  RUBIS_PENALTIES_DISPLAYED,
  RUBIS_PENALTIES_CLAIMED,
} RubisPenalties;

typedef enum {
  RUBIS_CONTACT_ACCOUNTS_PAYABLE,
  RUBIS_CONTACT_APPROVER,
  RUBIS_CONTACT_BUYER,
  RUBIS_CONTACT_DIRECTOR,
  RUBIS_CONTACT_LEGAL,
} RubisContactRole;
#define RUBIS_N_CONTACT_ROLES 5

/* What goes with the document of a step. */
typedef enum {
  RUBIS_ATTACH_STATEMENT = 1 << 0,
  RUBIS_ATTACH_INVOICES = 1 << 1, /* copies of the invoices that it lists */
  RUBIS_ATTACH_ANNEX = 1 << 2,    /* the account of late-payment interest */
} RubisAttach;

typedef struct {
  int rank;          /* the level that the step gives; 0 is the notice before the due date */
  char *name;        /* as users read it */
  int delay;         /* days after the due date; negative: before */
  int min_gap;       /* days at least after the item's previous step */
  RubisChannel channel;
  RubisChannel fallback; /* when the account has no address for the channel; the same: none */
  RubisValidation validation;
  char *template_id;
  char *fallback_template_id; /* (nullable) template for the fallback channel */
  RubisContactRole role;
  RubisPenalties penalties;
  int deadline_days;   /* days that the document gives to pay; 0: none stated */
  gboolean own_level_only; /* lists only items that reached this very step (formal notice) */
  int attach;          /* bits of RubisAttach; -1: not said (emails from the second reminder on: the statement) */
  gint64 min_amount;   /* minor units below which the step is left out: of the item before its due date,
                        * of what the account has to pay afterwards */
} RubisStep;

typedef struct _RubisPolicy RubisPolicy;

#define RUBIS_POLICY_ERROR (rubis_policy_error_quark ())
typedef enum {
  RUBIS_POLICY_ERROR_SYNTAX,
  RUBIS_POLICY_ERROR_VALUE,
} RubisPolicyError;
GQuark rubis_policy_error_quark (void);

/* Parses a policy; names are taken in @language ("fr") where the text has them. The error names the
 * group, key and value that are wrong.
 */
RubisPolicy *rubis_policy_new_from_data (const char *data, gssize length, const char *language, GError **error);
RubisPolicy *rubis_policy_ref (RubisPolicy *self);
void rubis_policy_unref (RubisPolicy *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisPolicy, rubis_policy_unref)

const char *rubis_policy_get_id (const RubisPolicy *self);
const char *rubis_policy_get_name (const RubisPolicy *self);
/* FALSE for a policy under which nothing is ever dunned (intragroup). */
gboolean rubis_policy_get_active (const RubisPolicy *self);
int rubis_policy_get_n_steps (const RubisPolicy *self);
/* Steps in order of rank. */
const RubisStep *rubis_policy_get_step (const RubisPolicy *self, int index);
/* (nullable) the step of that rank */
const RubisStep *rubis_policy_get_step_by_rank (const RubisPolicy *self, int rank);
/* (nullable) the thank-you sent after payment, outside the ladder */
const RubisStep *rubis_policy_get_thanks (const RubisPolicy *self);

RubisLateEntry rubis_policy_get_late_entry (const RubisPolicy *self);
/* From which day the deadline of a registered notice runs. */
RubisNoticeFrom rubis_policy_get_notice_from (const RubisPolicy *self);
/* Days without another contact of the same account, by any channel. */
int rubis_policy_get_min_contact_days (const RubisPolicy *self);
/* Days after an item was first seen during which it is not dunned (it may be in the post). */
int rubis_policy_get_transit_days (const RubisPolicy *self);
/* Bank days (TARGET) after a promised date before the promise counts as broken. */
int rubis_policy_get_promise_grace (const RubisPolicy *self);
/* Minor units of the item's currency below which an item, or an account, is left alone. */
gint64 rubis_policy_get_min_item_amount (const RubisPolicy *self);
gint64 rubis_policy_get_min_account_amount (const RubisPolicy *self);
/* Above it a person decides; 0: no ceiling. */
gint64 rubis_policy_get_max_auto_amount (const RubisPolicy *self);
/* Unallocated credits, in percent of the claim, from which a person decides; 0: never. */
int rubis_policy_get_unallocated_percent (const RubisPolicy *self);
/* TRUE when a direct debit customer is dunned only after a returned debit. */
gboolean rubis_policy_get_exclude_direct_debit (const RubisPolicy *self);
/* Holiday calendar id ("FR", "FR-AM", "TARGET"…), or "" to send on any day. */
const char *rubis_policy_get_calendar (const RubisPolicy *self);
/* Bit n set: step may be sent on ISO weekday n (1 = Monday). */
guint rubis_policy_get_send_days (const RubisPolicy *self);

const char *rubis_contact_role_to_id (RubisContactRole role);
gboolean rubis_contact_role_from_id (const char *id, RubisContactRole *role);
const char *rubis_contact_role_to_label (RubisContactRole role);

G_END_DECLS
