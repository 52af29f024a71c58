/* rubis-paper-period.c: the movements of an account over a period, from facts: items and allocations by their
 * dates. */
#include "rubis-paper-fill.h"

#include <glib/gi18n-lib.h>

#include "rubis-format.h"
#include "rubis-import-preview.h"
#include "rubis-store-movements.h"
#include "rubis-words.h"

/* Numbers named in one line. */
#define MAX_NUMBERS 3

typedef struct
{
  const RubisPaperFill *fill;
  RubisCurrency currency;
  GPtrArray *movements; /* (element-type RubisMovement) of all currencies, by date */
  RubisGrid *grid;
  gint64 balance;
  gint64 debits;
  gint64 credits;
  gboolean overflow;
} Period;

static gboolean
is_of (const Period *period, const RubisMovement *movement)
{
  return rubis_currency_equal (movement->currency, period->currency);
}

static void
add_checked (Period *period, gint64 *sum, gint64 amount)
{
  if (!rubis_money_add (*sum, amount, sum))
    period->overflow = TRUE;
}

static char *
format (const Period *period, gint64 amount)
{
  return rubis_format_number (amount, period->currency, period->fill->language);
}

/* The row of an opening or closing balance. */
static void
add_balance (Period *period, RubisWord word, RubisDate date)
{
  g_autofree char *day = rubis_format_date_short (date, period->fill->language);
  g_autofree char *balance = rubis_format_amount (period->balance, period->currency, period->fill->language);
  const char *cells[] = { day, rubis_words_get (word, period->fill->language), "", "", balance };

  rubis_grid_add_total (period->grid, cells);
}

static void
add_line (Period *period, RubisDate date, const char *label, gint64 amount)
{
  g_autofree char *day = rubis_format_date_short (date, period->fill->language);
  g_autofree char *debit = amount >= 0 ? format (period, amount) : NULL;
  g_autofree char *credit = amount < 0 ? format (period, -amount) : NULL;
  g_autofree char *balance = NULL;

  add_checked (period, &period->balance, amount);
  add_checked (period, amount >= 0 ? &period->debits : &period->credits, amount >= 0 ? amount : -amount);
  balance = format (period, period->balance);
  {
    const char *cells[] = { day, label, debit, credit, balance };

    rubis_grid_add_row (period->grid, cells);
  }
}

/* "Facture FA-1", "Avoir AV-2" */
static void
add_item (Period *period, const RubisMovement *movement)
{
  g_autofree char *label = g_strdup_printf (
      "%s %s", rubis_words_get (RUBIS_WORD_INVOICE + movement->type, period->fill->language),
      movement->number);

  add_line (period, movement->date, label, movement->amount);
}

/* Names the settlements from @start to @end: the items that were paid, or else the credits that were used up
 * outside what the dossier knows. What was set against another item is named only when there is nothing else.
 */
static char *
name_settlements (const Period *period, guint start, guint end, gint64 net)
{
  g_autoptr (GString) numbers = g_string_new (NULL);
  RubisWord word = net < 0 ? RUBIS_WORD_PAYMENT_OF : RUBIS_WORD_APPLICATION_OF;

  for (int matched = 0; matched < 2 && numbers->len == 0; matched++)
    {
      guint n = 0;

      for (guint i = start; i < end; i++)
        {
          const RubisMovement *movement = g_ptr_array_index (period->movements, i);

          if (!is_of (period, movement) || (movement->counterpart != 0) != (matched != 0)
              || (movement->amount < 0) != (net < 0))
            continue;
          if (n++ < MAX_NUMBERS)
            g_string_append_printf (numbers, "%s%s", n > 1 ? ", " : "", movement->number);
        }
      if (n > MAX_NUMBERS)
        g_string_append (numbers, "…");
    }
  return g_strdup_printf ("%s %s", rubis_words_get (word, period->fill->language), numbers->str);
}

/* The settlements of one day, from @start on. Two items set against each other move nothing; what is left is
 * money that the accounting recorded without a payment of its own. Returns the index after them.
 */
static guint
add_settlements (Period *period, guint start)
{
  const RubisMovement *first = g_ptr_array_index (period->movements, start);
  gint64 net = 0;
  guint end;

  for (end = start; end < period->movements->len; end++)
    {
      const RubisMovement *movement = g_ptr_array_index (period->movements, end);

      if (movement->date != first->date || !movement->allocation)
        break;
      if (is_of (period, movement))
        add_checked (period, &net, movement->amount);
    }
  if (net != 0)
    {
      g_autofree char *label = name_settlements (period, start, end, net);

      add_line (period, first->date, label, net);
    }
  return end;
}

static void
add_movements (Period *period)
{
  const RubisPaperOptions *options = period->fill->options;
  guint i = 0;

  while (i < period->movements->len)
    {
      const RubisMovement *movement = g_ptr_array_index (period->movements, i);

      if (movement->date > options->to)
        return;
      if (movement->date < options->from)
        {
          i++;
          continue;
        }
      if (movement->allocation)
        i = add_settlements (period, i);
      else
        {
          if (is_of (period, movement))
            add_item (period, movement);
          i++;
        }
    }
}

static void
add_currency (Period *period)
{
  const RubisPaperFill *fill = period->fill;
  g_autofree char *debits = NULL;
  g_autofree char *credits = NULL;

  period->balance = period->debits = period->credits = 0;
  for (guint i = 0; i < period->movements->len; i++)
    {
      const RubisMovement *movement = g_ptr_array_index (period->movements, i);

      if (is_of (period, movement) && movement->date < fill->options->from)
        add_checked (period, &period->balance, movement->amount);
    }
  rubis_document_context_add_amount (fill->context, RUBIS_HASHTAG_OPENING_BALANCE, period->balance,
                                     period->currency);
  add_balance (period, RUBIS_WORD_OPENING_BALANCE, fill->options->from);
  add_movements (period);
  debits = format (period, period->debits);
  credits = format (period, period->credits);
  {
    const char *cells[] = { "", rubis_words_get (RUBIS_WORD_TOTAL, fill->language), debits, credits, "" };

    rubis_grid_add_total (period->grid, cells);
  }
  add_balance (period, RUBIS_WORD_CLOSING_BALANCE, fill->options->to);
  rubis_document_context_add_amount (fill->context, RUBIS_HASHTAG_CLOSING_BALANCE, period->balance,
                                     period->currency);
}

static RubisGrid *
new_grid (const char *language)
{
  RubisGrid *grid = rubis_grid_new ();

  rubis_grid_add_column (grid, rubis_words_get (RUBIS_WORD_DATE, language), RUBIS_GRID_LEFT, 1.4);
  rubis_grid_add_column (grid, rubis_words_get (RUBIS_WORD_MOVEMENT, language), RUBIS_GRID_LEFT, 4);
  rubis_grid_add_column (grid, rubis_words_get (RUBIS_WORD_DEBIT, language), RUBIS_GRID_RIGHT, 1.7);
  rubis_grid_add_column (grid, rubis_words_get (RUBIS_WORD_CREDIT_SIDE, language), RUBIS_GRID_RIGHT, 1.7);
  rubis_grid_add_column (grid, rubis_words_get (RUBIS_WORD_BALANCE, language), RUBIS_GRID_RIGHT, 1.8);
  return grid;
}

/* Whether no earlier movement has the currency of the one at @index, and it is not after the period. */
static gboolean
starts_currency (GPtrArray *movements, guint index, RubisDate to)
{
  const RubisMovement *movement = g_ptr_array_index (movements, index);

  if (movement->date > to)
    return FALSE;
  for (guint i = 0; i < index; i++)
    {
      const RubisMovement *earlier = g_ptr_array_index (movements, i);

      if (rubis_currency_equal (earlier->currency, movement->currency))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_period (const RubisPaperFill *fill, GError **error)
{
  const RubisPaperOptions *options = fill->options;

  if (options->from == RUBIS_DATE_NONE || options->to == RUBIS_DATE_NONE)
    g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
                 _ ("A statement of a period needs its first and its last day."));
  else if (options->from > options->to)
    g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
                 _ ("The period ends before it begins: exchange the two days."));
  else if (options->to > fill->today)
    g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
                 _ ("The period ends after today: its movements are not known yet."));
  else
    return TRUE;
  return FALSE;
}

gboolean
rubis_paper_fill_period (const RubisPaperFill *fill, GError **error)
{
  g_autoptr (GPtrArray) movements = NULL;
  g_autoptr (RubisGrid) grid = NULL;
  Period period = { .fill = fill };
  guint n = 0;

  if (!check_period (fill, error))
    return FALSE;
  movements = rubis_store_list_movements (fill->db, fill->account->id, error);
  if (movements == NULL)
    return FALSE;
  period.movements = movements;
  period.grid = grid = new_grid (fill->language);
  rubis_document_context_set_date (fill->context, RUBIS_HASHTAG_PERIOD_START, fill->options->from);
  rubis_document_context_set_date (fill->context, RUBIS_HASHTAG_PERIOD_END, fill->options->to);
  rubis_document_context_set_text (fill->context, RUBIS_HASHTAG_OPENING_BALANCE, NULL);
  rubis_document_context_set_text (fill->context, RUBIS_HASHTAG_CLOSING_BALANCE, NULL);
  for (guint i = 0; i < movements->len; i++)
    {
      if (!starts_currency (movements, i, fill->options->to))
        continue;
      period.currency = ((const RubisMovement *)g_ptr_array_index (movements, i))->currency;
      add_currency (&period);
      n++;
    }
  if (n == 0)
    {
      /* Nothing ever moved: the statement says zero. */
      period.currency = rubis_document_context_get_currency (fill->context);
      add_currency (&period);
    }
  if (period.overflow)
    {
      g_set_error (error, RUBIS_MONEY_ERROR, RUBIS_MONEY_ERROR_RANGE,
                   _ ("The movements add up to more than an amount can hold: check the amounts imported."));
      return FALSE;
    }
  rubis_document_context_set_grid (fill->context, RUBIS_HASHTAG_MOVEMENTS, grid);
  return TRUE;
}
