/* All that has to be in view during a call. */
#include "rubis-calls-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-agenda-maker.h"
#include "rubis-call-hours.h"
#include "rubis-calls-script.h"
#include "rubis-facts.h"
#include "rubis-format.h"
#include "rubis-paying-habit.h"
#include "rubis-promises-private.h"
#include "rubis-store-items.h"

#define TEMPLATE_STEP "appel"
#define TEMPLATE_BROKEN_PROMISE "appel-promesse"
#define TEMPLATE_REMINDER "appel-rappel"

static void
call_item_free (gpointer data)
{
  RubisCallItem *item = data;

  g_free (item->number);
  g_free (item);
}

static void
call_contact_free (gpointer data)
{
  RubisCallContact *contact = data;

  g_free (contact->name);
  g_free (contact->role);
  g_free (contact->phone);
  g_free (contact->uri);
  g_free (contact->email);
  g_free (contact);
}

void
rubis_call_sheet_free (RubisCallSheet *self)
{
  g_clear_object (&self->card);
  g_ptr_array_unref (self->contacts);
  g_ptr_array_unref (self->items);
  g_free (self->time_zone);
  g_free (self->country);
  g_clear_pointer (&self->open_promises, g_ptr_array_unref);
  g_free (self->promised);
  g_free (self->habits);
  g_clear_pointer (&self->script, g_ptr_array_unref);
  g_free (self->payment_process);
  g_free (self);
}

/* --- what is owed --- */

typedef struct
{
  GPtrArray *items;
  RubisDate today;
  int grace; /* bank days after a promise */
} ItemWork;

static gboolean
add_item (const RubisItemRecord *record, gpointer user_data)
{
  ItemWork *work = user_data;
  RubisCallItem *item;

  if (record->type == RUBIS_ITEM_DOWN_PAYMENT)
    return TRUE;
  item = g_new0 (RubisCallItem, 1);
  item->item_id = record->id;
  item->number = g_strdup (record->number);
  item->type = record->type;
  item->issue_date = record->issue_date;
  item->due_date = record->due_date;
  item->days_late
      = record->due_date != RUBIS_DATE_NONE && record->open > 0 ? work->today - record->due_date : 0;
  item->currency = record->currency;
  item->total = record->total;
  item->open = record->open;
  item->disputed = record->disputed;
  item->promise_date = record->promise_date;
  item->promise_broken = record->promise_date != RUBIS_DATE_NONE && record->open > 0
                         && work->today > rubis_promise_until (record->promise_date, work->grace);
  item->in_plan = record->in_plan;
  item->level = record->level;
  g_ptr_array_add (work->items, item);
  return TRUE;
}

/* 0: overdue and free to be claimed, 1: overdue with something agreed or contested, 2: not due yet, 3:
 * credits */
static int
rank_item (const RubisCallItem *item)
{
  gboolean promised = item->promise_date != RUBIS_DATE_NONE && !item->promise_broken;

  if (item->open <= 0)
    return 3;
  if (item->days_late <= 0)
    return 2;
  return item->disputed >= item->open || promised || item->in_plan ? 1 : 0;
}

static int
compare_items (gconstpointer a, gconstpointer b)
{
  const RubisCallItem *first = *(const RubisCallItem *const *)a;
  const RubisCallItem *second = *(const RubisCallItem *const *)b;
  int ranks = rank_item (first) - rank_item (second);

  if (ranks != 0)
    return ranks;
  if (first->due_date != second->due_date)
    return first->due_date < second->due_date ? -1 : 1;
  return (first->item_id > second->item_id) - (first->item_id < second->item_id);
}

/* --- whom to ask for --- */

static void
add_contact (RubisCallSheet *sheet, const RubisContactRow *row, const char *phone)
{
  RubisCallContact *contact = g_new0 (RubisCallContact, 1);

  contact->contact_id = row->id;
  contact->name = g_strdup (row->name);
  contact->role = g_strdup (row->role);
  contact->phone = g_strdup (phone);
  contact->uri = rubis_call_make_uri (phone, sheet->country);
  if (contact->uri == NULL)
    contact->uri = g_strdup ("");
  contact->email = g_strdup (row->email);
  g_ptr_array_add (sheet->contacts, contact);
}

/* The one that the step names comes first, then those who can be called; the switchboard is last. */
static gboolean
fill_contacts (RubisCallSheet *sheet, RubisDatabase *db, gint64 account_id, GError **error)
{
  g_autoptr (GPtrArray) records = rubis_store_list_contacts (db, account_id, error);
  const RubisContactRecord *first;
  const RubisContactRow own = { .name = sheet->card->name,
                                .role = (char *)_ ("Switchboard"),
                                .phone = sheet->card->phone,
                                .email = sheet->card->email };

  if (records == NULL)
    return FALSE;
  first = rubis_facts_choose_contact (records, RUBIS_CONTACT_ACCOUNTS_PAYABLE, RUBIS_REACH_PHONE);
  for (int pass = 0; pass < 3; pass++)
    {
      for (guint i = 0; i < sheet->card->contacts->len; i++)
        {
          const RubisContactRow *row = g_ptr_array_index (sheet->card->contacts, i);
          const char *phone = *row->phone != '\0' ? row->phone : row->mobile;
          int rank = first != NULL && row->id == first->id ? 0 : *phone != '\0' ? 1 : 2;

          if (rank != pass || row->id == 0)
            continue;
          add_contact (sheet, row, phone);
          if (phone != row->mobile && *row->mobile != '\0')
            add_contact (sheet, row, row->mobile);
        }
      if (pass == 1 && *sheet->card->phone != '\0')
        add_contact (sheet, &own, own.phone);
    }
  return TRUE;
}

/* --- the script --- */

static const char *
choose_template (RubisSession *session, const RubisCallEntry *entry, const char *language)
{
  g_autoptr (RubisLibrary) library = rubis_session_get_library (session);
  const char *wanted = entry->cause == RUBIS_CALL_FOR_BROKEN_PROMISE ? TEMPLATE_BROKEN_PROMISE
                       : entry->cause == RUBIS_CALL_FOR_CALLBACK     ? TEMPLATE_REMINDER
                                                                     : NULL;

  if (wanted != NULL && rubis_library_get_template (library, wanted, language) != NULL)
    return wanted;
  return entry->action != NULL && *entry->action->template_id != '\0' ? entry->action->template_id
                                                                      : TEMPLATE_STEP;
}

/* A script that cannot be filled (nothing to claim, a missing value) leaves the part empty but for the
 * reason. */
static void
fill_script (RubisCallSheet *sheet, RubisSession *session, RubisDatabase *db, const RubisCallEntry *entry)
{
  g_autoptr (RubisAgendaMaker) maker = rubis_agenda_maker_new (session, db);
  g_autoptr (RubisFilledDocument) filled = NULL;
  g_autoptr (GError) error = NULL;
  RubisDocumentRequest request = {
    .account_id = entry->account_id,
    .currency = entry->currency,
    .template_id = choose_template (session, entry, sheet->card->language),
    .step = entry->action != NULL ? rubis_agenda_maker_find_step (maker, entry->action) : NULL,
    .item_ids = entry->action != NULL ? entry->action->item_ids : NULL,
  };

  filled = rubis_agenda_fill_document (session, db, &request, &error);
  if (filled != NULL)
    {
      sheet->script = rubis_call_script_split (filled->document);
      return;
    }
  sheet->script = rubis_call_script_new_empty ();
  g_info ("The script of a call cannot be filled: %s", error->message);
}

static gboolean
fill_sheet (RubisCallSheet *sheet, RubisSession *session, RubisDatabase *db, RubisCallEntry *entry,
            GError **error)
{
  g_auto (RubisCallPlace) place = { NULL };
  ItemWork work = { sheet->items, rubis_session_get_today (session), 0 };

  if (!rubis_store_load_call_place (db, entry->account_id, &place, error)
      || !rubis_promises_get_grace (session, db, entry->account_id, &work.grace, error)
      || !rubis_store_each_item_of (db, entry->account_id, FALSE, add_item, &work, error))
    return FALSE;
  g_ptr_array_sort (sheet->items, compare_items);
  sheet->country = g_strdup (rubis_call_get_country (place.country));
  sheet->time_zone = *place.time_zone != '\0'
                         ? g_strdup (place.time_zone)
                         : g_strdup (rubis_call_hours_get_zone (sheet->country, place.postcode));
  sheet->payment_process = g_strdup (place.payment_process);
  fill_script (sheet, session, db, entry);
  return fill_contacts (sheet, db, entry->account_id, error);
}

/* (transfer full) */
static char *
describe_promises (GPtrArray *rows)
{
  const char *language = rubis_format_ui_language ();
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      const RubisPromiseRow *row = g_ptr_array_index (rows, i);
      g_autofree char *amount = rubis_format_amount (row->amount, row->currency, language);
      g_autofree char *paid = rubis_format_amount (row->paid, row->currency, language);
      g_autofree char *day = rubis_format_date_short (row->date, language);
      g_autofree char *given_on = rubis_format_date_short (row->given_on, language);
      g_autofree char *quote = rubis_promise_row_quote (row, given_on);

      g_string_append (text, i > 0 ? "\n" : "");
      if (row->state == RUBIS_PROMISE_PARTIAL)
        g_string_append_printf (text, _ ("Promise kept in part: %s of %s for %s"), paid, amount, day);
      else
        g_string_append_printf (text,
                                row->state == RUBIS_PROMISE_BROKEN ? _ ("Broken promise: %s for %s")
                                                                   : _ ("Promise: %s for %s"),
                                amount, day);
      g_string_append_printf (text, "\n%s", quote);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* How it pays and keeps its word. */
static gboolean
fill_habits (RubisCallSheet *sheet, RubisSession *session, gint64 account_id, GError **error)
{
  const RubisPromiseFilter filter = { .account_id = account_id };
  RubisPayingHabit habit;

  if (!rubis_session_count_promises (session, account_id, &sheet->promises, error)
      || !rubis_session_load_paying_habit (session, account_id, &habit, error))
    return FALSE;
  sheet->habits = rubis_paying_habit_describe (&habit, &sheet->promises);
  sheet->open_promises = rubis_session_list_promises (session, &filter, error);
  if (sheet->open_promises == NULL)
    return FALSE;
  sheet->promised = describe_promises (sheet->open_promises);
  return TRUE;
}

RubisCallSheet *
rubis_session_load_call_sheet (RubisSession *self, RubisCallEntry *entry, GError **error)
{
  g_autoptr (RubisCallSheet) sheet = g_new0 (RubisCallSheet, 1);
  RubisDatabase *db;
  gboolean filled = FALSE;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && RUBIS_IS_CALL_ENTRY (entry), NULL);

  sheet->contacts = g_ptr_array_new_with_free_func (call_contact_free);
  sheet->items = g_ptr_array_new_with_free_func (call_item_free);
  sheet->card = rubis_session_load_account (self, entry->account_id, error);
  db = sheet->card != NULL && fill_habits (sheet, self, entry->account_id, error)
           ? rubis_session_take_reader (self, error)
           : NULL;
  if (db != NULL)
    {
      filled = fill_sheet (sheet, self, db, entry, error);
      rubis_session_return_reader (self, db);
    }
  return filled ? g_steal_pointer (&sheet) : NULL;
}
