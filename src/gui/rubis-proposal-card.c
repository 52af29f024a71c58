#include "rubis-proposal-card.h"

#include <glib/gi18n-lib.h>

#include "rubis-choices.h"
#include "rubis-item-row.h"
#include "rubis-money-entry.h"
#include "rubis-ui.h"

/* More open items than this are not offered: the grid has them. */
#define MAX_ITEMS 12

struct _RubisProposalCard
{
  AdwBin parent_instance;

  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *proof;
  GtkLabel *quote;
  GtkBox *fields;
  GtkWidget *date_box;
  GtkLabel *date_label;
  GtkEntry *date;
  GtkWidget *amount_box;
  GtkEntry *amount;
  GtkWidget *value_box;
  GtkEntry *value;
  GtkWidget *reason_box;
  GtkDropDown *reason;
  GtkWidget *items_box;
  GtkFlowBox *items;
  GtkLabel *problem;
  GtkWidget *buttons;
  GtkButton *apply_button;
  GtkLabel *settled;
  GtkWidget *show_button;

  gint64 id;
  RubisAnswerKind kind;
  RubisCurrency currency;
  GPtrArray *reasons; /* (owned) (element-type RubisChoice) as they are offered */
  GPtrArray *checks; /* (owned) (element-type GtkCheckButton), unowned: one an item */
};

G_DEFINE_FINAL_TYPE (RubisProposalCard, rubis_proposal_card, ADW_TYPE_BIN)

enum
{
  APPLY,
  DISMISS,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* What is said, what the button does, and what can be corrected. */
static const struct
{
  const char *icon;
  const char *title;  /* untranslated */
  const char *button; /* untranslated, with mnemonic */
  gboolean date, amount, value, reason, items;
} looks[RUBIS_N_ANSWERS] = {
  [RUBIS_ANSWER_PAID] = { .icon = "emblem-ok-symbolic",
                          .title = N_ ("Says that it is paid"),
                          .button = N_ ("Note the _Announced Payment"),
                          .date = TRUE,
                          .amount = TRUE,
                          .items = TRUE },
  [RUBIS_ANSWER_PROMISE] = { .icon = "rubis-promise-symbolic",
                             .title = N_ ("Promises to pay"),
                             .button = N_ ("Record the _Promise"),
                             .date = TRUE,
                             .amount = TRUE,
                             .items = TRUE },
  [RUBIS_ANSWER_DISPUTE] = { .icon = "rubis-dispute-symbolic",
                             .title = N_ ("Contests"),
                             .button = N_ ("Open a D_ispute"),
                             .amount = TRUE,
                             .reason = TRUE,
                             .items = TRUE },
  [RUBIS_ANSWER_COPY] = { .icon = "mail-attachment-symbolic",
                          .title = N_ ("Asks for copies"),
                          .button = N_ ("Prepare the _Copies"),
                          .items = TRUE },
  [RUBIS_ANSWER_WRONG_PERSON] = { .icon = "avatar-default-symbolic",
                                  .title = N_ ("Is not the right person"),
                                  .button = N_ ("Correct the C_ontact"),
                                  .value = TRUE },
  [RUBIS_ANSWER_NEW_ADDRESS] = { .icon = "x-office-address-book-symbolic",
                                 .title = N_ ("Names another address"),
                                 .button = N_ ("Take the New _Address"),
                                 .value = TRUE },
  [RUBIS_ANSWER_FOUNDED] = { .icon = "rubis-dispute-symbolic",
                             .title = N_ ("Says that the dispute is founded"),
                             .button = N_ ("Await the _Credit Note"),
                             .amount = TRUE },
  [RUBIS_ANSWER_UNFOUNDED] = { .icon = "rubis-dispute-symbolic",
                               .title = N_ ("Says that the dispute is unfounded"),
                               .button = N_ ("Close the D_ispute") },
  [RUBIS_ANSWER_MORE_TIME] = { .icon = "rubis-dispute-symbolic",
                               .title = N_ ("Asks for more time"),
                               .button = N_ ("Give _More Time"),
                               .date = TRUE },
  [RUBIS_ANSWER_REMARK] = { .icon = "rubis-dispute-symbolic",
                            .title = N_ ("Writes about the dispute"),
                            .button = N_ ("Keep the C_omment") },
};

void
rubis_proposal_card_show_problem (RubisProposalCard *self, const char *text)
{
  g_return_if_fail (RUBIS_IS_PROPOSAL_CARD (self));

  gtk_label_set_label (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
}

gint64
rubis_proposal_card_get_id (RubisProposalCard *self)
{
  g_return_val_if_fail (RUBIS_IS_PROPOSAL_CARD (self), 0);

  return self->id;
}

RubisAnswerKind
rubis_proposal_card_get_kind (RubisProposalCard *self)
{
  g_return_val_if_fail (RUBIS_IS_PROPOSAL_CARD (self), RUBIS_ANSWER_PAID);

  return self->kind;
}

/* --- what was corrected --- */

static const char *
get_text (GtkEntry *entry)
{
  return gtk_editable_get_text (GTK_EDITABLE (entry));
}

static gboolean
read_date (RubisProposalCard *self, RubisDate *date)
{
  const char *text = get_text (self->date);
  /* A payment may be announced without its day, a promise is none without one. */
  gboolean optional = self->kind != RUBIS_ANSWER_PROMISE && *text == '\0';

  *date = rubis_ui_parse_date (text);
  if (*date != RUBIS_DATE_NONE || optional)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self->date), "error");
      return TRUE;
    }
  gtk_widget_add_css_class (GTK_WIDGET (self->date), "error");
  rubis_proposal_card_show_problem (self, _ ("This is no day: type it as 20/11/2026."));
  gtk_widget_grab_focus (GTK_WIDGET (self->date));
  return FALSE;
}

static gboolean
read_amount (RubisProposalCard *self, gint64 *amount)
{
  const char *text = get_text (self->amount);
  g_autoptr (GError) error = NULL;

  *amount = 0;
  if (*text == '\0' || rubis_money_entry_parse (text, self->currency, amount, &error))
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self->amount), "error");
      return TRUE;
    }
  gtk_widget_add_css_class (GTK_WIDGET (self->amount), "error");
  rubis_proposal_card_show_problem (self, error->message);
  gtk_widget_grab_focus (GTK_WIDGET (self->amount));
  return FALSE;
}

static void
read_items (RubisProposalCard *self, RubisProposal *proposal)
{
  for (guint i = 0; i < self->checks->len; i++)
    {
      GtkCheckButton *check = self->checks->pdata[i];
      const gint64 *id = g_object_get_data (G_OBJECT (check), "rubis-id");

      if (!gtk_check_button_get_active (check))
        continue;
      g_array_append_val (proposal->item_ids, *id);
      g_ptr_array_add (proposal->numbers, g_strdup (gtk_check_button_get_label (check)));
    }
}

/* TRUE as well when there is none to choose from: then the session decides. */
static gboolean
any_ticked (RubisProposalCard *self)
{
  for (guint i = 0; i < self->checks->len; i++)
    {
      if (gtk_check_button_get_active (self->checks->pdata[i]))
        return TRUE;
    }
  return self->checks->len == 0;
}

static char *
dup_value (RubisProposalCard *self)
{
  if (looks[self->kind].reason)
    {
      guint chosen = gtk_drop_down_get_selected (self->reason);

      return g_strdup (chosen < self->reasons->len ? ((RubisChoice *)self->reasons->pdata[chosen])->id : "");
    }
  return g_strstrip (g_strdup (looks[self->kind].value ? get_text (self->value) : ""));
}

RubisProposal *
rubis_proposal_card_dup_corrected (RubisProposalCard *self)
{
  RubisDate date = RUBIS_DATE_NONE;
  gint64 amount = 0;
  RubisProposal *proposal;

  g_return_val_if_fail (RUBIS_IS_PROPOSAL_CARD (self), NULL);

  rubis_proposal_card_show_problem (self, NULL);
  if (looks[self->kind].date && !read_date (self, &date))
    return NULL;
  if (looks[self->kind].amount && !read_amount (self, &amount))
    return NULL;
  if (looks[self->kind].items && !any_ticked (self))
    {
      rubis_proposal_card_show_problem (self, _ ("Tick the items that it is about."));
      return NULL;
    }
  proposal = g_new0 (RubisProposal, 1);
  proposal->id = self->id;
  proposal->kind = self->kind;
  proposal->sentence = g_strdup (gtk_label_get_text (self->quote));
  proposal->date = date;
  proposal->amount = amount;
  proposal->currency = self->currency;
  proposal->value = dup_value (self);
  proposal->item_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  proposal->numbers = g_ptr_array_new_with_free_func (g_free);
  proposal->state = g_strdup ("open");
  read_items (self, proposal);
  return proposal;
}

/* --- filling --- */

static void
add_item (RubisProposalCard *self, const RubisItemRow *item, gboolean ticked)
{
  GtkWidget *check = gtk_check_button_new_with_label (item->number);
  g_autofree char *due = rubis_ui_format_date (item->due_date);
  g_autofree char *open = rubis_ui_format_amount (item->open, item->currency, (RubisCurrency){ 0 });
  g_autofree char *tip = g_strdup_printf (_ ("%s, due on %s"), open, due);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), ticked);
  gtk_widget_set_tooltip_text (check, tip);
  g_object_set_data_full (G_OBJECT (check), "rubis-id", g_memdup2 (&item->id, sizeof item->id), g_free);
  g_ptr_array_add (self->checks, check);
  gtk_flow_box_append (self->items, check);
}

static gboolean
names_item (const RubisProposal *proposal, gint64 id)
{
  for (guint i = 0; i < proposal->item_ids->len; i++)
    {
      if (g_array_index (proposal->item_ids, gint64, i) == id)
        return TRUE;
    }
  return FALSE;
}

static void
fill_items (RubisProposalCard *self, const RubisProposal *proposal, GPtrArray *items)
{
  guint n = 0;

  /* Those that were named first, then others of the account. */
  for (int named = 1; named >= 0; named--)
    {
      for (guint i = 0; items != NULL && i < items->len; i++)
        {
          const RubisItemRow *item = items->pdata[i];

          if (names_item (proposal, item->id) != (named == 1) || (named == 0 && n >= MAX_ITEMS))
            continue;
          add_item (self, item, named == 1);
          n++;
        }
    }
  gtk_widget_set_visible (self->items_box, looks[self->kind].items && n > 0);
}

static void
fill_reasons (RubisProposalCard *self, const char *id)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint chosen = 0;

  for (guint i = 0; i < self->reasons->len; i++)
    {
      const RubisChoice *reason = self->reasons->pdata[i];

      gtk_string_list_append (names, reason->label);
      if (g_str_equal (reason->id, id) || (*id == '\0' && g_str_equal (reason->id, "other")))
        chosen = i;
    }
  gtk_drop_down_set_model (self->reason, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->reason, chosen);
}

static void
fill_fields (RubisProposalCard *self, const RubisProposal *proposal)
{
  RubisAnswerKind kind = proposal->kind;

  gtk_widget_set_visible (self->date_box, looks[kind].date);
  gtk_widget_set_visible (self->amount_box, looks[kind].amount);
  gtk_widget_set_visible (self->value_box, looks[kind].value);
  gtk_widget_set_visible (self->reason_box, looks[kind].reason);
  gtk_widget_set_visible (GTK_WIDGET (self->fields),
                          looks[kind].date || looks[kind].amount || looks[kind].value || looks[kind].reason);
  gtk_label_set_label (self->date_label, kind == RUBIS_ANSWER_PAID        ? _ ("Paid on")
                                         : kind == RUBIS_ANSWER_MORE_TIME ? _ ("Resolve by")
                                                                          : _ ("Will pay on"));
  if (proposal->date != RUBIS_DATE_NONE)
    {
      g_autofree char *date = rubis_ui_format_date (proposal->date);

      gtk_editable_set_text (GTK_EDITABLE (self->date), date);
    }
  if (proposal->amount != 0)
    {
      g_autofree char *amount
          = rubis_ui_format_amount (proposal->amount, proposal->currency, proposal->currency);

      gtk_editable_set_text (GTK_EDITABLE (self->amount), amount);
    }
  gtk_editable_set_text (GTK_EDITABLE (self->value), proposal->value);
  fill_reasons (self, proposal->value);
}

static void
fill_settled (RubisProposalCard *self, const char *state, gboolean known)
{
  gboolean open = g_str_equal (state, "open");

  gtk_widget_set_visible (self->buttons, open);
  gtk_widget_set_sensitive (GTK_WIDGET (self->apply_button), known);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->apply_button),
                               known ? NULL : _ ("First say whose answer this is"));
  gtk_widget_set_visible (GTK_WIDGET (self->settled), !open);
  gtk_label_set_label (self->settled, g_str_equal (state, "applied") ? _ ("Applied") : _ ("Left aside"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->fields), open);
  gtk_widget_set_sensitive (self->items_box, open);
}

/* The dispute that was opened is where its item is. */
static void
fill_way (RubisProposalCard *self, const RubisProposal *proposal)
{
  gboolean opened = proposal->kind == RUBIS_ANSWER_DISPUTE && g_str_equal (proposal->state, "applied")
                    && proposal->item_ids->len > 0;

  gtk_widget_set_visible (self->show_button, opened);
  if (!opened)
    return;
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->show_button), "x",
                                    g_array_index (proposal->item_ids, gint64, 0));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->show_button), "win.show-item-dispute");
}

static void
fill (RubisProposalCard *self, const RubisProposal *proposal, GPtrArray *items, gboolean known)
{
  const char *title = _ (looks[proposal->kind].title);

  self->id = proposal->id;
  self->kind = proposal->kind;
  self->currency = proposal->currency;
  gtk_image_set_from_icon_name (self->icon, looks[proposal->kind].icon);
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->quote, proposal->sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->quote), *proposal->sentence != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->proof), proposal->by_token);
  gtk_button_set_label (self->apply_button, _ (looks[proposal->kind].button));
  fill_fields (self, proposal);
  fill_items (self, proposal, items);
  fill_settled (self, proposal->state, known);
  fill_way (self, proposal);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

static void
apply_cb (RubisProposalCard *self)
{
  g_signal_emit (self, signals[APPLY], 0);
}

static void
dismiss_cb (RubisProposalCard *self)
{
  g_signal_emit (self, signals[DISMISS], 0);
}

static gboolean
rubis_proposal_card_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (RUBIS_PROPOSAL_CARD (widget)->apply_button));
}

static void
rubis_proposal_card_dispose (GObject *object)
{
  RubisProposalCard *self = RUBIS_PROPOSAL_CARD (object);

  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), RUBIS_TYPE_PROPOSAL_CARD);
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  g_clear_pointer (&self->reasons, g_ptr_array_unref);
  G_OBJECT_CLASS (rubis_proposal_card_parent_class)->dispose (object);
}

static void
rubis_proposal_card_class_init (RubisProposalCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_proposal_card_dispose;
  widget_class->grab_focus = rubis_proposal_card_grab_focus;
  signals[APPLY] = g_signal_new ("apply", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
  signals[DISMISS] = g_signal_new ("dismiss", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-proposal-card.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisProposalCard, icon);
  gtk_widget_class_bind_template_child (widget_class, RubisProposalCard, title);
  gtk_widget_class_bind_template_child (widget_class, RubisProposalCard, proof);
  gtk_widget_class_bind_template_child (widget_class, RubisProposalCard, quote);
  gtk_widget_class_bind_template_child (widget_class, RubisProposalCard, fields);
  gtk_widget_class_bind_template_child (widget_class, RubisProposalCard, date_box);
  gtk_widget_class_bind_template_child (widget_class, RubisProposalCard, date_label);
  gtk_widget_class_bind_template_child (widget_class, RubisProposalCard, date);
  gtk_widget_class_bind_template_child (widget_class, RubisProposalCard, amount_box);
  gtk_widget_class_bind_template_child (widget_class, RubisProposalCard, amount);
  gtk_widget_class_bind_template_child (widget_class, RubisProposalCard, value_box);
  gtk_widget_class_bind_template_child (widget_class, RubisProposalCard, value);
  gtk_widget_class_bind_template_child (widget_class, RubisProposalCard, reason_box);
  gtk_widget_class_bind_template_child (widget_class, RubisProposalCard, reason);
  gtk_widget_class_bind_template_child (widget_class, RubisProposalCard, items_box);
  gtk_widget_class_bind_template_child (widget_class, RubisProposalCard, items);
  gtk_widget_class_bind_template_child (widget_class, RubisProposalCard, problem);
  gtk_widget_class_bind_template_child (widget_class, RubisProposalCard, buttons);
  gtk_widget_class_bind_template_child (widget_class, RubisProposalCard, apply_button);
  gtk_widget_class_bind_template_child (widget_class, RubisProposalCard, settled);
  gtk_widget_class_bind_template_child (widget_class, RubisProposalCard, show_button);
  gtk_widget_class_bind_template_callback (widget_class, apply_cb);
  gtk_widget_class_bind_template_callback (widget_class, dismiss_cb);
}

static void
rubis_proposal_card_init (RubisProposalCard *self)
{
  self->checks = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
rubis_proposal_card_new (const RubisProposal *proposal, GPtrArray *items, GPtrArray *reasons, gboolean known)
{
  RubisProposalCard *self;

  g_return_val_if_fail (proposal != NULL, NULL);

  self = g_object_new (RUBIS_TYPE_PROPOSAL_CARD, NULL);
  self->reasons = reasons != NULL ? g_ptr_array_ref (reasons) : g_ptr_array_new ();
  fill (self, proposal, items, known);
  return GTK_WIDGET (self);
}
