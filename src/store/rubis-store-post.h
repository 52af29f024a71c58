/* rubis-store-post.h: letters that wait to be posted, and what went to the printer. */
#pragma once

#include "rubis-database.h"
#include "rubis-money.h"

G_BEGIN_DECLS

/* A letter that was written. Texts are never NULL. */
typedef struct
{
  gint64 document_id;
  gint64 account_id;
  gint64 outbox_id;   /* 0: it did not pass the outbox */
  char *outbox_state; /* "" without outbox */
  char *kind;         /* "letter" or "registered" */
  RubisDate date;
  char *subject;
  RubisCurrency currency;
  gint64 amount;
  int n_pages;
  gboolean to_post;
  char *guarantee; /* of a registered letter: "R1"…; "" when it is not known yet */
  gboolean with_receipt;
  char *number;    /* of a registered letter, "" */
  gint64 job_id;   /* the last print job that holds it; 0: none */
  char *job_state; /* "" without job */
} RubisPostRecord;
void rubis_post_record_free (RubisPostRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisPostRecord, rubis_post_record_free)

/* The letters that wait (@date NONE), or all letters of a day. (transfer full) (element-type RubisPostRecord)
 */
GPtrArray *rubis_store_list_post (RubisDatabase *db, RubisDate date, GError **error);
/* (transfer full) (nullable) NULL without error when there is no such letter */
RubisPostRecord *rubis_store_load_post (RubisDatabase *db, gint64 document_id, GError **error);
gboolean rubis_store_set_to_post (RubisDatabase *db, gint64 document_id, gboolean to_post, GError **error);
gboolean rubis_store_count_to_post (RubisDatabase *db, gint64 *n_letters, GError **error);

/* What was handed to a printer. Texts are never NULL. */
typedef struct
{
  gint64 id; /* set by inserting */
  char *at;
  RubisDate date;
  char *printer;
  gboolean duplex;
  int copies;
  int n_letters;
  int n_pages;
  int n_sheets;
  gint64 postage; /* minor units of the dossier's currency */
  char *state;    /* "sent", "printed", "failed" */
} RubisPrintJobRecord;
void rubis_print_job_record_free (RubisPrintJobRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisPrintJobRecord, rubis_print_job_record_free)

/* @document_ids: (element-type gint64) in the order of the print */
gboolean rubis_store_insert_print_job (RubisDatabase *db, RubisPrintJobRecord *job, GArray *document_ids,
                                       GError **error);
gboolean rubis_store_set_print_job_state (RubisDatabase *db, gint64 id, const char *state, GError **error);
/* Newest first. (transfer full) (element-type RubisPrintJobRecord) */
GPtrArray *rubis_store_list_print_jobs (RubisDatabase *db, int limit, GError **error);
/* (transfer full) (nullable) NULL without error when there is none */
RubisPrintJobRecord *rubis_store_load_print_job (RubisDatabase *db, gint64 id, GError **error);
/* (transfer full) (element-type gint64) in the order of the print */
GArray *rubis_store_list_print_job_documents (RubisDatabase *db, gint64 id, GError **error);

G_END_DECLS
