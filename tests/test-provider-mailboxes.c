/* Inboxes read through Graph and Gmail: every message once they are asked, none left out, nothing changed. */
#include "provider-fixture.h"

#include <string.h>

#define SINCE 1700000000

typedef struct
{
  GPtrArray *uids;     /* (element-type utf8) */
  GPtrArray *messages; /* (element-type GBytes) */
  guint stop_at;       /* refuse this one, counted from 1; 0: none */
} Found;

static Found *
found_new (void)
{
  Found *found = g_new0 (Found, 1);

  found->uids = g_ptr_array_new_with_free_func (g_free);
  found->messages = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  return found;
}

static void
found_free (Found *found)
{
  g_ptr_array_unref (found->uids);
  g_ptr_array_unref (found->messages);
  g_free (found);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Found, found_free)

static gboolean
take (const char *uid, GBytes *message, gpointer user_data, GError **error)
{
  Found *found = user_data;

  if (found->uids->len + 1 == found->stop_at)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "full");
      return FALSE;
    }
  g_ptr_array_add (found->uids, g_strdup (uid));
  g_ptr_array_add (found->messages, g_bytes_ref (message));
  return TRUE;
}

/* Bytes that no reading may change: 8 bits, bare line ends, a NUL. */
static GBytes *
new_message (const char *uid)
{
  GString *text = g_string_new ("From: zoe@client.example\r\nSubject: R\xe9ponse ");

  g_string_append (text, uid);
  g_string_append (text, "\r\n\r\nPay\xc3\xa9 le 3 d\xe9"
                         "cembre.\nMerci\r\n");
  g_string_append_c (text, '\0');
  return g_string_free_to_bytes (text);
}

static void
put (const char *uid, gint64 at)
{
  g_autoptr (GBytes) message = new_message (uid);
  gsize size;
  gconstpointer data = g_bytes_get_data (message, &size);
  g_autofree char *coded = g_base64_encode (data, size);

  provider_set ("inbox", "{\"uid\": \"%s\", \"raw\": \"%s\", \"at\": %" G_GINT64_FORMAT "}", uid, coded, at);
}

static char *
read_inbox (RubisMailbox *mailbox, const char *cursor, Found *found)
{
  g_autoptr (GError) error = NULL;
  char *next = rubis_mailbox_read (mailbox, cursor, SINCE, take, found, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (next, !=, "");
  return next;
}

/* @uids: separated by spaces */
static void
assert_found (const Found *found, const char *uids)
{
  g_autoptr (GPtrArray) copy = g_ptr_array_copy (found->uids, NULL, NULL);
  g_autofree char *joined = NULL;

  g_ptr_array_set_free_func (copy, NULL);
  g_ptr_array_add (copy, NULL);
  joined = g_strjoinv (" ", (char **)copy->pdata);
  g_assert_cmpstr (joined, ==, uids);
  for (guint i = 0; i < found->messages->len; i++)
    {
      g_autoptr (GBytes) expected = new_message (found->uids->pdata[i]);

      g_assert_true (g_bytes_equal (expected, found->messages->pdata[i]));
    }
}

/* Only GET: nothing is marked, moved or deleted. */
static void
assert_only_read (void)
{
  g_autoptr (JsonNode) log = provider_control ("log", NULL);
  JsonArray *requests = json_node_get_array (log);

  g_assert_cmpuint (json_array_get_length (requests), >, 0);
  for (guint i = 0; i < json_array_get_length (requests); i++)
    {
      JsonObject *request = json_array_get_object_element (requests, i);

      g_assert_true (g_str_has_prefix (json_object_get_string_member (request, "request"), "GET /"));
    }
}

static RubisMailbox *
start (const TestProvider *provider)
{
  provider_reset ();
  put ("old", SINCE - 1);
  for (guint i = 1; i <= 5; i++)
    {
      g_autofree char *uid = g_strdup_printf ("m%u", i);

      put (uid, SINCE + i);
    }
  return provider_new_mailbox (provider);
}

static void
test_read (gconstpointer data)
{
  g_autoptr (RubisMailbox) mailbox = start (data);
  g_autoptr (Found) first = found_new ();
  g_autoptr (Found) second = found_new ();
  g_autoptr (Found) third = found_new ();
  g_autofree char *cursor = NULL;
  g_autofree char *next = NULL;
  g_autofree char *last = NULL;

  provider_set ("options", "{\"graph-removed\": true}");
  cursor = read_inbox (mailbox, "", first);
  assert_found (first, "m1 m2 m3 m4 m5");
  next = read_inbox (mailbox, cursor, second);
  assert_found (second, "");
  put ("m6", SINCE + 6);
  put ("m7", SINCE + 7);
  put ("m8", SINCE + 8);
  last = read_inbox (mailbox, next, third);
  assert_found (third, "m6 m7 m8");
  g_assert_cmpstr (last, !=, next);
  assert_only_read ();
}

/* The provider no longer knows the cursor: everything since the date is read again. */
static void
test_forgotten (gconstpointer data)
{
  g_autoptr (RubisMailbox) mailbox = start (data);
  g_autoptr (Found) first = found_new ();
  g_autoptr (Found) second = found_new ();
  g_autoptr (Found) third = found_new ();
  g_autofree char *cursor = read_inbox (mailbox, "", first);
  g_autofree char *next = NULL;
  g_autofree char *last = NULL;

  put ("m6", SINCE + 6);
  provider_set ("options", "{\"graph-forgets\": true}");
  provider_set ("forget", NULL);
  next = read_inbox (mailbox, cursor, second);
  assert_found (second, "m1 m2 m3 m4 m5 m6");
  put ("m7", SINCE + 7);
  last = read_inbox (mailbox, next, third);
  assert_found (third, "m7");
}

/* A message that goes away between list and reading. */
static void
test_deleted (gconstpointer data)
{
  g_autoptr (RubisMailbox) mailbox = start (data);
  g_autoptr (Found) found = found_new ();
  g_autofree char *cursor = NULL;

  provider_set ("fault", "{\"match\": \"messages/m3\", \"how\": \"status\", \"status\": 404}");
  cursor = read_inbox (mailbox, "", found);
  assert_found (found, "m1 m2 m4 m5");
}

/* No cursor is given for what was not read to its end. */
static void
test_errors (gconstpointer data)
{
  static const struct
  {
    const char *fault;
    RubisTransportError code;
  } cases[] = {
    { "\"match\": \"messages/m3\", \"how\": \"status\", \"status\": 503", RUBIS_TRANSPORT_ERROR_SERVER },
    { "\"match\": \"messages/m3\", \"how\": \"taken-truncated\"", RUBIS_TRANSPORT_ERROR_UNREACHABLE },
    { "\"how\": \"status\", \"status\": 403", RUBIS_TRANSPORT_ERROR_LOGIN },
    { "\"how\": \"status\", \"status\": 429", RUBIS_TRANSPORT_ERROR_SERVER },
    { "\"how\": \"taken-wrong\", \"body\": \"<html>\"", RUBIS_TRANSPORT_ERROR_SERVER },
    { "\"how\": \"taken-wrong\", \"body\": \"{}\"", RUBIS_TRANSPORT_ERROR_SERVER },
    { "\"match\": \"messages\", \"how\": \"taken-wrong\", \"body\": \"[1, 2]\"",
      RUBIS_TRANSPORT_ERROR_SERVER },
    { "\"how\": \"cut-early\"", RUBIS_TRANSPORT_ERROR_UNREACHABLE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RubisMailbox) mailbox = start (data);
      g_autoptr (Found) found = found_new ();
      g_autoptr (GError) error = NULL;

      provider_set ("fault", "{%s}", cases[i].fault);
      g_assert_null (rubis_mailbox_read (mailbox, "", SINCE, take, found, NULL, &error));
      g_assert_error (error, RUBIS_TRANSPORT_ERROR, (int)cases[i].code);
      provider_assert_no_secret (error->message);
    }
}

static void
test_renewal (gconstpointer data)
{
  g_autoptr (RubisMailbox) mailbox = start (data);
  g_autoptr (Found) found = found_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *cursor = NULL;

  provider_set ("tokens", "[\"renewed-token\"]");
  cursor = read_inbox (mailbox, "", found);
  assert_found (found, "m1 m2 m3 m4 m5");
  provider_set ("tokens", "[]");
  g_assert_null (rubis_mailbox_read (mailbox, cursor, SINCE, take, found, NULL, &error));
  g_assert_error (error, RUBIS_TRANSPORT_ERROR, RUBIS_TRANSPORT_ERROR_LOGIN);
  provider_assert_no_secret (error->message);
}

/* Whoever keeps the messages may say stop: its error is handed on. */
static void
test_stop (gconstpointer data)
{
  g_autoptr (RubisMailbox) mailbox = start (data);
  g_autoptr (Found) found = found_new ();
  g_autoptr (GError) error = NULL;

  found->stop_at = 3;
  g_assert_null (rubis_mailbox_read (mailbox, "", SINCE, take, found, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  assert_found (found, "m1 m2");
}

/* The token goes to nobody else, whatever address an answer or a cursor names. */
static void
test_foreign_link (void)
{
  static const char *const cursors[] = { "https://attacker.example/v1.0/me", "http://127.0.0.1:1/v1.0/me",
                                         "file:///etc/passwd", "nonsense" };
  g_autoptr (RubisMailbox) mailbox = start (&test_providers[0]);
  g_autoptr (Found) found = found_new ();
  g_autoptr (GError) error = NULL;

  provider_set ("options", "{\"graph-link-base\": \"http://127.0.0.1:1\"}");
  g_assert_null (rubis_mailbox_read (mailbox, "", SINCE, take, found, NULL, &error));
  g_assert_error (error, RUBIS_TRANSPORT_ERROR, RUBIS_TRANSPORT_ERROR_SERVER);
  for (gsize i = 0; i < G_N_ELEMENTS (cursors); i++)
    {
      g_autoptr (GError) refused = NULL;

      g_assert_null (rubis_mailbox_read (mailbox, cursors[i], SINCE, take, found, NULL, &refused));
      g_assert_error (refused, RUBIS_TRANSPORT_ERROR, RUBIS_TRANSPORT_ERROR_SERVER);
    }
}

static void
add_for_each (const char *name, GTestDataFunc function)
{
  for (gsize i = 0; i < N_TEST_PROVIDERS; i++)
    {
      g_autofree char *path = g_strconcat ("/provider-mailboxes/", name, "/", test_providers[i].name, NULL);

      if (test_providers[i].tokens)
        g_test_add_data_func (path, &test_providers[i], function);
    }
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  add_for_each ("read", test_read);
  add_for_each ("forgotten", test_forgotten);
  add_for_each ("deleted", test_deleted);
  add_for_each ("errors", test_errors);
  add_for_each ("renewal", test_renewal);
  add_for_each ("stop", test_stop);
  g_test_add_func ("/provider-mailboxes/foreign-link", test_foreign_link);
  status = g_test_run ();
  provider_stop ();
  return status;
}
