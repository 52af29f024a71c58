#include "rubis-paper-fill.h"

#include <glib/gi18n-lib.h>

#include "rubis-format.h"
#include "rubis-import-preview.h"
#include "rubis-number-words.h"
#include "rubis-store-items.h"
#include "rubis-store-movements.h"
#include "rubis-words.h"

/* The notice of an agreement that is not followed here. */
#define NOTICE_DAYS 15
/* Room to sign, in lines of text. */
#define SIGNING_ROOM "\n\n\n\n"

static const char *
word (const RubisPaperFill *fill, RubisWord which)
{
  return rubis_words_get (which, fill->language);
}

static void
set_text (const RubisPaperFill *fill, RubisHashtag hashtag, const char *text)
{
  rubis_document_context_set_text (fill->context, hashtag, text);
}

/* Figures and letters of the same sum. */
static void
set_sum (const RubisPaperFill *fill, RubisHashtag hashtag, gint64 amount, RubisCurrency currency)
{
  g_autofree char *words = rubis_number_words_spell_amount (amount, currency, fill->language);

  rubis_document_context_set_amount (fill->context, hashtag, amount, currency);
  set_text (fill, RUBIS_HASHTAG_AMOUNT_IN_WORDS, words);
}

/* --- Payment plan -------------------------------------------------------------------------- */

static RubisGrid *
make_instalments (const RubisPaperFill *fill, GArray *instalments, gint64 total, RubisCurrency currency)
{
  RubisGrid *grid = rubis_grid_new ();
  g_autofree char *sum = rubis_format_amount (total, currency, fill->language);
  const char *totals[] = { word (fill, RUBIS_WORD_TOTAL), "", sum, "" };
  gint64 left = total;

  rubis_grid_add_column (grid, word (fill, RUBIS_WORD_INSTALMENT), RUBIS_GRID_LEFT, 1);
  rubis_grid_add_column (grid, word (fill, RUBIS_WORD_DATE), RUBIS_GRID_LEFT, 2);
  rubis_grid_add_column (grid, word (fill, RUBIS_WORD_AMOUNT), RUBIS_GRID_RIGHT, 2);
  rubis_grid_add_column (grid, word (fill, RUBIS_WORD_LEFT_AFTER), RUBIS_GRID_RIGHT, 2);
  for (guint i = 0; i < instalments->len; i++)
    {
      const RubisInstalment *instalment = &g_array_index (instalments, RubisInstalment, i);
      g_autofree char *number = g_strdup_printf ("%u", i + 1);
      g_autofree char *date = rubis_format_date_long (instalment->date, fill->language);
      g_autofree char *amount = rubis_format_amount (instalment->amount, currency, fill->language);
      g_autofree char *after = rubis_format_amount (left -= instalment->amount, currency, fill->language);
      const char *cells[] = { number, date, amount, after };

      rubis_grid_add_row (grid, cells);
    }
  rubis_grid_add_total (grid, totals);
  return grid;
}

/* Both parties side by side. */
static RubisGrid *
make_signatures (const RubisPaperFill *fill)
{
  RubisGrid *grid = rubis_grid_new ();
  g_autofree char *signatory = rubis_document_context_dup_text (fill->context, RUBIS_HASHTAG_USER_NAME);
  const char *colon = word (fill, RUBIS_WORD_COLON);
  g_autofree char *room = g_strdup_printf ("\n\n%s%s\n\n%s%s" SIGNING_ROOM, word (fill, RUBIS_WORD_DATE),
                                           colon, word (fill, RUBIS_WORD_SIGNATURE), colon);
  g_autofree char *creditor = g_strconcat (
      fill->company->name, "\n",
      signatory != NULL && !g_str_equal (signatory, fill->company->name) ? signatory : "", room, NULL);
  g_autofree char *debtor
      = g_strconcat (fill->account->name, "\n", word (fill, RUBIS_WORD_NAME), colon, room, NULL);
  const char *cells[] = { creditor, debtor };

  rubis_grid_add_column (grid, word (fill, RUBIS_WORD_FOR_CREDITOR), RUBIS_GRID_LEFT, 1);
  rubis_grid_add_column (grid, word (fill, RUBIS_WORD_FOR_DEBTOR), RUBIS_GRID_LEFT, 1);
  rubis_grid_add_row (grid, cells);
  return grid;
}

static gboolean
fill_agreement (const RubisPaperFill *fill, GError **error)
{
  const RubisPaperOptions *options = fill->options;
  RubisCurrency currency = rubis_document_context_get_currency (fill->context);
  gboolean planned = options->plan_id != 0 || options->plan_input != NULL;
  gint64 total = rubis_document_context_get_number (
      fill->context, planned ? RUBIS_HASHTAG_PLAN_AMOUNT : RUBIS_HASHTAG_TOTAL_UNDISPUTED);
  g_autoptr (GArray) instalments = NULL;
  g_autoptr (RubisGrid) grid = NULL;
  g_autoptr (RubisGrid) signatures = NULL;
  const RubisInstalment *first, *last;

  if (total <= 0)
    {
      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE,
                   _ ("%s owes nothing that a payment plan could spread: credits or disputes cover the "
                      "items, or none is "
                      "overdue. Choose items."),
                   fill->account->name);
      return FALSE;
    }
  instalments = options->instalments != NULL
                    ? rubis_instalments_complete (
                        total, (const RubisInstalment *)(gpointer)options->instalments->data,
                        options->instalments->len, error)
                    : rubis_instalments_spread (total, options->n_instalments, options->first_date,
                                                options->interval, error);
  if (instalments == NULL)
    return FALSE;
  first = &g_array_index (instalments, RubisInstalment, 0);
  last = &g_array_index (instalments, RubisInstalment, instalments->len - 1);
  if (!planned && first->date < fill->today)
    {
      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
                   _ ("The first instalment is in the past: it can be due today at the earliest."));
      return FALSE;
    }
  set_sum (fill, RUBIS_HASHTAG_PLAN_AMOUNT, total, currency);
  rubis_document_context_set_count (fill->context, RUBIS_HASHTAG_INSTALMENT_COUNT, instalments->len);
  rubis_document_context_set_date (fill->context, RUBIS_HASHTAG_FIRST_INSTALMENT, first->date);
  rubis_document_context_set_date (fill->context, RUBIS_HASHTAG_LAST_INSTALMENT, last->date);
  set_text (fill, RUBIS_HASHTAG_INTEREST_CLAUSE, options->interest);
  if (!planned)
    rubis_document_context_set_count (fill->context, RUBIS_HASHTAG_ACCELERATION_NOTICE, NOTICE_DAYS);
  grid = make_instalments (fill, instalments, total, currency);
  signatures = make_signatures (fill);
  rubis_document_context_set_grid (fill->context, RUBIS_HASHTAG_INSTALMENTS_GRID, grid);
  rubis_document_context_set_grid (fill->context, RUBIS_HASHTAG_PARTY_SIGNATURES, signatures);
  return TRUE;
}

/* --- Receipt ------------------------------------------------------------------------------- */

typedef struct
{
  gint64 account_id;
  char *number;
  RubisDate date;
  gint64 amount;
  RubisCurrency currency;
} Payment;

static gboolean
note_payment (const RubisItemRecord *item, gpointer user_data)
{
  Payment *payment = user_data;

  payment->account_id = item->type == RUBIS_ITEM_PAYMENT && item->total < 0 ? item->account_id : 0;
  payment->number = g_strdup (item->number);
  payment->date = item->issue_date != RUBIS_DATE_NONE ? item->issue_date : item->first_seen;
  payment->amount = -item->total;
  payment->currency = item->currency;
  return TRUE;
}

static gboolean
fill_paid_items (const RubisPaperFill *fill, RubisCurrency currency, GError **error)
{
  g_autoptr (GPtrArray) items = rubis_store_list_paid_items (fill->db, fill->options->payment_id, error);
  g_autoptr (RubisGrid) grid = NULL;

  if (items == NULL)
    return FALSE;
  grid = rubis_grid_new ();
  rubis_grid_add_column (grid, word (fill, RUBIS_WORD_COLUMN_NUMBER), RUBIS_GRID_LEFT, 3);
  rubis_grid_add_column (grid, word (fill, RUBIS_WORD_AMOUNT), RUBIS_GRID_RIGHT, 1);
  for (guint i = 0; i < items->len; i++)
    {
      const RubisPaidItem *item = g_ptr_array_index (items, i);
      g_autofree char *name
          = g_strdup_printf ("%s %s", word (fill, RUBIS_WORD_INVOICE + item->type), item->number);
      g_autofree char *amount = rubis_format_amount (item->amount, currency, fill->language);
      const char *cells[] = { name, amount };

      rubis_grid_add_row (grid, cells);
    }
  if (items->len > 0)
    rubis_document_context_set_grid (fill->context, RUBIS_HASHTAG_PAID_ITEMS, grid);
  return TRUE;
}

static gboolean
fill_receipt (const RubisPaperFill *fill, GError **error)
{
  const RubisPaperOptions *options = fill->options;
  Payment payment = { .date = options->date != RUBIS_DATE_NONE ? options->date : fill->today,
                      .amount = options->amount,
                      .currency = rubis_document_context_get_currency (fill->context) };
  gboolean found = FALSE;

  if (options->payment_id != 0)
    {
      if (!rubis_store_visit_item (fill->db, options->payment_id, note_payment, &payment, &found, error))
        return FALSE;
      set_text (fill, RUBIS_HASHTAG_PAYMENT_NUMBER, payment.number);
      g_free (payment.number);
      if (!found || payment.account_id != fill->account->id)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("%s has no such payment."),
                       fill->account->name);
          return FALSE;
        }
      if (!fill_paid_items (fill, payment.currency, error))
        return FALSE;
    }
  if (payment.amount <= 0)
    {
      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
                   _ ("A receipt needs a payment, or an amount above zero."));
      return FALSE;
    }
  if (payment.date > fill->today)
    {
      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
                   _ ("The payment is dated after today: a receipt is for what was received."));
      return FALSE;
    }
  set_sum (fill, RUBIS_HASHTAG_PAYMENT_AMOUNT, payment.amount, payment.currency);
  rubis_document_context_set_date (fill->context, RUBIS_HASHTAG_PAYMENT_DATE, payment.date);
  return TRUE;
}

/* --- Write-off sheet ----------------------------------------------------------------------- */

/* Without VAT, rounded half away from zero, once an item. Less than @gross, so that it always fits. */
static gint64
get_net (gint64 gross, int vat_rate)
{
  gint64 net = 0;

  return vat_rate >= 0 && rubis_money_scale (gross, 10000, 10000 + vat_rate, &net) ? net : 0;
}

static RubisGrid *
new_write_off_grid (const RubisPaperFill *fill)
{
  RubisGrid *grid = rubis_grid_new ();

  rubis_grid_add_column (grid, word (fill, RUBIS_WORD_COLUMN_NUMBER), RUBIS_GRID_LEFT, 2.4);
  rubis_grid_add_column (grid, word (fill, RUBIS_WORD_COLUMN_ISSUE_DATE), RUBIS_GRID_LEFT, 1.6);
  rubis_grid_add_column (grid, word (fill, RUBIS_WORD_COLUMN_DUE_DATE), RUBIS_GRID_LEFT, 1.6);
  rubis_grid_add_column (grid, word (fill, RUBIS_WORD_COLUMN_DAYS_LATE), RUBIS_GRID_RIGHT, 1.2);
  rubis_grid_add_column (grid, word (fill, RUBIS_WORD_COLUMN_LEVEL), RUBIS_GRID_RIGHT, 1.2);
  rubis_grid_add_column (grid, word (fill, RUBIS_WORD_AMOUNT_NET), RUBIS_GRID_RIGHT, 1.8);
  rubis_grid_add_column (grid, word (fill, RUBIS_WORD_AMOUNT_GROSS), RUBIS_GRID_RIGHT, 1.8);
  return grid;
}

static void
add_write_off_row (const RubisPaperFill *fill, RubisGrid *grid, const RubisDocumentItem *item, gint64 net)
{
  g_autofree char *issued = rubis_format_date_short (item->issue_date, fill->language);
  g_autofree char *due = rubis_format_date_short (item->due_date, fill->language);
  g_autofree char *days
      = g_strdup_printf ("%d\u00a0%s", MAX (0, item->days_late), word (fill, RUBIS_WORD_DAYS_UNIT));
  g_autofree char *level = item->level > 0 ? g_strdup_printf ("%d", item->level) : g_strdup ("–");
  g_autofree char *gross = rubis_format_number (item->open, item->currency, fill->language);
  g_autofree char *without = fill->options->vat_rate >= 0
                                 ? rubis_format_number (net, item->currency, fill->language)
                                 : g_strdup ("");
  const char *cells[] = { item->number, issued, due, days, level, without, gross };

  rubis_grid_add_row (grid, cells);
}

/* Three cells wide, high enough to sign in. */
static RubisGrid *
make_decision (const RubisPaperFill *fill)
{
  RubisGrid *grid = rubis_grid_new ();
  const RubisWord rows[] = { RUBIS_WORD_ASKED_BY, RUBIS_WORD_DECIDED_BY };

  rubis_grid_add_column (grid, "", RUBIS_GRID_LEFT, 2);
  rubis_grid_add_column (grid, word (fill, RUBIS_WORD_NAME), RUBIS_GRID_LEFT, 2);
  rubis_grid_add_column (grid, word (fill, RUBIS_WORD_DATE), RUBIS_GRID_LEFT, 1.2);
  rubis_grid_add_column (grid, word (fill, RUBIS_WORD_SIGNATURE), RUBIS_GRID_LEFT, 2);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *label = g_strconcat (word (fill, rows[i]), SIGNING_ROOM, NULL);
      const char *cells[] = { label, "", "", "" };

      rubis_grid_add_row (grid, cells);
    }
  return grid;
}

static gboolean
check_write_off (const RubisPaperFill *fill, GError **error)
{
  const RubisPaperOptions *options = fill->options;

  if (options->reason == NULL || *options->reason == '\0')
    g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE, _ ("A write-off needs a reason."));
  else if (options->vat_rate > 10000)
    g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
                 _ ("A VAT rate is between 0 and 100 %%."));
  else
    return TRUE;
  return FALSE;
}

static gboolean
fill_write_off (const RubisPaperFill *fill, GError **error)
{
  RubisCurrency currency = rubis_document_context_get_currency (fill->context);
  g_autoptr (RubisGrid) grid = new_write_off_grid (fill);
  g_autoptr (RubisGrid) decision = make_decision (fill);
  gint64 gross = 0, net = 0;
  guint n = 0;

  if (!check_write_off (fill, error))
    return FALSE;
  for (guint i = 0; i < rubis_document_context_get_n_items (fill->context); i++)
    {
      const RubisDocumentItem *item = rubis_document_context_get_item (fill->context, i);
      gint64 item_net = get_net (item->open, fill->options->vat_rate);

      /* Credits are not written off: they are set against something first. */
      if (!item->selected || item->open <= 0)
        continue;
      add_write_off_row (fill, grid, item, item_net);
      gross += item->open;
      net += item_net;
      n++;
    }
  if (n == 0)
    {
      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE,
                   _ ("%s has nothing overdue to write off: choose items."), fill->account->name);
      return FALSE;
    }
  rubis_document_context_set_grid (fill->context, RUBIS_HASHTAG_WRITE_OFF_ITEMS, grid);
  rubis_document_context_set_grid (fill->context, RUBIS_HASHTAG_DECISION_BOX, decision);
  set_text (fill, RUBIS_HASHTAG_WRITE_OFF_REASON, fill->options->reason);
  rubis_document_context_set_amount (fill->context, RUBIS_HASHTAG_WRITE_OFF_AMOUNT, gross, currency);
  if (fill->options->vat_rate >= 0)
    rubis_document_context_set_amount (fill->context, RUBIS_HASHTAG_WRITE_OFF_NET, net, currency);
  return TRUE;
}

gboolean
rubis_paper_fill (const RubisPaperFill *fill, GError **error)
{
  if (rubis_template_uses (fill->template_, RUBIS_HASHTAG_MOVEMENTS)
      && !rubis_paper_fill_period (fill, error))
    return FALSE;
  switch (rubis_template_get_kind (fill->template_))
    {
    case RUBIS_TEMPLATE_AGREEMENT:
      return fill_agreement (fill, error);
    case RUBIS_TEMPLATE_RECEIPT:
      return fill_receipt (fill, error);
    case RUBIS_TEMPLATE_INTERNAL:
      return rubis_template_uses (fill->template_, RUBIS_HASHTAG_DISPUTE_ITEMS) ? rubis_dispute_fill (fill, error)
                                                                                : fill_write_off (fill, error);
    case RUBIS_TEMPLATE_REMINDER:
    case RUBIS_TEMPLATE_NOTICE:
    case RUBIS_TEMPLATE_STATEMENT:
    case RUBIS_TEMPLATE_FORMAL:
    case RUBIS_TEMPLATE_THANKS:
    case RUBIS_TEMPLATE_SCRIPT:
    default:
      return TRUE;
    }
}

/* Letters about a payment plan, seen for a customer who has none. */
static void
fill_plan_sample (const RubisPaperFill *fill)
{
  RubisCurrency currency = rubis_document_context_get_currency (fill->context);
  gint64 total = MAX (2, rubis_document_context_get_number (fill->context, RUBIS_HASHTAG_TOTAL_UNDISPUTED));
  g_autoptr (GArray) instalments = NULL;
  g_autoptr (RubisGrid) grid = NULL;

  if (rubis_document_context_is_set (fill->context, RUBIS_HASHTAG_PLAN_DATE))
    return;
  instalments = rubis_instalments_spread (total, 2, fill->today - 10, RUBIS_INTERVAL_MONTH, NULL);
  if (instalments == NULL)
    return;
  grid = make_instalments (fill, instalments, total, currency);
  rubis_document_context_set_grid (fill->context, RUBIS_HASHTAG_CLAIMED_INSTALMENTS, grid);
  rubis_document_context_set_date (fill->context, RUBIS_HASHTAG_PLAN_DATE, fill->today - 40);
  rubis_document_context_set_amount (fill->context, RUBIS_HASHTAG_PLAN_LEFT, total, currency);
  rubis_document_context_set_count (fill->context, RUBIS_HASHTAG_ACCELERATION_NOTICE, NOTICE_DAYS);
}

void
rubis_paper_fill_sample (const RubisPaperFill *fill)
{
  RubisPaperOptions options = RUBIS_PAPER_OPTIONS_INIT;
  RubisPaperFill sample = *fill;

  options.from = rubis_date_add_months (fill->today, -3);
  options.to = fill->today;
  options.n_instalments = 3;
  options.first_date = rubis_date_add_months (fill->today, 1);
  options.amount = MAX (1, rubis_document_context_get_number (fill->context, RUBIS_HASHTAG_TOTAL_OVERDUE));
  options.date = fill->today;
  options.reason = "…";
  fill_plan_sample (fill);
  sample.options = &options;
  rubis_paper_fill (&sample, NULL);
}
