/* Letters and SMS given to a provider, and what La Poste tells of registered ones, from the dossier's side:
 * against a local fake of what the providers publish (tests/servers/fake-post.py). */
#include <glib/gstdio.h>

#include "rubis-agenda-list.h"
#include "rubis-hand-over.h"
#include "rubis-import-preview.h"
#include "rubis-outbox.h"
#include "rubis-post-batch.h"
#include "rubis-registered-tracking.h"
#include "rubis-senders-private.h"
#include "rubis-test-credentials.h"
#include "rubis-test-registered.h"
#include "rubis-test-server.h"
#include "rubis-test.h"

#define NOW G_GINT64_CONSTANT (1795158000)

typedef struct
{
  char *folder;
  RubisSession *session;
  RubisTestServer *server;
  gint64 account;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (RubisCredentials) credentials = NULL;

  f->folder = rubis_test_make_folder ();
  f->session = rubis_test_registered_new (f->folder);
  f->account = rubis_test_add_debtor (f->session, "C1", "Menuiserie Garçon", "F-1");
  f->server = rubis_test_server_new ("fake-post.py", NULL);
  credentials = rubis_test_credentials_new (
      RUBIS_SECRET_PASSWORD, data, RUBIS_SECRET_KEY,
      g_str_equal (data, "ar24-token") ? "7X9gx9E3Qx4EiUdB63nc" : "maileva-client-secret", NULL);
  rubis_session_set_credentials (f->session, credentials);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  rubis_test_check_dossier (f->session);
  rubis_session_close (f->session);
  g_assert_finalize_object (f->session);
  g_clear_pointer (&f->server, rubis_test_server_free);
  rubis_test_remove_tree (f->folder);
  g_free (f->folder);
}

static gint64
add_sender (Fixture *f, RubisTransportKind transport, const char *path, const char *service)
{
  g_autoptr (RubisSender) sender = rubis_sender_new (transport);
  g_autofree char *base = g_strconcat (rubis_test_server_get_string (f->server, "url"), path, NULL);
  g_autoptr (GError) error = NULL;

  rubis_sender_set (sender, name, "Prestataire");
  rubis_sender_set (sender, server, base);
  rubis_sender_set (sender, service, service);
  rubis_sender_set (sender, user, "compta");
  rubis_sender_set (sender, email, "credit@verrerie.example");
  rubis_session_save_sender (f->session, sender, &error);
  g_assert_no_error (error);
  return sender->id;
}

/* The notice of the account waits for the post. */
static void
write_notice (Fixture *f)
{
  g_autofree char *out = g_build_filename (f->folder, "lettres", NULL);

  g_assert_cmpuint (rubis_test_write_notices (f->session, out), ==, 1);
}

static RubisHandOver *
plan (Fixture *f, gint64 sender_id)
{
  g_autoptr (GError) error = NULL;
  RubisHandOver *found = rubis_session_plan_hand_over (f->session, NULL, sender_id, &error);

  g_assert_no_error (error);
  return found;
}

static guint
count_waiting (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisPostBatch) batch
      = rubis_session_load_post (f->session, RUBIS_DATE_NONE, FALSE, NULL, &error);

  g_assert_no_error (error);
  return batch->letters->len;
}

static RubisOutboxRow *
get_row (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = rubis_session_list_outbox (f->session, 0, 0, f->account, NULL, 0, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 1);
  return g_object_ref (g_ptr_array_index (rows, 0));
}

static void
hand_over (Fixture *f, const RubisHandOver *planned)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (rubis_session_hand_over (f->session, planned, NOW, &error), ==, 1);
  g_assert_no_error (error);
}

static gint64
read_clock (gpointer user_data)
{
  return *(gint64 *)user_data;
}

static RubisSendReport *
send_at (Fixture *f, gint64 now)
{
  RubisSendOptions options = { .clock = read_clock, .clock_data = &now };
  g_autoptr (GError) error = NULL;
  RubisSendReport *report = rubis_session_send_outbox (f->session, &options, NULL, &error);

  g_assert_no_error (error);
  return report;
}

static gint64
count_taken (Fixture *f, const char *provider)
{
  g_autoptr (JsonObject) answer = rubis_test_server_command (f->server, "taken");
  JsonObject *taken = json_object_get_object_member (answer, "taken");

  return json_object_has_member (taken, provider) ? json_object_get_int_member (taken, provider) : 0;
}

/* From the list of the post to the receipt: price first, a window to take it back, then the provider's news.
 */
static void
test_maileva (Fixture *f, gconstpointer data)
{
  gint64 sender;
  g_autoptr (RubisHandOver) planned = NULL;
  g_autoptr (RubisOutboxRow) waiting = NULL;
  g_autoptr (RubisOutboxRow) sent = NULL;
  g_autoptr (RubisRegisteredLetter) printed = NULL;
  g_autoptr (RubisRegisteredLetter) deposited = NULL;
  g_autoptr (RubisRegisteredLetter) received = NULL;
  g_autoptr (RubisSendReport) early = NULL;
  g_autoptr (RubisSendReport) report = NULL;
  g_autoptr (JsonObject) course = NULL;
  g_autoptr (GError) error = NULL;

  if (f->server == NULL)
    return;
  sender = add_sender (f, RUBIS_TRANSPORT_MAILEVA, "/maileva", "maileva-client");
  write_notice (f);
  planned = plan (f, sender);
  g_assert_cmpint (planned->n_letters, ==, 1);
  g_assert_true (planned->estimate);
  g_assert_cmpint (planned->price, >, 0);
  hand_over (f, planned);
  g_assert_cmpuint (count_waiting (f), ==, 0);
  waiting = get_row (f);
  g_assert_cmpint (waiting->state, ==, RUBIS_OUTBOX_APPROVED);
  g_assert_cmpint (waiting->send_after, ==, NOW + 600);
  g_assert_cmpint (waiting->price, ==, planned->price);
  early = send_at (f, NOW + 60);
  g_assert_cmpint (count_taken (f, "maileva"), ==, 0);

  report = send_at (f, NOW + 601);
  g_assert_cmpint (report->n_sent, ==, 1);
  g_assert_cmpint (count_taken (f, "maileva"), ==, 1);
  sent = get_row (f);
  g_assert_cmpint (sent->state, ==, RUBIS_OUTBOX_SENT);
  printed = rubis_test_get_registered (f->session, f->account);
  g_assert_cmpint (printed->course.state, ==, RUBIS_REGISTERED_PRINTED);

  g_assert_cmpint (rubis_session_follow_outbox (f->session, NOW + 7200, NULL, &error), >=, 0);
  g_assert_no_error (error);
  deposited = rubis_test_get_registered (f->session, f->account);
  g_assert_cmpint (deposited->course.state, ==, RUBIS_REGISTERED_DEPOSITED);
  g_assert_cmpstr (deposited->number, ==, "1E00232062142");
  course = rubis_test_server_command (f->server, "course D01");
  g_assert_cmpint (rubis_session_follow_outbox (f->session, NOW + 86400, NULL, &error), ==, 1);
  g_assert_no_error (error);
  received = rubis_test_get_registered (f->session, f->account);
  g_assert_cmpint (received->course.state, ==, RUBIS_REGISTERED_RECEIVED);
}

/* Taken back within the window, it waits for the printer again and costs nothing. */
static void
test_recalled (Fixture *f, gconstpointer data)
{
  gint64 sender;
  g_autoptr (RubisHandOver) planned = NULL;
  g_autoptr (RubisOutboxRow) row = NULL;
  g_autoptr (RubisSendReport) report = NULL;
  g_autoptr (RubisRegisteredLetter) letter = NULL;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) error = NULL;

  if (f->server == NULL)
    return;
  sender = add_sender (f, RUBIS_TRANSPORT_MAILEVA, "/maileva", "maileva-client");
  write_notice (f);
  planned = plan (f, sender);
  hand_over (f, planned);
  row = get_row (f);
  /* The provider cannot go while it has letters: nobody would post them. */
  g_assert_false (rubis_session_remove_sender (f->session, sender, &error));
  g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE);
  g_clear_error (&error);
  g_array_append_val (ids, row->id);
  g_assert_cmpint (rubis_session_recall_outbox (f->session, ids, NULL, &error), ==, 1);
  g_assert_no_error (error);
  g_assert_cmpuint (count_waiting (f), ==, 1);
  letter = rubis_test_get_registered (f->session, f->account);
  g_assert_cmpint (letter->course.state, ==, RUBIS_REGISTERED_WRITTEN);
  report = send_at (f, NOW + 3600);
  g_assert_cmpint (count_taken (f, "maileva"), ==, 0);
  g_assert_true (rubis_session_remove_sender (f->session, sender, &error));
  g_assert_no_error (error);
}

/* What the provider refuses waits for the printer again, with its words. */
static void
test_refused (Fixture *f, gconstpointer data)
{
  gint64 sender;
  g_autoptr (RubisHandOver) planned = NULL;
  g_autoptr (RubisSendReport) report = NULL;
  g_autofree char *reason = NULL;

  if (f->server == NULL)
    return;
  sender = add_sender (f, RUBIS_TRANSPORT_MAILEVA, "/maileva", "maileva-client");
  rubis_test_exec (f->session, "UPDATE account SET postcode = ''");
  write_notice (f);
  planned = plan (f, sender);
  hand_over (f, planned);
  report = send_at (f, NOW + 601);
  g_assert_cmpint (report->n_refused, ==, 1);
  g_assert_cmpint (count_taken (f, "maileva"), ==, 0);
  g_assert_cmpuint (count_waiting (f), ==, 1);
  g_assert_cmpint (
      rubis_test_query (f->session, "SELECT count(*) FROM event WHERE summary LIKE '%ADDRESS_LINE_6%'"), ==,
      1);
}

/* Paid while the window ran: not sent, not paid for. */
static void
test_paid (Fixture *f, gconstpointer data)
{
  gint64 sender;
  g_autoptr (RubisHandOver) planned = NULL;
  g_autoptr (RubisSendReport) report = NULL;

  if (f->server == NULL)
    return;
  sender = add_sender (f, RUBIS_TRANSPORT_MAILEVA, "/maileva", "maileva-client");
  write_notice (f);
  planned = plan (f, sender);
  hand_over (f, planned);
  rubis_test_exec (
      f->session,
      "INSERT INTO allocation (item_id, amount, date, source) SELECT id, open, 20777, 'user' FROM item;"
      "UPDATE item SET open = 0");
  report = send_at (f, NOW + 601);
  g_assert_cmpint (report->n_called_off, ==, 1);
  g_assert_cmpint (count_taken (f, "maileva"), ==, 0);
  g_assert_cmpuint (count_waiting (f), ==, 0);
}

/* Electronic: to the account's address, refused for consumers, who have to agree before. */
static void
test_electronic (Fixture *f, gconstpointer data)
{
  gint64 sender;
  g_autoptr (RubisHandOver) nowhere = NULL;
  g_autoptr (RubisHandOver) consumer = NULL;
  g_autoptr (RubisHandOver) planned = NULL;
  g_autoptr (RubisSendReport) report = NULL;
  g_autoptr (RubisRegisteredLetter) letter = NULL;
  g_autoptr (JsonObject) log = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *mail;

  if (f->server == NULL)
    return;
  sender = add_sender (f, RUBIS_TRANSPORT_AR24, "/ar24", "4242");
  write_notice (f);
  nowhere = plan (f, sender);
  g_assert_cmpint (nowhere->n_letters, ==, 0);
  rubis_test_exec (f->session,
                   "UPDATE account SET email = 'compta@garcon.example'; UPDATE party SET kind = 1");
  consumer = plan (f, sender);
  g_assert_cmpint (consumer->n_letters, ==, 0);
  rubis_test_exec (f->session, "UPDATE party SET kind = 0");
  planned = plan (f, sender);
  g_assert_cmpint (planned->n_letters, ==, 1);
  g_assert_cmpint (planned->price, ==, 399);
  hand_over (f, planned);
  report = send_at (f, NOW + 601);
  g_assert_cmpint (report->n_sent, ==, 1);
  log = rubis_test_server_command (f->server, "taken");
  mail = json_array_get_object_element (json_object_get_array_member (log, "ar24"), 0);
  g_assert_cmpstr (json_object_get_string_member (mail, "to_email"), ==, "compta@garcon.example");
  g_assert_cmpstr (json_object_get_string_member (mail, "to_company"), ==, "Menuiserie Garçon");
  g_assert_cmpint (rubis_session_follow_outbox (f->session, NOW + 7200, NULL, &error), >=, 0);
  g_assert_no_error (error);
  letter = rubis_test_get_registered (f->session, f->account);
  g_assert_cmpint (letter->course.state, ==, RUBIS_REGISTERED_DEPOSITED);
}

/* What a provider has is neither numbered nor taken to the post office, wherever it is. */
static void
test_given (Fixture *f, gconstpointer data)
{
  RubisDate today = rubis_session_get_today (f->session);
  g_autoptr (RubisHandOver) planned = NULL;
  g_autoptr (RubisSendReport) report = NULL;
  g_autoptr (RubisRegisteredTasks) before = NULL;
  g_autoptr (RubisRegisteredTasks) after = NULL;
  g_autoptr (RubisRegisteredLetter) waiting = NULL;
  g_autoptr (RubisRegisteredLetter) given = NULL;
  g_autoptr (RubisRegisteredLetter) uncertain = NULL;
  g_autofree char *state = NULL;
  g_autofree char *next = NULL;
  g_autofree char *doubt = NULL;
  g_autoptr (GError) error = NULL;
  gint64 sender;

  if (f->server == NULL)
    return;
  sender = add_sender (f, RUBIS_TRANSPORT_AR24, "/ar24", "4242");
  write_notice (f);
  rubis_test_exec (f->session, "UPDATE account SET email = 'compta@garcon.example'");
  before = rubis_session_list_registered_tasks (f->session, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (before->n_to_number, ==, 1);
  planned = plan (f, sender);
  hand_over (f, planned);
  waiting = rubis_test_get_registered (f->session, f->account);
  g_assert_cmpstr (waiting->by_provider, ==, "Prestataire");
  g_assert_cmpint (rubis_registered_letter_get_stage (waiting), ==, RUBIS_REGISTERED_UNDER_WAY);
  report = send_at (f, NOW + 601);
  g_assert_cmpint (report->n_sent, ==, 1);
  given = rubis_test_get_registered (f->session, f->account);
  g_assert_cmpint (given->course.state, ==, RUBIS_REGISTERED_PRINTED);
  g_assert_cmpint (rubis_registered_letter_get_stage (given), ==, RUBIS_REGISTERED_UNDER_WAY);
  state = rubis_registered_letter_describe_state (given, today);
  g_assert_true (g_str_has_prefix (state, "Given to Prestataire on "));
  next = rubis_registered_letter_describe_next (given, today);
  g_assert_cmpstr (next, ==, "Wait: the provider will tell.");
  after = rubis_session_list_registered_tasks (f->session, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (after->n_to_number + after->n_to_post, ==, 0);
  rubis_test_exec (f->session, "UPDATE outbox SET state = 'unknown' WHERE sender_id IS NOT NULL");
  uncertain = rubis_test_get_registered (f->session, f->account);
  g_assert_true (uncertain->uncertain);
  doubt = rubis_registered_letter_describe_next (uncertain, today);
  g_assert_nonnull (strstr (doubt, "outbox"));
  rubis_test_exec (f->session, "UPDATE outbox SET state = 'sent' WHERE sender_id IS NOT NULL");
}

/* A letter that has the number of a paper form would go twice, by whichever provider. */
static void
test_numbered (Fixture *f, gconstpointer data)
{
  g_autoptr (RubisRegisteredLetter) letter = NULL;
  g_autoptr (RubisHandOver) planned = NULL;
  g_autoptr (RubisHandOver) free_again = NULL;
  g_autoptr (GError) error = NULL;
  gint64 sender;

  if (f->server == NULL)
    return;
  sender = g_str_equal (data, "ar24-token")
               ? add_sender (f, RUBIS_TRANSPORT_AR24, "/ar24", "4242")
               : add_sender (f, RUBIS_TRANSPORT_MAILEVA, "/maileva", "maileva-client");
  write_notice (f);
  rubis_test_exec (f->session, "UPDATE account SET email = 'compta@garcon.example'");
  letter = rubis_test_get_registered (f->session, f->account);
  rubis_session_number_registered (f->session, letter->id, "2C92174218091", NULL, &error);
  g_assert_no_error (error);
  planned = plan (f, sender);
  g_assert_cmpint (planned->n_letters, ==, 0);
  rubis_session_number_registered (f->session, letter->id, "", NULL, &error);
  g_assert_no_error (error);
  free_again = plan (f, sender);
  g_assert_cmpint (free_again->n_letters, ==, 1);
}

/* La Poste's news become the course of the letter, with the day of the presentation, and can be undone. */
static void
test_tracking (Fixture *f, gconstpointer data)
{
  g_autoptr (RubisRegisteredLetter) letter = NULL;
  g_autoptr (RubisRegisteredLetter) received = NULL;
  g_autoptr (GPtrArray) nobody = NULL;
  g_autoptr (GPtrArray) learned = NULL;
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (GError) error = NULL;
  const RubisTrackedLetter *tracked;

  if (f->server == NULL)
    return;
  g_assert_cmpuint (rubis_test_write_notices (f->session, NULL), ==, 1);
  letter = rubis_test_get_registered (f->session, f->account);
  rubis_test_exec (f->session, "UPDATE registered_letter SET number = '2C92174218091', printed_on = 20755");
  rubis_test_exec (f->session, "UPDATE document SET date = 20755");
  g_assert_false (rubis_session_can_track (f->session));
  nobody = rubis_session_track_registered (f->session, NULL, NULL, &error);
  g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE);
  g_clear_error (&error);
  add_sender (f, RUBIS_TRANSPORT_LAPOSTE, "/laposte", "");
  g_assert_true (rubis_session_can_track (f->session));
  rubis_test_advance (f->session, letter->id, RUBIS_REGISTERED_DEPOSITED, rubis_date_from_ymd (2026, 11, 2));
  learned = rubis_session_track_registered (f->session, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (learned->len, ==, 1);
  tracked = g_ptr_array_index (learned, 0);
  g_assert_true (tracked->changed);
  g_assert_cmpstr (tracked->words, ==, "Votre courrier a été distribué");
  received = rubis_test_get_registered (f->session, f->account);
  g_assert_cmpint (received->course.state, ==, RUBIS_REGISTERED_RECEIVED);
  g_assert_cmpint (received->course.presented_on, ==, rubis_date_from_ymd (2026, 11, 3));
  g_assert_cmpint (received->course.closed_on, ==, rubis_date_from_ymd (2026, 11, 4));
  again = rubis_session_track_registered (f->session, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again->len, ==, 0);
}

static RubisActionRow *
find_sms (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) agenda = rubis_session_compute_agenda (f->session, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < agenda->len; i++)
    {
      RubisActionRow *row = g_ptr_array_index (agenda, i);

      if (row->channel == RUBIS_CHANNEL_SMS && row->state == RUBIS_ACTION_TO_DO)
        return g_object_ref (row);
    }
  g_assert_not_reached ();
}

static void
add_sms_sender (Fixture *f)
{
  g_autoptr (RubisSender) sender = rubis_sender_new (RUBIS_TRANSPORT_SMS_TWILIO);
  g_autofree char *base = g_strconcat (rubis_test_server_get_string (f->server, "url"), "/twilio", NULL);
  g_autoptr (GError) error = NULL;

  rubis_sender_set (sender, name, "SMS");
  rubis_sender_set (sender, from_name, "VERRERIE");
  rubis_sender_set (sender, server, base);
  rubis_sender_set (sender, service, "AC0123456789");
  sender->unit_price = 5500;
  rubis_session_save_sender (f->session, sender, &error);
  g_assert_no_error (error);
}

/* The scenario's first step is an SMS for an account of which a mobile number is known. */
static void
make_sms_due (Fixture *f)
{
  g_autoptr (GError) error = NULL;

  rubis_test_exec (
      f->session,
      "UPDATE policy SET body = replace (body, 'channel=email', 'channel=sms');"
      "UPDATE template SET body = replace (substr (body, 1, instr (body, 'subject:') - 1), "
      "'channel: email', 'channel: sms') || '---' || char (10) || "
      "'Votre dossier #CodeClient attend un règlement.' WHERE id = 'relance-1' AND language = 'fr';"
      "UPDATE item SET level = -1, level_date = NULL, due_date = due_date + 20;"
      "UPDATE account SET phone = '06 12 34 56 78', email = ''");
  g_assert_true (rubis_session_reload_library (f->session, &error));
  g_assert_no_error (error);
}

/* Who is written to, what it costs, and that the words that were shown are those that leave. */
static void
test_sms (Fixture *f, gconstpointer data)
{
  g_autoptr (RubisActionRow) action = NULL;
  g_autoptr (RubisActionPreview) preview = NULL;
  g_autoptr (GPtrArray) actions = g_ptr_array_new ();
  g_autoptr (RubisRunReport) report = NULL;
  g_autoptr (RubisSendReport) sent = NULL;
  g_autoptr (RubisOutboxRow) row = NULL;
  g_autoptr (RubisOutboxRow) gone = NULL;
  g_autoptr (GBytes) content = NULL;
  g_autoptr (GError) error = NULL;
  RubisRunOptions options = { .now = NOW };

  if (f->server == NULL)
    return;
  make_sms_due (f);
  add_sms_sender (f);
  action = find_sms (f);
  preview = rubis_session_preview_action (f->session, action, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (preview->recipient, "+33612345678"));
  g_assert_nonnull (strstr (preview->recipient, "0.0"));
  g_ptr_array_add (actions, action);
  report = rubis_session_perform_with (f->session, actions, &options, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->done->len, ==, 1);
  row = get_row (f);
  g_assert_cmpint (row->state, ==, RUBIS_OUTBOX_APPROVED);
  g_assert_cmpstr (row->recipient, ==, "+33612345678");
  g_assert_cmpint (row->price, >, 0);
  content = rubis_session_load_document (f->session, row->document_id, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (content, NULL), g_bytes_get_size (content), preview->text,
                   strlen (preview->text));
  sent = send_at (f, NOW + 601);
  g_assert_cmpint (sent->n_sent, ==, 1);
  g_assert_cmpint (count_taken (f, "twilio"), ==, 1);
  gone = get_row (f);
  g_assert_cmpint (gone->state, ==, RUBIS_OUTBOX_SENT);
  g_assert_cmpint (rubis_session_follow_outbox (f->session, NOW + 7200, NULL, &error), ==, 1);
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/hand-over/maileva", Fixture, "Maileva-mdp", set_up, test_maileva, tear_down);
  g_test_add ("/hand-over/recalled", Fixture, "Maileva-mdp", set_up, test_recalled, tear_down);
  g_test_add ("/hand-over/refused", Fixture, "Maileva-mdp", set_up, test_refused, tear_down);
  g_test_add ("/hand-over/paid", Fixture, "Maileva-mdp", set_up, test_paid, tear_down);
  g_test_add ("/hand-over/electronic", Fixture, "ar24-token", set_up, test_electronic, tear_down);
  g_test_add ("/hand-over/given", Fixture, "ar24-token", set_up, test_given, tear_down);
  g_test_add ("/hand-over/numbered-ar24", Fixture, "ar24-token", set_up, test_numbered, tear_down);
  g_test_add ("/hand-over/numbered-maileva", Fixture, "Maileva-mdp", set_up, test_numbered, tear_down);
  g_test_add ("/hand-over/tracking", Fixture, "laposte-key", set_up, test_tracking, tear_down);
  g_test_add ("/hand-over/sms", Fixture, "twilio-token", set_up, test_sms, tear_down);
  return g_test_run ();
}
