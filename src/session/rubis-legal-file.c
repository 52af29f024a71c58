/* Preparing a legal file from the dossier. */
#include "rubis-legal-file-private.h"

#include <glib/gi18n-lib.h>

#include "rubis-courts.h"
#include "rubis-import-preview.h"
#include "rubis-record.h"

static void
item_free (gpointer data)
{
  RubisLegalItem *self = data;

  g_free (self->number);
  g_free (self->order_ref);
  g_clear_pointer (&self->interest, rubis_interest_result_free);
  g_free (self);
}

void
rubis_legal_file_free (RubisLegalFile *self)
{
  if (self == NULL)
    return;
  g_free (self->account_code);
  g_free (self->account_name);
  g_free (self->creditor);
  g_free (self->debtor);
  g_free (self->contacts);
  g_free (self->court);
  g_ptr_array_unref (self->items);
  g_clear_pointer (&self->courts, g_ptr_array_unref);
  g_ptr_array_unref (self->exhibits);
  g_ptr_array_unref (self->steps);
  g_ptr_array_unref (self->problems);
  g_free (self);
}

gboolean
rubis_legal_file_is_blocked (const RubisLegalFile *self)
{
  const RubisLegalProblem *first = self->problems->len > 0 ? g_ptr_array_index (self->problems, 0) : NULL;

  return first != NULL && first->severity == RUBIS_LEGAL_BLOCKING;
}

const char *
rubis_legal_severity_to_id (RubisLegalSeverity severity)
{
  static const char *const ids[] = { "blocking", "warning", "advice" };

  return ids[severity];
}

static RubisLegalFile *
file_new (RubisSession *session, const RubisLegalRequest *request)
{
  RubisLegalFile *self = g_new0 (RubisLegalFile, 1);

  self->date = rubis_session_get_today (session);
  self->account_id = request->account_id;
  self->currency = request->currency;
  self->forced = request->force;
  self->items = g_ptr_array_new_with_free_func (item_free);
  self->exhibits = g_ptr_array_new ();
  self->steps = g_ptr_array_new ();
  self->problems = g_ptr_array_new ();
  return self;
}

static void
case_clear (RubisLegalCase *self)
{
  g_clear_pointer (&self->library, rubis_library_unref);
  g_clear_pointer (&self->company, rubis_company_free);
  g_clear_pointer (&self->account, rubis_account_record_free);
  g_clear_pointer (&self->contacts, g_ptr_array_unref);
  g_clear_pointer (&self->ids, g_array_unref);
  g_clear_pointer (&self->payments, g_ptr_array_unref);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_pointer (&self->letters, g_ptr_array_unref);
  g_clear_pointer (&self->events, g_hash_table_unref);
  g_clear_pointer (&self->credits, rubis_penalty_credits_free);
  g_clear_pointer (&self->reminders, g_hash_table_unref);
}

static gboolean
load_account (RubisLegalCase *self, GError **error)
{
  g_autoptr (GError) cause = NULL;

  self->account = rubis_store_load_account (self->db, self->request->account_id, &cause);
  if (self->account == NULL)
    {
      if (cause != NULL)
        g_propagate_error (error, g_steal_pointer (&cause));
      else
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("There is no such account."));
      return FALSE;
    }
  self->file->account_code = g_strdup (self->account->code);
  self->file->account_name = g_strdup (self->account->name);
  self->file->debtor_kind = self->account->kind;
  self->contacts = rubis_store_list_contacts (self->db, self->account->id, error);
  if (self->contacts == NULL)
    return FALSE;
  rubis_legal_case_identify (self);
  return TRUE;
}

static gboolean
load_facts (RubisLegalCase *self, GError **error)
{
  self->payments = rubis_store_list_case_payments (self->db, self->ids, error);
  if (self->payments == NULL)
    return FALSE;
  self->events = rubis_store_list_case_events (self->db, self->ids, error);
  if (self->events == NULL)
    return FALSE;
  self->reminders = rubis_store_list_reminders_of (self->db, self->ids, error);
  if (self->reminders == NULL)
    return FALSE;
  self->letters = rubis_store_list_case_letters (self->db, self->account->id, error);
  if (self->letters == NULL)
    return FALSE;
  self->files = rubis_store_list_case_files (self->db, self->account->id, error);
  return self->files != NULL;
}

/* The court of the place where the debtor lives (CPC 1406). Only claims between traders have seats that a
 * table knows; the others are asked for.
 */
static gboolean
choose_court (RubisLegalCase *self, GError **error)
{
  RubisLegalFile *file = self->file;
  gboolean trader
      = self->account->kind == RUBIS_PARTY_PROFESSIONAL || self->account->kind == RUBIS_PARTY_INTRAGROUP;
  gboolean french = *self->account->country == '\0' || g_ascii_strcasecmp (self->account->country, "FR") == 0;

  file->courts = rubis_courts_list_commercial (trader && french ? self->account->postcode : "", error);
  if (file->courts == NULL)
    return FALSE;
  file->form = trader ? "12946" : "12948";
  if (self->request->court != NULL && *self->request->court != '\0')
    file->court = g_strdup (self->request->court);
  else
    file->court = g_strdup (file->courts->len == 1 ? g_ptr_array_index (file->courts, 0) : "");
  /* A civil court has another form, also between professionals. */
  if (g_str_has_prefix (file->court, "tribunal judiciaire"))
    file->form = "12948";
  return TRUE;
}

static gboolean
prepare (RubisLegalCase *self, RubisProgress *progress, GError **error)
{
  if (!load_account (self, error) || !rubis_legal_case_add_items (self, error) || !load_facts (self, error)
      || !choose_court (self, error) || !rubis_legal_case_compute (self, error))
    return FALSE;
  if (progress != NULL && progress->func != NULL)
    progress->func (0.3, NULL, progress->user_data);
  if (progress != NULL && g_cancellable_set_error_if_cancelled (progress->cancellable, error))
    return FALSE;
  if (!rubis_legal_case_add_exhibits (self, error) || !rubis_legal_case_add_steps (self, error))
    return FALSE;
  rubis_legal_case_check (self);
  return TRUE;
}

RubisLegalFile *
rubis_session_prepare_legal_file (RubisSession *self, const RubisLegalRequest *request,
                                  RubisProgress *progress, GError **error)
{
  g_autoptr (RubisLegalFile) file = NULL;
  RubisLegalCase legal = { .session = self, .request = request };
  gboolean done = FALSE;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);
  g_return_val_if_fail (request != NULL, NULL);

  file = file_new (self, request);
  legal.file = file;
  legal.db = rubis_session_take_reader (self, error);
  if (legal.db == NULL)
    return NULL;
  legal.library = rubis_session_get_library (self);
  legal.company = rubis_session_dup_company (self);
  legal.ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  legal.credits = rubis_penalty_credits_new ();
  if (rubis_database_begin_read (legal.db, error))
    {
      done = prepare (&legal, progress, error);
      rubis_database_end_read (legal.db);
    }
  rubis_session_return_reader (self, legal.db);
  case_clear (&legal);
  return done ? g_steal_pointer (&file) : NULL;
}

static GVariant *
describe_items (const RubisLegalFile *self)
{
  GVariantBuilder list;

  rubis_records_init (&list);
  for (guint i = 0; i < self->items->len; i++)
    {
      const RubisLegalItem *item = g_ptr_array_index (self->items, i);
      GVariantBuilder record;

      rubis_record_init (&record);
      rubis_record_add_text (&record, "number", item->number);
      rubis_record_add_date (&record, "due_date", item->due_date);
      rubis_record_add_text (&record, "currency", self->currency.code);
      rubis_record_add_amount (&record, "open", item->open, self->currency);
      rubis_record_add_amount (&record, "principal", item->principal, self->currency);
      rubis_record_add_amount (&record, "interest", rubis_legal_item_get_interest (item), self->currency);
      rubis_record_add_amount (&record, "indemnity", item->indemnity, self->currency);
      rubis_record_add_date (&record, "limitation", item->limitation);
      rubis_records_add (&list, &record);
    }
  return g_variant_builder_end (&list);
}

static GVariant *
describe_exhibits (const RubisLegalFile *self)
{
  GVariantBuilder list;

  rubis_records_init (&list);
  for (guint i = 0; i < self->exhibits->len; i++)
    {
      const RubisLegalExhibit *exhibit = g_ptr_array_index (self->exhibits, i);
      GVariantBuilder record;

      rubis_record_init (&record);
      rubis_record_add_int (&record, "number", exhibit->number);
      rubis_record_add_text (&record, "key", exhibit->key);
      rubis_record_add_text (&record, "title", exhibit->title);
      rubis_record_add_date (&record, "date", exhibit->date);
      rubis_record_add_int (&record, "pages", exhibit->n_pages);
      rubis_records_add (&list, &record);
    }
  return g_variant_builder_end (&list);
}

static GVariant *
describe_problems (const RubisLegalFile *self)
{
  GVariantBuilder list;

  rubis_records_init (&list);
  for (guint i = 0; i < self->problems->len; i++)
    {
      const RubisLegalProblem *problem = g_ptr_array_index (self->problems, i);
      GVariantBuilder record;

      rubis_record_init (&record);
      rubis_record_add_text (&record, "severity", rubis_legal_severity_to_id (problem->severity));
      rubis_record_add_text (&record, "code", problem->code);
      rubis_record_add_text (&record, "message", problem->message);
      rubis_record_add_text (&record, "way_out", problem->way_out);
      rubis_records_add (&list, &record);
    }
  return g_variant_builder_end (&list);
}

GVariant *
rubis_legal_file_to_record (const RubisLegalFile *self)
{
  GVariantBuilder record;

  rubis_record_init (&record);
  rubis_record_add_text (&record, "account", self->account_code);
  rubis_record_add_text (&record, "name", self->account_name);
  rubis_record_add_date (&record, "date", self->date);
  rubis_record_add_text (&record, "currency", self->currency.code);
  rubis_record_add_amount (&record, "principal", self->principal, self->currency);
  rubis_record_add_amount (&record, "interest", self->interest, self->currency);
  rubis_record_add_amount (&record, "indemnity", self->indemnity, self->currency);
  rubis_record_add_amount (&record, "total", self->total, self->currency);
  rubis_record_add_text (&record, "court", self->court);
  rubis_record_add_texts (&record, "courts", self->courts);
  rubis_record_add_text (&record, "form", self->form);
  rubis_record_add_bool (&record, "blocked", rubis_legal_file_is_blocked (self));
  rubis_record_add_value (&record, "items", describe_items (self));
  rubis_record_add_value (&record, "exhibits", describe_exhibits (self));
  rubis_record_add_value (&record, "problems", describe_problems (self));
  return g_variant_builder_end (&record);
}
