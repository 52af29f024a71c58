/* The day's actions, computed from the facts of the whole dossier in one scan. */
#include "rubis-agenda-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-calls-private.h"
#include "rubis-facts.h"
#include "rubis-format.h"
#include "rubis-store-incoming.h"

/* Refusals that only say "not yet", or that nothing is owed: not worth a line. */
#define QUIET_REASONS                                                                                                  \
  (RUBIS_REASON_BIT (RUBIS_REASON_NOT_A_DEBIT) | RUBIS_REASON_BIT (RUBIS_REASON_SETTLED)                               \
   | RUBIS_REASON_BIT (RUBIS_REASON_NOT_DUE) | RUBIS_REASON_BIT (RUBIS_REASON_DONE)                                    \
   | RUBIS_REASON_BIT (RUBIS_REASON_THROTTLE) | RUBIS_REASON_BIT (RUBIS_REASON_SMALL_ITEM)                             \
   | RUBIS_REASON_BIT (RUBIS_REASON_CLOSED_DAY) | RUBIS_REASON_BIT (RUBIS_REASON_TRANSIT)                              \
   | RUBIS_REASON_BIT (RUBIS_REASON_DIRECT_DEBIT) | RUBIS_REASON_BIT (RUBIS_REASON_PLAN))

/* How often a long scan looks whether it was cancelled. */
#define CHECK_EVERY 4096

typedef struct {
  gint64 item_id;
  gsize offset;              /* in the texts of the scan */
} Number;

typedef struct {
  RubisSession *session;     /* (unowned) */
  RubisLibrary *library;     /* (owned) */
  RubisProgress *progress;   /* (nullable) */
  RubisDate today;
  RubisDossierFacts dossier;
  GHashTable *accounts;      /* (owned) id -> (owned) AccountEntry */
  GHashTable *open_days;     /* (owned) RubisPolicy -> whether documents leave today */
  GHashTable *reach;         /* (owned) */
  RubisPlanTable *plans;     /* (owned) */
  GHashTable *lost;          /* (owned) ids of accounts whose email addresses all came back */
  GPtrArray *rows;           /* (owned) (element-type RubisActionRow) */
  gint64 account_id;         /* whose items are being gathered */
  GPtrArray *groups;         /* (owned) (element-type RubisFactsGroup) */
  GArray *numbers;           /* (owned) (element-type Number) of the account's items, as they came */
  guint next_number;         /* where the number asked for next is likely to be */
  GString *texts;
  guint n_seen;
  gboolean cancelled;
} Scan;

/* What an action needs to know of an account. */
typedef struct {
  gint64 party_id;
  char *code;
  char *name;
  char *language;
  char *policy_id;
  RubisAccountFacts facts;
} AccountEntry;

static void
account_entry_free (gpointer data)
{
  AccountEntry *entry = data;

  g_free (entry->code);
  g_free (entry->name);
  g_free (entry->language);
  g_free (entry->policy_id);
  g_free (entry);
}

static gboolean
load_account (const RubisAccountRecord *record, gpointer user_data, GError **error)
{
  Scan *scan = user_data;
  AccountEntry *entry = g_new0 (AccountEntry, 1);

  entry->party_id = record->party_id;
  entry->code = g_strdup (record->code);
  entry->name = g_strdup (record->name);
  entry->language = g_strdup (record->language[0] != '\0' ? record->language : "fr");
  entry->policy_id = g_strdup (record->policy_id);
  rubis_facts_from_account (record, rubis_facts_get_reach (scan->reach, record->id), &entry->facts);
  g_hash_table_insert (scan->accounts, GSIZE_TO_POINTER ((gsize) record->id), entry);
  return TRUE;
}

RubisPolicy *
rubis_agenda_choose_policy (RubisLibrary *library, const char *policy_id, const RubisAccountFacts *facts)
{
  static const char *const by_kind[RUBIS_N_PARTY_KINDS] = { "", "consumer", "public-body", "intragroup" };

  /* A policy chosen for the account wins; otherwise its kind and means of payment decide. */
  if (policy_id[0] != '\0')
    return rubis_library_get_policy (library, policy_id);
  if (facts->direct_debit && facts->kind == RUBIS_PARTY_PROFESSIONAL)
    return rubis_library_get_policy (library, "direct-debit");
  return rubis_library_get_policy (library, by_kind[facts->kind]);
}

static gboolean
sends_today (Scan *scan, RubisPolicy *policy)
{
  gpointer known = g_hash_table_lookup (scan->open_days, policy);

  if (known == NULL)
    {
      known = GINT_TO_POINTER (rubis_session_is_send_day (policy, scan->today) ? 1 : 2);
      g_hash_table_insert (scan->open_days, policy, known);
    }
  return GPOINTER_TO_INT (known) == 1;
}

/* Numbers are asked for in the order in which their items came, so that the search finds them at once. */
static const char *
number_of (Scan *scan, gint64 id)
{
  for (guint n = 0; n < scan->numbers->len; n++)
    {
      const Number *number = &g_array_index (scan->numbers, Number, scan->next_number);

      scan->next_number = (scan->next_number + 1) % scan->numbers->len;
      if (number->item_id == id)
        return scan->texts->str + number->offset;
    }
  return "";
}

/* The key under which what an action sends can leave once only: account, currency, step, and each
 * item with the level that it reaches.
 */
static char *
make_key (const RubisActionRow *row, RubisDate due_date)
{
  g_autoptr(GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);

  /* Each instalment of a plan is dunned on its own. */
  if (row->plan_id != 0)
    {
      g_autofree char *part = g_strdup_printf ("plan %" G_GINT64_FORMAT " %d;", row->plan_id, due_date);

      g_checksum_update (sum, (const guchar *) part, -1);
    }
  for (guint i = 0; i < row->item_ids->len; i++)
    {
      g_autofree char *part = g_strdup_printf ("%" G_GINT64_FORMAT ":%d;", g_array_index (row->item_ids, gint64, i),
                                               g_array_index (row->levels, int, i));

      g_checksum_update (sum, (const guchar *) part, -1);
    }
  return g_strdup_printf ("%" G_GINT64_FORMAT "/%s/%d/%.32s", row->account_id, row->currency.code, row->rank,
                          g_checksum_get_string (sum));
}

static void
explain_action (RubisActionRow *row, const RubisAgendaAction *action)
{
  const char *language = rubis_format_ui_language ();
  const RubisStep *step = action->step;

  if (row->plan_id != 0)
    g_ptr_array_add (row->reasons,
                     row->days_late > 0
                       ? g_strdup_printf (ngettext ("An instalment of the payment plan is late by %d day.",
                                                    "An instalment of the payment plan is late by %d days.",
                                                    (gulong) row->days_late),
                                          row->days_late)
                       : g_strdup (_("An instalment of the payment plan falls due soon.")));
  else if (row->days_late > 0)
    g_ptr_array_add (row->reasons,
                     g_strdup_printf (ngettext ("%d item is overdue, by %d days.",
                                                "%d items are overdue, the oldest by %d days.", (gulong) row->n_items),
                                      row->n_items, row->days_late));
  else
    g_ptr_array_add (row->reasons, g_strdup_printf (ngettext ("%d item falls due soon.", "%d items fall due soon.",
                                                              (gulong) row->n_items),
                                                    row->n_items));
  if (step->delay >= 0)
    g_ptr_array_add (row->reasons, g_strdup_printf (_("The step “%s” is reached %d days after the due date."),
                                                    step->name, step->delay));
  else
    g_ptr_array_add (row->reasons, g_strdup_printf (_("The step “%s” is reached %d days before the due date."),
                                                    step->name, -step->delay));
  if (row->channel != step->channel)
    g_ptr_array_add (row->reasons,
                     g_strdup_printf (_("There is no address for “%s”: “%s” takes its place."),
                                      rubis_channel_to_label (step->channel), rubis_channel_to_label (row->channel)));
  if (action->unallocated)
    {
      g_autofree char *credits = rubis_format_amount (row->credits, row->currency, language);

      g_ptr_array_add (row->reasons, g_strdup_printf (_("Credits of %s are not allocated yet: check before sending."),
                                                      credits));
    }
  for (int i = 1; i < RUBIS_N_REASONS; i++)
    {
      if (action->notes & RUBIS_REASON_BIT (i))
        g_ptr_array_add (row->reasons, g_strdup (rubis_reason_to_text ((RubisReason) i)));
    }
}

/* What prevents the document of an action, "" when nothing does. */
static char *
find_error (Scan *scan, const RubisActionRow *row)
{
  RubisSessionTemplate *template_;

  if (row->template_id[0] == '\0')
    return g_strdup ("");
  template_ = rubis_library_get_template (scan->library, row->template_id, row->language);
  if (template_ == NULL)
    return g_strdup_printf (_("There is no template “%s”."), row->template_id);
  return g_strdup (template_->error != NULL ? template_->error : "");
}

static RubisActionRow *
new_row (Scan *scan, const AccountEntry *account, RubisPolicy *policy, const RubisFactsGroup *group)
{
  RubisActionRow *row = rubis_action_row_new ();

  row->account_id = scan->account_id;
  rubis_action_row_set (row, account_code, account->code);
  rubis_action_row_set (row, account_name, account->name);
  rubis_action_row_set (row, language, account->language);
  rubis_action_row_set (row, policy_id, rubis_policy_get_id (policy));
  row->currency = group->currency;
  row->plan_id = group->plan_id;
  return row;
}

static void
set_step (RubisActionRow *row, const RubisStep *step, RubisChannel channel)
{
  const char *template_id = step->template_id;

  if (channel != step->channel && step->fallback_template_id != NULL)
    template_id = step->fallback_template_id;
  row->rank = step->rank;
  row->channel = channel;
  row->step_channel = step->channel;
  rubis_action_row_set (row, step_name, step->name);
  rubis_action_row_set (row, template_id, template_id != NULL ? template_id : "");
}

static void
add_action (Scan *scan, const AccountEntry *account, RubisPolicy *policy, const RubisFactsGroup *group,
            const RubisAgendaAction *action)
{
  RubisActionRow *row = new_row (scan, account, policy, group);

  row->state = RUBIS_ACTION_TO_DO;
  set_step (row, action->step, action->channel);
  row->validation = action->validation;
  row->amount = action->amount;
  row->credits = action->credits;
  row->n_items = (int) action->items->len;
  g_array_append_vals (row->item_ids, action->items->data, action->items->len);
  g_array_append_vals (row->levels, action->levels->data, action->levels->len);
  row->days_late = G_MININT;
  for (guint i = 0, j = 0; i < group->items->len && j < action->items->len; i++)
    {
      const RubisAgendaItem *item = &g_array_index (group->items, RubisAgendaItem, i);

      if (item->id != g_array_index (action->items, gint64, j))
        continue;
      row->days_late = MAX (row->days_late, scan->today - item->facts.due_date);
      g_ptr_array_add (row->numbers, g_strdup (number_of (scan, item->id)));
      j++;
    }
  g_free (row->key);
  row->key = make_key (row, scan->today - row->days_late);
  explain_action (row, action);
  g_free (row->error);
  row->error = find_error (scan, row);
  g_ptr_array_add (scan->rows, row);
}

static void
add_refusal (Scan *scan, const AccountEntry *account, RubisPolicy *policy, const RubisFactsGroup *group, guint32 mask)
{
  RubisActionRow *row = new_row (scan, account, policy, group);

  row->state = RUBIS_ACTION_REFUSED;
  row->reason_mask = mask;
  row->amount = account->facts.due_debits;
  row->credits = account->facts.credits;
  for (guint i = 0; i < group->items->len; i++)
    {
      const RubisAgendaItem *item = &g_array_index (group->items, RubisAgendaItem, i);

      if (item->facts.open <= 0 || item->facts.due_date == RUBIS_DATE_NONE || item->facts.due_date >= scan->today)
        continue;
      row->n_items++;
      row->days_late = MAX (row->days_late, scan->today - item->facts.due_date);
      g_array_append_val (row->item_ids, item->id);
      g_ptr_array_add (row->numbers, g_strdup (number_of (scan, item->id)));
    }
  for (int i = 1; i < RUBIS_N_REASONS; i++)
    {
      if (mask & RUBIS_REASON_BIT (i))
        g_ptr_array_add (row->reasons, g_strdup (rubis_reason_to_text ((RubisReason) i)));
    }
  g_ptr_array_add (scan->rows, row);
}

/* A task that ends when somebody gives the account an address. */
static void
add_lost_email (Scan *scan, const AccountEntry *account, RubisPolicy *policy, const RubisFactsGroup *group)
{
  RubisActionRow *row;

  if (account->facts.due_debits <= 0
      || !g_hash_table_contains (scan->lost, GSIZE_TO_POINTER ((gsize) scan->account_id)))
    return;
  row = new_row (scan, account, policy, group);
  row->state = RUBIS_ACTION_TO_DO;
  row->channel = RUBIS_CHANNEL_EMAIL;
  row->validation = RUBIS_VALIDATION_MANUAL;
  row->amount = account->facts.due_debits;
  rubis_action_row_set (row, step_name, _("Email address to be found"));
  rubis_action_row_set (row, error, _("Emails to this account come back, or reach the wrong person: give it another "
                                      "address."));
  g_free (row->key);
  row->key = make_key (row, RUBIS_DATE_NONE);
  g_ptr_array_add (scan->rows, row);
}

static void
judge_account (Scan *scan)
{
  AccountEntry *account = g_hash_table_lookup (scan->accounts, GSIZE_TO_POINTER ((gsize) scan->account_id));

  for (guint i = 0; account != NULL && i < scan->groups->len; i++)
    {
      const RubisFactsGroup *group = g_ptr_array_index (scan->groups, i);
      const RubisAgendaItem *items = (const RubisAgendaItem *) (gpointer) group->items->data;
      RubisPolicy *policy
        = rubis_facts_choose_policy (scan->library, account->policy_id, &account->facts, group);
      g_autoptr(RubisAgendaAction) action = NULL;
      guint32 refused = 0;

      rubis_facts_sum (scan->groups, group, scan->today, &account->facts);
      if (group->plan_id == 0 || scan->groups->len == 1)
        add_lost_email (scan, account, policy, group);
      action = rubis_agenda_build (policy, &scan->dossier, &account->facts, items, group->items->len, scan->today,
                                   sends_today (scan, policy), &refused);
      if (action != NULL)
        add_action (scan, account, policy, group, action);
      else if ((refused & ~QUIET_REASONS) != 0)
        add_refusal (scan, account, policy, group, refused & ~QUIET_REASONS);
    }
  g_ptr_array_set_size (scan->groups, 0);
  g_array_set_size (scan->numbers, 0);
  scan->next_number = 0;
  g_string_truncate (scan->texts, 0);
}

static gboolean
take_item (const RubisItemRecord *item, gpointer user_data)
{
  Scan *scan = user_data;
  Number number = { item->id, scan->texts->len };

  if (item->account_id != scan->account_id)
    {
      judge_account (scan);
      scan->account_id = item->account_id;
      number.offset = scan->texts->len;
    }
  rubis_facts_add_item (scan->groups, scan->plans, item);
  g_array_append_val (scan->numbers, number);
  g_string_append_len (scan->texts, item->number, (gssize) strlen (item->number) + 1);
  if (++scan->n_seen % CHECK_EVERY == 0 && scan->progress != NULL
      && g_cancellable_is_cancelled (scan->progress->cancellable))
    scan->cancelled = TRUE;
  return !scan->cancelled;
}

/* Two accounts of one company would each get a reminder: a person decides. */
static void
flag_same_party (Scan *scan)
{
  g_autoptr(GHashTable) first = g_hash_table_new (g_direct_hash, g_direct_equal);

  for (guint i = 0; i < scan->rows->len; i++)
    {
      RubisActionRow *row = g_ptr_array_index (scan->rows, i);
      AccountEntry *account = g_hash_table_lookup (scan->accounts, GSIZE_TO_POINTER ((gsize) row->account_id));
      gpointer party;
      RubisActionRow *other;

      if (row->state != RUBIS_ACTION_TO_DO || account == NULL)
        continue;
      party = GSIZE_TO_POINTER ((gsize) account->party_id);
      other = g_hash_table_lookup (first, party);
      if (other == NULL)
        {
          g_hash_table_insert (first, party, row);
          continue;
        }
      if (other->account_id == row->account_id)
        continue;
      row->validation = RUBIS_VALIDATION_MANUAL;
      other->validation = RUBIS_VALIDATION_MANUAL;
      g_ptr_array_add (row->reasons, g_strdup_printf (_("The same company is also dunned today on its account %s."),
                                                      other->account_code));
      g_ptr_array_add (other->reasons, g_strdup_printf (_("The same company is also dunned today on its account %s."),
                                                        row->account_code));
    }
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const RubisActionRow *left = *(const RubisActionRow *const *) a;
  const RubisActionRow *right = *(const RubisActionRow *const *) b;
  /* Calls first, then what is to be confirmed, then paper, then decisions. */
  static const int order[RUBIS_N_CHANNELS] = {
    [RUBIS_CHANNEL_CALL] = 0, [RUBIS_CHANNEL_EMAIL] = 1,  [RUBIS_CHANNEL_SMS] = 2,      [RUBIS_CHANNEL_LETTER] = 3,
    [RUBIS_CHANNEL_REGISTERED] = 4, [RUBIS_CHANNEL_VISIT] = 5, [RUBIS_CHANNEL_DECISION] = 6,
  };

  if (left->state != right->state)
    return (int) left->state - (int) right->state;
  if (left->channel != right->channel)
    return order[left->channel] - order[right->channel];
  if (left->amount != right->amount)
    return left->amount < right->amount ? 1 : -1;
  return strcmp (left->account_code, right->account_code);
}

static gboolean
scan_init (Scan *scan, RubisSession *session, RubisDatabase *db, RubisProgress *progress, GError **error)
{
  scan->session = session;
  scan->library = rubis_session_get_library (session);
  scan->progress = progress;
  scan->today = rubis_session_get_today (session);
  scan->accounts = g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL, account_entry_free);
  scan->open_days = g_hash_table_new (g_direct_hash, g_direct_equal);
  scan->numbers = g_array_new (FALSE, FALSE, sizeof (Number));
  scan->texts = g_string_new (NULL);
  scan->rows = g_ptr_array_new_with_free_func (g_object_unref);
  scan->groups = rubis_facts_groups_new ();
  scan->reach = rubis_facts_load_reach (db, error);
  scan->plans = scan->reach != NULL ? rubis_plan_table_load (db, scan->library, 0, scan->today, error) : NULL;
  scan->lost = scan->plans != NULL ? rubis_store_list_lost_emails (db, error) : NULL;
  return scan->lost != NULL && rubis_session_load_dossier_facts (session, db, &scan->dossier, error);
}

static void
scan_clear (Scan *scan)
{
  g_clear_pointer (&scan->library, rubis_library_unref);
  g_clear_pointer (&scan->accounts, g_hash_table_unref);
  g_clear_pointer (&scan->open_days, g_hash_table_unref);
  g_clear_pointer (&scan->reach, g_hash_table_unref);
  g_clear_pointer (&scan->plans, rubis_plan_table_free);
  g_clear_pointer (&scan->lost, g_hash_table_unref);
  g_clear_pointer (&scan->numbers, g_array_unref);
  g_clear_pointer (&scan->rows, g_ptr_array_unref);
  g_clear_pointer (&scan->groups, g_ptr_array_unref);
  g_string_free (scan->texts, TRUE);
}

GPtrArray *
rubis_agenda_compute_in (RubisSession *self, RubisDatabase *db, RubisProgress *progress, GError **error)
{
  Scan scan = { 0 };
  GPtrArray *rows = NULL;

  if (scan_init (&scan, self, db, progress, error) && rubis_store_each_account (db, load_account, &scan, error)
      && rubis_store_each_open_item (db, take_item, &scan, error))
    {
      judge_account (&scan);
      flag_same_party (&scan);
      if (scan.cancelled)
        g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("Cancelled"));
      else if (rubis_agenda_add_done (self, db, scan.rows, error))
        {
          g_ptr_array_sort (scan.rows, compare_rows);
          rows = g_steal_pointer (&scan.rows);
        }
    }
  scan_clear (&scan);
  return rows;
}

GPtrArray *
rubis_agenda_compute_for (RubisSession *self, RubisDatabase *db, gint64 account_id, GError **error)
{
  g_autoptr(GError) load_error = NULL;
  g_autoptr(RubisAccountRecord) account = rubis_store_load_account (db, account_id, &load_error);
  Scan scan = { 0 };
  GPtrArray *rows = NULL;

  if (account == NULL)
    {
      if (load_error == NULL)
        g_set_error (&load_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("This account is not in the dossier any more."));
      g_propagate_error (error, g_steal_pointer (&load_error));
      return NULL;
    }
  if (scan_init (&scan, self, db, NULL, error) && load_account (account, &scan, error)
      && rubis_store_each_item_of (db, account_id, FALSE, take_item, &scan, error))
    {
      AccountEntry *entry = g_hash_table_lookup (scan.accounts, GSIZE_TO_POINTER ((gsize) account_id));

      entry->facts.last_contact = RUBIS_DATE_NONE;
      judge_account (&scan);
      rows = g_steal_pointer (&scan.rows);
    }
  scan_clear (&scan);
  return rows;
}

GPtrArray *
rubis_session_compute_agenda (RubisSession *self, RubisProgress *progress, GError **error)
{
  RubisDatabase *db = rubis_session_take_reader (self, error);
  GPtrArray *rows;

  if (db == NULL)
    return NULL;
  rows = rubis_agenda_compute_in (self, db, progress, error);
  rubis_session_return_reader (self, db);
  return rows;
}
