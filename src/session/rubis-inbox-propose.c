/* What a message proposes: by the link that was used, else by its words. */
#include <string.h>

#include "rubis-answer-date.h"
#include "rubis-answer-token.h"
#include "rubis-email.h"
#include "rubis-inbox-private.h"
#include "rubis-store-events.h"
#include "rubis-text.h"

#define MAX_SENTENCE 300

/* The invoices that an answer may be about. */
typedef struct
{
  GArray *ids;        /* (element-type gint64) open ones of the account, oldest first */
  GArray *amounts;    /* (element-type gint64) */
  GPtrArray *numbers; /* (element-type utf8) */
  GArray *currencies; /* (element-type RubisCurrency) */
  GArray
      *asked; /* (element-type guint) index of those that the message asked for, else of the overdue ones */
  RubisDate today;
} Items;

static void
items_clear (Items *items)
{
  g_clear_pointer (&items->ids, g_array_unref);
  g_clear_pointer (&items->amounts, g_array_unref);
  g_clear_pointer (&items->numbers, g_ptr_array_unref);
  g_clear_pointer (&items->currencies, g_array_unref);
  g_clear_pointer (&items->asked, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Items, items_clear)

static void
add_item (const RubisOpenItem *item, gpointer user_data)
{
  Items *items = user_data;
  guint index = items->ids->len;

  g_array_append_val (items->ids, item->item_id);
  g_array_append_val (items->amounts, item->open);
  g_array_append_val (items->currencies, item->currency);
  g_ptr_array_add (items->numbers, g_strdup (item->number));
  if (item->due_date != RUBIS_DATE_NONE && item->due_date < items->today)
    g_array_append_val (items->asked, index);
}

static gboolean
items_init (Items *self, RubisSession *session, RubisDatabase *db, const RubisIncomingRecord *record,
            GError **error)
{
  RubisReturnAddress sent = { 0 };
  g_autoptr (GArray) of_event = NULL;

  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->amounts = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->numbers = g_ptr_array_new_with_free_func (g_free);
  self->currencies = g_array_new (FALSE, FALSE, sizeof (RubisCurrency));
  self->asked = g_array_new (FALSE, FALSE, sizeof (guint));
  self->today = rubis_session_get_today (session);
  if (!rubis_store_each_invoice_of (db, record->account_id, add_item, self, error))
    return FALSE;
  if (record->outbox_id != 0 && !rubis_store_find_outbox_by_id (db, record->outbox_id, &sent, error))
    return FALSE;
  of_event = sent.event_id != 0 ? rubis_store_list_event_items (db, sent.event_id, error)
                                : g_array_new (FALSE, FALSE, sizeof (gint64));
  if (of_event == NULL)
    return FALSE;
  if (of_event->len > 0)
    g_array_set_size (self->asked, 0);
  for (guint i = 0; i < self->ids->len; i++)
    {
      for (guint k = 0; k < of_event->len; k++)
        {
          if (g_array_index (of_event, gint64, k) == g_array_index (self->ids, gint64, i))
            g_array_append_val (self->asked, i);
        }
    }
  return TRUE;
}

/* The item whose open amount alone is @amount; G_MAXUINT: none or several. */
static guint
find_by_amount (const Items *items, gint64 amount)
{
  guint found = G_MAXUINT;

  for (guint i = 0; amount != 0 && i < items->amounts->len; i++)
    {
      if (g_array_index (items->amounts, gint64, i) != amount)
        continue;
      if (found != G_MAXUINT)
        return G_MAXUINT;
      found = i;
    }
  return found;
}

/* Adds those that @text names. TRUE when it spoke of invoices: of those, or (not @by_token, our own words) of
 * ones that are none of the account's open ones, so that others are not what it is about. */
static gboolean
choose_named (const Items *items, const char *text, gboolean by_token, GArray *chosen)
{
  g_autoptr (GArray) named = rubis_answer_find_numbers (text, items->numbers);
  g_autoptr (GPtrArray) unknown = NULL;

  g_array_append_vals (chosen, named->data, named->len);
  if (named->len > 0 || by_token)
    return named->len > 0;
  unknown = rubis_answer_find_unknown (text, items->numbers);
  return unknown->len > 0;
}

/* Those that the sentence names, else the text, else the subject, else the one of that amount, else what was
 * asked for. */
static void
choose_items (const Items *items, RubisProposalRecord *proposal, const RubisIncomingMessage *message)
{
  guint by_amount = find_by_amount (items, proposal->amount);
  g_autoptr (GArray) chosen = g_array_new (FALSE, FALSE, sizeof (guint));

  if (!choose_named (items, proposal->sentence, proposal->by_token, chosen)
      && !choose_named (items, message->text, proposal->by_token, chosen)
      && !choose_named (items, message->subject, TRUE, chosen))
    {
      if (by_amount != G_MAXUINT)
        g_array_append_val (chosen, by_amount);
      else
        g_array_append_vals (chosen, items->asked->data, items->asked->len);
    }
  for (guint i = 0; i < chosen->len; i++)
    {
      guint index = g_array_index (chosen, guint, i);

      g_array_append_val (proposal->item_ids, g_array_index (items->ids, gint64, index));
      if (i == 0)
        proposal->currency = g_array_index (items->currencies, RubisCurrency, index);
    }
}

/* Ours and those of the message's writer are no news. */
static gboolean
is_new_address (const RubisIncomingRecord *record, const char *email, GPtrArray *own)
{
  if (*email == '\0' || g_ascii_strcasecmp (email, record->from_email) == 0)
    return FALSE;
  for (guint i = 0; i < own->len; i++)
    {
      if (g_ascii_strcasecmp (g_ptr_array_index (own, i), email) == 0)
        return FALSE;
    }
  return TRUE;
}

/* What the proposals of one message share. */
typedef struct
{
  RubisDatabase *db;
  const RubisIncomingMessage *message;
  const RubisIncomingRecord *record;
  const Items *items;
  RubisCurrency currency;
  GPtrArray *own;
} Writer;

static gboolean
write_proposal (Writer *writer, const RubisAnswer *answer, gboolean by_token, GError **error)
{
  g_autoptr (RubisProposalRecord) proposal = rubis_proposal_record_new ();

  proposal->incoming_id = writer->record->id;
  proposal->kind = g_strdup (rubis_answer_kind_to_id (answer->kind));
  proposal->sentence = g_strdup (answer->sentence);
  proposal->by_token = by_token;
  proposal->date = answer->date;
  proposal->amount = answer->amount;
  proposal->currency = writer->currency;
  proposal->value = g_strdup (answer->value);
  proposal->state = g_strdup ("open");
  if (answer->kind <= RUBIS_ANSWER_COPY)
    choose_items (writer->items, proposal, writer->message);
  return rubis_store_insert_proposal (writer->db, proposal, error);
}

/* The line that the link prepared and its user completed: what stands behind the colon of the first one.
 * (transfer full) */
static char *
read_filled_line (const char *text)
{
  const char *end = strchr (text, '\n');
  g_autofree char *line = end != NULL ? g_strndup (text, (gsize)(end - text)) : g_strdup (text);

  return rubis_text_truncate (g_strstrip (line), MAX_SENTENCE);
}

/* The address in a text. (transfer full) (nullable) */
static char *
find_email (const char *text)
{
  g_autoptr (GRegex) regex
      = g_regex_new ("[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@[A-Za-z0-9.-]{1,200}\\.[A-Za-z]{2,24}", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  if (!g_regex_match (regex, text, 0, &match))
    return NULL;
  return g_match_info_fetch (match, 0);
}

/* Why, as words tell it; "other" when they do not. */
static const char *
find_reason (const char *line, RubisCurrency currency, RubisDate written)
{
  static const char *const known[] = { "price",       "quality",         "quantity",  "delivery",
                                       "not_ordered", "invoicing_error", "documents", "payment_application" };
  g_autoptr (GPtrArray) answers = rubis_answer_read (line, currency, written);

  for (guint i = 0; i < answers->len; i++)
    {
      const RubisAnswer *answer = g_ptr_array_index (answers, i);

      for (gsize k = 0; answer->kind == RUBIS_ANSWER_DISPUTE && k < G_N_ELEMENTS (known); k++)
        {
          if (g_str_equal (known[k], answer->value))
            return known[k];
        }
    }
  return "other";
}

/* A person has to look twice when invoices are named that are none of the account's open ones. */
static gboolean
warn_of_unknown (Writer *writer, GError **error)
{
  g_autoptr (GPtrArray) unknown = rubis_answer_find_unknown (writer->message->text, writer->items->numbers);
  g_autofree char *joined = NULL;
  g_autofree char *warning = NULL;

  if (unknown->len == 0 || g_str_equal (writer->record->warning, "forged"))
    return TRUE;
  g_ptr_array_add (unknown, NULL);
  joined = g_strjoinv (", ", (char **)unknown->pdata);
  warning = g_strconcat (RUBIS_INBOX_UNKNOWN_NUMBER, joined, NULL);
  return rubis_store_set_incoming_warning (writer->db, writer->record->id, warning, error);
}

static gboolean
propose_by_words (Writer *writer, GError **error)
{
  gboolean about_items = FALSE;
  g_autoptr (GPtrArray) answers
      = rubis_answer_read (writer->message->text, writer->currency, writer->record->received);

  for (guint i = 0; i < answers->len; i++)
    {
      const RubisAnswer *answer = g_ptr_array_index (answers, i);

      if (answer->kind == RUBIS_ANSWER_NEW_ADDRESS
          && !is_new_address (writer->record, answer->value, writer->own))
        continue;
      if (!write_proposal (writer, answer, FALSE, error))
        return FALSE;
      about_items = about_items || answer->kind <= RUBIS_ANSWER_COPY;
    }
  return !about_items || warn_of_unknown (writer, error);
}

/* Without the line with the reference that the link put there: it asks not to take that away. (transfer full)
 */
static char *
drop_reference_line (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GString) kept = g_string_new (NULL);

  for (int i = 0; lines[i] != NULL; i++)
    {
      if (strstr (lines[i], "RBS-") == NULL)
        g_string_append_printf (kept, "%s\n", lines[i]);
    }
  return g_string_free (g_steal_pointer (&kept), FALSE);
}

/* What was written outranks the link that was used: "paid" with the words "not yet" is not paid. */
static gboolean
is_contradicted (const Writer *writer, RubisAnswerKind kind)
{
  g_autofree char *text = drop_reference_line (writer->message->text);
  g_autoptr (GPtrArray) answers = NULL;
  gboolean promised = FALSE;

  if (kind != RUBIS_ANSWER_PAID)
    return FALSE;
  if (rubis_answer_denies_payment (text))
    return TRUE;
  answers = rubis_answer_read (text, writer->currency, writer->record->received);
  for (guint i = 0; i < answers->len; i++)
    {
      const RubisAnswer *answer = g_ptr_array_index (answers, i);

      if (answer->kind == RUBIS_ANSWER_PAID)
        return FALSE;
      promised = promised || answer->kind == RUBIS_ANSWER_PROMISE;
    }
  return promised;
}

/* The link says what is meant; the line says when and why. */
static gboolean
propose_by_token (Writer *writer, RubisAnswerKind kind, GError **error)
{
  g_autofree char *line = read_filled_line (writer->message->text);
  g_autofree char *email = NULL;
  g_autofree char *folded = NULL;
  const char *colon = strchr (line, ':');
  const char *filled = colon != NULL ? colon + 1 : line;
  RubisAnswer answer = { .kind = kind, .sentence = line, .date = RUBIS_DATE_NONE, .value = (char *)"" };
  RubisAnswer address = { .kind = RUBIS_ANSWER_NEW_ADDRESS, .sentence = line, .date = RUBIS_DATE_NONE };

  if (is_contradicted (writer, kind))
    return propose_by_words (writer, error);
  folded = rubis_text_fold (filled);
  if (kind == RUBIS_ANSWER_PAID || kind == RUBIS_ANSWER_PROMISE)
    {
      g_autofree char *with_article = g_strdup_printf ("le %s", folded);
      RubisDateSense sense = kind == RUBIS_ANSWER_PAID ? RUBIS_SENSE_PAST : RUBIS_SENSE_FUTURE;

      answer.date = rubis_answer_date_find (folded, writer->record->received, sense, NULL, NULL);
      if (answer.date == RUBIS_DATE_NONE)
        answer.date = rubis_answer_date_find (with_article, writer->record->received, sense, NULL, NULL);
      /* Nobody has paid on a day to come. */
      if (kind == RUBIS_ANSWER_PAID && answer.date != RUBIS_DATE_NONE
          && answer.date > writer->record->received)
        answer.kind = RUBIS_ANSWER_PROMISE;
      answer.amount = rubis_answer_amount_find (filled, writer->currency);
    }
  else if (kind == RUBIS_ANSWER_DISPUTE)
    answer.value = (char *)find_reason (filled, writer->currency, writer->record->received);
  if (!write_proposal (writer, &answer, TRUE, error))
    return FALSE;
  email = kind == RUBIS_ANSWER_WRONG_PERSON ? find_email (filled) : NULL;
  address.value = email;
  return email == NULL || !is_new_address (writer->record, email, writer->own)
         || write_proposal (writer, &address, TRUE, error);
}

/* An absence proposes nothing; that nobody reads there any more does. */
static gboolean
propose_for_left (Writer *writer, GError **error)
{
  g_autofree char *spaced = rubis_text_normalise_spaces (writer->message->text);
  g_autofree char *sentence = rubis_text_truncate (spaced, MAX_SENTENCE);
  const RubisAnswer person = {
    .kind = RUBIS_ANSWER_WRONG_PERSON, .sentence = sentence, .date = RUBIS_DATE_NONE, .value = (char *)""
  };
  const RubisAnswer address = { .kind = RUBIS_ANSWER_NEW_ADDRESS,
                                .sentence = sentence,
                                .date = RUBIS_DATE_NONE,
                                .value = writer->message->new_address };

  if (!writer->message->has_left)
    return TRUE;
  if (!is_new_address (writer->record, address.value, writer->own))
    return write_proposal (writer, &person, FALSE, error);
  return write_proposal (writer, &address, FALSE, error);
}

/* What a colleague answers: by the link that he used, else by his words. */
static gboolean
propose_for_dispute (Writer *writer, char letter, GError **error)
{
  g_autofree char *spaced = NULL;
  g_autofree char *kept = drop_reference_line (writer->message->text);
  g_autofree char *sentence = NULL;
  g_autofree char *folded = NULL;
  RubisAnswer answer = { .date = RUBIS_DATE_NONE, .value = (char *)"" };
  gboolean by_token = rubis_answer_kind_from_letter (letter, &answer.kind);

  spaced = rubis_text_normalise_spaces (kept);
  sentence = rubis_text_truncate (g_strstrip (spaced), MAX_SENTENCE);
  folded = rubis_text_fold (sentence);
  answer.sentence = sentence;
  if (!by_token)
    answer.kind = rubis_answer_read_verdict (kept);
  if (answer.kind == RUBIS_ANSWER_FOUNDED)
    answer.amount = rubis_answer_amount_find (sentence, writer->currency);
  else if (answer.kind == RUBIS_ANSWER_MORE_TIME)
    answer.date = rubis_answer_date_find (folded, writer->record->received, RUBIS_SENSE_FUTURE, NULL, NULL);
  return write_proposal (writer, &answer, by_token, error);
}

gboolean
rubis_inbox_propose (RubisSession *session, RubisDatabase *db, const RubisIncomingMessage *message,
                     const RubisIncomingRecord *record, GError **error)
{
  g_auto (Items) items = { 0 };
  g_autoptr (GPtrArray) own = NULL;
  g_autoptr (GError) key_error = NULL;
  g_autoptr (GBytes) key = NULL;
  g_autofree char *said = g_strdup_printf ("%s\n%s", message->subject, message->text);
  Writer writer = { .db = db,
                    .message = message,
                    .record = record,
                    .items = &items,
                    .currency = rubis_session_get_currency (session) };
  RubisTokenAudience audience;
  RubisAnswerKind kind;
  char letter = '\0';
  gint64 subject = 0;

  if (record->account_id == 0
      || (message->kind != RUBIS_INCOMING_REPLY && message->kind != RUBIS_INCOMING_AUTO_REPLY))
    return TRUE;
  /* It may have been another account's before. */
  if (g_str_has_prefix (record->warning, RUBIS_INBOX_UNKNOWN_NUMBER)
      && !rubis_store_set_incoming_warning (db, record->id, "", error))
    return FALSE;
  key = rubis_email_load_answer_key (db, &key_error);
  own = rubis_store_list_own_emails (db, error);
  if (own == NULL || !items_init (&items, session, db, record, error))
    return FALSE;
  writer.own = own;
  if (items.asked->len > 0)
    writer.currency = g_array_index (items.currencies, RubisCurrency, g_array_index (items.asked, guint, 0));
  if (record->dispute_id != 0)
    {
      if (!rubis_answer_token_find (said, key, &audience, &subject, &letter, NULL) || audience != RUBIS_TOKEN_ACTOR
          || subject != record->dispute_id)
        letter = '\0';
      return message->kind == RUBIS_INCOMING_AUTO_REPLY || propose_for_dispute (&writer, letter, error);
    }
  if (message->kind == RUBIS_INCOMING_AUTO_REPLY)
    return propose_for_left (&writer, error);
  if (rubis_answer_token_find (said, key, &audience, &subject, &letter, NULL)
      && audience == RUBIS_TOKEN_CUSTOMER && rubis_answer_token_kind (letter, &kind))
    return propose_by_token (&writer, kind, error);
  return propose_by_words (&writer, error);
}
