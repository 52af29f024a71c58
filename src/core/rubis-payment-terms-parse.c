/* The words of payment terms, as ERPs and people write them in French, English and German. */
#include "rubis-payment-terms.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-text.h"

G_DEFINE_QUARK (rubis - terms - error - quark, rubis_terms_error)

/* Phrases of several words, replaced by one before words are looked up; longest first. */
static const struct
{
  const char *phrase;
  const char *word;
} phrases[] = {
  { " fin du mois suivant ", " eomnext " },
  { " fin de mois suivant ", " eomnext " },
  { " end of the following month ", " eomnext " },
  { " end of following month ", " eomnext " },
  { " end of next month ", " eomnext " },
  { " du mois suivant ", " nextmonth " },
  { " of the following month ", " nextmonth " },
  { " of following month ", " nextmonth " },
  { " of next month ", " nextmonth " },
  { " fin de mois ", " eom " },
  { " fin du mois ", " eom " },
  { " fin mois ", " eom " },
  { " end of the month ", " eom " },
  { " end of month ", " eom " },
  { " month end ", " eom " },
  { " ende des monats ", " eom " },
};

typedef enum
{
  WORD_NOISE,
  WORD_DAYS,
  WORD_MONTHS,
  WORD_EOM,
  WORD_DAYS_EOM, /* "30jfm" */
  WORD_EOM_NEXT,
  WORD_NEXT_MONTH,
  WORD_ON,
  WORD_RECEIPT,
} Word;

static const struct
{
  const char *text;
  Word word;
} words[] = {
  { "j", WORD_DAYS },
  { "jr", WORD_DAYS },
  { "jrs", WORD_DAYS },
  { "jour", WORD_DAYS },
  { "jours", WORD_DAYS },
  { "day", WORD_DAYS },
  { "days", WORD_DAYS },
  { "tag", WORD_DAYS },
  { "tage", WORD_DAYS },
  { "tagen", WORD_DAYS },
  { "mois", WORD_MONTHS },
  { "month", WORD_MONTHS },
  { "months", WORD_MONTHS },
  { "monat", WORD_MONTHS },
  { "monate", WORD_MONTHS },
  { "monaten", WORD_MONTHS },
  { "eom", WORD_EOM },
  { "fdm", WORD_EOM },
  { "fm", WORD_EOM },
  { "monatsende", WORD_EOM },
  { "ultimo", WORD_EOM },
  { "jfm", WORD_DAYS_EOM },
  { "jfdm", WORD_DAYS_EOM },
  { "eomnext", WORD_EOM_NEXT },
  { "nextmonth", WORD_NEXT_MONTH },
  { "le", WORD_ON },
  { "on", WORD_ON },
  { "am", WORD_ON },
  { "comptant", WORD_RECEIPT },
  { "reception", WORD_RECEIPT },
  { "receipt", WORD_RECEIPT },
  { "cash", WORD_RECEIPT },
  { "immediat", WORD_RECEIPT },
  { "immediate", WORD_RECEIPT },
  { "immediately", WORD_RECEIPT },
  { "sofort", WORD_RECEIPT },
  { "erhalt", WORD_RECEIPT },
};

/* Words that change nothing about the date. */
static const char *const noise[] = {
  "a",
  "and",
  "after",
  "au",
  "bis",
  "by",
  "calendaires",
  "cheque",
  "d",
  "da",
  "date",
  "de",
  "delai",
  "der",
  "des",
  "df",
  "du",
  "due",
  "emission",
  "et",
  "f",
  "facture",
  "factures",
  "fact",
  "faellig",
  "fallig",
  "from",
  "in",
  "innerhalb",
  "invoice",
  "la",
  "lcr",
  "nach",
  "net",
  "nets",
  "nette",
  "netto",
  "of",
  "paiement",
  "par",
  "payable",
  "payables",
  "payment",
  "prelevement",
  "rechnung",
  "rechnungsdatum",
  "rein",
  "reglement",
  "sous",
  "terms",
  "the",
  "traite",
  "transfer",
  "upon",
  "virement",
  "within",
  "zahlbar",
  "zum",
  "zahlungsziel",
  "echeance",
  "jusqu",
  "vom",
  "von",
  "ab",
};

typedef struct
{
  int count; /* -1: not met yet */
  int day;
  gboolean months;
  gboolean eom;
  gboolean eom_first; /* "fin de mois + 30 jours" */
  gboolean eom_next;
  gboolean next_month;
  gboolean receipt;
  gboolean bare;          /* the count has no unit */
  gboolean unit_expected; /* the count was just read, its unit may follow */
  gboolean day_expected;
} Reading;

/* Lower case, each run of letters or of digits one word, signs between them spaces. */
static char *
spell_out (const char *text)
{
  g_autofree char *folded = rubis_text_fold (text);
  GString *out = g_string_new (" ");
  char *spelled;
  gboolean digits = FALSE;

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gboolean is_digit = c < 0x80 && g_ascii_isdigit ((char)c);

      if (c < 0x80 && strchr (" .,'\"()+-:;", (int)c) != NULL)
        c = ' ';
      if (is_digit != digits && out->str[out->len - 1] != ' ')
        g_string_append_c (out, ' ');
      digits = is_digit;
      if (c != ' ' || out->str[out->len - 1] != ' ')
        g_string_append_unichar (out, c);
    }
  g_string_append_c (out, ' ');
  for (gsize i = 0; i < G_N_ELEMENTS (phrases); i++)
    g_string_replace (out, phrases[i].phrase, phrases[i].word, 0);
  spelled = g_string_free (out, FALSE);
  return g_strstrip (spelled);
}

static gboolean
look_up (const char *text, Word *word)
{
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (strcmp (words[i].text, text) == 0)
        {
          *word = words[i].word;
          return TRUE;
        }
    }
  for (gsize i = 0; i < G_N_ELEMENTS (noise); i++)
    {
      if (strcmp (noise[i], text) == 0)
        {
          *word = WORD_NOISE;
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
read_number (Reading *reading, const char *text)
{
  guint64 value;

  if (!g_ascii_string_to_unsigned (text, 10, 0, 730, &value, NULL))
    return FALSE;
  /* A second number can only be the day of month: "30 FDM 10", "fin de mois le 10". */
  if (reading->day_expected || (reading->count >= 0 && reading->eom && !reading->eom_first))
    {
      if (reading->day != 0 || value < 1 || value > 31)
        return FALSE;
      reading->day = (int)value;
      reading->day_expected = FALSE;
      return TRUE;
    }
  if (reading->count >= 0)
    return FALSE;
  reading->count = (int)value;
  reading->bare = TRUE;
  reading->unit_expected = TRUE;
  reading->eom_first = reading->eom;
  return TRUE;
}

static gboolean
read_word (Reading *reading, const char *text)
{
  gboolean after_number = reading->unit_expected;
  Word word;

  reading->unit_expected = FALSE;
  if (g_ascii_isdigit (text[0]))
    return read_number (reading, text);
  if (after_number && strcmp (text, "d") == 0)
    word = WORD_DAYS;
  else if (!look_up (text, &word))
    return FALSE;

  switch (word)
    {
    case WORD_DAYS:
    case WORD_MONTHS:
      reading->bare = FALSE;
      reading->months = reading->months || word == WORD_MONTHS;
      return after_number;
    case WORD_DAYS_EOM:
      reading->bare = FALSE;
      reading->eom = TRUE;
      return after_number;
    case WORD_EOM:
    case WORD_EOM_NEXT:
      if (reading->eom)
        return FALSE;
      reading->eom = TRUE;
      reading->eom_next = word == WORD_EOM_NEXT;
      return TRUE;
    case WORD_NEXT_MONTH:
      reading->next_month = TRUE;
      return reading->day != 0;
    case WORD_ON:
      /* "due on receipt", "le 10": only a number makes a day of it. */
      reading->day_expected = TRUE;
      return TRUE;
    case WORD_RECEIPT:
      reading->receipt = TRUE;
      return TRUE;
    case WORD_NOISE:
    default:
      return TRUE;
    }
}

/* FALSE when the words do not make one clear term together. */
static gboolean
conclude (const Reading *reading, RubisTermsKind eom_kind, RubisPaymentTerms *terms)
{
  int count = MAX (reading->count, 0);

  terms->count = count;
  terms->day = reading->day;
  /* "Fin de mois 10": ten days, or the tenth? */
  if (reading->eom_first && reading->bare)
    return FALSE;
  if (reading->months && count > 24)
    return FALSE;
  if (reading->eom_next)
    {
      *terms = (RubisPaymentTerms){ RUBIS_TERMS_MONTHS_EOM, 1, reading->day };
      return reading->count < 0;
    }
  if (reading->months)
    terms->kind = reading->eom ? RUBIS_TERMS_MONTHS_EOM : RUBIS_TERMS_MONTHS;
  else if (reading->eom_first)
    terms->kind = RUBIS_TERMS_EOM_DAYS;
  else if (reading->next_month)
    terms->kind = RUBIS_TERMS_DAYS_EOM;
  else if (reading->eom)
    terms->kind = reading->day != 0 || count == 0 ? RUBIS_TERMS_DAYS_EOM : eom_kind;
  else if (count > 0)
    terms->kind = RUBIS_TERMS_NET;
  else
    {
      terms->kind = RUBIS_TERMS_RECEIPT;
      return reading->day == 0 && (reading->receipt || reading->count == 0);
    }
  return TRUE;
}

gboolean
rubis_payment_terms_parse (const char *text, RubisTermsKind eom_kind, RubisPaymentTerms *terms,
                           GError **error)
{
  g_autofree char *clean = NULL;
  g_autofree char *spelled = NULL;
  g_auto (GStrv) parts = NULL;
  RubisPaymentTerms parsed = { 0 };
  Reading reading = { .count = -1 };
  gboolean understood = TRUE;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (eom_kind == RUBIS_TERMS_DAYS_EOM || eom_kind == RUBIS_TERMS_EOM_DAYS, FALSE);
  g_return_val_if_fail (terms != NULL, FALSE);

  clean = rubis_text_fold (text);
  if (rubis_payment_terms_from_id (clean, terms))
    return TRUE;
  spelled = spell_out (clean);
  parts = g_strsplit (spelled, " ", -1);
  for (gsize i = 0; understood && parts[i] != NULL; i++)
    understood = read_word (&reading, parts[i]);
  if (understood && parts[0] != NULL && conclude (&reading, eom_kind, &parsed))
    {
      *terms = parsed;
      return TRUE;
    }
  g_set_error (
      error, RUBIS_TERMS_ERROR, RUBIS_TERMS_ERROR_FORMAT,
      _ ("The payment terms “%s” are not understood; write for example “30 days” or “45 days end of month”"),
      text);
  return FALSE;
}
