/* SMS, letters printed by a provider, electronic registered letters and tracking, against a local fake of
 * what the providers publish (tests/servers/fake-post.py). */
#include "rubis-ar24-cipher.h"
#include "rubis-laposte-tracking.h"
#include "rubis-sms-provider.h"
#include "rubis-test-credentials.h"
#include "rubis-test-server.h"
#include "rubis-transport.h"

#define PDF "%PDF-1.7\nlettre\n"
#define SMS "Rappel : votre dossier C00412 présente un solde échu. Merci de nous appeler au 04 78 00 00 00."

typedef struct
{
  RubisTransportKind kind;
  const char *path;
  const char *service;
  const char *client;
  const char *password;
  const char *key;
  const char *taken; /* its name in the fake */
  RubisFate follow;
  gboolean looks_up;
} Provider;

static const Provider sms_providers[] = {
  { RUBIS_TRANSPORT_SMS_OVH, "/ovh", "sms-ab1", "ovh-application", "ovh-application-secret",
    "ovh-consumer-key", "ovh", RUBIS_FATE_UNKNOWN, FALSE },
  { RUBIS_TRANSPORT_SMS_BREVO, "/brevo", "", "", "brevo-api-key", NULL, "brevo", RUBIS_FATE_DELIVERED, TRUE },
  { RUBIS_TRANSPORT_SMS_TWILIO, "/twilio", "AC0123456789", "", "twilio-token", NULL, "twilio",
    RUBIS_FATE_DELIVERED, TRUE },
  { RUBIS_TRANSPORT_SMS_SMSMODE, "/smsmode", "", "", "smsmode-key", NULL, "smsmode", RUBIS_FATE_BOUNCED_HARD,
    FALSE },
};

static RubisTransport *
new_named (RubisTestServer *server, const Provider *provider, const char *password, const char *name)
{
  g_autoptr (RubisSender) sender = rubis_sender_new (provider->kind);
  g_autofree char *base = g_strconcat (rubis_test_server_get_string (server, "url"), provider->path, NULL);
  g_autoptr (RubisCredentials) credentials = rubis_test_credentials_new (
      RUBIS_SECRET_PASSWORD, password, RUBIS_SECRET_KEY, provider->key != NULL ? provider->key : "", NULL);
  g_autoptr (GError) error = NULL;
  RubisTransport *transport;

  rubis_sender_set (sender, name, "Essai");
  rubis_sender_set (sender, server, base);
  rubis_sender_set (sender, service, provider->service);
  rubis_sender_set (sender, client_id, provider->client);
  rubis_sender_set (sender, from_name, name);
  rubis_sender_set (sender, email, "compta@example.fr");
  rubis_sender_set (sender, user, "compta");
  sender->unit_price = 5500;
  transport = rubis_transport_new (sender, credentials, &error);
  g_assert_no_error (error);
  return transport;
}

static RubisTransport *
new_transport (RubisTestServer *server, const Provider *provider, const char *password)
{
  return new_named (server, provider, password, "GARCON");
}

static RubisParcel *
new_sms (const char *id, const char *phone)
{
  g_autoptr (GBytes) text = g_bytes_new_static (SMS, strlen (SMS));
  RubisParcel *parcel = rubis_parcel_new (RUBIS_PARCEL_SMS, id, text);

  rubis_parcel_set (parcel, to_phone, phone);
  rubis_parcel_set (parcel, from_email, "GARCON");
  return parcel;
}

static gint64
count_taken (RubisTestServer *server, const char *provider)
{
  g_autoptr (JsonObject) answer = rubis_test_server_command (server, "taken");
  JsonObject *taken = json_object_get_object_member (answer, "taken");

  return json_object_has_member (taken, provider) ? json_object_get_int_member (taken, provider) : 0;
}

static void
set_fault (RubisTestServer *server, const char *fault)
{
  g_autoptr (JsonObject) answer = rubis_test_server_command (server, "fault %s", fault);

  g_assert_nonnull (answer);
}

static void
test_sms (gconstpointer data)
{
  const Provider *provider = data;
  g_autoptr (RubisTestServer) server = rubis_test_server_new ("fake-post.py", NULL);
  g_autoptr (RubisTransport) transport = NULL;
  g_autoptr (RubisParcel) parcel = new_sms ("rubis-0a1b2c3d-7", "+33612345678");
  g_autoptr (RubisDelivery) sent = NULL;
  g_autoptr (RubisDelivery) later = NULL;
  g_autoptr (GError) error = NULL;

  if (server == NULL)
    return;
  transport = new_transport (server, provider, provider->password);
  g_assert_true (rubis_transport_test (transport, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count_taken (server, provider->taken), ==, 0);
  /* One part at 5.5 cents. */
  g_assert_cmpint (rubis_transport_quote (transport, parcel, NULL, &error), ==, 6);
  sent = rubis_transport_send (transport, parcel, NULL);
  g_assert_cmpstr (sent->reason, ==, "");
  g_assert_cmpint (sent->fate, ==, RUBIS_FATE_SENT);
  g_assert_cmpstr (sent->provider_id, !=, "");
  g_assert_cmpint (count_taken (server, provider->taken), ==, 1);
  rubis_parcel_set (parcel, provider_id, sent->provider_id);
  later = rubis_transport_follow (transport, parcel, NULL);
  g_assert_cmpint (later->fate, ==, provider->follow);
}

static void
test_sms_refused (void)
{
  g_autoptr (RubisTestServer) server = rubis_test_server_new ("fake-post.py", NULL);
  g_autoptr (RubisTransport) ovh = NULL;
  g_autoptr (RubisTransport) twilio = NULL;
  g_autoptr (RubisParcel) wrong = new_sms ("rubis-0a1b2c3d-8", "0612");
  g_autoptr (RubisDelivery) by_ovh = NULL;
  g_autoptr (RubisDelivery) by_twilio = NULL;

  if (server == NULL)
    return;
  ovh = new_transport (server, &sms_providers[0], sms_providers[0].password);
  twilio = new_transport (server, &sms_providers[2], sms_providers[2].password);
  by_ovh = rubis_transport_send (ovh, wrong, NULL);
  g_assert_cmpint (by_ovh->fate, ==, RUBIS_FATE_REFUSED);
  g_assert_nonnull (strstr (by_ovh->reason, "0612"));
  g_assert_false (by_ovh->sender_wide);
  by_twilio = rubis_transport_send (twilio, wrong, NULL);
  g_assert_cmpint (by_twilio->fate, ==, RUBIS_FATE_REFUSED);
  g_assert_nonnull (strstr (by_twilio->reason, "not valid"));
  g_assert_cmpint (count_taken (server, "ovh") + count_taken (server, "twilio"), ==, 0);
}

/* Names and numbers that can be called back; what telephones do not show leaves for nobody. */
static void
test_sms_names (void)
{
  static const struct
  {
    const char *name;
    gboolean fine;
  } names[] = {
    { "GARCON", TRUE },           { "G2", FALSE },
    { "MENUISERIE1X", FALSE },    { "Garçon", FALSE },
    { "+33612345678", TRUE },     { "+33 6 12 34", FALSE },
    { "+336123456789012", TRUE }, { "+3361234567890123", FALSE },
  };
  g_autoptr (RubisTestServer) server = rubis_test_server_new ("fake-post.py", NULL);

  if (server == NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (RubisTransport) transport
          = new_named (server, &sms_providers[2], sms_providers[2].password, names[i].name);
      g_autofree char *id = g_strdup_printf ("rubis-0a1b2c3d-%d", (int)i + 20);
      g_autoptr (RubisParcel) parcel = new_sms (id, "+33612345678");
      gint64 before = count_taken (server, "twilio");
      g_autoptr (RubisDelivery) delivery = rubis_transport_send (transport, parcel, NULL);

      g_assert_cmpint (delivery->fate, ==, names[i].fine ? RUBIS_FATE_SENT : RUBIS_FATE_NOT_SENT);
      g_assert_cmpint (count_taken (server, "twilio") - before, ==, names[i].fine ? 1 : 0);
    }
}

static void
test_sms_faults (void)
{
  static const struct
  {
    const char *fault;
    RubisFate fate;
    gboolean sender_wide;
    int retry_after;
    gint64 taken;
  } faults[] = {
    { "401", RUBIS_FATE_NOT_SENT, TRUE, -1, 0 },    { "403", RUBIS_FATE_NOT_SENT, TRUE, -1, 0 },
    { "429", RUBIS_FATE_NOT_SENT, FALSE, 120, 0 },  { "503", RUBIS_FATE_NOT_SENT, FALSE, 120, 0 },
    { "400", RUBIS_FATE_REFUSED, FALSE, -1, 0 },    { "500", RUBIS_FATE_UNKNOWN, FALSE, -1, 0 },
    { "lost", RUBIS_FATE_UNKNOWN, FALSE, -1, 0 },   { "taken", RUBIS_FATE_UNKNOWN, FALSE, -1, 1 },
    { "broken", RUBIS_FATE_UNKNOWN, FALSE, -1, 1 },
  };

  for (gsize p = 0; p < G_N_ELEMENTS (sms_providers); p++)
    {
      g_autoptr (RubisTestServer) server = rubis_test_server_new ("fake-post.py", NULL);
      g_autoptr (RubisTransport) transport = NULL;
      gint64 taken = 0;

      if (server == NULL)
        return;
      transport = new_transport (server, &sms_providers[p], sms_providers[p].password);
      for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
        {
          g_autofree char *id = g_strdup_printf ("rubis-0a1b2c3d-%u", (guint)i);
          g_autoptr (RubisParcel) parcel = new_sms (id, "+33612345678");
          g_autoptr (RubisDelivery) delivery = NULL;
          g_autoptr (RubisDelivery) known = NULL;

          g_test_message ("%s %s", sms_providers[p].taken, faults[i].fault);
          set_fault (server, faults[i].fault);
          delivery = rubis_transport_send (transport, parcel, NULL);
          g_assert_cmpstr (rubis_fate_to_id (delivery->fate), ==, rubis_fate_to_id (faults[i].fate));
          if (faults[i].sender_wide)
            g_assert_true (delivery->sender_wide);
          if (faults[i].retry_after >= 0)
            g_assert_cmpint (delivery->retry_after, ==, faults[i].retry_after);
          g_assert_cmpstr (delivery->reason, !=, "");
          g_assert_null (strstr (delivery->reason, sms_providers[p].password));
          g_assert_null (strstr (delivery->answer, sms_providers[p].password));
          taken += faults[i].taken;
          g_assert_cmpint (count_taken (server, sms_providers[p].taken), ==, taken);
          known = rubis_transport_look_up (transport, parcel, NULL);
          if (faults[i].taken == 1 && sms_providers[p].looks_up)
            g_assert_cmpint (known->fate, !=, RUBIS_FATE_UNKNOWN);
          else if (sms_providers[p].kind != RUBIS_TRANSPORT_SMS_TWILIO)
            g_assert_cmpint (known->fate, ==, RUBIS_FATE_UNKNOWN);
        }
    }
}

static void
test_sms_login (void)
{
  g_autoptr (RubisTestServer) server = rubis_test_server_new ("fake-post.py", NULL);

  if (server == NULL)
    return;
  for (gsize p = 0; p < G_N_ELEMENTS (sms_providers); p++)
    {
      g_autoptr (RubisTransport) transport = new_transport (server, &sms_providers[p], "Faux-secret");
      g_autoptr (GError) error = NULL;

      /* smsmode's test asks a list, which the fake protects as the others. */
      g_assert_false (rubis_transport_test (transport, NULL, &error));
      g_assert_error (error, RUBIS_TRANSPORT_ERROR, RUBIS_TRANSPORT_ERROR_LOGIN);
      g_assert_null (strstr (error->message, "Faux-secret"));
    }
}

static const Provider maileva = { RUBIS_TRANSPORT_MAILEVA, "/maileva", "maileva-client", "",  "Maileva-mdp",
                                  "maileva-client-secret", "maileva",  RUBIS_FATE_SENT,  TRUE };
static const Provider ar24 = { RUBIS_TRANSPORT_AR24,   "/ar24", "4242",          "",   "ar24-token",
                               "7X9gx9E3Qx4EiUdB63nc", "ar24",  RUBIS_FATE_SENT, FALSE };

static RubisParcel *
new_letter (RubisParcelKind kind, const char *id, const char *town)
{
  g_autoptr (GBytes) pdf = g_bytes_new_static (PDF, strlen (PDF));
  g_autofree char *address = g_strdup_printf ("MENUISERIE GARÇON SAS\n12 RUE DES LILAS\n%s\nFR", town);
  RubisParcel *parcel = rubis_parcel_new (kind, id, pdf);

  rubis_parcel_set (parcel, address, address);
  rubis_parcel_set (parcel, return_address, "ATELIERS DURAND\n3 PLACE BELLECOUR\n69002 LYON\nFR");
  rubis_parcel_set (parcel, title, "Mise en demeure C00412");
  rubis_parcel_set (parcel, reference, "C00412");
  rubis_parcel_set (parcel, to_name, "Anne Noël");
  rubis_parcel_set (parcel, to_company, "MENUISERIE GARÇON SAS");
  rubis_parcel_set (parcel, to_email, "noel@garcon.example");
  return parcel;
}

static void
test_maileva (void)
{
  g_autoptr (RubisTestServer) server = rubis_test_server_new ("fake-post.py", NULL);
  g_autoptr (RubisTransport) transport = NULL;
  g_autoptr (RubisParcel) parcel = new_letter (RUBIS_PARCEL_REGISTERED, "rubis-0a1b2c3d-20", "69003 LYON");
  g_autoptr (RubisDelivery) sent = NULL;
  g_autoptr (RubisDelivery) deposited = NULL;
  g_autoptr (RubisDelivery) received = NULL;
  g_autoptr (JsonObject) log = NULL;
  g_autoptr (JsonObject) course = NULL;
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, PDF, -1);
  JsonObject *sending;
  JsonObject *recipient;

  if (server == NULL)
    return;
  transport = new_transport (server, &maileva, maileva.password);
  sent = rubis_transport_send (transport, parcel, NULL);
  g_assert_cmpstr (sent->reason, ==, "");
  g_assert_cmpint (sent->fate, ==, RUBIS_FATE_SENT);
  log = rubis_test_server_command (server, "taken");
  sending = json_array_get_object_element (json_object_get_array_member (log, "sendings"), 0);
  recipient = json_object_get_object_member (sending, "recipient");
  g_assert_cmpstr (json_object_get_string_member (sending, "product"), ==, "registered_mail");
  g_assert_cmpstr (json_object_get_string_member (sending, "document"), ==, sha256);
  g_assert_cmpstr (json_object_get_string_member (sending, "custom_id"), ==, "rubis-0a1b2c3d-20");
  g_assert_cmpstr (json_object_get_string_member (sending, "sender_address_line_6"), ==, "69002 LYON");
  g_assert_true (json_object_get_boolean_member (sending, "acknowledgement_of_receipt"));
  g_assert_cmpstr (json_object_get_string_member (recipient, "address_line_1"), ==, "MENUISERIE GARÇON SAS");
  g_assert_cmpstr (json_object_get_string_member (recipient, "address_line_6"), ==, "69003 LYON");
  g_assert_cmpstr (json_object_get_string_member (recipient, "country_code"), ==, "FR");
  rubis_parcel_set (parcel, provider_id, sent->provider_id);
  deposited = rubis_transport_follow (transport, parcel, NULL);
  g_assert_cmpint (deposited->fate, ==, RUBIS_FATE_SENT);
  g_assert_cmpstr (deposited->course, ==, "deposited");
  g_assert_cmpstr (deposited->tracking, ==, "1E00232062142");
  g_assert_cmpint (deposited->price, ==, 731);
  course = rubis_test_server_command (server, "course D01");
  received = rubis_transport_follow (transport, parcel, NULL);
  g_assert_cmpint (received->fate, ==, RUBIS_FATE_DELIVERED);
  g_assert_cmpstr (received->course, ==, "received");
}

/* An address that the provider refuses costs nothing and says which line. */
static void
test_maileva_address (void)
{
  g_autoptr (RubisTestServer) server = rubis_test_server_new ("fake-post.py", NULL);
  g_autoptr (RubisTransport) transport = NULL;
  g_autoptr (RubisParcel) no_code = new_letter (RUBIS_PARCEL_REGISTERED, "rubis-0a1b2c3d-21", "LYON");
  g_autoptr (RubisParcel) too_long = new_letter (RUBIS_PARCEL_LETTER, "rubis-0a1b2c3d-22",
                                                 "69003 LYON CEDEX 03 AVEC UN NOM DE VILLE TROP LONG");
  g_autoptr (RubisDelivery) first = NULL;
  g_autoptr (RubisDelivery) second = NULL;

  if (server == NULL)
    return;
  transport = new_transport (server, &maileva, maileva.password);
  first = rubis_transport_send (transport, no_code, NULL);
  g_assert_cmpint (first->fate, ==, RUBIS_FATE_REFUSED);
  g_assert_nonnull (strstr (first->reason, "ADDRESS_LINE_6_WRONG_FORMAT"));
  second = rubis_transport_send (transport, too_long, NULL);
  g_assert_cmpint (second->fate, ==, RUBIS_FATE_REFUSED);
  g_assert_nonnull (strstr (second->reason, "TROP LONG"));
  g_assert_cmpint (count_taken (server, "maileva"), ==, 0);
}

/* The submission was taken and its answer lost: asked, and never paid twice. */
static void
test_maileva_unknown (void)
{
  g_autoptr (RubisTestServer) server = rubis_test_server_new ("fake-post.py", NULL);
  g_autoptr (RubisTransport) transport = NULL;
  g_autoptr (RubisParcel) parcel = new_letter (RUBIS_PARCEL_REGISTERED, "rubis-0a1b2c3d-23", "69003 LYON");
  g_autoptr (RubisParcel) lost = new_letter (RUBIS_PARCEL_REGISTERED, "rubis-0a1b2c3d-24", "69003 LYON");
  g_autoptr (RubisDelivery) sent = NULL;
  g_autoptr (RubisDelivery) known = NULL;
  g_autoptr (RubisDelivery) again = NULL;
  g_autoptr (RubisDelivery) not_sent = NULL;
  g_autoptr (RubisDelivery) open = NULL;
  g_autoptr (RubisDelivery) draft = NULL;

  if (server == NULL)
    return;
  transport = new_transport (server, &maileva, maileva.password);
  set_fault (server, "taken");
  sent = rubis_transport_send (transport, parcel, NULL);
  g_assert_cmpint (sent->fate, ==, RUBIS_FATE_UNKNOWN);
  parcel->first_attempt = g_get_real_time () / G_USEC_PER_SEC;
  known = rubis_transport_look_up (transport, parcel, NULL);
  g_assert_cmpint (known->fate, ==, RUBIS_FATE_SENT);
  g_assert_cmpstr (known->provider_id, ==, "1");
  again = rubis_transport_send (transport, parcel, NULL);
  g_assert_cmpint (again->fate, ==, RUBIS_FATE_SENT);
  g_assert_cmpstr (again->provider_id, ==, "1");
  g_assert_cmpint (count_taken (server, "maileva"), ==, 1);

  set_fault (server, "lost");
  not_sent = rubis_transport_send (transport, lost, NULL);
  g_assert_cmpint (not_sent->fate, ==, RUBIS_FATE_UNKNOWN);
  /* Still a draft: perhaps on its way just now, surely not after ten minutes. */
  lost->first_attempt = g_get_real_time () / G_USEC_PER_SEC;
  open = rubis_transport_look_up (transport, lost, NULL);
  g_assert_cmpint (open->fate, ==, RUBIS_FATE_UNKNOWN);
  lost->first_attempt -= 3600;
  draft = rubis_transport_look_up (transport, lost, NULL);
  g_assert_cmpint (draft->fate, ==, RUBIS_FATE_NOT_SENT);
}

static void
test_ar24 (void)
{
  g_autoptr (RubisTestServer) server = rubis_test_server_new ("fake-post.py", NULL);
  g_autoptr (RubisTransport) transport = NULL;
  g_autoptr (RubisParcel) parcel
      = new_letter (RUBIS_PARCEL_ELECTRONIC_REGISTERED, "rubis-0a1b2c3d-30", "69003 LYON");
  g_autoptr (RubisParcel) no_address
      = new_letter (RUBIS_PARCEL_ELECTRONIC_REGISTERED, "rubis-0a1b2c3d-31", "69003 LYON");
  g_autoptr (RubisDelivery) sent = NULL;
  g_autoptr (RubisDelivery) waits = NULL;
  g_autoptr (RubisDelivery) refused = NULL;
  g_autoptr (RubisDelivery) negligence = NULL;
  g_autoptr (JsonObject) log = NULL;
  g_autoptr (JsonObject) status = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, PDF, -1);
  JsonObject *mail;

  if (server == NULL)
    return;
  transport = new_transport (server, &ar24, ar24.password);
  g_assert_true (rubis_transport_test (transport, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (rubis_transport_quote (transport, parcel, NULL, NULL), ==, 6);
  sent = rubis_transport_send (transport, parcel, NULL);
  g_assert_cmpstr (sent->reason, ==, "");
  g_assert_cmpint (sent->fate, ==, RUBIS_FATE_SENT);
  g_assert_cmpstr (sent->provider_id, ==, "9001");
  log = rubis_test_server_command (server, "taken");
  mail = json_array_get_object_element (json_object_get_array_member (log, "ar24"), 0);
  g_assert_cmpstr (json_object_get_string_member (mail, "to_email"), ==, "noel@garcon.example");
  g_assert_cmpstr (json_object_get_string_member (mail, "to_firstname"), ==, "Anne");
  g_assert_cmpstr (json_object_get_string_member (mail, "to_lastname"), ==, "Noël");
  g_assert_cmpstr (json_object_get_string_member (mail, "dest_statut"), ==, "professionnel");
  g_assert_cmpstr (json_object_get_string_member (mail, "attachment[0]"), ==, sha256);
  g_assert_cmpstr (json_object_get_string_member (mail, "eidas"), ==, "1");
  rubis_parcel_set (parcel, provider_id, sent->provider_id);
  waits = rubis_transport_follow (transport, parcel, NULL);
  g_assert_cmpint (waits->fate, ==, RUBIS_FATE_SENT);
  status = rubis_test_server_command (server, "ar24-status negligence");
  negligence = rubis_transport_follow (transport, parcel, NULL);
  g_assert_cmpint (negligence->fate, ==, RUBIS_FATE_DELIVERED);
  g_assert_cmpstr (negligence->course, ==, "not_claimed");
  rubis_parcel_set (no_address, to_email, "garcon");
  refused = rubis_transport_send (transport, no_address, NULL);
  g_assert_cmpint (refused->fate, ==, RUBIS_FATE_REFUSED);
  g_assert_nonnull (strstr (refused->reason, "email is not valid"));
}

static void
test_ar24_faults (void)
{
  g_autoptr (RubisTestServer) server = rubis_test_server_new ("fake-post.py", NULL);
  g_autoptr (RubisTransport) transport = NULL;
  g_autoptr (RubisTransport) stranger = NULL;
  g_autoptr (RubisParcel) parcel
      = new_letter (RUBIS_PARCEL_ELECTRONIC_REGISTERED, "rubis-0a1b2c3d-32", "69003 LYON");
  g_autoptr (RubisDelivery) unknown = NULL;
  g_autoptr (RubisDelivery) known = NULL;
  g_autoptr (GError) error = NULL;

  if (server == NULL)
    return;
  transport = new_transport (server, &ar24, ar24.password);
  set_fault (server, "taken");
  unknown = rubis_transport_send (transport, parcel, NULL);
  g_assert_cmpint (unknown->fate, ==, RUBIS_FATE_UNKNOWN);
  known = rubis_transport_look_up (transport, parcel, NULL);
  g_assert_cmpint (known->fate, ==, RUBIS_FATE_UNKNOWN);
  g_assert_cmpint (count_taken (server, "ar24"), ==, 1);
  stranger = new_transport (server, &ar24, "autre-jeton");
  g_assert_false (rubis_transport_test (stranger, NULL, &error));
  g_assert_error (error, RUBIS_TRANSPORT_ERROR, RUBIS_TRANSPORT_ERROR_LOGIN);
}

/* The vectors that AR24 and OVH publish. */
static void
test_signatures (void)
{
  g_autofree char *signature = rubis_ar24_sign ("7X9gx9E3Qx4EiUdB63nc", "2021-05-26 14:00:00");
  g_autofree char *answer = rubis_ar24_read ("7X9gx9E3Qx4EiUdB63nc", "2021-05-26 14:00:00",
                                             "WwBOU6s8DaMWmYdctBJwfuoujFgVygBUjhsbdf8eWqQ=");
  g_autofree char *nothing = rubis_ar24_read ("7X9gx9E3Qx4EiUdB63nc", "2021-05-26 14:00:01",
                                              "WwBOU6s8DaMWmYdctBJwfuoujFgVygBUjhsbdf8eWqQ=");
  g_autofree char *ovh
      = rubis_sms_ovh_sign ("EXEgWIz07P0HYwtQDs7cNIqCiQaWSuHF", "MtSwSrPpNjqfVSmJhLbPyr2i45lSwPU1", "GET",
                            "https://eu.api.ovh.com/1.0/domains/", "", 1366560945);
  g_autofree char *job = rubis_sms_ovh_sign (
      "asecret", "ckey", "POST", "https://eu.api.ovh.com/1.0/sms/sms-xx1234-1/jobs",
      "{\"message\":\"Rappel facture é\",\"receivers\":[\"+33600000000\"]}", 1795255507);

  g_assert_cmpstr (signature, ==, "bDop0cbjKpkySlpvnNGvBMg7PuYFFgPPqTTS2RAHoY0=");
  g_assert_cmpstr (answer, ==, "{status: \"SUCCESS\"}");
  g_assert_null (nothing);
  g_assert_cmpstr (ovh, ==, "$1$d3705e8afb27a0d2970a322b96550abfc67bb798");
  g_assert_cmpstr (job, ==, "$1$fa4d116dbdf58c4a2836b430ea8b4b95c367970f");
}

static void
test_tracking (void)
{
  static const char *const numbers[] = { "2C92174218091", "2C92174218107", "2C92174218114", "2C99999999999" };
  g_autoptr (RubisTestServer) server = rubis_test_server_new ("fake-post.py", NULL);
  g_autoptr (RubisHttp) http = NULL;
  g_autofree char *base = NULL;
  g_autoptr (GPtrArray) asked = g_ptr_array_new ();
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GPtrArray) one = NULL;
  g_autoptr (GError) error = NULL;
  guint n_known = 0;

  if (server == NULL)
    return;
  http = rubis_http_new (10, NULL);
  base = g_strconcat (rubis_test_server_get_string (server, "url"), "/laposte", NULL);
  /* Twelve: two questions. */
  for (gsize i = 0; i < 12; i++)
    g_ptr_array_add (asked, (gpointer)(i < G_N_ELEMENTS (numbers) ? numbers[i] : numbers[3]));
  found = rubis_laposte_track (http, base, "laposte-key", asked, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < found->len; i++)
    {
      const RubisTracking *tracking = g_ptr_array_index (found, i);

      if (g_str_equal (tracking->number, numbers[0]))
        {
          g_assert_cmpint (tracking->state, ==, RUBIS_REGISTERED_RECEIVED);
          g_assert_cmpint (tracking->date, ==, rubis_date_from_ymd (2026, 11, 4));
          g_assert_cmpint (tracking->presented_on, ==, rubis_date_from_ymd (2026, 11, 3));
        }
      else if (g_str_equal (tracking->number, numbers[1]))
        g_assert_cmpint (tracking->state, ==, RUBIS_REGISTERED_REFUSED);
      else if (g_str_equal (tracking->number, numbers[2]))
        g_assert_cmpint (tracking->state, ==, RUBIS_REGISTERED_DEPOSITED);
      else
        g_assert_cmpint (tracking->code, ==, 104);
      n_known += tracking->known ? 1 : 0;
    }
  g_assert_cmpuint (n_known, ==, 3);
  g_ptr_array_set_size (asked, 1);
  one = rubis_laposte_track (http, base, "laposte-key", asked, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (one->len, ==, 1);
  g_assert_null (rubis_laposte_track (http, base, "autre-cle", asked, NULL, &error));
  g_assert_error (error, RUBIS_TRANSPORT_ERROR, RUBIS_TRANSPORT_ERROR_LOGIN);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (sms_providers); i++)
    {
      g_autofree char *path = g_strconcat ("/post-providers/sms", sms_providers[i].path, NULL);

      g_test_add_data_func (path, &sms_providers[i], test_sms);
    }
  g_test_add_func ("/post-providers/sms/refused", test_sms_refused);
  g_test_add_func ("/post-providers/sms/names", test_sms_names);
  g_test_add_func ("/post-providers/sms/faults", test_sms_faults);
  g_test_add_func ("/post-providers/sms/login", test_sms_login);
  g_test_add_func ("/post-providers/maileva", test_maileva);
  g_test_add_func ("/post-providers/maileva/address", test_maileva_address);
  g_test_add_func ("/post-providers/maileva/unknown", test_maileva_unknown);
  g_test_add_func ("/post-providers/ar24", test_ar24);
  g_test_add_func ("/post-providers/ar24/faults", test_ar24_faults);
  g_test_add_func ("/post-providers/signatures", test_signatures);
  g_test_add_func ("/post-providers/tracking", test_tracking);
  return g_test_run ();
}
