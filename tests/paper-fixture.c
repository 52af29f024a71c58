#include "paper-fixture.h"

#include <string.h>

#include "rubis-pdf.h"
#include "rubis-test.h"

static void
allocate (RubisSession *session, gint64 item, gint64 credit, gint64 amount, const char *date)
{
  RubisStore *store = rubis_session_lock (session);
  g_autoptr (GError) error = NULL;

  rubis_store_begin (store, &error);
  g_assert_no_error (error);
  rubis_store_allocate (rubis_store_get_database (store), item, credit, amount, 0,
                        rubis_date_parse_iso (date), &error);
  g_assert_no_error (error);
  rubis_store_commit (store, &error);
  g_assert_no_error (error);
  rubis_session_unlock (session);
}

/* One customer: an invoice paid in part (on 21 October, by the file), one paid in part by R1, a credit note.
 * Items are issued thirty days before they are due.
 */
void
paper_fixture_set_up (PaperFixture *f, gconstpointer data)
{
  gint64 second, payment;

  f->folder = rubis_test_make_folder ();
  f->session = rubis_test_session_new (f->folder);
  rubis_test_exec (f->session,
                   "UPDATE setting SET value = 'FR7630006000011234567890189' WHERE key = 'company.iban';"
                   "UPDATE setting SET value = '3 quai Perrache' WHERE key = 'company.address';"
                   "UPDATE setting SET value = '69002' WHERE key = 'company.postcode';"
                   "UPDATE setting SET value = 'Lyon' WHERE key = 'company.city'");
  f->account = rubis_test_add_account (f->session, "C1", "Menuiserie Garçon");
  rubis_test_exec (f->session,
                   "UPDATE account SET address = '4 rue des Lilas', postcode = '69003', city = 'Lyon', "
                   "language = 'fr'");
  rubis_test_add_item (f->session, f->account, "F10", RUBIS_ITEM_INVOICE, "2026-08-30", 100000, 40000, NULL);
  second = rubis_test_add_item (f->session, f->account, "F11", RUBIS_ITEM_INVOICE, "2026-10-15", 50000, 50000,
                                NULL);
  payment = rubis_test_add_item (f->session, f->account, "R1", RUBIS_ITEM_PAYMENT, "2026-10-30", -20000,
                                 -20000, NULL);
  rubis_test_add_item (f->session, f->account, "A1", RUBIS_ITEM_CREDIT, "2026-11-10", -5050, -5050, NULL);
  allocate (f->session, second, payment, 20000, "2026-10-05");
}

void
paper_fixture_tear_down (PaperFixture *f, gconstpointer data)
{
  rubis_test_check_dossier (f->session);
  rubis_session_close (f->session);
  g_assert_finalize_object (f->session);
  rubis_test_remove_tree (f->folder);
  g_free (f->folder);
}

/* Text in which every kind of blank is one space, as a reader sees it. */
static char *
even_spaces (const char *text)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_isspace (c))
        g_string_append_unichar (out, c);
      else if (out->len > 0 && out->str[out->len - 1] != ' ')
        g_string_append_c (out, ' ');
    }
  return g_strdup (out->str);
}

char *
paper_read_pdf (GBytes *content)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisPdf) pdf = rubis_pdf_new (content, &error);
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < rubis_pdf_get_n_pages (pdf); i++)
    {
      g_autofree char *page = rubis_pdf_dup_page_text (pdf, i);

      g_string_append (text, page);
    }
  return even_spaces (text->str);
}

void
paper_assert_holds (const char *text, const char *expected)
{
  g_autofree char *even = even_spaces (expected);

  if (strstr (text, even) == NULL)
    g_error ("“%s” is not in: %s", even, text);
}

RubisPaper *
paper_write (PaperFixture *f, gint64 account, const RubisPaperOptions *options, char **text)
{
  g_autoptr (GError) error = NULL;
  RubisPaperOptions plain_options = *options;
  g_autoptr (RubisPaper) plain = NULL;
  g_autofree char *body = NULL;
  g_autofree char *plain_text = NULL;
  g_autofree char *pdf_text = NULL;
  RubisPaper *paper = rubis_session_write_paper (f->session, account, options, &error);

  g_assert_no_error (error);
  plain_options.form = RUBIS_PAPER_FORM_TEXT;
  plain = rubis_session_write_paper (f->session, account, &plain_options, &error);
  g_assert_no_error (error);
  body = g_strndup (g_bytes_get_data (plain->content, NULL), g_bytes_get_size (plain->content));
  plain_text = even_spaces (body);
  pdf_text = paper_read_pdf (paper->content);
  *text = g_strjoin (" ", plain_text, pdf_text, NULL);
  return paper;
}
