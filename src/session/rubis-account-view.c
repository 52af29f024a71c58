#include "rubis-account-view.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-aging.h"
#include "rubis-import-preview.h"
#include "rubis-paying-habit-private.h"
#include "rubis-store-accounts.h"
#include "rubis-store-habits.h"
#include "rubis-text.h"

static void
exposure_line_free (gpointer data)
{
  RubisExposureLine *line = data;

  g_free (line->code);
  g_free (line->name);
  g_free (line);
}

void
rubis_account_view_free (RubisAccountView *self)
{
  g_free (self->name);
  g_clear_object (&self->card);
  g_array_unref (self->balances);
  g_free (self->insurer);
  g_free (self->payment_process);
  g_free (self->time_zone);
  g_free (self->sales_rep);
  g_ptr_array_unref (self->lines);
  g_free (self);
}

typedef struct
{
  GPtrArray *lines;
  RubisDate today;
} ExposureWork;

static void
add_exposure (const RubisExposureRecord *record, gpointer user_data)
{
  const ExposureWork *work = user_data;
  RubisExposureLine *line = g_new0 (RubisExposureLine, 1);

  line->account_id = record->account_id;
  line->code = g_strdup (record->code);
  line->name = g_strdup (record->name);
  g_strlcpy (line->currency.code, record->currency, sizeof line->currency.code);
  line->balance = record->balance;
  line->overdue = record->overdue;
  line->disputed = record->disputed;
  line->days_late = record->oldest_due != RUBIS_DATE_NONE ? work->today - record->oldest_due : 0;
  g_ptr_array_add (work->lines, line);
}

static int
compare_currencies (RubisCurrency a, RubisCurrency b, RubisCurrency own)
{
  gboolean a_is_own = rubis_currency_equal (a, own);
  gboolean b_is_own = rubis_currency_equal (b, own);

  if (a_is_own != b_is_own)
    return a_is_own ? -1 : 1;
  return strcmp (a.code, b.code);
}

static int
compare_lines (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const RubisExposureLine *first = *(const RubisExposureLine *const *)a;
  const RubisExposureLine *second = *(const RubisExposureLine *const *)b;
  int order = compare_currencies (first->currency, second->currency, *(RubisCurrency *)user_data);

  if (order == 0 && first->balance != second->balance)
    order = first->balance > second->balance ? -1 : 1;
  return order != 0 ? order : strcmp (first->code, second->code);
}

static int
compare_balances (gconstpointer a, gconstpointer b, gpointer user_data)
{
  return compare_currencies (((const RubisBalance *)a)->currency, ((const RubisBalance *)b)->currency,
                             *(RubisCurrency *)user_data);
}

typedef struct
{
  RubisDate today;
  char code[4];
  RubisAging aging;
  gint64 disputed;
  GArray *balances;
  gboolean overflow;
} Sums;

static void
end_currency (Sums *sums)
{
  RubisBalance balance = { 0 };

  if (*sums->code == '\0')
    return;
  g_strlcpy (balance.currency.code, sums->code, sizeof balance.currency.code);
  balance.balance = sums->aging.balance;
  balance.overdue = rubis_aging_overdue (&sums->aging);
  balance.not_due = sums->aging.amounts[RUBIS_AGING_NOT_DUE];
  balance.unapplied = -sums->aging.credits;
  balance.disputed = sums->disputed;
  for (int i = 0; i < RUBIS_N_AGING_BUCKETS; i++)
    balance.buckets[i] = sums->aging.amounts[i];
  g_array_append_val (sums->balances, balance);
  sums->aging = (RubisAging){ 0 };
  sums->disputed = 0;
}

/* The days of a currency come together. */
static void
add_due_day (const RubisDueDay *day, gpointer user_data)
{
  Sums *sums = user_data;

  if (!g_str_equal (sums->code, day->currency))
    {
      end_currency (sums);
      g_strlcpy (sums->code, day->currency, sizeof sums->code);
    }
  if (!rubis_aging_add (&sums->aging, day->debits, day->due_date, sums->today)
      || !rubis_aging_add (&sums->aging, day->credits, day->due_date, sums->today)
      || !rubis_money_add (sums->disputed, day->disputed, &sums->disputed))
    sums->overflow = TRUE;
}

static gboolean
read_balances (RubisAccountView *self, RubisDatabase *db, RubisDate today, GError **error)
{
  Sums sums = { .today = today, .balances = self->balances };

  if (!rubis_store_each_due_day (db, self->group_id, self->account_id, add_due_day, &sums, error))
    return FALSE;
  end_currency (&sums);
  if (!sums.overflow)
    return TRUE;
  g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE,
               _ ("The amounts of this group are too large to be added."));
  return FALSE;
}

/* "Agences › Lyon"; NULL when there is no such group. */
static char *
read_group_name (RubisDatabase *db, gint64 group_id, GError **error)
{
  g_autoptr (GPtrArray) groups = rubis_store_list_groups (db, error);
  g_autoptr (GString) name = g_string_new (NULL);
  gint64 wanted = group_id;

  if (groups == NULL)
    return NULL;
  for (guint depth = 0; wanted != 0 && depth < groups->len; depth++)
    {
      gint64 parent = 0;

      for (guint i = 0; i < groups->len; i++)
        {
          const RubisGroupRecord *group = g_ptr_array_index (groups, i);

          if (group->id != wanted)
            continue;
          g_string_prepend (name, name->len > 0 ? " › " : "");
          g_string_prepend (name, group->name);
          parent = group->parent_id;
        }
      wanted = parent;
    }
  if (name->len > 0)
    return g_string_free (g_steal_pointer (&name), FALSE);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("This group is not in the dossier any more."));
  return NULL;
}

static gboolean
read_identity (RubisAccountView *self, RubisDatabase *db, GError **error)
{
  g_autoptr (RubisAccountRecord) account = NULL;

  if (self->account_id == 0)
    {
      self->insurer = g_strdup ("");
      self->payment_process = g_strdup ("");
      self->time_zone = g_strdup ("");
      self->sales_rep = g_strdup ("");
      self->name
          = self->group_id != 0 ? read_group_name (db, self->group_id, error) : g_strdup (_ ("All accounts"));
      return self->name != NULL;
    }
  account = rubis_store_load_account (db, self->account_id, error);
  if (account == NULL)
    {
      if (error != NULL && *error == NULL)
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                     _ ("This account is not in the dossier any more."));
      return FALSE;
    }
  self->name = g_steal_pointer (&account->name);
  self->insurer = g_steal_pointer (&account->insurer);
  self->payment_process = g_steal_pointer (&account->payment_process);
  self->time_zone = g_steal_pointer (&account->time_zone);
  self->sales_rep = g_steal_pointer (&account->sales_rep);
  self->credit_limit = account->credit_limit;
  return TRUE;
}

static gboolean
read_figures (RubisAccountView *self, RubisDatabase *db, RubisDate today, RubisCurrency own, GError **error)
{
  RubisAccountFigures figures = { 0 };

  if (!rubis_store_load_account_figures (db, self->group_id, self->account_id,
                                         rubis_date_add_months (today, -12), own.code, &figures, error))
    return FALSE;
  self->n_open_disputes = figures.n_open_disputes;
  self->n_active_plans = figures.n_active_plans;
  self->revenue = figures.revenue;
  self->call_minutes = (int)((figures.call_seconds + 59) / 60);
  return TRUE;
}

static void
sort_currencies (RubisAccountView *self, RubisCurrency own)
{
  g_ptr_array_sort_with_data (self->lines, compare_lines, &own);
  g_array_sort_with_data (self->balances, compare_balances, &own);
  if (self->balances->len > 0
      && rubis_currency_equal (g_array_index (self->balances, RubisBalance, 0).currency, own))
    self->disputed = g_array_index (self->balances, RubisBalance, 0).disputed;
}

static gboolean
read_view (RubisAccountView *self, RubisSession *session, RubisDatabase *db, GError **error)
{
  RubisDate today = rubis_session_get_today (session);
  RubisCurrency own = rubis_session_get_currency (session);
  ExposureWork work = { self->lines, today };

  if (!read_identity (self, db, error) || !read_balances (self, db, today, error)
      || !rubis_paying_habit_read (db, self->group_id, self->account_id, today, &self->habit, error)
      || !read_figures (self, db, today, own, error)
      || !rubis_store_each_exposure (db, self->group_id, self->account_id, today, add_exposure, &work, error))
    return FALSE;
  sort_currencies (self, own);
  return TRUE;
}

/* How the accounts keep their word, all together. */
static gboolean
count_promises (RubisAccountView *self, RubisSession *session, GError **error)
{
  RubisPromiseFilter filter = { .group_id = self->group_id, .states = (1u << RUBIS_N_PROMISE_STATES) - 1 };
  g_autoptr(GPtrArray) promises = NULL;

  if (self->account_id != 0)
    return rubis_session_count_promises (session, self->account_id, &self->promises, error);
  promises = rubis_session_list_promises (session, &filter, error);
  if (promises == NULL)
    return FALSE;
  for (guint i = 0; i < promises->len; i++)
    rubis_promise_counts_add (&self->promises, g_ptr_array_index (promises, i));
  return TRUE;
}

RubisAccountView *
rubis_session_load_view (RubisSession *self, gint64 group_id, gint64 account_id, GError **error)
{
  g_autoptr (RubisAccountView) view = NULL;
  RubisDatabase *db;
  gboolean filled;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);
  g_return_val_if_fail (group_id == 0 || account_id == 0, NULL);

  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return NULL;
  view = g_new0 (RubisAccountView, 1);
  view->group_id = group_id;
  view->account_id = account_id;
  view->credit_limit = -1;
  view->balances = g_array_new (FALSE, TRUE, sizeof (RubisBalance));
  view->lines = g_ptr_array_new_with_free_func (exposure_line_free);
  filled = rubis_database_begin_read (db, error);
  if (filled)
    {
      filled = read_view (view, self, db, error);
      rubis_database_end_read (db);
    }
  rubis_session_return_reader (self, db);
  if (!filled || !count_promises (view, self, error))
    return NULL;
  if (account_id == 0)
    return g_steal_pointer (&view);
  view->card = rubis_session_load_account (self, account_id, error);
  return view->card != NULL ? g_steal_pointer (&view) : NULL;
}

static gboolean
find_group (RubisDatabase *db, const char *name, gint64 *id, GError **error)
{
  g_autoptr(GPtrArray) groups = rubis_store_list_groups (db, error);
  g_autofree char *wanted = rubis_text_fold (name);
  g_autoptr(GString) names = g_string_new (NULL);

  if (groups == NULL)
    return FALSE;
  for (guint i = 0; i < groups->len; i++)
    {
      const RubisGroupRecord *group = g_ptr_array_index (groups, i);
      g_autofree char *path = read_group_name (db, group->id, error);
      g_autofree char *plain = rubis_text_fold (group->name);
      g_autofree char *folded = path != NULL ? rubis_text_fold (path) : NULL;

      if (path == NULL)
        return FALSE;
      if (g_str_equal (plain, wanted) || g_str_equal (folded, wanted))
        {
          *id = group->id;
          return TRUE;
        }
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", path);
    }
  if (names->len > 0)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("There is no group “%s”; there are: %s."), name, names->str);
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("There is no group “%s”: this dossier has none."), name);
  return FALSE;
}

gboolean
rubis_session_find_group (RubisSession *self, const char *name, gint64 *id, GError **error)
{
  RubisDatabase *db;
  gboolean found;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && name != NULL && id != NULL, FALSE);

  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return FALSE;
  found = find_group (db, name, id, error);
  rubis_session_return_reader (self, db);
  return found;
}
