/* rubis-template-render.c: fills a template: logic, then CommonMark, then values. */
#include "rubis-document-private.h"
#include "rubis-format.h"
#include "rubis-postal-number.h"
#include "rubis-template-private.h"
#include "rubis-words.h"

#include <string.h>

#include <cmark.h>
#include <glib/gi18n-lib.h>

typedef struct {
  RubisTemplate *template;
  RubisDocumentContext *context;
  RubisDocument *document;
  GPtrArray *marked;   /* (element-type RubisNode) */
  GArray *missing;     /* (element-type RubisMissingValue) */
  GPtrArray *blocks;   /* where finished blocks go (unowned) */
  RubisBlock *current; /* (owned) (nullable); the paragraph or heading being filled */
} Builder;

static void build_blocks (Builder *builder, cmark_node *parent, GPtrArray *blocks);

static void
report_missing (Builder *builder, RubisHashtag hashtag, const RubisNode *node)
{
  RubisMissingValue missing = { hashtag, node };

  g_array_append_val (builder->missing, missing);
}

/* The opening and closing words are made here, because they depend on each other and on the channel. */
char *
rubis_template_dup_value (RubisHashtag hashtag, RubisDocumentContext *context, RubisChannel channel)
{
  const char *language = rubis_document_context_get_language (context);
  g_autofree char *text = rubis_document_context_dup_text (context, hashtag);

  if (text != NULL && hashtag == RUBIS_HASHTAG_CONTACT_TITLE)
    return rubis_words_make_title (text, FALSE, language);
  if (text != NULL)
    return g_steal_pointer (&text);
  if (hashtag == RUBIS_HASHTAG_SALUTATION)
    {
      g_autofree char *title = rubis_document_context_dup_text (context, RUBIS_HASHTAG_CONTACT_TITLE);
      g_autofree char *name = rubis_document_context_dup_text (context, RUBIS_HASHTAG_CONTACT_NAME);

      return rubis_words_make_salutation (title, name, language);
    }
  if (hashtag == RUBIS_HASHTAG_CLOSING)
    {
      g_autofree char *salutation = rubis_template_dup_value (RUBIS_HASHTAG_SALUTATION, context, channel);

      return rubis_words_make_closing (
        salutation, channel == RUBIS_CHANNEL_LETTER || channel == RUBIS_CHANNEL_REGISTERED, language);
    }
  if (hashtag == RUBIS_HASHTAG_REMINDER_DATE)
    return rubis_format_date_long (rubis_document_context_get_date (context), language);
  return NULL;
}

static char *
dup_value (Builder *builder, RubisHashtag hashtag)
{
  return rubis_template_dup_value (hashtag, builder->context, builder->template->channel);
}

/* The text of a hashtag; NULL when it has none, which is reported unless it may be absent. */
static char *
require_value (Builder *builder, const RubisNode *node)
{
  char *text = node->modifiers != RUBIS_LIST_PLAIN
                 ? rubis_document_context_dup_total (builder->context, node->hashtag, node->modifiers)
                 : dup_value (builder, node->hashtag);

  if (text == NULL && rubis_hashtag_is_mandatory (node->hashtag))
    report_missing (builder, node->hashtag, node);
  return text;
}

static gboolean
is_web_address (const char *url)
{
  static const char *const schemes[] = { "https://", "http://", "mailto:", "tel:" };

  for (gsize i = 0; i < G_N_ELEMENTS (schemes); i++)
    {
      if (g_ascii_strncasecmp (url, schemes[i], strlen (schemes[i])) == 0)
        return TRUE;
    }
  return FALSE;
}

static GPtrArray *
current_spans (Builder *builder)
{
  if (builder->current == NULL)
    builder->current = rubis_block_new (RUBIS_BLOCK_PARAGRAPH);
  return builder->current->spans;
}

static void
finish_current (Builder *builder)
{
  RubisBlock *block = g_steal_pointer (&builder->current);

  if (block != NULL && rubis_spans_trim (block->spans))
    g_ptr_array_add (builder->blocks, block);
  else
    rubis_block_free (block);
}

static void
append_missing (Builder *builder, RubisHashtag hashtag, RubisSpanStyle style)
{
  g_autofree char *text =
    g_strconcat ("#", rubis_hashtag_get_name (hashtag, builder->template->language), NULL);

  rubis_spans_append (current_spans (builder), text, -1, style | RUBIS_SPAN_MISSING, NULL);
}

static void
add_lines (Builder *builder, const char *text)
{
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);
  RubisBlock *list = rubis_block_new (RUBIS_BLOCK_LIST);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      RubisBlock *entry;
      RubisBlock *paragraph;

      if (*g_strstrip (lines[i]) == '\0')
        continue;
      entry = rubis_block_new (RUBIS_BLOCK_ENTRY);
      paragraph = rubis_block_new (RUBIS_BLOCK_PARAGRAPH);
      rubis_spans_append (paragraph->spans, lines[i], -1, RUBIS_SPAN_PLAIN, NULL);
      g_ptr_array_add (entry->children, paragraph);
      g_ptr_array_add (list->children, entry);
    }
  g_ptr_array_add (builder->blocks, list);
}

/* Adds the table, image… that a hashtag stands for. FALSE when it has no value. */
static gboolean
add_value_block (Builder *builder, const RubisNode *node)
{
  RubisBlock *block = NULL;
  g_autofree char *text = NULL;
  GBytes *image;

  switch (rubis_hashtag_get_value_type (node->hashtag))
    {
    case RUBIS_VALUE_TABLE:
      if (!rubis_document_context_has (builder->context, node->hashtag))
        return FALSE;
      block = rubis_block_new (RUBIS_BLOCK_TABLE);
      block->table = rubis_item_table_new (builder->context, node->hashtag, node->modifiers);
      break;
    case RUBIS_VALUE_GRID:
      if (!rubis_document_context_has (builder->context, node->hashtag))
        return FALSE;
      block = rubis_block_new (RUBIS_BLOCK_GRID);
      block->grid = rubis_grid_ref (rubis_document_context_get_grid (builder->context, node->hashtag));
      break;
    case RUBIS_VALUE_IMAGE:
      image = rubis_document_context_get_image (builder->context, node->hashtag);
      if (image == NULL)
        return FALSE;
      block = rubis_block_new (RUBIS_BLOCK_IMAGE);
      block->image = g_bytes_ref (image);
      break;
    case RUBIS_VALUE_PAYMENT:
      if (builder->document->payment.iban == NULL && builder->document->payment.link == NULL)
        return FALSE;
      block = rubis_block_new (RUBIS_BLOCK_PAYMENT);
      break;
    case RUBIS_VALUE_SIGNATURE:
      if (builder->document->signatory.name == NULL)
        return FALSE;
      block = rubis_block_new (RUBIS_BLOCK_SIGNATURE);
      break;
    case RUBIS_VALUE_LINES:
    default:
      text = dup_value (builder, node->hashtag);
      if (text == NULL)
        return FALSE;
      add_lines (builder, text);
      return TRUE;
    }
  g_ptr_array_add (builder->blocks, block);
  return TRUE;
}

/* What the user has to fill in for a block that is missing. */
static RubisHashtag
get_cause (RubisHashtag hashtag)
{
  if (hashtag == RUBIS_HASHTAG_PAYMENT_QR)
    return RUBIS_HASHTAG_COMPANY_IBAN;
  if (hashtag == RUBIS_HASHTAG_USER_SIGNATURE)
    return RUBIS_HASHTAG_USER_NAME;
  return hashtag;
}

static void
append_block_value (Builder *builder, const RubisNode *node)
{
  RubisHashtag cause = get_cause (node->hashtag);

  finish_current (builder);
  if (add_value_block (builder, node) || !rubis_hashtag_is_mandatory (node->hashtag))
    return;
  report_missing (builder, cause, node);
  append_missing (builder, cause, RUBIS_SPAN_PLAIN);
  finish_current (builder);
}

static gboolean
is_inline (RubisHashtag hashtag)
{
  RubisValueType type = rubis_hashtag_get_value_type (hashtag);

  return type == RUBIS_VALUE_TEXT || type == RUBIS_VALUE_AMOUNT || type == RUBIS_VALUE_DATE ||
         type == RUBIS_VALUE_COUNT || type == RUBIS_VALUE_RATE;
}

static void
append_value (Builder *builder, const RubisNode *node, RubisSpanStyle style, const char *url)
{
  g_autofree char *text = NULL;

  if (node->kind == RUBIS_NODE_PAGE_BREAK)
    {
      finish_current (builder);
      g_ptr_array_add (builder->blocks, rubis_block_new (RUBIS_BLOCK_PAGE_BREAK));
      return;
    }
  if (!is_inline (node->hashtag))
    {
      append_block_value (builder, node);
      return;
    }
  text = require_value (builder, node);
  if (text != NULL)
    rubis_spans_append (current_spans (builder), text, -1, style,
                        url == NULL && is_web_address (text) ? text : url);
  else if (rubis_hashtag_is_mandatory (node->hashtag))
    append_missing (builder, node->hashtag, style);
}

/* Text as cmark gives it, with marks for the values. */
static void
append_literal (Builder *builder, const char *text, RubisSpanStyle style, const char *url)
{
  const char *start = text;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!RUBIS_NODE_IS_MARK (c))
        continue;
      rubis_spans_append (current_spans (builder), start, p - start, style, url);
      append_value (builder, g_ptr_array_index (builder->marked, c - RUBIS_NODE_MARK (0)), style, url);
      start = g_utf8_next_char (p);
    }
  rubis_spans_append (current_spans (builder), start, -1, style, url);
}

/* Flat text with the values put in, for addresses and subjects. */
static char *
flatten (Builder *builder, const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      const RubisNode *node;
      g_autofree char *value = NULL;

      if (!RUBIS_NODE_IS_MARK (c))
        {
          g_string_append_unichar (out, c);
          continue;
        }
      node = g_ptr_array_index (builder->marked, c - RUBIS_NODE_MARK (0));
      value = node->kind == RUBIS_NODE_PAGE_BREAK ? NULL : require_value (builder, node);
      if (value != NULL)
        g_string_append (out, g_strdelimit (value, "\r\n", ' '));
      else if (node->kind != RUBIS_NODE_PAGE_BREAK && rubis_hashtag_is_mandatory (node->hashtag))
        g_string_append_printf (out, "#%s",
                                rubis_hashtag_get_name (node->hashtag, builder->template->language));
    }
  return g_strstrip (g_string_free (out, FALSE));
}

static void
build_inlines (Builder *builder, cmark_node *parent, RubisSpanStyle style, const char *url)
{
  for (cmark_node *node = cmark_node_first_child (parent); node != NULL; node = cmark_node_next (node))
    {
      const char *literal = cmark_node_get_literal (node);
      g_autofree char *address = NULL;

      switch (cmark_node_get_type (node))
        {
        case CMARK_NODE_SOFTBREAK:
          append_literal (builder, " ", style, url);
          break;
        case CMARK_NODE_LINEBREAK:
          append_literal (builder, "\n", style, url);
          break;
        case CMARK_NODE_STRONG:
          build_inlines (builder, node, style | RUBIS_SPAN_BOLD, url);
          break;
        case CMARK_NODE_EMPH:
          build_inlines (builder, node, style | RUBIS_SPAN_ITALIC, url);
          break;
        case CMARK_NODE_LINK:
          address = flatten (builder, cmark_node_get_url (node));
          build_inlines (builder, node, style, is_web_address (address) ? address : url);
          break;
        case CMARK_NODE_IMAGE:
          build_inlines (builder, node, style, url);
          break;
        default:
          /* Text, code and HTML: shown as typed. */
          append_literal (builder, literal != NULL ? literal : "", style, url);
          break;
        }
    }
}

static void
build_container (Builder *builder, cmark_node *node, RubisBlockKind kind, GPtrArray *blocks)
{
  RubisBlock *block = rubis_block_new (kind);

  if (kind == RUBIS_BLOCK_LIST && cmark_node_get_list_type (node) == CMARK_ORDERED_LIST)
    block->level = MAX (cmark_node_get_list_start (node), 1);
  g_ptr_array_add (blocks, block);
  build_blocks (builder, node, block->children);
}

static void
build_block (Builder *builder, cmark_node *node, GPtrArray *blocks)
{
  builder->blocks = blocks;
  switch (cmark_node_get_type (node))
    {
    case CMARK_NODE_HEADING:
      builder->current = rubis_block_new (RUBIS_BLOCK_HEADING);
      builder->current->level = cmark_node_get_heading_level (node);
      build_inlines (builder, node, RUBIS_SPAN_PLAIN, NULL);
      finish_current (builder);
      break;
    case CMARK_NODE_PARAGRAPH:
      build_inlines (builder, node, RUBIS_SPAN_PLAIN, NULL);
      finish_current (builder);
      break;
    case CMARK_NODE_LIST:
      build_container (builder, node, RUBIS_BLOCK_LIST, blocks);
      break;
    case CMARK_NODE_ITEM:
      build_container (builder, node, RUBIS_BLOCK_ENTRY, blocks);
      break;
    case CMARK_NODE_BLOCK_QUOTE:
      build_container (builder, node, RUBIS_BLOCK_QUOTE, blocks);
      break;
    case CMARK_NODE_THEMATIC_BREAK:
      g_ptr_array_add (blocks, rubis_block_new (RUBIS_BLOCK_RULE));
      break;
    default:
      append_literal (builder, cmark_node_get_literal (node) != NULL ? cmark_node_get_literal (node) : "",
                      RUBIS_SPAN_PLAIN, NULL);
      finish_current (builder);
      break;
    }
}

static void
build_blocks (Builder *builder, cmark_node *parent, GPtrArray *blocks)
{
  for (cmark_node *node = cmark_node_first_child (parent); node != NULL; node = cmark_node_next (node))
    build_block (builder, node, blocks);
}

static gboolean
build_body (Builder *builder)
{
  g_autoptr(GString) text = g_string_new (NULL);
  cmark_node *root;

  if (!rubis_nodes_expand (builder->template->body, builder->context, text, builder->marked))
    return FALSE;
  root = cmark_parse_document (text->str, text->len, CMARK_OPT_DEFAULT);
  build_blocks (builder, root, builder->document->blocks);
  cmark_node_free (root);
  return TRUE;
}

static gboolean
build_subject (Builder *builder)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autofree char *unescaped = NULL;
  g_auto(GStrv) parts = NULL;

  g_ptr_array_set_size (builder->marked, 0);
  if (!rubis_nodes_expand (builder->template->subject, builder->context, text, builder->marked))
    return FALSE;
  /* A subject is no CommonMark: "##" is a plain sign here too. */
  parts = g_strsplit (text->str, "\\#", -1);
  unescaped = g_strjoinv ("#", parts);
  builder->document->subject = flatten (builder, unescaped);
  return TRUE;
}

static char *
dup_without_spaces (RubisDocumentContext *context, RubisHashtag hashtag)
{
  g_autofree char *text = rubis_document_context_dup_text (context, hashtag);
  GString *compact;

  if (text == NULL)
    return NULL;
  compact = g_string_new (NULL);
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (!g_unichar_isspace (g_utf8_get_char (p)))
        g_string_append_unichar (compact, g_utf8_get_char (p));
    }
  return g_string_free (compact, FALSE);
}

static void
set_payment (Builder *builder)
{
  RubisDocumentContext *context = builder->context;
  RubisPaymentDetails *payment = &builder->document->payment;
  RubisListModifiers modifiers;
  RubisHashtag amount;

  payment->beneficiary = rubis_document_context_dup_text (context, RUBIS_HASHTAG_COMPANY_NAME);
  payment->iban = dup_without_spaces (context, RUBIS_HASHTAG_COMPANY_IBAN);
  payment->bic = dup_without_spaces (context, RUBIS_HASHTAG_COMPANY_BIC);
  payment->reference = rubis_document_context_dup_text (context, RUBIS_HASHTAG_PAYMENT_REFERENCE);
  payment->link = rubis_document_context_dup_text (context, RUBIS_HASHTAG_PAYMENT_LINK);
  payment->qr = rubis_document_context_dup_text (context, RUBIS_HASHTAG_PAYMENT_QR);
  amount = rubis_template_get_claim (builder->template, context, &modifiers);
  /* Credits may exceed what is due: nobody is asked to pay less than nothing. */
  if (rubis_document_context_get_total (context, amount, modifiers) > 0)
    payment->amount = rubis_document_context_dup_total (context, amount, modifiers);
}

/* What the bar code of a registered number says; NULL for something else. */
static char *
dup_postal_code (const char *number)
{
  RubisIdReason reason = rubis_postal_number_check (number, NULL);

  return reason == RUBIS_ID_OK || reason == RUBIS_ID_CHECK ? rubis_identifier_normalise (number) : NULL;
}

static void
set_references (Builder *builder)
{
  RubisDocumentContext *context = builder->context;
  const char *language = rubis_document_context_get_language (context);
  g_autofree char *name = rubis_document_context_dup_text (context, RUBIS_HASHTAG_USER_NAME);
  g_autofree char *phone = rubis_document_context_dup_text (context, RUBIS_HASHTAG_USER_PHONE);

  if (builder->template->channel == RUBIS_CHANNEL_REGISTERED)
    {
      g_autofree char *number = rubis_document_context_dup_text (context, RUBIS_HASHTAG_REGISTERED_NUMBER);

      rubis_document_take_reference (
        builder->document, rubis_words_get (RUBIS_WORD_REGISTERED, language),
        number != NULL
          ? g_strconcat (rubis_words_get (RUBIS_WORD_NUMBER_SIGN, language), "\u00a0", number, NULL)
          : g_strdup (""),
        number != NULL ? dup_postal_code (number) : NULL);
    }
  rubis_document_take_reference (builder->document, rubis_words_get (RUBIS_WORD_YOUR_ACCOUNT, language),
                                 rubis_document_context_dup_text (context, RUBIS_HASHTAG_CUSTOMER_CODE), NULL);
  if (name != NULL)
    rubis_document_take_reference (builder->document, rubis_words_get (RUBIS_WORD_CONTACT, language),
                                   phone != NULL ? g_strdup_printf ("%s, %s", name, phone)
                                                 : g_steal_pointer (&name),
                                   NULL);
}

/* A town in capitals, as an address writes it, reads "Saint Étienne sur Mer" in a sentence. */
static char *
dup_place (RubisDocumentContext *context)
{
  static const char *const small_words[] = { "de", "du",  "des",  "la",  "le", "les",
                                             "en", "sur", "sous", "aux", "et", NULL };
  g_autofree char *text = rubis_document_context_dup_text (context, RUBIS_HASHTAG_COMPANY_CITY);
  g_autofree char *lower = text != NULL ? g_utf8_strdown (text, -1) : NULL;
  g_autofree char *upper = text != NULL ? g_utf8_strup (text, -1) : NULL;
  g_auto(GStrv) words = NULL;

  if (text == NULL || !g_str_equal (text, upper))
    return g_steal_pointer (&text);
  words = g_strsplit (lower, " ", -1);
  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *first = g_utf8_substring (words[i], 0, *words[i] != '\0' ? 1 : 0);
      g_autofree char *capital = g_utf8_strup (first, -1);
      char *word;

      if (i > 0 && g_strv_contains (small_words, words[i]))
        continue;
      word = g_strconcat (capital, words[i] + strlen (first), NULL);
      g_free (words[i]);
      words[i] = word;
    }
  return g_strjoinv (" ", words);
}

static void
set_parties (Builder *builder)
{
  RubisDocumentContext *context = builder->context;
  RubisDocument *document = builder->document;
  RubisChannel channel = builder->template->channel;
  GBytes *image = rubis_document_context_get_image (context, RUBIS_HASHTAG_USER_SIGNATURE);

  document->author = rubis_document_context_dup_text (context, RUBIS_HASHTAG_COMPANY_NAME);
  document->place = dup_place (context);
  /* A sheet for the own files is addressed to nobody. */
  if (builder->template->kind != RUBIS_TEMPLATE_INTERNAL)
    document->recipient = rubis_document_context_dup_text (context, RUBIS_HASHTAG_CUSTOMER_ADDRESS);
  if (document->recipient == NULL && builder->template->kind != RUBIS_TEMPLATE_INTERNAL &&
      (channel == RUBIS_CHANNEL_LETTER || channel == RUBIS_CHANNEL_REGISTERED))
    report_missing (builder, RUBIS_HASHTAG_CUSTOMER_ADDRESS, NULL);
  document->signatory.name = rubis_document_context_dup_text (context, RUBIS_HASHTAG_USER_NAME);
  document->signatory.role = rubis_document_context_dup_text (context, RUBIS_HASHTAG_USER_ROLE);
  document->signatory.company = rubis_document_context_dup_text (context, RUBIS_HASHTAG_COMPANY_NAME);
  document->signatory.image = image != NULL ? g_bytes_ref (image) : NULL;
}

/* The document as far as it can be filled, and what it lacks; NULL when it has too many hashtags. */
static RubisDocument *
build (RubisTemplate *self, RubisDocumentContext *context, GArray *missing)
{
  g_autoptr(RubisDocument) document = NULL;
  g_autoptr(GPtrArray) marked = g_ptr_array_new ();
  Builder builder = { self, context };

  document = rubis_document_new (rubis_document_context_get_language (context),
                                 rubis_document_context_get_date (context), self->channel);
  builder.document = document;
  builder.marked = marked;
  builder.missing = missing;
  set_parties (&builder);
  set_payment (&builder);
  set_references (&builder);
  if (!build_subject (&builder) || (g_ptr_array_set_size (marked, 0), !build_body (&builder)))
    return NULL;
  return g_steal_pointer (&document);
}

GArray *
rubis_template_find_missing (RubisTemplate *self, RubisDocumentContext *context)
{
  GArray *missing = g_array_new (FALSE, FALSE, sizeof (RubisMissingValue));
  g_autoptr(RubisDocument) document = build (self, context, missing);

  return missing;
}

/* "#Siren (line 9), #MonIban (line 11)" */
static char *
name_missing (RubisTemplate *self, const GArray *missing)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < missing->len; i++)
    {
      const RubisMissingValue *value = &g_array_index (missing, RubisMissingValue, i);
      const char *name = rubis_hashtag_get_name (value->hashtag, self->language);
      char *text;

      if (value->node != NULL)
        /* Translators: a hashtag and the line where it stands. */
        text = g_strdup_printf (_("#%s (line %u)"), name, value->node->line);
      else
        text = g_strconcat ("#", name, NULL);
      if (g_ptr_array_find_with_equal_func (names, text, g_str_equal, NULL))
        g_free (text);
      else
        g_ptr_array_add (names, text);
    }
  g_ptr_array_add (names, NULL);
  return g_strjoinv (", ", (char **) names->pdata);
}

RubisDocument *
rubis_template_render (RubisTemplate *self, RubisDocumentContext *context, RubisRenderFlags flags,
                       GError **error)
{
  g_autoptr(RubisDocument) document = NULL;
  g_autoptr(GArray) missing = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (context != NULL, NULL);

  missing = g_array_new (FALSE, FALSE, sizeof (RubisMissingValue));
  document = build (self, context, missing);
  if (document == NULL)
    {
      g_set_error (error, RUBIS_TEMPLATE_ERROR, RUBIS_TEMPLATE_ERROR_FORMAT, _("%s: too many hashtags"),
                   self->origin);
      return NULL;
    }
  if (missing->len > 0 && (flags & RUBIS_RENDER_PREVIEW) == 0)
    {
      g_autofree char *names = name_missing (self, missing);

      g_set_error (error, RUBIS_TEMPLATE_ERROR, RUBIS_TEMPLATE_ERROR_MISSING,
                   _("%s: no value for %s; fill it in, or put it between #SI and #FIN"), self->origin,
                   names);
      return NULL;
    }
  return g_steal_pointer (&document);
}
