/* What large providers answer, in the form of their published messages, and what it means for a reminder. */
#include <string.h>

#include "rubis-smtp-verdict.h"

typedef struct
{
  const char *verb;
  gboolean after_body;
  const char *reply;
  RubisFate fate;
  gboolean sender_wide;
  const char *reason; /* its beginning */
} Row;

static const Row rows[] = {
  { "DATA", TRUE, "250 2.0.0 OK: queued as 12345", RUBIS_FATE_SENT, FALSE, "" },
  { "RCPT", FALSE,
    "550-5.1.1 The email account that you tried to reach does not exist.\n550 5.1.1 More at the help pages",
    RUBIS_FATE_REFUSED, FALSE, "The address “zoe@client.example” is refused" },
  { "DATA", TRUE, "550-5.4.5 Daily user sending limit exceeded.\n550 5.4.5 More at the help pages",
    RUBIS_FATE_NOT_SENT, TRUE, "“smtp.example” takes no messages from this sender just now" },
  { "MAIL", FALSE, "432 4.3.2 Concurrent connections limit exceeded", RUBIS_FATE_NOT_SENT, TRUE,
    "“smtp.example” takes no messages from “compta@example.test” just now" },
  { "MAIL", FALSE, "530 5.7.57 Client not authenticated to send mail", RUBIS_FATE_NOT_SENT, TRUE,
    "“smtp.example” takes no messages from this sender" },
  { "MAIL", FALSE, "553 5.7.1 Sender address rejected: not owned by user", RUBIS_FATE_NOT_SENT, TRUE,
    "“smtp.example” does not let this sender write as “compta@example.test”" },
  { "RCPT", FALSE, "554 5.7.1 <zoe@client.example>: Relay access denied", RUBIS_FATE_NOT_SENT, TRUE,
    "“smtp.example” takes no messages from this sender" },
  { "RCPT", FALSE, "450 4.7.1 <zoe@client.example>: Recipient address rejected: Greylisted",
    RUBIS_FATE_NOT_SENT, FALSE, "“zoe@client.example” cannot be written to just now" },
  { "RCPT", FALSE, "552-5.2.2 The recipient's inbox is out of storage space.\n552 5.2.2 Please direct him",
    RUBIS_FATE_NOT_SENT, FALSE, "The mailbox of “zoe@client.example” is full" },
  { "RCPT", FALSE, "452 4.2.2 Mailbox full", RUBIS_FATE_NOT_SENT, FALSE,
    "The mailbox of “zoe@client.example” is full" },
  { "MAIL", FALSE, "552 5.3.4 Message size exceeds fixed limit", RUBIS_FATE_REFUSED, FALSE,
    "The email weighs 2.0" },
  { "DATA", TRUE, "552-5.2.3 Your message exceeded our size limits.\n552 5.2.3 Please visit",
    RUBIS_FATE_REFUSED, FALSE, "The email weighs 2.0" },
  { "DATA", TRUE, "554 5.7.1 Message rejected as spam", RUBIS_FATE_REFUSED, FALSE,
    "The mail server refuses the email" },
  /* The number of a status that only begins alike. */
  { "DATA", TRUE, "550 5.4.54 Something else", RUBIS_FATE_REFUSED, FALSE,
    "The mail server refuses the email" },
};

static void
test_rows (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const Row *row = &rows[i];
      const char *last = strrchr (row->reply, '\n');
      guint code = (guint)g_ascii_strtoull (last != NULL ? last + 1 : row->reply, NULL, 10);
      g_autoptr (GString) reply = g_string_new (row->reply);
      g_autoptr (GString) argument = g_string_new ("RCPT TO:<zoe@client.example>\r\n");
      RubisCurlTalk talk = { .argument = argument,
                             .reply = reply,
                             .whole = TRUE,
                             .code = code,
                             .body = row->after_body,
                             .verdict = row->after_body ? code : 0,
                             .size = 1024 * 1024 };
      const RubisSmtpVerdict verdict
          = { .result = row->after_body ? CURLE_WEIRD_SERVER_REPLY : CURLE_SEND_ERROR,
              .talk = &talk,
              .handed_over = row->after_body,
              .host = "smtp.example",
              .recipient = "zoe@client.example",
              .from = "compta@example.test",
              .size = 2 * 1024 * 1024 };
      g_autoptr (RubisDelivery) delivery = NULL;

      g_strlcpy (talk.verb, row->verb, sizeof talk.verb);
      delivery = rubis_smtp_verdict_judge (&verdict);
      g_test_message ("%s: %s", row->reply, delivery->reason);
      g_assert_cmpstr (rubis_fate_to_id (delivery->fate), ==, rubis_fate_to_id (row->fate));
      g_assert_cmpint (delivery->sender_wide, ==, row->sender_wide);
      g_assert_true (g_str_has_prefix (delivery->reason, row->reason));
      g_assert_cmpstr (delivery->answer, ==, row->reply);
      /* Only "nobody of that name" condemns the address, not spam, size or a full mailbox. */
      g_assert_cmpint (delivery->bad_email, ==,
                       strcmp (row->verb, "RCPT") == 0 && strstr (row->reply, "5.1.1") != NULL);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/smtp-verdict/rows", test_rows);
  return g_test_run ();
}
