#include "rubis-epc.h"

#include <string.h>

#include "rubis-iban.h"
#include "rubis-money.h"
#include "rubis-reference.h"
#include "rubis-text.h"

#define MAX_NAME 70
#define MAX_PURPOSE 4
#define MAX_REFERENCE 35
#define MAX_TEXT 140
#define MAX_INFO 70
#define MAX_BYTES 331
#define MAX_CENTS G_GINT64_CONSTANT (99999999999)

static const char *const ids[RUBIS_N_EPC_REASONS] = {
  "ok",
  "version",
  "line_break",
  "name_missing",
  "name_too_long",
  "iban",
  "bic",
  "bic_missing",
  "amount",
  "amount_decimals",
  "amount_range",
  "purpose",
  "reference",
  "reference_and_text",
  "text_too_long",
  "info_too_long",
  "charset",
  "payload_too_long",
};

static const char *const charsets[] = {
  "UTF-8", "ISO-8859-1", "ISO-8859-2", "ISO-8859-4", "ISO-8859-5", "ISO-8859-7", "ISO-8859-10", "ISO-8859-15",
};

/* Of the European Economic Area, where the account number alone tells the bank. */
static const char eea[][3] = {
  "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE",
  "IS", "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
};

const char *
rubis_epc_reason_to_id (RubisEpcReason reason)
{
  g_return_val_if_fail ((guint)reason < RUBIS_N_EPC_REASONS, NULL);

  return ids[reason];
}

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

static gboolean
is_longer (const char *text, glong max)
{
  return g_utf8_strlen (or_empty (text), -1) > max;
}

static gboolean
is_in_eea (const char *iban)
{
  for (gsize i = 0; i < G_N_ELEMENTS (eea); i++)
    {
      if (strncmp (eea[i], iban, 2) == 0)
        return TRUE;
    }
  return FALSE;
}

static RubisEpcReason
check_account (const RubisEpcPayment *payment)
{
  g_autofree char *iban = rubis_identifier_normalise (or_empty (payment->iban));

  if (rubis_iban_check (iban) != RUBIS_ID_OK)
    return RUBIS_EPC_IBAN;
  if (or_empty (payment->bic)[0] == '\0')
    return payment->version == 1 || !is_in_eea (iban) ? RUBIS_EPC_BIC_MISSING : RUBIS_EPC_OK;
  return rubis_bic_check (payment->bic) == RUBIS_ID_OK ? RUBIS_EPC_OK : RUBIS_EPC_BIC;
}

static RubisEpcReason
read_amount (const char *text, gint64 *cents)
{
  g_autoptr (GError) error = NULL;

  if (!rubis_money_parse (text, RUBIS_CURRENCY_EUR, cents, &error))
    {
      if (g_error_matches (error, RUBIS_MONEY_ERROR, RUBIS_MONEY_ERROR_PRECISE))
        return RUBIS_EPC_AMOUNT_DECIMALS;
      if (g_error_matches (error, RUBIS_MONEY_ERROR, RUBIS_MONEY_ERROR_RANGE))
        return RUBIS_EPC_AMOUNT_RANGE;
      return RUBIS_EPC_AMOUNT;
    }
  return *cents < 1 || *cents > MAX_CENTS ? RUBIS_EPC_AMOUNT_RANGE : RUBIS_EPC_OK;
}

static RubisEpcReason
check_remittance (const RubisEpcPayment *payment)
{
  const char *reference = or_empty (payment->reference);

  if (reference[0] != '\0' && or_empty (payment->text)[0] != '\0')
    return RUBIS_EPC_REFERENCE_AND_TEXT;
  if (is_longer (reference, MAX_REFERENCE)
      || (g_str_has_prefix (reference, "RF") && !rubis_reference_rf_check (reference)))
    return RUBIS_EPC_REFERENCE;
  if (is_longer (payment->text, MAX_TEXT))
    return RUBIS_EPC_TEXT_TOO_LONG;
  return is_longer (payment->info, MAX_INFO) ? RUBIS_EPC_INFO_TOO_LONG : RUBIS_EPC_OK;
}

static RubisEpcReason
check_texts (const RubisEpcPayment *payment)
{
  const char *fields[] = { payment->name,    payment->iban,      payment->bic,  payment->amount,
                           payment->purpose, payment->reference, payment->text, payment->info };
  g_autofree char *name = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      if (!g_utf8_validate (or_empty (fields[i]), -1, NULL))
        return RUBIS_EPC_CHARSET;
      if (strpbrk (or_empty (fields[i]), "\n\r") != NULL)
        return RUBIS_EPC_LINE_BREAK;
    }
  if (payment->version != 1 && payment->version != 2)
    return RUBIS_EPC_VERSION;
  if (payment->charset < 1 || payment->charset > (int)G_N_ELEMENTS (charsets))
    return RUBIS_EPC_CHARSET;
  name = rubis_text_normalise_spaces (or_empty (payment->name));
  if (name[0] == '\0')
    return RUBIS_EPC_NAME_MISSING;
  if (is_longer (payment->name, MAX_NAME))
    return RUBIS_EPC_NAME_TOO_LONG;
  return is_longer (payment->purpose, MAX_PURPOSE) ? RUBIS_EPC_PURPOSE : RUBIS_EPC_OK;
}

/* The lines, without the empty ones at the end. */
static char *
join_lines (const RubisEpcPayment *payment, const char *amount)
{
  g_autofree char *iban = rubis_identifier_normalise (payment->iban);
  g_autofree char *bic = rubis_identifier_normalise (or_empty (payment->bic));
  g_autofree char *reference = g_str_has_prefix (or_empty (payment->reference), "RF")
                                   ? rubis_identifier_normalise (payment->reference)
                                   : g_strdup (or_empty (payment->reference));
  g_autofree char *head = g_strdup_printf ("BCD\n%03d\n%d\nSCT\n%s\n%s\n%s", payment->version,
                                           payment->charset, bic, payment->name, iban);
  char *lines = g_strdup_printf ("%s\n%s\n%s\n%s\n%s\n%s", head, amount, or_empty (payment->purpose),
                                 reference, or_empty (payment->text), or_empty (payment->info));
  gsize length = strlen (lines);

  while (lines[length - 1] == '\n')
    lines[--length] = '\0';
  return lines;
}

static RubisEpcReason
encode (const RubisEpcPayment *payment, const char *amount, GBytes **payload)
{
  g_autofree char *lines = join_lines (payment, amount);
  g_autofree char *encoded = NULL;
  gsize length;

  encoded = g_convert (lines, -1, charsets[payment->charset - 1], "UTF-8", NULL, &length, NULL);
  if (encoded == NULL)
    return RUBIS_EPC_CHARSET;
  if (length > MAX_BYTES)
    return RUBIS_EPC_PAYLOAD_TOO_LONG;
  *payload = g_bytes_new_take (g_steal_pointer (&encoded), length);
  return RUBIS_EPC_OK;
}

GBytes *
rubis_epc_payload_new (const RubisEpcPayment *payment, RubisEpcReason *reason)
{
  g_autofree char *amount = g_strdup ("");
  GBytes *payload = NULL;
  RubisEpcReason found;
  gint64 cents;

  g_return_val_if_fail (payment != NULL, NULL);

  found = check_texts (payment);
  if (found == RUBIS_EPC_OK)
    found = check_account (payment);
  if (found == RUBIS_EPC_OK && or_empty (payment->amount)[0] != '\0')
    {
      found = read_amount (payment->amount, &cents);
      if (found == RUBIS_EPC_OK)
        {
          g_autofree char *plain = rubis_money_to_string (cents, RUBIS_CURRENCY_EUR);

          g_free (amount);
          amount = g_strconcat ("EUR", plain, NULL);
        }
    }
  if (found == RUBIS_EPC_OK)
    found = check_remittance (payment);
  if (found == RUBIS_EPC_OK)
    found = encode (payment, amount, &payload);
  if (reason != NULL)
    *reason = found;
  return payload;
}

/* As banks replace the signs that are not theirs (EPC217-08, chapter 6). */
static char
replace_sign (char sign)
{
  switch (sign)
    {
    case '&':
      return '+';
    case '_':
    case '~':
    case '=':
      return '-';
    case '[':
    case '{':
    case '<':
      return '(';
    case ']':
    case '}':
    case '>':
      return ')';
    case '\\':
    case '|':
      return '/';
    case '"':
    case '`':
      return '\'';
    case ';':
      return ',';
    case '!':
    case '#':
    case '$':
    case '%':
    case '*':
    case '^':
      return '.';
    default:
      return ' ';
    }
}

char *
rubis_epc_dup_safe_text (const char *text)
{
  g_autofree char *ascii = g_str_to_ascii (text, "C");
  g_autoptr (GString) safe = g_string_new (NULL);
  gboolean says_something = FALSE;

  for (const char *p = ascii; *p != '\0'; p++)
    {
      char sign = g_ascii_isalnum (*p) || strchr ("/-?:().,'+ ", *p) != NULL ? *p : replace_sign (*p);
      char last = safe->len > 0 ? safe->str[safe->len - 1] : ' ';

      says_something = says_something || g_ascii_isalnum (sign);
      if ((sign == ' ' || sign == '/') && last == sign)
        continue;
      if (sign == '/' && safe->len == 0)
        continue;
      g_string_append_c (safe, sign);
    }
  while (safe->len > 0 && strchr ("/ ", safe->str[safe->len - 1]) != NULL)
    g_string_truncate (safe, safe->len - 1);
  return says_something ? g_string_free (g_steal_pointer (&safe), FALSE) : g_strdup (text);
}
