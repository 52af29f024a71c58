#include "letter-fixture.h"

#include <cairo.h>

static void
set_texts (RubisDocumentContext *context, gboolean french)
{
  const struct
  {
    RubisHashtag hashtag;
    const char *text;
  } texts[] = {
    { RUBIS_HASHTAG_CUSTOMER_NAME, "Menuiserie Garçon & Cie" },
    { RUBIS_HASHTAG_CUSTOMER_CODE, "C00412" },
    { RUBIS_HASHTAG_CUSTOMER_ADDRESS, "Menuiserie Garçon & Cie\nService comptabilité fournisseurs\n"
                                      "Bâtiment C, 2e étage\n145 BIS BD DU GENERAL DE GAULLE\nBP 20345\n"
                                      "92100 BOULOGNE BILLANCOURT CEDEX" },
    { RUBIS_HASHTAG_CONTACT_TITLE, "Mme" },
    { RUBIS_HASHTAG_CONTACT_NAME, "Noël" },
    { RUBIS_HASHTAG_CONTACT_PHONE, "01 40 00 00 12" },
    { RUBIS_HASHTAG_COMPANY_NAME, "Ateliers Vasseur & Fils" },
    { RUBIS_HASHTAG_COMPANY_ADDRESS, "12 rue des Tanneurs\n69002 Lyon" },
    { RUBIS_HASHTAG_COMPANY_SIREN, "732 829 320" },
    { RUBIS_HASHTAG_COMPANY_CITY, "Lyon" },
    { RUBIS_HASHTAG_COMPANY_IBAN, "FR76 3000 6000 0112 3456 7890 189" },
    { RUBIS_HASHTAG_COMPANY_BIC, "AGRIFRPP" },
    { RUBIS_HASHTAG_COMPANY_EMAIL, "compta@vasseur.example" },
    { RUBIS_HASHTAG_PAYMENT_QR, LETTER_FIXTURE_QR },
    { RUBIS_HASHTAG_PAYMENT_REFERENCE, "C00412 relance" },
    { RUBIS_HASHTAG_USER_NAME, "Claire Delaunay" },
    { RUBIS_HASHTAG_USER_ROLE,
      french ? "Directrice administrative et financière" : "Chief Financial Officer" },
    { RUBIS_HASHTAG_USER_PHONE, "04 72 00 00 45" },
    { RUBIS_HASHTAG_REGISTERED_NUMBER, "2C 921 742 1809 1" },
    { RUBIS_HASHTAG_REMINDER_HISTORY, french ? "courriel du 4 septembre 2026\ncourriel du 11 septembre 2026\n"
                                               "lettre du 25 septembre 2026"
                                             : "email of 4 September 2026\nletter of 25 September 2026" },
    { RUBIS_HASHTAG_ENCLOSURES,
      french ? "copie des factures\nrelevé de compte" : "copies of the invoices\nstatement" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    rubis_document_context_set_text (context, texts[i].hashtag, texts[i].text);
}

RubisDocumentContext *
letter_fixture_context (const char *language)
{
  RubisDocumentContext *context
      = rubis_document_context_new (language, rubis_date_from_ymd (2026, 11, 2), RUBIS_CURRENCY_EUR);

  set_texts (context, g_str_equal (language, "fr"));
  rubis_document_context_set_party_kind (context, RUBIS_PARTY_PROFESSIONAL);
  rubis_document_context_set_rate (context, RUBIS_HASHTAG_PENALTY_RATE, 1240);
  rubis_document_context_set_date (context, RUBIS_HASHTAG_PENALTY_DATE, rubis_date_from_ymd (2026, 11, 2));
  rubis_document_context_set_date (context, RUBIS_HASHTAG_PREVIOUS_REMINDER_DATE,
                                   rubis_date_from_ymd (2026, 9, 25));
  rubis_document_context_set_date (context, RUBIS_HASHTAG_DEADLINE, rubis_date_from_ymd (2026, 11, 12));
  rubis_document_context_set_date (context, RUBIS_HASHTAG_PAYMENT_DATE, rubis_date_from_ymd (2026, 10, 30));
  rubis_document_context_set_amount (context, RUBIS_HASHTAG_PAYMENT_AMOUNT, 125000, RUBIS_CURRENCY_EUR);
  return context;
}

static RubisDocumentItem
make_item (const RubisDocumentContext *context, RubisDate due, int days_late, gint64 total)
{
  RubisDocumentItem item = { NULL };

  item.issue_date = due - 30;
  item.due_date = due;
  item.days_late = days_late;
  item.currency = RUBIS_CURRENCY_EUR;
  item.total = total;
  item.open = total;
  return item;
}

void
letter_fixture_add_items (RubisDocumentContext *context, guint n)
{
  RubisDate today = rubis_document_context_get_date (context);

  for (guint i = 0; i < n; i++)
    {
      int days_late = 10 + (int)(n - i);
      RubisDocumentItem item = make_item (context, today - days_late, days_late, 100000 + 1001 * (gint64)i);
      g_autofree char *number = g_strdup_printf ("FA-2026-%04u", 1000 + i);

      item.number = number;
      item.level = 2;
      item.penalty = 137 + (gint64)i;
      item.indemnity = 4000;
      item.selected = TRUE;
      rubis_document_context_add_item (context, &item);
    }
  g_assert_true (rubis_document_context_complete (context, NULL));
}

void
letter_fixture_add_mixed_items (RubisDocumentContext *context)
{
  RubisDate today = rubis_document_context_get_date (context);
  const struct
  {
    const char *number;
    RubisItemType type;
    int days_late;
    int level;
    gint64 total, open, disputed, penalty, indemnity;
  } rows[] = {
    { "FA-2026-0107", RUBIS_ITEM_INVOICE, 63, 3, 1200000, 845050, 0, 18120, 4000 },
    { "FA-2026-0131", RUBIS_ITEM_INVOICE, 41, 3, 432000, 432000, 120000, 4350, 4000 },
    { "FA-2026-0144", RUBIS_ITEM_INVOICE, 33, 3, 98760, 98760, 0, 1107, 4000 },
    { "FA-2026-0160", RUBIS_ITEM_INVOICE, 12, 1, 215040, 215040, 0, 877, 4000 },
    { "AV-2026-0009", RUBIS_ITEM_CREDIT, 0, 0, -36000, -36000, 0, 0, 0 },
    { "RG-2026-0310", RUBIS_ITEM_PAYMENT, 0, 0, -50000, -50000, 0, 0, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      RubisDocumentItem item
          = make_item (context, today - rows[i].days_late, rows[i].days_late, rows[i].total);

      item.number = rows[i].number;
      item.type = rows[i].type;
      item.level = rows[i].level;
      item.open = rows[i].open;
      item.disputed = rows[i].disputed;
      item.penalty = rows[i].penalty;
      item.indemnity = rows[i].indemnity;
      item.order_ref = rows[i].open > 0 ? "BC 4471" : NULL;
      item.selected = TRUE;
      rubis_document_context_add_item (context, &item);
    }
}

static cairo_status_t
append_png (void *data, const unsigned char *bytes, unsigned int length)
{
  g_byte_array_append (data, bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

/* A logo: four leaves of a saw blade, in two tones. */
GBytes *
letter_fixture_make_logo (void)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 480, 160);
  cairo_t *cr = cairo_create (surface);
  GByteArray *png = g_byte_array_new ();

  for (int i = 0; i < 4; i++)
    {
      cairo_set_source_rgba (cr, 0.16, 0.29 + 0.08 * i, 0.42 + 0.06 * i, 1);
      cairo_move_to (cr, 20 + 70 * i, 140);
      cairo_line_to (cr, 80 + 70 * i, 20);
      cairo_line_to (cr, 80 + 70 * i, 140);
      cairo_close_path (cr);
      cairo_fill (cr);
    }
  cairo_destroy (cr);
  cairo_surface_write_to_png_stream (surface, append_png, png);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (png);
}

void
letter_fixture_fill_facts (RubisLetterheadFacts *facts)
{
  *facts = (RubisLetterheadFacts){
    .name = "Ateliers Vasseur & Fils",
    .address = "12 quai des Tanneurs\n69009 Lyon",
    .phone = "04 72 00 00 40",
    .email = "compta@vasseur.example",
    .website = "www.vasseur.example",
    .legal_form = "SAS",
    .capital = "50 000 €",
    .siren = "732829320",
    .rcs = "Lyon",
    .vat = "FR44732829320",
  };
}

RubisLetterhead *
letter_fixture_letterhead (gboolean with_logo)
{
  g_autoptr (GBytes) logo = with_logo ? letter_fixture_make_logo () : NULL;
  g_autoptr (GError) error = NULL;
  RubisLetterheadFacts facts;
  RubisLetterhead *letterhead;

  letter_fixture_fill_facts (&facts);
  facts.logo = logo;
  letterhead = rubis_letterhead_new (&facts, &error);
  g_assert_no_error (error);
  return letterhead;
}

char *
letter_fixture_read_template (const char *name)
{
  g_autofree char *path =
    g_build_filename (g_getenv ("RUBIS_SOURCE_DIR"), "resources", "templates", name, NULL);
  g_autoptr(GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

RubisTemplate *
letter_fixture_template (const char *name)
{
  g_autofree char *text = letter_fixture_read_template (name);
  g_autoptr(GError) error = NULL;
  RubisTemplate *template;

  template = rubis_template_new (text, name, &error);
  g_assert_no_error (error);
  return template;
}

RubisDocument *
letter_fixture_render (const char *name, RubisDocumentContext *context)
{
  g_autoptr (RubisTemplate) template = letter_fixture_template (name);
  g_autoptr (GError) error = NULL;
  RubisDocument *document = rubis_template_render (template, context, RUBIS_RENDER_STRICT, &error);

  g_assert_no_error (error);
  return document;
}
