#include "email-fixture.h"

#include <cairo-pdf.h>
#include <glib/gstdio.h>

#include "rubis-attachments.h"
#include "rubis-test.h"

void
email_fixture_set_up (EmailFixture *f, gconstpointer data)
{
  f->folder = rubis_test_make_folder ();
  f->session = rubis_test_session_new (f->folder);
  rubis_test_exec (
      f->session,
      "INSERT OR REPLACE INTO setting (key, value) VALUES "
      "('company.name', 'Verrerie du Rhône & Cie'), ('company.email', 'credit@verrerie.example'), "
      "('company.iban', 'FR7630006000011234567890189'), ('company.signatory', 'Claire Noël'), "
      "('company.accent', '#f2c200'), ('company.phone', '04 72 00 00 00'), "
      "('company.address', '3 quai Perrache'), ('company.postcode', '69002'), ('company.city', 'Lyon')");
  f->account = rubis_test_add_account (f->session, "C_2", "Bêta & Fils");
  rubis_test_exec (f->session,
                   "UPDATE account SET email = 'compta@beta.example', language = 'fr' WHERE code = 'C_2'");
  f->item = rubis_test_add_item (f->session, f->account, "FA-2026/0014", RUBIS_ITEM_INVOICE, "2026-11-10",
                                 80000, 80000, NULL);
}

void
email_fixture_tear_down (EmailFixture *f, gconstpointer data)
{
  rubis_test_check_dossier (f->session);
  g_object_unref (f->session);
  rubis_test_remove_tree (f->folder);
  g_free (f->folder);
}

/* Keeps a copy of the invoice @number with its item: a page that says so, and noise of @size bytes. */
void
email_fixture_keep_copy (EmailFixture *f, gint64 item, const char *number, gsize size)
{
  g_autofree char *name = g_strdup_printf ("%" G_GINT64_FORMAT ".pdf", item);
  g_autofree char *path = g_build_filename (f->folder, name, NULL);
  g_autofree char *text = g_strdup_printf ("Facture %s pour Bêta & Fils", number);
  g_autofree guint8 *noise = g_malloc (size);
  g_autoptr (GRand) random = g_rand_new_with_seed ((guint32)item);
  g_autoptr (GError) error = NULL;
  cairo_surface_t *surface = cairo_pdf_surface_create (path, 595, 842);
  cairo_t *cr = cairo_create (surface);
  g_autofree char *content = NULL;
  gsize length = 0;
  g_autoptr (GString) pdf = NULL;

  cairo_select_font_face (cr, "Liberation Sans", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
  cairo_move_to (cr, 80, 100);
  cairo_show_text (cr, text);
  cairo_show_page (cr);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  for (gsize i = 0; i < size; i++)
    noise[i] = (guint8)g_rand_int_range (random, 'a', 'z');
  pdf = g_string_new ("%PDF-1.5\n%");
  g_string_append_len (pdf, (const char *)noise, (gssize)size);
  g_string_append_c (pdf, '\n');
  /* Readers find the table of a PDF by its end and repair what stands elsewhere. */
  g_string_append_len (pdf, content, (gssize)length);
  g_assert_true (g_file_set_contents (path, pdf->str, (gssize)pdf->len, &error));
  g_assert_cmpint (rubis_session_attach (f->session, f->account, item, "invoice", path, &error), >, 0);
  g_assert_no_error (error);
}

RubisActionRow *
email_fixture_load_action (EmailFixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = rubis_session_compute_agenda (f->session, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    {
      RubisActionRow *row = g_ptr_array_index (rows, i);

      if (g_str_equal (row->account_code, "C_2") && row->state == RUBIS_ACTION_TO_DO)
        return g_object_ref (row);
    }
  g_assert_not_reached ();
}

/* The maker of one email, with the dossier open for writing. */
typedef struct
{
  EmailFixture *f;
  RubisStore *store;
  RubisAgendaMaker *maker;
} Making;

void
email_fixture_begin (EmailMaking *m, EmailFixture *f)
{
  g_autoptr (GError) error = NULL;

  m->f = f;
  m->store = rubis_session_lock (f->session);
  g_assert_true (rubis_store_begin (m->store, &error));
  g_assert_true (rubis_email_ensure_answer_key (rubis_store_get_database (m->store), &error));
  m->maker = rubis_agenda_maker_new (f->session, rubis_store_get_database (m->store));
}

void
email_fixture_end (EmailMaking *m)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&m->maker, rubis_agenda_maker_free);
  g_assert_true (rubis_store_commit (m->store, &error));
  rubis_session_unlock (m->f->session);
}

/* @action NULL: today's. @template_id: (nullable) instead of its own. */
RubisEmail *
email_fixture_make_email (EmailFixture *f, RubisActionRow *action, const char *template_id,
                          const RubisSender *sender, gboolean unattended, GError **error)
{
  g_autoptr (RubisActionRow) row = action != NULL ? g_object_ref (action) : email_fixture_load_action (f);
  g_autoptr (RubisActionPaper) paper = NULL;
  RubisEmailOptions options
      = { .outbox_id = 77, .key = row->key, .sender = sender, .now = NOW, .unattended = unattended };
  RubisEmail *email;
  EmailMaking m;

  if (template_id != NULL)
    {
      rubis_action_row_set (row, template_id, template_id);
      row->rank = g_str_equal (template_id, "relance-2") ? 2 : 5;
    }
  email_fixture_begin (&m, f);
  paper = rubis_agenda_maker_fill (m.maker, row, error);
  if (paper == NULL)
    g_error ("%s", (*error)->message);
  email = rubis_email_make_for_action (m.maker, row, paper, &options, error);
  email_fixture_end (&m);
  return email;
}

RubisEmail *
email_fixture_make_plain (EmailFixture *f)
{
  g_autoptr (GError) error = NULL;
  RubisEmail *email = email_fixture_make_email (f, NULL, NULL, NULL, FALSE, &error);

  g_assert_no_error (error);
  return email;
}

JsonObject *
email_fixture_read_email (const RubisEmail *email)
{
  JsonObject *read = rubis_test_read_message (email->content);

  rubis_test_assert_well_formed (read);
  return read;
}

JsonObject *
email_fixture_get_body (JsonObject *read)
{
  return json_object_get_object_member (read, "body");
}

JsonObject *
email_fixture_get_page (JsonObject *read)
{
  return json_object_get_object_member (rubis_test_find_part (email_fixture_get_body (read), "text/html"),
                                        "page");
}

GBytes *
email_fixture_load_sent (EmailFixture *f)
{
  gint64 id = rubis_test_query (
      f->session, "SELECT coalesce (max (id), 0) FROM document WHERE media_type = 'message/rfc822'");
  g_autoptr (GError) error = NULL;
  GBytes *bytes = rubis_session_load_document (f->session, id, NULL, NULL, &error);

  g_assert_no_error (error);
  return bytes;
}

RubisSender *
email_fixture_new_sender (void)
{
  RubisSender *sender = rubis_sender_new (RUBIS_TRANSPORT_SMTP);

  rubis_sender_set (sender, email, "claire.noel@groupe.example");
  rubis_sender_set (sender, from_name, "Claire Noël, « crédit »");
  rubis_sender_set (sender, reply_to, "reglements@verrerie.example");
  rubis_sender_set (sender, signature, "\nClaire Noël\nLigne directe : <04 72 00 00 01>\n\n");
  return sender;
}

void
email_fixture_assert_no_links (RubisEmail *email)
{
  g_assert_null (strstr (email->html, "mailto:"));
  g_assert_null (strstr (email->text, "mailto:"));
  g_assert_null (strstr (email->text, "RBS-"));
}

JsonObject *
email_fixture_get_link (JsonObject *read, guint i)
{
  return json_array_get_object_element (json_object_get_array_member (email_fixture_get_page (read), "links"),
                                        i);
}

GBytes *
email_fixture_write_answer (JsonObject *link, const char *filled, const char *below)
{
  const char *body = json_object_get_string_member (link, "body");
  const char *subject = json_object_get_string_member (link, "subject");
  const char *end = strchr (body, '\r');
  g_autofree char *text = g_strdup_printf ("%.*s%s%s%s", (int)(end - body), body, filled, end, below);
  g_autofree char *encoded_text = g_base64_encode ((const guchar *)text, strlen (text));
  g_autofree char *encoded_subject = g_base64_encode ((const guchar *)subject, strlen (subject));
  char *message = g_strdup_printf ("From: =?utf-8?B?QsOqdGEgJiBGaWxz?= <autre@beta.example>\r\n"
                                   "To: %s\r\n"
                                   "Subject: =?utf-8?B?%s?=\r\n"
                                   "Date: Fri, 20 Nov 2026 14:03:00 +0100\r\n"
                                   "Message-ID: <%u@beta.example>\r\n"
                                   "MIME-Version: 1.0\r\n"
                                   "Content-Type: text/plain; charset=utf-8\r\n"
                                   "Content-Transfer-Encoding: base64\r\n\r\n%s\r\n",
                                   json_object_get_string_member (link, "to"), encoded_subject,
                                   g_str_hash (text), encoded_text);

  return g_bytes_new_take (message, strlen (message));
}
