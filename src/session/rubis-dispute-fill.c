/* The values of a request to the colleague who resolves a dispute. */
#include "rubis-paper-fill.h"

#include <glib/gi18n-lib.h>

#include "rubis-choices-private.h"
#include "rubis-disputes-private.h"
#include "rubis-format.h"
#include "rubis-store-actors.h"

typedef struct
{
  GString *lines;
  const RubisDisputeRecord *record;
  const char *language;
} Lines;

static void
add_line (const RubisDisputeItemLine *line, gpointer user_data)
{
  Lines *lines = user_data;
  g_autofree char *contested = rubis_format_amount (line->amount, lines->record->currency, lines->language);
  g_autofree char *open = rubis_format_amount (line->open, lines->record->currency, lines->language);
  g_autofree char *due = rubis_format_date_short (line->due_date, lines->language);

  if (lines->lines->len > 0)
    g_string_append_c (lines->lines, '\n');
  /* Translators: number of an invoice, its due date, what is open of it, what is contested */
  g_string_append_printf (lines->lines, _ ("%s, due on %s: %s open, %s contested"), line->number, due, open,
                          contested);
}

static void
set_text (const RubisPaperFill *fill, RubisHashtag hashtag, const char *text)
{
  if (text != NULL && *text != '\0')
    rubis_document_context_set_text (fill->context, hashtag, text);
}

/* What a template is seen with before there is a dispute. */
static void
fill_sample (const RubisPaperFill *fill)
{
  set_text (fill, RUBIS_HASHTAG_DISPUTE_ITEMS, "…");
  set_text (fill, RUBIS_HASHTAG_DISPUTE_REASON, "…");
  set_text (fill, RUBIS_HASHTAG_DISPUTE_WORDS, "…");
  set_text (fill, RUBIS_HASHTAG_DISPUTE_RESOLVER, "…");
  rubis_document_context_set_amount (fill->context, RUBIS_HASHTAG_DISPUTE_AMOUNT, 10000,
                                     rubis_document_context_get_currency (fill->context));
  rubis_document_context_set_date (fill->context, RUBIS_HASHTAG_DISPUTE_DUE_DATE, fill->today + 7);
  rubis_document_context_set_date (fill->context, RUBIS_HASHTAG_DISPUTE_OPENED, fill->today);
}

gboolean
rubis_dispute_fill (const RubisPaperFill *fill, GError **error)
{
  g_autoptr (RubisDisputeRecord) record = NULL;
  g_autoptr (RubisActor) actor = NULL;
  g_autofree char *reason = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  Lines lines = { text, NULL, fill->language };

  if (fill->options->dispute_id == 0)
    {
      fill_sample (fill);
      return TRUE;
    }
  record = rubis_dispute_load (fill->db, fill->options->dispute_id, error);
  if (record == NULL)
    return FALSE;
  lines.record = record;
  if (!rubis_store_each_dispute_item (fill->db, record->id, add_line, &lines, error))
    return FALSE;
  reason = rubis_choices_dup_label (fill->db, RUBIS_CHOICES_DISPUTE_REASON, record->reason);
  if (record->resolver_id != 0)
    actor = rubis_store_load_actor (fill->db, record->resolver_id, NULL, NULL);
  set_text (fill, RUBIS_HASHTAG_DISPUTE_ITEMS, text->str);
  set_text (fill, RUBIS_HASHTAG_DISPUTE_REASON, reason);
  set_text (fill, RUBIS_HASHTAG_DISPUTE_WORDS, record->description);
  set_text (fill, RUBIS_HASHTAG_DISPUTE_RESOLVER, actor != NULL ? actor->name : NULL);
  rubis_document_context_set_amount (fill->context, RUBIS_HASHTAG_DISPUTE_AMOUNT, rubis_dispute_sum (record),
                                     record->currency);
  if (record->due_date != RUBIS_DATE_NONE)
    rubis_document_context_set_date (fill->context, RUBIS_HASHTAG_DISPUTE_DUE_DATE, record->due_date);
  rubis_document_context_set_date (fill->context, RUBIS_HASHTAG_DISPUTE_OPENED, record->opened_on);
  return TRUE;
}
