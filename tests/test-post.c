/* Letters that wait to be posted: their order, their joined print, and what is noted of it. */
#include <string.h>

#include <glib/gstdio.h>

#include "rubis-agenda-list.h"
#include "rubis-pdf.h"
#include "rubis-post-job.h"
#include "rubis-test-session.h"
#include "rubis-test.h"

typedef struct
{
  char *folder;
  RubisSession *session;
  char *expected; /* codes in the order of the post */
} Fixture;

static void
add_customer (Fixture *f, const char *line)
{
  g_auto (GStrv) fields = g_strsplit (line, "|", -1);
  gint64 id = rubis_test_add_account (f->session, fields[0], fields[0]);
  g_autofree char *number = g_strconcat ("F-", fields[0], NULL);
  g_autofree char *sql = g_strdup_printf ("UPDATE account SET address = '4 rue des Lilas', country = '%s', "
                                          "postcode = '%s', city = '%s', language = 'fr' WHERE id = %d",
                                          fields[1], fields[2], fields[3], (int)id);

  g_assert_cmpuint (g_strv_length (fields), ==, 4);
  rubis_test_exec (f->session, sql);
  rubis_test_add_item (f->session, id, number, RUBIS_ITEM_INVOICE, "2026-11-10", 50000, 50000, NULL);
}

/* A letter over several pages. */
static void
add_many_items (Fixture *f, const char *code, int n)
{
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM account WHERE code = '%s'", code);
  gint64 id = rubis_test_query (f->session, sql);

  for (int i = 0; i < n; i++)
    {
      g_autofree char *number = g_strdup_printf ("M-%s-%d", code, i);

      rubis_test_add_item (f->session, id, number, RUBIS_ITEM_INVOICE, "2026-11-09", 1000, 1000, NULL);
    }
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autofree char *path = rubis_test_data ("post/order.case");
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  f->folder = rubis_test_make_folder ();
  f->session = rubis_test_session_new (f->folder);
  rubis_test_exec (f->session,
                   "UPDATE setting SET value = 'FR7630006000011234567890189' WHERE key = 'company.iban';"
                   "UPDATE setting SET value = 'Claire Noël' WHERE key = 'company.signatory';"
                   "UPDATE setting SET value = '3 quai Perrache' WHERE key = 'company.address';"
                   "UPDATE setting SET value = '69002' WHERE key = 'company.postcode';"
                   "UPDATE setting SET value = '04 72 00 00 00' WHERE key = 'company.phone';"
                   "UPDATE setting SET value = 'Lyon' WHERE key = 'company.city'");
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (*lines[i] == '=')
        f->expected = g_strdup (lines[i] + 2);
      else if (*lines[i] != '\0' && *lines[i] != '#')
        add_customer (f, lines[i]);
    }
  add_many_items (f, "C02", 30);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  if (f->session != NULL)
    {
      rubis_test_check_dossier (f->session);
      g_object_unref (f->session);
    }
  rubis_test_remove_tree (f->folder);
  g_free (f->folder);
  g_free (f->expected);
}

/* Writes all letters of the day. */
static void
write_letters (Fixture *f, const RubisRunOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = rubis_session_compute_agenda (f->session, NULL, &error);
  g_autoptr (RubisRunReport) report = NULL;

  g_assert_no_error (error);
  report = rubis_session_perform_with (f->session, rows, options, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->done->len, ==, 12);
}

static RubisPostBatch *
load (Fixture *f, RubisDate date, gboolean duplex)
{
  g_autoptr (GError) error = NULL;
  RubisPostBatch *batch = rubis_session_load_post (f->session, date, duplex, NULL, &error);

  g_assert_no_error (error);
  return batch;
}

static char *
codes_of (RubisPostBatch *batch)
{
  g_autoptr (GString) codes = g_string_new (NULL);

  for (guint i = 0; i < batch->letters->len; i++)
    {
      RubisPostLetter *letter = g_ptr_array_index (batch->letters, i);

      g_string_append_printf (codes, "%s%s", i > 0 ? " " : "", letter->account_code);
    }
  return g_string_free (g_steal_pointer (&codes), FALSE);
}

static RubisPostJob *
join (Fixture *f, RubisPostBatch *batch)
{
  g_autoptr (GError) error = NULL;
  RubisPostJob *job = rubis_session_join_post (f->session, batch->letters, batch->duplex, NULL, &error);

  g_assert_no_error (error);
  return job;
}

static const RubisRunOptions keep = { .keep_letters = TRUE };

static void
test_order (Fixture *f, gconstpointer data)
{
  g_autoptr (RubisPostBatch) batch = NULL;
  g_autofree char *codes = NULL;
  RubisPostTotals totals;
  gint64 postage = 0;

  write_letters (f, &keep);
  batch = load (f, RUBIS_DATE_NONE, FALSE);
  codes = codes_of (batch);
  g_assert_cmpstr (codes, ==, f->expected);
  rubis_post_batch_sum (batch, &totals);
  g_assert_cmpint (totals.n_letters, ==, 12);
  g_assert_cmpint (totals.n_pages, >, 12);
  g_assert_cmpint (totals.n_sheets, ==, totals.n_pages);
  for (guint i = 0; i < batch->letters->len; i++)
    {
      RubisPostLetter *letter = g_ptr_array_index (batch->letters, i);
      gboolean abroad = strstr ("C03 C05 C09 C10", letter->account_code) != NULL;

      g_assert_cmpint (letter->service, ==, abroad ? RUBIS_POSTAGE_ABROAD : RUBIS_POSTAGE_GREEN);
      g_assert_true (letter->waits);
      postage += letter->postage.price;
    }
  g_assert_cmpint (totals.postage, ==, postage);
  g_assert_false (batch->tariff_checked);
}

/* The texts of the pages, "" for an empty one. */
static GPtrArray *
read_pages (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisPdf) pdf = rubis_pdf_new (bytes, &error);
  GPtrArray *pages = g_ptr_array_new_with_free_func (g_free);

  g_assert_no_error (error);
  for (guint i = 0; i < rubis_pdf_get_n_pages (pdf); i++)
    g_ptr_array_add (pages, g_strstrip (rubis_pdf_dup_page_text (pdf, i)));
  return pages;
}

/* Each letter starts on a new sheet, in the order of the post, with an empty page behind an odd number. */
static void
check_pages (RubisPostBatch *batch, RubisPostJob *job)
{
  g_autoptr (GPtrArray) pages = read_pages (job->pdf);
  guint page = 0;

  for (guint i = 0; i < batch->letters->len; i++)
    {
      RubisPostLetter *letter = g_ptr_array_index (batch->letters, i);
      g_autofree char *number = g_strconcat ("F-", letter->account_code, NULL);
      g_autoptr (GString) text = g_string_new (NULL);

      if (batch->duplex)
        g_assert_cmpuint (page % 2, ==, 0);
      g_assert_nonnull (strstr (g_ptr_array_index (pages, page), letter->account_name));
      for (int n = 0; n < letter->n_pages; n++, page++)
        g_string_append (text, g_ptr_array_index (pages, page));
      g_assert_nonnull (strstr (text->str, number));
      if (batch->duplex && page % 2 == 1)
        {
          g_assert_cmpstr (g_ptr_array_index (pages, page), ==, "");
          page++;
        }
    }
  g_assert_cmpuint (page, ==, pages->len);
}

static void
test_joined (Fixture *f, gconstpointer data)
{
  g_autoptr (RubisPostBatch) single = NULL;
  g_autoptr (RubisPostBatch) both = NULL;
  g_autoptr (RubisPostJob) single_job = NULL;
  g_autoptr (RubisPostJob) both_job = NULL;
  g_autoptr (RubisPostJob) again = NULL;
  RubisPostTotals totals;

  write_letters (f, &keep);
  single = load (f, RUBIS_DATE_NONE, FALSE);
  single_job = join (f, single);
  check_pages (single, single_job);
  both = load (f, RUBIS_DATE_NONE, TRUE);
  both_job = join (f, both);
  check_pages (both, both_job);
  rubis_post_batch_sum (both, &totals);
  g_assert_cmpint (both_job->n_sheets, ==, totals.n_sheets);
  g_assert_cmpint (both_job->n_sheets, <, single_job->n_sheets);
  g_assert_cmpint (both_job->n_pages, ==, single_job->n_pages);
  g_assert_cmpint (both_job->postage, ==, totals.postage);
  /* The same letters are the same file. */
  again = join (f, both);
  g_assert_true (g_bytes_equal (again->pdf, both_job->pdf));
}

static void
test_printed (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisPostBatch) batch = NULL;
  g_autoptr (RubisPostBatch) after = NULL;
  g_autoptr (RubisPostBatch) of_day = NULL;
  g_autoptr (RubisPostJob) job = NULL;
  g_autoptr (RubisStatus) status = NULL;
  g_autoptr (GPtrArray) jobs = NULL;
  gint64 id;

  write_letters (f, &keep);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM outbox WHERE state = 'queued'"), ==,
                   12);
  batch = load (f, RUBIS_DATE_NONE, TRUE);
  job = join (f, batch);

  /* The printer jams: nothing has left. */
  id = rubis_session_begin_print_job (f->session, job, "Laser", 2, &error);
  g_assert_no_error (error);
  g_assert_true (rubis_session_end_print_job (f->session, id, FALSE, &error));
  status = rubis_session_get_status (f->session, NULL);
  g_assert_cmpint (status->n_to_print, ==, 12);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM outbox WHERE state = 'queued'"), ==,
                   12);
  /* One answer a job. */
  g_assert_false (rubis_session_end_print_job (f->session, id, TRUE, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);

  id = rubis_session_begin_print_job (f->session, job, "Laser", 2, &error);
  g_assert_no_error (error);
  g_assert_true (rubis_session_end_print_job (f->session, id, TRUE, &error));
  g_assert_no_error (error);
  after = load (f, RUBIS_DATE_NONE, TRUE);
  g_assert_cmpuint (after->letters->len, ==, 0);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM outbox WHERE state = 'sent'"), ==,
                   12);
  of_day = load (f, RUBIS_TEST_TODAY, TRUE);
  g_assert_cmpuint (of_day->letters->len, ==, 12);
  g_assert_false (((RubisPostLetter *)g_ptr_array_index (of_day->letters, 0))->waits);

  jobs = rubis_session_list_print_jobs (f->session, 0, &error);
  g_assert_cmpuint (jobs->len, ==, 2);
  g_assert_cmpstr (((RubisPrintJob *)g_ptr_array_index (jobs, 0))->state, ==, "printed");
  g_assert_cmpint (((RubisPrintJob *)g_ptr_array_index (jobs, 0))->copies, ==, 2);
  g_assert_cmpstr (((RubisPrintJob *)g_ptr_array_index (jobs, 1))->state, ==, "failed");
}

/* A program that ended between the printer and the answer leaves a job that is asked about. */
static void
test_unanswered (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisPostBatch) batch = NULL;
  g_autoptr (RubisPostBatch) after = NULL;
  g_autoptr (RubisPostJob) job = NULL;
  g_autofree char *path = NULL;
  gint64 id;

  write_letters (f, &keep);
  batch = load (f, RUBIS_DATE_NONE, FALSE);
  job = join (f, batch);
  id = rubis_session_begin_print_job (f->session, job, "Laser", 1, &error);
  g_assert_cmpint (id, >, 0);
  path = g_strdup (rubis_session_get_path (f->session));
  rubis_session_close (f->session);
  g_clear_object (&f->session);
  f->session = rubis_session_open (path, RUBIS_TEST_TODAY, &error);
  g_assert_no_error (error);
  after = load (f, RUBIS_DATE_NONE, FALSE);
  g_assert_cmpuint (after->letters->len, ==, 12);
  g_assert_true (((RubisPostLetter *)g_ptr_array_index (after->letters, 0))->job_open);
  g_assert_cmpint (((RubisPostLetter *)g_ptr_array_index (after->letters, 0))->job_id, ==, id);
}

static void
check_nothing_to_do (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = rubis_session_compute_agenda (f->session, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    g_assert_cmpint (((RubisActionRow *)g_ptr_array_index (rows, i))->state, !=, RUBIS_ACTION_TO_DO);
}

/* Killed between the letters and the answer of the printer: none is proposed again the next morning, and the job asks
 * for its answer. Nor when it was killed before the printer, or after a printer in trouble.
 */
static void
test_killed (Fixture *f, gconstpointer data)
{
  static const char *const states[] = { "written", "sent", "failed" };
  g_autofree char *path = g_strdup (rubis_session_get_path (f->session));
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (RubisPostBatch) batch = NULL;
  gint64 id = 0;

  write_letters (f, &keep);
  batch = load (f, RUBIS_DATE_NONE, FALSE);
  for (guint i = 0; i < batch->letters->len - 1; i++)
    g_array_append_val (ids, ((RubisPostLetter *)g_ptr_array_index (batch->letters, i))->document_id);
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RubisPostBatch) after = NULL;
      guint n_open = 0;

      if (i == 1)
        {
          g_autoptr (RubisPostJob) job
              = rubis_session_join_documents (f->session, ids, FALSE, NULL, &error);

          g_assert_no_error (error);
          g_assert_cmpuint ((guint)job->n_letters, ==, ids->len);
          id = rubis_session_begin_print_job (f->session, job, "Laser", 1, &error);
        }
      else if (i == 2)
        g_assert_true (rubis_session_end_print_job (f->session, id, FALSE, &error));
      g_assert_no_error (error);
      rubis_session_close (f->session);
      g_clear_object (&f->session);
      f->session = rubis_session_open (path, RUBIS_TEST_TODAY, &error);
      g_assert_no_error (error);
      check_nothing_to_do (f);
      rubis_session_set_today (f->session, RUBIS_TEST_TODAY + 1);
      check_nothing_to_do (f);
      after = load (f, RUBIS_DATE_NONE, FALSE);
      g_assert_cmpuint (after->letters->len, ==, 12);
      for (guint j = 0; j < after->letters->len; j++)
        n_open += ((RubisPostLetter *)g_ptr_array_index (after->letters, j))->job_open ? 1 : 0;
      g_assert_cmpuint (n_open, ==, g_str_equal (states[i], "sent") ? ids->len : 0);
    }
}

static void
pay_first (Fixture *f)
{
  rubis_test_exec (f->session,
                   "INSERT INTO allocation (item_id, amount, date, source) SELECT id, open, 20777, 'user' "
                   "FROM item WHERE number = 'F-C01'; UPDATE item SET open = 0 WHERE number = 'F-C01'");
}

/* What lies in a printer is neither printed a second time, nor saved as a file, nor called off. */
static void
test_at_printer (Fixture *f, gconstpointer data)
{
  g_autofree char *out = g_build_filename (f->folder, "out", NULL);
  const RubisRunOptions files = { .folder = out };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (RubisPostBatch) batch = NULL;
  g_autoptr (RubisPostJob) job = NULL;
  g_autoptr (RubisPostJob) again = NULL;
  g_autoptr (RubisRunReport) report = NULL;
  gint64 id;

  write_letters (f, &keep);
  batch = load (f, RUBIS_DATE_NONE, FALSE);
  job = join (f, batch);
  id = rubis_session_begin_print_job (f->session, job, "Laser", 1, &error);
  g_assert_no_error (error);
  again = rubis_session_join_post (f->session, batch->letters, FALSE, NULL, &error);
  g_assert_null (again);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  pay_first (f);
  report = rubis_session_perform_with (f->session, none, &files, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->refused->len, ==, 0);
  g_assert_false (g_file_test (out, G_FILE_TEST_EXISTS));
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM outbox WHERE state = 'queued'"), ==,
                   12);
  g_assert_true (rubis_session_end_print_job (f->session, id, TRUE, &error));
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM outbox WHERE state = 'sent'"), ==,
                   12);
}

/* What was saved as a file, and paid since, is not printed; it counts as sent, for the file may have left. */
static void
test_saved_and_paid (Fixture *f, gconstpointer data)
{
  g_autofree char *out = g_build_filename (f->folder, "out", NULL);
  const RubisRunOptions files = { .folder = out };
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisPostBatch) batch = NULL;
  g_autoptr (RubisPostBatch) after = NULL;
  g_autoptr (RubisPostJob) job = NULL;
  RubisPostTotals totals;
  gint64 id;

  write_letters (f, &files);
  pay_first (f);
  batch = load (f, RUBIS_DATE_NONE, FALSE);
  rubis_post_batch_sum (batch, &totals);
  g_assert_cmpint (totals.n_refused, ==, 1);
  job = join (f, batch);
  g_assert_cmpint (job->n_letters, ==, 11);
  id = rubis_session_begin_print_job (f->session, job, "Laser", 1, &error);
  g_assert_no_error (error);
  g_assert_true (rubis_session_end_print_job (f->session, id, TRUE, &error));
  after = load (f, RUBIS_DATE_NONE, FALSE);
  g_assert_cmpuint (after->letters->len, ==, 0);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM outbox WHERE state = 'sent'"), ==,
                   12);
}

/* What was paid while its letter waited does not leave. */
static void
test_stale (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisPostBatch) batch = NULL;
  g_autoptr (RubisPostBatch) after = NULL;
  g_autoptr (RubisPostJob) job = NULL;
  RubisPostTotals totals;
  gint64 id;

  write_letters (f, &keep);
  pay_first (f);
  batch = load (f, RUBIS_DATE_NONE, FALSE);
  rubis_post_batch_sum (batch, &totals);
  g_assert_cmpint (totals.n_refused, ==, 1);
  g_assert_cmpint (totals.n_letters, ==, 11);
  job = join (f, batch);
  g_assert_cmpint (job->n_letters, ==, 11);
  g_assert_cmpuint (job->left_out->len, ==, 1);
  g_assert_cmpstr (((RubisPostLetter *)g_ptr_array_index (job->left_out, 0))->account_code, ==, "C01");
  id = rubis_session_begin_print_job (f->session, job, "Laser", 1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM outbox WHERE state = 'cancelled'"),
                   ==, 1);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT level FROM item WHERE number = 'F-C01'"), ==, -1);
  g_assert_true (rubis_session_end_print_job (f->session, id, TRUE, &error));
  after = load (f, RUBIS_DATE_NONE, FALSE);
  g_assert_cmpuint (after->letters->len, ==, 0);
}

/* What the day's run printed is noted as a job; what it saved as files goes on waiting for the printer. */
static void
test_day (Fixture *f, gconstpointer data)
{
  g_autofree char *out = g_build_filename (f->folder, "out", NULL);
  gboolean saved = GPOINTER_TO_INT (data) != 0;
  const RubisRunOptions printed = { .printer = "Laser", .copies = 3, .duplex = TRUE };
  const RubisRunOptions files = { .folder = out };
  g_autoptr (RubisPostBatch) batch = NULL;
  g_autoptr (GPtrArray) jobs = NULL;

  write_letters (f, saved ? &files : &printed);
  batch = load (f, RUBIS_DATE_NONE, FALSE);
  jobs = rubis_session_list_print_jobs (f->session, 0, NULL);
  g_assert_cmpuint (batch->letters->len, ==, saved ? 12 : 0);
  g_assert_cmpuint (jobs->len, ==, saved ? 0 : 1);
  if (!saved)
    {
      RubisPrintJob *job = g_ptr_array_index (jobs, 0);

      g_assert_cmpstr (job->printer, ==, "Laser");
      g_assert_cmpint (job->copies, ==, 3);
      g_assert_cmpint (job->n_letters, ==, 12);
      g_assert_true (job->duplex);
    }
}

static void
test_reprint (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisPostBatch) batch = NULL;
  g_autoptr (RubisPostJob) job = NULL;
  g_autoptr (GBytes) letter = NULL;
  g_autoptr (GBytes) kept = NULL;
  g_autoptr (GBytes) whole = NULL;
  g_autofree char *name = NULL;
  gint64 document_id, id, levels, contacts;

  write_letters (f, &keep);
  batch = load (f, RUBIS_DATE_NONE, TRUE);
  job = join (f, batch);
  id = rubis_session_begin_print_job (f->session, job, "Laser", 1, &error);
  g_assert_true (rubis_session_end_print_job (f->session, id, TRUE, &error));
  levels = rubis_test_query (f->session, "SELECT sum (level) * 100000 + sum (level_date) FROM item");
  contacts = rubis_test_query (f->session, "SELECT sum (last_contact) FROM account");
  rubis_session_set_today (f->session, RUBIS_TEST_TODAY + 3);

  document_id = g_array_index (job->document_ids, gint64, 0);
  letter = rubis_session_reprint_document (f->session, document_id, &name, &error);
  g_assert_no_error (error);
  kept = rubis_session_load_document (f->session, document_id, NULL, NULL, &error);
  g_assert_true (g_bytes_equal (letter, kept));
  g_assert_true (g_str_has_suffix (name, ".pdf"));
  whole = rubis_session_reprint_job (f->session, id, &error);
  g_assert_no_error (error);
  {
    g_autoptr (GPtrArray) first = read_pages (job->pdf);
    g_autoptr (GPtrArray) second = read_pages (whole);

    g_assert_cmpuint (first->len, ==, second->len);
    for (guint i = 0; i < first->len; i++)
      g_assert_cmpstr (g_ptr_array_index (first, i), ==, g_ptr_array_index (second, i));
  }
  /* The journal knows; nothing else has changed. */
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM event WHERE kind = 'reprint'"), ==,
                   2);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT sum (level) * 100000 + sum (level_date) FROM item"),
                   ==, levels);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT sum (last_contact) FROM account"), ==, contacts);
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM document WHERE to_post = 1"), ==, 0);
  g_assert_null (rubis_session_reprint_document (f->session, 4711, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (rubis_session_reprint_job (f->session, 4711, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

/* Faults of addresses are named and do not keep a letter from leaving. */
static void
test_addresses (Fixture *f, gconstpointer data)
{
  g_autoptr (RubisPostBatch) batch = NULL;
  g_autoptr (RubisPostJob) job = NULL;
  guint n_warned = 0;

  write_letters (f, &keep);
  rubis_test_exec (f->session,
                   "UPDATE account SET postcode = '6903' WHERE code = 'C01';"
                   "UPDATE account SET name = 'Société anonyme des grands établissements réunis du Nord' "
                   "WHERE code = 'C02';"
                   "UPDATE account SET address = '', city = '', postcode = '' WHERE code = 'C08'");
  batch = load (f, RUBIS_DATE_NONE, FALSE);
  for (guint i = 0; i < batch->letters->len; i++)
    {
      RubisPostLetter *letter = g_ptr_array_index (batch->letters, i);
      gboolean faulty = strstr ("C01 C02 C08", letter->account_code) != NULL;

      g_assert_cmpint (letter->warnings->len > 0, ==, faulty);
      n_warned += letter->warnings->len > 0 ? 1 : 0;
      if (g_str_equal (letter->account_code, "C01"))
        g_assert_cmpstr (g_ptr_array_index (letter->warnings, 0), ==,
                         "The postcode does not have five digits");
    }
  g_assert_cmpuint (n_warned, ==, 3);
  job = join (f, batch);
  g_assert_cmpint (job->n_letters, ==, 12);
}

static void
test_prices (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = rubis_test_data ("post/prices.ini");
  g_autofree char *text = NULL;
  g_autofree char *kept = NULL;
  g_autoptr (RubisPostBatch) batch = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  write_letters (f, &keep);
  g_assert_false (rubis_session_set_postage_text (f->session, "[table]\nname=x\n", &error));
  g_assert_error (error, RUBIS_POSTAGE_ERROR, RUBIS_POSTAGE_ERROR_TABLE);
  g_clear_error (&error);
  g_assert_true (rubis_session_set_postage_text (f->session, text, &error));
  g_assert_true (rubis_session_set_post_service (f->session, RUBIS_POSTAGE_TRACKED, &error));
  kept = rubis_session_get_postage_text (f->session, &error);
  g_assert_cmpstr (kept, ==, text);
  batch = load (f, RUBIS_DATE_NONE, FALSE);
  g_assert_true (batch->tariff_checked);
  /* Bourg-en-Bresse, one page: 10 g, tracked. */
  g_assert_cmpint (((RubisPostLetter *)g_ptr_array_index (batch->letters, 0))->postage.price, ==, 200);
  g_assert_true (rubis_session_set_postage_text (f->session, NULL, &error));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/post/order", Fixture, NULL, set_up, test_order, tear_down);
  g_test_add ("/post/joined", Fixture, NULL, set_up, test_joined, tear_down);
  g_test_add ("/post/printed", Fixture, NULL, set_up, test_printed, tear_down);
  g_test_add ("/post/unanswered", Fixture, NULL, set_up, test_unanswered, tear_down);
  g_test_add ("/post/killed", Fixture, NULL, set_up, test_killed, tear_down);
  g_test_add ("/post/at-printer", Fixture, NULL, set_up, test_at_printer, tear_down);
  g_test_add ("/post/saved-and-paid", Fixture, NULL, set_up, test_saved_and_paid, tear_down);
  g_test_add ("/post/stale", Fixture, NULL, set_up, test_stale, tear_down);
  g_test_add ("/post/day-printed", Fixture, GINT_TO_POINTER (0), set_up, test_day, tear_down);
  g_test_add ("/post/day-saved", Fixture, GINT_TO_POINTER (1), set_up, test_day, tear_down);
  g_test_add ("/post/reprint", Fixture, NULL, set_up, test_reprint, tear_down);
  g_test_add ("/post/addresses", Fixture, NULL, set_up, test_addresses, tear_down);
  g_test_add ("/post/prices", Fixture, NULL, set_up, test_prices, tear_down);
  return g_test_run ();
}
