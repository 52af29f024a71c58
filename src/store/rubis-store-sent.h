/* rubis-store-sent.h: the documents that left, as they are looked for. */
#pragma once

#include "rubis-database.h"
#include "rubis-money.h"

G_BEGIN_DECLS

/* A document without its content. Texts are never NULL. */
typedef struct
{
  gint64 id;
  gint64 event_id;
  gint64 account_id;
  char *account_code;
  char *account_name;
  char *kind;
  char *template_id;
  int template_version;
  char *language;
  RubisCurrency currency;
  gint64 amount;
  RubisDate date;
  char *subject;
  char *recipient;
  char *file_name;
  char *media_type;
  int n_pages;
  gboolean to_post; /* written, not printed yet */
  char *sha256;
  char *event_at; /* "" without event */
  char *event_hash;
} RubisSentRecord;
void rubis_sent_record_free (RubisSentRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisSentRecord, rubis_sent_record_free)

/* The ids of the documents that left, newest first. @group_id, @account_id: 0 for all. @text: "" for all; in
 * the name and code of the account, the subject or the recipient. (transfer full) (element-type gint64)
 */
GArray *rubis_store_find_sent (RubisDatabase *db, gint64 group_id, gint64 account_id, const char *text,
                               GError **error);
/* (transfer full) (nullable) NULL without error when there is none */
RubisSentRecord *rubis_store_load_sent (RubisDatabase *db, gint64 id, GError **error);

G_END_DECLS
