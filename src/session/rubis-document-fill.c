/* Filling a template from the dossier: who is written to, what is owed, how to pay. */
#include "rubis-agenda-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-document-context.h"
#include "rubis-enclosures.h"
#include "rubis-facts.h"
#include "rubis-field-fill.h"
#include "rubis-format.h"
#include "rubis-import-preview.h"
#include "rubis-interest.h"
#include "rubis-notice-private.h"
#include "rubis-letterhead-settings-private.h"
#include "rubis-payment-terms.h"
#include "rubis-habit-fill.h"
#include "rubis-paper-fill.h"
#include "rubis-penalty-credits.h"
#include "rubis-penalty-detail.h"
#include "rubis-plan-letter.h"
#include "rubis-plans-private.h"
#include "rubis-postal-number.h"
#include "rubis-promises-private.h"
#include "rubis-session-private.h"
#include "rubis-store-items.h"
#include "rubis-words.h"

/* Reminders named in the history of a letter. */
#define MAX_HISTORY 6

typedef struct {
  RubisSession *session;
  RubisDatabase *db;
  const RubisDocumentRequest *request;
  RubisLibrary *library;          /* (owned) */
  RubisCompany *company;          /* (owned) */
  RubisAccountRecord *account;    /* (owned) */
  GPtrArray *contacts;            /* (owned) */
  RubisTemplate *template_;       /* (unowned) of library or of the request */
  int template_version;
  RubisDocumentContext *context;  /* (owned) */
  char *language;
  RubisCurrency currency;
  RubisDate today;
  gboolean with_penalties;
  RubisPenaltyCredits *credits;   /* (owned) what the claim deducts, for interest */
  GString *penalty_detail;        /* (owned) (nullable) how the penalties were computed */
  GHashTable *late;               /* (owned) invoices that bear the indemnity already */
  RubisPlanFacts *plan;           /* (owned) (nullable) whose instalments take the place of its items */
  RubisPlanTable *plans;          /* (owned) (nullable) of a statement or a call: what they hold is due by instalments */
  gint64 leader_id;               /* oldest item of the selection */
  GArray *selected;               /* (owned) (element-type gint64) debits of the selection */
  GError *error;                  /* of a callback */
} Filling;

void
rubis_filled_document_free (RubisFilledDocument *self)
{
  g_clear_pointer (&self->document, rubis_document_unref);
  g_clear_pointer (&self->account, rubis_account_record_free);
  g_free (self->language);
  g_free (self->template_id);
  g_free (self->template_name);
  g_free (self->email);
  g_free (self->phone);
  g_free (self->mobile);
  g_free (self->contact);
  g_clear_pointer (&self->missing, g_ptr_array_unref);
  g_free (self);
}

static void
filling_clear (Filling *f)
{
  g_clear_pointer (&f->library, rubis_library_unref);
  g_clear_pointer (&f->company, rubis_company_free);
  g_clear_pointer (&f->account, rubis_account_record_free);
  g_clear_pointer (&f->contacts, g_ptr_array_unref);
  g_clear_pointer (&f->context, rubis_document_context_unref);
  g_clear_pointer (&f->credits, rubis_penalty_credits_free);
  if (f->penalty_detail != NULL)
    g_string_free (g_steal_pointer (&f->penalty_detail), TRUE);
  g_clear_pointer (&f->late, g_hash_table_unref);
  g_clear_pointer (&f->plan, rubis_plan_facts_free);
  g_clear_pointer (&f->plans, rubis_plan_table_free);
  g_free (f->language);
  g_clear_pointer (&f->selected, g_array_unref);
  g_clear_error (&f->error);
}

static void
set_text (Filling *f, RubisHashtag hashtag, const char *text)
{
  rubis_document_context_set_text (f->context, hashtag, text);
}

static void
fill_customer (Filling *f, RubisFilledDocument *filled)
{
  RubisContactRole role = f->request->step != NULL ? f->request->step->role : RUBIS_CONTACT_ACCOUNTS_PAYABLE;
  const RubisContactRecord *by_email = rubis_facts_choose_contact (f->contacts, role, RUBIS_REACH_EMAIL);
  const RubisContactRecord *by_phone = rubis_facts_choose_contact (f->contacts, role, RUBIS_REACH_PHONE);
  const RubisContactRecord *contact = rubis_agenda_choose_recipient (f->contacts, role);
  g_autoptr(RubisPostalBlock) block = rubis_agenda_make_postal_block (f->account, contact, f->language);
  g_autofree char *lines = g_strjoinv ("\n", block->lines);
  g_autofree char *groups = rubis_store_get_group_names (f->db, f->account->id, NULL);
  RubisPaymentTerms terms;

  set_text (f, RUBIS_HASHTAG_CUSTOMER_NAME, f->account->name);
  set_text (f, RUBIS_HASHTAG_CUSTOMER_CODE, f->account->code);
  set_text (f, RUBIS_HASHTAG_LEGAL_FORM, f->account->legal_form);
  set_text (f, RUBIS_HASHTAG_SIREN, f->account->siren);
  set_text (f, RUBIS_HASHTAG_CUSTOMER_VAT, f->account->vat_id);
  set_text (f, RUBIS_HASHTAG_CUSTOMER_ADDRESS, lines);
  set_text (f, RUBIS_HASHTAG_CUSTOMER_STREET, f->account->address);
  set_text (f, RUBIS_HASHTAG_POSTCODE, f->account->postcode);
  set_text (f, RUBIS_HASHTAG_CITY, f->account->city);
  set_text (f, RUBIS_HASHTAG_COUNTRY, f->account->country);
  set_text (f, RUBIS_HASHTAG_CUSTOMER_GROUP, groups);
  if (rubis_payment_terms_from_id (f->account->terms, &terms))
    {
      g_autofree char *label = rubis_payment_terms_to_label (&terms);

      set_text (f, RUBIS_HASHTAG_PAYMENT_TERM, label);
    }
  rubis_document_context_set_party_kind (f->context, f->account->kind);
  if (contact != NULL)
    {
      set_text (f, RUBIS_HASHTAG_CONTACT_TITLE, contact->salutation);
      set_text (f, RUBIS_HASHTAG_CONTACT_FIRST_NAME, contact->first_name);
      set_text (f, RUBIS_HASHTAG_CONTACT_NAME, contact->last_name);
      set_text (f, RUBIS_HASHTAG_CONTACT_ROLE, contact->job);
    }
  filled->email = g_strdup (by_email != NULL ? by_email->email : f->account->email_bad ? "" : f->account->email);
  filled->phone = g_strdup (by_phone != NULL ? rubis_facts_get_phone (by_phone) : f->account->phone);
  filled->mobile = g_strdup (by_phone != NULL ? by_phone->mobile : "");
  filled->contact = contact != NULL ? rubis_agenda_dup_contact_name (contact, NULL) : g_strdup ("");
  set_text (f, RUBIS_HASHTAG_CONTACT_EMAIL, filled->email);
  set_text (f, RUBIS_HASHTAG_CONTACT_PHONE, filled->phone);
}

static gboolean
is_script (Filling *f)
{
  return rubis_template_get_kind (f->template_) == RUBIS_TEMPLATE_SCRIPT;
}

/* Whether it is the agreement of a plan, which says itself what it spreads. */
static gboolean
is_of_plan (Filling *f)
{
  const RubisPaperOptions *paper = f->request->paper;

  return paper != NULL && (paper->plan_id != 0 || paper->plan_input != NULL);
}

static gboolean
is_selected (Filling *f, const RubisItemRecord *item)
{
  GArray *ids = f->request->item_ids;

  /* Credits are listed and deducted wherever a payment is asked for, never in a notice before the due date. */
  if (item->open < 0)
    return (f->request->step == NULL || f->request->step->delay >= 0)
           && !is_of_plan (f);
  /* What a payment plan spreads is asked for by its own letters; who calls asks for what is late of it. */
  if (ids == NULL)
    return item->open > 0 && item->due_date != RUBIS_DATE_NONE && item->due_date < f->today
           && !(item->in_plan && rubis_agenda_asks_for_payment (f->template_)
                && !rubis_plan_table_is_late (f->plans, item->id));
  return rubis_agenda_is_chosen (ids, item->id);
}

/* The indemnity is due once for each late invoice (C.com D441-5), whatever the number of its instalments. */
static gboolean
bears_indemnity (Filling *f, const RubisItemRecord *item)
{
  if (f->late == NULL)
    f->late = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return g_hash_table_add (f->late, g_strdup_printf ("%d %d %s", (int) item->type, item->fiscal_year, item->number));
}

/* Interest and indemnity on the undisputed part less the credits that the letter deducts (rubis-penalty-credits.h), up
 * to today; nothing where the law gives no rule or interest has not begun (consumers: from a formal notice).
 */
static gboolean
add_penalty (Filling *f, const RubisItemRecord *item, RubisDocumentItem *row)
{
  RubisInterestInput input = RUBIS_INTEREST_INPUT_INIT;
  g_autoptr(RubisInterestResult) result = NULL;
  g_autoptr(GArray) credits = NULL;

  if (!rubis_interest_regime_pick (f->company->country, f->account->kind, FALSE, &input.regime)
      || f->account->kind == RUBIS_PARTY_CONSUMER || f->account->insolvency != RUBIS_INSOLVENCY_NONE)
    return TRUE;
  input.principal = MAX (0, item->open - item->contested);
  input.end_date = f->today;
  if (item->in_plan && !rubis_plan_find_interest_end (f->db, item->id, f->today, &input.end_date, &f->error))
    return FALSE;
  if (input.principal == 0 || input.end_date == RUBIS_DATE_NONE || input.end_date <= item->due_date)
    return TRUE;
  credits = rubis_penalty_credits_take (f->credits, item->currency, input.principal);
  input.events = (const RubisInterestEvent *) (gpointer) credits->data;
  input.n_events = credits->len;
  input.currency = item->currency;
  input.due_date = item->due_date;
  result = rubis_interest_compute (&input, f->library->rates, &f->error);
  if (result == NULL)
    return FALSE;
  row->penalty = result->interest;
  if (f->penalty_detail == NULL)
    f->penalty_detail = g_string_new (NULL);
  rubis_penalty_detail_append (f->penalty_detail, item->number, result, item->currency, f->language);
  /* Claimed, but not part of the sums above. */
  if (item->contested > item->disputed)
    rubis_penalty_detail_append_contested (f->penalty_detail, item->number, item->contested - item->disputed,
                                           item->currency, f->language);
  if (rubis_currency_equal (result->indemnity_currency, item->currency) && bears_indemnity (f, item))
    row->indemnity = result->indemnity;
  return TRUE;
}

/* All credits first: they are set against items that may be read before them. */
static gboolean
note_credit (const RubisItemRecord *item, gpointer user_data)
{
  Filling *f = user_data;

  if (item->open < 0 && item->type != RUBIS_ITEM_DOWN_PAYMENT && is_selected (f, item))
    rubis_penalty_credits_add (f->credits, item);
  return TRUE;
}

static gboolean
add_item (const RubisItemRecord *item, gpointer user_data)
{
  Filling *f = user_data;
  gboolean selected = is_selected (f, item);
  RubisDocumentItem row = {
    .number = item->number,
    .order_ref = item->order_ref,
    .type = item->type,
    .issue_date = item->issue_date,
    .due_date = item->due_date,
    .days_late = item->open > 0 && item->due_date != RUBIS_DATE_NONE ? f->today - item->due_date : 0,
    .level = MAX (0, item->level),
    .currency = item->currency,
    .total = item->total,
    .open = item->open,
    .disputed = item->disputed,
    .selected = selected,
  };

  if (item->type == RUBIS_ITEM_DOWN_PAYMENT
      || (f->currency.code[0] != '\0' && !rubis_currency_equal (item->currency, f->currency)))
    return TRUE;
  if (selected && item->open > 0)
    g_array_append_val (f->selected, item->id);
  /* The instalments are added in its place. */
  if (f->plan != NULL && rubis_plan_letter_holds (f->plan, item->id))
    return TRUE;
  if (selected && item->open > 0 && f->leader_id == 0)
    {
      f->leader_id = item->id;
      row.leader = TRUE;
    }
  /* The items of an action have reached its step; those of a letter by hand keep the level that they have. */
  if (selected && item->open > 0 && f->request->step != NULL && f->request->item_ids != NULL)
    row.level = MAX (row.level, f->request->step->rank);
  if (f->with_penalties && selected && row.days_late > 0
      && !(is_script (f) && item->in_plan) && !add_penalty (f, item, &row))
    return FALSE;
  if (f->plans == NULL || !rubis_plan_letter_add_row (f->plans, item->id, &row, f->context))
    rubis_document_context_add_item (f->context, &row);
  return TRUE;
}

static void
fill_penalty_rate (Filling *f)
{
  RubisInterestRegime regime;
  RubisInterestTerms terms = RUBIS_INTEREST_TERMS_INIT;
  RubisRate rate;

  if (!rubis_interest_regime_pick (f->company->country, f->account->kind, FALSE, &regime)
      || !rubis_interest_regime_rate (regime, &terms, f->library->rates, f->today, f->today, f->today, &rate, NULL))
    return;
  rubis_document_context_set_rate (f->context, RUBIS_HASHTAG_PENALTY_RATE, rate * 100 / RUBIS_RATE_PERCENT);
  rubis_document_context_set_date (f->context, RUBIS_HASHTAG_PENALTY_DATE, f->today);
}

static gboolean
is_reminder (const char *kind)
{
  return g_str_equal (kind, "letter") || g_str_equal (kind, "email") || g_str_equal (kind, "registered")
         || g_str_equal (kind, "call");
}

static gboolean
fill_step (Filling *f, GError **error)
{
  const RubisStep *step = f->request->step;
  g_autoptr(GPtrArray) events = rubis_store_list_events (f->db, f->account->id, 200, error);
  g_autoptr(GHashTable) reminders = NULL;
  g_autoptr(GString) history = g_string_new (NULL);
  int n = 0;

  /* Only what was sent about these items: reminders of invoices paid since prove nothing. */
  if (events != NULL)
    reminders = rubis_store_list_reminders_of (f->db, f->selected, error);
  if (reminders == NULL)
    return FALSE;
  rubis_document_context_set_date (f->context, RUBIS_HASHTAG_REMINDER_DATE, f->today);
  for (guint i = 0; i < events->len && n < MAX_HISTORY; i++)
    {
      const RubisEventRecord *event = g_ptr_array_index (events, i);
      RubisChannel channel = RUBIS_CHANNEL_EMAIL;
      g_autofree char *reminder = NULL;
      g_autofree char *line = NULL;

      if (!is_reminder (event->kind) || event->date >= f->today || !g_hash_table_contains (reminders, &event->id))
        continue;
      if (n++ == 0)
        rubis_document_context_set_date (f->context, RUBIS_HASHTAG_PREVIOUS_REMINDER_DATE, event->date);
      /* The customer reads when and how, not the notes of the journal. */
      rubis_channel_from_id (event->kind, &channel);
      reminder = rubis_words_make_reminder (channel, event->date, f->language);
      line = g_strconcat (reminder, history->len > 0 ? "\n" : "", NULL);
      g_string_prepend (history, line);
    }
  set_text (f, RUBIS_HASHTAG_REMINDER_HISTORY, history->str);
  if (f->request->enclosures != NULL)
    {
      g_autofree char *lines = rubis_enclosures_dup_lines (f->request->enclosures, f->language);

      set_text (f, RUBIS_HASHTAG_ENCLOSURES, lines);
    }
  if (!rubis_promises_fill (f->session, f->db, f->account->id, f->context, error))
    return FALSE;
  if (step == NULL)
    return TRUE;
  rubis_document_context_set_count (f->context, RUBIS_HASHTAG_REMINDER_NUMBER, step->rank);
  rubis_document_context_set_count (f->context, RUBIS_HASHTAG_REMINDER_LEVEL, step->rank);
  if (step->deadline_days > 0)
    {
      /* A plan says itself how long its notice is. */
      int days = f->plan != NULL ? f->plan->record->notice_days : step->deadline_days;

      rubis_document_context_set_count (f->context, RUBIS_HASHTAG_DAYS_BEFORE_NEXT, days);
      rubis_document_context_set_date (f->context, RUBIS_HASHTAG_DEADLINE, f->today + days);
    }
  return TRUE;
}

/* The currency of a document for which none was asked: that of the items it is about, or the only one of the account. */
static gboolean
note_currency (const RubisItemRecord *item, gpointer user_data)
{
  Filling *f = user_data;

  if (f->currency.code[0] == '\0' && (f->request->item_ids == NULL || rubis_agenda_is_chosen (f->request->item_ids, item->id)))
    f->currency = item->currency;
  return TRUE;
}

/* Items that were chosen and are paid by now are never replaced by others. */
static gboolean
check_chosen (Filling *f, GError **error)
{
  RubisTemplateKind kind = rubis_template_get_kind (f->template_);
  gboolean lists = kind != RUBIS_TEMPLATE_STATEMENT && kind != RUBIS_TEMPLATE_RECEIPT && kind != RUBIS_TEMPLATE_THANKS;

  if (!lists || f->request->item_ids == NULL || f->selected->len > 0)
    return TRUE;
  g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE,
               _("None of the chosen items of %s is open: choose others."), f->account->name);
  return FALSE;
}

/* The language that is asked for, else the account's; a sheet for the own files speaks as the program does. */
static char *
choose_language (Filling *f)
{
  const char *own = f->account->language[0] != '\0' ? f->account->language : "fr";
  const RubisSessionTemplate *template_;

  if (f->request->paper != NULL && f->request->paper->language != NULL)
    return g_strdup (f->request->paper->language);
  template_ = rubis_library_get_template (f->library, f->request->template_id, own);
  if (template_ != NULL && template_->template_ != NULL
      && rubis_template_get_kind (template_->template_) == RUBIS_TEMPLATE_INTERNAL)
    own = rubis_format_ui_language ();
  return g_strdup (own);
}

/* A language that is asked for is never replaced by another. */
static gboolean
check_language (Filling *f, GError **error)
{
  const char *asked = f->request->paper != NULL ? f->request->paper->language : NULL;

  if (asked == NULL || f->request->template_ != NULL
      || g_str_equal (rubis_template_get_language (f->template_), asked))
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("There is no template “%s” in the language “%s”."),
               f->request->template_id, asked);
  return FALSE;
}

static gboolean
find_template (Filling *f, GError **error)
{
  const RubisSessionTemplate *found = NULL;

  if (f->request->template_ != NULL)
    {
      f->template_ = f->request->template_;
      return TRUE;
    }
  found = rubis_library_get_template (f->library, f->request->template_id, f->language);
  f->template_ = found != NULL ? found->template_ : NULL;
  f->template_version = found != NULL ? found->version : 0;
  if (found == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("There is no template “%s”."), f->request->template_id);
  else if (found->template_ == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, found->error);
  return f->template_ != NULL;
}

static gboolean
load_facts (Filling *f, GError **error)
{
  g_autoptr(GError) load_error = NULL;

  f->library = rubis_session_get_library (f->session);
  f->company = rubis_session_dup_company (f->session);
  f->today = f->request->date != 0 ? f->request->date : rubis_session_get_today (f->session);
  f->account = rubis_store_load_account (f->db, f->request->account_id, &load_error);
  if (f->account == NULL)
    {
      if (load_error != NULL)
        g_propagate_error (error, g_steal_pointer (&load_error));
      else
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("There is no such account."));
      return FALSE;
    }
  f->language = choose_language (f);
  if (!find_template (f, error) || !check_language (f, error))
    return FALSE;
  /* The words that are added speak the language of the text, which may be another than the account's. */
  g_free (f->language);
  f->language = g_strdup (rubis_template_get_language (f->template_));
  f->contacts = rubis_store_list_contacts (f->db, f->account->id, error);
  return f->contacts != NULL;
}

static void
fill_registered (Filling *f)
{
  if (f->request->registered_number != NULL && *f->request->registered_number != '\0')
    {
      g_autofree char *number = rubis_postal_number_format (f->request->registered_number);

      set_text (f, RUBIS_HASHTAG_REGISTERED_NUMBER, number);
    }
}

static gboolean
fill_paper (Filling *f, GError **error)
{
  static const RubisPaperOptions nothing = { .from = RUBIS_DATE_NONE,
                                             .to = RUBIS_DATE_NONE,
                                             .first_date = RUBIS_DATE_NONE,
                                             .date = RUBIS_DATE_NONE,
                                             .vat_rate = -1 };
  RubisPaperFill fill = { .db = f->db,
                          .context = f->context,
                          .template_ = f->template_,
                          .company = f->company,
                          .account = f->account,
                          .language = f->language,
                          .today = f->today,
                          .options = f->request->paper != NULL ? f->request->paper : &nothing };

  return rubis_paper_fill (&fill, error);
}

/* What the journal says the document is about. */
static gint64
get_amount (Filling *f)
{
  RubisListModifiers modifiers = RUBIS_LIST_PLAIN;
  RubisHashtag claim;

  switch (rubis_template_get_kind (f->template_))
    {
    case RUBIS_TEMPLATE_AGREEMENT:
      return rubis_document_context_get_number (f->context, RUBIS_HASHTAG_PLAN_AMOUNT);
    case RUBIS_TEMPLATE_RECEIPT:
    case RUBIS_TEMPLATE_THANKS:
      return rubis_document_context_get_number (f->context, RUBIS_HASHTAG_PAYMENT_AMOUNT);
    case RUBIS_TEMPLATE_INTERNAL:
      return rubis_document_context_get_number (f->context, RUBIS_HASHTAG_WRITE_OFF_AMOUNT);
    case RUBIS_TEMPLATE_REMINDER:
    case RUBIS_TEMPLATE_NOTICE:
    case RUBIS_TEMPLATE_STATEMENT:
    case RUBIS_TEMPLATE_FORMAL:
    case RUBIS_TEMPLATE_SCRIPT:
    default:
      if (rubis_document_context_is_set (f->context, RUBIS_HASHTAG_CLOSING_BALANCE))
        return rubis_document_context_get_number (f->context, RUBIS_HASHTAG_CLOSING_BALANCE);
      claim = rubis_template_get_claim (f->template_, f->context, &modifiers);
      return rubis_document_context_get_total (f->context, claim, modifiers);
    }
}

/* The plan whose agreement it is, or by which its items are dunned. */
static gboolean
find_plan (Filling *f, GError **error)
{
  const RubisPaperOptions *paper = f->request->paper;
  gint64 plan_id = paper != NULL ? paper->plan_id : 0;
  g_autoptr(GError) plan_error = NULL;

  if (plan_id != 0)
    f->plan = rubis_plan_facts_load (f->db, f->library, plan_id, f->today, &plan_error);
  else if (is_of_plan (f))
    {
      RubisPlanRecord *record = rubis_plans_make (f->session, f->db, paper->plan_input, error);

      if (record == NULL)
        return FALSE;
      f->plan = rubis_plan_facts_new (record, NULL, f->today);
    }
  else if (rubis_agenda_asks_for_payment (f->template_) && !(is_script (f) && f->request->item_ids == NULL))
    f->plan = rubis_plan_letter_find (f->db, f->library, f->request->item_ids, f->today, &plan_error);
  else if (is_script (f) || rubis_template_get_kind (f->template_) == RUBIS_TEMPLATE_STATEMENT)
    f->plans = rubis_plan_table_load (f->db, f->library, f->account->id, f->today, &plan_error);
  if (plan_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&plan_error));
  return FALSE;
}

static void
fill_plan (Filling *f)
{
  const RubisStep *step = f->request->step;

  if (rubis_agenda_asks_for_payment (f->template_))
    rubis_plan_letter_fill (f->plan, f->request->item_ids, step != NULL ? step->rank : 0, f->context);
  else
    rubis_plan_letter_add_items (f->plan, f->context);
}

static gboolean
fill_context (Filling *f, RubisFilledDocument *filled, GError **error)
{
  RubisCurrency main_currency = f->request->currency;

  if (!rubis_store_each_item_of (f->db, f->account->id, FALSE, note_currency, f, error))
    return FALSE;
  /* A statement shows every currency; anything else is about one. */
  if (main_currency.code[0] == '\0')
    main_currency = f->currency.code[0] != '\0' ? f->currency : rubis_session_get_currency (f->session);
  f->currency = rubis_template_get_kind (f->template_) == RUBIS_TEMPLATE_STATEMENT
                  ? (RubisCurrency){ "" }
                  : main_currency;
  f->context = rubis_document_context_new (rubis_template_get_language (f->template_), f->today,
                                           main_currency);
  fill_customer (f, filled);
  rubis_agenda_fill_company (f->context, f->company);
  if (!rubis_habit_fill (f->context, f->template_, f->db, f->account, rubis_session_get_currency (f->session), f->today,
                         error)
      || !rubis_field_fill (f->session, f->db, f->account->id, rubis_template_get_language (f->template_), f->context,
                            error))
    return FALSE;
  if (!rubis_letterhead_fill_images (f->context, f->template_, f->db, f->request->letterhead, error))
    return FALSE;
  fill_registered (f);
  if (!find_plan (f, error)
      || (f->plan != NULL
          && !rubis_plan_letter_check (f->plan, rubis_template_get_kind (f->template_), f->account->name, error)))
    return FALSE;
  f->with_penalties = rubis_agenda_needs_penalties (f->template_, f->request->step);
  f->credits = rubis_penalty_credits_new ();
  if (f->with_penalties && !rubis_store_each_item_of (f->db, f->account->id, FALSE, note_credit, f, error))
    return FALSE;
  if (f->plan != NULL)
    fill_plan (f);
  if (!rubis_store_each_item_of (f->db, f->account->id, FALSE, add_item, f, error))
    return FALSE;
  if (f->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&f->error));
      return FALSE;
    }
  if (!fill_step (f, error))
    return FALSE;
  fill_penalty_rate (f);
  if (f->penalty_detail != NULL)
    set_text (f, RUBIS_HASHTAG_PENALTY_DETAIL, f->penalty_detail->str);
  return rubis_document_context_complete (f->context, error);
}

RubisFilledDocument *
rubis_agenda_fill_document (RubisSession *self, RubisDatabase *db, const RubisDocumentRequest *request, GError **error)
{
  Filling f = { .session = self, .db = db, .request = request,
                .selected = g_array_new (FALSE, FALSE, sizeof (gint64)) };
  g_autoptr(RubisFilledDocument) filled = g_new0 (RubisFilledDocument, 1);

  if (load_facts (&f, error) && fill_context (&f, filled, error) && check_chosen (&f, error)
      && rubis_agenda_check_claim (f.template_, f.context, f.account->name, error))
    {
      rubis_agenda_fill_payment (f.context, f.template_, f.company, f.account);
      if (fill_paper (&f, error))
        filled->document = rubis_template_render (f.template_, f.context, RUBIS_RENDER_STRICT, error);
    }
  if (filled->document != NULL)
    {
      filled->missing = rubis_notice_list_missing (f.template_, f.context, f.company);
      filled->language = g_strdup (rubis_template_get_language (f.template_));
      filled->template_id = g_strdup (request->template_id);
      filled->template_name = g_strdup (rubis_template_get_name (f.template_));
      filled->template_version = f.template_version;
      filled->kind = rubis_template_get_kind (f.template_);
      filled->currency = rubis_document_context_get_currency (f.context);
      filled->amount = get_amount (&f);
      filled->account = g_steal_pointer (&f.account);
    }
  filling_clear (&f);
  return filled->document != NULL ? g_steal_pointer (&filled) : NULL;
}

void
rubis_filled_context_free (RubisFilledContext *self)
{
  g_clear_pointer (&self->context, rubis_document_context_unref);
  g_clear_pointer (&self->company, rubis_company_free);
  g_clear_pointer (&self->addressee, rubis_filled_document_free);
  g_free (self);
}

RubisFilledContext *
rubis_agenda_fill_context (RubisSession *self, RubisDatabase *db, const RubisDocumentRequest *request, GError **error)
{
  Filling f = { .session = self, .db = db, .request = request,
                .selected = g_array_new (FALSE, FALSE, sizeof (gint64)) };
  g_autoptr(RubisFilledContext) filled = g_new0 (RubisFilledContext, 1);
  gboolean done;

  filled->addressee = g_new0 (RubisFilledDocument, 1);
  done = load_facts (&f, error) && fill_context (&f, filled->addressee, error);
  if (done)
    {
      RubisPaperFill fill = { .db = db,
                              .context = f.context,
                              .template_ = f.template_,
                              .company = f.company,
                              .account = f.account,
                              .language = f.language,
                              .today = f.today };

      rubis_paper_fill_sample (&fill);
      filled->context = g_steal_pointer (&f.context);
      filled->company = g_steal_pointer (&f.company);
      filled->addressee->account = g_steal_pointer (&f.account);
    }
  filling_clear (&f);
  return done ? g_steal_pointer (&filled) : NULL;
}
