/* rubis-registered-letter.h: a registered letter as lists show it. */
#pragma once

#include <glib-object.h>

#include "rubis-money.h"
#include "rubis-registered-state.h"

G_BEGIN_DECLS

/* What has to be done next about a letter: the filters of its list. */
typedef enum {
  RUBIS_REGISTERED_TO_NUMBER, /* not posted, and its number is not known */
  RUBIS_REGISTERED_TO_POST,
  RUBIS_REGISTERED_UNDER_WAY, /* posted, or given to a provider who does it */
  RUBIS_REGISTERED_RETURNED,  /* refused, not claimed, wrong address */
  RUBIS_REGISTERED_DONE,      /* received */
} RubisRegisteredStage;
#define RUBIS_N_REGISTERED_STAGES 5

#define RUBIS_TYPE_REGISTERED_LETTER (rubis_registered_letter_get_type ())
G_DECLARE_FINAL_TYPE (RubisRegisteredLetter, rubis_registered_letter, RUBIS, REGISTERED_LETTER, GObject)

/* Read-only for everybody but session. Strings are never NULL. */
struct _RubisRegisteredLetter {
  GObject parent_instance;

  gint64 id;
  gint64 account_id;
  gint64 document_id;
  char *account_code;
  char *account_name;
  char *subject;
  RubisCurrency currency;
  gint64 amount;
  char *number;                 /* without spaces, "" until known */
  gboolean number_printed;      /* it stands in the letter */
  char *guarantee;
  gboolean with_receipt;
  RubisRegisteredCourse course;
  int deadline_days;
  RubisDate notice_until;       /* last day of the deadline that runs; RUBIS_DATE_NONE: none */
  gint64 deposit_id;            /* 0: on no deposit list yet */
  int n_proofs;
  gboolean address_bad;         /* of the account: it came back, and the address is still the same */
  char *by_provider;            /* name of the sender who was given it to post; "": the user posts it */
  gboolean uncertain;           /* nobody knows whether the provider took it */
};

RubisRegisteredLetter *rubis_registered_letter_new (void);

RubisRegisteredStage rubis_registered_letter_get_stage (RubisRegisteredLetter *self);
/* "to_number", "to_post", "under_way", "returned", "done"; static. */
const char *rubis_registered_stage_to_id (RubisRegisteredStage stage);
gboolean rubis_registered_stage_from_id (const char *id, RubisRegisteredStage *stage);
/* In the user's language; static. */
const char *rubis_registered_stage_to_label (RubisRegisteredStage stage);
/* "Presented on 03/11/2026, 17 days ago". (transfer full) */
char *rubis_registered_letter_describe_state (RubisRegisteredLetter *self, RubisDate today);
/* What is to be expected or done next, as a sentence. (transfer full) */
char *rubis_registered_letter_describe_next (RubisRegisteredLetter *self, RubisDate today);
/* The page where La Poste tells of the letter; NULL while it has no number. (transfer full) */
char *rubis_registered_letter_get_tracking_link (RubisRegisteredLetter *self);

G_END_DECLS
