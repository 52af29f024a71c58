/* rubis-legal-file-private.h: what the files of the legal file share. */
#pragma once

#include "rubis-agenda-private.h"
#include "rubis-legal-file.h"
#include "rubis-penalty-credits.h"
#include "rubis-store-cases.h"

G_BEGIN_DECLS

/* While a file is prepared. */
typedef struct
{
  RubisSession *session;
  RubisDatabase *db;
  const RubisLegalRequest *request;
  RubisLegalFile *file;
  RubisLibrary *library;        /* (owned) */
  RubisCompany *company;        /* (owned) */
  RubisAccountRecord *account;  /* (owned) */
  GPtrArray *contacts;          /* (owned) (element-type RubisContactRecord) */
  GArray *ids;                  /* (owned) (element-type gint64) invoices that are claimed */
  GPtrArray *payments;          /* (owned) (element-type RubisCasePayment) */
  GPtrArray *files;             /* (owned) (element-type RubisCaseFile) */
  GPtrArray *letters;           /* (owned) (element-type RubisCaseLetter) */
  GHashTable *events;           /* (owned) (element-type gint64) that concern the invoices */
  RubisPenaltyCredits *credits; /* (owned) what the claim deducts, for interest */
  GHashTable *reminders;        /* (owned) (element-type gint64) of events that asked for payment */
  int n_other_currencies;       /* invoices left out for their currency */
  int n_unkept;                 /* reminders whose text the dossier does not hold */
  GError *error;                /* of a callback */
} RubisLegalCase;

/* rubis-legal-claim.c: what is claimed. */
gboolean rubis_legal_case_add_items (RubisLegalCase *self, GError **error);
/* Interest, indemnities, limitation and sums; after the letters were read. */
gboolean rubis_legal_case_compute (RubisLegalCase *self, GError **error);

/* rubis-legal-identity.c: both sides, as the request names them. */
void rubis_legal_case_identify (RubisLegalCase *self);

/* rubis-legal-exhibits.c */
gboolean rubis_legal_case_add_exhibits (RubisLegalCase *self, GError **error);
/* Whether a document is a formal notice. */
gboolean rubis_legal_case_is_notice (RubisLegalCase *self, const RubisCaseFile *file);
/* Whether a document concerns the invoices that are claimed. */
gboolean rubis_legal_case_concerns (RubisLegalCase *self, const RubisCaseFile *file);

/* rubis-legal-chronology.c */
gboolean rubis_legal_case_add_steps (RubisLegalCase *self, GError **error);

/* rubis-legal-check.c: what is missing. */
void rubis_legal_case_check (RubisLegalCase *self);

/* rubis-legal-draw.c: documents by the templates of the dossier. */
GBytes *rubis_legal_draw_document (RubisSession *session, RubisLegalFile *file, const char *template_id,
                                   guint front_pages, guint *n_pages, GError **error);

/* The item of that id; (nullable) (unowned) */
const RubisLegalItem *rubis_legal_file_find_item (const RubisLegalFile *self, gint64 id);
/* The exhibit of a letter that was sent; 0 when it is none. */
guint rubis_legal_file_find_exhibit (const RubisLegalFile *self, gint64 event_id, gint64 item_id,
                                     RubisExhibitKind kind);

G_END_DECLS
