#include "rubis-import-number.h"

#include <string.h>

#define MAX_NUMBER 64

/* A number without its dress: digits and marks only. */
typedef struct
{
  char text[MAX_NUMBER];
  gsize length;
  gboolean negative;
  gboolean dressed; /* had a currency sign, a sign or parentheses */
} Bare;

/* Multi-byte characters that may stand in a number: blanks, apostrophes, currency signs, minus. */
static const struct
{
  const char *bytes;
  char meaning; /* ' ' ignored, '$' currency, '-' minus */
} signs[] = {
  { "\xC2\xA0", ' ' },     { "\xE2\x80\xAF", ' ' }, { "\xE2\x80\x89", ' ' },
  { "\xE2\x80\x99", ' ' }, { "\xE2\x82\xAC", '$' }, { "\xC2\xA3", '$' },
  { "\xC2\xA5", '$' },     { "\xE2\x88\x92", '-' }, { "\xE2\x80\x93", '-' },
};

static gsize
read_sign (const char *p, gsize left, char *meaning)
{
  for (gsize i = 0; i < G_N_ELEMENTS (signs); i++)
    {
      gsize n = strlen (signs[i].bytes);

      if (n <= left && memcmp (p, signs[i].bytes, n) == 0)
        {
          *meaning = signs[i].meaning;
          return n;
        }
    }
  return 0;
}

static gboolean
is_currency_code (const char *p)
{
  static const char codes[]
      = "EUR USD GBP CHF CAD AUD JPY SEK NOK DKK PLN CZK HUF RON MAD TND DZD XOF XAF XPF CNY";

  for (gsize i = 0; i + 3 < sizeof codes; i += 4)
    {
      if (g_ascii_strncasecmp (p, codes + i, 3) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Currency codes and the letters D, C, DB, CR beside a number; FALSE for other words, as in "INV001". */
static gboolean
read_letters (const char *p, gsize n, Bare *bare)
{
  if (n == 3)
    return bare->dressed = is_currency_code (p);
  if (n == 1 || n == 2)
    {
      char first = g_ascii_toupper (p[0]);
      char second = n == 2 ? g_ascii_toupper (p[1]) : '\0';

      if (bare->length == 0)
        return FALSE;
      if (first == 'C' && (second == '\0' || second == 'R'))
        bare->negative = !bare->negative;
      else if (first != 'D' || (second != '\0' && second != 'B' && second != 'R'))
        return FALSE;
      return bare->dressed = TRUE;
    }
  return FALSE;
}

/* A minus stands before the number or after it, never inside: "2026-01-31" is a date. */
static gboolean
take_minus (const char *after, gsize left, Bare *bare)
{
  if (bare->length > 0 && left > 0 && g_ascii_isdigit (after[0]))
    return FALSE;
  bare->negative = !bare->negative;
  bare->dressed = TRUE;
  return TRUE;
}

static gboolean
take_parenthesis (char c, Bare *bare, gboolean *open)
{
  if (*open == (c == '(') || (c == '(' && bare->length > 0))
    return FALSE;
  *open = c == '(';
  if (!*open)
    {
      bare->negative = !bare->negative;
      bare->dressed = TRUE;
    }
  return TRUE;
}

/* Letters, or a character of several bytes. The bytes taken, 0 for what no number has. */
static gsize
take_word (const char *p, gsize left, Bare *bare)
{
  char meaning = '\0';
  gsize n = 0;

  while (n < left && g_ascii_isalpha (p[n]))
    n++;
  if (n > 0)
    return read_letters (p, n, bare) ? n : 0;
  n = read_sign (p, left, &meaning);
  if (n > 0 && meaning == '-' && !take_minus (p + n, left - n, bare))
    return 0;
  bare->dressed = bare->dressed || meaning == '$';
  return n;
}

/* One piece of a number in its dress. The bytes taken, 0 for what no number has. */
static gsize
take_piece (const char *p, gsize left, Bare *bare, gboolean *open)
{
  switch (p[0])
    {
    case ' ':
    case '\t':
    case '\'':
    case '+':
      return 1;
    case '$':
      bare->dressed = TRUE;
      return 1;
    case '-':
      return take_minus (p + 1, left - 1, bare);
    case '(':
    case ')':
      return take_parenthesis (p[0], bare, open);
    default:
      break;
    }
  if (!g_ascii_isdigit (p[0]) && p[0] != '.' && p[0] != ',')
    return take_word (p, left, bare);
  if (bare->length >= MAX_NUMBER)
    return 0;
  bare->text[bare->length++] = p[0];
  return 1;
}

static gboolean
undress (const char *text, gsize length, Bare *bare)
{
  gboolean open = FALSE;
  gsize n;

  memset (bare, 0, sizeof *bare);
  for (gsize i = 0; i < length; i += n)
    {
      n = take_piece (text + i, length - i, bare, &open);
      if (n == 0)
        return FALSE;
    }
  return !open;
}

/* The decimal mark that one cell shows by itself; '\0' none needed, '?' undecided. */
static char
mark_of_cell (const char *text, gsize length)
{
  gsize n_point = 0;
  gsize n_comma = 0;
  gsize last = 0;
  gsize after;
  char mark;

  for (gsize i = 0; i < length; i++)
    {
      if (text[i] != '.' && text[i] != ',')
        continue;
      if (text[i] == '.')
        n_point++;
      else
        n_comma++;
      last = i;
    }
  if (n_point + n_comma == 0)
    return '\0';
  mark = text[last];
  if (n_point > 0 && n_comma > 0)
    return mark;
  after = length - last - 1;
  if (n_point + n_comma > 1)
    return mark == '.' ? ',' : '.';
  if (after != 3 || last == 0 || last > 3 || (last == 1 && text[0] == '0'))
    return mark;
  return '?';
}

static gsize
count_digits (const Bare *bare)
{
  gsize n = 0;

  for (gsize i = 0; i < bare->length; i++)
    n += g_ascii_isdigit (bare->text[i]);
  return n;
}

void
rubis_import_number_observe (RubisImportNumberStats *stats, const char *text, gsize length)
{
  Bare bare;
  char mark;

  if (!undress (text, length, &bare) || count_digits (&bare) == 0)
    {
      stats->n_other++;
      return;
    }
  stats->n_cells++;
  mark = mark_of_cell (bare.text, bare.length);
  if (mark != '\0' || bare.dressed)
    stats->n_money++;
  if (mark == '.')
    stats->n_point++;
  else if (mark == ',')
    stats->n_comma++;
  else if (mark == '?')
    stats->n_either++;
}

RubisImportDecimal
rubis_import_number_decide (const RubisImportNumberStats *stats, gboolean *ambiguous)
{
  if (ambiguous != NULL)
    *ambiguous = stats->n_point == stats->n_comma && (stats->n_either > 0 || stats->n_point > 0);
  if (stats->n_point > stats->n_comma)
    return RUBIS_IMPORT_DECIMAL_POINT;
  if (stats->n_comma > stats->n_point)
    return RUBIS_IMPORT_DECIMAL_COMMA;
  return RUBIS_IMPORT_DECIMAL_AUTO;
}

static gboolean
push_digit (gint64 *value, char digit)
{
  return !__builtin_mul_overflow (*value, 10, value) && !__builtin_add_overflow (*value, digit - '0', value);
}

static RubisImportNumberResult
read_bare (const Bare *bare, char mark, int exponent, gint64 *minor)
{
  gint64 value = 0;
  int decimals = -1;
  gsize since_group = 0;
  gboolean grouped = FALSE;
  gboolean round_up = FALSE;

  for (gsize i = 0; i < bare->length; i++)
    {
      char c = bare->text[i];

      if (g_ascii_isdigit (c))
        {
          since_group++;
          if (decimals >= exponent)
            {
              if (decimals == exponent)
                round_up = c >= '5';
              decimals++;
              continue;
            }
          if (!push_digit (&value, c))
            return RUBIS_IMPORT_NUMBER_RANGE;
          decimals += decimals >= 0;
          continue;
        }
      if (decimals >= 0 || (grouped && since_group != 3))
        return RUBIS_IMPORT_NUMBER_BAD;
      if (c == mark)
        decimals = 0;
      else if (since_group == 0 || since_group > 3)
        return RUBIS_IMPORT_NUMBER_BAD;
      grouped = c != mark;
      since_group = 0;
    }
  if (grouped && since_group != 3)
    return RUBIS_IMPORT_NUMBER_BAD;
  for (int i = MAX (decimals, 0); i < exponent; i++)
    {
      if (!push_digit (&value, '0'))
        return RUBIS_IMPORT_NUMBER_RANGE;
    }
  if (round_up && __builtin_add_overflow (value, 1, &value))
    return RUBIS_IMPORT_NUMBER_RANGE;
  *minor = bare->negative ? -value : value;
  return RUBIS_IMPORT_NUMBER_OK;
}

/* The form of nearly all cells: digits, the mark, two digits. */
static gboolean
read_plain (const char *text, gsize length, char mark, int exponent, gint64 *minor)
{
  gint64 value = 0;
  gsize i = text[0] == '-';
  gsize first = i;
  int decimals = 0;

  if (length > 15)
    return FALSE;
  for (; i < length && g_ascii_isdigit (text[i]); i++)
    value = value * 10 + (text[i] - '0');
  if (i == first)
    return FALSE;
  if (i < length && text[i] == mark)
    {
      for (i++; i < length && g_ascii_isdigit (text[i]) && decimals < exponent; i++, decimals++)
        value = value * 10 + (text[i] - '0');
    }
  if (i < length)
    return FALSE;
  for (; decimals < exponent; decimals++)
    value *= 10;
  *minor = first == 1 ? -value : value;
  return TRUE;
}

RubisImportNumberResult
rubis_import_number_parse (const char *text, gsize length, RubisImportDecimal decimal, int exponent,
                           gint64 *minor)
{
  Bare bare;
  char mark = decimal == RUBIS_IMPORT_DECIMAL_COMMA ? ',' : '.';

  if (length == 0)
    return RUBIS_IMPORT_NUMBER_EMPTY;
  if (decimal != RUBIS_IMPORT_DECIMAL_AUTO && exponent <= 2
      && read_plain (text, length, mark, exponent, minor))
    return RUBIS_IMPORT_NUMBER_OK;
  if (!undress (text, length, &bare))
    return RUBIS_IMPORT_NUMBER_BAD;
  if (count_digits (&bare) == 0)
    return bare.length == 0 && length == 1 && text[0] == '-' ? RUBIS_IMPORT_NUMBER_EMPTY
                                                             : RUBIS_IMPORT_NUMBER_BAD;
  if (decimal == RUBIS_IMPORT_DECIMAL_AUTO)
    {
      mark = mark_of_cell (bare.text, bare.length);
      /* Money hardly ever has three decimals: an undecided mark separates thousands. */
      if (mark == '?')
        mark = memchr (bare.text, '.', bare.length) != NULL ? ',' : '.';
    }
  return read_bare (&bare, mark, exponent, minor);
}
