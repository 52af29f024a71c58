/* The section "Answers": the message that is chosen, and what it proposes. */
#include <glib/gi18n-lib.h>

#include "rubis-account-card.h"
#include "rubis-answers-page-private.h"
#include "rubis-choices.h"
#include "rubis-plain.h"
#include "rubis-ui.h"

const char *
rubis_answers_page_describe_kind (RubisInboxRow *row)
{
  return rubis_incoming_kind_to_label (row->kind);
}

const char *
rubis_answers_page_get_icon (RubisInboxRow *row)
{
  switch (row->kind)
    {
    case RUBIS_INCOMING_BOUNCE_HARD:
      return "dialog-error-symbolic";
    case RUBIS_INCOMING_BOUNCE_SOFT:
      return "mail-reply-sender-symbolic";
    case RUBIS_INCOMING_DELAYED:
      return "content-loading-symbolic";
    case RUBIS_INCOMING_DELIVERED:
      return "emblem-ok-symbolic";
    case RUBIS_INCOMING_AUTO_REPLY:
      return "preferences-system-symbolic";
    case RUBIS_INCOMING_REPLY:
      return "mail-unread-symbolic";
    case RUBIS_INCOMING_OTHER:
    default:
      return "mail-read-symbolic";
    }
}

/* How it was found whose it is. */
static const char *
describe_match (const char *matched_by)
{
  static const struct
  {
    const char *id;
    const char *label; /* untranslated */
  } ways[] = {
    { "token", N_ ("recognised by the link of our email") },
    { "message-id", N_ ("recognised by our message") },
    { "thread", N_ ("recognised by the exchange") },
    { "failed-address", N_ ("recognised by the address that failed") },
    { "address", N_ ("recognised by the address") },
    { "number", N_ ("recognised by the number of an invoice") },
    { "user", N_ ("said by you") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      if (g_str_equal (ways[i].id, matched_by))
        return _ (ways[i].label);
    }
  return "";
}

static void
show_head (RubisAnswersPage *self, RubisInboxRow *row)
{
  g_autofree char *date = rubis_ui_format_long_date (row->received);
  g_autofree char *from = *row->from_name != '\0'
                              ? g_strdup_printf ("%s <%s>", row->from_name, row->from_email)
                              : g_strdup (row->from_email);
  g_autofree char *first = g_strdup_printf (_ ("From %s"), from);
  const char *match = describe_match (row->matched_by);
  g_autoptr (GString) text = g_string_new (first);

  g_string_append_printf (text, " · %s", date);
  if (row->account_id != 0)
    g_string_append_printf (text, "\n%s  %s", row->account_name, row->account_code);
  if (row->account_id != 0 && *match != '\0')
    g_string_append_printf (text, " · %s", match);
  gtk_label_set_label (self->head, text->str);
  gtk_label_set_label (self->subject, *row->subject != '\0' ? row->subject : _ ("(no subject)"));
  gtk_label_set_label (self->kind, rubis_answers_page_describe_kind (row));
  gtk_label_set_label (self->text, row->text);
  gtk_label_set_label (self->warning, row->warning);
  gtk_widget_set_visible (self->warning_box, *row->warning != '\0');
}

static void
card_apply_cb (RubisProposalCard *card, RubisAnswersPage *self)
{
  rubis_answers_page_apply (self, card);
}

static void
card_dismiss_cb (RubisProposalCard *card, RubisAnswersPage *self)
{
  rubis_answers_page_dismiss (self, card);
}

static void
clear_cards (RubisAnswersPage *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->cards))) != NULL)
    gtk_box_remove (self->cards, child);
}

/* @items: (element-type RubisItemRow) (nullable) @reasons: (element-type RubisChoice) (nullable) */
static void
show_cards (RubisAnswersPage *self, RubisInboxRow *row, GPtrArray *items, GPtrArray *reasons)
{
  clear_cards (self);
  for (guint i = 0; i < row->proposals->len; i++)
    {
      GtkWidget *card = rubis_proposal_card_new (row->proposals->pdata[i], items, reasons,
                                                 row->account_id != 0);

      g_signal_connect_object (card, "apply", G_CALLBACK (card_apply_cb), self, 0);
      g_signal_connect_object (card, "dismiss", G_CALLBACK (card_dismiss_cb), self, 0);
      gtk_box_append (self->cards, card);
    }
}

/* --- the open items of the account --- */

/* What the cards offer. */
typedef struct
{
  RubisAccountCard *card;
  GPtrArray *reasons; /* (element-type RubisChoice) */
} Offer;

static void
offer_free (gpointer data)
{
  Offer *offer = data;

  g_clear_object (&offer->card);
  g_clear_pointer (&offer->reasons, g_ptr_array_unref);
  g_free (offer);
}

static gpointer
load_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  Offer *offer = g_new0 (Offer, 1);

  offer->reasons = rubis_session_list_choices (session, RUBIS_CHOICES_DISPUTE_REASON, FALSE, error);
  offer->card = offer->reasons != NULL ? rubis_session_load_account (session, *(gint64 *)data, error) : NULL;
  if (offer->card == NULL)
    g_clear_pointer (&offer, offer_free);
  return offer;
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisAnswersPage) self = user_data;
  g_autoptr (GError) error = NULL;
  Offer *offer = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);
  gboolean abandoned = rubis_plain_is_abandoned (result) || self->session == NULL;
  RubisInboxRow *row = !abandoned ? rubis_answers_page_get_current (self) : NULL;

  if (row != NULL && row->id == self->shown_id)
    show_cards (self, row, offer != NULL ? offer->card->items : NULL, offer != NULL ? offer->reasons : NULL);
  g_clear_pointer (&offer, offer_free);
}

/* What the cards of a message say: as long as it is the same, they stay with what is typed in them. */
static char *
make_key (RubisInboxRow *row)
{
  GString *key = g_string_new (NULL);

  g_string_printf (key, "%d of %d:", (int)row->id, (int)row->account_id);
  for (guint i = 0; i < row->proposals->len; i++)
    {
      const RubisProposal *proposal = row->proposals->pdata[i];

      g_string_append_printf (key, " %d %s", (int)proposal->id, proposal->state);
    }
  return g_string_free (key, FALSE);
}

static void
load_items (RubisAnswersPage *self, RubisInboxRow *row)
{
  g_autofree char *key = make_key (row);

  if (g_strcmp0 (key, self->shown_key) == 0)
    return;
  g_free (self->shown_key);
  self->shown_key = g_steal_pointer (&key);
  clear_cards (self);
  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  if (row->account_id == 0 || row->proposals->len == 0)
    {
      show_cards (self, row, NULL, NULL);
      return;
    }
  self->loading = g_cancellable_new ();
  rubis_ui_read_async (self->session, load_work, g_memdup2 (&row->account_id, sizeof (gint64)), g_free,
                       offer_free, self->loading, loaded_cb, g_object_ref (self));
}

void
rubis_answers_page_update_assign (RubisAnswersPage *self)
{
  RubisInboxRow *row = rubis_answers_page_get_current (self);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "answers.assign",
                                 row != NULL && row->account_id == 0
                                     && rubis_account_chooser_get_account (self->chooser) != 0);
}

void
rubis_answers_page_show_current (RubisAnswersPage *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  RubisInboxRow *row = rubis_answers_page_get_current (self);
  gboolean waits = row != NULL && g_str_equal (row->state, "new");
  gboolean other = row == NULL || row->id != self->shown_id;

  gtk_widget_action_set_enabled (widget, "answers.close", waits);
  gtk_widget_action_set_enabled (widget, "answers.wait-again", row != NULL && !waits);
  gtk_widget_action_set_enabled (widget, "answers.open-file", row != NULL);
  gtk_widget_action_set_enabled (widget, "answers.thread", row != NULL && row->account_id != 0);
  rubis_answers_page_update_assign (self);
  gtk_stack_set_visible_child_name (self->detail, row != NULL ? "message" : "empty");
  if (row == NULL)
    {
      self->shown_id = 0;
      g_clear_pointer (&self->shown_key, g_free);
      return;
    }
  self->shown_id = row->id;
  gtk_widget_set_visible (self->close_button, waits);
  gtk_widget_set_visible (self->again_button, !waits);
  gtk_widget_set_visible (self->assign_box, row->account_id == 0);
  show_head (self, row);
  if (other)
    {
      /* Nobody is proposed: the wrong customer would be one click away. */
      rubis_account_chooser_clear (self->chooser);
      gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scrolled), 0);
    }
  load_items (self, row);
}
