#include "rubis-smtp-transport.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-curl.h"
#include "rubis-imap.h"
#include "rubis-smtp-verdict.h"

/* A copy is not worth waiting long for. */
#define COPY_SECONDS 30
#define LAST_ONES 200

struct _RubisSmtpTransport
{
  RubisTransport parent_instance;

  RubisCurl *curl; /* (owned) (nullable) */
  RubisImap *imap; /* (owned) (nullable) of the folder of sent messages */
  char *sent;      /* (owned) (nullable) its name */
  guint32 next;    /* UID that its next message was to get */
  gboolean no_copies;
};

G_DEFINE_FINAL_TYPE (RubisSmtpTransport, rubis_smtp_transport, RUBIS_TYPE_TRANSPORT)

typedef struct
{
  const char *data;
  gsize size;
  gsize offset;
} Upload;

static size_t
on_read (char *buffer, size_t size, size_t count, void *user_data)
{
  Upload *upload = user_data;
  gsize length = MIN (size * count, upload->size - upload->offset);

  memcpy (buffer, upload->data + upload->offset, length);
  upload->offset += length;
  return length;
}

static RubisCurl *
get_curl (RubisSmtpTransport *self)
{
  RubisTransport *transport = RUBIS_TRANSPORT (self);

  if (self->curl == NULL)
    self->curl = rubis_curl_new (RUBIS_CURL_SMTP, rubis_transport_get_sender (transport),
                                 rubis_transport_get_credentials (transport));
  return self->curl;
}

/* Addresses are commands' arguments: they must not end a line or an argument. */
static gboolean
is_address (const char *text)
{
  const char *at = strrchr (text, '@');

  if (at == NULL || at == text || at[1] == '\0')
    return FALSE;
  for (const char *c = text; *c != '\0'; c++)
    {
      if (g_ascii_iscntrl (*c) || *c == ' ' || *c == '<' || *c == '>')
        return FALSE;
    }
  return TRUE;
}

/* NULL, and the address that is none, when one cannot be written to. */
static struct curl_slist *
list_recipients (const char *text, char **wrong)
{
  g_auto (GStrv) parts = g_strsplit_set (text, ",;", -1);
  struct curl_slist *list = NULL;

  for (char **part = parts; *part != NULL; part++)
    {
      g_strstrip (*part);
      if ((*part)[0] == '\0' && parts[1] != NULL)
        continue;
      if (!is_address (*part))
        {
          *wrong = g_strdup (*part);
          curl_slist_free_all (list);
          return NULL;
        }
      list = curl_slist_append (list, *part);
    }
  if (list == NULL)
    *wrong = g_strdup (text);
  return list;
}

/* Whether a kept connection broke before the server was given anything: a new one may do better. */
static gboolean
broke_early (RubisCurl *curl, CURLcode result)
{
  const RubisCurlTalk *talk = rubis_curl_get_talk (curl);
  long n_connections = 0;

  curl_easy_getinfo (rubis_curl_get_handle (curl), CURLINFO_NUM_CONNECTS, &n_connections);
  return (result == CURLE_SEND_ERROR || result == CURLE_RECV_ERROR || result == CURLE_GOT_NOTHING)
         && n_connections == 0 && !talk->body && (talk->code < 400 || talk->code == 421);
}

/* One attempt; the fate is what the server said. */
static RubisDelivery *
hand_over (RubisSmtpTransport *self, const RubisParcel *parcel, const char *from,
           struct curl_slist *recipients, gboolean *again, GCancellable *cancellable)
{
  RubisCurl *curl = get_curl (self);
  CURL *handle = rubis_curl_get_handle (curl);
  g_autoptr (GError) error = NULL;
  Upload upload = { .data = NULL };
  RubisSmtpVerdict verdict = { .talk = rubis_curl_get_talk (curl),
                               .host = rubis_curl_get_host (curl),
                               .recipient = parcel->to_email,
                               .from = from };

  upload.data = g_bytes_get_data (parcel->content, &upload.size);
  curl_easy_setopt (handle, CURLOPT_MAIL_FROM, from);
  curl_easy_setopt (handle, CURLOPT_MAIL_RCPT, recipients);
  curl_easy_setopt (handle, CURLOPT_CUSTOMREQUEST, NULL);
  curl_easy_setopt (handle, CURLOPT_NOBODY, 0L);
  curl_easy_setopt (handle, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt (handle, CURLOPT_INFILESIZE_LARGE, (curl_off_t)upload.size);
  curl_easy_setopt (handle, CURLOPT_READFUNCTION, on_read);
  curl_easy_setopt (handle, CURLOPT_READDATA, &upload);
  verdict.result = rubis_curl_perform (curl, cancellable, &error);
  curl_easy_setopt (handle, CURLOPT_READDATA, NULL);
  curl_easy_setopt (handle, CURLOPT_MAIL_RCPT, NULL);
  verdict.error = error;
  verdict.handed_over = upload.offset == upload.size;
  verdict.size = upload.size;
  *again = broke_early (curl, verdict.result);
  return rubis_smtp_verdict_judge (&verdict);
}

/* Providers that put what leaves by SMTP among the messages sent. */
static gboolean
keeps_copies_itself (const char *server)
{
  static const char *const hosts[] = { "smtp.gmail.com", "smtp.googlemail.com", "smtp.office365.com",
                                       "smtp-mail.outlook.com", "smtp-legacy.office365.com" };

  for (gsize i = 0; i < G_N_ELEMENTS (hosts); i++)
    {
      if (g_ascii_strcasecmp (server, hosts[i]) == 0)
        return TRUE;
    }
  return FALSE;
}

/* The folder of sent messages, open for reading; NULL without error when there is none. */
static RubisImap *
open_sent (RubisSmtpTransport *self, GCancellable *cancellable, GError **error)
{
  RubisTransport *transport = RUBIS_TRANSPORT (self);
  g_autoptr (RubisImap) imap
      = rubis_imap_new (rubis_transport_get_sender (transport), rubis_transport_get_credentials (transport),
                        COPY_SECONDS, cancellable, error);
  GError *own_error = NULL;

  if (imap == NULL)
    return NULL;
  g_free (self->sent);
  self->sent = rubis_imap_find_sent (imap, &own_error);
  if (own_error != NULL)
    {
      g_propagate_error (error, own_error);
      return NULL;
    }
  if (self->sent != NULL && !rubis_imap_examine (imap, self->sent, NULL, &self->next, error))
    return NULL;
  return g_steal_pointer (&imap);
}

static gboolean
put_copy (RubisSmtpTransport *self, const RubisParcel *parcel, GCancellable *cancellable, GError **error)
{
  g_autofree char *id = rubis_imap_quote_id (parcel->message_id);
  g_autofree char *criteria = NULL;
  g_autoptr (GArray) there = NULL;

  if (self->imap == NULL)
    self->imap = open_sent (self, cancellable, error);
  if (self->imap == NULL)
    return FALSE;
  if (self->sent == NULL)
    {
      g_set_error_literal (error, RUBIS_TRANSPORT_ERROR, RUBIS_TRANSPORT_ERROR_SETTINGS,
                           _ ("The mailbox has no folder of sent messages."));
      return FALSE;
    }
  /* The provider may have put it there, just now: among the last ones. */
  if (id != NULL)
    {
      criteria = g_strdup_printf ("UID %u:* HEADER Message-ID %s",
                                  self->next > LAST_ONES ? self->next - LAST_ONES : 1, id);
      there = rubis_imap_search (self->imap, criteria, error);
      if (there == NULL || there->len > 0)
        return there != NULL;
    }
  return rubis_imap_append (self->imap, self->sent, parcel->content, error);
}

/* Whatever happens here, the message was sent. */
static void
keep_copy (RubisSmtpTransport *self, const RubisParcel *parcel, RubisDelivery *delivery,
           GCancellable *cancellable)
{
  const RubisSender *sender = rubis_transport_get_sender (RUBIS_TRANSPORT (self));
  gboolean kept_connection = self->imap != NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *answer = NULL;

  if (sender->imap_server[0] == '\0' || self->no_copies || keeps_copies_itself (sender->server))
    return;
  if (put_copy (self, parcel, cancellable, &error))
    return;
  g_clear_pointer (&self->imap, rubis_imap_free);
  /* Servers hang up on connections that were silent. */
  if (kept_connection && !g_cancellable_is_cancelled (cancellable))
    {
      g_clear_error (&error);
      if (put_copy (self, parcel, cancellable, &error))
        return;
      g_clear_pointer (&self->imap, rubis_imap_free);
    }
  /* The next messages would wait for it too. */
  self->no_copies = TRUE;
  answer = g_strdup_printf (_ ("%s\nNo copy was put among the messages sent: %s"), delivery->answer,
                            error->message);
  g_free (delivery->answer);
  delivery->answer = g_steal_pointer (&answer);
}

static RubisDelivery *
smtp_send (RubisTransport *transport, const RubisParcel *parcel, GCancellable *cancellable)
{
  RubisSmtpTransport *self = RUBIS_SMTP_TRANSPORT (transport);
  const RubisSender *sender = rubis_transport_get_sender (transport);
  const char *from = parcel->from_email[0] != '\0' ? parcel->from_email : sender->email;
  g_autofree char *wrong = NULL;
  g_autofree char *reason = NULL;
  RubisDelivery *delivery;
  struct curl_slist *recipients;
  gboolean again = FALSE;

  g_return_val_if_fail (parcel->kind == RUBIS_PARCEL_EMAIL, NULL);

  if (!is_address (from))
    {
      reason = g_strdup_printf (_ ("“%s” is not an email address to write from: correct the sender “%s”."),
                                from, sender->name);
      delivery = rubis_delivery_new (RUBIS_FATE_NOT_SENT, reason, NULL);
      delivery->sender_wide = TRUE;
      return delivery;
    }
  recipients = list_recipients (parcel->to_email, &wrong);
  if (recipients == NULL)
    {
      reason = g_strdup_printf (
          _ ("“%s” is not an email address to write to: correct it in the contacts of the account."), wrong);
      return rubis_delivery_new (RUBIS_FATE_REFUSED, reason, NULL);
    }
  delivery = hand_over (self, parcel, from, recipients, &again, cancellable);
  if (again && delivery->fate == RUBIS_FATE_NOT_SENT)
    {
      rubis_delivery_free (delivery);
      delivery = hand_over (self, parcel, from, recipients, &again, cancellable);
    }
  curl_slist_free_all (recipients);
  if (delivery->fate == RUBIS_FATE_SENT)
    keep_copy (self, parcel, delivery, cancellable);
  return delivery;
}

static RubisDelivery *
say_unknown (const char *words)
{
  g_autofree char *reason = NULL;

  if (words != NULL)
    reason = g_strdup_printf (_ ("The mailbox could not be asked whether the email left: %s"), words);
  else
    reason = g_strdup (
        _ ("The email is not found in the mailbox, which proves nothing: look among the messages sent, "
           "or ask the recipient, and say here whether it left."));
  return rubis_delivery_new (RUBIS_FATE_UNKNOWN, reason, NULL);
}

/* Whether any message of the open folder fulfils @criteria; -1 on error. */
static int
holds (RubisImap *imap, const char *criteria, GError **error)
{
  g_autoptr (GArray) uids = rubis_imap_search (imap, criteria, error);

  return uids == NULL ? -1 : uids->len > 0;
}

/* The email itself among the messages sent, or one that came back because of it: 1, 0, or -1 on error. */
static int
find_proof (RubisSmtpTransport *self, RubisImap *imap, const RubisParcel *parcel, const char *id,
            const char **proof, GError **error)
{
  g_autofree char *day = rubis_imap_make_day (parcel->first_attempt);
  g_autofree char *itself = g_strconcat ("HEADER Message-ID ", id, NULL);
  g_autofree char *because = g_strdup_printf (
      "SINCE %s OR OR OR HEADER Message-ID %s HEADER In-Reply-To %s HEADER References %s BODY %s", day, id,
      id, id, id);
  int found = 0;

  if (self->sent != NULL)
    {
      *proof = _ ("The email is among the messages sent.");
      found = holds (imap, itself, error);
    }
  if (found == 0 && !rubis_imap_examine (imap, "INBOX", NULL, NULL, error))
    found = -1;
  if (found == 0)
    {
      *proof = _ ("An answer to the email, or its return, is in the inbox.");
      found = holds (imap, because, error);
    }
  return found;
}

static RubisDelivery *
smtp_look_up (RubisTransport *transport, const RubisParcel *parcel, GCancellable *cancellable)
{
  RubisSmtpTransport *self = RUBIS_SMTP_TRANSPORT (transport);
  g_autofree char *id = rubis_imap_quote_id (parcel->message_id);
  g_autoptr (RubisImap) imap = NULL;
  g_autoptr (GError) error = NULL;
  const char *proof = NULL;
  int found;

  if (rubis_transport_get_sender (transport)->imap_server[0] == '\0')
    return rubis_delivery_new (
        RUBIS_FATE_UNKNOWN,
        _ ("This sender has no mailbox to look into: look among the messages sent at your "
           "provider, or ask the recipient, and say here whether the email left."),
        NULL);
  if (id == NULL)
    return say_unknown (NULL);
  imap = open_sent (self, cancellable, &error);
  if (imap == NULL)
    return say_unknown (error->message);
  found = find_proof (self, imap, parcel, id, &proof, &error);
  if (found < 0)
    return say_unknown (error->message);
  return found > 0 ? rubis_delivery_new (RUBIS_FATE_SENT, NULL, proof) : say_unknown (NULL);
}

static gboolean
smtp_test (RubisTransport *transport, GCancellable *cancellable, GError **error)
{
  RubisCurl *curl = get_curl (RUBIS_SMTP_TRANSPORT (transport));
  CURL *handle = rubis_curl_get_handle (curl);
  CURLcode result;

  curl_easy_setopt (handle, CURLOPT_UPLOAD, 0L);
  curl_easy_setopt (handle, CURLOPT_MAIL_RCPT, NULL);
  curl_easy_setopt (handle, CURLOPT_NOBODY, 1L);
  curl_easy_setopt (handle, CURLOPT_CUSTOMREQUEST, "RSET");
  /* A kept one has its login behind it. */
  curl_easy_setopt (handle, CURLOPT_FRESH_CONNECT, 1L);
  result = rubis_curl_perform (curl, cancellable, error);
  curl_easy_setopt (handle, CURLOPT_FRESH_CONNECT, 0L);
  if (result != CURLE_OK)
    return FALSE;
  if (rubis_transport_get_sender (transport)->auth == RUBIS_AUTH_NONE || rubis_curl_get_talk (curl)->login)
    return TRUE;
  g_set_error (
      error, RUBIS_TRANSPORT_ERROR, RUBIS_TRANSPORT_ERROR_LOGIN,
      _ ("“%s” asks for no login at this port: check the port, or choose “no login” for this sender."),
      rubis_curl_get_host (curl));
  return FALSE;
}

static void
rubis_smtp_transport_finalize (GObject *object)
{
  RubisSmtpTransport *self = RUBIS_SMTP_TRANSPORT (object);

  rubis_imap_free (self->imap);
  rubis_curl_free (self->curl);
  g_free (self->sent);
  G_OBJECT_CLASS (rubis_smtp_transport_parent_class)->finalize (object);
}

static void
rubis_smtp_transport_class_init (RubisSmtpTransportClass *klass)
{
  RubisTransportClass *transport_class = RUBIS_TRANSPORT_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rubis_smtp_transport_finalize;
  transport_class->send = smtp_send;
  transport_class->look_up = smtp_look_up;
  transport_class->test = smtp_test;
}

static void
rubis_smtp_transport_init (RubisSmtpTransport *self)
{
}
