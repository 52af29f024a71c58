#include "rubis-words.h"

#include "rubis-format.h"

#include <string.h>

static const struct {
  const char *french;
  const char *english;
} words[RUBIS_N_WORDS] = {
  [RUBIS_WORD_INVOICE] = { "Facture", "Invoice" },
  [RUBIS_WORD_CREDIT] = { "Avoir", "Credit note" },
  [RUBIS_WORD_PAYMENT] = { "Règlement", "Payment" },
  [RUBIS_WORD_MISC] = { "Écriture", "Entry" },
  [RUBIS_WORD_DRAFT] = { "Effet", "Draft" },
  [RUBIS_WORD_DOWN_PAYMENT] = { "Acompte", "Down payment" },
  [RUBIS_WORD_COLUMN_NUMBER] = { "Pièce", "Document" },
  [RUBIS_WORD_COLUMN_ORDER_REF] = { "Votre réf.", "Your ref." },
  [RUBIS_WORD_COLUMN_ISSUE_DATE] = { "Date", "Date" },
  [RUBIS_WORD_COLUMN_DUE_DATE] = { "Échéance", "Due date" },
  [RUBIS_WORD_COLUMN_DAYS_LATE] = { "Retard", "Days late" },
  [RUBIS_WORD_COLUMN_LEVEL] = { "Rappel", "Reminder" },
  [RUBIS_WORD_COLUMN_TOTAL] = { "Montant TTC", "Amount" },
  [RUBIS_WORD_COLUMN_DISPUTED] = { "Contesté", "Disputed" },
  [RUBIS_WORD_COLUMN_OPEN] = { "Reste dû", "Open amount" },
  [RUBIS_WORD_COLUMN_PENALTY] = { "Pénalités", "Interest" },
  [RUBIS_WORD_COLUMN_INDEMNITY] = { "Indemnité", "Indemnity" },
  [RUBIS_WORD_ARREARS] = { "Intérêts", "Interest" },
  [RUBIS_WORD_TOTAL] = { "Total", "Total" },
  [RUBIS_WORD_TOTAL_TO_PAY] = { "Total à régler", "Total to pay" },
  [RUBIS_WORD_CARRIED_FORWARD] = { "À reporter", "Carried forward" },
  [RUBIS_WORD_BROUGHT_FORWARD] = { "Report", "Brought forward" },
  [RUBIS_WORD_PAGE] = { "Page", "Page" },
  [RUBIS_WORD_SUBJECT] = { "Objet", "Subject" },
  [RUBIS_WORD_AND] = { "et", "and" },
  [RUBIS_WORD_COLON] = { "\u00a0: ", ": " },
  [RUBIS_WORD_DATE_ON] = { ", le\u00a0", ", " },
  [RUBIS_WORD_BENEFICIARY] = { "Bénéficiaire", "Beneficiary" },
  [RUBIS_WORD_REFERENCE] = { "Référence à rappeler", "Reference to quote" },
  [RUBIS_WORD_AMOUNT] = { "Montant", "Amount" },
  [RUBIS_WORD_PAY_BY_TRANSFER] = { "Règlement par virement", "Payment by transfer" },
  [RUBIS_WORD_PAY_ONLINE] = { "Paiement en ligne", "Online payment" },
  [RUBIS_WORD_SCAN] = { "À scanner avec votre application bancaire", "Scan with your banking application" },
  [RUBIS_WORD_REGISTERED] = { "Lettre recommandée avec avis de réception",
                              "Registered letter with acknowledgement of receipt" },
  [RUBIS_WORD_YOUR_ACCOUNT] = { "Votre compte", "Your account" },
  [RUBIS_WORD_YOUR_REFERENCE] = { "Votre référence", "Your reference" },
  [RUBIS_WORD_CONTACT] = { "Suivi par", "Contact" },
  [RUBIS_WORD_CAPITAL] = { "au capital de", "with a share capital of" },
  [RUBIS_WORD_VAT] = { "TVA", "VAT" },
  [RUBIS_WORD_PHONE] = { "Tél.", "Tel." },
  [RUBIS_WORD_DEFAULT_SALUTATION] = { "Madame, Monsieur", "Dear Sir or Madam" },
  [RUBIS_WORD_NUMBER_SIGN] = { "n°", "No." },
  [RUBIS_WORD_OF_DATE] = { "du", "of" },
  [RUBIS_WORD_REMINDED_BY_EMAIL] = { "courriel", "email" },
  [RUBIS_WORD_REMINDED_BY_LETTER] = { "lettre", "letter" },
  [RUBIS_WORD_REMINDED_BY_REGISTERED] = { "lettre recommandée", "registered letter" },
  [RUBIS_WORD_REMINDED_BY_CALL] = { "appel téléphonique", "telephone call" },
  [RUBIS_WORD_REMINDED_BY_VISIT] = { "visite", "visit" },
  [RUBIS_WORD_REMINDED_BY_SMS] = { "SMS", "text message" },
  [RUBIS_WORD_REMINDED_BY_DECISION] = { "relance", "reminder" },
};

static gboolean
is_french (const char *language)
{
  return language != NULL && g_ascii_strncasecmp (language, "fr", 2) == 0;
}

const char *
rubis_words_get (RubisWord word, const char *language)
{
  g_return_val_if_fail (word < RUBIS_N_WORDS, "");

  return is_french (language) ? words[word].french : words[word].english;
}

char *
rubis_words_make_reminder (RubisChannel channel, RubisDate date, const char *language)
{
  g_autofree char *day = rubis_format_date_long (date, language);

  g_return_val_if_fail (channel < RUBIS_N_CHANNELS, NULL);

  return g_strdup_printf ("%s %s %s", rubis_words_get (RUBIS_WORD_REMINDED_BY_EMAIL + channel, language),
                          rubis_words_get (RUBIS_WORD_OF_DATE, language), day);
}

/* The words of a French letter for an abbreviated or full title; NULL for a title that is no
 * form of address ("SARL").
 */
static const char *
french_title (const char *title)
{
  static const struct {
    const char *typed;
    const char *written;
  } titles[] = {
    { "mme", "Madame" }, { "madame", "Madame" },   { "mlle", "Madame" }, { "mademoiselle", "Madame" },
    { "m", "Monsieur" }, { "m.", "Monsieur" },     { "mr", "Monsieur" }, { "monsieur", "Monsieur" },
    { "mrs", "Madame" }, { "ms", "Madame" },       { "me", "Maître" },   { "maître", "Maître" },
    { "dr", "Docteur" }, { "docteur", "Docteur" },
  };
  g_autofree char *folded = title != NULL ? g_utf8_strdown (title, -1) : NULL;

  for (gsize i = 0; folded != NULL && i < G_N_ELEMENTS (titles); i++)
    {
      if (g_str_equal (g_strstrip (folded), titles[i].typed))
        return titles[i].written;
    }
  return NULL;
}

char *
rubis_words_make_salutation (const char *title, const char *name, const char *language)
{
  const char *french = french_title (title);

  if (is_french (language))
    return g_strconcat (french != NULL ? french : words[RUBIS_WORD_DEFAULT_SALUTATION].french, ",", NULL);
  if (french != NULL && name != NULL && *name != '\0')
    {
      const char *english = g_str_equal (french, "Madame")    ? "Ms"
                            : g_str_equal (french, "Docteur") ? "Dr"
                                                              : "Mr";

      return g_strconcat ("Dear ", english, " ", name, ",", NULL);
    }
  return g_strconcat (words[RUBIS_WORD_DEFAULT_SALUTATION].english, ",", NULL);
}

char *
rubis_words_make_closing (const char *salutation, gboolean formal, const char *language)
{
  g_autofree char *bare = NULL;
  gsize length;

  g_return_val_if_fail (salutation != NULL, NULL);

  if (!is_french (language))
    {
      /* A letter to an unnamed person ends "faithfully", to a named one "sincerely". */
      gboolean unnamed = g_str_has_prefix (salutation, words[RUBIS_WORD_DEFAULT_SALUTATION].english);

      return g_strdup (!formal ? "Kind regards," : unnamed ? "Yours faithfully," : "Yours sincerely,");
    }
  if (!formal)
    return g_strdup ("Bien cordialement,");
  bare = g_strstrip (g_strdup (salutation));
  length = strlen (bare);
  if (length > 0 && bare[length - 1] == ',')
    bare[length - 1] = '\0';
  return g_strdup_printf ("Nous vous prions d’agréer, %s, nos salutations distinguées.", bare);
}
