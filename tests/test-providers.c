/* What leaves through providers of email over HTTP, and what is certain of it when something goes wrong. */
#include "provider-fixture.h"

#include <string.h>

#define PARCEL_ID "rubis-0a1b2c3d-17"
#define MESSAGE_ID "relance.1@exemple.fr"

static RubisParcel *
new_parcel (void)
{
  g_autoptr (GBytes) message = provider_make_message (MESSAGE_ID, "");

  return provider_new_parcel (message, PARCEL_ID);
}

static void
assert_quiet (const RubisDelivery *delivery)
{
  provider_assert_no_secret (delivery->answer);
  provider_assert_no_secret (delivery->reason);
}

#define assert_fate(delivery, expected)                                                                      \
  G_STMT_START                                                                                               \
  {                                                                                                          \
    g_assert_cmpstr (rubis_fate_to_id ((delivery)->fate), ==, rubis_fate_to_id (expected));                  \
    assert_quiet (delivery);                                                                                 \
  }                                                                                                          \
  G_STMT_END

/* Sends; the fate must be @fate. */
static RubisDelivery *
send (RubisTransport *transport, const RubisParcel *parcel, RubisFate fate)
{
  RubisDelivery *delivery = rubis_transport_send (transport, parcel, NULL);

  assert_fate (delivery, fate);
  return delivery;
}

static void
send_once (const TestProvider *provider)
{
  g_autoptr (RubisTransport) transport = provider_new_transport (provider);
  g_autoptr (RubisParcel) parcel = new_parcel ();
  g_autoptr (RubisDelivery) delivery = send (transport, parcel, RUBIS_FATE_SENT);

  g_assert_cmpstr (delivery->reason, ==, "");
  g_assert_cmpstr (delivery->provider_id, !=, "");
  g_assert_cmpuint (provider_count_sent (), ==, 1);
}

static void
assert_same (JsonObject *expected, JsonObject *found, const char *member)
{
  JsonNode *wanted = json_object_get_member (expected, member);
  JsonNode *got = json_object_get_member (found, member);
  g_autofree char *wanted_text = json_to_string (wanted, TRUE);
  g_autofree char *got_text = json_to_string (got, TRUE);

  if (!json_node_equal (wanted, got))
    g_assert_cmpstr (got_text, ==, wanted_text);
}

/* Brevo carries no pictures in a text, nor types of files. */
static void
make_plainer (JsonObject *fields)
{
  JsonArray *files = json_object_get_array_member (fields, "files");
  g_auto (GStrv) parts = g_strsplit (json_object_get_string_member (fields, "html"),
                                     "<img src=\"cid:qr.1@exemple.fr\" alt=\"QR code du virement\" "
                                     "width=\"120\">",
                                     -1);
  g_autofree char *html = g_strjoinv ("QR code du virement", parts);

  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  json_object_set_string_member (fields, "html", html);
  for (guint i = 0; i < json_array_get_length (files); i++)
    {
      json_object_set_string_member (json_array_get_object_element (files, i), "type", "");
      json_object_set_string_member (json_array_get_object_element (files, i), "cid", "");
    }
}

static void
assert_received (const TestProvider *provider, GBytes *message)
{
  g_autoptr (JsonObject) expected = provider_decode (message);
  g_autoptr (JsonObject) sent = provider_get_sent (0);
  JsonObject *fields = json_object_get_object_member (sent, "fields");
  static const char *const members[]
      = { "from", "to", "cc", "reply_to", "subject", "headers", "text", "html", "files" };

  g_assert_cmpuint (json_object_get_size (json_object_get_object_member (expected, "headers")), ==, 4);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (expected, "files")), >=, 3);
  if (provider->kind == RUBIS_TRANSPORT_BREVO)
    make_plainer (expected);
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    assert_same (expected, fields, members[i]);
}

/* As Python reads it: headers, both texts, files, accents, the picture in the text. */
static void
test_received (gconstpointer data)
{
  const TestProvider *provider = data;
  g_autoptr (RubisTransport) transport = NULL;
  g_autoptr (GBytes) message = NULL;
  g_autoptr (RubisParcel) parcel = NULL;
  g_autoptr (RubisDelivery) delivery = NULL;

  provider_reset ();
  transport = provider_new_transport (provider);
  message = provider_make_message (MESSAGE_ID, "");
  parcel = provider_new_parcel (message, PARCEL_ID);
  delivery = send (transport, parcel, RUBIS_FATE_SENT);
  g_assert_cmpuint (provider_count_sent (), ==, 1);
  assert_received (provider, message);
  if (provider->tokens)
    {
      g_autoptr (JsonObject) sent = provider_get_sent (0);
      gsize size;
      g_autofree guchar *raw = g_base64_decode (json_object_get_string_member (sent, "raw"), &size);

      g_assert_cmpmem (raw, size, g_bytes_get_data (message, NULL), g_bytes_get_size (message));
    }
}

/* Too big for one request. */
static void
test_big (gconstpointer data)
{
  const TestProvider *provider = data;
  g_autoptr (RubisTransport) transport = NULL;
  g_autoptr (GBytes) message = NULL;
  g_autoptr (RubisParcel) parcel = NULL;
  g_autoptr (RubisDelivery) delivery = NULL;

  provider_reset ();
  transport = provider_new_transport (provider);
  message = provider_make_message (MESSAGE_ID, ", \"size\": 7000064");
  parcel = provider_new_parcel (message, PARCEL_ID);
  delivery = send (transport, parcel, RUBIS_FATE_SENT);
  g_assert_cmpuint (provider_count_sent (), ==, 1);
  assert_received (provider, message);
}

typedef struct
{
  const char *fault; /* of the request that lets it leave */
  RubisFate fate;
  gboolean sender_wide;
  int retry_after;
  const char *word; /* of the reason */
} Refusal;

/* What holds for all providers, whatever they say. */
static const Refusal refusals[] = {
  { "\"status\": 400", RUBIS_FATE_REFUSED, FALSE, -1, "correct the message" },
  { "\"status\": 403", RUBIS_FATE_NOT_SENT, TRUE, -1, "rights" },
  { "\"status\": 413", RUBIS_FATE_REFUSED, FALSE, -1, "too big" },
  { "\"status\": 429, \"headers\": {\"Retry-After\": \"120\"}", RUBIS_FATE_NOT_SENT, TRUE, 120, "pause" },
  { "\"status\": 429, \"headers\": {\"Retry-After\": \"Sun, 22 Nov 2026 09:31:00 GMT\"}", RUBIS_FATE_NOT_SENT,
    TRUE, 60, "pause" },
  { "\"status\": 503, \"headers\": {\"Retry-After\": \"Sun, 22 Nov 2026 09:30:30 GMT\"}", RUBIS_FATE_NOT_SENT,
    TRUE, 30, "not available" },
  { "\"status\": 503", RUBIS_FATE_NOT_SENT, TRUE, -1, "not available" },
  { "\"status\": 500", RUBIS_FATE_UNKNOWN, FALSE, -1, "error of its own" },
  { "\"status\": 502", RUBIS_FATE_UNKNOWN, FALSE, -1, "error of its own" },
  { "\"status\": 504", RUBIS_FATE_UNKNOWN, FALSE, -1, "error of its own" },
  { "\"status\": 200, \"body\": \"<html>portal</html>\"", RUBIS_FATE_UNKNOWN, FALSE, -1, "protocol" },
  { "\"status\": 200, \"body\": [[], 1, null]", RUBIS_FATE_UNKNOWN, FALSE, -1, "protocol" },
};

static void
assert_refusal (const TestProvider *provider, RubisTransport *transport, const char *match,
                const Refusal *refusal)
{
  g_autoptr (RubisParcel) parcel = new_parcel ();
  g_autoptr (RubisDelivery) delivery = NULL;

  provider_set ("options", "{\"date\": \"Sun, 22 Nov 2026 09:30:00 GMT\"}");
  provider_set ("fault", "{\"match\": \"%s\", \"how\": \"status\", %s}", match, refusal->fault);
  delivery = send (transport, parcel, refusal->fate);
  if (strstr (delivery->reason, refusal->word) == NULL)
    g_error ("%s, %s: %s", provider->name, refusal->fault, delivery->reason);
  g_assert_cmpint (delivery->sender_wide, ==, refusal->sender_wide);
  g_assert_cmpint (delivery->retry_after, ==, refusal->retry_after);
  g_assert_nonnull (strstr (delivery->reason, rubis_transport_to_label (provider->kind)));
  g_assert_cmpstr (delivery->answer, !=, "");
  g_assert_cmpuint (provider_count_sent (), ==, 0);
}

static void
test_refusals (gconstpointer data)
{
  const TestProvider *provider = data;

  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autoptr (RubisTransport) transport = NULL;

      provider_reset ();
      transport = provider_new_transport (provider);
      assert_refusal (provider, transport, provider->submits, &refusals[i]);
      /* Nobody finds what will never leave among the drafts. */
      if (refusals[i].fate == RUBIS_FATE_REFUSED)
        {
          g_autoptr (JsonNode) drafts = provider_control ("drafts", NULL);

          g_assert_cmpuint (json_array_get_length (json_node_get_array (drafts)), ==, 0);
        }
    }
}

/* Each provider's own words. */
static const struct
{
  guint provider;
  Refusal refusal;
} own_refusals[] = {
  { 0,
    { "\"status\": 403, \"body\": {\"error\": {\"code\": \"ErrorSendAsDenied\", \"message\": \"denied\"}}",
      RUBIS_FATE_NOT_SENT, TRUE, -1, "validate the address" } },
  { 0,
    { "\"status\": 429, \"body\": {\"error\": {\"code\": \"ErrorExceededMessageLimit\", \"message\": \"m\"}}",
      RUBIS_FATE_NOT_SENT, TRUE, 3600, "used up" } },
  { 0,
    { "\"status\": 400, \"body\": {\"error\": {\"code\": \"ErrorInvalidRecipients\", \"message\": \"bad@\"}}",
      RUBIS_FATE_REFUSED, FALSE, -1, "contacts. It says: bad@" } },
  { 1,
    { "\"status\": 403, \"body\": {\"error\": {\"errors\": [{\"reason\": \"rateLimitExceeded\"}]}}",
      RUBIS_FATE_NOT_SENT, TRUE, -1, "pause" } },
  { 1,
    { "\"status\": 403, \"body\": {\"error\": {\"errors\": [{\"reason\": \"dailyLimitExceeded\"}]}}",
      RUBIS_FATE_NOT_SENT, TRUE, 3600, "used up" } },
  { 1,
    { "\"status\": 429, \"body\": {\"error\": {\"message\": \"User-rate limit exceeded.  Retry after "
      "2026-11-22T10:00:00.000Z\", \"errors\": [{\"reason\": \"rateLimitExceeded\"}]}}",
      RUBIS_FATE_NOT_SENT, TRUE, 1800, "pause" } },
  { 2,
    { "\"status\": 402, \"body\": {\"code\": \"not_enough_credits\", \"message\": \"no credits\"}",
      RUBIS_FATE_NOT_SENT, TRUE, 3600, "see your plan" } },
  { 2,
    { "\"status\": 400, \"body\": {\"code\": \"invalid_parameter\", \"message\": \"the sender you used is "
      "not "
      "valid\"}",
      RUBIS_FATE_NOT_SENT, TRUE, -1, "validate the address" } },
  { 3,
    { "\"status\": 400, \"body\": {\"Messages\": [{\"Status\": \"error\", \"Errors\": [{\"ErrorCode\": "
      "\"send-0008\", \"StatusCode\": 403, \"ErrorMessage\": \"not authorized\"}]}]}",
      RUBIS_FATE_NOT_SENT, TRUE, -1, "validate the address" } },
  { 3,
    { "\"status\": 200, \"body\": {\"Messages\": [{\"Status\": \"error\", \"Errors\": [{\"ErrorCode\": "
      "\"mj-0013\", \"StatusCode\": 400, \"ErrorMessage\": \"bad\", \"ErrorRelatedTo\": "
      "[\"To[0].Email\"]}]}]}",
      RUBIS_FATE_REFUSED, FALSE, -1, "contacts" } },
};

static void
test_own_refusals (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (own_refusals); i++)
    {
      const TestProvider *provider = &test_providers[own_refusals[i].provider];
      g_autoptr (RubisTransport) transport = NULL;

      provider_reset ();
      transport = provider_new_transport (provider);
      assert_refusal (provider, transport, provider->submits, &own_refusals[i].refusal);
    }
}

/* The same parcel as the outbox asks about it. */
static RubisParcel *
asked_about (const RubisParcel *sent, const RubisDelivery *delivery, gint64 ago)
{
  RubisParcel *parcel = provider_new_parcel (sent->content, sent->id);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  parcel->first_attempt = g_date_time_to_unix (now) - ago;
  parcel->last_attempt = parcel->first_attempt;
  if (delivery != NULL)
    rubis_parcel_set (parcel, provider_id, delivery->provider_id);
  return parcel;
}

/* The message was taken, but the answer did not come: never sent twice. */
static void
test_taken (gconstpointer data)
{
  const TestProvider *provider = data;
  static const char *const faults[]
      = { "\"taken-cut\"", "\"taken-truncated\"", "\"taken-status\", \"status\": 500",
          "\"taken-status\", \"status\": 504", "\"taken-wrong\", \"body\": \"{\\\"messa\"" };

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (RubisTransport) transport = NULL;
      g_autoptr (RubisParcel) parcel = NULL;
      g_autoptr (RubisDelivery) delivery = NULL;
      g_autoptr (RubisParcel) asked = NULL;
      g_autoptr (RubisDelivery) found = NULL;

      /* Its answer of 202 has no body that could be cut. */
      if (provider->kind == RUBIS_TRANSPORT_GRAPH && strstr (faults[i], "truncated") != NULL)
        continue;
      provider_reset ();
      transport = provider_new_transport (provider);
      parcel = new_parcel ();
      provider_set ("fault", "{\"match\": \"%s\", \"how\": %s}", provider->submits, faults[i]);
      delivery = send (transport, parcel, RUBIS_FATE_UNKNOWN);
      g_assert_cmpstr (delivery->reason, !=, "");
      asked = asked_about (parcel, delivery, 2);
      found = rubis_transport_look_up (transport, asked, NULL);
      assert_fate (found, RUBIS_FATE_SENT);
      g_assert_cmpstr (found->provider_id, !=, "");
      g_assert_cmpuint (provider_count_sent (), ==, 1);
    }
}

/* The same when no answer comes in time. */
static void
test_hanging (gconstpointer data)
{
  const TestProvider *provider = data;
  g_autoptr (RubisTransport) impatient = NULL;
  g_autoptr (RubisTransport) transport = NULL;
  g_autoptr (RubisParcel) parcel = NULL;
  g_autoptr (RubisDelivery) delivery = NULL;
  g_autoptr (RubisParcel) asked = NULL;
  g_autoptr (RubisDelivery) found = NULL;

  provider_reset ();
  impatient = provider_new_transport (provider);
  parcel = new_parcel ();
  provider_set ("fault", "{\"match\": \"%s\", \"how\": \"taken-hang\"}", provider->submits);
  /* For this transport only: what is answered may take its time on a busy machine. */
  g_setenv ("RUBIS_NETWORK_TIMEOUT", "5", TRUE);
  delivery = send (impatient, parcel, RUBIS_FATE_UNKNOWN);
  g_unsetenv ("RUBIS_NETWORK_TIMEOUT");
  g_assert_nonnull (strstr (delivery->reason, "in time"));
  transport = provider_new_transport (provider);
  asked = asked_about (parcel, delivery, 2);
  found = rubis_transport_look_up (transport, asked, NULL);
  assert_fate (found, RUBIS_FATE_SENT);
  g_assert_cmpuint (provider_count_sent (), ==, 1);
}

/* Nothing was taken and nobody said so: asked too early nothing is certain, later it is sent again, once. */
static void
test_not_taken (gconstpointer data)
{
  const TestProvider *provider = data;
  g_autoptr (RubisTransport) transport = NULL;
  g_autoptr (RubisParcel) parcel = NULL;
  g_autoptr (RubisDelivery) delivery = NULL;
  g_autoptr (RubisParcel) asked = NULL;
  g_autoptr (RubisDelivery) early = NULL;
  g_autoptr (RubisDelivery) late = NULL;
  g_autoptr (RubisDelivery) again = NULL;

  provider_reset ();
  transport = provider_new_transport (provider);
  parcel = new_parcel ();
  provider_set ("fault", "{\"match\": \"%s\", \"how\": \"garbage\"}", provider->submits);
  delivery = send (transport, parcel, RUBIS_FATE_UNKNOWN);
  asked = asked_about (parcel, delivery, 2);
  early = rubis_transport_look_up (transport, asked, NULL);
  assert_fate (early, RUBIS_FATE_UNKNOWN);
  g_assert_cmpint (early->retry_after, >, 0);
  provider_set_clock (3600);
  late = rubis_transport_look_up (transport, asked, NULL);
  assert_fate (late, RUBIS_FATE_NOT_SENT);
  g_assert_cmpuint (provider_count_sent (), ==, 0);
  again = send (transport, asked, RUBIS_FATE_SENT);
  g_assert_cmpuint (provider_count_sent (), ==, 1);
}

/* The provider cannot be asked: it stays unknown. */
static void
test_look_up_fails (gconstpointer data)
{
  const TestProvider *provider = data;
  static const char *const faults[] = { "\"status\", \"status\": 500", "\"status\", \"status\": 403",
                                        "\"taken-cut\"", "\"taken-wrong\", \"body\": \"<html>\"" };

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (RubisTransport) transport = NULL;
      g_autoptr (RubisParcel) parcel = NULL;
      g_autoptr (RubisParcel) asked = NULL;
      g_autoptr (RubisDelivery) found = NULL;

      provider_reset ();
      transport = provider_new_transport (provider);
      parcel = new_parcel ();
      asked = asked_about (parcel, NULL, 86400);
      provider_set ("fault", "{\"match\": \"GET /\", \"times\": 9, \"how\": %s}", faults[i]);
      found = rubis_transport_look_up (transport, asked, NULL);
      assert_fate (found, RUBIS_FATE_UNKNOWN);
      g_assert_cmpstr (found->reason, !=, "");
    }
}

static void
test_slow (gconstpointer data)
{
  const TestProvider *provider = data;

  provider_reset ();
  provider_set ("fault", "{\"match\": \"%s\", \"how\": \"slow\"}", provider->submits);
  send_once (provider);
}

/* A token that has ended is renewed, once. */
static void
test_renewal (gconstpointer data)
{
  const TestProvider *provider = data;
  g_autoptr (RubisSender) sender = NULL;
  g_autoptr (RubisCredentials) credentials = NULL;
  g_autoptr (RubisTransport) transport = NULL;
  g_autoptr (RubisParcel) parcel = NULL;
  g_autoptr (RubisDelivery) delivery = NULL;
  g_autoptr (RubisDelivery) refused = NULL;

  provider_reset ();
  sender = provider_new_sender (provider);
  credentials = provider_new_credentials (provider);
  transport = rubis_transport_new (sender, credentials, NULL);
  parcel = new_parcel ();
  provider_set ("tokens", "[\"renewed-token\"]");
  delivery = send (transport, parcel, RUBIS_FATE_SENT);
  g_assert_cmpuint (rubis_test_credentials_get_n_renewals (RUBIS_TEST_CREDENTIALS (credentials)), ==, 1);
  g_assert_cmpuint (provider_count_sent (), ==, 1);

  provider_set ("tokens", "[]");
  refused = send (transport, parcel, RUBIS_FATE_NOT_SENT);
  g_assert_true (refused->sender_wide);
  g_assert_nonnull (strstr (refused->reason, "sign in again"));
  /* Once for each request: Gmail is asked for the thread first. */
  g_assert_cmpuint (rubis_test_credentials_get_n_renewals (RUBIS_TEST_CREDENTIALS (credentials)), ==,
                    provider->kind == RUBIS_TRANSPORT_GMAIL ? 3 : 2);
  g_assert_cmpuint (provider_count_sent (), ==, 1);
}

/* Wrong secrets, and none at all: nothing leaves, and no answer repeats them. */
static void
test_login (gconstpointer data)
{
  const TestProvider *provider = data;
  g_autoptr (RubisSender) sender = NULL;
  g_autoptr (RubisCredentials) wrong
      = rubis_test_credentials_new (RUBIS_SECRET_PASSWORD, "s3cret-word", RUBIS_SECRET_KEY, "s3cret-key",
                                    RUBIS_SECRET_ACCESS_TOKEN, "s3cret-token", NULL);
  g_autoptr (RubisCredentials) none = rubis_test_credentials_new (NULL, NULL);
  g_autoptr (RubisTransport) transport = NULL;
  g_autoptr (RubisTransport) bare = NULL;
  g_autoptr (RubisParcel) parcel = NULL;
  g_autoptr (RubisDelivery) delivery = NULL;
  g_autoptr (RubisDelivery) nothing = NULL;
  g_autoptr (GError) error = NULL;

  provider_reset ();
  sender = provider_new_sender (provider);
  parcel = new_parcel ();
  transport = rubis_transport_new (sender, wrong, NULL);
  delivery = send (transport, parcel, RUBIS_FATE_NOT_SENT);
  g_assert_true (delivery->sender_wide);
  g_assert_nonnull (strstr (delivery->reason, "sign in again"));
  g_assert_null (strstr (delivery->reason, "s3cret"));
  g_assert_null (strstr (delivery->answer, "s3cret"));
  g_assert_false (rubis_transport_test (transport, NULL, &error));
  g_assert_error (error, RUBIS_TRANSPORT_ERROR, RUBIS_TRANSPORT_ERROR_LOGIN);
  g_assert_null (strstr (error->message, "s3cret"));

  bare = rubis_transport_new (sender, none, NULL);
  nothing = send (bare, parcel, RUBIS_FATE_NOT_SENT);
  g_assert_true (nothing->sender_wide);
  g_assert_cmpstr (nothing->reason, !=, "");
  g_assert_cmpuint (provider_count_sent (), ==, 0);
}

static void
test_test (gconstpointer data)
{
  const TestProvider *provider = data;
  g_autoptr (RubisTransport) transport = NULL;
  g_autoptr (GError) error = NULL;

  provider_reset ();
  transport = provider_new_transport (provider);
  g_assert_true (rubis_transport_test (transport, NULL, &error));
  g_assert_no_error (error);
  provider_set ("fault", "{\"how\": \"taken-wrong\", \"body\": \"<html>portal</html>\"}");
  g_assert_false (rubis_transport_test (transport, NULL, &error));
  g_assert_error (error, RUBIS_TRANSPORT_ERROR, RUBIS_TRANSPORT_ERROR_SERVER);
  g_assert_cmpuint (provider_count_sent (), ==, 0);
}

static void
test_unreachable (gconstpointer data)
{
  const TestProvider *provider = data;
  g_autoptr (RubisSender) sender = NULL;
  g_autoptr (RubisCredentials) credentials = NULL;
  g_autoptr (RubisTransport) transport = NULL;
  g_autoptr (RubisParcel) parcel = NULL;
  g_autoptr (RubisDelivery) delivery = NULL;
  g_autoptr (GError) error = NULL;

  provider_reset ();
  sender = provider_new_sender (provider);
  credentials = provider_new_credentials (provider);
  rubis_sender_set (sender, server, "http://127.0.0.1:1");
  transport = rubis_transport_new (sender, credentials, NULL);
  parcel = new_parcel ();
  delivery = send (transport, parcel, RUBIS_FATE_NOT_SENT);
  g_assert_true (delivery->sender_wide);
  g_assert_cmpstr (delivery->reason, !=, "");
  g_assert_false (rubis_transport_test (transport, NULL, &error));
  g_assert_error (error, RUBIS_TRANSPORT_ERROR, RUBIS_TRANSPORT_ERROR_UNREACHABLE);
}

static void
add_for_each (const char *name, GTestDataFunc function, gboolean only_tokens)
{
  for (gsize i = 0; i < N_TEST_PROVIDERS; i++)
    {
      g_autofree char *path = g_strconcat ("/providers/", name, "/", test_providers[i].name, NULL);

      if (!only_tokens || test_providers[i].tokens)
        g_test_add_data_func (path, &test_providers[i], function);
    }
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  add_for_each ("received", test_received, FALSE);
  add_for_each ("big", test_big, FALSE);
  add_for_each ("refusals", test_refusals, FALSE);
  g_test_add_func ("/providers/own-refusals", test_own_refusals);
  add_for_each ("taken", test_taken, FALSE);
  add_for_each ("hanging", test_hanging, FALSE);
  add_for_each ("not-taken", test_not_taken, FALSE);
  add_for_each ("look-up-fails", test_look_up_fails, FALSE);
  add_for_each ("slow", test_slow, FALSE);
  add_for_each ("renewal", test_renewal, TRUE);
  add_for_each ("login", test_login, FALSE);
  add_for_each ("test", test_test, FALSE);
  add_for_each ("unreachable", test_unreachable, FALSE);
  status = g_test_run ();
  provider_stop ();
  return status;
}
