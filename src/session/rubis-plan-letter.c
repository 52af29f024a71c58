#include "rubis-plan-letter.h"

#include <glib/gi18n-lib.h>

#include "rubis-format.h"
#include "rubis-import-preview.h"
#include "rubis-words.h"

RubisPlanFacts *
rubis_plan_letter_find (RubisDatabase *db, RubisLibrary *library, GArray *item_ids, RubisDate today,
                        GError **error)
{
  RubisPlanFacts *facts;
  gint64 plan_id = 0;

  if (item_ids == NULL || item_ids->len == 0
      || !rubis_store_find_plan_of (db, g_array_index (item_ids, gint64, 0), &plan_id, error) || plan_id == 0)
    return NULL;
  facts = rubis_plan_facts_load (db, library, plan_id, today, error);
  if (facts != NULL && facts->verdict.standing == RUBIS_PLAN_DONE)
    g_clear_pointer (&facts, rubis_plan_facts_free);
  return facts;
}

gboolean
rubis_plan_letter_holds (const RubisPlanFacts *plan, gint64 item_id)
{
  for (guint i = 0; i < plan->record->items->len; i++)
    {
      if (g_array_index (plan->record->items, RubisPlanItemRecord, i).item_id == item_id)
        return TRUE;
    }
  return FALSE;
}

/* What the claim asks of the items of the letter; the rest of it is contested or stopped. */
static gint64
sum_shares (const RubisPlanFacts *plan, GArray *item_ids)
{
  gint64 sum = 0;

  for (guint i = 0; i < plan->record->items->len; i++)
    {
      gint64 id = g_array_index (plan->record->items, RubisPlanItemRecord, i).item_id;

      for (guint j = 0; j < item_ids->len; j++)
        {
          if (g_array_index (item_ids, gint64, j) == id)
            sum += g_array_index (plan->shares, gint64, i);
        }
    }
  return sum;
}

static const char *
word (RubisDocumentContext *context, RubisWord which)
{
  return rubis_words_get (which, rubis_document_context_get_language (context));
}

static RubisGrid *
new_grid (RubisDocumentContext *context)
{
  RubisGrid *grid = rubis_grid_new ();

  rubis_grid_add_column (grid, word (context, RUBIS_WORD_INSTALMENT), RUBIS_GRID_LEFT, 1);
  rubis_grid_add_column (grid, word (context, RUBIS_WORD_DATE), RUBIS_GRID_LEFT, 2);
  rubis_grid_add_column (grid, word (context, RUBIS_WORD_AMOUNT), RUBIS_GRID_RIGHT, 2);
  rubis_grid_add_column (grid, word (context, RUBIS_WORD_PAYMENTS), RUBIS_GRID_RIGHT, 2);
  rubis_grid_add_column (grid, word (context, RUBIS_WORD_COLUMN_OPEN), RUBIS_GRID_RIGHT, 2);
  return grid;
}

static void
add_grid_row (RubisGrid *grid, RubisDocumentContext *context, RubisCurrency currency, const char *number,
              const RubisInstalment *instalment, gint64 paid)
{
  const char *language = rubis_document_context_get_language (context);
  g_autofree char *date = rubis_format_date_short (instalment->date, language);
  g_autofree char *amount = rubis_format_amount (instalment->amount, currency, language);
  g_autofree char *paid_text = paid != 0 ? rubis_format_amount (paid, currency, language) : g_strdup ("–");
  g_autofree char *left = rubis_format_amount (instalment->amount - paid, currency, language);
  const char *cells[] = { number, date, amount, paid_text, left };

  rubis_grid_add_row (grid, cells);
}

static void
add_total (RubisGrid *grid, RubisDocumentContext *context, RubisCurrency currency, gint64 claim)
{
  g_autofree char *sum = rubis_format_amount (claim, currency, rubis_document_context_get_language (context));
  const char *totals[] = { word (context, RUBIS_WORD_TOTAL), "", "", "", sum };

  rubis_grid_add_total (grid, totals);
}

static void
set_values (const RubisPlanFacts *plan, RubisDocumentContext *context)
{
  const RubisPlanRecord *record = plan->record;

  rubis_document_context_set_date (context, RUBIS_HASHTAG_PLAN_DATE, record->agreed_on);
  rubis_document_context_set_amount (context, RUBIS_HASHTAG_PLAN_AMOUNT, plan->verdict.total,
                                     record->currency);
  rubis_document_context_set_amount (context, RUBIS_HASHTAG_PLAN_LEFT, rubis_plan_record_get_left (record),
                                     record->currency);
  rubis_document_context_set_count (context, RUBIS_HASHTAG_INSTALMENT_COUNT, record->instalments->len);
  rubis_document_context_set_count (context, RUBIS_HASHTAG_GRACE_DAYS, record->grace_days);
  if (record->accelerates)
    rubis_document_context_set_count (context, RUBIS_HASHTAG_ACCELERATION_NOTICE, record->notice_days);
}

gboolean
rubis_plan_letter_check (const RubisPlanFacts *plan, RubisTemplateKind kind, const char *name, GError **error)
{
  gboolean due
      = kind == RUBIS_TEMPLATE_FORMAL ? plan->verdict.standing == RUBIS_PLAN_LATE : plan->verdict.due > 0;
  g_autofree char *until = NULL;

  if (due || (kind != RUBIS_TEMPLATE_REMINDER && kind != RUBIS_TEMPLATE_FORMAL))
    return TRUE;
  until = rubis_format_date_short (plan->verdict.until, rubis_format_ui_language ());
  g_set_error (
      error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE,
      _ ("Nothing of the payment plan of %s is late: it is respected until %s at least. A statement of "
         "account can be sent instead."),
      name, until);
  return FALSE;
}

void
rubis_plan_letter_fill (const RubisPlanFacts *plan, GArray *item_ids, int level,
                        RubisDocumentContext *context)
{
  const RubisPlanRecord *record = plan->record;
  RubisDate today = rubis_document_context_get_date (context);
  g_autofree gint64 *paid = g_new0 (gint64, record->instalments->len);
  g_autoptr (RubisGrid) grid = new_grid (context);
  gint64 claim = plan->verdict.claim;
  gint64 outside = claim - sum_shares (plan, item_ids);

  rubis_plan_spread_paid ((const RubisInstalment *)(gpointer)record->instalments->data,
                          record->instalments->len, plan->verdict.paid, plan->verdict.credited, paid);
  add_total (grid, context, record->currency, claim);
  for (guint i = 0; i < record->instalments->len; i++)
    {
      const RubisInstalment *instalment = &g_array_index (record->instalments, RubisInstalment, i);
      gint64 left = instalment->amount - paid[i];
      g_autofree char *number = g_strdup_printf ("%u/%u", i + 1, record->instalments->len);
      RubisDocumentItem row = {
        .number = number,
        .label = word (context, RUBIS_WORD_INSTALMENT),
        .type = RUBIS_ITEM_INVOICE,
        .issue_date = record->agreed_on,
        .due_date = instalment->date,
        .days_late = today - instalment->date,
        .level = level,
        .currency = record->currency,
        .total = instalment->amount,
        .open = left,
      };

      if (left == 0)
        continue;
      row.selected = claim > 0;
      row.disputed = row.selected ? MIN (outside, left) : 0;
      outside -= row.disputed;
      if (row.selected)
        {
          add_grid_row (grid, context, record->currency, number, instalment, paid[i]);
          claim -= left;
        }
      rubis_document_context_add_item (context, &row);
    }
  rubis_document_context_set_grid (context, RUBIS_HASHTAG_CLAIMED_INSTALMENTS, grid);
  set_values (plan, context);
}

/* A part of @row that falls due on @date; what is contested of it is taken from @disputed. */
static void
add_part (RubisDocumentContext *context, const RubisDocumentItem *row, gint64 open, RubisDate date,
          gint64 *disputed)
{
  RubisDocumentItem part = *row;

  part.open = open;
  part.disputed = MIN (*disputed, open);
  *disputed -= part.disputed;
  if (open != row->open)
    part.total = open;
  part.due_date = date;
  part.days_late = rubis_document_context_get_date (context) - date;
  part.selected = row->selected && part.days_late > 0;
  rubis_document_context_add_item (context, &part);
}

/* Items fill the instalments oldest first, as payments do. */
gboolean
rubis_plan_letter_add_row (const RubisPlanTable *plans, gint64 item_id, const RubisDocumentItem *row,
                           RubisDocumentContext *context)
{
  guint index = 0;
  const RubisPlanFacts *plan = rubis_plan_table_find (plans, item_id, &index);
  g_autofree gint64 *paid = NULL;
  gint64 before = 0, left, outside, disputed = row->disputed;

  if (plan == NULL)
    return FALSE;
  for (guint i = 0; i < index; i++)
    before += rubis_plan_part_left (&g_array_index (plan->record->items, RubisPlanItemRecord, i).part);
  left = rubis_plan_part_left (&g_array_index (plan->record->items, RubisPlanItemRecord, index).part);
  outside = row->open - left;
  if (outside > 0)
    add_part (context, row, outside, row->due_date, &disputed);
  paid = g_new0 (gint64, plan->record->instalments->len);
  rubis_plan_spread_paid ((const RubisInstalment *)(gpointer)plan->record->instalments->data,
                          plan->record->instalments->len, plan->verdict.paid, plan->verdict.credited, paid);
  for (guint i = 0; i < plan->record->instalments->len && left > 0; i++)
    {
      const RubisInstalment *instalment = &g_array_index (plan->record->instalments, RubisInstalment, i);
      gint64 asked = instalment->amount - paid[i];
      gint64 skipped = MIN (asked, before);
      gint64 part = MIN (asked - skipped, left);

      before -= skipped;
      left -= part;
      if (part > 0)
        add_part (context, row, part, instalment->date, &disputed);
    }
  if (left > 0)
    add_part (context, row, left, row->due_date, &disputed);
  return TRUE;
}

void
rubis_plan_letter_add_items (const RubisPlanFacts *plan, RubisDocumentContext *context)
{
  RubisDate today = rubis_document_context_get_date (context);

  for (guint i = 0; i < plan->record->items->len; i++)
    {
      const RubisPlanItemRecord *item = &g_array_index (plan->record->items, RubisPlanItemRecord, i);
      RubisDocumentItem row = {
        .number = item->number,
        .type = item->type,
        .issue_date = item->issue_date,
        .due_date = item->due_date,
        .days_late = item->due_date != RUBIS_DATE_NONE ? today - item->due_date : 0,
        .currency = plan->record->currency,
        .total = item->total,
        .open = item->part.amount,
        .selected = TRUE,
      };

      rubis_document_context_add_item (context, &row);
    }
  set_values (plan, context);
}
