#include "rubis-paper.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-agenda-private.h"
#include "rubis-format.h"
#include "rubis-import-preview.h"
#include "rubis-letter-writer.h"
#include "rubis-store-items.h"
#include "rubis-text.h"

void
rubis_paper_free (RubisPaper *self)
{
  g_clear_pointer (&self->content, g_bytes_unref);
  g_free (self->media_type);
  g_free (self->file_name);
  g_free (self->kind);
  g_free (self->template_id);
  g_free (self->name);
  g_free (self->language);
  g_free (self->subject);
  g_free (self);
}

RubisPaper *
rubis_paper_copy (const RubisPaper *self)
{
  RubisPaper *copy = g_memdup2 (self, sizeof *self);

  copy->content = g_bytes_ref (self->content);
  copy->media_type = g_strdup (self->media_type);
  copy->file_name = g_strdup (self->file_name);
  copy->kind = g_strdup (self->kind);
  copy->template_id = g_strdup (self->template_id);
  copy->name = g_strdup (self->name);
  copy->language = g_strdup (self->language);
  copy->subject = g_strdup (self->subject);
  return copy;
}

static const char *
get_kind_id (RubisTemplateKind kind)
{
  switch (kind)
    {
    case RUBIS_TEMPLATE_STATEMENT:
      return "statement";
    case RUBIS_TEMPLATE_AGREEMENT:
      return "agreement";
    case RUBIS_TEMPLATE_RECEIPT:
      return "receipt";
    case RUBIS_TEMPLATE_INTERNAL:
      return "internal";
    case RUBIS_TEMPLATE_REMINDER:
    case RUBIS_TEMPLATE_NOTICE:
    case RUBIS_TEMPLATE_FORMAL:
    case RUBIS_TEMPLATE_THANKS:
    case RUBIS_TEMPLATE_SCRIPT:
    default:
      return "letter";
    }
}

static char *
make_file_name (const RubisFilledDocument *filled, RubisDate today, const char *extension)
{
  g_autofree char *date = rubis_date_to_iso (today);
  g_autofree char *code = rubis_text_fold (filled->account->code);

  g_strcanon (code, "abcdefghijklmnopqrstuvwxyz0123456789-_", '-');
  return g_strdup_printf ("%s-%.40s-%s%s", date, code, filled->template_id, extension);
}

static GBytes *
write_pdf (RubisSession *self, const RubisFilledDocument *filled, int *n_pages, GError **error)
{
  g_autoptr (RubisLetterWriter) writer = rubis_letter_writer_new ();
  g_autoptr (RubisLetterhead) letterhead = rubis_agenda_make_letterhead (self, filled->language, error);
  /* A sheet for the own files has neither window nor folds. */
  RubisLetterOptions options = { .form = filled->kind == RUBIS_TEMPLATE_INTERNAL ? RUBIS_LETTER_FORM_PAPER
                                                                                 : RUBIS_LETTER_FORM_LETTER };
  guint pages = 0;
  GBytes *pdf;

  if (letterhead == NULL)
    return NULL;
  pdf = rubis_letter_writer_write (writer, filled->document, letterhead, &options, &pages, error);
  *n_pages = (int)pages;
  return pdf;
}

/* The form that was asked for, with what says so. */
static GBytes *
write_form (RubisSession *self, const RubisFilledDocument *filled, RubisPaperForm form, RubisPaper *paper,
            GError **error)
{
  g_autoptr (RubisCompany) company = NULL;
  RubisDate today = rubis_session_get_today (self);
  const char *extension = form == RUBIS_PAPER_FORM_LETTER  ? ".pdf"
                          : form == RUBIS_PAPER_FORM_EMAIL ? ".html"
                                                           : ".txt";
  char *text;

  paper->file_name = make_file_name (filled, today, extension);
  switch (form)
    {
    case RUBIS_PAPER_FORM_EMAIL:
      paper->media_type = g_strdup ("text/html");
      company = rubis_session_dup_company (self);
      text = rubis_document_to_html (filled->document, rubis_agenda_parse_accent (company->accent));
      return g_bytes_new_take (text, strlen (text));
    case RUBIS_PAPER_FORM_TEXT:
      paper->media_type = g_strdup ("text/plain");
      text = rubis_document_to_text (filled->document, 76);
      return g_bytes_new_take (text, strlen (text));
    case RUBIS_PAPER_FORM_LETTER:
    default:
      paper->media_type = g_strdup ("application/pdf");
      return write_pdf (self, filled, &paper->n_pages, error);
    }
}

/* Nothing is claimed with a paper, so that no step speaks for it; a letter by hand has the deadline of its
 * step. */
static RubisFilledDocument *
fill (RubisSession *self, RubisDatabase *db, gint64 account_id, const RubisPaperOptions *options,
      GError **error)
{
  g_autoptr (RubisLibrary) library = rubis_session_get_library (self);
  RubisDocumentRequest request = { .account_id = account_id,
                                   .template_id = options->template_id,
                                   .item_ids = options->item_ids,
                                   .paper = options };

  request.step = rubis_agenda_find_step_of_template (library, db, account_id, options->template_id);
  return rubis_agenda_fill_document (self, db, &request, error);
}

RubisPaper *
rubis_session_write_paper (RubisSession *self, gint64 account_id, const RubisPaperOptions *options,
                           GError **error)
{
  g_autoptr (RubisPaper) paper = g_new0 (RubisPaper, 1);
  g_autoptr (RubisFilledDocument) filled = NULL;
  RubisDatabase *db;

  g_return_val_if_fail (options != NULL && options->template_id != NULL, NULL);

  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return NULL;
  filled = fill (self, db, account_id, options, error);
  rubis_session_return_reader (self, db);
  if (filled == NULL)
    return NULL;
  paper->content = write_form (self, filled, options->form, paper, error);
  if (paper->content == NULL)
    return NULL;
  paper->kind = g_strdup (get_kind_id (filled->kind));
  paper->template_id = g_strdup (filled->template_id);
  paper->template_version = filled->template_version;
  paper->name = g_strdup (filled->template_name);
  paper->language = g_strdup (filled->language);
  paper->subject = g_strdup (rubis_document_get_subject (filled->document));
  paper->currency = filled->currency;
  paper->amount = filled->amount;
  return g_steal_pointer (&paper);
}

typedef struct
{
  RubisSession *session;
  gint64 account_id;
  const RubisPaper *paper;
  gint64 document_id;
} Keeping;

static gboolean
keep (RubisStore *store, gpointer user_data, GError **error)
{
  Keeping *keeping = user_data;
  const RubisPaper *paper = keeping->paper;
  RubisDatabase *db = rubis_store_get_database (store);
  g_autofree char *amount = rubis_format_amount (paper->amount, paper->currency, rubis_format_ui_language ());
  g_autofree char *summary = g_strdup_printf ("%s, %s", paper->name, amount);
  g_autoptr (RubisAccountRecord) account = rubis_store_load_account (db, keeping->account_id, error);
  g_autoptr (RubisEventRecord) event
      = rubis_session_new_event (keeping->session, "document", keeping->account_id, summary, NULL);
  g_autoptr (RubisDocumentRecord) record = g_new0 (RubisDocumentRecord, 1);

  if (account == NULL || !rubis_store_append_event (db, event, error))
    return FALSE;
  record->event_id = event->id;
  record->account_id = keeping->account_id;
  record->kind = g_strdup (paper->kind);
  record->template_id = g_strdup (paper->template_id);
  record->template_version = paper->template_version;
  record->language = g_strdup (paper->language);
  record->currency = g_strdup (paper->currency.code);
  record->amount = paper->amount;
  record->date = rubis_session_get_today (keeping->session);
  record->subject = g_strdup (paper->subject);
  record->recipient = g_strdup (account->name);
  record->file_name = g_strdup (paper->file_name);
  record->media_type = g_strdup (paper->media_type);
  record->n_pages = paper->n_pages;
  record->content = g_bytes_ref (paper->content);
  if (!rubis_store_insert_document (db, record, error))
    return FALSE;
  keeping->document_id = record->id;
  return TRUE;
}

gboolean
rubis_session_keep_paper (RubisSession *self, gint64 account_id, const RubisPaper *paper, gint64 *document_id,
                          GError **error)
{
  Keeping keeping = { .session = self, .account_id = account_id, .paper = paper };
  RubisStore *store = rubis_session_lock (self);
  gboolean ok = rubis_store_transact (store, keep, &keeping, error);

  rubis_session_unlock (self);
  if (!ok)
    return FALSE;
  rubis_session_mark_changed (self);
  if (document_id != NULL)
    *document_id = keeping.document_id;
  return TRUE;
}

typedef struct
{
  gint64 account_id;
  gint64 item_id;
  gboolean payments; /* only payments */
} Search;

static gboolean
match_item (const RubisItemRecord *item, gpointer user_data)
{
  Search *search = user_data;

  if (item->account_id == search->account_id && (!search->payments || item->type == RUBIS_ITEM_PAYMENT))
    search->item_id = item->id;
  return TRUE;
}

/* The newest item of that number. */
static gboolean
find_item (RubisDatabase *db, Search *search, const char *number, GError **error)
{
  g_autoptr (GArray) ids = rubis_store_find_items (db, number, error);
  gboolean found;

  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      if (!rubis_store_visit_item (db, g_array_index (ids, gint64, i), match_item, search, &found, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
rubis_session_find_payment (RubisSession *self, gint64 account_id, const char *number, gint64 *payment_id,
                            GError **error)
{
  RubisDatabase *db = rubis_session_take_reader (self, error);
  Search search = { .account_id = account_id, .payments = TRUE };
  gboolean ok;

  if (db == NULL)
    return FALSE;
  ok = find_item (db, &search, number, error);
  rubis_session_return_reader (self, db);
  if (ok && search.item_id == 0)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("The account has no payment “%s”."), number);
  *payment_id = search.item_id;
  return ok && search.item_id != 0;
}

GArray *
rubis_session_find_items (RubisSession *self, gint64 account_id, const char *const *numbers, GError **error)
{
  RubisDatabase *db = rubis_session_take_reader (self, error);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean ok = db != NULL;

  for (int i = 0; ok && numbers[i] != NULL; i++)
    {
      Search search = { .account_id = account_id };

      ok = find_item (db, &search, numbers[i], error);
      if (ok && search.item_id == 0)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("The account has no item “%s”."),
                       numbers[i]);
          ok = FALSE;
        }
      g_array_append_val (ids, search.item_id);
    }
  if (db != NULL)
    rubis_session_return_reader (self, db);
  return ok ? g_steal_pointer (&ids) : NULL;
}

void
rubis_payment_choice_free (RubisPaymentChoice *self)
{
  g_free (self->label);
  g_free (self);
}

static gboolean
add_payment (const RubisItemRecord *item, gpointer user_data)
{
  GPtrArray *payments = user_data;
  const char *language = rubis_format_ui_language ();
  g_autofree char *date = NULL;
  g_autofree char *amount = NULL;
  RubisPaymentChoice *choice;

  if (item->type != RUBIS_ITEM_PAYMENT || item->total >= 0)
    return TRUE;
  date = rubis_format_date_short (item->issue_date != RUBIS_DATE_NONE ? item->issue_date : item->first_seen,
                                  language);
  amount = rubis_format_amount (-item->total, item->currency, language);
  choice = g_new0 (RubisPaymentChoice, 1);
  choice->id = item->id;
  choice->label = g_strdup_printf ("%s, %s, %s", item->number, date, amount);
  g_ptr_array_insert (payments, 0, choice);
  return TRUE;
}

GPtrArray *
rubis_session_list_payments (RubisSession *self, gint64 account_id, GError **error)
{
  RubisDatabase *db = rubis_session_take_reader (self, error);
  g_autoptr (GPtrArray) payments = g_ptr_array_new_with_free_func ((GDestroyNotify)rubis_payment_choice_free);
  gboolean ok;

  if (db == NULL)
    return NULL;
  ok = rubis_store_each_item_of (db, account_id, TRUE, add_payment, payments, error);
  rubis_session_return_reader (self, db);
  return ok ? g_steal_pointer (&payments) : NULL;
}
