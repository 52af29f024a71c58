/* Emails are read back by another library: the email module of Python. */
#include "rubis-message.h"
#include "rubis-test-message.h"

#include <string.h>

static RubisMessage *
new_message (void)
{
  RubisMessage *message = rubis_message_new ();

  rubis_message_set (message, from_name, "Société Générale d’Électricité, S.A.");
  rubis_message_set (message, from_email, "compta@exemple.fr");
  rubis_message_set (message, to_name, "Zoë Müller");
  rubis_message_set (message, to_email, "zoe.muller@client.example");
  rubis_message_set (message, subject, "Relance n° 2 : votre facture FA-2026-00412 échue");
  rubis_message_set (message, id, "c0ffee.1@rubis.exemple.fr");
  rubis_message_set (message, language, "fr");
  rubis_message_set (message, text, "Bonjour,\n\nReste dû : 1 234,56 €.\n.\nFrom here\n");
  /* 2026-03-29 03:30:05 in Paris, on the morning when its clocks go forward */
  message->time = 1774747805;
  message->zone = 120;
  return message;
}

static void
attach_pdf (RubisMessage *message, const char *name, GBytes *pdf)
{
  rubis_message_attach (message, name, "application/pdf", pdf);
}

static JsonObject *
write_and_read (RubisMessage *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = rubis_message_write (message, &error);
  JsonObject *read;

  g_assert_no_error (error);
  read = rubis_test_read_message (bytes);
  rubis_test_assert_well_formed (read);
  return read;
}

static void
assert_text (JsonObject *part, const char *type, const char *text)
{
  g_assert_cmpstr (json_object_get_string_member (part, "type"), ==, type);
  g_assert_cmpstr (json_object_get_string_member (part, "charset"), ==, "utf-8");
  g_assert_cmpstr (json_object_get_string_member (part, "text"), ==, text);
}

static void
assert_pdf (JsonObject *part, const char *name, GBytes *bytes)
{
  gsize size;
  g_autofree guchar *data = g_base64_decode (json_object_get_string_member (part, "base64"), &size);

  g_assert_cmpstr (json_object_get_string_member (part, "type"), ==, "application/pdf");
  g_assert_cmpstr (json_object_get_string_member (part, "disposition"), ==, "attachment");
  g_assert_cmpstr (json_object_get_string_member (part, "name"), ==, name);
  g_assert_cmpmem (data, size, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
test_headers (void)
{
  g_autoptr (RubisMessage) message = new_message ();
  g_autoptr (JsonObject) read = write_and_read (message);
  JsonObject *from = json_object_get_object_member (read, "from");
  JsonObject *to = json_object_get_object_member (read, "to");

  g_assert_cmpstr (json_object_get_string_member (from, "name"), ==, "Société Générale d’Électricité, S.A.");
  g_assert_cmpstr (json_object_get_string_member (from, "email"), ==, "compta@exemple.fr");
  g_assert_cmpstr (json_object_get_string_member (to, "name"), ==, "Zoë Müller");
  g_assert_cmpstr (json_object_get_string_member (to, "email"), ==, "zoe.muller@client.example");
  g_assert_cmpstr (rubis_test_get_header (read, "Subject"), ==, "Relance n° 2 : votre facture FA-2026-00412 échue");
  g_assert_cmpstr (rubis_test_get_header (read, "Message-ID"), ==, "<c0ffee.1@rubis.exemple.fr>");
  g_assert_cmpstr (rubis_test_get_header (read, "MIME-Version"), ==, "1.0");
  g_assert_cmpstr (rubis_test_get_header (read, "Content-Language"), ==, "fr");
  g_assert_null (rubis_test_get_header (read, "Auto-Submitted"));
  g_assert_null (rubis_test_get_header (read, "Reply-To"));
  g_assert_null (rubis_test_get_header (read, "In-Reply-To"));
  g_assert_null (rubis_test_get_header (read, "References"));
  g_assert_cmpstr (json_object_get_string_member (read, "date"), ==, "2026-03-29T03:30:05+02:00");
}

/* An answering machine at the other end must not answer what no person wrote. */
static void
test_auto_submitted (void)
{
  g_autoptr (RubisMessage) message = new_message ();
  g_autoptr (JsonObject) read = NULL;

  message->auto_submitted = TRUE;
  rubis_message_set (message, language, "");
  read = write_and_read (message);
  g_assert_cmpstr (rubis_test_get_header (read, "Auto-Submitted"), ==, "auto-generated");
  g_assert_null (rubis_test_get_header (read, "Content-Language"));
}

/* The day is that of the sender's clock, west and east of Greenwich, also by half hours. */
static void
test_zones (void)
{
  static const struct
  {
    int zone;
    const char *date;
  } cases[] = { { 0, "2026-03-29T01:30:05+00:00" },
                { -210, "2026-03-28T22:00:05-03:30" },
                { 345, "2026-03-29T07:15:05+05:45" } };
  g_autoptr (RubisMessage) message = new_message ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonObject) read = NULL;

      message->zone = cases[i].zone;
      read = write_and_read (message);
      g_assert_cmpstr (json_object_get_string_member (read, "date"), ==, cases[i].date);
    }
}

static void
test_reply_to (void)
{
  g_autoptr (RubisMessage) message = new_message ();
  g_autoptr (JsonObject) read = NULL;
  JsonObject *reply_to;

  rubis_message_set (message, reply_to, "reglements@exemple.fr");
  read = write_and_read (message);
  reply_to = json_object_get_object_member (read, "reply_to");
  g_assert_cmpstr (json_object_get_string_member (reply_to, "name"), ==, message->from_name);
  g_assert_cmpstr (json_object_get_string_member (reply_to, "email"), ==, "reglements@exemple.fr");
}

/* A long thread is folded; what is no Message-ID does not get in. */
static void
test_thread (void)
{
  g_autoptr (RubisMessage) message = new_message ();
  g_autoptr (GString) references = g_string_new ("broken> <bcc\r\n:x@y");
  g_autoptr (JsonObject) read = NULL;
  JsonArray *read_references;

  for (int i = 0; i < 40; i++)
    g_string_append_printf (references, " %d.CAJ+_$y=abcdefghijklmnopqrstuvwxyz0123456789@mail.client.example", i);
  rubis_message_set (message, in_reply_to, "39.CAJ+_$y=abcdefghijklmnopqrstuvwxyz0123456789@mail.client.example");
  rubis_message_set (message, references, references->str);
  read = write_and_read (message);
  g_assert_cmpstr (rubis_test_get_header (read, "In-Reply-To"), ==,
                   "<39.CAJ+_$y=abcdefghijklmnopqrstuvwxyz0123456789@mail.client.example>");
  read_references = json_object_get_array_member (read, "references");
  g_assert_cmpuint (json_array_get_length (read_references), ==, 40);
  g_assert_cmpstr (json_array_get_string_element (read_references, 0), ==,
                   "<0.CAJ+_$y=abcdefghijklmnopqrstuvwxyz0123456789@mail.client.example>");
  rubis_message_set (message, in_reply_to, "a@b>\r\nBcc: c@d");
  rubis_message_set (message, references, "");
  g_clear_pointer (&read, json_object_unref);
  read = write_and_read (message);
  g_assert_null (rubis_test_get_header (read, "In-Reply-To"));
  g_assert_null (rubis_test_get_header (read, "References"));
  g_assert_null (rubis_test_get_header (read, "Bcc"));
}

static void
test_plain (void)
{
  g_autoptr (RubisMessage) message = new_message ();
  g_autoptr (JsonObject) read = write_and_read (message);

  assert_text (json_object_get_object_member (read, "body"), "text/plain", message->text);
}

static void
test_parts (void)
{
  g_autoptr (RubisMessage) message = new_message ();
  g_autoptr (GByteArray) big = g_byte_array_new ();
  g_autoptr (GBytes) first = NULL;
  g_autoptr (GBytes) second = g_bytes_new_static ("%PDF-1.7\r\n\0\n--=_mixed", 22);
  g_autoptr (JsonObject) read = NULL;
  JsonObject *body;

  for (guint i = 0; i < 200000; i++)
    {
      guint8 byte = (guint8)((i * 7919u) >> 3);

      g_byte_array_append (big, &byte, 1);
    }
  first = g_bytes_new (big->data, big->len);
  rubis_message_set (message, html, "<p>Reste dû&nbsp;: <b>1\u202f234,56\u00a0€</b></p>\r\n<p>Fin</p>");
  attach_pdf (message, "Relevé de compte – Zoë.pdf", first);
  attach_pdf (message, "FA-2026-00412.pdf", second);
  read = write_and_read (message);
  body = json_object_get_object_member (read, "body");

  g_assert_cmpstr (json_object_get_string_member (body, "type"), ==, "multipart/mixed");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (body, "parts")), ==, 3);
  g_assert_cmpstr (json_object_get_string_member (rubis_test_get_part (body, 0), "type"), ==, "multipart/alternative");
  assert_text (rubis_test_get_part (rubis_test_get_part (body, 0), 0), "text/plain", message->text);
  assert_text (rubis_test_get_part (rubis_test_get_part (body, 0), 1), "text/html",
               "<p>Reste dû&nbsp;: <b>1\u202f234,56\u00a0€</b></p>\n<p>Fin</p>\n");
  assert_pdf (rubis_test_get_part (body, 1), "Relevé de compte – Zoë.pdf", first);
  assert_pdf (rubis_test_get_part (body, 2), "FA-2026-00412.pdf", second);
}

static void
assert_file (JsonObject *part, const char *type, const char *name, const char *content)
{
  gsize size;
  g_autofree guchar *data = g_base64_decode (json_object_get_string_member (part, "base64"), &size);

  g_assert_cmpstr (json_object_get_string_member (part, "type"), ==, type);
  g_assert_cmpstr (json_object_get_string_member (part, "name"), ==, name);
  g_assert_cmpmem (data, size, content, strlen (content));
}

/* Pictures of the page travel beside it, where it finds them. */
static void
test_images (void)
{
  g_autoptr (RubisMessage) message = new_message ();
  g_autoptr (GBytes) png = g_bytes_new_static ("\x89PNG\r\n", 6);
  g_autoptr (GBytes) pdf = g_bytes_new_static ("%PDF", 4);
  g_autoptr (JsonObject) read = NULL;
  JsonObject *body;
  JsonObject *related;
  JsonObject *image;

  rubis_message_set (message, html, "<img src=\"cid:qr@rubis.exemple.fr\">");
  rubis_message_embed (message, "qr@rubis.exemple.fr", "règlement.png", "image/png", png);
  attach_pdf (message, "a.pdf", pdf);
  read = write_and_read (message);
  body = json_object_get_object_member (read, "body");
  g_assert_cmpstr (json_object_get_string_member (body, "type"), ==, "multipart/mixed");
  assert_text (rubis_test_get_part (rubis_test_get_part (body, 0), 0), "text/plain", message->text);
  related = rubis_test_get_part (rubis_test_get_part (body, 0), 1);
  g_assert_cmpstr (json_object_get_string_member (related, "type"), ==, "multipart/related");
  g_assert_cmpstr (json_object_get_string_member (related, "root"), ==, "text/html");
  assert_text (rubis_test_get_part (related, 0), "text/html", "<img src=\"cid:qr@rubis.exemple.fr\">\n");
  image = rubis_test_get_part (related, 1);
  assert_file (image, "image/png", "règlement.png", "\x89PNG\r\n");
  g_assert_cmpstr (json_object_get_string_member (image, "disposition"), ==, "inline");
  g_assert_cmpstr (json_object_get_string_member (image, "cid"), ==, "<qr@rubis.exemple.fr>");
  assert_pdf (rubis_test_get_part (body, 1), "a.pdf", pdf);
}

/* Files of any type come out as they went in; one that says it is a message stays a file. */
static void
test_media_types (void)
{
  static const struct
  {
    const char *given;
    const char *type;
  } cases[] = {
    { "application/xml", "application/xml" },
    { "text/csv", "text/csv" },
    { "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },
    { "message/rfc822", "application/octet-stream" },
    { "multipart/mixed", "application/octet-stream" },
    { "", "application/octet-stream" },
    { "pdf", "application/octet-stream" },
    { "/", "application/octet-stream" },
    { "text/html\r\nBcc: x@y.fr", "application/octet-stream" },
    { "text/plain; charset=utf-16", "application/octet-stream" },
  };
  g_autoptr (RubisMessage) message = new_message ();
  g_autoptr (GBytes) content = g_bytes_new_static ("n;montant\n1;2\r\n.\r\nFrom x\r\n", 26);
  g_autoptr (JsonObject) read = NULL;
  JsonObject *body;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    rubis_message_attach (message, "échéances.csv", cases[i].given, content);
  read = write_and_read (message);
  body = json_object_get_object_member (read, "body");
  g_assert_null (rubis_test_get_header (read, "Bcc"));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_file (rubis_test_get_part (body, i + 1), cases[i].type, "échéances.csv", "n;montant\n1;2\r\n.\r\nFrom x\r\n");
}

static void
test_same_bytes (void)
{
  g_autoptr (RubisMessage) message = new_message ();
  g_autoptr (GBytes) pdf = g_bytes_new_static ("%PDF", 4);
  g_autoptr (GBytes) first = NULL;
  g_autoptr (GBytes) second = NULL;
  g_autoptr (GBytes) third = NULL;

  rubis_message_set (message, html, "<p>a</p>");
  attach_pdf (message, "a.pdf", pdf);
  first = rubis_message_write (message, NULL);
  second = rubis_message_write (message, NULL);
  g_assert_true (g_bytes_equal (first, second));
  rubis_message_set (message, id, "c0ffee.2@rubis.exemple.fr");
  third = rubis_message_write (message, NULL);
  g_assert_false (g_bytes_equal (first, third));
}

/* A customer's name is data: it must not add a recipient or end the headers. */
static void
test_injection (void)
{
  g_autoptr (RubisMessage) message = new_message ();
  g_autoptr (GBytes) pdf = g_bytes_new_static ("%PDF", 4);
  g_autoptr (JsonObject) read = NULL;
  JsonObject *body;

  rubis_message_set (message, from_name, "Ma \"Société\"\r\nBcc: voleur@mal.example\r\n\r\nCorps");
  rubis_message_set (message, to_name, "Martin <autre@mal.example>, Zoé\nX-Y: 1");
  rubis_message_set (message, subject, "  Relance\r\n\tReply-To: voleur@mal.example\u2028fin\x01 ");
  attach_pdf (message, "a\"\r\nX-Z: 1; ../../b.pdf", pdf);
  read = write_and_read (message);

  g_assert_null (rubis_test_get_header (read, "Bcc"));
  g_assert_null (rubis_test_get_header (read, "Reply-To"));
  g_assert_null (rubis_test_get_header (read, "X-Y"));
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (read, "from"), "name"), ==,
                   "Ma \"Société\" Bcc: voleur@mal.example Corps");
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (read, "to"), "name"), ==,
                   "Martin <autre@mal.example>, Zoé X-Y: 1");
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (read, "to"), "email"), ==,
                   "zoe.muller@client.example");
  g_assert_cmpstr (rubis_test_get_header (read, "Subject"), ==, "Relance Reply-To: voleur@mal.example fin");
  body = json_object_get_object_member (read, "body");
  g_assert_cmpstr (json_object_get_string_member (rubis_test_get_part (body, 1), "name"), ==, "a\" X-Z: 1; .._.._b.pdf");
}

/* Everything longer than a line of mail may be. */
static void
test_long_lines (void)
{
  g_autoptr (RubisMessage) message = new_message ();
  g_autofree char *word = g_strnfill (3000, 'x');
  g_autofree char *accents = g_strconcat (word, "é", word, NULL);
  g_autoptr (GBytes) pdf = g_bytes_new_static ("%PDF", 4);
  g_autoptr (JsonObject) read = NULL;
  g_autofree char *line = g_strconcat (accents, "\n", NULL);

  rubis_message_set (message, from_name, word);
  rubis_message_set (message, to_name, accents);
  rubis_message_set (message, subject, accents);
  rubis_message_set (message, text, line);
  attach_pdf (message, accents, pdf);
  read = write_and_read (message);
  assert_text (rubis_test_get_part (json_object_get_object_member (read, "body"), 0), "text/plain", line);
  g_assert_cmpuint (strlen (rubis_test_get_header (read, "Subject")), ==, 500);
}

static void
assert_refused (RubisMessage *message, RubisMessageError code, const char *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (rubis_message_write (message, &error));
  g_assert_error (error, RUBIS_MESSAGE_ERROR, (int)code);
  g_assert_cmpstr (error->message, ==, words);
}

static void
test_refused (void)
{
  static const char *const wrong[]
      = { "",         "zoe",        "@b.fr",         "zoe@",  "a b@c.fr",   "a@b.fr\n",
          "<a@b.fr>", "a@b.fr,c@d", "zoé@client.fr", "a@b@c", "a@b.fr;c@d", "a(b)@c.fr" };
  g_autoptr (RubisMessage) message = new_message ();

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *words = g_strdup_printf (
          "“%s” is not an email address to write to: correct it in the account’s contacts", wrong[i]);

      rubis_message_set (message, to_email, wrong[i]);
      assert_refused (message, RUBIS_MESSAGE_ERROR_ADDRESS, words);
    }
  rubis_message_set (message, to_email, "a@b.fr");
  rubis_message_set (message, from_email, "compta");
  assert_refused (message, RUBIS_MESSAGE_ERROR_ADDRESS,
                  "“compta” is not an email address to write from: correct it in the company’s details");
  rubis_message_set (message, from_email, "c@d.fr");
  rubis_message_set (message, id, "a@b>\r\nBcc: x");
  assert_refused (message, RUBIS_MESSAGE_ERROR_ID,
                  "“a@b>\r\nBcc: x” cannot identify an email: it must read left@right");
  rubis_message_set (message, id, "a@b");
  rubis_message_set (message, reply_to, "a@b\nBcc: c@d");
  assert_refused (message, RUBIS_MESSAGE_ERROR_ADDRESS,
                  "“a@b\nBcc: c@d” is not an email address for answers: correct it in the sender’s settings");
  rubis_message_set (message, reply_to, "");
  rubis_message_set (message, language, "fr\n");
  assert_refused (message, RUBIS_MESSAGE_ERROR_FIELD, "“fr\n” is not a language such as fr or en");
  rubis_message_set (message, language, "fr");
  rubis_message_set (message, text, "");
  assert_refused (message, RUBIS_MESSAGE_ERROR_FIELD, "the email has no text");
  rubis_message_set (message, text, "caf\xe9");
  assert_refused (message, RUBIS_MESSAGE_ERROR_FIELD, "the field “text” of the email is not UTF-8 text");
  message->time = 0;
  rubis_message_set (message, text, "café");
  assert_refused (message, RUBIS_MESSAGE_ERROR_FIELD, "the email has no date");
  message->time = G_MAXINT64;
  assert_refused (message, RUBIS_MESSAGE_ERROR_FIELD, "the email has no date");
  message->time = 1774747805;
  message->zone = 24 * 60;
  assert_refused (message, RUBIS_MESSAGE_ERROR_FIELD, "the email has no date");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/message/headers", test_headers);
  g_test_add_func ("/message/auto-submitted", test_auto_submitted);
  g_test_add_func ("/message/zones", test_zones);
  g_test_add_func ("/message/reply-to", test_reply_to);
  g_test_add_func ("/message/thread", test_thread);
  g_test_add_func ("/message/plain", test_plain);
  g_test_add_func ("/message/parts", test_parts);
  g_test_add_func ("/message/images", test_images);
  g_test_add_func ("/message/media-types", test_media_types);
  g_test_add_func ("/message/same-bytes", test_same_bytes);
  g_test_add_func ("/message/injection", test_injection);
  g_test_add_func ("/message/long-lines", test_long_lines);
  g_test_add_func ("/message/refused", test_refused);
  return g_test_run ();
}
