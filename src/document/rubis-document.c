#include "rubis-document-private.h"

static void
span_free (gpointer data)
{
  RubisSpan *span = data;

  g_free (span->text);
  g_free (span->url);
  g_free (span);
}

static void
reference_free (gpointer data)
{
  RubisReference *reference = data;

  g_free (reference->label);
  g_free (reference->value);
  g_free (reference->code);
  g_free (reference);
}

RubisBlock *
rubis_block_new (RubisBlockKind kind)
{
  RubisBlock *block = g_new0 (RubisBlock, 1);

  block->kind = kind;
  if (kind == RUBIS_BLOCK_PARAGRAPH || kind == RUBIS_BLOCK_HEADING)
    block->spans = g_ptr_array_new_with_free_func (span_free);
  if (kind == RUBIS_BLOCK_LIST || kind == RUBIS_BLOCK_ENTRY || kind == RUBIS_BLOCK_QUOTE)
    block->children = g_ptr_array_new_with_free_func ((GDestroyNotify) rubis_block_free);
  return block;
}

void
rubis_block_free (RubisBlock *block)
{
  if (block == NULL)
    return;
  g_clear_pointer (&block->spans, g_ptr_array_unref);
  g_clear_pointer (&block->children, g_ptr_array_unref);
  g_clear_pointer (&block->table, rubis_item_table_unref);
  g_clear_pointer (&block->grid, rubis_grid_unref);
  g_clear_pointer (&block->image, g_bytes_unref);
  g_free (block);
}

RubisDocument *
rubis_document_new (const char *language, RubisDate date, RubisChannel channel)
{
  RubisDocument *self = g_new0 (RubisDocument, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->language = g_strdup (language);
  self->date = date;
  self->channel = channel;
  self->references = g_ptr_array_new_with_free_func (reference_free);
  self->blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) rubis_block_free);
  return self;
}

RubisDocument *
rubis_document_ref (RubisDocument *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
rubis_document_unref (RubisDocument *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->language);
  g_free (self->subject);
  g_free (self->author);
  g_free (self->place);
  g_free (self->recipient);
  g_ptr_array_unref (self->references);
  g_ptr_array_unref (self->blocks);
  g_free (self->payment.beneficiary);
  g_free (self->payment.iban);
  g_free (self->payment.bic);
  g_free (self->payment.reference);
  g_free (self->payment.amount);
  g_free (self->payment.link);
  g_free (self->payment.qr);
  g_free (self->signatory.name);
  g_free (self->signatory.role);
  g_free (self->signatory.company);
  g_clear_pointer (&self->signatory.image, g_bytes_unref);
  g_free (self);
}

void
rubis_document_take_reference (RubisDocument *self, const char *label, char *value, char *code)
{
  RubisReference *reference;

  if (value == NULL)
    {
      g_free (code);
      return;
    }
  reference = g_new0 (RubisReference, 1);
  reference->label = g_strdup (label);
  reference->value = value;
  reference->code = code;
  g_ptr_array_add (self->references, reference);
}

void
rubis_spans_append (GPtrArray *spans, const char *text, gssize length, RubisSpanStyle style,
                    const char *url)
{
  RubisSpan *span = spans->len > 0 ? g_ptr_array_index (spans, spans->len - 1) : NULL;
  g_autofree char *added = length < 0 ? g_strdup (text) : g_strndup (text, (gsize) length);

  if (*added == '\0')
    return;
  if (span != NULL && span->style == style && g_strcmp0 (span->url, url) == 0)
    {
      char *joined = g_strconcat (span->text, added, NULL);

      g_free (span->text);
      span->text = joined;
      return;
    }
  span = g_new0 (RubisSpan, 1);
  span->text = g_steal_pointer (&added);
  span->style = style;
  span->url = g_strdup (url);
  g_ptr_array_add (spans, span);
}

gboolean
rubis_spans_trim (GPtrArray *spans)
{
  while (spans->len > 0)
    {
      RubisSpan *first = g_ptr_array_index (spans, 0);

      g_strchug (first->text);
      if (*first->text != '\0')
        break;
      g_ptr_array_remove_index (spans, 0);
    }
  while (spans->len > 0)
    {
      RubisSpan *last = g_ptr_array_index (spans, spans->len - 1);

      g_strchomp (last->text);
      if (*last->text != '\0')
        break;
      g_ptr_array_remove_index (spans, spans->len - 1);
    }
  return spans->len > 0;
}

const char *
rubis_document_get_language (RubisDocument *self)
{
  g_return_val_if_fail (self != NULL, "");

  return self->language;
}

RubisDate
rubis_document_get_date (RubisDocument *self)
{
  g_return_val_if_fail (self != NULL, RUBIS_DATE_NONE);

  return self->date;
}

RubisChannel
rubis_document_get_channel (RubisDocument *self)
{
  g_return_val_if_fail (self != NULL, RUBIS_CHANNEL_LETTER);

  return self->channel;
}

const char *
rubis_document_get_subject (RubisDocument *self)
{
  g_return_val_if_fail (self != NULL, "");

  return self->subject != NULL ? self->subject : "";
}

const char *
rubis_document_get_author (RubisDocument *self)
{
  g_return_val_if_fail (self != NULL, "");

  return self->author != NULL ? self->author : "";
}

const char *
rubis_document_get_place (RubisDocument *self)
{
  g_return_val_if_fail (self != NULL, "");

  return self->place != NULL ? self->place : "";
}

const char *
rubis_document_get_recipient (RubisDocument *self)
{
  g_return_val_if_fail (self != NULL, "");

  return self->recipient != NULL ? self->recipient : "";
}

GPtrArray *
rubis_document_get_references (RubisDocument *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->references;
}

GPtrArray *
rubis_document_get_blocks (RubisDocument *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->blocks;
}

const RubisPaymentDetails *
rubis_document_get_payment (RubisDocument *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->payment;
}

const RubisSignatory *
rubis_document_get_signatory (RubisDocument *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->signatory;
}

char *
rubis_document_group_iban (const char *iban)
{
  GString *grouped;

  if (iban == NULL)
    return NULL;
  grouped = g_string_new (NULL);
  for (gsize i = 0; iban[i] != '\0'; i++)
    {
      if (i > 0 && i % 4 == 0)
        g_string_append_c (grouped, ' ');
      g_string_append_c (grouped, iban[i]);
    }
  return g_string_free (grouped, FALSE);
}
