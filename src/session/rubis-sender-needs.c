#include "rubis-sender-needs.h"

#include <glib/gi18n-lib.h>

/* By provider, where a password alone is not what it is called. */
static const struct
{
  RubisTransportKind transport;
  const char *name;
  const char *label; /* untranslated */
} keys[] = {
  { RUBIS_TRANSPORT_BREVO, RUBIS_SECRET_PASSWORD, N_ ("API key") },
  { RUBIS_TRANSPORT_MAILJET, RUBIS_SECRET_KEY, N_ ("API key") },
  { RUBIS_TRANSPORT_MAILJET, RUBIS_SECRET_PASSWORD, N_ ("Secret key") },
  { RUBIS_TRANSPORT_SMS_OVH, RUBIS_SECRET_PASSWORD, N_ ("Application secret") },
  { RUBIS_TRANSPORT_SMS_OVH, RUBIS_SECRET_KEY, N_ ("Consumer key") },
  { RUBIS_TRANSPORT_SMS_BREVO, RUBIS_SECRET_PASSWORD, N_ ("API key") },
  { RUBIS_TRANSPORT_SMS_TWILIO, RUBIS_SECRET_PASSWORD, N_ ("Auth token") },
  { RUBIS_TRANSPORT_SMS_SMSMODE, RUBIS_SECRET_PASSWORD, N_ ("API key") },
  { RUBIS_TRANSPORT_MAILEVA, RUBIS_SECRET_PASSWORD, N_ ("Password") },
  { RUBIS_TRANSPORT_MAILEVA, RUBIS_SECRET_KEY, N_ ("Client secret") },
  { RUBIS_TRANSPORT_AR24, RUBIS_SECRET_PASSWORD, N_ ("Token") },
  { RUBIS_TRANSPORT_AR24, RUBIS_SECRET_KEY, N_ ("Private key") },
  { RUBIS_TRANSPORT_LAPOSTE, RUBIS_SECRET_PASSWORD, N_ ("API key") },
};

gboolean
rubis_sender_signs_in (const RubisSender *sender)
{
  if (sender->auth != RUBIS_AUTH_OAUTH)
    return FALSE;
  return *sender->client_id != '\0' || sender->transport == RUBIS_TRANSPORT_GRAPH
         || sender->transport == RUBIS_TRANSPORT_GMAIL;
}

static void
add_need (GArray *needs, const char *name, const char *label, gboolean optional)
{
  RubisSenderNeed need = { .name = name, .label = label, .optional = optional };

  g_array_append_val (needs, need);
}

GArray *
rubis_sender_list_needs (const RubisSender *sender)
{
  GArray *needs = g_array_new (FALSE, TRUE, sizeof (RubisSenderNeed));

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      if (keys[i].transport == sender->transport)
        add_need (needs, keys[i].name, _ (keys[i].label), FALSE);
    }
  if (rubis_sender_signs_in (sender))
    add_need (needs, RUBIS_SECRET_CLIENT, _ ("Secret of the application"), TRUE);
  else if (needs->len == 0 && sender->auth == RUBIS_AUTH_OAUTH)
    add_need (needs, RUBIS_SECRET_PASSWORD, _ ("API token"), FALSE);
  else if (needs->len == 0 && sender->auth == RUBIS_AUTH_PASSWORD)
    add_need (needs, RUBIS_SECRET_PASSWORD, _ ("Password"), FALSE);
  /* The mailbox of a mail server has the same password, unless another was given. */
  if (*sender->imap_server != '\0' && sender->transport != RUBIS_TRANSPORT_FOLDER)
    add_need (needs, RUBIS_SECRET_MAILBOX, _ ("Password of the mailbox"),
              sender->transport == RUBIS_TRANSPORT_SMTP && sender->auth != RUBIS_AUTH_NONE);
  return needs;
}
