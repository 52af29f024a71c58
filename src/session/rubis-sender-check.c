#include "rubis-sender-check.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-import-preview.h"
#include "rubis-session-edits-private.h"

#define MAX_NAME 60
#define MAX_LINE 250
#define MAX_SIGNATURE 2000
#define MINUTES_OF_DAY 1440
#define ALL_DAYS 127
#define MAX_PER_MINUTE 6000
#define MAX_PER_DAY 1000000
#define MIN_MESSAGE_SIZE (100 * 1024)
#define MAX_MESSAGE_SIZE (150 * 1024 * 1024)
/* domain-facts 5.6: names of senders of SMS. */
#define MIN_SMS_NAME 3
#define MAX_SMS_NAME 11

static const struct
{
  const char *field;
  const char *label;
} labels[] = {
  { "name", N_ ("Name") },
  { "transport", N_ ("Sends by") },
  { "position", N_ ("Place in the list") },
  { "actor", N_ ("For the user") },
  { "email", N_ ("Email address") },
  { "from_name", N_ ("Sender’s name") },
  { "reply_to", N_ ("Answers go to") },
  { "signature", N_ ("Signature") },
  { "server", N_ ("Server") },
  { "port", N_ ("Port") },
  { "security", N_ ("Encryption") },
  { "auth", N_ ("Login") },
  { "user", N_ ("User name") },
  { "service", N_ ("Service") },
  { "client_id", N_ ("Application (client) ID") },
  { "folder", N_ ("Folder") },
  { "imap_server", N_ ("Server of answers (IMAP)") },
  { "imap_port", N_ ("Port of answers") },
  { "imap_security", N_ ("Encryption of answers") },
  { "recall_minutes", N_ ("Recall window") },
  { "hours", N_ ("Hours") },
  { "days", N_ ("Days") },
  { "per_minute", N_ ("Messages a minute") },
  { "per_day", N_ ("Messages a day") },
  { "max_size", N_ ("Largest message") },
  { "unit_price", N_ ("Price of one") },
  { "active", N_ ("In use") },
};

const char *
rubis_sender_field_to_label (const char *field)
{
  for (gsize i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      if (g_str_equal (labels[i].field, field))
        return _ (labels[i].label);
    }
  g_return_val_if_reached (field);
}

/* @why: a sentence that follows the label. Always FALSE. */
static gboolean G_GNUC_PRINTF (4, 5)
    refuse (const char *name, const char **field, GError **error, const char *why, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, why);
  text = g_strdup_vprintf (why, arguments);
  va_end (arguments);
  if (field != NULL)
    *field = name;
  /* Translators: label of a field, what is wrong with it. */
  g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE, _ ("%s: %s"),
               rubis_sender_field_to_label (name), text);
  return FALSE;
}

static gboolean
has_control (const char *text, gboolean lines)
{
  for (const char *p = text; *p != '\0'; p++)
    {
      if (((guchar)*p < 0x20 || *p == 0x7f) && !(lines && *p == '\n'))
        return TRUE;
    }
  return FALSE;
}

static gboolean
check_texts (const RubisSender *sender, const char **field, GError **error)
{
  const struct
  {
    const char *field;
    const char *text;
  } texts[] = {
    { "name", sender->name },
    { "actor", sender->actor },
    { "email", sender->email },
    { "from_name", sender->from_name },
    { "reply_to", sender->reply_to },
    { "server", sender->server },
    { "user", sender->user },
    { "service", sender->service },
    { "client_id", sender->client_id },
    { "folder", sender->folder },
    { "imap_server", sender->imap_server },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      if (!g_utf8_validate (texts[i].text, -1, NULL) || has_control (texts[i].text, FALSE)
          || strlen (texts[i].text) > MAX_LINE)
        return refuse (texts[i].field, field, error, _ ("write one line of at most %d characters."),
                       MAX_LINE);
    }
  if (!g_utf8_validate (sender->signature, -1, NULL) || has_control (sender->signature, TRUE)
      || strlen (sender->signature) > MAX_SIGNATURE)
    return refuse ("signature", field, error, _ ("write at most %d characters."), MAX_SIGNATURE);
  return TRUE;
}

/* Names that could be taken for an id are not allowed: senders are found by either. */
static gboolean
check_name (const RubisSender *sender, const char **field, GError **error)
{
  gboolean number = TRUE;

  if (*sender->name == '\0' || g_utf8_strlen (sender->name, -1) > MAX_NAME)
    return refuse ("name", field, error, _ ("write a name of at most %d characters."), MAX_NAME);
  for (const char *p = sender->name; *p != '\0'; p++)
    number = number && g_ascii_isdigit (*p);
  if (number)
    return refuse ("name", field, error, _ ("a number alone is not a name; write a word too."));
  return TRUE;
}

static gboolean
is_sms (RubisTransportKind transport)
{
  return rubis_transport_carries (transport, RUBIS_PARCEL_SMS);
}

/* A name of letters and digits, or a number that can be called back. */
static gboolean
is_sms_name (const char *name)
{
  gsize n = strlen (name);
  gboolean plain = TRUE;

  if (*name == '+' || g_ascii_isdigit (*name))
    return strpbrk (name, " .-/()") == NULL && rubis_session_check_phone (name, NULL);
  for (const char *p = name; *p != '\0'; p++)
    plain = plain && g_ascii_isalnum (*p);
  return plain && n >= MIN_SMS_NAME && n <= MAX_SMS_NAME;
}

static gboolean
check_addresses (const RubisSender *sender, const char **field, GError **error)
{
  gboolean email = rubis_transport_carries (sender->transport, RUBIS_PARCEL_EMAIL);

  if (email && sender->transport != RUBIS_TRANSPORT_FOLDER && *sender->email == '\0')
    return refuse ("email", field, error, _ ("write the address that the messages come from."));
  if (!rubis_session_check_email (sender->email, NULL))
    return refuse ("email", field, error, _ ("“%s” is not an address such as name@company.fr."),
                   sender->email);
  if (!rubis_session_check_email (sender->reply_to, NULL))
    return refuse ("reply_to", field, error, _ ("“%s” is not an address such as name@company.fr."),
                   sender->reply_to);
  if (is_sms (sender->transport) && *sender->from_name != '\0' && !is_sms_name (sender->from_name))
    return refuse ("from_name", field, error,
                   _ ("phones show 3 to 11 letters and digits without accents or blanks, or a number."));
  return TRUE;
}

gboolean
rubis_sender_is_local (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  if (address != NULL)
    return g_inet_address_get_is_loopback (address);
  return g_ascii_strcasecmp (host, "localhost") == 0;
}

/* A name or an address of a machine, without scheme, port or path. */
static gboolean
is_host (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  if (address != NULL)
    return TRUE;
  if (*host == '\0' || *host == '.' || *host == '-' || strstr (host, "..") != NULL)
    return FALSE;
  for (const char *p = host; *p != '\0'; p++)
    {
      if (!g_ascii_isalnum (*p) && *p != '.' && *p != '-' && (guchar)*p < 0x80)
        return FALSE;
    }
  return TRUE;
}

/* An address of an API: https, or http on this machine. */
static gboolean
is_base_address (const char *text)
{
  g_autoptr (GUri) uri = g_uri_parse (text, G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  if (host == NULL || *host == '\0' || g_uri_get_userinfo (uri) != NULL)
    return FALSE;
  return g_str_equal (g_uri_get_scheme (uri), "https")
         || (g_str_equal (g_uri_get_scheme (uri), "http") && rubis_sender_is_local (host));
}

static gboolean
check_server (const RubisSender *sender, const char **field, GError **error)
{
  gboolean host = is_host (sender->server);

  switch ((int)sender->transport)
    {
    case RUBIS_TRANSPORT_FOLDER:
      return TRUE;
    case RUBIS_TRANSPORT_SMTP:
      if (!host)
        return refuse ("server", field, error,
                       _ ("write the name of the mail server alone, such as smtp.company.fr."));
      return TRUE;
    case RUBIS_TRANSPORT_JMAP:
      if (!host && !is_base_address (sender->server))
        return refuse ("server", field, error,
                       _ ("write the name of the server, such as api.company.fr, or its https:// address."));
      return TRUE;
    default:
      if (*sender->server != '\0' && !is_base_address (sender->server))
        return refuse ("server", field, error,
                       _ ("leave it empty, or write an address that begins with https://."));
      return TRUE;
    }
}

static gboolean
check_connection (const char *server_field, const char *server, const char *port_field, int port,
                  const char *security_field, RubisSecurity security, const char **field, GError **error)
{
  if (port < 0 || port > G_MAXUINT16)
    return refuse (port_field, field, error, _ ("write a number from 1 to 65535, or 0 for the usual one."));
  if (security == RUBIS_SECURITY_NONE && !rubis_sender_is_local (server))
    return refuse (security_field, field, error,
                   _ ("messages and passwords would cross the network in the clear: choose TLS or STARTTLS. "
                      "Only a server on this machine is used without."));
  return TRUE;
}

static gboolean
check_servers (const RubisSender *sender, const char **field, GError **error)
{
  if (!check_server (sender, field, error))
    return FALSE;
  if (sender->transport == RUBIS_TRANSPORT_SMTP
      && !check_connection ("server", sender->server, "port", sender->port, "security", sender->security,
                            field, error))
    return FALSE;
  if (sender->transport != RUBIS_TRANSPORT_SMTP && (sender->port < 0 || sender->port > G_MAXUINT16))
    return refuse ("port", field, error, _ ("write a number from 1 to 65535, or 0 for the usual one."));
  if (*sender->imap_server == '\0')
    return TRUE;
  if (!is_host (sender->imap_server))
    return refuse ("imap_server", field, error,
                   _ ("write the name of the mail server alone, such as imap.company.fr."));
  return check_connection ("imap_server", sender->imap_server, "imap_port", sender->imap_port,
                           "imap_security", sender->imap_security, field, error);
}

static gboolean
check_login (const RubisSender *sender, const char **field, GError **error)
{
  switch ((int)sender->transport)
    {
    case RUBIS_TRANSPORT_FOLDER:
    case RUBIS_TRANSPORT_SMTP:
      break;
    case RUBIS_TRANSPORT_JMAP:
      if (sender->auth == RUBIS_AUTH_NONE)
        return refuse ("auth", field, error, _ ("JMAP needs a password or a token."));
      break;
    case RUBIS_TRANSPORT_GRAPH:
    case RUBIS_TRANSPORT_GMAIL:
      if (sender->auth != RUBIS_AUTH_OAUTH)
        return refuse ("auth", field, error,
                       _ ("this provider takes only a sign-in in the browser (oauth), no password."));
      break;
    default:
      if (sender->auth != RUBIS_AUTH_PASSWORD)
        return refuse ("auth", field, error, _ ("this provider takes a key (password)."));
      break;
    }
  if (sender->auth == RUBIS_AUTH_OAUTH && sender->transport != RUBIS_TRANSPORT_GRAPH
      && *sender->service != '\0' && !is_base_address (sender->service))
    return refuse ("service", field, error,
                   _ ("write the https:// address of the server that signs users in, or leave it empty."));
  return TRUE;
}

static gboolean
check_limits (const RubisSender *sender, const char **field, GError **error)
{
  if (sender->recall_minutes < 0 || sender->recall_minutes > MINUTES_OF_DAY)
    return refuse ("recall_minutes", field, error, _ ("write minutes from 0 to 1440 (24 hours)."));
  if (sender->from_minute < 0 || sender->until_minute > MINUTES_OF_DAY
      || sender->from_minute >= sender->until_minute)
    return refuse ("hours", field, error, _ ("the first hour comes before the last one, within a day."));
  if (sender->days == 0 || sender->days > ALL_DAYS)
    return refuse ("days", field, error, _ ("choose at least one day of the week."));
  if (sender->per_minute < 0 || sender->per_minute > MAX_PER_MINUTE)
    return refuse ("per_minute", field, error, _ ("write a number up to %d, or 0 for no limit."),
                   MAX_PER_MINUTE);
  if (sender->per_day < 0 || sender->per_day > MAX_PER_DAY)
    return refuse ("per_day", field, error, _ ("write a number up to %d, or 0 for no limit."), MAX_PER_DAY);
  if (sender->max_size < MIN_MESSAGE_SIZE || sender->max_size > MAX_MESSAGE_SIZE)
    return refuse ("max_size", field, error, _ ("write a size from 0.1 to 150 MB."));
  if (sender->unit_price < 0)
    return refuse ("unit_price", field, error, _ ("a price is not below zero."));
  return TRUE;
}

gboolean
rubis_sender_check (const RubisSender *sender, const char **field, GError **error)
{
  return check_texts (sender, field, error) && check_name (sender, field, error)
         && check_addresses (sender, field, error) && check_servers (sender, field, error)
         && check_login (sender, field, error) && check_limits (sender, field, error);
}
