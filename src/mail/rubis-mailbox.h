/* rubis-mailbox.h: reads what came back to a sender: JMAP, IMAP, Graph or Gmail, each a subclass.
 *
 * Reads only: nothing is marked as seen, moved or deleted. Used in one thread; calls block.
 */
#pragma once

#include <gio/gio.h>

#include "rubis-credentials.h"
#include "rubis-transport.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_MAILBOX (rubis_mailbox_get_type ())
G_DECLARE_DERIVABLE_TYPE (RubisMailbox, rubis_mailbox, RUBIS, MAILBOX, GObject)

/* A message: @uid is its name in the mailbox, the same for ever. FALSE stops the reading. */
typedef gboolean (*RubisMailboxFunc) (const char *uid, GBytes *message, gpointer user_data, GError **error);

struct _RubisMailboxClass
{
  GObjectClass parent_class;

  char *(*read) (RubisMailbox *self, const char *cursor, gint64 since, RubisMailboxFunc func,
                 gpointer user_data, GCancellable *cancellable, GError **error);
};

/* NULL with RUBIS_TRANSPORT_ERROR_SETTINGS when the sender has none. */
RubisMailbox *rubis_mailbox_new (const RubisSender *sender, RubisCredentials *credentials, GError **error);
const RubisSender *rubis_mailbox_get_sender (RubisMailbox *self);
RubisCredentials *rubis_mailbox_get_credentials (RubisMailbox *self);

/* Gives each message of the inbox that came after @cursor ("" the first time: then since the time @since,
 * seconds since 1970). Returns the new cursor; a message may be given twice, none is left out. (transfer
 * full)
 */
char *rubis_mailbox_read (RubisMailbox *self, const char *cursor, gint64 since, RubisMailboxFunc func,
                          gpointer user_data, GCancellable *cancellable, GError **error);

G_END_DECLS
