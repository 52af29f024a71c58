/* rubis-curl.h: a connection to a mail server by libcurl: encryption, login, time limits, and what was said.
 *
 * SMTP and IMAP share it. The server's certificate is always checked; RUBIS_CA_FILE names authorities besides
 * the system's. Without encryption only this machine is spoken to. The environment's RUBIS_NETWORK_TIMEOUT
 * (seconds) replaces the time that a reply may take. Used in one thread.
 */
#pragma once

#include <curl/curl.h>
#include <gio/gio.h>

#include "rubis-credentials.h"
#include "rubis-transport.h"

G_BEGIN_DECLS

typedef enum
{
  RUBIS_CURL_SMTP,
  RUBIS_CURL_IMAP,
} RubisCurlProtocol;

/* What was said, as far as SMTP needs it. No line of a login is kept. */
typedef struct
{
  char verb[9];          /* of the last command: "RCPT"; "" before any */
  GString *argument;     /* of the last MAIL or RCPT */
  GString *reply;        /* the last one, its lines joined by \n */
  gboolean whole;        /* the reply has all its lines */
  guint code;            /* of the last complete reply */
  gboolean body;         /* the server asked for the body */
  guint verdict;         /* code that it gave after the body; 0: none */
  gboolean login;        /* it was logged in */
  gboolean no_mechanism; /* the server offers no way to log in that the sender has */
  guint64 size;          /* the largest message that it announced; 0: it did not say */
} RubisCurlTalk;

typedef struct _RubisCurl RubisCurl;

/* @sender: copied; @credentials: referenced */
RubisCurl *rubis_curl_new (RubisCurlProtocol protocol, const RubisSender *sender,
                           RubisCredentials *credentials);
void rubis_curl_free (RubisCurl *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisCurl, rubis_curl_free)

/* For the options of one transfer. (unowned) */
CURL *rubis_curl_get_handle (RubisCurl *self);
const char *rubis_curl_get_host (RubisCurl *self);
const RubisCurlTalk *rubis_curl_get_talk (RubisCurl *self);
/* Seconds that a reply may take. */
guint rubis_curl_get_patience (RubisCurl *self);
/* Waits no longer than @seconds for a reply. */
void rubis_curl_set_patience (RubisCurl *self, guint seconds);

/* Connects if there is no connection, logs in, does the transfer. When the login by OAuth is refused the
 * token is renewed once. Unless CURLE_OK, @error is a RUBIS_TRANSPORT_ERROR (or G_IO_ERROR_CANCELLED) in
 * words for the user; CURLE_FAILED_INIT when nothing was tried.
 */
CURLcode rubis_curl_perform (RubisCurl *self, GCancellable *cancellable, GError **error);

G_END_DECLS
