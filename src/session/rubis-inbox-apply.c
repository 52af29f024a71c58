/* Applying what an answer proposes, after a person said so; and dismissing it. */
#include <glib/gi18n-lib.h>

#include "rubis-format.h"
#include "rubis-import-preview.h"
#include "rubis-inbox-effects.h"
#include "rubis-session-edits-private.h"

/* A proposal whose state changes, with what that brings about. */
typedef struct
{
  gint64 proposal_id;
  gint64 incoming_id;
  gint64 account_id;
  char *proposal_state;     /* that the next swap puts in */
  char *incoming_state;     /* that the next swap puts in */
  RubisInboxEffect *effect; /* (nullable) */
} ApplyState;

static void
apply_state_free (gpointer data)
{
  ApplyState *state = data;

  g_free (state->proposal_state);
  g_free (state->incoming_state);
  rubis_inbox_effect_free (state->effect);
  g_free (state);
}

static gboolean
swap_apply (RubisSession *session, RubisStore *store, RubisEdit *edit, GError **error)
{
  RubisJournaledEdit *journaled = edit->data;
  ApplyState *state = journaled->state;
  RubisDatabase *db = rubis_store_get_database (store);
  g_autoptr (RubisProposalRecord) proposal = rubis_store_load_proposal (db, state->proposal_id, error);
  g_autoptr (RubisIncomingRecord) incoming
      = proposal != NULL ? rubis_store_load_incoming (db, state->incoming_id, error) : NULL;

  if (incoming == NULL)
    {
      if (error != NULL && *error == NULL)
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                     _ ("This proposal is not in the dossier any more."));
      return FALSE;
    }
  if (!rubis_store_set_proposal_state (db, state->proposal_id, state->proposal_state, error)
      || !rubis_store_set_incoming_state (db, state->incoming_id, state->incoming_state, error)
      || (state->effect != NULL && !rubis_inbox_effect_swap (state->effect, session, db, error))
      || !rubis_journaled_edit_note (session, db, edit, state->account_id, error))
    return FALSE;
  g_free (state->proposal_state);
  state->proposal_state = g_steal_pointer (&proposal->state);
  g_free (state->incoming_state);
  state->incoming_state = g_steal_pointer (&incoming->state);
  journaled->n_swaps++;
  return TRUE;
}

/* --- What is about to be applied ---------------------------------------------------------------------- */

typedef struct
{
  RubisProposal *proposal;       /* (owned) as it is to be applied */
  RubisIncomingRecord *incoming; /* (owned) */
  gboolean last;                 /* nothing else of the message is open */
} Plan;

static void
plan_clear (Plan *plan)
{
  g_clear_pointer (&plan->proposal, rubis_proposal_free);
  g_clear_pointer (&plan->incoming, rubis_incoming_record_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Plan, plan_clear)

/* Puts what a person corrected in place of what was read. @corrected: (nullable) */
static void
correct (RubisProposal *proposal, const RubisProposal *corrected)
{
  if (corrected == NULL)
    return;
  proposal->date = corrected->date;
  proposal->amount = corrected->amount;
  g_free (proposal->value);
  proposal->value = g_strdup (corrected->value != NULL ? corrected->value : "");
  if (corrected->item_ids != NULL)
    {
      g_array_set_size (proposal->item_ids, 0);
      g_array_append_vals (proposal->item_ids, corrected->item_ids->data, corrected->item_ids->len);
    }
}

static gboolean
load_plan (RubisDatabase *db, gint64 proposal_id, const RubisProposal *corrected, Plan *plan, GError **error)
{
  g_autoptr (RubisProposalRecord) record = rubis_store_load_proposal (db, proposal_id, error);
  g_autoptr (GPtrArray) all = NULL;

  if (record == NULL)
    {
      if (error != NULL && *error == NULL)
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("There is no proposal %d."),
                     (int)proposal_id);
      return FALSE;
    }
  plan->incoming = rubis_store_load_incoming (db, record->incoming_id, error);
  all = plan->incoming != NULL ? rubis_store_list_proposals (db, record->incoming_id, error) : NULL;
  if (all == NULL)
    return FALSE;
  if (!g_str_equal (record->state, "open"))
    {
      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE,
                   g_str_equal (record->state, "applied") ? _ ("This proposal was applied already.")
                                                          : _ ("This proposal was dismissed already."));
      return FALSE;
    }
  plan->last = TRUE;
  for (guint i = 0; i < all->len; i++)
    {
      const RubisProposalRecord *other = g_ptr_array_index (all, i);

      plan->last = plan->last && (other->id == proposal_id || !g_str_equal (other->state, "open"));
    }
  plan->proposal = rubis_proposal_from_record (record);
  correct (plan->proposal, corrected);
  return TRUE;
}

/* "Promise noted: Garage Petit". (transfer full) */
static char *
make_label (const Plan *plan)
{
  const char *name = plan->incoming->account_name;

  switch (plan->proposal->kind)
    {
    case RUBIS_ANSWER_PAID:
      return g_strdup_printf (_ ("Payment announced: %s"), name);
    case RUBIS_ANSWER_PROMISE:
      return g_strdup_printf (_ ("Promise noted: %s"), name);
    case RUBIS_ANSWER_DISPUTE:
      return g_strdup_printf (_ ("Dispute opened: %s"), name);
    case RUBIS_ANSWER_COPY:
      return g_strdup_printf (_ ("Copies prepared: %s"), name);
    case RUBIS_ANSWER_WRONG_PERSON:
      return g_strdup_printf (_ ("Wrong person noted: %s"), name);
    case RUBIS_ANSWER_NEW_ADDRESS:
    default:
      return g_strdup_printf (_ ("Email address changed: %s"), name);
    }
}

/* Day and invoices; no addresses, the journal is kept for ever. (transfer full) */
static char *
make_detail (const RubisProposal *proposal)
{
  g_autoptr (GString) detail = g_string_new (NULL);

  if (proposal->date != RUBIS_DATE_NONE)
    {
      g_autofree char *day = rubis_format_date_short (proposal->date, rubis_format_ui_language ());

      g_string_append (detail, day);
    }
  for (guint i = 0; i < proposal->numbers->len && i < 20; i++)
    g_string_append_printf (detail, "%s%s", detail->len > 0 ? (i == 0 ? " · " : ", ") : "",
                            (const char *)g_ptr_array_index (proposal->numbers, i));
  return g_string_free (g_steal_pointer (&detail), FALSE);
}

/* Who decided, in his words. (transfer full) */
static char *
quote_colleague (const Plan *plan)
{
  const RubisIncomingRecord *incoming = plan->incoming;
  const char *who = *incoming->from_name != '\0' ? incoming->from_name : incoming->from_email;

  /* Translators: who wrote, and his words. */
  return g_strdup_printf (_ ("%s: “%s”"), who, plan->proposal->sentence);
}

static gboolean
do_plan (RubisSession *self, const Plan *plan, const char *proposal_state, const char *kind, const char *label,
         const char *detail, RubisInboxEffect *effect, GError **error)
{
  ApplyState *state = g_new0 (ApplyState, 1);
  gboolean applied = g_str_equal (proposal_state, "applied");

  state->proposal_id = plan->proposal->id;
  state->incoming_id = plan->incoming->id;
  state->account_id = plan->incoming->account_id;
  state->proposal_state = g_strdup (proposal_state);
  state->incoming_state = g_strdup (applied && plan->last ? "done" : plan->incoming->state);
  state->effect = effect;
  return rubis_session_do_edit (
      self, rubis_journaled_edit_new (label, kind, detail, swap_apply, state, apply_state_free), error);
}

/* The copies as an email that waits for a person; the same one when it was asked for before. */
static gboolean
prepare_copies (RubisSession *self, const Plan *plan, GError **error)
{
  g_autofree char *key = g_strdup_printf ("copies/%" G_GINT64_FORMAT, plan->incoming->id);
  g_autofree char *subject = NULL;
  const char *prefix = "Re: ";
  RubisDraftRequest request
      = { .account_id = plan->incoming->account_id,
          .channel = RUBIS_CHANNEL_EMAIL,
          .key = key,
          .title = _ ("Copies of invoices"),
          .text = _ ("Hello,\n\nPlease find attached the copies of the invoices that you asked "
                     "for.\n\nBest regards"),
          .to_email = plan->incoming->from_email,
          .item_ids = plan->proposal->item_ids,
          .copies = TRUE,
          .in_reply_to = plan->incoming->message_id };
  g_autoptr (GError) add_error = NULL;

  subject = g_strconcat (g_ascii_strncasecmp (plan->incoming->subject, prefix, 3) == 0 ? "" : prefix,
                         plan->incoming->subject, NULL);
  request.subject = subject;
  if (rubis_session_add_draft (self, &request, &add_error) != 0
      || g_error_matches (add_error, RUBIS_DATABASE_ERROR, RUBIS_DATABASE_ERROR_CONSTRAINT))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&add_error));
  return FALSE;
}

gboolean
rubis_session_apply_proposal (RubisSession *self, gint64 proposal_id, const RubisProposal *corrected,
                              char **noted, GError **error)
{
  g_auto (Plan) plan = { 0 };
  g_autoptr (RubisInboxEffect) effect = NULL;
  g_autofree char *sentence = NULL;
  g_autofree char *verdict = NULL;
  g_autofree char *label = NULL;
  g_autofree char *detail = NULL;
  RubisDatabase *db;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), FALSE);

  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return FALSE;
  if (load_plan (db, proposal_id, corrected, &plan, error))
    {
      if (plan.incoming->account_id == 0)
        g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE,
                     _ ("Say first which account this answer belongs to."));
      else
        effect = rubis_inbox_effect_new (self, db, plan.proposal, plan.incoming, error);
      if (effect != NULL)
        {
          sentence = rubis_inbox_effect_describe (effect, db, plan.proposal, plan.incoming);
          verdict = rubis_inbox_effect_make_label (effect, db, plan.incoming);
        }
    }
  rubis_session_return_reader (self, db);
  if (effect == NULL || (plan.proposal->kind == RUBIS_ANSWER_COPY && !prepare_copies (self, &plan, error)))
    return FALSE;
  label = verdict != NULL ? g_strdup (verdict) : make_label (&plan);
  detail = verdict != NULL ? quote_colleague (&plan) : make_detail (plan.proposal);
  if (!do_plan (self, &plan, "applied", verdict != NULL ? "dispute" : "answer", label, detail, g_steal_pointer (&effect), error))
    return FALSE;
  if (noted != NULL)
    *noted = g_steal_pointer (&sentence);
  return TRUE;
}

gboolean
rubis_session_dismiss_proposal (RubisSession *self, gint64 proposal_id, GError **error)
{
  g_auto (Plan) plan = { 0 };
  g_autofree char *label = NULL;
  RubisDatabase *db;
  gboolean loaded;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), FALSE);

  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return FALSE;
  loaded = load_plan (db, proposal_id, NULL, &plan, error);
  rubis_session_return_reader (self, db);
  if (!loaded)
    return FALSE;
  label = g_strdup_printf (_ ("Proposal dismissed: %s"), rubis_answer_kind_to_label (plan.proposal->kind));
  return do_plan (self, &plan, "dismissed", "answer", label, NULL, NULL, error);
}
