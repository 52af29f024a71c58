/* The journal by its words: SQLite's full-text index, and what else only SQLite knows. */
#include "rubis-store-search.h"

#include <string.h>

#include "rubis-text.h"

/* Words like a typed one that are tried instead of it. */
#define MAX_ALIKE 8
/* Words with the same beginning that are asked for one by one. */
#define MAX_BEGINNINGS 24
#define MAX_WORD 64

gboolean
rubis_store_get_data_version (RubisDatabase *db, gint64 *version, GError **error)
{
  return rubis_database_query_int (db, "PRAGMA data_version", version, error);
}

typedef struct
{
  int rating;
  char word[MAX_WORD];
} Alike;

static int
compare_alike (gconstpointer a, gconstpointer b)
{
  return ((const Alike *)b)->rating - ((const Alike *)a)->rating;
}

/* Terms of the journal from @from to before @after. (transfer none) (nullable) NULL on error */
static RubisStatement *
list_terms (RubisDatabase *db, const char *from, int limit, GError **error)
{
  RubisStatement *statement
      = rubis_database_get (db, "SELECT term FROM event_word WHERE term >= $1 AND term < $2 LIMIT $3", error);
  g_autofree char *after = g_strconcat (from, "\U0010FFFF", NULL);

  if (statement != NULL)
    rubis_statement_bind (statement, "ttn", from, after, limit);
  return statement;
}

/* The terms that begin with @word, joined by OR: quicker than the index's own way, which gathers all their
 * lines first. That way is taken when there are many. "" when there is none. (transfer full)
 */
static char *
find_beginnings (RubisDatabase *db, const char *word, GError **error)
{
  RubisStatement *statement;
  g_autoptr (GString) terms = g_string_new (NULL);
  RubisRow row;
  int n = 0;

  /* One letter begins too much. */
  if (strlen (word) < 2)
    return g_strdup_printf ("\"%s\"", word);
  statement = list_terms (db, word, MAX_BEGINNINGS + 1, error);
  if (statement == NULL)
    return NULL;
  for (; (row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW; n++)
    g_string_append_printf (terms, "%s\"%s\"", n > 0 ? " OR " : "", rubis_statement_text (statement, 0));
  if (row == RUBIS_STEP_ERROR)
    return NULL;
  return n > MAX_BEGINNINGS ? g_strdup_printf ("\"%s\"*", word) : g_strdup (terms->str);
}

/* The terms that may be meant by a word with slips, among those with the same first letter. (transfer full)
 */
static char *
find_alike (RubisDatabase *db, const RubisFuzzy *typed, guint index, GError **error)
{
  g_autofree char *first = g_utf8_substring (rubis_fuzzy_get_word (typed, index), 0, 1);
  RubisStatement *statement = list_terms (db, first, G_MAXINT, error);
  g_autoptr (GArray) alike = g_array_new (FALSE, TRUE, sizeof (Alike));
  g_autoptr (GString) terms = g_string_new (NULL);
  RubisRow row;

  if (statement == NULL)
    return NULL;
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    {
      const char *term = rubis_statement_text (statement, 0);
      gsize length = strlen (term);
      Alike found = { 0 };

      if (length >= MAX_WORD)
        continue;
      found.rating
          = rubis_fuzzy_rate_word (typed, index, term, length, rubis_fuzzy_letters (term, length), NULL);
      memcpy (found.word, term, length);
      if (found.rating > 0)
        g_array_append_val (alike, found);
    }
  if (row == RUBIS_STEP_ERROR)
    return NULL;
  g_array_sort (alike, compare_alike);
  for (guint i = 0; i < MIN (alike->len, MAX_ALIKE); i++)
    g_string_append_printf (terms, "%s\"%s\"", i > 0 ? " OR " : "", g_array_index (alike, Alike, i).word);
  return g_strdup (terms->str);
}

/* What the typed word @index is, or may be meant to be, as an expression of the index; "" when it is nothing
 * in the journal. (transfer full)
 */
static char *
make_expression (RubisDatabase *db, const RubisFuzzy *typed, guint index, GError **error)
{
  g_autofree char *beginnings = find_beginnings (db, rubis_fuzzy_get_word (typed, index), error);

  if (beginnings == NULL || beginnings[0] != '\0')
    return g_steal_pointer (&beginnings);
  return find_alike (db, typed, index, error);
}

/* All typed words that must be found. "" when one is nowhere. (transfer full) */
static char *
make_query (RubisDatabase *db, const RubisFuzzy *typed, GError **error)
{
  g_autoptr (GString) query = g_string_new (NULL);

  for (guint i = 0; i < rubis_fuzzy_n_words (typed); i++)
    {
      g_autofree char *expression = NULL;

      if (!rubis_fuzzy_is_required (typed, i))
        continue;
      expression = make_expression (db, typed, i, error);
      if (expression == NULL || expression[0] == '\0')
        return g_steal_pointer (&expression);
      g_string_append_printf (query, "%s(%s)", query->len > 0 ? " AND " : "", expression);
    }
  return g_strdup (query->str);
}

gboolean
rubis_store_each_event_by_words (RubisDatabase *db, const RubisFuzzy *typed, int limit,
                                 RubisSearchRowFunc func, gpointer user_data, GError **error)
{
  g_autofree char *query = make_query (db, typed, error);
  RubisStatement *statement;
  RubisRow row;

  if (query == NULL)
    return FALSE;
  if (query[0] == '\0')
    return TRUE;
  statement = rubis_database_get (
      db,
      "SELECT e.id, coalesce (e.account_id, 0), e.summary, e.kind, CASE WHEN json_valid (e.data) THEN "
      "coalesce (json_extract (e.data, '$.detail'), json_extract (e.data, '$.note'), '') ELSE '' END, "
      "coalesce (a.name, ''), coalesce (a.code, ''), e.date FROM (SELECT rowid AS id FROM event_search WHERE "
      "event_search MATCH $1 "
      "ORDER BY rowid DESC LIMIT $2) f JOIN event e ON e.id = f.id LEFT JOIN account a ON a.id = "
      "e.account_id "
      "ORDER BY e.id DESC",
      error);
  if (statement == NULL)
    return FALSE;
  rubis_statement_bind (statement, "tn", query, limit);
  while ((row = rubis_statement_step (statement, error)) == RUBIS_STEP_ROW)
    {
      const RubisSearchRow found = { .id = rubis_statement_int (statement, 0),
                                     .account_id = rubis_statement_int (statement, 1),
                                     .name = rubis_statement_text (statement, 2),
                                     .code = rubis_statement_text (statement, 3),
                                     .place = rubis_statement_text (statement, 4),
                                     .account = rubis_statement_text (statement, 5),
                                     .account_code = rubis_statement_text (statement, 6),
                                     .date = rubis_statement_date (statement, 7) };

      func (&found, user_data);
    }
  return row == RUBIS_STEP_DONE;
}
