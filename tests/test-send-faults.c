/* Sending through servers that break off at any step, by a program that is killed at any moment: whatever
 * happens, no customer gets a message twice, and none is lost without being shown as such.
 *
 * Most runs send over SMTP to a sink of the tests, the others over JMAP to a real server (Cyrus) behind a
 * proxy that breaks off, which hands on to an SMTP server that fails when it is told to.
 *
 * Each run works on a dossier file of its own in processes of its own: some are killed (by a signal at a
 * random moment, or at a given point around the server's answer), the last one is left alone, and what it
 * finds is compared with what the server took. The random numbers follow from --seed; RUBIS_FAULT_RUNS says
 * how many runs.
 */
#include <signal.h>
#include <stdlib.h>
#include <glib/gstdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "jmap-fixture.h"
#include "rubis-agenda-list.h"
#include "rubis-dispatcher-private.h"
#include "rubis-senders-private.h"
#include "rubis-store-check.h"
#include "rubis-test-credentials.h"
#include "rubis-test-session.h"
#include "rubis-test.h"
#include "smtp-sink.h"

#define N_RUNS 1000
#define N_JMAP_RUNS 30
/* Microseconds. */
#define JMAP_REST 200000
#define N_CUSTOMERS 3
/* Friday, 20 November 2026, 10:00 UTC. */
#define NOW G_GINT64_CONSTANT (1795168800)
/* Of the killings, in microseconds: about as long as a process lives. */
#define MAX_LIFE 60000
#define MAX_JMAP_LIFE 400000

/* What the processes tell the test. */
typedef struct
{
  int n_states[RUBIS_N_OUTBOX_STATES]; /* of messages, at the end of a run */
  int n_killed;
  int n_sending; /* found in "sending" after somebody was killed */
  int n_settled;
} Tally;

typedef struct
{
  char *folder;
  char *template_; /* dossier whose reminders are to be confirmed */
  char *approved;  /* the same with its emails in the outbox */
  SmtpSink *sink;  /* (nullable) NULL: over JMAP */
  Tally *tally;    /* shared */
} Fixture;

/* A process's part. */
typedef struct
{
  const char *path;
  SmtpSink *sink;
  gsize stored_before; /* of JMAP: what the server had stored before this run */
  Tally *tally;
  gint64 now;
  gboolean confirms; /* does the agenda first */
  int kill_before;   /* dies before that parcel is handed over; 0: does not */
  int kill_after;
  int n_sent;
} Part;

/* --- dying around the server's answer --- */

#define TYPE_MORTAL (rubis_mortal_get_type ())
G_DECLARE_FINAL_TYPE (RubisMortal, rubis_mortal, RUBIS, MORTAL, RubisTransport)
struct _RubisMortal
{
  RubisTransport parent_instance;

  RubisTransport *real; /* (owned) */
  Part *part;
};
G_DEFINE_FINAL_TYPE (RubisMortal, rubis_mortal, RUBIS_TYPE_TRANSPORT)

static RubisDelivery *
mortal_send (RubisTransport *transport, const RubisParcel *parcel, GCancellable *cancellable)
{
  RubisMortal *self = RUBIS_MORTAL (transport);
  RubisDelivery *delivery;

  if (++self->part->n_sent == self->part->kill_before)
    raise (SIGKILL);
  delivery = rubis_transport_send (self->real, parcel, cancellable);
  if (self->part->n_sent == self->part->kill_after)
    raise (SIGKILL);
  return delivery;
}

static void
mortal_finalize (GObject *object)
{
  g_object_unref (RUBIS_MORTAL (object)->real);
  G_OBJECT_CLASS (rubis_mortal_parent_class)->finalize (object);
}

static void
rubis_mortal_class_init (RubisMortalClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mortal_finalize;
  RUBIS_TRANSPORT_CLASS (klass)->send = mortal_send;
}

static void
rubis_mortal_init (RubisMortal *self)
{
}

static RubisTransport *
make_mortal (const RubisSender *sender, RubisCredentials *credentials, gpointer user_data, GError **error)
{
  RubisMortal *self = g_object_new (TYPE_MORTAL, NULL);

  self->part = user_data;
  self->real = rubis_transport_new (sender, credentials, error);
  g_assert_nonnull (self->real);
  return RUBIS_TRANSPORT (self);
}

/* --- what a process does --- */

static gint64
get_now (gpointer user_data)
{
  return ((Part *)user_data)->now;
}

static RubisSession *
open_session (Part *part)
{
  g_autoptr (RubisCredentials) credentials = rubis_test_credentials_new (
      RUBIS_SECRET_PASSWORD, part->sink != NULL ? "x" : rubis_test_server_get_string (jmap_cyrus, "password"),
      NULL);
  g_autoptr (GError) error = NULL;
  RubisSession *session = rubis_session_open (part->path, RUBIS_TEST_TODAY, &error);

  g_assert_no_error (error);
  rubis_session_set_credentials (session, credentials);
  rubis_session_set_transport_factory (session, make_mortal, part);
  return session;
}

static void
confirm_all (RubisSession *session, gint64 now)
{
  const RubisRunOptions options = { .now = now };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = rubis_session_compute_agenda (session, NULL, &error);
  g_autoptr (RubisRunReport) report = NULL;

  g_assert_no_error (error);
  report = rubis_session_perform_with (session, rows, &options, NULL, &error);
  g_assert_no_error (error);
}

static void
send_due (RubisSession *session, Part *part)
{
  const RubisSendOptions options = { .clock = get_now, .clock_data = part, .hurry = TRUE };
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisSendReport) report = rubis_session_send_outbox (session, &options, NULL, &error);

  g_assert_no_error (error);
}

static void
work (Part *part)
{
  g_autoptr (RubisSession) session = open_session (part);

  if (part->confirms)
    confirm_all (session, part->now);
  send_due (session, part);
  rubis_session_close (session);
}

/* What the SMTP server behind JMAP has stored, as it wrote it. */
static char *
load_stored (gsize *length)
{
  char *text = NULL;

  *length = 0;
  g_file_get_contents (rubis_test_server_get_string (jmap_sink, "stored"), &text, length, NULL);
  return text != NULL ? text : g_strdup ("");
}

/* How often the server took messages for a customer. */
static int
count_received (Part *part, int customer)
{
  g_autofree char *to = g_strdup_printf ("\"m%d@client.example\"", customer);
  g_autofree char *text = NULL;
  gsize length;
  int n = 0;

  if (part->sink != NULL)
    return part->sink->n_received[customer];
  text = load_stored (&length);
  for (const char *at = text + MIN (part->stored_before, length); (at = strstr (at, to)) != NULL; at++)
    n++;
  return n;
}

static int
get_received (Part *part, const RubisOutboxRow *row)
{
  g_assert_true (*row->recipient == 'm');
  return count_received (part, atoi (row->recipient + 1));
}

/* For whom has to find out what went wrong. */
static void
tell_attempts (RubisSession *session, const RubisOutboxRow *row, int n_taken)
{
  g_autoptr (GPtrArray) attempts = rubis_session_list_attempts (session, row->id, NULL);

  for (guint i = 0; i < attempts->len; i++)
    {
      const RubisOutboxAttempt *attempt = g_ptr_array_index (attempts, i);

      g_printerr ("# %s, taken %d times: %s, %s, %s\n", row->recipient, n_taken, attempt->fate,
                  attempt->answer, attempt->reason);
    }
}

/* What the outbox says is what the server knows. */
static void
compare (RubisSession *session, Part *part, gboolean tallied)
{
  g_autoptr (GPtrArray) rows = rubis_session_list_outbox (session, 0, 0, 0, NULL, 0, NULL);
  int n_claimed[SMTP_SINK_MAX_RECIPIENTS] = { 0 };

  g_assert_cmpuint (rows->len, >=, N_CUSTOMERS);
  for (guint i = 0; i < rows->len; i++)
    {
      const RubisOutboxRow *row = g_ptr_array_index (rows, i);
      int n = get_received (part, row);

      g_assert_cmpint (n, <=, 1);
      if (tallied)
        part->tally->n_states[row->state]++;
      if (n > 1 || (row->state == RUBIS_OUTBOX_SENT && n != 1))
        tell_attempts (session, row, n);
      switch ((int)row->state)
        {
        case RUBIS_OUTBOX_SENT:
          g_assert_cmpint (n, ==, 1);
          n_claimed[atoi (row->recipient + 1)]++;
          break;
        case RUBIS_OUTBOX_UNKNOWN:
          n_claimed[atoi (row->recipient + 1)]++;
          break;
        case RUBIS_OUTBOX_SENDING:
          g_assert_not_reached ();
        default:
          break;
        }
    }
  /* What the server has is claimed by one line: sent, or unknown. */
  for (int i = 0; i < SMTP_SINK_MAX_RECIPIENTS; i++)
    {
      g_assert_cmpint (n_claimed[i], <=, 1);
      g_assert_cmpint (count_received (part, i), <=, n_claimed[i]);
    }
}

/* A person looks at each unknown message, and says the truth. */
static void
settle (RubisSession *session, Part *part)
{
  g_autoptr (GPtrArray) rows
      = rubis_session_list_outbox (session, 1u << RUBIS_OUTBOX_UNKNOWN, 0, 0, NULL, 0, NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      const RubisOutboxRow *row = g_ptr_array_index (rows, i);
      g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

      g_array_append_val (ids, row->id);
      g_assert_cmpint (
          rubis_session_settle_outbox (session, ids, get_received (part, row) == 1, part->now, NULL), ==, 1);
      part->tally->n_settled++;
    }
}

static void
check_store (RubisSession *session)
{
  RubisStore *store = rubis_session_lock (session);
  g_autoptr (GPtrArray) results = rubis_store_check (rubis_store_get_database (store), NULL);

  rubis_session_unlock (session);
  for (guint i = 0; i < results->len; i++)
    {
      const RubisCheckResult *result = g_ptr_array_index (results, i);

      if (result->n_faults > 0)
        g_error ("%s: %s", result->id, result->first);
    }
}

static void
finish (Part *part)
{
  g_autoptr (RubisSession) session = open_session (part);

  part->tally->n_sending
      += (int)rubis_test_query (session, "SELECT count (*) FROM outbox WHERE state = 'sending'");
  if (part->confirms)
    confirm_all (session, part->now);
  send_due (session, part);
  compare (session, part, TRUE);
  settle (session, part);
  part->now += 3600;
  send_due (session, part);
  compare (session, part, FALSE);
  g_assert_cmpint (rubis_test_query (session, "SELECT count (*) FROM outbox WHERE state NOT IN "
                                              "('sent', 'refused', 'cancelled')"),
                   ==, 0);
  check_store (session);
  rubis_session_close (session);
}

/* Runs @func in a process; kills it after @life microseconds unless that is 0. Returns how it ended. */
static int
run_process (void (*func) (Part *part), Part *part, guint life)
{
  pid_t pid = fork ();
  int status = 0;

  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    {
      func (part);
      _exit (0);
    }
  if (life > 0)
    {
      usleep (life);
      kill (pid, SIGKILL);
    }
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  return status;
}

/* --- the test --- */

static RubisSender *
make_sender (Fixture *f)
{
  RubisSender *sender;

  if (f->sink == NULL)
    {
      sender = jmap_new_sender (rubis_test_server_get_string (jmap_cyrus, "proxy"), RUBIS_AUTH_PASSWORD);
      sender->security = RUBIS_SECURITY_NONE;
    }
  else
    {
      sender = rubis_sender_new (RUBIS_TRANSPORT_SMTP);
      rubis_sender_set (sender, name, "Mail");
      rubis_sender_set (sender, email, "credit@verrerie.example");
      rubis_sender_set (sender, server, "127.0.0.1");
      sender->port = f->sink->port;
      sender->security = RUBIS_SECURITY_NONE;
      sender->auth = RUBIS_AUTH_NONE;
    }
  sender->per_minute = 0;
  sender->per_day = 0;
  return sender;
}

static void
make_dossiers (Fixture *f)
{
  g_autoptr (RubisSender) sender = make_sender (f);
  g_autoptr (RubisSession) session = rubis_test_session_new (f->folder);
  g_autoptr (GError) error = NULL;

  rubis_test_exec (session,
                   "UPDATE setting SET value = 'credit@verrerie.example' WHERE key = 'company.email';"
                   "UPDATE setting SET value = 'FR7630006000011234567890189' WHERE key = 'company.iban';"
                   "UPDATE setting SET value = 'Claire Noël' WHERE key = 'company.signatory';"
                   "UPDATE setting SET value = '3 quai Perrache' WHERE key = 'company.address';"
                   "UPDATE setting SET value = '69002' WHERE key = 'company.postcode';"
                   "UPDATE setting SET value = 'Lyon' WHERE key = 'company.city'");
  for (int i = 0; i < N_CUSTOMERS; i++)
    {
      g_autofree char *code = g_strdup_printf ("C%d", i);
      g_autofree char *number = g_strdup_printf ("F%d", i);
      gint64 id = rubis_test_add_account (session, code, code);

      rubis_test_add_item (session, id, number, RUBIS_ITEM_INVOICE, "2026-11-10", 120000, 120000, NULL);
    }
  rubis_test_exec (session, "UPDATE account SET email = 'm' || (id - 1) || '@client.example'");
  rubis_session_save_sender (session, sender, &error);
  g_assert_no_error (error);
  rubis_test_exec (session, "VACUUM");
  f->template_ = g_build_filename (f->folder, "template", NULL);
  rubis_test_exec (session, "PRAGMA wal_checkpoint (TRUNCATE)");
  {
    g_autofree char *sql = g_strdup_printf ("VACUUM INTO '%s'", f->template_);

    rubis_test_exec (session, sql);
  }
  confirm_all (session, NOW);
  f->approved = g_build_filename (f->folder, "approved", NULL);
  {
    g_autofree char *sql = g_strdup_printf ("VACUUM INTO '%s'", f->approved);

    rubis_test_exec (session, sql);
  }
  rubis_session_close (session);
}

static void
copy_file (const char *from, const char *to)
{
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (to);
  g_autoptr (GError) error = NULL;

  g_file_copy (source, target, G_FILE_COPY_NONE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* The next faults of the servers follow from the seed. */
static void
begin_faults (Fixture *f, int run, Part *part)
{
  static const char *const words[] = { "Email/import", "EmailSubmission/set", "upload", "Email/set" };
  static const char *const ways[] = { "before", "after", "half" };
  static const char *const faults[]
      = { "cut-data", "cut-message", "cut-stored", "451-rcpt", "550-rcpt", "none" };
  g_autofree char *command = NULL;

  if (f->sink != NULL)
    {
      smtp_sink_reset (f->sink, (guint64)g_test_rand_int () << 20 | (guint64)run,
                       g_test_rand_int_range (0, 25));
      return;
    }
  g_free (load_stored (&part->stored_before));
  command = g_strdup_printf ("cut %s %s", ways[g_test_rand_int_range (0, G_N_ELEMENTS (ways))],
                             words[g_test_rand_int_range (0, G_N_ELEMENTS (words))]);
  jmap_tell_cyrus (command);
  jmap_fault (faults[g_test_rand_int_range (0, G_N_ELEMENTS (faults))]);
}

static void
end_faults (Fixture *f)
{
  if (f->sink == NULL)
    {
      jmap_tell_cyrus ("cut none");
      jmap_fault ("none");
      /* The clock of the runs goes faster than that of the server, which may still be at work. */
      g_usleep (JMAP_REST);
      return;
    }
  f->sink->percent = 0;
  smtp_sink_settle (f->sink);
}

/* One dossier, two processes among faults, some killed, and one that finds out what happened. */
static void
run_once (Fixture *f, int run)
{
  g_autofree char *folder = g_strdup_printf ("%s/run", f->folder);
  g_autofree char *path = g_build_filename (folder, "test.rubis", NULL);
  /* Each run's messages are new to a server that remembers. */
  gboolean confirms = f->sink == NULL || g_test_rand_int_range (0, 5) == 0;
  Part part = { .path = path, .sink = f->sink, .tally = f->tally, .now = NOW, .confirms = confirms };
  int status;

  g_mkdir (folder, 0700);
  copy_file (confirms ? f->template_ : f->approved, path);
  begin_faults (f, run, &part);
  for (int i = g_test_rand_int_range (1, 3); i > 0; i--)
    {
      int how = g_test_rand_int_range (0, 4);
      guint life = how == 0 ? (guint)g_test_rand_int_range (1, (f->sink != NULL ? MAX_LIFE : MAX_JMAP_LIFE)
                                                                   * (confirms ? 3 : 1))
                            : 0;

      part.kill_before = how == 1 ? g_test_rand_int_range (1, N_CUSTOMERS + 1) : 0;
      part.kill_after = how == 2 ? g_test_rand_int_range (1, N_CUSTOMERS + 1) : 0;
      status = run_process (work, &part, life);
      g_assert_true (WIFSIGNALED (status) ? WTERMSIG (status) == SIGKILL : WEXITSTATUS (status) == 0);
      f->tally->n_killed += WIFSIGNALED (status) ? 1 : 0;
      part.now += 6 * 3600;
    }
  part.kill_before = part.kill_after = 0;
  end_faults (f);
  part.now = NOW + 13 * 3600;
  status = run_process (finish, &part, 0);
  if (!WIFEXITED (status) || WEXITSTATUS (status) != 0)
    g_error ("run %d failed", run);
  rubis_test_remove_tree (folder);
}

static int
get_n_runs (int usual)
{
  const char *wanted = g_getenv ("RUBIS_FAULT_RUNS");

  return wanted != NULL ? MIN (atoi (wanted), usual) : usual;
}

static void
run_all (Fixture *f, int n_runs)
{
  for (int run = 0; run < n_runs; run++)
    run_once (f, run);
  g_test_message (
      "%d runs: %d processes killed; found: %d sending; at the end %d sent, %d refused, %d unknown, "
      "of which people settled %d",
      n_runs, f->tally->n_killed, f->tally->n_sending, f->tally->n_states[RUBIS_OUTBOX_SENT],
      f->tally->n_states[RUBIS_OUTBOX_REFUSED], f->tally->n_states[RUBIS_OUTBOX_UNKNOWN],
      f->tally->n_settled);
  /* Otherwise nothing was tried. */
  g_assert_cmpint (f->tally->n_killed, >, n_runs / 5);
  g_assert_cmpint (f->tally->n_states[RUBIS_OUTBOX_SENT], >, n_runs);
}

static void
test_smtp (Fixture *f, gconstpointer data)
{
  int n_runs = get_n_runs (N_RUNS);

  run_all (f, n_runs);
  g_test_message ("%d faults of the server, %d messages taken", f->sink->n_faults, f->sink->n_total);
  g_assert_cmpint (f->sink->n_faults, >, n_runs / 5);
  g_assert_cmpint (f->tally->n_sending, >, 0);
  g_assert_cmpint (f->tally->n_states[RUBIS_OUTBOX_UNKNOWN], >, 0);
}

static void
test_jmap (Fixture *f, gconstpointer data)
{
  if (jmap_cyrus == NULL)
    g_test_skip ("Cyrus cannot run here");
  else
    run_all (f, get_n_runs (N_JMAP_RUNS));
}

static void
set_up (Fixture *f, gconstpointer data)
{
  gboolean smtp = data != NULL;

  f->folder = rubis_test_make_folder ();
  f->tally = mmap (NULL, sizeof *f->tally, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (smtp)
    f->sink = smtp_sink_start ();
  if (smtp || jmap_fixture_start ())
    make_dossiers (f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  if (f->sink != NULL)
    smtp_sink_stop (f->sink);
  else
    jmap_fixture_stop ();
  munmap (f->tally, sizeof *f->tally);
  rubis_test_remove_tree (f->folder);
  g_free (f->folder);
  g_free (f->template_);
  g_free (f->approved);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_setenv ("RUBIS_NETWORK_TIMEOUT", "5", TRUE);
  /* What a killed process wrote is there all the same: no disk has to be waited for. */
  if (g_access ("/dev/shm", W_OK) == 0)
    g_setenv ("TMPDIR", "/dev/shm", TRUE);
  g_test_add ("/send-faults/smtp", Fixture, "smtp", set_up, test_smtp, tear_down);
  g_test_add ("/send-faults/jmap", Fixture, NULL, set_up, test_jmap, tear_down);
  return g_test_run ();
}
