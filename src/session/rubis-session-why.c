#include "rubis-session-why.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-import-preview.h"
#include "rubis-judge.h"
#include "rubis-record.h"
#include "rubis-session-lists.h"

/* What several items say together: their reasons, the first day on which one ends, the first yes. */
typedef struct {
  guint32 reasons;
  guint32 notes;
  RubisDate until[RUBIS_N_REASONS];
  RubisDate next_date;
} Answer;

static void
answer_init (Answer *answer)
{
  *answer = (Answer){ .next_date = RUBIS_DATE_NONE };
  for (int reason = 0; reason < RUBIS_N_REASONS; reason++)
    answer->until[reason] = RUBIS_DATE_NONE;
}

static RubisDate
earlier (RubisDate a, RubisDate b)
{
  if (a == RUBIS_DATE_NONE || b == RUBIS_DATE_NONE)
    return MAX (a, b);
  return MIN (a, b);
}

static void
answer_add (Answer *answer, RubisJudge *judge, const RubisJudgeAccount *taken, const RubisItemFacts *item,
            const RubisVerdict *verdict, guint32 reasons)
{
  answer->reasons |= reasons;
  answer->notes |= verdict->notes;
  for (int reason = 1; reason < RUBIS_N_REASONS; reason++)
    {
      if ((reasons & RUBIS_REASON_BIT (reason)) != 0)
        answer->until[reason] = earlier (
          answer->until[reason],
          rubis_eligibility_reason_until ((RubisReason) reason, taken->policy, &judge->dossier, &taken->facts, item,
                                          verdict, judge->today));
    }
}

static GVariant *
describe_reasons (const Answer *answer, guint32 mask)
{
  GVariantBuilder list;

  rubis_records_init (&list);
  for (int reason = 1; reason < RUBIS_N_REASONS; reason++)
    {
      GVariantBuilder record;

      if ((mask & RUBIS_REASON_BIT (reason)) == 0)
        continue;
      rubis_record_init (&record);
      rubis_record_add_text (&record, "code", rubis_reason_to_code ((RubisReason) reason));
      rubis_record_add_text (&record, "text", rubis_reason_to_text ((RubisReason) reason));
      rubis_record_add_date (&record, "until", answer->until[reason]);
      rubis_records_add (&list, &record);
    }
  return g_variant_builder_end (&list);
}

static void
add_answer (GVariantBuilder *record, const RubisJudge *judge, const Answer *answer, gboolean eligible)
{
  rubis_record_add_date (record, "date", judge->today);
  rubis_record_add_bool (record, "eligible", eligible);
  rubis_record_add_value (record, "reasons", describe_reasons (answer, eligible ? 0 : answer->reasons));
  rubis_record_add_date (record, "next_date", eligible ? judge->today : answer->next_date);
  rubis_record_add_value (record, "notes", describe_reasons (answer, answer->notes));
}

static void
add_step (GVariantBuilder *record, const RubisJudgeAccount *taken, const RubisVerdict *verdict)
{
  rubis_record_add_text (record, "policy", rubis_policy_get_id (taken->policy));
  if (verdict->step == NULL)
    {
      rubis_record_add_null (record, "step");
      return;
    }
  rubis_record_add_text (record, "step", verdict->step->name);
  rubis_record_add_int (record, "level", verdict->step->rank);
  rubis_record_add_text (record, "channel", rubis_channel_to_id (verdict->channel));
  rubis_record_add_text (record, "validation", rubis_validation_to_id (verdict->validation));
  rubis_record_add_date (record, "step_date", verdict->step_date);
}

/* --- An item -------------------------------------------------------------------------------- */

/* A copy of what is needed of a borrowed record. */
typedef struct {
  gint64 account_id;
  gint64 id;
  int instalment;
  RubisCurrency currency;
  RubisItemFacts facts; /* as if it were in no plan */
} FoundItem;

static gboolean
copy_item (const RubisItemRecord *item, gpointer user_data)
{
  FoundItem *found = user_data;

  found->account_id = item->account_id;
  found->instalment = item->instalment;
  found->id = item->id;
  found->currency = item->currency;
  rubis_facts_from_item (item, NULL, &found->facts);
  return FALSE;
}

/* The items of that number (and instalment, unless below 0) in the account (0: any). */
static GArray *
find_items (RubisDatabase *db, const char *number, int instalment, gint64 account_id, GError **error)
{
  g_autoptr(GArray) ids = rubis_store_find_items (db, number, error);
  g_autoptr(GArray) items = g_array_new (FALSE, FALSE, sizeof (FoundItem));

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      FoundItem item;
      gboolean found;

      if (!rubis_store_visit_item (db, g_array_index (ids, gint64, i), copy_item, &item, &found, error))
        return NULL;
      if (found && (account_id == 0 || item.account_id == account_id)
          && (instalment < 0 || item.instalment == instalment))
        g_array_append_val (items, item);
    }
  return ids != NULL ? g_steal_pointer (&items) : NULL;
}

/* Names the accounts (and instalments) of the items that share a number. */
static void
set_several_error (RubisDatabase *db, const char *number, GArray *items, GError **error)
{
  g_autoptr(GString) list = g_string_new (NULL);
  gboolean one_account = TRUE;

  for (guint i = 0; i < items->len; i++)
    {
      const FoundItem *item = &g_array_index (items, FoundItem, i);
      g_autoptr(RubisAccountRecord) account = rubis_store_load_account (db, item->account_id, NULL);

      one_account = one_account && item->account_id == g_array_index (items, FoundItem, 0).account_id;
      g_string_append_printf (list, "%s%s: %s/%d", i > 0 ? ", " : "", account != NULL ? account->code : "", number,
                              item->instalment);
    }
  if (one_account)
    g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
                 _("Several items have the number “%s” (%s). Give the instalment too: “%s/1”."), number, list->str,
                 number);
  else
    g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
                 _("Several items have the number “%s” (%s). Give the account too."), number, list->str);
}

static gboolean
find_item (RubisSession *self, RubisDatabase *db, const char *number, const char *account, FoundItem *found,
           GError **error)
{
  const char *slash = strrchr (number, '/');
  g_autoptr(GArray) items = NULL;
  gint64 account_id = 0;
  guint64 instalment = 0;

  if (account != NULL && !rubis_session_find_account (self, account, &account_id, error))
    return FALSE;
  items = find_items (db, number, -1, account_id, error);
  if (items != NULL && items->len == 0 && slash != NULL
      && g_ascii_string_to_unsigned (slash + 1, 10, 0, 999, &instalment, NULL))
    {
      g_autofree char *stem = g_strndup (number, slash - number);

      g_array_unref (items);
      items = find_items (db, stem, (int) instalment, account_id, error);
    }
  if (items == NULL)
    return FALSE;
  if (items->len == 0)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                 _("There is no item “%s”. Check its number in the list of items."), number);
  else if (items->len > 1)
    set_several_error (db, number, items, error);
  else
    *found = g_array_index (items, FoundItem, 0);
  return items->len == 1;
}

static GVariant *
explain_item (RubisSession *self, RubisDatabase *db, const char *number, const char *account_code, GError **error)
{
  g_auto(RubisJudge) judge = { 0 };
  g_autoptr(RubisAccountRecord) account = NULL;
  g_autoptr(GPtrArray) groups = NULL;
  const RubisFactsGroup *group = NULL;
  const RubisItemFacts *facts;
  RubisJudgeAccount taken;
  GVariantBuilder record;
  RubisVerdict verdict;
  FoundItem item;
  Answer answer;

  if (!find_item (self, db, number, account_code, &item, error) || !rubis_judge_init (&judge, self, db, error))
    return NULL;
  account = rubis_store_load_account (db, item.account_id, error);
  groups = rubis_facts_load_groups (self, db, item.account_id, error);
  if (account == NULL || groups == NULL)
    return NULL;
  facts = rubis_facts_find_item (groups, item.id, &group);
  if (facts == NULL)
    {
      facts = &item.facts;
      group = rubis_facts_find_group (groups, item.currency, 0);
    }
  rubis_judge_take_account (&judge, account, groups, group, &taken);
  rubis_judge_item (&judge, &taken, facts, &verdict);
  answer_init (&answer);
  answer_add (&answer, &judge, &taken, facts, &verdict, verdict.reasons);
  answer.next_date = rubis_judge_next_date (&judge, &taken, facts);
  rubis_record_init (&record);
  rubis_record_add_text (&record, "item", number);
  rubis_record_add_text (&record, "account", account->code);
  add_answer (&record, &judge, &answer, verdict.eligible);
  add_step (&record, &taken, &verdict);
  return g_variant_ref_sink (g_variant_builder_end (&record));
}

/* --- An account ----------------------------------------------------------------------------- */

static gboolean
copy_number (const RubisItemRecord *item, gpointer user_data)
{
  char **number = user_data;

  *number = item->instalment > 0 ? g_strdup_printf ("%s/%d", item->number, item->instalment) : g_strdup (item->number);
  return FALSE;
}

static gboolean
add_item (GVariantBuilder *items, RubisDatabase *db, RubisJudge *judge, const RubisJudgeAccount *taken,
          const RubisAgendaItem *item, const RubisVerdict *verdict, RubisDate next_date, GError **error)
{
  g_autofree char *number = NULL;
  GVariantBuilder record;
  gboolean found;

  if (!rubis_store_visit_item (db, item->id, copy_number, &number, &found, error))
    return FALSE;
  rubis_record_init (&record);
  rubis_record_add_text (&record, "number", number);
  rubis_record_add_bool (&record, "eligible", verdict->eligible);
  rubis_record_add_value (&record, "reasons", rubis_record_reason_codes (verdict->reasons));
  rubis_record_add_date (&record, "next_date", verdict->eligible ? judge->today : next_date);
  rubis_records_add (items, &record);
  return TRUE;
}

/* Adds what the items of one currency say; @eligible becomes TRUE when there is an action. */
static gboolean
explain_group (RubisDatabase *db, RubisJudge *judge, const RubisAccountRecord *account, GPtrArray *groups,
               const RubisFactsGroup *group, Answer *answer, Answer *not_due, GVariantBuilder *items, gboolean *eligible, GError **error)
{
  g_autoptr(RubisAgendaAction) action = NULL;
  RubisJudgeAccount taken;
  guint32 refused = 0;

  rubis_judge_take_account (judge, account, groups, group, &taken);
  action = rubis_agenda_build (taken.policy, &judge->dossier, &taken.facts, (RubisAgendaItem *) group->items->data,
                               group->items->len, judge->today, taken.business_day, &refused);
  *eligible = *eligible || action != NULL;
  if (action != NULL)
    answer->notes |= action->notes;
  for (guint i = 0; i < group->items->len; i++)
    {
      const RubisAgendaItem *item = &g_array_index (group->items, RubisAgendaItem, i);
      RubisVerdict verdict;
      RubisDate next_date;

      rubis_judge_item (judge, &taken, &item->facts, &verdict);
      next_date = rubis_judge_next_date (judge, &taken, &item->facts);
      answer_add (answer, judge, &taken, &item->facts, &verdict, verdict.reasons & refused);
      answer_add (not_due, judge, &taken, &item->facts, &verdict, verdict.reasons);
      answer->next_date = earlier (answer->next_date, next_date);
      if (!add_item (items, db, judge, &taken, item, &verdict, next_date, error))
        return FALSE;
    }
  return TRUE;
}

static GVariant *
explain_account (RubisSession *self, RubisDatabase *db, const char *code, GError **error)
{
  g_auto(RubisJudge) judge = { 0 };
  g_autoptr(RubisAccountRecord) account = NULL;
  g_autoptr(GPtrArray) groups = NULL;
  GVariantBuilder record, items;
  g_autoptr(GVariant) item_list = NULL;
  gboolean eligible = FALSE;
  gboolean done = TRUE;
  gint64 id = 0;
  Answer answer, not_due;

  if (!rubis_session_find_account (self, code, &id, error) || !rubis_judge_init (&judge, self, db, error))
    return NULL;
  account = rubis_store_load_account (db, id, error);
  groups = rubis_facts_load_groups (self, db, id, error);
  if (account == NULL || groups == NULL)
    return NULL;
  answer_init (&answer);
  answer_init (&not_due);
  rubis_records_init (&items);
  for (guint i = 0; done && i < groups->len; i++)
    done = explain_group (db, &judge, account, groups, g_ptr_array_index (groups, i), &answer, &not_due, &items, &eligible,
                          error);
  item_list = g_variant_ref_sink (g_variant_builder_end (&items));
  if (!done)
    return NULL;
  /* Nothing is due: then it is the items that are not due which say why; or nothing is open at all. */
  if (answer.reasons == 0)
    {
      memcpy (answer.until, not_due.until, sizeof answer.until);
      answer.reasons = groups->len > 0 ? not_due.reasons : RUBIS_REASON_BIT (RUBIS_REASON_SETTLED);
    }
  rubis_record_init (&record);
  rubis_record_add_text (&record, "account", account->code);
  add_answer (&record, &judge, &answer, eligible);
  rubis_record_add_value (&record, "items", item_list);
  return g_variant_ref_sink (g_variant_builder_end (&record));
}

GVariant *
rubis_session_explain_item_record (RubisSession *self, const char *number, const char *account, GError **error)
{
  RubisDatabase *db = rubis_session_take_reader (self, error);
  GVariant *record;

  if (db == NULL)
    return NULL;
  record = explain_item (self, db, number, account, error);
  rubis_session_return_reader (self, db);
  return record;
}

GVariant *
rubis_session_explain_account_record (RubisSession *self, const char *code, GError **error)
{
  RubisDatabase *db = rubis_session_take_reader (self, error);
  GVariant *record;

  if (db == NULL)
    return NULL;
  record = explain_account (self, db, code, error);
  rubis_session_return_reader (self, db);
  return record;
}
