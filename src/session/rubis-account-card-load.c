/* Loading what the account panel shows, and the answers to "Why?". */
#include "rubis-account-card.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-aging.h"
#include "rubis-country.h"
#include "rubis-event-row-private.h"
#include "rubis-explain.h"
#include "rubis-format.h"
#include "rubis-item-row-private.h"
#include "rubis-payment-terms.h"

#define MAX_ITEMS 50
#define MAX_EVENTS 100

/* Street lines, postcode and town, and the country when it is not France. */
static char *
write_address (const RubisAccountRecord *account)
{
  g_autoptr(GString) text = g_string_new (account->address);
  g_autofree char *town = g_strdup_printf ("%s %s", account->postcode, account->city);
  const char *country = rubis_country_from_text (account->country);

  g_strstrip (town);
  if (*town != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", town);
  if (text->len > 0 && *account->country != '\0' && (country == NULL || !rubis_country_is_french_post (country)))
    g_string_append_printf (text, "\n%s", country != NULL ? rubis_country_postal_name (country) : account->country);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
write_terms (const char *terms)
{
  RubisPaymentTerms parsed;

  if (rubis_payment_terms_from_id (terms, &parsed))
    return rubis_payment_terms_to_label (&parsed);
  return g_strdup (terms);
}

static void
fill_identity (RubisAccountCard *card, const RubisAccountCase *account_case)
{
  const RubisAccountRecord *account = account_case->account;

  card->id = account->id;
  card->code = g_strdup (account->code);
  card->name = g_strdup (account->name);
  card->siren = g_strdup (account->siren);
  card->vat_id = g_strdup (account->vat_id);
  card->address = write_address (account);
  card->email = g_strdup (account->email);
  card->phone = g_strdup (account->phone);
  card->language = g_strdup (*account->language != '\0' ? account->language : "fr");
  card->payment_terms = write_terms (account->terms);
  card->policy_id = g_strdup (rubis_policy_get_id (account_case->policy));
  card->policy_name = g_strdup (rubis_policy_get_name (account_case->policy));
  card->note = g_strdup (account->note);
  card->insurer = g_strdup (account->insurer);
  card->kind = account->kind;
  card->insolvency = account->insolvency;
  card->stop = account->stop
               && (account->stop_until == RUBIS_DATE_NONE || account_case->today <= account->stop_until);
  card->stop_reason = g_strdup (account->stop_reason);
  card->stop_until = account->stop_until;
}

static RubisContactRow *
contact_row_new (const RubisContactRecord *contact)
{
  const char *parts[] = { contact->salutation, contact->first_name, contact->last_name };
  RubisContactRow *row = g_new0 (RubisContactRow, 1);
  g_autoptr(GString) name = g_string_new (NULL);

  for (gsize part = 0; part < G_N_ELEMENTS (parts); part++)
    {
      if (*parts[part] != '\0')
        g_string_append_printf (name, "%s%s", name->len > 0 ? " " : "", parts[part]);
    }
  row->id = contact->id;
  row->name = g_string_free (g_steal_pointer (&name), FALSE);
  row->role_id = RUBIS_CONTACT_ACCOUNTS_PAYABLE;
  row->role = g_strdup (rubis_contact_role_from_id (contact->role, &row->role_id)
                          ? rubis_contact_role_to_label (row->role_id)
                          : contact->role);
  row->salutation = g_strdup (contact->salutation);
  row->first_name = g_strdup (contact->first_name);
  row->last_name = g_strdup (contact->last_name);
  row->job = g_strdup (contact->job);
  row->email = g_strdup (contact->email);
  row->phone = g_strdup (contact->phone);
  row->mobile = g_strdup (contact->mobile);
  row->note = g_strdup (contact->note);
  return row;
}

static void
fill_contacts (RubisAccountCard *card, const RubisAccountCase *account_case)
{
  RubisContactRecord company = { .salutation = (char *) "", .first_name = (char *) "", .last_name = card->name,
                                 .job = (char *) "",        .role = (char *) "",       .email = card->email,
                                 .phone = card->phone,      .mobile = (char *) "",     .note = (char *) "" };

  for (guint i = 0; i < account_case->contacts->len; i++)
    g_ptr_array_add (card->contacts, contact_row_new (g_ptr_array_index (account_case->contacts, i)));
  /* Without a contact, letters and calls go to the company. */
  if (card->contacts->len == 0 && (*card->email != '\0' || *card->phone != '\0'))
    g_ptr_array_add (card->contacts, contact_row_new (&company));
}

static void
add_group (RubisAccountCard *card, const RubisAccountCase *account_case, const RubisFactsGroup *group,
           RubisAging *aging, RubisBalance *balance)
{
  for (guint i = 0; i < group->items->len; i++)
    {
      const RubisAgendaItem *one = &g_array_index (group->items, RubisAgendaItem, i);
      const RubisItemFacts *item = &one->facts;

      if (item->type == RUBIS_ITEM_DOWN_PAYMENT)
        continue;
      rubis_aging_add (aging, item->open, one->due_date, account_case->today);
      if (item->open > 0)
        {
          rubis_money_add (balance->disputed, CLAMP (item->contested, 0, item->open), &balance->disputed);
          if (one->due_date != RUBIS_DATE_NONE)
            card->days_late = MAX (card->days_late, account_case->today - one->due_date);
        }
    }
}

/* What is in a payment plan is owed as the rest. */
static void
add_balance (RubisAccountCard *card, const RubisAccountCase *account_case, RubisCurrency currency)
{
  RubisBalance balance = { .currency = currency };
  RubisAging aging = { 0 };

  for (guint i = 0; i < account_case->groups->len; i++)
    {
      const RubisFactsGroup *group = g_ptr_array_index (account_case->groups, i);

      if (rubis_currency_equal (group->currency, currency))
        add_group (card, account_case, group, &aging, &balance);
    }
  balance.balance = aging.balance;
  balance.overdue = rubis_aging_overdue (&aging);
  balance.not_due = aging.amounts[RUBIS_AGING_NOT_DUE];
  balance.unapplied = -aging.credits;
  for (int i = 0; i < RUBIS_N_AGING_BUCKETS; i++)
    balance.buckets[i] = aging.amounts[i];
  g_array_append_val (card->balances, balance);
}

static int
compare_groups (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const RubisFactsGroup *first = *(const RubisFactsGroup *const *) a;
  const RubisFactsGroup *second = *(const RubisFactsGroup *const *) b;
  const RubisCurrency *own = user_data;
  gboolean first_is_own = rubis_currency_equal (first->currency, *own);
  gboolean second_is_own = rubis_currency_equal (second->currency, *own);

  if (first_is_own != second_is_own)
    return first_is_own ? -1 : 1;
  if (!rubis_currency_equal (first->currency, second->currency))
    return strcmp (first->currency.code, second->currency.code);
  return (first->plan_id > second->plan_id) - (first->plan_id < second->plan_id);
}

static int
compare_items (gconstpointer a, gconstpointer b)
{
  const RubisItemRow *first = *(const RubisItemRow *const *) a;
  const RubisItemRow *second = *(const RubisItemRow *const *) b;

  if (first->due_date != second->due_date)
    return first->due_date < second->due_date ? -1 : 1;
  return (first->id > second->id) - (first->id < second->id);
}

typedef struct {
  GPtrArray *rows;
  RubisDate today;
} ItemWork;

static void
add_item (const RubisItemLine *line, gpointer user_data)
{
  ItemWork *work = user_data;

  g_ptr_array_add (work->rows, rubis_item_row_new_from_line (line, work->today));
}

/* (element-type guint32) the ids of the open items due longest ago, over all currencies */
static gboolean
collect_oldest (const RubisItemRecord *item, gpointer ids)
{
  guint32 id = (guint32) item->id;

  g_array_append_val ((GArray *) ids, id);
  return ((GArray *) ids)->len < MAX_ITEMS;
}

static gboolean
fill_items (RubisAccountCard *card, RubisDatabase *db, RubisDate today, GError **error)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint32));
  ItemWork work = { card->items, today };

  if (!rubis_store_each_item_of (db, card->id, FALSE, collect_oldest, ids, error)
      || !rubis_store_each_item_line (db, &g_array_index (ids, guint32, 0), ids->len, today, add_item, &work, error))
    return FALSE;
  g_ptr_array_sort (card->items, compare_items);
  return TRUE;
}

static gboolean
fill_events (RubisAccountCard *card, RubisDatabase *db, GError **error)
{
  g_autoptr(GPtrArray) events = rubis_store_list_events (db, card->id, MAX_EVENTS, error);

  if (events == NULL)
    return FALSE;
  for (guint i = 0; i < events->len; i++)
    {
      const RubisEventRecord *event = g_ptr_array_index (events, i);
      RubisTimelineRecord record = {
        .source = RUBIS_TIMELINE_EVENT,     .id = event->id,        .date = event->date,
        .kind = event->kind,                .text = event->summary, .detail = event->data,
        .actor = event->actor,              .account_id = card->id, .account = "",
        .document_id = event->document_id,
      };

      g_ptr_array_add (card->events, rubis_event_row_new_from_record (&record));
    }
  return TRUE;
}

/* What the sentences of a group are told by: its plan, or its currency where there are several; NULL: by nothing. */
static const char *
name_group (const RubisAccountCase *account_case, const RubisFactsGroup *group)
{
  if (group->plan_id != 0)
    return _("Payment plan");
  for (guint i = 0; i < account_case->groups->len; i++)
    {
      const RubisFactsGroup *other = g_ptr_array_index (account_case->groups, i);

      if (!rubis_currency_equal (other->currency, group->currency))
        return group->currency.code;
    }
  return NULL;
}

/* The next action over all currencies, and why. */
static void
fill_actions (RubisAccountCard *card, RubisAccountCase *account_case)
{
  RubisDate next = RUBIS_DATE_NONE;
  const RubisStep *next_step = NULL;
  RubisChannel next_channel = RUBIS_CHANNEL_EMAIL;

  for (guint i = 0; i < account_case->groups->len; i++)
    {
      const RubisFactsGroup *group = g_ptr_array_index (account_case->groups, i);
      const RubisStep *step = NULL;
      RubisChannel channel = RUBIS_CHANNEL_EMAIL;
      const char *name = name_group (account_case, group);
      guint first = card->why->len;
      RubisDate date = rubis_explain_group (account_case, group, card->why, &step, &channel);

      for (guint s = first; name != NULL && s < card->why->len; s++)
        {
          g_autofree char *sentence = g_ptr_array_index (card->why, s);

          g_ptr_array_index (card->why, s) = g_strdup_printf (_("%s: %s"), name, sentence);
        }
      if (date == RUBIS_DATE_NONE || (next != RUBIS_DATE_NONE && date >= next))
        continue;
      next = date;
      next_step = step;
      next_channel = channel;
    }
  if (next_step != NULL)
    {
      g_autofree char *day = rubis_format_date_short (next, rubis_format_ui_language ());
      g_autofree char *named = rubis_explain_dup_step (next_step, next_channel, FALSE);

      card->next_action = g_strdup_printf (_("%s: %s"), day, named);
    }
  else
    card->next_action = g_strdup ("");
  if (card->why->len == 0)
    g_ptr_array_add (card->why, g_strdup (_("Nothing is overdue.")));
}

static gboolean
fill_card (RubisAccountCard *card, RubisSession *session, RubisDatabase *db, gint64 account_id, GError **error)
{
  g_autoptr(RubisAccountCase) account_case = rubis_account_case_load (session, db, account_id, error);
  RubisCurrency own = rubis_session_get_currency (session);

  if (account_case == NULL)
    return FALSE;
  g_ptr_array_sort_with_data (account_case->groups, compare_groups, &own);
  fill_identity (card, account_case);
  fill_contacts (card, account_case);
  for (guint i = 0; i < account_case->groups->len; i++)
    {
      const RubisFactsGroup *group = g_ptr_array_index (account_case->groups, i);
      const RubisFactsGroup *before = i > 0 ? g_ptr_array_index (account_case->groups, i - 1) : NULL;

      if (before == NULL || !rubis_currency_equal (before->currency, group->currency))
        add_balance (card, account_case, group->currency);
    }
  fill_actions (card, account_case);
  card->groups = rubis_store_get_group_names (db, account_id, error);
  return card->groups != NULL && fill_items (card, db, account_case->today, error) && fill_events (card, db, error);
}

RubisAccountCard *
rubis_session_load_account (RubisSession *self, gint64 account_id, GError **error)
{
  g_autoptr(RubisAccountCard) card = NULL;
  RubisDatabase *db;
  gboolean filled;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);

  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return NULL;
  card = g_object_new (RUBIS_TYPE_ACCOUNT_CARD, NULL);
  filled = rubis_database_begin_read (db, error);
  if (filled)
    {
      filled = fill_card (card, self, db, account_id, error);
      rubis_database_end_read (db);
    }
  rubis_session_return_reader (self, db);
  return filled ? g_steal_pointer (&card) : NULL;
}

typedef struct {
  gint64 account_id;
  RubisCurrency currency;
  RubisItemFacts facts; /* as if it were in no plan */
} ItemCase;

static gboolean
keep_item (const RubisItemRecord *record, gpointer user_data)
{
  ItemCase *item = user_data;

  item->account_id = record->account_id;
  item->currency = record->currency;
  rubis_facts_from_item (record, NULL, &item->facts);
  return TRUE;
}

static GPtrArray *
explain_item (RubisSession *self, RubisDatabase *db, gint64 item_id, GError **error)
{
  g_autoptr(GPtrArray) sentences = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(RubisAccountCase) account_case = NULL;
  const RubisFactsGroup *group = NULL;
  const RubisItemFacts *found_facts;
  RubisAccountFacts facts;
  ItemCase item;
  gboolean found;

  if (!rubis_store_visit_item (db, item_id, keep_item, &item, &found, error))
    return NULL;
  if (!found)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("This item is not in the dossier any more."));
      return NULL;
    }
  account_case = rubis_account_case_load (self, db, item.account_id, error);
  if (account_case == NULL)
    return NULL;
  found_facts = rubis_facts_find_item (account_case->groups, item_id, &group);
  if (found_facts == NULL)
    {
      found_facts = &item.facts;
      group = rubis_facts_find_group (account_case->groups, item.currency, 0);
    }
  facts = account_case->facts;
  if (group != NULL)
    rubis_account_case_sum (account_case, group, &facts);
  rubis_explain_item (account_case, &facts, found_facts, sentences);
  return g_steal_pointer (&sentences);
}

GPtrArray *
rubis_session_explain_item (RubisSession *self, gint64 item_id, GError **error)
{
  RubisDatabase *db;
  GPtrArray *sentences = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);

  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return NULL;
  if (rubis_database_begin_read (db, error))
    {
      sentences = explain_item (self, db, item_id, error);
      rubis_database_end_read (db);
    }
  rubis_session_return_reader (self, db);
  return sentences;
}
