#include "rubis-document-context.h"

#include "rubis-format.h"
#include "rubis-words.h"

typedef struct {
  gint64 minor;
  RubisCurrency currency;
} Money;

typedef enum {
  VALUE_NONE,
  VALUE_TEXT,
  VALUE_AMOUNTS,
  VALUE_DATE,
  VALUE_COUNT,
  VALUE_RATE,
  VALUE_FLAG,
  VALUE_IMAGE,
  VALUE_GRID,
} ValueKind;

typedef struct {
  ValueKind kind;
  gint64 number;   /* date, count, rate or flag */
  char *text;      /* (owned) */
  GArray *amounts; /* (owned) (element-type Money) */
  GBytes *image;   /* (owned) */
  RubisGrid *grid; /* (owned) */
} Value;

struct _RubisDocumentContext {
  gatomicrefcount ref_count;
  char *language;
  RubisDate date;
  RubisCurrency currency;
  Value values[RUBIS_N_HASHTAGS];
  GArray *items;       /* (owned) (element-type RubisDocumentItem) */
  GStringChunk *names; /* (owned); the strings of the items */
};

static void
value_clear (Value *value)
{
  g_clear_pointer (&value->text, g_free);
  g_clear_pointer (&value->amounts, g_array_unref);
  g_clear_pointer (&value->image, g_bytes_unref);
  g_clear_pointer (&value->grid, rubis_grid_unref);
  value->kind = VALUE_NONE;
  value->number = 0;
}

RubisDocumentContext *
rubis_document_context_new (const char *language, RubisDate date, RubisCurrency currency)
{
  RubisDocumentContext *self;

  g_return_val_if_fail (language != NULL, NULL);

  self = g_new0 (RubisDocumentContext, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->language = g_strdup (language);
  self->date = date;
  self->currency = currency;
  self->items = g_array_new (FALSE, FALSE, sizeof (RubisDocumentItem));
  self->names = g_string_chunk_new (1024);
  return self;
}

RubisDocumentContext *
rubis_document_context_ref (RubisDocumentContext *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
rubis_document_context_unref (RubisDocumentContext *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  for (int i = 0; i < RUBIS_N_HASHTAGS; i++)
    value_clear (&self->values[i]);
  g_array_unref (self->items);
  g_string_chunk_free (self->names);
  g_free (self->language);
  g_free (self);
}

const char *
rubis_document_context_get_language (RubisDocumentContext *self)
{
  g_return_val_if_fail (self != NULL, "");

  return self->language;
}

RubisDate
rubis_document_context_get_date (RubisDocumentContext *self)
{
  g_return_val_if_fail (self != NULL, RUBIS_DATE_NONE);

  return self->date;
}

RubisCurrency
rubis_document_context_get_currency (RubisDocumentContext *self)
{
  g_return_val_if_fail (self != NULL, RUBIS_CURRENCY_EUR);

  return self->currency;
}

static Value *
reset_value (RubisDocumentContext *self, RubisHashtag hashtag, ValueKind kind)
{
  Value *value = &self->values[hashtag];

  value_clear (value);
  value->kind = kind;
  return value;
}

static void
set_number (RubisDocumentContext *self, RubisHashtag hashtag, ValueKind kind, gint64 number)
{
  reset_value (self, hashtag, kind)->number = number;
}

void
rubis_document_context_set_text (RubisDocumentContext *self, RubisHashtag hashtag, const char *text)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (hashtag < RUBIS_N_HASHTAGS);

  if (text == NULL || *text == '\0')
    value_clear (&self->values[hashtag]);
  else
    {
      /* A damaged name from a file must not stop a letter: what cannot be read is shown as such. */
      char *valid = g_utf8_make_valid (text, -1);

      reset_value (self, hashtag, VALUE_TEXT)->text = valid;
    }
}

void
rubis_document_context_set_amount (RubisDocumentContext *self, RubisHashtag hashtag, gint64 minor,
                                   RubisCurrency currency)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (hashtag < RUBIS_N_HASHTAGS);

  value_clear (&self->values[hashtag]);
  rubis_document_context_add_amount (self, hashtag, minor, currency);
}

void
rubis_document_context_add_amount (RubisDocumentContext *self, RubisHashtag hashtag, gint64 minor,
                                   RubisCurrency currency)
{
  Value *value;
  Money money = { minor, currency };

  g_return_if_fail (self != NULL);
  g_return_if_fail (hashtag < RUBIS_N_HASHTAGS);

  value = &self->values[hashtag];
  if (value->kind != VALUE_AMOUNTS)
    {
      value = reset_value (self, hashtag, VALUE_AMOUNTS);
      value->amounts = g_array_new (FALSE, FALSE, sizeof (Money));
    }
  g_array_append_val (value->amounts, money);
}

void
rubis_document_context_set_date (RubisDocumentContext *self, RubisHashtag hashtag, RubisDate date)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (hashtag < RUBIS_N_HASHTAGS);

  if (date == RUBIS_DATE_NONE)
    value_clear (&self->values[hashtag]);
  else
    set_number (self, hashtag, VALUE_DATE, date);
}

void
rubis_document_context_set_count (RubisDocumentContext *self, RubisHashtag hashtag, gint64 count)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (hashtag < RUBIS_N_HASHTAGS);

  set_number (self, hashtag, VALUE_COUNT, count);
}

void
rubis_document_context_set_rate (RubisDocumentContext *self, RubisHashtag hashtag, gint64 hundredths)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (hashtag < RUBIS_N_HASHTAGS);

  set_number (self, hashtag, VALUE_RATE, hundredths);
}

void
rubis_document_context_set_flag (RubisDocumentContext *self, RubisHashtag hashtag, gboolean value)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (hashtag < RUBIS_N_HASHTAGS);

  set_number (self, hashtag, VALUE_FLAG, value ? 1 : 0);
}

void
rubis_document_context_set_image (RubisDocumentContext *self, RubisHashtag hashtag, GBytes *image)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (hashtag < RUBIS_N_HASHTAGS);

  if (image == NULL)
    value_clear (&self->values[hashtag]);
  else
    {
      g_bytes_ref (image);
      reset_value (self, hashtag, VALUE_IMAGE)->image = image;
    }
}

void
rubis_document_context_set_grid (RubisDocumentContext *self, RubisHashtag hashtag, RubisGrid *grid)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (hashtag < RUBIS_N_HASHTAGS);

  if (grid == NULL || rubis_grid_get_n_rows (grid) == 0)
    value_clear (&self->values[hashtag]);
  else
    {
      rubis_grid_ref (grid);
      reset_value (self, hashtag, VALUE_GRID)->grid = grid;
    }
}

void
rubis_document_context_set_party_kind (RubisDocumentContext *self, RubisPartyKind kind)
{
  g_return_if_fail (self != NULL);

  rubis_document_context_set_flag (self, RUBIS_HASHTAG_IS_PROFESSIONAL,
                                   kind == RUBIS_PARTY_PROFESSIONAL || kind == RUBIS_PARTY_INTRAGROUP);
  rubis_document_context_set_flag (self, RUBIS_HASHTAG_IS_CONSUMER, kind == RUBIS_PARTY_CONSUMER);
  rubis_document_context_set_flag (self, RUBIS_HASHTAG_IS_PUBLIC_BODY, kind == RUBIS_PARTY_PUBLIC);
}

static const char *
keep_name (RubisDocumentContext *self, const char *name)
{
  g_autofree char *valid = NULL;

  if (name == NULL || *name == '\0')
    return NULL;
  valid = g_utf8_make_valid (name, -1);
  return g_string_chunk_insert_const (self->names, valid);
}

void
rubis_document_context_add_item (RubisDocumentContext *self, const RubisDocumentItem *item)
{
  RubisDocumentItem copy;

  g_return_if_fail (self != NULL);
  g_return_if_fail (item != NULL);

  copy = *item;
  copy.number = keep_name (self, item->number);
  copy.label = keep_name (self, item->label);
  copy.order_ref = keep_name (self, item->order_ref);
  g_array_append_val (self->items, copy);
}

guint
rubis_document_context_get_n_items (RubisDocumentContext *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->items->len;
}

const RubisDocumentItem *
rubis_document_context_get_item (RubisDocumentContext *self, guint index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->items->len, NULL);

  return &g_array_index (self->items, RubisDocumentItem, index);
}

void
rubis_document_context_select_overdue (RubisDocumentContext *self)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < self->items->len; i++)
    {
      RubisDocumentItem *item = &g_array_index (self->items, RubisDocumentItem, i);

      item->selected = rubis_document_item_is_in (item, RUBIS_HASHTAG_LIST_OVERDUE);
    }
}

gboolean
rubis_document_item_is_in (const RubisDocumentItem *item, RubisHashtag list)
{
  g_return_val_if_fail (item != NULL, FALSE);

  if (item->type == RUBIS_ITEM_DOWN_PAYMENT)
    return FALSE;
  switch ((int) list)
    {
    case RUBIS_HASHTAG_LIST_ITEMS:
      return TRUE;
    case RUBIS_HASHTAG_LIST_OVERDUE:
      return item->open < 0 || item->days_late > 0;
    case RUBIS_HASHTAG_LIST_NOT_DUE:
      return item->open >= 0 && item->days_late <= 0;
    case RUBIS_HASHTAG_LIST_SELECTED:
      return item->selected;
    case RUBIS_HASHTAG_LIST_DISPUTED:
      return item->disputed != 0;
    default:
      return FALSE;
    }
}

gboolean
rubis_document_context_has (RubisDocumentContext *self, RubisHashtag hashtag)
{
  const Value *value;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (hashtag < RUBIS_N_HASHTAGS, FALSE);

  if (rubis_hashtag_get_value_type (hashtag) == RUBIS_VALUE_TABLE)
    {
      for (guint i = 0; i < self->items->len; i++)
        {
          if (rubis_document_item_is_in (&g_array_index (self->items, RubisDocumentItem, i), hashtag))
            return TRUE;
        }
      return FALSE;
    }
  value = &self->values[hashtag];
  switch (value->kind)
    {
    case VALUE_NONE:
      return FALSE;
    case VALUE_AMOUNTS:
      for (guint i = 0; i < value->amounts->len; i++)
        {
          if (g_array_index (value->amounts, Money, i).minor != 0)
            return TRUE;
        }
      return FALSE;
    case VALUE_COUNT:
    case VALUE_RATE:
    case VALUE_FLAG:
      return value->number != 0;
    case VALUE_TEXT:
    case VALUE_DATE:
    case VALUE_IMAGE:
    case VALUE_GRID:
    default:
      return TRUE;
    }
}

gboolean
rubis_document_context_is_set (RubisDocumentContext *self, RubisHashtag hashtag)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (hashtag < RUBIS_N_HASHTAGS, FALSE);

  return self->values[hashtag].kind != VALUE_NONE;
}

static char *
format_amounts (const GArray *amounts, const char *language)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < amounts->len; i++)
    {
      const Money *money = &g_array_index (amounts, Money, i);
      g_autofree char *text = rubis_format_amount (money->minor, money->currency, language);

      if (i > 0 && i + 1 == amounts->len)
        g_string_append_printf (out, " %s ", rubis_words_get (RUBIS_WORD_AND, language));
      else if (i > 0)
        g_string_append (out, ", ");
      g_string_append (out, text);
    }
  return g_string_free (out, FALSE);
}

char *
rubis_document_context_dup_text (RubisDocumentContext *self, RubisHashtag hashtag)
{
  const Value *value;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (hashtag < RUBIS_N_HASHTAGS, NULL);

  value = &self->values[hashtag];
  switch (value->kind)
    {
    case VALUE_TEXT:
      return g_strdup (value->text);
    case VALUE_AMOUNTS:
      return format_amounts (value->amounts, self->language);
    case VALUE_DATE:
      return rubis_format_date_long ((RubisDate) value->number, self->language);
    case VALUE_COUNT:
      return rubis_format_count (value->number, self->language);
    case VALUE_RATE:
      return rubis_format_rate (value->number, self->language);
    case VALUE_NONE:
    case VALUE_FLAG:
    case VALUE_IMAGE:
    case VALUE_GRID:
    default:
      return NULL;
    }
}

gint64
rubis_document_context_get_number (RubisDocumentContext *self, RubisHashtag hashtag)
{
  const Value *value;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (hashtag < RUBIS_N_HASHTAGS, 0);

  value = &self->values[hashtag];
  if (value->kind != VALUE_AMOUNTS)
    return value->number;
  for (guint i = 0; i < value->amounts->len; i++)
    {
      const Money *money = &g_array_index (value->amounts, Money, i);

      if (rubis_currency_equal (money->currency, self->currency))
        return money->minor;
    }
  return 0;
}

GBytes *
rubis_document_context_get_image (RubisDocumentContext *self, RubisHashtag hashtag)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (hashtag < RUBIS_N_HASHTAGS, NULL);

  return self->values[hashtag].image;
}

RubisGrid *
rubis_document_context_get_grid (RubisDocumentContext *self, RubisHashtag hashtag)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (hashtag < RUBIS_N_HASHTAGS, NULL);

  return self->values[hashtag].grid;
}
