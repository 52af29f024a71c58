/* Sends a dossier's outbox to a server on this machine: by Rubis, while a loop like that of the window goes
 * on asking and editing; then the same bytes by libcurl over one connection.
 */
#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "bench.h"
#include "rubis-account-card.h"
#include "rubis-agenda-list.h"
#include "rubis-outbox.h"
#include "rubis-senders-private.h"
#include "rubis-test-credentials.h"
#include "rubis-test-session.h"
#include "rubis-test.h"
#include "smtp-sink.h"

/* Friday, 20 November 2026, 10:00 UTC. */
#define NOW G_GINT64_CONSTANT (1795168800)
/* Of the loop. */
#define TICK_MS 5
#define EDIT_EVERY 40

typedef struct
{
  RubisSession *session;
  GMainLoop *loop;
  BenchClock clock;
  int n_sent;
  gint64 last_tick;
  gint64 n_ticks;
  GArray *late;  /* (element-type double) milliseconds that the loop came late */
  GArray *reads; /* (element-type double) milliseconds that a count of the outbox took */
  GArray *edits; /* (element-type double) milliseconds that an edit took */
} Bench;

static gint64
get_now (gpointer user_data)
{
  return NOW + 3600;
}

static void
must (gboolean done, const GError *error)
{
  if (!done)
    g_error ("%s", error != NULL ? error->message : "failed");
}

static RubisSession *
make_dossier (const char *folder, int n, int port)
{
  RubisSession *session = rubis_test_session_new (folder);
  g_autoptr (RubisCredentials) credentials = rubis_test_credentials_new (RUBIS_SECRET_PASSWORD, "x", NULL);
  g_autoptr (RubisSender) sender = rubis_sender_new (RUBIS_TRANSPORT_SMTP);
  g_autoptr (GError) error = NULL;

  rubis_test_exec (session, "PRAGMA synchronous = OFF");
  for (int i = 0; i < n; i++)
    {
      g_autofree char *code = g_strdup_printf ("C%d", i);
      g_autofree char *number = g_strdup_printf ("F%d", i);

      rubis_test_add_item (session, rubis_test_add_account (session, code, code), number, RUBIS_ITEM_INVOICE,
                           "2026-11-10", 120000, 120000, NULL);
    }
  rubis_test_exec (session,
                   "PRAGMA synchronous = FULL;"
                   "UPDATE account SET email = 'm' || (id % 16) || '@client.example';"
                   "UPDATE setting SET value = 'credit@verrerie.example' WHERE key = 'company.email';"
                   "UPDATE setting SET value = 'FR7630006000011234567890189' WHERE key = 'company.iban';"
                   "UPDATE setting SET value = 'Claire Noël' WHERE key = 'company.signatory';"
                   "UPDATE setting SET value = '3 quai Perrache' WHERE key = 'company.address';"
                   "UPDATE setting SET value = '69002' WHERE key = 'company.postcode';"
                   "UPDATE setting SET value = 'Lyon' WHERE key = 'company.city'");
  rubis_sender_set (sender, name, "Mail");
  rubis_sender_set (sender, email, "credit@verrerie.example");
  rubis_sender_set (sender, server, "127.0.0.1");
  sender->port = port;
  sender->security = RUBIS_SECURITY_NONE;
  sender->auth = RUBIS_AUTH_NONE;
  sender->per_minute = 0;
  sender->per_day = 0;
  must (rubis_session_save_sender (session, sender, &error), error);
  rubis_session_set_credentials (session, credentials);
  return session;
}

/* Making the messages is measured apart. */
static void
queue (RubisSession *session, int n)
{
  const RubisRunOptions options = { .now = NOW };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = rubis_session_compute_agenda (session, NULL, &error);
  g_autoptr (RubisRunReport) report = NULL;
  BenchClock clock;

  must (rows != NULL, error);
  bench_start (&clock);
  report = rubis_session_perform_with (session, rows, &options, NULL, &error);
  bench_stop (&clock);
  must (report != NULL, error);
  must ((int)report->done->len == n, NULL);
  bench_print (&clock, "queued: %d emails", n);
}

static gboolean
quit_loop (gpointer data)
{
  g_main_loop_quit (((Bench *)data)->loop);
  return G_SOURCE_REMOVE;
}

static gpointer
send_all (gpointer data)
{
  Bench *bench = data;
  const RubisSendOptions options = { .clock = get_now };
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisSendReport) report = NULL;

  bench_start (&bench->clock);
  report = rubis_session_send_outbox (bench->session, &options, NULL, &error);
  bench_stop (&bench->clock);
  must (report != NULL, error);
  bench->n_sent = report->n_sent;
  g_idle_add (quit_loop, bench);
  return NULL;
}

static void
note (GArray *list, gint64 since)
{
  double milliseconds = (double)(g_get_monotonic_time () - since) / 1000;

  g_array_append_val (list, milliseconds);
}

/* What a window does while messages leave: draws, counts, and writes what the user types. */
static gboolean
tick (gpointer data)
{
  Bench *bench = data;
  gint64 counts[RUBIS_N_OUTBOX_STATES];
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();
  double late = (double)(start - bench->last_tick) / 1000 - TICK_MS;

  g_array_append_val (bench->late, late);
  if (++bench->n_ticks % EDIT_EVERY == EDIT_EVERY / 2)
    {
      must (rubis_session_count_outbox (bench->session, counts, &error), error);
      note (bench->reads, start);
    }
  if (bench->n_ticks % EDIT_EVERY == 0)
    {
      g_autofree char *text = g_strdup_printf ("note %d", (int)bench->n_ticks);

      must (rubis_session_set_note (bench->session, 1, text, &error), error);
      note (bench->edits, start);
    }
  bench->last_tick = g_get_monotonic_time ();
  return G_SOURCE_CONTINUE;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double left = *(const double *)a;
  double right = *(const double *)b;

  return (left > right) - (left < right);
}

static double
get_share (GArray *list, double share)
{
  g_array_sort (list, compare_doubles);
  return list->len > 0 ? g_array_index (list, double, (guint)((list->len - 1) * share)) : 0;
}

static void
send_by_rubis (RubisSession *session, int n)
{
  Bench bench = { .session = session,
                  .loop = g_main_loop_new (NULL, FALSE),
                  .late = g_array_new (FALSE, FALSE, sizeof (double)),
                  .reads = g_array_new (FALSE, FALSE, sizeof (double)),
                  .edits = g_array_new (FALSE, FALSE, sizeof (double)) };
  struct rusage usage;
  GThread *thread;

  bench.last_tick = g_get_monotonic_time ();
  g_timeout_add (TICK_MS, tick, &bench);
  thread = g_thread_new ("sender", send_all, &bench);
  g_main_loop_run (bench.loop);
  g_thread_join (thread);
  must (bench.n_sent == n, NULL);
  getrusage (RUSAGE_SELF, &usage);
  bench_print (&bench.clock,
               "sent: %d emails; loop late by %.1f ms at most in 99 of 100 (worst %.1f), a count %.1f ms, an "
               "edit %.1f ms (worst %.1f), %ld MB",
               n, get_share (bench.late, 0.99), get_share (bench.late, 1), get_share (bench.reads, 0.5),
               get_share (bench.edits, 0.5), get_share (bench.edits, 1), usage.ru_maxrss / 1024);
  g_array_unref (bench.late);
  g_array_unref (bench.reads);
  g_array_unref (bench.edits);
  g_main_loop_unref (bench.loop);
}

typedef struct
{
  const char *data;
  size_t size;
  size_t offset;
} Upload;

static size_t
on_read (char *buffer, size_t size, size_t count, void *user_data)
{
  Upload *upload = user_data;
  size_t length = MIN (size * count, upload->size - upload->offset);

  memcpy (buffer, upload->data + upload->offset, length);
  upload->offset += length;
  return length;
}

static void
send_by_curl (RubisSession *session, int n, int port)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = rubis_session_list_outbox (session, 0, 0, 0, NULL, 0, &error);
  g_autoptr (GPtrArray) contents = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  g_autofree char *url = g_strdup_printf ("smtp://127.0.0.1:%d", port);
  CURL *curl = curl_easy_init ();
  BenchClock clock;

  must (rows != NULL, error);
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (contents,
                     rubis_session_load_document (session, ((RubisOutboxRow *)rows->pdata[i])->document_id,
                                                  NULL, NULL, &error));
  bench_start (&clock);
  curl_easy_setopt (curl, CURLOPT_URL, url);
  curl_easy_setopt (curl, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt (curl, CURLOPT_READFUNCTION, on_read);
  curl_easy_setopt (curl, CURLOPT_MAIL_FROM, "<credit@verrerie.example>");
  for (guint i = 0; i < contents->len; i++)
    {
      Upload upload = { 0 };
      struct curl_slist *to = curl_slist_append (NULL, ((RubisOutboxRow *)rows->pdata[i])->recipient);

      upload.data = g_bytes_get_data (contents->pdata[i], &upload.size);
      curl_easy_setopt (curl, CURLOPT_READDATA, &upload);
      curl_easy_setopt (curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)upload.size);
      curl_easy_setopt (curl, CURLOPT_MAIL_RCPT, to);
      must (curl_easy_perform (curl) == CURLE_OK, NULL);
      curl_slist_free_all (to);
    }
  bench_stop (&clock);
  curl_easy_cleanup (curl);
  bench_print (&clock, "raw: %d emails", n);
}

int
main (int argc, char *argv[])
{
  int n = argc > 1 ? atoi (argv[1]) : 10000;
  g_autofree char *folder = rubis_test_make_folder ();
  SmtpSink *sink = smtp_sink_start ();
  RubisSession *session = make_dossier (folder, n, sink->port);

  queue (session, n);
  send_by_rubis (session, n);
  must (sink->n_total == n, NULL);
  send_by_curl (session, n, sink->port);
  rubis_session_close (session);
  g_object_unref (session);
  smtp_sink_stop (sink);
  rubis_test_remove_tree (folder);
  return 0;
}
