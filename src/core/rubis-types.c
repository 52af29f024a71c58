#include "rubis-types.h"

#include <glib/gi18n-lib.h>

typedef struct {
  const char *id;
  const char *label; /* (nullable) untranslated */
} Name;

static const Name item_types[RUBIS_N_ITEM_TYPES] = {
  { "FAC", N_("Invoice") },
  { "AVO", N_("Credit note") },
  { "RGL", N_("Unallocated payment") },
  { "ODI", N_("Miscellaneous") },
  { "TRT", N_("Draft in transit") },
  { "DPA", N_("Down-payment request") },
};

static const Name party_kinds[RUBIS_N_PARTY_KINDS] = {
  { "professional", N_("Company or professional") },
  { "consumer", N_("Consumer") },
  { "public", N_("Public body") },
  { "intragroup", N_("Company of our group") },
};

static const Name insolvencies[RUBIS_N_INSOLVENCIES] = {
  { "none", N_("No insolvency proceedings") },
  { "safeguard", N_("Safeguard proceedings") },
  { "receivership", N_("Receivership") },
  { "liquidation", N_("Liquidation") },
};

static const Name channels[RUBIS_N_CHANNELS] = {
  { "email", N_("Email") },
  { "letter", N_("Letter") },
  { "registered", N_("Registered letter") },
  { "call", N_("Call") },
  { "visit", N_("Visit") },
  { "sms", N_("SMS") },
  { "decision", N_("Decision") },
};

static const Name validations[RUBIS_N_VALIDATIONS] = {
  { "auto", NULL },
  { "confirm", NULL },
  { "manual", NULL },
};

static const Name payment_means[RUBIS_N_PAYMENT_MEANS] = {
  { "unknown", N_("Not stated") },
  { "transfer", N_("Bank transfer") },
  { "cheque", N_("Cheque") },
  { "card", N_("Card") },
  { "cash", N_("Cash") },
  { "direct_debit", N_("Direct debit") },
  { "draft", N_("Bill of exchange") },
};

static gboolean
find_name (const Name *names, int n_names, const char *id, int *found)
{
  for (int i = 0; id != NULL && i < n_names; i++)
    {
      if (g_ascii_strcasecmp (names[i].id, id) == 0)
        {
          *found = i;
          return TRUE;
        }
    }
  return FALSE;
}

/* The text functions of one enumeration; an unknown number reads as the first name, so that a
 * dossier written by a newer Rubis never crashes an older one.
 */
#define DEFINE_ID(prefix, suffix, Type, table)                                                                         \
  const char *rubis_##prefix##_to_##suffix (Type value)                                                                \
  {                                                                                                                    \
    return table[(guint) value < G_N_ELEMENTS (table) ? (guint) value : 0].id;                                         \
  }                                                                                                                    \
  gboolean rubis_##prefix##_from_##suffix (const char *id, Type *value)                                                \
  {                                                                                                                    \
    int found = 0;                                                                                                     \
    if (!find_name (table, G_N_ELEMENTS (table), id, &found))                                                          \
      return FALSE;                                                                                                    \
    *value = (Type) found;                                                                                             \
    return TRUE;                                                                                                       \
  }

#define DEFINE_LABEL(prefix, Type, table)                                                                              \
  const char *rubis_##prefix##_to_label (Type value)                                                                   \
  {                                                                                                                    \
    return _ (table[(guint) value < G_N_ELEMENTS (table) ? (guint) value : 0].label);                                  \
  }

DEFINE_ID (item_type, code, RubisItemType, item_types)
DEFINE_LABEL (item_type, RubisItemType, item_types)
DEFINE_ID (party_kind, id, RubisPartyKind, party_kinds)
DEFINE_LABEL (party_kind, RubisPartyKind, party_kinds)
DEFINE_ID (insolvency, id, RubisInsolvency, insolvencies)
DEFINE_LABEL (insolvency, RubisInsolvency, insolvencies)
DEFINE_ID (channel, id, RubisChannel, channels)
DEFINE_LABEL (channel, RubisChannel, channels)
DEFINE_ID (validation, id, RubisValidation, validations)
DEFINE_ID (payment_means, id, RubisPaymentMeans, payment_means)
DEFINE_LABEL (payment_means, RubisPaymentMeans, payment_means)
