#include "rubis-session-lists.h"

#include <glib/gi18n-lib.h>

#include "rubis-format.h"
#include "rubis-import-preview.h"
#include "rubis-json.h"
#include "rubis-judge.h"
#include "rubis-record.h"
#include "rubis-store-settings.h"
#include "rubis-template.h"

typedef struct
{
  RubisRecordFunc func;
  gpointer user_data;
} Receiver;

static void
hand_out (const Receiver *receiver, GVariantBuilder *record)
{
  g_autoptr (GVariant) value = g_variant_ref_sink (g_variant_builder_end (record));

  receiver->func (value, receiver->user_data);
}

static gboolean
find_account (RubisDatabase *db, const char *code, gint64 *id, GError **error)
{
  if (!rubis_store_find_account (db, code, id, error))
    return FALSE;
  if (*id != 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
               _ ("There is no account “%s”. Check its code in the list of accounts."), code);
  return FALSE;
}

gboolean
rubis_session_find_account (RubisSession *self, const char *code, gint64 *id, GError **error)
{
  RubisDatabase *db = rubis_session_take_reader (self, error);
  gboolean found;

  if (db == NULL)
    return FALSE;
  found = find_account (db, code, id, error);
  rubis_session_return_reader (self, db);
  return found;
}

/* --- Accounts ------------------------------------------------------------------------------- */

typedef struct
{
  Receiver receiver;
  RubisCurrency currency;
  RubisDate today;
} AccountsData;

static void
hand_out_balance (const RubisBalanceRecord *balance, gpointer user_data)
{
  AccountsData *data = user_data;
  GVariantBuilder record;
  RubisCurrency currency = data->currency;

  if (*balance->currency != '\0')
    g_strlcpy (currency.code, balance->currency, sizeof currency.code);
  rubis_record_init (&record);
  rubis_record_add_text (&record, "code", balance->code);
  rubis_record_add_text (&record, "name", balance->name);
  rubis_record_add_text (&record, "siren", balance->siren);
  rubis_record_add_text (&record, "kind", rubis_party_kind_to_id (balance->kind));
  rubis_record_add_text (&record, "group", balance->groups);
  rubis_record_add_text (&record, "currency", currency.code);
  rubis_record_add_amount (&record, "balance", balance->balance, currency);
  rubis_record_add_amount (&record, "overdue", balance->overdue, currency);
  rubis_record_add_amount (&record, "not_due", balance->not_due, currency);
  rubis_record_add_amount (&record, "unapplied", balance->unapplied, currency);
  rubis_record_add_int (&record, "days_late",
                        balance->oldest_due != RUBIS_DATE_NONE ? data->today - balance->oldest_due : 0);
  hand_out (&data->receiver, &record);
}

gboolean
rubis_session_each_account_record (RubisSession *self, RubisRecordFunc func, gpointer user_data,
                                   GError **error)
{
  AccountsData data = { .receiver = { func, user_data } };
  RubisDatabase *db;
  gboolean done;

  data.currency = rubis_session_get_currency (self);
  data.today = rubis_session_get_today (self);
  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return FALSE;
  done = rubis_store_each_balance (db, 0, data.today, hand_out_balance, &data, error);
  rubis_session_return_reader (self, db);
  return done;
}

/* --- Items ---------------------------------------------------------------------------------- */

typedef struct
{
  Receiver receiver;
  RubisJudge *judge;
  RubisItemRecords which;
  GHashTable *only; /* (nullable) (element-type gint64) */
  const RubisAccountRecord *account;
  RubisPlanTable *plans;
  GPtrArray *groups; /* (element-type RubisFactsGroup) */
  GArray *taken;     /* (element-type RubisJudgeAccount) one a group */
} ItemsData;

static gboolean
collect_facts (const RubisItemRecord *item, gpointer user_data)
{
  const ItemsData *data = user_data;

  rubis_facts_add_item (data->groups, data->plans, item);
  return TRUE;
}

static gboolean
is_wanted (const ItemsData *data, const RubisItemRecord *item)
{
  if (data->only != NULL && !g_hash_table_contains (data->only, &item->id))
    return FALSE;
  switch (data->which)
    {
    case RUBIS_ITEM_RECORDS_OPEN:
      return item->open != 0;
    case RUBIS_ITEM_RECORDS_OVERDUE:
      return item->open > 0 && item->type != RUBIS_ITEM_DOWN_PAYMENT && item->due_date != RUBIS_DATE_NONE
             && item->due_date < data->judge->today;
    case RUBIS_ITEM_RECORDS_ALL:
    default:
      return TRUE;
    }
}

static gboolean
hand_out_item (const RubisItemRecord *item, gpointer user_data)
{
  ItemsData *data = user_data;
  const RubisPlanFacts *plan;
  const RubisFactsGroup *found;
  RubisItemFacts facts;
  RubisVerdict verdict;
  GVariantBuilder record;
  guint group = 0;
  guint index = 0;

  if (!is_wanted (data, item))
    return TRUE;
  plan = item->in_plan ? rubis_plan_table_find (data->plans, item->id, &index) : NULL;
  found = rubis_facts_find_group (data->groups, item->currency, plan != NULL ? plan->record->id : 0);
  while (g_ptr_array_index (data->groups, group) != found)
    group++;
  rubis_facts_from_item (item, data->plans, &facts);
  rubis_judge_item (data->judge, &g_array_index (data->taken, RubisJudgeAccount, group), &facts, &verdict);
  rubis_record_init (&record);
  rubis_record_add_text (&record, "account", data->account->code);
  rubis_record_add_text (&record, "number", item->number);
  rubis_record_add_int (&record, "instalment", item->instalment);
  rubis_record_add_text (&record, "type", rubis_item_type_to_code (item->type));
  rubis_record_add_date (&record, "issue_date", item->issue_date);
  rubis_record_add_date (&record, "due_date", item->due_date);
  rubis_record_add_bool (&record, "due_date_computed", item->due_computed);
  rubis_record_add_text (&record, "currency", item->currency.code);
  rubis_record_add_amount (&record, "total", item->total, item->currency);
  rubis_record_add_amount (&record, "open", item->open, item->currency);
  rubis_record_add_int (&record, "days_late",
                        item->due_date != RUBIS_DATE_NONE ? data->judge->today - item->due_date : 0);
  if (item->level == RUBIS_LEVEL_NONE)
    rubis_record_add_null (&record, "level");
  else
    rubis_record_add_int (&record, "level", item->level);
  rubis_record_add_bool (&record, "eligible", verdict.eligible);
  rubis_record_add_value (&record, "reasons", rubis_record_reason_codes (verdict.reasons));
  hand_out (&data->receiver, &record);
  return TRUE;
}

static gboolean
each_item_of_account (RubisDatabase *db, ItemsData *data, GError **error)
{
  g_autoptr (GPtrArray) groups = rubis_facts_groups_new ();
  g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (RubisJudgeAccount));
  gboolean all = data->which == RUBIS_ITEM_RECORDS_ALL;

  data->groups = groups;
  if (!rubis_store_each_item_of (db, data->account->id, all, collect_facts, data, error))
    return FALSE;
  for (guint i = 0; i < groups->len; i++)
    {
      RubisJudgeAccount one;

      rubis_judge_take_account (data->judge, data->account, groups, g_ptr_array_index (groups, i), &one);
      g_array_append_val (taken, one);
    }
  data->taken = taken;
  return rubis_store_each_item_of (db, data->account->id, all, hand_out_item, data, error);
}

static gboolean
each_item (RubisSession *self, RubisDatabase *db, const char *code, ItemsData *data, GError **error)
{
  g_auto (RubisJudge) judge = { 0 };
  g_autoptr (RubisPlanTable) plans = NULL;
  g_autoptr (GPtrArray) accounts = NULL;
  gint64 only = 0;

  if ((code != NULL && !find_account (db, code, &only, error)) || !rubis_judge_init (&judge, self, db, error))
    return FALSE;
  accounts = rubis_store_list_accounts (db, error);
  plans = rubis_plan_table_load (db, judge.library, only, judge.today, error);
  if (accounts == NULL || plans == NULL)
    return FALSE;
  data->judge = &judge;
  data->plans = plans;
  for (guint i = 0; i < accounts->len; i++)
    {
      data->account = g_ptr_array_index (accounts, i);
      if ((only == 0 || data->account->id == only) && !each_item_of_account (db, data, error))
        return FALSE;
    }
  return TRUE;
}

/* The ids of the items that pass. (transfer full) (nullable) */
static GHashTable *
collect_matching (RubisSession *self, const RubisItemCriteria *criteria, GError **error)
{
  g_autoptr (GArray) ids = rubis_session_list_matching_items (self, criteria, error);
  GHashTable *only;

  if (ids == NULL)
    return NULL;
  only = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (guint i = 0; i < ids->len; i++)
    g_hash_table_add (only, g_memdup2 (&g_array_index (ids, gint64, i), sizeof (gint64)));
  return only;
}

gboolean
rubis_session_each_item_record (RubisSession *self, const char *account, RubisItemRecords which,
                                const RubisItemCriteria *criteria, RubisRecordFunc func, gpointer user_data,
                                GError **error)
{
  ItemsData data = { .receiver = { func, user_data }, .which = which };
  g_autoptr (GHashTable) only = NULL;
  RubisDatabase *db;
  gboolean done;

  if (criteria != NULL)
    {
      only = collect_matching (self, criteria, error);
      if (only == NULL)
        return FALSE;
      data.only = only;
    }
  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return FALSE;
  done = each_item (self, db, account, &data, error);
  rubis_session_return_reader (self, db);
  return done;
}

/* --- Events --------------------------------------------------------------------------------- */

static gboolean
hand_out_event (RubisDatabase *db, const Receiver *receiver, const RubisEventRecord *event, GHashTable *codes,
                GError **error)
{
  g_autoptr (GPtrArray) numbers = rubis_store_list_event_numbers (db, event->id, error);
  g_autoptr (GVariant) details = rubis_json_read (event->data);
  GVariantBuilder record;

  if (numbers == NULL)
    return FALSE;
  rubis_record_init (&record);
  rubis_record_add_int (&record, "id", event->id);
  rubis_record_add_date (&record, "date", event->date);
  rubis_record_add_text (&record, "at", event->at);
  rubis_record_add_text (&record, "kind", event->kind);
  rubis_record_add_text (&record, "account",
                         g_hash_table_lookup (codes, GSIZE_TO_POINTER ((gsize)event->account_id)));
  rubis_record_add_text (&record, "actor", event->actor);
  rubis_record_add_text (&record, "summary", event->summary);
  rubis_record_add_texts (&record, "items", numbers);
  rubis_record_add_int (&record, "document", event->document_id);
  if (details != NULL)
    rubis_record_add_value (&record, "data", details);
  hand_out (receiver, &record);
  return TRUE;
}

static gboolean
each_event (RubisDatabase *db, const char *code, const Receiver *receiver, GError **error)
{
  g_autoptr (GHashTable) codes = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) accounts = NULL;
  g_autoptr (GPtrArray) events = NULL;
  gint64 only = 0;

  if (code != NULL && !find_account (db, code, &only, error))
    return FALSE;
  accounts = rubis_store_list_accounts (db, error);
  if (accounts == NULL)
    return FALSE;
  for (guint i = 0; i < accounts->len; i++)
    {
      const RubisAccountRecord *account = g_ptr_array_index (accounts, i);

      g_hash_table_insert (codes, GSIZE_TO_POINTER ((gsize)account->id), account->code);
    }
  events = rubis_store_list_events (db, only, 0, error);
  for (guint i = events != NULL ? events->len : 0; i > 0; i--)
    {
      if (!hand_out_event (db, receiver, g_ptr_array_index (events, i - 1), codes, error))
        return FALSE;
    }
  return events != NULL;
}

gboolean
rubis_session_each_event_record (RubisSession *self, const char *account, RubisRecordFunc func,
                                 gpointer user_data, GError **error)
{
  const Receiver receiver = { func, user_data };
  RubisDatabase *db = rubis_session_take_reader (self, error);
  gboolean done;

  if (db == NULL)
    return FALSE;
  done = each_event (db, account, &receiver, error);
  rubis_session_return_reader (self, db);
  return done;
}

/* --- Templates ------------------------------------------------------------------------------ */

static GPtrArray *
list_templates (RubisSession *self, GError **error)
{
  RubisDatabase *db = rubis_session_take_reader (self, error);
  GPtrArray *templates;

  if (db == NULL)
    return NULL;
  templates = rubis_store_list_templates (db, error);
  rubis_session_return_reader (self, db);
  return templates;
}

static gint64
count_lines (const char *text)
{
  gint64 n_lines = *text != '\0';

  for (const char *at = text; *at != '\0'; at++)
    n_lines += at[0] == '\n' && at[1] != '\0';
  return n_lines;
}

gboolean
rubis_session_each_template_record (RubisSession *self, const char *language, RubisRecordFunc func,
                                    gpointer user_data, GError **error)
{
  const Receiver receiver = { func, user_data };
  g_autoptr (GPtrArray) templates = list_templates (self, error);

  for (guint i = 0; templates != NULL && i < templates->len; i++)
    {
      const RubisTemplateRecord *template_ = g_ptr_array_index (templates, i);
      g_autoptr (RubisTemplate) parsed = NULL;
      GVariantBuilder record;

      if (language != NULL && !g_str_equal (template_->language, language))
        continue;
      parsed = rubis_template_new (template_->body, template_->id, NULL);
      rubis_record_init (&record);
      rubis_record_add_text (&record, "id", template_->id);
      rubis_record_add_text (&record, "name",
                             parsed != NULL ? rubis_template_get_name (parsed) : template_->id);
      rubis_record_add_text (&record, "language", template_->language);
      rubis_record_add_int (&record, "version", template_->version);
      rubis_record_add_int (&record, "lines", count_lines (template_->body));
      hand_out (&receiver, &record);
    }
  return templates != NULL;
}

/* The language of the reader first, then French and English. */
static int
rank_language (const char *language)
{
  if (g_str_equal (language, rubis_format_ui_language ()))
    return 0;
  if (g_str_equal (language, "fr"))
    return 1;
  return g_str_equal (language, "en") ? 2 : 3;
}

char *
rubis_session_get_template_text (RubisSession *self, const char *id, const char *language, GError **error)
{
  g_autoptr (GPtrArray) templates = list_templates (self, error);

  const RubisTemplateRecord *best = NULL;
  int best_rank = G_MAXINT;

  if (templates == NULL)
    return NULL;
  for (guint i = 0; i < templates->len; i++)
    {
      const RubisTemplateRecord *template_ = g_ptr_array_index (templates, i);
      int rank = rank_language (template_->language);

      if (!g_str_equal (template_->id, id)
          || (language != NULL && !g_str_equal (template_->language, language)) || rank >= best_rank)
        continue;
      best = template_;
      best_rank = rank;
    }
  if (best != NULL)
    return g_strdup (best->body);
  if (language != NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                 _ ("There is no template “%s” in the language “%s”. Check it in the list of templates."), id,
                 language);
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                 _ ("There is no template “%s”. Check its name in the list of templates."), id);
  return NULL;
}

/* --- The day ---------------------------------------------------------------------------------- */

gboolean
rubis_session_check_run_date (RubisSession *self, GError **error)
{
  RubisDatabase *db = rubis_session_take_reader (self, error);
  RubisDate today = rubis_session_get_today (self);
  gint64 last = RUBIS_DATE_NONE;
  gboolean read;

  if (db == NULL)
    return FALSE;
  read = rubis_store_get_last_contact (db, &last, error);
  rubis_session_return_reader (self, db);
  if (!read)
    return FALSE;
  if (last > today)
    {
      const char *language = rubis_format_ui_language ();
      g_autofree char *asked = rubis_format_date_long (today, language);
      g_autofree char *contact = rubis_format_date_long ((RubisDate)last, language);

      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE,
                   _ ("A run of %s is refused: customers were already contacted on %s. Check the date."),
                   asked, contact);
      return FALSE;
    }
  return TRUE;
}
