#include "rubis-custom-field.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-date-entry.h"
#include "rubis-format.h"
#include "rubis-money-entry.h"
#include "rubis-text.h"

/* Digits of a number, so that its whole part fits in 64 bits. */
#define MAX_DIGITS 18

G_DEFINE_QUARK (rubis - field - error - quark, rubis_field_error)

static const struct
{
  const char *id;
  const char *label; /* untranslated */
} kinds[RUBIS_N_FIELD_KINDS] = {
  { "text", N_ ("Text") }, { "number", N_ ("Number") },    { "amount", N_ ("Amount") },
  { "date", N_ ("Date") }, { "yes_no", N_ ("Yes or no") }, { "choice", N_ ("Choice in a list") },
};

const char *
rubis_field_kind_to_id (RubisFieldKind kind)
{
  g_return_val_if_fail ((guint)kind < RUBIS_N_FIELD_KINDS, NULL);

  return kinds[kind].id;
}

gboolean
rubis_field_kind_from_id (const char *id, RubisFieldKind *kind)
{
  for (int i = 0; i < RUBIS_N_FIELD_KINDS; i++)
    {
      if (g_strcmp0 (kinds[i].id, id) == 0)
        {
          *kind = (RubisFieldKind)i;
          return TRUE;
        }
    }
  return FALSE;
}

const char *
rubis_field_kind_to_label (RubisFieldKind kind)
{
  g_return_val_if_fail ((guint)kind < RUBIS_N_FIELD_KINDS, NULL);

  return _ (kinds[kind].label);
}

const char *
rubis_field_owner_to_id (RubisFieldOwner owner)
{
  return owner == RUBIS_FIELD_OF_ITEM ? "item" : "account";
}

gboolean
rubis_field_owner_from_id (const char *id, RubisFieldOwner *owner)
{
  if (g_strcmp0 (id, "item") != 0 && g_strcmp0 (id, "account") != 0)
    return FALSE;
  *owner = g_str_equal (id, "item") ? RUBIS_FIELD_OF_ITEM : RUBIS_FIELD_OF_ACCOUNT;
  return TRUE;
}

RubisCustomField *
rubis_custom_field_new (RubisFieldOwner owner)
{
  RubisCustomField *self = g_new0 (RubisCustomField, 1);

  self->owner = owner;
  self->name = g_strdup ("");
  self->choices = g_strdup ("");
  return self;
}

RubisCustomField *
rubis_custom_field_copy (const RubisCustomField *self)
{
  RubisCustomField *copy = g_memdup2 (self, sizeof *self);

  copy->name = g_strdup (self->name);
  copy->choices = g_strdup (self->choices);
  return copy;
}

void
rubis_custom_field_free (RubisCustomField *self)
{
  g_free (self->name);
  g_free (self->choices);
  g_free (self);
}

/* The choice that @text spells, whatever its case and accents. (unowned) (nullable) */
static const char *
find_choice (GPtrArray *choices, const char *text)
{
  g_autofree char *wanted = rubis_text_fold (text);

  for (guint i = 0; i < choices->len; i++)
    {
      g_autofree char *folded = rubis_text_fold (g_ptr_array_index (choices, i));

      if (g_str_equal (folded, wanted))
        return g_ptr_array_index (choices, i);
    }
  return NULL;
}

/* (transfer full) */
static GPtrArray *
collect_choices (const char *text)
{
  GPtrArray *choices = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *line = rubis_text_normalise_spaces (lines[i]);

      if (*line != '\0' && find_choice (choices, line) == NULL)
        g_ptr_array_add (choices, g_steal_pointer (&line));
    }
  return choices;
}

char **
rubis_custom_field_split_choices (const char *choices)
{
  GPtrArray *lines = collect_choices (choices);

  g_ptr_array_add (lines, NULL);
  return (char **)g_ptr_array_free (lines, FALSE);
}

/* --- What people type ------------------------------------------------------------------------- */

/* The comma or point that parts the decimals from the rest, NULL when all of them part thousands. */
static const char *
find_decimal_mark (const char *text, const char *language)
{
  const char *comma = strchr (text, ',');
  const char *point = strchr (text, '.');
  const char *mark;
  gsize digits;

  if (comma != NULL && point != NULL)
    {
      const char *last_comma = strrchr (text, ',');
      const char *last_point = strrchr (text, '.');

      mark = last_comma > last_point ? last_comma : last_point;
      return strchr (text, *mark) == mark ? mark : NULL;
    }
  mark = comma != NULL ? comma : point;
  if (mark == NULL || strchr (mark + 1, *mark) != NULL)
    return NULL;
  digits = strspn (mark + 1, "0123456789");
  /* "1,234" is one thousand and more for who writes 1.5, and one and a quarter for who writes 1,5. */
  if (mark == comma && digits == 3 && g_str_has_prefix (language, "en"))
    return NULL;
  return mark;
}

/* The digits before and after the mark, without the blanks that part thousands. FALSE: no number. */
static gboolean
split_number (const char *text, const char *language, gboolean *negative, GString *whole, GString *decimals)
{
  const char *mark = find_decimal_mark (text, language);
  GString *part = whole;

  /* With both signs, one of them parts decimals. */
  if (mark == NULL && strchr (text, ',') != NULL && strchr (text, '.') != NULL)
    return FALSE;
  *negative = FALSE;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (p == mark)
        part = decimals;
      else if (c < 0x80 && g_ascii_isdigit ((char)c))
        g_string_append_c (part, (char)c);
      else if ((c == '-' || c == 0x2212) && whole->len == 0 && part == whole && !*negative)
        *negative = TRUE;
      else if (c == ',' || c == '.' || c == '\'' || g_unichar_isspace (c) || c == 0x202f)
        {
          if (part == decimals && !g_unichar_isspace (c))
            return FALSE;
        }
      else
        return FALSE;
    }
  return whole->len + decimals->len > 0 && whole->len + decimals->len <= MAX_DIGITS;
}

/* "1234.5" without zeros that say nothing. (transfer full) (nullable) */
static char *
read_number (const char *text, const char *language)
{
  g_autoptr (GString) whole = g_string_new (NULL);
  g_autoptr (GString) decimals = g_string_new (NULL);
  gboolean negative;
  gsize zeros;

  if (!split_number (text, language, &negative, whole, decimals))
    return NULL;
  zeros = strspn (whole->str, "0");
  g_string_erase (whole, 0, (gssize)zeros);
  while (decimals->len > 0 && decimals->str[decimals->len - 1] == '0')
    g_string_truncate (decimals, decimals->len - 1);
  if (whole->len == 0)
    g_string_append_c (whole, '0');
  if (decimals->len == 0 && g_str_equal (whole->str, "0"))
    negative = FALSE;
  return g_strconcat (negative ? "-" : "", whole->str, decimals->len > 0 ? "." : "", decimals->str, NULL);
}

/* (transfer full) (nullable) */
static char *
read_amount (const char *text, RubisCurrency currency)
{
  gint64 minor;

  return rubis_money_entry_parse (text, currency, &minor, NULL) ? rubis_money_to_string (minor, currency)
                                                                : NULL;
}

/* (transfer full) (nullable) */
static char *
read_date (const char *text)
{
  RubisDate date = rubis_date_entry_parse (text);

  return date != RUBIS_DATE_NONE ? rubis_date_to_iso (date) : NULL;
}

/* In the languages of the program; files write 1 and 0. (transfer full) (nullable) */
static char *
read_yes_no (const char *text)
{
  static const char *const yes[] = { "1", "yes", "y", "oui", "o", "true", "vrai", "x", NULL };
  static const char *const no[] = { "0", "no", "n", "non", "false", "faux", NULL };
  g_autofree char *folded = rubis_text_fold (text);

  if (g_strv_contains (yes, folded))
    return g_strdup ("1");
  return g_strv_contains (no, folded) ? g_strdup ("0") : NULL;
}

/* (transfer full) (nullable) */
static char *
read_choice (const char *text, const char *choices)
{
  g_autoptr (GPtrArray) lines = collect_choices (choices);

  return g_strdup (find_choice (lines, text));
}

/* @typed: normalised, not empty. (transfer full) (nullable) */
static char *
read_kind (const RubisCustomField *self, RubisCurrency currency, const char *typed, const char *language)
{
  switch (self->kind)
    {
    case RUBIS_FIELD_NUMBER:
      return read_number (typed, language);
    case RUBIS_FIELD_AMOUNT:
      return read_amount (typed, currency);
    case RUBIS_FIELD_DATE:
      return read_date (typed);
    case RUBIS_FIELD_YES_NO:
      return read_yes_no (typed);
    case RUBIS_FIELD_CHOICE:
      return read_choice (typed, self->choices);
    case RUBIS_FIELD_TEXT:
    default:
      return g_strdup (typed);
    }
}

static void
set_error (const RubisCustomField *self, RubisCurrency currency, const char *typed, const char *language,
           GError **error)
{
  g_auto (GStrv) choices = rubis_custom_field_split_choices (self->choices);
  g_autofree char *list = g_strjoinv (", ", choices);
  g_autofree char *amount = rubis_format_number (123450, currency, language);
  g_autofree char *number = rubis_custom_field_format (self, currency, "1234.5", language);

  switch (self->kind)
    {
    case RUBIS_FIELD_NUMBER:
      g_set_error (error, RUBIS_FIELD_ERROR, RUBIS_FIELD_ERROR_VALUE,
                   _ ("%s: “%s” is not a number: write it as %s."), self->name, typed, number);
      break;
    case RUBIS_FIELD_AMOUNT:
      g_set_error (error, RUBIS_FIELD_ERROR, RUBIS_FIELD_ERROR_VALUE,
                   _ ("%s: “%s” is not an amount: write it as %s."), self->name, typed, amount);
      break;
    case RUBIS_FIELD_DATE:
      g_set_error (error, RUBIS_FIELD_ERROR, RUBIS_FIELD_ERROR_VALUE,
                   _ ("%s: “%s” is no day: write it as 31/12/2026."), self->name, typed);
      break;
    case RUBIS_FIELD_YES_NO:
      g_set_error (error, RUBIS_FIELD_ERROR, RUBIS_FIELD_ERROR_VALUE, _ ("%s: “%s” is neither yes nor no."),
                   self->name, typed);
      break;
    case RUBIS_FIELD_TEXT:
    case RUBIS_FIELD_CHOICE:
    default:
      g_set_error (error, RUBIS_FIELD_ERROR, RUBIS_FIELD_ERROR_VALUE,
                   _ ("%s: “%s” is not among its choices: %s."), self->name, typed, list);
      break;
    }
}

char *
rubis_custom_field_read (const RubisCustomField *self, RubisCurrency currency, const char *typed,
                         const char *language, GError **error)
{
  g_autofree char *plain = NULL;
  char *value;

  g_return_val_if_fail (self != NULL && typed != NULL && language != NULL, NULL);

  plain = rubis_text_normalise_spaces (typed);
  if (*plain == '\0')
    return g_steal_pointer (&plain);
  value = read_kind (self, currency, plain, language);
  if (value == NULL)
    set_error (self, currency, plain, language, error);
  return value;
}

/* --- What people read ------------------------------------------------------------------------- */

static char *
format_number (const char *value, const char *language)
{
  gboolean negative = *value == '-';
  const char *mark = strchr (value, '.');
  g_autofree char *whole
      = rubis_format_count (g_ascii_strtoll (value + (negative ? 1 : 0), NULL, 10), language);

  return g_strconcat (negative ? "\u2212" : "", whole,
                      mark == NULL                        ? ""
                      : g_str_has_prefix (language, "en") ? "."
                                                          : ",",
                      mark != NULL ? mark + 1 : "", NULL);
}

char *
rubis_custom_field_format (const RubisCustomField *self, RubisCurrency currency, const char *value,
                           const char *language)
{
  gint64 minor;

  g_return_val_if_fail (self != NULL && value != NULL && language != NULL, NULL);

  if (*value == '\0')
    return g_strdup ("");
  switch (self->kind)
    {
    case RUBIS_FIELD_NUMBER:
      return format_number (value, language);
    case RUBIS_FIELD_AMOUNT:
      return rubis_money_parse (value, currency, &minor, NULL)
                 ? rubis_format_number (minor, currency, language)
                 : g_strdup (value);
    case RUBIS_FIELD_DATE:
      return rubis_format_date_short (rubis_date_parse_iso (value), language);
    case RUBIS_FIELD_YES_NO:
      return g_strdup (g_str_equal (value, "1") ? _ ("Yes") : _ ("No"));
    case RUBIS_FIELD_TEXT:
    case RUBIS_FIELD_CHOICE:
    default:
      return g_strdup (value);
    }
}

static gboolean
is_figure (RubisFieldKind kind)
{
  return kind == RUBIS_FIELD_NUMBER || kind == RUBIS_FIELD_AMOUNT;
}

static gboolean
is_words (RubisFieldKind kind)
{
  return kind == RUBIS_FIELD_TEXT || kind == RUBIS_FIELD_CHOICE;
}

char *
rubis_custom_field_convert (const RubisCustomField *from, const RubisCustomField *to, RubisCurrency currency,
                            const char *value, const char *language)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (from != NULL && to != NULL && value != NULL, NULL);

  if (from->kind == to->kind && to->kind != RUBIS_FIELD_CHOICE)
    return g_strdup (value);
  if (is_words (from->kind) || is_words (to->kind))
    {
      text = rubis_custom_field_format (from, currency, value, language);
      return rubis_custom_field_read (to, currency, text, language, NULL);
    }
  if (is_figure (from->kind) && is_figure (to->kind))
    return to->kind == RUBIS_FIELD_NUMBER ? read_number (value, "") : read_amount (value, currency);
  return NULL;
}
