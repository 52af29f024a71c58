/* Requests to the colleagues who resolve disputes. */
#include "rubis-disputes-private.h"

#include <glib/gi18n-lib.h>

#include "rubis-import-preview.h"
#include "rubis-outbox.h"
#include "rubis-store-actors.h"
#include "rubis-store-outbox.h"

#define TEMPLATE "demande-litige"

/* What a request is made with. */
typedef struct
{
  RubisDisputeRecord *record;
  RubisActor *actor;
  GArray *item_ids;
  char *numbers;
  int n_before;
} Question;

static void
question_clear (Question *self)
{
  g_clear_pointer (&self->record, rubis_dispute_record_free);
  g_clear_pointer (&self->actor, rubis_actor_free);
  g_clear_pointer (&self->item_ids, g_array_unref);
  g_free (self->numbers);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Question, question_clear)

static gboolean
set_rule_error (GError **error, const char *text)
{
  g_set_error_literal (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE, text);
  return FALSE;
}

static gboolean
load_question (RubisDatabase *db, gint64 id, Question *question, GError **error)
{
  RubisDisputeState state = RUBIS_DISPUTE_OPEN;
  gboolean waiting = FALSE;

  question->record = rubis_dispute_load (db, id, error);
  if (question->record == NULL)
    return FALSE;
  rubis_dispute_state_from_id (question->record->state, &state);
  if (!rubis_dispute_state_is_open (state))
    return set_rule_error (error, _ ("This dispute is closed: there is nothing to ask any more."));
  if (question->record->resolver_id == 0)
    return set_rule_error (error, _ ("Nobody resolves this dispute yet: choose a colleague first."));
  question->actor = rubis_store_load_actor (db, question->record->resolver_id, NULL, error);
  if (question->actor == NULL)
    return FALSE;
  if (*question->actor->email == '\0')
    {
      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE,
                   _ ("%s has no email address: add it to the colleague first."), question->actor->name);
      return FALSE;
    }
  if (!rubis_store_find_dispute_requests (db, id, NULL, &question->n_before, &waiting, error))
    return FALSE;
  if (waiting)
    return set_rule_error (
        error, _ ("A request about this dispute waits in the outbox: approve it, or take it back."));
  question->item_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < question->record->shares->len; i++)
    g_array_append_val (question->item_ids,
                        g_array_index (question->record->shares, RubisDisputeShare, i).item_id);
  question->numbers = rubis_dispute_dup_numbers (db, question->record);
  return TRUE;
}

gint64
rubis_session_ask_resolver (RubisSession *self, gint64 id, const char *text, GError **error)
{
  g_auto (Question) question = { 0 };
  g_autofree char *key = NULL;
  g_autofree char *title = NULL;
  g_autofree char *subject = NULL;
  RubisDatabase *db;
  gboolean loaded;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), 0);

  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return 0;
  loaded = load_question (db, id, &question, error);
  rubis_session_return_reader (self, db);
  if (!loaded)
    return 0;
  key = g_strdup_printf ("dispute/%" G_GINT64_FORMAT "/%d", id, question.n_before + 1);
  /* Translators: name of a colleague, numbers of invoices */
  title
      = g_strdup_printf (_ ("Request to %s about the dispute on %s"), question.actor->name, question.numbers);
  subject = g_strdup_printf (_ ("Dispute on %s"), question.numbers);
  return rubis_session_add_draft (self,
                                  &(RubisDraftRequest){
                                      .account_id = question.record->account_id,
                                      .channel = RUBIS_CHANNEL_EMAIL,
                                      .key = key,
                                      .title = title,
                                      .template_id = text == NULL ? TEMPLATE : NULL,
                                      .subject = text != NULL ? subject : NULL,
                                      .text = text,
                                      .to_email = question.actor->email,
                                      .to_name = question.actor->name,
                                      .item_ids = question.item_ids,
                                      .copies = TRUE,
                                      .dispute_id = id,
                                  },
                                  error);
}
