/* rubis-tone.c: whether the words of a template fit its step.
 *
 * What no letter may say is a warning everywhere; what belongs only into a formal notice is one in a
 * courteous reminder and passes in a firm one with an advice.
 */
#include "rubis-tone-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

/* Letters of a run of capitals from which it shouts: longer than a number or the name of a town. */
#define SHOUTED_LETTERS 18
#define SHOUTED_WORDS 3

void
rubis_folded_init (RubisFolded *self)
{
  self->text = g_string_new (NULL);
  self->places = g_array_new (FALSE, FALSE, sizeof (gsize));
}

void
rubis_folded_clear (RubisFolded *self)
{
  g_string_free (self->text, TRUE);
  g_array_unref (self->places);
}

static gunichar
fold_character (gunichar c)
{
  gunichar parts[8];

  if (c == 0x2019)
    return '\'';
  if (g_unichar_isspace (c))
    return ' ';
  /* Emphasis in the middle of words is not looked through; around them it is a blank. */
  if (c == '*' || c == '_')
    return ' ';
  if (g_unichar_fully_decompose (c, FALSE, parts, G_N_ELEMENTS (parts)) > 0)
    c = parts[0];
  return g_unichar_tolower (c);
}

void
rubis_folded_append (RubisFolded *self, const char *source, gsize offset, gsize length)
{
  for (const char *p = source; p < source + length; p = g_utf8_next_char (p))
    {
      gunichar c = fold_character (g_utf8_get_char (p));
      gsize place = offset + (gsize) (p - source);
      gsize before = self->text->len;

      if (c == ' ' && before > 0 && self->text->str[before - 1] == ' ')
        continue;
      if (g_unichar_ismark (c))
        continue;
      g_string_append_unichar (self->text, c);
      for (gsize i = before; i < self->text->len; i++)
        g_array_append_val (self->places, place);
    }
}

static gboolean
is_word_start (const char *text, const char *p)
{
  return p == text || !g_unichar_isalnum (g_utf8_get_char (g_utf8_prev_char (p)));
}

gssize
rubis_folded_find (const RubisFolded *self, const char *words, gsize from, gsize *end)
{
  RubisFolded wanted;
  gboolean open = g_str_has_suffix (words, "*");
  gssize found = -1;

  if (from >= self->text->len)
    return -1;
  rubis_folded_init (&wanted);
  rubis_folded_append (&wanted, words, 0, strlen (words) - open);
  for (const char *p = strstr (self->text->str + from, wanted.text->str); p != NULL && found < 0;
       p = strstr (p + 1, wanted.text->str))
    {
      const char *q = p + wanted.text->len;

      while (open && g_unichar_isalnum (g_utf8_get_char (q)))
        q = g_utf8_next_char (q);
      if (!is_word_start (self->text->str, p) || g_unichar_isalnum (g_utf8_get_char (q)))
        continue;
      found = p - self->text->str;
      *end = (gsize) (q - self->text->str);
    }
  rubis_folded_clear (&wanted);
  return found;
}

gboolean
rubis_tone_speaks (const char *language)
{
  return language != NULL && (rubis_words_find_language (language) != RUBIS_WORDS_ENGLISH ||
                              g_ascii_strncasecmp (language, "en", 2) == 0);
}

/* How serious a fault is in a template of that tone; FALSE where it is none. */
static gboolean
weigh (RubisToneFault fault, RubisTemplateTone tone, RubisProblemSeverity *severity)
{
  switch (fault)
    {
    case RUBIS_TONE_IMPOSTURE:
    case RUBIS_TONE_BLACKMAIL:
    case RUBIS_TONE_INSULT:
      *severity = RUBIS_PROBLEM_WARNING;
      return TRUE;
    case RUBIS_TONE_REPROACH:
      *severity = RUBIS_PROBLEM_ADVICE;
      return TRUE;
    case RUBIS_TONE_MEASURE:
      *severity = tone == RUBIS_TONE_COURTEOUS ? RUBIS_PROBLEM_WARNING : RUBIS_PROBLEM_ADVICE;
      return tone != RUBIS_TONE_FORMAL;
    case RUBIS_TONE_LAST:
      *severity = RUBIS_PROBLEM_WARNING;
      return tone == RUBIS_TONE_COURTEOUS;
    case RUBIS_TONE_IMPATIENCE:
    default:
      *severity = RUBIS_PROBLEM_ADVICE;
      return tone == RUBIS_TONE_COURTEOUS;
    }
}

static const char *
get_code (RubisToneFault fault)
{
  static const char *const codes[RUBIS_N_TONE_FAULTS] = {
    [RUBIS_TONE_IMPOSTURE] = "tone-imposture", [RUBIS_TONE_BLACKMAIL] = "tone-blackmail",
    [RUBIS_TONE_INSULT] = "tone-insult",       [RUBIS_TONE_MEASURE] = "tone-measure",
    [RUBIS_TONE_LAST] = "tone-last",           [RUBIS_TONE_IMPATIENCE] = "tone-impatience",
    [RUBIS_TONE_REPROACH] = "tone-reproach",
  };

  return codes[fault];
}

static char *
make_advice (RubisToneFault fault, const char *typed)
{
  switch (fault)
    {
    case RUBIS_TONE_IMPOSTURE:
      return g_strdup_printf (
        _("“%s”: a creditor must not pose as an officer of justice, nor announce one that he has not "
           "instructed. Say what you will do yourself."),
        typed);
    case RUBIS_TONE_BLACKMAIL:
      return g_strdup_printf (
        _("“%s”: a threat that involves others, the police or the public is punishable. Leave it out."),
        typed);
    case RUBIS_TONE_INSULT:
      return g_strdup_printf (_("“%s” hurts and obtains nothing: state the facts, the amount and the date."),
                              typed);
    case RUBIS_TONE_MEASURE:
      return g_strdup_printf (
        _("“%s” belongs into a formal notice, and only when you mean it. Before, offer help and a date."),
        typed);
    case RUBIS_TONE_LAST:
      return g_strdup_printf (
        _("“%s” does not fit a courteous reminder: other steps follow, and the next one would not be "
           "believed."),
        typed);
    case RUBIS_TONE_IMPATIENCE:
      return g_strdup_printf (_("“%s” sounds harsh in a courteous reminder: name a date instead."), typed);
    case RUBIS_TONE_REPROACH:
    default:
      return g_strdup_printf (
        _("“%s” supposes an intention that you cannot know: write what has not been received."), typed);
    }
}

/* The text as the author typed it, between two places. */
static char *
dup_typed (const RubisReading *reading, gsize from, gsize to)
{
  char *typed = g_strndup (reading->text + from, to - from);

  return g_strdelimit (typed, "\n", ' ');
}

static gsize
place_after (const RubisFolded *folded, const RubisReading *reading, gsize end)
{
  gsize last = g_array_index (folded->places, gsize, end - 1);

  return (gsize) (g_utf8_next_char (reading->text + last) - reading->text);
}

static void
check_words (RubisTemplate *template, const RubisFolded *folded, RubisReading *reading)
{
  RubisWordsLanguage language = rubis_words_find_language (template->language);

  for (gsize i = 0; i < rubis_tone_table_size; i++)
    {
      const RubisToneWord *word = &rubis_tone_table[i];
      RubisProblemSeverity severity;
      gsize end = 0;

      if (word->language != language || !weigh (word->fault, rubis_template_get_tone (template), &severity))
        continue;
      for (gssize at = rubis_folded_find (folded, word->words, 0, &end); at >= 0;
           at = rubis_folded_find (folded, word->words, end, &end))
        {
          gsize from = g_array_index (folded->places, gsize, at);
          gsize to = place_after (folded, reading, end);
          g_autofree char *typed = dup_typed (reading, from, to);

          g_autofree char *advice = make_advice (word->fault, typed);

          rubis_reading_report (reading, severity, get_code (word->fault), from, to - from, "%s", advice);
        }
    }
}

/* A run of words in capitals at @p: its end, or @p when it is too short to shout. */
static const char *
find_shout (const char *p, const char *end)
{
  const char *last = p;
  int letters = 0;
  int words = 0;
  gboolean in_word = FALSE;

  for (const char *q = p; q < end; q = g_utf8_next_char (q))
    {
      gunichar c = g_utf8_get_char (q);

      if (g_unichar_islower (c) || g_unichar_isdigit (c) || c == '\n')
        break;
      if (g_unichar_isupper (c))
        {
          letters++;
          words += !in_word;
          in_word = TRUE;
          last = g_utf8_next_char (q);
        }
      else if (!g_unichar_isalpha (c))
        in_word = FALSE;
    }
  return words >= SHOUTED_WORDS && letters >= SHOUTED_LETTERS ? last : p;
}

static void
check_shouting (RubisReading *reading, gsize offset, gsize length)
{
  const char *end = reading->text + offset + length;
  const char *p = reading->text + offset;

  while (p < end)
    {
      const char *after = g_unichar_isupper (g_utf8_get_char (p)) ? find_shout (p, end) : p;

      if (after > p)
        rubis_reading_report (reading, RUBIS_PROBLEM_ADVICE, "tone-capitals", (gsize) (p - reading->text),
                              (gsize) (after - p),
                              _("Capitals shout: use bold for what has to stand out, once in a letter."));
      if (after > p)
        p = after;
      else if (*p == '!' && p + 1 < end && p[1] == '!')
        {
          gsize n = strspn (p, "!");

          rubis_reading_report (reading, RUBIS_PROBLEM_ADVICE, "tone-exclamation",
                                (gsize) (p - reading->text), n,
                                _("Several exclamation marks look angry: a full stop says the same."));
          p += n;
        }
      else
        p = g_utf8_next_char (p);
    }
}

static void
check_nodes (RubisTemplate *template, GPtrArray *nodes, RubisReading *reading)
{
  for (guint i = 0; nodes != NULL && i < nodes->len; i++)
    {
      const RubisNode *node = g_ptr_array_index (nodes, i);

      if (node->kind == RUBIS_NODE_TEXT)
        {
          RubisFolded folded;

          rubis_folded_init (&folded);
          rubis_folded_append (&folded, reading->text + node->offset, node->offset, node->length);
          if (rubis_tone_speaks (template->language))
            check_words (template, &folded, reading);
          rubis_folded_clear (&folded);
          check_shouting (reading, node->offset, node->length);
        }
      check_nodes (template, node->first, reading);
      check_nodes (template, node->second, reading);
    }
}

void
rubis_tone_check (RubisTemplate *template, RubisReading *reading)
{
  /* Neither what stays in the own files nor what goes to a court is written to the customer. */
  if (template->kind == RUBIS_TEMPLATE_INTERNAL || template->kind == RUBIS_TEMPLATE_LEGAL)
    return;
  check_nodes (template, template->subject, reading);
  check_nodes (template, template->body, reading);
}
