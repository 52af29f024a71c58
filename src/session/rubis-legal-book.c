/* The spreadsheet and the ZIP of a legal file. The words are those of the file, which goes to a French court.
 */
#include "rubis-legal-file-private.h"

#include <string.h>

#include "rubis-archive.h"
#include "rubis-workbook.h"

static void
add_fact (RubisWorkbook *book, const char *name, const char *text)
{
  rubis_workbook_add_row (book);
  rubis_workbook_add_text (book, name);
  rubis_workbook_add_text (book, text);
  rubis_workbook_add_empty (book);
}

static void
add_amount (RubisWorkbook *book, const char *name, gint64 amount, RubisCurrency currency)
{
  rubis_workbook_add_row (book);
  rubis_workbook_add_text (book, name);
  rubis_workbook_add_empty (book);
  rubis_workbook_add_money (book, amount, currency);
}

static void
add_customer (RubisWorkbook *book, const RubisLegalFile *file)
{
  g_autofree char *date = rubis_date_to_iso (file->date);

  rubis_workbook_add_sheet (book, "Client");
  rubis_workbook_add_column (book, "Donnée", RUBIS_CELL_TEXT, 24);
  rubis_workbook_add_column (book, "Valeur", RUBIS_CELL_TEXT, 60);
  rubis_workbook_add_column (book, "Montant", RUBIS_CELL_MONEY, 16);
  add_fact (book, "Compte", file->account_code);
  add_fact (book, "Débiteur", file->debtor);
  add_fact (book, "Contacts", file->contacts);
  add_fact (book, "Créancier", file->creditor);
  add_fact (book, "Tribunal", file->court);
  add_fact (book, "Formulaire Cerfa", file->form);
  add_fact (book, "Arrêté au", date);
  add_amount (book, "Principal", file->principal, file->currency);
  add_amount (book, "Intérêts", file->interest, file->currency);
  add_amount (book, "Indemnités", file->indemnity, file->currency);
  add_amount (book, "Total", file->total, file->currency);
}

static void
add_items (RubisWorkbook *book, const RubisLegalFile *file)
{
  rubis_workbook_add_sheet (book, "Pièces");
  rubis_workbook_add_column (book, "Numéro", RUBIS_CELL_TEXT, 18);
  rubis_workbook_add_column (book, "Type", RUBIS_CELL_TEXT, 8);
  rubis_workbook_add_column (book, "Commande", RUBIS_CELL_TEXT, 16);
  rubis_workbook_add_column (book, "Date", RUBIS_CELL_DATE, 12);
  rubis_workbook_add_column (book, "Échéance", RUBIS_CELL_DATE, 12);
  rubis_workbook_add_column (book, "Montant TTC", RUBIS_CELL_MONEY, 16);
  rubis_workbook_add_column (book, "Reste dû", RUBIS_CELL_MONEY, 16);
  rubis_workbook_add_column (book, "Contesté", RUBIS_CELL_MONEY, 14);
  rubis_workbook_add_column (book, "Principal demandé", RUBIS_CELL_MONEY, 16);
  rubis_workbook_add_column (book, "Intérêts", RUBIS_CELL_MONEY, 14);
  rubis_workbook_add_column (book, "Indemnité", RUBIS_CELL_MONEY, 12);
  rubis_workbook_add_column (book, "Prescription", RUBIS_CELL_DATE, 12);
  rubis_workbook_add_column (book, "Pièce n°", RUBIS_CELL_COUNT, 8);
  for (guint i = 0; i < file->items->len; i++)
    {
      const RubisLegalItem *item = g_ptr_array_index (file->items, i);
      guint exhibit = rubis_legal_file_find_exhibit (file, 0, item->id, RUBIS_EXHIBIT_INVOICE);

      rubis_workbook_add_row (book);
      rubis_workbook_add_text (book, item->number);
      rubis_workbook_add_text (book, rubis_item_type_to_code (item->type));
      rubis_workbook_add_text (book, item->order_ref);
      rubis_workbook_add_date (book, item->issue_date);
      rubis_workbook_add_date (book, item->due_date);
      rubis_workbook_add_money (book, item->total, file->currency);
      rubis_workbook_add_money (book, item->open, file->currency);
      rubis_workbook_add_money (book, item->disputed, file->currency);
      rubis_workbook_add_money (book, item->principal, file->currency);
      rubis_workbook_add_money (book, rubis_legal_item_get_interest (item), file->currency);
      rubis_workbook_add_money (book, item->indemnity, file->currency);
      rubis_workbook_add_date (book, item->limitation);
      if (exhibit != 0)
        rubis_workbook_add_count (book, exhibit);
    }
  rubis_workbook_add_totals (book, "Total");
}

/* The steps of some kinds; @kinds NULL: all. @with_amount: the sheet tells amounts. */
static void
add_steps (RubisWorkbook *book, const RubisLegalFile *file, const char *name, const char *const *kinds,
           gboolean with_amount)
{
  rubis_workbook_add_sheet (book, name);
  rubis_workbook_add_column (book, "Date", RUBIS_CELL_DATE, 12);
  rubis_workbook_add_column (book, "Événement", RUBIS_CELL_TEXT, 70);
  rubis_workbook_add_column (book, "Factures", RUBIS_CELL_TEXT, 24);
  if (with_amount)
    rubis_workbook_add_column (book, "Montant", RUBIS_CELL_MONEY, 16);
  rubis_workbook_add_column (book, "Pièce n°", RUBIS_CELL_COUNT, 8);
  for (guint i = 0; i < file->steps->len; i++)
    {
      const RubisLegalStep *step = g_ptr_array_index (file->steps, i);

      if (kinds != NULL && !g_strv_contains (kinds, step->kind))
        continue;
      rubis_workbook_add_row (book);
      rubis_workbook_add_date (book, step->date);
      rubis_workbook_add_text (book, step->text);
      rubis_workbook_add_text (book, step->numbers);
      if (with_amount)
        rubis_workbook_add_money (book, step->amount, file->currency);
      if (step->exhibit != 0)
        rubis_workbook_add_count (book, step->exhibit);
    }
  if (with_amount)
    rubis_workbook_add_totals (book, "Total");
}

static void
add_interest (RubisWorkbook *book, const RubisLegalFile *file)
{
  rubis_workbook_add_sheet (book, "Intérêts");
  rubis_workbook_add_column (book, "Facture", RUBIS_CELL_TEXT, 18);
  rubis_workbook_add_column (book, "Du", RUBIS_CELL_DATE, 12);
  rubis_workbook_add_column (book, "Au", RUBIS_CELL_DATE, 12);
  rubis_workbook_add_column (book, "Jours", RUBIS_CELL_COUNT, 8);
  rubis_workbook_add_column (book, "Base", RUBIS_CELL_MONEY, 16);
  rubis_workbook_add_column (book, "Taux", RUBIS_CELL_RATE, 10);
  rubis_workbook_add_column (book, "Intérêts de la période", RUBIS_CELL_MONEY, 16);
  rubis_workbook_add_column (book, "Intérêts de la facture", RUBIS_CELL_MONEY, 16);
  for (guint i = 0; i < file->items->len; i++)
    {
      const RubisLegalItem *item = g_ptr_array_index (file->items, i);

      for (guint j = 0; item->interest != NULL && j < item->interest->segments->len; j++)
        {
          const RubisInterestSegment *segment
              = &g_array_index (item->interest->segments, RubisInterestSegment, j);

          rubis_workbook_add_row (book);
          rubis_workbook_add_text (book, item->number);
          rubis_workbook_add_date (book, segment->from);
          rubis_workbook_add_date (book, segment->to);
          rubis_workbook_add_count (book, segment->days);
          rubis_workbook_add_money (book, segment->principal, file->currency);
          rubis_workbook_add_rate (book, segment->rate);
          rubis_workbook_add_money (book, segment->interest, file->currency);
          /* Rounded once for an invoice: on its last line. */
          if (j + 1 == item->interest->segments->len)
            rubis_workbook_add_money (book, item->interest->interest, file->currency);
        }
    }
}

static void
add_exhibits (RubisWorkbook *book, const RubisLegalFile *file)
{
  rubis_workbook_add_sheet (book, "Bordereau");
  rubis_workbook_add_column (book, "N°", RUBIS_CELL_COUNT, 6);
  rubis_workbook_add_column (book, "Désignation", RUBIS_CELL_TEXT, 70);
  rubis_workbook_add_column (book, "Date", RUBIS_CELL_DATE, 12);
  rubis_workbook_add_column (book, "Pages", RUBIS_CELL_COUNT, 8);
  rubis_workbook_add_column (book, "Fichier", RUBIS_CELL_TEXT, 40);
  for (guint i = 0; i < file->exhibits->len; i++)
    {
      const RubisLegalExhibit *exhibit = g_ptr_array_index (file->exhibits, i);

      rubis_workbook_add_row (book);
      rubis_workbook_add_count (book, exhibit->number);
      rubis_workbook_add_text (book, exhibit->title);
      rubis_workbook_add_date (book, exhibit->date);
      rubis_workbook_add_count (book, exhibit->n_pages);
      rubis_workbook_add_text (book, exhibit->file_name);
    }
}

GBytes *
rubis_session_make_legal_workbook (RubisSession *self, RubisLegalFile *file, GError **error)
{
  static const char *const reminders[] = { "email", "letter", "registered", "sms", "call", "visit", NULL };
  static const char *const payments[] = { "payment", "credit", NULL };
  g_autoptr (RubisCompany) company = NULL;
  g_autoptr (RubisWorkbook) book = NULL;
  g_autofree char *title = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);
  g_return_val_if_fail (file != NULL, NULL);

  company = rubis_session_dup_company (self);
  title = g_strdup_printf ("Dossier contentieux — %s", file->account_name);
  book = rubis_workbook_new (title, company->name, file->date, error);
  if (book == NULL)
    return NULL;
  add_customer (book, file);
  add_items (book, file);
  add_steps (book, file, "Relances", reminders, FALSE);
  add_steps (book, file, "Règlements", payments, TRUE);
  add_interest (book, file);
  add_steps (book, file, "Chronologie", NULL, FALSE);
  add_exhibits (book, file);
  return rubis_workbook_finish (book, error);
}

/* ".pdf" of "facture.pdf"; "" when there is none. */
static const char *
get_extension (const char *name)
{
  const char *dot = strrchr (name, '.');

  return dot != NULL ? dot : "";
}

/* An email is there twice: as it was sent, and on paper. */
static void
add_exhibit_files (RubisArchive *archive, const RubisLegalFile *file)
{
  for (guint i = 0; i < file->exhibits->len; i++)
    {
      const RubisLegalExhibit *exhibit = g_ptr_array_index (file->exhibits, i);
      g_autofree char *name = g_strdup_printf ("%02u - %s%s", exhibit->number, exhibit->title,
                                               get_extension (exhibit->file_name));

      rubis_archive_add (archive, "Pièces", name, exhibit->original);
      if (exhibit->pages != exhibit->original && !exhibit->replaced)
        {
          g_autofree char *printed = g_strdup_printf ("%02u - %s.pdf", exhibit->number, exhibit->title);

          rubis_archive_add (archive, "Pièces", printed, exhibit->pages);
        }
    }
}

GBytes *
rubis_session_make_legal_zip (RubisSession *self, RubisLegalFile *file, guint *n_pages, GError **error)
{
  g_autoptr (GBytes) pdf = rubis_session_make_legal_pdf (self, file, n_pages, error);
  g_autoptr (GBytes) book = NULL;
  g_autoptr (RubisArchive) archive = NULL;
  g_autofree char *name = NULL;
  g_autofree char *book_name = NULL;

  if (pdf == NULL)
    return NULL;
  book = rubis_session_make_legal_workbook (self, file, error);
  if (book == NULL)
    return NULL;
  name = g_strdup_printf ("Dossier contentieux %s.pdf", file->account_code);
  book_name = g_strdup_printf ("Dossier contentieux %s.xlsx", file->account_code);
  archive = rubis_archive_new (file->date);
  rubis_archive_add (archive, NULL, name, pdf);
  rubis_archive_add (archive, NULL, book_name, book);
  add_exhibit_files (archive, file);
  return rubis_archive_finish (archive, error);
}
