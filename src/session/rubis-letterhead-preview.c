#include "rubis-letterhead-preview.h"

#include <glib/gi18n-lib.h>

#include "rubis-agenda-private.h"
#include "rubis-letter-writer.h"
#include "rubis-letterhead-probe.h"
#include "rubis-letterhead-settings-private.h"
#include "rubis-session-edits-private.h"

/* A reminder shows everything that a letter may hold; a statement can be written to anybody. */
#define REMINDER "relance-2-courrier"
#define STATEMENT "releve"
/* More than anybody looks through. */
#define MAX_ACCOUNTS 500

static RubisFilledDocument *
fill_for_account (RubisSession *self, RubisDatabase *db, const RubisLetterheadSettings *settings,
                  gint64 account_id, GError **error)
{
  g_autoptr (RubisLibrary) library = rubis_session_get_library (self);
  RubisDocumentRequest request
      = { .account_id = account_id, .template_id = REMINDER, .letterhead = settings };
  RubisFilledDocument *filled;

  request.step = rubis_agenda_find_step_of_template (library, db, account_id, REMINDER);
  filled = rubis_agenda_fill_document (self, db, &request, NULL);
  if (filled != NULL)
    return filled;
  request.template_id = STATEMENT;
  request.step = NULL;
  return rubis_agenda_fill_document (self, db, &request, error);
}

static void
set_texts (RubisDocumentContext *context, const RubisCompany *company)
{
  const struct
  {
    RubisHashtag hashtag;
    const char *text;
  } texts[] = {
    { RUBIS_HASHTAG_CUSTOMER_NAME, "Menuiserie Garçon SAS" },
    { RUBIS_HASHTAG_CUSTOMER_CODE, "C00412" },
    { RUBIS_HASHTAG_CUSTOMER_ADDRESS, "Menuiserie Garçon SAS\nMme Anne Noël\nBâtiment C, 2e étage\n"
                                      "145 BIS BD DU GENERAL DE GAULLE\n92100 BOULOGNE BILLANCOURT CEDEX" },
    { RUBIS_HASHTAG_CONTACT_TITLE, "Mme" },
    { RUBIS_HASHTAG_CONTACT_NAME, "Noël" },
    { RUBIS_HASHTAG_COMPANY_NAME, company->name },
    { RUBIS_HASHTAG_COMPANY_CITY, company->city },
    { RUBIS_HASHTAG_COMPANY_IBAN, company->iban },
    { RUBIS_HASHTAG_COMPANY_BIC, company->bic },
    { RUBIS_HASHTAG_COMPANY_EMAIL, company->email },
    { RUBIS_HASHTAG_PAYMENT_REFERENCE, "C00412" },
    { RUBIS_HASHTAG_USER_NAME, company->signatory[0] != '\0' ? company->signatory : company->name },
    { RUBIS_HASHTAG_USER_ROLE, company->signatory_title },
    { RUBIS_HASHTAG_USER_PHONE, company->phone },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    rubis_document_context_set_text (context, texts[i].hashtag, texts[i].text);
}

static void
add_items (RubisDocumentContext *context, RubisDate today)
{
  static const struct
  {
    const char *number;
    int days_late;
    gint64 total;
  } rows[] = { { "FA-2048", 47, 124800 }, { "FA-2093", 33, 86040 }, { "FA-2110", 21, 215000 } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      RubisDocumentItem item = { .number = rows[i].number,
                                 .type = RUBIS_ITEM_INVOICE,
                                 .issue_date = today - rows[i].days_late - 30,
                                 .due_date = today - rows[i].days_late,
                                 .days_late = rows[i].days_late,
                                 .level = 1,
                                 .currency = rubis_document_context_get_currency (context),
                                 .total = rows[i].total,
                                 .open = rows[i].total,
                                 .selected = TRUE };

      rubis_document_context_add_item (context, &item);
    }
}

/* A letter to a customer who does not exist. */
static RubisDocument *
render_sample (RubisSession *self, RubisDatabase *db, const RubisLetterheadSettings *settings, GError **error)
{
  g_autoptr (RubisLibrary) library = rubis_session_get_library (self);
  RubisSessionTemplate *entry = rubis_library_get_template (library, REMINDER, "fr");
  g_autoptr (RubisCompany) company = rubis_session_dup_company (self);
  g_autoptr (RubisDocumentContext) context = NULL;
  RubisDate today = rubis_session_get_today (self);

  if (entry == NULL || entry->template_ == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("There is no template “%s”."), REMINDER);
      return NULL;
    }
  context = rubis_document_context_new (rubis_template_get_language (entry->template_), today,
                                        rubis_session_get_currency (self));
  set_texts (context, company);
  rubis_document_context_set_party_kind (context, RUBIS_PARTY_PROFESSIONAL);
  rubis_document_context_set_date (context, RUBIS_HASHTAG_DEADLINE, today + 8);
  add_items (context, today);
  if (!rubis_document_context_complete (context, error)
      || !rubis_letterhead_fill_images (context, entry->template_, db, settings, error))
    return NULL;
  return rubis_template_render (entry->template_, context, RUBIS_RENDER_PREVIEW, error);
}

static RubisDocument *
make_document (RubisSession *self, const RubisLetterheadSettings *settings, gint64 account_id, GError **error)
{
  RubisDatabase *db = rubis_session_take_reader (self, error);
  g_autoptr (RubisFilledDocument) filled = NULL;
  RubisDocument *document = NULL;

  if (db == NULL)
    return NULL;
  if (account_id == 0)
    document = render_sample (self, db, settings, error);
  else
    {
      filled = fill_for_account (self, db, settings, account_id, error);
      document = filled != NULL ? rubis_document_ref (filled->document) : NULL;
    }
  rubis_session_return_reader (self, db);
  return document;
}

GBytes *
rubis_session_preview_letterhead (RubisSession *self, const RubisLetterheadSettings *settings,
                                  gint64 account_id, gboolean envelope, GError **error)
{
  g_autoptr (RubisCompany) company = rubis_session_dup_company (self);
  g_autoptr (RubisDocument) document = NULL;
  g_autoptr (RubisLetterhead) letterhead = NULL;
  g_autoptr (RubisLetterWriter) writer = NULL;
  g_autofree char *sender = NULL;
  RubisLetterOptions options = { .envelope = envelope };
  RubisLetterheadFacts facts;

  g_return_val_if_fail (settings != NULL, NULL);

  document = make_document (self, settings, account_id, error);
  if (document == NULL)
    return NULL;
  sender = rubis_letterhead_settings_fill_facts (settings, company, rubis_document_get_language (document),
                                                 &facts);
  letterhead = rubis_letterhead_new (&facts, error);
  if (letterhead == NULL)
    return NULL;
  writer = rubis_letter_writer_new ();
  return rubis_letter_writer_write (writer, document, letterhead, &options, NULL, error);
}

/* --- whose letter --- */

static void
letter_account_free (gpointer data)
{
  RubisLetterAccount *self = data;

  g_free (self->label);
  g_free (self);
}

static void
add_account (const RubisBalanceRecord *balance, gpointer user_data)
{
  GPtrArray *accounts = user_data;
  const RubisLetterAccount *last = accounts->len > 0 ? accounts->pdata[accounts->len - 1] : NULL;
  RubisLetterAccount *account;

  /* An account in two currencies comes twice, one after the other. */
  if (balance->balance <= 0 || accounts->len == MAX_ACCOUNTS
      || (last != NULL && last->account_id == balance->account_id))
    return;
  account = g_new0 (RubisLetterAccount, 1);
  account->account_id = balance->account_id;
  account->label = g_strdup_printf ("%s (%s)", balance->name, balance->code);
  g_ptr_array_add (accounts, account);
}

static int
compare_labels (gconstpointer a, gconstpointer b)
{
  const RubisLetterAccount *one = *(const RubisLetterAccount *const *)a;
  const RubisLetterAccount *other = *(const RubisLetterAccount *const *)b;

  return g_utf8_collate (one->label, other->label);
}

GPtrArray *
rubis_session_list_letter_accounts (RubisSession *self, GError **error)
{
  RubisDatabase *db = rubis_session_take_reader (self, error);
  g_autoptr (GPtrArray) accounts = g_ptr_array_new_with_free_func (letter_account_free);
  gboolean done;

  if (db == NULL)
    return NULL;
  done = rubis_store_each_balance (db, 0, rubis_session_get_today (self), add_account, accounts, error);
  rubis_session_return_reader (self, db);
  if (!done)
    return NULL;
  g_ptr_array_sort (accounts, compare_labels);
  return g_steal_pointer (&accounts);
}

char *
rubis_session_dup_letter_account_label (RubisSession *self, gint64 account_id)
{
  g_autoptr (RubisAccountRecord) account = rubis_edits_load_account (self, account_id, NULL);

  return account != NULL ? g_strdup_printf ("%s (%s)", account->name, account->code) : NULL;
}

char *
rubis_session_dup_legal_mentions (RubisSession *self)
{
  g_autoptr (RubisCompany) company = rubis_session_dup_company (self);
  g_autoptr (RubisLetterheadSettings) settings = rubis_letterhead_settings_new ();
  RubisLetterheadFacts facts;
  g_autofree char *sender = rubis_letterhead_settings_fill_facts (settings, company, NULL, &facts);

  return rubis_letterhead_dup_mentions (&facts);
}

char **
rubis_session_list_letter_fonts (void)
{
  return rubis_letterhead_list_fonts ();
}
