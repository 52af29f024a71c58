/* Items for the search over everything: by number, by order reference, by amount. */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-fuzzy.h"
#include "rubis-format.h"
#include "rubis-search-private.h"
#include "rubis-session-private.h"
#include "rubis-store-items.h"
#include "rubis-text.h"
#include "rubis-typed-number.h"

/* Accounts whose items are looked at when a name is typed beside a number. */
#define MAX_NAMED 2000
/* Shorter numbers are not looked for with swapped digits: too many would do. */
#define MIN_SWAPPED 5
#define OPEN_EXACT 940
#define TOTAL_EXACT 910
#define AMOUNT_BEGINS 650
#define SWAPPED 420

/* What is looked for, and what was found. */
typedef struct
{
  const char *number;             /* as typed */
  int instalment;                 /* wanted, -1: any */
  const RubisTypedAmount *amount; /* (nullable) */
  int exponent;
  gint64 low;
  GHashTable *accounts; /* (nullable) (element-type gint64) the only ones wanted */
  GHashTable *ratings;  /* (element-type gint64 int) of items */
} Wanted;

static void
note_item (const Wanted *wanted, const RubisSearchItem *item, int rating)
{
  int known = GPOINTER_TO_INT (g_hash_table_lookup (wanted->ratings, &item->id));

  if (rating <= known
      || (wanted->accounts != NULL && !g_hash_table_contains (wanted->accounts, &item->account_id)))
    return;
  g_hash_table_insert (wanted->ratings, g_memdup2 (&item->id, sizeof item->id), GINT_TO_POINTER (rating));
}

/* What is owed comes before what was settled long ago. */
static int
prefer_open (int rating, const RubisSearchItem *item)
{
  return item->open != 0 ? rating : rating - 30;
}

static void
rate_number (const RubisSearchItem *item, gpointer user_data)
{
  const Wanted *wanted = user_data;
  int rating = rubis_typed_number_rate (wanted->number, item->number);
  int by_order
      = item->order_ref[0] != '\0' ? rubis_typed_number_rate (wanted->number, item->order_ref) - 20 : 0;

  rating = MAX (rating, by_order);
  if (rating > 0 && (wanted->instalment < 0 || wanted->instalment == item->instalment))
    note_item (wanted, item, prefer_open (rating, item));
}

/* Only numbers that are the typed one, but for the swap. */
static void
rate_swapped (const RubisSearchItem *item, gpointer user_data)
{
  const Wanted *wanted = user_data;

  if (rubis_typed_number_rate (wanted->number, item->number) >= 900)
    note_item (wanted, item, prefer_open (SWAPPED, item));
}

static void
rate_amount (const RubisSearchItem *item, gpointer user_data)
{
  const Wanted *wanted = user_data;
  gboolean of_open = ABS (item->open) == wanted->low;

  if (rubis_currency_exponent (item->currency) != wanted->exponent)
    return;
  if (of_open || ABS (item->total) == wanted->low)
    note_item (wanted, item, prefer_open (of_open ? OPEN_EXACT : TOTAL_EXACT, item));
  else
    note_item (wanted, item, prefer_open (AMOUNT_BEGINS, item));
}

/* Two digits that stand side by side, the other way round: the most usual slip with numbers. */
static gboolean
find_swapped (RubisDatabase *db, Wanted *wanted, GCancellable *cancellable, GError **error)
{
  g_autofree char *number = g_strdup (wanted->number);
  Wanted swapped = *wanted;
  gsize length = strlen (number);

  swapped.number = number;
  for (gsize i = length > 7 ? length - 7 : 0; i + 1 < length; i++)
    {
      char first = number[i];
      gboolean ok;

      if (!g_ascii_isdigit (first) || !g_ascii_isdigit (number[i + 1]) || first == number[i + 1])
        continue;
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      number[i] = number[i + 1];
      number[i + 1] = first;
      ok = rubis_store_each_item_by_number (db, number, rate_swapped, &swapped, error);
      number[i + 1] = number[i];
      number[i] = first;
      if (!ok)
        return FALSE;
    }
  return TRUE;
}

static gboolean
find_by_number (RubisDatabase *db, Wanted *wanted, const char *text, GError **error)
{
  const char *slash = strrchr (text, '/');
  g_autofree char *stem = NULL;
  guint64 instalment = 0;

  wanted->number = text;
  wanted->instalment = -1;
  if (!rubis_store_each_item_by_number (db, text, rate_number, wanted, error))
    return FALSE;
  /* "F-2026-01042/2": its second instalment. */
  if (slash == NULL || slash == text
      || !g_ascii_string_to_unsigned (slash + 1, 10, 1, 999, &instalment, NULL))
    return TRUE;
  stem = g_strndup (text, (gsize)(slash - text));
  wanted->number = stem;
  wanted->instalment = (int)instalment;
  return rubis_store_each_item_by_number (db, stem, rate_number, wanted, error);
}

static gboolean
find_by_amount (RubisDatabase *db, Wanted *wanted, const char *text, GCancellable *cancellable,
                GError **error)
{
  static const int exponents[] = { 2, 0, 3 };
  RubisTypedAmount amounts[2];
  guint n_amounts = rubis_typed_amount_read (text, amounts);

  for (guint i = 0; i < n_amounts; i++)
    {
      for (gsize e = 0; e < G_N_ELEMENTS (exponents); e++)
        {
          gint64 high;

          wanted->exponent = exponents[e];
          if (!rubis_typed_amount_range (&amounts[i], exponents[e], &wanted->low, &high) || wanted->low == 0)
            continue;
          if (g_cancellable_set_error_if_cancelled (cancellable, error)
              || !rubis_store_each_item_by_amount (db, wanted->low, high, rate_amount, wanted, error))
            return FALSE;
        }
    }
  return TRUE;
}

static gboolean
has_digit (const char *word)
{
  return strpbrk (word, "0123456789") != NULL;
}

/* Parts what was typed into numbers and names: "garçon 1 234,50" is "1 234,50" and "garcon". */
static void
part_text (const char *text, GString *numbers, GString *names)
{
  g_autofree char *folded = rubis_text_fold (text);
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);

  for (gsize i = 0; words[i] != NULL; i++)
    {
      GString *to = has_digit (words[i]) ? numbers : names;
      const char *cursor = words[i];
      const char *word;
      gsize length;

      /* A sign alone, "€" or "-", names nobody. */
      if (to == names && (!rubis_fuzzy_next_word (&cursor, &word, &length) || g_str_equal (words[i], "eur")))
        continue;
      g_string_append_printf (to, "%s%s", to->len > 0 ? " " : "", words[i]);
    }
}

static GHashTable *
find_named (RubisSession *session, const char *names)
{
  g_autoptr (RubisFuzzy) typed = rubis_fuzzy_new (names);
  g_autoptr (GArray) hits = rubis_search_index_find (rubis_session_get_search_index (session),
                                                     RUBIS_SEARCH_ACCOUNTS, typed, MAX_NAMED);
  GHashTable *accounts = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = 0; i < hits->len; i++)
    {
      gint64 id = g_array_index (hits, RubisSearchHit, i).id;

      g_hash_table_add (accounts, g_memdup2 (&id, sizeof id));
    }
  return accounts;
}

/* Fills @wanted->ratings. */
static gboolean
find_candidates (RubisSession *session, RubisDatabase *db, const char *text, Wanted *wanted,
                 GCancellable *cancellable, GError **error)
{
  g_autoptr (GString) numbers = g_string_new (NULL);
  g_autoptr (GString) names = g_string_new (NULL);

  part_text (text, numbers, names);
  if (numbers->len == 0)
    return TRUE;
  if (!find_by_number (db, wanted, text, error) || !find_by_amount (db, wanted, text, cancellable, error))
    return FALSE;
  if (names->len > 0)
    {
      g_autoptr (GHashTable) accounts = find_named (session, names->str);

      wanted->accounts = accounts;
      if (g_hash_table_size (accounts) > 0
          && (!find_by_number (db, wanted, numbers->str, error)
              || !find_by_amount (db, wanted, numbers->str, cancellable, error)))
        return FALSE;
      wanted->accounts = NULL;
    }
  if (g_hash_table_size (wanted->ratings) > 0 || numbers->len < MIN_SWAPPED)
    return TRUE;
  wanted->number = text;
  return find_swapped (db, wanted, cancellable, error);
}

typedef struct
{
  const GHashTable *ratings;
  GPtrArray *found;
  const char *language;
} Lines;

static void
add_line (const RubisItemLine *line, gpointer user_data)
{
  Lines *lines = user_data;
  const RubisItemRecord *item = &line->item;
  int rating = GPOINTER_TO_INT (g_hash_table_lookup ((GHashTable *)lines->ratings, &item->id));
  RubisFound *found = rubis_found_new (RUBIS_FOUND_ITEM, item->id, rating);
  g_autofree char *due = rubis_format_date_short (item->due_date, lines->language);

  found->account_id = item->account_id;
  found->account_code = g_strdup (line->account_code);
  found->title = item->instalment > 0 ? g_strdup_printf ("%s/%d", item->number, item->instalment)
                                      : g_strdup (item->number);
  if (item->open == 0)
    found->detail = g_strdup_printf (_ ("%s · settled"), line->account_name);
  else if (item->due_date == RUBIS_DATE_NONE)
    found->detail = g_strdup (line->account_name);
  else
    found->detail = g_strdup_printf (_ ("%s · due %s"), line->account_name, due);
  found->currency = item->currency;
  found->amount = item->open != 0 ? item->open : item->total;
  found->has_amount = TRUE;
  g_ptr_array_add (lines->found, found);
}

typedef struct
{
  gint64 id;
  int rating;
} Rated;

/* The best first; of equal ones the newest. */
static int
compare_rated (gconstpointer a, gconstpointer b)
{
  const Rated *first = a;
  const Rated *second = b;

  if (first->rating != second->rating)
    return first->rating > second->rating ? -1 : 1;
  return (first->id < second->id) - (first->id > second->id);
}

static int
compare_found (gconstpointer a, gconstpointer b)
{
  const RubisFound *first = *(const RubisFound *const *)a;
  const RubisFound *second = *(const RubisFound *const *)b;

  if (first->score != second->score)
    return first->score > second->score ? -1 : 1;
  return (first->id < second->id) - (first->id > second->id);
}

gboolean
rubis_search_find_items (RubisSession *session, RubisDatabase *db, const char *text, int limit,
                         GCancellable *cancellable, GPtrArray *found, GError **error)
{
  g_autoptr (GHashTable) ratings = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GArray) rated = g_array_new (FALSE, FALSE, sizeof (Rated));
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  Wanted wanted = { .ratings = ratings };
  Lines lines = { ratings, rows, rubis_format_ui_language () };
  GHashTableIter iter;
  gpointer id;
  gpointer rating;

  if (!find_candidates (session, db, text, &wanted, cancellable, error))
    return FALSE;
  g_hash_table_iter_init (&iter, ratings);
  while (g_hash_table_iter_next (&iter, &id, &rating))
    {
      Rated one = { *(gint64 *)id, GPOINTER_TO_INT (rating) };

      g_array_append_val (rated, one);
    }
  g_array_sort (rated, compare_rated);
  for (guint i = 0; i < MIN (rated->len, (guint)limit); i++)
    {
      guint32 row = (guint32)g_array_index (rated, Rated, i).id;

      g_array_append_val (ids, row);
    }
  if (ids->len == 0)
    return TRUE;
  if (!rubis_store_each_item_line (db, (const guint32 *)ids->data, ids->len,
                                   rubis_session_get_today (session), add_line, &lines, error))
    return FALSE;
  g_ptr_array_sort (rows, compare_found);
  g_ptr_array_extend_and_steal (found, g_steal_pointer (&rows));
  return TRUE;
}
