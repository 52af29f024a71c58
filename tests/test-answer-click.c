/* From our email to a proposal and back: a customer clicks a link, fills in the line, sends; what the mail
 * program makes of it comes in.
 */
#include <string.h>

#include "email-fixture.h"
#include "rubis-inbox.h"

/* The email of today has left; what Python reads of its page's links. (transfer full) */
static JsonObject *
send_email (EmailFixture *f)
{
  g_autoptr (RubisActionRow) action = email_fixture_load_action (f);
  g_autoptr (GPtrArray) actions = g_ptr_array_new ();
  g_autoptr (RubisRunReport) report = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) sent = NULL;

  g_ptr_array_add (actions, action);
  report = rubis_session_perform (f->session, actions, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  sent = email_fixture_load_sent (f);
  return rubis_test_read_message (sent);
}

static RubisInboxRow *
take (EmailFixture *f, GBytes *message)
{
  static int n = 0;
  g_autofree char *uid = g_strdup_printf ("click-%d", ++n);
  g_autoptr (GError) error = NULL;
  RubisInboxRow *row;
  gint64 id = 0;

  rubis_session_take_message (f->session, 0, uid, message, NOW, &id, &error);
  g_assert_no_error (error);
  row = rubis_session_load_inbox (f->session, id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (row->account_id, ==, f->account);
  g_assert_cmpstr (row->matched_by, ==, "token");
  return row;
}

static const RubisProposal *
get_proposal (RubisInboxRow *row, RubisAnswerKind kind)
{
  for (guint i = 0; i < row->proposals->len; i++)
    {
      const RubisProposal *proposal = g_ptr_array_index (row->proposals, i);

      if (proposal->kind == kind)
        return proposal;
    }
  g_assert_not_reached ();
}

/* In each language, with dates as people there write them. */
static void
test_dates (EmailFixture *f, gconstpointer data)
{
  static const struct
  {
    const char *language;
    const char *paid;
    const char *promised;
  } cases[] = {
    { "fr", "18/11/2026", "le 4 décembre" },    { "en", "18 November 2026", "4 December" },
    { "de", "18.11.2026", "4. Dezember 2026" }, { "es", "18/11/2026", "4 de diciembre" },
    { "it", "18/11/2026", "4 dicembre 2026" },  { "nl", "18-11-2026", "4 december 2026" },
  };
  guint which = GPOINTER_TO_UINT (data);
  g_autofree char *sql = g_strdup_printf ("UPDATE account SET language = '%s'", cases[which].language);
  g_autoptr (JsonObject) read = NULL;
  g_autoptr (GBytes) paid = NULL;
  g_autoptr (GBytes) promised = NULL;
  g_autoptr (RubisInboxRow) paid_row = NULL;
  g_autoptr (RubisInboxRow) promised_row = NULL;
  const RubisProposal *proposal;

  rubis_test_exec (f->session, sql);
  read = send_email (f);
  paid = email_fixture_write_answer (email_fixture_get_link (read, 0), cases[which].paid, "");
  paid_row = take (f, paid);
  proposal = get_proposal (paid_row, RUBIS_ANSWER_PAID);
  g_assert_true (proposal->by_token);
  g_assert_cmpint (proposal->date, ==, rubis_date_from_ymd (2026, 11, 18));
  g_assert_cmpuint (proposal->item_ids->len, ==, 1);
  g_assert_cmpint (g_array_index (proposal->item_ids, gint64, 0), ==, f->item);
  promised
      = email_fixture_write_answer (email_fixture_get_link (read, 1), cases[which].promised, "\r\n--\r\nEnvoyé de mon téléphone\r\n");
  promised_row = take (f, promised);
  proposal = get_proposal (promised_row, RUBIS_ANSWER_PROMISE);
  g_assert_true (proposal->by_token);
  g_assert_cmpint (proposal->date, ==, rubis_date_from_ymd (2026, 12, 4));
}

/* The link of "paid" with words that say otherwise: the words count. */
static void
test_contradicted (EmailFixture *f, gconstpointer data)
{
  g_autoptr (JsonObject) read = send_email (f);
  g_autoptr (GBytes) words
      = email_fixture_write_answer (email_fixture_get_link (read, 0), "", "\r\nPas encore payé. Nous vous paierons le 3 décembre.\r\n");
  g_autoptr (GBytes) not_yet = email_fixture_write_answer (
      email_fixture_get_link (read, 0), "", "\r\nNous n'avons pas encore payé, nous le ferons le 3 décembre.\r\n");
  g_autoptr (GBytes) ahead = email_fixture_write_answer (email_fixture_get_link (read, 0), "3 décembre 2026", "");
  g_autoptr (RubisInboxRow) words_row = take (f, words);
  g_autoptr (RubisInboxRow) not_yet_row = take (f, not_yet);
  g_autoptr (RubisInboxRow) ahead_row = take (f, ahead);
  const RubisProposal *proposal = get_proposal (words_row, RUBIS_ANSWER_PROMISE);

  g_assert_cmpuint (words_row->proposals->len, ==, 1);
  g_assert_cmpint (proposal->date, ==, rubis_date_from_ymd (2026, 12, 3));
  g_assert_cmpuint (not_yet_row->proposals->len, ==, 0);
  g_assert_cmpuint (ahead_row->proposals->len, ==, 1);
  g_assert_cmpint (get_proposal (ahead_row, RUBIS_ANSWER_PROMISE)->date, ==,
                   rubis_date_from_ymd (2026, 12, 3));
}

/* A reason, nothing to add, another address; and a link whose line was left as it was. */
static void
test_others (EmailFixture *f, gconstpointer data)
{
  g_autoptr (JsonObject) read = send_email (f);
  g_autoptr (GBytes) dispute = email_fixture_write_answer (email_fixture_get_link (read, 2), "marchandise cassée à la livraison", "");
  g_autoptr (GBytes) copy = email_fixture_write_answer (email_fixture_get_link (read, 3), "", "");
  g_autoptr (GBytes) wrong = email_fixture_write_answer (email_fixture_get_link (read, 4), "service.achats@beta.example", "");
  g_autoptr (GBytes) unfilled = email_fixture_write_answer (email_fixture_get_link (read, 0), "", "");
  g_autoptr (RubisInboxRow) dispute_row = take (f, dispute);
  g_autoptr (RubisInboxRow) copy_row = take (f, copy);
  g_autoptr (RubisInboxRow) wrong_row = take (f, wrong);
  g_autoptr (RubisInboxRow) unfilled_row = take (f, unfilled);

  g_assert_nonnull (strstr (get_proposal (dispute_row, RUBIS_ANSWER_DISPUTE)->sentence, "cassée"));
  g_assert_cmpuint (get_proposal (copy_row, RUBIS_ANSWER_COPY)->item_ids->len, ==, 1);
  g_assert_true (get_proposal (wrong_row, RUBIS_ANSWER_WRONG_PERSON)->by_token);
  g_assert_cmpstr (get_proposal (wrong_row, RUBIS_ANSWER_NEW_ADDRESS)->value, ==,
                   "service.achats@beta.example");
  g_assert_cmpint (get_proposal (unfilled_row, RUBIS_ANSWER_PAID)->date, ==, RUBIS_DATE_NONE);
}

/* Who answers in words and quotes our email, links and all, is taken by the words. */
static void
test_quoted (EmailFixture *f, gconstpointer data)
{
  g_autoptr (JsonObject) read = send_email (f);
  const char *text = json_object_get_string_member (
      rubis_test_find_part (email_fixture_get_body (read), "text/plain"), "text");
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autofree char *quoted = g_strjoinv ("\r\n> ", lines);
  char *message = g_strdup_printf (
      "From: compta@beta.example\r\nTo: credit@verrerie.example\r\nSubject: Re: facture\r\n"
      "Date: Fri, 20 Nov 2026 14:03:00 +0100\r\nMessage-ID: <q@beta.example>\r\n"
      "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
      "Bonjour, nous vous enverrons notre virement le 4 décembre.\r\n\r\n"
      "Le 20/11/2026, Verrerie du Rhône a écrit :\r\n> %s\r\n",
      quoted);
  g_autoptr (GBytes) bytes = g_bytes_new_take (message, strlen (message));
  g_autoptr (RubisInboxRow) row = take (f, bytes);
  const RubisProposal *proposal = get_proposal (row, RUBIS_ANSWER_PROMISE);

  g_assert_cmpuint (row->proposals->len, ==, 1);
  g_assert_false (proposal->by_token);
  g_assert_cmpint (proposal->date, ==, rubis_date_from_ymd (2026, 12, 4));
}

#define ADD(path, data, func)                                                                                \
  g_test_add ("/answer-click/" path, EmailFixture, GUINT_TO_POINTER (data), email_fixture_set_up, func,      \
              email_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_setenv ("LANGUAGE", "en", TRUE);
  g_test_init (&argc, &argv, NULL);
  ADD ("dates/fr", 0, test_dates);
  ADD ("dates/en", 1, test_dates);
  ADD ("dates/de", 2, test_dates);
  ADD ("dates/es", 3, test_dates);
  ADD ("dates/it", 4, test_dates);
  ADD ("dates/nl", 5, test_dates);
  ADD ("contradicted", 0, test_contradicted);
  ADD ("others", 0, test_others);
  ADD ("quoted", 0, test_quoted);
  return g_test_run ();
}
