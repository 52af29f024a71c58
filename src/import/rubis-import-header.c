#include "rubis-import-header.h"

#include <stdlib.h>
#include <string.h>

#include "rubis-import-synonyms.h"

/* Stands for a letter that was lost, and equals any. */
#define LOST '?'

/* Words that say nothing between others. */
static const char *const fillers[] = {
  "de", "du", "d", "la", "le", "les", "l", "des", "of", "the", "del", "el", "eur", "en",
};

/* Whether @folded, which may have lost letters, can be @known; a mark at the end may be a real one ("Paid?"). */
static gboolean
equals_name (const char *folded, const char *known)
{
  while (*folded != '\0' && (*folded == *known || (*folded == LOST && g_ascii_isalpha (*known))))
    {
      folded++;
      known++;
    }
  return *known == '\0' && (*folded == '\0' || strcmp (folded, (char[]){ LOST, '\0' }) == 0);
}

static gboolean
is_filler (const char *word)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fillers); i++)
    {
      if (strcmp (word, fillers[i]) == 0)
        return TRUE;
    }
  return FALSE;
}

/* "n°", "num.", "numéro", "Nr." and "number" are one word. */
static const char *
canonical_word (const char *word)
{
  static const char *const number[] = { "n", "no", "nr", "num", "numero", "number", "nbr", "nummer" };

  for (gsize i = 0; i < G_N_ELEMENTS (number); i++)
    {
      if (equals_name (word, number[i]))
        return "no";
    }
  return word;
}

static void
append_word (GString *out, GString *word, gboolean keep_fillers)
{
  if (word->len == 0)
    return;
  if (keep_fillers || !is_filler (word->str))
    {
      if (out->len > 0)
        g_string_append_c (out, ' ');
      g_string_append (out, canonical_word (word->str));
    }
  g_string_truncate (word, 0);
}

/* "du" at the end of a name is "dû" without its accent: "MONTANT DU" is what remains to pay. */
static void
append_last_word (GString *out, GString *word, gboolean keep_fillers)
{
  if (strcmp (word->str, "du") == 0)
    g_string_assign (word, "due");
  append_word (out, word, keep_fillers);
}

/* An accented letter that some program turned into "?" or U+FFFD: "Pi?ce". */
static gboolean
is_lost_letter (const char *p, gunichar c, const GString *word)
{
  const char *next = g_utf8_next_char (p);

  if (c != '?' && c != 0xFFFD)
    return FALSE;
  return g_unichar_isalnum (g_utf8_get_char (next)) || (word->len > 0 && (*next == '\0' || *next == ' '));
}

static char *
fold (const char *text, gboolean keep_fillers)
{
  g_autofree char *plain = g_utf8_normalize (text, -1, G_NORMALIZE_NFD);
  g_autoptr(GString) out = g_string_new (NULL);
  g_autoptr(GString) word = g_string_new (NULL);
  gunichar previous = 0;

  for (const char *p = plain != NULL ? plain : ""; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_ismark (c))
        {
          if (c == 0x302 && strcmp (word->str, "du") == 0)
            g_string_append_c (word, 'e');
          continue;
        }
      if (c == 0xB0 || c == 0xBA)
        {
          append_word (out, word, keep_fillers);
          continue;
        }
      if (c == '#')
        {
          append_word (out, word, keep_fillers);
          g_string_append (word, "no");
          append_word (out, word, keep_fillers);
        }
      else if (is_lost_letter (p, c, word))
        g_string_append_c (word, LOST);
      else if (!g_unichar_isalnum (c))
        append_word (out, word, keep_fillers);
      else
        {
          if ((g_unichar_isupper (c) && g_unichar_islower (previous))
              || (g_unichar_isdigit (c) && g_unichar_isalpha (previous)))
            append_word (out, word, keep_fillers);
          if (c == 0xDF)
            g_string_append (word, "ss");
          else
            g_string_append_unichar (word, g_unichar_tolower (c));
        }
      previous = c;
    }
  append_last_word (out, word, keep_fillers);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

char *
rubis_import_fold (const char *text)
{
  char *folded = fold (text, FALSE);

  /* A name of fillers only, as the Spanish article "El": it is better than nothing. */
  if (folded[0] == '\0')
    {
      g_free (folded);
      folded = fold (text, TRUE);
    }
  return folded;
}

/* The synonym table, folded once. */
typedef struct
{
  char *name;
  guint n_words;
  RubisImportField field;
  int score;
} Known;

typedef struct
{
  GArray *known; /* (element-type Known) */
  GHashTable *useless_names;
  GHashTable *useless_words;
} Lexicon;

static GHashTable *
fold_set (const char *names)
{
  GHashTable *set = g_hash_table_new (g_str_hash, g_str_equal);
  g_auto(GStrv) parts = g_strsplit (names, "|", -1);

  for (char **part = parts; *part != NULL; part++)
    g_hash_table_add (set, rubis_import_fold (*part));
  return set;
}

static guint
count_words (const char *folded)
{
  guint n = folded[0] != '\0';

  for (const char *p = folded; *p != '\0'; p++)
    n += *p == ' ';
  return n;
}

static const Lexicon *
get_lexicon (void)
{
  static gsize ready = 0;
  static Lexicon lexicon;

  if (g_once_init_enter (&ready))
    {
      lexicon.known = g_array_new (FALSE, FALSE, sizeof (Known));
      for (guint i = 0; i < rubis_import_n_synonyms; i++)
        {
          g_auto(GStrv) parts = g_strsplit (rubis_import_synonyms[i].names, "|", -1);

          for (char **part = parts; *part != NULL; part++)
            {
              Known known = { rubis_import_fold (*part), 0, rubis_import_synonyms[i].field,
                              rubis_import_synonyms[i].score };

              known.n_words = count_words (known.name);
              g_array_append_val (lexicon.known, known);
            }
        }
      lexicon.useless_names = fold_set (rubis_import_useless_names);
      lexicon.useless_words = fold_set (rubis_import_useless_words);
      g_once_init_leave (&ready, 1);
    }
  return &lexicon;
}

static void
add_meaning (RubisImportMeaning *meanings, guint *n, RubisImportField field, int score)
{
  for (guint i = 0; i < *n; i++)
    {
      if (meanings[i].field == field)
        {
          meanings[i].score = MAX (meanings[i].score, score);
          return;
        }
    }
  if (*n < RUBIS_IMPORT_MAX_MEANINGS)
    meanings[(*n)++] = (RubisImportMeaning){ field, score };
}

/* TRUE when the words of @part stand one after the other in @whole. */
static gboolean
contains_words (const char *whole, const char *part)
{
  gsize n = strlen (part);

  for (const char *p = strstr (whole, part); p != NULL; p = strstr (p + 1, part))
    {
      if ((p == whole || p[-1] == ' ') && (p[n] == '\0' || p[n] == ' '))
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_useless_word (const Lexicon *lexicon, const char *folded)
{
  g_auto(GStrv) words = g_strsplit (folded, " ", -1);

  for (char **word = words; *word != NULL; word++)
    {
      if (g_hash_table_contains (lexicon->useless_words, *word))
        return TRUE;
    }
  return FALSE;
}

guint
rubis_import_header_meanings (const char *folded, RubisImportMeaning meanings[RUBIS_IMPORT_MAX_MEANINGS])
{
  const Lexicon *lexicon = get_lexicon ();
  guint n = 0;

  for (guint i = 0; i < lexicon->known->len; i++)
    {
      const Known *known = &g_array_index (lexicon->known, Known, i);

      if (equals_name (folded, known->name))
        add_meaning (meanings, &n, known->field, known->score);
    }
  if (n > 0 || g_hash_table_contains (lexicon->useless_names, folded) || has_useless_word (lexicon, folded))
    return n;
  for (guint i = 0; i < lexicon->known->len; i++)
    {
      const Known *known = &g_array_index (lexicon->known, Known, i);

      /* One common word inside a longer name proves little. */
      if (known->n_words >= 2 && contains_words (folded, known->name))
        add_meaning (meanings, &n, known->field, known->score / 2 + 2 * (int) MIN (known->n_words, 4));
    }
  return n;
}

gboolean
rubis_import_header_is_known (const char *folded)
{
  const Lexicon *lexicon = get_lexicon ();

  if (g_hash_table_contains (lexicon->useless_names, folded))
    return TRUE;
  for (guint i = 0; i < lexicon->known->len; i++)
    {
      if (equals_name (folded, g_array_index (lexicon->known, Known, i).name))
        return TRUE;
    }
  return FALSE;
}

/* What may follow the days of a bucket. */
static gboolean
is_unit (const char *rest)
{
  static const char *const units[] = { "", " j", " jours", " days", " d", " tage", " dias" };

  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    {
      if (strcmp (rest, units[i]) == 0)
        return TRUE;
    }
  return FALSE;
}

/* "90", "90 jours": up to three digits. */
static gboolean
read_days (const char *folded, int *days)
{
  char *rest;
  long value = g_ascii_isdigit (folded[0]) ? strtol (folded, &rest, 10) : -1;

  if (value < 0 || rest - folded > 3 || !is_unit (rest))
    return FALSE;
  *days = (int) value;
  return TRUE;
}

/* "31-60", "31 à 60 jours", "91 and over". */
static gboolean
read_range (const char *folded, int *from, int *to)
{
  static const char *const between[] = { " ", " a ", " to ", " bis " };
  static const char *const open_ends[] = { " and over", " above", " et plus", " plus", " y mas" };
  char *rest;
  long low = g_ascii_isdigit (folded[0]) ? strtol (folded, &rest, 10) : -1;

  if (low < 0 || rest - folded > 3)
    return FALSE;
  *from = (int) low;
  for (gsize i = 0; i < G_N_ELEMENTS (between); i++)
    {
      if (g_str_has_prefix (rest, between[i]) && read_days (rest + strlen (between[i]), to))
        return *to > *from;
    }
  *to = G_MAXINT;
  if (g_str_has_prefix (rest, " jours") || g_str_has_prefix (rest, " days "))
    rest += strcspn (rest + 1, " ") + 1;
  for (gsize i = 0; i < G_N_ELEMENTS (open_ends); i++)
    {
      if (strcmp (rest, open_ends[i]) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
read_named (const char *folded, int *from, int *to)
{
  static const struct
  {
    const char *name;
    int from, to;
  } named[] = {
    { "non echu", -30, -1 },     { "a echoir", -30, -1 },    { "current", -30, -1 }, { "not due", -30, -1 },
    { "nicht fallig", -30, -1 }, { "no vencido", -30, -1 },  { "1 month", 30, 59 },  { "2 months", 60, 89 },
    { "3 months", 90, 119 },     { "older", 120, G_MAXINT },
  };
  static const char *const open_ended[] = { "plus ", "over ", "uber ", "mas ", "more than " };

  for (gsize i = 0; i < G_N_ELEMENTS (named); i++)
    {
      if (strcmp (folded, named[i].name) == 0)
        {
          *from = named[i].from;
          *to = named[i].to;
          return TRUE;
        }
    }
  *to = G_MAXINT;
  for (gsize i = 0; i < G_N_ELEMENTS (open_ended); i++)
    {
      if (g_str_has_prefix (folded, open_ended[i]) && read_days (folded + strlen (open_ended[i]), from))
        return TRUE;
    }
  return FALSE;
}

gboolean
rubis_import_bucket_days (const char *name, int *from, int *to)
{
  const char *first = name + strspn (name, " ");
  g_autofree char *folded = NULL;

  if (strlen (name) > 60)
    return FALSE;
  folded = rubis_import_fold (name);
  /* The signs are lost in folding. */
  if ((*first == '+' || *first == '>' || g_str_has_suffix (name, "+")) && read_days (folded, from))
    {
      *to = G_MAXINT;
      return TRUE;
    }
  if (*first == '<' && (read_days (folded, to) || read_named (folded, to, from)))
    {
      *from = 1;
      return TRUE;
    }
  return read_named (folded, from, to) || read_range (folded, from, to);
}
