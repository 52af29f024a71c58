/* rubis-sender.h: who sends, and through what. Holds no secret: those are asked from the desktop
 * (rubis-credentials.h). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  RUBIS_TRANSPORT_FOLDER, /* .eml files */
  RUBIS_TRANSPORT_SMTP,
  RUBIS_TRANSPORT_JMAP,
  RUBIS_TRANSPORT_GRAPH,
  RUBIS_TRANSPORT_GMAIL,
  RUBIS_TRANSPORT_BREVO,
  RUBIS_TRANSPORT_MAILJET,
  RUBIS_TRANSPORT_SMS_OVH,
  RUBIS_TRANSPORT_SMS_BREVO,
  RUBIS_TRANSPORT_SMS_TWILIO,
  RUBIS_TRANSPORT_SMS_SMSMODE,
  RUBIS_TRANSPORT_MAILEVA, /* prints and posts letters, also registered ones */
  RUBIS_TRANSPORT_AR24,    /* electronic registered letters */
  RUBIS_TRANSPORT_LAPOSTE, /* carries nothing: tells where registered letters are */
} RubisTransportKind;
#define RUBIS_N_TRANSPORTS 14

/* What a transport carries. */
typedef enum
{
  RUBIS_PARCEL_EMAIL,
  RUBIS_PARCEL_SMS,
  RUBIS_PARCEL_LETTER,                /* printed and posted by a provider */
  RUBIS_PARCEL_REGISTERED,            /* printed and posted registered */
  RUBIS_PARCEL_ELECTRONIC_REGISTERED, /* LRE */
} RubisParcelKind;

typedef enum
{
  RUBIS_SECURITY_TLS,
  RUBIS_SECURITY_STARTTLS,
  RUBIS_SECURITY_NONE, /* refused unless the server is this machine */
} RubisSecurity;

typedef enum
{
  RUBIS_AUTH_PASSWORD, /* or the key of a provider */
  RUBIS_AUTH_OAUTH,
  RUBIS_AUTH_NONE,
} RubisAuth;

/* Strings are UTF-8 and never NULL. */
typedef struct
{
  gint64 id; /* 0: not stored yet */
  char *name;
  RubisTransportKind transport;
  int position;
  char *actor; /* user whose messages leave by it; "" for everybody's */
  char *email;
  char *from_name;
  char *reply_to;
  char *signature;
  char *server; /* host of SMTP, or base address of an HTTP API (JMAP: host or address of the session); "":
                   the provider's own */
  int port;     /* 0: the usual one */
  RubisSecurity security;
  RubisAuth auth;
  char *user;    /* to log in with; "": the email address */
  char *service; /* Graph: tenant; OVH: service; Twilio: SID; AR24: id_user; Maileva: client id… */
  char *client_id;
  char *folder; /* of .eml files; "": beside the dossier */
  char *imap_server;
  int imap_port;
  RubisSecurity imap_security;
  char *cursor; /* up to where its mailbox was read; the mailbox's own words */
  gint64 fetched;
  int recall_minutes;
  int from_minute; /* of the day, local time */
  int until_minute;
  guint days; /* bits, Monday is 1 */
  int per_minute;
  int per_day;
  gint64 max_size;
  gint64 unit_price; /* of an SMS or a letter, thousandths of a cent; 0: not known */
  gboolean active;
  gint64 wait_until; /* seconds since 1970 */
  char *wait_reason;
} RubisSender;

/* A sender with the defaults of its transport. */
RubisSender *rubis_sender_new (RubisTransportKind transport);
RubisSender *rubis_sender_copy (const RubisSender *self);
void rubis_sender_free (RubisSender *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisSender, rubis_sender_free)

/* Puts a copy of @value in place of a text field. */
#define rubis_sender_set(self, field, value)                                                                 \
  G_STMT_START                                                                                               \
  {                                                                                                          \
    char *rubis_new_value = g_strdup ((value) != NULL ? (value) : "");                                       \
    g_free ((self)->field);                                                                                  \
    (self)->field = rubis_new_value;                                                                         \
  }                                                                                                          \
  G_STMT_END

/* "smtp", "sms-ovh"…, as in the dossier and on the command line. (static) */
const char *rubis_transport_to_id (RubisTransportKind transport);
gboolean rubis_transport_from_id (const char *id, RubisTransportKind *transport);
/* "SMTP", "Microsoft 365"…: as users call it, translated. (static) */
const char *rubis_transport_to_label (RubisTransportKind transport);
gboolean rubis_transport_carries (RubisTransportKind transport, RubisParcelKind kind);
/* Whether answers can be read through the sender. */
gboolean rubis_sender_has_mailbox (const RubisSender *self);

const char *rubis_security_to_id (RubisSecurity security);
gboolean rubis_security_from_id (const char *id, RubisSecurity *security);
const char *rubis_auth_to_id (RubisAuth auth);
gboolean rubis_auth_from_id (const char *id, RubisAuth *auth);

/* The names of secrets. */
#define RUBIS_SECRET_PASSWORD "password"        /* of SMTP, IMAP, JMAP; API key or secret of a provider */
#define RUBIS_SECRET_MAILBOX "mailbox-password" /* of IMAP, where it is another one than of sending */
#define RUBIS_SECRET_KEY "key"                  /* second half: application key, API key beside a secret */
#define RUBIS_SECRET_CLIENT "client-secret"     /* of the registered application, where one is asked */
#define RUBIS_SECRET_REFRESH_TOKEN "refresh-token"
#define RUBIS_SECRET_ACCESS_TOKEN "access-token" /* with its end: "seconds-since-1970 token" */

G_END_DECLS
