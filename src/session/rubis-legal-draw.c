/* The documents of a legal file, and all of it as one PDF. The words are those of a French court. */
#include "rubis-legal-file-private.h"

#include <glib/gi18n-lib.h>

#include "rubis-document-context.h"
#include "rubis-format.h"
#include "rubis-import-preview.h"
#include "rubis-letter-writer.h"
#include "rubis-pdf-binder.h"

/* The grid of what is claimed. */
static RubisGrid *
make_claim_grid (RubisLegalFile *file)
{
  RubisGrid *grid = rubis_grid_new ();
  g_autofree char *principal = rubis_format_number (file->principal, file->currency, "fr");
  g_autofree char *interest = rubis_format_number (file->interest, file->currency, "fr");
  g_autofree char *indemnity = rubis_format_number (file->indemnity, file->currency, "fr");
  const char *const totals[] = { "Total", NULL, NULL, NULL, principal, interest, indemnity, NULL };

  rubis_grid_add_column (grid, "Facture", RUBIS_GRID_LEFT, 2);
  rubis_grid_add_column (grid, "Date", RUBIS_GRID_CENTER, 1.25);
  rubis_grid_add_column (grid, "Échéance", RUBIS_GRID_CENTER, 1.25);
  rubis_grid_add_column (grid, "Montant TTC", RUBIS_GRID_RIGHT, 1.4);
  rubis_grid_add_column (grid, "Principal dû", RUBIS_GRID_RIGHT, 1.4);
  rubis_grid_add_column (grid, "Intérêts", RUBIS_GRID_RIGHT, 1.2);
  rubis_grid_add_column (grid, "Indemnité", RUBIS_GRID_RIGHT, 1.1);
  rubis_grid_add_column (grid, "Pièce", RUBIS_GRID_CENTER, 0.8);
  for (guint i = 0; i < file->items->len; i++)
    {
      const RubisLegalItem *item = g_ptr_array_index (file->items, i);
      gint64 late = rubis_legal_item_get_interest (item);
      guint number = rubis_legal_file_find_exhibit (file, 0, item->id, RUBIS_EXHIBIT_INVOICE);
      g_autofree char *exhibit = number != 0 ? g_strdup_printf ("n°\u00a0%u", number) : NULL;
      g_autofree char *issued = rubis_format_date_short (item->issue_date, "fr");
      g_autofree char *due = rubis_format_date_short (item->due_date, "fr");
      g_autofree char *total = rubis_format_number (item->total, file->currency, "fr");
      g_autofree char *open = rubis_format_number (item->principal, file->currency, "fr");
      g_autofree char *accrued = late != 0 ? rubis_format_number (late, file->currency, "fr") : NULL;
      g_autofree char *fixed
          = item->indemnity != 0 ? rubis_format_number (item->indemnity, file->currency, "fr") : NULL;
      const char *const cells[] = { item->number, issued, due, total, open, accrued, fixed, exhibit };

      rubis_grid_add_row (grid, cells);
    }
  rubis_grid_add_total (grid, totals);
  return grid;
}

/* The periods of one invoice; its own total when there are several. */
static void
add_segments (RubisGrid *grid, const RubisLegalFile *file, const RubisLegalItem *item)
{
  const RubisInterestResult *result = item->interest;
  g_autofree char *sum = rubis_format_number (result->interest, file->currency, "fr");
  g_autofree char *sum_days = rubis_format_count (result->days, "fr");
  const char *const subtotal[] = { item->number, NULL, NULL, sum_days, NULL, NULL, sum };

  for (guint i = 0; i < result->segments->len; i++)
    {
      const RubisInterestSegment *segment = &g_array_index (result->segments, RubisInterestSegment, i);
      g_autofree char *from = rubis_format_date_short (segment->from, "fr");
      g_autofree char *to = rubis_format_date_short (segment->to, "fr");
      g_autofree char *days = rubis_format_count (segment->days, "fr");
      g_autofree char *base = rubis_format_number (segment->principal, file->currency, "fr");
      g_autofree char *rate = rubis_format_rate (segment->rate * 100 / RUBIS_RATE_PERCENT, "fr");
      g_autofree char *interest = rubis_format_number (segment->interest, file->currency, "fr");
      const char *const cells[] = { item->number, from, to, days, base, rate, interest };

      rubis_grid_add_row (grid, cells);
    }
  if (result->segments->len > 1)
    rubis_grid_add_total (grid, subtotal);
}

static void
add_sum (RubisGrid *grid, const RubisLegalFile *file, const char *label, gint64 amount)
{
  g_autofree char *text = rubis_format_amount (amount, file->currency, "fr");
  const char *const cells[] = { label, NULL, NULL, NULL, NULL, NULL, text };

  rubis_grid_add_total (grid, cells);
}

static RubisGrid *
make_interest_grid (RubisLegalFile *file)
{
  RubisGrid *grid = rubis_grid_new ();

  rubis_grid_add_column (grid, "Facture", RUBIS_GRID_LEFT, 2);
  rubis_grid_add_column (grid, "Du", RUBIS_GRID_CENTER, 1.25);
  rubis_grid_add_column (grid, "Au", RUBIS_GRID_CENTER, 1.25);
  rubis_grid_add_column (grid, "Jours", RUBIS_GRID_RIGHT, 0.8);
  rubis_grid_add_column (grid, "Base", RUBIS_GRID_RIGHT, 1.4);
  rubis_grid_add_column (grid, "Taux", RUBIS_GRID_RIGHT, 1);
  rubis_grid_add_column (grid, "Intérêts", RUBIS_GRID_RIGHT, 1.3);
  for (guint i = 0; i < file->items->len; i++)
    {
      const RubisLegalItem *item = g_ptr_array_index (file->items, i);

      if (item->interest != NULL)
        add_segments (grid, file, item);
    }
  add_sum (grid, file, "Intérêts", file->interest);
  if (file->indemnity != 0)
    add_sum (grid, file, "Indemnités", file->indemnity);
  add_sum (grid, file, "Total", file->interest + file->indemnity);
  return grid;
}

/* @front_pages: pages before the first exhibit. */
static RubisGrid *
make_exhibit_grid (RubisLegalFile *file, guint front_pages)
{
  RubisGrid *grid = rubis_grid_new ();
  guint page = front_pages + 1;

  rubis_grid_add_column (grid, "N°", RUBIS_GRID_CENTER, 0.6);
  rubis_grid_add_column (grid, "Désignation", RUBIS_GRID_LEFT, 5);
  rubis_grid_add_column (grid, "Date", RUBIS_GRID_CENTER, 1.3);
  rubis_grid_add_column (grid, "Pages", RUBIS_GRID_RIGHT, 0.8);
  rubis_grid_add_column (grid, "À partir de", RUBIS_GRID_RIGHT, 1.1);
  for (guint i = 0; i < file->exhibits->len; i++)
    {
      const RubisLegalExhibit *exhibit = g_ptr_array_index (file->exhibits, i);
      g_autofree char *number = g_strdup_printf ("%u", exhibit->number);
      g_autofree char *date = rubis_format_date_short (exhibit->date, "fr");
      g_autofree char *pages = g_strdup_printf ("%u", exhibit->n_pages);
      g_autofree char *first = g_strdup_printf ("p.\u00a0%u", page);
      const char *const cells[] = { number, exhibit->title, date, pages, first };

      rubis_grid_add_row (grid, cells);
      page += exhibit->n_pages;
    }
  return grid;
}

static RubisGrid *
make_chronology_grid (RubisLegalFile *file)
{
  RubisGrid *grid = rubis_grid_new ();

  rubis_grid_add_column (grid, "Date", RUBIS_GRID_CENTER, 1.3);
  rubis_grid_add_column (grid, "Événement", RUBIS_GRID_LEFT, 6);
  rubis_grid_add_column (grid, "Pièce", RUBIS_GRID_CENTER, 0.8);
  for (guint i = 0; i < file->steps->len; i++)
    {
      const RubisLegalStep *step = g_ptr_array_index (file->steps, i);
      g_autofree char *date = rubis_format_date_short (step->date, "fr");
      g_autofree char *exhibit = step->exhibit != 0 ? g_strdup_printf ("n°\u00a0%u", step->exhibit) : NULL;
      const char *const cells[] = { date, step->text, exhibit };

      rubis_grid_add_row (grid, cells);
    }
  return grid;
}

/* Letters and calls of the chronology, for the request. */
static char *
list_reminders (const RubisLegalFile *file)
{
  static const char *const kinds[] = { "email", "letter", "registered", "sms", NULL };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < file->steps->len; i++)
    {
      const RubisLegalStep *step = g_ptr_array_index (file->steps, i);
      g_autofree char *date = NULL;

      if (!g_strv_contains (kinds, step->kind))
        continue;
      date = rubis_format_date_long (step->date, "fr");
      g_string_append_printf (text, "%s%s : %s", text->len > 0 ? "\n" : "", date, step->text);
      if (step->exhibit != 0)
        g_string_append_printf (text, " (pièce n°\u00a0%u)", step->exhibit);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* "2 000,00 € (facture FA-0012)": a judge compares the request with the statement. "" when nothing is
 * contested. */
static char *
describe_disputed (const RubisLegalFile *file)
{
  g_autoptr (GString) numbers = g_string_new (NULL);
  g_autofree char *amount = NULL;
  gint64 disputed = 0;
  int n = 0;

  for (guint i = 0; i < file->items->len; i++)
    {
      const RubisLegalItem *item = g_ptr_array_index (file->items, i);

      if (item->disputed <= 0)
        continue;
      disputed += item->disputed;
      g_string_append_printf (numbers, "%s%s", n++ > 0 ? ", " : "", item->number);
    }
  amount = rubis_format_amount (disputed, file->currency, "fr");
  return n > 0 ? g_strdup_printf ("%s (%s %s)", amount, n > 1 ? "factures" : "facture", numbers->str)
               : g_strdup ("");
}

/* The rate in words, and the law that gives it. */
static char *
describe_rule (RubisInterestRegime regime)
{
  const char *basis = rubis_interest_regime_to_basis (regime);

  if (regime == RUBIS_INTEREST_FR_B2B_DEFAULT)
    return g_strdup_printf (
        "taux de la Banque centrale européenne pour son opération de refinancement la plus récente, "
        "majoré de dix points et revu chaque semestre (%s)",
        basis);
  if (regime == RUBIS_INTEREST_FR_LEGAL)
    return g_strdup_printf ("taux d’intérêt légal, à compter de la mise en demeure (%s)", basis);
  return g_strdup (basis);
}

static void
set_texts (RubisDocumentContext *context, RubisSession *session, const RubisLegalFile *file)
{
  g_autoptr (RubisCompany) company = rubis_session_dup_company (session);
  g_autofree char *reminders = list_reminders (file);
  g_autofree char *disputed = describe_disputed (file);
  g_autofree char *parties = g_strdup_printf ("%s c/ %s", company->name, file->account_name);

  rubis_document_context_set_text (context, RUBIS_HASHTAG_CREDITOR, file->creditor);
  rubis_document_context_set_text (context, RUBIS_HASHTAG_DEBTOR, file->debtor);
  /* Heads the pages after the first. */
  rubis_document_context_set_text (context, RUBIS_HASHTAG_CUSTOMER_ADDRESS, parties);
  rubis_document_context_set_text (context, RUBIS_HASHTAG_TOTAL_DISPUTED, disputed);
  rubis_document_context_set_text (context, RUBIS_HASHTAG_CUSTOMER_NAME, file->account_name);
  rubis_document_context_set_text (context, RUBIS_HASHTAG_CUSTOMER_CODE, file->account_code);
  rubis_document_context_set_text (context, RUBIS_HASHTAG_COURT,
                                   *file->court != '\0' ? file->court : "[à compléter : tribunal compétent]");
  rubis_document_context_set_text (context, RUBIS_HASHTAG_COURT_FORM, file->form);
  rubis_document_context_set_text (context, RUBIS_HASHTAG_REMINDER_HISTORY, reminders);
  rubis_document_context_set_text (context, RUBIS_HASHTAG_COMPANY_NAME, company->name);
  rubis_document_context_set_text (context, RUBIS_HASHTAG_COMPANY_CITY,
                                   *company->city != '\0' ? company->city : "[à compléter : lieu]");
  rubis_document_context_set_text (context, RUBIS_HASHTAG_USER_NAME,
                                   *company->signatory != '\0' ? company->signatory : company->name);
  rubis_document_context_set_text (context, RUBIS_HASHTAG_USER_ROLE, company->signatory_title);
  if (file->has_regime)
    {
      g_autofree char *rule = describe_rule (file->regime);

      rubis_document_context_set_text (context, RUBIS_HASHTAG_PENALTY_DETAIL, rule);
    }
}

static RubisDocumentContext *
make_context (RubisSession *session, RubisLegalFile *file, guint front_pages)
{
  RubisDocumentContext *context = rubis_document_context_new ("fr", file->date, file->currency);
  g_autoptr (RubisGrid) claim = make_claim_grid (file);
  g_autoptr (RubisGrid) interest = make_interest_grid (file);
  g_autoptr (RubisGrid) exhibits = make_exhibit_grid (file, front_pages);
  g_autoptr (RubisGrid) chronology = make_chronology_grid (file);

  set_texts (context, session, file);
  rubis_document_context_set_party_kind (context, file->debtor_kind);
  rubis_document_context_set_date (context, RUBIS_HASHTAG_REMINDER_DATE, file->date);
  rubis_document_context_set_date (context, RUBIS_HASHTAG_PENALTY_DATE, file->date);
  rubis_document_context_set_amount (context, RUBIS_HASHTAG_TOTAL_UNDISPUTED, file->principal,
                                     file->currency);
  rubis_document_context_set_amount (context, RUBIS_HASHTAG_PENALTY_AMOUNT, file->interest, file->currency);
  rubis_document_context_set_amount (context, RUBIS_HASHTAG_INDEMNITY_AMOUNT, file->indemnity,
                                     file->currency);
  rubis_document_context_set_amount (context, RUBIS_HASHTAG_TOTAL_WITH_PENALTIES, file->total,
                                     file->currency);
  rubis_document_context_set_count (context, RUBIS_HASHTAG_INDEMNITY_COUNT, file->n_indemnities);
  rubis_document_context_set_count (context, RUBIS_HASHTAG_INVOICE_COUNT, file->items->len);
  rubis_document_context_set_grid (context, RUBIS_HASHTAG_CLAIM_ACCOUNT, claim);
  rubis_document_context_set_grid (context, RUBIS_HASHTAG_INTEREST_ACCOUNT, interest);
  rubis_document_context_set_grid (context, RUBIS_HASHTAG_EXHIBITS, exhibits);
  rubis_document_context_set_grid (context, RUBIS_HASHTAG_CHRONOLOGY, chronology);
  return context;
}

GBytes *
rubis_legal_draw_document (RubisSession *session, RubisLegalFile *file, const char *template_id,
                           guint front_pages, guint *n_pages, GError **error)
{
  g_autoptr (RubisLibrary) library = rubis_session_get_library (session);
  RubisSessionTemplate *template_ = rubis_library_get_template (library, template_id, "fr");
  RubisLetterOptions options = { .form = RUBIS_LETTER_FORM_PAPER };
  g_autoptr (RubisDocumentContext) context = NULL;
  g_autoptr (RubisDocument) document = NULL;
  g_autoptr (RubisLetterWriter) writer = NULL;

  if (template_ == NULL || template_->template_ == NULL)
    {
      if (template_ == NULL)
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("There is no template “%s”."), template_id);
      else
        g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, template_->error);
      return NULL;
    }
  context = make_context (session, file, front_pages);
  /* What a template asks for and the dossier does not know is marked as missing: the paper is completed by
   * hand. */
  document = rubis_template_render (template_->template_, context, RUBIS_RENDER_PREVIEW, error);
  if (document == NULL)
    return NULL;
  writer = rubis_letter_writer_new ();
  return rubis_letter_writer_write (writer, document, NULL, &options, n_pages, error);
}

static gboolean
add_part (RubisPdfBinder *binder, const char *title, guint level, GBytes *content, const char *stamp,
          GError **error)
{
  RubisPdfBinderPart part = { title, level, content, stamp };

  return rubis_pdf_binder_add_part (binder, &part, NULL, NULL, error);
}

/* Request, list of exhibits and chronology. The list says on which page each exhibit starts: it is drawn
 * twice, the first time to know how long it is.
 */
static gboolean
add_front (RubisSession *session, RubisLegalFile *file, RubisPdfBinder *binder, GError **error)
{
  guint n_request = 0, n_list = 0, n_chronology = 0;
  g_autoptr (GBytes) request
      = rubis_legal_draw_document (session, file, "requete-injonction", 0, &n_request, error);
  g_autoptr (GBytes) chronology = NULL;
  g_autoptr (GBytes) trial = NULL;
  g_autoptr (GBytes) list = NULL;

  if (request == NULL)
    return FALSE;
  chronology = rubis_legal_draw_document (session, file, "chronologie", 0, &n_chronology, error);
  if (chronology == NULL)
    return FALSE;
  trial = rubis_legal_draw_document (session, file, "bordereau-pieces", 1000, &n_list, error);
  if (trial == NULL)
    return FALSE;
  list = rubis_legal_draw_document (session, file, "bordereau-pieces", n_request + n_list + n_chronology,
                                    NULL, error);
  return list != NULL && add_part (binder, "Requête en injonction de payer", 0, request, NULL, error)
         && add_part (binder, "Bordereau des pièces", 0, list, NULL, error)
         && add_part (binder, "Chronologie", 0, chronology, NULL, error);
}

static gboolean
add_exhibits (RubisLegalFile *file, RubisPdfBinder *binder, GError **error)
{
  if (file->exhibits->len > 0)
    rubis_pdf_binder_add_heading (binder, "Pièces", 0);
  for (guint i = 0; i < file->exhibits->len; i++)
    {
      const RubisLegalExhibit *exhibit = g_ptr_array_index (file->exhibits, i);
      g_autofree char *stamp = g_strdup_printf ("Pièce n°\u00a0%u", exhibit->number);
      g_autofree char *title = g_strdup_printf ("%s — %s", stamp, exhibit->title);

      if (!add_part (binder, title, 1, exhibit->pages, stamp, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_allowed (const RubisLegalFile *file, GError **error)
{
  const RubisLegalProblem *first;

  if (file->forced || !rubis_legal_file_is_blocked (file))
    return TRUE;
  first = g_ptr_array_index (file->problems, 0);
  g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE, "%s %s", first->message, first->way_out);
  return FALSE;
}

GBytes *
rubis_session_make_legal_pdf (RubisSession *self, RubisLegalFile *file, guint *n_pages, GError **error)
{
  g_autoptr (RubisPdfBinder) binder = NULL;
  g_autoptr (RubisCompany) company = NULL;
  g_autofree char *title = NULL;
  RubisPdfBinderFacts facts;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);
  g_return_val_if_fail (file != NULL, NULL);

  if (!check_allowed (file, error))
    return NULL;
  company = rubis_session_dup_company (self);
  title = g_strdup_printf ("Dossier contentieux — %s", file->account_name);
  facts = (RubisPdfBinderFacts){
    .title = title,
    .author = company->name,
    .subject = "Requête en injonction de payer",
    .language = "fr",
    .date = file->date,
    .number_pages = TRUE,
  };
  binder = rubis_pdf_binder_new (&facts);
  if (!add_front (self, file, binder, error) || !add_exhibits (file, binder, error))
    return NULL;
  if (n_pages != NULL)
    *n_pages = rubis_pdf_binder_get_n_pages (binder);
  return rubis_pdf_binder_finish (binder, error);
}
