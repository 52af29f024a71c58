/* Emails that have to fit, and those that people write themselves. */
#include <string.h>

#include "email-fixture.h"
#include "rubis-attachments.h"

/* --- size --- */

static void
add_copies (EmailFixture *f, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *number = g_strdup_printf ("FA-2026/02%02u", i);
      gint64 item = rubis_test_add_item (f->session, f->account, number, RUBIS_ITEM_INVOICE, "2026-11-10",
                                         1000, 1000, NULL);

      email_fixture_keep_copy (f, item, number, 300000);
    }
}

static void
test_size (EmailFixture *f, gconstpointer data)
{
  g_autoptr (RubisSender) sender = email_fixture_new_sender ();
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisEmail) whole = NULL;
  g_autoptr (RubisEmail) smaller = NULL;
  g_autoptr (RubisEmail) none = NULL;

  add_copies (f, 4);
  g_assert_true (rubis_session_set_attachments_merged (f->session, FALSE, &error));
  whole = email_fixture_make_email (f, NULL, "relance-2", sender, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (whole->files->len, ==, 5);
  g_assert_cmpuint (whole->warnings->len, ==, 0);
  g_assert_nonnull (strstr (whole->text, "Copie de la facture FA-2026/0203"));

  sender->max_size = 1000000;
  smaller = email_fixture_make_email (f, NULL, "relance-2", sender, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (smaller->content), <=, 1000000);
  g_assert_cmpuint (smaller->files->len, ==, 3);
  g_assert_cmpstr (((RubisEmailFile *)g_ptr_array_index (smaller->files, 0))->name, ==,
                   "Relevé de compte C_2.pdf");
  g_assert_cmpuint (smaller->warnings->len, ==, 2);
  g_assert_nonnull (strstr (g_ptr_array_index (smaller->warnings, 0), "FA-2026/0203"));
  g_assert_nonnull (strstr (g_ptr_array_index (smaller->warnings, 1), "FA-2026/0202"));
  /* What is not there is not claimed to be. */
  g_assert_nonnull (strstr (smaller->text, "Copie de la facture FA-2026/0201"));
  g_assert_null (strstr (smaller->text, "Copie de la facture FA-2026/0202"));
  g_assert_null (strstr (smaller->html, "Copie de la facture FA-2026/0203"));

  sender->max_size = 5000;
  none = email_fixture_make_email (f, NULL, "relance-2", sender, FALSE, &error);
  g_assert_null (none);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE);
}

/* --- messages of no scenario --- */

static RubisEmail *
make_draft (EmailFixture *f, const RubisDraftRequest *draft, gint64 dispute_id)
{
  const RubisEmailOptions options
      = { .outbox_id = 78, .dispute_id = dispute_id, .key = draft->key, .now = NOW };
  g_autoptr (GError) error = NULL;
  RubisEmail *email;
  EmailMaking m;

  email_fixture_begin (&m, f);
  email = rubis_email_make_for_draft (m.maker, draft, &options, &error);
  email_fixture_end (&m);
  g_assert_no_error (error);
  return email;
}

/* What a person typed arrives as typed: it is neither Markdown nor a template. */
static void
test_draft_text (EmailFixture *f, gconstpointer data)
{
  static const char text[]
      = "Bonjour,\n\n# pas un titre, #NomClient, ##, #SI{#X}…#FIN\n* ni **gras**, ni _penché_\n"
        "1. ni liste\n    ni code `x` <b>&amp; [lien](http://x.example) \\ ~ |\n\n"
        "---\n> Cordialement\n";
  const RubisDraftRequest draft = { .account_id = f->account,
                                    .channel = RUBIS_CHANNEL_EMAIL,
                                    .key = "draft-1",
                                    .title = "Réponse",
                                    .subject = "Re: #votre question & <la mienne>",
                                    .text = text,
                                    .in_reply_to = "question-7@beta.example" };
  g_autoptr (RubisEmail) email = make_draft (f, &draft, 0);
  g_autoptr (JsonObject) read = email_fixture_read_email (email);
  JsonArray *references = json_object_get_array_member (read, "references");

  g_assert_cmpstr (email->to_email, ==, "compta@beta.example");
  g_assert_cmpstr (rubis_test_get_header (read, "Subject"), ==, "Re: #votre question & <la mienne>");
  g_assert_cmpstr (rubis_test_get_header (read, "In-Reply-To"), ==, "<question-7@beta.example>");
  g_assert_cmpuint (json_array_get_length (references), ==, 1);
  g_assert_cmpstr (
      email->text, ==,
      "Bonjour,\n\n# pas un titre, #NomClient, ##, #SI{#X}…#FIN\n* ni **gras**, ni _penché_\n1. ni liste\n"
      "ni code `x` <b>&amp; [lien](http://x.example) \\ ~ |\n\n---\n> Cordialement\n");
  g_assert_nonnull (strstr (email->html, "* ni **gras**, ni _penché_<br>\n1. ni liste<br>\n"));
  email_fixture_assert_no_links (email);
}

/* Copies that a customer asked for. */
static void
test_draft_copies (EmailFixture *f, gconstpointer data)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  RubisDraftRequest draft = { .account_id = f->account,
                              .key = "copies-1",
                              .title = "Copies",
                              .subject = "Copie de votre facture",
                              .text = "Voici la copie demandée.",
                              .item_ids = ids,
                              .copies = TRUE };
  g_autoptr (RubisEmail) email = NULL;
  g_autoptr (JsonObject) read = NULL;

  g_array_append_val (ids, f->item);
  email_fixture_keep_copy (f, f->item, "FA-2026/0014", 1000);
  email = make_draft (f, &draft, 0);
  read = email_fixture_read_email (email);
  g_assert_cmpuint (email->files->len, ==, 1);
  g_assert_cmpstr (
      json_object_get_string_member (rubis_test_get_part (email_fixture_get_body (read), 1), "name"), ==,
      "Copie de la facture FA-2026-0014.pdf");
  g_assert_cmpuint (
      json_array_get_length (json_object_get_array_member (email_fixture_get_page (read), "links")), ==, 5);
}

/* A colleague answers about a dispute; the customer's links are not for him. */
static void
test_draft_for_colleague (EmailFixture *f, gconstpointer data)
{
  const RubisDraftRequest draft = { .account_id = f->account,
                                    .key = "dispute-5",
                                    .title = "Litige",
                                    .subject = "Litige",
                                    .text = "Peux-tu regarder ?",
                                    .to_email = "atelier@verrerie.example" };
  g_autoptr (RubisEmail) email = make_draft (f, &draft, 5);
  g_autoptr (JsonObject) read = email_fixture_read_email (email);
  JsonArray *links = json_object_get_array_member (email_fixture_get_page (read), "links");

  g_assert_cmpstr (email->to_email, ==, "atelier@verrerie.example");
  g_assert_cmpstr (email->to_name, ==, "");
  g_assert_cmpuint (json_array_get_length (links), ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *start = g_strdup_printf ("RBS-A5-%c-", "FUT"[i]);

      g_assert_nonnull (strstr (
          json_object_get_string_member (json_array_get_object_element (links, i), "subject"), start));
    }
}

#define ADD(path, func)                                                                                      \
  g_test_add ("/email-draft/" path, EmailFixture, NULL, email_fixture_set_up, func, email_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_setenv ("LANGUAGE", "en", TRUE);
  g_test_init (&argc, &argv, NULL);
  ADD ("size", test_size);
  ADD ("draft-text", test_draft_text);
  ADD ("draft-copies", test_draft_copies);
  ADD ("draft-for-colleague", test_draft_for_colleague);
  return g_test_run ();
}
