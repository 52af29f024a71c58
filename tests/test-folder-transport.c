/* Emails become files of their own: none is overwritten, none is written twice. */
#include "rubis-test-credentials.h"
#include "rubis-test.h"
#include "rubis-transport.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  char *folder;              /* (owned) */
  RubisTransport *transport; /* (owned) */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RubisSender) sender = rubis_sender_new (RUBIS_TRANSPORT_FOLDER);
  g_autoptr (RubisCredentials) credentials = rubis_test_credentials_new (RUBIS_SECRET_PASSWORD, "", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *outgoing = NULL;

  fixture->folder = rubis_test_make_folder ();
  outgoing = g_build_filename (fixture->folder, "deep", "outgoing", NULL);
  rubis_sender_set (sender, folder, outgoing);
  fixture->transport = rubis_transport_new (sender, credentials, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture->transport);
  rubis_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
}

static RubisParcel *
new_parcel (const char *title, const char *text)
{
  g_autoptr (GBytes) content = g_bytes_new (text, strlen (text));
  RubisParcel *parcel = rubis_parcel_new (RUBIS_PARCEL_EMAIL, "rubis-0badcafe-7", content);

  rubis_parcel_set (parcel, title, title);
  return parcel;
}

static char *
send_as (Fixture *fixture, const char *title, const char *text)
{
  g_autoptr (RubisParcel) parcel = new_parcel (title, text);
  g_autoptr (RubisDelivery) delivery = rubis_transport_send (fixture->transport, parcel, NULL);
  g_autofree char *there = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (delivery->reason, ==, "");
  g_assert_cmpint (delivery->fate, ==, RUBIS_FATE_SENT);
  g_assert_true (g_path_is_absolute (delivery->provider_id));
  g_file_get_contents (delivery->provider_id, &there, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (there, ==, text);
  return g_path_get_basename (delivery->provider_id);
}

static void
test_names (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = send_as (fixture, "2026-03-29-client-r1-EUR.eml", "one");
  g_autofree char *second = send_as (fixture, "2026-03-29-client-r1-EUR.eml", "two");
  g_autofree char *third = send_as (fixture, "2026-03-29-client-r1-EUR.eml", "three");
  g_autofree char *again = send_as (fixture, "2026-03-29-client-r1-EUR.eml", "two");
  g_autofree char *unnamed = send_as (fixture, "", "four");
  g_autofree char *path = send_as (fixture, "../../a/b.eml", "five");

  g_assert_cmpstr (first, ==, "2026-03-29-client-r1-EUR.eml");
  g_assert_cmpstr (second, ==, "2026-03-29-client-r1-EUR-2.eml");
  g_assert_cmpstr (third, ==, "2026-03-29-client-r1-EUR-3.eml");
  g_assert_cmpstr (again, ==, "2026-03-29-client-r1-EUR-2.eml");
  g_assert_cmpstr (unnamed, ==, "rubis-0badcafe-7.eml");
  g_assert_cmpstr (path, ==, "..-..-a-b.eml");
}

static void
test_look_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *other = send_as (fixture, "a.eml", "another");
  g_autoptr (RubisParcel) parcel = new_parcel ("a.eml", "mine");
  g_autoptr (RubisDelivery) before = rubis_transport_look_up (fixture->transport, parcel, NULL);
  g_autoptr (RubisDelivery) sent = rubis_transport_send (fixture->transport, parcel, NULL);
  g_autoptr (RubisDelivery) after = rubis_transport_look_up (fixture->transport, parcel, NULL);

  g_assert_cmpint (before->fate, ==, RUBIS_FATE_NOT_SENT);
  g_assert_cmpint (after->fate, ==, RUBIS_FATE_SENT);
  g_assert_cmpstr (after->provider_id, ==, sent->provider_id);
  g_assert_true (g_str_has_suffix (after->provider_id, "/a-2.eml"));
}

/* A folder that cannot be: nothing is lost, and all that goes there waits. */
static void
test_no_folder (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RubisParcel) parcel = new_parcel ("a.eml", "mine");
  g_autofree char *file = g_build_filename (fixture->folder, "deep", NULL);
  g_autoptr (RubisDelivery) delivery = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (file, "a file", -1, NULL));
  g_assert_false (rubis_transport_test (fixture->transport, NULL, &error));
  g_assert_error (error, RUBIS_TRANSPORT_ERROR, RUBIS_TRANSPORT_ERROR_SETTINGS);
  delivery = rubis_transport_send (fixture->transport, parcel, NULL);
  g_assert_cmpint (delivery->fate, ==, RUBIS_FATE_NOT_SENT);
  g_assert_true (delivery->sender_wide);
  g_assert_cmpstr (delivery->reason, ==, error->message);
  g_assert_nonnull (strstr (delivery->reason, file));

  g_assert_cmpint (g_unlink (file), ==, 0);
  g_clear_error (&error);
  g_assert_true (rubis_transport_test (fixture->transport, NULL, &error));
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/folder-transport/names", Fixture, NULL, set_up, test_names, tear_down);
  g_test_add ("/folder-transport/look-up", Fixture, NULL, set_up, test_look_up, tear_down);
  g_test_add ("/folder-transport/no-folder", Fixture, NULL, set_up, test_no_folder, tear_down);
  return g_test_run ();
}
