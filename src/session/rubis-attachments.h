/* rubis-attachments.h: copies of invoices and other files that belong to an account. */
#pragma once

#include "rubis-session.h"

G_BEGIN_DECLS

/* Texts are never NULL. */
typedef struct
{
  gint64 id;
  gint64 account_id;
  gint64 item_id; /* 0: of the account */
  char *number;   /* of the item, "" */
  char *kind;     /* "invoice", "order", "delivery", "terms", "contract", "other"… */
  char *title;
  char *file_name;
  char *media_type;
  int n_pages;
  gint64 size; /* bytes */
  RubisDate added_on;
  char *added_by;
  char *warning; /* "" or what is odd with it: neither number nor name in its text, protected, damaged */
} RubisAttachment;
void rubis_attachment_free (RubisAttachment *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisAttachment, rubis_attachment_free)

/* Keeps a copy of the file @path with an account or one of its items (@item_id 0: none). @kind NULL: an
 * invoice when it is of an item, else "other". Can be undone. Returns its id, 0 on error: G_IO_ERROR_* of the
 * file, RUBIS_SESSION_ERROR_VALUE when it is empty or too large.
 */
gint64 rubis_session_attach (RubisSession *self, gint64 account_id, gint64 item_id, const char *kind,
                             const char *path, GError **error);
/* The item of the account that a file name speaks of, 0 when there is none or several. */
gint64 rubis_session_guess_item (RubisSession *self, gint64 account_id, const char *path);
/* @item_id 0: all of the account. (transfer full) (element-type RubisAttachment) */
GPtrArray *rubis_session_list_attachments (RubisSession *self, gint64 account_id, gint64 item_id,
                                           GError **error);
/* Can be undone. */
gboolean rubis_session_remove_attachment (RubisSession *self, gint64 id, GError **error);
/* @file_name: (out) (transfer full) (nullable) */
GBytes *rubis_session_load_attachment (RubisSession *self, gint64 id, char **file_name, GError **error);

/* The folder where copies of invoices lie, "" when none is set. (transfer full) */
char *rubis_session_get_copies_folder (RubisSession *self);
/* "" for none. Errors: G_IO_ERROR_NOT_FOUND when there is no such folder. */
gboolean rubis_session_set_copies_folder (RubisSession *self, const char *folder, GError **error);
/* Reads the text of the files of the folder that are new or changed, so that invoices are found by number
 * when the file's name does not say it. Long: run it in the background. @n_read: (out) (nullable) files read.
 */
gboolean rubis_session_index_copies (RubisSession *self, RubisProgress *progress, int *n_read,
                                     GError **error);

/* How much may hang on one document, in bytes (5 MB at first), and whether emails carry one file or several.
 */
gint64 rubis_session_get_attachment_limit (RubisSession *self);
gboolean rubis_session_set_attachment_limit (RubisSession *self, gint64 bytes, GError **error);
gboolean rubis_session_get_attachments_merged (RubisSession *self);
gboolean rubis_session_set_attachments_merged (RubisSession *self, gboolean merged, GError **error);

G_END_DECLS
