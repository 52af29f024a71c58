/* rubis-test-mail.h: messages and senders for tests of mail servers (rubis-test-server.h). */
#pragma once

#include "rubis-credentials.h"
#include "rubis-mailbox.h"
#include "rubis-test-server.h"
#include "rubis-transport.h"

G_BEGIN_DECLS

/* A sender that logs in to an SMTP server of the test, whose authority is trusted from now on. */
RubisSender *rubis_test_mail_new_sender (RubisTestServer *server);
/* Lets @sender read and keep its mail on an IMAP server of the test. */
void rubis_test_mail_set_imap (RubisSender *sender, RubisTestServer *server);
/* The password of @server. */
RubisCredentials *rubis_test_mail_new_credentials (RubisTestServer *server);

/* A message with everything that a transport could spoil: accents, dots, long lines, an attachment. @to: also
 * several addresses; its Message-ID is "@name@exemple.fr".
 */
RubisParcel *rubis_test_mail_new_parcel (const char *to, const char *name);

/* Sends by a transport made for it. */
RubisDelivery *rubis_test_mail_send (const RubisSender *sender, RubisCredentials *credentials,
                                     const RubisParcel *parcel);

/* The files of a Maildir's folder ("new", "cur", ".Sent/cur"), once there are @n of them. (transfer full)
 * (element-type utf8) paths
 */
GPtrArray *rubis_test_mail_wait_for_files (const char *maildir, const char *folder, guint n);
/* Puts a message into the inbox. */
void rubis_test_mail_drop (const char *maildir, const char *name, const char *message);

G_END_DECLS
