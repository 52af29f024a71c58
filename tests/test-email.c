/* Emails as they leave, read back by another library: what the window showed, whom they come from, what goes
 * with them, how one answers them.
 */
#include <string.h>

#include "email-fixture.h"
#include "rubis-account-card.h"
#include "rubis-answer-token.h"
#include "rubis-attachments.h"
#include "rubis-email-settings.h"

/* --- what was shown is what leaves --- */

static void
assert_files_shown (const RubisActionPreview *shown, JsonObject *mixed)
{
  for (guint i = 0; i < shown->files->len; i++)
    {
      const RubisActionFile *file = g_ptr_array_index (shown->files, i);
      JsonObject *part = rubis_test_get_part (mixed, i + 1);
      gsize size = 0;
      g_autofree guchar *content = g_base64_decode (json_object_get_string_member (part, "base64"), &size);

      g_assert_cmpstr (json_object_get_string_member (part, "name"), ==, file->name);
      g_assert_cmpstr (json_object_get_string_member (part, "type"), ==, file->media_type);
      g_assert_cmpint ((gint64)size, ==, file->size);
      g_assert_cmpmem (content, 4, "%PDF", 4);
    }
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (mixed, "parts")), ==,
                    shown->files->len + 1);
}

static void
test_shown_is_sent (EmailFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisActionRow) action = email_fixture_load_action (f);
  g_autoptr (GPtrArray) actions = g_ptr_array_new ();
  g_autoptr (RubisActionPreview) shown = NULL;
  g_autoptr (RubisRunReport) report = NULL;
  g_autoptr (GBytes) sent = NULL;
  g_autoptr (JsonObject) read = NULL;
  g_autofree char *from = NULL;
  g_autofree char *html = NULL;
  JsonObject *address;
  EmailMaking m;

  email_fixture_keep_copy (f, f->item, "FA-2026/0014", 1000);
  g_assert_true (rubis_session_set_attachments_merged (f->session, FALSE, &error));
  email_fixture_begin (&m, f);
  email_fixture_end (&m);
  shown = rubis_session_preview_action (f->session, action, &error);
  g_assert_no_error (error);
  g_ptr_array_add (actions, action);
  report = rubis_session_perform (f->session, actions, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->done->len, ==, 1);
  sent = email_fixture_load_sent (f);
  read = rubis_test_read_message (sent);
  rubis_test_assert_well_formed (read);
  address = json_object_get_object_member (read, "from");
  from = g_strdup_printf ("%s <%s>", json_object_get_string_member (address, "name"),
                          json_object_get_string_member (address, "email"));
  g_assert_cmpstr (shown->from, ==, from);
  g_assert_cmpstr (shown->from, ==, "Verrerie du Rhône & Cie <credit@verrerie.example>");
  g_assert_cmpstr (shown->reply_to, ==, "");
  address = json_object_get_object_member (read, "to");
  g_assert_cmpstr (shown->recipient, ==, json_object_get_string_member (address, "email"));
  g_assert_cmpstr (shown->subject, ==, rubis_test_get_header (read, "Subject"));
  g_assert_cmpstr (shown->text, ==,
                   json_object_get_string_member (
                       rubis_test_find_part (email_fixture_get_body (read), "text/plain"), "text"));
  html = g_strdup (json_object_get_string_member (
      rubis_test_find_part (email_fixture_get_body (read), "text/html"), "text"));
  g_assert_cmpstr (shown->html, ==, html);
  g_assert_cmpuint (shown->files->len, >=, 1);
  assert_files_shown (shown, email_fixture_get_body (read));
}

/* --- heads --- */

static void
test_heads (EmailFixture *f, gconstpointer data)
{
  g_autoptr (RubisEmail) email = email_fixture_make_plain (f);
  g_autoptr (RubisEmail) other = email_fixture_make_plain (f);
  g_autoptr (JsonObject) read = email_fixture_read_email (email);
  g_autoptr (GDateTime) date
      = g_date_time_new_from_iso8601 (json_object_get_string_member (read, "date"), NULL);
  g_autofree char *id = g_strdup_printf ("<%s>", email->message_id);

  g_assert_cmpint (g_date_time_to_unix (date), ==, NOW);
  g_assert_cmpstr (rubis_test_get_header (read, "Message-ID"), ==, id);
  g_assert_true (
      g_regex_match_simple ("^[0-9a-f]{20}\\.[0-9a-f]{12}@verrerie\\.example$", email->message_id, 0, 0));
  g_assert_cmpstr (email->message_id, !=, other->message_id);
  g_assert_cmpstr (email->thread_id, ==, email->message_id);
  g_assert_cmpstr (rubis_test_get_header (read, "Content-Language"), ==, "fr");
  g_assert_null (rubis_test_get_header (read, "Auto-Submitted"));
  g_assert_null (rubis_test_get_header (read, "Reply-To"));
  g_assert_null (rubis_test_get_header (read, "In-Reply-To"));
}

static void
test_sender (EmailFixture *f, gconstpointer data)
{
  g_autoptr (RubisSender) sender = email_fixture_new_sender ();
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisEmail) email = email_fixture_make_email (f, NULL, NULL, sender, TRUE, &error);
  g_autoptr (JsonObject) read = NULL;
  JsonObject *from;
  JsonArray *links;

  g_assert_no_error (error);
  read = email_fixture_read_email (email);
  from = json_object_get_object_member (read, "from");
  g_assert_cmpstr (json_object_get_string_member (from, "name"), ==, "Claire Noël, « crédit »");
  g_assert_cmpstr (json_object_get_string_member (from, "email"), ==, "claire.noel@groupe.example");
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (read, "reply_to"), "email"),
                   ==, "reglements@verrerie.example");
  g_assert_true (g_str_has_suffix (email->message_id, "@groupe.example"));
  g_assert_cmpstr (rubis_test_get_header (read, "Auto-Submitted"), ==, "auto-generated");
  g_assert_nonnull (strstr (email->text, "\n\nClaire Noël\nLigne directe : <04 72 00 00 01>\n\n"));
  g_assert_nonnull (strstr (email->html, "Claire Noël<br>\nLigne directe : &lt;04 72 00 00 01&gt;</p>"));
  links = json_object_get_array_member (email_fixture_get_page (read), "links");
  g_assert_cmpuint (json_array_get_length (links), ==, 5);
  for (guint i = 0; i < 5; i++)
    g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (links, i), "to"), ==,
                     "reglements@verrerie.example");
}

/* A host with letters that mail does not know is written as mail writes it. */
static void
test_foreign_host (EmailFixture *f, gconstpointer data)
{
  g_autoptr (RubisEmail) email = NULL;
  g_autoptr (JsonObject) read = NULL;

  rubis_test_exec (f->session, "UPDATE account SET email = 'compta@bêta.example' WHERE code = 'C_2'");
  email = email_fixture_make_plain (f);
  read = email_fixture_read_email (email);
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (read, "to"), "email"), ==,
                   "compta@xn--bta-fma.example");
  g_assert_cmpstr (email->to_email, ==, "compta@xn--bta-fma.example");
}

/* Nobody carries it: the window shows it, and says so. */
static void
test_no_sender (EmailFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisActionRow) action = email_fixture_load_action (f);
  g_autoptr (RubisActionPreview) shown = NULL;

  rubis_test_exec (f->session, "UPDATE sender SET active = 0");
  shown = rubis_session_preview_action (f->session, action, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (shown->warnings->len, ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (shown->warnings, 0), "No sender carries emails"));
}

/* --- the thread of an account --- */

static void
assert_thread (EmailFixture *f, RubisActionRow *action, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisEmail) email = email_fixture_make_email (f, action, NULL, NULL, FALSE, &error);
  g_autoptr (JsonObject) read = NULL;
  g_autofree char *id = NULL;
  JsonArray *references;

  g_assert_no_error (error);
  read = email_fixture_read_email (email);
  references = json_object_get_array_member (read, "references");
  if (expected == NULL)
    {
      g_assert_cmpstr (email->thread_id, ==, email->message_id);
      g_assert_null (rubis_test_get_header (read, "In-Reply-To"));
      g_assert_cmpuint (json_array_get_length (references), ==, 0);
      return;
    }
  id = g_strdup_printf ("<%s>", expected);
  g_assert_cmpstr (email->thread_id, ==, expected);
  g_assert_cmpstr (email->message_id, !=, expected);
  g_assert_cmpstr (rubis_test_get_header (read, "In-Reply-To"), ==, id);
  g_assert_cmpuint (json_array_get_length (references), ==, 1);
  g_assert_cmpstr (json_array_get_string_element (references, 0), ==, id);
}

/* One conversation while something that it spoke of is unpaid. */
static void
test_thread (EmailFixture *f, gconstpointer data)
{
  static const char *const waiting[] = { "approved", "queued", "cancelled", "refused", "bounced_hard" };
  static const char *const left[] = { "sent", "delivered", "bounced_soft" };
  g_autoptr (RubisActionRow) action = email_fixture_load_action (f);
  g_autoptr (GPtrArray) actions = g_ptr_array_new ();
  g_autoptr (RubisRunReport) report = NULL;
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (actions, action);
  report = rubis_session_perform (f->session, actions, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  rubis_test_exec (f->session, "UPDATE outbox SET message_id = '1@v.example', thread_id = '1@v.example'");
  for (gsize i = 0; i < G_N_ELEMENTS (waiting); i++)
    {
      g_autofree char *sql = g_strdup_printf ("UPDATE outbox SET state = '%s'", waiting[i]);

      rubis_test_exec (f->session, sql);
      assert_thread (f, action, NULL);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (left); i++)
    {
      g_autofree char *sql = g_strdup_printf ("UPDATE outbox SET state = '%s'", left[i]);

      rubis_test_exec (f->session, sql);
      assert_thread (f, action, "1@v.example");
    }
  /* What the thread spoke of is paid, something else is due: the next email begins a new one. */
  g_array_index (action->item_ids, gint64, 0) = rubis_test_add_item (
      f->session, f->account, "FA-2026/0100", RUBIS_ITEM_INVOICE, "2026-11-09", 5000, 5000, NULL);
  assert_thread (f, action, "1@v.example");
  rubis_test_exec (f->session, "UPDATE item SET open = 0 WHERE number = 'FA-2026/0014'");
  assert_thread (f, action, NULL);
  rubis_test_exec (f->session, "UPDATE item SET open = total WHERE number = 'FA-2026/0014'");
}

/* --- bodies --- */

/* The picture that the page shows as "cid:…". */
static GBytes *
find_picture (JsonObject *read, const char *source)
{
  JsonObject *related = rubis_test_find_part (email_fixture_get_body (read), "multipart/related");
  g_autofree char *cid = g_strdup_printf ("<%s>", source + strlen ("cid:"));
  JsonArray *parts = json_object_get_array_member (related, "parts");

  g_assert_true (g_str_has_prefix (source, "cid:"));
  for (guint i = 1; i < json_array_get_length (parts); i++)
    {
      JsonObject *part = json_array_get_object_element (parts, i);

      if (g_str_equal (json_object_get_string_member (part, "cid"), cid))
        {
          gsize size;
          guchar *content = g_base64_decode (json_object_get_string_member (part, "base64"), &size);

          return g_bytes_new_take (content, size);
        }
    }
  g_assert_not_reached ();
}

/* What a banking application reads on it. */
static char *
scan (EmailFixture *f, GBytes *png)
{
  g_autofree char *path = g_build_filename (f->folder, "qr.png", NULL);
  const char *const argv[] = { "zbarimg", "--raw", "-q", "-Sbinary", "--oneshot", path, NULL };
  g_autoptr (GError) error = NULL;
  char *output = NULL;

  g_assert_true (
      g_file_set_contents (path, g_bytes_get_data (png, NULL), (gssize)g_bytes_get_size (png), &error));
  g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, NULL, NULL, &error);
  g_assert_no_error (error);
  return output;
}

static void
test_payment_help (EmailFixture *f, gconstpointer data)
{
  static const char *const facts[]
      = { "FR76 3000 6000 0112 3456 7890 189", "Verrerie du Rhône", "C_2", "800,00", "FA-2026/0014" };
  g_autoptr (RubisEmail) email = email_fixture_make_plain (f);
  g_autoptr (JsonObject) read = email_fixture_read_email (email);
  JsonArray *pictures = json_object_get_array_member (email_fixture_get_page (read), "pictures");
  g_autoptr (GBytes) png = NULL;
  g_autofree char *payload = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (facts); i++)
    {
      g_assert_nonnull (strstr (email->text, facts[i]));
      g_assert_nonnull (strstr (email->html, facts[i]));
    }
  g_assert_cmpuint (json_array_get_length (pictures), ==, 1);
  png = find_picture (read, json_array_get_string_element (pictures, 0));
  payload = scan (f, png);
  g_assert_true (g_str_has_prefix (payload, "BCD\n002\n1\nSCT\n"));
  g_assert_nonnull (strstr (payload, "\nVerrerie du Rhone + Cie\nFR7630006000011234567890189\nEUR800.00\n"));
  g_assert_nonnull (strstr (payload, "\nC-2"));
}

/* The company's page is named with what is asked for, in both bodies. */
static void
test_payment_link (EmailFixture *f, gconstpointer data)
{
  static const char address[] = "https://pay.verrerie.example/?ref=C_2&amount=800.00";
  g_autoptr (RubisCompany) company = rubis_session_dup_company (f->session);
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisEmail) email = NULL;
  g_autoptr (JsonObject) read = NULL;
  JsonArray *addresses;

  rubis_company_set (company, payment_link, "http://pay.verrerie.example/");
  g_assert_false (rubis_session_set_company (f->session, company, &error));
  g_assert_nonnull (strstr (error->message, "https://"));
  g_clear_error (&error);
  rubis_company_set (company, payment_link, "https://pay.verrerie.example/?ref={reference}&amount={amount}");
  g_assert_true (rubis_session_set_company (f->session, company, &error));
  email = email_fixture_make_plain (f);
  read = email_fixture_read_email (email);
  addresses = json_object_get_array_member (email_fixture_get_page (read), "addresses");
  g_assert_cmpuint (json_array_get_length (addresses), ==, 1);
  g_assert_cmpstr (json_array_get_string_element (addresses, 0), ==, address);
  g_assert_nonnull (strstr (email->text, address));
}

/* Nothing is fetched, nothing is run, nothing tells that it was read; dark colours are there for who wants
 * them. */
static void
test_page (EmailFixture *f, gconstpointer data)
{
  static const char *const tags[]
      = { "script", "iframe", "object", "embed", "form", "link", "base", "video", "audio", NULL };
  g_autoptr (RubisEmail) email = NULL;
  g_autoptr (JsonObject) read = NULL;
  JsonObject *page;
  JsonArray *found;

  rubis_test_exec (f->session, "UPDATE account SET name = 'B<b>êta</b> & \"Fils\"<script>alert(1)</script>' "
                               "WHERE code = 'C_2'");
  email = email_fixture_make_plain (f);
  read = email_fixture_read_email (email);
  page = email_fixture_get_page (read);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (page, "fetched")), ==, 0);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (page, "addresses")), ==, 0);
  found = json_object_get_array_member (page, "tags");
  for (guint i = 0; i < json_array_get_length (found); i++)
    g_assert_false (g_strv_contains (tags, json_array_get_string_element (found, i)));
  g_assert_null (strstr (email->html, "data:"));
  g_assert_null (strstr (email->html, "http"));
  g_assert_nonnull (strstr (email->html, "<meta name=\"color-scheme\" content=\"light dark\">"));
  g_assert_nonnull (strstr (email->html, "@media (prefers-color-scheme:dark)"));
  /* The yellow of the company cannot be read on white. */
  g_assert_null (strstr (email->html, "style=\"color:#f2c200"));
  g_assert_nonnull (strstr (email->html, "<html lang=\"fr\">"));
}

/* --- answers --- */

static void
test_answer_links (EmailFixture *f, gconstpointer data)
{
  static const char *const languages[] = { "fr", "en", "de", "es", "it", "nl" };

  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autofree char *sql = g_strdup_printf ("UPDATE account SET language = '%s'", languages[i]);
      g_autoptr (RubisEmail) email = NULL;
      g_autoptr (JsonObject) read = NULL;
      g_autoptr (GBytes) key = NULL;
      JsonArray *links;
      EmailMaking m;
      gint64 subject = 0;
      char answer = 'x';

      rubis_test_exec (f->session, sql);
      email = email_fixture_make_plain (f);
      g_assert_cmpstr (email->language, ==, languages[i]);
      read = email_fixture_read_email (email);
      email_fixture_begin (&m, f);
      key = rubis_email_load_answer_key (rubis_store_get_database (m.store), NULL);
      email_fixture_end (&m);
      links = json_object_get_array_member (email_fixture_get_page (read), "links");
      g_assert_cmpuint (json_array_get_length (links), ==, 5);
      for (guint n = 0; n < 5; n++)
        {
          JsonObject *link = json_array_get_object_element (links, n);
          const char *body = json_object_get_string_member (link, "body");

          g_assert_cmpstr (json_object_get_string_member (link, "to"), ==, "credit@verrerie.example");
          g_assert_true (rubis_answer_token_find (json_object_get_string_member (link, "subject"), key, NULL,
                                                  &subject, &answer, NULL));
          g_assert_cmpint (subject, ==, 77);
          g_assert_cmpint (answer, ==, "PDLCW"[n]);
          g_assert_true (rubis_answer_token_find (body, key, NULL, &subject, &answer, NULL));
          g_assert_cmpint (answer, ==, "PDLCW"[n]);
          g_assert_nonnull (strstr (body, "FA-2026/0014"));
        }
      /* A person who answers in words quotes all of them: nothing is chosen. */
      g_assert_true (rubis_answer_token_find (email->text, key, NULL, &subject, &answer, NULL));
      g_assert_cmpint (answer, ==, '\0');
    }
}

static void
test_no_links (EmailFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisEmail) formal = email_fixture_make_email (f, NULL, "mise-en-demeure", NULL, FALSE, &error);
  g_autoptr (RubisEmail) off = NULL;
  g_autoptr (RubisEmail) on = NULL;
  g_autofree char *undone = NULL;

  g_assert_no_error (error);
  email_fixture_assert_no_links (formal);
  g_assert_true (rubis_session_get_answer_links (f->session));
  g_assert_true (rubis_session_set_answer_links (f->session, FALSE, &error));
  off = email_fixture_make_plain (f);
  email_fixture_assert_no_links (off);
  undone = rubis_session_undo (f->session, &error);
  g_assert_no_error (error);
  g_assert_true (rubis_session_get_answer_links (f->session));
  on = email_fixture_make_plain (f);
  g_assert_nonnull (strstr (on->html, "mailto:"));
}

#define ADD(path, func)                                                                                      \
  g_test_add ("/email/" path, EmailFixture, NULL, email_fixture_set_up, func, email_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_setenv ("LANGUAGE", "en", TRUE);
  g_test_init (&argc, &argv, NULL);
  ADD ("shown-is-sent", test_shown_is_sent);
  ADD ("heads", test_heads);
  ADD ("sender", test_sender);
  ADD ("foreign-host", test_foreign_host);
  ADD ("no-sender", test_no_sender);
  ADD ("thread", test_thread);
  ADD ("payment-help", test_payment_help);
  ADD ("payment-link", test_payment_link);
  ADD ("page", test_page);
  ADD ("answer-links", test_answer_links);
  ADD ("no-links", test_no_links);
  return g_test_run ();
}
