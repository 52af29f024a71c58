/* rubis-store-attachments.h: files that belong to accounts, and the index of the folder of copies. */
#pragma once

#include "rubis-database.h"

G_BEGIN_DECLS

/* Texts are never NULL. */
typedef struct
{
  gint64 id; /* 0: the next one; set by inserting */
  gint64 account_id;
  gint64 item_id;       /* 0: of the account */
  gint64 registered_id; /* 0: none */
  gint64 dispute_id;    /* 0: none */
  char *number;         /* of the item; found, not stored here */
  char *kind;           /* "invoice", "order", "receipt"… */
  char *title;
  char *file_name;
  char *media_type;
  int n_pages;    /* 0: cannot be read, or no PDF */
  gboolean named; /* its text has the number or the customer's name */
  RubisDate added_on;
  char *added_by;
  char *sha256;    /* set by inserting */
  gint64 size;     /* set by listing */
  GBytes *content; /* (nullable) not loaded by listing */
} RubisAttachmentRecord;
void rubis_attachment_record_free (RubisAttachmentRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisAttachmentRecord, rubis_attachment_record_free)

/* Adds it, or puts back what was taken back. */
gboolean rubis_store_insert_attachment (RubisDatabase *db, RubisAttachmentRecord *record, GError **error);
/* Its adding was undone: it is kept, and shown nowhere. */
gboolean rubis_store_void_attachment (RubisDatabase *db, gint64 id, GError **error);
gboolean rubis_store_delete_attachment (RubisDatabase *db, gint64 id, GError **error);
/* With its content. (transfer full) (nullable) NULL without error when there is none */
RubisAttachmentRecord *rubis_store_load_attachment (RubisDatabase *db, gint64 id, GError **error);
/* Of an account, by item, oldest first; @item_id not 0: of that item only. (transfer full)
 * (element-type RubisAttachmentRecord)
 */
GPtrArray *rubis_store_list_attachments (RubisDatabase *db, gint64 account_id, gint64 item_id,
                                         GError **error);

/* Of a dispute, oldest first. (transfer full) (element-type RubisAttachmentRecord) */
GPtrArray *rubis_store_list_dispute_attachments (RubisDatabase *db, gint64 dispute_id, GError **error);

/* What is kept: the numbers of the items ("" for files of the account) by SHA-256. (transfer full)
 * (element-type utf8 utf8)
 */
GHashTable *rubis_store_list_attachment_sums (RubisDatabase *db, GError **error);

/* A file of the folder of copies, as its text was read. */
typedef struct
{
  char *path; /* below the folder */
  gint64 size;
  gint64 changed; /* seconds, of the file system */
  char *words;    /* the numbers in its text, separated by blanks */
} RubisCopyRecord;
void rubis_copy_record_free (RubisCopyRecord *self);

gboolean rubis_store_put_copy (RubisDatabase *db, const RubisCopyRecord *record, GError **error);
gboolean rubis_store_delete_copy (RubisDatabase *db, const char *path, GError **error);
gboolean rubis_store_clear_copies (RubisDatabase *db, GError **error);
/* (transfer full) (element-type utf8 RubisCopyRecord) by path */
GHashTable *rubis_store_list_copies (RubisDatabase *db, GError **error);

G_END_DECLS
