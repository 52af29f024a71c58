/* Senders: kept, changed, chosen and removed, with undo. */
#include <glib/gstdio.h>

#include "rubis-import-preview.h"
#include "rubis-sender-check.h"
#include "rubis-sender-fields.h"
#include "rubis-senders.h"
#include "rubis-store-senders.h"
#include "rubis-test-session.h"
#include "rubis-test.h"

typedef struct
{
  char *folder;
  RubisSession *session;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = rubis_test_make_folder ();
  f->session = rubis_test_session_new (f->folder);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  rubis_test_check_dossier (f->session);
  rubis_session_close (f->session);
  g_assert_finalize_object (f->session);
  rubis_test_remove_tree (f->folder);
  g_free (f->folder);
}

static RubisSender *
make_smtp (const char *name)
{
  RubisSender *sender = rubis_sender_new (RUBIS_TRANSPORT_SMTP);

  rubis_sender_set (sender, name, name);
  rubis_sender_set (sender, email, "relances@dupont.fr");
  rubis_sender_set (sender, server, "smtp.dupont.fr");
  return sender;
}

static RubisSender *
add_smtp (Fixture *f, const char *name, const char *actor)
{
  g_autoptr (GError) error = NULL;
  RubisSender *sender = make_smtp (name);

  rubis_sender_set (sender, actor, actor);
  g_assert_true (rubis_session_save_sender (f->session, sender, &error));
  g_assert_no_error (error);
  return sender;
}

static char *
choose (Fixture *f, RubisParcelKind kind)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisSender) sender = rubis_session_choose_sender (f->session, kind, &error);

  g_assert_no_error (error);
  return g_strdup (sender != NULL ? sender->name : "nobody");
}

#define assert_chosen(f, kind, expected)                                                                     \
  G_STMT_START                                                                                               \
  {                                                                                                          \
    g_autofree char *chosen = choose (f, kind);                                                              \
                                                                                                             \
    g_assert_cmpstr (chosen, ==, expected);                                                                  \
  }                                                                                                          \
  G_STMT_END

/* Every field comes back as it was given. */
static void
test_kept (Fixture *f, gconstpointer data)
{
  g_autoptr (RubisSender) sender = make_smtp ("Relances");
  g_autoptr (RubisSender) loaded = NULL;
  g_autoptr (GError) error = NULL;

  rubis_sender_set (sender, from_name, "Dupont, Comptabilité");
  rubis_sender_set (sender, reply_to, "compta@dupont.fr");
  rubis_sender_set (sender, signature, "Jeanne Petit\nComptabilité clients");
  rubis_sender_set (sender, user, "jeanne");
  rubis_sender_set (sender, service, "https://id.dupont.fr");
  rubis_sender_set (sender, client_id, "0f3a");
  rubis_sender_set (sender, folder, "sortie");
  rubis_sender_set (sender, imap_server, "imap.dupont.fr");
  sender->port = 587;
  sender->security = RUBIS_SECURITY_STARTTLS;
  sender->auth = RUBIS_AUTH_OAUTH;
  sender->imap_port = 143;
  sender->imap_security = RUBIS_SECURITY_STARTTLS;
  sender->recall_minutes = 30;
  sender->from_minute = 480;
  sender->until_minute = 1110;
  sender->days = 31;
  sender->per_minute = 12;
  sender->per_day = 345;
  sender->max_size = 5000000;
  sender->unit_price = 4500;
  g_assert_true (rubis_session_save_sender (f->session, sender, &error));
  g_assert_cmpint (sender->id, >, 0);
  loaded = rubis_session_find_sender (f->session, "Relances", &error);
  g_assert_no_error (error);
  g_assert_cmpint (loaded->id, ==, sender->id);
  g_assert_cmpint (loaded->transport, ==, RUBIS_TRANSPORT_SMTP);
  g_assert_cmpint (loaded->position, ==, 1);
  g_assert_cmpstr (loaded->email, ==, "relances@dupont.fr");
  g_assert_cmpstr (loaded->from_name, ==, sender->from_name);
  g_assert_cmpstr (loaded->reply_to, ==, sender->reply_to);
  g_assert_cmpstr (loaded->signature, ==, sender->signature);
  g_assert_cmpstr (loaded->server, ==, "smtp.dupont.fr");
  g_assert_cmpint (loaded->port, ==, 587);
  g_assert_cmpint (loaded->security, ==, RUBIS_SECURITY_STARTTLS);
  g_assert_cmpint (loaded->auth, ==, RUBIS_AUTH_OAUTH);
  g_assert_cmpstr (loaded->user, ==, "jeanne");
  g_assert_cmpstr (loaded->service, ==, "https://id.dupont.fr");
  g_assert_cmpstr (loaded->client_id, ==, "0f3a");
  g_assert_cmpstr (loaded->folder, ==, "sortie");
  g_assert_cmpstr (loaded->imap_server, ==, "imap.dupont.fr");
  g_assert_cmpint (loaded->imap_port, ==, 143);
  g_assert_cmpint (loaded->imap_security, ==, RUBIS_SECURITY_STARTTLS);
  g_assert_cmpint (loaded->recall_minutes, ==, 30);
  g_assert_cmpint (loaded->from_minute, ==, 480);
  g_assert_cmpint (loaded->until_minute, ==, 1110);
  g_assert_cmpint (loaded->days, ==, 31);
  g_assert_cmpint (loaded->per_minute, ==, 12);
  g_assert_cmpint (loaded->per_day, ==, 345);
  g_assert_cmpint (loaded->max_size, ==, 5000000);
  g_assert_cmpint (loaded->unit_price, ==, 4500);
  g_assert_true (loaded->active);
}

/* By id and by name; a wrong one is an error that names it. */
static void
test_found (Fixture *f, gconstpointer data)
{
  g_autoptr (RubisSender) sender = add_smtp (f, "Relances", "");
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, sender->id);
  g_autoptr (RubisSender) found = rubis_session_find_sender (f->session, id, NULL);
  g_autoptr (RubisSender) folder = rubis_session_find_sender (f->session, "folder", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (found->name, ==, "Relances");
  g_assert_cmpint (folder->transport, ==, RUBIS_TRANSPORT_FOLDER);
  g_assert_null (rubis_session_find_sender (f->session, "Relance", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "Relance"));
}

/* What is wrong is named, and nothing is stored. */
static void
test_refused (Fixture *f, gconstpointer data)
{
  static const struct
  {
    const char *field;
    const char *name;
    const char *email;
    const char *server;
    int port;
    RubisSecurity security;
    int recall;
    int from;
    guint days;
  } cases[] = {
    { "name", "", "a@b.fr", "smtp.b.fr", 0, RUBIS_SECURITY_TLS, 10, 0, 127 },
    { "name", "42", "a@b.fr", "smtp.b.fr", 0, RUBIS_SECURITY_TLS, 10, 0, 127 },
    { "name", "a\nb", "a@b.fr", "smtp.b.fr", 0, RUBIS_SECURITY_TLS, 10, 0, 127 },
    { "email", "x", "", "smtp.b.fr", 0, RUBIS_SECURITY_TLS, 10, 0, 127 },
    { "email", "x", "a@b", "smtp.b.fr", 0, RUBIS_SECURITY_TLS, 10, 0, 127 },
    { "server", "x", "a@b.fr", "", 0, RUBIS_SECURITY_TLS, 10, 0, 127 },
    { "server", "x", "a@b.fr", "https://smtp.b.fr", 0, RUBIS_SECURITY_TLS, 10, 0, 127 },
    { "server", "x", "a@b.fr", "smtp.b.fr:465", 0, RUBIS_SECURITY_TLS, 10, 0, 127 },
    { "port", "x", "a@b.fr", "smtp.b.fr", 65536, RUBIS_SECURITY_TLS, 10, 0, 127 },
    { "security", "x", "a@b.fr", "smtp.b.fr", 0, RUBIS_SECURITY_NONE, 10, 0, 127 },
    { "recall_minutes", "x", "a@b.fr", "smtp.b.fr", 0, RUBIS_SECURITY_TLS, 1441, 0, 127 },
    { "hours", "x", "a@b.fr", "smtp.b.fr", 0, RUBIS_SECURITY_TLS, 10, 1440, 127 },
    { "days", "x", "a@b.fr", "smtp.b.fr", 0, RUBIS_SECURITY_TLS, 10, 0, 0 },
    { NULL, "x", "a@b.fr", "127.0.0.1", 2525, RUBIS_SECURITY_NONE, 0, 0, 127 },
    { NULL, "x", "a@b.fr", "::1", 0, RUBIS_SECURITY_STARTTLS, 1440, 1439, 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RubisSender) sender = make_smtp (cases[i].name);
      g_autoptr (GError) error = NULL;
      const char *field = NULL;

      rubis_sender_set (sender, email, cases[i].email);
      rubis_sender_set (sender, server, cases[i].server);
      sender->port = cases[i].port;
      sender->security = cases[i].security;
      sender->recall_minutes = cases[i].recall;
      sender->from_minute = cases[i].from;
      sender->days = cases[i].days;
      g_assert_cmpint (rubis_sender_check (sender, &field, &error), ==, cases[i].field == NULL);
      g_assert_cmpstr (field, ==, cases[i].field);
      if (cases[i].field == NULL)
        continue;
      g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE);
      g_assert_true (g_str_has_prefix (error->message, rubis_sender_field_to_label (field)));
      g_assert_false (rubis_session_save_sender (f->session, sender, NULL));
    }
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count(*) FROM sender"), ==, 1);
}

/* Passwords would go to a provider that does not take them; a second sender of that name. */
static void
test_refused_logins (Fixture *f, gconstpointer data)
{
  g_autoptr (RubisSender) graph = rubis_sender_new (RUBIS_TRANSPORT_GRAPH);
  g_autoptr (RubisSender) brevo = rubis_sender_new (RUBIS_TRANSPORT_BREVO);
  g_autoptr (RubisSender) first = add_smtp (f, "Relances", "");
  g_autoptr (RubisSender) second = make_smtp ("Relances");
  g_autoptr (GError) error = NULL;
  const char *field = NULL;

  rubis_sender_set (graph, name, "m");
  rubis_sender_set (graph, email, "a@b.fr");
  g_assert_true (rubis_sender_check (graph, &field, NULL));
  graph->auth = RUBIS_AUTH_PASSWORD;
  g_assert_false (rubis_sender_check (graph, &field, NULL));
  g_assert_cmpstr (field, ==, "auth");
  rubis_sender_set (brevo, name, "b");
  rubis_sender_set (brevo, email, "a@b.fr");
  rubis_sender_set (brevo, server, "http://api.brevo.com");
  g_assert_false (rubis_sender_check (brevo, &field, NULL));
  g_assert_cmpstr (field, ==, "server");
  rubis_sender_set (brevo, server, "http://127.0.0.1:8080");
  g_assert_true (rubis_sender_check (brevo, &field, NULL));
  g_assert_false (rubis_session_save_sender (f->session, second, &error));
  g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE);
}

/* The user's own first, then by position; what is off or carries something else is passed over. */
static void
test_chosen (Fixture *f, gconstpointer data)
{
  g_autoptr (RubisSender) first = NULL;
  g_autoptr (RubisSender) second = NULL;
  g_autoptr (RubisSender) mine = NULL;
  g_autoptr (RubisSender) other = NULL;

  assert_chosen (f, RUBIS_PARCEL_EMAIL, "folder");
  assert_chosen (f, RUBIS_PARCEL_SMS, "nobody");
  first = add_smtp (f, "First", "");
  second = add_smtp (f, "Second", "");
  other = add_smtp (f, "Other", "somebody else");
  assert_chosen (f, RUBIS_PARCEL_EMAIL, "First");
  mine = add_smtp (f, "Mine", g_get_user_name ());
  assert_chosen (f, RUBIS_PARCEL_EMAIL, "Mine");
  mine->active = FALSE;
  first->position = 50;
  g_assert_true (rubis_session_save_sender (f->session, mine, NULL));
  g_assert_true (rubis_session_save_sender (f->session, first, NULL));
  assert_chosen (f, RUBIS_PARCEL_EMAIL, "Second");
  assert_chosen (f, RUBIS_PARCEL_LETTER, "nobody");
}

/* Each edit is journaled and can be taken back. */
static void
test_undone (Fixture *f, gconstpointer data)
{
  g_autoptr (RubisSender) sender = add_smtp (f, "Relances", "");
  g_autoptr (RubisSender) loaded = NULL;
  gint64 id = sender->id;

  rubis_sender_set (sender, server, "mail.dupont.fr");
  g_assert_true (rubis_session_save_sender (f->session, sender, NULL));
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count(*) FROM event WHERE kind = 'sender'"), ==, 2);
  g_free (rubis_session_undo (f->session, NULL));
  loaded = rubis_session_find_sender (f->session, "Relances", NULL);
  g_assert_cmpstr (loaded->server, ==, "smtp.dupont.fr");
  g_free (rubis_session_undo (f->session, NULL));
  assert_chosen (f, RUBIS_PARCEL_EMAIL, "folder");
  g_free (rubis_session_redo (f->session, NULL));
  g_free (rubis_session_redo (f->session, NULL));
  g_clear_pointer (&loaded, rubis_sender_free);
  loaded = rubis_session_find_sender (f->session, "Relances", NULL);
  g_assert_cmpstr (loaded->server, ==, "mail.dupont.fr");
  g_assert_cmpint (loaded->id, ==, id);
}

/* The id of a sender that is gone never comes again: its secrets would go to another. */
static void
test_id_once (Fixture *f, gconstpointer data)
{
  g_autoptr (RubisSender) first = add_smtp (f, "Relances", "");
  g_autoptr (RubisSender) second = NULL;

  g_free (rubis_session_undo (f->session, NULL));
  second = add_smtp (f, "Relances", "");
  g_assert_cmpint (second->id, >, first->id);
}

/* Messages that wait get the server that fits next, never a folder: without one they wait. They come back by
 * undo; what left keeps its own sender. */
static void
test_removed (Fixture *f, gconstpointer data)
{
  g_autoptr (RubisSender) sender = add_smtp (f, "Relances", "");
  gint64 account = rubis_test_add_account (f->session, "C1", "Client");
  g_autoptr (GError) error = NULL;
  static const char *const states[] = { "draft", "queued", "sent", "unknown" };
  const char *homeless = "SELECT count(*) FROM outbox WHERE sender_id IS NULL";
  const char *moved
      = "SELECT count(*) FROM outbox o JOIN sender s ON s.id = o.sender_id WHERE s.name = 'Autre'";
  g_autoptr (RubisSender) other = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autofree char *sql = g_strdup_printf ("INSERT INTO outbox (send_key, account_id, currency, rank, "
                                              "step_name, channel, amount, n_items, state, "
                                              "created, changed, sender_id) VALUES ('k%d', %" G_GINT64_FORMAT
                                              ", 'EUR', 1, 'x', 0, 100, 1, '%s', 1, 1, "
                                              "%" G_GINT64_FORMAT ")",
                                              (int)i, account, states[i], sender->id);

      rubis_test_exec (f->session, sql);
    }
  rubis_test_exec (f->session, "UPDATE outbox SET state = 'sending' WHERE send_key = 'k3'");
  g_assert_false (rubis_session_remove_sender (f->session, sender->id, &error));
  g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE);
  rubis_test_exec (f->session, "UPDATE outbox SET state = 'unknown' WHERE send_key = 'k3'");
  g_assert_true (rubis_session_remove_sender (f->session, sender->id, NULL));
  g_assert_null (rubis_session_find_sender (f->session, "Relances", NULL));
  g_assert_cmpint (rubis_test_query (f->session, homeless), ==, 2);
  g_free (rubis_session_undo (f->session, NULL));
  g_assert_cmpint (rubis_test_query (f->session, homeless), ==, 0);
  assert_chosen (f, RUBIS_PARCEL_EMAIL, "Relances");
  other = add_smtp (f, "Autre", "");
  g_assert_true (rubis_session_remove_sender (f->session, sender->id, NULL));
  g_assert_cmpint (rubis_test_query (f->session, moved), ==, 2);
  rubis_test_exec (f->session, "DELETE FROM outbox");
}

/* Changing the box forgets up to where the other one was read; changing a limit does not. */
static void
test_cursor (Fixture *f, gconstpointer data)
{
  g_autoptr (RubisSender) sender = add_smtp (f, "Relances", "");
  g_autoptr (RubisSender) kept = NULL;
  g_autoptr (RubisSender) other = NULL;

  rubis_test_exec (f->session, "UPDATE sender SET cursor = 'UID 12', fetched = 5, wait_until = 9");
  sender->per_day = 7;
  g_assert_true (rubis_session_save_sender (f->session, sender, NULL));
  kept = rubis_session_find_sender (f->session, "Relances", NULL);
  g_assert_cmpstr (kept->cursor, ==, "UID 12");
  g_assert_cmpint (kept->wait_until, ==, 0);
  rubis_sender_set (sender, imap_server, "imap.dupont.fr");
  g_assert_true (rubis_session_save_sender (f->session, sender, NULL));
  other = rubis_session_find_sender (f->session, "Relances", NULL);
  g_assert_cmpstr (other->cursor, ==, "");
}

/* Settings typed as text are read, written the same, and refused in words that name them. */
static void
test_fields (Fixture *f, gconstpointer data)
{
  static const struct
  {
    const char *field;
    const char *typed;
    const char *kept; /* NULL: refused */
  } cases[] = {
    { "hours", "8h-18h30", "08:00-18:30" },
    { "hours", "", "00:00-24:00" },
    { "hours", "08:75-18:00", NULL },
    { "hours", "morning", NULL },
    { "days", "1-5", "1-5" },
    { "days", "7,1,2,3", "1-3,7" },
    { "days", "0-5", NULL },
    { "days", "5-1", NULL },
    { "days", "", NULL },
    { "days", "1-", NULL },
    { "port", "587", "587" },
    { "port", "5e2", NULL },
    { "port", "-1", NULL },
    { "active", "non", "no" },
    { "active", "perhaps", NULL },
    { "security", "starttls", "starttls" },
    { "security", "ssl", NULL },
    { "auth", "oauth", "oauth" },
    { "max_size", "0,5", "0.5" },
    { "max_size", "ten", NULL },
    { "unit_price", "0.0459", "0.0459" },
    { "signature", "Jeanne\\nPetit", "Jeanne\\nPetit" },
    { "email", " a@b.fr ", "a@b.fr" },
    { "password", "secret", NULL },
    { "transport", "smtp", NULL },
  };
  g_autoptr (RubisSender) sender = make_smtp ("x");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *kept = NULL;

      if (cases[i].kept == NULL)
        {
          g_assert_false (rubis_sender_set_field (sender, cases[i].field, cases[i].typed, &error));
          g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE);
          continue;
        }
      g_assert_true (rubis_sender_set_field (sender, cases[i].field, cases[i].typed, &error));
      kept = rubis_sender_dup_field (sender, cases[i].field);
      g_assert_cmpstr (kept, ==, cases[i].kept);
    }
  for (int i = 0; rubis_sender_list_fields ()[i] != NULL; i++)
    g_assert_cmpstr (rubis_sender_field_to_label (rubis_sender_list_fields ()[i]), !=, "");
}

/* What telephones show: a name, or a number as providers take it. */
static void
test_sms_name (Fixture *f, gconstpointer data)
{
  static const char *const fine[] = { "", "GARCON", "+33612345678", NULL };
  static const char *const wrong[] = { "AB", "MENUISERIE12", "Garçon", "+33 6 12 34 56 78", NULL };
  g_autoptr (RubisSender) sender = rubis_sender_new (RUBIS_TRANSPORT_SMS_TWILIO);

  rubis_sender_set (sender, name, "SMS");
  for (int i = 0; fine[i] != NULL; i++)
    {
      rubis_sender_set (sender, from_name, fine[i]);
      g_assert_true (rubis_sender_check (sender, NULL, NULL));
    }
  for (int i = 0; wrong[i] != NULL; i++)
    {
      const char *field = NULL;

      rubis_sender_set (sender, from_name, wrong[i]);
      g_assert_false (rubis_sender_check (sender, &field, NULL));
      g_assert_cmpstr (field, ==, "from_name");
    }
}

/* Each provider says which settings it takes nothing without, by the key that is typed. */
static void
test_complete (Fixture *f, gconstpointer data)
{
  static const struct
  {
    RubisTransportKind transport;
    const char *missing;
  } cases[] = {
    { RUBIS_TRANSPORT_SMS_OVH, "from_name service client_id" },
    { RUBIS_TRANSPORT_SMS_BREVO, "from_name" },
    { RUBIS_TRANSPORT_SMS_TWILIO, "from_name service" },
    { RUBIS_TRANSPORT_SMS_SMSMODE, "from_name" },
    { RUBIS_TRANSPORT_MAILEVA, "email user service" },
    { RUBIS_TRANSPORT_AR24, "service" },
    { RUBIS_TRANSPORT_LAPOSTE, "" },
    { RUBIS_TRANSPORT_FOLDER, "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RubisSender) sender = rubis_sender_new (cases[i].transport);
      g_auto (GStrv) missing = g_strsplit (cases[i].missing, " ", -1);
      g_autoptr (GError) test_error = NULL;
      g_autoptr (GError) error = NULL;
      const char *field = NULL;

      rubis_sender_set (sender, name, "Prestataire");
      /* What is incomplete may be kept, and completed later. */
      g_assert_true (rubis_sender_check (sender, NULL, &error));
      g_assert_no_error (error);
      if (missing[0] == NULL)
        {
          g_assert_true (rubis_sender_check_complete (sender, &field, &error));
          g_assert_null (field);
          continue;
        }
      g_assert_false (rubis_sender_check_complete (sender, &field, &error));
      g_assert_cmpstr (field, ==, missing[0]);
      g_assert_false (rubis_session_test_sender (f->session, sender, NULL, &test_error));
      g_assert_error (test_error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE);
      for (int k = 0; missing[k] != NULL; k++)
        {
          g_autofree char *key = g_strconcat (missing[k], "=", NULL);

          g_assert_nonnull (strstr (test_error->message, key));
          g_assert_nonnull (strstr (test_error->message,
                                    rubis_sender_get_meaning (cases[i].transport, missing[k])));
          rubis_sender_set_field (sender, missing[k],
                                  g_str_equal (missing[k], "email") ? "a@b.fr" : "VERRERIE", NULL);
        }
      g_assert_true (rubis_sender_check_complete (sender, NULL, NULL));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/senders/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("kept", test_kept);
  ADD ("found", test_found);
  ADD ("refused", test_refused);
  ADD ("refused-logins", test_refused_logins);
  ADD ("chosen", test_chosen);
  ADD ("undone", test_undone);
  ADD ("id-once", test_id_once);
  ADD ("removed", test_removed);
  ADD ("cursor", test_cursor);
  ADD ("fields", test_fields);
  ADD ("sms-name", test_sms_name);
  ADD ("complete", test_complete);
  return g_test_run ();
}
