/* rubis-store-cases.h: what the dossier holds on a case for the court: letters, copies, proofs. */
#pragma once

#include "rubis-database.h"

G_BEGIN_DECLS

typedef enum
{
  RUBIS_CASE_DOCUMENT,     /* what was sent, kept byte for byte */
  RUBIS_CASE_ATTACHMENT,   /* a file that was added */
  RUBIS_CASE_DEPOSIT_LIST, /* the list with which a registered letter was taken to the post, alone: one of
                              several letters names other customers */
} RubisCaseSource;

/* A file that may become an exhibit. Texts are never NULL. */
typedef struct
{
  RubisCaseSource source;
  gint64 id;
  char *kind; /* of an attachment: "invoice", "order"…; of a document: "letter", "email", "registered"… */
  char *title;
  char *file_name;
  char *media_type;
  char *template_id; /* "" unless a document */
  RubisDate date;
  gint64 event_id;      /* 0: none */
  gint64 item_id;       /* 0: of no item alone */
  gint64 registered_id; /* 0: of no registered letter */
  GBytes *content;
  gboolean by_text; /* found outside the dossier, by the number in its text only */
} RubisCaseFile;
void rubis_case_file_free (RubisCaseFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisCaseFile, rubis_case_file_free)

/* All files of an account, by date, then as they came. (transfer full) (element-type RubisCaseFile) */
GPtrArray *rubis_store_list_case_files (RubisDatabase *db, gint64 account_id, GError **error);

/* A registered letter and what became of it. */
typedef struct
{
  gint64 id;
  gint64 document_id;
  gint64 event_id;
  char *number;
  char *state;    /* "written", "printed", "deposited", "presented", "received", "refused", "not_claimed",
                     "wrong_address" */
  RubisDate date; /* of the letter */
  RubisDate deposited_on;
  RubisDate presented_on;
  RubisDate closed_on;
  int n_deposited; /* letters on the list with which it was taken to the post; 0: no list */
} RubisCaseLetter;
void rubis_case_letter_free (RubisCaseLetter *self);
/* Those of an account, by date. (transfer full) (element-type RubisCaseLetter) */
GPtrArray *rubis_store_list_case_letters (RubisDatabase *db, gint64 account_id, GError **error);

/* Part of an item that was settled. */
typedef struct
{
  RubisDate date;
  gint64 item_id;
  gint64 amount; /* minor units */
  char *credit;  /* number of the payment or credit; "" when not known */
  gboolean by_credit_note;
} RubisCasePayment;
void rubis_case_payment_free (RubisCasePayment *self);
/* What was settled on the items (element-type gint64), by date. (transfer full) (element-type
 * RubisCasePayment) */
GPtrArray *rubis_store_list_case_payments (RubisDatabase *db, GArray *item_ids, GError **error);

/* The events that concern any of the items. (transfer full) (element-type gint64) set of keys */
GHashTable *rubis_store_list_case_events (RubisDatabase *db, GArray *item_ids, GError **error);

/* Whether an item is with an agent, a lawyer or a court. @was: (nullable) as it stood before. */
gboolean rubis_store_set_item_with_agent (RubisDatabase *db, gint64 item_id, gboolean with_agent,
                                          gboolean *was, GError **error);

G_END_DECLS
