/* Messages that came back, in the forms of the common mailers: what they are and what they say. */
#include "rubis-incoming-message.h"
#include "rubis-incoming-text.h"
#include "rubis-test.h"

#include <stdlib.h>
#include <string.h>

#include "rubis-answer.h"

static RubisIncomingMessage *
read_message (const char *name)
{
  g_autofree char *file = g_strconcat (name, ".eml", NULL);
  g_autofree char *path = g_build_filename (g_getenv ("RUBIS_TEST_DATA"), "inbox", file, NULL);
  g_autofree char *content = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  RubisIncomingMessage *message;
  gsize length;

  g_file_get_contents (path, &content, &length, &error);
  g_assert_no_error (error);
  bytes = g_bytes_new (content, length);
  message = rubis_incoming_message_new (bytes, &error);
  g_assert_no_error (error);
  return message;
}

static gboolean
compare (const char *name, const char *what, const char *found, const char *expected)
{
  const char *wanted = g_str_equal (expected, "-") ? "" : expected;

  if (g_str_equal (found, wanted))
    return TRUE;
  g_test_message ("%s: %s is “%s”, not “%s”", name, what, found, wanted);
  return FALSE;
}

/* The kind first: a wrong one marks a good address, or takes a machine for a customer. */
static void
test_corpus (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("RUBIS_TEST_DATA"), "inbox", "expected.txt", NULL);
  g_autofree char *content = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;
  int n = 0;
  int n_machines = 0;
  int wrong = 0;
  int incomplete = 0;

  g_file_get_contents (path, &content, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (content, "\n", -1);
  for (int i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (lines[i], " ", -1);
      g_autoptr (RubisIncomingMessage) message = NULL;
      g_autofree char *back = NULL;
      gboolean complete = TRUE;

      if (*lines[i] == '#' || g_strv_length (words) < 7)
        continue;
      message = read_message (words[0]);
      back = rubis_date_to_iso (message->back_on);
      n++;
      n_machines += g_str_equal (words[1], "reply") ? 0 : 1;
      wrong += compare (words[0], "kind", rubis_incoming_kind_to_id (message->kind), words[1]) ? 0 : 1;
      complete = compare (words[0], "failed address", message->failed_email, words[2]) && complete;
      complete = compare (words[0], "status", message->status, words[3]) && complete;
      complete = compare (words[0], "original id", message->original_id, words[4]) && complete;
      complete = compare (words[0], "other address", message->new_address, words[5]) && complete;
      complete = compare (words[0], "return", back, words[6]) && complete;
      incomplete += complete ? 0 : 1;
    }
  g_print ("# messages: %d, %d right, %d wrong, 0 undecided; %d of them read incompletely\n", n, n - wrong,
           wrong, incomplete);
  g_assert_cmpint (n_machines, >=, 60);
  g_assert_cmpint (wrong, ==, 0);
  g_assert_cmpint (incomplete, ==, 0);
}

static void
assert_text (const char *name, const char *text)
{
  g_autoptr (RubisIncomingMessage) message = read_message (name);

  if (!g_str_equal (message->text, text))
    g_error ("%s: “%s”, not “%s”", name, message->text, text);
}

/* What was quoted, signatures and disclaimers are not what the customer says. */
static void
test_own_words (void)
{
  assert_text ("reply-was-away",
               "Bonjour,\n\nJ'étais absente la semaine dernière, la facture a été réglée lundi.");
  assert_text ("reply-outlook-fr", "Nous réglerons vendredi.");
  assert_text ("reply-original-message", "Payment was made yesterday.");
  assert_text ("reply-message-origine", "Bonjour\nle virement est parti hier");
  assert_text ("reply-bottom", "We will pay next Friday.\n\nMark");
  assert_text ("reply-iphone", "Ok je paie demain par virement");
  assert_text ("reply-html", "Bonjour,\n\nNous n’avons pas reçu la marchandise.");
  assert_text ("reply-latin1", "Réglée le 12 par chèque.");
  assert_text ("reply-no-charset", "La facture a été réglée hier.");
  assert_text ("reply-disclaimer", "The order was never delivered.");
  assert_text ("broken-boundary", "La facture a été réglée hier.");
}

/* Refused for its size or by a policy: the address itself may be right. */
static void
test_blame (void)
{
  g_autoptr (RubisIncomingMessage) unknown = read_message ("postfix-user-unknown");
  g_autoptr (RubisIncomingMessage) large = read_message ("too-large");
  g_autoptr (RubisIncomingMessage) policy = read_message ("office365-policy");
  g_autoptr (RubisIncomingMessage) full = read_message ("postfix-full");

  g_assert_true (unknown->bad_email);
  g_assert_false (large->bad_email);
  g_assert_false (policy->bad_email);
  g_assert_false (full->bad_email);
}

static void
test_left (void)
{
  g_autoptr (RubisIncomingMessage) left = read_message ("left-company-fr");
  g_autoptr (RubisIncomingMessage) away = read_message ("oof-fr-outlook");

  g_assert_true (left->has_left);
  g_assert_false (away->has_left);
}

static RubisIncomingMessage *
read_bytes (const char *data, gsize length, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);

  return rubis_incoming_message_new (bytes, error);
}

static void
test_no_message (void)
{
  static const char *const contents[] = { "", "\n\n\n", "just words", "\xFF\xFE\x00", "PK\x03\x04 zip" };

  for (gsize i = 0; i < G_N_ELEMENTS (contents); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RubisIncomingMessage) message = read_bytes (contents[i], strlen (contents[i]), &error);

      g_assert_null (message);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
    }
}

/* Outlook's own form has a way out that the error names. */
static void
test_outlook_file (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisIncomingMessage) message = read_bytes ("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1____", 12, &error);

  g_assert_null (message);
  g_assert_nonnull (strstr (error->message, ".eml"));
}

/* Endless and deeply nested messages are read to a bound. */
static void
test_huge (void)
{
  g_autoptr (GString) text = g_string_new ("From: a@b.example\r\nSubject: x\r\n");
  g_autoptr (RubisIncomingMessage) message = NULL;
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 300; i++)
    g_string_append_printf (text, "Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n", i, i);
  g_string_append (text, "Content-Type: text/plain\r\n\r\n");
  for (int i = 0; i < 100000; i++)
    g_string_append (text, "Payment was made yesterday. ");
  message = read_bytes (text->str, text->len, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strlen (message->text), <=, 64 * 1024 * 4);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/incoming/corpus", test_corpus);
  g_test_add_func ("/incoming/own-words", test_own_words);
  g_test_add_func ("/incoming/blame", test_blame);
  g_test_add_func ("/incoming/left", test_left);
  g_test_add_func ("/incoming/no-message", test_no_message);
  g_test_add_func ("/incoming/outlook-file", test_outlook_file);
  g_test_add_func ("/incoming/huge", test_huge);
  return g_test_run ();
}
