/* rubis-imap.h: a talk with an IMAP server (RFC 3501): folders, search, messages; nothing is marked as seen.
 *
 * libcurl connects, encrypts and logs in; the commands are our own, because libcurl's fetching marks messages
 * as seen and takes a line of a message for an answer of the server when it looks like one. Used in one
 * thread.
 */
#pragma once

#include "rubis-curl.h"

G_BEGIN_DECLS

typedef struct _RubisImap RubisImap;

/* Connects and logs in. Errors as those of rubis_curl_perform(). */
RubisImap *rubis_imap_new (const RubisSender *sender, RubisCredentials *credentials, guint patience,
                           GCancellable *cancellable, GError **error);
void rubis_imap_free (RubisImap *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisImap, rubis_imap_free)

/* Opens a folder for reading only. @folder: as the server writes it. @validity, @next: (nullable)
 * UIDVALIDITY; UIDNEXT, 0 when it does not say.
 */
gboolean rubis_imap_examine (RubisImap *self, const char *folder, guint32 *validity, guint32 *next,
                             GError **error);
/* UIDs of the open folder that fulfil @criteria (RFC 3501 6.4.4), ascending. (transfer full) (element-type
 * guint32) */
GArray *rubis_imap_search (RubisImap *self, const char *criteria, GError **error);
/* Bytes of each of @uids: guint32 -> guint32, those that are gone left out. (transfer full) */
GHashTable *rubis_imap_fetch_sizes (RubisImap *self, const guint32 *uids, gsize n_uids, GError **error);
/* A message, or its first @most bytes (0: all). NULL without error when it is gone. (transfer full) */
GBytes *rubis_imap_fetch (RubisImap *self, guint32 uid, guint32 most, GError **error);

/* The folder of sent messages: by its special use (RFC 6154), else by a usual name. NULL without error when
 * there is none. (transfer full)
 */
char *rubis_imap_find_sent (RubisImap *self, GError **error);
/* Puts @message into @folder, as seen. */
gboolean rubis_imap_append (RubisImap *self, const char *folder, GBytes *message, GError **error);
/* The day before the time @since (seconds since 1970), for SINCE in a search: servers count days in a zone of
 * their own. (transfer full)
 */
char *rubis_imap_make_day (gint64 since);
/* What finds a Message-ID (without angle brackets) in a search; NULL when no search can hold it. (transfer
 * full) */
char *rubis_imap_quote_id (const char *message_id);

G_END_DECLS
