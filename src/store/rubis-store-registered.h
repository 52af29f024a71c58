/* rubis-store-registered.h: registered letters, the numbers of their forms, deposit lists and proofs. */
#pragma once

#include "rubis-database.h"
#include "rubis-money.h"
#include "rubis-registered-state.h"

G_BEGIN_DECLS

/* A registered letter with what its account and its document say. Texts are never NULL. */
typedef struct {
  gint64 id;
  gint64 account_id;
  gint64 document_id;
  gint64 event_id;          /* of the document; 0: none */
  char *account_code;
  char *account_name;
  char *subject;            /* of the letter */
  RubisCurrency currency;
  gint64 amount;
  char *number;             /* "" until known */
  gboolean number_printed;  /* it stands in the letter */
  char *recipient;          /* the address block of the letter, a line each */
  char *guarantee;          /* "R1", "R2", "R3" */
  gboolean with_receipt;
  RubisRegisteredCourse course;
  int deadline_days;
  RubisDate notice_until;
  gint64 deposit_id;        /* 0: on no list yet */
  int n_proofs;
  gboolean address_bad;     /* of the account */
  gboolean to_post;         /* the letter waits for the printer */
  gboolean queued;          /* the letter waits in the outbox */
  char *by_provider;        /* name of the sender to whom it was given to be posted; "": on paper, by the user */
  gboolean uncertain;       /* nobody knows whether the provider took it */
} RubisRegisteredRecord;
void rubis_registered_record_free (RubisRegisteredRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisRegisteredRecord, rubis_registered_record_free)

/* Adds a letter; only account_id, document_id, number, number_printed, recipient, guarantee, with_receipt,
 * deadline_days and course are read. Sets the id.
 */
gboolean rubis_store_insert_registered (RubisDatabase *db, RubisRegisteredRecord *record, GError **error);
/* (transfer full) (nullable) NULL without error when there is none */
RubisRegisteredRecord *rubis_store_load_registered (RubisDatabase *db, gint64 id, GError **error);
/* All, the newest letter first; @account_id 0: of all accounts. (transfer full) (element-type RubisRegisteredRecord) */
GPtrArray *rubis_store_list_registered (RubisDatabase *db, gint64 account_id, GError **error);
/* The letter that has this number; 0 when none. */
gboolean rubis_store_find_registered (RubisDatabase *db, const char *number, gint64 *id, GError **error);
/* Writes number, number_printed, guarantee, with_receipt, course, notice_until and deposit_id, and brings
 * item.notice_until up to date.
 */
gboolean rubis_store_update_registered (RubisDatabase *db, const RubisRegisteredRecord *record, GError **error);
/* Writes to_post and queued, which say whether the letter still waits to leave. @date: of the change. */
gboolean rubis_store_update_waiting (RubisDatabase *db, const RubisRegisteredRecord *record, RubisDate date,
                                     GError **error);
/* The letter of a document was printed, if it is a registered one (left alone when it is further on). */
gboolean rubis_store_print_registered (RubisDatabase *db, gint64 document_id, RubisDate date, GError **error);
/* The letter of a document, never printed, will not be posted: forgets it, its number is free again. One to which
 * somebody gave a proof stays.
 */
gboolean rubis_store_delete_registered (RubisDatabase *db, gint64 document_id, GError **error);

/* Frees the key under which a letter that came back was sent, so that it may be sent again, or takes it back. */
gboolean rubis_store_free_send_key (RubisDatabase *db, gint64 document_id, gboolean free, GError **error);
/* Whether something newer than @event_id gave one of its items a level. */
gboolean rubis_store_level_is_newer (RubisDatabase *db, gint64 event_id, gboolean *newer, GError **error);

/* Adds numbers to the stock of forms, in this order; those that are there stay as they are. @numbers: (element-type
 * utf8)
 */
gboolean rubis_store_add_stock (RubisDatabase *db, GPtrArray *numbers, RubisDate date, GError **error);
gboolean rubis_store_remove_stock (RubisDatabase *db, const char *number, gboolean *found, GError **error);
/* The numbers that no letter has, in the order of the stock. (transfer full) (element-type utf8) */
GPtrArray *rubis_store_list_stock (RubisDatabase *db, GError **error);

/* Keeps a deposit list. */
gboolean rubis_store_insert_deposit_list (RubisDatabase *db, RubisDate date, int n_letters, GBytes *content,
                                          gint64 *id, GError **error);
/* (transfer full) (nullable) NULL without error when there is none */
GBytes *rubis_store_load_deposit_list (RubisDatabase *db, gint64 id, GError **error);

/* A proof that came from the post: a scan of the receipt, of the proof of posting, of the returned envelope. */
typedef struct {
  gint64 id;
  gint64 account_id;
  gint64 registered_id;
  char *kind;        /* "deposit_proof", "receipt", "returned_envelope" */
  char *title;
  char *file_name;
  char *media_type;
  int n_pages;
  RubisDate added_on;
  char *added_by;
  GBytes *content;   /* (nullable) not loaded by listing */
} RubisProofRecord;
void rubis_proof_record_free (RubisProofRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisProofRecord, rubis_proof_record_free)
gboolean rubis_store_insert_proof (RubisDatabase *db, RubisProofRecord *proof, GError **error);
/* Whether a letter has this very file already. */
gboolean rubis_store_has_proof (RubisDatabase *db, gint64 registered_id, GBytes *content, gboolean *found,
                                GError **error);
gboolean rubis_store_delete_proof (RubisDatabase *db, gint64 id, GError **error);
/* With its content. (transfer full) (nullable) NULL without error when there is none */
RubisProofRecord *rubis_store_load_proof (RubisDatabase *db, gint64 id, GError **error);
/* Oldest first, without the contents. (transfer full) (element-type RubisProofRecord) */
GPtrArray *rubis_store_list_proofs (RubisDatabase *db, gint64 registered_id, GError **error);

G_END_DECLS
