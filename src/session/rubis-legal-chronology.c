/* The chronology of a legal file: invoices, payments, letters and their proofs, and what was agreed.
 *
 * The words are those of the file, which goes to a French court. Notes and decisions of the house stay
 * out of it.
 */
#include "rubis-legal-file-private.h"

#include <string.h>

#include "rubis-format.h"

static void
step_free (gpointer data)
{
  RubisLegalStep *self = data;

  g_free (self->text);
  g_free (self->kind);
  g_free (self->numbers);
  g_free (self);
}

/* @text: (transfer full) */
static RubisLegalStep *
add_step (RubisLegalCase *self, RubisDate date, const char *kind, char *text, const char *numbers,
          guint exhibit)
{
  RubisLegalStep *step = g_new0 (RubisLegalStep, 1);

  step->date = date;
  step->kind = g_strdup (kind);
  step->text = text;
  step->numbers = g_strdup (numbers);
  step->exhibit = exhibit;
  g_ptr_array_add (self->file->steps, step);
  return step;
}

static void
add_item_steps (RubisLegalCase *self, const RubisLegalItem *item)
{
  RubisCurrency currency = self->file->currency;
  g_autofree char *total = rubis_format_amount (ABS (item->total), currency, "fr");
  g_autofree char *due = rubis_format_date_short (item->due_date, "fr");
  gboolean is_credit = item->type == RUBIS_ITEM_CREDIT;

  if (item->issue_date == RUBIS_DATE_NONE)
    return;
  if (item->open < 0)
    add_step (self, item->issue_date, is_credit ? "credit" : "payment",
              g_strdup_printf ("%s %s, %s", is_credit ? "Avoir" : "Règlement", item->number, total),
              item->number, 0)
        ->amount
        = -item->total;
  else
    add_step (self, item->issue_date, "invoice",
              g_strdup_printf ("Facture %s, %s, à régler le %s", item->number, total, due), item->number,
              rubis_legal_file_find_exhibit (self->file, 0, item->id, RUBIS_EXHIBIT_INVOICE))
        ->amount
        = item->total;
}

static void
add_payment_step (RubisLegalCase *self, const RubisCasePayment *payment)
{
  const RubisLegalItem *item = rubis_legal_file_find_item (self->file, payment->item_id);
  g_autofree char *amount = rubis_format_amount (payment->amount, self->file->currency, "fr");
  const char *word = payment->by_credit_note ? "Avoir" : "Règlement partiel";

  if (item != NULL)
    add_step (
        self, payment->date, payment->by_credit_note ? "credit" : "payment",
        *payment->credit != '\0'
            ? g_strdup_printf ("%s %s, %s, sur la facture %s", word, payment->credit, amount, item->number)
            : g_strdup_printf ("%s, %s, sur la facture %s", word, amount, item->number),
        item->number, 0)
        ->amount
        = payment->amount;
}

/* What the other side saw or said; anything else of the journal is the house's own. */
static const char *
get_word (const char *kind)
{
  static const struct
  {
    const char *kind;
    const char *word;
  } words[] = {
    { "email", "Relance par courriel" },
    { "letter", "Relance par lettre" },
    { "registered", "Lettre recommandée avec avis de réception" },
    { "sms", "Relance par SMS" },
    { "call", "Appel téléphonique" },
    { "visit", "Visite" },
    { "promise", "Promesse de règlement" },
    { "plan", "Accord de paiement" },
    { "dispute", "Contestation" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (g_str_equal (words[i].kind, kind))
        return words[i].word;
    }
  return NULL;
}

static const RubisCaseFile *
find_document (RubisLegalCase *self, gint64 event_id)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      const RubisCaseFile *file = g_ptr_array_index (self->files, i);

      if (file->source == RUBIS_CASE_DOCUMENT && file->event_id == event_id)
        return file;
    }
  return NULL;
}

/* What was sent before the due date asked for nothing that was owed. */
static gboolean
is_notice_before_due (RubisLegalCase *self, const RubisEventRecord *event)
{
  return (g_str_equal (event->kind, "email") || g_str_equal (event->kind, "letter"))
         && !g_hash_table_contains (self->reminders, &event->id);
}

/* The journal's words without the remark that the user put behind them: it was written for the house. */
static char *
dup_summary (const RubisEventRecord *event)
{
  const char *remark = strstr (event->summary, " — ");

  return remark != NULL ? g_strndup (event->summary, (gsize)(remark - event->summary))
                        : g_strdup (event->summary);
}

static gboolean
add_event_step (RubisLegalCase *self, const RubisEventRecord *event, GError **error)
{
  g_autoptr (GPtrArray) numbers = rubis_store_list_event_numbers (self->db, event->id, error);
  const RubisCaseFile *document = find_document (self, event->id);
  const char *word = get_word (event->kind);
  g_autofree char *joined = NULL;
  g_autofree char *summary = dup_summary (event);
  guint exhibit;

  if (numbers == NULL)
    return FALSE;
  if (word == NULL || (numbers->len > 0 && !g_hash_table_contains (self->events, &event->id)))
    return TRUE;
  if (document != NULL && rubis_legal_case_is_notice (self, document))
    word = "Mise en demeure";
  else if (is_notice_before_due (self, event))
    word = "Message avant l’échéance";
  exhibit
      = document != NULL ? rubis_legal_file_find_exhibit (self->file, event->id, 0, RUBIS_EXHIBIT_OTHER) : 0;
  if (document == NULL
      && (g_str_equal (event->kind, "email") || g_str_equal (event->kind, "letter")
          || g_str_equal (event->kind, "registered")))
    self->n_unkept++;
  g_ptr_array_add (numbers, NULL);
  joined = g_strjoinv (", ", (char **)numbers->pdata);
  /* Of a letter its subject; the journal's own words where nothing else says what was said. */
  add_step (self, event->date, is_notice_before_due (self, event) ? "notice" : event->kind,
            document != NULL && !rubis_legal_case_is_notice (self, document)
                ? g_strdup_printf ("%s : %s", word, document->title)
            : document != NULL ? g_strdup (word)
                               : g_strdup_printf ("%s : %s", word, summary),
            joined, exhibit);
  return TRUE;
}

/* The first exhibit that proves the deposit, or the answer, of a registered letter; 0 for none. */
static guint
find_proof (RubisLegalCase *self, gint64 registered_id, gboolean of_deposit)
{
  for (guint i = 0; i < self->file->exhibits->len; i++)
    {
      const RubisLegalExhibit *candidate = g_ptr_array_index (self->file->exhibits, i);

      if (candidate->registered_id == registered_id && candidate->kind == RUBIS_EXHIBIT_PROOF
          && candidate->of_deposit == of_deposit)
        return candidate->number;
    }
  return 0;
}

static void
add_letter_steps (RubisLegalCase *self, const RubisCaseLetter *letter)
{
  static const struct
  {
    const char *state;
    const char *text;
  } ends[] = {
    { "received", "Lettre recommandée reçue par le débiteur" },
    { "refused", "Lettre recommandée refusée par le débiteur" },
    { "not_claimed", "Lettre recommandée avisée et non réclamée" },
    { "wrong_address", "Lettre recommandée retournée : destinataire inconnu à l’adresse" },
  };
  g_autofree char *number
      = *letter->number != '\0' ? g_strconcat (" n° ", letter->number, NULL) : g_strdup ("");

  if (!g_hash_table_contains (self->events, &letter->event_id))
    return;
  if (letter->deposited_on != RUBIS_DATE_NONE)
    add_step (self, letter->deposited_on, "deposited",
              g_strdup_printf ("Lettre recommandée%s déposée à La Poste", number), "",
              find_proof (self, letter->id, TRUE));
  if (letter->presented_on != RUBIS_DATE_NONE)
    add_step (self, letter->presented_on, "presented",
              g_strdup_printf ("Lettre recommandée%s présentée au débiteur", number), "",
              find_proof (self, letter->id, FALSE));
  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      if (letter->closed_on != RUBIS_DATE_NONE && g_str_equal (ends[i].state, letter->state))
        add_step (self, letter->closed_on, ends[i].state, g_strdup (ends[i].text), "",
                  find_proof (self, letter->id, FALSE));
    }
}

static int
compare_steps (gconstpointer a, gconstpointer b)
{
  const RubisLegalStep *first = *(const RubisLegalStep *const *)a;
  const RubisLegalStep *second = *(const RubisLegalStep *const *)b;

  return (first->date > second->date) - (first->date < second->date);
}

gboolean
rubis_legal_case_add_steps (RubisLegalCase *self, GError **error)
{
  g_autoptr (GPtrArray) events = rubis_store_list_events (self->db, self->file->account_id, 0, error);

  if (events == NULL)
    return FALSE;
  g_ptr_array_set_free_func (self->file->steps, step_free);
  for (guint i = 0; i < self->file->items->len; i++)
    add_item_steps (self, g_ptr_array_index (self->file->items, i));
  for (guint i = 0; i < self->payments->len; i++)
    add_payment_step (self, g_ptr_array_index (self->payments, i));
  for (guint i = events->len; i > 0; i--)
    {
      if (!add_event_step (self, g_ptr_array_index (events, i - 1), error))
        return FALSE;
    }
  for (guint i = 0; i < self->letters->len; i++)
    add_letter_steps (self, g_ptr_array_index (self->letters, i));
  /* Stable: what happened on one day stays in the order above. */
  g_ptr_array_sort (self->file->steps, compare_steps);
  return TRUE;
}
