#include "rubis-answer-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-answer-date.h"
#include "rubis-text.h"

/* Answers are short: what is longer is a document, and reading it costs time. */
#define MAX_UNKNOWN 5 /* numbers that are told to people */
#define MAX_TEXT 20000
#define MAX_SENTENCES 200
#define MAX_SENTENCE 800
#define MAX_KEPT 300
/* A clause without a verb speaks of a payment when it is that short. */
#define MAX_SHORT 75
/* A promise further away is a misreading. */
#define MAX_DAYS 200

static const struct
{
  const char *id;
  const char *label;
} kinds[RUBIS_N_ANSWERS] = {
  [RUBIS_ANSWER_PAID] = { "paid", N_ ("Says it is paid") },
  [RUBIS_ANSWER_PROMISE] = { "promise", N_ ("Promises to pay") },
  [RUBIS_ANSWER_DISPUTE] = { "dispute", N_ ("Contests") },
  [RUBIS_ANSWER_COPY] = { "copy", N_ ("Asks for a copy") },
  [RUBIS_ANSWER_WRONG_PERSON] = { "wrong_person", N_ ("Is not the right person") },
  [RUBIS_ANSWER_NEW_ADDRESS] = { "new_address", N_ ("Gives another address") },
  [RUBIS_ANSWER_FOUNDED] = { "founded", N_ ("Says that the dispute is founded") },
  [RUBIS_ANSWER_UNFOUNDED] = { "unfounded", N_ ("Says that the dispute is unfounded") },
  [RUBIS_ANSWER_MORE_TIME] = { "more_time", N_ ("Asks for more time") },
  [RUBIS_ANSWER_REMARK] = { "remark", N_ ("Writes about the dispute") },
};

const char *
rubis_answer_kind_to_id (RubisAnswerKind kind)
{
  return kinds[kind].id;
}

gboolean
rubis_answer_kind_from_id (const char *id, RubisAnswerKind *kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (g_str_equal (kinds[i].id, id))
        {
          *kind = (RubisAnswerKind)i;
          return TRUE;
        }
    }
  return FALSE;
}

const char *
rubis_answer_kind_to_label (RubisAnswerKind kind)
{
  return _ (kinds[kind].label);
}

void
rubis_answer_free (RubisAnswer *self)
{
  if (self == NULL)
    return;
  g_free (self->sentence);
  g_free (self->value);
  g_free (self);
}

/* --- Sentences --------------------------------------------------------------------------------- */

/* Whether the word before @end is one after which a full stop ends nothing: "M.", "n.", "ref.", "etc.". */
static gboolean
is_abbreviation (const char *start, const char *end)
{
  static const char *const known[]
      = { "m",   "mr",  "mrs", "mme", "mlle", "ms", "dr", "no",     "nr", "n",    "ref",  "fact", "inv", "st",
          "env", "sté", "ste", "tel", "tél",  "cf", "vs", "approx", "bd", "av",   "art",  "p",    "s",   "a",
          "e",   "g",   "i",   "réf", "bzw",  "z",  "b",  "u",      "ca", "incl", "excl", "jr",   "dept" };
  const char *word = end;
  g_autofree char *lower = NULL;

  while (word > start && !g_ascii_isspace (word[-1]) && word[-1] != '(' && word[-1] != '.')
    word--;
  if (end == word)
    return FALSE;
  lower = g_utf8_strdown (word, end - word);
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    {
      if (g_str_equal (lower, known[i]))
        return TRUE;
    }
  return FALSE;
}

/* "am 12. überwiesen", "am 12.11. überwiesen": a day, and the sentence goes on. */
static gboolean
is_ordinal (const char *start, const char *end)
{
  const char *next = end + 1;
  gunichar c;

  if (end == start || !g_ascii_isdigit (end[-1]))
    return FALSE;
  while (g_ascii_isspace (*next))
    next++;
  c = g_utf8_get_char_validated (next, -1);
  return c < 0x110000 && g_unichar_islower (c);
}

static void
add_sentence (GPtrArray *sentences, const char *start, const char *end)
{
  g_autofree char *raw = g_strndup (start, (gsize)(end - start));
  g_autofree char *clean = rubis_text_normalise_spaces (raw);

  if (*clean != '\0' && strlen (clean) <= MAX_SENTENCE && sentences->len < MAX_SENTENCES)
    g_ptr_array_add (sentences, g_steal_pointer (&clean));
}

/* Sentences of a paragraph, whose lines were joined. */
static void
split_paragraph (GPtrArray *sentences, const char *text)
{
  const char *start = text;

  for (const char *p = text; *p != '\0'; p++)
    {
      gboolean stop = strchr (".!?;", *p) != NULL;

      if (!stop || (p[1] != '\0' && !g_ascii_isspace (p[1]) && p[1] != ')' && p[1] != '"'))
        continue;
      if (*p == '.' && (is_abbreviation (start, p) || is_ordinal (start, p)))
        continue;
      add_sentence (sentences, start, p + 1);
      start = p + 1;
    }
  add_sentence (sentences, start, start + strlen (start));
}

static gboolean
starts_item (const char *line)
{
  return strchr ("-*>", *line) != NULL || g_str_has_prefix (line, "•") || g_str_has_prefix (line, "–");
}

/* Whether @next goes on where @line broke off: mail programs wrap lines. */
static gboolean
goes_on (const char *line, const char *next)
{
  gsize length = strlen (line);
  gunichar first = g_utf8_get_char (next);

  if (length == 0 || *next == '\0' || starts_item (next) || strchr (".!?;:", line[length - 1]) != NULL)
    return FALSE;
  return g_unichar_islower (first) || g_unichar_isdigit (first) || length >= 55;
}

/* (transfer full) (element-type utf8) */
static GPtrArray *
split_sentences (const char *text)
{
  GPtrArray *sentences = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *valid = g_utf8_make_valid (text, (gssize)strnlen (text, MAX_TEXT));
  g_auto (GStrv) lines = NULL;
  g_autoptr (GString) paragraph = g_string_new (NULL);

  g_strdelimit (valid, "\r", '\n');
  lines = g_strsplit (valid, "\n", -1);
  for (int i = 0; lines[i] != NULL; i++)
    {
      char *line = g_strstrip (lines[i]);

      if (paragraph->len > 0 && !goes_on (paragraph->str, line))
        {
          split_paragraph (sentences, paragraph->str);
          g_string_truncate (paragraph, 0);
        }
      if (paragraph->len > 0)
        g_string_append_c (paragraph, ' ');
      g_string_append (paragraph, line);
    }
  split_paragraph (sentences, paragraph->str);
  return sentences;
}

/* The rest of the sum, said to be paid later, with who pays it; not what was paid as well ("the balance
 * yesterday").
 */
#define BALANCE                                                                                              \
  "(?:(?:nous|on|je|we|i)(?:'ll)? (?:\\w+ ){1,3})?"                                                          \
  "(?:le (?:solde|reste|restant|reliquat|complement)|the (?:balance|rest|remainder|remaining)|der rest|"     \
  "die restsumme|el (?:resto|saldo)|il (?:resto|saldo)|het restant)\\b(?![^.;]*\\b(?:hier|yesterday|a ete|"  \
  "ont ete|est parti|was|has been|gestern|ayer|ieri|gisteren)\\b)"

/* Parts of a folded sentence that say different things: "F1 is paid, but F2 will be on Friday". (transfer
 * full) */
static GStrv
split_clauses (const char *folded)
{
#define CLAUSES                                                                                              \
  ",? (?:mais|par contre|en revanche|tandis que|alors que|cependant|toutefois|neanmoins|"                    \
  "quant a|en ce qui concerne|but|however|whereas|while|although|aber|jedoch|pero|"                          \
  "maar|tuttavia) |; | - "
  static GRegex *plain = NULL;
  static GRegex *with_balance = NULL;

  if (g_once_init_enter (&plain))
    g_once_init_leave (&plain, g_regex_new (CLAUSES, G_REGEX_OPTIMIZE, 0, NULL));
  /* What is left to pay has a day of its own: "… today, the balance will follow on the 15th". */
  if (g_once_init_enter (&with_balance))
    g_once_init_leave (&with_balance, g_regex_new (CLAUSES "|(?:,| et| and| und| y| e| en),? (?=" BALANCE ")",
                                                   G_REGEX_OPTIMIZE, 0, NULL));
  /* "If you send the credit note, we shall pay the balance": the condition holds for what follows. */
  return g_regex_split (rubis_answer_rule_find (RUBIS_RULE_CONDITION, folded) != NULL ? plain : with_balance,
                        folded, 0);
}

/* --- Reading ----------------------------------------------------------------------------------- */

/* One sentence with what its reading needs. */
typedef struct
{
  const char *sentence; /* as written */
  const char *clause;   /* folded */
  gboolean question;
  RubisCurrency currency;
  RubisDate written;
  GPtrArray *answers;
} Reader;

static gboolean
fits (const Reader *reader, RubisRuleKind kind)
{
  return rubis_answer_rule_find (kind, reader->clause) != NULL;
}

static RubisAnswer *
find_answer (GPtrArray *answers, RubisAnswerKind kind)
{
  for (guint i = 0; i < answers->len; i++)
    {
      RubisAnswer *answer = g_ptr_array_index (answers, i);

      if (answer->kind == kind)
        return answer;
    }
  return NULL;
}

/* Adds what was read; what is known already is only made more exact. */
static void
add_answer (Reader *reader, RubisAnswerKind kind, RubisDate date, gint64 amount, const char *value)
{
  RubisAnswer *known = find_answer (reader->answers, kind);
  RubisAnswer *answer;

  if (known != NULL && kind == RUBIS_ANSWER_DISPUTE && g_str_equal (known->value, "other"))
    {
      g_free (known->value);
      known->value = g_strdup (value);
      return;
    }
  if (known != NULL && known->date == RUBIS_DATE_NONE && date != RUBIS_DATE_NONE)
    {
      known->date = date;
      known->amount = known->amount != 0 ? known->amount : amount;
      return;
    }
  /* A second date is a second promise; all else is said once. */
  if (known != NULL && (kind != RUBIS_ANSWER_PROMISE || known->date == date || date == RUBIS_DATE_NONE))
    return;
  answer = g_new0 (RubisAnswer, 1);
  answer->kind = kind;
  answer->sentence = rubis_text_truncate (reader->sentence, MAX_KEPT);
  answer->date = date;
  answer->amount = amount;
  answer->value = g_strdup (value);
  g_ptr_array_add (reader->answers, answer);
}

static gboolean
has_condition (const Reader *reader)
{
  static GRegex *polite = NULL;
  g_autofree char *plain = NULL;

  /* "S'il vous plaît" is no condition. */
  if (g_once_init_enter (&polite))
    g_once_init_leave (
        &polite, g_regex_new ("s'il (?:vous|te) plait|if you (?:please|need|have any|require)[^,.]*|si "
                              "vous (?:avez|souhaitez|desirez)[^,.]*|si besoin|sauf erreur[^,]*|once "
                              "(?:again|more)|n'hesitez pas[^.]*|do not hesitate[^.]*|don't hesitate[^.]*",
                              G_REGEX_OPTIMIZE, 0, NULL));
  plain = g_regex_replace_literal (polite, reader->clause, -1, 0, "", 0, NULL);
  return rubis_answer_rule_find (RUBIS_RULE_CONDITION, plain) != NULL;
}

static void
read_promise (Reader *reader)
{
  RubisDate date;

  if (reader->question || has_condition (reader) || fits (reader, RUBIS_RULE_NO_PROMISE))
    return;
  if (!fits (reader, RUBIS_RULE_PROMISE)
      && !(strlen (reader->clause) <= MAX_SHORT && fits (reader, RUBIS_RULE_PROMISE_SHORT)
           && !fits (reader, RUBIS_RULE_PAID)))
    return;
  date = rubis_answer_date_find (reader->clause, reader->written, RUBIS_SENSE_FUTURE, NULL, NULL);
  /* Without a day it is no promise; "was planned for the 3rd" is none either. */
  if (date == RUBIS_DATE_NONE || date < reader->written || date > reader->written + MAX_DAYS)
    return;
  add_answer (reader, RUBIS_ANSWER_PROMISE, date, rubis_answer_amount_find (reader->clause, reader->currency),
              "");
}

/* TRUE when the clause says that it is paid. */
static gboolean
read_paid (Reader *reader)
{
  RubisDate date = rubis_answer_date_find (reader->clause, reader->written, RUBIS_SENSE_PAST, NULL, NULL);

  if (reader->question)
    {
      if (!fits (reader, RUBIS_RULE_PAID_QUESTION) || date == RUBIS_DATE_NONE || date > reader->written)
        return FALSE;
    }
  else if (!fits (reader, RUBIS_RULE_PAID) || fits (reader, RUBIS_RULE_NOT_PAID) || has_condition (reader))
    return FALSE;
  /* A transfer dated tomorrow is announced, not made. */
  if (date != RUBIS_DATE_NONE && date > reader->written)
    {
      if (date <= reader->written + MAX_DAYS)
        add_answer (reader, RUBIS_ANSWER_PROMISE, date,
                    rubis_answer_amount_find (reader->clause, reader->currency), "");
      return TRUE;
    }
  add_answer (reader, RUBIS_ANSWER_PAID, date, rubis_answer_amount_find (reader->clause, reader->currency),
              "");
  return TRUE;
}

static gboolean
read_dispute (Reader *reader)
{
  const RubisAnswerRule *rule = rubis_answer_rule_find (RUBIS_RULE_DISPUTE, reader->clause);

  if (rule == NULL || fits (reader, RUBIS_RULE_NO_DISPUTE))
    return FALSE;
  add_answer (reader, RUBIS_ANSWER_DISPUTE, RUBIS_DATE_NONE,
              rubis_answer_amount_find (reader->clause, reader->currency), rule->value);
  return TRUE;
}

/* The address that the sentence names; NULL: none. (transfer full) (nullable) */
static char *
find_email (const char *sentence)
{
  static GRegex *regex = NULL;
  g_autoptr (GMatchInfo) match = NULL;

  if (g_once_init_enter (&regex))
    g_once_init_leave (&regex,
                       g_regex_new ("[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)*"
                                    "\\.[A-Za-z]{2,24}",
                                    G_REGEX_OPTIMIZE, 0, NULL));
  return g_regex_match (regex, sentence, 0, &match) ? g_match_info_fetch (match, 0) : NULL;
}

static void
read_address (Reader *reader, gboolean copy)
{
  g_autofree char *email = find_email (reader->sentence);
  g_autofree char *lower = email != NULL ? g_ascii_strdown (email, -1) : NULL;

  /* "Send me a copy to …" says where this copy goes, no more. */
  if (lower != NULL && !copy && strstr (reader->clause, lower) != NULL
      && fits (reader, RUBIS_RULE_NEW_ADDRESS))
    add_answer (reader, RUBIS_ANSWER_NEW_ADDRESS, RUBIS_DATE_NONE, 0, lower);
}

static void
read_clause (Reader *reader)
{
  gboolean dispute = read_dispute (reader);
  gboolean copy = !dispute && fits (reader, RUBIS_RULE_COPY) && !fits (reader, RUBIS_RULE_NO_COPY);

  if (copy)
    add_answer (reader, RUBIS_ANSWER_COPY, RUBIS_DATE_NONE, 0, "");
  if (!dispute && !copy && fits (reader, RUBIS_RULE_WRONG_PERSON))
    add_answer (reader, RUBIS_ANSWER_WRONG_PERSON, RUBIS_DATE_NONE, 0, "");
  read_address (reader, copy);
  if (!read_paid (reader))
    read_promise (reader);
}

GPtrArray *
rubis_answer_read (const char *text, RubisCurrency currency, RubisDate written)
{
  GPtrArray *answers = g_ptr_array_new_with_free_func ((GDestroyNotify)rubis_answer_free);
  g_autoptr (GPtrArray) sentences = split_sentences (text);

  for (guint i = 0; i < sentences->len; i++)
    {
      const char *sentence = g_ptr_array_index (sentences, i);
      g_autofree char *folded = rubis_text_fold (sentence);
      g_auto (GStrv) clauses = split_clauses (folded);

      for (int k = 0; clauses[k] != NULL; k++)
        {
          Reader reader = { .sentence = sentence,
                            .clause = clauses[k],
                            .question = g_str_has_suffix (folded, "?"),
                            .currency = currency,
                            .written = written,
                            .answers = answers };

          read_clause (&reader);
        }
    }
  return answers;
}

gboolean
rubis_answer_denies_payment (const char *text)
{
  g_autoptr (GPtrArray) sentences = split_sentences (text);

  for (guint i = 0; i < sentences->len; i++)
    {
      g_autofree char *folded = rubis_text_fold (g_ptr_array_index (sentences, i));

      if (rubis_answer_rule_find (RUBIS_RULE_NOT_PAID, folded) != NULL)
        return TRUE;
    }
  return FALSE;
}

/* --- Numbers ----------------------------------------------------------------------------------- */

static gboolean
is_word (char c)
{
  return g_ascii_isalnum (c) || (guchar)c >= 0x80;
}

/* @needle stands in @text with nothing of a word on either side. */
static gboolean
has_word (const char *text, const char *needle)
{
  gsize length = strlen (needle);

  for (const char *p = strstr (text, needle); p != NULL; p = strstr (p + 1, needle))
    {
      if ((p == text || !is_word (p[-1])) && !is_word (p[length]))
        return TRUE;
    }
  return FALSE;
}

GArray *
rubis_answer_find_numbers (const char *text, GPtrArray *numbers)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree char *folded = rubis_text_fold (text);

  for (guint i = 0; i < numbers->len; i++)
    {
      g_autofree char *number = rubis_text_fold (g_ptr_array_index (numbers, i));
      gsize n_digits = 0;

      for (const char *p = number; *p != '\0'; p++)
        n_digits += g_ascii_isdigit (*p) ? 1 : 0;
      /* "12" is a day or a count as well. */
      if (strlen (number) >= 3 && n_digits >= 2 && has_word (folded, number))
        g_array_append_val (found, i);
    }
  return found;
}

static gsize
count_digits (const char *p)
{
  gsize n = 0;

  while (g_ascii_isdigit (p[n]))
    n++;
  return n;
}

/* The same signs with digits in the same places; one more or less is a number as well. */
static gboolean
has_shape_of (const char *word, const char *number)
{
  while (*word != '\0' && *number != '\0')
    {
      gsize n = count_digits (word);
      gsize expected = count_digits (number);

      if (n != expected && (n == 0 || expected == 0 || MAX (n, expected) - MIN (n, expected) > 1))
        return FALSE;
      if (n == 0 && *word != *number)
        return FALSE;
      word += MAX (n, 1);
      number += MAX (expected, 1);
    }
  return *word == *number;
}

static gboolean
announces_number (const char *word)
{
  static const char *const words[]
      = { "facture", "factures", "invoice",    "invoices", "n",       "no",      "numero", "number",
          "nr",      "rechnung", "rechnungen", "factura",  "fattura", "factuur", NULL };

  return word != NULL && g_strv_contains (words, word);
}

static gboolean
looks_unknown (const char *word, const char *before, GPtrArray *folded)
{
  gboolean like = FALSE;
  gboolean has_letter = FALSE;
  gsize n_digits = 0;

  for (const char *p = word; *p != '\0'; p++)
    {
      has_letter = has_letter || g_ascii_isalpha (*p);
      n_digits += g_ascii_isdigit (*p) ? 1 : 0;
    }
  if (n_digits < 2 || strlen (word) < 3 || (!has_letter && !announces_number (before)))
    return FALSE;
  for (guint i = 0; i < folded->len; i++)
    {
      const char *number = g_ptr_array_index (folded, i);

      if (g_str_equal (word, number))
        return FALSE;
      like = like || has_shape_of (word, number);
    }
  return like;
}

GPtrArray *
rubis_answer_find_unknown (const char *text, GPtrArray *numbers)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) folded = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) plain = g_string_new (text);
  g_autofree char *before = NULL;
  g_auto (GStrv) words = NULL;

  g_string_replace (plain, "°", " ", 0);
  g_string_replace (plain, "\u00a0", " ", 0);
  words = g_strsplit_set (plain->str, " \t\r\n,;:()[]<>\"'#!?", -1);
  for (guint i = 0; i < numbers->len; i++)
    g_ptr_array_add (folded, rubis_text_fold (g_ptr_array_index (numbers, i)));
  for (int i = 0; words[i] != NULL && found->len < MAX_UNKNOWN; i++)
    {
      g_autofree char *word = NULL;

      while (g_str_has_suffix (words[i], "."))
        words[i][strlen (words[i]) - 1] = '\0';
      word = rubis_text_fold (words[i]);
      if (*word == '\0')
        continue;
      if (looks_unknown (word, before, folded)
          && !g_ptr_array_find_with_equal_func (found, words[i], g_str_equal, NULL))
        g_ptr_array_add (found, g_strdup (words[i]));
      g_free (before);
      before = g_steal_pointer (&word);
    }
  return found;
}
