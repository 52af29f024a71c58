#include "rubis-import-dates.h"

#include <string.h>

/* Spreadsheets count days from here; the false 29 February 1900 is behind every date in use. */
#define SERIAL_EPOCH_OFFSET (-25569)
/* 1976-01-01 and 2079-12-31: a number outside is not a date that someone typed. */
#define SERIAL_MIN 27759
#define SERIAL_MAX 65745

/* First letters of the months, accents removed: French, English, German, Spanish. */
static const struct
{
  const char *prefix;
  int month;
} months[] = {
  { "jan", 1 },  { "ene", 1 },  { "fev", 2 },  { "feb", 2 },  { "mar", 3 },  { "mae", 3 },  { "mrz", 3 },
  { "avr", 4 },  { "apr", 4 },  { "abr", 4 },  { "mai", 5 },  { "may", 5 },  { "juin", 6 }, { "jun", 6 },
  { "juil", 7 }, { "jul", 7 },  { "aou", 8 },  { "aug", 8 },  { "ago", 8 },  { "sep", 9 },  { "oct", 10 },
  { "okt", 10 }, { "nov", 11 }, { "dec", 12 }, { "dez", 12 }, { "dic", 12 },
};

static gsize
read_number (const char *text, gsize length, gsize max, int *value)
{
  gsize n = 0;

  *value = 0;
  while (n < length && n < max && g_ascii_isdigit (text[n]))
    *value = *value * 10 + (text[n++] - '0');
  return n;
}

static int
full_year (int year, gsize digits)
{
  if (digits == 4)
    return year;
  return digits == 2 ? year + (year >= 80 ? 1900 : 2000) : -1;
}

/* What may follow a date: nothing, or a time. */
static gboolean
is_end (const char *text, gsize length)
{
  if (length == 0)
    return TRUE;
  return length > 1 && (text[0] == 'T' || text[0] == ' ') && g_ascii_isdigit (text[1]);
}

static RubisDate
parse_separated (const char *text, gsize length, RubisImportDateForm form)
{
  int part[3];
  gsize digits[3];
  gsize at = 0;
  char separator = '\0';

  for (int i = 0; i < 3; i++)
    {
      digits[i] = read_number (text + at, length - at, 4, &part[i]);
      at += digits[i];
      if (digits[i] == 0)
        return RUBIS_DATE_NONE;
      if (i == 2)
        break;
      if (at >= length || strchr ("/-.", text[at]) == NULL || (separator != '\0' && text[at] != separator))
        return RUBIS_DATE_NONE;
      separator = text[at++];
    }
  if (!is_end (text + at, length - at))
    return RUBIS_DATE_NONE;
  if (form == RUBIS_IMPORT_DATE_YMD)
    {
      if (digits[0] != 4 || digits[1] > 2 || digits[2] > 2)
        return RUBIS_DATE_NONE;
      return rubis_date_from_ymd (part[0], part[1], part[2]);
    }
  if (digits[0] > 2 || digits[1] > 2)
    return RUBIS_DATE_NONE;
  if (form == RUBIS_IMPORT_DATE_DMY)
    return rubis_date_from_ymd (full_year (part[2], digits[2]), part[1], part[0]);
  /* Nobody who writes the month first parts it by points. */
  if (separator == '.')
    return RUBIS_DATE_NONE;
  return rubis_date_from_ymd (full_year (part[2], digits[2]), part[0], part[1]);
}

static RubisDate
parse_digits (const char *text, gsize length, RubisImportDateForm form)
{
  int value;
  gsize expected = form == RUBIS_IMPORT_DATE_DMY6 ? 6 : form == RUBIS_IMPORT_DATE_SERIAL ? 5 : 8;

  if (length < expected || read_number (text, length, expected + 1, &value) != expected)
    return RUBIS_DATE_NONE;
  if (form == RUBIS_IMPORT_DATE_SERIAL)
    {
      /* The fraction is the time of day. */
      if (length > expected && text[expected] != '.' && text[expected] != ',')
        return RUBIS_DATE_NONE;
      return value >= SERIAL_MIN && value <= SERIAL_MAX ? value + SERIAL_EPOCH_OFFSET : RUBIS_DATE_NONE;
    }
  if (length != expected)
    return RUBIS_DATE_NONE;
  if (form == RUBIS_IMPORT_DATE_YMD8)
    return rubis_date_from_ymd (value / 10000, value / 100 % 100, value % 100);
  if (form == RUBIS_IMPORT_DATE_DMY8)
    return rubis_date_from_ymd (value % 10000, value / 10000 % 100, value / 1000000);
  return rubis_date_from_ymd (full_year (value % 100, 2), value / 100 % 100, value / 10000);
}

/* Letters at @text, folded to ASCII: é, û and ä are the only others in months' names. */
static gsize
read_word (const char *text, gsize length, char *word, gsize size)
{
  gsize at = 0;
  gsize n = 0;

  while (at < length)
    {
      char c = '\0';
      gsize step = 1;

      if (g_ascii_isalpha (text[at]))
        c = g_ascii_tolower (text[at]);
      else if (at + 1 < length && text[at] == '\xC3')
        {
          guchar second = (guchar) text[at + 1];

          c = second == 0xA9 || second == 0x89   ? 'e'
              : second == 0xBB || second == 0x9B ? 'u'
              : second == 0xA4 || second == 0x84 ? 'a'
                                                 : '\0';
          step = 2;
        }
      if (c == '\0')
        break;
      if (n + 1 < size)
        word[n++] = c;
      at += step;
    }
  word[n] = '\0';
  return at;
}

static int
month_of (const char *word)
{
  for (gsize i = 0; i < G_N_ELEMENTS (months); i++)
    {
      if (g_str_has_prefix (word, months[i].prefix))
        return months[i].month;
    }
  return 0;
}

static gsize
skip_marks (const char *text, gsize length)
{
  gsize n = 0;

  while (n < length && strchr (" .,-/", text[n]) != NULL)
    n++;
  return n;
}

static RubisDate
parse_named (const char *text, gsize length)
{
  char word[16];
  int numbers[2] = { 0, 0 };
  gsize digits[2] = { 0, 0 };
  int month = 0;
  int n_numbers = 0;
  gsize at = 0;

  for (int part = 0; part < 3; part++)
    {
      gsize n;

      at += skip_marks (text + at, length - at);
      if (at < length && g_ascii_isdigit (text[at]) && n_numbers < 2)
        {
          n = read_number (text + at, length - at, 4, &numbers[n_numbers]);
          digits[n_numbers++] = n;
          at += n;
          /* "1er", "1st", "2nd" */
          n = read_word (text + at, length - at, word, sizeof word);
          if (n > 0 && n <= 2)
            at += n;
          continue;
        }
      n = read_word (text + at, length - at, word, sizeof word);
      if (n == 0 || month != 0)
        return RUBIS_DATE_NONE;
      month = month_of (word);
      at += n;
    }
  if (month == 0 || n_numbers != 2 || digits[0] > 2 || !is_end (text + at, length - at))
    return RUBIS_DATE_NONE;
  return rubis_date_from_ymd (full_year (numbers[1], digits[1]), month, numbers[0]);
}

RubisDate
rubis_import_date_parse (const char *text, gsize length, RubisImportDateForm form)
{
  switch (form)
    {
    case RUBIS_IMPORT_DATE_YMD:
    case RUBIS_IMPORT_DATE_DMY:
    case RUBIS_IMPORT_DATE_MDY:
      return parse_separated (text, length, form);
    case RUBIS_IMPORT_DATE_NAMED:
      return parse_named (text, length);
    case RUBIS_IMPORT_DATE_YMD8:
    case RUBIS_IMPORT_DATE_DMY8:
    case RUBIS_IMPORT_DATE_DMY6:
    case RUBIS_IMPORT_DATE_SERIAL:
    default:
      return parse_digits (text, length, form);
    }
}

gboolean
rubis_import_date_is_none (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    {
      if (strchr ("0/-. :T", text[i]) == NULL)
        return FALSE;
    }
  return TRUE;
}

void
rubis_import_date_observe (RubisImportDateStats *stats, const char *text, gsize length)
{
  gboolean any = FALSE;
  gboolean spelled = FALSE;

  if (rubis_import_date_is_none (text, length))
    return;
  stats->n_cells++;
  for (int form = 0; form < RUBIS_N_IMPORT_DATE_FORMS; form++)
    {
      if (rubis_import_date_parse (text, length, (RubisImportDateForm) form) == RUBIS_DATE_NONE)
        continue;
      stats->valid[form]++;
      any = TRUE;
      spelled = spelled || form < RUBIS_IMPORT_DATE_YMD8;
    }
  stats->n_any += any;
  stats->n_spelled += spelled;
}

void
rubis_import_date_observe_typed (RubisImportDateStats *stats)
{
  stats->n_cells++;
  stats->n_any++;
  stats->n_spelled++;
  stats->n_typed++;
}

gboolean
rubis_import_date_decide (const RubisImportDateStats *stats, gboolean named, RubisImportDateForm *form,
                          gboolean *ambiguous)
{
  int n_forms = named ? RUBIS_N_IMPORT_DATE_FORMS : RUBIS_IMPORT_DATE_YMD8;
  int best = 0;

  if (named ? stats->n_any * 2 < stats->n_cells : stats->n_spelled * 5 < stats->n_cells * 4)
    return FALSE;
  for (int i = 1; i < n_forms; i++)
    {
      if (stats->valid[i] > stats->valid[best])
        best = i;
    }
  if (stats->valid[best] == 0 && stats->n_typed == 0)
    return FALSE;
  *form = (RubisImportDateForm) best;
  *ambiguous = stats->valid[best] > 0 && (best == RUBIS_IMPORT_DATE_DMY || best == RUBIS_IMPORT_DATE_MDY)
               && stats->valid[RUBIS_IMPORT_DATE_DMY] == stats->valid[RUBIS_IMPORT_DATE_MDY];
  return TRUE;
}

RubisImportDates
rubis_import_date_order (RubisImportDateForm form)
{
  switch (form)
    {
    case RUBIS_IMPORT_DATE_YMD:
    case RUBIS_IMPORT_DATE_YMD8:
      return RUBIS_IMPORT_DATES_YEAR_FIRST;
    case RUBIS_IMPORT_DATE_DMY:
    case RUBIS_IMPORT_DATE_DMY8:
    case RUBIS_IMPORT_DATE_DMY6:
      return RUBIS_IMPORT_DATES_DAY_FIRST;
    case RUBIS_IMPORT_DATE_MDY:
      return RUBIS_IMPORT_DATES_MONTH_FIRST;
    case RUBIS_IMPORT_DATE_NAMED:
    case RUBIS_IMPORT_DATE_SERIAL:
    default:
      return RUBIS_IMPORT_DATES_AUTO;
    }
}

RubisImportDateForm
rubis_import_date_reorder (RubisImportDateForm form, RubisImportDates dates)
{
  gboolean digits = form == RUBIS_IMPORT_DATE_YMD8 || form == RUBIS_IMPORT_DATE_DMY8;

  if (form == RUBIS_IMPORT_DATE_NAMED || form == RUBIS_IMPORT_DATE_SERIAL || form == RUBIS_IMPORT_DATE_DMY6)
    return form;
  switch (dates)
    {
    case RUBIS_IMPORT_DATES_DAY_FIRST:
      return digits ? RUBIS_IMPORT_DATE_DMY8 : RUBIS_IMPORT_DATE_DMY;
    case RUBIS_IMPORT_DATES_MONTH_FIRST:
      return digits ? form : RUBIS_IMPORT_DATE_MDY;
    case RUBIS_IMPORT_DATES_YEAR_FIRST:
      return digits ? RUBIS_IMPORT_DATE_YMD8 : RUBIS_IMPORT_DATE_YMD;
    case RUBIS_IMPORT_DATES_AUTO:
    default:
      return form;
    }
}
