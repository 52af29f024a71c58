#include "rubis-search-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-choices-private.h"
#include "rubis-event-row.h"
#include "rubis-format.h"
#include "rubis-session-private.h"
#include "rubis-typed-number.h"

/* Rows that are looked at closely to give the best ones: those who owe most of those who fit as well. */
#define MAX_CANDIDATES 40
/* Shorter parts of telephones are in too many of them. */
#define MIN_DIGITS 6
/* Of the journal, which is about everything. */
#define EVENT_RATING 500

G_DEFINE_FINAL_TYPE (RubisFound, rubis_found, G_TYPE_OBJECT)

static void
rubis_found_finalize (GObject *object)
{
  RubisFound *self = RUBIS_FOUND (object);

  g_free (self->account_code);
  g_free (self->title);
  g_free (self->detail);
  g_free (self->icon_name);
  G_OBJECT_CLASS (rubis_found_parent_class)->finalize (object);
}

static void
rubis_found_class_init (RubisFoundClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rubis_found_finalize;
}

static void
rubis_found_init (RubisFound *self)
{
  self->icon_name = g_strdup ("");
}

RubisFound *
rubis_found_new (RubisFoundKind kind, gint64 id, int score)
{
  RubisFound *self = g_object_new (RUBIS_TYPE_FOUND, NULL);

  self->kind = kind;
  self->id = id;
  self->score = score;
  return self;
}

/* What is read of a row while its answer is made. */
typedef struct
{
  RubisFoundKind kind;
  int rating;
  const char *language;
  RubisDatabase *db; /* (unowned) */
  GPtrArray *found; /* (element-type RubisFound) */
} Answer;

/* "a · b · c" of those that are not empty, up to NULL. (transfer full) */
static char *join_details (const char *first, ...) G_GNUC_NULL_TERMINATED;
static char *
join_details (const char *first, ...)
{
  GString *out = g_string_new (NULL);
  va_list parts;

  va_start (parts, first);
  for (const char *part = first; part != NULL; part = va_arg (parts, const char *))
    {
      if (part[0] != '\0')
        g_string_append_printf (out, "%s%s", out->len > 0 ? " · " : "", part);
    }
  va_end (parts);
  return g_string_free (out, FALSE);
}

static char *
make_detail (const Answer *answer, const RubisSearchRow *row)
{
  g_autofree char *date = rubis_format_date_short (row->date, answer->language);
  g_autofree char *words = NULL;
  g_autofree char *reason = NULL;
  int n;

  switch (answer->kind)
    {
    case RUBIS_FOUND_ACCOUNT:
      return join_details (row->code, row->place, NULL);
    case RUBIS_FOUND_CONTACT:
      return join_details (row->code, row->account, row->place, NULL);
    case RUBIS_FOUND_GROUP:
      n = (int)g_ascii_strtoll (row->account, NULL, 10);
      words = g_strdup_printf (ngettext ("%d account", "%d accounts", (gulong)n), n);
      return join_details (row->code, words, NULL);
    case RUBIS_FOUND_DISPUTE:
      words = date[0] != '\0' ? g_strdup_printf (_ ("dispute of %s"), date) : g_strdup ("");
      reason = rubis_choices_dup_label (answer->db, RUBIS_CHOICES_DISPUTE_REASON, row->code);
      return join_details (row->account, reason, words, NULL);
    case RUBIS_FOUND_ACTOR:
      return join_details (row->code, row->place, NULL);
    case RUBIS_FOUND_EVENT:
      return join_details (date, row->account, row->place, NULL);
    case RUBIS_FOUND_ITEM:
    default:
      g_return_val_if_reached (g_strdup (""));
    }
}

static void
add_row (const RubisSearchRow *row, gpointer user_data)
{
  Answer *answer = user_data;
  RubisFound *found = rubis_found_new (answer->kind, row->id, answer->rating);

  found->account_id = row->account_id;
  found->account_code = g_strdup (row->account_code != NULL ? row->account_code : "");
  found->title = g_strstrip (g_strdup (row->name));
  found->detail = make_detail (answer, row);
  if (answer->kind == RUBIS_FOUND_EVENT)
    {
      g_autoptr (RubisEventRow) event = rubis_event_row_new ();

      event->kind = g_strdup (row->code);
      g_free (found->icon_name);
      found->icon_name = g_strdup (rubis_event_row_get_icon (event));
    }
  found->currency = row->currency;
  found->amount = row->amount;
  found->has_amount = answer->kind == RUBIS_FOUND_ACCOUNT || answer->kind == RUBIS_FOUND_DISPUTE;
  if (found->title[0] == '\0' && answer->kind == RUBIS_FOUND_DISPUTE)
    {
      g_free (found->title);
      found->title = rubis_choices_dup_label (answer->db, RUBIS_CHOICES_DISPUTE_REASON, row->code);
    }
  g_ptr_array_add (answer->found, found);
}

/* Those that fit equally well: the largest amount first. */
static int
compare_found (gconstpointer a, gconstpointer b)
{
  const RubisFound *first = *(const RubisFound *const *)a;
  const RubisFound *second = *(const RubisFound *const *)b;

  if (first->score != second->score)
    return first->score > second->score ? -1 : 1;
  if (first->amount != second->amount)
    return first->amount > second->amount ? -1 : 1;
  return strcmp (first->title, second->title);
}

static void
keep_best (GPtrArray *found, guint limit)
{
  g_ptr_array_sort (found, compare_found);
  if (found->len > limit)
    g_ptr_array_set_size (found, (int)limit);
}

typedef struct
{
  RubisSession *session; /* (unowned) */
  RubisDatabase *db;     /* (unowned) */
  const char *text;
  RubisFuzzy *typed; /* (owned) */
  char *digits;      /* "" when they are no part of a telephone */
  guint limit;
} Search;

static gboolean
load_hits (const Search *search, RubisSearchTable table, GArray *hits, Answer *answer, GError **error)
{
  for (guint i = 0; i < hits->len; i++)
    {
      const RubisSearchHit *hit = &g_array_index (hits, RubisSearchHit, i);
      RubisCurrency currency = rubis_session_get_currency (search->session);

      answer->rating = hit->rating;
      if (!rubis_store_load_search_row (search->db, table, hit->id, rubis_session_get_today (search->session),
                                        currency.code, add_row, answer, error))
        return FALSE;
    }
  return TRUE;
}

/* One kind of what has words of its own. */
static GPtrArray *
find_named (const Search *search, RubisSearchTable table, RubisFoundKind kind, GError **error)
{
  RubisSearchIndex *index = rubis_session_get_search_index (search->session);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  Answer answer = { kind, 0, rubis_format_ui_language (), search->db, found };
  g_autoptr (GArray) hits = rubis_search_index_find (index, table, search->typed, MAX_CANDIDATES);

  if (!load_hits (search, table, hits, &answer, error))
    return NULL;
  if (strlen (search->digits) >= MIN_DIGITS)
    {
      g_autoptr (GArray) numbers
          = rubis_search_index_find_digits (index, table, search->digits, search->limit);

      if (!load_hits (search, table, numbers, &answer, error))
        return NULL;
    }
  keep_best (found, search->limit);
  return g_steal_pointer (&found);
}

static GPtrArray *
find_events (const Search *search, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  Answer answer = { RUBIS_FOUND_EVENT, EVENT_RATING, rubis_format_ui_language (), search->db, found };

  if (!rubis_store_each_event_by_words (search->db, search->typed, (int)search->limit, add_row, &answer,
                                        error))
    return NULL;
  return g_steal_pointer (&found);
}

static GPtrArray *
find_items (const Search *search, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);

  if (!rubis_search_find_items (search->session, search->db, search->text, (int)search->limit, cancellable,
                                found, error))
    return NULL;
  return g_steal_pointer (&found);
}

/* One part of the answer. (transfer full) (nullable) NULL on error */
static GPtrArray *
find_kind (const Search *search, RubisFoundKind kind, GCancellable *cancellable, GError **error)
{
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  switch (kind)
    {
    case RUBIS_FOUND_ACCOUNT:
      return find_named (search, RUBIS_SEARCH_ACCOUNTS, kind, error);
    case RUBIS_FOUND_GROUP:
      return find_named (search, RUBIS_SEARCH_GROUPS, kind, error);
    case RUBIS_FOUND_CONTACT:
      return find_named (search, RUBIS_SEARCH_CONTACTS, kind, error);
    case RUBIS_FOUND_DISPUTE:
      return find_named (search, RUBIS_SEARCH_DISPUTES, kind, error);
    case RUBIS_FOUND_ACTOR:
      return find_named (search, RUBIS_SEARCH_ACTORS, kind, error);
    case RUBIS_FOUND_ITEM:
      return find_items (search, cancellable, error);
    case RUBIS_FOUND_EVENT:
      return find_events (search, error);
    default:
      g_return_val_if_reached (NULL);
    }
}

/* Where kinds are equally good, this is what people look for most; customers even when a little less good. */
static const RubisFoundKind kinds[]
    = { RUBIS_FOUND_ACCOUNT, RUBIS_FOUND_ITEM,  RUBIS_FOUND_CONTACT, RUBIS_FOUND_ACTOR,
        RUBIS_FOUND_DISPUTE, RUBIS_FOUND_GROUP, RUBIS_FOUND_EVENT };
#define ACCOUNT_BONUS 20

static int
best_score (const GPtrArray *part)
{
  const RubisFound *first = part != NULL && part->len > 0 ? g_ptr_array_index (part, 0) : NULL;

  if (first == NULL)
    return 0;
  return first->score + (first->kind == RUBIS_FOUND_ACCOUNT ? ACCOUNT_BONUS : 0);
}

/* The part whose first answer is best and not taken yet; -1: none is left. */
static int
best_part (GPtrArray *const *parts)
{
  int best = -1;

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (best_score (parts[i]) > (best < 0 ? 0 : best_score (parts[best])))
        best = (int)i;
    }
  return best;
}

/* The history of what was found stands behind it, also where a name was found with a slip. */
static void
sink_events (GPtrArray *const *parts)
{
  int named = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (kinds[i] != RUBIS_FOUND_EVENT && kinds[i] != RUBIS_FOUND_ITEM)
        named = MAX (named, best_score (parts[i]));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (kinds) && named > 0; i++)
    {
      for (guint j = 0; kinds[i] == RUBIS_FOUND_EVENT && j < parts[i]->len; j++)
        {
          RubisFound *event = g_ptr_array_index (parts[i], j);

          event->score = MIN (event->score, named);
        }
    }
}

static GPtrArray *
find_all (const Search *search, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  GPtrArray *parts[G_N_ELEMENTS (kinds)] = { NULL };
  gboolean ok = TRUE;
  int best;

  for (gsize i = 0; i < G_N_ELEMENTS (kinds) && ok; i++)
    {
      parts[i] = find_kind (search, kinds[i], cancellable, error);
      ok = parts[i] != NULL;
    }
  if (ok)
    sink_events (parts);
  while (ok && (best = best_part (parts)) >= 0)
    g_ptr_array_extend_and_steal (found, g_steal_pointer (&parts[best]));
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    g_clear_pointer (&parts[i], g_ptr_array_unref);
  return ok ? g_steal_pointer (&found) : NULL;
}

GPtrArray *
rubis_session_search (RubisSession *self, const char *text, int limit, GCancellable *cancellable,
                      GError **error)
{
  g_autofree char *stripped = NULL;
  Search search = { .session = self, .limit = (guint)limit };
  GPtrArray *found;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && text != NULL && limit > 0, NULL);

  if (!rubis_search_index_prepare (rubis_session_get_search_index (self), self, cancellable, error))
    return NULL;
  stripped = g_strstrip (g_utf8_make_valid (text, -1));
  if (stripped[0] == '\0')
    return g_ptr_array_new_with_free_func (g_object_unref);
  search.db = rubis_session_take_reader (self, error);
  if (search.db == NULL)
    return NULL;
  search.text = stripped;
  search.typed = rubis_fuzzy_new (stripped);
  search.digits = rubis_typed_digits (stripped);
  found = find_all (&search, cancellable, error);
  rubis_session_return_reader (self, search.db);
  rubis_fuzzy_free (search.typed);
  g_free (search.digits);
  return found;
}
