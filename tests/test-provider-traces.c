/* What each provider keeps of a message: its ids, drafts, keys and events, and what Rubis makes of them. */
#include "provider-fixture.h"

#include <string.h>

#define PARCEL_ID "rubis-0a1b2c3d-17"
#define MESSAGE_ID "relance.1@exemple.fr"
#define GRAPH (&test_providers[0])
#define GMAIL (&test_providers[1])
#define BREVO (&test_providers[2])
#define MAILJET (&test_providers[3])

#define assert_fate(delivery, expected)                                                                      \
  g_assert_cmpstr (rubis_fate_to_id ((delivery)->fate), ==, rubis_fate_to_id (expected))

static RubisParcel *
new_parcel (const char *options)
{
  g_autoptr (GBytes) message = provider_make_message (MESSAGE_ID, options);

  return provider_new_parcel (message, PARCEL_ID);
}

static gint64
now (void)
{
  g_autoptr (GDateTime) moment = g_date_time_new_now_utc ();

  return g_date_time_to_unix (moment);
}

/* As the outbox hands it over at a later attempt or look-up. */
static void
mark_attempted (RubisParcel *parcel, const char *provider_id)
{
  parcel->first_attempt = now () - 2;
  parcel->last_attempt = parcel->first_attempt;
  rubis_parcel_set (parcel, provider_id, provider_id);
}

static guint
count_drafts (void)
{
  g_autoptr (JsonNode) drafts = provider_control ("drafts", NULL);

  return json_array_get_length (json_node_get_array (drafts));
}

/* How many requests had @part in them. */
static guint
count_requests (const char *part)
{
  g_autoptr (JsonNode) log = provider_control ("log", NULL);
  JsonArray *requests = json_node_get_array (log);
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (requests); i++)
    {
      JsonObject *request = json_array_get_object_element (requests, i);

      if (strstr (json_object_get_string_member (request, "request"), part) != NULL)
        n++;
    }
  return n;
}

/* The draft was made, nobody heard of it: nothing has left, and it is that draft which leaves later. */
static void
test_lost_draft (void)
{
  static const char *const faults[]
      = { "\"taken-cut\"", "\"taken-truncated\"", "\"taken-status\", \"status\": 504",
          "\"taken-wrong\", \"body\": \"<html>\"" };

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (RubisTransport) transport = NULL;
      g_autoptr (RubisParcel) parcel = NULL;
      g_autoptr (RubisDelivery) first = NULL;
      g_autoptr (RubisDelivery) second = NULL;

      provider_reset ();
      transport = provider_new_transport (GRAPH);
      parcel = new_parcel ("");
      provider_set ("fault", "{\"match\": \"POST /v1.0/me/messages\", \"how\": %s}", faults[i]);
      first = rubis_transport_send (transport, parcel, NULL);
      assert_fate (first, RUBIS_FATE_NOT_SENT);
      g_assert_cmpuint (count_drafts (), ==, 1);
      mark_attempted (parcel, first->provider_id);
      second = rubis_transport_send (transport, parcel, NULL);
      assert_fate (second, RUBIS_FATE_SENT);
      g_assert_cmpuint (count_drafts (), ==, 0);
      g_assert_cmpuint (provider_count_sent (), ==, 1);
    }
}

/* Asked to pause between draft and sending: the same draft leaves afterwards. */
static void
test_waiting_draft (void)
{
  g_autoptr (RubisTransport) transport = NULL;
  g_autoptr (RubisParcel) parcel = NULL;
  g_autoptr (RubisDelivery) first = NULL;
  g_autoptr (RubisDelivery) second = NULL;

  provider_reset ();
  transport = provider_new_transport (GRAPH);
  parcel = new_parcel ("");
  provider_set ("fault", "{\"match\": \"/send\", \"how\": \"status\", \"status\": 429}");
  first = rubis_transport_send (transport, parcel, NULL);
  assert_fate (first, RUBIS_FATE_NOT_SENT);
  g_assert_cmpstr (first->provider_id, !=, "");
  mark_attempted (parcel, first->provider_id);
  second = rubis_transport_send (transport, parcel, NULL);
  assert_fate (second, RUBIS_FATE_SENT);
  g_assert_cmpstr (second->provider_id, ==, first->provider_id);
  g_assert_cmpuint (count_drafts (), ==, 0);
  g_assert_cmpuint (provider_count_sent (), ==, 1);
}

/* Asked to send what has left already: said to be sent, not sent again. */
static void
test_sent_draft (void)
{
  g_autoptr (RubisTransport) transport = NULL;
  g_autoptr (RubisParcel) parcel = NULL;
  g_autoptr (RubisDelivery) first = NULL;
  g_autoptr (RubisDelivery) second = NULL;

  provider_reset ();
  transport = provider_new_transport (GRAPH);
  parcel = new_parcel ("");
  first = rubis_transport_send (transport, parcel, NULL);
  assert_fate (first, RUBIS_FATE_SENT);
  mark_attempted (parcel, "");
  second = rubis_transport_send (transport, parcel, NULL);
  assert_fate (second, RUBIS_FATE_SENT);
  g_assert_cmpuint (provider_count_sent (), ==, 1);
}

/* The draft that we know of is gone, but a later attempt that was killed has sent another. */
static void
test_later_draft (void)
{
  g_autoptr (RubisTransport) transport = NULL;
  g_autoptr (RubisParcel) parcel = NULL;
  g_autoptr (RubisDelivery) delivery = NULL;
  g_autoptr (RubisDelivery) found = NULL;

  provider_reset ();
  transport = provider_new_transport (GRAPH);
  parcel = new_parcel ("");
  delivery = rubis_transport_send (transport, parcel, NULL);
  assert_fate (delivery, RUBIS_FATE_SENT);
  mark_attempted (parcel, "AAMk-no-such");
  found = rubis_transport_look_up (transport, parcel, NULL);
  assert_fate (found, RUBIS_FATE_SENT);
  g_assert_cmpstr (found->provider_id, ==, delivery->provider_id);
}

/* Somebody deleted it: nobody can say. */
static void
test_vanished_draft (void)
{
  g_autoptr (RubisTransport) transport = NULL;
  g_autoptr (RubisParcel) parcel = NULL;
  g_autoptr (RubisDelivery) found = NULL;

  provider_reset ();
  transport = provider_new_transport (GRAPH);
  parcel = new_parcel ("");
  mark_attempted (parcel, "AAMk-no-such");
  provider_set_clock (86400);
  found = rubis_transport_look_up (transport, parcel, NULL);
  assert_fate (found, RUBIS_FATE_UNKNOWN);
  g_assert_nonnull (strstr (found->reason, "neither among the drafts"));
}

/* The upload of an attachment breaks off: no half message stays, the next attempt sends the whole. */
static void
test_broken_upload (void)
{
  g_autoptr (RubisTransport) transport = NULL;
  g_autoptr (RubisParcel) parcel = NULL;
  g_autoptr (RubisDelivery) first = NULL;
  g_autoptr (RubisDelivery) second = NULL;
  g_autoptr (JsonObject) sent = NULL;
  g_autoptr (JsonObject) expected = NULL;
  JsonObject *fields;

  provider_reset ();
  transport = provider_new_transport (GRAPH);
  parcel = new_parcel (", \"size\": 7000064");
  provider_set ("fault", "{\"match\": \"PUT /\", \"skip\": 1, \"how\": \"cut-early\"}");
  first = rubis_transport_send (transport, parcel, NULL);
  assert_fate (first, RUBIS_FATE_NOT_SENT);
  g_assert_cmpuint (count_drafts (), ==, 0);
  mark_attempted (parcel, first->provider_id);
  second = rubis_transport_send (transport, parcel, NULL);
  assert_fate (second, RUBIS_FATE_SENT);
  g_assert_cmpuint (provider_count_sent (), ==, 1);
  g_assert_cmpuint (count_requests ("PUT /"), ==, 4);
  sent = provider_get_sent (0);
  fields = json_object_get_object_member (sent, "fields");
  expected = provider_decode (parcel->content);
  g_assert_true (
      json_node_equal (json_object_get_member (expected, "files"), json_object_get_member (fields, "files")));
}

/* Killed in the middle of an upload: the incomplete draft does not leave. */
static void
test_incomplete_draft (void)
{
  g_autoptr (RubisTransport) transport = NULL;
  g_autoptr (RubisParcel) parcel = NULL;
  g_autoptr (RubisDelivery) first = NULL;
  g_autoptr (RubisDelivery) second = NULL;
  g_autoptr (JsonObject) sent = NULL;
  JsonObject *fields;

  provider_reset ();
  transport = provider_new_transport (GRAPH);
  parcel = new_parcel (", \"size\": 7000064");
  provider_set ("fault", "{\"match\": \"PUT /\", \"how\": \"status\", \"status\": 500}");
  provider_set ("fault", "{\"match\": \"DELETE /\", \"how\": \"status\", \"status\": 500}");
  first = rubis_transport_send (transport, parcel, NULL);
  assert_fate (first, RUBIS_FATE_NOT_SENT);
  g_assert_cmpuint (count_drafts (), ==, 1);
  mark_attempted (parcel, "");
  second = rubis_transport_send (transport, parcel, NULL);
  assert_fate (second, RUBIS_FATE_SENT);
  g_assert_cmpuint (count_drafts (), ==, 0);
  g_assert_cmpuint (provider_count_sent (), ==, 1);
  sent = provider_get_sent (0);
  fields = json_object_get_object_member (sent, "fields");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (fields, "files")), ==, 4);
}

/* Graph and Gmail put an id of their own in place of ours. */
static void
test_replaced_id (void)
{
  static const struct
  {
    guint provider;
    const char *option;
    const char *end;
  } cases[] = { { 0, "{\"graph-replaces-id\": true}", "@outlook.example" },
                { 1, "{\"gmail-replaces-id\": \"keeps-original\"}", "@mail.gmail.example" },
                { 1, "{\"gmail-replaces-id\": \"drops-original\"}", "@mail.gmail.example" } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RubisTransport) transport = NULL;
      g_autoptr (RubisParcel) parcel = NULL;
      g_autoptr (RubisDelivery) delivery = NULL;
      g_autoptr (RubisDelivery) found = NULL;

      provider_reset ();
      provider_set ("options", "%s", cases[i].option);
      transport = provider_new_transport (&test_providers[cases[i].provider]);
      parcel = new_parcel ("");
      delivery = rubis_transport_send (transport, parcel, NULL);
      assert_fate (delivery, RUBIS_FATE_SENT);
      g_assert_true (g_str_has_suffix (delivery->message_id, cases[i].end));
      g_assert_false (g_str_has_prefix (delivery->message_id, "<"));
      /* Gmail is found again without its id, by what it kept. */
      mark_attempted (parcel, cases[i].provider == 0 ? delivery->provider_id : "");
      found = rubis_transport_look_up (transport, parcel, NULL);
      assert_fate (found, RUBIS_FATE_SENT);
      g_assert_cmpstr (found->provider_id, ==, delivery->provider_id);
      g_assert_cmpstr (found->message_id, ==, delivery->message_id);
    }
}

/* Our id was dropped, and only a message of another moment has the same subject: a person has to look. */
static void
test_likeness (void)
{
  g_autoptr (RubisTransport) transport = NULL;
  g_autoptr (RubisParcel) other = NULL;
  g_autoptr (RubisParcel) parcel = NULL;
  g_autoptr (RubisDelivery) delivery = NULL;
  g_autoptr (RubisDelivery) like = NULL;
  g_autoptr (RubisParcel) stranger = NULL;
  g_autoptr (RubisDelivery) unlike = NULL;

  provider_reset ();
  provider_set ("options", "{\"gmail-replaces-id\": \"drops-original\"}");
  transport = provider_new_transport (GMAIL);
  other = new_parcel (", \"date\": \"Sun, 22 Nov 2026 09:29:59 +0100\"");
  delivery = rubis_transport_send (transport, other, NULL);
  assert_fate (delivery, RUBIS_FATE_SENT);
  provider_set_clock (86400);
  parcel = new_parcel ("");
  mark_attempted (parcel, "");
  like = rubis_transport_look_up (transport, parcel, NULL);
  assert_fate (like, RUBIS_FATE_UNKNOWN);
  g_assert_nonnull (strstr (like->reason, "same subject"));
  stranger = new_parcel (", \"subject\": \"Autre chose\"");
  mark_attempted (stranger, "");
  unlike = rubis_transport_look_up (transport, stranger, NULL);
  assert_fate (unlike, RUBIS_FATE_NOT_SENT);
}

/* Another message of the same run: same recipient, subject and second. Its id shows that it is not the one
 * that is asked about; without ids nobody can tell two of them apart.
 */
static void
test_twins (void)
{
  static const struct
  {
    const char *option;
    guint n_sent;
    RubisFate fate;
  } cases[] = { { "{}", 1, RUBIS_FATE_NOT_SENT },
                { "{\"gmail-replaces-id\": \"keeps-original\"}", 1, RUBIS_FATE_NOT_SENT },
                { "{\"gmail-replaces-id\": \"drops-original\"}", 1, RUBIS_FATE_SENT },
                { "{\"gmail-replaces-id\": \"drops-original\"}", 2, RUBIS_FATE_UNKNOWN } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RubisTransport) transport = NULL;
      g_autoptr (RubisParcel) parcel = NULL;
      g_autoptr (RubisDelivery) found = NULL;

      provider_reset ();
      provider_set ("options", "%s", cases[i].option);
      transport = provider_new_transport (GMAIL);
      for (guint k = 0; k < cases[i].n_sent; k++)
        {
          g_autoptr (GBytes) message = provider_make_message ("twin.2@exemple.fr", "");
          g_autoptr (RubisParcel) twin = provider_new_parcel (message, "rubis-0a1b2c3d-18");
          g_autoptr (RubisDelivery) delivery = NULL;

          rubis_parcel_set (twin, message_id, "twin.2@exemple.fr");
          delivery = rubis_transport_send (transport, twin, NULL);
          assert_fate (delivery, RUBIS_FATE_SENT);
        }
      provider_set_clock (86400);
      parcel = new_parcel ("");
      mark_attempted (parcel, "");
      found = rubis_transport_look_up (transport, parcel, NULL);
      assert_fate (found, cases[i].fate);
      g_assert_cmpint (found->alike, ==, cases[i].fate == RUBIS_FATE_SENT);
    }
}

/* May send but not read: sent all the same, and what is unknown stays so. */
static void
test_send_only (void)
{
  g_autoptr (RubisTransport) transport = NULL;
  g_autoptr (RubisParcel) parcel = NULL;
  g_autoptr (RubisDelivery) delivery = NULL;
  g_autoptr (RubisDelivery) found = NULL;

  provider_reset ();
  provider_set ("options", "{\"gmail-send-only\": true}");
  transport = provider_new_transport (GMAIL);
  parcel = new_parcel ("");
  delivery = rubis_transport_send (transport, parcel, NULL);
  assert_fate (delivery, RUBIS_FATE_SENT);
  g_assert_cmpuint (provider_count_sent (), ==, 1);
  mark_attempted (parcel, "");
  provider_set_clock (86400);
  found = rubis_transport_look_up (transport, parcel, NULL);
  assert_fate (found, RUBIS_FATE_UNKNOWN);
}

/* A reminder joins the thread of the first one. */
static void
test_thread (void)
{
  g_autoptr (RubisTransport) transport = NULL;
  g_autoptr (GBytes) first_message = NULL;
  g_autoptr (RubisParcel) first = NULL;
  g_autoptr (RubisParcel) second = NULL;
  g_autoptr (RubisDelivery) first_delivery = NULL;
  g_autoptr (RubisDelivery) second_delivery = NULL;
  g_autoptr (JsonObject) sent = NULL;
  g_autofree char *thread = NULL;

  provider_reset ();
  transport = provider_new_transport (GMAIL);
  first_message = provider_make_message ("first.1@exemple.fr", "");
  first = provider_new_parcel (first_message, "rubis-0a1b2c3d-16");
  first_delivery = rubis_transport_send (transport, first, NULL);
  assert_fate (first_delivery, RUBIS_FATE_SENT);
  second = new_parcel ("");
  second_delivery = rubis_transport_send (transport, second, NULL);
  assert_fate (second_delivery, RUBIS_FATE_SENT);
  sent = provider_get_sent (1);
  thread = g_strconcat ("t", first_delivery->provider_id, NULL);
  g_assert_cmpstr (json_object_get_string_member (sent, "thread"), ==, thread);
}

/* Brevo knows the key of a message for half an hour: a second sending is no second message. */
static void
test_idempotency (void)
{
  g_autoptr (RubisTransport) transport = NULL;
  g_autoptr (RubisParcel) parcel = NULL;
  g_autoptr (RubisParcel) other = NULL;
  g_autoptr (RubisDelivery) first = NULL;
  g_autoptr (RubisDelivery) second = NULL;
  g_autoptr (RubisDelivery) third = NULL;

  provider_reset ();
  transport = provider_new_transport (BREVO);
  parcel = new_parcel ("");
  first = rubis_transport_send (transport, parcel, NULL);
  assert_fate (first, RUBIS_FATE_SENT);
  g_assert_true (g_str_has_suffix (first->message_id, "@smtp-relay.example"));
  second = rubis_transport_send (transport, parcel, NULL);
  assert_fate (second, RUBIS_FATE_SENT);
  g_assert_cmpuint (provider_count_sent (), ==, 1);
  other = provider_new_parcel (parcel->content, "rubis-0a1b2c3d-18");
  third = rubis_transport_send (transport, other, NULL);
  assert_fate (third, RUBIS_FATE_SENT);
  g_assert_cmpuint (provider_count_sent (), ==, 2);
}

/* Brevo refuses long names. */
static void
test_long_name (void)
{
  g_autoptr (RubisTransport) transport = NULL;
  g_autoptr (RubisParcel) parcel = NULL;
  g_autoptr (RubisDelivery) delivery = NULL;
  g_autoptr (JsonObject) sent = NULL;
  JsonObject *to;

  provider_reset ();
  transport = provider_new_transport (BREVO);
  parcel = new_parcel (", \"name\": \"Établissements Échafaudages et Étaiements Réunis de l’Île-de-France, "
                       "Société anonyme\"");
  delivery = rubis_transport_send (transport, parcel, NULL);
  assert_fate (delivery, RUBIS_FATE_SENT);
  sent = provider_get_sent (0);
  to = json_array_get_object_element (
      json_object_get_array_member (json_object_get_object_member (sent, "fields"), "to"), 0);
  g_assert_cmpstr (json_object_get_string_member (to, "name"), ==,
                   "Établissements Échafaudages et Étaiements Réunis de l’Île-de-France, S");
}

/* The events of another parcel whose id begins alike are not taken for ours. */
static void
test_tags (void)
{
  g_autoptr (RubisTransport) transport = NULL;
  g_autoptr (RubisParcel) parcel = NULL;
  g_autoptr (RubisDelivery) absent = NULL;
  g_autoptr (RubisDelivery) found = NULL;

  provider_reset ();
  transport = provider_new_transport (BREVO);
  parcel = new_parcel ("");
  mark_attempted (parcel, "");
  provider_set_clock (7200);
  provider_set ("event", "{\"email\": \"zoe.muller@client.example\", \"messageId\": \"<1@b>\", \"tag\": "
                         "\"rubis-0a1b2c3d-170\", \"event\": \"delivered\"}");
  absent = rubis_transport_look_up (transport, parcel, NULL);
  assert_fate (absent, RUBIS_FATE_NOT_SENT);
  provider_set ("event", "{\"email\": \"zoe.muller@client.example\", \"messageId\": \"<2@b>\", \"tag\": "
                         "\"[\\\"rubis-0a1b2c3d-17\\\"]\", \"event\": \"delivered\"}");
  found = rubis_transport_look_up (transport, parcel, NULL);
  assert_fate (found, RUBIS_FATE_SENT);
  g_assert_cmpstr (found->provider_id, ==, "<2@b>");
  g_assert_cmpstr (found->message_id, ==, "2@b");
}

static const struct
{
  const char *event;
  RubisFate fate;
} brevo_events[] = {
  { "requests", RUBIS_FATE_SENT },
  { "deferred", RUBIS_FATE_SENT },
  { "delivered", RUBIS_FATE_DELIVERED },
  { "opened", RUBIS_FATE_DELIVERED },
  { "softBounces", RUBIS_FATE_BOUNCED_SOFT },
  { "hardBounces", RUBIS_FATE_BOUNCED_HARD },
  { "invalid", RUBIS_FATE_BOUNCED_HARD },
  { "blocked", RUBIS_FATE_BOUNCED_HARD },
  { "something-new", RUBIS_FATE_SENT },
};

static void
test_brevo_events (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (brevo_events); i++)
    {
      g_autoptr (RubisTransport) transport = NULL;
      g_autoptr (RubisParcel) parcel = NULL;
      g_autoptr (RubisDelivery) delivery = NULL;
      g_autoptr (RubisDelivery) followed = NULL;

      provider_reset ();
      transport = provider_new_transport (BREVO);
      parcel = new_parcel ("");
      delivery = rubis_transport_send (transport, parcel, NULL);
      assert_fate (delivery, RUBIS_FATE_SENT);
      mark_attempted (parcel, delivery->provider_id);
      provider_set ("event",
                    "{\"email\": \"zoe.muller@client.example\", \"messageId\": \"%s\", \"tag\": \"%s\", "
                    "\"event\": \"%s\", \"reason\": \"550 5.1.1 no such user\"}",
                    delivery->provider_id, PARCEL_ID, brevo_events[i].event);
      followed = rubis_transport_follow (transport, parcel, NULL);
      assert_fate (followed, brevo_events[i].fate);
      if (brevo_events[i].fate == RUBIS_FATE_BOUNCED_HARD || brevo_events[i].fate == RUBIS_FATE_BOUNCED_SOFT)
        g_assert_nonnull (strstr (followed->reason, "It says: 550 5.1.1 no such user"));
      else
        g_assert_cmpstr (followed->reason, ==, "");
    }
}

static const struct
{
  const char *history; /* members of what Mailjet notes, in order */
  RubisFate fate;
} mailjet_histories[] = {
  { "\"event\": \"sent\"", RUBIS_FATE_DELIVERED },
  { "\"event\": \"opened\"", RUBIS_FATE_DELIVERED },
  { "\"event\": \"blocked\", \"state\": \"preblocked\"", RUBIS_FATE_BOUNCED_HARD },
  { "\"event\": \"bounced\", \"status\": \"hardbounced\", \"state\": \"user unknown\"",
    RUBIS_FATE_BOUNCED_HARD },
  { "\"event\": \"bounced\", \"status\": \"bounce\", \"permanent\": true", RUBIS_FATE_BOUNCED_HARD },
  { "\"event\": \"bounced\", \"status\": \"softbounced\", \"state\": \"quota exceeded\"",
    RUBIS_FATE_BOUNCED_SOFT },
};

static void
test_mailjet_history (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (mailjet_histories); i++)
    {
      g_autoptr (RubisTransport) transport = NULL;
      g_autoptr (RubisParcel) parcel = NULL;
      g_autoptr (RubisDelivery) delivery = NULL;
      g_autoptr (RubisDelivery) early = NULL;
      g_autoptr (RubisDelivery) followed = NULL;

      provider_reset ();
      transport = provider_new_transport (MAILJET);
      parcel = new_parcel ("");
      delivery = rubis_transport_send (transport, parcel, NULL);
      assert_fate (delivery, RUBIS_FATE_SENT);
      mark_attempted (parcel, delivery->provider_id);
      early = rubis_transport_follow (transport, parcel, NULL);
      assert_fate (early, RUBIS_FATE_SENT);
      provider_set ("history", "{\"id\": \"%s\", %s}", delivery->provider_id, mailjet_histories[i].history);
      followed = rubis_transport_follow (transport, parcel, NULL);
      assert_fate (followed, mailjet_histories[i].fate);
      g_assert_cmpstr (followed->provider_id, ==, delivery->provider_id);
    }
}

/* A provider that cannot be asked says nothing of what was sent. */
static void
test_follow_fails (void)
{
  const TestProvider *providers[] = { BREVO, MAILJET };

  for (gsize i = 0; i < G_N_ELEMENTS (providers); i++)
    {
      g_autoptr (RubisTransport) transport = NULL;
      g_autoptr (RubisParcel) parcel = NULL;
      g_autoptr (RubisDelivery) delivery = NULL;
      g_autoptr (RubisDelivery) followed = NULL;

      provider_reset ();
      transport = provider_new_transport (providers[i]);
      parcel = new_parcel ("");
      delivery = rubis_transport_send (transport, parcel, NULL);
      assert_fate (delivery, RUBIS_FATE_SENT);
      mark_attempted (parcel, delivery->provider_id);
      provider_set ("fault", "{\"match\": \"GET /\", \"how\": \"status\", \"status\": 503}");
      followed = rubis_transport_follow (transport, parcel, NULL);
      assert_fate (followed, RUBIS_FATE_UNKNOWN);
    }
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/provider-traces/graph/lost-draft", test_lost_draft);
  g_test_add_func ("/provider-traces/graph/waiting-draft", test_waiting_draft);
  g_test_add_func ("/provider-traces/graph/sent-draft", test_sent_draft);
  g_test_add_func ("/provider-traces/graph/later-draft", test_later_draft);
  g_test_add_func ("/provider-traces/graph/vanished-draft", test_vanished_draft);
  g_test_add_func ("/provider-traces/graph/broken-upload", test_broken_upload);
  g_test_add_func ("/provider-traces/graph/incomplete-draft", test_incomplete_draft);
  g_test_add_func ("/provider-traces/replaced-id", test_replaced_id);
  g_test_add_func ("/provider-traces/gmail/likeness", test_likeness);
  g_test_add_func ("/provider-traces/gmail/twins", test_twins);
  g_test_add_func ("/provider-traces/gmail/send-only", test_send_only);
  g_test_add_func ("/provider-traces/gmail/thread", test_thread);
  g_test_add_func ("/provider-traces/brevo/idempotency", test_idempotency);
  g_test_add_func ("/provider-traces/brevo/long-name", test_long_name);
  g_test_add_func ("/provider-traces/brevo/tags", test_tags);
  g_test_add_func ("/provider-traces/brevo/events", test_brevo_events);
  g_test_add_func ("/provider-traces/mailjet/history", test_mailjet_history);
  g_test_add_func ("/provider-traces/follow-fails", test_follow_fails);
  status = g_test_run ();
  provider_stop ();
  return status;
}
